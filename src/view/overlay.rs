//! Lists, help and information over the panes: one frame, a line to type in, entries, and a line about the selected one.

use super::icons;
use super::theme::Theme;
use super::{cells, editor, results};
use crate::app::action::Action;
use crate::app::information::{Information, Row, name_cells};
use crate::app::picker::{Entry, Picker, Purpose};
use crate::app::screen::overlay_about_rows;
use crate::app::{App, Overlay};
use crate::text::ByteSpan;
use crate::text::wrap::wrap;
use ratatui::buffer::Buffer;
use ratatui::layout::{Margin, Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::widgets::{Block, Widget};
use tui_input::Input;

pub fn draw(app: &App, theme: &Theme, overlay: &Overlay, buffer: &mut Buffer) -> Option<Position> {
    let area = app.overlay_area();
    if area.width < 4 || area.height < 3 {
        return None;
    }
    cells::clear(buffer, area);
    Block::bordered()
        .border_set(icons::border(theme.icons))
        .border_style(theme.quiet)
        .render(area, buffer);
    let inner = area.inner(Margin::new(2, 1));
    match overlay {
        Overlay::Results(found) => {
            draw_title(theme, " Search all texts ", area, buffer);
            results::draw(app, theme, found, area, inner, buffer)
        }
        Overlay::Editor(editor) => Some(editor::draw(app, theme, editor, area, inner, buffer)),
        Overlay::Picker(picker) => {
            let (title, empty) = titles(app, picker.purpose);
            draw_title(theme, &format!(" {title} "), area, buffer);
            Some(draw_picker(
                app,
                theme,
                (picker, empty),
                area,
                inner,
                buffer,
            ))
        }
        Overlay::Information(information) => {
            draw_title(theme, " About this document ", area, buffer);
            draw_information(theme, information, inner, buffer);
            let close = app.keymap.hint(Action::ListClose);
            let hint = &format!(" j k scroll · {close} closes ");
            cells::label_right(
                theme,
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
fn titles(app: &App, purpose: Purpose) -> (String, &'static str) {
    let (title, empty) = match purpose {
        Purpose::Topics => ("Topics · passages by source", "No topic matches"),
        Purpose::Perspectives => ("Show in this pane", "No document, source or voice matches"),
        Purpose::Palette => ("Commands", "No command matches"),
        Purpose::Help => ("Help · type to search", "No key or command matches"),
        Purpose::Jumps => ("Where you have been", "No place matches"),
        Purpose::Relations => ("A note on two passages, which …", "No relation is called"),
        Purpose::Notes => ("Notes · type to search", "No note has words like"),
        Purpose::Formats => ("Write to a file", "No format matches"),
    };
    let run = app.keymap.hint(Action::ListChoose);
    let title = match purpose {
        Purpose::Help => format!("{title}, {run} runs it"),
        _ => title.to_owned(),
    };
    (title, empty)
}

fn draw_picker(
    app: &App,
    theme: &Theme,
    (picker, empty): (&Picker, &str),
    area: Rect,
    inner: Rect,
    buffer: &mut Buffer,
) -> Position {
    let count = format!("{} of {}", picker.shown.len(), picker.entries.len());
    let type_what = match picker.purpose {
        Purpose::Formats => "a format, or a name for the file",
        _ => "type to filter",
    };
    let told = (count.as_str(), type_what);
    let cursor = draw_input(theme, &picker.input, theme.heading, told, inner, buffer);
    let about_rows = overlay_about_rows(area);
    let list = Rect {
        y: inner.y + 1,
        height: inner.height.saturating_sub(1 + about_rows),
        ..inner
    };
    if picker.shown.is_empty() {
        let hint = format!(
            "{empty} “{}” · Ctrl-u clears the line",
            picker.input.value()
        );
        cells::label(
            theme,
            buffer,
            list.x,
            list.y,
            list.right(),
            &hint,
            theme.quiet,
        );
    }
    let lead_cells = (picker.widest.0 as u16).min(list.width / 4);
    let label_cells = (picker.widest.1.min(1000) as u16).min(list.width * 3 / 5);
    let first = picker.first_on_screen();
    for (row, at) in picker
        .shown
        .iter()
        .skip(first)
        .take(picker.page)
        .enumerate()
    {
        let line = Rect {
            y: list.y + row as u16,
            height: 1,
            ..list
        };
        let selected = first + row == picker.selected;
        draw_entry(
            theme,
            &picker.entries[*at],
            &app.said_of(&picker.entries[*at]).0,
            selected,
            (lead_cells, label_cells),
            line,
            buffer,
        );
    }
    if let Some(entry) = picker.chosen() {
        let about = Rect {
            y: list.bottom(),
            height: about_rows,
            ..inner
        };
        let (_, said) = app.said_of(entry);
        let rows = wrap(&said, about.width);
        let final_row = usize::from(about_rows).saturating_sub(1);
        for ((at, row), y) in rows
            .iter()
            .enumerate()
            .zip(about.y..about.bottom().min(inner.bottom()))
        {
            // The last row that fits takes the rest, and is cut with `…` where it must be.
            let end = if at == final_row {
                said.len() as u32
            } else {
                row.span.end
            };
            let text = ByteSpan {
                start: row.span.start,
                end,
            }
            .of(&said);
            cells::label(theme, buffer, about.x, y, about.right(), text, theme.quiet);
        }
    }
    let hints = hints(app, picker.purpose);
    let room = area.width.saturating_sub(4);
    let hint = cells::longest_that_fits(&hints, room);
    cells::label_right(
        theme,
        buffer,
        area.x + 2,
        area.bottom() - 1,
        area.right() - 2,
        hint,
        theme.quiet,
    );
    cursor
}

/// What the keys of a list do, from long to short.
fn hints(app: &App, purpose: Purpose) -> Vec<String> {
    let key = |action| app.keymap.hint(action);
    let choose = key(Action::ListChoose);
    let takes = format!(" {choose} takes it · {} closes ", key(Action::ListClose));
    match purpose {
        Purpose::Notes => {
            let edit = key(Action::NoteEdit);
            let (remove, put) = (key(Action::NoteRemove), key(Action::NotePut));
            let write = key(Action::NotesExport);
            vec![
                format!(
                    " {choose} goes there · {edit} changes · {remove} removes · {put} puts it here · {write} writes to a file "
                ),
                format!(
                    " {choose} go · {edit} edit · {remove} remove · {put} put here · {write} file "
                ),
                format!(" {choose} · {edit} edit · {remove} remove · {write} file "),
                takes,
            ]
        }
        _ => vec![takes],
    }
}

/// The name of a box, on its frame.
fn draw_title(theme: &Theme, title: &str, area: Rect, buffer: &mut Buffer) {
    let (x, end) = (area.x + 2, area.right() - 2);
    cells::label(theme, buffer, x, area.y, end, title, theme.heading);
}

/// The line to type in, in a style, with a count at its end, and a hint while nothing is typed; where the cursor stands.
pub(super) fn draw_input(
    theme: &Theme,
    input: &Input,
    style: Style,
    (count, hint): (&str, &str),
    area: Rect,
    buffer: &mut Buffer,
) -> Position {
    let (y, end) = (area.y, area.right());
    let room = cells::label_right(theme, buffer, area.x + 10, y, end, count, theme.quiet);
    let x = cells::label(theme, buffer, area.x, y, end, "› ", theme.accent);
    let scroll = input.visual_scroll(usize::from(room.saturating_sub(x + 2)));
    let typed = cells::scrolled(input.value(), scroll);
    if typed.is_empty() {
        cells::label(theme, buffer, x + 1, y, room, hint, theme.quiet);
    } else {
        cells::label(theme, buffer, x, y, room, typed, style);
    }
    let column = usize::from(x) + input.visual_cursor().saturating_sub(scroll);
    Position::new((column as u16).min(end), y)
}

fn draw_entry(
    theme: &Theme,
    entry: &Entry,
    detail: &str,
    selected: bool,
    columns: (u16, u16),
    area: Rect,
    buffer: &mut Buffer,
) {
    let (lead_cells, label_cells) = columns;
    let limit = area.right();
    let mark = if selected { "▸ " } else { "  " };
    let mut x = cells::label(theme, buffer, area.x, area.y, limit, mark, theme.accent);
    if lead_cells > 0 {
        cells::label(
            theme,
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
        Style::new()
    };
    let label_end = cells::label(
        theme,
        buffer,
        x,
        area.y,
        (x + label_cells).min(limit),
        &entry.label,
        label_style,
    );
    let detail_x = (x + label_cells + 2).max(label_end + 2);
    if detail_x < limit {
        cells::label(theme, buffer, detail_x, area.y, limit, detail, theme.quiet);
    }
    if selected {
        cells::paint_row(
            buffer,
            area,
            area.y,
            Style::new().add_modifier(Modifier::REVERSED),
        );
    }
}

fn draw_information(theme: &Theme, information: &Information, area: Rect, buffer: &mut Buffer) {
    let plain = Style::new();
    for (row, y) in information
        .rows
        .iter()
        .skip(information.top)
        .zip(area.y..area.bottom())
    {
        match row {
            Row::Blank => {}
            Row::Heading(text) => {
                cells::label(theme, buffer, area.x, y, area.right(), text, theme.heading);
            }
            Row::Field(name, value) => {
                let value_x = area.x + name_cells(area.width) + 1;
                cells::label(theme, buffer, area.x, y, value_x - 1, name, theme.quiet);
                cells::label(theme, buffer, value_x, y, area.right(), value, plain);
            }
            Row::Text(text) => {
                cells::label(theme, buffer, area.x, y, area.right(), text, plain);
            }
        }
    }
}
