//! The reader's notes, kept in a file beside the corpus: a W3C Web Annotation a line.
//!
//! Invariant: what was reported as kept is in the file and on the disk; the file can be read whatever moment the program was
//! killed at; a line that cannot be understood is reported and stays. A note is where its words are, or shown as lost, never
//! elsewhere.
//!
//! The last line about a note counts. A removed one has a line of its own (an activity of type `Delete`), so that another
//! program that writes at the same time loses nothing.

mod annotation;

use super::anchor::{Anchor, Finder, Found, Share};
use super::journal::{self, JournalError, Place};
use crate::corpus::citing::Cited;
use crate::corpus::note::{LostPlace, Note, NoteChange, WordsThen};
use crate::corpus::{Document, PassageId};
use crate::text::ByteSpan;
use annotation::{Line, Target};
use std::collections::HashMap;
use std::path::Path;

/// The file's name.
pub const FILE: &str = "notes.jsonl";

/// From so many lines on that no longer count the file is made shorter, where they are half of it.
const WORTH_COMPACTING: usize = 200;

/// Why a note could not be kept.
#[derive(Debug, thiserror::Error)]
pub enum NoteError {
    /// The file.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// It was removed by another program, or never there.
    #[error("there is no such note any more")]
    Gone,
}

/// Where notes are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Store(Place);

/// A note of the file that counts.
struct Standing {
    /// Number of its line, from 1.
    number: usize,
    line: Line,
}

/// What a file holds.
#[derive(Default)]
struct Contents {
    /// Notes in the order in which they were first written.
    standing: Vec<Standing>,
    /// Lines, empty ones aside.
    lines: usize,
    /// Lines that are no notes, and why.
    damaged: Vec<(usize, String)>,
}

impl Store {
    /// Beside a corpus, in its folder.
    pub fn beside(folder: &Path) -> Self {
        Self(Place::beside(folder, FILE))
    }

    /// For the built-in corpus: under the data home.
    pub fn of_builtin() -> Self {
        Self(Place::of_builtin(FILE))
    }

    /// For files that are laid side by side: one for all of them.
    pub fn of_files() -> Self {
        Self(Place::of_files(FILE))
    }

    /// The file.
    pub fn place(&self) -> Option<&Path> {
        self.0.file.as_deref()
    }

    /// The notes on these documents, and what is wrong with the file, in a sentence. A file that is not there holds none.
    pub fn load(
        &self,
        documents: &[Document],
    ) -> Result<(Vec<Note>, Option<String>), JournalError> {
        let Some(place) = &self.0.file else {
            return Ok((Vec::new(), None));
        };
        let contents = read(&journal::read(place)?);
        let mut finder = Finder::new(documents);
        let found = contents.standing.iter();
        let notes: Vec<Note> = found
            .filter_map(|standing| self.resolve(documents, &mut finder, &standing.line))
            .collect();
        if contents.lines - contents.standing.len() >= WORTH_COMPACTING.max(contents.standing.len())
        {
            // Nothing depends on it: where it cannot be made shorter it stays as it is.
            let _ = journal::see_that_it_is_ours(place, self.0.root.as_deref())
                .and_then(|()| journal::compact(place, shorter));
        }
        let told = contents.damaged.first().map(|(line, why)| {
            let others = match contents.damaged.len() {
                1 => "a line is".to_owned(),
                count => format!("{count} lines are"),
            };
            format!("{others} no note in {FILE} (line {line}: {why}); nothing was thrown away")
        });
        Ok((notes, told))
    }

    /// A note with its places as they are now; `None` where it is on other texts.
    fn resolve(
        &self,
        documents: &[Document],
        finder: &mut Finder<'_>,
        line: &Line,
    ) -> Option<Note> {
        let mut note = line.note();
        let mut elsewhere = 0;
        for target in &line.target {
            match place_of(documents, finder, target) {
                Ok(cited) => {
                    let now = words_of(documents, cited);
                    let then = target.words();
                    if now.is_some_and(|now| now != then) {
                        note.changed.push(WordsThen {
                            place: note.places.len(),
                            words: then.to_owned(),
                        });
                    }
                    note.places.push(cited);
                }
                Err(why) => {
                    elsewhere += usize::from(why == super::anchor::Lost::Document);
                    note.lost.push(LostPlace {
                        document: target.anchor.document.id.to_string(),
                        words: target.words().to_owned(),
                        why: why.to_string(),
                    });
                }
            }
        }
        let is_of_others = self.0.shared && elsewhere == line.target.len();
        (!is_of_others).then_some(note)
    }

    /// Writes a change down; when this returns it lasts. `now` is the time as RFC 3339 has it.
    pub fn keep(
        &self,
        documents: &[Document],
        change: &NoteChange,
        now: &str,
    ) -> Result<(), NoteError> {
        let place = self.0.file.as_ref().ok_or(JournalError::NoHome)?;
        journal::see_that_it_is_ours(place, self.0.root.as_deref())?;
        let bytes = match change {
            NoteChange::Write(note) => {
                let mut finder = Finder::new(documents);
                let target = |cited: &Cited| {
                    target(documents, &mut finder, *cited).ok_or(JournalError::NoWords)
                };
                let targets: Vec<Target> =
                    note.places.iter().map(target).collect::<Result<_, _>>()?;
                if targets.is_empty() {
                    return Err(JournalError::NoWords.into());
                }
                Line::of(note, targets, now).bytes()
            }
            NoteChange::Reword { id, text, relation } => {
                let mut line = Self::last_of(place, id)?;
                line.reword(text, *relation, now);
                line.bytes()
            }
            NoteChange::Remove(id) => annotation::removal(id, now),
            NoteChange::Restore(id) => Self::last_of(place, id)?.bytes(),
        };
        Ok(journal::append(place, bytes)?)
    }

    /// The last line that wrote a note, whether or not it was removed after it.
    fn last_of(place: &Path, id: &str) -> Result<Line, NoteError> {
        let bytes = journal::read(place)?;
        let lines = bytes.split(|byte| *byte == b'\n').rev();
        lines
            .filter_map(|line| annotation::parse(line).ok())
            .find_map(|entry| match entry {
                annotation::Entry::Note(line) if line.id == id => Some(*line),
                annotation::Entry::Note(_) | annotation::Entry::Removed(_) => None,
            })
            .ok_or(NoteError::Gone)
    }
}

/// The target of a note at a place.
fn target(documents: &[Document], finder: &mut Finder<'_>, cited: Cited) -> Option<Target> {
    let document = documents.get(cited.passage.document)?;
    let passage = document.passage(cited.passage.passage)?;
    let anchor = match cited.span {
        None => finder.anchor_passage(cited.passage)?,
        Some(span) => {
            let start = passage.span().start;
            let span = ByteSpan {
                start: start + span.start,
                end: start + span.end.min(passage.span().end - start),
            };
            finder.anchor_span(cited.passage.document, span)?
        }
    };
    Some(Target::of(document, anchor, cited.span.is_none()))
}

/// The words of a place.
fn words_of(documents: &[Document], cited: Cited) -> Option<&str> {
    let document = documents.get(cited.passage.document)?;
    let text = document.passage(cited.passage.passage)?.text();
    Some(cited.span.map_or(text, |span| span.of(text)))
}

/// Where a target stands now.
fn place_of(
    documents: &[Document],
    finder: &mut Finder<'_>,
    target: &Target,
) -> Result<Cited, super::anchor::Lost> {
    use super::anchor::Lost;
    if target.whole {
        let (passage, share) = finder.find_passage(&target.anchor)?;
        if share == Share::All {
            return Ok(Cited::from(passage));
        }
    }
    let Found { document, span } = finder.find(&target.anchor)?;
    let of = documents.get(document).ok_or(Lost::Document)?;
    let holds = |at: usize| -> Option<Cited> {
        let held = of.passage(at)?.span();
        // A span that has been divided belongs to no passage.
        let is_in = held.start <= span.start && span.end <= held.end;
        is_in.then(|| Cited {
            passage: PassageId {
                document,
                passage: at,
            },
            span: Some(ByteSpan {
                start: span.start - held.start,
                end: span.end - held.start,
            }),
        })
    };
    let after = of
        .passages()
        .position(|passage| passage.span().end > span.start);
    after.and_then(holds).ok_or(Lost::Divided)
}

fn read(bytes: &[u8]) -> Contents {
    let mut contents = Contents::default();
    let mut standing: Vec<Option<Standing>> = Vec::new();
    let mut place_of: HashMap<String, usize> = HashMap::new();
    for (at, bytes) in bytes.split(|byte| *byte == b'\n').enumerate() {
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        contents.lines += 1;
        let number = at + 1;
        match annotation::parse(bytes) {
            Err(why) => contents.damaged.push((number, why)),
            Ok(annotation::Entry::Removed(id)) => {
                if let Some(at) = place_of.remove(&id) {
                    standing[at] = None;
                }
            }
            Ok(annotation::Entry::Note(line)) => {
                let place = *place_of.entry(line.id.clone()).or_insert_with(|| {
                    standing.push(None);
                    standing.len() - 1
                });
                standing[place] = Some(Standing {
                    number,
                    line: *line,
                });
            }
        }
    }
    contents.standing = standing.into_iter().flatten().collect();
    contents
}

/// The same notes in fewer lines: those that count, and those that are no notes. `None` where that is no gain.
fn shorter(bytes: &[u8]) -> Option<Vec<u8>> {
    let contents = read(bytes);
    let mut kept: Vec<usize> = contents.standing.iter().map(|note| note.number).collect();
    kept.extend(contents.damaged.iter().map(|(line, _)| line));
    if kept.len() >= contents.lines {
        return None;
    }
    kept.sort_unstable();
    let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    let mut out = Vec::with_capacity(bytes.len());
    for number in kept {
        out.extend_from_slice(lines.get(number - 1)?);
        out.push(b'\n');
    }
    Some(out)
}

/// The lines of notes as an annotation collection is made of them: those that count, as they are written.
pub fn annotations(store: &Store) -> Result<Vec<serde_json::Value>, JournalError> {
    let Some(place) = store.place() else {
        return Ok(Vec::new());
    };
    let contents = read(&journal::read(place)?);
    let values = contents.standing.iter();
    Ok(values.map(|standing| standing.line.value()).collect())
}

/// An anchor's first words, for tests and messages.
pub fn opening_words(anchor: &Anchor) -> &str {
    &anchor.quote.exact
}

#[cfg(test)]
mod tests;
