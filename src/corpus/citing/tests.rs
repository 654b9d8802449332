//! Citations by what they must hold.

use super::*;
use crate::corpus::{Meta, PassageDraft, Source};

fn corpus_with(meta: Meta, text: &str, voice: Option<&str>) -> Corpus {
    let mut document = Document::new("paper/a b".into(), meta);
    document.push(PassageDraft {
        text: "First.".into(),
        ..PassageDraft::default()
    });
    document.push(PassageDraft {
        text: text.into(),
        voice: voice.map(str::to_owned),
        ..PassageDraft::default()
    });
    Corpus {
        sources: vec![Source {
            id: "paper".into(),
            title: "The Paper".into(),
            about: String::new(),
        }],
        documents: vec![document],
        ..Corpus::default()
    }
}

fn meta() -> Meta {
    Meta {
        title: "A night of water".into(),
        source: "paper".into(),
        authors: vec!["Ada Field".into(), "Desk {of} the_Paper".into()],
        date: "2031-05-02".parse().ok(),
        url: Some("https://paper.example/a?b=1&c=2#d".into()),
        language: "en".into(),
        sha256: Some("ab12".into()),
        ..Meta::default()
    }
}

fn second() -> Cited {
    Cited::from(PassageId {
        document: 0,
        passage: 1,
    })
}

/// Text with what means something in each style, and to a terminal.
const HOSTILE: &str = "50% of _it_ & *more* {#1} \\input{x} $a^b~c$ <script> [a](b) `c` | \u{1b}[31m\u{202e}\n# head\n1. one\n- two\n+ x";

#[test]
fn a_plain_citation_has_quote_author_title_source_date_locator_address_and_hash() {
    let corpus = corpus_with(meta(), "The river rose.", Some("Ben"));
    assert_eq!(
        cite(&corpus, &[second()], Style::Plain),
        "“The river rose.”\n— Ben, in: Ada Field, Desk {of} the_Paper, “A night of water”, The Paper, 2031-05-02, ¶2, \
         https://paper.example/a?b=1&c=2#d. [paper/a b#2, sha256 of its file: ab12]"
    );
}

#[test]
fn no_mark_of_quotation_stands_twice_and_a_sender_is_named_once() {
    let mail = Meta {
        title: "“Come home”".into(),
        source: "paper".into(),
        authors: vec!["the paper".into()],
        ..Meta::default()
    };
    let corpus = corpus_with(mail, "“Come home,” she wrote.", None);
    let plain = cite(&corpus, &[second()], Style::Plain);
    assert!(
        plain.starts_with("“Come home,” she wrote.\n— the paper, “Come home”, ¶2."),
        "{plain}"
    );
    for style in Style::ALL {
        let text = cite(&corpus, &[second()], style).to_lowercase();
        assert_eq!(text.matches("the paper").count(), 1, "{text}");
        assert!(!text.contains("““") && !text.contains("””"), "{text}");
    }
    assert_eq!(in_marks("She said “no” twice"), "“She said “no” twice”");
}

#[test]
fn what_is_not_stated_is_left_out() {
    let bare = Meta {
        title: "Untitled".into(),
        source: "not-stated".into(),
        ..Meta::default()
    };
    let corpus = corpus_with(bare, "Words.", Some("Ben"));
    let hash = digest::sha256(corpus.documents[0].text());
    let plain = cite(&corpus, &[second()], Style::Plain);
    assert_eq!(
        plain,
        format!("“Words.”\n— Ben, in: “Untitled”, ¶2. [paper/a b#2, sha256 of its text: {hash}]")
    );
    let items = csl_items(&corpus, &[second()]);
    for absent in ["author", "issued", "URL", "container-title", "language"] {
        assert!(items[0].get(absent).is_none(), "{absent}");
    }
}

#[test]
fn a_span_alone_is_quoted_where_one_is_cited() {
    let corpus = corpus_with(meta(), "The river rose.", None);
    let cited = Cited {
        span: Some(ByteSpan::new(4, 9)),
        ..second()
    };
    assert!(cite(&corpus, &[cited], Style::Plain).starts_with("“river”\n"));
}

#[test]
fn nothing_of_a_document_is_markup_in_markdown() {
    let hostile = Meta {
        title: "# [x](y) *z*".into(),
        url: Some("javascript:alert(1)".into()),
        ..meta()
    };
    let corpus = corpus_with(hostile, HOSTILE, Some("*Ben*"));
    let written = cite(&corpus, &[second()], Style::Markdown);
    let mut text = String::new();
    for event in pulldown_cmark::Parser::new_ext(&written, pulldown_cmark::Options::all()) {
        use pulldown_cmark::{Event, Tag};
        match event {
            Event::Text(piece) => text.push_str(&piece),
            Event::SoftBreak => text.push('\n'),
            // The title is set off by us, once.
            Event::Start(Tag::Paragraph | Tag::BlockQuote(_) | Tag::Emphasis) | Event::End(_) => {}
            other => panic!("{other:?} in {written}"),
        }
    }
    let shown = safe::block(HOSTILE);
    for line in shown.lines() {
        assert!(text.contains(line.trim()), "{line} is not in {text}");
    }
    assert!(text.contains("# [x](y) *z*") && text.contains("*Ben*"));
}

#[test]
fn a_link_of_markdown_leads_where_the_document_says() {
    let corpus = corpus_with(meta(), "Words.", None);
    let written = cite(&corpus, &[second()], Style::Markdown);
    let mut events = pulldown_cmark::Parser::new(&written);
    let link = events.find_map(|event| match event {
        pulldown_cmark::Event::Start(pulldown_cmark::Tag::Link { dest_url, .. }) => Some(dest_url),
        _ => None,
    });
    assert_eq!(link.unwrap().as_ref(), "https://paper.example/a?b=1&c=2#d");
}

/// The fields of an entry as BibTeX reads them: braces are counted, whatever stands before them.
fn fields(entry: &str) -> Vec<(String, String)> {
    let body = entry.split_once(",\n").unwrap().1;
    let (mut fields, mut depth, mut name, mut value) =
        (Vec::new(), 0usize, String::new(), String::new());
    for character in body.chars() {
        match (character, depth) {
            ('{', 0) => depth = 1,
            ('{', _) => {
                depth += 1;
                value.push('{');
            }
            ('}', 0) => return fields,
            ('}', 1) => {
                depth = 0;
                fields.push((
                    name.trim_matches(|c: char| " ,\n=".contains(c)).to_owned(),
                    std::mem::take(&mut value),
                ));
                name.clear();
            }
            ('}', _) => {
                depth -= 1;
                value.push('}');
            }
            (other, 0) => name.push(other),
            (other, _) => value.push(other),
        }
    }
    panic!("the entry has no end: {entry}")
}

#[test]
fn braces_are_balanced_and_nothing_is_a_command_in_bibtex() {
    let corpus = corpus_with(
        Meta {
            title: "} @misc{x, title = {y".into(),
            url: Some("https://a.example/}{\\x y".into()),
            ..meta()
        },
        &format!("{{{{ {HOSTILE} }}"),
        None,
    );
    let written = cite(&corpus, &[second()], Style::Bibtex);
    let fields = fields(&written);
    let field = |name: &str| &fields.iter().find(|(known, _)| known == name).unwrap().1;
    assert_eq!(
        field("title"),
        "{\\textbraceright{} @misc\\textbraceleft{}x, title = \\textbraceleft{}y}"
    );
    assert_eq!(
        field("author"),
        "Ada Field and {Desk \\textbraceleft{}of\\textbraceright{} the\\_Paper}"
    );
    assert_eq!(field("url"), "https://a.example/%7D%7B%5Cxy");
    assert!(field("note").starts_with("\\P{}2; paper/a b\\#2; sha256 of its file: ab12"));
    let quote = field("annote");
    assert!(quote.contains("50\\% of \\_it\\_ \\& *more* \\textbraceleft{}\\#1\\textbraceright{}"));
    assert!(!quote.contains("\\input") && quote.contains("\\textbackslash{}input"));
    assert_eq!(
        written.matches("@misc{").count(),
        1 + usize::from(written.contains("@misc{x"))
    );
}

#[test]
fn keys_are_ascii_and_no_two_are_the_same() {
    let corpus = corpus_with(meta(), "Words.", None);
    let written = cite(&corpus, &[second(), second()], Style::Bibtex);
    assert!(written.starts_with("@misc{paper-a-b2031-p2,"), "{written}");
    assert!(written.contains("@misc{paper-a-b2031-p2-2,"));
}

#[test]
fn csl_items_have_the_fields_of_the_schema() {
    let corpus = corpus_with(meta(), HOSTILE, Some("Ben"));
    let item = &csl_items(&corpus, &[second()])[0];
    assert_eq!(item["type"], "webpage");
    assert_eq!(
        item["issued"]["date-parts"],
        serde_json::json!([[2031, 5, 2]])
    );
    assert_eq!(item["author"][0]["literal"], "Ada Field");
    assert_eq!(item["locator"], "¶2");
    assert_eq!(item["custom"]["sha256"], "ab12");
    assert_eq!(item["annote"], HOSTILE);
}

#[test]
fn no_style_lets_a_control_through() {
    let corpus = corpus_with(
        Meta {
            title: "a\u{1b}]0;x\u{7}b\u{9b}31m".into(),
            ..meta()
        },
        HOSTILE,
        Some("\u{202e}Ben"),
    );
    for style in Style::ALL {
        let written = cite(&corpus, &[second()], style);
        let bad = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!written.contains(bad), "{}: {written:?}", style.name());
    }
}

#[test]
fn a_block_quote_is_not_given_to_whoever_wrote_the_text() {
    let mut corpus = corpus_with(meta(), "The river rose.", None);
    corpus.documents[0].push(PassageDraft {
        text: "Were all gates working?".into(),
        kind: Kind::Quote,
        ..PassageDraft::default()
    });
    let quoted = Cited::from(PassageId {
        document: 0,
        passage: 2,
    });
    let plain = cite(&corpus, &[quoted], Style::Plain);
    assert!(
        plain.contains("— somebody quoted, in: Ada Field"),
        "{plain}"
    );
    let own = cite(&corpus, &[second()], Style::Plain);
    assert!(own.contains("— Ada Field"), "{own}");
}
