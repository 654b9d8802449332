//! The lines of each part of the evidence view, and where their entries lead. Pure: findings in, lines out.
//!
//! Invariant: an entry names what was found by its place in the findings; it is made of nothing else.

use super::{Section, voices};
use crate::analysis::evidence::{Evidence, Figures, SideWords};
use crate::analysis::figures::FigureKind;
use crate::analysis::figures::ledger::Group;
use crate::analysis::wording::Place;
use crate::text::ByteSpan;

/// Something that was found, on one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A figure.
    Figure {
        /// Its place among all figures.
        figure: usize,
        /// The side.
        side: usize,
    },
    /// Somebody who speaks on a side.
    Speaker {
        /// The row among all who speak.
        row: usize,
        /// The side.
        side: usize,
    },
    /// What a side quotes without a speaker.
    Unnamed {
        /// The side.
        side: usize,
    },
    /// What several sides quote.
    Shared {
        /// Which.
        shared: usize,
        /// The side.
        side: usize,
    },
    /// A word that a side uses more.
    More {
        /// The side.
        side: usize,
        /// Its place in the list.
        term: usize,
    },
    /// A word that a side alone uses.
    Only {
        /// The side.
        side: usize,
        /// Its place in the list.
        term: usize,
    },
    /// A name that a side has for something.
    Name {
        /// The group of rival names.
        naming: usize,
        /// The name.
        term: usize,
        /// The side.
        side: usize,
    },
    /// A text that stands more than once.
    Copy {
        /// Which.
        text: usize,
        /// The side.
        side: usize,
    },
}

impl Entry {
    /// Whose it is.
    pub fn side(self) -> usize {
        match self {
            Self::Figure { side, .. }
            | Self::Speaker { side, .. }
            | Self::Unnamed { side }
            | Self::Shared { side, .. }
            | Self::More { side, .. }
            | Self::Only { side, .. }
            | Self::Name { side, .. }
            | Self::Copy { side, .. } => side,
        }
    }
}

/// A title over all sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Title {
    /// Over the figures of one thing, by their group in the ledger.
    Figures(usize),
    /// Over figures that nothing can be drawn beside.
    OtherFigures,
    /// Over those who speak on several sides.
    SpeakersOfSides,
    /// Over those who speak on one.
    Speakers,
    /// Over what several sides quote.
    SharedQuotes,
    /// Over the words that each side uses more.
    More,
    /// Over those that it alone uses.
    Only,
    /// Over all rival names.
    Namings,
    /// Over one group of them.
    Naming(usize),
    /// Over texts that several sides have.
    CopiesOfSides,
    /// Over texts that stand twice on one side, or elsewhere.
    CopiesElsewhere,
}

/// Something said in place of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// No figures.
    NoFigure,
    /// What the marks of figures mean, and what is compared.
    HowFiguresAreDrawn,
    /// No two figures count the same thing.
    WhyNothingIsDrawn,
    /// Nobody is quoted.
    NoVoice,
    /// What it shows who speaks, and what not.
    WhatVoicesShow,
    /// No word stands out.
    NoWord,
    /// Words need two sides.
    OneSide,
    /// What the words show and do not show.
    WhatWordsShow,
    /// Nothing stands twice.
    NoCopy,
    /// What counts as a copy, and what it proves.
    WhatCopiesShow,
}

/// A line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Nothing.
    Blank,
    /// A title.
    Title(Title),
    /// The scale of a group of figures.
    Scale(usize),
    /// What is said in place of entries; it may take the blank lines after it.
    Note(Note),
    /// What each side has.
    Entries(Vec<Option<Entry>>),
    /// Said of sides that have nothing in this part while another has something: an empty column explains nothing.
    Silent(Vec<usize>),
}

/// The lines of a part. `stacked`: each line has one side's entry.
pub fn lines(evidence: &Evidence, section: Section, stacked: bool) -> Vec<Line> {
    let mut page = Page {
        sides: evidence.counted.len(),
        stacked,
        lines: Vec::new(),
    };
    match section {
        Section::Figures => page.figures(evidence),
        Section::Voices => page.voices(&evidence.speech),
        Section::Words => page.words(evidence),
        Section::Copies => page.copies(evidence),
    }
    page.tell_of_silent_sides();
    page.lines
}

/// How many findings a part has.
pub fn count(evidence: &Evidence, section: Section) -> usize {
    match section {
        Section::Figures => evidence.figures.all.len(),
        Section::Voices => voices::count(&evidence.speech),
        Section::Words => {
            let side = |words: &SideWords| words.more.len() + words.only.len();
            evidence.words.iter().map(side).sum()
        }
        Section::Copies => evidence.copies.len(),
    }
}

/// Where an entry leads, its own side first, each place with its side.
pub fn places(evidence: &Evidence, entry: Entry) -> Vec<(usize, Place)> {
    let of = |side: usize, places: &[Place]| -> Vec<(usize, Place)> {
        places.iter().map(|place| (side, *place)).collect()
    };
    match entry {
        Entry::Figure { figure, side } => {
            let figure = evidence.figures.all.get(figure);
            figure.map_or_else(Vec::new, |figure| {
                let place = Place {
                    passage: figure.passage,
                    span: figure.span,
                };
                of(side, &[place])
            })
        }
        Entry::Speaker { row, side } => voices::places_of_speaker(&evidence.speech, row, side),
        Entry::Unnamed { side } => voices::places_of_unnamed(&evidence.speech, side),
        Entry::Shared { shared, side } => voices::places_of_shared(&evidence.speech, shared, side),
        Entry::More { side, term } => {
            let words = evidence.words.get(side);
            let Some(term) = words.and_then(|words| words.more.get(term)) else {
                return Vec::new();
            };
            let mut places = of(side, &term.places);
            // Of more than two sides the others' places are told apart nowhere.
            if evidence.words.len() == 2 {
                places.extend(of(1 - side, &term.other_places));
            }
            places
        }
        Entry::Only { side, term } => {
            let words = evidence.words.get(side);
            let only = words.and_then(|words| words.only.get(term));
            only.map_or_else(Vec::new, |only| of(side, &only.places))
        }
        Entry::Name { naming, term, side } => {
            let counts = evidence.namings.get(naming);
            let term = counts.and_then(|counts| counts.terms.get(term));
            let places = term.and_then(|term| term.sides.get(side));
            places.map_or_else(Vec::new, |places| of(side, places))
        }
        Entry::Copy { text, side } => {
            let text = evidence.copies.get(text);
            let passages = text.and_then(|text| text.sides.get(side));
            let place = |passage| Place {
                passage,
                span: ByteSpan::default(),
            };
            let passages = passages.into_iter().flatten().copied();
            passages.map(|passage| (side, place(passage))).collect()
        }
    }
}

/// Whether a group has something to be seen beside each other. How long things last is not: it may be of anything.
pub fn is_drawn_on_a_scale(group: &Group) -> bool {
    let is_named = !group.title.is_empty() && group.kind != FigureKind::Duration;
    is_named && group.entries.len() > 1
}

/// The figures of a group in lines, the lowest first; what has the same bounds on several sides stands level.
fn by_value(figures: &Figures, group: &Group, sides: usize) -> Vec<Vec<Option<Entry>>> {
    let bounds = |at: usize| {
        let figure = &figures.all[at];
        (figure.low, figure.high)
    };
    let mut entries = group.entries.clone();
    entries.sort_by(|one, other| {
        let key = |at: usize| {
            let (low, high) = bounds(at);
            let least = low.or(high).unwrap_or(0.0);
            (least, high.unwrap_or(f64::INFINITY))
        };
        let (one_key, other_key) = (key(one.figure), key(other.figure));
        one_key
            .0
            .total_cmp(&other_key.0)
            .then(one_key.1.total_cmp(&other_key.1))
            .then(one.column.cmp(&other.column))
            .then(one.figure.cmp(&other.figure))
    });
    let mut lines: Vec<Vec<Option<Entry>>> = Vec::new();
    let mut before = None;
    for entry in entries {
        let own = bounds(entry.figure);
        let (figure, side) = (entry.figure, entry.column);
        let level = lines
            .last_mut()
            .filter(|line| before == Some(own) && line[side].is_none());
        if let Some(line) = level {
            line[side] = Some(Entry::Figure { figure, side });
        } else {
            let mut line = vec![None; sides];
            line[side] = Some(Entry::Figure { figure, side });
            lines.push(line);
        }
        before = Some(own);
    }
    lines
}

/// The lines of a part while they are made.
pub(super) struct Page {
    pub(super) sides: usize,
    stacked: bool,
    pub(super) lines: Vec<Line>,
}

impl Page {
    /// Begins with the sides that have no entry, if another one has.
    fn tell_of_silent_sides(&mut self) {
        let has_entry = |side: usize| {
            self.lines.iter().any(|line| match line {
                Line::Entries(entries) => entries.get(side).is_some_and(Option::is_some),
                Line::Blank | Line::Title(_) | Line::Scale(_) | Line::Note(_) | Line::Silent(_) => {
                    false
                }
            })
        };
        let silent: Vec<usize> = (0..self.sides).filter(|side| !has_entry(*side)).collect();
        if silent.is_empty() || silent.len() == self.sides {
            return;
        }
        let lines: Vec<Line> = if self.stacked {
            silent
                .iter()
                .map(|side| Line::Silent(vec![*side]))
                .collect()
        } else {
            vec![Line::Silent(silent)]
        };
        self.lines.splice(0..0, lines);
    }

    pub(super) fn title(&mut self, title: Title) {
        if !matches!(self.lines.last(), None | Some(Line::Blank)) {
            self.lines.push(Line::Blank);
        }
        self.lines.push(Line::Title(title));
    }

    /// A note, with room for it to go on where it is long.
    pub(super) fn note(&mut self, note: Note) {
        self.lines.push(Line::Note(note));
        self.lines.extend([Line::Blank, Line::Blank]);
    }

    /// Entries that stand level, or one after the other where there is one column.
    pub(super) fn level(&mut self, entries: Vec<Option<Entry>>) {
        if !self.stacked {
            self.lines.push(Line::Entries(entries));
            return;
        }
        for (side, entry) in entries
            .into_iter()
            .enumerate()
            .filter(|(_, entry)| entry.is_some())
        {
            let mut alone = vec![None; self.sides];
            alone[side] = entry;
            self.lines.push(Line::Entries(alone));
        }
    }

    /// Lists that stand beside each other, or where there is one column one after the other.
    pub(super) fn lists(&mut self, lists: &[Vec<Entry>]) {
        if self.stacked {
            for (side, list) in lists.iter().enumerate() {
                for entry in list {
                    let mut alone = vec![None; self.sides];
                    alone[side] = Some(*entry);
                    self.lines.push(Line::Entries(alone));
                }
            }
            return;
        }
        let longest = lists.iter().map(Vec::len).max().unwrap_or(0);
        for at in 0..longest {
            let entries = lists.iter().map(|list| list.get(at).copied());
            self.lines.push(Line::Entries(entries.collect()));
        }
    }

    /// Each thing that is counted several times on a scale of its own, the rest as lists.
    fn figures(&mut self, evidence: &Evidence) {
        let figures = &evidence.figures;
        if figures.all.is_empty() {
            self.note(Note::NoFigure);
            return;
        }
        let mut others: Vec<Vec<usize>> = vec![Vec::new(); self.sides];
        let mut is_drawn = false;
        for (at, group) in figures.ledger.groups.iter().enumerate() {
            if !is_drawn_on_a_scale(group) {
                for entry in &group.entries {
                    others[entry.column].push(entry.figure);
                }
                continue;
            }
            is_drawn = true;
            self.title(Title::Figures(at));
            self.lines.push(Line::Scale(at));
            for line in by_value(figures, group, self.sides) {
                self.level(line);
            }
        }
        let lists = others.into_iter().enumerate().map(|(side, mut figures)| {
            figures.sort_unstable();
            let entry = |figure| Entry::Figure { figure, side };
            figures.into_iter().map(entry).collect()
        });
        let lists: Vec<Vec<Entry>> = lists.collect();
        if lists.iter().any(|list| !list.is_empty()) {
            self.title(Title::OtherFigures);
            self.lists(&lists);
        }
        self.lines.push(Line::Blank);
        self.note(if is_drawn {
            Note::HowFiguresAreDrawn
        } else {
            Note::WhyNothingIsDrawn
        });
    }

    fn words(&mut self, evidence: &Evidence) {
        if evidence.words.len() < 2 {
            self.note(Note::OneSide);
        } else {
            let list = |length: &dyn Fn(&SideWords) -> usize,
                        entry: &dyn Fn(usize, usize) -> Entry|
             -> Vec<Vec<Entry>> {
                let sides = evidence.words.iter().enumerate();
                sides
                    .map(|(side, words)| (0..length(words)).map(|term| entry(side, term)).collect())
                    .collect()
            };
            let more = list(&|words| words.more.len(), &|side, term| Entry::More {
                side,
                term,
            });
            let only = list(&|words| words.only.len(), &|side, term| Entry::Only {
                side,
                term,
            });
            let is_empty = |lists: &[Vec<Entry>]| lists.iter().all(Vec::is_empty);
            if is_empty(&more) && is_empty(&only) {
                self.note(Note::NoWord);
            }
            for (title, lists) in [(Title::More, more), (Title::Only, only)] {
                if !is_empty(&lists) {
                    self.title(title);
                    self.lists(&lists);
                }
            }
        }
        if !evidence.namings.is_empty() {
            self.title(Title::Namings);
            for (naming, counts) in evidence.namings.iter().enumerate() {
                self.lines.push(Line::Title(Title::Naming(naming)));
                for (term, counts) in counts.terms.iter().enumerate() {
                    if counts.sides.iter().all(Vec::is_empty) {
                        continue;
                    }
                    let entry = |side| Some(Entry::Name { naming, term, side });
                    self.level((0..self.sides).map(entry).collect());
                }
            }
        }
        self.lines.push(Line::Blank);
        self.note(Note::WhatWordsShow);
    }

    fn copies(&mut self, evidence: &Evidence) {
        if evidence.copies.is_empty() {
            self.note(Note::NoCopy);
            return;
        }
        let texts = || evidence.copies.iter().enumerate();
        let sides_with = |text: &crate::analysis::evidence::RepeatedText| {
            text.sides.iter().filter(|side| !side.is_empty()).count()
        };
        for (title, is_shared) in [
            (Title::CopiesOfSides, true),
            (Title::CopiesElsewhere, false),
        ] {
            let some: Vec<usize> = texts()
                .filter(|(_, text)| (sides_with(text) > 1) == is_shared)
                .map(|(at, _)| at)
                .collect();
            if some.is_empty() {
                continue;
            }
            self.title(title);
            for text in some {
                let sides = &evidence.copies[text].sides;
                let entry =
                    |side: usize| (!sides[side].is_empty()).then_some(Entry::Copy { text, side });
                self.level((0..self.sides).map(entry).collect());
            }
        }
        self.lines.push(Line::Blank);
        self.note(Note::WhatCopiesShow);
    }
}
