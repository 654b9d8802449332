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
