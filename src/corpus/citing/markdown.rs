//! Citations as block quotes of CommonMark.
//!
//! Invariant: of what a document says no character is markup: each that could be has a backslash before it.

use super::Citation;
use crate::text::safe;

/// A block quote with the citation under it.
pub(super) fn write(citation: &Citation<'_>) -> String {
    let quote = safe::block(citation.quote);
    let mut lines: Vec<String> = quote
        .lines()
        .map(|line| format!("> {}", escape(line)))
        .collect();
    lines.push(">".to_owned());
    let mut who: Vec<String> = Vec::new();
    who.extend(citation.voice.map(|voice| format!("{}, in:", line(voice))));
    if !citation.authors().is_empty() {
        who.push(format!("{},", line(&citation.authors().join(", "))));
    }
    let title = format!("*{}*", line(citation.title()));
    let title = match citation.url().and_then(destination) {
        Some(url) => format!("[{title}](<{url}>)"),
        None => title,
    };
    let mut rest = vec![title];
    rest.extend(citation.source.map(line));
    rest.extend(citation.date().map(|date| date.to_string()));
    rest.push(format!("¶{}", citation.number));
    who.push(rest.join(", "));
    lines.push(format!("> — {}.", who.join(" ")));
    lines.push(">".to_owned());
    lines.push(format!(
        "> {}, {}",
        line(&citation.place()),
        line(&citation.provenance())
    ));
    lines.join("\n")
}

fn line(text: &str) -> String {
    escape(&safe::line(text))
}

/// An address that can stand between `<` and `>`; `None` where it is none of the web.
fn destination(url: &str) -> Option<String> {
    let is_of_web = url.starts_with("https://") || url.starts_with("http://");
    let is_plain = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '\\');
    is_of_web.then(|| url.chars().filter(|c| is_plain(*c)).collect())
}

/// A text in which nothing is markup.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if is_markup(character) {
            out.push('\\');
        }
        out.push(character);
    }
    escape_start(&out)
}

/// Characters that begin or end something inside a line in CommonMark, or in the tables and strikethrough of GitHub.
fn is_markup(character: char) -> bool {
    matches!(
        character,
        '\\' | '`'
            | '*'
            | '_'
            | '['
            | ']'
            | '<'
            | '>'
            | '&'
            | '~'
            | '|'
            | '$'
            | '^'
            | '{'
            | '}'
            | '!'
    )
}

/// What only means something at the start of a line: headings, lists, rules.
fn escape_start(line: &str) -> String {
    let start = line.trim_start();
    let indent = line.len() - start.len();
    let rest = line.get(indent..).unwrap_or_default();
    let numbers = rest.bytes().take_while(u8::is_ascii_digit).count();
    let after = rest.get(numbers..).unwrap_or_default();
    if (1..=9).contains(&numbers) && after.starts_with(['.', ')']) {
        let number = rest.get(..numbers).unwrap_or_default();
        return format!("{number}\\{after}");
    }
    if rest.starts_with(['#', '+', '-', '=']) {
        return format!("\\{rest}");
    }
    rest.to_owned()
}
