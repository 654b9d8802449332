//! Collects the phrases of a corpus that could be topics, with how often, where, and in what form they stand.
//!
//! Invariant: memory is bounded by the text that is read, whatever the corpus' size; a larger one is read in part,
//! every so many passages. Deterministic: everything is in the order of the text or of the stems' first use.

mod names;

use super::plain_words;
use crate::corpus::Document;
use crate::text::ByteSpan;
use crate::text::segment;
use crate::text::stem::Stemmer;
use names::{acronyms, is_in_name};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

/// How much of one passage is looked at.
const MAX_PASSAGE_BYTES: usize = 16 << 10;

/// Most words a phrase has; more than [`PLAIN_WORDS`] only where it is a name.
pub const MAX_WORDS: usize = 5;

/// Most words of a phrase that is no name.
const PLAIN_WORDS: usize = 3;

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
    /// How often it stands there.
    pub count: u32,
    /// How often it is a part of a longer name ("United" in "United States").
    pub in_name: u32,
    /// How often it is written as a name inside a sentence, where a capital says something.
    pub as_name: u32,
    /// The short form that the text gives it ("National Rail Union (NRU)"), whose places count as its own.
    pub acronym: Option<String>,
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
        self.acronym.is_some() || (self.as_name > 0 && self.as_name * 2 >= inside)
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
    pub phrases: Vec<Phrase>,
    /// How many prose passages were read.
    pub passages_read: usize,
}

/// Collects them. `languages` holds the language of each document; about `max_bytes` of text are read.
pub fn collect(
    documents: &[Document],
    languages: &[&str],
    min_documents: u32,
    min_passages: u32,
    max_bytes: usize,
) -> Phrases {
    let mut reader = Reader {
        max_bytes,
        ..Reader::default()
    };
    let passages = reader.read(documents, languages);
    let acronyms = acronyms(&passages);
    let mut tallies: HashMap<Stems, Tally> = HashMap::new();
    for (passage, at) in passages.iter().zip(0..) {
        each_phrase(passage, |stems, _, _| {
            let stems = acronyms.get(&stems).copied().unwrap_or(stems);
            tallies.entry(stems).or_default().add(at, passage.document);
        });
    }
    tallies.retain(|_, tally| tally.documents >= min_documents && tally.passages >= min_passages);
    let mut places: HashMap<Stems, usize> = HashMap::new();
    let mut phrases: Vec<Phrase> = Vec::new();
    for (passage, at) in passages.iter().zip(0..) {
        each_phrase(passage, |short, from, to| {
            let stems = acronyms.get(&short).copied().unwrap_or(short);
            if !tallies.contains_key(&stems) {
                return;
            }
            let place = *places.entry(stems).or_insert_with(|| {
                phrases.push(Phrase {
                    stems,
                    passages: Vec::new(),
                    documents: Vec::new(),
                    as_noun: 0.0,
                    count: 0,
                    in_name: 0,
                    as_name: 0,
                    acronym: None,
                    forms: Vec::new(),
                });
                phrases.len() - 1
            });
            let phrase = &mut phrases[place];
            if short != stems && phrase.acronym.is_none() {
                phrase.acronym = Some(passage.words[from].span.of(passage.text).to_owned());
            }
            note(phrase, passage, at, from, to, short != stems);
        });
    }
    Phrases {
        phrases,
        passages_read: passages.len(),
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

/// A passage as words.
struct ReadPassage<'a> {
    document: u32,
    text: &'a str,
    words: Vec<Word>,
}

/// A word in a passage.
#[derive(Clone, Copy)]
struct Word {
    span: ByteSpan,
    known: Known,
    start: Start,
    is_capitalised: bool,
}

impl Word {
    /// Whether it can stand in a name: capitalised, or what joins the parts of one.
    fn fits_name(&self) -> bool {
        self.is_name_part() || self.known.joins_names
    }

    /// Whether it looks like a part of a name. Where nouns have capitals, nothing does.
    fn is_name_part(&self) -> bool {
        self.is_capitalised && !self.known.role.is_inner() && self.known.nouns != Nouns::Capitals
    }
}

/// How a word follows the one before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    /// It opens a sentence.
    Sentence,
    /// Punctuation stands before it, which no phrase spans.
    Clause,
    /// It goes on.
    Inside,
}

/// How nouns show in a language.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Nouns {
    /// By a capital.
    Capitals,
    /// By their neighbours.
    Neighbours,
    /// In no way known here: every word may be one.
    Unknown,
}

/// What a word can be in a phrase.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// A topic, or its beginning or end.
    Content,
    /// The beginning or end of a longer one.
    NotAlone,
    /// Inside only, unless in a name: a plain word.
    Plain,
    /// Inside only: a stop word, a number.
    Inner,
}

impl Role {
    /// Whether no phrase begins or ends with it.
    fn is_inner(self) -> bool {
        matches!(self, Self::Plain | Self::Inner)
    }
}

/// What is known of a word form in a language.
#[derive(Clone, Copy)]
struct Known {
    stem: u32,
    role: Role,
    nouns: Nouns,
    precedes_noun: bool,
    follows_noun: bool,
    joins_names: bool,
}

#[derive(Default)]
struct Reader<'a> {
    max_bytes: usize,
    stems: HashMap<Arc<str>, u32>,
    known: HashMap<(&'a str, &'a str), Known>,
    stemmers: HashMap<&'a str, Stemmer>,
}

impl<'a> Reader<'a> {
    fn read(&mut self, documents: &'a [Document], languages: &[&'a str]) -> Vec<ReadPassage<'a>> {
        let bytes: usize = documents.iter().map(|document| document.text().len()).sum();
        let every = bytes.div_ceil(self.max_bytes.max(1)).max(1);
        let mut passages = Vec::new();
        let mut bytes_read = 0;
        let mut prose = 0_usize;
        for ((document, language), index) in documents.iter().zip(languages).zip(0..) {
            for passage in document
                .passages()
                .filter(|passage| passage.kind().is_prose())
            {
                prose += 1;
                if !prose.is_multiple_of(every) || bytes_read >= self.max_bytes {
                    continue;
                }
                let text = head(passage.text(), MAX_PASSAGE_BYTES);
                bytes_read += text.len();
                passages.push(ReadPassage {
                    document: index,
                    text,
                    words: self.words(text, language),
                });
            }
        }
        passages
    }

    fn words(&mut self, text: &'a str, language: &'a str) -> Vec<Word> {
        let sentences = segment::sentences(text);
        let mut sentence = usize::MAX;
        let mut end = 0;
        let mut after_name = false;
        segment::words(text)
            .map(|(span, word)| {
                let known = self.look_up(word, language);
                let at = sentences.partition_point(|s| s.end <= span.start);
                let gap = text
                    .get(end as usize..span.start as usize)
                    .unwrap_or_default();
                let start = if at != sentence {
                    Start::Sentence
                } else if matches!(gap, " " | "\u{a0}" | "-" | "\n" | "") {
                    Start::Inside
                } else {
                    Start::Clause
                };
                sentence = at;
                end = span.end;
                let mut word = Word {
                    span,
                    known,
                    start,
                    is_capitalised: word.starts_with(char::is_uppercase),
                };
                // "The government states", but "the United States".
                if word.is_capitalised
                    && start == Start::Inside
                    && after_name
                    && known.role == Role::Plain
                {
                    word.known.role = Role::NotAlone;
                }
                after_name = word.is_name_part();
                word
            })
            .collect()
    }

    fn look_up(&mut self, word: &'a str, language: &'a str) -> Known {
        if let Some(known) = self.known.get(&(language, word)) {
            return *known;
        }
        let stemmer = self
            .stemmers
            .entry(language)
            .or_insert_with(|| Stemmer::new(language));
        let lower = word.to_lowercase();
        let name = stemmer.shared_stem(word);
        let next = self.stems.len() as u32;
        let stem = *self.stems.entry(name).or_insert(next);
        let bare = ["'s", "\u{2019}s"]
            .iter()
            .find_map(|possessive| lower.strip_suffix(possessive))
            .unwrap_or(&lower);
        let can_name = !stemmer.is_stop_word(word) && can_name_something(word);
        let role = if !can_name {
            Role::Inner
        } else if plain_words::is_plain(bare, language) {
            Role::Plain
        } else if plain_words::is_general(bare, language) {
            Role::NotAlone
        } else {
            Role::Content
        };
        let known = Known {
            stem,
            role,
            nouns: match language {
                "de" => Nouns::Capitals,
                _ if plain_words::can_tell_nouns(language) => Nouns::Neighbours,
                _ => Nouns::Unknown,
            },
            precedes_noun: plain_words::precedes_noun(&lower, language),
            follows_noun: plain_words::follows_noun(&lower, language),
            joins_names: plain_words::joins_names(word, language),
        };
        self.known.insert((language, word), known);
        known
    }
}

/// Letters enough to be a word: three, or two in capitals, or one that is a word by itself (Chinese, Japanese).
fn can_name_something(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let has_digits = word.chars().any(char::is_numeric);
    let is_ideographic = word.chars().any(|c| c >= '\u{2e80}');
    match letters {
        _ if has_digits => false,
        0 => false,
        1 => is_ideographic,
        2 => is_ideographic || word.chars().all(char::is_uppercase),
        _ => true,
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
        return;
    }
    let as_noun = stands_as_noun(words, from, to);
    phrase.as_noun += as_noun;
    phrase.in_name += u32::from(is_in_name(words, from, to));
    let is_name = words[from..=to].iter().all(Word::fits_name);
    phrase.as_name += u32::from(is_name && words[from].start != Start::Sentence);
    let span = ByteSpan {
        start: passage.words[from].span.start,
        end: passage.words[to].span.end,
    };
    let text = span.of(passage.text);
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

/// How surely the words `from..=to` stand where a noun would: 1 before the end of a noun's group that an article or
/// preposition began, or before a verb, or written as a name; a half where an adjective could stand too; else 0.
fn stands_as_noun(words: &[Word], from: usize, to: usize) -> f32 {
    let (first, last) = (words[from], words[to]);
    let certain = |is_noun: bool| f32::from(u8::from(is_noun));
    let opens = first.start == Start::Sentence;
    if first.known.nouns == Nouns::Capitals {
        return certain(last.is_capitalised && (from < to || !opens));
    }
    if first.known.nouns == Nouns::Unknown {
        return 1.0;
    }
    let led_in = from
        .checked_sub(1)
        .is_some_and(|at| words[at].known.precedes_noun);
    let after = words.get(to + 1);
    let ends = after.is_none_or(|word| word.start != Start::Inside || word.known.role.is_inner());
    // A name needs no article, and one of several words no sign at all, but a capitalised adjective ("Bavarian police") is none.
    let is_name = first.is_capitalised && last.is_capitalised && !opens;
    // "The flood.", "a large flood in": surely. "Turnout was": too. "The insurance pays": like "the large dam".
    if (is_name && from < to)
        || (ends && (led_in || is_name || from < to))
        || after.is_some_and(|word| word.known.follows_noun)
    {
        1.0
    } else if led_in && !is_name {
        0.5
    } else {
        0.0
    }
}

/// The beginning of a text, up to `bytes` bytes, whole characters.
fn head(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
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
            .phrases
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
        assert_eq!(found.phrases[0].form(), "dams");
    }

    #[test]
    fn texts_beyond_the_limit_are_read_in_part() {
        let lines = ["The river rose."; 100];
        let found = collect(&[document(&lines)], &["en"], 1, 1, 500);
        assert!((20..50).contains(&found.passages_read));
    }

    #[test]
    fn a_cut_does_not_split_a_character() {
        assert_eq!(head("aé", 2), "a");
    }
}
