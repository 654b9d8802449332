//! The text layer against the test files of the Unicode Character Database (`tests/ucd`).
//!
//! Everything goes through the functions that the program itself uses: `segment::graphemes`, `segment::raw_words` and
//! `raw_sentences` (from which `words` and `sentences` are made), `wrap::break_opportunities` (from which rows are
//! made), `bidi::Paragraph::levels` and `bidi::visual_order` (from which visual rows are made). How many lines
//! deviate is part of each claim; `docs/unicode.md` says why they do.

use diptych::text::{ByteSpan, bidi, safe, segment, width, wrap};
use flate2::read::GzDecoder;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::io::Read;
use std::path::Path;

fn vendored(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/ucd")
        .join(name);
    let file = std::fs::File::open(&path).expect("the file is in the repository");
    let mut text = String::new();
    GzDecoder::new(file)
        .read_to_string(&mut text)
        .expect("the file is gzip over UTF-8");
    text
}

fn characters(field: &str) -> String {
    field
        .split_whitespace()
        .filter_map(|hex| char::from_u32(u32::from_str_radix(hex, 16).ok()?))
        .collect()
}

/// Counts the lines of a break test, and those on which `ends` (where each piece ends, in bytes) has it otherwise.
fn deviations(file: &str, ends: impl Fn(&str) -> Vec<usize>) -> (usize, usize) {
    let (mut lines, mut deviating) = (0, 0);
    for line in vendored(file).lines().filter(|line| !line.starts_with('#')) {
        let mut text = String::new();
        let mut expected = Vec::new();
        for token in line.split_whitespace() {
            match token {
                "÷" if !text.is_empty() => expected.push(text.len()),
                "÷" | "×" => {}
                // Two lines of some versions hold a surrogate, which no Rust string does.
                hex => text.push_str(&characters(hex)),
            }
        }
        lines += 1;
        if ends(&text) != expected {
            deviating += 1;
        }
    }
    (lines, deviating)
}

fn piece_ends<'t>(pieces: impl Iterator<Item = (usize, &'t str)>) -> Vec<usize> {
    pieces.map(|(at, piece)| at + piece.len()).collect()
}

#[test]
fn graphemes_are_those_of_unicode_17() {
    let ends = |text: &str| piece_ends(segment::graphemes(text));
    assert_eq!(
        deviations("GraphemeBreakTest-17.0.0.txt.gz", ends),
        (766, 0)
    );
}

#[test]
fn words_are_those_of_unicode_17() {
    let ends = |text: &str| piece_ends(segment::raw_words(text));
    assert_eq!(deviations("WordBreakTest-17.0.0.txt.gz", ends), (1944, 0));
}

#[test]
fn words_by_the_fast_scan_are_the_raw_words_with_letters_or_digits() {
    for file in [
        "WordBreakTest-17.0.0.txt.gz",
        "SentenceBreakTest-17.0.0.txt.gz",
        "LineBreakTest-17.0.0.txt.gz",
    ] {
        for line in vendored(file).lines().filter(|line| !line.starts_with('#')) {
            let text = characters(line);
            // A mark with a letter's nature on a space makes a word of it and of all spaces before it; ours has the last.
            let fast: Vec<&str> = segment::words(&text)
                .map(|(_, word)| word.trim_start())
                .collect();
            let raw: Vec<&str> = segment::raw_words(&text)
                .map(|(_, piece)| piece.trim_start())
                .filter(|piece| piece.contains(char::is_alphanumeric))
                .collect();
            assert_eq!(fast, raw, "{line}");
        }
    }
}

#[test]
fn sentences_are_those_of_unicode_17() {
    let ends = |text: &str| piece_ends(segment::raw_sentences(text));
    assert_eq!(
        deviations("SentenceBreakTest-17.0.0.txt.gz", ends),
        (512, 0)
    );
}

#[test]
fn line_breaks_are_those_of_unicode_15_1() {
    let ends = |text: &str| wrap::break_opportunities(text).collect();
    let file = "LineBreakTest-15.1-untailored.txt.gz";
    assert_eq!(deviations(file, ends), (10_274, 0));
}

#[test]
fn line_breaks_are_those_of_unicode_17_but_for_what_is_new_in_it() {
    let ends = |text: &str| wrap::break_opportunities(text).collect();
    assert_eq!(
        deviations("LineBreakTest-17.0.0.txt.gz", ends),
        (19_338, 320)
    );
}

#[test]
fn levels_and_order_are_those_of_bidi_character_test() {
    let mut lines = 0;
    for line in vendored("BidiCharacterTest-15.0.0.txt.gz")
        .lines()
        .filter(|line| !line.starts_with('#'))
    {
        let fields: Vec<&str> = line.split(';').collect();
        let [codes, direction, base, levels, order] = fields[..] else {
            panic!("five fields: {line}");
        };
        let text = characters(codes);
        let paragraph = match direction {
            "0" => bidi::Paragraph::with_direction(&text, false),
            "1" => bidi::Paragraph::with_direction(&text, true),
            _ => bidi::Paragraph::new(&text),
        };
        assert_eq!(paragraph.right_to_left, base == "1", "{line}");
        assert_row(&paragraph, &text, levels, Some(order), line);
        lines += 1;
    }
    assert_eq!(lines, 91_707);
}

/// Checks the levels of a one-row paragraph (`x` for a character that UAX #9 removes) and their visual order.
fn assert_row(
    paragraph: &bidi::Paragraph,
    text: &str,
    levels: &str,
    order: Option<&str>,
    line: &str,
) {
    let found = paragraph.levels(text, ByteSpan::new(0, text.len()));
    let expected: Vec<&str> = levels.split_whitespace().collect();
    assert_eq!(found.len(), expected.len(), "{line}");
    let kept: Vec<usize> = (0..expected.len())
        .filter(|index| expected[*index] != "x")
        .collect();
    for index in &kept {
        let level = found[*index].1.number().to_string();
        assert_eq!(level, expected[*index], "character {index} of {line}");
    }
    let Some(order) = order else { return };
    let kept_levels: Vec<_> = kept.iter().map(|index| found[*index].1).collect();
    let visual: Vec<String> = bidi::visual_order(&kept_levels)
        .into_iter()
        .map(|index| kept[index].to_string())
        .collect();
    assert_eq!(visual.join(" "), order.trim(), "{line}");
}

/// A character of each bidi class, as `BidiTest.txt` writes them.
fn of_class(class: &str) -> char {
    match class {
        "L" => 'a',
        "R" => 'א',
        "EN" => '0',
        "ES" => '-',
        "ET" => '#',
        "AN" => '\u{660}',
        "CS" => ',',
        "B" => '\u{2029}',
        "S" => '\t',
        "WS" => ' ',
        "ON" => '!',
        "BN" => '\u{AD}',
        "AL" => 'ب',
        "NSM" => '\u{300}',
        "LRE" => '\u{202A}',
        "RLE" => '\u{202B}',
        "PDF" => '\u{202C}',
        "LRO" => '\u{202D}',
        "RLO" => '\u{202E}',
        "LRI" => '\u{2066}',
        "RLI" => '\u{2067}',
        "FSI" => '\u{2068}',
        "PDI" => '\u{2069}',
        other => panic!("a bidi class: {other}"),
    }
}

#[test]
fn levels_are_those_of_bidi_test_where_it_is_installed() {
    let Ok(file) = std::fs::read_to_string("/usr/share/unicode/BidiTest.txt") else {
        eprintln!("skipped: /usr/share/unicode/BidiTest.txt is not there (Debian: unicode-data)");
        return;
    };
    // Half a million lines take a minute without optimisation: every tenth then.
    let step = if cfg!(debug_assertions) { 10 } else { 1 };
    let (mut levels, mut order) = ("", "");
    let mut runs = 0;
    for (number, line) in file.lines().enumerate() {
        if line.starts_with('#') || (number % step > 0 && !line.starts_with('@')) {
            continue;
        }
        if let Some(rest) = line.strip_prefix("@Levels:") {
            levels = rest.trim();
        } else if let Some(rest) = line.strip_prefix("@Reorder:") {
            order = rest.trim();
        } else if let Some((classes, directions)) = line.split_once(';') {
            let directions: u8 = directions.trim().parse().expect("a bit set");
            let text: String = classes.split_whitespace().map(of_class).collect();
            // A paragraph separator in the middle makes two paragraphs, which the levels of the file take for one.
            if text.trim_end_matches('\u{2029}').contains('\u{2029}') {
                continue;
            }
            for (bit, direction) in [(1, None), (2, Some(false)), (4, Some(true))] {
                if directions & bit == 0 {
                    continue;
                }
                let paragraph = direction.map_or_else(
                    || bidi::Paragraph::new(&text),
                    |right_to_left| bidi::Paragraph::with_direction(&text, right_to_left),
                );
                assert_row(&paragraph, &text, levels, Some(order), line);
                runs += 1;
            }
        }
    }
    eprintln!("{runs} runs of BidiTest.txt");
    assert!(runs > 700_000 / step);
}

#[test]
fn emoji_pass_the_gate_and_take_the_cells_ratatui_draws() {
    let mut seen = 0;
    for line in vendored("emoji-test-15.0.txt.gz")
        .lines()
        .filter(|line| !line.starts_with('#'))
    {
        let (codes, status) = line.split_once(';').expect("two fields");
        let emoji = characters(codes);
        let shown = safe::line(&emoji);
        let cells = width::line(&shown);
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        let (advanced, _) = buffer.set_stringn(0, 0, &shown, 12, Style::new());
        assert_eq!(usize::from(advanced), cells, "{line}");
        let has_tags = emoji.contains(|c| ('\u{E0020}'..='\u{E007F}').contains(&c));
        match status {
            // The flags of England, Scotland and Wales: tags are never let through.
            "fully-qualified" if has_tags => assert_eq!(shown, "🏴◦"),
            "fully-qualified" => {
                assert_eq!(shown, emoji, "{line}");
                assert_eq!(cells, 2, "{line}");
                assert_eq!(segment::graphemes(&emoji).count(), 1, "{line}");
            }
            _ => {}
        }
        seen += 1;
    }
    assert_eq!(seen, 4733);
}
