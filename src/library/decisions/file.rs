//! The file itself: read within bounds, appended to under a lock, in the corpus or under the data home.
//!
//! Invariant: nothing is written to a pipe, or through a link that leads out of the corpus; nothing is waited for without end.

use super::{DATA_HOME_VARIABLE, DecisionError, MAX_BYTES};
use etcetera::BaseStrategy as _;
use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long another program may hold the file before we give up.
const PATIENCE: Duration = Duration::from_millis(700);

/// All of the file; nothing where there is none.
pub fn read(place: &Path) -> Result<Vec<u8>, DecisionError> {
    let path = || place.display().to_string();
    let failed = |source| DecisionError::Read {
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
        return Err(DecisionError::TooLarge { path: path() });
    }
    Ok(bytes)
}

/// Adds a line at the end. Two programs that do so at once both succeed; a line that was cut short, by a full disk or a
/// loss of power, is ended first, so that it spoils itself alone.
pub fn append(place: &Path, mut line: Vec<u8>) -> Result<(), DecisionError> {
    let failed = |source| DecisionError::Write {
        path: place.display().to_string(),
        source,
    };
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut file = OpenOptions::new()
        .create(true)
        .append(true)
        .read(true)
        .open(place)
        .map_err(failed)?;
    lock(&file, place)?;
    let length = file.metadata().map_err(failed)?.len();
    if length + line.len() as u64 > MAX_BYTES {
        return Err(DecisionError::TooLarge {
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

fn lock(file: &File, place: &Path) -> Result<(), DecisionError> {
    let began = Instant::now();
    loop {
        match file.try_lock() {
            // Some file systems have no locks: a line that is appended by one write is whole all the same.
            Ok(()) | Err(TryLockError::Error(_)) => return Ok(()),
            Err(TryLockError::WouldBlock) if began.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(5));
            }
            Err(TryLockError::WouldBlock) => {
                return Err(DecisionError::Busy {
                    path: place.display().to_string(),
                });
            }
        }
    }
}

/// The folder for what the program keeps: `DIPTYCH_DATA_HOME`, or `diptych` in the data home of the XDG base directories.
pub fn data_home() -> Option<PathBuf> {
    let named = std::env::var_os(DATA_HOME_VARIABLE);
    data_home_from(named.as_deref(), || {
        let strategy = etcetera::choose_base_strategy().ok()?;
        Some(strategy.data_dir())
    })
}

pub fn data_home_from(
    named: Option<&OsStr>,
    of_system: impl Fn() -> Option<PathBuf>,
) -> Option<PathBuf> {
    match named {
        Some(named) if !named.is_empty() => Some(PathBuf::from(named)),
        Some(_) | None => Some(of_system()?.join("diptych")),
    }
}

/// Neither a pipe, which would be waited for, nor a link out of the corpus, whose folder is `root`.
pub fn see_that_it_is_ours(place: &Path, root: Option<&Path>) -> Result<(), DecisionError> {
    let outside = || DecisionError::Outside {
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
