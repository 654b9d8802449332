//! Searching inside the panes.

use crate::app::App;
use crate::app::pane::Pane;
use crate::app::search::Search;
use tui_input::Input;

impl App {
    pub(super) fn start_search(&mut self) {
        self.remember();
        self.search = Some(Search::new(&self.panes));
    }

    /// Changes what is searched for, and goes to its first hit after the place where the search began.
    pub(super) fn edit_search(&mut self, edit: impl FnOnce(&mut Input)) {
        let Some(search) = self.search.as_mut().filter(|search| search.typing) else {
            return;
        };
        edit(&mut search.input);
        search.compile();
        search.count(&self.corpus, &self.panes);
        let pane = &mut self.panes[self.focus];
        let Some((top, current)) = search.origin.get(self.focus).copied() else {
            return;
        };
        let from_here = search.find(&self.corpus, pane, top.slot, true, true);
        let found = from_here.or_else(|| search.find(&self.corpus, pane, top.slot, false, false));
        if let Some((slot, byte)) = found {
            pane.jump(&self.corpus, slot, byte);
        } else {
            (pane.top, pane.current) = (top, current);
        }
    }

    /// Goes to the next or previous passage with a hit.
    pub(super) fn next_hit(&mut self, forward: bool) {
        let Some(search) = &self.search else { return };
        let pane = &self.panes[self.focus];
        let found = search.find(&self.corpus, pane, pane.current, forward, false);
        let Some((slot, byte)) = found else {
            let end = if forward { "last" } else { "first" };
            let other = self.panes_with_hits().iter().any(|at| *at != self.focus);
            let hint = if other {
                " · Tab: the other pane has hits"
            } else {
                ""
            };
            self.notice = Some(format!("This is the {end} hit in this pane{hint}"));
            return;
        };
        self.remember();
        self.panes[self.focus].jump(&self.corpus, slot, byte);
    }

    fn panes_with_hits(&self) -> Vec<usize> {
        let Some(search) = &self.search else {
            return Vec::new();
        };
        let counted = search.hits.iter().enumerate();
        counted
            .filter(|(_, hits)| hits.as_ref().is_some_and(|hits| !hits.is_empty()))
            .map(|(at, _)| at)
            .collect()
    }

    /// Enter: the hits stay marked and `n` goes along them.
    pub(super) fn keep_search(&mut self) {
        let Some(search) = &mut self.search else {
            return;
        };
        search.typing = false;
        if !search.is_on() {
            self.search = None;
            return;
        }
        let words = search.input.value().to_owned();
        let in_focus = search.hits.get(self.focus).cloned().flatten();
        if in_focus.is_some_and(|hits| hits.is_empty()) {
            let elsewhere = self.panes_with_hits();
            let hint = if elsewhere.is_empty() {
                ""
            } else {
                " · the other pane has it: Tab"
            };
            self.notice = Some(format!("“{words}” is not in this pane{hint}"));
            if elsewhere.is_empty() {
                self.search = None;
            }
        }
    }

    /// Esc while typing: back to where the search began.
    pub(super) fn abandon_search(&mut self) {
        let Some(search) = self.search.take() else {
            return;
        };
        let restore =
            |(pane, (top, current)): (&mut Pane, _)| (pane.top, pane.current) = (top, current);
        self.panes.iter_mut().zip(search.origin).for_each(restore);
    }

    /// Esc in the panes: ends the search, or the zoom.
    pub(super) fn cancel(&mut self) {
        if self.search.take().is_none() {
            self.zoomed = false;
        }
    }
}
