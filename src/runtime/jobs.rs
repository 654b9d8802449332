//! Work in the background. A job carries a ticket and reports how far it is; it never touches the reader's state.

use super::Event;
use crate::analysis;
use crate::app::message::{Finding, Message, Report, Stage, Ticket};
use crate::corpus::Corpus;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::Sender;

/// Finds the topics of a corpus that has none, and which passages are on them.
pub fn find_topics(corpus: &Arc<Corpus>, ticket: Ticket, sender: Sender<Event>) {
    let corpus = Arc::clone(corpus);
    std::thread::spawn(move || {
        let report = |stage| {
            // Nobody listens any more when the reader has been left.
            let _ = sender.send(Event::Message(Message::Report(Report { ticket, stage })));
        };
        report(Stage::Started);
        let work = catch_unwind(AssertUnwindSafe(|| topics(&corpus)));
        report(work.unwrap_or_else(|_| Stage::Failed("looking for them went wrong".to_owned())));
    });
}

fn topics(corpus: &Corpus) -> Stage {
    match analysis::topics_of(corpus) {
        Ok((topics, tagging)) => Stage::Finished(Finding::Topics(topics, tagging)),
        Err(too_large) => Stage::Failed(too_large.to_string()),
    }
}
