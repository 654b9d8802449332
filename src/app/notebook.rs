//! The notes on what is read, and what was done to them.
//!
//! Invariant: what is done shows at once; each change is also data for whoever keeps it, and has its opposite.

use super::App;
use super::action::Action;
use super::perspective::Slot;
use crate::corpus::PassageId;
use crate::corpus::citing::Cited;
use crate::corpus::note::{Note, NoteChange, id_of};
use crate::text::ByteSpan;
use std::collections::HashMap;

/// What stands beside a passage that a note is on.
pub const NOTED: &str = "✎";
/// What stands there where its words have changed since.
pub const CHANGED: &str = "≠";

/// Changes that can be taken back.
const UNDONE_AT_MOST: usize = 200;

/// The notes.
#[derive(Debug, Default)]
pub struct Notebook {
    /// In the order in which they were first written.
    pub notes: Vec<Note>,
    /// What the addresses of new notes are made of.
    pub seed: String,
    made: usize,
    removed: HashMap<String, (usize, Note)>,
    undo: Vec<(usize, NoteChange)>,
}

impl Notebook {
    /// Notes that were kept, with what the addresses of new ones are made of.
    pub fn new(notes: Vec<Note>, seed: String) -> Self {
        Self {
            notes,
            seed,
            ..Self::default()
        }
    }

    /// An address that no other note has.
    pub fn next_id(&mut self) -> String {
        self.made += 1;
        id_of(&self.seed, self.made)
    }

    /// The note with an address.
    pub fn get(&self, id: &str) -> Option<&Note> {
        self.notes.iter().find(|note| note.id == id)
    }

    /// The notes on a passage.
    pub fn on(&self, id: PassageId) -> impl Iterator<Item = &Note> {
        let is_on = move |note: &&Note| note.places.iter().any(|place| place.passage == id);
        self.notes.iter().filter(is_on)
    }

    /// What stands beside a passage that notes are on.
    pub fn sign_of(&self, id: PassageId) -> Option<&'static str> {
        let mut any = false;
        for note in self.on(id) {
            any = true;
            let is_changed =
                |(at, place): (usize, &Cited)| place.passage == id && note.words_then(at).is_some();
            if note.places.iter().enumerate().any(is_changed) {
                return Some(CHANGED);
            }
        }
        any.then_some(NOTED)
    }

    /// Makes a change. What undoes it is remembered with `after`, how many decisions had been made.
    pub fn change(&mut self, change: &NoteChange, after: usize) {
        if let Some(opposite) = self.apply(change) {
            if self.undo.len() >= UNDONE_AT_MOST {
                self.undo.remove(0);
            }
            self.undo.push((after, opposite));
        }
    }

    /// What undoes the last change, where it came after so many decisions; it is made at once.
    pub fn take_back(&mut self, decisions: usize) -> Option<NoteChange> {
        let (_, change) = self.undo.pop_if(|(after, _)| *after >= decisions)?;
        self.apply(&change);
        Some(change)
    }

    /// Makes a change; its opposite.
    fn apply(&mut self, change: &NoteChange) -> Option<NoteChange> {
        match change {
            NoteChange::Write(note) => {
                let known = self.notes.iter_mut().find(|known| known.id == note.id);
                if let Some(known) = known {
                    let before = std::mem::replace(known, note.clone());
                    // A note without a place cannot be written again.
                    return (!before.places.is_empty()).then_some(NoteChange::Write(before));
                }
                self.notes.push(note.clone());
                Some(NoteChange::Remove(note.id.clone()))
            }
            NoteChange::Reword { id, text, relation } => {
                let note = self.notes.iter_mut().find(|note| note.id == *id)?;
                let text = std::mem::replace(&mut note.text, text.clone());
                let relation = std::mem::replace(&mut note.relation, *relation);
                let id = id.clone();
                Some(NoteChange::Reword { id, text, relation })
            }
            NoteChange::Remove(id) => {
                let at = self.notes.iter().position(|note| note.id == *id)?;
                let note = self.notes.remove(at);
                self.removed.insert(id.clone(), (at, note));
                Some(NoteChange::Restore(id.clone()))
            }
            NoteChange::Restore(id) => {
                let (at, note) = self.removed.remove(id)?;
                self.notes.insert(at.min(self.notes.len()), note);
                Some(NoteChange::Remove(id.clone()))
            }
        }
    }
}

impl App {
    /// What is to be known of the notes at the start: that places are lost, or have other words.
    pub(super) fn told_of_notes(&self) -> Option<String> {
        let notes = &self.notebook.notes;
        let count = |is: &dyn Fn(&&Note) -> bool| notes.iter().filter(is).count();
        let lost = count(&|note| !note.lost.is_empty());
        let changed = count(&|note| !note.changed.is_empty());
        let list = self.keymap.hint(Action::Notes);
        let of = |count: usize| match count {
            1 => "1 note".to_owned(),
            count => format!("{count} notes"),
        };
        let mut told = Vec::new();
        if lost > 0 {
            told.push(format!("{} of yours lost their place", of(lost)));
        }
        if changed > 0 {
            told.push(format!(
                "{} of yours on words that have changed since ({CHANGED})",
                of(changed)
            ));
        }
        (!told.is_empty()).then(|| format!("{} · {list} lists them", told.join(", ")))
    }

    /// What stands beside a passage that notes are on.
    pub fn noted_sign(&self, slot: Slot) -> Option<&'static str> {
        self.notebook.sign_of(slot.passage_id()?)
    }

    /// The notes on a passage.
    pub fn notes_on(&self, slot: Slot) -> impl Iterator<Item = &Note> {
        let id = slot.passage_id();
        id.into_iter().flat_map(|id| self.notebook.on(id))
    }

    /// The stretches of a passage that notes are on.
    pub fn noted_spans(&self, slot: Slot) -> Vec<ByteSpan> {
        let places = self.notes_on(slot).flat_map(|note| &note.places);
        let here = places
            .filter(|place| Slot::passage(place.passage.document, place.passage.passage) == slot);
        here.filter_map(|place| place.span).collect()
    }
}
