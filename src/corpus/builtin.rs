//! The built-in corpus, compiled into the program from the folder `corpus/`.
//!
//! Invariant: the pair that it opens with can be read alone, in a third of the time; nothing else of that part is true
//! of the whole.

use super::{Corpus, manifest};
use include_dir::{Dir, include_dir};

static FOLDER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/corpus");

/// The built-in corpus.
pub fn corpus() -> Corpus {
    Corpus::assemble(manifest(), files()).corpus
}

/// The built-in corpus with the text of those documents alone that it opens with: all that the first screen shows. The others stand
/// in their places, empty.
pub fn opening() -> Corpus {
    Corpus::assemble_opening(manifest(), files())
}

fn manifest() -> Option<&'static str> {
    FOLDER.get_file(manifest::FILE)?.contents_utf8()
}

fn files() -> Vec<(&'static str, &'static str)> {
    let mut files = Vec::new();
    documents(&FOLDER, &mut files);
    files
}

/// Collects the Markdown files of a folder and of those in it.
fn documents(folder: &'static Dir<'_>, into: &mut Vec<(&'static str, &'static str)>) {
    let markdown = folder
        .files()
        .filter(|file| file.path().extension().is_some_and(|ending| ending == "md"));
    into.extend(markdown.filter_map(|file| Some((file.path().to_str()?, file.contents_utf8()?))));
    for inner in folder.dirs() {
        documents(inner, into);
    }
}
