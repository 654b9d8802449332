//! The part of a corpus that a command is asked about: a topic, a perspective, both, or all of it.
//!
//! Invariant: what holds a passage and what is said of the part come from the same words of the command line.

use super::select;
use crate::analysis;
use crate::analysis::tagging::Tagging;
use crate::app::perspective::{Contents, Perspective, Slot};
use crate::corpus::{Corpus, PassageId};
use anyhow::Result;

/// A topic, with where it is spoken of.
struct OnTopic {
    at: usize,
    title: String,
    tagging: Tagging,
}

/// A part of a corpus.
pub(super) struct Part<'a> {
    corpus: &'a Corpus,
    perspective: Option<(Perspective, Contents)>,
    topic: Option<OnTopic>,
}

impl<'a> Part<'a> {
    /// What `within` and `topic` name; all where they are left out.
    pub(super) fn new(
        corpus: &'a Corpus,
        within: Option<&str>,
        topic: Option<&str>,
    ) -> Result<Self> {
        let perspective = within
            .map(|within| select::perspective(corpus, within))
            .transpose()?;
        let topic = match topic {
            None => None,
            Some(wanted) => {
                let (topics, tagging) = analysis::topics_of(corpus)?;
                let at = select::topic(&topics, wanted)?;
                let title = topics[at].title.clone();
                Some(OnTopic { at, title, tagging })
            }
        };
        let perspective = perspective.map(|perspective| {
            let contents = Contents::new(corpus, &perspective);
            (perspective, contents)
        });
        Ok(Self {
            corpus,
            perspective,
            topic,
        })
    }

    /// Whether it has a passage.
    pub(super) fn holds(&self, id: PassageId) -> bool {
        let slot = Slot::passage(id.document, id.passage);
        let is_within = self
            .perspective
            .as_ref()
            .is_none_or(|(_, contents)| contents.contains(slot));
        is_within
            && self.topic.as_ref().is_none_or(|topic| {
                let tag = topic.tagging.tag_of(id.document, id.passage, topic.at);
                tag.is_some()
            })
    }

    /// ` on “Death toll” in source:ID`; nothing for all.
    pub(super) fn told(&self) -> String {
        let on = self
            .topic
            .as_ref()
            .map_or_else(String::new, |topic| format!(" on “{}”", topic.title));
        let place = self
            .perspective
            .as_ref()
            .map_or_else(String::new, |(perspective, _)| {
                format!(" in {}", select::name_of(self.corpus, perspective))
            });
        format!("{on}{place}")
    }
}
