//! The reader driven by keys, as a person would.

use crate::analysis::alignment::Decisions;
use crate::app::effect::Effect;
use crate::app::following::Linking;
use crate::app::message::{Finding, Message, Mouse, Report, Stage, Ticket};
use crate::app::perspective::{Perspective, Slot};
use crate::app::tests_support::{app, compared, corpus, opened, press};
use crate::app::{App, Known, Opening, Overlay, Settings};

fn currents(app: &App) -> Vec<usize> {
    app.panes
        .iter()
        .map(|pane| pane.current.passage_index().map_or(0, |index| index + 1))
        .collect()
}

#[test]
fn the_first_screen_is_a_comparison_on_the_first_topic() {
    let app = app(120, 40);
    assert_eq!(app.panes.len(), 2);
    assert_eq!(app.topic(), Some(0));
    let sources: Vec<_> = app
        .panes
        .iter()
        .map(|pane| {
            app.corpus.documents[pane.current.document()]
                .meta
                .source
                .as_str()
        })
        .collect();
    assert_ne!(sources[0], sources[1]);
    assert!(app.panes.iter().all(|pane| pane.topic_rank() == 1));
}

#[test]
fn a_digit_moves_both_panes_to_its_topic() {
    let mut app = app(120, 12);
    press(&mut app, "2");
    assert_eq!(app.topic(), Some(1));
    for pane in &app.panes {
        assert_eq!(pane.topic_rank(), 1);
        assert!(pane.visible.iter().any(|row| row.slot == pane.current));
    }
}

#[test]
fn the_same_digit_again_goes_on_along_the_topic() {
    let mut app = app(120, 12);
    let first = currents(&app);
    press(&mut app, "1");
    assert_ne!(currents(&app), first);
}

#[test]
fn next_moves_all_panes_when_linked_and_one_when_not() {
    let mut linked = app(120, 12);
    let before = currents(&linked);
    press(&mut linked, "n");
    let after = currents(&linked);
    assert!(
        before
            .iter()
            .zip(&after)
            .all(|(before, after)| before != after),
        "{before:?} {after:?}"
    );

    let mut free = app(120, 12);
    press(&mut free, "l l");
    let before = currents(&free);
    press(&mut free, "n");
    let after = currents(&free);
    assert_eq!(before[1 - free.focus], after[1 - free.focus]);
    assert_ne!(before[free.focus], after[free.focus]);
}

#[test]
fn next_at_the_last_passage_says_so_and_stays() {
    let mut app = app(120, 12);
    press(&mut app, "n n n n n n n n");
    let last = currents(&app);
    press(&mut app, "n");
    assert_eq!(currents(&app), last);
    assert!(app.notice.as_deref().unwrap().contains("last"));
}

#[test]
fn a_topic_without_passages_here_is_said_not_hidden() {
    let mut corpus = corpus();
    corpus.topics[1].cues = vec!["ministry".into()];
    corpus.documents.truncate(2);
    corpus.topics[2].cues = vec!["unheard word".into()];
    let tagging = crate::analysis::tagging::tag(&corpus.documents, &corpus.topics, "en", true);
    let opening = Opening {
        corpus,
        whole: None,
        known: Known::All(tagging),
        perspectives: Vec::new(),
        notice: None,
        decisions: Decisions::default(),
        settings: Settings::default(),
    };
    let mut app = App::new(opening, 120, 40).0;
    press(&mut app, "3");
    assert!(
        app.notice
            .as_deref()
            .unwrap()
            .contains("Nothing found on “Schools”")
    );
}

#[test]
fn back_and_forward_travel_through_jumps() {
    let mut app = app(120, 12);
    let start = currents(&app);
    press(&mut app, "2");
    let second = currents(&app);
    press(&mut app, "H");
    assert_eq!((currents(&app), app.topic()), (start, Some(0)));
    press(&mut app, "L");
    assert_eq!((currents(&app), app.topic()), (second, Some(1)));
}

#[test]
fn search_goes_to_hits_and_escape_returns() {
    let mut app = app(120, 12);
    let before = app.panes[app.focus].top;
    press(&mut app, "/ m i n i s t r y");
    assert_ne!(currents(&app), vec![0, 0]);
    let hits: usize = app
        .search
        .as_ref()
        .unwrap()
        .hits
        .iter()
        .flatten()
        .flatten()
        .map(|(_, hits)| hits)
        .sum();
    assert_eq!(hits, 3);
    press(&mut app, "Esc");
    assert!(app.search.is_none());
    assert_eq!(app.panes[app.focus].top, before);
    press(&mut app, "/ d a m Enter");
    let first = currents(&app);
    press(&mut app, "n");
    assert_ne!(
        currents(&app),
        first,
        "n goes along the hits while a search is on"
    );
}

#[test]
fn panes_can_be_added_swapped_zoomed_and_closed() {
    let mut app = app(200, 40);
    press(&mut app, "a Esc");
    assert_eq!(app.panes.len(), 3);
    press(&mut app, "a Esc a");
    assert_eq!(app.panes.len(), 4);
    assert!(app.notice.as_deref().unwrap().contains("4 panes"));
    press(&mut app, "z");
    assert_eq!(app.screen.panes.len(), 1);
    press(&mut app, "z c c");
    assert_eq!(app.panes.len(), 2);
    let shown: Vec<_> = app
        .panes
        .iter()
        .map(|pane| pane.perspective.clone())
        .collect();
    press(&mut app, "x");
    assert_eq!(app.panes[0].perspective, shown[1]);
    press(&mut app, "c c");
    assert_eq!(app.panes.len(), 1, "the last pane stays");
}

#[test]
fn a_pane_can_show_a_voice() {
    let mut app = app(120, 40);
    press(&mut app, "p v o i c e Space A d a Enter");
    assert_eq!(app.focused().perspective, Perspective::Voice("Ada".into()));
}

#[test]
fn palette_runs_what_is_chosen() {
    let mut app = app(120, 40);
    press(&mut app, ": l i n k Enter");
    assert_eq!(app.linking, Linking::Topics);
    assert_eq!(press(&mut app, ": q u i t Enter"), [Effect::Quit]);
}

#[test]
fn help_names_every_action_and_can_be_searched() {
    let mut app = app(120, 40);
    press(&mut app, "?");
    let Some(Overlay::Picker(picker)) = &app.overlay else {
        panic!("no help")
    };
    // The ten topic keys share a line.
    assert_eq!(picker.entries.len(), crate::app::action::ACTIONS.len() - 9);
    press(&mut app, "s w a p");
    let Some(Overlay::Picker(picker)) = &app.overlay else {
        panic!("no help")
    };
    assert_eq!(picker.chosen().unwrap().label, "Swap panes");
}

#[test]
fn the_wheel_scrolls_the_pane_under_the_pointer_and_a_click_focuses_it() {
    let mut app = app(120, 12);
    press(&mut app, "g g");
    let focus = app.focus;
    let tops: Vec<_> = app.panes.iter().map(|pane| pane.top).collect();
    app.update(Message::Mouse {
        column: 100,
        row: 8,
        kind: Mouse::WheelDown,
    });
    app.prepare();
    assert_eq!(app.panes[0].top, tops[0]);
    assert_ne!(app.panes[1].top, tops[1]);
    assert_eq!(app.focus, focus);
    app.update(Message::Mouse {
        column: 100,
        row: 8,
        kind: Mouse::Press,
    });
    assert_eq!(app.focus, 1);
}

#[test]
fn the_end_shows_the_last_row_at_the_bottom() {
    let mut app = app(120, 12);
    press(&mut app, "G");
    let pane = app.focused();
    let last = pane.contents.get(pane.contents.len() - 1).unwrap();
    assert_eq!(pane.visible.last().unwrap().slot, last);
    assert_eq!(pane.visible.len(), usize::from(pane.height));
}

#[test]
fn topics_that_arrive_later_open_the_first_that_both_speak_of() {
    let corpus = corpus();
    let topics = corpus.topics.clone();
    let tagging = crate::analysis::tagging::tag(&corpus.documents, &topics, "en", true);
    let bare = crate::corpus::Corpus {
        topics: Vec::new(),
        ..corpus
    };
    let perspectives = vec![Perspective::Document(0), Perspective::Document(1)];
    let opening = Opening {
        corpus: bare,
        whole: None,
        known: Known::Nothing,
        perspectives,
        notice: None,
        decisions: Decisions::default(),
        settings: Settings::default(),
    };
    let (mut app, effects) = App::new(opening, 120, 12);
    assert_eq!(effects, [Effect::FindTopics(Ticket(1))]);
    let stale = Report {
        ticket: Ticket(7),
        stage: Stage::Finished(Finding::Topics(Vec::new(), tagging.clone())),
    };
    app.update(Message::Report(stale));
    assert!(app.finding_topics.is_some(), "a stale ticket is dropped");
    app.update(Message::Report(Report {
        ticket: Ticket(1),
        stage: Stage::Finished(Finding::Topics(topics, tagging)),
    }));
    app.prepare();
    assert_eq!(app.topic(), Some(0));
    assert!(app.panes.iter().all(|pane| pane.topic_rank() == 1));
}

#[test]
fn information_tells_why_a_passage_is_on_the_topic() {
    let mut app = app(120, 40);
    press(&mut app, "i");
    let Some(Overlay::Information(information)) = &app.overlay else {
        panic!("no information")
    };
    let text = format!("{:?}", information.lines);
    assert!(
        text.contains("it has “dam”") && text.contains("The Gazette"),
        "{text}"
    );
}

#[test]
fn stepping_by_passage_passes_over_heads() {
    let mut app = app(120, 40);
    press(&mut app, "g g");
    assert_eq!(
        app.focused().current,
        Slot::passage(app.focused().current.document(), 0)
    );
    press(&mut app, "J");
    assert_eq!(app.focused().current.passage_index(), Some(1));
    press(&mut app, "K K");
    assert!(app.notice.as_deref().unwrap().contains("start"));
}

#[test]
fn every_row_down_moves_the_text_by_one_row() {
    let mut app = app(120, 12);
    press(&mut app, "g g");
    for _ in 0..6 {
        let second = app.focused().visible[1];
        press(&mut app, "j");
        let first = app.focused().visible[0];
        assert_eq!((first.slot, first.row), (second.slot, second.row));
    }
}

#[test]
fn the_last_line_of_the_information_can_be_reached() {
    let mut corpus = corpus();
    let left_out = |line| crate::corpus::LeftOut {
        line,
        text: "a share button ".repeat(20),
        reason: "not the article".into(),
    };
    corpus.documents[0].meta.left_out = (1..=30).map(left_out).collect();
    let opening = Opening {
        corpus,
        whole: None,
        known: Known::Nothing,
        perspectives: vec![Perspective::Document(0)],
        notice: None,
        decisions: Decisions::default(),
        settings: Settings::default(),
    };
    let mut app = App::new(opening, 60, 14).0;
    press(&mut app, "i G");
    let Some(Overlay::Information(information)) = &app.overlay else {
        panic!("no information")
    };
    assert_eq!(information.top + information.page(), information.rows.len());
    assert!(
        information.rows.len() > 60,
        "values are wrapped: {}",
        information.rows.len()
    );
}

#[test]
fn a_topic_asked_for_too_early_is_opened_when_it_is_known() {
    let corpus = corpus();
    let topics = corpus.topics.clone();
    let first = crate::analysis::tagging::tag(&corpus.documents, &topics[..1], "en", true);
    let all = crate::analysis::tagging::tag(&corpus.documents, &topics, "en", true);
    let opening = Opening {
        corpus,
        whole: None,
        known: Known::First(first),
        perspectives: Vec::new(),
        notice: None,
        decisions: Decisions::default(),
        settings: Settings::default(),
    };
    let (mut app, _) = App::new(opening, 120, 12);
    assert_eq!(app.topic(), Some(0), "the first topic is open at once");
    press(&mut app, "2");
    assert!(app.notice.as_deref().unwrap().contains("Still looking"));
    app.update(Message::Report(Report {
        ticket: Ticket(1),
        stage: Stage::Finished(Finding::Topics(topics, all)),
    }));
    assert_eq!(app.topic(), Some(1));
    assert!(app.panes.iter().all(|pane| pane.topic_rank() == 1));
}

#[test]
fn unlinked_panes_keep_topics_of_their_own() {
    let mut app = app(120, 12);
    press(&mut app, "l l 2");
    assert_eq!((app.panes[0].topic, app.panes[1].topic), (Some(1), Some(0)));
    assert!(!app.panes[1].on_topic.is_empty(), "its marks stay");
    press(&mut app, "l");
    assert_eq!(
        app.panes[1].topic,
        Some(1),
        "linking again gives all panes one topic"
    );
}

#[test]
fn going_back_passes_over_all_steps_along_a_topic_at_once() {
    let mut app = app(120, 12);
    let start = currents(&app);
    press(&mut app, "n n n H");
    assert_eq!(currents(&app), start);
}

#[test]
fn n_goes_from_hit_to_hit_inside_a_passage() {
    let mut corpus = corpus();
    let text = "word ".repeat(400);
    let draft = crate::corpus::PassageDraft {
        text,
        ..crate::corpus::PassageDraft::default()
    };
    corpus.documents[0].push(draft);
    let known = Known::All(crate::analysis::tagging::tag(
        &corpus.documents,
        &corpus.topics,
        "en",
        true,
    ));
    let perspectives = vec![Perspective::Document(0)];
    let opening = Opening {
        whole: None,
        corpus,
        known,
        perspectives,
        notice: None,
        decisions: Decisions::default(),
        settings: Settings::default(),
    };
    let mut app = App::new(opening, 60, 12).0;
    press(&mut app, "/ w o r d Enter");
    let mut seen = vec![app.focused().hit.unwrap()];
    for _ in 0..399 {
        press(&mut app, "n");
        seen.push(app.focused().hit.unwrap());
    }
    assert!(
        seen.is_sorted() && seen.windows(2).all(|pair| pair[0] != pair[1]),
        "each hit is visited once"
    );
    let (slot, byte) = *seen.last().unwrap();
    let on_screen = app.focused().visible.iter().any(|row| match row.row {
        crate::app::block::BlockRow::Text { row: text, .. } => {
            row.slot == slot && text.span.start <= byte && byte < text.span.end
        }
        _ => false,
    });
    assert!(on_screen, "the last hit is seen");
    press(&mut app, "n");
    assert!(app.notice.as_deref().unwrap().contains("last hit"));
}

#[test]
fn a_click_takes_the_entry_under_it() {
    let mut app = app(120, 40);
    press(&mut app, "t");
    let area = app.overlay_area();
    app.update(Message::Mouse {
        column: area.x + 5,
        row: area.y + 3,
        kind: Mouse::Press,
    });
    assert!(app.overlay.is_none());
    assert_eq!(app.topic(), Some(1), "the second entry");
    press(&mut app, "t");
    app.update(Message::Mouse {
        column: 0,
        row: 39,
        kind: Mouse::Press,
    });
    assert!(app.overlay.is_none(), "a click beside the list closes it");
}

#[test]
fn a_comparison_that_is_needed_is_asked_for_once_and_kept() {
    let (mut app, effects) = opened(120, 40);
    assert!(
        matches!(effects[..], [Effect::Compare { .. }, Effect::FindCopies(_)]),
        "{effects:?}"
    );
    assert_eq!(press(&mut app, "j"), []);
    let report = compared(&app, &effects[0]);
    assert!(app.comparison(0, 1).is_none());
    app.update(report);
    assert!(!app.comparison(0, 1).unwrap().links.is_empty());
    assert_eq!(press(&mut app, "j Tab"), []);
    assert_eq!(
        press(&mut app, "x").len(),
        1,
        "the other way round is another comparison"
    );
    assert_eq!(
        press(&mut app, "x").len(),
        1,
        "and is stopped when nobody needs it"
    );
    assert!(app.comparison(0, 1).is_some());
}

#[test]
fn a_comparison_that_nobody_needs_any_more_is_cancelled_and_its_report_dropped() {
    let (mut app, effects) = opened(120, 40);
    let report = compared(&app, &effects[0]);
    let Effect::Compare { ticket, .. } = effects[0] else {
        panic!()
    };
    assert_eq!(press(&mut app, "l"), []);
    assert_eq!(
        press(&mut app, "l"),
        [Effect::Cancel(ticket)],
        "panes that are free need none"
    );
    app.stale = false;
    app.update(report);
    assert!(app.comparison(0, 1).is_none());
    assert!(!app.stale, "nothing changed");
}

#[test]
fn a_comparison_that_failed_is_not_asked_for_over_and_over() {
    let (mut app, effects) = opened(120, 40);
    let Effect::Compare { ticket, .. } = effects[0] else {
        panic!()
    };
    let stage = Stage::Failed("comparing went wrong".into());
    assert_eq!(app.update(Message::Report(Report { ticket, stage })), []);
    assert!(
        app.notice
            .as_deref()
            .unwrap()
            .contains("comparing went wrong")
    );
    assert_eq!(press(&mut app, "j k"), []);
}

/// Texts of which only the first may be read.
struct FirstAlone(Vec<crate::corpus::Document>, std::sync::atomic::AtomicUsize);

impl crate::corpus::unread::Shelf for FirstAlone {
    fn meta(&self, place: usize) -> crate::corpus::Meta {
        crate::corpus::Meta::clone(&self.0[place].meta)
    }

    fn source(&self, number: u32) -> &crate::corpus::SourceId {
        self.0[number as usize].source()
    }

    fn title(&self, place: usize) -> &str {
        self.0[place].title()
    }

    fn voices(&self, place: usize) -> Vec<(&str, usize)> {
        self.0[place].voice_counts()
    }

    fn read(&self, place: usize) -> crate::corpus::Document {
        assert_eq!(place, 0, "no other text is read");
        self.0[0].clone()
    }

    fn lent(&self) -> &std::sync::atomic::AtomicUsize {
        &self.1
    }
}

/// A corpus of which only the first text may be read, and its tags.
fn read_on_demand() -> Opening {
    use crate::analysis::tagging::{KnownPlaces, Tagging, tag};
    use crate::corpus::unread::{Shelf, Summary};
    use crate::corpus::{Corpus, Document};
    use std::sync::Arc;
    let read = crate::app::tests_support::corpus();
    let tagging = tag(&read.documents, &read.topics, &read.language, true);
    let mut places = KnownPlaces::default();
    for at in 0..read.documents.len() {
        let mut numbers = Vec::new();
        for topic in 0..read.topics.len() {
            let on = tagging.places(at, topic);
            numbers.extend([topic as u32, on.len() as u32]);
            numbers.extend(on.into_iter().map(|place| place as u32));
        }
        places.extend(&[numbers.len()], &numbers);
    }
    let shelf: Arc<dyn Shelf> = Arc::new(FirstAlone(
        read.documents.clone(),
        std::sync::atomic::AtomicUsize::new(0),
    ));
    let documents = read.documents.iter().enumerate().map(|(at, document)| {
        let summary = Summary {
            passages: document.len() as u32,
            prose: document.prose_count() as u32,
            bytes: 100 << 20,
            source: at as u32,
        };
        Document::unread(document.id.clone(), Arc::clone(&shelf), at, summary)
    });
    let documents = documents.collect();
    let (of_first, topics) = (read.documents[0].clone(), read.topics.clone());
    let tags = move |at: usize| {
        assert_eq!(at, 0, "no other text is tagged");
        tag(std::slice::from_ref(&of_first), &topics, "en", true)
    };
    Opening {
        corpus: Corpus { documents, ..read },
        whole: None,
        known: Known::All(Tagging::on_demand(places, Arc::new(tags))),
        perspectives: vec![Perspective::Document(0)],
        notice: None,
        decisions: Decisions::default(),
        settings: Settings::default(),
    }
}

#[test]
fn of_a_large_corpus_only_the_texts_that_are_shown_are_read() {
    let (mut app, _) = App::new(read_on_demand(), 120, 40);
    assert_eq!(app.panes.len(), 1);
    press(&mut app, "n n 2 t Esc p s t r e e t");
    let Some(Overlay::Picker(picker)) = &app.overlay else {
        panic!("what a pane can show")
    };
    let listed = picker.chosen().expect("the other text is listed");
    let (detail, _) = app.said_of(listed);
    assert!(detail.contains("7 passages"), "{detail}");
    press(&mut app, "Esc C j l Tab");
    assert!(
        app.notice.as_ref().unwrap().contains("Too many texts"),
        "{:?}",
        app.notice
    );
    let counts = app.coverage.as_ref().unwrap().counts.as_ref().unwrap();
    assert_eq!((counts.passages(0, 0), counts.passages(0, 1)), (3, 2));
    press(&mut app, "Esc C e Esc e i Esc S Esc / d a m Esc");
    // From a voice too, whose matrix is one of voices elsewhere.
    app.panes[0].perspective = Perspective::Voice("Somebody".to_owned());
    press(&mut app, "C");
    let matrix = app.coverage.as_ref().expect("the matrix is open");
    assert_eq!(matrix.look.by, crate::analysis::coverage::By::Sources);
    assert!(matrix.counts.is_some());
}

#[test]
fn what_is_typed_takes_the_place_of_an_earlier_search() {
    let mut app = app(120, 40);
    press(&mut app, "S d a m Esc S");
    let line = |app: &App| app.results().expect("the search").input.value().to_owned();
    assert_eq!(line(&app), "dam");
    press(&mut app, "i c e");
    assert_eq!(line(&app), "ice");
    // Who moves in it goes on with it.
    press(&mut app, "Esc S Left End x");
    assert_eq!(line(&app), "icex");
    press(&mut app, "Esc S Backspace");
    assert_eq!(line(&app), "");
}

#[test]
fn a_cell_of_the_matrix_over_the_evidence_opens_in_the_documents() {
    let mut app = app(120, 40);
    press(&mut app, "e C Enter");
    assert!(app.coverage.is_none() && app.evidence.is_none() && app.facing.is_none());
}
