//! Markdown files of others become documents like any other.

#![allow(
    clippy::unwrap_used,
    reason = "a test stops where its material is not what it says"
)]

use diptych::corpus::{Document, Kind, markdown};
use diptych::import::{Imported, Input, NoticeKind, import};

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

#[test]
fn remarks_are_kept_in_the_front_matter_and_survive_being_written() {
    let imported = read(
        "mayors.txt",
        "No title here, only a sentence, and one that ends.\n\nAnd one more of them, for it to be a text.\n",
    );
    let document = &imported.documents[0];
    let remarks = document.meta.extra["remarks"].as_array().unwrap();
    assert!(
        remarks
            .iter()
            .any(|remark| remark.as_str().unwrap().contains("no title is stated")),
        "{remarks:?}"
    );
    let written = markdown::write(document);
    let (again, problems) = markdown::read(document.id.clone(), "mayors.md", &written);
    assert_eq!(problems, []);
    assert_eq!(&again, document);
    // Imported once more, it says nothing twice.
    let twice = read("mayors.md", &written);
    assert_eq!(
        twice.documents[0].meta.extra["remarks"],
        document.meta.extra["remarks"]
    );
}

#[test]
fn a_long_passage_of_a_markdown_file_is_cut_with_its_marks() {
    let text = format!(
        "# A title\n\n**{}** and *the end*.\n",
        "It rose. ".repeat(4000).trim()
    );
    let imported = read("long.md", &text);
    let document = &imported.documents[0];
    assert!(document.len() > 2);
    assert!(
        document
            .passages()
            .all(|passage| passage.text().len() <= 16 << 10)
    );
    assert!(
        document
            .passages()
            .all(|passage| !passage.marks().is_empty())
    );
    let (again, _) = markdown::read(document.id.clone(), "long.md", &markdown::write(document));
    assert_eq!(&again, document);
}

/// What the notices say became of lines: line, text and key.
fn used(imported: &Imported) -> Vec<(u32, &str, &str)> {
    let used = imported
        .notices
        .iter()
        .filter_map(|notice| match notice.kind {
            NoticeKind::Used(key) => Some((notice.line, notice.text.as_str(), key)),
            NoticeKind::LeftOut(_) | NoticeKind::Remark(_) => None,
        });
    used.collect()
}

const BODY: &str = "The pier at Orrin has stood since the first crossing, and nobody has ever asked who paid for it.";

#[test]
fn emphasised_lines_under_the_title_state_author_outlet_and_date() {
    for (head, author, source, date) in [
        (
            "*By Ada Field*\n\n*The Arden Review, November 2035*",
            "Ada Field",
            "arden-review",
            "2035-11",
        ),
        (
            "_By Ada Field_\n\n_Port Essel Review, 12 March 2031_",
            "Ada Field",
            "port-essel-review",
            "2031-03-12",
        ),
        (
            "**By Ada Field**\n*Orrin Courier, 3 May 2031*",
            "Ada Field",
            "orrin-courier",
            "2031-05-03",
        ),
    ] {
        let text = format!("# What the pier was told\n\n{head}\n\n{BODY}\n");
        let imported = read("essay.md", &text);
        let document = &imported.documents[0];
        assert_eq!(document.meta.authors, [author], "{head}");
        assert_eq!(document.meta.source.as_str(), source, "{head}");
        assert_eq!(document.meta.date.unwrap().to_string(), date, "{head}");
        assert_eq!(texts(document), [(Kind::Paragraph, BODY)]);
        let told: Vec<&str> = used(&imported).iter().map(|(_, text, _)| *text).collect();
        let lines: Vec<&str> = head.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(told, lines);
        assert_eq!(used(&imported)[0].0, 3);
    }
}

#[test]
fn what_the_front_matter_states_and_what_is_no_statement_stays() {
    let stated = format!(
        "---\ntitle: What the pier was told\nauthor: Bela Orne\n---\n\n*By Ada Field*\n\n{BODY}\n"
    );
    let document = &read("essay.md", &stated).documents[0];
    assert_eq!(document.meta.authors, ["Bela Orne"]);
    assert_eq!(document.len(), 2);
    let quoted = format!(
        "# What the pier was told\n\n*By the sea we lay down, by the sea we rose.*\n\n*A winter in three parts*\n\n{BODY}\n"
    );
    let imported = read("essay.md", &quoted);
    assert_eq!(imported.documents[0].len(), 3);
    assert_eq!(used(&imported), []);
    // A file that was imported once has had its lines read.
    let again = markdown::write(&imported.documents[0]);
    assert_eq!(read("essay.md", &again).documents[0].len(), 3);
}

#[test]
fn the_publisher_may_stand_under_other_keys() {
    let imported = read(
        "a.md",
        &format!("---\ntitle: What the pier was told\npublisher: Arden Review\n---\n\n{BODY}\n"),
    );
    assert_eq!(imported.documents[0].meta.source.as_str(), "arden-review");
}
