//! Folders of files of every kind: what becomes of each, what a kill half-way leaves behind, and that nothing is written elsewhere.

#![expect(
    clippy::unwrap_used,
    clippy::format_collect,
    clippy::format_push_string,
    reason = "a test fails by panicking, and makes its files as they read"
)]

use serde_json::Value;
use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Duration;

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_diptych"));
    command.env_remove("DIPTYCH_CORPUS").args(arguments);
    command
}

fn diptych(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
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

/// A PDF of one line.
fn pdf(text: &str) -> Vec<u8> {
    let stream = format!("BT /F1 12 Tf 1 0 0 1 72 700 Tm ({text}) Tj ET");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R>>".to_owned(),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
        format!("<</Length {}>>\nstream\n{stream}\nendstream", stream.len()),
    ];
    let mut out = "%PDF-1.4\n".to_owned();
    for (at, object) in objects.iter().enumerate() {
        out += &format!("{} 0 obj\n{object}\nendobj\n", at + 1);
    }
    (out + "trailer\n<</Size 6/Root 1 0 R>>\n").into_bytes()
}

fn feed(name: &str, entries: usize) -> String {
    let items: String = (0..entries)
        .map(|at| format!("<item><title>{name} entry {at}</title><guid>{name}-{at}@x</guid><description>What {name} says, part {at}.</description></item>"))
        .collect();
    format!("<rss version='2.0'><channel><title>Feed {name}</title>{items}</channel></rss>")
}

fn book(title: &str) -> Vec<u8> {
    let package = format!(
        "<package><metadata><title>{title}</title></metadata><manifest><item id='a' href='a.xhtml'/></manifest><spine><itemref idref='a'/></spine></package>"
    );
    let chapter = format!("<html><body><p>All that {title} has to say.</p></body></html>");
    zipped(&[
        (
            "META-INF/container.xml",
            b"<container><rootfiles><rootfile full-path='b.opf'/></rootfiles></container>",
        ),
        ("b.opf", package.as_bytes()),
        ("a.xhtml", chapter.as_bytes()),
    ])
}

/// Files of every kind, without endings that would say which; how many documents are in them, and how many cannot be read.
fn fill(folder: &Path, files: usize) -> (usize, usize) {
    let (mut documents, mut broken) = (0, 0);
    for at in 0..files {
        let text = format!(
            "Report {at}\n\nThe river rose by {at} metres on that day, the council said in the evening.\n"
        );
        let bytes = match at % 10 {
            0 => format!("<!doctype html><html><head><title>Page {at}</title></head><body><article><h1>Page {at}</h1><p>The river rose by {at} metres on that day, and the council said so in the evening.</p></article></body></html>").into_bytes(),
            1 => format!("---\ntitle: Note {at}\n---\n\nThe river rose, says note {at}.\n").into_bytes(),
            2 => format!("From: Ada Field <a@x.example>\nSubject: Letter {at}\nMessage-ID: <{at}@x.example>\n\nDear all, letter {at} is short.\n").into_bytes(),
            3 if at % 50 == 3 => feed(&format!("f{at}"), 3).into_bytes(),
            4 if at % 50 == 4 => book(&format!("Book {at}")),
            5 if at % 50 == 5 => pdf(&format!("The dam broke on day {at}, said the council.")),
            6 if at % 50 == 6 => zipped(&[("in/a.txt", text.as_bytes()), ("b.html", format!("<html><body><p>Page in archive {at}, which is short.</p></body></html>").as_bytes())]),
            7 if at % 50 == 7 => {
                broken += 1;
                b"%PDF-1.4\nbroken".to_vec()
            }
            _ => text.into_bytes(),
        };
        documents += match (at % 10, at % 50) {
            (3, 3) => 3,
            (6, 6) => 2,
            (7, 7) => 0,
            _ => 1,
        };
        let place = folder.join(format!("{}/{at:04}", at % 7));
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, bytes).unwrap();
    }
    (documents, broken)
}

fn files_of(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.file_type().unwrap().is_dir() {
                waiting.push(entry.path());
            } else {
                files.push(entry.path());
            }
        }
    }
    files.sort();
    files
}

#[test]
fn a_killed_import_goes_on_where_it_was() {
    let room = tempfile::tempdir().unwrap();
    let (folder, into) = (room.path().join("in"), room.path().join("mine"));
    let (documents, broken) = fill(&folder, 1000);
    let arguments = [
        "import",
        folder.to_str().unwrap(),
        "--into",
        into.to_str().unwrap(),
        "--json",
    ];
    // Killed three times, each time somewhere else.
    for files in [120, 380, 700] {
        let mut child = command(&arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        for _ in 0..6000 {
            if files_of(&into).len() >= files || child.try_wait().unwrap().is_some() {
                break;
            }
            thread::sleep(Duration::from_millis(10));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let there = files_of(&into).len();
        // A file that was being written when the files were counted may have gone since, with its draft's name.
        assert!(
            there + 2 >= files && there < documents,
            "{there} of {documents}"
        );
    }
    // Nothing half-written: every file that has its name is whole.
    for path in files_of(&into)
        .iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
    {
        let text = fs::read_to_string(path).unwrap();
        assert!(
            text.starts_with("---\n")
                && text.matches("\n---\n").count() >= 1
                && text.ends_with('\n'),
            "{}",
            path.display()
        );
    }
    let output = diptych(&arguments);
    assert_eq!(output.status.code(), Some(1), "the broken files fail");
    let rows: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    let mut outcomes: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &rows {
        *outcomes
            .entry(row["outcome"].as_str().unwrap())
            .or_default() += 1;
    }
    assert_eq!(outcomes["failed"], broken, "{outcomes:?}");
    assert_eq!(
        outcomes["imported"] + outcomes["already there"],
        documents,
        "{outcomes:?}"
    );
    assert!(outcomes["already there"] >= 600, "{outcomes:?}");
    // Nothing twice, and no draft of the killed runs is left.
    let files = files_of(&into);
    assert_eq!(files.len(), documents + 1, "and corpus.toml");
    let texts: HashSet<String> = files
        .iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    assert_eq!(texts.len(), files.len());
    let again: Vec<Value> = serde_json::from_slice(&diptych(&arguments).stdout).unwrap();
    assert!(again.iter().all(|row| row["outcome"] != "imported"));
    assert_eq!(files_of(&into), files);
    let check = diptych(&["check", into.to_str().unwrap()]);
    assert!(
        check.status.success(),
        "{}",
        String::from_utf8_lossy(&check.stdout)
    );
}

#[test]
fn one_bad_file_never_stops_the_others() {
    let room = tempfile::tempdir().unwrap();
    let folder = room.path().join("in");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("1.pdf"), b"%PDF-1.4 broken").unwrap();
    fs::write(folder.join("2.png"), b"\x89PNG\r\n\x1a\n").unwrap();
    fs::write(folder.join("3.epub"), b"PK\x03\x04 broken").unwrap();
    fs::write(folder.join("4.txt"), "The dam broke.\n").unwrap();
    fs::write(folder.join("5.bin"), [0_u8, 1, 2, 3].repeat(1000)).unwrap();
    let into = room.path().join("mine");
    let output = diptych(&[
        "import",
        folder.to_str().unwrap(),
        "--into",
        into.to_str().unwrap(),
        "--json",
    ]);
    assert_eq!(output.status.code(), Some(1));
    let rows: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    let mut told: Vec<(String, String)> = rows
        .iter()
        .map(|row| {
            let name = row["input"]
                .as_str()
                .unwrap()
                .rsplit('/')
                .next()
                .unwrap()
                .to_owned();
            (name, row["outcome"].as_str().unwrap().to_owned())
        })
        .collect();
    told.sort();
    let expected = [
        ("1.pdf", "failed"),
        ("2.png", "passed over"),
        ("3.epub", "failed"),
        ("4.txt", "imported"),
        ("5.bin", "passed over"),
    ];
    assert_eq!(
        told,
        expected.map(|(name, outcome)| (name.to_owned(), outcome.to_owned()))
    );
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    // A file that was named is not passed over.
    let picture = folder.join("2.png");
    let output = diptych(&[
        "import",
        picture.to_str().unwrap(),
        "--into",
        into.to_str().unwrap(),
    ]);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn whatever_names_say_nothing_is_written_outside_and_nothing_is_configuration() {
    let room = tempfile::tempdir().unwrap();
    let outside = room.path().join("outside");
    let into = room.path().join("mine");
    fs::create_dir_all(&outside).unwrap();
    let settings = "title = \"Taken over\"\n\n[[topic]]\nid = \"evil\"\ncues = [\"evil\"]\n\n[[feed]]\nurl = \"http://127.0.0.1:9/\"\n";
    let document = "---\ntitle: \"../../outside/escaped\"\nsource: \"../../outside\"\nimported_from: /etc/passwd\n---\n\nText of a document with a bad name.\n";
    let archive = zipped(&[
        ("../../outside/up.txt", b"Up and out of it.\n"),
        ("/abs.txt", b"An absolute name.\n"),
        ("C:\\windows\\evil.txt", b"A name of another system.\n"),
        ("corpus.toml", settings.as_bytes()),
        ("corpus.md", settings.as_bytes()),
        ("config.toml", settings.as_bytes()),
        ("decisions.jsonl", b"{}\n"),
        ("evil.md", document.as_bytes()),
        (".diptych-1-0.part", b"A hidden file.\n"),
    ]);
    let path = room.path().join("all.zip");
    fs::write(&path, archive).unwrap();
    #[cfg(unix)]
    {
        // A link in the corpus that leads out of it, in the way of a document.
        fs::create_dir_all(&into).unwrap();
        std::os::unix::fs::symlink(&outside, into.join("outside")).unwrap();
    }
    let before = files_of(room.path()).len();
    let output = diptych(&[
        "import",
        path.to_str().unwrap(),
        "--into",
        into.to_str().unwrap(),
    ]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(files_of(&outside).is_empty(), "{told}");
    let files = files_of(&into);
    assert_eq!(
        files_of(room.path()).len(),
        before + files.iter().filter(|path| !path.is_symlink()).count(),
        "{told}"
    );
    for path in &files {
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(
            name == "corpus.toml"
                || name == "outside"
                || Path::new(name)
                    .extension()
                    .is_some_and(|ending| ending == "md"),
            "{name}"
        );
    }
    let manifest = fs::read_to_string(into.join("corpus.toml")).unwrap();
    assert!(
        !manifest.contains("Taken over")
            && !manifest.contains("evil\"")
            && !manifest.contains("feed"),
        "{manifest}"
    );
    assert!(
        told.contains("up.txt") && told.contains("evil.md"),
        "{told}"
    );
}

#[test]
fn a_hostile_pdf_comes_to_an_end_and_prints_nothing_of_its_own() {
    let room = tempfile::tempdir().unwrap();
    let path = room.path().join("deep.pdf");
    // Arrays inside arrays, which readers by recursion do not survive, and pages that are their own parents.
    let deep = "[".repeat(3_000_000);
    fs::write(&path, format!("%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[2 0 R 2 0 R 3 0 R]/Count 9>>\nendobj\n3 0 obj\n{deep}\nendobj\ntrailer\n<</Root 1 0 R>>\n")).unwrap();
    let output = diptych(&["extract", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(
        told.starts_with("diptych: deep.pdf cannot be read:"),
        "{told}"
    );
}

#[test]
fn a_page_of_a_gigabyte_is_refused_unread() {
    let room = tempfile::tempdir().unwrap();
    for (name, start, what) in [
        (
            "page",
            "<!doctype html><html><p>",
            "a web page larger than 32 MB",
        ),
        (
            "feed",
            "<?xml version='1.0'?><rss version='2.0'>",
            "a feed larger than 64 MB",
        ),
        (
            "mail",
            "From: a@x.example\nSubject: x\nMIME-Version: 1.0\n\n",
            "a mailbox larger than 512 MB",
        ),
        ("pdf", "%PDF-1.4\n", "a PDF larger than 512 MB"),
    ] {
        let path = room.path().join(name);
        fs::write(&path, start).unwrap();
        // Sparse: it takes no room.
        fs::File::options()
            .write(true)
            .open(&path)
            .unwrap()
            .set_len(1 << 30)
            .unwrap();
        let started = std::time::Instant::now();
        let output = diptych(&["extract", path.to_str().unwrap()]);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.contains(what), "{told}");
        assert!(started.elapsed() < Duration::from_secs(10), "{name}");
    }
}
