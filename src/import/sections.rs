//! Front matter that comes again: files into which several documents were put, one after the other.
//!
//! Front matter says where a document begins, so these are cut whatever their length. A thematic break with words between
//! two lines of hyphens is none: every line has to be one of YAML or TOML, a title has to be among them and a second thing
//! that front matter states. What stands in a block of code is an example.
//!
//! Invariant: sections are runs of whole lines, in order, and with the dividers before them they are all of the text.

use super::keys::{self, Key};
use super::split::{self, Cut};
use super::{Notice, NoticeKind};
use std::ops::Range;

/// Lines of the longest front matter.
const MOST_LINES: usize = 200;
/// Most documents of a file; it would take a hostile one to have more.
const MOST_SECTIONS: usize = 10_000;
/// Keys of front matter that name the title, and some of those that state something else.
const TITLES: [&str; 3] = ["title", "headline", "name"];
const OTHERS: [&str; 12] = [
    "authors",
    "by",
    "creator",
    "site",
    "site_name",
    "journal",
    "pubdate",
    "publishdate",
    "datepublished",
    "created",
    "kind",
    "tags",
];

/// A run of bytes that is one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Section {
    /// Lines that divide it from the one before.
    pub divider: Range<usize>,
    /// Its own lines.
    pub text: Range<usize>,
    /// Lines of the file before its own.
    pub lines_before: u32,
}

/// A line of the text.
#[derive(Clone, Copy)]
struct Row<'a> {
    start: usize,
    text: &'a str,
}

/// Where documents with front matter begin after the first, and all sections; none where the file is one document.
pub(super) fn find(text: &str) -> (Vec<Cut>, Vec<Section>) {
    let none = (Vec::new(), Vec::new());
    if !text.contains("\n---") && !text.contains("\n+++") && !text.contains("\u{c}---") {
        return none;
    }
    let rows = rows(text);
    let starts = starts(&rows);
    let at = |row: usize| rows.get(row).map_or(text.len(), |row| row.start);
    // A form feed may stand on the line of the front matter itself.
    let opens = |row: usize| {
        let feeds = rows.get(row).map_or(0, |row| {
            row.text.len() - row.text.trim_start_matches('\u{c}').len()
        });
        at(row) + feeds
    };
    let mut cuts = Vec::new();
    let mut sections: Vec<Section> = Vec::new();
    let mut from = (0..0, 0);
    for (start, title) in &starts {
        let (divider, first) = from.clone();
        let mut end = *start;
        while end > first && is_divider(rows[end - 1].text) {
            end -= 1;
        }
        if end == first {
            // Only dividers, or nothing at all, stand before it.
            from = (divider.start..*start, *start);
            continue;
        }
        sections.push(Section {
            divider: at(divider.start)..opens(divider.end),
            text: opens(first)..at(end),
            lines_before: line_number(first) - 1,
        });
        cuts.push(Cut {
            line: line_number(*start),
            title: title.clone(),
            signs: vec!["front matter"],
        });
        from = (end..*start, *start);
    }
    let (divider, first) = from;
    sections.push(Section {
        divider: at(divider.start)..opens(divider.end),
        text: opens(first)..text.len(),
        lines_before: line_number(first) - 1,
    });
    if cuts.is_empty() || sections.len() > MOST_SECTIONS {
        return none;
    }
    (cuts, sections)
}

/// What stands between two documents, each line with something visible on it.
pub(super) fn dividers(text: &str, section: &Section) -> Vec<Notice> {
    let divider = text.get(section.divider.clone()).unwrap_or_default();
    let lines = u32::try_from(divider.matches('\n').count()).unwrap_or(u32::MAX);
    let first = section.lines_before.saturating_sub(lines);
    let notices = divider.lines().zip(1..).filter_map(|(line, number)| {
        let line = line.trim();
        (!line.is_empty()).then(|| Notice {
            line: first.saturating_add(number),
            text: line.to_owned(),
            kind: NoticeKind::LeftOut(split::DIVIDES.to_owned()),
        })
    });
    notices.collect()
}

/// The number of a row as a line of the file.
fn line_number(row: usize) -> u32 {
    u32::try_from(row + 1).unwrap_or(u32::MAX)
}

fn rows(text: &str) -> Vec<Row<'_>> {
    let mut start = 0;
    let rows = text.split_inclusive('\n').map(|line| {
        let row = Row {
            start,
            text: line.trim_end(),
        };
        start += line.len();
        row
    });
    rows.collect()
}

/// The rows on which front matter begins, and the titles in it.
fn starts(rows: &[Row<'_>]) -> Vec<(usize, String)> {
    let mut starts = Vec::new();
    // The mark of the block of code that is open, and its length.
    let mut code: Option<(char, usize)> = None;
    let mut at = 0;
    while at < rows.len() {
        match (code, fence(rows[at].text)) {
            (Some((open, length)), Some((mark, run, ""))) if mark == open && run >= length => {
                code = None;
            }
            // Behind a backtick that opens a block stands no other.
            (None, Some((mark, run, rest))) if mark == '~' || !rest.contains('`') => {
                code = Some((mark, run));
            }
            _ => {}
        }
        match front_matter(rows, at).filter(|_| code.is_none()) {
            Some((title, lines)) => {
                starts.push((at, title));
                at += lines;
            }
            None => at += 1,
        }
    }
    starts
}

/// The mark of a fence of code, how often it stands, and what stands behind it (CommonMark, "Fenced code blocks").
fn fence(row: &str) -> Option<(char, usize, &str)> {
    let text = row.trim_start();
    let mark = text
        .chars()
        .next()
        .filter(|mark| matches!(mark, '`' | '~'))?;
    let rest = text.trim_start_matches(mark);
    let run = text.len() - rest.len();
    (run >= 3).then(|| (mark, run, rest.trim()))
}

/// The title that the front matter opening at a row states, and the rows that it takes.
fn front_matter(rows: &[Row<'_>], at: usize) -> Option<(String, usize)> {
    let (closing, mark): (&[&str], char) = match rows.get(at)?.text.trim_start_matches('\u{c}') {
        "---" => (&["---", "..."], ':'),
        "+++" => (&["+++"], '='),
        _ => return None,
    };
    let inner = rows.get(at + 1..)?;
    let end = inner
        .iter()
        .take(MOST_LINES)
        .position(|row| closing.contains(&row.text))?;
    let mut title = None;
    let mut others = 0;
    let mut has_key = false;
    for row in &inner[..end] {
        if row.text.is_empty() {
            continue;
        }
        let continues = row.text.starts_with([' ', '\t', '#', '[', ']', '}'])
            || row.text.starts_with("- ")
            || row.text == "-";
        if continues && (has_key || mark == '=' || row.text.starts_with('#')) {
            continue;
        }
        let (key, value) = row.text.split_once(mark)?;
        let key = key.trim().trim_matches(['"', '\'']);
        let is_key = !key.is_empty()
            && key.len() <= 40
            && key
                .chars()
                .all(|c| c.is_alphanumeric() || "_-. ".contains(c))
            && key.split(' ').count() <= 2
            && (value.is_empty() || value.starts_with([' ', '\t']));
        if !is_key {
            return None;
        }
        has_key = true;
        let lower = key.to_lowercase();
        let value = value.trim().trim_matches(['"', '\'']);
        if TITLES.contains(&lower.as_str()) && title.is_none() {
            title = Some(value.to_owned());
        } else if states(&lower) {
            others += 1;
        }
    }
    let title = title.filter(|title| !title.is_empty() && others > 0)?;
    Some((title, end + 2))
}

/// Whether a key states who wrote a document, when, or where it is from.
fn states(key: &str) -> bool {
    let line = format!("{key}: x");
    OTHERS.contains(&key)
        || keys::key_line(&line).is_some_and(|(key, _)| {
            matches!(
                key,
                Key::Author | Key::Date | Key::Source | Key::Url | Key::Language | Key::Labels
            )
        })
}

/// What may stand between two documents and belongs to neither.
fn is_divider(row: &str) -> bool {
    let text = row.trim();
    text.is_empty() || split::is_divider(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Titles of the cuts, and the texts of the sections.
    fn check(text: &str, titles: &[&str], sections: &[&str]) {
        let (cuts, found) = find(text);
        let given: Vec<&str> = cuts.iter().map(|cut| cut.title.as_str()).collect();
        assert_eq!(given, titles);
        let texts: Vec<&str> = found
            .iter()
            .map(|section| text.get(section.text.clone()).unwrap())
            .collect();
        assert_eq!(texts, sections);
        for section in &found {
            let before = text.get(..section.text.start).unwrap();
            assert_eq!(before.matches('\n').count(), section.lines_before as usize);
        }
    }

    const ONE: &str = "---\ntitle: One\nauthor: Ada Field\n---\nIt rained.\n";
    const TWO: &str = "---\ntitle: Two\ntags:\n  - rain\ndate: 2031-05-02\n---\nIt stopped.\n";

    #[test]
    fn front_matter_begins_a_section() {
        check(&format!("{ONE}{TWO}"), &["Two"], &[ONE, TWO]);
        check(
            &format!("{ONE}\n\u{c}\n=====\n\n{TWO}"),
            &["Two"],
            &[ONE, TWO],
        );
        check(&format!("{ONE}\u{c}{TWO}"), &["Two"], &[ONE, TWO]);
        let plain = "Bells over Orrin\n\nThey rang at noon.\n";
        check(&format!("{plain}\n{TWO}"), &["Two"], &[plain, TWO]);
    }

    #[test]
    fn what_divides_is_told_with_its_line() {
        let text = format!("{ONE}\n=====\n2 of 2 DOCUMENTS\n{TWO}");
        let (_, sections) = find(&text);
        let told: Vec<(u32, String)> = dividers(&text, &sections[1])
            .into_iter()
            .map(|notice| (notice.line, notice.text))
            .collect();
        let expected = [(7, "=====".to_owned()), (8, "2 of 2 DOCUMENTS".to_owned())];
        assert_eq!(told, expected);
    }

    #[test]
    fn breaks_code_and_other_keys_begin_none() {
        for text in [
            "It rained.\n\n---\n\nIt stopped.\n\n---\n\nIt snowed.\n",
            "It rained.\n\n---\nNote: the mill stands still.\nTitle: none yet\n---\n\nIt stopped.\n",
            "It rained.\n\n```\n---\ntitle: Two\nauthor: Ada Field\n---\n```\n\nIt stopped.\n",
            "It rained.\n\n    ---\n    title: Two\n    author: Ada Field\n    ---\n\nIt stopped.\n",
            "It rained.\n\n---\ntitle: Two\n---\n\nIt stopped.\n",
            "It rained.\n\n---\ntitle: Two\ndate: 2031\n",
            ONE,
            TWO,
        ] {
            check(text, &[], &[]);
        }
    }

    #[test]
    fn blank_lines_in_front_matter_and_code_around_an_example_do_not_matter() {
        let two = "---\ntitle: Two\n\nauthor: Bo Field\n---\nIt snowed.\n";
        let inline = "```let x = 1;```\n";
        let example = format!("````\n```\n---\ntitle: X\nauthor: Y\n---\n```\n{two}````\n");
        let text = format!("{ONE}{inline}{two}");
        let first = format!("{ONE}{inline}");
        check(&text, &["Two"], &[&first, two]);
        assert!(find(&format!("{ONE}{example}")).0.is_empty());
    }
}
