//! Pairs the passages of two perspectives that belong side by side, with the reasons.
//!
//! Invariant: every reason stands in both passages at the spans it names; a link's two ends are from the two sides it
//! was asked for; the same input gives the same links. A topic chooses among the links ([`rows`]), it makes none.
//!
//! From text to links: `reading` makes terms of words, `weights` says what each term is worth in these two texts, `related` which
//! have to do with which, `lexical` how much two passages share, `answers` what of it is a question's, `walk` how probable a pair is in view of all others, `linking` which pairs are links and why.

mod answers;
pub mod guide;
mod lexical;
mod linking;
mod numbers;
mod reading;
mod related;
pub mod rows;
mod sparse;
mod walk;
mod weights;

use super::watch::Watch;
use crate::corpus::{Document, PassageId};
use crate::text::ByteSpan;

/// Two passages that belong side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The passage of the left perspective.
    pub left: PassageId,
    /// The passage of the right perspective.
    pub right: PassageId,
    /// How surely, from 0 to 1.
    pub score: f32,
    /// Who says so.
    pub origin: Origin,
    /// What both have, weightiest first. Empty only for a pair made by hand that shares nothing.
    pub reasons: Vec<Reason>,
}

/// Who says that two passages belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// Found by the program.
    Found,
    /// Found by the program, and the reader agreed.
    Accepted,
    /// Paired by the reader.
    Paired,
}

impl Origin {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Accepted => "accepted",
            Self::Paired => "paired",
        }
    }
}

/// Something that two passages have in common.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// What it is.
    pub kind: ReasonKind,
    /// As it stands in the left passage.
    pub text: String,
    /// Its share of the link's score; the weights of a link's reasons add up to 1 at most.
    pub weight: f32,
    /// Where it stands in the left passage; bytes count from the passage's start. Not empty.
    pub left: Vec<ByteSpan>,
    /// Where it stands in the right passage.
    pub right: Vec<ByteSpan>,
}

/// What two passages have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReasonKind {
    /// A word, in whatever form.
    Word,
    /// A name.
    Name,
    /// A number.
    Figure,
    /// Two words that a dictionary explains alike; each stands in its passage.
    Akin,
}

impl ReasonKind {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Name => "name",
            Self::Figure => "figure",
            Self::Akin => "akin",
        }
    }
}

/// What the reader decided about pairs of passages. Pairs that are not of the two sides compared are passed over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    /// Belong together, the program had found.
    pub accepted: Vec<(PassageId, PassageId)>,
    /// Do not belong together.
    pub rejected: Vec<(PassageId, PassageId)>,
    /// Belong together, says the reader alone.
    pub paired: Vec<(PassageId, PassageId)>,
}

/// What the reader says of a pair of passages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// They belong together, and the program had found so.
    Accepted,
    /// They do not belong together.
    Rejected,
    /// They belong together, says the reader alone.
    Paired,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 3] = [Self::Accepted, Self::Rejected, Self::Paired];

    /// The name used in files and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Paired => "paired",
        }
    }
}

/// A decision about one pair of passages; which of them is left and which right says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decision {
    /// One passage.
    pub left: PassageId,
    /// The other.
    pub right: PassageId,
    /// What the reader says; `None` takes back what was said before.
    pub verdict: Option<Verdict>,
}

impl Decisions {
    /// Takes a decision in: after it the pair has this verdict and no other, or none.
    pub fn apply(&mut self, decision: Decision) {
        let Decision { left, right, .. } = decision;
        for verdict in Verdict::ALL {
            self.pairs_mut(verdict)
                .retain(|pair| *pair != (left, right) && *pair != (right, left));
        }
        if let Some(verdict) = decision.verdict {
            self.pairs_mut(verdict).push((left, right));
        }
    }

    /// What was decided about a pair, whichever of the two is given first.
    pub fn verdict(&self, one: PassageId, other: PassageId) -> Option<Verdict> {
        Verdict::ALL.into_iter().find(|verdict| {
            let pairs = self.pairs(*verdict);
            pairs.contains(&(one, other)) || pairs.contains(&(other, one))
        })
    }

    /// With which passage one was last said not to belong.
    pub fn rejected_beside(&self, id: PassageId) -> Option<PassageId> {
        let other_of = |(one, other): &(PassageId, PassageId)| {
            if *one == id {
                Some(*other)
            } else {
                (*other == id).then_some(*one)
            }
        };
        self.rejected.iter().rev().find_map(other_of)
    }

    /// The pairs with a verdict, in the order in which they were decided.
    pub fn pairs(&self, verdict: Verdict) -> &[(PassageId, PassageId)] {
        match verdict {
            Verdict::Accepted => &self.accepted,
            Verdict::Rejected => &self.rejected,
            Verdict::Paired => &self.paired,
        }
    }

    fn pairs_mut(&mut self, verdict: Verdict) -> &mut Vec<(PassageId, PassageId)> {
        match verdict {
            Verdict::Accepted => &mut self.accepted,
            Verdict::Rejected => &mut self.rejected,
            Verdict::Paired => &mut self.paired,
        }
    }
}

/// Two perspectives and the links between them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// The prose passages of the left perspective, in reading order.
    pub left: Vec<PassageId>,
    /// Those of the right perspective.
    pub right: Vec<PassageId>,
    /// The links, by left passage, then right passage.
    pub links: Vec<Link>,
    /// For passages of the left the nearest of the right, three at most, by passage, then nearest first; linked or not.
    pub near_left: Vec<Near>,
    /// The same for passages of the right.
    pub near_right: Vec<Near>,
}

/// A passage of the other side that is among the nearest to one, whether that is enough for a link or not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    /// The passage.
    pub passage: PassageId,
    /// The one that is near to it.
    pub partner: PassageId,
    /// How surely they belong together, from 0 to 1; as [`Link::score`].
    pub score: f32,
}

/// One of the two sides of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// The left one.
    Left,
    /// The right one.
    Right,
}

impl Comparison {
    /// The passage that is shown opposite one of a side: that of its strongest link, or else the nearest, where any is near at all.
    pub fn opposite(&self, side: Side, passage: PassageId) -> Option<PassageId> {
        let mut strongest: Option<(f32, PassageId)> = None;
        for link in &self.links {
            let (own, other) = match side {
                Side::Left => (link.left, link.right),
                Side::Right => (link.right, link.left),
            };
            if own == passage && strongest.is_none_or(|(score, _)| link.score > score) {
                strongest = Some((link.score, other));
            }
        }
        let nearest = || self.nearest(side, passage).first().map(|near| near.partner);
        strongest.map(|(_, other)| other).or_else(nearest)
    }

    /// The nearest passages of the other side, nearest first.
    pub fn nearest(&self, side: Side, passage: PassageId) -> &[Near] {
        let near = match side {
            Side::Left => &self.near_left,
            Side::Right => &self.near_right,
        };
        let from = near.partition_point(|near| near.passage < passage);
        let rest = near.get(from..).unwrap_or_default();
        let count = rest
            .iter()
            .take_while(|near| near.passage == passage)
            .count();
        rest.get(..count).unwrap_or_default()
    }
}

/// The numbers that the method goes by; [`Rules::default`] is what the measurement in `docs/quality.md` settled on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rules {
    /// A link's score is at least this.
    pub floor: f32,
    /// Two passages that say so much in the same words need no more to be sure.
    pub enough: f32,
    /// By how much two passages must share more for the odds that they belong together to grow e-fold.
    pub temperature: f32,
    /// How many steps through the other text go anywhere rather than on.
    pub jumps: f32,
    /// How many passages have no partner.
    pub alone: f32,
    /// Log odds, before anything is read, that two texts follow each other's order.
    pub order: f32,
    /// Of a pair that its surroundings make so many times likelier than others half the square of its probability is left.
    pub support: f32,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            floor: 0.45,
            enough: 0.25,
            temperature: 0.04,
            jumps: 0.15,
            alone: 0.2,
            order: 1.0,
            support: 0.1,
        }
    }
}

/// Finds the links between two perspectives. `left` and `right` are their passages in reading order; passages that are no prose
/// are left out. `language` is that of documents that state none. Nothing when the work was stopped.
///
/// A decision counts whichever side its passages are given on.
pub fn compare(
    documents: &[Document],
    language: &str,
    left: &[PassageId],
    right: &[PassageId],
    decisions: &Decisions,
    watch: Watch<'_>,
) -> Option<Comparison> {
    let sides = [left, right];
    compare_by(
        &Rules::default(),
        documents,
        language,
        sides,
        decisions,
        watch,
    )
}

/// As [`compare`], by other rules.
pub fn compare_by(
    rules: &Rules,
    documents: &[Document],
    language: &str,
    sides: [&[PassageId]; 2],
    decisions: &Decisions,
    watch: Watch<'_>,
) -> Option<Comparison> {
    linking::compare(rules, documents, language, sides, decisions, watch)
}

#[cfg(test)]
mod tests;
