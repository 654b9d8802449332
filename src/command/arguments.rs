//! The command line. Arguments are read here and checked by the command that uses them.

use crate::text::bidi;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Reads two accounts of the same events side by side, topic by topic.
///
/// Without a command it opens the reader: on the built-in corpus, on a FOLDER, or on files laid side by side.
#[derive(Debug, Parser)]
#[command(name = "diptych", version, args_conflicts_with_subcommands = true, after_help = EXAMPLES)]
pub struct Arguments {
    /// A corpus folder, or one to four files to lay side by side; nothing for the built-in corpus.
    #[arg(value_name = "FOLDER|FILE")]
    pub paths: Vec<PathBuf>,
    /// Who puts right-to-left text into visual order: Diptych (for terminals that draw cells as they come), the terminal, or nobody.
    #[arg(long, value_enum, default_value_t = Bidi::App)]
    pub bidi: Bidi,
    /// The options of every command.
    #[command(flatten)]
    pub global: Global,
    /// What to do instead of opening the reader.
    #[command(subcommand)]
    pub command: Option<Command>,
}

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

const EXAMPLES: &str = "\
Examples:
  diptych                            the built-in corpus
  diptych left.txt right.txt         two files of your own
  diptych import *.txt --into mine   make a corpus, then: diptych mine
  diptych topics                     its topics, printed";

/// The options of every command.
#[derive(Debug, Args)]
pub struct Global {
    /// The corpus folder to work on; the built-in corpus if not given.
    #[arg(long, global = true, value_name = "PATH", env = "DIPTYCH_CORPUS")]
    pub corpus: Option<PathBuf>,
    /// No colours (as with `NO_COLOR`).
    #[arg(long, global = true)]
    pub no_color: bool,
    /// Print JSON, where a command prints anything.
    #[arg(long, global = true)]
    pub json: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print the documents of a corpus, or its sources or voices.
    List {
        /// Its sources instead.
        #[arg(long, conflicts_with = "voices")]
        sources: bool,
        /// Its voices instead: who speaks besides the authors.
        #[arg(long)]
        voices: bool,
    },
    /// Print the topics, with how much is said on each.
    Topics,
    /// Print every passage on a topic, and why it is there.
    Passages {
        /// The topic: its id, title or key.
        #[arg(long)]
        topic: String,
        /// Only of this document, source:ID or voice:NAME.
        #[arg(long = "in", value_name = "PERSPECTIVE")]
        within: Option<String>,
    },
    /// Print a document, or one passage of it (DOC#12).
    Show {
        /// Its id, or a part of it that fits no other.
        document: String,
        /// As the Markdown file it is kept in.
        #[arg(long, conflicts_with = "text")]
        markdown: bool,
        /// The bare text.
        #[arg(long)]
        text: bool,
    },
    /// Print a file as clean Markdown; what was left out goes to standard error.
    Extract {
        /// A text or Markdown file.
        file: PathBuf,
    },
    /// Bring files into a corpus folder, which is made if need be. Never overwrites.
    Import {
        /// Text or Markdown files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// The corpus folder.
        #[arg(long, value_name = "DIR")]
        into: PathBuf,
        /// The day on which the copies were made: dates such as “4 hours ago” count from it.
        #[arg(long, value_name = "YYYY-MM-DD")]
        copied: Option<String>,
    },
    /// Print what is wrong with a corpus folder.
    Check {
        /// The folder.
        folder: PathBuf,
    },
    /// Print every key and what it does.
    Keys {
        /// As a Markdown page.
        #[arg(long)]
        markdown: bool,
    },
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
