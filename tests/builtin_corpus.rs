//! The built-in corpus is sound: it has no problems, and covers what it promises.

use diptych::corpus::{Kind, builtin, markdown};

const TOPICS: [&str; 10] = [
    "internet-shutdown",
    "opposition",
    "foreign-intervention",
    "death-toll",
    "state-narrative",
    "russia-china",
    "minorities",
    "organising",
    "what-next",
    "palestine",
];

#[test]
fn it_has_no_problems() {
    assert_eq!(builtin::corpus().problems, []);
}

#[test]
fn it_has_at_least_ten_documents_with_text_and_a_named_source() {
    let corpus = builtin::corpus();
    assert!(
        corpus.documents.len() >= 10,
        "{} documents",
        corpus.documents.len()
    );
    for document in &corpus.documents {
        assert!(
            document
                .passages()
                .any(|passage| passage.kind() == Kind::Paragraph),
            "{}",
            document.id
        );
        assert!(!document.meta.title.is_empty(), "{}", document.id);
        let source = &document.meta.source;
        assert!(
            corpus.sources.iter().any(|known| known.id == *source),
            "{}: {source}",
            document.id
        );
    }
}

#[test]
fn it_has_its_topics_with_cues_and_distinct_keys() {
    let corpus = builtin::corpus();
    for wanted in TOPICS {
        let topic = corpus
            .topics
            .iter()
            .find(|topic| topic.id.as_str() == wanted);
        assert!(
            topic.is_some_and(|topic| !topic.cues.is_empty()),
            "{wanted}"
        );
    }
    assert_eq!(
        corpus
            .topics
            .iter()
            .filter(|topic| topic.key.is_some())
            .count(),
        10
    );
}

#[test]
fn its_documents_survive_being_written() {
    for document in builtin::corpus().documents {
        let (again, problems) =
            markdown::read(document.id.clone(), "x.md", &markdown::write(&document));
        assert_eq!(problems, []);
        assert_eq!(again, document);
    }
}
