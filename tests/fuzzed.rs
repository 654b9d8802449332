//! What the fuzz targets start from, and what they found: each input through its target once more.
//!
//! Files are called `TARGET-what.ending`. The targets themselves are a package of their own (`fuzz/`), whose library is compiled in here.

#![allow(clippy::print_stdout, reason = "a test names the input that it is at")]

#[path = "../fuzz/src/lib.rs"]
#[allow(dead_code, reason = "only a fuzzer starts")]
mod targets;

use std::fs;
use std::path::{Path, PathBuf};

type Target = fn(&[u8]);

const TARGETS: [(&str, Target); 15] = [
    ("analysis", targets::analysis),
    ("archive", targets::archive),
    ("book", targets::book),
    ("config", targets::config),
    ("feed", targets::feed),
    ("html", targets::html),
    ("mail", targets::mail),
    ("manifest", targets::manifest),
    ("markdown", targets::markdown),
    ("notes", targets::notes),
    ("pdf", targets::pdf),
    ("plain", targets::plain),
    ("query", targets::query),
    ("session", targets::session),
    ("wrap", targets::wrap),
];

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    files.sort();
    files
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn each_target_takes_what_it_starts_from() {
    for (name, target) in TARGETS {
        let seeds = files(&root().join("fuzz/seeds").join(name));
        assert!(!seeds.is_empty(), "{name} starts from nothing");
        for seed in seeds {
            println!("{}", seed.display());
            target(&fs::read(seed).expect("a seed can be read"));
        }
        let listed = root().join("fuzz/fuzz_targets").join(format!("{name}.rs"));
        assert!(listed.exists(), "{name} is no target");
    }
    assert_eq!(
        files(&root().join("fuzz/fuzz_targets")).len(),
        TARGETS.len()
    );
}

#[test]
fn what_the_fuzzers_found_stays_mended() {
    for find in files(&root().join("tests/fuzzed")) {
        println!("{}", find.display());
        let name = find
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let of = name.as_deref().and_then(|name| name.split('-').next());
        let target = TARGETS.iter().find(|(name, _)| Some(*name) == of);
        let (_, target) = target.expect("a find is called by its target");
        target(&fs::read(&find).expect("a find can be read"));
    }
}
