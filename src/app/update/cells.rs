//! What a cell of the matrix opens: the text that says most on its topic, two cells as a pair, or what only one side has.

use crate::analysis::coverage::{Coverage, Speaker};
use crate::app::action::Action;
use crate::app::coverage::Spot;
use crate::app::coverage::names::perspective;
use crate::app::facing::rows::Filter;
use crate::app::following::Linking;
use crate::app::pane::Pane;
use crate::app::perspective::Perspective;
use crate::app::{App, MOST_PANES};
use std::cmp::Reverse;

impl App {
    /// `Enter`: the cell's source on its topic, in the focused pane.
    pub(super) fn open_cell(&mut self) {
        let Some((spot, shown)) = self.cell_to_open() else {
            return;
        };
        self.remember();
        self.leave_for_documents();
        // A text that another pane shows already is not opened twice.
        if let Some(pane) = self.panes.iter().position(|pane| pane.perspective == shown) {
            self.focus = pane;
        } else {
            self.panes[self.focus] = Pane::new(&self.corpus, shown, None);
        }
        self.show_topic(
            spot.topic,
            &self.moved_indices(self.linking.shares_topics()),
        );
    }

    /// `Space`: marks a cell; a second one is opened beside it.
    pub(super) fn mark_or_open_cells(&mut self) {
        let Some((spot, right)) = self.cell_to_open() else {
            return;
        };
        let Some(matrix) = &mut self.coverage else {
            return;
        };
        let Some(marked) = matrix.marked.take() else {
            matrix.marked = Some(spot);
            return;
        };
        if marked == spot {
            return;
        }
        let Some(left) = self.perspective_of(marked) else {
            return;
        };
        self.remember();
        self.leave_for_documents();
        let other = self.other_pane();
        let (first, second) = (self.focus.min(other), self.focus.max(other));
        self.panes[first] = Pane::new(&self.corpus, left, None);
        self.panes[second] = Pane::new(&self.corpus, right, None);
        self.focus = first;
        if marked.topic == spot.topic {
            let mut moved = self.moved_indices(self.linking.shares_topics());
            moved.extend([first, second]);
            moved.sort_unstable();
            moved.dedup();
            self.show_topic(spot.topic, &moved);
        } else {
            // Each has a topic of its own now.
            self.linking = Linking::Free;
            self.show_topic(marked.topic, &[first]);
            self.show_topic(spot.topic, &[second]);
            let key = self.keymap.hint(Action::Link);
            self.notice = Some(format!(
                "Two topics: the panes are not linked · {key} links them"
            ));
        }
    }

    /// `O`: in the facing view, the passages on the topic with nothing found opposite. From the matrix all of the cell's source
    /// stands in the focused pane, and all of the others that say most in the other panes.
    pub(super) fn open_only_here(&mut self) {
        if self.coverage.is_none() {
            self.face_only_here();
            return;
        }
        let Some((spot, _)) = self.cell_to_open() else {
            return;
        };
        let Some(counts) = self
            .coverage
            .as_ref()
            .and_then(|matrix| matrix.counts.as_ref())
        else {
            return;
        };
        let mut others = by_most(counts, spot);
        if others.is_empty() {
            self.open_cell();
            let title = self.topics.get(spot.topic).map_or("", |topic| &topic.title);
            self.notice = Some(format!(
                "Nobody else speaks of “{title}”: all of it is only here"
            ));
            return;
        }
        // What another pane shows stays beside it where it speaks of the topic.
        let of = |column: usize| counts.columns[column].speaker.clone();
        let mut beside: Vec<(usize, Speaker)> = Vec::new();
        let mut free: Vec<usize> = Vec::new();
        for (at, pane) in self
            .panes
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != self.focus)
        {
            let shown = self.speaker_in(pane, counts.by);
            let shown = shown.and_then(|speaker| counts.column_of(&speaker));
            match shown.and_then(|shown| others.iter().position(|other| *other == shown)) {
                Some(place) => beside.push((at, of(others.remove(place)))),
                None => free.push(at),
            }
        }
        if self.panes.len() == 1 {
            free.push(1);
        }
        beside.extend(free.into_iter().zip(others.into_iter().map(of)));
        beside.push((self.focus, of(spot.column)));
        let shown: Vec<(usize, Perspective)> = beside
            .into_iter()
            .map(|(at, speaker)| (at, self.all_of(&speaker)))
            .collect();
        self.remember();
        self.leave_for_documents();
        self.other_pane();
        for (at, perspective) in shown {
            self.panes[at] = Pane::new(&self.corpus, perspective, None);
        }
        let all: Vec<usize> = (0..self.panes.len()).collect();
        self.show_topic(spot.topic, &all);
        self.face_only_here();
    }

    /// In the facing view: only what the focused pane has; again: all rows.
    fn face_only_here(&mut self) {
        if self.panes.len() < 2 {
            let key = self.keymap.hint(Action::AddPane);
            self.notice = Some(format!(
                "Nothing stands beside this pane · {key} adds another"
            ));
            return;
        }
        if self.facing.is_none() {
            self.open_facing(Filter::All, None);
        }
        let only = Filter::Only(self.focused_cell());
        if let Some(facing) = &mut self.facing {
            facing.filter = if facing.filter == only {
                Filter::All
            } else {
                only
            };
        }
        self.refresh_facing();
    }

    /// The cell under the cursor and what it shows; says so where nothing was found.
    fn cell_to_open(&mut self) -> Option<(Spot, Perspective)> {
        let matrix = self.coverage.as_ref()?;
        let (counts, spot) = (matrix.counts.as_ref()?, matrix.look.spot);
        if matrix.topics.is_empty() || matrix.columns.is_empty() {
            return None;
        }
        if counts.passages(spot.topic, spot.column) == 0 {
            let title = &self.topics.get(spot.topic)?.title;
            let name = &matrix.names.get(spot.column)?.full;
            self.notice = Some(format!("Nothing found on “{title}” in {name}"));
            return None;
        }
        Some((spot, self.perspective_of(spot)?))
    }

    /// What a cell shows: of a source the document that says most on the topic.
    fn perspective_of(&self, spot: Spot) -> Option<Perspective> {
        let counts = self.coverage.as_ref()?.counts.as_ref()?;
        let speaker = &counts.columns.get(spot.column)?.speaker;
        let Speaker::Source(source) = speaker else {
            return Some(perspective(speaker));
        };
        let tagging = self.tagging.as_ref()?;
        let documents = self.corpus.documents.iter().enumerate();
        let best = documents
            .filter(|(_, document)| document.source() == source)
            .map(|(at, _)| at)
            .max_by_key(|at| (tagging.count(*at, spot.topic), Reverse(*at)))?;
        Some(Perspective::Document(best))
    }

    /// Everything of a speaker; of a source with one document that.
    fn all_of(&self, speaker: &Speaker) -> Perspective {
        let Speaker::Source(source) = speaker else {
            return perspective(speaker);
        };
        let documents = self.corpus.documents.iter().enumerate();
        let mut theirs = documents.filter(|(_, document)| document.source() == source);
        match (theirs.next(), theirs.next()) {
            (Some((only, _)), None) => Perspective::Document(only),
            (Some(_) | None, _) => perspective(speaker),
        }
    }

    /// From the matrix to whole documents.
    fn leave_for_documents(&mut self) {
        self.leave_views();
        self.search = None;
    }

    /// The pane beside the focused one, which is added where there is none.
    pub(super) fn other_pane(&mut self) -> usize {
        self.zoomed = false;
        if self.panes.len() == 1 {
            let same = self.focused().perspective.clone();
            self.panes.push(Pane::new(&self.corpus, same, None));
        }
        debug_assert!(self.panes.len() <= MOST_PANES);
        (self.focus + 1) % self.panes.len()
    }
}

/// The other columns that speak of a topic, most first.
fn by_most(counts: &Coverage, spot: Spot) -> Vec<usize> {
    let said = |column: &usize| counts.passages(spot.topic, *column);
    let others = (0..counts.columns.len()).filter(|column| *column != spot.column);
    let mut others: Vec<usize> = others.filter(|column| said(column) > 0).collect();
    others.sort_by_key(|column| Reverse(said(column)));
    others
}
