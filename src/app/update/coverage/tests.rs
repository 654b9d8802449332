//! The matrix driven by keys, as a person would.

use crate::analysis::alignment::Decisions;
use crate::analysis::coverage::By;
use crate::analysis::tagging::tag;
use crate::app::coverage::{ColumnOrder, Matrix, Shown, Spot, TopicOrder};
use crate::app::effect::Effect;
use crate::app::facing::rows::Filter;
use crate::app::following::Linking;
use crate::app::message::{Finding, Message, Mouse, Report, Stage};
use crate::app::perspective::Perspective;
use crate::app::tests_support::{corpus, press};
use crate::app::{App, Known, Opening, Overlay, Settings};
use crate::corpus::{Corpus, Document, Meta, PassageDraft, Source};

/// A third source with two documents, and two texts of unknown publishers: the dam, the dead, schools, and a market that
/// only the third speaks of.
fn wide() -> Corpus {
    let mut corpus = corpus();
    corpus.sources.push(Source {
        id: "courier".into(),
        title: "The Courier".into(),
        about: String::new(),
    });
    corpus.topics.push(crate::corpus::Topic {
        id: "grain".into(),
        title: "Grain".into(),
        key: Some('4'),
        cues: vec!["grain".into()],
        ..crate::corpus::Topic::default()
    });
    let texts: [(&str, &str, &[&str]); 4] = [
        (
            "one",
            "courier",
            &["The price of grain rose at once.", "No school was open."],
        ),
        (
            "two",
            "courier",
            &[
                "The grain stores stood in water.",
                "Grain was moved by night.",
                "The grain is lost.",
            ],
        ),
        (
            "three",
            "not-stated",
            &["A dam is a promise.", "The dead were buried on the hill."],
        ),
        ("four", "not-stated", &["Nobody counted the dead."]),
    ];
    for (id, source, lines) in texts {
        let meta = Meta {
            title: format!("Text {id}"),
            source: source.into(),
            ..Meta::default()
        };
        let mut document = Document::new(id.into(), meta);
        for line in lines {
            document.push(PassageDraft {
                text: (*line).to_owned(),
                ..PassageDraft::default()
            });
        }
        corpus.documents.push(document);
    }
    corpus
}

fn opening(corpus: Corpus, known: Known) -> Opening {
    Opening {
        corpus,
        whole: None,
        known,
        perspectives: Vec::new(),
        notice: None,
        decisions: Decisions::default(),
        settings: Settings::default(),
    }
}

fn app(columns: u16, rows: u16) -> App {
    let corpus = wide();
    let tagging = tag(&corpus.documents, &corpus.topics, &corpus.language, false);
    App::new(opening(corpus, Known::All(tagging)), columns, rows).0
}

fn matrix(app: &App) -> &Matrix {
    app.coverage.as_ref().unwrap()
}

fn notice(app: &App) -> &str {
    app.notice.as_deref().unwrap_or_default()
}

/// The column with a name.
fn column(app: &App, name: &str) -> usize {
    let names = &matrix(app).names;
    names.iter().position(|of| of.short == name).unwrap()
}

fn point(app: &mut App, topic: usize, name: &str) {
    let column = column(app, name);
    app.coverage.as_mut().unwrap().look.spot = Spot { topic, column };
    app.prepare();
}

fn titles(app: &App) -> Vec<String> {
    let title = |perspective: &Perspective| match perspective {
        Perspective::Document(at) => app.corpus.documents[*at].id.to_string(),
        Perspective::Source(id) => format!("source:{id}"),
        Perspective::Voice(name) => format!("voice:{name}"),
    };
    app.panes
        .iter()
        .map(|pane| title(&pane.perspective))
        .collect()
}

#[test]
fn it_opens_on_the_topic_and_the_source_of_the_pane_and_leaves_no_trace() {
    let mut app = app(120, 30);
    press(&mut app, "2 Tab");
    let before = app.station();
    press(&mut app, "C");
    let spot = matrix(&app).look.spot;
    assert_eq!(spot.topic, 1);
    let here = &app.corpus.documents[app.focused().current.document()]
        .meta
        .source;
    assert_eq!(
        matrix(&app).names[spot.column].full,
        app.corpus.source_title(here)
    );
    for closing in ["Esc", "C", "H"] {
        if app.coverage.is_none() {
            press(&mut app, "C");
        }
        press(&mut app, closing);
        assert!(app.coverage.is_none(), "{closing}");
        assert_eq!(app.station(), before, "{closing}");
    }
}

#[test]
fn texts_of_unknown_publishers_are_columns_of_their_own() {
    let mut app = app(120, 30);
    press(&mut app, "C");
    let names: Vec<&str> = matrix(&app)
        .names
        .iter()
        .map(|name| name.short.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "The Gazette",
            "The Herald",
            "The Courier",
            "Text three",
            "Text four"
        ]
    );
}

#[test]
fn enter_opens_the_document_that_says_most_at_its_first_passage_and_back_returns_to_the_cell() {
    let mut app = app(120, 30);
    press(&mut app, "C");
    point(&mut app, 3, "The Courier");
    let spot = matrix(&app).look.spot;
    let focus = app.focus;
    press(&mut app, "s Enter");
    assert!(app.coverage.is_none());
    assert_eq!(titles(&app)[focus], "two");
    assert_eq!(app.topic(), Some(3));
    assert_eq!(app.focused().current.passage_index(), Some(0));
    press(&mut app, "H");
    let back = matrix(&app).look;
    assert_eq!((back.spot, back.topics), (spot, TopicOrder::Total));
    assert_ne!(
        titles(&app)[focus],
        "two",
        "under it is what was there before"
    );
    press(&mut app, "L");
    assert_eq!(
        (app.coverage.is_none(), titles(&app)[focus].as_str()),
        (true, "two")
    );
}

#[test]
fn a_text_that_another_pane_shows_is_not_opened_twice() {
    let mut app = app(120, 30);
    press(&mut app, "C");
    let other = titles(&app)[1].clone();
    let name = if other == "flood" {
        "The Gazette"
    } else {
        "The Herald"
    };
    point(&mut app, 0, name);
    press(&mut app, "Enter");
    assert_eq!((titles(&app)[1].clone(), app.focus), (other, 1));
}

#[test]
fn an_empty_cell_says_so_and_stays() {
    let mut app = app(120, 30);
    press(&mut app, "C");
    point(&mut app, 3, "The Herald");
    for key in ["Enter", "Space", "O"] {
        press(&mut app, key);
        assert_eq!(
            notice(&app),
            "Nothing found on “Grain” in The Herald",
            "{key}"
        );
        assert!(matrix(&app).marked.is_none());
    }
}

#[test]
fn two_marked_cells_open_as_a_pair() {
    let mut app = app(120, 30);
    press(&mut app, "C");
    point(&mut app, 1, "Text four");
    press(&mut app, "Space");
    assert_eq!(matrix(&app).marked, Some(matrix(&app).look.spot));
    point(&mut app, 1, "The Herald");
    press(&mut app, "Space");
    assert_eq!(titles(&app), ["four", "voices"]);
    assert!(app.linking == Linking::Full && app.panes.iter().all(|pane| pane.topic == Some(1)));
    assert!(app.panes.iter().all(|pane| pane.topic_rank() == 1));
    press(&mut app, "H");
    assert!(app.coverage.is_some());
}

#[test]
fn cells_of_two_topics_open_with_a_topic_each() {
    let mut app = app(120, 30);
    press(&mut app, "C");
    point(&mut app, 3, "The Courier");
    press(&mut app, "Space");
    point(&mut app, 0, "The Gazette");
    press(&mut app, "Space");
    assert_eq!(titles(&app), ["two", "flood"]);
    let topics: Vec<_> = app.panes.iter().map(|pane| pane.topic).collect();
    assert_eq!(
        (topics, app.linking),
        (vec![Some(3), Some(0)], Linking::Free)
    );
}

#[test]
fn a_mark_is_taken_away_by_the_same_key_or_by_escape() {
    let mut app = app(120, 30);
    press(&mut app, "C Space");
    assert!(matrix(&app).marked.is_some());
    press(&mut app, "Space");
    assert!(matrix(&app).marked.is_none());
    press(&mut app, "Space Esc");
    assert!(matrix(&app).marked.is_none(), "the matrix stays open");
}

#[test]
fn a_pair_needs_no_second_pane_before() {
    let mut app = app(120, 30);
    press(&mut app, "c C");
    point(&mut app, 0, "The Gazette");
    press(&mut app, "Space");
    point(&mut app, 0, "The Herald");
    press(&mut app, "Space");
    assert_eq!(titles(&app), ["flood", "voices"]);
}

#[test]
fn the_filter_shows_what_only_one_speaks_of_and_goes_to_who_does() {
    let mut app = app(120, 30);
    press(&mut app, "C o");
    assert_eq!(matrix(&app).topics, [3]);
    assert_eq!(
        matrix(&app).look.spot,
        Spot {
            topic: 3,
            column: column(&app, "The Courier")
        }
    );
    press(&mut app, "2");
    assert!(
        notice(&app).contains("“The dead” is not shown now"),
        "{}",
        notice(&app)
    );
    press(&mut app, "o");
    assert_eq!(matrix(&app).topics.len(), 4);
    press(&mut app, "2");
    assert_eq!(matrix(&app).look.spot.topic, 1);
}

#[test]
fn found_topics_say_that_none_of_them_can_be_one_source_s_alone() {
    let mut app = app(120, 30);
    for topic in &mut app.topics {
        topic.discovered = true;
    }
    press(&mut app, "T");
    assert!(
        notice(&app).contains("those that two sources share; name one in corpus.toml"),
        "{}",
        notice(&app)
    );
    press(&mut app, "Esc t");
    let Some(Overlay::Picker(picker)) = &app.overlay else {
        panic!("no list of topics")
    };
    let told = |entry: &crate::app::picker::Entry| entry.detail.contains("two sources share");
    assert!(picker.entries.iter().any(told));
}

#[test]
fn topics_only_here_are_a_key_away_from_the_text_and_in_the_list_of_topics() {
    let mut app = app(120, 30);
    press(&mut app, "T");
    assert!(
        notice(&app).contains("No topic that only The"),
        "{}",
        notice(&app)
    );
    assert_eq!(matrix(&app).look.shown, Shown::All);
    point(&mut app, 3, "The Courier");
    press(&mut app, "Enter T");
    assert_eq!(matrix(&app).topics, [3]);
    press(&mut app, "T");
    assert_eq!(matrix(&app).topics.len(), 4, "again shows all");
    press(&mut app, "Esc t");
    let Some(Overlay::Picker(picker)) = &app.overlay else {
        panic!("no list")
    };
    let entry = |label: &str| {
        picker
            .entries
            .iter()
            .find(|entry| entry.label == label)
            .unwrap()
    };
    assert_eq!(entry("Topics only here").detail, "1 topic");
    assert!(
        entry("Grain").detail.contains("only The Courier 4"),
        "{}",
        entry("Grain").detail
    );
    press(&mut app, "T o p i c s Space o n l y Enter");
    assert_eq!(
        matrix(&app).look.shown,
        Shown::Only(column(&app, "The Courier"))
    );
}

#[test]
fn passages_only_here_face_blanks_in_the_facing_view() {
    let mut app = app(120, 30);
    press(&mut app, "O");
    assert_eq!(app.facing.as_ref().unwrap().filter, Filter::Only(0));
    press(&mut app, "Tab O");
    assert_eq!(app.facing.as_ref().unwrap().filter, Filter::Only(1));
    press(&mut app, "O");
    assert_eq!(app.facing.as_ref().unwrap().filter, Filter::All);
}

#[test]
fn from_the_matrix_all_of_a_source_is_held_against_all_of_another() {
    let mut app = app(120, 30);
    press(&mut app, "C");
    point(&mut app, 2, "The Courier");
    press(&mut app, "O");
    let facing = app.facing.as_ref().unwrap();
    assert_eq!(facing.filter, Filter::Only(app.focused_cell()));
    assert_eq!(titles(&app)[app.focus], "source:courier");
    let other = &titles(&app)[1 - app.focus];
    assert!(["flood", "voices"].contains(&other.as_str()), "{other}");
    assert!(app.panes.iter().all(|pane| pane.topic == Some(2)));
    press(&mut app, "H");
    assert!(app.coverage.is_some());
    point(&mut app, 3, "The Courier");
    press(&mut app, "O");
    assert!(notice(&app).contains("Nobody else speaks of “Grain”"));
    assert_eq!(
        (titles(&app)[app.focus].as_str(), app.facing.is_none()),
        ("two", true)
    );
}

#[test]
fn columns_turn_to_documents_and_voices_and_the_cursor_goes_to_the_pane_again() {
    let mut app = app(120, 30);
    press(&mut app, "C Tab");
    assert_eq!(
        (matrix(&app).look.by, matrix(&app).columns.len()),
        (By::Documents, 6)
    );
    let spot = matrix(&app).look.spot;
    assert_eq!(
        Perspective::Document(spot.column),
        app.focused().perspective
    );
    press(&mut app, "Tab");
    assert_eq!(
        (matrix(&app).look.by, matrix(&app).columns.len()),
        (By::Voices, 2)
    );
    point(&mut app, 0, "Ada");
    press(&mut app, "Enter");
    assert_eq!(titles(&app)[app.focus], "voice:Ada");
    press(&mut app, "C");
    assert_eq!(matrix(&app).look.by, By::Voices);
    press(&mut app, "Shift+Tab Shift+Tab Shift+Tab");
    assert_eq!(matrix(&app).look.by, By::Voices);
}

#[test]
fn orders_change_and_the_cursor_stays_on_its_cell() {
    let mut app = app(60, 12);
    press(&mut app, "C j l");
    let spot = matrix(&app).look.spot;
    press(&mut app, "s S x");
    let look = matrix(&app).look;
    assert_eq!(
        (look.topics, look.columns),
        (TopicOrder::Total, ColumnOrder::Name)
    );
    assert!(look.transposed);
    assert_eq!(look.spot, spot);
    let (line, cell) = matrix(&app).place();
    let (first, plan) = (matrix(&app).first, &matrix(&app).plan);
    assert!((first.0..first.0 + plan.lines).contains(&line));
    assert!((first.1..first.1 + plan.cells).contains(&cell));
}

#[test]
fn every_cell_can_be_reached_on_a_small_screen() {
    let mut app = app(50, 9);
    press(&mut app, "C");
    for _ in 0..6 {
        press(&mut app, "l j");
    }
    assert_eq!(matrix(&app).place(), (3, 4));
    press(&mut app, "<");
    assert!(matrix(&app).place().1 < 4);
    press(&mut app, "g g");
    assert_eq!(matrix(&app).place(), (0, 0));
    press(&mut app, "G");
    assert_eq!(matrix(&app).place(), (3, 4));
}

#[test]
fn a_click_selects_and_a_click_on_the_selected_cell_opens_it() {
    let mut app = app(120, 30);
    press(&mut app, "C");
    let plan = matrix(&app).plan;
    let (column, row) = (plan.cell(1).start + 2, plan.body.y + 2);
    let click = |app: &mut App, column, row| {
        let kind = Mouse::Press;
        app.update(Message::Mouse { column, row, kind });
        app.prepare();
    };
    click(&mut app, column, row);
    assert_eq!(matrix(&app).place(), (2, 1));
    click(&mut app, plan.body.x + 3, plan.body.y);
    assert_eq!(matrix(&app).place(), (0, 1), "a title selects its line");
    click(&mut app, plan.cell(0).start + 2, plan.heads.y);
    assert_eq!(matrix(&app).place(), (0, 0), "a head selects its column");
    click(&mut app, 22, 0);
    assert_eq!(matrix(&app).look.by, By::Documents);
    click(&mut app, 12, 0);
    assert_eq!(matrix(&app).look.by, By::Sources);
    point(&mut app, 0, "The Gazette");
    let (line, cell) = matrix(&app).place();
    click(
        &mut app,
        plan.cell(cell).start + 2,
        plan.body.y + line as u16,
    );
    assert!(app.coverage.is_none());
}

#[test]
fn the_wheel_scrolls_and_takes_the_cursor_along() {
    let mut app = app(80, 6);
    press(&mut app, "C");
    let kind = Mouse::WheelDown;
    app.update(Message::Mouse {
        column: 5,
        row: 3,
        kind,
    });
    app.prepare();
    let matrix = matrix(&app);
    assert!(matrix.plan.lines < 4, "{:?}", matrix.plan);
    assert_eq!(matrix.first.0, 4 - matrix.plan.lines);
    assert_eq!(matrix.place().0, matrix.first.0);
}

#[test]
fn keys_for_the_texts_are_not_carried_out_behind_it() {
    let mut app = app(120, 30);
    press(&mut app, "C");
    let before = titles(&app);
    press(&mut app, "a p z / n");
    assert!(app.overlay.is_none() && app.search.is_none() && !app.zoomed);
    assert_eq!(titles(&app), before);
    assert_eq!(notice(&app), "That is for the texts · Esc returns to them");
    press(&mut app, "v");
    assert!(app.coverage.is_none() && app.facing.is_some());
}

#[test]
fn outside_the_matrix_its_commands_say_where_they_belong() {
    let mut app = app(120, 30);
    app.run(crate::app::action::Action::Transpose);
    assert!(notice(&app).contains("C shows who speaks of what"));
    press(&mut app, "C :");
    let Some(Overlay::Picker(picker)) = &app.overlay else {
        panic!("no palette")
    };
    assert!(
        picker
            .entries
            .iter()
            .any(|entry| entry.label == "Turn the matrix")
    );
}

#[test]
fn nothing_is_counted_before_all_is_known_and_then_it_shows_by_itself() {
    let corpus = wide();
    let (mut app, effects) = App::new(opening(corpus.clone(), Known::Nothing), 120, 30);
    let Some(Effect::FindTopics(ticket)) = effects.first() else {
        panic!("{effects:?}")
    };
    press(&mut app, "C j l Enter Space O o T s S x Tab");
    assert!(matrix(&app).counts.is_none());
    let tagging = tag(&corpus.documents, &corpus.topics, &corpus.language, false);
    app.stale = false;
    app.update(Message::Report(Report {
        ticket: *ticket,
        stage: Stage::Finished(Finding::Topics(corpus.topics.clone(), tagging)),
    }));
    assert!(app.stale && matrix(&app).counts.is_some());
    assert_eq!(matrix(&app).topics.len(), 4);
}
