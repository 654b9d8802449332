//! What is written is read back; what is odd in a file is said, and the rest is used.

use super::*;
use crate::corpus::{Date, Kind, LeftOut, Mark, MarkStyle, Meta, PassageDraft};
use crate::text::ByteSpan;
use proptest::collection::{vec, vec as list};
use proptest::option;
use proptest::prelude::*;
use std::fmt::Write as _;

fn parsed(text: &str) -> Document {
    let (document, problems) = read(DocumentId::from("a/b-c"), "a/b-c.md", text);
    assert_eq!(problems, [], "{text}");
    document
}

/// Kind, voice and text of each passage.
fn outline(text: &str) -> Vec<String> {
    let line = |passage: crate::corpus::Passage<'_>| {
        let voice = passage.voice().map(|voice| format!("{voice}: "));
        format!(
            "{:?} {}{}",
            passage.kind(),
            voice.unwrap_or_default(),
            passage.text()
        )
    };
    parsed(text).passages().map(line).collect()
}

fn problems(text: &str) -> Vec<(u32, String)> {
    let (_, problems) = read(DocumentId::from("a"), "a.md", text);
    problems
        .into_iter()
        .map(|problem| (problem.line, problem.problem))
        .collect()
}

/// Checks that what is read is also what comes back after writing; returns what was written.
fn rewritten(text: &str) -> String {
    let document = parsed(text);
    let written = write(&document);
    let again = read(document.id.clone(), "a/b-c.md", &written);
    assert_eq!(again, (document, Vec::new()), "{written}");
    written
}

#[test]
fn front_matter_gives_the_metadata() {
    let document = parsed(concat!(
        "---\ntitle: \"T: x\"\nsource: crimethinc\nauthor: One\ndate: 2026-01-08\nurl: https://a.b/c\n",
        "language: no\nkind: interview\nvoices: [Roja]\nsha256: 12\nnote: kept\n---\n\n**Roja:** x\n"
    ));
    let meta = &document.meta;
    assert_eq!(
        (meta.title.as_str(), meta.source.as_str()),
        ("T: x", "crimethinc")
    );
    assert_eq!(meta.authors, ["One"]);
    assert_eq!(meta.date, Date::from_ymd(2026, 1, 8));
    assert_eq!(meta.language, "no");
    assert_eq!(meta.sha256.as_deref(), Some("12"));
    assert_eq!(meta.extra.get("note"), Some(&serde_json::json!("kept")));
}

#[test]
fn a_wrong_value_costs_its_key_alone() {
    let text = "---\ntitle: A\ndate: yesterday\nauthors: {a: b}\nsource: x\nsource: y\n---\ntext\n";
    let (document, problems) = read(DocumentId::from("a"), "a.md", text);
    let lines: Vec<u32> = problems.iter().map(|problem| problem.line).collect();
    assert_eq!(lines, [3, 4, 6], "{problems:?}");
    assert_eq!(document.meta.title, "A");
    assert_eq!(document.meta.source.as_str(), "x");
    assert_eq!(document.len(), 1);
}

#[test]
fn broken_yaml_costs_its_block_alone() {
    let text = "---\ntitle: Iran: a story\nsource: x\nnote: [1\nkind: report\n---\ntext\n";
    let (document, problems) = read(DocumentId::from("a"), "a.md", text);
    let lines: Vec<u32> = problems.iter().map(|problem| problem.line).collect();
    assert_eq!(lines.first(), Some(&2), "{problems:?}");
    assert_eq!(lines.len(), 2, "{problems:?}");
    assert_eq!(document.meta.source.as_str(), "x");
    assert_eq!(document.meta.kind.as_deref(), Some("report"));
}

#[test]
fn an_alias_bomb_is_a_problem() {
    let mut text = String::from("---\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let before = vec![format!("*a{}", level - 1); 9].join(", ");
        let _ = writeln!(text, "a{level}: &a{level} [{before}]");
    }
    text.push_str("title: T\n---\ntext\n");
    let (document, problems) = read(DocumentId::from("a"), "a.md", &text);
    assert!(!problems.is_empty());
    assert_eq!(document.meta.title, "T");
}

#[test]
fn front_matter_that_is_never_closed_is_text() {
    assert_eq!(problems("---\ntitle: A\n\ntext\n")[0].0, 1);
    assert!(outline("***\n\ntext\n").contains(&"Paragraph text".to_owned()));
}

#[test]
fn a_document_without_front_matter_is_titled_by_its_heading_or_its_path() {
    let document = parsed("# The *title*\n\ntext\n");
    assert_eq!(document.meta.title, "b c");
    assert_eq!(document.meta.source.as_str(), front::NOT_STATED);
    let document = parsed("# The title\n\ntext\n");
    assert_eq!(
        (document.meta.title.as_str(), document.len()),
        ("The title", 1)
    );
}

#[test]
fn a_heading_that_repeats_the_title_is_shown_once() {
    let twice = "---\ntitle: T\n---\n# T\n\n# T\n\ntext\n";
    assert_eq!(outline(twice), ["Heading(1) T", "Paragraph text"]);
    rewritten(twice);
    assert_eq!(outline("---\ntitle: T\n---\n# U\n"), ["Heading(1) U"]);
    assert_eq!(
        outline("---\ntitle: T\n---\nx\n\n# T\n"),
        ["Paragraph x", "Heading(1) T"]
    );
}

#[test]
fn a_voice_holds_until_the_next_voice_or_heading() {
    let text = "**A B:** one\n\ntwo\n\n> three\n\n**C:**\n\n- four\n\n**:** five\n\n**A B:** six\n\n## H\n\nseven\n\n- **No:** eight\n";
    assert_eq!(
        outline(text),
        [
            "Paragraph A B: one",
            "Paragraph A B: two",
            "Quote A B: three",
            "Bullet { depth: 0 } C: four",
            "Paragraph five",
            "Paragraph A B: six",
            "Heading(2) H",
            "Paragraph seven",
            "Bullet { depth: 0 } No: eight",
        ]
    );
    let written = rewritten(text);
    assert!(written.contains("\n**A B:** one\n\ntwo\n"), "{written}");
    assert!(written.contains("\n**:** five\n"), "{written}");
}

#[test]
fn bold_text_in_the_midst_is_no_voice() {
    let text = "The **Note:** here\n\n<strong>Note:</strong> there\n";
    assert!(parsed(text).voices().is_empty());
    assert!(rewritten(text).contains("<strong>Note:</strong> there"));
}

#[test]
fn topics_are_given_by_hand() {
    let text = "<!-- topic: a, b -->\nfirst\n\n<!-- a remark -->\n\nsecond\n";
    let document = parsed(text);
    let topics: Vec<&str> = document
        .passages()
        .flat_map(|p| p.topics())
        .map(TopicId::as_str)
        .collect();
    assert_eq!(topics, ["a", "b"]);
    assert_eq!(document.passage(1).unwrap().topics(), []);
    assert_eq!(document.meta.left_out[0].text, "a remark");
    assert_eq!(document.meta.left_out[0].line, 4);
    rewritten(text);
    assert_eq!(problems("text\n\n<!-- topic: a -->\n")[0].0, 3);
    assert_eq!(problems("<!-- topic: a --> text\n")[0].0, 1);
    assert_eq!(problems("<!-- topic: a b -->\ntext\n")[0].0, 1);
    assert_eq!(problems("one <!-- topic: a --> text\n")[0].0, 1);
    assert_eq!(problems("one\n\n<!-- never closed\n\ntext\n")[0].0, 3);
}

#[test]
fn lists_keep_their_nesting_and_their_numbers() {
    let text =
        "- a\n  - b\n    continued\n\n    second\n- c\n\n3. d\n4. e\n   7. f\n\n123456. g\n\n- \n";
    assert_eq!(
        outline(text),
        [
            "Bullet { depth: 0 } a",
            "Bullet { depth: 1 } b continued",
            "Paragraph second",
            "Bullet { depth: 0 } c",
            "Numbered { depth: 0, number: 3 } d",
            "Numbered { depth: 0, number: 4 } e 7. f",
            "Paragraph 123456. g",
        ]
    );
    rewritten(text);
}

#[test]
fn inline_markup_becomes_marks() {
    let document = parsed("a *b **c** d* `e*` [f](http://g) <em>h</em>i<br>j &amp; \\* k\nl\n");
    let passage = document.passage(0).unwrap();
    assert_eq!(passage.text(), "a b c d e* f hi\nj & * k l");
    let marks: Vec<(&str, &MarkStyle)> = passage
        .marks()
        .iter()
        .map(|mark| (mark.span.of(passage.text()), &mark.style))
        .collect();
    assert_eq!(
        marks,
        [
            ("b c d", &MarkStyle::Emphasis),
            ("c", &MarkStyle::Strong),
            ("e*", &MarkStyle::Code),
            ("f", &MarkStyle::Link("http://g".to_owned())),
            ("h", &MarkStyle::Emphasis),
        ]
    );
}

#[test]
fn common_prose_is_written_without_needless_escapes() {
    let text = "It rose 3.5% to AT&T's 1,200 - more. [See](https://a.b/c_d) *this*, **that**, `code`; “*quoted*” snake_case C# (x) #tag";
    assert!(rewritten(text).contains(text), "{}", rewritten(text));
}

#[test]
fn images_are_passages_and_nothing_of_them_is_lost() {
    let text = "before ![cap *x*](a.jpg \"by N\") after\n\n![](b.jpg)\n\n[![c](c.jpg)](http://d)\n\n![](e.jpg \"t\")\n\n[](http://f)\n";
    assert_eq!(
        outline(text),
        [
            "Paragraph before after",
            "Image cap x",
            "Image ",
            "Image c",
            "Image t"
        ]
    );
    let document = parsed(text);
    assert_eq!(document.passage(1).unwrap().address(), Some("a.jpg"));
    assert_eq!(
        document.passage(3).unwrap().marks()[0].style,
        MarkStyle::Link("http://d".to_owned())
    );
    let left: Vec<&str> = document
        .meta
        .left_out
        .iter()
        .map(|left| left.text.as_str())
        .collect();
    assert_eq!(left, ["by N", "http://f"]);
    assert!(rewritten(text).contains("[![c](c.jpg)](http://d)"));
}

#[test]
fn tables_keep_every_cell() {
    let text = "| a | b |\n|---|:--|\n| c \\| d | *e* | f |\n|  |  |\n| g |\n";
    assert_eq!(outline(text), ["Table a | b\nc | d | e | f\ng"]);
    rewritten(text);
    assert_eq!(outline("| | |\n|-|-|\n| a | b |\n"), ["Table a | b"]);
}

#[test]
fn html_code_rules_and_unused_addresses_stay() {
    let text = "<div>\n<p>x</p>\n</div>\n\na <span>b</span>\n\n```rust\nlet a;\n\n```\n\n---\n\n[u]: http://u\n[w]: http://w\n\nsee [w]\n";
    assert_eq!(
        outline(text),
        [
            "Paragraph <div>\n<p>x</p>\n</div>",
            "Paragraph a <span>b</span>",
            "Code let a;\n",
            "Rule ",
            "Paragraph see w",
        ]
    );
    let left: Vec<String> = parsed(text)
        .meta
        .left_out
        .iter()
        .map(|left| format!("{} {}", left.line, left.text))
        .collect();
    assert_eq!(left, ["7 rust", "14 http://u"]);
    rewritten(text);
}

#[test]
fn line_ends_of_other_systems_are_read() {
    assert_eq!(
        outline("\u{FEFF}---\r\ntitle: T\r\n---\r\na\r\nb\r\n\r\nc\rd"),
        ["Paragraph a b", "Paragraph c d"]
    );
}

#[test]
fn names_that_speak_nowhere_are_advice() {
    let reading = read_closely(
        DocumentId::from("a"),
        "a.md",
        "---\nvoices: [A, B]\nautors: [x]\n---\n**A:** x\n",
    );
    let advice: Vec<u32> = reading.advice.iter().map(|advice| advice.line).collect();
    assert_eq!(reading.problems, []);
    assert_eq!(advice, [3, 2], "{:?}", reading.advice);
}

#[test]
fn only_white_space_at_an_edge_is_written_as_a_reference() {
    let mut document = Document::default();
    for text in ["A heading", "A *b", "`a` b", "é ü", " a b "] {
        document.push(PassageDraft {
            kind: Kind::Heading(2),
            text: text.to_owned(),
            ..PassageDraft::default()
        });
    }
    let written = write(&document);
    let headings: Vec<&str> = written
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .collect();
    let expected = ["A heading", "A \\*b", "\\`a\\` b", "é ü", "&#32;a b&#32;"];
    assert_eq!(headings, expected);
}

#[test]
fn a_line_break_at_the_end_of_a_link_comes_back() {
    let mut document = parsed("---\ntitle: T\n---\n");
    let mark = |end, style| Mark {
        span: ByteSpan::new(0, end),
        style,
    };
    for text in ["0\n\nA", "ab\nc"] {
        let end = text.find('\n').unwrap_or_default();
        document.push(PassageDraft {
            text: text.to_owned(),
            marks: vec![
                mark(end + 1, MarkStyle::Link("*".to_owned())),
                mark(end, MarkStyle::Emphasis),
            ],
            ..PassageDraft::default()
        });
    }
    assert_eq!(parsed(&write(&document)), document);
}

#[test]
fn code_at_the_start_is_followed_by_a_plain_space() {
    let document = parsed("---\ntitle: T\n---\n`a` b\n");
    assert!(write(&document).ends_with("\n`a` b\n"));
}

#[test]
fn long_titles_and_sources_are_cut_and_said() {
    let long = "é".repeat(1_000_000);
    let text = format!("---\ntitle: {long}\nsource: {long}\n---\ntext\n");
    let (document, problems) = read(DocumentId::from("a"), "a.md", &text);
    let lines: Vec<u32> = problems.iter().map(|problem| problem.line).collect();
    assert_eq!(lines, [2, 3]);
    assert_eq!(document.meta.title.chars().count(), 500);
    assert_eq!(document.meta.source.as_str().chars().count(), 500);
    // A heading that is too long for a title is a passage as well.
    let document = parsed(&format!("# {long}\n\ntext\n"));
    assert_eq!(document.meta.title.chars().count(), 500);
    assert_eq!(
        document.passage(0).map(|passage| passage.text()),
        Some(long.as_str())
    );
    assert_eq!(parsed(&write(&document)), document);
}

#[test]
fn a_file_that_is_too_large_is_refused() {
    let text = "a ".repeat(MAX_BYTES / 2 + 1);
    assert!(problems(&text)[0].1.contains("64 MB"));
}

#[test]
fn hostile_files_are_read_and_written_in_linear_time() {
    let deep = "[".repeat(50_000);
    let cases = [
        ("", ">"),
        ("", "> "),
        ("", "- "),
        ("", "1. "),
        ("", "*"),
        ("", "*a **b "),
        ("", "_a"),
        ("", "["),
        ("", "!["),
        ("", "<"),
        ("", "`a``"),
        ("", "<em>"),
        ("", "<em>*a* "),
        ("", "</i>"),
        ("<em>", "</i>*a*"),
        ("", "&#"),
        ("", "<!--"),
        ("", "<!-- a -->"),
        ("", "|a"),
        ("|a|b|\n|-|-|\n", "|\n"),
        ("", "[a](b"),
        ("", "[![a](b)](c)"),
        ("", "\\"),
        ("", "a\n- "),
        ("", "    a\n\n"),
        ("", "**A:** b\n\n"),
        ("", "# a\n"),
        ("---\n", "a: &a [*a]\n"),
        ("---\n", "a: 1\n"),
        ("---\na: ", &deep),
        ("---\na: ", "- "),
        ("", "[a]: b\n"),
        ("", "\u{0}"),
        ("", "***\n"),
    ];
    for (start, piece) in cases {
        let mut text = start.to_owned();
        while text.len() < 60_000 {
            text.push_str(piece);
        }
        let begun = std::time::Instant::now();
        let (document, _) = read(DocumentId::from("x"), "x.md", &text);
        let written = write(&document);
        let (again, _) = read(DocumentId::from("x"), "x.md", &written);
        assert_eq!(again.text(), document.text(), "{piece:?}");
        assert!(
            begun.elapsed().as_secs() < 20,
            "{piece:?} took {:?}",
            begun.elapsed()
        );
    }
}

#[test]
fn many_voices_are_no_trouble() {
    let mut text = String::new();
    for number in 0..61_000 {
        let _ = write!(text, "**V{number}:** x\n\n");
    }
    let (document, problems) = read(DocumentId::from("x"), "x.md", &text);
    assert_eq!(document.voices().len(), 60_000);
    assert_eq!(document.len(), 61_000);
    assert_eq!(problems.len(), 1_000);
}

/// Pieces that Markdown would take for markup, and words.
fn piece() -> impl Strategy<Value = String> {
    let hostile = prop::sample::select(vec![
        "*",
        "**",
        "_",
        "__",
        "#",
        "# ",
        "1.",
        "1. ",
        "2) ",
        "-",
        "- ",
        "+ ",
        "> ",
        ">",
        "|",
        " | ",
        "`",
        "``",
        "```",
        "~~~",
        "<!--",
        "-->",
        "<!-- topic: a -->",
        "&amp;",
        "&",
        ";",
        "&#65;",
        "<",
        "<em>",
        "</em>",
        "<br>",
        "<div>",
        "<http://a.b>",
        "[",
        "]",
        "](",
        "(",
        ")",
        "![",
        "!",
        "[a]: b",
        ":",
        "**A:** ",
        "---",
        "===",
        "=",
        ":-",
        "|-|",
        "\\",
        "\\*",
        "\"",
        "'",
        "“",
        "”",
        "—",
        " ",
        "  ",
        "    ",
        "\t",
        "\n",
        "\n\n",
        "\u{A0}",
        "\u{3000}",
        "\u{85}",
        "\u{1}",
        "\u{1B}",
        "\u{7F}",
        "\r",
        "\u{2028}",
        "\u{FEFF}",
        "\u{200B}",
        "\u{200F}",
        "%",
        "$",
        "@",
        "~",
        "^",
        "{",
        "}",
        "é",
        "ا",
        "漢",
        "👩‍👩‍👧",
        "Ⓐ",
        "ß",
    ]);
    prop_oneof![
        hostile.prop_map(str::to_owned),
        "[a-z]{1,6}",
        "[A-Z][a-z]{1,4} ?",
        "[0-9]{1,3}",
        "\\PC{1,3}"
    ]
}

fn text() -> impl Strategy<Value = String> {
    list(piece(), 1..10).prop_map(|pieces| pieces.concat())
}

fn link_or_style() -> impl Strategy<Value = MarkStyle> {
    prop_oneof![
        Just(MarkStyle::Emphasis),
        Just(MarkStyle::Strong),
        Just(MarkStyle::Code),
        text().prop_map(MarkStyle::Link),
    ]
}

/// Marks cut to character bounds and to the normal form.
fn marks_for(text: &str, wanted: Vec<(usize, usize, MarkStyle)>) -> Vec<Mark> {
    let bounds: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let mut marks: Vec<Mark> = Vec::new();
    for (a, b, style) in wanted {
        let (a, b) = (bounds[a % bounds.len()], bounds[b % bounds.len()]);
        let mark = Mark {
            span: ByteSpan::new(a.min(b), a.max(b)),
            style,
        };
        let (start, end) = (mark.span.start, mark.span.end);
        let is_link = |mark: &Mark| matches!(mark.style, MarkStyle::Link(_));
        let fits = marks.iter().all(|other| {
            let apart = other.span.end <= start || end <= other.span.start;
            let inside = other.span.start <= start && end <= other.span.end;
            let around = start <= other.span.start && other.span.end <= end;
            apart || ((inside || around) && !(is_link(other) && is_link(&mark)))
        });
        if fits && start < end {
            marks.push(mark);
        }
    }
    marks.sort_by_key(|mark| (mark.span.start, std::cmp::Reverse(mark.span.end)));
    marks
}

fn table_text(text: &str) -> String {
    let rows = text.split('\n').map(|row| row.trim_end_matches([' ', '|']));
    let rows: Vec<&str> = rows.filter(|row| !row.is_empty()).collect();
    rows.join("\n")
}

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![
        4 => Just(Kind::Paragraph),
        1 => (1u8..=6).prop_map(Kind::Heading),
        2 => (0..=MAX_DEPTH.min(4)).prop_map(|depth| Kind::Bullet { depth }),
        2 => (0u8..3, any::<u16>()).prop_map(|(depth, number)| Kind::Numbered { depth, number }),
        1 => Just(Kind::Quote),
        1 => Just(Kind::Image),
        1 => Just(Kind::Table),
        1 => Just(Kind::Code),
        1 => Just(Kind::Rule),
    ]
}

prop_compose! {
    fn passage()(
        kind in kind(),
        text in text(),
        wanted in list((any::<usize>(), any::<usize>(), link_or_style()), 0..4),
        voice in option::of(prop::sample::select(vec!["A", "B C", "*x*", "Ø: y", "1.", "A & `b`"])),
        topics in list(prop::sample::select(vec!["a", "death-toll", "x/y"]), 0..2),
        address in text(),
    ) -> PassageDraft {
        let speaks = !matches!(kind, Kind::Heading(_) | Kind::Image | Kind::Rule);
        let text = match kind {
            Kind::Rule => String::new(),
            Kind::Code => text.replace('\r', ""),
            Kind::Table => table_text(&text),
            _ => text,
        };
        let kind = if text.is_empty() && kind != Kind::Image { Kind::Rule } else { kind };
        let marks = match kind {
            Kind::Code | Kind::Rule => Vec::new(),
            // The cells' borders cut a mark.
            Kind::Table => marks_for(&text, wanted).into_iter().filter(|mark| {
                let cell = mark.span.of(&text);
                !cell.contains(['|', '\n', ' '])
            }).collect(),
            _ => marks_for(&text, wanted),
        };
        let voice = voice.filter(|_| speaks && kind != Kind::Rule).map(str::to_owned);
        let mut topics: Vec<TopicId> = topics.into_iter().map(TopicId::from).collect();
        topics.dedup();
        let address = (kind == Kind::Image).then_some(address);
        PassageDraft { kind, voice, text, marks, topics, address }
    }
}

prop_compose! {
    fn meta()(
        title in prop_oneof![text(), Just("Title".to_owned())],
        source in prop_oneof![Just("crimethinc".to_owned()), text()],
        authors in list(text(), 0..3),
        date in option::of((1000u16..=9999, 1u8..=12, 1u8..=28)),
        (url, kind, imported_from, sha256) in (option::of(text()), option::of(text()), option::of(text()), option::of(text())),
        language in prop::sample::select(vec!["", "en", "no", "y", "zh-Hant"]),
        left_out in list((any::<u32>(), text(), text()), 0..3),
        extra in list(("[a-z<:# -]{1,5}", extra_value()), 0..3),
    ) -> Meta {
        let extra = extra.into_iter().filter(|(key, _)| !front::KEYS.contains(&key.as_str()));
        Meta {
            title, source: SourceId::from(source), authors,
            date: date.and_then(|(year, month, day)| Date::from_ymd(year, month, day)),
            url, language: language.to_owned(), kind, imported_from, sha256,
            left_out: left_out.into_iter().map(|(line, text, reason)| LeftOut { line, text, reason }).collect(),
            extra: extra.collect(),
        }
    }
}

fn extra_value() -> impl Strategy<Value = serde_json::Value> {
    use serde_json::json;
    prop_oneof![
        text().prop_map(|text| json!(text)),
        any::<i64>().prop_map(|number| json!(number)),
        any::<bool>().prop_map(|truth| json!(truth)),
        Just(json!(null)),
        Just(json!(1.5)),
        (text(), list(text(), 0..3))
            .prop_map(|(a, b)| json!({"k": a, "l: m": b, "n": {}, "o": []})),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_back(meta in meta(), passages in vec(passage(), 0..6)) {
        let mut document = Document::new(DocumentId::from("x"), meta);
        for passage in passages {
            document.push(passage);
        }
        let written = write(&document);
        let (again, problems) = read(DocumentId::from("x"), "x.md", &written);
        prop_assert_eq!(&again, &document, "{}", written);
        prop_assert_eq!(problems, [], "{}", written);
    }

    #[test]
    fn any_text_is_read_and_what_is_read_comes_back(text in list(piece(), 0..60)) {
        let (document, _) = read(DocumentId::from("x"), "x.md", &text.concat());
        let written = write(&document);
        let (again, problems) = read(DocumentId::from("x"), "x.md", &written);
        prop_assert_eq!(&again, &document, "{}", written);
        prop_assert_eq!(problems, [], "{}", written);
    }
}
