//! What there is to say about the document of a pane: where it comes from, why its current passage is on the topic,
//! and what was left out of it.

use super::App;
use super::perspective::Slot;
use crate::corpus::{Document, Meta};

/// A line of the information.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A heading.
    Heading(String),
    /// A name and its value.
    Field(String, String),
    /// Running text.
    Text(String),
}

/// The lines about the focused pane.
pub fn lines(app: &App) -> Vec<Line> {
    let slot = app.focused().current;
    let Some(document) = app.corpus.documents.get(slot.document()) else {
        return Vec::new();
    };
    let mut lines = vec![Line::Heading(document.meta.title.clone())];
    lines.extend(origin(app, document));
    lines.extend(passage(app, document, slot));
    lines.extend(left_out(&document.meta));
    lines
}

fn origin(app: &App, document: &Document) -> Vec<Line> {
    let meta = &document.meta;
    let about = app
        .corpus
        .sources
        .iter()
        .find(|source| source.id == meta.source);
    let counts = format!("{} passages", document.len());
    let fields = [
        (
            "Source",
            Some(app.corpus.source_title(&meta.source).to_owned()),
        ),
        (
            "Who they are",
            about
                .map(|source| source.about.clone())
                .filter(|about| !about.is_empty()),
        ),
        (
            "Authors",
            Some(meta.authors.join(", ")).filter(|authors| !authors.is_empty()),
        ),
        ("Date", meta.date.map(|date| date.to_string())),
        ("Address", meta.url.clone()),
        ("Kind", meta.kind.clone()),
        (
            "Language",
            Some(meta.language.clone()).filter(|language| !language.is_empty()),
        ),
        (
            "Voices",
            Some(document.voices().join(", ")).filter(|voices| !voices.is_empty()),
        ),
        ("Length", Some(counts)),
        ("Document", Some(document.id.to_string())),
        ("Imported from", meta.imported_from.clone()),
        ("SHA-256", meta.sha256.clone()),
    ];
    let stated = fields
        .into_iter()
        .filter_map(|(name, value)| Some(Line::Field(name.to_owned(), value?)));
    let extra = meta.extra.iter().map(|(key, value)| {
        let value = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        Line::Field(key.clone(), value)
    });
    stated.chain(extra).collect()
}

fn passage(app: &App, document: &Document, slot: Slot) -> Vec<Line> {
    let Some(passage) = slot
        .passage_index()
        .and_then(|index| document.passage(index))
    else {
        return Vec::new();
    };
    let mut lines = vec![Line::Heading(format!("Passage ¶{}", passage.number()))];
    if let Some(voice) = passage.voice() {
        lines.push(Line::Field("Speaker".into(), voice.to_owned()));
    }
    let tags = app.tagging.as_ref().map_or(&[][..], |tagging| {
        tagging.of(slot.document(), passage.index())
    });
    if tags.is_empty() {
        lines.push(Line::Text("On no topic.".into()));
    }
    for tag in tags {
        let Some(topic) = app.topics.get(tag.topic) else {
            continue;
        };
        let why = match tag.origin.name() {
            "author" => "tagged by hand in the file".to_owned(),
            "reader" => "tagged by you".to_owned(),
            "context" => format!("continues a passage with: {}", tag.cues.join(", ")),
            _ => format!("cues: {}", tag.cues.join(", ")),
        };
        lines.push(Line::Field(
            topic.title.clone(),
            format!("{why} (score {:.1})", tag.score),
        ));
    }
    lines
}

fn left_out(meta: &Meta) -> Vec<Line> {
    if meta.left_out.is_empty() {
        return Vec::new();
    }
    let heading = Line::Heading(format!(
        "Left out when it was imported ({} lines)",
        meta.left_out.len()
    ));
    let lines = meta.left_out.iter().map(|line| {
        Line::Field(
            format!("line {}", line.line),
            format!("{} — {}", line.text, line.reason),
        )
    });
    std::iter::once(heading).chain(lines).collect()
}
