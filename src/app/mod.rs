//! The reader's state and how a message changes it.
//!
//! Invariant: no terminal, no disk, no clock. [`App::update`] takes a message and returns effects as data; after it,
//! [`App::prepare`] wraps what will be seen, and `view` draws it without changing anything.

pub mod action;
pub mod block;
pub mod comparisons;
pub mod config;
pub mod copied;
pub mod coverage;
pub mod editor;
pub mod effect;
pub mod evidence;
pub mod facing;
pub mod following;
pub mod hints;
pub mod information;
pub mod keymap;
pub mod last_places;
pub mod message;
pub mod notebook;
pub mod pane;
pub mod perspective;
pub mod picker;
pub mod pointed;
pub mod results;
pub mod screen;
pub mod search;
pub mod selection;
pub mod session;
#[cfg(test)]
pub(crate) mod tests_support;
pub mod tour;
pub mod update;
pub mod word_marks;

use crate::analysis::alignment::Decisions;
use crate::analysis::tagging::{Tag, Tagging};
use crate::analysis::wording::Included;
use crate::corpus::citing::Style;
use crate::corpus::{Corpus, SourceId, Topic};
use crate::text::bidi;
use block::Typesetting;
use comparisons::Comparisons;
use copied::Copied;
use coverage::{Look, Matrix};
use editor::Editor;
use effect::Effect;
use evidence::requests::Requests;
use evidence::{Look as EvidenceLook, View};
use facing::rows::Filter;
use facing::{Bookmark, Facing};
use following::Linking;
use hints::Hints;
use information::Information;
use keybinds::KeyInput;
use keymap::Keymap;
use last_places::LastPlaces;
use message::Ticket;
use notebook::Notebook;
use pane::{Pane, Place};
use perspective::{Perspective, Slot};
use picker::Picker;
use pointed::Pointed;
use results::{Indexing, Results};
use screen::{Screen, Shown, TEXT_WIDTH};
use search::Search;
use selection::Selection;
use std::collections::BTreeMap;
use std::sync::Arc;
use tour::Tour;
use update::deciding::{Decided, Marked};
use update::marks::{Awaited, Mark};
use word_marks::WordMarks;

/// The most panes there can be.
pub const MOST_PANES: usize = 4;

/// What the reader set.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Who reorders right-to-left text.
    pub bidi: bidi::Ordering,
    /// Whether the mouse is ours.
    pub mouse: bool,
    /// Whether the reader opens in the facing view, on the topic that the texts say most about together.
    pub opens_facing: bool,
    /// The widest text column, in cells.
    pub text_width: u16,
    /// How texts are set.
    pub typesetting: Typesetting,
    /// Whether there is an index of the corpus to be brought up to date.
    pub indexes: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            bidi: bidi::Ordering::App,
            mouse: true,
            opens_facing: false,
            text_width: TEXT_WIDTH,
            typesetting: Typesetting::default(),
            indexes: false,
        }
    }
}

/// What lies over the panes.
#[derive(Debug)]
pub enum Overlay {
    /// A list to choose from.
    Picker(Picker),
    /// About the document of the focused pane.
    Information(Information),
    /// The search over the corpus.
    Results(Results),
    /// A note in the making.
    Editor(Editor),
}

/// Where all panes were before a jump.
#[derive(Clone, Debug, PartialEq)]
pub struct Station {
    panes: Vec<Stop>,
    focus: usize,
    facing: Option<FacingStop>,
    coverage: Option<Look>,
    evidence: Option<EvidenceLook>,
}

/// Where the facing view was.
#[derive(Clone, Debug, PartialEq)]
struct FacingStop {
    filter: Filter,
    why: bool,
    place: Option<Bookmark>,
}

/// Where one pane was.
#[derive(Clone, Debug, PartialEq)]
struct Stop {
    perspective: Perspective,
    top: Place,
    current: Slot,
    topic: Option<usize>,
}

/// The reader.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools)] // Independent of each other: every combination makes sense.
pub struct App {
    /// What is read.
    pub corpus: Arc<Corpus>,
    /// Bytes that texts read on demand take when those that are not shown are given back.
    most_lent: usize,
    /// Its topics: written, or discovered.
    pub topics: Vec<Topic>,
    /// Which passages are on them; `None` until that is known.
    pub tagging: Option<Tagging>,
    /// The panes from left to right; never empty.
    pub panes: Vec<Pane>,
    /// Index of the pane that keys go to.
    pub focus: usize,
    /// How far the panes are linked.
    pub linking: Linking,
    /// Whether only the focused pane is seen.
    pub zoomed: bool,
    /// The facing view, where it is open instead of the documents.
    pub facing: Option<Facing>,
    /// The matrix of who speaks of what, where it is open over the rest.
    pub coverage: Option<Matrix>,
    /// The evidence, where it is open over the rest.
    pub evidence: Option<View>,
    /// What lies over the panes.
    pub overlay: Option<Overlay>,
    /// The search that is on.
    pub search: Option<Search>,
    /// The index of the corpus.
    pub indexing: Indexing,
    /// The search over the corpus, as it was left.
    last_results: Option<Results>,
    /// Something to tell until the next key.
    pub notice: Option<String>,
    /// Which hint stands in the place of notices.
    hint: Option<usize>,
    /// Hints for who is new.
    pub hints: Hints,
    /// How far the tour is, where it is taken.
    tour: Option<Tour>,
    /// Keys.
    pub keymap: Keymap,
    /// What the reader set.
    pub settings: Settings,
    /// How the screen is divided, as last planned.
    pub screen: Screen,
    /// Keys of a sequence that is not finished.
    pub pending: Vec<KeyInput>,
    /// What is on the screen no longer shows the state.
    pub stale: bool,
    /// A job that looks for topics.
    pub finding_topics: Option<Ticket>,
    /// What the reader decided about pairs of passages.
    pub decisions: Decisions,
    /// The notes on what is read.
    pub notebook: Notebook,
    /// A stretch of a passage that is chosen.
    pub selection: Option<Selection>,
    /// Places with a letter.
    pub marks: BTreeMap<char, Mark>,
    /// What the letter that is typed next is for.
    awaits_mark: Option<Awaited>,
    /// What the reader came back to and waits for topics.
    resumed: Option<session::Resumed>,
    /// Where documents were left.
    last_places: LastPlaces,
    /// The entry of the evidence that the reader came back to and that waits to be found.
    wanted_entry: Option<session::views::WantedEntry>,
    /// A note that was left unfinished.
    draft: Option<Editor>,
    /// Where the mouse went down, in which pane.
    dragged_from: Option<(usize, (Slot, u32, u32))>,
    /// How citations are written.
    pub cite_style: Style,
    /// A passage that waits for its partner.
    pub marked: Option<Marked>,
    decided: Vec<Vec<Decided>>,
    /// Comparisons of what the panes show.
    pub comparisons: Comparisons,
    /// What was found about what the panes show.
    pub requests: Requests,
    /// Which words count there.
    pub options: Included,
    /// Texts that stand more than once.
    pub copied: Copied,
    /// Whether the words of each side are marked in the panes.
    pub marks_words: bool,
    /// What the evidence view led to.
    pub pointed: Option<Pointed>,
    word_marks: WordMarks,
    /// Where the evidence view was left.
    last_look: EvidenceLook,
    /// A topic that was asked for before that job was done.
    wanted_topic: Option<usize>,
    /// A key or the mouse was used since the start.
    touched: bool,
    /// The facing view waits for topics and comparisons, to open on the best of them.
    awaits_best_topic: bool,
    /// The reader wants the panes level as soon as they are compared.
    awaits_level: bool,
    /// The last thing was a step along a topic or hits.
    stepping: bool,
    /// The reader chose what the panes show.
    chosen: bool,
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

/// Reads the whole of a corpus, with what was decided about it, and what is to be told of that.
#[derive(Clone, Copy, Debug)]
pub struct Whole(pub fn() -> (Corpus, Decisions, Option<String>));

/// What is opened at the start.
#[derive(Debug)]
pub struct Opening {
    /// The corpus.
    pub corpus: Corpus,
    /// Where `corpus` is only so much of it as the first screen shows, with the other documents empty in their places: how the
    /// whole is read. To be done before the first key, see [`App::complete`].
    pub whole: Option<Whole>,
    /// What is known of which passages are on its topics; the rest is found out in the background.
    pub known: Known,
    /// What the panes show; empty to let the first topic decide.
    pub perspectives: Vec<Perspective>,
    /// Something to say at the start.
    pub notice: Option<String>,
    /// What the reader decided about pairs of passages, earlier.
    pub decisions: Decisions,
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
            most_lent: update::MOST_LENT,
            wanted_topic: None,
            stepping: false,
            chosen: !opening.perspectives.is_empty(),
            panes: Vec::new(),
            focus: 0,
            linking: Linking::default(),
            zoomed: false,
            facing: None,
            coverage: None,
            evidence: None,
            requests: Requests::default(),
            options: Included::default(),
            copied: Copied::default(),
            marks_words: false,
            pointed: None,
            word_marks: WordMarks::default(),
            last_look: EvidenceLook::default(),
            notebook: Notebook::default(),
            selection: None,
            draft: None,
            wanted_entry: None,
            last_places: LastPlaces::default(),
            resumed: None,
            marks: BTreeMap::new(),
            awaits_mark: None,
            dragged_from: None,
            cite_style: Style::default(),
            marked: None,
            decided: Vec::new(),
            overlay: None,
            search: None,
            indexing: Indexing::default(),
            last_results: None,
            notice: opening.notice,
            hint: None,
            hints: Hints::default(),
            tour: None,
            keymap: Keymap::default(),
            settings: opening.settings,
            screen: Screen::default(),
            pending: Vec::new(),
            stale: true,
            finding_topics: None,
            decisions: opening.decisions,
            touched: false,
            awaits_best_topic: false,
            awaits_level: false,
            comparisons: Comparisons::default(),
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
        app.show(if app.chosen {
            opening.perspectives
        } else {
            app.first_perspectives()
        });
        let mut effects = Vec::new();
        if app.settings.opens_facing && app.panes.len() > 1 {
            app.awaits_best_topic = true;
            app.open_facing(Filter::All, None);
        } else if app.tagging.is_some() {
            app.open_first_topic();
        }
        if !complete {
            let ticket = app.ticket();
            app.finding_topics = Some(ticket);
            effects.push(Effect::FindTopics(ticket));
        }
        effects.extend(app.ask_for_comparisons());
        effects.extend(app.ask_for_copies());
        if app.settings.indexes {
            let ticket = app.ticket();
            app.indexing.ticket = Some(ticket);
            effects.push(Effect::Index(ticket));
        }
        app.prepare();
        (app, effects)
    }

    /// Takes over the whole corpus, of which the first screen needed a part, what was decided about it, and what is to be
    /// told of that. What was asked for without those decisions is asked for again.
    pub fn complete(
        &mut self,
        (corpus, decisions, told): (Corpus, Decisions, Option<String>),
    ) -> Vec<Effect> {
        self.corpus = Arc::new(corpus);
        let mut effects: Vec<Effect> = self
            .requests
            .forget()
            .into_iter()
            .map(Effect::Cancel)
            .collect();
        self.copied.search = copied::Search::NotYet;
        if told.is_some() {
            self.notice = told;
            self.stale = true;
        }
        if self.decisions == decisions {
            return effects;
        }
        self.decisions = decisions;
        let dropped = self.comparisons.drop_all_but(&[]);
        effects.extend(dropped.into_iter().map(Effect::Cancel));
        effects.extend(self.ask_for_comparisons());
        effects
    }

    /// Takes over the notes on what is read, and what is to be told of them.
    pub fn take_notes(&mut self, notebook: Notebook, told: Option<String>) {
        self.stale |= !notebook.notes.is_empty() || told.is_some();
        self.notebook = notebook;
        if let Some(told) = told.or_else(|| self.told_of_notes()) {
            self.notice = Some(match self.notice.take() {
                None => told,
                Some(before) => format!("{before} · {told}"),
            });
        }
    }

    fn show(&mut self, perspectives: Vec<Perspective>) {
        let topic = self.panes.get(self.focus).and_then(|pane| pane.topic);
        let panes = perspectives.into_iter().take(MOST_PANES);
        self.panes = panes
            .map(|perspective| Pane::new(&self.corpus, perspective, topic))
            .collect();
        self.focus = self.focus.min(self.panes.len().saturating_sub(1));
    }

    /// With nothing chosen: the two sources that say most about the first topic, each with its document that says
    /// most; before topics are known, the first document of each of two sources.
    fn first_perspectives(&self) -> Vec<Perspective> {
        let on_first = |document: usize| {
            self.tagging
                .as_ref()
                .map_or(0, |tagging| tagging.count(document, 0))
        };
        // Sources in the order of their first document, each with its documents, those that say most first.
        let mut sources: Vec<Vec<usize>> = Vec::new();
        let mut places: foldhash::HashMap<&SourceId, usize> = foldhash::HashMap::default();
        for (at, document) in self.corpus.documents.iter().enumerate() {
            let source = document.source();
            let known = places.get(source).filter(|_| is_one_publisher(source));
            if let Some(place) = known {
                sources[*place].push(at);
            } else {
                places.insert(source, sources.len());
                sources.push(vec![at]);
            }
        }
        sources.sort_by_cached_key(|documents| {
            std::cmp::Reverse(documents.iter().map(|at| on_first(*at)).sum::<usize>())
        });
        let picked: Vec<usize> = match &mut sources[..] {
            // One source only: two of its documents.
            [only] => {
                only.sort_by_cached_key(|at| std::cmp::Reverse(on_first(*at)));
                only.iter().take(2).copied().collect()
            }
            several => {
                let says_most = |documents: &Vec<usize>| {
                    let by_count = |at: &&usize| std::cmp::Reverse(on_first(**at));
                    documents.iter().min_by_key(by_count).copied()
                };
                several.iter().take(2).filter_map(says_most).collect()
            }
        };
        picked.into_iter().map(Perspective::Document).collect()
    }

    /// Whether two documents are known to have one publisher.
    fn same_source(&self, one: usize, other: usize) -> bool {
        let source = |at: usize| self.corpus.documents[at].source();
        source(one) == source(other) && is_one_publisher(source(one))
    }

    /// Marks the first topic and goes to it. Panes that the reader chose keep what they show, and the first topic that all
    /// of them speak of is taken.
    fn open_first_topic(&mut self) {
        let common = |topic: &usize| {
            self.panes
                .iter()
                .all(|pane| !self.slots_on(pane, *topic).is_empty())
        };
        let first = (!self.topics.is_empty()).then_some(0);
        let first = if self.chosen {
            (0..self.topics.len()).find(common).or(first)
        } else {
            first
        };
        self.panes.iter_mut().for_each(|pane| pane.topic = first);
        self.mark_topics();
        self.plan_screen();
        for pane in &mut self.panes {
            if let Some(slot) = pane.on_topic.first().copied() {
                pane.jump(&self.corpus, slot, 0);
            }
        }
    }

    fn ticket(&mut self) -> Ticket {
        self.next_ticket += 1;
        Ticket(self.next_ticket)
    }

    /// Whether the corpus is so large that its texts are read when they are shown.
    pub fn reads_on_demand(&self) -> bool {
        let first = self.corpus.documents.first();
        first.is_some_and(crate::corpus::Document::is_read_on_demand)
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
                let places = tagging.places(document, topic).into_iter();
                places.map(move |passage| Slot::passage(document, passage))
            })
            .filter(|slot| pane.contents.contains(*slot))
            .collect()
    }

    /// Columns and rows of the screen.
    pub fn size(&self) -> (u16, u16) {
        self.size
    }

    /// Index of the topic that is marked in the focused pane.
    pub fn topic(&self) -> Option<usize> {
        self.focused().topic
    }

    /// Brings every pane's marks up to date with its topic.
    fn mark_topics(&mut self) {
        for at in 0..self.panes.len() {
            let pane = &self.panes[at];
            self.panes[at].on_topic = pane
                .topic
                .map_or_else(Vec::new, |topic| self.slots_on(pane, topic));
        }
    }

    /// The tag that puts a passage on a topic.
    pub fn tag_of(&self, slot: Slot, topic: Option<usize>) -> Option<&Tag> {
        self.tagging
            .as_ref()?
            .tag_of(slot.document(), slot.passage_index()?, topic?)
    }

    fn plan_screen(&mut self) {
        let (columns, rows) = self.size;
        let highest = self
            .panes
            .iter()
            .map(|pane| pane.highest)
            .max()
            .unwrap_or(0);
        let shown = Shown {
            panes: self.panes.len(),
            focus: self.focus,
            zoomed: self.zoomed,
            highest,
            text_width: self.settings.text_width,
        };
        let guide = self.tour_lines().len() as u16;
        self.screen = Screen::plan(columns, rows, shown, guide);
        let mut resized = false;
        for (at, area) in &self.screen.panes {
            resized |= self.panes[*at].resize(
                area.text.width,
                area.text.height,
                self.settings.typesetting,
            );
        }
        self.plan_facing();
        if resized && self.facing.is_none() {
            self.keep_level();
        }
    }

    /// Plans the screen and lays out what will be seen. To be called before every drawing.
    pub fn prepare(&mut self) {
        self.plan_screen();
        for (at, _) in &self.screen.panes {
            self.panes[*at].prepare(&self.corpus);
        }
        self.prepare_facing();
        self.prepare_coverage();
        self.prepare_evidence();
        self.prepare_word_marks();
        let area = self.overlay_area();
        match &mut self.overlay {
            Some(Overlay::Picker(picker)) => picker.page = screen::overlay_entries(area),
            Some(Overlay::Information(information)) => {
                information.prepare(area.width, screen::overlay_rows(area));
            }
            Some(Overlay::Results(results)) => results.prepare(area),
            Some(Overlay::Editor(editor)) => {
                editor.prepare(area.width.saturating_sub(4), screen::overlay_rows(area));
            }
            None => {}
        }
    }

    /// The box of the overlay.
    pub fn overlay_area(&self) -> screen::Area {
        if matches!(self.overlay, Some(Overlay::Editor(_))) {
            return self.screen.editor();
        }
        let entries = match &self.overlay {
            Some(Overlay::Picker(picker)) => picker.entries.len(),
            Some(Overlay::Information(_) | Overlay::Results(_) | Overlay::Editor(_)) | None => {
                usize::MAX
            }
        };
        self.screen.overlay(entries)
    }
}

/// Whether a source stands for one publisher: texts that do not say who published them need not share one.
pub(crate) fn is_one_publisher(source: &SourceId) -> bool {
    source.is_one_publisher()
}
