//! The reader's decisions about pairs of passages, kept in a file beside the corpus: a JSON object a line.
//!
//! Invariant: lines are only ever added, each whole, with one write under a lock; a line that cannot be understood is reported
//! and stays. A decision holds by the text of its two passages: it is found again or reported as lost, never moved to another.
//! What was said last of a pair counts, or nothing does: an earlier line never comes into force again.

use super::anchor::{self, Anchor, Finder, Share};
pub use super::journal::JournalError as DecisionError;
use super::journal::{self, Place};
use crate::analysis::alignment::{Decision, Decisions, Verdict};
use crate::corpus::{Document, PassageId};
use crate::text::digest::sha256;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::path::Path;

/// The file's name.
pub const FILE: &str = "decisions.jsonl";
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
pub struct Store(Place);

/// A line of the file.
#[derive(Debug, Serialize, Deserialize)]
struct Line {
    /// `None`: taken back.
    verdict: Option<String>,
    left: Anchor,
    right: Anchor,
    /// Pairs of earlier lines that had become this one, in texts that have changed since: this line counts instead.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    replaces: Vec<String>,
}

/// A line of the file that is in force, if its passages are found.
struct Standing {
    /// Its number, from 1.
    number: usize,
    /// Its [`pair_of`].
    pair: String,
    verdict: Verdict,
    line: Line,
}

impl Store {
    /// Beside a corpus, in its folder.
    pub fn beside(folder: &Path) -> Self {
        Self(Place::beside(folder, FILE))
    }

    /// For the built-in corpus: under the data home.
    pub fn of_builtin() -> Self {
        Self(Place::of_builtin(FILE))
    }

    /// For files that are laid side by side: one for all of them.
    pub fn of_files() -> Self {
        Self(Place::of_files(FILE))
    }

    /// The file.
    pub fn place(&self) -> Option<&Path> {
        self.0.file.as_deref()
    }

    /// The decisions about these documents, and the lines that have no effect. A file that is not there holds none.
    pub fn load(&self, documents: &[Document]) -> Result<(Decisions, Vec<Lost>), DecisionError> {
        let mut decisions = Decisions::default();
        let Some(place) = &self.0.file else {
            return Ok((decisions, Vec::new()));
        };
        let (standing, mut lost) = standing(&journal::read(place)?);
        let mut finder = Finder::new(documents);
        for said in &standing {
            let line = said.number;
            match self.resolve(&mut finder, said) {
                Ok(Some(decision)) => decisions.apply(decision),
                Ok(None) => {}
                Err(why) => lost.push(Lost { line, why }),
            }
        }
        lost.sort_by_key(|lost| lost.line);
        Ok((decisions, lost))
    }

    /// A line's decision about the passages as they are now; `None` where it is about other texts.
    fn resolve(&self, finder: &mut Finder<'_>, said: &Standing) -> Result<Option<Decision>, Why> {
        let mut find = |anchor: &Anchor| match finder.find_passage(anchor) {
            Ok(found) => Ok(Some(found)),
            Err(anchor::Lost::Document) if self.0.shared => Ok(None),
            Err(why) => Err(Why::Place {
                words: opening_words(anchor),
                why,
            }),
        };
        let (left, right) = (find(&said.line.left), find(&said.line.right));
        if let (Ok(None), _) | (_, Ok(None)) = (&left, &right) {
            return Ok(None);
        }
        let (Some((left, left_share)), Some((right, right_share))) = (left?, right?) else {
            return Ok(None);
        };
        let joined = left_share == Share::Joined || right_share == Share::Joined;
        // What else has come into the passage may well belong to the other.
        if left == right || (joined && said.verdict == Verdict::Rejected) {
            let words = opening_words(&said.line.left);
            return Err(Why::Joined { words });
        }
        Ok(Some(Decision {
            left,
            right,
            verdict: Some(said.verdict),
        }))
    }

    /// Writes a decision down; when this returns it lasts.
    pub fn keep(&self, documents: &[Document], decision: Decision) -> Result<(), DecisionError> {
        let place = self.0.file.as_ref().ok_or(DecisionError::NoHome)?;
        let mut finder = Finder::new(documents);
        let mut anchor = |id: PassageId| finder.anchor_passage(id).ok_or(DecisionError::NoWords);
        let mut line = Line {
            verdict: decision.verdict.map(|verdict| verdict.name().to_owned()),
            left: anchor(decision.left)?,
            right: anchor(decision.right)?,
            replaces: Vec::new(),
        };
        journal::see_that_it_is_ours(place, self.0.root.as_deref())?;
        let pair = pair_of(&line);
        let mut is_of_it = |said: &Standing| {
            let mut find = |anchor: &Anchor| finder.find_passage(anchor).ok().map(|(id, _)| id);
            let found = [find(&said.line.left), find(&said.line.right)];
            let (left, right) = (Some(decision.left), Some(decision.right));
            found == [left, right] || found == [right, left]
        };
        let (known, _) = standing(&journal::read(place)?);
        let of_it = known
            .into_iter()
            .filter(|said| said.pair != pair && is_of_it(said));
        line.replaces = of_it.map(|said| said.pair).collect();
        let mut bytes = serde_json::to_vec(&line).map_err(|error| DecisionError::Write {
            path: place.display().to_string(),
            source: error.into(),
        })?;
        bytes.push(b'\n');
        journal::append(place, bytes)
    }
}

/// The lines of a file that are in force, in order: of those about one pair the last, unless it took something back. And
/// the lines that are no decisions.
fn standing(text: &[u8]) -> (Vec<Standing>, Vec<Lost>) {
    let mut standing: Vec<Option<Standing>> = Vec::new();
    let mut last_of: HashMap<String, usize> = HashMap::new();
    let mut damaged = Vec::new();
    for (at, bytes) in text.split(|byte| *byte == b'\n').enumerate() {
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        let number = at + 1;
        let (verdict, line) = match parse(bytes) {
            Ok(parsed) => parsed,
            Err(why) => {
                let why = Why::Damaged(why);
                damaged.push(Lost { line: number, why });
                continue;
            }
        };
        let pair = pair_of(&line);
        // Whether or not this one finds its passages: what it took the place of must not come into force again.
        for earlier in line.replaces.iter().chain([&pair]) {
            if let Some(at) = last_of.remove(earlier) {
                standing[at] = None;
            }
        }
        if let Some(verdict) = verdict {
            last_of.insert(pair.clone(), standing.len());
            standing.push(Some(Standing {
                number,
                pair,
                verdict,
                line,
            }));
        }
    }
    (standing.into_iter().flatten().collect(), damaged)
}

/// By which lines about the same pair of passages are known as such: the texts and the places in them.
fn pair_of(line: &Line) -> String {
    let mut places = [&line.left, &line.right].map(|anchor| {
        let of = &anchor.document;
        format!("{}\n{}\n{} {}", of.id, of.sha256, anchor.start, anchor.end)
    });
    places.sort();
    let mut hash = sha256(places.join("\n"));
    hash.truncate(16);
    hash
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
    if !(line.left.is_within_bounds() && line.right.is_within_bounds()) {
        return Err("it quotes more than is ever written".to_owned());
    }
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
