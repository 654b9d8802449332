//! The end of a copy: what sites put under an article, and what that tells about the publisher.

use super::block::{Block, Fate, ends_sentence};
use super::keys::{Key, key_line};
use super::lines::Line;
use super::metadata::Findings;
use super::{address, boilerplate, head};
use std::borrow::Cow;

/// Blocks looked at, from the end.
const MAX_BLOCKS: usize = 40;
/// Longest disclaimer, in bytes.
const MAX_DISCLAIMER: usize = 600;

/// What a publisher is called when it says what it is.
const PUBLISHERS: &str = "platform magazine newspaper outlet website site publication journal newsletter blog agency broadcaster network \
    nonprofit non-profit newsroom organization organisation podcast collective";

/// Says that the opinions are not the publisher's.
const DISCLAIMERS: &[&str] = &[
    "views expressed",
    "opinions expressed",
    "views and opinions",
    "do not necessarily reflect",
    "does not necessarily reflect",
    "author's own",
    "authors' own",
    "not necessarily those of",
    "nicht notwendigerweise die meinung",
    "nicht unbedingt die meinung",
    "geben nicht notwendigerweise",
    "n'engagent que",
    "ne reflètent pas nécessairement",
    "no reflejan necesariamente",
    "non riflettono necessariamente",
    "الآراء الواردة",
    "آراء الكاتب",
    "لزوماً دیدگاه",
    "لزوما دیدگاه",
    "بیانگر دیدگاه",
];

const RESERVED: &[&str] = &[
    "all rights reserved",
    "alle rechte vorbehalten",
    "tous droits réservés",
    "todos los derechos reservados",
    "tutti i diritti riservati",
    "تمامی حقوق",
    "جميع الحقوق",
];

/// Takes out what stands under the article.
pub(super) fn read(blocks: &mut [Block<'_>], lines: &[Line<'_>], found: &mut Findings) {
    let mut buffer = String::new();
    from_the_end(blocks, lines, found, &mut buffer);
    if links(blocks, &mut buffer) {
        from_the_end(blocks, lines, found, &mut buffer);
    }
}

fn from_the_end(
    blocks: &mut [Block<'_>],
    lines: &[Line<'_>],
    found: &mut Findings,
    buffer: &mut String,
) {
    let start = blocks.len().saturating_sub(MAX_BLOCKS);
    // One block of the article must stay.
    let first = blocks
        .iter()
        .position(Block::is_open)
        .unwrap_or(blocks.len());
    for at in (start.max(first + 1)..blocks.len()).rev() {
        match &blocks[at].fate {
            Fate::LeftOut(_) | Fate::Used(_) => continue,
            fate if *fate == head::OPEN => {}
            Fate::Text(_) | Fate::Image | Fate::Caption => break,
        }
        let line = lines
            .get(blocks[at].lines.start)
            .map_or(0, |line| line.number);
        let text = blocks[at].text.clone();
        let Some(fate) = fate(line, &text, found, buffer) else {
            break;
        };
        blocks[at].fate = fate;
    }
}

fn fate(line: u32, text: &str, found: &mut Findings, buffer: &mut String) -> Option<Fate> {
    let left_out = |reason| Some(Fate::LeftOut(Cow::Borrowed(reason)));
    if let Some(reason) = head::is_edge_furniture(text, buffer) {
        return left_out(reason);
    }
    if text.len() <= MAX_DISCLAIMER && (is_disclaimer(text) || is_self_portrait(text)) {
        if let Some(name) = self_portrait(text) {
            found.infer_source(line, name, "the closing line says what it is");
        }
        return left_out("what the publisher says of itself or of the author’s views");
    }
    if text.len() <= 200 && is_copyright(text) {
        if let Some(name) = copyright_holder(text) {
            found.infer_source(line, name, "the copyright line names it");
        }
        return left_out("a copyright line");
    }
    if address::is_address(text) && !address::is_picture(text) && found.url.is_none() {
        found.offer_url(line, text);
        return Some(Fate::Used("url"));
    }
    if text
        .chars()
        .all(|c| matches!(c, '#' | '*' | '-' | '_' | '=' | '~' | '•' | '■' | '∎' | ' '))
    {
        return left_out("a mark of the end");
    }
    match key_line(text)? {
        (_, "") => left_out("a label with nothing after it"),
        (Key::Source, value)
            if found.source.is_none()
                && value.split_whitespace().count() <= 8
                && !ends_sentence(value) =>
        {
            found.offer_source(value);
            if address::is_address(value) {
                found.offer_url(line, value);
            }
            Some(Fate::Used("source"))
        }
        (Key::Url, value) if address::is_address(value) && found.url.is_none() => {
            found.offer_url(line, value);
            Some(Fate::Used("url"))
        }
        (Key::Labels, _) => left_out("labels given by the site"),
        _ => None,
    }
}

/// A heading over links ("Most read") and only titles under it, to the end. True where there was one.
fn links(blocks: &mut [Block<'_>], buffer: &mut String) -> bool {
    let start = blocks.len().saturating_sub(MAX_BLOCKS).max(1);
    let Some(heading) = (start..blocks.len())
        .find(|at| blocks[*at].is_open() && boilerplate::heads_links(&blocks[*at].text, buffer))
    else {
        return false;
    };
    let is_title = |block: &Block<'_>| match &block.fate {
        Fate::Text(_) => block.text.len() <= 200 && !block.text.ends_with('.'),
        Fate::LeftOut(_) | Fate::Used(_) | Fate::Image | Fate::Caption => true,
    };
    if !blocks[heading..].iter().all(is_title) {
        return false;
    }
    for block in &mut blocks[heading..] {
        if matches!(block.fate, Fate::Text(_)) {
            block.leave_out("a link to another article");
        }
    }
    true
}

fn is_disclaimer(text: &str) -> bool {
    let text = text.to_lowercase().replace('’', "'");
    DISCLAIMERS.iter().any(|phrase| text.contains(phrase))
}

fn is_self_portrait(text: &str) -> bool {
    text.len() <= 300 && self_portrait(text).is_some()
}

/// The name in `NAME is a … platform …`: short, with large letters, and the word for what it is in the same clause.
fn self_portrait(text: &str) -> Option<&str> {
    let (name, rest) = [
        " is a ",
        " is an ",
        " is the ",
        " ist ein ",
        " ist eine ",
        " est un ",
        " est une ",
        " es un ",
        " es una ",
    ]
    .iter()
    .filter_map(|verb| text.split_once(verb))
    .min_by_key(|(name, _)| name.len())?;
    let name = name.trim_start_matches("About ").trim();
    let words = name.split_whitespace().count();
    let clause = rest
        .split(['.', ';'])
        .next()?
        .split(" that ")
        .next()?
        .split(" who ")
        .next()?;
    let says_what = clause
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .take(12)
        .any(|word| {
            let word = word.to_lowercase();
            PUBLISHERS.split_whitespace().any(|known| known == word)
        });
    // "Ann Example is a researcher at the magazine …": a person's trade comes first.
    let is_person = clause
        .split_whitespace()
        .take(6)
        .any(super::people::is_role);
    let has_large = name
        .chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || !c.is_alphabetic());
    (says_what && !is_person && has_large && (1..=5).contains(&words)).then_some(name)
}

fn is_copyright(text: &str) -> bool {
    let small = text.to_lowercase();
    RESERVED.iter().any(|phrase| small.contains(phrase)) || claims(text)
}

/// `© 2026`, `© NAME` wherever they stand, the word or letter before a name only at the beginning: "a copyright claim" is a claim in
/// a text.
fn claims(text: &str) -> bool {
    let is_claim = |sign: &str, at: usize| {
        let rest = text.get(at + sign.len()..).unwrap_or_default();
        let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '©'));
        let rest = rest.strip_prefix("by ").unwrap_or(rest);
        let may_name = at == 0 || sign == "©";
        let begins = |c: char| c.is_numeric() || may_name && c.is_alphabetic() && !c.is_lowercase();
        rest.starts_with(begins) || at == 0 && sign == "©"
    };
    [
        "©",
        "(c) ",
        "(C) ",
        "copyright ",
        "Copyright ",
        "COPYRIGHT ",
    ]
    .into_iter()
    .any(|sign| text.match_indices(sign).any(|(at, _)| is_claim(sign, at)))
}

/// The name in `© 2026 NAME. All rights reserved.`
fn copyright_holder(text: &str) -> Option<&str> {
    let rest = ["©", "(c)", "(C)", "Copyright", "copyright"]
        .iter()
        .find_map(|sign| text.split_once(sign))
        .map(|(_, rest)| rest)?;
    let rest = rest.trim_start_matches(|c: char| !c.is_alphabetic());
    let rest = rest.strip_prefix("by ").unwrap_or(rest);
    let end = [". ", " - ", " | ", ", ", "All rights"]
        .iter()
        .filter_map(|mark| rest.find(mark))
        .min()
        .unwrap_or(rest.len());
    let name = rest.get(..end)?.trim().trim_end_matches(['.', ',']);
    let words = name.split_whitespace().count();
    ((1..=6).contains(&words) && name.chars().next().is_some_and(char::is_uppercase))
        .then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copyright_line_names_a_year_or_a_holder() {
        for line in [
            "© 2026 River Voices",
            "©River Voices",
            "© the authors",
            "Text by the desk. © River Voices",
            "Copyright River Voices",
            "Published by the desk, copyright 2026.",
            "(c) 2026",
            "The desk. All rights reserved.",
        ] {
            assert!(is_copyright(line), "{line}");
        }
        for line in [
            "The judge said that the copyright claim would fail.",
            "This is no plan™© of ours, we only wanted to share what we learned.",
            "This is no gift™©, Moll said, she only wanted to sleep.",
            "They may (a) wait, (b) pay or (c) leave the town.",
            "Copyrighted songs were played in the square.",
            "The minister announced a Copyright Act for the spring.",
        ] {
            assert!(!is_copyright(line), "{line}");
        }
    }

    #[test]
    fn publishers_say_what_they_are() {
        assert_eq!(
            self_portrait("River Voices is a free platform for the people of the valley."),
            Some("River Voices")
        );
        assert_eq!(
            self_portrait("Ann Example is a researcher at the magazine River."),
            None
        );
        assert_eq!(self_portrait("The flood is a warning."), None);
        assert_eq!(
            copyright_holder("© 2026 River Voices. All rights reserved."),
            Some("River Voices")
        );
        assert_eq!(
            copyright_holder("Copyright 2026 by River Voices"),
            Some("River Voices")
        );
        assert!(is_disclaimer(
            "The views expressed here are the author’s own."
        ));
    }
}
