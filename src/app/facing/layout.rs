//! A row of the facing view laid out: its cells beside each other, or one under the other on a narrow screen.
//!
//! Invariant: a row is as high as its highest cell, and the texts of its cells begin on the same line.

use super::Desk;
use super::rows::{Cell, FacingRow};
use crate::app::block::BlockRow;
use crate::app::perspective::Slot;
use crate::corpus::PassageId;
use crate::text::wrap::Row;

/// How rows are laid out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// Cells stand one under the other.
    pub stacked: bool,
    /// There is no room for numbers beside the text: they stand above it.
    pub numbers_above: bool,
    /// Cells of the text columns, from left to right.
    pub widths: Vec<u16>,
    /// Which cells' panes show several documents, so that each passage's is named.
    pub names_document: Vec<bool>,
}

/// What a cell shows on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The space before a row.
    Space,
    /// Number, voice and document of the passage, as far as they are named above it.
    Caption,
    /// A line of the passage's text; `first` on its first.
    Text {
        /// The bytes.
        row: Row,
        /// Whether it opens the passage.
        first: bool,
    },
    /// In place of a passage: nothing found here, as above, further down.
    Note,
    /// How a passage begins that stands elsewhere.
    Beginning,
}

/// A line of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellLine {
    /// Which cell.
    pub cell: usize,
    /// What of it.
    pub part: Part,
}

/// A row laid out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowLayout {
    /// The lines of each column: a cell each, or all cells in one.
    pub columns: Vec<Vec<CellLine>>,
}

impl RowLayout {
    /// Lines of its highest column.
    pub fn height(&self) -> usize {
        self.columns.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// The text that a line of the row shows: cell, byte, and lines above the one with that byte. Of several columns the
    /// longest counts.
    pub fn text_at(&self, line: usize) -> (usize, u32, u16) {
        let longest = self.columns.iter().rev().max_by_key(|column| column.len());
        let Some(longest) = longest else {
            return (0, u32::MAX, 0);
        };
        let mut below = longest.iter().enumerate().skip(line);
        let text = below.find_map(|(at, cell_line)| match cell_line.part {
            Part::Text { row, .. } => Some((at, cell_line.cell, row.span.start)),
            Part::Space | Part::Caption | Part::Note | Part::Beginning => None,
        });
        let above = |lines: usize| u16::try_from(lines).unwrap_or(u16::MAX);
        match text {
            Some((at, cell, byte)) => (cell, byte, above(at - line)),
            None => (0, u32::MAX, above(self.height().saturating_sub(line))),
        }
    }

    /// The line that shows a byte of a cell, or the last before it; for `u32::MAX` the one after the last.
    pub fn line_of(&self, cell: usize, byte: u32) -> usize {
        if byte == u32::MAX {
            return self.height();
        }
        let holds = |line: &CellLine| match line.part {
            Part::Text { row, .. } => line.cell == cell && row.span.start <= byte,
            Part::Space | Part::Caption | Part::Note | Part::Beginning => false,
        };
        let column = self.columns.iter();
        let found = column
            .filter_map(|column| column.iter().rposition(holds))
            .max();
        found.unwrap_or(0)
    }
}

/// The slot of a passage.
pub fn slot(id: PassageId) -> Slot {
    Slot::passage(id.document, id.passage)
}

/// Lays out a row; `panes` are the panes of its cells. `whole`: also what stands elsewhere is shown in full.
pub fn lay_out(
    row: &FacingRow,
    panes: &[usize],
    shape: &Shape,
    whole: bool,
    desk: &mut Desk<'_>,
) -> RowLayout {
    let mut bodies: Vec<Vec<Part>> = Vec::with_capacity(row.cells.len());
    let mut captions = Vec::with_capacity(row.cells.len());
    for (at, cell) in row.cells.iter().enumerate() {
        captions.push(has_caption(*cell, at, shape, desk));
        let pane = panes.get(at).copied().unwrap_or(0);
        bodies.push(match cell {
            Cell::Empty => Vec::new(),
            Cell::Whole(id) => text_of(desk, pane, *id),
            Cell::Again(id) | Cell::Elsewhere { passage: id, .. } if whole => {
                let mut body = vec![Part::Note];
                body.extend(text_of(desk, pane, *id));
                body
            }
            Cell::Nothing | Cell::Again(_) => vec![Part::Note],
            Cell::Elsewhere { .. } => vec![Part::Note, Part::Beginning],
        });
    }
    let lines = |cell: usize, parts: Vec<Part>| {
        parts
            .into_iter()
            .map(move |part| CellLine { cell, part })
            .collect::<Vec<_>>()
    };
    let space = CellLine {
        cell: 0,
        part: Part::Space,
    };
    if shape.stacked {
        let mut column = vec![space];
        for (cell, body) in bodies.into_iter().enumerate() {
            if matches!(row.cells[cell], Cell::Whole(_)) {
                column.extend(lines(cell, vec![Part::Caption]));
            }
            column.extend(lines(cell, body));
        }
        return RowLayout {
            columns: vec![column],
        };
    }
    let captioned = captions.contains(&true);
    let columns = bodies.into_iter().enumerate().map(|(cell, body)| {
        let mut column = vec![space];
        if captioned && !body.is_empty() {
            column.extend(lines(
                cell,
                vec![if captions[cell] {
                    Part::Caption
                } else {
                    Part::Space
                }],
            ));
        }
        column.extend(lines(cell, body));
        column
    });
    RowLayout {
        columns: columns.collect(),
    }
}

/// Whether anything is said above a passage.
fn has_caption(cell: Cell, at: usize, shape: &Shape, desk: &Desk<'_>) -> bool {
    let Cell::Whole(id) = cell else { return false };
    let document = desk.corpus.documents.get(id.document);
    let passage = document.and_then(|document| document.passage(id.passage));
    let spoken = passage.is_some_and(|passage| passage.voice().is_some());
    let names_document = shape.names_document.get(at).copied().unwrap_or(false);
    shape.numbers_above || spoken || names_document
}

/// The lines of a passage, as its pane wraps it.
fn text_of(desk: &mut Desk<'_>, pane: usize, id: PassageId) -> Vec<Part> {
    let Some(pane) = desk.panes.get_mut(pane) else {
        return Vec::new();
    };
    let block = pane.rows_of(desk.corpus, slot(id));
    let text = block.rows.iter().filter_map(|row| match row {
        BlockRow::Text { row, first } => Some(Part::Text {
            row: *row,
            first: *first,
        }),
        BlockRow::Blank
        | BlockRow::Voice
        | BlockRow::Title(_)
        | BlockRow::Byline(_)
        | BlockRow::Rule => None,
    });
    text.collect()
}
