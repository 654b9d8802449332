//! A document as a file: CommonMark with YAML front matter.
//!
//! Invariant: nothing of a file is lost in silence. What is not in a passage is a key of the front matter, a line in
//! [`Meta::left_out`](super::Meta), or a [`Problem`]. [`read`] gives back what [`write()`] was given, for every document
//! in the normal form below.
//!
//! # The format
//!
//! - Front matter between `---` lines: see [`front`]. Keys that are not ours are kept.
//! - `**Name:**` at the start of a paragraph that stands in no list or quote gives it, and what follows, to a voice,
//!   until the next voice or heading. `**:**` gives the word back to the author. Either may be a paragraph of its own,
//!   for what cannot start with it: a quote, a list. Headings, images and rules have no voice. Bold text with a colon
//!   that is no voice is written `<strong>Note:</strong>`.
//! - `<!-- topic: a, b -->` on a line of its own tags the next passage by hand. Other comments are left out, and listed.
//! - A first heading of level 1 that repeats the title (or gives it, where the front matter does not) is no passage.
//! - A line break is a space; a hard one (`\` at the end of the line) is `\n` in the passage.
//! - An image is a passage after the text it stands in. Other HTML than `<em>`, `<i>`, `<strong>`, `<b>`, `<code>` and
//!   `<br>` is kept as visible text.
//!
//! # Normal form
//!
//! A document that is written and read again comes back equal when: passages other than images and rules have text, and
//! rules have none; no text holds U+0000, nor code a carriage return; only images have an address; headings, images and
//! rules have no voice; names of voices are trimmed, on one line, and at most [`VOICE_CHARS`] characters; marks are
//! nested, not empty, in the order of their start with the outer first, with no link inside a link, at most 64 around each other, and none in code
//! passages or across the cells of a table; a table's rows have a filled last cell; lists are at most [`MAX_DEPTH`] deep;
//! the source is named; title and source have at most 500 characters and none of a longer title's white space at its end;
//! topics are [valid ids](super::topic::is_valid_id).
//! Any other document is brought to that form by writing it; its text stays.

mod body;
mod escape;
pub mod front;
mod write;
mod yaml;

use super::{Document, DocumentId, Problem, SourceId, TopicId};

pub use write::write;

/// Longest name of a voice, in characters; longer bold text at the start of a paragraph is text.
pub const VOICE_CHARS: usize = 100;

/// Deepest nesting of a list; what is nested deeper is shown at this depth.
pub const MAX_DEPTH: u8 = 15;

/// Largest file that is read, in bytes.
pub const MAX_BYTES: usize = 64 << 20;

/// A document with all that its file told besides.
#[derive(Debug, Default)]
pub struct Reading {
    /// The document.
    pub document: Document,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// What looks like a slip but may be meant; `diptych check` shows it.
    pub advice: Vec<Problem>,
    /// The topics given by hand, each with its line.
    pub hand_tags: Vec<(u32, TopicId)>,
    /// The line that names the source; 0 where none does.
    pub source_line: u32,
}

/// Reads a document; what is wrong is listed and the rest is used.
pub fn read(id: DocumentId, file: &str, text: &str) -> (Document, Vec<Problem>) {
    let reading = read_closely(id, file, text);
    (reading.document, reading.problems)
}

/// Reads a document as [`read`] does, and keeps the lines of what only the corpus as a whole can judge.
pub fn read_closely(id: DocumentId, file: &str, text: &str) -> Reading {
    if text.len() > MAX_BYTES {
        let limit = MAX_BYTES >> 20;
        let problem = problem(
            file,
            0,
            format!("the file is larger than {limit} MB; split it"),
        );
        return Reading {
            document: Document::new(id, super::Meta::default()),
            problems: vec![problem],
            ..Reading::default()
        };
    }
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    // CommonMark ends lines with any of three signs, and shows U+0000 as U+FFFD: one form is enough for all below.
    let unified = text.contains(['\r', '\0']).then(|| {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        text.replace('\0', "\u{FFFD}")
    });
    let parts = front::split(unified.as_deref().unwrap_or(text));

    let mut front = front::read(file, parts.yaml.unwrap_or_default());
    if parts.unclosed {
        let reason = "`---` opens a front matter that no second `---` closes; it is read as text";
        front.problems.push(problem(file, 1, reason.to_owned()));
    }
    if front.meta.source.as_str().is_empty() {
        front.meta.source = SourceId::from(front::NOT_STATED);
    }
    let title = front.has_title.then(|| front.meta.title.clone());
    let mut reading = body::read(Document::new(id, front.meta), title, file, parts.body);
    if !front.has_title && reading.document.meta.title.is_empty() {
        reading.document.meta.title = title_from_id(&reading.document.id);
    }
    reading.source_line = front.source_line;
    reading.problems.splice(0..0, front.problems);
    reading.advice.extend(front.advice);
    let (declared, line) = front.voices;
    for voice in declared {
        if !reading.document.voices().contains(&voice) {
            let text = format!(
                "“{voice}” is listed under voices but speaks in no passage; write `**{voice}:**`"
            );
            reading.advice.push(problem(file, line, text));
        }
    }
    reading
}

/// The last part of the path, with spaces for its hyphens.
fn title_from_id(id: &DocumentId) -> String {
    let name = id.as_str().rsplit('/').next().unwrap_or_default();
    name.replace(['-', '_'], " ").trim().to_owned()
}

fn problem(file: &str, line: u32, problem: String) -> Problem {
    Problem {
        file: file.to_owned(),
        line,
        problem,
    }
}

#[cfg(test)]
mod tests;
