//! What each fuzz target does with its bytes.
//!
//! Invariant: a target reads its bytes as the program would, and then holds what came of them to the promises that the program
//! makes of any input: it ends, it does not panic, nothing that commands a terminal reaches a cell, and what is written is read
//! back the same.

mod kept;
mod packing;
mod promises;

pub use kept::{config, manifest, notes, query, session};

use diptych::corpus::{DocumentId, markdown as format};
use diptych::import::packed::{self, Packed};
use diptych::import::{self, Cut, Division, Input, Means};
use diptych::text::bidi::Paragraph;
use diptych::text::stem::Stemmer;
use diptych::text::{safe, segment, width, wrap as wrapping};

/// Called once. A panic in a library that the program catches is no finding: the hook of the fuzzer would end the process at it.
pub fn start() {
    let abort = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !import::guard::is_on() {
            abort(panic);
        }
    }));
}

/// Divides whatever can be divided, or nothing.
struct Divides(bool);

impl Means for Divides {
    fn divides(&mut self, _: Division, _: &[Cut]) -> bool {
        self.0
    }

    fn address(&self) -> Option<&str> {
        self.0.then_some("https://example.org/a/b")
    }
}

/// Imports a file, whole and divided, and looks at what came of it.
fn import(name: &str, bytes: &[u8]) {
    for divides in [false, true] {
        let input = Input {
            name,
            bytes,
            copied: "2026-01-20".parse().ok(),
        };
        match import::import_by(&input, &mut Divides(divides)) {
            Ok(imported) => promises::of_imported(&imported),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
}

/// A web page.
pub fn html(bytes: &[u8]) {
    import("page.html", bytes);
}

/// A book: files of an archive, see [`packing::packed`].
pub fn book(bytes: &[u8]) {
    import("book.epub", &packing::book(bytes));
}

/// An archive of files of any kind, and archives in it.
pub fn archive(bytes: &[u8]) {
    unpack("folder.zip", &packing::packed(bytes), packed::MAX_DEPTH);
}

fn unpack(name: &str, bytes: &[u8], depth: usize) {
    if !packed::is_packed(bytes) {
        return import(name, bytes);
    }
    let Ok(mut packed) = Packed::open(name, bytes) else {
        return;
    };
    for at in packed.files().into_iter().take(64) {
        let name = packed.name(at);
        if let Ok(bytes) = packed.read(at)
            && depth > 0
        {
            unpack(&name, &bytes, depth - 1);
        }
    }
}

/// A PDF, read in this process: what the program gives to another process.
pub fn pdf(bytes: &[u8]) {
    import("sheet.pdf", bytes);
}

/// A feed.
pub fn feed(bytes: &[u8]) {
    import("feed.xml", bytes);
}

/// A message, or a mailbox of them.
pub fn mail(bytes: &[u8]) {
    import("box.mbox", bytes);
}

/// A Markdown file: of a corpus, and of anybody.
pub fn markdown(bytes: &[u8]) {
    import("text.md", bytes);
    let text = String::from_utf8_lossy(bytes);
    let (document, _) = format::read(DocumentId::from("a/b"), "a/b.md", &text);
    promises::is_read_back(&document);
    promises::draws(vec![document]);
}

/// A text: articles, interviews, files of several, and too large to clean.
pub fn plain(bytes: &[u8]) {
    import("copy.txt", bytes);
    if let Ok(document) = import::large("large.txt", bytes.to_vec()) {
        promises::draws(vec![document]);
    }
}

/// What is found in a text: topics, figures, quotations, pairs, words, copies.
pub fn analysis(bytes: &[u8]) {
    promises::is_analysed(bytes);
}

/// Breaking a text into rows of a width, which its first bytes give.
pub fn wrap(bytes: &[u8]) {
    let Some(([wide, language], text)) = bytes.split_first_chunk() else {
        return;
    };
    let text = &*String::from_utf8_lossy(text);
    let paragraph = Paragraph::new(text);
    let mut at = 0;
    for row in wrapping::wrap(text, u16::from(*wide)) {
        let range = row.span.range();
        let between = text.get(at..range.start).expect("rows start at characters");
        assert!(between.chars().all(char::is_whitespace));
        let shown = paragraph.visual_row(text, row.span);
        let cells: usize = (shown
            .iter()
            .map(|(_, shown)| usize::from(width::grapheme(shown))))
        .sum();
        assert_eq!(
            cells + usize::from(row.hyphen),
            usize::from(row.width_cells)
        );
        at = range.end;
    }
    let rest = text.get(at..).expect("rows end at characters");
    assert!(rest.chars().all(char::is_whitespace));
    let line = safe::line(text);
    assert!(!line.contains(char::is_control));
    assert_eq!(safe::line(&line), line);
    assert!(!safe::block(text).contains(|c: char| c.is_control() && c != '\n'));
    assert!(width::line(&width::truncate(&line, usize::from(*wide))) <= usize::from(*wide));
    let mut at = 0;
    for span in segment::sentences(text) {
        assert!(span.range().start >= at && text.get(span.range()).is_some());
        at = span.range().end;
    }
    let languages = [
        "en", "de", "fr", "ar", "fa", "he", "hi", "ja", "zh", "ru", "tr", "xx",
    ];
    let stemmer = Stemmer::new(languages[usize::from(*language) % languages.len()]);
    for (_, word) in segment::hyphenated_words(text) {
        stemmer.stem(word);
    }
}
