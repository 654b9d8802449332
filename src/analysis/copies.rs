//! Near-identical passages and documents: wire copy, an article that was pasted twice.
//!
//! A passage is a copy when at least half of its runs of five words stand in another one (containment; A. Broder, On
//! the resemblance and containment of documents, 1997). Documents are compared by what share of their words stands in such
//! passages: a fingerprint of the whole (simhash) tells near-identical texts only, and cannot say where.
//! Invariant: a copy has one original, and an original is no copy of anything, so that counting originals counts each text
//! once. The same input gives the same copies; time is linear in the text.

use super::watch::Watch;
use crate::corpus::{Document, PassageId};
use crate::text::shingle::run_hashes;
use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Words in a run.
const WORDS_A_RUN: usize = 5;
/// From this share of its runs in another passage on, a passage is a copy of it.
const CONTAINED: f32 = 0.5;
/// Passages of fewer runs (eight words) are too short to tell copying from chance.
const FEWEST_RUNS: usize = 4;
/// Originals looked at for a run, the latest first: one that stands in many more is a stock phrase, and would cost time
/// without telling one from another.
const MOST_ORIGINALS: usize = 32;
/// From this share of its words on, a document is a copy of another.
const DOCUMENT_SHARE: f32 = 0.8;
/// More text than this is not searched for copies: what is kept of it would take gigabytes.
pub const MOST_BYTES: usize = 64 << 20;

/// Where a copy's text stands as well.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Original {
    /// The passage that holds it: the longest of those with this text, the first of equals.
    pub passage: PassageId,
    /// The share of the copy's runs of words that stand in it, from `CONTAINED` to 1.
    pub share: f32,
}

/// A document most of which stands in another one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DocumentCopy {
    /// The copy.
    pub document: usize,
    /// The document that holds its text.
    pub of: usize,
    /// The share of its words in passages that are copies from there.
    pub share: f32,
}

/// The copies among some documents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Copies {
    originals: BTreeMap<PassageId, Original>,
    by_original: BTreeMap<PassageId, Vec<PassageId>>,
    documents: Vec<DocumentCopy>,
}

impl Copies {
    /// The original of a passage, where it is a copy.
    pub fn original(&self, passage: PassageId) -> Option<Original> {
        self.originals.get(&passage).copied()
    }

    /// The passage that stands for a passage's text wherever it is counted: its original, or itself.
    pub fn representative(&self, passage: PassageId) -> PassageId {
        self.original(passage)
            .map_or(passage, |original| original.passage)
    }

    /// The copies of an original, in order; none of a passage that is a copy itself.
    pub fn copies(&self, passage: PassageId) -> &[PassageId] {
        self.by_original.get(&passage).map_or(&[], Vec::as_slice)
    }

    /// Whether another passage has the text of this one.
    pub fn is_shared(&self, passage: PassageId) -> bool {
        self.originals.contains_key(&passage) || self.by_original.contains_key(&passage)
    }

    /// The other passages with the text of this one, in order.
    pub fn same_text(&self, passage: PassageId) -> Vec<PassageId> {
        let original = self.representative(passage);
        let copies = self.copies(original).iter().copied();
        let mut all: Vec<PassageId> = std::iter::once(original).chain(copies).collect();
        all.retain(|other| *other != passage);
        all.sort_unstable();
        all
    }

    /// Every copy with its original, in reading order.
    pub fn all(&self) -> impl Iterator<Item = (PassageId, Original)> {
        self.originals
            .iter()
            .map(|(copy, original)| (*copy, *original))
    }

    /// The passages that share a text: each original with its copies, originals in reading order.
    pub fn groups(&self) -> impl Iterator<Item = (PassageId, &[PassageId])> {
        self.by_original
            .iter()
            .map(|(original, copies)| (*original, copies.as_slice()))
    }

    /// Some passages with each text once: of those with the same text the first.
    pub fn once(&self, passages: impl IntoIterator<Item = PassageId>) -> Vec<PassageId> {
        let mut seen = HashSet::new();
        let mut once: Vec<PassageId> = passages.into_iter().collect();
        if !self.is_empty() {
            once.retain(|passage| seen.insert(self.representative(*passage)));
        }
        once
    }

    /// Documents of which at least four fifths stand in another one, in order.
    pub fn documents(&self) -> &[DocumentCopy] {
        &self.documents
    }

    /// True where nothing stands twice.
    pub fn is_empty(&self) -> bool {
        self.originals.is_empty()
    }
}

/// A passage that is long enough to be compared.
struct Candidate {
    id: PassageId,
    runs: usize,
}

/// Finds the copies. Nothing when the work was stopped; no copies in more than [`MOST_BYTES`] of text.
pub fn find(documents: &[Document], watch: Watch<'_>) -> Option<Copies> {
    let bytes: usize = documents.iter().map(|document| document.text().len()).sum();
    if bytes > MOST_BYTES {
        return Some(Copies::default());
    }
    let candidates = candidates(documents);
    let mut index = Index::default();
    let mut originals: BTreeMap<PassageId, Original> = BTreeMap::new();
    for (at, candidate) in candidates.iter().enumerate() {
        if at % 256 == 0 {
            if watch.is_stopped() {
                return None;
            }
            watch.report(at, candidates.len());
        }
        let runs = runs(documents, candidate.id);
        match index.fullest(&runs) {
            Some((passage, shared)) if shared as f32 >= CONTAINED * runs.len() as f32 => {
                let share = shared as f32 / runs.len() as f32;
                originals.insert(candidate.id, Original { passage, share });
            }
            Some(_) | None => index.add(candidate.id, &runs),
        }
    }
    let mut copies: BTreeMap<PassageId, Vec<PassageId>> = BTreeMap::new();
    for (copy, original) in &originals {
        copies.entry(original.passage).or_default().push(*copy);
    }
    let documents = copied_documents(documents, &originals);
    Some(Copies {
        originals,
        by_original: copies,
        documents,
    })
}

/// The passages to compare, the longest first: what is contained comes after what contains it.
fn candidates(documents: &[Document]) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = Vec::new();
    for (document, of) in documents.iter().enumerate() {
        for passage in of.passages().filter(|passage| passage.kind().is_prose()) {
            let runs = run_hashes(passage.text(), WORDS_A_RUN).count();
            if runs >= FEWEST_RUNS {
                let id = PassageId {
                    document,
                    passage: passage.index(),
                };
                candidates.push(Candidate { id, runs });
            }
        }
    }
    candidates.sort_by_key(|candidate| (Reverse(candidate.runs), candidate.id));
    candidates
}

/// The different runs of a passage.
fn runs(documents: &[Document], id: PassageId) -> Vec<u64> {
    let document = documents.get(id.document);
    let passage = document.and_then(|document| document.passage(id.passage));
    let text = passage.map_or("", |passage| passage.text());
    let mut runs: Vec<u64> = run_hashes(text, WORDS_A_RUN)
        .map(|(hash, _)| hash)
        .collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}

/// Which originals have which runs.
#[derive(Default)]
struct Index {
    /// The first place of each run in `places`.
    first: HashMap<u64, u32>,
    /// An original with a run, and the next place of the same run.
    places: Vec<(u32, Option<u32>)>,
    originals: Vec<PassageId>,
    /// Runs shared with each original by the passage that is looked up; all 0 between two.
    shared: Vec<u32>,
}

impl Index {
    fn add(&mut self, id: PassageId, runs: &[u64]) {
        let original = self.originals.len() as u32;
        self.originals.push(id);
        self.shared.push(0);
        for run in runs {
            let place = self.places.len() as u32;
            let before = self.first.insert(*run, place);
            self.places.push((original, before));
        }
    }

    /// The original that has most of these runs, the first of equals, and how many it has.
    fn fullest(&mut self, runs: &[u64]) -> Option<(PassageId, u32)> {
        let mut met: Vec<u32> = Vec::new();
        for run in runs {
            let mut place = self.first.get(run).copied();
            for _ in 0..MOST_ORIGINALS {
                let Some((original, before)) = place.and_then(|at| self.places.get(at as usize))
                else {
                    break;
                };
                let shared = &mut self.shared[*original as usize];
                if *shared == 0 {
                    met.push(*original);
                }
                *shared += 1;
                place = *before;
            }
        }
        let best = met
            .iter()
            .copied()
            .max_by_key(|original| (self.shared[*original as usize], Reverse(*original)));
        let found = best.map(|best| (self.originals[best as usize], self.shared[best as usize]));
        for original in met {
            self.shared[original as usize] = 0;
        }
        found
    }
}

fn copied_documents(
    documents: &[Document],
    originals: &BTreeMap<PassageId, Original>,
) -> Vec<DocumentCopy> {
    let words = |id: &PassageId| {
        let passage = documents.get(id.document)?.passage(id.passage)?;
        Some(crate::text::segment::words(passage.text()).count())
    };
    // Words of each document by the document whose text they are.
    let mut shares: HashMap<(usize, usize), usize> = HashMap::new();
    for (copy, original) in originals {
        if copy.document != original.passage.document {
            // Of two versions of one article some passages are longer in the one, some in the other: both are shared text.
            let pairs = [
                (copy.document, original.passage.document, words(copy)),
                (original.passage.document, copy.document, words(copy)),
            ];
            for (document, of, words) in pairs {
                *shares.entry((document, of)).or_default() += words.unwrap_or(0);
            }
        }
    }
    let mut found: Vec<DocumentCopy> = shares
        .into_iter()
        .filter_map(|((document, of), shared)| {
            let (own, other) = (documents[document].word_count(), documents[of].word_count());
            let share = shared as f32 / own.max(1) as f32;
            // Of two that hold each other the shorter is the copy, the later of equals.
            let is_shorter = (own, Reverse(document)) < (other, Reverse(of));
            (share >= DOCUMENT_SHARE && is_shorter).then_some(DocumentCopy {
                document,
                of,
                share: share.min(1.0),
            })
        })
        .collect();
    found.sort_by(|one, other| {
        let key = |copy: &DocumentCopy| (copy.document, copy.of);
        key(one)
            .0
            .cmp(&key(other).0)
            .then(other.share.total_cmp(&one.share))
            .then(key(one).1.cmp(&key(other).1))
    });
    found.dedup_by_key(|copy| copy.document);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{DocumentId, Meta, PassageDraft};
    use proptest::prelude::*;

    fn document(passages: &[&str]) -> Document {
        let mut document = Document::new(DocumentId::from("d"), Meta::default());
        for text in passages {
            document.push(PassageDraft {
                text: (*text).to_owned(),
                ..PassageDraft::default()
            });
        }
        document
    }

    fn id(document: usize, passage: usize) -> PassageId {
        PassageId { document, passage }
    }

    fn copies(documents: &[Document]) -> Copies {
        find(documents, Watch::NOBODY).unwrap()
    }

    const RIVER: &str = "The river rose by two metres in the night and took the footbridge with it, \
        the mayor said on Monday, while the school on the hill stayed open to families from the lower town.";
    const EDITED: &str = "The river rose by two metres in the night and took the footbridge with it, the mayor said, \
        while the school on the hill stayed open to families from the lower town and its surroundings.";
    const MARKET: &str = "Traders on the square spoke of the worst week since the fire and asked the council to forgive \
        them the rent for April, which it has not yet agreed to do.";

    #[test]
    fn an_edited_passage_is_a_copy_of_the_longer_one() {
        let found = copies(&[document(&[RIVER, MARKET]), document(&["Rain.", EDITED])]);
        // EDITED has the more runs.
        let original = found.original(id(0, 0)).unwrap();
        assert_eq!(original.passage, id(1, 1));
        assert!(
            original.share > 0.6 && original.share < 1.0,
            "{}",
            original.share
        );
        assert_eq!(found.copies(id(1, 1)), [id(0, 0)]);
        assert_eq!(found.same_text(id(1, 1)), [id(0, 0)]);
        assert_eq!(found.representative(id(0, 1)), id(0, 1));
        assert_eq!(found.all().count(), 1);
    }

    #[test]
    fn of_passages_with_the_same_text_the_first_is_counted() {
        let found = copies(&[
            document(&[RIVER, MARKET, EDITED]),
            document(&["Rain.", EDITED]),
        ]);
        let all = [id(0, 0), id(0, 1), id(0, 2), id(1, 0), id(1, 1)];
        assert_eq!(found.once(all), [id(0, 0), id(0, 1), id(1, 0)]);
        assert_eq!(found.groups().count(), 1);
        let groups = found
            .groups()
            .map(|(original, copies)| (original, copies.len()));
        assert_eq!(groups.collect::<Vec<_>>(), [(id(0, 2), 2)]);
    }

    #[test]
    fn accounts_in_other_words_are_no_copies() {
        let other = "Two metres of water came down the valley that night, says the mayor; the footbridge is gone, and families \
            from below slept in the hill school, which did not close.";
        assert!(copies(&[document(&[RIVER]), document(&[other])]).is_empty());
        let short = "He said it again.";
        assert!(copies(&[document(&[short]), document(&[short])]).is_empty());
    }

    #[test]
    fn an_article_that_was_pasted_twice_is_found_in_one_document() {
        let found = copies(&[document(&[RIVER, MARKET, RIVER, MARKET])]);
        let pairs: Vec<_> = found
            .all()
            .map(|(copy, original)| (copy, original.passage))
            .collect();
        assert_eq!(pairs, [(id(0, 2), id(0, 0)), (id(0, 3), id(0, 1))]);
        assert!(found.documents().is_empty());
    }

    #[test]
    fn a_document_whose_text_stands_in_another_is_a_copy_of_it() {
        let own = "The council meets on Thursday, when it will hear the engineers on what a new bridge would cost the town.";
        let found = copies(&[
            document(&[RIVER, MARKET, own]),
            document(&[MARKET, EDITED]),
            document(&[own]),
        ]);
        let pairs: Vec<_> = found
            .documents()
            .iter()
            .map(|copy| (copy.document, copy.of))
            .collect();
        assert_eq!(pairs, [(1, 0), (2, 0)]);
    }

    #[test]
    fn passages_that_are_mostly_a_stock_phrase_are_copies_of_the_first() {
        let texts: Vec<String> = (0..3000)
            .map(|at| format!("according to a statement by the ministry on Monday the matter {at} was {} closed", at * 7))
            .collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let found = copies(&[document(&texts)]);
        // Nine of thirteen words are the phrase's: all are copies of the first.
        assert_eq!(found.copies(id(0, 0)).len() + 1, 3000);
    }

    #[test]
    fn work_that_was_stopped_finds_nothing() {
        let stop = std::sync::atomic::AtomicBool::new(true);
        let quiet = |_| {};
        assert_eq!(find(&[document(&[RIVER])], Watch::new(&stop, &quiet)), None);
    }

    proptest! {
        #[test]
        fn a_copy_has_one_original_that_is_no_copy(texts in proptest::collection::vec("([ab] ){0,14}", 1..12)) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let found = copies(&[document(&texts)]);
            for (copy, original) in found.all() {
                prop_assert_eq!(found.original(original.passage), None);
                prop_assert!(found.copies(original.passage).contains(&copy));
                prop_assert!(original.share >= CONTAINED && original.share <= 1.0);
            }
        }
    }
}
