//! Reports by what they must hold.

use super::comparison::{Given, Place, Subject, report};
use super::*;
use crate::analysis::alignment::{Decisions, compare};
use crate::analysis::watch::Watch;
use crate::corpus::citing::Cited;
use crate::corpus::note::{Note, Relation};
use crate::corpus::{Document, Meta, PassageDraft};

/// What means something in HTML, Markdown, a spreadsheet or a terminal.
const HOSTILE: [&str; 9] = [
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "</td></tr></table>\"' onmouseover='x",
    "=HYPERLINK(\"http://x\",\"y\")",
    "| a | b |\n| --- | --- |",
    "# heading\n\n[x](javascript:alert(1)) ![p](http://x/y.png)",
    "\u{1b}]52;c;eA==\u{7}\u{9b}2J",
    "right \u{202e}tfel\u{2066} isolated",
    "&lt;b&gt; &#60; <!-- x --> ]]>",
    "سلام دنیا، این یک متن است.",
];

fn document(id: &str, title: &str, texts: &[&str]) -> Document {
    let meta = Meta {
        title: title.into(),
        source: id.into(),
        language: "en".into(),
        url: Some(format!("https://{id}.example/a\"><script>")),
        ..Meta::default()
    };
    let mut document = Document::new(format!("{id}/Text ü").into(), meta);
    for text in texts {
        document.push(PassageDraft {
            text: (*text).into(),
            voice: Some("<b>Ada</b>".into()),
            ..PassageDraft::default()
        });
    }
    document
}

fn corpus() -> Corpus {
    Corpus {
        language: "en".into(),
        documents: vec![
            document("one", "<i>One</i>", &HOSTILE),
            document(
                "two",
                "Two & a half",
                &[
                    "The ministry of Lurimbe counted 412 houses under water.",
                    "Nothing else.",
                ],
            ),
        ],
        ..Corpus::default()
    }
}

fn id(document: usize, passage: usize) -> PassageId {
    PassageId { document, passage }
}

fn hostile_report() -> Report {
    let corpus = corpus();
    let given: Vec<Given<'_>> = (0..HOSTILE.len())
        .map(|at| Given {
            places: vec![
                Place::Here(id(0, at)),
                match at {
                    0 => Place::Here(id(1, 0)),
                    1 => Place::Elsewhere(id(1, 0)),
                    2 => Place::Empty,
                    _ => Place::Nothing,
                },
            ],
            links: Vec::new(),
        })
        .collect();
    let subject = Subject {
        corpus: &corpus,
        topic: Some("<u>Water</u>"),
        sides: vec!["<One>".into(), "Two | 2".into()],
        notes: &[],
    };
    let mut report = report(&subject, &given);
    report.tables.push(Table {
        title: "A <table>".into(),
        head: vec!["a|b".into(), "c".into()],
        rows: vec![vec![HOSTILE[0].into(), HOSTILE[3].into()]],
    });
    report
}

#[test]
fn a_page_has_no_element_that_a_source_wrote_and_asks_for_nothing() {
    let page = write(&hostile_report(), Format::Html);
    let body = page.split_once("</head>").unwrap().1;
    for tag in ["<script", "<img", "<i>", "<u>", "onmouseover='", "<!-- x"] {
        assert!(!body.contains(tag), "{tag}");
    }
    assert!(body.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(body.contains("&amp;lt;b&amp;gt;"));
    // Nothing in it loads: no source of an image, sheet or frame, and a policy that forbids all.
    let tags = page.split('<').skip(1);
    let tags: Vec<&str> = tags.filter_map(|rest| rest.split('>').next()).collect();
    let tags = format!("<{}>", tags.join("><"));
    for asks in [
        " src=", "<link", "@import", "url(", "<iframe", "<base", "<form",
    ] {
        assert!(!tags.contains(asks), "{asks}");
    }
    assert!(page.contains("default-src 'none'"));
}

#[test]
fn a_page_names_its_landmarks_headings_languages_and_directions() {
    let page = write(&hostile_report(), Format::Html);
    for part in [
        "<html lang=\"en\"",
        "<header>",
        "<nav aria-label",
        "<main id=\"main\"",
        "<footer>",
        "<h1",
        "<caption>",
    ] {
        assert_eq!(page.matches(part).count(), 1, "{part}");
    }
    assert!(page.contains("lang=\"en\" dir=\"rtl\">سلام"));
    assert!(page.contains("scope=\"row\"") && page.contains("scope=\"col\""));
}

#[test]
fn every_passage_has_an_anchor_that_no_other_has_and_every_link_leads_to_one() {
    let page = write(&hostile_report(), Format::Html);
    let attributes = |name: &str| -> Vec<&str> {
        let pieces = page.split(name).skip(1);
        pieces.filter_map(|rest| rest.split('"').next()).collect()
    };
    let ids = attributes(" id=\"");
    let unique: std::collections::HashSet<&&str> = ids.iter().collect();
    assert_eq!(ids.len(), unique.len(), "{ids:?}");
    for target in attributes("href=\"#") {
        assert!(ids.contains(&target), "#{target} is nowhere");
    }
    for at in 0..HOSTILE.len() {
        let anchor = format!("d-one-text-u-p{}", at + 1);
        assert!(ids.contains(&anchor.as_str()), "{anchor} of {ids:?}");
    }
}

#[test]
fn no_format_lets_a_control_through_and_each_gives_the_same_bytes_again() {
    for format in Format::ALL {
        let text = write(&hostile_report(), format);
        let bad = |c: char| {
            (c.is_control() && c != '\n' && c != '\r') || matches!(c, '\u{202e}' | '\u{2066}')
        };
        assert!(!text.contains(bad), "{format:?}");
        assert_eq!(text, write(&hostile_report(), format));
    }
}

#[test]
fn no_cell_is_a_formula_and_every_row_has_every_cell() {
    let table = write(&hostile_report(), Format::Csv);
    let lines: Vec<&str> = table.trim_end().split("\r\n").collect();
    assert_eq!(lines.len(), HOSTILE.len() + 1);
    assert!(table.contains("'=HYPERLINK"));
    assert!(lines[0].starts_with("row,kind,score,left,left place,left voice,left text,right"));
}

#[test]
fn markdown_holds_what_the_sources_say_and_nothing_that_they_made() {
    let text = write(&hostile_report(), Format::Markdown);
    let mut said = String::new();
    // All that is read somewhere, but for the one that changes quotation marks.
    let options =
        pulldown_cmark::Options::all() - pulldown_cmark::Options::ENABLE_SMART_PUNCTUATION;
    for event in pulldown_cmark::Parser::new_ext(&text, options) {
        use pulldown_cmark::{Event, Tag};
        match event {
            Event::Text(piece) => said.push_str(&piece),
            Event::Html(_) | Event::InlineHtml(_) | Event::Code(_) | Event::Rule => {
                panic!("{event:?}")
            }
            Event::Start(Tag::Image { .. }) => panic!("an image"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(dest_url.starts_with("https://"), "{dest_url}");
            }
            Event::SoftBreak | Event::Start(Tag::Heading { .. }) => said.push('\n'),
            _ => {}
        }
    }
    for hostile in HOSTILE {
        for line in safe(hostile).lines().filter(|line| !line.is_empty()) {
            assert!(said.contains(line), "{line:?} is not in\n{said}");
        }
    }
}

fn safe(text: &str) -> String {
    crate::text::safe::block(text).into_owned()
}

#[test]
fn what_a_pair_shares_is_marked_and_said_on_both_sides() {
    let mut corpus = corpus();
    corpus.documents[0] = document(
        "one",
        "One",
        &["In Lurimbe 412 houses stood under water, the ministry said."],
    );
    let (left, right) = (vec![id(0, 0)], vec![id(1, 0), id(1, 1)]);
    let decided = Decisions {
        paired: vec![(id(0, 0), id(1, 0))],
        ..Decisions::default()
    };
    let found = compare(
        &corpus.documents,
        "en",
        &left,
        &right,
        &decided,
        Watch::NOBODY,
    )
    .unwrap();
    let given = Given {
        places: vec![Place::Here(id(0, 0)), Place::Here(id(1, 0))],
        links: vec![&found.links[0]],
    };
    let subject = Subject {
        corpus: &corpus,
        topic: None,
        sides: vec!["One".into(), "Two".into()],
        notes: &[],
    };
    let report = report(&subject, &[given]);
    assert!(report.title.starts_with("Everything: "));
    let page = write(&report, Format::Html);
    assert_eq!(page.matches("<mark>412").count(), 2, "{page}");
    assert!(page.contains("paired by a reader, both have: "));
    assert!(page.contains("<b>1</b> pair<br>"));
}

#[test]
fn the_notes_on_what_is_compared_come_along() {
    let corpus = corpus();
    let given = Given {
        places: vec![Place::Here(id(0, 0)), Place::Here(id(1, 0))],
        links: Vec::new(),
    };
    let note = |text: &str, on: PassageId| Note {
        text: text.to_owned(),
        places: vec![Cited {
            passage: on,
            span: Some(ByteSpan::new(0, 3)),
        }],
        relation: Some(Relation::Differs),
        ..Note::default()
    };
    let notes = [
        note("ask <both> again", id(1, 0)),
        note("of another row", id(0, 1)),
    ];
    let subject = Subject {
        corpus: &corpus,
        topic: None,
        sides: vec!["One".into(), "Two".into()],
        notes: &notes,
    };
    let report = report(&subject, &[given]);
    let place = format!("{}#1", corpus.documents[1].id);
    assert_eq!(report.tables.len(), 1);
    let words = corpus.documents[1]
        .passage(0)
        .unwrap()
        .text()
        .get(..3)
        .unwrap();
    assert_eq!(
        report.tables[0].rows,
        [["ask <both> again", Relation::Differs.about(), &place, words]]
    );
    assert!(write(&report, Format::Html).contains("ask &lt;both&gt; again"));
    assert!(write(&report, Format::Markdown).contains("## Notes"));
}
