//! A page's bytes to its tree, within bounds.
//!
//! Invariant: the steps taken are bounded by a multiple of the page's length, whatever is in it. What would break that (attributes
//! without end on one element, elements without end inside each other, children moved again and again) is refused or flattened.

use super::tree::{Page, Tree};
use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::TreeSink as _;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    EndTag, StartTag, Tag, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{LocalName, TokenizerResult};
use std::cell::Cell;

/// Largest page, in bytes. The largest articles met have a tenth of it.
pub(in crate::import) const MAX_BYTES: usize = 32 << 20;
/// Nodes a page may have.
const MAX_NODES: usize = 1 << 20;
/// Elements around each other; of what is nested deeper only the text counts, as in browsers, which stop at 512.
const MAX_DEPTH: u16 = 256;
/// Attributes of one element: the parser compares each with all before it.
const MAX_ATTRIBUTES: usize = 500;
/// Children moved to another parent, which broken markup makes necessary.
const MAX_MOVED: usize = 8 << 20;

/// The name that drawings get, so that what is inside is read by the rules of HTML and can be passed over.
pub(super) const DRAWING: &str = "x-drawing";

/// Reads a page; the error says which bound it breaks.
pub(super) fn parse(text: &str) -> Result<Page, &'static str> {
    if text.len() > MAX_BYTES {
        return Err(
            "a page larger than 32 MB, which is not read; save its text as a .txt file first",
        );
    }
    let builder = TreeBuilder::new(
        Tree::new(),
        TreeBuilderOpts {
            scripting_enabled: false,
            ..TreeBuilderOpts::default()
        },
    );
    let gate = Gate {
        builder,
        tags: Cell::new(0),
        in_raw_text: Cell::new(false),
        drawings: Cell::new(0),
        broken: Cell::new(None),
    };
    let tokenizer = Tokenizer::new(gate, TokenizerOpts::default());
    let queue = BufferQueue::default();
    let mut tag = TagScan::Outside;
    let mut attributes = 0;
    for segment in segments(text) {
        let gate = &tokenizer.sink;
        let opens = tag == TagScan::Outside && is_tag(segment.as_bytes());
        if (opens && !gate.in_raw_text.get()) || tag != TagScan::Outside {
            if opens {
                (tag, attributes) = (TagScan::Name, 0);
            }
            tag = tag.over(segment.as_bytes(), usize::from(opens), &mut attributes);
            if attributes > MAX_ATTRIBUTES {
                return Err("an element of the page has more than 500 attributes");
            }
        }
        let before = gate.tags.get();
        queue.push_back(StrTendril::from(segment));
        while let TokenizerResult::Script(_) | TokenizerResult::EncodingIndicator(_) =
            tokenizer.feed(&queue)
        {}
        let gate = &tokenizer.sink;
        if let Some(broken) = gate.broken.get() {
            return Err(broken);
        }
        if gate.tags.get() != before && tag != TagScan::Outside {
            // Whole tags came out of it: this was no tag, but part of a comment.
            tag = TagScan::Outside;
        }
    }
    tokenizer.end();
    match tokenizer.sink.broken.get() {
        Some(broken) => Err(broken),
        None => Ok(tokenizer.sink.builder.sink.finish()),
    }
}

/// The text cut before everything that looks like the start of a tag.
fn segments(text: &str) -> impl Iterator<Item = &str> {
    let bytes = text.as_bytes();
    let mut cuts = memchr::memchr_iter(b'<', bytes)
        .filter(|at| *at > 0 && is_tag(&bytes[*at..]))
        .chain(std::iter::once(bytes.len()));
    let mut start = 0;
    std::iter::from_fn(move || {
        let end = cuts.next()?;
        let segment = text.get(start..end);
        start = end;
        segment
    })
}

fn is_tag(bytes: &[u8]) -> bool {
    matches!(bytes, [b'<', letter, ..] if letter.is_ascii_alphabetic())
}

/// Where in a tag the scan for attributes is: the tokenizer's own states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TagScan {
    Outside,
    Name,
    BeforeAttribute,
    Attribute,
    AfterAttribute,
    BeforeValue,
    Quoted(u8),
    Unquoted,
}

impl TagScan {
    /// Where it is after `bytes`, of which the first `skip` are passed over; counts the attributes that start.
    fn over(mut self, bytes: &[u8], skip: usize, attributes: &mut usize) -> Self {
        for byte in bytes.iter().copied().skip(skip) {
            let is_space = byte.is_ascii_whitespace();
            self = match (self, byte) {
                (Self::Outside, _) => return self,
                (Self::Quoted(mark), byte) => {
                    if byte == mark {
                        Self::BeforeAttribute
                    } else {
                        self
                    }
                }
                (_, b'>') => Self::Outside,
                (Self::BeforeValue, b'"' | b'\'') => Self::Quoted(byte),
                (Self::BeforeValue, _) if is_space => self,
                (Self::BeforeValue | Self::Unquoted, _) => {
                    if is_space {
                        Self::BeforeAttribute
                    } else {
                        Self::Unquoted
                    }
                }
                (_, b'/') => Self::BeforeAttribute,
                (Self::Attribute | Self::AfterAttribute, b'=') => Self::BeforeValue,
                (Self::Attribute | Self::AfterAttribute, _) if is_space => Self::AfterAttribute,
                (Self::Name | Self::BeforeAttribute, _) if is_space => Self::BeforeAttribute,
                (Self::Name | Self::Attribute, _) => self,
                (Self::BeforeAttribute | Self::AfterAttribute, _) => {
                    *attributes += 1;
                    Self::Attribute
                }
            };
        }
        self
    }
}

/// Stands between the tokenizer and the builder of the tree, and lets through what stays in bounds.
struct Gate {
    builder: TreeBuilder<usize, Tree>,
    /// Tags, comments and document types that came out so far.
    tags: Cell<usize>,
    /// What comes is the inside of a script, a style or a title.
    in_raw_text: Cell<bool>,
    /// Drawings that are open.
    drawings: Cell<usize>,
    broken: Cell<Option<&'static str>>,
}

impl Gate {
    fn is_too_deep(&self, tag: &Tag) -> bool {
        let is_leaf = matches!(
            &*tag.name,
            "script" | "style" | "title" | "textarea" | "xmp" | "iframe" | "noembed" | "noframes"
        ) || matches!(
            &*tag.name,
            "br" | "img" | "hr" | "wbr" | "input" | "meta" | "link"
        );
        !is_leaf && self.builder.sink.depth.get() >= MAX_DEPTH
    }

    /// The tag as it is let through; `None` where it is not.
    fn passed(&self, mut tag: Tag) -> Option<Tag> {
        match &*tag.name {
            // Inside these the tokenizer's rules change; their text is not the page's, or needs no markup.
            "svg" if tag.kind == StartTag && tag.self_closing => return None,
            "svg" => tag.name = LocalName::from(DRAWING),
            "math" => return None,
            _ => {}
        }
        if tag.kind == StartTag && self.is_too_deep(&tag) {
            return None;
        }
        let open = self.drawings.get();
        match (&*tag.name, tag.kind) {
            (DRAWING, StartTag) => self.drawings.set(open + 1),
            (DRAWING, EndTag) => self.drawings.set(open.saturating_sub(1)),
            (_, StartTag | EndTag) => {}
        }
        Some(tag)
    }

    /// Closes drawings that were left open where the page goes on with text, as browsers do.
    fn leave_drawings(&self, tag: &Tag, line: u64) {
        let is_text = matches!(
            &*tag.name,
            "p" | "div"
                | "h1"
                | "h2"
                | "h3"
                | "h4"
                | "h5"
                | "h6"
                | "ul"
                | "ol"
                | "li"
                | "table"
                | "blockquote"
                | "pre"
                | "body"
                | "img"
                | "br"
                | "hr"
                | "span"
                | "em"
                | "strong"
                | "b"
                | "i"
        );
        if tag.kind != StartTag || !is_text {
            return;
        }
        for _ in 0..self.drawings.take() {
            let end = Tag {
                kind: EndTag,
                name: LocalName::from(DRAWING),
                self_closing: false,
                attrs: Vec::new(),
                had_duplicate_attributes: false,
            };
            let _ = self.builder.process_token(Token::TagToken(end), line);
        }
    }
}

impl TokenSink for Gate {
    type Handle = usize;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<usize> {
        let token = match token {
            _ if self.broken.get().is_some() => return TokenSinkResult::Continue,
            Token::ParseError(_) => return TokenSinkResult::Continue,
            Token::CommentToken(_) => {
                self.tags.set(self.tags.get() + 1);
                return TokenSinkResult::Continue;
            }
            Token::TagToken(tag) => {
                self.tags.set(self.tags.get() + 1);
                self.in_raw_text.set(false);
                self.leave_drawings(&tag, line);
                match self.passed(tag) {
                    Some(tag) => Token::TagToken(tag),
                    None => return TokenSinkResult::Continue,
                }
            }
            Token::DoctypeToken(_)
            | Token::CharacterTokens(_)
            | Token::NullCharacterToken
            | Token::EOFToken => token,
        };
        let tree = &self.builder.sink;
        tree.line.set(u32::try_from(line).unwrap_or(u32::MAX));
        let result = self.builder.process_token(token, line);
        self.in_raw_text
            .set(self.in_raw_text.get() || matches!(result, TokenSinkResult::RawData(_)));
        if tree.len() > MAX_NODES {
            self.broken
                .set(Some("the page has more than a million elements and texts"));
        } else if tree.moved.get() > MAX_MOVED {
            self.broken
                .set(Some("the markup of the page is broken beyond mending"));
        }
        result
    }

    fn end(&self) {
        self.builder.end();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::html::tree::{Data, ROOT};

    fn names(text: &str) -> Vec<String> {
        let page = parse(text).unwrap();
        page.below(ROOT)
            .map(|id| page.name(id).to_owned())
            .filter(|name| !name.is_empty())
            .collect()
    }

    fn joined(times: usize, piece: impl Fn(usize) -> String) -> String {
        (0..times).map(piece).collect::<Vec<_>>().concat()
    }

    #[test]
    fn the_tree_knows_its_lines() {
        let page = parse("<p>one\n<p>two\n\n<p>three").unwrap();
        let lines: Vec<u32> = page
            .below(ROOT)
            .filter(|id| matches!(page.nodes[*id].data, Data::Text(_)))
            .map(|id| page.nodes[id].line)
            .collect();
        assert_eq!(lines, [1, 2, 4]);
    }

    #[test]
    fn deep_nesting_is_flattened_and_its_text_kept() {
        let page = parse(&format!("{}deep inside", "<div>".repeat(200_000))).unwrap();
        assert!(page.nodes.len() < 600);
        assert_eq!(page.text(ROOT, 100), "deep inside");
        // Bold type that is never closed opens again in each paragraph.
        let formatting = joined(100_000, |at| format!("<b class={at}><p>"));
        let page = parse(&format!("{formatting}end")).unwrap();
        assert!(page.nodes.len() < MAX_NODES && page.text(ROOT, 1000) == "end");
    }

    #[test]
    fn attributes_without_end_are_refused_and_long_ones_are_not() {
        let many: String = joined(100_000, |at| format!(" a{at}"));
        assert!(parse(&format!("<p{many}>x")).is_err());
        // Signs of a tag inside values do not hide how many there are.
        let hidden: String = joined(2000, |at| format!(" b{at}='<i '"));
        assert!(parse(&format!("<p{hidden}>x")).is_err());
        assert!(parse(&format!("<!-- <a x=\" --><p{many}>x")).is_err());
        assert!(parse(&format!("<svg><![CDATA[<a x=\"]]></svg><p{many}>x")).is_err());
        assert!(parse(&format!("<textarea><a x=\"</textarea><p{many}>x")).is_err());
        let picture = format!(
            "<img src=\"data:image/png;base64,{}\">",
            "A/ ".repeat(50_000)
        );
        assert!(parse(&picture).is_ok());
        let script = format!("<script>if (a<b {}) {{}}</script><p>x", "x y".repeat(5000));
        assert_eq!(names(&script), ["html", "head", "script", "body", "p"]);
    }

    #[test]
    fn nodes_without_end_are_refused() {
        assert!(parse(&"<i>".repeat(300_000)).is_ok());
        assert!(parse(&"<br>".repeat(1_200_000)).is_err());
        assert!(parse(&"x".repeat(MAX_BYTES + 1)).is_err());
    }

    #[test]
    fn broken_markup_gives_a_tree_in_bounded_steps() {
        for text in [
            "<table><tr><td><p>a<table><b>x</table></table>".repeat(2000),
            "<a><p>".repeat(50_000),
            "</p><b><i></b>".repeat(20_000),
            "<table>x<b>".repeat(20_000),
            "<select><option>".repeat(20_000),
            "<template>".repeat(20_000),
            "<svg><p>".repeat(20_000),
            "<![CDATA[".repeat(20_000),
            "<a ".repeat(20_000),
            "<!--".repeat(20_000),
            "&#x".repeat(20_000),
        ] {
            let _ = parse(&text);
        }
    }

    #[test]
    fn entities_that_mean_nothing_become_the_replacement_character() {
        let page = parse("<!DOCTYPE html [<!ENTITY a \"&b;&b;\"><!ENTITY b \"x\">]><p>&#xD800; &#0; &#x110000; &a;").unwrap();
        assert!(
            page.text(ROOT, 100)
                .contains("\u{fffd} \u{fffd} \u{fffd} &a;")
        );
    }
}
