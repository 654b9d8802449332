//! `diptych cite DOC#12 …`: passages with their citations, on standard output or into a new file.
//!
//! Invariant: a file that is there is never written over.

use super::{export, output, select};
use crate::corpus::citing::{self, Cited, Style};
use crate::corpus::{Corpus, PassageId};
use anyhow::{Result, bail};
use std::path::Path;

/// What was asked for.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The passages, each `DOC#12`.
    pub passages: &'a [String],
    /// How they are written.
    pub style: Style,
    /// The file to write; standard output where there is none.
    pub output: Option<&'a Path>,
}

/// Prints or writes the citations.
pub fn run(corpus: &Corpus, asked: &Asked<'_>) -> Result<()> {
    let cited: Vec<Cited> = asked
        .passages
        .iter()
        .map(|wanted| passage(corpus, wanted).map(Cited::from))
        .collect::<Result<_>>()?;
    if asked.style == Style::CslJson && asked.output.is_none() {
        return output::json(&citing::csl_items(corpus, &cited));
    }
    let text = citing::cite(corpus, &cited, asked.style);
    match asked.output {
        None => output::passed(&text),
        Some(path) => export::write(path, &format!("{text}\n")),
    }
}

/// The passage that `DOC#12` names; a document alone is not one.
pub(super) fn passage(corpus: &Corpus, wanted: &str) -> Result<PassageId> {
    let (document, number) = select::passage(corpus, wanted)?;
    let of = &corpus.documents[document];
    let Some(number) = number else {
        bail!(
            "which passage of {}? Write {}#12; `diptych show {}` has the numbers",
            of.id,
            of.id,
            of.id
        );
    };
    if number > of.len() {
        let passages = output::counted(of.len(), "passage");
        bail!("{} has {passages}, not {number}", of.id);
    }
    Ok(PassageId {
        document,
        passage: number - 1,
    })
}
