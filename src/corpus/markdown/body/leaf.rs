//! The block being read: its text, its marks, the rows of a table.
//!
//! Invariant: a mark lies inside the text; text is only ever added, but for empty cells and a voice's name.

use crate::corpus::markdown::escape::nested;
use crate::corpus::{Mark, MarkStyle, PassageDraft, TopicId};
use crate::text::ByteSpan;

/// The block whose text is being read.
pub(super) struct Leaf {
    pub(super) kind: LeafKind,
    pub(super) start: usize,
    pub(super) text: Inline,
    pub(super) images: Vec<PassageDraft>,
    /// Topics from a comment in its midst.
    pub(super) topics: Vec<TopicId>,
}

pub(super) enum LeafKind {
    Paragraph,
    Heading(u8),
    Code,
    Html,
    Table(Rows),
}

/// Where the row being read stands in the text of a table.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) start: usize,
    pub(super) cells: usize,
    /// End of the last cell that has text.
    pub(super) filled: usize,
    pub(super) cell_start: usize,
    /// End of the last cell in the file.
    pub(super) source_end: usize,
}

impl Leaf {
    pub(super) fn new(kind: LeafKind, start: usize) -> Self {
        Self {
            kind,
            start,
            text: Inline::default(),
            images: Vec::new(),
            topics: Vec::new(),
        }
    }

    pub(super) fn start_row(&mut self) {
        let end = self.text.text.len();
        if let LeafKind::Table(rows) = &mut self.kind {
            *rows = Rows {
                start: end,
                filled: end,
                ..Rows::default()
            };
        }
        if !self.text.text.is_empty() {
            self.text.text.push('\n');
        }
    }

    pub(super) fn start_cell(&mut self) {
        if let LeafKind::Table(rows) = &mut self.kind {
            if rows.cells > 0 {
                self.text.text.push_str(" | ");
            }
            rows.cells += 1;
            rows.cell_start = self.text.text.len();
        }
    }

    pub(super) fn end_cell(&mut self, source_end: usize) {
        self.text.close_all();
        if let LeafKind::Table(rows) = &mut self.kind {
            if self.text.text.len() > rows.cell_start {
                rows.filled = self.text.text.len();
            }
            rows.source_end = source_end;
        }
    }

    /// Empty cells at the end of a row, and rows of nothing else, are taken away.
    pub(super) fn end_row(&mut self, rest: &str) {
        if let LeafKind::Table(rows) = &mut self.kind {
            if !rest.is_empty() {
                self.text.text.push_str(" | ");
                self.text.text.push_str(rest);
                rows.filled = self.text.text.len();
            }
            let end = rows.filled.max(rows.start);
            self.text.text.truncate(end);
        }
    }
}

/// Text and marks as they grow.
#[derive(Default)]
pub(super) struct Inline {
    pub(super) text: String,
    pub(super) marks: Vec<Mark>,
    pub(super) open: Vec<OpenMark>,
    /// The first mark is `**…**` at the very start, not `<strong>`.
    pub(super) may_be_voice: bool,
    /// An image has just been taken out: one of the two spaces around it goes.
    pub(super) gap: bool,
}

pub(super) struct OpenMark {
    pub(super) mark: usize,
    /// The HTML tag that closes it; `None` for Markdown.
    pub(super) tag: Option<&'static str>,
    /// Images taken out before it opened.
    pub(super) images: usize,
    pub(super) line: u32,
}

impl Inline {
    pub(super) fn push(&mut self, text: &str) {
        let mut text = text;
        if self.gap {
            if self.text.is_empty() || self.text.ends_with([' ', '\n']) {
                text = text.trim_start_matches(' ');
            }
            self.gap = text.is_empty();
        }
        self.text.push_str(text);
    }

    pub(super) fn open(
        &mut self,
        style: MarkStyle,
        tag: Option<&'static str>,
        images: usize,
        line: u32,
    ) {
        let start = self.text.len();
        if self.marks.is_empty() && start == 0 {
            self.may_be_voice = style == MarkStyle::Strong && tag.is_none();
        }
        self.open.push(OpenMark {
            mark: self.marks.len(),
            tag,
            images,
            line,
        });
        self.marks.push(Mark {
            span: ByteSpan::new(start, start),
            style,
        });
    }

    /// Closes the innermost mark of Markdown (`None`) or of an HTML tag.
    pub(super) fn close(&mut self, tag: Option<&'static str>) -> Option<(Mark, OpenMark)> {
        let found = self.open.iter().rposition(|open| open.tag == tag)?;
        let open = self.open.remove(found);
        let mark = self.marks.get_mut(open.mark)?;
        mark.span = ByteSpan::new(mark.span.start as usize, self.text.len());
        Some((mark.clone(), open))
    }

    /// A tag that nothing closes holds to the end, as in a browser.
    pub(super) fn close_all(&mut self) {
        while let Some(open) = self.open.pop() {
            if let Some(mark) = self.marks.get_mut(open.mark) {
                mark.span = ByteSpan::new(mark.span.start as usize, self.text.len());
            }
        }
    }

    pub(super) fn finish(&mut self) {
        self.close_all();
        if self.gap {
            self.text.truncate(self.text.trim_end_matches(' ').len());
        }
        // HTML tags may cross Markdown's delimiters.
        let whole = ByteSpan::new(0, self.text.len());
        self.marks = nested(&self.text, whole, &self.marks);
    }

    /// Where `**Name:**` at the start ends.
    pub(super) fn voice_marker(&self) -> Option<usize> {
        let first = self.marks.first().filter(|_| self.may_be_voice)?;
        let alone = self
            .marks
            .get(1)
            .is_none_or(|next| next.span.start >= first.span.end);
        let at_start = first.span.start == 0 && first.style == MarkStyle::Strong;
        let colon = first.span.of(&self.text).ends_with(':');
        (alone && at_start && colon).then_some(first.span.end as usize)
    }

    /// Takes away the first `bytes`, the mark over them, and the white space after.
    pub(super) fn cut_start(&mut self, bytes: usize) {
        let rest = self.text.get(bytes..).unwrap_or_default().trim_start();
        let cut = self.text.len() - rest.len();
        self.text = rest.to_owned();
        self.marks.remove(0);
        for mark in &mut self.marks {
            mark.span.start = mark.span.start.saturating_sub(cut as u32);
            mark.span.end = mark.span.end.saturating_sub(cut as u32);
        }
        self.marks.retain(|mark| !mark.span.is_empty());
    }

    pub(super) fn insert_prefix(&mut self, prefix: &str) {
        if prefix.is_empty() {
            return;
        }
        self.text.insert_str(0, prefix);
        for mark in &mut self.marks {
            mark.span.start += prefix.len() as u32;
            mark.span.end += prefix.len() as u32;
        }
    }
}
