//! Panes that follow the focused one: as it is scrolled, what answers its current passage comes level in them.
//!
//! Invariant: where another pane is brought depends on nothing but the place of the focused one and the distance that the
//! reader gave it; where nothing was found opposite it holds still. So nothing swings.

use crate::app::App;
use crate::app::action::Action;
use crate::app::comparisons::TOO_LARGE;
use crate::app::following::{Held, Linking, Opposite};
use crate::app::pane::Pane;
use crate::app::perspective::Slot;
use crate::corpus::Corpus;

impl App {
    /// Moves the focused pane, and lets the others follow where it moved.
    pub(super) fn lead(&mut self, act: impl FnOnce(&mut Pane, &Corpus)) {
        let pane = &mut self.panes[self.focus];
        let before = (pane.top, pane.current);
        act(pane, &self.corpus);
        if (pane.top, pane.current) != before {
            self.follow();
        }
    }

    /// Brings what answers the current passage level in every other pane.
    fn follow(&mut self) {
        // Who looks for the partner of a marked passage wants to keep that in sight.
        if self.linking != Linking::Full || self.marked.is_some() {
            return;
        }
        let current = self.focused().current;
        for other in self.other_panes() {
            // Of several answers the one stays that is level already.
            let kept = self.kept(other).map(|held| held.partner);
            if let Some(partner) = kept.or_else(|| self.partner(current, other)) {
                self.bring_level(other, partner);
            }
        }
    }

    /// `l`: how far the panes are linked.
    pub(super) fn toggle_link(&mut self) {
        self.link(self.linking.next());
        let again = self.keymap.hint(Action::Level);
        self.notice = Some(match self.linking {
            Linking::Full if self.are_too_large() => too_large_notice(),
            Linking::Full => {
                "Linked: topics move every pane, and scrolling brings what answers level".to_owned()
            }
            Linking::Topics => {
                format!("Scrolling moves one pane, topics move every one · {again} links again")
            }
            Linking::Free => {
                format!("Not linked: each pane has a topic of its own · {again} links again")
            }
        });
    }

    fn link(&mut self, linking: Linking) {
        if linking.shares_topics() && !self.linking.shares_topics() {
            let topic = self.topic();
            self.panes.iter_mut().for_each(|pane| pane.topic = topic);
            self.mark_topics();
        }
        self.linking = linking;
        if linking == Linking::Full {
            self.forget_shifts();
            self.comparisons.allow_again();
        }
    }

    /// `=`: links the panes, and brings what answers the current passage level, wherever it stands.
    pub(super) fn level_again(&mut self) {
        if self.panes.len() < 2 {
            self.notice = Some(format!(
                "There is only one pane · {key} adds another",
                key = self.keymap.hint(Action::AddPane)
            ));
            return;
        }
        if self.facing.is_some() {
            self.notice = Some("The rows stand level already".to_owned());
            return;
        }
        self.link(Linking::Full);
        self.bring_answers();
    }

    /// Brings what answers the current passage level in every other pane, now or as soon as that is known.
    fn bring_answers(&mut self) {
        let current = self.focused().current;
        let known: Vec<usize> = self
            .other_panes()
            .filter(|other| self.opposite(*other) != Opposite::Unknown)
            .collect();
        self.awaits_level = known.is_empty() && !self.are_too_large();
        if known.is_empty() {
            self.notice = Some(if self.awaits_level {
                "Comparing… the panes come level when that is done".to_owned()
            } else {
                too_large_notice()
            });
            return;
        }
        let found: Vec<(usize, Slot, &str)> = known
            .into_iter()
            .filter_map(|other| match self.opposite(other) {
                Opposite::Answer(slot, _) => Some((other, slot, "=")),
                Opposite::Near(slot, _) => Some((other, slot, "≈")),
                Opposite::Nothing | Opposite::Unknown => None,
            })
            .collect();
        if found.is_empty() {
            self.notice = Some(format!(
                "Nothing found opposite {} · the panes are linked",
                current.told()
            ));
            return;
        }
        let here = self.station();
        for (other, slot, _) in &found {
            self.bring_level(*other, *slot);
        }
        if here != self.station() {
            self.remember_station(here);
        }
        let named = found
            .iter()
            .map(|(_, slot, sign)| format!(" {sign} {}", slot.told()));
        let named: String = named.collect();
        let only_near = found.iter().all(|(.., sign)| *sign == "≈");
        let what = if only_near {
            "the nearest, though nothing was found that answers it"
        } else {
            "level, and linked"
        };
        self.notice = Some(format!("{}{named}: {what}", current.told()));
    }

    /// A comparison that was waited for is there.
    pub(super) fn level_if_awaited(&mut self) {
        if std::mem::take(&mut self.awaits_level) {
            self.bring_answers();
            self.stale = true;
        }
    }

    /// Brings a passage of another pane level with the current one, at the distance that the reader gave them.
    pub(super) fn bring_level(&mut self, other: usize, partner: Slot) {
        let Some(level) = self.level_row(other, partner) else {
            return;
        };
        let shift = self.shift(other);
        let lead = self.focused().current;
        let pane = &mut self.panes[other];
        let row = pane.bring(&self.corpus, partner, level.saturating_sub(shift));
        pane.current = partner;
        pane.held = Some(Held {
            lead,
            partner,
            row,
            top: pane.top,
        });
    }

    /// The row of another pane on which a passage stands level with the current one. A passage that is shorter than
    /// the current one stays in sight until that has been read to its end.
    fn level_row(&mut self, other: usize, partner: Slot) -> Option<i64> {
        let lead = &mut self.panes[self.focus];
        let current = lead.current;
        let row = lead.row_of(&self.corpus, current)?;
        let end = row + lead.text_rows(&self.corpus, current);
        let pane = &mut self.panes[other];
        let rows = pane.text_rows(&self.corpus, partner);
        // They leave the screen together.
        let still_seen = (end - rows).min(0);
        Some(row.max(still_seen).min(i64::from(pane.height) - 1))
    }

    /// Scrolls one pane and no other. Where it stood level with the focused one, that is their distance from now on.
    pub(super) fn scroll_alone(&mut self, at: usize, rows: i64) {
        let others = self.other_panes();
        let moved: Vec<usize> = others
            .filter(|other| at == self.focus || at == *other)
            .collect();
        let held: Vec<_> = moved
            .iter()
            .filter_map(|other| Some((*other, self.held(*other)?)))
            .collect();
        let pane = &mut self.panes[at];
        let scrolled = pane.scroll(&self.corpus, rows);
        for (other, held) in held {
            let held = if at == other {
                Held {
                    row: held.row - scrolled,
                    top: self.panes[other].top,
                    ..held
                }
            } else {
                held
            };
            self.panes[other].held = Some(held);
            if let Some(level) = self.level_row(other, held.partner) {
                self.panes[other].shift = self.focused().shift + level - held.row;
            }
        }
        self.panes[at].keep_current_visible(&self.corpus, scrolled);
    }

    /// After a change of the screen: panes that stood level do so again.
    pub(in crate::app) fn keep_level(&mut self) {
        if self.linking != Linking::Full {
            return;
        }
        for other in self.other_panes() {
            if let Some(held) = self.held(other) {
                self.bring_level(other, held.partner);
            }
        }
    }

    /// The panes have been put in their places by something that means all of them: no distance is kept.
    pub(super) fn forget_shifts(&mut self) {
        self.panes.iter_mut().for_each(|pane| pane.shift = 0);
    }
}

fn too_large_notice() -> String {
    format!("Only topics are linked: the texts are {TOO_LARGE}")
}

#[cfg(test)]
mod tests;
