//! A file of lines that is only ever added to, or replaced as a whole: read within bounds, written under a lock, in the corpus or
//! under the data home.
//!
//! Invariant: two programs that write at once both succeed, and no line of either is lost; nothing is written to a pipe, or through a link that leads out of the corpus; nothing is waited for without end.

use super::homes;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The largest file that is read: some ten thousand lines.
pub const MAX_BYTES: u64 = 64 << 20;

/// Where a journal lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file; nothing where there is no home folder.
    pub file: Option<PathBuf>,
    /// The corpus that the file must not lead out of.
    pub root: Option<PathBuf>,
    /// It holds lines about texts of several comparisons: those about others are not lost.
    pub shared: bool,
}

impl Place {
    /// Beside a corpus, in its folder.
    pub fn beside(folder: &Path, name: &str) -> Self {
        Self {
            file: Some(folder.join(name)),
            root: Some(folder.to_owned()),
            shared: false,
        }
    }

    /// For the built-in corpus: under the data home.
    pub fn of_builtin(name: &str) -> Self {
        Self::at_home("built-in", name, false)
    }

    /// For files that are laid side by side: one for all of them, under the data home. A file is known by what it says,
    /// so that its name and folder may change.
    pub fn of_files(name: &str) -> Self {
        Self::at_home("files", name, true)
    }

    fn at_home(folder: &str, name: &str, shared: bool) -> Self {
        Self {
            file: homes::data().map(|home| home.join(folder).join(name)),
            root: None,
            shared,
        }
    }
}

/// Why a line could not be kept, or lines not be read.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The file cannot be written.
    #[error("cannot write {path}: {source}")]
    Write {
        /// The file.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// The file cannot be read.
    #[error("cannot read {path}: {source}")]
    Read {
        /// The file.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// Another program does not let go of it.
    #[error("{path} is in use by another program; try again")]
    Busy {
        /// The file.
        path: String,
    },
    /// It is a link out of the corpus, a pipe, or a device.
    #[error("{path} is not a file inside the corpus; nothing is written there")]
    Outside {
        /// The file.
        path: String,
    },
    /// It has grown beyond what is read.
    #[error("{path} is larger than {} MB; move it away to begin anew", MAX_BYTES >> 20)]
    TooLarge {
        /// The file.
        path: String,
    },
    /// There is no folder for what the program keeps.
    #[error("there is no home folder to keep anything in; DIPTYCH_DATA_HOME names one")]
    NoHome,
    /// The passage is not there, or has no words to know it by.
    #[error("this passage has no words by which it could be known again")]
    NoWords,
}

/// How long another program may hold the file before we give up.
const PATIENCE: Duration = Duration::from_millis(700);

/// All of the file; nothing where there is none.
pub fn read(place: &Path) -> Result<Vec<u8>, JournalError> {
    let path = || place.display().to_string();
    let failed = |source| JournalError::Read {
        path: path(),
        source,
    };
    let metadata = match fs::metadata(place) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failed(error)),
    };
    if !metadata.is_file() {
        return Err(failed(io::Error::other("it is not a file")));
    }
    let mut bytes = Vec::new();
    let file = File::open(place).map_err(failed)?;
    file.take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(JournalError::TooLarge { path: path() });
    }
    Ok(bytes)
}

/// Adds a line at the end. Two programs that do so at once both succeed; a line that was cut short, by a full disk or a
/// loss of power, is ended first, so that it spoils itself alone.
pub fn append(place: &Path, mut line: Vec<u8>) -> Result<(), JournalError> {
    let failed = |source| JournalError::Write {
        path: place.display().to_string(),
        source,
    };
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut file = open_locked(place)?;
    let length = file.metadata().map_err(failed)?.len();
    if length + line.len() as u64 > MAX_BYTES {
        return Err(JournalError::TooLarge {
            path: place.display().to_string(),
        });
    }
    if length > 0 {
        let mut last = [0];
        file.seek(SeekFrom::Start(length - 1)).map_err(failed)?;
        file.read_exact(&mut last).map_err(failed)?;
        if last != *b"\n" {
            line.insert(0, b'\n');
        }
    }
    file.write_all(&line)
        .and_then(|()| file.sync_data())
        .map_err(failed)
    // The lock ends with the file.
}

/// The file to add to, held alone: it is opened again where another program has replaced it meanwhile.
fn open_locked(place: &Path) -> Result<File, JournalError> {
    let failed = |source| JournalError::Write {
        path: place.display().to_string(),
        source,
    };
    let began = Instant::now();
    loop {
        let file = OpenOptions::new()
            .create(true)
            .append(true)
            .read(true)
            .open(place)
            .map_err(failed)?;
        lock(&file, place)?;
        if is_still(&file, place) {
            return Ok(file);
        }
        if began.elapsed() > PATIENCE {
            return Err(JournalError::Busy {
                path: place.display().to_string(),
            });
        }
    }
}

/// Whether a file that is open is the one that has the name now.
#[cfg(unix)]
fn is_still(file: &File, place: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    match (file.metadata(), fs::metadata(place)) {
        (Ok(open), Ok(named)) => (open.dev(), open.ino()) == (named.dev(), named.ino()),
        (Err(_), _) | (_, Err(_)) => false,
    }
}

/// Elsewhere an open file cannot be replaced.
#[cfg(not(unix))]
fn is_still(_: &File, _: &Path) -> bool {
    true
}

/// Replaces the file by what `shorter` makes of it, at once; where that is nothing it stays as it is. Nobody adds a line meanwhile.
#[cfg(unix)]
pub fn compact(
    place: &Path,
    shorter: impl FnOnce(&[u8]) -> Option<Vec<u8>>,
) -> Result<(), JournalError> {
    let held = open_locked(place)?;
    if let Some(bytes) = shorter(&read(place)?) {
        super::whole_file::replace(place, &bytes).map_err(|source| JournalError::Write {
            path: place.display().to_string(),
            source,
        })?;
    }
    drop(held);
    Ok(())
}

/// Where an open file cannot be replaced it keeps its lines.
#[cfg(not(unix))]
pub fn compact(_: &Path, _: impl FnOnce(&[u8]) -> Option<Vec<u8>>) -> Result<(), JournalError> {
    Ok(())
}

fn lock(file: &File, place: &Path) -> Result<(), JournalError> {
    lock_patiently(file)
        .then_some(())
        .ok_or_else(|| JournalError::Busy {
            path: place.display().to_string(),
        })
}

/// Locks a file; `false` where another program has held it for longer than a reader would wait.
pub(super) fn lock_patiently(file: &File) -> bool {
    let began = Instant::now();
    loop {
        match file.try_lock() {
            // Some file systems have no locks: what is written at once is whole all the same.
            Ok(()) | Err(TryLockError::Error(_)) => return true,
            Err(TryLockError::WouldBlock) if began.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(5));
            }
            Err(TryLockError::WouldBlock) => return false,
        }
    }
}

/// Neither a pipe, which would be waited for, nor a link out of the corpus, whose folder is `root`.
pub fn see_that_it_is_ours(place: &Path, root: Option<&Path>) -> Result<(), JournalError> {
    let outside = || JournalError::Outside {
        path: place.display().to_string(),
    };
    let Ok(link) = fs::symlink_metadata(place) else {
        return Ok(());
    };
    let is_file = fs::metadata(place).is_ok_and(|metadata| metadata.is_file());
    let leads_out = match root {
        Some(root) if link.is_symlink() => {
            let (real, root) = (fs::canonicalize(place), fs::canonicalize(root));
            !matches!((&real, &root), (Ok(real), Ok(root)) if real.starts_with(root))
        }
        Some(_) | None => false,
    };
    if is_file && !leads_out {
        Ok(())
    } else {
        Err(outside())
    }
}
