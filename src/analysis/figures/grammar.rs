//! The figures in a passage: numbers with ranges, units and hedges.
//!
//! Invariant: figures stand in the order of the text and do not overlap; each has a bound.

use super::hedges;
use super::names;
use super::numbers::{self, Value};
use super::tokens::Token;
use super::words::{
    ADVERB, ARTICLE, AUXILIARY, CURRENCY, DETERMINER, HALF, Language, MEASURE_UNIT, OF, PERCENT,
    PREPOSITION, PRONOUN, SCALE, SMALL, TIME_UNIT, VERB,
};
use super::{FigureKind, hedges::Bound};

/// A figure in tokens.
#[derive(Clone, Debug)]
pub struct Raw {
    /// Its first token, hedge and currency sign included.
    pub start: usize,
    /// One past its last, unit included.
    pub end: usize,
    /// The tokens of the number itself.
    pub number: (usize, usize),
    /// Lower bound.
    pub low: Option<f64>,
    /// Upper bound.
    pub high: Option<f64>,
    /// What kind it is.
    pub kind: FigureKind,
    /// Its unit.
    pub unit: Option<String>,
    /// The tokens of its hedge.
    pub hedge: Option<(usize, usize)>,
    /// The tokens of a noun inside it: "one household in six".
    pub inner_noun: Option<(usize, usize)>,
    /// The unit is a noun after a hyphen: "25-year", "230-member".
    pub compound: bool,
}

/// A number with its currency sign and unit.
#[derive(Clone, Copy, Debug)]
struct Amount {
    value: Value,
    start: usize,
    end: usize,
    kind: FigureKind,
    unit: Option<&'static str>,
    factor: f64,
    inner_noun: Option<(usize, usize)>,
    compound: bool,
}

/// The figures of a passage.
pub fn figures(tokens: &[Token], language: Language) -> Vec<Raw> {
    let mut out: Vec<Raw> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !numbers::may_open(&tokens[at]) {
            at += 1;
            continue;
        }
        if let Some(end) = names::numbered(tokens, at, language) {
            at = end.max(at + 1);
            continue;
        }
        let Some(first) = amount(tokens, at, language) else {
            at += 1;
            continue;
        };
        let floor = out.last().map_or(0, |last| last.end);
        if names::is_no_figure(tokens, at, &first.value, first.end, language) {
            at = first.end.max(at + 1);
            continue;
        }
        let raw = complete(tokens, &first, floor, language);
        at = raw.end.max(at + 1);
        out.push(raw);
    }
    out
}

/// The amount whose number opens at a token.
fn amount(tokens: &[Token], at: usize, language: Language) -> Option<Amount> {
    let sign = at
        .checked_sub(1)
        .filter(|before| {
            tokens[*before].is(CURRENCY) && tokens[*before].sentence == tokens[at].sentence
        })
        .filter(|before| {
            tokens[*before].is_any_mark()
                || tokens[*before].text.len() == 3
                    && tokens[*before].text.chars().all(char::is_uppercase)
        });
    let value = numbers::value(tokens, at, language, sign.is_some())?;
    let mut amount = Amount {
        value,
        start: at,
        end: value.end,
        kind: if value.is_part {
            FigureKind::Share
        } else {
            FigureKind::Count
        },
        unit: value.is_part.then_some("percent"),
        factor: 1.0,
        inner_noun: None,
        compound: false,
    };
    if let Some(sign) = sign {
        amount.kind = FigureKind::Money;
        amount.unit = Some(tokens[sign].entry.unit);
        amount.start = sign;
        // "US$", "A$".
        if tokens[sign].glued
            && sign > 0
            && tokens[sign - 1].is_word()
            && tokens[sign - 1].text.len() <= 2
        {
            amount.start = sign - 1;
        }
        return Some(amount);
    }
    if value.is_part {
        return Some(amount);
    }
    if let Some((end, percent, noun)) = ratio(tokens, &value, language) {
        amount.end = end;
        amount.value.low = percent;
        amount.value.high = percent;
        amount.kind = FigureKind::Share;
        amount.unit = Some("percent");
        amount.inner_noun = noun;
        amount.value.is_one = false;
        return Some(amount);
    }
    unit(tokens, &mut amount);
    // "minus 4 degrees"; "au moins" is a hedge.
    if let Some(before) = at.checked_sub(1)
        && matches!(amount.kind, FigureKind::Measure | FigureKind::Share)
        && (matches!(tokens[before].lower.as_str(), "minus" | "moins" | "menos")
            || tokens[before].is_mark('\u{2212}'))
        && !before
            .checked_sub(1)
            .is_some_and(|earlier| matches!(tokens[earlier].lower.as_str(), "au" | "al" | "lo"))
    {
        amount.value.low = -amount.value.low;
        amount.value.high = -amount.value.high;
        amount.start = before;
    }
    Some(amount)
}

/// The unit after the number.
fn unit(tokens: &[Token], amount: &mut Amount) {
    let mut next = amount.end;
    let Some(token) = tokens.get(next) else {
        return;
    };
    let hyphen = token.is_hyphen();
    if hyphen {
        next += 1;
    }
    // "deux millions de dollars", "a quarter of a billion dollars".
    if !hyphen
        && token.is(OF)
        && amount.value.scale >= 1e6
        && tokens.get(next + 1).is_some_and(|token| token.is(CURRENCY))
    {
        next += 1;
    }
    let Some(token) = tokens.get(next) else {
        return;
    };
    let points = |at: usize| {
        tokens.get(at).is_some_and(|token| {
            matches!(
                token.lower.as_str(),
                "points" | "point" | "prozentpunkte" | "prozentpunkten"
            )
        })
    };
    let lower = token.lower.as_str();
    if token.is(PERCENT) && !hyphen || matches!(lower, "prozentpunkte" | "prozentpunkten") {
        let is_points = points(next + 1) || lower.starts_with("prozentp");
        amount.kind = FigureKind::Share;
        amount.unit = Some(if is_points {
            "percentage points"
        } else {
            "percent"
        });
        amount.end = next + 1 + usize::from(points(next + 1));
    } else if matches!(lower, "per" | "pro" | "pour" | "por")
        && tokens
            .get(next + 1)
            .is_some_and(|token| matches!(token.lower.as_str(), "cent" | "ciento"))
    {
        let is_points = points(next + 2);
        amount.kind = FigureKind::Share;
        amount.unit = Some(if is_points {
            "percentage points"
        } else {
            "percent"
        });
        amount.end = next + 2 + usize::from(is_points);
    } else if matches!(lower, "points" | "point") && !hyphen {
        amount.kind = FigureKind::Share;
        amount.unit = Some("percentage points");
        amount.end = next + 1;
    } else if token.is(TIME_UNIT) && (amount.value.low >= 0.0) {
        amount.kind = FigureKind::Duration;
        amount.unit = Some(token.entry.unit);
        amount.end = next + 1;
        amount.compound = hyphen;
    } else if token.is(CURRENCY) && !hyphen && !token.is_mark('$') {
        amount.kind = FigureKind::Money;
        amount.unit = Some(token.entry.unit);
        amount.factor = token.entry.high;
        amount.end = next + 1;
    } else if token.is(MEASURE_UNIT) && (hyphen || !token.glued || amount.value.in_digits) {
        square(tokens, next, amount);
    } else if matches!(lower, "square" | "cubic" | "nautical")
        && tokens
            .get(next + 1)
            .is_some_and(|token| token.is(MEASURE_UNIT))
    {
        square(tokens, next + 1, amount);
        amount.unit = Some(match (lower, amount.unit) {
            ("square", Some("km")) => "square km",
            ("square", Some("m")) => "square m",
            ("square", Some("miles")) => "square miles",
            ("square", Some("feet")) => "square feet",
            ("cubic", Some("km")) => "cubic km",
            ("cubic", Some("m")) => "cubic m",
            ("nautical", _) => "nautical miles",
            (_, unit) => unit.unwrap_or_default(),
        });
    } else if hyphen && token.is_word() && token.glued {
        amount.compound = true;
    }
    if amount.compound && amount.kind != FigureKind::Duration {
        amount.end = next + 1;
    }
}

fn square(tokens: &[Token], at: usize, amount: &mut Amount) {
    amount.kind = FigureKind::Measure;
    amount.unit = Some(tokens[at].entry.unit);
    amount.end = at + 1;
    // "° C", "degrees Celsius".
    if tokens.get(at + 1).is_some_and(|token| {
        matches!(token.lower.as_str(), "c" | "celsius" | "fahrenheit")
            && tokens[at].entry.unit == "degrees"
    }) {
        amount.end = at + 2;
    }
}

/// Where a ratio ends, the share in percent, and the tokens of the noun inside it.
type Ratio = (usize, f64, Option<(usize, usize)>);

/// "one in five", "four out of every ten", "one household in six": the share in percent.
fn ratio(tokens: &[Token], value: &Value, language: Language) -> Option<Ratio> {
    let joins =
        |at: usize| -> Option<usize> {
            let word = tokens.get(at)?.lower.as_str();
            let next = |n: usize, wanted: &str| {
                tokens
                    .get(at + n)
                    .is_some_and(|token| token.lower == wanted)
            };
            let end = match (language, word) {
                (Language::English, "out") if next(1, "of") => at + 2,
                (Language::English, "in")
                | (Language::German, "von")
                | (Language::French, "sur") => at + 1,
                (Language::Spanish, "de") if next(1, "cada") => at + 1,
                _ => return None,
            };
            Some(
                end + usize::from(tokens.get(end).is_some_and(|token| {
                    matches!(token.lower.as_str(), "every" | "each" | "cada")
                })),
            )
        };
    let mut noun = None;
    let second = joins(value.end).or_else(|| {
        let token = tokens.get(value.end)?;
        let is_noun = token.is_word()
            && !token.is(PREPOSITION
                | DETERMINER
                | AUXILIARY
                | PRONOUN
                | VERB
                | SMALL
                | SCALE
                | TIME_UNIT
                | MEASURE_UNIT);
        noun = Some((value.end, value.end + 1));
        joins(value.end + 1).filter(|_| is_noun && value.low <= 10.0)
    })?;
    let other = numbers::value(tokens, second, language, false)?;
    let small =
        value.low >= 1.0 && value.low < other.low && other.low <= 1000.0 && value.low <= 100.0;
    let whole = !other.vague
        && !other.is_part
        && !value.vague
        && value.low.fract() == 0.0
        && other.low.fract() == 0.0;
    if !small
        || !whole
        || (language != Language::English && !(value.low <= 10.0 && other.low <= 100.0))
    {
        return None;
    }
    let after = tokens.get(other.end);
    if after.is_some_and(|token| {
        token.is(TIME_UNIT | MEASURE_UNIT | CURRENCY | PERCENT) || token.is_dash() && token.glued
    }) {
        return None;
    }
    // "nine children in six villages" counts villages; "one child in six has" does not.
    let counted = after.is_some_and(|token| {
        token.is_word()
            && !token.is(PREPOSITION
                | DETERMINER
                | AUXILIARY
                | PRONOUN
                | VERB
                | ADVERB
                | OF
                | super::words::CONJUNCTION)
    });
    if counted && (noun.is_some() || value.in_digits && language != Language::English)
        || value.in_digits != other.in_digits
    {
        return None;
    }
    // "14 von 22" of the same set is two figures unless it is round.
    if language == Language::German && noun.is_none() && counted {
        return None;
    }
    Some((other.end, value.low / other.low * 100.0, noun))
}

/// Adds the range and the hedge to a first amount.
fn complete(tokens: &[Token], first: &Amount, floor: usize, language: Language) -> Raw {
    let mut low = first.value.low * first.factor;
    let mut high = first.value.high * first.factor;
    let mut end = first.end;
    let mut number_end = first.value.end;
    let (mut kind, mut unit, mut compound) = (first.kind, first.unit, first.compound);
    let mut start = first.start;
    if let Some((second, joint)) = second(tokens, first, language) {
        let mut from = first.value.low;
        if first.value.scale < 10.0
            && second.value.scale >= 10.0
            && from < second.value.low / second.value.scale
        {
            from *= second.value.scale;
        }
        let factor = if first.unit.is_some() {
            first.factor
        } else {
            second.factor
        };
        low = from * factor;
        high = second.value.high * second.factor;
        end = second.end;
        number_end = second.value.end;
        if second.unit.is_some() {
            kind = second.kind;
            unit = second.unit;
        }
        compound |= second.compound;
        if joint == Joint::Between {
            start -= 1;
        }
    }
    let before = hedges::before(tokens, start, floor, language);
    let after = hedges::after(tokens, end, language);
    let mut bounds = (Some(low), Some(high));
    let mut hedge = None;
    if let Some((tokens_of, bound)) = before.map(|(from, bound)| ((from, start), bound)).or(after) {
        hedge = Some(tokens_of);
        bounds = match bound {
            Bound::Least => (Some(low), None),
            Bound::Most => (Some(0.0), Some(high)),
            Bound::About => (Some(low), Some(high)),
        };
        start = start.min(tokens_of.0);
        end = end.max(tokens_of.1);
    }
    // "an estimated 4,500": the article belongs to it, "a further 12" does not.
    Raw {
        start,
        end,
        number: (first.value_start(), number_end),
        low: bounds.0,
        high: bounds.1,
        kind,
        unit: unit.map(str::to_owned),
        hedge,
        inner_noun: first.inner_noun,
        compound,
    }
}

impl Amount {
    /// The first token of the number, without its currency sign.
    fn value_start(&self) -> usize {
        self.start
    }
}

/// How the two ends of a range are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joint {
    /// "between A and B".
    Between,
    /// "A to B", "A-B", "A or B".
    Plain,
}

/// "rose from 200 to 300" tells two numbers, "estimates from 200 to 300" a range: whether what stands before "from" moves.
fn is_of_movement(tokens: &[Token], from: usize, language: Language) -> bool {
    /// Furthest a verb is looked for.
    const REACH: usize = 14;
    const WORDS: &str = "rose rise rises risen rising fell fall falls fallen falling climbed climb climbs grew grow grows grown growth dropped drop \
        drops jumped jump jumps surged surge sank slipped shrank swelled doubled tripled halved increased increase increases decreased decrease \
        declined decline went gone go goes raised raise raises lifted lowered lower cut cuts reduced reduction expanded moved changed change \
        revised up down brought came extended slowed eased soared plunged widened narrowed improved worsened";
    // Elsewhere "von … bis" and "de … à" mostly tell of a movement.
    if language != Language::English {
        return true;
    }
    let sentence = tokens[from].sentence;
    let before = tokens[..from].iter().rev().take(REACH);
    let mut clause = before.take_while(|token| token.sentence == sentence && !token.is_mark(';'));
    clause.any(|token| WORDS.split_whitespace().any(|word| word == token.lower))
}

/// The upper end of a range that the amount opens.
fn second(tokens: &[Token], first: &Amount, language: Language) -> Option<(Amount, Joint)> {
    if first.value.vague || first.inner_noun.is_some() || first.compound {
        return None;
    }
    let joint = tokens.get(first.end)?;
    let before = first
        .start
        .checked_sub(1)
        .map_or("", |before| tokens[before].lower.as_str());
    let word = joint.lower.as_str();
    let between = matches!(before, "between" | "zwischen" | "entre");
    let kind = if between && matches!(word, "and" | "und" | "et" | "y") {
        Joint::Between
    } else if joint.is_dash() && joint.glued || matches!(word, "or" | "oder" | "ou" | "o") {
        Joint::Plain
    } else {
        let from = matches!(before, "from" | "von" | "de" | "desde" | "vom");
        let earlier = first.start.checked_sub(2);
        let moves = from && is_of_movement(tokens, first.start - 1, language)
            || earlier.is_some_and(|earlier| tokens[earlier].lower == "from");
        let to = matches!(
            (language, word),
            (Language::English, "to")
                | (Language::German, "bis")
                | (Language::French, "à")
                | (Language::Spanish, "a")
        );
        if !to || moves {
            return None;
        }
        Joint::Plain
    };
    let mut at = first.end + 1;
    if tokens
        .get(at)
        .is_some_and(|token| token.is(CURRENCY) && token.is_any_mark())
    {
        at += 1;
    }
    if tokens.get(at).is_some_and(|token| token.is(ARTICLE | HALF)) && kind != Joint::Between {
        return None;
    }
    let other = amount(tokens, at, language)?;
    let factor = if first.unit.is_some() {
        first.factor
    } else {
        other.factor
    };
    let mut from = first.value.low * factor;
    if first.value.scale < 10.0
        && other.value.scale >= 10.0
        && from < other.value.low / other.value.scale
    {
        from *= other.value.scale;
    }
    let same = first.unit.is_none() || other.unit.is_none() || first.unit == other.unit;
    let close = match word {
        "or" | "oder" | "ou" | "o" => other.value.low * other.factor <= from * 2.0,
        _ => true,
    };
    (from < other.value.low * other.factor
        && same
        && close
        && !other.value.vague
        && !other.value.is_part)
        .then_some((other, kind))
}
