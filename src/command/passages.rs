//! `diptych passages --topic T`: every passage on a topic, and why it is.

use super::{output, select};
use crate::analysis::tagging::Tagging;
use crate::app::perspective::{Contents, Slot};
use crate::corpus::{Corpus, Topic};
use serde::Serialize;

#[derive(Serialize)]
struct Row<'a> {
    document: &'a str,
    source: &'a str,
    voice: Option<&'a str>,
    number: usize,
    text: &'a str,
    score: f32,
    origin: &'a str,
    cues: &'a [String],
}

/// Prints the passages on a topic, of the whole corpus or of one perspective.
pub fn run(
    corpus: &Corpus,
    (topics, tagging): (&[Topic], &Tagging),
    wanted: &str,
    within: Option<&str>,
    json: bool,
) -> anyhow::Result<()> {
    let topic = select::topic(topics, wanted)?;
    let perspective = within
        .map(|within| select::perspective(corpus, within))
        .transpose()?;
    let contents = perspective
        .as_ref()
        .map(|perspective| Contents::new(corpus, perspective));
    let shown = |slot| {
        contents
            .as_ref()
            .is_none_or(|contents| contents.contains(slot))
    };
    let mut rows = Vec::new();
    for (at, document) in corpus.documents.iter().enumerate() {
        for (index, tag) in tagging
            .on_topic(at, topic)
            .filter(|(index, _)| shown(Slot::passage(at, *index)))
        {
            let Some(passage) = document.passage(index) else {
                continue;
            };
            rows.push(Row {
                document: document.id.as_str(),
                source: document.meta.source.as_str(),
                voice: passage.voice(),
                number: passage.number(),
                text: passage.text(),
                score: tag.score,
                origin: tag.origin.name(),
                cues: &tag.cues,
            });
        }
    }
    if json {
        return output::json(&rows);
    }
    if rows.is_empty() {
        let place = perspective.map_or_else(String::new, |perspective| {
            format!(" in {}", select::name_of(corpus, &perspective))
        });
        output::tell(&format!(
            "nothing found on “{}”{place}",
            topics[topic].title
        ));
        return Ok(());
    }
    let paragraph = |row: &Row<'_>| {
        let voice = row
            .voice
            .map_or_else(String::new, |voice| format!(" · {voice}"));
        let why = if row.cues.is_empty() {
            row.origin.to_owned()
        } else {
            format!("{}: {}", row.origin, row.cues.join(", "))
        };
        format!(
            "{}#{}{voice} · {why} · score {:.1}\n{}\n",
            row.document, row.number, row.score, row.text
        )
    };
    output::text(
        rows.iter()
            .map(paragraph)
            .collect::<Vec<_>>()
            .join("\n")
            .trim_end(),
    )
}
