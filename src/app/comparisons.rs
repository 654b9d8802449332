//! Which comparisons of perspectives are known, which are being made, and which are asked for.
//!
//! Invariant: a comparison is made once for a pair of perspectives, whoever needs it; a report of a job that is no
//! longer wanted changes nothing.

use super::message::Ticket;
use super::perspective::Perspective;
use crate::analysis::alignment::Comparison;
use crate::analysis::watch::Progress;

/// How many comparisons are kept: every pair of four panes, and as many that were seen before.
const KEPT: usize = 12;

/// Two perspectives, the left one first.
pub type Pair = (Perspective, Perspective);

/// The comparisons of the reader.
#[derive(Debug, Default)]
pub struct Comparisons {
    /// Used last stands last.
    known: Vec<Known>,
    running: Vec<Running>,
    /// Pairs that the reader stopped, or that failed: they are not asked for again by themselves.
    refused: Vec<Pair>,
    /// Changes whenever a known comparison does.
    edition: u64,
}

/// A comparison that is known.
#[derive(Debug)]
struct Known {
    pair: Pair,
    comparison: Comparison,
    /// Decisions have changed since it was made: it stands until a new one does.
    outdated: bool,
}

/// A comparison that is being made.
#[derive(Clone, Debug)]
pub struct Running {
    /// Its job.
    pub ticket: Ticket,
    /// What is compared.
    pub pair: Pair,
    /// How far it is, once it has said so.
    pub progress: Option<Progress>,
}

impl Comparisons {
    /// A comparison that is known.
    pub fn get(&self, left: &Perspective, right: &Perspective) -> Option<&Comparison> {
        let is_it = |known: &&Known| known.pair.0 == *left && known.pair.1 == *right;
        self.known.iter().find(is_it).map(|known| &known.comparison)
    }

    /// Every comparison that is known.
    pub fn all(&self) -> impl Iterator<Item = &Comparison> {
        self.known.iter().rev().map(|known| &known.comparison)
    }

    /// Changes whenever a known comparison does.
    pub fn edition(&self) -> u64 {
        self.edition
    }

    /// What is being made.
    pub fn running(&self) -> &[Running] {
        &self.running
    }

    /// Whether a job makes this pair, or the reader refused it.
    pub fn is_settled(&self, pair: &Pair) -> bool {
        self.running.iter().any(|running| running.pair == *pair)
            || self.refused.contains(pair)
            || self
                .known
                .iter()
                .any(|known| known.pair == *pair && !known.outdated)
    }

    /// Whether the reader stopped this pair, or it failed.
    pub fn is_refused(&self, pair: &Pair) -> bool {
        self.refused.contains(pair)
    }

    /// A job has been asked for.
    pub fn start(&mut self, ticket: Ticket, pair: Pair) {
        self.running.push(Running {
            ticket,
            pair,
            progress: None,
        });
    }

    /// Forgets the jobs that are not for one of the pairs that are needed; their tickets, to be cancelled.
    pub fn drop_all_but(&mut self, needed: &[Pair]) -> Vec<Ticket> {
        let (kept, dropped) = self
            .running
            .drain(..)
            .partition(|running| needed.contains(&running.pair));
        self.running = kept;
        dropped.into_iter().map(|running| running.ticket).collect()
    }

    /// Stops everything that is being made, at the reader's word; the tickets, to be cancelled.
    pub fn stop(&mut self) -> Vec<Ticket> {
        let stopped = std::mem::take(&mut self.running);
        let tickets = stopped.iter().map(|running| running.ticket).collect();
        self.refused
            .extend(stopped.into_iter().map(|running| running.pair));
        tickets
    }

    /// What was refused may be asked for again.
    pub fn allow_again(&mut self) {
        self.refused.clear();
    }

    /// How far a job is; false when it is no longer wanted.
    pub fn progress(&mut self, ticket: Ticket, progress: Progress) -> bool {
        let running = self
            .running
            .iter_mut()
            .find(|running| running.ticket == ticket);
        if let Some(running) = running {
            running.progress = Some(progress);
            return true;
        }
        false
    }

    /// A job is done; false when it is no longer wanted.
    pub fn finish(&mut self, ticket: Ticket, comparison: Comparison) -> bool {
        let Some(running) = self.take(ticket) else {
            return false;
        };
        self.known.retain(|known| known.pair != running.pair);
        if self.known.len() >= KEPT {
            self.known.remove(0);
        }
        self.known.push(Known {
            pair: running.pair,
            comparison,
            outdated: false,
        });
        self.edition += 1;
        true
    }

    /// A job ended without a comparison; the pair, where it was wanted.
    pub fn fail(&mut self, ticket: Ticket) -> Option<Pair> {
        let pair = self.take(ticket)?.pair;
        self.refused.push(pair.clone());
        Some(pair)
    }

    fn take(&mut self, ticket: Ticket) -> Option<Running> {
        let at = self
            .running
            .iter()
            .position(|running| running.ticket == ticket)?;
        Some(self.running.remove(at))
    }

    /// Decisions have changed: `change` is done to every known comparison at once, and each is made anew when it is next needed.
    /// The tickets of jobs that do not know of the change, to be cancelled.
    pub fn outdate(&mut self, mut change: impl FnMut(&mut Comparison)) -> Vec<Ticket> {
        for known in &mut self.known {
            known.outdated = true;
            change(&mut known.comparison);
        }
        self.edition += 1;
        self.allow_again();
        let running = std::mem::take(&mut self.running);
        running.into_iter().map(|running| running.ticket).collect()
    }
}
