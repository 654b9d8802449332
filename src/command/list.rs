//! `diptych list`: documents, sources or voices of a corpus.

use super::arguments::Listed;
use super::output;
use crate::corpus::{Corpus, Date};
use serde::Serialize;

#[derive(Serialize)]
struct DocumentRow<'a> {
    id: &'a str,
    title: &'a str,
    source: &'a str,
    authors: &'a [String],
    date: Option<Date>,
    language: &'a str,
    kind: Option<&'a str>,
    voices: &'a [String],
    passages: usize,
    words: usize,
}

#[derive(Serialize)]
struct SourceRow<'a> {
    id: &'a str,
    title: &'a str,
    about: &'a str,
    documents: usize,
    passages: usize,
}

#[derive(Serialize)]
struct VoiceRow {
    name: String,
    documents: Vec<String>,
    passages: usize,
}

/// Prints the list.
pub fn run(corpus: &Corpus, listed: Listed, json: bool) -> anyhow::Result<()> {
    match listed {
        Listed::Documents => documents(corpus, json),
        Listed::Sources => sources(corpus, json),
        Listed::Voices => voices(corpus, json),
    }
}

fn documents(corpus: &Corpus, json: bool) -> anyhow::Result<()> {
    let row = |document: &'_ crate::corpus::Document| (document.len(), document.word_count());
    let rows: Vec<DocumentRow<'_>> = corpus
        .documents
        .iter()
        .map(|document| {
            let (passages, words) = row(document);
            DocumentRow {
                id: document.id.as_str(),
                title: &document.meta.title,
                source: document.meta.source.as_str(),
                authors: &document.meta.authors,
                date: document.meta.date,
                language: &document.meta.language,
                kind: document.meta.kind.as_deref(),
                voices: document.voices(),
                passages,
                words,
            }
        })
        .collect();
    if json {
        return output::json(&rows);
    }
    let head = ["document", "source", "date", "passages", "words", "title"]
        .map(str::to_owned)
        .to_vec();
    let lines = rows.iter().map(|row| {
        let date = row.date.map_or_else(String::new, |date| date.to_string());
        [
            row.id,
            row.source,
            &date,
            &row.passages.to_string(),
            &row.words.to_string(),
            row.title,
        ]
        .map(str::to_owned)
        .to_vec()
    });
    output::text(&output::table(
        &std::iter::once(head).chain(lines).collect::<Vec<_>>(),
    ))
}

fn sources(corpus: &Corpus, json: bool) -> anyhow::Result<()> {
    let rows: Vec<SourceRow<'_>> = corpus
        .sources
        .iter()
        .map(|source| {
            let of_source = || {
                corpus
                    .documents
                    .iter()
                    .filter(|document| document.meta.source == source.id)
            };
            SourceRow {
                id: source.id.as_str(),
                title: &source.title,
                about: &source.about,
                documents: of_source().count(),
                passages: of_source().map(crate::corpus::Document::len).sum(),
            }
        })
        .collect();
    if json {
        return output::json(&rows);
    }
    let head = ["source", "documents", "passages", "title", "about"]
        .map(str::to_owned)
        .to_vec();
    let lines = rows.iter().map(|row| {
        [
            row.id,
            &row.documents.to_string(),
            &row.passages.to_string(),
            row.title,
            row.about,
        ]
        .map(str::to_owned)
        .to_vec()
    });
    output::text(&output::table(
        &std::iter::once(head).chain(lines).collect::<Vec<_>>(),
    ))
}

fn voices(corpus: &Corpus, json: bool) -> anyhow::Result<()> {
    let mut rows: Vec<VoiceRow> = Vec::new();
    for document in &corpus.documents {
        for voice in document.voices() {
            let passages = document
                .passages()
                .filter(|passage| passage.voice() == Some(voice))
                .count();
            match rows.iter_mut().find(|row| row.name == *voice) {
                Some(row) => {
                    row.documents.push(document.id.to_string());
                    row.passages += passages;
                }
                None => rows.push(VoiceRow {
                    name: voice.clone(),
                    documents: vec![document.id.to_string()],
                    passages,
                }),
            }
        }
    }
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    if json {
        return output::json(&rows);
    }
    if rows.is_empty() {
        output::tell("no voices: no passage of this corpus is given to a speaker");
        return Ok(());
    }
    let head = ["voice", "passages", "documents"]
        .map(str::to_owned)
        .to_vec();
    let lines = rows.iter().map(|row| {
        vec![
            row.name.clone(),
            row.passages.to_string(),
            row.documents.join(", "),
        ]
    });
    output::text(&output::table(
        &std::iter::once(head).chain(lines).collect::<Vec<_>>(),
    ))
}
