//! Jumping to topics and along them.

use crate::analysis::tagging::Tagging;
use crate::app::App;
use crate::app::action::Action;
use crate::app::pane::Pane;
use crate::app::perspective::{Perspective, Slot, title};
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
                let list = self.keymap.hint(Action::TopicList);
                format!("No topic has the key {key} · {list} lists the topics")
            }
            Some(_) | None => {
                "No topics here: these texts have too little in common to find any".to_owned()
            }
        }
    }

    fn topic_title(&self, topic: usize) -> &str {
        self.topics.get(topic).map_or("", |topic| &topic.title)
    }

    /// Goes to a topic: in every pane when they are linked, else in the focused one. On the topic that is already open,
    /// goes to its next passage.
    pub(crate) fn go_to_topic(&mut self, topic: usize) {
        if self.coverage.is_some() {
            self.point_at_topic(topic);
            return;
        }
        if self.finding_topics.is_some() && self.topic() != Some(topic) {
            // A moment after the start not everything is known.
            self.wanted_topic = Some(topic);
            self.notice = Some("Still looking for topics…".to_owned());
            return;
        }
        let open = self.topic() == Some(topic);
        if open && self.facing.is_some() {
            self.next_row(true);
            return;
        }
        if open
            && self
                .moved(self.linking.shares_topics())
                .any(|pane| pane.next_on_topic(true).is_some())
        {
            self.step_topic(true, self.linking.shares_topics());
            return;
        }
        self.remember();
        self.search = None;
        let moved = self.moved_indices(self.linking.shares_topics());
        let mut notices = Vec::new();
        for at in &moved {
            notices.extend(self.show_where_topic_is(*at, topic));
        }
        self.forget_shifts();
        let silent = self.show_topic(topic, &moved);
        if !silent.is_empty() {
            let nothing = format!(
                "Nothing found on “{}” in {}",
                self.topic_title(topic),
                silent.join(" and ")
            );
            let list = self.keymap.hint(Action::TopicList);
            notices.push(format!("{nothing} · {list} shows who speaks of it"));
        }
        if !notices.is_empty() {
            self.notice = Some(notices.join(" · "));
        }
    }

    /// Goes to the first passages on a topic in some panes; what those show that have none.
    pub(super) fn show_topic(&mut self, topic: usize, panes: &[usize]) -> Vec<String> {
        for at in panes {
            self.panes[*at].topic = Some(topic);
        }
        self.mark_topics();
        // New panes wrap at their real size before they are jumped in.
        self.plan_screen();
        let mut silent = Vec::new();
        for at in panes {
            let pane = &mut self.panes[*at];
            match pane.on_topic.first().copied() {
                Some(slot) => pane.jump(&self.corpus, slot, 0),
                None => silent.push(title(&self.corpus, &pane.perspective)),
            }
        }
        silent
    }

    /// Where a pane shows a document that is silent on the topic while its source speaks of it in another one, the
    /// pane turns to that, the one with most passages, and this says so. Back returns.
    fn show_where_topic_is(&mut self, pane: usize, topic: usize) -> Option<String> {
        let tagging = self.tagging.as_ref()?;
        let Perspective::Document(shown) = self.panes[pane].perspective else {
            return None;
        };
        if tagging.count(shown, topic) > 0 {
            return None;
        }
        let open: Vec<&Perspective> = self.panes.iter().map(|pane| &pane.perspective).collect();
        let (_, document) = (0..self.corpus.documents.len())
            .filter(|at| {
                self.same_source(*at, shown) && !open.contains(&&Perspective::Document(*at))
            })
            .map(|at| (tagging.count(at, topic), at))
            .filter(|(found, _)| *found > 0)
            .max_by_key(|(found, at)| (*found, std::cmp::Reverse(*at)))?;
        self.panes[pane] = Pane::new(&self.corpus, Perspective::Document(document), Some(topic));
        let (before, now) = (
            &self.corpus.documents[shown].meta.title,
            &self.corpus.documents[document].meta.title,
        );
        Some(format!(
            "“{before}” says nothing on this; now “{now}” of the same source (H goes back)"
        ))
    }

    pub(super) fn moved_indices(&self, all: bool) -> Vec<usize> {
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
            self.step_topic(forward, self.linking.shares_topics());
        }
    }

    /// To the next or previous passage on the topic, in the focused pane or in `all`.
    pub(super) fn step_topic(&mut self, forward: bool, all: bool) {
        let Some(topic) = self.topic() else {
            self.notice = Some(self.no_topic_notice(None));
            return;
        };
        let steps: Vec<(usize, Slot)> = self
            .moved_indices(all)
            .into_iter()
            .filter_map(|at| Some((at, self.panes[at].next_on_topic(forward)?)))
            .collect();
        if steps.is_empty() {
            let end = if forward { "last" } else { "first" };
            self.notice = Some(format!(
                "This is the {end} passage on “{}”",
                self.topic_title(topic)
            ));
            return;
        }
        self.remember_step();
        if all {
            self.forget_shifts();
        }
        for (at, slot) in steps {
            self.panes[at].jump(&self.corpus, slot, 0);
        }
    }

    /// Takes over topics that were found in the background.
    pub(super) fn take_topics(&mut self, topics: Vec<Topic>, tagging: Tagging) {
        let first_was_open = self.tagging.is_some();
        self.topics = topics;
        self.tagging = Some(tagging);
        let wanted = self.wanted_topic.take();
        if self.resume_topics() {
            // They are where they were.
        } else if first_was_open {
            self.mark_topics();
        } else if self.awaits_best_topic {
            // Which of them it opens on is decided when the texts are compared as well.
            return;
        } else if self.topics.is_empty() {
            self.notice = Some(self.no_topic_notice(None));
            return;
        } else if self.is_untouched() {
            if !self.chosen {
                let perspectives = self.first_perspectives();
                self.show(perspectives);
            }
            self.open_first_topic();
        } else {
            // A reader who has begun to read is not moved, nor do rows change under their eyes.
            if self.facing.is_none() {
                self.panes.iter_mut().for_each(|pane| pane.topic = Some(0));
            }
            self.mark_topics();
        }
        if let Some(topic) = wanted.filter(|topic| *topic < self.topics.len()) {
            self.notice = None;
            self.go_to_topic(topic);
        }
    }

    /// Whether nothing has been done since the start.
    fn is_untouched(&self) -> bool {
        let at_start = |pane: &Pane| pane.contents.position(pane.top.slot) == 0;
        let in_rows = self.touched && self.facing.is_some();
        self.panes.iter().all(at_start) && self.back.is_empty() && self.search.is_none() && !in_rows
    }
}
