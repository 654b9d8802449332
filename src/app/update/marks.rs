//! Places to come back to: marks with a letter, and the list of jumps.
//!
//! Invariant: a mark is a place in a text, not on the screen; going to one is a jump, so that going back returns.

use crate::app::action::Action;
use crate::app::pane::{Pane, Place};
use crate::app::perspective::{Perspective, Slot, title};
use crate::app::picker::{Choice, Entry, Purpose};
use crate::app::{App, Station};
use keybinds::{Key, KeyInput, Mods};

/// A place with a letter.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// What was shown.
    pub perspective: Perspective,
    /// The row at the top.
    pub top: Place,
    /// The current passage.
    pub current: Slot,
}

/// What the letter that is typed next is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaited {
    /// The mark is set here.
    Set,
    /// The reader goes to it.
    Go,
}

impl App {
    /// `M` and `'`: the next letter names a mark.
    pub(super) fn await_mark(&mut self, awaited: Awaited) {
        let set: Vec<String> = self
            .marks
            .iter()
            .map(|(letter, mark)| format!("{letter} {}", self.told_slot(mark.current)))
            .collect();
        let mark = self.keymap.hint(Action::Mark);
        self.notice = Some(match (awaited, set.is_empty()) {
            (Awaited::Set, _) => "A letter or digit for the mark…".to_owned(),
            (Awaited::Go, true) => format!("No marks yet · {mark} and a letter set one"),
            (Awaited::Go, false) => format!("To which mark? {}", set.join(" · ")),
        });
        if awaited == Awaited::Set || !set.is_empty() {
            self.awaits_mark = Some(awaited);
        }
    }

    fn told_slot(&self, slot: Slot) -> String {
        let document = self.corpus.documents.get(slot.document());
        let title = document.map_or("", |document| document.meta.title.as_str());
        format!(
            "{} of “{}”",
            slot.told(),
            crate::text::width::truncate(title, 24)
        )
    }

    /// Takes a key as the letter of a mark, where one is awaited; false where none is.
    pub(super) fn take_mark(&mut self, key: KeyInput) -> bool {
        let Some(awaited) = self.awaits_mark.take() else {
            return false;
        };
        let plain = !key.mods().contains(Mods::CTRL) && !key.mods().contains(Mods::ALT);
        let letter = match key.key() {
            Key::Char(letter) if plain && letter.is_alphanumeric() => letter,
            _ => {
                self.notice = Some("No mark: a letter or a digit names one".to_owned());
                return true;
            }
        };
        match awaited {
            Awaited::Set => {
                let pane = self.focused();
                let mark = Mark {
                    perspective: pane.perspective.clone(),
                    top: pane.top,
                    current: pane.current,
                };
                self.notice = Some(format!(
                    "Mark {letter}: {} · {} {letter} returns here",
                    self.told_slot(mark.current),
                    self.keymap.hint(Action::GoToMark)
                ));
                self.marks.insert(letter, mark);
            }
            Awaited::Go => self.go_to_mark(letter),
        }
        true
    }

    fn go_to_mark(&mut self, letter: char) {
        let Some(mark) = self.marks.get(&letter).cloned() else {
            let mark = self.keymap.hint(Action::Mark);
            self.notice = Some(format!("No mark {letter} · {mark} {letter} sets it here"));
            return;
        };
        self.remember();
        self.facing = None;
        let topic = self.topic();
        let focus = self.focus;
        if self.focused().perspective != mark.perspective {
            self.panes[focus] = Pane::new(&self.corpus, mark.perspective, topic);
            self.mark_topics();
            self.plan_screen();
        }
        let pane = &mut self.panes[focus];
        (pane.top, pane.current) = (mark.top, mark.current);
        self.recount_search();
    }

    /// `;`: where the reader has been, the last place first.
    pub(super) fn open_jumps(&mut self) {
        if self.back.is_empty() {
            self.notice = Some("No jumps yet: a topic, a search, a note are some".to_owned());
            return;
        }
        let entry = |(at, station): (usize, &Station)| {
            let stop = station.panes.get(station.focus).or(station.panes.first());
            let view = if station.facing.is_some() {
                "rows"
            } else {
                "text"
            };
            Entry {
                lead: view.into(),
                label: stop.map_or_else(String::new, |stop| self.told_slot(stop.current)),
                detail: stop
                    .map_or_else(String::new, |stop| title(&self.corpus, &stop.perspective)),
                about: String::new(),
                keywords: String::new(),
                choice: Choice::Jump(at),
            }
        };
        let entries: Vec<Entry> = self.back.iter().enumerate().rev().map(entry).collect();
        self.open(Purpose::Jumps, entries, 0);
    }

    /// Goes back to a jump of the list; those after it can be gone forward to.
    pub(super) fn go_to_jump(&mut self, at: usize) {
        while self.back.len() > at {
            self.back();
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::app::Overlay;
    use crate::app::tests_support::{app, press};

    #[test]
    fn a_mark_brings_back_the_place_whatever_the_pane_shows() {
        let mut app = app(120, 12);
        press(&mut app, "g g J J J j j");
        let place = (app.focused().top, app.focused().current);
        let shown = app.focused().perspective.clone();
        press(&mut app, "M a");
        assert!(app.notice.as_ref().unwrap().starts_with("Mark a: ¶"));
        press(&mut app, "p v o i c e Space A d a Enter");
        assert_ne!(app.focused().perspective, shown);
        press(&mut app, "' a");
        assert_eq!(app.focused().perspective, shown);
        assert_eq!((app.focused().top, app.focused().current), place);
        press(&mut app, "H");
        assert_ne!(app.focused().perspective, shown);
    }

    #[test]
    fn what_names_no_mark_says_so_and_does_nothing_else() {
        let mut app = app(120, 40);
        press(&mut app, "'");
        assert!(app.notice.as_ref().unwrap().contains("No marks yet"));
        press(&mut app, "M Esc");
        assert!(app.notice.as_ref().unwrap().contains("No mark"));
        press(&mut app, "M q ' z");
        assert!(app.notice.as_ref().unwrap().contains("No mark z"));
        assert!(app.marks.contains_key(&'q'));
        press(&mut app, "g g K K M t");
        let told = app.notice.as_ref().unwrap();
        assert!(!told.contains("¶0"), "{told}");
    }

    #[test]
    fn the_list_of_jumps_goes_back_several_at_once_and_forward_again() {
        let mut app = app(120, 12);
        press(&mut app, "g g");
        let start = app.focused().current;
        press(&mut app, "G 2 3");
        press(&mut app, ";");
        let Some(Overlay::Picker(picker)) = &app.overlay else {
            panic!()
        };
        let jumps = picker.entries.len();
        assert!(jumps >= 3);
        press(&mut app, "Ctrl+End Up Enter");
        assert!(app.overlay.is_none());
        press(&mut app, "H");
        assert!(app.focused().current <= start || !app.forward.is_empty());
        press(&mut app, "L L L L");
        assert_eq!(app.topic(), Some(2));
    }
}
