//! How old somebody is, which is no figure.
//!
//! Invariant: looks at a few tokens around the number.

use super::super::numbers::Value;
use super::super::tokens::Token;
use super::super::words::{
    ARTICLE, AUXILIARY, CONJUNCTION, PEOPLE, PREPOSITION, SMALL, TIME_UNIT, VERB,
};
use super::word;

/// "a boy of 12", "parents under forty", "a girl of twenty", "un homme de 24 ans", ", 51 ans,": how old somebody is.
fn is_age_of_somebody(tokens: &[Token], at: usize, value: &Value, end: usize) -> bool {
    if value.low < 4.0 || value.vague {
        return false;
    }
    let before = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at));
    let is_closed = |at: usize| {
        tokens.get(at).is_none_or(|token| {
            token.is_any_mark() && !token.is_dash()
                || token.is(PREPOSITION | CONJUNCTION | AUXILIARY)
        })
    };
    let joint = word(tokens, at.checked_sub(1));
    // In years, where the unit is read with the number.
    if tokens[value.end..end.max(value.end)]
        .iter()
        .chain(tokens.get(value.end))
        .any(|token| matches!(token.lower.as_str(), "ans" | "años"))
    {
        let comma = before(1).is_some_and(|token| token.is_any_mark() && token.text == ",");
        let named = before(2).is_some_and(|token| token.is_word() && token.is_capital());
        let person = before(3).is_some_and(|token| token.is(ARTICLE) || token.lower == "l");
        let is_prison = before(2).is_some_and(|token| {
            matches!(
                token.lower.as_str(),
                "peine" | "pena" | "durée" | "condena" | "période"
            )
        });
        return comma && named && is_closed(value.end + 1) || joint == "de" && person && !is_prison;
    }
    // "He was 74 when he wrote them", "I was 33 then".
    let then = matches!(word(tokens, Some(end)), "when" | "then" | "at" | "as")
        || tokens.get(end).is_none_or(Token::is_any_mark);
    let told = matches!(joint, "was" | "am" | "is" | "were")
        && matches!(word(tokens, at.checked_sub(2)), "he" | "she" | "i" | "who");
    if told && then && end == value.end && value.low < 111.0 {
        return true;
    }
    if end != value.end || !is_closed(end) {
        return false;
    }
    let person = |token: Option<&Token>| {
        token.is_some_and(|token| {
            matches!(
                token.lower.as_str(),
                "boy"
                    | "girl"
                    | "man"
                    | "woman"
                    | "child"
                    | "lad"
                    | "youth"
                    | "teenager"
                    | "daughter"
                    | "son"
            )
        })
    };
    let article = before(3).is_some_and(|token| token.is(ARTICLE));
    // "One of them, a teacher of 40, said": beside the name, between commas.
    let beside = before(4).is_some_and(|token| token.is_mark(','))
        && tokens.get(end).is_some_and(|token| token.is_mark(','))
        && before(2).is_some_and(|token| {
            ["er", "or", "ist", "ian"]
                .iter()
                .any(|ending| token.lower.ends_with(ending))
        });
    if joint == "of" && article && (beside || person(before(2))) {
        return true;
    }
    // "96 are under eighteen", "mothers over thirty".
    let grown = before(2).is_some_and(|token| {
        matches!(
            token.lower.as_str(),
            "are" | "were" | "parents" | "mothers" | "fathers"
        ) || token.is(PEOPLE)
    });
    matches!(joint, "under" | "over")
        && grown
        && (10.0..=100.0).contains(&value.low)
        && !value.in_digits
}

pub(super) fn is_age(tokens: &[Token], at: usize, value: &Value, end: usize) -> bool {
    if is_age_of_somebody(tokens, at, value, end) {
        return true;
    }
    let before = at.checked_sub(1);
    let before_word = word(tokens, before);
    if value.low > 120.0 || value.low < 1.0 {
        return false;
    }
    if matches!(
        before_word,
        "aged" | "age" | "ages" | "turned" | "turning" | "turns"
    ) {
        return true;
    }
    // "aged 58 and 71", "the age of 25", "under the age of 25", "aged between 18 and 25", "aged 18 to 25".
    for back in 2..=4 {
        let Some(from) = at.checked_sub(back) else {
            break;
        };
        let between = &tokens[from + 1..at];
        let joined = between.iter().all(|token| {
            token.digits().is_some()
                || token.is(PREPOSITION | CONJUNCTION)
                || token.is_dash()
                || token.is(SMALL)
        });
        if joined && matches!(word(tokens, Some(from)), "aged" | "age" | "ages" | "alter") {
            return true;
        }
    }
    let hyphen = |at: usize| tokens.get(at).is_some_and(Token::is_dash);
    // "29-year-old", "29 years old", "29 years of age".
    let unit = value.end + usize::from(hyphen(value.end));
    if tokens.get(unit).is_some_and(|token| token.is(TIME_UNIT)) {
        let old = unit + 1 + usize::from(hyphen(unit + 1));
        let after = word(tokens, Some(old));
        if matches!(after, "old" | "olds" | "alt")
            || after == "of" && word(tokens, Some(old + 1)) == "age"
        {
            return true;
        }
    }
    if hyphen(value.end) {
        let compound = word(tokens, Some(value.end + 1));
        if compound.starts_with("jährig") || compound.starts_with("something") {
            return true;
        }
    }
    // "who is 61,".
    let told = matches!(before_word, "is" | "was" | "ist" | "war")
        && at >= 2
        && matches!(
            tokens[at - 2].lower.as_str(),
            "who" | "he" | "she" | "i" | "er" | "sie"
        );
    if told
        && end == value.end
        && tokens
            .get(end)
            .is_none_or(|token| token.is_any_mark() && !token.is_dash())
    {
        return true;
    }
    // ", 52," after a name.
    let whole = value.low.fract() == 0.0 && value.end == end && end == at + 1;
    let comma = before.is_some_and(|before| {
        tokens[before].is_any_mark() && matches!(tokens[before].text, "," | "(")
    });
    let closes = tokens
        .get(end)
        .is_none_or(|token| matches!(token.text, "," | "." | ";" | ")" | ":"));
    let name = at >= 2 && tokens[at - 2].is_word() && tokens[at - 2].is_capital();
    if whole && comma && closes && name && value.low >= 4.0 && value.in_digits {
        return true;
    }
    // "voters under thirty".
    let people = at >= 2 && tokens[at - 2].is(PEOPLE);
    people
        && matches!(before_word, "under" | "over" | "below" | "above")
        && tokens.get(end).is_none_or(|token| {
            !token.is_word() || token.is(VERB | AUXILIARY | PREPOSITION | CONJUNCTION)
        })
}
