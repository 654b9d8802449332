//! Lists over the panes: opening them, moving in them, choosing.

use crate::analysis::coverage::{By, Coverage, coverage};
use crate::app::action::{ACTIONS, Action, ActionSpec, Context};
use crate::app::effect::Effect;
use crate::app::perspective::{Perspective, title};
use crate::app::picker::{Choice, Entry, Picker, Purpose};
use crate::app::{App, Overlay, is_one_publisher};
use crate::corpus::SourceId;
use keybinds::{Key, KeyInput};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

/// How much a perspective holds.
#[derive(Clone, Copy, Debug, Default)]
struct Amount {
    documents: usize,
    passages: usize,
    on_topic: usize,
}

impl App {
    pub(super) fn open(&mut self, purpose: Purpose, entries: Vec<Entry>, selected: usize) {
        self.overlay = Some(Overlay::Picker(Picker::new(purpose, entries, selected)));
        self.prepare();
    }

    pub(super) fn open_topics(&mut self) {
        let known = self
            .tagging
            .as_ref()
            .filter(|_| self.finding_topics.is_none());
        let counts = known.map(|tagging| {
            coverage(
                &self.corpus.documents,
                tagging,
                self.topics.len(),
                By::Sources,
            )
        });
        let mut entries: Vec<Entry> = (0..self.topics.len())
            .map(|topic| self.topic_entry(topic, counts.as_ref()))
            .collect();
        if entries.is_empty() {
            self.notice = Some("No topics here".to_owned());
            return;
        }
        let everything = entries.len();
        entries.push(self.everything_entry());
        entries.extend(self.coverage_entries(counts.as_ref()));
        self.open(Purpose::Topics, entries, self.topic().unwrap_or(everything));
    }

    fn topic_entry(&self, topic: usize, known: Option<&Coverage>) -> Entry {
        let tagging = self.tagging.as_ref().filter(|_| known.is_some());
        let mut counts = tagging.map_or_else(Vec::new, |tagging| {
            tagging.passages_by_source(&self.corpus.documents, topic)
        });
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let total: usize = counts.iter().map(|(_, count)| count).sum();
        let named = |(source, count): &(SourceId, usize)| {
            format!("{} {count}", self.corpus.source_title(source))
        };
        let by_source = counts.iter().map(named).collect::<Vec<_>>().join(" · ");
        let only = known.and_then(|known| known.topics.get(topic)?.only);
        let by_source = match only {
            Some(_) => format!("only {by_source}"),
            None => by_source,
        };
        let spec = &self.topics[topic];
        let cues = spec.cues.join(", ");
        let found = if spec.discovered {
            "found in these texts; "
        } else {
            ""
        };
        Entry {
            lead: spec.key.map_or_else(String::new, String::from).into(),
            label: spec.title.clone(),
            detail: if known.is_some() {
                format!("{total:>3} · {by_source}")
            } else {
                String::new()
            },
            about: format!("{by_source} — {found}cues: {cues}"),
            keywords: match only {
                Some(_) => format!("only, {cues}"),
                None => cues,
            },
            choice: Choice::Topic(topic),
        }
    }

    /// The way out of all topics.
    fn everything_entry(&self) -> Entry {
        let spec = Action::Everything.spec();
        Entry {
            lead: self.keymap.hint(spec.action).into(),
            label: spec.title.to_owned(),
            detail: "no topic: every passage".to_owned(),
            about: spec.help.to_owned(),
            keywords: spec.name.to_owned(),
            choice: Choice::Action(spec.action),
        }
    }

    /// Whether the topics were found in the texts, so that none can be one source's alone: that is not looked for.
    pub(super) fn topics_are_found(&self) -> bool {
        !self.topics.is_empty() && self.topics.iter().all(|topic| topic.discovered)
    }

    /// From the topics to what only one side speaks of.
    fn coverage_entries(&self, known: Option<&Coverage>) -> Vec<Entry> {
        let entry = |action: Action, detail: String| {
            let spec = action.spec();
            Entry {
                lead: self.keymap.hint(action).into(),
                label: spec.title.to_owned(),
                detail,
                about: spec.help.to_owned(),
                keywords: format!("{} {}", spec.name, spec.title),
                choice: Choice::Action(action),
            }
        };
        let column = known.and_then(|known| {
            let column = known.column_of(&self.speaker_in(self.focused(), By::Sources)?)?;
            Some((known, column))
        });
        let only = column.map_or_else(String::new, |(known, column)| {
            match known.only_here(column).count() {
                0 if self.topics_are_found() => {
                    "none: found topics are those that two sources share".to_owned()
                }
                0 => "none: others speak of each".to_owned(),
                count => counted(count, "topic"),
            }
        });
        let on = self.topic().and_then(|topic| self.topics.get(topic));
        let on = on.map_or_else(String::new, |topic| format!("on “{}”", topic.title));
        vec![
            entry(Action::OnlyTopics, only),
            entry(Action::OnlyHere, on),
            entry(Action::Coverage, "who speaks of what".to_owned()),
        ]
    }

    pub(super) fn open_perspectives(&mut self) {
        let (sources, voices) = self.amounts();
        let mut entries = Vec::new();
        for at in 0..self.corpus.documents.len() {
            let shown = Perspective::Document(at);
            // There may be a hundred thousand: what is said of one is put together when it is seen.
            entries.push(self.perspective_entry(("document", String::new()), shown, None));
        }
        for source in &self.corpus.sources {
            // Texts that do not say who published them need not share a publisher: they are no one source.
            if let Some(amount) = sources
                .get(&source.id)
                .filter(|_| is_one_publisher(&source.id))
            {
                let passages = counted(amount.passages, "passage");
                let told = format!("{} · {passages}", counted(amount.documents, "document"));
                let shown = Perspective::Source(source.id.clone());
                let on_topic = Some(amount.on_topic);
                entries.push(self.perspective_entry(("source", told), shown, on_topic));
            }
        }
        let on_demand = self.reads_on_demand();
        for (voice, amount) in voices {
            let told = counted(amount.passages, "passage");
            let shown = Perspective::Voice(voice.to_owned());
            // That is counted in texts that have been read.
            let on_topic = (!on_demand).then_some(amount.on_topic);
            entries.push(self.perspective_entry(("voice", told), shown, on_topic));
        }
        let shown = Choice::Perspective(self.focused().perspective.clone());
        let selected = entries
            .iter()
            .position(|entry| entry.choice == shown)
            .unwrap_or(0);
        self.open(Purpose::Perspectives, entries, selected);
    }

    /// What is said of an entry of a list: behind it, and below the list when it is selected.
    pub fn said_of<'a>(&self, entry: &'a Entry) -> (Cow<'a, str>, Cow<'a, str>) {
        let Choice::Perspective(Perspective::Document(at)) = &entry.choice else {
            return (entry.detail.as_str().into(), entry.about.as_str().into());
        };
        let Some(document) = self.corpus.documents.get(*at) else {
            return (Cow::default(), Cow::default());
        };
        let passages = counted(document.len(), "passage");
        let date = document.meta.date;
        let date = date.map_or_else(String::new, |date| format!("{date} · "));
        let about = self.on_the_topic(self.count_on_topic(*at));
        (format!("{date}{passages}").into(), about.into())
    }

    /// So many passages are on the topic of the focused pane.
    fn on_the_topic(&self, passages: usize) -> String {
        let topic = self.topic().and_then(|topic| self.topics.get(topic));
        topic.map_or_else(String::new, |topic| {
            format!("{} on “{}”", counted(passages, "passage"), topic.title)
        })
    }

    fn count_on_topic(&self, document: usize) -> usize {
        let counted = self.tagging.as_ref().zip(self.topic());
        counted.map_or(0, |(tagging, topic)| tagging.count(document, topic))
    }

    /// How much each source and each voice holds, in one pass.
    fn amounts(&self) -> (HashMap<&SourceId, Amount>, BTreeMap<&str, Amount>) {
        let mut sources: HashMap<&SourceId, Amount> = HashMap::new();
        let mut voices: BTreeMap<&str, Amount> = BTreeMap::new();
        for (at, document) in self.corpus.documents.iter().enumerate() {
            let source = sources.entry(document.source()).or_default();
            source.documents += 1;
            source.passages += document.len();
            source.on_topic += self.count_on_topic(at);
            for (voice, passages) in document.voice_counts() {
                let amount = voices.entry(voice).or_default();
                amount.documents += 1;
                amount.passages += passages;
            }
            // A hundred thousand texts are not read for a line of the list.
            if document.is_read_on_demand() || document.voices().is_empty() {
                continue;
            }
            for passage in document.passages() {
                let Some(amount) = passage.voice().and_then(|voice| voices.get_mut(voice)) else {
                    continue;
                };
                let slot = crate::app::perspective::Slot::passage(at, passage.index());
                amount.on_topic += usize::from(self.tag_of(slot, self.topic()).is_some());
            }
        }
        (sources, voices)
    }

    /// A perspective as an entry; `told` is what is said of it.
    fn perspective_entry(
        &self,
        (lead, told): (&'static str, String),
        perspective: Perspective,
        on_topic: Option<usize>,
    ) -> Entry {
        Entry {
            lead: Cow::Borrowed(lead),
            label: title(&self.corpus, &perspective),
            detail: told,
            about: on_topic.map_or_else(String::new, |count| self.on_the_topic(count)),
            keywords: String::new(),
            choice: Choice::Perspective(perspective),
        }
    }

    /// What an action is called here: topic keys by their topic.
    fn action_title(&self, spec: &ActionSpec) -> String {
        let topic = self
            .topic_with_key(spec.action)
            .map(|topic| format!("Topic: {}", self.topics[topic].title));
        topic.unwrap_or_else(|| spec.title.to_owned())
    }

    /// Whether a command means something here; those of lists are to be read only.
    fn can_be_run(&self, spec: &ActionSpec) -> bool {
        match spec.context {
            Context::Reading => true,
            Context::Matrix => self.coverage.is_some(),
            Context::Evidence => self.evidence.is_some(),
            Context::Selecting => self.selection.is_some(),
            Context::Writing | Context::List | Context::Results => false,
        }
    }

    pub(super) fn open_palette(&mut self) {
        let means_something = |spec: &&ActionSpec| {
            let topic_without =
                spec.action.topic_key().is_some() && self.topic_with_key(spec.action).is_none();
            self.can_be_run(spec) && !topic_without
        };
        let entries = ACTIONS
            .iter()
            .filter(means_something)
            .map(|spec| Entry {
                lead: "".into(),
                label: self.action_title(spec),
                detail: self.keymap.keys(spec.action).join("  "),
                about: spec.help.to_owned(),
                keywords: format!("{} {}", spec.name, spec.help),
                choice: Choice::Action(spec.action),
            })
            .collect();
        self.open(Purpose::Palette, entries, 0);
    }

    pub(super) fn open_help(&mut self) {
        let digits = "1 … 9, 0";
        let entries = ACTIONS
            .iter()
            // Ten lines that say the same but for the digit would hide the rest.
            .filter(|spec| spec.action.topic_key().is_none_or(|key| key == '1'))
            .map(|spec| {
                let is_topic = spec.action == Action::Topic1;
                let keys = self.keymap.keys(spec.action);
                let first_keys = keys.iter().take(2).cloned().collect::<Vec<_>>().join("  ");
                Entry {
                    lead: if is_topic {
                        digits.into()
                    } else {
                        first_keys.into()
                    },
                    label: if is_topic {
                        "Go to a topic".to_owned()
                    } else {
                        spec.title.to_owned()
                    },
                    detail: spec.help.to_owned(),
                    about: format!(
                        "{} · keys: {} · {}",
                        spec.group.title(),
                        keys.join("  "),
                        spec.help
                    ),
                    keywords: format!("{} {} {}", spec.name, spec.help, spec.group.title()),
                    choice: Choice::Action(spec.action),
                }
            })
            .collect();
        self.open(Purpose::Help, entries, 0);
    }

    pub(super) fn list_select(&mut self, step: isize) {
        match &mut self.overlay {
            Some(Overlay::Picker(picker)) => picker.select(step),
            Some(Overlay::Information(information)) => information.scroll(step),
            Some(Overlay::Results(results)) => results.select(step),
            Some(Overlay::Editor(editor)) => editor.step(step),
            None => {}
        }
    }

    pub(super) fn list_page(&mut self, direction: isize) {
        let page = match &self.overlay {
            Some(Overlay::Picker(picker)) => picker.page,
            Some(Overlay::Information(information)) => information.page(),
            Some(Overlay::Results(results)) => results.page(),
            Some(Overlay::Editor(_)) | None => 0,
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
            Key::Char('G') => self.list_select(isize::MAX),
            Key::Char('g') => self.list_select(isize::MIN),
            Key::Char('i' | 'q') => self.overlay = None,
            _ => {}
        }
    }

    pub(super) fn list_choose(&mut self) -> Vec<Effect> {
        if self.results().is_some() {
            self.open_result();
            return Vec::new();
        }
        match self.overlay.take() {
            Some(Overlay::Picker(picker)) => {
                if let Some(order) = picker.order() {
                    return self.write(order);
                }
                match picker.chosen().map(|entry| entry.choice.clone()) {
                    Some(Choice::Topic(topic)) => self.go_to_topic(topic),
                    Some(Choice::Perspective(perspective)) => self.show_document(perspective),
                    Some(Choice::Action(action)) if self.can_be_run(action.spec()) => {
                        return self.run(action);
                    }
                    Some(Choice::Jump(at)) => self.go_to_jump(at),
                    Some(Choice::Relation(relation)) => self.begin_link_note(relation),
                    Some(Choice::Note(id)) => self.go_to_note(&id),
                    // Keys of lists are in the help to be read, not run; a format was an order.
                    Some(Choice::Action(_) | Choice::Format(..)) => {
                        self.overlay = Some(Overlay::Picker(picker));
                    }
                    None => self.notice = Some("Nothing chosen: no entry matches".to_owned()),
                }
            }
            Some(Overlay::Information(_) | Overlay::Results(_)) => {}
            Some(Overlay::Editor(editor)) => self.overlay = Some(Overlay::Editor(editor)),
            None => self.keep_search(),
        }
        Vec::new()
    }

    pub(super) fn list_close(&mut self) {
        if matches!(self.overlay, Some(Overlay::Editor(_))) {
            self.leave_editor();
        } else if self.results().is_some() {
            self.close_results();
        } else if self.overlay.take().is_none() {
            self.abandon_search();
        }
    }
}

/// `1 passage`, `2 passages`.
fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}
