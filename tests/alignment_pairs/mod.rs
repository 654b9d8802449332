//! Pairs of texts in which it was judged by hand which passages belong together.
//!
//! A file: `# event | registers | domain`, then `== left | title | kind` and `== right | …` with a passage a line (`## ` a
//! heading, which has no number; `**Name:**` a voice), then `== links` with `3 = 4 7` (belong together) and `3 ~ 5`
//! (arguable). Passages are numbered from 1 on each side; every other pair does not belong together.

pub mod scorers;

use diptych::analysis::alignment::{Comparison, Side};
use diptych::corpus::{Document, DocumentId, PassageId, markdown};
use diptych::text::language;
use std::collections::HashSet;
use std::path::Path;

/// What was judged of two passages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judged {
    Together,
    Arguable,
    Apart,
}

/// Two texts, and the places (from 0) of passages that belong together.
pub struct TextPair {
    pub name: String,
    pub documents: [Document; 2],
    pub together: HashSet<(usize, usize)>,
    pub arguable: HashSet<(usize, usize)>,
    passages: [Vec<PassageId>; 2],
}

impl TextPair {
    pub fn judged(&self, link: (usize, usize)) -> Judged {
        if self.together.contains(&link) {
            Judged::Together
        } else if self.arguable.contains(&link) {
            Judged::Arguable
        } else {
            Judged::Apart
        }
    }

    /// The prose passages of a side.
    pub fn passages(&self, side: usize) -> &[PassageId] {
        &self.passages[side]
    }

    pub fn text(&self, side: usize, place: usize) -> &str {
        let id = self.passages[side][place];
        self.documents[id.document]
            .passage(id.passage)
            .map_or("", |passage| passage.text())
    }

    /// The links of a comparison, by places.
    pub fn places(&self, found: &Comparison) -> Vec<(usize, usize)> {
        let links = found.links.iter();
        links
            .map(|link| (self.place(link.left), self.place(link.right)))
            .collect()
    }

    /// The passage that a comparison shows opposite one.
    pub fn shown(&self, found: &Comparison, side: usize, place: usize) -> Option<usize> {
        let id = self.passages[side][place];
        let side = [Side::Left, Side::Right][side];
        found.opposite(side, id).map(|other| self.place(other))
    }

    fn place(&self, id: PassageId) -> usize {
        let side = &self.passages[id.document];
        let place = side.iter().position(|one| *one == id);
        place.expect("links are between the prose passages of both sides")
    }
}

/// The pairs of a folder, by name; none, with a line that says so, where it is missing.
pub fn read_folder(folder: &Path) -> Vec<TextPair> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        println!("skipped: no folder {}", folder.display());
        return Vec::new();
    };
    let mut paths: Vec<_> = entries
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            let text = std::fs::read_to_string(path)
                .unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()));
            read(&name, &text)
        })
        .collect()
}

fn read(name: &str, text: &str) -> TextPair {
    let mut sections = text.split("\n== ").skip(1);
    let mut side = |at: usize| {
        let section = sections.next().unwrap_or_default();
        let (header, body) = section.split_once('\n').unwrap_or_default();
        let title = header.split(" | ").nth(1).unwrap_or_default();
        let id = DocumentId::from(format!("{name}-{at}"));
        let language = language::detect(body).unwrap_or("en");
        let title = title.replace('\'', "''");
        let file = format!("---\ntitle: '{title}'\nlanguage: {language}\n---\n{body}\n");
        let (document, problems) = markdown::read(id, name, &file);
        assert!(problems.is_empty(), "{name}: {problems:?}");
        document
    };
    let documents = [side(0), side(1)];
    let passages = [0, 1].map(|at: usize| {
        let prose = documents[at]
            .passages()
            .filter(|passage| passage.kind().is_prose());
        let id = |passage| PassageId {
            document: at,
            passage,
        };
        prose.map(|passage| id(passage.index())).collect::<Vec<_>>()
    });
    let mut pair = TextPair {
        name: name.to_owned(),
        documents,
        together: HashSet::new(),
        arguable: HashSet::new(),
        passages,
    };
    let links = sections.next().unwrap_or_default();
    for line in links.lines().skip(1) {
        pair.take_in(line.split("//").next().unwrap_or_default().trim());
    }
    assert!(!pair.together.is_empty(), "{name} has no links");
    let together = &pair.together;
    pair.arguable.retain(|link| !together.contains(link));
    pair
}

impl TextPair {
    fn take_in(&mut self, line: &str) {
        if line.is_empty() {
            return;
        }
        let (left, rights, links) = match (line.split_once('='), line.split_once('~')) {
            (Some((left, rights)), None) => (left, rights, &mut self.together),
            (None, Some((left, rights))) => (left, rights, &mut self.arguable),
            _ => panic!("{}: not a judgement: {line}", self.name),
        };
        let number = |text: &str, side: usize| {
            let number: usize = text
                .trim()
                .parse()
                .ok()
                .filter(|number| *number > 0)
                .unwrap_or_else(|| panic!("{}: no passage {text}", self.name));
            assert!(
                number <= self.passages[side].len(),
                "{}: no passage {number} in {line}",
                self.name
            );
            number - 1
        };
        for right in rights.split([' ', ',']).filter(|right| !right.is_empty()) {
            links.insert((number(left, 0), number(right, 1)));
        }
    }
}
