//! The program in a pseudo-terminal whose screen can be looked at.

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A screen is finished when nothing has come for so long.
const STILL: Duration = Duration::from_millis(400);
/// What is waited for comes within this time.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running program.
pub struct Session {
    child: Box<dyn Child + Send + Sync>,
    // Kept: without it the terminal goes away.
    _master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    output: Arc<Mutex<Vec<u8>>>,
    told: usize,
    size: (u16, u16),
}

impl Session {
    /// Starts the program with nothing of the person who runs it.
    pub fn start(program: &str, size: (u16, u16)) -> Self {
        let (cols, rows) = size;
        let pair = native_pty_system()
            .openpty(PtySize {
                rows,
                cols,
                pixel_width: 0,
                pixel_height: 0,
            })
            .unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(["--fresh"]);
        for (name, value) in [
            ("TERM", "xterm-256color"),
            ("COLORTERM", "truecolor"),
            ("COLORFGBG", "15;0"),
            ("DIPTYCH_STATE_HOME", ""),
            ("DIPTYCH_DATA_HOME", "/nonexistent/diptych"),
            ("DIPTYCH_CACHE_HOME", "/nonexistent/diptych"),
            ("DIPTYCH_CONFIG", "/nonexistent/diptych/config.toml"),
        ] {
            command.env(name, value);
        }
        for name in ["NO_COLOR", "DIPTYCH_CORPUS"] {
            command.env_remove(name);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let output = Arc::new(Mutex::new(Vec::new()));
        let sink = Arc::clone(&output);
        std::thread::spawn(move || {
            let mut buffer = [0; 16384];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                sink.lock().unwrap().extend_from_slice(&buffer[..read]);
            }
        });
        Self {
            child,
            writer: pair.master.take_writer().unwrap(),
            _master: pair.master,
            output,
            told: 0,
            size,
        }
    }

    /// Presses keys one after the other, each when the screen stands still.
    pub fn press(&mut self, keys: &[&str]) {
        for key in keys {
            self.settle();
            self.writer.write_all(key.as_bytes()).unwrap();
            self.writer.flush().unwrap();
        }
    }

    /// Waits until the screen shows something and stands still.
    pub fn wait(&self, wanted: &str) {
        let began = Instant::now();
        loop {
            self.settle();
            let shown = self.screen().screen().contents();
            if shown.contains(wanted) {
                return;
            }
            assert!(
                began.elapsed() < PATIENCE,
                "waited in vain for “{wanted}”:\n{shown}"
            );
        }
    }

    fn settle(&self) {
        let length = || self.output.lock().unwrap().len();
        let mut before = length();
        loop {
            std::thread::sleep(STILL);
            let now = length();
            if now == before {
                return;
            }
            before = now;
        }
    }

    /// The screen as it is.
    pub fn screen(&self) -> vt100::Parser {
        let (columns, rows) = self.size;
        let mut parser =
            vt100::Parser::new(rows.try_into().unwrap(), columns.try_into().unwrap(), 0);
        parser.process(&self.output.lock().unwrap());
        parser
    }

    /// What the program has written since this was last asked.
    pub fn new_output(&mut self) -> String {
        let output = self.output.lock().unwrap();
        // The first part of a recording draws the screen from nothing.
        let from = std::mem::replace(&mut self.told, output.len());
        String::from_utf8_lossy(&output[from..]).into_owned()
    }

    /// Leaves the program.
    pub fn leave(mut self) {
        self.press(&["\u{1b}", "\u{1b}", "q"]);
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
