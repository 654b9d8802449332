//! `diptych search QUERY`: passages by their words, in the whole corpus, by source.

use super::arguments::Global;
use super::open;
use super::output::{self, Form, Ink, counted};
use super::progress::Progress;
use super::{csv, problems, select};
use crate::analysis::watch::{self, Watch};
use crate::app::perspective::Perspective;
use crate::corpus::{Corpus, Date};
use crate::library::index::searching::{Found, Hit, SearchError};
use crate::library::index::snippet::Snippet;
use crate::library::index::updating::{self, Updated};
use crate::library::index::{Index, IndexError};
use crate::library::query::{self, Filter, Query};
use anyhow::{Context as _, Result};
use serde::Serialize;
use std::path::Path;

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The query, as it is written.
    pub query: &'a str,
    /// Only of this source.
    pub source: Option<&'a str>,
    /// Only on this topic.
    pub topic: Option<&'a str>,
    /// Only published then or later.
    pub since: Option<&'a str>,
    /// Only published then or earlier.
    pub until: Option<&'a str>,
    /// Only in this perspective.
    pub within: Option<&'a str>,
    /// Passages of a source, at most.
    pub limit: usize,
    /// Without looking which files have changed.
    pub as_indexed: bool,
    /// How they are printed.
    pub form: Form,
}

#[derive(Serialize)]
struct Row<'a> {
    document: &'a str,
    number: usize,
    snippet: &'a str,
    score: f32,
    source: &'a str,
    title: &'a str,
    date: Option<String>,
    voice: Option<&'a str>,
    /// What was searched for, in bytes of the snippet.
    marks: Vec<[u32; 2]>,
}

/// Prints the passages that a query finds.
pub fn run(global: &Global, asked: &Asked<'_>, colours: bool) -> Result<()> {
    // A query that makes no sense is told before anything is read.
    let query = written(asked)?;
    let as_it_is = global.corpus.as_deref().filter(|_| asked.as_indexed);
    let (index, corpus) = match as_it_is.and_then(Index::open) {
        Some(index) => (index, None),
        None => index_of(global.corpus.as_deref())?,
    };
    if let Some(folder) = global.corpus.as_deref() {
        problems::tell(&index.problems(folder), folder);
    }
    let query = match asked.within {
        None => query,
        Some(within) => {
            let corpus = match corpus {
                Some(corpus) => corpus,
                None => open::corpus(global.corpus.as_deref())?,
            };
            query.and([filter_of(&corpus, within)?])
        }
    };
    let found = index.search(&query, asked.limit);
    let found = match (found, global.corpus.as_deref()) {
        (Err(SearchError::Damaged(_)), Some(folder)) => {
            // It opened, and cannot be read all the same.
            let (index, _) = updating::rebuild(folder, Watch::NOBODY)?;
            index.search(&query, asked.limit)?
        }
        (found, _) => found?,
    };
    if found.total == 0 && asked.form == Form::Text {
        output::tell(&found.advice.join("\n"));
        if let Some(told) = searched(global, asked.query) {
            output::tell(&told);
        }
        return Ok(());
    }
    print(&found, asked, colours)
}

/// Where it was searched, for those who may have meant another place.
fn searched(global: &Global, query: &str) -> Option<String> {
    if global.corpus.is_some() {
        return None;
    }
    let first = query.split_whitespace().next().unwrap_or_default();
    let is_folder = !first.is_empty() && Path::new(first).is_dir();
    Some(if is_folder {
        format!("{first} is a folder: to search it, give it with --corpus")
    } else {
        "that was the built-in corpus; --corpus FOLDER searches a folder of yours".to_owned()
    })
}

/// The query with what the options add to it.
fn written(asked: &Asked<'_>) -> Result<Query> {
    let query =
        query::parse(asked.query).map_err(|error| open::WrongUsage::from(error.to_string()))?;
    let date = |option: &str, text: Option<&str>| {
        let date = text.map(str::parse::<Date>).transpose();
        date.map_err(|why| open::WrongUsage::from(format!("{option}: {why}")))
    };
    let since = date("--since", asked.since)?.map(Filter::Since);
    let until = date("--until", asked.until)?.map(Filter::Until);
    let source = asked.source.map(|source| Filter::Source(source.to_owned()));
    let topic = asked.topic.map(|topic| Filter::Topic(topic.to_owned()));
    Ok(query.and([source, topic, since, until].into_iter().flatten()))
}

fn filter_of(corpus: &Corpus, within: &str) -> Result<Filter> {
    Ok(match select::perspective(corpus, within)? {
        Perspective::Document(at) => Filter::Document(corpus.documents[at].id.clone()),
        Perspective::Source(id) => Filter::Source(id.to_string()),
        Perspective::Voice(name) => Filter::Voice(name),
    })
}

/// The index of a corpus, up to date as far as that can be; and the corpus, where it had to be read.
fn index_of(folder: Option<&Path>) -> Result<(Index, Option<Corpus>)> {
    let Some(folder) = folder else {
        return in_memory(open::corpus(None)?);
    };
    let progress = Progress::of_bytes("indexing");
    let report = |made: watch::Progress| progress.at(made.done, made.total);
    let never = std::sync::atomic::AtomicBool::new(false);
    let watch = Watch::new(&never, &report);
    let updated = updating::update(folder, false, watch);
    match updated {
        Ok((index, updated)) => {
            if progress.is_drawn() {
                progress.tell(&told(updated));
            }
            Ok((index, None))
        }
        Err(IndexError::Busy) => {
            if let Some(index) = Index::open(folder) {
                progress.tell(
                    "another program is updating the index; this is found in it as it was before",
                );
                return Ok((index, None));
            }
            progress.tell("another program is making the index; waiting for it");
            Ok((updating::update(folder, true, watch)?.0, None))
        }
        Err(error @ IndexError::Folder(_)) => Err(error.into()),
        Err(error) => {
            progress.tell(&format!("{error}; searching without"));
            in_memory(open::corpus(Some(folder))?)
        }
    }
}

fn in_memory(corpus: Corpus) -> Result<(Index, Option<Corpus>)> {
    let index = Index::of(&corpus).context("cannot search")?;
    Ok((index, Some(corpus)))
}

fn told(updated: Updated) -> String {
    let Updated {
        added,
        changed,
        removed,
        rebuilt,
    } = updated;
    if rebuilt {
        return format!("indexed {}", counted(added, "document"));
    }
    format!("brought the index up to date: {added} added, {changed} changed, {removed} removed")
}

fn print(found: &Found, asked: &Asked<'_>, colours: bool) -> Result<()> {
    match asked.form {
        Form::Json => output::json(&rows(found)),
        Form::Csv => {
            let head = [
                "source", "document", "number", "date", "voice", "score", "snippet",
            ];
            let row = |row: Row<'_>| {
                vec![
                    row.source.to_owned(),
                    row.document.to_owned(),
                    row.number.to_string(),
                    row.date.unwrap_or_default(),
                    row.voice.unwrap_or_default().to_owned(),
                    format!("{:.2}", row.score),
                    row.snippet.to_owned(),
                ]
            };
            csv::print(&head, rows(found).into_iter().map(row))
        }
        Form::Text => output::inked(&lines(found), colours),
    }
}

/// All passages, the best first.
fn rows(found: &Found) -> Vec<Row<'_>> {
    let of_groups = found.groups.iter().flat_map(|group| {
        group.hits.iter().map(|hit| Row {
            document: hit.document.as_str(),
            number: hit.number,
            snippet: &hit.snippet.text,
            score: hit.score,
            source: group.source.as_str(),
            title: &hit.title,
            date: hit.date.map(|date| date.to_string()),
            voice: hit.voice.as_deref(),
            marks: hit
                .snippet
                .marks
                .iter()
                .map(|mark| [mark.start, mark.end])
                .collect(),
        })
    });
    let mut rows: Vec<Row<'_>> = of_groups.collect();
    rows.sort_by(|a, b| b.score.total_cmp(&a.score));
    rows
}

type Line = Vec<(Ink, String)>;

/// For readers: a source after the other, each with its best passages.
fn lines(found: &Found) -> Vec<Line> {
    let mut lines = Vec::new();
    for group in &found.groups {
        if !lines.is_empty() {
            lines.push(Vec::new());
        }
        let shown = match group.total - group.hits.len() {
            0 => counted(group.total, "passage"),
            _ => format!(
                "{}, the best {}",
                counted(group.total, "passage"),
                group.hits.len()
            ),
        };
        lines.push(vec![
            (Ink::Strong, group.title.clone()),
            (Ink::Quiet, format!(" · {shown}")),
        ]);
        for hit in &group.hits {
            lines.push(place(hit));
            lines.push(marked(&hit.snippet));
        }
    }
    lines
}

/// Where a passage stands: what `diptych show` takes, then its date and voice.
fn place(hit: &Hit) -> Line {
    let name = match hit.number {
        0 => format!("{}", hit.document),
        number => format!("{}#{number}", hit.document),
    };
    let date = hit.date.map(|date| date.to_string());
    let is_title = (hit.number == 0).then(|| "title".to_owned());
    let about = [date, hit.voice.clone(), is_title].into_iter().flatten();
    let about: String = about.flat_map(|part| [" · ".to_owned(), part]).collect();
    vec![(Ink::Plain, name), (Ink::Quiet, about)]
}

fn marked(snippet: &Snippet) -> Line {
    let mut line = vec![(Ink::Plain, "    ".to_owned())];
    if snippet.cut_before {
        line.push((Ink::Quiet, "… ".to_owned()));
    }
    let mut at = 0;
    for mark in &snippet.marks {
        let plain = snippet.text.get(at..mark.start as usize);
        line.push((Ink::Plain, plain.unwrap_or_default().to_owned()));
        line.push((Ink::Shared, mark.of(&snippet.text).to_owned()));
        at = mark.end as usize;
    }
    line.push((
        Ink::Plain,
        snippet.text.get(at..).unwrap_or_default().to_owned(),
    ));
    if snippet.cut_after {
        line.push((Ink::Quiet, " …".to_owned()));
    }
    line
}
