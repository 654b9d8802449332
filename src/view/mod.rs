//! The state as cells. Pure: draws, never changes anything.
//!
//! Invariant: every text goes through `cells`, and so through the gate for foreign text.

mod cells;
mod coverage;
mod editor;
mod evidence;
mod facing;
mod guide;
mod gutter;
mod icons;
mod overlay;
mod pane;
mod results;
mod sides;
mod status;
pub mod theme;
mod topic_bar;
mod why;

use crate::app::App;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use theme::Theme;

/// Draws the whole screen; where the cursor is to stand, if it is to be seen.
pub fn draw(app: &App, theme: &Theme, buffer: &mut Buffer) -> Option<Position> {
    let screen = &app.screen;
    if buffer.area != screen.whole() || screen.size.is_empty() {
        // The terminal changed its size since the screen was planned; the next message brings the new one.
        return None;
    }
    if app.coverage.is_none() {
        topic_bar::draw(app, theme, screen.topic_bar, buffer);
    }
    if let Some(matrix) = &app.coverage {
        coverage::draw(app, theme, matrix, buffer);
    } else if let Some(view) = &app.evidence {
        evidence::draw(app, theme, view, buffer);
    } else if let Some(facing) = &app.facing {
        facing::draw(app, theme, facing, buffer);
    } else {
        for (at, area) in &screen.panes {
            pane::draw(app, theme, *at, area, buffer);
        }
    }
    guide::draw(app, theme, screen.guide, buffer);
    let in_status = status::draw(app, theme, screen.status, buffer);
    match &app.overlay {
        Some(overlay) => overlay::draw(app, theme, overlay, buffer),
        None => in_status,
    }
}
