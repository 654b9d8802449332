//! The rows of a facing view: links level with each other, and passages with nothing found opposite, in reading order.
//!
//! Invariant: nothing is reordered to meet its partner. Down the rows neither side ever goes back, but for the far end of
//! a jump; every wanted passage stands at its place; a link that crosses the order stands at both its places. The
//! time is n log n in passages and links.

use super::{Comparison, Link};
use crate::corpus::PassageId;
use std::collections::HashSet;
use std::iter::Peekable;

/// One line of the facing view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The passage on the left.
    pub left: Option<PassageId>,
    /// The passage on the right.
    pub right: Option<PassageId>,
    /// The link that makes it a row, by its place in [`Comparison::links`]; `None` where nothing was found opposite.
    pub link: Option<usize>,
    /// How its link runs.
    pub course: Course,
}

/// How a link runs between two texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Course {
    /// Level: both passages stand at this place of their texts. Also rows without a link.
    Level,
    /// The link crosses the reading order: this is the left passage's place, its partner stands elsewhere.
    JumpsFromLeft,
    /// The same link at the right passage's place.
    JumpsFromRight,
}

/// What a link that is due weighs at least: a pair that the reader made counts, however little it shares.
const LEAST_WEIGHT: f64 = 0.01;

/// The rows of a comparison for the passages that `on_topic` wants (all of them: the topic "everything"). A link is shown when either
/// of its passages is wanted. Of a passage with several links the level ones come first, then its jumps; between them
/// stands no other passage of its side.
pub fn rows(comparison: &Comparison, on_topic: impl Fn(PassageId) -> bool) -> Vec<Row> {
    let links = &comparison.links;
    let wanted: Vec<usize> = (0..links.len())
        .filter(|at| on_topic(links[*at].left) || on_topic(links[*at].right))
        .collect();
    let chain = heaviest_chain(links, &wanted);
    let is_level: HashSet<usize> = chain.iter().copied().collect();
    let jumps = || wanted.iter().copied().filter(|at| !is_level.contains(at));
    let mut jumps_by_right: Vec<usize> = jumps().collect();
    jumps_by_right.sort_by_key(|at| (links[*at].right, links[*at].left));

    let mut left = Side {
        passages: comparison.left.iter().copied().peekable(),
        jumps: jumps().peekable(),
        own: |at: usize| links[at].left,
        linked: wanted.iter().map(|at| links[*at].left).collect(),
    };
    let mut right = Side {
        passages: comparison.right.iter().copied().peekable(),
        jumps: jumps_by_right.into_iter().peekable(),
        own: |at: usize| links[at].right,
        linked: wanted.iter().map(|at| links[*at].right).collect(),
    };
    let alone = |left, right| Row {
        left,
        right,
        link: None,
        course: Course::Level,
    };
    let linked = |at: usize, course| Row {
        left: Some(links[at].left),
        right: Some(links[at].right),
        link: Some(at),
        course,
    };
    let mut rows = Vec::new();
    for level in chain.into_iter().map(Some).chain([None]) {
        let ends = level.map(|at| (links[at].left, links[at].right));
        left.advance(ends.map(|(left, _)| left), &on_topic, |found| {
            rows.push(match found {
                Found::Alone(id) => alone(Some(id), None),
                Found::Jump(at) => linked(at, Course::JumpsFromLeft),
            });
        });
        right.advance(ends.map(|(_, right)| right), &on_topic, |found| {
            rows.push(match found {
                Found::Alone(id) => alone(None, Some(id)),
                Found::Jump(at) => linked(at, Course::JumpsFromRight),
            });
        });
        rows.extend(level.map(|at| linked(at, Course::Level)));
    }
    rows
}

/// What a side has that no level link shows.
enum Found {
    Alone(PassageId),
    Jump(usize),
}

/// How far the rows have come on one side.
struct Side<P: Iterator<Item = PassageId>, J: Iterator<Item = usize>, O> {
    passages: Peekable<P>,
    /// The jumps, by their passages on this side.
    jumps: Peekable<J>,
    own: O,
    /// The passages of this side that have a wanted link.
    linked: HashSet<PassageId>,
}

impl<P: Iterator<Item = PassageId>, J: Iterator<Item = usize>, O: Fn(usize) -> PassageId>
    Side<P, J, O>
{
    /// Goes on to the passage `end`, or to the end of the side, and tells what stands before it.
    fn advance(
        &mut self,
        end: Option<PassageId>,
        on_topic: impl Fn(PassageId) -> bool,
        mut tell: impl FnMut(Found),
    ) {
        let is_before = |id: &PassageId| end.is_none_or(|end| *id < end);
        while let Some(id) = self.passages.next_if(is_before) {
            if self.linked.contains(&id) {
                while let Some(at) = self.jumps.next_if(|at| (self.own)(*at) == id) {
                    tell(Found::Jump(at));
                }
            } else if on_topic(id) {
                tell(Found::Alone(id));
            }
        }
    }
}

/// The heaviest chain of the `wanted` links in which neither side ever goes back (a weighted longest non-decreasing
/// subsequence, by a Fenwick tree of prefix maxima over the right passages).
fn heaviest_chain(links: &[Link], wanted: &[usize]) -> Vec<usize> {
    let mut rights: Vec<PassageId> = wanted.iter().map(|at| links[*at].right).collect();
    rights.sort_unstable();
    rights.dedup();
    let mut heaviest = PrefixMaxima::new(rights.len());
    let mut before: Vec<Option<usize>> = Vec::with_capacity(wanted.len());
    // Links come by left passage, then right passage, so that every chain is met in its order.
    for (place, at) in wanted.iter().enumerate() {
        let link = &links[*at];
        let rank = rights.partition_point(|right| *right < link.right);
        let best = heaviest.up_to(rank);
        before.push(best.map(|best| best.place));
        heaviest.raise(
            rank,
            Chain {
                weight: best.map_or(0.0, |best| best.weight)
                    + f64::from(link.score).max(LEAST_WEIGHT),
                place,
            },
        );
    }
    let last = rights
        .len()
        .checked_sub(1)
        .and_then(|last| heaviest.up_to(last));
    let places = std::iter::successors(last.map(|last| last.place), |place| before[*place]);
    let mut chain: Vec<usize> = places.map(|place| wanted[place]).collect();
    chain.reverse();
    chain
}

/// A chain, by its weight and its last link.
#[derive(Clone, Copy)]
struct Chain {
    weight: f64,
    place: usize,
}

/// The heaviest chain that ends at a rank or below, for each rank (P. M. Fenwick, 1994, with maxima for sums).
struct PrefixMaxima(Vec<Option<Chain>>);

impl PrefixMaxima {
    fn new(ranks: usize) -> Self {
        Self(vec![None; ranks + 1])
    }

    fn up_to(&self, rank: usize) -> Option<Chain> {
        let mut at = rank + 1;
        let mut best: Option<Chain> = None;
        while at > 0 {
            best = heavier(best, self.0[at]);
            at &= at - 1;
        }
        best
    }

    fn raise(&mut self, rank: usize, chain: Chain) {
        let mut at = rank + 1;
        while let Some(held) = self.0.get_mut(at) {
            *held = heavier(*held, Some(chain));
            at += at & at.wrapping_neg();
        }
    }
}

/// The heavier of two; of two that weigh the same the one that ends first.
fn heavier(one: Option<Chain>, other: Option<Chain>) -> Option<Chain> {
    match (one, other) {
        (Some(one), Some(other)) => {
            let order = one.weight.total_cmp(&other.weight);
            let takes_one = order.is_gt() || order.is_eq() && one.place <= other.place;
            Some(if takes_one { one } else { other })
        }
        (one, other) => one.or(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::alignment::Origin;
    use proptest::prelude::*;

    fn id(document: usize, passage: usize) -> PassageId {
        PassageId { document, passage }
    }

    /// Sides of some passages (numbered from 0) and links (left, right, score in hundredths).
    fn comparison(left: usize, right: usize, links: &[(usize, usize, u32)]) -> Comparison {
        let mut links: Vec<Link> = links
            .iter()
            .map(|(left, right, score)| Link {
                left: id(0, *left),
                right: id(1, *right),
                score: *score as f32 / 100.0,
                origin: Origin::Found,
                reasons: Vec::new(),
            })
            .collect();
        links.sort_by_key(|link| (link.left, link.right));
        links.dedup_by_key(|link| (link.left, link.right));
        Comparison {
            left: (0..left).map(|at| id(0, at)).collect(),
            right: (0..right).map(|at| id(1, at)).collect(),
            links,
            ..Comparison::default()
        }
    }

    /// `0=1` level, `0>1` jumps from the left, `0<1` from the right, `0.` and `.1` alone.
    fn drawn(rows: &[Row]) -> String {
        let of = |id: Option<PassageId>| id.map_or(String::new(), |id| id.passage.to_string());
        let sign = |row: &Row| match (row.link, row.course) {
            (None, _) => ".",
            (_, Course::Level) => "=",
            (_, Course::JumpsFromLeft) => ">",
            (_, Course::JumpsFromRight) => "<",
        };
        let row = |row: &Row| format!("{}{}{}", of(row.left), sign(row), of(row.right));
        rows.iter().map(row).collect::<Vec<_>>().join(" ")
    }

    fn all(comparison: &Comparison) -> String {
        drawn(&rows(comparison, |_| true))
    }

    #[test]
    fn links_stand_level_and_what_is_alone_stands_at_its_place() {
        let found = comparison(4, 4, &[(1, 1, 50), (3, 2, 50)]);
        assert_eq!(all(&found), "0. .0 1=1 2. 3=2 .3");
        assert_eq!(all(&comparison(2, 0, &[])), "0. 1.");
        assert_eq!(all(&comparison(0, 0, &[])), "");
    }

    #[test]
    fn the_weaker_of_two_links_that_cross_jumps_at_both_ends() {
        let found = comparison(2, 2, &[(0, 1, 40), (1, 0, 60)]);
        assert_eq!(all(&found), "0>1 1=0 0<1");
    }

    #[test]
    fn several_links_of_a_passage_stand_together_even_around_what_is_alone() {
        let found = comparison(2, 4, &[(0, 0, 30), (0, 2, 30), (1, 3, 30)]);
        assert_eq!(all(&found), "0=0 .1 0=2 1=3");
        let jumping = comparison(2, 3, &[(0, 0, 30), (0, 2, 10), (1, 1, 60)]);
        assert_eq!(all(&jumping), "0=0 0>2 1=1 0<2");
    }

    #[test]
    fn a_topic_shows_links_of_its_passages_and_nothing_else() {
        let found = comparison(4, 4, &[(0, 0, 50), (1, 1, 50), (3, 3, 50)]);
        let on_topic = |passage| passage == id(0, 1) || passage == id(1, 3) || passage == id(1, 2);
        assert_eq!(drawn(&rows(&found, on_topic)), "1=1 .2 3=3");
    }

    #[test]
    fn a_pair_made_by_hand_counts_however_little_it_shares() {
        let found = comparison(2, 2, &[(0, 0, 0), (1, 1, 50)]);
        assert_eq!(all(&found), "0=0 1=1");
    }

    #[test]
    fn thousands_of_links_take_no_time() {
        let links: Vec<_> = (0..40_000)
            .map(|at| (at, (at * 7919) % 40_000, 1 + (at % 90) as u32))
            .collect();
        let found = comparison(40_000, 40_000, &links);
        let count = rows(&found, |_| true).len();
        // Quadratic work would not end here.
        assert!(count > 40_000);
    }

    /// The heaviest chain by looking at every one before.
    fn heaviest_by_force(found: &Comparison) -> f64 {
        let mut best: Vec<f64> = Vec::new();
        for (at, link) in found.links.iter().enumerate() {
            let before = (0..at)
                .filter(|earlier| {
                    let earlier = &found.links[*earlier];
                    earlier.left <= link.left && earlier.right <= link.right
                })
                .map(|earlier| best[earlier])
                .fold(0.0, f64::max);
            best.push(before + f64::from(link.score).max(LEAST_WEIGHT));
        }
        best.into_iter().fold(0.0, f64::max)
    }

    proptest! {
        #[test]
        fn every_wanted_passage_stands_at_its_place_and_no_side_goes_back(
            (left, right) in (1usize..12, 1usize..12),
            links in proptest::collection::vec((0usize..12, 0usize..12, 0u32..100), 0..30),
            wanted in proptest::collection::vec(any::<bool>(), 24),
        ) {
            let links: Vec<_> = links.into_iter().filter(|(l, r, _)| *l < left && *r < right).collect();
            let found = comparison(left, right, &links);
            let on_topic = |id: PassageId| wanted[id.document * 12 + id.passage];
            let rows = rows(&found, on_topic);
            let at = |side: usize, row: &Row| match (side, row.course) {
                (0, Course::Level | Course::JumpsFromLeft) => row.left,
                (1, Course::Level | Course::JumpsFromRight) => row.right,
                _ => None,
            };
            for side in 0..2 {
                let places: Vec<PassageId> = rows.iter().filter_map(|row| at(side, row)).collect();
                prop_assert!(places.is_sorted(), "{}", drawn(&rows));
                let is_linked = |id: PassageId| found.links.iter().any(|link| {
                    (on_topic(link.left) || on_topic(link.right)) && (link.left == id || link.right == id)
                });
                let side_of = if side == 0 { &found.left } else { &found.right };
                for id in side_of {
                    prop_assert_eq!(places.contains(id), on_topic(*id) || is_linked(*id));
                }
            }
            for (at, link) in found.links.iter().enumerate() {
                let mut courses: Vec<Course> = rows.iter().filter(|row| row.link == Some(at)).map(|row| row.course).collect();
                courses.sort_by_key(|course| *course as u8);
                if on_topic(link.left) || on_topic(link.right) {
                    let is_shown = courses == [Course::Level] || courses == [Course::JumpsFromLeft, Course::JumpsFromRight];
                    prop_assert!(is_shown, "{:?}", courses);
                } else {
                    prop_assert!(courses.is_empty());
                }
            }
            // A row without a link is the only row of its passage.
            for row in rows.iter().filter(|row| row.link.is_none()) {
                let id = row.left.or(row.right);
                prop_assert_eq!(rows.iter().filter(|other| other.left == id || other.right == id).count(), 1);
            }
        }

        #[test]
        fn level_links_are_the_heaviest_chain(links in proptest::collection::vec((0usize..10, 0usize..10, 0u32..100), 0..30)) {
            let found = comparison(10, 10, &links);
            let level = rows(&found, |_| true).into_iter().filter(|row| row.course == Course::Level);
            let weight: f64 = level
                .filter_map(|row| row.link)
                .map(|at| f64::from(found.links[at].score).max(LEAST_WEIGHT))
                .sum();
            prop_assert!((weight - heaviest_by_force(&found)).abs() < 1e-6);
        }
    }
}
