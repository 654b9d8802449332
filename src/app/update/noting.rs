//! Notes: writing them on a passage, on a stretch of it, on a link; finding, changing, removing them, and taking that back.
//!
//! Invariant: a note is said to be kept only by whoever kept it; what was typed is never thrown away without a way back.

use crate::app::action::Action;
use crate::app::editor::{Editor, Subject};
use crate::app::effect::Effect;
use crate::app::notebook::{CHANGED, NOTED};
use crate::app::perspective::{Perspective, Slot};
use crate::app::picker::{Choice, Entry, Purpose};
use crate::app::selection::{self, Change, Selection};
use crate::app::{App, Overlay};
use crate::corpus::PassageId;
use crate::corpus::citing::{Cited, in_marks};
use crate::corpus::note::{Note, NoteChange, Relation};
use crate::text::ByteSpan;
use crate::text::width::truncate;

/// Cells of a title in what is told.
const TITLE_CELLS: usize = 32;

impl App {
    /// `A`: a note on what is chosen, or on the current passage.
    pub(super) fn write_note(&mut self) {
        let Some(place) = self.place_to_note() else {
            self.notice = Some("No passage here to write a note on".to_owned());
            return;
        };
        self.open_editor(Subject::New(vec![place]), None);
    }

    /// `R`: a note on the link of the row, or between the current passage and what answers it.
    pub(super) fn write_link_note(&mut self) {
        let places = self.places_to_link();
        if places.len() < 2 {
            self.notice = Some(
                "A note on two passages needs a pair: a row with both sides, or a passage with its answer (¶ = ¶)"
                    .to_owned(),
            );
            return;
        }
        let is_begun = |draft: &Editor| draft.subject == Subject::New(places.clone());
        if self.draft.as_ref().is_some_and(is_begun) {
            self.open_editor(Subject::New(places), None);
            return;
        }
        let told: Vec<String> = places.iter().map(|place| self.told_place(place)).collect();
        let entries = Relation::ALL.map(|relation| Entry {
            lead: "".into(),
            label: relation.name().to_owned(),
            detail: relation.about().to_owned(),
            about: told.join(" and "),
            keywords: relation.about().to_owned(),
            choice: Choice::Relation(relation),
        });
        self.open(Purpose::Relations, entries.to_vec(), 0);
    }

    /// How the two passages have to do with each other is chosen: the note on them.
    pub(super) fn begin_link_note(&mut self, relation: Relation) {
        let places = self.places_to_link();
        self.open_editor(Subject::New(places), Some(relation));
    }

    /// The passage that the focused pane has in the row of the facing view that the reader is at.
    pub(in crate::app) fn passage_of_row(&self) -> Option<PassageId> {
        let facing = self.facing.as_ref()?;
        let row = facing.rows.get(facing.current)?;
        row.cells.get(self.focused_cell())?.passage()
    }

    /// The place that a note would be on: what is chosen, the row's passage in the focused pane, or the current passage.
    fn place_to_note(&self) -> Option<Cited> {
        if let Some(selection) = &self.selection {
            return Some(Cited {
                passage: selection.slot.passage_id()?,
                span: Some(selection.span),
            });
        }
        if let Some(facing) = &self.facing {
            let row = facing.rows.get(facing.current)?;
            let focused = self.passage_of_row();
            let any = || row.cells.iter().find_map(|cell| cell.passage());
            return focused.or_else(any).map(Cited::from);
        }
        self.focused().current.passage_id().map(Cited::from)
    }

    fn places_to_link(&self) -> Vec<Cited> {
        if self.facing.is_some() {
            let mut cited = self.cited_here();
            cited.truncate(2);
            return cited;
        }
        let Some(here) = self.place_to_note() else {
            return Vec::new();
        };
        let current = self.focused().current;
        let others = (0..self.panes.len()).filter(|other| *other != self.focus);
        let answer = others
            .filter_map(|other| Some((other, self.answers(current, other).first()?.0)))
            .find_map(|(other, slot)| Some((other, slot.passage_id()?)));
        match answer {
            Some((other, id)) if other < self.focus => vec![id.into(), here],
            Some((_, id)) => vec![here, id.into()],
            None => vec![here],
        }
    }

    fn open_editor(&mut self, subject: Subject, relation: Option<Relation>) {
        // What was left unfinished on the same place goes on.
        if let Some(draft) = self.draft.take_if(|draft| draft.subject == subject) {
            self.overlay = Some(Overlay::Editor(draft));
            return;
        }
        let (about, text) = match &subject {
            Subject::New(places) => {
                let told: Vec<String> = places.iter().map(|place| self.told_place(place)).collect();
                (told.join(" and "), String::new())
            }
            Subject::Old(id) => match self.notebook.get(id) {
                Some(note) => (self.told_places(note), note.text.clone()),
                None => return,
            },
        };
        self.overlay = Some(Overlay::Editor(Editor::new(subject, about, text, relation)));
    }

    /// `¶9 of “A night of water”`.
    fn told_place(&self, place: &Cited) -> String {
        let document = self.corpus.documents.get(place.passage.document);
        let title = document.map_or("", |document| document.meta.title.as_str());
        let words = if place.span.is_some() {
            "words of "
        } else {
            ""
        };
        format!(
            "{words}¶{} of “{}”",
            place.passage.passage + 1,
            truncate(title, TITLE_CELLS)
        )
    }

    fn told_places(&self, note: &Note) -> String {
        if note.places.is_empty() {
            return "a place that is lost".to_owned();
        }
        let told: Vec<String> = note
            .places
            .iter()
            .map(|place| self.told_place(place))
            .collect();
        told.join(" and ")
    }

    /// `Ctrl-s` in the editor.
    pub(super) fn save_note(&mut self) -> Vec<Effect> {
        let Some(Overlay::Editor(editor)) = self.overlay.take() else {
            return Vec::new();
        };
        if editor.text.trim().is_empty() {
            self.notice = Some("A note without words is not kept".to_owned());
            return Vec::new();
        }
        self.selection = None;
        let text = editor.text.trim_end().to_owned();
        let change = match editor.subject {
            Subject::New(places) => NoteChange::Write(Note {
                id: self.notebook.next_id(),
                places,
                relation: editor.relation,
                text,
                ..Note::default()
            }),
            Subject::Old(id) => NoteChange::Reword {
                id,
                text,
                relation: editor.relation,
            },
        };
        self.change_notes(change)
    }

    /// `Esc` in the editor: the text is not thrown away.
    pub(super) fn leave_editor(&mut self) {
        let Some(Overlay::Editor(editor)) = self.overlay.take() else {
            return;
        };
        let before = match &editor.subject {
            Subject::New(_) => "",
            Subject::Old(id) => self.notebook.get(id).map_or("", |note| note.text.as_str()),
        };
        if editor.text.trim() == before.trim() {
            return;
        }
        self.notice = Some("Not kept · opened again at this place, the note goes on".to_owned());
        self.draft = Some(editor);
    }

    /// `Ctrl-r` in the editor: the next relation of a link.
    pub(super) fn next_relation(&mut self) {
        if let Some(Overlay::Editor(editor)) = &mut self.overlay {
            editor.relation = editor.relation.map(Relation::next);
            let name = |relation: Relation| {
                if editor.relation == Some(relation) {
                    format!("[{}]", relation.name())
                } else {
                    relation.name().to_owned()
                }
            };
            let all = Relation::ALL.map(name).join(" · ");
            self.notice = editor.relation.map(|of| format!("{all}: {}", of.about()));
        }
    }

    /// `Ctrl-o` in the editor: the reader's own.
    pub(super) fn open_own_editor(&mut self) -> Vec<Effect> {
        match &self.overlay {
            Some(Overlay::Editor(editor)) => vec![Effect::Edit(editor.text.clone())],
            _ => Vec::new(),
        }
    }

    /// The reader's own editor has ended.
    pub(super) fn take_edited(&mut self, edited: Result<String, String>) {
        let Some(Overlay::Editor(editor)) = &mut self.overlay else {
            return;
        };
        self.notice = Some(match edited {
            Err(why) => format!("The note is as it was: {why}"),
            Ok(text) if text == editor.text.trim_end() => "The note is as it was".to_owned(),
            Ok(text) => {
                editor.replace(&text);
                let save = self.keymap.hint(Action::NoteSave);
                format!("Taken over from your editor · {save} keeps it")
            }
        });
    }

    /// What is told of a change that is on the disk.
    pub(super) fn told_as_kept(&self, change: &NoteChange) -> String {
        let undo = self.keymap.hint(Action::Undo);
        match change {
            NoteChange::Write(_) => {
                let list = self.keymap.hint(Action::Notes);
                format!("Note kept · {undo} takes it back, {list} lists all")
            }
            NoteChange::Reword { .. } => {
                format!("Note kept in its new words · {undo} takes them back")
            }
            NoteChange::Remove(_) => format!("Note removed · {undo} brings it back"),
            NoteChange::Restore(_) => "The note is back".to_owned(),
        }
    }

    fn change_notes(&mut self, change: NoteChange) -> Vec<Effect> {
        self.notebook.change(&change, self.decided.len());
        vec![Effect::Note(change)]
    }

    /// `U`, where the last thing was done to a note.
    pub(super) fn undo_note(&mut self) -> Option<Vec<Effect>> {
        let change = self.notebook.take_back(self.decided.len())?;
        Some(vec![Effect::Note(change)])
    }

    /// `B`: all notes.
    pub(super) fn open_notes(&mut self) {
        if self.notebook.notes.is_empty() {
            self.notice = Some(format!(
                "No notes yet · {} writes one on this passage",
                self.keymap.hint(Action::Note)
            ));
            return;
        }
        let current = self.focused().current.passage_id();
        let is_here = |note: &Note| {
            note.places
                .iter()
                .any(|place| Some(place.passage) == current)
        };
        let selected = self.notebook.notes.iter().position(is_here).unwrap_or(0);
        let notes = self.notebook.notes.iter();
        let entries = notes.map(|note| self.note_entry(note)).collect();
        self.open(Purpose::Notes, entries, selected);
    }

    fn note_entry(&self, note: &Note) -> Entry {
        let quotes: Vec<String> = note
            .places
            .iter()
            .map(|place| self.quote_of(place))
            .collect();
        let lost: Vec<String> = note
            .lost
            .iter()
            .map(|lost| {
                format!(
                    "lost its place in {} ({}): {}",
                    lost.document,
                    lost.why,
                    in_marks(&lost.words)
                )
            })
            .collect();
        let changed = note.changed.iter();
        let changed: Vec<String> = changed.map(|then| in_marks(&then.words)).collect();
        let relation = note.relation.map(Relation::name);
        let mut detail: Vec<String> = relation.map(str::to_owned).into_iter().collect();
        detail.push(self.told_places(note));
        Entry {
            lead: match (note.lost.is_empty(), note.changed.is_empty()) {
                (false, _) => "lost".into(),
                (true, false) => format!("{NOTED}{CHANGED}").into(),
                (true, true) => NOTED.into(),
            },
            label: note.first_line().to_owned(),
            detail: detail.join(" · "),
            about: match (lost.is_empty(), changed.is_empty()) {
                (false, _) => lost.join(" / "),
                (true, false) => format!(
                    "{CHANGED} the words have changed since; they were {} · now {}",
                    changed.join(" / "),
                    quotes.join(" / ")
                ),
                (true, true) => quotes.join(" / "),
            },
            keywords: format!(
                "{} {} {} {}",
                note.text,
                quotes.join(" "),
                changed.join(" "),
                lost.join(" ")
            ),
            choice: Choice::Note(note.id.clone()),
        }
    }

    fn quote_of(&self, place: &Cited) -> String {
        let text = self.passage_text(place.passage);
        in_marks(place.span.map_or(text, |span| span.of(text)))
    }

    /// The note that is chosen in the list of notes, which is closed.
    fn take_chosen_note(&mut self) -> Option<String> {
        let Some(Overlay::Picker(picker)) = &self.overlay else {
            return None;
        };
        let Some(Choice::Note(id)) = picker.chosen().map(|entry| entry.choice.clone()) else {
            return None;
        };
        self.overlay = None;
        Some(id)
    }

    /// `Ctrl-o` in the list: other words.
    pub(super) fn edit_chosen_note(&mut self) {
        if let Some(id) = self.take_chosen_note() {
            let relation = self.notebook.get(&id).and_then(|note| note.relation);
            self.open_editor(Subject::Old(id), relation);
        }
    }

    /// `Ctrl-x` in the list.
    pub(super) fn remove_chosen_note(&mut self) -> Vec<Effect> {
        let id = self.take_chosen_note();
        id.map_or_else(Vec::new, |id| self.change_notes(NoteChange::Remove(id)))
    }

    /// `Ctrl-y` in the list: the note is on what is chosen, or on the current passage, from now on.
    pub(super) fn put_chosen_note(&mut self) -> Vec<Effect> {
        let Some(id) = self.take_chosen_note() else {
            return Vec::new();
        };
        let (Some(note), Some(place)) = (self.notebook.get(&id), self.place_to_note()) else {
            self.notice = Some("No passage here to put the note on".to_owned());
            return Vec::new();
        };
        // What a link has kept it keeps; the lost end is put here.
        let kept = if note.lost.is_empty() {
            0
        } else {
            note.places.len()
        };
        let mut places: Vec<Cited> = note.places.iter().take(kept).copied().collect();
        places.push(place);
        let put = Note {
            places,
            changed: Vec::new(),
            lost: Vec::new(),
            ..note.clone()
        };
        self.selection = None;
        self.change_notes(NoteChange::Write(put))
    }

    /// Goes to the places of a note.
    pub(super) fn go_to_note(&mut self, id: &str) {
        let Some(note) = self.notebook.get(id).cloned() else {
            return;
        };
        if note.places.is_empty() {
            let (notes, put) = (
                self.keymap.hint(Action::Notes),
                self.keymap.hint(Action::NotePut),
            );
            self.notice = Some(format!(
                "This note has lost its place · go to the right passage, then {notes} and {put} put it there"
            ));
            return;
        }
        self.remember();
        self.leave_views();
        let mut pane = self.focus;
        for (at, place) in note.places.iter().enumerate().take(2) {
            let slot = Slot::passage(place.passage.document, place.passage.passage);
            let holds = |at: &usize| self.panes[*at].contents.contains(slot);
            let others = (0..self.panes.len()).filter(|other| at == 0 || *other != pane);
            let shown = std::iter::once(self.focus)
                .filter(|_| at == 0)
                .chain(others)
                .find(holds);
            let Some(to) = shown.or_else(|| {
                let free = if at == 0 {
                    pane
                } else {
                    (pane + 1) % self.panes.len()
                };
                (at == 0 || free != pane).then_some(free)
            }) else {
                continue;
            };
            if shown.is_none() {
                let topic = self.panes[to].topic;
                let perspective = Perspective::Document(place.passage.document);
                self.panes[to] = crate::app::pane::Pane::new(&self.corpus, perspective, topic);
                self.mark_topics();
                self.plan_screen();
            }
            let byte = place.span.map_or(0, |span| span.start);
            self.panes[to].jump(&self.corpus, slot, byte);
            if at == 0 {
                pane = to;
            }
        }
        self.focus = pane;
        self.notice = Some(note.first_line().to_owned());
    }

    /// `V`: the first sentence of the current passage is chosen; again: nothing.
    pub(super) fn start_selection(&mut self) {
        if self.selection.take().is_some() {
            return;
        }
        if self.facing.is_some() {
            self.notice = Some(format!(
                "Words are chosen in the documents · {} shows them",
                self.keymap.hint(Action::Facing)
            ));
            return;
        }
        let slot = self.focused().current;
        let Some(span) = self.text_of(slot).and_then(selection::first) else {
            self.notice = Some("No words here to choose".to_owned());
            return;
        };
        self.select(self.focus, slot, span);
    }

    fn text_of(&self, slot: Slot) -> Option<&str> {
        let document = self.corpus.documents.get(slot.document())?;
        Some(document.passage(slot.passage_index()?)?.text())
    }

    fn select(&mut self, pane: usize, slot: Slot, span: ByteSpan) {
        self.selection = Some(Selection { pane, slot, span });
        let key = |action| self.keymap.hint(action);
        self.notice = Some(format!(
            "Chosen · {} {} sentences · {} {} words · {} notes · {} copies · {}",
            key(Action::SelectNext),
            key(Action::SelectPrevious),
            key(Action::SelectLonger),
            key(Action::SelectShorter),
            key(Action::Note),
            key(Action::Cite),
            key(Action::Cancel),
        ));
        let corpus = &self.corpus;
        let pane = &mut self.panes[pane];
        pane.prepare(corpus);
        let is_seen = |byte: u32| {
            pane.visible.iter().any(|row| match row.row {
                crate::app::block::BlockRow::Text { row, .. } => {
                    row.span.start <= byte && byte < row.span.end.max(row.span.start + 1)
                }
                _ => false,
            })
        };
        if !is_seen(span.start) || !is_seen(span.end.saturating_sub(1)) {
            pane.jump(corpus, slot, span.start);
        }
    }

    /// Changes what is chosen.
    pub(super) fn change_selection(&mut self, change: Change) {
        let Some(Selection { pane, slot, span }) = self.selection else {
            self.notice = Some(format!(
                "Nothing is chosen · {} begins with the first sentence",
                self.keymap.hint(Action::Select)
            ));
            return;
        };
        let changed = self
            .text_of(slot)
            .and_then(|text| selection::change(text, span, change));
        match changed {
            Some(span) => self.select(pane, slot, span),
            None => {
                self.notice =
                    Some("The passage ends here: a note is on words of one passage".to_owned());
            }
        }
    }

    /// What is chosen is given up where the reader has gone elsewhere.
    pub(super) fn drop_selection_elsewhere(&mut self) {
        let is_here = |selection: &Selection| {
            self.facing.is_none()
                && self.coverage.is_none()
                && self.evidence.is_none()
                && self.focus == selection.pane
                && self.focused().current == selection.slot
        };
        if self.selection.as_ref().is_some_and(|of| !is_here(of)) {
            self.selection = None;
        }
    }

    /// The mouse goes down in the text of a pane: what is dragged over from here will be chosen.
    pub(super) fn press_text(&mut self, pane: usize, column: u16, row: u16) {
        self.selection = None;
        self.dragged_from = self.byte_at(pane, column, row).map(|at| (pane, at));
    }

    /// The mouse moves while it is down: the selection stays inside the passage in which it began.
    pub(super) fn drag(&mut self, column: u16, row: u16) {
        let Some((pane, (slot, start, end))) = self.dragged_from else {
            return;
        };
        let here = self
            .byte_at(pane, column, row)
            .filter(|(of, ..)| *of == slot);
        if let Some((_, from, to)) = here {
            let span = ByteSpan {
                start: start.min(from),
                end: end.max(to),
            };
            self.panes[pane].current = slot;
            self.selection = Some(Selection { pane, slot, span });
        }
    }
}

#[cfg(test)]
mod tests;
