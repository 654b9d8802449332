//! What the reader hands over: the view on the screen as a text, in the form that the command of that name prints.
//!
//! Invariant: what is written is what is shown: its rows, its filter, its order; nothing is written of what is not known yet.

use super::compare::{self, Shown};
use super::coverage::{Counted, Orders};
use super::evidence::{self, Page};
use super::notes::{self, Form};
use super::output;
use super::select;
use super::sides::{OnTopic, Side};
use crate::analysis::copies::Copies;
use crate::analysis::evidence::{Asked, Evidence, Options, Readings, gather};
use crate::analysis::watch::Watch;
use crate::app::App;
use crate::app::effect::{Content, FileFormat};
use crate::app::facing::rows::Cell;
use crate::app::pane::Pane;
use crate::app::perspective::title;
use crate::corpus::Corpus;
use crate::corpus::note::Note;
use crate::export::comparison::{self, Given, Place, Subject};
use crate::export::{self, Format, Report};
use anyhow::{Result, anyhow, bail};
use serde_json::Value;

/// What is to be written.
#[derive(Debug)]
pub struct Handed {
    /// What it is called.
    pub title: String,
    /// The bytes of the file.
    pub bytes: Vec<u8>,
    /// What is to be told besides.
    pub told: Option<String>,
}

/// The lines of all notes, as they are kept.
pub type Annotations<'a> = &'a dyn Fn() -> Result<Vec<Value>>;

/// What the reader shows, as a file.
pub fn hand_over(
    app: &App,
    content: &Content,
    format: FileFormat,
    annotations: Annotations<'_>,
) -> Result<Handed> {
    match content {
        Content::Comparison => comparison(app, format),
        Content::Coverage => coverage(app, format),
        Content::Evidence => evidence(app, format),
        Content::Notes(ids) => noted(app, ids, format, annotations),
    }
}

/// The format of a report; nothing for what is no report.
fn of_report(format: FileFormat) -> Option<Format> {
    match format {
        FileFormat::Html => Some(Format::Html),
        FileFormat::Markdown => Some(Format::Markdown),
        FileFormat::Csv => Some(Format::Csv),
        FileFormat::Json | FileFormat::JsonLd | FileFormat::Qdpx => None,
    }
}

/// One of two forms of the same thing, under the title of the first.
fn either(
    report: &Report,
    format: FileFormat,
    json: impl FnOnce() -> Result<String>,
) -> Result<Handed> {
    let text = match (of_report(format), format) {
        (Some(format), _) => export::write(report, format),
        (None, FileFormat::Json) => format!("{}\n", json()?),
        (None, _) => bail!("{} is for notes", format.title()),
    };
    Ok(Handed {
        title: report.title.clone(),
        bytes: text.into_bytes(),
        told: None,
    })
}

fn side_of(corpus: &Corpus, pane: &Pane) -> Side {
    Side {
        name: select::name_of(corpus, &pane.perspective),
        title: title(corpus, &pane.perspective),
        passages: pane.contents.passages(),
    }
}

fn topic_of(app: &App) -> Option<OnTopic> {
    let (at, tagging) = (app.topic()?, app.tagging.clone()?);
    let topic = app.topics.get(at)?;
    Some(OnTopic::new(topic, at, tagging))
}

fn comparison(app: &App, format: FileFormat) -> Result<Handed> {
    let (rows, panes) = app.written_rows();
    let place = |cell: &Cell| match *cell {
        Cell::Empty => Place::Empty,
        Cell::Nothing => Place::Nothing,
        Cell::Whole(id) => Place::Here(id),
        Cell::Again(passage) | Cell::Elsewhere { passage, .. } => Place::Elsewhere(passage),
    };
    let given: Vec<Given<'_>> = rows
        .into_iter()
        .map(|(cells, links)| Given {
            places: cells.iter().map(place).collect(),
            links,
        })
        .collect();
    let shown = panes.iter().filter_map(|at| app.panes.get(*at));
    let sides: Vec<Side> = shown.map(|pane| side_of(&app.corpus, pane)).collect();
    let topic = topic_of(app);
    let subject = Subject {
        corpus: &app.corpus,
        topic: topic.as_ref().map(|topic| topic.title.as_str()),
        sides: sides.iter().map(|side| side.title.clone()).collect(),
        notes: &app.notebook.notes,
    };
    let report = comparison::report(&subject, &given);
    either(&report, format, || {
        let shown = Shown {
            corpus: &app.corpus,
            topic: topic.as_ref(),
            rows: &given,
        };
        let [left, right] = &sides[..] else {
            return output::json_text(&compare::json_of_sides(&shown, &sides));
        };
        let asked = Options::default();
        let found = gathered(app, [left, right], topic.as_ref(), asked)?;
        let names = [left.name.as_str(), right.name.as_str()];
        let evidence = Page::of(&app.corpus, names, topic.as_ref(), asked.included, found);
        output::json_text(&compare::json_of_pair(&shown, names, &evidence))
    })
}

/// What two sides say, laid open: looked for anew, which of two panes is a matter of moments.
fn gathered(
    app: &App,
    pair: [&Side; 2],
    topic: Option<&OnTopic>,
    options: Options,
) -> Result<Evidence> {
    let sides = pair.map(|side| super::sides::passages_on(side, topic));
    let none = Copies::default();
    let asked = Asked {
        documents: &app.corpus.documents,
        language: &app.corpus.language,
        namings: &app.corpus.namings,
        sides: &sides,
        options,
        copies: app.copied.known().map_or(&none, |known| known),
        readings: &Readings::default(),
    };
    gather(&asked, Watch::NOBODY).ok_or_else(|| anyhow!("the evidence was not gathered to its end"))
}

fn coverage(app: &App, format: FileFormat) -> Result<Handed> {
    let matrix = app.coverage.as_ref();
    let counts = matrix.and_then(|matrix| Some((matrix, matrix.counts.clone()?)));
    let (Some((matrix, counts)), Some(tagging)) = (counts, app.tagging.clone()) else {
        bail!("nothing is counted yet");
    };
    let copies = app.copied.left_out().map(|copies| Copies::clone(copies));
    let orders = Orders {
        topics: matrix.topics.clone(),
        columns: matrix.columns.clone(),
    };
    let counted = Counted::of(app.topics.clone(), tagging, counts, copies, orders);
    either(&counted.report(&app.corpus), format, || {
        output::json_text(&counted.json(&app.corpus))
    })
}

fn evidence(app: &App, format: FileFormat) -> Result<Handed> {
    let found = app.evidence_found().map(|found| Evidence::clone(found));
    let found = found.ok_or_else(|| anyhow!("the evidence is not all found yet"))?;
    let asked = app
        .evidence_asked()
        .map_or_else(Options::default, |of| of.options);
    let topic = topic_of(app);
    // Of several panes two are written: what is counted is counted against one other side.
    let panes = app.panes.len();
    let at = [app.focus, (app.focus + 1) % panes];
    let at = if panes == 2 { [0, 1] } else { at };
    let pair = at.map(|at| side_of(&app.corpus, &app.panes[at]));
    let found = if panes == 2 {
        found
    } else {
        gathered(app, [&pair[0], &pair[1]], topic.as_ref(), asked)?
    };
    let names = [pair[0].name.as_str(), pair[1].name.as_str()];
    let page = evidence::Page::of(&app.corpus, names, topic.as_ref(), asked.included, found);
    let handed = either(&page.report(), format, || output::json_text(&page.json()))?;
    let told = (panes > 2).then(|| format!("of {} and {} alone", pair[0].title, pair[1].title));
    Ok(Handed { told, ..handed })
}

fn noted(
    app: &App,
    ids: &[String],
    format: FileFormat,
    annotations: Annotations<'_>,
) -> Result<Handed> {
    let notes: Vec<&Note> = ids.iter().filter_map(|id| app.notebook.get(id)).collect();
    let form = match (format, of_report(format)) {
        (FileFormat::JsonLd, _) => Form::JsonLd,
        (FileFormat::Qdpx, _) => Form::Qdpx,
        (_, Some(format)) => Form::Report(format),
        (_, None) => Form::Json,
    };
    Ok(Handed {
        title: format!("Notes {}", app.corpus.title),
        bytes: notes::bytes_of(&app.corpus, &notes, form, annotations)?,
        told: None,
    })
}
