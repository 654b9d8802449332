//! A pane: what it shows, where in it the reader is, and the rows that are on the screen.
//!
//! Invariant: a place is (document, passage, byte), never a row. Only rows that are seen, or stepped over on the way,
//! are wrapped; the cache holds them until the width changes or it grows past its bound.

mod level;

use super::block::{Block, BlockRow, Typesetting, lay_out};
use super::following::Held;
use super::perspective::{Contents, Perspective, Slot};
use super::search::Hit;
use crate::corpus::{Corpus, Document};
use std::collections::HashMap;
use std::rc::Rc;

/// A place in a perspective.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The passage, or head of a document.
    pub slot: Slot,
    /// Byte in the passage.
    pub byte: u32,
    /// Rows above the passage's first text row: into the space and the voice's name before it.
    pub above: u16,
}

impl Place {
    /// The first text row of a slot.
    pub fn of(slot: Slot) -> Self {
        Self {
            slot,
            byte: 0,
            above: 0,
        }
    }
}

/// A row on the screen.
#[derive(Clone, Copy, Debug)]
pub struct VisibleRow {
    /// Whose row it is.
    pub slot: Slot,
    /// The row.
    pub row: BlockRow,
}

/// How many blocks the cache may hold before it is emptied.
const CACHED_BLOCKS: usize = 2048;

/// One pane.
#[derive(Debug)]
pub struct Pane {
    /// What it shows.
    pub perspective: Perspective,
    /// The slots of that.
    pub contents: Contents,
    /// The highest passage number of the documents it shows.
    pub highest: usize,
    /// The row at the top.
    pub top: Place,
    /// The current passage: the one commands are about.
    pub current: Slot,
    /// Index of the topic that is marked in it.
    pub topic: Option<usize>,
    /// Slots on that topic, in order.
    pub on_topic: Vec<Slot>,
    /// The hit of the search at which it stands.
    pub hit: Option<Hit>,
    /// Rows by which the reader moved it on against the others: it follows them at that distance.
    pub shift: i64,
    /// What it stands level with.
    pub held: Option<Held>,
    /// The rows on the screen, filled by [`Pane::prepare`].
    pub visible: Vec<VisibleRow>,
    /// Cells of the text column.
    pub width_cells: u16,
    /// How its texts are set.
    typesetting: Typesetting,
    /// Rows of the text area.
    pub height: u16,
    cache: HashMap<Slot, Rc<Block>>,
}

impl Pane {
    /// A pane at the start of a perspective, with a topic to be marked in it.
    pub fn new(corpus: &Corpus, perspective: Perspective, topic: Option<usize>) -> Self {
        let contents = Contents::new(corpus, &perspective);
        let start = contents.get(0).unwrap_or_default();
        let length = |at: &usize| corpus.documents.get(*at).map_or(0, Document::len);
        let highest = contents.documents().iter().map(length).max().unwrap_or(0);
        Self {
            perspective,
            current: contents.get(1).unwrap_or(start),
            contents,
            highest,
            top: Place {
                slot: start,
                byte: 0,
                above: u16::MAX,
            },
            topic,
            on_topic: Vec::new(),
            hit: None,
            shift: 0,
            held: None,
            visible: Vec::new(),
            width_cells: 72,
            typesetting: Typesetting::default(),
            height: 24,
            cache: HashMap::new(),
        }
    }

    /// Tells the pane its size, and how its texts are set; rows that were laid out otherwise are dropped. True where the size is another
    /// one than before.
    pub fn resize(&mut self, width_cells: u16, height: u16, typesetting: Typesetting) -> bool {
        let before = (self.width_cells, self.height);
        if (self.width_cells, self.typesetting) != (width_cells, typesetting) {
            self.cache.clear();
        }
        self.width_cells = width_cells;
        self.typesetting = typesetting;
        self.height = height;
        before != (width_cells, height)
    }

    /// The documents of which it has passages laid out, each as often as it has such passages.
    pub fn laid_out(&self) -> impl Iterator<Item = usize> {
        let current = std::iter::once(self.current.document());
        current.chain(self.cache.keys().map(|slot| slot.document()))
    }

    fn block(&mut self, corpus: &Corpus, position: usize) -> Rc<Block> {
        let Some(slot) = self.contents.get(position) else {
            return Rc::default();
        };
        if let Some(block) = self.cache.get(&slot) {
            return Rc::clone(block);
        }
        if self.cache.len() >= CACHED_BLOCKS {
            self.cache.clear();
        }
        let previous = position
            .checked_sub(1)
            .and_then(|before| self.contents.get(before));
        let block = Rc::new(lay_out(
            corpus,
            slot,
            previous,
            self.width_cells,
            self.typesetting,
        ));
        self.cache.insert(slot, Rc::clone(&block));
        block
    }

    /// The laid-out rows of a slot that this pane shows.
    pub fn rows_of(&mut self, corpus: &Corpus, slot: Slot) -> Rc<Block> {
        let position = self.contents.position(slot);
        if self.contents.get(position) == Some(slot) {
            self.block(corpus, position)
        } else {
            Rc::default()
        }
    }

    /// The top as (position in the contents, row in its block).
    fn locate(&mut self, corpus: &Corpus, place: Place) -> (usize, usize) {
        let position = self.contents.position(place.slot);
        let block = self.block(corpus, position);
        let here = self.contents.get(position) == Some(place.slot);
        let row = match (here, place.above) {
            (false, _) => 0,
            (true, 0) => block.row_of(place.byte),
            (true, above) => block.first_text().saturating_sub(usize::from(above)),
        };
        (position, row.min(block.rows.len().saturating_sub(1)))
    }

    fn place_at(&mut self, corpus: &Corpus, position: usize, row: usize) -> Place {
        let block = self.block(corpus, position);
        let above = block
            .first_text()
            .saturating_sub(row)
            .min(usize::from(u16::MAX)) as u16;
        Place {
            slot: self.contents.get(position).unwrap_or_default(),
            byte: block.byte_of(row),
            above,
        }
    }

    /// Scrolls by rows, down when positive; stops at the ends. By how many rows the text really moved.
    pub fn scroll(&mut self, corpus: &Corpus, rows: i64) -> i64 {
        let from = self.locate(corpus, self.top);
        let ((position, row), walked) = self.walk(corpus, from, rows);
        self.top = self.place_at(corpus, position, row);
        walked - self.clamp_top(corpus)
    }

    /// The row so many below another one (above it when negative), or the last on the way; how far that is.
    fn walk(
        &mut self,
        corpus: &Corpus,
        (mut position, mut row): (usize, usize),
        rows: i64,
    ) -> ((usize, usize), i64) {
        let asked = usize::try_from(rows.unsigned_abs()).unwrap_or(usize::MAX);
        let mut left = asked;
        if rows < 0 {
            let (to, short) = self.up(corpus, position, row, asked);
            return (to, -signed(asked - short));
        }
        while left > 0 {
            let rest = self
                .block(corpus, position)
                .rows
                .len()
                .saturating_sub(row + 1);
            if left <= rest {
                row += left;
                left = 0;
                break;
            }
            if position + 1 >= self.contents.len() {
                row += rest;
                left -= rest;
                break;
            }
            left -= rest + 1;
            position += 1;
            row = 0;
        }
        ((position, row), signed(asked - left))
    }

    /// The place `rows` above a row; the very first where there are not as many, and how many are missing.
    fn up(
        &mut self,
        corpus: &Corpus,
        mut position: usize,
        mut row: usize,
        rows: usize,
    ) -> ((usize, usize), usize) {
        let mut left = rows;
        while left > row {
            if position == 0 {
                return ((0, 0), left - row);
            }
            left -= row + 1;
            position -= 1;
            row = self.block(corpus, position).rows.len().saturating_sub(1);
        }
        ((position, row - left), 0)
    }

    /// Keeps the last row of the text at or below the bottom of the pane; by how many rows the top went up for that.
    fn clamp_top(&mut self, corpus: &Corpus) -> i64 {
        let (position, row) = self.locate(corpus, self.top);
        let mut rows = 0usize;
        let wanted = usize::from(self.height);
        for below in position..self.contents.len() {
            let block = self.block(corpus, below);
            rows += block.rows.len() - if below == position { row } else { 0 };
            if rows >= wanted {
                return 0;
            }
        }
        let ((position, row), short) = self.up(corpus, position, row, wanted - rows);
        self.top = self.place_at(corpus, position, row);
        signed(wanted - rows - short)
    }

    /// Shows the end: the last row at the bottom of the pane.
    pub fn show_end(&mut self, corpus: &Corpus) {
        let last = self.contents.len().saturating_sub(1);
        let row = self.block(corpus, last).rows.len().saturating_sub(1);
        let above = usize::from(self.height).saturating_sub(1);
        let ((position, row), _) = self.up(corpus, last, row, above);
        self.top = self.place_at(corpus, position, row);
    }

    /// Shows the start.
    pub fn show_start(&mut self, corpus: &Corpus) {
        self.top = self.place_at(corpus, 0, 0);
    }

    /// Makes a passage current and brings it to reading height, with a little of what comes before it above.
    pub fn jump(&mut self, corpus: &Corpus, slot: Slot, byte: u32) {
        self.current = slot;
        let (position, row) = self.locate(
            corpus,
            Place {
                slot,
                byte,
                above: 0,
            },
        );
        let context = usize::from((self.height / 5).min(6));
        let ((position, row), _) = self.up(corpus, position, row, context);
        self.top = self.place_at(corpus, position, row);
        self.clamp_top(corpus);
    }

    /// Makes a passage current and scrolls only as far as is needed to see it from its start.
    pub fn reveal(&mut self, corpus: &Corpus, slot: Slot) {
        self.current = slot;
        self.prepare(corpus);
        let first_row = self.visible.iter().position(|row| row.slot == slot);
        let last_row = self.visible.iter().rposition(|row| row.slot == slot);
        let cut_at_top = first_row == Some(0)
            && self.top.slot == slot
            && (self.top.byte > 0 || self.top.above == 0);
        let cut_at_bottom =
            last_row.is_some_and(|row| row + 1 == usize::from(self.height)) && first_row != Some(0);
        if first_row.is_none() || cut_at_top || cut_at_bottom {
            self.jump(corpus, slot, 0);
        }
    }

    /// The neighbouring passage (heads are passed over), `step` 1 or -1.
    pub fn neighbour(&self, step: isize) -> Option<Slot> {
        let mut position = self.contents.position(self.current);
        loop {
            position = position.checked_add_signed(step)?;
            let slot = self.contents.get(position)?;
            if slot.passage_index().is_some() {
                return Some(slot);
            }
        }
    }

    /// The next (`forward`) or previous slot on the topic from the current passage.
    pub fn next_on_topic(&self, forward: bool) -> Option<Slot> {
        if forward {
            let at = self.on_topic.partition_point(|slot| *slot <= self.current);
            self.on_topic.get(at).copied()
        } else {
            let at = self.on_topic.partition_point(|slot| *slot < self.current);
            at.checked_sub(1)
                .and_then(|at| self.on_topic.get(at))
                .copied()
        }
    }

    /// Which of the passages on the topic the current one is, from 1; 0 where it is none.
    pub fn topic_rank(&self) -> usize {
        self.on_topic
            .binary_search(&self.current)
            .map_or(0, |at| at + 1)
    }

    /// After scrolling by so many rows: where the current passage left the screen, the first whole one on it takes its
    /// place. On the way up it is left already when it sinks below the middle, for the one at the middle.
    pub fn keep_current_visible(&mut self, corpus: &Corpus, scrolled: i64) {
        self.prepare(corpus);
        // The space before a passage is not the passage.
        let shows = |row: &VisibleRow| !matches!(row.row, BlockRow::Blank | BlockRow::Voice);
        let is_seen = |row: &VisibleRow| row.slot == self.current && shows(row);
        let seen = self.visible.iter().any(is_seen);
        if seen && !(scrolled < 0 && self.sank_below_middle(corpus, scrolled)) {
            return;
        }
        // Pages are read from their top, rows from where one is.
        let by_rows = -scrolled < i64::from(self.height / 2);
        let next = if scrolled < 0 && (seen || by_rows) {
            self.at_middle().or_else(|| self.first_whole())
        } else {
            self.first_whole()
        };
        self.current = next.unwrap_or(self.current);
    }

    /// The first passage that is seen from its start, or at all.
    fn first_whole(&self) -> Option<Slot> {
        let opens = |row: &&VisibleRow| matches!(row.row, BlockRow::Text { first: true, .. });
        let any = |row: &&VisibleRow| row.slot.passage_index().is_some();
        let first = self.visible.iter().find(opens);
        first
            .or_else(|| self.visible.iter().find(any))
            .map(|row| row.slot)
    }

    /// Fills [`Self::visible`] for the present size, and clamps the top.
    pub fn prepare(&mut self, corpus: &Corpus) {
        self.visible.clear();
        if self.contents.is_empty() {
            return;
        }
        self.clamp_top(corpus);
        let (first, skipped) = self.locate(corpus, self.top);
        let mut position = first;
        while self.visible.len() < usize::from(self.height) && position < self.contents.len() {
            let block = self.block(corpus, position);
            let slot = self.contents.get(position).unwrap_or_default();
            let skip = if position == first { skipped } else { 0 };
            let room = usize::from(self.height) - self.visible.len();
            let rows = block.rows.iter().skip(skip).take(room);
            self.visible
                .extend(rows.map(|row| VisibleRow { slot, row: *row }));
            position += 1;
        }
    }

    /// How far into the text a slot stands, 0 to 1: by bytes in a document, by slots elsewhere.
    pub fn fraction(&self, corpus: &Corpus, slot: Slot, byte: u32) -> f64 {
        match &self.contents {
            Contents::Whole { document, .. } => {
                let Some(document) = corpus.documents.get(*document) else {
                    return 0.0;
                };
                let passage = slot
                    .passage_index()
                    .and_then(|index| document.passage(index));
                let at = passage.map_or(0, |passage| passage.span().start + byte);
                f64::from(at) / document.text().len().max(1) as f64
            }
            Contents::Listed(slots) => {
                self.contents.position(slot) as f64 / slots.len().max(1) as f64
            }
        }
    }
}

fn signed(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}
