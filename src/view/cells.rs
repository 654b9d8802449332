//! Putting text into cells.
//!
//! Invariant: nothing is written right of `limit` (a column), and no text passes around the gate.

use crate::text::{safe, width};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

/// Writes one shown grapheme; the column after it, or `None` where it does not fit.
pub fn put_shown(
    buffer: &mut Buffer,
    x: u16,
    y: u16,
    limit: u16,
    shown: &str,
    style: Style,
) -> Option<u16> {
    let cells = width::grapheme(shown);
    if cells == 0 {
        return Some(x);
    }
    let end = x.checked_add(cells).filter(|end| *end <= limit)?;
    buffer
        .cell_mut(Position::new(x, y))?
        .set_symbol(shown)
        .set_style(style);
    for covered in x + 1..end {
        // Cells behind a wide grapheme belong to it.
        buffer.cell_mut(Position::new(covered, y))?.reset();
    }
    Some(end)
}

/// Writes a label on one line, cut at `limit` with `…`; the column after it.
pub fn label(buffer: &mut Buffer, x: u16, y: u16, limit: u16, text: &str, style: Style) -> u16 {
    let room = usize::from(limit.saturating_sub(x));
    let line = safe::line(text);
    let line = width::truncate(&line, room);
    let mut at = x;
    for grapheme in line.graphemes(true) {
        match put_shown(buffer, at, y, limit, &safe::grapheme(grapheme), style) {
            Some(next) => at = next,
            None => break,
        }
    }
    at
}

/// Writes a label so that it ends at `limit`; its first column. Nothing is written where it does not fit.
pub fn label_right(
    buffer: &mut Buffer,
    x: u16,
    y: u16,
    limit: u16,
    text: &str,
    style: Style,
) -> u16 {
    let cells = width::line(&safe::line(text));
    let Some(start) = usize::from(limit)
        .checked_sub(cells)
        .filter(|start| *start >= usize::from(x))
    else {
        return limit;
    };
    label(buffer, start as u16, y, limit, text, style);
    start as u16
}

/// Empties an area.
pub fn clear(buffer: &mut Buffer, area: Rect) {
    for position in area.intersection(buffer.area).positions() {
        if let Some(cell) = buffer.cell_mut(position) {
            cell.reset();
        }
    }
}

/// Gives a style to a whole row of an area.
pub fn paint_row(buffer: &mut Buffer, area: Rect, y: u16, style: Style) {
    buffer.set_style(
        Rect {
            y,
            height: 1,
            ..area
        }
        .intersection(buffer.area),
        style,
    );
}
