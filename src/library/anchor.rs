//! Finding a place in a text again after the text has changed: W3C Web Annotation selectors (a text position, a text
//! quote with 32 characters around it, the state of the document by its SHA-256).
//!
//! Invariant: a place is found or lost, never guessed. What is found is the text that was marked, at most one character in
//! five apart from it; where two places fit about as well, both are refused. Pure, and bounded in time on any text.
//!
//! The order is that of the specification's notes on robustness: the same document gives the same bytes; else the exact
//! words, alone or by what stands around them; else nearly the same words in the same surroundings.

mod nearness;
mod quoting;
mod resemblance;
mod shingles;

use crate::corpus::{Document, DocumentId, PassageId, PassageIndex};
use crate::text::ByteSpan;
use crate::text::digest::sha256;
use quoting::is_telling;
use resemblance::Sketch;
use serde::{Deserialize, Serialize};
use shingles::Shingles;
use std::cell::OnceCell;
use std::collections::HashMap;

/// A span of up to this many characters is kept whole; of a longer one its two ends.
const WHOLE_CHARS: usize = 1000;
/// Characters of each end that is kept of a longer span.
const END_CHARS: usize = 500;
/// Of a quote's characters one in so many may be wrong.
const CHARS_AN_ERROR: usize = 5;
/// Text that is looked through, at most, for documents that have gone by another name.
const RENAMED_BYTES: usize = 64 << 20;
/// Steps of searching for all anchors of one [`Finder`], some two seconds: a document looked at, a few bytes looked through,
/// a cell of the table of edit distances. A thousand decisions on texts that have changed take a tenth of it.
const MOST_STEPS: u64 = 2_000_000_000;
/// How much of a found span a passage must hold to be the passage that was marked: four fifths.
const MOSTLY: (usize, usize) = (4, 5);

/// Where a span of a document stood, and what is needed to find it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The document.
    pub document: DocumentAnchor,
    /// First byte in [`Document::text`].
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// Its words; of a long span those it begins with.
    pub quote: Quote,
    /// The words a long span ends with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tail: Option<Quote>,
}

/// What is remembered of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentAnchor {
    /// Its id at the time.
    pub id: DocumentId,
    /// Who published it.
    pub source: String,
    /// SHA-256 of [`Document::text`], in hexadecimal.
    pub sha256: String,
    /// Bytes of that text.
    pub bytes: u64,
    /// By which it is known when both its name and its text have changed.
    #[serde(default)]
    pub sketch: Sketch,
}

/// Words and what stands around them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The words.
    pub exact: String,
    /// The characters before them, 32 at most.
    #[serde(default)]
    pub prefix: String,
    /// The characters after them.
    #[serde(default)]
    pub suffix: String,
    /// How often the words stood in the document, 64 at most.
    #[serde(default)]
    pub copies: usize,
    /// How many of the other copies had the like around them.
    #[serde(default)]
    pub rivals: usize,
    /// How many other places had nearly these words.
    #[serde(default)]
    pub alike: usize,
}

/// Where an anchor's span stands now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Index of the document.
    pub document: usize,
    /// The bytes in [`Document::text`]; not empty.
    pub span: ByteSpan,
}

/// Why a place was not found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Lost {
    /// No document is the one.
    #[error("its document is not here")]
    Document,
    /// The document does not have the words any more.
    #[error("its words are not in the document any more")]
    Words,
    /// Several places fit about as well.
    #[error("its words stand in several places, and none is surely the one")]
    Ambiguous,
    /// The passage was divided.
    #[error("its passage has been divided")]
    Divided,
    /// The others before it took too long to find.
    #[error("it was not looked for: there is too much here to look through")]
    Unsought,
}

/// Looks for anchors in documents; what it has to know of a document is worked out once, when it is first needed.
#[derive(Debug)]
pub struct Finder<'a> {
    documents: &'a [Document],
    /// Made when it is first asked for: often nothing is to be found, in a hundred thousand documents.
    by_id: OnceCell<HashMap<&'a str, usize>>,
    known: HashMap<usize, Known>,
    /// Bytes that may still be looked through for documents of another name.
    renamed_bytes_left: usize,
    /// Steps of searching that may still be made, of all anchors together.
    steps_left: u64,
}

/// What is known of a document.
#[derive(Debug, Default)]
struct Known {
    sha256: Option<String>,
    sketch: Option<Sketch>,
    shingles: Option<Shingles>,
}

impl Anchor {
    /// Whether its quotes are no longer than [`Finder::anchor_span`] makes them: the time to find one grows with their square.
    pub fn is_within_bounds(&self) -> bool {
        let is_short = |quote: &Quote, chars: usize| {
            char_at(&quote.exact, chars).is_none()
                && char_at(&quote.prefix, quoting::AROUND_CHARS).is_none()
                && char_at(&quote.suffix, quoting::AROUND_CHARS).is_none()
        };
        let tail = self.tail.as_ref();
        is_short(&self.quote, WHOLE_CHARS) && tail.is_none_or(|tail| is_short(tail, END_CHARS))
    }
}

impl<'a> Finder<'a> {
    /// Looks in these documents.
    pub fn new(documents: &'a [Document]) -> Self {
        Self {
            documents,
            by_id: OnceCell::new(),
            known: HashMap::new(),
            renamed_bytes_left: RENAMED_BYTES,
            steps_left: MOST_STEPS,
        }
    }

    /// The anchor of a whole passage; `None` where there is no such passage, or no text in it.
    pub fn anchor_passage(&mut self, id: PassageId) -> Option<Anchor> {
        let passage = self.documents.get(id.document)?.passage(id.passage)?;
        self.anchor_span(id.document, passage.span())
    }

    /// The anchor of a span of a document's text; `None` where it holds no text or cuts a character.
    pub fn anchor_span(&mut self, document: usize, span: ByteSpan) -> Option<Anchor> {
        let text = self.documents.get(document)?.text();
        let words = text.get(span.range()).filter(|words| !words.is_empty())?;
        let (start, end) = (span.start as usize, span.end as usize);
        let (quote, tail) = match (char_at(words, WHOLE_CHARS), char_at(words, END_CHARS)) {
            (Some(_), Some(head)) => {
                let tail = nth_char_from_end(words, END_CHARS);
                (
                    self.quote(document, start, start + head),
                    Some(self.quote(document, start + tail, end)),
                )
            }
            (None, _) | (_, None) => (self.quote(document, start, end), None),
        };
        Some(Anchor {
            document: self.anchor_document(document)?,
            start: span.start,
            end: span.end,
            quote,
            tail,
        })
    }

    fn anchor_document(&mut self, at: usize) -> Option<DocumentAnchor> {
        let document = self.documents.get(at)?;
        Some(DocumentAnchor {
            id: document.id.clone(),
            source: document.meta.source.to_string(),
            sha256: self.sha256(at).to_owned(),
            bytes: document.text().len() as u64,
            sketch: self.sketch(at).clone(),
        })
    }

    /// The document with an id.
    fn named(&self, id: &str) -> Option<usize> {
        let by_id = self.by_id.get_or_init(|| {
            let documents = self.documents.iter().enumerate();
            documents
                .map(|(at, document)| (document.id.as_str(), at))
                .collect()
        });
        by_id.get(id).copied()
    }

    /// Where the span of an anchor stands now.
    pub fn find(&mut self, anchor: &Anchor) -> Result<Found, Lost> {
        self.spend(self.documents.len())?;
        let named = self.named(anchor.document.id.as_str());
        if let Some(document) = self.unchanged(anchor, named) {
            let (start, end) = (anchor.start as usize, anchor.end as usize);
            // A line of the file may have been changed by hand: the words are asked, not only the hash.
            let words = self.documents[document].text().get(start..end);
            if words.is_some_and(|words| {
                words.starts_with(&anchor.quote.exact) && ends_as(words, anchor)
            }) {
                let span = ByteSpan::new(start, end);
                return Ok(Found { document, span });
            }
        }
        let mut lost = Lost::Document;
        if let Some(document) = named {
            match self.find_in(document, anchor) {
                Ok(span) => return Ok(Found { document, span }),
                Err(why) => lost = why,
            }
            if self.resembles(document, &anchor.document) {
                return Err(lost);
            }
            // Another text goes by that name now; the old one may go by another.
        }
        match self.renamed(anchor, named) {
            Some(document) => {
                let span = self.find_in(document, anchor)?;
                Ok(Found { document, span })
            }
            None if named.is_some() && lost == Lost::Words => Err(Lost::Document),
            None => Err(lost),
        }
    }

    /// Takes steps from those that are left.
    fn spend(&mut self, steps: usize) -> Result<(), Lost> {
        let left = self.steps_left.checked_sub(steps as u64);
        self.steps_left = left.unwrap_or(0);
        left.map(|_| ()).ok_or(Lost::Unsought)
    }

    /// As [`Self::find`], for an anchor of a whole passage: the passage that is mostly the span that was found.
    pub fn find_passage(&mut self, anchor: &Anchor) -> Result<(PassageId, Share), Lost> {
        let Found { document, span } = self.find(anchor)?;
        let found = passage_of(&self.documents[document], span);
        let (passage, share) = found.ok_or(Lost::Divided)?;
        // Few words, or such as stood in other passages as well, do not tell which passage has taken them in.
        let tells = anchor.quote.copies == 1 && is_telling(&anchor.quote);
        if share == Share::Joined && !tells {
            return Err(Lost::Ambiguous);
        }
        Ok((PassageId { document, passage }, share))
    }

    /// The document with the very text; of several, the one that has its name still.
    fn unchanged(&mut self, anchor: &Anchor, named: Option<usize>) -> Option<usize> {
        let wanted = &anchor.document;
        let is = |finder: &mut Self, at: usize| {
            finder.documents[at].text().len() as u64 == wanted.bytes
                && finder.sha256(at) == wanted.sha256
        };
        if let Some(at) = named.filter(|at| is(self, *at)) {
            return Some(at);
        }
        let mut same = (0..self.documents.len()).filter(|at| is(self, *at));
        let first = same.next()?;
        // Of two copies under new names neither is surely the one.
        same.next().is_none().then_some(first)
    }

    /// The document that is most like the one that has gone by its name.
    fn renamed(&mut self, anchor: &Anchor, named: Option<usize>) -> Option<usize> {
        let wanted = &anchor.document;
        let mut likely: Vec<(f32, usize)> = Vec::new();
        for (at, document) in self.documents.iter().enumerate() {
            let bytes = document.text().len() as u64;
            let of_its_size = bytes / 2 <= wanted.bytes && wanted.bytes / 2 <= bytes;
            let of_its_source = document.source().as_str() == wanted.source;
            if Some(at) == named || !of_its_size || !of_its_source {
                continue;
            }
            let alike = self.sketch_within_bounds(at)?.resemblance(&wanted.sketch);
            likely.push((alike, at));
        }
        likely.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        let (best, at) = *likely.first()?;
        let next = likely.get(1).map_or(0.0, |(next, _)| *next);
        (best >= resemblance::SAME && best - next >= resemblance::CLEARLY).then_some(at)
    }

    fn sketch_within_bounds(&mut self, at: usize) -> Option<&Sketch> {
        let bytes = self.documents[at].text().len();
        let is_known = self
            .known
            .get(&at)
            .is_some_and(|known| known.sketch.is_some());
        if !is_known {
            self.renamed_bytes_left = self.renamed_bytes_left.checked_sub(bytes)?;
        }
        Some(self.sketch(at))
    }

    fn resembles(&mut self, at: usize, wanted: &DocumentAnchor) -> bool {
        self.sketch(at).resemblance(&wanted.sketch) >= resemblance::RELATED
    }

    fn sha256(&mut self, at: usize) -> &str {
        let text = self.documents[at].text();
        let known = self.known.entry(at).or_default();
        known.sha256.get_or_insert_with(|| sha256(text))
    }

    fn sketch(&mut self, at: usize) -> &Sketch {
        let passages = self.documents[at].passages();
        let known = self.known.entry(at).or_default();
        let texts = passages.map(|passage| passage.text());
        known.sketch.get_or_insert_with(|| Sketch::of(texts))
    }

    fn shingles(&mut self, at: usize) -> &Shingles {
        let passages = self.documents[at].passages();
        let known = self.known.entry(at).or_default();
        let texts = passages.map(|passage| (passage.span().start, passage.text()));
        known.shingles.get_or_insert_with(|| Shingles::of(texts))
    }

    fn find_in(&mut self, document: usize, anchor: &Anchor) -> Result<ByteSpan, Lost> {
        let (start, end) = self.find_quote(document, &anchor.quote)?;
        let Some(tail) = &anchor.tail else {
            return Ok(ByteSpan::new(start, end));
        };
        let (tail_start, tail_end) = self.find_quote(document, tail)?;
        let (was, is) = (
            anchor.end.saturating_sub(anchor.start) as usize,
            tail_end.saturating_sub(start),
        );
        // Between its two ends the span may have changed by as much as the ends may.
        let changed = was.abs_diff(is) * CHARS_AN_ERROR > was;
        if tail_start < start || changed {
            return Err(Lost::Words);
        }
        Ok(ByteSpan::new(start, tail_end))
    }
}

/// How much of each other a found span and its passage are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// They are the same, but for a fifth at most.
    All,
    /// The passage holds the span, and more: it has been joined with another.
    Joined,
}

/// The passage that holds at least four fifths of a span, and whether it is as much of it.
fn passage_of(document: &Document, span: ByteSpan) -> Option<(PassageIndex, Share)> {
    // Passages stand in the order of their bytes.
    let (mut from, mut to) = (0, document.len());
    while from < to {
        let middle = usize::midpoint(from, to);
        let ends_before = document
            .passage(middle)
            .is_some_and(|passage| passage.span().end <= span.start);
        if ends_before {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    let (number, of) = MOSTLY;
    for at in from..document.len() {
        let held = document.passage(at)?.span();
        if held.start >= span.end {
            return None;
        }
        let shared = held
            .end
            .min(span.end)
            .saturating_sub(held.start.max(span.start)) as usize;
        if shared * of >= span.len() * number {
            let all = shared * of >= held.len() * number;
            return Some((at, if all { Share::All } else { Share::Joined }));
        }
    }
    None
}

/// Whether a span ends with the words that its anchor has for its end.
fn ends_as(words: &str, anchor: &Anchor) -> bool {
    match &anchor.tail {
        Some(tail) => words.ends_with(&tail.exact),
        None => words.len() == anchor.quote.exact.len(),
    }
}

/// Where the character with this number starts, from 0; `None` where there are not as many.
fn char_at(text: &str, number: usize) -> Option<usize> {
    text.char_indices().nth(number).map(|(at, _)| at)
}

/// Where the last `count` characters start.
fn nth_char_from_end(text: &str, count: usize) -> usize {
    text.char_indices()
        .rev()
        .take(count)
        .last()
        .map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests;
