//! What commands print.
//!
//! Invariant: text of a document reaches standard output only through the gate, and JSON only with everything
//! unprintable escaped, so that neither can command a terminal.

use crate::text::safe;
use serde::Serialize;
use std::io::{self, BufWriter, Write};

/// Prints a value as JSON, indented.
pub fn json(value: &impl Serialize) -> anyhow::Result<()> {
    let text = serde_json::to_string_pretty(value)?;
    print(&escape(&text))
}

/// Prints running text; control characters in it are made visible.
pub fn text(text: &str) -> anyhow::Result<()> {
    print(&safe::block(text))
}

/// Tells something on standard error.
pub fn tell(line: &str) {
    // Standard error may be closed; there is nobody left to tell then.
    let _ = writeln!(io::stderr(), "{}", safe::block(line));
}

fn print(text: &str) -> anyhow::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    let written = out
        .write_all(text.as_bytes())
        .and_then(|()| out.write_all(b"\n"))
        .and_then(|()| out.flush());
    match written {
        // The reader of the pipe has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}

/// Escapes what `serde_json` lets through raw: DEL, C1, and invisible or direction-changing characters, all of which
/// can only stand inside strings.
fn escape(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for character in json.chars() {
        let raw = character == '\n'
            || safe::line(character.encode_utf8(&mut [0; 4])) == character.to_string();
        if raw || combines(character) {
            out.push(character);
        } else {
            for unit in character.encode_utf16(&mut [0; 2]) {
                out.extend(format!("\\u{unit:04x}").chars());
            }
        }
    }
    out
}

/// Joiners and marks that the gate changes only when they stand alone.
fn combines(character: char) -> bool {
    matches!(character, '\u{200c}' | '\u{200d}' | '\u{fe0e}' | '\u{fe0f}')
        || unicode_width::UnicodeWidthChar::width(character) == Some(0)
            && character.is_alphanumeric()
}

/// A table of aligned columns; the last one is as wide as it likes.
pub fn table(rows: &[Vec<String>]) -> String {
    use crate::text::width;
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let cells = |row: &Vec<String>, column: usize| {
        row.get(column)
            .map_or(0, |cell| width::line(&safe::line(cell)))
    };
    let widths: Vec<usize> = (0..columns)
        .map(|column| rows.iter().map(|row| cells(row, column)).max().unwrap_or(0))
        .collect();
    let line = |row: &Vec<String>| {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            line.push_str(&safe::line(cell));
            if column + 1 < row.len() {
                line.push_str(&" ".repeat(widths[column] - cells(row, column) + 2));
            }
        }
        line.trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_escapes_what_a_terminal_could_obey_and_stays_the_same_value() {
        let hostile = "a\u{9b}31m\u{7f}\u{202e}b\u{1b}[2J é 中 \u{1f600}";
        let printed = escape(&serde_json::to_string(hostile).unwrap());
        assert!(
            !printed.chars().any(|c| c.is_control() || c == '\u{202e}'),
            "{printed}"
        );
        assert_eq!(serde_json::from_str::<String>(&printed).unwrap(), hostile);
    }

    #[test]
    fn tables_align_by_cells() {
        let rows = [
            vec!["中文".into(), "x".into()],
            vec!["ab".into(), "y".into()],
        ];
        assert_eq!(table(&rows), "中文  x\nab    y");
    }
}
