//! Names for files: what an importer proposes, brought to a form that every file system takes.
//!
//! Invariant: a name never leads out of its folder, is never hidden, and is the same file for systems that ignore case.

use crate::corpus::DocumentId;
use unicode_width::UnicodeWidthChar;

/// Folders in an id, the file itself among them.
const MAX_PARTS: usize = 4;
/// Longest name of a file or a folder without its ending, in bytes: 255 is the limit of most file systems, and a number,
/// the ending and the name of a file in the making must fit as well.
const MAX_BYTES: usize = 120;

/// The id as it can be a path: letters and digits of any script, single hyphens for all else, `/` between folders.
pub fn sanitised(id: &str) -> DocumentId {
    let parts: Vec<String> = id
        .split('/')
        .map(part)
        .filter(|part| !part.is_empty())
        .collect();
    let kept = parts
        .get(parts.len().saturating_sub(MAX_PARTS)..)
        .unwrap_or_default();
    match kept {
        [] => DocumentId::from("document"),
        kept => DocumentId::from(kept.join("/")),
    }
}

/// The form in which two ids are the same file on some system.
pub fn folded(id: &DocumentId) -> String {
    id.as_str().to_lowercase()
}

fn part(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        // Vowel signs and accents of their own belong to the letter before; other invisibles do not.
        let is_mark =
            c.width() == Some(0) && !is_format(c) && !out.is_empty() && !out.ends_with('-');
        let keep = c.is_alphanumeric() || c == '_' || is_mark;
        if out.len() + c.len_utf8() > MAX_BYTES {
            break;
        }
        if keep {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    let trimmed = out.trim_end_matches('-');
    if is_reserved(trimmed) {
        format!("{trimmed}-text")
    } else {
        trimmed.to_owned()
    }
}

/// Characters without width that are no part of a letter: joiners, marks of direction, tags, variation selectors.
fn is_format(c: char) -> bool {
    matches!(c, '\0'..='\u{9F}' | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Names that are devices to Windows.
fn is_reserved(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let numbered = |device: &str| {
        name.strip_prefix(device).is_some_and(|rest| {
            matches!(
                rest,
                "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³"
            )
        })
    };
    matches!(
        name.as_str(),
        "con" | "prn" | "aux" | "nul" | "conin$" | "conout$"
    ) || numbered("com")
        || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_on_every_system() {
        let long = "x".repeat(500);
        let cases = [
            ("what-next", "what-next"),
            ("crimethinc/a", "crimethinc/a"),
            ("../../etc/passwd", "etc/passwd"),
            ("/abs", "abs"),
            ("..", "document"),
            ("", "document"),
            ("a\\b:c*?\"<>|", "a-b-c"),
            (".hidden. ", "hidden"),
            ("CON", "CON-text"),
            ("con.md", "con-md"),
            ("x/lpt1", "x/lpt1-text"),
            ("شبکه\u{200c}ها", "شبکه-ها"),
            ("cafe\u{301}", "cafe\u{301}"),
            ("a\u{202E}b\0c\nd", "a-b-c-d"),
            ("1/2/3/4/5/6", "3/4/5/6"),
        ];
        for (given, wanted) in cases {
            assert_eq!(sanitised(given).as_str(), wanted, "{given:?}");
        }
        assert!(sanitised(&long).as_str().len() <= MAX_BYTES);
    }
}
