//! Where the reader was, to be there again on the next start: as data that can be written to a file.
//!
//! Invariant: nothing here is an index into a corpus: documents and topics are named by their ids, passages known by their words.
//! In a corpus that has changed a place is the passage with the same words, else the nearest around it that is still there.

pub(super) mod views;

use super::facing::Bookmark;
use super::facing::rows::Filter;
use super::following::Linking;
use super::pane::Place;
use super::perspective::{Perspective, Slot};
use super::search::Search;
use super::update::marks::Mark;
use super::{App, FacingStop, Station, Stop};
use crate::corpus::citing::Style;
use crate::corpus::{Corpus, Document, PassageId};
use crate::text::digest;
use serde::{Deserialize, Serialize};
use tui_input::Input;

/// Of which form a session is; one of another form is not read.
const VERSION: u32 = 1;
/// Passages on each side by which a place is known when its own is gone.
const NEIGHBOURS: usize = 6;
/// Passages that are looked through on each side for one that has moved.
const MOVED_AT_MOST: usize = 20_000;
/// Most of each that is read.
const MOST: usize = 64;

/// A session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Session {
    version: u32,
    panes: Vec<SavedPane>,
    focus: usize,
    zoomed: bool,
    linking: String,
    facing: Option<SavedFacing>,
    search: Option<String>,
    citations: String,
    /// What lies over the texts.
    #[serde(default)]
    views: views::SavedViews,
    /// Marks, each with its letter.
    #[serde(default)]
    marks: Vec<(char, SavedPane)>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct SavedPane {
    shows: Shows,
    top: SavedPlace,
    current: SavedPlace,
    topic: Option<String>,
    shift: i64,
}

/// What a pane shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Shows {
    Document(String),
    Source(String),
    Voice(String),
}

/// A place in a document, known by its words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct SavedPlace {
    document: String,
    /// Nothing for the head of the document.
    passage: Option<usize>,
    byte: u32,
    above: u16,
    /// By which the passage is known.
    words: String,
    /// The same of those before it, nearest first, and of those after it.
    before: Vec<String>,
    after: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct SavedFacing {
    /// `all`, `paired`, or the number of the side that alone is shown.
    filter: String,
    why: bool,
    places: Vec<SavedPlace>,
    line: Option<i64>,
}

/// What waits for the topics to be known.
#[derive(Clone, Debug)]
pub(super) struct Resumed {
    /// The topic of each pane.
    topics: Vec<Option<String>>,
    facing: Option<FacingStop>,
}

/// By which the text of a passage is known.
fn mark_of(text: &str) -> String {
    let mut hash = digest::sha256(text);
    hash.truncate(16);
    hash
}

impl Shows {
    /// What it is in the corpus as it is now; nothing where it is not there any more.
    fn find(&self, corpus: &Corpus) -> Option<Perspective> {
        match self {
            Shows::Document(id) => {
                let mut documents = corpus.documents.iter();
                let at = documents.position(|document| document.id.as_str() == id);
                at.map(Perspective::Document)
            }
            Shows::Source(id) => {
                let mut documents = corpus.documents.iter();
                let is_there = documents.any(|document| document.source().as_str() == id);
                is_there.then(|| Perspective::Source(id.as_str().into()))
            }
            Shows::Voice(name) => {
                let mut documents = corpus.documents.iter();
                let is_there = documents.any(|document| document.has_voice(name));
                is_there.then(|| Perspective::Voice(name.clone()))
            }
        }
    }
}

impl Resumed {
    /// Nowhere: topics and rows are not gone to by themselves.
    pub(super) fn nowhere() -> Self {
        Self {
            topics: Vec::new(),
            facing: None,
        }
    }
}

impl SavedPlace {
    /// A place, to be found again.
    pub(super) fn of(corpus: &Corpus, place: Place) -> Option<Self> {
        let document = corpus.documents.get(place.slot.document())?;
        let at = place.slot.passage_index();
        let mark = |at: usize| document.passage(at).map(|passage| mark_of(passage.text()));
        let around = |step: isize| -> Vec<String> {
            let Some(at) = at else { return Vec::new() };
            (1..=NEIGHBOURS.cast_signed())
                .filter_map(|by| mark(at.checked_add_signed(by * step)?))
                .collect()
        };
        Some(Self {
            document: document.id.to_string(),
            passage: at,
            byte: place.byte,
            above: place.above,
            words: at.and_then(mark).unwrap_or_default(),
            before: around(-1),
            after: around(1),
        })
    }

    /// The place in the corpus as it is now.
    fn find(&self, corpus: &Corpus) -> Option<Place> {
        let mut documents = corpus.documents.iter();
        let at = documents.position(|document| document.id.as_str() == self.document)?;
        self.find_in(corpus, at)
    }

    /// The place in a document, whatever that was called.
    pub(super) fn find_in(&self, corpus: &Corpus, at: usize) -> Option<Place> {
        let document = corpus.documents.get(at)?;
        let Some(was) = self.passage.filter(|_| !document.is_empty()) else {
            return Some(Place {
                slot: Slot::head(at),
                byte: 0,
                above: self.above,
            });
        };
        if let Some(passage) = nearest(document, was, &self.words) {
            let length = document.passage(passage)?.text().len() as u32;
            return Some(Place {
                slot: Slot::passage(at, passage),
                byte: self.byte.min(length),
                above: self.above,
            });
        }
        // Its passage is gone: the first of those around it that is still there.
        let pairs = (0..NEIGHBOURS).flat_map(|by| {
            let after = self
                .after
                .get(by)
                .map(|words| (was.saturating_add(by + 1), words));
            let before = self
                .before
                .get(by)
                .map(|words| (was.saturating_sub(by + 1), words));
            after.into_iter().chain(before)
        });
        let mut found = pairs.filter_map(|(was, words)| nearest(document, was, words));
        let passage = found.next().unwrap_or_else(|| was.min(document.len() - 1));
        Some(Place::of(Slot::passage(at, passage)))
    }
}

/// The passage with these words that is nearest to where it was.
fn nearest(document: &Document, was: usize, words: &str) -> Option<usize> {
    let is = |at: usize| {
        let passage = document.passage(at)?;
        (mark_of(passage.text()) == words).then_some(at)
    };
    let far = MOVED_AT_MOST.min(document.len());
    (0..=far).find_map(|by| {
        let before = was.checked_sub(by).and_then(is);
        before.or_else(|| is(was.saturating_add(by)))
    })
}

impl Session {
    /// Reads a session; why it cannot be.
    pub fn read(text: &str) -> Result<Self, String> {
        let session: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if session.version != VERSION {
            return Err(format!("it is of form {}, not {VERSION}", session.version));
        }
        let is_small = |pane: &SavedPane| {
            pane.top.before.len().max(pane.top.after.len()) <= MOST
                && pane.current.before.len().max(pane.current.after.len()) <= MOST
        };
        let facing = session.facing.as_ref();
        let rows = facing.map_or(0, |facing| facing.places.len());
        if session.panes.len() > MOST || rows > MOST || !session.panes.iter().all(is_small) {
            return Err("it holds more than is ever written".to_owned());
        }
        Ok(session)
    }

    /// The session as text.
    pub fn write(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// Whether all that it shows is among the documents of a corpus of which a part alone has been read.
    pub fn is_within(&self, part: &Corpus) -> bool {
        let is_read = |id: &str| {
            let mut documents = part.documents.iter();
            documents.any(|document| document.id.as_str() == id && !document.is_empty())
        };
        let marked = self.marks.iter().map(|(_, pane)| pane);
        self.panes
            .iter()
            .chain(marked)
            .all(|pane| match &pane.shows {
                Shows::Document(id) => is_read(id),
                Shows::Source(_) | Shows::Voice(_) => false,
            })
    }
}

fn linking_name(linking: Linking) -> &'static str {
    match linking {
        Linking::Full => "full",
        Linking::Topics => "topics",
        Linking::Free => "free",
    }
}

fn filter_name(filter: Filter) -> String {
    match filter {
        Filter::All => "all".to_owned(),
        Filter::Paired => "paired".to_owned(),
        Filter::Only(cell) => cell.to_string(),
    }
}

fn filter_named(name: &str) -> Filter {
    match name {
        "paired" => Filter::Paired,
        name => name.parse().map_or(Filter::All, Filter::Only),
    }
}

impl App {
    /// Where the reader is.
    pub fn session(&self) -> Session {
        let corpus = &self.corpus;
        let saved = |perspective: &Perspective, top: Place, current: Slot| {
            let shows = match perspective {
                Perspective::Document(at) => {
                    Shows::Document(corpus.documents.get(*at)?.id.to_string())
                }
                Perspective::Source(id) => Shows::Source(id.to_string()),
                Perspective::Voice(name) => Shows::Voice(name.clone()),
            };
            Some(SavedPane {
                shows,
                top: SavedPlace::of(corpus, top)?,
                current: SavedPlace::of(corpus, Place::of(current))?,
                topic: None,
                shift: 0,
            })
        };
        let panes = self.panes.iter().filter_map(|pane| {
            let topic = pane.topic.and_then(|topic| self.topics.get(topic));
            Some(SavedPane {
                topic: topic.map(|topic| topic.id.to_string()),
                shift: pane.shift,
                ..saved(&pane.perspective, pane.top, pane.current)?
            })
        });
        let marks = self.marks.iter().filter_map(|(letter, mark)| {
            Some((*letter, saved(&mark.perspective, mark.top, mark.current)?))
        });
        let facing = self.facing_stop().map(|stop| {
            let place = stop.place.as_ref();
            let ids = place.map_or(&[][..], |place| &place.own);
            let saved = ids.iter().filter_map(|id| {
                let slot = Slot::passage(id.document, id.passage);
                SavedPlace::of(corpus, Place::of(slot))
            });
            SavedFacing {
                filter: filter_name(stop.filter),
                why: stop.why,
                places: saved.collect(),
                line: place.and_then(|place| place.screen_line),
            }
        });
        let search = self.search.as_ref().filter(|search| search.is_on());
        Session {
            version: VERSION,
            panes: panes.collect(),
            focus: self.focus,
            zoomed: self.zoomed,
            linking: linking_name(self.linking).to_owned(),
            facing,
            search: search.map(|search| search.input.value().to_owned()),
            citations: self.cite_style.name().to_owned(),
            views: self.saved_views(),
            marks: marks.collect(),
        }
    }

    /// Goes back to where the reader was; false where nothing of it is there any more. To be called before the first frame.
    pub fn resume(&mut self, session: &Session) -> bool {
        let corpus = std::sync::Arc::clone(&self.corpus);
        let mut topics = Vec::new();
        let mut stops = Vec::new();
        let mut shifts = Vec::new();
        for saved in session.panes.iter().take(super::MOST_PANES) {
            let perspective = saved.shows.find(&corpus);
            let found = (saved.top.find(&corpus), saved.current.find(&corpus));
            let (Some(perspective), (Some(top), Some(current))) = (perspective, found) else {
                continue;
            };
            let is_of =
                |topic: &crate::corpus::Topic| Some(topic.id.as_str()) == saved.topic.as_deref();
            stops.push(Stop {
                perspective,
                top,
                current: current.slot,
                topic: self.topics.iter().position(is_of),
            });
            topics.push(saved.topic.clone());
            shifts.push(saved.shift);
        }
        if stops.is_empty() {
            return false;
        }
        let facing = session.facing.as_ref().map(|saved| {
            let places = saved.places.iter().filter_map(|place| place.find(&corpus));
            let own: Vec<PassageId> = places.filter_map(|place| place.slot.passage_id()).collect();
            FacingStop {
                filter: filter_named(&saved.filter),
                why: saved.why,
                place: (!own.is_empty()).then(|| Bookmark {
                    all: own.clone(),
                    own,
                    screen_line: saved.line,
                }),
            }
        });
        self.awaits_best_topic = false;
        self.chosen = true;
        self.linking = [Linking::Full, Linking::Topics, Linking::Free]
            .into_iter()
            .find(|linking| linking_name(*linking) == session.linking)
            .unwrap_or_default();
        let styles = Style::ALL.into_iter();
        let style = styles
            .into_iter()
            .find(|style| style.name() == session.citations);
        self.cite_style = style.unwrap_or_default();
        self.travel(Station {
            panes: stops,
            focus: session.focus,
            facing: facing.clone(),
            coverage: None,
            evidence: None,
        });
        self.resume_views(&session.views);
        for (pane, shift) in self.panes.iter_mut().zip(shifts) {
            pane.shift = shift;
        }
        self.zoomed = session.zoomed && self.panes.len() > 1;
        for (letter, saved) in session.marks.iter().take(MOST) {
            let found = (saved.top.find(&corpus), saved.current.find(&corpus));
            if let (Some(perspective), (Some(top), Some(current))) =
                (saved.shows.find(&corpus), found)
            {
                let current = current.slot;
                let mark = Mark {
                    perspective,
                    top,
                    current,
                };
                self.marks.insert(*letter, mark);
            }
        }
        if let Some(words) = &session.search {
            let mut search = Search::new(&self.panes, self.station());
            search.input = Input::new(words.clone());
            search.typing = false;
            search.compile();
            search.count(&self.corpus, &self.panes);
            self.search = Some(search);
        }
        // Not all topics may be known yet, nor what is on them.
        self.resumed = self.finding_topics.map(|_| Resumed { topics, facing });
        self.prepare();
        true
    }

    /// Once topics are known: those that the panes were on. False where the reader did not come back to any.
    pub(super) fn resume_topics(&mut self) -> bool {
        let Some(resumed) = self.resumed.take() else {
            return false;
        };
        for (at, id) in resumed.topics.iter().enumerate() {
            let is_of = |topic: &crate::corpus::Topic| Some(topic.id.as_str()) == id.as_deref();
            let topic = self.topics.iter().position(is_of);
            if let Some(pane) = self.panes.get_mut(at).filter(|pane| pane.topic.is_none()) {
                pane.topic = topic;
            }
        }
        self.mark_topics();
        if !self.touched && self.facing.is_some() {
            self.return_to_facing(resumed.facing);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::effect::Effect;
    use crate::app::tests_support::{compared, corpus, document, opened, opened_on, press};

    fn settled(corpus: Corpus, columns: u16, rows: u16) -> App {
        let (mut app, effects) = opened_on(corpus, columns, rows);
        settle(&mut app, &effects);
        app
    }

    fn settle(app: &mut App, effects: &[Effect]) {
        for effect in effects {
            if matches!(effect, Effect::Compare { .. }) {
                let report = compared(app, effect);
                app.update(report);
            }
        }
        app.prepare();
    }

    /// What is seen first in each pane, and what is current.
    fn places(app: &App) -> Vec<(Slot, u32, Slot)> {
        let of = |pane: &crate::app::pane::Pane| (pane.top.slot, pane.top.byte, pane.current);
        app.panes.iter().map(of).collect()
    }

    #[test]
    fn a_start_comes_back_to_the_same_sentences_also_at_another_size() {
        let mut app = settled(corpus(), 90, 12);
        press(&mut app, "2 l l J J M x j j Tab J j");
        let session = Session::read(&app.session().write()).unwrap();
        assert_eq!(session, app.session());
        let mut again = settled(corpus(), 90, 12);
        assert!(again.resume(&session));
        assert_eq!(places(&again), places(&app));
        assert_eq!(
            (again.focus, again.linking, again.topic()),
            (app.focus, app.linking, app.topic())
        );
        assert_eq!(again.panes[0].on_topic, app.panes[0].on_topic);
        assert!(!again.marks.is_empty() && again.marks == app.marks);
        let mut wider = settled(corpus(), 160, 12);
        assert!(wider.resume(&session));
        for (wide, narrow) in wider.panes.iter().zip(&app.panes) {
            assert_eq!(
                (wide.top.slot, wide.current),
                (narrow.top.slot, narrow.current)
            );
        }
    }

    #[test]
    fn the_facing_view_comes_back_at_its_row() {
        let mut app = settled(corpus(), 120, 40);
        press(&mut app, "* v o J");
        let facing = app.facing.as_ref().unwrap();
        let row = facing.rows[facing.current].clone();
        let session = app.session();
        let (mut again, effects) = opened(120, 40);
        assert!(again.resume(&session));
        settle(&mut again, &effects);
        let facing = again.facing.as_ref().unwrap();
        assert_eq!(facing.rows[facing.current], row);
        assert_eq!(facing.filter, Filter::Paired);
    }

    #[test]
    fn the_search_comes_back_with_its_hits() {
        let mut app = settled(corpus(), 120, 40);
        press(&mut app, "/ d a m Enter");
        let mut again = settled(corpus(), 120, 40);
        assert!(again.resume(&app.session()));
        let search = again.search.as_ref().unwrap();
        assert!(!search.typing && search.input.value() == "dam");
        assert_eq!(search.hits, app.search.as_ref().unwrap().hits);
    }

    #[test]
    fn a_changed_corpus_opens_at_the_nearest_passage_that_is_still_there() {
        let lines = [
            "One dam.",
            "Two boats.",
            "Three schools.",
            "Four shops.",
            "Five streets.",
        ];
        let with = |lines: &[&str]| Corpus {
            documents: vec![
                document("flood", "gazette", "A", lines),
                document("voices", "herald", "B", &["Nothing."]),
            ],
            topics: Vec::new(),
            ..corpus()
        };
        let mut app = settled(with(&lines), 120, 40);
        press(&mut app, "g g J J");
        let session = app.session();
        let current = |lines: &[&str]| {
            let mut again = settled(with(lines), 120, 40);
            assert!(again.resume(&session));
            let slot = again.panes[0].current;
            let passage = again.corpus.documents[0].passage(slot.passage_index().unwrap());
            passage.unwrap().text().to_owned()
        };
        assert_eq!(current(&lines), "Three schools.");
        assert_eq!(
            current(&[
                "New.",
                "New too.",
                "One dam.",
                "Two boats.",
                "Three schools."
            ]),
            "Three schools."
        );
        assert_eq!(
            current(&["One dam.", "Two boats.", "Four shops.", "Five streets."]),
            "Four shops."
        );
        assert_eq!(current(&["One dam.", "New.", "Other."]), "One dam.");
        assert_eq!(current(&["All new."]), "All new.");
    }

    #[test]
    fn what_is_gone_is_left_out_and_nothing_is_no_session() {
        let mut app = settled(corpus(), 120, 40);
        press(&mut app, "J");
        let session = app.session();
        let mut other = corpus();
        other.documents.remove(0);
        let mut again = settled(other.clone(), 120, 40);
        assert!(again.resume(&session));
        assert_eq!(again.panes.len(), 1);
        other.documents[0].id = "renamed".into();
        assert!(!settled(other, 120, 40).resume(&session));
        assert!(Session::read("{").is_err());
        let newer = session.write().replace("\"version\": 1", "\"version\": 9");
        assert!(Session::read(&newer).unwrap_err().contains("form 9"));
    }
}
