//! How many cells a text takes. The one rule of the program; it agrees with what ratatui draws.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Cells of one grapheme as it is shown (after [`super::safe::grapheme`]).
pub fn grapheme(shown: &str) -> u16 {
    u16::try_from(shown.width()).unwrap_or(u16::MAX)
}

/// Cells of a shown text on one line.
pub fn line(shown: &str) -> usize {
    shown
        .graphemes(true)
        .map(|g| usize::from(grapheme(g)))
        .sum()
}

/// The longest start of `text` that fits `cells`, with `…` at its end where something was cut.
pub fn truncate(text: &str, cells: usize) -> String {
    if line(text) <= cells {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 0;
    for g in text.graphemes(true) {
        let w = usize::from(grapheme(g));
        if used + w + 1 > cells {
            break;
        }
        used += w;
        kept.push_str(g);
    }
    if cells > 0 {
        kept.push('…');
    }
    kept
}
