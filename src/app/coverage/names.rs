//! What the columns of the matrix are called, and how a count is shaded.

use crate::analysis::coverage::{By, Column, Coverage, Speaker};
use crate::app::perspective::Perspective;
use crate::corpus::Corpus;
use std::collections::HashMap;

/// What a column is called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// In full.
    pub full: String,
    /// What tells it from the others, to stand above it.
    pub short: String,
}

/// What all columns are called. In one pass: a corpus may have as many sources as documents.
pub fn names(corpus: &Corpus, coverage: &Coverage) -> Vec<Name> {
    let titles: HashMap<&str, &str> = corpus
        .sources
        .iter()
        .map(|source| (source.id.as_str(), source.title.as_str()))
        .collect();
    let title = |id: &str| titles.get(id).copied().unwrap_or(id).to_owned();
    let name = |column: &Column| match &column.speaker {
        Speaker::Source(id) => Name {
            full: title(id.as_str()),
            short: title(id.as_str()),
        },
        Speaker::Document(at) => {
            let Some(document) = corpus.documents.get(*at) else {
                return Name::default();
            };
            let short = document.meta.title.clone();
            let source = title(document.source().as_str());
            let full = format!("{source} — {short}");
            Name { full, short }
        }
        Speaker::Voice(voice) => Name {
            full: voice.clone(),
            short: voice.clone(),
        },
    };
    coverage.columns.iter().map(name).collect()
}

/// What a pane shows of a speaker.
pub fn perspective(speaker: &Speaker) -> Perspective {
    match speaker {
        Speaker::Source(id) => Perspective::Source(id.clone()),
        Speaker::Document(at) => Perspective::Document(*at),
        Speaker::Voice(name) => Perspective::Voice(name.clone()),
    }
}

/// What a column is, in a word.
pub fn noun(by: By) -> &'static str {
    match by {
        By::Sources => "source",
        By::Documents => "document",
        By::Voices => "voice",
    }
}

/// How dark a count is beside the highest: a block, or nothing for none. By square roots, so that few passages beside many
/// are told from none.
pub fn shade(count: usize, most: usize) -> &'static str {
    if count == 0 {
        return "";
    }
    let share = (count as f32 / most.max(1) as f32).sqrt();
    match share {
        share if share > 0.85 => "█",
        share if share > 0.6 => "▓",
        share if share > 0.35 => "▒",
        _ => "░",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_is_never_lighter_and_nothing_is_blank() {
        const DEPTHS: [&str; 5] = ["", "░", "▒", "▓", "█"];
        let depth = |count| {
            let shade = shade(count, 40);
            DEPTHS.iter().position(|one| *one == shade).unwrap()
        };
        assert_eq!((depth(0), depth(1), depth(40)), (0, 1, 4));
        assert!((0..40).all(|count| depth(count) <= depth(count + 1)));
        assert!(
            DEPTHS
                .iter()
                .all(|one| (0..=40).any(|count| shade(count, 40) == *one))
        );
    }
}
