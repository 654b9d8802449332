//! Markdown files of others become documents like any other.

#![allow(
    clippy::unwrap_used,
    reason = "a test stops where its material is not what it says"
)]

use diptych::corpus::{Document, Kind, markdown};
use diptych::import::{Imported, Input, import};

fn read(name: &str, text: &str) -> Imported {
    import(&Input {
        name,
        bytes: text.as_bytes(),
        copied: None,
    })
    .unwrap()
}

fn texts(document: &Document) -> Vec<(Kind, &str)> {
    document
        .passages()
        .map(|passage| (passage.kind(), passage.text()))
        .collect()
}

#[test]
fn a_clipped_page_gets_its_metadata() {
    let imported = read(
        "Clippings/flood.md",
        "---\ntitle: The river rose\nauthor:\n  - \"[[Ann Example]]\"\nsource: https://www.valley.example/2026/01/12/flood\npublished: 2026-01-12\ntags:\n  - flood\n---\n# The river rose\n\nIt rained for a week.\n\n## What is closed\n\nThe *old* bridge.\n",
    );
    let document = &imported.documents[0];
    assert_eq!(document.meta.title, "The river rose");
    assert_eq!(document.meta.authors, ["Ann Example"]);
    assert_eq!(document.meta.source.as_str(), "valley.example");
    assert_eq!(
        document.meta.url.as_deref(),
        Some("https://www.valley.example/2026/01/12/flood")
    );
    assert_eq!(document.meta.date.unwrap().to_string(), "2026-01-12");
    assert!(document.meta.extra.contains_key("tags"));
    assert_eq!(document.id.as_str(), "the-river-rose");
    let expected = [
        (Kind::Paragraph, "It rained for a week."),
        (Kind::Heading(2), "What is closed"),
        (Kind::Paragraph, "The old bridge."),
    ];
    assert_eq!(texts(document), expected);
}

#[test]
fn toml_front_matter_is_read() {
    let imported = read(
        "post.md",
        "+++\ntitle = \"The river rose\"\ndate = 2026-01-12\n+++\nIt rained for a week.\n",
    );
    let document = &imported.documents[0];
    assert_eq!(
        (document.meta.title.as_str(), document.len()),
        ("The river rose", 1)
    );
    assert_eq!(document.meta.date.unwrap().to_string(), "2026-01-12");
}

#[test]
fn a_heading_is_the_title_where_no_other_is_stated() {
    let imported = read(
        "notes.md",
        "# The river rose\n\nIt rained for a week.\n\n## And then\n\nIt stopped.\n",
    );
    let document = &imported.documents[0];
    assert_eq!(document.meta.title, "The river rose");
    assert_eq!(document.passage(0).unwrap().text(), "It rained for a week.");
}

#[test]
fn what_is_imported_survives_being_written() {
    let text = "Two mayors on one river\n\nAnn: Who owns the water?\n\nBo: Nobody does, and that is the trouble.\n\nAnn: And the dam?\n\nBo: The same.\n\nPhoto: Bo on the dam, 2020\n\ncdn.valley.example/2026/01/12/dam.jpg\n\n• an entry\n\n• another\n";
    let imported = read("mayors.txt", text);
    let document = &imported.documents[0];
    let (again, problems) =
        markdown::read(document.id.clone(), "mayors.md", &markdown::write(document));
    assert_eq!(problems, []);
    assert_eq!(&again, document);
}
