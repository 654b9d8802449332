//! `diptych topics`: the topics of a corpus with how much is said on each.

use super::output;
use crate::analysis::tagging::Tagging;
use crate::corpus::{Corpus, Topic};
use serde::Serialize;

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

/// Prints the topics.
pub fn run(corpus: &Corpus, topics: &[Topic], tagging: &Tagging, json: bool) -> anyhow::Result<()> {
    let rows: Vec<Row<'_>> = topics
        .iter()
        .enumerate()
        .map(|(at, topic)| row(corpus, topic, at, tagging))
        .collect();
    if json {
        return output::json(&rows);
    }
    if rows.is_empty() {
        output::tell(
            "no topics: the texts have too little in common to find any; write them into corpus.toml",
        );
        return Ok(());
    }
    let head = ["key", "topic", "sources", "documents", "passages", "title"]
        .map(str::to_owned)
        .to_vec();
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
    output::text(&output::table(
        &std::iter::once(head).chain(lines).collect::<Vec<_>>(),
    ))
}

fn row<'a>(corpus: &Corpus, topic: &'a Topic, at: usize, tagging: &Tagging) -> Row<'a> {
    let counts: Vec<(usize, usize)> = (0..corpus.documents.len())
        .map(|document| (document, tagging.on_topic(document, at).count()))
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
