//! Markdown files of others: any front matter, read by the corpus' own reader.
//!
//! Invariant: values that other programs write under other names are copied to ours where ours is empty; nothing of the front
//! matter is dropped.

use super::block;
use super::lines::Line;
use super::metadata::{self, Findings};
use super::{Input, Notice, NoticeKind, address, dates, head, people, slug};
use crate::corpus::markdown::front;
use crate::corpus::{
    Document, DocumentId, Kind, Mark, MarkStyle, Meta, Passage, Source, SourceId, markdown,
};
use serde_json::Value;

const TOML_FENCE: &str = "+++";

/// Whether a text opens with front matter: YAML between `---`, TOML between `+++`.
pub(super) fn has_front_matter(text: &str) -> bool {
    let fence = match text.lines().next().map(str::trim_end) {
        Some("---") => ["---", "..."],
        Some(TOML_FENCE) => [TOML_FENCE, TOML_FENCE],
        _ => return false,
    };
    let mut has_key = false;
    for line in text.lines().skip(1).take(500) {
        if fence.contains(&line.trim_end()) {
            return has_key;
        }
        has_key |= line.contains(':') || line.contains('=');
    }
    false
}

/// Reads a Markdown file: the document, its source, remarks.
pub(super) fn read(input: &Input<'_>, text: &str) -> (Document, Source, Vec<Notice>) {
    let mut notices = Vec::new();
    let (toml, body) = toml_front_matter(text, &mut notices);
    let (mut document, problems) = markdown::read(DocumentId::from(""), input.name, &body);
    notices.extend(
        problems
            .into_iter()
            .map(|problem| Notice::remark(problem.line, "", problem.problem)),
    );
    for (key, value) in toml {
        document.meta.extra.entry(key).or_insert(value);
    }
    if document.meta.source.as_str() == front::NOT_STATED {
        document.meta.source = SourceId::default();
    }
    let mut findings = Findings::default();
    adopt(&mut document.meta, input, &mut findings);
    name_untitled(&mut document, input, &mut findings);
    let mut document = statements(document, text, input, &mut findings, &mut notices);
    notices.extend(findings.remarks);
    let source = source(&mut document.meta);
    document.id = DocumentId::from(slug(&document.meta.title));
    (document, source, notices)
}

/// TOML front matter as values, and the text with blank lines in its place, so that line numbers stay.
fn toml_front_matter(
    text: &str,
    notices: &mut Vec<Notice>,
) -> (serde_json::Map<String, Value>, String) {
    let nothing = (serde_json::Map::new(), text.to_owned());
    if text.lines().next().map(str::trim_end) != Some(TOML_FENCE) || !has_front_matter(text) {
        return nothing;
    }
    let lines = text
        .lines()
        .skip(1)
        .position(|line| line.trim_end() == TOML_FENCE)
        .unwrap_or_default();
    let front: String = text
        .lines()
        .skip(1)
        .take(lines)
        .flat_map(|line| [line, "\n"])
        .collect();
    let table = match toml::from_str::<toml::Table>(&front) {
        Ok(table) => table,
        Err(error) => {
            let line = error.span().map_or(1, |span| {
                2 + front
                    .get(..span.start)
                    .unwrap_or_default()
                    .matches('\n')
                    .count() as u32
            });
            notices.push(Notice::remark(
                line,
                "",
                format!("the TOML front matter cannot be read: {}", error.message()),
            ));
            return nothing;
        }
    };
    let values = table
        .into_iter()
        .map(|(key, value)| (key, json(value)))
        .collect();
    let body: String = std::iter::repeat_n("\n", lines + 2)
        .chain(text.split_inclusive('\n').skip(lines + 2))
        .collect();
    (values, body)
}

fn json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(value) => value.into(),
        toml::Value::Datetime(date) => date.to_string().into(),
        toml::Value::Array(values) => values.into_iter().map(json).collect::<Vec<_>>().into(),
        toml::Value::Table(table) => Value::Object(
            table
                .into_iter()
                .map(|(key, value)| (key, json(value)))
                .collect(),
        ),
    }
}

/// Keys that other programs use for an address.
const URL_KEYS: [&str; 9] = [
    "url",
    "link",
    "URL",
    "permalink",
    "canonical",
    "canonical_url",
    "original",
    "source_url",
    "address",
];

/// Keys for who published it.
const SOURCE_KEYS: [&str; 8] = [
    "source",
    "publisher",
    "publication",
    "site",
    "site_name",
    "website",
    "outlet",
    "journal",
];

/// Keys for the day of publication, the surest first.
const DATE_KEYS: [&str; 8] = [
    "date",
    "published",
    "publishDate",
    "pubdate",
    "datePublished",
    "published_at",
    "date_published",
    "created",
];

/// Copies values from the names that other programs use. The originals stay in `extra`.
fn adopt(meta: &mut Meta, input: &Input<'_>, findings: &mut Findings) {
    if meta.title.is_empty() {
        meta.title = stated(meta, &["title", "Title", "headline", "name"]).unwrap_or_default();
    }
    if meta.authors.is_empty() {
        let stated = ["authors", "author", "Author", "by", "byline", "creator"]
            .iter()
            .find_map(|key| meta.extra.get(*key));
        meta.authors = stated.map(authors).unwrap_or_default();
    }
    for author in &mut meta.authors {
        *author = plain(author);
    }
    if meta.url.is_none() {
        meta.url = stated(meta, &URL_KEYS).filter(|url| address::is_address(url));
    }
    adopt_source(meta, findings);
    if meta.date.is_none() {
        meta.date = stated(meta, &DATE_KEYS)
            .and_then(|date| dates::date_line(&date)?.when.resolve(input.copied));
    }
    if meta.language.is_empty() {
        let stated = stated(meta, &["language", "lang", "locale"])
            .unwrap_or_default()
            .to_lowercase();
        let code = stated.split(['-', '_']).next().unwrap_or_default();
        if code.len() == 2 {
            code.clone_into(&mut meta.language);
        }
    }
    if meta.kind.is_none() {
        meta.kind = stated(meta, &["kind", "type", "genre"]);
    }
}

/// Who published it: as stated, else the host of its address.
fn adopt_source(meta: &mut Meta, findings: &mut Findings) {
    if meta.source.as_str().is_empty()
        && let Some(stated) = stated(meta, &["source"])
    {
        meta.source = SourceId::from(stated);
    }
    // Web clippers write the address under "source".
    if address::is_address(meta.source.as_str()) {
        let address = meta.source.as_str().to_owned();
        meta.source = SourceId::default();
        meta.url.get_or_insert(address);
    }
    if !meta.source.as_str().is_empty() {
        return;
    }
    if let Some(name) = stated(meta, &SOURCE_KEYS) {
        meta.source = SourceId::from(name);
    } else if let Some(host) = meta.url.as_deref().and_then(address::host) {
        findings.remark(
            0,
            &host,
            format!("{}: the host of its address", metadata::inferred(&host)),
        );
        meta.source = SourceId::from(host);
    }
}

/// The first of the keys that holds a text.
fn stated(meta: &Meta, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| one(meta.extra.get(*key)?))
}

/// A value that is one text or number, or a list of one.
fn one(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => match values.as_slice() {
            [value] => one(value),
            _ => None,
        },
        Value::Object(object) => object.get("name").and_then(one),
        Value::Null | Value::Bool(_) => None,
    }
}

/// Obsidian writes names as links: `[[Ann Example]]`.
fn plain(name: &str) -> String {
    name.trim_matches(['[', ']', '"', ' ']).to_owned()
}

fn authors(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => {
            let names = people::names(text);
            if names.is_empty() {
                vec![plain(text)]
            } else {
                names
            }
        }
        Value::Array(values) => values
            .iter()
            .filter_map(one)
            .map(|name| plain(&name))
            .collect(),
        Value::Object(_) => one(value).into_iter().collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}

/// The file's name for a document that states no title, neither in its front matter nor as its first heading.
fn name_untitled(document: &mut Document, input: &Input<'_>, findings: &mut Findings) {
    if document.meta.title.is_empty() {
        let stem = input.name.rsplit(['/', '\\']).next().unwrap_or(input.name);
        let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
        stem.clone_into(&mut document.meta.title);
        findings.remark(0, stem, "no title is stated: the file's name");
    }
}

/// Passages under the title in which a byline, an outlet and a date are looked for.
const HEAD_PASSAGES: usize = 4;
/// A passage this long is the article itself.
const BODY_CHARS: usize = 140;

/// Takes from the first passages who wrote and published the text, and when, where the front matter does not say: essays have
/// it in emphasis under their title. What was imported before has been read so already.
fn statements(
    document: Document,
    text: &str,
    input: &Input<'_>,
    findings: &mut Findings,
    notices: &mut Vec<Notice>,
) -> Document {
    if document.meta.imported_from.is_some() {
        return document;
    }
    let mut meta = document.meta.clone();
    let mut taken = Vec::new();
    let mut from = 0;
    for (at, passage) in document.passages().enumerate().take(HEAD_PASSAGES) {
        if passage.kind() != Kind::Paragraph || passage.voice().is_some() {
            continue;
        }
        if passage.text().chars().count() >= BODY_CHARS {
            break;
        }
        let Some(lines) = lines_of(&passage, text, from) else {
            continue;
        };
        let mut found = known(&meta);
        // All of a passage states something that is not known yet, or it stays as it is.
        let keys: Option<Vec<&'static str>> = lines
            .iter()
            .map(|line| {
                let key = head::statement(line, input.copied, &mut found)?;
                is_missing(&document.meta, key).then_some(key)
            })
            .collect();
        let Some(keys) = keys else {
            // Behind a sentence the article has begun.
            if block::ends_sentence(passage.text()) {
                break;
            }
            continue;
        };
        for (line, key) in lines.iter().zip(keys) {
            from = line.number as usize;
            let whole = text.lines().nth(from - 1).unwrap_or_default();
            notices.push(Notice {
                line: line.number,
                text: whole.trim().to_owned(),
                kind: NoticeKind::Used(key),
            });
        }
        findings.remarks.append(&mut found.remarks);
        meta.authors = found.authors;
        meta.date = found.date;
        meta.url = found.url;
        if let Some(source) = found.source {
            meta.source = SourceId::from(source.title);
        }
        taken.push(at);
    }
    if taken.is_empty() || taken.len() == document.len() {
        return document;
    }
    let mut rest = Document::new(document.id.clone(), meta);
    for (at, passage) in document.passages().enumerate() {
        if !taken.contains(&at) {
            rest.push(passage.to_draft());
        }
    }
    rest
}

/// What is known of a document, for a line to add to.
fn known(meta: &Meta) -> Findings {
    let source = meta.source.as_str();
    Findings {
        title: Some(meta.title.clone()),
        authors: meta.authors.clone(),
        date: meta.date,
        source: (!source.is_empty()).then(|| metadata::source(source)),
        url: meta.url.clone(),
        ..Findings::default()
    }
}

/// Whether the front matter leaves open what a line states.
fn is_missing(stated: &Meta, key: &str) -> bool {
    match key {
        "authors" => stated.authors.is_empty(),
        "date" => stated.date.is_none(),
        "source" => stated.source.as_str().is_empty(),
        "url" => stated.url.is_none(),
        _ => false,
    }
}

/// The lines of the file that a passage is made of, without their emphasis, where each piece of it is a line: from row `from`
/// on. A passage in several emphases is as many lines.
fn lines_of<'t>(passage: &Passage<'_>, text: &'t str, from: usize) -> Option<Vec<Line<'t>>> {
    let set_off = |mark: &&Mark| matches!(mark.style, MarkStyle::Emphasis | MarkStyle::Strong);
    let whole = passage.text();
    let mut pieces: Vec<&str> = Vec::new();
    let (mut end, mut rest) = (0, String::new());
    for mark in passage.marks().iter().filter(set_off) {
        let span = mark.span.range();
        if span.start >= end {
            rest.push_str(whole.get(end..span.start)?);
            pieces.push(whole.get(span.clone())?);
            end = span.end;
        }
    }
    rest.push_str(whole.get(end..)?);
    if pieces.is_empty() || rest.contains(|c: char| !c.is_whitespace()) {
        pieces = whole.split('\n').collect();
    }
    let mut rows = text.lines().zip(1_u32..).skip(from);
    let lines = pieces.into_iter().map(|piece| {
        let piece = piece.trim_matches(DECORATION);
        let is_it = |line: &str| !piece.is_empty() && line.trim_matches(DECORATION) == piece;
        let (line, number) = rows
            .by_ref()
            .take(MOST_ROWS)
            .find(|(line, _)| is_it(line))?;
        Some(Line {
            number,
            text: line.trim_matches(DECORATION),
            indent: 0,
            gap: true,
            feed: false,
        })
    });
    lines.collect()
}

/// What stands around a line in emphasis: its marks, and the sign of a line break.
const DECORATION: [char; 5] = ['*', '_', ' ', '\t', '\\'];
/// Lines of the file in which one of the first passages is looked for: front matter stands before it.
const MOST_ROWS: usize = 2_000;

/// The source of the document, whose id becomes one.
fn source(meta: &mut Meta) -> Source {
    let source = if meta.source.as_str().is_empty() {
        metadata::not_stated()
    } else {
        metadata::source(meta.source.as_str())
    };
    meta.source = source.id.clone();
    source
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(values: Value) -> (Meta, Source) {
        let Value::Object(extra) = values else {
            panic!("a map")
        };
        let mut meta = Meta {
            extra,
            ..Meta::default()
        };
        let input = Input {
            name: "a.md",
            bytes: b"",
            copied: None,
        };
        adopt(&mut meta, &input, &mut Findings::default());
        let source = source(&mut meta);
        (meta, source)
    }

    #[test]
    fn keys_of_other_programs_are_understood() {
        let (meta, source) = check(serde_json::json!({
            "author": ["[[Ann Example]]"], "source": "https://www.example.org/2026/flood", "published": "2026-01-30T08:00:00", "lang": "en-GB", "tags": ["flood"],
        }));
        assert_eq!(meta.authors, ["Ann Example"]);
        assert_eq!(
            meta.url.as_deref(),
            Some("https://www.example.org/2026/flood")
        );
        assert_eq!(
            (source.id.as_str(), source.title.as_str()),
            ("example.org", "example.org")
        );
        assert_eq!(meta.date.unwrap().to_string(), "2026-01-30");
        assert_eq!(meta.language, "en");
        assert!(meta.extra.contains_key("tags"));
        let (meta, source) = check(
            serde_json::json!({ "byline": "Ann Example and Bo Sample", "publisher": "River Voices", "link": "https://river.example/x" }),
        );
        assert_eq!(meta.authors, ["Ann Example", "Bo Sample"]);
        assert_eq!(
            (source.id.as_str(), source.title.as_str()),
            ("river-voices", "River Voices")
        );
        assert_eq!(meta.url.as_deref(), Some("https://river.example/x"));
    }

    #[test]
    fn toml_front_matter_is_read_and_keeps_line_numbers() {
        let mut notices = Vec::new();
        let (values, body) = toml_front_matter(
            "+++\ntitle = \"A\"\ndate = 2026-01-30\n+++\ntext\n",
            &mut notices,
        );
        assert_eq!(values["title"], "A");
        assert_eq!(values["date"], "2026-01-30");
        assert_eq!(body, "\n\n\n\ntext\n");
        let (values, body) = toml_front_matter("+++\ntitle = \n+++\ntext\n", &mut notices);
        assert!(values.is_empty() && body.contains("title") && notices.len() == 1);
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        assert!(has_front_matter("---\ntitle: x\n---\n"));
        assert!(!has_front_matter("---\nA text under a rule.\n---\n"));
        assert!(!has_front_matter("---\ntitle: x\n"));
    }
}
