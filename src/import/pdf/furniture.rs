//! Running heads and page numbers: what stands on the pages and not in the text.
//!
//! Invariant: only lines at the head or foot of a page are taken for one, and only where the same line, numbers aside, stands there on
//! other pages too, or where it is the page's number alone.

use super::sheets::Sheet;
use crate::import::{Notice, NoticeKind};
use std::collections::{BTreeMap, HashMap};

/// The part of a page's height in which its head and its foot stand.
const MARGIN: f32 = 0.13;
/// Lines at the head and at the foot that are looked at.
const LINES: usize = 3;
/// Longest running head, in bytes.
const MAX_BYTES: usize = 160;

/// Takes running heads and page numbers off the pages; a notice for each.
pub(super) fn take_off(pages: &mut [Sheet]) -> Vec<Notice> {
    let edges: Vec<Vec<Edge>> = pages.iter().map(edges).collect();
    let mut counts: HashMap<(bool, &str), usize> = HashMap::new();
    for edge in edges.iter().flatten() {
        *counts.entry((edge.is_head, &edge.key)).or_default() += 1;
    }
    let enough = match pages.len() {
        0..=1 => usize::MAX,
        2..=4 => 2,
        _ => 3,
    };
    let mut heads: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut numbers: Vec<String> = Vec::new();
    let mut gone: Vec<Vec<u32>> = vec![Vec::new(); pages.len()];
    for (page, edges) in edges.iter().enumerate() {
        for edge in edges {
            let is_number = is_page_number(&edge.key);
            let is_repeated = counts[&(edge.is_head, edge.key.as_str())] >= enough;
            if is_number {
                numbers.push(edge.text.clone());
            } else if is_repeated {
                heads.entry(edge.text.clone()).or_default().push(page + 1);
            } else {
                continue;
            }
            gone[page].push(edge.line);
        }
    }
    for (page, gone) in pages.iter_mut().zip(&gone) {
        page.pieces.retain(|piece| !gone.contains(&piece.line));
    }
    notices(heads, &numbers)
}

/// A line at the head or foot of a page.
struct Edge {
    line: u32,
    text: String,
    /// The text with each number as `#`.
    key: String,
    is_head: bool,
}

fn edges(page: &Sheet) -> Vec<Edge> {
    let mut lines: Vec<(u32, f32, String)> = Vec::new();
    for piece in &page.pieces {
        match lines.last_mut().filter(|(line, ..)| *line == piece.line) {
            Some((_, _, text)) => {
                text.push(' ');
                text.push_str(&piece.text);
            }
            None => lines.push((piece.line, piece.y, piece.text.clone())),
        }
    }
    let count = lines.len();
    let (foot, head) = (page.height * MARGIN, page.height * (1.0 - MARGIN));
    lines
        .into_iter()
        .enumerate()
        .filter_map(|(at, (line, y, text))| {
            let is_head = at < LINES && y >= head;
            let is_foot = at + LINES >= count && y <= foot;
            ((is_head || is_foot) && text.len() <= MAX_BYTES).then(|| Edge {
                line,
                key: key(&text),
                text,
                is_head,
            })
        })
        .collect()
}

fn key(text: &str) -> String {
    let mut key = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_numeric() {
            if !key.ends_with('#') {
                key.push('#');
            }
        } else if !c.is_whitespace() {
            key.push(c);
        }
    }
    key
}

/// `12`, `- 12 -`, `page 12 of 30`, `xii`.
fn is_page_number(key: &str) -> bool {
    let bare = key.trim_matches(|c: char| {
        matches!(
            c,
            '-' | '–' | '—' | '|' | '.' | '[' | ']' | '(' | ')' | '~' | '·'
        )
    });
    let is_roman =
        (1..=6).contains(&bare.len()) && bare.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'l'));
    let without_words = bare
        .trim_start_matches("page")
        .trim_start_matches("seite")
        .trim_start_matches("página")
        .trim_start_matches("p.");
    is_roman
        || matches!(
            without_words,
            "#" | "#/#" | "#of#" | "#von#" | "#sur#" | "#de#" | "#|#"
        )
}

fn notices(heads: BTreeMap<String, Vec<usize>>, numbers: &[String]) -> Vec<Notice> {
    let left_out = |text: String, reason: String| Notice {
        line: 0,
        text,
        kind: NoticeKind::LeftOut(reason),
    };
    let mut notices: Vec<Notice> = heads
        .into_iter()
        .map(|(text, pages)| {
            let shown: Vec<String> = pages.iter().take(20).map(ToString::to_string).collect();
            let more = if pages.len() > 20 { " …" } else { "" };
            let reason = format!("the head or foot of a page: {}{more}", shown.join(", "));
            left_out(text, reason)
        })
        .collect();
    if !numbers.is_empty() {
        let shown: Vec<&str> = numbers.iter().take(200).map(String::as_str).collect();
        notices.push(left_out(shown.join(" · "), "numbers of pages".to_owned()));
    }
    notices
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_told_from_figures() {
        for text in [
            "12",
            "- 12 -",
            "Page 3 of 40",
            "xiv",
            "[7]",
            "3/9",
            "Seite 2 von 3",
        ] {
            assert!(is_page_number(&key(text)), "{text}");
        }
        for text in ["12 killed", "civil", "2 May 2031", "mix it", ""] {
            assert!(!is_page_number(&key(text)), "{text}");
        }
    }
}
