//! What other programs read: the project of REFI-QDA by the rules of its schema, Web Annotations by their context, tables by a reader of CSV.
//!
//! The schema (`Project.xsd` of 18 March 2019, urn:QDA-XML:project:1.0) is not part of this repository: [`RULES`] states of it what our files
//! use, and `DIPTYCH_QDA_XSD` names the file itself for a check by `xmllint`.
#![allow(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::io::Read as _;
use std::path::Path;
use std::process::Command;

fn printed(home: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_diptych"))
        .env_remove("DIPTYCH_CORPUS")
        .env("DIPTYCH_DATA_HOME", home.join("data"))
        .env("DIPTYCH_STATE_HOME", home.join("state"))
        .args(arguments)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {told}");
    String::from_utf8(output.stdout).unwrap()
}

/// Markup, entities, control characters, what XML has no character for, right-to-left text, and formulas.
const HOSTILE: &str = "]]> <b a='1' b=\"2\">&amp; &#0; \u{1b}[2J \u{7} \u{b} \u{fffe} \u{ffff} \u{202e}زن زندگی آزادی 👩‍🚀 =SUM(A1)";

/// A corpus of hostile texts with notes of every kind on it; its folder.
fn noted_corpus(home: &Path) -> String {
    let folder = home.join("corpus");
    std::fs::create_dir_all(folder.join("a b")).unwrap();
    let head = |title: &str| {
        format!(
            "---\ntitle: '{}'\nsource: s\n---\n\n",
            title.replace('\'', "''")
        )
    };
    let one = format!(
        "{}The river rose four metres.\n\nQuoted: \u{201c}{HOSTILE}\u{201d} it said.\n",
        head(HOSTILE)
    );
    std::fs::write(folder.join("a b/one & <two>.md"), one).unwrap();
    std::fs::write(
        folder.join("two.md"),
        format!("{}Seven drowned.\n\nNobody drowned.\n", head("Two")),
    )
    .unwrap();
    let corpus = folder.to_str().unwrap().to_owned();
    let note = |line: &[&str]| {
        printed(home, &[&["note"], line, &["--corpus", &corpus]].concat());
    };
    let one = "a b/one & <two>";
    note(&[&format!("{one}#1"), HOSTILE]);
    note(&[&format!("{one}#2"), "=1+1 #river #river #زن"]);
    // A tag that is called as the relation is.
    note(&[
        "two#1",
        "#differs and #toll",
        "--with",
        "two#2",
        "--relation",
        "differs",
    ]);
    note(&[
        &format!("{one}#2"),
        "+2",
        "--with",
        "two#1",
        "--relation",
        "own-word",
    ]);
    note(&["two#1", "Lost by and by"]);
    note(&["two#2", "A line, \"quoted\"\nand another"]);
    // A note whose place is lost, one written at no time that there is.
    let place = folder.join("notes.jsonl");
    let notes = std::fs::read_to_string(&place).unwrap();
    let lines: Vec<String> = notes
        .lines()
        .map(|line| {
            let mut line: Value = serde_json::from_str(line).unwrap();
            let text = line["body"][0]["value"].as_str().unwrap().to_owned();
            if text.starts_with("Lost") {
                line["target"][0]["anchor"]["document"]["id"] = "gone".into();
                line["target"][0]["anchor"]["document"]["sha256"] = "0".into();
                line["target"][0]["anchor"]["quote"]["exact"] = "Words that are nowhere".into();
            }
            if text.starts_with("=1+1") {
                line["created"] = "\"><x y='yesterday'/>".into();
            }
            line.to_string()
        })
        .collect();
    std::fs::write(&place, lines.join("\n") + "\n").unwrap();
    corpus
}

/// What the schema says of an element that our files use.
struct Rule {
    name: &'static str,
    /// Its children in their order, each with how often it stands there at least and at most.
    children: &'static [(&'static str, usize, usize)],
    /// Its attributes, each with its kind and whether it must be there.
    attributes: &'static [(&'static str, Kind, bool)],
}

/// What an attribute may say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Guid,
    Boolean,
    Integer,
    Moment,
    Direction,
}

const MANY: usize = usize::MAX;
const DIRECTIONS: [&str; 3] = ["Associative", "OneWay", "Bidirectional"];

use Kind::{Boolean, Direction, Guid, Integer, Moment, Text};

const TEXT_SOURCE: &[(&str, Kind, bool)] = &[
    ("guid", Guid, true),
    ("name", Text, false),
    ("richTextPath", Text, false),
    ("plainTextPath", Text, false),
    ("creatingUser", Guid, false),
    ("creationDateTime", Moment, false),
    ("modifyingUser", Guid, false),
    ("modifiedDateTime", Moment, false),
];
const TEXT_SOURCE_CHILDREN: &[(&str, usize, usize)] = &[
    ("Description", 0, 1),
    ("PlainTextContent", 0, 1),
    ("PlainTextSelection", 0, MANY),
    ("Coding", 0, MANY),
    ("NoteRef", 0, MANY),
    ("VariableValue", 0, MANY),
];
const TARGET: &[(&str, Kind, bool)] = &[("targetGUID", Guid, true)];

const RULES: [Rule; 17] = [
    Rule {
        name: "Project",
        children: &[
            ("Users", 0, 1),
            ("CodeBook", 0, 1),
            ("Variables", 0, 1),
            ("Cases", 0, 1),
            ("Sources", 0, 1),
            ("Notes", 0, 1),
            ("Links", 0, 1),
            ("Sets", 0, 1),
            ("Graphs", 0, 1),
            ("Description", 0, 1),
            ("NoteRef", 0, MANY),
        ],
        attributes: &[
            ("name", Text, true),
            ("origin", Text, false),
            ("creatingUserGUID", Guid, false),
            ("creationDateTime", Moment, false),
            ("modifyingUserGUID", Guid, false),
            ("modifiedDateTime", Moment, false),
            ("basePath", Text, false),
        ],
    },
    Rule {
        name: "Users",
        children: &[("User", 1, MANY)],
        attributes: &[],
    },
    Rule {
        name: "User",
        children: &[],
        attributes: &[
            ("guid", Guid, true),
            ("name", Text, false),
            ("id", Text, false),
        ],
    },
    Rule {
        name: "CodeBook",
        children: &[("Codes", 1, 1)],
        attributes: &[],
    },
    Rule {
        name: "Codes",
        children: &[("Code", 1, MANY)],
        attributes: &[],
    },
    Rule {
        name: "Code",
        children: &[
            ("Description", 0, 1),
            ("NoteRef", 0, MANY),
            ("Code", 0, MANY),
        ],
        attributes: &[
            ("guid", Guid, true),
            ("name", Text, true),
            ("isCodable", Boolean, true),
            ("color", Text, false),
        ],
    },
    Rule {
        name: "Sources",
        children: &[("TextSource", 1, MANY)],
        attributes: &[],
    },
    Rule {
        name: "TextSource",
        children: TEXT_SOURCE_CHILDREN,
        attributes: TEXT_SOURCE,
    },
    Rule {
        name: "Notes",
        children: &[("Note", 1, MANY)],
        attributes: &[],
    },
    Rule {
        name: "Note",
        children: TEXT_SOURCE_CHILDREN,
        attributes: TEXT_SOURCE,
    },
    Rule {
        name: "PlainTextContent",
        children: &[],
        attributes: &[],
    },
    Rule {
        name: "PlainTextSelection",
        children: &[
            ("Description", 0, 1),
            ("Coding", 0, MANY),
            ("NoteRef", 0, MANY),
        ],
        attributes: &[
            ("guid", Guid, true),
            ("name", Text, false),
            ("startPosition", Integer, true),
            ("endPosition", Integer, true),
            ("creatingUser", Guid, false),
            ("creationDateTime", Moment, false),
            ("modifyingUser", Guid, false),
            ("modifiedDateTime", Moment, false),
        ],
    },
    Rule {
        name: "Coding",
        children: &[("CodeRef", 1, 1), ("NoteRef", 0, MANY)],
        attributes: &[
            ("guid", Guid, true),
            ("creatingUser", Guid, false),
            ("creationDateTime", Moment, false),
        ],
    },
    Rule {
        name: "CodeRef",
        children: &[],
        attributes: TARGET,
    },
    Rule {
        name: "NoteRef",
        children: &[],
        attributes: TARGET,
    },
    Rule {
        name: "Links",
        children: &[("Link", 1, MANY)],
        attributes: &[],
    },
    Rule {
        name: "Link",
        children: &[("NoteRef", 0, MANY)],
        attributes: &[
            ("guid", Guid, true),
            ("name", Text, false),
            ("direction", Direction, false),
            ("color", Text, false),
            ("originGUID", Guid, false),
            ("targetGUID", Guid, false),
        ],
    },
];

#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Element>,
    text: String,
}

impl Element {
    fn of(start: &BytesStart<'_>) -> Self {
        let attributes = start.attributes().map(|attribute| {
            let attribute = attribute.unwrap();
            let value = quick_xml::escape::unescape(&attribute.value)
                .unwrap()
                .into_owned();
            (attribute.key.0.to_owned(), value)
        });
        Self {
            name: start.name().0.to_owned(),
            attributes: attributes.collect(),
            ..Self::default()
        }
    }

    fn get(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        attributes
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    fn all(&self) -> Vec<&Element> {
        let below = self.children.iter().flat_map(Element::all);
        std::iter::once(self).chain(below).collect()
    }
}

/// Reads a document; it must be well formed.
fn tree(text: &str) -> Element {
    let is_xml = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    let stray: Vec<char> = text.chars().filter(|c| !is_xml(*c)).collect();
    assert!(
        stray.is_empty(),
        "characters that XML does not have: {stray:?}"
    );
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => open.push(Element::of(&start)),
            Event::Empty(start) => open.last_mut().unwrap().children.push(Element::of(&start)),
            Event::End(_) => {
                let done = open.pop().unwrap();
                open.last_mut().unwrap().children.push(done);
            }
            Event::Text(text) => open.last_mut().unwrap().text += &text,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open.len(), 1, "an element is not closed");
    let mut root = open.pop().unwrap();
    assert_eq!(root.children.len(), 1);
    root.children.pop().unwrap()
}

fn is_guid(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12]
        && text
            .bytes()
            .all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

/// `2031-05-02T10:00:00Z`.
fn is_moment(text: &str) -> bool {
    text.parse::<jiff::Timestamp>().is_ok()
}

/// What is wrong with an element by the rules, and with those in it.
fn wrong(element: &Element, found: &mut Vec<String>) {
    let Some(rule) = RULES.iter().find(|rule| rule.name == element.name) else {
        found.push(format!("{} is no element of a project", element.name));
        return;
    };
    let mut at = 0;
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for child in &element.children {
        *counts.entry(child.name.as_str()).or_default() += 1;
        match rule
            .children
            .iter()
            .position(|(name, ..)| *name == child.name)
        {
            Some(place) if place >= at => at = place,
            Some(_) => found.push(format!("{} comes too late in {}", child.name, element.name)),
            None => found.push(format!("{} in {}", child.name, element.name)),
        }
    }
    for (name, least, most) in rule.children {
        let count = counts.get(name).copied().unwrap_or(0);
        if count < *least || count > *most {
            found.push(format!("{count} {name} in {}", element.name));
        }
    }
    for (name, kind, is_required) in rule.attributes {
        let is_right = |value: &str| match kind {
            Text => true,
            Guid => is_guid(value),
            Boolean => matches!(value, "true" | "false" | "0" | "1"),
            Integer => value.parse::<i64>().is_ok(),
            Moment => is_moment(value),
            Direction => DIRECTIONS.contains(&value),
        };
        match element.get(name) {
            None if *is_required => found.push(format!("{} has no {name}", element.name)),
            Some(value) if !is_right(value) => {
                found.push(format!(
                    "{name} of {} is {value:?}, not {kind:?}",
                    element.name
                ));
            }
            None | Some(_) => {}
        }
    }
    let mut names = HashSet::new();
    for (name, _) in &element.attributes {
        let is_known = rule.attributes.iter().any(|(known, ..)| known == name);
        if !(is_known || name == "xmlns" && element.name == "Project") || !names.insert(name) {
            found.push(format!("{name} of {}", element.name));
        }
    }
    // Either the content or the path to it, not both.
    if matches!(element.name.as_str(), "TextSource" | "Note") {
        let has_content = counts.contains_key("PlainTextContent");
        if has_content == element.get("plainTextPath").is_some() {
            found.push(format!(
                "{} has both of content and path, or neither",
                element.name
            ));
        }
    }
    for child in &element.children {
        wrong(child, found);
    }
}

/// What is wrong with GUIDs: each names one thing, and what refers to one leads to a thing of the right kind.
fn wrong_guids(project: &Element, found: &mut Vec<String>) {
    let mut kinds: HashMap<&str, &str> = HashMap::new();
    for element in project.all() {
        if let Some(guid) = element.get("guid")
            && let Some(other) = kinds.insert(guid, &element.name)
        {
            found.push(format!("one GUID for a {} and a {other}", element.name));
        }
    }
    for element in project.all() {
        for (name, guid) in &element.attributes {
            let wanted: &[&str] = match (element.name.as_str(), name.as_str()) {
                ("CodeRef", "targetGUID") => &["Code"],
                ("NoteRef", "targetGUID") => &["Note"],
                (_, "originGUID" | "targetGUID") => {
                    &["PlainTextSelection", "TextSource", "Note", "Code"]
                }
                (_, "creatingUser" | "creatingUserGUID" | "modifyingUser") => &["User"],
                _ => continue,
            };
            match kinds.get(guid.as_str()) {
                Some(kind) if wanted.contains(kind) => {}
                leads => found.push(format!("{name} of {} leads to {leads:?}", element.name)),
            }
        }
    }
}

/// The files of an archive by their names.
fn unpacked(place: &Path) -> HashMap<String, String> {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(place).unwrap()).unwrap();
    let mut files = HashMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        files.insert(file.name().unwrap().into_owned(), text);
    }
    files
}

fn exported(home: &Path) -> HashMap<String, String> {
    let corpus = noted_corpus(home);
    let place = home.join("notes.qdpx");
    let file = place.to_str().unwrap();
    printed(
        home,
        &["notes", &corpus, "--export", "qdpx", "--output", file],
    );
    unpacked(&place)
}

#[test]
fn a_project_of_hostile_texts_keeps_every_rule_of_the_schema() {
    let home = tempfile::tempdir().unwrap();
    let files = exported(home.path());
    let project = tree(&files["project.qde"]);
    assert_eq!(project.get("xmlns"), Some("urn:QDA-XML:project:1.0"));
    let mut found = Vec::new();
    wrong(&project, &mut found);
    wrong_guids(&project, &mut found);
    assert!(found.is_empty(), "{found:#?}");
    let count = |name: &str| project.all().iter().filter(|of| of.name == name).count();
    assert_eq!(
        (count("Note"), count("Link"), count("TextSource")),
        (6, 2, 2)
    );
    assert_eq!(
        count("PlainTextSelection"),
        7,
        "one a place that is not lost"
    );
    let sources = project.all();
    for source in sources.iter().filter(|of| of.name == "TextSource") {
        let path = source
            .get("plainTextPath")
            .unwrap()
            .strip_prefix("internal://")
            .unwrap();
        let text: Vec<char> = files[&format!("sources/{path}")].chars().collect();
        for selection in source
            .all()
            .iter()
            .filter(|of| of.name == "PlainTextSelection")
        {
            let at = |name: &str| selection.get(name).unwrap().parse::<usize>().unwrap();
            let (start, end) = (at("startPosition"), at("endPosition"));
            assert!(start < end && end <= text.len());
            let words: String = text[start..end].iter().collect();
            assert!(
                !words.starts_with('\n') && !words.ends_with('\n'),
                "{words:?}"
            );
        }
    }
    assert_eq!(files.len(), 3);
}

#[test]
fn the_rules_themselves_can_fail() {
    let home = tempfile::tempdir().unwrap();
    let text = exported(home.path())["project.qde"].clone();
    let broken = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        let project = tree(&text.replacen(from, to, 1));
        let mut found = Vec::new();
        wrong(&project, &mut found);
        wrong_guids(&project, &mut found);
        assert!(!found.is_empty(), "{from} → {to} went through");
    };
    broken(" isCodable=\"true\"", "");
    broken(" isCodable=\"true\"", " isCodable=\"yes\"");
    broken("direction=\"Associative\"", "direction=\"Both\"");
    broken("<Users>", "<Links></Links><Users>");
    broken("startPosition=\"", "startPosition=\"x");
    broken("<NoteRef targetGUID=\"", "<NoteRef targetGUID=\"0");
    broken("plainTextPath=", "richTextPath=");
    broken("<Coding guid=\"", "<Coding color=\"red\" guid=\"");
    let first = text.split("<Note guid=\"").nth(1).unwrap()[..36].to_owned();
    let second = text.split("<Note guid=\"").nth(2).unwrap()[..36].to_owned();
    broken(
        &format!("<Note guid=\"{second}"),
        &format!("<Note guid=\"{first}"),
    );
}

#[test]
fn the_schema_itself_takes_the_project_where_it_is_given() {
    let Some(schema) = std::env::var_os("DIPTYCH_QDA_XSD") else {
        eprintln!(
            "skipped: DIPTYCH_QDA_XSD names no Project.xsd of REFI-QDA (www.qdasoftware.org)"
        );
        return;
    };
    let home = tempfile::tempdir().unwrap();
    let place = home.path().join("project.qde");
    std::fs::write(&place, &exported(home.path())["project.qde"]).unwrap();
    let checked = Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .arg(schema)
        .arg(&place)
        .output();
    let Ok(checked) = checked else {
        eprintln!("skipped: no xmllint here");
        return;
    };
    let told = String::from_utf8_lossy(&checked.stderr);
    assert!(checked.status.success(), "{told}");
    // What breaks a rule must not go through: the schema is read.
    let text = std::fs::read_to_string(&place).unwrap();
    std::fs::write(&place, text.replacen(" isCodable=\"true\"", "", 1)).unwrap();
    let schema = std::env::var_os("DIPTYCH_QDA_XSD").unwrap();
    let broken = Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .arg(schema)
        .arg(&place)
        .output();
    assert!(!broken.unwrap().status.success());
}

/// The terms that the context of Web Annotations (2017) has for what our lines say.
const CLASSES: [&str; 6] = [
    "Annotation",
    "TextualBody",
    "SpecificResource",
    "TextQuoteSelector",
    "TextPositionSelector",
    "AnnotationCollection",
];
const TERMS: [&str; 20] = [
    "id",
    "type",
    "body",
    "target",
    "source",
    "selector",
    "creator",
    "generator",
    "created",
    "modified",
    "motivation",
    "purpose",
    "value",
    "format",
    "language",
    "exact",
    "prefix",
    "suffix",
    "start",
    "end",
];
const MOTIVATIONS: [&str; 13] = [
    "assessing",
    "bookmarking",
    "classifying",
    "commenting",
    "describing",
    "editing",
    "highlighting",
    "identifying",
    "linking",
    "moderating",
    "questioning",
    "replying",
    "tagging",
];

/// What is wrong with a value of an annotation by the context; `own` are the terms that the line's own context explains, whose values are
/// JSON of ours.
fn wrong_terms(value: &Value, own: &[&str], found: &mut Vec<String>) {
    match value {
        Value::Array(values) => values
            .iter()
            .for_each(|value| wrong_terms(value, own, found)),
        Value::Object(map) => {
            for (key, value) in map {
                let text = value.as_str();
                match key.as_str() {
                    key if own.contains(&key) => continue,
                    "type" if text.is_none_or(|text| !CLASSES.contains(&text)) => {
                        found.push(format!("type {value}"));
                    }
                    "motivation" | "purpose"
                        if text.is_none_or(|text| !MOTIVATIONS.contains(&text)) =>
                    {
                        found.push(format!("{key} {value}"));
                    }
                    "created" | "modified" if text.is_none_or(|text| !is_moment(text)) => {
                        found.push(format!("{key} {value}"));
                    }
                    "start" | "end" if !value.is_u64() => found.push(format!("{key} {value}")),
                    "id" | "source" if text.is_none_or(|text| url::Url::parse(text).is_err()) => {
                        found.push(format!("{key} {value} is no address"));
                    }
                    key if !TERMS.contains(&key) => found.push(format!("{key} is no term")),
                    _ => {}
                }
                wrong_terms(value, own, found);
            }
        }
        _ => {}
    }
}

#[test]
fn every_key_and_motivation_of_an_annotation_is_one_of_the_context() {
    let home = tempfile::tempdir().unwrap();
    let corpus = noted_corpus(home.path());
    let text = printed(home.path(), &["notes", &corpus, "--export", "jsonld"]);
    let annotations: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert_eq!(annotations.len(), 6);
    for annotation in &annotations {
        let mut annotation = annotation.clone();
        let context = annotation
            .as_object_mut()
            .unwrap()
            .remove("@context")
            .unwrap();
        assert_eq!(context[0], "http://www.w3.org/ns/anno.jsonld");
        let own: Vec<&str> = context[1]
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        // A word of ours never stands for one of theirs.
        assert!(
            own.iter()
                .all(|term| !TERMS.contains(term) && !CLASSES.contains(term)),
            "{own:?}"
        );
        let mut found = Vec::new();
        wrong_terms(&annotation, &own, &mut found);
        let is_expected = |wrong: &String| wrong.contains("yesterday");
        found.retain(|wrong| !is_expected(wrong));
        assert!(found.is_empty(), "{found:#?}");
        // What the model asks of each.
        assert_eq!(annotation["type"], "Annotation");
        let targets = annotation["target"].as_array().unwrap();
        assert!(!targets.is_empty());
        for target in targets {
            assert_eq!(target["type"], "SpecificResource");
            assert!(target["source"].is_string());
            let selectors = target["selector"].as_array().unwrap();
            let of = |kind: &str| {
                selectors
                    .iter()
                    .filter(|of| of["type"] == kind)
                    .collect::<Vec<_>>()
            };
            assert!(
                of("TextQuoteSelector")
                    .iter()
                    .all(|of| of["exact"].is_string())
            );
            let positions = of("TextPositionSelector");
            assert!(
                positions
                    .iter()
                    .all(|of| of["start"].as_u64() < of["end"].as_u64())
            );
        }
        for body in annotation["body"].as_array().unwrap() {
            assert!(body["type"] == "TextualBody" && body["value"].is_string());
        }
    }
    let mut found = Vec::new();
    let strange = serde_json::json!({ "type": "Note", "motivation": "judging", "verdict": 1 });
    wrong_terms(&strange, &[], &mut found);
    assert_eq!(found.len(), 3);
}

#[test]
fn notes_of_hostile_texts_come_back_cell_by_cell_from_a_reader_of_csv() {
    let home = tempfile::tempdir().unwrap();
    let corpus = noted_corpus(home.path());
    let place = home.path().join("notes.csv");
    let file = place.to_str().unwrap();
    printed(
        home.path(),
        &["notes", &corpus, "--export", "csv", "--output", file],
    );
    let script = "import csv,json,sys\nprint(json.dumps(list(csv.reader(open(sys.argv[1],encoding='utf-8',newline='')))))";
    let read = Command::new("python3").args(["-c", script, file]).output();
    let Ok(read) = read else {
        eprintln!("skipped: no python3 here");
        return;
    };
    assert!(
        read.status.success(),
        "{}",
        String::from_utf8_lossy(&read.stderr)
    );
    let rows: Vec<Vec<String>> = serde_json::from_slice(&read.stdout).unwrap();
    let head = [
        "note",
        "words",
        "tags",
        "relation",
        "document",
        "¶",
        "quote",
        "quote then",
        "citation",
    ];
    assert_eq!(rows[0], head);
    assert_eq!(rows.len(), 9, "a row a place");
    assert!(rows.iter().all(|row| row.len() == head.len()));
    let cells = rows.iter().flatten();
    for cell in cells.clone() {
        assert!(
            !cell.starts_with(['=', '+', '-', '@']) && !cell.chars().any(char::is_control),
            "{cell:?}"
        );
    }
    let has = |text: &str| rows.iter().flatten().any(|cell| cell == text);
    assert!(has("'=1+1 #river #river #زن") && has("'+2"));
    assert!(has("The river rose four metres.") && has("Words that are nowhere") && has("lost"));
    assert!(has("A line, \"quoted\" and another"));
    // As JSON has it; of a place that is lost there is none.
    let json = printed(home.path(), &["notes", &corpus, "--json"]);
    let notes: serde_json::Value = serde_json::from_str(&json).unwrap();
    let cited = notes[0]["places"][0]["citation"].as_str().unwrap();
    assert!(has(&cited.replace('\n', " ")), "{cited} in {rows:?}");
    let lost = rows.iter().find(|row| row[5] == "lost").unwrap();
    assert_eq!(lost[8], "");
}
