//! Searching inside the panes.

use crate::app::App;
use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::pane::Pane;
use crate::app::search::Search;
use tui_input::Input;

impl App {
    pub(super) fn start_search(&mut self) {
        self.search = Some(Search::new(&self.panes, self.station()));
    }

    /// Changes what is searched for, and goes to its first hit after the place where the search began.
    pub(super) fn edit_search(&mut self, edit: impl FnOnce(&mut Input)) {
        let Some(search) = self.search.as_mut().filter(|search| search.typing) else {
            return;
        };
        edit(&mut search.input);
        search.compile();
        search.count(&self.corpus, &self.panes);
        if self.facing.is_some() {
            self.facing_to_hit();
            return;
        }
        let pane = &mut self.panes[self.focus];
        let Some((top, current)) = search.origin.get(self.focus).copied() else {
            return;
        };
        let from = (top.slot, top.byte);
        let found = search.find(&self.corpus, pane, from, true, true);
        pane.hit = found.or_else(|| search.find(&self.corpus, pane, from, false, false));
        if let Some((slot, byte)) = pane.hit {
            pane.jump(&self.corpus, slot, byte);
        } else {
            (pane.top, pane.current) = (top, current);
        }
    }

    /// Goes to the next or previous hit in the focused pane.
    pub(super) fn next_hit(&mut self, forward: bool) {
        let Some(search) = &self.search else { return };
        let pane = &self.panes[self.focus];
        // A reader who moved on since the last hit goes on from there.
        let (from, here) = match pane.hit {
            Some(hit) if hit.0 == pane.current => (hit, false),
            Some(_) | None => ((pane.current, 0), true),
        };
        let Some((slot, byte)) = search.find(&self.corpus, pane, from, forward, here) else {
            self.notice = Some(self.no_hit_notice(forward));
            return;
        };
        self.remember_step();
        let pane = &mut self.panes[self.focus];
        pane.hit = Some((slot, byte));
        pane.jump(&self.corpus, slot, byte);
    }

    fn no_hit_notice(&self, forward: bool) -> String {
        let words = self
            .search
            .as_ref()
            .map_or("", |search| search.input.value());
        let elsewhere = self.panes_with_hits().iter().any(|at| *at != self.focus);
        let all = self.keymap.hint(Action::SearchAll);
        let hint = if elsewhere {
            " · Tab: another pane has it".to_owned()
        } else {
            format!(" · {all} searches all texts")
        };
        if self.panes[self.focus].hit.is_none() {
            return format!("“{words}” is not in this pane{hint}");
        }
        let end = if forward { "last" } else { "first" };
        format!("This is the {end} hit in this pane{hint}")
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
        let station = search.station.clone();
        if self.facing.is_some() {
            if self.facing_has_hit() {
                self.remember_station(station);
            } else if let Some(search) = self.search.take() {
                let words = search.input.value();
                let facing = self.keymap.hint(Action::Facing);
                self.notice = Some(format!(
                    "“{words}” is in no row · {facing} searches the documents"
                ));
            }
            return;
        }
        if self.panes[self.focus].hit.is_none() {
            let notice = self.no_hit_notice(true);
            let exact = self
                .search
                .as_ref()
                .is_some_and(|search| search.input.value().chars().any(char::is_uppercase));
            let case = if exact {
                " (capitals count; small letters find both)"
            } else {
                ""
            };
            if self.panes_with_hits().is_empty() {
                self.search = None;
            }
            self.notice = Some(format!("{notice}{case}"));
        } else {
            self.remember_station(station);
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
        if self.facing.is_some() {
            self.return_to_facing(search.station.facing);
        }
    }

    /// Panes have changed: what they hold is counted anew.
    pub(super) fn recount_search(&mut self) {
        if let Some(search) = &mut self.search {
            search.count(&self.corpus, &self.panes);
        }
    }

    /// Esc in the panes: ends what was begun last: the search, the mark of a passage or of what the evidence led to, a
    /// comparison that takes long, the zoom.
    pub(super) fn cancel(&mut self) -> Vec<Effect> {
        if self.search.take().is_some()
            || self.marked.take().is_some()
            || self.pointed.take().is_some()
        {
            return Vec::new();
        }
        if self.comparisons.slow().is_some() {
            let again = self.keymap.hint(Action::Level);
            self.notice = Some(format!("Stopped comparing · {again} starts it again"));
            let stopped = self.comparisons.stop();
            return stopped.into_iter().map(Effect::Cancel).collect();
        }
        if let (Some(ticket), Some(_)) = (self.indexing.ticket, self.indexing.progress) {
            self.notice =
                Some("Stopped indexing · it goes on when you open this corpus again".to_owned());
            return vec![Effect::Cancel(ticket)];
        }
        self.zoomed = false;
        Vec::new()
    }
}
