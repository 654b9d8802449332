//! Where the index of a corpus lies in the cache.
//!
//! Invariant: nothing outside its folder is touched, and only its owner can look into it: texts may be private.

use super::IndexError;
use super::catalogue::{Catalogue, Standing};
use crate::library::homes;
use crate::text::digest::sha256;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

const CATALOGUE: &str = "catalogue-";
/// The file that names the index that is read.
const CURRENT: &str = "current";

/// The folder of a corpus' index. One that is made anew is made beside the old one, which is read until then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    folder: PathBuf,
}

/// An index in that folder: the records of the engine, and their catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Volume {
    number: u64,
    folder: PathBuf,
}

/// Held while an index is written; the system lets go of it when the program ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Home {
    /// Of the index of a corpus folder; `None` where there is no home for caches.
    pub fn of(corpus: &Path) -> Option<Self> {
        let real = fs::canonicalize(corpus)
            .or_else(|_| std::path::absolute(corpus))
            .ok()?;
        let mut name = sha256(real.as_os_str().as_encoded_bytes());
        name.truncate(24);
        Some(Self::at(&homes::cache()?.join("index").join(name)))
    }

    /// In this folder.
    pub fn at(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Makes the folder, and takes the lock for writing. `waits`: for another program that has it.
    pub fn lock(&self, waits: bool) -> Result<Lock, IndexError> {
        let failed = |source| self.failed(source);
        make_private(&self.folder).map_err(failed)?;
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(self.folder.join("lock"))
            .map_err(failed)?;
        if waits {
            file.lock().map_err(failed)?;
        } else {
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(IndexError::Busy),
                Err(TryLockError::Error(source)) => return Err(failed(source)),
            }
        }
        Ok(Lock { _file: file })
    }

    /// The index that is read now.
    pub fn current(&self) -> Option<Volume> {
        let name = fs::read_to_string(self.folder.join(CURRENT)).ok()?;
        let number = name.trim().parse().ok()?;
        Some(self.volume(number))
    }

    /// Something that is another after each writing; nothing where there is no index.
    pub fn mark(&self) -> Option<(u64, Vec<u8>)> {
        let volume = self.current()?;
        // The engine puts this file in place as the last step of a writing.
        let written = fs::read(volume.records().join("meta.json")).unwrap_or_default();
        Some((volume.number, written))
    }

    /// Room for an index that takes the place of the one that is read now, once it is whole.
    pub fn next(&self, lock: &Lock) -> Result<Volume, IndexError> {
        let current = self.current().map_or(0, |volume| volume.number);
        self.clear_all_but(current, lock);
        let volume = self.volume(current + 1);
        // What a run that was killed has left of it.
        let _ = fs::remove_dir_all(&volume.folder);
        make_private(&volume.records()).map_err(|source| self.failed(source))?;
        Ok(volume)
    }

    /// From now on this one is read.
    pub fn settle(&self, volume: &Volume, lock: &Lock) -> Result<(), IndexError> {
        let draft = self.folder.join("current.part");
        fs::write(&draft, volume.number.to_string())
            .and_then(|()| fs::rename(&draft, self.folder.join(CURRENT)))
            .map_err(|source| self.failed(source))?;
        self.clear_all_but(volume.number, lock);
        Ok(())
    }

    /// Removes the indexes that are no longer read; who has one open reads on in it.
    fn clear_all_but(&self, kept: u64, _: &Lock) {
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let number = entry
                .file_name()
                .to_str()
                .and_then(|name| name.parse::<u64>().ok());
            if number.is_some_and(|number| number != kept) {
                // What cannot be removed now is tried again after the next writing.
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }

    fn volume(&self, number: u64) -> Volume {
        Volume {
            number,
            folder: self.folder.join(number.to_string()),
        }
    }

    fn failed(&self, source: io::Error) -> IndexError {
        IndexError::Write {
            path: self.folder.display().to_string(),
            source,
        }
    }
}

impl Volume {
    /// The folder of the engine.
    pub fn records(&self) -> PathBuf {
        self.folder.join("records")
    }

    /// The catalogue of a generation, where it is whole.
    pub fn catalogue(&self, generation: u64) -> Option<Catalogue> {
        let bytes = fs::read(self.catalogue_file(generation)).ok()?;
        Catalogue::from_bytes(&bytes).filter(|catalogue| catalogue.generation == generation)
    }

    /// As [`Volume::catalogue`], left in its bytes.
    pub fn standing_catalogue(&self, generation: u64) -> Option<Standing> {
        let bytes = fs::read(self.catalogue_file(generation)).ok()?;
        Standing::new(bytes).filter(|standing| standing.catalogue.generation == generation)
    }

    /// Writes a catalogue beside the others.
    pub fn write_catalogue(&self, catalogue: &Catalogue, _: &Lock) -> Result<(), IndexError> {
        let place = self.catalogue_file(catalogue.generation);
        // It counts only once the engine names its generation, so that nobody reads half of it.
        fs::write(&place, catalogue.to_bytes()).map_err(|source| IndexError::Write {
            path: place.display().to_string(),
            source,
        })
    }

    /// Removes the catalogues that are not of this generation.
    pub fn clear_catalogues(&self, but: u64, _: &Lock) {
        let kept = self.catalogue_file(but);
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let is_old = entry.file_name().to_string_lossy().starts_with(CATALOGUE);
            if is_old && entry.path() != kept {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    fn catalogue_file(&self, generation: u64) -> PathBuf {
        self.folder.join(format!("{CATALOGUE}{generation}"))
    }
}

fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
