//! `diptych import PATH… --into DIR`: copies into a corpus folder.
//!
//! Invariant: one file that cannot be read never stops the others, and what became of each is said.

use super::extract::{NoticeJson, notices};
use super::progress::Progress;
use super::splitting::{Reading, import_bytes};
use super::{files, output};
use crate::corpus::{Date, Source};
use crate::import::packed::{self, Packed};
use crate::import::{self, ImportError, NoticeKind};
use crate::library::adding::{Intake, Outcome};
use crate::library::fetching::{self, Fetched, Fetcher, Limits};
use crate::library::inputs;
use anyhow::{Context, anyhow, bail};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// What became of an input, or of one of its documents.
#[derive(Serialize)]
pub(super) struct Row {
    pub input: String,
    pub outcome: &'static str,
    pub document: Option<String>,
    pub reason: Option<String>,
    pub notices: Vec<NoticeJson>,
}

pub(super) const IMPORTED: &str = "imported";
pub(super) const THERE: &str = "already there";
pub(super) const PASSED_OVER: &str = "passed over";
pub(super) const FAILED: &str = "failed";

/// Imports the files; true when all of them are in the corpus afterwards.
pub fn run(
    inputs: &[PathBuf],
    into: &Path,
    copied: Option<&str>,
    split: super::arguments::Splitting,
    publisher: Option<&str>,
    json: bool,
) -> anyhow::Result<bool> {
    let copied: Option<Date> = copied
        .map(|date| {
            date.parse()
                .map_err(|wrong: String| anyhow!(wrong))
                .context("--copied")
        })
        .transpose()?;
    if publisher.is_some_and(|name| !name.contains(char::is_alphanumeric)) {
        bail!("--source needs a name");
    }
    if into.exists() && !into.is_dir() {
        bail!("{} is a file; --into needs a folder", into.display());
    }
    let reading = Reading {
        copied,
        split,
        publisher,
    };
    let mut importing = Importing::start(into, reading, json, inputs.len());
    for input in inputs {
        let shown = input.display().to_string();
        if fetching::is_address(&shown) {
            importing.address(&shown);
        } else if input.is_dir() {
            importing.folder(input);
        } else {
            importing.file(input, Origin::Named);
        }
        importing.progress.done();
    }
    importing.finish()
}

/// The day that it is, in Greenwich.
fn today() -> Option<Date> {
    let now = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC);
    let number = |part: i8| u8::try_from(part).ok();
    Date::from_ymd(
        u16::try_from(now.year()).ok()?,
        number(now.month())?,
        number(now.day())?,
    )
}

/// How an input came to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// It was named.
    Named,
    /// It is in a folder or an archive that was named, so many archives deep: what is no text there is passed over.
    Within(usize),
}

/// An import on its way.
pub(super) struct Importing<'a> {
    into: &'a Path,
    reading: Reading<'a>,
    json: bool,
    /// Opened by the first file that can be read: where none can, nothing is made.
    intake: Option<Intake>,
    /// Made for the first address: nothing else needs one.
    fetcher: Option<Fetcher>,
    /// The source of all that comes in, where that is settled.
    pub source: Option<Source>,
    /// What is there already is counted and not told one by one.
    pub is_quiet: bool,
    rows: Vec<Row>,
    pub progress: Progress,
}

impl<'a> Importing<'a> {
    pub fn start(into: &'a Path, reading: Reading<'a>, json: bool, steps: usize) -> Self {
        Self {
            into,
            reading,
            json,
            intake: None,
            fetcher: None,
            source: None,
            is_quiet: false,
            rows: Vec::new(),
            progress: Progress::start(steps),
        }
    }

    /// Fetches an address and takes in what comes.
    fn address(&mut self, address: &str) {
        self.progress.doing(address);
        match self.fetch(address) {
            Ok(fetched) => self.fetched(address, &fetched.bytes),
            Err(why) => self.fail(address.to_owned(), why),
        }
    }

    /// Takes in what was fetched: a copy made today.
    pub fn fetched(&mut self, address: &str, bytes: &[u8]) {
        let before = self.reading.copied;
        self.reading.copied = before.or_else(today);
        self.bytes(address, address, bytes, Origin::Named);
        self.reading.copied = before;
    }

    /// Fetches an address; says why it cannot.
    pub fn fetch(&mut self, address: &str) -> Result<Fetched, String> {
        let fetcher = match &mut self.fetcher {
            Some(fetcher) => fetcher,
            None => self.fetcher.insert(fetcher()?),
        };
        fetcher.fetch(address).map_err(|error| error.to_string())
    }

    fn folder(&mut self, folder: &Path) {
        self.progress.doing(&folder.display().to_string());
        let inputs = match inputs::of_folder(folder, self.into) {
            Ok(inputs) => inputs,
            Err(error) => {
                return self.fail(
                    folder.display().to_string(),
                    format!("the folder cannot be read: {error}"),
                );
            }
        };
        for (path, why) in inputs.passed_over {
            self.say(path.display().to_string(), PASSED_OVER, why);
        }
        if inputs.files.is_empty() {
            self.fail(
                folder.display().to_string(),
                "there are no files in this folder to import".to_owned(),
            );
        }
        self.progress.more(inputs.files.len());
        for file in inputs.files {
            self.file(&file, Origin::Within(0));
            self.progress.done();
        }
    }

    fn file(&mut self, path: &Path, origin: Origin) {
        let shown = path.display().to_string();
        self.progress.doing(&shown);
        match files::bytes_of(path) {
            Ok(bytes) => self.bytes(&shown, &files::file_name(path), &bytes, origin),
            Err(error) => self.fail(shown, output::causes(&error)),
        }
    }

    /// Takes in what a file or an answer holds: `shown` names it in messages, `name` in the corpus.
    pub fn bytes(&mut self, shown: &str, name: &str, bytes: &[u8], origin: Origin) {
        if packed::is_packed(bytes) {
            return self.archive(shown, name, bytes, origin);
        }
        match self.take_in(shown, name, bytes) {
            Ok(rows) => rows.into_iter().for_each(|row| self.tell(row)),
            Err(error) => {
                let is_other = matches!(
                    error.downcast_ref::<ImportError>(),
                    Some(ImportError::NotText(..) | ImportError::Empty(_))
                );
                let outcome = if is_other && origin != Origin::Named {
                    PASSED_OVER
                } else {
                    FAILED
                };
                self.say(shown.to_owned(), outcome, output::causes(&error));
            }
        }
    }

    fn archive(&mut self, shown: &str, name: &str, bytes: &[u8], origin: Origin) {
        let depth = match origin {
            Origin::Named => 0,
            Origin::Within(depth) => depth,
        };
        if depth >= packed::MAX_DEPTH {
            let why = "an archive in an archive in an archive is not opened".to_owned();
            return self.fail(shown.to_owned(), why);
        }
        let mut archive = match Packed::open(name, bytes) {
            Ok(archive) => archive,
            Err(error) => return self.fail(shown.to_owned(), error.to_string()),
        };
        let files = archive.files();
        if files.is_empty() {
            self.fail(
                shown.to_owned(),
                "there are no files in this archive to import".to_owned(),
            );
        }
        self.progress.more(files.len());
        for file in files {
            let name = archive.name(file);
            let shown = format!(
                "{shown}{}",
                name.get(archive.prefix()..).unwrap_or_default()
            );
            self.progress.doing(&shown);
            if inputs::is_apparatus(&name) {
                self.say(shown, PASSED_OVER, "a file for programs".to_owned());
            } else {
                match archive.read(file) {
                    Ok(bytes) => self.bytes(&shown, &name, &bytes, Origin::Within(depth + 1)),
                    Err(error) => self.fail(shown, error.to_string()),
                }
            }
            self.progress.done();
        }
    }

    fn take_in(&mut self, shown: &str, name: &str, bytes: &[u8]) -> anyhow::Result<Vec<Row>> {
        let mut imported = import_bytes(name, bytes, self.reading)?;
        if let Some(source) = &self.source {
            for document in &mut imported.documents {
                document.meta.source = source.id.clone();
            }
            imported.sources = vec![source.clone()];
        }
        let intake = match &mut self.intake {
            Some(intake) => intake,
            None => self.intake.insert(Intake::open(self.into)?),
        };
        let outcomes = intake.add(&imported.documents, &imported.sources)?;
        let mut notices = Some(notices(&imported));
        let reason = remarks(&imported);
        let row = |outcome: Outcome| Row {
            input: shown.to_owned(),
            outcome: match outcome {
                Outcome::Added(_) | Outcome::AnotherVersion { .. } => IMPORTED,
                Outcome::AlreadyThere(_) => THERE,
            },
            document: Some(outcome.document().to_string()),
            reason: match &outcome {
                Outcome::AnotherVersion { of, .. } => {
                    let version = format!("another version of {of}, which is kept beside it");
                    let reasons = reason.iter().cloned().chain([version]);
                    Some(reasons.collect::<Vec<_>>().join("; "))
                }
                _ => reason.clone(),
            },
            notices: notices.take().unwrap_or_default(),
        };
        Ok(outcomes.into_iter().map(row).collect())
    }

    pub fn fail(&mut self, input: String, reason: String) {
        self.say(input, FAILED, reason);
    }

    fn say(&mut self, input: String, outcome: &'static str, reason: String) {
        self.tell(Row {
            input,
            outcome,
            document: None,
            reason: Some(reason),
            notices: Vec::new(),
        });
    }

    fn tell(&mut self, row: Row) {
        log::info!("an input is {}", row.outcome);
        log::debug!("{}", line(&row));
        let is_counted_only = self.is_quiet && row.outcome == THERE;
        if !self.json && !is_counted_only {
            self.progress.tell(&line(&row));
        }
        self.rows.push(row);
    }

    /// Says what became of all; true when nothing failed.
    pub fn finish(self) -> anyhow::Result<bool> {
        let Self {
            rows,
            progress,
            into,
            json,
            ..
        } = self;
        drop(progress);
        let count = |outcome: &str| rows.iter().filter(|row| row.outcome == outcome).count();
        let failed = count(FAILED);
        if json {
            output::json(&rows)?;
        } else {
            output::text(&summary(into, &count))?;
        }
        Ok(failed == 0)
    }
}

fn summary(into: &Path, count: &dyn Fn(&str) -> usize) -> String {
    let (added, there) = (count(IMPORTED), count(THERE));
    let others = [
        (there, THERE),
        (count(PASSED_OVER), PASSED_OVER),
        (count(FAILED), FAILED),
    ];
    let others: String = others
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, outcome)| format!(", {count} {outcome}"))
        .collect::<Vec<_>>()
        .concat();
    let into = into.display();
    let reading = match added + there {
        0 => String::new(),
        1 => format!(" · read it with: diptych {into}"),
        _ => format!(" · read them with: diptych {into}"),
    };
    format!("{added} imported{others}{reading}")
}

/// The remarks on an import, in one.
fn remarks(imported: &import::Imported) -> Option<String> {
    let remarks: Vec<&str> = imported
        .notices
        .iter()
        .filter_map(|notice| match &notice.kind {
            NoticeKind::Remark(remark) => Some(remark.as_str()),
            NoticeKind::LeftOut(_) | NoticeKind::Used(_) => None,
        })
        .collect();
    (!remarks.is_empty()).then(|| remarks.join("; "))
}

/// What became of an input, on one line.
fn line(row: &Row) -> String {
    let document = row
        .document
        .as_ref()
        .map_or_else(String::new, |document| format!(" as {document}"));
    let left_out = row
        .notices
        .iter()
        .filter(|notice| notice.is_left_out())
        .count();
    let left_out = if left_out > 0 && row.outcome == IMPORTED {
        let lines = output::counted(left_out, "line");
        format!(", {lines} left out (listed in its file)")
    } else {
        String::new()
    };
    let reason = row
        .reason
        .as_ref()
        .map_or_else(String::new, |reason| format!(" ({reason})"));
    format!("{}: {}{document}{left_out}{reason}", row.input, row.outcome)
}

/// What fetches, trusting whom the reader trusts: in a network that opens safe connections to look into them, the authority of that
/// network, which `SSL_CERT_FILE` names as for other programs.
fn fetcher() -> Result<Fetcher, String> {
    match std::env::var_os("SSL_CERT_FILE").filter(|file| !file.is_empty()) {
        None => Ok(Fetcher::new(Limits::default())),
        Some(file) => {
            let file = Path::new(&file);
            Fetcher::trusting(Limits::default(), file).map_err(|why| {
                format!(
                    "SSL_CERT_FILE names {}, and nobody can be trusted by it: {why}; without it Mozilla's list of authorities is trusted",
                    file.display()
                )
            })
        }
    }
}
