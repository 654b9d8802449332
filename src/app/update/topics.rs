//! Jumping to topics and along them.

use crate::analysis::tagging::Tagging;
use crate::app::App;
use crate::app::action::Action;
use crate::app::pane::Pane;
use crate::app::perspective::{Perspective, Slot};
use crate::corpus::Topic;

impl App {
    /// The topic that a digit stands for.
    pub(super) fn topic_with_key(&self, action: Action) -> Option<usize> {
        let key = action.topic_key()?;
        self.topics.iter().position(|topic| topic.key == Some(key))
    }

    pub(super) fn topic_key(&mut self, action: Action) {
        match self.topic_with_key(action) {
            Some(topic) => self.go_to_topic(topic),
            None => self.notice = Some(self.no_topic_notice(action.topic_key())),
        }
    }

    fn no_topic_notice(&self, key: Option<char>) -> String {
        if self.finding_topics.is_some() {
            return "Still looking for topics…".to_owned();
        }
        match key {
            Some(key) if !self.topics.is_empty() => {
                format!("No topic has the key {key} · t lists the topics")
            }
            _ => "No topics in this corpus: too little that its texts have in common".to_owned(),
        }
    }

    /// Goes to a topic: in every pane when they are linked, else in the focused one. On the topic that is already open,
    /// goes to its next passage, and round again from the last.
    pub(crate) fn go_to_topic(&mut self, topic: usize) {
        if self.finding_topics.is_some() && self.topic != Some(topic) {
            // A moment after the start only the first topic is known.
            self.wanted_topic = Some(topic);
            self.notice = Some("Still looking for topics…".to_owned());
            return;
        }
        if self.topic == Some(topic)
            && self
                .moved(self.linked)
                .any(|pane| pane.next_on_topic(true).is_some())
        {
            self.step_topic(true, self.linked);
            return;
        }
        self.remember();
        self.topic = Some(topic);
        self.search = None;
        let panes: Vec<usize> = self.moved_indices(self.linked);
        for at in &panes {
            self.show_where_topic_is(*at, topic);
        }
        self.mark_topic();
        let mut silent = Vec::new();
        for at in panes {
            let pane = &mut self.panes[at];
            match pane.on_topic.first().copied() {
                Some(slot) => pane.jump(&self.corpus, slot, 0),
                None => silent.push(crate::app::perspective::title(
                    &self.corpus,
                    &pane.perspective,
                )),
            }
        }
        if !silent.is_empty() {
            let title = self.topics.get(topic).map_or("", |topic| &topic.title);
            self.notice = Some(format!(
                "Nothing found on “{title}” in {}",
                silent.join(" and ")
            ));
        }
    }

    /// Where a pane shows a document that is silent on the topic while its source speaks of it in another one, the
    /// pane turns to that: the one with most passages. Back returns.
    fn show_where_topic_is(&mut self, pane: usize, topic: usize) {
        let Some(tagging) = &self.tagging else { return };
        let Perspective::Document(shown) = self.panes[pane].perspective else {
            return;
        };
        let count = |document: usize| tagging.on_topic(document, topic).count();
        if count(shown) > 0 {
            return;
        }
        let source = &self.corpus.documents[shown].meta.source;
        let elsewhere = self
            .corpus
            .documents
            .iter()
            .enumerate()
            .filter(|(_, document)| document.meta.source == *source);
        let open: Vec<&Perspective> = self.panes.iter().map(|pane| &pane.perspective).collect();
        let best = elsewhere
            .map(|(at, _)| (count(at), at))
            .filter(|(found, at)| *found > 0 && !open.contains(&&Perspective::Document(*at)))
            .max_by_key(|(found, at)| (*found, std::cmp::Reverse(*at)));
        if let Some((_, document)) = best {
            self.panes[pane] = Pane::new(&self.corpus, Perspective::Document(document));
            // The new pane wraps at its real size before it is jumped in.
            self.plan_screen();
        }
    }

    fn moved_indices(&self, all: bool) -> Vec<usize> {
        if all {
            (0..self.panes.len()).collect()
        } else {
            vec![self.focus]
        }
    }

    fn moved(&self, all: bool) -> impl Iterator<Item = &Pane> {
        self.moved_indices(all)
            .into_iter()
            .map(|at| &self.panes[at])
    }

    /// `n` and `N`: along the hits while a search is on, else along the topic.
    pub(super) fn next(&mut self, forward: bool) {
        if self.search.is_some() {
            self.next_hit(forward);
        } else {
            self.step_topic(forward, self.linked);
        }
    }

    /// To the next or previous passage on the topic, in the focused pane or in `all`.
    pub(super) fn step_topic(&mut self, forward: bool, all: bool) {
        let Some(topic) = self.topic else {
            self.notice = Some(self.no_topic_notice(None));
            return;
        };
        let steps: Vec<(usize, Slot)> = self
            .moved_indices(all)
            .into_iter()
            .filter_map(|at| Some((at, self.panes[at].next_on_topic(forward)?)))
            .collect();
        if steps.is_empty() {
            let title = self.topics.get(topic).map_or("", |topic| &topic.title);
            let end = if forward { "last" } else { "first" };
            self.notice = Some(format!("This is the {end} passage on “{title}”"));
            return;
        }
        self.remember();
        for (at, slot) in steps {
            self.panes[at].jump(&self.corpus, slot, 0);
        }
    }

    /// Takes over topics that were found in the background.
    pub(super) fn take_topics(&mut self, topics: Vec<Topic>, tagging: Tagging) {
        let first_was_open = self.tagging.is_some();
        self.topics = topics;
        self.tagging = Some(tagging);
        if first_was_open {
            self.mark_topic();
            if let Some(topic) = self.wanted_topic.take() {
                self.notice = None;
                self.go_to_topic(topic);
            }
            return;
        }
        if self.topics.is_empty() {
            self.topic = None;
            self.mark_topic();
            self.notice = Some(self.no_topic_notice(None));
            return;
        }
        // A reader who has begun to read is not moved.
        let untouched = self
            .panes
            .iter()
            .all(|pane| pane.contents.position(pane.top.slot) == 0)
            && self.back.is_empty();
        if untouched {
            self.open_first_topic(true);
        } else {
            self.topic = Some(0);
            self.mark_topic();
        }
    }
}
