//! What an argument means: a document, a perspective, a topic, a passage.
//!
//! Invariant: a unique prefix will do, an ambiguous one is an error that lists the candidates.

use super::output;
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

/// A perspective as it is asked for, in full.
pub fn name_of(corpus: &Corpus, perspective: &Perspective) -> String {
    match perspective {
        Perspective::Document(at) => corpus
            .documents
            .get(*at)
            .map_or_else(String::new, |document| document.id.to_string()),
        Perspective::Source(id) => format!("source:{id}"),
        Perspective::Voice(name) => format!("voice:{name}"),
    }
}

/// The index of a document by its id or a part of it.
pub fn document(corpus: &Corpus, wanted: &str) -> Result<usize> {
    let id = one("document", wanted, &ids(corpus))?;
    by_id(corpus, id).ok_or_else(|| anyhow!("no document “{wanted}”"))
}

/// The index of a topic by its id, title or key, each exactly, or else by a part of its id.
pub fn topic(topics: &[Topic], wanted: &str) -> Result<usize> {
    let exact: [&dyn Fn(&Topic) -> bool; 4] = [
        &|topic| topic.id.as_str() == wanted,
        &|topic| topic.title == wanted,
        &|topic| topic.key.is_some_and(|key| wanted == key.to_string()),
        &|topic| topic.title.to_lowercase() == wanted.to_lowercase(),
    ];
    if let Some(at) = exact.iter().find_map(|is| topics.iter().position(is)) {
        return Ok(at);
    }
    let ids: Vec<&str> = topics.iter().map(|topic| topic.id.as_str()).collect();
    let id = one("topic", wanted, &ids)?;
    ids.iter()
        .position(|known| *known == id)
        .ok_or_else(|| anyhow!("no topic “{wanted}”"))
}

/// The document that `DOC` names, or that and the number of the passage that `DOC#12` names. An id may hold a `#`.
pub fn passage(corpus: &Corpus, wanted: &str) -> Result<(usize, Option<usize>)> {
    if let Some(at) = by_id(corpus, wanted) {
        return Ok((at, None));
    }
    let Some((id, number)) = wanted.rsplit_once('#') else {
        return Ok((document(corpus, wanted)?, None));
    };
    match number.parse() {
        Ok(number) if number > 0 => Ok((document(corpus, id)?, Some(number))),
        _ => match document(corpus, wanted) {
            Ok(at) => Ok((at, None)),
            Err(_) => bail!("“{number}” is not a passage number: write DOC#12"),
        },
    }
}

/// Whether `DOC` or `DOC#12` names a document of a corpus by its whole id.
pub fn has_document(corpus: &Corpus, wanted: &str) -> bool {
    let name = wanted.rsplit_once('#').map_or(wanted, |(name, _)| name);
    by_id(corpus, wanted)
        .or_else(|| by_id(corpus, name))
        .is_some()
}

fn ids(corpus: &Corpus) -> Vec<&str> {
    corpus
        .documents
        .iter()
        .map(|document| document.id.as_str())
        .collect()
}

fn by_id(corpus: &Corpus, id: &str) -> Option<usize> {
    corpus
        .documents
        .iter()
        .position(|document| document.id.as_str() == id)
}

/// The one name that is meant: itself, else the only one that is it but for capitals, else the only one that starts with
/// it, else the only one that holds it.
fn one<'a>(what: &str, wanted: &str, names: &[&'a str]) -> Result<&'a str> {
    if let Some(name) = names.iter().find(|name| **name == wanted) {
        return Ok(name);
    }
    let wanted_folded = wanted.to_lowercase();
    let folded: Vec<(&str, String)> = names
        .iter()
        .map(|name| (*name, name.to_lowercase()))
        .collect();
    let matches: [&dyn Fn(&str) -> bool; 3] = [
        &|name| name == wanted_folded,
        &|name| name.starts_with(&wanted_folded),
        &|name| name.contains(&wanted_folded),
    ];
    let found: Vec<&str> = matches
        .iter()
        .map(|is| {
            let found = folded.iter().filter(|(_, name)| is(name));
            found.map(|(name, _)| *name).collect::<Vec<_>>()
        })
        .find(|found| !found.is_empty())
        .unwrap_or_default();
    match found[..] {
        [name] => Ok(name),
        [] if names.is_empty() => bail!("no {what} “{wanted}”: there is none here"),
        [] => bail!("no {what} “{wanted}”; there are: {}", list(names)),
        _ => bail!(
            "“{wanted}” matches {}: {}",
            output::counted(found.len(), what),
            list(&found)
        ),
    }
}

/// The first of some names, and how many more there are.
pub(super) fn list(names: &[&str]) -> String {
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
    fn what_is_written_exactly_comes_before_what_differs_in_capitals() {
        let names = ["ADA", "Ada", "Adam"];
        assert_eq!(one("voice", "Ada", &names).unwrap(), "Ada");
        assert_eq!(
            one("voice", "ada", &names).unwrap_err().to_string(),
            "“ada” matches 2 voices: ADA, Ada"
        );
    }

    #[test]
    fn a_topic_is_named_by_its_id_before_its_key() {
        let topic = |id: &str, title: &str, key| Topic {
            id: id.into(),
            title: title.to_owned(),
            key: Some(key),
            ..Topic::default()
        };
        let topics = [topic("water", "2", '1'), topic("1", "The dam", '2')];
        assert_eq!(super::topic(&topics, "1").unwrap(), 1);
        assert_eq!(super::topic(&topics, "2").unwrap(), 0);
        assert_eq!(super::topic(&topics, "THE DAM").unwrap(), 1);
        assert_eq!(super::topic(&topics, "wat").unwrap(), 0);
    }

    #[test]
    fn passages_are_named_by_document_and_number_and_ids_may_hold_the_sign() {
        let document = |id: &str| Document::new(id.into(), crate::corpus::Meta::default());
        let corpus = Corpus {
            documents: vec![document("a/b"), document("c#2"), document("c")],
            ..Corpus::default()
        };
        assert_eq!(passage(&corpus, "a/b#12").unwrap(), (0, Some(12)));
        assert_eq!(passage(&corpus, "a/b").unwrap(), (0, None));
        assert_eq!(passage(&corpus, "c#2").unwrap(), (1, None));
        assert_eq!(passage(&corpus, "c#2#1").unwrap(), (1, Some(1)));
        assert_eq!(passage(&corpus, "c#1").unwrap(), (2, Some(1)));
        assert!(passage(&corpus, "a/b#0").is_err());
        let wrong = passage(&corpus, "a/b#x").unwrap_err().to_string();
        assert!(wrong.contains("not a passage number"), "{wrong}");
    }
}
