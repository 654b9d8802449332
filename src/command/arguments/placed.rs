//! What stands where in the line.

use clap::ArgMatches;
use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use clap::parser::ValueSource;
use std::path::{Path, PathBuf};

/// Whether an option stands in the line, of a command or before it.
pub(super) fn typed_in(matches: &ArgMatches, id: &str) -> bool {
    let here = matches.value_source(id) == Some(ValueSource::CommandLine);
    let of_command = matches.subcommand().map(|(_, matches)| matches);
    here || of_command
        .is_some_and(|matches| matches.value_source(id) == Some(ValueSource::CommandLine))
}

/// The corpus folder that stands behind the words of a query or before them, which is taken from them: one that is named as a path, or is
/// a corpus.
pub(super) fn corpus_among(query: &mut Vec<String>) -> Option<PathBuf> {
    if query.len() < 2 {
        return None;
    }
    let places = [query.len() - 1, 0];
    let at = places.into_iter().find(|at| is_corpus(&query[*at]))?;
    Some(PathBuf::from(query.remove(at)))
}

fn is_corpus(word: &str) -> bool {
    let folder = Path::new(word);
    let is_path = folder.components().count() > 1 || word.ends_with(['/', '\\']);
    folder.is_dir() && (is_path || folder.join("corpus.toml").is_file())
}

/// An error about a file behind an option that takes none, `--html page.html`, with what was meant.
pub(super) fn with_a_tip(mut error: Error) -> Error {
    const WRITTEN: [&str; 6] = ["html", "md", "csv", "json", "jsonld", "qdpx"];
    let unknown = match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(unknown)) if error.kind() == ErrorKind::UnknownArgument => {
            Path::new(unknown)
        }
        _ => return error,
    };
    let ending = unknown.extension().and_then(|ending| ending.to_str());
    if !unknown.as_os_str().as_encoded_bytes().starts_with(b"-")
        && ending.is_some_and(|ending| WRITTEN.contains(&ending))
    {
        let tip = format!("to write a new file: --output {}", unknown.display());
        let tips = ContextValue::StyledStrs(vec![StyledStr::from(tip)]);
        error.insert(ContextKind::Suggested, tips);
    }
    error
}
