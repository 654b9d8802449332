//! A small corpus for tests: two accounts of a flood that never happened.

use super::effect::Effect;
use super::message::{Finding, Message, Report, Stage};
use super::{App, Known, Opening, Settings};
use crate::analysis::alignment::{Decisions, compare};
use crate::analysis::copies;
use crate::analysis::evidence::{self, Readings};
use crate::analysis::tagging::tag;
use crate::analysis::watch::Watch;
use crate::corpus::{Corpus, Document, Kind, Meta, PassageDraft, Source, Topic};
use keybinds::KeySeq;
use std::sync::Arc;

const GAZETTE: [&str; 8] = [
    "# The river",
    "The river rose four metres in one night and the dam above the town gave way before dawn.",
    "Officials speak of twelve dead. Rescue teams searched the lower streets by boat until the light failed.",
    "Shops stayed closed for a week. The market moved to the school yard, where traders shared two generators.",
    "# The dam",
    "An engineer had warned of cracks in the dam since spring; the ministry says that no letter reached it.",
    "The ministry will publish its report on the dam in autumn.",
    "Schools open again on Monday.",
];

const HERALD: [&str; 7] = [
    "Ada: We heard the dam break before we saw any water.",
    "Ada: My neighbours counted nineteen dead on our street alone.",
    "Ben: The boats came on the second day. Nobody from the ministry came at all.",
    "Ada: I do not know who will pay for the houses.",
    "The interview was held in the school yard.",
    "Ben: They will build the dam again in the same place.",
    "Ben: We rebuild, as we did after the last flood.",
];

pub fn document(id: &str, source: &str, title: &str, lines: &[&str]) -> Document {
    let meta = Meta {
        title: title.into(),
        source: source.into(),
        date: "2031-05-02".parse().ok(),
        ..Meta::default()
    };
    let mut document = Document::new(id.into(), meta);
    for line in lines {
        let draft = match (line.strip_prefix("# "), line.split_once(": ")) {
            (Some(heading), _) => PassageDraft {
                kind: Kind::Heading(2),
                text: heading.into(),
                ..PassageDraft::default()
            },
            (None, Some((voice, text))) if voice.len() == 3 => PassageDraft {
                voice: Some(voice.into()),
                text: text.into(),
                ..PassageDraft::default()
            },
            (None, _) => PassageDraft {
                text: (*line).into(),
                ..PassageDraft::default()
            },
        };
        document.push(draft);
    }
    document
}

/// Two sources, one document each, three topics.
pub fn corpus() -> Corpus {
    let topic = |id: &str, title: &str, key: char, cues: &[&str]| Topic {
        id: id.into(),
        title: title.into(),
        key: Some(key),
        cues: cues.iter().map(|cue| (*cue).to_owned()).collect(),
        ..Topic::default()
    };
    let source = |id: &str, title: &str| Source {
        id: id.into(),
        title: title.into(),
        about: String::new(),
    };
    Corpus {
        title: "A flood".into(),
        language: "en".into(),
        sources: vec![
            source("gazette", "The Gazette"),
            source("herald", "The Herald"),
        ],
        topics: vec![
            topic("dam", "The dam", '1', &["dam"]),
            topic("dead", "The dead", '2', &["dead"]),
            topic("school", "Schools", '3', &["school"]),
        ],
        documents: vec![
            document("flood", "gazette", "A night of water", &GAZETTE),
            document("voices", "herald", "What the street saw", &HERALD),
        ],
        ..Corpus::default()
    }
}

/// The reader on [`corpus`], and what it asks for at the start.
pub fn opened(columns: u16, rows: u16) -> (App, Vec<Effect>) {
    opened_on(corpus(), columns, rows)
}

/// The reader on a corpus, and what it asks for at the start.
pub fn opened_on(corpus: Corpus, columns: u16, rows: u16) -> (App, Vec<Effect>) {
    opened_with(corpus, Decisions::default(), columns, rows)
}

/// The reader on a corpus about which something was decided earlier.
pub fn opened_with(
    corpus: Corpus,
    decisions: Decisions,
    columns: u16,
    rows: u16,
) -> (App, Vec<Effect>) {
    let tagging = tag(&corpus.documents, &corpus.topics, &corpus.language, true);
    let opening = Opening {
        corpus,
        whole: None,
        known: Known::All(tagging),
        perspectives: Vec::new(),
        notice: None,
        decisions,
        settings: Settings::default(),
    };
    App::new(opening, columns, rows)
}

/// Does what the reader asks of the world for its evidence, as long as it asks.
pub fn settle(app: &mut App, effects: Vec<Effect>) {
    let mut waiting = effects;
    while let Some(effect) = waiting.pop() {
        let report = match effect {
            Effect::FindCopies(ticket) => {
                let copies = copies::find(&app.corpus.documents, Watch::NOBODY).unwrap();
                (ticket, Finding::Copies(Arc::new(copies)))
            }
            Effect::Gather {
                ticket,
                sides,
                options,
                copies,
            } => {
                let asked = evidence::Asked {
                    documents: &app.corpus.documents,
                    language: &app.corpus.language,
                    namings: &app.corpus.namings,
                    sides: &sides,
                    options,
                    copies: &copies,
                    readings: &Readings::default(),
                };
                let found = evidence::gather(&asked, Watch::NOBODY).unwrap();
                (ticket, Finding::Evidence(Arc::new(found)))
            }
            Effect::Quit
            | Effect::Suspend
            | Effect::Mouse(_)
            | Effect::FindTopics(_)
            | Effect::Compare { .. }
            | Effect::Decide(_)
            | Effect::Index(_)
            | Effect::Search { .. }
            | Effect::Copy { .. }
            | Effect::Note(_)
            | Effect::Write(_)
            | Effect::Edit(_)
            | Effect::Cancel(_) => continue,
        };
        let (ticket, finding) = report;
        let stage = Stage::Finished(finding);
        waiting.extend(app.update(Message::Report(Report { ticket, stage })));
    }
    app.prepare();
}

/// The reader on [`corpus`], with nothing compared.
pub fn app(columns: u16, rows: u16) -> App {
    opened(columns, rows).0
}

/// Types keys in the notation of the keymap, separated by spaces.
pub fn press(app: &mut App, keys: &str) -> Vec<Effect> {
    let keys: KeySeq = keys.parse().unwrap();
    let mut effects = Vec::new();
    for key in keys.as_slice() {
        effects.extend(app.update(Message::Key(*key)));
        app.prepare();
    }
    effects
}

/// The report of the comparison that an effect asks for.
pub fn compared(app: &App, effect: &Effect) -> Message {
    let Effect::Compare {
        ticket,
        left,
        right,
        decisions,
    } = effect
    else {
        panic!("{effect:?} asks for no comparison")
    };
    let corpus = &app.corpus;
    let found = compare(
        &corpus.documents,
        &corpus.language,
        left,
        right,
        decisions,
        Watch::NOBODY,
    );
    Message::Report(Report {
        ticket: *ticket,
        stage: Stage::Finished(Finding::Comparison(found.unwrap())),
    })
}
