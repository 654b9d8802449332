//! `diptych notes`: what was noted, for readers, programs and other tools; and `diptych note`, which writes one.
//!
//! Invariant: a note is told of as kept only when it is on the disk.

use super::cite::passage;
use super::hand_over::Annotations;
use super::{naming, open, output};
use crate::corpus::citing::{Cited, Style, cite, in_marks};
use crate::corpus::note::{Note, NoteChange, Relation, id_of};
use crate::corpus::{Corpus, PassageId};
use crate::export::{self, Format, Report, Table, qdpx};
use crate::library::notes::{self, Store};
use crate::library::whole_file;
use crate::text::safe;
use anyhow::{Result, bail};
use serde::Serialize;
use serde_json::Value;
use std::path::Path;

/// Which notes, and how.
#[derive(Debug)]
pub struct Asked<'a> {
    /// Only those with this tag.
    pub tag: Option<&'a str>,
    /// Only those that hold these words, whatever their capitals.
    pub search: Option<&'a str>,
    /// Only those that lost their place.
    pub lost: bool,
    /// How they are printed.
    pub form: Form,
    /// The file to write; standard output where there is none.
    pub output: Option<&'a Path>,
}

/// How notes are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For readers.
    Text,
    /// For programs.
    Json,
    /// As a report.
    Report(Format),
    /// As Web Annotations.
    JsonLd,
    /// As a project of qualitative data analysis.
    Qdpx,
}

#[derive(Serialize)]
struct NoteJson<'a> {
    id: &'a str,
    text: &'a str,
    tags: Vec<&'a str>,
    relation: Option<&'a str>,
    created: Option<&'a str>,
    modified: Option<&'a str>,
    places: Vec<PlaceJson<'a>>,
    lost: Vec<LostJson<'a>>,
}

#[derive(Serialize)]
struct PlaceJson<'a> {
    document: &'a str,
    number: usize,
    /// Bytes of the passage's text; nothing for all of it.
    start: Option<u32>,
    end: Option<u32>,
    quote: &'a str,
    /// The words when the note was put there, where they are others now.
    quote_then: Option<&'a str>,
    citation: String,
}

#[derive(Serialize)]
struct LostJson<'a> {
    document: &'a str,
    quote: &'a str,
    why: &'a str,
}

/// The words of a place, and its document's id.
fn place<'a>(corpus: &'a Corpus, cited: &Cited) -> Option<(&'a str, &'a str)> {
    let document = corpus.documents.get(cited.passage.document)?;
    let text = document.passage(cited.passage.passage)?.text();
    let words = cited.span.map_or(text, |span| span.of(text));
    Some((document.id.as_str(), words))
}

/// Prints the notes on a corpus.
pub fn run(corpus: &Corpus, store: &Store, asked: &Asked<'_>) -> Result<()> {
    let (all, told) = store.load(&corpus.documents)?;
    if let Some(told) = told {
        output::tell(&told);
    }
    let wanted = asked.search.map(str::to_lowercase);
    let is_asked = |note: &&Note| {
        let has_words = |words: &String| {
            let quotes = note.places.iter().filter_map(|of| place(corpus, of));
            let mut texts = quotes.map(|(_, words)| words).chain([note.text.as_str()]);
            texts.any(|text| text.to_lowercase().contains(words))
        };
        asked
            .tag
            .is_none_or(|tag| note.tags().contains(&tag.trim_start_matches('#')))
            && wanted.as_ref().is_none_or(has_words)
            && (!asked.lost || !note.lost.is_empty())
    };
    let found: Vec<&Note> = all.iter().filter(is_asked).collect();
    if found.is_empty() && asked.form == Form::Text {
        output::tell(&none(&all));
        return Ok(());
    }
    let annotations = || Ok(notes::annotations(store)?);
    let bytes = bytes_of(corpus, &found, asked.form, &annotations)?;
    let Some(path) = asked.output else {
        if asked.form == Form::Qdpx {
            bail!(
                "an archive is not for a terminal or a pipe: name a file with --output NOTES.qdpx"
            );
        }
        return output::passed(String::from_utf8_lossy(&bytes).trim_end());
    };
    whole_file::create_new(path, &bytes)?;
    output::tell(&format!("{} with {} bytes", path.display(), bytes.len()));
    Ok(())
}

/// Some notes as a file. `annotations` are the lines of all notes, as they are kept.
pub(super) fn bytes_of(
    corpus: &Corpus,
    found: &[&Note],
    form: Form,
    annotations: Annotations<'_>,
) -> Result<Vec<u8>> {
    let text = match form {
        Form::Qdpx => return Ok(qdpx::write(corpus, found)),
        Form::Text => readable(corpus, found),
        Form::Json => output::json_text(&json(corpus, found))?,
        Form::Report(format) => export::write(&report(corpus, found), format),
        Form::JsonLd => {
            let mut values = annotations()?;
            let is_asked = |value: &Value| {
                let id = value["id"].as_str();
                found.iter().any(|note| Some(note.id.as_str()) == id)
            };
            values.retain(is_asked);
            output::json_text(&values)?
        }
    };
    Ok(format!("{}\n", text.trim_end()).into_bytes())
}

fn none(all: &[Note]) -> String {
    if all.is_empty() {
        "no notes on these texts: A in the reader writes one, or `diptych note DOC#12 WORDS`; notes on a corpus folder are printed with --corpus FOLDER, those on files with their names (`diptych notes left.txt right.txt`)"
            .to_owned()
    } else {
        format!(
            "none of {} is like that",
            output::counted(all.len(), "note")
        )
    }
}

fn readable(corpus: &Corpus, notes: &[&Note]) -> String {
    let one = |note: &&Note| {
        let mut lines = Vec::new();
        lines.extend(
            note.relation
                .map(|relation| format!("[{}]", relation.name())),
        );
        lines.push(note.text.clone());
        for (at, cited) in note.places.iter().enumerate() {
            if let Some((id, words)) = place(corpus, cited) {
                let number = cited.passage.passage + 1;
                lines.push(format!("  {id}#{number} {}", in_marks(&opening(words))));
            }
            if let Some(then) = note.words_then(at) {
                lines.push(format!(
                    "    its words have changed; they were {}",
                    in_marks(then)
                ));
            }
        }
        for lost in &note.lost {
            lines.push(format!(
                "  lost its place in {}: {} ({})",
                lost.document,
                in_marks(&opening(&lost.words)),
                lost.why
            ));
        }
        lines.join("\n")
    };
    let all: Vec<String> = notes.iter().map(one).collect();
    safe::block(&all.join("\n\n")).into_owned()
}

fn opening(words: &str) -> String {
    match words.char_indices().nth(80) {
        Some((cut, _)) => format!("{}…", words.get(..cut).unwrap_or_default()),
        None => words.to_owned(),
    }
}

fn json<'a>(corpus: &'a Corpus, notes: &[&'a Note]) -> Vec<NoteJson<'a>> {
    let one = |note: &&'a Note| {
        let places = note.places.iter().enumerate().filter_map(|(at, cited)| {
            let (document, quote) = place(corpus, cited)?;
            Some(PlaceJson {
                document,
                number: cited.passage.passage + 1,
                start: cited.span.map(|span| span.start),
                end: cited.span.map(|span| span.end),
                quote,
                quote_then: note.words_then(at),
                citation: cite(corpus, &[*cited], Style::Plain),
            })
        });
        let lost = note.lost.iter().map(|lost| LostJson {
            document: &lost.document,
            quote: &lost.words,
            why: &lost.why,
        });
        NoteJson {
            id: &note.id,
            text: &note.text,
            tags: note.tags(),
            relation: note.relation.map(Relation::name),
            created: note.created.as_deref(),
            modified: note.modified.as_deref(),
            places: places.collect(),
            lost: lost.collect(),
        }
    };
    notes.iter().map(one).collect()
}

/// The notes as a table: a row a place.
fn report(corpus: &Corpus, notes: &[&Note]) -> Report {
    let (mut rows, mut citations) = (Vec::new(), Vec::new());
    for (at, note) in notes.iter().enumerate() {
        let mut row = |document: &str, passage: String, words: &str, then: &str, cited: String| {
            citations.push(cited);
            rows.push(vec![
                (at + 1).to_string(),
                note.text.clone(),
                note.tags().join(", "),
                note.relation.map_or("", Relation::name).to_owned(),
                document.to_owned(),
                passage,
                words.to_owned(),
                then.to_owned(),
            ]);
        };
        for (at, cited) in note.places.iter().enumerate() {
            if let Some((id, words)) = place(corpus, cited) {
                let number = (cited.passage.passage + 1).to_string();
                let then = note.words_then(at).unwrap_or_default();
                let citation = cite(corpus, &[*cited], Style::Plain);
                row(id, number, words, then, citation);
            }
        }
        for lost in &note.lost {
            // Where it was is not where it is: its words are those of then alone.
            let none = String::new();
            row(&lost.document, "lost".to_owned(), "", &lost.words, none);
        }
    }
    let ids = notes.iter().flat_map(|note| &note.places);
    let ids: Vec<PassageId> = ids.map(|cited| cited.passage).collect();
    let table = Table {
        title: "Notes".to_owned(),
        head: [
            "note",
            "words",
            "tags",
            "relation",
            "document",
            "¶",
            "quote",
            "quote then",
        ]
        .map(str::to_owned)
        .to_vec(),
        rows,
    };
    // In a spreadsheet nothing stands below the table: there each row says what the list of sources says on a page.
    let mut sheet = table.clone();
    sheet.head.push("citation".to_owned());
    for (row, citation) in sheet.rows.iter_mut().zip(citations) {
        row.push(citation);
    }
    Report {
        title: format!("Notes: {}", corpus.title),
        lead: vec![output::counted(notes.len(), "note")],
        tables: vec![table],
        sheet: Some(sheet),
        sources: export::sources(corpus, ids),
        ..Report::default()
    }
}

/// A note that is to be written.
#[derive(Debug)]
pub struct Written<'a> {
    /// The passage, `DOC#12`.
    pub on: &'a str,
    /// Its words.
    pub words: &'a str,
    /// The passage that it has to do with.
    pub with: Option<&'a str>,
    /// How.
    pub relation: Option<Relation>,
}

/// Writes a note and prints its address, once it is on the disk.
pub fn write(corpus_path: Option<&Path>, asked: &Written<'_>) -> Result<()> {
    let named: Vec<&str> = std::iter::once(asked.on).chain(asked.with).collect();
    let naming::Named {
        corpus,
        notes: store,
    } = naming::texts(corpus_path, &named)?;
    let Some(store) = store else {
        bail!(
            "a note on a file and on a document of a corpus has no one place to be kept: import the file"
        );
    };
    if asked.words.trim().is_empty() {
        bail!("a note needs words");
    }
    let mut places = vec![Cited::from(passage(&corpus, asked.on)?)];
    if let Some(with) = asked.with {
        places.push(passage(&corpus, with)?.into());
    }
    let note = Note {
        id: id_of(&open::note_seed(), 0),
        places,
        relation: asked.relation,
        text: asked.words.to_owned(),
        ..Note::default()
    };
    let id = note.id.clone();
    store.keep(&corpus.documents, &NoteChange::Write(note), &open::now())?;
    output::passed(&id)
}
