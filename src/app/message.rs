//! What reaches the reader's state from outside.

use crate::analysis::alignment::Comparison;
use crate::analysis::copies::Copies;
use crate::analysis::evidence::Evidence;
use crate::analysis::tagging::Tagging;
use crate::analysis::watch::Progress;
use crate::app::results::Found;
use crate::corpus::Topic;
use crate::corpus::note::NoteChange;
use keybinds::KeyInput;
use std::sync::Arc;
use std::time::Duration;

/// Something that happened.
#[derive(Debug)]
pub enum Message {
    /// A key went down.
    Key(KeyInput),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something at a cell.
    Mouse {
        /// Column, from 0.
        column: u16,
        /// Row, from 0.
        row: u16,
        /// What.
        kind: Mouse,
    },
    /// The terminal has a new size, in cells.
    Resize {
        /// Columns.
        columns: u16,
        /// Rows.
        rows: u16,
    },
    /// A job has something to say.
    Report(Report),
    /// A decision could not be written down, and why.
    NotKept(String),
    /// What was done to a note is on the disk.
    NoteKept(NoteChange),
    /// Something that was asked for is done, or cannot be, in words.
    Done(String),
    /// The reader's own editor has ended: the text then, or why it is as it was.
    Edited(Result<String, String>),
    /// Leave now: the terminal went away or the system asked us to.
    Terminate,
}

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mouse {
    /// The left button went down.
    Press,
    /// It moved while it was down.
    Drag,
    /// The wheel turned towards the reader.
    WheelDown,
    /// The wheel turned away.
    WheelUp,
}

/// Which job; reports of a job that is no longer wanted are dropped by it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(pub u64);

/// News of a job.
#[derive(Debug)]
pub struct Report {
    /// Whose.
    pub ticket: Ticket,
    /// What.
    pub stage: Stage,
}

/// How far a job is.
#[derive(Debug)]
pub enum Stage {
    /// It runs.
    Started,
    /// It is this far, after this time; said now and then, not at every step.
    Progress(Progress, Duration),
    /// It is done.
    Finished(Finding),
    /// It cannot be done, and why.
    Failed(String),
    /// It was told to stop.
    Cancelled,
}

impl Stage {
    /// What it is called where it is told without what it holds.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Progress(..) => "goes on",
            Self::Finished(_) => "done",
            Self::Failed(_) => "failed",
            Self::Cancelled => "cancelled",
        }
    }
}

/// What a job found.
#[derive(Debug)]
pub enum Finding {
    /// The topics of the corpus, and which passages are on them.
    Topics(Vec<Topic>, Tagging),
    /// Which passages of two perspectives belong together.
    Comparison(Comparison),
    /// Which passages of the corpus have the same text.
    Copies(Arc<Copies>),
    /// What the sides say, laid open.
    Evidence(Arc<Evidence>),
    /// Passages of the corpus, by their words.
    Found(Found),
    /// The index of the corpus is up to date.
    Indexed,
}
