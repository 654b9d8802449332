//! The YAML front matter of a document: reading it key by key, writing it back.
//!
//! Invariant: a key that makes no sense costs that key alone; what [`write()`] gives, [`read`] takes. Aliases are
//! bounded, so that a file of a few lines cannot grow in memory.

use super::problem as at;
use super::yaml::{Entry, entries, flow, list, plain_or_quoted, quoted};
use crate::corpus::{Date, LeftOut, Meta, Problem, SourceId, spelling, title};
use serde::Deserialize as _;
use serde_json::Value;
use std::collections::HashSet;
use std::fmt::Write as _;

/// The keys that are ours; all others are kept in [`Meta::extra`].
pub const KEYS: [&str; 12] = [
    "title",
    "source",
    "authors",
    "date",
    "url",
    "language",
    "kind",
    "voices",
    "imported_from",
    "sha256",
    "left_out",
    "author",
];

/// The source of a document that does not say who published it.
pub const NOT_STATED: &str = "not-stated";

/// A file cut into its front matter and the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts<'a> {
    /// The YAML between the fences; `None` where the file has none.
    pub yaml: Option<&'a str>,
    /// What follows, and the line it starts on, from 1.
    pub body: (&'a str, u32),
    /// The file opens a front matter that it never closes; all of it is body.
    pub unclosed: bool,
}

/// Cuts a file into front matter and body. Fences are lines of `---`; `...` closes as well.
pub fn split(text: &str) -> Parts<'_> {
    let whole = |unclosed| Parts {
        yaml: None,
        body: (text, 1),
        unclosed,
    };
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else {
        return whole(false);
    };
    let (mut end, mut number) = (first.len(), 1);
    for line in lines {
        number += 1;
        if matches!(line.trim_end(), "---" | "...") {
            let body = text.get(end + line.len()..).unwrap_or_default();
            return Parts {
                yaml: text.get(first.len()..end),
                body: (body, number + 1),
                unclosed: false,
            };
        }
        end += line.len();
    }
    whole(true)
}

/// What the front matter of a file says.
#[derive(Debug, Default)]
pub struct Front {
    /// The keys that could be used.
    pub meta: Meta,
    /// Whether a title is given, be it an empty one.
    pub has_title: bool,
    /// The line of `source`, 0 where it is not given.
    pub source_line: u32,
    /// The names under `voices`, and their line.
    pub voices: (Vec<String>, u32),
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// What looks like a slip but may be meant.
    pub advice: Vec<Problem>,
}

/// Reads the YAML that starts on line 2 of `file`.
pub fn read(file: &str, yaml: &str) -> Front {
    let mut front = Front::default();
    let mut seen = HashSet::new();
    for entry in entries(file, yaml, &mut front.problems) {
        if seen.insert(entry.key.clone()) {
            take(file, entry, &mut front);
        } else {
            let problem = format!("`{}` is given twice; the first is used", entry.key);
            front.problems.push(at(file, entry.line, problem));
        }
    }
    front
}

/// Puts one key where it belongs.
fn take(file: &str, entry: Entry, front: &mut Front) {
    let line = entry.line;
    let result = match entry.key.as_str() {
        "title" => short_text(&entry, &mut front.problems, file).map(|title| {
            front.has_title = true;
            front.meta.title = title;
        }),
        "source" => short_text(&entry, &mut front.problems, file).map(|source| {
            front.source_line = line;
            front.meta.source = SourceId::from(source);
        }),
        "authors" | "author" => texts(&entry).map(|authors| front.meta.authors.extend(authors)),
        "date" => text(&entry).and_then(|date| {
            front.meta.date = date.as_deref().map(Date::of_moment).transpose()?;
            Ok(())
        }),
        "url" => text(&entry).map(|url| front.meta.url = url),
        "language" => {
            text(&entry).map(|language| front.meta.language = language.unwrap_or_default())
        }
        "kind" => text(&entry).map(|kind| front.meta.kind = kind),
        "voices" => texts(&entry).map(|voices| front.voices = (voices, line)),
        "imported_from" => text(&entry).map(|name| front.meta.imported_from = name),
        "sha256" => text(&entry).map(|hash| front.meta.sha256 = hash),
        "left_out" => left_out(&entry).map(|lines| front.meta.left_out = lines),
        _ => {
            if let Some(meant) = spelling::closest(&entry.key, &KEYS) {
                let problem = format!("`{}` is not a key of ours; is `{meant}` meant?", entry.key);
                front.advice.push(at(file, line, problem));
            }
            front.meta.extra.insert(entry.key, entry.value);
            Ok(())
        }
    };
    if let Err(problem) = result {
        front.problems.push(at(file, line, problem));
    }
}

/// A scalar that is drawn on every frame: cut where it is too long, empty where the value is.
fn short_text(entry: &Entry, problems: &mut Vec<Problem>, file: &str) -> Result<String, String> {
    let mut text = text(entry)?.unwrap_or_default();
    let end = title::within(&text).len();
    if end < text.len() {
        text.truncate(end);
        let problem = format!("`{}` {}", entry.key, title::TOO_LONG);
        problems.push(at(file, entry.line, problem));
    }
    Ok(text)
}

/// A scalar as it is written; `None` where the value is empty.
fn text(entry: &Entry) -> Result<Option<String>, String> {
    match &entry.value {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text.clone())),
        // `title: 1984` and `language: no` are texts to the writer of the file.
        Value::Number(_) | Value::Bool(_) => Ok(Some(entry.written.clone())),
        Value::Array(_) | Value::Object(_) => Err(format!("`{}` must be one text", entry.key)),
    }
}

/// A list of texts, or a single one.
fn texts(entry: &Entry) -> Result<Vec<String>, String> {
    let wrong = || format!("`{}` must be a list of texts", entry.key);
    match &entry.value {
        Value::Array(values) => values
            .iter()
            .map(|value| match value {
                Value::String(text) => Ok(text.clone()),
                Value::Number(_) | Value::Bool(_) => Ok(value.to_string()),
                Value::Null | Value::Array(_) | Value::Object(_) => Err(wrong()),
            })
            .collect(),
        Value::Object(_) => Err(wrong()),
        _ => Ok(text(entry)?.into_iter().collect()),
    }
}

fn left_out(entry: &Entry) -> Result<Vec<LeftOut>, String> {
    if entry.value.is_null() {
        return Ok(Vec::new());
    }
    Vec::deserialize(&entry.value)
        .map_err(|_| "`left_out` must be a list of line, text and reason".to_owned())
}

/// Writes the front matter with its fences.
pub fn write(meta: &Meta, voices: &[String]) -> String {
    let mut out = String::from("---\n");
    line(&mut out, "title", &quoted(&meta.title));
    line(&mut out, "source", &plain_or_quoted(meta.source.as_str()));
    if !meta.authors.is_empty() {
        line(&mut out, "authors", &list(&meta.authors));
    }
    if let Some(date) = meta.date {
        line(&mut out, "date", &quoted(&date.to_string()));
    }
    let optional = [("url", &meta.url), ("kind", &meta.kind)];
    for (key, value) in optional {
        if let Some(value) = value {
            line(&mut out, key, &plain_or_quoted(value));
        }
    }
    if !meta.language.is_empty() {
        line(&mut out, "language", &plain_or_quoted(&meta.language));
    }
    if !voices.is_empty() {
        line(&mut out, "voices", &list(voices));
    }
    // The hash stands before what may be long, so that a search for it need not read far.
    for (key, value) in [
        ("imported_from", &meta.imported_from),
        ("sha256", &meta.sha256),
    ] {
        if let Some(value) = value {
            line(&mut out, key, &quoted(value));
        }
    }
    for (key, value) in &meta.extra {
        line(&mut out, &plain_or_quoted(key), &flow(value));
    }
    if !meta.left_out.is_empty() {
        out.push_str("left_out:\n");
    }
    for left in &meta.left_out {
        let (text, reason) = (quoted(&left.text), quoted(&left.reason));
        let _ = writeln!(
            out,
            "  - {{line: {}, text: {text}, reason: {reason}}}",
            left.line
        );
    }
    out.push_str("---\n");
    out
}

fn line(out: &mut String, key: &str, value: &str) {
    let _ = writeln!(out, "{key}: {value}");
}
