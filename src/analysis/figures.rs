//! The figures in texts: how many, of what, who says so, and how surely.
//!
//! A figure is a number that a passage asserts. Dates, times, ages, ordinals and names with numbers are none.
//! Invariant: deterministic; linear in the text; every figure has a bound, and its spans lie on its passage's text.

mod attribution;
mod carrying;
mod counted;
mod grammar;
mod hedges;
pub mod ledger;
mod names;
mod numbers;
pub mod scope;
mod tokens;
mod words;

use super::quotes;
use super::watch::Watch;
use crate::corpus::{Document, PassageId};
use crate::text::stem::Stemmer;
use crate::text::{ByteSpan, segment};
use attribution::persons::{self, Person};
use carrying::{Asked, Known};
use counted::{Noun, Reading, Told};
use grammar::Raw;
use scope::{Home, Scope};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokens::Token;
use words::{Language, Lexicon};

/// Longer passages are data, not prose; they are read up to here.
const LONGEST_PASSAGE: usize = 1 << 20;

/// So much of a passage is looked at to tell who speaks in it.
const OPENING_BYTES: usize = 4096;

/// Longer passages are no question that the next one answers.
const LONGEST_QUESTION: usize = 600;

/// After how many passages it is asked whether to stop.
const STEP: usize = 64;

/// What kind of number a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FigureKind {
    /// So many of something.
    Count,
    /// A part of something, in percent.
    Share,
    /// A sum.
    Money,
    /// A length, a weight, a temperature.
    Measure,
    /// A time.
    Duration,
}

impl FigureKind {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Share => "share",
            Self::Money => "money",
            Self::Measure => "measure",
            Self::Duration => "duration",
        }
    }
}

/// Words of a passage and where they stand in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// As they stand.
    pub text: String,
    /// Bytes of the passage; empty where the words stand in the passage before.
    pub span: ByteSpan,
}

impl Phrase {
    /// "The yard’s", whose estimate it is: the yard.
    fn without_possessive(mut self) -> Self {
        let bare = ["'s", "’s"]
            .iter()
            .find_map(|ending| self.text.strip_suffix(ending));
        if let Some(bare) = bare.map(str::to_owned) {
            self.span.end = self.span.start + bare.len() as u32;
            self.text = bare;
        }
        self
    }

    /// The words alone, for another passage.
    fn elsewhere(&self) -> Self {
        Self {
            text: self.text.clone(),
            span: ByteSpan::default(),
        }
    }
}

/// A number that a passage asserts.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Where it stands.
    pub passage: PassageId,
    /// The number with its hedge and unit, in bytes of the passage.
    pub span: ByteSpan,
    /// The number alone.
    pub number: ByteSpan,
    /// Not less than this.
    pub low: Option<f64>,
    /// Not more than this.
    pub high: Option<f64>,
    /// What kind of number it is.
    pub kind: FigureKind,
    /// Its unit; none for plain counts.
    pub unit: Option<String>,
    /// What it counts.
    pub counts: Option<Phrase>,
    /// The stem of the noun that it counts.
    pub head: Option<String>,
    /// The verb said of it.
    pub predicate: Option<Phrase>,
    /// Whether it is a part of a figure told before: "two of them".
    pub is_part: bool,
    /// Whether its people are in the care of doctors for a hurt: "the clinic treated 61".
    pub is_tended: bool,
    /// What bounds or softens it: "at least".
    pub hedge: Option<String>,
    /// Who says so: by name where the text has a pronoun and names before it whom it fits; the voice of the passage, with an empty span,
    /// where it says nothing.
    pub attributed_to: Option<Phrase>,
    /// What stands in the text for the name, or before it: "she", "its director".
    pub attributed_as: Option<String>,
    /// Why the pronoun is left as it stands.
    pub attribution_note: Option<&'static str>,
    /// Whether it stands inside quotation marks.
    pub quoted: bool,
    /// When and where; none where the text says neither, which is then what the document tells of.
    pub scope: Option<Scope>,
}

/// The figures of some passages, in their order; `None` when told to stop. `language` counts where a document states none.
pub fn find(
    documents: &[Document],
    language: &str,
    passages: &[PassageId],
    watch: Watch<'_>,
) -> Option<Vec<Figure>> {
    let mut readers: BTreeMap<String, Reader> = BTreeMap::new();
    let mut people = People::new();
    let mut homes: BTreeMap<usize, Arc<Home>> = BTreeMap::new();
    let mut out = Vec::new();
    for (done, id) in passages.iter().enumerate() {
        if done % STEP == 0 {
            if watch.is_stopped() {
                return None;
            }
            watch.report(done, passages.len());
        }
        let Some(document) = documents.get(id.document) else {
            continue;
        };
        let Some(passage) = document.passage(id.passage) else {
            continue;
        };
        let stated = document.meta.language.as_str();
        let language = if stated.is_empty() { language } else { stated };
        if !readers.contains_key(language) {
            readers.insert(language.to_owned(), Reader::new(language));
        }
        if let Some(reader) = readers.get(language) {
            let first = out.len();
            let before = id.passage.checked_sub(1);
            let before = before.and_then(|before| document.passage(before));
            let before = before.map_or("", |passage| passage.text());
            let place = Place {
                id: *id,
                document,
                before,
            };
            let home = || {
                homes
                    .entry(id.document)
                    .or_insert_with(|| Arc::new(Home::of(document, &reader.lexicon)))
                    .clone()
            };
            reader.read(&place, passage.text(), home, &mut out);
            for figure in &mut out[first..] {
                reader.name(document, figure, &mut people);
            }
        }
    }
    Some(out)
}

/// Those named in full, by passage: read once, and only where a pronoun asks for them.
type People = BTreeMap<PassageId, Vec<Person>>;

/// A passage in its document.
struct Place<'a> {
    id: PassageId,
    document: &'a Document,
    /// The text of the passage before it.
    before: &'a str,
}

/// Reads passages of one language.
struct Reader {
    code: String,
    lexicon: Lexicon,
    stemmer: Stemmer,
}

impl Reader {
    fn new(language: &str) -> Self {
        Self {
            code: language.to_owned(),
            lexicon: Lexicon::new(Language::of(language)),
            stemmer: Stemmer::new(language),
        }
    }

    /// What the passage before asks for: "How many children died?", as the noun, its stem, and the verb.
    fn asked(&self, before: &str) -> Option<Asked> {
        let question = before.trim_end();
        let is_question = question.ends_with('?') && question.len() < LONGEST_QUESTION;
        if !is_question || !question.to_lowercase().contains("how many") {
            return None;
        }
        let tokens = tokens::tokens(question, &self.lexicon);
        let reading = Reading {
            tokens: &tokens,
            language: self.lexicon.language,
        };
        let noun = reading.asked_for()?;
        let told = |start: usize, end: usize| Phrase {
            text: span(&tokens, start, end).of(question).to_owned(),
            span: ByteSpan::default(),
        };
        Some(Asked {
            counts: told(noun.start, noun.end),
            head: self.stemmer.stem(tokens[noun.head].text),
            predicate: reading.asked_verb(noun).map(|at| told(at, at + 1)),
        })
    }

    fn read(
        &self,
        place: &Place<'_>,
        text: &str,
        home: impl FnOnce() -> Arc<Home>,
        out: &mut Vec<Figure>,
    ) {
        let Place { id, before, .. } = *place;
        let end = crate::text::char_boundary_at_or_before(text, LONGEST_PASSAGE);
        let text = text.get(..end).unwrap_or_default();
        let mut tokens = tokens::tokens(text, &self.lexicon);
        if !tokens.iter().any(numbers::may_open) {
            return;
        }
        mark_sentences(text, &mut tokens);
        mark_quotes(&quotes::spans(text, &self.code), &mut tokens);
        let language = self.lexicon.language;
        let raws = grammar::figures(&tokens, language);
        let reading = Reading {
            tokens: &tokens,
            language,
        };
        if raws.is_empty() {
            return;
        }
        let whose = |raw: Raw| (attribution::attributed(reading, text, &raw), raw);
        let raws: Vec<(Raw, scope::Attributed)> = raws
            .into_iter()
            .map(whose)
            .map(|(who, raw)| (raw, who))
            .collect();
        let scopes = self.scopes(place, reading, text, &raws, &home());
        let mut scopes = scopes.into_iter();
        let asked = self.asked(before);
        let mut earlier: Vec<Told> = Vec::with_capacity(raws.len());
        let first = out.len();
        let before = out.last().filter(|last| {
            last.passage.document == id.document && last.passage.passage + 1 == id.passage
        });
        let before = before
            .filter(|last| last.kind == FigureKind::Count)
            .cloned();
        for (raw, attributed) in &raws {
            let counts = reading.counts(raw, &earlier);
            let before_it = earlier.last().copied();
            let mut raw = raw.clone();
            if reading.is_of_same_unit(&raw, before_it.as_ref())
                && let Some(last) = out.last()
            {
                raw.kind = last.kind;
                raw.unit.clone_from(&last.unit);
            }
            let raw = &raw;
            earlier.push(Told {
                kind: raw.kind,
                noun: counts,
                end: raw.end,
            });
            let mut figure = self.figure(id, text, reading, (raw, *attributed), counts);
            figure.scope = scopes.next().flatten();
            if let Some(verb) = counts.and_then(|noun| reading.asked_verb(noun)) {
                let span = span(&tokens, verb, verb + 1);
                figure.predicate = Some(Phrase {
                    text: span.of(text).to_owned(),
                    span,
                });
            }
            let known = Known {
                here: out.get(first..).unwrap_or_default(),
                last: before_it.as_ref(),
                before: before.as_ref(),
                asked: asked.as_ref(),
            };
            carrying::carry(reading, raw, counts, &known, &mut figure);
            carrying::recall(reading, raw, out, &mut figure);
            out.push(figure);
        }
    }

    /// When and where the figures of a passage hold.
    fn scopes(
        &self,
        place: &Place<'_>,
        reading: Reading,
        text: &str,
        raws: &[(Raw, scope::Attributed)],
        home: &Home,
    ) -> Vec<Option<Scope>> {
        let language = self.lexicon.language;
        let heading = scope::heading_over(place.document, place.id.passage);
        let heading = heading.and_then(|heading| {
            let tokens = tokens::tokens(heading, &self.lexicon);
            let reading = Reading {
                tokens: &tokens,
                language,
            };
            scope::of_heading(reading, heading, home)
        });
        let before = || {
            let tokens = self.sentences(place.before);
            let reading = Reading {
                tokens: &tokens,
                language,
            };
            scope::left_behind(reading, place.before, home)
        };
        scope::scopes(reading, text, raws, home, before, heading.as_ref())
    }

    /// The tokens of a passage, each with its sentence.
    fn sentences<'t>(&self, text: &'t str) -> Vec<Token<'t>> {
        let end = crate::text::char_boundary_at_or_before(text, LONGEST_PASSAGE);
        let text = text.get(..end).unwrap_or_default();
        let mut tokens = tokens::tokens(text, &self.lexicon);
        mark_sentences(text, &mut tokens);
        tokens
    }

    /// Puts a name for the pronoun that a figure is attributed to, if somebody named before fits.
    fn name(&self, document: &Document, figure: &mut Figure, people: &mut People) {
        let Some(who) = &figure.attributed_to else {
            // Whoever speaks answers for what is theirs, and neither quoted nor asked.
            let passage = document.passage(figure.passage.passage);
            let voice = passage.and_then(|passage| {
                let behind = passage.text().get(figure.span.end as usize..)?;
                let end = behind
                    .chars()
                    .find(|mark| matches!(mark, '.' | '!' | '。' | '?' | '？' | '؟'));
                let is_asked = matches!(end, Some('?' | '？' | '؟'));
                passage.voice().filter(|_| !is_asked && !figure.quoted)
            });
            figure.attributed_to = voice.map(|voice| Phrase {
                text: voice.to_owned(),
                span: ByteSpan::default(),
            });
            return;
        };
        let pronoun = who.text.to_lowercase();
        if !is_pronoun(&pronoun) {
            return;
        }
        figure.attributed_as = Some(who.text.clone());
        let of = figure.passage;
        let passage = document.passage(of.passage);
        let is_person = persons::gender(&pronoun).is_some();
        let text = passage.map_or("", |passage| passage.text());
        let opening = crate::text::char_boundary_at_or_before(text, OPENING_BYTES);
        let opening = text.get(..opening).unwrap_or_default();
        // A digest tells in the third person what a voice says; whoever says "I" speaks of somebody else.
        let voice = passage.and_then(|passage| {
            let voice = passage.voice()?;
            let opens = is_person || who.span.start == 0 && pronoun == "they";
            (opens && !speaks_of_oneself(opening)).then(|| voice.to_owned())
        });
        let earlier: Vec<usize> = (0..of.passage).rev().take(persons::FURTHEST).collect();
        if voice.is_none() && is_person {
            for at in &earlier {
                let id = PassageId { passage: *at, ..of };
                people.entry(id).or_insert_with(|| {
                    let text = document.passage(*at).map_or("", |passage| passage.text());
                    self.persons(text)
                });
            }
        }
        let of_passage = |at: &usize| {
            let id = PassageId { passage: *at, ..of };
            people.get(&id).map_or(&[][..], Vec::as_slice)
        };
        // "he writes" is said of whoever wrote the text.
        let author = || {
            let [author] = document.meta.authors.as_slice() else {
                return None;
            };
            let writes = opening
                .to_lowercase()
                .contains(&format!("{pronoun} writes"));
            (is_person && writes).then(|| author.clone())
        };
        let found = voice.or_else(author).or_else(|| {
            let named = persons::elsewhere(&earlier.iter().map(of_passage), &pronoun);
            named.filter(|_| is_person).map(str::to_owned)
        });
        match found {
            Some(name) => {
                // Who was "she" once is not "he" later.
                let first = PassageId {
                    passage: of.passage.saturating_sub(persons::FURTHEST),
                    ..of
                };
                let earlier = people.range_mut(first..of).rev();
                let earlier = earlier.flat_map(|(_, people)| people.iter_mut().rev());
                let earlier = earlier.take(persons::LOOKED_AT);
                for person in earlier.filter(|person| person.name == name) {
                    person.gender = person.gender.or_else(|| persons::gender(&pronoun));
                }
                figure.attributed_to = Some(Phrase {
                    text: name,
                    span: ByteSpan::default(),
                });
            }
            None => figure.attribution_note = Some("whom the text means is not clear"),
        }
    }

    fn persons(&self, text: &str) -> Vec<Person> {
        let tokens = self.sentences(text);
        let reading = Reading {
            tokens: &tokens,
            language: self.lexicon.language,
        };
        persons::persons(reading, text, 0..tokens.len())
    }

    fn figure(
        &self,
        passage: PassageId,
        text: &str,
        reading: Reading,
        (raw, attributed): (&Raw, scope::Attributed),
        counts: Option<Noun>,
    ) -> Figure {
        let tokens = reading.tokens;
        let phrase = |start: usize, end: usize| {
            let span = span(tokens, start, end);
            Phrase {
                text: span.of(text).to_owned(),
                span,
            }
        };
        let own = counts.filter(|noun| reading.follows(raw, *noun));
        let role = attributed.and_then(|who| attribution::role(reading, who));
        let predicate = reading
            .predicate(raw, own)
            .map(|verb| reading.fate_of_tally(verb, counts).unwrap_or(verb))
            .filter(|verb| !reading.is_fate_of_another(raw, *verb, own));
        // "some say five thousand, some ten thousand": who says so, and no hedge.
        let hedge = raw.hedge.filter(|hedge| Some(*hedge) != attributed);
        let start = if hedge == raw.hedge {
            raw.start
        } else {
            raw.number.0
        };
        Figure {
            passage,
            span: span(tokens, start, raw.end),
            number: span(tokens, raw.number.0, raw.number.1),
            low: raw.low,
            high: raw.high,
            kind: raw.kind,
            unit: raw.unit.clone(),
            head: counts.map(|noun| self.stemmer.stem(tokens[noun.head].text)),
            counts: counts.map(|noun| phrase(noun.start, noun.end)),
            predicate: predicate.map(|at| phrase(at, at + 1)),
            is_part: reading.is_part(raw, own),
            is_tended: predicate.is_some_and(|verb| reading.is_tended(raw, verb)),
            hedge: hedge.map(|(start, end)| phrase(start, end).text),
            attributed_to: attributed
                .map(|(start, end)| phrase(role.unwrap_or(start), end).without_possessive()),
            attributed_as: attributed
                .zip(role)
                .map(|((start, _), name)| phrase(start, name).text),
            attribution_note: None,
            quoted: tokens[raw.number.0].quoted,
            scope: None,
        }
    }
}

fn is_pronoun(word: &str) -> bool {
    matches!(
        word,
        "he" | "she" | "they" | "it" | "er" | "sie" | "es" | "il" | "elle" | "ils" | "elles"
    )
}

/// Whether whoever speaks says "I" or "we".
fn speaks_of_oneself(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let mut words = words.filter(|word| !word.is_empty());
    words.any(|word| {
        matches!(
            word,
            "I" | "we" | "We" | "my" | "our" | "ich" | "wir" | "je" | "nous"
        )
    })
}

fn span(tokens: &[Token], start: usize, end: usize) -> ByteSpan {
    let first = tokens.get(start).map_or(0, |token| token.start);
    let last = end.checked_sub(1).and_then(|last| tokens.get(last));
    ByteSpan::new(first, last.map_or(first, |token| token.end).max(first))
}

fn mark_sentences(text: &str, tokens: &mut [Token]) {
    let sentences = segment::sentences(text);
    let mut at = 0;
    for token in tokens {
        while sentences
            .get(at)
            .is_some_and(|sentence| (sentence.end as usize) <= token.start)
        {
            at += 1;
        }
        token.sentence = at as u32;
    }
}

/// Tells tokens between quotation marks from all others; the marks themselves are outside.
fn mark_quotes(quoted: &[ByteSpan], tokens: &mut [Token]) {
    let mut spans = quoted.iter().peekable();
    for token in tokens {
        while spans
            .next_if(|span| span.end as usize <= token.start)
            .is_some()
        {}
        let is_mark = matches!(token.shape, tokens::Shape::Mark(_));
        token.quoted = spans.peek().is_some_and(|span| {
            let (start, end) = (span.start as usize, span.end as usize);
            let is_edge = is_mark && (token.start == start || token.end == end);
            start <= token.start && !is_edge
        });
    }
}

/// The figures of a text that is one passage.
#[cfg(test)]
fn figures_in(language: &str, text: &str) -> Vec<Figure> {
    let meta = crate::corpus::Meta {
        language: language.to_owned(),
        ..crate::corpus::Meta::default()
    };
    let mut document = Document::new("d".into(), meta);
    document.push(crate::corpus::PassageDraft {
        text: text.to_owned(),
        ..crate::corpus::PassageDraft::default()
    });
    let id = PassageId {
        document: 0,
        passage: 0,
    };
    find(&[document], "en", &[id], Watch::NOBODY).unwrap()
}

#[cfg(test)]
mod tests {
    use super::figures_in as figures;
    use super::*;
    use crate::corpus::{Meta, PassageDraft};
    use std::sync::atomic::AtomicBool;

    /// The figures of several passages, one after the other.
    fn figures_of(passages: &[&str]) -> Vec<Figure> {
        let mut document = Document::new("d".into(), Meta::default());
        for text in passages {
            document.push(PassageDraft {
                text: (*text).to_owned(),
                ..PassageDraft::default()
            });
        }
        let ids: Vec<PassageId> = (0..passages.len())
            .map(|passage| PassageId {
                document: 0,
                passage,
            })
            .collect();
        find(&[document], "en", &ids, Watch::NOBODY).unwrap()
    }

    fn words(phrase: Option<&Phrase>) -> &str {
        phrase.map_or("-", |phrase| phrase.text.as_str())
    }

    /// What each figure counts, and its verb.
    fn told(figures: &[Figure]) -> Vec<(&str, &str)> {
        figures
            .iter()
            .map(|figure| {
                (
                    words(figure.counts.as_ref()),
                    words(figure.predicate.as_ref()),
                )
            })
            .collect()
    }

    type Bounds = (Option<f64>, Option<f64>);

    fn bounds(language: &str, text: &str) -> Vec<Bounds> {
        let figures = figures(language, text);
        figures
            .iter()
            .map(|figure| (figure.low, figure.high))
            .collect()
    }

    fn is(value: f64) -> Bounds {
        (Some(value), Some(value))
    }

    #[test]
    fn digits_follow_the_language_of_the_document() {
        let least = |value| (Some(value), None);
        assert_eq!(
            bounds("en", "It took 1,250 men and 1.25 tonnes."),
            [is(1250.0), is(1.25)]
        );
        assert_eq!(
            bounds(
                "de",
                "Mindestens 1.250 Menschen, 2,5 Millionen Euro, zweihundertfünfzig Boote."
            ),
            [least(1250.0), is(2_500_000.0), is(250.0)]
        );
        assert_eq!(
            bounds(
                "fr",
                "Au moins 1 250 personnes, 3,5 millions d’euros, quatre-vingt-dix bateaux, une centaine de tentes."
            ),
            [least(1250.0), is(3_500_000.0), is(90.0), is(100.0)]
        );
        assert_eq!(
            bounds(
                "es",
                "Al menos 1.250 personas, treinta y cinco barcos, dos millones de euros, decenas de casas."
            ),
            [
                least(1250.0),
                is(35.0),
                is(2_000_000.0),
                (Some(20.0), Some(99.0))
            ]
        );
        assert_eq!(
            bounds("fa", "۱۲۳ نفر و ۱٬۲۰۰ خانه"),
            [is(123.0), is(1200.0)]
        );
        assert_eq!(bounds("ar", "٤٥ شخصا"), [is(45.0)]);
    }

    #[test]
    fn a_figure_is_quoted_where_its_marks_are_those_of_a_quotation() {
        let quoted = |language: &str, text: &str| -> Vec<bool> {
            let figures = figures(language, text);
            figures.iter().map(|figure| figure.quoted).collect()
        };
        for (language, text) in [
            (
                "en",
                "\u{201c}We lost 12 boats,\u{201d} he said of the 40 boats.",
            ),
            (
                "en",
                "\u{2018}We\u{2019}ve lost 12 boats,\u{2019} he said of the 40 boats.",
            ),
            ("en", "\"We lost 12 boats,\" he said of the 40 boats."),
            (
                "de",
                "„Wir haben 12 Boote verloren“, sagte er von den 40 Booten.",
            ),
            (
                "fr",
                "« Nous avons perdu 12 bateaux », dit-il des 40 bateaux.",
            ),
        ] {
            assert_eq!(quoted(language, text), [true, false], "{text}");
        }
        assert_eq!(
            quoted(
                "en",
                "The boats\u{2019} owners lost 12 boats; the crews\u{2019} 40 boats are safe."
            ),
            [false, false],
            "an apostrophe opens nothing"
        );
        assert_eq!(
            quoted("en", "The rod is 3\u{201d} long, and 12 boats sank."),
            [false, false],
            "nor does a mark without a partner"
        );
    }

    #[test]
    fn who_says_one_number_does_not_answer_for_the_other() {
        let who = |text: &str| -> Vec<Option<String>> {
            let found = figures("en", text).into_iter();
            found
                .map(|figure| Some(figure.attributed_to?.text))
                .collect()
        };
        let fishermen = Some("the fishermen".to_owned());
        assert_eq!(
            who("She carried 187 people on paper; the fishermen say 240."),
            [None, fishermen.clone()]
        );
        assert_eq!(
            who("On paper there were 187 people aboard, the fishermen say more than 240."),
            [None, fishermen]
        );
        for when in [
            "on 3 May",
            "at 5 p.m.",
            "at 17.30",
            "two days later",
            "2 hours later",
        ] {
            let text = format!("At least 12 people died, the mayor said {when}.");
            assert_eq!(who(&text)[0].as_deref(), Some("the mayor"), "{text}");
        }
        assert_eq!(
            who("The yard’s estimate for the repair was 310,000 euros."),
            [Some("The yard".to_owned())]
        );
    }

    #[test]
    fn from_and_to_are_a_range_unless_something_moves() {
        let bounds = |text: &str| -> Vec<(Option<f64>, Option<f64>)> {
            let found = figures("en", text);
            found
                .iter()
                .map(|figure| (figure.low, figure.high))
                .collect()
        };
        let range = vec![(Some(200.0), Some(300.0))];
        assert_eq!(bounds("Estimates run from 200 to 300 dead."), range);
        assert_eq!(bounds("The crowd ranged from 200 to 300 people."), range);
        assert_eq!(bounds("The number of dead rose from 200 to 300.").len(), 2);
        assert_eq!(
            bounds("Rents are up, on average from 200 to 300 euros.").len(),
            2
        );
    }

    #[test]
    fn each_of_a_list_says_what_became_of_its_own() {
        let said = |text: &str| -> Vec<(Option<String>, Option<String>)> {
            let words = |phrase: Option<Phrase>| phrase.map(|phrase| phrase.text);
            let found = figures("en", text).into_iter();
            found
                .map(|figure| (words(figure.counts), words(figure.predicate)))
                .collect()
        };
        let found = said("They counted forty dead and more than three hundred injured people.");
        assert_eq!(found[1], (Some("injured people".to_owned()), None));
        let found = said("The fire killed 31 people. 187 people were on board the ferry.");
        assert_eq!(found[1], (Some("people".to_owned()), None));
        for (text, verb) in [
            ("29 people are confirmed to have died in the storm.", "died"),
            (
                "The number of people killed in the storm rose to 31.",
                "killed",
            ),
        ] {
            assert_eq!(said(text)[0].1.as_deref(), Some(verb), "{text}");
        }
        // Of whom the sentence itself speaks, not the one before.
        let found =
            said("The number of dead has risen to 31. 142 people were rescued and 57 are injured.");
        assert_eq!(found[2].0.as_deref(), Some("people"));
    }

    #[test]
    fn dates_ages_names_and_lists_are_no_figures() {
        for text in [
            "It began on 2 April 2019 at 4.17 am, on Jan. 8, in 1931 and at 18:00.",
            "Ilva Torreno, 52, and a 29-year-old teacher were there.",
            "See page 212, Section 3, Article 27, Route 66 and Resolution 2231.",
            "The Seven-Day War, COVID-19, the G20 and the Group of Seven.",
            "Call 0800 555 0142 or +99 20 555 017, or see www.a24.example.",
            "They won 3-1. It was the 3rd time, in the 1990s, and no one saw it.",
            "She lives at 14 Linden Street. On the one hand, one can say so.",
            "The bridge fell on Thursday 8, and Friday 9 and Sunday 11 March were dark.",
        ] {
            let found = figures("en", text);
            let texts: Vec<&str> = found.iter().map(|figure| figure.span.of(text)).collect();
            assert!(texts.is_empty(), "{texts:?} in “{text}”");
        }
    }

    #[test]
    fn what_stands_in_quotation_marks_is_quoted_and_has_its_speaker() {
        let text = "“We buried forty people,” said the mayor of Arden. Two boats sank.";
        let found = figures("en", text);
        assert_eq!(found.len(), 2);
        assert!(found[0].quoted && !found[1].quoted);
        let who = found[0].attributed_to.as_ref().unwrap();
        assert_eq!(who.text, "the mayor of Arden");
        assert_eq!(who.span.of(text), who.text);
    }

    #[test]
    fn whoever_speaks_answers_for_a_figure_that_is_given_to_nobody_else() {
        let mut document = Document::new("a".into(), Meta::default());
        for text in [
            "They closed 17 wards.",
            "The mayor said that 40 people came.",
            "I read that “300 of them stayed away”.",
            "Did you count the 300 who stayed?",
        ] {
            document.push(PassageDraft {
                voice: Some("Gemma Louth".to_owned()),
                text: text.to_owned(),
                ..PassageDraft::default()
            });
        }
        let ids: Vec<PassageId> = (0..4)
            .map(|passage| PassageId {
                document: 0,
                passage,
            })
            .collect();
        let found = find(&[document], "en", &ids, Watch::NOBODY).unwrap();
        let who = found.iter().map(|figure| figure.attributed_to.as_ref());
        let who: Vec<Option<&str>> = who.map(|who| who.map(|who| who.text.as_str())).collect();
        assert_eq!(who, [Some("Gemma Louth"), Some("The mayor"), None, None]);
    }

    #[test]
    fn scores_are_people_only_where_they_are_counted() {
        for (text, count) in [
            ("Scores of people were hurt.", 1),
            ("Scores were hurt.", 1),
            ("They meant to settle scores with him.", 0),
            ("The composer wrote scores in prison.", 0),
        ] {
            assert_eq!(figures("en", text).len(), count, "{text}");
        }
    }

    #[test]
    fn a_figure_is_attributed_to_whoever_answers_for_it() {
        for (text, of, who) in [
            (
                "Nurses in Arden and in Quern reported 40 dead.",
                "40",
                "Nurses in Arden and in Quern",
            ),
            (
                "The paper writes of a disaster: at least 90 people drowned, as counted by the Harbour Watch.",
                "at least 90",
                "the Harbour Watch",
            ),
            (
                "The report says that the dam failed. It puts the dead at 120.",
                "120",
                "The report",
            ),
            (
                "Two divers told The Gazette of a wreck. It puts the dead at 120.",
                "120",
                "The Gazette",
            ),
            (
                "Mira Holt cites the latest estimates: 300 people died, 20 are missing.",
                "300",
                "Mira Holt",
            ),
        ] {
            let found = figures("en", text);
            let figure = found.iter().find(|figure| figure.span.of(text) == of);
            let attributed = figure.and_then(|figure| figure.attributed_to.as_ref());
            assert_eq!(attributed.map(|who| who.text.as_str()), Some(who), "{text}");
        }
    }

    #[test]
    fn work_that_is_no_longer_wanted_gives_nothing() {
        let stop = AtomicBool::new(true);
        let id = PassageId {
            document: 0,
            passage: 0,
        };
        assert_eq!(find(&[], "en", &[id], Watch::new(&stop, &|_| ())), None);
        assert_eq!(find(&[], "en", &[id], Watch::NOBODY), Some(Vec::new()));
    }

    #[test]
    fn hostile_text_is_read_in_time() {
        for unit in [
            "1 ",
            "1,",
            "1.",
            "9",
            "two hundred and ",
            "“",
            "who said ",
            "between 1 and ",
            "1-",
            "of the ",
            "٣",
            "hundred ",
            "how many ",
            "12 killed, ",
            "A.",
        ] {
            let text = unit.repeat(4_000);
            for language in ["en", "de"] {
                let started = std::time::Instant::now();
                let found = figures(language, &text);
                assert!(started.elapsed().as_secs() < 20, "{unit:?} in {language}");
                assert!(found.iter().all(|figure| {
                    let bound = figure.low.or(figure.high);
                    bound.is_some() && !figure.span.of(&text).is_empty()
                }));
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn every_figure_lies_on_its_text(text in "([0-9]{1,4}|[,.:/$%€ -]|million|two|hundred|people|killed|said|“|”|ب|at least|between|and|in|é){0,40}") {
            for language in ["en", "de", "fr"] {
                for figure in figures(language, &text) {
                    let inside = |span: ByteSpan| text.get(span.range()).is_some();
                    proptest::prop_assert!(inside(figure.span) && inside(figure.number));
                    proptest::prop_assert!(figure.low.is_some() || figure.high.is_some());
                    for phrase in [&figure.counts, &figure.predicate, &figure.attributed_to].into_iter().flatten() {
                        proptest::prop_assert_eq!(phrase.span.of(&text), phrase.text.as_str());
                    }
                }
            }
        }
    }
    #[test]
    fn bodies_count_their_members_and_elided_words_are_read() {
        let told = |language: &str, text: &str| -> Vec<(Option<String>, Option<String>)> {
            let found = figures(language, text);
            let counts = |figure: &Figure| figure.counts.as_ref().map(|phrase| phrase.text.clone());
            found
                .iter()
                .map(|figure| (figure.unit.clone(), counts(figure)))
                .collect()
        };
        let is = |unit: Option<&str>, counts: Option<&str>| {
            (unit.map(str::to_owned), counts.map(str::to_owned))
        };
        assert_eq!(
            told("en", "Her papers showed 311 passengers and a crew of 28."),
            [is(None, Some("passengers")), is(None, Some("crew"))]
        );
        assert_eq!(
            told("en", "An army of 400 stayed for two weeks or more."),
            [is(None, Some("army")), is(Some("weeks"), Some("weeks"))]
        );
        assert_eq!(
            told("fr", "Les dégâts sont estimés à 12,5 millions d’euros."),
            [is(Some("EUR"), Some("dégâts"))]
        );
    }

    #[test]
    fn what_is_counted_is_carried_on_with_its_verb() {
        for (text, expected) in [
            (
                "At least nine men died in custody. The government gives the number as four. Families put it at 13.",
                &[("men", "died"), ("men", "died"), ("men", "died")][..],
            ),
            (
                "Of those we spoke to, 87 had been beaten, and forty-four had been kept alone.",
                &[
                    ("those we spoke to", "beaten"),
                    ("those we spoke to", "kept"),
                ],
            ),
            (
                "Police put the crowd at 15,000; organisers spoke of 40,000.",
                &[("crowd", "-"), ("crowd", "-")],
            ),
            (
                "Of the city's 6,200 looms nearly half stood still.",
                &[("looms", "-"), ("looms", "stood")],
            ),
            (
                "The town had 9,500 men and over sixty guns.",
                &[("men", "had"), ("guns", "had")],
            ),
            (
                "Some 300 soldiers and 45 excavators were sent to the valley.",
                &[("soldiers", "sent"), ("excavators", "sent")],
            ),
            ("The parish register lists 97 names.", &[("names", "lists")]),
            (
                "Fishing boats from three villages picked up 164 people.",
                &[("villages", "-"), ("people", "picked")],
            ),
            (
                "Tens of thousands left for the ports, but 6,200 looms stayed.",
                &[("-", "left"), ("looms", "stayed")],
            ),
        ] {
            assert_eq!(told(&figures("en", text)), expected, "{text}");
        }
    }

    #[test]
    fn a_number_answers_the_question_of_the_passage_before() {
        let found = figures_of(&[
            "How many children died that spring?",
            "There is the register, which has 212.",
        ]);
        assert_eq!(told(&found), [("children", "died")]);
        let found = figures_of(&["At least 700 people died.", "Aid groups put it at 1,200."]);
        assert_eq!(told(&found), [("people", "died"), ("people", "died")]);
    }

    #[test]
    fn a_sum_without_its_unit_is_one_of_those_before() {
        let found = figures(
            "en",
            "She puts the price of an engine at $95 million; the maker first asked for 120 million.",
        );
        assert_eq!(found[1].unit.as_deref(), Some("USD"));
        assert_eq!(found[1].kind, FigureKind::Money);
        let counts = found[1].counts.as_ref().unwrap();
        assert_eq!(counts.text, "price of an engine");
        let found = figures("en", "They paid $95 million to 120 thousand owners.");
        assert_eq!(found[1].unit, None);
    }

    #[test]
    fn participles_of_other_languages_are_verbs_and_their_adjectives_no_heads() {
        for (language, text, expected) in [
            (
                "fr",
                "Environ 600 pompiers et douze hélicoptères sont mobilisés.",
                &[("pompiers", "mobilisés"), ("hélicoptères", "mobilisés")][..],
            ),
            (
                "fr",
                "Nous avons perdu quatre petites maisons.",
                &[("petites maisons", "perdu")],
            ),
            (
                "es",
                "Al menos 40 nuevos vecinos han sido detenidos.",
                &[("nuevos vecinos", "detenidos")],
            ),
            (
                "es",
                "Las lluvias destruyeron 120 casas.",
                &[("casas", "destruyeron")],
            ),
            (
                "de",
                "Rund 12.000 Beschäftigte haben am Montag in 86 Betrieben die Arbeit niedergelegt.",
                &[("Beschäftigte", "niedergelegt"), ("Betrieben", "-")],
            ),
        ] {
            assert_eq!(told(&figures(language, text)), expected, "{text}");
        }
        let head = figures("fr", "Il reste quatre petites maisons.")[0]
            .head
            .clone();
        assert_eq!(head, Some(Stemmer::new("fr").stem("maisons")));
    }

    #[test]
    fn ages_and_hours_without_the_word_are_no_figures() {
        for (language, text) in [
            ("en", "It was taken by a boy of 12 from the rail."),
            ("en", "One of them, a teacher of 40, left; he was 33 then."),
            ("en", "Dial 555-0190, or write to 5 Rue Haute."),
            ("fr", "Un volontaire de 24 ans a été brûlé."),
            ("fr", "Teodor Vass, 51 ans, attend la pluie à 18 h 30."),
        ] {
            let found = figures(language, text);
            let texts: Vec<&str> = found.iter().map(|figure| figure.span.of(text)).collect();
            assert!(texts.is_empty(), "{texts:?} in “{text}”");
        }
        assert_eq!(bounds("en", "She lost a crew of 28."), [is(28.0)]);
        assert_eq!(
            bounds("fr", "Il risque une peine de dix ans de prison."),
            [is(10.0)]
        );
    }

    #[test]
    fn whoever_is_not_named_is_left_as_some_say() {
        let found = figures(
            "en",
            "Some say five thousand people died, some ten thousand, others twenty thousand, even thirty thousand.",
        );
        let who: Vec<&str> = found
            .iter()
            .map(|figure| words(figure.attributed_to.as_ref()))
            .collect();
        assert_eq!(who, ["Some", "some", "others", "others"]);
        assert!(found.iter().all(|figure| figure.hedge.is_none()));
    }

    #[test]
    fn a_pronoun_is_given_its_name_from_the_passages_before_or_the_reason_why_not() {
        let last = |passages: &[&str]| {
            let found = figures_of(passages);
            let figure = found.last().unwrap().clone();
            (
                words(figure.attributed_to.as_ref()).to_owned(),
                figure.attributed_as,
                figure.attribution_note.is_some(),
            )
        };
        let pronoun = |word: &str| Some(word.to_owned());
        assert_eq!(
            last(&[
                "Mrs Anna Field said that she had seen the wall. Tomas Rell carried her bag.",
                "She said that 40 people were missing.",
            ]),
            ("Mrs Anna Field".to_owned(), pronoun("She"), false)
        );
        assert_eq!(
            last(&["The wall fell.", "He said that 40 people were missing."]),
            ("He".to_owned(), pronoun("He"), true)
        );
        // Who stands beside a preposition of place is no person.
        assert_eq!(
            last(&[
                "A fire in Port Essel was put out.",
                "She said that 40 people were missing."
            ]),
            ("She".to_owned(), pronoun("She"), true)
        );
    }
}
