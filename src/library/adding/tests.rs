//! Documents are added once, whole, and never over another.

use super::*;
use crate::corpus::{Meta, PassageDraft};

fn document(id: &str, title: &str, hash: &str) -> Document {
    let meta = Meta {
        title: title.to_owned(),
        source: SourceId::from("s"),
        sha256: Some(hash.to_owned()),
        ..Meta::default()
    };
    let mut document = Document::new(DocumentId::from(id), meta);
    document.push(PassageDraft {
        text: "Text.".to_owned(),
        ..PassageDraft::default()
    });
    document
}

fn source() -> Source {
    Source {
        id: SourceId::from("s"),
        title: "S".to_owned(),
        about: String::new(),
    }
}

fn added(id: &str) -> Outcome {
    Outcome::Added(DocumentId::from(id))
}

fn there(id: &str) -> Outcome {
    Outcome::AlreadyThere(DocumentId::from(id))
}

#[test]
fn a_new_folder_becomes_a_corpus_that_opens_without_problems() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("new/my corpus");
    let outcomes = add(&folder, &[document("sub/a", "A", "1")], &[source()]).unwrap();
    assert_eq!(outcomes, [added("sub/a")]);
    let corpus = folder::open(&folder).unwrap();
    assert_eq!(corpus.problems, []);
    assert_eq!(corpus.title, "my corpus");
    assert_eq!(corpus.sources, [source()]);
    assert_eq!(corpus.documents, [document("sub/a", "A", "1")]);
    let names: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(names.len(), 2, "no drafts are left: {names:?}");
}

#[test]
fn the_same_file_is_recognised_by_its_hash() {
    let folder = tempfile::tempdir().unwrap();
    let file = [document("a", "A", "abc"), document("b", "B", "abc")];
    assert_eq!(
        add(folder.path(), &file, &[source()]).unwrap(),
        [added("a"), added("b")]
    );
    assert_eq!(
        add(folder.path(), &file, &[source()]).unwrap(),
        [there("a"), there("b")]
    );
    // A title corrected by hand does not make it another document.
    let place = folder.path().join("b.md");
    let text = fs::read_to_string(&place).unwrap();
    fs::write(&place, text.replace("\"B\"", "\"Corrected\"")).unwrap();
    assert_eq!(
        add(folder.path(), &file, &[source()]).unwrap(),
        [there("a"), there("b")]
    );
    // A run that was cut short is completed.
    fs::remove_file(folder.path().join("b.md")).unwrap();
    assert_eq!(
        add(folder.path(), &file, &[]).unwrap(),
        [there("a"), added("b")]
    );
    // Renamed and retitled by hand, it is still the same file.
    let single = [document("c", "C", "ABCD")];
    add(folder.path(), &single, &[]).unwrap();
    let text = fs::read_to_string(folder.path().join("c.md"))
        .unwrap()
        .replace("\"C\"", "Better");
    fs::write(folder.path().join("renamed.md"), text).unwrap();
    fs::remove_file(folder.path().join("c.md")).unwrap();
    assert_eq!(
        add(folder.path(), &single, &[]).unwrap(),
        [there("renamed")]
    );
    let mut intake = Intake::open(folder.path()).unwrap();
    assert_eq!(
        intake.add(&[document("d", "D", "9")], &[]).unwrap(),
        [added("d")]
    );
    assert_eq!(
        intake.add(&[document("d", "D", "9")], &[]).unwrap(),
        [there("d")]
    );
}

#[test]
fn two_documents_of_one_file_with_one_title_are_both_added() {
    let folder = tempfile::tempdir().unwrap();
    let file = [document("a", "A", "1"), document("a", "A", "1")];
    assert_eq!(
        add(folder.path(), &file, &[]).unwrap(),
        [added("a"), added("a-2")]
    );
    assert_eq!(
        add(folder.path(), &file, &[]).unwrap(),
        [there("a"), there("a-2")]
    );
}

#[test]
fn no_file_is_written_over() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("A.md"), "mine").unwrap();
    fs::write(folder.path().join("a-2.md"), "mine").unwrap();
    let outcomes = add(folder.path(), &[document("a", "A", "1")], &[]).unwrap();
    assert_eq!(outcomes, [added("a-3")]);
    assert_eq!(
        fs::read_to_string(folder.path().join("A.md")).unwrap(),
        "mine"
    );
    // A file that appears after the folder was looked through.
    let mut intake = Intake::open(folder.path()).unwrap();
    fs::write(folder.path().join("b.md"), "mine").unwrap();
    assert_eq!(
        intake.add(&[document("b", "B", "2")], &[]).unwrap(),
        [added("b-2")]
    );
    assert_eq!(
        fs::read_to_string(folder.path().join("b.md")).unwrap(),
        "mine"
    );
}

#[test]
fn the_manifest_keeps_what_the_reader_wrote() {
    let folder = tempfile::tempdir().unwrap();
    let own = "# mine\ntitle = \"T\" # shown\n\n[[source]]\nid = \"x\"\n\n# topics\n[[topic]]\nid = \"t\"\ncues = [\"c\"]\n";
    let place = folder.path().join(manifest::FILE);
    fs::write(&place, own).unwrap();
    let unused = Source {
        id: SourceId::from("unused"),
        ..source()
    };
    add(
        folder.path(),
        &[document("a", "A", "1")],
        &[source(), unused],
    )
    .unwrap();
    let text = fs::read_to_string(&place).unwrap();
    assert!(text.contains("# mine\ntitle = \"T\" # shown\n"));
    assert!(text.contains("\n# topics\n[[topic]]"));
    assert!(text.contains("id = \"s\"") && !text.contains("unused"));
    assert_eq!(folder::open(folder.path()).unwrap().problems, []);
}

#[test]
fn a_proposed_id_cannot_lead_out_of_the_folder() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("corpus");
    let outcomes = add(&folder, &[document("../../out", "A", "1")], &[]).unwrap();
    assert_eq!(outcomes, [added("out")]);
    assert!(folder.join("out.md").exists());
}

#[cfg(unix)]
#[test]
fn a_link_inside_the_folder_cannot_lead_out_of_it() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("corpus");
    fs::create_dir_all(place.path().join("outside")).unwrap();
    fs::create_dir_all(&folder).unwrap();
    std::os::unix::fs::symlink(place.path().join("outside"), folder.join("sub")).unwrap();
    let error = add(&folder, &[document("sub/a", "A", "1")], &[]).unwrap_err();
    assert!(matches!(error, AddError::Outside { .. }), "{error}");
    assert!(!place.path().join("outside/a.md").exists());
}

#[test]
fn a_folder_that_is_a_file_is_an_error_that_names_it() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("file");
    fs::write(&file, "x").unwrap();
    let error = add(&file, &[], &[]).unwrap_err();
    assert!(error.to_string().contains("file"), "{error}");
}

#[test]
fn an_entry_of_a_feed_is_known_again_in_another_file() {
    let place = tempfile::tempdir().unwrap();
    let entry = |title: &str, hash: &str, entry: &str| {
        let mut document = document(title, title, hash);
        let entry = serde_json::Value::from(entry);
        document.meta.extra.insert(ENTRY_KEY.to_owned(), entry);
        document
    };
    let first = [entry("a", "1", "a@x"), entry("daily", "1", "b@x")];
    assert_eq!(
        add(place.path(), &first, &[source()]).unwrap(),
        [added("a"), added("daily")]
    );
    // The feed has moved on; two of its entries have one title, and one has a new one.
    let second = [
        entry("daily", "2", "c@x"),
        entry("daily", "2", "b@x"),
        entry("a, corrected", "2", "a@x"),
    ];
    let outcomes = [added("daily-2"), there("daily"), there("a")];
    assert_eq!(add(place.path(), &second, &[source()]).unwrap(), outcomes);
    // Short ids may be those of another feed.
    let mut other = entry("b", "3", "1");
    assert_eq!(
        add(place.path(), &[other.clone()], &[]).unwrap(),
        [added("b")]
    );
    other.meta.source = SourceId::from("t");
    assert_eq!(add(place.path(), &[other], &[]).unwrap(), [added("b-2")]);
}

#[test]
fn a_source_that_a_killed_import_did_not_declare_is_declared_by_the_next() {
    let place = tempfile::tempdir().unwrap();
    let documents = [document("a", "A", "1")];
    add(place.path(), &documents, &[]).unwrap();
    assert_eq!(
        add(place.path(), &documents, &[source()]).unwrap(),
        [there("a")]
    );
    let manifest = fs::read_to_string(place.path().join(manifest::FILE)).unwrap();
    assert!(manifest.contains("id = \"s\""), "{manifest}");
}

#[test]
fn a_document_that_no_corpus_opens_is_not_written() {
    let place = tempfile::tempdir().unwrap();
    let mut long = document("long", "Long", "1");
    for _ in 0..65 {
        long.push(PassageDraft {
            text: "x".repeat(1 << 20),
            ..PassageDraft::default()
        });
    }
    let refused = add(place.path(), &[long], &[source()]);
    assert!(matches!(refused, Err(AddError::TooLarge { .. })));
    assert!(!place.path().join("long.md").exists());
}

#[cfg(unix)]
#[test]
fn drafts_of_programs_that_were_killed_are_taken_away() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("s");
    fs::create_dir(&folder).unwrap();
    // No process has such a number, and this one runs.
    let gone = folder.join(".diptych-2147483646-0.part");
    let ours = folder.join(format!(".diptych-{}-7.part", std::process::id()));
    for draft in [&gone, &ours] {
        fs::write(draft, "half").unwrap();
    }
    add(place.path(), &[document("a", "A", "1")], &[]).unwrap();
    assert!(!gone.exists() && ours.exists());
}

#[test]
fn a_page_is_known_again_by_its_words_and_kept_beside_its_other_versions() {
    let folder = tempfile::tempdir().unwrap();
    let page = |id: &str, hash: &str, text: &str| {
        let mut page = document(id, "The page", hash);
        page.meta.url = Some("https://example.org/page".to_owned());
        page.push(PassageDraft {
            text: text.to_owned(),
            ..PassageDraft::default()
        });
        page
    };
    let add = |page: Document| add(folder.path(), &[page], &[source()]).unwrap().remove(0);
    let version = |id: &str, of: &str| Outcome::AnotherVersion {
        id: DocumentId::from(id),
        of: DocumentId::from(of),
    };
    assert_eq!(add(page("a", "1", "Nine were hurt.")), added("a"));
    // Another advertisement: another file, the same words.
    assert_eq!(add(page("a", "2", "Nine were hurt.")), there("a"));
    assert_eq!(add(page("a", "3", "Ten were hurt.")), version("a-2", "a"));
    assert_eq!(add(page("a", "4", "Ten were hurt.")), there("a-2"));
    let mut elsewhere = page("b", "5", "Ten were hurt.");
    elsewhere.meta.url = Some("https://example.org/other".to_owned());
    assert_eq!(add(elsewhere), added("b"));
    // Another headline is another version too.
    let mut renamed = page("a", "6", "Ten were hurt.");
    renamed.meta.title = "The page, later".to_owned();
    assert_eq!(add(renamed), version("a-3", "a-2"));
    // Of several articles of one page, each is itself.
    let mut file = [page("c", "7", "One."), page("c", "7", "Two.")];
    for (page, title) in file.iter_mut().zip(["First", "Second"]) {
        page.meta.title = title.to_owned();
    }
    assert_eq!(
        super::add(folder.path(), &file, &[source()]).unwrap(),
        [added("c"), added("c-2")]
    );
}
