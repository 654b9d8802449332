//! A corpus from its files, wherever they come from: a folder, or the program itself.
//!
//! Invariant: a file that makes no sense costs itself alone.

use super::{
    Corpus, Document, DocumentId, Meta, Problem, Source, SourceId, TopicId, manifest, markdown,
    parallel,
};
use crate::text::{char_boundary_at_or_before, language};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

/// A corpus, and what `diptych check` says of it besides its problems.
#[derive(Debug, Default)]
pub struct Assembly {
    /// The corpus, its problems in it.
    pub corpus: Corpus,
    /// What looks like a slip but may be meant: a cue in two topics, a key nearly like one of ours.
    pub advice: Vec<Problem>,
}

impl Corpus {
    /// Reads a corpus from the text of `corpus.toml`, if there is one, and its Markdown files: the path inside the
    /// corpus with `/` between folders, and the text. The documents come in the order of their ids. Without a manifest the
    /// sources are made from the documents.
    pub fn assemble<P, T>(
        manifest: Option<&str>,
        files: impl IntoIterator<Item = (P, T)>,
    ) -> Assembly
    where
        P: AsRef<str> + Sync,
        T: AsRef<str> + Sync,
    {
        let (corpus, problems) = manifest_of(manifest);
        fill(corpus, problems, manifest, files)
    }

    /// As [`Corpus::assemble`], with the text of those documents alone that the corpus opens with; the others stand in
    /// their places, empty, and nothing is said of problems.
    pub(super) fn assemble_opening<P, T>(
        manifest: Option<&str>,
        files: impl IntoIterator<Item = (P, T)>,
    ) -> Self
    where
        P: AsRef<str> + Sync,
        T: AsRef<str> + Sync,
    {
        let (corpus, _) = manifest_of(manifest);
        let opening = corpus.opening.clone();
        let is_read = |(path, _): &(P, T)| opening.contains(&document_id(path.as_ref()));
        let (read, left): (Vec<_>, Vec<_>) = files.into_iter().partition(is_read);
        let mut corpus = fill(corpus, Vec::new(), None, read).corpus;
        let empty = |(path, _): (P, T)| Document::new(document_id(path.as_ref()), Meta::default());
        corpus.documents.extend(left.into_iter().map(empty));
        corpus.documents.sort_by(|a, b| a.id.cmp(&b.id));
        corpus.problems.clear();
        corpus
    }
}

fn manifest_of(manifest: Option<&str>) -> (Corpus, Vec<Problem>) {
    manifest.map_or_else(Default::default, |text| {
        manifest::read(manifest::FILE, text)
    })
}

/// Puts the documents into a corpus.
fn fill<P, T>(
    mut corpus: Corpus,
    mut problems: Vec<Problem>,
    manifest: Option<&str>,
    files: impl IntoIterator<Item = (P, T)>,
) -> Assembly
where
    P: AsRef<str> + Sync,
    T: AsRef<str> + Sync,
{
    let mut advice = manifest.map_or_else(Vec::new, |manifest| shared_cues(&corpus, manifest));
    let mut seen: HashMap<DocumentId, String> = HashMap::new();
    let mut undeclared = Undeclared::new(&corpus, manifest.is_some());
    let mut files = files.into_iter();
    let is_told = corpus.language.is_empty();
    let batches = std::iter::from_fn(|| {
        let batch: Vec<(P, T)> = files.by_ref().take(FILES_AT_ONCE).collect();
        (!batch.is_empty()).then(|| read_batch(&batch, is_told))
    });
    for (path, mut reading) in batches.flatten() {
        let path = path.as_str();
        let id = reading.document.id.clone();
        if let Some(other) = seen.get(&id) {
            let problem =
                format!("another file is the document “{id}” already: {other}; rename one");
            problems.push(at(path, 0, problem));
            continue;
        }
        seen.insert(id, path.to_owned());
        if reading.document.is_empty() && reading.problems.is_empty() {
            problems.push(at(path, 0, "there is no text in it".to_owned()));
        }
        undeclared.source(&mut reading, path);
        undeclared.topics(&reading, path);
        problems.append(&mut reading.problems);
        advice.append(&mut reading.advice);
        corpus.documents.push(reading.document);
    }
    problems.append(&mut undeclared.problems);
    let missing = corpus.opening.iter().filter(|id| !seen.contains_key(*id));
    problems.extend(missing.map(|id| {
        let problem = format!("`opening` names “{id}”, which is no document of this corpus");
        at(manifest::FILE, line_of(manifest, id.as_str()), problem)
    }));
    corpus.sources.append(&mut undeclared.sources);
    corpus.documents.sort_by(|a, b| a.id.cmp(&b.id));
    if corpus.language.is_empty() {
        corpus.language = most_common_language(&corpus.documents);
    }
    problems.sort();
    advice.sort();
    corpus.problems = problems;
    Assembly { corpus, advice }
}

/// Files in memory at once while a corpus is read.
const FILES_AT_ONCE: usize = 256;

/// So much of a text tells its language; a corpus has many.
const TELLING_BYTES: usize = 4096;

/// The language that most documents are written in: that of those too short to tell.
fn most_common_language(documents: &[Document]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let languages = documents
        .iter()
        .map(|document| document.meta.language.as_str());
    for language in languages.filter(|language| !language.is_empty()) {
        *counts.entry(language).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    most.map_or_else(String::new, |(language, _)| language.to_owned())
}

/// Reads some files, on all processors; each with its path, in their order. Where neither a document nor the corpus states a language,
/// it is told from the text.
fn read_batch<P, T>(batch: &[(P, T)], is_told: bool) -> Vec<(String, markdown::Reading)>
where
    P: AsRef<str> + Sync,
    T: AsRef<str> + Sync,
{
    let bytes = batch.iter().map(|(_, text)| text.as_ref().len()).sum();
    parallel::map(batch, bytes, |(path, text)| {
        let path = path.as_ref();
        let mut reading = markdown::read_closely(document_id(path), path, text.as_ref());
        if is_told && reading.document.meta.language.is_empty() {
            let text = reading.document.text();
            let end = char_boundary_at_or_before(text, TELLING_BYTES);
            let told = language::detect(text.get(..end).unwrap_or_default());
            told.unwrap_or_default()
                .clone_into(&mut reading.document.meta.language);
        }
        (path.to_owned(), reading)
    })
}

/// A document's id: its path without the ending.
pub fn document_id(path: &str) -> DocumentId {
    let ending = Path::new(path)
        .extension()
        .map_or(0, |ending| ending.len() + 1);
    DocumentId::from(path.get(..path.len() - ending).unwrap_or(path))
}

fn at(file: &str, line: u32, problem: String) -> Problem {
    Problem {
        file: file.to_owned(),
        line,
        problem,
    }
}

/// The line of the manifest in which a text stands in quotes; 0 where it is written in another way.
fn line_of(manifest: Option<&str>, quoted: &str) -> u32 {
    let quoted = format!("\"{quoted}\"");
    let mut lines = manifest.unwrap_or_default().lines();
    lines
        .position(|line| line.contains(&quoted))
        .map_or(0, |index| index as u32 + 1)
}

/// Cues that file a passage under two topics: often meant, sometimes a slip.
fn shared_cues(corpus: &Corpus, manifest: &str) -> Vec<Problem> {
    let mut topics: BTreeMap<String, Vec<&TopicId>> = BTreeMap::new();
    for topic in &corpus.topics {
        for cue in &topic.cues {
            topics
                .entry(cue.to_lowercase())
                .or_default()
                .push(&topic.id);
        }
    }
    topics.retain(|_, ids| ids.len() > 1);
    let lines: Vec<String> = if topics.is_empty() {
        Vec::new()
    } else {
        manifest.lines().map(str::to_lowercase).collect()
    };
    let advice = |(cue, ids): (String, Vec<&TopicId>)| {
        let ids: Vec<&str> = ids.into_iter().map(TopicId::as_str).collect();
        let quoted = format!("\"{cue}\"");
        let line = lines.iter().rposition(|line| line.contains(&quoted));
        let problem = format!(
            "the cue “{cue}” is listed in several topics: {}",
            ids.join(", ")
        );
        at(
            manifest::FILE,
            line.map_or(0, |index| index as u32 + 1),
            problem,
        )
    };
    topics.into_iter().map(advice).collect()
}

/// Sources and topics that documents name and the manifest does not.
struct Undeclared {
    /// Declared or added, by lower-case id and title.
    known: HashMap<String, SourceId>,
    topics: HashSet<TopicId>,
    has_manifest: bool,
    sources: Vec<Source>,
    problems: Vec<Problem>,
}

impl Undeclared {
    fn new(corpus: &Corpus, has_manifest: bool) -> Self {
        let mut known = HashMap::new();
        let names = |source: &Source| {
            [
                source.title.to_lowercase(),
                source.id.as_str().to_lowercase(),
            ]
        };
        for source in &corpus.sources {
            known.extend(names(source).map(|name| (name, source.id.clone())));
        }
        // An id wins over another source's title.
        known.extend(
            corpus
                .sources
                .iter()
                .map(|source| (source.id.as_str().to_lowercase(), source.id.clone())),
        );
        Self {
            known,
            topics: corpus.topics.iter().map(|topic| topic.id.clone()).collect(),
            has_manifest,
            sources: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Finds the document's source by its id or its title, or declares it.
    fn source(&mut self, reading: &mut markdown::Reading, path: &str) {
        let id = &mut reading.document.meta.source;
        let name = id.as_str().to_lowercase();
        if let Some(known) = self.known.get(&name) {
            id.clone_from(known);
            return;
        }
        let not_stated = id.as_str() == markdown::front::NOT_STATED;
        self.known.insert(name, id.clone());
        self.sources.push(Source {
            id: id.clone(),
            title: if not_stated {
                "Not stated".to_owned()
            } else {
                id.to_string()
            },
            about: String::new(),
        });
        if self.has_manifest && !not_stated {
            let problem = format!(
                "the source “{id}” is not in {}; add it under `[[source]]`",
                manifest::FILE
            );
            self.problems.push(at(path, reading.source_line, problem));
        }
    }

    fn topics(&mut self, reading: &markdown::Reading, path: &str) {
        for (line, topic) in &reading.hand_tags {
            if !self.topics.contains(topic) {
                let problem = format!(
                    "the topic “{topic}” is not in {}; add it under `[[topic]]`",
                    manifest::FILE
                );
                self.problems.push(at(path, *line, problem));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = "title = \"T\"\n[[source]]\nid = \"a\"\ntitle = \"Outlet A\"\n[[topic]]\nid = \"x\"\ncues = [\"Same\"]\n[[topic]]\nid = \"y\"\ncues = [\"same\"]\n";

    fn lines(problems: &[Problem]) -> Vec<(&str, u32)> {
        problems
            .iter()
            .map(|problem| (problem.file.as_str(), problem.line))
            .collect()
    }

    #[test]
    fn a_language_that_nobody_states_is_told_from_the_texts() {
        let long = "Der Hafen blieb drei Tage geschlossen, weil sich niemand einigen konnte, wer den Kran bezahlen sollte.";
        let files = [
            ("a.md", long),
            ("b.md", "Kurz."),
            ("b2.md", long),
            ("c.md", "---\nlanguage: fr\n---\nLe port est fermé."),
        ];
        let corpus = Corpus::assemble(None, files).corpus;
        let told = corpus.documents.iter();
        let told: Vec<&str> = told.map(|document| &*document.meta.language).collect();
        assert_eq!(
            (told, corpus.language.as_str()),
            (vec!["de", "", "de", "fr"], "de")
        );
        // What the corpus states holds for all.
        let corpus = Corpus::assemble(Some("language = \"nl\"\n"), files).corpus;
        assert_eq!(corpus.documents[0].meta.language, "");
    }

    #[test]
    fn sources_are_found_by_id_or_title_and_others_are_a_problem_once() {
        let files = [
            ("c.md", "---\nsource: b\n---\nx"),
            ("d.md", "---\nsource: b\n---\nx"),
            ("a.md", "---\nsource: outlet a\n---\nx"),
            ("b.md", "x"),
        ];
        let corpus = Corpus::assemble(Some(MANIFEST), files).corpus;
        assert_eq!(lines(&corpus.problems), [("c.md", 2)]);
        let ids: Vec<&str> = corpus
            .documents
            .iter()
            .map(|document| document.id.as_str())
            .collect();
        assert_eq!(ids, ["a", "b", "c", "d"]);
        assert_eq!(corpus.documents[0].meta.source.as_str(), "a");
        let titles: Vec<&str> = corpus
            .sources
            .iter()
            .map(|source| source.title.as_str())
            .collect();
        assert_eq!(titles, ["Outlet A", "b", "Not stated"]);
        let corpus = Corpus::assemble(None, files).corpus;
        assert_eq!(corpus.problems, []);
        assert_eq!(corpus.sources.len(), 3);
    }

    #[test]
    fn undeclared_topics_empty_documents_and_equal_ids_are_problems() {
        let files = [
            ("a.md", "y\n\n<!-- topic: x, z -->\ny"),
            ("a.MD", "x"),
            ("e.md", "---\ntitle: T\n---\n"),
        ];
        let assembly = Corpus::assemble(Some(MANIFEST), files);
        assert_eq!(
            lines(&assembly.corpus.problems),
            [("a.MD", 0), ("a.md", 3), ("e.md", 0)]
        );
        assert_eq!(assembly.corpus.documents.len(), 2);
        assert_eq!(lines(&assembly.advice), [("corpus.toml", 10)]);
    }
}
