//! Going to a stretch of a passage that something names, and on to the next one with the same.

use crate::analysis::wording::Place;
use crate::app::App;
use crate::app::pointed::{Pointed, slot_of};

impl App {
    /// Points at the first of some places, each with its pane, and goes there in the documents. Back returns.
    pub(super) fn point_at(&mut self, what: String, places: Vec<(usize, Place)>) {
        let shown = places.into_iter().filter(|(pane, place)| {
            let slot = slot_of(*place);
            self.panes
                .get(*pane)
                .is_some_and(|pane| pane.contents.contains(slot))
        });
        let places: Vec<(usize, Place)> = shown.collect();
        if places.is_empty() {
            self.notice = Some("That passage is not shown in any pane".to_owned());
            return;
        }
        self.remember();
        self.evidence = None;
        self.facing = None;
        self.zoomed = false;
        let at = 0;
        self.pointed = Some(Pointed { what, places, at });
        self.go_to_pointed();
    }

    /// Goes on to the next place with the same thing, after the last to the first; false where nothing is pointed at.
    pub(super) fn point_on(&mut self) -> bool {
        let Some(pointed) = &mut self.pointed else {
            return false;
        };
        pointed.at = (pointed.at + 1) % pointed.places.len();
        self.go_to_pointed();
        true
    }

    fn go_to_pointed(&mut self) {
        let Some((pane, place)) = self.pointed.as_ref().map(Pointed::place) else {
            return;
        };
        if pane >= self.panes.len() {
            return;
        }
        self.focus = pane;
        // Panes wrap at their real size before they are jumped in.
        self.plan_screen();
        self.panes[pane].jump(&self.corpus, slot_of(place), place.span.start);
    }
}
