//! Numbers that are no figures: dates, times, ages, ordinals, names, lists, addresses, telephones, scores.
//!
//! Invariant: each rule looks at a few tokens around the number and at the way it is written.

mod ages;
mod proper;

use super::numbers::Value;
use super::tokens::Token;
use super::words::{
    ADVERB, ARTICLE, AUXILIARY, CONJUNCTION, CURRENCY, DETERMINER, FATE, Language, MEASURE_UNIT,
    MONTH, PEOPLE, PERCENT, PREPOSITION, PRONOUN, SCALE, SMALL, TIME_UNIT, VERB, WEEKDAY,
};

use ages::is_age;
use proper::{counts_one, is_known_set, is_name};

fn word<'a>(tokens: &'a [Token], at: Option<usize>) -> &'a str {
    at.and_then(|at| tokens.get(at))
        .map_or("", |token| token.lower.as_str())
}

/// Where a run of digits that is no number ends: a date, a time, a telephone number, a list marker.
pub fn numbered(tokens: &[Token], at: usize, language: Language) -> Option<usize> {
    let digits = tokens[at].digits()?;
    let next = tokens.get(at + 1);
    let glued = |n: usize| tokens.get(at + n).filter(|token| token.glued);
    if digits.broken || digits.zero && digits.decimals == 0 && digits.whole > 1 {
        return Some(run_end(tokens, at));
    }
    // 18:00, 3/2/2020, 417/08.
    if glued(1).is_some_and(|token| matches!(token.text, ":" | "/"))
        && glued(2).is_some_and(|token| token.digits().is_some())
    {
        return Some(run_end(tokens, at));
    }
    if let Some(end) = called(tokens, at) {
        return Some(end);
    }
    // A telephone number: three runs of digits, or a + before it.
    if at > 0 && tokens[at - 1].is_mark('+') && tokens[at].glued {
        return Some(run_end(tokens, at));
    }
    let end = run_end(tokens, at);
    let runs = tokens[at..end]
        .iter()
        .filter(|token| token.digits().is_some())
        .count();
    if runs >= 3 {
        return Some(end);
    }
    // COVID-19, 2026-27, MI-6.
    if let Some(dash) = at
        .checked_sub(1)
        .filter(|dash| tokens[*dash].is_dash() && tokens[*dash].glued && tokens[at].glued)
        && dash > 0
        && tokens[dash - 1].is_word()
    {
        return Some(at + 1);
    }
    if glued(1).is_some_and(Token::is_dash)
        && let Some(second) = glued(2).and_then(Token::digits)
    {
        let years = digits.whole == 4
            && !digits.grouped
            && digits.decimals == 0
            && (1500.0..2100.0).contains(&digits.value);
        if years && (second.whole == 2 || second.whole == 4) {
            return Some(at + 3);
        }
        let unit = tokens.get(at + 3).is_some_and(|token| {
            token.is(PERCENT | MEASURE_UNIT | TIME_UNIT | CURRENCY | SCALE)
                || matches!(token.lower.as_str(), "per" | "pour" | "pro")
        });
        if digits.value >= second.value && digits.value < 200.0 && !unit {
            return Some(at + 3);
        }
    }
    // 1st, 1990s, 4b, 9am.
    if let Some(suffix) = glued(1).filter(|token| token.is_word()) {
        let lower = suffix.lower.as_str();
        let ordinal = matches!(
            lower,
            "st" | "nd"
                | "rd"
                | "th"
                | "s"
                | "am"
                | "pm"
                | "a"
                | "c"
                | "d"
                | "e"
                | "er"
                | "ère"
                | "ème"
                | "º"
                | "h"
                | "g"
                | "°"
                | "º."
        );
        let letter = lower.chars().count() == 1
            && !suffix.is(MEASURE_UNIT)
            && !matches!(lower, "k" | "m" | "b" | "t" | "p");
        if ordinal || letter {
            return Some(at + 2);
        }
        if language == Language::French && lower == "h" {
            return Some(at + 3);
        }
    }
    // A list marker.
    if at == 0
        && next.is_some_and(|token| matches!(token.text, "." | ")") && token.glued)
        && digits.decimals == 0
        && digits.value < 100.0
        && tokens.len() > 2
    {
        return Some(at + 1);
    }
    None
}

/// Where a number ends that somebody is called by or lives at.
fn called(tokens: &[Token], at: usize) -> Option<usize> {
    // "ring 555-0190".
    let is_dialled = matches!(
        word(tokens, at.checked_sub(1)),
        "ring" | "call" | "dial" | "phone" | "telephone" | "tel"
    );
    let end = run_end(tokens, at);
    if is_dialled && end > at + 1 {
        return Some(end);
    }
    // "5 Rue Haute".
    let is_street = tokens.get(at + 1).is_some_and(|token| {
        token.is_capital()
            && matches!(
                token.lower.as_str(),
                "rue" | "via" | "calle" | "boulevard" | "avenue" | "plaza"
            )
    });
    is_street.then_some(at + 1)
}

/// Where a run of digits and the marks between them ends.
fn run_end(tokens: &[Token], at: usize) -> usize {
    let mut end = at + 1;
    while let Some(token) = tokens.get(end) {
        let is_joint = token.glued
            && matches!(token.text, ":" | "/" | "-" | ".")
            && tokens
                .get(end + 1)
                .is_some_and(|after| after.glued && after.digits().is_some());
        let is_run = token
            .digits()
            .is_some_and(|digits| !digits.grouped || digits.whole > 3)
            && tokens[end - 1].end + 1 >= token.start;
        if is_joint {
            end += 2;
        } else if is_run {
            end += 1;
        } else {
            break;
        }
    }
    end
}

/// Whether a number that was read is none: a year, a clock time, an age, a name with a number, a pronoun.
pub fn is_no_figure(
    tokens: &[Token],
    at: usize,
    value: &Value,
    end: usize,
    language: Language,
) -> bool {
    is_ordinal(tokens, at, value, language)
        || is_date(tokens, at, value, language)
        || is_year(tokens, at, value, end, language)
        || is_time(tokens, at, value, end)
        || is_age(tokens, at, value, end)
        || is_name(tokens, at, value, end, language)
        || is_known_set(tokens, at, value, end)
        || (value.is_one && !counts_one(tokens, at, end))
        || is_score(tokens, at, value, end)
}

/// German "3. Februar", "19. Jahrhundert"; "two-thirds" has been read already; "hundredth".
fn is_ordinal(tokens: &[Token], at: usize, value: &Value, language: Language) -> bool {
    language == Language::German
        && value.in_digits
        && value.end == at + 1
        && value.low < 1000.0
        && tokens
            .get(at + 1)
            .is_some_and(|token| token.is_mark('.') && token.glued)
        && tokens.get(at + 2).is_some_and(|token| {
            token.is_word()
                && !token.is(DETERMINER
                    | PRONOUN
                    | ARTICLE
                    | PREPOSITION
                    | CONJUNCTION
                    | SMALL
                    | ADVERB)
        })
}

fn is_month(token: Option<&Token>, language: Language) -> bool {
    token.is_some_and(|token| {
        token.is(MONTH)
            && (token.is_capital() || matches!(language, Language::French | Language::Spanish))
    })
}

fn is_date(tokens: &[Token], at: usize, value: &Value, language: Language) -> bool {
    if !value.in_digits || value.end != at + 1 || value.low > 31.0 && value.low < 1000.0 {
        return false;
    }
    let of = usize::from(
        tokens
            .get(at + 1)
            .is_some_and(|token| matches!(token.lower.as_str(), "of" | "de" | ".")),
    );
    let before = at.checked_sub(1);
    // "March 2" and "March 2 people were killed": people are counted.
    // "Jan. 8".
    let before = before.map(|before| {
        if tokens[before].is_mark('.') && tokens[before].glued && before > 0 {
            before - 1
        } else {
            before
        }
    });
    let after_month = before.is_some_and(|before| is_month(tokens.get(before), language))
        && !tokens
            .get(end_of(value))
            .is_some_and(|token| token.is(PEOPLE | AUXILIARY));
    let after_day = before.is_some_and(|before| tokens[before].is_mark(','))
        && at >= 2
        && tokens[at - 2].digits().is_some()
        && at >= 3
        && is_month(tokens.get(at - 3), language);
    let paired = at >= 2
        && (tokens[at - 1].is_dash() || matches!(word(tokens, before), "and" | "und" | "to"))
        && tokens[at - 2].digits().is_some()
        && at >= 3
        && is_month(tokens.get(at - 3), language);
    let pair_before_month = (tokens.get(at + 1).is_some_and(|token| {
        token.is_dash() || matches!(token.lower.as_str(), "and" | "to" | "und" | "bis")
    })) && tokens
        .get(at + 2)
        .is_some_and(|token| token.digits().is_some())
        && is_month(tokens.get(at + 3), language);
    // "Thursday 8 and Friday 9 January"; but "on Thursday 8 people were killed".
    let after_weekday = before.is_some_and(|before| tokens[before].is(WEEKDAY))
        && value.low <= 31.0
        && tokens.get(at + 1).is_none_or(|token| {
            !token.is_word() && !token.is_mark('%') || token.is(CONJUNCTION | PREPOSITION)
        });
    (is_month(tokens.get(at + 1 + of), language) && value.low <= 31.0)
        || after_weekday
        || after_month
        || after_day
        || paired
        || pair_before_month
}

fn end_of(value: &Value) -> usize {
    value.end
}

/// A number of four digits that dates something.
fn is_year(tokens: &[Token], at: usize, value: &Value, end: usize, language: Language) -> bool {
    let Some(digits) = tokens[at].digits() else {
        return false;
    };
    let four = digits.whole == 4
        && digits.decimals == 0
        && !digits.grouped
        && (1000.0..2200.0).contains(&digits.value);
    if !four || value.end != at + 1 || end != value.end {
        return false;
    }
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let next = tokens.get(end);
    let dated = before.is_some_and(|token| {
        matches!(
            token.lower.as_str(),
            "in" | "since"
                | "from"
                | "until"
                | "till"
                | "by"
                | "before"
                | "after"
                | "during"
                | "the"
                | "its"
                | "early"
                | "late"
                | "mid"
                | "of"
                | "this"
                | "that"
                | "year"
                | "summer"
                | "winter"
                | "spring"
                | "autumn"
                | "fall"
                | "circa"
                | "("
                | "seit"
                | "bis"
                | "im"
                | "jahr"
                | "jahre"
                | "ab"
                | "vor"
                | "nach"
                | "en"
                | "depuis"
                | "desde"
                | "de"
                | "del"
                | "année"
                | "año"
                | "for"
                | "between"
                | "and"
                | "to"
                | "through"
        ) || token.is(MONTH)
            || token.digits().is_some()
            || token.is_dash()
            || token.is(ARTICLE)
    });
    let counted = next.is_some_and(|token| {
        token.is_word()
            && !token.is(PREPOSITION
                | CONJUNCTION
                | AUXILIARY
                | PRONOUN
                | VERB
                | ADVERB
                | DETERMINER
                | ARTICLE)
            && (token.is(PEOPLE | FATE | CURRENCY | MEASURE_UNIT)
                || (!token.is_capital() || language == Language::German)
                    && !token.lower.ends_with("ed"))
    });
    let people = next.is_some_and(|token| token.is(PEOPLE | FATE));
    if !(1500.0..2100.0).contains(&digits.value) {
        return !counted
            && dated
            && !people
            && digits.value < 1500.0
            && before.is_some_and(|token| matches!(token.lower.as_str(), "in" | "year"));
    }
    if people {
        return before
            .is_some_and(|token| matches!(token.lower.as_str(), "in" | "since" | "im" | "year"));
    }
    dated || !counted
}

fn is_time(tokens: &[Token], at: usize, value: &Value, end: usize) -> bool {
    if let Some(next) = tokens.get(value.end) {
        let am = matches!(
            next.lower.as_str(),
            "am" | "pm"
                | "a.m"
                | "p.m"
                | "uhr"
                | "o'clock"
                | "gmt"
                | "utc"
                | "noon"
                | "midnight"
                | "bst"
                | "edt"
                | "est"
        );
        let dotted = matches!(next.lower.as_str(), "a" | "p")
            && tokens
                .get(value.end + 1)
                .is_some_and(|token| token.is_mark('.'))
            && word(tokens, Some(value.end + 2)) == "m";
        if am || dotted {
            return true;
        }
    }
    if is_hour_of_day(tokens, at, value) {
        return true;
    }
    let before = at.checked_sub(1);
    let digits = tokens[at].digits();
    let clock = digits.is_some_and(|digits| {
        digits.decimals == 2 && digits.value < 24.0 && (digits.value.fract() * 100.0).round() < 60.0
    });
    let opens = matches!(
        word(tokens, before),
        "at" | "um" | "by" | "until" | "from" | "gegen" | "before" | "after"
    );
    // "at 10.40 in the morning", "at six".
    let bare = end == value.end;
    let follows = word(tokens, Some(end));
    let day_part = follows == "in"
        && word(tokens, Some(end + 1)) == "the"
        && matches!(
            word(tokens, Some(end + 2)),
            "morning" | "afternoon" | "evening"
        )
        || matches!(follows, "at") && word(tokens, Some(end + 1)) == "night";
    bare && ((clock && opens && word(tokens, before) != "from") || (value.low <= 24.0 && day_part))
}

/// French "18 h 30", "à 6 h": the hours, and the minutes behind them.
fn is_hour_of_day(tokens: &[Token], at: usize, value: &Value) -> bool {
    let is_h = |at: Option<usize>| {
        at.and_then(|at| tokens.get(at))
            .is_some_and(|token| token.text == "h")
    };
    let hours = is_h(Some(value.end)) && value.in_digits && value.low < 25.0;
    let minutes = is_h(at.checked_sub(1)) && value.in_digits && value.low < 60.0;
    hours || minutes
}

/// "3-1" without a unit.
fn is_score(tokens: &[Token], at: usize, value: &Value, end: usize) -> bool {
    let dash = |at: Option<usize>| {
        at.and_then(|at| tokens.get(at))
            .is_some_and(|token| token.is_dash() && token.glued)
    };
    value.in_digits
        && end == at + 1
        && at >= 2
        && tokens[at].glued
        && dash(at.checked_sub(1))
        && tokens[at - 2]
            .digits()
            .is_some_and(|first| first.value >= value.low && first.value < 200.0)
}
