//! `diptych show DOC`: a document, or one passage of it.

use super::{output, select};
use crate::analysis;
use crate::app::block::{byline, shown_text};
use crate::corpus::{Corpus, Date, Document, Kind, LeftOut, Passage, markdown};
use anyhow::bail;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct DocumentJson<'a> {
    id: &'a str,
    title: &'a str,
    source: &'a str,
    authors: &'a [String],
    date: Option<Date>,
    url: Option<&'a str>,
    language: &'a str,
    kind: Option<&'a str>,
    voices: &'a [String],
    imported_from: Option<&'a str>,
    sha256: Option<&'a str>,
    left_out: &'a [LeftOut],
    passages: Vec<PassageJson<'a>>,
}

#[derive(Serialize)]
struct PassageJson<'a> {
    number: usize,
    kind: &'a str,
    voice: Option<&'a str>,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<&'a str>,
    topics: Vec<&'a str>,
}

/// A document as JSON; `topics` gives the ids of the topics of a passage.
pub(super) fn json_of<'a>(
    document: &'a Document,
    only: Option<usize>,
    topics: impl Fn(&Passage<'a>) -> Vec<&'a str>,
) -> DocumentJson<'a> {
    let wanted = |passage: &Passage<'_>| only.is_none_or(|number| passage.number() == number);
    let meta = &document.meta;
    DocumentJson {
        id: document.id.as_str(),
        title: &meta.title,
        source: meta.source.as_str(),
        authors: &meta.authors,
        date: meta.date,
        url: meta.url.as_deref(),
        language: &meta.language,
        kind: meta.kind.as_deref(),
        voices: document.voices(),
        imported_from: meta.imported_from.as_deref(),
        sha256: meta.sha256.as_deref(),
        left_out: &meta.left_out,
        passages: document
            .passages()
            .filter(wanted)
            .map(|passage| PassageJson {
                number: passage.number(),
                kind: passage.kind().name(),
                voice: passage.voice(),
                text: passage.text(),
                address: passage.address(),
                topics: topics(&passage),
            })
            .collect(),
    }
}

/// How a document is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Its passages with their numbers.
    Numbered,
    /// As JSON.
    Json,
    /// As the Markdown file it is kept in.
    Markdown,
    /// The bare text of its passages.
    Text,
}

/// Prints a document, or the one passage that `wanted` names (`DOC#12`).
pub fn run(corpus: &Corpus, wanted: &str, form: Form) -> anyhow::Result<()> {
    let (at, only) = select::passage(corpus, wanted)?;
    let document = &corpus.documents[at];
    if let Some(number) = only.filter(|number| *number > document.len()) {
        let passages = output::counted(document.len(), "passage");
        bail!("{} has {passages}, not {number}", document.id);
    }
    let chosen = || {
        document
            .passages()
            .filter(|passage| only.is_none_or(|number| passage.number() == number))
    };
    match form {
        Form::Json => {
            // Text too large to find topics in is text all the same.
            let (topics, tagging) = analysis::topics_of(corpus).unwrap_or_default();
            let ids = |passage: &Passage<'_>| {
                let tags = tagging.of(at, passage.index()).iter();
                tags.filter_map(|tag| topics.get(tag.topic))
                    .map(|topic| topic.id.as_str())
                    .collect()
            };
            output::json(&json_of(document, only, ids))
        }
        Form::Markdown => output::text(markdown::write(document).trim_end()),
        Form::Text => output::text(
            &chosen()
                .map(|passage| shown_text(&passage))
                .collect::<Vec<_>>()
                .join("\n\n"),
        ),
        Form::Numbered => {
            let mut printed = vec![format!(
                "{}\n{}",
                document.meta.title,
                byline(corpus, document)
            )];
            printed.extend(chosen().map(|passage| numbered(&passage)));
            output::text(&printed.join("\n\n"))
        }
    }
}

fn numbered(passage: &Passage<'_>) -> String {
    let voice = passage
        .voice()
        .map_or_else(String::new, |voice| format!("{voice}: "));
    let mark = match passage.kind() {
        Kind::Heading(level) => format!("{} ", "#".repeat(usize::from(level))),
        Kind::Bullet { .. } => "• ".to_owned(),
        Kind::Numbered { number, .. } => format!("{number}. "),
        Kind::Quote => "> ".to_owned(),
        Kind::Image => "[image] ".to_owned(),
        Kind::Rule => "———".to_owned(),
        Kind::Paragraph | Kind::Table | Kind::Code => String::new(),
    };
    format!("¶{} {voice}{mark}{}", passage.number(), shown_text(passage))
}
