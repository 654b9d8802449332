//! Quotations: what stands between quotation marks, whether it is speech, and who speaks.
//!
//! Invariant: deterministic; time and memory are linear in the text. Every finding says by which words it was made: the
//! verb that reports, and the name, pronoun or description of the speaker, with their places. A speaker that the text does
//! not name is left out, never guessed from the turns of a dialogue.
//!
//! The method: the cheapest reading of a passage's marks (`marks`, `pairs`); the verb of saying next to a
//! quotation and its subject (`attribution`, `clause`; for Chinese `chinese`); pronouns, short names and
//! descriptions taken back to whoever was named or described before (`people`, `resolve`).

mod attribution;
mod chinese;
mod clause;
mod kind;
mod lexicon;
mod marks;
mod names;
mod pairs;
mod people;
mod persian;
mod quoted;
mod reading;
mod resolve;
mod shared;
mod tokens;
mod voices;

pub use kind::Kind;
pub use resolve::How;
pub use shared::{Shared, shared};
pub use voices::{Cell, SpeakerRow, Total, Voices, speakers};

use super::watch::Watch;
use crate::corpus::{Document, PassageId, PassageIndex};
use crate::text::ByteSpan;
use people::{At, People};
use reading::Reading;
use resolve::{Spoken, Who};

/// A stretch of a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The passage, in the document of the quotation.
    pub passage: PassageIndex,
    /// Bytes of it.
    pub span: ByteSpan,
}

/// Who speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// The name in full where the document has it, else the description as it stands there.
    pub name: String,
    /// How it is known.
    pub how: How,
    /// The words that stand for the speaker beside the quotation: a name, "she", "the clerk". None where they are left out.
    pub mention: Option<Place>,
    /// Where the name, or the description, was taken from.
    pub named: Place,
}

/// A quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The passage it stands in.
    pub passage: PassageId,
    /// Bytes of the passage, between the marks.
    pub span: ByteSpan,
    /// With the marks.
    pub whole: ByteSpan,
    /// Speech, a word held at arm's length, or a title.
    pub kind: Kind,
    /// It stands inside another quotation.
    pub nested: bool,
    /// It goes on with the last quotation of the passage before, which was left open.
    pub continues: bool,
    /// Words in it.
    pub words: usize,
    /// The words that report it: a verb, "according to".
    pub cue: Option<Place>,
    /// Who speaks, where the text tells.
    pub speaker: Option<Speaker>,
}

impl Quote {
    /// Its text.
    pub fn text<'a>(&self, document: &'a Document) -> &'a str {
        document
            .passage(self.passage.passage)
            .map_or("", |passage| self.span.of(passage.text()))
    }
}

/// The outermost quoted stretches of one passage by itself, marks included, in order. `language` is an ISO 639-1 code.
pub fn spans(text: &str, language: &str) -> Vec<ByteSpan> {
    let stretches = quoted::quoted(text, lexicon::primary(language));
    quoted::without_open(stretches)
        .into_iter()
        .filter(|one| one.parent.is_none())
        .map(|one| one.whole)
        .collect()
}

/// The quotations of the documents at the indices `wanted`, in reading order. `language` is that of documents that name
/// none. None where the work was stopped.
pub fn find(
    documents: &[Document],
    language: &str,
    wanted: impl IntoIterator<Item = usize>,
    watch: Watch<'_>,
) -> Option<Vec<Quote>> {
    let wanted: Vec<usize> = wanted.into_iter().collect();
    let mut found = Vec::new();
    for (done, at) in wanted.iter().enumerate() {
        if watch.is_stopped() {
            return None;
        }
        if let Some(document) = documents.get(*at) {
            found.extend(of_document(*at, document, language));
        }
        watch.report(done + 1, wanted.len());
    }
    Some(found)
}

/// The quotations of one document, which is at index `at` of the corpus, in reading order. Where neither it nor the corpus
/// states a language, that is told from the text.
pub fn of_document(at: usize, document: &Document, language: &str) -> Vec<Quote> {
    let stated = [document.meta.language.as_str(), language];
    let language = stated
        .into_iter()
        .find(|language| !language.is_empty())
        .or_else(|| crate::text::language::detect(document.text()))
        .unwrap_or_default();
    let Some(mut reading) = Reading::new(document, language) else {
        return Vec::new();
    };
    let mut people = std::mem::take(&mut reading.people);
    let findings = resolve::resolve(&reading, &mut people);
    let mut quotes = Vec::new();
    for (passage, findings) in reading.passages.iter().zip(findings) {
        let mut has_first = false;
        for (quoted, finding) in passage.quoted.iter().zip(findings) {
            let continues = passage.continues && !has_first;
            has_first = true;
            let cue = finding.spoken.as_ref().and_then(|spoken| spoken.cue);
            quotes.push(Quote {
                passage: PassageId {
                    document: at,
                    passage: passage.index,
                },
                span: quoted.inside,
                whole: quoted.whole,
                kind: finding.kind,
                nested: quoted.parent.is_some(),
                continues,
                words: kind::length(quoted.inside.of(passage.text)).0,
                cue: cue.or(finding.cue).map(|at| reading.place(at)),
                speaker: finding
                    .spoken
                    .filter(|_| finding.kind != Kind::Title)
                    .map(|spoken| speaker(&reading, &people, spoken)),
            });
        }
    }
    quotes
}

fn speaker(reading: &Reading<'_>, people: &People, spoken: Spoken) -> Speaker {
    let (name, named) = match spoken.who {
        Who::Person(person) => {
            let person = &people.persons[person];
            (person.name.clone(), person.place)
        }
        Who::Text { text, place, .. } => (text, place),
    };
    Speaker {
        name,
        how: spoken.how,
        mention: spoken.mention.map(|at| reading.place(at)),
        named: reading.place(named),
    }
}

impl Reading<'_> {
    /// A place by the document's own numbering.
    fn place(&self, at: At) -> Place {
        Place {
            passage: self.passages[at.passage].index,
            span: at.span,
        }
    }
}
