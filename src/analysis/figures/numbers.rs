//! The value a run of tokens states: digits, scales, number words, parts, vague numbers.
//!
//! Invariant: what is read starts at the token asked for and has a value; nothing is looked at twice.

use super::tokens::Token;
use super::words::{
    ADVERB, ARTICLE, AUXILIARY, CONJUNCTION, CURRENCY, FEW, HALF, Language, MEASURE_UNIT, MONTH,
    OF, PART, PEOPLE, PREPOSITION, PRONOUN, SAYING, SCALE, SMALL, TIME_UNIT, VAGUE, VERB,
};

/// A number as it is read.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each tells how the number is written"
)]
pub struct Value {
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
    /// One past its last token.
    pub end: usize,
    /// It is a part of something, in percent.
    pub is_part: bool,
    /// It has bounds of its own ("dozens").
    pub vague: bool,
    /// What its last scale multiplies by ("million"), 1 without.
    pub scale: f64,
    /// It opens with digits.
    pub in_digits: bool,
    /// It is "one" alone.
    pub is_one: bool,
}

/// The number that opens at a token.
pub fn value(tokens: &[Token], at: usize, language: Language, money: bool) -> Option<Value> {
    let first = tokens.get(at)?;
    if first.digits().is_some() {
        return Some(in_digits(tokens, at, money));
    }
    if !first.is_word() {
        return None;
    }
    half(tokens, at)
        .or_else(|| part(tokens, at))
        .or_else(|| vague(tokens, at))
        .or_else(|| in_words(tokens, at, language))
}

fn exact(value: f64, end: usize, scale: f64) -> Value {
    Value {
        low: value,
        high: value,
        end,
        is_part: false,
        vague: false,
        scale,
        in_digits: false,
        is_one: false,
    }
}

/// "412", "1.2 million", "400m" (of money), "3 in 4" is left to the grammar.
fn in_digits(tokens: &[Token], at: usize, money: bool) -> Value {
    let digits = tokens[at].digits().unwrap_or_default();
    let mut scale = 1.0;
    let mut end = at + 1;
    if let Some(letter) = tokens
        .get(end)
        .filter(|token| token.glued && token.is_word())
    {
        let factor = match letter.lower.as_str() {
            "m" if money || is_million_of(tokens, end + 1) => 1e6,
            "k" => 1e3,
            "b" if money => 1e9,
            "bn" => 1e9,
            "tn" | "trn" | "t" if money => 1e12,
            "mn" | "mln" | "mio" => 1e6,
            _ => 1.0,
        };
        if factor > 1.0 {
            scale = factor;
            end += 1;
        }
    }
    while let Some(token) = tokens.get(end) {
        let hyphen = usize::from(token.is_dash() && token.glued);
        match tokens.get(end + hyphen) {
            Some(token) if token.is(SCALE) && token.entry.value >= 10.0 && scale < 1e12 => {
                scale *= token.entry.value;
                end += hyphen + 1;
            }
            Some(_) | None => break,
        }
    }
    Value {
        in_digits: true,
        ..exact(digits.value * scale, end, scale)
    }
}

/// "3.2m customers", "1.5m km": no metres.
fn is_million_of(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| {
        token.is(MEASURE_UNIT | PEOPLE)
            || token.is_word()
                && !token.is(PREPOSITION | CONJUNCTION | AUXILIARY | ADVERB)
                && token.lower.ends_with('s')
    })
}

/// "half of", "half a million", "half the", "half a dozen".
fn half(tokens: &[Token], at: usize) -> Option<Value> {
    let first = &tokens[at];
    if !first.is(HALF) {
        return None;
    }
    let mut next = at + 1;
    if tokens
        .get(next)
        .is_some_and(|token| token.is_dash() && token.glued)
    {
        next += 1;
    }
    let article = tokens.get(next).is_some_and(|token| token.is(ARTICLE));
    let scale = tokens.get(next + usize::from(article))?;
    if scale.is(SCALE) {
        let end = next + usize::from(article) + 1;
        return Some(exact(scale.entry.value / 2.0, end, scale.entry.value));
    }
    None
}

/// "two thirds", "a quarter of", "die Hälfte", "half of": a part in percent; "a quarter of a million": a number.
fn part(tokens: &[Token], at: usize) -> Option<Value> {
    let mut count = 1.0;
    let mut next = at;
    if tokens[at].is(SMALL) && !tokens[at].is(PART) {
        count = tokens[at].entry.value;
        next += 1;
    } else if tokens[at].is(ARTICLE) {
        next += 1;
    }
    if next > at
        && tokens
            .get(next)
            .is_some_and(|token| token.is_dash() && token.glued)
    {
        next += 1;
    }
    let denominator = tokens.get(next)?;
    if !denominator.is(PART) || denominator.entry.value <= 1.0 {
        return None;
    }
    let whole = denominator.entry.value;
    let bare = next == at;
    // "the third house" is no part, and "first half of the year" none of anything counted.
    if bare && whole > 2.0 {
        return None;
    }
    if at > 0 && bare && is_period(&tokens[at - 1]) {
        return None;
    }
    let end = next + 1;
    let after = tokens.get(end);
    if after.is_some_and(|token| token.is(OF)) {
        let article = usize::from(tokens.get(end + 1).is_some_and(|token| token.is(ARTICLE)));
        if let Some(scale) = tokens
            .get(end + 1 + article)
            .filter(|token| token.is(SCALE))
        {
            let value = count / whole * scale.entry.value;
            return Some(exact(value, end + 2 + article, scale.entry.value));
        }
    }
    if count > whole || count == 0.0 || after.is_some_and(|token| token.is(TIME_UNIT)) {
        return None;
    }
    let opens =
        after.is_some_and(|token| token.is(OF | super::words::DETERMINER | super::words::PRONOUN));
    let plural = count > 1.0;
    // "by a third", "about a quarter", "half were".
    let before = at.checked_sub(1).map(|before| &tokens[before]);
    let alone = before.is_some_and(|token| {
        matches!(
            token.lower.as_str(),
            "by" | "about"
                | "nearly"
                | "almost"
                | "than"
                | "least"
                | "roughly"
                | "over"
                | "around"
                | "under"
                | ","
        ) || token.is(SAYING)
    }) && after.is_none_or(|token| {
        token.is(AUXILIARY | VERB | PREPOSITION)
            || token.is_any_mark() && !token.is_dash()
            || token.lower.ends_with("ed")
    });
    if !opens && !plural && !alone && !is_german_part(denominator) {
        return None;
    }
    let percent = (count / whole * 10_000.0).round() / 100.0;
    Some(Value {
        is_part: true,
        ..exact(percent, end, 1.0)
    })
}

fn is_german_part(token: &Token) -> bool {
    token.lower == "hälfte" || token.lower.ends_with("tel")
}

/// "first half", "last quarter": a time.
fn is_period(token: &Token) -> bool {
    matches!(
        token.lower.as_str(),
        "first"
            | "second"
            | "third"
            | "fourth"
            | "last"
            | "other"
            | "ersten"
            | "erste"
            | "zweite"
            | "zweiten"
            | "letzten"
            | "latter"
            | "former"
            | "second-"
            | "première"
            | "seconde"
            | "primera"
            | "segunda"
    )
}

/// "dozens", "tens of thousands", "a few hundred", "several thousand".
fn vague(tokens: &[Token], at: usize) -> Option<Value> {
    let first = &tokens[at];
    let bounds = |low: f64, high: f64, end: usize| Value {
        high,
        vague: true,
        ..exact(low, end, 1.0)
    };
    let few = if first.is(ARTICLE) { at + 1 } else { at };
    if let Some(token) = tokens.get(few).filter(|token| token.is(FEW)) {
        let of = usize::from(tokens.get(few + 1).is_some_and(|token| token.is(OF)));
        let scale = tokens
            .get(few + 1 + of)
            .filter(|token| token.is(SCALE | VAGUE))?;
        let end = few + 2 + of;
        let unit = if scale.is(SCALE) {
            scale.entry.value
        } else {
            scale.entry.value / 2.0
        };
        return Some(if token.lower == "couple" {
            exact(2.0 * unit, end, unit)
        } else if unit < 100.0 {
            bounds(2.0 * unit, 99.0, end)
        } else {
            bounds(2.0 * unit, 10.0 * unit - 1.0, end)
        });
    }
    if !first.is(VAGUE) {
        return None;
    }
    let low = if first.is(SCALE) {
        2.0 * first.entry.value
    } else {
        first.entry.value
    };
    let scaled = (tokens.get(at + 1).is_some_and(|token| token.is(OF)))
        .then(|| tokens.get(at + 2))
        .flatten()
        .filter(|token| token.is(VAGUE) && token.entry.high > first.entry.high);
    if let Some(outer) = scaled {
        let unit = if outer.is(SCALE) {
            outer.entry.value
        } else {
            outer.entry.value / 2.0
        };
        let tens = if first.entry.high < 100.0 {
            10.0
        } else {
            100.0
        };
        return Some(bounds(2.0 * tens * unit, 10.0 * tens * unit - 1.0, at + 3));
    }
    let is_number = match first.lower.as_str() {
        // Alone it is no number.
        "tens" => false,
        // People settle scores, and scores are played from: "scores of", "scores were hurt".
        "scores" => {
            let next = tokens.get(at + 1);
            next.is_some_and(|next| next.is(OF | AUXILIARY))
        }
        _ => true,
    };
    is_number.then(|| bounds(low, first.entry.high, at + 1))
}

/// "two hundred and thirty-four thousand", "a hundred", "quatre-vingt-dix", "treinta y cinco".
fn in_words(tokens: &[Token], at: usize, language: Language) -> Option<Value> {
    let mut total = 0.0;
    let mut current = 0.0;
    let mut scale = 1.0;
    let mut end = at;
    let mut next = at;
    let article = tokens[at].is(ARTICLE);
    if article {
        next += 1;
        if !tokens.get(next)?.is(SCALE) {
            return None;
        }
    }
    let alone = matches!(
        language,
        Language::German | Language::French | Language::Spanish
    );
    while let Some(token) = tokens.get(next).filter(|token| token.is_word()) {
        let value = token.entry.value;
        if end > at && token.is_capital() && !tokens[at].is_capital() {
            break;
        }
        if token.is(SMALL) {
            // Number words are whole.
            let (rest, unit) = ((current % 100.0) as u32, value as u32);
            let fits = if value >= 100.0 {
                current == 0.0
            } else {
                rest == 0
                    || (rest >= 20 && rest % 10 == 0 && unit < 10)
                    || (language == Language::French && matches!(rest, 60 | 80) && unit < 20)
            };
            if language == Language::French && rest == 4 && unit == 20 {
                current += 76.0;
            } else if fits {
                current += value;
            } else {
                break;
            }
        } else if token.is(SCALE) {
            if end == at && !article && !alone {
                return None;
            }
            if token.is(VAGUE) && end == at {
                return None;
            }
            scale = value;
            let count = if current == 0.0 { 1.0 } else { current };
            if value < 1000.0 {
                if current >= 100.0 {
                    break;
                }
                current = count * value;
            } else if total > 0.0 && current == 0.0 {
                total *= value;
            } else {
                total += count * value;
                current = 0.0;
            }
        } else {
            break;
        }
        next += 1;
        end = next;
        next = joined(tokens, next, language, (current, total));
    }
    let mut number = total + current;
    if end == at || (end == at + 1 && article) {
        return None;
    }
    // "two and a half million".
    if tokens.get(end).is_some_and(|token| token.lower == "and")
        && tokens.get(end + 1).is_some_and(|token| token.is(ARTICLE))
        && tokens.get(end + 2).is_some_and(|token| token.is(HALF))
    {
        number += 0.5;
        end += 3;
        if let Some(token) = tokens.get(end).filter(|token| token.is(SCALE)) {
            number *= token.entry.value;
            scale = token.entry.value;
            end += 1;
        }
    }
    let is_one = end == at + 1 && (number - 1.0).abs() < f64::EPSILON;
    (number > 0.0 || tokens[at].is(SMALL)).then_some(Value {
        is_one,
        ..exact(number, end, scale)
    })
}

/// Where a number goes on after a hyphen, "and", "et", "y".
fn joined(
    tokens: &[Token],
    next: usize,
    language: Language,
    (current, total): (f64, f64),
) -> usize {
    let Some(token) = tokens.get(next) else {
        return next;
    };
    let follows = |roles| tokens.get(next + 1).is_some_and(|token| token.is(roles));
    if token.is_dash() && token.glued && follows(SMALL | SCALE) {
        return next + 1;
    }
    let may_join = match language {
        Language::English => {
            (token.lower == "and")
                && ((current >= 100.0) || (total > 0.0 && current == 0.0))
                && !tokens
                    .get(next + 2)
                    .is_some_and(|token| token.is(super::words::SCALE) && total > 0.0)
        }
        Language::French => token.lower == "et" && current >= 20.0,
        Language::Spanish => token.lower == "y" && current % 100.0 >= 30.0,
        Language::German | Language::Continental | Language::Other => false,
    };
    if may_join && follows(SMALL) {
        next + 1
    } else {
        next
    }
}

/// Whether a token can open a number.
pub fn may_open(token: &Token) -> bool {
    token.digits().is_some()
        || token.is(SMALL | SCALE | VAGUE | HALF | PART)
        || token.is(ARTICLE | FEW) && !token.is(MONTH | CURRENCY | PRONOUN)
}
