//! Folders of files to import: which files are in one.
//!
//! Invariant: reads only; nothing outside the folder is named, and links cannot make the walk endless. What a file is is told by
//! its content later; only what belongs to a saved page or to a program is passed over by its name.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Folders inside folders, at most.
const MAX_DEPTH: usize = 32;
/// Files of a folder, at most.
const MAX_FILES: usize = 1_000_000;

/// Endings of files that are read by programs and never hold an article.
const APPARATUS: &[&str] = &[
    "css", "scss", "js", "mjs", "ts", "map", "wasm", "woff", "woff2", "ttf", "otf", "eot", "svg",
    "ico", "toml", "yaml", "yml", "ini", "lock", "opml", "ncx", "opf", "xsl", "dtd", "db", "jsonl",
    "csv", "tsv",
];

/// What a folder holds.
#[derive(Debug, Default)]
pub struct Inputs {
    /// Its files, by path.
    pub files: Vec<PathBuf>,
    /// What is passed over, and why.
    pub passed_over: Vec<(PathBuf, String)>,
}

/// Looks through a folder; hidden files and folders are no part of it, and `except` is left aside: the corpus that is written to.
/// Fails only where the folder itself cannot be read.
pub fn of_folder(folder: &Path, except: &Path) -> io::Result<Inputs> {
    let mut inputs = Inputs::default();
    let root = fs::canonicalize(folder)?;
    let except = fs::canonicalize(except).ok();
    enter(folder, 0, &root, except.as_deref(), &mut inputs)?;
    inputs.files.sort();
    inputs.passed_over.sort();
    Ok(inputs)
}

/// Whether a file, by its name, is read by programs and never by people.
pub fn is_apparatus(name: &str) -> bool {
    Path::new(name)
        .extension()
        .and_then(OsStr::to_str)
        .is_some_and(|ending| APPARATUS.contains(&ending.to_ascii_lowercase().as_str()))
}

fn enter(
    folder: &Path,
    depth: usize,
    root: &Path,
    except: Option<&Path>,
    inputs: &mut Inputs,
) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') {
            continue;
        }
        if let Some(why) = obstacle(&path, root, inputs.files.len()) {
            inputs.passed_over.push((path, why));
            continue;
        }
        let metadata = match fs::metadata(&path) {
            Ok(metadata) => metadata,
            Err(error) => {
                inputs.passed_over.push((path, error.to_string()));
                continue;
            }
        };
        if metadata.is_file() {
            if is_apparatus(&name) {
                let why = "a file for programs".to_owned();
                inputs.passed_over.push((path, why));
            } else {
                inputs.files.push(path);
            }
            continue;
        }
        let why = if !metadata.is_dir() {
            Some("a pipe or a device".to_owned())
        } else if except.is_some() && fs::canonicalize(&path).ok().as_deref() == except {
            Some("the corpus that is written to".to_owned())
        } else if entry.file_type().is_ok_and(|kind| kind.is_symlink()) {
            Some("a link to a folder".to_owned())
        } else if belongs_to_page(&path, &name) {
            Some("files of the saved page beside it".to_owned())
        } else if depth == MAX_DEPTH {
            Some(format!("folders are looked into {MAX_DEPTH} deep"))
        } else {
            enter(&path, depth + 1, root, except, inputs)
                .err()
                .map(|error| format!("the folder cannot be read: {error}"))
        };
        if let Some(why) = why {
            inputs.passed_over.push((path, why));
        }
    }
    Ok(())
}

/// Why a path is not gone into.
fn obstacle(path: &Path, root: &Path, files: usize) -> Option<String> {
    if files >= MAX_FILES {
        return Some("the folder holds more than a million files; import parts of it".to_owned());
    }
    if !path.is_symlink() {
        return None;
    }
    match fs::canonicalize(path) {
        Ok(target) if target.starts_with(root) => None,
        Ok(_) => Some("the link leads out of the folder; it is not followed".to_owned()),
        Err(error) => Some(format!("the link leads nowhere: {error}")),
    }
}

/// `page_files` beside `page.html`, as browsers save pages.
fn belongs_to_page(path: &Path, name: &str) -> bool {
    let page = ["_files", "_Files", "_Dateien", "_fichiers", ".files"]
        .iter()
        .find_map(|ending| name.strip_suffix(ending));
    page.is_some_and(|page| {
        ["html", "htm", "xhtml"]
            .iter()
            .any(|ending| path.with_file_name(format!("{page}.{ending}")).exists())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_gives_its_files_and_nothing_outside_it() {
        let room = tempfile::tempdir().unwrap();
        let folder = room.path().join("in");
        for path in [
            "a/b/c.html",
            "page.html",
            "page_files/frame.html",
            ".git/x.txt",
            "style.css",
            "mine/d.md",
        ] {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "text").unwrap();
        }
        fs::write(room.path().join("secret.txt"), "secret").unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::symlink;
            symlink(room.path().join("secret.txt"), folder.join("out.txt")).unwrap();
            symlink(&folder, folder.join("a/round")).unwrap();
            symlink(folder.join("page.html"), folder.join("same.html")).unwrap();
        }
        let inputs = of_folder(&folder, &folder.join("mine")).unwrap();
        let names: Vec<String> = inputs
            .files
            .iter()
            .map(|path| path.strip_prefix(&folder).unwrap().display().to_string())
            .collect();
        let expected: &[&str] = if cfg!(unix) {
            &["a/b/c.html", "page.html", "same.html"]
        } else {
            &["a/b/c.html", "page.html"]
        };
        assert_eq!(names, expected);
        let why: Vec<&str> = inputs
            .passed_over
            .iter()
            .map(|(_, why)| why.as_str())
            .collect();
        assert!(why.iter().any(|why| why.contains("saved page")), "{why:?}");
        assert!(why.iter().any(|why| why.contains("written to")), "{why:?}");
        assert!(
            !cfg!(unix) || why.iter().any(|why| why.contains("leads out")),
            "{why:?}"
        );
    }
}
