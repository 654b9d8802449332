//! A list with a line to type in: topics, perspectives, commands, help.
//!
//! Invariant: `shown` are indices into `entries`, best match first; `selected` is one of them unless none is left.

use super::action::Action;
use super::perspective::Perspective;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use tui_input::{Input, InputRequest};

/// What a list is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Topics, with counts per source.
    Topics,
    /// What a pane can show.
    Perspectives,
    /// Every command.
    Palette,
    /// Every key.
    Help,
}

/// What choosing an entry does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Go to the topic with this index.
    Topic(usize),
    /// Show this.
    Perspective(Perspective),
    /// Run this.
    Action(Action),
}

/// A line of the list.
#[derive(Clone, Debug)]
pub struct Entry {
    /// In front: a key, a kind, a group.
    pub lead: String,
    /// What is matched and shown.
    pub label: String,
    /// More about it, shown dimmed behind.
    pub detail: String,
    /// One line on the entry that is selected.
    pub about: String,
    /// What choosing it does.
    pub choice: Choice,
}

/// The list's state.
#[derive(Debug)]
pub struct Picker {
    /// What it is for.
    pub purpose: Purpose,
    /// What was typed.
    pub input: Input,
    /// Everything there is.
    pub entries: Vec<Entry>,
    /// What matches, best first.
    pub shown: Vec<usize>,
    /// Place of the selected one in `shown`.
    pub selected: usize,
    /// How many entries fit on the screen; told by `prepare`.
    pub page: usize,
}

impl Picker {
    /// A list of everything, with `selected` selected.
    pub fn new(purpose: Purpose, entries: Vec<Entry>, selected: usize) -> Self {
        let shown = (0..entries.len()).collect();
        Self {
            purpose,
            input: Input::default(),
            entries,
            shown,
            selected,
            page: 10,
        }
    }

    /// The selected entry.
    pub fn chosen(&self) -> Option<&Entry> {
        self.shown
            .get(self.selected)
            .and_then(|at| self.entries.get(*at))
    }

    /// Moves the selection; stops at the ends.
    pub fn select(&mut self, step: isize) {
        let last = self.shown.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(step).min(last);
    }

    /// Edits the typed line and filters anew.
    pub fn edit(&mut self, request: InputRequest) {
        if self
            .input
            .handle(request)
            .is_some_and(|change| change.value)
        {
            self.filter();
        }
    }

    /// Puts text into the typed line.
    pub fn insert(&mut self, text: &str) {
        insert(&mut self.input, text);
        self.filter();
    }

    fn filter(&mut self) {
        let pattern = Pattern::parse(
            self.input.value(),
            CaseMatching::Smart,
            Normalization::Smart,
        );
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        let mut scored: Vec<(u32, usize)> = Vec::new();
        for (at, entry) in self.entries.iter().enumerate() {
            let text = format!("{} {} {}", entry.lead, entry.label, entry.detail);
            let Some(score) = pattern.score(Utf32Str::new(&text, &mut buffer), &mut matcher) else {
                continue;
            };
            // A match in the label alone counts for more than one spread over the details.
            let in_label = pattern
                .score(Utf32Str::new(&entry.label, &mut buffer), &mut matcher)
                .unwrap_or(0);
            scored.push((score + 2 * in_label, at));
        }
        if !self.input.value().is_empty() {
            scored.sort_by_key(|(score, at)| (std::cmp::Reverse(*score), *at));
        }
        self.shown = scored.into_iter().map(|(_, at)| at).collect();
        self.selected = 0;
    }
}

/// The longest line that can be typed or pasted, in characters.
const LONGEST_INPUT: usize = 500;

/// Puts text into an input line: one line of it, bounded.
pub fn insert(input: &mut Input, text: &str) {
    let room = LONGEST_INPUT.saturating_sub(input.value().chars().count());
    let line = text.lines().next().unwrap_or_default();
    for character in line.chars().filter(|c| !c.is_control()).take(room) {
        input.handle(InputRequest::InsertChar(character));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picker(labels: &[&str]) -> Picker {
        let entry = |label: &&str| Entry {
            lead: String::new(),
            label: (*label).to_owned(),
            detail: "shared detail".into(),
            about: String::new(),
            choice: Choice::Action(Action::Quit),
        };
        Picker::new(Purpose::Palette, labels.iter().map(entry).collect(), 0)
    }

    #[test]
    fn typing_narrows_the_list_and_selects_the_best() {
        let mut picker = picker(&["Page down", "Death toll", "Other pane"]);
        picker.insert("dtoll");
        assert_eq!(picker.chosen().unwrap().label, "Death toll");
        assert_eq!(picker.shown.len(), 1);
        picker.insert("zzz");
        assert!(picker.chosen().is_none());
        picker.select(1);
        picker.edit(InputRequest::DeleteLine);
        assert_eq!(picker.shown.len(), 3);
    }

    #[test]
    fn pasted_text_is_one_bounded_line() {
        let mut picker = picker(&["a"]);
        picker.insert(&format!("one\u{1b}[2J{}\ntwo", "x".repeat(10_000)));
        assert_eq!(picker.input.value().chars().count(), LONGEST_INPUT);
        assert!(!picker.input.value().contains('\u{1b}'));
    }
}
