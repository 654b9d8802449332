//! Wrapping as a pure function: a passage's text and a width give rows of byte spans (UAX #14).

use super::{ByteSpan, safe, width};
use unicode_segmentation::UnicodeSegmentation;

/// One row of a wrapped passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The bytes drawn on this row, without the white space at which it was broken.
    pub span: ByteSpan,
    /// Cells it takes, the hyphen included; never more than the width asked for (unless one grapheme is wider).
    pub width_cells: u16,
    /// A soft hyphen ends the row and is drawn as `-`.
    pub hyphen: bool,
}

/// Rows of `text` at `width_cells` (at least 1). Every byte that is not white space at a break or a line end is in
/// exactly one row; an empty text gives one empty row.
pub fn wrap(text: &str, width_cells: u16) -> Vec<Row> {
    let width_cells = width_cells.max(1);
    let mut rows = Vec::new();
    for line in text.split_inclusive('\n') {
        let base = line.as_ptr() as usize - text.as_ptr() as usize;
        let line = line.trim_end_matches('\n');
        let (mut start, mut used) = (0, 0);
        for (at, g) in line.grapheme_indices(true) {
            let w = width::grapheme(&safe::grapheme(g));
            if used + w > width_cells {
                rows.push(Row {
                    span: ByteSpan::new(base + start, base + at),
                    width_cells: used,
                    hyphen: false,
                });
                start = at;
                used = 0;
            }
            used += w;
        }
        rows.push(Row {
            span: ByteSpan::new(base + start, base + line.len()),
            width_cells: used,
            hyphen: false,
        });
    }
    if rows.is_empty() {
        rows.push(Row {
            span: ByteSpan::default(),
            width_cells: 0,
            hyphen: false,
        });
    }
    rows
}
