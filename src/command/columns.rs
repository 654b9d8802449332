//! Texts in columns, for a terminal: wrapped, put into visual order, and set off as the reader does it.
//!
//! Invariant: no line is wider than the columns and the gaps between them; every stretch has passed the gate.

use super::output::Ink;
use crate::text::ByteSpan;
use crate::text::bidi::Paragraph;
use crate::text::width;
use crate::text::wrap::wrap;

/// Stretches of one line.
pub type Line = Vec<(Ink, String)>;

/// Between two columns.
const GAP: &str = " │ ";

/// A text wrapped into a column, with what is set off in it (bytes of the text).
pub fn wrapped(text: &str, width_cells: u16, shared: &[ByteSpan], ink: Ink) -> Vec<Line> {
    let paragraph = Paragraph::new(text);
    let rows = wrap(text, width_cells).into_iter();
    rows.map(|row| {
        let mut line: Line = Vec::new();
        let flush_right = paragraph.row_is_right_to_left(row.span);
        let free = width_cells.saturating_sub(row.width_cells);
        if flush_right && free > 0 {
            line.push((Ink::Plain, " ".repeat(usize::from(free))));
        }
        for (span, shown) in paragraph.visual_row(text, row.span) {
            let is_shared = shared
                .iter()
                .any(|shared| shared.start < span.end && span.start < shared.end);
            let ink = if is_shared { Ink::Shared } else { ink };
            match line.last_mut() {
                Some((last, stretch)) if *last == ink => stretch.push_str(&shown),
                Some(_) | None => line.push((ink, shown.into_owned())),
            }
        }
        if row.hyphen {
            line.push((ink, "-".to_owned()));
        }
        line
    })
    .collect()
}

/// Two columns of the same width beside each other.
pub fn beside(left: Vec<Line>, right: Vec<Line>, width_cells: u16) -> Vec<Line> {
    let rows = left.len().max(right.len());
    let (mut left, mut right) = (left.into_iter(), right.into_iter());
    let beside = (0..rows).map(|_| {
        let mut line = left.next().unwrap_or_default();
        let used: usize = line.iter().map(|(_, text)| width::line(text)).sum();
        let free = usize::from(width_cells).saturating_sub(used);
        line.push((Ink::Plain, " ".repeat(free)));
        line.push((Ink::Quiet, GAP.to_owned()));
        line.extend(right.next().unwrap_or_default());
        line
    });
    beside.collect()
}

/// Cells of each of two columns on a terminal of so many.
pub fn column_width(columns: u16) -> u16 {
    let gap = width::line(GAP) as u16;
    (columns.saturating_sub(gap) / 2).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(line: &Line) -> usize {
        line.iter().map(|(_, text)| width::line(text)).sum()
    }

    #[test]
    fn no_line_is_wider_than_the_terminal_whatever_the_script() {
        let texts = [
            "The dam above the town gave way before dawn and nobody had been told.",
            "中文字符没有空格所以必须在任何地方换行",
            "سلام دنیا، این یک متن فارسی است که باید شکسته شود",
        ];
        for columns in [20u16, 33, 80] {
            let width = column_width(columns);
            for one in texts {
                for other in texts {
                    let left = wrapped(one, width, &[], Ink::Plain);
                    let right = wrapped(other, width, &[], Ink::Plain);
                    for line in beside(left, right, width) {
                        assert!(cells(&line) <= usize::from(columns), "{line:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn shared_words_are_set_off_and_right_to_left_text_stands_on_the_right() {
        let lines = wrapped("the dam broke", 20, &[ByteSpan::new(4, 7)], Ink::Plain);
        let expected = [
            (Ink::Plain, "the ".to_owned()),
            (Ink::Shared, "dam".to_owned()),
            (Ink::Plain, " broke".to_owned()),
        ];
        assert_eq!(lines, [expected.to_vec()]);
        let hebrew = wrapped("שלום", 10, &[], Ink::Plain);
        let shown: String = hebrew[0].iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(shown, "      םולש");
    }
}
