//! Passages with what is needed to cite them: who said it, where, when, which passage, and the hash by which the text is known.
//!
//! Invariant: the same passages give the same text; what a document says is escaped for the style, so that it is never markup, a
//! command of LaTeX or a control of a terminal; what a document does not state is left out, never made up.

mod bibtex;
mod csl;
mod markdown;

use super::{Corpus, Date, Document, Kind, Passage, PassageId};
use crate::text::{ByteSpan, digest, safe};
use serde_json::Value;

/// How a citation is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// A sentence.
    #[default]
    Plain,
    /// A block quote.
    Markdown,
    /// Entries for BibTeX and biblatex.
    Bibtex,
    /// Items for citation processors: Zotero, Pandoc.
    CslJson,
}

impl Style {
    /// Every style.
    pub const ALL: [Self; 4] = [Self::Plain, Self::Markdown, Self::Bibtex, Self::CslJson];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Markdown => "markdown",
            Self::Bibtex => "bibtex",
            Self::CslJson => "csl-json",
        }
    }

    /// Its name for readers.
    pub fn title(self) -> &'static str {
        match self {
            Self::Plain => "plain text",
            Self::Markdown => "Markdown",
            Self::Bibtex => "BibTeX",
            Self::CslJson => "CSL-JSON",
        }
    }

    /// The style after this one, around to the first.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Plain => Self::Markdown,
            Self::Markdown => Self::Bibtex,
            Self::Bibtex => Self::CslJson,
            Self::CslJson => Self::Plain,
        }
    }
}

/// What is cited: a passage, or a stretch of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cited {
    /// The passage.
    pub passage: PassageId,
    /// The bytes in it; `None` for all of it.
    pub span: Option<ByteSpan>,
}

impl From<PassageId> for Cited {
    fn from(passage: PassageId) -> Self {
        Self {
            passage,
            span: None,
        }
    }
}

/// What a citation says, as stated and unescaped.
pub(super) struct Citation<'a> {
    id: &'a str,
    document: &'a Document,
    /// Its publisher, where one is stated.
    source: Option<&'a str>,
    number: usize,
    voice: Option<&'a str>,
    quote: &'a str,
    /// What the hash is of: the file that was imported, or the text as it is kept.
    hashed: &'static str,
    sha256: String,
}

impl<'a> Citation<'a> {
    fn new(corpus: &'a Corpus, cited: Cited) -> Option<Self> {
        let document = corpus.documents.get(cited.passage.document)?;
        let passage: Passage<'a> = document.passage(cited.passage.passage)?;
        let meta = &document.meta;
        let (hashed, sha256) = hash_of(document);
        Some(Self {
            id: document.id.as_str(),
            document,
            source: (meta.source.is_one_publisher() && !meta.source.as_str().is_empty())
                .then(|| corpus.source_title(&meta.source))
                // Of a mail the sender is both.
                .filter(|source| {
                    let folded = source.to_lowercase();
                    meta.authors
                        .iter()
                        .all(|author| author.to_lowercase() != folded)
                }),
            number: passage.number(),
            // A block quote is of somebody else: whoever wrote the rest did not say it.
            voice: passage
                .voice()
                .or((passage.kind() == Kind::Quote).then_some("somebody quoted")),
            quote: cited
                .span
                .map_or(passage.text(), |span| span.of(passage.text())),
            hashed,
            sha256,
        })
    }

    fn title(&self) -> &'a str {
        &self.document.meta.title
    }

    fn authors(&self) -> &'a [String] {
        &self.document.meta.authors
    }

    fn date(&self) -> Option<Date> {
        self.document.meta.date
    }

    fn url(&self) -> Option<&'a str> {
        self.document.meta.url.as_deref()
    }

    /// `DOC#12`.
    fn place(&self) -> String {
        format!("{}#{}", self.id, self.number)
    }

    /// `sha256 of its text: 01ab…`.
    fn provenance(&self) -> String {
        format!("sha256 of its {}: {}", self.hashed, self.sha256)
    }

    fn plain(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        parts.extend(self.voice.map(|voice| format!("{voice}, in")));
        parts.extend((!self.authors().is_empty()).then(|| self.authors().join(", ")));
        let mut told = parts.join(": ");
        let mut rest = vec![in_marks(self.title())];
        rest.extend(self.source.map(str::to_owned));
        rest.extend(self.date().map(|date| date.to_string()));
        rest.push(format!("¶{}", self.number));
        rest.extend(self.url().map(str::to_owned));
        if !told.is_empty() {
            told.push_str(if parts.len() == 1 && self.voice.is_some() {
                ": "
            } else {
                ", "
            });
        }
        let line = format!(
            "— {told}{}. [{}, {}]",
            rest.join(", "),
            self.place(),
            self.provenance()
        );
        format!(
            "{}\n{}",
            in_marks(&safe::block(self.quote)),
            safe::line(&line)
        )
    }
}

/// Marks that open or close a quotation.
const QUOTATION_MARKS: [char; 7] = ['“', '”', '„', '‟', '"', '«', '»'];

/// A text in quotation marks, unless it has some at an end already: two in a row would say that somebody is quoted who quotes.
pub fn in_marks(text: &str) -> String {
    let of = text.trim();
    if of.starts_with(QUOTATION_MARKS) || of.ends_with(QUOTATION_MARKS) {
        text.to_owned()
    } else {
        format!("“{text}”")
    }
}

/// The hash by which a document is known again, and what it is of: the `file` that was imported, or the `text` of its passages as it is
/// kept.
pub fn hash_of(document: &Document) -> (&'static str, String) {
    match &document.meta.sha256 {
        Some(sha256) => ("file", sha256.clone()),
        None => ("text", digest::sha256(document.text())),
    }
}

/// The passages with their citations, in the given order; what is no passage of the corpus is left out.
pub fn cite(corpus: &Corpus, passages: &[Cited], style: Style) -> String {
    let citations: Vec<Citation<'_>> = passages
        .iter()
        .filter_map(|cited| Citation::new(corpus, *cited))
        .collect();
    match style {
        Style::Plain => {
            let all: Vec<String> = citations.iter().map(Citation::plain).collect();
            all.join("\n\n")
        }
        Style::Markdown => {
            let all: Vec<String> = citations.iter().map(markdown::write).collect();
            all.join("\n\n")
        }
        Style::Bibtex => bibtex::write(&citations),
        Style::CslJson => {
            let text = serde_json::to_string_pretty(&csl::write(&citations)).unwrap_or_default();
            // Outside of strings JSON is plain ASCII, so the gate changes strings alone.
            safe::block(&text).into_owned()
        }
    }
}

/// The same as items of CSL-JSON.
pub fn csl_items(corpus: &Corpus, passages: &[Cited]) -> Vec<Value> {
    let citations: Vec<Citation<'_>> = passages
        .iter()
        .filter_map(|cited| Citation::new(corpus, *cited))
        .collect();
    csl::write(&citations)
}

/// A text in which Markdown means nothing: CommonMark lets a backslash stand before any ASCII punctuation.
pub fn escape_markdown(text: &str) -> String {
    markdown::escape(text)
}

/// Names that no two of some citations share: `gazette2031-p12`, then `gazette2031-p12-2`.
fn keys(citations: &[Citation<'_>]) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for citation in citations {
        let year = citation
            .date()
            .map_or_else(String::new, |date| date.year.to_string());
        let ascii = |text: &str| -> String {
            let slug = crate::text::slug::slug(text);
            slug.chars()
                .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
                .collect()
        };
        let mut name = ascii(citation.id).trim_matches('-').to_owned();
        if name.is_empty() {
            "document".clone_into(&mut name);
        }
        let key = format!("{name}{year}-p{}", citation.number);
        let same = |known: &&String| **known == key || known.starts_with(&format!("{key}-"));
        let count = keys.iter().filter(same).count();
        keys.push(if count == 0 {
            key
        } else {
            format!("{key}-{}", count + 1)
        });
    }
    keys
}

#[cfg(test)]
mod tests;
