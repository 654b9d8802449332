//! The tour: steps that say what to press and go on when it was done.
//!
//! Invariant: a step is done by an action, whatever key it is bound to; the tour changes nothing but its own step.

use super::App;
use super::action::{ACTIONS, Action};
use super::keymap::{Keymap, Outcome};
use crate::text::ByteSpan;
use crate::text::wrap::wrap;
use keybinds::KeyInput;

/// The most rows of the strip.
const MOST_ROWS: usize = 4;
/// Fewer rows of the screen are left to the text alone, but for one.
const ROOMY: u16 = 12;

/// On fewer columns only the way out is named.
const NARROW: u16 = 60;

/// How far the reader has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tour {
    step: usize,
}

/// What is to be done, and how it is known that it was.
struct Step {
    /// What to press and why; `{name}` stands for the key of the action of that name.
    words: &'static str,
    /// Any of these does it.
    done_by: &'static [Action],
    /// What must hold afterwards.
    holds: fn(&App) -> bool,
}

const fn step(words: &'static str, done_by: &'static [Action], holds: fn(&App) -> bool) -> Step {
    Step {
        words,
        done_by,
        holds,
    }
}

const TOPICS: &[Action] = &[
    Action::Topic2,
    Action::Topic3,
    Action::Topic4,
    Action::Topic5,
    Action::Topic6,
    Action::Topic7,
    Action::Topic8,
    Action::Topic9,
    Action::Topic0,
];

const STEPS: &[Step] = &[
    step(
        "Two texts on one topic. A bar marks the passages on it; {next} goes to the next one, in both panes.",
        &[Action::Next],
        |_| true,
    ),
    step(
        "The row at the top has the topics. {topic-4} turns both panes to another one, or any other digit.",
        TOPICS,
        |_| true,
    ),
    step(
        "{topic-1} comes back to the first topic.",
        &[Action::Topic1],
        |_| true,
    ),
    step(
        "{facing} lays out what stands opposite what. A passage that nothing answers faces a blank.",
        &[Action::Facing],
        |app| app.facing.is_some(),
    ),
    step(
        "{next} goes to the next pair: two passages that belong together.",
        &[Action::Next],
        |_| true,
    ),
    step(
        "{why} says why these two stand together, and marks the words that both have.",
        &[Action::Why],
        |app| app.facing.as_ref().is_some_and(|facing| facing.why),
    ),
    step(
        "{evidence} lays open what both say on the topic: figures, who speaks, words.",
        &[Action::Evidence, Action::Figures],
        |app| app.evidence.is_some(),
    ),
    step(
        "{row-down} goes down the figures, {section-next} to the next part. {open} goes to the passage behind a line.",
        &[Action::Open],
        |app| app.evidence.is_none(),
    ),
    step(
        "{back} returns to where you were, here and after every jump.",
        &[Action::Back],
        |_| true,
    ),
    step(
        "{evidence} closes the evidence again.",
        &[Action::Evidence, Action::Cancel, Action::Facing],
        |app| app.evidence.is_none(),
    ),
    step(
        "{coverage} shows who speaks of what in the whole corpus.",
        &[Action::Coverage],
        |app| app.coverage.is_some(),
    ),
    step(
        "{cell-open} opens what a number stands for; {cancel} goes back instead.",
        &[
            Action::Open,
            Action::CellOpen,
            Action::Cancel,
            Action::Coverage,
            Action::Back,
        ],
        |app| app.coverage.is_none(),
    ),
    step(
        "{search-all} searches all texts while you type. Try a word, then {list-choose} opens what was found, or {list-close} closes it.",
        &[Action::ListClose, Action::ListChoose],
        |app| app.overlay.is_none(),
    ),
    step(
        "{note} writes a note on this passage. {note-leave} leaves it unwritten, {note-save} keeps it.",
        &[Action::NoteLeave, Action::NoteSave],
        |_| true,
    ),
    step(
        "{help} lists every key; type to find one. {list-close} closes it.",
        &[Action::ListClose, Action::ListChoose],
        |app| app.overlay.is_none(),
    ),
    step(
        "That was the tour. {quit} leaves; then `diptych left.txt right.html` lays two files of yours side by side, and `diptych help` has the rest.",
        &[],
        |_| false,
    ),
];

impl Tour {
    /// What to do now, with the keys that are bound.
    pub fn words(self, keymap: &Keymap) -> String {
        STEPS
            .get(self.step)
            .map_or_else(String::new, |step| with_keys(step.words, keymap))
    }

    /// Which step it is, from 1, and of how many.
    pub fn place(self) -> (usize, usize) {
        (self.step + 1, STEPS.len())
    }

    /// The lines of the strip on a screen of so many columns and rows.
    pub fn lines(self, keymap: &Keymap, (columns, rows): (u16, u16)) -> Vec<String> {
        let (at, of) = self.place();
        let (skip, leave) = (keymap.hint(Action::TourSkip), keymap.hint(Action::Tour));
        let ways = if at == of {
            format!("{leave} closes this")
        } else if columns < NARROW {
            format!("{leave} leaves")
        } else {
            format!("{skip} skips, {leave} leaves")
        };
        let text = format!("Tour {at}/{of}  {} ({ways})", self.words(keymap));
        let most = if rows < ROOMY { 1 } else { MOST_ROWS };
        let cut = |span: ByteSpan| span.of(&text).trim_end().to_owned();
        let lines = wrap(&text, columns.saturating_sub(2).max(1));
        lines
            .into_iter()
            .take(most.min(usize::from(rows.saturating_sub(1))))
            .map(|row| cut(row.span))
            .collect()
    }
}

/// All steps as they stand, for who takes the tour without a screen.
pub fn all_steps(keymap: &Keymap) -> Vec<String> {
    let step = |step: &Step| with_keys(step.words, keymap);
    STEPS.iter().map(step).collect()
}

/// Puts the keys of actions in the place of their names.
fn with_keys(words: &str, keymap: &Keymap) -> String {
    let mut out = String::new();
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let spec = ACTIONS.iter().find(|spec| spec.name == name);
        match spec {
            Some(spec) => out.push_str(&keymap.hint(spec.action)),
            None => out.push_str(name),
        }
        rest = after;
    }
    out + rest
}

impl App {
    /// `F2`: begins the tour, or leaves it.
    pub(super) fn toggle_tour(&mut self) {
        self.tour = match self.tour {
            Some(_) => None,
            None => Some(Tour::default()),
        };
        self.hint = None;
    }

    /// `F3`: to the next step without doing this one; after the last the tour is over.
    pub(super) fn skip_step(&mut self) {
        match self.tour {
            Some(tour) if tour.step + 1 < STEPS.len() => {
                self.tour = Some(Tour {
                    step: tour.step + 1,
                });
            }
            Some(_) => self.tour = None,
            None => {
                let key = self.keymap.hint(Action::Tour);
                self.notice = Some(format!("This is for the tour · {key} begins it"));
            }
        }
    }

    /// Goes on with the tour where an action was what its step asks for.
    pub(super) fn follow_tour(&mut self, action: Action) {
        let step = self.tour.and_then(|tour| STEPS.get(tour.step));
        let is_done = step.is_some_and(|step| step.done_by.contains(&action) && (step.holds)(self));
        if let (true, Some(tour)) = (is_done, &mut self.tour) {
            tour.step += 1;
        }
    }

    /// What a key that means nothing in a list or a note does for the tour, which can be left from everywhere.
    pub(super) fn tour_key(&self, key: KeyInput) -> Option<Action> {
        self.tour?;
        let outcome = self.keymap.lookup(super::action::Context::Reading, &[key]);
        match outcome {
            Outcome::Run(action @ (Action::Tour | Action::TourSkip)) => Some(action),
            Outcome::Run(_) | Outcome::Pending | Outcome::Unbound => None,
        }
    }

    /// The lines of the strip; none where there is no tour.
    pub fn tour_lines(&self) -> Vec<String> {
        self.tour
            .map_or_else(Vec::new, |tour| tour.lines(&self.keymap, self.size()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::message::Message;
    use crate::app::tests_support::{app, press};
    use crate::text::width;
    use keybinds::KeySeq;

    #[test]
    fn every_name_in_the_steps_is_an_action_and_every_step_can_be_done_by_the_key_it_names() {
        let keymap = Keymap::default();
        for step in STEPS {
            let names = step.words.split('{').skip(1);
            let names: Vec<&str> = names.map(|rest| rest.split('}').next().unwrap()).collect();
            assert!(!names.is_empty(), "{}", step.words);
            for name in &names {
                assert!(ACTIONS.iter().any(|spec| spec.name == *name), "{name}");
            }
            let does = |action: &Action| names.contains(&action.spec().name);
            assert!(
                step.done_by.is_empty() || step.done_by.iter().any(does),
                "{}",
                step.words
            );
            assert!(!with_keys(step.words, &keymap).contains(['{', '}']));
        }
    }

    #[test]
    fn the_strip_fits_and_names_the_ways_out_where_there_is_room() {
        let keymap = Keymap::default();
        for at in 0..STEPS.len() {
            let tour = Tour { step: at };
            for (columns, rows) in [(160, 45), (80, 24), (50, 15), (20, 8), (1, 1)] {
                let lines = tour.lines(&keymap, (columns, rows));
                assert!(lines.len() < usize::from(rows.max(1)), "{lines:?}");
                for line in &lines {
                    assert!(width::line(line) <= usize::from(columns), "{line}");
                }
                if columns >= 50 {
                    assert!(lines.join(" ").contains("F2"), "{lines:?}");
                }
            }
        }
    }

    /// Where the tour is after some keys.
    fn place_after(app: &mut App, keys: &str) -> usize {
        press(app, keys);
        app.tour.map_or(0, |tour| tour.place().0)
    }

    #[test]
    fn the_tour_goes_on_when_what_it_asks_for_was_done_and_waits_otherwise() {
        let mut app = app(120, 40);
        app.toggle_tour();
        assert_eq!(place_after(&mut app, "j k Tab"), 1);
        assert_eq!(place_after(&mut app, "n"), 2);
        assert_eq!(place_after(&mut app, "n"), 2);
        assert_eq!(place_after(&mut app, "2"), 3);
        assert_eq!(place_after(&mut app, "1"), 4);
        assert_eq!(place_after(&mut app, "v"), 5);
        assert_eq!(place_after(&mut app, "n w"), 7);
        assert_eq!(place_after(&mut app, "e"), 8);
        // From everywhere, a list among them, it can be left and steps can be skipped.
        assert_eq!(place_after(&mut app, "Esc ?"), 8);
        assert_eq!(place_after(&mut app, "F3"), 9);
        assert_eq!(place_after(&mut app, "F2"), 0);
        assert!(app.overlay.is_some());
    }

    #[test]
    fn the_tour_names_the_keys_that_are_bound() {
        let spec = Action::Next.spec();
        let own: KeySeq = "Alt+n".parse().unwrap();
        let keymap = Keymap::with(&[(spec, vec![own])]);
        let words = Tour::default().words(&keymap);
        assert!(words.contains("Alt-n goes to the next one"), "{words}");
    }

    #[test]
    fn the_strip_takes_its_rows_from_the_screen_and_gives_them_back() {
        let mut app = app(80, 24);
        app.prepare();
        let without = app.screen.size.height;
        press(&mut app, "F2");
        app.prepare();
        let lines = app.tour_lines().len() as u16;
        assert!(lines > 0 && app.screen.size.height == without - lines);
        assert_eq!(app.screen.guide.height, lines);
        app.update(Message::Resize {
            columns: 80,
            rows: 3,
        });
        app.prepare();
        assert!(app.screen.guide.height <= 1);
        press(&mut app, "F2");
        app.update(Message::Resize {
            columns: 80,
            rows: 24,
        });
        app.prepare();
        assert_eq!(app.screen.size.height, without);
    }
}
