//! How much two passages say in the same words, or in related ones: every pair of passages that share any gets a number.
//!
//! The same words count by the mean of three, each about 1 for the same text: the cosine of the words (TF-IDF, 1 + ln tf); the best pair of
//! sentences by shared IDF mass (the weight of the words that both have, over the geometric mean of each one's weight)
//! with a share of the other sentences' best; and the cosine of the 3- to 5-grams of characters inside words, for forms that the
//! stemmer does not bring together. To it is added the weight of the words that have a relative on the other side
//! ([`super::related`]), over the geometric mean of the weight of each passage.
//!
//! Invariant: time and memory are bounded ([`MOST_PRODUCTS`], [`ALL_PAIRS`]) whatever the texts; the same texts give the same
//! numbers, on any number of threads.

use super::reading::{Read, Reading, Term};
use super::related::relatives;
use super::sparse::{Entry, Sparse, Sums};
use super::weights::{Weights, idf};
use crate::analysis::watch::Watch;
use crate::corpus::parallel;
use foldhash::{HashMap, HashMapExt};
use std::ops::RangeInclusive;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Lengths of the grams, in characters; a word's edges count as one each.
const GRAMS: RangeInclusive<usize> = 3..=5;
/// In texts of more than [`LARGE_WORDS`] together: a third of the memory.
const GRAMS_OF_LARGE_TEXTS: RangeInclusive<usize> = 4..=4;
const LARGE_WORDS: usize = 300_000;
/// How much the other sentences count beside the best pair.
const OTHER_SENTENCES: f32 = 1.0;

/// Up to so many pairs of passages all are kept that share anything: two texts of 90 000 words.
const ALL_PAIRS: usize = 2_000_000;
/// Beyond, a passage of the left keeps its best.
const KEPT: usize = 64;
/// Most products of weights that are summed up for one of the three numbers. In larger texts the most frequent features count for the
/// lengths only.
const MOST_PRODUCTS: u64 = 400_000_000;

/// The numbers of pairs of passages.
pub(super) struct Scores {
    /// For each passage of the left, passages of the right with their numbers.
    pub pairs: Sparse,
    /// The mean over all pairs of passages.
    pub mean: f32,
    /// For each term those of the right side that are related to it, with how much.
    pub relatives: Sparse,
}

/// Scores all pairs; nothing when the work was stopped. `report` is called with the number of passages done.
pub(super) fn score(
    reading: &Reading,
    weights: &Weights,
    watch: Watch<'_>,
    report: impl Fn(usize) + Sync,
) -> Option<Scores> {
    let [lefts, rights] = &reading.sides;
    let words = lefts
        .iter()
        .chain(rights)
        .map(|read| read.words.len())
        .sum::<usize>();
    let lengths = if words > LARGE_WORDS {
        GRAMS_OF_LARGE_TEXTS
    } else {
        GRAMS
    };
    let grams = Grams::of(&reading.terms, &lengths, watch)?;
    let mut left = Features::of(lefts, weights, &grams, watch)?;
    let mut right = Features::of(rights, weights, &grams, watch)?;
    weigh_grams(&mut left.grams, &mut right.grams, grams.count);
    let opposite = Opposite::of(reading, weights, [&left, &right], grams.count, watch)?;
    let keep = if lefts.len().saturating_mul(rights.len()) <= ALL_PAIRS {
        usize::MAX
    } else {
        KEPT
    };
    let places: Vec<usize> = (0..lefts.len()).collect();
    let done = AtomicUsize::new(0);
    let rows = parallel::map_with(
        &places,
        words * 8,
        || Scratch::for_rows(&right, reading.terms.len()),
        |scratch, place| {
            if watch.is_stopped() {
                return None;
            }
            let (row, sum) = opposite.row(scratch, &left, *place, keep);
            report(done.fetch_add(1, Ordering::Relaxed));
            Some((row, sum))
        },
    );
    let mut pairs = Sparse::default();
    let mut total = 0.0;
    for row in rows {
        let (row, sum) = row?;
        pairs.push(row);
        total += f64::from(sum);
    }
    let all = (lefts.len() * rights.len()).max(1) as f64;
    Some(Scores {
        pairs,
        mean: (total / all) as f32,
        relatives: opposite.relatives,
    })
}

/// The grams of every term.
struct Grams {
    /// By term, with how often each stands in it.
    of_terms: Sparse,
    count: usize,
}

impl Grams {
    fn of(terms: &[Term], lengths: &RangeInclusive<usize>, watch: Watch<'_>) -> Option<Self> {
        let mut known: HashMap<(u32, String), u32> = HashMap::new();
        let mut of_terms = Sparse::default();
        let mut padded: Vec<char> = Vec::new();
        let mut found: Vec<u32> = Vec::new();
        for term in terms {
            if watch.is_stopped() {
                return None;
            }
            padded.clear();
            padded.push('<');
            padded.extend(term.key.chars());
            padded.push('>');
            found.clear();
            for gram in lengths.clone().flat_map(|length| padded.windows(length)) {
                let next = known.len() as u32;
                found.push(
                    *known
                        .entry((term.language, gram.iter().collect()))
                        .or_insert(next),
                );
            }
            found.sort_unstable();
            let counted = found.chunk_by(u32::eq);
            of_terms.push(counted.map(|same| (same[0], same.len() as f32)));
        }
        Some(Self {
            of_terms,
            count: known.len(),
        })
    }
}

/// A side by its features.
struct Features {
    /// Passages by terms, of length 1.
    words: Sparse,
    /// The weight of all different words of a passage.
    word_masses: Vec<f32>,
    /// Passages by grams; of length 1 once weighed.
    grams: Sparse,
    /// Sentences by terms.
    sentences: Sparse,
    /// The weight of all of a sentence.
    masses: Vec<f32>,
    /// Where the sentences of each passage end.
    sentence_ends: Vec<u32>,
}

impl Features {
    fn of(side: &[Read], weights: &Weights, grams: &Grams, watch: Watch<'_>) -> Option<Self> {
        let mut features = Self {
            words: Sparse::default(),
            word_masses: Vec::new(),
            grams: Sparse::default(),
            sentences: Sparse::default(),
            masses: Vec::new(),
            sentence_ends: Vec::new(),
        };
        let (mut counts, mut sums) = (Sums::default(), Sums::default());
        counts.reserve(weights.in_passages.len());
        sums.reserve(grams.count);
        for read in side {
            if watch.is_stopped() {
                return None;
            }
            for word in &read.words {
                counts.add(word.term, 1.0);
            }
            let counted: Vec<Entry> = counts.drain().collect();
            for (term, count) in &counted {
                for (gram, times) in grams.of_terms.row(*term as usize) {
                    sums.add(*gram, times * count * weights.by_kind[*term as usize]);
                }
            }
            features.grams.push(sums.drain());
            let mass = counted
                .iter()
                .map(|(term, _)| weights.in_passages[*term as usize])
                .sum();
            features.word_masses.push(mass);
            let weight = |(term, count): Entry| {
                (
                    term,
                    (1.0 + count.ln()) * weights.in_passages[term as usize],
                )
            };
            features.words.push(counted.into_iter().map(weight));
            for sentence in read.sentences() {
                for word in sentence {
                    counts.raise(word.term, 1.0);
                }
                let words: Vec<Entry> = counts
                    .drain()
                    .map(|(term, _)| (term, weights.in_sentences[term as usize]))
                    .collect();
                features.sentences.push(words);
                let row = features.sentences.row(features.sentences.len() - 1);
                features
                    .masses
                    .push(row.iter().map(|(_, weight)| weight).sum());
            }
            features.sentence_ends.push(features.masses.len() as u32);
        }
        features.words.normalize();
        Some(features)
    }

    /// The sentences of a passage.
    fn sentences_of(&self, passage: usize) -> std::ops::Range<usize> {
        let from = passage
            .checked_sub(1)
            .map_or(0, |before| self.sentence_ends[before] as usize);
        from..self.sentence_ends[passage] as usize
    }
}

/// Weighs grams by their rarity among the passages of both sides.
fn weigh_grams(left: &mut Sparse, right: &mut Sparse, count: usize) {
    let all = (left.len() + right.len()) as u32;
    let counts = left
        .column_counts(count)
        .into_iter()
        .zip(right.column_counts(count));
    let weights: Vec<f32> = counts.map(|(left, right)| idf(all, left + right)).collect();
    for side in [left, right] {
        side.weigh(&weights);
        side.normalize();
    }
}

/// The right side as the left one looks at it: for each feature, where it stands.
struct Opposite<'f> {
    right: &'f Features,
    words: Sparse,
    grams: Sparse,
    sentences: Sparse,
    /// The passage of each sentence.
    passage_of: Vec<u32>,
    /// For each term those of the right that are related to it.
    relatives: Sparse,
    word_weights: &'f [f32],
}

impl<'f> Opposite<'f> {
    fn of(
        reading: &Reading,
        weights: &'f Weights,
        [left, right]: [&'f Features; 2],
        grams: usize,
        watch: Watch<'_>,
    ) -> Option<Self> {
        let terms = reading.terms.len();
        let passage_of = (0..right.sentence_ends.len())
            .flat_map(|passage| right.sentences_of(passage).map(move |_| passage as u32));
        let [own, others] = [left, right].map(|side| side.words.column_counts(terms));
        let relatives = relatives(reading, &own, &others, watch)?;
        Some(Self {
            words: within_limit(&left.words, &right.words, terms),
            grams: within_limit(&left.grams, &right.grams, grams),
            sentences: within_limit(&left.sentences, &right.sentences, terms),
            passage_of: passage_of.collect(),
            relatives,
            word_weights: &weights.in_passages,
            right,
        })
    }

    /// The numbers of a passage of the left with all of the right, of which the best `keep` are kept, and their sum.
    fn row(
        &self,
        scratch: &mut Scratch,
        left: &Features,
        place: usize,
        keep: usize,
    ) -> (Vec<Entry>, f32) {
        for (features, index) in [(&left.words, &self.words), (&left.grams, &self.grams)] {
            for (feature, weight) in features.row(place) {
                for (passage, other) in index.row(*feature as usize) {
                    scratch.passages.add(*passage, weight * other / 3.0);
                }
            }
        }
        self.add_sentences(scratch, left, place);
        self.add_relatives(scratch, left, place);
        let mut row: Vec<Entry> = scratch.passages.drain().collect();
        row.sort_unstable_by_key(|(passage, _)| *passage);
        let sum = row.iter().map(|(_, score)| score).sum();
        if row.len() > keep {
            row.select_nth_unstable_by(keep, |one, other| {
                other.1.total_cmp(&one.1).then(one.0.cmp(&other.0))
            });
            row.truncate(keep);
        }
        (row, sum)
    }

    fn add_sentences(&self, scratch: &mut Scratch, left: &Features, place: usize) {
        let own = left.sentences_of(place);
        let own_count = own.len();
        for sentence in own {
            for (term, weight) in left.sentences.row(sentence) {
                for (other, _) in self.sentences.row(*term as usize) {
                    scratch.shared.add(*other, *weight);
                }
            }
            for (other, shared) in scratch.shared.drain() {
                let masses = left.masses[sentence] * self.right.masses[other as usize];
                let score = shared / masses.sqrt().max(f32::MIN_POSITIVE);
                let passage = self.passage_of[other as usize];
                scratch.best_here.raise(passage, score);
                scratch.best_there.raise(other, score);
            }
            for (passage, score) in scratch.best_here.drain() {
                scratch.best.raise(passage, score);
                scratch.all_best.add(passage, score);
            }
        }
        for (other, score) in scratch.best_there.drain() {
            scratch.all_best.add(self.passage_of[other as usize], score);
        }
        for (passage, all) in scratch.all_best.drain() {
            let best = scratch.best.get(passage);
            let count = own_count + self.right.sentences_of(passage as usize).len();
            let others = (all - 2.0 * best).max(0.0) / count as f32;
            scratch
                .passages
                .add(passage, (best + OTHER_SENTENCES * others) / 3.0);
        }
        scratch.best.drain().for_each(drop);
    }

    /// What related words add: each word of a passage by its best relative in the other, unless it stands there itself.
    fn add_relatives(&self, scratch: &mut Scratch, left: &Features, place: usize) {
        let own = left.words.row(place);
        for (term, _) in own {
            scratch.own.raise(*term, 1.0);
        }
        for (term, _) in own {
            for (other, likeness) in self.relatives.row(*term as usize) {
                let [one, two] = [*term, *other].map(|term| self.word_weights[term as usize]);
                let weight = likeness * (one * two).sqrt();
                if scratch.own.get(*other) == 0.0 {
                    scratch.relatives.raise(*other, weight);
                }
                for (passage, _) in self.words.row(*other as usize) {
                    scratch.best.raise(*passage, weight);
                }
            }
            for (passage, _) in self.words.row(*term as usize) {
                scratch.best.clear(*passage);
            }
            for (passage, weight) in scratch.best.drain().filter(|(_, weight)| *weight > 0.0) {
                scratch.related.add(passage, weight);
            }
        }
        scratch.own.drain().for_each(drop);
        for (other, weight) in scratch.relatives.drain() {
            for (passage, _) in self.words.row(other as usize) {
                scratch.related.add(*passage, weight);
            }
        }
        for (passage, weight) in scratch.related.drain() {
            let masses = left.word_masses[place] * self.right.word_masses[passage as usize];
            scratch
                .passages
                .add(passage, weight / 2.0 / masses.sqrt().max(f32::MIN_POSITIVE));
        }
    }
}

/// Sums that are built up for one passage of the left.
struct Scratch {
    /// By passage of the right: the number itself.
    passages: Sums,
    /// By sentence of the right: the weight that a sentence shares with it.
    shared: Sums,
    /// By passage: the best for a sentence of the left.
    best_here: Sums,
    /// By sentence of the right: its best.
    best_there: Sums,
    /// By passage: the best pair of sentences.
    best: Sums,
    /// By passage: the sum of the best of each sentence on both sides.
    all_best: Sums,
    /// By term: whether the passage has it.
    own: Sums,
    /// By term of the right: its best relative in the passage.
    relatives: Sums,
    /// By passage: the weight of words with relatives, on both sides.
    related: Sums,
}

impl Scratch {
    fn for_rows(right: &Features, terms: usize) -> Self {
        let of = |columns| {
            let mut sums = Sums::default();
            sums.reserve(columns);
            sums
        };
        let (passages, sentences) = (right.sentence_ends.len(), right.masses.len());
        Self {
            passages: of(passages),
            shared: of(sentences),
            best_here: of(passages),
            best_there: of(sentences),
            best: of(passages),
            all_best: of(passages),
            own: of(terms),
            relatives: of(terms),
            related: of(passages),
        }
    }
}

/// The right side by features, without the most frequent ones where all would take too long.
fn within_limit(left: &Sparse, right: &Sparse, features: usize) -> Sparse {
    let index = right.transposed(features);
    let counts = left.column_counts(features);
    let products = |feature: usize| u64::from(counts[feature]) * index.row(feature).len() as u64;
    let total: u64 = (0..features).map(products).sum();
    if total <= MOST_PRODUCTS {
        return index;
    }
    let mut by_cost: Vec<usize> = (0..features).collect();
    by_cost.sort_by_key(|feature| (products(*feature), *feature));
    let mut sum = 0;
    let mut is_kept = vec![false; features];
    for feature in by_cost {
        sum += products(feature);
        if sum > MOST_PRODUCTS {
            break;
        }
        is_kept[feature] = true;
    }
    let mut kept = Sparse::default();
    for (feature, is_kept) in is_kept.into_iter().enumerate() {
        let row = if is_kept { index.row(feature) } else { &[] };
        kept.push(row.iter().copied());
    }
    kept
}
