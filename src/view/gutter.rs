//! Beside the text of a pane: passage numbers and marks before it, and behind it the strip that shows where the topic is.

use super::cells;
use super::theme::Theme;
use crate::app::App;
use crate::app::block::BlockRow;
use crate::app::pane::{Pane, VisibleRow};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

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
        cells::sign(
            theme,
            buffer,
            area.x,
            area.y + at,
            area.right(),
            "│",
            theme.quiet,
        );
    }
    for slot in &pane.on_topic {
        let at = row(pane.fraction(&app.corpus, *slot, 0));
        cells::sign(
            theme,
            buffer,
            area.x,
            area.y + at,
            area.right(),
            "▪",
            theme.accent,
        );
    }
}
