//! What the screens look like, at three sizes.
//!
//! The pictures are text; styles are left to `view::theme`'s own tests. Take over a change with
//! `INSTA_UPDATE=always cargo test --test screens` after looking at it.

#![allow(clippy::unwrap_used)] // A test that cannot go on may fail.

mod settling;

use diptych::analysis;
use diptych::analysis::alignment::Decisions;
use diptych::analysis::tagging::Tagging;
use diptych::app::config::Icons;
use diptych::app::keymap::Keymap;
use diptych::app::message::Message;
use diptych::app::{App, Known, Opening, Settings};
use diptych::command::open;
use diptych::corpus::{Corpus, DocumentId, PassageDraft, builtin};
use diptych::view;
use diptych::view::theme::{Background, Depth, Theme};
use keybinds::KeySeq;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::Color;
use settling::settle;
use std::sync::OnceLock;

const SIZES: [(u16, u16); 3] = [(160, 45), (80, 24), (50, 15)];

/// The built-in corpus with everything known.
fn whole() -> Opening {
    // Found once: each screen is drawn on a copy.
    static FOUND: OnceLock<(Corpus, Tagging)> = OnceLock::new();
    let (corpus, tagging) = FOUND.get_or_init(|| {
        let corpus = builtin::corpus();
        let (topics, tagging) = analysis::topics_of(&corpus).unwrap();
        (Corpus { topics, ..corpus }, tagging)
    });
    known(corpus, tagging)
}

/// A corpus with everything known.
fn known(corpus: &Corpus, tagging: &Tagging) -> Opening {
    Opening {
        corpus: corpus.clone(),
        whole: None,
        known: Known::All(tagging.clone()),
        perspectives: Vec::new(),
        notice: None,
        decisions: Decisions::default(),
        settings: Settings::default(),
    }
}

/// The cells of the screen after some keys.
fn drawn(opening: Opening, columns: u16, rows: u16, keys: &str) -> Buffer {
    drawn_of(|_| {}, opening, (columns, rows), keys)
}

/// The cells of the screen of a reader to which something was done first, after some keys.
fn drawn_of(
    first: impl Fn(&mut App),
    opening: Opening,
    (columns, rows): (u16, u16),
    keys: &str,
) -> Buffer {
    let app = app_of(first, opening, (columns, rows), keys);
    let mut buffer = Buffer::empty(app.screen.whole());
    view::draw(
        &app,
        &Theme::new(Depth::None, Background::Unknown),
        &mut buffer,
    );
    buffer
}

/// A reader to which something was done first, after some keys.
fn app_of(
    first: impl Fn(&mut App),
    opening: Opening,
    (columns, rows): (u16, u16),
    keys: &str,
) -> App {
    let (mut app, mut effects) = App::new(opening, columns, rows);
    first(&mut app);
    let keys: KeySeq = keys.parse().unwrap_or_default();
    for key in keys.as_slice() {
        settle(&mut app, effects);
        effects = app.update(Message::Key(*key));
        app.prepare();
    }
    if !keys.as_slice().is_empty() {
        settle(&mut app, effects);
    }
    app
}

/// The screen after some keys, row by row.
fn picture(opening: Opening, columns: u16, rows: u16, keys: &str) -> String {
    picture_of(|_| {}, opening, (columns, rows), keys)
}

fn picture_of(
    first: impl Fn(&mut App),
    opening: Opening,
    (columns, rows): (u16, u16),
    keys: &str,
) -> String {
    let buffer = drawn_of(first, opening, (columns, rows), keys);
    let row = |y| {
        let mut line = String::new();
        let mut skip = 0;
        for x in 0..columns {
            let symbol = buffer.cell(Position::new(x, y)).unwrap().symbol();
            if skip == 0 {
                line.push_str(symbol);
                skip = diptych::text::width::grapheme(symbol).saturating_sub(1);
            } else {
                skip -= 1;
            }
        }
        line.trim_end().to_owned()
    };
    (0..rows).map(row).collect::<Vec<_>>().join("\n")
}

fn check(name: &str, keys: &str) {
    for (columns, rows) in SIZES {
        insta::assert_snapshot!(
            format!("{name}_{columns}x{rows}"),
            picture(whole(), columns, rows, keys)
        );
    }
}

#[test]
fn main_screen() {
    check("main", "");
}

#[test]
fn another_topic() {
    check("topic_4", "4 n");
}

#[test]
fn topic_list() {
    check("topics", "t");
}

#[test]
fn perspective_list() {
    check("perspectives", "p");
}

#[test]
fn help() {
    check("help", "?");
}

#[test]
fn palette() {
    check("palette", ": p a n e");
}

#[test]
fn searching() {
    check("search", "/ i n t e r n e t");
}

#[test]
fn searching_all_texts() {
    check("results", "S s h u t d o w n Down Down Space Down");
    check("results_help", "S");
    check("results_none", "S s h u t d w n");
    check("results_wrong", "S s o r c e : x");
}

#[test]
fn two_results_side_by_side() {
    check("results_pair", "S b l a c k o u t Down Space Down Space");
}

#[test]
fn information() {
    check("information", "i");
}

#[test]
fn a_voice_alone() {
    check("voice", "p v o i c e Space R o j a Enter z");
}

/// Two longer texts, of which the left one leads.
const LONGER: &str = "Tab p P a l e s t i n e Enter Tab g g";

/// To a passage that something answers.
const TWELVE_ON: &str = "J J J J J J J J J J J J";

#[test]
fn linked_panes_after_stepping() {
    check("linked", &format!("{LONGER} {TWELVE_ON}"));
}

#[test]
fn linked_panes_with_a_distance() {
    check(
        "linked_shifted",
        &format!("{LONGER} {TWELVE_ON} Ctrl+e Ctrl+e"),
    );
}

#[test]
fn facing_view() {
    check("facing", "v");
}

#[test]
fn facing_view_with_the_reasons() {
    check("facing_why", &format!("{LONGER} * v n w"));
}

#[test]
fn facing_view_of_what_only_the_left_has() {
    check("facing_only_left", "v o o");
}

#[test]
fn coverage_by_source() {
    check("coverage", "C j j l");
}

#[test]
fn coverage_by_document_sorted_and_scrolled() {
    check("coverage_documents", "C Tab s S G h Space k");
}

#[test]
fn coverage_turned_round() {
    check("coverage_turned", "C Tab x");
}

#[test]
fn coverage_of_what_only_one_voice_speaks_of() {
    check("coverage_only", "C Tab Tab o");
}

#[test]
fn coverage_without_topics() {
    for (columns, rows) in SIZES {
        let opening = Opening {
            corpus: Corpus {
                topics: Vec::new(),
                ..whole().corpus
            },
            known: Known::All(Tagging::default()),
            ..whole()
        };
        let name = format!("coverage_empty_{columns}x{rows}");
        insta::assert_snapshot!(name, picture(opening, columns, rows, "C"));
    }
}

#[test]
fn the_part_that_is_read_first_shows_what_the_whole_does() {
    for (columns, rows) in [(160, 45), (80, 24), (50, 15), (300, 90)] {
        let (part, _) = open::opening(&[], None, Settings::default(), &Keymap::default()).unwrap();
        assert!(part.whole.is_some());
        assert_eq!(part.perspectives.len(), 2);
        let whole = Opening {
            perspectives: part.perspectives.clone(),
            ..whole()
        };
        assert_eq!(
            picture(part, columns, rows, ""),
            picture(whole, columns, rows, ""),
            "{columns}x{rows}"
        );
    }
}

#[test]
fn figures_on_a_topic() {
    check("evidence_figures", "4 e");
    check("evidence_why", "4 e w");
}

#[test]
fn voices_on_a_topic() {
    check("evidence_voices", "3 e Tab J");
}

#[test]
fn words_on_everything() {
    check("evidence_words", "* e Tab Tab j");
}

/// The first passages of one pane stand in the other one too, the second of them with a few words changed.
#[test]
fn copies_on_everything() {
    for (columns, rows) in SIZES {
        let mut opening = whole();
        let corpus = &mut opening.corpus;
        let place = |id: &DocumentId| corpus.documents.iter().position(|of| of.id == *id);
        let panes: Vec<usize> = corpus.opening.iter().filter_map(place).collect();
        let [from, to] = panes[..] else {
            panic!("the corpus is opened with two documents")
        };
        let passages = corpus.documents[from].passages();
        let copied: Vec<String> = passages
            .filter(|passage| passage.kind().is_prose())
            .take(2)
            .map(|passage| passage.text().replacen(" the ", " that ", 1))
            .collect();
        for text in copied {
            corpus.documents[to].push(PassageDraft {
                text,
                ..PassageDraft::default()
            });
        }
        let name = format!("evidence_copies_{columns}x{rows}");
        insta::assert_snapshot!(name, picture(opening, columns, rows, "* e Tab Tab Tab"));
    }
}

/// Each part of the evidence at two places of the cursor, and one after the other: all different, and without a colour.
#[test]
fn evidence_is_told_apart_without_colour() {
    for (columns, rows) in SIZES {
        let mut before: Vec<(String, Buffer)> = Vec::new();
        for part in ["", " Tab", " Tab Tab"] {
            for step in ["", " j", " j j"] {
                let keys = format!("* e{part}{step}");
                let buffer = drawn(whole(), columns, rows, &keys);
                let is_plain = |cell: &ratatui::buffer::Cell| {
                    cell.fg == Color::Reset && cell.bg == Color::Reset
                };
                assert!(buffer.content.iter().all(is_plain), "{keys}");
                for (other, picture) in &before {
                    assert!(
                        *picture != buffer,
                        "{keys} looks like {other} at {columns}x{rows}"
                    );
                }
                before.push((keys, buffer));
            }
        }
    }
}

#[test]
fn a_note_in_the_making() {
    check("note", "n A W h o Space s a y s ? Space # t o l l");
}

#[test]
fn a_row_that_was_noted() {
    check("noted_row", "n v A h i Ctrl+s");
}

#[test]
fn words_chosen_for_a_note() {
    check("selection", "n V");
}

/// The built-in corpus with everything that is not ASCII taken out of it, so that what is left is ours.
fn in_ascii() -> (Corpus, Tagging) {
    let folder = tempfile::tempdir().unwrap();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut folders = vec![root.clone()];
    while let Some(place) = folders.pop() {
        for entry in std::fs::read_dir(place).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let ascii = text
                .replace(['’', '‘'], "'")
                .replace(|c: char| !c.is_ascii(), "");
            let target = folder.path().join(path.strip_prefix(&root).unwrap());
            std::fs::create_dir_all(target.parent().unwrap()).unwrap();
            std::fs::write(target, ascii).unwrap();
        }
    }
    let corpus = open::corpus(Some(folder.path())).unwrap();
    let (topics, tagging) = analysis::topics_of(&corpus).unwrap();
    (Corpus { topics, ..corpus }, tagging)
}

/// Keys to everything that there is to see.
fn everything_to_see() -> Vec<String> {
    let mut keys: Vec<String> = [
        "",
        "4 n",
        "t",
        "t d e a t h",
        "p",
        "p v o i c e Space R o j a Enter z",
        "?",
        ": p a n e",
        "/ i n t e r n e t",
        "/ i n t e r n e t Enter n",
        "S",
        "S s h u t d o w n Down Down Space Down",
        "S b l a c k o u t Down Space Down Space",
        "S s h u t d w n",
        "S s o r c e : x",
        "i",
        "l",
        "l l",
        "Ctrl+e Ctrl+e",
        "a",
        "v",
        "v o",
        "v o o",
        "v E",
        "* v w",
        "v w O",
        "v P Tab P",
        "C j j l",
        "C Tab s S G h Space k",
        "C Tab x",
        "C Tab Tab o",
        "T",
        "4 e",
        "4 e Enter",
        "3 e Tab J",
        "* e Tab Tab j",
        "* e Tab Tab Tab",
        "Y",
        "W",
        "n V",
        "n A W h o ? Space # t o l l",
        "n A W h o Ctrl+s B",
        "n A W h o Ctrl+s",
        "R R",
        "M a ;",
        "M",
        "g",
        "F2",
        "Z",
    ]
    .map(str::to_owned)
    .to_vec();
    keys.push(format!("{LONGER} {TWELVE_ON}"));
    keys.push(format!("{LONGER} {TWELVE_ON} Ctrl+e Ctrl+e"));
    keys.push(format!("{LONGER} * v n w"));
    keys.push(format!("{LONGER} * v n w + n -"));
    keys
}

#[test]
fn no_screen_has_a_colour_without_them_nor_anything_but_ascii_where_that_is_asked_for() {
    let ascii = Theme {
        icons: Icons::Ascii,
        ..Theme::new(Depth::None, Background::Unknown)
    };
    let (corpus, tagging) = in_ascii();
    for (columns, rows) in [(160, 45), (50, 15)] {
        for keys in everything_to_see() {
            let opening = known(&corpus, &tagging);
            let app = app_of(|_| {}, opening, (columns, rows), &keys);
            let mut buffer = Buffer::empty(app.screen.whole());
            view::draw(&app, &ascii, &mut buffer);
            for cell in &buffer.content {
                let plain = cell.fg == Color::Reset && cell.bg == Color::Reset;
                assert!(plain, "{keys} at {columns}x{rows}: {cell:?}");
                assert!(
                    cell.symbol().is_ascii(),
                    "{keys} at {columns}x{rows}: {}",
                    cell.symbol()
                );
            }
        }
    }
}

/// Each state beside one that it must not be taken for; what tells them apart is a sign, a word or an attribute.
const STATES: &[(&str, &str, &str)] = &[
    ("which pane has the focus", "", "Tab"),
    ("which topic is open", "1", "2"),
    ("no topic", "1", "*"),
    ("which passage is current", "", "J"),
    ("panes are linked by topics alone", "", "l"),
    ("panes are free", "l", "l l"),
    ("a pane stands further on", "", "Ctrl+e"),
    ("a passage is marked to be paired", "n", "n P"),
    ("words are chosen", "n", "n V"),
    ("one word more is chosen", "n V", "n V l"),
    ("a note is on a passage", "n", "n A x Ctrl+s Esc"),
    ("words are searched for", "", "/ i n t e r n e t Enter"),
    (
        "which hit is current",
        "/ i n t e r n e t Enter",
        "/ i n t e r n e t Enter n",
    ),
    ("words of one side are marked", "*", "* W"),
    ("which row is current", "v", "v J"),
    ("which rows are shown", "v", "v o"),
    ("which entry is current", "4 e", "4 e j"),
    ("which part of the evidence is open", "4 e", "4 e Tab"),
    ("which cell is current", "C", "C l"),
    ("a cell is marked", "C", "C Space"),
    ("which columns are counted", "C", "C Tab"),
    ("which entry of a list is chosen", "t", "t Down"),
    (
        "a result is marked",
        "S b l a c k o u t Down",
        "S b l a c k o u t Down Space Up",
    ),
    ("a figure leads to its passage", "4 n", "4 n e Enter"),
];

#[test]
fn no_state_is_told_by_colour_alone() {
    // What the panes show, without the row of words at the foot.
    let seen = |keys: &str, columns: u16, rows: u16| {
        let mut buffer = drawn(whole(), columns, rows, keys);
        buffer
            .content
            .truncate(usize::from(columns) * usize::from(rows - 1));
        let is_plain =
            |cell: &ratatui::buffer::Cell| cell.fg == Color::Reset && cell.bg == Color::Reset;
        assert!(buffer.content.iter().all(is_plain), "{keys}");
        buffer.content
    };
    for (columns, rows) in SIZES {
        for (what, one, other) in STATES {
            assert!(
                seen(one, columns, rows) != seen(other, columns, rows),
                "{what}: “{one}” looks like “{other}” at {columns}x{rows}"
            );
        }
    }
    // A pair that was accepted, one that was rejected, one that was found.
    let paired = format!("{LONGER} * v n");
    for (columns, rows) in SIZES {
        let found = seen(&paired, columns, rows);
        let accepted = seen(&format!("{paired} +"), columns, rows);
        let rejected = seen(&format!("{paired} -"), columns, rows);
        assert!(found != accepted && accepted != rejected && found != rejected);
    }
}

/// What each step of the tour asks for.
const TOUR: &str = "F2 n 4 1 v n w e Enter H e C Esc S Esc A Esc ? Esc";

#[test]
fn the_tour_from_its_first_step_to_its_last() {
    let tour = || {
        let (opening, _) = open::for_tour(Settings::default());
        opening
    };
    for (columns, rows) in SIZES {
        let steps: Vec<&str> = TOUR.split(' ').collect();
        for (name, keys) in [
            ("first", 1),
            ("facing", 6),
            ("evidence", 8),
            ("list", 14),
            ("last", steps.len()),
        ] {
            let keys = steps[..keys].join(" ");
            let name = format!("tour_{name}_{columns}x{rows}");
            insta::assert_snapshot!(name, picture(tour(), columns, rows, &keys));
        }
        let last = picture(tour(), columns, rows, TOUR);
        assert!(last.contains("Tour 16/16"), "{last}");
    }
}

#[test]
fn a_hint_to_who_is_new() {
    for (columns, rows) in SIZES {
        let picture = picture_of(
            |app| app.give_hints(std::collections::BTreeSet::new()),
            whole(),
            (columns, rows),
            "",
        );
        insta::assert_snapshot!(format!("hint_{columns}x{rows}"), picture);
    }
}

#[test]
fn formats_to_write_a_comparison_in() {
    check("export", "v E");
}

#[test]
fn what_is_told_of_a_passage_in_the_rows_is_of_the_row() {
    let app = app_of(|_| {}, whole(), (160, 45), "v J J J i");
    let facing = app.facing.as_ref().unwrap();
    let row = &facing.rows[facing.current];
    let meant = row.cells[0].passage();
    let Some(diptych::app::Overlay::Information(information)) = &app.overlay else {
        panic!("no information");
    };
    let told = format!("{:?}", information.lines);
    if let Some(id) = meant {
        let number = format!("¶{}", id.passage + 1);
        assert!(told.contains(&number), "{number}: {told}");
    }
    assert!(facing.current > 0);
}
