//! `diptych list`: documents, sources or voices of a corpus.

use super::arguments::Listed;
use super::output;
use crate::corpus::{Corpus, Date};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

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
struct VoiceRow<'a> {
    name: &'a str,
    documents: Vec<&'a str>,
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
    let head = ["document", "source", "date", "passages", "words", "title"];
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
    output::text(&output::table(&head, lines))
}

fn sources(corpus: &Corpus, json: bool) -> anyhow::Result<()> {
    if json {
        return output::json(&source_rows(corpus));
    }
    output::text(&source_table(corpus))
}

fn source_rows(corpus: &Corpus) -> Vec<SourceRow<'_>> {
    // A corpus may have as many sources as documents: one pass over each.
    let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
    for document in &corpus.documents {
        let (documents, passages) = counts.entry(document.meta.source.as_str()).or_default();
        *documents += 1;
        *passages += document.len();
    }
    let sources = corpus.sources.iter();
    sources
        .map(|source| {
            let count = counts.get(source.id.as_str()).copied();
            let (documents, passages) = count.unwrap_or_default();
            SourceRow {
                id: source.id.as_str(),
                title: &source.title,
                about: &source.about,
                documents,
                passages,
            }
        })
        .collect()
}

/// The sources with how much there is of each.
pub(super) fn source_table(corpus: &Corpus) -> String {
    let head = ["source", "documents", "passages", "title", "about"];
    let lines = source_rows(corpus).into_iter().map(|row| {
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
    output::table(&head, lines)
}

fn voices(corpus: &Corpus, json: bool) -> anyhow::Result<()> {
    let mut voices: BTreeMap<&str, (Vec<&str>, usize)> = BTreeMap::new();
    for document in &corpus.documents {
        for voice in document.voices() {
            let (documents, _) = voices.entry(voice).or_default();
            documents.push(document.id.as_str());
        }
        for voice in document.passages().filter_map(|passage| passage.voice()) {
            let (_, passages) = voices.entry(voice).or_default();
            *passages += 1;
        }
    }
    let row = |(name, (documents, passages))| VoiceRow {
        name,
        documents,
        passages,
    };
    let rows: Vec<VoiceRow<'_>> = voices.into_iter().map(row).collect();
    if json {
        return output::json(&rows);
    }
    if rows.is_empty() {
        output::tell("no voices: no passage of this corpus is given to a speaker");
        return Ok(());
    }
    let head = ["voice", "passages", "documents"];
    let lines = rows.iter().map(|row| {
        vec![
            row.name.to_owned(),
            row.passages.to_string(),
            row.documents.join(", "),
        ]
    });
    output::text(&output::table(&head, lines))
}
