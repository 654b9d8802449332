//! Names with numbers, sets that are known already, and "one" where it counts nothing.
//!
//! Invariant: looks at a few tokens around the number.

use super::super::numbers::Value;
use super::super::tokens::Token;
use super::super::words::{
    ADJECTIVE, ADVERB, ARTICLE, AUXILIARY, CONJUNCTION, DETERMINER, FATE, FEW, Language, MONTH,
    NUMBERED, OF, PART, PEOPLE, PREPOSITION, PRONOUN, SCALE, SMALL, STREET, VAGUE, VERB, WEEKDAY,
};
use super::word;

/// "Route 66", "page 212", "Boeing 737", "Calder 100 index", "12-Day War", "14 Linden Street".
pub fn is_name(tokens: &[Token], at: usize, value: &Value, end: usize, language: Language) -> bool {
    if names_what_follows(tokens, value, language) {
        return true;
    }
    let next = tokens.get(value.end);
    let Some(before) = at.checked_sub(1).map(|before| &tokens[before]) else {
        return false;
    };
    // "the Group of Seven".
    if language != Language::German
        && !value.in_digits
        && tokens[at].is_capital()
        && before.is_word()
        && before.sentence == tokens[at].sentence
        && !before.is_capital()
    {
        return true;
    }
    if value.vague
        || value.is_part
        || tokens[at].digits().is_some_and(|digits| digits.grouped)
        || value.scale > 1.0
    {
        return false;
    }
    if has_numbered_noun(tokens, at, value, end, language) {
        return true;
    }
    let is_range = next.is_some_and(|token| token.is_dash() && token.glued)
        && tokens
            .get(value.end + 1)
            .is_some_and(|token| token.digits().is_some());
    let has_unit = end > value.end || is_range;
    let follows_clause = next.is_some_and(|token| token.is(AUXILIARY | PEOPLE | FATE));
    let proper = before.is_word()
        && before.is_capital()
        && !before.is(MONTH
            | WEEKDAY
            | PREPOSITION
            | CONJUNCTION
            | ADVERB
            | AUXILIARY
            | DETERMINER
            | PRONOUN
            | ARTICLE
            | FEW
            | FATE
            | VERB
            | PEOPLE
            | ADJECTIVE)
        && before.sentence == tokens[at].sentence;
    if !proper
        || has_unit
            && !matches!(tokens.get(value.end), Some(token) if token.glued && token.lower == "m")
    {
        return false;
    }
    if language == Language::German
        && (next.is_some_and(|token| {
            token.is_word()
                && (token.is_capital() || token.lower.ends_with('e') || token.lower.ends_with("er"))
        }) || !value.in_digits
            || value.low >= 100.0)
    {
        return false;
    }
    if before.lower.ends_with("ed") || !value.in_digits && !tokens[at].is_capital() {
        return false;
    }
    !follows_clause
        && !next.is_some_and(|token| {
            is_plural_noun(token, language) || token.is(VERB) && !value.in_digits
        })
}

/// "12-Day War", "14 Linden Street".
fn names_what_follows(tokens: &[Token], value: &Value, language: Language) -> bool {
    let next = tokens.get(value.end);
    let capital_after = |token: &Token| token.is_word() && token.is_capital();
    if language != Language::German
        && next.is_some_and(|token| token.is_dash() && token.glued)
        && tokens
            .get(value.end + 1)
            .is_some_and(|token| capital_after(token) && token.glued)
    {
        return true;
    }
    if value.in_digits && value.low < 100_000.0 {
        let street =
            (value.end..value.end + 3).take_while(|at| tokens.get(*at).is_some_and(capital_after));
        if street.skip(1).any(|at| tokens[at].is(STREET)) {
            return true;
        }
    }
    false
}

/// "page 212", "No. 7", "#3".
fn has_numbered_noun(
    tokens: &[Token],
    at: usize,
    value: &Value,
    end: usize,
    language: Language,
) -> bool {
    let next = tokens.get(value.end);
    let Some(before) = at.checked_sub(1).map(|before| &tokens[before]) else {
        return false;
    };
    if before.is_mark('#') || before.is_mark('\u{2116}') || before.is_mark('§') {
        return true;
    }
    if before.is_mark('.')
        && before.glued
        && matches!(
            word(tokens, at.checked_sub(2)),
            "no" | "nr" | "nos" | "vol" | "fig" | "art" | "p" | "pp" | "núm"
        )
    {
        return true;
    }
    let follows_clause = next.is_some_and(|token| token.is(AUXILIARY | PEOPLE | FATE));
    if before.is(NUMBERED) && before.is_word() && end == value.end {
        let capital = before.is_capital();
        let counts =
            next.is_some_and(|token| token.is(PEOPLE | SCALE)) || follows_clause && !capital;
        let verb = before.lower == "no" && !value.in_digits;
        let doubtful = !capital
            && next.is_some_and(|token| is_plural_noun(token, language))
            && matches!(
                before.lower.as_str(),
                "round"
                    | "match"
                    | "camp"
                    | "box"
                    | "group"
                    | "class"
                    | "exit"
                    | "game"
                    | "question"
                    | "radio"
                    | "figure"
                    | "number"
                    | "no"
                    | "size"
                    | "plan"
            );
        if !counts && !verb && !doubtful {
            return true;
        }
    }
    false
}

/// "soldiers": a lower-case word that may be a plural.
fn is_plural_noun(token: &Token, language: Language) -> bool {
    match language {
        Language::German => token.is_word() && token.is_capital(),
        Language::English
        | Language::French
        | Language::Spanish
        | Language::Continental
        | Language::Other => {
            token.is_word()
                && !token.is_capital()
                && token.lower.ends_with('s')
                && !token.is(VERB | AUXILIARY | PREPOSITION | ADVERB | PRONOUN)
        }
    }
}

/// "the two leaders", "these three": told of before, not counted.
pub fn is_known_set(tokens: &[Token], at: usize, value: &Value, end: usize) -> bool {
    if value.in_digits || value.is_part || value.low > 12.0 || value.vague {
        return false;
    }
    let Some(before) = at
        .checked_sub(1)
        .map(|before| tokens[before].lower.as_str())
    else {
        return false;
    };
    let time = end > value.end && !matches!(before, "same" | "these" | "those" | "both");
    !time
        && matches!(
            before,
            "the"
                | "these"
                | "those"
                | "both"
                | "same"
                | "other"
                | "first"
                | "last"
                | "die"
                | "diese"
                | "beiden"
                | "les"
                | "ces"
                | "los"
                | "las"
                | "estos"
                | "estas"
                | "next"
        )
        || matches!(word(tokens, Some(end)), "of")
            && matches!(word(tokens, Some(end + 1)), "us")
            && value.is_one
}

/// "one household" is counted, "one of them", "no one", "one can" are not.
pub fn counts_one(tokens: &[Token], at: usize, end: usize) -> bool {
    if tokens[at].digits().is_some() || end > at + 1 {
        return !matches!(word(tokens, Some(at + 1)), "day" | "night" | "time")
            || tokens[at].digits().is_some();
    }
    let before = at.checked_sub(1).map(|before| &tokens[before]);
    if before.is_some_and(|token| {
        token.is(DETERMINER | ADJECTIVE)
            || matches!(
                token.lower.as_str(),
                "no" | "not" | "any" | "every" | "some" | "which"
            )
            || token.is_dash()
    }) {
        return false;
    }
    let Some(next) = tokens.get(end).filter(|token| token.is_word()) else {
        return false;
    };
    let no_noun = next.is(PREPOSITION
        | CONJUNCTION
        | PRONOUN
        | AUXILIARY
        | VERB
        | ADVERB
        | DETERMINER
        | OF
        | ARTICLE
        | SMALL
        | PART
        | VAGUE)
        || matches!(
            next.lower.as_str(),
            "such"
                | "another"
                | "hand"
                | "day"
                | "side"
                | "thing"
                | "way"
                | "man's"
                | "point"
                | "time"
                | "moment"
        )
        || next.lower.ends_with("ly")
        || next.lower.ends_with("ed")
        || next.lower.ends_with("ing");
    !no_noun
}
