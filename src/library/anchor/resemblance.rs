//! Whether two texts are versions of one document: a sketch of each, small enough to be kept with every anchor.
//!
//! Invariant: the same text gives the same sketch on every machine and in every version of the program.
//! Source: A. Broder, On the resemblance and containment of documents (1997); the smallest hashes of a text's runs of
//! three words stand for all of them, and what two sketches share tells what the texts share (Jaccard).

use crate::text::char_boundary_at_or_before;
use crate::text::shingle::run_hashes;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Hashes in a sketch.
const KEPT: usize = 24;
/// Words in a run.
const WORDS_A_RUN: usize = 3;
/// So much of a text's start is sketched: more would keep a reader waiting.
const SKETCHED_BYTES: usize = 1 << 20;

/// From this resemblance on, two texts are versions of one.
pub const SAME: f32 = 0.5;
/// The best version must be more like it than the next by this much.
pub const CLEARLY: f32 = 0.2;
/// From this resemblance on, a text is at least a reworked form of another.
pub const RELATED: f32 = 0.15;

/// The smallest hashes of a text's runs of words, in ascending order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sketch(Vec<u32>);

impl Sketch {
    /// Of a text in pieces; empty where none has three words.
    pub fn of<'t>(pieces: impl Iterator<Item = &'t str>) -> Self {
        let mut kept: BTreeSet<u32> = BTreeSet::new();
        let mut left = SKETCHED_BYTES;
        for piece in pieces {
            let sketched = piece
                .get(..char_boundary_at_or_before(piece, left))
                .unwrap_or_default();
            left -= sketched.len();
            for (hash, _) in run_hashes(sketched, WORDS_A_RUN) {
                let hash = (hash >> 32) as u32;
                if kept.len() == KEPT && kept.last().is_some_and(|largest| hash >= *largest) {
                    continue;
                }
                kept.insert(hash);
                if kept.len() > KEPT {
                    kept.pop_last();
                }
            }
            if sketched.len() < piece.len() {
                break;
            }
        }
        Self(kept.into_iter().collect())
    }

    /// The share of runs that two texts have in common, as far as the sketches tell: 0 to 1.
    pub fn resemblance(&self, other: &Self) -> f32 {
        let (one, two): (BTreeSet<u32>, BTreeSet<u32>) = (
            self.0.iter().copied().collect(),
            other.0.iter().copied().collect(),
        );
        let smallest: Vec<&u32> = one.union(&two).take(KEPT).collect();
        let shared = smallest
            .iter()
            .filter(|hash| one.contains(hash) && two.contains(hash))
            .count();
        shared as f32 / smallest.len().max(1) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sketch(text: &str) -> Sketch {
        Sketch::of([text].into_iter())
    }

    #[test]
    fn a_few_changed_words_leave_a_text_recognisable_and_another_text_is_another() {
        let words = |from: usize| {
            let words: Vec<String> = (from..from + 300).map(|at| format!("w{at}")).collect();
            words.join(" ")
        };
        let known = sketch(&words(0));
        let edited = words(0).replace(" w50 ", " x ").replace(" w200 ", " ");
        assert!(known.resemblance(&sketch(&edited)) >= SAME);
        assert!(known.resemblance(&sketch(&words(400))) < RELATED);
        assert!(sketch("two words").resemblance(&known) < RELATED);
    }

    #[test]
    fn a_sketch_is_the_same_everywhere() {
        // Written down once: files hold these.
        assert_eq!(sketch("One two three four").0, [985_226_521, 4_040_738_919]);
    }
}
