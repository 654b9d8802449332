//! How long work says how far it is, and is told to stop.
//!
//! Invariant: work that was told to stop ends soon and gives nothing; it never gives a part as if it were the whole.

use std::sync::atomic::{AtomicBool, Ordering};

/// Who waits for a piece of work.
#[derive(Clone, Copy)]
pub struct Watch<'a> {
    stop: Option<&'a AtomicBool>,
    report: Option<&'a (dyn Fn(Progress) + Sync)>,
}

/// How far a piece of work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Steps done.
    pub done: usize,
    /// Steps there are.
    pub total: usize,
}

impl<'a> Watch<'a> {
    /// Nobody stops it, nobody asks.
    pub const NOBODY: Watch<'static> = Watch {
        stop: None,
        report: None,
    };

    /// The work ends when `stop` becomes true, and tells `report` how far it is, from any thread.
    pub fn new(stop: &'a AtomicBool, report: &'a (dyn Fn(Progress) + Sync)) -> Self {
        Self {
            stop: Some(stop),
            report: Some(report),
        }
    }

    /// For a part of the work, whose progress is not that of the whole.
    #[must_use]
    pub fn silent(self) -> Self {
        Self {
            report: None,
            ..self
        }
    }

    /// Whether the work is no longer wanted.
    pub fn is_stopped(&self) -> bool {
        self.stop.is_some_and(|stop| stop.load(Ordering::Relaxed))
    }

    /// Tells how far the work is.
    pub fn report(&self, done: usize, total: usize) {
        if let Some(report) = self.report {
            report(Progress { done, total });
        }
    }
}
