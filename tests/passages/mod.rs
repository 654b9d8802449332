//! Passages as a test compares them.

use diptych::corpus::{Document, Kind, Passage};

/// The passages as lines, headings with their marks.
pub fn lines(document: &Document) -> Vec<String> {
    let line = |passage: Passage<'_>| match passage.kind() {
        Kind::Heading(level) => {
            format!("{} {}", "#".repeat(usize::from(level)), passage.text())
        }
        _ => passage.text().to_owned(),
    };
    document.passages().map(line).collect()
}
