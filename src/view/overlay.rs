//! Lists, help and information over the panes: one frame, a line to type in, entries, and a line about the selected one.

use super::cells;
use super::theme::Theme;
use crate::app::information::Line;
use crate::app::picker::{Entry, Picker, Purpose};
use crate::app::{App, Overlay};
use crate::text::wrap::wrap;
use crate::text::{safe, width};
use ratatui::buffer::Buffer;
use ratatui::layout::{Margin, Position, Rect};
use ratatui::widgets::{Block, Widget};

pub fn draw(app: &App, theme: &Theme, overlay: &Overlay, buffer: &mut Buffer) -> Option<Position> {
    let area = app.overlay_area();
    if area.width < 4 || area.height < 3 {
        return None;
    }
    cells::clear(buffer, area);
    Block::bordered()
        .border_style(theme.quiet)
        .render(area, buffer);
    let inner = area.inner(Margin::new(2, 1));
    match overlay {
        Overlay::Picker(picker) => {
            let (title, empty) = titles(picker.purpose);
            cells::label(
                buffer,
                area.x + 2,
                area.y,
                area.right() - 2,
                &format!(" {title} "),
                theme.heading,
            );
            Some(draw_picker(theme, picker, empty, area, inner, buffer))
        }
        Overlay::Information { lines, top } => {
            cells::label(
                buffer,
                area.x + 2,
                area.y,
                area.right() - 2,
                " About this document ",
                theme.heading,
            );
            draw_information(theme, lines, *top, inner, buffer);
            let hint = " j k scroll · Esc closes ";
            cells::label_right(
                buffer,
                area.x + 2,
                area.bottom() - 1,
                area.right() - 2,
                hint,
                theme.quiet,
            );
            None
        }
    }
}

/// The title of a list, and what it says when nothing matches.
fn titles(purpose: Purpose) -> (&'static str, &'static str) {
    match purpose {
        Purpose::Topics => ("Topics · passages by source", "No topic matches"),
        Purpose::Perspectives => ("Show in this pane", "No document, source or voice matches"),
        Purpose::Palette => ("Commands", "No command matches"),
        Purpose::Help => (
            "Help · type to search, Enter runs it",
            "No key or command matches",
        ),
    }
}

fn draw_picker(
    theme: &Theme,
    picker: &Picker,
    empty: &str,
    area: Rect,
    inner: Rect,
    buffer: &mut Buffer,
) -> Position {
    let limit = inner.right();
    let count = format!("{} of {}", picker.shown.len(), picker.entries.len());
    let room = cells::label_right(buffer, inner.x + 10, inner.y, limit, &count, theme.quiet);
    let x = cells::label(buffer, inner.x, inner.y, limit, "› ", theme.accent);
    let scroll = picker
        .input
        .visual_scroll(usize::from(room.saturating_sub(x + 2)));
    let typed: String = safe::line(picker.input.value())
        .chars()
        .skip(scroll)
        .collect();
    if typed.is_empty() {
        cells::label(buffer, x + 1, inner.y, room, "type to filter", theme.quiet);
    } else {
        cells::label(buffer, x, inner.y, room, &typed, theme.heading);
    }
    let cursor_x = usize::from(x) + picker.input.visual_cursor().saturating_sub(scroll);
    let list = Rect {
        y: inner.y + 1,
        height: inner.height.saturating_sub(2),
        ..inner
    };
    if picker.shown.is_empty() {
        let hint = format!(
            "{empty} “{}” · Ctrl-u clears the line",
            picker.input.value()
        );
        cells::label(buffer, list.x, list.y, limit, &hint, theme.quiet);
    }
    let lead_cells = lead_cells(picker, list.width);
    let label_cells = label_cells(picker, list.width);
    let height = usize::from(list.height).max(1);
    let first = picker
        .selected
        .saturating_sub(height / 2)
        .min(picker.shown.len().saturating_sub(height));
    for (row, at) in picker.shown.iter().skip(first).take(height).enumerate() {
        let y = list.y + row as u16;
        let selected = first + row == picker.selected;
        draw_entry(
            theme,
            &picker.entries[*at],
            selected,
            (lead_cells, label_cells),
            Rect {
                y,
                height: 1,
                ..list
            },
            buffer,
        );
    }
    if let Some(entry) = picker.chosen() {
        cells::label(
            buffer,
            inner.x,
            inner.bottom().saturating_sub(1).max(inner.y + 1),
            limit,
            &entry.about,
            theme.quiet,
        );
    }
    let hint = " Enter takes it · Esc closes ";
    cells::label_right(
        buffer,
        area.x + 2,
        area.bottom() - 1,
        area.right() - 2,
        hint,
        theme.quiet,
    );
    Position::new((cursor_x as u16).min(limit), inner.y)
}

fn lead_cells(picker: &Picker, width_cells: u16) -> u16 {
    let widest = picker
        .entries
        .iter()
        .map(|entry| width::line(&entry.lead))
        .max()
        .unwrap_or(0);
    (widest as u16).min(width_cells / 4)
}

fn label_cells(picker: &Picker, width_cells: u16) -> u16 {
    let widest = picker
        .entries
        .iter()
        .map(|entry| width::line(&safe::line(&entry.label)))
        .max()
        .unwrap_or(0);
    (widest as u16).min(width_cells * 3 / 5)
}

fn draw_entry(
    theme: &Theme,
    entry: &Entry,
    selected: bool,
    columns: (u16, u16),
    area: Rect,
    buffer: &mut Buffer,
) {
    let (lead_cells, label_cells) = columns;
    let limit = area.right();
    let mark = if selected { "▸ " } else { "  " };
    let mut x = cells::label(buffer, area.x, area.y, limit, mark, theme.accent);
    if lead_cells > 0 {
        cells::label(
            buffer,
            x,
            area.y,
            (x + lead_cells).min(limit),
            &entry.lead,
            theme.accent,
        );
        x += lead_cells + 2;
    }
    let label_style = if selected {
        theme.heading
    } else {
        ratatui::style::Style::new()
    };
    let label_end = cells::label(
        buffer,
        x,
        area.y,
        (x + label_cells).min(limit),
        &entry.label,
        label_style,
    );
    let detail_x = (x + label_cells + 2).max(label_end + 2);
    if detail_x < limit {
        cells::label(buffer, detail_x, area.y, limit, &entry.detail, theme.quiet);
    }
    if selected {
        cells::paint_row(
            buffer,
            area,
            area.y,
            ratatui::style::Style::new().add_modifier(ratatui::style::Modifier::REVERSED),
        );
    }
}

fn draw_information(theme: &Theme, lines: &[Line], top: usize, area: Rect, buffer: &mut Buffer) {
    let mut y = area.y;
    let name_cells = (area.width / 4)
        .clamp(8, 20)
        .min(area.width.saturating_sub(1));
    for line in lines.iter().skip(top) {
        if y >= area.bottom() {
            return;
        }
        match line {
            Line::Heading(text) => {
                if y > area.y {
                    y += 1;
                }
                if y < area.bottom() {
                    cells::label(buffer, area.x, y, area.right(), text, theme.heading);
                }
                y += 1;
            }
            Line::Field(name, value) => {
                cells::label(buffer, area.x, y, area.x + name_cells, name, theme.quiet);
                let value_area = Rect {
                    x: area.x + name_cells + 1,
                    width: area.width.saturating_sub(name_cells + 1),
                    ..area
                };
                y = draw_wrapped(value, value_area, y, buffer);
            }
            Line::Text(text) => y = draw_wrapped(text, area, y, buffer),
        }
    }
}

/// Draws running text from row `y`; the row after it.
fn draw_wrapped(text: &str, area: Rect, mut y: u16, buffer: &mut Buffer) -> u16 {
    for row in wrap(text, area.width) {
        if y >= area.bottom() {
            break;
        }
        cells::label(
            buffer,
            area.x,
            y,
            area.right(),
            row.span.of(text),
            ratatui::style::Style::new(),
        );
        y += 1;
    }
    y
}
