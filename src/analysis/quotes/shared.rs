//! Quotations that two sides share: the same words, however each cuts them.
//!
//! Invariant: two quotations are the same where at least half the runs of [`WORDS_A_RUN`] words of the shorter stand in the
//! other. Time is linear in the words: a run that stands in over [`MOST_PLACES`] quotations says nothing.

use super::{Kind, Quote};
use crate::corpus::Document;
use crate::text::shingle::run_hashes;
use foldhash::{HashMap, HashMapExt, HashSet};

/// Words in a run; shorter quotations are not compared.
const WORDS_A_RUN: usize = 5;
/// Quotations that one run is remembered in.
const MOST_PLACES: usize = 32;

/// Quotations of the same words in at least two columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// Indices into the quotations that were given, in order.
    pub quotes: Vec<usize>,
    /// The columns they stand in, in order.
    pub columns: Vec<usize>,
}

/// The quotations that columns share, in the order of the first of each. `column_of` as for [`super::speakers`].
pub fn shared(
    documents: &[Document],
    quotes: &[Quote],
    column_of: &dyn Fn(usize) -> Option<usize>,
) -> Vec<Shared> {
    let mut runs: Vec<usize> = vec![0; quotes.len()];
    let mut columns: Vec<Option<usize>> = vec![None; quotes.len()];
    let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
    for (at, quote) in quotes.iter().enumerate() {
        let Some(document) = documents.get(quote.passage.document) else {
            continue;
        };
        if quote.kind != Kind::Direct || quote.nested {
            continue;
        }
        columns[at] = column_of(at);
        if columns[at].is_none() {
            continue;
        }
        let own: HashSet<u64> = run_hashes(quote.text(document), WORDS_A_RUN)
            .map(|(hash, _)| hash)
            .collect();
        runs[at] = own.len();
        for hash in own {
            let known = places.entry(hash).or_default();
            if known.len() < MOST_PLACES {
                known.push(at);
            }
        }
    }
    let mut common: HashMap<(usize, usize), usize> = HashMap::new();
    for known in places.values() {
        for (number, one) in known.iter().enumerate() {
            for other in &known[number + 1..] {
                if columns[*one] != columns[*other] {
                    *common.entry((*one, *other)).or_default() += 1;
                }
            }
        }
    }
    let mut groups = Groups::new(quotes.len());
    for ((one, other), count) in common {
        if 2 * count >= runs[one].min(runs[other]) {
            groups.join(one, other);
        }
    }
    groups.listed(&columns)
}

/// Which quotations belong together (union-find).
struct Groups {
    parent: Vec<usize>,
}

impl Groups {
    fn new(count: usize) -> Self {
        Self {
            parent: (0..count).collect(),
        }
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    /// The earlier one stands for both, so that the order in which pairs come does not matter.
    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.parent[one.max(other)] = one.min(other);
    }

    fn listed(mut self, columns: &[Option<usize>]) -> Vec<Shared> {
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); columns.len()];
        for at in 0..columns.len() {
            let root = self.root(at);
            members[root].push(at);
        }
        members
            .into_iter()
            .filter(|members| members.len() > 1)
            .map(|quotes| {
                let mut columns: Vec<usize> = quotes.iter().filter_map(|at| columns[*at]).collect();
                columns.sort_unstable();
                columns.dedup();
                Shared { quotes, columns }
            })
            .collect()
    }
}
