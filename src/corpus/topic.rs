//! Topics: what several sources talk about, and the cues that file passages under them.

use super::string_id;

string_id! {
    /// Names a topic in `corpus.toml`, hand tags and the command line.
    TopicId
}

/// Something several sources talk about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Topic {
    /// Its name in files.
    pub id: TopicId,
    /// Its name for the reader.
    pub title: String,
    /// The digit that jumps to it.
    pub key: Option<char>,
    /// Words and phrases that file a passage under it.
    pub cues: Vec<String>,
    /// Phrases in which a cue does not count.
    pub not: Vec<String>,
    /// Found by the program, not written by a person.
    pub discovered: bool,
}

/// Whether a text can be a topic's id: it must stand in a list between commas and inside a comment.
pub fn is_valid_id(id: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    id.starts_with(char::is_alphanumeric)
        && id.len() <= 200
        && id.chars().all(fits)
        && !id.contains("--")
}

/// The ids that a comment `<!-- topic: a, b -->` gives, by what stands inside it; `None` for any other comment.
pub fn in_comment(inside: &str) -> Option<Vec<&str>> {
    let inside = inside.trim();
    let list = inside
        .strip_prefix("topics")
        .or_else(|| inside.strip_prefix("topic"))?;
    let list = list.trim_start().strip_prefix(':')?;
    let names = list
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty());
    Some(names.collect())
}
