//! The terminal, taken and given back.
//!
//! Invariant: whatever was switched on is switched off by [`restore`], which every way out passes: leaving, errors (the
//! guard's drop), panics (the hook), signals. It may run twice, and it ignores errors: the terminal may be gone. What was
//! drawn but not sent by then is never sent.

use crate::app::Settings;
use crate::command::output;
use crate::text::bidi;
use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::Print;
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};

/// Presses, releases and the wheel, in SGR notation. Motion is not asked for: nothing uses it.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";

/// Bidirectional support mode (ECMA-48 BDSM): explicit, so that a terminal that reorders by itself leaves our order alone.
const BIDI_EXPLICIT: &str = "\x1b[8l";
const BIDI_IMPLICIT: &str = "\x1b[8h";

/// Whether the terminal is ours at the moment.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal while it is ours.
pub struct Guard {
    terminal: Terminal<CrosstermBackend<Frame>>,
    mouse: bool,
    explicit_bidi: bool,
}

impl Guard {
    /// Takes the terminal.
    pub fn enter(settings: Settings) -> io::Result<Self> {
        let backend = CrosstermBackend::new(Frame::default());
        let explicit_bidi = settings.bidi == bidi::Ordering::App;
        take(settings.mouse, explicit_bidi).inspect_err(|_| restore())?;
        let terminal = Terminal::new(backend).inspect_err(|_| restore())?;
        Ok(Self {
            terminal,
            mouse: settings.mouse,
            explicit_bidi,
        })
    }

    /// Columns and rows, by asking the system, not the terminal.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        let size = self.terminal.size()?;
        Ok((size.width, size.height))
    }

    /// Draws a frame: only what changed is written, in one piece.
    pub fn draw(&mut self, paint: impl FnOnce(&mut Buffer) -> Option<Position>) -> io::Result<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        self.terminal.draw(|frame| {
            if let Some(cursor) = paint(frame.buffer_mut()) {
                frame.set_cursor_position(cursor);
            }
        })?;
        execute!(self.terminal.backend_mut(), EndSynchronizedUpdate)
    }

    /// The screen may hold anything: the next frame is drawn whole.
    fn forget_screen(&mut self) -> io::Result<()> {
        // Not `Terminal::clear`: it asks the terminal where its cursor is, and waits two seconds for an answer.
        let size = self.terminal.size()?;
        self.terminal.resize(Rect::from((Position::ORIGIN, size)))
    }

    /// Switches mouse reports on or off.
    pub fn mouse(&mut self, on: bool) -> io::Result<()> {
        self.mouse = on;
        execute!(io::stdout(), Print(if on { MOUSE_ON } else { MOUSE_OFF }))
    }

    /// Gives the terminal back, stops, and takes it again when continued.
    pub fn suspend(&mut self) -> io::Result<()> {
        restore();
        super::signals::stop()?;
        self.reenter()
    }

    /// Takes the terminal again after it was another's.
    pub fn reenter(&mut self) -> io::Result<()> {
        // Stopped by SIGSTOP we could not give it back: crossterm believes that it is raw still, and would do nothing.
        let _ = disable_raw_mode();
        take(self.mouse, self.explicit_bidi)?;
        self.forget_screen()
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}

/// The bytes of a frame, sent in one piece when they are flushed, while the terminal is ours: a panic half-way through a
/// frame, or a signal, must not leave the beginning of one to be sent by a destructor after the terminal was given back.
#[derive(Default)]
struct Frame(Vec<u8>);

impl Write for Frame {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let sent = if TAKEN.load(Ordering::SeqCst) {
            let mut out = io::stdout().lock();
            out.write_all(&self.0).and_then(|()| out.flush())
        } else {
            Ok(())
        };
        self.0.clear();
        sent
    }
}

fn take(mouse: bool, explicit_bidi: bool) -> io::Result<()> {
    TAKEN.store(true, Ordering::SeqCst);
    enable_raw_mode()?;
    let mut out = io::stdout().lock();
    queue!(out, EnterAlternateScreen, Hide, EnableBracketedPaste)?;
    if mouse {
        queue!(out, Print(MOUSE_ON))?;
    }
    if explicit_bidi {
        queue!(out, Print(BIDI_EXPLICIT))?;
    }
    out.flush()
}

/// Undoes everything [`Guard::enter`] did. Safe to call at any time, from any thread, and more than once.
pub fn restore() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    // Each step is tried whatever became of the one before: half a restored terminal is better than none.
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
    restore_input();
}

/// Only how keys are read: this cannot wait for a terminal that takes nothing.
pub fn restore_input() {
    let _ = disable_raw_mode();
}

/// Tells of a panic through the gate, for it may quote the text of a document, and of the main thread only after the
/// terminal was given back. While the terminal is ours a panic of another thread is not told: it would be written across
/// the screen, and the job that it ends reports it.
pub fn restore_on_panic() {
    let main = std::thread::current().id();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().id() == main {
            restore();
        } else if TAKEN.load(Ordering::SeqCst) {
            return;
        }
        let mut text = format!("diptych: {panic}\nThis is a fault of Diptych, please report it.");
        let trace = Backtrace::capture();
        if trace.status() == BacktraceStatus::Captured {
            text = format!("{text}\n{trace}");
        }
        output::tell(&text);
    }));
}
