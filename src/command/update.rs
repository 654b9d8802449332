//! `diptych update`: new entries of the feeds that a corpus names.
//!
//! Invariant: only the addresses in `corpus.toml` are fetched, and only entries that the corpus has not had come in.

use super::arguments::Splitting;
use super::import::Importing;
use super::open::WrongUsage;
use super::splitting::Reading;
use crate::corpus::Source;
use crate::import::detect;
use crate::library::folder;
use anyhow::bail;
use std::path::Path;

/// Fetches the feeds; true when all of them could be read.
pub fn run(folder: Option<&Path>, json: bool) -> anyhow::Result<bool> {
    let Some(folder) = folder else {
        bail!(WrongUsage(
            "say which corpus: `diptych update FOLDER`".to_owned()
        ));
    };
    let manifest = folder::manifest(folder)?;
    if manifest.feeds.is_empty() {
        bail!(
            "{} names no feeds: add\n\n[[feed]]\nurl = \"https://…\"\n\nto its corpus.toml, or import a feed once with `diptych import URL --into {0}`",
            folder.display()
        );
    }
    let reading = Reading {
        copied: None,
        split: Splitting::Never,
        publisher: None,
    };
    let mut importing = Importing::start(folder, reading, json, manifest.feeds.len());
    importing.is_quiet = true;
    for feed in &manifest.feeds {
        importing.progress.doing(&feed.url);
        importing.source = feed.source.as_ref().map(|id| {
            let known = manifest.sources.iter().find(|source| source.id == *id);
            known.cloned().unwrap_or_else(|| Source {
                id: id.clone(),
                title: id.to_string(),
                ..Source::default()
            })
        });
        match importing.fetch(&feed.url) {
            Ok(fetched) if detect::is_feed(&fetched.bytes) => {
                importing.fetched(&feed.url, &fetched.bytes);
            }
            Ok(_) => {
                let why =
                    "this is no feed: look for its RSS or Atom address on the page".to_owned();
                importing.fail(feed.url.clone(), why);
            }
            Err(why) => importing.fail(feed.url.clone(), why),
        }
        importing.progress.done();
    }
    importing.finish()
}
