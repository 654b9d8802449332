//! Notes in the reader.

use crate::app::effect::Effect;
use crate::app::message::{Message, Mouse};
use crate::app::tests_support::{app, compared, opened, press};
use crate::app::{App, Overlay};
use crate::corpus::note::{NoteChange, Relation};

/// The changes among effects.
fn changes(effects: &[Effect]) -> Vec<NoteChange> {
    let of = |effect: &Effect| match effect {
        Effect::Note(change) => Some(change.clone()),
        _ => None,
    };
    effects.iter().filter_map(of).collect()
}

fn settled(columns: u16, rows: u16) -> App {
    let (mut app, effects) = opened(columns, rows);
    for effect in &effects {
        if matches!(effect, Effect::Compare { .. }) {
            let report = compared(&app, effect);
            app.update(report);
        }
    }
    app.prepare();
    app
}

#[test]
fn a_note_is_written_on_the_passage_shown_at_once_and_taken_back() {
    let mut app = app(120, 40);
    press(&mut app, "g g J");
    let slot = app.focused().current;
    press(&mut app, "A h i g h Space # d a m Enter o k");
    let effects = press(&mut app, "Ctrl+s");
    let [NoteChange::Write(note)] = &changes(&effects)[..] else {
        panic!("{effects:?}")
    };
    assert_eq!(note.text, "high #dam\nok");
    assert_eq!(note.tags(), ["dam"]);
    assert!(app.noted_sign(slot).is_some() && app.overlay.is_none());
    let undone = changes(&press(&mut app, "U"));
    assert_eq!(undone, [NoteChange::Remove(note.id.clone())]);
    assert!(app.noted_sign(slot).is_none());
}

#[test]
fn a_note_goes_on_with_what_the_readers_own_editor_made_of_it() {
    let mut app = app(120, 40);
    let effects = press(&mut app, "A h i Ctrl+o");
    assert_eq!(effects, [Effect::Edit("hi".into())]);
    app.update(Message::Edited(Err("it was not found".into())));
    assert!(app.notice.as_ref().unwrap().ends_with("it was not found"));
    let text = "hi\tthere\u{1b}[2J\n\nانقلاب".to_owned();
    app.update(Message::Edited(Ok(text)));
    press(&mut app, "!");
    let effects = press(&mut app, "Ctrl+s");
    let [NoteChange::Write(note)] = &changes(&effects)[..] else {
        panic!("{effects:?}")
    };
    assert_eq!(note.text, "hi there[2J\n\nانقلاب!");
}

#[test]
fn words_are_chosen_by_keys_and_noted_and_copied() {
    let mut app = app(120, 40);
    press(&mut app, "g g J J");
    press(&mut app, "V j h");
    let selection = app.selection.unwrap();
    let text = app.corpus.documents[0].passage(2).unwrap().text();
    assert_eq!(
        selection.span.of(text),
        "Rescue teams searched the lower streets by boat until the light failed"
    );
    let copied = press(&mut app, "y");
    assert!(
        matches!(&copied[..], [Effect::Copy { text, .. }] if text.starts_with("“Rescue teams"))
    );
    let written = changes(&{
        press(&mut app, "A x");
        press(&mut app, "Ctrl+s")
    });
    let [NoteChange::Write(note)] = &written[..] else {
        panic!("{written:?}")
    };
    assert_eq!(note.places[0].span, Some(selection.span));
    assert!(app.selection.is_none());
    assert_eq!(app.noted_spans(app.focused().current), [selection.span]);
}

#[test]
fn a_selection_ends_where_the_reader_goes_elsewhere() {
    let mut app = app(120, 40);
    for leaving in ["Tab", "v", "Esc", "V", "n", "C"] {
        press(&mut app, "V");
        assert!(app.selection.is_some(), "{leaving}");
        press(&mut app, leaving);
        assert!(app.selection.is_none(), "{leaving}");
        if leaving == "v" || leaving == "C" {
            press(&mut app, leaving);
        }
    }
}

#[test]
fn the_mouse_chooses_words_inside_the_passage_where_it_went_down() {
    let mut app = app(120, 40);
    let (_, area) = app.screen.panes[0];
    let text_row = app.panes[0]
        .visible
        .iter()
        .position(|row| row.slot.passage_index() == Some(1))
        .unwrap() as u16
        + 1;
    let mouse = |app: &mut App, column, row, kind| {
        app.update(Message::Mouse { column, row, kind });
        app.prepare();
    };
    let y = area.text.y + text_row;
    let slot = app.panes[0].visible[usize::from(text_row)].slot;
    mouse(&mut app, area.text.x, y, Mouse::Press);
    mouse(&mut app, area.text.x + 4, y, Mouse::Drag);
    let selection = app.selection.unwrap();
    assert_eq!(
        (selection.pane, selection.slot, selection.span.len()),
        (0, slot, 5)
    );
    // Into the other pane: as far as its own row goes. Far below, into another passage: no further.
    mouse(&mut app, 110, y, Mouse::Drag);
    let wide = app.selection.unwrap();
    assert_eq!((wide.pane, wide.slot), (0, slot));
    let text = app.corpus.documents[0].passage(1).unwrap().text();
    assert!(wide.span.end as usize <= text.len());
    mouse(&mut app, area.text.x, y + 20, Mouse::Drag);
    assert_eq!(app.selection.unwrap(), wide);
    mouse(&mut app, area.text.x, y, Mouse::Press);
    assert!(app.selection.is_none());
}

#[test]
fn a_note_on_a_pair_says_how_they_have_to_do_with_each_other() {
    let mut app = settled(120, 40);
    press(&mut app, "v n R");
    let Some(Overlay::Picker(picker)) = &app.overlay else {
        panic!("the relations are not shown")
    };
    assert_eq!(picker.entries.len(), Relation::ALL.len());
    press(&mut app, "a g r e e s Enter");
    press(&mut app, "n o Ctrl+r");
    let told = app.notice.as_ref().unwrap();
    assert!(told.contains("agrees · [differs] · answers"), "{told}");
    let effects = press(&mut app, "Ctrl+s");
    let [NoteChange::Write(note)] = &changes(&effects)[..] else {
        panic!("{effects:?}")
    };
    assert_eq!(note.places.len(), 2);
    assert_eq!(note.relation, Some(Relation::Differs));
    let documents: Vec<usize> = note
        .places
        .iter()
        .map(|place| place.passage.document)
        .collect();
    assert_eq!(documents, [0, 1]);
}

#[test]
fn what_was_typed_is_not_thrown_away() {
    let mut app = app(120, 40);
    press(&mut app, "g g J A h a l f Esc");
    assert!(app.overlay.is_none());
    assert!(app.notice.as_ref().unwrap().contains("goes on"));
    press(&mut app, "A");
    assert!(matches!(&app.overlay, Some(Overlay::Editor(editor)) if editor.text == "half"));
    press(&mut app, "Ctrl+s");
    press(&mut app, "A");
    assert!(matches!(&app.overlay, Some(Overlay::Editor(editor)) if editor.text.is_empty()));
    // A paste is text, and keys that are commands elsewhere are letters.
    app.update(Message::Paste("two\nlines".into()));
    press(&mut app, "q ?");
    assert!(matches!(&app.overlay, Some(Overlay::Editor(editor)) if editor.text == "two\nlinesq?"));
}

#[test]
fn the_list_finds_goes_to_changes_and_removes_notes() {
    let mut app = app(120, 40);
    press(&mut app, "g g J A f i r s t Ctrl+s");
    press(&mut app, "J A s e c o n d Ctrl+s");
    let there = app.focused().current;
    press(&mut app, "G B s e c o n d Enter");
    assert_eq!(app.focused().current, there);
    press(&mut app, "B f i r s t Ctrl+o !");
    let reworded = changes(&press(&mut app, "Ctrl+s"));
    assert!(matches!(&reworded[..], [NoteChange::Reword { text, .. }] if text == "first!"));
    let removed = changes(&press(&mut app, "B s e c o n d Ctrl+x"));
    assert!(matches!(&removed[..], [NoteChange::Remove(_)]));
    assert_eq!(app.notebook.notes.len(), 1);
    let back = changes(&press(&mut app, "U"));
    assert!(matches!(&back[..], [NoteChange::Restore(_)]));
    let words = changes(&press(&mut app, "U"));
    assert!(matches!(&words[..], [NoteChange::Reword { text, .. }] if text == "first"));
    // The quotation is searched too.
    press(&mut app, "B t w e l v e");
    assert!(matches!(&app.overlay, Some(Overlay::Picker(picker)) if picker.shown.len() == 1));
}

#[test]
fn a_lost_note_says_so_and_is_put_where_the_reader_is() {
    let mut app = app(120, 40);
    press(&mut app, "g g J A x Ctrl+s");
    let note = &mut app.notebook.notes[0];
    note.places.clear();
    note.lost.push(crate::corpus::note::LostPlace {
        document: "flood".into(),
        words: "gone words".into(),
        why: "its words are not in the document any more".into(),
    });
    press(&mut app, "B");
    let Some(Overlay::Picker(picker)) = &app.overlay else {
        panic!()
    };
    assert_eq!(picker.entries[0].lead, "lost");
    assert!(picker.entries[0].about.contains("gone words"));
    press(&mut app, "Enter");
    assert!(app.notice.as_ref().unwrap().contains("lost its place"));
    let put = changes(&press(&mut app, "J J B Ctrl+y"));
    assert!(
        matches!(&put[..], [NoteChange::Write(note)] if note.lost.is_empty() && note.places.len() == 1)
    );
    assert!(app.noted_sign(app.focused().current).is_some());
}

#[test]
fn a_note_on_words_that_have_changed_has_a_sign_until_it_is_put_there_again() {
    use crate::app::notebook::{CHANGED, NOTED, Notebook};
    use crate::corpus::note::{Note, WordsThen};
    let mut app = app(120, 40);
    press(&mut app, "g g J");
    let slot = app.focused().current;
    let note = Note {
        id: "urn:uuid:1".into(),
        places: vec![slot.passage_id().unwrap().into()],
        changed: vec![WordsThen {
            place: 0,
            words: "As it was".into(),
        }],
        text: "hi".into(),
        ..Note::default()
    };
    app.take_notes(Notebook::new(vec![note], "seed".into()), None);
    assert!(
        app.notice
            .as_ref()
            .unwrap()
            .contains("1 note of yours on words that have changed")
    );
    assert_eq!(app.noted_sign(slot), Some(CHANGED));
    press(&mut app, "B");
    let Some(Overlay::Picker(picker)) = &app.overlay else {
        panic!("no list")
    };
    let entry = picker.chosen().unwrap();
    assert!(entry.lead.contains(CHANGED) && entry.about.contains("they were “As it was”"));
    press(&mut app, "Ctrl+y");
    assert_eq!(app.noted_sign(slot), Some(NOTED));
}
