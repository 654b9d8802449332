//! The matrix: who speaks of what, each cell with its count and as dark as that is high.
//!
//! Invariant: nothing found is a mark, not a blank; cursor, marked cell and what nobody else speaks of can be seen without
//! colour, and shades are characters.

mod about;

pub use about::{hints, place};

use super::cells;
use super::theme::Theme;
use crate::analysis::coverage::{By, Coverage};
use crate::app::App;
use crate::app::action::Action;
use crate::app::coverage::names::{noun, shade};
use crate::app::coverage::plan::{TITLE, tabs};
use crate::app::coverage::{ColumnOrder, Matrix, Spot, TopicOrder};
use crate::text::{safe, width};
use about::{About, MARKED, ONLY};
use ratatui::buffer::Buffer;
use ratatui::style::Style;
use std::ops::Range;

/// What stands where nothing was found.
const NOTHING: &str = "·";

pub fn draw(app: &App, theme: &Theme, matrix: &Matrix, buffer: &mut Buffer) {
    draw_heading(theme, matrix, buffer);
    let shown = matrix
        .counts
        .as_ref()
        .filter(|_| !matrix.topics.is_empty() && !matrix.columns.is_empty());
    let Some(counts) = shown else {
        draw_empty(app, theme, matrix, buffer);
        return;
    };
    let page = Page {
        app,
        theme,
        matrix,
        counts,
    };
    page.draw_heads(buffer);
    page.draw_lines(buffer);
    page.draw_totals(buffer);
    page.draw_detail(buffer);
}

/// What is counted, and which part of it is seen.
fn draw_heading(theme: &Theme, matrix: &Matrix, buffer: &mut Buffer) {
    let area = matrix.plan.heading;
    if area.is_empty() {
        return;
    }
    cells::label(
        theme,
        buffer,
        area.x,
        area.y,
        area.right(),
        TITLE,
        theme.heading,
    );
    let mut x = area.x;
    for (by, name, at) in tabs() {
        let style = if by == matrix.look.by {
            theme.selected
        } else {
            theme.quiet
        };
        let limit = at.end.min(area.right());
        x = cells::label(
            theme,
            buffer,
            at.start.min(limit),
            area.y,
            limit,
            name,
            style,
        );
    }
    if matrix.topics.is_empty() || matrix.columns.is_empty() {
        return;
    }
    let (axis, order) = if matrix.look.transposed {
        ("topics".to_owned(), topic_order(matrix.look.topics))
    } else {
        (
            format!("{}s", noun(matrix.look.by)),
            column_order(matrix.look.columns),
        )
    };
    let part = part(
        matrix.first.1,
        matrix.plan.cells,
        matrix.across().len(),
        ["‹", "›"],
    );
    let long = format!("{axis} {order}  {part} ");
    let short = part.replace(" of ", "/");
    for text in [long, format!("{part} "), short] {
        let start = cells::label_right(
            theme,
            buffer,
            x + 2,
            area.y,
            area.right(),
            &text,
            theme.quiet,
        );
        if start < area.right() {
            return;
        }
    }
}

/// Which of all are seen, with an arrow to each side where there are more; nothing where all are.
fn part(first: usize, seen: usize, all: usize, [before, after]: [&str; 2]) -> String {
    if seen >= all {
        return String::new();
    }
    let before = if first > 0 { before } else { " " };
    let last = first + seen;
    let after = if last < all { after } else { " " };
    format!("{before} {}–{last} of {all} {after}", first + 1)
}

fn topic_order(order: TopicOrder) -> &'static str {
    match order {
        TopicOrder::Given => "in order",
        TopicOrder::Total => "by passages",
        TopicOrder::Unevenness => "most uneven first",
    }
}

fn column_order(order: ColumnOrder) -> &'static str {
    match order {
        ColumnOrder::Total => "by passages",
        ColumnOrder::Name => "by name",
    }
}

/// Why there is nothing to see, and what to do.
fn draw_empty(app: &App, theme: &Theme, matrix: &Matrix, buffer: &mut Buffer) {
    let hint = |action: Action| app.keymap.hint(action);
    let (head, more) = if matrix.counts.is_none() && app.finding_topics.is_some() {
        (
            "Looking for what these texts speak of…".to_owned(),
            format!(
                "It is shown here as soon as it is known · {} returns to the texts",
                hint(Action::Cancel)
            ),
        )
    } else if app.topics.is_empty() {
        (
            "No topics here: the corpus names none, and none were found in these texts".to_owned(),
            "Name topics and their cues in corpus.toml, one [[topic]] each".to_owned(),
        )
    } else if matrix.counts.is_none() {
        (
            "Which passages are on which topics is not known".to_owned(),
            format!("{} returns to the texts", hint(Action::Cancel)),
        )
    } else {
        let head = match matrix.look.by {
            By::Voices => "No voices: no passage here is given to a speaker",
            By::Sources | By::Documents => "No documents here",
        };
        (
            head.to_owned(),
            format!("{} shows sources", hint(Action::ColumnsNext)),
        )
    };
    let area = app.screen.size;
    let top = matrix.plan.heading.bottom() + u16::from(area.height > 6);
    for (y, text) in (top..area.bottom().saturating_sub(1)).zip([head, more]) {
        let x = area.x + 4.min(area.width);
        cells::label(theme, buffer, x, y, area.right(), &text, theme.quiet);
    }
}

/// What all parts of the picture are drawn from.
struct Page<'a> {
    app: &'a App,
    theme: &'a Theme,
    matrix: &'a Matrix,
    counts: &'a Coverage,
}

impl Page<'_> {
    fn label(
        &self,
        buffer: &mut Buffer,
        x: u16,
        y: u16,
        limit: u16,
        text: &str,
        style: Style,
    ) -> u16 {
        cells::label(self.theme, buffer, x, y, limit, text, style)
    }

    /// Style of a title: that of the cursor's stands out.
    fn title_style(&self, is_current: bool) -> Style {
        if is_current {
            self.theme.heading
        } else {
            self.theme.quiet
        }
    }

    /// A topic with its key before it; `aligned` where keys stand below each other.
    fn topic_title(&self, topic: usize, aligned: bool) -> String {
        let Some(topic) = self.app.topics.get(topic) else {
            return String::new();
        };
        match topic.key {
            Some(key) => format!("{key} {}", topic.title),
            None if aligned => format!("  {}", topic.title),
            None => topic.title.clone(),
        }
    }

    fn is_only(&self, topic: usize) -> bool {
        self.counts
            .topics
            .get(topic)
            .is_some_and(|topic| topic.only.is_some())
    }

    /// The titles above the cells, on one line or two.
    fn draw_heads(&self, buffer: &mut Buffer) {
        let (plan, matrix) = (&self.matrix.plan, self.matrix);
        let area = plan.heads;
        if area.is_empty() {
            return;
        }
        let (line, cell) = matrix.place();
        self.draw_corner(buffer);
        let total = if matrix.look.transposed {
            "any"
        } else {
            "total"
        };
        let right = area.x + plan.label_cells + plan.total_cells - 1;
        cells::label_right(
            self.theme,
            buffer,
            area.x + plan.label_cells,
            area.bottom() - 1,
            right,
            total,
            self.theme.quiet,
        );
        for seen in 0..plan.cells {
            let at = matrix.first.1 + seen;
            let Some(spot) = matrix.spot_at(line, at) else {
                continue;
            };
            let title = if matrix.look.transposed {
                let mark = if self.is_only(spot.topic) { ONLY } else { "" };
                format!("{mark}{}", self.topic_title(spot.topic, false))
            } else {
                matrix.names[spot.column].short.clone()
            };
            let columns = plan.cell(seen);
            let room = usize::from(plan.cell_cells.saturating_sub(1));
            let lines = abbreviated(&title, room, usize::from(area.height));
            // The last line stands on the cells, whatever the number of lines.
            let top = area.bottom() - lines.len() as u16;
            for (y, line) in (top..).zip(&lines) {
                self.label(
                    buffer,
                    columns.start + 1,
                    y,
                    columns.end,
                    line,
                    self.title_style(at == cell),
                );
            }
        }
    }

    /// Over the titles of the lines: in which order they stand, and which of them are seen.
    fn draw_corner(&self, buffer: &mut Buffer) {
        let (plan, look) = (&self.matrix.plan, self.matrix.look);
        let area = plan.heads;
        let order = if look.transposed {
            format!("{}s {}", noun(look.by), column_order(look.columns))
        } else {
            format!("topics {}", topic_order(look.topics))
        };
        let part = part(
            self.matrix.first.0,
            plan.lines,
            self.matrix.down().len(),
            ["↑", "↓"],
        );
        let texts = match (area.height, part.is_empty()) {
            (1, false) => vec![part],
            (_, false) => vec![order, part],
            (_, true) => vec![order],
        };
        let top = area.bottom() - (texts.len() as u16).min(area.height);
        for (y, text) in (top..area.bottom()).zip(&texts) {
            let limit = area.x + plan.label_cells;
            self.label(
                buffer,
                area.x + 2,
                y,
                limit,
                text.trim_start(),
                self.theme.quiet,
            );
        }
    }

    fn draw_lines(&self, buffer: &mut Buffer) {
        let (plan, matrix) = (&self.matrix.plan, self.matrix);
        let (line, _) = matrix.place();
        for (seen, y) in (0..plan.lines).zip(plan.body.y..plan.body.bottom()) {
            let at = matrix.first.0 + seen;
            let Some(Spot { topic, column }) = matrix.spot_at(at, 0) else {
                continue;
            };
            let (title, total, is_only) = if matrix.look.transposed {
                let column = &self.counts.columns[column];
                (
                    matrix.names[matrix.down()[at]].short.clone(),
                    column.on_any,
                    false,
                )
            } else {
                let spread = &self.counts.topics[topic];
                (
                    self.topic_title(topic, true),
                    spread.passages,
                    self.is_only(topic),
                )
            };
            let style = self.title_style(at == line);
            let x = plan.body.x;
            if is_only {
                self.label(buffer, x, y, x + 2, ONLY, self.theme.accent);
            }
            self.label(buffer, x + 2, y, x + plan.label_cells - 1, &title, style);
            let right = x + plan.label_cells + plan.total_cells - 1;
            cells::label_right(
                self.theme,
                buffer,
                x + plan.label_cells,
                y,
                right,
                &total.to_string(),
                style,
            );
            for seen in 0..plan.cells {
                if let Some(spot) = matrix.spot_at(at, matrix.first.1 + seen) {
                    self.draw_cell(spot, plan.cell(seen), y, buffer);
                }
            }
        }
    }

    /// A count flush right, its shade before it, and a mark on either side.
    fn draw_cell(&self, spot: Spot, columns: Range<u16>, y: u16, buffer: &mut Buffer) {
        let (theme, matrix) = (self.theme, self.matrix);
        let count = self.counts.passages(spot.topic, spot.column);
        let is_current = spot == matrix.look.spot;
        let is_only = count > 0 && self.is_only(spot.topic);
        let (number, style) = match count {
            0 => (NOTHING.to_owned(), theme.quiet),
            _ if is_only => (count.to_string(), theme.accent),
            _ => (count.to_string(), Style::new()),
        };
        let style = if is_current { theme.selected } else { style };
        let right = columns.end.saturating_sub(1);
        cells::label_right(theme, buffer, columns.start + 1, y, right, &number, style);
        // The widest count's room is left free in every cell, so that shades end below each other.
        let digits = self.counts.most().max(1).ilog10() as u16 + 1;
        let shade = shade(count, self.counts.most());
        if !shade.is_empty() {
            let end = right.saturating_sub(digits + 1);
            for x in columns.start + 1..end {
                cells::sign(theme, buffer, x, y, end, shade, theme.shade);
            }
        }
        let is_marked = matrix.marked == Some(spot);
        let (before, after) = match (is_marked, is_current) {
            (true, true) => (MARKED, "]"),
            (true, false) => (MARKED, ""),
            (false, true) => ("[", "]"),
            (false, false) => ("", ""),
        };
        self.label(buffer, columns.start, y, columns.end, before, theme.accent);
        self.label(buffer, right, y, columns.end, after, theme.accent);
    }

    fn draw_totals(&self, buffer: &mut Buffer) {
        let (plan, matrix) = (&self.matrix.plan, self.matrix);
        let area = plan.totals;
        if area.is_empty() {
            return;
        }
        let quiet = self.theme.quiet;
        let name = if matrix.look.transposed {
            "total"
        } else {
            "on any topic"
        };
        let x = area.x + plan.label_cells;
        self.label(buffer, area.x + 2, area.y, x - 1, name, quiet);
        let right = |columns: Range<u16>, count: usize, buffer: &mut Buffer| {
            let limit = columns.end.saturating_sub(1);
            cells::label_right(
                self.theme,
                buffer,
                columns.start,
                area.y,
                limit,
                &count.to_string(),
                quiet,
            );
        };
        right(x..x + plan.total_cells, matrix.total(), buffer);
        for seen in 0..plan.cells {
            let at = matrix.across().get(matrix.first.1 + seen).copied();
            let count = at.map(|at| {
                if matrix.look.transposed {
                    self.counts.topics[at].passages
                } else {
                    self.counts.columns[at].on_any
                }
            });
            if let Some(count) = count {
                right(plan.cell(seen), count, buffer);
            }
        }
    }

    /// About the cursor's topic, and what its column says on it.
    fn draw_detail(&self, buffer: &mut Buffer) {
        let area = self.matrix.plan.detail;
        let about = About {
            app: self.app,
            matrix: self.matrix,
            counts: self.counts,
        };
        let room = usize::from(area.width.saturating_sub(2));
        let lines = match area.height {
            0 => Vec::new(),
            1 => vec![about.cell()],
            _ => vec![about.topic(), about.column(room)],
        };
        for (y, text) in (area.y..area.bottom()).zip(lines) {
            self.label(buffer, area.x + 2, y, area.right(), &text, Style::new());
        }
    }
}

/// A title in so many lines of so many cells: whole words where they fit, cut with `…` where they do not.
fn abbreviated(title: &str, room: usize, lines: usize) -> Vec<String> {
    let title = safe::line(title);
    let mut words = title.split_whitespace().peekable();
    let mut found: Vec<String> = Vec::new();
    while words.peek().is_some() && found.len() < lines {
        let mut line = String::new();
        let is_last = found.len() + 1 == lines;
        while let Some(word) = words.peek() {
            let gap = usize::from(!line.is_empty());
            let fits = width::line(&line) + gap + width::line(word) <= room;
            if !fits && !line.is_empty() && !is_last {
                break;
            }
            if gap > 0 {
                line.push(' ');
            }
            line.push_str(word);
            words.next();
            if !fits {
                break;
            }
        }
        if is_last && words.peek().is_some() {
            line.push_str(" …");
        }
        found.push(width::truncate(&line, room));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_keep_whole_words_where_they_fit() {
        assert_eq!(abbreviated("Iran International", 7, 2), ["Iran", "Intern…"]);
        assert_eq!(abbreviated("CrimethInc.", 6, 2), ["Crime…"]);
        assert_eq!(
            abbreviated("A War against Its Own Society", 8, 2),
            ["A War", "against…"]
        );
        assert_eq!(abbreviated("The dam", 10, 2), ["The dam"]);
        assert_eq!(abbreviated("The dam", 6, 1), ["The d…"]);
        assert_eq!(abbreviated("", 6, 2), [""; 0]);
        for room in 0..12 {
            for line in abbreviated("中文字符 with wide letters", room, 2) {
                assert!(width::line(&line) <= room, "{line:?} in {room}");
            }
        }
    }
}
