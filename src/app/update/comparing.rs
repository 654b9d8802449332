//! Asking for comparisons, and taking them over.

use crate::analysis::alignment::Comparison;
use crate::app::App;
use crate::app::comparisons::Pair;
use crate::app::effect::Effect;
use crate::app::message::{Finding, Stage, Ticket};
use crate::app::pane::Pane;
use crate::corpus::PassageId;

impl App {
    /// The comparison of what two panes show, if it is known. It is asked for by itself while something needs it
    /// (see `needed_pairs`).
    pub fn comparison(&self, left_pane: usize, right_pane: usize) -> Option<&Comparison> {
        let (left, right) = (self.panes.get(left_pane)?, self.panes.get(right_pane)?);
        self.comparisons.get(&left.perspective, &right.perspective)
    }

    /// Whether a comparison that is needed was stopped or failed.
    pub fn comparison_failed(&self) -> bool {
        let pairs = self.needed_pairs().into_iter();
        pairs
            .filter_map(|(left, right)| self.pair_of(left, right))
            .any(|pair| self.comparisons.is_refused(&pair))
    }

    /// What two panes show, as a pair to be compared.
    fn pair_of(&self, left_pane: usize, right_pane: usize) -> Option<Pair> {
        let (left, right) = (self.panes.get(left_pane)?, self.panes.get(right_pane)?);
        Some((left.perspective.clone(), right.perspective.clone()))
    }

    /// The pairs of panes whose comparison is needed now, each with the lower index first: the focused pane's with every
    /// other one.
    fn needed_pairs(&self) -> Vec<(usize, usize)> {
        if self.facing.is_some() {
            return self.facing_pairs();
        }
        if !self.compares {
            return Vec::new();
        }
        (0..self.panes.len())
            .filter(|other| *other != self.focus)
            .map(|other| (other.min(self.focus), other.max(self.focus)))
            .collect()
    }

    /// Asks for the comparisons that are needed and neither known nor on their way; stops those that nobody needs any more.
    pub(in crate::app) fn ask_for_comparisons(&mut self) -> Vec<Effect> {
        let needed: Vec<((usize, usize), Pair)> = self
            .needed_pairs()
            .into_iter()
            .filter_map(|(left, right)| Some(((left, right), self.pair_of(left, right)?)))
            .collect();
        let pairs: Vec<Pair> = needed.iter().map(|(_, pair)| pair.clone()).collect();
        let dropped = self.comparisons.drop_all_but(&pairs);
        let mut effects: Vec<Effect> = dropped.into_iter().map(Effect::Cancel).collect();
        for ((left, right), pair) in needed {
            if self.comparisons.is_settled(&pair) {
                continue;
            }
            let ticket = self.ticket();
            self.comparisons.start(ticket, pair);
            effects.push(Effect::Compare {
                ticket,
                left: passages(&self.panes[left]),
                right: passages(&self.panes[right]),
                decisions: self.decisions.clone(),
            });
        }
        effects
    }

    /// News of a comparison. Nothing happens where it is no longer wanted.
    pub(super) fn comparison_report(&mut self, ticket: Ticket, stage: Stage) {
        match stage {
            Stage::Started => {}
            Stage::Progress(progress) => {
                self.stale |= self.comparisons.progress(ticket, progress);
            }
            Stage::Finished(Finding::Comparison(comparison)) => {
                self.stale |= self.comparisons.finish(ticket, comparison);
            }
            Stage::Failed(why) => {
                if self.comparisons.fail(ticket).is_some() {
                    self.notice = Some(format!("No comparison: {why}"));
                    self.stale = true;
                }
            }
            Stage::Finished(Finding::Topics(..) | Finding::Copies(_) | Finding::Evidence(_))
            | Stage::Cancelled => {
                self.stale |= self.comparisons.fail(ticket).is_some();
            }
        }
    }
}

/// The passages a pane shows, in reading order.
pub(super) fn passages(pane: &Pane) -> Vec<PassageId> {
    let slots = (0..pane.contents.len()).filter_map(|at| pane.contents.get(at));
    slots
        .filter_map(|slot| {
            Some(PassageId {
                document: slot.document(),
                passage: slot.passage_index()?,
            })
        })
        .collect()
}
