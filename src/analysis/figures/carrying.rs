//! What a figure takes over from the figures before it: what is counted, its verb, who says so.
//!
//! Invariant: only what the figure itself leaves out is taken over, and only from its passage, the last figure of the passage before, or
//! the question it answers.

use super::counted::{Noun, Reading, Told, is_counting};
use super::grammar::Raw;
use super::{Figure, FigureKind, Phrase};

/// How many figures back an elided verb is looked for.
const ELIDED: usize = 16;

/// How many figures back a number that is told again is looked for.
const RECALLED: usize = 40;

/// Smaller numbers are the same by chance.
const LEAST_RECALLED: f64 = 10.0;

/// What a question asks the number of.
pub struct Asked {
    /// The noun.
    pub counts: Phrase,
    /// Its stem.
    pub head: String,
    /// What is said of it.
    pub predicate: Option<Phrase>,
}

/// What stands before a figure.
pub struct Known<'k> {
    /// The figures of its passage before it.
    pub here: &'k [Figure],
    /// The last of them, in tokens.
    pub last: Option<&'k Told>,
    /// The last figure of the passage before, if it counts.
    pub before: Option<&'k Figure>,
    /// What the passage before asks for.
    pub asked: Option<&'k Asked>,
}

impl Known<'_> {
    /// The last figures first, as far as it is looked back.
    fn back(&self) -> impl Iterator<Item = &Figure> {
        self.here.iter().rev().take(ELIDED)
    }
}

/// Completes a figure from what stands before it.
pub fn carry(
    reading: Reading,
    raw: &Raw,
    counts: Option<Noun>,
    known: &Known,
    figure: &mut Figure,
) {
    let is_pointed = reading.is_pointed(raw);
    carry_counted(reading, raw, counts, known, is_pointed, figure);
    carry_verb(reading, raw, counts, known, is_pointed, figure);
    figure.is_part = figure.is_part && is_of_a_whole(known, figure);
    figure.is_tended |= known.back().any(|other| {
        other.is_tended && figure.predicate.is_some() && other.predicate == figure.predicate
    });
    let joins = |told: &&Told| {
        counts.is_none_or(|noun| noun.start < raw.start) && reading.is_listed(raw, told)
    };
    // "others twenty thousand, even thirty thousand": who answers for the figure before.
    if known.last.as_ref().is_some_and(joins)
        && let Some(last) = known.here.last()
        && let Some(who) = &figure.attributed_to
        && who.span.end <= last.span.start
    {
        figure.attributed_to.clone_from(&last.attributed_to);
    }
}

fn carry_counted(
    reading: Reading,
    raw: &Raw,
    counts: Option<Noun>,
    known: &Known,
    is_pointed: bool,
    figure: &mut Figure,
) {
    let is_open = counts.is_none_or(|noun| is_pointed && reading.is_bare_tally(noun.head));
    let opens = known.here.is_empty() && is_pointed && raw.kind == FigureKind::Count;
    if is_open
        && (opens || counts.is_none() && reading.refers_back(raw))
        && let Some(before) = known.before
    {
        figure.head.clone_from(&before.head);
        figure.counts = before.counts.as_ref().map(Phrase::elsewhere);
        figure.predicate = before.predicate.as_ref().map(Phrase::elsewhere);
    }
    if counts.is_none()
        && figure.counts.is_none()
        && raw.kind == FigureKind::Count
        && let Some(asked) = known.asked
    {
        figure.head = Some(asked.head.clone());
        figure.counts = Some(asked.counts.clone());
        figure.predicate.clone_from(&asked.predicate);
    }
}

fn carry_verb(
    reading: Reading,
    raw: &Raw,
    counts: Option<Noun>,
    known: &Known,
    is_pointed: bool,
    figure: &mut Figure,
) {
    // "700 dead. Aid groups put it at 1,200": no noun to carry, but what became of them.
    if figure.predicate.is_none() && figure.counts.is_none() && is_pointed {
        figure.predicate = known
            .back()
            .find(|other| other.kind == raw.kind && other.counts.is_none())
            .and_then(|other| other.predicate.clone());
    }
    // "forty dead and three hundred injured people" say of each what became of them.
    let is_fated = counts.is_some_and(|noun| reading.has_fate(noun));
    // "9,500 men and over sixty guns", "Marchetti at 110 million": the verb of the figure before.
    if let Some(told) = known.last
        && !is_fated
        && (reading.is_gapped(raw, Some(told))
            || figure.predicate.is_none() && reading.is_listed(raw, told))
        && let Some(last) = known.here.last()
    {
        figure.predicate.clone_from(&last.predicate);
    }
    // "treated 61 people. Nurses counted 70": who counts says nothing of what became of them.
    if let Some(verb) = &figure.predicate
        && counts.is_none_or(|noun| noun.start < raw.start)
        && is_counting(&verb.text)
        && let Some(before) = known
            .back()
            .find(|other| other.counts == figure.counts && other.kind == figure.kind)
            .and_then(|other| other.predicate.clone())
            .filter(|before| before.span.end <= figure.span.start)
    {
        figure.predicate = Some(before);
    }
    // "prices to rise 4%; the bank says 3%": what is elided with the noun.
    if figure.predicate.is_none() && counts.is_some_and(|noun| noun.start < raw.start) {
        figure.predicate = known
            .back()
            .find(|other| other.counts == figure.counts && other.kind == figure.kind)
            .and_then(|other| other.predicate.clone());
    }
}

/// "The office still speaks of 34": a number told before with what it counts, which stands for the same again.
pub fn recall(reading: Reading, raw: &Raw, told: &[Figure], figure: &mut Figure) {
    let is_bare = figure
        .counts
        .as_ref()
        .is_none_or(|counts| counts.span.is_empty() || counts.span.end <= figure.span.start);
    let value = figure.low.or(figure.high);
    let is_known = figure
        .predicate
        .as_ref()
        .is_some_and(|verb| verb.span.start >= figure.span.end);
    if figure.kind != FigureKind::Count
        || !is_bare
        || is_known
        || reading.is_pointed(raw)
        || value.is_none_or(|value| value < LEAST_RECALLED)
        || figure.is_part
    {
        return;
    }
    let earlier = told
        .iter()
        .rev()
        .take(RECALLED)
        .take_while(|other| other.passage.document == figure.passage.document);
    let mut same = earlier.filter(|other| {
        other.kind == figure.kind
            && other.low.or(other.high) == value
            && other.counts.as_ref().is_some_and(|counts| {
                !counts.span.is_empty() && counts.span.start >= other.number.end
            })
    });
    let Some(first) = same.next() else { return };
    if same.any(|other| other.head != first.head) {
        return;
    }
    figure.head.clone_from(&first.head);
    let phrase = |phrase: &Option<Phrase>| {
        phrase.as_ref().map(|phrase| {
            if first.passage == figure.passage {
                phrase.clone()
            } else {
                phrase.elsewhere()
            }
        })
    };
    figure.counts = phrase(&first.counts);
    figure.predicate = phrase(&first.predicate);
    figure.is_tended = first.is_tended;
}

/// Whether what is said of a part is what was said of the whole, so that it is no number for something else.
fn is_of_a_whole(known: &Known, figure: &Figure) -> bool {
    figure.predicate.as_ref().is_none_or(|verb| {
        let mut before = known.back().filter(|other| other.kind == figure.kind);
        before.any(|other| {
            let whole = other.predicate.as_ref();
            whole.is_some_and(|whole| whole.text.eq_ignore_ascii_case(&verb.text))
        })
    })
}
