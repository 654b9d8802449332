//! The facing view: opening and leaving it, moving in it, and keeping it up to date.

use crate::analysis::alignment::Link;
use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::facing::layout::{Shape, slot};
use crate::app::facing::rows::{self, Cell, Filter, Side};
use crate::app::facing::{Bookmark, Desk, Facing, Origins, plan};
use crate::app::perspective::Perspective;
use crate::app::{App, FacingStop};
use crate::corpus::PassageId;

impl App {
    /// Carries out an action that means something of its own in the facing view; `None` where it means what it always does.
    pub(super) fn run_in_facing(&mut self, action: Action) -> Option<Vec<Effect>> {
        self.facing.as_ref()?;
        self.refresh_facing();
        match action {
            Action::RowDown | Action::AloneDown => self.scroll_facing(1),
            Action::RowUp | Action::AloneUp => self.scroll_facing(-1),
            Action::PageDown => self.scroll_facing(self.facing_page()),
            Action::PageUp => self.scroll_facing(-self.facing_page()),
            Action::HalfPageDown => self.scroll_facing(self.facing_height() / 2),
            Action::HalfPageUp => self.scroll_facing(-self.facing_height() / 2),
            Action::PassageDown => self.step_row(1),
            Action::PassageUp => self.step_row(-1),
            Action::Start => self.show_row_edge(false),
            Action::End => self.show_row_edge(true),
            Action::Next | Action::NextHere | Action::NextInAll => self.next_row(true),
            Action::Previous | Action::PreviousHere | Action::PreviousInAll => self.next_row(false),
            Action::Zoom => {
                self.notice = Some(format!(
                    "The facing view shows all panes · {key} shows the documents",
                    key = self.keymap.hint(Action::Facing)
                ));
            }
            Action::Cancel => return Some(self.cancel_in_facing()),
            Action::Open => self.open_row(),
            Action::Follow => self.follow_jump(),
            Action::Filter => self.next_filter(),
            Action::Why => self.toggle_why(),
            _ => return None,
        }
        Some(Vec::new())
    }

    /// `v`: from the documents to the facing view and back.
    pub(super) fn toggle_facing(&mut self) {
        if let Some(facing) = &self.facing {
            // Whoever has gone to another row goes on reading there; who has not finds the screen as it was.
            if facing.has_moved() && !facing.rows.is_empty() {
                self.open_row();
            } else {
                self.facing = None;
            }
            return;
        }
        if self.panes.len() < 2 {
            self.notice = Some(format!(
                "Facing needs two panes · {key} adds another",
                key = self.keymap.hint(Action::AddPane)
            ));
            return;
        }
        let current = self.focused().current;
        let here = current.passage_id();
        self.open_facing(Filter::All, here.map(at_passage));
    }

    /// Opens the facing view, at a place or at its start.
    pub(in crate::app) fn open_facing(&mut self, filter: Filter, place: Option<Bookmark>) {
        self.zoomed = false;
        self.comparisons.allow_again();
        let mut facing = Facing::default();
        (facing.filter, facing.wanted) = (filter, place);
        self.facing = Some(facing);
        self.plan_screen();
        self.refresh_facing();
    }

    /// Where the facing view is, to come back to.
    pub(in crate::app) fn facing_stop(&self) -> Option<FacingStop> {
        let facing = self.facing.as_ref()?;
        Some(FacingStop {
            filter: facing.filter,
            why: facing.why,
            place: facing.bookmark(self.focused_cell()),
        })
    }

    /// Comes back to the facing view, or to the documents.
    pub(in crate::app) fn return_to_facing(&mut self, stop: Option<FacingStop>) {
        self.facing = None;
        if let Some(stop) = stop {
            self.open_facing(stop.filter, stop.place);
            if let Some(facing) = &mut self.facing {
                facing.why = stop.why;
            }
        }
    }

    /// Plans where the facing view stands.
    pub(in crate::app) fn plan_facing(&mut self) {
        let Some(mut facing) = self.facing.take() else {
            return;
        };
        let (cells, plan) = plan::plan(&self.screen, self.panes.len(), facing.why);
        if let (true, Some(column)) = (plan.stacked, plan.columns.first()) {
            let typesetting = self.settings.typesetting;
            // All stand in one column, also those whose pane has no room of its own.
            for pane in &mut self.panes {
                pane.resize(column.text.width, pane.height, typesetting);
            }
        }
        let shape = Shape {
            stacked: plan.stacked,
            numbers_above: plan.columns.iter().any(|area| area.gutter.width < 5),
            widths: cells.iter().map(|at| self.panes[*at].width_cells).collect(),
            names_document: cells
                .iter()
                .map(|at| !matches!(self.panes[*at].perspective, Perspective::Document(_)))
                .collect(),
        };
        facing.resize(shape, plan.body.height);
        facing.plan = plan;
        facing.panes = cells;
        facing.anchor = if facing.panes.len() > 2 {
            let focus = self.focus;
            facing.panes.iter().position(|at| *at == focus).unwrap_or(0)
        } else {
            0
        };
        self.facing = Some(facing);
    }

    /// Brings the rows up to date with topic, panes, comparisons and filter. The reader stays where they are, but for
    /// another topic.
    pub(in crate::app) fn refresh_facing(&mut self) {
        if self.panes.len() < 2 {
            self.facing = None;
        }
        let Some(facing) = &self.facing else { return };
        let origins = Origins {
            edition: self.comparisons.edition(),
            topic: self.topic(),
            is_tagged: self.tagging.is_some(),
            perspectives: self
                .panes
                .iter()
                .map(|pane| pane.perspective.clone())
                .collect(),
            panes: facing.panes.clone(),
            anchor: facing.anchor,
            filter: facing.filter,
        };
        if facing.made_of.as_ref() == Some(&origins) {
            return;
        }
        let cell = self.focused_cell();
        let found = self.facing_rows(facing);
        let same_topic = facing
            .made_of
            .as_ref()
            .is_none_or(|before| before.topic == origins.topic);
        let Some(mut facing) = self.facing.take() else {
            return;
        };
        let place = facing.wanted.take().or_else(|| facing.bookmark(cell));
        let place = place.filter(|_| same_topic);
        let mut desk = Desk {
            corpus: &self.corpus,
            panes: &mut self.panes,
        };
        facing.replace(&mut desk, found, place.as_ref());
        if facing.rows.is_empty() {
            // Not compared yet, or nothing that the filter shows: the place is kept for later.
            facing.wanted = place;
        }
        facing.made_of = Some(origins);
        self.facing = Some(facing);
    }

    pub(super) fn facing_rows(&self, facing: &Facing) -> (Vec<rows::FacingRow>, rows::Counts) {
        let Some(anchor) = facing.panes.get(facing.anchor).copied() else {
            return Default::default();
        };
        let others = facing.panes.iter().copied().enumerate();
        let sides: Vec<Side<'_>> = others
            .filter(|(cell, _)| *cell != facing.anchor)
            .filter_map(|(cell, pane)| {
                let anchor_is_left = anchor < pane;
                let comparison = self.comparison(anchor.min(pane), anchor.max(pane))?;
                Some(Side {
                    cell,
                    comparison,
                    anchor_is_left,
                })
            })
            .collect();
        let topic = self.topic().filter(|_| self.tagging.is_some());
        let on_topic = |id: PassageId| topic.is_none() || self.tag_of(slot(id), topic).is_some();
        rows::rows(
            facing.panes.len(),
            facing.anchor,
            &sides,
            facing.filter,
            on_topic,
        )
    }

    /// The cell of the focused pane.
    pub fn focused_cell(&self) -> usize {
        let facing = self.facing.as_ref();
        facing
            .and_then(|facing| facing.panes.iter().position(|at| *at == self.focus))
            .unwrap_or(0)
    }

    /// The link of a cell of a row with the anchor, and the panes of its left and right passage.
    pub fn link_of(&self, row: usize, cell: usize) -> Option<(&Link, usize, usize)> {
        let facing = self.facing.as_ref()?;
        let at = (*facing.rows.get(row)?.links.get(cell)?)?;
        let (anchor, pane) = (*facing.panes.get(facing.anchor)?, *facing.panes.get(cell)?);
        let (left, right) = (anchor.min(pane), anchor.max(pane));
        let link = self.comparison(left, right)?.links.get(at)?;
        Some((link, left, right))
    }

    fn with_facing<R>(&mut self, act: impl FnOnce(&mut Facing, &mut Desk<'_>) -> R) -> Option<R> {
        let facing = self.facing.as_mut()?;
        let mut desk = Desk {
            corpus: &self.corpus,
            panes: &mut self.panes,
        };
        Some(act(facing, &mut desk))
    }

    /// Lays out what will be seen of the facing view.
    pub(in crate::app) fn prepare_facing(&mut self) {
        self.refresh_facing();
        self.with_facing(Facing::prepare);
    }

    pub(super) fn scroll_facing(&mut self, lines: i64) {
        self.with_facing(|facing, desk| {
            facing.scroll(desk, lines);
            facing.keep_current_visible(desk);
        });
    }

    fn facing_height(&self) -> i64 {
        let height = self.facing.as_ref().map_or(0, |facing| facing.height);
        i64::from(height).max(2)
    }

    /// Lines of a page, two of the last kept.
    fn facing_page(&self) -> i64 {
        (self.facing_height() - 2).max(1)
    }

    fn step_row(&mut self, step: isize) {
        let Some(facing) = &self.facing else { return };
        let Some(row) = facing
            .current
            .checked_add_signed(step)
            .filter(|row| *row < facing.rows.len())
        else {
            let end = if step > 0 { "last" } else { "first" };
            self.notice = Some(format!("This is the {end} row"));
            return;
        };
        self.with_facing(|facing, desk| facing.reveal(desk, row));
    }

    fn show_row_edge(&mut self, end: bool) {
        self.remember();
        self.with_facing(|facing, desk| {
            facing.current = if end {
                facing.rows.len().saturating_sub(1)
            } else {
                0
            };
            facing.scroll(desk, if end { i64::MAX } else { i64::MIN });
        });
    }

    /// `n` and `N`: the next row with a hit while a search is on, else the next pair; the next row where the filter shows no pairs.
    pub(super) fn next_row(&mut self, forward: bool) {
        let Some(facing) = &self.facing else { return };
        let searching = self.search.is_some();
        let wanted = |row: &usize| {
            if searching {
                self.row_has_hit(*row)
            } else {
                facing.rows[*row].is_paired() || matches!(facing.filter, Filter::Only(_))
            }
        };
        let found = if forward {
            (facing.current + 1..facing.rows.len()).find(wanted)
        } else {
            (0..facing.current.min(facing.rows.len()))
                .rev()
                .find(wanted)
        };
        let Some(row) = found else {
            if facing.rows.is_empty() {
                // The screen says why there are none.
                return;
            }
            let end = if forward {
                "further down"
            } else {
                "further up"
            };
            let what = if searching { "hit" } else { "pair" };
            self.notice = Some(format!("No {what} {end}"));
            return;
        };
        self.remember_step();
        self.with_facing(|facing, desk| facing.reveal(desk, row));
    }

    /// Goes to the first row with a pair, where there is one.
    pub(super) fn reveal_first_pair(&mut self) {
        self.plan_screen();
        self.refresh_facing();
        let rows = self.facing.iter().flat_map(|facing| &facing.rows);
        let first = rows.into_iter().position(rows::FacingRow::is_paired);
        if let Some(row) = first {
            self.with_facing(|facing, desk| facing.reveal(desk, row));
        }
    }

    fn row_has_hit(&self, row: usize) -> bool {
        let (Some(facing), Some(search)) = (&self.facing, &self.search) else {
            return false;
        };
        let mut shown = facing.rows[row].cells.iter().filter_map(|cell| match cell {
            Cell::Whole(id) => Some(*id),
            Cell::Empty | Cell::Nothing | Cell::Again(_) | Cell::Elsewhere { .. } => None,
        });
        shown.any(|id| !search.spans(self.passage_text(id)).is_empty())
    }

    /// The text of a passage; empty where there is none.
    pub fn passage_text(&self, id: PassageId) -> &str {
        let document = self.corpus.documents.get(id.document);
        let passage = document.and_then(|document| document.passage(id.passage));
        passage.map_or("", |passage| passage.text())
    }

    /// While searching: goes to the first row with a hit from the current one on, or before it.
    pub(super) fn facing_to_hit(&mut self) {
        self.refresh_facing();
        let Some(facing) = &self.facing else { return };
        let rows =
            (facing.current..facing.rows.len()).chain(0..facing.current.min(facing.rows.len()));
        let found = rows.into_iter().find(|row| self.row_has_hit(*row));
        if let Some(row) = found {
            self.with_facing(|facing, desk| facing.reveal(desk, row));
        }
    }

    /// Whether any row has what is searched for.
    pub(super) fn facing_has_hit(&self) -> bool {
        let rows = self.facing.as_ref().map_or(0, |facing| facing.rows.len());
        (0..rows).any(|row| self.row_has_hit(row))
    }

    /// Esc: ends what was begun last; at last the facing view itself.
    fn cancel_in_facing(&mut self) -> Vec<Effect> {
        let Some(facing) = &mut self.facing else {
            return Vec::new();
        };
        if self.search.take().is_some() || self.marked.take().is_some() {
        } else if facing.why {
            facing.why = false;
        } else {
            let waiting = facing.rows.is_empty();
            self.facing = None;
            let stopped = self.comparisons.stop();
            if waiting && !stopped.is_empty() {
                self.notice = Some(format!(
                    "Stopped comparing · {key} starts it again",
                    key = self.keymap.hint(Action::Facing)
                ));
            }
            return stopped.into_iter().map(Effect::Cancel).collect();
        }
        Vec::new()
    }

    /// Opens the passages of the current row in their documents.
    fn open_row(&mut self) {
        let Some(facing) = &self.facing else { return };
        let Some(row) = facing.rows.get(facing.current) else {
            self.notice = Some("There is no row to open".to_owned());
            return;
        };
        let cells = row.cells.iter().zip(&facing.panes);
        let passages: Vec<(usize, PassageId)> = cells
            .filter_map(|(cell, pane)| Some((*pane, cell.passage()?)))
            .collect();
        self.remember();
        self.facing = None;
        self.plan_screen();
        self.forget_shifts();
        for (pane, id) in &passages {
            self.panes[*pane].jump(&self.corpus, slot(*id), 0);
        }
        // The ends of a text may keep its passage from reading height: the others go where that one is.
        let focus = self.focus;
        if passages.iter().any(|(pane, _)| *pane == focus) {
            for (pane, id) in passages.iter().filter(|(pane, _)| *pane != focus) {
                self.bring_level(*pane, slot(*id));
            }
        }
    }

    fn follow_jump(&mut self) {
        let Some(facing) = &self.facing else { return };
        let Some(row) = rows::other_end(&facing.rows, facing.current) else {
            self.notice = Some("This row has no other end: its passages stand level".to_owned());
            return;
        };
        self.remember();
        self.with_facing(|facing, desk| facing.reveal(desk, row));
    }

    fn next_filter(&mut self) {
        let cell = self.focused_cell();
        let Some(facing) = &mut self.facing else {
            return;
        };
        // Once round the filters leads back to where one began, unless one moved on the way.
        let before = facing.before_filter.take();
        let before = before.filter(|(_, row)| *row == facing.current);
        let place = before
            .map(|(place, _)| place)
            .or_else(|| facing.bookmark(cell));
        facing.filter = facing.filter.next(facing.panes.len());
        facing.wanted.clone_from(&place);
        self.refresh_facing();
        if let Some(facing) = &mut self.facing {
            facing.before_filter = place.map(|place| (place, facing.current));
        }
    }

    fn toggle_why(&mut self) {
        if let Some(facing) = &mut self.facing {
            facing.why = !facing.why;
        }
        self.plan_screen();
        self.with_facing(|facing, desk| facing.reveal(desk, facing.current));
    }

    /// Leaves the topic.
    pub(super) fn show_everything(&mut self) {
        if self.topic().is_none() {
            self.notice = Some("No topic is open: everything is shown already".to_owned());
            return;
        }
        self.remember();
        let focus = self.focus;
        for (at, pane) in self.panes.iter_mut().enumerate() {
            if self.linking.shares_topics() || at == focus {
                pane.topic = None;
            }
        }
        self.mark_topics();
        if self.facing.is_none() {
            self.notice = Some(format!(
                "No topic is open now · {key} chooses one",
                key = self.keymap.hint(Action::TopicList)
            ));
        }
    }

    /// A click makes the row under it current, and gives its pane the focus.
    pub(super) fn press_in_facing(&mut self, column: u16, row: u16) {
        self.refresh_facing();
        let Some(facing) = &mut self.facing else {
            return;
        };
        let area = facing.plan.body;
        let line = row.checked_sub(area.y).filter(|_| row < area.bottom());
        let clicked = line.and_then(|line| facing.visible.get(usize::from(line)).copied());
        let columns = facing.plan.columns.iter();
        let under = columns
            .filter(|area| area.whole.x <= column)
            .count()
            .saturating_sub(1);
        let cell = if facing.plan.stacked {
            let layout = clicked.and_then(|line| Some((facing.laid_out(line.row)?, line.line)));
            layout.and_then(|(layout, line)| Some(layout.columns.first()?.get(line)?.cell))
        } else {
            Some(under)
        };
        if let Some(clicked) = clicked {
            facing.current = clicked.row.min(facing.rows.len().saturating_sub(1));
        }
        // A pane may have been closed since the last frame.
        let pane = cell.and_then(|cell| facing.panes.get(cell));
        if let Some(pane) = pane.filter(|pane| **pane < self.panes.len()) {
            self.focus = *pane;
        }
    }

    /// The pairs of panes that the facing view compares, each with the lower index first.
    pub(super) fn facing_pairs(&self) -> Vec<(usize, usize)> {
        let Some(facing) = &self.facing else {
            return Vec::new();
        };
        let Some(anchor) = facing.panes.get(facing.anchor).copied() else {
            return Vec::new();
        };
        let others = facing.panes.iter().filter(|pane| **pane != anchor);
        others
            .map(|pane| (anchor.min(*pane), anchor.max(*pane)))
            .collect()
    }
}

/// A place by a passage alone.
pub(super) fn at_passage(id: PassageId) -> Bookmark {
    Bookmark {
        own: vec![id],
        all: vec![id],
        screen_line: None,
    }
}
