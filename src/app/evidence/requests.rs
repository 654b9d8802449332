//! What was found about the sides that the panes show, what is being looked for, and what was stopped.
//!
//! Invariant: what is asked is everything that the answer depends on, so that an answer stays true as long as it is kept; a report
//! of a job that is no longer wanted changes nothing.

use crate::analysis::evidence::{Evidence, Options};
use crate::analysis::watch::Progress;
use crate::app::message::Ticket;
use crate::app::perspective::Perspective;
use std::sync::Arc;

/// How many answers are kept: those of some topics, there and back.
const KEPT: usize = 16;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The sides, from left to right.
    pub perspectives: Vec<Perspective>,
    /// The topic; none for everything.
    pub topic: Option<usize>,
    /// What counts.
    pub options: Options,
}

/// The answers, and the one that is being looked for.
#[derive(Debug, Default)]
pub struct Requests {
    /// Used last stands last.
    known: Vec<(Asked, Arc<Evidence>)>,
    running: Option<Running>,
    /// Questions that were stopped or failed, and why: they are not asked again by themselves.
    refused: Vec<(Asked, String)>,
}

/// A question that is being looked into.
#[derive(Debug)]
pub struct Running {
    /// Its job.
    pub ticket: Ticket,
    /// The question.
    pub asked: Asked,
    /// How far it is, once it has said so.
    pub progress: Option<Progress>,
}

impl Requests {
    /// The answer to a question, if it is known.
    pub fn get(&self, asked: &Asked) -> Option<&Arc<Evidence>> {
        let is_it = |known: &&(Asked, Arc<Evidence>)| known.0 == *asked;
        self.known.iter().find(is_it).map(|(_, evidence)| evidence)
    }

    /// What is being looked into.
    pub fn running(&self) -> Option<&Running> {
        self.running.as_ref()
    }

    /// Why a question has no answer.
    pub fn refusal(&self, asked: &Asked) -> Option<&str> {
        let refused = self.refused.iter().find(|(refused, _)| refused == asked);
        refused.map(|(_, why)| why.as_str())
    }

    /// Whether a question is answered, looked into, or refused.
    pub fn is_settled(&self, asked: &Asked) -> bool {
        let runs = self.running.as_ref().map(|running| &running.asked) == Some(asked);
        runs || self.get(asked).is_some() || self.refusal(asked).is_some()
    }

    /// A job has been asked for.
    pub fn start(&mut self, ticket: Ticket, asked: Asked) {
        self.running = Some(Running {
            ticket,
            asked,
            progress: None,
        });
    }

    /// Forgets the job unless it is for `wanted`; its ticket, to be cancelled.
    pub fn drop_all_but(&mut self, wanted: Option<&Asked>) -> Option<Ticket> {
        let dropped = self
            .running
            .take_if(|running| Some(&running.asked) != wanted)?;
        Some(dropped.ticket)
    }

    /// Stops the job at the reader's word; its ticket, to be cancelled.
    pub fn stop(&mut self) -> Option<Ticket> {
        let stopped = self.running.take()?;
        self.refused.push((stopped.asked, "stopped".to_owned()));
        Some(stopped.ticket)
    }

    /// What was refused may be asked again.
    pub fn allow_again(&mut self) {
        self.refused.clear();
    }

    /// Forgets everything: the texts or the topics have changed. The ticket of the job, to be cancelled.
    pub fn forget(&mut self) -> Option<Ticket> {
        let running = self.running.take().map(|running| running.ticket);
        *self = Self::default();
        running
    }

    /// How far a job is; false when it is no longer wanted.
    pub fn progress(&mut self, ticket: Ticket, progress: Progress) -> bool {
        let running = self.running.as_mut();
        let Some(running) = running.filter(|running| running.ticket == ticket) else {
            return false;
        };
        running.progress = Some(progress);
        true
    }

    /// A job is done; false when it is no longer wanted.
    pub fn finish(&mut self, ticket: Ticket, evidence: Arc<Evidence>) -> bool {
        let Some(asked) = self.take(ticket) else {
            return false;
        };
        if self.known.len() >= KEPT {
            self.known.remove(0);
        }
        self.known.push((asked, evidence));
        true
    }

    /// A job ended without an answer; false when it is no longer wanted.
    pub fn fail(&mut self, ticket: Ticket, why: String) -> bool {
        let Some(asked) = self.take(ticket) else {
            return false;
        };
        self.refused.push((asked, why));
        true
    }

    fn take(&mut self, ticket: Ticket) -> Option<Asked> {
        let running = self.running.take_if(|running| running.ticket == ticket)?;
        Some(running.asked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(topic: usize) -> Asked {
        Asked {
            perspectives: vec![Perspective::Document(0), Perspective::Document(1)],
            topic: Some(topic),
            options: Options::default(),
        }
    }

    #[test]
    fn a_report_of_a_job_that_is_no_longer_wanted_changes_nothing() {
        let mut requests = Requests::default();
        requests.start(Ticket(1), asked(0));
        assert_eq!(requests.drop_all_but(Some(&asked(1))), Some(Ticket(1)));
        requests.start(Ticket(2), asked(1));
        assert!(!requests.finish(Ticket(1), Arc::default()));
        assert!(requests.get(&asked(0)).is_none() && requests.get(&asked(1)).is_none());
        assert!(requests.finish(Ticket(2), Arc::default()));
        assert!(requests.get(&asked(1)).is_some());
    }

    #[test]
    fn what_the_reader_stopped_is_not_asked_again_by_itself() {
        let mut requests = Requests::default();
        requests.start(Ticket(1), asked(0));
        assert_eq!(requests.stop(), Some(Ticket(1)));
        assert!(requests.is_settled(&asked(0)));
        requests.allow_again();
        assert!(!requests.is_settled(&asked(0)));
    }

    #[test]
    fn the_oldest_answers_are_given_up() {
        let mut requests = Requests::default();
        for topic in 0..KEPT + 3 {
            requests.start(Ticket(topic as u64), asked(topic));
            requests.finish(Ticket(topic as u64), Arc::default());
        }
        assert!(requests.get(&asked(2)).is_none());
        assert!(requests.get(&asked(3)).is_some());
        assert_eq!(requests.known.len(), KEPT);
    }
}
