//! The evidence view: what the sides say on a topic in figures, quotes and words, each line leading to its passages.
//!
//! Invariant: the cursor is an entry (what was found, and whose), never a row of the screen; while anything is shown it is on
//! an entry that leads somewhere. Nothing is looked for before something needs it.

pub mod lines;
pub mod plan;
pub mod requests;
pub mod told;
pub mod voices;

use super::screen::Area;
use crate::analysis::evidence::Evidence;
use lines::{Entry, Line, lines};
use plan::{Plan, Wanted, plan};
use requests::Asked;
use std::sync::Arc;

/// A part of the view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// How many, of what, who says so.
    #[default]
    Figures,
    /// Who gets to speak.
    Voices,
    /// Who uses which words.
    Words,
    /// Texts that stand more than once.
    Copies,
}

impl Section {
    /// All, in the order of their tabs.
    pub const ALL: [Self; 4] = [Self::Figures, Self::Voices, Self::Words, Self::Copies];

    /// Its name on the tab.
    pub fn title(self) -> &'static str {
        match self {
            Self::Figures => "Figures",
            Self::Voices => "Voices",
            Self::Words => "Words",
            Self::Copies => "Copies",
        }
    }
}

/// What the reader looks at, and where: enough to come back to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// The part that is shown.
    pub section: Section,
    /// The entry under the cursor in each part, and the line at the top.
    places: [(Option<Entry>, usize); Section::ALL.len()],
    /// What that was found for.
    asked: Option<Asked>,
}

/// The view.
#[derive(Debug, Default)]
pub struct View {
    /// What is looked at, and where.
    pub look: Look,
    /// What was found; `None` until it is known.
    pub evidence: Option<Arc<Evidence>>,
    /// The lines of the part that is shown.
    pub lines: Vec<Line>,
    /// The line of the cursor, and the side.
    pub cursor: (usize, usize),
    /// The line at the top.
    pub first: usize,
    /// Where everything stands.
    pub plan: Plan,
    /// Whether it is said of a figure how it stands to those of the other sides, in place of its passage.
    pub why: bool,
    /// What the lines were made of.
    made_of: Option<(Section, bool)>,
}

impl View {
    /// The view at a place.
    pub fn new(look: Look) -> Self {
        Self {
            look,
            ..Self::default()
        }
    }

    /// The parts there are: copies only where something stands twice, or they are looked at.
    pub fn sections(&self) -> Vec<Section> {
        let copies = self
            .evidence
            .as_ref()
            .is_some_and(|evidence| !evidence.copies.is_empty());
        let is_there = |section: &Section| match section {
            Section::Figures | Section::Voices | Section::Words => true,
            Section::Copies => copies || self.look.section == Section::Copies,
        };
        Section::ALL.into_iter().filter(is_there).collect()
    }

    /// The entry under the cursor.
    pub fn entry(&self) -> Option<Entry> {
        self.entry_at(self.cursor.0, self.cursor.1)
    }

    /// What stands in a line at a side.
    pub fn entry_at(&self, line: usize, side: usize) -> Option<Entry> {
        match self.lines.get(line)? {
            Line::Entries(entries) => entries.get(side).copied().flatten(),
            Line::Blank | Line::Title(_) | Line::Scale(_) | Line::Note(_) | Line::Silent(_) => None,
        }
    }

    /// Whether an entry can have the cursor: it leads somewhere.
    fn leads(&self, entry: Entry) -> bool {
        let evidence = self.evidence.as_ref();
        evidence.is_some_and(|evidence| !lines::places(evidence, entry).is_empty())
    }

    /// The side of a line at which the cursor would stand: the one it is at, or the nearest with an entry.
    fn side_in(&self, line: usize, side: usize) -> Option<usize> {
        let Line::Entries(entries) = self.lines.get(line)? else {
            return None;
        };
        let there = (0..entries.len()).filter(|at| entries[*at].is_some_and(|it| self.leads(it)));
        there.min_by_key(|at| at.abs_diff(side))
    }

    /// Takes over what was found for a question, for a screen of this size, and brings the cursor into sight.
    pub fn prepare(
        &mut self,
        size: Area,
        sides: usize,
        asked: Option<&Asked>,
        evidence: Option<&Arc<Evidence>>,
    ) {
        let is_same = match (&self.evidence, evidence) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        if !is_same {
            self.evidence = evidence.cloned();
            self.made_of = None;
        }
        if evidence.is_some() && self.look.asked.as_ref() != asked {
            // A place among other findings says nothing here.
            self.look.places = Default::default();
            self.look.asked = asked.cloned();
        }
        let tabs = self.tabs();
        self.plan = plan(
            size,
            &Wanted {
                sides,
                section: self.look.section,
                tabs,
                why: self.why,
            },
        );
        let made_of = (self.look.section, self.plan.stacked);
        if self.made_of != Some(made_of) {
            self.lines = evidence.map_or_else(Vec::new, |evidence| {
                lines(evidence, self.look.section, self.plan.stacked)
            });
            self.made_of = Some(made_of);
            self.restore();
        }
        self.bring_into_sight();
        self.remember();
    }

    /// The parts and what their tabs say.
    fn tabs(&self) -> Vec<(Section, String)> {
        let count = |section| {
            let evidence = self.evidence.as_ref()?;
            Some(lines::count(evidence, section))
        };
        let tab = |section: Section| {
            let text = match count(section) {
                Some(count) => format!(" {} {count} ", section.title()),
                None => format!(" {} ", section.title()),
            };
            (section, text)
        };
        self.sections().into_iter().map(tab).collect()
    }

    /// Keeps where the cursor is, to come back to.
    fn remember(&mut self) {
        if self.evidence.is_some() {
            let place = (self.entry(), self.first);
            self.look.places[self.look.section as usize] = place;
        }
    }

    /// Puts the cursor where it was in this part, else on the first entry.
    fn restore(&mut self) {
        let (entry, first) = self.look.places[self.look.section as usize];
        let place = entry.and_then(|entry| self.find(entry));
        self.first = if place.is_some() { first } else { 0 };
        self.cursor = place
            .or_else(|| (0..self.lines.len()).find_map(|line| Some((line, self.side_in(line, 0)?))))
            .unwrap_or_default();
    }

    /// Puts the cursor on an entry.
    pub(in crate::app) fn go_to(&mut self, line: usize, side: usize) {
        self.cursor = (line, side);
        self.bring_into_sight();
        self.remember();
    }

    /// Where an entry stands.
    fn find(&self, wanted: Entry) -> Option<(usize, usize)> {
        self.lines.iter().enumerate().find_map(|(at, line)| {
            let Line::Entries(entries) = line else {
                return None;
            };
            let side = entries.iter().position(|entry| *entry == Some(wanted))?;
            Some((at, side))
        })
    }

    /// Moves the cursor over so many lines that lead somewhere, as far as there are any.
    pub fn step(&mut self, lines: isize) {
        let side = self.cursor.1;
        let mut left = lines.unsigned_abs();
        let mut at = self.cursor.0;
        while left > 0 {
            let next = if lines > 0 {
                (at + 1..self.lines.len()).find(|at| self.side_in(*at, side).is_some())
            } else {
                (0..at).rev().find(|at| self.side_in(*at, side).is_some())
            };
            let Some(next) = next else { break };
            (at, left) = (next, left - 1);
        }
        if let Some(side) = self.side_in(at, side) {
            self.cursor = (at, side);
        }
    }

    /// Moves the cursor to the first line under the next title, or the one before.
    pub fn step_group(&mut self, forward: bool) {
        let opens = |at: &usize| {
            matches!(self.lines.get(*at), Some(Line::Entries(_)))
                && !matches!(
                    at.checked_sub(1).and_then(|before| self.lines.get(before)),
                    Some(Line::Entries(_))
                )
                && self.side_in(*at, self.cursor.1).is_some()
        };
        let at = self.cursor.0;
        let next = if forward {
            (at + 1..self.lines.len()).find(opens)
        } else {
            (0..at).rev().find(opens)
        };
        if let Some(line) = next
            && let Some(side) = self.side_in(line, self.cursor.1)
        {
            self.cursor = (line, side);
        }
    }

    /// Moves the cursor to the next side that has an entry in its line.
    pub fn step_side(&mut self, forward: bool) {
        let (line, side) = self.cursor;
        if self.plan.stacked {
            // Sides stand below each other: the next entry of another one.
            let other = |at: &usize| {
                self.side_in(*at, side)
                    .is_some_and(|other| if forward { other > side } else { other < side })
            };
            let found = if forward {
                (line + 1..self.lines.len()).find(other)
            } else {
                (0..line).rev().find(other)
            };
            if let Some(line) = found
                && let Some(side) = self.side_in(line, side)
            {
                self.cursor = (line, side);
            }
            return;
        }
        let sides = self.plan.columns.len();
        let there = |at: &usize| {
            self.entry_at(line, *at)
                .is_some_and(|entry| self.leads(entry))
        };
        let next = if forward {
            (side + 1..sides).find(there)
        } else {
            (0..side).rev().find(there)
        };
        let away = if forward {
            side + 1
        } else {
            side.wrapping_sub(1)
        };
        if let Some(next) = next {
            self.cursor.1 = next;
        } else if away < sides {
            // Nothing level with this entry there: the nearest one that is.
            let lines = (0..self.lines.len()).filter(|at| {
                self.entry_at(*at, away)
                    .is_some_and(|entry| self.leads(entry))
            });
            if let Some(nearest) = lines.min_by_key(|at| at.abs_diff(line)) {
                self.cursor = (nearest, away);
            }
        }
    }

    /// Scrolls the lines; the cursor comes along where it would be left behind.
    pub fn scroll(&mut self, lines: isize) {
        let seen = usize::from(self.plan.body.height);
        let last = self.lines.len().saturating_sub(seen);
        self.first = self.first.saturating_add_signed(lines).min(last);
        let wanted = self.cursor.0.clamp(
            self.first,
            (self.first + seen).saturating_sub(1).max(self.first),
        );
        if wanted == self.cursor.0 {
            return;
        }
        let side = self.cursor.1;
        let near = (self.first..(self.first + seen).min(self.lines.len()))
            .filter(|at| self.side_in(*at, side).is_some());
        if let Some(line) = near.min_by_key(|at| at.abs_diff(wanted))
            && let Some(side) = self.side_in(line, side)
        {
            self.cursor = (line, side);
        }
    }

    /// Puts the cursor on what stands at a place of the screen; false where nothing does.
    pub fn point_at(&mut self, column: u16, row: u16) -> bool {
        let body = self.plan.body;
        if !body.contains((column, row).into()) {
            return false;
        }
        let line = self.first + usize::from(row - body.y);
        let side = if self.plan.stacked {
            self.side_in(line, 0)
        } else {
            self.plan.side_at(column)
        };
        let leads = |side: &usize| {
            let entry = self.entry_at(line, *side);
            entry.is_some_and(|entry| self.leads(entry))
        };
        let Some(side) = side.filter(leads) else {
            return false;
        };
        self.cursor = (line, side);
        true
    }

    /// Brings the cursor into sight, with the titles above it.
    fn bring_into_sight(&mut self) {
        let seen = usize::from(self.plan.body.height).max(1);
        let is_entry = |at: usize| matches!(self.lines.get(at), Some(Line::Entries(_)));
        let mut from = self.cursor.0;
        while from > 0 && !is_entry(from - 1) && self.cursor.0 - (from - 1) < seen {
            from -= 1;
        }
        let last = self.lines.len().saturating_sub(seen);
        self.first = self
            .first
            .min(from)
            .max((self.cursor.0 + 1).saturating_sub(seen))
            .min(last);
    }
}
