//! Which files a folder holds, in a fixed order.
//!
//! Invariant: nothing outside the folder is opened, and links cannot make the walk endless.

use crate::corpus::Problem;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Folders inside folders, at most.
const MAX_DEPTH: usize = 16;

/// A file of a corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Path inside the folder, `/` between folders.
    pub path: String,
    /// Where it is.
    pub place: PathBuf,
}

/// What a folder holds.
#[derive(Debug, Default)]
pub struct Walk {
    /// The Markdown files, by path.
    pub documents: Vec<Found>,
    /// Files that `diptych import` could read.
    pub importable: Vec<String>,
    /// What could not be looked into.
    pub problems: Vec<Problem>,
}

impl Walk {
    fn problem(&mut self, file: String, problem: String) {
        self.problems.push(Problem {
            file,
            line: 0,
            problem,
        });
    }
}

/// Looks through a folder and those in it; hidden ones, and links to folders, are passed over. Fails only where the
/// folder itself cannot be read.
pub fn walk(root: &Path) -> io::Result<Walk> {
    let mut walk = Walk::default();
    let real_root = fs::canonicalize(root)?;
    enter(root, "", 0, &real_root, &mut walk)?;
    walk.documents.sort_by(|a, b| a.path.cmp(&b.path));
    walk.importable.sort();
    Ok(walk)
}

fn enter(
    folder: &Path,
    inside: &str,
    depth: usize,
    root: &Path,
    walk: &mut Walk,
) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let shown = name.to_string_lossy();
        if shown.starts_with('.') {
            continue;
        }
        let path = if inside.is_empty() {
            shown.to_string()
        } else {
            format!("{inside}/{shown}")
        };
        let Ok(kind) = entry.file_type() else {
            walk.problem(path, "cannot be looked at; it is left aside".to_owned());
            continue;
        };
        if kind.is_dir() {
            if depth == MAX_DEPTH {
                let problem =
                    format!("folders are looked into {MAX_DEPTH} deep; this one is left aside");
                walk.problem(path, problem);
            } else if let Err(error) = enter(&entry.path(), &path, depth + 1, root, walk) {
                walk.problem(path, format!("the folder cannot be read: {error}"));
            }
            continue;
        }
        if let Some(reads) = reader_of(&name) {
            let place = entry.path();
            let wrong = kind
                .is_symlink()
                .then(|| wrong_link(&place, root))
                .flatten();
            match (wrong, reads) {
                (Some(problem), _) => walk.problem(path, problem),
                (None, Reads::Corpus) if name.to_str().is_none() => {
                    walk.problem(path, "the file's name is not UTF-8; rename it".to_owned());
                }
                (None, Reads::Corpus) => walk.documents.push(Found { path, place }),
                (None, Reads::Import) => walk.importable.push(path),
            }
        }
    }
    Ok(())
}

/// Why a link is not followed.
fn wrong_link(place: &Path, root: &Path) -> Option<String> {
    match fs::canonicalize(place) {
        Ok(target) if target.starts_with(root) => None,
        Ok(_) => Some("the link leads out of the folder; it is not followed".to_owned()),
        Err(error) => Some(format!("the link leads nowhere: {error}")),
    }
}

/// Who reads a file.
enum Reads {
    Corpus,
    Import,
}

fn reader_of(name: &OsStr) -> Option<Reads> {
    let ending = Path::new(name).extension()?.to_str()?.to_ascii_lowercase();
    match ending.as_str() {
        "md" | "markdown" => Some(Reads::Corpus),
        "txt" | "text" | "html" | "htm" | "xhtml" | "pdf" | "epub" | "eml" | "mbox" | "rss"
        | "atom" => Some(Reads::Import),
        _ => None,
    }
}
