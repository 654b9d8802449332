//! Texts as words, with what is known of each: its stem, what it can be in a phrase, and how it follows the one before.
//!
//! Invariant: a word form is looked up once a language; about as many bytes are read as were allowed, every so many
//! passages of a larger corpus.

use crate::analysis::plain_words;
use crate::corpus::{Document, Kind, Passage};
use crate::text::ByteSpan;
use crate::text::segment;
use crate::text::stem::Stemmer;
use std::collections::HashMap;
use std::sync::Arc;

/// How much of one passage is looked at.
const MAX_PASSAGE_BYTES: usize = 16 << 10;

/// A passage as words.
pub(super) struct ReadPassage<'a> {
    pub(super) document: u32,
    pub(super) text: &'a str,
    pub(super) words: Vec<Word>,
}

/// A word in a passage.
#[derive(Clone, Copy)]
pub(super) struct Word {
    pub(super) span: ByteSpan,
    pub(super) known: Known,
    pub(super) start: Start,
    pub(super) is_capitalised: bool,
}

impl Word {
    /// Whether it can stand in a name: capitalised, or what joins the parts of one.
    pub(super) fn fits_name(&self) -> bool {
        self.is_name_part() || self.known.joins_names
    }

    /// Whether it looks like a part of a name. Where nouns have capitals, nothing does.
    pub(super) fn is_name_part(&self) -> bool {
        self.is_capitalised && !self.known.role.is_inner() && self.known.nouns != Nouns::Capitals
    }
}

/// How a word follows the one before it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// It opens a sentence.
    Sentence,
    /// Punctuation stands before it, which no phrase spans.
    Clause,
    /// It goes on.
    Inside,
}

/// How nouns show in a language.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Nouns {
    /// By a capital.
    Capitals,
    /// By their neighbours.
    Neighbours,
    /// In no way known here: every word may be one.
    Unknown,
}

/// What a word can be in a phrase.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
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
    pub(super) fn is_inner(self) -> bool {
        matches!(self, Self::Plain | Self::Inner)
    }
}

/// What is known of a word form in a language.
#[derive(Clone, Copy)]
#[allow(clippy::struct_excessive_bools)] // Signs that are independent of each other.
pub(super) struct Known {
    pub(super) stem: u32,
    pub(super) role: Role,
    pub(super) nouns: Nouns,
    pub(super) precedes_noun: bool,
    pub(super) follows_noun: bool,
    pub(super) precedes_verb: bool,
    pub(super) opens_noun_group: bool,
    pub(super) joins_names: bool,
}

#[derive(Default)]
pub(super) struct Reader<'a> {
    max_bytes: usize,
    stems: HashMap<Arc<str>, u32>,
    pub(super) known: HashMap<(&'a str, &'a str), Known>,
    stemmers: HashMap<&'a str, Stemmer>,
}

impl<'a> Reader<'a> {
    /// Reads at most so many bytes.
    pub(super) fn new(max_bytes: usize) -> Self {
        Self {
            max_bytes,
            ..Self::default()
        }
    }

    /// The prose of the documents.
    pub(super) fn read(
        &mut self,
        documents: &'a [Document],
        languages: &[&'a str],
    ) -> Vec<ReadPassage<'a>> {
        let bytes: usize = documents.iter().map(|document| document.text().len()).sum();
        let every = bytes.div_ceil(self.max_bytes.max(1)).max(1);
        let is_prose = |passage: &Passage| passage.kind().is_prose();
        self.every(every, documents, languages, is_prose)
    }

    /// Their headings.
    pub(super) fn headings(
        &mut self,
        documents: &'a [Document],
        languages: &[&'a str],
    ) -> Vec<ReadPassage<'a>> {
        let is_heading = |passage: &Passage| matches!(passage.kind(), Kind::Heading(_));
        self.every(1, documents, languages, is_heading)
    }

    /// Every so many of the passages that are wanted, until enough is read.
    fn every(
        &mut self,
        every: usize,
        documents: &'a [Document],
        languages: &[&'a str],
        is_wanted: impl Fn(&Passage) -> bool,
    ) -> Vec<ReadPassage<'a>> {
        let mut passages = Vec::new();
        let mut bytes_read = 0;
        let mut wanted = 0_usize;
        for ((document, language), index) in documents.iter().zip(languages).zip(0..) {
            for passage in document.passages().filter(&is_wanted) {
                wanted += 1;
                if !wanted.is_multiple_of(every) || bytes_read >= self.max_bytes {
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
        let bare = bare(&lower);
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
            precedes_verb: plain_words::precedes_verb(&lower, language),
            opens_noun_group: plain_words::opens_noun_group(&lower, language),
            joins_names: plain_words::joins_names(word, language),
        };
        self.known.insert((language, word), known);
        known
    }
}

/// Letters enough to be a word: three, or two in capitals, or one that is a word by itself (Chinese, Japanese).
pub(super) fn can_name_something(word: &str) -> bool {
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

/// A form without the ending that says whose something is ("the union's").
pub(super) fn bare(form: &str) -> &str {
    ["'s", "\u{2019}s"]
        .iter()
        .find_map(|ending| form.strip_suffix(ending))
        .or_else(|| form.strip_suffix(['\'', '\u{2019}']))
        .unwrap_or(form)
}

/// The beginning of a text, up to `bytes` bytes, whole characters.
pub(super) fn head(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_does_not_split_a_character() {
        assert_eq!(head("aé", 2), "a");
    }

    #[test]
    fn whose_something_is_does_not_belong_to_its_name() {
        for form in ["union's", "union\u{2019}s", "union"] {
            assert_eq!(bare(form), "union");
        }
        assert_eq!(bare("workers\u{2019}"), "workers");
    }
}
