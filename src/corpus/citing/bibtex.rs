//! Citations as entries for BibTeX and biblatex, one a passage.
//!
//! Invariant: in a field braces are balanced whatever a document says (BibTeX counts them even behind a backslash, so they become
//! commands), and no character of it is a command of LaTeX.

use super::{Citation, keys};
use crate::text::safe;
use std::fmt::Write as _;

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// The entries.
pub(super) fn write(citations: &[Citation<'_>]) -> String {
    let keys = keys(citations);
    let entries: Vec<String> = citations
        .iter()
        .zip(&keys)
        .map(|(citation, key)| entry(citation, key))
        .collect();
    entries.join("\n\n")
}

fn entry(citation: &Citation<'_>, key: &str) -> String {
    let mut fields: Vec<(&str, String)> = Vec::new();
    if !citation.authors().is_empty() {
        let authors: Vec<String> = citation.authors().iter().map(|name| author(name)).collect();
        fields.push(("author", authors.join(" and ")));
    }
    // The inner braces keep the capitals.
    fields.push(("title", format!("{{{}}}", escape(citation.title()))));
    if let Some(source) = citation.source {
        fields.push(("howpublished", escape(source)));
    }
    if let Some(date) = citation.date() {
        fields.push(("year", date.year.to_string()));
        fields.push(("date", date.to_string()));
    }
    if let Some(url) = citation.url() {
        fields.push(("url", address(url)));
    }
    if !citation.document.meta.language.is_empty() {
        fields.push(("language", escape(&citation.document.meta.language)));
    }
    let voice = citation
        .voice
        .map_or_else(String::new, |voice| format!("{}; ", escape(voice)));
    fields.push((
        "note",
        format!(
            "{voice}\\P{{}}{}; {}; {}",
            citation.number,
            escape(&citation.place()),
            escape(&citation.provenance())
        ),
    ));
    fields.push(("annote", escape(citation.quote)));
    let mut out = format!("@misc{{{key},\n");
    for (name, value) in fields {
        let _ = writeln!(out, "  {name} = {{{value}}},");
    }
    if let Some(month) = citation.date().and_then(|date| date.month) {
        let name = MONTHS.get(usize::from(month) - 1).copied().unwrap_or("jan");
        // A name that every style knows in its own language: not a text.
        let _ = writeln!(out, "  month = {name},");
    }
    out.push('}');
    out
}

/// A name; one that is not plainly a person's is kept whole by braces.
fn author(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_plain = |word: &str| {
        word.chars()
            .all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '’' | '\''))
            && !word.eq_ignore_ascii_case("and")
            && word.chars().next().is_some_and(char::is_uppercase)
    };
    if (2..=3).contains(&words.len()) && words.iter().copied().all(is_plain) {
        escape(name)
    } else {
        format!("{{{}}}", escape(name))
    }
}

/// An address for `\url`, in which only braces, backslashes and spaces mean something.
fn address(url: &str) -> String {
    let mut out = String::new();
    for character in url.chars() {
        match character {
            '{' => out.push_str("%7B"),
            '}' => out.push_str("%7D"),
            '\\' => out.push_str("%5C"),
            '"' => out.push_str("%22"),
            c if c.is_control() || c.is_whitespace() => {}
            c => out.push(c),
        }
    }
    safe::line(&out).into_owned()
}

/// A text in which nothing is a command.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for character in safe::line(text).chars() {
        match character {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '$' | '&' | '#' | '_' | '%' => {
                out.push('\\');
                out.push(character);
            }
            other => out.push(other),
        }
    }
    out
}
