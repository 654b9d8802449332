//! `diptych compare P Q`: the facing view printed, in columns on a terminal, line by line into a pipe, or as JSON.
//!
//! Invariant: each link is given once with its reasons; every passage on the topic is there, with a partner or without.

use super::columns::{self, Line};
use super::evidence::{self, OnSide};
use super::export as handing;
use super::open::WrongUsage;
use super::output::{self, Ink};
use super::sides::{self, OnTopic, Side, Sides, sides};
use super::{figures, quotes, wording};
use crate::analysis;
use crate::analysis::alignment::rows::{Course, Row, rows};
use crate::analysis::alignment::{Comparison, Decisions, Link, Reason, ReasonKind, compare};
use crate::analysis::evidence::Options;
use crate::analysis::watch::Watch;
use crate::corpus::note::Note;
use crate::corpus::{Corpus, Passage, PassageId};
use crate::export::comparison::{self, Given, Place, Subject};
use crate::export::{self, Format, Report};
use crate::library::decisions;
use crate::text::width;
use anyhow::{Result, bail};
use serde::Serialize;
use std::path::Path;

/// Reasons named in a text.
const NAMED_REASONS: usize = 6;
/// Characters shown of a passage with nothing opposite.
const OPENING_CHARS: usize = 90;
/// Below this many columns the two texts stand one below the other.
const NARROWEST: u16 = 40;
/// What stands opposite a passage that has no partner.
const NOTHING: &str = "nothing found here";

/// What was asked for.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The left perspective or file, or a folder alone.
    pub left: &'a str,
    /// The right one; none beside a folder.
    pub right: Option<&'a str>,
    /// The topic; none for everything.
    pub topic: Option<&'a str>,
    /// Passages with nothing opposite in full too.
    pub all: bool,
    /// The file to write; standard output where there is none.
    pub output: Option<&'a Path>,
}

/// How it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As JSON.
    Json,
    /// As a report to hand over.
    Report(Format),
    /// One text after the other, labelled.
    Linear,
    /// Side by side.
    Columns {
        /// Cells of the terminal.
        columns: u16,
        /// With colours.
        colours: bool,
    },
}

impl Form {
    /// By the ending of the file's name.
    pub fn of_file(place: &Path) -> Result<Self> {
        let ending = place.extension().and_then(|ending| ending.to_str());
        let ending = ending.map(str::to_lowercase);
        Ok(match ending.as_deref() {
            Some("html" | "htm") => Self::Report(Format::Html),
            Some("md" | "markdown") => Self::Report(Format::Markdown),
            Some("csv") => Self::Report(Format::Csv),
            Some("json") => Self::Json,
            Some(_) | None => {
                let place = place.display();
                bail!(WrongUsage::from(format!(
                    "{place} does not say how: end it with .html, .md, .csv or .json, or add --html, --markdown, --csv or --json"
                )))
            }
        })
    }
}

#[derive(Serialize)]
struct Json<'a> {
    topic: Option<&'a str>,
    left: &'a str,
    right: &'a str,
    rows: Vec<JsonRow<'a>>,
    figures: Vec<OnSide<'a, figures::Row<'a>>>,
    quotes: Vec<OnSide<'a, quotes::QuoteRow<'a>>>,
    wording: wording::Json<'a>,
}

#[derive(Serialize)]
struct JsonRow<'a> {
    left: Option<String>,
    right: Option<String>,
    score: Option<f32>,
    reasons: Vec<JsonReason<'a>>,
    crossing: bool,
    origin: Option<&'a str>,
}

#[derive(Serialize)]
struct JsonReason<'a> {
    kind: &'a str,
    text: &'a str,
    /// The right passage's word, where it is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    right: Option<&'a str>,
    weight: f32,
}

/// All there is to print.
struct Page<'a> {
    corpus: &'a Corpus,
    comparison: &'a Comparison,
    rows: Vec<Row>,
    sides: [&'a Side; 2],
    /// Id and title.
    topic: Option<(String, String)>,
    all: bool,
}

/// What the reader shows of a comparison.
pub(super) struct Shown<'a> {
    /// The texts.
    pub(super) corpus: &'a Corpus,
    /// The topic; none for everything.
    pub(super) topic: Option<&'a OnTopic>,
    /// The rows, as they are shown.
    pub(super) rows: &'a [Given<'a>],
}

impl Shown<'_> {
    fn row<'s>(&'s self, row: &'s Given<'_>) -> JsonRow<'s> {
        let name = |place: Option<&Place>| Some(name_of(self.corpus, place?.id()?));
        let is_elsewhere = |place: &Place| matches!(place, Place::Elsewhere(_));
        let link = row.links.first().copied();
        JsonRow {
            left: name(row.places.first()),
            right: name(row.places.get(1)),
            score: link.map(|link| link.score),
            reasons: reasons(self.corpus, link),
            crossing: row.places.iter().any(is_elsewhere),
            origin: link.map(|link| link.origin.name()),
        }
    }
}

/// What two panes show, as `compare --json` prints it.
pub(super) fn json_of_pair<'p>(
    shown: &'p Shown<'_>,
    [left, right]: [&'p str; 2],
    evidence: &'p evidence::Page<'_>,
) -> impl Serialize + use<'p> {
    // A link that crosses the order is given once, where its left passage stands.
    let once = |row: &&Given<'_>| !matches!(row.places.first(), Some(Place::Elsewhere(_)));
    Json {
        topic: shown.topic.map(|topic| topic.id.as_str()),
        left,
        right,
        rows: shown
            .rows
            .iter()
            .filter(once)
            .map(|row| shown.row(row))
            .collect(),
        figures: evidence.figures(),
        quotes: evidence.quotes(),
        wording: evidence.wording(),
    }
}

#[derive(Serialize)]
struct JsonSides<'a> {
    topic: Option<&'a str>,
    sides: Vec<&'a str>,
    rows: Vec<JsonCells<'a>>,
}

/// A row of more sides than two.
#[derive(Serialize)]
struct JsonCells<'a> {
    /// What stands at each side.
    cells: Vec<Option<String>>,
    links: Vec<JsonRow<'a>>,
}

/// What more panes than two show: rows of cells, with the links that make each a row.
pub(super) fn json_of_sides<'p>(
    shown: &'p Shown<'_>,
    sides: &'p [Side],
) -> impl Serialize + use<'p> {
    let link = |link: &&'p Link| JsonRow {
        left: Some(name_of(shown.corpus, link.left)),
        right: Some(name_of(shown.corpus, link.right)),
        score: Some(link.score),
        reasons: reasons(shown.corpus, Some(*link)),
        crossing: false,
        origin: Some(link.origin.name()),
    };
    let row = |row: &'p Given<'_>| {
        let cells = row.places.iter();
        JsonCells {
            cells: cells
                .map(|place| Some(name_of(shown.corpus, place.id()?)))
                .collect(),
            links: row.links.iter().map(link).collect(),
        }
    };
    JsonSides {
        topic: shown.topic.map(|topic| topic.id.as_str()),
        sides: sides.iter().map(|side| side.name.as_str()).collect(),
        rows: shown.rows.iter().map(row).collect(),
    }
}

/// `DOC#12`.
fn name_of(corpus: &Corpus, id: PassageId) -> String {
    let document = corpus.documents.get(id.document);
    let document = document.map_or("", |document| document.id.as_str());
    format!("{document}#{}", id.passage + 1)
}

/// Why the passages of a link stand together.
fn reasons<'a>(corpus: &'a Corpus, link: Option<&'a Link>) -> Vec<JsonReason<'a>> {
    let reasons = link.map_or(&[][..], |link| &link.reasons).iter();
    reasons
        .map(|reason| JsonReason {
            kind: reason.kind.name(),
            text: &reason.text,
            right: link.and_then(|link| relative(corpus, link, reason)),
            weight: reason.weight,
        })
        .collect()
}

/// The right passage's word of a reason, where it is another word than the left one's.
fn relative<'a>(corpus: &'a Corpus, link: &Link, reason: &Reason) -> Option<&'a str> {
    match reason.kind {
        ReasonKind::Word | ReasonKind::Name | ReasonKind::Figure => None,
        ReasonKind::Akin => {
            let text = passage_of(corpus, link.right)?.text();
            reason.right.first().map(|span| span.of(text))
        }
    }
}

/// Prints the comparison.
pub fn run(corpus_path: Option<&Path>, asked_for: &Asked<'_>, form: Form) -> Result<()> {
    let Sides {
        corpus,
        pair: [left, right],
        store,
        notes,
    } = sides(corpus_path, asked_for.left, asked_for.right)?;
    let topic = sides::on_topic(&corpus, asked_for.topic)?;
    let decisions = match store.load(&corpus.documents) {
        Ok((decisions, lost)) => {
            if let Some(told) = decisions::in_a_sentence(&lost) {
                output::tell(&told);
            }
            decisions
        }
        Err(error) => {
            output::tell(&format!("compared without your decisions: {error}"));
            Decisions::default()
        }
    };
    let comparison = compared(&corpus, [&left, &right], &decisions);
    let page = Page::new(
        &corpus,
        [&left, &right],
        &comparison,
        topic.as_ref(),
        asked_for.all,
    );
    match form {
        Form::Json => {
            let asked = Options::default();
            let evidence = evidence::Page::new(&corpus, [&left, &right], topic.as_ref(), asked)?;
            let text = output::json_text(&page.json(&evidence))?;
            handed(&text, asked_for.output)
        }
        Form::Report(format) => {
            // A table for a spreadsheet has the rows alone.
            let notes = if format == Format::Csv {
                Vec::new()
            } else {
                sides::noted(&notes, &corpus)
            };
            let text = export::write(&page.report(&notes), format);
            handed(text.trim_end(), asked_for.output)
        }
        Form::Linear => output::text(&page.linear()),
        Form::Columns { columns, .. } if columns < NARROWEST => output::text(&page.linear()),
        Form::Columns { columns, colours } => output::inked(&page.columns(columns), colours),
    }
}

/// What is the same in two sides.
fn compared(corpus: &Corpus, [left, right]: [&Side; 2], decisions: &Decisions) -> Comparison {
    let (documents, language) = (&corpus.documents, &corpus.language);
    let (left, right) = (&left.passages, &right.passages);
    compare(documents, language, left, right, decisions, Watch::NOBODY).unwrap_or_default()
}

/// The rows of two sides on a topic, one text after the other and labelled, every passage in full.
pub(super) fn linear(
    corpus: &Corpus,
    sides: [&Side; 2],
    topic: Option<&OnTopic>,
    decisions: &Decisions,
) -> String {
    let comparison = compared(corpus, sides, decisions);
    Page::new(corpus, sides, &comparison, topic, true).linear()
}

/// Prints a text, or writes it into a new file.
fn handed(text: &str, place: Option<&Path>) -> Result<()> {
    match place {
        None => output::passed(text),
        Some(place) => handing::write(place, &format!("{text}\n")),
    }
}

fn passage_of(corpus: &Corpus, id: PassageId) -> Option<Passage<'_>> {
    corpus.documents.get(id.document)?.passage(id.passage)
}

impl<'a> Page<'a> {
    fn new(
        corpus: &'a Corpus,
        sides: [&'a Side; 2],
        comparison: &'a Comparison,
        topic: Option<&OnTopic>,
        all: bool,
    ) -> Self {
        let is_wanted = |id: PassageId| topic.is_none_or(|topic| topic.has(id));
        Self {
            corpus,
            comparison,
            rows: rows(comparison, is_wanted),
            sides,
            topic: topic.map(|topic| (topic.id.clone(), topic.title.clone())),
            all,
        }
    }

    /// `DOC#12`.
    fn name(&self, id: PassageId) -> String {
        name_of(self.corpus, id)
    }

    fn link(&self, row: &Row) -> Option<&'a Link> {
        self.comparison.links.get(row.link?)
    }

    fn json<'p>(&'p self, evidence: &'p evidence::Page<'_>) -> Json<'p> {
        let once = |row: &&Row| row.course != Course::JumpsFromRight;
        let row = |row: &Row| {
            let link = self.link(row);
            JsonRow {
                left: row.left.map(|id| self.name(id)),
                right: row.right.map(|id| self.name(id)),
                score: link.map(|link| link.score),
                reasons: reasons(self.corpus, link),
                crossing: row.course == Course::JumpsFromLeft,
                origin: link.map(|link| link.origin.name()),
            }
        };
        Json {
            topic: self.topic.as_ref().map(|(id, _)| id.as_str()),
            left: &self.sides[0].name,
            right: &self.sides[1].name,
            rows: self.rows.iter().filter(once).map(row).collect(),
            figures: evidence.figures(),
            quotes: evidence.quotes(),
            wording: evidence.wording(),
        }
    }

    /// The rows as they are handed over.
    fn report(&self, notes: &[Note]) -> Report {
        let given = |row: &Row| {
            let place = |id: Option<PassageId>, elsewhere: Course| match id {
                None => Place::Nothing,
                Some(id) if row.course == elsewhere => Place::Elsewhere(id),
                Some(id) => Place::Here(id),
            };
            Given {
                places: vec![
                    place(row.left, Course::JumpsFromRight),
                    place(row.right, Course::JumpsFromLeft),
                ],
                links: self.link(row).into_iter().collect(),
            }
        };
        let given: Vec<Given<'_>> = self.rows.iter().map(given).collect();
        let subject = Subject {
            corpus: self.corpus,
            topic: self.topic.as_ref().map(|(_, title)| title.as_str()),
            sides: self.sides.map(|side| side.title.clone()).to_vec(),
            notes,
        };
        comparison::report(&subject, &given)
    }

    /// What is compared, and how much was found.
    fn heading(&self) -> String {
        let topic = match &self.topic {
            Some((_, title)) => format!("“{title}”"),
            None => "everything".to_owned(),
        };
        let count = |is: &dyn Fn(&&Row) -> bool| self.rows.iter().filter(is).count();
        let links = count(&|row| row.link.is_some() && row.course != Course::JumpsFromRight);
        let only_left = count(&|row| row.right.is_none());
        let only_right = count(&|row| row.left.is_none());
        format!(
            "{topic}: {} · {only_left} on the left and {only_right} on the right with {NOTHING} opposite",
            output::counted(links, "pair"),
            NOTHING = "nothing found"
        )
    }

    /// The hint at the end, where something was shortened.
    fn ending(&self) -> Option<String> {
        let cut = |id: PassageId| {
            passage_of(self.corpus, id)
                .is_some_and(|passage| opening(passage.text()) != passage.text())
        };
        let shortened = self.rows.iter().any(|row| match (row.left, row.right) {
            (Some(id), None) | (None, Some(id)) => cut(id),
            (Some(_), Some(_)) | (None, None) => false,
        });
        (shortened && !self.all)
            .then(|| "passages with nothing opposite are cut at … (--all: in full)".to_owned())
    }

    fn relative(&self, link: &Link, reason: &Reason) -> Option<&'a str> {
        relative(self.corpus, link, reason)
    }

    /// A row's link in words: who says so, how surely, and by what.
    fn why(&self, row: &Row) -> String {
        let Some(link) = self.link(row) else {
            return NOTHING.to_owned();
        };
        let named = link.reasons.iter().take(NAMED_REASONS);
        let named = named.map(|reason| match self.relative(link, reason) {
            Some(right) => format!("{}/{right}", reason.text),
            None => reason.text.clone(),
        });
        let reasons: Vec<String> = named.collect();
        let more = match link.reasons.len().saturating_sub(NAMED_REASONS) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let shared = if reasons.is_empty() {
            "nothing shared".to_owned()
        } else {
            format!("both have: {}{more}", reasons.join(", "))
        };
        let crossing = if row.course == Course::Level {
            ""
        } else {
            " · crosses the order"
        };
        format!(
            "{} · score {:.2}{crossing} · {shared}",
            link.origin.name(),
            link.score
        )
    }

    /// A passage's label: its name and who speaks.
    fn label(&self, id: PassageId) -> String {
        let voice = passage_of(self.corpus, id).and_then(|passage| passage.voice());
        let voice = voice.map_or_else(String::new, |voice| format!(" · {voice}"));
        format!("{}{voice}", self.name(id))
    }

    /// The text that is shown of a passage.
    fn text(&self, id: PassageId, has_partner: bool) -> String {
        let text = passage_of(self.corpus, id).map_or("", |passage| passage.text());
        if has_partner || self.all {
            text.to_owned()
        } else {
            opening(text)
        }
    }

    fn linear(&self) -> String {
        let [left, right] = self.sides.map(|side| side.name.as_str());
        let mut parts = vec![format!("left: {left}\nright: {right}\n{}", self.heading())];
        let once = |row: &&Row| row.course != Course::JumpsFromRight;
        for (number, row) in self.rows.iter().filter(once).enumerate() {
            let number = number + 1;
            let has_partner = row.link.is_some();
            let side = |name: &str, id: PassageId| {
                format!("{name} {}: {}", self.label(id), self.text(id, has_partner))
            };
            let texts = match (row.left, row.right) {
                (Some(left), Some(right)) => format!(
                    "{number}. {}\n{}\n{}",
                    self.why(row),
                    side("left", left),
                    side("right", right)
                ),
                (Some(left), None) => {
                    format!("{number}. only left\n{}", side("left", left))
                }
                (None, Some(right)) => {
                    format!("{number}. only right\n{}", side("right", right))
                }
                (None, None) => continue,
            };
            parts.push(texts);
        }
        parts.extend(self.ending());
        parts.join("\n\n")
    }

    fn columns(&self, columns: u16) -> Vec<Line> {
        let width = columns::column_width(columns);
        let title = |side: &Side| columns::wrapped(&side.name, width, &[], Ink::Strong);
        let [left, right] = self.sides.map(title);
        let mut lines = columns::wrapped(&self.heading(), columns, &[], Ink::Quiet);
        lines.extend(columns::beside(left, right, width));
        for row in &self.rows {
            lines.push(vec![(Ink::Quiet, "─".repeat(usize::from(columns)))]);
            if row.link.is_some() && row.course != Course::JumpsFromRight {
                let why = width::truncate(&self.why(row), usize::from(columns));
                lines.push(vec![(Ink::Quiet, why)]);
            }
            let left = self.cell(row, true, width);
            let right = self.cell(row, false, width);
            lines.extend(columns::beside(left, right, width));
        }
        if let Some(ending) = self.ending() {
            lines.push(Vec::new());
            lines.extend(columns::wrapped(&ending, columns, &[], Ink::Quiet));
        }
        lines
    }

    /// One side of a row, `width` cells wide.
    fn cell(&self, row: &Row, left: bool, width: u16) -> Vec<Line> {
        let id = if left { row.left } else { row.right };
        let Some(id) = id else {
            return columns::wrapped(&format!("({NOTHING})"), width, &[], Ink::Quiet);
        };
        let link = self.link(row);
        if row.course == Course::JumpsFromRight {
            // Both texts stand at the left passage's place; here only where that is.
            let words = if left {
                format!("(beside {}, see there)", self.name(id))
            } else {
                format!("{} {}", self.name(id), self.text(id, false))
            };
            return columns::wrapped(&words, width, &[], Ink::Quiet);
        }
        let text = self.text(id, link.is_some());
        let spans = link.map_or_else(Vec::new, |link| {
            let of = |reason: &'a analysis::alignment::Reason| {
                if left { &reason.left } else { &reason.right }
            };
            link.reasons.iter().flat_map(of).copied().collect()
        });
        let mut lines = columns::wrapped(&self.label(id), width, &[], Ink::Strong);
        lines.extend(columns::wrapped(&text, width, &spans, Ink::Plain));
        lines
    }
}

/// A text's first words, on one line.
fn opening(text: &str) -> String {
    let Some((limit, _)) = text.char_indices().nth(OPENING_CHARS) else {
        return text.to_owned();
    };
    let start = text.get(..limit).unwrap_or_default();
    let cut = start.rfind(char::is_whitespace).unwrap_or(limit);
    format!("{}…", start.get(..cut).unwrap_or_default().trim_end())
}
