//! The strip of the tour, under everything: what to press next.

use super::cells;
use super::theme::Theme;
use crate::app::App;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub fn draw(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let rows = area.y..area.bottom();
    for (y, line) in rows.zip(app.tour_lines()) {
        let limit = area.right();
        cells::label(theme, buffer, area.x + 1, y, limit, &line, theme.selected);
        cells::paint_row(buffer, area, y, theme.selected);
    }
}
