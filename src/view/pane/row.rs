//! One row of a text in its cells.

use super::Shown;
use crate::app::App;
use crate::text::bidi;
use crate::text::wrap::{Row, spread};
use crate::text::{ByteSpan, safe};
use crate::view::cells;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Writes a piece of text, and as many spaces behind it as the row is spread there.
fn put_wide(
    buffer: &mut Buffer,
    x: u16,
    y: u16,
    limit: u16,
    (piece, gap): (&str, u16),
    style: Style,
) -> Option<u16> {
    (0..gap).try_fold(
        cells::put_shown(buffer, x, y, limit, piece, style)?,
        |x, _| cells::put_shown(buffer, x, y, limit, " ", style),
    )
}

pub(super) fn draw_text(
    app: &App,
    what: &Shown,
    row: Row,
    area: Rect,
    y: u16,
    buffer: &mut Buffer,
) {
    let text = row.span.of(what.text);
    let flush_right =
        app.settings.bidi != bidi::Ordering::Off && what.bidi.row_is_right_to_left(row.span);
    let left = if flush_right {
        area.right()
            .saturating_sub(row.width_cells + row.spread_cells)
            .max(area.x)
    } else {
        area.x
    };
    let limit = area.right();
    let styles = what.styles_in(row.span);
    // At the end of a right-to-left row the hyphen stands at its left.
    let mut x = left;
    if row.hyphen && flush_right {
        x = cells::put_shown(buffer, x, y, limit, "-", what.base).unwrap_or(x);
    }
    let mut gaps = spread(row, text.matches(' ').count());
    let reorder = app.settings.bidi == bidi::Ordering::App;
    if !flush_right && safe::is_printable_ascii(text.as_bytes()) {
        // Most rows: a byte a cell, and nothing to reorder. (In a right-to-left paragraph even these are.)
        for (at, character) in text.char_indices() {
            let style = style_at(what.base, &styles, row.span.start + at as u32);
            let mut bytes = [0; 4];
            let shown = character.encode_utf8(&mut bytes);
            let gap = if character == ' ' {
                gaps.next().unwrap_or(0)
            } else {
                0
            };
            let Some(next) = put_wide(buffer, x, y, limit, (shown, gap), style) else {
                break;
            };
            x = next;
        }
    } else {
        let shown = if reorder {
            what.bidi.visual_row(what.text, row.span)
        } else {
            bidi::logical_row(what.text, row.span)
        };
        for (span, grapheme) in shown {
            // A tab is shown as several spaces: each has its own cell.
            let style = style_at(what.base, &styles, span.start);
            let blank = grapheme.bytes().all(|byte| byte == b' ');
            let repeated = if blank { grapheme.len() } else { 1 };
            let piece = if blank { " " } else { grapheme.as_ref() };
            let gap = if span.of(what.text) == " " {
                gaps.next().unwrap_or(0)
            } else {
                0
            };
            let drawn = (0..repeated).try_for_each(|_| {
                x = put_wide(buffer, x, y, limit, (piece, gap), style)?;
                Some(())
            });
            if drawn.is_none() {
                break;
            }
        }
    }
    if row.hyphen && !flush_right {
        cells::put_shown(buffer, x, y, limit, "-", what.base);
    }
}

/// The style of a byte: that of the text with everything laid over it.
fn style_at(base: Style, styles: &[(ByteSpan, Style)], byte: u32) -> Style {
    let covering = styles
        .iter()
        .filter(|(span, _)| (span.start..span.end).contains(&byte));
    covering.fold(base, |style, (_, over)| style.patch(*over))
}
