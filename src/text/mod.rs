//! Text on a grid of cells: graphemes, widths, words, line breaks, direction, and the one gate for foreign text.
//!
//! Invariant: imports nothing of ours, performs no IO, and cannot fail. Positions are byte offsets into the text
//! that was given; they are always on a grapheme boundary.

mod abbreviation;
pub mod bidi;
pub mod dictionary;
pub mod digest;
pub mod hyphenation;
pub mod language;
pub mod safe;
pub mod segment;
pub mod shingle;
pub mod slug;
pub mod stem;
pub mod width;
pub mod wrap;

use serde::{Deserialize, Serialize};

/// A half-open range of bytes. 32 bits: a document's text is limited to 4 GiB, checked where it is read.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct ByteSpan {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl ByteSpan {
    /// The span from `start` to `end`, both in bytes.
    ///
    /// # Panics
    /// When an offset does not fit 32 bits; documents that long are refused at the edge.
    pub fn new(start: usize, end: usize) -> Self {
        let narrow =
            |offset: usize| u32::try_from(offset).expect("texts are limited to 4 GiB at the edge");
        Self {
            start: narrow(start),
            end: narrow(end),
        }
    }

    /// The span as a range for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// True when it covers no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The bytes of `text` in this span; empty where the span is not inside the text or cuts a character.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }
}

/// The last character boundary of `text` at or before a byte (`str::floor_char_boundary`, which is newer than our Rust).
pub(crate) fn char_boundary_at_or_before(text: &str, byte: usize) -> usize {
    let byte = byte.min(text.len());
    (0..=byte)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or_default()
}

/// Every character of the planes that hold different kinds of them, and the edges of the uniform ones.
#[cfg(test)]
fn kinds_of_character() -> impl Iterator<Item = char> {
    (0..0x1_FFFF)
        .chain(0x2_0000..0x2_0010)
        .chain(0x2_F800..0x2_FA20)
        .chain(0xE_0000..0xE_1010)
        .chain((1..=0x10).flat_map(|plane| plane * 0x1_0000 + 0xFFF0..=plane * 0x1_0000 + 0xFFFF))
        .filter_map(char::from_u32)
}
