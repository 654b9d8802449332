//! A corpus that is opened by its index against the same one read whole.

use super::*;
use crate::analysis;
use crate::analysis::watch::Watch;
use crate::library::index::home::Home;
use std::path::PathBuf;

const MANIFEST: &str = "language = \"en\"\n[[source]]\nid = \"a\"\ntitle = \"Outlet A\"\n[[topic]]\nid = \"t\"\ncues = [\"crane\"]\n";

struct Case {
    _folder: tempfile::TempDir,
    corpus: PathBuf,
    catalogue: Catalogue,
}

/// As [`open`], whatever the size.
fn open_small(case: &Case) -> OnDemand {
    let standing = Standing::new(case.catalogue.to_bytes()).unwrap();
    let opened = Opened::of(&case.corpus, standing).unwrap();
    opened.finish(&case.corpus)
}

fn case() -> Case {
    let folder = tempfile::tempdir().unwrap();
    let corpus = folder.path().join("corpus");
    fs::create_dir_all(corpus.join("b")).unwrap();
    fs::write(corpus.join("corpus.toml"), MANIFEST).unwrap();
    let texts = [
        (
            "a.md",
            "---\nsource: a\ntitle: First\nkey: kept\n---\n# Head\n\nA crane fell.\n\n**Ann:** The crane again.\n",
        ),
        (
            "b/c.md",
            "---\nsource: other\ndate: 2026-01\n---\nNothing.\n",
        ),
        ("b-c.md", "---\nsource: a\n---\nA crane, and a crane.\n"),
    ];
    for (path, text) in texts {
        fs::write(corpus.join(path), text).unwrap();
    }
    let home = Home::at(&folder.path().join("cache"));
    let (index, _) = updating::update_at(&home, &corpus, false, Watch::NOBODY).unwrap();
    Case {
        catalogue: index.catalogue().as_ref().clone(),
        corpus,
        _folder: folder,
    }
}

#[test]
fn a_corpus_read_on_demand_is_the_corpus_that_is_read_whole() {
    let case = case();
    let known = open_small(&case);
    let whole = folder::open(&case.corpus).unwrap();
    let (_, tagging) = analysis::topics_of(&whole).unwrap();
    assert!(!known.is_behind);
    assert_eq!(known.corpus.title, whole.title);
    assert_eq!(known.corpus.topics, whole.topics);
    assert_eq!(known.corpus.sources, whole.sources);
    assert_eq!(known.corpus.documents.len(), 3);
    for (at, (lazy, read)) in known
        .corpus
        .documents
        .iter()
        .zip(&whole.documents)
        .enumerate()
    {
        assert_eq!(lazy.id, read.id);
        // What is told without reading comes first.
        assert_eq!(lazy.len(), read.len());
        assert_eq!(lazy.bytes(), read.bytes());
        assert_eq!(lazy.prose_count(), read.prose_count());
        assert_eq!(lazy.voices(), read.voices());
        assert_eq!(lazy.voice_counts(), read.voice_counts());
        assert_eq!(known.tagging.count(at, 0), tagging.count(at, 0));
        assert_eq!(known.tagging.places(at, 0), tagging.places(at, 0));
        assert_eq!(known.tagging.tagged_count(at), tagging.tagged_count(at));
        assert_eq!(
            (&lazy.meta.title, &lazy.meta.source, lazy.meta.date),
            (&read.meta.title, &read.meta.source, read.meta.date)
        );
        assert_eq!(lazy.text(), read.text());
        assert_eq!(lazy.stated().extra, read.meta.extra);
        let tags = |tagging: &Tagging| {
            let of = tagging.on_topic(at, 0);
            of.map(|(passage, tag)| (passage, tag.cues.clone()))
                .collect::<Vec<_>>()
        };
        assert_eq!(tags(&known.tagging), tags(&tagging));
    }
}

#[test]
fn a_text_is_read_as_it_is_when_it_is_shown() {
    let case = case();
    let known = open_small(&case);
    fs::write(case.corpus.join("b/c.md"), "One.\n\nTwo.\n").unwrap();
    fs::remove_file(case.corpus.join("a.md")).unwrap();
    let of = |id: &str| {
        known
            .corpus
            .documents
            .iter()
            .find(|document| document.id.as_str() == id)
            .unwrap()
    };
    assert_eq!(of("b/c").passages().len(), 2);
    assert_eq!(of("b/c").len(), 2, "and counted as it was read");
    assert!(
        of("a").text().contains("cannot be read now (a.md: "),
        "{}",
        of("a").text()
    );
}

#[test]
fn edited_topics_are_told() {
    let case = case();
    fs::write(
        case.corpus.join("corpus.toml"),
        MANIFEST.replace("crane", "x"),
    )
    .unwrap();
    let known = open_small(&case);
    assert!(known.is_behind);
    assert_eq!(
        known.corpus.topics[0].cues,
        ["crane"],
        "as they were indexed"
    );
}

#[cfg(unix)]
#[test]
fn a_file_that_became_a_link_out_of_the_folder_is_not_read() {
    let case = case();
    let outside = case.corpus.with_file_name("secret");
    fs::write(&outside, "A secret.").unwrap();
    fs::remove_file(case.corpus.join("a.md")).unwrap();
    std::os::unix::fs::symlink(&outside, case.corpus.join("a.md")).unwrap();
    let known = open_small(&case);
    assert!(
        known
            .corpus
            .documents
            .iter()
            .all(|document| !document.text().contains("secret"))
    );
}
