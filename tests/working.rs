//! What comes of reading, by running the program: citations, exports, notes.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::{Command, Output};

/// The program, with homes of its own, so that nothing of the person who runs the tests is read or written.
fn program(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_diptych"));
    command
        .env_remove("DIPTYCH_CORPUS")
        .env("DIPTYCH_DATA_HOME", home.join("data"))
        .env("DIPTYCH_STATE_HOME", home.join("state"));
    command
}

fn run_in(home: &Path, arguments: &[&str]) -> Output {
    program(home).args(arguments).output().unwrap()
}

/// What it prints; it must succeed.
#[track_caller]
fn printed(home: &Path, arguments: &[&str]) -> String {
    let output = run_in(home, arguments);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {told}");
    String::from_utf8(output.stdout).unwrap()
}

#[track_caller]
fn refused(home: &Path, arguments: &[&str]) -> String {
    let output = run_in(home, arguments);
    assert!(!output.status.success(), "{arguments:?} succeeded");
    String::from_utf8(output.stderr).unwrap()
}

const CITED: &str = "crimethinc/a-war-against-its-own-society#2";

#[test]
fn a_citation_is_printed_in_each_style_with_locator_and_hash() {
    let home = tempfile::tempdir().unwrap();
    for (style, start) in [
        ("plain", "“"),
        ("markdown", "> "),
        ("bibtex", "@misc{"),
        ("csl-json", "["),
    ] {
        let text = printed(home.path(), &["cite", CITED, "--style", style]);
        assert!(text.starts_with(start), "{style}: {text}");
        for part in ["A War against Its Own Society", "sha256", "2026"] {
            assert!(text.contains(part), "{style} has no {part}: {text}");
        }
        assert!(
            text.contains("¶2") || text.contains("\\P{}2"),
            "{style}: {text}"
        );
        let again = printed(home.path(), &["cite", CITED, "--style", style]);
        assert_eq!(text, again);
    }
    let json = printed(home.path(), &["cite", CITED, "--json"]);
    let items: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        items[0]["author"][0]["literal"],
        "Palestinian Solidarity Action Network (PSAN)"
    );
}

#[test]
fn several_passages_are_cited_in_their_order_and_into_a_new_file_only() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("cited.bib");
    let file = path.to_str().unwrap();
    let other = CITED.replace("#2", "#4");
    let wanted = ["cite", &other, CITED, "--style", "bibtex", "--output", file];
    assert_eq!(printed(home.path(), &wanted), "");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.find("-p4,").unwrap() < text.find("-p2,").unwrap());
    assert!(refused(home.path(), &wanted).contains("is there already"));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn what_is_no_passage_is_refused_with_what_to_write() {
    let home = tempfile::tempdir().unwrap();
    let document = CITED.trim_end_matches("#2");
    let told = refused(home.path(), &["cite", document]);
    assert!(told.contains("which passage of"), "{told}");
    let told = refused(home.path(), &["cite", &format!("{document}#9999")]);
    assert!(told.contains("not 9999"), "{told}");
    refused(home.path(), &["cite", CITED, "--json", "--style", "plain"]);
}

/// What the published schema of CSL-JSON (csl-data.json of citation-style-language/schema) has for items like ours.
#[test]
fn csl_items_keep_to_the_published_fields_and_types() {
    let home = tempfile::tempdir().unwrap();
    let listed = printed(home.path(), &["list", "--json"]);
    let documents: serde_json::Value = serde_json::from_str(&listed).unwrap();
    let types = ["interview", "report", "document", "webpage", "article"];
    let texts = [
        "id",
        "type",
        "title",
        "container-title",
        "URL",
        "language",
        "locator",
        "note",
        "annote",
    ];
    for document in documents.as_array().unwrap() {
        let wanted = format!("{}#2", document["id"].as_str().unwrap());
        let json = printed(home.path(), &["cite", &wanted, "--json"]);
        let items: serde_json::Value = serde_json::from_str(&json).unwrap();
        let item = items[0].as_object().unwrap();
        assert!(types.contains(&item["type"].as_str().unwrap()), "{item:?}");
        for (name, value) in item {
            let is_right = match name.as_str() {
                name if texts.contains(&name) => value.is_string(),
                "author" => value
                    .as_array()
                    .unwrap()
                    .iter()
                    .all(|of| of["literal"].is_string()),
                "issued" => (1..=3).contains(&value["date-parts"][0].as_array().unwrap().len()),
                "custom" => value.is_object(),
                _ => false,
            };
            assert!(is_right, "{name}: {value}");
        }
    }
}
