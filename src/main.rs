//! Parse arguments, run, print the error, exit code.

use anyhow::Context as _;
use diptych::app::Settings;
use diptych::app::effect::Kept;
use diptych::command::{self, arguments::Arguments, open, output};
use diptych::corpus::Corpus;
use diptych::runtime;
use std::io::IsTerminal;
use std::process::ExitCode;

fn main() -> ExitCode {
    runtime::restore_on_panic();
    let arguments = match Arguments::read(std::env::args_os()) {
        Ok(arguments) => arguments,
        // Not clap's own way out: it prints arguments as they are, and they may hold what commands a terminal.
        Err(error) if error.use_stderr() => {
            output::tell(error.render().to_string().trim_end());
            return ExitCode::from(2);
        }
        Err(help) => help.exit(),
    };
    let outcome = begin_log(&arguments).and_then(|()| match &arguments.command {
        Some(command) => command::run(command, &arguments.global, runtime::columns()),
        None => read(&arguments).map(|()| true),
    });
    log::info!(
        "ends: {}",
        match outcome {
            Ok(true) => "done",
            Ok(false) => "not all of it done",
            Err(_) => "failed",
        }
    );
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            output::tell(&format!("diptych: {}", output::causes(&error)));
            if error.is::<open::WrongUsage>() {
                return ExitCode::from(2);
            }
            ExitCode::FAILURE
        }
    }
}

/// Begins the log, where one is asked for.
fn begin_log(arguments: &Arguments) -> anyhow::Result<()> {
    let Some(place) = &arguments.global.log else {
        return Ok(());
    };
    runtime::logging::begin(place, arguments.global.log_level.into())
        .with_context(|| format!("cannot log to {}", place.display()))?;
    let (version, system) = (env!("CARGO_PKG_VERSION"), std::env::consts::OS);
    let command = std::env::args_os().len() - 1;
    log::info!("Diptych {version} on {system}, given {command} arguments");
    log::debug!(
        "given {:?}",
        std::env::args_os().skip(1).collect::<Vec<_>>()
    );
    Ok(())
}

/// Opens the reader.
fn read(arguments: &Arguments) -> anyhow::Result<()> {
    let (config, told) = open::configuration();
    let settings = Settings {
        bidi: arguments.bidi.map_or(config.bidi, Into::into),
        mouse: config.mouse,
        opens_facing: config.files_face,
        text_width: config.text_width,
        ..Settings::default()
    };
    let (mut opening, stores) = open::opening(
        &arguments.paths,
        arguments.global.corpus.as_deref(),
        settings,
    )?;
    if !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
        anyhow::bail!(
            "the reader needs a terminal to draw on; \
             into a pipe, print with `diptych list`, `topics`, `passages` or `show` (`diptych --help` has them all)"
        );
    }
    let of_notes = stores.clone();
    let resuming = open::resuming(arguments, &mut opening);
    if let Some(told) = resuming.told {
        open::also_say(&mut opening.notice, told);
    }
    let sessions = resuming.store;
    let beside = runtime::Beside {
        session: resuming.session,
        save: Box::new(move |session| {
            let saved = sessions.save(&session.write());
            saved.map_err(|error| output::causes(&error.into()))
        }),
        notes: Box::new(move |corpus: &Corpus| of_notes.notebook(corpus)),
    };
    let keeper = move |corpus: &Corpus, kept: Kept| stores.keep(corpus, kept);
    let unkept = |why: &str| output::tell(&format!("diptych: {why}"));
    if let Some(told) = told {
        open::also_say(&mut opening.notice, told);
    }
    let look = runtime::Look {
        no_color: arguments.global.no_color,
        theme: config.theme,
        keymap: config.keymap,
    };
    let folder = open::folder_of(&arguments.paths, arguments.global.corpus.as_deref());
    let keeper = Box::new(keeper);
    Ok(runtime::read(
        opening, folder, beside, keeper, unkept, look,
    )?)
}
