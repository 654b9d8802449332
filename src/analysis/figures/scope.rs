//! When and where a figure holds: the dates, places and events of its sentence, else those that the text has moved to.
//!
//! What counts as elsewhere is told by the document alone: a year that is not its own, a name that it hardly speaks of. There is
//! no list of places or events. Invariant: a scope's words stand in the document; without any the figure is of what is told of.

mod home;
mod phrases;

use super::counted::Reading;
use super::grammar::Raw;
use super::tokens::Token;
use super::words::{ADVERB, ARTICLE, CONJUNCTION, DETERMINER, PRONOUN};
use crate::corpus::{Document, Kind};
pub use home::Home;
use phrases::Found;
use std::collections::BTreeSet;

/// How many sentences a text that has moved elsewhere is taken to stay there without saying so.
const STAYS: usize = 3;

/// Within how many tokens a phrase opens its sentence.
const OPENS: usize = 5;

/// How many passages back a heading is looked for.
const HEADING_BACK: usize = 60;

/// Longest heading.
const HEADING_BYTES: usize = 300;

/// Where the words of a scope stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// In the sentence of the figure.
    Sentence,
    /// In a sentence before it.
    Before,
    /// In the heading over it.
    Heading,
}

impl Origin {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sentence => "sentence",
            Self::Before => "before",
            Self::Heading => "heading",
        }
    }
}

/// When and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// In the words of the text: "in Arden; on Tuesday".
    pub text: String,
    /// Where they stand.
    pub origin: Origin,
    /// It is another time, place or event than the one the document tells of.
    pub is_elsewhere: bool,
    /// The names in it, in small letters.
    pub names: BTreeSet<String>,
    /// The days, months and years in it, in small letters.
    pub dates: BTreeSet<String>,
    /// The years in it.
    pub years: BTreeSet<i32>,
}

impl Scope {
    /// Whether both say when, or both say where, and have nothing of it in common.
    pub fn differs(&self, other: &Self) -> bool {
        let apart = |one: &BTreeSet<String>, other: &BTreeSet<String>| {
            !one.is_empty() && !other.is_empty() && one.is_disjoint(other)
        };
        apart(&self.names, &other.names)
            || apart(&self.dates, &other.dates)
            || !self.years.is_empty()
                && !other.years.is_empty()
                && self.years.is_disjoint(&other.years)
    }

    /// Whether two scopes elsewhere are one: a name or a year in common, and nothing against it.
    pub fn is_one_with(&self, other: &Self) -> bool {
        let shares = !self.names.is_disjoint(&other.names)
            || !self.years.is_disjoint(&other.years)
            || !self.dates.is_disjoint(&other.dates)
                && self.years.is_empty() == other.years.is_empty();
        shares && !self.differs(other)
    }

    fn of(found: &[&Found], origin: Origin) -> Option<Self> {
        let mut scope = Self {
            text: found
                .iter()
                .map(|found| found.text.as_str())
                .fold(Vec::new(), |mut texts: Vec<&str>, text| {
                    if !texts.contains(&text) {
                        texts.push(text);
                    }
                    texts
                })
                .join("; "),
            origin,
            is_elsewhere: false,
            names: BTreeSet::new(),
            dates: BTreeSet::new(),
            years: BTreeSet::new(),
        };
        for found in found {
            scope.is_elsewhere |= found.is_elsewhere;
            scope.names.extend(found.names.iter().cloned());
            scope.dates.extend(found.dates.iter().cloned());
            scope.years.extend(found.years.iter().copied());
        }
        (!found.is_empty()).then_some(scope)
    }
}

/// The tokens of whoever says a figure.
pub type Attributed = Option<(usize, usize)>;

/// The scopes of the figures of a passage. `before` is where the passage before it ends, `heading` what stands over it.
pub fn scopes(
    reading: Reading,
    text: &str,
    raws: &[(Raw, Attributed)],
    home: &Home,
    before: impl FnOnce() -> Option<Scope>,
    heading: Option<&Scope>,
) -> Vec<Option<Scope>> {
    let mut out = Vec::with_capacity(raws.len());
    let points_back = points_back(reading.tokens);
    let mut walk = Walk {
        carried: if points_back { before() } else { None },
        age: 0,
        is_under_heading: true,
    };
    let mut next = 0;
    for (start, end) in sentences(reading.tokens) {
        let found = phrases::found(reading, text, (start, end), home);
        let returns = returns(&reading.tokens[start..end]);
        let first = next;
        while raws.get(next).is_some_and(|(raw, _)| raw.start < end) {
            next += 1;
        }
        let has_figures = next > first;
        for at in first..next {
            let own = own(reading, raws, at, &found, (start, end));
            let says_which = returns
                || own
                    .iter()
                    .any(|own| !own.names.is_empty() || !own.years.is_empty() || own.is_weekday);
            let own = Scope::of(&own, Origin::Sentence);
            let heading = heading.filter(|_| walk.is_under_heading);
            let carried = walk.carried.as_ref().or(heading);
            out.push(match carried {
                Some(carried) if !says_which => Some(carried.clone()),
                Some(_) | None => own,
            });
        }
        walk.pass(reading, &found, (start, end), has_figures);
    }
    out
}

/// What a passage leaves behind for the one after it.
pub fn left_behind(reading: Reading, text: &str, home: &Home) -> Option<Scope> {
    let mut walk = Walk {
        carried: None,
        age: 0,
        is_under_heading: true,
    };
    for (start, end) in sentences(reading.tokens) {
        let found = phrases::found(reading, text, (start, end), home);
        walk.pass(reading, &found, (start, end), false);
    }
    walk.carried
}

/// What a heading says of the passages under it, where it is elsewhere.
pub fn of_heading(reading: Reading, text: &str, home: &Home) -> Option<Scope> {
    let tokens = reading.tokens;
    let long = || tokens.iter().filter(|token| token.text.len() > 3);
    let capitals = long().filter(|token| token.is_capital()).count();
    // Where all words have capitals they name nothing.
    let is_title_case = capitals * 2 > long().count() && capitals > 2;
    let found = phrases::of_heading(reading, text, home, is_title_case);
    let found: Vec<&Found> = found.iter().filter(|found| found.is_elsewhere).collect();
    Scope::of(&found, Origin::Heading)
}

/// The text of the heading over a passage.
pub fn heading_over(document: &Document, passage: usize) -> Option<&str> {
    let above = (0..passage).rev().take(HEADING_BACK);
    let heading = above
        .filter_map(|at| document.passage(at))
        .find(|passage| matches!(passage.kind(), Kind::Heading(_)))?;
    let text = heading.text();
    (text.len() <= HEADING_BYTES).then_some(text)
}

/// Where the text is while it is read.
struct Walk {
    carried: Option<Scope>,
    /// Sentences since it was said.
    age: usize,
    /// Nothing has led away from the heading.
    is_under_heading: bool,
}

impl Walk {
    fn pass(
        &mut self,
        reading: Reading,
        found: &[Found],
        (start, end): (usize, usize),
        has_figures: bool,
    ) {
        let elsewhere: Vec<&Found> = found.iter().filter(|found| found.is_elsewhere).collect();
        let leads = elsewhere
            .iter()
            .any(|found| found.start < start + OPENS || has_figures);
        let says_which = found
            .iter()
            .any(|found| !found.names.is_empty() || !found.years.is_empty() || found.is_weekday);
        self.age += 1;
        if leads {
            self.carried = Scope::of(&elsewhere, Origin::Before);
            self.age = 0;
            // A sentence that tells of both comes back to where it began.
            if found.last().is_some_and(|last| {
                !(last.is_elsewhere || last.names.is_empty() && last.years.is_empty())
            }) {
                self.carried = None;
            }
        } else if says_which && elsewhere.is_empty() || returns(&reading.tokens[start..end]) {
            self.carried = None;
            self.is_under_heading = false;
        } else if self.age >= STAYS {
            self.carried = None;
        }
    }
}

/// "today", "now", "this time": the text comes back.
fn returns(tokens: &[Token]) -> bool {
    let single = |word: &str| {
        matches!(
            word,
            "today"
                | "now"
                | "currently"
                | "nowadays"
                | "tonight"
                | "yesterday"
                | "here"
                | "heute"
                | "jetzt"
                | "aujourd'hui"
                | "maintenant"
                | "hoy"
                | "ahora"
        )
    };
    let this = |pair: &[Token]| {
        matches!(
            pair[0].lower.as_str(),
            "this" | "dieses" | "cette" | "este" | "esta"
        ) && matches!(
            pair[1].lower.as_str(),
            "time" | "year" | "week" | "month" | "jahr" | "mal" | "fois" | "année" | "año" | "vez"
        )
    };
    tokens.iter().any(|token| single(&token.lower)) || tokens.windows(2).any(this)
}

/// Whether a passage opens with a word that points at what stands before it.
fn points_back(tokens: &[Token]) -> bool {
    let first = tokens.iter().find(|token| token.is_word());
    first.is_some_and(|token| {
        token.is(PRONOUN) && token.lower != "i"
            || matches!(
                token.lower.as_str(),
                "that"
                    | "those"
                    | "then"
                    | "afterwards"
                    | "another"
                    | "these"
                    | "dann"
                    | "danach"
                    | "alors"
                    | "puis"
                    | "entonces"
                    | "luego"
            )
    })
}

fn sentences(tokens: &[Token]) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match out.last_mut() {
            Some((start, end)) if tokens[*start].sentence == token.sentence => *end = at + 1,
            _ => out.push((at, at + 1)),
        }
    }
    out
}

/// The phrases of a figure: those of its part of the clause; what opens the clause or closes it, where that says what they do not.
fn own<'f>(
    reading: Reading,
    raws: &[(Raw, Attributed)],
    at: usize,
    found: &'f [Found],
    sentence: (usize, usize),
) -> Vec<&'f Found> {
    let (raw, attributed) = &raws[at];
    let clause = (
        reading.clause_start(raw.start).max(sentence.0),
        reading.clause_end(raw.end).min(sentence.1),
    );
    let previous = at
        .checked_sub(1)
        .map(|at| &raws[at].0)
        .filter(|previous| previous.end > clause.0);
    let next = raws
        .get(at + 1)
        .map(|next| &next.0)
        .filter(|next| next.start < clause.1);
    let joint = |from: usize, to: usize| {
        (from..to).find(|at| {
            reading.tokens[*at].is(CONJUNCTION)
                && !matches!(reading.tokens[*at].lower.as_str(), "who" | "which" | "that")
        })
    };
    let from = previous.map_or(clause.0, |previous| {
        joint(previous.end, raw.start).unwrap_or(raw.start)
    });
    let to = next.map_or(clause.1, |next| {
        joint(raw.end, next.start).unwrap_or(next.start)
    });
    // "The agency in Brill said": where somebody is who speaks of something else.
    let is_around = |found: &Found| {
        (found.end <= raw.start || found.start >= raw.end)
            && attributed.is_none_or(|(_, end)| found.start != end)
    };
    // A sentence may be as long as its passage; its clauses are not.
    let starts = |token: usize| found.partition_point(|found| found.start < token);
    let opening = &found[..starts(sentence.0 + OPENS)];
    let in_clause = &found[starts(clause.0)..starts(clause.1)];
    let mut out: Vec<&Found> = in_clause
        .iter()
        .filter(|found| found.start >= from && found.start < to && is_around(found))
        .collect();
    let is_inside =
        |other: &&(Raw, Attributed)| other.0.start >= clause.0 && other.0.start < clause.1;
    let first = raws[..at].iter().rev().take_while(is_inside).last();
    let first = first.map_or(raw.start, |first| first.0.start);
    let last = raws[at..].iter().take_while(is_inside).last();
    let last = last.map_or(raw.end, |last| last.0.end);
    // ", and in the flood of 1987 some 850": another clause, with its own time and place.
    let is_apart = previous.is_some()
        && !out.is_empty()
        && from
            .checked_sub(1)
            .is_some_and(|comma| reading.tokens[comma].is_mark(','));
    let opening = opening.iter().filter(|found| found.start < clause.0);
    let general = opening
        .chain(in_clause)
        .filter(|found| is_around(found) && !is_apart)
        .filter(|found| {
            let opens_clause = found.start >= clause.0 && found.end <= first;
            let closes_clause = found.start >= last && found.start < clause.1;
            let opens_sentence = found.start < sentence.0 + OPENS && found.end <= raw.start;
            // A name between others is of its own part of the clause.
            let is_phrase = found.is_phrase || found.start < sentence.0 + OPENS;
            is_phrase && (opens_clause || closes_clause || opens_sentence)
        });
    for general in general {
        let has = |of: &dyn Fn(&Found) -> bool| out.iter().any(|found| of(found));
        let says_more = !general.names.is_empty() && !has(&|found| !found.names.is_empty())
            || !general.dates.is_empty() && !has(&|found| !found.dates.is_empty());
        if says_more && !out.iter().any(|found| found.start == general.start) {
            out.push(general);
        }
    }
    out.sort_by_key(|found| found.start);
    out
}

/// Whether a word leads to a name and is no part of it.
fn leads_to_name(token: &Token) -> bool {
    token.is(DETERMINER | ARTICLE) && !token.is(ADVERB)
}
