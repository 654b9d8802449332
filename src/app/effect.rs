//! What the reader's state asks of the world. Data only: `runtime` carries it out.

use super::message::Ticket;
use crate::analysis::alignment::{Decision, Decisions};
use crate::analysis::copies::Copies;
use crate::analysis::evidence::Options;
use crate::corpus::PassageId;
use std::sync::Arc;

/// Something to be done outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Leave the program.
    Quit,
    /// Give the terminal back and stop until the shell continues us.
    Suspend,
    /// Ask the terminal to report the mouse, or to keep it.
    Mouse(bool),
    /// Find out which passages are on which topics, discovering topics where the corpus has none.
    FindTopics(Ticket),
    /// Find out which passages of two perspectives belong together.
    Compare {
        /// The job's ticket.
        ticket: Ticket,
        /// The passages of the left perspective, in reading order.
        left: Vec<PassageId>,
        /// Those of the right one.
        right: Vec<PassageId>,
        /// What the reader decided so far.
        decisions: Decisions,
    },
    /// Find out which passages of the corpus have the same text.
    FindCopies(Ticket),
    /// Lay open what some sides say.
    Gather {
        /// The job's ticket.
        ticket: Ticket,
        /// The passages of each side, in reading order.
        sides: Vec<Vec<PassageId>>,
        /// What counts.
        options: Options,
        /// The copies of the corpus.
        copies: Arc<Copies>,
    },
    /// Keep a decision about a pair of passages, so that it lasts.
    Decide(Decision),
    /// Put a text on the clipboard of the terminal.
    Copy {
        /// The text.
        text: String,
        /// What it is, in a few words.
        what: String,
    },
    /// Stop a job that is no longer wanted.
    Cancel(Ticket),
}
