//! The evidence view driven by keys.

use crate::analysis::wording::Included;
use crate::app::App;
use crate::app::action::Context;
use crate::app::copied::Search;
use crate::app::effect::Effect;
use crate::app::evidence::Section;
use crate::app::evidence::lines::{Entry, Line};
use crate::app::message::{Message, Mouse, Report, Stage, Ticket};
use crate::app::perspective::Perspective;
use crate::app::tests_support::{corpus, opened_on, press, settle};
use crate::corpus::{Corpus, Naming, PassageDraft};

const WIRE: &str = "The dam above the town gave way before dawn and took the lower bridge with it, the district office said.";

/// Two accounts with rival names for two things, and a text that both have.
fn corpus_with_names() -> Corpus {
    let mut corpus = corpus();
    let naming = |id: &str, terms: &[&str]| Naming {
        id: id.into(),
        title: id.into(),
        terms: terms.iter().map(|term| (*term).to_owned()).collect(),
    };
    corpus.namings = vec![
        naming("Those in charge", &["ministry", "officials"]),
        naming("What was built", &["dam", "wall"]),
    ];
    for (at, times) in [(0, 2), (1, 1)] {
        for _ in 0..times {
            corpus.documents[at].push(PassageDraft {
                text: WIRE.to_owned(),
                ..PassageDraft::default()
            });
        }
    }
    corpus
}

/// The reader on that, with nothing left to be done.
fn app(columns: u16, rows: u16) -> App {
    let (mut app, effects) = opened_on(corpus_with_names(), columns, rows);
    settle(&mut app, effects);
    app
}

/// Types keys, one after the other, and does what each asks for.
fn type_keys(app: &mut App, keys: &str) {
    for key in keys.split(' ') {
        let effects = press(app, key);
        settle(app, effects);
    }
}

fn entry(app: &App) -> Option<Entry> {
    app.evidence.as_ref()?.entry()
}

#[test]
fn e_opens_the_evidence_of_the_topic_and_closes_it() {
    let mut app = app(120, 40);
    type_keys(&mut app, "e");
    assert_eq!(app.context(), Context::Evidence);
    let view = app.evidence.as_ref().unwrap();
    assert!(view.evidence.is_some());
    assert!(
        matches!(view.entry(), Some(Entry::Figure { .. })),
        "{:?}",
        view.entry()
    );
    type_keys(&mut app, "Tab Tab");
    assert!(matches!(entry(&app), Some(Entry::Name { .. })));
    type_keys(&mut app, "e");
    assert!(app.evidence.is_none());
    assert_eq!(app.context(), Context::Reading);
}

#[test]
fn w_says_of_a_figure_why_it_is_compared_and_belongs_to_figures() {
    let mut app = app(120, 40);
    type_keys(&mut app, "e");
    let height = app.evidence.as_ref().unwrap().plan.detail.height;
    type_keys(&mut app, "w");
    let view = app.evidence.as_ref().unwrap();
    assert!(view.why && view.plan.detail.height > height);
    // It lasts from figure to figure, and says nothing of words.
    type_keys(&mut app, "j Tab Tab w");
    assert!(app.evidence.as_ref().unwrap().why);
    assert!(app.notice.as_ref().unwrap().contains("figures"));
    type_keys(&mut app, "f w");
    let view = app.evidence.as_ref().unwrap();
    assert!(!view.why && view.plan.detail.height == height);
}

#[test]
fn an_entry_leads_to_its_places_one_after_the_other_and_back_returns_to_it() {
    let mut app = app(120, 40);
    type_keys(&mut app, "* e Tab Tab J");
    let (there, before) = (entry(&app), app.evidence.as_ref().unwrap().look.clone());
    assert_eq!(
        there,
        Some(Entry::Name {
            naming: 1,
            term: 0,
            side: 0
        })
    );
    type_keys(&mut app, "Enter");
    assert!(app.evidence.is_none());
    let pointed = app.pointed.clone().unwrap();
    assert!(pointed.places.len() > 3, "{pointed:?}");
    let mut seen = Vec::new();
    for _ in 0..pointed.places.len() {
        let (pane, place) = app.pointed.as_ref().unwrap().place();
        let text = app.passage_text(place.passage);
        assert_eq!(place.span.of(text).to_lowercase(), "dam");
        assert_eq!(app.focus, pane);
        assert_eq!(
            app.panes[pane].current.passage_index(),
            Some(place.passage.passage)
        );
        seen.push(place);
        type_keys(&mut app, "Enter");
    }
    seen.dedup();
    assert_eq!(seen.len(), pointed.places.len(), "each is another place");
    assert_eq!(
        app.pointed.as_ref().unwrap().at,
        0,
        "after the last comes the first"
    );
    type_keys(&mut app, "H");
    assert_eq!(
        entry(&app),
        there,
        "steps in a row are gone back over at once"
    );
    assert_eq!(app.evidence.as_ref().unwrap().look, before);
    assert!(app.pointed.is_none());
}

#[test]
fn the_mark_lasts_until_the_reader_jumps() {
    let mut app = app(120, 12);
    type_keys(&mut app, "e Enter j j d u");
    let (pane, place) = app.pointed.as_ref().unwrap().place();
    assert_eq!(
        app.pointed_in(pane, crate::app::pointed::slot_of(place)),
        Some(place.span)
    );
    type_keys(&mut app, "2");
    assert!(app.pointed.is_none());
    type_keys(&mut app, "1 e Enter");
    assert!(app.pointed.is_some());
    type_keys(&mut app, "Esc");
    assert!(app.pointed.is_none());
}

#[test]
fn left_and_right_go_to_the_sides_and_enter_to_the_pane_of_that_side() {
    let mut app = app(120, 40);
    type_keys(&mut app, "* e Tab Tab J Right");
    assert_eq!(
        entry(&app),
        Some(Entry::Name {
            naming: 1,
            term: 0,
            side: 1
        })
    );
    type_keys(&mut app, "Enter");
    assert_eq!(app.focus, 1);
}

#[test]
fn topics_change_inside_and_what_was_found_is_kept() {
    let mut app = app(120, 40);
    type_keys(&mut app, "e");
    let asked = app.evidence_asked().unwrap();
    let effects = press(&mut app, "2");
    assert!(
        matches!(effects[..], [Effect::Gather { .. }]),
        "{effects:?}"
    );
    assert!(app.evidence.is_some());
    settle(&mut app, effects);
    assert_ne!(app.evidence_asked().unwrap(), asked);
    assert_eq!(press(&mut app, "1"), [], "it is known already");
    assert_eq!(app.evidence_asked().unwrap(), asked);
    assert!(app.evidence.as_ref().unwrap().evidence.is_some());
}

#[test]
fn what_nobody_waits_for_any_more_is_cancelled_and_its_report_dropped() {
    let mut app = app(120, 40);
    let effects = press(&mut app, "e");
    let [Effect::Gather { ticket, .. }] = effects[..] else {
        panic!("{effects:?}")
    };
    let changed = press(&mut app, "2");
    assert_eq!(changed[0], Effect::Cancel(ticket));
    app.stale = false;
    let stage = Stage::Finished(crate::app::message::Finding::Evidence(
        std::sync::Arc::default(),
    ));
    app.update(Message::Report(Report { ticket, stage }));
    assert!(!app.stale && app.evidence_found().is_none());
}

#[test]
fn leaving_stops_the_work_and_opening_again_starts_it_again() {
    let mut app = app(120, 40);
    let effects = press(&mut app, "e");
    let [Effect::Gather { ticket, .. }] = effects[..] else {
        panic!("{effects:?}")
    };
    assert_eq!(press(&mut app, "Esc"), [Effect::Cancel(ticket)]);
    assert!(matches!(press(&mut app, "e")[..], [Effect::Gather { .. }]));
}

#[test]
fn a_job_that_failed_is_told_and_not_asked_for_over_and_over() {
    let mut app = app(120, 40);
    let effects = press(&mut app, "e");
    let [Effect::Gather { ticket, .. }] = effects[..] else {
        panic!("{effects:?}")
    };
    let stage = Stage::Failed("16 MB are too much text".into());
    app.update(Message::Report(Report { ticket, stage }));
    assert_eq!(press(&mut app, "j k"), []);
    let asked = app.evidence_asked().unwrap();
    assert_eq!(
        app.requests.refusal(&asked),
        Some("16 MB are too much text")
    );
}

#[test]
fn tab_goes_from_part_to_part_and_each_keeps_its_place() {
    let mut app = app(120, 40);
    type_keys(&mut app, "* e Tab Tab J j");
    let there = entry(&app);
    type_keys(&mut app, "Tab");
    let view = app.evidence.as_ref().unwrap();
    assert_ne!(view.look.section, Section::Words);
    type_keys(&mut app, "Shift+Tab");
    assert_eq!(app.evidence.as_ref().unwrap().look.section, Section::Words);
    assert_eq!(entry(&app), there);
}

#[test]
fn a_text_of_both_sides_is_listed_under_copies_and_marked_in_the_panes() {
    let mut app = app(120, 40);
    type_keys(&mut app, "* e Shift+Tab");
    let view = app.evidence.as_ref().unwrap();
    assert_eq!(view.look.section, Section::Copies);
    let entries = view
        .lines
        .iter()
        .filter(|line| matches!(line, Line::Entries(_)));
    assert_eq!(entries.count(), 1);
    let counted = &view.evidence.as_ref().unwrap().counted;
    assert_eq!(
        [counted[0].copies, counted[1].copies],
        [1, 0],
        "of two in one text one counts"
    );
    type_keys(&mut app, "Right Enter");
    let slot = app.focused().current;
    let note = app.copy_note(slot).unwrap();
    assert!(
        note.starts_with("same text as “A night of water” ¶9"),
        "{note}"
    );
    assert!(app.is_copy(slot));
}

#[test]
fn copies_count_once_until_the_reader_wants_all() {
    let mut app = app(120, 40);
    type_keys(&mut app, "C");
    let passages = |app: &App| {
        app.coverage
            .as_ref()
            .unwrap()
            .counts
            .as_ref()
            .unwrap()
            .topics[0]
            .passages
    };
    let once = passages(&app);
    type_keys(&mut app, "Y");
    assert_eq!(passages(&app), once + 2);
    type_keys(&mut app, "Esc e");
    let found = app.evidence_found().unwrap();
    assert!(found.counted.iter().all(|side| side.copies == 0));
    type_keys(&mut app, "Y");
    assert_eq!(app.evidence_found().unwrap().counted[0].copies, 1);
}

#[test]
fn names_and_quoted_speech_are_switched_one_by_one() {
    let mut app = app(120, 40);
    type_keys(&mut app, "e N");
    let included = |app: &App| app.evidence_asked().unwrap().options.included;
    assert_eq!(
        included(&app),
        Included {
            names: true,
            quoted: false
        }
    );
    type_keys(&mut app, "S N");
    assert_eq!(
        included(&app),
        Included {
            names: false,
            quoted: true
        }
    );
    assert!(app.evidence_found().is_some());
}

#[test]
fn facing_and_coverage_are_one_key_away() {
    let mut app = app(120, 40);
    type_keys(&mut app, "e v");
    assert!(app.evidence.is_none() && app.facing.is_some());
    type_keys(&mut app, "e");
    assert!(app.evidence.is_some());
    type_keys(&mut app, "Esc");
    assert!(app.facing.is_some(), "it lay over the facing view");
    type_keys(&mut app, "C e");
    assert!(app.coverage.is_none() && app.evidence.is_some());
}

#[test]
fn a_click_selects_an_entry_and_again_opens_it() {
    let mut app = app(120, 40);
    type_keys(&mut app, "* e Tab Tab");
    let view = app.evidence.as_ref().unwrap();
    let wanted = Entry::Name {
        naming: 1,
        term: 0,
        side: 1,
    };
    let is_it =
        |line: &Line| matches!(line, Line::Entries(entries) if entries.contains(&Some(wanted)));
    let line = view.lines.iter().position(is_it).unwrap();
    let row = view.plan.body.y + (line - view.first) as u16;
    let column = view.plan.columns[1].start + 4;
    let press = Message::Mouse {
        column,
        row,
        kind: Mouse::Press,
    };
    app.update(press);
    app.prepare();
    assert_eq!(entry(&app), Some(wanted));
    app.update(Message::Mouse {
        column,
        row,
        kind: Mouse::Press,
    });
    assert!(app.evidence.is_none() && app.focus == 1);
}

#[test]
fn a_click_on_a_tab_shows_its_part() {
    let mut app = app(120, 40);
    type_keys(&mut app, "* e");
    let plan = &app.evidence.as_ref().unwrap().plan;
    let tab = plan
        .tabs
        .iter()
        .find(|tab| tab.section == Section::Copies)
        .unwrap();
    let (column, row) = (tab.columns.start + 1, plan.heading.y);
    app.update(Message::Mouse {
        column,
        row,
        kind: Mouse::Press,
    });
    assert_eq!(app.evidence.as_ref().unwrap().look.section, Section::Copies);
}

#[test]
fn sides_stand_below_each_other_on_a_narrow_screen_and_keep_the_cursor() {
    let mut app = app(120, 40);
    type_keys(&mut app, "* e Tab Tab J Right");
    let there = entry(&app);
    app.update(Message::Resize {
        columns: 50,
        rows: 15,
    });
    app.prepare();
    let view = app.evidence.as_ref().unwrap();
    assert!(view.plan.stacked);
    assert_eq!(view.entry(), there);
    let one_each = view.lines.iter().all(|line| match line {
        Line::Entries(entries) => entries.iter().flatten().count() == 1,
        Line::Silent(sides) => sides.len() == 1,
        Line::Blank | Line::Title(_) | Line::Scale(_) | Line::Note(_) => true,
    });
    assert!(one_each);
    type_keys(&mut app, "h");
    assert_eq!(entry(&app).map(Entry::side), Some(0));
}

#[test]
fn copies_are_looked_for_after_the_topics_and_once() {
    let (mut app, effects) = opened_on(corpus_with_names(), 120, 40);
    let [Effect::Compare { .. }, Effect::FindCopies(ticket)] = effects[..] else {
        panic!("{effects:?}")
    };
    assert_eq!(press(&mut app, "j"), []);
    let stage = Stage::Failed("looking for copies went wrong".into());
    app.update(Message::Report(Report { ticket, stage }));
    assert_eq!(
        press(&mut app, "j"),
        [],
        "a failure is no reason to go on asking"
    );
    let effects = press(&mut app, "e");
    assert!(
        matches!(effects[..], [Effect::FindCopies(_)]),
        "{effects:?}"
    );
    settle(&mut app, effects);
    assert!(matches!(app.copied.search, Search::Done(_)));
    assert!(app.evidence_found().is_some());
    assert_ne!(ticket, Ticket(0));
}

#[test]
fn words_are_marked_only_where_the_evidence_lists_them() {
    let mut app = app(120, 40);
    type_keys(&mut app, "W");
    assert!(app.marks_words && app.evidence_found().is_some());
    let found = app.evidence_found().unwrap().clone();
    let marked = |app: &App| {
        let panes = 0..app.panes.len();
        panes
            .map(|pane| {
                let contents = &app.panes[pane].contents;
                let slots = (0..contents.len()).filter_map(|at| contents.get(at));
                slots
                    .map(|slot| app.words_marked(pane, slot).len())
                    .sum::<usize>()
            })
            .collect::<Vec<_>>()
    };
    let listed: Vec<usize> = found
        .words
        .iter()
        .map(|words| {
            let more = words.more.iter().map(|term| term.places.len());
            more.chain(words.only.iter().map(|only| only.places.len()))
                .sum()
        })
        .collect();
    assert_eq!(marked(&app), listed);
    type_keys(&mut app, "W");
    assert_eq!(marked(&app), [0, 0]);
}

#[test]
fn one_pane_has_figures_and_quotes_but_no_words_of_its_own() {
    let mut app = app(120, 40);
    type_keys(&mut app, "c e");
    assert_eq!(app.panes.len(), 1);
    assert!(app.evidence_found().unwrap().words.is_empty());
    type_keys(&mut app, "W");
    assert!(!app.marks_words);
}

#[test]
fn a_passage_that_no_pane_shows_any_more_is_not_jumped_to() {
    let mut app = app(120, 40);
    type_keys(&mut app, "e Enter");
    app.panes[0].perspective = Perspective::Document(0);
    type_keys(&mut app, "x Enter");
    assert!(app.pointed.is_none(), "the panes have changed places");
}

#[test]
fn who_speaks_on_both_sides_stands_level_and_leads_to_each_quotation() {
    let mut corpus = corpus();
    let said = [
        "“The lower gate stood open all that night and nobody came,” said Ada Field.",
        "Ada Field was asked twice. “The lower gate stood open all that night and nobody came,” Field said. “It was cold.”",
    ];
    for (document, text) in corpus.documents.iter_mut().zip(said) {
        document.push(PassageDraft {
            text: text.to_owned(),
            ..PassageDraft::default()
        });
    }
    let (mut app, effects) = opened_on(corpus, 120, 40);
    settle(&mut app, effects);
    type_keys(&mut app, "* e Tab");
    let view = app.evidence.as_ref().unwrap();
    assert_eq!(view.look.section, Section::Voices);
    let Some(Entry::Speaker { row, side: 0 }) = entry(&app) else {
        panic!("{:?}", view.lines)
    };
    let level = Line::Entries(vec![
        Some(Entry::Speaker { row, side: 0 }),
        Some(Entry::Speaker { row, side: 1 }),
    ]);
    assert!(view.lines.contains(&level), "{:?}", view.lines);
    assert!(
        view.lines.contains(&Line::Entries(vec![
            Some(Entry::Shared { shared: 0, side: 0 }),
            Some(Entry::Shared { shared: 0, side: 1 }),
        ])),
        "what both quote is found: {:?}",
        view.lines
    );
    type_keys(&mut app, "Right Enter");
    let pointed = app.pointed.clone().unwrap();
    assert_eq!(app.focus, 1);
    let (_, place) = pointed.place();
    let text = app.passage_text(place.passage);
    assert!(place.span.of(text).contains("lower gate"), "{place:?}");
}

#[test]
fn a_box_over_the_evidence_or_the_coverage_is_closed_again_and_the_view_stays() {
    for (view, context) in [("e", Context::Evidence), ("C", Context::Matrix)] {
        for opened in ["?", ":", "t"] {
            let mut app = app(120, 40);
            type_keys(&mut app, &format!("{view} {opened}"));
            assert_eq!(app.context(), Context::List, "{view} {opened}");
            type_keys(&mut app, "Esc");
            assert_eq!(app.context(), context, "{view} {opened}");
        }
    }
}

#[test]
fn a_side_that_has_nothing_in_a_part_is_told_of_and_one_that_has_is_not() {
    let mut corpus = corpus();
    corpus.documents[1].push(PassageDraft {
        text: "“The water came up the stairs before anybody rang,” said Ilva Torreno.".to_owned(),
        ..PassageDraft::default()
    });
    for (columns, silent) in [(120, vec![0]), (50, vec![0])] {
        let (mut app, effects) = opened_on(corpus.clone(), columns, 30);
        settle(&mut app, effects);
        type_keys(&mut app, "* e Tab");
        let view = app.evidence.as_ref().unwrap();
        assert_eq!(view.look.section, Section::Voices);
        assert_eq!(view.lines[0], Line::Silent(silent), "{:?}", view.lines);
        let all = view.lines.iter();
        let said = all.filter(|line| matches!(line, Line::Silent(_)));
        assert_eq!(said.count(), 1);
    }
}
