//! Takes the pictures of the README from the real program in a pseudo-terminal, on the built-in corpus alone.
//!
//!     scripts/screenshots.sh
//!
//! Writes an SVG a screen, an animated one of a short session, and that session as a recording (asciicast v2). Times in them are
//! set, not measured, and nothing of the machine gets in, so that the same program gives the same files.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a tool for whoever changes the screens: it writes its files, or stops"
)]

mod session;
mod svg;

use session::Session;
use std::fmt::Write as _;
use std::path::Path;
use svg::{Frame, Picture};

/// Columns and rows.
const SIZE: (u16, u16) = (112, 30);
/// What turns the second pane to a text that says more of the same.
const PAIR: &[&str] = &["\t", "p", "Massacre", "\r", "\t", "2", "1"];

/// A picture of one screen.
struct Screen {
    name: &'static str,
    /// What it shows, for who does not see it.
    shows: &'static str,
    /// What is pressed first.
    keys: &'static [&'static str],
    /// What tells that the screen is there.
    until: &'static str,
}

const SCREENS: &[Screen] = &[
    Screen {
        name: "documents",
        shows: "Two documents side by side on the topic Death toll; bars mark the passages on it.",
        keys: &["4"],
        until: "Death toll 1/",
    },
    Screen {
        name: "facing",
        shows: "The facing view: two passages that belong together stand level, below them why.",
        keys: &["v", "n", "w"],
        until: "Why these stand together",
    },
    Screen {
        name: "evidence",
        shows: "The evidence: figures on one scale, with who says so.",
        keys: &["4", "e"],
        until: "on one scale",
    },
    Screen {
        name: "coverage",
        shows: "The coverage: topics by sources, shaded by how much each says.",
        keys: &["C"],
        until: "on any topic",
    },
    Screen {
        name: "search",
        shows: "The search over all texts: the best passages of each source.",
        keys: &["S", "blackout"],
        until: "blackout",
    },
];

/// The short session: what is pressed, and what is said of it.
const STORY: &[(&[&str], &str, &str)] = &[
    (
        &[],
        "Two texts on one topic, side by side",
        "Internet shutdown 1/",
    ),
    (
        &["n"],
        "n: the next passage on it, in both",
        "Internet shutdown 2/",
    ),
    (&["4"], "4: another topic", "Death toll 1/"),
    (&["e"], "e: the figures, on one scale", "on one scale"),
    (
        &["\r"],
        "Enter: the passage behind a line",
        "roughly 2000 ·",
    ),
    (
        &["H", "e", "1", "v", "n"],
        "v: what stands opposite what",
        "row ",
    ),
    (
        &["w"],
        "w: why these two stand together",
        "Why these stand together",
    ),
    (&["C"], "C: who speaks of what", "on any topic"),
];

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(program), Some(folder)) = (arguments.next(), arguments.next()) else {
        panic!("name the program and the folder for the pictures")
    };
    // The terminal starts it in another folder.
    let program = std::fs::canonicalize(program).unwrap();
    let program = program.to_str().unwrap();
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder).unwrap();
    let write = |name: &str, text: &str| {
        std::fs::write(folder.join(name), text).unwrap();
        println!("{name}: {} bytes", text.len());
    };
    for screen in SCREENS {
        let mut session = opened(program);
        session.press(screen.keys);
        session.wait(screen.until);
        let frame = Frame::of(&session.screen(), None);
        let picture = Picture {
            title: screen.shows,
            frames: vec![frame],
        };
        write(&format!("{}.svg", screen.name), &picture.write());
        session.leave();
    }
    let mut session = opened(program);
    let mut frames = Vec::new();
    let mut cast = String::new();
    let (columns, rows) = SIZE;
    let head = serde_json::json!({
        "version": 2, "width": columns, "height": rows, "title": "Diptych on its built-in corpus",
        "env": { "TERM": "xterm-256color" },
    });
    let _ = writeln!(cast, "{head}");
    let mut seconds = 0.5;
    for (keys, words, until) in STORY {
        session.press(keys);
        session.wait(until);
        frames.push(Frame::of(&session.screen(), Some(words)));
        let event = serde_json::json!([seconds, "o", session.new_output()]);
        let _ = writeln!(cast, "{event}");
        seconds += svg::SECONDS_A_FRAME;
    }
    session.leave();
    let picture = Picture {
        title: "A short session: a topic, its next passage, the figures on another, what stands opposite what and why, the coverage.",
        frames,
    };
    write("session.svg", &picture.write());
    write("session.cast", &cast);
}

/// The program on the built-in corpus, on two texts that say much of the same.
fn opened(program: &str) -> Session {
    let mut session = Session::start(program, SIZE);
    session.wait("Internet shutdown 1/");
    session.press(PAIR);
    session.wait("What Next After");
    session.wait("Internet shutdown 1/3");
    session
}
