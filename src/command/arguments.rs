//! The command line. Arguments are read here and checked by the command that uses them.

use clap::{Parser, Subcommand};
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
    /// The options of every command.
    #[command(flatten)]
    pub global: Global,
    /// What to do instead of opening the reader.
    #[command(subcommand)]
    pub command: Option<Command>,
}

const EXAMPLES: &str = "\
Examples:
  diptych                            the built-in corpus
  diptych left.txt right.txt         two files of your own
  diptych import *.txt --into mine   make a corpus, then: diptych mine
  diptych topics                     its topics, printed";

/// The options of every command.
#[derive(Debug, clap::Args)]
pub struct Global {
    /// The corpus folder that a command works on; the built-in corpus if not given.
    #[arg(long, global = true, value_name = "PATH", env = "DIPTYCH_CORPUS")]
    pub corpus: Option<PathBuf>,
    /// No colours (as with `NO_COLOR`).
    #[arg(long, global = true)]
    pub no_color: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {}
