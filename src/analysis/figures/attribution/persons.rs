//! Whom a pronoun means that answers for a figure: somebody named in full before it, in its passage or in those before.
//!
//! Invariant: a name stands in the document; who does not fit by gender, or is one of several who may be meant, is not given.

use super::super::counted::Reading;
use super::super::words::{
    ADVERB, AUXILIARY, CONJUNCTION, DETERMINER, MONTH, PREPOSITION, PRONOUN, SAYING, WEEKDAY,
};
use std::ops::Range;

/// How many passages back somebody who was only named may stand.
const NAMED_BACK: usize = 1;

/// How many passages back somebody who spoke may stand.
const SPOKE_BACK: usize = 3;

/// How many passages back the only one who ever spoke may stand.
pub const FURTHEST: usize = 40;

/// Most persons that are looked at.
pub const LOOKED_AT: usize = 400;

/// What is known of the gender of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    /// "he".
    Man,
    /// "she".
    Woman,
}

/// Somebody named in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name, in tokens of the passage.
    pub tokens: (usize, usize),
    /// The name as it stands.
    pub name: String,
    /// A verb of saying stands beside the name.
    pub speaks: bool,
    /// A verb or a comma stands behind it.
    pub acts: bool,
    /// As far as a title or the next pronoun tells.
    pub gender: Option<Gender>,
}

/// Those named in full in a stretch of a passage, in order.
pub fn persons(reading: Reading, text: &str, stretch: Range<usize>) -> Vec<Person> {
    let tokens = reading.tokens;
    let mut out: Vec<Person> = Vec::new();
    let mut at = stretch.start;
    while at < stretch.end.min(tokens.len()) {
        let Some(end) = name_end(reading, at) else {
            at += 1;
            continue;
        };
        let before = at.checked_sub(1).map(|before| &tokens[before]);
        let is_thing = before.is_some_and(|before| {
            before.is(DETERMINER)
                || matches!(
                    before.lower.as_str(),
                    "in" | "at"
                        | "near"
                        | "from"
                        | "on"
                        | "across"
                        | "over"
                        | "through"
                        | "into"
                        | "around"
                        | "outside"
                        | "inside"
                        | "en"
                        | "dans"
                        | "à"
                        | "im"
                        | "aus"
                )
        });
        let words = tokens[at..end]
            .iter()
            .filter(|token| token.is_word())
            .count();
        if words >= 2 && !is_thing {
            out.push(Person {
                tokens: (at, end),
                name: name(text, tokens[at].start, tokens[end - 1].end),
                speaks: speaks(reading, at, end),
                acts: acts(reading, end),
                gender: title(&tokens[at].lower).or_else(|| next_pronoun(reading, end)),
            });
        }
        at = end;
    }
    out
}

fn name(text: &str, start: usize, end: usize) -> String {
    let name = text.get(start..end).unwrap_or_default();
    let bare = ["'s", "\u{2019}s"]
        .iter()
        .find_map(|ending| name.strip_suffix(ending));
    bare.unwrap_or(name).to_owned()
}

/// Where a run of capitals ends that may be a name; hyphens join its words.
fn name_end(reading: Reading, at: usize) -> Option<usize> {
    let tokens = reading.tokens;
    let is_part = |at: usize| {
        tokens.get(at).is_some_and(|token| {
            token.is_word()
                && token.is_capital()
                && !token.is(DETERMINER
                    | PREPOSITION
                    | PRONOUN
                    | CONJUNCTION
                    | MONTH
                    | WEEKDAY
                    | AUXILIARY
                    | SAYING
                    | ADVERB)
        })
    };
    if !is_part(at) {
        return None;
    }
    let sentence = tokens[at].sentence;
    let mut end = at + 1;
    while end < tokens.len() && tokens[end].sentence == sentence {
        if is_part(end) {
            end += 1;
        } else if tokens[end].is_hyphen() && is_part(end + 1) {
            end += 2;
        } else if tokens[end].is_mark('.') && tokens[end].glued && tokens[end - 1].text.len() <= 2 {
            // "Dr. Anna Field", "J. Field".
            end += 1;
        } else {
            break;
        }
    }
    (end <= tokens.len()).then_some(end)
}

/// Whether a verb of saying has a name for its subject.
fn speaks(reading: Reading, start: usize, end: usize) -> bool {
    let tokens = reading.tokens;
    // ", said Anna Field".
    let inverted = start.checked_sub(2).is_some_and(|mark| {
        tokens[mark].is_any_mark()
            && tokens[mark + 1].is(SAYING)
            && !tokens[mark + 1].is(PREPOSITION)
    });
    if inverted {
        return true;
    }
    let mut at = end;
    if tokens.get(at).is_some_and(|token| token.is_mark(',')) {
        let close =
            (at + 1..at + 20).find(|at| tokens.get(*at).is_none_or(|token| token.is_mark(',')));
        at = close.map_or(at, |close| close + 1);
    }
    let mut verb = at;
    while tokens
        .get(verb)
        .is_some_and(|token| token.is(AUXILIARY | ADVERB) && !token.is(SAYING))
    {
        verb += 1;
    }
    tokens.get(verb).is_some_and(|token| {
        token.is(SAYING) && !token.is(PREPOSITION)
            || matches!(
                token.lower.as_str(),
                "writes" | "recalls" | "remembers" | "asks" | "sees" | "points" | "hopes"
            )
    })
}

/// Whether a name is told of as somebody who does something, or is described.
fn acts(reading: Reading, end: usize) -> bool {
    reading.tokens.get(end).is_some_and(|token| {
        token.is_mark(',') || token.is(AUXILIARY | SAYING) || reading.is_verb(end)
    })
}

fn title(word: &str) -> Option<Gender> {
    match word {
        "mr" | "herr" | "monsieur" | "señor" | "sir" => Some(Gender::Man),
        "mrs" | "ms" | "miss" | "frau" | "madame" | "señora" | "lady" => Some(Gender::Woman),
        _ => None,
    }
}

/// What a pronoun stands for as far as gender goes.
pub fn gender(pronoun: &str) -> Option<Gender> {
    match pronoun {
        "he" | "his" | "him" | "er" | "il" | "él" => Some(Gender::Man),
        "she" | "her" | "sie" | "elle" | "ella" => Some(Gender::Woman),
        _ => None,
    }
}

/// The next pronoun behind a name, as long as nobody else is named.
fn next_pronoun(reading: Reading, end: usize) -> Option<Gender> {
    let ahead = end..reading.tokens.len().min(end + 40);
    let mut at = ahead.start;
    while at < ahead.end {
        if let Some(other) = name_end(reading, at) {
            if other > at + 1 {
                return None;
            }
        } else if let Some(gender) = gender(&reading.tokens[at].lower) {
            return Some(gender);
        }
        at += 1;
    }
    None
}

/// The last of those named in the passage that a pronoun fits.
pub fn here(persons: &[Person], pronoun: &str, at: usize) -> Option<(usize, usize)> {
    let before = || persons.iter().rev().filter(|person| person.tokens.1 <= at);
    let fitting = || before().filter(|person| fits(person, pronoun));
    fitting()
        .find(|person| person.speaks)
        .or_else(|| fitting().find(|person| person.acts))
        .map(|person| person.tokens)
}

/// The last of those named in earlier passages that a pronoun fits, the nearest passage first.
pub fn elsewhere<'p>(
    earlier: &(impl Iterator<Item = &'p [Person]> + Clone),
    pronoun: &str,
) -> Option<&'p str> {
    let spoke = |passages: usize| {
        let people = earlier
            .clone()
            .take(passages)
            .flat_map(|people| people.iter().rev())
            .take(LOOKED_AT);
        people.filter(|person| person.speaks && fits(person, pronoun))
    };
    if let Some(person) = spoke(SPOKE_BACK).next() {
        return Some(&person.name);
    }
    let mut named = earlier
        .clone()
        .take(NAMED_BACK)
        .flat_map(|people| people.iter().rev())
        .take(LOOKED_AT);
    if let Some(person) = named.find(|person| person.acts && fits(person, pronoun)) {
        return Some(&person.name);
    }
    // Further away only whoever alone has spoken.
    let mut all = spoke(FURTHEST);
    let first = all.next()?;
    all.all(|other| other.name == first.name)
        .then_some(first.name.as_str())
}

fn fits(person: &Person, pronoun: &str) -> bool {
    match (person.gender, gender(pronoun)) {
        (Some(one), Some(other)) => one == other,
        (None, _) | (_, None) => true,
    }
}
