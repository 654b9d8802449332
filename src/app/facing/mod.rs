//! The facing view: the rows of what the panes say on a topic, where in them the reader is, and which of their lines are
//! on the screen.
//!
//! Invariant: a place is (row, cell, byte), never a line of the screen. Only rows that are seen, or stepped over on the
//! way, are laid out; their wrapped text is that of the panes ([`Pane::rows_of`]).

pub mod layout;
pub mod plan;
pub mod rows;

use super::pane::Pane;
use super::perspective::Perspective;
use crate::corpus::{Corpus, PassageId};
use layout::{RowLayout, Shape, lay_out};
use plan::Plan;
use rows::{Counts, FacingRow, Filter};
use std::collections::HashMap;
use std::rc::Rc;

/// The facing view.
#[derive(Debug, Default)]
pub struct Facing {
    /// Which rows are shown.
    pub filter: Filter,
    /// Whether it says why the current row is one.
    pub why: bool,
    /// The panes that have a cell in each row, from left to right.
    pub panes: Vec<usize>,
    /// Which of the cells all others are compared with.
    pub anchor: usize,
    /// The rows that the filter shows.
    pub rows: Vec<FacingRow>,
    /// How many there are, whatever the filter shows.
    pub counts: Counts,
    /// The current row: the one commands are about.
    pub current: usize,
    /// The line at the top.
    pub top: Top,
    /// The lines on the screen, filled by [`Facing::prepare`].
    pub visible: Vec<VisibleLine>,
    /// How rows are laid out.
    pub shape: Shape,
    /// Where everything stands.
    pub plan: Plan,
    /// Lines that can be seen.
    pub height: u16,
    /// A place to go to once the rows are known.
    pub wanted: Option<Bookmark>,
    /// Where the reader was before they looked through what the filters show, and the row that stands for it.
    pub before_filter: Option<(Bookmark, usize)>,
    /// The row that was the current one when the view was opened; none once the reader had gone elsewhere.
    began: Option<usize>,
    /// What the rows were made of.
    pub made_of: Option<Origins>,
    /// The row that shows both passages in full although one stands elsewhere: the one that is explained.
    opened: Option<usize>,
    laid: HashMap<usize, Rc<RowLayout>>,
}

/// What rows are made of: where this is the same, so are they.
#[derive(Clone, Debug, PartialEq)]
pub struct Origins {
    /// Of [`super::comparisons::Comparisons::edition`].
    pub edition: u64,
    /// The topic.
    pub topic: Option<usize>,
    /// Whether it was known which passages are on it.
    pub is_tagged: bool,
    /// What the panes show.
    pub perspectives: Vec<Perspective>,
    /// The panes with a cell.
    pub panes: Vec<usize>,
    /// The cell that the others are compared with.
    pub anchor: usize,
    /// Which rows are shown.
    pub filter: Filter,
}

/// A line of a row, by the text that it shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Top {
    /// The row.
    pub row: usize,
    /// The cell whose text it shows, or the next to do so.
    pub cell: usize,
    /// The byte in that cell's passage; `u32::MAX` past the last text of the row.
    pub byte: u32,
    /// Lines above the one with that byte.
    pub above: u16,
}

/// A line on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VisibleLine {
    /// Whose line it is.
    pub row: usize,
    /// Which of its lines.
    pub line: usize,
}

/// A row to be found again when the rows have changed: by the passages in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Bookmark {
    /// The passages whose place the row is, the one that matters most first.
    pub own: Vec<PassageId>,
    /// Every passage of the row.
    pub all: Vec<PassageId>,
    /// The line of the screen at which the row starts, negative above its top; `None` for reading height.
    pub screen_line: Option<i64>,
}

/// What the panes lend for laying out.
pub struct Desk<'a> {
    /// What is read.
    pub corpus: &'a Corpus,
    /// The panes.
    pub panes: &'a mut [Pane],
}

impl Facing {
    /// How a row is laid out now.
    pub fn layout(&mut self, desk: &mut Desk<'_>, row: usize) -> Rc<RowLayout> {
        const CACHED_ROWS: usize = 1024;
        if let Some(layout) = self.laid.get(&row) {
            return Rc::clone(layout);
        }
        if self.laid.len() >= CACHED_ROWS {
            self.laid.clear();
        }
        let layout = self
            .rows
            .get(row)
            .map_or_else(RowLayout::default, |facing| {
                let whole = self.opened == Some(row);
                lay_out(facing, &self.panes, &self.shape, whole, desk)
            });
        let layout = Rc::new(layout);
        self.laid.insert(row, Rc::clone(&layout));
        layout
    }

    /// Opens the row that is explained, and no other.
    fn open_explained(&mut self) {
        let explained = self.why.then_some(self.current);
        if explained != self.opened {
            for row in [self.opened, explained].into_iter().flatten() {
                self.laid.remove(&row);
            }
            self.opened = explained;
        }
    }

    /// How a row that is on the screen is laid out.
    pub fn laid_out(&self, row: usize) -> Option<&RowLayout> {
        self.laid.get(&row).map(Rc::as_ref)
    }

    /// Tells how rows are laid out and how many lines can be seen.
    pub fn resize(&mut self, shape: Shape, height: u16) {
        if self.shape != shape {
            self.laid.clear();
            self.shape = shape;
        }
        self.height = height;
    }

    /// Takes over rows that were made anew, and goes to `place` in them.
    pub fn replace(
        &mut self,
        desk: &mut Desk<'_>,
        (rows, counts): (Vec<FacingRow>, Counts),
        place: Option<&Bookmark>,
    ) {
        let is_where_it_began = self.rows.is_empty() || !self.has_moved();
        self.rows = rows;
        self.counts = counts;
        self.laid.clear();
        self.opened = None;
        self.current = place.and_then(|place| self.find(place)).unwrap_or(0);
        self.began = is_where_it_began.then_some(self.current);
        match place.map(|place| place.screen_line) {
            // With what stands above the first text: whose it is.
            None => self.top = self.place_at(desk, 0, 0),
            Some(None) => self.to_reading_height(desk),
            Some(Some(line)) => {
                self.top = self.place_at(desk, self.current, 0);
                self.scroll(desk, -line);
            }
        }
    }

    /// Whether the current row is another one than when the view was opened.
    pub fn has_moved(&self) -> bool {
        self.began != Some(self.current)
    }

    /// The current row as it will be found again; its passage in `cell` matters most.
    pub fn bookmark(&self, cell: usize) -> Option<Bookmark> {
        let row = self.rows.get(self.current)?;
        let first = row.cells.get(cell).and_then(|cell| cell.own());
        let others = row.cells.iter().filter_map(|cell| cell.own());
        let others = others.filter(|id| Some(*id) != first);
        let own: Vec<PassageId> = first.into_iter().chain(others).collect();
        let screen_line = self
            .visible
            .iter()
            .position(|line| line.row == self.current)
            .and_then(|at| {
                let line = self.visible.get(at)?.line;
                Some(i64::try_from(at).ok()? - i64::try_from(line).ok()?)
            });
        Some(Bookmark {
            own,
            all: row.cells.iter().filter_map(|cell| cell.passage()).collect(),
            screen_line,
        })
    }

    /// The row with a bookmark's passages; else one with its first passage, or the next after it.
    pub fn find(&self, bookmark: &Bookmark) -> Option<usize> {
        let rows = || self.rows.iter().enumerate();
        let own = |row: &FacingRow| -> Vec<PassageId> {
            row.cells.iter().filter_map(|cell| cell.own()).collect()
        };
        let same = rows().find(|(_, row)| {
            let places = own(row);
            let passages = row.cells.iter().filter_map(|cell| cell.passage());
            places.len() == bookmark.own.len()
                && bookmark.own.iter().all(|id| places.contains(id))
                && passages.eq(bookmark.all.iter().copied())
        });
        let with = |wanted: PassageId| rows().find(move |(_, row)| own(row).contains(&wanted));
        let after = |wanted: PassageId| {
            rows().find(move |(_, row)| {
                own(row)
                    .iter()
                    .any(|id| id.document == wanted.document && id.passage >= wanted.passage)
            })
        };
        same.or_else(|| bookmark.own.iter().find_map(|id| with(*id)))
            .or_else(|| bookmark.own.iter().find_map(|id| after(*id)))
            .map(|(at, _)| at)
            .or(self.rows.len().checked_sub(1))
    }

    /// The top as (row, line in it).
    fn locate(&mut self, desk: &mut Desk<'_>) -> (usize, usize) {
        let row = self.top.row.min(self.rows.len().saturating_sub(1));
        if row != self.top.row {
            self.top = Top {
                row,
                ..Top::default()
            };
        }
        let layout = self.layout(desk, row);
        let line = layout.line_of(self.top.cell, self.top.byte);
        let line = line.saturating_sub(usize::from(self.top.above));
        (row, line.min(layout.height().saturating_sub(1)))
    }

    fn place_at(&mut self, desk: &mut Desk<'_>, row: usize, line: usize) -> Top {
        let layout = self.layout(desk, row);
        let (cell, byte, above) = layout.text_at(line);
        Top {
            row,
            cell,
            byte,
            above,
        }
    }

    /// Scrolls by lines, down when positive; stops at the ends.
    pub fn scroll(&mut self, desk: &mut Desk<'_>, lines: i64) {
        let (mut row, mut line) = self.locate(desk);
        let mut left = usize::try_from(lines.unsigned_abs()).unwrap_or(usize::MAX);
        if lines < 0 {
            (row, line) = self.up(desk, row, line, left);
        }
        while lines > 0 && left > 0 {
            let rest = self.layout(desk, row).height().saturating_sub(line + 1);
            if left <= rest {
                line += left;
                break;
            }
            if row + 1 >= self.rows.len() {
                line += rest;
                break;
            }
            left -= rest + 1;
            (row, line) = (row + 1, 0);
        }
        self.top = self.place_at(desk, row, line);
        self.clamp_top(desk);
    }

    /// The place so many lines above a line; the very first where there are not as many.
    fn up(
        &mut self,
        desk: &mut Desk<'_>,
        mut row: usize,
        mut line: usize,
        lines: usize,
    ) -> (usize, usize) {
        let mut left = lines;
        while left > line {
            if row == 0 {
                return (0, 0);
            }
            left -= line + 1;
            row -= 1;
            line = self.layout(desk, row).height().saturating_sub(1);
        }
        (row, line - left)
    }

    /// Keeps the last line at or below the bottom.
    fn clamp_top(&mut self, desk: &mut Desk<'_>) {
        let (row, line) = self.locate(desk);
        let mut lines = 0;
        for below in row..self.rows.len() {
            lines += self.layout(desk, below).height() - if below == row { line } else { 0 };
            if lines >= usize::from(self.height) {
                return;
            }
        }
        let last = self.rows.len().saturating_sub(1);
        let end = self.layout(desk, last).height().saturating_sub(1);
        let above = usize::from(self.height).saturating_sub(1);
        let (row, line) = self.up(desk, last, end, above);
        self.top = self.place_at(desk, row, line);
    }

    /// Brings the current row to reading height, with a little of what comes before it above.
    pub fn to_reading_height(&mut self, desk: &mut Desk<'_>) {
        let context = usize::from((self.height / 5).min(6));
        let (row, line) = self.up(desk, self.current, 0, context);
        self.top = self.place_at(desk, row, line);
        self.clamp_top(desk);
    }

    /// Makes a row current and scrolls only as far as is needed to see it from its start.
    pub fn reveal(&mut self, desk: &mut Desk<'_>, row: usize) {
        self.current = row.min(self.rows.len().saturating_sub(1));
        self.prepare(desk);
        let lines = || self.visible.iter().filter(|line| line.row == self.current);
        let height = self.laid_out(self.current).map_or(0, RowLayout::height);
        let is_whole = lines().count() == height && height > 0;
        let fills_from_start = lines().next().is_some_and(|line| line.line == 0)
            && self.visible.first().map(|line| line.row) == Some(self.current);
        if !is_whole && !fills_from_start {
            self.to_reading_height(desk);
            self.prepare(desk);
            // A row that reaches below the screen from reading height starts at the top instead.
            let cut = self
                .visible
                .last()
                .is_some_and(|last| last.row == self.current && last.line + 1 < height);
            if cut {
                self.top = self.place_at(desk, self.current, 0);
                self.clamp_top(desk);
            }
        }
    }

    /// After scrolling: where the current row left the screen, the first on it that is seen from its start takes its
    /// place.
    pub fn keep_current_visible(&mut self, desk: &mut Desk<'_>) {
        self.prepare(desk);
        // The space before a row is not the row.
        let shows = |line: &&VisibleLine| line.row == self.current && line.line > 0;
        if self.visible.iter().any(|line| shows(&line)) {
            return;
        }
        let starts = self.visible.iter().find(|line| line.line <= 1);
        if let Some(line) = starts.or(self.visible.first()) {
            self.current = line.row;
        }
    }

    /// Fills [`Self::visible`] for the present size, and clamps the top.
    pub fn prepare(&mut self, desk: &mut Desk<'_>) {
        self.visible.clear();
        if self.rows.is_empty() {
            return;
        }
        self.current = self.current.min(self.rows.len() - 1);
        self.open_explained();
        self.clamp_top(desk);
        let (first, skipped) = self.locate(desk);
        let mut row = first;
        while self.visible.len() < usize::from(self.height) && row < self.rows.len() {
            let skip = if row == first { skipped } else { 0 };
            let room = usize::from(self.height) - self.visible.len();
            let lines = skip..self.layout(desk, row).height();
            let shown = lines.take(room).map(|line| VisibleLine { row, line });
            self.visible.extend(shown);
            row += 1;
        }
    }
}
