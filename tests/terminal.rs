//! The real program in a pseudo-terminal: what only it can show.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![cfg(unix)]

mod pty;

use portable_pty::{CommandBuilder, PtySize};
use pty::{PATIENCE, Session, at_home, binary, command};
use std::process::Command;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// The titles of the two panes.
fn titles(screen: &str) -> String {
    screen.lines().nth(1).unwrap_or_default().to_owned()
}

#[test]
fn smoke_the_built_in_corpus_opens_as_a_comparison_and_digits_move_both_panes() {
    let mut session = Session::diptych(160, 45, &[]);
    let first = session.wait("the first topic in both panes", |screen| {
        screen.matches("Internet shutdown 1/").count() == 2
    });
    let sources = [
        "CrimethInc.",
        "Iran International",
        "The Atlantic",
        "Not stated",
        "Wrong Speak",
    ];
    let shown = sources
        .iter()
        .filter(|source| titles(&first).contains(*source))
        .count();
    assert_eq!(shown, 2, "two sources in the titles: {}", titles(&first));
    session.press("2");
    session.wait("the second topic in both panes", |screen| {
        screen.matches("The opposition 1/").count() == 2
    });
    session.press("3");
    session.wait("the third topic in both panes", |screen| {
        screen.matches("Foreign intervention 1/").count() == 2
    });
    session.press("q");
    assert_eq!(session.end(), 0);
    session.assert_restored();
}

#[test]
fn leaving_gives_back_the_terminal_settings() {
    let mut shell = CommandBuilder::new("sh");
    shell.args([
        "-c",
        &format!(
            "{}; stty -a; echo END-OF-SHELL",
            env!("CARGO_BIN_EXE_diptych")
        ),
    ]);
    shell.env("TERM", "xterm-256color");
    shell.env("DIPTYCH_DATA_HOME", "/nonexistent/diptych");
    shell.env("DIPTYCH_STATE_HOME", "");
    let mut session = Session::start(120, 40, shell);
    session.wait("the reader", |screen| screen.contains("Internet shutdown"));
    session.press("q");
    let after = session.wait("the shell", |screen| screen.contains("END-OF-SHELL"));
    let modes: Vec<&str> = after.split_whitespace().collect();
    for mode in ["icanon", "echo", "isig"] {
        assert!(modes.contains(&mode), "{mode} is off:\n{after}");
    }
}

#[test]
fn signals_that_end_it_give_the_terminal_back() {
    for (signal, name) in [
        ("TERM", "Terminated"),
        ("HUP", "Hangup"),
        ("INT", "Interrupt"),
    ] {
        let mut session = Session::diptych(120, 40, &[]);
        session.wait("the reader", |screen| screen.contains("Internet shutdown"));
        session.signal(signal);
        assert_eq!(session.status().signal(), Some(name));
        session.assert_restored();
    }
}

#[test]
fn ctrl_c_as_a_key_leaves_as_q_does() {
    let mut session = Session::diptych(120, 40, &[]);
    session.wait("the reader", |screen| screen.contains("Internet shutdown"));
    session.press("\x03");
    assert_eq!(session.end(), 0);
    session.assert_restored();
}

#[test]
fn a_signal_before_the_first_frame_is_not_lost() {
    // No topics are named, so that it looks for some at the start.
    let folder = tempfile::tempdir().unwrap();
    for document in 0..6 {
        let passage = "\nThe river dam of the town broke, and water rose over the old mill road.\n";
        let text = format!("---\nsource: s{document}\n---\n{}", passage.repeat(200));
        let path = folder.path().join(format!("{document}.md"));
        std::fs::write(path, text).unwrap();
    }
    for _ in 0..3 {
        let mut session = Session::diptych(120, 40, &[folder.path().to_str().unwrap()]);
        let began = Instant::now();
        while !String::from_utf8_lossy(&session.raw()).contains("\x1b[?1049h") {
            assert!(began.elapsed() < PATIENCE, "the terminal is never taken");
            std::thread::sleep(Duration::from_millis(1));
        }
        session.signal("TERM");
        assert_eq!(session.status().signal(), Some("Terminated"));
        session.assert_restored();
    }
}

#[test]
fn asked_twice_it_ends_even_where_the_terminal_takes_nothing() {
    let mut session = Session::diptych(120, 40, &[]);
    session.wait("the reader", |screen| screen.contains("Internet shutdown"));
    session.stuck.store(true, Ordering::SeqCst);
    // Frames until the terminal's buffer is full, and the loop waits in a write for ever.
    for key in ["2", "3"].into_iter().cycle().take(120) {
        session.press(key);
        std::thread::sleep(Duration::from_millis(10));
    }
    session.signal("TERM");
    std::thread::sleep(Duration::from_millis(300));
    assert!(
        session.child.try_wait().unwrap().is_none(),
        "the loop was to hang"
    );
    session.signal("TERM");
    assert_eq!(session.status().signal(), Some("Terminated"));
    session.stuck.store(false, Ordering::SeqCst);
}

#[test]
fn stopped_without_being_asked_it_takes_the_terminal_again() {
    let mut session = Session::diptych(120, 40, &[]);
    session.wait("the reader", |screen| screen.contains("Internet shutdown"));
    assert!(session.stty("-a").contains("-icanon"));
    session.signal("STOP");
    session.stty("sane");
    assert!(!session.stty("-a").contains("-icanon"));
    session.signal("CONT");
    let began = Instant::now();
    while !session.stty("-a").contains("-icanon") {
        assert!(began.elapsed() < PATIENCE, "keys are read line by line");
        std::thread::sleep(Duration::from_millis(20));
    }
    session.press("q");
    assert_eq!(session.end(), 0);
    session.assert_restored();
}

#[test]
fn stopping_gives_the_terminal_back_and_continuing_takes_it_again() {
    let mut session = Session::diptych(120, 40, &[]);
    session.wait("the reader", |screen| screen.contains("Internet shutdown"));
    session.signal("TSTP");
    session.wait("the screen to be given back", |screen| {
        !screen.contains("Internet shutdown")
    });
    session.assert_restored();
    session.signal("CONT");
    session.wait("the reader again", |screen| {
        screen.contains("Internet shutdown")
    });
    session.press("2");
    session.wait("an answer to a key", |screen| {
        screen.contains("The opposition 1/")
    });
    session.press("q");
    session.end();
    session.assert_restored();
}

#[test]
#[cfg(debug_assertions)] // The switch that makes it panic is only in builds for testing.
fn a_panic_gives_the_terminal_back() {
    for place in ["loop", "paint"] {
        let mut command = command(&[]);
        command.env("DIPTYCH_TEST_PANIC", place);
        let mut session = Session::start(120, 40, command);
        session.press("j");
        assert_ne!(session.end(), 0);
        assert!(String::from_utf8_lossy(&session.raw()).contains("shutdown"));
        session.assert_restored();
        // The message stands on the screen that was there before, with what it quotes made harmless.
        let screen = session.text();
        assert!(
            screen.contains("asked by DIPTYCH_TEST_PANIC ␛[31m"),
            "{screen}"
        );
    }
}

#[test]
fn nothing_is_asked_of_the_terminal() {
    let mut session = Session::diptych(120, 40, &[]);
    session.wait("the reader", |screen| screen.contains("Internet shutdown"));
    session.press("q");
    session.end();
    let raw = String::from_utf8_lossy(&session.raw()).into_owned();
    for query in [
        "\x1b[c",
        "\x1b[0c",
        "\x1b[6n",
        "\x1b[5n",
        "\x1b[>0q",
        "\x1b[?u",
        "]11;?",
        "]10;?",
        "\x1b[?996n",
    ] {
        assert!(!raw.contains(query), "{query:?} was sent");
    }
}

#[test]
fn a_new_size_is_drawn_and_small_terminals_stack_the_panes() {
    let mut session = Session::diptych(160, 45, &[]);
    session.wait("the reader", |screen| screen.contains("Internet shutdown"));
    session.size = PtySize {
        rows: 15,
        cols: 50,
        pixel_width: 0,
        pixel_height: 0,
    };
    session.master.resize(session.size).unwrap();
    // The terminal is parsed at its last size only, so what counts is what is drawn after the change.
    session.output.lock().unwrap().clear();
    session.press("2");
    let screen = session.wait("both panes, one above the other", |screen| {
        screen.matches("1/").count() >= 2
    });
    assert!(
        screen.lines().all(|line| line.chars().count() <= 50),
        "{screen}"
    );
    session.press("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn into_a_pipe_it_says_what_to_do_instead_of_drawing() {
    let output = Command::new(env!("CARGO_BIN_EXE_diptych"))
        .output()
        .unwrap();
    assert!(!output.status.success());
    assert!(output.stdout.is_empty());
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(
        message.contains("needs a terminal") && message.contains("diptych list"),
        "{message}"
    );
}

/// Whether the facing view has its rows: the comparison is there.
fn has_rows(screen: &str) -> bool {
    let status = screen.lines().last().unwrap_or_default();
    status.trim_start().starts_with("row ")
}

/// Accepts the first pair after the first row of the facing view, as a reader does: looking why, and at what became of it.
fn accept_a_pair(session: &mut Session) {
    session.press("v");
    session.wait("the facing view", has_rows);
    session.press("n");
    session.wait("a row with a pair", |screen| {
        let status = screen.lines().last().unwrap_or_default();
        status.contains(" = ¶")
    });
    session.press("w");
    session.wait("the reasons", |screen| {
        screen.contains("Why these stand together") && screen.contains("· found")
    });
    session.press("+");
    session.wait("the pair to be accepted", |screen| {
        screen.contains("belong together, you say") && screen.contains("accepted by you")
    });
    session.press("w");
    session.wait("the panel to be closed", |screen| {
        !screen.contains("Why these stand together")
    });
}

/// What stands on both sides of the sign of an accepted pair, wherever on the screen: the first words of its passages.
fn accepted_pair(screen: &str) -> Option<(String, String)> {
    let line = screen.lines().find(|line| line.contains('✓'))?;
    let (left, right) = line.split_once('✓')?;
    let words = |side: &str| -> String {
        let words = side
            .split(|character: char| !character.is_alphabetic())
            .filter(|word| !word.is_empty());
        words.take(4).collect::<Vec<_>>().join(" ")
    };
    Some((words(left), words(right)))
}

#[test]
fn a_pair_that_was_accepted_is_accepted_when_one_comes_back() {
    let home = tempfile::tempdir().unwrap();
    let start = || {
        let mut command = command(&[]);
        command.env("DIPTYCH_DATA_HOME", home.path());
        let session = Session::start(160, 45, command);
        session.wait("the first topic in both panes", |screen| {
            screen.matches("Internet shutdown 1/").count() == 2
        });
        session
    };
    let mut first = start();
    accept_a_pair(&mut first);
    let accepted = accepted_pair(&first.text()).unwrap();
    first.press("q");
    assert_eq!(first.end(), 0);
    first.assert_restored();

    let mut second = start();
    second.press("v");
    second.wait("the rows", has_rows);
    second.press("n");
    let screen = second.wait("the sign of the accepted pair", |screen| {
        screen.contains('✓')
    });
    assert_eq!(accepted_pair(&screen), Some(accepted));
    second.press("w");
    second.wait("who says so", |screen| screen.contains("accepted by you"));
    second.press("\r");
    second.wait("the pair in the documents", |screen| {
        let status = screen.lines().last().unwrap_or_default();
        status.contains(" of 47 = ¶") && screen.contains('✓')
    });
    second.press("q");
    assert_eq!(second.end(), 0);
}

/// A folder with two accounts of a bridge that never was; `new` stands before their other paragraphs, `word` in one.
fn write_accounts(folder: &std::path::Path, new: &str, word: &str) {
    let accounts = [
        (
            "council",
            format!(
                "{new}The council opened the harbour bridge on Tuesday after eleven years of delays.\n\n\
                 Engineers tested every cable of the harbour bridge with {word} lorries of gravel before the opening.\n\n\
                 A brass band played until the rain came.\n"
            ),
        ),
        (
            "union",
            "Ferry workers stood apart when the bridge was opened, and held their own meeting.\n\n\
             Gravel lorries tested the cables of the harbour bridge, said the engineers; nobody asked the ferry crews.\n\n\
             Tickets for the last ferry were given away.\n"
                .to_owned(),
        ),
    ];
    for (source, text) in accounts {
        let document = format!("---\ntitle: The bridge\nsource: {source}\n---\n\n{text}");
        std::fs::write(folder.join(format!("{source}.md")), document).unwrap();
    }
}

#[test]
fn a_pair_is_found_again_in_a_corpus_whose_text_changed_a_little() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    write_accounts(folder.path(), "", "forty");
    let start = || {
        let mut session = Session::diptych(160, 45, &[path]);
        session.wait("both accounts", |screen| {
            screen.matches("The bridge").count() >= 2
        });
        // Whatever topics were found in it: every passage.
        session.press("*v");
        session.wait("the facing view", has_rows);
        session
    };
    let mut first = start();
    first.press("v");
    first.wait("the documents", |screen| !has_rows(screen));
    accept_a_pair(&mut first);
    first.press("q");
    assert_eq!(first.end(), 0);

    let news = "Thousands walked over it on the first evening.\n\n";
    write_accounts(folder.path(), news, "forty-two");
    let mut second = start();
    let screen = second.wait("the pair with the sign of the accepted one", |screen| {
        screen.contains('✓')
    });
    let (left, right) = accepted_pair(&screen).unwrap();
    assert!(left.starts_with("Engineers tested"), "{screen}");
    assert!(right.starts_with("Gravel lorries"), "{screen}");
    assert!(screen.contains("forty-two"));
    second.press("q");
    assert_eq!(second.end(), 0);
}

/// What was handed to the clipboard of the terminal last.
fn clipboard(session: &Session) -> Option<String> {
    let raw = session.raw();
    let start = b"\x1b]52;c;";
    let at = raw.windows(start.len()).rposition(|bytes| bytes == start)? + start.len();
    let end = at + raw[at..].iter().position(|byte| *byte == 0x1b)?;
    let value = |byte: &u8| match byte {
        b'A'..=b'Z' => Some(u32::from(byte - b'A')),
        b'a'..=b'z' => Some(u32::from(byte - b'a') + 26),
        b'0'..=b'9' => Some(u32::from(byte - b'0') + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let mut bytes = Vec::new();
    for group in raw[at..end].chunks(4) {
        let digits: Vec<u32> = group.iter().filter_map(value).collect();
        let bits =
            digits.iter().fold(0, |bits, digit| bits << 6 | digit) << (6 * (4 - digits.len()));
        bytes.extend_from_slice(&bits.to_be_bytes()[1..digits.len()]);
    }
    String::from_utf8(bytes).ok()
}

#[test]
fn a_passage_goes_to_the_clipboard_with_its_citation() {
    let mut session = Session::diptych(160, 45, &[]);
    session.wait("the reader", |screen| screen.contains("Internet shutdown"));
    session.press("y");
    let told = session.wait("what was copied", |screen| screen.contains("bytes"));
    let copied = clipboard(&session).unwrap();
    assert!(copied.contains("sha256 of its text: "), "{copied}");
    let status = told.lines().last().unwrap();
    assert!(
        status.contains(&format!("{} bytes", copied.len())),
        "{status}"
    );
}

#[test]
fn all_texts_are_searched_and_two_passages_opened_side_by_side() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "one.md",
        "---\nsource: One\ntitle: First\nlanguage: en\n---\nNothing here.\n\nThe crane \u{1b}[31mfell.\n",
    );
    write(
        "two.md",
        "---\nsource: Two\ntitle: Second\nlanguage: en\n---\nA crane fell in the harbour.\n",
    );
    write(
        "three.md",
        "---\nsource: Three\ntitle: Third\n---\nNobody says a word.\n",
    );
    let mut session = Session::diptych(120, 30, &[folder.path().to_str().unwrap()]);
    session.wait("the reader", |text| text.contains("Nobody says"));
    session.press("/");
    session.wait("where / searches", |text| {
        text.contains("in the panes · S searches all texts")
    });
    session.press("\x1b");
    session.wait("the panes", |text| !text.contains("searches all texts"));
    session.press("Scranes");
    session.wait("what is found", |text| {
        text.contains("2 passages · 2 sources")
    });
    session.press("\x1b[B \x1b[B ");
    let text = session.wait("the pair", |text| !text.contains("Search all texts"));
    let title = text
        .lines()
        .find(|line| line.contains('—'))
        .unwrap_or_default();
    assert!(
        title.contains("First") && title.contains("Second"),
        "{text}"
    );
    session.press("H");
    session.wait("the way back", |text| text.contains("Third"));
    session.press("q");
    assert_eq!(session.end(), 0);
    session.assert_restored();
}

#[test]
fn what_was_chosen_noted_copied_and_written_is_there_on_the_next_start() {
    let home = tempfile::tempdir().unwrap();
    let mut session = Session::start(160, 45, at_home(home.path(), &[]));
    session.wait("the reader", |screen| screen.contains("Internet shutdown"));
    // To another topic, and to words of its passage.
    session.press("4");
    session.wait("the fourth topic", |screen| {
        screen.contains("Death toll 1/")
    });
    session.press("V");
    session.wait("what is chosen", |screen| screen.contains("Chosen"));
    session.press("l");
    session.press("A");
    session.wait("the editor", |screen| screen.contains("Note on words of"));
    session.press("Whose count is this? #toll");
    session.press("\x13");
    session.wait("the note on the disk", |screen| {
        screen.contains("Note kept")
    });
    session.wait("its mark", |screen| screen.contains('✎'));
    session.press("y");
    session.wait("what was copied", |screen| {
        screen.contains("bytes to the clipboard")
    });
    assert!(clipboard(&session).unwrap().contains("sha256"));
    // On a busy machine the comparison may still be on its way.
    for _ in 0..50 {
        session.press("E");
        session.wait("the formats", |screen| screen.contains("for a browser"));
        session.press("\r");
        let told = session.wait("what came of it", |screen| {
            screen.contains("Written: ") || screen.contains("Nothing is compared yet")
        });
        if told.contains("Written: ") {
            break;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    let before = session.text();
    session.press("q");
    assert_eq!(session.end(), 0);
    session.assert_restored();
    let pages = std::fs::read_dir(home.path()).unwrap().flatten();
    let page = pages
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|it| it == "html"));
    assert!(
        std::fs::read_to_string(page.unwrap())
            .unwrap()
            .starts_with("<!DOCTYPE html>")
    );

    let mut session = Session::start(160, 45, at_home(home.path(), &[]));
    let after = session.wait("the note and the topic again", |screen| {
        screen.contains('✎') && screen.contains("Death toll 1/")
    });
    // All but the last row, which told of the file, and the marks that wait for the comparison.
    let rows = |screen: &str| -> Vec<String> {
        let rows = screen.lines().take(44);
        rows.map(|row| row.replace(['▸', '≈', '='], " ").trim_end().to_owned())
            .collect()
    };
    assert_eq!(rows(&after), rows(&before));
    session.press("B");
    session.wait("the list of notes", |screen| {
        screen.contains("Whose count is this?")
    });
    // Sent in one piece with the next key it would be that key with Alt.
    session.press("\x1b");
    session.wait("the list closed", |screen| {
        !screen.contains("type to search")
    });
    session.press("q");
    assert_eq!(session.end(), 0);

    let mut session = Session::start(160, 45, at_home(home.path(), &["--fresh"]));
    session.wait("the first topic", |screen| {
        screen.matches("Internet shutdown 1/").count() == 2
    });
    session.press("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn a_damaged_session_is_set_aside_and_told_of() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("state/sessions");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(
        folder.join("built-in.json"),
        "{\"version\": 1, \"panes\": [",
    )
    .unwrap();
    let mut session = Session::start(160, 45, at_home(home.path(), &[]));
    session.wait("why", |screen| {
        screen.contains("The last session cannot be read")
    });
    session.press("q");
    assert_eq!(session.end(), 0);
    assert!(folder.join("built-in.damaged-1").exists());
    assert!(
        std::fs::read_to_string(folder.join("built-in.json"))
            .unwrap()
            .contains("\"version\": 1")
    );
}

/// An editor that has nothing but a line: it says so, takes one, and leaves the terminal in a state that no program should.
fn write_editor(folder: &std::path::Path, start: &str, end: &str) -> String {
    use std::os::unix::fs::PermissionsExt as _;
    let editor = folder.join("own editor");
    let script = format!(
        "#!/bin/sh\n{start}\necho \"own editor on $(wc -c < \"$1\") bytes\"\nread line\nprintf '\\n%s\\n' \"$line\" >> \"$1\"\nstty raw -echo\n{end}\n"
    );
    std::fs::write(&editor, script).unwrap();
    std::fs::set_permissions(&editor, std::fs::Permissions::from_mode(0o755)).unwrap();
    format!("'{}'", editor.display())
}

#[test]
fn a_note_goes_on_in_the_readers_own_editor_which_has_the_terminal_for_itself() {
    let home = tempfile::tempdir().unwrap();
    let temporary = tempfile::tempdir().unwrap();
    let mut command = at_home(home.path(), &[]);
    command.env(
        "VISUAL",
        write_editor(
            home.path(),
            // The first time it has no use for a line.
            "[ -e asleep ] || { touch asleep; echo own editor asleep; exec sleep 100; }",
            "exit 0",
        ),
    );
    command.env("EDITOR", "false");
    command.env("TMPDIR", temporary.path());
    let mut session = Session::start(120, 30, command);
    session.wait("the reader", |screen| screen.contains("Internet shutdown"));
    session.press("A");
    session.wait("the note", |screen| screen.contains("Note on"));
    session.press("First");
    session.press("\x0f");
    session.wait("the editor", |screen| screen.contains("own editor asleep"));
    let settings = session.stty("-a");
    assert!(
        settings.contains(" icanon") && settings.contains(" echo "),
        "{settings}"
    );
    let file = std::fs::read_dir(temporary.path())
        .unwrap()
        .flatten()
        .next();
    let folder = file.unwrap().path();
    let mode = std::fs::metadata(&folder).unwrap();
    assert_eq!(
        std::os::unix::fs::PermissionsExt::mode(&mode.permissions()) & 0o777,
        0o700
    );
    // Ctrl-C is the editor's too, which it ends; the note is what it was.
    session.press("\x03");
    session.wait("the note as it was", |screen| {
        screen.contains("The note is as it was") && screen.contains("First")
    });
    session.press("\x0f");
    session.wait("the editor again", |screen| {
        screen.contains("own editor on 5 bytes")
    });
    session.press("every key of this is the editor's\r");
    session.wait("what was written there", |screen| {
        screen.contains("Taken over") && screen.contains("every key of this is the editor's")
    });
    assert_eq!(std::fs::read_dir(temporary.path()).unwrap().count(), 0);
    session.press(" #own");
    session.press("\x13");
    session.wait("the note on the disk", |screen| {
        screen.contains("Note kept")
    });
    session.press("q");
    assert_eq!(session.end(), 0);
    session.assert_restored();
    let settings = session.stty("-a");
    assert!(
        settings.contains(" icanon") && settings.contains(" echo "),
        "{settings}"
    );
    let notes = home.path().join("data/built-in/notes.jsonl");
    let notes = std::fs::read_dir(home.path().join("data"))
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .chain([notes])
        .filter_map(|path| std::fs::read_to_string(path).ok())
        .collect::<String>();
    assert!(
        notes.contains("First\\nevery key of this is the editor's #own"),
        "{notes}"
    );
}

#[test]
fn an_editor_that_is_missing_or_fails_loses_nothing_and_is_told_of() {
    let home = tempfile::tempdir().unwrap();
    let failing = write_editor(home.path(), ":", "exit 3");
    for (editor, told) in [
        (None, "neither VISUAL nor EDITOR"),
        (Some("no-such-editor --wait"), "was not found"),
        (Some(failing.as_str()), "ended with 3"),
    ] {
        let mut command = at_home(home.path(), &["--fresh"]);
        command.env("VISUAL", "");
        command.env_remove("EDITOR");
        if let Some(editor) = editor {
            command.env("EDITOR", editor);
        }
        let mut session = Session::start(120, 30, command);
        session.wait("the reader", |screen| screen.contains("Internet shutdown"));
        session.press("A");
        session.wait("the note", |screen| screen.contains("Note on"));
        session.press("Mine");
        session.press("\x0f");
        if editor == Some(failing.as_str()) {
            session.wait("the editor", |screen| screen.contains("own editor on"));
            session.press("lost\r");
        }
        session.wait(told, |screen| {
            screen.contains(told) && screen.contains("Mine")
        });
        session.press(" still");
        session.wait("the keys", |screen| screen.contains("Mine still"));
        session.press("\x13");
        session.wait("the note on the disk", |screen| {
            screen.contains("Note kept")
        });
        session.press("q");
        assert_eq!(session.end(), 0);
        session.assert_restored();
    }
}

#[test]
fn a_terminal_that_can_only_print_is_told_what_to_do_and_gets_no_sequence() {
    let mut dumb = command(&[]);
    dumb.env("TERM", "dumb");
    let mut session = Session::start(80, 24, dumb);
    assert_eq!(session.end(), 1);
    let said = String::from_utf8(session.raw()).unwrap();
    assert!(said.contains("diptych --plain"), "{said}");
    assert!(!said.contains('\x1b'), "{said:?}");
}

#[test]
fn plain_text_has_no_sequence_and_no_columns_on_any_terminal() {
    let pair = ["palestine-as-state-property", "a-war-against"];
    let compared = [
        "compare",
        pair[0],
        pair[1],
        "--topic",
        "palestine",
        "--plain",
    ];
    for arguments in [
        &["--plain"][..],
        &compared,
        &["coverage", "--plain"],
        &["search", "blackout", "--plain"],
    ] {
        let mut session = Session::diptych(160, 45, arguments);
        assert_eq!(session.end(), 0);
        let said = String::from_utf8(session.raw()).unwrap();
        assert!(said.lines().count() > 10, "{arguments:?}: {said}");
        assert!(!said.contains(['\x1b', '│', '─', '\u{8}']), "{arguments:?}");
    }
    // The same comparison is in columns and colours without it.
    let mut session = Session::diptych(160, 45, &compared[..5]);
    assert_eq!(session.end(), 0);
    let said = String::from_utf8(session.raw()).unwrap();
    assert!(said.contains('\x1b') && said.contains('│'), "{said}");
}

#[test]
fn the_tour_begins_at_its_first_step_can_be_left_and_leaves_no_session() {
    let state = tempfile::tempdir().unwrap();
    let mut tour = command(&["tour"]);
    tour.env("DIPTYCH_STATE_HOME", state.path());
    let mut session = Session::start(80, 24, tour);
    session.wait("the first step", |screen| screen.contains("Tour 1/16"));
    session.press("n");
    session.wait("the second step", |screen| screen.contains("Tour 2/16"));
    session.press("?");
    session.wait("the help", |screen| screen.contains("type to filter"));
    // F2, as a terminal sends it, in a list too.
    session.press("\x1bOQ");
    session.wait("no strip", |screen| !screen.contains("Tour 2/16"));
    session.press("\x03q");
    assert_eq!(session.end(), 0);
    session.assert_restored();
    assert_eq!(std::fs::read_dir(state.path()).unwrap().count(), 0);
}

#[test]
fn hints_are_given_until_they_were_followed_and_not_where_they_are_switched_off() {
    let state = tempfile::tempdir().unwrap();
    let config = state.path().join("config.toml");
    std::fs::write(&config, "").unwrap();
    let start = || {
        let mut command = command(&["--fresh"]);
        command.env("DIPTYCH_STATE_HOME", state.path());
        command.env("DIPTYCH_CONFIG", &config);
        Session::start(100, 30, command)
    };
    let mut first = start();
    first.wait("a hint", |screen| screen.contains("Hint: 2 turns both"));
    first.press("2");
    first.wait("the topic, and no hint", |screen| {
        screen.contains("The opposition 1/") && !screen.contains("Hint:")
    });
    first.press("q");
    assert_eq!(first.end(), 0);
    let used = std::fs::read_to_string(state.path().join("used")).unwrap();
    assert_eq!(used, "topic-2\n");
    let mut second = start();
    second.wait("the next hint", |screen| screen.contains("Hint: n goes to"));
    second.press("q");
    assert_eq!(second.end(), 0);
    std::fs::write(&config, "[view]\nhints = false\n").unwrap();
    let mut third = start();
    third.wait("the keys", |screen| screen.contains("? help"));
    assert!(!third.text().contains("Hint:"));
    third.press("q");
    assert_eq!(third.end(), 0);
}

/// Three accounts as files, each of so many paragraphs.
fn write_files(folder: &std::path::Path) {
    for name in ["one", "two", "three"] {
        let paragraphs: Vec<String> = (1..40)
            .map(|at| format!("Paragraph {at} of account {name}: the river rose by {at} metres at the mill of Lurimbe, and the ferry to the other bank was late again."))
            .collect();
        let text = format!("Account {name}\n\n{}\n", paragraphs.join("\n\n"));
        std::fs::write(folder.join(format!("{name}.txt")), text).unwrap();
    }
}

#[test]
fn a_file_that_is_opened_beside_another_stands_where_it_was_left() {
    let home = tempfile::tempdir().unwrap();
    write_files(home.path());
    let open = |arguments: &[&str]| Session::start(100, 30, at_home(home.path(), arguments));
    let mut session = open(&["one.txt"]);
    session.wait("the text", |screen| {
        screen.contains("Paragraph 1 of account one")
    });
    session.press("JJJJJJJJJJJJ");
    session.wait("¶13", |screen| screen.contains("¶13 of 39"));
    session.press("q");
    assert_eq!(session.end(), 0);
    // With another file, which has no session of its own.
    let mut session = open(&["one.txt", "two.txt"]);
    session.wait("the same place", |screen| {
        screen.contains("¶13 of 39") || screen.contains("Where you left it")
    });
    let screen = session.text();
    assert!(screen.contains("Paragraph 13 of account one"), "{screen}");
    session.press("j");
    session.wait("the place in words", |screen| screen.contains("¶13 of 39"));
    session.press("q");
    assert_eq!(session.end(), 0);
    // By another name, and not where it is to be begun anew.
    let mut session = open(&["./one.txt", "three.txt"]);
    session.wait("the same place by another name", |screen| {
        screen.contains("Paragraph 13 of account one")
    });
    session.press("q");
    assert_eq!(session.end(), 0);
    let mut session = open(&["--fresh", "one.txt"]);
    session.wait("the start", |screen| {
        screen.contains("Paragraph 1 of account one")
    });
    session.press("q");
    assert_eq!(session.end(), 0);
}

/// A screen without its last row, where hints come and go.
fn above_the_last_row(screen: &str) -> String {
    let mut rows: Vec<&str> = screen.lines().collect();
    rows.pop();
    rows.join("\n")
}

#[test]
fn the_views_come_back_with_the_session_and_what_they_show_is_written_as_commands_print_it() {
    let home = tempfile::tempdir().unwrap();
    let mut session = Session::start(160, 45, at_home(home.path(), &[]));
    session.wait("the reader", |screen| screen.contains("Internet shutdown"));
    session.press("C");
    session.wait("the coverage", |screen| screen.contains("CrimethInc.:"));
    session.press("sjl");
    session.wait("another order", |screen| {
        screen.contains("topics by passages")
    });
    session.press("E");
    session.wait("the formats", |screen| screen.contains("Write to a file"));
    session.press("own.json\r");
    session.wait("what came of it", |screen| {
        screen.contains("Written: own.json · the coverage")
    });
    session.press("E");
    session.wait("the formats", |screen| screen.contains("Write to a file"));
    session.press("own.json\r");
    session.wait("that nothing is written over", |screen| {
        screen.contains("Not written") && screen.contains("is there already")
    });
    session.press("k");
    session.wait("the cell", |screen| !screen.contains("Not written"));
    let before = above_the_last_row(&session.settled());
    session.press("q");
    assert_eq!(session.end(), 0);
    let read = |text: &[u8]| -> serde_json::Value { serde_json::from_slice(text).unwrap() };
    let written = read(&std::fs::read(home.path().join("own.json")).unwrap());
    let printed = Command::new(binary())
        .args(["coverage", "--json"])
        .env_remove("DIPTYCH_CORPUS")
        .output()
        .unwrap();
    let printed = read(&printed.stdout);
    for part in ["topics", "sources", "cells"] {
        let sorted = |value: &serde_json::Value| {
            let mut all: Vec<String> = value[part]
                .as_array()
                .unwrap()
                .iter()
                .map(ToString::to_string)
                .collect();
            all.sort();
            all
        };
        assert_eq!(sorted(&written), sorted(&printed), "{part}");
    }

    let mut session = Session::start(160, 45, at_home(home.path(), &[]));
    session.wait("the coverage again", |screen| {
        screen.contains("topics by passages")
    });
    assert_eq!(above_the_last_row(&session.settled()), before);
    session.press("\x1b");
    session.wait("the texts", |screen| {
        screen.contains("Internet shutdown 1/")
    });
    session.press("e");
    session.wait("the evidence", |screen| screen.contains("Voices"));
    session.press("\tj");
    session.wait("its second part", |screen| screen.contains("Enter"));
    let before = above_the_last_row(&session.settled());
    session.press("q");
    assert_eq!(session.end(), 0);
    let mut session = Session::start(160, 45, at_home(home.path(), &[]));
    session.wait("the evidence again", |screen| screen.contains("Voices"));
    assert_eq!(above_the_last_row(&session.settled()), before);
    session.press("q");
    assert_eq!(session.end(), 0);
}
