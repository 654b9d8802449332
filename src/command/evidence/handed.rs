//! The evidence as it is handed over: the lines of the reader's evidence view, each with what it can be cited by.
//!
//! Invariant: what stands beside each other on the screen does so here, and is told in the same words.

use super::{Page, fields};
use crate::analysis::quotes::Quote;
use crate::analysis::wording::{self, Place};
use crate::app::evidence::lines::{Entry, Line, Note, Title};
use crate::app::evidence::told;
use crate::app::evidence::{Section, told::verdicts};
use crate::app::perspective::title;
use crate::command::{figures, output, select};
use crate::corpus::PassageId;
use crate::export::laid_open::{Finding, Group, LaidOpen, Part, Words};
use crate::export::{Report, Table, sources};
use crate::text::{ByteSpan, char_boundary_at_or_before as char_boundary, segment};

/// Places of a word, and passages of a voice, that are named; the rest is counted.
const MOST_PLACES: usize = 6;
/// Characters shown of a text that stands twice.
const OPENING_CHARS: usize = 160;

/// So many bytes around a find are looked at for its sentence: longer ones are not printed whole.
const AROUND: usize = 4096;

impl Page<'_> {
    /// The evidence as it is handed over.
    pub(in crate::command) fn report(&self) -> Report {
        let titles = self.titles();
        let about = self
            .topic
            .map_or("Everything", |topic| topic.title.as_str());
        let counted = titles.iter().zip(self.names).zip(&self.counted);
        let counted = counted.map(|((title, name), of)| {
            let name = if title == name {
                String::new()
            } else {
                format!(" ({name})")
            };
            let copies = match of.copies {
                0 => String::new(),
                1 => ", 1 copy left out".to_owned(),
                more => format!(", {more} copies left out"),
            };
            format!(
                "{title}{name}: {}{copies}",
                output::counted(of.passages, "passage")
            )
        });
        let counted: Vec<String> = counted.collect();
        let parts = self.lines.iter();
        let parts = parts.map(|(section, lines)| self.part(*section, lines, &titles));
        Report {
            title: format!("{about}, the evidence: {}", titles.join(" / ")),
            lead: vec![
                format!("{}.", counted.join("; ")),
                "It describes these texts and proves nothing; numbers are given to whom the texts give them to. [DOC#12] is passage 12 of \
                 the document DOC."
                    .to_owned(),
            ],
            laid_open: Some(LaidOpen {
                parts: parts.collect(),
                sides: titles.to_vec(),
            }),
            sheet: Some(Table {
                title: "Evidence".to_owned(),
                head: fields::HEAD.map(str::to_owned).to_vec(),
                rows: self.fields(),
            }),
            sources: sources(self.corpus, self.passages()),
            ..Report::default()
        }
    }

    /// What the sides are called; by their names where they would be called the same.
    fn titles(&self) -> [String; 2] {
        let called = self.names.map(|name| {
            let perspective = select::perspective(self.corpus, name);
            perspective.map_or_else(|_| name.to_owned(), |of| title(self.corpus, &of))
        });
        if called[0] == called[1] {
            self.names.map(str::to_owned)
        } else {
            called
        }
    }

    /// The passages that anything was found in.
    fn passages(&self) -> Vec<PassageId> {
        let figures = self.figures.figures.iter().map(|figure| figure.passage);
        let quotes = self.quotes.quotes.iter().map(|quote| quote.passage);
        let cells = self.quotes.voices.rows.iter().flat_map(|row| &row.cells);
        let spoken = cells.flat_map(|cell| cell.spoken.iter().copied());
        let copies = self.copies.iter();
        let copies = copies.flat_map(|copy| copy.sides.iter().flatten().chain(&copy.elsewhere));
        let words = &self.wording.wording;
        let more = words
            .left
            .iter()
            .chain(&words.right)
            .flat_map(|term| &term.places);
        let only = words.only_left.iter().chain(&words.only_right);
        let only = only.flat_map(|only| &only.places);
        let words = more.chain(only).map(|place| place.passage);
        figures
            .chain(quotes)
            .chain(spoken)
            .chain(copies.copied())
            .chain(words)
            .collect()
    }

    fn part(&self, section: Section, lines: &[Line], titles: &[String; 2]) -> Part {
        let mut part = Part {
            title: section.title().to_owned(),
            ..Part::default()
        };
        for line in lines {
            match line {
                Line::Blank | Line::Scale(_) => {}
                Line::Title(title) => part.groups.push(self.group(*title)),
                Line::Note(note) => part.about.extend(noted(*note)),
                Line::Silent(sides) => {
                    let silent = sides.iter().filter_map(|side| titles.get(*side));
                    let told = silent.map(|side| format!("{side}: {}", told::silence(section)));
                    part.about.extend(told);
                }
                Line::Entries(entries) => {
                    let findings = entries.iter();
                    let findings =
                        findings.map(|entry| entry.and_then(|entry| self.finding(entry)));
                    if part.groups.is_empty() {
                        part.groups.push(Group::default());
                    }
                    if let Some(group) = part.groups.last_mut() {
                        group.rows.push(findings.collect());
                    }
                }
            }
        }
        part
    }

    /// A group that has no rows yet.
    fn group(&self, title: Title) -> Group {
        let (title, about) = match title {
            Title::Figures(group) => {
                let group = &self.figures.ledger.groups[group];
                let verdict = verdicts(&self.figures.figures, group, self.names.len());
                (figures::title(group), verdict)
            }
            Title::Naming(naming) => {
                let title = told::naming_title(self.corpus, &self.wording.namings, naming);
                (title, String::new())
            }
            Title::OtherFigures
            | Title::SpeakersOfSides
            | Title::Speakers
            | Title::SharedQuotes
            | Title::More
            | Title::Only
            | Title::Namings
            | Title::CopiesOfSides
            | Title::CopiesElsewhere => {
                let (title, about) = told::titled(title, true);
                (title.to_owned(), about.to_owned())
            }
        };
        Group {
            title,
            about,
            rows: Vec::new(),
        }
    }

    fn finding(&self, entry: Entry) -> Option<Finding> {
        let words = &self.wording.wording;
        match entry {
            Entry::Figure { figure, .. } => self.figure(figure),
            Entry::Speaker { row, side } => self.speaker(row, side),
            Entry::Unnamed { side } => {
                let total = self.quotes.voices.totals.get(side)?;
                let quotes = self.quotes.quotes.iter().zip(&self.quote_sides);
                let unnamed = quotes.filter(|(of, whose)| **whose == side && of.speaker.is_none());
                Some(Finding {
                    text: "who speaks is not told".to_owned(),
                    facts: vec![output::counted(total.unnamed_quotes, "quotation")],
                    places: Vec::new(),
                    words: unnamed.map(|(quote, _)| self.quoted(quote)).collect(),
                })
            }
            Entry::Shared { shared, side } => {
                let all = self.quotes.shared.get(shared)?.quotes.iter();
                let mut own = all.filter(|at| self.quote_sides.get(**at) == Some(&side));
                let quote = self.quotes.quotes.get(*own.next()?)?;
                let speaker = quote.speaker.as_ref();
                Some(Finding {
                    text: speaker
                        .map_or("nobody named", |of| of.name.as_str())
                        .to_owned(),
                    words: vec![self.quoted(quote)],
                    ..Finding::default()
                })
            }
            Entry::More { side, term } => {
                let list = [&words.left, &words.right];
                let term = list.get(side)?.get(term)?;
                Some(Finding {
                    text: term.text.clone(),
                    facts: vec![
                        format!("{} : {}", term.count, term.other_count),
                        format!("z {:.1}", term.z),
                    ],
                    places: self.places(&term.places),
                    words: Vec::new(),
                })
            }
            Entry::Only { side, term } => {
                let list = [&words.only_left, &words.only_right];
                let only = list.get(side)?.get(term)?;
                Some(Finding {
                    text: only.text.clone(),
                    facts: vec![
                        output::counted(only.count, "time"),
                        format!("by chance {}", wording::chance(only.p)),
                    ],
                    places: self.places(&only.places),
                    words: Vec::new(),
                })
            }
            Entry::Name { naming, term, side } => {
                let counts = self.wording.namings.get(naming)?;
                let term = counts.terms.get(term)?;
                let places = term.sides.get(side)?;
                Some(Finding {
                    text: term.term.clone(),
                    facts: vec![match places.len() {
                        0 => "not used here".to_owned(),
                        times => output::counted(times, "time"),
                    }],
                    places: self.places(places),
                    words: Vec::new(),
                })
            }
            Entry::Copy { text, side } => self.copy(text, side),
        }
    }

    fn figure(&self, at: usize) -> Option<Finding> {
        let figure = self.figures.figures.get(at)?;
        let groups = self.figures.ledger.groups.iter();
        let mut entries = groups.flat_map(|group| group.entries.iter().map(move |of| (group, of)));
        let known = entries.find(|(_, entry)| entry.figure == at);
        let told = self.figures.told(figure, known);
        let (sentence, mark) = self.sentence(figure.passage, figure.span);
        Some(Finding {
            text: told.text,
            facts: told.facts,
            places: vec![self.name(figure.passage)],
            words: vec![Words {
                text: sentence.to_owned(),
                mark: Some(mark),
                language: self.language(figure.passage),
                place: None,
            }],
        })
    }

    /// Somebody who speaks on a side: how much, and every quotation.
    fn speaker(&self, row: usize, side: usize) -> Option<Finding> {
        let row = self.quotes.voices.rows.get(row)?;
        let cell = row.cells.iter().find(|cell| cell.column == side)?;
        let mut facts = Vec::new();
        if cell.quotes > 0 || cell.quoted_words > 0 {
            facts.push(format!(
                "{} of {}, {:.0} % of all words quoted",
                output::counted(cell.quotes, "quotation"),
                output::counted(cell.quoted_words, "word"),
                cell.share * 100.0
            ));
        }
        let mut places = Vec::new();
        if cell.spoken_words > 0 {
            let words = output::counted(cell.spoken_words, "word");
            facts.push(format!("{words} as a voice"));
            places = self.first_of(&cell.spoken);
        }
        let quotes = cell
            .places
            .iter()
            .filter_map(|at| self.quotes.quotes.get(*at));
        Some(Finding {
            text: row.name.clone(),
            facts,
            places,
            words: quotes.map(|quote| self.quoted(quote)).collect(),
        })
    }

    /// A text that stands more than once, as a side has it.
    fn copy(&self, text: usize, side: usize) -> Option<Finding> {
        let copy = self.copies.get(text)?;
        let own = copy.sides.get(side)?;
        let (first, more) = own.split_first()?;
        let others = copy.sides.iter().enumerate().filter(|(at, _)| *at != side);
        let others = others.flat_map(|(_, ids)| ids);
        let others: Vec<PassageId> = more
            .iter()
            .chain(others)
            .chain(&copy.elsewhere)
            .copied()
            .collect();
        let whole = self.text_of(*first);
        let mut opening: String = whole.chars().take(OPENING_CHARS).collect();
        if opening.len() < whole.len() {
            opening.push('…');
        }
        let others: Vec<String> = others
            .iter()
            .map(|id| format!("[{}]", self.name(*id)))
            .collect();
        Some(Finding {
            text: format!("[{}]", self.name(*first)),
            facts: vec![format!("same text as {}", others.join(", "))],
            places: Vec::new(),
            words: vec![Words {
                text: opening,
                mark: None,
                language: self.language(*first),
                place: None,
            }],
        })
    }

    fn quoted(&self, quote: &Quote) -> Words {
        Words {
            text: quote.whole.of(self.text_of(quote.passage)).to_owned(),
            mark: None,
            language: self.language(quote.passage),
            place: Some(self.name(quote.passage)),
        }
    }

    fn places(&self, places: &[Place]) -> Vec<String> {
        let mut ids: Vec<PassageId> = places.iter().map(|place| place.passage).collect();
        ids.dedup();
        self.first_of(&ids)
    }

    /// The first of some passages by name, and how many more there are.
    fn first_of(&self, ids: &[PassageId]) -> Vec<String> {
        let mut named: Vec<String> = ids
            .iter()
            .take(MOST_PLACES)
            .map(|id| self.name(*id))
            .collect();
        if ids.len() > MOST_PLACES {
            named.push(format!("and {} more", ids.len() - MOST_PLACES));
        }
        named
    }

    fn text_of(&self, id: PassageId) -> &str {
        let document = self.corpus.documents.get(id.document);
        let passage = document.and_then(|document| document.passage(id.passage));
        passage.map_or("", |passage| passage.text())
    }

    fn language(&self, id: PassageId) -> String {
        let document = self.corpus.documents.get(id.document);
        let stated = document.map_or("", |document| document.meta.language.as_str());
        let language = if stated.is_empty() {
            &self.corpus.language
        } else {
            stated
        };
        language.to_owned()
    }

    /// The sentences that a stretch of a passage stands in, and where it stands in them.
    pub(super) fn sentence(&self, id: PassageId, span: ByteSpan) -> (&str, ByteSpan) {
        let text = self.text_of(id);
        // A part of a passage without end is enough to find a sentence in.
        let from = char_boundary(text, (span.start as usize).saturating_sub(AROUND));
        let to = char_boundary(text, (span.end as usize).saturating_add(AROUND));
        let near = text.get(from..to).unwrap_or_default();
        let moved = |of: ByteSpan| ByteSpan {
            start: of.start + from as u32,
            end: of.end + from as u32,
        };
        let sentences = segment::sentences(near).into_iter().map(moved);
        let sentences: Vec<ByteSpan> = sentences.collect();
        let mut touched = sentences
            .iter()
            .filter(|of| of.start < span.end && of.end > span.start);
        let Some(first) = touched.next().copied() else {
            return (span.of(text), ByteSpan::default());
        };
        let last = touched.next_back().copied().unwrap_or(first);
        let whole = ByteSpan {
            start: first.start,
            end: last.end,
        }
        .of(text);
        let start = first.start + (whole.len() - whole.trim_start().len()) as u32;
        let mark = ByteSpan {
            start: span.start.saturating_sub(start),
            end: span.end.saturating_sub(start),
        };
        (whole.trim(), mark)
    }
}

/// What is said in place of findings, or of all of them; on the screen some of it speaks of keys and signs.
fn noted(note: Note) -> Option<String> {
    let told = match note {
        Note::NoFigure => "No figures found.".to_owned(),
        Note::HowFiguresAreDrawn => format!(
            "{} ≠ stands before one that overlaps none of the others.",
            told::WHAT_IS_COMPARED
        ),
        Note::WhyNothingIsDrawn => told::NOTHING_IS_COMPARED.to_owned(),
        Note::NoVoice => "Nobody is quoted.".to_owned(),
        Note::WhatVoicesShow => told::WHAT_VOICES_SHOW.to_owned(),
        Note::NoWord => format!("{}.", told::NO_WORD),
        Note::OneSide => return None,
        Note::WhatWordsShow => wording::WHAT_IT_SHOWS.to_owned(),
        Note::NoCopy => "No text stands twice.".to_owned(),
        Note::WhatCopiesShow => format!("{}.", told::WHAT_COPIES_SHOW),
    };
    Some(told)
}
