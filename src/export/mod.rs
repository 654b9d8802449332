//! What is handed over: a comparison, the coverage, the evidence, notes, as one report in several formats.
//!
//! Invariant: pure and deterministic, the same report gives the same bytes; a text of a source is text in every format, and
//! never its markup, a formula, or a command of a terminal.

pub mod comparison;
pub mod csv;
mod html;
pub mod laid_open;
mod markdown;
pub mod qdpx;

use crate::corpus::citing::hash_of;
use crate::corpus::{Corpus, PassageId};
use crate::text::bidi::Paragraph;
use crate::text::{ByteSpan, slug};
use laid_open::LaidOpen;
use std::collections::{BTreeSet, HashMap, HashSet};

/// A format of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One page that needs nothing else.
    Html,
    /// CommonMark, with tables as GitHub has them.
    Markdown,
    /// A table for a spreadsheet.
    Csv,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 3] = [Self::Html, Self::Markdown, Self::Csv];

    /// Its ending, which is its name too.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "md",
            Self::Csv => "csv",
        }
    }
}

/// What is handed over.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What it is called.
    pub title: String,
    /// What is to be known before it is read, a paragraph each.
    pub lead: Vec<String>,
    /// Passages beside each other.
    pub facing: Option<Facing>,
    /// What sides say, laid open beside each other.
    pub laid_open: Option<LaidOpen>,
    /// Tables, one after the other.
    pub tables: Vec<Table>,
    /// What a spreadsheet gets, where that is not its rows or tables.
    pub sheet: Option<Table>,
    /// The documents that it quotes.
    pub sources: Vec<Source>,
}

/// Passages beside each other, row by row.
#[derive(Clone, Debug, Default)]
pub struct Facing {
    /// What each column is called.
    pub sides: Vec<String>,
    /// From top to bottom; each has a cell for every side.
    pub rows: Vec<Row>,
}

/// A row.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// What it is in a word or two: a pair, or whose side alone speaks.
    pub kind: String,
    /// Why its passages stand together; empty where nothing was found opposite.
    pub why: String,
    /// The likeness of its passages, where it is a pair that was found.
    pub score: Option<f32>,
    /// From left to right.
    pub cells: Vec<Cell>,
}

/// One side of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// The row is not about this side.
    Empty,
    /// Nothing was found opposite.
    Nothing,
    /// A passage.
    Passage(Passage),
    /// A passage whose place is in another row.
    Elsewhere(Passage),
}

/// A passage as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// `DOC#12`.
    pub place: String,
    /// A name for it that no other passage of the report has, of letters, digits and hyphens.
    pub anchor: String,
    /// Its number.
    pub number: usize,
    /// Its document's title.
    pub document: String,
    /// Who speaks, when it is not the author.
    pub voice: Option<String>,
    /// Its words.
    pub text: String,
    /// The language, as far as it is known.
    pub language: String,
    /// What it shares with the others of the row; spans of its text in order that do not meet.
    pub marks: Vec<ByteSpan>,
}

/// A table.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// What it is called.
    pub title: String,
    /// Its columns.
    pub head: Vec<String>,
    /// Its rows, each with a cell for every column.
    pub rows: Vec<Vec<String>>,
}

/// A document that is quoted.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Authors, publisher, date, as far as they are stated.
    pub facts: Vec<String>,
    /// Its address, as far as it is one of the web.
    pub url: Option<String>,
    /// Its language.
    pub language: String,
    /// What the hash is of, and the hash.
    pub hash: (&'static str, String),
}

/// The report in a format. Ends with a line break.
pub fn write(report: &Report, format: Format) -> String {
    match format {
        Format::Html => html::write(report),
        Format::Markdown => markdown::write(report),
        Format::Csv => format!("{}\r\n", as_table(report)),
    }
}

/// The report as one table: its rows, or its tables with a first column that says which.
fn as_table(report: &Report) -> String {
    if let Some(facing) = &report.facing {
        return comparison::table(facing);
    }
    let tables = match &report.sheet {
        Some(sheet) => std::slice::from_ref(sheet),
        None => &report.tables[..],
    };
    if let [only] = tables {
        let head: Vec<&str> = only.head.iter().map(String::as_str).collect();
        return csv::table(&head, only.rows.iter().cloned());
    }
    // The columns of all tables, in the order in which they first appear.
    let mut head = vec!["part"];
    for name in tables.iter().flat_map(|table| &table.head) {
        if !head.contains(&name.as_str()) {
            head.push(name);
        }
    }
    let mut rows = Vec::new();
    for table in tables {
        for row in &table.rows {
            let mut fields = vec![String::new(); head.len()];
            fields[0].clone_from(&table.title);
            for (name, value) in table.head.iter().zip(row) {
                if let Some(at) = head.iter().position(|known| known == name) {
                    fields[at].clone_from(value);
                }
            }
            rows.push(fields);
        }
    }
    csv::table(&head, rows)
}

/// Names for the passages of a corpus that can stand in an address.
#[derive(Debug, Default)]
pub struct Anchors {
    of_documents: HashMap<usize, String>,
}

impl Anchors {
    /// Names made of the ids of the documents, a number behind those that would be the same.
    pub fn new(corpus: &Corpus) -> Self {
        let mut taken: HashSet<String> = HashSet::new();
        let mut of_documents = HashMap::new();
        for (at, document) in corpus.documents.iter().enumerate() {
            let slug = slug::slug(document.id.as_str());
            let plain: String = slug
                .chars()
                .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
                .collect();
            let mut name = format!("d-{plain}");
            let mut number = 1;
            while !taken.insert(name.clone()) {
                number += 1;
                name = format!("d-{plain}-{number}");
            }
            of_documents.insert(at, name);
        }
        Self { of_documents }
    }

    fn of(&self, id: PassageId) -> String {
        let document = self.of_documents.get(&id.document);
        format!(
            "{}-p{}",
            document.map_or("d", String::as_str),
            id.passage + 1
        )
    }
}

/// A passage to show, with spans of it to mark.
pub fn passage(
    corpus: &Corpus,
    anchors: &Anchors,
    id: PassageId,
    marks: &[ByteSpan],
) -> Option<Passage> {
    let document = corpus.documents.get(id.document)?;
    let passage = document.passage(id.passage)?;
    let shown = match passage.text() {
        "" => passage.address().unwrap_or_default(),
        text => text,
    };
    let language = match document.meta.language.as_str() {
        "" => &corpus.language,
        stated => stated,
    };
    Some(Passage {
        place: format!("{}#{}", document.id, passage.number()),
        anchor: anchors.of(id),
        number: passage.number(),
        document: document.meta.title.clone(),
        voice: passage.voice().map(str::to_owned),
        text: shown.to_owned(),
        language: language.to_owned(),
        marks: apart(marks, shown.len()),
    })
}

/// Spans in order, those that meet joined, none beyond the end.
fn apart(spans: &[ByteSpan], bytes: usize) -> Vec<ByteSpan> {
    let mut sorted: Vec<ByteSpan> = spans
        .iter()
        .copied()
        .filter(|span| !span.is_empty() && span.end as usize <= bytes)
        .collect();
    sorted.sort_unstable();
    let mut joined: Vec<ByteSpan> = Vec::new();
    for span in sorted {
        match joined.last_mut() {
            Some(last) if last.end >= span.start => last.end = last.end.max(span.end),
            Some(_) | None => joined.push(span),
        }
    }
    joined
}

/// The documents of some passages, in the order of the corpus.
pub fn sources(corpus: &Corpus, ids: impl IntoIterator<Item = PassageId>) -> Vec<Source> {
    let documents: BTreeSet<usize> = ids.into_iter().map(|id| id.document).collect();
    let documents = documents.into_iter();
    documents
        .filter_map(|at| corpus.documents.get(at))
        .map(|document| {
            let meta = &document.meta;
            let mut facts = Vec::new();
            if !meta.authors.is_empty() {
                facts.push(meta.authors.join(", "));
            }
            if !meta.source.as_str().is_empty() {
                facts.push(corpus.source_title(&meta.source).to_owned());
            }
            facts.extend(meta.date.map(|date| date.to_string()));
            let is_of_web =
                |url: &&String| url.starts_with("https://") || url.starts_with("http://");
            Source {
                id: document.id.to_string(),
                title: meta.title.clone(),
                facts,
                url: meta.url.as_ref().filter(is_of_web).cloned(),
                language: meta.language.clone(),
                hash: hash_of(document),
            }
        })
        .collect()
}

/// The direction that a text reads in, by its first strong character.
fn direction(text: &str) -> &'static str {
    let first = text.lines().find(|line| !line.trim().is_empty());
    let first = first.unwrap_or_default();
    if Paragraph::new(first).row_is_right_to_left(ByteSpan::new(0, first.len())) {
        "rtl"
    } else {
        "ltr"
    }
}

#[cfg(test)]
mod tests;
