//! The reader's jobs done at once, where a test wants what they find.

use diptych::analysis::alignment::compare;
use diptych::analysis::copies;
use diptych::analysis::evidence::{self, Readings};
use diptych::analysis::watch::Watch;
use diptych::app::App;
use diptych::app::effect::Effect;
use diptych::app::message::{Finding, Message, Report, Stage};
use diptych::runtime::seeking::Seeking;
use std::sync::Arc;

/// Does what the reader asks of the world for its comparisons and its evidence, as long as it asks.
pub fn settle(app: &mut App, effects: Vec<Effect>) {
    let mut waiting = effects;
    while let Some(effect) = waiting.pop() {
        let documents = &app.corpus.documents;
        let (ticket, finding) = match effect {
            Effect::FindCopies(ticket) => {
                let copies = copies::find(documents, Watch::NOBODY).unwrap();
                (ticket, Finding::Copies(Arc::new(copies)))
            }
            Effect::Gather {
                ticket,
                sides,
                options,
                copies,
            } => {
                let asked = evidence::Asked {
                    documents,
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
            Effect::Compare {
                ticket,
                left,
                right,
                decisions,
            } => {
                let language = &app.corpus.language;
                let watch = Watch::NOBODY;
                let found = compare(documents, language, &left, &right, &decisions, watch);
                (ticket, Finding::Comparison(found.unwrap()))
            }
            Effect::Search { ticket, text } => {
                let stage = Seeking::new(None).search(&app.corpus, &text);
                waiting.extend(app.update(Message::Report(Report { ticket, stage })));
                continue;
            }
            _ => continue,
        };
        let stage = Stage::Finished(finding);
        waiting.extend(app.update(Message::Report(Report { ticket, stage })));
    }
    app.prepare();
}
