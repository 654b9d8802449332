//! Captions and credits of pictures that were not copied.

use super::block::ends_sentence;
use super::lines::last_bytes;

const STARTS: &[&str] = &[
    "a photo of ",
    "a photograph of ",
    "a picture of ",
    "a view of ",
    "an aerial view of ",
    "an image of ",
    "a screenshot of ",
    "a map of ",
    "photo:",
    "photos:",
    "photo by ",
    "photo credit",
    "photograph:",
    "photograph by ",
    "picture:",
    "image:",
    "image by ",
    "image credit",
    "image source",
    "file photo",
    "caption:",
    "in this photo",
    "in this image",
    "pictured:",
    "illustration:",
    "illustration by ",
    "foto:",
    "fotos:",
    "bild:",
    "bildquelle",
    "ein foto von ",
    "crédit photo",
    "crédits",
    "photo d'archives",
    "fotografía:",
    "foto de ",
    "immagine:",
    "عکس:",
    "تصویر:",
    "الصورة:",
    "صورة:",
    "фото:",
];

/// Credits at the end of a caption.
const CREDITS: &[&str] = &[
    "(photo",
    "photo:",
    "photo by",
    "[photo",
    "(image",
    "image:",
    "foto:",
    "(foto",
    "photograph:",
    "getty images",
    "/shutterstock",
    "via getty",
    "(file photo)",
    "عکس:",
];

/// Whether a block says that it is a caption or a credit: by its first words, or by a credit at its end.
pub(super) fn is_caption(text: &str) -> bool {
    if text.len() > 500 {
        return false;
    }
    if let Some(known) = STARTS.iter().find(|known| opens_with(text, known)) {
        let is_story =
            known.starts_with("a ") && ends_sentence(text) && text.matches(". ").count() > 1;
        return !is_story;
    }
    let end = last_bytes(text, 60);
    // Most paragraphs have none of the marks of a credit in their last words.
    text.len() <= 300
        && (end.contains(['(', '[', ':', '/']) || !ends_sentence(text))
        && has_credit(&end.to_lowercase())
}

/// Compares without regard to case, as far as that costs nothing.
fn opens_with(text: &str, known: &str) -> bool {
    text.as_bytes()
        .get(..known.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(known.as_bytes()))
}

fn has_credit(end: &str) -> bool {
    CREDITS.iter().any(|credit| end.contains(credit))
}

/// Whether a line above the article describes a picture: a clause with a place and the day at its end, and no stop.
pub(super) fn is_head_caption(text: &str) -> bool {
    let has_day = || {
        super::dates::final_date(text).is_some_and(|at| {
            text.get(..at)
                .is_some_and(|before| before.split_whitespace().count() >= 7)
        })
    };
    is_caption(text) || (text.len() <= 300 && !ends_sentence(text) && has_day())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_are_told_by_their_words_and_their_day() {
        assert!(is_caption(
            "A photo of the bridge at Exampletown before the flood."
        ));
        assert!(is_caption(
            "The bridge at Exampletown. (Photo: Ann Example)"
        ));
        assert!(!is_caption(
            "A photo caption writer said that he had seen it."
        ));
        assert!(is_head_caption(
            "Mayor Ann Example and Governor John Sample meet in Exampletown, Exampleland May 3, 2026"
        ));
        assert!(!is_head_caption("Daily report, May 3, 2026"));
        assert!(!is_head_caption(
            "The mayor and the governor met in the town of Exampletown on May 3, 2026."
        ));
    }
}
