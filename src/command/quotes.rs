//! `diptych quotes`: what is quoted and by whom, who gets to speak in each source, and what several sources quote.
//!
//! Invariant: places are given as `document`, `number` of the passage, and `start` and `end` in bytes of the passage's text,
//! between the marks.

use super::output::Form;
use super::part::Part;
use super::{csv, output, sides};
use crate::analysis::quotes::{self, Kind, Quote, Shared, Voices};
use crate::analysis::watch::Watch;
use crate::corpus::{Corpus, PassageId, SourceId};
use anyhow::Result;
use serde::Serialize;
use std::collections::HashMap;
use std::fmt::Write as _;

/// Rows of the summary below the quotations.
const SUMMARY_ROWS: usize = 10;
/// What a text says where nobody is named.
const NOT_NAMED: &str = "not named";

/// What was asked for.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The topic; none for everything.
    pub topic: Option<&'a str>,
    /// The perspective; none for the corpus.
    pub within: Option<&'a str>,
    /// What is printed.
    pub what: What,
    /// A text as often as it stands in a source, not once.
    pub copies: bool,
    /// How.
    pub form: Form,
}

/// What is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The quotations.
    Quotes {
        /// Titles and words held at arm's length too.
        all: bool,
    },
    /// Who speaks, and how much.
    Speakers,
    /// What several sources quote.
    Shared,
}

/// A quotation.
#[derive(Serialize)]
pub struct QuoteRow<'a> {
    pub(super) document: &'a str,
    pub(super) number: usize,
    pub(super) quote: &'a str,
    pub(super) speaker: Option<&'a str>,
    cue: Option<&'a str>,
    pub(super) start: u32,
    pub(super) end: u32,
    kind: &'a str,
    nested: bool,
}

/// A speaker in a column.
#[derive(Serialize)]
pub struct VoiceRow<'a> {
    /// Null: those that nobody is named for.
    speaker: Option<&'a str>,
    named: bool,
    source: &'a str,
    quotes: usize,
    words: usize,
    share: f64,
    spoken: usize,
}

/// What several columns quote.
#[derive(Serialize)]
pub struct SharedRow<'a> {
    sources: Vec<&'a str>,
    quotes: Vec<QuoteRow<'a>>,
}

/// The quotations that were asked for, each source a column.
pub struct Page<'a> {
    /// What they are of.
    pub corpus: &'a Corpus,
    /// In the order they are listed.
    pub quotes: Vec<Quote>,
    /// The names of the columns.
    pub columns: Vec<String>,
    /// Who speaks.
    pub voices: Voices,
    /// What several columns quote.
    pub shared: Vec<Shared>,
}

/// Prints the quotations of a corpus, or who they let speak.
pub fn run(corpus: &Corpus, asked: &Asked<'_>) -> Result<()> {
    let part = Part::new(corpus, asked.within, asked.topic)?;
    let is_wanted = |id: PassageId| part.holds(id);
    let page = Page::new(corpus, &is_wanted, asked.copies);
    if asked.form == Form::Text && page.is_empty(asked.what) {
        let what = match asked.what {
            What::Quotes { all: false } => "no quoted speech (--all: nor titles and single words)",
            What::Quotes { all: true } => "nothing in quotation marks",
            What::Speakers => "nobody who is quoted or interviewed",
            What::Shared => "nothing that two sources quote in the same words",
        };
        output::tell(&format!("{what} found{}", part.told()));
        return Ok(());
    }
    match (asked.what, asked.form) {
        (What::Quotes { all }, Form::Json) => output::json(&page.quotes_shown(all)),
        (What::Quotes { all }, Form::Csv) => {
            csv::print(&QUOTE_HEAD, page.quotes_shown(all).iter().map(quote_fields))
        }
        (What::Quotes { all }, Form::Text) => output::text(&page.text(all, SUMMARY_ROWS)),
        (What::Speakers, Form::Json) => output::json(&page.voice_rows()),
        (What::Speakers, Form::Csv) => {
            csv::print(&VOICE_HEAD, page.voice_rows().iter().map(voice_fields))
        }
        (What::Speakers, Form::Text) => output::text(&page.speakers(usize::MAX)),
        (What::Shared, Form::Json) => output::json(&page.shared_rows()),
        (What::Shared, Form::Csv) => csv::print(&SHARED_HEAD, page.shared_fields()),
        (What::Shared, Form::Text) => output::text(&page.shared_text(usize::MAX)),
    }
}

impl<'a> Page<'a> {
    fn new(corpus: &'a Corpus, is_wanted: &dyn Fn(PassageId) -> bool, copies: bool) -> Self {
        let documents = &corpus.documents;
        let all = documents.iter().enumerate().flat_map(|(document, of)| {
            (0..of.len()).map(move |passage| PassageId { document, passage })
        });
        let mut wanted_ids: Vec<PassageId> = all.filter(|id| is_wanted(*id)).collect();
        if !copies {
            wanted_ids = sides::once_a_source(corpus, wanted_ids);
        }
        let is_wanted = |id: PassageId| wanted_ids.binary_search(&id).is_ok();
        let wanted = documents.iter().enumerate().filter(|(at, document)| {
            document.passages().any(|passage| {
                is_wanted(PassageId {
                    document: *at,
                    passage: passage.index(),
                })
            })
        });
        let mut quotes = quotes::find(
            documents,
            &corpus.language,
            wanted.map(|(at, _)| at),
            Watch::NOBODY,
        )
        .unwrap_or_default();
        quotes.retain(|quote| is_wanted(quote.passage));
        let mut sources: Vec<&SourceId> = Vec::new();
        let mut columns: HashMap<&SourceId, usize> = HashMap::new();
        for document in documents {
            columns.entry(&document.meta.source).or_insert_with(|| {
                sources.push(&document.meta.source);
                sources.len() - 1
            });
        }
        let column = |document: usize| {
            let document = documents.get(document)?;
            columns.get(&document.meta.source).copied()
        };
        let mut passages: Vec<Vec<PassageId>> = vec![Vec::new(); sources.len()];
        for (at, document) in documents.iter().enumerate() {
            let ids = (0..document.len()).map(|passage| PassageId {
                document: at,
                passage,
            });
            if let Some(column) = column(at) {
                passages[column].extend(ids.filter(|id| is_wanted(*id)));
            }
        }
        let passages: Vec<&[PassageId]> = passages.iter().map(Vec::as_slice).collect();
        let column_of = |at: usize| column(quotes[at].passage.document);
        Self {
            voices: quotes::speakers(documents, &corpus.language, &quotes, &column_of, &passages),
            shared: quotes::shared(documents, &quotes, &column_of),
            corpus,
            quotes,
            columns: sources.iter().map(ToString::to_string).collect(),
        }
    }

    fn is_empty(&self, what: What) -> bool {
        match what {
            What::Quotes { all } => self.quotes_shown(all).is_empty(),
            What::Speakers => self.voice_rows().is_empty(),
            What::Shared => self.shared.is_empty(),
        }
    }

    fn row<'p>(&'p self, quote: &'p Quote) -> QuoteRow<'p> {
        let document = &self.corpus.documents[quote.passage.document];
        let words = |place: &quotes::Place| {
            document
                .passage(place.passage)
                .map_or("", |passage| place.span.of(passage.text()))
        };
        QuoteRow {
            document: document.id.as_str(),
            number: quote.passage.passage + 1,
            quote: quote.text(document),
            speaker: quote.speaker.as_ref().map(|speaker| speaker.name.as_str()),
            cue: quote.cue.as_ref().map(words),
            start: quote.span.start,
            end: quote.span.end,
            kind: quote.kind.name(),
            nested: quote.nested,
        }
    }

    /// The quotations, each a row; titles and single words where `all`.
    pub fn quotes_shown(&self, all: bool) -> Vec<QuoteRow<'_>> {
        let shown = |quote: &&Quote| all || quote.kind == Kind::Direct;
        self.quotes
            .iter()
            .filter(shown)
            .map(|quote| self.row(quote))
            .collect()
    }

    /// A row for each speaker and source; then, for each source, what nobody is named for.
    pub fn voice_rows(&self) -> Vec<VoiceRow<'_>> {
        let mut rows: Vec<VoiceRow<'_>> = Vec::new();
        for row in &self.voices.rows {
            rows.extend(row.cells.iter().map(|cell| VoiceRow {
                speaker: Some(&row.name),
                named: row.is_named,
                source: self.columns[cell.column].as_str(),
                quotes: cell.quotes,
                words: cell.quoted_words,
                share: cell.share,
                spoken: cell.spoken_words,
            }));
        }
        let unnamed = self.voices.totals.iter().enumerate();
        rows.extend(unnamed.filter(|(_, total)| total.unnamed_quotes > 0).map(
            |(column, total)| VoiceRow {
                speaker: None,
                named: false,
                source: self.columns[column].as_str(),
                quotes: total.unnamed_quotes,
                words: total.unnamed_words,
                share: total.unnamed_words as f64 / total.quoted_words.max(1) as f64,
                spoken: 0,
            },
        ));
        rows
    }

    /// What several columns quote, a row each.
    pub fn shared_rows(&self) -> Vec<SharedRow<'_>> {
        let row = |shared: &Shared| SharedRow {
            sources: shared
                .columns
                .iter()
                .map(|column| self.columns[*column].as_str())
                .collect(),
            quotes: shared
                .quotes
                .iter()
                .map(|at| self.row(&self.quotes[*at]))
                .collect(),
        };
        self.shared.iter().map(row).collect()
    }

    /// The groups one after the other, numbered.
    fn shared_fields(&self) -> Vec<Vec<String>> {
        let groups = self.shared_rows().into_iter().enumerate();
        groups
            .flat_map(|(number, group)| {
                let fields = |row: &QuoteRow<'_>| {
                    let mut fields = vec![(number + 1).to_string()];
                    fields.extend(quote_fields(row));
                    fields
                };
                group.quotes.iter().map(fields).collect::<Vec<_>>()
            })
            .collect()
    }

    /// The quotations, then at `most` so many of who speaks and of what is shared.
    pub fn text(&self, all: bool, most: usize) -> String {
        let mut parts: Vec<String> = self.quotes_shown(all).iter().map(quote_line).collect();
        let speakers = self.speakers(most);
        if !speakers.is_empty() {
            parts.push(format!("\nwho gets to speak\n{speakers}"));
        }
        if !self.shared.is_empty() {
            let shared = self.shared_text(most);
            parts.push(format!("\nquoted by several sources\n{shared}"));
        }
        parts.join("\n")
    }

    fn speakers(&self, most: usize) -> String {
        let rows = self.voice_rows();
        if rows.is_empty() {
            return String::new();
        }
        let mut before: Option<&str> = None;
        let lines = rows.iter().take(most).map(|row| {
            let name = row.speaker.unwrap_or(NOT_NAMED);
            // A speaker of several sources is named once.
            let shown = if row.speaker.is_some() && before == row.speaker {
                String::new()
            } else {
                name.to_owned()
            };
            before = row.speaker;
            let spoken = match row.spoken {
                0 => String::new(),
                words => words.to_string(),
            };
            vec![
                shown,
                row.quotes.to_string(),
                row.words.to_string(),
                format!("{:.0} %", row.share * 100.0),
                spoken,
                row.source.to_owned(),
            ]
        });
        let head = [
            "speaker",
            "quotes",
            "words",
            "share",
            "as a voice",
            "source",
        ];
        let mut table = output::table(&head, lines);
        if rows.len() > most {
            let _ = write!(table, "\n… and {} more (--speakers)", rows.len() - most);
        }
        table
    }

    fn shared_text(&self, most: usize) -> String {
        let group = |group: SharedRow<'_>| {
            let lines: Vec<String> = group.quotes.iter().map(quote_line).collect();
            lines.join("\n")
        };
        let rows = self.shared_rows();
        let more = rows.len().saturating_sub(most);
        let mut parts: Vec<String> = rows.into_iter().take(most).map(group).collect();
        if more > 0 {
            parts.push(format!("… and {more} more (--shared)"));
        }
        parts.join("\n\n")
    }
}

const QUOTE_HEAD: [&str; 9] = [
    "document", "number", "quote", "speaker", "cue", "start", "end", "kind", "nested",
];
const VOICE_HEAD: [&str; 7] = [
    "speaker", "named", "source", "quotes", "words", "share", "spoken",
];
const SHARED_HEAD: [&str; 10] = [
    "group", "document", "number", "quote", "speaker", "cue", "start", "end", "kind", "nested",
];

fn quote_fields(row: &QuoteRow<'_>) -> Vec<String> {
    vec![
        row.document.to_owned(),
        row.number.to_string(),
        row.quote.to_owned(),
        row.speaker.unwrap_or_default().to_owned(),
        row.cue.unwrap_or_default().to_owned(),
        row.start.to_string(),
        row.end.to_string(),
        row.kind.to_owned(),
        row.nested.to_string(),
    ]
}

fn voice_fields(row: &VoiceRow<'_>) -> Vec<String> {
    vec![
        row.speaker.unwrap_or_default().to_owned(),
        row.named.to_string(),
        row.source.to_owned(),
        row.quotes.to_string(),
        row.words.to_string(),
        format!("{:.4}", row.share),
        row.spoken.to_string(),
    ]
}

/// `flood/first-night#12 Ada Field (said): “…”`
fn quote_line(row: &QuoteRow<'_>) -> String {
    let who = if row.kind == Kind::Direct.name() {
        row.speaker.unwrap_or(NOT_NAMED)
    } else {
        row.kind
    };
    let cue = row
        .cue
        .filter(|_| row.kind == Kind::Direct.name())
        .map_or_else(String::new, |cue| format!(" ({cue})"));
    let inside = if row.nested { ", inside another" } else { "" };
    format!(
        "{}#{} {who}{cue}{inside}: “{}”",
        row.document, row.number, row.quote
    )
}
