//! Beside the text of a pane: passage numbers and marks before it, and behind it the strip that shows where the topic is.

use super::cells;
use super::theme::Theme;
use crate::app::App;
use crate::app::block::BlockRow;
use crate::app::facing::Facing;
use crate::app::pane::{Pane, VisibleRow};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// In a strip: what is on the screen.
const SEEN: &str = "│";
/// In a strip: what is on the topic, or a pair.
const FOUND: &str = "▪";

/// A row of the gutter.
pub struct Gutter {
    /// Its cells on every row.
    pub area: Rect,
    /// The row.
    pub y: u16,
    /// What the passage that starts here, or is cut off above, is to another one: its answer, or marked to be paired.
    pub sign: Option<&'static str>,
    /// That a note is on the passage that starts here, or is cut off above.
    pub noted: Option<&'static str>,
}

pub fn draw(
    theme: &Theme,
    pane: &Pane,
    focused: bool,
    visible: &VisibleRow,
    gutter: &Gutter,
    buffer: &mut Buffer,
) {
    let Gutter {
        area,
        y,
        sign,
        noted,
    } = *gutter;
    let BlockRow::Text { first, .. } = visible.row else {
        return;
    };
    if area.width < 2 {
        return;
    }
    let mark_x = area.right() - 2;
    if let Some(noted) = noted {
        cells::sign(
            theme,
            buffer,
            mark_x + 1,
            y,
            area.right(),
            noted,
            theme.accent,
        );
    }
    let current = visible.slot == pane.current;
    if first && area.width >= 5 {
        let number = visible
            .slot
            .passage_index()
            .map_or(0, |index| index + 1)
            .to_string();
        let style = if current && focused {
            theme.heading
        } else {
            theme.quiet
        };
        cells::label_right(
            theme,
            buffer,
            area.x,
            y,
            mark_x.saturating_sub(1),
            &number,
            style,
        );
    }
    let on_topic = pane.on_topic.binary_search(&visible.slot).is_ok();
    let mark = match (sign, current && first, on_topic) {
        (Some(sign), ..) => sign,
        (None, true, _) => "▸",
        (None, false, true) => "┃",
        (None, false, false) => return,
    };
    let style = if focused || on_topic || sign.is_some() {
        theme.accent
    } else {
        theme.quiet
    };
    cells::sign(theme, buffer, mark_x, y, area.right(), mark, style);
}

/// The strip: a bar for what is on the screen, a mark for every place on the topic.
pub fn draw_strip(app: &App, theme: &Theme, pane: &Pane, area: Rect, buffer: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let height = area.height;
    let row = |fraction: f64| ((fraction * f64::from(height)) as u16).min(height - 1);
    let shown = pane
        .visible
        .iter()
        .filter(|row| matches!(row.row, BlockRow::Text { .. }));
    let (mut top, mut bottom) = (height, 0);
    for visible in shown {
        let BlockRow::Text { row: text, .. } = visible.row else {
            continue;
        };
        let byte = text.span.start;
        let at = row(pane.fraction(&app.corpus, visible.slot, byte));
        (top, bottom) = (top.min(at), bottom.max(at));
    }
    for at in top..=bottom.min(height - 1) {
        put_in_strip(theme, area, at, SEEN, buffer);
    }
    for slot in &pane.on_topic {
        let at = row(pane.fraction(&app.corpus, *slot, 0));
        put_in_strip(theme, area, at, FOUND, buffer);
    }
}

/// The strip of the facing view: which of the rows are on the screen, and which are pairs.
pub fn draw_strip_of_rows(theme: &Theme, facing: &Facing, buffer: &mut Buffer) {
    let Some(column) = facing.plan.columns.last() else {
        return;
    };
    let area = Rect {
        y: facing.plan.body.y,
        height: facing.plan.body.height,
        ..column.strip
    };
    if area.is_empty() {
        return;
    }
    let rows = facing.rows.len().max(1);
    let place = |row: usize| (row * usize::from(area.height) / rows) as u16;
    let seen = (facing.visible.first(), facing.visible.last());
    if let (Some(first), Some(last)) = seen {
        for at in place(first.row)..=place(last.row) {
            put_in_strip(theme, area, at, SEEN, buffer);
        }
    }
    let rows = facing.rows.iter().enumerate();
    for (row, _) in rows.filter(|(_, row)| row.is_paired()) {
        put_in_strip(theme, area, place(row), FOUND, buffer);
    }
}

fn put_in_strip(theme: &Theme, area: Rect, row: u16, sign: &str, buffer: &mut Buffer) {
    let style = if sign == FOUND {
        theme.accent
    } else {
        theme.quiet
    };
    let (x, y) = (area.x, area.y + row);
    cells::sign(theme, buffer, x, y, area.right(), sign, style);
}
