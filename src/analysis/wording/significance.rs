//! How far counts are from what chance gives.
//!
//! Invariant: pure arithmetic on counts; [`log_odds`] is the published formula and nothing else.

use super::PRIOR_WORDS;
use std::collections::HashMap;

/// So many terms would be listed by chance alone in each of the two kinds of list, if both sides drew their words from one text.
pub const EXPECTED_BY_CHANCE: f64 = 0.45;
/// The least z that is ever shown: what lies beyond it happens by chance once in twenty.
pub const LEAST_Z: f64 = 1.96;
/// z beyond which nothing more is asked.
const MOST_Z: f64 = 8.0;

/// The counts of one term.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Counts {
    /// How often on the left.
    pub left: usize,
    /// How often on the right.
    pub right: usize,
    /// All terms of its kind on the left.
    pub left_words: usize,
    /// All on the right.
    pub right_words: usize,
    /// Its share of all terms in the background, 0 to 1.
    pub share: f64,
}

/// A term with its counts.
#[derive(Clone, Copy, Debug)]
pub struct Observed<'t> {
    /// The term.
    pub key: &'t str,
    /// How often it stands on each side.
    pub counts: Counts,
    /// In how many passages it stands on each side. A word that one passage repeats is one event, not many: only what is
    /// spread over passages counts as a habit.
    pub spread: Counts,
}

/// The difference of a term's log-odds between left and right, with the Dirichlet prior of `share` times [`PRIOR_WORDS`], and
/// that difference in standard deviations (Monroe, Colaresi & Quinn 2008, equations 16, 20 and 22). Positive: more on the left.
pub fn log_odds(counts: &Counts) -> (f64, f64) {
    let Counts {
        left,
        right,
        left_words,
        right_words,
        share,
    } = *counts;
    let (y1, y2) = (left as f64, right as f64);
    let (n1, n2) = (left_words as f64, right_words as f64);
    // A term that the background does not have still has some weight.
    let prior = (PRIOR_WORDS * share).max(PRIOR_WORDS * 1e-6);
    let odds = |y: f64, n: f64| ((y + prior) / (n + PRIOR_WORDS - y - prior)).ln();
    let difference = odds(y1, n1) - odds(y2, n2);
    let variance = 1.0 / (y1 + prior) + 1.0 / (y2 + prior);
    (difference, difference / variance.sqrt())
}

/// The chance that all occurrences fall on the one side they are on, if both sides used the term alike.
pub fn only_here(counts: &Counts) -> f64 {
    let share = left_share(counts);
    if counts.right == 0 {
        power(share, counts.left)
    } else if counts.left == 0 {
        power(1.0 - share, counts.right)
    } else {
        1.0
    }
}

fn left_share(counts: &Counts) -> f64 {
    let (left, right) = (counts.left_words as f64, counts.right_words as f64);
    if left + right > 0.0 {
        left / (left + right)
    } else {
        0.5
    }
}

fn power(base: f64, exponent: usize) -> f64 {
    base.powf(exponent as f64)
}

/// From where on a term is listed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cutoff {
    /// From this z on, of its places and of its passages.
    Z(f64),
    /// From this chance down.
    Chance(f64),
}

impl Cutoff {
    /// The least z, [`LEAST_Z`] or more, at which chance alone would list no more than [`EXPECTED_BY_CHANCE`] of these
    /// terms.
    pub fn of_log_odds(observed: &[Observed<'_>]) -> Self {
        let groups = alike(observed);
        let mut z = LEAST_Z;
        while z < MOST_Z {
            let expected: f64 = groups
                .iter()
                .map(|(counts, terms)| *terms as f64 * chance_beyond(counts, z))
                .sum();
            if expected <= EXPECTED_BY_CHANCE {
                break;
            }
            z += 0.05;
        }
        Self::Z(z)
    }

    /// The same for terms of one side only.
    pub fn of_only_here(observed: &[Observed<'_>]) -> Self {
        let groups = alike(observed);
        let mut chances: Vec<f64> = groups
            .iter()
            .flat_map(|(counts, _)| one_sided(counts))
            .filter(|chance| *chance <= 0.05)
            .collect();
        chances.sort_by(|one, other| other.total_cmp(one));
        chances.dedup();
        let expected = |cutoff: f64| -> f64 {
            let beyond = |counts: &Counts| -> f64 {
                one_sided(counts)
                    .into_iter()
                    .filter(|chance| *chance <= cutoff)
                    .sum()
            };
            groups
                .iter()
                .map(|(counts, terms)| *terms as f64 * beyond(counts))
                .sum()
        };
        let cutoff = chances
            .into_iter()
            .find(|chance| expected(*chance) <= EXPECTED_BY_CHANCE);
        Self::Chance(cutoff.unwrap_or(0.0))
    }

    /// Whether a term is listed.
    pub fn admits(self, seen: &Observed<'_>) -> bool {
        match self {
            Self::Z(least) => {
                let (z, spread) = (log_odds(&seen.counts).1, log_odds(&seen.spread).1);
                z.abs() >= least && spread.abs() >= least && z.signum() == spread.signum()
            }
            Self::Chance(most) => {
                only_here(&seen.counts) <= most && only_here(&seen.spread) <= most
            }
        }
    }
}

/// The terms' spreads, those that are alike together: what chance gives depends on no more.
fn alike(observed: &[Observed<'_>]) -> Vec<(Counts, usize)> {
    let mut groups: HashMap<(usize, usize, u64), (Counts, usize)> = HashMap::new();
    for Observed { spread, .. } in observed {
        let total = spread.left + spread.right;
        let key = (total, spread.left_words, spread.share.to_bits());
        groups.entry(key).or_insert((*spread, 0)).1 += 1;
    }
    let mut groups: Vec<(Counts, usize)> = groups.into_values().collect();
    // Sums of floats depend on their order.
    groups.sort_by(|(one, _), (other, _)| {
        let key = |counts: &Counts| (counts.left + counts.right, counts.left_words);
        key(one)
            .cmp(&key(other))
            .then(one.share.total_cmp(&other.share))
    });
    groups
}

/// The chances that all of a term's passages are on the left, and on the right.
fn one_sided(counts: &Counts) -> [f64; 2] {
    let (share, total) = (left_share(counts), counts.left + counts.right);
    [power(share, total), power(1.0 - share, total)]
}

/// The chance that a term with this total lies beyond `z` on either side, if each of its occurrences falls on a side by the
/// sides' lengths.
fn chance_beyond(counts: &Counts, z: f64) -> f64 {
    let (share, total) = (left_share(counts), counts.left + counts.right);
    if share <= 0.0 || share >= 1.0 {
        return 0.0;
    }
    let split = |left: usize| Counts {
        left,
        right: total - left,
        ..*counts
    };
    let is_beyond = |left: usize| log_odds(&split(left)).1.abs() >= z;
    // Binomial probabilities, each from the one before, by logarithms: they underflow otherwise.
    let mut log = (1.0 - share).ln() * total as f64;
    let step = (share / (1.0 - share)).ln();
    let mut chance = 0.0;
    for left in 0..=total {
        if is_beyond(left) {
            chance += log.exp();
        }
        log += ((total - left) as f64 / (left + 1) as f64).ln() + step;
    }
    chance
}
