//! What is told of the command line: the commands there are for readers, and examples.

use super::Arguments;
use crate::corpus::spelling;
use clap::CommandFactory as _;

/// The whole command line as it is told of: without the commands that are for Diptych itself.
pub fn shown() -> clap::Command {
    let whole = Arguments::command();
    let commands = whole.get_subcommands();
    let shown: Vec<clap::Command> = commands
        .filter(|command| !command.is_hide_set())
        .cloned()
        .collect();
    let arguments: Vec<clap::Arg> = whole.get_arguments().cloned().collect();
    let optional = |text: Option<&clap::builder::StyledStr>| text.cloned().unwrap_or_default();
    clap::Command::new("diptych")
        .disable_help_subcommand(true)
        .version(env!("CARGO_PKG_VERSION"))
        .about(optional(whole.get_about()))
        .long_about(optional(whole.get_long_about()))
        .after_help(optional(whole.get_after_help()))
        .args(arguments)
        .subcommands(shown)
}

/// The command that was meant by a path that is not there.
pub fn misspelt_command(path: &str) -> Option<String> {
    let command = shown();
    let names: Vec<&str> = command
        .get_subcommands()
        .map(clap::Command::get_name)
        .collect();
    spelling::closest(path, &names).map(str::to_owned)
}

pub(super) const EXAMPLES: &str = "\
Examples:
  diptych                            the built-in corpus
  diptych tour                       the same, with a strip that says what to press
  diptych left.txt right.txt         two files of your own
  diptych source:bbc voice:minister --corpus mine
                                     two perspectives of a corpus
  diptych import *.txt --into mine   make a corpus, then: diptych mine
  diptych topics                     its topics, printed

`diptych help` lists what there is to read about.";

pub(super) const COMPLETIONS: &str = "\
To have them in every new shell:
  bash        diptych completions bash > ~/.local/share/bash-completion/completions/diptych
  zsh         diptych completions zsh > DIR/_diptych, where DIR is a folder in your $fpath
  fish        diptych completions fish > ~/.config/fish/completions/diptych.fish
  powershell  diptych completions powershell >> $PROFILE
  elvish      diptych completions elvish >> ~/.config/elvish/rc.elv";

pub(super) const MANUAL: &str = "\
To read it:        diptych man | man -l -
To install it:     diptych man > ~/.local/share/man/man1/diptych.1  (mkdir -p makes the folder)";

pub(super) const QUERIES: &str = "\
Queries:
  shut down                     both words, in any form
  '\"shut down\"'               the words next to each other
  shut*                         words that start so
  blackout OR (internet NOT satellite)
  curfew source:bbc topic:arrests voice:minister since:2026-01 until:2026-02-15
  title:harbour                 documents with this in their title

Of each source the best passages are printed, with how many there are (--limit).";
