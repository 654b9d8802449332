//! Scores of passage pairs: the idf of the stems that both have, over the geometric mean of each side's idf sum.

use super::{Comparison, Decisions, Link, Origin, Reason, ReasonKind};
use crate::analysis::watch::Watch;
use crate::corpus::{Document, PassageId};
use crate::text::ByteSpan;
use crate::text::segment;
use crate::text::stem::Stemmer;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A link's score is at least this.
const FLOOR: f32 = 0.12;

struct Bag {
    id: PassageId,
    stems: BTreeMap<String, Vec<ByteSpan>>,
}

fn bags(documents: &[Document], language: &str, side: &[PassageId]) -> Vec<Bag> {
    let mut stemmers: HashMap<&str, Stemmer> = HashMap::new();
    let prose = side.iter().filter_map(|id| {
        let document = documents.get(id.document)?;
        let passage = document.passage(id.passage)?;
        passage
            .kind()
            .is_prose()
            .then_some((*id, document, passage))
    });
    prose
        .map(|(id, document, passage)| {
            let language = match document.meta.language.as_str() {
                "" => language,
                stated => stated,
            };
            let stemmer = stemmers
                .entry(language)
                .or_insert_with(|| Stemmer::new(language));
            let mut stems: BTreeMap<String, Vec<ByteSpan>> = BTreeMap::new();
            for (span, word) in segment::words(passage.text()) {
                if !stemmer.is_stop_word(word) {
                    stems.entry(stemmer.stem(word)).or_default().push(span);
                }
            }
            Bag { id, stems }
        })
        .collect()
}

pub(super) fn compare(
    documents: &[Document],
    language: &str,
    left: &[PassageId],
    right: &[PassageId],
    decisions: &Decisions,
    watch: Watch<'_>,
) -> Option<Comparison> {
    let (lefts, rights) = (
        bags(documents, language, left),
        bags(documents, language, right),
    );
    let mut with: HashMap<&str, f32> = HashMap::new();
    for bag in lefts.iter().chain(&rights) {
        for stem in bag.stems.keys() {
            *with.entry(stem).or_default() += 1.0;
        }
    }
    let count = (lefts.len() + rights.len()) as f32;
    let idf = |stem: &str| (1.0 + (count - with[stem] + 0.5) / (with[stem] + 0.5)).ln();
    let mass = |bag: &Bag| bag.stems.keys().map(|stem| idf(stem)).sum::<f32>();
    let mut scores = vec![vec![0.0_f32; rights.len()]; lefts.len()];
    for (at, one) in lefts.iter().enumerate() {
        if watch.is_stopped() {
            return None;
        }
        watch.report(at, lefts.len());
        for (place, other) in rights.iter().enumerate() {
            let shared: f32 = one
                .stems
                .keys()
                .filter(|stem| other.stems.contains_key(*stem))
                .map(|stem| idf(stem))
                .sum();
            scores[at][place] = shared / (mass(one) * mass(other)).sqrt().max(f32::MIN_POSITIVE);
        }
    }
    let decided = |pairs: &[(PassageId, PassageId)], left, right| {
        pairs.contains(&(left, right)) || pairs.contains(&(right, left))
    };
    let mut links = Vec::new();
    for (at, one) in lefts.iter().enumerate() {
        for (place, other) in rights.iter().enumerate() {
            let score = scores[at][place];
            let best = score >= FLOOR
                && scores[at].iter().all(|rival| *rival <= score)
                && scores.iter().all(|row| row[place] <= score);
            let origin = if decided(&decisions.paired, one.id, other.id) {
                Origin::Paired
            } else if decided(&decisions.accepted, one.id, other.id) {
                Origin::Accepted
            } else if best && !decided(&decisions.rejected, one.id, other.id) {
                Origin::Found
            } else {
                continue;
            };
            let shared: BTreeSet<&String> = one
                .stems
                .keys()
                .filter(|stem| other.stems.contains_key(*stem))
                .collect();
            let total: f32 = shared.iter().map(|stem| idf(stem)).sum();
            let text = documents[one.id.document]
                .passage(one.id.passage)
                .map_or("", |passage| passage.text());
            let mut reasons: Vec<Reason> = shared
                .into_iter()
                .map(|stem| Reason {
                    kind: ReasonKind::Word,
                    text: one.stems[stem][0].of(text).to_owned(),
                    weight: idf(stem) / total,
                    left: one.stems[stem].clone(),
                    right: other.stems[stem].clone(),
                })
                .collect();
            reasons.sort_by(|one, other| other.weight.total_cmp(&one.weight));
            links.push(Link {
                left: one.id,
                right: other.id,
                score,
                origin,
                reasons,
            });
        }
    }
    Some(Comparison {
        left: lefts.iter().map(|bag| bag.id).collect(),
        right: rights.iter().map(|bag| bag.id).collect(),
        links,
    })
}
