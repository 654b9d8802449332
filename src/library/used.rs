//! Which actions the reader has used, under the state home: what no hint is needed at any more.
//!
//! Invariant: a list of names and nothing else; whatever becomes of the file, the reader opens, with a hint too many at worst.

use super::{homes, whole_file};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::PathBuf;

/// The largest file that is read.
const MAX_BYTES: u64 = 64 << 10;
/// The longest name that is read.
const LONGEST: usize = 60;

/// Where it is kept; nothing where no state is.
fn place() -> Option<PathBuf> {
    homes::state().map(|home| home.join("used"))
}

/// The names; nothing where they cannot be kept, so that hints would come for ever.
pub fn load() -> Option<BTreeSet<String>> {
    let place = place()?;
    let is_small = fs::metadata(&place).is_ok_and(|of| of.is_file() && of.len() <= MAX_BYTES);
    let text = if is_small {
        fs::read_to_string(&place).unwrap_or_default()
    } else {
        String::new()
    };
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
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder)?;
    }
    let lines: Vec<&str> = used.iter().map(String::as_str).collect();
    let lines = lines.join("\n") + "\n";
    whole_file::replace(&place, lines.as_bytes())
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
