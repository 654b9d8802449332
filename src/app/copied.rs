//! What is known of copies: passages whose text stands elsewhere too, and whether each counts.
//!
//! Invariant: they are looked for once, after the first screen; until they are known nothing is marked and everything counts.

use super::App;
use super::effect::Effect;
use super::message::Ticket;
use super::perspective::Slot;
use crate::analysis::copies::{Copies, MOST_BYTES};
use crate::analysis::watch::Progress;
use crate::corpus::PassageId;
use std::sync::Arc;

/// Copies in more text than this are looked for only when something asks for them.
const SOON_BYTES: usize = 8 << 20;

/// How far the search for copies is.
#[derive(Clone, Debug, Default)]
pub enum Search {
    /// Nobody has looked.
    #[default]
    NotYet,
    /// A job does.
    Running(Ticket, Option<Progress>),
    /// They are known.
    Done(Arc<Copies>),
    /// The job failed, or was stopped.
    Failed,
}

/// The copies of the corpus, and whether each counts.
#[derive(Debug, Default)]
pub struct Copied {
    /// Whether they are known.
    pub search: Search,
    /// Whether a text counts as often as it stands there, and not once.
    pub count_all: bool,
}

impl Copied {
    /// The copies, once they are known.
    pub fn known(&self) -> Option<&Arc<Copies>> {
        match &self.search {
            Search::Done(copies) => Some(copies),
            Search::NotYet | Search::Running(..) | Search::Failed => None,
        }
    }

    /// The copies, where they are not counted.
    pub fn left_out(&self) -> Option<&Arc<Copies>> {
        self.known().filter(|_| !self.count_all)
    }
}

impl App {
    /// Asks for the copies of the corpus as soon as topics are known: at once in a small corpus, else when something
    /// needs them.
    pub(super) fn ask_for_copies(&mut self) -> Option<Effect> {
        let may_wait = self.evidence.is_none() && self.coverage.is_none() && !self.marks_words;
        if !matches!(self.copied.search, Search::NotYet) || self.finding_topics.is_some() {
            return None;
        }
        if may_wait && self.reads_on_demand() {
            return None;
        }
        let documents = &self.corpus.documents;
        let most = if may_wait { SOON_BYTES } else { MOST_BYTES };
        let mut bytes = 0;
        let is_small = documents.iter().all(|document| {
            bytes += document.bytes();
            bytes <= most
        });
        if !is_small {
            if !may_wait {
                self.copied.search = Search::Done(Arc::default());
            }
            return None;
        }
        let ticket = self.ticket();
        self.copied.search = Search::Running(ticket, None);
        Some(Effect::FindCopies(ticket))
    }

    /// Other passages with the text of one, in reading order; none where that is not known.
    pub fn same_text(&self, slot: Slot) -> Vec<PassageId> {
        match (self.copied.known(), slot.passage_id()) {
            (Some(copies), Some(id)) => copies.same_text(id),
            (None, _) | (_, None) => Vec::new(),
        }
    }

    /// Whether the text of a passage stands elsewhere too, in full or longer.
    pub fn is_copy(&self, slot: Slot) -> bool {
        match (self.copied.known(), slot.passage_id()) {
            (Some(copies), Some(id)) => copies.original(id).is_some(),
            (None, _) | (_, None) => false,
        }
    }

    /// Where the text of a passage stands as well, in a line; `None` where it stands nowhere else.
    pub fn copy_note(&self, slot: Slot) -> Option<String> {
        let (copies, id) = (self.copied.known()?, slot.passage_id()?);
        let all = self.same_text(slot);
        let original = copies.original(id).map(|original| original.passage);
        let named = original.or(all.first().copied())?;
        let more = match all.len() - 1 {
            0 => String::new(),
            more => format!(" and in {more} more"),
        };
        Some(format!("same text as {}{more}", self.name_from(id, named)))
    }

    /// A passage as one names it at another: by its number alone in the same document.
    pub fn name_from(&self, from: PassageId, id: PassageId) -> String {
        let number = id.passage + 1;
        if from.document == id.document {
            return format!("¶{number}");
        }
        let (Some(of), Some(document)) = (
            self.corpus.documents.get(from.document),
            self.corpus.documents.get(id.document),
        ) else {
            return format!("¶{number}");
        };
        // A text that was pasted twice may have the same title too.
        if of.meta.title == document.meta.title || document.meta.title.is_empty() {
            format!("{} ¶{number}", document.id)
        } else {
            format!("“{}” ¶{number}", document.meta.title)
        }
    }
}
