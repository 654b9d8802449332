//! Feeds: RSS, Atom and JSON Feed, an entry a document.
//!
//! Invariant: a feed that is cut short, or whose entries are not all well-formed, gives those that can be read, and says what is
//! missing. Dates that the reader of feeds does not know are read as dates of copied texts are.

use super::html::{self, Stated};
use super::xml::{self, Element, Node};
use super::{Input, Notice, block, dates, guard, lines};
use crate::corpus::{Date, Document, Source};
use feed_rs::model::{Entry, Feed, Link, Text};
use std::collections::HashSet;
use std::fmt::Write as _;

/// The key of the front matter that tells an entry of a feed, or a message, from others, whatever its text: its own id.
pub const ENTRY_KEY: &str = "entry";

/// Bytes of a feed: the longest podcasts' have 20 MB.
pub(super) const MAX_BYTES: usize = 64 << 20;
/// Entries of a feed.
const MAX_ENTRIES: usize = 5_000;
/// Bytes of what stands in a feed beside its entries, where each entry has to be read alone.
const MAX_HEAD: usize = 64 << 10;

/// Name spaces of elements that feeds use, often without saying so.
const PREFIXES: &[(&str, &str)] = &[
    ("content", "http://purl.org/rss/1.0/modules/content/"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("media", "http://search.yahoo.com/mrss/"),
    ("atom", "http://www.w3.org/2005/Atom"),
    ("itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
];

/// Why a feed is no document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// No entry of it has text.
    Empty,
    /// It cannot be read: why.
    Not(&'static str),
    /// It breaks a bound.
    TooMuch(&'static str),
}

/// Reads a feed: its entries in their order.
pub(super) fn read(
    input: &Input<'_>,
    text: &str,
) -> Result<Vec<(Document, Source, Vec<Notice>)>, Refusal> {
    if text.len() > MAX_BYTES {
        return Err(Refusal::TooMuch(
            "a feed larger than 64 MB; import parts of it",
        ));
    }
    let Parsed { feeds, mut remarks } = if text.trim_start().starts_with('{') {
        json(text)?
    } else {
        markup(text)?
    };
    let mut documents = Vec::new();
    let mut seen = HashSet::new();
    let mut without_text = 0;
    let entries = feeds
        .iter()
        .flat_map(|feed| feed.entries.iter().map(move |entry| (feed, entry)));
    for (feed, entry) in entries.take(MAX_ENTRIES) {
        if !entry.id.is_empty() && !seen.insert(entry.id.as_str()) {
            continue;
        }
        match document(input, feed, entry) {
            Some(read) => documents.push(read),
            None => without_text += 1,
        }
    }
    if without_text > 0 {
        remarks.push(format!("{without_text} entries of the feed have no text"));
    }
    let Some((_, _, notices)) = documents.first_mut() else {
        return Err(Refusal::Empty);
    };
    notices.extend(remarks.iter().map(|remark| Notice::remark(0, "", remark)));
    Ok(documents)
}

#[derive(Default)]
struct Parsed {
    /// One, or one an entry.
    feeds: Vec<Feed>,
    remarks: Vec<String>,
}

fn parse(text: &str) -> Option<Feed> {
    let parser = feed_rs::parser::Builder::new()
        // The day as it is written, not the day that it was in Greenwich.
        .timestamp_parser(|text| {
            let date = day(text)?;
            format!("{date}T00:00:00Z").parse().ok()
        })
        .build();
    guard::call(|| parser.parse(text.as_bytes()).ok()).flatten()
}

/// The day of a date in whatever form.
fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    let iso = text.get(..10).and_then(|start| start.parse().ok());
    let date: Date = iso.or_else(|| dates::first(text)?.resolve(None))?;
    date.day.map(|_| date)
}

// ---- JSON

fn json(text: &str) -> Result<Parsed, Refusal> {
    if let Some(feed) = parse(text) {
        return Ok(Parsed {
            feeds: vec![feed],
            remarks: Vec::new(),
        });
    }
    let mended = mended(text).and_then(|mended| parse(&mended));
    let feed = mended.ok_or(Refusal::Not(
        "the feed (JSON) is damaged and no entry of it is whole",
    ))?;
    Ok(Parsed {
        feeds: vec![feed],
        remarks: vec!["the feed is cut short: entries are missing".to_owned()],
    })
}

/// A JSON feed as far as its last whole entry.
fn mended(text: &str) -> Option<String> {
    let mut open: Vec<u8> = Vec::new();
    let (mut in_text, mut escaped, mut end) = (false, false, None);
    for (at, byte) in text.bytes().enumerate() {
        match (in_text, byte) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => in_text = !in_text,
            (false, b'{' | b'[') => open.push(byte),
            (false, b'}' | b']') => {
                open.pop();
                if byte == b'}' && open == *b"{[" {
                    end = Some(at + 1);
                }
            }
            (true | false, _) => {}
        }
    }
    let whole = text.get(..end?)?;
    Some(format!("{whole}]}}"))
}

// ---- XML

fn markup(text: &str) -> Result<Parsed, Refusal> {
    let xml = xml::parse(text);
    let mut root = ["rss", "feed", "RDF"]
        .iter()
        .find_map(|name| xml.root.find(name))
        .cloned()
        .ok_or(Refusal::Not("there is no feed in it"))?;
    declare(&mut root);
    let mut remarks = Vec::new();
    if let Some(broken) = xml.broken {
        remarks.push(format!(
            "the feed is not whole ({broken}): entries may be missing"
        ));
    }
    let mut whole = String::new();
    root.write(&mut whole);
    if let Some(feed) = parse(&whole) {
        return Ok(Parsed {
            feeds: vec![feed],
            remarks,
        });
    }
    // One entry that is wrong costs the others: each alone then.
    let (head, entries) = apart(root);
    let mut feeds = Vec::new();
    let mut unread = 0;
    for entry in entries.into_iter().take(MAX_ENTRIES) {
        let mut alone = head.clone();
        place(&mut alone).children.push(Node::Element(entry));
        let mut text = String::new();
        alone.write(&mut text);
        match parse(&text) {
            Some(feed) => feeds.push(feed),
            None => unread += 1,
        }
    }
    if feeds.is_empty() {
        return Err(Refusal::Not(
            "the feed is damaged and no entry of it is whole",
        ));
    }
    if unread > 0 {
        remarks.push(format!("{unread} entries of the feed are damaged"));
    }
    Ok(Parsed { feeds, remarks })
}

/// Sets right what the reader of feeds insists on.
fn declare(root: &mut Element) {
    for (prefix, address) in PREFIXES {
        let key = format!("xmlns:{prefix}");
        if root.attributes.iter().all(|(known, _)| *known != key) {
            root.attributes.push((key, (*address).to_owned()));
        }
    }
    if root.local() == "rss" {
        let is_known = matches!(root.attribute("version"), Some("2.0" | "0.91" | "0.92"));
        if !is_known {
            root.attributes.retain(|(key, _)| key != "version");
            root.attributes
                .push(("version".to_owned(), "2.0".to_owned()));
        }
    }
    undeclared(root, &HashSet::new());
}

/// Takes the prefixes off elements and attributes that no name space was declared for.
fn undeclared(element: &mut Element, around: &HashSet<String>) {
    let mut known = around.clone();
    let declared = |(key, _): &(String, String)| key.strip_prefix("xmlns:").map(str::to_owned);
    known.extend(element.attributes.iter().filter_map(declared));
    let is_known = |name: &str| match name.split_once(':') {
        Some((prefix, _)) => matches!(prefix, "xmlns" | "xml") || known.contains(prefix),
        None => true,
    };
    if !is_known(&element.name) {
        element.name = element.name.replace(':', "-");
    }
    element.attributes.retain(|(key, _)| is_known(key));
    for child in &mut element.children {
        if let Node::Element(child) = child {
            undeclared(child, &known);
        }
    }
}

/// A feed without its entries, and these.
fn apart(mut root: Element) -> (Element, Vec<Element>) {
    let mut entries = Vec::new();
    take_entries(&mut root, &mut entries);
    if let Some(channel) = channel(&mut root) {
        take_entries(channel, &mut entries);
    }
    (root, entries)
}

fn take_entries(element: &mut Element, into: &mut Vec<Element>) {
    let mut kept = 0;
    for child in std::mem::take(&mut element.children) {
        match child {
            Node::Element(entry) if matches!(entry.local(), "item" | "entry") => into.push(entry),
            Node::Element(other) => {
                let mut text = String::new();
                other.write(&mut text);
                kept += text.len();
                if kept <= MAX_HEAD {
                    element.children.push(Node::Element(other));
                }
            }
            Node::Text(_) => {}
        }
    }
}

fn channel(root: &mut Element) -> Option<&mut Element> {
    root.children.iter_mut().find_map(|child| match child {
        Node::Element(element) if element.local() == "channel" => Some(element),
        Node::Element(_) | Node::Text(_) => None,
    })
}

/// Where entries stand in a feed.
fn place(root: &mut Element) -> &mut Element {
    let is_inside = root.local() == "rss" && channel(root).is_some();
    if is_inside {
        channel(root).expect("it has just been found")
    } else {
        root
    }
}

// ---- entries

fn document(
    input: &Input<'_>,
    feed: &Feed,
    entry: &Entry,
) -> Option<(Document, Source, Vec<Notice>)> {
    let bare = |text: &Option<Text>| text.as_ref().map(|text| html::bare(&text.content));
    let content = entry.content.as_ref().and_then(|content| {
        Some((
            content.body.clone()?,
            is_plain(content.content_type.as_ref()),
        ))
    });
    let summary = entry.summary.as_ref();
    let summary = summary.map(|text| (text.content.clone(), is_plain(text.content_type.as_ref())));
    let (body, is_plain) = [content, summary]
        .into_iter()
        .flatten()
        .find(|(body, _)| !body.trim().is_empty())?;
    let body = if is_plain && !holds_markup(&body) {
        paragraphs(&body)
    } else {
        body
    };
    let title = bare(&entry.title)
        .filter(|title| !title.is_empty())
        .unwrap_or_else(|| first_words(&html::bare(&body)));
    let published = entry.published.or(entry.updated);
    let url = link(&entry.links);
    let site = bare(&feed.title)
        .filter(|title| !title.is_empty())
        .or_else(|| super::address::host(&link(&feed.links)?));
    let language = entry.language.as_ref().or(feed.language.as_ref());
    let people = if entry.authors.is_empty() {
        &feed.authors
    } else {
        &entry.authors
    };
    let stated = Stated {
        title,
        authors: people
            .iter()
            .filter_map(|person| person.name.as_deref())
            .map(html::bare)
            // Left of `desk@example.org (Nora Pell)`.
            .map(|name| name.trim_matches(['(', ')']).trim().to_owned())
            .filter(|name| !name.is_empty() && name != "unknown" && !name.contains('@'))
            .collect(),
        date: published.and_then(|time| day(&time.to_rfc3339())),
        url,
        site,
        language: language.and_then(|tag| main_language(tag)),
    };
    let (mut document, source, mut notices) = html::read_whole(input, &body, stated).ok()?;
    for notice in &mut notices {
        // Lines of the markup inside an entry are no lines of the feed.
        notice.line = 0;
    }
    if !entry.id.is_empty() {
        let id = serde_json::Value::from(entry.id.as_str());
        document.meta.extra.insert(ENTRY_KEY.to_owned(), id);
    }
    Some((document, source, notices))
}

fn is_plain(kind: &str) -> bool {
    kind.eq_ignore_ascii_case("text/plain")
}

/// Whether a text that calls itself plain has the ends of elements, or entities of markup, in it.
fn holds_markup(text: &str) -> bool {
    text.contains("</") || text.contains("<br") || text.contains("<p>") || text.contains("&nbsp;")
}

/// The language of a tag such as `en-GB`.
pub(super) fn main_language(tag: &str) -> Option<String> {
    let main = tag.split(['-', '_']).next()?.trim().to_lowercase();
    (main.len() == 2 && main.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(main)
}

fn link(links: &[Link]) -> Option<String> {
    let is_page = |link: &&Link| {
        link.rel
            .as_deref()
            .is_none_or(|rel| rel.eq_ignore_ascii_case("alternate"))
    };
    let is_web =
        |link: &&Link| link.href.starts_with("http://") || link.href.starts_with("https://");
    let found = links.iter().filter(is_web).find(is_page)?;
    Some(found.href.clone())
}

fn first_words(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(10).collect();
    words.join(" ")
}

/// Plain text as markup: its paragraphs, with lines that were broken at a width put together; quoted mail is a quote.
pub(super) fn paragraphs(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines = lines::lines(&text);
    let mut out = String::with_capacity(text.len() + text.len() / 20);
    for block in block::blocks(&lines).blocks {
        let name = match block.fate {
            block::Fate::Text(crate::corpus::Kind::Quote) => "blockquote",
            _ => "p",
        };
        let _ = write!(out, "<{name}>");
        for c in block.text.chars() {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                c => out.push(c),
            }
        }
        let _ = write!(out, "</{name}>");
    }
    out
}
