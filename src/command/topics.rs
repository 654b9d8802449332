//! `diptych topics`: the topics of a corpus with how much is said on each.

use super::{open, output};
use crate::analysis::tagging::{self, Tagging};
use crate::analysis::{self, DISCOVERED_BYTES, TooLarge, discovery};
use crate::corpus::{Corpus, Problem, Topic, manifest};
use crate::library::adding;
use anyhow::bail;
use serde::Serialize;
use std::path::Path;

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    title: &'a str,
    key: Option<char>,
    discovered: bool,
    sources: usize,
    documents: usize,
    passages: usize,
}

/// Prints the topics: those that the corpus has, or up to `suggest` found in its texts. With `write` they become those
/// of the corpus folder. True where that could be done.
pub fn run(
    corpus: &Corpus,
    folder: Option<&Path>,
    suggest: Option<usize>,
    write: bool,
    json: bool,
) -> anyhow::Result<bool> {
    let folder = if write {
        let Some(folder) = folder else {
            bail!(
                "--write needs --corpus FOLDER: neither the built-in corpus nor files can be changed"
            );
        };
        can_take_topics(corpus, folder)?;
        Some(folder)
    } else {
        None
    };
    let (topics, tagging) = match suggest {
        None => analysis::topics_of(corpus)?,
        Some(most) => found(corpus, most)?,
    };
    print(corpus, &topics, &tagging, json)?;
    let Some(folder) = folder else {
        return Ok(true);
    };
    if topics.is_empty() {
        return Ok(false);
    }
    adding::add_topics(folder, &topics)?;
    output::tell(&format!(
        "wrote {} into {}: their titles, keys and cues are yours to edit",
        output::counted(topics.len(), "topic"),
        folder.join(manifest::FILE).display()
    ));
    Ok(true)
}

/// Topics of the corpus' own are never added to, and none are added to a file that holds what we do not understand.
fn can_take_topics(corpus: &Corpus, folder: &Path) -> anyhow::Result<()> {
    let place = folder.join(manifest::FILE);
    let place = place.display();
    if !corpus.topics.is_empty() {
        let topics = output::counted(corpus.topics.len(), "topic");
        bail!("{place} names {topics} already: nothing was written");
    }
    let in_manifest = |problem: &&Problem| problem.file == manifest::FILE;
    if let Some(problem) = corpus.problems.iter().find(in_manifest) {
        bail!(
            "{place}, line {}: {}: mend this first; nothing was written",
            problem.line,
            problem.problem
        );
    }
    Ok(())
}

/// Topics found in the texts, whatever the corpus names.
fn found(corpus: &Corpus, most: usize) -> Result<(Vec<Topic>, Tagging), TooLarge> {
    let documents = &corpus.documents;
    let bytes: usize = documents.iter().map(|document| document.text().len()).sum();
    if bytes > DISCOVERED_BYTES {
        return Err(TooLarge {
            megabytes: bytes >> 20,
        });
    }
    let topics = discovery::discover(documents, most);
    let tagging = tagging::tag(documents, &topics, &corpus.language, true);
    Ok((topics, tagging))
}

fn print(corpus: &Corpus, topics: &[Topic], tagging: &Tagging, json: bool) -> anyhow::Result<()> {
    if json {
        return output::json(&rows(corpus, topics, tagging));
    }
    if topics.is_empty() {
        output::tell(&none(corpus));
        return Ok(());
    }
    output::text(&table(corpus, topics, tagging))
}

/// Why there are no topics.
pub(super) fn none(corpus: &Corpus) -> String {
    if corpus.documents.is_empty() {
        return open::no_documents(corpus);
    }
    "no topics: the texts have too little in common to find any; write them into corpus.toml"
        .to_owned()
}

fn rows<'a>(corpus: &Corpus, topics: &'a [Topic], tagging: &Tagging) -> Vec<Row<'a>> {
    let topics = topics.iter().enumerate();
    topics
        .map(|(at, topic)| row(corpus, topic, at, tagging))
        .collect()
}

/// The topics with how much is said on each.
pub(super) fn table(corpus: &Corpus, topics: &[Topic], tagging: &Tagging) -> String {
    let head = ["key", "topic", "sources", "documents", "passages", "title"];
    let rows = rows(corpus, topics, tagging);
    let lines = rows.iter().map(|row| {
        let key = row.key.map_or_else(String::new, String::from);
        let [sources, documents, passages] =
            [row.sources, row.documents, row.passages].map(|count| count.to_string());
        let title = if row.discovered {
            format!("{} (found in these texts)", row.title)
        } else {
            row.title.to_owned()
        };
        vec![key, row.id.to_owned(), sources, documents, passages, title]
    });
    output::table(&head, lines)
}

fn row<'a>(corpus: &Corpus, topic: &'a Topic, at: usize, tagging: &Tagging) -> Row<'a> {
    let counts: Vec<(usize, usize)> = (0..corpus.documents.len())
        .map(|document| (document, tagging.count(document, at)))
        .filter(|(_, count)| *count > 0)
        .collect();
    let mut sources: Vec<&str> = counts
        .iter()
        .map(|(document, _)| corpus.documents[*document].meta.source.as_str())
        .collect();
    sources.sort_unstable();
    sources.dedup();
    Row {
        id: topic.id.as_str(),
        title: &topic.title,
        key: topic.key,
        discovered: topic.discovered,
        sources: sources.len(),
        documents: counts.len(),
        passages: counts.iter().map(|(_, count)| count).sum(),
    }
}
