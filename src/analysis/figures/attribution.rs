//! Who a figure is attributed to: the subject of the verb of saying that governs it.
//!
//! Invariant: the phrase stands in the passage; a figure that no verb of saying governs has none.

mod clauses;
pub mod persons;
mod sources;

use super::counted::Reading;
use super::grammar::Raw;
use super::words::{
    ADVERB, ARTICLE, AUXILIARY, CONJUNCTION, DETERMINER, MONTH, OF, PREPOSITION, PRONOUN, SAYING,
    SMALL, TIME_UNIT, WEEKDAY,
};
pub use clauses::role;
use clauses::{is_set_against, owns, tells_a_number, told_in_relative};
use sources::{describes, is_a_count, is_counted_by, lists};

/// Most tokens between a figure and the participle whose agent answers for it.
const AGENT: usize = 12;
/// Most tokens between a pronoun and the name it stands for in its passage.
const BACK: usize = 240;
/// Most tokens of a name.
const NAME: usize = 9;

/// The tokens of whoever says a figure.
pub fn attributed(reading: Reading, text: &str, raw: &Raw) -> Option<(usize, usize)> {
    let tokens = reading.tokens;
    let sentence = tokens.get(raw.start)?.sentence;
    let (first, last) = bounds(reading, raw.start, sentence);
    let quoted = tokens[raw.start].quoted;
    let mut best: Option<(usize, (usize, usize))> = None;
    let mut consider = |rank: usize, who: Option<(usize, usize)>| {
        if let Some(who) = who
            && best.is_none_or(|(known, (start, _))| {
                // Of verbs before the figure the nearest governs it.
                rank < known || rank == known && start < who.0 && who.1 <= raw.start
            })
        {
            best = Some((rank, who));
        }
    };
    for at in first..last {
        if tokens[at].quoted && !(quoted && is_aside(reading, at)) {
            continue;
        }
        let semicolons =
            |from: usize, to: usize| tokens[from..to].iter().any(|token| token.is_mark(';'));
        let apart = if at < raw.start {
            semicolons(at, raw.start)
        } else {
            semicolons(raw.end.min(at), at)
        };
        if let Some(end) = according(reading, at) {
            let who = name_after(reading, end);
            // An agent answers for what was counted just before.
            let is_far =
                is_counted_by(&tokens[at].lower) && !(raw.end..raw.end + AGENT).contains(&at);
            if !apart && !is_far {
                consider(1, who);
            }
            continue;
        }
        if at < raw.start && !apart && lists(&tokens[at].lower) {
            let who = name_before(reading, at, first);
            consider(2, who.filter(|who| is_a_count(&tokens[who.1 - 1].lower)));
        }
        if !tokens[at].is(SAYING) || !says(reading, at) {
            continue;
        }
        if at >= raw.end {
            // ", the ministry said" at the end holds for the whole sentence.
            let who = name_before(reading, at, first)
                .filter(|who| who.0 >= raw.end || quoted)
                .or_else(|| {
                    let spoken = (first..at).rev().find(|at| !tokens[*at].is(AUXILIARY));
                    let inverted = spoken.is_some_and(|at| tokens[at].is_any_mark());
                    inverted.then(|| name_after(reading, at + 1)).flatten()
                });
            let tail = at + 1 >= last || tokens[at + 1].is_any_mark() || closes(reading, at, last);
            let who = who.filter(|who| {
                let has_its_own = who.1 <= at && tells_a_number(reading, at, last);
                !has_its_own && !is_set_against(reading, *who, at, tail)
            });
            if !apart || tail {
                // "…, and not 34, as the office reported".
                let is_as =
                    who.is_some_and(|who| who.0 <= raw.end + 2 && tokens[who.0 - 1].lower == "as");
                consider(
                    if is_as {
                        0
                    } else if apart {
                        6
                    } else {
                        2 + usize::from(at - raw.end > 12)
                    },
                    who,
                );
            }
        } else if !apart {
            let who = name_before(reading, at, first);
            consider(raw.start.saturating_sub(at).min(30) / 10 + 1, who);
        }
    }
    if let Some(who) = told_in_relative(reading, raw, last) {
        return Some(who);
    }
    if let Some(who) = gapped(reading, raw, first).or_else(|| indefinite(reading, raw, first)) {
        return Some(who);
    }
    if let Some((_, who)) = best {
        return Some(named(reading, text, who));
    }
    quoted
        .then(|| around_quote(reading, raw, sentence))
        .flatten()
}

/// "« Four of five, dit Teodor Vass, are … »": the verb stands between the same marks as what is said.
fn is_aside(reading: Reading, at: usize) -> bool {
    let comma = at
        .checked_sub(1)
        .is_some_and(|before| reading.tokens[before].is_mark(','));
    let name = reading.tokens.get(at + 1);
    comma && name.is_some_and(|name| name.is_word() && name.is_capital())
}

/// "police spoke of fifteen thousand; organisers of sixty thousand": who stands after the semicolon, without a verb.
fn gapped(reading: Reading, raw: &Raw, first: usize) -> Option<(usize, usize)> {
    let tokens = reading.tokens;
    let joint = raw.start.checked_sub(1)?;
    if !matches!(
        tokens[joint].lower.as_str(),
        "of" | "auf" | "at" | "von" | ","
    ) {
        return None;
    }
    let opens = (first..joint)
        .rev()
        .find(|at| tokens[*at].is_mark(';') || tokens[*at].lower == "and")?
        + 1;
    let verbless =
        !(opens..joint).any(|at| reading.is_verb(at) || tokens[at].is(SAYING | AUXILIARY));
    let spoken = (first..opens).any(|at| tokens[at].is(SAYING));
    let who = name_after(reading, opens)?;
    let whole = who.1 == joint || tokens[who.1].digits().is_some();
    (verbless && spoken && whole && tokens[opens - 1].is_mark(';')).then_some(who)
}

/// Whom a pronoun stands for in its passage: the full name that stands before it, else itself.
fn named(reading: Reading, text: &str, who: (usize, usize)) -> (usize, usize) {
    if who.1 != who.0 + 1 || !reading.tokens[who.0].is(PRONOUN) {
        return who;
    }
    let pronoun = reading.tokens[who.0].lower.as_str();
    match pronoun {
        "it" | "they" => spoken_before(reading, who.0).unwrap_or(who),
        "he" | "she" | "er" | "il" | "elle" => {
            let before = who.0.saturating_sub(BACK)..who.0;
            let people = persons::persons(reading, text, before);
            persons::here(&people, pronoun, who.0).unwrap_or(who)
        }
        _ => who,
    }
}

/// "some say five thousand, some ten thousand, others twenty thousand": who says a figure without a verb of its own.
fn indefinite(reading: Reading, raw: &Raw, first: usize) -> Option<(usize, usize)> {
    let tokens = reading.tokens;
    let who = raw.number.0.checked_sub(1)?;
    let joint = who.checked_sub(1)?;
    let joins = matches!(tokens[joint].lower.as_str(), "," | ";" | "and" | "but");
    if !is_indefinite(&tokens[who].lower) || !joins {
        return None;
    }
    let said =
        (first + 1..joint).any(|at| tokens[at].is(SAYING) && is_indefinite(&tokens[at - 1].lower));
    said.then_some((who, who + 1))
}

/// Some of all those who may say something.
fn is_indefinite(word: &str) -> bool {
    matches!(
        word,
        "some"
            | "others"
            | "many"
            | "few"
            | "several"
            | "most"
            | "manche"
            | "einige"
            | "andere"
            | "viele"
            | "certains"
            | "d'autres"
            | "algunos"
            | "otros"
            | "muchos"
    )
}

/// Who speaks in the sentence before: "The report says … It puts": the report.
fn spoken_before(reading: Reading, pronoun: usize) -> Option<(usize, usize)> {
    let tokens = reading.tokens;
    let own = tokens[pronoun].sentence;
    let earlier = (0..pronoun)
        .rev()
        .take(80)
        .skip_while(|at| tokens[*at].sentence == own);
    let sentence = earlier.clone().next().map(|at| tokens[at].sentence)?;
    // The first of its verbs: those after it may have other subjects.
    let verb = earlier
        .take_while(|at| tokens[*at].sentence == sentence)
        .filter(|at| !tokens[*at].quoted && tokens[*at].is(SAYING) && says(reading, *at))
        .last()?;
    let who = name_before(reading, verb, bounds(reading, verb, sentence).0)?;
    let last = &tokens[who.1 - 1];
    let is_plural = !last.is_capital() && last.lower.ends_with('s') && !last.lower.ends_with("ss");
    if tokens[pronoun].lower == "it" && is_plural {
        // "Two divers told The Gazette … It says": the paper.
        let told = verb + 1;
        let name = tokens.iter().skip(told);
        let words = name.take_while(|token| token.is_word() && token.is_capital());
        let end = told + words.count();
        return (end > told).then_some((told, end));
    }
    (!tokens[who.0].is(PRONOUN)).then_some(who)
}

/// The first and one past the last token of the sentence.
fn bounds(reading: Reading, at: usize, sentence: u32) -> (usize, usize) {
    let tokens = reading.tokens;
    let first = (0..at)
        .rev()
        .take(80)
        .find(|at| tokens[*at].sentence != sentence)
        .map_or(at.saturating_sub(80), |at| at + 1);
    let last = (at..tokens.len())
        .take(80)
        .find(|at| tokens[*at].sentence != sentence)
        .unwrap_or_else(|| tokens.len().min(at + 80));
    (first, last)
}

/// Whether nothing but time and place stands after a verb of saying.
fn closes(reading: Reading, at: usize, last: usize) -> bool {
    last.saturating_sub(at) < 12
        && !reading.tokens[at + 1..last]
            .iter()
            .any(|token| token.is(SAYING))
}

/// "according to", "by the count of", "as counted by", "nach Angaben", "selon": where it ends.
fn according(reading: Reading, at: usize) -> Option<usize> {
    let word = |n: usize| {
        reading
            .tokens
            .get(at + n)
            .map_or("", |token| token.lower.as_str())
    };
    match (word(0), word(1), word(2), word(3)) {
        ("according", "to", ..) | ("nach", "angaben", ..) | ("d'après", ..) => Some(at + 2),
        ("by" | "on", "the", "count" | "estimate" | "reckoning", "of") => Some(at + 4),
        ("in", "the", "words", "of") | ("put", "at", "by", _) => {
            Some(at + 4 - usize::from(word(0) == "put"))
        }
        ("selon" | "según" | "laut" | "zufolge", ..) => Some(at + 1),
        (participle, "by", ..) if is_counted_by(participle) => Some(at + 2),
        _ => None,
    }
}

/// Whether a verb of saying has its grammar, not that of a noun or of a passive.
fn says(reading: Reading, at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| &reading.tokens[before]);
    let next = reading.tokens.get(at + 1);
    let noun = matches!(
        reading.tokens[at].lower.as_str(),
        "estimates" | "reports" | "claims" | "counts" | "records" | "shows" | "forecasts"
    ) && at
        .checked_sub(1)
        .is_some_and(|before| describes(reading, before))
        || reading.tokens[at].lower.ends_with('s')
            // "the office still speaks of 34".
            && reading.tokens[at].lower != "speaks"
            && next.is_some_and(|token| {
                token.is(OF | AUXILIARY | SAYING)
                    || reading.is_verb(at + 1)
                    || matches!(
                        token.lower.as_str(),
                        "indicate" | "suggest" | "vary" | "range"
                    )
            });
    // "a discount sometimes put around 20%": nobody says it, it is put so.
    let passive = reading.tokens[at].lower == "put"
        && next.is_some_and(|token| {
            matches!(token.lower.as_str(), "at" | "around" | "about" | "between")
        });
    let heard = reading.tokens[at].lower == "heard" && next.is_none_or(|next| next.lower != "that");
    !noun
        && !heard
        && !passive
        && !before.is_some_and(|token| {
            token.is(ARTICLE | OF)
                || token.is(DETERMINER) && token.lower != "that"
                || matches!(
                    token.lower.as_str(),
                    "was" | "were" | "been" | "be" | "is" | "are" | "to"
                )
        })
}

/// The name that opens at a token.
fn name_after(reading: Reading, at: usize) -> Option<(usize, usize)> {
    let tokens = reading.tokens;
    let first = tokens.get(at).filter(|token| token.is_word())?;
    // "die" and "la" are articles too.
    let is_article = first.is(ARTICLE | DETERMINER);
    let opens_no_name = first.is(PREPOSITION | CONJUNCTION | AUXILIARY | ADVERB);
    if opens_no_name && !is_article || first.lower == "that" {
        return None;
    }
    if first.is(PRONOUN) && !is_article {
        return is_person_pronoun(first.lower.as_str()).then_some((at, at + 1));
    }
    let mut end = at;
    while end < at + NAME {
        let Some(token) = tokens
            .get(end)
            .filter(|token| token.sentence == tokens[at].sentence)
        else {
            break;
        };
        let opens = end == at
            || token.is(OF)
                && tokens
                    .get(end + 1)
                    .is_some_and(super::tokens::Token::is_word);
        let inside = token.is_word()
            && !token.is(PREPOSITION | CONJUNCTION | AUXILIARY | PRONOUN | ADVERB)
            && (!reading.is_verb(end) || token.is_capital())
            || token.is_word()
                && token.is(DETERMINER)
                && (end == at || tokens[end - 1].is(OF | PREPOSITION))
            || token.lower == "for"
                && tokens
                    .get(end + 1)
                    .is_some_and(|token| token.lower == "the")
            || token.is_hyphen()
            || end > at && tokens[end - 1].is_hyphen();
        if !opens && !inside {
            break;
        }
        end += 1;
    }
    if first.lower.ends_with("ly") && !first.is_capital() {
        return None;
    }
    let has_name = tokens[at..end]
        .iter()
        .any(|token| token.is_word() && !token.is(DETERMINER | ARTICLE | SMALL));
    (end > at && has_name).then_some((at, end))
}

/// The name that ends before a verb, appositions between commas left out.
fn name_before(reading: Reading, verb: usize, floor: usize) -> Option<(usize, usize)> {
    let tokens = reading.tokens;
    let mut end = verb;
    // "some say", "many believe".
    if end > floor
        && is_indefinite(&tokens[end - 1].lower)
        && (end - 1 == floor || !tokens[end - 2].is(DETERMINER | OF))
    {
        return Some((end - 1, end));
    }
    while end > floor
        && (tokens[end - 1].is(AUXILIARY)
            || tokens[end - 1].is(ADVERB) && !tokens[end - 1].is_capital())
    {
        end -= 1;
    }
    // "Quill of Northgate, who advised them, expects": the name stands before the commas.
    if end > floor && tokens[end - 1].is_mark(',') {
        let opening = (floor..end - 1)
            .rev()
            .take(24)
            .find(|at| tokens[*at].is_mark(','));
        if let Some(opening) = opening {
            let named = name_back(reading, opening, floor);
            let inner_is_name = tokens[opening + 1].is_capital()
                && tokens[opening + 1].is_word()
                && !tokens[opening + 1].is(PREPOSITION);
            if inner_is_name {
                return name_after(reading, opening + 1);
            }
            if named.is_some() {
                return named;
            }
        }
        return None;
    }
    name_back(reading, end, floor)
}

fn name_back(reading: Reading, end: usize, floor: usize) -> Option<(usize, usize)> {
    let tokens = reading.tokens;
    let last = end.checked_sub(1).filter(|last| *last >= floor)?;
    if tokens[last].is(PRONOUN) {
        return is_person_pronoun(tokens[last].lower.as_str()).then_some((last, end));
    }
    let mut start = end;
    while start > floor && end - start < NAME + 3 {
        let token = &tokens[start - 1];
        let stops = token.is_any_mark() && !(token.is_dash() && token.glued) && !token.is_mark('.')
            || token.quoted
            || token.is(CONJUNCTION | PRONOUN | AUXILIARY)
            || reading.is_verb(start - 1) && !token.is_capital()
            || token.is_mark('.') && token.sentence != tokens[last].sentence;
        if matches!(token.lower.as_str(), "who" | "which" | "that") {
            let is_clause = token.lower == "who" || start == end;
            if is_clause && start - 1 > floor {
                let comma = usize::from(tokens[start - 2].is_mark(','));
                return name_back(reading, start - 1 - comma, floor);
            }
            break;
        }
        let counted = token.digits().is_some()
            && !is_day(reading, start - 1)
            && !is_number_of_name(reading, start - 1);
        let in_places =
            token.is(CONJUNCTION) && start < end && ends_prepositional(reading, start - 1, floor);
        if in_places
            || owns(reading, start - 1, end)
            || start < end && joins_names(reading, start - 1, floor)
        {
            // "Doctors in one town and another": the name stands before the places; "activists and medical sources".
            start -= 1;
            continue;
        }
        if stops || counted {
            // "Engineers who flew over the valley estimated": the name stands before its clause.
            let clause = (floor..start - 1).rev().take(16);
            let who = clause
                .take_while(|at| !tokens[*at].is_any_mark())
                .find(|at| tokens[*at].lower == "who");
            if let Some(who) = who.filter(|who| *who > floor) {
                return name_back(reading, who, floor);
            }
            if counted {
                return None;
            }
            break;
        }
        start -= 1;
        if is_day(reading, start) {
            start += 1;
            break;
        }
    }
    // "Last year Pahlavi said".
    if end - start > 2
        && matches!(
            tokens[start].lower.as_str(),
            "last" | "this" | "next" | "earlier"
        )
        && tokens[start + 1].is(TIME_UNIT | MONTH | WEEKDAY)
    {
        start += 2;
    }
    // A clause before it, without a comma: begin at the determiner or the capital.
    while start < end && tokens[start].is(PREPOSITION) {
        start += 1;
    }
    if tokens[end - 1].lower.ends_with("ly") && !tokens[end - 1].is_capital() {
        return name_back(reading, end - 1, floor);
    }
    // "no longer", "at a discount sometimes": nobody.
    let last_word = &tokens[end - 1];
    if last_word.is(ADVERB) && !last_word.is_capital()
        || tokens[start].is(ADVERB)
            && start + 1 < end
            && !tokens[start].is(DETERMINER)
            && !tokens[start].is_capital()
    {
        return None;
    }
    let has_name = tokens[start..end].iter().any(|token| {
        token.is_word()
            && !token.is(DETERMINER | ARTICLE | SMALL | PREPOSITION)
            && !matches!(token.lower.as_str(), "first" | "second" | "third" | "last")
    });
    (start < end && has_name).then_some((start, end))
}

/// Whether what stands before a conjunction is a preposition with a name: "in Rasht".
fn ends_prepositional(reading: Reading, conjunction: usize, floor: usize) -> bool {
    let tokens = reading.tokens;
    let names = (floor..conjunction)
        .rev()
        .take_while(|at| tokens[*at].is_word() && tokens[*at].is_capital())
        .count();
    let before = conjunction.checked_sub(names + 1);
    names > 0
        && before.is_some_and(|at| at >= floor && tokens[at].is(PREPOSITION) && !tokens[at].is(OF))
}

/// "activists and medical sources": whether a conjunction joins two groups of people that open their clause.
fn joins_names(reading: Reading, conjunction: usize, floor: usize) -> bool {
    let tokens = reading.tokens;
    if !matches!(
        tokens[conjunction].lower.as_str(),
        "and" | "und" | "et" | "y"
    ) {
        return false;
    }
    let Some(noun) = conjunction.checked_sub(1).filter(|noun| *noun >= floor) else {
        return false;
    };
    let token = &tokens[noun];
    let is_group = token.is_word()
        && (token.is_capital() || token.lower.ends_with('s'))
        && !reading.is_verb(noun)
        && !token.is(AUXILIARY | ADVERB | PREPOSITION | PRONOUN | CONJUNCTION);
    let first = (floor..noun)
        .rev()
        .take(3)
        .take_while(|at| {
            let token = &tokens[*at];
            token.is_word()
                && !token.is(CONJUNCTION | PREPOSITION | OF | AUXILIARY)
                && !reading.is_verb(*at)
        })
        .last()
        .unwrap_or(noun);
    let opens =
        first == floor || tokens[first - 1].is_any_mark() || tokens[first - 1].is(CONJUNCTION);
    is_group && opens
}

/// A day of the month, or the month after it.
pub(super) fn is_day(reading: Reading, at: usize) -> bool {
    let month = |at: Option<usize>| {
        at.and_then(|at| reading.tokens.get(at))
            .is_some_and(|token| token.is(MONTH) && token.is_capital())
    };
    let token = &reading.tokens[at];
    token.digits().is_some() && (month(at.checked_sub(1)) || month(Some(at + 1))) || month(Some(at))
}

/// "Prison No. 4", "Ward 6": a number that is part of a name.
fn is_number_of_name(reading: Reading, at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).map(|at| &reading.tokens[at]);
    let numbered = |token: &super::tokens::Token| matches!(token.lower.as_str(), "no" | "nr" | "n");
    match (before(1), before(2)) {
        (Some(dot), Some(number)) if dot.is_mark('.') => numbered(number),
        // A capital at the start of a sentence makes no name.
        (Some(name), Some(_)) => {
            name.is_word() && name.is_capital() && !name.is(MONTH | PREPOSITION | DETERMINER)
        }
        (Some(_), None) | (None, _) => false,
    }
}

fn is_person_pronoun(word: &str) -> bool {
    matches!(
        word,
        "he" | "she" | "they" | "it" | "er" | "sie" | "il" | "elle" | "ils" | "elles"
    )
}

/// Who speaks a quote that has no verb of saying in its own sentence.
fn around_quote(reading: Reading, raw: &Raw, sentence: u32) -> Option<(usize, usize)> {
    let tokens = reading.tokens;
    let back = (0..raw.start)
        .rev()
        .take(160)
        .filter(|at| tokens[*at].sentence != sentence);
    let ahead = (raw.end..tokens.len())
        .take(120)
        .filter(|at| tokens[*at].sentence != sentence);
    let after = ahead
        .into_iter()
        .find(|at| tokens[*at].is(SAYING) && !tokens[*at].quoted && says(reading, *at));
    let before = back
        .into_iter()
        .find(|at| tokens[*at].is(SAYING) && !tokens[*at].quoted && says(reading, *at));
    let who = |at: usize| {
        let floor = bounds(reading, at, tokens[at].sentence).0;
        name_before(reading, at, floor).or_else(|| name_after(reading, at + 1))
    };
    before.and_then(who).or_else(|| after.and_then(who))
}
