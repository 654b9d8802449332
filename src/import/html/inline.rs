//! The text of one passage as it is put together: white space, line breaks, and what is set off.
//!
//! Invariant: marks are nested, not empty, in the order of their start, none around white space at their edges, at most
//! [`MAX_OPEN`] around each other.

use crate::corpus::{Mark, MarkStyle};
use crate::text::ByteSpan;

/// Marks around each other; further ones are not kept.
const MAX_OPEN: usize = 8;

/// A text on its way to a passage.
#[derive(Debug, Default)]
pub(super) struct Inline {
    text: String,
    marks: Vec<(usize, usize, MarkStyle)>,
    /// Marks that are open: their styles, and their places in `marks` where they have begun to hold text.
    open: Vec<(MarkStyle, Option<usize>)>,
    /// White space waits to be written before the next character.
    gap: bool,
    /// Bytes inside links.
    linked: usize,
    /// Where the first character stood: line and node.
    start: Option<(u32, usize)>,
}

/// A text that is done.
#[derive(Debug, Default)]
pub(super) struct Run {
    /// The text, no white space at its ends.
    pub text: String,
    /// What is set off in it.
    pub marks: Vec<Mark>,
    /// Bytes of it inside links.
    pub linked: usize,
    /// The line of its first character.
    pub line: u32,
    /// The node of its first character.
    pub node: usize,
}

impl Inline {
    /// Adds the text of a node; `keeps` white space as it is, for preformatted text.
    pub fn push(&mut self, text: &str, line: u32, node: usize, keeps: bool) {
        let mut line = line;
        for c in text.chars() {
            if c == '\n' {
                line = line.saturating_add(1);
            }
            if keeps {
                self.push_kept(c, line, node);
                continue;
            }
            // A page may spell any character by its number: those that no text has are none here.
            if c.is_ascii_whitespace() || c == '\u{b}' || is_control(c) {
                self.gap = true;
                continue;
            }
            if std::mem::take(&mut self.gap) && !self.text.is_empty() && !self.text.ends_with('\n')
            {
                self.text.push(' ');
            }
            self.write(c, line, node);
        }
    }

    fn push_kept(&mut self, c: char, line: u32, node: usize) {
        match c {
            '\r' => {}
            '\n' if self.text.is_empty() => {}
            '\n' | '\t' => self.text.push(c),
            c if is_control(c) => self.text.push(char::REPLACEMENT_CHARACTER),
            c => self.write(c, line, node),
        }
    }

    fn write(&mut self, c: char, line: u32, node: usize) {
        if self.start.is_none() && !c.is_whitespace() {
            self.start = Some((line, node));
        }
        let at = self.text.len();
        let mut linked = false;
        for (style, begun) in &mut self.open {
            linked |= matches!(style, MarkStyle::Link(_));
            if begun.is_none() {
                *begun = Some(self.marks.len());
                self.marks.push((at, at, style.clone()));
            }
        }
        self.text.push(c);
        if linked {
            self.linked += c.len_utf8();
        }
    }

    /// A line break; true where it ends the paragraph, because one stood there already.
    pub fn break_line(&mut self) -> bool {
        self.gap = false;
        if self.text.ends_with('\n') {
            return true;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        false
    }

    /// White space, where none is written.
    pub fn space(&mut self) {
        self.gap = true;
    }

    /// Something set off begins; false where it is set off so already, and no [`close`](Self::close) is to follow.
    pub fn open(&mut self, style: MarkStyle) -> bool {
        let is_same = |(other, _): &(MarkStyle, Option<usize>)| {
            std::mem::discriminant(other) == std::mem::discriminant(&style)
        };
        if self.open.len() >= MAX_OPEN || self.open.iter().any(is_same) {
            return false;
        }
        self.open.push((style, None));
        true
    }

    /// What was opened last ends.
    pub fn close(&mut self) {
        if let Some((_, Some(at))) = self.open.pop() {
            self.marks[at].1 = self.text.len();
        }
    }

    /// The text so far, and a new one, in which what is open goes on; `None` where there is nothing visible.
    pub fn take(&mut self) -> Option<Run> {
        self.gap = false;
        let text = std::mem::take(&mut self.text);
        let mut marks = std::mem::take(&mut self.marks);
        for (_, begun) in &mut self.open {
            if let Some(at) = begun.take() {
                marks[at].1 = text.len();
            }
        }
        let linked = std::mem::take(&mut self.linked);
        let (line, node) = self.start.take()?;
        let kept = text.trim_end();
        let kept = kept.trim_start_matches('\n');
        let cut = text.trim_end().len() - kept.len();
        let marks = marks
            .into_iter()
            .filter_map(|(start, end, style)| {
                let (start, end) = (start.saturating_sub(cut), end.saturating_sub(cut));
                let inside = kept.get(start..end.min(kept.len()))?;
                let start = start + (inside.len() - inside.trim_start().len());
                let end = start + inside.trim().len();
                (start < end).then(|| Mark {
                    span: ByteSpan::new(start, end),
                    style,
                })
            })
            .collect();
        Some(Run {
            marks,
            linked,
            line,
            node,
            text: kept.to_owned(),
        })
    }
}

/// Control characters, and the private planes, which no text uses and by which passages are told apart later.
pub(super) fn is_control(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t')) || c >= super::select::FIRST_SIGN
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(build: impl FnOnce(&mut Inline)) -> (String, Vec<(String, MarkStyle)>) {
        let mut inline = Inline::default();
        build(&mut inline);
        let run = inline.take().unwrap();
        let marks = run
            .marks
            .into_iter()
            .map(|mark| (mark.span.of(&run.text).to_owned(), mark.style))
            .collect();
        (run.text, marks)
    }

    #[test]
    fn white_space_is_put_together_and_marks_are_trimmed() {
        let (text, marks) = run(|inline| {
            inline.push("  The \n ", 1, 1, false);
            inline.open(MarkStyle::Strong);
            inline.push(" river ", 2, 2, false);
            inline.close();
            inline.push("rose\u{1}fast ", 2, 3, false);
        });
        assert_eq!(text, "The river rose fast");
        assert_eq!(marks, [("river".to_owned(), MarkStyle::Strong)]);
    }

    #[test]
    fn what_is_open_goes_on_in_the_next_text() {
        let mut inline = Inline::default();
        inline.open(MarkStyle::Emphasis);
        inline.push("one", 1, 1, false);
        assert_eq!(inline.take().unwrap().marks.len(), 1);
        inline.push("two", 3, 2, false);
        inline.close();
        inline.push(" three", 3, 2, false);
        let run = inline.take().unwrap();
        assert_eq!((run.line, run.marks[0].span.of(&run.text)), (3, "two"));
        assert!(inline.take().is_none());
    }

    #[test]
    fn links_stand_in_no_link() {
        let mut inline = Inline::default();
        assert!(inline.open(MarkStyle::Link("a".to_owned())));
        assert!(!inline.open(MarkStyle::Link("b".to_owned())));
    }
}
