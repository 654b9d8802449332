//! A reader's notes: words on a passage, a stretch of one, or two passages that have to do with each other.
//!
//! Invariant: pure data. Places are those of the texts as they are now; how they are found again is known to `library::notes`.

use super::citing::Cited;
use crate::text::digest;

/// How two passages have to do with each other, in the reader's eyes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// They say the same.
    Agrees,
    /// They say what cannot both be, or not the same.
    Differs,
    /// One answers the other.
    Answers,
    /// What one says is not in the other.
    Absent,
    /// Each has a word of its own for the same thing.
    OwnWord,
}

impl Relation {
    /// Every relation.
    pub const ALL: [Self; 5] = [
        Self::Agrees,
        Self::Differs,
        Self::Answers,
        Self::Absent,
        Self::OwnWord,
    ];

    /// Its name in files, on the command line, and for readers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::Differs => "differs",
            Self::Answers => "answers",
            Self::Absent => "absent",
            Self::OwnWord => "own-word",
        }
    }

    /// What it says of the two.
    pub fn about(self) -> &'static str {
        match self {
            Self::Agrees => "they say the same",
            Self::Differs => "they do not say the same",
            Self::Answers => "one answers the other",
            Self::Absent => "what one says is not in the other",
            Self::OwnWord => "each has a word of its own for the same thing",
        }
    }

    /// The relation with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.name() == name)
    }

    /// The relation after this one, around to the first.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Agrees => Self::Differs,
            Self::Differs => Self::Answers,
            Self::Answers => Self::Absent,
            Self::Absent => Self::OwnWord,
            Self::OwnWord => Self::Agrees,
        }
    }
}

/// A place that was not found again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostPlace {
    /// The document it was in.
    pub document: String,
    /// The words that were marked, or how they begin.
    pub words: String,
    /// Why it was not found.
    pub why: String,
}

/// A place that was found again with other words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordsThen {
    /// Which of the places that were found.
    pub place: usize,
    /// The words when the note was put there.
    pub words: String,
}

/// A note.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note {
    /// Its address, which no other note has: `urn:uuid:…`.
    pub id: String,
    /// What it is on: a place, or two of a link. Those that were found.
    pub places: Vec<Cited>,
    /// Those of them whose words have changed since.
    pub changed: Vec<WordsThen>,
    /// Those that were not.
    pub lost: Vec<LostPlace>,
    /// How the two places have to do with each other.
    pub relation: Option<Relation>,
    /// Its words.
    pub text: String,
    /// When it was written, as RFC 3339 has it; unknown until it is on disk.
    pub created: Option<String>,
    /// When it was changed last.
    pub modified: Option<String>,
}

impl Note {
    /// The words of its text that begin with `#`, without it, each once in the order in which they stand.
    pub fn tags(&self) -> Vec<&str> {
        let mut tags: Vec<&str> = Vec::new();
        for word in self.text.split_whitespace() {
            let Some(tag) = word.strip_prefix('#') else {
                continue;
            };
            let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/');
            let end = tag.find(|c| !is_part(c)).unwrap_or(tag.len());
            let tag = tag.get(..end).unwrap_or_default();
            if !tag.is_empty() && !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        tags
    }

    /// The words of a place when the note was put there, where they are others now.
    pub fn words_then(&self, place: usize) -> Option<&str> {
        let mut changed = self.changed.iter();
        changed
            .find(|then| then.place == place)
            .map(|then| then.words.as_str())
    }

    /// Its first line.
    pub fn first_line(&self) -> &str {
        self.text.lines().next().unwrap_or_default()
    }
}

/// What is done to the notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoteChange {
    /// A new note, or one that has another place now.
    Write(Note),
    /// Other words, or another relation, at the same places.
    Reword {
        /// Which note.
        id: String,
        /// Its words.
        text: String,
        /// Its relation.
        relation: Option<Relation>,
    },
    /// Gone.
    Remove(String),
    /// Back again, as it was before it was removed.
    Restore(String),
}

/// An address for a note: a UUID of version 8 (RFC 9562) made of what no other program has.
pub fn id_of(seed: &str, number: usize) -> String {
    let hash = digest::sha256(format!("{seed}\n{number}"));
    let part = |from: usize, to: usize| hash.get(from..to).unwrap_or_default();
    format!(
        "urn:uuid:{}-{}-8{}-a{}-{}",
        part(0, 8),
        part(8, 12),
        part(13, 16),
        part(17, 20),
        part(20, 32)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_words_with_a_number_sign_each_once() {
        let note = Note {
            text: "#toll Officials say 12, #herald: 19. #toll again, # alone #مرگ #a/b.".into(),
            ..Note::default()
        };
        assert_eq!(note.tags(), ["toll", "herald", "مرگ", "a/b"]);
    }

    #[test]
    fn ids_are_uuids_and_no_two_are_the_same() {
        let (one, other) = (id_of("seed", 0), id_of("seed", 1));
        assert_ne!(one, other);
        let parts = one.trim_start_matches("urn:uuid:").split('-');
        let parts: Vec<usize> = parts.map(str::len).collect();
        assert_eq!(parts, [8, 4, 4, 4, 12]);
    }

    #[test]
    fn relations_are_found_by_their_names_and_go_round() {
        for relation in Relation::ALL {
            assert_eq!(Relation::named(relation.name()), Some(relation));
        }
        assert_eq!(Relation::OwnWord.next(), Relation::Agrees);
    }
}
