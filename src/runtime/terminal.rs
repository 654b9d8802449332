//! The terminal, taken and given back.
//!
//! Invariant: whatever was switched on is switched off by [`restore`], which every way out passes: leaving, errors (the
//! guard's drop), panics (the hook), signals. It may run twice, and it ignores errors: the terminal may be gone. What was
//! drawn but not sent by then is never sent. The screen is taken by the first frame, in one write with it: a reader of the
//! terminal that is woken for the modes alone would only hold the frame up.

use super::canvas::Canvas;
use super::fault;
use crate::app::Settings;
use crate::command::output;
use crate::import::guard;
use crate::text::bidi;
use crossterm::clipboard::CopyToClipboard;
use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::Print;
use crossterm::terminal::{
    EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use crossterm::{execute, queue};
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};

/// Presses, releases, the wheel, and motion while a button is down, in SGR notation. Other motion is not asked for: nothing uses it.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l";

/// Bidirectional support mode (ECMA-48 BDSM): explicit, so that a terminal that reorders by itself leaves our order alone.
const BIDI_EXPLICIT: &str = "\x1b[8l";
const BIDI_IMPLICIT: &str = "\x1b[8h";

/// Whether the terminal is ours at the moment: its input from [`take`] on.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Whether its screen is ours as well: from the first frame on.
static SCREEN_TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal while it is ours.
pub struct Guard {
    canvas: Canvas,
    /// Bytes that wait to be sent. They are sent in one piece, and only while the terminal is ours: a panic half-way through
    /// a frame, or a signal, must not leave the beginning of one to be sent after the terminal was given back.
    frame: Vec<u8>,
    mouse: bool,
    explicit_bidi: bool,
}

impl Guard {
    /// Takes the terminal.
    pub fn enter(settings: Settings) -> io::Result<Self> {
        let mut guard = Self {
            canvas: Canvas::default(),
            frame: Vec::new(),
            mouse: settings.mouse,
            explicit_bidi: settings.bidi == bidi::Ordering::App,
        };
        guard.take().inspect_err(|_| restore())?;
        Ok(guard)
    }

    /// Takes how keys are read; with the next frame, the screen.
    fn take(&mut self) -> io::Result<()> {
        TAKEN.store(true, Ordering::SeqCst);
        enable_raw_mode()?;
        queue!(self.frame, EnterAlternateScreen, Hide, EnableBracketedPaste)?;
        if self.mouse {
            queue!(self.frame, Print(MOUSE_ON))?;
        }
        if self.explicit_bidi {
            queue!(self.frame, Print(BIDI_EXPLICIT))?;
        }
        Ok(())
    }

    /// Columns and rows, by asking the system, not the terminal.
    pub fn size() -> io::Result<(u16, u16)> {
        crossterm::terminal::size()
    }

    /// Draws a frame of that size: only what changed is written, in one piece.
    pub fn draw(
        &mut self,
        size: (u16, u16),
        paint: impl FnOnce(&mut Buffer) -> Option<Position>,
    ) -> io::Result<()> {
        self.canvas.draw(size, paint, &mut self.frame);
        if TAKEN.load(Ordering::SeqCst) {
            SCREEN_TAKEN.store(true, Ordering::SeqCst);
            let mut out = io::stdout().lock();
            out.write_all(&self.frame).and_then(|()| out.flush())?;
        }
        self.frame.clear();
        self.canvas.settle();
        Ok(())
    }

    /// Switches mouse reports on or off.
    pub fn mouse(&mut self, on: bool) -> io::Result<()> {
        self.mouse = on;
        execute!(io::stdout(), Print(if on { MOUSE_ON } else { MOUSE_OFF }))
    }

    /// Hands a text to the clipboard of the terminal (OSC 52). No answer is asked for, so none can be waited for.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        // Before the next frame, in one write with it: what is told of it is drawn there.
        queue!(self.frame, CopyToClipboard::to_clipboard_from(text))
    }

    /// Gives the terminal back, stops, and takes it again when continued.
    pub fn suspend(&mut self) -> io::Result<()> {
        restore();
        super::signals::stop()?;
        self.reenter()
    }

    /// Lets another program have the terminal, and takes it again when that has ended, as it was handed over. To be followed by a
    /// frame.
    pub fn lend<T>(&mut self, run: impl FnOnce() -> T) -> io::Result<T> {
        restore();
        let state = State::now();
        let ended = run();
        // A program that was killed may have left it in any state.
        state.restore();
        self.reenter()?;
        Ok(ended)
    }

    /// Takes the terminal again after it was another's. To be followed by a frame.
    pub fn reenter(&mut self) -> io::Result<()> {
        // Stopped by SIGSTOP we could not give it back: crossterm believes that it is raw still, and would do nothing.
        let _ = disable_raw_mode();
        self.frame.clear();
        self.canvas.forget();
        self.take()
    }
}

/// How the terminal reads keys, to be put back so.
#[cfg(unix)]
struct State(Option<rustix::termios::Termios>);

#[cfg(unix)]
impl State {
    fn now() -> Self {
        Self(rustix::termios::tcgetattr(io::stdin()).ok())
    }

    fn restore(&self) {
        if let Some(state) = &self.0 {
            let when = rustix::termios::OptionalActions::Drain;
            let _ = rustix::termios::tcsetattr(io::stdin(), when, state);
        }
    }
}

/// There is none to be put back here.
#[cfg(not(unix))]
struct State;

#[cfg(not(unix))]
impl State {
    fn now() -> Self {
        Self
    }

    fn restore(&self) {}
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}

/// Undoes everything [`Guard::enter`] did. Safe to call at any time, from any thread, and more than once.
pub fn restore() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    // Each step is tried whatever became of the one before: half a restored terminal is better than none.
    if SCREEN_TAKEN.swap(false, Ordering::SeqCst) {
        let mut out = io::stdout();
        let _ = queue!(
            out,
            EndSynchronizedUpdate,
            Print(BIDI_IMPLICIT),
            Print(MOUSE_OFF),
            DisableBracketedPaste
        );
        let _ = queue!(out, Show, LeaveAlternateScreen);
        let _ = out.flush();
    }
    restore_input();
}

/// Only how keys are read: this cannot wait for a terminal that takes nothing.
pub fn restore_input() {
    let _ = disable_raw_mode();
}

/// Tells of a panic through the gate, for it may quote the text of a document, and of the main thread only after the
/// terminal was given back. While the terminal is ours a panic of another thread is not told: it would be written across
/// the screen, and the job that it ends reports it. A report is kept of both.
pub fn restore_on_panic() {
    let main = std::thread::current().id();
    std::panic::set_hook(Box::new(move |panic| {
        // It is caught, and what is told of it is told by whoever caught it.
        if guard::is_on() {
            return;
        }
        // The place alone: a message may quote a text.
        log::error!("a fault at {}", fault::place(panic));
        let was_reading = TAKEN.load(Ordering::SeqCst);
        if std::thread::current().id() == main {
            restore();
        } else if was_reading {
            let _ = fault::keep(panic);
            return;
        }
        let mut text = fault::told(panic, was_reading, fault::keep(panic));
        let trace = Backtrace::capture();
        if trace.status() == BacktraceStatus::Captured {
            text = format!("{text}\n{trace}");
        }
        output::tell(&text);
    }));
}
