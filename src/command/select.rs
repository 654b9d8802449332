//! What an argument means: a document, a perspective, a topic, a passage.
//!
//! Invariant: a unique prefix will do, an ambiguous one is an error that lists the candidates.

use crate::app::perspective::Perspective;
use crate::corpus::{Corpus, Document, Topic};
use anyhow::{Result, anyhow, bail};

/// How many candidates an error lists.
const LISTED_CANDIDATES: usize = 12;

/// A perspective by `DOC`, `source:ID` or `voice:NAME`.
pub fn perspective(corpus: &Corpus, wanted: &str) -> Result<Perspective> {
    if let Some(id) = wanted.strip_prefix("source:") {
        let ids: Vec<&str> = corpus
            .sources
            .iter()
            .map(|source| source.id.as_str())
            .collect();
        return Ok(Perspective::Source(one("source", id, &ids)?.into()));
    }
    if let Some(name) = wanted.strip_prefix("voice:") {
        let mut names: Vec<&str> = corpus
            .documents
            .iter()
            .flat_map(Document::voices)
            .map(String::as_str)
            .collect();
        names.sort_unstable();
        names.dedup();
        return Ok(Perspective::Voice(one("voice", name, &names)?.to_owned()));
    }
    document(corpus, wanted).map(Perspective::Document)
}

/// The index of a document by its id or a part of it.
pub fn document(corpus: &Corpus, wanted: &str) -> Result<usize> {
    let ids: Vec<&str> = corpus
        .documents
        .iter()
        .map(|document| document.id.as_str())
        .collect();
    let id = one("document", wanted, &ids)?;
    ids.iter()
        .position(|known| *known == id)
        .ok_or_else(|| anyhow!("no document “{wanted}”"))
}

/// The index of a topic by its id, title or key.
pub fn topic(topics: &[Topic], wanted: &str) -> Result<usize> {
    let by_name = topics.iter().position(|topic| {
        topic.title.to_lowercase() == wanted.to_lowercase()
            || topic.key.is_some_and(|key| wanted == key.to_string())
    });
    if let Some(at) = by_name {
        return Ok(at);
    }
    let ids: Vec<&str> = topics.iter().map(|topic| topic.id.as_str()).collect();
    let id = one("topic", wanted, &ids)?;
    ids.iter()
        .position(|known| *known == id)
        .ok_or_else(|| anyhow!("no topic “{wanted}”"))
}

/// Splits `DOC#12` into the document and the passage's number.
pub fn split_passage(wanted: &str) -> Result<(&str, Option<usize>)> {
    match wanted.rsplit_once('#') {
        None => Ok((wanted, None)),
        Some((document, number)) => match number.parse() {
            Ok(number) if number > 0 => Ok((document, Some(number))),
            _ => bail!("“{number}” is not a passage number: write DOC#12"),
        },
    }
}

/// The one name that is meant: itself, else the only one that starts with it, else the only one that holds it.
fn one<'a>(what: &str, wanted: &str, names: &[&'a str]) -> Result<&'a str> {
    let folded = wanted.to_lowercase();
    if let Some(name) = names.iter().find(|name| name.to_lowercase() == folded) {
        return Ok(name);
    }
    let starts: Vec<&str> = names
        .iter()
        .copied()
        .filter(|name| name.to_lowercase().starts_with(&folded))
        .collect();
    let holds = || {
        names
            .iter()
            .copied()
            .filter(|name| name.to_lowercase().contains(&folded))
            .collect()
    };
    let found: Vec<&str> = if starts.is_empty() { holds() } else { starts };
    match found[..] {
        [name] => Ok(name),
        [] if names.is_empty() => bail!("no {what} “{wanted}”: there is none here"),
        [] => bail!("no {what} “{wanted}”; there are: {}", list(names)),
        _ => bail!("“{wanted}” can mean several a {what}: {}", list(&found)),
    }
}

fn list(names: &[&str]) -> String {
    let more = names.len().saturating_sub(LISTED_CANDIDATES);
    let shown = names
        .iter()
        .take(LISTED_CANDIDATES)
        .copied()
        .collect::<Vec<_>>()
        .join(", ");
    if more > 0 {
        format!("{shown} and {more} more")
    } else {
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unique_prefix_or_part_will_do_and_an_ambiguous_one_lists_its_candidates() {
        let names = ["flood/first-night", "flood/second-night", "strike"];
        assert_eq!(one("document", "str", &names).unwrap(), "strike");
        assert_eq!(
            one("document", "second", &names).unwrap(),
            "flood/second-night"
        );
        let ambiguous = one("document", "flood", &names).unwrap_err().to_string();
        assert!(
            ambiguous.contains("flood/first-night, flood/second-night"),
            "{ambiguous}"
        );
        assert!(
            one("document", "nothing", &names)
                .unwrap_err()
                .to_string()
                .contains("there are")
        );
    }

    #[test]
    fn passages_are_named_by_document_and_number() {
        assert_eq!(split_passage("a/b#12").unwrap(), ("a/b", Some(12)));
        assert_eq!(split_passage("a/b").unwrap(), ("a/b", None));
        assert!(split_passage("a/b#0").is_err());
        assert!(split_passage("a/b#x").is_err());
    }
}
