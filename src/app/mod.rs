//! The reader's state and how a message changes it.
//!
//! Invariant: no terminal, no disk, no clock. [`App::update`] takes a message and returns effects as data; after it,
//! [`App::prepare`] wraps what will be seen, and `view` draws it without changing anything.

pub mod action;
pub mod block;
pub mod effect;
pub mod information;
pub mod keymap;
pub mod message;
pub mod pane;
pub mod perspective;
pub mod picker;
pub mod screen;
pub mod search;
#[cfg(test)]
pub(crate) mod tests_support;
pub mod update;

use crate::analysis::tagging::Tagging;
use crate::corpus::{Corpus, Topic};
use crate::text::bidi;
use effect::Effect;
use keybinds::KeyInput;
use keymap::Keymap;
use message::Ticket;
use pane::{Pane, Place};
use perspective::{Perspective, Slot};
use picker::Picker;
use screen::Screen;
use search::Search;
use std::sync::Arc;

/// The most panes there can be.
pub const MOST_PANES: usize = 4;

/// What the reader set.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Who reorders right-to-left text.
    pub bidi: bidi::Ordering,
    /// Whether the mouse is ours.
    pub mouse: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            bidi: bidi::Ordering::App,
            mouse: true,
        }
    }
}

/// What lies over the panes.
#[derive(Debug)]
pub enum Overlay {
    /// A list to choose from.
    Picker(Picker),
    /// About the document of the focused pane: lines, and the first one shown.
    Information {
        /// What there is to say.
        lines: Vec<information::Line>,
        /// The first line on the screen.
        top: usize,
    },
}

/// Where all panes were before a jump.
#[derive(Clone, Debug, PartialEq)]
pub struct Station {
    panes: Vec<(Perspective, Place, Slot)>,
    focus: usize,
    topic: Option<usize>,
}

/// The reader.
#[derive(Debug)]
pub struct App {
    /// What is read.
    pub corpus: Arc<Corpus>,
    /// Its topics: written, or discovered.
    pub topics: Vec<Topic>,
    /// Which passages are on them; `None` until that is known.
    pub tagging: Option<Tagging>,
    /// The panes from left to right; never empty.
    pub panes: Vec<Pane>,
    /// Index of the pane that keys go to.
    pub focus: usize,
    /// Index of the topic that is marked.
    pub topic: Option<usize>,
    /// Whether topic jumps move every pane.
    pub linked: bool,
    /// Whether only the focused pane is seen.
    pub zoomed: bool,
    /// What lies over the panes.
    pub overlay: Option<Overlay>,
    /// The search that is on.
    pub search: Option<Search>,
    /// Something to tell until the next key.
    pub notice: Option<String>,
    /// Keys.
    pub keymap: Keymap,
    /// What the reader set.
    pub settings: Settings,
    /// How the screen is divided, as last planned.
    pub screen: Screen,
    /// Keys of a sequence that is not finished.
    pub pending: Vec<KeyInput>,
    /// A job that looks for topics.
    pub finding_topics: Option<Ticket>,
    /// A topic that was asked for before that job was done.
    wanted_topic: Option<usize>,
    size: (u16, u16),
    back: Vec<Station>,
    forward: Vec<Station>,
    next_ticket: u64,
}

/// What is known of a corpus' topics when it is opened.
#[derive(Debug)]
pub enum Known {
    /// Nothing.
    Nothing,
    /// Which passages are on the first topic, as far as that can be told without the others: enough for the first
    /// screen.
    First(Tagging),
    /// Everything.
    All(Tagging),
}

/// What is opened at the start.
#[derive(Debug)]
pub struct Opening {
    /// The corpus.
    pub corpus: Corpus,
    /// What is known of which passages are on its topics; the rest is found out in the background.
    pub known: Known,
    /// What the panes show; empty to let the first topic decide.
    pub perspectives: Vec<Perspective>,
    /// Something to say at the start.
    pub notice: Option<String>,
    /// What the reader set.
    pub settings: Settings,
}

impl App {
    /// The reader on a corpus, at the first topic where there is one; the effects to carry out at once.
    pub fn new(opening: Opening, columns: u16, rows: u16) -> (Self, Vec<Effect>) {
        let corpus = Arc::new(opening.corpus);
        let mut app = Self {
            topics: corpus.topics.clone(),
            tagging: None,
            wanted_topic: None,
            panes: Vec::new(),
            focus: 0,
            topic: None,
            linked: true,
            zoomed: false,
            overlay: None,
            search: None,
            notice: opening.notice,
            keymap: Keymap::default(),
            settings: opening.settings,
            screen: Screen::default(),
            pending: Vec::new(),
            finding_topics: None,
            size: (columns, rows),
            back: Vec::new(),
            forward: Vec::new(),
            next_ticket: 0,
            corpus,
        };
        let complete = matches!(opening.known, Known::All(_));
        app.tagging = match opening.known {
            Known::Nothing => None,
            Known::First(tagging) | Known::All(tagging) => Some(tagging),
        };
        let chosen = !opening.perspectives.is_empty();
        app.show(if chosen {
            opening.perspectives
        } else {
            app.first_perspectives()
        });
        let mut effects = Vec::new();
        if app.tagging.is_some() {
            app.open_first_topic(chosen);
        }
        if !complete {
            let ticket = app.ticket();
            app.finding_topics = Some(ticket);
            effects.push(Effect::FindTopics(ticket));
        }
        app.prepare();
        (app, effects)
    }

    fn show(&mut self, perspectives: Vec<Perspective>) {
        let panes = perspectives.into_iter().take(MOST_PANES);
        self.panes = panes
            .map(|perspective| Pane::new(&self.corpus, perspective))
            .collect();
        self.focus = self.focus.min(self.panes.len().saturating_sub(1));
    }

    /// With nothing chosen: the two sources that say most about the first topic, each with its document that says
    /// most; before topics are known, the first document of each of two sources.
    fn first_perspectives(&self) -> Vec<Perspective> {
        let documents = self.corpus.documents.iter().enumerate();
        let on_first = |document: usize| {
            self.tagging
                .as_ref()
                .map_or(0, |tagging| tagging.on_topic(document, 0).count())
        };
        let mut ranked: Vec<(usize, usize)> = documents.map(|(at, _)| (at, on_first(at))).collect();
        ranked.sort_by_key(|(at, count)| (std::cmp::Reverse(*count), *at));
        let mut picked: Vec<usize> = Vec::new();
        let source = |at: usize| &self.corpus.documents[at].meta.source;
        for (at, _) in &ranked {
            if picked.len() < 2 && picked.iter().all(|other| source(*other) != source(*at)) {
                picked.push(*at);
            }
        }
        // One source only: two of its documents.
        for (at, _) in &ranked {
            if picked.len() < 2 && !picked.contains(at) {
                picked.push(*at);
            }
        }
        picked.into_iter().map(Perspective::Document).collect()
    }

    /// Marks the first topic and goes to it; `chosen` panes keep what they show, and the first topic that all of them
    /// speak of is taken.
    fn open_first_topic(&mut self, chosen: bool) {
        let common = |topic: &usize| {
            self.panes
                .iter()
                .all(|pane| !self.slots_on(pane, *topic).is_empty())
        };
        let first = (0..self.topics.len())
            .find(common)
            .filter(|_| chosen)
            .or((!self.topics.is_empty()).then_some(0));
        self.topic = first;
        self.mark_topic();
        for at in 0..self.panes.len() {
            self.plan_screen();
            let pane = &mut self.panes[at];
            if let Some(slot) = pane.on_topic.first().copied() {
                pane.jump(&self.corpus, slot, 0);
            }
        }
    }

    fn ticket(&mut self) -> Ticket {
        self.next_ticket += 1;
        Ticket(self.next_ticket)
    }

    /// The pane with the focus.
    pub fn focused(&self) -> &Pane {
        &self.panes[self.focus]
    }

    /// The slots of a pane that are on a topic, in order.
    fn slots_on(&self, pane: &Pane, topic: usize) -> Vec<Slot> {
        let Some(tagging) = &self.tagging else {
            return Vec::new();
        };
        let documents = pane.contents.documents().into_iter();
        documents
            .flat_map(|document| {
                tagging
                    .on_topic(document, topic)
                    .map(move |(passage, _)| Slot::passage(document, passage))
            })
            .filter(|slot| pane.contents.contains(*slot))
            .collect()
    }

    /// Brings every pane's marks up to date with the topic.
    fn mark_topic(&mut self) {
        for at in 0..self.panes.len() {
            self.panes[at].on_topic = self
                .topic
                .map_or_else(Vec::new, |topic| self.slots_on(&self.panes[at], topic));
        }
    }

    /// The tag that puts a passage on the marked topic.
    pub fn tag_of(&self, slot: Slot) -> Option<&crate::analysis::tagging::Tag> {
        let tags = self
            .tagging
            .as_ref()?
            .of(slot.document(), slot.passage_index()?);
        tags.iter().find(|tag| Some(tag.topic) == self.topic)
    }

    fn plan_screen(&mut self) {
        let (columns, rows) = self.size;
        self.screen = Screen::plan(columns, rows, self.panes.len(), self.focus, self.zoomed);
        for (at, area) in &self.screen.panes {
            self.panes[*at].resize(area.text.width, area.text.height);
        }
    }

    /// Plans the screen and lays out what will be seen. To be called before every drawing.
    pub fn prepare(&mut self) {
        self.plan_screen();
        for (at, _) in &self.screen.panes {
            self.panes[*at].prepare(&self.corpus);
        }
        let page = self.overlay_page();
        match &mut self.overlay {
            Some(Overlay::Picker(picker)) => picker.page = page,
            Some(Overlay::Information { lines, top }) => {
                *top = (*top).min(lines.len().saturating_sub(page));
            }
            None => {}
        }
    }

    /// The box of the overlay.
    pub fn overlay_area(&self) -> screen::Area {
        let entries = match &self.overlay {
            Some(Overlay::Picker(picker)) => picker.entries.len(),
            Some(Overlay::Information { .. }) | None => usize::MAX,
        };
        self.screen.overlay(entries)
    }

    /// How many entries of it are seen at once.
    fn overlay_page(&self) -> usize {
        usize::from(
            self.overlay_area()
                .height
                .saturating_sub(screen::OVERLAY_FRAME),
        )
        .max(1)
    }
}
