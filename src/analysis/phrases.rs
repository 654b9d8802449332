//! Collects the phrases of a corpus that could be topics, with how often, where, and in what form they stand.
//!
//! Invariant: memory is bounded by the text that is read, whatever the corpus' size; a larger one is read in part,
//! every so many passages. Deterministic: everything is in the order of the text or of the stems' first use.

mod names;
mod nouns;
mod reading;

use crate::corpus::Document;
use crate::text::ByteSpan;
use names::{acronyms, full_names, is_in_name};
use nouns::{stands_as_noun, stands_as_verb};
use reading::{ReadPassage, Reader, Role, Start, Word, bare};
use std::cmp::Reverse;
use std::collections::HashMap;

/// Most words a phrase has; more than [`PLAIN_WORDS`] only where it is a name.
pub const MAX_WORDS: usize = 5;

/// Most words of a phrase that is no name.
const PLAIN_WORDS: usize = 3;

/// Most short forms that are kept of a name.
const MAX_SHORT_FORMS: usize = 4;

/// Stems of a phrase in order; unused places are [`NONE`].
pub type Stems = [u32; MAX_WORDS];

/// No stem.
pub const NONE: u32 = u32::MAX;

/// A phrase that stands in the corpus.
#[derive(Clone, Debug)]
pub struct Phrase {
    /// Its stems.
    pub stems: Stems,
    /// The passages it stands in, by their place among all passages read, in order.
    pub passages: Vec<u32>,
    /// The documents it stands in, in order.
    pub documents: Vec<u32>,
    /// How many times it stands where a noun would; a half for places where an adjective could stand too.
    pub as_noun: f32,
    /// How many times it surely stands where a noun would.
    pub surely_noun: u32,
    /// How many times it stands where a verb would.
    pub as_verb: u32,
    /// How often it stands in the text.
    pub count: u32,
    /// How often it is a part of a longer name ("United" in "United States").
    pub in_name: u32,
    /// How often it is written as a name inside a sentence, where a capital says something.
    pub as_name: u32,
    /// Short forms whose places count as its own: those that the text gives it ("National Rail Union (NRU)"), and of a name
    /// of two words each by itself ("Marant").
    pub short: Vec<String>,
    /// Whether it stands in a heading: who wrote the text named a part of it so.
    pub in_heading: bool,
    /// Its forms as they stand in the text, with how often; forms inside sentences before those that open one.
    pub forms: Vec<Form>,
}

/// A form of a phrase.
#[derive(Clone, Debug)]
pub struct Form {
    /// As it stands in the text.
    pub text: String,
    /// How often surely as a noun.
    pub as_noun: u32,
    /// How often inside a sentence.
    pub inside: u32,
    /// How often at the beginning of one, where a capital says nothing.
    pub opening: u32,
}

impl Phrase {
    /// How many words it has.
    pub fn words(&self) -> usize {
        self.stems.iter().filter(|stem| **stem != NONE).count()
    }

    /// Whether it is a name more often than not.
    pub fn is_name(&self) -> bool {
        let inside: u32 = self.forms.iter().map(|form| form.inside).sum();
        !self.short.is_empty() || (self.as_name > 0 && self.as_name * 2 >= inside)
    }

    /// The most frequent form, inside sentences if it ever stands there; of equals the shortest, then the first.
    pub fn form(&self) -> &str {
        let mut best: Option<&Form> = None;
        for form in &self.forms {
            let rank = |form: &Form| {
                (
                    form.as_noun.min(form.inside),
                    form.inside,
                    form.opening,
                    Reverse(form.text.len()),
                )
            };
            if best.is_none_or(|best| rank(form) > rank(best)) {
                best = Some(form);
            }
        }
        best.map_or("", |form| &form.text)
    }
}

/// The phrases of a corpus that stand in at least `min_documents` documents and `min_passages` passages.
pub struct Phrases {
    /// In the order of first use.
    pub all: Vec<Phrase>,
    /// How many prose passages were read.
    pub passages_read: usize,
    /// How many words they have.
    pub words_read: usize,
    /// The document of each passage that was read.
    pub document_of: Vec<u32>,
}

/// Collects them. `languages` holds the language of each document; about `max_bytes` of text are read.
pub fn collect(
    documents: &[Document],
    languages: &[&str],
    min_documents: u32,
    min_passages: u32,
    max_bytes: usize,
) -> Phrases {
    let mut reader = Reader::new(max_bytes);
    let passages = reader.read(documents, languages);
    let headings = reader.headings(documents, languages);
    let mut short_forms = full_names(&passages);
    short_forms.extend(acronyms(&passages));
    let whole = |stems: Stems, passage: &ReadPassage, from: usize, to: usize| {
        let long = short_forms.get(&stems).copied();
        // "Callan" is Brett Callan, but not in "Callan Estates".
        long.filter(|_| from == to && !is_in_name(&passage.words, from, to))
            .filter(|_| passage.words[from].is_capitalised)
            .unwrap_or(stems)
    };
    let mut tallies: HashMap<Stems, Tally> = HashMap::new();
    for (passage, at) in passages.iter().zip(0..) {
        each_phrase(passage, |stems, from, to| {
            let stems = whole(stems, passage, from, to);
            tallies.entry(stems).or_default().add(at, passage.document);
        });
    }
    tallies.retain(|_, tally| tally.documents >= min_documents && tally.passages >= min_passages);
    let mut places: HashMap<Stems, usize> = HashMap::new();
    let mut phrases: Vec<Phrase> = Vec::new();
    for (passage, at) in passages.iter().zip(0..) {
        each_phrase(passage, |short, from, to| {
            let stems = whole(short, passage, from, to);
            if !tallies.contains_key(&stems) {
                return;
            }
            let place = *places.entry(stems).or_insert_with(|| {
                phrases.push(Phrase {
                    stems,
                    passages: Vec::new(),
                    documents: Vec::new(),
                    as_noun: 0.0,
                    surely_noun: 0,
                    as_verb: 0,
                    count: 0,
                    in_name: 0,
                    as_name: 0,
                    short: Vec::new(),
                    in_heading: false,
                    forms: Vec::new(),
                });
                phrases.len() - 1
            });
            let phrase = &mut phrases[place];
            if short != stems {
                let form = bare(passage.words[from].span.of(passage.text));
                if phrase.short.len() < MAX_SHORT_FORMS
                    && !phrase.short.iter().any(|known| known == form)
                {
                    phrase.short.push(form.to_owned());
                }
            }
            note(phrase, passage, at, from, to, short != stems);
        });
    }
    for heading in &headings {
        each_phrase(heading, |short, from, to| {
            let place = places.get(&whole(short, heading, from, to));
            if let Some(phrase) = place.and_then(|place| phrases.get_mut(*place)) {
                phrase.in_heading = true;
            }
        });
    }
    Phrases {
        all: phrases,
        passages_read: passages.len(),
        words_read: passages.iter().map(|passage| passage.words.len()).sum(),
        document_of: passages.iter().map(|passage| passage.document).collect(),
    }
}

/// In how many passages and documents a phrase stands; both are visited in order.
#[derive(Default)]
struct Tally {
    passages: u32,
    documents: u32,
    last_passage: Option<u32>,
    last_document: Option<u32>,
}

impl Tally {
    fn add(&mut self, passage: u32, document: u32) {
        self.passages += u32::from(self.last_passage != Some(passage));
        self.documents += u32::from(self.last_document != Some(document));
        self.last_passage = Some(passage);
        self.last_document = Some(document);
    }
}

/// Calls `visit` with each phrase of a passage: its stems, and its first and last word.
fn each_phrase(passage: &ReadPassage, mut visit: impl FnMut(Stems, usize, usize)) {
    let words = &passage.words;
    for from in 0..words.len() {
        if words[from].known.role.is_inner() {
            continue;
        }
        let mut stems = [NONE; MAX_WORDS];
        for (place, to) in (from..words.len().min(from + MAX_WORDS)).enumerate() {
            if to > from && words[to].start != Start::Inside {
                break;
            }
            if place >= PLAIN_WORDS && !words[from..=to].iter().all(Word::fits_name) {
                break;
            }
            stems[place] = words[to].known.stem;
            let may_end = match words[to].known.role {
                Role::Content => true,
                // "An important role" is none, "the Middle East" is.
                Role::NotAlone => {
                    let group = &words[from..=to];
                    let has_content = |word: &Word| word.known.role == Role::Content;
                    to > from
                        && (group.iter().any(has_content) || group.iter().all(Word::fits_name))
                }
                Role::Plain | Role::Inner => false,
            };
            if may_end {
                visit(stems, from, to);
            }
        }
    }
}

fn note(
    phrase: &mut Phrase,
    passage: &ReadPassage,
    at: u32,
    from: usize,
    to: usize,
    is_acronym: bool,
) {
    if phrase.passages.last() != Some(&at) {
        phrase.passages.push(at);
    }
    if phrase.documents.last() != Some(&passage.document) {
        phrase.documents.push(passage.document);
    }
    phrase.count += 1;
    let words = &passage.words;
    if is_acronym {
        phrase.as_noun += 1.0;
        phrase.surely_noun += 1;
        return;
    }
    let as_noun = stands_as_noun(words, from, to);
    phrase.as_noun += as_noun;
    phrase.surely_noun += u32::from(as_noun >= 1.0);
    phrase.as_verb += u32::from(stands_as_verb(words, from, to));
    phrase.in_name += u32::from(is_in_name(words, from, to));
    let is_name = words[from..=to].iter().all(Word::fits_name);
    phrase.as_name += u32::from(is_name && words[from].start != Start::Sentence);
    let span = ByteSpan {
        start: passage.words[from].span.start,
        end: passage.words[to].span.end,
    };
    let text = bare(span.of(passage.text));
    let opens = passage.words[from].start == Start::Sentence;
    let place = phrase.forms.iter().position(|form| form.text == text);
    let place = match place {
        Some(place) => place,
        // A phrase has a handful of forms; more come from noise, and are counted with the first.
        None if phrase.forms.len() >= 16 => 0,
        None => {
            phrase.forms.push(Form {
                text: text.to_owned(),
                as_noun: 0,
                inside: 0,
                opening: 0,
            });
            phrase.forms.len() - 1
        }
    };
    let form = &mut phrase.forms[place];
    form.as_noun += u32::from(as_noun >= 1.0);
    if opens {
        form.opening += 1;
    } else {
        form.inside += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{DocumentId, Meta, PassageDraft};

    fn document(lines: &[&str]) -> Document {
        let mut document = Document::new(DocumentId::from("d"), Meta::default());
        for line in lines {
            document.push(PassageDraft {
                text: (*line).to_owned(),
                ..PassageDraft::default()
            });
        }
        document
    }

    fn forms(lines: &[&str]) -> Vec<String> {
        let found = collect(&[document(lines)], &["en"], 1, 1, 1 << 20);
        found
            .all
            .iter()
            .map(|phrase| phrase.form().to_owned())
            .collect()
    }

    #[test]
    fn phrases_do_not_cross_punctuation_or_hold_plain_edges() {
        let forms = forms(&["Monday river flood, dam said."]);
        assert_eq!(forms, ["river", "river flood", "flood", "dam"]);
    }

    #[test]
    fn form_inside_a_sentence_is_preferred_to_the_opening_one() {
        let found = collect(
            &[document(&["Dams burst. Dams burst. The dams burst."])],
            &["en"],
            1,
            1,
            1 << 20,
        );
        assert_eq!(found.all[0].form(), "dams");
    }

    #[test]
    fn texts_beyond_the_limit_are_read_in_part() {
        let lines = ["The river rose."; 100];
        let found = collect(&[document(&lines)], &["en"], 1, 1, 500);
        assert!((20..50).contains(&found.passages_read));
    }
}
