//! Work in the background. A job carries a ticket and reports how far it is; it never touches the reader's state.
//!
//! Invariant: a job that was told to stop says that it was cancelled, and nothing after that.

use super::Event;
use super::seeking::Seeking;
use crate::analysis;
use crate::analysis::alignment::{self, Decisions};
use crate::analysis::copies::{self, Copies};
use crate::analysis::evidence::{self, Options, Readings};
use crate::analysis::watch::{Progress, Watch};
use crate::app::message::{Finding, Message, Report, Stage, Ticket};
use crate::corpus::{Corpus, PassageId};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, Weak};
use std::time::{Duration, Instant};

/// A job says how far it is once in this time, however often it is told.
const BETWEEN_PROGRESS: Duration = Duration::from_millis(100);

/// The jobs that run, and where they report to.
pub struct Jobs {
    sender: Sender<Event>,
    /// What stops each; gone when the job is over.
    stops: Vec<(Ticket, Weak<AtomicBool>)>,
    seeking: Arc<Seeking>,
    /// What was read for evidence, and of which corpus.
    readings: Option<(Weak<Corpus>, Arc<Readings>)>,
}

impl Jobs {
    /// No jobs yet; they will report to `sender`. `folder`: of the corpus, where it has one.
    pub fn new(sender: Sender<Event>, folder: Option<PathBuf>) -> Self {
        Self {
            seeking: Arc::new(Seeking::new(folder)),
            sender,
            stops: Vec::new(),
            readings: None,
        }
    }

    /// Another end of the channel that jobs report to.
    pub fn sender(&self) -> Sender<Event> {
        self.sender.clone()
    }

    /// Finds the topics of a corpus that has none, and which passages are on them.
    pub fn find_topics(&mut self, corpus: &Arc<Corpus>, ticket: Ticket) {
        let corpus = Arc::clone(corpus);
        self.start(ticket, "looking for them", move |_| topics(&corpus));
    }

    /// Finds out which passages of two perspectives belong together.
    pub fn compare(
        &mut self,
        corpus: &Arc<Corpus>,
        ticket: Ticket,
        left: Vec<PassageId>,
        right: Vec<PassageId>,
        decisions: Decisions,
    ) {
        let corpus = Arc::clone(corpus);
        self.start(ticket, "comparing", move |watch| {
            let (documents, language) = (&corpus.documents, &corpus.language);
            match alignment::compare(documents, language, &left, &right, &decisions, watch) {
                Some(comparison) => Stage::Finished(Finding::Comparison(comparison)),
                None => Stage::Cancelled,
            }
        });
    }

    /// Finds out which passages of a corpus have the same text.
    pub fn find_copies(&mut self, corpus: &Arc<Corpus>, ticket: Ticket) {
        let corpus = Arc::clone(corpus);
        self.start(
            ticket,
            "looking for copies",
            move |watch| match copies::find(&corpus.documents, watch) {
                Some(copies) => Stage::Finished(Finding::Copies(Arc::new(copies))),
                None => Stage::Cancelled,
            },
        );
    }

    /// Brings the index of the corpus up to date.
    pub fn index(&mut self, ticket: Ticket) {
        let seeking = Arc::clone(&self.seeking);
        self.start(ticket, "indexing", move |watch| seeking.update(watch));
    }

    /// Finds passages of the corpus.
    pub fn search(&mut self, corpus: &Arc<Corpus>, ticket: Ticket, text: String) {
        let (seeking, corpus) = (Arc::clone(&self.seeking), Arc::clone(corpus));
        self.start(ticket, "searching", move |_| seeking.search(&corpus, &text));
    }

    /// Lays open what some sides say.
    pub fn gather(
        &mut self,
        corpus: &Arc<Corpus>,
        ticket: Ticket,
        sides: Vec<Vec<PassageId>>,
        options: Options,
        copies: Arc<Copies>,
    ) {
        let readings = self.readings_of(corpus);
        let corpus = Arc::clone(corpus);
        self.start(ticket, "laying open", move |watch| {
            let bytes = evidence::bytes(&corpus.documents, &sides);
            if bytes > evidence::MOST_BYTES {
                return Stage::Failed(format!("{} MB are too much text", bytes >> 20));
            }
            let asked = evidence::Asked {
                documents: &corpus.documents,
                language: &corpus.language,
                namings: &corpus.namings,
                sides: &sides,
                options,
                copies: &copies,
                readings: &readings,
            };
            match evidence::gather(&asked, watch) {
                Some(evidence) => Stage::Finished(Finding::Evidence(Arc::new(evidence))),
                None => Stage::Cancelled,
            }
        });
    }

    /// What was read of a corpus so far.
    fn readings_of(&mut self, corpus: &Arc<Corpus>) -> Arc<Readings> {
        if let Some((of, readings)) = &self.readings
            && std::ptr::eq(of.as_ptr(), Arc::as_ptr(corpus))
        {
            return Arc::clone(readings);
        }
        let readings = Arc::new(Readings::default());
        self.readings = Some((Arc::downgrade(corpus), Arc::clone(&readings)));
        readings
    }

    /// Tells a job to stop, where it still runs.
    pub fn cancel(&mut self, ticket: Ticket) {
        let told = self.stops.iter().filter(|(of, _)| *of == ticket);
        for stop in told.filter_map(|(_, stop)| stop.upgrade()) {
            stop.store(true, Ordering::Relaxed);
        }
    }

    fn start(
        &mut self,
        ticket: Ticket,
        what: &'static str,
        work: impl FnOnce(Watch<'_>) -> Stage + Send + 'static,
    ) {
        let stop = Arc::new(AtomicBool::new(false));
        self.stops.retain(|(_, stop)| stop.strong_count() > 0);
        self.stops.push((ticket, Arc::downgrade(&stop)));
        let sender = self.sender.clone();
        std::thread::spawn(move || {
            let report = |stage| {
                // Nobody listens any more when the reader has been left.
                let _ = sender.send(Event::Message(Message::Report(Report { ticket, stage })));
            };
            report(Stage::Started);
            let began = Instant::now();
            let said = Mutex::new(began);
            let progress = |progress: Progress| {
                // A thread that finds another one speaking has nothing to add.
                let Ok(mut said) = said.try_lock() else {
                    return;
                };
                if said.elapsed() >= BETWEEN_PROGRESS && !stop.load(Ordering::Relaxed) {
                    *said = Instant::now();
                    report(Stage::Progress(progress, began.elapsed()));
                }
            };
            let watch = Watch::new(&stop, &progress);
            let work = catch_unwind(AssertUnwindSafe(|| work(watch)));
            let outcome = work.unwrap_or_else(|_| Stage::Failed(format!("{what} went wrong")));
            log::info!("{what}: {} after {:?}", outcome.name(), began.elapsed());
            report(if stop.load(Ordering::Relaxed) {
                Stage::Cancelled
            } else {
                outcome
            });
        });
    }
}

fn topics(corpus: &Corpus) -> Stage {
    match analysis::topics_of(corpus) {
        Ok((topics, tagging)) => Stage::Finished(Finding::Topics(topics, tagging)),
        Err(too_large) => Stage::Failed(too_large.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::{Receiver, channel};

    fn jobs() -> (Jobs, Receiver<Event>) {
        let (sender, receiver) = channel();
        (Jobs::new(sender, None), receiver)
    }

    /// The stages of a job up to its last.
    fn stages(receiver: &Receiver<Event>) -> Vec<Stage> {
        let mut stages = Vec::new();
        loop {
            let event = receiver.recv_timeout(Duration::from_secs(20)).unwrap();
            if let Event::Message(Message::Report(report)) = event {
                assert_eq!(report.ticket, Ticket(7));
                stages.push(report.stage);
            }
            if !matches!(stages.last(), Some(Stage::Started | Stage::Progress(..))) {
                return stages;
            }
        }
    }

    #[test]
    fn a_job_that_is_cancelled_stops_and_says_so() {
        let (mut jobs, receiver) = jobs();
        jobs.start(Ticket(7), "waiting", |watch| {
            while !watch.is_stopped() {
                std::thread::yield_now();
            }
            Stage::Finished(Finding::Comparison(alignment::Comparison::default()))
        });
        jobs.cancel(Ticket(6));
        jobs.cancel(Ticket(7));
        assert!(matches!(
            stages(&receiver)[..],
            [Stage::Started, Stage::Cancelled]
        ));
        jobs.start(Ticket(8), "nothing", |_| Stage::Cancelled);
        assert!(jobs.stops.len() <= 2, "what is over is forgotten");
    }

    #[test]
    fn progress_is_said_now_and_then_however_often_it_is_told() {
        let (mut jobs, receiver) = jobs();
        jobs.start(Ticket(7), "counting", |watch| {
            let began = Instant::now();
            let mut steps = 0;
            while began.elapsed() < BETWEEN_PROGRESS * 3 {
                watch.report(steps, usize::MAX);
                steps += 1;
            }
            Stage::Cancelled
        });
        let said = stages(&receiver);
        let told = said
            .iter()
            .filter(|stage| matches!(stage, Stage::Progress(..)));
        assert!((1..=3).contains(&told.count()), "{said:?}");
    }

    #[test]
    fn a_job_that_panics_fails() {
        let (mut jobs, receiver) = jobs();
        jobs.start(Ticket(7), "trying", |_| panic!("as the test wants"));
        assert!(
            matches!(stages(&receiver).last(), Some(Stage::Failed(why)) if why == "trying went wrong")
        );
    }
}
