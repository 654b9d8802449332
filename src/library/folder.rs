//! A corpus folder: opening it and checking it.
//!
//! Invariant: reads only; a file that cannot be used is a [`Problem`], and the rest of the corpus opens.

use super::walk::{self, Walk};
use crate::corpus::assemble::Assembly;
use crate::corpus::{Corpus, Problem, manifest, markdown};
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

/// Why a folder is not a corpus.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The folder cannot be read at all.
    #[error("cannot read {path}: {source}")]
    Read {
        /// The folder.
        path: String,
        /// What the system says.
        source: io::Error,
    },
}

/// Opens a corpus folder; bad files are in [`Corpus::problems`], the rest is there. A folder without `corpus.toml` is a
/// corpus too, titled by its name, its sources those that its documents name.
pub fn open(folder: &Path) -> Result<Corpus, FolderError> {
    assemble(folder).map(|assembly| assembly.corpus)
}

/// Every problem of a corpus, by file and line: those of [`open`], and what may be a slip but does no harm.
pub fn check(folder: &Path) -> Result<Vec<Problem>, FolderError> {
    let assembly = assemble(folder)?;
    let mut problems = assembly.corpus.problems;
    problems.extend(assembly.advice);
    if assembly.corpus.documents.is_empty() {
        problems.push(Problem {
            file: ".".to_owned(),
            line: 0,
            problem: "there are no documents: `diptych import FILES --into DIR` brings some in"
                .to_owned(),
        });
    }
    problems.sort();
    Ok(problems)
}

/// What `corpus.toml` says, without the documents; nothing where there is none.
pub fn manifest(folder: &Path) -> Result<Corpus, FolderError> {
    let failed = |source| FolderError::Read {
        path: folder.display().to_string(),
        source,
    };
    fs::read_dir(folder).map_err(failed)?;
    match read_text(&folder.join(manifest::FILE), manifest::MAX_BYTES) {
        Ok(text) => Ok(manifest::read(manifest::FILE, &text).0),
        Err(Unread::Refused(error)) => Err(failed(error)),
        Err(Unread::Missing | Unread::TooLarge(_) | Unread::NotUtf8(_)) => Ok(Corpus::default()),
    }
}

/// The name by which a folder is shown.
pub fn title_of(folder: &Path) -> String {
    let real = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let name = real.file_name().unwrap_or(folder.as_os_str());
    name.to_string_lossy().into_owned()
}

fn assemble(folder: &Path) -> Result<Assembly, FolderError> {
    let walk = walk::walk(folder).map_err(|source| FolderError::Read {
        path: folder.display().to_string(),
        source,
    })?;
    let Walk {
        documents,
        importable,
        mut problems,
    } = walk;
    let manifest = match read_text(&folder.join(manifest::FILE), manifest::MAX_BYTES) {
        Ok(text) => Some(text),
        Err(Unread::Missing) => None,
        Err(unread) => {
            problems.push(unread.problem(manifest::FILE));
            None
        }
    };
    let files = documents.into_iter().filter_map(|found| {
        match read_text(&found.place, markdown::MAX_BYTES) {
            Ok(text) => Some((found.path, text)),
            Err(unread) => {
                problems.push(unread.problem(&found.path));
                None
            }
        }
    });
    let mut assembly = Corpus::assemble(manifest.as_deref(), files);
    if let Some(first) = importable.first() {
        let problem = match importable.len() - 1 {
            0 => "this text is".to_owned(),
            1 => "this text and another are".to_owned(),
            others => format!("this text and {others} others are"),
        };
        problems.push(Problem {
            file: first.clone(),
            line: 0,
            problem: format!(
                "{problem} not Markdown; `diptych import FILES --into DIR` reads what is text"
            ),
        });
    }
    let corpus = &mut assembly.corpus;
    if corpus.title.is_empty() {
        corpus.title = title_of(folder);
    }
    corpus.problems.append(&mut problems);
    corpus.problems.sort();
    Ok(assembly)
}

/// Why a file gave no text.
#[derive(Debug)]
pub(super) enum Unread {
    /// There is no such file.
    Missing,
    /// The system refuses it, or it is no file.
    Refused(io::Error),
    /// It is longer than so many bytes.
    TooLarge(usize),
    /// It is in another encoding, from this line on.
    NotUtf8(u32),
}

impl Unread {
    /// Why, in a few words.
    pub(super) fn why(self) -> String {
        self.problem("").problem
    }

    fn problem(self, file: &str) -> Problem {
        let (line, problem) = match self {
            Self::Missing => (0, "the file has gone".to_owned()),
            Self::Refused(error) => (0, format!("the file cannot be read: {error}")),
            Self::TooLarge(limit) => (
                0,
                format!("the file is larger than {} MB; split it", limit >> 20),
            ),
            Self::NotUtf8(line) => (line, "this is not UTF-8; save the file as UTF-8".to_owned()),
        };
        Problem {
            file: file.to_owned(),
            line,
            problem,
        }
    }
}

/// Reads a text of at most `limit` bytes.
pub(super) fn read_text(path: &Path, limit: usize) -> Result<String, Unread> {
    let refused = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => Unread::Missing,
        _ => Unread::Refused(error),
    };
    // A pipe or a device would be waited for.
    let metadata = fs::metadata(path).map_err(refused)?;
    if !metadata.is_file() {
        return Err(Unread::Refused(io::Error::other("it is not a file")));
    }
    let mut bytes = Vec::with_capacity((metadata.len() as usize).min(limit));
    let file = File::open(path).map_err(refused)?;
    file.take(limit as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(refused)?;
    if bytes.len() > limit {
        return Err(Unread::TooLarge(limit));
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error
            .as_bytes()
            .get(..error.utf8_error().valid_up_to())
            .unwrap_or_default();
        Unread::NotUtf8(memchr::memchr_iter(b'\n', valid).count() as u32 + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, bytes) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        folder
    }

    fn lines(problems: &[Problem]) -> Vec<(&str, u32)> {
        problems
            .iter()
            .map(|problem| (problem.file.as_str(), problem.line))
            .collect()
    }

    #[test]
    fn days_with_a_time_and_longer_endings_are_read() {
        let folder = folder(&[
            (
                "a.markdown",
                b"---\nsource: s\ndate: 2031-05-02T10:00:00Z\n---\nText.\n",
            ),
            (
                "b.md",
                b"---\nsource: s\ndate: 2031-05-02 10:00:00 +0200\n---\nText.\n",
            ),
        ]);
        let corpus = open(folder.path()).unwrap();
        assert_eq!(lines(&corpus.problems), []);
        let documents: Vec<(&str, String)> = corpus
            .documents
            .iter()
            .map(|document| {
                (
                    document.id.as_str(),
                    document.meta.date.unwrap().to_string(),
                )
            })
            .collect();
        let day = || "2031-05-02".to_owned();
        assert_eq!(documents, [("a", day()), ("b", day())]);
    }

    #[test]
    fn a_corpus_with_bad_files_opens_and_says_so() {
        let folder = folder(&[
            (
                "corpus.toml",
                b"title = \"T\"\nlanguage = en\n[[source]]\nid = \"s\"\n",
            ),
            ("good.md", b"---\nsource: s\n---\nText.\n"),
            (
                "sub/date.md",
                b"---\nsource: s\ndate: 2026-02-30\n---\nText.\n",
            ),
            ("latin.md", b"line\n\xE9t\xE9\n"),
            ("empty.md", b""),
            ("raw.txt", b"text"),
            (".hidden/x.md", b"x"),
            ("notes.jsonl", b"{}"),
        ]);
        let corpus = open(folder.path()).unwrap();
        assert_eq!(
            lines(&corpus.problems),
            [
                ("corpus.toml", 2),
                ("empty.md", 0),
                ("latin.md", 2),
                ("raw.txt", 0),
                ("sub/date.md", 3)
            ],
            "{:#?}",
            corpus.problems
        );
        assert_eq!(corpus.title, "T");
        let ids: Vec<&str> = corpus
            .documents
            .iter()
            .map(|document| document.id.as_str())
            .collect();
        assert_eq!(ids, ["empty", "good", "sub/date"]);
        assert_eq!(corpus.documents[2].passage(0).unwrap().text(), "Text.");
    }

    #[test]
    fn a_folder_without_a_manifest_is_a_corpus() {
        let folder = folder(&[("my corpus/a.md", b"---\nsource: X Y\n---\nText.\n")]);
        let corpus = open(&folder.path().join("my corpus")).unwrap();
        assert_eq!(corpus.problems, []);
        assert_eq!(corpus.title, "my corpus");
        assert_eq!(corpus.sources[0].title, "X Y");
        let missing = open(&folder.path().join("none")).unwrap_err();
        assert!(missing.to_string().contains("none"));
    }

    #[test]
    fn check_names_what_open_passes_over() {
        let folder = folder(&[
            (
                "corpus.toml",
                b"[[topic]]\nid = \"x\"\ncues = [\"a\"]\n[[topic]]\nid = \"y\"\ncues = [\"A\"]\n",
            ),
            ("a.md", b"---\nvoices: [N]\n---\nText.\n"),
        ]);
        assert_eq!(open(folder.path()).unwrap().problems, []);
        assert_eq!(
            lines(&check(folder.path()).unwrap()),
            [("a.md", 2), ("corpus.toml", 6)]
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_out_of_the_folder_and_into_a_circle_are_not_followed() {
        use std::os::unix::fs::symlink;
        let folder = folder(&[("out.md", b"Text."), ("in/a.md", b"Text.")]);
        let root = folder.path().join("in");
        symlink(folder.path().join("out.md"), root.join("link.md")).unwrap();
        symlink(&root, root.join("circle")).unwrap();
        symlink(root.join("a.md"), root.join("b.md")).unwrap();
        symlink("nowhere", root.join("c.md")).unwrap();
        let corpus = open(&root).unwrap();
        assert_eq!(lines(&corpus.problems), [("c.md", 0), ("link.md", 0)]);
        assert_eq!(corpus.documents.len(), 2);
    }
}
