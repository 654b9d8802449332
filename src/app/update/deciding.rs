//! Accepting, rejecting and pairing by hand, and taking it back.
//!
//! Invariant: a decision shows at once in every comparison that is known; the comparison is then made anew, since what
//! the reader decides of one pair bears on others.

use crate::analysis::alignment::{Comparison, Decision, Link, Origin, Verdict};
use crate::app::App;
use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::facing::layout::slot;
use crate::app::perspective::Slot;
use crate::corpus::PassageId;
use crate::text::width::truncate;

/// A passage that waits for its partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The pane it was marked in.
    pub pane: usize,
    /// The passage.
    pub passage: PassageId,
}

/// A decision that can be taken back.
#[derive(Clone, Debug)]
pub struct Decided {
    decision: Decision,
    /// What was decided before.
    before: Option<Verdict>,
    /// The link as it was before.
    link: Option<Link>,
}

/// Cells of the name of a passage's document.
const NAME_CELLS: usize = 16;
/// Keys whose decisions can be taken back.
const UNDONE_AT_MOST: usize = 500;

impl App {
    /// `+` and `-`: what the reader says of the links of the current row.
    pub(super) fn judge_row(&mut self, verdict: Verdict) -> Vec<Effect> {
        self.refresh_facing();
        let Some(facing) = &self.facing else {
            self.notice = Some(format!(
                "Pairs are judged row by row · {key} shows them",
                key = self.keymap.hint(Action::Facing)
            ));
            return Vec::new();
        };
        let (row, cells) = (facing.current, 0..facing.panes.len());
        let pairs: Vec<(PassageId, PassageId, Origin)> = cells
            .filter_map(|cell| self.link_of(row, cell))
            .map(|(link, ..)| (link.left, link.right, link.origin))
            .collect();
        if pairs.is_empty() {
            self.notice = Some(format!(
                "Nothing is paired in this row · {key} pairs by hand",
                key = self.keymap.hint(Action::Pair)
            ));
            return Vec::new();
        }
        let is_news = |origin: Origin| verdict == Verdict::Rejected || origin == Origin::Found;
        let names: Vec<String> = pairs
            .iter()
            .map(|(left, right, _)| self.names(*left, *right))
            .collect();
        let news = pairs.iter().filter(|(.., origin)| is_news(*origin));
        let news = news.map(|(left, right, _)| Decision {
            left: *left,
            right: *right,
            verdict: Some(verdict),
        });
        let effects = self.decide(news.collect());
        let names = names.join(", ");
        let (undo, reject) = (
            self.keymap.hint(Action::Undo),
            self.keymap.hint(Action::Reject),
        );
        self.notice = Some(match (verdict, effects.is_empty()) {
            (Verdict::Rejected, _) => {
                format!("{names} no longer stand together · {undo} takes it back")
            }
            (_, true) => format!("{names}: you had agreed already · {reject} rejects"),
            (_, false) => format!("{names} belong together, you say · {undo} takes it back"),
        });
        effects
    }

    /// `P`: marks a passage, or pairs it with the one that is marked.
    pub(super) fn mark_or_pair(&mut self) -> Vec<Effect> {
        self.refresh_facing();
        let marked = self.marked.filter(|marked| self.shows(*marked));
        let Some(here) = self.passage_to_mark(marked) else {
            self.notice = Some("No passage here to mark".to_owned());
            return Vec::new();
        };
        match marked {
            Some(marked) if marked == here => {
                self.marked = None;
                self.notice = Some("No passage is marked any more".to_owned());
                Vec::new()
            }
            Some(marked) if marked.pane != here.pane => {
                self.marked = None;
                self.pair(marked, here)
            }
            Some(_) | None => {
                self.marked = Some(here);
                let number = here.passage.passage + 1;
                let (pair, add) = (
                    self.keymap.hint(Action::Pair),
                    self.keymap.hint(Action::AddPane),
                );
                self.notice = Some(if self.panes.len() > 1 {
                    format!(
                        "¶{number} is marked · {pair} at a passage of another pane pairs the two"
                    )
                } else {
                    format!("¶{number} is marked · {add} opens another pane to find its partner in")
                });
                Vec::new()
            }
        }
    }

    fn shows(&self, marked: Marked) -> bool {
        self.panes
            .get(marked.pane)
            .is_some_and(|pane| pane.contents.contains(slot(marked.passage)))
    }

    /// The passage that `P` is about: in the facing view that of the current row in the focused pane, or where that has none or a
    /// passage of it is marked already, in another one.
    fn passage_to_mark(&self, marked: Option<Marked>) -> Option<Marked> {
        let Some(facing) = &self.facing else {
            let slot = self.focused().current;
            let passage = slot.passage_index()?;
            return Some(Marked {
                pane: self.focus,
                passage: PassageId {
                    document: slot.document(),
                    passage,
                },
            });
        };
        let row = facing.rows.get(facing.current)?;
        let own = |cell: usize| {
            Some(Marked {
                pane: *facing.panes.get(cell)?,
                passage: row.cells.get(cell)?.own()?,
            })
        };
        let focused = own(self.focused_cell());
        let mut all = (0..row.cells.len()).filter_map(own);
        match marked {
            // The row of the mark itself: taken back, not paired with what faces it already.
            Some(marked)
                if row
                    .cells
                    .iter()
                    .any(|cell| cell.own() == Some(marked.passage)) =>
            {
                Some(marked)
            }
            Some(marked) => focused
                .filter(|here| here.pane != marked.pane)
                .or_else(|| all.find(|here| here.pane != marked.pane))
                .or(focused)
                .or_else(|| (0..row.cells.len()).find_map(own)),
            None => focused.or_else(|| all.next()),
        }
    }

    fn pair(&mut self, one: Marked, other: Marked) -> Vec<Effect> {
        let (left, right) = if one.pane < other.pane {
            (one.passage, other.passage)
        } else {
            (other.passage, one.passage)
        };
        let panes = (one.pane.min(other.pane), one.pane.max(other.pane));
        let link = self
            .comparison(panes.0, panes.1)
            .and_then(|comparison| find(comparison, left, right));
        let (origin, name) = (link.map(|link| link.origin), self.names(left, right));
        let verdict = match origin {
            Some(Origin::Accepted | Origin::Paired) => {
                self.notice = Some(format!("{name} are paired already"));
                return Vec::new();
            }
            Some(Origin::Found) => Verdict::Accepted,
            None => Verdict::Paired,
        };
        // The reader is where the second passage is; the row of both is found by it.
        let effect = self.decide(vec![Decision {
            left,
            right,
            verdict: Some(verdict),
        }]);
        let undo = self.keymap.hint(Action::Undo);
        self.notice = Some(format!("{name} are paired · {undo} takes it back"));
        effect
    }

    /// `U`: takes back what the last key decided, of all panes.
    pub(super) fn undo_decision(&mut self) -> Vec<Effect> {
        let Some(last) = self.decided.pop() else {
            self.notice = Some("No decision of this session to take back".to_owned());
            return Vec::new();
        };
        let mut names = Vec::new();
        let mut effects = Vec::new();
        for said in last.into_iter().rev() {
            let decision = Decision {
                verdict: said.before,
                ..said.decision
            };
            names.push(self.names(decision.left, decision.right));
            effects.extend(self.take_in(decision, said.link.as_ref()));
        }
        self.notice = Some(format!("Taken back: {}", names.join(", ")));
        effects
    }

    /// Decides what one key decides; nothing where that is no decision.
    fn decide(&mut self, decisions: Vec<Decision>) -> Vec<Effect> {
        let mut said = Vec::new();
        let mut effects = Vec::new();
        for decision in decisions {
            let before = self.decisions.verdict(decision.left, decision.right);
            let link = self
                .comparisons
                .all()
                .find_map(|comparison| find(comparison, decision.left, decision.right))
                .cloned();
            said.push(Decided {
                decision,
                before,
                link,
            });
            effects.extend(self.take_in(decision, None));
        }
        if !said.is_empty() {
            if self.decided.len() >= UNDONE_AT_MOST {
                self.decided.remove(0);
            }
            self.decided.push(said);
        }
        effects
    }

    /// Two passages by the sources, or where these are the same the titles, of their documents.
    fn names(&self, left: PassageId, right: PassageId) -> String {
        let source = |id: PassageId| {
            let document = self.corpus.documents.get(id.document)?;
            Some(self.corpus.source_or_file(document))
        };
        let same_source = source(left) == source(right);
        let name = |id: PassageId| {
            let title = || Some(self.corpus.documents.get(id.document)?.meta.title.as_str());
            let of = if same_source { title() } else { source(id) };
            let of = of.unwrap_or_default();
            let number = id.passage + 1;
            format!("{} ¶{number}", truncate(of, NAME_CELLS))
                .trim_start()
                .to_owned()
        };
        format!("{} and {}", name(left), name(right))
    }

    fn take_in(&mut self, decision: Decision, link: Option<&Link>) -> Vec<Effect> {
        self.decisions.apply(decision);
        let outdated = self
            .comparisons
            .outdate(|comparison| redecide(comparison, decision, link));
        self.refresh_facing();
        let cancelled = outdated.into_iter().map(Effect::Cancel);
        cancelled.chain([Effect::Decide(decision)]).collect()
    }

    /// Whether a passage waits for its partner.
    pub fn is_marked(&self, slot: Slot) -> bool {
        self.marked
            .is_some_and(|marked| self::slot(marked.passage) == slot)
    }
}

fn find(comparison: &Comparison, left: PassageId, right: PassageId) -> Option<&Link> {
    let links = comparison.links.iter();
    links
        .filter(|link| {
            (link.left, link.right) == (left, right) || (link.left, link.right) == (right, left)
        })
        .min_by_key(|link| link.left != left)
}

/// Shows a decision in a comparison without making it anew. `known` is the link as it was before the decision that is
/// taken back.
fn redecide(comparison: &mut Comparison, decision: Decision, known: Option<&Link>) {
    let Decision { left, right, .. } = decision;
    for (left, right) in [(left, right), (right, left)] {
        let is_of_it = comparison.left.binary_search(&left).is_ok()
            && comparison.right.binary_search(&right).is_ok();
        if !is_of_it {
            continue;
        }
        let key = |link: &Link| (link.left, link.right);
        let at = comparison.links.binary_search_by_key(&(left, right), key);
        let origin = match decision.verdict {
            Some(Verdict::Accepted) => Some(Origin::Accepted),
            Some(Verdict::Paired) => Some(Origin::Paired),
            Some(Verdict::Rejected) => None,
            None => known.map(|_| Origin::Found),
        };
        match (at, origin) {
            (Ok(at), Some(origin)) => comparison.links[at].origin = origin,
            (Ok(at), None) => {
                comparison.links.remove(at);
            }
            (Err(at), Some(origin)) => {
                let known = known.filter(|known| key(known) == (left, right)).cloned();
                let link = known.unwrap_or_else(|| Link {
                    left,
                    right,
                    score: 0.0,
                    origin,
                    reasons: Vec::new(),
                });
                comparison.links.insert(at, Link { origin, ..link });
            }
            (Err(_), None) => {}
        }
    }
}

#[cfg(test)]
mod tests;
