//! What is kept of a fault of the program's own, a panic: a small file for whoever is to mend it.
//!
//! Invariant: it holds the place, the message and the way there, and of the reader's texts no more than that message quotes; nobody
//! but the reader may read it; there are never more than [`MOST_KEPT`], and one run of the program writes no more than
//! [`MOST_A_RUN`]. Making one can fail, but not panic.

use crate::command::{open, output};
use crate::library::homes;
use crate::text::safe;
use std::backtrace::Backtrace;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write as _};
use std::panic::PanicHookInfo;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Under the state home.
const FOLDER: &str = "faults";
const START: &str = "fault-";
const END: &str = ".txt";
/// Reports that are kept, the newest.
const MOST_KEPT: usize = 10;
/// Reports of one run: the first faults are those that say something.
const MOST_A_RUN: usize = 3;
/// Of the message, in characters: it may quote a text.
const MOST_MESSAGE: usize = 500;
/// Of the way there, in bytes.
const MOST_TRACE: usize = 64 << 10;

/// What was panicked with, cut and made harmless for a terminal.
pub fn message(panic: &PanicHookInfo<'_>) -> String {
    let payload = panic.payload();
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let whole = text.unwrap_or("of an unknown kind");
    let mut cut: String = whole.chars().take(MOST_MESSAGE).collect();
    if cut.len() < whole.len() {
        cut.push('…');
    }
    safe::line(&cut).into_owned()
}

/// Where it happened.
pub fn place(panic: &PanicHookInfo<'_>) -> String {
    panic.location().map_or_else(
        || "an unknown place".to_owned(),
        |place| {
            let (file, line) = (safe::line(place.file()), place.line());
            format!("{file}:{line}:{}", place.column())
        },
    )
}

/// Keeps a report; where it is.
pub fn keep(panic: &PanicHookInfo<'_>) -> io::Result<PathBuf> {
    static WRITTEN: AtomicUsize = AtomicUsize::new(0);
    if WRITTEN.fetch_add(1, Ordering::Relaxed) >= MOST_A_RUN {
        return Err(io::Error::other("this run has written several already"));
    }
    let home = homes::state()
        .ok_or_else(|| io::Error::other("there is no folder for what the program keeps"))?;
    write(&home.join(FOLDER), &report(panic))
}

fn report(panic: &PanicHookInfo<'_>) -> String {
    let mut trace = Backtrace::force_capture().to_string();
    cut(&mut trace, MOST_TRACE);
    let mut text = format!(
        "Diptych {} met a fault of its own.\n\n",
        env!("CARGO_PKG_VERSION")
    );
    let thread = std::thread::current();
    for (name, value) in [
        ("when", open::now()),
        ("place", place(panic)),
        ("message", message(panic)),
        (
            "thread",
            thread.name().unwrap_or("without a name").to_owned(),
        ),
        (
            "system",
            format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        ),
        ("terminal", std::env::var("TERM").unwrap_or_default()),
    ] {
        let _ = writeln!(text, "{name}: {}", safe::line(&value));
    }
    let _ = write!(text, "\n{}", safe::block(&trace));
    text
}

/// Leaves so many bytes of a text at most.
pub fn cut(text: &mut String, most_bytes: usize) {
    let mut ends = (0..=most_bytes.min(text.len())).rev();
    let end = ends.find(|end| text.is_char_boundary(*end));
    text.truncate(end.unwrap_or(0));
}

/// Makes the file, and takes away the oldest where there are too many.
fn write(folder: &Path, text: &str) -> io::Result<PathBuf> {
    make_folder(folder)?;
    let mut kept = reports(folder)?;
    kept.sort_unstable();
    for old in kept.iter().rev().skip(MOST_KEPT - 1) {
        let _ = fs::remove_file(old);
    }
    let when = open::now().replace([':', '-'], "");
    for number in 0..100 {
        let place = folder.join(format!(
            "{START}{when}-{}-{number}{END}",
            std::process::id()
        ));
        let mut file = match new_file(&place) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
            other => other?,
        };
        file.write_all(text.as_bytes()).inspect_err(|_| {
            let _ = fs::remove_file(&place);
        })?;
        return Ok(place);
    }
    Err(io::Error::other("a hundred reports are in the way"))
}

/// The reports in a folder: files that are named as ours are.
fn reports(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let is_ours = |name: &OsStr| {
        name.to_str()
            .is_some_and(|name| name.starts_with(START) && name.ends_with(END))
    };
    let entries = fs::read_dir(folder)?.flatten();
    let ours = entries.filter(|entry| is_ours(&entry.file_name()));
    Ok(ours.map(|entry| entry.path()).collect())
}

fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn new_file(place: &Path) -> io::Result<fs::File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(place)
}

/// What the reader is told: what happened, what is safe, where the report is.
pub fn told(panic: &PanicHookInfo<'_>, was_reading: bool, report: io::Result<PathBuf>) -> String {
    let safe = if was_reading {
        "Your notes and decisions are safe: each that the reader said is kept is on the disk. What was being typed is not."
    } else {
        "Files that it has written are whole; the rest of what was asked for is not done. Your notes are as they were."
    };
    let report = match report {
        Ok(place) => format!(
            "A report is in {}. It holds nothing of your texts but what the first line quotes; please send it with the steps that led here.",
            place.display()
        ),
        Err(why) => {
            let why = output::causes(&why.into());
            format!(
                "No report was written: {why}. Please report the first line, with the steps that led here."
            )
        }
    };
    format!(
        "diptych: ended by a fault of its own: {} ({})\n{safe}\n{report}",
        message(panic),
        place(panic)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_reports_are_kept_and_other_files_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("state/faults");
        make_folder(&folder).unwrap();
        let other = folder.join("fault-of-mine.md");
        fs::write(&other, "mine").unwrap();
        for day in 10..30 {
            fs::write(
                folder.join(format!("fault-202001{day}T000000Z-1-0.txt")),
                "old",
            )
            .unwrap();
        }
        let newest = write(&folder, "new").unwrap();
        let mut kept = reports(&folder).unwrap();
        kept.sort_unstable();
        assert_eq!(kept.len(), MOST_KEPT);
        assert_eq!(kept.last(), Some(&newest));
        assert_eq!(fs::read_to_string(&newest).unwrap(), "new");
        assert!(other.exists());
        // Two in one second have names of their own.
        assert_ne!(write(&folder, "again").unwrap(), newest);
    }

    #[test]
    #[cfg(unix)]
    fn nobody_else_may_read_a_report() {
        use std::os::unix::fs::PermissionsExt as _;
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("faults");
        let place = write(&folder, "text").unwrap();
        let mode = |place: &Path| fs::metadata(place).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&place), mode(&folder)), (0o600, 0o700));
    }

    #[test]
    fn a_folder_that_cannot_be_written_to_is_an_error() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("file");
        fs::write(&file, "").unwrap();
        assert!(write(&file.join("faults"), "text").is_err());
    }
}
