//! Texts in many scripts, in `tests/languages`: their topics and words are found, and what the program draws stands in the cells of a
//! terminal where it is meant to stand.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![cfg(unix)]

mod pty;
mod settling;

use diptych::analysis;
use diptych::app::keymap::Keymap;
use diptych::app::message::{Message, Mouse};
use diptych::app::{App, Settings};
use diptych::command::open;
use diptych::corpus::Corpus;
use diptych::library::folder;
use diptych::library::index::Index;
use diptych::library::query;
use diptych::view;
use diptych::view::theme::{Background, Depth, Theme};
use pty::{Session, at_home};
use ratatui::buffer::Buffer;
use settling::settle;
use std::path::{Path, PathBuf};

const SIZES: [(u16, u16); 3] = [(160, 45), (80, 24), (50, 15)];

fn place() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/languages")
}

fn corpus() -> Corpus {
    folder::open(&place()).unwrap()
}

#[test]
fn a_topic_is_found_in_every_script() {
    let corpus = corpus();
    let (_, tagging) = analysis::topics_of(&corpus).unwrap();
    for (at, document) in corpus.documents.iter().enumerate() {
        assert!(tagging.count(at, 0) > 0, "{}", document.id);
    }
    assert_eq!(corpus.documents.len(), 10);
}

#[test]
fn words_are_found_in_every_script_in_other_forms_and_spellings_too() {
    let corpus = corpus();
    let index = Index::of(&corpus).unwrap();
    for (word, id) in [
        ("پل", "fa"),
        ("شهردار", "fa"),
        ("1398", "fa"),
        ("المهندسون", "ar"),
        ("המהנדסים", "he"),
        ("市长", "zh"),
        ("三个人", "zh"),
        ("警告", "ja"),
        ("시장", "ko"),
        ("महापौर", "hi"),
        ("วิศวกร", "th"),
        ("Brückenbauingenieur", "de"),
        ("Brücken", "de"),
        ("é", "mixed"),
    ] {
        let found = index.search(&query::parse(word).unwrap(), 20).unwrap();
        let documents: Vec<&str> = found
            .groups
            .iter()
            .flat_map(|group| &group.hits)
            .map(|hit| hit.document.as_str())
            .collect();
        assert!(documents.contains(&id), "{word}: {documents:?}");
    }
}

/// The reader on two of the texts, after some keys.
fn reader(pair: [&str; 2], (columns, rows): (u16, u16), settings: Settings) -> App {
    let paths = pair.map(|id| place().join(format!("{id}.md")));
    let (opening, _) = open::opening(&paths, None, settings, &Keymap::default()).unwrap();
    let (mut app, effects) = App::new(opening, columns, rows);
    settle(&mut app, effects);
    app.prepare();
    app
}

fn drawn(app: &App) -> Buffer {
    let mut buffer = Buffer::empty(app.screen.whole());
    let theme = Theme::new(Depth::None, Background::Unknown);
    view::draw(app, &theme, &mut buffer);
    buffer
}

/// Pairs of texts, so that each stands on either side of a script of another direction or width.
const PAIRS: [[&str; 2]; 6] = [
    ["fa", "zh"],
    ["ja", "ar"],
    ["he", "ko"],
    ["hi", "th"],
    ["de", "fa"],
    ["th", "de"],
];

#[test]
fn each_character_stands_in_the_cell_of_a_terminal_that_is_meant() {
    let home = tempfile::tempdir().unwrap();
    for (pair, (columns, rows)) in PAIRS.into_iter().zip(SIZES.into_iter().cycle()) {
        let paths = pair.map(|id| place().join(format!("{id}.md")));
        let [left, right] = paths.each_ref().map(|path| path.to_str().unwrap());
        let command = at_home(home.path(), &["--fresh", "--no-color", left, right]);
        let mut session = Session::start(columns, rows, command);
        session.wait("both texts", |screen| screen.lines().count() > 3);
        session.settled();
        let terminal = session.screen();
        let app = reader(pair, (columns, rows), Settings::default());
        let meant = drawn(&app);
        // The marks before a text follow what jobs have found; all that stands in and behind a wide row stands right if its text does.
        for (_, area) in &app.screen.panes {
            for y in area.text.y..area.text.bottom() {
                assert_row(&terminal, &meant, (area.text.x, area.text.right(), y));
            }
        }
        session.press("q");
        assert_eq!(session.end(), 0);
    }
}

/// A row of a text stands in the terminal as it is meant.
#[track_caller]
fn assert_row(terminal: &vt100::Parser, meant: &Buffer, (left, right, y): (u16, u16, u16)) {
    let mut x = left;
    while x < right {
        let symbol = meant[(x, y)].symbol();
        let width = diptych::text::width::grapheme(symbol).max(1);
        // What takes several cells stands in the first of them, or, an Indic vowel sign, in its own.
        let cells = (x..x + width).filter_map(|x| terminal.screen().cell(y, x));
        let shown: String = cells.map(vt100::Cell::contents).collect();
        let shown = if shown.is_empty() { " " } else { &shown };
        assert_eq!(
            shown,
            symbol,
            "row {y}, column {x}: {}",
            terminal.screen().contents()
        );
        x += width;
    }
}

#[test]
fn what_is_chosen_with_the_mouse_is_copied_as_it_is_read() {
    for pair in PAIRS {
        let mut app = reader(pair, (160, 45), Settings::default());
        let buffer = drawn(&app);
        let mut tried = 0;
        for (pane, area) in app.screen.panes.clone() {
            let text = area.text;
            for y in text.y..text.bottom() {
                let from = (text.x..text.right()).find(|x| buffer[(*x, y)].symbol() != " ");
                let to = (text.x..text.right())
                    .rev()
                    .find(|x| buffer[(*x, y)].symbol() != " ");
                let (Some(from), Some(to)) = (from, to) else {
                    continue;
                };
                let mouse = |column: u16, kind| Message::Mouse {
                    column,
                    row: y,
                    kind,
                };
                app.update(mouse(from, Mouse::Press));
                app.update(mouse(to, Mouse::Drag));
                let Some(chosen) = app.selection.take() else {
                    continue;
                };
                assert_eq!(chosen.pane, pane);
                let document = &app.corpus.documents[chosen.slot.document()];
                let passage = document
                    .passage(chosen.slot.passage_index().unwrap())
                    .unwrap();
                let words = chosen.span.of(passage.text());
                let row: String = (text.x..text.right())
                    .map(|x| buffer[(x, y)].symbol())
                    .collect();
                for end in [from, to] {
                    let symbol = buffer[(end, y)].symbol();
                    assert!(
                        words.contains(symbol),
                        "{pair:?}: {symbol:?} not in {words:?}"
                    );
                }
                // Of a row of one direction all that it shows, in the order in which it is read, and nothing else.
                let has_two = row.contains(char::is_alphabetic)
                    && row.chars().any(|c| c.is_ascii_alphanumeric())
                    && ["fa", "ar", "he"].contains(&document.meta.language.as_str());
                let letters = |text: &str| {
                    let mut letters: Vec<char> =
                        text.chars().filter(|c| c.is_alphanumeric()).collect();
                    letters.sort_unstable();
                    letters
                };
                if !has_two {
                    assert_eq!(
                        letters(words),
                        letters(&row),
                        "{pair:?}: {words:?} of {row:?}"
                    );
                }
                tried += 1;
            }
        }
        assert!(tried >= 4, "{pair:?}: {tried}");
    }
}
