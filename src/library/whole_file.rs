//! Files that are whole or not there, whenever the program or the machine stops.
//!
//! Invariant: only [`create_new`] is for others, and it never writes over a file.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Why a file could not be made.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// There is one.
    #[error("{0} is there already; nothing is written over it: name another file or move it away")]
    IsThere(String),
    /// It cannot be written.
    #[error("cannot write {path}: {source}")]
    Write {
        /// The file.
        path: String,
        /// What the system says.
        source: io::Error,
    },
}

/// Makes a new file, whole or not at all, and never over another.
pub fn create_new(place: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let path = || place.display().to_string();
    create(place, bytes).map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists => FileError::IsThere(path()),
        _ => FileError::Write {
            path: path(),
            source,
        },
    })
}

/// Makes a new file that is whole or not there; fails with `AlreadyExists` where there is one.
pub(super) fn create(place: &Path, bytes: &[u8]) -> io::Result<()> {
    let draft = Draft::write(place, bytes)?;
    match fs::hard_link(&draft.place, place) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
        // File systems without hard links: not atomic, but still never over another file.
        Err(_) => {
            let mut file = OpenOptions::new()
                .write(true)
                .create_new(true)
                .open(place)?;
            file.write_all(bytes)
                .and_then(|()| file.sync_all())
                .inspect_err(|_| {
                    let _ = fs::remove_file(place);
                })?;
        }
    }
    drop(draft);
    sync_folder(place);
    Ok(())
}

/// As [`replace`], in a folder that is made where it is missing.
pub(super) fn keep(place: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder)?;
    }
    replace(place, bytes)
}

/// Puts a new text in place of a file at once.
pub(super) fn replace(place: &Path, bytes: &[u8]) -> io::Result<()> {
    let draft = Draft::write(place, bytes)?;
    if let Ok(metadata) = fs::metadata(place) {
        fs::set_permissions(&draft.place, metadata.permissions())?;
    }
    fs::rename(&draft.place, place)?;
    sync_folder(place);
    Ok(())
}

const DRAFT: &str = ".diptych-";
const PART: &str = ".part";

/// Takes away the files in the making, in a folder and the folders in it, of programs that were killed over them.
pub(super) fn clear_drafts(folder: &Path) {
    let inside = fs::read_dir(folder).into_iter().flatten().flatten();
    let folders = inside
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .map(|entry| entry.path());
    for folder in std::iter::once(folder.to_owned()).chain(folders) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let writer = name.to_str().and_then(|name| {
                let rest = name.strip_prefix(DRAFT)?.strip_suffix(PART)?;
                rest.split('-').next()?.parse::<u32>().ok()
            });
            if writer.is_some_and(is_gone) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// Whether no program of this number runs any more; where that cannot be known, it may.
fn is_gone(writer: u32) -> bool {
    #[cfg(unix)]
    {
        let writer = i32::try_from(writer).ok();
        let writer = writer.and_then(rustix::process::Pid::from_raw);
        writer.is_some_and(|writer| {
            rustix::process::test_kill_process(writer) == Err(rustix::io::Errno::SRCH)
        })
    }
    #[cfg(not(unix))]
    {
        let _ = writer;
        false
    }
}

/// A file in the making, hidden, beside the one that it will be; it goes when this does.
struct Draft {
    place: PathBuf,
}

impl Draft {
    fn write(beside: &Path, bytes: &[u8]) -> io::Result<Self> {
        for number in 0..100 {
            let name = format!("{DRAFT}{}-{number}{PART}", std::process::id());
            let place = beside.with_file_name(name);
            let mut file = match OpenOptions::new().write(true).create_new(true).open(&place) {
                Ok(file) => file,
                // Another's: it is neither written to nor taken away.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                Err(error) => return Err(error),
            };
            let draft = Self { place };
            file.write_all(bytes)?;
            file.sync_all()?;
            return Ok(draft);
        }
        Err(io::Error::other(
            "a hundred drafts of earlier runs are in the way",
        ))
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.place);
    }
}

/// Makes a new name in a folder last; where the system cannot, the name lasts as it would without.
fn sync_folder(place: &Path) {
    if let Some(Ok(folder)) = place.parent().map(File::open) {
        let _ = folder.sync_all();
    }
}
