//! What the reader's state asks of the world. Data only: `runtime` carries it out.

use super::message::Ticket;
use crate::analysis::alignment::{Decision, Decisions};
use crate::analysis::copies::Copies;
use crate::analysis::evidence::Options;
use crate::corpus::PassageId;
use crate::corpus::note::NoteChange;
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
    /// Bring the index of the corpus up to date.
    Index(Ticket),
    /// Find passages of the corpus.
    Search {
        /// The job's ticket.
        ticket: Ticket,
        /// What was typed.
        text: String,
    },
    /// Keep a decision about a pair of passages, so that it lasts.
    Decide(Decision),
    /// Keep what was done to a note, so that it lasts.
    Note(NoteChange),
    /// Put a text on the clipboard of the terminal.
    Copy {
        /// The text.
        text: String,
        /// What it is, in a few words.
        what: String,
    },
    /// Write the present comparison to a new file.
    WriteComparison(FileFormat),
    /// Stop a job that is no longer wanted.
    Cancel(Ticket),
}

/// What a comparison can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFormat {
    /// A page.
    Html,
    /// A text.
    Markdown,
    /// A table.
    Csv,
}

impl FileFormat {
    /// Every format.
    pub const ALL: [Self; 3] = [Self::Html, Self::Markdown, Self::Csv];

    /// Its name.
    pub fn title(self) -> &'static str {
        match self {
            Self::Html => "HTML",
            Self::Markdown => "Markdown",
            Self::Csv => "CSV",
        }
    }

    /// What it is for.
    pub fn about(self) -> &'static str {
        match self {
            Self::Html => "one page for a browser or for print, which needs nothing else",
            Self::Markdown => "a text to go on writing in",
            Self::Csv => "a table for a spreadsheet",
        }
    }
}

/// Something that is to last.
#[derive(Clone, Debug, PartialEq)]
pub enum Kept {
    /// What the reader says of a pair of passages.
    Decision(Decision),
    /// What was done to a note.
    Note(NoteChange),
}
