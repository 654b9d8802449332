//! Counts the words of each side, and where they stand.
//!
//! Invariant: a word is counted by its stem, a pair of words by both stems, and only inside one sentence; stop words, words without
//! a letter, and what was asked to be left out are not counted and part pairs.

use super::{Place, Question};
use crate::corpus::{Document, PassageId};
use crate::text::ByteSpan;
use crate::text::segment;
use crate::text::stem::Stemmer;
use foldhash::{HashMap, HashMapExt};
use std::sync::Arc;

/// Between the stems of a pair; no stem holds it.
const PAIR: char = '\u{1F}';

/// One term on one side.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    /// Where it stands, in reading order.
    pub places: Vec<Place>,
    /// How it is written, with how often.
    forms: Vec<(String, u32)>,
}

impl Counted {
    fn add(&mut self, place: Place, form: &str) {
        self.places.push(place);
        match self.forms.iter_mut().find(|(known, _)| known == form) {
            Some((_, count)) => *count += 1,
            None => self.forms.push((form.to_owned(), 1)),
        }
    }

    /// In how many passages it stands.
    pub fn passages(&self) -> usize {
        self.places
            .chunk_by(|one, other| one.passage == other.passage)
            .count()
    }

    /// In how many documents it stands.
    pub fn documents(&self) -> usize {
        let document = |place: &Place| place.passage.document;
        self.places
            .chunk_by(|one, other| document(one) == document(other))
            .count()
    }

    /// Its most frequent form; of equals one in small letters, then the first.
    pub fn form(&self) -> String {
        let rank = |form: &str, count: u32| (count, !form.starts_with(char::is_uppercase));
        let mut best: Option<&(String, u32)> = None;
        for form in &self.forms {
            if best.is_none_or(|best| rank(&form.0, form.1) > rank(&best.0, best.1)) {
                best = Some(form);
            }
        }
        best.map_or_else(String::new, |(form, _)| form.clone())
    }
}

/// The terms of one side.
#[derive(Debug, Default)]
pub struct Tally {
    terms: HashMap<Arc<str>, Counted>,
    /// Words counted.
    pub words: usize,
    /// Pairs counted.
    pub pairs: usize,
}

impl Tally {
    /// A term by its key.
    pub fn counted(&self, key: &str) -> Option<&Counted> {
        self.terms.get(key)
    }

    /// All keys, in no order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.terms.keys().map(AsRef::as_ref)
    }

    /// How many passages all words, or all pairs, stand in, added up.
    pub fn spread(&self, pairs: bool) -> usize {
        let of_kind = self.terms.iter().filter(|(key, _)| is_pair(key) == pairs);
        of_kind.map(|(_, counted)| counted.passages()).sum()
    }
}

/// Whether a key is that of a pair of words.
pub fn is_pair(key: &str) -> bool {
    key.contains(PAIR)
}

/// How frequent terms are in general.
#[derive(Debug, Default)]
pub struct Background {
    counts: HashMap<Arc<str>, usize>,
    words: usize,
    pairs: usize,
}

impl Background {
    /// In all passages of some documents.
    pub fn of(question: &Question<'_>) -> Self {
        let all: Vec<PassageId> = passages(question.documents).collect();
        let question = Question {
            left: &all,
            right: &[],
            ..*question
        };
        let [all, none] = sides(&question);
        Self::of_tallies(&all, &none)
    }

    /// In both sides together.
    pub(super) fn of_tallies(left: &Tally, right: &Tally) -> Self {
        let mut background = Self {
            words: left.words + right.words,
            pairs: left.pairs + right.pairs,
            ..Self::default()
        };
        for tally in [left, right] {
            for (key, counted) in &tally.terms {
                *background.counts.entry(Arc::clone(key)).or_default() += counted.places.len();
            }
        }
        background
    }

    /// A term's share of all terms of its kind.
    pub(super) fn share(&self, key: &str) -> f64 {
        let all = if is_pair(key) { self.pairs } else { self.words };
        let own = self.counts.get(key).copied().unwrap_or(0);
        own as f64 / all.max(1) as f64
    }
}

fn passages(documents: &[Document]) -> impl Iterator<Item = PassageId> {
    documents.iter().enumerate().flat_map(|(document, of)| {
        let prose = of.passages().filter(|passage| passage.kind().is_prose());
        prose.map(move |passage| PassageId {
            document,
            passage: passage.index(),
        })
    })
}

/// A word of a passage.
struct Word {
    span: ByteSpan,
    stem: Arc<str>,
    is_stop: bool,
    is_quoted: bool,
    capital: Capital,
    /// The sentence it stands in.
    sentence: u32,
}

/// What a word's first letter tells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Capital {
    /// It is small.
    Small,
    /// It opens a sentence, where a capital says nothing, or the writing knows none.
    Unknown,
    /// It is a capital inside a sentence.
    Large,
    /// It is written in capitals.
    Acronym,
}

/// Counts both sides.
pub fn sides(question: &Question<'_>) -> [Tally; 2] {
    let mut reader = Reader {
        question,
        stemmers: HashMap::new(),
        names: HashMap::new(),
    };
    let read = [question.left, question.right].map(|side| reader.read(side));
    let mut tallies = read.iter().map(|passages| reader.count(passages));
    [
        tallies.next().unwrap_or_default(),
        tallies.next().unwrap_or_default(),
    ]
}

/// A passage that was read.
struct Read<'a> {
    id: PassageId,
    text: &'a str,
    words: Vec<Word>,
}

struct Reader<'q, 'a> {
    question: &'q Question<'a>,
    stemmers: HashMap<&'a str, Arc<Stemmer>>,
    /// For each stem how often it stands inside a sentence with a capital, and with a small letter.
    names: HashMap<Arc<str>, (u32, u32)>,
}

impl<'a> Reader<'_, 'a> {
    fn read(&mut self, side: &[PassageId]) -> Vec<Read<'a>> {
        let documents: &'a [Document] = self.question.documents;
        let prose = side.iter().filter_map(|id| {
            let document = documents.get(id.document)?;
            let passage = document.passage(id.passage)?;
            passage
                .kind()
                .is_prose()
                .then_some((*id, document, passage.text()))
        });
        prose
            .map(|(id, document, text)| {
                let language: &'a str = match document.meta.language.as_str() {
                    "" => self.question.language,
                    stated => stated,
                };
                Read {
                    id,
                    text,
                    words: self.words(text, language),
                }
            })
            .collect()
    }

    fn words(&mut self, text: &str, language: &'a str) -> Vec<Word> {
        let stemmer = self
            .stemmers
            .entry(language)
            .or_insert_with(|| Arc::new(Stemmer::new(language)));
        let stemmer = Arc::clone(stemmer);
        let tells_names = !writes_nouns_with_capitals(language);
        let sentences = segment::sentences(text);
        let quoted = (self.question.quoted)(text, language);
        let (mut sentence, mut is_first) = (0, true);
        let mut words = Vec::new();
        for (span, word) in segment::hyphenated_words(text) {
            if !word.contains(char::is_alphabetic) {
                continue;
            }
            while sentences
                .get(sentence)
                .is_some_and(|of| of.end <= span.start)
            {
                (sentence, is_first) = (sentence + 1, true);
            }
            let opens = std::mem::replace(&mut is_first, false) || opens_quote(text, span);
            let capital = capital(word, opens, tells_names);
            let stem = stemmer.shared_stem(word);
            match capital {
                Capital::Small => self.names.entry(Arc::clone(&stem)).or_default().1 += 1,
                Capital::Large | Capital::Acronym => {
                    self.names.entry(Arc::clone(&stem)).or_default().0 += 1;
                }
                Capital::Unknown => {}
            }
            let at = quoted.partition_point(|of| of.end <= span.start);
            words.push(Word {
                is_stop: stemmer.is_stop_word(word) || is_auxiliary(word, language),
                is_quoted: quoted.get(at).is_some_and(|of| of.start <= span.start),
                span,
                stem,
                capital,
                sentence: sentence as u32,
            });
        }
        words
    }

    /// Whether a word is a name: written with a capital inside sentences more often than not.
    fn is_name(&self, word: &Word) -> bool {
        match word.capital {
            Capital::Acronym => true,
            Capital::Small | Capital::Large | Capital::Unknown => self
                .names
                .get(&word.stem)
                .is_some_and(|(capital, small)| capital > small),
        }
    }

    fn count(&self, passages: &[Read<'_>]) -> Tally {
        let included = self.question.included;
        let mut tally = Tally::default();
        for Read { id, text, words } in passages {
            let mut before: Option<&Word> = None;
            for word in words {
                let left_out = word.is_stop
                    || (word.is_quoted && !included.quoted)
                    || (!included.names && self.is_name(word));
                if left_out {
                    before = None;
                    continue;
                }
                tally.words += 1;
                let add = |tally: &mut Tally, key: Arc<str>, span: ByteSpan| {
                    let place = Place { passage: *id, span };
                    tally
                        .terms
                        .entry(key)
                        .or_default()
                        .add(place, span.of(text));
                };
                add(&mut tally, Arc::clone(&word.stem), word.span);
                if let Some(first) = before.filter(|first| {
                    first.sentence == word.sentence
                        && follow_each_other(text, first.span, word.span)
                }) {
                    tally.pairs += 1;
                    let key = format!("{}{PAIR}{}", first.stem, word.stem);
                    add(
                        &mut tally,
                        key.into(),
                        ByteSpan {
                            start: first.span.start,
                            end: word.span.end,
                        },
                    );
                }
                before = Some(word);
            }
        }
        tally
    }
}

/// Whether nothing but a space lies between two words.
fn follow_each_other(text: &str, one: ByteSpan, other: ByteSpan) -> bool {
    let between = text.get(one.end as usize..other.start as usize);
    between.is_some_and(|between| between.chars().all(char::is_whitespace))
}

/// A word right after an opening mark or a colon may have its capital from there.
fn opens_quote(text: &str, span: ByteSpan) -> bool {
    let before = text.get(..span.start as usize).unwrap_or_default();
    let mark = before.trim_end().chars().next_back();
    mark.is_some_and(|mark| {
        matches!(
            mark,
            '"' | '\'' | '“' | '‘' | '«' | '„' | '»' | '‹' | '「' | ':' | '(' | '[' | '—' | '–'
        )
    })
}

fn capital(word: &str, opens: bool, tells_names: bool) -> Capital {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else {
        return Capital::Unknown;
    };
    let is_acronym =
        first.is_uppercase() && letters.clone().next().is_some() && letters.all(char::is_uppercase);
    if is_acronym {
        Capital::Acronym
    } else if first.is_lowercase() {
        Capital::Small
    } else if first.is_uppercase() && !opens && tells_names {
        Capital::Large
    } else {
        Capital::Unknown
    }
}

/// Where every noun has a capital, a capital tells no name.
fn writes_nouns_with_capitals(language: &str) -> bool {
    matches!(language.split(['-', '_']).next(), Some("de" | "lb"))
}

/// English auxiliaries that lists of stop words leave out: they tell a text's mood and tense, not what it calls things.
fn is_auxiliary(word: &str, language: &str) -> bool {
    let auxiliaries = "would could should might must may shall cannot can will also";
    language.starts_with("en")
        && auxiliaries
            .split(' ')
            .any(|known| known.eq_ignore_ascii_case(word))
}
