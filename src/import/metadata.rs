//! What a text says of itself, and how sure that is.

use super::dates::When;
use super::{Notice, address, slug};
use crate::corpus::{Date, Meta, Source, SourceId, title};

/// Id of the source of a text that names none.
const NOT_STATED: &str = "not-stated";

/// What was found so far. What is stated counts before what is inferred; the first of two statements counts.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// The title as stated.
    pub title: Option<String>,
    /// Authors as stated.
    pub authors: Vec<String>,
    /// Date of publication.
    pub date: Option<Date>,
    /// The date is that of a later change, to be replaced by one of publication.
    pub date_is_of_change: bool,
    /// Who published it.
    pub source: Option<Source>,
    /// Its address.
    pub url: Option<String>,
    /// ISO 639-1, as stated.
    pub language: Option<String>,
    /// Interview, opinion …
    pub kind: Option<String>,
    /// Where the text says that it was first published, and the line.
    pub published_on: Option<(u32, String)>,
    /// Guesses that were made.
    pub remarks: Vec<Notice>,
}

/// What became of a stated date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateUse {
    /// It is the date of the document now.
    Taken,
    /// It stays out of the metadata, for this reason.
    Not(&'static str),
}

impl Findings {
    /// Notes a guess.
    pub fn remark(&mut self, line: u32, text: &str, remark: impl Into<String>) {
        self.remarks.push(Notice::remark(line, text, remark));
    }

    /// A date the text states, on `line`.
    pub fn offer_date(
        &mut self,
        line: u32,
        text: &str,
        when: When,
        is_change: bool,
        copied: Option<Date>,
    ) -> DateUse {
        let Some(date) = when.resolve(copied) else {
            return DateUse::Not(match when {
                When::NoYear { .. } => {
                    "a date without a year, and the day of the copy is not known"
                }
                When::DaysAgo(_) => "a date counted from the day of the copy, which is not known",
                When::Absolute(_) | When::EitherWay(_) => "a date that is none",
            });
        };
        if self.date.is_some() && (is_change || !self.date_is_of_change) {
            return DateUse::Not(if is_change {
                "the date of a later change"
            } else {
                "a second date"
            });
        }
        self.date = Some(date);
        self.date_is_of_change = is_change;
        match when {
            When::Absolute(_) => {}
            When::EitherWay(_) => self.remark(
                line,
                text,
                "day and month could be either way round: only the year was taken",
            ),
            When::NoYear { .. } => self.remark(
                line,
                text,
                format!("the year is taken from the day of the copy: {date}"),
            ),
            When::DaysAgo(_) => self.remark(
                line,
                text,
                format!("counted back from the day of the copy: {date}"),
            ),
        }
        if is_change {
            self.remark(
                line,
                text,
                "the date of a change, for want of one of publication",
            );
        }
        DateUse::Taken
    }

    /// Who published it, as stated: a name, a host, or an address.
    pub fn offer_source(&mut self, name: &str) {
        if self.source.is_none() {
            self.source = Some(source(name));
        }
    }

    /// Who published it, as a guess from `line`.
    pub fn infer_source(&mut self, line: u32, name: &str, why: &str) {
        if self.source.is_none() {
            let source = source(name);
            self.remark(line, name, format!("{}: {why}", inferred(&source.title)));
            self.source = Some(source);
        }
    }

    /// The address of the text; it also tells the source and the date where they are not stated.
    pub fn offer_url(&mut self, line: u32, url: &str) {
        if self.url.is_none() {
            self.url = Some(url.to_owned());
        }
        if let Some(host) = address::host(url) {
            self.infer_source(line, &host, "the host of its address");
        }
        self.infer_date(line, url, address::date(url), "folders of its address");
    }

    /// A date as a guess from `line`.
    pub fn infer_date(&mut self, line: u32, text: &str, date: Option<Date>, why: &str) {
        if let Some(date) = date.filter(|_| self.date.is_none()) {
            self.date = Some(date);
            self.remark(line, text, format!("date {date} inferred: {why}"));
        }
    }

    /// "Originally published on NAME": the publisher, or, where the text names another one and NAME reads as a person's, the author.
    pub fn settle_published_on(&mut self) {
        let Some((line, name)) = self.published_on.take() else {
            return;
        };
        let known = self.source.as_ref().map(|source| source.title.clone());
        match known {
            None => self.infer_source(line, &name, "“published on” names it"),
            Some(known) if known.eq_ignore_ascii_case(&name) => {}
            Some(known) => {
                let is_person = super::people::is_name(&name)
                    && (2..=4).contains(&name.split_whitespace().count());
                if is_person && self.authors.is_empty() {
                    self.remark(
                        line,
                        &name,
                        format!("“published on {name}” could name a site; taken as the author, because it reads as a person’s name and the text names {known} as its publisher"),
                    );
                    self.authors.push(name);
                } else {
                    self.remark(line, &name, format!("says that it was first published on {name}; the source is taken to be {known}"));
                }
            }
        }
    }

    /// The metadata of the document and its source.
    pub fn into_meta(self, title: String) -> (Meta, Source) {
        let source = self.source.unwrap_or_else(|| Source {
            id: SourceId::from(NOT_STATED),
            title: "Not stated".to_owned(),
            about: String::new(),
        });
        let meta = Meta {
            title,
            source: source.id.clone(),
            authors: self.authors,
            date: self.date,
            url: self.url,
            language: self.language.unwrap_or_default(),
            kind: self.kind,
            ..Meta::default()
        };
        (meta, source)
    }
}

/// How a remark on a source begins that no text states.
pub(super) fn inferred(title: &str) -> String {
    format!("source “{title}” inferred")
}

/// The source that `name` stands for. A host is its own id, because a slug would hide that it is one.
pub(super) fn source(name: &str) -> Source {
    let name = title::within(name.trim());
    let host = (!name.contains(char::is_whitespace))
        .then(|| address::host(name))
        .flatten();
    let (id, title) = match host {
        Some(host) => (host.clone(), host),
        None => (slug(name), name.to_owned()),
    };
    Source {
        id: SourceId::from(id),
        title,
        about: String::new(),
    }
}

/// The source of documents that name none.
pub(super) fn not_stated() -> Source {
    Findings::default().into_meta(String::new()).1
}
