//! Which passage of one text is to stand level with each passage of the other while that one is read.
//!
//! Invariant: a passage has one partner at most, and it is linked with it. Of links that cross within a few passages those
//! lead that weigh most together, so that reading on does not send the other text to and fro.

use super::{Comparison, Link, Origin};
use crate::corpus::PassageId;
use std::collections::VecDeque;

/// Links of passages that are no further apart than this disturb the reader when they cross: about a screen of passages.
const CLOSE: usize = 3;

/// What going back within [`CLOSE`] passages costs, in links of the mean score: a single one that goes against its neighbours
/// does not lead, several that agree do.
const GOING_BACK: f32 = 2.0;

/// What a link that the reader made or accepted weighs, in links of the mean score: it leads in any case.
const DECIDED: f32 = 100.0;

/// The partners of the passages of one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guide {
    /// (passage, partner), by passage.
    pairs: Vec<(PassageId, PassageId)>,
}

/// The text that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The left one of a comparison.
    Left,
    /// The right one.
    Right,
}

/// A link seen from the text that is read.
#[derive(Clone, Copy, Debug)]
struct Step {
    /// Place of its passage among those that are read.
    place: usize,
    own: PassageId,
    partner: PassageId,
    weight: f32,
    /// Of the best sequence of links that ends with this one.
    total: f32,
    /// The step before it in that.
    before: Option<usize>,
}

impl Guide {
    /// The partners while one side of a comparison is read. Takes a time linear in the links, for passages with few of them.
    pub fn new(comparison: &Comparison, reading: Reading) -> Self {
        let (read, other) = match reading {
            Reading::Left => (&comparison.left, &comparison.right),
            Reading::Right => (&comparison.right, &comparison.left),
        };
        let mut steps = steps(&comparison.links, read, reading);
        let chosen = best_sequence(&mut steps);
        let linked: Vec<(PassageId, PassageId)> =
            steps.iter().map(|step| (step.own, step.partner)).collect();
        let first = |at: usize| first_in_a_row(&linked, other, linked[at]);
        Self {
            pairs: chosen
                .into_iter()
                .map(|at| (linked[at].0, first(at)))
                .collect(),
        }
    }

    /// The passage that is to stand level with a passage that is read.
    pub fn partner(&self, passage: PassageId) -> Option<PassageId> {
        let at = self
            .pairs
            .binary_search_by_key(&passage, |(own, _)| *own)
            .ok()?;
        self.pairs.get(at).map(|(_, partner)| *partner)
    }

    /// Every passage with its partner, in reading order.
    pub fn pairs(&self) -> &[(PassageId, PassageId)] {
        &self.pairs
    }
}

/// The links by the passages that are read, then by their partners.
fn steps(links: &[Link], read: &[PassageId], reading: Reading) -> Vec<Step> {
    let mean = links.iter().map(|link| link.score).sum::<f32>() / links.len().max(1) as f32;
    let step = |link: &Link| {
        let (own, partner) = match reading {
            Reading::Left => (link.left, link.right),
            Reading::Right => (link.right, link.left),
        };
        let weight = match link.origin {
            Origin::Found => link.score / mean.max(f32::MIN_POSITIVE),
            Origin::Accepted | Origin::Paired => DECIDED,
        };
        Some(Step {
            place: read.binary_search(&own).ok()?,
            own,
            partner,
            weight,
            total: weight,
            before: None,
        })
    };
    let mut steps: Vec<Step> = links.iter().filter_map(step).collect();
    steps.sort_by_key(|step| (step.own, step.partner));
    steps
}

/// The sequence of steps, one a passage at most, that weighs most, going back within [`CLOSE`] passages counted off.
fn best_sequence(steps: &mut [Step]) -> Vec<usize> {
    let heavier = |steps: &[Step], one: Option<usize>, other: usize| match one {
        Some(one) if steps[one].total >= steps[other].total => one,
        Some(_) | None => other,
    };
    // The best step that is far above the present passage, and those that are close above it.
    let mut far: Option<usize> = None;
    let mut close: VecDeque<usize> = VecDeque::new();
    let mut at = 0;
    while at < steps.len() {
        let place = steps[at].place;
        while let Some(first) = close.front().copied() {
            if steps[first].place + CLOSE >= place {
                break;
            }
            far = Some(heavier(steps, far, first));
            close.pop_front();
        }
        let end = at + steps[at..].partition_point(|step| step.place == place);
        for now in at..end {
            let partner = steps[now].partner;
            let from_far = far.map(|before| (steps[before].total, before));
            let from_close = close.iter().map(|before| {
                let goes_back = steps[*before].partner > partner;
                let cost = if goes_back { GOING_BACK } else { 0.0 };
                (steps[*before].total - cost, *before)
            });
            // Of two that are worth the same the nearer one.
            let best = from_far
                .into_iter()
                .chain(from_close)
                .max_by(|one, other| one.0.total_cmp(&other.0));
            if let Some((total, before)) = best.filter(|(total, _)| *total > 0.0) {
                steps[now].total = steps[now].weight + total;
                steps[now].before = Some(before);
            }
        }
        close.extend(at..end);
        at = end;
    }
    let last = close
        .iter()
        .fold(far, |best, at| Some(heavier(steps, best, *at)));
    let mut chosen: Vec<usize> = std::iter::successors(last, |at| steps[*at].before).collect();
    chosen.reverse();
    chosen
}

/// Of a passage that several in a row answer, the first of these: they are read from there.
fn first_in_a_row(
    linked: &[(PassageId, PassageId)],
    others: &[PassageId],
    (own, partner): (PassageId, PassageId),
) -> PassageId {
    let Ok(place) = others.binary_search(&partner) else {
        return partner;
    };
    let is_linked = |other: &&PassageId| linked.binary_search(&(own, **other)).is_ok();
    let row = others[..place].iter().rev().take_while(is_linked);
    row.last().copied().unwrap_or(partner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id(document: usize, passage: usize) -> PassageId {
        PassageId { document, passage }
    }

    /// Two texts of so many passages, and links (left, right, score in hundredths) between them.
    fn comparison(passages: usize, links: &[(usize, usize, u32)]) -> Comparison {
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
            left: (0..passages).map(|at| id(0, at)).collect(),
            right: (0..passages).map(|at| id(1, at)).collect(),
            links,
            ..Comparison::default()
        }
    }

    fn drawn(comparison: &Comparison, reading: Reading) -> String {
        let guide = Guide::new(comparison, reading);
        let pair = |(own, partner): &(PassageId, PassageId)| {
            format!("{}={}", own.passage, partner.passage)
        };
        guide.pairs().iter().map(pair).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn links_that_keep_the_order_all_lead_in_both_directions() {
        let found = comparison(9, &[(0, 1, 50), (2, 2, 20), (5, 7, 90)]);
        assert_eq!(drawn(&found, Reading::Left), "0=1 2=2 5=7");
        assert_eq!(drawn(&found, Reading::Right), "1=0 2=2 7=5");
    }

    #[test]
    fn a_link_that_crosses_its_neighbours_does_not_lead() {
        let found = comparison(20, &[(0, 1, 50), (1, 15, 60), (2, 2, 50), (3, 3, 50)]);
        assert_eq!(drawn(&found, Reading::Left), "0=1 2=2 3=3");
        // Seen from the other side nothing close to it crosses.
        assert_eq!(drawn(&found, Reading::Right), "1=0 2=2 3=3 15=1");
    }

    #[test]
    fn far_apart_every_link_leads_wherever_its_partner_stands() {
        let found = comparison(40, &[(0, 30, 50), (5, 2, 50), (10, 20, 50), (15, 1, 50)]);
        assert_eq!(drawn(&found, Reading::Left), "0=30 5=2 10=20 15=1");
    }

    #[test]
    fn a_block_that_stands_elsewhere_is_followed_there_and_back() {
        let found = comparison(
            30,
            &[
                (0, 0, 50),
                (1, 1, 50),
                (2, 20, 50),
                (3, 21, 50),
                (4, 22, 50),
                (5, 23, 50),
                (6, 2, 50),
                (7, 3, 50),
                (8, 4, 50),
            ],
        );
        assert_eq!(
            drawn(&found, Reading::Left),
            "0=0 1=1 2=20 3=21 4=22 5=23 6=2 7=3 8=4"
        );
    }

    #[test]
    fn of_several_links_the_one_leads_that_keeps_the_order() {
        let found = comparison(20, &[(0, 1, 50), (1, 2, 30), (1, 18, 50), (2, 3, 50)]);
        assert_eq!(drawn(&found, Reading::Left), "0=1 1=2 2=3");
    }

    #[test]
    fn a_passage_that_several_in_a_row_answer_stands_level_with_the_first() {
        let found = comparison(9, &[(1, 3, 20), (1, 4, 20), (1, 5, 90), (1, 8, 10)]);
        assert_eq!(drawn(&found, Reading::Left), "1=3");
        assert_eq!(drawn(&found, Reading::Right), "3=1 4=1 5=1 8=1");
    }

    #[test]
    fn what_the_reader_paired_leads_though_it_crosses() {
        let mut found = comparison(20, &[(0, 1, 50), (1, 15, 0), (2, 2, 50), (3, 3, 50)]);
        found.links[1].origin = Origin::Paired;
        assert_eq!(drawn(&found, Reading::Left), "0=1 1=15 2=2 3=3");
    }

    /// What a choice of a link for each passage is worth.
    fn worth(steps: &[Step]) -> f32 {
        let weights: f32 = steps.iter().map(|step| step.weight).sum();
        let goes_back = |pair: &&[Step]| {
            pair[1].place - pair[0].place <= CLOSE && pair[0].partner > pair[1].partner
        };
        weights - GOING_BACK * steps.windows(2).filter(goes_back).count() as f32
    }

    /// The most that any choice is worth, by trying every one.
    fn most(steps: &[Step], chosen: &mut Vec<Step>) -> f32 {
        let Some((first, rest)) = steps.split_first() else {
            return worth(chosen);
        };
        let without = most(rest, chosen);
        if chosen.last().is_some_and(|last| last.place == first.place) {
            return without;
        }
        chosen.push(*first);
        let with = most(rest, chosen);
        chosen.pop();
        with.max(without)
    }

    proptest! {
        #[test]
        fn the_sequence_is_the_best_there_is(links in proptest::collection::vec((0usize..10, 0usize..10, 1u32..100), 0..11)) {
            let found = comparison(10, &links);
            let mut steps = steps(&found.links, &found.left, Reading::Left);
            let best = most(&steps, &mut Vec::new());
            let chosen = best_sequence(&mut steps);
            let chosen: Vec<Step> = chosen.into_iter().map(|at| steps[at]).collect();
            prop_assert!(chosen.windows(2).all(|pair| pair[0].place < pair[1].place));
            prop_assert!((worth(&chosen) - best).abs() < 1e-4, "{} of {best}", worth(&chosen));
        }

        #[test]
        fn a_partner_is_linked_with_its_passage(links in proptest::collection::vec((0usize..12, 0usize..12, 1u32..100), 0..40)) {
            let found = comparison(12, &links);
            for reading in [Reading::Left, Reading::Right] {
                let guide = Guide::new(&found, reading);
                prop_assert!(guide.pairs().windows(2).all(|pair| pair[0].0 < pair[1].0));
                for (own, partner) in guide.pairs() {
                    let (left, right) = if reading == Reading::Left { (own, partner) } else { (partner, own) };
                    prop_assert!(found.links.iter().any(|link| (link.left, link.right) == (*left, *right)));
                    prop_assert_eq!(guide.partner(*own), Some(*partner));
                }
            }
        }
    }
}
