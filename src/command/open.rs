//! Opening: what the reader or a command works on, from the arguments.

use crate::analysis::tagging;
use crate::app::perspective::Perspective;
use crate::app::{Known, MOST_PANES, Opening, Settings};
use crate::corpus::{Corpus, Date, builtin};
use crate::import::{self, Input};
use crate::library::folder;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

/// In up to this much text the first topic is looked for before the first frame; in more, in the background.
const TAGGED_AT_ONCE_BYTES: usize = 1 << 20;

/// Files from this size on are opened as they are, without cleaning.
const LARGE_BYTES: u64 = 4 << 20;

/// Positions in a text are 32 bits wide.
const LARGEST_BYTES: u64 = u32::MAX as u64;

/// The corpus a command works on.
pub fn corpus(path: Option<&Path>) -> Result<Corpus> {
    match path {
        None => Ok(builtin::corpus()),
        Some(path) => Ok(folder::open(path)?),
    }
}

/// What the reader opens for the paths on the command line.
pub fn opening(
    paths: &[PathBuf],
    corpus_path: Option<&Path>,
    settings: Settings,
) -> Result<Opening> {
    let opening = |corpus| Opening {
        corpus,
        known: Known::Nothing,
        perspectives: Vec::new(),
        notice: None,
        settings,
    };
    let mut opening = match paths {
        [] => opening(corpus(corpus_path)?),
        [folder] if folder.is_dir() => opening(corpus(Some(folder))?),
        files => {
            let (corpus, notice) = files_as_corpus(files)?;
            let perspectives = (0..corpus.documents.len().min(MOST_PANES))
                .map(Perspective::Document)
                .collect();
            Opening {
                perspectives,
                notice,
                ..opening(corpus)
            }
        }
    };
    if opening.corpus.documents.is_empty() {
        bail!(
            "no documents to read: put texts into the corpus with `diptych import FILES --into FOLDER`"
        );
    }
    let bytes: usize = opening
        .corpus
        .documents
        .iter()
        .map(|document| document.text().len())
        .sum();
    if let (Some(first), true) = (opening.corpus.topics.first(), bytes <= TAGGED_AT_ONCE_BYTES) {
        let (documents, language) = (&opening.corpus.documents, &opening.corpus.language);
        let first = std::slice::from_ref(first);
        opening.known = Known::First(tagging::tag(documents, first, language, true));
    }
    if let Some(problem) = opening.corpus.problems.first() {
        let count = opening.corpus.problems.len();
        let line = if problem.line > 0 {
            format!(":{}", problem.line)
        } else {
            String::new()
        };
        opening.notice = Some(format!(
            "{count} problems in this corpus (diptych check), the first: {}{line}: {}",
            problem.file, problem.problem
        ));
    }
    Ok(opening)
}

/// Files laid side by side: a corpus that lives in memory.
fn files_as_corpus(files: &[PathBuf]) -> Result<(Corpus, Option<String>)> {
    if files.len() > MOST_PANES {
        bail!(
            "{} files are too many to lay side by side: give up to {MOST_PANES}, or import them into a corpus",
            files.len()
        );
    }
    let mut corpus = Corpus {
        title: "Your files".to_owned(),
        ..Corpus::default()
    };
    let mut left_out = 0;
    // Large files are read at the same time: each is bound by memory bandwidth of one core.
    let read: Vec<Result<import::Imported>> = std::thread::scope(|scope| {
        let started: Vec<_> = files
            .iter()
            .map(|file| scope.spawn(|| read_file(file)))
            .collect();
        started
            .into_iter()
            .map(|job| {
                job.join()
                    .unwrap_or_else(|_| bail!("reading a file went wrong"))
            })
            .collect()
    });
    for (imported, file) in read.into_iter().zip(files) {
        let imported = imported?;
        left_out += imported
            .documents
            .iter()
            .map(|document| document.meta.left_out.len())
            .sum::<usize>();
        for source in imported.sources {
            if corpus.sources.iter().all(|known| known.id != source.id) {
                corpus.sources.push(source);
            }
        }
        for mut document in imported.documents {
            document.id = file.display().to_string().into();
            corpus.documents.push(document);
        }
    }
    let notice = (left_out > 0).then(|| {
        format!("{left_out} lines that are not part of the articles were left out · i lists them")
    });
    Ok((corpus, notice))
}

fn read_file(path: &Path) -> Result<import::Imported> {
    let large = std::fs::metadata(path)
        .is_ok_and(|metadata| metadata.is_file() && metadata.len() >= LARGE_BYTES);
    if !large {
        return import_file(path, None);
    }
    let bytes = std::fs::read(path).with_context(|| reading(path))?;
    let document = import::large(&file_name(path), bytes)?;
    Ok(import::Imported {
        documents: vec![document],
        ..import::Imported::default()
    })
}

/// Reads a file of any supported format; `copied` is the day on which the copy was made.
pub fn import_file(path: &Path, copied: Option<Date>) -> Result<import::Imported> {
    let metadata = std::fs::metadata(path).with_context(|| reading(path))?;
    if metadata.is_dir() {
        bail!(
            "{} is a folder: name the files in it, or open it as a corpus alone",
            path.display()
        );
    }
    if metadata.len() > LARGEST_BYTES {
        bail!("{} is larger than 4 GB", path.display());
    }
    let bytes = std::fs::read(path).with_context(|| reading(path))?;
    Ok(import::import(&Input {
        name: &file_name(path),
        bytes: &bytes,
        copied,
    })?)
}

fn reading(path: &Path) -> String {
    format!("cannot read {}", path.display())
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}
