//! How many cells a text takes. The one rule of the program; it agrees with what ratatui draws.
//!
//! Invariant: the width of a text is the sum over its graphemes, each by unicode-width without the East Asian
//! option (ambiguous characters take one cell), plus one for each halfwidth sound mark, as `ratatui-core`'s
//! `CellWidth` and `Buffer::set_stringn` have it. Never `str::width` of a whole text: it takes an Arabic lam and
//! alef for one cell where ratatui draws two.

use super::safe::is_printable_ascii;
use super::segment::{graphemes, stands_alone};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Cells of one grapheme as it is shown (after [`super::safe::grapheme`]).
pub fn grapheme(shown: &str) -> u16 {
    if shown.len() <= 1 {
        return u16::from(!shown.is_empty());
    }
    let mut chars = shown.chars();
    if let (Some(only), None) = (chars.next(), chars.next())
        && stands_alone(only)
    {
        return if only.width() == Some(2) { 2 } else { 1 };
    }
    // ratatui counts these apart: unicode-width has them at none, terminals give each a cell.
    let sound_marks = shown
        .chars()
        .filter(|c| matches!(c, '\u{FF9E}' | '\u{FF9F}'))
        .count();
    u16::try_from(shown.width() + sound_marks).unwrap_or(u16::MAX)
}

/// Cells of a shown text on one line. A grapheme with a control in it counts for nothing: ratatui does not draw it.
pub fn line(shown: &str) -> usize {
    if is_printable_ascii(shown.as_bytes()) {
        return shown.len();
    }
    graphemes(shown).map(|(_, piece)| drawn(piece)).sum()
}

/// Cells that a shown text takes at most, told by its bytes alone: only what takes three bytes or more takes more than one cell, and
/// nothing more than three.
pub fn at_most(shown: &str) -> usize {
    let count = |is: fn(u8) -> bool| shown.bytes().filter(|byte| is(*byte)).count();
    count(|byte| byte & 0xC0 != 0x80) + 2 * count(|byte| byte >= 0xE0)
}

/// The longest start of `text` that fits `cells`, with `…` at its end where something was cut.
pub fn truncate(text: &str, cells: usize) -> String {
    let room = cells.saturating_sub(1);
    // One pass: the cut is wherever the room for the mark ran out, and it is taken only if the rest does not fit.
    let (mut cut, mut used) = (0, 0);
    for (at, piece) in graphemes(text) {
        used += drawn(piece);
        if used <= room {
            cut = at + piece.len();
        }
        if used > cells {
            let mut kept = text.get(..cut).unwrap_or_default().to_owned();
            if cells > 0 {
                kept.push('…');
            }
            return kept;
        }
    }
    text.to_owned()
}

fn drawn(piece: &str) -> usize {
    if piece.contains(char::is_control) {
        0
    } else {
        usize::from(grapheme(piece))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::safe;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    /// Cells by which ratatui moves on when it draws the text.
    fn advanced(text: &str) -> usize {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 1));
        usize::from(buffer.set_stringn(0, 0, text, 80, Style::new()).0)
    }

    #[test]
    fn widths_are_those_ratatui_draws() {
        let table = [
            ("a", 1),
            ("é", 1),
            ("e\u{301}", 1),
            ("日", 2),
            ("Ａ", 2),
            ("ｱ", 1),
            ("…", 1),
            ("“", 1),
            ("—", 1),
            ("±", 1),
            ("한", 2),
            ("\u{1112}\u{1161}\u{11AB}", 2),
            ("नि", 2),
            ("क्षि", 3),
            ("ำ", 1),
            ("👩", 2),
            ("👩🏽", 2),
            ("👩\u{200D}👩\u{200D}👧\u{200D}👦", 2),
            ("❤\u{FE0F}", 2),
            ("❤\u{FE0E}", 1),
            ("❤", 1),
            ("⌚\u{FE0E}", 1),
            ("🇮🇷", 2),
            ("1\u{FE0F}\u{20E3}", 2),
            ("سلام", 4),
            ("لا", 2),
            ("می\u{200C}خواهم", 7),
            ("שָׁלוֹם", 4),
        ];
        for (text, cells) in table {
            assert_eq!(line(text), cells, "{text}");
            assert_eq!(advanced(text), cells, "{text}");
            assert!(at_most(text) >= cells, "{text}");
        }
    }

    #[test]
    fn every_character_behind_the_gate_takes_the_cells_ratatui_gives_it() {
        for c in crate::text::kinds_of_character() {
            let text = c.to_string();
            let shown = safe::grapheme(&text);
            let cells = usize::from(grapheme(&shown));
            assert_eq!(line(&shown), cells, "{:X}", c as u32);
            assert!(at_most(&shown) >= cells, "{:X}", c as u32);
            // A buffer for each would take half a minute: by blocks, and where the gate steps in.
            if (c as u32).is_multiple_of(64) || shown != text {
                assert_eq!(advanced(&shown), cells, "{:X}", c as u32);
            }
        }
    }

    #[test]
    fn a_text_is_cut_to_its_cells_and_says_so() {
        assert_eq!(truncate("harbour", 7), "harbour");
        assert_eq!(truncate("harbour", 4), "har…");
        assert_eq!(truncate("日本語", 4), "日…");
        assert_eq!(truncate("日本語", 1), "…");
        assert_eq!(truncate("日本語", 0), "");
        assert_eq!(truncate("e\u{301}e\u{301}e\u{301}", 2), "e\u{301}…");
    }
}
