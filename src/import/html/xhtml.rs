//! XHTML made fit for the rules of HTML, by which all pages are read.
//!
//! Invariant: nothing but elements that end themselves (`<title/>`) changes: HTML takes those for open, and a title, script or style left
//! open would swallow the rest of the chapter.

use std::borrow::Cow;

/// Elements that have no end in HTML.
const VOID: &str = " area base br col embed hr img input link meta param source track wbr ";

/// The text with `<title/>` written as `<title></title>`.
pub(super) fn expanded(text: &str) -> Cow<'_, str> {
    if memchr::memmem::find(text.as_bytes(), b"/>").is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + text.len() / 50);
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        let length = tag_length(tag);
        let (tag, after) = tag.split_at(length);
        match tag.strip_suffix("/>").filter(|_| is_start(tag)) {
            Some(open) => {
                let name = name(open);
                if VOID.contains(&format!(" {} ", name.to_ascii_lowercase())) {
                    out.push_str(tag);
                } else {
                    out.push_str(open);
                    out.push_str("></");
                    out.push_str(name);
                    out.push('>');
                }
            }
            None => out.push_str(tag),
        }
        rest = after;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn is_start(tag: &str) -> bool {
    tag.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic)
}

fn name(open: &str) -> &str {
    let name = open.strip_prefix('<').unwrap_or_default();
    let end = name
        .find(|c: char| c.is_whitespace() || c == '/')
        .unwrap_or(name.len());
    name.split_at(end).0
}

/// Bytes of what starts with `<`: a comment, a section of characters, a tag with quoted values; 1 where it is none.
fn tag_length(tag: &str) -> usize {
    let until = |end: &str| tag.find(end).map_or(tag.len(), |at| at + end.len());
    if tag.starts_with("<!--") {
        return until("-->");
    }
    if tag.starts_with("<![CDATA[") {
        return until("]]>");
    }
    if !is_start(tag) {
        return 1;
    }
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (Some(mark), byte) if mark == byte => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return at + 1,
            // A value that never ends is none.
            (None, b'<') if at > 0 => return at,
            _ => {}
        }
    }
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_that_end_themselves_get_an_end() {
        assert_eq!(
            expanded(
                "<title/><script src=\"a/>b\" /><br/><a id='x'/>y < z/> <!-- <p/> --><p>q</p>"
            ),
            "<title></title><script src=\"a/>b\" ></script><br/><a id='x'></a>y < z/> <!-- <p/> --><p>q</p>"
        );
    }

    #[test]
    fn unfinished_tags_take_bounded_steps() {
        // A quotation mark that is never closed, many times over.
        let text = "<a b=\"".repeat(20_000) + "/>";
        assert!(expanded(&text).len() >= text.len());
    }
}
