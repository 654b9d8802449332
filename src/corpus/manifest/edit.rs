//! Changing `corpus.toml` without touching what the reader wrote there.
//!
//! Invariant: every byte of the old text stands in the new one, in the same order.

use super::Source;
use crate::corpus::Topic;
use std::collections::HashSet;
use std::fmt::Write as _;
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, Value, value};

/// The text of a new `corpus.toml`.
pub fn new_text(
    title: &str,
    description: &str,
    language: &str,
    sources: &[Source],
    topics: &[Topic],
) -> String {
    let mut document = DocumentMut::new();
    for (key, text) in [
        ("title", title),
        ("description", description),
        ("language", language),
    ] {
        if !text.is_empty() {
            document.insert(key, value(text));
        }
    }
    add_topics(&add_sources(&document.to_string(), sources), topics)
}

/// The text with the sources that it does not hold yet, after its own.
pub fn add_sources(text: &str, sources: &[Source]) -> String {
    let tables = sources.iter().map(|source| {
        let mut table = Table::new();
        table.insert("id", value(source.id.as_str()));
        table.insert("title", value(&source.title));
        if !source.about.is_empty() {
            table.insert("about", value(&source.about));
        }
        (source.id.as_str(), table)
    });
    add(text, "source", tables)
}

/// The text with the topics that it does not hold yet, after its own.
pub fn add_topics(text: &str, topics: &[Topic]) -> String {
    let tables = topics.iter().map(|topic| {
        let mut table = Table::new();
        table.insert("id", value(topic.id.as_str()));
        table.insert("title", value(&topic.title));
        if let Some(key) = topic.key {
            table.insert("key", value(key.to_string()));
        }
        table.insert("cues", value(words(&topic.cues)));
        if !topic.not.is_empty() {
            table.insert("not", value(words(&topic.not)));
        }
        if topic.discovered {
            table.insert("discovered", value(true));
        }
        (topic.id.as_str(), table)
    });
    add(text, "topic", tables)
}

/// A list on one line, or, where that would be long, a word a line.
fn words(words: &[String]) -> Array {
    let mut array: Array = words.iter().map(String::as_str).collect();
    if words.iter().map(String::len).sum::<usize>() > 80 {
        for word in array.iter_mut() {
            word.decor_mut().set_prefix("\n    ");
        }
        array.set_trailing("\n");
        array.set_trailing_comma(true);
    }
    array
}

fn add<'a>(text: &str, name: &str, tables: impl Iterator<Item = (&'a str, Table)>) -> String {
    let Ok(mut document) = text.parse::<DocumentMut>() else {
        // The reader's slip must not cost what was added: it stands below, and is read once the slip is mended.
        return append(text, name, tables);
    };
    let mut known = ids(document.get(name));
    let new: Vec<Table> = tables
        .filter(|(id, _)| known.insert((*id).to_owned()))
        .map(|(_, table)| table)
        .collect();
    if new.is_empty() {
        return text.to_owned();
    }
    let empty = document.as_table().is_empty() && text.trim().is_empty();
    match document
        .entry(name)
        .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()))
    {
        Item::ArrayOfTables(array) => {
            for (index, mut table) in new.into_iter().enumerate() {
                let first = empty && index == 0;
                table.decor_mut().set_prefix(if first { "" } else { "\n" });
                array.push(table);
            }
        }
        Item::Value(Value::Array(array)) => {
            array.extend(new.into_iter().map(Table::into_inline_table));
        }
        // `[source]` with one bracket, or not a table at all: reported when the corpus is read.
        Item::None | Item::Value(_) | Item::Table(_) => return text.to_owned(),
    }
    document.to_string()
}

fn ids(item: Option<&Item>) -> HashSet<String> {
    let id = |table: &dyn toml_edit::TableLike| {
        table
            .get("id")
            .and_then(Item::as_str)
            .map(|id| id.trim().to_owned())
    };
    match item {
        Some(Item::ArrayOfTables(array)) => array.iter().filter_map(|table| id(table)).collect(),
        Some(Item::Value(Value::Array(array))) => array
            .iter()
            .filter_map(Value::as_inline_table)
            .filter_map(|table| id(table))
            .collect(),
        _ => HashSet::new(),
    }
}

fn append<'a>(text: &str, name: &str, tables: impl Iterator<Item = (&'a str, Table)>) -> String {
    let mut out = text.to_owned();
    for (_, table) in tables {
        if !out.ends_with('\n') {
            out.push('\n');
        }
        let _ = write!(out, "\n[[{name}]]\n{table}");
    }
    out
}
