//! `diptych extract FILE`: one file as clean Markdown, and what was left out of it.

use super::arguments::Splitting;
use super::splitting::{Reading, import_bytes};
use super::{files, output, show};
use crate::corpus::markdown;
use crate::import::packed::{self, Packed};
use crate::import::{Imported, Notice, NoticeKind};
use anyhow::bail;
use serde::Serialize;
use std::path::Path;

/// A notice as printed.
#[derive(Serialize)]
pub(super) struct NoticeJson {
    line: u32,
    what: &'static str,
    reason: String,
    text: String,
}

impl NoticeJson {
    /// Whether it tells of a line that is in no passage.
    pub(super) fn is_left_out(&self) -> bool {
        self.what == LEFT_OUT
    }
}

/// What is said of a line that is in no passage and became nothing.
const LEFT_OUT: &str = "left out";

#[derive(Serialize)]
struct Extracted<'a> {
    input: String,
    encoding: &'a str,
    documents: Vec<show::DocumentJson<'a>>,
    notices: Vec<NoticeJson>,
}

/// The notices of an import as printed.
pub(super) fn notices(imported: &Imported) -> Vec<NoticeJson> {
    let row = |notice: &Notice| {
        let (what, reason) = match &notice.kind {
            NoticeKind::LeftOut(reason) => (LEFT_OUT, reason.clone()),
            NoticeKind::Used(key) => ("used", (*key).to_owned()),
            NoticeKind::Remark(remark) => ("remark", remark.clone()),
        };
        NoticeJson {
            line: notice.line,
            what,
            reason,
            text: notice.text.clone(),
        }
    };
    imported.notices.iter().map(row).collect()
}

/// Prints the file.
pub fn run(file: &Path, split: Splitting, json: bool) -> anyhow::Result<()> {
    let bytes = files::bytes_of(file)?;
    let name = files::file_name(file);
    let reading = Reading {
        copied: None,
        split,
        publisher: None,
    };
    let imported = if packed::is_packed(&bytes) {
        let mut all = Imported::default();
        unpack(&name, &bytes, reading, 0, &mut all)?;
        all
    } else {
        import_bytes(&name, &bytes, reading)?
    };
    if imported.documents.is_empty() {
        bail!("{} holds nothing that can be read", file.display());
    }
    let notices = notices(&imported);
    if json {
        let documents = imported
            .documents
            .iter()
            .map(|document| show::json_of(document, None, |_| Vec::new()))
            .collect();
        return output::json(&Extracted {
            input: file.display().to_string(),
            encoding: imported.encoding,
            documents,
            notices,
        });
    }
    for notice in &notices {
        let place = if notice.line > 0 {
            format!("line {}: ", notice.line)
        } else {
            String::new()
        };
        let text = if notice.text.is_empty() {
            String::new()
        } else {
            format!(": {}", notice.text)
        };
        output::tell(&format!("{place}{} ({}){text}", notice.what, notice.reason));
    }
    let pages: Vec<String> = imported.documents.iter().map(markdown::write).collect();
    output::text(pages.join("\n").trim_end())
}

/// Reads the files of an archive; what cannot be read is told, and the rest goes on.
fn unpack(
    name: &str,
    bytes: &[u8],
    reading: Reading,
    depth: usize,
    all: &mut Imported,
) -> anyhow::Result<()> {
    let mut archive = Packed::open(name, bytes)?;
    for file in archive.files() {
        let name = archive.name(file);
        let read = archive.read(file).map_err(anyhow::Error::from);
        let read = read.and_then(|bytes| {
            if !packed::is_packed(&bytes) {
                return import_bytes(&name, &bytes, reading).map(Some);
            }
            if depth + 1 >= packed::MAX_DEPTH {
                bail!("{name}: an archive in an archive in an archive is not opened");
            }
            unpack(&name, &bytes, reading, depth + 1, all).map(|()| None)
        });
        match read {
            Ok(Some(mut one)) => {
                all.documents.append(&mut one.documents);
                all.sources.append(&mut one.sources);
                all.notices.append(&mut one.notices);
                all.encoding = one.encoding;
            }
            Ok(None) => {}
            Err(error) => output::tell(&output::causes(&error)),
        }
    }
    Ok(())
}
