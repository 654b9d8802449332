//! How the panes hang together: which of them a topic jump moves, and which passage of one stands level with the current
//! passage of another.
//!
//! Invariant: only the focused pane leads; a pane that follows never moves the one that leads.

use super::App;
use super::facing::layout::slot;
use super::pane::Place;
use super::perspective::Slot;
use crate::analysis::alignment::guide::Reading;
use crate::analysis::alignment::{Comparison, Link, Side};

/// A passage without a link has a nearest one where that is at least so sure.
const NEAR_ENOUGH: f32 = 0.1;

/// How far the panes are linked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Linking {
    /// Topic jumps move every pane, and what answers the current passage comes level.
    #[default]
    Full,
    /// Topic jumps move every pane; scrolling moves one.
    Topics,
    /// Each pane goes by itself.
    Free,
}

impl Linking {
    /// What comes after it.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Full => Self::Topics,
            Self::Topics => Self::Free,
            Self::Free => Self::Full,
        }
    }

    /// Whether topic jumps move every pane.
    pub fn shares_topics(self) -> bool {
        match self {
            Self::Full | Self::Topics => true,
            Self::Free => false,
        }
    }
}

/// That a pane stands level with the one that led it there: as long as neither was moved otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// The passage that led.
    pub lead: Slot,
    /// The passage of this pane that stands level with it.
    pub partner: Slot,
    /// The row on which that starts, from the top of the pane.
    pub row: i64,
    /// The top of the pane then.
    pub top: Place,
}

/// How the panes hang together just now, for the mark that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bond {
    /// The others follow, level.
    Level,
    /// The other follows at a distance: so many rows further on.
    Shifted(i64),
    /// Several follow at distances of their own.
    SeveralShifted,
    /// Only topic jumps move every pane.
    Topics,
    /// Each goes by itself.
    Free,
}

/// What the current passage has in another pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opposite {
    /// The texts have not been compared.
    Unknown,
    /// Nothing was found.
    Nothing,
    /// The passage that answers it, and where that stands.
    Answer(Slot, Whereabouts),
    /// No link was found; this is the nearest passage, and where that stands.
    Near(Slot, Whereabouts),
}

/// Where a passage of a pane stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whereabouts {
    /// On the screen.
    Seen,
    /// Further up.
    Above,
    /// Further down.
    Below,
}

impl App {
    /// How the panes hang together just now.
    pub fn bond(&self) -> Bond {
        match self.linking {
            Linking::Free => Bond::Free,
            Linking::Topics => Bond::Topics,
            Linking::Full if self.none_can_follow() => Bond::Topics,
            Linking::Full => {
                let mut shifts = self
                    .other_panes()
                    .map(|other| self.shift(other))
                    .filter(|shift| *shift != 0);
                match (shifts.next(), shifts.next()) {
                    (None, _) => Bond::Level,
                    (Some(shift), None) => Bond::Shifted(shift),
                    (Some(_), Some(_)) => Bond::SeveralShifted,
                }
            }
        }
    }

    /// The panes but for the focused one.
    pub(in crate::app) fn other_panes(&self) -> impl Iterator<Item = usize> + use<> {
        let focus = self.focus;
        (0..self.panes.len()).filter(move |at| *at != focus)
    }

    /// Rows by which another pane stands further on than level with the focused one.
    pub(in crate::app) fn shift(&self, other: usize) -> i64 {
        self.panes[other].shift - self.focused().shift
    }

    /// The comparison of the focused pane with another one, and which side of it the focused one is. None between panes
    /// that go by themselves.
    fn comparison_with(&self, other: usize) -> Option<(&Comparison, Reading)> {
        if !self.linking.shares_topics() {
            return None;
        }
        let lead = self.focus;
        let comparison = self.comparison(lead.min(other), lead.max(other))?;
        let reading = if lead < other {
            Reading::Left
        } else {
            Reading::Right
        };
        Some((comparison, reading))
    }

    /// The passages of another pane that answer one of the focused pane, each with its link.
    pub fn answers(&self, passage: Slot, other: usize) -> Vec<(Slot, &Link)> {
        let (Some((comparison, reading)), Some(own)) =
            (self.comparison_with(other), passage.passage_id())
        else {
            return Vec::new();
        };
        let links = comparison.links.iter();
        match reading {
            Reading::Left => links
                .filter(|link| link.left == own)
                .map(|link| (slot(link.right), link))
                .collect(),
            Reading::Right => links
                .filter(|link| link.right == own)
                .map(|link| (slot(link.left), link))
                .collect(),
        }
    }

    /// The passage of another pane that comes level with one of the focused pane as the reader scrolls past it.
    pub(in crate::app) fn partner(&self, passage: Slot, other: usize) -> Option<Slot> {
        let (_, reading) = self.comparison_with(other)?;
        let lead = self.focus;
        let (left, right) = (
            &self.panes[lead.min(other)].perspective,
            &self.panes[lead.max(other)].perspective,
        );
        let guide = self.comparisons.guide(left, right, reading)?;
        guide.partner(passage.passage_id()?).map(slot)
    }

    /// The passage of another pane that is nearest to one of the focused pane, though not linked with it.
    pub fn near(&self, passage: Slot, other: usize) -> Option<Slot> {
        let (comparison, reading) = self.comparison_with(other)?;
        let side = match reading {
            Reading::Left => Side::Left,
            Reading::Right => Side::Right,
        };
        let nearest = comparison.nearest(side, passage.passage_id()?).first()?;
        (nearest.score >= NEAR_ENOUGH).then_some(slot(nearest.partner))
    }

    /// The surest answer to a passage of the focused pane in another one, wherever it stands.
    pub(in crate::app) fn best_answer(&self, passage: Slot, other: usize) -> Option<Slot> {
        self.partner(passage, other).or_else(|| {
            let answers = self.answers(passage, other).into_iter();
            let best = answers.max_by(|(_, one), (_, other)| one.score.total_cmp(&other.score));
            best.map(|(answer, _)| answer)
        })
    }

    /// What the current passage of the focused pane has in another one.
    pub fn opposite(&self, other: usize) -> Opposite {
        let current = self.focused().current;
        if self.comparison_with(other).is_none() {
            return Opposite::Unknown;
        }
        let pane = &self.panes[other];
        let whereabouts = |slot: Slot| {
            if pane.visible.iter().any(|row| row.slot == slot) {
                Whereabouts::Seen
            } else if slot < pane.top.slot {
                Whereabouts::Above
            } else {
                Whereabouts::Below
            }
        };
        let answers = self.answers(current, other);
        let held = self.held(other).map(|held| held.partner);
        let held = held.filter(|held| answers.iter().any(|(answer, _)| answer == held));
        match held.or_else(|| self.best_answer(current, other)) {
            Some(answer) => Opposite::Answer(answer, whereabouts(answer)),
            None => self.near(current, other).map_or(Opposite::Nothing, |near| {
                Opposite::Near(near, whereabouts(near))
            }),
        }
    }

    /// What the current passage brought level in another pane, as far as it still answers it.
    pub(in crate::app) fn kept(&self, other: usize) -> Option<Held> {
        let current = self.focused().current;
        let held = self.panes[other].held?;
        let is_answer = |held: &Held| {
            let mut answers = self.answers(current, other).into_iter();
            answers.any(|(answer, _)| answer == held.partner)
                || self.near(current, other) == Some(held.partner)
        };
        (held.lead == current).then_some(held).filter(is_answer)
    }

    /// The same, where the other pane was not moved since.
    pub(in crate::app) fn held(&self, other: usize) -> Option<Held> {
        let held = self.kept(other)?;
        (held.top == self.panes[other].top).then_some(held)
    }
}
