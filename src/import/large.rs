//! Files too large to clean: shown as they are, at once.
//!
//! Invariant: the text is the file's bytes, not a copy, where they are UTF-8; passages cover everything but the line ends between them.

use super::pieces::{MAX_PASSAGE, cut_near};
use super::{ImportError, detect, remarks};
use crate::corpus::{Document, DocumentId, Meta, SourceId};
use crate::text::{ByteSpan, language};

/// Stated as the kind of such a document, so that the reader knows why nothing was left out.
pub const KIND: &str = "large text, shown as it is";

/// Bytes from which the layout is told.
const SAMPLE_BYTES: usize = 64 * 1024;
/// Fewer bytes than this on average would make the table of passages outgrow a quarter of the text.
const MIN_AVERAGE: usize = 64;

/// A document over the text of a file, without cleaning. UTF-8 is not copied; another encoding is decoded.
pub fn large(name: &str, bytes: Vec<u8>) -> Result<Document, ImportError> {
    if bytes.len() > u32::MAX as usize {
        return Err(ImportError::TooLarge(name.to_owned()));
    }
    if let Some(why) = detect::not_text(&bytes) {
        return Err(ImportError::NotText(name.to_owned(), why));
    }
    let mut extra = serde_json::Map::new();
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) if error.as_bytes().len() > super::MAX_BYTES => {
            return Err(ImportError::TooLarge(name.to_owned()));
        }
        Err(error) => {
            let decoded = detect::decode(error.as_bytes());
            extra.insert("encoding".to_owned(), decoded.encoding.into());
            remarks::keep(&decoded.notices, &mut extra);
            decoded.text.into_owned()
        }
    };
    let spans = spans(&text);
    if spans.is_empty() {
        return Err(ImportError::Empty(name.to_owned()));
    }
    let meta = Meta {
        title: name.to_owned(),
        source: SourceId::from(super::metadata::not_stated().id.as_str()),
        kind: Some(KIND.to_owned()),
        imported_from: Some(name.to_owned()),
        language: language::detect(&text).unwrap_or_default().to_owned(),
        extra,
        ..Meta::default()
    };
    Ok(Document::over(
        DocumentId::from(super::slug(name)),
        meta,
        text,
        spans,
    ))
}

/// What divides passages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    /// Blank lines with nothing on them: the next is found without looking at each line.
    EmptyLines,
    /// Blank lines, some of which hold white space.
    BlankLines,
    Lines,
    /// Lines too short to be a passage each: as many as make this many bytes.
    Groups(usize),
}

/// Blank lines, where the sample has them often enough to hold its paragraphs apart; else lines.
fn layout(bytes: &[u8]) -> Layout {
    let sample = &bytes[..bytes.len().min(SAMPLE_BYTES)];
    let (mut lines, mut blank_runs, mut spaced) = (0_usize, 0_usize, 0_usize);
    let mut was_blank = true;
    for line in sample.split(|byte| *byte == b'\n') {
        let is_blank = line.trim_ascii().is_empty();
        lines += usize::from(!is_blank);
        spaced += usize::from(is_blank && !line.is_empty());
        blank_runs += usize::from(is_blank && !was_blank);
        was_blank = is_blank;
    }
    let uses_blank_lines = blank_runs >= 2 && blank_runs * 40 >= lines;
    let parts = if uses_blank_lines { blank_runs } else { lines };
    match (uses_blank_lines, parts.max(1)) {
        (_, parts) if sample.len() / parts < MIN_AVERAGE => Layout::Groups(MIN_AVERAGE * 8),
        (true, _) if spaced == 0 => Layout::EmptyLines,
        (true, _) => Layout::BlankLines,
        (false, _) => Layout::Lines,
    }
}

/// Spans of the passages, in order.
fn spans(text: &str) -> Vec<ByteSpan> {
    let bytes = text.as_bytes();
    let layout = layout(bytes);
    let mut cut = Cutter {
        text,
        spans: Vec::with_capacity(bytes.len() / 256 + 1),
    };
    let mut start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    if layout == Layout::EmptyLines {
        for at in memchr::memmem::find_iter(bytes, b"\n\n") {
            cut.add(start.min(at), at);
            start = at + 2;
        }
        cut.add(start.min(bytes.len()), bytes.len());
        return cut.spans;
    }
    if let Layout::Groups(least) = layout {
        while start < bytes.len() {
            let from = bytes.len().min(start + least);
            let end = memchr::memchr(b'\n', &bytes[from..]).map_or(bytes.len(), |at| from + at);
            cut.add(start, end);
            start = end + 1;
        }
        return cut.spans;
    }
    // The end of the last line that is in the passage so far; `start` where there is none.
    let mut end = start;
    let mut line_start = start;
    while line_start < bytes.len() {
        let line_end =
            memchr::memchr(b'\n', &bytes[line_start..]).map_or(bytes.len(), |at| line_start + at);
        let is_blank = bytes[line_start..line_end]
            .iter()
            .all(u8::is_ascii_whitespace);
        if !is_blank {
            end = line_end;
        }
        // Lines that are no passage of their own are kept together up to a bound, so that cutting them looks at each once.
        let is_done = match layout {
            Layout::Lines => !is_blank,
            Layout::EmptyLines | Layout::BlankLines | Layout::Groups(_) => {
                is_blank || end - start > 4 * MAX_PASSAGE
            }
        };
        if is_done || end == start {
            cut.add(start, end);
            start = line_end + 1;
            end = start;
        }
        line_start = line_end + 1;
    }
    cut.add(start.min(bytes.len()), end.min(bytes.len()));
    cut.spans
}

struct Cutter<'a> {
    text: &'a str,
    spans: Vec<ByteSpan>,
}

impl Cutter<'_> {
    /// Adds a passage without the line end's CR and trailing blanks, in pieces where it is too long. Blank lines at the average of
    /// the rest of the file may be denser than in the sample, so short passages join the one before.
    fn add(&mut self, mut start: usize, end: usize) {
        let bytes = self.text.as_bytes();
        let mut end = end;
        while end > start && bytes[end - 1].is_ascii_whitespace() {
            end -= 1;
        }
        // More than one blank line before it; indentation stays.
        while start < end && bytes[start] == b'\n' {
            start += 1;
        }
        if end == start {
            return;
        }
        // Where the sample misled: keep the table small.
        let so_far = self.spans.len();
        if so_far >= 1024
            && end / (so_far + 1) < MIN_AVERAGE
            && let Some(last) = self.spans.last_mut()
            && end - (last.start as usize) <= MAX_PASSAGE
        {
            last.end = end as u32;
            return;
        }
        while end - start > MAX_PASSAGE {
            let at = cut_near(self.text, start);
            self.spans.push(ByteSpan::new(start, at));
            start = at;
        }
        if end > start {
            self.spans.push(ByteSpan::new(start, end));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passages(text: &str) -> Vec<String> {
        let document = large("a.txt", text.as_bytes().to_vec()).unwrap();
        document
            .passages()
            .map(|passage| passage.text().to_owned())
            .collect()
    }

    #[test]
    fn blank_lines_divide_where_the_text_uses_them() {
        let paragraph = "A line that is long enough to be one of a paragraph,\r\nand one more that goes with it, as long as the first.\r\n\r\n";
        let found = passages(&format!("\u{feff}{}", paragraph.repeat(4)));
        assert_eq!(found.len(), 4);
        assert!(
            found.iter().all(|passage| passage == paragraph.trim_end()),
            "{found:?}"
        );
    }

    #[test]
    fn lines_divide_where_there_are_no_blank_ones() {
        let line = "One paragraph on one line, as long as a paragraph is, and a little longer than sixty-four bytes.\n";
        assert_eq!(passages(&line.repeat(5)).len(), 5);
    }

    #[test]
    fn short_lines_are_grouped_so_that_memory_stays_small() {
        for text in [
            "ab\n".repeat(10_000),
            "ab\n\n".repeat(10_000),
            format!(
                "{}{}",
                "long enough to be a passage of its own, this line is, or is it not?\n"
                    .repeat(2000),
                "x\n".repeat(500_000)
            ),
        ] {
            let document = large("a.txt", text.clone().into_bytes()).unwrap();
            assert!(
                document.len() * 16 * 4 <= text.len() + 65_536,
                "{} passages in {} bytes",
                document.len(),
                text.len()
            );
            let kept: usize = document
                .passages()
                .map(|passage| {
                    passage
                        .text()
                        .chars()
                        .filter(|c| !c.is_whitespace())
                        .count()
                })
                .sum();
            assert_eq!(kept, text.chars().filter(|c| !c.is_whitespace()).count());
        }
    }

    #[test]
    fn one_endless_line_is_cut_at_spaces() {
        for text in [
            "word ".repeat(100_000),
            "x".repeat(100_000),
            "ä".repeat(100_000),
        ] {
            let document = large("a.txt", text.clone().into_bytes()).unwrap();
            assert!(
                document
                    .passages()
                    .all(|passage| passage.text().len() <= MAX_PASSAGE)
            );
            let together: String = document
                .passages()
                .map(|passage| passage.text().to_owned())
                .collect();
            assert_eq!(together.trim_end(), text.trim_end());
        }
    }

    #[test]
    fn other_encodings_say_so() {
        let document = large(
            "a.txt",
            b"Die Stra\xdfe nach \xdcberall ist gesperrt, sagte die Beh\xf6rde am Montag.".to_vec(),
        )
        .unwrap();
        assert_eq!(document.meta.extra["encoding"], "windows-1252");
        assert_eq!(document.meta.kind.as_deref(), Some(KIND));
    }
}
