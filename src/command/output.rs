//! What commands print.
//!
//! Invariant: text of a document reaches standard output only through the gate, and JSON only with everything
//! unprintable escaped, so that neither can command a terminal.

use crate::text::safe;
use serde::Serialize;
use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether tables are printed as labelled lines.
static PLAIN: AtomicBool = AtomicBool::new(false);

/// From now on everything is printed to be heard or felt rather than looked at: tables become labelled lines, nothing is
/// coloured, no line is drawn over again. One process prints for one reader, so this is said once and not to each command.
pub fn be_plain() {
    PLAIN.store(true, Ordering::Relaxed);
}

/// Whether it is printed so.
pub fn is_plain() -> bool {
    PLAIN.load(Ordering::Relaxed)
}

/// Whether the terminal says that it can do no more than print one line after the other.
pub fn is_dumb_terminal() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For readers.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
}

impl Form {
    /// By what was asked for; the command line lets one of them through.
    pub fn of(json: bool, csv: bool) -> Self {
        match (json, csv) {
            (true, _) => Self::Json,
            (_, true) => Self::Csv,
            (false, false) => Self::Text,
        }
    }
}

/// Prints a value as JSON, indented.
pub fn json(value: &impl Serialize) -> anyhow::Result<()> {
    print(&json_text(value)?)
}

/// A value as JSON, indented, with nothing in it that commands a terminal.
pub(super) fn json_text(value: &impl Serialize) -> anyhow::Result<String> {
    Ok(escape(&serde_json::to_string_pretty(value)?))
}

/// Prints running text; control characters in it are made visible.
pub fn text(text: &str) -> anyhow::Result<()> {
    print(&safe::block(text))
}

/// Prints text that has passed the gate already.
pub(super) fn passed(text: &str) -> anyhow::Result<()> {
    print(text)
}

/// How a stretch of text is set off where there are colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Not at all.
    Plain,
    /// Less important.
    Quiet,
    /// A label.
    Strong,
    /// What two texts have in common.
    Shared,
}

impl Ink {
    /// Attributes of ECMA-48; magenta is the one of the classic colours that can be read on black and on white.
    fn attributes(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Quiet => "2",
            Self::Strong => "1",
            Self::Shared => "1;35",
        }
    }
}

/// Whether the environment lets us use colours: not with `NO_COLOR`, nor on a terminal that has none.
pub fn environment_allows_colours() -> bool {
    std::env::var("NO_COLOR").unwrap_or_default().is_empty() && !is_dumb_terminal()
}

/// Prints lines of stretches; the stretches pass the gate, the colours are ours.
pub fn inked(lines: &[Vec<(Ink, String)>], colours: bool) -> anyhow::Result<()> {
    print(&ink(lines, colours))
}

fn ink(lines: &[Vec<(Ink, String)>], colours: bool) -> String {
    let mut out = String::new();
    for (number, line) in lines.iter().enumerate() {
        if number > 0 {
            out.push('\n');
        }
        for (ink, text) in line {
            let attributes = if colours { ink.attributes() } else { "" };
            let shown = safe::line(text);
            if attributes.is_empty() {
                out.push_str(&shown);
            } else {
                let _ = write!(out, "\u{1b}[{attributes}m{shown}\u{1b}[0m");
            }
        }
    }
    out
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

/// An error and its causes on one line, each cause once, without the system's numbers.
pub fn causes(error: &anyhow::Error) -> String {
    let mut line = String::new();
    for cause in error.chain() {
        let cause = cause.to_string();
        let cause = without_number(&cause);
        // Most of our errors say their cause already.
        if line.is_empty() {
            cause.clone_into(&mut line);
        } else if !line.ends_with(cause) {
            line.push_str(": ");
            line.push_str(cause);
        }
    }
    line
}

/// What the system says, without ` (os error 2)` at its end.
fn without_number(text: &str) -> &str {
    text.rsplit_once(" (os error ")
        .filter(|(_, number)| {
            number
                .strip_suffix(')')
                .is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
        })
        .map_or(text, |(bare, _)| bare)
}

/// A number of things: `1 line`, `2 lines`.
pub fn counted(count: usize, thing: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {thing}{plural}")
}

/// Escapes what `serde_json` lets through raw: DEL, C1, and invisible or direction-changing characters, all of which
/// can only stand inside strings.
fn escape(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut rest = json;
    loop {
        let plain = rest
            .bytes()
            .position(|byte| !matches!(byte, b' '..=b'~' | b'\n'))
            .unwrap_or(rest.len());
        let (run, other) = rest.split_at(plain);
        out.push_str(run);
        let Some(character) = other.chars().next() else {
            return out;
        };
        rest = other.get(character.len_utf8()..).unwrap_or_default();
        if combines(character) || is_shown(character) {
            out.push(character);
        } else {
            for unit in character.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
}

/// Whether the gate lets a character through as it is.
fn is_shown(character: char) -> bool {
    let mut bytes = [0; 4];
    let text: &str = character.encode_utf8(&mut bytes);
    safe::line(text) == text
}

/// Joiners and marks that the gate changes only when they stand alone.
fn combines(character: char) -> bool {
    matches!(character, '\u{200c}' | '\u{200d}' | '\u{fe0e}' | '\u{fe0f}')
        || unicode_width::UnicodeWidthChar::width(character) == Some(0)
            && character.is_alphanumeric()
}

/// A table of aligned columns under a head, the last one as wide as it likes; or labelled lines, where those are wanted.
pub fn table(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    if is_plain() {
        labelled(head, rows)
    } else {
        aligned(head, rows)
    }
}

/// What stands in a cell that only keeps its place.
const NOTHING: [&str; 3] = ["·", "—", "-"];

/// Each row as lines of a label and what stands under it, an empty line after each. Empty cells are left out.
fn labelled(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let cell = |(label, cell): (&&str, &String)| {
        let shown = safe::line(cell);
        match (*label, shown.as_ref()) {
            (_, "") => None,
            ("", only) => Some(only.to_owned()),
            (label, nothing) if NOTHING.contains(&nothing) => Some(format!("{label}: none")),
            (label, shown) => Some(format!("{label}: {shown}")),
        }
    };
    let row = |row: Vec<String>| {
        let lines: Vec<String> = head.iter().zip(&row).filter_map(cell).collect();
        lines.join("\n")
    };
    rows.into_iter().map(row).collect::<Vec<_>>().join("\n\n")
}

fn aligned(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    use crate::text::width;
    let head = head.iter().map(|&cell| cell.to_owned()).collect();
    let rows: Vec<Vec<(String, usize)>> = std::iter::once(head)
        .chain(rows)
        .map(|row: Vec<String>| {
            let cells = row.iter().map(|cell| {
                let shown = safe::line(cell).into_owned();
                let cells = width::line(&shown);
                (shown, cells)
            });
            cells.collect()
        })
        .collect();
    let mut widths: Vec<usize> = Vec::new();
    for row in &rows {
        widths.resize(widths.len().max(row.len()), 0);
        for (width, (_, cells)) in widths.iter_mut().zip(row) {
            *width = (*width).max(*cells);
        }
    }
    let mut out = String::new();
    for (number, row) in rows.iter().enumerate() {
        if number > 0 {
            out.push('\n');
        }
        let mut gap = 0;
        for ((cell, cells), width) in row.iter().zip(&widths) {
            if !cell.is_empty() {
                out.extend(std::iter::repeat_n(' ', gap));
                gap = 0;
                out.push_str(cell);
            }
            gap += width - cells + 2;
        }
    }
    out
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
    fn only_our_own_colours_get_out() {
        let lines = [
            vec![
                (Ink::Shared, "a\u{1b}[2J".to_owned()),
                (Ink::Plain, "b".to_owned()),
            ],
            vec![],
        ];
        assert_eq!(ink(&lines, true), "\u{1b}[1;35ma␛[2J\u{1b}[0mb\n");
        assert_eq!(ink(&lines, false), "a␛[2Jb\n");
    }

    #[test]
    fn tables_align_by_cells() {
        let rows = [
            vec!["中文".into(), "x".into()],
            vec!["a".into(), String::new()],
            vec![String::new(), "y".into()],
        ];
        assert_eq!(aligned(&["h", "i"], rows), "h     i\n中文  x\na\n      y");
    }

    #[test]
    fn labelled_lines_say_everything_that_the_table_does() {
        let rows = [
            vec!["a\u{1b}".into(), "·".into(), "quoted".into()],
            vec!["b".into(), String::new(), String::new()],
        ];
        let lines = labelled(&["topic", "total", ""], rows);
        assert_eq!(lines, "topic: a␛\ntotal: none\nquoted\n\ntopic: b");
    }

    #[test]
    fn a_cause_is_told_once_and_without_its_number() {
        let system = || std::io::Error::from_raw_os_error(2);
        let said = system().to_string();
        let said = without_number(&said);
        let error = anyhow::Error::from(crate::library::folder::FolderError::Read {
            path: "x".to_owned(),
            source: system(),
        });
        assert_eq!(causes(&error), format!("cannot read x: {said}"));
        let error = anyhow::Error::from(system()).context("cannot read y");
        assert_eq!(causes(&error), format!("cannot read y: {said}"));
        assert!(!said.contains("os error"), "{said}");
    }
}
