//! Which comparisons of perspectives are known, which are being made, and which are asked for.
//!
//! Invariant: a comparison is made once for a pair of perspectives, whoever needs it; a report of a job that is no
//! longer wanted changes nothing.

use super::message::Ticket;
use super::perspective::Perspective;
use crate::analysis::alignment::Comparison;
use crate::analysis::alignment::guide::{Guide, Reading};
use crate::analysis::watch::Progress;
use std::time::Duration;

/// How many comparisons are kept: every pair of four panes, and as many that were seen before.
const KEPT: usize = 12;

/// The most text that is compared, of both sides together: some 700 000 words, or ten books.
pub const COMPARED_BYTES: usize = 4 << 20;

/// The most pairs of passages that are compared: 5 000 passages against 5 000.
pub const COMPARED_PAIRS: usize = 25_000_000;

/// Why more is not compared, for the reader.
pub const TOO_LARGE: &str = "too large to compare (over 4 MB, or 5 000 passages each)";

/// A comparison that is said to be running only when it takes longer than this.
const SLOW: Duration = Duration::from_millis(500);

/// Two perspectives, the left one first.
pub type Pair = (Perspective, Perspective);

/// The comparisons of the reader.
#[derive(Debug, Default)]
pub struct Comparisons {
    /// Used last stands last.
    known: Vec<Known>,
    running: Vec<Running>,
    /// Pairs that are not asked for again by themselves.
    refused: Vec<(Pair, Refusal)>,
    /// Changes whenever a known comparison does.
    edition: u64,
}

/// Why a pair is not compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The reader stopped it, or it went wrong.
    Stopped,
    /// There is too much of it.
    TooLarge,
}

/// A comparison that is known.
#[derive(Debug)]
struct Known {
    pair: Pair,
    comparison: Comparison,
    /// What comes level while the left side is read, and while the right one is.
    guides: [Guide; 2],
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
    /// How long it had been running then.
    pub running_for: Duration,
}

fn guides(comparison: &Comparison) -> [Guide; 2] {
    [Reading::Left, Reading::Right].map(|reading| Guide::new(comparison, reading))
}

impl Comparisons {
    /// A comparison that is known.
    pub fn get(&self, left: &Perspective, right: &Perspective) -> Option<&Comparison> {
        let is_it = |known: &&Known| known.pair.0 == *left && known.pair.1 == *right;
        self.known.iter().find(is_it).map(|known| &known.comparison)
    }

    /// What comes level while one side of a known comparison is read.
    pub fn guide(
        &self,
        left: &Perspective,
        right: &Perspective,
        reading: Reading,
    ) -> Option<&Guide> {
        let is_it = |known: &&Known| known.pair.0 == *left && known.pair.1 == *right;
        let [of_left, of_right] = &self.known.iter().find(is_it)?.guides;
        Some(match reading {
            Reading::Left => of_left,
            Reading::Right => of_right,
        })
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

    /// How far a comparison is that takes so long that the reader is told.
    pub fn slow(&self) -> Option<Progress> {
        let mut slow = self.running.iter().filter(|job| job.running_for >= SLOW);
        slow.find_map(|job| job.progress)
    }

    /// Whether a job makes this pair, or it is refused.
    pub fn is_settled(&self, pair: &Pair) -> bool {
        self.running.iter().any(|running| running.pair == *pair)
            || self.refusal(pair).is_some()
            || self
                .known
                .iter()
                .any(|known| known.pair == *pair && !known.outdated)
    }

    /// Why this pair is not compared.
    pub fn refusal(&self, pair: &Pair) -> Option<Refusal> {
        let refused = self.refused.iter().find(|(refused, _)| refused == pair);
        refused.map(|(_, why)| *why)
    }

    /// This pair is not to be compared.
    pub fn refuse(&mut self, pair: Pair, why: Refusal) {
        self.refused.push((pair, why));
    }

    /// A job has been asked for.
    pub fn start(&mut self, ticket: Ticket, pair: Pair) {
        self.running.push(Running {
            ticket,
            pair,
            progress: None,
            running_for: Duration::ZERO,
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
        let pairs = stopped.into_iter().map(|running| running.pair);
        self.refused
            .extend(pairs.map(|pair| (pair, Refusal::Stopped)));
        tickets
    }

    /// What was stopped may be asked for again.
    pub fn allow_again(&mut self) {
        self.refused.retain(|(_, why)| *why == Refusal::TooLarge);
    }

    /// How far a job is; false when it is no longer wanted.
    pub fn progress(&mut self, ticket: Ticket, progress: Progress, running_for: Duration) -> bool {
        let running = self
            .running
            .iter_mut()
            .find(|running| running.ticket == ticket);
        if let Some(running) = running {
            running.progress = Some(progress);
            running.running_for = running_for;
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
            guides: guides(&comparison),
            comparison,
            outdated: false,
        });
        self.edition += 1;
        true
    }

    /// A job ended without a comparison; the pair, where it was wanted.
    pub fn fail(&mut self, ticket: Ticket) -> Option<Pair> {
        let pair = self.take(ticket)?.pair;
        self.refuse(pair.clone(), Refusal::Stopped);
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
            known.guides = guides(&known.comparison);
        }
        self.edition += 1;
        self.allow_again();
        let running = std::mem::take(&mut self.running);
        running.into_iter().map(|running| running.ticket).collect()
    }
}
