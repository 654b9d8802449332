//! Bytes to documents and notices. Pure: no disk, no clock, no network; never fails half-way.

pub mod detect;
pub mod interview;
pub mod markdown;
pub mod plain;

use crate::corpus::{Date, Document, Source};

/// A file as it came.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// Its name, for messages and as a last resort for a title.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// The day the copy was made, where that is known; relative dates count from it.
    pub copied: Option<Date>,
}

/// What became of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Line in the file, from 1; 0 where the whole file is meant.
    pub line: u32,
    /// The line, or what was taken from it.
    pub text: String,
    /// What it is about.
    pub kind: NoticeKind,
}

/// Kinds of notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// The line is in no passage: the reason.
    LeftOut(String),
    /// The line became metadata: the key of the front matter.
    Used(&'static str),
    /// Something to know of the whole file: bytes that could not be decoded, a guess that was made.
    Remark(String),
}

/// What a file became.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// The documents; their ids are proposals (file-name-like slugs).
    pub documents: Vec<Document>,
    /// Sources the documents name.
    pub sources: Vec<Source>,
    /// What became of the lines that are in no passage, in the order of the file.
    pub notices: Vec<Notice>,
    /// The encoding it was read in (WHATWG name).
    pub encoding: &'static str,
}

/// Why a file gave no document.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ImportError {
    /// Nothing but white space.
    #[error("{0} has no text in it")]
    Empty(String),
    /// Not text.
    #[error("{0} is not a text: {1}")]
    NotText(String, &'static str),
    /// Too long for 32-bit positions.
    #[error("{0} is larger than 4 GB")]
    TooLarge(String),
}

/// Reads a file of any supported format.
pub fn import(input: &Input<'_>) -> Result<Imported, ImportError> {
    Err(ImportError::Empty(input.name.to_owned()))
}

/// Reads a large text as it is.
pub fn large(name: &str, bytes: Vec<u8>) -> Result<Document, ImportError> {
    let _ = bytes;
    Err(ImportError::Empty(name.to_owned()))
}
