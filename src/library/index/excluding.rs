//! What a query leaves out, asked for in the order that the engine's own excluding needs.
//!
//! The engine asks an excluded part for one passage after the other by `seek_danger`, which may go past the passage asked for and leave the
//! part nowhere in particular. Words next to each other (an intersection and a look at places) then stand further on than the next
//! passage, and a check of the engine's own (tantivy 0.27.0, `PhraseScorer::seek_danger`) fails: `word -"two words"`. Here a part is asked
//! by `seek`, only forwards, and stands on a passage of its own at any time.

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, Term};

/// A query whose passages are left out.
#[derive(Debug)]
pub(super) struct Excluded(pub Box<dyn Query>);

impl Clone for Excluded {
    fn clone(&self) -> Self {
        Self(self.0.box_clone())
    }
}

impl Query for Excluded {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(ExcludedWeight(self.0.weight(scoring)?)))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.0.query_terms(visitor);
    }
}

struct ExcludedWeight(Box<dyn Weight>);

impl Weight for ExcludedWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(InOrder(self.0.scorer(reader, boost)?)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.0.explain(reader, doc)
    }
}

/// Passages in their order. `seek_danger` is the trait's own, which goes by `seek` and `doc`.
struct InOrder(Box<dyn Scorer>);

impl DocSet for InOrder {
    fn advance(&mut self) -> DocId {
        self.0.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.0.seek(target)
    }

    fn doc(&self) -> DocId {
        self.0.doc()
    }

    fn size_hint(&self) -> u32 {
        self.0.size_hint()
    }

    fn cost(&self) -> u64 {
        self.0.cost()
    }
}

impl Scorer for InOrder {
    fn score(&mut self) -> Score {
        self.0.score()
    }
}
