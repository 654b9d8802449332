//! A report as CommonMark: rows as quotations under headings, tables as GitHub has them.
//!
//! Invariant: no character of a source is markup.

use super::{Cell, Facing, Passage, Report, Table, laid_open};
use crate::corpus::citing::escape_markdown;
use crate::text::safe;
use std::fmt::Write as _;

/// Characters shown of a passage whose place is elsewhere.
const OPENING_CHARS: usize = 90;

/// The report.
pub(super) fn write(report: &Report) -> String {
    let mut out = format!("# {}\n", line(&report.title));
    for paragraph in &report.lead {
        let _ = write!(out, "\n{}\n", line(paragraph));
    }
    if let Some(facing) = &report.facing {
        rows(facing, &mut out);
    }
    if let Some(of) = &report.laid_open {
        laid_open::markdown(of, &mut out);
    }
    for of in &report.tables {
        table(of, &mut out);
    }
    if !report.sources.is_empty() {
        out.push_str("\n## Sources\n");
        for source in &report.sources {
            let title = line(&source.title);
            let title = match source.url.as_deref().map(destination) {
                Some(url) => format!("[{title}](<{url}>)"),
                None => title,
            };
            let mut facts = String::new();
            for fact in &source.facts {
                let _ = write!(facts, ", {}", line(fact));
            }
            let (of, hash) = &source.hash;
            let _ = write!(
                out,
                "\n- {title}{facts}. {}, sha256 of its {of}: {hash}\n",
                line(&source.id)
            );
        }
    }
    out
}

fn rows(facing: &Facing, out: &mut String) {
    for (at, row) in facing.rows.iter().enumerate() {
        let _ = write!(out, "\n## {}. {}\n", at + 1, line(&row.kind));
        if !row.why.is_empty() {
            let _ = write!(out, "\n{}\n", line(&row.why));
        }
        for (side, cell) in facing.sides.iter().zip(&row.cells) {
            match cell {
                Cell::Empty => {}
                Cell::Nothing => {
                    let _ = write!(out, "\n**{}**: nothing found here\n", line(side));
                }
                Cell::Passage(passage) => {
                    let _ = write!(out, "\n**{}**, {}:\n\n", line(side), label(passage));
                    for text in safe::block(&passage.text).lines() {
                        let _ = writeln!(out, "> {}", escape_markdown(text));
                    }
                }
                Cell::Elsewhere(passage) => {
                    let opening: String = passage.text.chars().take(OPENING_CHARS).collect();
                    let more = if opening.len() < passage.text.len() {
                        "…"
                    } else {
                        ""
                    };
                    let _ = write!(
                        out,
                        "\n**{}**, {}, in another row: {}{more}\n",
                        line(side),
                        label(passage),
                        line(&opening)
                    );
                }
            }
        }
    }
}

fn label(passage: &Passage) -> String {
    let voice = passage
        .voice
        .as_ref()
        .map_or_else(String::new, |voice| format!(", {}", line(voice)));
    format!("¶{} ({}){voice}", passage.number, line(&passage.place))
}

fn table(table: &Table, out: &mut String) {
    let _ = write!(out, "\n## {}\n\n", line(&table.title));
    if table.rows.is_empty() {
        out.push_str("Nothing found.\n");
        return;
    }
    let cells = |row: &[String]| -> String {
        let cells: Vec<String> = row.iter().map(|cell| line(cell)).collect();
        format!("| {} |", cells.join(" | "))
    };
    let _ = writeln!(out, "{}", cells(&table.head));
    let _ = writeln!(out, "|{}", " --- |".repeat(table.head.len()));
    for row in &table.rows {
        let _ = writeln!(out, "{}", cells(row));
    }
}

pub(super) fn line(text: &str) -> String {
    escape_markdown(&safe::line(text))
}

/// An address that can stand between `<` and `>`.
fn destination(url: &str) -> String {
    let is_plain = |c: &char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '\\');
    url.chars().filter(is_plain).collect()
}
