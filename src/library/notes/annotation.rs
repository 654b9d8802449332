//! A note as a line of the file: a W3C Web Annotation (2017), with the anchor by which its place is found again.
//!
//! Invariant: a line is whole JSON-LD by itself. What the vocabulary has no word for stands under a name of ours that its own
//! context explains, so that other programs keep it as it is.

use super::super::anchor::Anchor;
use crate::corpus::Document;
use crate::corpus::note::{Note, Relation};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// Characters of a note at most: a line is read whole.
pub const MOST_CHARS: usize = 20_000;

const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";
const ACTIVITY: &str = "https://www.w3.org/ns/activitystreams";

/// A line that is a note.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Line {
    #[serde(rename = "@context")]
    context: Value,
    pub id: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    created: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    modified: Option<String>,
    motivation: String,
    body: Vec<Body>,
    pub target: Vec<Target>,
}

/// A part of what is said.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Body {
    #[serde(rename = "type")]
    kind: String,
    value: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    format: Option<String>,
    purpose: String,
}

/// What it is said of.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Target {
    #[serde(rename = "type")]
    kind: String,
    source: String,
    selector: Vec<Value>,
    /// Whether the whole passage is meant.
    #[serde(default)]
    pub whole: bool,
    /// How it is found again.
    pub anchor: Anchor,
}

/// What a line is.
pub(super) enum Entry {
    /// A note.
    Note(Box<Line>),
    /// The note with this address is gone.
    Removed(String),
}

/// The context of our lines: that of the vocabulary, and what our own names mean.
fn context() -> Value {
    json!([
        CONTEXT,
        {
            "diptych": "urn:diptych:",
            "whole": { "@id": "diptych:whole" },
            "anchor": { "@id": "diptych:anchor", "@type": "@json" },
        }
    ])
}

impl Target {
    /// A place in a document.
    pub fn of(document: &Document, anchor: Anchor, whole: bool) -> Self {
        let text = document.text();
        // The vocabulary counts characters, we count bytes.
        let characters = |byte: u32| {
            let before = text.get(..byte as usize).unwrap_or_default();
            before.chars().count()
        };
        let exact = text.get(anchor.start as usize..anchor.end as usize);
        let last = anchor.tail.as_ref().unwrap_or(&anchor.quote);
        let selector = vec![
            json!({
                "type": "TextQuoteSelector",
                "exact": exact.unwrap_or_default(),
                "prefix": anchor.quote.prefix,
                "suffix": last.suffix,
            }),
            json!({
                "type": "TextPositionSelector",
                "start": characters(anchor.start),
                "end": characters(anchor.end),
            }),
        ];
        Self {
            kind: "SpecificResource".to_owned(),
            source: address_of(document),
            selector,
            whole,
            anchor,
        }
    }
}

impl Target {
    /// The words that were marked, as they were: in full where the line has them so, else as much as the anchor has.
    pub fn words(&self) -> &str {
        let anchored = self.anchor.quote.exact.as_str();
        let quoted = self.selector.iter().find_map(|selector| {
            let is_quote = selector.get("type")?.as_str()? == "TextQuoteSelector";
            selector.get("exact")?.as_str().filter(|_| is_quote)
        });
        // A line may have been changed by hand.
        quoted
            .filter(|quoted| quoted.starts_with(anchored))
            .unwrap_or(anchored)
    }
}

/// The address of a document, or a name of ours where it has none.
fn address_of(document: &Document) -> String {
    match &document.meta.url {
        Some(url) if url.starts_with("http://") || url.starts_with("https://") => url.clone(),
        Some(_) | None => {
            let mut name = "urn:diptych:document:".to_owned();
            for byte in document.id.as_str().bytes() {
                match byte {
                    b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'/' => {
                        name.push(char::from(byte));
                    }
                    other => {
                        let _ = write!(name, "%{other:02X}");
                    }
                }
            }
            name
        }
    }
}

impl Line {
    /// A note as a line.
    pub fn of(note: &Note, target: Vec<Target>, now: &str) -> Self {
        let mut line = Self {
            context: context(),
            id: note.id.clone(),
            kind: "Annotation".to_owned(),
            created: Some(note.created.clone().unwrap_or_else(|| now.to_owned())),
            modified: None,
            motivation: String::new(),
            body: Vec::new(),
            target,
        };
        line.reword(&note.text, note.relation, now);
        line
    }

    /// Other words.
    pub fn reword(&mut self, text: &str, relation: Option<Relation>, now: &str) {
        let text: String = text.chars().take(MOST_CHARS).collect();
        let body = |value: &str, purpose: &str, format: Option<&str>| Body {
            kind: "TextualBody".to_owned(),
            value: value.to_owned(),
            format: format.map(str::to_owned),
            purpose: purpose.to_owned(),
        };
        let mut bodies = vec![body(&text, "commenting", Some("text/plain"))];
        let of = Note {
            text: text.clone(),
            ..Note::default()
        };
        bodies.extend(of.tags().into_iter().map(|tag| body(tag, "tagging", None)));
        bodies.extend(relation.map(|relation| body(relation.name(), "classifying", None)));
        self.body = bodies;
        // Two targets are linked, one is commented on.
        let motivation = if self.target.len() > 1 {
            "linking"
        } else {
            "commenting"
        };
        motivation.clone_into(&mut self.motivation);
        self.modified = Some(now.to_owned());
    }

    /// The note, without places.
    pub fn note(&self) -> Note {
        let of = |purpose: &str| {
            let mut bodies = self.body.iter();
            bodies.find(|body| body.purpose == purpose)
        };
        Note {
            id: self.id.clone(),
            relation: of("classifying").and_then(|body| Relation::named(&body.value)),
            text: of("commenting").map_or_else(String::new, |body| body.value.clone()),
            created: self.created.clone(),
            modified: self.modified.clone(),
            ..Note::default()
        }
    }

    /// The line as it is written, with its end.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// The line as a value.
    pub fn value(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}

/// The line that says that a note is gone.
pub(super) fn removal(id: &str, now: &str) -> Vec<u8> {
    let line = json!({
        "@context": ACTIVITY,
        "type": "Delete",
        "object": id,
        "published": now,
    });
    format!("{line}\n").into_bytes()
}

/// Reads a line.
pub(super) fn parse(written: &[u8]) -> Result<Entry, String> {
    let value: Value = serde_json::from_slice(written).map_err(|error| error.to_string())?;
    if value.get("type").and_then(Value::as_str) == Some("Delete") {
        let id = value.get("object").and_then(Value::as_str);
        let id = id.ok_or("it does not say which note is gone")?;
        return Ok(Entry::Removed(id.to_owned()));
    }
    let line: Line = serde_json::from_value(value).map_err(|error| error.to_string())?;
    if line.kind != "Annotation" {
        return Err(format!("its type is “{}”, not Annotation", line.kind));
    }
    if !line
        .target
        .iter()
        .all(|target| target.anchor.is_within_bounds())
    {
        return Err("it quotes more than is ever written".to_owned());
    }
    if line.target.is_empty() || line.target.len() > 8 {
        return Err(format!("it is on {} places", line.target.len()));
    }
    Ok(Entry::Note(Box::new(line)))
}
