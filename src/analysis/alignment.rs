//! Pairs the passages of two perspectives that belong side by side, with the reasons.
//!
//! Invariant: every reason stands in both passages at the spans it names; a link's two ends are from the two sides it
//! was asked for; the same input gives the same links. A topic chooses among the links ([`rows`]), it makes none.

pub mod rows;
mod scoring;

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
}

impl ReasonKind {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Name => "name",
            Self::Figure => "figure",
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

/// Two perspectives and the links between them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// The prose passages of the left perspective, in reading order.
    pub left: Vec<PassageId>,
    /// Those of the right perspective.
    pub right: Vec<PassageId>,
    /// The links, by left passage, then right passage.
    pub links: Vec<Link>,
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
    scoring::compare(documents, language, left, right, decisions, watch)
}
