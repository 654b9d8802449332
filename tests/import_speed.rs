//! How fast files are read. Run with `cargo test --release --test import_speed -- --ignored --nocapture`.

#![allow(
    clippy::unwrap_used,
    reason = "a measurement stops where it cannot be made"
)]

use diptych::import::{Input, import, large};
use std::time::Instant;

/// Least speed of the importer on ordinary prose, in MB/s, and the most a large file may take to open, in ms a 100 MB.
const LEAST_MB_PER_S: f64 = 50.0;
/// Runs of each measurement.
const RUNS: usize = 5;
const MOST_MS: f64 = 100.0;

/// How a paragraph is written.
type Layout = fn(&str) -> String;

/// Prose of our own, `bytes` long: sentences of many lengths, in paragraphs, as `layout` writes them.
fn prose(bytes: usize, layout: Layout) -> String {
    let words = [
        "the", "river", "rose", "again", "and", "nobody", "in", "town", "had", "seen", "it",
        "before", "because", "bridge", "was", "closed", "of", "a", "council", "said", "that",
        "would", "be", "opened", "when", "water", "falls", "people", "waited", "for", "news",
        "about", "schools",
    ];
    let (mut text, mut state) = (String::with_capacity(bytes + 1000), 7_u64);
    while text.len() < bytes {
        let mut paragraph = String::new();
        for at in 0..60 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let word = words[(state >> 33) as usize % words.len()];
            paragraph.push_str(word);
            paragraph.push_str(if at % 13 == 12 { ". " } else { " " });
        }
        text.push_str(&layout(paragraph.trim_end()));
    }
    text
}

fn wrapped(paragraph: &str) -> String {
    let mut lines = String::new();
    let mut column = 0;
    for word in paragraph.split(' ') {
        if column + word.len() > 72 {
            lines.push('\n');
            column = 0;
        }
        lines.push_str(word);
        lines.push(' ');
        column += word.len() + 1;
    }
    lines + "\n\n"
}

/// The best of some runs, in seconds, because other work on the machine only ever adds.
fn best<T>(mut run: impl FnMut() -> T) -> (f64, T) {
    let mut timed = || {
        let start = Instant::now();
        let value = run();
        (start.elapsed().as_secs_f64(), value)
    };
    let first = timed();
    (1..RUNS).map(|_| timed()).fold(
        first,
        |best, next| if next.0 < best.0 { next } else { best },
    )
}

#[test]
#[ignore = "a measurement, for a release build"]
fn reading_ordinary_prose() {
    let layouts: [(&str, Layout); 4] = [
        ("blank lines", |paragraph| format!("{paragraph}.\n\n")),
        ("one a line", |paragraph| format!("{paragraph}.\n")),
        ("wrapped", wrapped),
        ("short lines", |paragraph| paragraph.replace(". ", ".\n")),
    ];
    for (name, layout) in layouts {
        let text = prose(20_000_000, layout);
        let input = Input {
            name,
            bytes: text.as_bytes(),
            copied: None,
        };
        let (seconds, imported) = best(|| import(&input).unwrap());
        let speed = text.len() as f64 / 1e6 / seconds;
        eprintln!(
            "{name}: {speed:.0} MB/s, {} passages, {} notices",
            imported.documents[0].len(),
            imported.notices.len()
        );
        assert!(speed >= LEAST_MB_PER_S, "{name}: {speed:.0} MB/s");
    }
}

#[test]
#[ignore = "a measurement, for a release build"]
fn opening_large_files() {
    let layouts: [(&str, Layout); 4] = [
        ("blank lines", |paragraph| format!("{paragraph}.\n\n")),
        ("wrapped", wrapped),
        ("short lines", |paragraph| paragraph.replace(' ', "\n")),
        ("one line", |paragraph| format!("{paragraph} ")),
    ];
    for (name, layout) in layouts {
        let text = prose(100_000_000, layout);
        let size = text.len();
        let mut copies = vec![text.into_bytes(); RUNS];
        let (seconds, document) = best(|| large(name, copies.pop().unwrap()).unwrap());
        let taken = seconds * 1000.0;
        eprintln!(
            "{name}: {taken:.0} ms, {} passages, table {:.1}% of the text",
            document.len(),
            document.len() as f64 * 1600.0 / size as f64
        );
        assert!(taken < MOST_MS, "{name}: {taken:.0} ms");
    }
}
