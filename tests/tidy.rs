//! The shape of the house: layers import downwards, files stay readable, terminal crates stay where they belong.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::string_slice,
    reason = "a test warns on standard output, fails by panicking, and cuts at matches of ASCII"
)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Lines before the tests of a file: over the first it is named, over the second it fails.
const LONG: usize = 400;
const TOO_LONG: usize = 600;

/// The layer of a top-level module; modules of one layer import each other only where [`may_import`] says so.
fn layer(module: &str) -> Option<u8> {
    Some(match module {
        "text" => 0,
        "corpus" => 1,
        "analysis" | "import" => 2,
        "library" | "export" | "app" => 3,
        "view" | "command" => 4,
        "runtime" => 5,
        _ => return None,
    })
}

/// A module imports lower layers and itself. `main.rs` and `lib.rs` are above all.
fn may_import(from: &str, to: &str) -> bool {
    match (layer(from), layer(to)) {
        (Some(from_layer), Some(to_layer)) => from == to || to_layer < from_layer,
        (None, _) => true,
        (_, None) => false,
    }
}

struct Source {
    /// Path inside `src/`.
    path: String,
    text: String,
}

impl Source {
    fn module(&self) -> &str {
        self.path.split(['/', '.']).next().unwrap_or_default()
    }

    /// Without comments, so that prose about a crate is no use of it.
    fn code(&self) -> String {
        let mut out = String::new();
        for line in self.text.lines() {
            let code = if line.trim_start().starts_with("//") {
                ""
            } else {
                line
            };
            let _ = writeln!(out, "{code}");
        }
        out
    }

    /// The code without its tests, which may hold ours against other crates; a file of tests alone has none.
    fn shipped(&self) -> String {
        if self.path.ends_with("/tests.rs") {
            return String::new();
        }
        let code = self.code();
        let end = code.find("\n#[cfg(test)]\nmod tests").unwrap_or(code.len());
        code[..end].to_owned()
    }

    fn lines_before_tests(&self) -> usize {
        self.text
            .lines()
            .position(|line| line.starts_with("#[cfg(test)]"))
            .unwrap_or(self.text.lines().count())
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    collect(&root, &mut paths);
    paths.sort();
    let source = |path: &PathBuf| Source {
        path: path
            .strip_prefix(&root)
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/"),
        text: fs::read_to_string(path).unwrap(),
    };
    paths.iter().map(source).collect()
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            into.push(path);
        }
    }
}

/// The top-level modules that a code names by `crate::`, groups (`crate::{a, b::c}`) included, and by `diptych::` in
/// `main.rs`.
fn imports(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            found.extend(group_heads(group));
        } else {
            found.insert(name(rest).to_owned());
        }
    }
    found.retain(|module| layer(module).is_some());
    found
}

/// The first name of each part of a `{…}` group, as far as the brace that closes it.
fn group_heads(group: &str) -> Vec<String> {
    let (mut depth, mut heads, mut at_head) = (0, Vec::new(), true);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => at_head = true,
            c if at_head && !c.is_whitespace() => {
                heads.push(name(&group[at..]).to_owned());
                at_head = false;
            }
            _ => {}
        }
    }
    heads
}

fn name(code: &str) -> &str {
    let end = code
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(code.len());
    &code[..end]
}

/// Whether code names a crate: `name::` or `use name`, not as the end of a longer word.
fn names_crate(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(at, _)| {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let before = code[..at].chars().next_back();
        let after = &code[at + name.len()..];
        // `::crossterm` behind another crate's name is a use as well: ratatui re-exports it.
        !before.is_some_and(word)
            && (after.starts_with("::") || after.starts_with(';') || after.starts_with(" as "))
    })
}

fn assert_none(found: &[String]) {
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn each_layer_imports_only_the_layers_below_it() {
    let mut found = Vec::new();
    for source in sources() {
        for to in imports(&source.code()) {
            if !may_import(source.module(), &to) {
                found.push(format!("src/{} imports crate::{to}", source.path));
            }
        }
    }
    assert_none(&found);
}

#[test]
fn every_folder_of_the_house_has_a_layer() {
    let at_top = ["main", "lib"];
    let stray =
        |source: &Source| layer(source.module()).is_none() && !at_top.contains(&source.module());
    let found: Vec<String> = sources()
        .iter()
        .filter(|source| stray(source))
        .map(|source| source.path.clone())
        .collect();
    assert_none(&found);
}

#[test]
fn terminal_crates_stay_in_their_rooms() {
    let mut found = Vec::new();
    for source in sources() {
        let (module, code) = (source.module(), source.shipped());
        let draws = matches!(module, "view" | "runtime") || source.path == "app/screen.rs";
        if !draws && names_crate(&code, "ratatui") {
            found.push(format!(
                "src/{} names ratatui: only view, runtime and app/screen.rs may",
                source.path
            ));
        }
        if module != "runtime" && names_crate(&code, "crossterm") {
            found.push(format!(
                "src/{} names crossterm: only runtime may",
                source.path
            ));
        }
        if module != "library" && names_crate(&code, "tantivy") {
            found.push(format!(
                "src/{} names tantivy: only library may",
                source.path
            ));
        }
    }
    assert_none(&found);
}

#[test]
fn files_stay_short_enough_to_read() {
    let mut found = Vec::new();
    for source in sources() {
        // Files of tests alone are read case by case.
        let tests_only = source.path.ends_with("/tests.rs") || source.path.contains("/tests/");
        let lines = source.lines_before_tests();
        if tests_only || lines <= LONG {
            continue;
        }
        if lines <= TOO_LONG {
            println!(
                "src/{} has {lines} lines before its tests; over {LONG} wants a reason",
                source.path
            );
        } else {
            found.push(format!(
                "src/{} has {lines} lines before its tests: split it",
                source.path
            ));
        }
    }
    assert_none(&found);
}

#[test]
fn no_room_is_named_for_what_does_not_belong_anywhere() {
    let vague = ["utils", "util", "helpers", "helper", "common", "misc"];
    let is_vague = |source: &Source| {
        source
            .path
            .split(['/', '.'])
            .any(|part| vague.contains(&part))
    };
    let found: Vec<String> = sources()
        .iter()
        .filter(|source| is_vague(source))
        .map(|source| source.path.clone())
        .collect();
    assert_none(&found);
}

#[test]
fn only_commands_print() {
    let mut found = Vec::new();
    for source in sources() {
        let shipped = source.shipped();
        let may = source.module() == "command" || source.path == "main.rs";
        let prints = ["println!", "print!"].iter().any(|name| {
            shipped
                .match_indices(name)
                .any(|(at, _)| !shipped[..at].ends_with(['e', '_']))
        });
        if !may && prints {
            found.push(format!(
                "src/{} prints: only command/ and main.rs may",
                source.path
            ));
        }
    }
    assert_none(&found);
}

#[test]
fn one_file_alone_opens_connections() {
    let opens = [
        "ureq",
        "TcpStream",
        "UdpSocket",
        "TcpListener",
        "UnixStream",
    ];
    let found: Vec<String> = sources()
        .iter()
        .filter(|source| !source.path.starts_with("library/fetching"))
        .filter(|source| {
            let shipped = source.shipped();
            opens.iter().any(|name| names_crate(&shipped, name))
        })
        .map(|source| format!("src/{} opens a connection", source.path))
        .collect();
    assert_none(&found);
}

/// The tests that a page names: `` `tests/a.rs: claim` ``.
fn named_tests(page: &str) -> Vec<(&str, &str)> {
    let code = page.split('`').skip(1).step_by(2);
    code.filter_map(|code| code.split_once(".rs: "))
        .filter(|(file, _)| file.starts_with("src/") || file.starts_with("tests/"))
        .collect()
}

#[test]
fn the_security_page_names_tests_that_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("SECURITY.md")).unwrap();
    let named = named_tests(&page);
    assert!(named.len() > 30, "{} tests are named", named.len());
    let is_there = |(file, claim): &(&str, &str)| {
        let text = fs::read_to_string(root.join(format!("{file}.rs"))).unwrap_or_default();
        text.contains(&format!("fn {claim}("))
    };
    let missing = named.iter().filter(|named| !is_there(named));
    let mut found: Vec<String> = missing
        .map(|(file, claim)| format!("SECURITY.md names {file}.rs: {claim}, which is not there"))
        .collect();
    // A row of "it cannot" without a test is a claim that nobody shows.
    let rows = page
        .lines()
        .filter(|line| line.starts_with("| ") && line.matches(" | ").count() == 2);
    let rows = rows.filter(|line| !line.starts_with("| it cannot"));
    found.extend(
        rows.filter(|line| named_tests(line).is_empty())
            .map(|line| format!("SECURITY.md: no test shows: {line}")),
    );
    assert_none(&found);
}

#[test]
fn each_file_opens_with_its_purpose() {
    let found: Vec<String> = sources()
        .iter()
        .filter(|source| !source.text.starts_with("//! "))
        .map(|source| format!("src/{} has no header", source.path))
        .collect();
    assert_none(&found);
}

#[test]
fn the_rules_themselves_can_fail() {
    let modules = |code: &str| imports(code).into_iter().collect::<Vec<_>>();
    assert_eq!(
        modules("use crate::text::width;\nlet x = crate::app::y();"),
        ["app", "text"]
    );
    assert_eq!(
        modules("use crate::{\n    analysis::{a, b},\n    text::c,\n};"),
        ["analysis", "text"]
    );
    assert!(modules("use crate::error;").is_empty());
    assert!(
        may_import("view", "app") && may_import("analysis", "text") && may_import("lib", "runtime")
    );
    assert!(
        !may_import("app", "library")
            && !may_import("analysis", "import")
            && !may_import("text", "corpus")
    );
    assert!(!may_import("command", "view") && !may_import("command", "runtime"));
    assert!(
        names_crate("use crossterm::event;", "crossterm")
            && names_crate("ratatui::crossterm::x()", "crossterm")
    );
    assert!(
        !names_crate("let my_crossterm = 1;", "crossterm")
            && !names_crate("\"crossterm\"", "crossterm")
    );
}
