//! How the screen is divided in the matrix. Pure: sizes in, areas out.
//!
//! Invariant: every area lies inside the screen; titles of lines and their totals stay where they are while cells scroll.

use crate::analysis::coverage::By;
use crate::app::screen::Area;
use std::ops::Range;

/// The narrowest cell, and the widest: a head of two short words fits into the first.
const NARROWEST_CELL: u16 = 8;
const WIDEST_CELL: u16 = 20;
/// The narrowest cell where the screen is narrow as well.
const NARROW_CELL: u16 = 7;
const NARROW_SCREEN: u16 = 80;

/// What the heading starts with.
pub const TITLE: &str = " Coverage ";

/// What the columns can be, each with what the heading calls it and the screen columns where that stands.
pub fn tabs() -> [(By, &'static str, Range<u16>); 3] {
    let mut x = TITLE.len() as u16;
    [
        (By::Sources, " Sources "),
        (By::Documents, " Documents "),
        (By::Voices, " Voices "),
    ]
    .map(|(by, name)| {
        let start = x;
        x += name.len() as u16;
        (by, name, start..x)
    })
}

/// What there is to show.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// Lines, one below the other.
    pub lines: usize,
    /// Cells in each line.
    pub cells: usize,
    /// Cells of the longest title of a line.
    pub label: usize,
    /// Cells of the longest title above a cell.
    pub head: usize,
    /// Digits of the highest count.
    pub digits: u16,
    /// Digits of the highest total.
    pub total_digits: u16,
}

/// Where everything stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// What the matrix shows, at the top.
    pub heading: Area,
    /// The titles above the cells.
    pub heads: Area,
    /// The lines.
    pub body: Area,
    /// The totals under them.
    pub totals: Area,
    /// About the cell under the cursor.
    pub detail: Area,
    /// Screen columns for the title of a line.
    pub label_cells: u16,
    /// Screen columns for its total.
    pub total_cells: u16,
    /// Screen columns for a cell, a mark on either side of the count included.
    pub cell_cells: u16,
    /// Lines that are seen.
    pub lines: usize,
    /// Cells of a line that are seen.
    pub cells: usize,
}

/// Divides a screen; its last row is the status line's.
pub fn plan(size: Area, wanted: &Wanted) -> Plan {
    let bars = u16::from(size.height >= 4);
    let middle = Area {
        y: size.y + bars,
        height: size
            .height
            .saturating_sub(bars + u16::from(size.height >= 2)),
        ..size
    };
    let height = middle.height;
    let heads = match height {
        0..4 => 0,
        4..14 => 1,
        14.. => 2,
    };
    let totals = u16::from(height >= 8);
    let detail = match height {
        0..6 => 0,
        6..12 => 1,
        12.. => 2,
    };
    // A free row keeps the text about a cell apart from the cells.
    let gap = u16::from(height >= 18);
    let room = height - heads - totals - detail - gap;
    let lines = u16::try_from(wanted.lines).unwrap_or(u16::MAX).min(room);
    let part = |y: u16, height: u16| Area {
        y,
        height,
        ..middle
    };
    let body = part(middle.y + heads, lines);
    let label = u16::try_from(wanted.label).unwrap_or(u16::MAX);
    // The mark of what nobody else speaks of, and the gap after the title.
    let label_cells = label
        .saturating_add(3)
        .min((size.width / 3).max(12))
        .min(size.width);
    let total_cells = (wanted.total_digits.max(5) + 1).min(size.width - label_cells);
    let across = size.width - label_cells - total_cells;
    let narrowest = if size.width < NARROW_SCREEN {
        NARROW_CELL
    } else {
        NARROWEST_CELL
    };
    // A mark, a shade, a space, the count, a mark.
    let narrowest = narrowest.max(wanted.digits + 4);
    let head = u16::try_from(wanted.head)
        .unwrap_or(u16::MAX)
        .saturating_add(2);
    let cells = u16::try_from(wanted.cells).unwrap_or(u16::MAX).max(1);
    let widest = WIDEST_CELL.min(head).max(narrowest);
    let cell_cells = (across / cells).clamp(narrowest, widest).min(across);
    let seen = across.checked_div(cell_cells).unwrap_or(0);
    Plan {
        heading: Area {
            height: bars,
            ..size
        },
        heads: part(middle.y, heads),
        body,
        totals: part(body.bottom(), totals),
        detail: part(middle.bottom() - detail, detail),
        label_cells,
        total_cells,
        cell_cells,
        lines: usize::from(lines),
        cells: usize::from(seen).min(wanted.cells),
    }
}

impl Plan {
    /// The screen column at which the first cell starts.
    pub fn first_cell(&self) -> u16 {
        self.body.x + self.label_cells + self.total_cells
    }

    /// The screen columns of a cell that is seen, by its place among those.
    pub fn cell(&self, at: usize) -> Range<u16> {
        let start = self.first_cell() + at as u16 * self.cell_cells;
        start..start + self.cell_cells
    }

    /// The seen line at a row of the screen.
    pub fn line_at(&self, row: u16) -> Option<usize> {
        let line = usize::from(row.checked_sub(self.body.y)?);
        (line < self.lines).then_some(line)
    }

    /// The seen cell at a column of the screen.
    pub fn cell_at(&self, column: u16) -> Option<usize> {
        let cell = column
            .checked_sub(self.first_cell())?
            .checked_div(self.cell_cells)?;
        let cell = usize::from(cell);
        (cell < self.cells).then_some(cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(lines: usize, cells: usize) -> Wanted {
        Wanted {
            lines,
            cells,
            label: 40,
            head: 60,
            digits: 3,
            total_digits: 4,
        }
    }

    #[test]
    fn nothing_lies_outside_the_screen_at_any_size() {
        for width in 0..200 {
            for height in 0..60 {
                for (lines, cells) in [(0, 0), (1, 2), (13, 13), (100_000, 50), (12, 100_000)] {
                    let size = Area::new(0, 0, width, height);
                    let plan = plan(size, &wanted(lines, cells));
                    let parts = [
                        plan.heading,
                        plan.heads,
                        plan.body,
                        plan.totals,
                        plan.detail,
                    ];
                    for part in parts {
                        assert!(
                            part.is_empty() || size.union(part) == size,
                            "{width}x{height}: {part:?}"
                        );
                    }
                    for (one, other) in parts.iter().zip(&parts[1..]) {
                        assert!(
                            one.bottom() <= other.y || other.is_empty(),
                            "{width}x{height}"
                        );
                    }
                    assert!(plan.cells == 0 || plan.cell(plan.cells - 1).end <= width);
                }
            }
        }
    }

    #[test]
    fn every_usual_screen_shows_several_cells_and_lines() {
        for (width, height, cells, lines) in [(160, 45, 12, 13), (80, 24, 5, 12), (50, 15, 3, 8)] {
            let plan = plan(Area::new(0, 0, width, height), &wanted(13, 13));
            assert!(
                plan.cells >= cells && plan.lines >= lines,
                "{width}x{height}: {plan:?}"
            );
        }
    }

    #[test]
    fn the_cell_under_a_column_is_the_one_drawn_there() {
        let plan = plan(Area::new(0, 0, 80, 24), &wanted(13, 13));
        for cell in 0..plan.cells {
            for column in plan.cell(cell) {
                assert_eq!(plan.cell_at(column), Some(cell));
            }
        }
        assert_eq!(plan.cell_at(plan.first_cell() - 1), None);
        assert_eq!(plan.line_at(plan.body.y), Some(0));
        assert_eq!(plan.line_at(plan.body.bottom()), None);
    }
}
