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
    /// Let the reader write on in an editor of their own.
    Edit(String),
    /// Put a text on the clipboard of the terminal.
    Copy {
        /// The text.
        text: String,
        /// What it is, in a few words.
        what: String,
    },
    /// Write what is on the screen to a new file.
    Write(Order),
    /// Stop a job that is no longer wanted.
    Cancel(Ticket),
}

/// What is to be written to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// What the panes say, side by side.
    Comparison,
    /// Who speaks of what.
    Coverage,
    /// What the sides say, laid open.
    Evidence,
    /// The notes with these addresses, in this order.
    Notes(Vec<String>),
}

impl Content {
    /// Its name in a sentence.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Comparison => "the comparison",
            Self::Coverage => "the coverage",
            Self::Evidence => "the evidence",
            Self::Notes(_) => "the notes",
        }
    }

    /// What it can be written as.
    pub fn formats(&self) -> &'static [FileFormat] {
        let all = &FileFormat::ALL;
        match self {
            Self::Notes(_) => all,
            Self::Comparison | Self::Coverage | Self::Evidence => all.split_at(4).0,
        }
    }
}

/// A file that is to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// What is in it.
    pub content: Content,
    /// How.
    pub format: FileFormat,
    /// What the reader called it, with its ending; nothing to have it named for what it holds.
    pub name: Option<String>,
}

/// What something can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFormat {
    /// A page.
    Html,
    /// A text.
    Markdown,
    /// A table.
    Csv,
    /// What the command of that name prints.
    Json,
    /// Web Annotations.
    JsonLd,
    /// A project of qualitative data analysis.
    Qdpx,
}

impl FileFormat {
    /// Every format; the last two are for notes.
    pub const ALL: [Self; 6] = [
        Self::Html,
        Self::Markdown,
        Self::Csv,
        Self::Json,
        Self::JsonLd,
        Self::Qdpx,
    ];

    /// Its name.
    pub fn title(self) -> &'static str {
        match self {
            Self::Html => "HTML",
            Self::Markdown => "Markdown",
            Self::Csv => "CSV",
            Self::Json => "JSON",
            Self::JsonLd => "JSON-LD",
            Self::Qdpx => "QDPX",
        }
    }

    /// The endings of its files, first the one that is given to them.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Html => &["html", "htm"],
            Self::Markdown => &["md", "markdown"],
            Self::Csv => &["csv"],
            Self::Json => &["json"],
            Self::JsonLd => &["jsonld"],
            Self::Qdpx => &["qdpx"],
        }
    }

    /// What it is for.
    pub fn about(self) -> &'static str {
        match self {
            Self::Html => "one page for a browser or for print, which needs nothing else",
            Self::Markdown => "a text to go on writing in",
            Self::Csv => "a table for a spreadsheet",
            Self::Json => "for programs: what the command line prints with --json",
            Self::JsonLd => "Web Annotations of the W3C",
            Self::Qdpx => "a project for qualitative analysis (REFI-QDA)",
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
