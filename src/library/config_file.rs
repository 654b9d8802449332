//! Where the reader's configuration is, and its text.
//!
//! Invariant: one file of the reader's own and no other; nothing beside a corpus or in one is ever looked at.

use super::homes;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

/// The largest file that is read.
const MAX_BYTES: usize = 1 << 20;

/// Why a configuration that is there could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The system refuses, or it is no text.
    #[error("cannot read {path}: {source}")]
    Read {
        /// The file.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// Nobody writes so much.
    #[error("{path} is no configuration: it is larger than {} KB", MAX_BYTES >> 10)]
    TooLarge {
        /// The file.
        path: String,
    },
}

/// The file and its text; none where there is no file.
pub fn read() -> Result<Option<(PathBuf, String)>, ConfigError> {
    let Some(place) = homes::config_file() else {
        return Ok(None);
    };
    Ok(read_at(&place)?.map(|text| (place, text)))
}

fn read_at(place: &Path) -> Result<Option<String>, ConfigError> {
    let path = || place.display().to_string();
    let unreadable = |source| ConfigError::Read {
        path: path(),
        source,
    };
    // Opening a pipe would wait for its other end.
    match place.metadata() {
        Ok(found) if found.is_file() => {}
        Ok(_) => return Err(unreadable(io::Error::other("it is no file"))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error)),
    }
    let mut text = String::new();
    let file = File::open(place).map_err(unreadable)?;
    file.take(MAX_BYTES as u64 + 1)
        .read_to_string(&mut text)
        .map_err(unreadable)?;
    if text.len() > MAX_BYTES {
        return Err(ConfigError::TooLarge { path: path() });
    }
    Ok(Some(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_no_error_and_what_cannot_be_read_is() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("config.toml");
        assert!(read_at(&place).unwrap().is_none());
        assert!(
            read_at(folder.path())
                .unwrap_err()
                .to_string()
                .contains("no file")
        );
        std::fs::write(&place, b"\xff").unwrap();
        assert!(read_at(&place).is_err());
        std::fs::write(&place, "a".repeat(MAX_BYTES + 1)).unwrap();
        assert!(read_at(&place).unwrap_err().to_string().contains("larger"));
        std::fs::write(&place, "[text]\nwidth = 60\n").unwrap();
        assert_eq!(read_at(&place).unwrap().unwrap(), "[text]\nwidth = 60\n");
    }
}
