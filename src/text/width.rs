//! How many cells a text takes. The one rule of the program; it agrees with what ratatui draws.
//!
//! Invariant: the width of a text is the sum over its graphemes, each by unicode-width without the East Asian
//! option (ambiguous characters take one cell), plus one for each halfwidth sound mark, as `ratatui-core`'s
//! `CellWidth` and `Buffer::set_stringn` have it. Never `str::width` of a whole text: it takes an Arabic lam and
//! alef for one cell where ratatui draws two.

use super::safe::is_printable_ascii;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Cells of one grapheme as it is shown (after [`super::safe::grapheme`]).
pub fn grapheme(shown: &str) -> u16 {
    if shown.len() <= 1 {
        return u16::from(!shown.is_empty());
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
    shown.graphemes(true).map(drawn).sum()
}

/// The longest start of `text` that fits `cells`, with `…` at its end where something was cut.
pub fn truncate(text: &str, cells: usize) -> String {
    let room = cells.saturating_sub(1);
    // One pass: the cut is wherever the room for the mark ran out, and it is taken only if the rest does not fit.
    let (mut cut, mut used) = (0, 0);
    for (at, piece) in text.grapheme_indices(true) {
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
