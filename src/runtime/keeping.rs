//! Keeping decisions and notes while the reader reads on: a disk, or another program that holds the file, may take its time.
//!
//! Invariant: they are written one after another, in the order in which they were made, and the program does not end before they
//! are; where they cannot be written, that is said. A note is said to be kept when it is on the disk, not before.

use super::{Event, Keeper};
use crate::app::effect::Kept;
use crate::app::message::Message;
use crate::corpus::Corpus;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// What is still waiting when the reader is left may take this long, all together.
const PATIENCE: Duration = Duration::from_secs(3);

type Request = (Arc<Corpus>, Kept);

/// A thread that writes them down, started when there is the first: most readers make none.
pub struct Keeping {
    /// Until the thread has it.
    keeper: Option<Keeper>,
    events: Sender<Event>,
    running: Option<(Sender<Request>, JoinHandle<Vec<String>>)>,
    leaving: Arc<AtomicBool>,
}

impl Keeping {
    /// Will give what is kept to `keeper`, and failures to `events`.
    pub fn new(keeper: Keeper, events: Sender<Event>) -> Self {
        Self {
            keeper: Some(keeper),
            events,
            running: None,
            leaving: Arc::default(),
        }
    }

    /// Has something about passages of a corpus written down.
    pub fn keep(&mut self, corpus: &Arc<Corpus>, kept: Kept) {
        if let Some(keeper) = self.keeper.take() {
            let (requests, waiting) = channel();
            let (events, left) = (self.events.clone(), Arc::clone(&self.leaving));
            let thread = std::thread::spawn(move || write(keeper, &waiting, &events, &left));
            self.running = Some((requests, thread));
        }
        if let Some((requests, _)) = &self.running {
            // A thread that has panicked is told of when it is waited for.
            let _ = requests.send((Arc::clone(corpus), kept));
        }
    }

    /// Waits until everything is written; why some of it could not be, in a sentence, with what is among the events that
    /// nobody has read.
    pub fn finish(mut self, unread: &Receiver<Event>) -> Option<String> {
        let Ok(mut failures) = self.wait() else {
            return Some(
                "decisions or notes may not have been kept: keeping them went wrong".to_owned(),
            );
        };
        failures.extend(unread.try_iter().filter_map(|event| match event {
            Event::Message(Message::NotKept(why)) => Some(why),
            _ => None,
        }));
        let first = failures.first()?;
        Some(match failures.len() {
            1 => format!("a decision or note could not be kept: {first}"),
            count => format!("{count} decisions or notes could not be kept: {first}"),
        })
    }

    fn wait(&mut self) -> std::thread::Result<Vec<String>> {
        self.leaving.store(true, Ordering::Relaxed);
        let Some((requests, thread)) = self.running.take() else {
            return Ok(Vec::new());
        };
        drop(requests);
        thread.join()
    }
}

impl Drop for Keeping {
    fn drop(&mut self) {
        // After a panic of the reader; what went wrong here as well is not worth a second one.
        let _ = self.wait();
    }
}

/// Writes until nobody asks any more; why something could not be kept, where the reader had been left by then.
fn write(
    mut keeper: Keeper,
    waiting: &Receiver<Request>,
    events: &Sender<Event>,
    left: &AtomicBool,
) -> Vec<String> {
    let mut failures = Vec::new();
    let mut since: Option<Instant> = None;
    for (corpus, kept) in waiting {
        if left.load(Ordering::Relaxed) {
            let since = *since.get_or_insert_with(Instant::now);
            if since.elapsed() > PATIENCE {
                failures.push("writing took too long".to_owned());
                continue;
            }
        }
        let told = match &kept {
            Kept::Note(change) => Some(change.clone()),
            Kept::Decision(_) => None,
        };
        let began = Instant::now();
        let what = match &kept {
            Kept::Note(_) => "a note",
            Kept::Decision(_) => "a decision",
        };
        let Err(why) = keeper(&corpus, kept) else {
            log::info!("kept {what} in {:?}", began.elapsed());
            if let Some(told) = told {
                let _ = events.send(Event::Message(Message::NoteKept(told)));
            }
            continue;
        };
        log::warn!("could not keep {what}: {why}");
        if left.load(Ordering::Relaxed) {
            failures.push(why);
        } else {
            let _ = events.send(Event::Message(Message::NotKept(why)));
        }
    }
    failures
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::alignment::Decision;
    use crate::corpus::{PassageId, builtin};
    use std::sync::Mutex;

    fn decision(at: usize) -> Kept {
        let id = |document| PassageId {
            document,
            passage: at,
        };
        Kept::Decision(Decision {
            left: id(0),
            right: id(1),
            verdict: None,
        })
    }

    #[test]
    fn what_was_decided_before_leaving_is_written_in_its_order() {
        let kept = Arc::new(Mutex::new(Vec::new()));
        let (events, receiver) = channel();
        let into = Arc::clone(&kept);
        let keeper: Keeper = Box::new(move |_, decision| {
            std::thread::sleep(Duration::from_millis(2));
            into.lock().unwrap().push(decision);
            Ok(())
        });
        let mut keeping = Keeping::new(keeper, events);
        let corpus = Arc::new(builtin::opening());
        let decisions: Vec<Kept> = (0..20).map(decision).collect();
        for decision in &decisions {
            keeping.keep(&corpus, decision.clone());
        }
        assert_eq!(keeping.finish(&receiver), None);
        assert_eq!(*kept.lock().unwrap(), decisions);
    }

    #[test]
    fn what_cannot_be_kept_is_said_on_the_screen_or_after_it() {
        let (events, receiver) = channel();
        let keeper: Keeper = Box::new(|_, _| Err("no room".to_owned()));
        let mut keeping = Keeping::new(keeper, events);
        let corpus = Arc::new(builtin::opening());
        keeping.keep(&corpus, decision(0));
        let told = receiver.recv_timeout(Duration::from_secs(20)).unwrap();
        assert!(matches!(told, Event::Message(Message::NotKept(why)) if why == "no room"));
        keeping.keep(&corpus, decision(1));
        keeping.keep(&corpus, decision(2));
        let said = keeping.finish(&receiver);
        assert_eq!(
            said.unwrap(),
            "2 decisions or notes could not be kept: no room"
        );
    }

    #[test]
    fn a_keeper_that_panics_is_told_of() {
        let (events, receiver) = channel();
        let keeper: Keeper = Box::new(|_, _| panic!("as the test wants"));
        let mut keeping = Keeping::new(keeper, events);
        keeping.keep(&Arc::new(builtin::opening()), decision(0));
        assert!(keeping.finish(&receiver).unwrap().contains("went wrong"));
    }
}
