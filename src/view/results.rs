//! The search over the corpus: a line to type in, and what was found below, by source.

use super::theme::Theme;
use super::{cells, overlay};
use crate::app::App;
use crate::app::action::Action;
use crate::app::results::{Answer, Found, Hit, Line, Results};
use crate::text::bidi::{Paragraph, logical_row};
use crate::text::wrap::wrap;
use crate::text::{ByteSpan, safe};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

/// Draws what is in the box; where the cursor stands.
pub fn draw(
    app: &App,
    theme: &Theme,
    results: &Results,
    area: Rect,
    inner: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    let cursor = draw_line(app, theme, results, inner, buffer);
    let list = Rect {
        y: inner.y + 1,
        height: inner.height.saturating_sub(1),
        ..inner
    };
    match &results.answer {
        Answer::None => say(theme, &help(), list, buffer),
        Answer::Wrong(why) => say(theme, std::slice::from_ref(why), list, buffer),
        Answer::Found(found) if found.groups.is_empty() => say(theme, &found.advice, list, buffer),
        Answer::Found(_) | Answer::Pending(_) => draw_list(theme, results, list, buffer),
    }
    let keys = |action: Action| app.keymap.hint(action);
    let (choose, close) = (keys(Action::ListChoose), keys(Action::ListClose));
    let hints = if results.browsing {
        let mark = keys(Action::ResultMark);
        [
            format!(" {choose} opens · {mark} marks, two open side by side · {close}: the line "),
            format!(" {choose} opens · {mark} marks · {close}: the line "),
            format!(" {choose} · {mark} marks · {close} "),
        ]
    } else {
        let down = keys(Action::ListDown);
        let anew = if results.is_left {
            " typing begins anew ·"
        } else {
            ""
        };
        [
            format!("{anew} {choose} opens · {down} into the list · {close} closes "),
            format!(" {choose} opens · {down} the list · {close} closes "),
            format!(" {choose} · {down} list · {close} "),
        ]
    };
    let room = area.width.saturating_sub(4);
    let hint = cells::longest_that_fits(&hints, room);
    cells::label_right(
        theme,
        buffer,
        area.x + 2,
        area.bottom().saturating_sub(1),
        area.right().saturating_sub(2),
        hint,
        theme.quiet,
    );
    (!results.browsing).then_some(cursor)
}

/// What can be searched for.
fn help() -> Vec<String> {
    [
        "Words find passages in the whole corpus, in any form: protest finds protested.",
        "\"next to each other\" · the start of a wor* · AND OR NOT ( )",
        "source:NAME topic:NAME voice:NAME title:word since:2026-01 until:2026-02-15",
    ]
    .map(str::to_owned)
    .to_vec()
}

/// The line to type in, and how much was found.
fn draw_line(
    app: &App,
    theme: &Theme,
    results: &Results,
    area: Rect,
    buffer: &mut Buffer,
) -> Position {
    let indexing = app.indexing.progress.map(|progress| {
        let share = progress.done * 100 / progress.total.max(1);
        format!("indexing {share}%")
    });
    let count = match (results.found(), indexing) {
        (_, Some(indexing)) => indexing,
        (Some(found), None) => counted(found),
        (None, None) => String::new(),
    };
    let hint = "type words to find in all texts";
    // What is left of an earlier search gives way to what is typed.
    let style = if results.is_left {
        theme.quiet
    } else {
        theme.heading
    };
    overlay::draw_input(theme, &results.input, style, (&count, hint), area, buffer)
}

fn counted(found: &Found) -> String {
    match (found.total, found.groups.len()) {
        (0, _) => "nothing found".to_owned(),
        (1, _) => "1 passage".to_owned(),
        (total, 1) => format!("{total} passages"),
        (total, sources) => format!("{total} passages · {sources} sources"),
    }
}

/// Some sentences, each wrapped.
fn say(theme: &Theme, lines: &[String], area: Rect, buffer: &mut Buffer) {
    let mut y = area.y + 1;
    for line in lines {
        for row in wrap(line, area.width) {
            if y >= area.bottom() {
                return;
            }
            let text = row.span.of(line);
            cells::label(theme, buffer, area.x, y, area.right(), text, theme.quiet);
            y += 1;
        }
    }
}

fn draw_list(theme: &Theme, results: &Results, area: Rect, buffer: &mut Buffer) {
    let Some(found) = results.found() else {
        return;
    };
    let chosen = results.chosen().map(|hit| hit.slot);
    let mut y = area.y;
    for line in results.lines().into_iter().skip(results.top) {
        let height = results.height(line) as u16;
        if y >= area.bottom() {
            return;
        }
        let rows = Rect {
            y,
            height: height.min(area.bottom() - y),
            ..area
        };
        match line {
            Line::Source(group) => {
                let group = &found.groups[group];
                let x = cells::label(
                    theme,
                    buffer,
                    rows.x,
                    y,
                    rows.right(),
                    &group.title,
                    theme.heading,
                );
                let shown = group.hits.len();
                let count = if shown < group.total {
                    format!("  {} passages, the best {shown}", group.total)
                } else {
                    format!("  {}", group.total)
                };
                cells::label(theme, buffer, x, y, rows.right(), &count, theme.quiet);
            }
            Line::Hit(group, hit) => {
                let hit = &found.groups[group].hits[hit];
                let look = Look {
                    selected: chosen == Some(hit.slot),
                    marked: results.marked == Some(hit.slot),
                };
                draw_hit(theme, hit, look, rows, buffer);
            }
        }
        y += height;
    }
}

/// How a passage stands in the list.
#[derive(Clone, Copy)]
struct Look {
    selected: bool,
    marked: bool,
}

fn draw_hit(theme: &Theme, hit: &Hit, look: Look, area: Rect, buffer: &mut Buffer) {
    let lead = match (look.selected, look.marked) {
        (_, true) => "◆ ",
        (true, false) => "▸ ",
        (false, false) => "  ",
    };
    let limit = area.right();
    let x = cells::label(theme, buffer, area.x, area.y, limit, lead, theme.accent);
    cells::label(theme, buffer, x, area.y, limit, &place(hit), theme.quiet);
    if look.selected {
        cells::paint_row(
            buffer,
            area,
            area.y,
            Style::new().add_modifier(Modifier::REVERSED),
        );
    }
    let text = Rect {
        x: area.x + 4,
        y: area.y + 1,
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(1),
    };
    draw_snippet(theme, hit, text, buffer);
}

/// Which document, and where in it.
fn place(hit: &Hit) -> String {
    // What is cut off on a narrow screen is the end of the title, and the voice where that is long.
    let mut parts = vec![match hit.slot.passage_index() {
        Some(passage) => format!("¶{}", passage + 1),
        None => "title".to_owned(),
    }];
    parts.extend(hit.date.map(|date| date.to_string()));
    parts.extend(hit.voice.clone());
    parts.push(hit.title.clone());
    parts.join(" · ")
}

/// As much of the snippet as fits, from the row with the first mark on.
fn draw_snippet(theme: &Theme, hit: &Hit, area: Rect, buffer: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let rows = wrap(&hit.text, area.width);
    let marked = hit.marks.first().map_or(0, |mark| mark.start);
    let first = rows
        .iter()
        .position(|row| row.span.end > marked)
        .unwrap_or(0);
    // Nothing is hidden before it where all of it fits.
    let first = first.min(rows.len().saturating_sub(usize::from(area.height)));
    for (row, y) in rows.iter().skip(first).zip(area.y..area.bottom()) {
        let text = row.span.of(&hit.text);
        let marks: Vec<ByteSpan> = hit
            .marks
            .iter()
            .filter(|mark| mark.start < row.span.end && mark.end > row.span.start)
            .map(|mark| ByteSpan {
                start: mark.start.max(row.span.start) - row.span.start,
                end: mark.end.min(row.span.end) - row.span.start,
            })
            .collect();
        draw_marked(
            theme,
            text,
            &marks,
            Rect {
                y,
                height: 1,
                ..area
            },
            buffer,
        );
    }
}

/// A row with its marks, in visual order.
fn draw_marked(theme: &Theme, text: &str, marks: &[ByteSpan], area: Rect, buffer: &mut Buffer) {
    let whole = ByteSpan::new(0, text.len());
    let pieces = if theme.reorder {
        Paragraph::new(text).visual_row(text, whole)
    } else {
        logical_row(text, whole)
    };
    let mut x = area.x;
    for (span, piece) in pieces {
        let is_marked = |mark: &ByteSpan| (mark.start..mark.end).contains(&span.start);
        let style = if marks.iter().any(is_marked) {
            theme.hit
        } else {
            Style::new()
        };
        let shown = safe::grapheme(&piece);
        match cells::put_shown(buffer, x, area.y, area.right(), &shown, style) {
            Some(next) => x = next,
            None => return,
        }
    }
}
