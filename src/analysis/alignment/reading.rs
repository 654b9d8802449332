//! Reads the passages of two sides as terms: stems, names and numbers, each with where it stands.
//!
//! Invariant: a term's spans are in its passage's text, in order; equal terms have equal numbers on both sides. Words of
//! different languages are different terms; names and numbers are the same in all. A text in a script without spaces is
//! read in pairs of neighbouring characters.

use super::ReasonKind;
use super::numbers::number_at;
use crate::analysis::plain_words::{PlainWords, Plainness};
use crate::analysis::watch::Watch;
use crate::corpus::{Document, Passage, PassageId, parallel};
use crate::text::ByteSpan;
use crate::text::segment;
use crate::text::stem::{Stemmer, fold};
use foldhash::{HashMap, HashMapExt};
use std::sync::Arc;

/// Bytes of a passage that are read; the rest of a longer one says nothing that could pair it with one other passage.
const MAX_PASSAGE_BYTES: usize = 32 << 10;
/// Longer words are codes or text without spaces; they are no terms.
const MAX_WORD_BYTES: usize = 96;

/// A term of the texts, by its number.
pub(super) type TermId = u32;

/// Both sides, read.
pub(super) struct Reading {
    /// Left, right.
    pub sides: [Vec<Read>; 2],
    /// Every term of either.
    pub terms: Vec<Term>,
    /// The languages of the texts, by the numbers that terms give.
    languages: Vec<String>,
}

impl Reading {
    /// The language of a term's words (ISO 639-1); empty for what is the same in all.
    pub fn language_of(&self, term: TermId) -> &str {
        let language = self.terms[term as usize].language as usize;
        self.languages.get(language).map_or("", String::as_str)
    }
}

/// A passage as terms.
pub(super) struct Read {
    pub id: PassageId,
    /// In the order of the text.
    pub words: Vec<Word>,
    /// Where each sentence with words ends in `words`.
    pub sentence_ends: Vec<u32>,
}

impl Read {
    /// The words of each sentence.
    pub fn sentences(&self) -> impl Iterator<Item = &[Word]> {
        let mut from = 0;
        self.sentence_ends.iter().map(move |end| {
            let end = *end as usize;
            let words = self.words.get(from..end).unwrap_or_default();
            from = end;
            words
        })
    }
}

/// A word that stands in a passage.
#[derive(Clone, Copy)]
pub(super) struct Word {
    pub term: TermId,
    pub span: ByteSpan,
}

/// What a word is, whatever its form.
pub(super) struct Term {
    /// Stem, folded name, or number.
    pub key: Arc<str>,
    /// Of terms with different ones neither is a form of the other.
    pub language: u32,
    pub kind: ReasonKind,
    /// That of the form in which it stands first.
    pub plainness: Plainness,
}

/// Reads both sides; nothing when the work was stopped. `language` is that of documents that state none.
pub(super) fn read(
    documents: &[Document],
    language: &str,
    sides: [&[PassageId]; 2],
    watch: Watch<'_>,
) -> Option<Reading> {
    let prose: [Vec<_>; 2] = sides.map(|side| {
        let passage = |id: &PassageId| {
            let document = documents.get(id.document)?;
            let passage = document.passage(id.passage)?;
            let prose = passage.kind().is_prose();
            prose.then(|| (*id, passage, language_of(document, language)))
        };
        side.iter().filter_map(passage).collect()
    });
    let all: Vec<Given<'_>> = prose.iter().flatten().copied().collect();
    let tongues = Tongues::of(&all);
    let bytes = all.iter().map(|(_, passage, _)| passage.text().len()).sum();
    let raw = parallel::map_with(&all, bytes, Known::new, |known, given| {
        (!watch.is_stopped()).then(|| tongues.read(known, given))
    });
    let raw: Vec<RawRead> = raw.into_iter().collect::<Option<_>>()?;
    let mut numbering = Numbering::new(&raw, tongues.is_mixed());
    let numbered = all
        .iter()
        .zip(raw)
        .map(|((id, ..), raw)| (!watch.is_stopped()).then(|| numbering.number(*id, raw)));
    let mut left: Vec<Read> = numbered.collect::<Option<_>>()?;
    let right = left.split_off(prose[0].len());
    let languages = tongues.0.iter().map(|tongue| tongue.code.to_owned());
    Some(Reading {
        sides: [left, right],
        terms: numbering.terms,
        languages: languages.collect(),
    })
}

/// A passage that is to be read, with its language.
type Given<'t> = (PassageId, Passage<'t>, &'t str);

/// The language a document is read in.
fn language_of<'t>(document: &'t Document, default: &'t str) -> &'t str {
    match document.meta.language.as_str() {
        "" => default,
        stated => stated,
    }
}

/// The languages of the texts.
struct Tongues<'t>(Vec<Tongue<'t>>);

struct Tongue<'t> {
    /// As documents state it.
    code: &'t str,
    stemmer: Stemmer,
    plain_words: PlainWords,
    /// Nouns are written with a capital, so that a capital says nothing.
    has_noun_capitals: bool,
}

impl<'t> Tongues<'t> {
    fn of(all: &[Given<'t>]) -> Self {
        let mut tongues: Vec<Tongue<'t>> = Vec::new();
        for (.., code) in all {
            if !tongues.iter().any(|tongue| tongue.code == *code) {
                tongues.push(Tongue {
                    code,
                    stemmer: Stemmer::new(code),
                    plain_words: PlainWords::of(primary(code)),
                    has_noun_capitals: matches!(primary(code), "de" | "lb"),
                });
            }
        }
        Self(tongues)
    }

    /// Whether there are several, of which the words are not those of each other.
    fn is_mixed(&self) -> bool {
        let primary = |tongue: &Tongue<'_>| primary(tongue.code).to_owned();
        self.0
            .windows(2)
            .any(|two| primary(&two[0]) != primary(&two[1]))
    }

    fn read(&self, known: &mut Known<'t>, (_, passage, code): &Given<'t>) -> RawRead {
        let place = self.0.iter().position(|tongue| tongue.code == *code);
        let place = place.expect("every language of the passages is listed");
        let tongue = &self.0[place];
        let text = passage.text();
        let end = crate::text::char_boundary_at_or_before(text, MAX_PASSAGE_BYTES);
        let text = text.get(..end).unwrap_or_default();
        let mut read = RawRead {
            language: place as u32,
            words: Vec::new(),
            sentence_ends: Vec::new(),
        };
        for sentence in segment::sentences(text) {
            tongue.read_sentence(known, place, text, sentence, &mut read.words);
            if read.sentence_ends.last().copied().unwrap_or(0) < read.words.len() as u32 {
                read.sentence_ends.push(read.words.len() as u32);
            }
        }
        read
    }
}

/// The part of a language code that names the language.
fn primary(code: &str) -> &str {
    code.split(['-', '_']).next().unwrap_or_default()
}

/// Words that were met before, by language; none for those that are no terms.
type Known<'t> = HashMap<(usize, &'t str), Option<KnownWord>>;

/// What every place of a word has in common.
#[derive(Clone)]
struct KnownWord {
    stem: Arc<str>,
    folded: Arc<str>,
    plainness: Plainness,
}

/// A passage before its terms have numbers.
struct RawRead {
    language: u32,
    words: Vec<RawWord>,
    sentence_ends: Vec<u32>,
}

struct RawWord {
    span: ByteSpan,
    form: Form,
}

enum Form {
    Number(Arc<str>),
    Word(KnownWord, Capital),
}

/// What the case of a word's first letter says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Capital {
    /// Nothing: the word opens a sentence, or every noun has one.
    Unknown,
    /// A capital inside a sentence.
    Yes,
    /// No capital.
    No,
}

impl<'t> Tongue<'t> {
    fn read_sentence(
        &self,
        known: &mut Known<'t>,
        place: usize,
        text: &'t str,
        sentence: ByteSpan,
        into: &mut Vec<RawWord>,
    ) {
        let start = sentence.start as usize;
        let words = segment::words(sentence.of(text)).map(|(span, word)| {
            let span = ByteSpan::new(start + span.start as usize, start + span.end as usize);
            (span, word)
        });
        let words: Vec<(ByteSpan, &'t str)> = words.collect();
        let mut at = 0;
        while let Some((span, word)) = words.get(at).copied() {
            let rest = words.get(at..).unwrap_or_default();
            if let Some(number) = number_at(text, rest, self.code) {
                let last = words
                    .get(at + number.words - 1)
                    .map_or(span, |(last, _)| *last);
                into.push(RawWord {
                    span: ByteSpan {
                        start: span.start,
                        end: last.end,
                    },
                    form: Form::Number(number.key.into()),
                });
                at += number.words;
                continue;
            }
            at += 1;
            let pair = rest.get(1).filter(|next| is_unspaced(word, span, next));
            let has_come_in_pair = at >= 2
                && words
                    .get(at - 2)
                    .is_some_and(|(before, word)| is_unspaced(word, *before, &(span, rest[0].1)));
            let (span, word) = match pair {
                Some((next, _)) => {
                    let both = ByteSpan {
                        start: span.start,
                        end: next.end,
                    };
                    (both, both.of(text))
                }
                None if has_come_in_pair => continue,
                None => (span, word),
            };
            let term = known
                .entry((place, word))
                .or_insert_with(|| self.term(word));
            if let Some(term) = term {
                let capital = self.capital(text, sentence, span, word);
                into.push(RawWord {
                    span,
                    form: Form::Word(term.clone(), capital),
                });
            }
        }
    }

    /// What is known of a word that says something.
    fn term(&self, word: &str) -> Option<KnownWord> {
        if word.len() > MAX_WORD_BYTES || self.stemmer.is_stop_word(word) {
            return None;
        }
        let folded = fold(word, primary(self.code));
        Some(KnownWord {
            stem: self.stemmer.stem_once(word).into(),
            plainness: self.plain_words.plainness(&folded),
            folded: folded.into(),
        })
    }

    fn capital(&self, text: &str, sentence: ByteSpan, span: ByteSpan, word: &str) -> Capital {
        if !word.starts_with(char::is_uppercase) {
            return Capital::No;
        }
        let before = text
            .get(sentence.start as usize..span.start as usize)
            .unwrap_or_default();
        let before = before.trim_end();
        let opens = !before.contains(char::is_alphanumeric)
            || before.ends_with(['"', '“', '‘', '«', '„', ':', '(', '[', '—', '–']);
        if opens || self.has_noun_capitals {
            Capital::Unknown
        } else {
            Capital::Yes
        }
    }
}

/// Whether a word and the next one are neighbouring characters of a script that has no spaces.
fn is_unspaced(word: &str, span: ByteSpan, (next_span, next): &(ByteSpan, &str)) -> bool {
    let is_single = |word: &str| {
        let first = word.chars().next().unwrap_or_default();
        !first.is_ascii() && segment::graphemes(word).nth(1).is_none()
    };
    span.end == next_span.start && is_single(word) && is_single(next)
}

/// Gives terms their numbers, in the order of the text.
struct Numbering {
    /// How often each form was written with a capital inside a sentence, and how often without.
    capitals: HashMap<Arc<str>, (u32, u32)>,
    is_mixed: bool,
    numbers: HashMap<(u32, Arc<str>), TermId>,
    terms: Vec<Term>,
}

/// In place of a language: the term is the same in all.
const ANY_LANGUAGE: u32 = u32::MAX;
/// As [`ANY_LANGUAGE`], for numbers, which are no words.
const NUMBER: u32 = u32::MAX - 1;

impl Numbering {
    fn new(raw: &[RawRead], is_mixed: bool) -> Self {
        let mut numbering = Self {
            capitals: HashMap::new(),
            is_mixed,
            numbers: HashMap::new(),
            terms: Vec::new(),
        };
        for word in raw.iter().flat_map(|raw| &raw.words) {
            let Form::Word(word, capital) = &word.form else {
                continue;
            };
            let counts = match capital {
                Capital::Unknown => continue,
                Capital::Yes => (1, 0),
                Capital::No => (0, 1),
            };
            let name = if is_mixed { &word.folded } else { &word.stem };
            let known = numbering.capitals.entry(Arc::clone(name)).or_default();
            known.0 += counts.0;
            known.1 += counts.1;
        }
        numbering
    }

    /// Whether a form is a name: mostly with a capital where a capital says something.
    fn is_name(&self, form: &Arc<str>) -> bool {
        self.capitals
            .get(form)
            .is_some_and(|(with, without)| with > without)
    }

    fn number(&mut self, id: PassageId, raw: RawRead) -> Read {
        let words = raw.words.into_iter().map(|word| Word {
            span: word.span,
            term: self.term(raw.language, word.form),
        });
        Read {
            id,
            words: words.collect(),
            sentence_ends: raw.sentence_ends,
        }
    }

    fn term(&mut self, language: u32, form: Form) -> TermId {
        let telling = Plainness::Telling;
        let (language, key, kind, plainness) = match form {
            Form::Number(key) => (NUMBER, key, ReasonKind::Figure, telling),
            Form::Word(word, capital) if self.is_mixed => {
                if capital != Capital::No && self.is_name(&word.folded) {
                    (ANY_LANGUAGE, word.folded, ReasonKind::Name, word.plainness)
                } else {
                    (language, word.stem, ReasonKind::Word, word.plainness)
                }
            }
            Form::Word(word, _) => {
                let kind = if self.is_name(&word.stem) {
                    ReasonKind::Name
                } else {
                    ReasonKind::Word
                };
                (0, word.stem, kind, word.plainness)
            }
        };
        let terms = &mut self.terms;
        let number = self.numbers.entry((language, key));
        *number.or_insert_with_key(|(language, key)| {
            terms.push(Term {
                key: Arc::clone(key),
                language: *language,
                kind,
                plainness,
            });
            terms.len() as TermId - 1
        })
    }
}
