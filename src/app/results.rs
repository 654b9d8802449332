//! Searching the whole corpus: a line to type in, and what was found, by source.
//!
//! The keys go to the line until the reader moves into the list; there `Space` marks, and any other letter goes to the line again.
//! Invariant: what is shown is what was found for the last question that was answered; `selected` is one of its passages.

use super::App;
use super::message::Ticket;
use super::perspective::Slot;
use super::picker;
use super::screen::{self, Area};
use crate::analysis::watch::Progress;
use crate::corpus::Date;
use crate::text::ByteSpan;
use tui_input::{Input, InputRequest};

/// Rows that a passage takes: where it stands, and what it says.
pub const HIT_ROWS: usize = 3;
/// On a low screen.
const LOW_HIT_ROWS: usize = 2;

/// A passage that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Where.
    pub slot: Slot,
    /// The title of its document.
    pub title: String,
    /// Its date.
    pub date: Option<Date>,
    /// Who speaks.
    pub voice: Option<String>,
    /// A part of it.
    pub text: String,
    /// Where that part starts in the passage, in bytes.
    pub start: u32,
    /// What was searched for, in that part.
    pub marks: Vec<ByteSpan>,
    /// Something stands after it.
    pub cut_after: bool,
}

/// What a source says.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The source's title.
    pub title: String,
    /// How many passages of it were found.
    pub total: usize,
    /// The best of them; never empty.
    pub hits: Vec<Hit>,
}

/// What was found, by source.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The sources.
    pub groups: Vec<Group>,
    /// How many passages were found.
    pub total: usize,
    /// What to try where there are none.
    pub advice: Vec<String>,
}

/// A line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// A source, by its place in the groups.
    Source(usize),
    /// One of its passages.
    Hit(usize, usize),
}

/// What is between the reader and an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Nothing was asked.
    None,
    /// It is being looked for.
    Pending(Ticket),
    /// What was found.
    Found(Found),
    /// The question makes no sense, or cannot be answered, and why.
    Wrong(String),
}

/// The search over the corpus.
#[derive(Clone, Debug)]
pub struct Results {
    /// What was typed.
    pub input: Input,
    /// What came of it.
    pub answer: Answer,
    /// What was found for an earlier question stays on the screen until the next answer is there.
    pub before: Option<Found>,
    /// Place of the selected passage among all that were found.
    pub selected: usize,
    /// The line is from an earlier search: what is typed takes its place, unless the reader first moves in it.
    pub is_left: bool,
    /// The keys go to the list.
    pub browsing: bool,
    /// A passage that waits for another to be laid beside it.
    pub marked: Option<Slot>,
    /// The first line of the list that is seen.
    pub top: usize,
    /// Rows of the list.
    rows: usize,
    /// Rows of a passage.
    pub hit_rows: usize,
    /// What was asked last.
    asked: String,
}

impl Default for Results {
    fn default() -> Self {
        Self {
            input: Input::default(),
            answer: Answer::None,
            before: None,
            selected: 0,
            is_left: false,
            browsing: false,
            marked: None,
            top: 0,
            rows: 1,
            hit_rows: HIT_ROWS,
            asked: String::new(),
        }
    }
}

impl Results {
    /// What is shown: found for the last question, or for the one before while that is looked for.
    pub fn found(&self) -> Option<&Found> {
        match &self.answer {
            Answer::Found(found) => Some(found),
            Answer::Pending(_) => self.before.as_ref(),
            Answer::None | Answer::Wrong(_) => None,
        }
    }

    /// The lines of the list.
    pub fn lines(&self) -> Vec<Line> {
        let groups = self.found().map_or(&[][..], |found| &found.groups);
        let mut lines = Vec::new();
        for (at, group) in groups.iter().enumerate() {
            lines.push(Line::Source(at));
            lines.extend((0..group.hits.len()).map(|hit| Line::Hit(at, hit)));
        }
        lines
    }

    /// The passages, in the order of the list.
    pub fn hits(&self) -> impl Iterator<Item = &Hit> {
        let groups = self.found().map_or(&[][..], |found| &found.groups);
        groups.iter().flat_map(|group| &group.hits)
    }

    /// The selected passage.
    pub fn chosen(&self) -> Option<&Hit> {
        self.hits().nth(self.selected)
    }

    /// The question that is not asked yet, if there is one.
    pub fn unasked(&mut self) -> Option<String> {
        let typed = self.input.value().trim();
        if typed == self.asked {
            return None;
        }
        typed.clone_into(&mut self.asked);
        Some(self.asked.clone())
    }

    /// Asks the same again: there may be another answer now.
    pub fn ask_again(&mut self) {
        self.asked.clear();
    }

    /// It is looked for.
    pub fn await_answer(&mut self, ticket: Ticket) {
        let answer = std::mem::replace(&mut self.answer, Answer::Pending(ticket));
        if let Answer::Found(found) = answer {
            self.before = Some(found);
        }
    }

    /// The job that looks for the answer.
    pub fn ticket(&self) -> Option<Ticket> {
        match self.answer {
            Answer::Pending(ticket) => Some(ticket),
            Answer::None | Answer::Found(_) | Answer::Wrong(_) => None,
        }
    }

    /// Takes an answer; the best passage is selected, unless the reader is on one that is found again.
    pub fn take(&mut self, answer: Answer) {
        let kept = self.chosen().map(|hit| hit.slot).filter(|_| self.browsing);
        self.before = None;
        self.answer = answer;
        let again = kept.and_then(|slot| self.hits().position(|hit| hit.slot == slot));
        self.selected = again.unwrap_or(0);
        self.browsing &= again.is_some();
        if again.is_none() {
            self.top = 0;
        }
    }

    /// Moves the selection, and the keys into the list.
    pub fn select(&mut self, step: isize) {
        let count = self.hits().count();
        if count == 0 {
            return;
        }
        // The first step down from the line is onto the best passage.
        if !self.browsing && step == 1 {
            self.browsing = true;
            return;
        }
        if self.browsing && step == -1 && self.selected == 0 {
            self.browsing = false;
            return;
        }
        self.browsing = true;
        self.selected = self.selected.saturating_add_signed(step).min(count - 1);
    }

    /// Passages on a screen of the list.
    pub fn page(&self) -> usize {
        (self.rows / self.hit_rows).max(1)
    }

    /// Selects the passage on a row of the list; false where there is none.
    pub fn select_row(&mut self, row: usize) -> bool {
        let mut y = 0;
        let lines = self.lines();
        for line in lines.get(self.top..).unwrap_or_default() {
            let next = y + self.height(*line);
            if (y..next).contains(&row) {
                let Line::Hit(group, hit) = *line else {
                    return false;
                };
                let wanted = lines.iter().filter(|line| matches!(line, Line::Hit(..)));
                let at = wanted
                    .take_while(|line| **line != Line::Hit(group, hit))
                    .count();
                self.selected = at;
                return true;
            }
            y = next;
        }
        false
    }

    /// Edits the line; the keys go to it again.
    pub fn edit(&mut self, request: InputRequest) {
        self.browsing = false;
        let writes = matches!(
            request,
            InputRequest::InsertChar(_)
                | InputRequest::DeletePrevChar
                | InputRequest::DeletePrevWord
        );
        if std::mem::take(&mut self.is_left) && writes {
            self.input.reset();
        }
        self.input.handle(request);
    }

    /// Puts text into the line.
    pub fn insert(&mut self, text: &str) {
        self.browsing = false;
        if std::mem::take(&mut self.is_left) {
            self.input.reset();
        }
        picker::insert(&mut self.input, text);
    }

    /// Rows of a line of the list.
    pub fn height(&self, line: Line) -> usize {
        match line {
            Line::Source(_) => 1,
            Line::Hit(..) => self.hit_rows,
        }
    }

    /// Fits the list into its box, so that the selected passage is seen.
    pub fn prepare(&mut self, area: Area) {
        // A row for the line to type in.
        self.rows = screen::overlay_rows(area).saturating_sub(1).max(1);
        self.hit_rows = if self.rows < 14 {
            LOW_HIT_ROWS
        } else {
            HIT_ROWS
        };
        let lines = self.lines();
        let is_hit = |line: &&Line| matches!(line, Line::Hit(..));
        let at = lines
            .iter()
            .enumerate()
            .filter(|(_, line)| is_hit(line))
            .nth(self.selected)
            .map_or(0, |(at, _)| at);
        // The source of the first passage is seen with it.
        let from = match at.checked_sub(1).and_then(|before| lines.get(before)) {
            Some(Line::Source(_)) => at - 1,
            Some(Line::Hit(..)) | None => at,
        };
        self.top = self.top.min(from);
        let rows = |top: usize| -> usize {
            let seen = lines.get(top..=at).unwrap_or_default();
            seen.iter().map(|line| self.height(*line)).sum()
        };
        let mut top = self.top;
        while top < at && rows(top) > self.rows {
            top += 1;
        }
        self.top = top;
    }
}

/// The index of the corpus, as far as the reader knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Indexing {
    /// The job that brings it up to date.
    pub ticket: Option<Ticket>,
    /// How far that is, once it takes a while.
    pub progress: Option<Progress>,
}

impl App {
    /// The search over the corpus, where it is open.
    pub fn results(&self) -> Option<&Results> {
        match &self.overlay {
            Some(super::Overlay::Results(results)) => Some(results),
            Some(
                super::Overlay::Picker(_)
                | super::Overlay::Information(_)
                | super::Overlay::Editor(_),
            )
            | None => None,
        }
    }
}
