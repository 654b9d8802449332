//! EPUB 2 and 3: the chapters of a book, in the order of reading, under the titles of its table of contents.
//!
//! Invariant: all text of a chapter is text of the book; what cannot be read of it is said. Bounds: see `archive.rs`, `html/parse.rs`.

mod package;

use super::archive::{Archive, Unpackable};
use super::html::{self, chapter};
use super::metadata::Findings;
use super::{Cut, Notice, detect, head, slug};
use crate::corpus::{Document, DocumentId, Kind, Meta, PassageDraft, Source};
use package::{Entry, Package};

/// Bytes of text that a book may have, all chapters together: as many as a document of a corpus; the longest novels have 10 MB.
const MAX_TEXT: u64 = crate::corpus::markdown::MAX_BYTES as u64;

/// Why a book is no document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// There is no text in it.
    Empty,
    /// It cannot be read: why.
    Not(&'static str),
    /// It breaks a bound.
    TooMuch(&'static str),
}

impl From<Unpackable> for Refusal {
    fn from(why: Unpackable) -> Self {
        match why {
            Unpackable::Not(why) => Self::Not(why),
            Unpackable::TooMuch(why) => Self::TooMuch(why),
        }
    }
}

/// Whether an archive with these names is a book.
pub(super) fn is_book(names: &[String]) -> bool {
    names.iter().any(|name| {
        name.eq_ignore_ascii_case("META-INF/container.xml") || name.to_lowercase().ends_with(".opf")
    })
}

/// A book read.
#[derive(Debug, Default)]
pub(super) struct Book {
    package: Package,
    chapters: Vec<Chapter>,
    remarks: Vec<Notice>,
}

/// What stands under one title, or before the first.
#[derive(Debug, Default)]
struct Chapter {
    title: Option<String>,
    drafts: Vec<PassageDraft>,
    notices: Vec<Notice>,
}

/// Reads a book.
pub(super) fn read(archive: &mut Archive<'_>) -> Result<Book, Refusal> {
    let package = package::read(archive)?;
    let names = archive.names();
    let mut book = Book {
        package,
        ..Book::default()
    };
    let (mut left, mut unread, mut from_contents) = (MAX_TEXT, Vec::new(), 0);
    for file in std::mem::take(&mut book.package.files) {
        let name = &names[file];
        let bytes = match archive.read(file, left) {
            Ok(bytes) => bytes,
            Err(Unpackable::Not(why)) => {
                unread.push(format!("{name}: {why}"));
                continue;
            }
            Err(Unpackable::TooMuch(why)) => return Err(Refusal::TooMuch(why)),
        };
        left = left.saturating_sub(bytes.len() as u64);
        let entries: Vec<Entry> = book
            .package
            .entries
            .iter()
            .filter(|entry| entry.file == file)
            .cloned()
            .collect();
        let places: Vec<&str> = entries
            .iter()
            .filter_map(|entry| entry.place.as_deref())
            .collect();
        let read = match detect::not_text(&bytes) {
            Some(_) => Err("it is a picture or another file that holds no text"),
            None => chapter::read(&decoded(&bytes), &places).map_err(|refusal| match refusal {
                html::Refusal::Empty => "there is no text in it",
                html::Refusal::TooMuch(why) => why,
            }),
        };
        match read {
            Ok(mut read) => {
                from_contents += add_headings(&mut read, &entries);
                book.take(read, &entries);
            }
            Err(why) => unread.push(format!("{name}: {why}")),
        }
    }
    let remarks = std::mem::take(&mut book.package.remarks);
    let mut remark = |text: String| book.remarks.push(Notice::remark(0, "", text));
    remarks.into_iter().for_each(&mut remark);
    for file in unread {
        remark(format!("a chapter could not be read: {file}"));
    }
    if from_contents > 0 {
        remark(format!(
            "{from_contents} headings are from the book's table of contents"
        ));
    }
    if book
        .chapters
        .iter()
        .all(|chapter| chapter.drafts.is_empty())
    {
        return Err(Refusal::Empty);
    }
    Ok(book)
}

/// The text of a file of a book.
fn decoded(bytes: &[u8]) -> String {
    detect::decode(bytes).text.into_owned()
}

/// Puts titles of the table of contents where the text has no heading; how many.
fn add_headings(read: &mut chapter::Chapter, entries: &[Entry]) -> usize {
    let is_heading = |draft: Option<&PassageDraft>| {
        draft.is_some_and(|draft| matches!(draft.kind, Kind::Heading(_)))
    };
    let mut added: Vec<(usize, PassageDraft)> = Vec::new();
    for entry in entries {
        let at = match &entry.place {
            None => Some(0),
            Some(place) => read
                .places
                .iter()
                .find(|(name, _)| name == place)
                .map(|(_, at)| *at),
        };
        let Some(at) = at else { continue };
        // A number, a picture or a motto may stand before the heading.
        let has_one = (at..at + 3).any(|at| is_heading(read.drafts.get(at)))
            || is_heading(at.checked_sub(1).and_then(|at| read.drafts.get(at)))
            || added.iter().any(|(known, _)| *known == at);
        if has_one || read.drafts.is_empty() {
            continue;
        }
        let heading = PassageDraft {
            kind: Kind::Heading(entry.depth.saturating_add(2).min(6)),
            text: entry.title.clone(),
            ..PassageDraft::default()
        };
        added.push((at, heading));
    }
    let count = added.len();
    added.sort_by_key(|(at, _)| *at);
    for (at, heading) in added.into_iter().rev() {
        read.drafts.insert(at, heading);
    }
    count
}

impl Book {
    /// Adds a file: to the chapter before, where the table of contents does not name it.
    fn take(&mut self, read: chapter::Chapter, entries: &[Entry]) {
        let title = entries.first().map(|entry| entry.title.clone());
        // Without a table of contents each file is a chapter.
        let begins = title.is_some() || self.package.entries.is_empty();
        let first_heading = || {
            let heading = read
                .drafts
                .iter()
                .take(3)
                .find(|draft| matches!(draft.kind, Kind::Heading(_)))?;
            Some(heading.text.clone())
        };
        if begins || self.chapters.is_empty() {
            self.chapters.push(Chapter {
                title: title.or_else(first_heading),
                ..Chapter::default()
            });
        }
        if let Some(chapter) = self.chapters.last_mut() {
            chapter.drafts.extend(read.drafts);
            chapter.notices.extend(read.notices);
        }
    }

    /// Where its chapters begin, after the first.
    pub fn cuts(&self) -> Vec<Cut> {
        let written = self.written();
        let cut = |chapter: &&Chapter| Cut {
            line: 0,
            title: chapter.title.clone().unwrap_or_default(),
            signs: vec!["a chapter"],
        };
        written.iter().skip(1).map(cut).collect()
    }

    fn written(&self) -> Vec<&Chapter> {
        let has_text = |chapter: &&Chapter| !chapter.drafts.is_empty();
        self.chapters.iter().filter(has_text).collect()
    }

    /// The book as one document, or one a chapter.
    pub fn documents(
        mut self,
        file_name: &str,
        is_split: bool,
    ) -> Vec<(Document, Source, Vec<Notice>)> {
        let remarks = std::mem::take(&mut self.remarks);
        let (meta, source) = self.meta(file_name);
        let book = meta.title.clone();
        if !is_split || self.written().len() < 2 {
            let mut document = Document::new(DocumentId::from(slug(&book)), meta);
            let mut notices = remarks;
            for chapter in self.chapters {
                chapter
                    .drafts
                    .into_iter()
                    .for_each(|draft| document.push(draft));
                notices.extend(chapter.notices);
            }
            return vec![(document, source, notices)];
        }
        let digits = self.chapters.len().to_string().len();
        let mut documents: Vec<(Document, Source, Vec<Notice>)> = Vec::new();
        let mut waiting = remarks;
        for (number, mut chapter) in self.chapters.into_iter().enumerate() {
            waiting.append(&mut chapter.notices);
            if chapter.drafts.is_empty() {
                continue;
            }
            let title = chapter.title.unwrap_or_else(|| book.clone());
            let id = format!("{}/{:0digits$}-{}", slug(&book), number + 1, slug(&title));
            let mut meta = meta.clone();
            meta.title.clone_from(&title);
            meta.extra
                .insert("book".to_owned(), serde_json::Value::from(book.as_str()));
            let mut document = Document::new(DocumentId::from(id), meta);
            let repeats = |draft: &PassageDraft| {
                matches!(draft.kind, Kind::Heading(_))
                    && head::folded(&draft.text) == head::folded(&title)
            };
            let has_more = chapter.drafts.len() > 1;
            for (at, draft) in chapter.drafts.into_iter().enumerate() {
                if at == 0 && has_more && repeats(&draft) {
                    waiting.push(Notice {
                        line: 0,
                        text: draft.text,
                        kind: super::NoticeKind::Used("title"),
                    });
                } else {
                    document.push(draft);
                }
            }
            documents.push((document, source.clone(), std::mem::take(&mut waiting)));
        }
        if let Some((_, _, notices)) = documents.last_mut() {
            notices.append(&mut waiting);
        }
        documents
    }

    fn meta(&mut self, file_name: &str) -> (Meta, Source) {
        let package = &mut self.package;
        let mut found = Findings {
            authors: std::mem::take(&mut package.authors),
            date: package.date,
            language: package.language.take(),
            url: package.url.take(),
            ..Findings::default()
        };
        if let Some(publisher) = &package.publisher {
            found.offer_source(publisher);
        }
        let title = package.title.take().unwrap_or_else(|| {
            let name = file_name.rsplit('/').next().unwrap_or_default();
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            stem.replace('_', " ")
        });
        let (mut meta, source) = found.into_meta(title);
        meta.kind = Some("book".to_owned());
        (meta, source)
    }
}
