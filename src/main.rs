//! Parse arguments, run, print the error, exit code.

use clap::Parser;
use diptych::app::Settings;
use diptych::command::{self, arguments::Arguments, open, output};
use diptych::runtime;
use std::io::IsTerminal;
use std::process::ExitCode;

fn main() -> ExitCode {
    runtime::restore_on_panic();
    let arguments = Arguments::parse();
    let outcome = match &arguments.command {
        Some(command) => command::run(command, &arguments.global),
        None => read(&arguments).map(|()| true),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            output::tell(&format!("diptych: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Opens the reader.
fn read(arguments: &Arguments) -> anyhow::Result<()> {
    if !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
        anyhow::bail!(
            "the reader needs a terminal to draw on; \
             into a pipe, print with `diptych list`, `topics`, `passages` or `show` (`diptych --help` has them all)"
        );
    }
    let settings = Settings {
        bidi: arguments.bidi.into(),
        ..Settings::default()
    };
    let opening = open::opening(
        &arguments.paths,
        arguments.global.corpus.as_deref(),
        settings,
    )?;
    Ok(runtime::read(opening, arguments.global.no_color)?)
}
