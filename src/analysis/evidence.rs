//! What some sides say, laid open: their figures, quotes and words, and the texts that stand more than once.
//!
//! Invariant: only the passages given are counted; unless asked otherwise a text that stands several times in a side counts
//! once in it. What was read of a document is kept ([`Readings`]), so that the next topic costs little.

use super::copies::Copies;
use super::figures::ledger::{Ledger, ledger};
use super::figures::{self, Figure};
use super::quotes::{self, Kind, Quote, Shared, Voices};
use super::watch::Watch;
use super::wording::naming::{self, NamingCounts};
use super::wording::{self, Background, Included, OnlyHere, Question, Term};
use crate::corpus::{Document, Naming, PassageId};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// More text than this is not laid open: a topic chooses a part of it.
pub const MOST_BYTES: usize = 16 << 20;

/// What counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Options {
    /// Which words.
    pub included: Included,
    /// Whether a text counts as often as it stands in a side, and not once.
    pub all_copies: bool,
}

/// What is laid open.
pub struct Asked<'a> {
    /// All documents.
    pub documents: &'a [Document],
    /// The language of documents that state none (ISO 639-1).
    pub language: &'a str,
    /// Rival names for the same thing.
    pub namings: &'a [Naming],
    /// The passages of each side, in reading order.
    pub sides: &'a [Vec<PassageId>],
    /// What counts.
    pub options: Options,
    /// The copies among the documents.
    pub copies: &'a Copies,
    /// What was read before.
    pub readings: &'a Readings,
}

/// What is read of documents whoever asks, kept for the next question about the same ones.
#[derive(Debug, Default)]
pub struct Readings {
    /// How frequent words are, by what is counted.
    backgrounds: [OnceLock<Option<Background>>; 4],
    /// The figures of documents.
    figures: Mutex<HashMap<usize, Arc<[Figure]>>>,
    /// What is quoted in documents.
    quotes: Mutex<HashMap<usize, Arc<[Quote]>>>,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// How much of each side was counted.
    pub counted: Vec<Counted>,
    /// Their figures.
    pub figures: Figures,
    /// What they quote, and who speaks in them.
    pub speech: Speech,
    /// The words of each side against those of all others; of one side alone there are none.
    pub words: Vec<SideWords>,
    /// How often each of some rival names is used on each side.
    pub namings: Vec<NamingCounts>,
    /// Texts of the sides that stand more than once, in the order of their first place.
    pub copies: Vec<RepeatedText>,
}

/// How much of a side was counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Passages.
    pub passages: usize,
    /// Passages left out, since their text stands in the side already.
    pub copies: usize,
}

/// The figures of some sides.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// All, side after side, each in the order of the text.
    pub all: Vec<Figure>,
    /// The side of each.
    pub sides: Vec<usize>,
    /// Side by side.
    pub ledger: Ledger,
    /// The group of each in the ledger.
    pub groups: Vec<usize>,
}

/// What some sides quote, and who speaks in them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Speech {
    /// Direct speech, side after side, each in the order of the text.
    pub quotes: Vec<Quote>,
    /// The side of each.
    pub sides: Vec<usize>,
    /// Who speaks, and how much.
    pub voices: Voices,
    /// What several sides quote in the same words.
    pub shared: Vec<Shared>,
}

/// The words of a side.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SideWords {
    /// What it uses more than the others.
    pub more: Vec<Term>,
    /// What it alone uses.
    pub only: Vec<OnlyHere>,
    /// How many words were counted.
    pub words: usize,
}

/// A text that stands more than once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepeatedText {
    /// Where in each side.
    pub sides: Vec<Vec<PassageId>>,
    /// Where else in the corpus.
    pub elsewhere: Vec<PassageId>,
}

/// Bytes of text in some sides; nothing is read for it, so that it is an estimate where texts are read on demand.
pub fn bytes(documents: &[Document], sides: &[Vec<PassageId>]) -> usize {
    let texts = sides.iter().flatten().filter_map(|id| {
        let document = documents.get(id.document)?;
        Some(document.bytes_of(id.passage))
    });
    texts.sum()
}

/// Lays some sides open. Nothing when the work was stopped.
pub fn gather(asked: &Asked<'_>, watch: Watch<'_>) -> Option<Evidence> {
    let sides: Vec<Vec<PassageId>> = if asked.options.all_copies {
        asked.sides.to_vec()
    } else {
        let once = |side: &Vec<PassageId>| asked.copies.once(side.iter().copied());
        asked.sides.iter().map(once).collect()
    };
    let counted = sides.iter().zip(asked.sides).map(|(once, all)| Counted {
        passages: once.len(),
        copies: all.len() - once.len(),
    });
    let views: Vec<&[PassageId]> = sides.iter().map(Vec::as_slice).collect();
    let read = read(asked, &views, watch)?;
    let figures = figures(&read, &views);
    let speech = speech(asked, &read, &views);
    let words = words(asked, &views, watch)?;
    Some(Evidence {
        counted: counted.collect(),
        figures,
        speech,
        words,
        namings: naming::count(asked.documents, asked.language, asked.namings, &views),
        copies: repeated(asked.copies, asked.sides),
    })
}

/// The documents that some sides have passages of, each once.
fn documents_of(sides: &[&[PassageId]]) -> Vec<usize> {
    let mut documents: Vec<usize> = sides
        .iter()
        .flat_map(|side| side.iter().map(|id| id.document))
        .collect();
    documents.sort_unstable();
    documents.dedup();
    documents
}

/// What was read of the documents of some sides.
#[derive(Default)]
struct Read {
    figures: HashMap<usize, Arc<[Figure]>>,
    quotes: HashMap<usize, Arc<[Quote]>>,
}

fn read(asked: &Asked<'_>, sides: &[&[PassageId]], watch: Watch<'_>) -> Option<Read> {
    let documents = documents_of(sides);
    let mut read = Read::default();
    for (done, at) in documents.iter().enumerate() {
        if watch.is_stopped() {
            return None;
        }
        watch.report(done, documents.len());
        let Some(document) = asked.documents.get(*at) else {
            continue;
        };
        let figures = once(&asked.readings.figures, *at, || {
            let prose = document
                .passages()
                .filter(|passage| passage.kind().is_prose());
            let prose = prose.map(|passage| PassageId {
                document: *at,
                passage: passage.index(),
            });
            let prose: Vec<PassageId> = prose.collect();
            figures::find(asked.documents, asked.language, &prose, watch.silent())
        })?;
        let quotes = once(&asked.readings.quotes, *at, || {
            Some(quotes::of_document(*at, document, asked.language))
        })?;
        read.figures.insert(*at, figures);
        read.quotes.insert(*at, quotes);
    }
    Some(read)
}

/// What was read of a document, read now if it was not before. Nothing when the work was stopped.
fn once<T>(
    known: &Mutex<HashMap<usize, Arc<[T]>>>,
    at: usize,
    read: impl FnOnce() -> Option<Vec<T>>,
) -> Option<Arc<[T]>> {
    let lock = || known.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = lock().get(&at) {
        return Some(Arc::clone(known));
    }
    let found: Arc<[T]> = read()?.into();
    lock().insert(at, Arc::clone(&found));
    Some(found)
}

/// What stands in the passages of each side, of what was found in their documents, with its side.
fn of_sides<T: Clone>(
    found: &HashMap<usize, Arc<[T]>>,
    sides: &[&[PassageId]],
    passage: impl Fn(&T) -> PassageId,
    is_wanted: impl Fn(&T) -> bool,
) -> (Vec<T>, Vec<usize>) {
    let (mut all, mut whose) = (Vec::new(), Vec::new());
    for (at, side) in sides.iter().enumerate() {
        for id in *side {
            let of = found.get(&id.document).map_or(&[][..], AsRef::as_ref);
            let from = of.partition_point(|found| passage(found) < *id);
            let own = of.get(from..).unwrap_or_default().iter();
            let own = own.take_while(|found| passage(found) == *id);
            all.extend(own.filter(|found| is_wanted(found)).cloned());
        }
        whose.resize(all.len(), at);
    }
    (all, whose)
}

fn figures(read: &Read, sides: &[&[PassageId]]) -> Figures {
    let (all, whose) = of_sides(&read.figures, sides, |figure| figure.passage, |_| true);
    let ledger = ledger(&all, |at| whose.get(at).copied(), sides.len());
    let mut groups = vec![0; all.len()];
    for (at, group) in ledger.groups.iter().enumerate() {
        for entry in &group.entries {
            groups[entry.figure] = at;
        }
    }
    Figures {
        all,
        sides: whose,
        ledger,
        groups,
    }
}

fn speech(asked: &Asked<'_>, read: &Read, sides: &[&[PassageId]]) -> Speech {
    let is_wanted = |quote: &Quote| quote.kind == Kind::Direct && !quote.nested;
    let (quotes, whose) = of_sides(&read.quotes, sides, |quote| quote.passage, is_wanted);
    let side_of = |at: usize| whose.get(at).copied();
    let documents = asked.documents;
    Speech {
        voices: quotes::speakers(documents, asked.language, &quotes, &side_of, sides),
        shared: quotes::shared(documents, &quotes, &side_of),
        quotes,
        sides: whose,
    }
}

/// The words of each side against those of all others.
fn words(asked: &Asked<'_>, sides: &[&[PassageId]], watch: Watch<'_>) -> Option<Vec<SideWords>> {
    if sides.len() < 2 {
        return Some(Vec::new());
    }
    let Included { names, quoted } = asked.options.included;
    let background = asked.readings.backgrounds[usize::from(names) + 2 * usize::from(quoted)]
        .get_or_init(|| background(&question(asked, &[], &[])));
    if watch.is_stopped() {
        return None;
    }
    let background = background.as_ref();
    if let [left, right] = sides {
        let found = wording::wording(&question(asked, left, right), background);
        let [left_words, right_words] = found.words;
        return Some(vec![
            SideWords {
                more: found.left,
                only: found.only_left,
                words: left_words,
            },
            SideWords {
                more: found.right,
                only: found.only_right,
                words: right_words,
            },
        ]);
    }
    let mut words = Vec::new();
    for (at, side) in sides.iter().enumerate() {
        if watch.is_stopped() {
            return None;
        }
        let views = sides.iter().enumerate().filter(|(other, _)| *other != at);
        let mut others: Vec<PassageId> = views.flat_map(|(_, view)| view.iter()).copied().collect();
        others.sort_unstable();
        others.dedup();
        let found = wording::wording(&question(asked, side, &others), background);
        words.push(SideWords {
            more: found.left,
            only: found.only_left,
            words: found.words[0],
        });
    }
    Some(words)
}

fn question<'a>(asked: &Asked<'a>, left: &'a [PassageId], right: &'a [PassageId]) -> Question<'a> {
    Question {
        documents: asked.documents,
        language: asked.language,
        left,
        right,
        included: asked.options.included,
        quoted: &quotes::spans,
    }
}

/// How frequent words are in the whole corpus; nothing where that is too large to be read for it, and the sides stand for it.
pub fn background(question: &Question<'_>) -> Option<Background> {
    let documents = question.documents.iter();
    let bytes: usize = documents.map(Document::bytes).sum();
    (bytes <= MOST_BYTES).then(|| Background::of(question))
}

/// The texts of some sides that stand more than once there, or elsewhere too.
fn repeated(copies: &Copies, sides: &[Vec<PassageId>]) -> Vec<RepeatedText> {
    let mut texts: BTreeMap<PassageId, RepeatedText> = BTreeMap::new();
    for (at, side) in sides.iter().enumerate() {
        for id in side.iter().filter(|id| copies.is_shared(**id)) {
            let text = texts
                .entry(copies.representative(*id))
                .or_insert_with(|| RepeatedText {
                    sides: vec![Vec::new(); sides.len()],
                    elsewhere: Vec::new(),
                });
            text.sides[at].push(*id);
        }
    }
    let mut found: Vec<RepeatedText> = Vec::new();
    for (original, mut text) in texts {
        let all = std::iter::once(original).chain(copies.copies(original).iter().copied());
        let is_in_a_side = |id: &PassageId| text.sides.iter().any(|side| side.contains(id));
        let mut elsewhere: Vec<PassageId> = all.filter(|id| !is_in_a_side(id)).collect();
        elsewhere.sort_unstable();
        text.elsewhere = elsewhere;
        found.push(text);
    }
    let first = |text: &RepeatedText| {
        let side = text.sides.iter().position(|side| !side.is_empty());
        side.map(|side| (side, text.sides[side][0]))
    };
    found.sort_by_key(first);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::copies;
    use crate::corpus::{DocumentId, Meta, PassageDraft};

    const WIRE: &str = "The dam above the town gave way before dawn and took the lower bridge with it, the office said.";

    fn document(passages: &[&str]) -> Document {
        let mut document = Document::new(DocumentId::from("d"), Meta::default());
        for text in passages {
            document.push(PassageDraft {
                text: (*text).to_owned(),
                ..PassageDraft::default()
            });
        }
        document
    }

    fn all_of(documents: &[Document]) -> Vec<Vec<PassageId>> {
        let side = |document: usize| {
            let passages = 0..documents[document].len();
            passages
                .map(|passage| PassageId { document, passage })
                .collect()
        };
        (0..documents.len()).map(side).collect()
    }

    fn evidence(documents: &[Document], sides: &[Vec<PassageId>], options: Options) -> Evidence {
        let asked = Asked {
            documents,
            language: "en",
            namings: &[],
            sides,
            options,
            copies: &copies::find(documents, Watch::NOBODY).unwrap(),
            readings: &Readings::default(),
        };
        gather(&asked, Watch::NOBODY).unwrap()
    }

    #[test]
    fn a_text_that_a_side_has_twice_counts_once_unless_all_are_asked_for() {
        let documents = [document(&[WIRE, "Rain.", WIRE]), document(&[WIRE])];
        let sides = all_of(&documents);
        let once = evidence(&documents, &sides, Options::default());
        let counted = |passages, copies| Counted { passages, copies };
        assert_eq!(once.counted, [counted(2, 1), counted(1, 0)]);
        let all = Options {
            all_copies: true,
            ..Options::default()
        };
        let all = evidence(&documents, &sides, all);
        assert_eq!(all.counted, [counted(3, 0), counted(1, 0)]);
        assert!(all.words[0].words > once.words[0].words);
        assert_eq!(all.copies, once.copies, "they are listed either way");
    }

    #[test]
    fn a_repeated_text_is_listed_with_every_place() {
        let documents = [document(&[WIRE, "Rain.", WIRE]), document(&["Sun.", WIRE])];
        let sides = all_of(&documents);
        let found = evidence(&documents, &sides[..1], Options::default());
        let id = |document, passage| PassageId { document, passage };
        assert_eq!(
            found.copies,
            [RepeatedText {
                sides: vec![vec![id(0, 0), id(0, 2)]],
                elsewhere: vec![id(1, 1)],
            }]
        );
        assert!(
            found.words.is_empty(),
            "one side has nothing to differ from"
        );
    }

    #[test]
    fn of_three_sides_each_is_held_against_all_others() {
        let calm = "The council met and spoke of the weather and the harvest as it does every month of the year";
        let loud = "The riot of the riot squad met a riot on the square where a riot had been the year before";
        let documents = [
            document(&[loud; 20]),
            document(&[calm; 10]),
            document(&[calm; 10]),
        ];
        let options = Options {
            all_copies: true,
            ..Options::default()
        };
        let found = evidence(&documents, &all_of(&documents), options);
        assert_eq!(found.words.len(), 3);
        let only: Vec<&str> = found.words[0]
            .only
            .iter()
            .map(|only| only.text.as_str())
            .collect();
        assert!(only.contains(&"riot"), "{only:?}");
    }
}
