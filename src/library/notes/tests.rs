//! Notes are kept, found again, and lost honestly.

use super::*;
use crate::corpus::note::{Relation, id_of};
use crate::corpus::{Meta, PassageDraft, builtin};
use std::fs;

const NOW: &str = "2031-05-02T10:00:00Z";

fn document(id: &str, texts: &[String]) -> Document {
    let meta = Meta {
        source: "gazette".into(),
        title: "A night of water".into(),
        ..Meta::default()
    };
    let mut document = Document::new(id.into(), meta);
    for text in texts {
        document.push(PassageDraft {
            text: text.clone(),
            ..PassageDraft::default()
        });
    }
    document
}

fn id(document: usize, passage: usize) -> PassageId {
    PassageId { document, passage }
}

fn note(number: usize, places: &[Cited], text: &str) -> Note {
    Note {
        id: id_of("test", number),
        places: places.to_vec(),
        text: text.into(),
        ..Note::default()
    }
}

/// The texts of a document of the built-in corpus: real prose, with names and figures.
fn texts() -> Vec<String> {
    let corpus = builtin::corpus();
    let longest = corpus
        .documents
        .iter()
        .max_by_key(|document| document.len());
    let passages = longest.unwrap().passages();
    passages.map(|passage| passage.text().to_owned()).collect()
}

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::beside(folder.path());
    (folder, store)
}

/// A note on the words of a passage between two of its words.
fn span_of(text: &str, from: usize, to: usize) -> ByteSpan {
    let starts: Vec<usize> = text
        .split_whitespace()
        .map(|word| word.as_ptr() as usize - text.as_ptr() as usize)
        .collect();
    let to = to.min(starts.len() - 1);
    ByteSpan::new(starts[from.min(to - 1)], starts[to] - 1)
}

#[test]
fn what_was_written_reworded_removed_and_restored_is_there_as_it_was_left() {
    let (_folder, store) = store();
    let documents = [document("a", &texts())];
    let span = span_of(&texts()[2], 2, 8);
    let on_span = Cited {
        passage: id(0, 2),
        span: Some(span),
    };
    let first = note(1, &[id(0, 1).into()], "First, with a #tag");
    let second = Note {
        relation: Some(Relation::Differs),
        ..note(2, &[on_span, id(0, 4).into()], "Two places")
    };
    let keep = |change| store.keep(&documents, &change, NOW).unwrap();
    keep(NoteChange::Write(first.clone()));
    keep(NoteChange::Write(second.clone()));
    let (notes, told) = store.load(&documents).unwrap();
    assert_eq!(told, None);
    assert_eq!(notes.len(), 2);
    assert_eq!(notes[0].places, first.places);
    assert_eq!(notes[1].places, second.places);
    assert_eq!(notes[1].relation, Some(Relation::Differs));
    assert_eq!(notes[0].created.as_deref(), Some(NOW));
    keep(NoteChange::Reword {
        id: first.id.clone(),
        text: "Changed".into(),
        relation: None,
    });
    keep(NoteChange::Remove(second.id.clone()));
    let (notes, _) = store.load(&documents).unwrap();
    assert_eq!(notes.len(), 1);
    assert_eq!(
        (notes[0].text.as_str(), &notes[0].places),
        ("Changed", &first.places)
    );
    keep(NoteChange::Restore(second.id.clone()));
    let (notes, _) = store.load(&documents).unwrap();
    assert_eq!(notes[1].places, second.places);
    let gone = NoteChange::Restore("urn:uuid:none".into());
    assert!(matches!(
        store.keep(&documents, &gone, NOW),
        Err(NoteError::Gone)
    ));
}

#[test]
fn every_line_is_a_web_annotation() {
    let (_folder, store) = store();
    let documents = [document("a b/ü", &texts())];
    let change = NoteChange::Write(Note {
        relation: Some(Relation::Answers),
        ..note(1, &[id(0, 1).into(), id(0, 3).into()], "See #this")
    });
    store.keep(&documents, &change, NOW).unwrap();
    let value = &annotations(&store).unwrap()[0];
    // Section 3 of the Web Annotation Data Model: what an annotation must have, and what each of its parts must.
    assert_eq!(value["@context"][0], "http://www.w3.org/ns/anno.jsonld");
    assert_eq!(value["type"], "Annotation");
    assert!(value["id"].as_str().unwrap().starts_with("urn:uuid:"));
    assert_eq!(value["motivation"], "linking");
    let motivations = ["commenting", "tagging", "classifying"];
    for body in value["body"].as_array().unwrap() {
        assert_eq!(body["type"], "TextualBody");
        assert!(body["value"].is_string());
        assert!(motivations.contains(&body["purpose"].as_str().unwrap()));
    }
    for (target, passage) in value["target"].as_array().unwrap().iter().zip([1, 3]) {
        assert_eq!(target["type"], "SpecificResource");
        assert_eq!(target["source"], "urn:diptych:document:a%20b/%C3%BC");
        let [quote, position] = &target["selector"].as_array().unwrap()[..] else {
            panic!("{target}")
        };
        let passage = documents[0].passage(passage).unwrap();
        assert_eq!(quote["type"], "TextQuoteSelector");
        assert_eq!(quote["exact"], passage.text());
        // Characters, not bytes, as the recommendation has it.
        let (start, end) = (
            position["start"].as_u64().unwrap(),
            position["end"].as_u64().unwrap(),
        );
        let characters = documents[0].text().chars();
        let said: String = characters
            .skip(start as usize)
            .take((end - start) as usize)
            .collect();
        assert_eq!(said, passage.text());
    }
}

#[test]
fn a_file_cut_off_anywhere_can_be_read_and_added_to() {
    let (folder, store) = store();
    let documents = [document("a", &texts()[..3])];
    for number in 0..3 {
        let change = NoteChange::Write(note(number, &[id(0, number).into()], "Words"));
        store.keep(&documents, &change, NOW).unwrap();
    }
    let place = folder.path().join(FILE);
    let whole = fs::read(&place).unwrap();
    let ends: Vec<usize> = (0..whole.len()).filter(|at| whole[*at] == b'\n').collect();
    for cut in (0..whole.len()).step_by(37).chain(ends.iter().copied()) {
        fs::write(&place, &whole[..cut]).unwrap();
        let complete = ends.iter().filter(|end| **end <= cut).count();
        let (notes, _) = store.load(&documents).unwrap();
        assert_eq!(notes.len(), complete, "cut at {cut}");
        let change = NoteChange::Write(note(9, &[id(0, 0).into()], "After"));
        store.keep(&documents, &change, NOW).unwrap();
        let (notes, _) = store.load(&documents).unwrap();
        assert_eq!(notes.len(), complete + 1, "cut at {cut}");
        assert_eq!(notes.last().unwrap().text, "After");
    }
}

#[test]
fn lines_that_no_longer_count_are_dropped_and_the_rest_stays_word_for_word() {
    let (folder, store) = store();
    let documents = [document("a", &texts())];
    let place = folder.path().join(FILE);
    fs::write(&place, "not a note\n").unwrap();
    let keep = |change| store.keep(&documents, &change, NOW).unwrap();
    for number in 0..5 {
        keep(NoteChange::Write(note(
            number,
            &[id(0, number + 1).into()],
            "Words",
        )));
    }
    for round in 0..WORTH_COMPACTING {
        keep(NoteChange::Reword {
            id: id_of("test", 1),
            text: format!("Round {round}"),
            relation: None,
        });
    }
    keep(NoteChange::Remove(id_of("test", 2)));
    let before = fs::metadata(&place).unwrap().len();
    let (notes, told) = store.load(&documents).unwrap();
    assert!(told.unwrap().contains("line 1"));
    assert!(fs::metadata(&place).unwrap().len() < before / 10);
    let (again, told) = store.load(&documents).unwrap();
    assert!(told.unwrap().contains("line 1"), "what is no note stays");
    let sorted = |mut notes: Vec<Note>| {
        notes.sort_by(|one, other| one.id.cmp(&other.id));
        notes
    };
    assert_eq!(sorted(notes), sorted(again));
}

#[test]
fn while_one_program_replaces_the_file_another_loses_nothing() {
    let (_folder, store) = store();
    let documents = [document("a", &texts())];
    let written = 60;
    std::thread::scope(|scope| {
        for program in 0..3 {
            let (store, documents) = (&store, &documents);
            scope.spawn(move || {
                for number in 0..written {
                    let number = program * 1000 + number;
                    let change =
                        NoteChange::Write(note(number, &[id(0, number % 9).into()], "Words"));
                    while store.keep(documents, &change, NOW).is_err() {}
                    let gone = NoteChange::Remove(id_of("test", number));
                    if number % 2 == 0 {
                        while store.keep(documents, &gone, NOW).is_err() {}
                    }
                }
            });
        }
        scope.spawn(|| {
            for _ in 0..100 {
                let _ = journal::compact(store.place().unwrap(), shorter);
                std::thread::sleep(std::time::Duration::from_millis(2));
            }
        });
    });
    let (notes, told) = store.load(&documents).unwrap();
    assert_eq!((notes.len(), told), (3 * written / 2, None));
}

/// A way in which a text is edited: the new texts, and for each where it comes from.
type Edit = fn(&[String]) -> Vec<(String, Vec<usize>)>;

fn kept(texts: &[String]) -> Vec<(String, Vec<usize>)> {
    let texts = texts.iter().enumerate();
    texts.map(|(at, text)| (text.clone(), vec![at])).collect()
}

fn changed(texts: &[String], change: impl Fn(usize, &str) -> String) -> Vec<(String, Vec<usize>)> {
    let texts = texts.iter().enumerate();
    texts
        .map(|(at, text)| (change(at, text), vec![at]))
        .collect()
}

fn without_word(text: &str, every: usize) -> String {
    let words = text.split(' ').enumerate();
    let words = words
        .filter(|(at, _)| at % every != every - 1)
        .map(|(_, word)| word);
    words.collect::<Vec<_>>().join(" ")
}

fn typo(text: &str, every: usize) -> String {
    let letters = text.chars().enumerate();
    let swapped = letters.map(|(at, c)| {
        if at % every == every - 1 && c.is_alphabetic() {
            'x'
        } else {
            c
        }
    });
    swapped.collect()
}

fn halves(text: &str) -> [String; 2] {
    let middle = text.len() / 2;
    let cut = (middle..text.len()).find(|at| text.as_bytes()[*at] == b' ');
    let (one, other) = text.split_at(cut.unwrap_or(text.len()));
    [one.to_owned(), other.trim_start().to_owned()]
}

/// Thirty ways in which a text comes to be another.
const EDITS: [(&str, Edit); 30] = [
    ("nothing", kept),
    ("a new paragraph first", |texts| {
        [
            vec![(
                "An editor put this before everything else.".to_owned(),
                vec![],
            )],
            kept(texts),
        ]
        .concat()
    }),
    ("a new paragraph last", |texts| {
        [
            kept(texts),
            vec![(
                "An editor put this behind everything else.".to_owned(),
                vec![],
            )],
        ]
        .concat()
    }),
    ("a new paragraph between all", |texts| {
        kept(texts)
            .into_iter()
            .flat_map(|it| [it, ("Advertisement for a shop.".to_owned(), vec![])])
            .collect()
    }),
    ("the first removed", |texts| kept(texts).split_off(1)),
    ("the last removed", |texts| {
        let mut kept = kept(texts);
        kept.pop();
        kept
    }),
    ("every fifth removed", |texts| {
        kept(texts)
            .into_iter()
            .enumerate()
            .filter(|(at, _)| at % 5 != 4)
            .map(|(_, it)| it)
            .collect()
    }),
    ("turned round", |texts| {
        kept(texts).into_iter().rev().collect()
    }),
    ("halves swapped", |texts| {
        let mut kept = kept(texts);
        let rest = kept.split_off(kept.len() / 2);
        [rest, kept].concat()
    }),
    ("neighbours swapped", |texts| {
        let mut kept = kept(texts);
        for at in (0..kept.len() - 1).step_by(2) {
            kept.swap(at, at + 1);
        }
        kept
    }),
    ("a typo every 60 letters", |texts| {
        changed(texts, |_, text| typo(text, 60))
    }),
    ("a typo every 30 letters", |texts| {
        changed(texts, |_, text| typo(text, 30))
    }),
    ("a typo every 15 letters", |texts| {
        changed(texts, |_, text| typo(text, 15))
    }),
    ("every 20th word removed", |texts| {
        changed(texts, |_, text| without_word(text, 20))
    }),
    ("every 12th word removed", |texts| {
        changed(texts, |_, text| without_word(text, 12))
    }),
    ("curly quotes made straight", |texts| {
        changed(texts, |_, text| {
            text.replace(['“', '”'], "\"").replace('’', "'")
        })
    }),
    ("double spaces", |texts| {
        changed(texts, |_, text| text.replace(". ", ".  "))
    }),
    ("British spelling", |texts| {
        changed(texts, |_, text| {
            text.replace("iz", "is").replace("or ", "our ")
        })
    }),
    ("capitals", |texts| {
        changed(texts, |at, text| {
            if at % 3 == 0 {
                text.to_uppercase()
            } else {
                text.to_owned()
            }
        })
    }),
    ("a date before each", |texts| {
        changed(texts, |at, text| format!("[{at}:00] {text}"))
    }),
    ("a mark behind each", |texts| {
        changed(texts, |at, text| format!("{text} [{at}]"))
    }),
    ("split in two", |texts| {
        texts
            .iter()
            .enumerate()
            .flat_map(|(at, text)| halves(text).map(|half| (half, vec![at])))
            .collect()
    }),
    ("every fourth split", |texts| {
        texts
            .iter()
            .enumerate()
            .flat_map(|(at, text)| {
                if at % 4 == 3 {
                    halves(text).map(|half| (half, vec![at])).to_vec()
                } else {
                    vec![(text.clone(), vec![at])]
                }
            })
            .collect()
    }),
    ("merged in pairs", |texts| {
        texts
            .chunks(2)
            .enumerate()
            .map(|(at, pair)| (pair.join(" "), (2 * at..2 * at + pair.len()).collect()))
            .collect()
    }),
    ("every fourth merged", |texts| {
        let mut made: Vec<(String, Vec<usize>)> = Vec::new();
        for (at, text) in texts.iter().enumerate() {
            match made.last_mut() {
                Some(last) if at % 4 == 3 => {
                    last.0 = format!("{} {text}", last.0);
                    last.1.push(at);
                }
                _ => made.push((text.clone(), vec![at])),
            }
        }
        made
    }),
    ("repeated at the end", |texts| {
        [kept(texts), kept(&texts[..5])].concat()
    }),
    ("repeated altogether", |texts| {
        [kept(texts), kept(texts)].concat()
    }),
    ("one sentence added to each", |texts| {
        changed(texts, |_, text| {
            format!("{text} The paper has asked for a comment.")
        })
    }),
    ("moved and with typos", |texts| {
        changed(texts, |_, text| typo(text, 40))
            .into_iter()
            .rev()
            .collect()
    }),
    ("removed and with words missing", |texts| {
        changed(texts, |_, text| without_word(text, 15))
            .into_iter()
            .enumerate()
            .filter(|(at, _)| at % 4 != 0)
            .map(|(_, it)| it)
            .collect()
    }),
];

#[test]
fn a_text_edited_in_thirty_ways_never_takes_a_note_to_a_wrong_passage_and_keeps_nine_of_ten() {
    // As many as a build for testing looks through in some seconds.
    let texts: Vec<String> = texts().into_iter().take(16).collect();
    let original = [document("a", &texts)];
    let (_folder, store) = store();
    // On each passage, and on a stretch of it.
    let mut places = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        places.push(Cited::from(id(0, at)));
        if text.split_whitespace().count() >= 14 {
            places.push(Cited {
                passage: id(0, at),
                span: Some(span_of(text, 3, 11)),
            });
        }
    }
    for (number, place) in places.iter().enumerate() {
        let change = NoteChange::Write(note(number, &[*place], &number.to_string()));
        store.keep(&original, &change, NOW).unwrap();
    }
    let (mut rightful, mut found, mut wrong) = (0, 0, Vec::new());
    for (name, edit) in EDITS {
        let made = edit(&texts);
        let edited = [document(
            "a",
            &made
                .iter()
                .map(|(text, _)| text.clone())
                .collect::<Vec<_>>(),
        )];
        let (notes, _) = store.load(&edited).unwrap();
        let (mut of_edit, mut found_of_edit) = (0, 0);
        for (number, place) in places.iter().enumerate() {
            let from = place.passage.passage;
            let homes: Vec<usize> = (0..made.len())
                .filter(|at| made[*at].1.contains(&from))
                .collect();
            let note = notes
                .iter()
                .find(|note| note.text == number.to_string())
                .unwrap();
            // Rightful: its passage is there once, and the stretch of it is whole. What stands twice has no surest place.
            let is_whole_there = match (&homes[..], place.span) {
                (&[home], None) => made[home].0.len() * 5 >= texts[from].len() * 4,
                (&[_], Some(_)) => true,
                (halves, Some(span)) => {
                    let words = span.of(&texts[from]);
                    halves
                        .iter()
                        .filter(|at| made[**at].0.contains(words))
                        .count()
                        == 1
                }
                (_, None) => false,
            };
            of_edit += usize::from(is_whole_there);
            if let Some(now) = note.places.first() {
                if homes.contains(&now.passage.passage) {
                    found_of_edit += usize::from(is_whole_there);
                } else {
                    wrong.push((name, number, now.passage.passage, homes));
                }
            } else {
                assert_eq!(note.lost.len(), 1);
            }
        }
        eprintln!("{name}: {found_of_edit} of {of_edit}");
        rightful += of_edit;
        found += found_of_edit;
    }
    eprintln!("found again: {found} of {rightful}");
    assert!(wrong.is_empty(), "{wrong:?}");
    assert!(found * 10 >= rightful * 9, "{found} of {rightful}");
}

#[test]
fn a_lost_note_keeps_its_words_and_can_be_put_back() {
    let (_folder, store) = store();
    let before = [document("a", &texts())];
    let written = note(1, &[id(0, 5).into()], "What was here");
    store
        .keep(&before, &NoteChange::Write(written.clone()), NOW)
        .unwrap();
    let without: Vec<String> = texts().into_iter().take(5).collect();
    let after = [document("a", &without)];
    let (notes, _) = store.load(&after).unwrap();
    assert!(notes[0].places.is_empty());
    assert_eq!(notes[0].lost[0].words, texts()[5]);
    let put = Note {
        places: vec![id(0, 2).into()],
        lost: Vec::new(),
        ..notes[0].clone()
    };
    store.keep(&after, &NoteChange::Write(put), NOW).unwrap();
    let (notes, _) = store.load(&after).unwrap();
    assert_eq!(notes[0].places, [Cited::from(id(0, 2))]);
    assert_eq!(notes[0].id, written.id);
}

#[test]
fn notes_on_other_files_are_neither_shown_nor_lost() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store(Place {
        file: Some(folder.path().join(FILE)),
        root: None,
        shared: true,
    });
    let one = [document("one.txt", &texts())];
    let other = [document(
        "other.txt",
        &["Something else altogether.".to_owned()],
    )];
    let change = NoteChange::Write(note(1, &[id(0, 1).into()], "Mine"));
    store.keep(&one, &change, NOW).unwrap();
    assert_eq!(store.load(&other).unwrap().0, []);
    assert_eq!(store.load(&one).unwrap().0.len(), 1);
}

#[test]
fn a_place_whose_words_have_changed_is_found_and_has_the_words_of_then() {
    let (_folder, store) = store();
    let before = texts();
    let long = before
        .iter()
        .position(|text| text.len() > 1200 && text.is_ascii());
    let long = long.unwrap_or(5);
    let documents = [document("a", &before)];
    let span = Cited {
        passage: id(0, 3),
        span: Some(span_of(&before[3], 2, 9)),
    };
    let first = note(
        1,
        &[id(0, long).into(), id(0, 2).into()],
        "Two, of which one changes",
    );
    let second = note(2, &[span], "Words of a passage");
    for change in [first.clone(), second.clone()] {
        store
            .keep(&documents, &NoteChange::Write(change), NOW)
            .unwrap();
    }
    let (notes, _) = store.load(&documents).unwrap();
    assert!(
        notes.iter().all(|note| note.changed.is_empty()),
        "{notes:?}"
    );
    let mut after = before.clone();
    after[long] = after[long].replacen(' ', " (as was said) ", 1);
    let words = span.span.unwrap().of(&before[3]);
    let mut letters: Vec<char> = words.chars().collect();
    let middle = letters.len() / 2;
    letters[middle] = 'X';
    let typo: String = letters.iter().collect();
    after[3] = after[3].replacen(words, &typo, 1);
    let documents = [document("a", &after)];
    let (notes, _) = store.load(&documents).unwrap();
    assert_eq!(notes[0].places.len(), 2, "{notes:?}");
    assert_eq!(notes[0].words_then(0), Some(before[long].as_str()));
    assert_eq!(notes[0].words_then(1), None);
    assert_eq!(notes[1].words_then(0), Some(words));
    // Put there again it is on the words as they are.
    let put = Note {
        changed: Vec::new(),
        ..notes[1].clone()
    };
    store
        .keep(&documents, &NoteChange::Write(put), NOW)
        .unwrap();
    let (notes, _) = store.load(&documents).unwrap();
    assert!(notes[1].changed.is_empty());
}
