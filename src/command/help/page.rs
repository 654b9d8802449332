//! A chapter of the book as text: CommonMark in, lines for a terminal or for the ear out.
//!
//! Invariant: every word of the chapter is there; only lines of code may be wider than the terminal.

use crate::command::columns::{self, Line};
use crate::command::output::{self, Ink};
use crate::text::{ByteSpan, width};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// How it is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Wrapped, tables in columns.
    Wrapped {
        /// Cells of a line.
        columns: u16,
        /// Whether names of keys and commands are set off by more than quotes.
        colours: bool,
    },
    /// A paragraph a line, tables as labelled lines.
    Labelled,
}

/// Before lines of code.
const INDENT: &str = "    ";
/// The widest first column of a table, in cells; with more, what is in it stands above the rest.
const WIDEST_TERM: usize = 34;
/// The narrowest second column.
const NARROWEST_REST: usize = 20;

/// A stretch of running text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Running {
    text: String,
    /// What is set off, in bytes.
    strong: Vec<ByteSpan>,
}

#[derive(Debug, PartialEq, Eq)]
enum Block {
    Heading(Running),
    Paragraph(Running),
    Code(String),
    Entry(Running),
    /// The head first.
    Table(Vec<Vec<Running>>),
}

/// The lines of a chapter.
pub fn lines(chapter: &str, layout: Layout) -> Vec<Line> {
    let sets_off = matches!(layout, Layout::Wrapped { colours: true, .. });
    let blocks = blocks(chapter, sets_off);
    let mut lines: Vec<Line> = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let is_list = |at: usize| matches!(blocks.get(at), Some(Block::Entry(_)));
        let continues = at > 0 && is_list(at) && is_list(at - 1);
        if at > 0 && !continues {
            lines.push(Vec::new());
        }
        match block {
            Block::Heading(running) => lines.extend(heading(running, layout)),
            Block::Paragraph(running) => lines.extend(wrapped(running, "", layout)),
            Block::Entry(running) => lines.extend(wrapped(running, "- ", layout)),
            Block::Code(code) => {
                let line = |line: &str| vec![(Ink::Plain, format!("{INDENT}{line}"))];
                lines.extend(code.trim_end().lines().map(line));
            }
            Block::Table(rows) => lines.extend(table(rows, layout)),
        }
    }
    lines
}

/// The blocks of a chapter. Where nothing can set names off, the quotes around them stay.
fn blocks(chapter: &str, sets_off: bool) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut running = Running::default();
    let mut code: Option<String> = None;
    let mut rows: Vec<Vec<Running>> = Vec::new();
    let mut strong_from = 0;
    for event in Parser::new_ext(chapter, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = Some(String::new()),
            Event::End(TagEnd::CodeBlock) => {
                blocks.extend(code.take().map(Block::Code));
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
            Event::End(TagEnd::TableCell) => {
                if let Some(row) = rows.last_mut() {
                    row.push(std::mem::take(&mut running));
                }
            }
            Event::End(TagEnd::Table) => blocks.push(Block::Table(std::mem::take(&mut rows))),
            Event::Start(Tag::Strong) => strong_from = running.text.len(),
            Event::End(TagEnd::Strong) => {
                let span = ByteSpan::new(strong_from, running.text.len());
                running.strong.push(span);
            }
            Event::Code(name) => running.set_off(&name, sets_off),
            Event::Text(text) => match &mut code {
                Some(code) => code.push_str(&text),
                None => running.text.push_str(&text),
            },
            Event::SoftBreak | Event::HardBreak => running.text.push(' '),
            Event::End(TagEnd::Paragraph) => {
                blocks.push(Block::Paragraph(std::mem::take(&mut running)));
            }
            Event::End(TagEnd::Item) => blocks.push(Block::Entry(std::mem::take(&mut running))),
            Event::End(TagEnd::Heading(level)) => {
                let mut heading = std::mem::take(&mut running);
                if level == HeadingLevel::H1 && !sets_off {
                    heading.text = heading.text.to_uppercase();
                }
                blocks.push(Block::Heading(heading));
            }
            // The chapters hold nothing else that has words.
            _ => {}
        }
    }
    blocks
}

impl Running {
    fn set_off(&mut self, name: &str, sets_off: bool) {
        if !sets_off {
            self.text.extend(["`", name, "`"]);
            return;
        }
        let start = self.text.len();
        self.text.push_str(name);
        let span = ByteSpan::new(start, self.text.len());
        self.strong.push(span);
    }
}

fn heading(running: &Running, layout: Layout) -> Vec<Line> {
    let whole = Running {
        text: running.text.clone(),
        strong: vec![ByteSpan::new(0, running.text.len())],
    };
    wrapped(&whole, "", layout)
}

/// A text in lines, the first of them after a mark, the others under it.
fn wrapped(running: &Running, mark: &str, layout: Layout) -> Vec<Line> {
    let Layout::Wrapped { columns, .. } = layout else {
        return vec![vec![(Ink::Plain, format!("{mark}{}", running.text))]];
    };
    let room = columns.saturating_sub(width::line(mark) as u16);
    let lines = in_column(running, room).into_iter().enumerate();
    let under = " ".repeat(width::line(mark));
    let marked = lines.map(|(at, mut line)| {
        let before = if at == 0 { mark } else { &under };
        line.insert(0, (Ink::Plain, before.to_owned()));
        line
    });
    marked.collect()
}

fn in_column(running: &Running, width_cells: u16) -> Vec<Line> {
    let mut lines = columns::wrapped(
        &running.text,
        width_cells.max(1),
        &running.strong,
        Ink::Plain,
    );
    for (ink, _) in lines.iter_mut().flatten() {
        if *ink == Ink::Shared {
            *ink = Ink::Strong;
        }
    }
    lines
}

fn table(rows: &[Vec<Running>], layout: Layout) -> Vec<Line> {
    let Some((head, body)) = rows.split_first() else {
        return Vec::new();
    };
    let Layout::Wrapped { columns, .. } = layout else {
        let names: Vec<&str> = head.iter().map(|cell| cell.text.as_str()).collect();
        let cells = |row: &Vec<Running>| -> Vec<String> {
            row.iter().map(|cell| cell.text.clone()).collect()
        };
        let text = output::table(&names, body.iter().map(cells));
        return text
            .lines()
            .map(|line| vec![(Ink::Plain, line.to_owned())])
            .collect();
    };
    let term = |row: &Vec<Running>| row.first().map_or(0, |cell| width::line(&cell.text));
    let widest = body.iter().map(term).max().unwrap_or_default();
    let room = usize::from(columns).saturating_sub(widest + 4);
    let is_beside = head.len() == 2 && widest <= WIDEST_TERM && room >= NARROWEST_REST;
    let mut lines = Vec::new();
    for row in body {
        if is_beside {
            lines.extend(beside(row, widest, room as u16));
        } else {
            lines.extend(below(head, row, columns));
        }
    }
    lines
}

/// A row of two cells beside each other.
fn beside(row: &[Running], term_cells: usize, room: u16) -> Vec<Line> {
    let [term, rest] = row else {
        return Vec::new();
    };
    let mut terms = in_column(term, term_cells as u16).into_iter();
    let mut rests = in_column(rest, room).into_iter();
    let mut lines = Vec::new();
    loop {
        let (term, rest) = (terms.next(), rests.next());
        if term.is_none() && rest.is_none() {
            return lines;
        }
        let mut line: Line = vec![(Ink::Plain, "  ".to_owned())];
        line.extend(term.unwrap_or_default());
        let used: usize = line.iter().map(|(_, text)| width::line(text)).sum();
        let free = (term_cells + 4).saturating_sub(used);
        if let Some(rest) = rest {
            line.push((Ink::Plain, " ".repeat(free)));
            line.extend(rest);
        }
        lines.push(line);
    }
}

/// A row with its first cell above the others, each of which says what it is where there are several.
fn below(head: &[Running], row: &[Running], columns: u16) -> Vec<Line> {
    let Some((term, rest)) = row.split_first() else {
        return Vec::new();
    };
    let shift = |cells: &'static str| {
        move |mut line: Line| {
            line.insert(0, (Ink::Plain, cells.to_owned()));
            line
        }
    };
    let mut lines: Vec<Line> = in_column(term, columns.saturating_sub(2))
        .into_iter()
        .map(shift("  "))
        .collect();
    let filled = head.iter().skip(1).zip(rest);
    for (name, cell) in filled.filter(|(_, cell)| !cell.text.is_empty()) {
        let mut cell = cell.clone();
        if rest.len() > 1 {
            let label = format!("{}: ", name.text);
            for span in &mut cell.strong {
                span.start += label.len() as u32;
                span.end += label.len() as u32;
            }
            cell.text.insert_str(0, &label);
        }
        let shown = in_column(&cell, columns.saturating_sub(6));
        lines.extend(shown.into_iter().map(shift("      ")));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHAPTER: &str = "# Rows\n\nPress `n` for **more** of\nit.\n\n    a b\n\n- one\n- two\n\n| key | and |\n|---|---|\n| `n` | next |\n";

    fn shown(layout: Layout) -> Vec<String> {
        let line = |line: Line| line.into_iter().map(|(_, text)| text).collect();
        lines(CHAPTER, layout).into_iter().map(line).collect()
    }

    #[test]
    fn names_are_in_quotes_where_nothing_else_sets_them_off() {
        let plain = [
            "ROWS",
            "",
            "Press `n` for more of it.",
            "",
            "    a b",
            "",
            "- one",
            "- two",
            "",
            "  `n`  next",
        ];
        let (columns, colours) = (40, false);
        assert_eq!(shown(Layout::Wrapped { columns, colours }), plain);
        let colours = true;
        let coloured = lines(CHAPTER, Layout::Wrapped { columns, colours });
        assert!(coloured[2].contains(&(Ink::Strong, "n".to_owned())));
        assert!(coloured[0].contains(&(Ink::Strong, "Rows".to_owned())));
    }
}
