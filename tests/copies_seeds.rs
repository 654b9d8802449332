//! Copies in raw copies of articles, where those are at hand.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test says why it skips, and fails by panicking"
)]

use diptych::analysis::copies;
use diptych::analysis::watch::Watch;
use diptych::import::{self, Input};
use std::path::Path;

#[test]
fn a_near_identical_pair_of_passages_in_the_second_text_is_a_copy() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let Ok(files) = std::fs::read_dir(&folder) else {
        println!("skipped: there is no folder {}", folder.display());
        return;
    };
    let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    paths.sort();
    let second = paths
        .iter()
        .find(|path| {
            path.file_name()
                .unwrap()
                .to_string_lossy()
                .starts_with("001")
        })
        .unwrap();
    let bytes = std::fs::read(second).unwrap();
    let imported = import::import(&Input {
        name: "second.txt",
        bytes: &bytes,
        copied: None,
    })
    .unwrap();
    let found = copies::find(&imported.documents, Watch::NOBODY).unwrap();
    let nearly_identical = found.all().filter(|(_, original)| original.share > 0.85);
    assert!(
        nearly_identical.count() >= 2,
        "{:?}",
        found.all().collect::<Vec<_>>()
    );
}
