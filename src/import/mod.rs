//! Bytes to documents and notices. Pure: no disk, no clock, no network; never fails half-way.
//!
//! Invariant: every line of a file with something visible in it is in exactly one passage, or in exactly one notice that says
//! why it is not (`LeftOut`) or what it became (`Used`). Guesses and undecodable bytes are remarks.

mod address;
mod archive;
mod block;
mod boilerplate;
mod captions;
mod date_words;
mod dates;
pub mod detect;
mod ending;
mod epub;
mod feed;
pub mod guard;
mod head;
mod heading;
mod html;
mod institutions;
pub mod interview;
mod keys;
pub mod large;
mod lines;
mod mail;
pub mod markdown;
mod metadata;
pub mod packed;
pub mod pdf;
mod people;
mod pieces;
pub mod plain;
mod remarks;
mod sections;
mod split;
mod xml;

pub use crate::text::digest::sha256;
use crate::text::slug::slug;
pub use feed::ENTRY_KEY;
pub use large::large;
pub use split::Cut;

use crate::corpus::{Date, Document, LeftOut, Source, title};
use crate::text::language;

/// A file as it came.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// Its name, for messages and as a last resort for a title.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// The day the copy was made, where that is known; relative dates count from it.
    pub copied: Option<Date>,
}

/// What became of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Line in the file, from 1; 0 where the whole file is meant.
    pub line: u32,
    /// The line, or what was taken from it.
    pub text: String,
    /// What it is about.
    pub kind: NoticeKind,
}

impl Notice {
    /// A remark on a line (0: on the whole file); `text` is what it is about.
    fn remark(line: u32, text: impl Into<String>, remark: impl Into<String>) -> Self {
        Self {
            line,
            text: text.into(),
            kind: NoticeKind::Remark(remark.into()),
        }
    }
}

/// Kinds of notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// The line is in no passage: the reason.
    LeftOut(String),
    /// The line became metadata: the key of the front matter.
    Used(&'static str),
    /// Something to know of the whole file: bytes that could not be decoded, a guess that was made.
    Remark(String),
}

/// What a file became.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// The documents; their ids are proposals (file-name-like slugs).
    pub documents: Vec<Document>,
    /// Sources the documents name.
    pub sources: Vec<Source>,
    /// What became of the lines that are in no passage, in the order of the file.
    pub notices: Vec<Notice>,
    /// The encoding it was read in (WHATWG name).
    pub encoding: &'static str,
    /// The hash of the file, once it was needed: a mailbox of many messages is hashed once.
    pub hash: Option<String>,
}

/// Why a file gave no document.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ImportError {
    /// Nothing but white space.
    #[error("{0} has no text in it")]
    Empty(String),
    /// Not text.
    #[error("{0} is not a text: {1}")]
    NotText(String, &'static str),
    /// A file of a known format that is damaged or protected: why nothing of it can be read.
    #[error("{0} cannot be read: {1}")]
    Damaged(String, &'static str),
    /// An archive, which is read file by file: see [`packed`].
    #[error("{0} is an archive: `diptych import` brings in the files in it")]
    Archive(String),
    /// Breaks a bound of its format: which.
    #[error("{0} is not read: {1}")]
    TooMuch(String, &'static str),
    /// Too long for 32-bit positions.
    #[error("{0} is larger than 4 GB")]
    TooLarge(String),
}

/// Bytes a file may have: decoding a one-byte encoding can triple them, and positions in a text have 32 bits.
pub const MAX_BYTES: usize = u32::MAX as usize / 3;

/// What divides a file of several articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Division {
    /// Articles in a text, told by signs: a guess.
    Articles,
    /// The chapters of a book, as its own table of contents has them.
    Chapters,
}

/// How much has to tell that an article begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// As much as leaves no doubt: a file of one article stays one.
    Sure,
    /// Less: somebody says that the file holds several.
    Weak,
}

/// What reading a file may need that is not in it.
pub trait Means {
    /// How much has to tell that an article begins.
    fn evidence(&self) -> Evidence {
        Evidence::Sure
    }

    /// Whether the parts of a file shall be documents of their own; `cuts` are where those after the first begin.
    fn divides(&mut self, division: Division, cuts: &[Cut]) -> bool;

    /// Who published what does not say it itself.
    fn publisher(&self) -> Option<&str> {
        None
    }

    /// The address that the file was fetched from.
    fn address(&self) -> Option<&str> {
        None
    }

    /// The lines of a PDF. Without more ado they are found in this process, whatever that costs.
    fn sheets(&mut self, bytes: &[u8]) -> Result<pdf::Sheets, pdf::Fault> {
        pdf::read(bytes)
    }
}

/// Articles are divided as the function says; books stay whole.
impl<F: FnOnce(&[Cut]) -> bool> Means for Option<F> {
    fn divides(&mut self, division: Division, cuts: &[Cut]) -> bool {
        division == Division::Articles && self.take().is_some_and(|says| says(cuts))
    }
}

/// Reads a file of any supported format as one document. Where it seems to hold several articles, a remark says so.
pub fn import(input: &Input<'_>) -> Result<Imported, ImportError> {
    import_parts(input, |_| false)
}

/// Reads a file of any supported format; where it seems to hold several articles, `is_split` is shown where the others begin,
/// and says whether each shall be a document.
pub fn import_parts(
    input: &Input<'_>,
    is_split: impl FnOnce(&[Cut]) -> bool,
) -> Result<Imported, ImportError> {
    import_by(input, &mut Some(is_split))
}

/// Reads a file of any supported format.
pub fn import_by(input: &Input<'_>, means: &mut dyn Means) -> Result<Imported, ImportError> {
    let mut imported = import_wrapped(input, means)?;
    if let Some(name) = means.publisher() {
        imported.state_publisher(name);
    }
    // Entries of a feed and messages have addresses of their own.
    if let (Some(address), [document]) = (means.address(), imported.documents.as_mut_slice())
        && !document.meta.extra.contains_key(ENTRY_KEY)
    {
        document.meta.url = Some(address.to_owned());
        if let Some(host) =
            address::host(address).filter(|_| !document.meta.source.is_one_publisher())
        {
            let source = metadata::source(&host);
            document.meta.source = source.id.clone();
            imported.sources = vec![source];
        }
    }
    Ok(imported)
}

fn import_wrapped(input: &Input<'_>, means: &mut dyn Means) -> Result<Imported, ImportError> {
    let name = || input.name.to_owned();
    if input.bytes.len() > MAX_BYTES {
        return Err(ImportError::TooLarge(name()));
    }
    match detect::wrapping(input.bytes) {
        Some(detect::Wrapping::Zip) => return book(input, means),
        Some(detect::Wrapping::Pdf) => {
            let sheets = means.sheets(input.bytes);
            let sheets = sheets.map_err(|fault| ImportError::Damaged(name(), fault.reason()))?;
            return Ok(Imported::of(input, vec![pdf::document(input, sheets)]));
        }
        Some(detect::Wrapping::Mail) => {
            let messages = mail::read(input).map_err(|refusal| match refusal {
                mail::Refusal::Empty => ImportError::Empty(name()),
                mail::Refusal::TooMuch(why) => ImportError::TooMuch(name(), why),
            })?;
            return Ok(Imported::of(input, messages));
        }
        None => {}
    }
    if let Some(why) = detect::not_text(input.bytes) {
        return Err(ImportError::NotText(name(), why));
    }
    let decoded = detect::decode(input.bytes);
    if decoded.text.trim().is_empty() {
        return Err(ImportError::Empty(name()));
    }
    let mut imported = Imported {
        encoding: decoded.encoding,
        ..Imported::default()
    };
    let general = decoded.notices;
    let form = detect::form(input.name, &decoded.text);
    let (cuts, sections) = match form {
        detect::Form::Markdown | detect::Form::Plain => sections::find(&decoded.text),
        detect::Form::Page | detect::Form::Feed => Default::default(),
    };
    if !cuts.is_empty() {
        imported.take_sections(input, &decoded.text, general, &cuts, &sections, means);
        return Ok(imported);
    }
    match form {
        detect::Form::Markdown => {
            let read = markdown::read(input, &decoded.text);
            imported.take(input, read, general);
        }
        detect::Form::Page => {
            let read =
                html::read(input, &decoded.text, means.address()).map_err(
                    |refusal| match refusal {
                        html::Refusal::Empty => ImportError::Empty(name()),
                        html::Refusal::TooMuch(why) => ImportError::TooMuch(name(), why),
                    },
                )?;
            imported.take(input, read, general);
        }
        detect::Form::Feed => {
            let entries = feed::read(input, &decoded.text).map_err(|refusal| match refusal {
                feed::Refusal::Empty => ImportError::Empty(name()),
                feed::Refusal::Not(why) => ImportError::Damaged(name(), why),
                feed::Refusal::TooMuch(why) => ImportError::TooMuch(name(), why),
            })?;
            imported.take_all(input, entries, general);
        }
        detect::Form::Plain => imported.take_plain(input, &decoded.text, general, means),
    }
    Ok(imported)
}

/// Reads what is packed in a zip archive: a book, as one document or one a chapter.
fn book(input: &Input<'_>, means: &mut dyn Means) -> Result<Imported, ImportError> {
    let name = || input.name.to_owned();
    let refused = |refusal| match refusal {
        epub::Refusal::Empty => ImportError::Empty(name()),
        epub::Refusal::Not(why) => ImportError::Damaged(name(), why),
        epub::Refusal::TooMuch(why) => ImportError::TooMuch(name(), why),
    };
    let mut archive =
        archive::Archive::open(input.bytes).map_err(|why| refused(epub::Refusal::from(why)))?;
    let names = archive.names();
    if !epub::is_book(&names) {
        return Err(if packed::is_office(&names) {
            ImportError::NotText(name(), packed::OFFICE)
        } else {
            ImportError::Archive(name())
        });
    }
    let book = epub::read(&mut archive).map_err(refused)?;
    let cuts = book.cuts();
    let is_split = !cuts.is_empty() && means.divides(Division::Chapters, &cuts);
    Ok(Imported::of(input, book.documents(input.name, is_split)))
}

/// Reads a text as one document, as Markdown or as copied text.
fn document(input: &Input<'_>, text: &str) -> (Document, Source, Vec<Notice>) {
    match detect::form(input.name, text) {
        detect::Form::Markdown => markdown::read(input, text),
        detect::Form::Plain | detect::Form::Page | detect::Form::Feed => {
            let lines = lines::lines(text);
            plain::read(input, &lines, block::blocks(&lines))
        }
    }
}

/// A remark for each article that begins, or seems to.
fn begins(cuts: &[Cut], is_split: bool) -> Vec<Notice> {
    let begins = if is_split { "begins" } else { "seems to begin" };
    let remark = |cut: &Cut| {
        let signs = cut.signs.join(", ");
        let remark = format!("another article {begins} here, told by {signs}");
        Notice::remark(cut.line, cut.title.as_str(), remark)
    };
    cuts.iter().map(remark).collect()
}

impl Imported {
    /// What was read as documents of a file that states its encodings itself.
    fn of(input: &Input<'_>, documents: Vec<(Document, Source, Vec<Notice>)>) -> Self {
        let mut imported = Self {
            encoding: encoding_rs::UTF_8.name(),
            ..Self::default()
        };
        imported.take_all(input, documents, Vec::new());
        imported
    }

    /// Gives the documents that state no publisher the one of that name. What was only inferred gives way to it.
    fn state_publisher(&mut self, name: &str) {
        let source = metadata::source(name);
        let remark = Notice::remark(
            0,
            "",
            format!("source “{}” stated on the command line", source.title),
        );
        let mut is_used = false;
        for document in &mut self.documents {
            let meta = &mut document.meta;
            let own = self.sources.iter().find(|own| own.id == meta.source);
            let is_inferred =
                own.is_some_and(|own| remarks::say(&meta.extra, &metadata::inferred(&own.title)));
            if is_inferred || !meta.source.is_one_publisher() {
                meta.source = source.id.clone();
                remarks::keep(std::slice::from_ref(&remark), &mut meta.extra);
                is_used = true;
            }
        }
        if is_used {
            self.notices.push(remark);
            self.sources.retain(|own| own.id != source.id);
            self.sources.push(source);
            let documents = &self.documents;
            self.sources.retain(|own| {
                documents
                    .iter()
                    .any(|document| document.meta.source == own.id)
            });
        }
    }

    fn take_all(
        &mut self,
        input: &Input<'_>,
        documents: Vec<(Document, Source, Vec<Notice>)>,
        mut general: Vec<Notice>,
    ) {
        for read in documents {
            self.take(input, read, std::mem::take(&mut general));
        }
    }

    /// Adds the documents of a file whose front matter comes again; all as one where the means say so.
    fn take_sections(
        &mut self,
        input: &Input<'_>,
        text: &str,
        mut general: Vec<Notice>,
        cuts: &[Cut],
        sections: &[sections::Section],
        means: &mut dyn Means,
    ) {
        let is_split = means.divides(Division::Articles, cuts);
        let begins = begins(cuts, is_split);
        if !is_split {
            general.extend(begins);
            let read = document(input, text);
            return self.take(input, read, general);
        }
        let begins = std::iter::once(None).chain(begins.into_iter().map(Some));
        for (section, begins) in sections.iter().zip(begins) {
            let own = text.get(section.text.clone()).unwrap_or_default();
            // What stands before the first front matter may be several articles itself.
            let is_bare = section.lines_before == 0 && !own.trim_start().starts_with(['-', '+']);
            if is_bare && detect::form(input.name, own) == detect::Form::Plain {
                self.take_plain(input, own, std::mem::take(&mut general), means);
                continue;
            }
            let (document, source, mut notices) = document(input, own);
            for notice in notices.iter_mut().filter(|notice| notice.line > 0) {
                notice.line = notice.line.saturating_add(section.lines_before);
            }
            notices.extend(sections::dividers(text, section));
            notices.extend(begins);
            let general = std::mem::take(&mut general);
            self.take(input, (document, source, notices), general);
        }
    }

    /// Adds a copied text, cut into articles where it holds several and the means say so.
    fn take_plain(
        &mut self,
        input: &Input<'_>,
        text: &str,
        mut general: Vec<Notice>,
        means: &mut dyn Means,
    ) {
        let lines = lines::lines(text);
        let layout = block::blocks(&lines);
        let (cuts, mut parts) = split::find(&lines, &layout.blocks, means.evidence());
        let is_split = !cuts.is_empty() && means.divides(Division::Articles, &cuts);
        let mut begins = begins(&cuts, is_split);
        if !is_split {
            general.append(&mut begins);
            parts = split::joined(parts);
        }
        if cuts.is_empty() && memchr::memchr(0x0C, text.as_bytes()).is_some() {
            general.push(Notice::remark(
                0,
                "",
                "form feeds divide this file: it may hold several documents",
            ));
        }
        // Lines are put together again only where less than all of them make a document.
        let mut layout =
            (parts.iter().all(|part| part.lines.len() == lines.len())).then_some(layout);
        let mut begins = begins.into_iter();
        for (number, part) in parts.into_iter().enumerate() {
            let own = lines.get(part.lines).unwrap_or_default();
            let layout = layout.take().unwrap_or_else(|| block::blocks(own));
            let (document, source, mut notices) = plain::read(input, own, layout);
            let divider = lines.get(part.divider).unwrap_or_default();
            notices.extend(divider.iter().map(|line| Notice {
                line: line.number,
                text: line.text.to_owned(),
                kind: NoticeKind::LeftOut(split::DIVIDES.to_owned()),
            }));
            if number > 0 {
                notices.extend(begins.next());
            }
            let general = std::mem::take(&mut general);
            self.take(input, (document, source, notices), general);
        }
    }

    /// Adds what was read as one document.
    fn take(
        &mut self,
        input: &Input<'_>,
        (document, source, mut notices): (Document, Source, Vec<Notice>),
        general: Vec<Notice>,
    ) {
        notices.extend(general);
        let mut document = pieces::cut(document, &mut notices);
        shorten_title(&mut document, &mut notices);
        notices.sort_by_key(|notice| notice.line);

        if document.meta.language.is_empty() {
            let found = language::detect(document.text()).unwrap_or_default();
            found.clone_into(&mut document.meta.language);
        }
        let meta = &mut document.meta;
        meta.imported_from = Some(input.name.to_owned());
        let hash = self.hash.get_or_insert_with(|| sha256(input.bytes));
        meta.sha256 = Some(hash.clone());
        meta.left_out = left_out(&notices);
        remarks::keep(&notices, &mut meta.extra);
        self.documents.push(document);
        if self.sources.iter().all(|known| known.id != source.id) {
            self.sources.push(source);
        }
        self.notices.append(&mut notices);
    }
}

/// A corpus takes titles of a bounded length only.
fn shorten_title(document: &mut Document, notices: &mut Vec<Notice>) {
    let title = &mut document.meta.title;
    let end = title::within(title).len();
    if end < title.len() {
        title.truncate(end);
        notices.push(Notice::remark(
            0,
            "",
            format!("the title {}", title::TOO_LONG),
        ));
    }
}

fn left_out(notices: &[Notice]) -> Vec<LeftOut> {
    let entry = |notice: &Notice| match &notice.kind {
        NoticeKind::LeftOut(reason) => Some(LeftOut {
            line: notice.line,
            text: notice.text.clone(),
            reason: reason.clone(),
        }),
        NoticeKind::Used(_) | NoticeKind::Remark(_) => None,
    };
    notices.iter().filter_map(entry).collect()
}
