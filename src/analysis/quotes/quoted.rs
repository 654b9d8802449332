//! The quoted stretches of one passage as its marks have them, each with the one around it.
//!
//! Invariant: stretches are in the order of their opening and nest; each holds at least a letter or a digit.

use super::marks::{Family, marks};
use super::pairs::pairs;
use crate::text::ByteSpan;

/// A quoted stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quoted {
    /// With its marks.
    pub(super) whole: ByteSpan,
    /// Between the marks, without the white space there.
    pub(super) inside: ByteSpan,
    /// Index of the stretch around it.
    pub(super) parent: Option<usize>,
    /// Opened and not closed: it ends with the passage.
    pub(super) is_open: bool,
    /// What opens it.
    pub(super) family: Family,
}

/// The quoted stretches of a passage. At most one outermost one is open, and it is the last.
pub(super) fn quoted(text: &str, language: &str) -> Vec<Quoted> {
    let twin = matches!(language, "sv" | "fi");
    let marks = marks(text, twin);
    if marks.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<Quoted> = Vec::new();
    // The stretches around the present mark, by index; stretches that were dropped hand their place to their parents.
    let mut around: Vec<(usize, usize)> = Vec::new();
    for pair in pairs(&marks, twin) {
        let open = &marks[pair.open];
        let (inside_end, end) = pair.close.map_or((text.len(), text.len()), |close| {
            (marks[close].start, marks[close].end)
        });
        while around.last().is_some_and(|(_, end)| *end <= open.start) {
            around.pop();
        }
        let Some(inside) = trimmed(text, open.end, inside_end) else {
            continue;
        };
        let parent = around.last().map(|(index, _)| *index);
        around.push((found.len(), end));
        found.push(Quoted {
            whole: ByteSpan::new(open.start, end),
            inside,
            parent,
            is_open: pair.close.is_none(),
            family: open.glyph.family(),
        });
    }
    found
}

/// The stretches without those that are open: what stands in them is no longer inside them.
pub(super) fn without_open(quoted: Vec<Quoted>) -> Vec<Quoted> {
    if !quoted.iter().any(|one| one.is_open) {
        return quoted;
    }
    let mut new_place: Vec<Option<usize>> = Vec::with_capacity(quoted.len());
    let mut kept: Vec<Quoted> = Vec::new();
    for one in quoted {
        let parent = one.parent.and_then(|parent| new_place[parent]);
        new_place.push(if one.is_open {
            parent
        } else {
            Some(kept.len())
        });
        if !one.is_open {
            kept.push(Quoted { parent, ..one });
        }
    }
    kept
}

/// Whether a passage goes on with a quotation that the one before left open: it starts with a mark of that kind.
pub(super) fn goes_on(text: &str, family: Family) -> bool {
    let start = text.trim_start();
    marks(start.get(..16).unwrap_or(start), false)
        .first()
        .is_some_and(|mark| mark.start == 0 && mark.glyph.family() == family)
}

fn trimmed(text: &str, start: usize, end: usize) -> Option<ByteSpan> {
    let whole = text.get(start..end)?;
    if !whole.contains(char::is_alphanumeric) {
        return None;
    }
    let from = start + (whole.len() - whole.trim_start().len());
    Some(ByteSpan::new(from, from + whole.trim().len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The insides, each in as many brackets as it is deep; `…` at the end of what is open.
    #[track_caller]
    fn check(text: &str, language: &str, expected: &[&str]) {
        let stretches = quoted(text, language);
        let depth = |mut at: usize| {
            let mut depth = 0;
            while let Some(parent) = stretches[at].parent {
                at = parent;
                depth += 1;
            }
            depth
        };
        let shown: Vec<String> = stretches
            .iter()
            .enumerate()
            .map(|(at, one)| {
                let open = if one.is_open { " …" } else { "" };
                format!("{}{}{open}", ">".repeat(depth(at)), one.inside.of(text))
            })
            .collect();
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn marks_of_many_countries_are_paired() {
        check("She said, “Go.” He went.", "en", &["Go."]);
        check("She said, \"Go.\" He went.", "en", &["Go."]);
        check("Sie sagte: „Geh!“ Er ging.", "de", &["Geh!"]);
        check("»Geh!«, sagte sie.", "de", &["Geh!"]);
        check("« Va ! », dit-elle.", "fr", &["Va !"]);
        check("گفت: «برو.» و رفت.", "fa", &["برو."]);
        check("她說：「走吧。」他走了。", "zh", &["走吧。"]);
        check("”Gå!” sade hon. ”Nu!”", "sv", &["Gå!", "Nu!"]);
        check("„Idź!” powiedziała.", "pl", &["Idź!"]);
        check("``Go,'' she said.", "en", &["Go,"]);
    }

    #[test]
    fn quotations_nest() {
        check(
            "“He said, ‘Go,’ and I went.”",
            "en",
            &["He said, ‘Go,’ and I went.", ">Go,"],
        );
        check(
            "'He said, \"Go,\" and I went.'",
            "en",
            &["He said, \"Go,\" and I went.", ">Go,"],
        );
        check(
            "'\"Sorry.\"' That was it.",
            "en",
            &["\"Sorry.\"", ">Sorry."],
        );
        check(
            "„Er sagte: ‚Geh.‘ Ich ging.“",
            "de",
            &["Er sagte: ‚Geh.‘ Ich ging.", ">Geh."],
        );
        check(
            "«Il dit : «Va.» Je vais.»",
            "fr",
            &["Il dit : «Va.» Je vais.", ">Va."],
        );
    }

    #[test]
    fn apostrophes_are_no_quotation_marks() {
        check("It’s the dogs’ owners’ fault, since the ’70s.", "en", &[]);
        check(
            "It's the dogs' owners' fault, since the '70s and '82.",
            "en",
            &[],
        );
        check(
            "‘The dogs’ owners didn’t pay’, she said.",
            "en",
            &["The dogs’ owners didn’t pay"],
        );
        check(
            "'The dogs' owners didn't pay,' she said.",
            "en",
            &["The dogs' owners didn't pay,"],
        );
        check(
            "His ‘improvements’ cost the owners’ money.",
            "en",
            &["improvements"],
        );
        check(
            "Rock 'n' roll, y'all. 'Rock 'n' roll!' he cried.",
            "en",
            &["Rock 'n' roll!"],
        );
        check("Tell 'em 'bout it. “’Tis true.”", "en", &["’Tis true."]);
    }

    #[test]
    fn feet_and_inches_are_no_quotation_marks() {
        check("A 6'2\" man and a 9\" pie, 10\" by 12\".", "en", &[]);
        check(
            "\"I ate a 9\" pie,\" she said.",
            "en",
            &["I ate a 9\" pie,"],
        );
        check("He, 5’10” tall, said: “I am.”", "en", &["I am."]);
        check(
            "\"It was 1950,\" he said. \"Or 1951\" was heard.",
            "en",
            &["It was 1950,", "Or 1951"],
        );
    }

    #[test]
    fn what_is_left_open_spoils_nothing_before_it() {
        check("“One,” he said. “Two.", "en", &["One,", "Two. …"]);
        check("“One, he said. “Two,” she said.", "en", &["Two,"]);
        let text = "“One ‘two’ three.";
        let kept = without_open(quoted(text, "en"));
        assert_eq!(kept.len(), 1);
        assert_eq!((kept[0].inside.of(text), kept[0].parent), ("two", None));
    }

    #[test]
    fn a_passage_of_many_marks_is_read_in_linear_time() {
        for unit in ["\"", "'", "“", "”a ", "\"'“‘«", "'a' ", "» "] {
            let text = unit.repeat(200_000 / unit.len());
            let _ = quoted(&text, "en");
        }
    }

    proptest::proptest! {
        #[test]
        fn stretches_nest_and_lie_in_the_text(text in "([\"'“”„‘’‚«»‹›「」『』` a-c.,5éß中]){0,60}", language in "(en|de|sv|zh)") {
            let found = quoted(&text, &language);
            for (at, one) in found.iter().enumerate() {
                proptest::prop_assert!(text.get(one.whole.range()).is_some() && text.get(one.inside.range()).is_some());
                proptest::prop_assert!(one.whole.start < one.inside.start && one.inside.end <= one.whole.end);
                if let Some(parent) = one.parent {
                    proptest::prop_assert!(parent < at && found[parent].whole.start < one.whole.start);
                    proptest::prop_assert!(one.whole.end <= found[parent].whole.end);
                }
            }
        }
    }
}
