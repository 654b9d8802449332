//! The panel under the facing view that says why the passages of the current row stand together.

use super::cells;
use super::facing::side_name;
use super::theme::Theme;
use crate::analysis::alignment::{Link, Origin, Reason, Side};
use crate::app::App;
use crate::app::action::Action;
use crate::app::facing::Facing;
use crate::app::facing::layout::slot;
use crate::corpus::PassageId;
use crate::text::{ByteSpan, safe, width};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// How many of the passages nearest to one are named.
const NEAREST: usize = 2;

/// Cells of a column of reasons.
const COLUMN_CELLS: u16 = 38;

/// The links of the current row, each with its cell.
fn links<'a>(app: &'a App, facing: &Facing) -> Vec<(usize, &'a Link, usize, usize)> {
    let cells = 0..facing.panes.len();
    cells
        .filter_map(|cell| {
            let (link, left, right) = app.link_of(facing.current, cell)?;
            Some((cell, link, left, right))
        })
        .collect()
}

/// Where in the text of a cell of the current row stands what it shares with its partners.
pub fn shared_spans(app: &App, facing: &Facing, cell: usize) -> Vec<ByteSpan> {
    let Some(pane) = facing.panes.get(cell) else {
        return Vec::new();
    };
    let mut spans = Vec::new();
    for (_, link, left, right) in links(app, facing) {
        for reason in &link.reasons {
            if left == *pane {
                spans.extend(&reason.left);
            } else if right == *pane {
                spans.extend(&reason.right);
            }
        }
    }
    spans
}

pub fn draw(app: &App, theme: &Theme, facing: &Facing, area: Rect, buffer: &mut Buffer) {
    for x in area.x..area.right() {
        cells::sign(theme, buffer, x, area.y, area.right(), "─", theme.quiet);
    }
    let links = links(app, facing);
    let head = match links.first() {
        None => " Nothing opposite ".to_owned(),
        Some((_, link, ..)) => format!(" Why these stand together · {} ", verdict(link)),
    };
    cells::label(
        theme,
        buffer,
        area.x + 2,
        area.y,
        area.right(),
        &head,
        theme.heading,
    );
    let mut panel = Lines {
        theme,
        area: Rect {
            x: area.x + 3,
            y: area.y + 1,
            width: area.width.saturating_sub(4),
            height: area.height.saturating_sub(1),
        },
        y: area.y + 1,
    };
    if links.is_empty() {
        draw_alone(app, facing, &mut panel, buffer);
    }
    let several = links.len() > 1;
    for (cell, link, ..) in links {
        if several {
            let name = format!("{} · {}", side_name(app, facing, cell), verdict(link));
            panel.label(&name, buffer);
        }
        draw_reasons(app, link, &mut panel, buffer);
    }
}

/// Score and origin.
fn verdict(link: &Link) -> String {
    let origin = match link.origin {
        Origin::Found => "found",
        Origin::Accepted => "found, and accepted by you",
        Origin::Paired => "paired by you",
    };
    format!("score {:.2} · {origin}", link.score)
}

/// The lines of the panel that are still free.
struct Lines<'t> {
    theme: &'t Theme,
    area: Rect,
    y: u16,
}

impl Lines<'_> {
    fn left(&self) -> u16 {
        self.area.bottom().saturating_sub(self.y)
    }

    fn label(&mut self, text: &str, buffer: &mut Buffer) {
        if self.left() > 0 {
            let (area, style) = (self.area, self.theme.quiet);
            cells::label(
                self.theme,
                buffer,
                area.x,
                self.y,
                area.right(),
                text,
                style,
            );
            self.y += 1;
        }
    }
}

/// Why the passages of a row without a link are here at all.
fn draw_alone(app: &App, facing: &Facing, panel: &mut Lines<'_>, buffer: &mut Buffer) {
    let row = facing.rows.get(facing.current);
    let own = row.and_then(|row| {
        let mut cells = row.cells.iter().enumerate();
        cells.find_map(|(at, cell)| Some((at, cell.own()?)))
    });
    let pair = app.keymap.hint(Action::Pair);
    let rejected =
        own.and_then(|(_, id)| Some(app.name_from(id, app.decisions.rejected_beside(id)?)));
    let why = rejected.map_or_else(
        || "Nothing shares enough with it".to_owned(),
        |other| format!("You rejected it beside {other}"),
    );
    panel.label(&format!("{why} · {pair} pairs by hand"), buffer);
    let Some((cell, id)) = own else { return };
    draw_nearest(app, facing, (cell, id), panel, buffer);
    let Some(topic) = app.topic() else { return };
    if let Some(tag) = app.tag_of(slot(id), Some(topic)) {
        let title = app.topics.get(topic).map_or("", |topic| &topic.title);
        panel.label(&format!("It is on “{title}”: {}", tag.why()), buffer);
    }
}

/// The passages that come nearest to one without a link: each with its score and how it begins.
fn draw_nearest(
    app: &App,
    facing: &Facing,
    (cell, id): (usize, PassageId),
    panel: &mut Lines<'_>,
    buffer: &mut Buffer,
) {
    let opposite: Vec<usize> = if cell == facing.anchor {
        (0..facing.panes.len())
            .filter(|other| *other != cell)
            .collect()
    } else {
        vec![facing.anchor]
    };
    for other in opposite {
        let (Some(own_pane), Some(pane)) = (facing.panes.get(cell), facing.panes.get(other)) else {
            continue;
        };
        let (left, right) = (*own_pane.min(pane), *own_pane.max(pane));
        let Some(comparison) = app.comparison(left, right) else {
            continue;
        };
        let side = if *own_pane == left {
            Side::Left
        } else {
            Side::Right
        };
        for near in comparison.nearest(side, id).iter().take(NEAREST) {
            let begins = app.passage_text(near.partner);
            let name = side_name(app, facing, other);
            let number = near.partner.passage + 1;
            let line = format!(
                "nearest, score {:.2}: {name} ¶{number}  {begins}",
                near.score
            );
            panel.label(&line, buffer);
        }
    }
}

/// The reasons, weightiest first, down the columns.
fn draw_reasons(app: &App, link: &Link, panel: &mut Lines<'_>, buffer: &mut Buffer) {
    if link.reasons.is_empty() {
        panel.label("They share no word that would have paired them.", buffer);
        return;
    }
    let theme = panel.theme;
    let columns = (panel.area.width / COLUMN_CELLS).max(1);
    let column_cells = panel.area.width / columns;
    let needed = link.reasons.len().div_ceil(usize::from(columns));
    let height = panel.left().min(u16::try_from(needed).unwrap_or(u16::MAX));
    if height == 0 {
        return;
    }
    let room = usize::from(columns) * usize::from(height);
    let shown = if link.reasons.len() > room {
        room - 1
    } else {
        link.reasons.len()
    };
    for (at, reason) in link.reasons.iter().take(shown).enumerate() {
        let (column, down) = (at as u16 / height, at as u16 % height);
        let x = panel.area.x + column * column_cells;
        let limit = (x + column_cells).saturating_sub(2).min(panel.area.right());
        draw_reason(app, theme, link, reason, (x, panel.y + down, limit), buffer);
    }
    if shown < link.reasons.len() {
        let (x, y) = (
            panel.area.x + (columns - 1) * column_cells,
            panel.y + height - 1,
        );
        let more = format!("and {} more, marked above", link.reasons.len() - shown);
        cells::label(theme, buffer, x, y, panel.area.right(), &more, theme.quiet);
    }
    panel.y += height;
}

/// Weight, kind, and the words as they stand on both sides.
fn draw_reason(
    app: &App,
    theme: &Theme,
    link: &Link,
    reason: &Reason,
    (x, y, limit): (u16, u16, u16),
    buffer: &mut Buffer,
) {
    let weight = format!("{:>3.0} %  ", reason.weight * 100.0);
    let x = cells::label(theme, buffer, x, y, limit, &weight, theme.quiet);
    let kind = format!("{:<7}", reason.kind.name());
    let x = cells::label(theme, buffer, x, y, limit, &kind, theme.quiet);
    let right = words(app, link.right, &reason.right);
    let is_same = right.to_lowercase() == reason.text.to_lowercase();
    let x = cells::label(theme, buffer, x, y, limit, &reason.text, theme.cue);
    if !is_same && !right.is_empty() && width::line(&safe::line(&right)) > 0 {
        let x = cells::label(theme, buffer, x, y, limit, " / ", theme.quiet);
        cells::label(theme, buffer, x, y, limit, &right, theme.cue);
    }
}

fn words(app: &App, id: PassageId, spans: &[ByteSpan]) -> String {
    let text = app.passage_text(id);
    spans.first().map_or("", |span| span.of(text)).to_owned()
}
