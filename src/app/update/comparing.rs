//! Asking for comparisons, and taking them over.

use crate::analysis::alignment::Comparison;
use crate::app::App;
use crate::app::comparisons::{COMPARED_BYTES, COMPARED_PAIRS, Pair, Refusal};
use crate::app::effect::Effect;
use crate::app::message::{Finding, Stage, Ticket};
use crate::app::pane::Pane;
use crate::corpus::Corpus;

impl App {
    /// The comparison of what two panes show, if it is known. It is asked for by itself while something needs it
    /// (see `needed_pairs`).
    pub fn comparison(&self, left_pane: usize, right_pane: usize) -> Option<&Comparison> {
        let (left, right) = (self.panes.get(left_pane)?, self.panes.get(right_pane)?);
        self.comparisons.get(&left.perspective, &right.perspective)
    }

    /// Why a comparison that is needed is not made.
    pub fn comparison_refusal(&self) -> Option<Refusal> {
        let mut pairs = self.needed_pairs().into_iter();
        pairs.find_map(|(left, right)| self.comparisons.refusal(&self.pair_of(left, right)?))
    }

    /// Whether no other pane can follow the focused one, because their comparisons are refused.
    pub(in crate::app) fn none_can_follow(&self) -> bool {
        let mut others = self.other_panes().peekable();
        others.peek().is_some() && others.all(|other| self.refusal_of(other).is_some())
    }

    /// Whether there is too much in every other pane to compare it with the focused one.
    pub(super) fn are_too_large(&self) -> bool {
        let mut others = self.other_panes();
        others.all(|other| self.refusal_of(other) == Some(Refusal::TooLarge))
    }

    fn refusal_of(&self, other: usize) -> Option<Refusal> {
        let pair = self.pair_of(other.min(self.focus), other.max(self.focus))?;
        self.comparisons.refusal(&pair)
    }

    /// What two panes show, as a pair to be compared.
    pub(super) fn pair_of(&self, left_pane: usize, right_pane: usize) -> Option<Pair> {
        let (left, right) = (self.panes.get(left_pane)?, self.panes.get(right_pane)?);
        Some((left.perspective.clone(), right.perspective.clone()))
    }

    /// The pairs of panes whose comparison is needed now, each with the lower index first: those of the facing view, or the
    /// focused pane's with every other one as long as they are linked.
    fn needed_pairs(&self) -> Vec<(usize, usize)> {
        if self.facing.is_some() {
            return self.facing_pairs();
        }
        // Topics that arrive may turn the panes to other documents.
        let topics_come_first = self.tagging.is_none() && self.finding_topics.is_some();
        if !self.linking.shares_topics() || topics_come_first {
            return Vec::new();
        }
        self.other_panes()
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
            if are_too_large(&self.corpus, &self.panes[left], &self.panes[right]) {
                self.comparisons.refuse(pair, Refusal::TooLarge);
                continue;
            }
            let ticket = self.ticket();
            self.comparisons.start(ticket, pair);
            effects.push(Effect::Compare {
                ticket,
                left: self.panes[left].contents.passages(),
                right: self.panes[right].contents.passages(),
                decisions: self.decisions.clone(),
            });
        }
        effects
    }

    /// Whether the screen says how far a comparison is.
    fn tells_progress(&self) -> bool {
        self.facing.is_some() || self.comparisons.slow().is_some()
    }

    /// News of a comparison. Nothing happens where it is no longer wanted.
    pub(super) fn comparison_report(&mut self, ticket: Ticket, stage: Stage) {
        match stage {
            Stage::Started => {}
            Stage::Progress(progress, running_for) => {
                let is_news = self.comparisons.progress(ticket, progress, running_for);
                self.stale |= is_news && self.tells_progress();
            }
            Stage::Finished(Finding::Comparison(comparison)) => {
                let told = self.tells_progress();
                if self.comparisons.finish(ticket, comparison) {
                    // Marks that nobody waits for can wait for the next key: nothing flickers after the first frame.
                    self.stale |= told || self.touched;
                    self.level_if_awaited();
                }
            }
            Stage::Failed(why) => {
                if self.comparisons.fail(ticket).is_some() {
                    self.notice = Some(format!("No comparison: {why}"));
                    self.stale = true;
                }
            }
            Stage::Finished(
                Finding::Topics(..)
                | Finding::Copies(_)
                | Finding::Evidence(_)
                | Finding::Found(_)
                | Finding::Indexed,
            )
            | Stage::Cancelled => {
                self.stale |= self.comparisons.fail(ticket).is_some();
            }
        }
    }
}

/// Whether two panes show more than can be compared in a time that one would wait.
fn are_too_large(corpus: &Corpus, left: &Pane, right: &Pane) -> bool {
    let passages = left.contents.len().saturating_mul(right.contents.len());
    let mut bytes = 0;
    passages > COMPARED_PAIRS
        || [left, right].into_iter().any(|pane| {
            bytes += pane.contents.bytes(corpus);
            bytes > COMPARED_BYTES
        })
}
