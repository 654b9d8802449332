//! The rows of the facing view for any number of panes: one of them is the anchor, every other is compared with it.
//!
//! Invariant: with two panes these are the rows of their comparison, one for one; with more, the anchor's passages keep
//! their order, and so do those of every other pane.

use crate::analysis::alignment::Comparison;
use crate::analysis::alignment::rows::{self, Course};
use crate::corpus::PassageId;
use std::collections::{HashMap, HashSet};

/// One pane's part of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing is to be said: this pane is not what the row is about.
    Empty,
    /// Nothing was found opposite.
    Nothing,
    /// A passage.
    Whole(PassageId),
    /// A passage that a row above shows already.
    Again(PassageId),
    /// The partner, whose place is in another row: the link crosses the order.
    Elsewhere {
        /// Which passage.
        passage: PassageId,
        /// Whether its place is further down.
        below: bool,
    },
}

impl Cell {
    /// The passage of this cell, wherever its place is.
    pub fn passage(self) -> Option<PassageId> {
        match self {
            Self::Empty | Self::Nothing => None,
            Self::Whole(id) | Self::Again(id) | Self::Elsewhere { passage: id, .. } => Some(id),
        }
    }

    /// The passage whose place this is.
    pub fn own(self) -> Option<PassageId> {
        match self {
            Self::Empty | Self::Nothing | Self::Elsewhere { .. } => None,
            Self::Whole(id) | Self::Again(id) => Some(id),
        }
    }
}

/// A row: a cell for every pane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacingRow {
    /// From left to right.
    pub cells: Vec<Cell>,
    /// For each cell its link with the anchor, by its place in their comparison.
    pub links: Vec<Option<usize>>,
}

impl FacingRow {
    /// Whether any of its passages is linked.
    pub fn is_paired(&self) -> bool {
        self.links.iter().any(Option::is_some)
    }

    /// The cell that alone has a passage, where nothing was found opposite.
    fn alone(&self) -> Option<usize> {
        let only = self.cells.iter().position(|cell| cell.own().is_some())?;
        (!self.is_paired()).then_some(only)
    }

    /// Whether a link of this row crosses the order.
    pub fn jumps(&self) -> bool {
        let elsewhere = |cell: &Cell| matches!(cell, Cell::Elsewhere { .. });
        self.cells.iter().any(elsewhere)
    }
}

/// Which rows are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// All.
    #[default]
    All,
    /// Those with a link.
    Paired,
    /// Those in which only this cell has a passage.
    Only(usize),
}

impl Filter {
    /// The filter after this one, with so many cells a row.
    #[must_use]
    pub fn next(self, cells: usize) -> Self {
        match self {
            Self::All => Self::Paired,
            Self::Paired => Self::Only(0),
            Self::Only(cell) if cell + 1 < cells => Self::Only(cell + 1),
            Self::Only(_) => Self::All,
        }
    }

    fn shows(self, row: &FacingRow) -> bool {
        match self {
            Self::All => true,
            Self::Paired => row.is_paired(),
            Self::Only(cell) => row.alone() == Some(cell),
        }
    }
}

/// How many there are, whatever the filter shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Links, each counted once.
    pub paired: usize,
    /// Links whatever the topic.
    pub paired_in_all: usize,
    /// For each cell the passages with nothing found opposite.
    pub only: Vec<usize>,
}

/// A pane that is compared with the anchor.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// Its cell.
    pub cell: usize,
    /// The comparison of the two.
    pub comparison: &'a Comparison,
    /// Whether the anchor is the left one in it.
    pub anchor_is_left: bool,
}

/// The rows of `cells` panes for the passages that `on_topic` wants, as far as `filter` shows them; and the counts.
pub fn rows(
    cells: usize,
    anchor: usize,
    sides: &[Side<'_>],
    filter: Filter,
    on_topic: impl Fn(PassageId) -> bool,
) -> (Vec<FacingRow>, Counts) {
    let mut rows = merge(cells, anchor, sides, on_topic);
    let links: HashSet<(usize, usize)> = rows.iter().flat_map(links_of).collect();
    let mut counts = Counts {
        paired: links.len(),
        paired_in_all: sides.iter().map(|side| side.comparison.links.len()).sum(),
        only: vec![0; cells],
    };
    for only in rows.iter().filter_map(FacingRow::alone) {
        counts.only[only] += 1;
    }
    rows.retain(|row| filter.shows(row));
    mark_repeated(&mut rows);
    direct_jumps(&mut rows);
    (rows, counts)
}

fn links_of(row: &FacingRow) -> impl Iterator<Item = (usize, usize)> + '_ {
    let links = row.links.iter().enumerate();
    links.filter_map(|(cell, link)| Some((cell, (*link)?)))
}

/// The row with the other end of a jump.
pub fn other_end(rows: &[FacingRow], of: usize) -> Option<usize> {
    let here = rows.get(of).filter(|row| row.jumps())?;
    let jump = links_of(here).collect::<Vec<_>>();
    let shares = |row: &FacingRow| row.jumps() && links_of(row).any(|link| jump.contains(&link));
    let mut others = rows.iter().enumerate().filter(|(at, _)| *at != of);
    others.find(|(_, row)| shares(row)).map(|(at, _)| at)
}

/// What stands at a place of the anchor or of another pane, seen from one side.
enum Item {
    /// At this passage of the anchor: what stands opposite, and the link.
    AtAnchor(PassageId, Cell, Option<usize>),
    /// At this passage of the other pane: what stands in the anchor's cell, and the link.
    AtOther(PassageId, Cell, Option<usize>),
}

fn items(side: &Side<'_>, on_topic: impl Fn(PassageId) -> bool) -> Vec<Item> {
    let elsewhere = |passage| Cell::Elsewhere {
        passage,
        below: false,
    };
    let rows = rows::rows(side.comparison, on_topic).into_iter();
    rows.filter_map(|row| {
        let (anchor, other, at_anchor, at_other) = if side.anchor_is_left {
            (
                row.left,
                row.right,
                Course::JumpsFromLeft,
                Course::JumpsFromRight,
            )
        } else {
            (
                row.right,
                row.left,
                Course::JumpsFromRight,
                Course::JumpsFromLeft,
            )
        };
        Some(match (anchor, other) {
            (Some(anchor), Some(other)) if row.course == at_anchor => {
                Item::AtAnchor(anchor, elsewhere(other), row.link)
            }
            (Some(anchor), Some(other)) if row.course == at_other => {
                Item::AtOther(other, elsewhere(anchor), row.link)
            }
            (Some(anchor), Some(other)) => Item::AtAnchor(anchor, Cell::Whole(other), row.link),
            (Some(anchor), None) => Item::AtAnchor(anchor, Cell::Nothing, None),
            (None, Some(other)) => Item::AtOther(other, Cell::Nothing, None),
            (None, None) => return None,
        })
    })
    .collect()
}

fn merge(
    cells: usize,
    anchor: usize,
    sides: &[Side<'_>],
    on_topic: impl Fn(PassageId) -> bool,
) -> Vec<FacingRow> {
    let mut queues: Vec<(usize, std::iter::Peekable<std::vec::IntoIter<Item>>)> = sides
        .iter()
        .map(|side| (side.cell, items(side, &on_topic).into_iter().peekable()))
        .collect();
    let empty = || FacingRow {
        cells: vec![Cell::Empty; cells],
        links: vec![None; cells],
    };
    let mut rows = Vec::new();
    loop {
        // What stands before the next passage of the anchor.
        for (cell, queue) in &mut queues {
            while let Some(Item::AtOther(id, opposite, link)) =
                queue.next_if(|item| matches!(item, Item::AtOther(..)))
            {
                let mut row = empty();
                row.cells[*cell] = Cell::Whole(id);
                row.cells[anchor] = opposite;
                row.links[*cell] = link;
                rows.push(row);
            }
        }
        let at = |item: &Item| match item {
            Item::AtAnchor(id, ..) => Some(*id),
            Item::AtOther(..) => None,
        };
        let next = queues.iter_mut().filter_map(|(_, queue)| at(queue.peek()?));
        let Some(next) = next.min() else { break };
        let mut row = empty();
        row.cells[anchor] = Cell::Whole(next);
        for (cell, queue) in &mut queues {
            if let Some(Item::AtAnchor(_, opposite, link)) =
                queue.next_if(|item| at(item) == Some(next))
            {
                row.cells[*cell] = opposite;
                row.links[*cell] = link;
            }
        }
        rows.push(row);
    }
    rows
}

/// A passage is shown in full once; further down it is only named.
fn mark_repeated(rows: &mut [FacingRow]) {
    let mut shown: HashSet<(usize, PassageId)> = HashSet::new();
    for row in rows {
        for (at, cell) in row.cells.iter_mut().enumerate() {
            if let Cell::Whole(id) = *cell
                && !shown.insert((at, id))
            {
                *cell = Cell::Again(id);
            }
        }
    }
}

/// Tells each end of a jump where the other one is.
fn direct_jumps(rows: &mut [FacingRow]) {
    let mut last: HashMap<(usize, usize), usize> = HashMap::new();
    for (at, row) in rows.iter().enumerate() {
        if row.jumps() {
            last.extend(links_of(row).map(|link| (link, at)));
        }
    }
    for (at, row) in rows.iter_mut().enumerate() {
        let further = links_of(row).any(|link| last.get(&link).is_some_and(|last| *last > at));
        for cell in &mut row.cells {
            if let Cell::Elsewhere { below, .. } = cell {
                *below = further;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::alignment::{Link, Origin};

    fn id(document: usize, passage: usize) -> PassageId {
        PassageId { document, passage }
    }

    /// Two documents of some passages each, and links between them.
    fn comparison(
        documents: (usize, usize),
        passages: usize,
        links: &[(usize, usize)],
    ) -> Comparison {
        let link = |(left, right): &(usize, usize)| Link {
            left: id(documents.0, *left),
            right: id(documents.1, *right),
            score: 0.5,
            origin: Origin::Found,
            reasons: Vec::new(),
        };
        Comparison {
            left: (0..passages).map(|at| id(documents.0, at)).collect(),
            right: (0..passages).map(|at| id(documents.1, at)).collect(),
            links: links.iter().map(link).collect(),
            ..Comparison::default()
        }
    }

    /// A line a row: passages by number, `-` nothing found, `"` as above, `^` and `v` elsewhere.
    fn drawn(rows: &[FacingRow]) -> String {
        let cell = |cell: &Cell| match cell {
            Cell::Empty => " ".to_owned(),
            Cell::Nothing => "-".to_owned(),
            Cell::Whole(id) => id.passage.to_string(),
            Cell::Again(id) => format!("\"{}", id.passage),
            Cell::Elsewhere { passage, below } => {
                format!("{}{}", if *below { "v" } else { "^" }, passage.passage)
            }
        };
        let row = |row: &FacingRow| row.cells.iter().map(cell).collect::<Vec<_>>().join("|");
        rows.iter().map(row).collect::<Vec<_>>().join("  ")
    }

    fn two(found: &Comparison, filter: Filter) -> (String, Counts) {
        let side = Side {
            cell: 1,
            comparison: found,
            anchor_is_left: true,
        };
        let (rows, counts) = rows(2, 0, &[side], filter, |_| true);
        (drawn(&rows), counts)
    }

    #[test]
    fn a_passage_in_several_rows_is_shown_once_and_a_jump_at_both_ends() {
        let found = comparison((0, 1), 3, &[(0, 0), (0, 1), (1, 2), (2, 1)]);
        let (drawn, counts) = two(&found, Filter::All);
        assert_eq!(drawn, "0|0  \"0|1  v2|\"1  1|2  2|^1");
        assert_eq!(
            counts,
            Counts {
                paired: 4,
                paired_in_all: 4,
                only: vec![0, 0]
            }
        );
    }

    #[test]
    fn pairs_on_other_topics_are_counted_and_not_shown() {
        let found = comparison((0, 1), 3, &[(0, 0), (1, 1), (2, 2)]);
        let side = Side {
            cell: 1,
            comparison: &found,
            anchor_is_left: true,
        };
        let (rows, counts) = rows(2, 0, &[side], Filter::All, |id| id.passage == 1);
        assert_eq!(rows.len(), 1);
        assert_eq!((counts.paired, counts.paired_in_all), (1, 3));
    }

    #[test]
    fn filters_show_their_rows_and_leave_the_counts() {
        let found = comparison((0, 1), 3, &[(0, 1), (2, 2)]);
        let counts = Counts {
            paired: 2,
            paired_in_all: 2,
            only: vec![1, 1],
        };
        assert_eq!(
            two(&found, Filter::All),
            ("-|0  0|1  1|-  2|2".into(), counts.clone())
        );
        assert_eq!(
            two(&found, Filter::Paired),
            ("0|1  2|2".into(), counts.clone())
        );
        assert_eq!(two(&found, Filter::Only(0)), ("1|-".into(), counts.clone()));
        assert_eq!(two(&found, Filter::Only(1)), ("-|0".into(), counts));
        let round = (0..4).fold(Filter::All, |filter, _| filter.next(2));
        assert_eq!(round, Filter::All);
    }

    #[test]
    fn with_three_panes_the_anchors_passages_stand_once_with_both_partners() {
        let left = comparison((0, 1), 2, &[(0, 1), (1, 0)]);
        let right = comparison((1, 2), 2, &[(0, 0), (1, 0)]);
        let sides = [
            Side {
                cell: 0,
                comparison: &left,
                anchor_is_left: false,
            },
            Side {
                cell: 2,
                comparison: &right,
                anchor_is_left: true,
            },
        ];
        let (rows, counts) = rows(3, 1, &sides, Filter::All, |_| true);
        assert_eq!(counts.paired, 4);
        assert_eq!(drawn(&rows), "v1|0|0  0|1|\"0  1|^0|    |-|1");
    }
}
