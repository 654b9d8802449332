//! A list with a line to type in: topics, perspectives, commands, help.
//!
//! Invariant: `shown` are indices into `entries`, best match first; `selected` is one of them unless none is left.

use super::action::Action;
use super::effect::{Content, FileFormat, Order};
use super::perspective::Perspective;
use crate::corpus::note::Relation;
use crate::text::{safe, width};
use memchr::memmem::Finder;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use std::borrow::Cow;
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
    /// What something can be written as; what is typed may be the name of the file.
    Formats,
    /// How two passages have to do with each other.
    Relations,
    /// Every note.
    Notes,
    /// Where the reader has been.
    Jumps,
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
    /// Write this as that.
    Format(Content, FileFormat),
    /// Go to the note with this address.
    Note(String),
    /// Write a note on two passages that have to do with each other so.
    Relation(Relation),
    /// Go back to this jump.
    Jump(usize),
}

/// A line of the list.
#[derive(Clone, Debug)]
pub struct Entry {
    /// In front: a key, a kind, a group.
    pub lead: Cow<'static, str>,
    /// What is matched and shown.
    pub label: String,
    /// More about it, shown dimmed behind ([`App::said_of`](super::App::said_of)).
    pub detail: String,
    /// A few lines on the entry that is selected; likewise.
    pub about: String,
    /// Further words by which it is found.
    pub keywords: String,
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
    /// Cells of the widest `lead` and `label`: measured once, there may be many entries.
    pub widest: (usize, usize),
    /// By what `shown` was found.
    filtered: Filtered,
    /// The entries in lower case, once something was typed.
    lower: Vec<Lower>,
}

/// What of an entry is looked through, in lower case.
#[derive(Debug)]
struct Lower {
    lead: Box<str>,
    label: Box<str>,
    keywords: Box<str>,
}

/// By what entries were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Filtered {
    /// What was typed, in lower case.
    typed: String,
    /// No entry held the words, so that those were taken whose label holds the letters.
    by_letters: bool,
}

impl Picker {
    /// A list of everything, with `selected` selected.
    pub fn new(purpose: Purpose, entries: Vec<Entry>, selected: usize) -> Self {
        let shown = (0..entries.len()).collect();
        let wider = |widest: usize, text: &str| {
            let text = safe::line(text);
            if width::at_most(&text) <= widest {
                return widest;
            }
            widest.max(width::line(&text))
        };
        let widest = entries.iter().fold((0, 0), |(lead, label), entry| {
            (wider(lead, &entry.lead), wider(label, &entry.label))
        });
        Self {
            widest,
            purpose,
            input: Input::default(),
            entries,
            shown,
            selected,
            page: 10,
            filtered: Filtered::default(),
            lower: Vec::new(),
        }
    }

    /// The selected entry.
    pub fn chosen(&self) -> Option<&Entry> {
        self.shown
            .get(self.selected)
            .and_then(|at| self.entries.get(*at))
    }

    /// The place in `shown` of the first entry on the screen: the selected one stands in the middle where it can.
    pub fn first_on_screen(&self) -> usize {
        self.selected
            .saturating_sub(self.page / 2)
            .min(self.shown.len().saturating_sub(self.page))
    }

    /// Selects the entry on a row of the list; false where there is none.
    pub fn select_row(&mut self, row: usize) -> bool {
        let place = self.first_on_screen() + row;
        let there = row < self.page && place < self.shown.len();
        if there {
            self.selected = place;
        }
        there
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

    /// Keeps the entries that hold every word that was typed, best first; where none does, those whose label holds its
    /// letters in order. Scattered letters never stand beside a real match. Where something was typed on, only what was left before
    /// is looked at again: there may be a hundred thousand entries.
    fn filter(&mut self) {
        if self.purpose == Purpose::Formats {
            self.filter_formats();
            return;
        }
        let typed = self.input.value().trim().to_lowercase();
        // Made ready once, there may be a hundred thousand entries.
        let words: Vec<Finder<'_>> = typed.split_whitespace().map(Finder::new).collect();
        let whole = Finder::new(&typed);
        // Who holds words holds the beginnings of words, and letters likewise.
        let goes_on = typed.starts_with(&self.filtered.typed);
        let by_letters = goes_on && self.filtered.by_letters;
        let left = |narrows: bool| {
            if narrows {
                self.shown.clone()
            } else {
                (0..self.entries.len()).collect()
            }
        };
        if self.lower.is_empty() {
            self.lower = self.entries.iter().map(Lower::of).collect();
        }
        let mut scored: Vec<(u32, usize)> = if by_letters {
            Vec::new()
        } else {
            let held = left(goes_on).into_iter();
            held.filter_map(|at| Some((self.lower.get(at)?.score(&whole, &words)?, at)))
                .collect()
        };
        let is_by_letters = scored.is_empty();
        if is_by_letters {
            // Some signs say how letters are to be matched; then more of them may match more.
            let is_plain = !typed.contains(['!', '^', '$', '\'', '\\']);
            scored = self.fuzzy(&left(by_letters && is_plain));
        }
        if !words.is_empty() {
            scored.sort_unstable_by_key(|(score, at)| (std::cmp::Reverse(*score), *at));
        }
        self.shown = scored.into_iter().map(|(_, at)| at).collect();
        self.selected = 0;
        self.filtered = Filtered {
            by_letters: is_by_letters,
            typed,
        };
    }

    /// In a list of formats the typed word is how one is called, or the name of the file: then its ending says which format, and
    /// where it has none, all are left to choose from.
    fn filter_formats(&mut self) {
        let typed = self.input.value().trim().to_lowercase();
        let format = |at: &usize| match self.entries.get(*at).map(|entry| &entry.choice) {
            Some(Choice::Format(_, format)) => Some(*format),
            Some(_) | None => None,
        };
        let all: Vec<usize> = (0..self.entries.len()).collect();
        let of = |is: &dyn Fn(FileFormat) -> bool| -> Vec<usize> {
            let found = all.iter().filter(|at| format(at).is_some_and(is));
            found.copied().collect()
        };
        let called = of(&|format| is_called(format, &typed));
        let ending = of(&|format| ends_as(format, &typed));
        self.shown = match (called.is_empty(), ending.is_empty()) {
            (false, _) => called,
            (true, false) => ending,
            (true, true) => all,
        };
        self.selected = 0;
        for at in 0..self.entries.len() {
            let entry = &self.entries[at];
            if let Choice::Format(content, format) = &entry.choice {
                let named = file_name(&self.input, *format);
                self.entries[at].about = about_file(content, named.as_deref());
            }
        }
    }

    /// What is to be written, where a format is chosen.
    pub fn order(&self) -> Option<Order> {
        let Choice::Format(content, format) = &self.chosen()?.choice else {
            return None;
        };
        Some(Order {
            content: content.clone(),
            format: *format,
            name: file_name(&self.input, *format),
        })
    }

    fn fuzzy(&self, among: &[usize]) -> Vec<(u32, usize)> {
        let pattern = Pattern::parse(
            self.input.value(),
            CaseMatching::Ignore,
            Normalization::Smart,
        );
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        let mut score = |at: usize| {
            let label = &self.entries[at].label;
            // By characters: which of them are one letter takes long to tell, and changes no more than the weight of a match.
            let letters = if label.is_ascii() {
                Utf32Str::Ascii(label.as_bytes())
            } else {
                buffer.clear();
                buffer.extend(label.chars());
                Utf32Str::Unicode(&buffer)
            };
            pattern.score(letters, &mut matcher)
        };
        let among = among.iter();
        among.filter_map(|at| Some((score(*at)?, *at))).collect()
    }
}

impl Lower {
    fn of(entry: &Entry) -> Self {
        let lower = |text: &str| text.to_lowercase().into_boxed_str();
        Self {
            lead: lower(&entry.lead),
            label: lower(&entry.label),
            keywords: lower(&entry.keywords),
        }
    }

    /// How well an entry fits what was typed (in lower case): its key first, then its name, then its other words.
    fn score(&self, typed: &Finder<'_>, words: &[Finder<'_>]) -> Option<u32> {
        if !typed.needle().is_empty() && self.lead.as_bytes() == typed.needle() {
            return Some(1000);
        }
        let label = &self.label;
        let holds = |text: &str, word: &Finder<'_>| word.find(text.as_bytes()).is_some();
        let mut score = u32::from(holds(label, typed)) * 20;
        for word in words {
            let starts_word = |at: usize| {
                !label
                    .get(..at)
                    .is_some_and(|before| before.ends_with(char::is_alphanumeric))
            };
            score += match word.find(label.as_bytes()) {
                Some(0) => 9,
                Some(at) if starts_word(at) => 7,
                Some(_) => 5,
                None if holds(&self.lead, word) || holds(&self.keywords, word) => 2,
                None => return None,
            };
        }
        Some(score)
    }
}

/// Whether a word is how a format is called, or begins so.
fn is_called(format: FileFormat, word: &str) -> bool {
    let names = std::iter::once(format.title()).chain(format.endings().iter().copied());
    let mut names = names.map(str::to_lowercase);
    names.any(|name| name.starts_with(word))
}

/// Whether a name ends as files of a format do.
fn ends_as(format: FileFormat, name: &str) -> bool {
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase());
    ending.is_some_and(|ending| format.endings().contains(&ending.as_str()))
}

/// The name of a file that was typed, with the ending of its format; nothing where it is how a format is called.
fn file_name(input: &Input, format: FileFormat) -> Option<String> {
    let typed = input.value().trim();
    if typed.is_empty() || is_called(format, &typed.to_lowercase()) {
        return None;
    }
    if ends_as(format, typed) {
        return Some(typed.to_owned());
    }
    Some(format!("{typed}.{}", format.endings()[0]))
}

/// Where something will be written.
pub fn about_file(content: &Content, named: Option<&str>) -> String {
    let what = content.name();
    match named {
        None => format!(
            "Writes {what} into a new file in the folder that Diptych was started in; nothing is written over. Type a name for it, with or \
             without its ending."
        ),
        Some(name) => format!("Writes {what} into the new file {name}; nothing is written over."),
    }
}

/// The longest line that can be typed or pasted, in characters.
const LONGEST_INPUT: usize = 500;

/// Puts text into an input line: its lines joined by spaces, bounded.
pub fn insert(input: &mut Input, text: &str) {
    let room = LONGEST_INPUT.saturating_sub(input.value().chars().count());
    let line = text
        .trim_end_matches(['\r', '\n'])
        .replace("\r\n", " ")
        .replace(['\r', '\n', '\t'], " ");
    for character in line.chars().filter(|c| !c.is_control()).take(room) {
        input.handle(InputRequest::InsertChar(character));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picker(labels: &[&str]) -> Picker {
        let entry = |label: &&str| Entry {
            lead: Cow::default(),
            label: (*label).to_owned(),
            detail: "shared detail".into(),
            about: String::new(),
            keywords: if *label == "Death toll" {
                "massacre, victims".into()
            } else {
                String::new()
            },
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
    fn whole_words_and_keywords_come_before_scattered_letters() {
        let mut picker = picker(&[
            "More about assassins and crews, ever",
            "Death toll",
            "The death of a name",
        ]);
        picker.insert("massacre");
        assert_eq!(
            picker.shown,
            [1],
            "only the entry with the word, not the one with its letters"
        );
        picker.edit(InputRequest::DeleteLine);
        picker.insert("death");
        assert_eq!(picker.shown, [1, 2]);
    }

    /// What is left of a list after each of some letters, and after all of them at once, is the same.
    #[test]
    fn what_is_typed_letter_by_letter_leaves_what_it_leaves_at_once() {
        let labels = [
            "Death toll",
            "Other",
            "Tollgate",
            "Déjà vu",
            "ΟΔΟΣ",
            "the dead, told",
            "Internet shutdown",
            "d.e!a^d",
        ];
        for typed in [
            "death toll",
            "toll de",
            "dtl",
            "dt g",
            "!dea",
            "d!x",
            "οδος",
            "e^d$",
            "zz",
            "o h",
            "sh in dow",
            "vu d",
        ] {
            let mut by_letter = picker(&labels);
            for (letter, at) in typed.chars().zip(1..) {
                by_letter.edit(InputRequest::InsertChar(letter));
                let mut at_once = picker(&labels);
                at_once.insert(&typed.chars().take(at).collect::<String>());
                assert_eq!(by_letter.shown, at_once.shown, "{typed} up to {at}");
            }
            by_letter.edit(InputRequest::DeletePrevChar);
            let mut at_once = picker(&labels);
            at_once.insert(by_letter.input.value());
            assert_eq!(by_letter.shown, at_once.shown, "{typed} taken back");
        }
    }

    #[test]
    fn a_key_that_is_typed_selects_its_entry() {
        let mut picker = picker(&["First of 4", "Second"]);
        picker.entries[1].lead = "4".into();
        picker.insert("4");
        assert_eq!(picker.chosen().unwrap().label, "Second");
    }

    #[test]
    fn what_is_typed_among_formats_is_one_of_them_or_the_name_of_a_file() {
        let entry = |format: &FileFormat| Entry {
            lead: Cow::default(),
            label: format.title().into(),
            detail: String::new(),
            about: String::new(),
            keywords: String::new(),
            choice: Choice::Format(Content::Coverage, *format),
        };
        let typed = |text: &str| {
            let entries = Content::Coverage.formats().iter().map(entry).collect();
            let mut picker = Picker::new(Purpose::Formats, entries, 0);
            picker.insert(text);
            let order = picker.order().unwrap();
            (picker.shown.len(), order.format, order.name)
        };
        let named = |name: &str| Some(name.to_owned());
        assert_eq!(typed(""), (4, FileFormat::Html, None));
        assert_eq!(typed("mark"), (1, FileFormat::Markdown, None));
        assert_eq!(typed("CSV"), (1, FileFormat::Csv, None));
        assert_eq!(typed("a.json"), (1, FileFormat::Json, named("a.json")));
        assert_eq!(typed("../b.HTM"), (1, FileFormat::Html, named("../b.HTM")));
        assert_eq!(typed("toll"), (4, FileFormat::Html, named("toll.html")));
        assert_eq!(typed("v1.2"), (4, FileFormat::Html, named("v1.2.html")));
    }

    #[test]
    fn pasted_text_is_one_bounded_line() {
        let mut picker = picker(&["a"]);
        picker.insert(&format!("one\u{1b}[2J{}\ntwo", "x".repeat(10_000)));
        assert_eq!(picker.input.value().chars().count(), LONGEST_INPUT);
        assert!(!picker.input.value().contains('\u{1b}'));
    }
}
