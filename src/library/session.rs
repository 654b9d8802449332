//! The file in which a session is kept, under the state home: where the reader was in a corpus.
//!
//! Invariant: whole or not there; a file that cannot be read is set aside, never fatal, and never thrown away.

use super::{homes, whole_file};
use crate::text::{digest, slug};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The largest file that is read.
const MAX_BYTES: u64 = 4 << 20;

/// Where a session is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Store {
    place: Option<PathBuf>,
}

impl Store {
    /// Of what is opened: the built-in corpus where no path is given, else a folder or files, by their full paths; `name` tells several
    /// sessions of it apart.
    pub fn of(paths: &[PathBuf], name: Option<&str>) -> Self {
        let full = |path: &PathBuf| {
            let full = fs::canonicalize(path).unwrap_or_else(|_| path.clone());
            full.display().to_string()
        };
        let mut key = match paths {
            [] => "built-in".to_owned(),
            paths => {
                let all: Vec<String> = paths.iter().map(full).collect();
                let mut hash = digest::sha256(all.join("\n"));
                hash.truncate(16);
                let of = paths[0]
                    .file_stem()
                    .map_or("", |name| name.to_str().unwrap_or(""));
                format!("{}-{hash}", slug::slug(of))
            }
        };
        if let Some(name) = name {
            key = format!("{key}-{}", slug::slug(name));
        }
        let place = homes::state().map(|home| home.join("sessions").join(format!("{key}.json")));
        Self { place }
    }

    /// Nowhere.
    pub fn none() -> Self {
        Self { place: None }
    }

    /// The text of the session; nothing where there is none.
    pub fn load(&self) -> io::Result<Option<String>> {
        let Some(place) = &self.place else {
            return Ok(None);
        };
        let metadata = match fs::metadata(place) {
            Ok(metadata) => metadata,
            Err(error) if is_missing(&error) => return Ok(None),
            Err(error) => return Err(error),
        };
        if !metadata.is_file() || metadata.len() > MAX_BYTES {
            return Err(io::Error::other("it is no file, or too large"));
        }
        String::from_utf8(fs::read(place)?)
            .map(Some)
            .map_err(|_| io::Error::other("it is not UTF-8"))
    }

    /// Puts a session that cannot be read out of the way; what it is called now.
    pub fn set_aside(&self) -> Option<String> {
        let place = self.place.as_ref()?;
        for number in 1..100 {
            let aside = place.with_extension(format!("damaged-{number}"));
            if !aside.exists() {
                fs::rename(place, &aside).ok()?;
                return Some(aside.display().to_string());
            }
        }
        None
    }

    /// Writes the session.
    pub fn save(&self, text: &str) -> io::Result<()> {
        let Some(place) = &self.place else {
            return Ok(());
        };
        whole_file::keep(place, text.as_bytes())
    }

    /// The file.
    pub fn place(&self) -> Option<&Path> {
        self.place.as_deref()
    }
}

/// Also where a part of the way there is a file.
fn is_missing(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let place = Some(folder.path().join("sessions/a.json"));
        (folder, Store { place })
    }

    #[test]
    fn a_session_is_read_as_it_was_written_and_none_is_none() {
        let (_folder, store) = store();
        assert_eq!(store.load().unwrap(), None);
        store.save("one").unwrap();
        store.save("two").unwrap();
        assert_eq!(store.load().unwrap().as_deref(), Some("two"));
    }

    #[test]
    fn what_cannot_be_read_is_set_aside_each_under_a_name_of_its_own() {
        let (_folder, store) = store();
        for number in 1..3 {
            store.save("{").unwrap();
            let aside = store.set_aside().unwrap();
            assert!(aside.ends_with(&format!("a.damaged-{number}")), "{aside}");
            assert_eq!(fs::read_to_string(aside).unwrap(), "{");
            assert_eq!(store.load().unwrap(), None);
        }
    }

    #[test]
    fn each_corpus_and_each_name_has_a_session_of_its_own() {
        let of = |paths: &[&str], name| {
            let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
            Store::of(&paths, name).place
        };
        let all = [
            of(&[], None),
            of(&[], Some("tonight")),
            of(&["a"], None),
            of(&["a", "b"], None),
            of(&["b", "a"], None),
        ];
        for (at, one) in all.iter().enumerate() {
            assert!(one.is_some());
            assert!(all.iter().skip(at + 1).all(|other| other != one));
        }
    }
}
