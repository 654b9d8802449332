//! Why a figure is compared with those of the other sides, or is not: each that comes into question, and what stands in the way.
//!
//! Invariant: the answer follows the rules by which the ledger was made; what is quoted in it stands in the texts.

use super::super::Figure;
use super::families::{self, Families, are_akin};
use super::standing::{Cause, Doubt, Standing, standing, times};
use super::{Ledger, Verdict, predicate};

/// Most figures of another side that are told of.
const TOLD: usize = 3;

/// Up to so many times the other, a number comes into question by its size alone.
const LIKE_IN_SIZE: f64 = 3.0;

/// Another side's figure, and how the one that was asked about stands to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The other figure.
    pub other: usize,
    /// Its column.
    pub column: usize,
    /// How they stand.
    pub standing: Standing,
}

/// How a figure stands to those of other columns that come into question, the likeliest of each column first.
pub fn why(figures: &[Figure], ledger: &Ledger, at: usize) -> Vec<Reason> {
    let families = &*families::ALL;
    let place = |figure: usize| {
        ledger.groups.iter().enumerate().find_map(|(group, found)| {
            let entry = found.entries.iter().find(|entry| entry.figure == figure)?;
            Some((group, *entry))
        })
    };
    let Some((group, own)) = place(at) else {
        return Vec::new();
    };
    let figure = &figures[at];
    let mut found: Vec<((u8, u64), Reason)> = Vec::new();
    for (other_group, other) in ledger
        .groups
        .iter()
        .enumerate()
        .flat_map(|(group, found)| found.entries.iter().map(move |entry| (group, entry)))
    {
        if other.column == own.column {
            continue;
        }
        let beside = &figures[other.figure];
        let Some(nearness) = nearness(families, figure, beside, other_group == group) else {
            continue;
        };
        let (one_doubt, other_doubt) = if other_group == group {
            (own.doubt, other.doubt)
        } else {
            (None, None)
        };
        let mut standing = standing(families, (figure, one_doubt), (beside, other_doubt));
        // Of the same thing and yet in groups of their own: other events.
        if other_group != group
            && let Standing::Compared(_) = standing
        {
            standing = Standing::Apart(Cause::OtherScope);
        }
        found.push((
            nearness,
            Reason {
                other: other.figure,
                column: other.column,
                standing,
            },
        ));
    }
    found.sort_by_key(|(nearness, reason)| (reason.column, *nearness, reason.other));
    let mut told: Vec<Reason> = Vec::new();
    for (_, reason) in found {
        let many = told.iter().filter(|known| known.column == reason.column);
        if many.count() < TOLD {
            told.push(reason);
        }
    }
    told
}

/// How near another figure comes to one, the least first; none where nobody would think of it.
fn nearness(families: &Families, a: &Figure, b: &Figure, is_of_group: bool) -> Option<(u8, u64)> {
    if a.kind != b.kind || a.unit != b.unit {
        return None;
    }
    let times = times(a, b).min(1e12);
    let is_akin = match (predicate(a), predicate(b)) {
        (Some(one), Some(other)) => are_akin(&one, &other),
        _ => false,
    };
    let of_one_family = families.of(a).is_some() && families.of(a) == families.of(b);
    let rank = if is_of_group {
        0
    } else if families::are_of_one_head(a, b) || of_one_family {
        1
    } else if is_akin {
        2
    } else if times <= LIKE_IN_SIZE {
        3
    } else {
        return None;
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 1 and 10 to the 15th"
    )]
    let size = (times * 1000.0) as u64;
    Some((rank, size))
}

impl Standing {
    /// Says how two figures stand, in words that go on after naming the other.
    pub fn told(self, a: &Figure, b: &Figure) -> String {
        match self {
            Self::Compared(Verdict::Differs) => "compared: they differ".to_owned(),
            Self::Compared(Verdict::Compatible) => "compared: they can both hold".to_owned(),
            Self::Beside(Doubt::Implied) => {
                let open = if a.counts.is_none() { a } else { b };
                let verb = open
                    .predicate
                    .as_ref()
                    .map_or("", |verb| verb.text.as_str());
                format!(
                    "beside it and not compared: of whom or what “{verb}” is said is left out; verb and size fit"
                )
            }
            Self::Beside(Doubt::Akin) => format!(
                "beside it and not compared: {} is akin and not the same",
                both(&verb(a), &verb(b))
            ),
            Self::Apart(cause) => format!("not compared: {}", cause.told(a, b)),
        }
    }
}

impl Cause {
    fn told(self, a: &Figure, b: &Figure) -> String {
        match self {
            Self::OtherKind => "numbers of another kind".to_owned(),
            Self::Part => "one is a part of a number told before".to_owned(),
            Self::Duration => "what lasts so long is not read".to_owned(),
            Self::Unnamed => "what is counted is not said".to_owned(),
            Self::OtherThing | Self::OtherPeople => {
                let (one, other) = (counted(a), counted(b));
                if one == other {
                    format!("other things are said: {}", both(&verb(a), &verb(b)))
                } else {
                    format!("other things are counted: {}", both(&one, &other))
                }
            }
            Self::OtherVerb => format!("other things are said: {}", both(&verb(a), &verb(b))),
            Self::OtherScope => {
                format!("other days, places or events: {}", both(&when(a), &when(b)))
            }
            Self::Far => "over a hundred times apart, hardly the same thing".to_owned(),
        }
    }
}

fn both(one: &str, other: &str) -> String {
    format!("{one} / {other}")
}

fn quoted(text: Option<&str>, nothing: &str) -> String {
    text.map_or_else(|| nothing.to_owned(), |text| format!("“{text}”"))
}

fn counted(figure: &Figure) -> String {
    let counts = figure.counts.as_ref();
    quoted(counts.map(|counts| counts.text.as_str()), "not said")
}

fn verb(figure: &Figure) -> String {
    let verb = figure.predicate.as_ref();
    quoted(verb.map(|verb| verb.text.as_str()), "nothing")
}

fn when(figure: &Figure) -> String {
    let scope = figure.scope.as_ref();
    quoted(scope.map(|scope| scope.text.as_str()), "that of the text")
}
