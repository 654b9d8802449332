//! The built-in corpus, compiled into the program from the folder `corpus/`.

use super::{Corpus, manifest};
use include_dir::{Dir, include_dir};

static FOLDER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/corpus");

/// The built-in corpus.
pub fn corpus() -> Corpus {
    let manifest = FOLDER
        .get_file(manifest::FILE)
        .and_then(|file| file.contents_utf8());
    let mut files = Vec::new();
    documents(&FOLDER, &mut files);
    Corpus::assemble(manifest, files).corpus
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
