//! Who gets to speak: for each side, everybody who is quoted or interviewed, with how many words.
//!
//! Invariant: speech is counted once: no titles, no words held at arm's length, no quotation inside another one. Names are
//! held to be one person only where they cannot be told apart: the same full name, or a surname that a single full name
//! has. Descriptions ("a spokeswoman") are never the same person in two sides.

use super::lexicon::{OPENS, TITLES, lexicon};
use super::people::words_of;
use super::{How, Kind, Quote};
use crate::corpus::{Document, PassageId};
use crate::text::segment;
use foldhash::{HashMap, HashMapExt};

/// Everybody who speaks, most quoted first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Voices {
    /// One row a speaker.
    pub rows: Vec<SpeakerRow>,
    /// What each column has in all, by column.
    pub totals: Vec<Total>,
}

/// Somebody who speaks.
#[derive(Clone, Debug, PartialEq)]
pub struct SpeakerRow {
    /// The fullest name that the texts have, or the description.
    pub name: String,
    /// It is a name, not a description.
    pub is_named: bool,
    /// The columns that let the speaker speak, in order.
    pub cells: Vec<Cell>,
}

impl SpeakerRow {
    /// Words quoted in all columns.
    pub fn quoted_words(&self) -> usize {
        self.cells.iter().map(|cell| cell.quoted_words).sum()
    }

    /// Words spoken as a voice in all columns.
    pub fn spoken_words(&self) -> usize {
        self.cells.iter().map(|cell| cell.spoken_words).sum()
    }
}

/// How much somebody speaks in one column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// The column.
    pub column: usize,
    /// Quotations; one that runs over several passages counts once.
    pub quotes: usize,
    /// Words in them.
    pub quoted_words: usize,
    /// Their share of all words quoted in the column, from 0 to 1.
    pub share: f64,
    /// Words of the passages that the speaker says as a voice.
    pub spoken_words: usize,
    /// The quotations, as indices into those that were given.
    pub places: Vec<usize>,
    /// The passages that the speaker says as a voice.
    pub spoken: Vec<PassageId>,
}

/// How much is quoted in one column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// Quotations.
    pub quotes: usize,
    /// Words in them.
    pub quoted_words: usize,
    /// Quotations whose speaker the text does not tell.
    pub unnamed_quotes: usize,
    /// Words in those.
    pub unnamed_words: usize,
    /// Words that voices say.
    pub spoken_words: usize,
}

/// Who speaks in each column. `column_of` gives the column of a quotation by its index, none where it does not count;
/// `columns` are the passages of each, whose voices count; `language` is that of documents that name none.
pub fn speakers(
    documents: &[Document],
    language: &str,
    quotes: &[Quote],
    column_of: &dyn Fn(usize) -> Option<usize>,
    columns: &[&[PassageId]],
) -> Voices {
    let mut table = Table::default();
    for (at, quote) in quotes.iter().enumerate() {
        let Some(column) = column_of(at) else {
            continue;
        };
        if quote.kind == Kind::Direct && !quote.nested {
            let own = documents
                .get(quote.passage.document)
                .map_or("", |document| document.meta.language.as_str());
            table.quote(
                at,
                quote,
                column,
                if own.is_empty() { language } else { own },
            );
        }
    }
    for (column, passages) in columns.iter().enumerate() {
        for id in *passages {
            let Some(document) = documents.get(id.document) else {
                continue;
            };
            let own = document.meta.language.as_str();
            let language = if own.is_empty() { language } else { own };
            let passage = document.passage(id.passage);
            let prose = passage.filter(|passage| passage.kind().is_prose());
            if let Some((passage, voice)) = prose.and_then(|prose| Some((prose, prose.voice()?))) {
                let words = segment::words(passage.text()).count();
                table.voice(voice, (*id, words), column, language);
            }
        }
    }
    table.finish()
}

/// What tells one speaker from another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    /// The words of the name, without titles.
    Name(Vec<String>),
    /// The description, in its column.
    Described(String, usize),
}

#[derive(Default)]
struct Table {
    rows: Vec<(Key, SpeakerRow)>,
    by_key: HashMap<Key, usize>,
    totals: Vec<Total>,
}

impl Table {
    fn quote(&mut self, at: usize, quote: &Quote, column: usize, language: &str) {
        let count = usize::from(!quote.continues);
        let total = self.total(column);
        total.quotes += count;
        total.quoted_words += quote.words;
        let Some(speaker) = &quote.speaker else {
            total.unnamed_quotes += count;
            total.unnamed_words += quote.words;
            return;
        };
        // "She", taken back to "the clerk": still nobody's name.
        let is_named = speaker.how != How::Described && !is_description(&speaker.name, language);
        let cell = self.cell(&speaker.name, is_named, column, language);
        cell.quotes += count;
        cell.quoted_words += quote.words;
        cell.places.push(at);
    }

    fn voice(
        &mut self,
        name: &str,
        (passage, words): (PassageId, usize),
        column: usize,
        language: &str,
    ) {
        self.total(column).spoken_words += words;
        let cell = self.cell(name, true, column, language);
        cell.spoken_words += words;
        cell.spoken.push(passage);
    }

    fn total(&mut self, column: usize) -> &mut Total {
        if self.totals.len() <= column {
            self.totals.resize(column + 1, Total::default());
        }
        &mut self.totals[column]
    }

    fn cell(&mut self, name: &str, is_named: bool, column: usize, language: &str) -> &mut Cell {
        let key = if is_named {
            Key::Name(bare_words(name, language))
        } else {
            Key::Described(name.to_lowercase(), column)
        };
        let row = *self.by_key.entry(key.clone()).or_insert_with(|| {
            let row = SpeakerRow {
                name: name.to_owned(),
                is_named,
                cells: Vec::new(),
            };
            self.rows.push((key, row));
            self.rows.len() - 1
        });
        cell_of(&mut self.rows[row].1, column)
    }

    fn finish(mut self) -> Voices {
        self.join_short_names();
        let mut rows: Vec<SpeakerRow> = self
            .rows
            .into_iter()
            .map(|(_, row)| row)
            .filter(|row| !row.cells.is_empty())
            .collect();
        for cell in rows.iter_mut().flat_map(|row| &mut row.cells) {
            let all = self.totals[cell.column].quoted_words;
            cell.share = cell.quoted_words as f64 / all.max(1) as f64;
            cell.places.sort_unstable();
            cell.spoken.sort_unstable();
        }
        rows.sort_by(|one, other| {
            let weight = |row: &SpeakerRow| (row.quoted_words(), row.spoken_words());
            weight(other)
                .cmp(&weight(one))
                .then_with(|| one.name.cmp(&other.name))
        });
        Voices {
            rows,
            totals: self.totals,
        }
    }

    /// A name without its middle, then a surname alone, goes to the one full name that has it.
    fn join_short_names(&mut self) {
        let mut target: Vec<usize> = (0..self.rows.len()).collect();
        self.join_by(&mut target, |words| match words {
            [first, _, .., last] => Some(vec![first.clone(), last.clone()]),
            _ => None,
        });
        self.join_by(&mut target, |words| match words {
            [_, .., last] => Some(vec![last.clone()]),
            _ => None,
        });
        for (at, full) in target.into_iter().enumerate() {
            if full == at {
                continue;
            }
            for cell in std::mem::take(&mut self.rows[at].1.cells) {
                let into = cell_of(&mut self.rows[full].1, cell.column);
                into.quotes += cell.quotes;
                into.quoted_words += cell.quoted_words;
                into.spoken_words += cell.spoken_words;
                into.places.extend(cell.places);
                into.spoken.extend(cell.spoken);
            }
        }
    }

    /// Sends each row whose name is the short form of one other person's to that person's row.
    fn join_by(&self, target: &mut [usize], short_form: impl Fn(&[String]) -> Option<Vec<String>>) {
        // None where several people have the form.
        let mut whose: HashMap<Vec<String>, Option<usize>> = HashMap::new();
        for (at, (key, _)) in self.rows.iter().enumerate() {
            if let Key::Name(words) = key
                && let Some(form) = short_form(words)
            {
                let person = target[at];
                whose
                    .entry(form)
                    .and_modify(|known| *known = known.filter(|known| *known == person))
                    .or_insert(Some(person));
            }
        }
        for (at, (key, _)) in self.rows.iter().enumerate() {
            if let Key::Name(words) = key
                && let Some(Some(person)) = whose.get(words)
            {
                target[at] = *person;
            }
        }
    }
}

fn cell_of(row: &mut SpeakerRow, column: usize) -> &mut Cell {
    let place = match row.cells.binary_search_by_key(&column, |cell| cell.column) {
        Ok(place) => place,
        Err(place) => {
            row.cells.insert(
                place,
                Cell {
                    column,
                    ..Cell::default()
                },
            );
            place
        }
    };
    &mut row.cells[place]
}

/// It begins as a noun phrase does and goes on in small letters: "the clerk", "The 29-year-old clerk", but not "The Courier".
fn is_description(name: &str, language: &str) -> bool {
    let first = words_of(name).into_iter().next().unwrap_or_default();
    let goes_on =
        |word: &str| word.chars().any(char::is_alphabetic) && !word.contains(char::is_uppercase);
    lexicon(language).class(&first) & OPENS != 0 && name.split_whitespace().skip(1).all(goes_on)
}

/// The words of a name in small letters, without the titles before it.
fn bare_words(name: &str, language: &str) -> Vec<String> {
    let lexicon = lexicon(language);
    let mut words = words_of(name);
    while words.len() > 1 && lexicon.class(&words[0]) & TITLES != 0 {
        words.remove(0);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::super::of_document;
    use super::*;
    use crate::corpus::{Meta, PassageDraft};

    fn voices_of(texts: &[&str]) -> Voices {
        let mut documents = Vec::new();
        let mut quotes = Vec::new();
        for (at, text) in texts.iter().enumerate() {
            let mut document = Document::new(format!("d{at}").as_str().into(), Meta::default());
            document.push(PassageDraft {
                text: (*text).to_owned(),
                ..PassageDraft::default()
            });
            quotes.extend(of_document(at, &document, "en"));
            documents.push(document);
        }
        let column = |at: usize| Some(quotes[at].passage.document);
        speakers(&documents, "en", &quotes, &column, &[])
    }

    #[test]
    fn the_same_description_on_two_sides_is_not_one_person_and_on_one_side_is_not_two() {
        let text = "The clerk left early. “The gate stood open,” she said. “Nobody had asked us,” the clerk said later.";
        let voices = voices_of(&[text, text]);
        assert!(
            voices.rows.iter().all(|row| row.cells.len() == 1),
            "{voices:#?}"
        );
        assert_eq!(voices.rows.len(), 2, "{voices:#?}");
        assert!(voices.rows.iter().all(|row| !row.is_named));
    }

    #[test]
    fn a_name_on_two_sides_is_one_row() {
        let voices = voices_of(&[
            "“The gate stood open,” Ada Field said.",
            "Ada Field, a surveyor, came back. “Nobody had asked us,” Field said.",
        ]);
        assert_eq!(voices.rows.len(), 1, "{voices:#?}");
        assert_eq!(voices.rows[0].cells.len(), 2);
    }
}
