//! What a reader can rely on while panes follow each other, in small and over random sequences of what one can do.

use crate::analysis::alignment::{Comparison, Decisions, Link, Near, Origin};
use crate::analysis::tagging::tag;
use crate::analysis::watch::Progress;
use crate::app::comparisons::Comparisons;
use crate::app::effect::Effect;
use crate::app::following::{Bond, Linking, Opposite, Whereabouts};
use crate::app::message::{Finding, Message, Mouse, Report, Stage};
use crate::app::pane::Place;
use crate::app::perspective::{Perspective, Slot};
use crate::app::tests_support::{compared, opened, press};
use crate::app::{App, Known, Opening, Settings};
use crate::corpus::{Corpus, Document, Kind, Meta, PassageDraft, PassageId, SourceId, Topic};
use proptest::prelude::*;
use std::time::Duration;

/// Left passage, right passage, score in hundredths.
type Linked = (usize, usize, u32);

/// Texts whose passages have so many words; the first word of each says which one it is.
fn texts(lengths: &[Vec<usize>]) -> Corpus {
    let topic = Topic {
        id: "rain".into(),
        title: "Rain".into(),
        key: Some('1'),
        cues: vec!["rain".into()],
        ..Topic::default()
    };
    let document = |(at, lengths): (usize, &Vec<usize>)| {
        let mut document = Document::new(format!("d{at}").as_str().into(), Meta::default());
        for (passage, words) in lengths.iter().enumerate() {
            let word = if passage % 5 == 2 { "rain " } else { "word " };
            document.push(PassageDraft {
                text: format!("p{passage} {}", word.repeat(*words)),
                voice: (passage % 4 == 0).then(|| "Ada".into()),
                kind: if passage % 7 == 6 {
                    Kind::Heading(2)
                } else {
                    Kind::Paragraph
                },
                ..PassageDraft::default()
            });
        }
        document
    };
    Corpus {
        language: "en".into(),
        topics: vec![topic],
        documents: lengths.iter().enumerate().map(document).collect(),
        ..Corpus::default()
    }
}

/// A reader on texts, and the links that any two of them have.
struct Desk {
    app: App,
    links: Vec<Linked>,
    /// What is near to left passages without a link.
    near: Vec<Linked>,
}

impl Desk {
    fn new(lengths: &[Vec<usize>], links: &[Linked], columns: u16, rows: u16) -> Self {
        let perspectives = (0..lengths.len()).map(Perspective::Document).collect();
        Self::on(perspectives, lengths, links, (columns, rows))
    }

    fn on(
        perspectives: Vec<Perspective>,
        lengths: &[Vec<usize>],
        links: &[Linked],
        (columns, rows): (u16, u16),
    ) -> Self {
        let corpus = texts(lengths);
        let tagging = tag(&corpus.documents, &corpus.topics, "en", true);
        let opening = Opening {
            whole: None,
            known: Known::All(tagging),
            perspectives,
            notice: None,
            decisions: Decisions::default(),
            settings: Settings::default(),
            corpus,
        };
        let (app, effects) = App::new(opening, columns, rows);
        let mut desk = Self {
            app,
            links: links.to_vec(),
            near: Vec::new(),
        };
        desk.answer(effects);
        desk
    }

    /// Gives every comparison that is asked for the links of this test.
    fn answer(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let Effect::Compare {
                ticket,
                left,
                right,
                ..
            } = effect
            else {
                continue;
            };
            // From whichever side the documents are seen, the one with the lower index has the left passages.
            let is_turned = left[0].document > right[0].document;
            let link = |(low, high, score): &Linked| {
                let (own, other) = if is_turned { (high, low) } else { (low, high) };
                Some(Link {
                    left: *left.get(*own)?,
                    right: *right.get(*other)?,
                    score: *score as f32 / 100.0,
                    origin: Origin::Found,
                    reasons: Vec::new(),
                })
            };
            let mut links: Vec<Link> = self.links.iter().filter_map(link).collect();
            links.sort_by_key(|link| (link.left, link.right));
            links.dedup_by_key(|link| (link.left, link.right));
            let near = self.near.iter().map(|(passage, partner, score)| Near {
                passage: left[*passage],
                partner: right[*partner],
                score: *score as f32 / 100.0,
            });
            let comparison = Comparison {
                near_left: near.collect(),
                left,
                right,
                links,
                ..Comparison::default()
            };
            let stage = Stage::Finished(Finding::Comparison(comparison));
            self.app.update(Message::Report(Report { ticket, stage }));
        }
        self.app.prepare();
    }

    fn press(&mut self, keys: &str) {
        let effects = press(&mut self.app, keys);
        self.answer(effects);
    }

    fn send(&mut self, message: Message) {
        let effects = self.app.update(message);
        self.app.prepare();
        self.answer(effects);
    }

    fn wheel(&mut self, pane: usize, kind: Mouse) {
        let area = self.app.screen.panes.iter().find(|(at, _)| *at == pane);
        if let Some((_, area)) = area {
            let (column, row) = (area.text.x, area.text.y);
            self.send(Message::Mouse { column, row, kind });
        }
    }

    fn tops(&self) -> Vec<Place> {
        self.app.panes.iter().map(|pane| pane.top).collect()
    }

    /// The row on which a passage starts in a pane.
    fn row(&mut self, pane: usize, slot: Slot) -> Option<i64> {
        let corpus = std::sync::Arc::clone(&self.app.corpus);
        self.app.panes[pane].row_of(&corpus, slot)
    }

    fn go_to(&mut self, passage: usize) {
        self.press("g g");
        for _ in 0..passage {
            self.press("J");
        }
        assert_eq!(self.app.focused().current.passage_index(), Some(passage));
    }

    /// The rows on which the current passage and its partner in another pane start.
    fn pair(&mut self, other: usize) -> (Option<i64>, Option<i64>) {
        let (focus, current) = (self.app.focus, self.app.focused().current);
        let partner = self.app.panes[other].current;
        (self.row(focus, current), self.row(other, partner))
    }
}

/// Two texts of 40 passages, the right one's longer, where every third passage is linked with its like.
fn in_order() -> Desk {
    let links: Vec<Linked> = (0..40).step_by(3).map(|at| (at, at, 50)).collect();
    Desk::new(&[vec![60; 40], vec![100; 40]], &links, 120, 40)
}

#[test]
fn what_answers_the_current_passage_comes_level() {
    let mut desk = in_order();
    desk.go_to(9);
    assert_eq!(desk.app.panes[1].current, Slot::passage(1, 9));
    let (own, partner) = desk.pair(1);
    assert!(own.is_some() && own == partner, "{own:?} {partner:?}");
    assert_eq!(desk.app.bond(), Bond::Level);
    let answer = Opposite::Answer(Slot::passage(1, 9), Whereabouts::Seen);
    assert_eq!(desk.app.opposite(1), answer);
}

#[test]
fn where_nothing_is_opposite_the_other_pane_holds_still() {
    let mut desk = in_order();
    desk.go_to(9);
    let before = desk.tops();
    desk.press("J");
    assert_eq!(desk.app.opposite(1), Opposite::Nothing);
    assert_eq!(desk.tops()[1], before[1]);
    desk.press("J J");
    assert_ne!(desk.tops()[1], before[1], "the next one has an answer");
}

#[test]
fn either_pane_leads_when_it_has_the_focus() {
    let mut desk = in_order();
    desk.go_to(9);
    desk.press("Tab");
    assert_eq!(desk.app.focused().current, Slot::passage(1, 9));
    let before = desk.tops();
    desk.press("J J J");
    assert_eq!(desk.app.panes[0].current, Slot::passage(0, 12));
    assert_ne!(desk.tops()[0], before[0]);
}

#[test]
fn scrolling_one_pane_alone_becomes_the_distance_and_a_key_levels_again() {
    let mut desk = in_order();
    desk.go_to(9);
    desk.wheel(1, Mouse::WheelDown);
    assert_eq!(desk.app.bond(), Bond::Shifted(3));
    desk.press("J J J");
    let (own, partner) = desk.pair(1);
    assert_eq!(partner.unwrap(), own.unwrap() - 3, "the distance is kept");
    desk.press("Tab");
    assert_eq!(
        desk.app.bond(),
        Bond::Shifted(-3),
        "seen from the other side"
    );
    desk.press("J J J Tab");
    assert_eq!(desk.app.bond(), Bond::Shifted(3));
    let (own, partner) = desk.pair(1);
    assert_eq!(partner.unwrap(), own.unwrap() - 3);
    desk.press("=");
    assert_eq!(desk.app.bond(), Bond::Level);
    let (own, partner) = desk.pair(1);
    assert_eq!(own, partner);
    desk.press("Ctrl+e Ctrl+e");
    assert_eq!(
        desk.app.bond(),
        Bond::Shifted(-2),
        "this pane went on alone"
    );
    desk.press("Ctrl+y Ctrl+y");
    assert_eq!(desk.app.bond(), Bond::Level);
}

#[test]
fn one_key_switches_following_off_and_a_mark_says_so() {
    let mut desk = in_order();
    desk.go_to(9);
    desk.press("l");
    assert_eq!(desk.app.bond(), Bond::Topics);
    let before = desk.tops();
    desk.press("Space J J J b");
    assert_eq!(desk.tops()[1], before[1]);
    desk.press("l");
    assert_eq!(desk.app.bond(), Bond::Free);
    assert_eq!(desk.app.opposite(1), Opposite::Unknown);
    desk.press("=");
    assert_eq!(desk.app.bond(), Bond::Level);
    assert_eq!(desk.app.linking, Linking::Full);
}

#[test]
fn a_link_that_crosses_its_neighbours_waits_for_the_key() {
    let mut links: Vec<Linked> = (0..40).map(|at| (at, at, 50)).collect();
    links[9] = (9, 38, 50);
    let mut desk = Desk::new(&[vec![60; 40], vec![60; 40]], &links, 120, 40);
    desk.go_to(8);
    let before = desk.tops();
    desk.press("J");
    assert_eq!(desk.tops()[1], before[1]);
    let answer = Opposite::Answer(Slot::passage(1, 38), Whereabouts::Below);
    assert_eq!(desk.app.opposite(1), answer);
    desk.press("=");
    assert_eq!(desk.app.panes[1].current, Slot::passage(1, 38));
    assert!(desk.app.notice.as_deref().unwrap().contains("¶10 = ¶39"));
    desk.press("H");
    assert_eq!(desk.tops(), before, "it was a jump: one can go back");
}

#[test]
fn without_an_answer_the_key_brings_the_nearest_and_says_so() {
    let mut desk = in_order();
    desk.near = vec![(9, 9, 90), (10, 30, 20), (11, 31, 5)];
    // Swapped twice, the texts are compared anew, with what is near.
    desk.press("x");
    desk.app.comparisons = Comparisons::default();
    desk.press("x");
    desk.go_to(10);
    let before = desk.tops();
    let near = Slot::passage(1, 30);
    assert_eq!(
        desk.app.opposite(1),
        Opposite::Near(near, Whereabouts::Below)
    );
    desk.press("=");
    assert_eq!(
        desk.app.opposite(1),
        Opposite::Near(near, Whereabouts::Seen)
    );
    let (own, partner) = desk.pair(1);
    assert_eq!((desk.app.panes[1].current, own), (near, partner));
    assert!(desk.app.notice.as_deref().unwrap().contains("¶11 ≈ ¶31"));
    desk.press("j");
    let (own, partner) = desk.pair(1);
    assert_eq!(own, partner, "it stays level while the passage leads");
    desk.press("H J");
    assert_eq!(desk.tops()[1], before[1]);
    assert_eq!(
        desk.app.opposite(1),
        Opposite::Nothing,
        "too unsure to name"
    );
}

#[test]
fn a_short_answer_to_a_long_passage_stays_in_sight_until_that_is_read() {
    let mut desk = Desk::new(&[vec![2000, 10, 10], vec![10; 60]], &[(0, 30, 50)], 120, 20);
    desk.press("g g j");
    let partner = Slot::passage(1, 30);
    for _ in 0..30 {
        desk.press("j");
        assert_eq!(desk.app.focused().current, Slot::passage(0, 0));
        assert!(desk.row(1, partner).is_some_and(|row| row >= 0));
    }
}

#[test]
fn passages_of_one_length_scroll_side_by_side() {
    let links: Vec<Linked> = (0..30).map(|at| (at, at, 50)).collect();
    let mut desk = Desk::new(&[vec![80; 30], vec![80; 30]], &links, 121, 20);
    desk.press("g g");
    for _ in 0..120 {
        desk.press("j");
        let tops = desk.tops();
        let place = |at: usize| (tops[at].slot.passage_index(), tops[at].byte, tops[at].above);
        assert_eq!(place(0), place(1));
    }
}

#[test]
fn a_new_size_keeps_what_was_level_level() {
    let mut desk = in_order();
    desk.go_to(9);
    for (columns, rows) in [(160, 45), (80, 30), (60, 40), (200, 50)] {
        desk.send(Message::Resize { columns, rows });
        let (own, partner) = desk.pair(1);
        assert_eq!(own, partner, "{columns}x{rows}");
    }
    desk.press("z J J J z");
    assert_eq!(desk.app.panes[1].current, Slot::passage(1, 12));
    let (own, partner) = desk.pair(1);
    assert_eq!(own, partner, "a hidden pane follows");
}

#[test]
fn every_other_pane_follows_by_its_own_links() {
    let lengths = vec![vec![60; 30], vec![90; 30], vec![30; 30]];
    let links: Vec<Linked> = (0..30).step_by(2).map(|at| (at, at, 50)).collect();
    let mut desk = Desk::new(&lengths, &links, 160, 40);
    desk.go_to(8);
    for other in [1, 2] {
        assert_eq!(desk.app.panes[other].current.passage_index(), Some(8));
        let (own, partner) = desk.pair(other);
        assert_eq!(own, partner);
    }
    desk.wheel(1, Mouse::WheelDown);
    assert_eq!(desk.app.bond(), Bond::Shifted(3));
    desk.wheel(2, Mouse::WheelUp);
    assert_eq!(desk.app.bond(), Bond::SeveralShifted);
    desk.press("1");
    assert_eq!(
        desk.app.bond(),
        Bond::Level,
        "a topic jump sets all of them"
    );
}

#[test]
fn a_source_and_a_voice_follow_as_documents_do() {
    // All documents of a source that is not named are one after the other; Ada speaks every fourth passage of each.
    let perspectives = vec![
        Perspective::Source(SourceId::default()),
        Perspective::Voice("Ada".into()),
    ];
    let lengths = vec![vec![60; 16], vec![90; 16]];
    let links: Vec<Linked> = (0..8).map(|at| (4 * at + 1, at, 50)).collect();
    let mut desk = Desk::on(perspectives, &lengths, &links, (120, 30));
    desk.press("g g");
    (0..21).for_each(|_| desk.press("J"));
    let current = desk.app.focused().current;
    assert_eq!((current.document(), current.passage_index()), (1, Some(5)));
    assert_eq!(desk.app.panes[1].current, Slot::passage(1, 4));
    let (own, partner) = desk.pair(1);
    assert_eq!(own, partner);
}

#[test]
fn on_the_way_up_the_passage_at_the_middle_leads_as_the_one_below_sinks() {
    let mut desk = in_order();
    desk.go_to(20);
    desk.press("d d");
    let mut seen = Vec::new();
    for _ in 0..60 {
        desk.press("k");
        let current = desk.app.focused().current;
        seen.push(current.passage_index().unwrap());
        let row = desk.row(0, current).unwrap();
        assert!(row < i64::from(desk.app.focused().height / 2), "row {row}");
    }
    seen.dedup();
    assert!(seen.len() > 4);
    assert!(
        seen.windows(2).all(|pair| pair[0] == pair[1] + 1),
        "{seen:?}"
    );
}

#[test]
fn a_marked_passage_stays_in_sight_while_its_partner_is_looked_for() {
    let mut desk = in_order();
    desk.go_to(9);
    desk.press("P Tab");
    let before = desk.tops();
    desk.press("J J J Space");
    assert_eq!(desk.tops()[0], before[0]);
    desk.press("Esc");
    assert!(desk.app.marked.is_none());
    desk.press("g g");
    assert_ne!(desk.tops()[0], before[0], "it follows again");
}

#[test]
fn what_was_asked_for_before_the_comparison_comes_level_when_it_is_there() {
    // Asks at the first passage that will turn out to have an answer.
    let asked = |keys: &str| {
        let (mut app, effects) = opened(120, 12);
        let report = compared(&app, &effects[0]);
        let Message::Report(Report {
            stage: Stage::Finished(Finding::Comparison(comparison)),
            ..
        }) = &report
        else {
            panic!()
        };
        let first = comparison.links[0].left.passage;
        press(&mut app, "g g");
        (0..first).for_each(|_| drop(press(&mut app, "J")));
        press(&mut app, "=");
        assert!(app.notice.as_deref().unwrap().contains("Comparing"));
        if !keys.is_empty() {
            press(&mut app, keys);
        }
        let before = app.panes[1].top;
        app.update(report);
        (app, before)
    };
    let (app, before) = asked("");
    let answers = app.answers(app.focused().current, 1);
    assert_eq!(app.panes[1].current, answers[0].0);
    assert_ne!(app.panes[1].top, before);
    let (app, before) = asked("j k");
    assert_eq!(
        app.panes[1].top, before,
        "who went on reading is not surprised"
    );
}

#[test]
fn a_comparison_that_takes_long_is_told_and_can_be_stopped() {
    let (mut app, effects) = opened(120, 12);
    let Effect::Compare { ticket, .. } = effects[0] else {
        panic!()
    };
    let tell = |app: &mut App, millis: u64| {
        app.stale = false;
        let progress = Progress { done: 1, total: 3 };
        let stage = Stage::Progress(progress, Duration::from_millis(millis));
        app.update(Message::Report(Report { ticket, stage }));
    };
    tell(&mut app, 200);
    assert!(!app.stale && app.comparisons.slow().is_none());
    tell(&mut app, 600);
    assert!(app.stale && app.comparisons.slow().is_some());
    assert_eq!(press(&mut app, "Esc"), [Effect::Cancel(ticket)]);
    assert_eq!(app.bond(), Bond::Topics, "nothing can follow now");
    assert_eq!(press(&mut app, "j"), []);
    assert_eq!(press(&mut app, "=").len(), 1, "it is made after all");
    assert_eq!(app.bond(), Bond::Level);
}

#[test]
fn a_comparison_that_arrives_before_any_key_draws_nothing() {
    let (mut app, effects) = opened(120, 12);
    let report = compared(&app, &effects[0]);
    app.stale = false;
    app.update(report);
    assert!(!app.stale && app.comparison(0, 1).is_some());
}

#[test]
fn texts_that_are_too_large_are_never_compared_and_that_is_said() {
    let lengths = vec![vec![10; 6000], vec![10; 6000]];
    let corpus = texts(&lengths);
    let opening = Opening {
        whole: None,
        known: Known::All(tag(&corpus.documents, &corpus.topics, "en", true)),
        perspectives: vec![Perspective::Document(0), Perspective::Document(1)],
        notice: None,
        decisions: Decisions::default(),
        settings: Settings::default(),
        corpus,
    };
    let (mut app, effects) = App::new(opening, 120, 12);
    assert!(
        matches!(effects[..], [Effect::FindCopies(_)]),
        "{effects:?}"
    );
    assert_eq!(app.bond(), Bond::Topics);
    assert_eq!(press(&mut app, "j v"), []);
    assert_eq!(press(&mut app, "v ="), []);
    assert!(app.notice.as_deref().unwrap().contains("too large"));
    assert_eq!(press(&mut app, "l l l"), []);
    assert!(app.notice.as_deref().unwrap().contains("too large"));
}

/// What a reader does.
#[derive(Clone, Debug)]
enum Deed {
    /// Scrolls or steps in the focused pane.
    Lead(&'static str),
    /// Something that moves no text but perhaps the focus or the shape of the screen.
    Arrange(&'static str),
    /// Something that puts panes in their places by itself.
    Jump(&'static str),
    /// The wheel over a pane.
    Wheel(usize, bool),
    Resize(u16, u16),
}

fn deed() -> impl Strategy<Value = Deed> {
    let leads = prop::sample::select(vec![
        "j",
        "k",
        "j j j j j",
        "k k k k k",
        "Space",
        "b",
        "d",
        "u",
        "J",
        "K",
        "J J J",
        "K K",
        "g g",
        "G",
    ]);
    prop_oneof![
        8 => leads.prop_map(Deed::Lead),
        2 => prop::sample::select(vec!["Tab", "x", "z", "l", "Ctrl+e", "Ctrl+y", "?  Esc", "F12"]).prop_map(Deed::Arrange),
        2 => prop::sample::select(vec!["1", "n", "N", "=", "H", "L", "v v", ")"]).prop_map(Deed::Jump),
        3 => (0usize..3, any::<bool>()).prop_map(|(pane, down)| Deed::Wheel(pane, down)),
        1 => (20u16..200, 4u16..60).prop_map(|(columns, rows)| Deed::Resize(columns, rows)),
    ]
}

impl Desk {
    /// After the focused pane led: every other one stands where it is to stand.
    fn check_followed(
        &mut self,
        before: &[Place],
        kept: &[Option<Slot>],
    ) -> Result<(), TestCaseError> {
        let (focus, current) = (self.app.focus, self.app.focused().current);
        let own = self.row(focus, current);
        for other in 0..self.app.panes.len() {
            if other == focus {
                continue;
            }
            let partner = kept[other].or_else(|| self.app.partner(current, other));
            let follows = self.app.linking == Linking::Full && self.app.marked.is_none();
            // On a screen of a row or two the current passage may not be seen.
            let (Some(partner), true, Some(own)) = (partner, follows, own) else {
                prop_assert_eq!(
                    self.app.panes[other].top,
                    before[other],
                    "pane {} moved",
                    other
                );
                continue;
            };
            let shift = self.app.panes[other].shift - self.app.panes[focus].shift;
            let corpus = std::sync::Arc::clone(&self.app.corpus);
            let end = own + self.app.panes[focus].text_rows(&corpus, current);
            let pane = &mut self.app.panes[other];
            let (height, rows) = (i64::from(pane.height), pane.text_rows(&corpus, partner));
            let level = own.max((end - rows).min(0)).min(height - 1) - shift;
            let top = pane.top;
            let at_start = pane.scroll(&corpus, -1) == 0;
            pane.top = top;
            let at_end = pane.scroll(&corpus, 1) == 0;
            pane.top = top;
            // Where it cannot be seen, the distance that the reader gave it is to blame.
            let Some(row) = self.row(other, partner) else {
                prop_assert!(shift != 0, "the partner is out of sight");
                continue;
            };
            let fits = row == level || (row < level && at_start) || (row > level && at_end);
            prop_assert!(
                fits,
                "row {} and not {} (start {}, end {})",
                row,
                level,
                at_start,
                at_end
            );
            if at_start && !at_end && top != before[other] {
                prop_assert!(row <= level, "it went to the start for nothing");
            }
        }
        Ok(())
    }

    /// A lead once more that changes nothing, and drawing again, change nothing.
    fn check_quiet(&mut self) -> Result<(), TestCaseError> {
        let before = self.tops();
        self.app.prepare();
        prop_assert_eq!(self.tops(), before.clone());
        let (columns, rows) = self.app.size();
        self.send(Message::Resize { columns, rows });
        prop_assert_eq!(self.tops(), before);
        Ok(())
    }

    fn lead(&mut self, act: impl FnOnce(&mut Self)) -> Result<(), TestCaseError> {
        let before = self.tops();
        let (focus, current) = (self.app.focus, self.app.focused().current);
        act(self);
        prop_assert_eq!(self.app.focus, focus);
        let now = self.app.focused().current;
        if (self.tops()[focus], now) == (before[focus], current) {
            prop_assert_eq!(self.tops(), before, "nothing led, something followed");
            return Ok(());
        }
        Ok(())
    }

    /// Presses a single key that leads, and checks what follows.
    fn lead_by(&mut self, key: &str) -> Result<(), TestCaseError> {
        let before = self.tops();
        let held: Vec<_> = self.app.panes.iter().map(|pane| pane.held).collect();
        let (focus, current) = (self.app.focus, self.app.focused().current);
        self.press(key);
        let now = self.app.focused().current;
        if (self.tops()[focus], now) == (before[focus], current) {
            prop_assert_eq!(self.tops(), before, "nothing led, something followed");
            return Ok(());
        }
        // What a key brought level stays the partner, though another one would lead.
        let kept: Vec<Option<Slot>> = held
            .into_iter()
            .enumerate()
            .map(|(other, held)| {
                let held = held.filter(|held| other != focus && held.lead == now)?;
                let answers = self.app.answers(now, other);
                answers
                    .iter()
                    .any(|(answer, _)| *answer == held.partner)
                    .then_some(held.partner)
            })
            .collect();
        self.check_followed(&before, &kept)
    }

    fn carry_out(&mut self, deed: &Deed) -> Result<(), TestCaseError> {
        let before = self.tops();
        match deed {
            Deed::Lead(keys) if keys.contains('g') => self.lead_by(keys)?,
            Deed::Lead(keys) => {
                for key in keys.split_whitespace() {
                    self.lead_by(key)?;
                }
            }
            Deed::Arrange(keys) => {
                let moves = keys.contains("Ctrl") || *keys == "x" || *keys == "z";
                let (focus, shown) = (self.app.focus, self.app.screen.panes.clone());
                self.press(keys);
                if keys.contains("Ctrl") {
                    for other in (0..before.len()).filter(|other| *other != focus) {
                        prop_assert_eq!(self.tops()[other], before[other]);
                    }
                } else if !moves && self.app.screen.panes == shown {
                    prop_assert_eq!(self.tops(), before);
                }
            }
            Deed::Jump(keys) => {
                let focus = self.app.focus;
                self.press(keys);
                if self.app.linking == Linking::Free && !["=", "H", "L"].contains(keys) {
                    for other in (0..before.len()).filter(|other| *other != focus) {
                        prop_assert_eq!(self.tops()[other], before[other]);
                    }
                }
            }
            Deed::Wheel(pane, down) => {
                let kind = if *down {
                    Mouse::WheelDown
                } else {
                    Mouse::WheelUp
                };
                if *pane == self.app.focus {
                    self.lead(|desk| desk.wheel(*pane, kind))?;
                } else {
                    self.wheel(*pane, kind);
                    for other in (0..before.len()).filter(|other| other != pane) {
                        prop_assert_eq!(self.tops()[other], before[other], "pane {} moved", other);
                    }
                }
            }
            Deed::Resize(columns, rows) => self.send(Message::Resize {
                columns: *columns,
                rows: *rows,
            }),
        }
        self.check_quiet()
    }
}

fn desks() -> impl Strategy<Value = (Vec<Vec<usize>>, Vec<Linked>)> {
    let text = || prop::collection::vec(prop_oneof![4 => 1usize..80, 1 => 80usize..600], 1..25);
    (
        prop::collection::vec(text(), 2..4),
        prop::collection::vec((0usize..25, 0usize..25, 1u32..100), 0..40),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn whatever_one_does_partners_come_level_and_nothing_else_moves(
        (lengths, links) in desks(),
        deeds in prop::collection::vec(deed(), 1..25),
        (columns, rows) in (40u16..200, 8u16..60),
    ) {
        let mut desk = Desk::new(&lengths, &links, columns, rows);
        for deed in &deeds {
            desk.carry_out(deed).map_err(|error| TestCaseError::fail(format!("at {deed:?}: {error}")))?;
        }
    }

    #[test]
    fn as_far_down_as_up_is_where_one_was(
        (lengths, links) in desks(),
        down in 0usize..30,
        steps in 1i64..40,
    ) {
        let mut desk = Desk::new(&lengths, &links, 120, 20);
        let corpus = std::sync::Arc::clone(&desk.app.corpus);
        desk.press("g g");
        (0..down).for_each(|_| desk.press("j"));
        let top = desk.tops()[0];
        // Only so far that the end does not stop it.
        let pane = &mut desk.app.panes[0];
        let room = pane.scroll(&corpus, steps);
        pane.scroll(&corpus, -room);
        prop_assert_eq!(pane.top, top);
        (0..room).for_each(|_| desk.press("j"));
        (0..room).for_each(|_| desk.press("k"));
        prop_assert_eq!(desk.tops()[0], top);
    }

    #[test]
    fn there_and_back_and_there_again_shows_the_same(
        (lengths, links) in desks(),
        deeds in prop::collection::vec(deed(), 0..12),
        (there, back) in prop::sample::select(vec![("j", "k"), ("k", "j"), ("J", "K"), ("K", "J"), ("Space", "b")]),
    ) {
        let mut desk = Desk::new(&lengths, &links, 120, 24);
        for deed in &deeds {
            desk.carry_out(deed)?;
        }
        desk.press("l l l =");
        let focus = desk.app.focus;
        let start = (desk.tops()[focus], desk.app.focused().current);
        desk.press(there);
        if (desk.tops()[focus], desk.app.focused().current) == start {
            return Ok(());
        }
        let seen = |desk: &Desk| -> Vec<(Place, Slot)> { desk.app.panes.iter().map(|pane| (pane.top, pane.current)).collect() };
        let first = seen(&desk);
        desk.press(back);
        desk.press(there);
        let second = seen(&desk);
        if first[focus] == second[focus] {
            for other in (0..first.len()).filter(|other| *other != focus) {
                if desk.app.partner(first[focus].1, other).is_some() {
                    prop_assert_eq!(first[other], second[other]);
                }
            }
        }
    }
}

#[test]
fn links_of_a_passage_are_found_from_either_side() {
    let mut desk = in_order();
    desk.go_to(9);
    let id = |document, passage| PassageId { document, passage };
    let answers = desk.app.answers(Slot::passage(0, 9), 1);
    assert_eq!(
        (answers[0].1.left, answers[0].1.right),
        (id(0, 9), id(1, 9))
    );
    desk.press("Tab");
    let answers = desk.app.answers(Slot::passage(1, 9), 0);
    assert_eq!(answers[0].0, Slot::passage(0, 9));
}
