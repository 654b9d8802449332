//! Lists over the panes: opening them, moving in them, choosing.

use crate::app::action::{ACTIONS, Context};
use crate::app::effect::Effect;
use crate::app::perspective::{Perspective, title};
use crate::app::picker::{Choice, Entry, Picker, Purpose};
use crate::app::{App, Overlay};
use crate::corpus::Document;
use keybinds::{Key, KeyInput};

impl App {
    fn open(&mut self, purpose: Purpose, entries: Vec<Entry>, selected: usize) {
        self.overlay = Some(Overlay::Picker(Picker::new(purpose, entries, selected)));
        self.prepare();
    }

    pub(super) fn open_topics(&mut self) {
        let entries: Vec<Entry> = (0..self.topics.len())
            .map(|topic| self.topic_entry(topic))
            .collect();
        if entries.is_empty() {
            self.notice = Some("No topics here".to_owned());
            return;
        }
        self.open(Purpose::Topics, entries, self.topic.unwrap_or(0));
    }

    fn topic_entry(&self, topic: usize) -> Entry {
        let counts = self.counts_by_source(topic);
        let total: usize = counts.iter().map(|(_, count)| count).sum();
        let by_source: Vec<String> = counts
            .iter()
            .filter(|(_, count)| *count > 0)
            .map(|(source, count)| format!("{source} {count}"))
            .collect();
        let spec = &self.topics[topic];
        let found = if spec.discovered {
            "found in these texts · "
        } else {
            ""
        };
        Entry {
            lead: spec.key.map_or_else(String::new, String::from),
            label: spec.title.clone(),
            detail: format!("{total:>3} · {}", by_source.join(" · ")),
            about: format!("{found}cues: {}", spec.cues.join(", ")),
            choice: Choice::Topic(topic),
        }
    }

    /// How many passages each source has on a topic, most first.
    fn counts_by_source(&self, topic: usize) -> Vec<(&str, usize)> {
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for (at, document) in self.corpus.documents.iter().enumerate() {
            let found = self
                .tagging
                .as_ref()
                .map_or(0, |tagging| tagging.on_topic(at, topic).count());
            let source = self.corpus.source_title(&document.meta.source);
            match counts.iter_mut().find(|(name, _)| *name == source) {
                Some((_, count)) => *count += found,
                None => counts.push((source, found)),
            }
        }
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        counts
    }

    pub(super) fn open_perspectives(&mut self) {
        let documents = (0..self.corpus.documents.len()).map(Perspective::Document);
        let sources = self
            .corpus
            .sources
            .iter()
            .map(|source| Perspective::Source(source.id.clone()));
        let mut names: Vec<&String> = self
            .corpus
            .documents
            .iter()
            .flat_map(Document::voices)
            .collect();
        names.sort_unstable();
        names.dedup();
        let voices = names.into_iter().cloned().map(Perspective::Voice);
        let entries: Vec<Entry> = documents
            .chain(sources)
            .chain(voices)
            .map(|perspective| self.perspective_entry(perspective))
            .collect();
        let shown = Choice::Perspective(self.focused().perspective.clone());
        let selected = entries
            .iter()
            .position(|entry| entry.choice == shown)
            .unwrap_or(0);
        self.open(Purpose::Perspectives, entries, selected);
    }

    fn perspective_entry(&self, perspective: Perspective) -> Entry {
        let contents = crate::app::perspective::Contents::new(&self.corpus, &perspective);
        let documents = contents.documents();
        let passages = contents.len() - documents.len();
        let (lead, detail) = match &perspective {
            Perspective::Document(at) => {
                let date = self.corpus.documents[*at]
                    .meta
                    .date
                    .map_or_else(String::new, |date| format!("{date} · "));
                ("document", format!("{date}{passages} passages"))
            }
            Perspective::Source(_) => {
                let plural = if documents.len() == 1 { "" } else { "s" };
                (
                    "source",
                    format!("{} document{plural} · {passages} passages", documents.len()),
                )
            }
            Perspective::Voice(_) => ("voice", format!("{passages} passages")),
        };
        let on_topic = match (
            &self.tagging,
            self.topic
                .and_then(|topic| self.topics.get(topic).zip(Some(topic))),
        ) {
            (Some(tagging), Some((spec, topic))) => {
                let tagged = documents.iter().flat_map(|document| {
                    tagging
                        .on_topic(*document, topic)
                        .map(move |(at, _)| (*document, at))
                });
                let count = tagged
                    .filter(|(document, at)| {
                        contents.contains(crate::app::perspective::Slot::passage(*document, *at))
                    })
                    .count();
                format!("{count} passages on “{}”", spec.title)
            }
            _ => String::new(),
        };
        Entry {
            lead: lead.to_owned(),
            label: title(&self.corpus, &perspective),
            detail,
            about: on_topic,
            choice: Choice::Perspective(perspective),
        }
    }

    pub(super) fn open_palette(&mut self) {
        let commands = ACTIONS
            .iter()
            .filter(|spec| spec.context == Context::Reading);
        let entries = commands
            .filter(|spec| {
                spec.action.topic_key().is_none() || self.topic_with_key(spec.action).is_some()
            })
            .map(|spec| Entry {
                lead: String::new(),
                label: self.topic_with_key(spec.action).map_or_else(
                    || spec.title.to_owned(),
                    |topic| format!("Topic: {}", self.topics[topic].title),
                ),
                detail: self.keymap.keys(spec.action).join("  "),
                about: spec.help.to_owned(),
                choice: Choice::Action(spec.action),
            })
            .collect();
        self.open(Purpose::Palette, entries, 0);
    }

    pub(super) fn open_help(&mut self) {
        let entries = ACTIONS
            .iter()
            .map(|spec| Entry {
                lead: self.keymap.keys(spec.action).join("  "),
                label: self.topic_with_key(spec.action).map_or_else(
                    || spec.title.to_owned(),
                    |topic| format!("Topic: {}", self.topics[topic].title),
                ),
                detail: spec.help.to_owned(),
                about: format!("{}: {}", spec.group.title(), spec.help),
                choice: Choice::Action(spec.action),
            })
            .collect();
        self.open(Purpose::Help, entries, 0);
    }

    pub(super) fn list_select(&mut self, step: isize) {
        match &mut self.overlay {
            Some(Overlay::Picker(picker)) => picker.select(step),
            Some(Overlay::Information { lines, top }) => {
                *top = top.saturating_add_signed(step).min(lines.len());
            }
            None => {}
        }
    }

    pub(super) fn list_page(&mut self, direction: isize) {
        let page = match &self.overlay {
            Some(Overlay::Picker(picker)) => picker.page,
            Some(Overlay::Information { .. }) => self.overlay_page(),
            None => 0,
        };
        self.list_select(direction.saturating_mul(page.cast_signed()));
    }

    /// Keys that scroll the information as they scroll a pane.
    pub(super) fn information_key(&mut self, key: KeyInput) {
        match key.key() {
            Key::Char('j') => self.list_select(1),
            Key::Char('k') => self.list_select(-1),
            Key::Char(' ' | 'd') => self.list_page(1),
            Key::Char('b' | 'u') => self.list_page(-1),
            Key::Char('i' | 'q') => self.overlay = None,
            _ => {}
        }
    }

    pub(super) fn list_choose(&mut self) -> Vec<Effect> {
        match self.overlay.take() {
            Some(Overlay::Picker(picker)) => {
                match picker.chosen().map(|entry| entry.choice.clone()) {
                    Some(Choice::Topic(topic)) => self.go_to_topic(topic),
                    Some(Choice::Perspective(perspective)) => self.show_perspective(perspective),
                    Some(Choice::Action(action)) if action.spec().context == Context::Reading => {
                        return self.run(action);
                    }
                    // Keys of lists are in the help to be read, not run.
                    Some(Choice::Action(_)) => self.overlay = Some(Overlay::Picker(picker)),
                    None => {
                        self.notice = Some("Nothing chosen: no entry matches".to_owned());
                    }
                }
            }
            Some(Overlay::Information { .. }) => {}
            None => self.keep_search(),
        }
        Vec::new()
    }

    pub(super) fn list_close(&mut self) {
        if self.overlay.take().is_none() {
            self.abandon_search();
        }
    }
}
