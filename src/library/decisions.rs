//! The reader's decisions about pairs of passages, kept in a file beside the corpus: a JSON object a line.
//!
//! Invariant: lines are only ever added, each whole, with one write under a lock; a line that cannot be understood is reported
//! and stays. A decision holds by the text of its two passages: it is found again or reported as lost, never moved to another.

use super::anchor::{self, Anchor, Finder, Share};
use crate::analysis::alignment::{Decision, Decisions, Verdict};
use crate::corpus::{Document, PassageId};
use etcetera::BaseStrategy as _;
use serde::{Deserialize, Serialize};
use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The file's name.
pub const FILE: &str = "decisions.jsonl";
/// Names the folder for what the program keeps, instead of the one that the system has for it.
pub const DATA_HOME_VARIABLE: &str = "DIPTYCH_DATA_HOME";

/// The largest file that is read: some ten thousand decisions.
const MAX_BYTES: u64 = 64 << 20;
/// How long another program may hold the file before we give up.
const PATIENCE: Duration = Duration::from_millis(700);

/// Why a decision could not be kept, or decisions not be read.
#[derive(Debug, thiserror::Error)]
pub enum DecisionError {
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
    #[error("there is no home folder to keep decisions in; DIPTYCH_DATA_HOME names one")]
    NoHome,
    /// The passage is not there, or has no words to know it by.
    #[error("this passage has no words by which it could be known again")]
    NoWords,
}

/// A line of the file that has no effect now; it stays in the file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct Lost {
    /// Its number, from 1.
    pub line: usize,
    /// Why.
    pub why: Why,
}

/// Why a line has no effect.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// It is no decision.
    #[error("not a decision as they are written here ({0})")]
    Damaged(String),
    /// A passage was not found again.
    #[error("{why}: “{words}”")]
    Place {
        /// How its passage begins.
        words: String,
        /// Why not.
        why: anchor::Lost,
    },
    /// Both passages are one now, or the one that was rejected is part of a longer one.
    #[error("its passages have been joined with others: “{words}”")]
    Joined {
        /// How its passage begins.
        words: String,
    },
}

/// Where decisions are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Store {
    /// The file; nothing where there is no home folder.
    place: Option<PathBuf>,
    /// The corpus that the file must not lead out of.
    root: Option<PathBuf>,
    /// It holds decisions about texts of several comparisons: those about others are no loss.
    shared: bool,
}

/// A line of the file.
#[derive(Debug, Serialize, Deserialize)]
struct Line {
    /// `None`: taken back.
    verdict: Option<String>,
    left: Anchor,
    right: Anchor,
}

impl Store {
    /// Beside a corpus, in its folder.
    pub fn beside(folder: &Path) -> Self {
        Self {
            place: Some(folder.join(FILE)),
            root: Some(folder.to_owned()),
            shared: false,
        }
    }

    /// For the built-in corpus: under the data home.
    pub fn of_builtin() -> Self {
        Self::at_home("built-in", false)
    }

    /// For files that are laid side by side: one for all of them, under the data home. A file is known by what it says,
    /// so that its name and folder may change.
    pub fn of_files() -> Self {
        Self::at_home("files", true)
    }

    fn at_home(name: &str, shared: bool) -> Self {
        Self {
            place: data_home().map(|home| home.join(name).join(FILE)),
            root: None,
            shared,
        }
    }

    /// The file.
    pub fn place(&self) -> Option<&Path> {
        self.place.as_deref()
    }

    /// The decisions about these documents, and the lines that have no effect. A file that is not there holds none.
    pub fn load(&self, documents: &[Document]) -> Result<(Decisions, Vec<Lost>), DecisionError> {
        let mut decisions = Decisions::default();
        let Some(place) = &self.place else {
            return Ok((decisions, Vec::new()));
        };
        let text = read(place)?;
        let mut finder = Finder::new(documents);
        let mut lost: Vec<(Option<PairWords>, Lost)> = Vec::new();
        for (line, written) in text.split(|byte| *byte == b'\n').enumerate() {
            if written.trim_ascii().is_empty() {
                continue;
            }
            let line = line + 1;
            let parsed = match parse(written) {
                Ok(parsed) => parsed,
                Err(why) => {
                    let why = Why::Damaged(why);
                    lost.push((None, Lost { line, why }));
                    continue;
                }
            };
            let words = words_of(&parsed.1);
            // What was said later of the same pair counts instead.
            lost.retain(|(earlier, _)| earlier.as_ref() != Some(&words));
            match self.resolve(&mut finder, parsed) {
                Ok(Some(decision)) => decisions.apply(decision),
                Ok(None) => {}
                Err(why) => lost.push((Some(words), Lost { line, why })),
            }
        }
        Ok((decisions, lost.into_iter().map(|(_, lost)| lost).collect()))
    }

    /// A line's decision about the passages as they are now; `None` where it is about other texts.
    fn resolve(
        &self,
        finder: &mut Finder<'_>,
        (verdict, line): (Option<Verdict>, Line),
    ) -> Result<Option<Decision>, Why> {
        let mut find = |anchor: &Anchor| match finder.find_passage(anchor) {
            Ok(found) => Ok(Some(found)),
            Err(anchor::Lost::Document) if self.shared => Ok(None),
            // What was taken back need not be found.
            Err(_) if verdict.is_none() => Ok(None),
            Err(why) => Err(Why::Place {
                words: opening_words(anchor),
                why,
            }),
        };
        let (left, right) = (find(&line.left), find(&line.right));
        if let (Ok(None), _) | (_, Ok(None)) = (&left, &right) {
            return Ok(None);
        }
        let (Some((left, left_share)), Some((right, right_share))) = (left?, right?) else {
            return Ok(None);
        };
        let joined = left_share == Share::Joined || right_share == Share::Joined;
        // What else has come into the passage may well belong to the other.
        if left == right || (joined && verdict == Some(Verdict::Rejected)) {
            let words = opening_words(&line.left);
            return Err(Why::Joined { words });
        }
        Ok(Some(Decision {
            left,
            right,
            verdict,
        }))
    }

    /// Writes a decision down; when this returns it lasts.
    pub fn keep(&self, documents: &[Document], decision: Decision) -> Result<(), DecisionError> {
        let place = self.place.as_ref().ok_or(DecisionError::NoHome)?;
        let mut finder = Finder::new(documents);
        let mut anchor = |id: PassageId| finder.anchor_passage(id).ok_or(DecisionError::NoWords);
        let line = Line {
            verdict: decision.verdict.map(|verdict| verdict.name().to_owned()),
            left: anchor(decision.left)?,
            right: anchor(decision.right)?,
        };
        let mut bytes = serde_json::to_vec(&line).map_err(|error| DecisionError::Write {
            path: place.display().to_string(),
            source: error.into(),
        })?;
        bytes.push(b'\n');
        self.see_that_it_is_ours(place)?;
        append(place, bytes)
    }

    /// Neither a pipe, which would be waited for, nor a link out of the corpus.
    fn see_that_it_is_ours(&self, place: &Path) -> Result<(), DecisionError> {
        let outside = || DecisionError::Outside {
            path: place.display().to_string(),
        };
        let Ok(link) = fs::symlink_metadata(place) else {
            return Ok(());
        };
        let is_file = fs::metadata(place).is_ok_and(|metadata| metadata.is_file());
        let leads_out = match &self.root {
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
}

/// By which two lines are about the same pair.
type PairWords = [(String, u32, String); 2];

fn words_of(line: &Line) -> PairWords {
    let words = |anchor: &Anchor| {
        let id = anchor.document.id.to_string();
        (id, anchor.start, anchor.quote.exact.clone())
    };
    let mut pair = [words(&line.left), words(&line.right)];
    pair.sort();
    pair
}

fn parse(written: &[u8]) -> Result<(Option<Verdict>, Line), String> {
    let line: Line = serde_json::from_slice(written).map_err(|error| error.to_string())?;
    let verdict = match &line.verdict {
        None => None,
        Some(name) => {
            let known = Verdict::ALL.into_iter().find(|known| known.name() == name);
            Some(known.ok_or_else(|| format!("no verdict “{name}”"))?)
        }
    };
    Ok((verdict, line))
}

/// A few words to know a passage by, in a message.
fn opening_words(anchor: &Anchor) -> String {
    let words = &anchor.quote.exact;
    match words.char_indices().nth(60) {
        Some((cut, _)) => format!("{}…", words.get(..cut).unwrap_or_default()),
        None => words.clone(),
    }
}

fn read(place: &Path) -> Result<Vec<u8>, DecisionError> {
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
fn append(place: &Path, mut line: Vec<u8>) -> Result<(), DecisionError> {
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
fn data_home() -> Option<PathBuf> {
    let named = std::env::var_os(DATA_HOME_VARIABLE);
    data_home_from(named.as_deref(), || {
        let strategy = etcetera::choose_base_strategy().ok()?;
        Some(strategy.data_dir())
    })
}

fn data_home_from(
    named: Option<&OsStr>,
    of_system: impl Fn() -> Option<PathBuf>,
) -> Option<PathBuf> {
    match named {
        Some(named) if !named.is_empty() => Some(PathBuf::from(named)),
        Some(_) | None => Some(of_system()?.join("diptych")),
    }
}

/// What the lines without effect come to, in a sentence; `None` where there are none.
pub fn in_a_sentence(lost: &[Lost]) -> Option<String> {
    let first = lost.first()?;
    let (count, verb) = match lost.len() {
        1 => ("1 decision".to_owned(), "has"),
        count => (format!("{count} decisions"), "have"),
    };
    Some(format!(
        "{count} of yours {verb} no place in these texts any more ({FILE}, {first}); nothing was thrown away"
    ))
}

#[cfg(test)]
mod tests;
