//! Putting text into cells.
//!
//! Invariant: nothing is written right of `limit` (a column). Labels pass the gate here; [`put_shown`] takes graphemes
//! that have passed it.

use super::icons;
use super::theme::Theme;
use crate::app::config::Icons;
use crate::text::bidi::Paragraph;
use crate::text::{ByteSpan, safe, segment, width};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

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

/// Writes one of our own signs, of one cell, in ASCII where nothing else is wanted; the column after it.
pub fn sign(
    theme: &Theme,
    buffer: &mut Buffer,
    x: u16,
    y: u16,
    limit: u16,
    sign: &str,
    style: Style,
) -> Option<u16> {
    put_shown(buffer, x, y, limit, in_icons(theme, sign), style)
}

/// A sign as it is drawn with the icons that the reader chose: each is one cell either way.
fn in_icons<'s>(theme: &Theme, sign: &'s str) -> &'s str {
    match theme.icons {
        Icons::Unicode => sign,
        Icons::Ascii => icons::in_ascii(sign),
    }
}

/// Writes a label on one line, cut at `limit` with `…` and in visual order; the column after it.
pub fn label(
    theme: &Theme,
    buffer: &mut Buffer,
    x: u16,
    y: u16,
    limit: u16,
    text: &str,
    style: Style,
) -> u16 {
    let room = usize::from(limit.saturating_sub(x));
    let line = safe::line(text);
    let line = width::truncate(&line, room);
    let whole = ByteSpan::new(0, line.len());
    let mut at = x;
    let mut put = |shown: &str| match sign(theme, buffer, at, y, limit, shown, style) {
        Some(next) => {
            at = next;
            true
        }
        None => false,
    };
    if safe::is_printable_ascii(line.as_bytes()) || !theme.reorder {
        segment::graphemes(&line).all(|(_, grapheme)| put(&safe::grapheme(grapheme)));
    } else {
        Paragraph::new(&line)
            .visual_row(&line, whole)
            .iter()
            .all(|(_, shown)| put(shown));
    }
    at
}

/// Writes a label so that it ends at `limit`; its first column. Nothing is written where it does not fit.
pub fn label_right(
    theme: &Theme,
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
    label(theme, buffer, start as u16, y, limit, text, style);
    start as u16
}

/// What is left of a line that has been scrolled by some cells.
pub fn scrolled(line: &str, cells: usize) -> &str {
    let mut skipped = 0;
    for (at, grapheme) in segment::graphemes(line) {
        if skipped >= cells {
            return line.get(at..).unwrap_or_default();
        }
        skipped += usize::from(width::grapheme(&safe::grapheme(grapheme)));
    }
    ""
}

/// Empties an area.
pub fn clear(buffer: &mut Buffer, area: Rect) {
    let area = area.intersection(buffer.area);
    for position in area.positions() {
        if let Some(cell) = buffer.cell_mut(position) {
            cell.reset();
        }
    }
    // Half of a wide grapheme just outside would swallow the first column.
    let Some(left) = area.x.checked_sub(1) else {
        return;
    };
    for y in area.y..area.bottom() {
        if let Some(cell) = buffer.cell_mut(Position::new(left, y))
            && width::grapheme(cell.symbol()) > 1
        {
            cell.set_symbol(" ");
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
