//! The YAML front matter of a document: reading it key by key, writing it back.
//!
//! Invariant: a key that makes no sense costs that key alone; what [`write`] gives, [`read`] takes. Aliases are
//! bounded by a budget, so that a file of a few lines cannot grow in memory.

use crate::corpus::{Date, LeftOut, Meta, Problem, SourceId, spelling};
use serde::Deserialize;
use serde::de::{MapAccess, Visitor};
use serde_json::Value;
use serde_saphyr::Spanned;
use std::collections::HashSet;
use std::fmt::{self, Write as _};

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

/// One key with its value.
struct Entry {
    key: String,
    line: u32,
    value: Value,
    /// The value as it stands in the file, for scalars that YAML takes for numbers or truth values.
    written: String,
}

fn at(file: &str, line: u32, problem: String) -> Problem {
    Problem {
        file: file.to_owned(),
        line,
        problem,
    }
}

/// Reads all keys at once, or, where the YAML does not hold together, block by block.
fn entries(file: &str, yaml: &str, problems: &mut Vec<Problem>) -> Vec<Entry> {
    if let Ok(entries) = parse(yaml, 2) {
        return entries;
    }
    let mut found = Vec::new();
    for (line, block) in blocks(yaml) {
        match parse(block, line) {
            Ok(entries) => found.extend(entries),
            Err((at_line, reason)) => {
                let key = block.split(':').next().unwrap_or_default().trim();
                let key: String = key.chars().take(40).collect();
                let hint = "text with a colon, a quotation mark or a bracket must stand in quotes";
                problems.push(at(
                    file,
                    at_line,
                    format!("`{key}` is left aside: {reason}; {hint}"),
                ));
            }
        }
    }
    found
}

/// The top-level blocks of a YAML mapping: a line that starts at the margin, with the indented ones after it.
fn blocks(yaml: &str) -> Vec<(u32, &str)> {
    let mut found: Vec<(u32, usize)> = Vec::new();
    let mut offset = 0;
    for (index, line) in yaml.split_inclusive('\n').enumerate() {
        let opens = !line.starts_with([' ', '\t', '#', '-', ']', '}']) && !line.trim().is_empty();
        if opens || found.is_empty() {
            found.push((index as u32 + 2, offset));
        }
        offset += line.len();
    }
    let ends: Vec<usize> = found
        .iter()
        .skip(1)
        .map(|(_, start)| *start)
        .chain([yaml.len()])
        .collect();
    let cut = |((line, start), end): (&(u32, usize), usize)| {
        (*line, yaml.get(*start..end).unwrap_or_default())
    };
    found.iter().zip(ends).map(cut).collect()
}

/// Parses a mapping whose first line is line `first_line` of the file; the error is a line and a reason.
fn parse(yaml: &str, first_line: u32) -> Result<Vec<Entry>, (u32, String)> {
    if yaml
        .lines()
        .all(|line| line.trim().is_empty() || line.starts_with('#'))
    {
        return Ok(Vec::new());
    }
    let line_of =
        |line: u64| first_line + u32::try_from(line).unwrap_or(u32::MAX).saturating_sub(1);
    let mapping: Mapping =
        serde_saphyr::from_str_with_options(yaml, options()).map_err(|error| {
            let line = error.location().map_or(1, |location| location.line());
            let plain = error.without_snippet().to_string();
            let reason = plain.lines().next().unwrap_or("not YAML").to_owned();
            (line_of(line), reason)
        })?;
    let entry = |(key, value): (Spanned<String>, Spanned<Value>)| {
        let span = value.defined.span();
        let written = span
            .byte_offset()
            .zip(span.byte_len())
            .and_then(|(start, len)| yaml.get(start as usize..(start + len) as usize));
        Entry {
            line: line_of(key.referenced.line()),
            key: key.value,
            written: written.unwrap_or_default().trim().to_owned(),
            value: value.value,
        }
    };
    Ok(mapping.0.into_iter().map(entry).collect())
}

/// Options under which a file costs no more than its size.
fn options() -> serde_saphyr::Options {
    serde_saphyr::options! {
        // A node takes at least a byte of the file, so that nodes need no limit of their own; replayed aliases do.
        budget: serde_saphyr::budget! {
            max_events: 64 << 20,
            max_nodes: 64 << 20,
            max_aliases: 1_000,
            max_anchors: 1_000,
            max_merge_keys: 100,
            max_documents: 1,
            max_depth: 32,
        },
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: 10_000,
            max_replay_stack_depth: 8,
            max_alias_expansions_per_anchor: 1_000,
        },
        duplicate_keys: serde_saphyr::DuplicateKeyPolicy::PassThrough,
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        non_finite_float_policy: serde_saphyr::NonFiniteFloatPolicy::AsString,
        with_snippet: false,
    }
}

/// A mapping with its keys in order, repeated ones too.
struct Mapping(Vec<(Spanned<String>, Spanned<Value>)>);

impl<'de> Deserialize<'de> for Mapping {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Mapping;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("keys and values")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Mapping, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Mapping(entries))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

/// Puts one key where it belongs.
fn take(file: &str, entry: Entry, front: &mut Front) {
    let line = entry.line;
    let result = match entry.key.as_str() {
        "title" => text(&entry).map(|title| {
            front.has_title = true;
            front.meta.title = title.unwrap_or_default();
        }),
        "source" => text(&entry).map(|source| {
            front.source_line = line;
            front.meta.source = SourceId::from(source.unwrap_or_default());
        }),
        "authors" | "author" => texts(&entry).map(|authors| front.meta.authors.extend(authors)),
        "date" => text(&entry).and_then(|date| {
            front.meta.date = date.map(|date| date.parse::<Date>()).transpose()?;
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

fn list(texts: &[String]) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    format!("[{}]", quoted.join(", "))
}

/// A value in YAML's flow form, which is nearly JSON.
fn flow(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => quoted(text),
        Value::Array(values) => {
            let values: Vec<String> = values.iter().map(flow).collect();
            format!("[{}]", values.join(", "))
        }
        Value::Object(map) => {
            let pairs: Vec<String> = map
                .iter()
                .map(|(key, value)| format!("{}: {}", quoted(key), flow(value)))
                .collect();
            format!("{{{}}}", pairs.join(", "))
        }
    }
}

/// A word that YAML cannot take for anything but text stands bare, everything else in quotes.
fn plain_or_quoted(text: &str) -> String {
    let word = |c: char| c.is_ascii_lowercase() || c == '-' || c == '_';
    let bare = text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.len() > 1
        && text.chars().all(word)
        && !matches!(
            text,
            "true" | "false" | "null" | "yes" | "no" | "on" | "off"
        );
    if bare { text.to_owned() } else { quoted(text) }
}

/// A double-quoted YAML scalar.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            // Not printable by YAML's own list, or taken for a line break by some readers.
            c if c.is_control()
                || matches!(
                    c,
                    '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}'
                ) =>
            {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
