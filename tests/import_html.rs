//! Web pages of different make, all invented: what a careful person would keep of each, scored by runs of four words; their
//! metadata and voices; and what hostile pages cost.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::string_slice,
    reason = "a test stops where its material is not what it says, prints its scores, and cuts at matches of ASCII"
)]

use diptych::corpus::{Document, Kind, MarkStyle, markdown};
use diptych::import::{ImportError, Imported, Input, NoticeKind, import};
use std::collections::HashMap;
use std::fs;
use std::path::Path;

/// The mean over all pages and the worst page may not fall below these.
const MEAN_FLOOR: f64 = 0.97;
const WORST_FLOOR: f64 = 0.85;

fn read(name: &str, bytes: &[u8]) -> Imported {
    let copied = None;
    import(&Input {
        name,
        bytes,
        copied,
    })
    .unwrap()
}

fn page(html: &str) -> Imported {
    read("page.html", html.as_bytes())
}

/// A page of the collection: its bytes, what is stated of it, and the text a reader would copy.
struct Sample {
    name: String,
    bytes: Vec<u8>,
    stated: HashMap<String, String>,
    text: String,
}

fn samples() -> Vec<Sample> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut paths: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "html"))
        .collect();
    paths.sort();
    let sample = |path: std::path::PathBuf| {
        let expected = fs::read_to_string(path.with_extension("txt")).unwrap();
        let (head, text) = expected.split_once("\n\n").unwrap();
        let stated = head.lines().map(|line| line.split_once(": ").unwrap());
        Sample {
            name: path.file_stem().unwrap().to_string_lossy().into_owned(),
            bytes: fs::read(&path).unwrap(),
            stated: stated
                .map(|(key, value)| (key.to_owned(), value.to_owned()))
                .collect(),
            text: text.to_owned(),
        }
    };
    paths.into_iter().map(sample).collect()
}

/// Words in lower case; of scripts without spaces, characters.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for run in text.split(|c: char| !c.is_alphanumeric()) {
        if run.chars().any(|c| matches!(c, '\u{3040}'..='\u{9fff}')) {
            words.extend(run.chars().map(String::from));
        } else if !run.is_empty() {
            words.push(run.to_lowercase());
        }
    }
    words
}

fn runs(text: &str) -> HashMap<Vec<String>, usize> {
    let mut runs = HashMap::new();
    for run in words(text).windows(4) {
        *runs.entry(run.to_vec()).or_default() += 1;
    }
    runs
}

/// Precision, recall and F1 of runs of four words.
fn score(found: &str, expected: &str) -> (f64, f64, f64) {
    let (found, expected) = (runs(found), runs(expected));
    let shared: usize = found
        .iter()
        .map(|(run, count)| count.min(expected.get(run).unwrap_or(&0)))
        .sum();
    let count = |runs: &HashMap<Vec<String>, usize>| runs.values().sum::<usize>().max(1) as f64;
    let (precision, recall) = (
        shared as f64 / count(&found),
        shared as f64 / count(&expected),
    );
    let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
    (precision, recall, f1)
}

fn text_of(document: &Document) -> String {
    document
        .passages()
        .filter(|passage| passage.kind() != Kind::Image)
        .map(|passage| passage.text())
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn articles_are_told_from_what_stands_around_them() {
    let samples = samples();
    assert!(samples.len() >= 20);
    let mut scores = Vec::new();
    println!("| page | precision | recall | F1 |\n|---|---|---|---|");
    for sample in &samples {
        let imported = read(&sample.name, &sample.bytes);
        let text = text_of(&imported.documents[0]);
        let (precision, recall, f1) = score(&text, &sample.text);
        println!(
            "| {} | {precision:.3} | {recall:.3} | {f1:.3} |",
            sample.name
        );
        scores.push(f1);
    }
    let mean = scores.iter().sum::<f64>() / scores.len() as f64;
    let worst = scores.iter().copied().fold(1.0, f64::min);
    println!("mean {mean:.3}, worst {worst:.3}, {} pages", scores.len());
    assert!(mean >= MEAN_FLOOR && worst >= WORST_FLOOR);
}

#[test]
fn the_score_tells_texts_apart() {
    let text = "one two three four five six seven eight";
    assert!(score(text, text).2 > 0.999);
    assert!(score("", text).2 < 0.001);
    assert!(score("one two three four five", text).2 < 0.6);
    assert!(score("eight seven six five four three two one", text).2 < 0.001);
}

#[test]
fn what_pages_state_is_found() {
    let mut wrong = Vec::new();
    for sample in samples() {
        let imported = read(&sample.name, &sample.bytes);
        let (document, source) = (&imported.documents[0], &imported.sources[0]);
        let meta = &document.meta;
        for (key, expected) in &sample.stated {
            let found = match key.as_str() {
                "title" => meta.title.clone(),
                "authors" => meta.authors.join(", "),
                "date" => meta.date.map(|date| date.to_string()).unwrap_or_default(),
                "site" => source.title.clone(),
                "url" => meta.url.clone().unwrap_or_default(),
                "language" => meta.language.clone(),
                "kind" => meta.kind.clone().unwrap_or_default(),
                "voices" => document.voices().join(", "),
                other => panic!("{}: {other} is no key", sample.name),
            };
            if found != *expected {
                wrong.push(format!(
                    "{}: {key} is “{found}”, not “{expected}”",
                    sample.name
                ));
            }
        }
        if !sample.stated.contains_key("voices") && !document.voices().is_empty() {
            wrong.push(format!(
                "{}: has voices {:?}",
                sample.name,
                document.voices()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Words between tags, scripts, styles and comments left aside: told without a parser.
fn shown_words(html: &str) -> Vec<String> {
    let mut rest = html.to_owned();
    for (start, end) in [
        ("<!--", "-->"),
        ("<script", "</script>"),
        ("<style", "</style>"),
        ("<head", "</head>"),
        ("<audio", "</audio>"),
    ] {
        while let Some(at) = rest.find(start) {
            let len = rest[at..]
                .find(end)
                .map_or(rest.len() - at, |len| len + end.len());
            rest.replace_range(at..at + len, " ");
        }
    }
    let mut text = String::new();
    let mut in_tag = false;
    for c in rest.chars() {
        match c {
            '<' => {
                in_tag = true;
                text.push(' ');
            }
            '>' if in_tag => in_tag = false,
            c if !in_tag => text.push(c),
            _ => {}
        }
    }
    for (entity, c) in [
        ("&ldquo;", "“"),
        ("&rdquo;", "”"),
        ("&#8220;", "“"),
        ("&#8221;", "”"),
        ("&#160;", " "),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, c);
    }
    words(&text)
}

#[test]
fn every_word_of_a_page_is_in_a_passage_or_a_notice() {
    for sample in samples() {
        let Ok(html) = std::str::from_utf8(&sample.bytes) else {
            continue;
        };
        let imported = read(&sample.name, &sample.bytes);
        let mut kept = String::new();
        for passage in imported.documents[0].passages() {
            kept.push_str(passage.text());
            kept.push('\n');
        }
        for notice in &imported.notices {
            match notice.kind {
                NoticeKind::LeftOut(_) | NoticeKind::Used(_) => kept.push_str(&notice.text),
                NoticeKind::Remark(_) => {}
            }
            kept.push('\n');
        }
        let voices = imported.documents[0].voices();
        let mut counts: HashMap<String, i64> = HashMap::new();
        for word in words(&kept) {
            *counts.entry(word).or_default() += 1;
        }
        // Labels became voices.
        let labels = words(&voices.join(" "));
        let lost: Vec<String> = shown_words(&html.to_lowercase())
            .into_iter()
            .filter(|word| {
                let left = counts.entry(word.clone()).or_default();
                *left -= 1;
                *left < 0 && !labels.contains(word)
            })
            .collect();
        assert!(lost.is_empty(), "{}: {lost:?} are lost", sample.name);
    }
}

#[test]
fn documents_of_pages_are_the_same_after_writing_and_reading() {
    for sample in samples() {
        let imported = read(&sample.name, &sample.bytes);
        let document = &imported.documents[0];
        let (again, problems) =
            markdown::read(document.id.clone(), "page.md", &markdown::write(document));
        assert!(problems.is_empty(), "{}: {problems:?}", sample.name);
        assert_eq!(&again, document, "{}", sample.name);
    }
}

/// Passages as `kind: text`, with the voice in brackets.
fn passages(imported: &Imported) -> Vec<String> {
    imported.documents[0]
        .passages()
        .map(|passage| {
            let voice = passage
                .voice()
                .map(|voice| format!(" [{voice}]"))
                .unwrap_or_default();
            format!("{}{voice}: {}", passage.kind().name(), passage.text())
        })
        .collect()
}

#[test]
fn structure_is_kept() {
    let imported = page(
        "<!doctype html><html><head><link rel=canonical href='https://river.example/a/b'></head><body><article><h1>The flood</h1>
        <p>The river rose <em>again</em> on Monday, and the <a href='../council'>town <b>council</b></a> closed the bridge for the day.</p>
        <figure><img data-src='/p.jpg' src='data:image/gif;base64,R0lG' alt='x'><figcaption>The bridge on <i>Monday</i></figcaption></figure>
        <h2>What comes <br>next</h2>
        <ol start=3><li>A long entry about the bus.<ul><li>One inside of it, about the times.</li></ul></li><li>Another entry about the school.</li></ol>
        <blockquote>It has to be built anew, and that takes three years at the least.</blockquote>
        <p>First line of an address<br>second line of it</p><pre>  two  spaces\n\ttab</pre>
        <p>The end of the report is here, and nothing comes after it but the foot.</p></article></body></html>",
    );
    assert_eq!(
        passages(&imported),
        [
            "paragraph: The river rose again on Monday, and the town council closed the bridge for the day.",
            "image: The bridge on Monday",
            "heading: What comes next",
            "list: A long entry about the bus.",
            "list: One inside of it, about the times.",
            "list: Another entry about the school.",
            "quote: It has to be built anew, and that takes three years at the least.",
            "paragraph: First line of an address\nsecond line of it",
            "code:   two  spaces\n\ttab",
            "paragraph: The end of the report is here, and nothing comes after it but the foot.",
        ]
    );
    let document = &imported.documents[0];
    let first = document.passage(0).unwrap();
    let marks: Vec<(&str, &MarkStyle)> = first
        .marks()
        .iter()
        .map(|mark| (mark.span.of(first.text()), &mark.style))
        .collect();
    let link = MarkStyle::Link("https://river.example/council".to_owned());
    assert_eq!(
        marks,
        [
            ("again", &MarkStyle::Emphasis),
            ("town council", &link),
            ("council", &MarkStyle::Strong)
        ]
    );
    assert_eq!(
        document.passage(1).unwrap().address(),
        Some("https://river.example/p.jpg")
    );
    assert_eq!(
        document.passage(3).unwrap().kind(),
        Kind::Numbered {
            depth: 0,
            number: 3
        }
    );
    assert_eq!(
        document.passage(4).unwrap().kind(),
        Kind::Bullet { depth: 1 }
    );
}

#[test]
fn what_is_left_out_is_listed_with_its_line_and_reason() {
    let sample =
        fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages/comments.html")).unwrap();
    let imported = read("comments.html", &sample);
    let left_out = &imported.documents[0].meta.left_out;
    let reason_of = |words: &str| {
        let entry = left_out.iter().find(|entry| entry.text.contains(words));
        entry.map(|entry| (entry.line, entry.reason.as_str()))
    };
    assert_eq!(reason_of("drum kit"), Some((11, "comments of readers")));
    assert_eq!(
        reason_of("A map of benches"),
        Some((17, "stands beside the article"))
    );
    assert!(reason_of("umbrella, twelve").is_none());
}

#[test]
fn a_page_is_told_by_its_content_not_by_its_name() {
    let html = "<!DOCTYPE html><html><body><article><h1>A title</h1><p>The river rose on Monday, and nobody was hurt by it this time.</p></article></body></html>";
    let imported = read("a.txt", html.as_bytes());
    assert_eq!(imported.documents[0].meta.title, "A title");
    let imported = read(
        "a.html",
        b"A title\n\nThe river rose on Monday, and nobody was hurt.",
    );
    assert_eq!(imported.documents[0].text().matches('<').count(), 0);
    let wide: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(html.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let imported = read("wide", &wide);
    assert_eq!(
        (imported.encoding, imported.documents[0].meta.title.as_str()),
        ("UTF-16LE", "A title")
    );
}

#[test]
fn control_characters_and_surrogates_by_entities_do_no_harm() {
    let imported = page(
        "<html><body><article><p>A&#1;B &#x1B;[31mred &#xD800;&#xDFFF; &#0; &#x85; &#xF0001; &#x10FFFD; &#8238;turned&#8236; and a sentence that is long enough.</p>
        <p>Another paragraph of the same article, for there must be something to find in it.</p></article></body></html>",
    );
    let text = imported.documents[0].text();
    assert!(
        text.starts_with("A B [31mred \u{fffd}\u{fffd} \u{fffd} …"),
        "{text}"
    );
    assert!(
        !text
            .chars()
            .any(|c| (c.is_control() && c != '\n') || c >= '\u{f0000}')
    );
    // Signs of our own in a page choose nothing.
    assert!(text.contains("turned"));
}

#[test]
fn hostile_pages_are_read_or_refused_in_bounded_time() {
    let long =
        "<p>The river rose again on Monday, and the bridge was closed for all of the day.</p>\n";
    let refused = |html: String| match import(&Input {
        name: "x.html",
        bytes: html.as_bytes(),
        copied: None,
    }) {
        Err(ImportError::TooMuch(_, why)) => why,
        other => panic!("{other:?}"),
    };
    assert!(refused(format!("<html>{}", long.repeat(50_000_000 / long.len()))).contains("32 MB"));
    assert!(refused(format!("<html>{}", "<br>".repeat(1_100_000))).contains("a million"));
    let attributes: Vec<String> = (0..200_000).map(|at| format!("a{at}")).collect();
    assert!(refused(format!("<html><p {}>x", attributes.join(" "))).contains("attributes"));

    let entities = "<!DOCTYPE html [<!ENTITY a0 'ha'><!ENTITY a1 '&a0;&a0;&a0;&a0;'><!ENTITY a2 '&a1;&a1;&a1;&a1;'>]><html><body><p>&a2; is not expanded.";
    assert!(
        page(entities).documents[0]
            .text()
            .contains("&a2; is not expanded")
    );
    for html in [
        format!(
            "<html>{}Deep inside there is a text.",
            "<div>".repeat(100_000)
        ),
        format!(
            "<html>{}<p>Deep inside there is a text.",
            "<table><tr><td>".repeat(20_000)
        ),
        format!(
            "<html>{}Deep inside there is a text.",
            "<ul><li>".repeat(20_000)
        ),
        format!(
            "<html>{}Deep inside there is a text.",
            "<blockquote><b><i><a href=x>".repeat(5000)
        ),
        format!(
            "<html>{}<p>Deep inside there is a text.",
            "<svg><path><g>".repeat(20_000)
        ) + "</svg>",
        format!(
            "<html>{}</b></i><p>Deep inside there is a text.",
            "<b><i></b>".repeat(5000)
        ),
        format!(
            "<html><!-- {} --><p>Deep inside there is a text.",
            "<a b='x'>".repeat(50_000)
        ),
        format!(
            "<html><body><p>Deep inside there is a text.<a title=\"{}",
            "&amp;<".repeat(100_000)
        ),
        format!(
            "<html><body><picture>{}</picture><p>Deep inside there is a text.",
            "<img>".repeat(20_000)
        ),
    ] {
        let imported = page(&html);
        assert!(imported.documents[0].text().len() < 20_000);
        assert!(
            imported.documents[0].text().contains("Deep inside"),
            "{}",
            html.get(..60).unwrap()
        );
    }
}

/// Pieces of markup, whole and broken.
const COMMON: &[&str] = &[
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<article>",
    "</article>",
    "<h1>",
    "</h1>",
    "<h2>",
    "</h2>",
    "<ul>",
    "<ol start=7>",
    "<li>",
    "</ul>",
    "</ol>",
    "<blockquote>",
    "</blockquote>",
    "<pre>",
    "</pre>",
    "<table>",
    "<tr>",
    "<td>",
    "<th>",
    "</table>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<code>",
    "</code>",
    "<a href='/x y'>",
    "<a href=\"https://e.example/?a=(b)&amp;c\">",
    "</a>",
    "<br>",
    "<hr>",
    "<img src=a.jpg alt='A [picture] *'>",
    "<figure>",
    "<figcaption>",
    "</figcaption>",
    "</figure>",
    "</span>",
    "<time datetime=2026-01-30>",
    "</time>",
    "<form>",
    "</form>",
    "<math><mi>",
    "</math>",
    "<body>",
    "</html>",
    "The river rose on Monday, and the bridge was closed for all of the day.",
    "Ann: It rained.",
    "Bo: Did it rain?",
    "**Ann:**",
    "# A",
    "1. one",
    "- x",
    "| a |",
    "<",
    ">",
    "&",
    "&amp;",
    "&lt;b&gt;",
    "&#0;",
    "&#xD800;",
    "&nbsp;",
    "\u{f0001}",
    "\u{202e}",
    "سلام",
    "道可道",
    "\n",
    "  ",
    "\t",
    "\\",
    "`",
    "_a_",
    "[x](y)",
];
/// Those that swallow what follows.
const RARE: &[&str] = &[
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<!--",
    "-->",
    "<template>",
    "</template>",
    "<select>",
    "<option>",
    "</select>",
    "<textarea>",
    "</textarea>",
    "<title>",
    "</title>",
    "<svg>",
    "</svg>",
    "<noscript>",
    "</noscript>",
    "<nav>",
    "</nav>",
    "<span class='share'>",
    "<a b='",
];

fn markup() -> impl proptest::strategy::Strategy<Value = &'static str> {
    proptest::prop_oneof![
        30 => proptest::sample::select(COMMON),
        1 => proptest::sample::select(RARE),
        15 => proptest::strategy::Just("<p>The river rose on Monday, and nobody was hurt by it this time."),
    ]
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, cases: 200, ..Default::default() })]

    #[test]
    fn markup_of_any_kind_gives_a_document_that_can_be_written_and_read(pieces in proptest::collection::vec(markup(), 0..80)) {
        let html = format!("<!doctype html><html>{}", pieces.concat());
        let input = Input { name: "soup.html", bytes: html.as_bytes(), copied: None };
        match import(&input) {
            Ok(imported) => {
                let document = &imported.documents[0];
                let (again, _) = markdown::read(document.id.clone(), "soup.md", &markdown::write(document));
                proptest::prop_assert_eq!(&again, document);
            }
            Err(refused) => proptest::prop_assert!(matches!(refused, ImportError::Empty(_) | ImportError::NotText(..)), "{}", refused),
        }
    }
}
