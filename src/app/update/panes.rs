//! Which panes there are, what they show, and which one keys go to.

use crate::app::action::Action;
use crate::app::information::{self, Information};
use crate::app::pane::Pane;
use crate::app::perspective::Perspective;
use crate::app::{App, MOST_PANES, Overlay};

impl App {
    pub(super) fn focus_by(&mut self, step: isize) {
        let count = self.panes.len();
        self.focus = (self.focus + count).saturating_add_signed(step) % count;
        if count == 1 {
            self.notice = Some(format!(
                "There is only one pane · {key} adds another",
                key = self.keymap.hint(Action::AddPane)
            ));
        }
    }

    pub(super) fn swap(&mut self) {
        let other = (self.focus + 1) % self.panes.len();
        if other == self.focus {
            self.notice = Some(format!(
                "There is only one pane · {key} adds another",
                key = self.keymap.hint(Action::AddPane)
            ));
            return;
        }
        self.panes.swap(self.focus, other);
        self.pointed = None;
        self.recount_search();
    }

    pub(super) fn add_pane(&mut self) {
        if self.panes.len() >= MOST_PANES {
            let close = self.keymap.hint(Action::ClosePane);
            self.notice = Some(format!(
                "There are {MOST_PANES} panes already · {close} closes one"
            ));
            return;
        }
        self.remember();
        let perspective = self.perspective_for_new_pane();
        let topic = self.topic();
        let pane = Pane::new(&self.corpus, perspective, topic);
        self.panes.insert(self.focus + 1, pane);
        self.focus += 1;
        self.zoomed = false;
        self.search = None;
        self.mark_topics();
        self.plan_screen();
        self.show_topic_in_focused();
        self.open_perspectives();
    }

    /// A document that no pane shows, on the topic if there is one.
    fn perspective_for_new_pane(&self) -> Perspective {
        let shown: Vec<usize> = self
            .panes
            .iter()
            .flat_map(|pane| pane.contents.documents())
            .collect();
        let count = |document: usize| match (&self.tagging, self.topic()) {
            (Some(tagging), Some(topic)) => tagging.count(document, topic),
            (None, _) | (_, None) => 0,
        };
        let free = (0..self.corpus.documents.len()).filter(|at| !shown.contains(at));
        let best = free.max_by_key(|at| (count(*at), std::cmp::Reverse(*at)));
        best.map_or_else(|| self.focused().perspective.clone(), Perspective::Document)
    }

    pub(super) fn close_pane(&mut self) {
        if self.panes.len() == 1 {
            self.notice = Some(format!(
                "The last pane stays open · {key} quits",
                key = self.keymap.hint(Action::Quit)
            ));
            return;
        }
        self.remember();
        self.panes.remove(self.focus);
        self.focus = self.focus.min(self.panes.len() - 1);
        self.zoomed &= self.panes.len() > 1;
        self.recount_search();
    }

    /// Shows something else in the focused pane: a document where it was left, else on the topic where it has it.
    pub(in crate::app) fn show_document(&mut self, perspective: Perspective) {
        if self.focused().perspective == perspective {
            return;
        }
        self.show_perspective(perspective);
        if self.return_to_last_place(self.focus) {
            let next = self.keymap.hint(Action::NextHere);
            let on_topic = !self.focused().on_topic.is_empty();
            let more = if on_topic {
                format!(" · {next} goes on to the topic")
            } else {
                String::new()
            };
            self.notice = Some(format!("Where you left it{more}"));
        }
    }

    /// Shows something else in the focused pane, on the topic where it has it.
    pub(super) fn show_perspective(&mut self, perspective: Perspective) {
        if self.focused().perspective == perspective {
            return;
        }
        self.remember();
        let topic = self.topic();
        self.panes[self.focus] = Pane::new(&self.corpus, perspective, topic);
        self.mark_topics();
        self.plan_screen();
        self.show_topic_in_focused();
        self.recount_search();
    }

    fn show_topic_in_focused(&mut self) {
        let pane = &mut self.panes[self.focus];
        if let Some(slot) = pane.on_topic.first().copied() {
            pane.jump(&self.corpus, slot, 0);
        }
    }

    /// A click gives a pane the focus, and makes the passage under it the current one.
    pub(super) fn press(&mut self, pane: usize, row: u16) {
        self.focus = pane;
        let Some((_, area)) = self.screen.panes.iter().find(|(at, _)| *at == pane) else {
            return;
        };
        let pane = &mut self.panes[pane];
        let clicked = row
            .checked_sub(area.text.y)
            .and_then(|row| pane.visible.get(usize::from(row)));
        if let Some(slot) = clicked
            .map(|row| row.slot)
            .filter(|slot| slot.passage_index().is_some())
        {
            pane.current = slot;
        }
    }

    pub(super) fn open_information(&mut self) {
        let lines = information::lines(self);
        self.overlay = Some(Overlay::Information(Information::new(lines)));
    }
}
