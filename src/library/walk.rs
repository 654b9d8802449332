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
        let mut problem = |problem: String| {
            walk.problems.push(Problem {
                file: path.clone(),
                line: 0,
                problem,
            });
        };
        let Ok(kind) = entry.file_type() else {
            problem("cannot be looked at; it is left aside".to_owned());
            continue;
        };
        if kind.is_dir() {
            if depth == MAX_DEPTH {
                problem(format!(
                    "folders are looked into {MAX_DEPTH} deep; this one is left aside"
                ));
            } else if let Err(error) = enter(&entry.path(), &path, depth + 1, root, walk) {
                walk.problems.push(Problem {
                    file: path,
                    line: 0,
                    problem: format!("the folder cannot be read: {error}"),
                });
            }
            continue;
        }
        let place = entry.path();
        let Some(reads) = reader_of(&name) else {
            continue;
        };
        if kind.is_symlink() {
            match fs::canonicalize(&place) {
                Ok(target) if target.starts_with(root) => {}
                Ok(_) => {
                    problem("the link leads out of the folder; it is not followed".to_owned());
                    continue;
                }
                Err(error) => {
                    problem(format!("the link leads nowhere: {error}"));
                    continue;
                }
            }
        }
        match reads {
            Reads::Corpus if name.to_str().is_none() => {
                problem("the file's name is not UTF-8; rename it".to_owned());
            }
            Reads::Corpus => walk.documents.push(Found { path, place }),
            Reads::Import => walk.importable.push(path),
        }
    }
    Ok(())
}

/// Who reads a file.
enum Reads {
    Corpus,
    Import,
}

fn reader_of(name: &OsStr) -> Option<Reads> {
    let ending = Path::new(name).extension()?.to_str()?.to_ascii_lowercase();
    match ending.as_str() {
        "md" => Some(Reads::Corpus),
        "txt" | "text" | "markdown" | "html" | "htm" => Some(Reads::Import),
        _ => None,
    }
}
