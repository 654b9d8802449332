//! Where each document was left: one that is opened anew, in this run or a later one, stands there.
//!
//! Invariant: a place is one of the text, known by its words (`SavedPlace`) where it lasts; a reader who has gone to another topic since is
//! taken to that topic, not back.

use super::App;
use super::pane::{Pane, Place};
use super::perspective::{Perspective, Slot};
use super::session::{Resumed, SavedPlace};
use crate::corpus::Corpus;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// Where a document was left, to be written down.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LastPlace {
    top: SavedPlace,
    current: SavedPlace,
}

impl LastPlace {
    fn of(corpus: &Corpus, (top, current): (Place, Slot)) -> Option<Self> {
        Some(Self {
            top: SavedPlace::of(corpus, top)?,
            current: SavedPlace::of(corpus, Place::of(current))?,
        })
    }

    fn find(&self, corpus: &Corpus, document: usize) -> Option<(Place, Slot)> {
        let top = self.top.find_in(corpus, document)?;
        Some((top, self.current.find_in(corpus, document)?.slot))
    }
}

/// Where a document was left in this run.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Left {
    place: (Place, Slot),
    topic: Option<usize>,
}

/// What is known of where documents were left.
#[derive(Debug, Default)]
pub struct LastPlaces {
    /// In earlier runs, by the ids of the documents.
    kept: BTreeMap<String, LastPlace>,
    /// In this one.
    left: HashMap<usize, Left>,
    /// What the panes showed after the last message.
    shown: Vec<(usize, Left)>,
}

fn shown(pane: &Pane) -> Option<(usize, Left)> {
    let Perspective::Document(document) = pane.perspective else {
        return None;
    };
    let left = Left {
        place: (pane.top, pane.current),
        topic: pane.topic,
    };
    Some((document, left))
}

impl App {
    /// Takes over where documents were left in earlier runs.
    pub fn take_places(&mut self, kept: impl IntoIterator<Item = (String, LastPlace)>) {
        self.last_places.kept.extend(kept);
    }

    /// Where the documents that were opened in this run were left, or are now.
    pub fn places(&mut self) -> Vec<(String, LastPlace)> {
        self.note_places();
        let last = &self.last_places;
        let mut left: BTreeMap<usize, (Place, Slot)> = last
            .left
            .iter()
            .map(|(at, left)| (*at, left.place))
            .collect();
        left.extend(last.shown.iter().map(|(at, left)| (*at, left.place)));
        // Who reads rows is at those of the current one.
        if let Some(facing) = &self.facing
            && let Some(row) = facing.rows.get(facing.current)
        {
            for id in row.cells.iter().filter_map(|cell| cell.passage()) {
                let slot = Slot::passage(id.document, id.passage);
                if let Some(place) = left.get_mut(&id.document) {
                    *place = (Place::of(slot), slot);
                }
            }
        }
        let saved = left.into_iter().filter_map(|(at, place)| {
            let id = self.corpus.documents.get(at)?.id.to_string();
            Some((id, LastPlace::of(&self.corpus, place)?))
        });
        saved.collect()
    }

    /// After each message: what a pane no longer shows was left where it was.
    pub(super) fn note_places(&mut self) {
        let now: Vec<(usize, Left)> = self.panes.iter().filter_map(shown).collect();
        let last = &mut self.last_places;
        if last.shown != now {
            let before = std::mem::replace(&mut last.shown, now);
            last.left.extend(before);
        }
    }

    /// Where a document was left; nothing where the reader has gone to another topic since that it speaks of.
    fn last_place(&self, document: usize, topic: Option<usize>) -> Option<(Place, Slot)> {
        if let Some(left) = self.last_places.left.get(&document) {
            return (left.topic == topic).then_some(left.place);
        }
        let id = self.corpus.documents.get(document)?.id.as_str();
        let kept = self.last_places.kept.get(id)?;
        kept.find(&self.corpus, document)
    }

    /// Puts a pane that has just been opened where its document was left; false where that is not known.
    pub(super) fn return_to_last_place(&mut self, at: usize) -> bool {
        let pane = &self.panes[at];
        let Perspective::Document(document) = pane.perspective else {
            return false;
        };
        let Some((top, current)) = self.last_place(document, pane.topic) else {
            return false;
        };
        let pane = &mut self.panes[at];
        (pane.top, pane.current) = (top, current);
        if current.passage_index().is_some() {
            // In a pane of another size the passage that was read may stand below what is seen.
            pane.reveal(&self.corpus, current);
        }
        true
    }

    /// At the start, where no session says otherwise: documents that were read before stand where they were left. True where one was.
    /// To be called before the first frame.
    pub fn open_at_last_places(&mut self) -> bool {
        let mut any = false;
        for at in 0..self.panes.len() {
            any |= self.return_to_last_place(at);
        }
        if any {
            // The reader chose these texts and a place in them: rows would lead away from it.
            self.awaits_best_topic = false;
            self.facing = None;
            self.resumed = self.finding_topics.map(|_| Resumed::nowhere());
            let rows = self.keymap.hint(super::action::Action::Facing);
            let told =
                format!("Where you left it · {rows} lays the texts side by side, row by row");
            self.notice = Some(match self.notice.take() {
                None => told,
                Some(before) => format!("{told} · {before}"),
            });
            self.prepare();
        }
        any
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::tests_support::{corpus, opened_on, press};

    fn reading() -> App {
        opened_on(corpus(), 120, 12).0
    }

    fn place(app: &App) -> (Slot, u32, Slot) {
        let pane = app.focused();
        (pane.top.slot, pane.top.byte, pane.current)
    }

    fn show(app: &mut App, document: usize) {
        app.show_document(Perspective::Document(document));
        app.prepare();
        app.note_places();
    }

    #[test]
    fn a_document_that_is_opened_again_stands_where_it_was_left() {
        let mut app = reading();
        press(&mut app, "g g J J J j");
        let (left, document) = (place(&app), app.focused().current.document());
        let other = app.panes[1].current.document();
        show(&mut app, other);
        press(&mut app, "G");
        show(&mut app, document);
        assert_eq!(place(&app), left);
        assert!(app.notice.as_ref().unwrap().contains("Where you left it"));
        // Who has gone to another topic since wants that.
        show(&mut app, other);
        press(&mut app, "2");
        show(&mut app, document);
        let on_topic = app.focused().on_topic.first().copied();
        assert_eq!(Some(app.focused().current), on_topic);
    }

    #[test]
    fn a_later_run_opens_a_document_where_it_was_left_also_when_it_has_changed() {
        let mut app = reading();
        press(&mut app, "g g J J J j");
        let (left, document) = (place(&app), app.focused().current.document());
        let kept = app.places();
        let text = serde_json::to_string(&kept).unwrap();
        let kept: Vec<(String, LastPlace)> = serde_json::from_str(&text).unwrap();
        let mut again = reading();
        again.take_places(kept.clone());
        assert!(again.open_at_last_places());
        assert_eq!(place(&again), left);
        let mut changed = corpus();
        let words = changed.documents[document].passage(left.2.passage_index().unwrap());
        let words = words.unwrap().text().to_owned();
        let first = crate::corpus::PassageDraft {
            text: "A new beginning.".into(),
            ..Default::default()
        };
        let old = changed.documents[document].clone();
        let mut new = crate::corpus::Document::new(old.id.clone(), old.meta.clone());
        new.push(first);
        for passage in old.passages() {
            new.push(crate::corpus::PassageDraft {
                text: passage.text().into(),
                ..Default::default()
            });
        }
        changed.documents[document] = new;
        let (mut again, _) = opened_on(changed, 120, 12);
        again.take_places(kept);
        again.open_at_last_places();
        let current = again.focused().current;
        let found = again.corpus.documents[document].passage(current.passage_index().unwrap());
        assert_eq!(found.unwrap().text(), words);
    }

    #[test]
    fn a_place_that_no_text_can_have_is_no_obstacle() {
        let persian = || {
            let mut corpus = corpus();
            let old = corpus.documents[0].clone();
            let mut new = crate::corpus::Document::new(old.id.clone(), old.meta.clone());
            for passage in old.passages() {
                new.push(crate::corpus::PassageDraft {
                    text: format!("زن زندگی {}", passage.text()),
                    ..Default::default()
                });
            }
            corpus.documents[0] = new;
            opened_on(corpus, 40, 12).0
        };
        let mut app = persian();
        press(&mut app, "g g J");
        let text = serde_json::to_string(&app.places()).unwrap();
        for (field, strange) in [
            ("passage", u64::MAX),
            ("byte", 1),
            ("byte", u64::from(u32::MAX)),
            ("above", u64::from(u16::MAX)),
        ] {
            let mut value: serde_json::Value = serde_json::from_str(&text).unwrap();
            for pair in value.as_array_mut().unwrap() {
                for place in ["top", "current"] {
                    pair[1][place][field] = strange.into();
                }
            }
            let kept: Vec<(String, LastPlace)> = serde_json::from_value(value).unwrap();
            let mut again = persian();
            again.take_places(kept);
            assert!(again.open_at_last_places());
            press(&mut again, "j k J d u G g g");
        }
    }

    #[test]
    fn nothing_is_known_of_what_was_never_read() {
        assert!(!reading().open_at_last_places());
    }
}
