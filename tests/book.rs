//! The book in `docs/` says what is so: its links lead somewhere, its keys are bound, its commands are read, its scripts run.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "a test says what it cannot try")]

use diptych::app::action::ACTIONS;
use diptych::app::keymap::Keymap;
use diptych::command::arguments::Arguments;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The pages of the book and the README, by their path in the repository.
fn pages() -> Vec<(PathBuf, String)> {
    let mut pages = vec![PathBuf::from("README.md")];
    for entry in fs::read_dir(root().join("docs")).unwrap() {
        let name = entry.unwrap().file_name();
        if Path::new(&name)
            .extension()
            .is_some_and(|ending| ending == "md")
        {
            pages.push(Path::new("docs").join(name));
        }
    }
    pages.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(root().join(&path)).unwrap();
        (path, text)
    };
    pages.into_iter().map(read).collect()
}

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_diptych"))
        .args(arguments)
        .env_remove("DIPTYCH_CORPUS")
        .env("DIPTYCH_CONFIG", "/nonexistent/config.toml")
        .output()
        .unwrap()
}

#[test]
fn the_index_names_every_page_and_every_link_leads_to_a_file() {
    let index = fs::read_to_string(root().join("docs/README.md")).unwrap();
    let mut links = 0;
    for (path, text) in pages() {
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(
            name == "README.md" || index.contains(&format!("]({name})")),
            "{name}"
        );
        for (at, _) in text.match_indices("](") {
            let target: String = text
                .chars()
                .skip(text.get(..at).unwrap().chars().count() + 2)
                .take_while(|c| *c != ')')
                .collect();
            let target = target.split('#').next().unwrap();
            if target.is_empty() || target.contains("://") {
                continue;
            }
            links += 1;
            let place = root().join(&path).parent().unwrap().join(target);
            assert!(place.exists(), "{}: {target}", path.display());
        }
    }
    assert!(links > 30, "{links}");
}

/// What stands between backquotes.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

#[test]
fn the_keys_that_the_pages_teach_are_those_that_are_bound() {
    let keymap = Keymap::default();
    let bound: BTreeSet<String> = ACTIONS
        .iter()
        .flat_map(|spec| keymap.keys(spec.action))
        .collect();
    let mut taught = 0;
    for (path, text) in pages() {
        let mut in_keys = false;
        for line in text.lines() {
            let Some(row) = line.strip_prefix('|') else {
                in_keys = false;
                continue;
            };
            in_keys |= row.starts_with(" press |");
            if !in_keys {
                continue;
            }
            let cell = row.split(" | ").next().unwrap();
            for key in quoted(cell) {
                taught += 1;
                assert!(bound.contains(key), "{}: {key}", path.display());
            }
        }
    }
    assert!(taught > 50, "{taught}");
}

/// The words of a line as a shell has them, up to a pipe, a redirection or a comment.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for character in line.chars() {
        match (quote, character) {
            (Some(open), c) if c == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(character);
                word.get_or_insert_default();
            }
            (None, '|' | '>' | '#' | ';') if word.is_none() => break,
            (None, ' ') => words.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// Lines of code that run the program, as the pages show them.
fn commands(text: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for line in text.lines() {
        let code = line.strip_prefix("    ").unwrap_or(line).trim_end();
        if !(line.starts_with("    diptych") || line.starts_with("diptych ")) {
            continue;
        }
        // In a list of commands what they do stands behind them.
        let code = code.split("   ").next().unwrap();
        found.push(words(code));
    }
    found
}

#[test]
fn every_command_that_the_pages_show_is_read() {
    let mut seen = 0;
    for (path, text) in pages() {
        for words in commands(&text) {
            seen += 1;
            let line = words.iter().map(OsString::from);
            if let Err(error) = Arguments::read(line) {
                assert!(
                    !error.use_stderr(),
                    "{}: {words:?}: {error}",
                    path.display()
                );
            }
        }
    }
    assert!(seen > 40, "{seen}");
}

#[test]
fn every_command_has_its_line_in_the_chapter_on_them() {
    let chapter = fs::read_to_string(root().join("docs/command-line.md")).unwrap();
    let command = diptych::command::arguments::shown();
    for command in command.get_subcommands() {
        let name = format!("`diptych {}", command.get_name());
        assert!(chapter.contains(&name), "{name}");
    }
}

/// Each script of the chapter with what it is said to print.
fn scripts(chapter: &str) -> Vec<(String, String)> {
    let mut scripts = Vec::new();
    for part in chapter.split("```sh\n").skip(1) {
        let (script, rest) = part.split_once("```").unwrap();
        let printed = rest.split_once("```text\n").unwrap().1;
        let (printed, _) = printed.split_once("```").unwrap();
        scripts.push((script.to_owned(), printed.to_owned()));
    }
    scripts
}

#[test]
fn the_scripts_of_the_book_print_what_it_says() {
    let has = |program: &str| Command::new(program).arg("--version").output().is_ok();
    if !has("jq") || !has("sh") {
        println!("jq is not installed: the scripts of docs/scripting.md are not tried");
        return;
    }
    let chapter = fs::read_to_string(root().join("docs/scripting.md")).unwrap();
    let scripts = scripts(&chapter);
    assert!(scripts.len() > 5);
    let program = Path::new(env!("CARGO_BIN_EXE_diptych")).parent().unwrap();
    let path = std::env::var("PATH").unwrap();
    for (script, printed) in scripts {
        let folder = tempfile::tempdir().unwrap();
        let home = |name: &str| folder.path().join(name);
        let output = Command::new("sh")
            .args(["-c", &script])
            .current_dir(folder.path())
            .env("PATH", format!("{}:{path}", program.display()))
            .env_remove("DIPTYCH_CORPUS")
            .env("DIPTYCH_DATA_HOME", home("data"))
            .env("DIPTYCH_CACHE_HOME", home("cache"))
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        let found = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{script}{told}");
        assert_eq!(found, printed, "\n{script}{told}");
    }
}

#[test]
fn every_chapter_is_printed_by_its_name_and_a_slip_is_put_right() {
    let names = [
        "start",
        "reading",
        "comparing",
        "corpora",
        "formats",
        "search",
        "notes",
        "citing",
        "keys",
        "command-line",
        "configuration",
        "scripting",
    ];
    let all = String::from_utf8(run(&["help"]).stdout).unwrap();
    for name in names {
        assert!(all.contains(&format!("\n  {name} ")), "{name}");
        let output = run(&["help", name]);
        assert!(output.status.success(), "{name}");
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.lines().count() > 10, "{name}: {text}");
        assert!(!text.contains('\u{1b}'), "{name}");
        let plain = String::from_utf8(run(&["help", name, "--plain"]).stdout).unwrap();
        assert!(
            !plain.contains("\u{2500}") && !plain.contains("    `"),
            "{plain}"
        );
    }
    for (slip, meant) in [
        ("scriping", "scripting"),
        ("confguration", "configuration"),
        ("compar", "compare"),
    ] {
        let output = run(&["help", slip]);
        assert_eq!(output.status.code(), Some(2), "{slip}");
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains(&format!("diptych help {meant}`?")), "{told}");
    }
    let unknown = run(&["help", "dragons"]);
    let told = String::from_utf8(unknown.stderr).unwrap();
    assert!(
        unknown.status.code() == Some(2) && told.contains("scripting"),
        "{told}"
    );
}

#[test]
fn help_on_a_command_is_what_its_own_option_prints() {
    let command = diptych::command::arguments::shown();
    for command in command.get_subcommands() {
        let name = command.get_name();
        let by_option = String::from_utf8(run(&[name, "--help"]).stdout).unwrap();
        let by_help = String::from_utf8(run(&["help", name]).stdout).unwrap();
        assert!(
            by_help.starts_with(by_option.trim_end()),
            "{name}:\n{by_option}\n{by_help}"
        );
    }
    let nested = String::from_utf8(run(&["help", "export", "evidence"]).stdout).unwrap();
    assert!(
        nested.contains("Usage: diptych export evidence"),
        "{nested}"
    );
    assert_eq!(run(&["help", "export", "nothing"]).status.code(), Some(2));
}

#[test]
fn the_pictures_are_small_and_ask_for_nothing_from_elsewhere() {
    let mut bytes = 0;
    let mut pictures = 0;
    for entry in fs::read_dir(root().join("docs/screens")).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        bytes += text.len();
        if path.extension().is_some_and(|ending| ending == "svg") {
            pictures += 1;
            let bare = text.replace("http://www.w3.org/2000/svg", "");
            for strange in ["http", "<script", "<image", "url(", "@import"] {
                assert!(!bare.contains(strange), "{}: {strange}", path.display());
            }
            assert!(text.contains("<title>") && text.contains("textLength"));
        }
    }
    assert!(
        pictures >= 6 && bytes < 400_000,
        "{pictures} pictures, {bytes} bytes"
    );
}
