//! Work in the background. A job carries a ticket and reports how far it is; it never touches the reader's state.

use super::Event;
use crate::analysis::{discovery, tagging};
use crate::app::message::{Finding, Message, Report, Stage, Ticket};
use crate::corpus::{Corpus, Document};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::Sender;

/// Topics are looked for in at most this much text; above it a person names them in `corpus.toml`.
const DISCOVERED_BYTES: usize = 16 << 20;

/// How many topics are looked for.
const DISCOVERED_TOPICS: usize = 12;

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
    let mut topics = corpus.topics.clone();
    if topics.is_empty() {
        let bytes: usize = corpus
            .documents
            .iter()
            .map(|document: &Document| document.text().len())
            .sum();
        if bytes > DISCOVERED_BYTES {
            return Stage::Failed(format!(
                "{} MB are too much text to look for them in",
                bytes >> 20
            ));
        }
        topics = discovery::discover(&corpus.documents, DISCOVERED_TOPICS);
    }
    let tagging = tagging::tag(&corpus.documents, &topics, &corpus.language, true);
    Stage::Finished(Finding::Topics(topics, tagging))
}
