//! Hints for who is new: one at a time in the place of notices, gone at the next key, and for good once its action was used.
//!
//! Invariant: a hint is shown once a start at most, never instead of a notice, and never waits for anything.

use super::App;
use super::action::Action;
use std::collections::BTreeSet;

/// Keys between two hints.
const KEYS_BETWEEN: usize = 6;

/// Where a hint has its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Documents,
    Facing,
    Evidence,
    Coverage,
}

/// A hint: what a key does, for who has not used it.
struct Hint {
    place: Place,
    /// The first is named; any of them done once makes it superfluous.
    actions: &'static [Action],
    words: &'static str,
}

const fn hint(place: Place, actions: &'static [Action], words: &'static str) -> Hint {
    Hint {
        place,
        actions,
        words,
    }
}

const HINTS: &[Hint] = &[
    hint(
        Place::Documents,
        &[
            Action::Topic2,
            Action::Topic3,
            Action::Topic4,
            Action::Topic5,
            Action::Topic6,
            Action::Topic7,
            Action::Topic8,
            Action::Topic9,
            Action::Topic0,
            Action::TopicList,
        ],
        "turns both panes to another topic",
    ),
    hint(
        Place::Documents,
        &[Action::Next],
        "goes to the next passage on the topic",
    ),
    hint(
        Place::Documents,
        &[Action::Facing],
        "lays out what stands opposite what",
    ),
    hint(
        Place::Documents,
        &[Action::Evidence, Action::Figures],
        "lays open figures, quotes and words",
    ),
    hint(
        Place::Documents,
        &[Action::Coverage],
        "shows who speaks of what",
    ),
    hint(Place::Documents, &[Action::SearchAll], "searches all texts"),
    hint(
        Place::Documents,
        &[Action::Note],
        "writes a note on this passage",
    ),
    hint(
        Place::Documents,
        &[Action::Help],
        "lists every key; type to search",
    ),
    hint(Place::Facing, &[Action::Why], "says why two stand together"),
    hint(
        Place::Facing,
        &[Action::Accept, Action::Reject],
        "agrees with a pair, and that lasts",
    ),
    hint(
        Place::Facing,
        &[Action::OnlyHere],
        "shows what this side alone has",
    ),
    hint(
        Place::Evidence,
        &[Action::Open],
        "goes to the passage behind a line",
    ),
    hint(
        Place::Evidence,
        &[Action::SectionNext],
        "goes to the next part",
    ),
    hint(
        Place::Coverage,
        &[Action::CellOpen],
        "opens what a number stands for",
    ),
];

/// What the reader has used so far, and which hint is up.
#[derive(Debug, Default)]
pub struct Hints {
    /// Names of actions that were used; nothing where no hints are wanted.
    used: Option<BTreeSet<String>>,
    /// An action was used for the first time since the start.
    pub changed: bool,
    /// Which were shown since the start.
    shown: Vec<usize>,
    keys_since: usize,
    last_place: Option<Place>,
}

impl Hints {
    /// Names of actions that were used; nothing where no hints are wanted.
    pub fn used(&self) -> Option<&BTreeSet<String>> {
        self.used.as_ref()
    }
}

impl Hint {
    fn is_used(&self, used: &BTreeSet<String>) -> bool {
        let is_used = |action: &Action| used.contains(action.spec().name);
        self.actions.iter().any(is_used)
    }
}

impl App {
    /// Gives hints to a reader who has used these actions, by their names. To be called before the first frame.
    pub fn give_hints(&mut self, used: BTreeSet<String>) {
        self.hints.used = Some(used);
        self.next_hint();
    }

    /// What is hinted at now.
    pub fn hint_words(&self) -> Option<String> {
        let hint = HINTS.get(self.hint?)?;
        let key = self.keymap.hint(*hint.actions.first()?);
        Some(format!("Hint: {key} {}", hint.words))
    }

    /// An action was done: no more hint at it.
    pub(super) fn was_used(&mut self, action: Action) {
        let Some(used) = &mut self.hints.used else {
            return;
        };
        let is_hinted = HINTS.iter().any(|hint| hint.actions.contains(&action));
        if is_hinted && used.insert(action.spec().name.to_owned()) {
            self.hints.changed = true;
        }
    }

    /// After a key: takes the hint away, and puts the next one there when it is time.
    pub(super) fn turn_hint(&mut self) {
        if self.hint.take().is_some() {
            self.hints.keys_since = 0;
        }
        self.hints.keys_since += 1;
        let is_new = self.place_of_hints() != self.hints.last_place;
        if is_new || self.hints.keys_since > KEYS_BETWEEN {
            self.next_hint();
        }
    }

    fn next_hint(&mut self) {
        let place = self.place_of_hints();
        self.hints.last_place = place;
        let (Some(used), Some(place)) = (&self.hints.used, place) else {
            return;
        };
        if self.tour.is_some() || self.notice.is_some() {
            return;
        }
        let found = HINTS.iter().enumerate().find(|(at, hint)| {
            hint.place == place && !hint.is_used(used) && !self.hints.shown.contains(at)
        });
        if let Some((at, _)) = found {
            self.hint = Some(at);
            self.hints.shown.push(at);
            self.hints.keys_since = 0;
        }
    }

    /// Where the reader is, as far as there are hints; nowhere under a list, nor while the last row has something else to say.
    fn place_of_hints(&self) -> Option<Place> {
        let is_busy = self.search.is_some() || self.selection.is_some() || self.pointed.is_some();
        if self.overlay.is_some() || is_busy {
            None
        } else if self.coverage.is_some() {
            Some(Place::Coverage)
        } else if self.evidence.is_some() {
            Some(Place::Evidence)
        } else if self.facing.is_some() {
            Some(Place::Facing)
        } else {
            Some(Place::Documents)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::tests_support::{app, press};

    fn used(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn without_being_asked_for_there_is_no_hint() {
        let mut app = app(120, 40);
        press(&mut app, "j j j j j j j j v e");
        assert_eq!(app.hint_words(), None);
        assert!(!app.hints.changed);
    }

    #[test]
    fn a_hint_is_gone_at_the_next_key_and_for_good_once_its_action_was_used() {
        let mut app = app(120, 40);
        app.give_hints(BTreeSet::new());
        let first = "Hint: 2 turns both panes to another topic";
        assert_eq!(app.hint_words().as_deref(), Some(first));
        press(&mut app, "j");
        assert_eq!(app.hint_words(), None);
        press(&mut app, "j j j j j j j j j");
        press(&mut app, "2");
        assert!(app.hints.changed);
        let names = app.hints.used().unwrap().clone();
        assert_eq!(names, used(&["topic-2"]));
        // The next start.
        let mut next = crate::app::tests_support::app(120, 40);
        next.give_hints(names);
        let words = next.hint_words().unwrap();
        assert!(
            words.starts_with("Hint: n goes to the next passage"),
            "{words}"
        );
    }

    #[test]
    fn each_view_has_hints_of_its_own_and_lists_have_none() {
        let mut app = app(120, 40);
        app.give_hints(BTreeSet::new());
        press(&mut app, "v");
        let words = app.hint_words().unwrap();
        assert!(words.contains("w says why"), "{words}");
        press(&mut app, "t");
        assert_eq!(app.hint_words(), None);
        press(&mut app, "Esc e");
        let words = app.hint_words().unwrap();
        assert!(words.contains("passage behind a line"), "{words}");
    }

    #[test]
    fn a_hint_comes_once_a_start_and_never_where_something_is_told() {
        let mut app = app(120, 40);
        app.notice = Some("something".to_owned());
        app.give_hints(BTreeSet::new());
        assert_eq!(app.hint_words(), None);
        let mut seen = Vec::new();
        for _ in 0..200 {
            press(&mut app, "j");
            seen.extend(app.hint_words());
        }
        let all = seen.len();
        seen.dedup();
        assert!(all > 3, "{seen:?}");
        let once: BTreeSet<&String> = seen.iter().collect();
        assert_eq!(once.len(), all, "{seen:?}");
    }

    #[test]
    fn who_has_used_everything_is_left_alone() {
        let mut app = app(120, 40);
        let all = HINTS.iter().flat_map(|hint| hint.actions);
        app.give_hints(all.map(|action| action.spec().name.to_owned()).collect());
        for keys in ["j", "v", "e", "C", "Esc"] {
            press(&mut app, keys);
            assert_eq!(app.hint_words(), None, "{keys}");
        }
        assert!(!app.hints.changed);
    }
}
