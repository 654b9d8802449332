//! Lines of a text, with their numbers in the file.

/// A line with something on it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// Its number in the file, from 1.
    pub number: u32,
    /// Without the white space around it.
    pub text: &'a str,
    /// Columns of white space before it; a tab goes to the next multiple of four.
    pub indent: u16,
    /// A blank line, a form feed or the start of the file stands before it.
    pub gap: bool,
    /// A form feed stands between it and the line before.
    pub feed: bool,
}

/// Separators that stand inside a line of the file but end one on the page: form feed, vertical tab, next line, line and
/// paragraph separator.
const BREAKS: [char; 5] = ['\u{c}', '\u{b}', '\u{85}', '\u{2028}', '\u{2029}'];

/// The lines of `text` that are not blank.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let has_breaks = BREAKS.iter().any(|c| {
        let mut bytes = [0; 4];
        memchr::memmem::find(text.as_bytes(), c.encode_utf8(&mut bytes).as_bytes()).is_some()
    });
    let mut lines = Vec::with_capacity(text.len() / 80 + 1);
    let (mut gap, mut feed) = (true, false);
    let mut start = 0;
    let mut number = 0_u32;
    while start < text.len() {
        let end =
            memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |at| start + at);
        number = number.saturating_add(1);
        let whole = text.get(start..end).unwrap_or_default();
        if has_breaks {
            for piece in whole.split_inclusive(BREAKS) {
                gap |= piece.ends_with(['\u{c}', '\u{2029}']) && piece.trim().is_empty();
                add(&mut lines, piece, number, &mut gap, &mut feed);
                gap |= piece.ends_with(['\u{c}', '\u{2029}']);
                feed |= piece.ends_with('\u{c}');
            }
            gap |= whole.is_empty();
        } else {
            add(&mut lines, whole, number, &mut gap, &mut feed);
        }
        start = end + 1;
    }
    lines
}

/// At most `bytes` of the start of `text`, whole characters.
pub(super) fn first_bytes(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// At most `bytes` of the end of `text`, whole characters.
pub(super) fn last_bytes(text: &str, bytes: usize) -> &str {
    let mut start = text.len().saturating_sub(bytes);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    text.get(start..).unwrap_or_default()
}

fn add<'a>(
    lines: &mut Vec<Line<'a>>,
    whole: &'a str,
    number: u32,
    gap: &mut bool,
    feed: &mut bool,
) {
    let text = whole.trim();
    if text.is_empty() {
        *gap = true;
        return;
    }
    let lead = whole.len() - whole.trim_start().len();
    let mut indent = 0_u16;
    for c in whole.get(..lead).unwrap_or_default().chars() {
        let step = if c == '\t' { 4 - indent % 4 } else { 1 };
        indent = indent.saturating_add(step);
    }
    lines.push(Line {
        number,
        text,
        indent,
        gap: std::mem::take(gap),
        feed: std::mem::take(feed),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_numbers() {
        assert_eq!(lines("\td")[0].indent, 4);
        let found: Vec<_> = lines("a\n\n  b \u{c}c\n\td\u{2028}e\n")
            .iter()
            .map(|line| (line.number, line.text, line.gap, line.feed))
            .collect();
        assert_eq!(
            found,
            [
                (1, "a", true, false),
                (3, "b", true, false),
                (3, "c", true, true),
                (4, "d", false, false),
                (4, "e", false, false)
            ]
        );
    }
}
