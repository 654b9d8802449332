//! Words beside names by which a text speaks of people: "he", "a colonel", "her grandfather".
//!
//! Invariant: finds places in one stream; whom they mean is found in `resolve`.

use super::super::clause::{Gender, Phrase, Stream, Subject};
use super::super::lexicon::{A, ADVERB, BE, HE, PEOPLE, POSSESSIVE, PREPOSITION, SHE, THE, TITLES};
use super::super::tokens::TokenKind;

/// Words beside names by which a text speaks of people.
#[derive(Clone, Copy, Debug)]
pub(in crate::analysis::quotes) enum Mentioned {
    /// "A colonel", "her grandfather".
    Phrase(Phrase),
    /// "The stranger".
    Definite(Phrase),
    /// "He", "him", "his": the token, and whether it owns what follows.
    Pronoun(usize, Gender, bool),
}

/// The pronouns of a stream that tell a man from a woman.
pub(in crate::analysis::quotes) fn pronouns(stream: &Stream<'_>) -> Vec<Mentioned> {
    let found = (0..stream.tokens.len()).filter_map(|at| {
        let token = &stream.tokens[at];
        let is_english = stream.lexicon.grammar.has_possessive_s;
        let is_object = |word: &str| is_english && stream.word(at).eq_ignore_ascii_case(word);
        let owns = stream.token(at + 1).is_some_and(|next| {
            next.is_word() && !next.opens_sentence && !next.is(PREPOSITION | ADVERB)
        });
        let (gender, is_owner) = if token.is(HE) != token.is(SHE) {
            let is_man = token.is(HE);
            (if is_man { Gender::Man } else { Gender::Woman }, false)
        } else if is_object("him") {
            (Gender::Man, false)
        } else if is_object("his") {
            (Gender::Man, true)
        } else if is_object("her") {
            (Gender::Woman, owns)
        } else {
            return None;
        };
        Some(Mentioned::Pronoun(at, gender, is_owner))
    });
    found.collect()
}

/// Every phrase with "a" or "her" and a noun for a person, for [`People::introduce`].
pub(in crate::analysis::quotes) fn introductions(stream: &Stream<'_>) -> Vec<Phrase> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < stream.tokens.len() {
        let opens = stream.is(at, A | POSSESSIVE) && !stream.is(at, THE);
        let has_person = (at + 1..at + 5)
            .take_while(|at| {
                stream
                    .token(*at)
                    .is_some_and(|token| token.is_word() && !token.opens_sentence)
            })
            .any(|at| stream.is(at, PEOPLE | TITLES));
        if opens
            && has_person
            && let Some(Subject::Described(phrase)) = stream.phrase_from(at)
        {
            found.push(phrase);
            at = phrase.last;
        }
        at += 1;
    }
    found
}

/// Every phrase with "the" and a noun for one person, and nothing more.
pub(in crate::analysis::quotes) fn definites(stream: &Stream<'_>) -> Vec<Phrase> {
    let opens = |at: &usize| stream.is(*at, THE) && stream.tokens[*at].is_word();
    let has_person = |at: &usize| (at + 1..at + 3).any(|noun| stream.is(noun, PEOPLE));
    (0..stream.tokens.len())
        .filter(|at| opens(at) && has_person(at))
        .filter_map(|at| match stream.phrase_from(at) {
            Some(Subject::Described(phrase)) => Some(phrase),
            _ => None,
        })
        .filter(|phrase| {
            stream.is(phrase.head, PEOPLE)
                && phrase.gender != Gender::Several
                && stream.is_bare_definite(phrase)
        })
        .collect()
}

/// The phrase speaks of somebody by itself: it is no more words for who is named beside it ("Ada Field, a clerk", "her son,
/// Ada"), and not what somebody is ("he was a clerk").
pub(in crate::analysis::quotes) fn stands_alone(stream: &Stream<'_>, phrase: &Phrase) -> bool {
    let before = phrase.first.checked_sub(1);
    let is_predicate = before.is_some_and(|before| {
        stream.is(before, BE) || matches!(stream.word(before), "as" | "comme" | "als" | "como")
    });
    let comma_before = before.is_some_and(|before| {
        stream.kind(before) == Some(TokenKind::Comma)
            && before
                .checked_sub(1)
                .is_some_and(|last| stream.tokens[last].is_capital)
    });
    let next = phrase.last + 1;
    let name = next + usize::from(stream.kind(next) == Some(TokenKind::Comma));
    let is_named = stream
        .token(name)
        .is_some_and(|token| token.is_word() && !token.opens_sentence)
        && (stream.run(name).is_some()
            || stream
                .apposition(phrase.last, stream.tokens.len())
                .is_some());
    stream.is(phrase.head, PEOPLE | TITLES) && !is_predicate && !comma_before && !is_named
}
