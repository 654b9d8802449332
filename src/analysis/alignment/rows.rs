//! The rows of a facing view: links level with each other, and passages with nothing found opposite, in reading order.
//!
//! Invariant: each side's passages stand in reading order; nothing is reordered to meet its partner.

use super::Comparison;
use crate::corpus::PassageId;

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

/// The rows of a comparison for the passages that `on_topic` wants (all of them: the topic "everything"). A link is shown when either
/// of its passages is wanted. A passage with several level links stands in several rows that follow each other.
pub fn rows(comparison: &Comparison, on_topic: impl Fn(PassageId) -> bool) -> Vec<Row> {
    let mut rows = Vec::new();
    let links = &comparison.links;
    let wanted = |at: &usize| on_topic(links[*at].left) || on_topic(links[*at].right);
    let chain = heaviest_chain(comparison, wanted);
    let jumps: Vec<usize> = (0..links.len())
        .filter(wanted)
        .filter(|at| chain.binary_search(at).is_err())
        .collect();
    let linked_left = |id: PassageId| {
        links
            .iter()
            .enumerate()
            .any(|(at, link)| link.left == id && wanted(&at))
    };
    let linked_right = |id: PassageId| {
        links
            .iter()
            .enumerate()
            .any(|(at, link)| link.right == id && wanted(&at))
    };
    let mut left = comparison.left.iter().copied().peekable();
    let mut right = comparison.right.iter().copied().peekable();
    let until = |rows: &mut Vec<Row>,
                 left_end: Option<PassageId>,
                 right_end: Option<PassageId>,
                 left: &mut std::iter::Peekable<_>,
                 right: &mut std::iter::Peekable<_>| {
        while let Some(id) = left.next_if(|id| left_end.is_none_or(|end| *id < end)) {
            let mut jumping = jumps.iter().filter(|at| links[**at].left == id).peekable();
            if jumping.peek().is_none() && on_topic(id) && !linked_left(id) {
                rows.push(Row {
                    left: Some(id),
                    right: None,
                    link: None,
                    course: Course::Level,
                });
            }
            rows.extend(jumping.map(|at| Row {
                left: Some(id),
                right: Some(links[*at].right),
                link: Some(*at),
                course: Course::JumpsFromLeft,
            }));
        }
        while let Some(id) = right.next_if(|id| right_end.is_none_or(|end| *id < end)) {
            let mut jumping = jumps.iter().filter(|at| links[**at].right == id).peekable();
            if jumping.peek().is_none() && on_topic(id) && !linked_right(id) {
                rows.push(Row {
                    left: None,
                    right: Some(id),
                    link: None,
                    course: Course::Level,
                });
            }
            rows.extend(jumping.map(|at| Row {
                left: Some(links[*at].left),
                right: Some(id),
                link: Some(*at),
                course: Course::JumpsFromRight,
            }));
        }
    };
    for at in &chain {
        let link = &links[*at];
        until(
            &mut rows,
            Some(link.left),
            Some(link.right),
            &mut left,
            &mut right,
        );
        rows.push(Row {
            left: Some(link.left),
            right: Some(link.right),
            link: Some(*at),
            course: Course::Level,
        });
    }
    until(&mut rows, None, None, &mut left, &mut right);
    rows
}

/// The heaviest chain of links in which both sides never go back.
fn heaviest_chain(comparison: &Comparison, wanted: impl Fn(&usize) -> bool) -> Vec<usize> {
    let links = &comparison.links;
    let candidates: Vec<usize> = (0..links.len()).filter(wanted).collect();
    let mut best: Vec<(f32, Option<usize>)> = Vec::with_capacity(candidates.len());
    for (at, link) in candidates.iter().map(|at| &links[*at]).enumerate() {
        let before = (0..at)
            .filter(|earlier| {
                let earlier = &links[candidates[*earlier]];
                earlier.left <= link.left && earlier.right <= link.right
            })
            .max_by(|one, other| best[*one].0.total_cmp(&best[*other].0));
        best.push((
            link.score + before.map_or(0.0, |before| best[before].0),
            before,
        ));
    }
    let mut chain = Vec::new();
    let mut at = (0..best.len()).max_by(|one, other| best[*one].0.total_cmp(&best[*other].0));
    while let Some(place) = at {
        chain.push(candidates[place]);
        at = best[place].1;
    }
    chain.reverse();
    chain
}
