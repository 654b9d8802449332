//! Hostile text through every importer into the reader's cells and onto standard output: nothing that commands a terminal, and nothing
//! that hides what is read, arrives.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::format_collect,
    reason = "a test fails by panicking, and says what it measured"
)]

mod settling;

use diptych::analysis;
use diptych::analysis::alignment::Decisions;
use diptych::app::message::Message;
use diptych::app::{App, Known, Opening, Settings};
use diptych::corpus::Corpus;
use diptych::import::{self, Cut, Division, Input, Means};
use diptych::view;
use diptych::view::theme::{Background, Depth, Theme};
use keybinds::KeySeq;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use settling::settle;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::process::Command;

/// Sequences and characters that terminals obey, or that hide or turn round what stands beside them.
const EVIL: [&str; 22] = [
    "\u{1b}[2J",
    "\u{1b}]0;owned\u{7}",
    "\u{1b}]52;c;ZXZpbA==\u{1b}\\",
    "\u{1b}P+q\u{1b}\\",
    "\u{9b}31m",
    "\u{9d}0;x\u{9c}",
    "\u{90}q\u{9c}",
    "\u{0}",
    "\u{8}\u{8}\u{8}",
    "\u{7f}",
    "\r",
    "\u{b}",
    "\u{c}",
    "\u{85}",
    "\u{2028}",
    "\u{202e}",
    "\u{2066}",
    "\u{200b}",
    "\u{e0041}",
    "\u{feff}",
    "\u{ad}",
    "\u{fff9}",
];

/// Text with some of them in it.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-z]{1,8}( [a-z]{2,7}){0,4}",
        4 => prop::sample::select(EVIL.to_vec()).prop_map(str::to_owned),
        2 => prop::sample::select(vec![
            " ", ". ", "\n", "\n\n", "12 people", "“said”", "<b>", "</p>", "&#27;", "&#x9b;", "&#8238;", "]]>", "---\n", "# ", "**A:** ", "| ", "=E2", "](",
            "سلام", "中文",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 1..30).prop_map(|pieces| pieces.concat())
}

/// What no terminal may be sent.
fn is_forbidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{200b}' | '\u{feff}' | '\u{e0001}'..='\u{e007f}' | '\u{fff9}'..='\u{fffb}')
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The text as a file of each format, with its name.
fn files(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let json = serde_json::json!({"version": "https://jsonfeed.org/version/1.1", "title": text, "items": [{"id": text, "title": text, "content_html": text, "authors": [{"name": text}]}]});
    let chapter = format!(
        "<html><head><title>{text}</title></head><body><h1>{text}</h1><p>{text}</p></body></html>"
    );
    let package = format!(
        "<package><metadata><title>{text}</title><creator>{text}</creator></metadata><manifest><item id='a' href='a.xhtml'/></manifest><spine><itemref idref='a'/></spine></package>"
    );
    let book = zipped(&[
        (
            "META-INF/container.xml",
            b"<container><rootfiles><rootfile full-path='b.opf'/></rootfiles></container>",
        ),
        ("b.opf", package.as_bytes()),
        ("a.xhtml", chapter.as_bytes()),
    ]);
    // In a PDF text is bytes of a font's encoding, and titles are UTF-16.
    let title: String = text
        .encode_utf16()
        .map(|unit| format!("{unit:04x}"))
        .collect();
    let shown: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
    let stream = format!("BT /F1 12 Tf 72 700 Td <{shown}> Tj 0 -14 Td (and more text) Tj ET");
    let pdf = format!(
        "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R>>\nendobj\n4 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\n5 0 obj\n<</Length {}>>\nstream\n{stream}\nendstream\nendobj\n6 0 obj\n<</Title<feff{title}>/Author<feff{title}>>>\nendobj\ntrailer\n<</Size 7/Root 1 0 R/Info 6 0 R>>\n",
        stream.len()
    );
    let yaml = serde_json::json!(text);
    vec![
        ("a.txt", format!("{text}\n\nBy {text}\n\n{text}\n").into_bytes()),
        ("a.md", format!("---\ntitle: {yaml}\nsource: {yaml}\nauthors: [{yaml}]\nkind: {yaml}\nurl: {yaml}\nx: {yaml}\n---\n\n# {text}\n\n**{text}:** {text}\n\n<!-- topic: {text} -->\n{text}\n\n```\n{text}\n```\n").into_bytes()),
        ("a.html", format!("<!DOCTYPE html><html><head><title>{text}</title><meta name=\"author\" content=\"{text}\"><meta property=\"og:site_name\" content=\"{text}\"></head><body><article><h1>{text}</h1><p>{text}</p><a href=\"{text}\">{text}</a><table><tr><td>{text}</td></tr></table><img alt=\"{text}\"></article></body></html>").into_bytes()),
        ("a.xml", format!("<rss version='2.0'><channel><title>{text}</title><item><title><![CDATA[{text}]]></title><guid>{text}</guid><author>{text}</author><description>{text}</description></item></channel></rss>").into_bytes()),
        ("a.json", json.to_string().into_bytes()),
        ("a.eml", format!("From: {text} <a@b.example>\nSubject: {text}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{text}\n").into_bytes()),
        ("a.srt", format!("1\n00:00:01,000 --> 00:00:02,000\n{text}\n\n2\n00:00:03,000 --> 00:00:04,000\n{text}\n").into_bytes()),
        ("a.epub", book),
        ("a.pdf", pdf.into_bytes()),
    ]
}

struct Divides;

impl Means for Divides {
    fn divides(&mut self, _: Division, _: &[Cut]) -> bool {
        true
    }
}

/// What each format makes of the text, as one corpus.
fn imported(text: &str) -> Corpus {
    let mut corpus = Corpus {
        language: "en".to_owned(),
        ..Corpus::default()
    };
    for (name, bytes) in files(text) {
        let input = Input {
            name,
            bytes: &bytes,
            copied: None,
        };
        let Ok(imported) = import::import_by(&input, &mut Divides) else {
            continue;
        };
        for mut document in imported.documents {
            document.id = format!("{}-{}", corpus.documents.len(), document.id).into();
            corpus.documents.push(document);
        }
        for source in imported.sources {
            if corpus.sources.iter().all(|known| known.id != source.id) {
                corpus.sources.push(source);
            }
        }
    }
    corpus
}

/// Keys that open every view, each drawn.
const VIEWS: [&str; 18] = [
    "v", "w", "Esc", "e", "Tab", "Tab", "Esc", "C", "Esc", "t", "Esc", "p", "Esc", "i", "Esc",
    "S a", "Esc", "V",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_importer_lets_a_control_into_a_cell(text in hostile()) {
        let corpus = imported(&text);
        prop_assume!(!corpus.documents.is_empty());
        let (topics, tagging) = analysis::topics_of(&corpus).unwrap();
        let opening = Opening {
            corpus: Corpus { topics, ..corpus },
            whole: None,
            known: Known::All(tagging),
            perspectives: Vec::new(),
            notice: Some(text.clone()),
            decisions: Decisions::default(),
            settings: Settings::default(),
        };
        let (mut app, effects) = App::new(opening, 120, 40);
        settle(&mut app, effects);
        for keys in VIEWS {
            let keys: KeySeq = keys.parse().unwrap();
            for key in keys.as_slice() {
                let effects = app.update(Message::Key(*key));
                settle(&mut app, effects);
            }
            let mut buffer = Buffer::empty(app.screen.size);
            view::draw(&app, &Theme::new(Depth::True, Background::Unknown), &mut buffer);
            for cell in buffer.content() {
                prop_assert!(!cell.symbol().contains(is_forbidden), "{:?} after {:?}", cell.symbol(), keys);
            }
        }
    }
}

fn run(home: &Path, arguments: &[&str]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_diptych"));
    command
        .args(arguments)
        .current_dir(home)
        .env_remove("DIPTYCH_CORPUS");
    for name in ["DATA", "STATE", "CACHE"] {
        command.env(format!("DIPTYCH_{name}_HOME"), home.join("homes"));
    }
    let output = command.output().unwrap();
    let all = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(all).unwrap())
}

#[test]
fn no_importer_lets_a_control_into_a_cell_or_an_output() {
    let home = tempfile::tempdir().unwrap();
    // Some of each kind, and prose around them: what is full of controls is refused as no text.
    let evil = "\u{1b}]0;owned\u{7}\u{202e}\u{200b}\u{9b}31m\u{e0041}\u{feff}";
    let prose =
        "The dam above the town was full, and the power station stood still for days. ".repeat(6);
    let text =
        format!("power cut {evil} in five towns, 12 people said “we saw {evil} it all”. {prose}");
    let inputs = home.path().join("in");
    fs::create_dir(&inputs).unwrap();
    for (name, bytes) in files(&text) {
        fs::write(inputs.join(name), bytes).unwrap();
    }
    // Names of files are foreign too.
    fs::write(
        inputs.join("\u{1b}[31m\u{202e}.txt"),
        "A text with a name that is none.\n",
    )
    .unwrap();
    let (_, told) = run(home.path(), &["import", "in", "--into", "mine"]);
    assert!(
        !told.contains(|c: char| is_forbidden(c) && c != '\n'),
        "{told:?}"
    );
    let (worked, listed) = run(home.path(), &["list", "--corpus", "mine", "--json"]);
    assert!(worked, "{listed}");
    let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
    let ids: Vec<&str> = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|document| document["id"].as_str().unwrap())
        .collect();
    assert!(ids.len() >= 8, "{told}\n{ids:?}");
    let (one, other) = (ids[0], ids[1]);
    let all: [&[&str]; 24] = [
        &["list"],
        &["list", "--sources"],
        &["list", "--voices"],
        &["topics"],
        &["topics", "--suggest", "5"],
        &["coverage"],
        &["coverage", "--by", "voice"],
        &["coverage", "--json"],
        &["figures"],
        &["figures", "--csv"],
        &["quotes", "--all"],
        &["quotes", "--speakers"],
        &["search", "power"],
        &["search", "power", "--json"],
        &["compare", one, other, "--all"],
        &["compare", one, other, "--all", "--html"],
        &["compare", one, other, "--all", "--csv"],
        &["wording", one, other],
        &["evidence", one, other],
        &["show", one, "--markdown"],
        &["show", other, "--text"],
        &["export", "coverage", "--as", "markdown"],
        &["notes"],
        &["check"],
    ];
    for arguments in all {
        let arguments = [arguments, &["--corpus", "mine"]].concat();
        let (_, told) = run(home.path(), &arguments);
        let found = told.find(|c: char| is_forbidden(c) && c != '\n' && c != '\r');
        assert_eq!(found, None, "{arguments:?}: {told:?}");
    }
    for id in &ids {
        for form in [
            &["show", id][..],
            &["show", id, "--json"],
            &["cite", &format!("{id}#1"), "--style", "bibtex"],
        ] {
            let (_, told) = run(home.path(), &[form, &["--corpus", "mine"]].concat());
            assert!(
                !told.contains(|c: char| is_forbidden(c) && c != '\n'),
                "{form:?}: {told:?}"
            );
        }
    }
    for (name, _) in files("") {
        let (_, told) = run(home.path(), &["extract", &format!("in/{name}")]);
        assert!(
            !told.contains(|c: char| is_forbidden(c) && c != '\n'),
            "{name}: {told:?}"
        );
    }
}
