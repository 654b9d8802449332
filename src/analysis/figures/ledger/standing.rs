//! How two figures stand to each other: compared, laid beside each other in doubt, or apart, and why.
//!
//! Invariant: what is compared is of the same thing, with the same predicate, kind and unit, and of scopes that do not visibly differ.

use super::super::{Figure, FigureKind};
use super::families::{self, Families};
use super::{Entry, Group, Verdict, columns_of, pairs, predicate};

/// From this many times another figure on, one is taken to be of something else: disputes over one thing are rarely as wide.
const FAR: f64 = 100.0;

/// Why a figure only may belong beside others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// What it counts is not said; its verb and size fit what the other side counts.
    Implied,
    /// What is said of it is akin to what is said of the others, and not the same: treated, injured.
    Akin,
}

impl Doubt {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Implied => "implied",
            Self::Akin => "akin",
        }
    }

    /// Says so of a figure.
    pub fn told(self, figure: &Figure) -> String {
        let verb = figure.predicate.as_ref();
        let verb = verb.map_or("", |verb| verb.text.as_str());
        match self {
            Self::Implied => format!("perhaps: only “{verb}” is said, not of whom or what"),
            Self::Akin => format!("perhaps: “{verb}” is akin, not the same"),
        }
    }
}

/// Why two figures are not compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// They are not numbers of one kind and unit.
    OtherKind,
    /// One is a part of what its text tells before.
    Part,
    /// How long something lasts says nothing of what lasts.
    Duration,
    /// What one of them counts is not said.
    Unnamed,
    /// They count other things.
    OtherThing,
    /// Something else is said of what they count.
    OtherVerb,
    /// They count other people.
    OtherPeople,
    /// They hold for other days, places or events.
    OtherScope,
    /// One is so many times the other that they can hardly be of the same thing.
    Far,
}

/// How two figures stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// They are of the same thing.
    Compared(Verdict),
    /// They may be.
    Beside(Doubt),
    /// They are not, as far as can be told.
    Apart(Cause),
}

/// On what it rests that two columns are compatible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    /// All of them say "at least".
    BothLower,
    /// All of them say "at most".
    BothUpper,
    /// A bound of the one leaves room for the other.
    OneOpen,
    /// Numbers that overlap.
    Numbers,
}

impl Verdict {
    /// The verdict in words, with what it rests on where that is bounds.
    pub fn told(self, ground: Ground) -> &'static str {
        match (self, ground) {
            (Self::Differs, _) => "differs",
            (Self::Compatible, Ground::Numbers) => "compatible",
            (Self::Compatible, Ground::BothLower) => {
                "both lower bounds, so neither rules the other out"
            }
            (Self::Compatible, Ground::BothUpper) => {
                "both upper bounds, so neither rules the other out"
            }
            (Self::Compatible, Ground::OneOpen) => "compatible by a bound alone",
        }
    }
}

/// How two figures stand to each other, each with the doubt that its group has of it.
pub fn standing(
    families: &Families,
    (a, a_doubt): (&Figure, Option<Doubt>),
    (b, b_doubt): (&Figure, Option<Doubt>),
) -> Standing {
    if let Some(doubt) = a_doubt.or(b_doubt) {
        return Standing::Beside(doubt);
    }
    apart(families, a, b).map_or_else(
        || {
            Standing::Compared(if overlaps(a, b) {
                Verdict::Compatible
            } else {
                Verdict::Differs
            })
        },
        Standing::Apart,
    )
}

/// Why two figures are not of the same thing.
fn apart(families: &Families, a: &Figure, b: &Figure) -> Option<Cause> {
    if a.kind != b.kind || a.unit != b.unit {
        return Some(Cause::OtherKind);
    }
    if a.kind == FigureKind::Duration {
        return Some(Cause::Duration);
    }
    if a.is_part || b.is_part {
        return Some(Cause::Part);
    }
    let (one, other) = (families.of(a), families.of(b));
    let is_unnamed = |figure: &Figure, family: Option<&str>| {
        family.is_none() && families::head(figure).is_none()
    };
    if is_unnamed(a, one) || is_unnamed(b, other) {
        return Some(Cause::Unnamed);
    }
    if one != other {
        let same = families::are_of_one_head(a, b) || one.is_some() && other.is_some();
        return Some(if same {
            Cause::OtherVerb
        } else {
            Cause::OtherThing
        });
    }
    if one.is_none() && families::head(a) != families::head(b) {
        return Some(Cause::OtherThing);
    }
    if are_elsewhere(a, b) || scopes_differ(a, b) {
        return Some(Cause::OtherScope);
    }
    if are_far_apart(a, b) {
        return Some(Cause::Far);
    }
    if one.is_some() {
        (!families.are_of_one_class(a, b)).then_some(Cause::OtherPeople)
    } else {
        (predicate(a) != predicate(b) && !is_one_sum(a, b)).then_some(Cause::OtherVerb)
    }
}

/// "set up a fund of 4.5 million euros", "established a fund of 4.5 million euros": the same sum or measure of the same thing is one,
/// whatever is done with it. Counts are not: as many came as left.
fn is_one_sum(a: &Figure, b: &Figure) -> bool {
    matches!(a.kind, FigureKind::Money | FigureKind::Measure)
        && a.low.is_some()
        && (a.low, a.high) == (b.low, b.high)
}

/// Why none of the figures of a group is compared with one of another column, where all are apart for one cause.
pub fn cause(figures: &[Figure], group: &Group) -> Option<Cause> {
    let families = &*families::ALL;
    let of = |entry: &Entry| (&figures[entry.figure], entry.doubt);
    let mut causes = pairs(&group.entries).map(|(first, second)| {
        match standing(families, of(first), of(second)) {
            Standing::Apart(cause) => Some(cause),
            Standing::Compared(_) | Standing::Beside(_) => None,
        }
    });
    let first = causes.next()??;
    causes.all(|cause| cause == Some(first)).then_some(first)
}

/// On what it rests that two columns of a group are compatible.
pub fn ground(figures: &[Figure], group: &Group, columns: (usize, usize)) -> Ground {
    let families = &*families::ALL;
    let of = |entry: &Entry| (&figures[entry.figure], entry.doubt);
    let overlapping = pairs(&group.entries).filter(|(first, second)| {
        columns_of(first, second) == columns
            && standing(families, of(first), of(second)) == Standing::Compared(Verdict::Compatible)
    });
    let grounds = overlapping.map(|(first, second)| {
        let (a, b) = (&figures[first.figure], &figures[second.figure]);
        match (is_lower(a), is_lower(b), is_upper(a), is_upper(b)) {
            (true, true, ..) => Ground::BothLower,
            (.., true, true) => Ground::BothUpper,
            (false, false, false, false) => Ground::Numbers,
            _ => Ground::OneOpen,
        }
    });
    grounds.max().unwrap_or(Ground::Numbers)
}

/// "at least".
fn is_lower(figure: &Figure) -> bool {
    figure.low.is_some() && figure.high.is_none()
}

/// "at most", "up to".
fn is_upper(figure: &Figure) -> bool {
    figure.low.is_none_or(|low| low <= 0.0) && figure.high.is_some_and(|high| high > 0.0)
}

/// Whether what is counted stands before the figure, not with it.
pub fn is_carried(figure: &Figure) -> bool {
    figure
        .counts
        .as_ref()
        .is_some_and(|counts| counts.span.is_empty() || counts.span.end <= figure.span.start)
}

pub fn overlaps(a: &Figure, b: &Figure) -> bool {
    let low = |figure: &Figure| figure.low.unwrap_or(f64::NEG_INFINITY);
    let high = |figure: &Figure| figure.high.unwrap_or(f64::INFINITY);
    low(a) <= high(b) && low(b) <= high(a)
}

/// Whether two figures are so unlike that they can hardly be of the same thing: a family's dead and a country's.
fn are_far_apart(a: &Figure, b: &Figure) -> bool {
    let is_below = |one: &Figure, other: &Figure| {
        let least = other.low.or(other.high).unwrap_or(0.0);
        one.high
            .is_some_and(|most| most > 0.0 && most * FAR <= least)
    };
    is_below(a, b) || is_below(b, a)
}

/// How many times the one is the other, by their nearest bounds; 1 where they overlap.
pub fn times(a: &Figure, b: &Figure) -> f64 {
    if overlaps(a, b) && !is_lower(a) && !is_lower(b) {
        return 1.0;
    }
    let least = |figure: &Figure| {
        figure
            .low
            .or(figure.high)
            .unwrap_or(0.0)
            .max(f64::MIN_POSITIVE)
    };
    (least(a) / least(b)).max(least(b) / least(a))
}

/// Whether both say when, or both say where, and have nothing of it in common.
pub fn scopes_differ(a: &Figure, b: &Figure) -> bool {
    match (&a.scope, &b.scope) {
        (Some(a), Some(b)) => a.differs(b),
        (None, _) | (_, None) => false,
    }
}

/// Whether one of them is of another time, place or event than its text, and the other is not.
fn are_elsewhere(a: &Figure, b: &Figure) -> bool {
    let elsewhere = |figure: &Figure| {
        figure
            .scope
            .as_ref()
            .is_some_and(|scope| scope.is_elsewhere)
    };
    elsewhere(a) != elsewhere(b)
}
