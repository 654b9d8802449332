//! What there is to say about the document of a pane: where it comes from, why its current passage is on the topic,
//! and what was left out of it.

use super::App;
use super::perspective::Slot;
use crate::corpus::{Document, Meta};
use crate::text::wrap::wrap;

/// Something to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A heading.
    Heading(String),
    /// A name and its value.
    Field(String, String),
    /// Running text.
    Text(String),
}

/// A row of it at the width of the box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// Empty.
    Blank,
    /// A heading.
    Heading(String),
    /// A piece of a value, on its first row with the name.
    Field(String, String),
    /// A piece of running text.
    Text(String),
}

/// The information as it is read.
#[derive(Debug)]
pub struct Information {
    /// Everything there is to say.
    pub lines: Vec<Line>,
    /// The same in rows, for the width of the box.
    pub rows: Vec<Row>,
    /// The first row on the screen.
    pub top: usize,
    width_cells: u16,
    page: usize,
}

impl Information {
    /// Not laid out yet.
    pub fn new(lines: Vec<Line>) -> Self {
        Self {
            lines,
            rows: Vec::new(),
            top: 0,
            width_cells: 0,
            page: 1,
        }
    }

    /// Lays it out for a box, and keeps its last row at the bottom.
    pub fn prepare(&mut self, box_cells: u16, page: usize) {
        if self.width_cells != box_cells {
            self.width_cells = box_cells;
            self.rows = lay_out(&self.lines, box_cells.saturating_sub(4).max(1));
        }
        self.page = page;
        self.scroll(0);
    }

    /// Scrolls by rows; stops at the ends.
    pub fn scroll(&mut self, rows: isize) {
        let last = self.rows.len().saturating_sub(self.page);
        self.top = self.top.saturating_add_signed(rows).min(last);
    }

    /// Rows seen at once.
    pub fn page(&self) -> usize {
        self.page
    }
}

/// Cells of the names, in a box of this inner width.
pub fn name_cells(width_cells: u16) -> u16 {
    (width_cells / 4).clamp(12, 20).min(width_cells / 2)
}

fn lay_out(lines: &[Line], width_cells: u16) -> Vec<Row> {
    let pieces = |text: &str, cells: u16| -> Vec<String> {
        wrap(text, cells.max(1))
            .into_iter()
            .map(|row| row.span.of(text).to_owned())
            .collect()
    };
    let mut rows = Vec::new();
    for line in lines {
        match line {
            Line::Heading(text) => {
                if !rows.is_empty() {
                    rows.push(Row::Blank);
                }
                rows.extend(pieces(text, width_cells).into_iter().map(Row::Heading));
            }
            Line::Field(name, value) => {
                let value_cells = width_cells.saturating_sub(name_cells(width_cells) + 1);
                for (at, piece) in pieces(value, value_cells).into_iter().enumerate() {
                    rows.push(Row::Field(
                        if at == 0 { name.clone() } else { String::new() },
                        piece,
                    ));
                }
            }
            Line::Text(text) => rows.extend(pieces(text, width_cells).into_iter().map(Row::Text)),
        }
    }
    rows
}

/// The lines about the focused pane.
pub fn lines(app: &App) -> Vec<Line> {
    let of_row = app.passage_of_row();
    let slot = of_row.map_or(app.focused().current, |id| {
        Slot::passage(id.document, id.passage)
    });
    let Some(document) = app.corpus.documents.get(slot.document()) else {
        return Vec::new();
    };
    let mut lines = vec![Line::Heading(document.meta.title.clone())];
    lines.extend(origin(app, document));
    lines.extend(passage(app, document, slot));
    lines.extend(left_out(document.stated()));
    lines
}

fn origin(app: &App, document: &Document) -> Vec<Line> {
    let meta = document.stated();
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
        let value = spoken(value);
        Line::Field(key.clone(), value)
    });
    stated.chain(extra).collect()
}

/// A value of the front matter as running text.
fn spoken(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Array(values) => {
            values.iter().map(spoken).collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
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
        lines.push(Line::Field(
            topic.title.clone(),
            format!("{} (score {:.1})", tag.why(), tag.score),
        ));
    }
    for note in app.notes_on(slot) {
        let relation = note
            .relation
            .map_or_else(String::new, |relation| format!("({}) ", relation.name()));
        lines.push(Line::Field(
            "Your note".into(),
            format!("{relation}{}", note.text),
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
