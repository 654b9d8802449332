//! Parse arguments, run, print the error, exit code.

use clap::Parser;
use diptych::command::{arguments::Arguments, open};
use diptych::runtime;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Standard error may be closed; there is nobody left to tell then.
            let _ = writeln!(std::io::stderr(), "diptych: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let opening = open::opening(&arguments.paths, arguments.global.corpus.as_deref())?;
    if !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
        anyhow::bail!(
            "the reader needs a terminal; `diptych list` and `diptych --help` show what can be printed instead"
        );
    }
    runtime::read(opening)?;
    Ok(())
}
