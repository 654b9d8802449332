//! YAML as a list of keys with their lines, and texts as YAML.
//!
//! Invariant: a file costs no more than its size, aliases included; what [`quoted`] and [`flow`] write is read back.

use super::problem;
use crate::corpus::Problem;
use serde::Deserialize;
use serde::de::{MapAccess, Visitor};
use serde_json::Value;
use serde_saphyr::Spanned;
use std::fmt::{self, Write as _};

/// Largest front matter that the parser is given, in bytes: it reads about a megabyte a second.
const MAX_BYTES: usize = 8 << 20;

/// One key with its value.
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) line: u32,
    pub(super) value: Value,
    /// The value as it stands in the file, for scalars that YAML takes for numbers or truth values.
    pub(super) written: String,
}

/// Reads all keys at once, or, where the YAML does not hold together, block by block.
pub(super) fn entries(file: &str, yaml: &str, problems: &mut Vec<Problem>) -> Vec<Entry> {
    if let Some(entries) = simple(yaml, 2) {
        return entries;
    }
    if yaml.len() > MAX_BYTES {
        let text = "the front matter is larger than 8 MB; it is not read";
        problems.push(problem(file, 1, text.to_owned()));
        return Vec::new();
    }
    if let Ok(entries) = parse(yaml, 2) {
        return entries;
    }
    let mut found = Vec::new();
    for (line, block) in blocks(yaml) {
        match simple(block, line).map_or_else(|| parse(block, line), Ok) {
            Ok(entries) => found.extend(entries),
            Err((at_line, reason)) => {
                let key = block.split(':').next().unwrap_or_default().trim();
                let key: String = key.chars().take(40).collect();
                let hint = "text with a colon, a quotation mark or a bracket must stand in quotes";
                problems.push(problem(
                    file,
                    at_line,
                    format!("`{key}` is left aside: {reason}; {hint}"),
                ));
            }
        }
    }
    found
}

/// Reads the YAML that most documents have: a key and a word, a text in quotes, or a list of those, on each line.
/// `None` where there is anything else. The parser below takes .1 ms for what this does in a hundredth of that, and a reader's
/// first screen waits for all documents of a small corpus.
fn simple(yaml: &str, first_line: u32) -> Option<Vec<Entry>> {
    let mut entries = Vec::new();
    for (line, number) in yaml.lines().zip(first_line..) {
        let (key, written) = line.split_once(": ").filter(|(key, _)| is_word(key))?;
        let value = match simple_text(written) {
            Some(text) => Value::from(text),
            None => simple_list(written)?,
        };
        entries.push(Entry {
            key: key.to_owned(),
            line: number,
            value,
            written: String::new(),
        });
    }
    Some(entries)
}

/// A list of texts in quotes on one line.
fn simple_list(written: &str) -> Option<Value> {
    let mut rest = written.strip_prefix('[')?.strip_suffix(']')?;
    let mut texts = Vec::new();
    while !rest.is_empty() {
        let end = rest.get(1..)?.find('"')? + 2;
        texts.push(Value::from(simple_text(rest.get(..end)?)?));
        rest = rest.get(end..)?;
        if !rest.is_empty() {
            rest = rest.strip_prefix(", ").filter(|rest| !rest.is_empty())?;
        }
    }
    Some(Value::Array(texts))
}

/// A word, or what stands between quotes without escapes.
fn simple_text(written: &str) -> Option<&str> {
    if is_word(written) {
        return Some(written);
    }
    let text = written.strip_prefix('"')?.strip_suffix('"')?;
    (!text.contains(|c: char| matches!(c, '"' | '\\') || needs_escape(c))).then_some(text)
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
pub(super) struct Mapping(Vec<(Spanned<String>, Spanned<Value>)>);

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

pub(super) fn list(texts: &[String]) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    format!("[{}]", quoted.join(", "))
}

/// A value in YAML's flow form, which is nearly JSON.
pub(super) fn flow(value: &Value) -> String {
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
pub(super) fn plain_or_quoted(text: &str) -> String {
    if is_word(text) {
        text.to_owned()
    } else {
        quoted(text)
    }
}

fn is_word(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.len() > 1
        && text.chars().all(fits)
        && !matches!(
            text,
            "true" | "false" | "null" | "yes" | "no" | "on" | "off"
        )
}

/// Not printable by YAML's own list, or taken for a line break by some readers.
fn needs_escape(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}'
        )
}

/// A double-quoted YAML scalar.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if needs_escape(c) => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pairs(entries: Vec<Entry>) -> Vec<(String, u32, Value)> {
        entries
            .into_iter()
            .map(|entry| (entry.key, entry.line, entry.value))
            .collect()
    }

    #[test]
    fn the_common_form_is_read_without_the_parser() {
        let yaml = "title: \"A: “B”\"\nsource: a-b\nauthors: [\"C\", \"D\"]\nsha256: \"1\"\n";
        let read = pairs(simple(yaml, 2).unwrap());
        assert_eq!(read.len(), 4);
        assert_eq!(read, pairs(parse(yaml, 2).unwrap()));
        for other in [
            "a: b # c",
            "a: 1",
            "a: no",
            "a:",
            "a: [1]",
            "a: [\"b\",]",
            "a: \"\\n\"",
            "- a",
            "aa: 'b'",
            "aa: \"b\" ",
            "aa: [b]",
        ] {
            assert!(simple(other, 2).is_none(), "{other}");
        }
    }

    proptest! {
        #[test]
        fn both_ways_of_reading_agree(lines in prop::collection::vec(
            ("[a-z][a-z0-9_-]{0,3}|true|null|no", ": |:|:  ", prop_oneof![
                "[a-z][a-z0-9-]{0,5}", "\"[a-z:#é \u{A0}'\\[\\]{},&*!|>-]{0,6}\"", "\\[(\"[a-z, :#]{0,3}\"(, |,)?){0,3}\\]", "null|true|off|1e5|0x1|~",
            ], "| | #c"), 1..4,
        )) {
            let mut yaml = String::new();
            for (key, colon, value, end) in lines {
                let _ = writeln!(yaml, "{key}{colon}{value}{end}");
            }
            if let Some(entries) = simple(&yaml, 2) {
                prop_assert_eq!(Ok(pairs(entries)), parse(&yaml, 2).map(pairs), "{}", yaml);
            }
        }
    }
}
