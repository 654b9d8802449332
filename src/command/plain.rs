//! `diptych --plain`: what the reader would show, one labelled line after the other, for a screen reader, a braille line or a pipe.
//!
//! Invariant: it opens what the reader opens and turns to the topic that the reader would turn to; nothing is drawn, nothing
//! stands beside anything.

use super::arguments::Arguments;
use super::sides::{OnTopic, Side};
use super::{compare, evidence, list, open, output, select, topics};
use crate::analysis;
use crate::analysis::alignment::compare as find_pairs;
use crate::analysis::evidence::Options;
use crate::analysis::watch::Watch;
use crate::app::comparisons::{COMPARED_BYTES, TOO_LARGE};
use crate::app::effect::Effect;
use crate::app::keymap::Keymap;
use crate::app::message::{Finding, Message, Report, Stage};
use crate::app::perspective::Perspective;
use crate::app::{App, Settings, Whole, tour};
use crate::corpus::{Corpus, Document, Topic};
use anyhow::Result;

/// The size of the screen that there is not.
const SCREEN: (u16, u16) = (160, 45);

/// Prints what the reader would show of what the command line names.
pub fn run(arguments: &Arguments) -> Result<()> {
    output::be_plain();
    let (config, told) = open::configuration();
    let settings = Settings {
        opens_facing: config.files_face,
        ..Settings::default()
    };
    let corpus_path = arguments.global.corpus.as_deref();
    let (mut opening, _) =
        open::opening(&arguments.paths, corpus_path, settings, &Keymap::default())?;
    if let Some(Whole(read)) = opening.whole.take() {
        let (corpus, decisions, told) = read();
        opening.corpus = corpus;
        opening.decisions = decisions;
        if let Some(told) = told {
            open::also_say(&mut opening.notice, told);
        }
    }
    if let Some(told) = told {
        open::also_say(&mut opening.notice, told);
    }
    // Here and not from the reader's state, which may turn other words into a notice.
    if let Some(notice) = opening.notice.take() {
        output::tell(&notice);
    }
    let (columns, rows) = SCREEN;
    let (mut app, effects) = App::new(opening, columns, rows);
    let untold = settle(&mut app, effects);
    for why in untold {
        output::tell(&why);
    }
    output::text(&page(&app, arguments.topic.as_deref())?)
}

/// Prints the steps of the tour, for who takes it without a screen.
pub fn tour() -> Result<()> {
    let steps = tour::all_steps(&open::configuration().0.keymap);
    let steps = steps.iter().enumerate();
    let steps: Vec<String> = steps
        .map(|(at, step)| format!("{}. {step}", at + 1))
        .collect();
    output::text(&steps.join("\n"))
}

/// Does what the reader asks for before its first screen; what of it could not be done.
fn settle(app: &mut App, effects: Vec<Effect>) -> Vec<String> {
    let mut told = Vec::new();
    let mut waiting = effects;
    while let Some(effect) = waiting.pop() {
        let (ticket, finding) = match effect {
            Effect::FindTopics(ticket) => match analysis::topics_of(&app.corpus) {
                Ok((topics, tagging)) => (ticket, Finding::Topics(topics, tagging)),
                Err(too_large) => {
                    told.push(format!("no topics: {too_large}"));
                    continue;
                }
            },
            Effect::Compare {
                ticket,
                left,
                right,
                decisions,
            } if app.is_opening() => {
                let (documents, language) = (&app.corpus.documents, &app.corpus.language);
                let found = find_pairs(
                    documents,
                    language,
                    &left,
                    &right,
                    &decisions,
                    Watch::NOBODY,
                );
                (ticket, Finding::Comparison(found.unwrap_or_default()))
            }
            // The rest is for what is looked at later.
            _ => continue,
        };
        let stage = Stage::Finished(finding);
        waiting.extend(app.update(Message::Report(Report { ticket, stage })));
    }
    told
}

/// Everything, a part after the other.
fn page(app: &App, wanted: Option<&str>) -> Result<String> {
    let corpus = &app.corpus;
    let mut parts = vec![about(corpus)];
    if !corpus.sources.is_empty() {
        let count = corpus.sources.len();
        parts.push(format!(
            "SOURCES: {count}\n\n{}",
            list::source_table(corpus)
        ));
    }
    let topic = topic(app, wanted)?;
    if let (false, Some(tagging)) = (app.topics.is_empty(), &app.tagging) {
        let count = app.topics.len();
        let table = topics::table(corpus, &app.topics, tagging);
        parts.push(format!("TOPICS: {count}\n\n{table}"));
    }
    let perspectives: Vec<&Perspective> = app.panes.iter().map(|pane| &pane.perspective).collect();
    let sides: Vec<Side> = perspectives
        .iter()
        .map(|perspective| Side::of(corpus, perspective))
        .collect();
    parts.push(reading(&sides, topic.as_ref(), &app.topics));
    match &sides[..] {
        [] => {}
        [only] => parts.push(alone(corpus, only, topic.as_ref())),
        [first, others @ ..] => {
            for other in others {
                parts.extend(pair(app, [first, other], topic.as_ref())?);
            }
        }
    }
    Ok(parts.join("\n\n"))
}

fn about(corpus: &Corpus) -> String {
    let mut lines = vec![format!("CORPUS: {}", corpus.title)];
    if !corpus.description.is_empty() {
        lines.push(format!("about: {}", corpus.description));
    }
    lines.push(format!("documents: {}", corpus.documents.len()));
    lines.join("\n")
}

/// The topic that was asked for, or the one that the reader would turn to.
fn topic(app: &App, wanted: Option<&str>) -> Result<Option<OnTopic>> {
    let at = match wanted {
        Some(wanted) => Some(select::topic(&app.topics, wanted)?),
        None => app.topic(),
    };
    let known = at.zip(app.tagging.as_ref());
    Ok(known.map(|(at, tagging)| OnTopic::new(&app.topics[at], at, tagging.clone())))
}

/// What is read, on which topic, and how to get to another.
fn reading(sides: &[Side], topic: Option<&OnTopic>, topics: &[Topic]) -> String {
    let mut lines = vec![match topic {
        Some(topic) => format!("READING: {}", topic.title),
        None => "READING: everything".to_owned(),
    }];
    let names: &[&str] = match sides.len() {
        1 => &["text"],
        2 => &["left", "right"],
        _ => &["first", "second", "third", "fourth"],
    };
    let side = |(name, side): (&&str, &Side)| format!("{name}: {} ({})", side.title, side.name);
    lines.extend(names.iter().zip(sides).map(side));
    let other = topics
        .iter()
        .find(|other| topic.is_none_or(|topic| *topic.id != *other.id.to_string()));
    if let Some(other) = other {
        lines.push(format!("another topic: --topic {}", other.id));
    }
    lines.join("\n")
}

/// What stands opposite what, and the evidence.
fn pair(app: &App, sides: [&Side; 2], topic: Option<&OnTopic>) -> Result<Vec<String>> {
    let corpus = &app.corpus;
    let bytes_of = |document: usize| corpus.documents.get(document).map_or(0, Document::bytes);
    let mut documents: Vec<usize> = sides
        .iter()
        .flat_map(|side| side.passages.iter().map(|id| id.document))
        .collect();
    documents.dedup();
    let bytes: usize = documents.into_iter().map(bytes_of).sum();
    if bytes > COMPARED_BYTES {
        return Ok(vec![format!("WHAT STANDS OPPOSITE WHAT\n\n{TOO_LARGE}")]);
    }
    let rows = compare::linear(corpus, sides, topic, &app.decisions);
    let evidence = if app.reads_on_demand() {
        // Copies would be looked for in every text of it.
        format!(
            "not gathered in a corpus this large; `diptych evidence {} {}` does",
            sides[0].name, sides[1].name
        )
    } else {
        evidence::Page::new(corpus, sides, topic, Options::default())?.text()
    };
    Ok(vec![
        format!("WHAT STANDS OPPOSITE WHAT\n\n{rows}"),
        format!("THE EVIDENCE\n\n{evidence}"),
    ])
}

/// One text, where there is no other: its passages on the topic, or all.
fn alone(corpus: &Corpus, side: &Side, topic: Option<&OnTopic>) -> String {
    let passages = side.passages.iter();
    let wanted = passages.filter(|id| topic.is_none_or(|topic| topic.has(**id)));
    let passage = |id: &crate::corpus::PassageId| {
        let document = corpus.documents.get(id.document)?;
        let passage = document.passage(id.passage)?;
        let voice = passage
            .voice()
            .map_or_else(String::new, |voice| format!(", {voice}"));
        let number = id.passage + 1;
        Some(format!(
            "{}#{number}{voice}: {}",
            document.id,
            passage.text()
        ))
    };
    let passages: Vec<String> = wanted.filter_map(passage).collect();
    format!("PASSAGES: {}\n\n{}", passages.len(), passages.join("\n\n"))
}
