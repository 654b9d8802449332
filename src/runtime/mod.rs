//! The loop: block for one message, drain what else waits, then draw once. No frame rate, no async runtime.
//!
//! Invariant: the terminal is given back on every way out (see `terminal`), and nothing is asked of it before the
//! first frame.

mod canvas;
mod clipboard;
mod editing;
mod fault;
mod input;
mod jobs;
mod keeping;
pub mod logging;
pub mod seeking;
mod signals;
mod terminal;
mod writing;

pub use terminal::restore_on_panic;

use crate::app::action::Action;
use crate::app::config::{Icons, ThemeChoice};
use crate::app::effect::{Effect, Kept};
use crate::app::keymap::Keymap;
use crate::app::last_places::LastPlace;
use crate::app::message::Message;
use crate::app::notebook::Notebook;
use crate::app::session::Session;
use crate::app::{App, Opening, Whole};
use crate::corpus::Corpus;
use crate::text::bidi;
use crate::view;
use crate::view::theme::{Background, Depth, Theme};
use jobs::Jobs;
use keeping::Keeping;
use std::collections::BTreeSet;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use terminal::Guard;

/// Messages handled before a drawing, at most: a key held down must not keep the screen from changing.
const MESSAGES_A_FRAME: usize = 64;

/// What wakes the loop.
#[derive(Debug)]
pub(crate) enum Event {
    /// Something for the reader's state, from a job.
    Message(Message),
    /// The same from the terminal.
    Typed(Message),
    /// A signal (its number) asks us to leave.
    Leave(i32),
    /// The system asks us to stop until we are continued.
    Suspend,
    /// We were continued.
    Continued,
    /// The editor that had the terminal has ended.
    EditorEnded(io::Result<std::process::ExitStatus>),
}

/// Columns of the terminal that standard output is on; `None` where it is no terminal.
pub fn columns() -> Option<u16> {
    io::stdout()
        .is_terminal()
        .then(|| crossterm::terminal::size().map_or(80, |(columns, _)| columns))
}

/// Writes a decision or a note down, so that it lasts; says why where it cannot.
pub type Keeper = Box<dyn FnMut(&Corpus, Kept) -> Result<(), String> + Send>;

/// The notes on a corpus, and what is to be told of them.
pub type Notes = Box<dyn FnOnce(&Corpus) -> (Notebook, Option<String>)>;

/// The lines of all notes on a corpus, as they are kept.
pub type Lines = Box<dyn Fn() -> anyhow::Result<Vec<serde_json::Value>>>;

/// Keeps where the reader was; says why where it cannot.
pub type Save = Box<dyn FnOnce(&Session) -> Result<(), String>>;

/// Where documents were left.
pub type Places = Vec<(String, LastPlace)>;

/// Keeps where documents were left.
pub type SavePlaces = Box<dyn FnOnce(Places) -> Result<(), String>>;
/// Keeps which actions were used.
pub type KeepUsed = Box<dyn FnOnce(&BTreeSet<String>)>;

/// What is said to who is new.
pub struct Guidance {
    /// Names of actions that were used before; nothing where no hints are wanted.
    pub used: Option<BTreeSet<String>>,
    /// Keeps them, where some were added.
    pub keep: KeepUsed,
    /// Whether the tour is taken.
    pub tour: bool,
}

/// What is known of the reader's work beside the texts.
pub struct Beside {
    /// What is said to who is new.
    pub guidance: Guidance,
    /// Where the reader was the last time.
    pub session: Option<Session>,
    /// Keeps where the reader was, at the end.
    pub save: Save,
    /// Where documents were left, read at once or after the first frame.
    pub places: Box<dyn FnOnce() -> Places>,
    /// Whether those that are opened are to stand there.
    pub opens_at_places: bool,
    /// Keeps where they are left now.
    pub save_places: SavePlaces,
    /// The notes.
    pub notes: Notes,
    /// Their lines.
    pub lines: Lines,
}

/// How the reader looks and which keys it takes.
#[derive(Debug, Default)]
pub struct Look {
    /// No colours, whatever the theme.
    pub no_color: bool,
    /// The theme.
    pub theme: ThemeChoice,
    /// What marks, bars and borders are drawn with.
    pub icons: Icons,
    /// The keys.
    pub keymap: Keymap,
}

/// Opens the reader on the terminal and returns when it is left. Does not return when a signal ended it: the process
/// ends by that signal, so that whoever started it sees so. `folder`: of the corpus, where it has one. `keeper` is given the reader's decisions; `unkept` takes why some
/// of the last could not be kept, where it was too late to say so on the screen.
///
/// # Errors
/// When the terminal cannot be set up or written to; it is restored by then.
pub fn read(
    opening: Opening,
    folder: Option<PathBuf>,
    beside: Beside,
    keeper: Keeper,
    unkept: impl FnOnce(&str),
    look: Look,
) -> io::Result<()> {
    let (sender, receiver) = channel();
    let depth = if look.no_color { Depth::None } else { depth() };
    let reorder = opening.settings.bidi == bidi::Ordering::App;
    let theme = Theme {
        reorder,
        icons: look.icons,
        ..Theme::chosen(depth, background(), look.theme)
    };
    signals::watch(sender.clone())?;
    let mut guard = Guard::enter(opening.settings)?;
    let (columns, rows) = Guard::size()?;
    let whole = opening.whole;
    log::info!(
        "opens {} documents at {columns}x{rows}, TERM {}",
        opening.corpus.documents.len(),
        std::env::var("TERM").unwrap_or_default()
    );
    let (mut app, mut effects) = App::new(opening, columns, rows);
    app.keymap = look.keymap;
    let Beside {
        session,
        notes,
        save,
        lines,
        places,
        opens_at_places,
        save_places,
        guidance,
    } = beside;
    let has_resumed = session.is_some_and(|session| app.resume(&session));
    let mut places = Some(places);
    let mut has_moved = has_resumed;
    if opens_at_places && !has_resumed {
        // Files of one's own, opened anew: where they were left is where they open.
        app.take_places(places.take().map_or_else(Vec::new, |read| read()));
        has_moved = app.open_at_last_places();
    }
    if has_moved {
        effects.extend(app.ask());
    }
    if guidance.tour {
        effects.extend(app.run(Action::Tour));
    } else if let Some(used) = guidance.used {
        app.give_hints(used);
    }
    let mut outside = Outside {
        guard: &mut guard,
        keys: input::Keys::default(),
        events: &receiver,
        keeping: Keeping::new(keeper, sender.clone()),
        jobs: Jobs::new(sender, folder),
        annotations: lines,
    };
    let late = Late {
        whole,
        notes,
        places,
    };
    let outcome = run(&mut app, effects, late, &theme, &mut outside);
    let keeping = outside.keeping;
    drop(guard);
    // Where it cannot be kept, the next start is as the first was: nothing of the reader's is lost.
    let _ = save(&app.session());
    let _ = save_places(app.places());
    if let (true, Some(used)) = (app.hints.changed, app.hints.used()) {
        (guidance.keep)(used);
    }
    if let Some(why) = keeping.finish(&receiver) {
        unkept(&why);
    }
    // A hundred thousand documents take a tenth of a second to give back one by one; the system takes them all at once.
    std::mem::forget(app);
    match outcome? {
        Left::ByKey => Ok(()),
        Left::BySignal(signal) => signals::end_by(signal),
    }
}

/// How the reader was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Left {
    /// By a key or a command of the reader, or because the terminal has gone.
    ByKey,
    /// By a signal.
    BySignal(i32),
}

/// What is read after the first frame.
struct Late {
    whole: Option<Whole>,
    notes: Notes,
    places: Option<Box<dyn FnOnce() -> Places>>,
}

/// What effects are carried out on.
struct Outside<'o> {
    guard: &'o mut Guard,
    keys: input::Keys,
    events: &'o Receiver<Event>,
    jobs: Jobs,
    keeping: Keeping,
    annotations: Lines,
}

fn run(
    app: &mut App,
    effects: Vec<Effect>,
    late: Late,
    theme: &Theme,
    outside: &mut Outside<'_>,
) -> io::Result<Left> {
    let receiver = outside.events;
    // What is not needed for the first frame waits for it: a job would take its processor away.
    let (now, mut later): (Vec<Effect>, Vec<Effect>) =
        effects.into_iter().partition(|effect| match effect {
            Effect::FindTopics(_) => app.tagging.is_none(),
            Effect::Compare { .. } => app.is_opening(),
            _ => false,
        });
    carry_out(now, app, outside)?;
    let mut kept = wait_for_topics(app, receiver, &mut later);
    app.stale = false;
    outside
        .guard
        .draw(app.size(), |buffer| view::draw(app, theme, buffer))?;
    let Late {
        whole,
        notes,
        places,
    } = late;
    let again = whole.map_or_else(Vec::new, |Whole(read)| app.complete(read()));
    carry_out(later, app, outside)?;
    carry_out(again, app, outside)?;
    let (notebook, told) = notes(&app.corpus);
    app.take_notes(notebook, told);
    app.take_places(places.map_or_else(Vec::new, |read| read()));
    if app.stale {
        app.prepare();
        app.stale = false;
        let size = app.size();
        outside
            .guard
            .draw(size, |buffer| view::draw(app, theme, buffer))?;
    }
    // Keys are read only now: no thread competes with the first frame.
    let typed = input::read(outside.jobs.sender(), outside.keys.clone());
    loop {
        let Some(first) = kept.take().or_else(|| receiver.recv().ok()) else {
            return Ok(Left::ByKey);
        };
        let waiting = std::iter::once(first)
            .chain(receiver.try_iter())
            .take(MESSAGES_A_FRAME);
        for event in waiting {
            let effects = match event {
                Event::Message(message) => app.update(message),
                Event::Typed(message) => {
                    typed.taken();
                    if let Message::Key(key) = &message {
                        log::trace!("key {key}");
                    }
                    app.update(message)
                }
                Event::Leave(signal) => {
                    log::info!("asked to leave by signal {signal}");
                    return Ok(Left::BySignal(signal));
                }
                Event::Suspend => vec![Effect::Suspend],
                Event::EditorEnded(_) => Vec::new(),
                Event::Continued => {
                    outside.guard.reenter()?;
                    app.stale = true;
                    Vec::new()
                }
            };
            if carry_out(effects, app, outside)? {
                return Ok(Left::ByKey);
            }
        }
        panic_where_asked("loop");
        let (columns, rows) = Guard::size()?;
        if (columns, rows) != app.size() {
            log::debug!("resized to {columns}x{rows}");
            app.update(Message::Resize { columns, rows });
        }
        if !app.stale {
            continue;
        }
        app.prepare();
        app.stale = false;
        outside.guard.draw(app.size(), |buffer| {
            panic_where_asked("paint");
            view::draw(app, theme, buffer)
        })?;
    }
}

/// Tests need panics at moments when the terminal is ours: `DIPTYCH_TEST_PANIC` names the place. Not in release builds.
fn panic_where_asked(place: &str) {
    let asked = cfg!(debug_assertions)
        && std::env::var_os("DIPTYCH_TEST_PANIC").is_some_and(|wanted| wanted == place);
    assert!(!asked, "asked by DIPTYCH_TEST_PANIC \u{1b}[31m");
}

/// Carries out effects; true when the reader is to be left.
fn carry_out(effects: Vec<Effect>, app: &mut App, outside: &mut Outside<'_>) -> io::Result<bool> {
    for effect in effects {
        let Outside {
            guard,
            jobs,
            keeping,
            annotations,
            ..
        } = outside;
        match effect {
            Effect::Quit => return Ok(true),
            Effect::Suspend => {
                guard.suspend()?;
                app.stale = true;
            }
            Effect::Mouse(on) => guard.mouse(on)?,
            Effect::FindTopics(ticket) => jobs.find_topics(&app.corpus, ticket),
            Effect::Compare {
                ticket,
                left,
                right,
                decisions,
            } => jobs.compare(&app.corpus, ticket, left, right, decisions),
            Effect::FindCopies(ticket) => jobs.find_copies(&app.corpus, ticket),
            Effect::Gather {
                ticket,
                sides,
                options,
                copies,
            } => jobs.gather(&app.corpus, ticket, sides, options, copies),
            Effect::Index(ticket) => jobs.index(ticket),
            Effect::Search { ticket, text } => jobs.search(&app.corpus, ticket, text),
            Effect::Cancel(ticket) => jobs.cancel(ticket),
            Effect::Decide(decision) => keeping.keep(&app.corpus, Kept::Decision(decision)),
            Effect::Note(change) => keeping.keep(&app.corpus, Kept::Note(change)),
            Effect::Edit(text) => {
                let edited = editing::edit(outside, &text)?;
                app.stale = true;
                app.update(Message::Edited(edited));
            }
            Effect::Copy { text, what } => {
                let told = clipboard::copy(guard, &text, &what)?;
                app.update(Message::Done(told));
            }
            Effect::Write(order) => {
                let told = writing::write(app, &order, annotations, Path::new("."));
                app.update(Message::Done(told));
            }
        }
    }
    Ok(false)
}

/// Gives a job that looks for topics in a small corpus the chance to be done before the first frame, so that the first
/// screen is a comparison and not a text that jumps a moment later. Anything but a report ends the wait, and is given
/// back to be handled after the first frame; what a report asks for is added to `later`.
fn wait_for_topics(
    app: &mut App,
    receiver: &Receiver<Event>,
    later: &mut Vec<Effect>,
) -> Option<Event> {
    // Two files are laid side by side in rows: a first frame without them would say nothing.
    let patience = Duration::from_millis(if app.is_opening() { 80 } else { 40 });
    let began = Instant::now();
    let mut kept = None;
    let waits =
        |app: &App| app.is_opening() || (app.tagging.is_none() && app.finding_topics.is_some());
    while kept.is_none() && waits(app) {
        let left = patience.saturating_sub(began.elapsed());
        let Ok(event) = receiver.recv_timeout(left) else {
            break;
        };
        match event {
            Event::Message(message @ Message::Report(_)) => {
                later.extend(app.update(message));
            }
            other => kept = Some(other),
        }
    }
    app.prepare();
    kept
}

/// How many colours the terminal says it has.
fn depth() -> Depth {
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    if !variable("NO_COLOR").is_empty() {
        return Depth::None;
    }
    match (variable("COLORTERM").as_str(), variable("TERM").as_str()) {
        ("truecolor" | "24bit", _) => Depth::True,
        (_, term) if term.contains("direct") => Depth::True,
        (_, term) if term.contains("256color") => Depth::Indexed,
        (_, "dumb" | "vt100" | "vt102" | "vt220") => Depth::None,
        _ => Depth::Sixteen,
    }
}

/// What the environment says of the background, without asking the terminal: `COLORFGBG` is `15;0` or `0;default;15`.
fn background() -> Background {
    let variable = std::env::var("COLORFGBG").unwrap_or_default();
    match variable
        .rsplit(';')
        .next()
        .and_then(|colour| colour.parse::<u8>().ok())
    {
        Some(7 | 15) => Background::Light,
        Some(0..=6 | 8) => Background::Dark,
        _ => Background::Unknown,
    }
}
