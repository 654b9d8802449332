//! The matrix of who speaks of what: which topics and columns are shown in which order, the cursor, the marked cell.
//!
//! Invariant: the cursor is a topic and a column, never a place on the screen; while anything is shown it is on a cell that
//! is. Nothing is counted before the view is opened.

pub mod names;
pub mod plan;

use super::screen::Area;
use super::session::views::WantedCell;
use crate::analysis::copies::Copies;
use crate::analysis::coverage::{self, By, Coverage, Speaker, Spread};
use crate::analysis::tagging::Tagging;
use crate::corpus::{Corpus, Document, Topic};
use crate::text::{safe, width};
use names::Name;
use plan::{Plan, Wanted, plan};
use std::cmp::Reverse;

/// A cell, wherever it stands on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// The topic.
    pub topic: usize,
    /// The column, by its place in [`Coverage::columns`].
    pub column: usize,
}

/// In which order topics stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TopicOrder {
    /// That of their keys.
    #[default]
    Given,
    /// Most is said on the first.
    Total,
    /// The most unevenly covered comes first.
    Unevenness,
}

/// In which order columns stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColumnOrder {
    /// Who says most on any topic comes first.
    #[default]
    Total,
    /// By name.
    Name,
}

/// Which topics are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// All.
    #[default]
    All,
    /// Those that only one column speaks of.
    OnlyOne,
    /// Those that only this column speaks of.
    Only(usize),
}

/// What the reader chose to see, and where: enough to come back to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// What the columns are.
    pub by: By,
    /// The order of the topics.
    pub topics: TopicOrder,
    /// The order of the columns.
    pub columns: ColumnOrder,
    /// Which topics.
    pub shown: Shown,
    /// Whether the topics stand side by side, and the columns below each other.
    pub transposed: bool,
    /// The cursor.
    pub spot: Spot,
}

/// The view.
#[derive(Debug, Default)]
pub struct Matrix {
    /// What is shown, and where the cursor is.
    pub look: Look,
    /// The counts; `None` until it is known which passages are on which topics.
    pub counts: Option<Coverage>,
    /// What the columns are called.
    pub names: Vec<Name>,
    /// The topics that are shown, in order.
    pub topics: Vec<usize>,
    /// The columns in order.
    pub columns: Vec<usize>,
    /// A cell that waits for another to be opened beside it.
    pub marked: Option<Spot>,
    /// The first line and the first cell across that are on the screen.
    pub first: (usize, usize),
    /// Where everything stands.
    pub plan: Plan,
    /// Words of the cell under the cursor, where they were counted.
    pub words: Option<usize>,
    /// Cells of the longest title of a topic, and of the longest short name of a column.
    widest: (usize, usize),
    words_of: Option<Spot>,
    /// Where the cursor and the filter were, to be found when it is counted.
    pub(in crate::app) wanted: Option<WantedCell>,
}

/// More text than this is not counted word by word while the reader waits.
const COUNTED_BYTES: usize = 1 << 20;

impl Matrix {
    /// The view, not yet counted.
    pub fn new(look: Look) -> Self {
        Self {
            look,
            ..Self::default()
        }
    }

    /// Counts, of `copies` one, and puts the cursor on the column of `speaker` where one is named.
    pub fn count(
        &mut self,
        corpus: &Corpus,
        topics: &[Topic],
        tagging: &Tagging,
        copies: Option<&Copies>,
        speaker: Option<&Speaker>,
    ) {
        let documents = &corpus.documents;
        let mut counts = coverage::coverage(documents, tagging, topics.len(), self.look.by);
        if let Some(copies) = copies {
            counts.count_once(documents, tagging, copies);
        }
        self.names = names::names(corpus, &counts);
        let cells = |text: &str| width::line(&safe::line(text));
        self.widest = (
            topics
                .iter()
                .map(|topic| cells(&topic.title))
                .max()
                .unwrap_or(0),
            self.names
                .iter()
                .map(|name| cells(&name.short))
                .max()
                .unwrap_or(0),
        );
        if let Some(column) = speaker.and_then(|speaker| counts.column_of(speaker)) {
            self.look.spot.column = column;
        }
        if let Some(wanted) = self.wanted.take() {
            wanted.find(corpus, topics, &counts, &mut self.look);
        }
        self.counts = Some(counts);
        self.words_of = None;
        self.arrange();
    }

    /// Puts topics and columns in order, and the cursor on a cell that is shown. Where the filter leaves no topic, all are
    /// shown.
    pub fn arrange(&mut self) {
        let Some(counts) = &self.counts else { return };
        let shown = self.look.shown;
        let is_shown = move |spread: &Spread| match shown {
            Shown::All => true,
            Shown::OnlyOne => spread.only.is_some(),
            Shown::Only(column) => spread.only == Some(column),
        };
        if !counts.topics.iter().any(is_shown) {
            self.look.shown = Shown::All;
        }
        let topics = counts.topics.iter().enumerate();
        self.topics = topics
            .filter(|(_, spread)| self.look.shown == Shown::All || is_shown(spread))
            .map(|(topic, _)| topic)
            .collect();
        match self.look.topics {
            TopicOrder::Given => {}
            TopicOrder::Total => {
                self.topics
                    .sort_by_key(|topic| Reverse(counts.topics[*topic].passages));
            }
            TopicOrder::Unevenness => self.topics.sort_by(|one, other| {
                let of = |topic: usize| {
                    (
                        counts.topics[topic].unevenness,
                        counts.topics[topic].passages,
                    )
                };
                let ((one, said), (other, also)) = (of(*one), of(*other));
                other.total_cmp(&one).then(also.cmp(&said))
            }),
        }
        self.columns = (0..counts.columns.len()).collect();
        match self.look.columns {
            ColumnOrder::Total => {
                self.columns
                    .sort_by_key(|column| Reverse(counts.columns[*column].on_any));
            }
            ColumnOrder::Name => {
                self.columns
                    .sort_by_cached_key(|column| self.names[*column].full.to_lowercase());
            }
        }
        let Spot { topic, column } = &mut self.look.spot;
        if !self.topics.contains(topic) {
            *topic = self.topics.first().copied().unwrap_or(0);
        }
        if !self.columns.contains(column) {
            *column = self.columns.first().copied().unwrap_or(0);
        }
    }

    /// What stands below each other: topics, or where the matrix is transposed, columns.
    pub fn down(&self) -> &[usize] {
        if self.look.transposed {
            &self.columns
        } else {
            &self.topics
        }
    }

    /// What stands side by side.
    pub fn across(&self) -> &[usize] {
        if self.look.transposed {
            &self.topics
        } else {
            &self.columns
        }
    }

    /// The cell in a line, where there is one.
    pub fn spot_at(&self, line: usize, cell: usize) -> Option<Spot> {
        let (down, across) = (*self.down().get(line)?, *self.across().get(cell)?);
        Some(if self.look.transposed {
            Spot {
                topic: across,
                column: down,
            }
        } else {
            Spot {
                topic: down,
                column: across,
            }
        })
    }

    /// The line and the place in it at which the cursor is.
    pub fn place(&self) -> (usize, usize) {
        let Spot { topic, column } = self.look.spot;
        let (down, across) = if self.look.transposed {
            (column, topic)
        } else {
            (topic, column)
        };
        let place = |of: &[usize], wanted| of.iter().position(|at| *at == wanted).unwrap_or(0);
        (place(self.down(), down), place(self.across(), across))
    }

    /// Moves the cursor, as far as there are cells.
    pub fn step(&mut self, lines: isize, cells: isize) {
        let (line, cell) = self.place();
        let moved = |at: usize, by, of: &[usize]| {
            at.saturating_add_signed(by).min(of.len().saturating_sub(1))
        };
        let place = (
            moved(line, lines, self.down()),
            moved(cell, cells, self.across()),
        );
        if let Some(spot) = self.spot_at(place.0, place.1) {
            self.look.spot = spot;
        }
    }

    /// Scrolls the lines; the cursor comes along where it would be left behind.
    pub fn scroll(&mut self, lines: isize) {
        let last = self.down().len().saturating_sub(self.plan.lines);
        self.first.0 = self.first.0.saturating_add_signed(lines).min(last);
        let (line, cell) = self.place();
        let seen = line.clamp(
            self.first.0,
            self.first.0 + self.plan.lines.saturating_sub(1),
        );
        if let Some(spot) = self.spot_at(seen, cell) {
            self.look.spot = spot;
        }
    }

    /// The cell under a place on the screen; on a title the cursor's own in that line or below that title.
    pub fn spot_under(&self, column: u16, row: u16) -> Option<Spot> {
        let (line, cell) = self.place();
        let under = self.plan.cell_at(column).map(|cell| self.first.1 + cell);
        match self.plan.line_at(row) {
            Some(at) => {
                let on_label = column < self.plan.first_cell();
                self.spot_at(self.first.0 + at, under.or(on_label.then_some(cell))?)
            }
            None if self.plan.heads.contains((column, row).into()) => self.spot_at(line, under?),
            None => None,
        }
    }

    /// Plans the screen and brings the cursor into sight.
    pub fn prepare(
        &mut self,
        size: Area,
        corpus: &Corpus,
        tagging: Option<&Tagging>,
        copies: Option<&Copies>,
    ) {
        let (topic_cells, column_cells) = self.widest;
        let most = self.counts.as_ref().map_or(0, Coverage::most);
        let totals = self.counts.iter().flat_map(|counts| &counts.topics);
        let highest = totals
            .map(|topic| topic.passages)
            .max()
            .unwrap_or(0)
            .max(self.total());
        self.plan = plan(
            size,
            &Wanted {
                lines: self.down().len(),
                cells: self.across().len(),
                // A topic's key stands before its title.
                label: if self.look.transposed {
                    column_cells
                } else {
                    topic_cells + 2
                },
                head: if self.look.transposed {
                    topic_cells + 2
                } else {
                    column_cells
                },
                digits: digits(most),
                total_digits: digits(highest),
            },
        );
        let (line, cell) = self.place();
        let into_sight = |first: usize, at: usize, seen: usize, all: usize| {
            let seen = seen.max(1);
            first
                .min(at)
                .max((at + 1).saturating_sub(seen))
                .min(all.saturating_sub(seen))
        };
        self.first = (
            into_sight(self.first.0, line, self.plan.lines, self.down().len()),
            into_sight(self.first.1, cell, self.plan.cells, self.across().len()),
        );
        self.count_words(corpus, tagging, copies);
    }

    fn count_words(&mut self, corpus: &Corpus, tagging: Option<&Tagging>, copies: Option<&Copies>) {
        let spot = self.look.spot;
        if self.words_of == Some(spot) {
            return;
        }
        let column = self
            .counts
            .as_ref()
            .and_then(|counts| counts.columns.get(spot.column));
        let (Some(column), Some(tagging)) = (column, tagging) else {
            return;
        };
        let documents = &corpus.documents;
        if documents.iter().any(Document::is_read_on_demand) {
            // To count words the texts would have to be read.
            self.words = None;
            self.words_of = Some(spot);
            return;
        }
        self.words = coverage::words(
            documents,
            tagging,
            copies,
            spot.topic,
            &column.speaker,
            COUNTED_BYTES,
        );
        self.words_of = Some(spot);
    }

    /// Passages on any topic, in all columns.
    pub fn total(&self) -> usize {
        let columns = self.counts.iter().flat_map(|counts| &counts.columns);
        columns.map(|column| column.on_any).sum()
    }
}

fn digits(number: usize) -> u16 {
    number.max(1).ilog10() as u16 + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tagging::tag;
    use crate::app::tests_support::corpus;

    fn matrix(look: Look) -> Matrix {
        let mut corpus = corpus();
        // Only The Gazette speaks of a market.
        corpus.topics[2].cues = vec!["market".into()];
        let tagging = tag(&corpus.documents, &corpus.topics, &corpus.language, true);
        let mut matrix = Matrix::new(look);
        matrix.count(&corpus, &corpus.topics, &tagging, None, None);
        matrix.prepare(Area::new(0, 0, 80, 24), &corpus, Some(&tagging), None);
        matrix
    }

    #[test]
    fn the_cursor_stays_on_its_cell_through_every_order_and_both_ways_round() {
        let mut matrix = matrix(Look::default());
        matrix.step(1, 1);
        let spot = matrix.look.spot;
        for topics in [TopicOrder::Given, TopicOrder::Total, TopicOrder::Unevenness] {
            for columns in [ColumnOrder::Total, ColumnOrder::Name] {
                for transposed in [false, true] {
                    matrix.look = Look {
                        topics,
                        columns,
                        transposed,
                        ..matrix.look
                    };
                    matrix.arrange();
                    let (line, cell) = matrix.place();
                    assert_eq!(matrix.spot_at(line, cell), Some(spot));
                    assert_eq!(matrix.look.spot, spot);
                }
            }
        }
    }

    #[test]
    fn orders_are_what_they_say() {
        let mut matrix = matrix(Look {
            topics: TopicOrder::Total,
            ..Look::default()
        });
        let totals = |matrix: &Matrix| -> Vec<usize> {
            let counts = matrix.counts.as_ref().unwrap();
            matrix
                .topics
                .iter()
                .map(|topic| counts.topics[*topic].passages)
                .collect()
        };
        assert!(
            totals(&matrix).is_sorted_by(|one, other| one >= other),
            "{:?}",
            totals(&matrix)
        );
        matrix.look.topics = TopicOrder::Unevenness;
        matrix.arrange();
        let counts = matrix.counts.as_ref().unwrap();
        let uneven = matrix
            .topics
            .iter()
            .map(|topic| counts.topics[*topic].unevenness);
        assert!(uneven.is_sorted_by(|one, other| one >= other));
        matrix.look.columns = ColumnOrder::Name;
        matrix.arrange();
        let names = matrix
            .columns
            .iter()
            .map(|column| &matrix.names[*column].full);
        assert!(names.is_sorted());
    }

    #[test]
    fn a_step_past_the_edge_stays_at_it() {
        let mut matrix = matrix(Look::default());
        matrix.step(isize::MAX, isize::MAX);
        assert_eq!(
            matrix.place(),
            (matrix.down().len() - 1, matrix.across().len() - 1)
        );
        matrix.step(isize::MIN, isize::MIN);
        assert_eq!(matrix.place(), (0, 0));
    }

    #[test]
    fn a_filter_that_hides_the_cursor_moves_it_to_what_is_shown() {
        let mut matrix = matrix(Look::default());
        matrix.look.shown = Shown::OnlyOne;
        matrix.arrange();
        assert_eq!(matrix.topics, [2]);
        assert_eq!(matrix.look.spot.topic, 2);
        matrix.look.shown = Shown::Only(1);
        matrix.arrange();
        assert_eq!((matrix.topics.len(), matrix.look.shown), (3, Shown::All));
    }
}
