//! Which pairs of passages are links, with the reasons that a reader can check.
//!
//! A link's score is its probability among all pairs ([`super::walk`]) times the root of how much it says in the same words
//! ([`super::lexical`], up to [`Rules::enough`]). A link is among the best three of both its passages, reaches [`Rules::floor`],
//! and shares a rare word, a name or a figure.
//!
//! Invariant: a reason is a term that stands in both passages at its spans, or two that the dictionary explains alike, of which each
//! stands in one; the reader's decisions override everything.

use super::lexical::{self, Scores};
use super::reading::{self, Read, Reading, TermId};
use super::sparse::{Entry, Sparse};
use super::weights::Weights;
use super::{
    Comparison, Decisions, Link, Near, Origin, Reason, ReasonKind, Rules, Verdict, answers, walk,
};
use crate::analysis::watch::Watch;
use crate::corpus::{Document, PassageId};
use crate::text::ByteSpan;
use foldhash::{HashMap, HashMapExt};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A passage has so many partners at most, and is linked with none for which it is not among so many itself.
const PARTNERS: usize = 3;
/// Related words less alike than this are no reason that anyone would see.
const SEEN_AS_ALIKE: f32 = 0.2;
/// What the reader's word adds to a pair: more than any words could.
const DECIDED: f32 = 2.0;

pub(super) fn compare(
    rules: &Rules,
    documents: &[Document],
    language: &str,
    sides: [&[PassageId]; 2],
    decisions: &Decisions,
    watch: Watch<'_>,
) -> Option<Comparison> {
    let reading = reading::read(documents, language, sides, watch)?;
    let ids = |side: usize| {
        reading.sides[side]
            .iter()
            .map(|read| read.id)
            .collect::<Vec<_>>()
    };
    let mut comparison = Comparison {
        left: ids(0),
        right: ids(1),
        ..Comparison::default()
    };
    let [lefts, rights] = [comparison.left.len(), comparison.right.len()];
    if lefts == 0 || rights == 0 {
        return Some(comparison);
    }
    // Each passage of the left is scored once, and each of both sides walked there and back.
    let total = lefts + 2 * (lefts + rights);
    let weights = Weights::of(&reading);
    let mut scores = lexical::score(&reading, &weights, watch, |done| watch.report(done, total))?;
    scores.pairs = answers::raised(documents, &reading.sides, scores.pairs);
    let verdicts = verdicts(&comparison, decisions);
    let informed = informed(&scores, &verdicts);
    let walked = AtomicUsize::new(lefts);
    let probabilities =
        walk::probabilities(rules, (&informed, scores.mean), rights, watch, || {
            watch.report(walked.fetch_add(1, Ordering::Relaxed), total);
        })?;
    let sure = sureness(rules.enough, &scores.pairs, &informed, &probabilities);
    let linker = Linker {
        floor: rules.floor,
        documents,
        reading: &reading,
        weights: &weights,
        relatives: &scores.relatives,
    };
    comparison.links = linker.links(&sure, rights, &verdicts);
    let is_allowed = |left: usize, right: usize| {
        verdicts.get(&(left as u32, right as u32)) != Some(&Verdict::Rejected)
    };
    comparison.near_left = nearest(&sure, &comparison.left, &comparison.right, is_allowed);
    let turned = sure.transposed(rights);
    comparison.near_right = nearest(
        &turned,
        &comparison.right,
        &comparison.left,
        |right, left| is_allowed(left, right),
    );
    (!watch.is_stopped()).then_some(comparison)
}

/// The verdicts on pairs of the two sides, by their places.
type Verdicts = BTreeMap<(u32, u32), Verdict>;

fn verdicts(comparison: &Comparison, decisions: &Decisions) -> Verdicts {
    let places = |side: &[PassageId]| {
        let mut places = HashMap::new();
        for (place, id) in side.iter().enumerate() {
            places.entry(*id).or_insert(place as u32);
        }
        places
    };
    let mut verdicts = Verdicts::new();
    if Verdict::ALL
        .iter()
        .all(|verdict| decisions.pairs(*verdict).is_empty())
    {
        return verdicts;
    }
    let (left, right) = (places(&comparison.left), places(&comparison.right));
    for verdict in [Verdict::Rejected, Verdict::Accepted, Verdict::Paired] {
        for (one, other) in decisions.pairs(verdict) {
            for (on_left, on_right) in [(one, other), (other, one)] {
                if let (Some(left), Some(right)) = (left.get(on_left), right.get(on_right)) {
                    verdicts.insert((*left, *right), verdict);
                }
            }
        }
    }
    verdicts
}

/// The scores with what the reader knows better, so that the neighbours of a decided pair are seen in its light.
fn informed(scores: &Scores, verdicts: &Verdicts) -> Sparse {
    let mut pairs = Sparse::default();
    for place in 0..scores.pairs.len() {
        let mut row: BTreeMap<u32, f32> = BTreeMap::new();
        for ((_, right), verdict) in verdicts.range((place as u32, 0)..(place as u32 + 1, 0)) {
            let score = match verdict {
                Verdict::Accepted | Verdict::Paired => DECIDED,
                Verdict::Rejected => -DECIDED,
            };
            row.insert(*right, score);
        }
        let undecided = scores
            .pairs
            .row(place)
            .iter()
            .filter(|(right, _)| !row.contains_key(right))
            .copied();
        let undecided: Vec<Entry> = undecided.collect();
        pairs.push(undecided.into_iter().chain(row));
    }
    pairs
}

/// How surely each pair belongs together, from 0 to 1.
fn sureness(enough: f32, lexical: &Sparse, informed: &Sparse, probabilities: &Sparse) -> Sparse {
    let mut sure = Sparse::default();
    for place in 0..informed.len() {
        let words = lexical.row(place);
        let row = probabilities.row(place).iter().map(|(right, probability)| {
            let at = words.binary_search_by_key(right, |(right, _)| *right);
            let said = at.map_or(0.0, |at| words[at].1);
            (
                *right,
                probability.min(1.0) * (said / enough).clamp(0.0, 1.0).sqrt(),
            )
        });
        sure.push(row);
    }
    sure
}

/// The best [`PARTNERS`] of a row, best first; of equals the first.
fn best(row: &[Entry]) -> Vec<Entry> {
    let mut best: Vec<Entry> = row
        .iter()
        .filter(|(_, score)| *score > 0.0)
        .copied()
        .collect();
    best.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
    best.truncate(PARTNERS);
    best
}

/// The nearest passages of the other side for each of one, best first.
fn nearest(
    sure: &Sparse,
    own: &[PassageId],
    others: &[PassageId],
    is_allowed: impl Fn(usize, usize) -> bool,
) -> Vec<Near> {
    let mut nearest: Vec<Near> = Vec::new();
    for (place, passage) in own.iter().enumerate() {
        let allowed = sure
            .row(place)
            .iter()
            .filter(|(other, _)| is_allowed(place, *other as usize));
        let allowed: Vec<Entry> = allowed.copied().collect();
        nearest.extend(best(&allowed).into_iter().map(|(other, score)| Near {
            passage: *passage,
            partner: others[other as usize],
            score,
        }));
    }
    // A perspective may hold a passage's place anywhere; they are looked up by passage.
    nearest.sort_by_key(|near| near.passage);
    nearest
}

/// Makes links.
struct Linker<'r> {
    floor: f32,
    documents: &'r [Document],
    reading: &'r Reading,
    weights: &'r Weights,
    relatives: &'r Sparse,
}

impl Linker<'_> {
    fn links(&self, sure: &Sparse, rights: usize, verdicts: &Verdicts) -> Vec<Link> {
        let turned = sure.transposed(rights);
        let best_of_rights: Vec<Vec<Entry>> =
            (0..rights).map(|right| best(turned.row(right))).collect();
        let mut pairs: BTreeMap<(u32, u32), (f32, Origin)> = BTreeMap::new();
        for left in 0..sure.len() {
            for (right, score) in best(sure.row(left)) {
                let is_mutual = best_of_rights[right as usize]
                    .iter()
                    .any(|(other, _)| *other as usize == left);
                if score >= self.floor && is_mutual && self.share_a_rare_term(left, right as usize)
                {
                    pairs.insert((left as u32, right), (score, Origin::Found));
                }
            }
        }
        for (pair, verdict) in verdicts {
            let score = || {
                let row = sure.row(pair.0 as usize);
                let at = row.binary_search_by_key(&pair.1, |(right, _)| *right);
                at.map_or(0.0, |at| row[at].1)
            };
            match verdict {
                Verdict::Accepted => pairs.insert(*pair, (score(), Origin::Accepted)),
                Verdict::Paired => pairs.insert(*pair, (score(), Origin::Paired)),
                Verdict::Rejected => pairs.remove(pair),
            };
        }
        let mut links: Vec<Link> = pairs
            .into_iter()
            .map(|((left, right), (score, origin))| {
                let (one, other) = (self.read(0, left as usize), self.read(1, right as usize));
                Link {
                    left: one.id,
                    right: other.id,
                    score,
                    origin,
                    reasons: self.reasons(one, other),
                }
            })
            .collect();
        links.sort_by_key(|link| (link.left, link.right));
        links
    }

    fn read(&self, side: usize, place: usize) -> &Read {
        &self.reading.sides[side][place]
    }

    fn share_a_rare_term(&self, left: usize, right: usize) -> bool {
        let mut own: Vec<TermId> = self
            .read(0, left)
            .words
            .iter()
            .map(|word| word.term)
            .collect();
        own.retain(|term| self.weights.is_rare(*term));
        self.read(1, right)
            .words
            .iter()
            .any(|word| own.contains(&word.term))
    }

    /// What both passages have, weightiest first.
    fn reasons(&self, left: &Read, right: &Read) -> Vec<Reason> {
        let [one, other] = [left, right].map(spans_of);
        let weight = |term: TermId| self.weights.in_passages[term as usize];
        // Kind, weight, and the term of each side.
        let same = one.keys().filter(|term| other.contains_key(*term));
        let same = same.map(|term| {
            let kind = self.reading.terms[*term as usize].kind;
            (kind, weight(*term), *term, *term)
        });
        let mut shared: Vec<(ReasonKind, f32, TermId, TermId)> = same.collect();
        shared.extend(self.akin(&one, &other));
        let total: f32 = shared.iter().map(|(_, weight, ..)| weight).sum();
        let document = self.documents.get(left.id.document);
        let text = document.and_then(|document| document.passage(left.id.passage));
        let text = text.map_or("", |passage| passage.text());
        let reasons = shared
            .into_iter()
            .map(|(kind, weight, on_left, on_right)| Reason {
                kind,
                text: one[&on_left][0].of(text).to_owned(),
                weight: weight / total,
                left: one[&on_left].clone(),
                right: other[&on_right].clone(),
            });
        let mut reasons: Vec<Reason> = reasons.collect();
        reasons.sort_by(|one, other| other.weight.total_cmp(&one.weight));
        reasons
    }

    /// Words of one side with their relatives of the other, each once, the weightiest first.
    fn akin(&self, one: &Spans, other: &Spans) -> Vec<(ReasonKind, f32, TermId, TermId)> {
        let mut pairs: Vec<(f32, TermId, TermId)> = Vec::new();
        for term in one.keys().filter(|term| !other.contains_key(*term)) {
            for (relative, likeness) in self.relatives.row(*term as usize) {
                if *likeness >= SEEN_AS_ALIKE
                    && other.contains_key(relative)
                    && !one.contains_key(relative)
                {
                    let [one, other] =
                        [*term, *relative].map(|term| self.weights.in_passages[term as usize]);
                    pairs.push((likeness * (one * other).sqrt(), *term, *relative));
                }
            }
        }
        pairs.sort_by(|one, other| {
            other
                .0
                .total_cmp(&one.0)
                .then((one.1, one.2).cmp(&(other.1, other.2)))
        });
        let mut chosen: Vec<(ReasonKind, f32, TermId, TermId)> = Vec::new();
        for (weight, term, relative) in pairs {
            if chosen
                .iter()
                .all(|(.., left, right)| *left != term && *right != relative)
            {
                chosen.push((ReasonKind::Akin, weight, term, relative));
            }
        }
        chosen
    }
}

/// Where each term of a passage stands.
type Spans = BTreeMap<TermId, Vec<ByteSpan>>;

fn spans_of(read: &Read) -> Spans {
    let mut spans = Spans::new();
    for word in &read.words {
        spans.entry(word.term).or_default().push(word.span);
    }
    spans
}
