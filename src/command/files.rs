//! Files on the command line: their bytes, and what they hold as documents of a corpus that lives in memory.

use super::arguments::Splitting;
use super::missing;
use super::open::LARGE_BYTES;
use super::splitting::{Reading, import_bytes};
use crate::corpus::Corpus;
use crate::import;
use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Bytes by which it is told what a large file is, before all of it is read.
const HEAD_BYTES: usize = 64 << 10;

/// A corpus that lives in memory, for files.
pub(super) fn empty_corpus() -> Corpus {
    Corpus {
        title: "Your files".to_owned(),
        ..Corpus::default()
    }
}

/// Adds what files hold to a corpus.
pub(super) fn add_files(corpus: &mut Corpus, files: &[PathBuf]) -> Result<()> {
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
        for source in imported.sources {
            if corpus.sources.iter().all(|known| known.id != source.id) {
                corpus.sources.push(source);
            }
        }
        let is_one = imported.documents.len() == 1;
        for (number, mut document) in imported.documents.into_iter().enumerate() {
            let file = file.display();
            document.id = if is_one {
                file.to_string().into()
            } else {
                format!("{file}/{}", number + 1).into()
            };
            corpus.documents.push(document);
        }
    }
    Ok(())
}

fn read_file(path: &Path) -> Result<import::Imported> {
    let bytes = bytes_of(path)?;
    // What wraps its text is never shown as it is.
    if bytes.len() < LARGE_BYTES || import::detect::is_wrapped(&bytes) {
        let reading = Reading {
            copied: None,
            split: Splitting::Never,
            publisher: None,
        };
        return import_bytes(&file_name(path), &bytes, reading);
    }
    let document = import::large(&file_name(path), bytes)?;
    Ok(import::Imported {
        documents: vec![document],
        ..import::Imported::default()
    })
}

/// All of a file, of up to as many bytes as can be imported.
pub(super) fn bytes_of(path: &Path) -> Result<Vec<u8>> {
    let shown = path.display();
    let reading = || format!("cannot read {shown}");
    let metadata = fs::metadata(path);
    if metadata.is_err()
        && let Some(meant) = missing::meant(path)
    {
        bail!(
            "there is no file {shown}; did you mean {}?",
            meant.display()
        );
    }
    let metadata = metadata.with_context(reading)?;
    if metadata.is_dir() {
        bail!(
            "{shown} is a folder: name the files in it, open it as a corpus alone, or give it as --corpus and name its documents"
        );
    }
    // Opening a pipe waits for its other end, and a device may never come to an end.
    if !metadata.is_file() {
        bail!("{shown} is a pipe or a device: save what it gives to a file first");
    }
    let known = usize::try_from(metadata.len()).unwrap_or(usize::MAX);
    let mut bytes = Vec::new();
    if known <= import::MAX_BYTES {
        let mut file = File::open(path).with_context(reading)?;
        if known > HEAD_BYTES {
            let mut head = file.by_ref().take(HEAD_BYTES as u64);
            head.read_to_end(&mut bytes).with_context(reading)?;
            if let Some((most, what)) =
                import::detect::bound(&bytes).filter(|(most, _)| known > *most)
            {
                let most = most >> 20;
                bail!("{shown} is {what} larger than {most} MB, the most that is read of one");
            }
        }
        bytes
            .try_reserve_exact(known - bytes.len().min(known))
            .with_context(reading)?;
        // The file may have grown since, and some report no length at all.
        file.take((import::MAX_BYTES - bytes.len()) as u64 + 1)
            .read_to_end(&mut bytes)
            .with_context(reading)?;
    }
    if known.max(bytes.len()) > import::MAX_BYTES {
        let most = import::MAX_BYTES / 1_000_000;
        bail!("{shown} is larger than {most} MB, the most that is read; split it");
    }
    Ok(bytes)
}

pub(super) fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}
