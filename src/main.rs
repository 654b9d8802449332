//! Parse arguments, run, print the error, exit code.

use anyhow::Context as _;
use diptych::app::Settings;
use diptych::app::effect::Kept;
use diptych::command::{
    self,
    arguments::{Arguments, Command},
    open, output,
};
use diptych::corpus::Corpus;
use diptych::library::places::{self, Home};
use diptych::library::used;
use diptych::runtime;
use std::io::IsTerminal;
use std::process::ExitCode;

/// Memory is had and given back by several threads, a million pieces a second, where a library is indexed: a fifth of that time with the
/// system's own allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
        Some(Command::Tour) if !arguments.global.plain => read(&arguments).map(|()| true),
        Some(command) => command::run(command, &arguments.global, runtime::columns()),
        None if arguments.global.plain => command::plain::run(&arguments).map(|()| true),
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
        typesetting: config.typesetting,
        ..Settings::default()
    };
    let is_tour = matches!(arguments.command, Some(Command::Tour));
    let (mut opening, stores) = if is_tour {
        open::for_tour(settings)
    } else {
        open::opening(
            &arguments.paths,
            arguments.global.corpus.as_deref(),
            settings,
            &config.keymap,
        )?
    };
    if !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
        anyhow::bail!(
            "the reader needs a terminal to draw on; into a pipe, `diptych --plain` prints what it would show, \
             and `diptych list`, `topics`, `passages` and `show` print the rest (`diptych --help` has them all)"
        );
    }
    if output::is_dumb_terminal() {
        anyhow::bail!(
            "the reader draws on the whole screen, and this terminal says that it cannot (TERM is dumb): \
             `diptych --plain` prints what it would show; or set TERM to what the terminal is, such as xterm"
        );
    }
    let (of_notes, of_lines) = (stores.clone(), stores.clone());
    let resuming = if is_tour {
        open::Resuming::nothing()
    } else {
        open::resuming(arguments, &mut opening)
    };
    if let Some(told) = resuming.told {
        open::also_say(&mut opening.notice, told);
    }
    let sessions = resuming.store;
    let fresh = arguments.fresh;
    let home = open::home_of(&arguments.paths, arguments.global.corpus.as_deref());
    let is_of_files = matches!(home, Home::Files(_));
    // Where a step of the tour was is no place of the reader's.
    let places = if is_tour {
        places::Store::none()
    } else {
        places::Store::of(home)
    };
    let of_places = places.clone();
    let guidance = runtime::Guidance {
        used: (config.hints && !is_tour).then(used::load).flatten(),
        // Where it cannot be kept a hint comes once more.
        keep: Box::new(|names| drop(used::save(names))),
        tour: is_tour,
    };
    let beside = runtime::Beside {
        guidance,
        session: resuming.session,
        save: Box::new(move |session| {
            let saved = sessions.save(&session.write());
            saved.map_err(|error| output::causes(&error.into()))
        }),
        notes: Box::new(move |corpus: &Corpus| of_notes.notebook(corpus)),
        places: Box::new(move || {
            let known = if fresh { Vec::new() } else { of_places.load() };
            let read = |value| serde_json::from_value(value).ok();
            let known = known.into_iter();
            known
                .filter_map(|(id, value)| Some((id, read(value)?)))
                .collect()
        }),
        opens_at_places: is_of_files,
        save_places: keeping(places),
        lines: Box::new(move || of_lines.lines()),
    };
    let keeper = move |corpus: &Corpus, kept: Kept| stores.keep(corpus, kept);
    let unkept = |why: &str| output::tell(&format!("diptych: {why}"));
    if let Some(told) = told {
        open::also_say(&mut opening.notice, told);
    }
    let look = runtime::Look {
        no_color: arguments.global.no_color,
        theme: config.theme,
        icons: config.icons,
        keymap: config.keymap,
    };
    let corpus_path = arguments.global.corpus.as_deref();
    let folder = open::folder_of(&arguments.paths, corpus_path).filter(|_| !is_tour);
    let keeper = Box::new(keeper);
    Ok(runtime::read(
        opening, folder, beside, keeper, unkept, look,
    )?)
}

/// Keeps where documents were left.
fn keeping(places: places::Store) -> runtime::SavePlaces {
    Box::new(move |left| {
        let written = |place| serde_json::to_value(place).ok();
        let left = left.into_iter();
        let left = left.filter_map(|(id, place)| Some((id, written(place)?)));
        let saved = places.save(left.collect());
        saved.map_err(|error| output::causes(&error.into()))
    })
}
