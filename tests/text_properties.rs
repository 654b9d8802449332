//! What holds of the text layer whatever the text: nothing is lost, nothing panics, nothing gets past the gate.

use diptych::text::bidi::Paragraph;
use diptych::text::hyphenation::Hyphenation;
use diptych::text::stem::Stemmer;
use diptych::text::{ByteSpan, safe, segment, width, wrap};
use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

/// Characters that break things, together with some that do not.
fn hostile_text() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        4 => "[a-zA-Z0-9]{1,8}",
        3 => prop::sample::select(vec![
            " ", "  ", "\t", "\n", "\r\n", "\r", "\u{A0}", "\u{AD}", "-", "—", "–", "/", "'", "’", "“", "”", "(", ")",
            ".", ",", "!", "?", "$", "%", "\u{3000}", "\u{2009}", "\u{200B}", "\u{2060}", "\u{FEFF}", "\u{2028}",
            "\u{85}", "\u{B}", "\0", "\u{1B}[31m", "\u{9B}", "\u{7F}",
        ]).prop_map(str::to_owned),
        2 => prop::sample::select(vec![
            "\u{301}", "\u{93F}", "\u{94D}", "\u{E31}", "\u{200D}", "\u{200C}", "\u{FE0F}", "\u{FE0E}", "\u{20E3}",
            "\u{E0100}", "\u{E0041}", "\u{1F3FD}", "\u{34F}", "\u{600}", "\u{605}", "\u{110BD}", "\u{1160}", "\u{11A8}",
            "\u{1100}", "\u{AC00}", "\u{FF9E}", "\u{202E}", "\u{202C}", "\u{2067}", "\u{2069}", "\u{2066}", "\u{FFFF}",
            "\u{E31}", "\u{A8FA}", "\u{2D7F}",
        ]).prop_map(str::to_owned),
        2 => prop::sample::select(vec![
            "日", "本", "。", "カ", "ｶ", "한", "א", "ב", "سلام", "لا", "ی", "क", "ष", "ก", "ា", "👩", "❤", "🇮", "🇷", "©",
            "👍", "ᄀ", "é", "ß", "İ",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

/// Running prose as the fast scans know it, and a little more.
fn prose() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        6 => "[a-zA-Z0-9]{1,9}",
        5 => Just(" ".to_owned()),
        3 => prop::sample::select(vec![
            ". ", ", ", "'", "’", "’s ", "\" ", " \"", " “", "” ", "‘", " — ", " – ", "—", "-", ") ", " (", "(", "[", "{",
            "} ", "]", "! ", "?", ": ", "; ", "/", "é", "ř", "×", "÷", "  ", "\n", "3.5", "%", "$", "\u{A0}", "…", "\u{301}",
            "_", "«", " » ", "日",
        ]).prop_map(str::to_owned),
    ];
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![2 => hostile_text(), 2 => prose(), 1 => any::<String>()]
}

/// What no terminal may be sent, whatever stands around it.
fn any_setting() -> impl Strategy<Value = wrap::Setting> {
    let language = proptest::sample::select(vec!["", "en", "de", "fr"]);
    (language, any::<bool>()).prop_map(|(language, is_justified)| wrap::Setting {
        hyphenation: Hyphenation::of(language),
        is_justified,
    })
}

fn is_forbidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}' | '\u{180E}'
            | '\u{200B}' | '\u{200E}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
            | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{FDD0}'..='\u{FDEF}' | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E00FF}' | '\u{E01F0}'..='\u{E0FFF}')
        || c as u32 & 0xFFFE == 0xFFFE
}

/// A thousand texts a claim, or as many as `PROPTEST_CASES` says.
fn config() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok())
        .unwrap_or(1000);
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn advanced(shown: &str) -> usize {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 2000, 1));
    usize::from(buffer.set_stringn(0, 0, shown, 2000, Style::new()).0)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn wrapping_loses_nothing_but_white_space(text in any_text(), width_cells in 1u16..60, setting in any_setting()) {
        let rows = wrap::wrap_set(&text, width_cells, setting);
        let mut at = 0;
        for row in &rows {
            let range = row.span.range();
            prop_assert!(range.start >= at && range.end >= range.start);
            let between = text.get(at..range.start).expect("rows start at characters");
            prop_assert!(between.chars().all(char::is_whitespace), "lost {between:?}");
            prop_assert!(text.get(range.clone()).is_some());
            at = range.end;
        }
        let rest = text.get(at..).expect("rows end at characters");
        prop_assert!(rest.chars().all(char::is_whitespace), "lost {rest:?}");
        prop_assert!(!rows.is_empty());
    }

    #[test]
    fn no_row_is_wider_than_asked_for_but_by_one_grapheme(text in any_text(), width_cells in 1u16..40, setting in any_setting()) {
        let paragraph = Paragraph::new(&text);
        for row in wrap::wrap_set(&text, width_cells, setting) {
            let shown = paragraph.visual_row(&text, row.span);
            let cells: usize = shown.iter().map(|(_, shown)| usize::from(width::grapheme(shown))).sum();
            prop_assert_eq!(cells + usize::from(row.hyphen), usize::from(row.width_cells));
            let seen = shown.iter().filter(|(_, shown)| !shown.is_empty()).count();
            let widest = if row.spread_cells > 0 { width_cells - row.spread_cells } else { width_cells };
            prop_assert!(row.width_cells <= widest || seen == 1, "{row:?}");
            let spaces = row.span.of(&text).matches(' ').count();
            prop_assert!(row.spread_cells == 0 || spaces > 0, "{row:?}");
            let spread: u16 = wrap::spread(row, spaces).sum();
            prop_assert_eq!(spread, row.spread_cells);
        }
    }

    #[test]
    fn rows_are_cut_between_graphemes(text in any_text(), width_cells in 1u16..40, setting in any_setting()) {
        let mut bounds: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
        bounds.push(text.len());
        for row in wrap::wrap_set(&text, width_cells, setting) {
            prop_assert!(bounds.binary_search(&row.span.range().start).is_ok());
            prop_assert!(bounds.binary_search(&row.span.range().end).is_ok());
        }
    }

    #[test]
    fn plain_words_are_broken_where_the_rules_break_them(text in any_text()) {
        let rules: Vec<usize> = LineSegmenter::new_dictionary(LineBreakOptions::default())
            .segment_str(&text)
            .skip(1)
            .collect();
        prop_assert_eq!(wrap::break_opportunities(&text).collect::<Vec<_>>(), rules);
    }

    #[test]
    fn the_fast_scans_agree_with_the_rules(text in any_text()) {
        let graphemes: Vec<_> = segment::graphemes(&text).collect();
        prop_assert_eq!(graphemes, text.grapheme_indices(true).collect::<Vec<_>>());
        let fast: Vec<_> = segment::words(&text).map(|(_, word)| word.trim_start()).collect();
        let rules: Vec<_> = text.unicode_words().map(str::trim_start).collect();
        prop_assert_eq!(fast, rules);
    }

    #[test]
    fn nothing_forbidden_gets_past_the_gate(text in any_text()) {
        for shown in [safe::line(&text), safe::block(&text)] {
            let found = shown.chars().find(|c| *c != '\n' && is_forbidden(*c));
            prop_assert_eq!(found, None);
        }
        prop_assert!(!safe::line(&text).contains('\n'));
        for (_, piece) in segment::graphemes(&text) {
            let shown = safe::grapheme(piece);
            prop_assert!(!shown.contains(is_forbidden));
            let is_seen = width::grapheme(&shown) > 0;
            prop_assert_eq!(is_seen, piece != "\u{AD}");
        }
    }

    #[test]
    fn the_gate_leaves_alone_what_has_passed_it(text in any_text()) {
        let line = safe::line(&text).into_owned();
        prop_assert_eq!(safe::line(&line), line.as_str());
        let block = safe::block(&text).into_owned();
        prop_assert_eq!(safe::block(&block), block.as_str());
    }

    #[test]
    fn what_has_passed_the_gate_takes_the_cells_ratatui_draws(text in any_text()) {
        let shown = safe::line(&text);
        prop_assert_eq!(width::line(&shown), advanced(&shown));
        prop_assert!(width::at_most(&shown) >= width::line(&shown));
        for (_, piece) in segment::graphemes(&text) {
            let shown = safe::grapheme(piece);
            prop_assert_eq!(usize::from(width::grapheme(&shown)), advanced(&shown));
        }
    }

    #[test]
    fn a_cut_label_fits_its_cells(text in any_text(), cells in 0usize..30) {
        let shown = safe::line(&text);
        let cut = width::truncate(&shown, cells);
        prop_assert!(width::line(&cut) <= cells);
        prop_assert!(cut == shown || cut.ends_with('…') || cells == 0);
    }

    #[test]
    fn a_visual_row_has_each_grapheme_of_the_row_once(text in any_text(), width_cells in 1u16..40) {
        let paragraph = Paragraph::new(&text);
        for row in wrap::wrap(&text, width_cells) {
            let mut spans: Vec<ByteSpan> =
                paragraph.visual_row(&text, row.span).into_iter().map(|(span, _)| span).collect();
            spans.sort_unstable();
            let base = row.span.range().start;
            let expected: Vec<ByteSpan> = row
                .span
                .of(&text)
                .grapheme_indices(true)
                .map(|(at, piece)| ByteSpan::new(base + at, base + at + piece.len()))
                .collect();
            prop_assert_eq!(spans, expected);
        }
    }

    #[test]
    fn sentences_hold_every_visible_byte_once_in_order(text in any_text()) {
        let mut at = 0;
        for span in segment::sentences(&text) {
            let between = text.get(at..span.range().start).expect("sentences start at characters");
            prop_assert!(between.chars().all(char::is_whitespace), "lost {between:?}");
            prop_assert!(!span.is_empty());
            at = span.range().end;
        }
        let rest = text.get(at..).expect("sentences end at characters");
        prop_assert!(rest.chars().all(char::is_whitespace), "lost {rest:?}");
    }

    #[test]
    fn any_word_of_any_language_has_a_stem(text in any_text(), language in 0usize..20) {
        let languages = [
            "ar", "da", "nl", "en", "fi", "fr", "de", "el", "hu", "it", "no", "pt", "ro", "ru", "es", "sv", "ta", "tr",
            "fa", "xx",
        ];
        let stemmer = Stemmer::new(languages[language]);
        for (_, word) in segment::hyphenated_words(&text) {
            prop_assert_eq!(stemmer.stem_once(word), stemmer.stem(word));
        }
        let _ = stemmer.stem(&text);
        let _ = stemmer.is_stop_word(&text);
    }
}
