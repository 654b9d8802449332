//! Which actions the reader has used, under the state home: what no hint is needed at any more.
//!
//! Invariant: a list of names and nothing else; whatever becomes of the file, the reader opens, with a hint too many at worst.

use super::{folder, homes, whole_file};
use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;

/// The largest file that is read.
const MAX_BYTES: usize = 64 << 10;
/// The longest name that is read.
const LONGEST: usize = 60;

/// Where it is kept; nothing where no state is.
fn place() -> Option<PathBuf> {
    homes::state().map(|home| home.join("used"))
}

/// The names; nothing where they cannot be kept, so that hints would come for ever.
pub fn load() -> Option<BTreeSet<String>> {
    let place = place()?;
    let text = folder::read_text(&place, MAX_BYTES).unwrap_or_default();
    Some(names(&text))
}

fn names(text: &str) -> BTreeSet<String> {
    let is_name = |line: &&str| !line.is_empty() && line.len() <= LONGEST;
    text.lines().filter(is_name).map(str::to_owned).collect()
}

/// Keeps the names, a line each.
pub fn save(used: &BTreeSet<String>) -> io::Result<()> {
    let Some(place) = place() else {
        return Ok(());
    };
    let lines: Vec<&str> = used.iter().map(String::as_str).collect();
    let lines = lines.join("\n") + "\n";
    whole_file::keep(&place, lines.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_in_the_file_names_are_read_from_it() {
        let long = "x".repeat(5000);
        let text = format!("next\n\nfacing\n{long}\nnext\n");
        let found = names(&text);
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["facing", "next"]);
    }
}
