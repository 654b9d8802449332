//! Whatever a file holds, no line of it is lost, and nothing panics.

mod accounting;

use diptych::corpus::markdown;
use diptych::import::{ImportError, Input, NoticeKind, import, large};
use proptest::prelude::*;

/// Lines as copies have them, in an order that no copy has.
fn line() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "",
        "",
        "",
        "   ",
        "\t",
        "•",
        "• an entry",
        "  - another entry",
        "1. one",
        "2) two",
        "3. Three",
        "-----",
        "* * *",
        ":",
        "…",
        "Advertisement",
        "Share",
        "Discussion",
        "No comments yet",
        "Published 4 hours ago",
        "January 30, 2026",
        "1/2/26",
        "By Ann Example and Bo Sample",
        "Senior reporter, Example",
        "Source: example.com",
        "Title: A title",
        "Categories:",
        "https://example.com/2026/01/30/a.html",
        "cdn.example.com/2026/01/30/a.jpg",
        "Photo: Bo Sample",
        "[Ann Example: Another article]",
        "Ann: It rained.",
        "Bo: Did it rain?",
        "Q: Why?",
        "A: Because it did.",
        "Ann:",
        "**Why?**",
        "Did it rain on Monday?",
        "I. A Heading",
        "A short line",
        "> quoted words",
        ">",
        "A title | A site",
        "A title",
        "© 2026 Example. All rights reserved.",
        "Related",
        "Example is a platform for everyone. Views expressed are the author's own.",
        "TOWN, Jan. 8 (Wire) — It rained all day, and all of the night as well.",
        "A sentence that is long enough to be taken for a part of the article itself, it ends with a stop.",
        "A line that was broken by a program at a width of sixty char-",
        "acters and goes on here, as such lines do, until the end of",
        "\u{200b}\u{200f}",
        "a\u{c}b",
        "\u{2028}",
        "سلام دنیا",
        "道可道非常道",
        "\u{feff}x",
        "e\u{301}\u{200d}",
        "&nbsp;",
        "\u{1b}[31mred",
    ]);
    prop_oneof![6 => fixed.prop_map(str::to_owned), 1 => "[^\r\n\u{85}\u{2028}\u{2029}\u{b}\u{c}]{0,60}"]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_line_is_in_a_passage_or_a_notice(lines in prop::collection::vec(line(), 0..60)) {
        // The first character of a file may be its byte order mark.
        let text = lines.join("\n").trim_start_matches('\u{feff}').to_owned();
        match import(&Input { name: "copy.txt", bytes: text.as_bytes(), copied: None }) {
            Ok(imported) => accounting::account(&text, &imported),
            Err(ImportError::Empty(_)) => prop_assert!(text.trim().is_empty()),
            // A few controls make most of a very short file.
            Err(ImportError::NotText(..)) => prop_assert!(text.chars().any(char::is_control) || text.trim_start().starts_with('<')),
            Err(_) => prop_assert!(false),
        }
    }

    #[test]
    fn long_lines_are_cut_and_nothing_of_them_is_lost(word in prop::sample::select(vec!["a", "river ", "It rose. ", "あ", "é! ", "x\u{a0}"]), bytes in 1_usize..40_000, around in prop::collection::vec(line(), 0..6)) {
        let long = word.repeat(bytes / word.len() + 1);
        let text = [around.join("\n").as_str(), long.trim(), "And a last line, which is a sentence."].join("\n\n").trim_start_matches('\u{feff}').to_owned();
        if let Ok(imported) = import(&Input { name: "copy.txt", bytes: text.as_bytes(), copied: None }) {
            accounting::account(&text, &imported);
            prop_assert!(imported.documents[0].passages().all(|passage| passage.text().len() <= 16 << 10));
            let says = imported.notices.iter().any(|notice| matches!(&notice.kind, NoticeKind::Remark(remark) if remark.contains("16 KB")));
            prop_assert_eq!(says, long.trim().len() > 16 << 10);
        }
    }

    #[test]
    fn what_is_imported_is_the_same_after_writing_and_reading(lines in prop::collection::vec(line(), 0..40)) {
        let text = lines.join("\n").replace('\0', "");
        if let Ok(imported) = import(&Input { name: "copy.txt", bytes: text.as_bytes(), copied: None }) {
            let document = &imported.documents[0];
            let (again, _) = markdown::read(document.id.clone(), "copy.md", &markdown::write(document));
            prop_assert_eq!(&again, document);
        }
    }

    #[test]
    fn bytes_of_any_kind_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let copied = "2026-01-30".parse().ok();
        let _ = import(&Input { name: "bytes", bytes: &bytes, copied });
        let _ = large("bytes", bytes);
    }

    #[test]
    fn large_files_lose_nothing_but_line_ends(lines in prop::collection::vec(line(), 1..80)) {
        let text = lines.join("\n");
        if let Ok(document) = large("copy.txt", text.clone().into_bytes()) {
            let visible = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '\u{feff}').collect::<String>();
            let kept: String = document.passages().map(|passage| visible(passage.text())).collect();
            prop_assert_eq!(kept, visible(&text));
        }
    }
}

#[test]
fn an_institution_in_capitals_over_a_title_is_the_source() {
    let read = |text: &str| {
        let input = diptych::import::Input {
            name: "statement.txt",
            bytes: text.as_bytes(),
            copied: None,
        };
        let imported = diptych::import::import(&input).expect("a text");
        let source = imported.sources.first().map(|source| source.title.clone());
        let title = imported.documents[0].meta.title.clone();
        (source.unwrap_or_default(), title)
    };
    let body = "The ferry to Port Essel capsized in the night, and the first boats were there at four in the morning.";
    let named = format!(
        "ARDEN HARBOUR AUTHORITY\n\nStatement on the ferry to Port Essel\n\n3 May 2031\n\n{body}\n\nThe Arden Harbour Authority has no more to say today.\n"
    );
    let (source, title) = read(&named);
    assert_eq!(source, "Arden Harbour Authority");
    assert_eq!(title, "Statement on the ferry to Port Essel");
    let bare = format!(
        "MINISTERIUM FÜR VERKEHR\n\nErklärung zum Unglück vor Port Essel\n\n3. Mai 2031\n\n{body}\n"
    );
    assert_eq!(read(&bare).0, "MINISTERIUM FÜR VERKEHR");
    // A headline in capitals stays the title, whatever it speaks of.
    let headline = format!(
        "HARBOUR POLICE RAID FERRY OFFICE\n\nTwo held after a night of searches\n\n3 May 2031\n\n{body}\n\nThe police have searched the office.\n"
    );
    assert_eq!(
        read(&headline),
        (
            "Not stated".to_owned(),
            "HARBOUR POLICE RAID FERRY OFFICE".to_owned()
        )
    );
}
