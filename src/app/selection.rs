//! A stretch of a passage that the reader has chosen, by keys or with the mouse.
//!
//! Invariant: it lies inside one passage of one pane, is not empty, and begins and ends on edges of characters.

use super::App;
use super::block::{BlockRow, indent, shown_text};
use super::perspective::Slot;
use crate::corpus::Passage;
use crate::text::bidi::Paragraph;
use crate::text::wrap::spread;
use crate::text::{ByteSpan, segment, width};

/// What is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The pane.
    pub pane: usize,
    /// The passage.
    pub slot: Slot,
    /// The bytes in it.
    pub span: ByteSpan,
}

/// How a selection is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The next sentence instead.
    NextSentence,
    /// The sentence before instead.
    PreviousSentence,
    /// One more sentence.
    AddSentence,
    /// One more word at the end.
    Longer,
    /// One word less at the end.
    Shorter,
    /// It begins one word later.
    StartLater,
    /// It begins one word earlier.
    StartEarlier,
}

/// A span changed, in the text that it is of; `None` where there is nothing more.
pub fn change(text: &str, span: ByteSpan, change: Change) -> Option<ByteSpan> {
    let sentences: Vec<ByteSpan> = segment::sentences(text)
        .into_iter()
        .map(|sentence| trimmed(text, sentence))
        .filter(|sentence| !sentence.is_empty())
        .collect();
    let words: Vec<ByteSpan> = segment::words(text).map(|(span, _)| span).collect();
    let with = |start: u32, end: u32| Some(ByteSpan { start, end }).filter(|span| start < span.end);
    match change {
        Change::NextSentence => {
            let next = sentences
                .iter()
                .find(|sentence| sentence.start > span.start);
            next.copied()
        }
        Change::PreviousSentence => {
            let before = sentences
                .iter()
                .rev()
                .find(|sentence| sentence.start < span.start);
            before.copied()
        }
        Change::AddSentence => {
            let next = sentences.iter().find(|sentence| sentence.end > span.end)?;
            with(span.start, next.end)
        }
        Change::Longer => {
            let next = words.iter().find(|word| word.end > span.end)?;
            with(span.start, next.end)
        }
        Change::Shorter => {
            let last = words.iter().rev().find(|word| word.end < span.end)?;
            with(span.start, last.end)
        }
        Change::StartLater => {
            let next = words.iter().find(|word| word.start > span.start)?;
            with(next.start, span.end)
        }
        Change::StartEarlier => {
            let before = words.iter().rev().find(|word| word.start < span.start)?;
            with(before.start, span.end)
        }
    }
}

/// The first sentence of a text; nothing of an empty one.
pub fn first(text: &str) -> Option<ByteSpan> {
    let sentences = segment::sentences(text).into_iter();
    let mut sentences = sentences.map(|sentence| trimmed(text, sentence));
    sentences.find(|sentence| !sentence.is_empty())
}

fn trimmed(text: &str, span: ByteSpan) -> ByteSpan {
    let words = span.of(text);
    let start = words.len() - words.trim_start().len();
    ByteSpan {
        start: span.start + start as u32,
        end: span.start + (start + words.trim().len()) as u32,
    }
}

impl App {
    /// What is chosen in a passage that a pane shows.
    pub fn selected_in(&self, pane: usize, slot: Slot) -> Option<ByteSpan> {
        let selection = self.selection.as_ref()?;
        (selection.pane == pane && selection.slot == slot).then_some(selection.span)
    }

    /// The passage that is shown in a row of a pane, and the byte of its text under a column, with the byte after its grapheme.
    pub(super) fn byte_at(&self, pane: usize, column: u16, row: u16) -> Option<(Slot, u32, u32)> {
        let (_, area) = self.screen.panes.iter().find(|(at, _)| *at == pane)?;
        let line = row.checked_sub(area.text.y)?;
        // The plan is that of the last frame: a pane may have been closed since.
        let pane = self.panes.get(pane)?;
        let visible = pane.visible.get(usize::from(line))?;
        let BlockRow::Text { row: wrapped, .. } = visible.row else {
            return None;
        };
        let document = self.corpus.documents.get(visible.slot.document())?;
        let passage: Passage<'_> = document.passage(visible.slot.passage_index()?)?;
        let text = shown_text(&passage);
        let left = area.text.x + indent(passage.kind()).min(area.text.width.saturating_sub(1));
        let paragraph = Paragraph::new(text);
        // A row that reads from right to left stands at the right.
        let left = if paragraph.row_is_right_to_left(wrapped.span) {
            area.text
                .right()
                .saturating_sub(wrapped.width_cells + wrapped.spread_cells)
                .max(left)
        } else {
            left
        };
        let mut x = left;
        let mut last = None;
        let spaces = wrapped.span.of(text).matches(' ').count();
        let mut gaps = spread(wrapped, spaces);
        for (span, shown) in paragraph.visual_row(text, wrapped.span) {
            last = Some((visible.slot, span.start, span.end));
            let gap = if span.of(text) == " " {
                gaps.next().unwrap_or(0)
            } else {
                0
            };
            x = x.saturating_add(width::line(&shown) as u16 + gap);
            if x > column {
                break;
            }
        }
        last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "One dam broke. Two more held, it is said. The end.";

    fn words(span: Option<ByteSpan>) -> &'static str {
        span.map_or("", |span| span.of(TEXT))
    }

    #[test]
    fn a_selection_goes_by_sentences_and_grows_by_words() {
        let one = first(TEXT).unwrap();
        assert_eq!(words(Some(one)), "One dam broke.");
        let two = change(TEXT, one, Change::NextSentence).unwrap();
        assert_eq!(words(Some(two)), "Two more held, it is said.");
        assert_eq!(
            words(change(TEXT, two, Change::PreviousSentence)),
            "One dam broke."
        );
        assert_eq!(words(change(TEXT, one, Change::Shorter)), "One dam broke");
        let later = change(TEXT, two, Change::StartLater).unwrap();
        assert_eq!(words(Some(later)), "more held, it is said.");
        assert_eq!(
            words(change(TEXT, later, Change::StartEarlier)),
            "Two more held, it is said."
        );
        assert_eq!(
            words(change(TEXT, two, Change::Longer)),
            "Two more held, it is said. The"
        );
        assert_eq!(
            words(change(TEXT, two, Change::AddSentence)),
            "Two more held, it is said. The end."
        );
        assert_eq!(change(TEXT, one, Change::PreviousSentence), None);
        let word = ByteSpan::new(0, 3);
        assert_eq!(change(TEXT, word, Change::Shorter), None);
        assert_eq!(change(TEXT, word, Change::StartLater), None);
        assert_eq!(first("  "), None);
    }
}
