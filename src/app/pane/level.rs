//! Where a passage stands in a pane, and bringing it to a row.

use super::{Pane, Place, signed};
use crate::app::block::BlockRow;
use crate::app::perspective::Slot;
use crate::corpus::Corpus;

impl Pane {
    /// The row on which a slot's text starts, counted from the top of the pane: negative where it starts above. `None`
    /// where nothing of it can be seen.
    pub fn row_of(&mut self, corpus: &Corpus, slot: Slot) -> Option<i64> {
        self.clamp_top(corpus);
        let (first, skipped) = self.locate(corpus, self.top);
        let wanted = self.contents.position(slot);
        if self.contents.get(wanted) != Some(slot) || wanted < first {
            return None;
        }
        let mut row = -signed(skipped);
        for position in first..wanted {
            row += signed(self.block(corpus, position).rows.len());
            if row >= i64::from(self.height) {
                return None;
            }
        }
        let starts = row + signed(self.block(corpus, wanted).first_text());
        (starts < i64::from(self.height)).then_some(starts)
    }

    /// Scrolls so that a slot's text starts on a row counted from the top, as far as the ends of the text allow; the row
    /// on which it starts then.
    pub fn bring(&mut self, corpus: &Corpus, slot: Slot, row: i64) -> i64 {
        let start = self.locate(corpus, Place::of(slot));
        let ((position, top), walked) = self.walk(corpus, start, -row);
        self.top = self.place_at(corpus, position, top);
        self.clamp_top(corpus) - walked
    }

    /// How many rows a slot's text takes.
    pub fn text_rows(&mut self, corpus: &Corpus, slot: Slot) -> i64 {
        let block = self.rows_of(corpus, slot);
        let is_text = |row: &&BlockRow| matches!(row, BlockRow::Text { .. });
        signed(block.rows.iter().filter(is_text).count())
    }

    /// Whether the current passage sank below the middle when the text was scrolled by so many rows.
    pub(super) fn sank_below_middle(&mut self, corpus: &Corpus, scrolled: i64) -> bool {
        let (current, middle) = (self.current, i64::from(self.height / 2));
        let row = self.row_of(corpus, current);
        row.is_some_and(|row| row >= middle && row + scrolled < middle)
    }

    /// The passage above the middle that is next to it, but for the current one.
    pub(super) fn at_middle(&self) -> Option<Slot> {
        let above = self.visible.iter().take(usize::from(self.height / 2));
        let mut slots = above.rev().map(|row| row.slot);
        slots.find(|slot| slot.passage_index().is_some() && *slot != self.current)
    }
}
