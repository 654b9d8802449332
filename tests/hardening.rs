//! What the program does where the world around it fails: terminals of odd sizes and ones that go away, full disks, folders that
//! cannot be written to, no home, a wrong clock, a locale that nobody has. `docs/hardening.md` has the results.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking, and says what it measured"
)]
#![cfg(unix)]

mod pty;

use pty::{PATIENCE, Session, at_home, binary, command};
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant, SystemTime};

const READER: &str = "Internet shutdown";

/// Two small documents of a corpus folder.
fn write_corpus(folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    let manifest =
        "title = \"C\"\n[[topic]]\nid = \"power\"\ntitle = \"Power\"\ncues = [\"power\"]\n";
    fs::write(folder.join("corpus.toml"), manifest).unwrap();
    for (name, source, count) in [("a", "one", "12"), ("b", "two", "40")] {
        let text = format!(
            "---\ntitle: Account {name}\nsource: {source}\n---\n\nPower was cut in five towns.\n\nIn the power station {count} people waited.\n"
        );
        fs::write(folder.join(format!("{name}.md")), text).unwrap();
    }
}

/// The program with homes in a folder.
fn program(home: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(binary());
    command.args(arguments).current_dir(home);
    command
        .env_remove("DIPTYCH_CORPUS")
        .env("DIPTYCH_CONFIG", home.join("config.toml"));
    for (variable, folder) in [("DATA", "data"), ("STATE", "state"), ("CACHE", "cache")] {
        command.env(format!("DIPTYCH_{variable}_HOME"), home.join(folder));
    }
    command
}

fn run(home: &Path, arguments: &[&str]) -> Output {
    program(home, arguments).output().unwrap()
}

#[track_caller]
fn printed(home: &Path, arguments: &[&str]) -> String {
    let output = run(home, arguments);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {told}");
    String::from_utf8(output.stdout).unwrap()
}

/// What a command that fails says.
#[track_caller]
fn refused(home: &Path, arguments: &[&str]) -> String {
    let output = run(home, arguments);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {told}");
    assert!(
        !told.contains("panicked") && !told.contains("fault"),
        "{told}"
    );
    told
}

/// Keys of every view, so that each is drawn; `Esc` alone needs a pause after it, so that views are left by their own keys.
const EVERY_VIEW: &str = "vwoneCce/a\rt\rpb\rS\rB\ri?zVl:q";

#[test]
fn terminals_of_every_size_are_drawn_on_and_left() {
    let sizes = [
        (1, 1),
        (2, 1),
        (1, 200),
        (3, 2),
        (500, 1),
        (10, 4),
        (500, 200),
        (80, 2),
    ];
    for (columns, rows) in sizes {
        let mut session = Session::diptych(columns, rows, &[]);
        let began = Instant::now();
        while session.raw().is_empty() {
            assert!(
                began.elapsed() < PATIENCE,
                "nothing is drawn at {columns}x{rows}"
            );
            std::thread::sleep(Duration::from_millis(5));
        }
        for key in EVERY_VIEW.chars() {
            session.press(&key.to_string());
            std::thread::sleep(Duration::from_millis(2));
        }
        // From the smallest to the largest while something is open, and back.
        session.resize(501 - columns, 201 - rows);
        session.press("j");
        session.resize(columns, rows);
        std::thread::sleep(Duration::from_millis(30));
        session.leave();
        session.assert_restored();
    }
}

#[test]
fn two_hundred_resizes_a_second_leave_the_last_size_drawn() {
    let mut session = Session::diptych(160, 45, &[]);
    session.wait("the reader", |screen| screen.contains(READER));
    let began = Instant::now();
    for at in 0..400_u16 {
        session.resize(20 + at * 37 % 200, 3 + at * 11 % 60);
        let due = Duration::from_millis(5) * (u32::from(at) + 1);
        std::thread::sleep(due.saturating_sub(began.elapsed()));
    }
    let took = began.elapsed();
    println!("400 resizes in {took:?}");
    // The terminal is parsed at its last size only: what counts is drawn after the change.
    session.output.lock().unwrap().clear();
    session.resize(120, 40);
    session.press("2");
    let screen = session.wait("both panes at the last size", |screen| {
        screen.matches("The opposition 1/").count() == 2
    });
    assert_eq!(
        screen.lines().map(|line| line.chars().count()).max(),
        Some(120),
        "{screen}"
    );
    session.press("q");
    assert_eq!(session.end(), 0);
    assert!(!session.screen().screen().alternate_screen());
}

/// Pastes so many megabytes, as a terminal does that tells pastes from keys; how long that takes.
fn paste(session: &mut Session, megabytes: usize) -> Duration {
    let text = "Power was cut. \u{1b}[31m سلام 中文 ".repeat((megabytes << 20) / 40);
    let began = Instant::now();
    session.press(&format!("\x1b[200~{text}\x1b[201~"));
    began.elapsed()
}

#[test]
fn a_paste_of_ten_megabytes_is_taken_wherever_it_comes() {
    let home = tempfile::tempdir().unwrap();
    let mut session = Session::start(160, 45, at_home(home.path(), &[]));
    session.wait("the reader", |screen| screen.contains(READER));
    let before = session.resident();
    // On the texts, into a search, into the list of commands, into a note.
    for (open, close) in [
        ("", ""),
        ("/", "\r"),
        (":", "\x1b"),
        ("S", "\x1b"),
        ("A", "\x1b"),
    ] {
        session.press(open);
        std::thread::sleep(Duration::from_millis(100));
        let took = paste(&mut session, 10);
        std::thread::sleep(Duration::from_millis(50));
        session.press(close);
        std::thread::sleep(Duration::from_millis(100));
        println!(
            "after {open:?}: pasted in {took:?}, {:?} MB resident",
            session.resident().map(|bytes| bytes >> 20)
        );
        session.press("\x1b");
        std::thread::sleep(Duration::from_millis(100));
        session.press("\x1b");
        std::thread::sleep(Duration::from_millis(100));
    }
    session.output.lock().unwrap().clear();
    session.resize(150, 44);
    session.press("2");
    session.wait("an answer to a key", |screen| {
        screen.contains("The opposition 1/")
    });
    if let (Some(before), Some(after)) = (before, session.resident()) {
        assert!(
            after < before + (150 << 20),
            "{before} bytes became {after}"
        );
    }
    session.leave();
    assert!(!session.screen().screen().alternate_screen());
}

#[test]
fn keys_that_come_all_at_once_are_all_taken() {
    let mut session = Session::diptych(100, 30, &[]);
    session.wait("the reader", |screen| screen.contains(READER));
    // More than is read at once: what is left must not wait for another key.
    session.press(&format!("{}4", "jk".repeat(1700)));
    session.wait("the last key", |screen| screen.contains("Death toll 1/"));
    session.press("q");
    assert_eq!(session.end(), 0);
    session.assert_restored();
}

#[test]
fn a_flood_of_keys_costs_no_memory() {
    // What a terminal without bracketed paste makes of one. It takes as long as the keys take; what waits stays in the terminal.
    let mut session = Session::diptych(100, 30, &[]);
    session.wait("the reader", |screen| screen.contains(READER));
    let before = session.resident();
    let mut writer = std::mem::replace(&mut session.writer, Box::new(std::io::sink()));
    // Nobody waits for it: what the terminal does not take any more is never written.
    std::thread::spawn(move || {
        let _ = writer.write_all("23".repeat(2 << 20).as_bytes());
    });
    std::thread::sleep(Duration::from_secs(3));
    if let (Some(before), Some(after)) = (before, session.resident()) {
        let (before, after) = (before >> 20, after >> 20);
        println!("{before} MB became {after} MB");
        assert!(after < before + 30, "{before} MB became {after} MB");
    }
    session.signal("TERM");
    assert_eq!(session.status().signal(), Some("Terminated"));
    session.assert_restored();
}

#[test]
fn a_terminal_that_goes_away_ends_the_program_and_keeps_what_was_kept() {
    let home = tempfile::tempdir().unwrap();
    let mut session = Session::start(120, 40, at_home(home.path(), &[]));
    session.wait("the reader", |screen| screen.contains(READER));
    session.press("A");
    session.wait("the editor", |screen| screen.contains("Note on"));
    session.press("before it went\x13");
    session.wait("the note on the disk", |screen| {
        screen.contains("Note kept")
    });
    session.press("4");
    session.wait("another topic", |screen| screen.contains("Death toll 1/"));
    session.hang_up("j");
    // By the signal that the system sends then, or of itself.
    session.status();
    let notes = fs::read_to_string(home.path().join("data/built-in/notes.jsonl")).unwrap();
    assert!(notes.contains("before it went") && notes.ends_with('\n'));
    assert!(
        home.path().join("state/sessions/built-in.json").exists(),
        "where the reader was"
    );
}

/// Runs a script as root in a mount namespace of its own, where `$1` is a folder that it may mount on and `$2` the program; nothing
/// where that cannot be had.
fn in_a_namespace(folder: &Path, script: &str) -> Option<String> {
    let mut command = program(folder, &[]);
    let mut unshare = Command::new("unshare");
    unshare
        .args(["--mount", "sh", "-c", script, "sh"])
        .arg(folder)
        .arg(binary());
    unshare.envs(
        command
            .get_envs()
            .filter_map(|(name, value)| Some((name, value?))),
    );
    unshare.env_remove("DIPTYCH_CORPUS");
    command.current_dir(folder);
    let probe = Command::new("unshare")
        .args(["--mount", "sh", "-c", "mount -t tmpfs tmpfs /mnt"])
        .output();
    if !probe.is_ok_and(|output| output.status.success()) {
        println!("skipped: mounting needs root and `unshare`");
        return None;
    }
    let output = unshare.output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{told}");
    Some(format!("{}{told}", String::from_utf8_lossy(&output.stdout)))
}

#[test]
fn a_full_disk_is_told_of_and_costs_nothing_that_was_kept() {
    let folder = tempfile::tempdir().unwrap();
    // A disk of 256 KB: a corpus and a note on it, then filled to the last byte.
    let script = r#"
        set -eu
        disk=$1/disk; program=$2
        mkdir -p "$disk"; mount -t tmpfs -o size=256k tmpfs "$disk"
        export DIPTYCH_DATA_HOME=$disk/data DIPTYCH_STATE_HOME=$disk/state DIPTYCH_CACHE_HOME=$disk/cache
        corpus=$disk/corpus; mkdir "$corpus"
        printf -- '---\ntitle: A\nsource: one\n---\n\nPower was cut in five towns.\n' > "$corpus/a.md"
        "$program" note 'a#1' before --corpus "$corpus"
        head -c 200000 /dev/urandom | od -An -tx1 > "$1/long.txt"
        cat /dev/zero > "$disk/filler" 2> /dev/null || true
        df "$disk" | tail -1
        if "$program" note 'a#1' "$(head -c 15000 "$1/long.txt")" --corpus "$corpus" 2>&1; then exit 9; fi
        for command in "import $1/long.txt --into $corpus" "import $1/long.txt --into $disk/new" \
            "cite a#1 --corpus $corpus --output $disk/cited" "topics --write --corpus $corpus"; do
            echo "== $command"
            if "$program" $command 2>&1; then echo "-- done"; else echo "-- failed $?"; fi
        done
        echo "== search"
        "$program" search power --corpus "$corpus" 2>&1
        echo "== left"; ls -A "$disk" "$corpus"
        rm "$disk/filler"
        echo "== room again"
        "$program" note 'a#1' after --corpus "$corpus"
        "$program" notes --corpus "$corpus" --json
        "$program" check "$corpus"
        umount "$disk"
    "#;
    let Some(told) = in_a_namespace(folder.path(), script) else {
        return;
    };
    println!("{told}");
    let part = |name: &str| {
        told.split("== ")
            .find(|part| part.starts_with(name))
            .unwrap_or_default()
    };
    assert!(
        told.contains("notes.jsonl: No space left on device"),
        "{told}"
    );
    for name in ["import", "cite"] {
        let part = part(name);
        assert!(
            part.contains("No space left on device") && part.contains("-- failed 1"),
            "{part}"
        );
        assert!(
            !part.contains("panicked") && !part.contains("fault"),
            "{part}"
        );
    }
    assert!(
        part("search").contains("Power was cut in five towns"),
        "the search works without its index"
    );
    let left = part("left");
    assert!(
        left.contains("a.md") && !left.contains(".part") && !left.contains("cited"),
        "nothing half made is left: {left}"
    );
    let again = part("room again");
    assert_eq!(again.matches("\"text\": \"before\"").count(), 1, "{again}");
    assert_eq!(again.matches("\"text\": \"after\"").count(), 1, "{again}");
}

#[test]
fn in_folders_that_cannot_be_written_to_everything_is_read_and_what_is_not_kept_is_told() {
    let folder = tempfile::tempdir().unwrap();
    write_corpus(&folder.path().join("corpus"));
    let script = r#"
        set -eu
        mount --bind "$1" "$1"; mount -o remount,bind,ro "$1"
        program=$2; corpus=$1/corpus
        for command in "list --corpus $corpus" "search power --corpus $corpus" "compare a b --topic power --corpus $corpus"; do
            "$program" $command > /dev/null
        done
        for command in "note a#1 words --corpus $corpus" "topics --write --corpus $corpus" "import $corpus/a.md --into $1/new" \
            "cite a#1 --corpus $corpus --output $1/cited"; do
            echo "== $command"
            if "$program" $command 2>&1; then echo "-- done"; else echo "-- failed $?"; fi
        done
    "#;
    let Some(told) = in_a_namespace(folder.path(), script) else {
        return;
    };
    println!("{told}");
    for part in told.split("== ").skip(1) {
        let is_told = part.contains("Read-only file system")
            || part.contains("topic already: nothing was written");
        assert!(is_told && part.contains("-- failed 1"), "{part}");
    }
}

#[test]
fn the_reader_works_where_nothing_can_be_kept() {
    // All homes are below a file: nothing can be made there.
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("file");
    fs::write(&file, "").unwrap();
    let mut command = command(&[]);
    for variable in ["DATA", "STATE", "CACHE"] {
        command.env(format!("DIPTYCH_{variable}_HOME"), file.join("below"));
    }
    let mut session = Session::start(160, 45, command);
    session.wait("the reader", |screen| screen.contains(READER));
    session.press("A");
    session.wait("the editor", |screen| screen.contains("Note on"));
    session.press("words\x13");
    session.wait("why the note is not kept", |screen| {
        screen.contains("This holds only until you leave")
    });
    session.press("\x1b");
    std::thread::sleep(Duration::from_millis(100));
    session.press("\x03");
    assert_eq!(session.end(), 0);
    session.assert_restored();
}

#[test]
fn without_a_home_everything_is_read_and_a_note_says_what_is_missing() {
    let home = tempfile::tempdir().unwrap();
    write_corpus(&home.path().join("corpus"));
    let bare = |arguments: &[&str], home_is: Option<&str>| {
        let mut command = Command::new(binary());
        command.env_clear().args(arguments).current_dir(home.path());
        if let Some(home) = home_is {
            command.env("HOME", home);
        }
        command.output().unwrap()
    };
    for home_is in [None, Some(""), Some("/nonexistent/home"), Some("relative")] {
        for arguments in [
            &["list"][..],
            &["list", "--corpus", "corpus"],
            &[
                "compare", "a", "b", "--topic", "power", "--corpus", "corpus",
            ],
            &["config"],
        ] {
            let output = bare(arguments, home_is);
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(
                output.status.success() && !output.stdout.is_empty(),
                "{home_is:?} {arguments:?}: {told}"
            );
        }
    }
    let output = bare(&["note", "corpus#1", "x"], Some("/nonexistent/home"));
    assert!(!output.status.success());
    assert!(
        !home.path().join("relative").exists(),
        "nothing is made in the present folder"
    );
}

#[test]
fn what_is_indexed_follows_its_files_whatever_the_clock_says() {
    let home = tempfile::tempdir().unwrap();
    let corpus = home.path().join("corpus");
    write_corpus(&corpus);
    let found = |word: &str| {
        printed(
            home.path(),
            &["search", word, "--corpus", "corpus", "--json"],
        )
    };
    assert!(found("towns").contains("five towns"));
    let day = Duration::from_secs(86_400);
    let times = [
        SystemTime::now() + day * 36_500,
        SystemTime::UNIX_EPOCH,
        SystemTime::UNIX_EPOCH - day * 3_650,
        SystemTime::now() - day,
        SystemTime::now() + day,
    ];
    for (at, time) in times.into_iter().enumerate() {
        let word = format!("harbour{at}");
        let place = corpus.join("a.md");
        fs::write(
            &place,
            format!("---\ntitle: A\nsource: one\n---\n\nPower came back in the {word} alone.\n"),
        )
        .unwrap();
        fs::File::options()
            .write(true)
            .open(&place)
            .unwrap()
            .set_modified(time)
            .unwrap();
        assert!(found(&word).contains(&word), "at {time:?}");
        assert!(!found("towns").contains("Account a"));
    }
    // The cache, the session and the corpus from a future that did not come.
    for folder in ["cache", "corpus"] {
        for entry in fs::read_dir(home.path().join(folder)).unwrap().flatten() {
            let _ = fs::File::open(entry.path())
                .unwrap()
                .set_modified(SystemTime::now() + day * 400);
        }
    }
    assert!(found("harbour4").contains("harbour4"));
}

#[test]
fn notes_with_times_that_cannot_be_are_read_and_written_after() {
    let home = tempfile::tempdir().unwrap();
    write_corpus(&home.path().join("corpus"));
    let note = |words: &str| printed(home.path(), &["note", "a#1", words, "--corpus", "corpus"]);
    note("first");
    let place = home.path().join("corpus/notes.jsonl");
    let line = fs::read_to_string(&place).unwrap();
    let start = line.find("\"created\":\"").unwrap() + 11;
    let end = start + line.get(start..).unwrap().find('"').unwrap();
    let mut file = fs::File::options().append(true).open(&place).unwrap();
    for (at, time) in [
        "2999-01-01T00:00:00Z",
        "-0044-03-15T00:00:00Z",
        "no time",
        "\u{1b}[31m",
    ]
    .iter()
    .enumerate()
    {
        let other = format!(
            "{}{}{}",
            line.get(..start).unwrap(),
            time.escape_default(),
            line.get(end..).unwrap()
        );
        let id = other.find("\"id\":\"").unwrap() + 6;
        let mut other = other;
        other.insert_str(id, &format!("urn:other:{at}:"));
        file.write_all(other.replace("\\u{1b}", "\\u001b").as_bytes())
            .unwrap();
    }
    note("last");
    let listed = printed(home.path(), &["notes", "--corpus", "corpus", "--json"]);
    let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
    assert_eq!(listed.as_array().map(Vec::len), Some(6), "{listed}");
    let text = printed(home.path(), &["notes", "--corpus", "corpus"]);
    assert!(text.contains("last") && !text.contains('\u{1b}'));
}

#[test]
fn no_locale_changes_what_is_printed() {
    let home = tempfile::tempdir().unwrap();
    let outputs = [
        ("LANG", "en_US.UTF-8"),
        ("LANG", "xx"),
        ("LC_ALL", "C"),
        ("LC_ALL", "tr_TR.ISO-8859-9"),
        ("LC_ALL", "\u{fffd}"),
    ]
    .map(|(name, value)| {
        let mut command = program(
            home.path(),
            &[
                "compare",
                "source:crimethinc",
                "source:atlantic",
                "--topic",
                "internet-shutdown",
            ],
        );
        for variable in ["LANG", "LC_ALL", "LC_CTYPE", "LANGUAGE"] {
            command.env_remove(variable);
        }
        command.env(name, value).output().unwrap()
    });
    assert!(
        outputs[0].status.success() && outputs[0].stdout.len() > 1000,
        "{:?}",
        outputs[0]
    );
    for output in &outputs[1..] {
        assert_eq!(output.stdout, outputs[0].stdout);
    }
}

#[test]
fn in_a_broken_locale_the_screen_is_the_same() {
    let screens =
        [("LANG", "en_US.UTF-8"), ("LC_ALL", "C"), ("LANG", "xx")].map(|(name, value)| {
            let mut command = command(&[]);
            for variable in ["LANG", "LC_ALL", "LC_CTYPE"] {
                command.env_remove(variable);
            }
            command.env(name, value);
            let mut session = Session::start(120, 30, command);
            session.wait("the reader", |screen| screen.contains(READER));
            session.press("2");
            let screen = session.wait("the topic", |screen| {
                screen.matches("The opposition 1/").count() == 2
            });
            session.press("q");
            assert_eq!(session.end(), 0);
            screen.lines().next().unwrap_or_default().to_owned()
        });
    assert!(
        screens.iter().all(|screen| *screen == screens[0]),
        "{screens:?}"
    );
}

#[test]
fn nothing_is_kept_through_what_is_no_file() {
    let home = tempfile::tempdir().unwrap();
    write_corpus(&home.path().join("corpus"));
    // A note's file that is a pipe would be waited for.
    let made = Command::new("mkfifo")
        .arg(home.path().join("corpus/notes.jsonl"))
        .status();
    if !made.is_ok_and(|status| status.success()) {
        println!("skipped: no mkfifo");
        return;
    }
    let began = Instant::now();
    let told = refused(home.path(), &["note", "a#1", "words", "--corpus", "corpus"]);
    assert!(began.elapsed() < PATIENCE);
    assert!(told.contains("notes.jsonl"), "{told}");
}

/// The one file in a folder.
fn only_file(folder: &Path) -> std::path::PathBuf {
    let files: Vec<_> = fs::read_dir(folder).unwrap().flatten().collect();
    assert_eq!(files.len(), 1, "{files:?}");
    files[0].path()
}

#[test]
#[cfg(debug_assertions)] // The switch that makes it panic is only in builds for testing.
fn a_fault_leaves_a_report_without_the_text_and_says_what_is_safe() {
    let home = tempfile::tempdir().unwrap();
    let mut command = at_home(home.path(), &[]);
    command.env("DIPTYCH_TEST_PANIC", "loop");
    let mut session = Session::start(140, 40, command);
    session.press("j");
    assert_ne!(session.end(), 0);
    session.assert_restored();
    let report = only_file(&home.path().join("state/faults"));
    let told = session.text();
    for expected in [
        "ended by a fault of its own",
        "Your notes and decisions are safe",
        "state/faults/fault-",
    ] {
        assert!(told.replace('\n', "").contains(expected), "{told}");
    }
    let text = fs::read_to_string(&report).unwrap();
    assert!(
        text.contains("place: src/runtime/mod.rs:")
            && text.contains("message: asked by DIPTYCH_TEST_PANIC ␛[31m"),
        "{text}"
    );
    assert!(!text.contains('\u{1b}') && text.len() < 70_000);
    // Words of the texts that were on the screen.
    let shown = String::from_utf8_lossy(&session.raw()).into_owned();
    for word in ["CrimethInc", "Solidarity", "lethal"] {
        assert!(shown.contains(word) && !text.contains(word), "{word}");
    }
}

#[test]
#[cfg(debug_assertions)]
fn a_fault_where_no_report_can_be_kept_says_so() {
    let mut command = command(&[]);
    command.env("DIPTYCH_TEST_PANIC", "paint");
    let mut session = Session::start(140, 40, command);
    session.press("j");
    assert_ne!(session.end(), 0);
    session.assert_restored();
    let told = session.text().replace('\n', "");
    assert!(
        told.contains("No report was written: there is no folder"),
        "{told}"
    );
}

#[test]
fn the_log_tells_what_was_done_and_quotes_no_text() {
    let home = tempfile::tempdir().unwrap();
    let place = home.path().join("log.txt");
    let mut session = Session::start(140, 40, at_home(home.path(), &["--log", "log.txt"]));
    session.wait("the reader", |screen| screen.contains(READER));
    session.press("A");
    session.wait("the editor", |screen| screen.contains("Note on"));
    session.press("private words\x13");
    session.wait("the note on the disk", |screen| {
        screen.contains("Note kept")
    });
    session.press("S");
    session.press("secretquery");
    session.wait("what is found", |screen| screen.contains("secretquery"));
    std::thread::sleep(Duration::from_millis(300));
    session.press("\x1b");
    std::thread::sleep(Duration::from_millis(100));
    session.press("\x03");
    assert_eq!(session.end(), 0);
    session.assert_restored();
    printed(home.path(), &["search", "blackout", "--log", "log.txt"]);
    let log = fs::read_to_string(&place).unwrap();
    for expected in [
        "INFO  diptych Diptych 0.",
        "opens 13 documents at 140x40",
        "kept a note in",
        "comparing: done after",
        "ends: done",
    ] {
        assert!(log.contains(expected), "no {expected:?} in {log}");
    }
    for text in ["private", "secretquery", "blackout", "shutdown"] {
        assert!(!log.contains(text), "{text} in {log}");
    }
    assert_eq!(
        log.matches("ends: done").count(),
        2,
        "one log goes on after another"
    );
    let shown = String::from_utf8_lossy(&session.raw()).into_owned();
    assert!(!shown.contains("INFO"), "nothing of it is on the terminal");
}

#[test]
fn only_a_file_is_logged_to() {
    let home = tempfile::tempdir().unwrap();
    for place in ["/dev/null", "/dev/stderr", "."] {
        let told = refused(home.path(), &["list", "--log", place]);
        assert!(told.contains("cannot log to"), "{told}");
    }
    let output = run(home.path(), &["list", "--log-level", "debug"]);
    assert_eq!(output.status.code(), Some(2));
}
