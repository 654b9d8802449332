//! Questions and what answers them: who asks says little, and a text that tells the same belongs beside the answer too.
//!
//! Invariant: a pair gets no more than its question shares, and one that shared nothing still shares nothing.

use super::reading::Read;
use super::sparse::Sparse;
use crate::corpus::{Document, PassageId};

/// How much of what a question shares counts for its answer too. With a half, answers push other pairs out; taking it from the
/// question loses pairs that people make (`docs/quality.md`).
const HANDED_ON: f32 = 0.25;

/// Scores of the pairs, the answers' raised by their questions'. Two questions belong together as they are.
pub(super) fn raised(documents: &[Document], sides: &[Vec<Read>; 2], pairs: Sparse) -> Sparse {
    let [lefts, rights] = [
        answered(documents, &sides[0]),
        answered(documents, &sides[1]),
    ];
    let mut pairs = pairs;
    if lefts.contains(&true) {
        pairs = by_rows(&pairs, &lefts, &rights);
    }
    if rights.contains(&true) {
        pairs = by_rows(&pairs.transposed(rights.len()), &rights, &lefts).transposed(lefts.len());
    }
    pairs
}

/// For each passage whether it is a question that the next one answers: by another voice, in the same document.
fn answered(documents: &[Document], side: &[Read]) -> Vec<bool> {
    let passage = |id: PassageId| documents.get(id.document)?.passage(id.passage);
    let is_answered = |at: usize| {
        let (one, next) = (side[at].id, side.get(at + 1)?.id);
        let (asks, answers) = (passage(one)?, passage(next)?);
        let end = asks.text().trim_end_matches(['"', '”', '»', '’', ' ']);
        let is_other = answers.voice().is_some() && answers.voice() != asks.voice();
        Some(end.ends_with(['?', '？', '؟']) && is_other && one.document == next.document)
    };
    let places = 0..side.len();
    places.map(|at| is_answered(at).unwrap_or(false)).collect()
}

fn by_rows(pairs: &Sparse, asked: &[bool], others: &[bool]) -> Sparse {
    let mut raised = Sparse::default();
    for place in 0..pairs.len() {
        let question = place.checked_sub(1).filter(|before| asked[*before]);
        let question = question.map_or(&[][..], |before| pairs.row(before));
        let row = pairs.row(place).iter().map(|(other, score)| {
            let at = question.binary_search_by_key(other, |(other, _)| *other);
            let shared = at.map_or(0.0, |at| question[at].1);
            let handed = if others[*other as usize] { 0.0 } else { shared };
            (*other, score + HANDED_ON * handed)
        });
        raised.push(row);
    }
    raised
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_gets_a_part_of_what_its_question_shares_and_no_more() {
        let mut pairs = Sparse::default();
        pairs.push([(0, 0.4), (1, 0.8)]);
        pairs.push([(0, 0.1)]);
        pairs.push([(1, 0.2)]);
        let raised = by_rows(&pairs, &[true, false, false], &[false, false]);
        assert_eq!(
            raised.row(0),
            pairs.row(0),
            "the question keeps what it has"
        );
        assert_eq!(raised.row(1), [(0, 0.2)], "and column 1 stays empty");
        assert_eq!(raised.row(2), pairs.row(2), "nobody asked before it");
        let other = by_rows(&pairs, &[true, false, false], &[true, false]);
        assert_eq!(
            other.row(1),
            [(0, 0.1)],
            "a question over there has its own answer"
        );
    }
}
