//! What helps a newcomer: completions, the manual page, and what `diptych help` prints, by running the program.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "a test says what it cannot try")]

use diptych::app::action::ACTIONS;
use diptych::app::keymap::Keymap;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_diptych"))
        .args(arguments)
        .env_remove("DIPTYCH_CORPUS")
        .output()
        .unwrap()
}

#[track_caller]
fn printed(arguments: &[&str]) -> String {
    let output = run(arguments);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {told}");
    String::from_utf8(output.stdout).unwrap()
}

/// Runs another program on an input; nothing where it is not installed, which is said.
fn through(program: &str, arguments: &[&str], input: &str) -> Option<Output> {
    let started = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = started else {
        println!("{program} is not installed: not tried");
        return None;
    };
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().unwrap();
    let _ = writer.join().unwrap();
    Some(output)
}

#[track_caller]
fn is_understood(output: &Output) {
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && told.is_empty(), "{told}");
}

#[test]
fn every_shell_reads_its_completions() {
    let parses: [(&str, &str, &[&str]); 5] = [
        ("bash", "bash", &["-n"]),
        ("zsh", "zsh", &["-n"]),
        ("fish", "fish", &["--no-execute"]),
        ("powershell", "pwsh", &["-NoProfile", "-Command", "-"]),
        ("elvish", "elvish", &["-compileonly", "/dev/stdin"]),
    ];
    for (shell, program, arguments) in parses {
        let file = printed(&["completions", shell]);
        assert!(file.contains("diptych"), "{shell}");
        // What only an elvish that is typed into has, by other names.
        let file = if shell == "elvish" {
            let file = file.replace("edit:completion:arg-completer[diptych]", "completer");
            format!(
                "var completer = $nil\n{}",
                file.replace("edit:complex-candidate", "put")
            )
        } else {
            file
        };
        if let Some(output) = through(program, arguments, &file) {
            is_understood(&output);
        }
    }
}

#[test]
fn bash_completes_commands_options_and_what_options_take() {
    let file = printed(&["completions", "bash"]);
    let completes = |line: &str| {
        let words: Vec<&str> = line.split(' ').collect();
        let (last, before) = (words.last().unwrap(), words[words.len() - 2]);
        let array: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
        let script = format!(
            "{file}\nCOMP_WORDS=({})\nCOMP_CWORD={}\n_diptych diptych '{last}' '{before}'\nprintf '%s\\n' \"${{COMPREPLY[@]}}\"\n",
            array.join(" "),
            words.len() - 1
        );
        let output = through("bash", &["--norc"], &script)?;
        is_understood(&output);
        let words = String::from_utf8(output.stdout).unwrap();
        Some(words.lines().map(str::to_owned).collect::<Vec<_>>())
    };
    let Some(commands) = completes("diptych co") else {
        return;
    };
    assert_eq!(commands, ["coverage", "compare", "config", "completions"]);
    let options = completes("diptych figures --led").unwrap();
    assert_eq!(options, ["--ledger"]);
    let styles = completes("diptych cite --style b").unwrap();
    assert_eq!(styles, ["bibtex"]);
    assert!(completes("diptych pdf").unwrap().join("").is_empty());
}

#[test]
fn the_manual_page_is_read_without_a_warning_and_says_what_every_key_does() {
    let page = printed(&["man"]);
    let Some(output) = through(
        "groff",
        &["-man", "-ww", "-Kutf8", "-Tutf8", "-P-cbou"],
        &page,
    ) else {
        return;
    };
    is_understood(&output);
    let shown = String::from_utf8(output.stdout).unwrap();
    // As one line, without the hyphens of the formatter.
    let shown = shown.replace("\u{2010}\n", "\n");
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown = shown
        .replace(['‘', '’'], "'")
        .replace('−', "-")
        .replace(' ', "");
    let keymap = Keymap::default();
    for spec in ACTIONS {
        let help = spec.help.replace('’', "'").replace(' ', "");
        assert!(shown.contains(spec.name), "{}", spec.name);
        assert!(shown.contains(&help), "{}: {help}", spec.name);
        for key in keymap.keys(spec.action) {
            let key = key.replace('’', "'");
            assert!(shown.contains(&key), "{}: {key}", spec.name);
        }
    }
    for (name, _) in [
        ("DIPTYCH_STATE_HOME", ""),
        ("NO_COLOR", ""),
        ("EXITSTATUS", ""),
    ] {
        assert!(shown.contains(name), "{name}");
    }
}

/// Box drawing, blocks, arrows and geometric shapes: what a screen reader spells out or leaves out.
fn draws(character: char) -> bool {
    matches!(character, '\u{2190}'..='\u{21ff}' | '\u{2500}'..='\u{25ff}' | '\u{1b}' | '\u{8}')
}

/// Without the signs that the reader shows and its help names.
fn without_signs(text: &str) -> String {
    ["(⇄)", "(⇉)", "(⇹)"]
        .iter()
        .fold(text.to_owned(), |text, sign| text.replace(sign, ""))
}

#[test]
fn what_the_reader_shows_is_printed_in_labelled_lines() {
    let page = printed(&["--plain"]);
    assert!(!page.contains(draws), "{page}");
    let parts = [
        "CORPUS: Iran, January 2026",
        "SOURCES: 5",
        "source: the-atlantic",
        "TOPICS: 13",
        "topic: death-toll",
        "READING: Internet shutdown",
        "left: ",
        "right: ",
        "WHAT STANDS OPPOSITE WHAT",
        "1. only left",
        "THE EVIDENCE",
        "FIGURES",
        "WORDING",
    ];
    let mut rest = page.as_str();
    for part in parts {
        let found = rest.split_once(part);
        rest = found
            .unwrap_or_else(|| panic!("no “{part}” after the others:\n{rest}"))
            .1;
    }
    // No line is made of cells put beside each other.
    assert!(
        !page.lines().any(|line| line.trim().contains("   ")),
        "{page}"
    );
}

#[test]
fn two_files_are_printed_on_the_topic_that_both_speak_of_or_on_the_one_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let left = write(
        "left.txt",
        "The flood\n\nThe dam above Harrow gave way before dawn and killed at least 12 people, the mayor said.\n\nSchools stay closed.\n",
    );
    let right = write(
        "right.txt",
        "After the flood\n\nNine people died when the dam above Harrow gave way before dawn, the ministry says.\n",
    );
    let page = printed(&["--plain", &left, &right]);
    assert!(
        page.contains("1 pair") && page.contains("both have: "),
        "{page}"
    );
    assert!(
        page.contains("at least 12") && page.contains("Nine people"),
        "{page}"
    );
    let page = printed(&["--plain", "--topic", "death-toll"]);
    assert!(page.contains("READING: Death toll"), "{page}");
    let alone = printed(&["--plain", &left]);
    assert!(alone.contains("READING: everything\ntext: "), "{alone}");
    assert!(
        alone.contains("#2: Schools stay closed.") || alone.contains(": Schools stay closed."),
        "{alone}"
    );
    for wrong in [
        &["--topic", "death-toll"][..],
        &["--plain", "--fresh"],
        &["--plain", "list", "--json"],
        &["--topic", "4", "list"],
    ] {
        assert_eq!(run(wrong).status.code(), Some(2), "{wrong:?}");
    }
    let unknown = run(&["--plain", "--topic", "dragons"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("dragons"));
}

#[test]
fn every_table_becomes_labelled_lines() {
    let pair = ["sovereignty", "a-war"];
    let tables: [&[&str]; 9] = [
        &["list"],
        &["list", "--sources"],
        &["list", "--voices"],
        &["topics"],
        &["topics", "--suggest", "5"],
        &["coverage", "--by", "document"],
        &["figures", "--topic", "4"],
        &["quotes", "--speakers"],
        &["keys"],
    ];
    for arguments in tables {
        let lines = printed(&[arguments, &["--plain"]].concat());
        for line in lines.lines().filter(|line| !line.is_empty()) {
            let is_labelled = line.contains(": ") || line.ends_with(':') || line == "quoted";
            assert!(is_labelled, "{arguments:?}: {line}");
        }
        assert!(
            lines.contains("\n\n") && !without_signs(&lines).contains(draws),
            "{arguments:?}"
        );
    }
    for arguments in [
        &["compare", pair[0], pair[1]][..],
        &["evidence", pair[0], pair[1], "--topic", "4"],
        &["wording", pair[0], pair[1]],
        &["quotes", "--topic", "3"],
        &["figures", "--topic", "4", "--ledger"],
        &["passages", "--topic", "4"],
        &["search", "blackout"],
        &["show", "sovereignty"],
    ] {
        let text = printed(&[arguments, &["--plain"]].concat());
        assert!(!text.contains(draws), "{arguments:?}: {text}");
        assert!(
            !text.lines().any(|line| line.trim().contains("   ")),
            "{arguments:?}: {text}"
        );
    }
}

#[test]
fn the_tour_is_printed_for_who_cannot_see_it() {
    let steps = printed(&["tour", "--plain"]);
    assert!(
        steps.starts_with("1. ") && steps.lines().count() == 16,
        "{steps}"
    );
    assert!(
        steps.contains("w says why") && !steps.contains(['{', '}']),
        "{steps}"
    );
    assert_eq!(run(&["tour", "--corpus", "x"]).status.code(), Some(2));
    assert_eq!(run(&["tour", "--json"]).status.code(), Some(2));
}
