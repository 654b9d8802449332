//! The log: what the program did and how long it took, in a file that the reader names. Off unless asked for.
//!
//! Invariant: nothing goes to the terminal. Up to the level `info` no text of a document, a note or a query is in it; at any level a record is
//! one line that commands no terminal. Other crates speak at the level `trace` only, for nobody knows what they quote.
//! A log that cannot be written any more, or has grown beyond `MOST_BYTES`, is given up.

use super::fault;
use crate::text::safe;
use jiff::Timestamp;
use log::{LevelFilter, Log, Metadata, Record};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Of one run.
const MOST_BYTES: usize = 64 << 20;
/// Of a record, in bytes.
const MOST_OF_A_RECORD: usize = 2_000;

/// Whose records are taken at every level.
const OURS: &str = env!("CARGO_PKG_NAME");

/// Begins a log at the end of a file.
///
/// # Errors
/// When the file cannot be written, or is no file.
pub fn begin(place: &Path, level: LevelFilter) -> io::Result<()> {
    let sink = Sink {
        level,
        open: Mutex::new(Some((file(place)?, 0))),
    };
    log::set_boxed_logger(Box::new(sink)).map_err(io::Error::other)?;
    log::set_max_level(level);
    Ok(())
}

/// The file to add to: made for the reader alone; not a terminal, a pipe, or a device.
fn file(place: &Path) -> io::Result<File> {
    // Before it is opened: opening a pipe would wait for its other end.
    match fs::metadata(place) {
        Ok(there) if !there.is_file() => return Err(io::Error::other("it is not a file")),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(place)
}

struct Sink {
    level: LevelFilter,
    /// The file and how much was written to it; nothing once it is given up.
    open: Mutex<Option<(File, usize)>>,
}

impl Log for Sink {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        let of = metadata.target().split("::").next().unwrap_or_default();
        metadata.level() <= self.level && (of == OURS || self.level == LevelFilter::Trace)
    }

    fn log(&self, record: &Record<'_>) {
        if !self.enabled(record.metadata()) {
            return;
        }
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let Some((file, written)) = open.as_mut() else {
            return;
        };
        let line = line(record);
        *written += line.len();
        let is_full = *written > MOST_BYTES;
        let last: &[u8] = if is_full {
            b"the log is full: nothing more is written\n"
        } else {
            line.as_bytes()
        };
        if file.write_all(last).is_err() || is_full {
            *open = None;
        }
    }

    fn flush(&self) {}
}

/// A record as a line.
fn line(record: &Record<'_>) -> String {
    let when = Timestamp::now().as_millisecond();
    let when = Timestamp::from_millisecond(when).unwrap_or_default();
    let mut said = record.args().to_string();
    fault::cut(&mut said, MOST_OF_A_RECORD);
    let (level, target) = (record.level(), record.target());
    format!("{when:.3} {level:5} {target} {}\n", safe::line(&said))
}

#[cfg(test)]
mod tests {
    use super::*;
    use log::Level;

    fn sink(place: &Path, level: LevelFilter) -> Sink {
        Sink {
            level,
            open: Mutex::new(Some((file(place).unwrap(), 0))),
        }
    }

    fn say(sink: &Sink, target: &str, level: Level, said: &str) {
        let mut record = Record::builder();
        sink.log(
            &record
                .target(target)
                .level(level)
                .args(format_args!("{said}"))
                .build(),
        );
    }

    #[test]
    fn a_record_is_one_line_that_commands_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("log");
        let sink = sink(&place, LevelFilter::Info);
        say(&sink, "diptych::runtime", Level::Info, "one\u{1b}[31m\ntwo");
        say(&sink, "diptych", Level::Warn, &"x".repeat(10_000));
        say(&sink, "diptych", Level::Debug, "finer than asked for");
        say(&sink, "diptych_other", Level::Error, "of another crate");
        let text = fs::read_to_string(&place).unwrap();
        assert_eq!(text.lines().count(), 2, "{text}");
        assert!(!text.contains('\u{1b}') && text.contains("INFO  diptych::runtime one"));
        assert!(text.lines().all(|line| line.len() < 2_100));
    }

    #[test]
    fn others_speak_at_the_finest_level_alone() {
        let folder = tempfile::tempdir().unwrap();
        for (level, lines) in [(LevelFilter::Debug, 0), (LevelFilter::Trace, 1)] {
            let place = folder.path().join(level.as_str());
            say(&sink(&place, level), "tantivy", Level::Info, "a commit");
            assert_eq!(fs::read_to_string(&place).unwrap().lines().count(), lines);
        }
    }

    #[test]
    fn a_log_that_is_full_says_so_and_ends() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("log");
        let sink = Sink {
            level: LevelFilter::Info,
            open: Mutex::new(Some((file(&place).unwrap(), MOST_BYTES))),
        };
        say(&sink, "diptych", Level::Info, "too much");
        say(&sink, "diptych", Level::Info, "more");
        let text = fs::read_to_string(&place).unwrap();
        assert_eq!(text, "the log is full: nothing more is written\n");
    }

    #[test]
    #[cfg(unix)]
    fn only_a_file_is_logged_to() {
        assert!(file(Path::new("/dev/null")).is_err());
        assert!(file(Path::new("/")).is_err());
    }
}
