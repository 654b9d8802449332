//! The commands, by running the program.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_diptych"))
        .args(arguments)
        .env_remove("DIPTYCH_CORPUS")
        .env(
            "DIPTYCH_DATA_HOME",
            std::env::temp_dir().join("diptych-tests-keep-nothing"),
        )
        .env("DIPTYCH_CACHE_HOME", cache())
        .output()
        .unwrap()
}

/// A cache of the tests' own.
fn cache() -> std::path::PathBuf {
    std::env::temp_dir().join(format!("diptych-tests-cache-{}", std::process::id()))
}

#[track_caller]
fn json(arguments: &[&str]) -> serde_json::Value {
    let output = run(&[arguments, &["--json"]].concat());
    assert!(
        output.stderr.is_empty() || output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

#[track_caller]
fn keys_of(value: &serde_json::Value) -> Vec<String> {
    value.as_object().unwrap().keys().cloned().collect()
}

fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

const ARTICLE: &str = "Dam gives way above town\n\nBy Ada Field\n\nMay 2, 2031\n\nThe dam above the town gave way before dawn, \
and the river rose four metres in one night.\n\nOfficials speak of twelve dead so far.\n\nShare this article\n";

#[test]
fn list_has_the_keys_that_scripts_rely_on() {
    let documents = json(&["list"]);
    let keys = [
        "id", "title", "source", "authors", "date", "language", "kind", "voices", "passages",
        "words",
    ];
    assert_eq!(keys_of(&documents[0]), keys);
    assert!(documents.as_array().unwrap().len() >= 10);
    assert_eq!(
        keys_of(&json(&["list", "--sources"])[0]),
        ["id", "title", "about", "documents", "passages"]
    );
    assert_eq!(
        keys_of(&json(&["list", "--voices"])[0]),
        ["name", "documents", "passages"]
    );
}

#[test]
fn topics_count_sources_documents_and_passages() {
    let topics = json(&["topics"]);
    assert_eq!(
        keys_of(&topics[0]),
        [
            "id",
            "title",
            "key",
            "discovered",
            "sources",
            "documents",
            "passages"
        ]
    );
    assert_eq!(topics[0]["id"], "internet-shutdown");
    assert_eq!(topics[0]["discovered"], false);
}

#[test]
fn passages_say_why_they_are_on_a_topic() {
    let passages = json(&[
        "passages",
        "--topic",
        "internet-shutdown",
        "--in",
        "source:the-atlantic",
    ]);
    let all = json(&["passages", "--topic", "1"]);
    assert!(passages.as_array().unwrap().len() < all.as_array().unwrap().len());
    let keys = [
        "document", "source", "voice", "number", "text", "score", "origin", "cues",
    ];
    assert_eq!(keys_of(&all[0]), keys);
    for passage in all.as_array().unwrap() {
        let text = passage["text"].as_str().unwrap();
        if passage["origin"] == "cue" {
            for cue in passage["cues"].as_array().unwrap() {
                assert!(
                    text.contains(cue.as_str().unwrap()),
                    "{cue} is not in “{text}”"
                );
            }
        }
    }
}

#[test]
fn figures_have_the_keys_that_scripts_rely_on_and_stand_where_they_say() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "a.md",
        "At least 12 people were killed, the mayor said.\n",
    );
    write(folder.path(), "b.md", "The flood left 9 dead.\n");
    let corpus = folder.path().to_str().unwrap();
    let figures = json(&["figures", "--corpus", corpus]);
    let keys = [
        "document",
        "number",
        "text",
        "low",
        "high",
        "unit",
        "counts",
        "hedge",
        "attributed_to",
        "quoted",
        "start",
        "end",
        "kind",
        "predicate",
        "scope",
        "attributed_as",
        "attribution_note",
        "scope_from",
        "elsewhere",
    ];
    assert_eq!(keys_of(&figures[0]), keys);
    assert_eq!(figures[0]["text"], "At least 12");
    assert_eq!(figures[0]["low"], 12.0);
    assert!(figures[0]["high"].is_null());
    assert_eq!(figures[0]["attributed_to"], "the mayor");
    assert_eq!(figures.as_array().unwrap().len(), 2);

    let ledger = json(&["figures", "--ledger", "--corpus", corpus]);
    assert_eq!(ledger[0]["predicate"], "killed");
    assert_eq!(ledger[0]["figures"].as_array().unwrap().len(), 2);
    let text = String::from_utf8(run(&["figures", "--ledger", "--corpus", corpus]).stdout).unwrap();
    assert!(
        text.contains("At least 12 — according to the mayor · [a#1]"),
        "{text}"
    );
    assert!(
        text.contains("9 — who says so is not stated · [b#1]"),
        "{text}"
    );

    let csv = String::from_utf8(run(&["figures", "--csv", "--corpus", corpus]).stdout).unwrap();
    assert!(csv.starts_with("document,number,text,low,high,"), "{csv}");
    assert_eq!(csv.lines().count(), 3);

    let one = json(&["figures", "--in", "b", "--corpus", corpus]);
    assert_eq!(one.as_array().unwrap().len(), 1);
}

#[test]
fn show_prints_a_document_or_one_passage() {
    let document = json(&["show", "sovereignty"]);
    assert_eq!(
        keys_of(&document["passages"][0])[..4],
        ["number", "kind", "voice", "text"]
    );
    let one = json(&["show", "sovereignty#2"]);
    assert_eq!(one["passages"].as_array().unwrap().len(), 1);
    assert_eq!(one["passages"][0], document["passages"][1]);
    let beyond = run(&["show", "sovereignty#9999"]);
    assert_eq!(beyond.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&beyond.stderr).contains("passages, not 9999"));
}

#[test]
fn an_ambiguous_name_lists_its_candidates() {
    let output = run(&["show", "iran-international"]);
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        message.contains("iran-international/blackout-and-starlink"),
        "{message}"
    );
}

#[test]
fn import_makes_a_corpus_and_knows_the_same_file_again() {
    let folder = tempfile::tempdir().unwrap();
    let article = write(folder.path(), "copy.txt", ARTICLE);
    let again = write(folder.path(), "same-under-another-name.txt", ARTICLE);
    let missing = folder
        .path()
        .join("missing.txt")
        .to_str()
        .unwrap()
        .to_owned();
    let into = folder.path().join("corpus").to_str().unwrap().to_owned();

    let output = run(&[
        "import", &article, &missing, &again, "--into", &into, "--json",
    ]);
    assert_eq!(output.status.code(), Some(1), "one input failed");
    let rows: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        keys_of(&rows[0]),
        ["input", "outcome", "document", "reason", "notices"]
    );
    let outcomes: Vec<_> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["outcome"].as_str().unwrap())
        .collect();
    assert_eq!(outcomes, ["imported", "failed", "already there"]);
    assert!(rows[1]["reason"].as_str().unwrap().contains("cannot read"));

    let documents = json(&["list", "--corpus", &into]);
    assert_eq!(documents.as_array().unwrap().len(), 1);
    assert_eq!(documents[0]["title"], "Dam gives way above town");
    assert_eq!(documents[0]["authors"][0], "Ada Field");
    assert_eq!(documents[0]["date"], "2031-05-02");
    let shown = json(&["show", "dam", "--corpus", &into]);
    assert_eq!(shown["left_out"][0]["text"], "Share this article");
    assert!(run(&["check", &into]).status.success());
}

#[test]
fn import_is_told_who_published_what_does_not_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let silent = write(
        folder.path(),
        "silent.txt",
        "Bells over Orrin\n\nThey rang at noon, and nobody knew why they rang.\n",
    );
    let stated = write(
        folder.path(),
        "stated.txt",
        "Title: The mill at Arden\nSource: Brill Gazette\n\nIt stands still, and nobody knows who will pay for it.\n",
    );
    let into = folder.path().join("corpus").display().to_string();
    let rows = json(&[
        "import",
        &silent,
        &stated,
        "--into",
        &into,
        "--source",
        "Orrin Courier",
    ]);
    let told = |row: usize| rows[row]["reason"].to_string();
    let words = "source “Orrin Courier” stated on the command line";
    assert!(told(0).contains(words), "{rows}");
    assert!(!told(1).contains(words), "{rows}");
    let documents = json(&["list", "--corpus", &into]);
    let sources: Vec<&str> = documents
        .as_array()
        .unwrap()
        .iter()
        .map(|document| document["source"].as_str().unwrap())
        .collect();
    assert_eq!(sources, ["orrin-courier", "brill-gazette"]);
    assert!(run(&["check", &into]).status.success());
    let empty = failure(&["import", &silent, "--into", &into, "--source", " "]);
    assert!(empty.contains("--source needs a name"), "{empty}");
}

#[test]
fn split_always_cuts_what_auto_leaves_whole() {
    let folder = tempfile::tempdir().unwrap();
    let report = "The ferry to Port Essel stays in harbour until the wind drops, the company says. Tickets are valid on the next \
         crossing. Nobody was hurt when a rope broke on the pier in the morning.";
    let text = format!(
        "Ferry stays in harbour at Port Essel\n\nBy Ada Field\n\n{report}\n\nStorm closes the pier at Orrin\n\nBy Bela Orne\n\n{report}\n"
    );
    let file = write(folder.path(), "two.txt", &text);
    for (split, documents) in [("auto", 1), ("never", 1), ("always", 2)] {
        let into = folder.path().join(split).display().to_string();
        let rows = json(&["import", &file, "--into", &into, "--split", split]);
        assert_eq!(rows.as_array().unwrap().len(), documents, "{rows}");
    }
}

#[test]
fn extract_prints_markdown_and_tells_the_rest_on_standard_error() {
    let folder = tempfile::tempdir().unwrap();
    let article = write(folder.path(), "copy.txt", ARTICLE);
    let output = run(&["extract", &article]);
    let markdown = String::from_utf8(output.stdout).unwrap();
    assert!(
        markdown.contains("Dam gives way above town") && !markdown.contains("\nShare this article"),
        "{markdown}"
    );
    assert!(String::from_utf8_lossy(&output.stderr).contains("Share this article"));
}

#[test]
fn a_page_is_extracted_and_imported_into_a_corpus_that_checks() {
    let folder = tempfile::tempdir().unwrap();
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages/news-json-ld.html");
    let page = page.to_str().unwrap();
    let output = run(&["extract", page, "--json"]);
    let extracted: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let document = &extracted["documents"][0];
    assert_eq!(document["title"], "Ferry line stops for the winter");
    let reasons = extracted["notices"].to_string();
    assert!(reasons.contains("a cookie or login notice"), "{reasons}");
    let corpus = folder.path().join("corpus");
    let corpus = corpus.to_str().unwrap();
    assert!(run(&["import", page, "--into", corpus]).status.success());
    assert!(run(&["check", corpus]).status.success());
    let listed = run(&["list", "--corpus", corpus, "--json"]);
    assert!(String::from_utf8_lossy(&listed.stdout).contains("harbour-post"));
}

#[test]
fn check_reports_file_line_and_reason_and_fails() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "corpus.toml",
        "title = \"A corpus\"\n[[topic]]\nid = \"a\"\n",
    );
    write(
        folder.path(),
        "one.md",
        "---\ntitle: One\nsource: nobody\ndate: someday\n---\n\nText of it.\n",
    );
    let output = run(&["check", folder.path().to_str().unwrap(), "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let problems: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(keys_of(&problems[0]), ["file", "line", "problem"]);
    let dated = problems
        .as_array()
        .unwrap()
        .iter()
        .find(|problem| problem["problem"].as_str().unwrap().contains("someday"));
    assert_eq!(dated.unwrap()["line"], 4);
}

#[test]
fn hostile_text_reaches_standard_output_tamed() {
    let folder = tempfile::tempdir().unwrap();
    let evil = "Title of it\n\nA passage with \u{1b}[2J\u{1b}]0;owned\u{7} and \u{9b}31m and \u{202e}reversed words in it.\n";
    let file = write(folder.path(), "evil.txt", evil);
    for arguments in [vec!["extract", &file], vec!["extract", &file, "--json"]] {
        let output = run(&arguments);
        let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        let raw = text
            .chars()
            .find(|c| c.is_control() && *c != '\n' || *c == '\u{202e}');
        assert_eq!(raw, None, "{text}");
    }
}

#[test]
fn wrong_usage_is_exit_code_two() {
    for arguments in [
        &["list", "--no-such-option"][..],
        &["import"],
        // What would be ignored is refused.
        &["corpus", "--corpus", "another"],
        &["--corpus", "another", "corpus"],
        &["some-folder", "list"],
        &["some-folder", "--no-color", "list"],
        &["--bidi", "off", "list"],
        &["--json"],
        // A command that is mistyped.
        &["tpoics"],
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty());
    }
}

#[test]
fn a_file_behind_an_option_that_takes_none_says_how_one_is_written() {
    let output = run(&["compare", "a", "b", "--html", "page.html"]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("--output page.html"), "{told}");
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = two_files(folder.path());
    let page = folder.path().join("page.html");
    let output = run(&["compare", &one, &other, "-o", page.to_str().unwrap()]);
    assert!(output.status.success(), "{output:?}");
    assert!(std::fs::read_to_string(page).unwrap().starts_with("<!"));
}

#[test]
fn options_of_every_command_stand_before_or_after_it() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "only.md", "Text of it.\n");
    let corpus = folder.path().to_str().unwrap();
    let after = run(&["list", "--corpus", corpus, "--json", "--no-color"]);
    let before = run(&["--no-color", "--json", "--corpus", corpus, "list"]);
    assert!(String::from_utf8_lossy(&after.stdout).contains("\"only\""));
    assert_eq!(after.stdout, before.stdout);
    // What is typed goes before what the environment says.
    for arguments in [
        ["list", "--json", "--corpus", corpus],
        ["--corpus", corpus, "--json", "list"],
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_diptych"))
            .args(arguments)
            .env("DIPTYCH_CORPUS", "/nowhere")
            .output()
            .unwrap();
        assert_eq!(output.stdout, after.stdout, "{arguments:?}");
    }
}

#[test]
fn arguments_are_quoted_tamed() {
    for arguments in [
        &["--\u{1b}]0;owned\u{7}\u{1b}[31m"][..],
        &["list", "\u{1b}[31mx"],
        &["show", "\u{1b}[2J"],
        &["\u{1b}[2J"],
    ] {
        let output = run(arguments);
        let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert!(!text.contains('\u{1b}'), "{text:?}");
    }
    assert!(String::from_utf8_lossy(&run(&["--help"]).stdout).contains("Usage:"));
    assert_eq!(run(&["--version"]).status.code(), Some(0));
}

#[track_caller]
fn failure(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn errors_say_what_is_wrong_once_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let text = write(folder.path(), "raw.txt", ARTICLE);
    let inside = folder.path().to_str().unwrap();

    let missing = failure(&["list", "--corpus", "/nowhere"]);
    assert_eq!(missing.matches("No such file").count(), 1, "{missing}");
    assert!(!missing.contains("os error"), "{missing}");
    // Before it is said that a terminal is needed.
    assert!(failure(&["/nowhere.txt"]).contains("cannot read /nowhere.txt"));
    let told = String::from_utf8(run(&["tpoics"]).stderr).unwrap();
    assert!(told.contains("did you mean `diptych topics`?"), "{told}");
    let told = failure(&["compare", "sovereignty", "missing.txt"]);
    assert!(told.contains("no file “missing.txt”"), "{told}");
    let unread = failure(&[inside]);
    assert!(
        unread.contains("raw.txt") && unread.contains("diptych import"),
        "{unread}"
    );
    let into = failure(&["import", &text, "--into", &text]);
    assert!(
        into.contains("raw.txt is a file; --into needs a folder"),
        "{into}"
    );
    assert!(failure(&["extract", "/dev/zero"]).contains("is a pipe or a device"));
    // Nothing of it is on the disk.
    let huge = folder.path().join("huge.txt");
    let file = std::fs::File::create(&huge).unwrap();
    file.set_len(1_500_000_000).unwrap();
    assert!(failure(&[huge.to_str().unwrap()]).contains("larger than 1431 MB"));

    let empty = tempfile::tempdir().unwrap();
    let output = run(&["check", empty.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("there are no documents"));
}

#[test]
fn an_import_without_success_makes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let into = folder.path().join("corpus");
    let output = run(&["import", "/nowhere.txt", "--into", into.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!into.exists());
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(said, "0 imported, 1 failed\n");

    let article = write(folder.path(), "copy.txt", ARTICLE);
    let output = run(&["import", &article, "--into", into.to_str().unwrap()]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains(", 1 line left out"), "{told}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("read it with: diptych"));
}

/// The documents of the built-in corpus, without what its `corpus.toml` says of them.
fn without_topics() -> tempfile::TempDir {
    fn copy(from: &Path, to: &Path) {
        std::fs::create_dir_all(to).unwrap();
        for entry in std::fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            let target = to.join(path.file_name().unwrap());
            if path.is_dir() {
                copy(&path, &target);
            } else if path.extension().is_some_and(|ending| ending == "md") {
                std::fs::copy(&path, &target).unwrap();
            }
        }
    }
    let folder = tempfile::tempdir().unwrap();
    copy(
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus")),
        folder.path(),
    );
    folder
}

#[test]
fn found_topics_are_written_for_a_person_to_edit_and_never_over_theirs() {
    let folder = without_topics();
    let corpus = folder.path().to_str().unwrap();
    let found = json(&["topics", "--corpus", corpus]);
    assert!(!found.as_array().unwrap().is_empty());
    let place = folder.path().join("corpus.toml");
    assert!(!place.exists());

    let output = run(&["topics", "--write", "--corpus", corpus]);
    assert!(output.status.success());
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.contains("wrote") && told.contains("corpus.toml"),
        "{told}"
    );
    assert_eq!(json(&["topics", "--corpus", corpus]), found);
    let written = std::fs::read_to_string(&place).unwrap();
    let named = written.matches("[[topic]]").count();
    assert_eq!(named, found.as_array().unwrap().len());

    for arguments in [
        &["topics", "--write", "--corpus", corpus][..],
        &["topics", "--suggest", "3", "--write", "--corpus", corpus],
    ] {
        assert!(failure(arguments).contains("already"));
    }
    assert_eq!(std::fs::read_to_string(&place).unwrap(), written);
    assert!(failure(&["topics", "--write"]).contains("--corpus"));
}

#[test]
fn topics_are_suggested_whatever_the_corpus_names() {
    let folder = without_topics();
    write(
        folder.path(),
        "corpus.toml",
        "[[topic]]\nid = \"mine\"\ntitle = \"Mine\"\ncues = [\"zzz\"]\n",
    );
    let corpus = folder.path().to_str().unwrap();
    let suggested = json(&["topics", "--suggest", "1", "--corpus", corpus]);
    assert_eq!(suggested.as_array().unwrap().len(), 1);
    assert_eq!(suggested[0]["discovered"], true);
    assert_eq!(json(&["topics", "--corpus", corpus])[0]["id"], "mine");
}

#[test]
fn a_text_too_large_to_find_topics_in_is_shown_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let text = "A line of the long report, with a few words in it.\n\n".repeat(340_000);
    write(folder.path(), "long.md", &text);
    let corpus = folder.path().to_str().unwrap();
    let shown = run(&["show", "long#2", "--text", "--corpus", corpus]);
    assert_eq!(
        String::from_utf8(shown.stdout).unwrap(),
        "A line of the long report, with a few words in it.\n"
    );
    let shown = json(&["show", "long#2", "--corpus", corpus]);
    assert_eq!(shown["passages"][0]["topics"], serde_json::json!([]));
}

#[test]
fn voices_are_counted_by_document_and_passage() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "a.md",
        "**Ben:** One.\n\nTwo.\n\n**Ada:** Three.\n",
    );
    write(folder.path(), "b.md", "**Ben:** Four.\n");
    let voices = json(&[
        "list",
        "--voices",
        "--corpus",
        folder.path().to_str().unwrap(),
    ]);
    let expected = serde_json::json!([
        { "name": "Ada", "documents": ["a"], "passages": 1 },
        { "name": "Ben", "documents": ["a", "b"], "passages": 3 },
    ]);
    assert_eq!(voices, expected);
}

#[test]
fn nothing_found_is_said_of_the_perspective_in_full() {
    let folder = without_topics();
    write(
        folder.path(),
        "corpus.toml",
        "[[topic]]\nid = \"mine\"\ntitle = \"Mine\"\ncues = [\"zzz\"]\n",
    );
    let corpus = folder.path().to_str().unwrap();
    let output = run(&[
        "passages",
        "--topic",
        "mine",
        "--in",
        "source:crime",
        "--corpus",
        corpus,
    ]);
    let told = String::from_utf8(output.stderr).unwrap();
    // What is wrong with the corpus is said before: its sources are not in corpus.toml.
    let last = told.lines().last();
    assert_eq!(last, Some("nothing found on “Mine” in source:crimethinc"));
}

#[test]
fn the_key_page_is_current() {
    // The page has the keys that everybody starts with.
    let page = with_configuration("/nonexistent/config.toml", &["keys", "--markdown"]).stdout;
    let kept = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/keys.md")).unwrap();
    assert_eq!(
        String::from_utf8(kept),
        String::from_utf8(page),
        "run `cargo run -- keys --markdown > docs/keys.md`"
    );
}

fn with_configuration(file: &str, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_diptych"))
        .args(arguments)
        .env("DIPTYCH_CONFIG", file)
        .output()
        .unwrap()
}

#[test]
fn keys_are_those_in_force() {
    let folder = tempfile::tempdir().unwrap();
    let place = write(folder.path(), "config.toml", "[keys]\nexport = \"F9\"\n");
    for arguments in [&["keys"][..], &["keys", "--json"], &["keys", "--markdown"]] {
        let output = with_configuration(&place, arguments);
        let printed = String::from_utf8(output.stdout).unwrap();
        assert!(printed.contains("F9"), "{arguments:?}: {printed}");
        assert!(output.stderr.is_empty(), "{arguments:?}");
    }
    let both = with_configuration(&place, &["keys", "--json", "--markdown"]);
    assert_eq!(both.status.code(), Some(2));
    std::fs::write(&place, "[keys]\nexprot = \"F9\"\n").unwrap();
    let told = with_configuration(&place, &["keys"]).stderr;
    let told = String::from_utf8(told).unwrap();
    assert!(told.contains("1 mistake in config.toml"), "{told}");
}

#[test]
fn files_that_are_missing_from_a_corpus_are_told_once_beside_what_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "mill.md",
        "Nineteen sacks of flour were lost at the mill.\n",
    );
    write(
        folder.path(),
        "weir.md",
        "The weir held. Four sacks of flour were lost.\n",
    );
    std::fs::write(folder.path().join("torn.md"), b"One line.\nAn\xffother.\n").unwrap();
    let corpus = folder.path().to_str().unwrap();
    let commands: [&[&str]; 10] = [
        &["list", corpus],
        &["topics", corpus],
        &["coverage", corpus],
        &["figures", corpus],
        &["quotes", corpus],
        &["notes", corpus],
        &["compare", "mill", "weir", "--corpus", corpus],
        &["show", "mill", "--corpus", corpus],
        &["search", "flour", "--corpus", corpus],
        &["search", "flour", "--in", "mill", "--corpus", corpus],
    ];
    for arguments in commands {
        let output = run(&[arguments, &["--json"]].concat());
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        let told = String::from_utf8(output.stderr).unwrap();
        let wanted = format!(
            "1 problem in this corpus (diptych check {corpus}), the first: torn.md:2: this is not UTF-8"
        );
        assert!(told.starts_with(&wanted), "{arguments:?}: {told}");
        assert_eq!(told.lines().count(), 1, "{arguments:?}: {told}");
    }
}

#[test]
fn the_corpus_of_the_project_has_nothing_wrong_with_it() {
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
    let output = run(&["check", corpus]);
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{told}");
}

#[test]
fn a_corpus_stands_before_or_behind_the_words_that_are_searched() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "corpus.toml", "title = \"The mill\"\n");
    write(
        folder.path(),
        "mill.md",
        "Nineteen sacks of flour were lost at the mill.\n",
    );
    let corpus = folder.path().to_str().unwrap();
    let found = json(&["search", "flour", corpus]);
    assert_eq!(found[0]["document"], "mill");
    assert_eq!(json(&["search", corpus, "flour"]), found);
    assert_eq!(
        json(&["search", corpus, "sacks", "flour"]),
        json(&["search", "sacks flour", corpus])
    );
    let twice = run(&["search", corpus, "flour", "--corpus", corpus]);
    assert!(
        twice.stdout.is_empty(),
        "with --corpus every word is one of the query"
    );
    // One word alone is what is searched for, whatever it names.
    assert!(run(&["search", corpus]).stdout.is_empty());
    let exported = |arguments: &[&str]| run(&[&["export", "coverage"], arguments].concat()).stdout;
    let by_place = exported(&[corpus, "--as", "json"]);
    assert!(!by_place.is_empty());
    assert_eq!(by_place, exported(&["--corpus", corpus, "--as", "json"]));
}

#[test]
fn what_is_not_there_fails_and_what_is_not_understood_is_wrong_usage() {
    let of = |arguments: &[&str]| run(arguments).status.code();
    for named in [
        &["bogus-name"][..],
        &["show", "nosuch"],
        &["passages", "--topic", "dragons"],
        &["list", "--corpus", "/nowhere"],
    ] {
        assert_eq!(of(named), Some(1), "{named:?}");
    }
    for line in [
        &["list", "--colour"][..],
        &["export", "everything"],
        &["search", "a \"b"],
        &["coverage", "--by", "colour"],
    ] {
        assert_eq!(of(line), Some(2), "{line:?}");
    }
}

#[test]
fn a_folder_without_documents_is_told_apart_from_texts_without_topics() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = folder.path().to_str().unwrap();
    for command in ["coverage", "topics"] {
        let told = run(&[command, corpus]).stderr;
        let told = String::from_utf8(told).unwrap();
        assert!(
            told.starts_with("no documents to read"),
            "{command}: {told}"
        );
    }
    write(folder.path(), "only.md", "Text of it.\n");
    let told = run(&["coverage", corpus]).stderr;
    assert!(String::from_utf8_lossy(&told).contains("too little in common"));
}

#[test]
fn a_closed_pipe_is_no_error() {
    let program = env!("CARGO_BIN_EXE_diptych");
    let output = Command::new("sh")
        .args(["-c", &format!("{program} list | true")])
        .output()
        .unwrap();
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

const STREET: &str = "What the street saw\n\nBy Ben Hill\n\nMay 4, 2031\n\nWe rebuild, as we did after the last flood, says a neighbour.\n\n\
The dam above the town gave way before dawn, neighbours say, and the river rose by four metres.\n";

/// Two files that share one passage.
fn two_files(folder: &Path) -> (String, String) {
    (
        write(folder, "dam.txt", ARTICLE),
        write(folder, "street.txt", STREET),
    )
}

#[test]
fn compare_lays_two_files_side_by_side_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let (left, right) = two_files(folder.path());
    let page = json(&["compare", &left, &right]);
    assert_eq!(
        keys_of(&page),
        [
            "topic", "left", "right", "rows", "figures", "quotes", "wording"
        ]
    );
    let evidence = json(&["evidence", &left, &right]);
    for part in ["figures", "quotes", "wording"] {
        assert_eq!(page[part], evidence[part], "{part}");
    }
    assert!(!page["figures"].as_array().unwrap().is_empty());
    assert_eq!(page["topic"], serde_json::Value::Null);
    assert_eq!(
        (page["left"].as_str(), page["right"].as_str()),
        (Some(&*left), Some(&*right))
    );
    let rows = page["rows"].as_array().unwrap();
    assert_eq!(
        keys_of(&rows[0]),
        ["left", "right", "score", "reasons", "crossing", "origin"]
    );
    let linked: Vec<_> = rows.iter().filter(|row| !row["score"].is_null()).collect();
    assert_eq!(linked.len(), 1, "{rows:?}");
    assert_eq!(linked[0]["left"], format!("{left}#1"));
    assert_eq!(linked[0]["right"], format!("{right}#2"));
    assert_eq!(linked[0]["origin"], "found");
    for reason in linked[0]["reasons"].as_array().unwrap() {
        assert_eq!(keys_of(reason), ["kind", "text", "weight"]);
        assert!(
            ARTICLE.contains(reason["text"].as_str().unwrap()),
            "{reason}"
        );
    }
    for row in rows {
        assert!(!row["left"].is_null() || !row["right"].is_null());
    }
}

#[test]
fn compare_prints_line_by_line_into_a_pipe() {
    let folder = tempfile::tempdir().unwrap();
    let (left, right) = two_files(folder.path());
    let output = run(&["compare", &left, &right]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(
        text.contains(&format!("left {left}#1: The dam above")),
        "{text}"
    );
    assert!(
        text.contains(&format!("right {right}#2: The dam above")),
        "{text}"
    );
    assert!(
        text.contains("only left\n") && text.contains("only right\n"),
        "{text}"
    );
    assert!(!text.contains('\u{1b}'));
}

#[test]
fn compare_takes_perspectives_and_a_topic_and_lists_the_topics_there_are() {
    let sides = ["source:the-atlantic", "source:iran-international"];
    let everything = json(&["compare", sides[0], sides[1]]);
    let on_topic = json(&["compare", sides[0], sides[1], "--topic", "1"]);
    assert_eq!(on_topic["topic"], "internet-shutdown");
    assert_eq!(on_topic["left"], sides[0]);
    let count = |page: &serde_json::Value| page["rows"].as_array().unwrap().len();
    assert!(0 < count(&on_topic) && count(&on_topic) < count(&everything));
    // A crossing link stands at its left passage's place, once.
    let mut links: Vec<_> = everything["rows"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| !row["score"].is_null())
        .map(|row| (row["left"].to_string(), row["right"].to_string()))
        .collect();
    let all = links.len();
    links.sort();
    links.dedup();
    assert_eq!(links.len(), all);
    let unknown = run(&["compare", sides[0], sides[1], "--topic", "no-such-topic"]);
    assert_eq!(unknown.status.code(), Some(1));
    let told = String::from_utf8_lossy(&unknown.stderr).into_owned();
    assert!(told.contains("internet-shutdown"), "{told}");
}

/// The rows of `coverage --json` and its cells by topic and column.
fn cell<'a>(
    page: &'a serde_json::Value,
    key: &str,
    topic: &str,
    of: &str,
) -> &'a serde_json::Value {
    let cells = page["cells"].as_array().unwrap();
    let is_it = |cell: &&serde_json::Value| cell["topic"] == topic && cell[key] == of;
    cells.iter().find(is_it).unwrap()
}

#[test]
fn coverage_counts_every_cell_as_passages_does() {
    let page = json(&["coverage"]);
    assert_eq!(keys_of(&page), ["topics", "sources", "cells"]);
    let cells = page["cells"].as_array().unwrap();
    let (topics, sources) = (
        page["topics"].as_array().unwrap(),
        page["sources"].as_array().unwrap(),
    );
    assert_eq!(cells.len(), topics.len() * sources.len());
    assert_eq!(
        keys_of(cell(&page, "source", "death-toll", "crimethinc")),
        ["topic", "source", "passages", "words", "shared"]
    );
    for (topic, of) in [
        ("death-toll", "crimethinc"),
        ("what-next", "the-atlantic"),
        ("russia-china", "wrong-speak"),
    ] {
        let listed = json(&[
            "passages",
            "--topic",
            topic,
            "--in",
            &format!("source:{of}"),
        ]);
        let listed = listed.as_array().unwrap();
        let words: usize = listed
            .iter()
            .map(|passage| diptych::text::segment::words(passage["text"].as_str().unwrap()).count())
            .sum();
        let counted = cell(&page, "source", topic, of);
        assert_eq!(counted["passages"], listed.len(), "{topic} {of}");
        assert_eq!(counted["words"], words, "{topic} {of}");
    }
    let sum: u64 = cells
        .iter()
        .filter(|cell| cell["topic"] == "death-toll")
        .map(|cell| cell["passages"].as_u64().unwrap())
        .sum();
    let topic = topics
        .iter()
        .find(|topic| topic["id"] == "death-toll")
        .unwrap();
    assert_eq!(topic["passages"], sum);
}

#[test]
fn coverage_gives_texts_of_unknown_publishers_a_column_each() {
    let page = json(&["coverage"]);
    let unknown: Vec<&str> = page["sources"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|source| source["source"] == "not-stated")
        .map(|source| source["document"].as_str().unwrap())
        .collect();
    let texts =
        std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/not-stated")).unwrap();
    assert_eq!(unknown.len(), texts.count());
    assert_eq!(
        keys_of(cell(&page, "document", "death-toll", unknown[0])),
        ["topic", "source", "document", "passages", "words", "shared"]
    );
}

#[test]
fn coverage_by_voice_names_who_alone_speaks_of_a_topic() {
    let page = json(&["coverage", "--by", "voice"]);
    assert_eq!(keys_of(&page), ["topics", "voices", "cells"]);
    let mut alone = 0;
    for topic in page["topics"].as_array().unwrap() {
        let id = topic["id"].as_str().unwrap();
        let cells = page["cells"].as_array().unwrap().iter();
        let speaking: Vec<_> = cells
            .filter(|cell| cell["topic"] == id && cell["passages"] != 0)
            .map(|cell| &cell["voice"])
            .collect();
        assert_eq!(topic["speakers"], speaking.len());
        match speaking[..] {
            [only] => {
                assert_eq!(&topic["only"]["voice"], only);
                let named = page["voices"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .find(|voice| voice["voice"] == *only);
                assert!(
                    named.unwrap()["only"]
                        .as_array()
                        .unwrap()
                        .contains(&id.into())
                );
                alone += 1;
            }
            _ => assert!(topic["only"].is_null()),
        }
    }
    assert!(alone > 0, "the built-in corpus has topics of one voice");
    let documents = json(&["coverage", "--by", "document"]);
    assert_eq!(keys_of(&documents), ["topics", "documents", "cells"]);
    assert_eq!(
        keys_of(&documents["cells"][0]),
        ["topic", "document", "passages", "words", "shared"]
    );
}

#[test]
fn coverage_into_a_pipe_is_a_plain_table_of_ids() {
    let output = run(&["coverage", "--by", "voice"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(!text.contains('\u{1b}') && !text.contains('█'), "{text}");
    let mut lines = text.lines();
    assert!(lines.next().unwrap().starts_with("topic"), "{text}");
    let page = json(&["coverage", "--by", "voice"]);
    let voices: Vec<&str> = page["voices"]
        .as_array()
        .unwrap()
        .iter()
        .map(|of| of["voice"].as_str().unwrap())
        .collect();
    for topic in page["topics"].as_array().unwrap() {
        let id = topic["id"].as_str().unwrap();
        let line = text
            .lines()
            .find(|line| line.split_whitespace().next() == Some(id))
            .unwrap();
        let shown: Vec<&str> = line.split_whitespace().skip(2).collect();
        let counts: Vec<String> = voices
            .iter()
            .map(|voice| {
                match cell(&page, "voice", id, voice)["passages"]
                    .as_u64()
                    .unwrap()
                {
                    0 => "·".to_owned(),
                    count => count.to_string(),
                }
            })
            .collect();
        assert_eq!(shown, counts);
    }
    assert!(text.contains("topics that only one voice speaks of:"));
    let wrong = run(&["coverage", "--by", "colour"]);
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn coverage_of_nothing_says_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let (left, right) = two_files(folder.path());
    let into = folder.path().join("corpus");
    let shown = into.to_str().unwrap();
    assert!(
        run(&["import", &left, &right, "--into", shown])
            .status
            .success()
    );
    let output = run(&["coverage", "--by", "voice", "--corpus", shown]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.success() && output.stdout.is_empty(),
        "{told}"
    );
    assert!(told.starts_with("no "), "{told}");
}

#[test]
fn texts_of_a_corpus_are_opened_by_their_names() {
    let printed = |arguments: &[&str]| {
        let out = run(arguments);
        assert!(out.status.success(), "{out:?}");
        String::from_utf8(out.stdout).unwrap()
    };
    let (one, other) = (
        "crimethinc/a-war-against-its-own-society",
        "the-atlantic/what-iranians-want-from-trump",
    );
    let both = printed(&[one, "what-iranians-want", "--plain"]);
    for id in [one, other] {
        let title = json(&["show", id])["title"].clone();
        assert!(both.contains(title.as_str().unwrap()), "{id}: {both}");
    }
    assert!(printed(&["source:the-atlantic", "--plain"]).contains("The Atlantic"));
    let folder = two_sources();
    let corpus = folder.path().to_str().unwrap();
    let id = json(&["list", corpus])[0]["id"].clone();
    let id = id.as_str().unwrap();
    let title = json(&["show", id, "--corpus", corpus])["title"].clone();
    let of_folder = printed(&[id, "--corpus", corpus, "--plain"]);
    assert!(of_folder.contains(title.as_str().unwrap()), "{of_folder}");

    // A source whose id is its host has a dot in it.
    write(
        folder.path(),
        "hosted.md",
        "---\ntitle: Hosted\nsource: herald.example\n---\nThe crane fell.\n",
    );
    let of_host = printed(&["source:herald.example", "--corpus", corpus, "--plain"]);
    assert!(of_host.contains("(source:herald.example)"), "{of_host}");

    // What no text is called says so of both.
    let told = failure(&["source:nobody", "--plain"]);
    assert!(
        told.contains("no file or folder") && told.contains("source"),
        "{told}"
    );
    let told = failure(&["nobody.txt", one, "--plain"]);
    assert!(told.contains("cannot read nobody.txt"), "{told}");
}

#[test]
fn compare_takes_a_file_beside_a_document_of_the_corpus() {
    let folder = tempfile::tempdir().unwrap();
    let (file, _) = two_files(folder.path());
    let page = json(&["compare", "sovereignty", &file]);
    let rows = page["rows"].as_array().unwrap();
    let of_file = rows.iter().filter_map(|row| row["right"].as_str());
    assert!(of_file.clone().count() > 0 && of_file.clone().all(|name| name.starts_with(&file)));
    let missing = run(&["compare", "sovereignty", "no-such-file.txt"]);
    assert_eq!(missing.status.code(), Some(1));
    let wrong = run(&["compare", "sovereignty", &file, "--all", "--json"]);
    assert_eq!(wrong.status.code(), Some(2), "--all means nothing for JSON");
}

#[test]
fn compare_uses_the_decisions_that_are_kept_beside_the_corpus() {
    use diptych::analysis::alignment::{Decision, Verdict};
    use diptych::library::{decisions::Store, folder};
    let root = tempfile::tempdir().unwrap();
    let (left, right) = two_files(root.path());
    let into = root.path().join("corpus");
    let shown = into.to_str().unwrap();
    assert!(
        run(&["import", &left, &right, "--into", shown])
            .status
            .success()
    );
    let corpus = folder::open(&into).unwrap();
    let ids: Vec<&str> = corpus
        .documents
        .iter()
        .map(|document| document.id.as_str())
        .collect();
    let compared = || json(&["compare", ids[0], ids[1], "--corpus", shown]);
    let pairs = |page: &serde_json::Value| -> Vec<(String, String, String)> {
        let rows = page["rows"].as_array().unwrap().iter();
        rows.filter(|row| !row["score"].is_null())
            .map(|row| {
                ["left", "right", "origin"]
                    .map(|key| row[key].as_str().unwrap().to_owned())
                    .into()
            })
            .collect()
    };
    let before = pairs(&compared());
    assert_eq!(before.len(), 1);
    let number = |name: &str| name.rsplit_once('#').unwrap().1.parse::<usize>().unwrap() - 1;
    let decision = |left: usize, right: usize, verdict| Decision {
        left: diptych::corpus::PassageId {
            document: 0,
            passage: left,
        },
        right: diptych::corpus::PassageId {
            document: 1,
            passage: right,
        },
        verdict: Some(verdict),
    };
    let store = Store::beside(&into);
    let (found_left, found_right) = (number(&before[0].0), number(&before[0].1));
    store
        .keep(
            &corpus.documents,
            decision(found_left, found_right, Verdict::Rejected),
        )
        .unwrap();
    store
        .keep(&corpus.documents, decision(1, 0, Verdict::Paired))
        .unwrap();
    let after = pairs(&compared());
    let expected = (
        format!("{}#2", ids[0]),
        format!("{}#1", ids[1]),
        "paired".to_owned(),
    );
    assert_eq!(after, [expected]);
    // A passage is put in before them, and a word is changed.
    let place = into.join(format!("{}.md", ids[0]));
    let text = std::fs::read_to_string(&place).unwrap();
    let changed = text
        .replace("The dam above", "A new paragraph.\n\nThe dam above")
        .replace("so far", "by now");
    assert_ne!(changed, text);
    std::fs::write(&place, changed).unwrap();
    let again = pairs(&compared());
    assert_eq!(again.len(), 1);
    assert_eq!(again[0].0, format!("{}#3", ids[0]));
}

#[test]
fn wording_counts_what_each_side_calls_things_and_says_what_that_shows() {
    let folder = tempfile::tempdir().unwrap();
    let account = |word: &str, other: &str| {
        let passages: Vec<String> = (0..16)
            .map(|at| format!("In week {at} the {word}, at the harbour, kept ships from the cranes. A {other} came to see it.\n"))
            .collect();
        format!("The harbour\n\n{}", passages.join("\n"))
    };
    let left = write(folder.path(), "left.txt", &account("walkout", "mediator"));
    let right = write(folder.path(), "right.txt", &account("stoppage", "mediator"));
    let page = json(&["wording", &left, &right, "--copies"]);
    assert_eq!(
        keys_of(&page),
        [
            "topic",
            "left",
            "right",
            "only_left",
            "only_right",
            "naming",
            "words"
        ]
    );
    let walkout = page["only_left"]
        .as_array()
        .unwrap()
        .iter()
        .find(|only| only["term"] == "walkout")
        .unwrap();
    assert_eq!(
        (walkout["count"].as_u64(), walkout["documents"].as_u64()),
        (Some(16), Some(1))
    );
    assert!(walkout["p"].as_f64().unwrap() < 1e-4);
    assert_eq!(page["only_right"][0]["term"], "stoppage");
    let printed = run(&["wording", &left, &right, "--copies"]);
    let printed = String::from_utf8(printed.stdout).unwrap();
    assert!(
        printed.contains("walkout  16 : 0") && printed.contains("prove nothing"),
        "{printed}"
    );
    let csv = table(&["wording", &left, &right, "--copies"]);
    let head = "list,side,term,count,other_count,z,p,documents,naming";
    assert_eq!(csv[0], head);
    assert!(
        csv.iter()
            .any(|row| row.starts_with("only,left,walkout,16,0,,")),
        "{csv:?}"
    );
    let once = json(&["wording", &left, &right]);
    assert!(
        once["words"][0].as_u64() < page["words"][0].as_u64(),
        "passages that are near-identical count once"
    );
}

/// The lines of a command's CSV.
#[track_caller]
fn table(arguments: &[&str]) -> Vec<String> {
    let output = run(&[arguments, &["--csv"]].concat());
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let printed = String::from_utf8(output.stdout).unwrap();
    printed.lines().map(str::to_owned).collect()
}

const WIRE: &str = "The dam above the town gave way before dawn and 14 people were killed in the lower street, the regional \
office said. “Nobody had told us that the wall was cracked,” said Ada Field, who owns the mill.";
const OWN: &str = "The council says that 9 people were killed below the dam. “We shall rebuild every house that was lost,” said the mayor, \
Tom Reed.";

/// Two sources: one has the wire copy twice, the other once and an account of its own.
fn two_sources() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let document = |name: &str, source: &str, text: &str| {
        let head = format!("---\nsource: {source}\n---\n\n");
        write(folder.path(), name, &format!("{head}{text}\n"));
    };
    document("morning.md", "herald", WIRE);
    document("evening.md", "herald", WIRE);
    document("late.md", "post", &format!("{WIRE}\n\n{OWN}"));
    folder
}

#[test]
fn evidence_lays_two_sides_open_and_gives_each_place() {
    let folder = two_sources();
    let corpus = folder.path().to_str().unwrap();
    let asked = [
        "evidence",
        "source:herald",
        "source:post",
        "--corpus",
        corpus,
    ];
    let page = json(&asked);
    assert_eq!(
        keys_of(&page),
        [
            "topic", "left", "right", "counted", "figures", "ledger", "quotes", "speakers",
            "shared", "wording", "copies"
        ]
    );
    assert_eq!(page["left"], "source:herald");
    let bounds = |page: &serde_json::Value| -> Vec<(String, f64)> {
        let figures = page["figures"].as_array().unwrap();
        figures
            .iter()
            .map(|figure| {
                let side = figure["side"].as_str().unwrap().to_owned();
                (side, figure["low"].as_f64().unwrap())
            })
            .collect()
    };
    let on = |side: &str, low| (side.to_owned(), low);
    assert_eq!(
        bounds(&page),
        [on("left", 14.0), on("right", 14.0), on("right", 9.0)],
        "a text counts once in each side"
    );
    assert_eq!(page["counted"][0]["copies"], 1);
    assert_eq!(page["ledger"][0]["figures"].as_array().unwrap().len(), 3);
    assert_eq!(page["ledger"][0]["verdicts"][0]["left"], "source:herald");
    let speakers: Vec<&str> = page["quotes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|quote| quote["speaker"].as_str().unwrap_or_default())
        .collect();
    assert_eq!(speakers, ["Ada Field", "Ada Field", "Tom Reed"]);
    assert_eq!(page["shared"][0]["sources"].as_array().unwrap().len(), 2);
    assert_eq!(page["copies"][0]["left"].as_array().unwrap().len(), 2);
    assert_eq!(page["copies"][0]["right"][0], "late#1");

    let all = json(&[&asked[..], &["--copies"]].concat());
    assert_eq!(
        bounds(&all),
        [
            on("left", 14.0),
            on("left", 14.0),
            on("right", 14.0),
            on("right", 9.0)
        ]
    );
}

#[test]
fn the_ledger_says_on_each_figure_who_says_so_and_cuts_nothing() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "a.md",
        "---\ntitle: Flood in Orrin\ndate: 2024-05-12\n---\n\nSome say five hundred people were killed; some say six hundred. \
         The Provincial Emergency Management Headquarters of Upper Orrin Valley said that 550 people were killed.\n\n\
         In the flood of 1987 some 900 people were killed.\n\nAnna Field leads the count. Joan Marr spoke first.\n\n\
         She said that 560 people were killed.\n",
    );
    let corpus = folder.path().to_str().unwrap();
    let printed = run(&["figures", "--ledger", "--corpus", corpus]).stdout;
    let printed = String::from_utf8(printed).unwrap();
    let words: Vec<&str> = printed.split_whitespace().collect();
    let printed_words = words.join(" ");
    for expected in [
        "five hundred — according to Some",
        "six hundred — according to some",
        "550 — according to The Provincial Emergency Management Headquarters of Upper Orrin Valley · [a#1]",
        "people · killed · elsewhere: In the flood of 1987 a some 900 — who says so is not stated · In the flood of 1987 · [a#2]",
        "560 — according to Joan Marr (“She”)",
    ] {
        assert!(printed_words.contains(expected), "{expected} in {printed}");
    }
    let widest = printed.lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(80), "{printed}");
}

#[test]
fn evidence_is_printed_for_readers_and_for_spreadsheets() {
    let folder = two_sources();
    let corpus = folder.path().to_str().unwrap();
    let asked = [
        "evidence",
        "source:herald",
        "source:post",
        "--corpus",
        corpus,
    ];
    let printed = String::from_utf8(run(&asked).stdout).unwrap();
    for expected in [
        "source:herald: 1 passage, 1 copy left out (--copies)",
        "14 — ",
        "[late#2]",
        "Tom Reed (said): “We shall rebuild",
        "no word stands out",
        "prove nothing",
        "right late#1",
    ] {
        assert!(printed.contains(expected), "{expected} in {printed}");
    }
    let asked_why: Vec<&str> = asked.iter().copied().chain(["--why"]).collect();
    let why = String::from_utf8(run(&asked_why).stdout).unwrap();
    let (before, reasons) = why.split_once("WHY FIGURES ARE COMPARED, OR NOT").unwrap();
    assert_eq!(before.trim_end(), printed.trim_end());
    assert!(
        reasons.contains("compared: they can both hold"),
        "{reasons}"
    );
    let rows = table(&asked);
    let columns = rows[0].split(',').count();
    assert!(rows[0].starts_with("part,side,text,document,number,start,end,"));
    let parts = |part: &str| rows.iter().filter(|row| row.starts_with(part)).count();
    assert_eq!(
        (parts("figure,"), parts("quote,"), parts("copy,")),
        (3, 3, 2)
    );
    let figure = rows
        .iter()
        .find(|row| row.starts_with("figure,right,9,"))
        .unwrap();
    assert_eq!(figure.split(',').count(), columns, "{figure}");
    let nothing = run(&[
        "evidence",
        "source:herald",
        "source:post",
        "--topic",
        "no such",
        "--corpus",
        corpus,
    ]);
    assert_eq!(nothing.status.code(), Some(1));
    let both = run(&[&asked[..], &["--csv", "--json"]].concat());
    assert_eq!(both.status.code(), Some(2));
}

#[test]
fn figures_and_quotes_count_a_text_once_in_a_source_unless_all_copies_are_asked_for() {
    let folder = two_sources();
    let corpus = folder.path().to_str().unwrap();
    for command in ["figures", "quotes"] {
        let count = |more: &[&str]| {
            let found = json(&[&[command, "--corpus", corpus], more].concat());
            found.as_array().unwrap().len()
        };
        assert_eq!((count(&[]), count(&["--copies"])), (3, 4), "{command}");
    }
}

#[test]
fn wording_counts_the_corpus_own_rival_names() {
    let page = json(&["wording", "source:crimethinc", "source:iran-international"]);
    let rulers = page["naming"]
        .as_array()
        .unwrap()
        .iter()
        .find(|naming| naming["id"] == "rulers")
        .unwrap();
    assert_eq!(keys_of(rulers), ["id", "title", "terms"]);
    assert_eq!(keys_of(&rulers["terms"][0]), ["term", "left", "right"]);
    let used = |side: &str| {
        rulers["terms"]
            .as_array()
            .unwrap()
            .iter()
            .map(|term| term[side].as_u64().unwrap())
            .sum::<u64>()
    };
    assert!(used("left") > 10 && used("right") > 0);
}

#[test]
fn a_folder_is_named_with_or_without_the_option() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = folder.path().join("corpus");
    let corpus = corpus.to_str().unwrap();
    let one = write(folder.path(), "one.txt", ARTICLE);
    let other = ARTICLE
        .replace("twelve", "nine")
        .replace("Ada Field", "Ben Orr");
    let other = write(folder.path(), "other.txt", &other);
    assert!(run(&["import", &one, "--into", corpus]).status.success());

    let alone = run(&["compare", corpus]);
    let told = String::from_utf8_lossy(&alone.stderr).into_owned();
    assert_eq!(alone.status.code(), Some(2), "{told}");
    assert!(told.contains("1 document"), "{told}");

    assert!(run(&["import", &other, "--into", corpus]).status.success());
    for command in ["list", "topics", "coverage", "figures", "quotes"] {
        assert_eq!(
            json(&[command, corpus]),
            json(&[command, "--corpus", corpus]),
            "{command}"
        );
    }
    assert!(run(&["check", "--corpus", corpus]).status.success());
    let ids: Vec<String> = json(&["list", corpus])
        .as_array()
        .unwrap()
        .iter()
        .map(|document| document["id"].as_str().unwrap().to_owned())
        .collect();
    for command in ["compare", "wording", "evidence"] {
        assert_eq!(
            json(&[command, corpus]),
            json(&[command, &ids[0], &ids[1], "--corpus", corpus]),
            "{command} takes the two documents of a folder"
        );
    }
    let twice = run(&["list", corpus, "--corpus", corpus]);
    assert_eq!(twice.status.code(), Some(2));
    let alone = run(&["compare", &one]);
    assert_eq!(alone.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&alone.stderr).contains("nothing to stand beside"));
    assert_eq!(run(&["check"]).status.code(), Some(2));
}

#[test]
fn config_prints_a_page_that_it_finds_no_mistake_in_and_tells_where_others_have_one() {
    let folder = tempfile::tempdir().unwrap();
    let page = run(&["config"]);
    assert!(page.status.success());
    let file = folder.path().join("config.toml");
    let with_config = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_diptych"))
            .args(arguments)
            .env("DIPTYCH_CONFIG", &file)
            .output()
            .unwrap()
    };
    let none = with_config(&["config", "--check"]);
    assert!(none.status.success());
    assert!(String::from_utf8_lossy(&none.stdout).contains("every default holds"));
    std::fs::write(&file, &page.stdout).unwrap();
    assert!(with_config(&["config", "--check"]).status.success());
    let where_it_is = with_config(&["config", "--path"]).stdout;
    assert_eq!(
        String::from_utf8_lossy(&where_it_is).trim(),
        file.to_str().unwrap()
    );
    std::fs::write(&file, "[text]\nwidth = 3\n\u{1b}[2J = 1\n").unwrap();
    let wrong = with_config(&["config", "--check"]);
    assert_eq!(wrong.status.code(), Some(1));
    let told = String::from_utf8_lossy(&wrong.stdout).into_owned();
    assert!(told.contains(":2: `width` cannot be that"), "{told}");
    assert!(!told.contains('\u{1b}'), "{told}");
}

#[test]
fn search_has_the_keys_that_scripts_rely_on() {
    let found = json(&["search", "shutdown"]);
    let keys = [
        "document", "number", "snippet", "score", "source", "title", "date", "voice", "marks",
    ];
    assert_eq!(keys_of(&found[0]), keys);
    let scores: Vec<f64> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["score"].as_f64().unwrap())
        .collect();
    assert!(
        scores.len() > 3 && scores.is_sorted_by(|a, b| a >= b),
        "{scores:?}"
    );
    let (start, end) = (&found[0]["marks"][0][0], &found[0]["marks"][0][1]);
    let span = start.as_u64().unwrap() as usize..end.as_u64().unwrap() as usize;
    let marked = found[0]["snippet"].as_str().unwrap().get(span).unwrap();
    assert!(marked.to_lowercase().starts_with("shutdown"), "{marked}");
}

#[test]
fn search_filters_by_options_as_by_the_query() {
    let by_options = json(&[
        "search", "internet", "--source", "atlantic", "--since", "2026-01",
    ]);
    let by_query = json(&["search", "internet source:atlantic since:2026-01"]);
    assert_eq!(by_options, by_query);
    assert!(
        by_options
            .as_array()
            .unwrap()
            .iter()
            .all(|row| row["source"] == "the-atlantic")
    );
    let within = json(&[
        "search",
        "internet",
        "--in",
        "source:crimethinc",
        "--limit",
        "2",
    ]);
    assert_eq!(within.as_array().unwrap().len(), 2);
    assert!(
        within
            .as_array()
            .unwrap()
            .iter()
            .all(|row| row["source"] == "crimethinc")
    );
}

#[test]
fn a_query_that_makes_no_sense_is_wrong_usage_and_says_where() {
    let told = |query: &str| {
        let output = run(&["search", query]);
        assert_eq!(output.status.code(), Some(2), "{query}");
        assert!(output.stdout.is_empty());
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(told("a \"b").contains("not closed"));
    assert!(told("sorce:x").contains("did you mean `source:`?"));
    assert!(told("(((").contains("character"));
    let output = run(&["search", "x", "--since", "soon"]);
    assert_eq!(output.status.code(), Some(2));
    let output = run(&["search", "x", "--source", "nobody"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("there are crimethinc"));
}

#[test]
fn an_empty_search_says_what_to_try() {
    let output = run(&["search", "shutdwn"]);
    assert!(output.status.success() && output.stdout.is_empty());
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.contains("240 passages of 13 documents") || told.contains("nothing found in"),
        "{told}"
    );
    assert!(told.contains("there are: shutdown"), "{told}");
    assert_eq!(json(&["search", "shutdwn"]), serde_json::json!([]));
}

#[test]
fn search_in_a_folder_follows_its_files_and_commands_no_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().to_str().unwrap();
    write(
        folder.path(),
        "a.md",
        "---\nsource: S\n---\nThe crane \u{1b}[2J\u{202e}fell \u{9b}31m down.\n",
    );
    let found = |query: &str| {
        json(&["search", query, "--corpus", place])
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!(found("crane"), 1);
    for form in [&[][..], &["--csv"], &["--json"]] {
        let output = run(&[&["search", "crane", "--corpus", place], form].concat());
        let shown = String::from_utf8(output.stdout).unwrap();
        assert!(shown.contains("crane"), "{shown}");
        assert!(
            !shown.contains(['\u{1b}', '\u{9b}', '\u{202e}']),
            "{shown:?}"
        );
    }
    write(folder.path(), "b.md", "A second crane.\n");
    assert_eq!(found("crane"), 2);
    write(folder.path(), "b.md", "A lighthouse, edited.\n");
    assert_eq!(found("crane"), 1);
    std::fs::remove_file(folder.path().join("a.md")).unwrap();
    assert_eq!(found("crane"), 0);
    assert_eq!(found("lighthouse"), 1);
}

#[test]
fn search_works_without_a_home_or_a_cache_that_can_be_written() {
    let folder = tempfile::tempdir().unwrap();
    let blocked = write(folder.path(), "a.md", "The crane fell.\n");
    let place = folder.path().to_str().unwrap();
    let search = |cache: Option<&str>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_diptych"));
        command.args(["search", "crane", "--corpus", place]);
        command
            .env_remove("DIPTYCH_CACHE_HOME")
            .env_remove("HOME")
            .env_remove("XDG_CACHE_HOME");
        if let Some(cache) = cache {
            command.env("DIPTYCH_CACHE_HOME", cache);
        } else {
            command.env("XDG_CACHE_HOME", &blocked);
        }
        let output = command.output().unwrap();
        assert!(output.status.success(), "{output:?}");
        assert!(String::from_utf8_lossy(&output.stdout).contains("crane"));
        String::from_utf8(output.stderr).unwrap()
    };
    let told = search(Some(&format!("{blocked}/cache")));
    assert!(
        told.contains("cannot write the index") && told.contains("searching without"),
        "{told}"
    );
    search(None);
}
