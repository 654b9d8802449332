//! The reader as a whole, without a terminal: whatever is pressed, at whatever size.

#![allow(clippy::unwrap_used)] // A test that cannot go on may fail.

mod settling;

use diptych::analysis;
use diptych::analysis::alignment::Decisions;
use diptych::app::action::{ACTIONS, Action, Context};
use diptych::app::block::BlockRow;
use diptych::app::config;
use diptych::app::effect::Effect;
use diptych::app::keymap::Outcome;
use diptych::app::message::{Message, Mouse};
use diptych::app::pane::Pane;
use diptych::app::perspective::Perspective;
use diptych::app::{App, Known, Opening, Settings};
use diptych::corpus::{Corpus, Document, Meta, PassageDraft, builtin};
use diptych::text::bidi;
use diptych::view;
use diptych::view::theme::{Background, Depth, Theme};
use keybinds::{Key, KeyInput, KeySeq, Mods};
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use settling::settle;

fn app_on(corpus: Corpus, columns: u16, rows: u16) -> App {
    opened_on(corpus, columns, rows).0
}

/// The reader, and what it asks for at its start.
fn opened_on(corpus: Corpus, columns: u16, rows: u16) -> (App, Vec<Effect>) {
    let (topics, tagging) = analysis::topics_of(&corpus).unwrap();
    let corpus = Corpus { topics, ..corpus };
    let opening = Opening {
        corpus,
        whole: None,
        known: Known::All(tagging),
        perspectives: Vec::new(),
        notice: None,
        decisions: Decisions::default(),
        settings: Settings {
            bidi: bidi::Ordering::App,
            ..Settings::default()
        },
    };
    App::new(opening, columns, rows)
}

fn draw(app: &mut App) -> Buffer {
    app.prepare();
    let mut buffer = Buffer::empty(app.screen.size);
    view::draw(
        app,
        &Theme::new(Depth::True, Background::Unknown),
        &mut buffer,
    );
    buffer
}

/// A message that a person, or a cat, could cause.
fn any_message() -> impl Strategy<Value = (u8, char, u16, u16)> {
    (
        0u8..20,
        prop_oneof![proptest::char::range(' ', '~'), any::<char>()],
        0u16..220,
        0u16..70,
    )
}

fn message((what, character, x, y): (u8, char, u16, u16)) -> Message {
    let key = |key: Key, mods: Mods| Message::Key(KeyInput::new(key, mods));
    match what {
        0 => Message::Resize {
            columns: x,
            rows: y,
        },
        1 => Message::Mouse {
            column: x,
            row: y,
            kind: Mouse::Press,
        },
        2 => Message::Mouse {
            column: x,
            row: y,
            kind: Mouse::WheelDown,
        },
        3 => Message::Mouse {
            column: x,
            row: y,
            kind: Mouse::WheelUp,
        },
        4 => Message::Paste(character.to_string().repeat(usize::from(x))),
        5 => key(Key::Enter, Mods::NONE),
        6 => key(Key::Esc, Mods::NONE),
        7 => key(Key::Tab, Mods::NONE),
        8 => key(Key::Backspace, Mods::NONE),
        9 => key(Key::Char(character), Mods::CTRL),
        10 => key(Key::PageDown, Mods::NONE),
        11 => key(Key::Down, Mods::NONE),
        _ => key(Key::Char(character), Mods::NONE),
    }
}

/// A corpus of hostile texts in several scripts.
fn hostile() -> Corpus {
    let texts = [
        "plain words \u{1b}[2J\u{9b}31m and \u{202e}reversed\u{202c} ones",
        "שלום עולם, mixed with English (and brackets) and 123",
        "中文字符没有空格所以必须在任何地方换行",
        "👩‍👩‍👧‍👦🇫🇷 e\u{301}\u{301}\u{301}\u{301} \u{200b}\u{feff} \t tab",
        "سلام دنیا می\u{200c}روم",
        "",
        "x",
    ];
    let mut documents = Vec::new();
    for (at, source) in ["one", "two"].iter().enumerate() {
        let meta = Meta {
            title: format!("{source} \u{1b}]0;owned\u{7}"),
            source: (*source).into(),
            ..Meta::default()
        };
        let mut document = Document::new(format!("d{at}").as_str().into(), meta);
        for _ in 0..3 {
            for text in texts {
                document.push(PassageDraft {
                    text: text.repeat(1 + at * 5),
                    ..PassageDraft::default()
                });
            }
        }
        documents.push(document);
    }
    Corpus {
        language: "en".into(),
        documents,
        ..Corpus::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_messages_panics(messages in proptest::collection::vec(any_message(), 1..60), evil in any::<bool>()) {
        let mut app = app_on(if evil { hostile() } else { builtin::corpus() }, 100, 30);
        for what in messages {
            app.update(message(what));
            let buffer = draw(&mut app);
            for cell in buffer.content() {
                prop_assert!(!cell.symbol().chars().any(char::is_control), "{:?}", cell.symbol());
            }
        }
    }

    #[test]
    fn the_evidence_takes_any_message_and_keeps_its_cursor_in_sight(
        messages in proptest::collection::vec(any_message(), 1..60), evil in any::<bool>()
    ) {
        let mut app = app_on(if evil { hostile() } else { builtin::corpus() }, 100, 30);
        for what in messages {
            while app.evidence.is_none() {
                app.update(Message::Key(KeyInput::new(Key::Esc, Mods::NONE)));
                let effects = app.update(Message::Key('e'.into()));
                settle(&mut app, effects);
            }
            let effects = app.update(message(what));
            settle(&mut app, effects);
            let buffer = draw(&mut app);
            for cell in buffer.content() {
                prop_assert!(!cell.symbol().chars().any(char::is_control), "{:?}", cell.symbol());
            }
            let Some(view) = &app.evidence else { continue };
            if view.entry().is_none() || view.plan.body.is_empty() {
                continue;
            }
            let seen = view.first..view.first + usize::from(view.plan.body.height);
            prop_assert!(seen.contains(&view.cursor.0), "{:?} {seen:?}", view.cursor);
        }
    }

    #[test]
    fn the_matrix_takes_any_message_and_keeps_its_cursor_in_sight(
        messages in proptest::collection::vec(any_message(), 1..60), evil in any::<bool>()
    ) {
        let mut app = app_on(if evil { hostile() } else { builtin::corpus() }, 100, 30);
        for what in messages {
            while app.coverage.is_none() {
                app.update(Message::Key(KeyInput::new(Key::Esc, Mods::NONE)));
                app.update(Message::Key('C'.into()));
            }
            app.update(message(what));
            let buffer = draw(&mut app);
            for cell in buffer.content() {
                prop_assert!(!cell.symbol().chars().any(char::is_control), "{:?}", cell.symbol());
            }
            let Some(matrix) = &app.coverage else { continue };
            if matrix.topics.is_empty() || matrix.columns.is_empty() || matrix.plan.lines * matrix.plan.cells == 0 {
                continue;
            }
            let (line, cell) = matrix.place();
            prop_assert_eq!(matrix.spot_at(line, cell), Some(matrix.look.spot));
            prop_assert!((matrix.first.0..matrix.first.0 + matrix.plan.lines).contains(&line));
            prop_assert!((matrix.first.1..matrix.first.1 + matrix.plan.cells).contains(&cell));
        }
    }

    #[test]
    fn resizing_keeps_the_sentence_at_the_top(
        scrolled in 0u16..200, sizes in proptest::collection::vec((20u16..220, 8u16..70), 1..6)
    ) {
        let mut app = app_on(builtin::corpus(), 120, 40);
        for _ in 0..scrolled {
            app.update(Message::Key('j'.into()));
        }
        app.prepare();
        let top = app.focused().top;
        for (columns, rows) in sizes {
            app.update(Message::Resize { columns, rows });
            app.prepare();
            let pane = app.focused();
            let at_end = !pane.contents.is_empty()
                && pane.visible.last().map(|row| row.slot) == pane.contents.get(pane.contents.len() - 1);
            prop_assert!(at_end || pane.top == top, "{:?} became {:?}", top, pane.top);
            // The row at the top holds the very byte.
            if let (false, Some(BlockRow::Text { row, .. })) = (at_end || top.above > 0, pane.visible.first().map(|row| row.row)) {
                prop_assert!(row.span.start <= top.byte && top.byte <= row.span.end);
            }
        }
    }

    #[test]
    fn scrolling_down_and_up_again_returns(rows in 1i64..400, source in any::<bool>()) {
        let mut app = app_on(builtin::corpus(), 120, 40);
        let corpus = app.corpus.clone();
        if source {
            // Several documents one after the other, with their heads between them.
            app.panes[0] = Pane::new(&corpus, Perspective::Source("iran-international".into()), None);
        }
        app.prepare();
        let pane = &mut app.panes[0];
        pane.show_start(&corpus);
        let before = pane.top;
        let mut moved = 0;
        while moved < rows && pane.scroll(&corpus, 1) != 0 {
            moved += 1;
        }
        let stopped = pane.top;
        pane.show_end(&corpus);
        prop_assert!(moved == rows || stopped == pane.top, "stuck after {} of {} rows", moved, rows);
        pane.top = stopped;
        pane.scroll(&corpus, -moved);
        prop_assert_eq!(pane.top, before);
    }
}

fn row_of(buffer: &Buffer, y: u16) -> String {
    (0..buffer.area.width)
        .map(|x| buffer.cell(Position::new(x, y)).unwrap().symbol())
        .collect()
}

#[test]
fn labels_run_right_to_left_too() {
    let mut corpus = hostile();
    corpus.documents[0].meta.title = "بندر".into();
    let mut app = app_on(corpus, 120, 30);
    let buffer = draw(&mut app);
    let title = row_of(&buffer, 1);
    assert!(
        title.contains("ردنب"),
        "in visual order the title reads from its last letter: {title}"
    );
}

#[test]
fn wide_letters_leave_the_frame_of_a_list_whole() {
    let mut corpus = hostile();
    let text = "中文字符没有空格所以必须在任何地方换行".repeat(40);
    corpus.documents[0].push(PassageDraft {
        text,
        ..PassageDraft::default()
    });
    for columns in 100..140 {
        let mut app = app_on(corpus.clone(), columns, 40);
        app.update(Message::Key('G'.into()));
        app.update(Message::Key('?'.into()));
        let buffer = draw(&mut app);
        let area = app.overlay_area();
        for y in area.y + 1..area.bottom() - 1 {
            let before = buffer
                .cell(Position::new(area.x.saturating_sub(1), y))
                .unwrap()
                .symbol();
            assert!(
                diptych::text::width::grapheme(before) < 2,
                "{columns} columns: {before:?} reaches into the frame"
            );
        }
    }
}

#[test]
fn high_passage_numbers_are_shown() {
    let mut corpus = hostile();
    for _ in 0..1200 {
        corpus.documents[0].push(PassageDraft {
            text: "one more passage".into(),
            ..PassageDraft::default()
        });
    }
    let mut app = app_on(corpus, 160, 40);
    app.update(Message::Key('G'.into()));
    let buffer = draw(&mut app);
    let last = app.corpus.documents[0].len().to_string();
    assert!(
        (0..40).any(|y| row_of(&buffer, y).contains(&last)),
        "¶{last} has no number"
    );
}

#[test]
fn leaving_the_facing_view_stays_at_the_row_that_was_gone_to() {
    let (mut app, effects) = opened_on(builtin::corpus(), 120, 40);
    settle(&mut app, effects);
    type_keys(&mut app, "*");
    let before: Vec<_> = app.panes.iter().map(|pane| pane.top).collect();
    type_keys(&mut app, "v v");
    let after: Vec<_> = app.panes.iter().map(|pane| pane.top).collect();
    assert_eq!(before, after, "nobody went anywhere");
    type_keys(&mut app, "v J J");
    let facing = app.facing.as_ref().unwrap();
    let row = facing.rows[facing.current].clone();
    type_keys(&mut app, "v");
    assert!(app.facing.is_none());
    let shown = app.panes.iter().map(|pane| pane.current.passage_index());
    let wanted = row.cells.iter().map(|cell| cell.passage());
    for (shown, wanted) in shown.zip(wanted) {
        if let Some(wanted) = wanted {
            assert_eq!(shown, Some(wanted.passage));
        }
    }
}

#[test]
fn what_the_mouse_does_where_a_pane_was_closed_a_moment_ago_is_nothing() {
    let kinds = [Mouse::Press, Mouse::Drag, Mouse::WheelDown, Mouse::WheelUp];
    // The facing view needs two panes that stay.
    for (kind, opening) in kinds
        .into_iter()
        .flat_map(|kind| [(kind, ""), (kind, "a Down Down Down Down Enter v")])
    {
        let (mut app, effects) = opened_on(builtin::corpus(), 200, 30);
        settle(&mut app, effects);
        if !opening.is_empty() {
            type_keys(&mut app, opening);
        }
        draw(&mut app);
        assert_eq!(app.facing.is_some(), !opening.is_empty());
        let mouse = |kind| Message::Mouse {
            column: 180,
            row: 8,
            kind,
        };
        app.update(mouse(Mouse::Press));
        let last = app.panes.len() - 1;
        assert_eq!(app.focus, last);
        // No frame between: the program draws after up to 64 messages.
        let close = ACTIONS.iter().find(|spec| spec.action == Action::ClosePane);
        let close: KeySeq = close.unwrap().keys[0].parse().unwrap();
        for key in close.as_slice() {
            app.update(Message::Key(*key));
        }
        assert_eq!(app.panes.len(), last);
        app.update(mouse(kind));
        assert!(app.focus < last, "{kind:?} {opening}");
        draw(&mut app);
    }
}

/// Types keys, one after the other, and does what each asks for.
fn type_keys(app: &mut App, keys: &str) {
    let keys: KeySeq = keys.parse().unwrap();
    for key in keys.as_slice() {
        let effects = app.update(Message::Key(*key));
        settle(app, effects);
    }
}

/// Every action by a key of the reader's own, and no other: `F1 a`, `F1 b` …
#[test]
fn every_action_can_be_given_another_key_and_the_reader_is_driven_by_it() {
    let key_of = |at: usize| format!("F{} {}", at / 20 + 1, char::from(b'a' + (at % 20) as u8));
    let lines = ACTIONS.iter().enumerate();
    let lines = lines.map(|(at, spec)| format!("{} = \"{}\"\n", spec.name, key_of(at)));
    let (config, mistakes) = config::parse(&format!("[keys]\n{}", lines.collect::<String>()));
    assert_eq!(mistakes, []);
    let (mut app, effects) = opened_on(builtin::corpus(), 160, 45);
    app.keymap = config.keymap;
    settle(&mut app, effects);
    for spec in ACTIONS.iter().filter(|spec| spec.context != Context::List) {
        for old in spec.keys {
            let old: KeySeq = old.parse().unwrap();
            let outcome = app.keymap.lookup(spec.context, old.as_slice());
            let runs = matches!(outcome, Outcome::Run(_));
            assert!(!runs, "{old:?} of {}", spec.name);
        }
    }
    let run = |app: &mut App, action: Action| {
        let at = ACTIONS.iter().position(|spec| spec.action == action);
        let keys: KeySeq = key_of(at.unwrap()).parse().unwrap();
        let mut effects = Vec::new();
        for key in keys.as_slice() {
            effects = app.update(Message::Key(*key));
        }
        effects
    };
    for spec in ACTIONS {
        let keymap = app.keymap.keys(spec.action);
        assert_eq!(keymap.len(), 1, "{}", spec.name);
    }
    let before = app.topic();
    let effects = run(&mut app, Action::Topic3);
    settle(&mut app, effects);
    assert_ne!(app.topic(), before);
    let effects = run(&mut app, Action::Facing);
    settle(&mut app, effects);
    assert_eq!(app.facing.as_ref().unwrap().current, 0);
    run(&mut app, Action::PassageDown);
    assert_eq!(app.facing.as_ref().unwrap().current, 1);
    run(&mut app, Action::Facing);
    let effects = run(&mut app, Action::Evidence);
    settle(&mut app, effects);
    assert_eq!(app.context(), Context::Evidence);
    run(&mut app, Action::SectionNext);
    run(&mut app, Action::Cancel);
    run(&mut app, Action::TopicList);
    assert_eq!(app.context(), Context::List);
    run(&mut app, Action::ListClose);
    assert_eq!(app.context(), Context::Reading);
    // What is said of keys names the new ones.
    run(&mut app, Action::ClosePane);
    run(&mut app, Action::ClosePane);
    let quit = ACTIONS.iter().position(|spec| spec.action == Action::Quit);
    let quit = key_of(quit.unwrap()).replace(' ', "");
    let notice = app.notice.clone().unwrap_or_default();
    assert!(notice.contains(&quit), "{notice}");
    assert_eq!(run(&mut app, Action::Quit), [Effect::Quit]);
}
