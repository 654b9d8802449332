//! What the evidence view led to: a stretch of a passage that is marked until the reader goes elsewhere, and where else the same
//! thing stands.
//!
//! Invariant: there is always a place that is pointed at; each is in a pane that shows its passage.

use super::App;
use super::perspective::Slot;
use crate::analysis::wording::Place;
use crate::text::ByteSpan;

/// What is pointed at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pointed {
    /// What it is, in a few words: “a word”, the figure as it stands.
    pub what: String,
    /// Where it stands, each place with its pane; never empty.
    pub places: Vec<(usize, Place)>,
    /// Which of them the reader is at.
    pub at: usize,
}

impl Pointed {
    /// The place that the reader is at.
    pub fn place(&self) -> (usize, Place) {
        self.places[self.at.min(self.places.len() - 1)]
    }

    /// What the status line says of it: what it is, and which of how many.
    pub fn told(&self) -> String {
        match self.places.len() {
            1 => self.what.clone(),
            all => format!("{} {}/{all}", self.what, self.at + 1),
        }
    }
}

impl App {
    /// What is marked in a passage that a pane shows.
    pub fn pointed_in(&self, pane: usize, slot: Slot) -> Option<ByteSpan> {
        let (of, place) = self.pointed.as_ref()?.place();
        (of == pane && slot_of(place) == slot).then_some(place.span)
    }
}

/// The slot of a place.
pub fn slot_of(place: Place) -> Slot {
    Slot::passage(place.passage.document, place.passage.passage)
}
