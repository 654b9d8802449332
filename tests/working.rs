//! What comes of reading, by running the program: citations, exports, notes.
#![allow(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

use std::path::Path;
use std::process::{Command, Output};

/// The program, with homes of its own, so that nothing of the person who runs the tests is read or written.
fn program(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_diptych"));
    command
        .env_remove("DIPTYCH_CORPUS")
        .env("DIPTYCH_DATA_HOME", home.join("data"))
        .env("DIPTYCH_STATE_HOME", home.join("state"));
    command
}

fn run_in(home: &Path, arguments: &[&str]) -> Output {
    program(home).args(arguments).output().unwrap()
}

/// What it prints; it must succeed.
#[track_caller]
fn printed(home: &Path, arguments: &[&str]) -> String {
    let output = run_in(home, arguments);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {told}");
    String::from_utf8(output.stdout).unwrap()
}

#[track_caller]
fn refused(home: &Path, arguments: &[&str]) -> String {
    let output = run_in(home, arguments);
    assert!(!output.status.success(), "{arguments:?} succeeded");
    String::from_utf8(output.stderr).unwrap()
}

const CITED: &str = "crimethinc/a-war-against-its-own-society#2";

#[test]
fn a_citation_is_printed_in_each_style_with_locator_and_hash() {
    let home = tempfile::tempdir().unwrap();
    for (style, start) in [
        ("plain", "“"),
        ("markdown", "> "),
        ("bibtex", "@misc{"),
        ("csl-json", "["),
    ] {
        let text = printed(home.path(), &["cite", CITED, "--style", style]);
        assert!(text.starts_with(start), "{style}: {text}");
        for part in ["A War against Its Own Society", "sha256", "2026"] {
            assert!(text.contains(part), "{style} has no {part}: {text}");
        }
        assert!(
            text.contains("¶2") || text.contains("\\P{}2"),
            "{style}: {text}"
        );
        let again = printed(home.path(), &["cite", CITED, "--style", style]);
        assert_eq!(text, again);
    }
    let json = printed(home.path(), &["cite", CITED, "--json"]);
    let items: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        items[0]["author"][0]["literal"],
        "Palestinian Solidarity Action Network (PSAN)"
    );
}

#[test]
fn several_passages_are_cited_in_their_order_and_into_a_new_file_only() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("cited.bib");
    let file = path.to_str().unwrap();
    let other = CITED.replace("#2", "#4");
    let wanted = ["cite", &other, CITED, "--style", "bibtex", "--output", file];
    assert_eq!(printed(home.path(), &wanted), "");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.find("-p4,").unwrap() < text.find("-p2,").unwrap());
    assert!(refused(home.path(), &wanted).contains("is there already"));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn what_is_no_passage_is_refused_with_what_to_write() {
    let home = tempfile::tempdir().unwrap();
    let document = CITED.trim_end_matches("#2");
    let told = refused(home.path(), &["cite", document]);
    assert!(told.contains("which passage of"), "{told}");
    let told = refused(home.path(), &["cite", &format!("{document}#9999")]);
    assert!(told.contains("not 9999"), "{told}");
    refused(home.path(), &["cite", CITED, "--json", "--style", "plain"]);
}

/// What the published schema of CSL-JSON (csl-data.json of citation-style-language/schema) has for items like ours.
#[test]
fn csl_items_keep_to_the_published_fields_and_types() {
    let home = tempfile::tempdir().unwrap();
    let listed = printed(home.path(), &["list", "--json"]);
    let documents: serde_json::Value = serde_json::from_str(&listed).unwrap();
    let types = ["interview", "report", "document", "webpage", "article"];
    let texts = [
        "id",
        "type",
        "title",
        "container-title",
        "URL",
        "language",
        "locator",
        "note",
        "annote",
    ];
    for document in documents.as_array().unwrap() {
        let wanted = format!("{}#2", document["id"].as_str().unwrap());
        let json = printed(home.path(), &["cite", &wanted, "--json"]);
        let items: serde_json::Value = serde_json::from_str(&json).unwrap();
        let item = items[0].as_object().unwrap();
        assert!(types.contains(&item["type"].as_str().unwrap()), "{item:?}");
        for (name, value) in item {
            let is_right = match name.as_str() {
                name if texts.contains(&name) => value.is_string(),
                "author" => value
                    .as_array()
                    .unwrap()
                    .iter()
                    .all(|of| of["literal"].is_string()),
                "issued" => (1..=3).contains(&value["date-parts"][0].as_array().unwrap().len()),
                "custom" => value.is_object(),
                _ => false,
            };
            assert!(is_right, "{name}: {value}");
        }
    }
}

const COMPARED: [&str; 5] = [
    "compare",
    "crimethinc/a-war-against-its-own-society",
    "source:the-atlantic",
    "--topic",
    "1",
];

/// A corpus of two documents that say what means something to a browser or a spreadsheet.
fn hostile_corpus(home: &Path) -> String {
    let folder = home.join("hostile");
    std::fs::create_dir(&folder).unwrap();
    let one = "---\ntitle: One <script>document.title='hit'</script>\nsource: one\nurl: https://one.example/\n---\n\n\
               In Lurimbe 412 houses stood under water, the ministry said. \\<img src=x onerror=\"document.title='hit'\">\n\n\
               =1+1 and then \\<script>document.title='hit'\\</script> stood on the wall of the mill in Lurimbe.\n\n\
               @SUM(A1:A9), -2+3, \"quoted\", and, commas\n";
    let two = "---\ntitle: Two\nsource: two\nlanguage: fa\n---\n\nThe ministry counted 412 houses under water in Lurimbe.\n\n\
               سلام دنیا، این یک متن دراز است که از راست به چپ خوانده می‌شود.\n";
    std::fs::write(folder.join("one.md"), one).unwrap();
    std::fs::write(folder.join("two.md"), two).unwrap();
    folder.to_str().unwrap().to_owned()
}

#[test]
fn the_same_comparison_gives_the_same_bytes_in_every_format() {
    let home = tempfile::tempdir().unwrap();
    for format in ["--html", "--markdown", "--csv"] {
        let wanted = [&COMPARED[..], &[format]].concat();
        let text = printed(home.path(), &wanted);
        assert_eq!(text, printed(home.path(), &wanted), "{format}");
        assert!(text.contains("shutdown"), "{format}");
    }
    let clash = [&COMPARED[..], &["--html", "--csv"]].concat();
    refused(home.path(), &clash);
}

#[test]
fn coverage_and_evidence_are_handed_over_in_every_format() {
    let home = tempfile::tempdir().unwrap();
    let [_, left, right, ..] = COMPARED;
    for what in [
        vec!["coverage"],
        vec!["evidence", left, right, "--topic", "4"],
    ] {
        for (format, start) in [
            ("html", "<!DOCTYPE html>"),
            ("markdown", "# "),
            ("csv", ""),
            ("json", "{"),
        ] {
            let path = home.path().join(format!("{}.{format}", what[0]));
            let file = path.to_str().unwrap();
            let wanted = [&["export"], &what[..], &["--as", format]].concat();
            let text = printed(home.path(), &wanted);
            assert!(text.starts_with(start), "{what:?} {format}: {text}");
            let to_file = [&wanted[..], &["--output", file]].concat();
            printed(home.path(), &to_file);
            let written = std::fs::read_to_string(&path).unwrap();
            assert_eq!(written.trim_end(), text.trim_end());
            assert!(refused(home.path(), &to_file).contains("is there already"));
        }
    }
}

/// Two accounts of an accident at a lock, and a third text that is the first once more.
fn lock_corpus(home: &Path) -> String {
    let folder = home.join("lock");
    std::fs::create_dir(&folder).unwrap();
    let gazette = "Seventeen people were killed at the lower lock on Monday, the harbour office said. “Nobody had told us that the gate was \
rusted through,” said Ina Brandt, who keeps the lock.\n\nAt least 40 people were injured, the hospital said. Eleven people were killed at the \
lower lock, the union says.";
    let tribune = "The union says that 11 people were killed at the lower lock on Monday. “Nobody had told us that the gate was rusted \
through,” said Ina Brandt. “We will sue the port,” said Omar Hale, a docker.\n\nThe hospital spoke of 45 people injured. The bridge cost 3 \
million euros in 1998.";
    for (name, source, text) in [
        ("gates", "gazette", gazette),
        ("keeper", "tribune", tribune),
        ("again", "herald", gazette),
    ] {
        let text = format!("---\ntitle: Of {name}\nsource: {source}\n---\n\n{text}\n");
        std::fs::write(folder.join(format!("{name}.md")), text).unwrap();
    }
    folder.to_str().unwrap().to_owned()
}

#[test]
fn evidence_that_is_handed_over_can_be_cited_from_side_by_side() {
    let home = tempfile::tempdir().unwrap();
    let corpus = lock_corpus(home.path());
    let asked = ["export", "evidence", "gates", "keeper", "--corpus", &corpus];
    let markdown = printed(home.path(), &[&asked[..], &["--as", "markdown"]].concat());
    let line = |part: &str| {
        let mut lines = markdown.lines();
        let found = lines.find(|line| line.contains(part));
        found.unwrap_or_else(|| panic!("{part} in {markdown}"))
    };
    // The verdict in the words of the reader, under what is counted.
    let verdict =
        "### people · killed\n\nsome overlap; those marked ≠ overlap none of the others\n";
    assert!(markdown.contains(verdict), "{markdown}");
    // Who says so, when and where, the passage and its sentence; what has the same bounds stands level.
    let alone = line("≠ Seventeen");
    for part in [
        "according to the harbour office",
        "killed",
        "on Monday",
        "overlaps none of the others",
        "\\[gates#1\\]: Seventeen people were killed at the lower lock",
    ] {
        assert!(alone.contains(part), "{part} in {alone}");
    }
    let level = line("**Eleven**");
    assert!(
        level.contains("**11**") && level.contains("\\[keeper#1\\]"),
        "{level}"
    );
    // Who speaks, and what both quote.
    assert!(
        line("**Omar Hale** · 1 quotation of 5 words")
            .contains("“We will sue the port,” \\[keeper#1\\]")
    );
    let shared = markdown
        .split_once("### Quoted on several sides")
        .unwrap()
        .1;
    assert_eq!(
        shared
            .split_once("###")
            .unwrap()
            .0
            .matches("rusted through")
            .count(),
        2
    );
    // Which of two same texts was first is not known.
    assert!(
        markdown.contains("same text as \\[again#2\\]"),
        "{markdown}"
    );
    assert!(!markdown.contains("copy of"), "{markdown}");
    assert!(!markdown.contains("Nothing found"), "{markdown}");
    assert!(line("- Of gates, gazette").contains("sha256"), "{markdown}");

    let html = printed(home.path(), &asked);
    for part in [
        "<h3 id=\"part-1-1\"",
        "<b><bdi>≠ Seventeen</bdi></b>",
        "<mark>Seventeen</mark> people were killed",
        "data-side=\"tribune — Of keeper\"",
        "href=\"#part-2\">Voices",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    let csv = printed(home.path(), &[&asked[..], &["--as", "csv"]].concat());
    let table = printed(
        home.path(),
        &["evidence", "gates", "keeper", "--csv", "--corpus", &corpus],
    );
    assert_eq!(csv.trim_end(), table.trim_end());
    let row = csv
        .lines()
        .find(|row| row.starts_with("figure,left,Seventeen,"))
        .unwrap();
    for part in [
        "people · killed",
        "those marked ≠",
        ",differs,",
        "on Monday",
    ] {
        assert!(row.contains(part), "{part} in {row}");
    }
    assert!(csv.contains("\ncopy,elsewhere,,again,1,") && csv.contains("same_text_as"));
    // A folder of two documents needs no more than its name, as in the commands.
    std::fs::remove_file(Path::new(&corpus).join("again.md")).unwrap();
    let alone = printed(home.path(), &["export", "evidence", &corpus, "--as", "csv"]);
    assert!(alone.contains("\nfigure,"), "{alone}");
}

#[test]
fn chances_and_names_are_handed_over_as_a_reader_says_them() {
    let home = tempfile::tempdir().unwrap();
    let [_, left, right, ..] = COMPARED;
    let asked = ["export", "evidence", left, right];
    let markdown = printed(home.path(), &[&asked[..], &["--as", "markdown"]].concat());
    assert!(markdown.contains("by chance 1 in "), "{markdown}");
    let csv = printed(home.path(), &[&asked[..], &["--as", "csv"]].concat());
    let namings = || csv.lines().filter(|row| row.starts_with("wording naming,"));
    assert!(namings().count() > 0 && namings().all(|row| !row.contains(",0,0,")));
    for row in csv.lines().filter(|row| row.starts_with("wording only,")) {
        assert!(row.chars().count() < 80, "{row}");
    }
}

/// Runs a Python script; `None`, with a line, where there is no Python.
fn python(script: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new("python3")
        .args(["-c", script])
        .args(arguments)
        .output();
    let Ok(output) = output else {
        eprintln!("skipped: no python3 here");
        return None;
    };
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn a_spreadsheet_reads_the_cells_that_were_written_and_no_formula() {
    let home = tempfile::tempdir().unwrap();
    let corpus = hostile_corpus(home.path());
    let table = printed(
        home.path(),
        &["compare", "one", "two", "--csv", "--corpus", &corpus],
    );
    let file = home.path().join("table.csv");
    std::fs::write(&file, &table).unwrap();
    let script = "import csv,json,sys\nprint(json.dumps(list(csv.reader(open(sys.argv[1],encoding='utf-8',newline='')))))";
    let Some(read) = python(script, &[file.to_str().unwrap()]) else {
        return;
    };
    let rows: Vec<Vec<String>> = serde_json::from_str(&read).unwrap();
    assert!(rows.len() > 3 && rows.iter().all(|row| row.len() == rows[0].len()));
    for cell in rows.iter().flatten() {
        assert!(
            !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
            "{cell}"
        );
    }
    let all: Vec<&String> = rows.iter().flatten().collect();
    let has = |text: &str| all.iter().any(|cell| *cell == text);
    assert!(
        has("'@SUM(A1:A9), -2+3, \"quoted\", and, commas"),
        "{all:?}"
    );
    assert!(has(
        "The ministry counted 412 houses under water in Lurimbe."
    ));
}

/// A browser without a screen, where there is one.
fn browser() -> Option<&'static str> {
    let names = ["chromium", "chromium-browser", "google-chrome", "chrome"];
    let found = names.into_iter().find(|name| {
        let version = Command::new(name).arg("--version").output();
        version.is_ok_and(|output| output.status.success())
    });
    if found.is_none() {
        eprintln!("skipped: no Chromium here");
    }
    found
}

/// Opens a page at a width, in Chromium; its document after loading, and what the browser logged.
fn opened(browser: &str, home: &Path, page: &Path, width: u32) -> (String, String) {
    let profile = home.join(format!("profile-{width}"));
    let mut command = Command::new(browser);
    command.args([
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--enable-logging=stderr",
        "--disable-background-networking",
        "--disable-component-update",
        "--no-first-run",
    ]);
    command.arg(format!("--user-data-dir={}", profile.display()));
    command.arg(format!("--window-size={width},1200"));
    command.args(["--virtual-time-budget=3000", "--dump-dom"]);
    let output = command
        .arg(format!("file://{}", page.display()))
        .output()
        .unwrap();
    (
        String::from_utf8_lossy(&output.stdout).into_owned(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

/// Put into a copy of the page, to measure what the browser made of it: the page itself holds no script.
const PROBE: &str = "<script>addEventListener('load',()=>{const t=[...document.querySelectorAll('.facing tbody tr')];\
    const wide=document.documentElement.scrollWidth>innerWidth;\
    const level=t.every(r=>{const b=[...r.querySelectorAll('td')].map(c=>c.getBoundingClientRect().top);return b.every(x=>Math.abs(x-b[0])<1)});\
    const stacked=t.every(r=>{const b=[...r.querySelectorAll('td:not(.empty)')].map(c=>c.getBoundingClientRect().top);return b.every((x,i)=>!i||x>b[i-1])});\
    const loaded=performance.getEntriesByType('resource').length;\
    const head=document.querySelector('.facing thead').getBoundingClientRect().width;\
    const narrow=Math.min(...[...document.querySelectorAll('caption,.text,h1,h2')].map(e=>e.getBoundingClientRect().width));\
    const small=Math.min(...[...document.querySelectorAll('.text')].map(e=>parseFloat(getComputedStyle(e).fontSize)));\
    parent.postMessage(JSON.stringify({rows:t.length,wide,level,stacked,loaded,small,narrow,head}),'*')})</script>";

#[test]
fn the_page_opens_in_a_browser_level_on_a_wide_screen_and_stacked_on_a_narrow_one() {
    let Some(browser) = browser() else { return };
    let home = tempfile::tempdir().unwrap();
    let corpus = hostile_corpus(home.path());
    let page = printed(
        home.path(),
        &["compare", "one", "two", "--html", "--corpus", &corpus],
    );
    let file = home.path().join("page.html");
    std::fs::write(&file, &page).unwrap();
    let (dom, log) = opened(browser, home.path(), &file, 1400);
    assert!(
        !dom.contains("<title>hit") && dom.contains("&lt;script&gt;"),
        "{dom}"
    );
    // With its policy in force the browser has nothing to complain of.
    for complaint in ["CONSOLE", "Refused to", "ERR_"] {
        assert!(!log.contains(complaint), "{log}");
    }
    // The probe needs the policy out of the way; what the page itself asks for is counted then.
    let policy = page.find("<meta http-equiv").unwrap();
    let end = policy + page[policy..].find('>').unwrap() + 1;
    let probed = format!("{}{PROBE}{}", &page[..policy], &page[end..]);
    let probed_file = home.path().join("probed.html");
    std::fs::write(&probed_file, probed).unwrap();
    for (width, level) in [(1400, true), (360, false)] {
        // A browser's window has a least width; a frame has none.
        let frame = format!(
            "<title>none</title><script>addEventListener('message',e=>document.title=e.data)</script>\
             <iframe src=probed.html style=\"border:0;width:{width}px;height:3000px\"></iframe>"
        );
        let frame_file = home.path().join(format!("frame-{width}.html"));
        std::fs::write(&frame_file, frame).unwrap();
        let (dom, log) = opened(browser, home.path(), &frame_file, 1500);
        let title = dom
            .split("<title>")
            .nth(1)
            .unwrap()
            .split("</title>")
            .next()
            .unwrap();
        let found: serde_json::Value = serde_json::from_str(&title.replace("&quot;", "\""))
            .unwrap_or_else(|_| panic!("{title}\n{log}"));
        assert!(found["rows"].as_u64().unwrap() >= 3, "{found}");
        assert_eq!(found["wide"], false, "{width}: it is wider than the screen");
        assert_eq!(found["level"], level, "{width}: {found}");
        assert_eq!(found["loaded"], 0, "{found}");
        assert!(level || found["stacked"] == true, "{width}: {found}");
        // Where the rows are stacked the head is only for those who listen.
        assert!(level || found["head"].as_f64().unwrap() <= 1.0, "{found}");
        assert!(found["narrow"].as_f64().unwrap() >= 200.0, "{found}");
        assert!(found["small"].as_f64().unwrap() >= 16.0, "{found}");
    }
}

/// A small corpus to take notes on.
fn small_corpus(home: &Path) -> String {
    let folder = home.join("small");
    std::fs::create_dir(&folder).unwrap();
    for (name, texts) in [
        (
            "one",
            [
                "The river rose four metres in one night.",
                "Officials speak of twelve dead so far, and of many missing.",
            ],
        ),
        (
            "two",
            [
                "We heard the dam break before we saw any water.",
                "My neighbours counted nineteen dead on our street alone.",
            ],
        ),
    ] {
        let text = format!(
            "---\ntitle: \"{name}\"\nsource: {name}\n---\n\n{}\n\n{}\n",
            texts[0], texts[1]
        );
        std::fs::write(folder.join(format!("{name}.md")), text).unwrap();
    }
    folder.to_str().unwrap().to_owned()
}

/// The ids of all notes on a corpus.
fn note_ids(home: &Path, corpus: &str) -> Vec<String> {
    let json = printed(home, &["notes", "--json", "--corpus", corpus]);
    let notes: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    let ids = notes.iter().map(|note| note["id"].as_str().unwrap());
    ids.map(str::to_owned).collect()
}

#[test]
fn every_note_that_was_reported_is_there_whenever_the_program_is_killed() {
    let home = tempfile::tempdir().unwrap();
    let corpus = small_corpus(home.path());
    let (mut reported, mut killed, mut state) = (Vec::new(), 0, 88_172_645_463_325_252_u64);
    // How long it takes to write one, so that the kills fall before, into and after it.
    let began = std::time::Instant::now();
    printed(
        home.path(),
        &["note", "one#1", "first", "--corpus", &corpus],
    );
    let mut usual = began.elapsed();
    for number in 0..100 {
        // Xorshift: the same moments in every run.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let words = format!("number {number}");
        let mut child = program(home.path())
            .args(["note", "one#2", &words, "--corpus", &corpus])
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(usual * u32::try_from(state % 130).unwrap() / 100);
        let is_running = child.try_wait().unwrap().is_none();
        killed += usize::from(is_running);
        // A machine that others use too is slower now and faster then: the aim follows.
        usual = if is_running {
            usual * 104 / 100
        } else {
            usual * 96 / 100
        };
        let _ = child.kill();
        let told = child.wait_with_output().unwrap().stdout;
        let told = String::from_utf8(told).unwrap();
        reported.extend(told.strip_suffix('\n').map(str::to_owned));
        if number % 20 == 0 {
            let there = note_ids(home.path(), &corpus);
            assert!(
                reported.iter().all(|id| there.contains(id)),
                "after {number}"
            );
        }
    }
    let there = note_ids(home.path(), &corpus);
    assert!(reported.iter().all(|id| there.contains(id)));
    eprintln!(
        "{} of 100 reported, {killed} killed, {} there",
        reported.len(),
        there.len()
    );
    assert!(
        killed > 20 && reported.len() > 10,
        "the kills missed their aim"
    );
    // What was cut off is no obstacle to the next.
    printed(home.path(), &["note", "one#1", "last", "--corpus", &corpus]);
    assert_eq!(note_ids(home.path(), &corpus).len(), there.len() + 1);
}

#[test]
fn two_programs_that_write_at_once_lose_nothing() {
    let home = tempfile::tempdir().unwrap();
    let corpus = small_corpus(home.path());
    let ids: Vec<String> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..4)
            .map(|_| {
                let (home, corpus) = (home.path(), &corpus);
                scope.spawn(move || {
                    let write = |number: usize| {
                        let words = format!("number {number}");
                        printed(home, &["note", "two#2", &words, "--corpus", corpus])
                    };
                    (0..20).map(write).collect::<Vec<_>>()
                })
            })
            .collect();
        let ids = writers
            .into_iter()
            .flat_map(|writer| writer.join().unwrap());
        ids.map(|id| id.trim().to_owned()).collect()
    });
    let there = note_ids(home.path(), &corpus);
    assert_eq!(there.len(), 80);
    assert!(ids.iter().all(|id| there.contains(id)));
}

#[test]
fn notes_are_listed_filtered_searched_and_handed_over() {
    let home = tempfile::tempdir().unwrap();
    let corpus = small_corpus(home.path());
    let at =
        |arguments: &[&str]| printed(home.path(), &[arguments, &["--corpus", &corpus]].concat());
    let told = run_in(home.path(), &["notes", "--corpus", &corpus]);
    assert!(String::from_utf8_lossy(&told.stderr).contains("no notes on these texts"));
    at(&["note", "one#1", "How high? #river =1+1 | <b>"]);
    at(&[
        "note",
        "one#2",
        "Seven apart #toll",
        "--with",
        "two#2",
        "--relation",
        "differs",
    ]);
    assert!(
        refused(home.path(), &["note", "one#1", " ", "--corpus", &corpus]).contains("needs words")
    );
    let all = at(&["notes"]);
    assert!(
        all.contains("[differs]") && all.contains("one#1 “The river"),
        "{all}"
    );
    assert!(!at(&["notes", "--tag", "toll"]).contains("How high"));
    assert!(!at(&["notes", "--search", "NINETEEN"]).contains("How high"));
    let json: serde_json::Value = serde_json::from_str(&at(&["notes", "--json"])).unwrap();
    assert_eq!(json[1]["relation"], "differs");
    assert_eq!(json[1]["places"][1]["document"], "two");
    assert!(
        json[0]["places"][0]["citation"]
            .as_str()
            .unwrap()
            .contains("sha256")
    );
    let annotations: serde_json::Value =
        serde_json::from_str(&at(&["notes", "--export", "jsonld"])).unwrap();
    assert_eq!(annotations[1]["motivation"], "linking");
    assert_eq!(annotations[1]["target"].as_array().unwrap().len(), 2);
    assert!(at(&["notes", "--export", "markdown"]).contains("\\<b\\>"));
    assert!(at(&["notes", "--export", "html"]).contains("&lt;b&gt;"));
    assert!(at(&["notes", "--export", "csv"]).contains("differs,two,2,"));
    // The text goes: the note is shown as lost, with its words.
    std::fs::write(
        Path::new(&corpus).join("one.md"),
        "---\ntitle: One\nsource: one\n---\n\nSomething else.\n",
    )
    .unwrap();
    let lost = at(&["notes", "--lost"]);
    assert!(
        lost.contains("lost its place in one: “The river rose"),
        "{lost}"
    );
}

#[test]
fn a_qdpx_project_is_read_by_others_with_every_position_right() {
    let home = tempfile::tempdir().unwrap();
    let corpus = small_corpus(home.path());
    let at =
        |arguments: &[&str]| printed(home.path(), &[arguments, &["--corpus", &corpus]].concat());
    at(&["note", "one#1", "High <b> & \"low\" #river"]);
    at(&[
        "note",
        "one#2",
        "Seven apart #toll",
        "--with",
        "two#2",
        "--relation",
        "differs",
    ]);
    let file = home.path().join("notes.qdpx");
    let file = file.to_str().unwrap();
    assert!(
        refused(
            home.path(),
            &["notes", "--export", "qdpx", "--corpus", &corpus]
        )
        .contains("--output")
    );
    at(&["notes", "--export", "qdpx", "--output", file]);
    let again = home.path().join("again.qdpx");
    at(&[
        "notes",
        "--export",
        "qdpx",
        "--output",
        again.to_str().unwrap(),
    ]);
    assert_eq!(std::fs::read(file).unwrap(), std::fs::read(again).unwrap());
    // The order of elements and the required attributes are those of the schema of REFI-QDA 1.5 (urn:QDA-XML:project:1.0).
    let script = r"
import json, sys, re, zipfile, xml.etree.ElementTree as E
z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None
p = E.fromstring(z.read('project.qde')); n = '{urn:QDA-XML:project:1.0}'
name = lambda e: e.tag.replace(n, '')
assert [name(e) for e in p] == ['Users', 'CodeBook', 'Sources', 'Notes', 'Links'], [name(e) for e in p]
guids = [e.get('guid') for e in p.iter() if e.get('guid')]
assert len(guids) == len(set(guids)) and all(re.fullmatch(r'[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}', g) for g in guids)
for e in p.iter():
    for a in ('targetGUID', 'originGUID', 'creatingUser', 'creatingUserGUID'):
        assert e.get(a) is None or e.get(a) in guids, (e.tag, a)
order = {'PlainTextSelection': ['Coding', 'NoteRef'], 'TextSource': ['PlainTextSelection'], 'Note': ['PlainTextContent']}
quotes = []
for e in p.iter():
    if name(e) in order:
        seen = [name(c) for c in e]; assert seen == sorted(seen, key=order[name(e)].index)
for s in p.iter(n + 'TextSource'):
    t = z.read('sources/' + s.get('plainTextPath').replace('internal://', '')).decode('utf-8')
    for x in s.iter(n + 'PlainTextSelection'):
        quotes.append(t[int(x.get('startPosition')):int(x.get('endPosition'))])
notes = [e.findtext(n + 'PlainTextContent') for e in p.iter(n + 'Note')]
codes = [e.get('name') for e in p.iter(n + 'Code')]
print(json.dumps([quotes, notes, codes]))
";
    let Some(found) = python(script, &[file]) else {
        return;
    };
    let found: Vec<Vec<String>> = serde_json::from_str(&found).unwrap();
    assert_eq!(
        found[0],
        [
            "The river rose four metres in one night.",
            "Officials speak of twelve dead so far, and of many missing.",
            "My neighbours counted nineteen dead on our street alone.",
        ]
    );
    assert_eq!(found[1], ["High <b> & \"low\" #river", "Seven apart #toll"]);
    assert_eq!(found[2], ["differs", "river", "toll"]);
}

/// Two files of their own, in a folder that is also the home.
fn two_files(home: &Path) -> [String; 2] {
    let texts = [
        (
            "left.txt",
            "The council\n\nThe council says that 40 people came to the bridge.\n\nNobody was hurt.\n",
        ),
        (
            "right.txt",
            "The harbour paper\n\nSome 300 people came to the bridge on Friday.\n\nTwo were hurt.\n",
        ),
    ];
    texts.map(|(name, text)| {
        let path = home.join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    })
}

#[test]
fn files_are_listed_cited_noted_and_their_notes_printed_without_a_corpus() {
    let home = tempfile::tempdir().unwrap();
    let [left, right] = two_files(home.path());
    let listed = printed(home.path(), &["list", &left, &right, "--json"]);
    let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
    assert_eq!(listed[0]["id"], left.as_str());
    let id = format!("{}#1", listed[1]["id"].as_str().unwrap());
    let cited = printed(home.path(), &["cite", &id, &format!("{left}#2")]);
    assert!(
        cited.contains("Some 300 people") && cited.contains("Nobody was hurt"),
        "{cited}"
    );
    let shown = printed(home.path(), &["show", &id]);
    assert!(shown.contains("Some 300 people"), "{shown}");
    let on = format!("{left}#1");
    let note = [
        "note",
        &on,
        "Whose count? #toll",
        "--with",
        &id,
        "--relation",
        "differs",
    ];
    printed(home.path(), &note);
    for texts in [vec![left.as_str(), right.as_str()], vec![right.as_str()]] {
        let line: Vec<&str> = ["notes", "--json"]
            .into_iter()
            .chain(texts.clone())
            .collect();
        let notes: serde_json::Value = serde_json::from_str(&printed(home.path(), &line)).unwrap();
        assert_eq!(notes[0]["tags"][0], "toll", "{texts:?}: {notes}");
        assert_eq!(notes[0]["places"].as_array().unwrap().len(), texts.len());
    }
    // Those of other files, and of the built-in corpus, are not these.
    assert_eq!(printed(home.path(), &["notes", "--json"]).trim(), "[]");
    let mixed = ["note", on.as_str(), "x", "--with", CITED];
    assert!(refused(home.path(), &mixed).contains("import the file"));
    let of_both = printed(home.path(), &["cite", &on, CITED]);
    assert!(
        of_both.contains("40 people") && of_both.contains("A War against"),
        "{of_both}"
    );
    assert!(refused(home.path(), &["cite", &format!("{left}#9")]).contains("2 passages, not 9"));
}

#[test]
fn a_folder_may_stand_behind_what_is_asked_of_it() {
    let home = tempfile::tempdir().unwrap();
    let [left, right] = two_files(home.path());
    let folder = home.path().join("mine");
    let mine = folder.to_str().unwrap();
    printed(home.path(), &["import", &left, &right, "--into", mine]);
    let document = printed(home.path(), &["list", mine, "--json"]);
    let document: serde_json::Value = serde_json::from_str(&document).unwrap();
    let on = format!("{}#1", document[0]["id"].as_str().unwrap());
    printed(home.path(), &["note", &on, "Mine", "--corpus", mine]);
    assert!(printed(home.path(), &["notes", mine]).contains("Mine"));
    let cache = home.path().join("cache");
    let search = |line: &[&str]| {
        let mut command = program(home.path());
        command
            .env("DIPTYCH_CACHE_HOME", &cache)
            .current_dir(home.path());
        let output = command.arg("search").args(line).output().unwrap();
        assert!(output.status.success(), "{line:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    // By a path, and by the name of a corpus that lies here.
    for line in [["bridge", mine], ["bridge", "mine"]] {
        assert!(search(&line).contains("300 people"), "{line:?}");
    }
    // A word that is no folder is a word.
    assert!(!search(&["bridge", "people"]).contains("300 people"));
    let wrong = refused(home.path(), &["list", mine, &left]);
    assert!(
        wrong.contains("name one corpus folder, or files"),
        "{wrong}"
    );
}

#[test]
fn a_note_on_words_that_have_changed_says_what_they_were_in_every_form() {
    let home = tempfile::tempdir().unwrap();
    let [left, _] = two_files(home.path());
    let on = format!("{left}#1");
    printed(home.path(), &["note", &on, "How many?"]);
    assert!(!printed(home.path(), &["notes", &left]).contains("have changed"));
    let text = std::fs::read_to_string(&left).unwrap();
    std::fs::write(&left, text.replace("40 people", "4|0 people")).unwrap();
    let then = "The council says that 40 people came to the bridge.";
    let now = then.replace("40", "4|0");
    let json = printed(home.path(), &["notes", &left, "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json[0]["places"][0]["quote"], now);
    assert_eq!(json[0]["places"][0]["quote_then"], then);
    for form in ["csv", "markdown", "html"] {
        let text = printed(home.path(), &["notes", &left, "--export", form]);
        assert!(
            text.contains("quote then") && text.contains(then),
            "{form}: {text}"
        );
    }
    let text = printed(home.path(), &["notes", &left]);
    assert!(text.contains(&format!("they were “{then}”")), "{text}");
}

#[test]
fn a_comparison_goes_into_the_file_that_is_named_as_its_ending_says() {
    let home = tempfile::tempdir().unwrap();
    for (name, option) in [
        ("page.html", "--html"),
        ("text.md", "--markdown"),
        ("table.CSV", "--csv"),
        ("data.json", "--json"),
    ] {
        let place = home.path().join(name);
        let file = place.to_str().unwrap();
        let to_file = [&COMPARED[..], &["--output", file]].concat();
        assert_eq!(printed(home.path(), &to_file), "");
        let written = std::fs::read_to_string(&place).unwrap();
        let shown = printed(home.path(), &[&COMPARED[..], &[option]].concat());
        assert_eq!(written.trim_end(), shown.trim_end(), "{name}");
        assert!(refused(home.path(), &to_file).contains("is there already"));
    }
    let odd = home.path().join("page");
    let odd = odd.to_str().unwrap();
    let unsaid = [&COMPARED[..], &["--output", odd]].concat();
    assert!(refused(home.path(), &unsaid).contains("does not say how"));
    printed(home.path(), &[&unsaid[..], &["--html"]].concat());
    assert!(
        std::fs::read_to_string(odd)
            .unwrap()
            .starts_with("<!DOCTYPE html>")
    );
}
