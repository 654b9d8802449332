//! The real program in a pseudo-terminal: what only it can show.
#![cfg(unix)]

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Waits at most this long for the screen to show something: far more than it takes, so that a busy machine passes.
const PATIENCE: Duration = Duration::from_secs(20);

/// The program in a terminal of its own.
struct Session {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    output: Arc<Mutex<Vec<u8>>>,
    size: PtySize,
}

impl Session {
    fn start(columns: u16, rows: u16, command: CommandBuilder) -> Self {
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
        std::thread::spawn(move || {
            let mut buffer = [0; 65536];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                sink.lock().unwrap().extend_from_slice(&buffer[..read]);
            }
        });
        let writer = pair.master.take_writer().unwrap();
        Self {
            master: pair.master,
            child,
            writer,
            output,
            size,
        }
    }

    fn diptych(columns: u16, rows: u16, arguments: &[&str]) -> Self {
        Self::start(columns, rows, command(arguments))
    }

    fn press(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    fn raw(&self) -> Vec<u8> {
        self.output.lock().unwrap().clone()
    }

    fn screen(&self) -> vt100::Parser {
        let mut parser = vt100::Parser::new(
            self.size.rows.try_into().unwrap(),
            self.size.cols.try_into().unwrap(),
            0,
        );
        parser.process(&self.raw());
        parser
    }

    fn text(&self) -> String {
        self.screen().screen().contents()
    }

    /// Waits until the screen fulfils a condition.
    #[track_caller]
    fn wait(&self, what: &str, condition: impl Fn(&str) -> bool) -> String {
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

    /// Waits for the program to end.
    #[track_caller]
    fn end(&mut self) -> u32 {
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                // What it wrote last may still be on its way.
                std::thread::sleep(Duration::from_millis(100));
                return status.exit_code();
            }
            assert!(
                began.elapsed() < PATIENCE,
                "the program does not end; the screen:\n{}",
                self.text()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn signal(&self, name: &str) {
        let pid = self.child.process_id().unwrap().to_string();
        assert!(
            Command::new("kill")
                .args([&format!("-{name}"), &pid])
                .status()
                .unwrap()
                .success()
        );
    }

    /// After the end: every mode that was switched on is off again.
    #[track_caller]
    fn assert_restored(&self) {
        let raw = self.raw();
        for (on, off) in [
            ("\x1b[?1049h", "\x1b[?1049l"),
            ("\x1b[?25l", "\x1b[?25h"),
            ("\x1b[?1000h", "\x1b[?1000l"),
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
fn binary() -> String {
    std::env::var("DIPTYCH_TEST_BINARY")
        .unwrap_or_else(|_| env!("CARGO_BIN_EXE_diptych").to_owned())
}

fn command(arguments: &[&str]) -> CommandBuilder {
    let mut command = CommandBuilder::new(binary());
    command.args(arguments);
    command.env("TERM", "xterm-256color");
    for variable in ["NO_COLOR", "DIPTYCH_CORPUS", "COLORFGBG", "COLORTERM"] {
        command.env_remove(variable);
    }
    command
}

/// The titles of the two panes.
fn titles(screen: &str) -> String {
    screen.lines().nth(1).unwrap_or_default().to_owned()
}

#[test]
fn smoke_the_built_in_corpus_opens_as_a_comparison_and_digits_move_both_panes() {
    let mut session = Session::diptych(160, 45, &[]);
    let first = session.wait("the first topic in both panes", |screen| {
        screen.matches("Internet shutdown 1/").count() == 2
    });
    let sources = [
        "CrimethInc.",
        "Iran International",
        "The Atlantic",
        "Not stated",
        "Wrong Speak",
    ];
    let shown = sources
        .iter()
        .filter(|source| titles(&first).contains(*source))
        .count();
    assert_eq!(shown, 2, "two sources in the titles: {}", titles(&first));
    session.press("2");
    session.wait("the second topic in both panes", |screen| {
        screen.matches("The opposition 1/").count() == 2
    });
    session.press("3");
    session.wait("the third topic in both panes", |screen| {
        screen.matches("Foreign intervention 1/").count() == 2
    });
    session.press("q");
    assert_eq!(session.end(), 0);
    session.assert_restored();
}

#[test]
fn leaving_gives_back_the_terminal_settings() {
    let mut shell = CommandBuilder::new("sh");
    shell.args([
        "-c",
        &format!(
            "{}; stty -a; echo END-OF-SHELL",
            env!("CARGO_BIN_EXE_diptych")
        ),
    ]);
    shell.env("TERM", "xterm-256color");
    let mut session = Session::start(120, 40, shell);
    session.wait("the reader", |screen| screen.contains("Internet shutdown"));
    session.press("q");
    let after = session.wait("the shell", |screen| screen.contains("END-OF-SHELL"));
    let modes: Vec<&str> = after.split_whitespace().collect();
    for mode in ["icanon", "echo", "isig"] {
        assert!(modes.contains(&mode), "{mode} is off:\n{after}");
    }
}

#[test]
fn signals_that_end_it_give_the_terminal_back() {
    for signal in ["TERM", "HUP", "INT"] {
        let mut session = Session::diptych(120, 40, &[]);
        session.wait("the reader", |screen| screen.contains("Internet shutdown"));
        session.signal(signal);
        session.end();
        session.assert_restored();
    }
}

#[test]
fn stopping_gives_the_terminal_back_and_continuing_takes_it_again() {
    let mut session = Session::diptych(120, 40, &[]);
    session.wait("the reader", |screen| screen.contains("Internet shutdown"));
    session.signal("TSTP");
    session.wait("the screen to be given back", |screen| {
        !screen.contains("Internet shutdown")
    });
    session.assert_restored();
    session.signal("CONT");
    session.wait("the reader again", |screen| {
        screen.contains("Internet shutdown")
    });
    session.press("2");
    session.wait("an answer to a key", |screen| {
        screen.contains("The opposition 1/")
    });
    session.press("q");
    session.end();
    session.assert_restored();
}

#[test]
#[cfg(debug_assertions)] // The switch that makes it panic is only in builds for testing.
fn a_panic_gives_the_terminal_back() {
    let mut command = command(&[]);
    command.env("DIPTYCH_TEST_PANIC", "1");
    let mut session = Session::start(120, 40, command);
    session.wait("the reader", |screen| screen.contains("Internet shutdown"));
    session.press("j");
    assert_ne!(session.end(), 0);
    session.assert_restored();
}

#[test]
fn nothing_is_asked_of_the_terminal() {
    let mut session = Session::diptych(120, 40, &[]);
    session.wait("the reader", |screen| screen.contains("Internet shutdown"));
    session.press("q");
    session.end();
    let raw = String::from_utf8_lossy(&session.raw()).into_owned();
    for query in [
        "\x1b[c",
        "\x1b[0c",
        "\x1b[6n",
        "\x1b[5n",
        "\x1b[>0q",
        "\x1b[?u",
        "]11;?",
        "]10;?",
        "\x1b[?996n",
    ] {
        assert!(!raw.contains(query), "{query:?} was sent");
    }
}

#[test]
fn a_new_size_is_drawn_and_small_terminals_stack_the_panes() {
    let mut session = Session::diptych(160, 45, &[]);
    session.wait("the reader", |screen| screen.contains("Internet shutdown"));
    session.size = PtySize {
        rows: 15,
        cols: 50,
        pixel_width: 0,
        pixel_height: 0,
    };
    session.master.resize(session.size).unwrap();
    // The terminal is parsed at its last size only, so what counts is what is drawn after the change.
    session.output.lock().unwrap().clear();
    session.press("2");
    let screen = session.wait("both panes, one above the other", |screen| {
        screen.matches("1/").count() >= 2
    });
    assert!(
        screen.lines().all(|line| line.chars().count() <= 50),
        "{screen}"
    );
    session.press("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn into_a_pipe_it_says_what_to_do_instead_of_drawing() {
    let output = Command::new(env!("CARGO_BIN_EXE_diptych"))
        .output()
        .unwrap();
    assert!(!output.status.success());
    assert!(output.stdout.is_empty());
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(
        message.contains("needs a terminal") && message.contains("diptych list"),
        "{message}"
    );
}
