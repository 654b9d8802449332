//! Two perspectives or files that a command lays side by side, on a topic or on everything.
//!
//! Invariant: names are those of the corpus first, also where a file has one too; files come after its documents, in memory
//! only.

use super::{files, missing, open, output, select};
use crate::analysis::copies::{self, Copies};
use crate::analysis::coverage::{Speaker, publisher_of};
use crate::analysis::tagging::Tagging;
use crate::analysis::watch::Watch;
use crate::analysis::{self, DISCOVERED_BYTES};
use crate::app::perspective::{Contents, Perspective, title};
use crate::corpus::note::Note;
use crate::corpus::{Corpus, PassageId, Topic};
use crate::library::decisions::Store;
use crate::library::notes;
use anyhow::{Result, bail};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// One of the two sides.
pub struct Side {
    /// As it was asked for, in full.
    pub name: String,
    /// What it is called in a text.
    pub title: String,
    /// Its passages, in reading order.
    pub passages: Vec<PassageId>,
}

impl Side {
    /// A perspective as one side.
    pub fn of(corpus: &Corpus, perspective: &Perspective) -> Self {
        Self {
            name: select::name_of(corpus, perspective),
            title: title(corpus, perspective),
            passages: Contents::new(corpus, perspective).passages(),
        }
    }
}

/// Two sides.
pub struct Sides {
    /// The corpus they are of, files among its documents.
    pub corpus: Corpus,
    /// Left and right.
    pub pair: [Side; 2],
    /// Where decisions about them are kept.
    pub store: Store,
    /// Where notes on them are kept.
    pub notes: notes::Store,
}

/// A topic and which passages are on it.
pub struct OnTopic {
    /// Its id.
    pub id: String,
    /// Its name for the reader.
    pub title: String,
    at: usize,
    tagging: Tagging,
}

impl OnTopic {
    /// One of the topics that a tagging is of.
    pub fn new(topic: &Topic, at: usize, tagging: Tagging) -> Self {
        Self {
            id: topic.id.to_string(),
            title: topic.title.clone(),
            at,
            tagging,
        }
    }

    /// Whether a passage is on it.
    pub fn has(&self, id: PassageId) -> bool {
        self.tagging
            .tag_of(id.document, id.passage, self.at)
            .is_some()
    }
}

/// The copies in a corpus.
pub fn copies_in(corpus: &Corpus) -> Copies {
    copies::find(&corpus.documents, Watch::NOBODY).unwrap_or_default()
}

/// Some passages in reading order, a text once in each source that has it.
pub fn once_a_source(corpus: &Corpus, passages: Vec<PassageId>) -> Vec<PassageId> {
    let copies = copies_in(corpus);
    if copies.is_empty() {
        return passages;
    }
    let mut by_publisher: HashMap<Speaker, Vec<PassageId>> = HashMap::new();
    for id in passages {
        if let Some(document) = corpus.documents.get(id.document) {
            let publisher = publisher_of(id.document, document.source());
            by_publisher.entry(publisher).or_default().push(id);
        }
    }
    let once = by_publisher.into_values().flat_map(|ids| copies.once(ids));
    let mut once: Vec<PassageId> = once.collect();
    once.sort_unstable();
    once
}

/// The reader's notes; what is to be said of them goes beside the page.
pub fn noted(store: &notes::Store, corpus: &Corpus) -> Vec<Note> {
    let (notes, told) = match store.load(&corpus.documents) {
        Ok(loaded) => loaded,
        Err(error) => (Vec::new(), Some(format!("without your notes: {error}"))),
    };
    if let Some(told) = told {
        output::tell(&told);
    }
    notes
}

/// The passages of a side that are on a topic, where there is one.
pub fn passages_on(side: &Side, topic: Option<&OnTopic>) -> Vec<PassageId> {
    let passages = side.passages.iter().copied();
    passages
        .filter(|id| topic.is_none_or(|topic| topic.has(*id)))
        .collect()
}

/// The topic that was asked for, if one was.
pub fn on_topic(corpus: &Corpus, wanted: Option<&str>) -> Result<Option<OnTopic>> {
    let Some(wanted) = wanted else {
        return Ok(None);
    };
    let (topics, tagging) = analysis::topics_of(corpus)?;
    let at = select::topic(&topics, wanted)?;
    Ok(Some(OnTopic::new(&topics[at], at, tagging)))
}

/// The two sides that were asked for: perspectives of a corpus, or files; or those of a folder alone that has no other two.
pub fn sides(corpus_path: Option<&Path>, left: &str, right: Option<&str>) -> Result<Sides> {
    let found = match right {
        Some(right) => find(corpus_path, [left, right])?,
        None => both_of(left)?,
    };
    let passages = found.pair.iter().flat_map(|side| &side.passages);
    let bytes: usize = passages
        .filter_map(|id| found.corpus.documents.get(id.document)?.passage(id.passage))
        .map(|passage| passage.text().len())
        .sum();
    if bytes > DISCOVERED_BYTES {
        bail!("{} MB are too much text to compare", bytes >> 20);
    }
    Ok(found)
}

fn find(corpus_path: Option<&Path>, wanted: [&str; 2]) -> Result<Sides> {
    if wanted.iter().all(|name| is_file(name)) {
        let mut corpus = files::empty_corpus();
        let pair = [
            file_side(&mut corpus, wanted[0])?,
            file_side(&mut corpus, wanted[1])?,
        ];
        return Ok(Sides {
            corpus,
            pair,
            store: Store::of_files(),
            notes: notes::Store::of_files(),
        });
    }
    in_corpus(open::corpus(corpus_path)?, corpus_path, wanted)
}

/// The two documents, or the two sources, of a corpus folder.
fn both_of(folder: &str) -> Result<Sides> {
    let path = Path::new(folder);
    if !path.is_dir() {
        bail!(open::WrongUsage(format!(
            "“{folder}” has nothing to stand beside: name two documents, source:ID, voice:NAME or files, or one corpus folder"
        )));
    }
    let corpus = open::corpus(Some(path))?;
    let documents: Vec<&str> = corpus.documents.iter().map(|of| of.id.as_str()).collect();
    let [left, right] = match (&documents[..], &corpus.sources[..]) {
        ([left, right], _) => [left, right].map(|id| (*id).to_owned()),
        (_, [left, right]) => [left, right].map(|source| format!("source:{}", source.id)),
        _ => bail!(open::WrongUsage(format!(
            "{folder} has {}: name the two to lay side by side, with --corpus {folder}; there are: {}",
            output::counted(documents.len(), "document"),
            select::list(&documents)
        ))),
    };
    in_corpus(corpus, Some(path), [&left, &right])
}

/// Two perspectives of a corpus; where it has none of a name, a file of that name beside it.
fn in_corpus(mut corpus: Corpus, corpus_path: Option<&Path>, wanted: [&str; 2]) -> Result<Sides> {
    let mut side = |name: &str| match select::perspective(&corpus, name) {
        Ok(perspective) => Ok(Side::of(&corpus, &perspective)),
        Err(_) if is_file(name) => file_side(&mut corpus, name),
        // A list of what the corpus holds does not help who named a file.
        Err(_) if is_meant_as_file(name, wanted) => {
            let meant = missing::meant(Path::new(name)).map_or_else(String::new, |meant| {
                format!("; did you mean {}?", meant.display())
            });
            bail!("there is no file “{name}”, and no document of that name in the corpus{meant}")
        }
        Err(error) => Err(error),
    };
    let pair = [side(wanted[0])?, side(wanted[1])?];
    Ok(Sides {
        corpus,
        pair,
        store: open::store_of(corpus_path),
        notes: open::notes_of(corpus_path),
    })
}

fn is_file(name: &str) -> bool {
    Path::new(name).is_file()
}

/// A name like that of a file, or one beside that of a file.
fn is_meant_as_file(name: &str, wanted: [&str; 2]) -> bool {
    Path::new(name).extension().is_some() || wanted.iter().any(|name| is_file(name))
}

/// Adds a file's documents to a corpus; they are the side.
fn file_side(corpus: &mut Corpus, name: &str) -> Result<Side> {
    let first = corpus.documents.len();
    files::add_files(corpus, &[PathBuf::from(name)])?;
    let documents = corpus.documents.iter().enumerate().skip(first);
    let passages = documents.flat_map(|(document, of)| {
        (0..of.len()).map(move |passage| PassageId { document, passage })
    });
    // Of a file with one article its title, as the reader shows it.
    let title = match corpus.documents.len() - first {
        1 => self::title(corpus, &Perspective::Document(first)),
        _ => name.to_owned(),
    };
    Ok(Side {
        name: name.to_owned(),
        title,
        passages: passages.collect(),
    })
}
