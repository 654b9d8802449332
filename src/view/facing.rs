//! The facing view: titles, and the rows of what stands opposite what.
//!
//! Invariant: a blank opposite a passage is said in words; the current row and every mark can be seen without colour.

use super::cells;
use super::gutter;
use super::pane::{self, Shown};
use super::sides;
use super::theme::Theme;
use super::why;
use crate::analysis::alignment::Origin;
use crate::app::App;
use crate::app::action::Action;
use crate::app::block::BlockRow;
use crate::app::comparisons::{Refusal, TOO_LARGE};
use crate::app::facing::Facing;
use crate::app::facing::layout::{CellLine, Part, slot};
use crate::app::facing::rows::{Cell, Filter};
use crate::app::screen::PaneArea;
use crate::corpus::PassageId;
use crate::text::{ByteSpan, safe, width};
use ratatui::buffer::Buffer;
use ratatui::style::{Modifier, Style};

pub fn draw(app: &App, theme: &Theme, facing: &Facing, buffer: &mut Buffer) {
    if facing.plan.stacked {
        draw_stacked_title(app, theme, facing, buffer);
    } else {
        for (cell, area) in facing.plan.columns.iter().enumerate() {
            let Some(at) = facing.panes.get(cell).copied() else {
                continue;
            };
            pane::draw_title(app, theme, &app.panes[at], at == app.focus, area, buffer);
            draw_rule(app, theme, facing, cell, area, buffer);
        }
    }
    if facing.rows.is_empty() {
        draw_empty(app, theme, facing, buffer);
    } else {
        draw_rows(app, theme, facing, buffer);
        gutter::draw_strip_of_rows(theme, facing, buffer);
    }
    if !facing.plan.why.is_empty() {
        why::draw(app, theme, facing, facing.plan.why, buffer);
    }
}

/// What a side is called in few words.
pub fn side_name(app: &App, facing: &Facing, cell: usize) -> String {
    sides::name(app, &facing.panes, cell)
}

/// Where a cell stands among the others.
pub fn place_name(cell: usize, cells: usize) -> &'static str {
    const PLACES: [&[&str]; 3] = [
        &["left", "right"],
        &["left", "middle", "right"],
        &["first", "second", "third", "fourth"],
    ];
    let names = PLACES[cells.clamp(2, 4) - 2];
    names.get(cell).copied().unwrap_or_default()
}

/// What a filter shows, for the reader.
pub fn filter_name(filter: Filter, cells: usize) -> String {
    match filter {
        Filter::All => "all rows".to_owned(),
        Filter::Paired => "only pairs".to_owned(),
        Filter::Only(cell) => format!("only what the {} alone has", place_name(cell, cells)),
    }
}

/// The topic that the rows are about.
fn topic_title(app: &App) -> &str {
    let topic = app.topic().and_then(|topic| app.topics.get(topic));
    topic.map_or("Everything", |topic| topic.title.as_str())
}

/// Cells in which the names of two sides and a longer count fit.
const ROOMY: u16 = 72;

/// Where the topic hides pairs: how many there are, and the key that shows them.
fn pairs_in_all(app: &App, facing: &Facing) -> String {
    let counts = &facing.counts;
    if counts.paired_in_all <= counts.paired {
        return String::new();
    }
    let key = app.keymap.hint(Action::Everything);
    format!(" ({key} {} in all)", counts.paired_in_all)
}

/// A count, set off where the filter shows just that.
fn count(text: String, is_shown: bool) -> String {
    if is_shown {
        format!("‹{text}›")
    } else {
        text
    }
}

fn draw_rule(
    app: &App,
    theme: &Theme,
    facing: &Facing,
    cell: usize,
    area: &PaneArea,
    buffer: &mut Buffer,
) {
    let row = area.rule;
    if row.is_empty() {
        return;
    }
    let focused = facing.panes.get(cell) == Some(&app.focus);
    let (line, style) = if focused {
        ("━", theme.accent)
    } else {
        ("─", theme.quiet)
    };
    for x in row.x..row.right() {
        cells::sign(theme, buffer, x, row.y, row.right(), line, style);
    }
    let only = facing.counts.only.get(cell).copied().unwrap_or(0);
    let only = count(
        format!("{only} only here"),
        facing.filter == Filter::Only(cell),
    );
    let paired = count(
        format!("{} paired", facing.counts.paired),
        facing.filter == Filter::Paired,
    );
    let topic = topic_title(app);
    // The topic stands in the bar above as well: it goes first where there is no room.
    let labels = if cell == facing.anchor {
        let in_all = pairs_in_all(app, facing);
        vec![
            format!(" {topic} · {paired}{in_all} · {only} "),
            format!(" {paired}{in_all} · {only} "),
            format!(" {paired} · {only} "),
        ]
    } else {
        vec![format!(" {only} ")]
    };
    let room = usize::from(row.width.saturating_sub(4));
    let cells_of = |label: &str| width::line(&safe::line(label));
    let label = labels.iter().find(|label| cells_of(label) <= room);
    let label = label.map_or("", String::as_str);
    let style = if focused { theme.accent } else { theme.quiet };
    cells::label_right(
        theme,
        buffer,
        row.x + 2,
        row.y,
        row.right().saturating_sub(2),
        label,
        style,
    );
}

fn draw_stacked_title(app: &App, theme: &Theme, facing: &Facing, buffer: &mut Buffer) {
    let Some(area) = facing.plan.columns.first().map(|column| column.title) else {
        return;
    };
    if area.is_empty() {
        return;
    }
    // The names of the sides come before what is elsewhere.
    let in_all = match area.width {
        ROOMY.. => pairs_in_all(app, facing),
        _ => String::new(),
    };
    let counts = format!("{} paired{in_all}", facing.counts.paired);
    let counts = match facing.filter {
        Filter::All => counts,
        Filter::Paired => count(counts, true),
        Filter::Only(cell) => {
            let only = facing.counts.only.get(cell).copied().unwrap_or(0);
            count(
                format!("{only} only {}", side_name(app, facing, cell)),
                true,
            )
        }
    };
    let limit = cells::label_right(
        theme,
        buffer,
        area.x,
        area.y,
        area.right().saturating_sub(1),
        &counts,
        theme.quiet,
    );
    let mut x = area.x;
    for (cell, at) in facing.panes.iter().enumerate() {
        let focused = *at == app.focus;
        let mark = if focused { "▸ " } else { "  " };
        let style = if focused { theme.accent } else { theme.heading };
        let name = format!("{mark}{}", side_name(app, facing, cell));
        x = cells::label(
            theme,
            buffer,
            x,
            area.y,
            limit.saturating_sub(1),
            &name,
            style,
        );
    }
    let underlined = Style::new().add_modifier(Modifier::UNDERLINED);
    cells::paint_row(buffer, area, area.y, underlined);
}

/// Why there are no rows.
fn draw_empty(app: &App, theme: &Theme, facing: &Facing, buffer: &mut Buffer) {
    let area = facing.plan.body;
    let running = app.comparisons.running();
    let (head, more) = if let Some(job) = running.first() {
        let percent = job.progress.map_or_else(String::new, |progress| {
            format!(" {} %", progress.done * 100 / progress.total.max(1))
        });
        (
            format!("Comparing…{percent}"),
            format!(
                "{} stops it and returns to the documents",
                app.keymap.hint(Action::Cancel)
            ),
        )
    } else if let Some(why) = app.comparison_refusal() {
        let head = match why {
            Refusal::Stopped => "These texts could not be compared".to_owned(),
            Refusal::TooLarge => format!("These texts are {TOO_LARGE}"),
        };
        (
            head,
            format!(
                "{} returns to the documents",
                app.keymap.hint(Action::Facing)
            ),
        )
    } else if facing.filter != Filter::All {
        let shown = filter_name(facing.filter, facing.panes.len());
        (
            format!("No row to show on “{}”: {shown}", topic_title(app)),
            format!("{} shows other rows", app.keymap.hint(Action::Filter)),
        )
    } else {
        (
            format!("Nothing found on “{}” in any pane", topic_title(app)),
            format!(
                "{} chooses another topic · {} shows everything",
                app.keymap.hint(Action::TopicList),
                app.keymap.hint(Action::Everything)
            ),
        )
    };
    for (line, text) in (1..).zip([head, more]) {
        if line < area.height {
            cells::label(
                theme,
                buffer,
                area.x + 4.min(area.width),
                area.y + line,
                area.right(),
                &text,
                theme.quiet,
            );
        }
    }
}

fn draw_rows(app: &App, theme: &Theme, facing: &Facing, buffer: &mut Buffer) {
    let body = facing.plan.body;
    let mut shown: Vec<((usize, usize), Option<Shown>)> = Vec::new();
    for (y, visible) in (body.y..body.bottom()).zip(&facing.visible) {
        let Some(layout) = facing.laid_out(visible.row) else {
            continue;
        };
        shown.retain(|((row, _), _)| *row == visible.row);
        for (column, area) in facing.plan.columns.iter().enumerate() {
            if visible.line > 0 && visible.row == facing.current {
                draw_bar(theme, area, y, buffer);
            }
            if visible.line == 0 && !facing.plan.stacked {
                // In the space before a row there is room for where its texts stand as well.
                let cell = facing
                    .rows
                    .get(visible.row)
                    .and_then(|row| row.cells.get(column));
                if let Some(Cell::Whole(id)) = cell {
                    pane::draw_copy_note(app, theme, slot(*id), area.text, y, buffer);
                }
            }
            let Some(line) = layout
                .columns
                .get(column)
                .and_then(|lines| lines.get(visible.line))
            else {
                continue;
            };
            let place = (visible.row, line.cell);
            // What a cell's lines have in common is worked out once.
            if !shown.iter().any(|(known, _)| *known == place) {
                shown.push((place, cell_look(app, theme, facing, place)));
            }
            let look = shown.iter().find(|(known, _)| *known == place);
            let line = Line {
                row: visible.row,
                of: *line,
                area,
                y,
                look: look.and_then(|(_, look)| look.as_ref()),
            };
            draw_line(app, theme, facing, &line, buffer);
        }
    }
}

/// The bar along the current row.
fn draw_bar(theme: &Theme, area: &PaneArea, y: u16, buffer: &mut Buffer) {
    if area.gutter.width >= 2 {
        let x = area.gutter.right() - 2;
        cells::sign(theme, buffer, x, y, area.gutter.right(), "┃", theme.accent);
    }
}

/// The text of a cell with what is set off in it: the topic's cues, and while the reasons are shown, those of the
/// current row instead.
fn cell_look<'a>(
    app: &'a App,
    theme: &Theme,
    facing: &Facing,
    (row, cell): (usize, usize),
) -> Option<Shown<'a>> {
    let id = facing.rows.get(row)?.cells.get(cell)?.passage()?;
    let seen = bytes_on_screen(facing, row, cell);
    let explained = facing.why && row == facing.current;
    let topic = app.topic().filter(|_| !explained);
    let pane = facing.panes.get(cell).copied()?;
    let look = Shown::new(app, theme, topic, slot(id), seen)?;
    let mut look = look.marked_in(app, theme, pane, slot(id));
    if explained {
        let spans = why::shared_spans(app, facing, cell);
        look.set_off(&spans, theme.cue);
    }
    Some(look)
}

fn bytes_on_screen(facing: &Facing, row: usize, cell: usize) -> ByteSpan {
    let Some(layout) = facing.laid_out(row) else {
        return ByteSpan::default();
    };
    let lines = facing.visible.iter().filter(|visible| visible.row == row);
    let shown = lines.flat_map(|visible| {
        let columns = layout.columns.iter();
        columns.filter_map(|column| column.get(visible.line))
    });
    let spans = shown.filter_map(|line| match line.part {
        Part::Text { row, .. } if line.cell == cell => Some(row.span),
        Part::Text { .. } | Part::Space | Part::Caption | Part::Note | Part::Beginning => None,
    });
    spans
        .reduce(|all, span| ByteSpan {
            start: all.start.min(span.start),
            end: all.end.max(span.end),
        })
        .unwrap_or_default()
}

/// A line of a cell on the screen.
struct Line<'a> {
    row: usize,
    of: CellLine,
    area: &'a PaneArea,
    y: u16,
    look: Option<&'a Shown<'a>>,
}

fn draw_line(app: &App, theme: &Theme, facing: &Facing, line: &Line<'_>, buffer: &mut Buffer) {
    let Some(row) = facing.rows.get(line.row) else {
        return;
    };
    let (area, y, at) = (line.area.text, line.y, line.of.cell);
    let Some(cell) = row.cells.get(at).copied() else {
        return;
    };
    match line.of.part {
        Part::Space => {}
        Part::Caption => draw_caption(app, theme, facing, line, cell, buffer),
        Part::Text { row: text, first } => {
            // A passage that stands elsewhere has both beside its note.
            if first && matches!(cell, Cell::Whole(_)) {
                draw_number(app, theme, facing, line, cell, buffer);
                draw_sign(app, theme, facing, line, buffer);
            }
            if let Some(look) = line.look {
                let row = BlockRow::Text { row: text, first };
                pane::draw_row(app, theme, look, row, area, y, buffer);
            }
        }
        Part::Note => {
            if !matches!(cell, Cell::Nothing) {
                draw_sign(app, theme, facing, line, buffer);
            }
            let note = note(app, facing, line, cell);
            cells::label(theme, buffer, area.x, y, area.right(), &note, theme.quiet);
        }
        Part::Beginning => {
            let text = cell.passage().map_or("", |id| app.passage_text(id));
            let style = theme.quiet.add_modifier(Modifier::ITALIC);
            cells::label(theme, buffer, area.x, y, area.right(), text, style);
        }
    }
}

/// What a cell says in place of a passage.
fn note(app: &App, facing: &Facing, line: &Line<'_>, cell: Cell) -> String {
    let side = if facing.plan.stacked {
        format!("{}: ", side_name(app, facing, line.of.cell))
    } else {
        String::new()
    };
    match cell {
        Cell::Empty | Cell::Whole(_) => String::new(),
        Cell::Nothing => format!("{side}nothing found here"),
        Cell::Again(id) => format!("{side}″ ¶{}, as above", id.passage + 1),
        Cell::Elsewhere { passage, below } => {
            let (arrow, place) = if below {
                ("↓", "further down")
            } else {
                ("↑", "further up")
            };
            let note = format!("{side}{arrow} ¶{} stands {place}", passage.passage + 1);
            let key = app.keymap.hint(Action::Follow);
            let with_key = format!("{note} · {key} goes there");
            let room = usize::from(line.area.text.width);
            let fits = width::line(&safe::line(&with_key)) <= room;
            if fits && line.row == facing.current {
                with_key
            } else {
                note
            }
        }
    }
}

fn is_marked(app: &App, id: PassageId) -> bool {
    app.is_marked(slot(id))
}

fn draw_number(
    app: &App,
    theme: &Theme,
    facing: &Facing,
    line: &Line<'_>,
    cell: Cell,
    buffer: &mut Buffer,
) {
    let gutter = line.area.gutter;
    let Some(id) = cell.passage().filter(|_| gutter.width >= 5) else {
        return;
    };
    let style = if line.row == facing.current {
        theme.heading
    } else {
        theme.quiet
    };
    if let Some(noted) = app.notebook.sign_of(id) {
        let x = gutter.right() - 1;
        cells::sign(
            theme,
            buffer,
            x,
            line.y,
            gutter.right(),
            noted,
            theme.accent,
        );
    }
    let limit = gutter.right() - 3;
    let number = (id.passage + 1).to_string();
    cells::label_right(theme, buffer, gutter.x, line.y, limit, &number, style);
}

/// Number, side, voice and document, as far as the place and the passage have them.
fn draw_caption(
    app: &App,
    theme: &Theme,
    facing: &Facing,
    line: &Line<'_>,
    cell: Cell,
    buffer: &mut Buffer,
) {
    let Some(id) = cell.passage() else { return };
    let Some(document) = app.corpus.documents.get(id.document) else {
        return;
    };
    let at = line.of.cell;
    let voice = document
        .passage(id.passage)
        .and_then(|passage| passage.voice().map(str::to_owned));
    let mut parts: Vec<(String, Style)> = Vec::new();
    if facing.plan.stacked {
        parts.push((side_name(app, facing, at), theme.quiet));
    }
    if facing.shape.numbers_above {
        let style = if line.row == facing.current {
            theme.heading
        } else {
            theme.quiet
        };
        let noted = app.notebook.sign_of(id);
        let noted = noted.map_or_else(String::new, |sign| format!(" {sign}"));
        parts.push((format!("¶{}{noted}", id.passage + 1), style));
    }
    parts.extend(voice.map(|voice| (voice, theme.voice)));
    if facing.shape.names_document.get(at) == Some(&true) {
        parts.push((document.meta.title.clone(), theme.quiet));
    }
    if facing.plan.stacked {
        let note = app.copy_note(slot(id));
        parts.extend(note.map(|note| (format!("≡ {note}"), theme.quiet)));
    }
    let area = line.area.text;
    let mut x = area.x;
    for (place, (text, style)) in parts.into_iter().enumerate() {
        if place > 0 {
            x = cells::label(theme, buffer, x, line.y, area.right(), " · ", theme.quiet);
        }
        x = cells::label(theme, buffer, x, line.y, area.right(), &text, style);
    }
}

/// What binds a cell to the anchor, and whether its passage is marked.
fn draw_sign(app: &App, theme: &Theme, facing: &Facing, line: &Line<'_>, buffer: &mut Buffer) {
    let at = line.of.cell;
    let gutter = line.area.gutter;
    let own = facing
        .rows
        .get(line.row)
        .and_then(|row| row.cells.get(at)?.own());
    if own.is_some_and(|id| is_marked(app, id)) && gutter.width >= 2 {
        let x = gutter.right() - 2;
        cells::sign(theme, buffer, x, line.y, gutter.right(), "◆", theme.accent);
    }
    if facing.plan.stacked {
        draw_stacked_sign(app, theme, line, buffer);
        return;
    }
    let Some((bond, ..)) = app.link_of(line.row, at) else {
        return;
    };
    // Between this column and the one before it on the way to the anchor.
    let before = if at > facing.anchor { at - 1 } else { at };
    let Some(column) = facing.plan.columns.get(before) else {
        return;
    };
    let (sign, style) = sign(theme, bond.origin);
    let limit = column.strip.right() + 1;
    cells::label(theme, buffer, column.strip.x, line.y, limit, sign, style);
}

fn draw_stacked_sign(app: &App, theme: &Theme, line: &Line<'_>, buffer: &mut Buffer) {
    let Some((bond, ..)) = app.link_of(line.row, line.of.cell) else {
        return;
    };
    if bond.origin != Origin::Found && line.area.gutter.width >= 2 {
        let (sign, style) = sign(theme, bond.origin);
        let x = line.area.gutter.right() - 1;
        cells::sign(
            theme,
            buffer,
            x,
            line.y,
            line.area.text.x,
            sign.trim(),
            style,
        );
    }
}

fn sign(theme: &Theme, origin: Origin) -> (&'static str, Style) {
    match origin {
        Origin::Found => ("──", theme.quiet),
        Origin::Accepted => ("✓", theme.accent),
        Origin::Paired => ("◆", theme.accent),
    }
}
