//! How far a long command is, on standard error.
//!
//! Invariant: drawn only on a terminal that can take a line back, never where plain text is wanted, and only from the first half second on; what is told meanwhile stands above it, whole.

use super::output;
use crate::text::safe;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal as _};
use std::thread;
use std::time::Duration;

/// Nothing is drawn of what is done within this time.
const PATIENCE: Duration = Duration::from_millis(500);
/// Characters of a name shown.
const NAME_CHARS: usize = 60;

/// The progress of a command.
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Of so many steps.
    pub fn start(steps: usize) -> Self {
        Self::with("{spinner} {pos}/{len} {msg}", steps)
    }

    /// Of something that is counted in bytes.
    pub fn of_bytes(what: &'static str) -> Self {
        let template = "{spinner} {msg}: {bytes} of {total_bytes} ({percent} %, {bytes_per_sec})";
        let progress = Self::with(template, 0);
        progress.bar.set_message(what);
        progress
    }

    fn with(template: &str, length: usize) -> Self {
        let bar = ProgressBar::with_draw_target(Some(length as u64), ProgressDrawTarget::hidden());
        if is_redrawn() {
            let style = ProgressStyle::with_template(template);
            bar.set_style(style.expect("the template is a constant that is well-formed"));
            let waiting = bar.clone();
            thread::spawn(move || {
                thread::sleep(PATIENCE);
                if !waiting.is_finished() {
                    waiting.set_draw_target(ProgressDrawTarget::stderr());
                    waiting.enable_steady_tick(Duration::from_millis(120));
                }
            });
        }
        Self { bar }
    }

    /// Says what is being done.
    pub fn doing(&self, name: &str) {
        let shown = safe::line(name);
        let skip = shown.chars().count().saturating_sub(NAME_CHARS);
        let mut end: String = shown.chars().skip(skip).collect();
        if skip > 0 {
            end.insert(0, '…');
        }
        self.bar.set_message(end);
    }

    /// More steps have come to light.
    pub fn more(&self, steps: usize) {
        self.bar.inc_length(steps as u64);
    }

    /// A step is done.
    pub fn done(&self) {
        self.bar.inc(1);
    }

    /// So much is done of so much.
    pub fn at(&self, done: usize, total: usize) {
        self.bar.set_length(total as u64);
        self.bar.set_position(done as u64);
    }

    /// Whether it takes so long that it is to be seen.
    pub fn is_drawn(&self) -> bool {
        is_redrawn() && self.bar.elapsed() >= PATIENCE
    }

    /// Tells something.
    pub fn tell(&self, line: &str) {
        self.bar.suspend(|| output::tell(line));
    }
}

/// Whether standard error is a place where a line can be drawn over again.
fn is_redrawn() -> bool {
    io::stderr().is_terminal() && !output::is_plain() && !output::is_dumb_terminal()
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
