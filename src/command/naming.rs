//! Texts by what the command line calls them: a corpus, files as they are, `DOC#12` of either.
//!
//! Invariant: a name is that of a document of the corpus first, also where a file has it too; files are a corpus that lives in memory.

use super::arguments::Global;
use super::files::{add_files, empty_corpus};
use super::open::{corpus, notes_of};
use super::select;
use crate::corpus::Corpus;
use crate::library::notes;
use anyhow::Result;
use std::path::{Path, PathBuf};

/// What a command works on: the corpus, or the files that stand in its place.
pub fn corpus_or_files(global: &Global) -> Result<Corpus> {
    match &global.files[..] {
        [] => corpus(global.corpus.as_deref()),
        named => files(named),
    }
}

/// Files as they are, as a corpus that lives in memory.
pub fn files(files: &[PathBuf]) -> Result<Corpus> {
    let mut corpus = empty_corpus();
    add_files(&mut corpus, files)?;
    Ok(corpus)
}

/// The texts that passages are named of.
pub struct Named {
    /// The corpus, with the files that are named, or these alone.
    pub corpus: Corpus,
    /// Where notes on them are kept; nowhere where some are of the corpus and some are not.
    pub notes: Option<notes::Store>,
}

/// What `DOC#12` and `FILE#12` name. A name is that of a document of the corpus first, else of a file.
pub fn texts(corpus_path: Option<&Path>, wanted: &[&str]) -> Result<Named> {
    let mut named: Vec<PathBuf> = Vec::new();
    let mut of_files = 0;
    for file in wanted.iter().filter_map(|wanted| file_of(wanted)) {
        of_files += 1;
        if !named.contains(&file) {
            named.push(file);
        }
    }
    if named.is_empty() {
        return Ok(Named {
            corpus: corpus(corpus_path)?,
            notes: Some(notes_of(corpus_path)),
        });
    }
    let mut corpus = corpus(corpus_path)?;
    let of_corpus = wanted
        .iter()
        .filter(|wanted| select::has_document(&corpus, wanted));
    let of_corpus = of_corpus.count();
    if of_corpus == wanted.len() {
        return Ok(Named {
            corpus,
            notes: Some(notes_of(corpus_path)),
        });
    }
    if of_corpus == 0 && of_files == wanted.len() {
        return Ok(Named {
            corpus: files(&named)?,
            notes: Some(notes::Store::of_files()),
        });
    }
    add_files(&mut corpus, &named)?;
    Ok(Named {
        corpus,
        notes: None,
    })
}

/// The file that a name is of: `FILE`, `FILE#12`, or `FILE/2#12` of one with several articles.
fn file_of(wanted: &str) -> Option<PathBuf> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let numbered = wanted
        .rsplit_once('#')
        .filter(|(_, number)| is_number(number));
    let name = numbered.map_or(wanted, |(name, _)| name);
    let one_of_several = name
        .rsplit_once('/')
        .filter(|(_, number)| is_number(number));
    [
        Some(wanted),
        Some(name),
        one_of_several.map(|(file, _)| file),
    ]
    .into_iter()
    .flatten()
    .map(PathBuf::from)
    .find(|path| path.is_file())
}

/// Where notes on what a command works on are kept.
pub fn notes_on(global: &Global) -> notes::Store {
    match &global.files[..] {
        [] => notes_of(global.corpus.as_deref()),
        _ => notes::Store::of_files(),
    }
}
