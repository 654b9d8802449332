//! Which file was meant by a name that no file has.

use crate::corpus::spelling;
use std::fs;
use std::path::{Path, PathBuf};

/// Names of a folder that are looked at: somebody waits for the answer.
const MOST_NAMES: usize = 20_000;

/// The file beside it whose name is a slip away; none where there is such a file, or none is near.
pub(super) fn meant(path: &Path) -> Option<PathBuf> {
    if path.exists() {
        return None;
    }
    let folder = match path.parent()? {
        here if here.as_os_str().is_empty() => Path::new("."),
        folder => folder,
    };
    let names: Vec<String> = fs::read_dir(folder)
        .ok()?
        .take(MOST_NAMES)
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    let lower: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
    let candidates: Vec<&str> = lower.iter().map(String::as_str).collect();
    let wanted = path.file_name()?.to_str()?.to_lowercase();
    // Where capitals alone differ, the file system cares and the reader does not.
    let near = if candidates.contains(&wanted.as_str()) {
        wanted.as_str()
    } else {
        spelling::closest(&wanted, &candidates)?
    };
    let at = lower.iter().position(|name| name == near)?;
    Some(path.with_file_name(&names[at]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_in_a_file_name_finds_the_file_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["Herald.txt", "courier.txt"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        let meant_by = |name: &str| {
            let meant = meant(&folder.path().join(name))?;
            Some(meant.file_name()?.to_str()?.to_owned())
        };
        assert_eq!(meant_by("herld.txt").as_deref(), Some("Herald.txt"));
        // Elsewhere that may be the same file.
        if cfg!(target_os = "linux") {
            assert_eq!(meant_by("HERALD.TXT").as_deref(), Some("Herald.txt"));
        }
        assert_eq!(meant_by("courier.txt"), None, "it is there");
        assert_eq!(meant_by("budget.md"), None);
        assert_eq!(meant_by("no/such/folder.txt"), None);
    }
}
