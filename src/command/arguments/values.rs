//! The words that options take.

use super::Of;
use crate::analysis::coverage::By;
use crate::corpus::citing::Style;
use crate::corpus::note::Relation;
use crate::text::bidi;
use clap::{Subcommand, ValueEnum};

/// Who puts right-to-left text into visual order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Bidi {
    /// Diptych does.
    App,
    /// The terminal does.
    Terminal,
    /// Nobody does.
    Off,
}

impl From<Bidi> for bidi::Ordering {
    fn from(choice: Bidi) -> Self {
        match choice {
            Bidi::App => Self::App,
            Bidi::Terminal => Self::Terminal,
            Bidi::Off => Self::Off,
        }
    }
}

/// How much is logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogLevel {
    /// Faults.
    Error,
    /// Also what could not be done.
    Warn,
    /// Also what was done, and how long it took.
    Info,
    /// Also names and addresses, which may quote texts.
    Debug,
    /// Also each key, and what the libraries say.
    Trace,
}

impl From<LogLevel> for log::LevelFilter {
    fn from(level: LogLevel) -> Self {
        match level {
            LogLevel::Error => Self::Error,
            LogLevel::Warn => Self::Warn,
            LogLevel::Info => Self::Info,
            LogLevel::Debug => Self::Debug,
            LogLevel::Trace => Self::Trace,
        }
    }
}

/// Whether a file that seems to hold several articles is cut into them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Splitting {
    /// It is; what tells so is remarked.
    Auto,
    /// It is, and a book into its chapters too.
    Always,
    /// It is not; where it could be cut is remarked.
    Never,
    /// The places are shown, and you say.
    Ask,
}

/// What `diptych export` hands over.
#[derive(Debug, Subcommand)]
pub enum Exported {
    /// Who speaks of what: topics by sources.
    Coverage {
        /// Of which corpus.
        #[command(flatten)]
        of: Of,
        /// What the columns are.
        #[arg(long, value_enum, default_value_t = Columns::Source)]
        by: Columns,
        /// Count a text as often as it stands in a column, not once.
        #[arg(long)]
        copies: bool,
    },
    /// What two perspectives say, laid open: figures, quotes, words, copies.
    Evidence {
        /// A document, source:ID, voice:NAME, or a file; or a corpus folder alone.
        left: String,
        /// What to hold against it; not needed where the first is a folder of two documents or two sources.
        right: Option<String>,
        /// Only on this topic: its id, title or key.
        #[arg(long)]
        topic: Option<String>,
    },
}

/// A format of `diptych export`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// One page that needs nothing else.
    Html,
    /// CommonMark, with tables.
    Markdown,
    /// For a spreadsheet.
    Csv,
    /// For programs: what the command of that name prints.
    Json,
}

/// What `diptych notes --export` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum NotesFormat {
    /// A page.
    Html,
    /// CommonMark, with a table.
    Markdown,
    /// For programs.
    Json,
    /// For a spreadsheet.
    Csv,
    /// Web Annotations of the W3C.
    Jsonld,
    /// A project for qualitative data analysis (REFI-QDA), with --output.
    Qdpx,
}

/// How two passages have to do with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum NoteRelation {
    /// They say the same.
    Agrees,
    /// They do not say the same.
    Differs,
    /// One answers the other.
    Answers,
    /// What one says is not in the other.
    Absent,
    /// Each has a word of its own for the same thing.
    OwnWord,
}

impl From<NoteRelation> for Relation {
    fn from(relation: NoteRelation) -> Self {
        match relation {
            NoteRelation::Agrees => Self::Agrees,
            NoteRelation::Differs => Self::Differs,
            NoteRelation::Answers => Self::Answers,
            NoteRelation::Absent => Self::Absent,
            NoteRelation::OwnWord => Self::OwnWord,
        }
    }
}

/// How citations are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CiteStyle {
    /// A sentence.
    Plain,
    /// A block quote of Markdown.
    Markdown,
    /// Entries of BibTeX.
    Bibtex,
    /// Items of CSL-JSON, for Zotero and Pandoc.
    CslJson,
}

impl From<CiteStyle> for Style {
    fn from(style: CiteStyle) -> Self {
        match style {
            CiteStyle::Plain => Self::Plain,
            CiteStyle::Markdown => Self::Markdown,
            CiteStyle::Bibtex => Self::Bibtex,
            CiteStyle::CslJson => Self::CslJson,
        }
    }
}

/// What the columns of `diptych coverage` are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Columns {
    /// Who publishes.
    Source,
    /// Each text.
    Document,
    /// Who speaks in the texts besides their authors.
    Voice,
}

impl From<Columns> for By {
    fn from(columns: Columns) -> Self {
        match columns {
            Columns::Source => Self::Sources,
            Columns::Document => Self::Documents,
            Columns::Voice => Self::Voices,
        }
    }
}

/// What `diptych list` lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    /// Documents.
    Documents,
    /// Sources.
    Sources,
    /// Voices.
    Voices,
}
