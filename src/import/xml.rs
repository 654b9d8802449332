//! XML as a small tree, for what is wrapped in it: feeds, and the tables of contents of books.
//!
//! Invariant: gives a tree whatever comes in. What is not well-formed is mended (ends that are missing, ends too many) or the tree
//! stops there and says so. Entities that a document defines are never expanded, so none can grow.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::fmt::Write as _;

/// Elements around each other; what is nested deeper hangs on the deepest that counts.
const MAX_DEPTH: usize = 200;
/// Elements and texts of a tree.
const MAX_NODES: usize = 1 << 20;
/// Attributes of an element.
const MAX_ATTRIBUTES: usize = 200;

/// A tree.
#[derive(Debug, Default)]
pub(super) struct Xml {
    /// Holds what stands at the top.
    pub root: Element,
    /// Why the tree is not all of the text, where it is not.
    pub broken: Option<&'static str>,
}

/// An element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Element {
    /// With its prefix, as written.
    pub name: String,
    /// Names with their prefixes, and values.
    pub attributes: Vec<(String, String)>,
    /// What is in it.
    pub children: Vec<Node>,
    /// The text ended before it did.
    pub is_cut: bool,
}

/// What is in an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// Another.
    Element(Element),
    /// Text.
    Text(String),
}

impl Element {
    /// Its name without the prefix.
    pub fn local(&self) -> &str {
        local(&self.name)
    }

    /// The elements in it.
    pub fn elements(&self) -> impl DoubleEndedIterator<Item = &Self> {
        self.children.iter().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The elements in it of this name, whatever their prefix and case.
    pub fn all<'e>(&'e self, name: &'e str) -> impl DoubleEndedIterator<Item = &'e Self> {
        self.elements()
            .filter(move |element| element.local().eq_ignore_ascii_case(name))
    }

    /// The first of them.
    pub fn first(&self, name: &str) -> Option<&Self> {
        self.elements()
            .find(|element| element.local().eq_ignore_ascii_case(name))
    }

    /// The first element of this name at any depth, in the order of the text.
    pub fn find(&self, name: &str) -> Option<&Self> {
        self.elements().find_map(|element| {
            if element.local().eq_ignore_ascii_case(name) {
                Some(element)
            } else {
                element.find(name)
            }
        })
    }

    /// An attribute's value; its prefix counts only where `name` has one.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| {
                key.eq_ignore_ascii_case(name)
                    || (!name.contains(':') && local(key).eq_ignore_ascii_case(name))
            })
            .map(|(_, value)| value.as_str())
    }

    /// All text in it, white space put together.
    pub fn text(&self) -> String {
        let mut all = String::new();
        self.collect(&mut all);
        all.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn collect(&self, out: &mut String) {
        for child in &self.children {
            match child {
                Node::Text(text) => out.push_str(text),
                Node::Element(element) => element.collect(out),
            }
        }
    }

    /// As well-formed XML, at the end of `out`.
    pub fn write(&self, out: &mut String) {
        let _ = write!(out, "<{}", self.name);
        for (key, value) in &self.attributes {
            let _ = write!(out, " {key}=\"");
            escape(value, out);
            out.push('"');
        }
        out.push('>');
        for child in &self.children {
            match child {
                Node::Text(text) => escape(text, out),
                Node::Element(element) => element.write(out),
            }
        }
        let _ = write!(out, "</{}>", self.name);
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or_default()
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(c),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

/// Reads a text.
pub(super) fn parse(text: &str) -> Xml {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}').trim_start());
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    config.check_comments = false;
    let mut building = Building {
        open: vec![Element::default()],
        buried: 0,
        nodes: 0,
    };
    let mut broken = None;
    loop {
        if building.nodes > MAX_NODES {
            broken = Some("it has more than a million elements and texts");
            break;
        }
        match reader.read_event() {
            Ok(Event::Start(start)) => building.start(&start),
            Ok(Event::Empty(start)) => {
                building.start(&start);
                building.end(start.name().0);
            }
            Ok(Event::End(end)) => building.end(end.name().0),
            Ok(Event::Text(text)) => building.text(&text.into_inner()),
            Ok(Event::CData(text)) => building.text(&text.into_inner()),
            Ok(Event::GeneralRef(name)) => building.text(&resolved(&name.into_inner())),
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
            Ok(Event::Eof) => break,
            Err(_) => {
                broken = Some("its markup is broken");
                break;
            }
        }
    }
    if building.open.len() > 1 {
        broken = broken.or(Some("it is cut short"));
        for element in &mut building.open {
            element.is_cut = true;
        }
    }
    while building.open.len() > 1 {
        building.close();
    }
    Xml {
        root: building.open.pop().unwrap_or_default(),
        broken,
    }
}

struct Building {
    open: Vec<Element>,
    /// Elements that are open and too deep to count.
    buried: usize,
    nodes: usize,
}

impl Building {
    fn start(&mut self, start: &BytesStart<'_>) {
        self.nodes += 1;
        if self.open.len() > MAX_DEPTH {
            self.buried += 1;
            return;
        }
        let mut attributes = start.html_attributes();
        let attributes = attributes
            .with_checks(false)
            .flatten()
            .take(MAX_ATTRIBUTES)
            .filter(|attribute| is_name(attribute.key.0))
            .map(|attribute| (attribute.key.0.to_owned(), unescaped(&attribute.value)));
        let name = start.name().0;
        let mut attributes: Vec<(String, String)> = attributes.collect();
        let mut seen = std::collections::HashSet::new();
        attributes.retain(|(key, _)| seen.insert(key.clone()));
        self.open.push(Element {
            name: if is_name(name) { name } else { "unnamed" }.to_owned(),
            attributes,
            ..Element::default()
        });
    }

    /// Ends the nearest element of this name, and what was left open in it.
    fn end(&mut self, name: &str) {
        if self.buried > 0 {
            self.buried -= 1;
            return;
        }
        let name = if is_name(name) { name } else { "unnamed" };
        let Some(at) = self.open.iter().rposition(|element| element.name == name) else {
            return;
        };
        while self.open.len() > at.max(1) {
            self.close();
        }
    }

    fn close(&mut self) {
        let Some(element) = self.open.pop() else {
            return;
        };
        if let Some(around) = self.open.last_mut() {
            around.children.push(Node::Element(element));
        }
    }

    fn text(&mut self, more: &str) {
        if more.is_empty() {
            return;
        }
        let Some(element) = self.open.last_mut() else {
            return;
        };
        if let Some(Node::Text(text)) = element.children.last_mut() {
            text.push_str(more);
        } else {
            self.nodes += 1;
            element.children.push(Node::Text(more.to_owned()));
        }
    }
}

/// Whether a name can be written back.
fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'))
        && !name.ends_with(':')
}

/// What an entity stands for; one that is not XML's own stays as it is written, for HTML to read.
fn resolved(name: &str) -> String {
    let known = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#').and_then(|number| {
                let hexadecimal = number.strip_prefix(['x', 'X']);
                match hexadecimal {
                    Some(digits) => u32::from_str_radix(digits, 16).ok(),
                    None => number.parse().ok(),
                }
            });
            number.map(|number| char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER))
        }
    };
    known.map_or_else(|| format!("&{name};"), String::from)
}

/// A text with its entities resolved.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let is_name = |name: &str| {
            name.len() <= 32 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#')
        };
        if let Some((name, more)) = after.split_once(';').filter(|(name, _)| is_name(name)) {
            out.push_str(&resolved(name));
            rest = more;
        } else {
            out.push('&');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> (String, Option<&'static str>) {
        let xml = parse(text);
        let mut out = String::new();
        for element in xml.root.elements() {
            element.write(&mut out);
        }
        (out, xml.broken)
    }

    #[test]
    fn what_is_well_formed_comes_back() {
        let text = "<a x=\"1 &amp; 2\"><b:c>d &lt; e</b:c> f</a>";
        assert_eq!(written(text), (text.to_owned(), None));
    }

    #[test]
    fn what_is_cut_or_crossed_is_mended() {
        assert_eq!(
            written("<a><b>x</a><c y='z'>w<![CDATA[<p>"),
            (
                "<a><b>x</b></a><c y=\"z\">w</c>".to_owned(),
                Some("its markup is broken")
            )
        );
        let (text, broken) = written("<a><b>one</b><b>tw");
        assert_eq!(text, "<a><b>one</b><b>tw</b></a>");
        assert_eq!(broken, Some("it is cut short"));
        let xml = parse("<a><b>one</b><b>tw");
        let cut: Vec<bool> = xml
            .root
            .find("a")
            .unwrap()
            .all("B")
            .map(|b| b.is_cut)
            .collect();
        assert_eq!(cut, [false, true]);
        assert_eq!(written("</x><a>1</b></a>").0, "<a>1</a>");
        assert_eq!(written("a & b <c d=e f>g</c>").0, "<c d=\"e\" f=\"\">g</c>");
    }

    #[test]
    fn entities_of_the_document_never_grow() {
        let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><x y=\"&b;\">&b;&nbsp;&#x41;</x>";
        assert_eq!(written(bomb).0, "<x y=\"&amp;b;\">&amp;b;&amp;nbsp;A</x>");
    }

    #[test]
    fn depth_and_numbers_are_bounded() {
        let (text, _) = written(&format!("{}x", "<a>".repeat(500_000)));
        assert!(text.len() < 3000 && text.contains('x'));
        let xml = parse(&"<a/>".repeat(MAX_NODES + 10));
        assert!(xml.broken.is_some());
        let many: Vec<String> = (0..100_000).map(|at| format!("a{at}='1'")).collect();
        let xml = parse(&format!("<a {}>x</a>", many.join(" ")));
        assert_eq!(
            xml.root.first("a").unwrap().attributes.len(),
            MAX_ATTRIBUTES
        );
    }
}
