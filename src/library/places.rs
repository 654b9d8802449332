//! Where documents were left, by the file or the corpus that each is in: one file under the state home for all of them.
//!
//! Invariant: what another program has written meanwhile stays; a file that cannot be read is begun anew, since nothing in it is the
//! reader's work.

use super::{folder, homes, journal, whole_file};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// The largest file that is read.
const MAX_BYTES: usize = 4 << 20;
/// Documents that are remembered at most: those that were read last.
const MOST: usize = 500;
/// Of which form the file is.
const VERSION: u32 = 1;
/// The file's name.
const FILE: &str = "places.json";

/// What the built-in corpus is called.
const BUILT_IN: &str = "built-in";

/// What documents are in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Home {
    /// The built-in corpus.
    BuiltIn,
    /// A corpus folder.
    Folder(PathBuf),
    /// Files, each as it was named.
    Files(Vec<PathBuf>),
}

impl Home {
    /// What the ids of documents begin with, and what that is on this machine.
    fn stems(&self) -> Vec<(String, String)> {
        let full = |path: &Path| {
            let full = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
            full.display().to_string()
        };
        match self {
            Self::BuiltIn => vec![(String::new(), format!("{BUILT_IN}:"))],
            Self::Folder(folder) => vec![(String::new(), format!("{}:", full(folder)))],
            Self::Files(files) => files
                .iter()
                .map(|file| (file.display().to_string(), full(file)))
                .collect(),
        }
    }
}

/// The file.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Contents {
    version: u32,
    /// Each document and its place; what was read last stands last.
    places: Vec<(String, Value)>,
}

/// Where places are kept.
#[derive(Clone, Debug)]
pub struct Store {
    place: Option<PathBuf>,
    home: Home,
}

impl Store {
    /// Of the documents that are opened.
    pub fn of(home: Home) -> Self {
        let place = homes::state().map(|state| state.join(FILE));
        Self { place, home }
    }

    /// Where nothing is kept.
    pub fn none() -> Self {
        Self {
            place: None,
            home: Home::BuiltIn,
        }
    }

    /// The ids of the documents and their places, as far as they are known.
    pub fn load(&self) -> Vec<(String, Value)> {
        let Some(place) = &self.place else {
            return Vec::new();
        };
        let stems = self.home.stems();
        let id_of = |key: &str| {
            stems.iter().find_map(|(stem, full)| {
                let rest = key.strip_prefix(full.as_str())?;
                // Of files the rest is nothing, or the number of one of several articles.
                let fits = stem.is_empty() || rest.is_empty() || rest.starts_with('/');
                fits.then(|| format!("{stem}{rest}"))
            })
        };
        let places = read(place).places.into_iter();
        places
            .filter_map(|(key, value)| Some((id_of(&key)?, value)))
            .collect()
    }

    /// Writes places down, with those of other documents that are there.
    pub fn save(&self, places: Vec<(String, Value)>) -> io::Result<()> {
        let Some(place) = &self.place else {
            return Ok(());
        };
        if places.is_empty() {
            return Ok(());
        }
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder)?;
        }
        // Held until it is written: two programs that end at once both have their say. Where there are no locks, the last has.
        let lock = lock(&place.with_extension("lock"));
        let stems = self.home.stems();
        let key_of = |id: &str| {
            let stem = stems.iter().find(|(stem, _)| id.starts_with(stem.as_str()));
            stem.and_then(|(stem, full)| Some(format!("{full}{}", id.strip_prefix(stem.as_str())?)))
        };
        let mut contents = read(place);
        contents.version = VERSION;
        let new: Vec<(String, Value)> = places
            .into_iter()
            .filter_map(|(id, value)| Some((key_of(&id)?, value)))
            .collect();
        contents
            .places
            .retain(|(key, _)| new.iter().all(|(known, _)| known != key));
        contents.places.extend(new);
        let surplus = contents.places.len().saturating_sub(MOST);
        contents.places.drain(..surplus);
        let written = whole_file::replace(place, &serde_json::to_vec(&contents)?);
        drop(lock);
        written
    }
}

fn lock(place: &Path) -> Option<File> {
    let mut options = OpenOptions::new();
    let file = options
        .create(true)
        .truncate(false)
        .write(true)
        .open(place)
        .ok()?;
    journal::lock_patiently(&file).then_some(file)
}

fn read(place: &Path) -> Contents {
    let contents: Option<Contents> = folder::read_text(place, MAX_BYTES)
        .ok()
        .and_then(|text| serde_json::from_str(&text).ok());
    contents
        .filter(|contents| contents.version == VERSION)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn store(folder: &Path, home: Home) -> Store {
        let place = Some(folder.join("state/places.json"));
        Store { place, home }
    }

    fn files(names: &[&Path]) -> Home {
        Home::Files(names.iter().map(|name| (*name).to_owned()).collect())
    }

    #[test]
    fn a_file_is_known_by_whatever_name_and_beside_whichever_other() {
        let folder = tempfile::tempdir().unwrap();
        let (one, other) = (
            folder.path().join("one.txt"),
            folder.path().join("one.txt.html"),
        );
        for file in [&one, &other] {
            fs::write(file, "text").unwrap();
        }
        let id = one.display().to_string();
        let all = store(folder.path(), files(&[&one, &other]));
        all.save(vec![
            (id.clone(), json!(1)),
            (format!("{}/2", other.display()), json!(2)),
        ])
        .unwrap();
        let alone = store(folder.path(), files(&[&one]));
        assert_eq!(alone.load(), [(id, json!(1))]);
        let winding = folder.path().join(".").join("one.txt.html");
        let by_winding = store(folder.path(), files(&[&winding]));
        assert_eq!(
            by_winding.load(),
            [(format!("{}/2", winding.display()), json!(2))]
        );
        assert!(store(folder.path(), Home::BuiltIn).load().is_empty());
        assert!(
            store(folder.path(), Home::Folder(folder.path().into()))
                .load()
                .is_empty()
        );
    }

    #[test]
    fn two_programs_that_write_at_once_both_have_their_say() {
        let folder = tempfile::tempdir().unwrap();
        let save = |name: String| {
            let of = store(folder.path(), Home::BuiltIn);
            of.save(vec![(name, json!(0))]).unwrap();
        };
        std::thread::scope(|scope| {
            for thread in 0..4 {
                scope.spawn(move || (0..20).for_each(|at| save(format!("{thread}-{at}"))));
            }
        });
        assert_eq!(store(folder.path(), Home::BuiltIn).load().len(), 80);
    }

    #[test]
    fn the_file_is_bounded_and_a_damaged_one_is_begun_anew() {
        let folder = tempfile::tempdir().unwrap();
        let of = store(folder.path(), Home::BuiltIn);
        let many = (0..MOST + 9).map(|at| (at.to_string(), json!(at)));
        of.save(many.collect()).unwrap();
        let kept = of.load();
        assert_eq!((kept.len(), kept[0].0.as_str()), (MOST, "9"));
        fs::write(of.place.as_ref().unwrap(), "{\"version\": 1, \"places").unwrap();
        assert!(of.load().is_empty());
        of.save(vec![("a".into(), json!(1))]).unwrap();
        assert_eq!(of.load(), [("a".to_owned(), json!(1))]);
    }
}
