//! The real program in a pseudo-terminal, for tests.

#![allow(dead_code, reason = "not every test file needs all of it")]

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Waits at most this long for the screen to show something: far more than it takes, so that a busy machine passes.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// The program in a terminal of its own.
pub struct Session {
    pub master: Box<dyn MasterPty + Send>,
    pub child: Box<dyn Child + Send + Sync>,
    pub writer: Box<dyn Write + Send>,
    pub output: Arc<Mutex<Vec<u8>>>,
    /// While set the terminal takes nothing, as one whose window hangs.
    pub stuck: Arc<AtomicBool>,
    /// Once set nobody reads the terminal any more: the end of it that is ours can be closed.
    gone: Arc<AtomicBool>,
    reading: Option<JoinHandle<()>>,
    pub size: PtySize,
}

impl Session {
    pub fn start(columns: u16, rows: u16, command: CommandBuilder) -> Self {
        let size = PtySize {
            rows,
            cols: columns,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let output = Arc::new(Mutex::new(Vec::new()));
        let sink = Arc::clone(&output);
        let stuck = Arc::new(AtomicBool::new(false));
        let gone = Arc::new(AtomicBool::new(false));
        let (waits, ends) = (Arc::clone(&stuck), Arc::clone(&gone));
        let reading = std::thread::spawn(move || {
            let mut buffer = [0; 16384];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                sink.lock().unwrap().extend_from_slice(&buffer[..read]);
                while waits.load(Ordering::SeqCst) {
                    std::thread::sleep(Duration::from_millis(5));
                }
                if ends.load(Ordering::SeqCst) {
                    return;
                }
            }
        });
        let writer = pair.master.take_writer().unwrap();
        Self {
            master: pair.master,
            child,
            writer,
            output,
            stuck,
            gone,
            reading: Some(reading),
            size,
        }
    }

    pub fn diptych(columns: u16, rows: u16, arguments: &[&str]) -> Self {
        Self::start(columns, rows, command(arguments))
    }

    pub fn press(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    pub fn raw(&self) -> Vec<u8> {
        self.output.lock().unwrap().clone()
    }

    pub fn screen(&self) -> vt100::Parser {
        let mut parser = vt100::Parser::new(
            self.size.rows.try_into().unwrap(),
            self.size.cols.try_into().unwrap(),
            0,
        );
        parser.process(&self.raw());
        parser
    }

    pub fn text(&self) -> String {
        self.screen().screen().contents()
    }

    /// Waits until the screen fulfils a condition.
    #[track_caller]
    pub fn wait(&self, what: &str, condition: impl Fn(&str) -> bool) -> String {
        let began = Instant::now();
        loop {
            let text = self.text();
            if condition(&text) {
                return text;
            }
            assert!(
                began.elapsed() < PATIENCE,
                "waited in vain for {what}; the screen:\n{text}"
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The screen once nothing changes on it any more.
    #[track_caller]
    pub fn settled(&self) -> String {
        let began = Instant::now();
        let (mut text, mut since) = (self.text(), Instant::now());
        while since.elapsed() < Duration::from_millis(600) {
            assert!(
                began.elapsed() < PATIENCE,
                "the screen never settles:\n{text}"
            );
            std::thread::sleep(Duration::from_millis(30));
            let now = self.text();
            if now != text {
                (text, since) = (now, Instant::now());
            }
        }
        // Cells that were written over with spaces and those that never were are told apart by nobody.
        let rows = text.lines().map(str::trim_end);
        rows.collect::<Vec<_>>().join("\n")
    }

    /// Waits for the program to end; its exit code.
    #[track_caller]
    pub fn end(&mut self) -> u32 {
        let status = self.status();
        assert_eq!(status.signal(), None, "ended by a signal");
        status.exit_code()
    }

    /// Waits for the program to end.
    #[track_caller]
    pub fn status(&mut self) -> ExitStatus {
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                // What it wrote last may still be on its way.
                std::thread::sleep(Duration::from_millis(100));
                return status;
            }
            assert!(
                began.elapsed() < PATIENCE,
                "the program does not end; the screen:\n{}",
                self.text()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Closes the terminal, as a window that is closed or a connection that breaks does. `key` must make the program draw.
    pub fn hang_up(&mut self, key: &str) {
        self.gone.store(true, Ordering::SeqCst);
        self.press(key);
        self.reading.take().unwrap().join().unwrap();
        // Another one in its place: dropping ours closes it.
        let other = native_pty_system().openpty(self.size).unwrap();
        self.writer = other.master.take_writer().unwrap();
        self.master = other.master;
    }

    /// Leaves by `Ctrl-c`, pressed again where the first closes what is open.
    #[track_caller]
    pub fn leave(&mut self) {
        let began = Instant::now();
        while self.child.try_wait().unwrap().is_none() {
            assert!(
                began.elapsed() < PATIENCE,
                "it is not left; the screen:\n{}",
                self.text()
            );
            // It may have ended meanwhile.
            let _ = self.writer.write_all(b"\x03");
            std::thread::sleep(Duration::from_millis(100));
        }
        assert_eq!(self.end(), 0);
    }

    /// Gives the terminal another size.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.size.cols = columns;
        self.size.rows = rows;
        self.master.resize(self.size).unwrap();
    }

    /// Memory of the program that is in use, in bytes; nothing where the system does not say.
    pub fn resident(&self) -> Option<usize> {
        let pid = self.child.process_id()?;
        let statm = std::fs::read_to_string(format!("/proc/{pid}/statm")).ok()?;
        let pages: usize = statm.split(' ').nth(1)?.parse().ok()?;
        Some(pages * 4096)
    }

    pub fn signal(&self, name: &str) {
        let pid = self.child.process_id().unwrap().to_string();
        assert!(
            Command::new("kill")
                .args([&format!("-{name}"), &pid])
                .status()
                .unwrap()
                .success()
        );
    }

    /// The settings of the terminal, as `stty` tells or makes them.
    pub fn stty(&self, arguments: &str) -> String {
        let terminal = self.master.tty_name().unwrap();
        let output = Command::new("sh")
            .args(["-c", &format!("stty {arguments} < {}", terminal.display())])
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    }

    /// After the end: every mode that was switched on is off again.
    #[track_caller]
    pub fn assert_restored(&self) {
        let raw = self.raw();
        for (on, off) in [
            ("\x1b[?1049h", "\x1b[?1049l"),
            ("\x1b[?25l", "\x1b[?25h"),
            ("\x1b[?1000h", "\x1b[?1000l"),
            ("\x1b[?1002h", "\x1b[?1002l"),
            ("\x1b[?1006h", "\x1b[?1006l"),
            ("\x1b[?2004h", "\x1b[?2004l"),
            ("\x1b[8l", "\x1b[8h"),
        ] {
            let last = |wanted: &str| {
                raw.windows(wanted.len())
                    .rposition(|window| window == wanted.as_bytes())
            };
            assert!(last(on).is_some(), "{on:?} was never sent");
            assert!(last(off) > last(on), "{off:?} is not the last word");
        }
        let last = |wanted: &[u8]| {
            raw.windows(wanted.len())
                .rposition(|window| window == wanted)
        };
        assert!(
            last(b"\x1b[?2026l") > last(b"\x1b[?2026h"),
            "the terminal still waits for the rest of a frame"
        );
        let screen = self.screen();
        assert!(!screen.screen().alternate_screen());
        assert!(!screen.screen().hide_cursor());
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

/// The program under test; `DIPTYCH_TEST_BINARY` puts another build in its place.
pub fn binary() -> String {
    std::env::var("DIPTYCH_TEST_BINARY")
        .unwrap_or_else(|_| env!("CARGO_BIN_EXE_diptych").to_owned())
}

pub fn command(arguments: &[&str]) -> CommandBuilder {
    let mut command = CommandBuilder::new(binary());
    command.args(arguments);
    command.env("TERM", "xterm-256color");
    // What the person who runs the tests decided is not theirs to read; nobody writes there.
    command.env("DIPTYCH_DATA_HOME", "/nonexistent/diptych");
    let cache = std::env::temp_dir().join(format!("diptych-tests-cache-{}", std::process::id()));
    command.env("DIPTYCH_CACHE_HOME", cache);
    // Each starts anew.
    command.env("DIPTYCH_STATE_HOME", "");
    for variable in [
        "NO_COLOR",
        "RUST_BACKTRACE",
        "DIPTYCH_CORPUS",
        "COLORFGBG",
        "COLORTERM",
    ] {
        command.env_remove(variable);
    }
    command
}

/// The program with homes of its own, in a folder that it may write to.
pub fn at_home(home: &std::path::Path, arguments: &[&str]) -> CommandBuilder {
    let mut command = command(arguments);
    command.env("DIPTYCH_DATA_HOME", home.join("data"));
    command.env("DIPTYCH_STATE_HOME", home.join("state"));
    command.cwd(home);
    command
}
