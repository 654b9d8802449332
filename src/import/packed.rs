//! Archives of files to import: what is in one, file by file.
//!
//! Invariant: see `archive.rs`; an archive inside an archive is opened, one inside that is not.

use super::archive::{self, Archive, Unpackable};
use super::{ImportError, detect, epub};

/// Archives inside each other.
pub const MAX_DEPTH: usize = 2;

/// What a file of an office program is told.
pub(super) const OFFICE: &str =
    "it is an Office document, which is not read; save it as a web page or as plain text first";

/// An archive of files.
pub struct Packed<'a> {
    name: &'a str,
    archive: Archive<'a>,
    names: Vec<String>,
}

/// Whether a file is an archive of files, not a book or an Office document.
pub fn is_packed(bytes: &[u8]) -> bool {
    detect::wrapping(bytes) == Some(detect::Wrapping::Zip)
        && Archive::open(bytes).is_ok_and(|archive| {
            let names = archive.names();
            !epub::is_book(&names) && !is_office(&names)
        })
}

pub(super) fn is_office(names: &[String]) -> bool {
    names.iter().any(|name| {
        matches!(
            name.as_str(),
            "[Content_Types].xml" | "META-INF/manifest.xml"
        )
    })
}

impl<'a> Packed<'a> {
    /// Opens an archive; `name` is for messages.
    pub fn open(name: &'a str, bytes: &'a [u8]) -> Result<Self, ImportError> {
        let archive = Archive::open(bytes).map_err(|why| error(name, why))?;
        let names = archive.names();
        Ok(Self {
            name,
            archive,
            names,
        })
    }

    /// Its files, by their places in it: folders, and what systems hide, are passed over.
    pub fn files(&self) -> Vec<usize> {
        let is_shown = |name: &str| {
            !name.ends_with('/')
                && name.split('/').all(|part| {
                    (!part.starts_with('.') || matches!(part, "." | "..")) && part != "__MACOSX"
                })
        };
        (0..self.names.len())
            .filter(|at| is_shown(&self.names[*at]))
            .collect()
    }

    /// The name by which a file of it is shown: that of the archive, and its own.
    pub fn name(&self, at: usize) -> String {
        let own = self
            .names
            .get(at)
            .map_or("", |name| name.trim_start_matches('/'));
        format!("{}/{own}", self.name)
    }

    /// Bytes of what [`Self::name`] gives before a file's own.
    pub fn prefix(&self) -> usize {
        self.name.len()
    }

    /// All of a file.
    pub fn read(&mut self, at: usize) -> Result<Vec<u8>, ImportError> {
        let name = self.name(at);
        self.archive
            .read(at, archive::MAX_ENTRY)
            .map_err(|why| error(&name, why))
    }
}

fn error(name: &str, why: Unpackable) -> ImportError {
    match why {
        Unpackable::Not(why) => ImportError::Damaged(name.to_owned(), why),
        Unpackable::TooMuch(why) => ImportError::TooMuch(name.to_owned(), why),
    }
}
