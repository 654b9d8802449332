//! The phrases of time, place and event in a sentence: "in 1988", "on Tuesday", "during the siege of Brill", "a year earlier".
//!
//! Invariant: phrases do not overlap, and stand in the order of the text.

use super::super::counted::Reading;
use super::super::tokens::Token;
use super::super::words::{
    ADVERB, AUXILIARY, CONJUNCTION, Language, MONTH, OF, PREPOSITION, PRONOUN, SAYING, SCALE,
    SMALL, TIME_UNIT, VAGUE, VERB, WEEKDAY,
};
use super::home::{Home, year};
use super::leads_to_name;
use crate::text::ByteSpan;
use std::collections::BTreeSet;

/// Most tokens of a phrase.
const LONGEST: usize = 12;

/// A phrase.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// First token.
    pub start: usize,
    /// One past its last.
    pub end: usize,
    /// As it stands.
    pub text: String,
    /// Its names, in small letters.
    pub names: BTreeSet<String>,
    /// Its days, months and years.
    pub dates: BTreeSet<String>,
    /// Its years.
    pub years: BTreeSet<i32>,
    /// A preposition or an adverb opens it.
    pub is_phrase: bool,
    /// It names a day of the week, which is of the time of the document.
    pub is_weekday: bool,
    /// Another time, place or event than the document's.
    pub is_elsewhere: bool,
}

/// The phrases of a sentence.
pub fn found(
    reading: Reading,
    text: &str,
    (start, end): (usize, usize),
    home: &Home,
) -> Vec<Found> {
    let mut out = Vec::new();
    let mut at = start;
    while at < end {
        let last = relative(reading.tokens, at, end)
            .map(|last| (last, true))
            .or_else(|| prepositional(reading, at, end).map(|last| (last, false)))
            .or_else(|| compound(reading, at, end).map(|last| (last, false)))
            .or_else(|| subject(reading, at, start, end).map(|last| (last, false)));
        let Some((last, is_relative)) = last else {
            at += 1;
            continue;
        };
        out.push(phrase(reading, text, (at, last), home, is_relative));
        at = last;
    }
    out
}

/// The phrases of a heading: years anywhere, and names unless all its words have capitals.
pub fn of_heading(reading: Reading, text: &str, home: &Home, is_title_case: bool) -> Vec<Found> {
    let tokens = reading.tokens;
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let phrase_end = prepositional(reading, at, tokens.len())
            .or_else(|| compound(reading, at, tokens.len()))
            .filter(|_| !is_title_case);
        let end = phrase_end.or_else(|| is_year(&tokens[at]).then_some(at + 1));
        let Some(end) = end else {
            at += 1;
            continue;
        };
        let mut found = phrase(reading, text, (at, end), home, false);
        if is_title_case {
            text.clone_into(&mut found.text);
        }
        out.push(found);
        at = end;
    }
    out
}

fn phrase(
    reading: Reading,
    text: &str,
    (start, end): (usize, usize),
    home: &Home,
    is_relative: bool,
) -> Found {
    let tokens = reading.tokens;
    let span = ByteSpan::new(tokens[start].start, tokens[end - 1].end);
    let mut found = Found {
        start,
        end,
        text: span.of(text).to_owned(),
        is_phrase: is_relative || tokens[start].is(PREPOSITION),
        ..Found::default()
    };
    let mut months = BTreeSet::new();
    for (at, token) in tokens[start..end].iter().enumerate() {
        if is_year(token) {
            found.years.extend(year(token.text));
            found.dates.insert(token.text.to_owned());
        } else if token.digits().is_some() || token.is(WEEKDAY) && token.is_capital() {
            found.is_weekday |= token.is(WEEKDAY);
            found.dates.insert(token.text.to_lowercase());
        } else if token.is(MONTH) && (token.is_capital() || reading.language != Language::English) {
            found.dates.insert(token.lower.clone());
            months.extend(month(&token.lower));
        } else if token.is_word()
            && token.is_capital()
            && (at > 0 || !token.is(PREPOSITION))
            && !leads_to_name(token)
        {
            found.names.insert(token.lower.clone());
        }
    }
    if is_relative {
        if let Some(now) = home.year().filter(|_| is_last_year(tokens, start)) {
            found.years.insert(now - 1);
        }
        found.dates.insert(found.text.to_lowercase());
        found.is_elsewhere = true;
        return found;
    }
    // A day of the week far back is hardly told without its date.
    found.is_weekday &= found.years.is_empty() && months.is_empty();
    let is_place = tokens[start].is(PREPOSITION) && is_of_place(&tokens[start].lower)
        || !tokens[start].is(PREPOSITION);
    let is_strange = is_place && found.names.iter().any(|name| !home.has(name));
    found.is_elsewhere = is_strange || home.is_another_time(&found.years, &months);
    found
}

fn is_year(token: &Token) -> bool {
    token
        .digits()
        .is_some_and(|digits| digits.whole == 4 && !digits.grouped && digits.decimals == 0)
        && year(token.text).is_some()
}

/// "on" and "at" stand before media and people as often as before places.
fn is_of_place(preposition: &str) -> bool {
    matches!(
        preposition,
        "in" | "near"
            | "across"
            | "during"
            | "throughout"
            | "inside"
            | "outside"
            | "within"
            | "around"
            | "after"
            | "before"
            | "since"
            | "from"
            | "until"
            | "at"
            | "im"
            | "während"
            | "nach"
            | "vor"
            | "seit"
            | "bei"
            | "à"
            | "dans"
            | "pendant"
            | "après"
            | "avant"
            | "depuis"
            | "près"
            | "en"
            | "durante"
            | "tras"
            | "desde"
            | "cerca"
    )
}

/// "last year", "a year earlier", "ten years ago", "the year before": where they end.
fn relative(tokens: &[Token], at: usize, end: usize) -> Option<usize> {
    let word = |at: usize| {
        tokens
            .get(at)
            .filter(|_| at < end)
            .map_or("", |token| token.lower.as_str())
    };
    let is_years = |at: usize| {
        matches!(
            word(at),
            "year" | "years" | "decade" | "decades" | "century"
        )
    };
    if is_last_year(tokens, at) {
        return Some(at + 2);
    }
    // The number before "years ago" is a figure of its own; the words around it are not.
    let back = |at: usize| matches!(word(at), "earlier" | "ago" | "before");
    let opens = matches!(word(at), "a" | "the")
        || tokens[at].digits().is_some()
        || tokens[at].is(SMALL | VAGUE | SCALE);
    (opens && is_years(at + 1) && back(at + 2)).then_some(at + 3)
}

fn is_last_year(tokens: &[Token], at: usize) -> bool {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_str());
    matches!(
        (word(at), word(at + 1)),
        ("last", "year" | "summer" | "winter" | "spring" | "autumn")
            | (
                "letztes" | "vergangenes" | "vergangenen" | "letzten",
                "jahr" | "jahres"
            )
            | ("l" | "an" | "année", "dernier" | "dernière")
            | ("año", "pasado")
    )
}

/// "in Arden", "on Tuesday", "during the siege of Brill", "in the war with Brill", "in the “Red Winter” of 1931".
fn prepositional(reading: Reading, at: usize, end: usize) -> Option<usize> {
    let tokens = reading.tokens;
    let opener = &tokens[at];
    let is_opener = opener.is(PREPOSITION) && !opener.is(OF) && !is_of_no_place(&opener.lower);
    if !is_opener {
        return None;
    }
    let mut name = at + 1;
    while name < end && name < at + 3 && leads_to_name(&tokens[name]) {
        name += 1;
    }
    let has_determiner = name > at + 1;
    let is_origin = is_of_days_only(&opener.lower);
    if let Some(last) = names(reading, name, end, at) {
        // "before Brill's council": of something else than the name.
        let owner = ["'s", "\u{2019}s"]
            .iter()
            .any(|ending| tokens[last - 1].text.ends_with(ending));
        let dated = tokens[name..last]
            .iter()
            .any(|token| is_year(token) || token.is(MONTH | WEEKDAY));
        if owner || is_origin && !dated {
            return None;
        }
        return Some(with_noun(reading, last, end, has_determiner));
    }
    // "the siege of Brill", "the war with Brill": a noun, and its name.
    if !has_determiner {
        return None;
    }
    let mut noun = name;
    while noun < end && noun < name + 3 && is_common_noun(reading, noun) {
        noun += 1;
    }
    let joins = tokens.get(noun).is_some_and(|token| {
        matches!(
            token.lower.as_str(),
            "of" | "with"
                | "against"
                | "in"
                | "between"
                | "at"
                | "de"
                | "du"
                | "del"
                | "von"
                | "gegen"
        )
    });
    if noun == name || !joins {
        // "during the war": when, without a name.
        let during = matches!(
            opener.lower.as_str(),
            "during" | "pendant" | "während" | "durante"
        );
        return (during && noun > name).then_some(noun);
    }
    let mut inner = noun + 1;
    while inner < end && leads_to_name(&tokens[inner]) {
        inner += 1;
    }
    names(reading, inner, end, at)
}

/// Prepositions of neither time nor place.
fn is_of_no_place(preposition: &str) -> bool {
    matches!(
        preposition,
        "to" | "by"
            | "for"
            | "with"
            | "without"
            | "against"
            | "per"
            | "as"
            | "than"
            | "about"
            | "including"
            | "par"
            | "pour"
            | "avec"
            | "sans"
            | "por"
            | "para"
            | "con"
            | "sin"
            | "mit"
            | "von"
            | "durch"
            | "für"
            | "als"
            | "wie"
            | "selon"
            | "según"
            | "like"
            | "despite"
            | "via"
            | "worth"
            | "plus"
            | "minus"
            | "versus"
            | "following"
            | "toward"
    )
}

/// Where something comes from, what it stands on or goes through is where it holds only if it is a day.
fn is_of_days_only(preposition: &str) -> bool {
    matches!(
        preposition,
        "from"
            | "off"
            | "out"
            | "aus"
            | "on"
            | "through"
            | "over"
            | "under"
            | "above"
            | "below"
            | "between"
            | "among"
            | "beyond"
            | "into"
            | "onto"
            | "up"
            | "down"
            | "along"
            | "behind"
            | "sur"
            | "sous"
            | "sobre"
            | "auf"
            | "über"
            | "unter"
    )
}

/// Where names and dates end that open at a token.
fn names(reading: Reading, from: usize, end: usize, opener: usize) -> Option<usize> {
    let tokens = reading.tokens;
    let is_quote = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|token| matches!(token.text, "“" | "”" | "\"" | "‘" | "«" | "»" | "„"))
    };
    let mut last = from;
    if is_quote(last) {
        last += 1;
    }
    let opens = last;
    while last < end && last < opener + LONGEST {
        if is_name_or_date(reading, last) || last > opens && is_quote(last) {
            last += 1;
        } else if last > opens
            && (tokens[last].is_dash() || tokens[last].is_mark('/') || tokens[last].is(OF))
            && last + 1 < end
            && (is_name_or_date(reading, last + 1)
                || tokens[last].is_mark('/') && tokens[last + 1].digits().is_some())
        {
            last += 2;
        } else if last > opens
            && tokens[last].is_mark(',')
            && tokens.get(last + 1).is_some_and(is_year)
            && last + 1 < end
        {
            // "14 March, 2019".
            last += 2;
        } else {
            break;
        }
    }
    (last > opens).then_some(last)
}

fn is_name_or_date(reading: Reading, at: usize) -> bool {
    let tokens = reading.tokens;
    let Some(token) = tokens.get(at) else {
        return false;
    };
    let is_month = |at: Option<usize>| {
        at.and_then(|at| tokens.get(at))
            .is_some_and(|token| token.is(MONTH))
    };
    let day = token.digits().is_some_and(|digits| digits.value <= 31.0)
        && (is_month(Some(at + 1)) || is_month(at.checked_sub(1)));
    let is_romance = matches!(reading.language, Language::French | Language::Spanish);
    let is_proper = token.is_word()
        && token.is_capital()
        && !token.is(PRONOUN | CONJUNCTION | SAYING | SMALL | SCALE | VAGUE)
        && (reading.language != Language::German || token.is(MONTH | WEEKDAY));
    is_year(token)
        || day
        || is_proper
        || token.is(MONTH) && is_romance
        || token.is(WEEKDAY) && (token.is_capital() || is_romance)
}

/// "the June war", "the 1988 executions": the noun behind the name, where it is not what is counted.
fn with_noun(reading: Reading, last: usize, end: usize, has_determiner: bool) -> usize {
    if has_determiner && last < end && is_common_noun(reading, last) && !reading.is_verb(last) {
        last + 1
    } else {
        last
    }
}

fn is_common_noun(reading: Reading, at: usize) -> bool {
    reading.tokens.get(at).is_some_and(|token| {
        token.is_word()
            && (!token.is_capital() || reading.language == Language::German)
            && !token.is(PREPOSITION
                | OF
                | CONJUNCTION
                | AUXILIARY
                | PRONOUN
                | VERB
                | SAYING
                | ADVERB
                | SMALL
                | SCALE
                | VAGUE
                | TIME_UNIT)
    })
}

/// "the Brill–Arden War", "the Brill-Arden war": two names in one, wherever they stand.
fn compound(reading: Reading, at: usize, end: usize) -> Option<usize> {
    let tokens = reading.tokens;
    let is_proper = |at: usize| {
        at < end
            && tokens[at].is_word()
            && tokens[at].is_capital()
            && !tokens[at].is(SAYING | PRONOUN)
    };
    let is_led = at
        .checked_sub(1)
        .is_some_and(|before| leads_to_name(&tokens[before]));
    let is_joined = at + 2 < end && tokens[at + 1].is_dash() && tokens[at + 1].glued;
    if !is_led || !is_joined || !is_proper(at) || !is_proper(at + 2) {
        return None;
    }
    let noun = at + 3;
    let is_noun = is_proper(noun) || noun < end && is_common_noun(reading, noun);
    is_noun.then_some(noun + 1)
}

/// "The 2019 protests": a year between determiner and noun at the start of a sentence.
fn subject(reading: Reading, at: usize, start: usize, end: usize) -> Option<usize> {
    let tokens = reading.tokens;
    let opens = at > start && at <= start + 2 && leads_to_name(&tokens[at - 1]);
    (opens && is_year(&tokens[at]) && at + 1 < end && is_common_noun(reading, at + 1))
        .then_some(at + 2)
}

/// The number of a month by the first letters of its name.
fn month(word: &str) -> Option<i32> {
    let first: String = word.chars().take(3).collect();
    Some(match first.as_str() {
        "jan" | "jän" | "ene" => 1,
        "feb" | "fév" => 2,
        "mar" | "mär" => 3,
        "apr" | "avr" | "abr" => 4,
        "may" | "mai" => 5,
        "jun" => 6,
        "jui" if word == "juin" => 6,
        "jul" | "jui" => 7,
        "aug" | "aoû" | "ago" => 8,
        "sep" | "set" => 9,
        "oct" | "okt" => 10,
        "nov" => 11,
        "dec" | "déc" | "dez" | "dic" => 12,
        _ => return None,
    })
}
