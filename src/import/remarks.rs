//! Remarks of an import, kept in the document's front matter so that they are not lost once it is in a corpus.

use super::{Notice, NoticeKind};
use serde_json::{Map, Value};

/// The key of the front matter: a list of texts.
pub(super) const KEY: &str = "remarks";

/// Remarks kept at most; one more says how many there were besides.
const MAX_REMARKS: usize = 100;

/// Characters of a remark, and of what it is about, at most.
const MAX_CHARS: usize = 300;
const MAX_ABOUT: usize = 80;

/// Adds the remarks among the notices to what stands under [`KEY`]; without any, nothing is written.
pub(super) fn keep(notices: &[Notice], extra: &mut Map<String, Value>) {
    let mut texts = notices.iter().filter_map(text);
    let mut kept: Vec<Value> = texts.by_ref().take(MAX_REMARKS).map(Value::from).collect();
    let more = texts.count();
    if more > 0 {
        kept.push(format!("and {more} remarks more").into());
    }
    if kept.is_empty() {
        return;
    }
    let before = match extra.remove(KEY) {
        Some(Value::Array(values)) => values,
        Some(value) => vec![value],
        None => Vec::new(),
    };
    // A file that was imported before has them already.
    kept.retain(|remark| !before.contains(remark));
    let all: Vec<Value> = before.into_iter().chain(kept).collect();
    extra.insert(KEY.to_owned(), all.into());
}

/// Whether a remark that was kept says so.
pub(super) fn say(extra: &Map<String, Value>, words: &str) -> bool {
    let kept = extra.get(KEY).and_then(Value::as_array);
    kept.is_some_and(|kept| {
        let mut texts = kept.iter().filter_map(Value::as_str);
        texts.any(|remark| remark.contains(words))
    })
}

fn text(notice: &Notice) -> Option<String> {
    let NoticeKind::Remark(remark) = &notice.kind else {
        return None;
    };
    let mut text = String::new();
    if notice.line > 0 {
        text = format!("line {}: ", notice.line);
    }
    text.push_str(&shortened(remark, MAX_CHARS));
    let about = notice.text.trim();
    if !about.is_empty() && !remark.contains(about) {
        text = format!("{text} (\u{201c}{}\u{201d})", shortened(about, MAX_ABOUT));
    }
    Some(text)
}

fn shortened(text: &str, chars: usize) -> String {
    match text.char_indices().nth(chars) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_are_bounded_and_join_those_that_stand_there() {
        let mut extra = Map::new();
        extra.insert(KEY.to_owned(), "of the file itself".into());
        let notices: Vec<Notice> = (0..MAX_REMARKS as u32 + 5)
            .map(|line| Notice::remark(line, "x".repeat(1000), "y".repeat(100_000)))
            .collect();
        keep(&notices, &mut extra);
        let kept = extra[KEY].as_array().unwrap();
        assert_eq!(kept.len(), MAX_REMARKS + 2);
        assert_eq!(kept[0], "of the file itself");
        assert_eq!(kept[MAX_REMARKS + 1], "and 5 remarks more");
        assert!(
            kept.iter()
                .all(|remark| remark.as_str().unwrap().len() < 600)
        );
    }

    #[test]
    fn no_remarks_write_no_key() {
        let mut extra = Map::new();
        keep(&[], &mut extra);
        assert!(extra.is_empty());
    }
}
