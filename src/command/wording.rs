//! `diptych wording P Q`: the words that one side uses more, those that it alone uses, and what each calls the same thing.
//!
//! Invariant: counts are of the passages compared; a count is shown beside each word.

use super::csv;
use super::output::{self, Form};
use super::sides::{self, OnTopic, Sides, sides};
use crate::analysis::evidence;
use crate::analysis::quotes;
use crate::analysis::wording::naming::{self, NamingCounts};
use crate::analysis::wording::{self, Included, OnlyHere, Question, Term, Wording};
use crate::corpus::{Corpus, PassageId};
use anyhow::Result;
use serde::Serialize;
use std::path::Path;

/// What was asked for.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The left perspective or file, or a folder alone.
    pub left: &'a str,
    /// The right one; none beside a folder.
    pub right: Option<&'a str>,
    /// The topic; none for everything.
    pub topic: Option<&'a str>,
    /// What is counted besides.
    pub included: Included,
    /// A text as often as it stands in a side, not once.
    pub copies: bool,
}

/// What is printed as JSON.
#[derive(Serialize)]
pub struct Json<'a> {
    topic: Option<&'a str>,
    left: Vec<JsonTerm<'a>>,
    right: Vec<JsonTerm<'a>>,
    only_left: Vec<JsonOnly<'a>>,
    only_right: Vec<JsonOnly<'a>>,
    naming: Vec<JsonNaming<'a>>,
    words: [usize; 2],
}

#[derive(Serialize)]
struct JsonTerm<'a> {
    term: &'a str,
    count: usize,
    other_count: usize,
    z: f64,
    documents: usize,
}

impl<'a> From<&'a Term> for JsonTerm<'a> {
    fn from(term: &'a Term) -> Self {
        Self {
            term: &term.text,
            count: term.count,
            other_count: term.other_count,
            z: term.z,
            documents: term.documents,
        }
    }
}

#[derive(Serialize)]
struct JsonOnly<'a> {
    term: &'a str,
    count: usize,
    p: f64,
    documents: usize,
}

impl<'a> From<&'a OnlyHere> for JsonOnly<'a> {
    fn from(only: &'a OnlyHere) -> Self {
        Self {
            term: &only.text,
            count: only.count,
            p: only.p,
            documents: only.documents,
        }
    }
}

#[derive(Serialize)]
struct JsonNaming<'a> {
    id: &'a str,
    title: &'a str,
    terms: Vec<JsonName<'a>>,
}

#[derive(Serialize)]
struct JsonName<'a> {
    term: &'a str,
    left: usize,
    right: usize,
}

/// The columns of the table of words.
const HEAD: [&str; 9] = [
    "list",
    "side",
    "term",
    "count",
    "other_count",
    "z",
    "p",
    "documents",
    "naming",
];

/// All there is to print.
pub struct Page<'a> {
    /// What they are of.
    pub corpus: &'a Corpus,
    /// What the sides are called.
    pub names: [&'a str; 2],
    /// What they are on.
    pub topic: Option<&'a OnTopic>,
    /// What was counted besides.
    pub included: Included,
    /// The words.
    pub wording: Wording,
    /// The rival names.
    pub namings: Vec<NamingCounts>,
}

/// Prints the words of two sides.
pub fn run(corpus_path: Option<&Path>, asked: &Asked<'_>, form: Form) -> Result<()> {
    let Sides { corpus, pair, .. } = sides(corpus_path, asked.left, asked.right)?;
    let topic = sides::on_topic(&corpus, asked.topic)?;
    let on = [&pair[0], &pair[1]].map(|side| sides::passages_on(side, topic.as_ref()));
    let [left, right]: [Vec<PassageId>; 2] = if asked.copies {
        on
    } else {
        let copies = sides::copies_in(&corpus);
        on.map(|passages| copies.once(passages))
    };
    let question = Question {
        documents: &corpus.documents,
        language: &corpus.language,
        left: &left,
        right: &right,
        included: asked.included,
        quoted: &quotes::spans,
    };
    let background = evidence::background(&question);
    let page = Page {
        wording: wording::wording(&question, background.as_ref()),
        namings: naming::count(
            &corpus.documents,
            &corpus.language,
            &corpus.namings,
            &[&left, &right],
        ),
        corpus: &corpus,
        names: [&pair[0].name, &pair[1].name],
        topic: topic.as_ref(),
        included: asked.included,
    };
    match form {
        Form::Json => output::json(&page.json()),
        Form::Csv => csv::print(&HEAD, page.fields()),
        Form::Text => output::text(&page.text()),
    }
}

impl Page<'_> {
    /// All of it.
    pub fn json(&self) -> Json<'_> {
        Json {
            topic: self.topic.map(|topic| topic.id.as_str()),
            left: self.wording.left.iter().map(JsonTerm::from).collect(),
            right: self.wording.right.iter().map(JsonTerm::from).collect(),
            only_left: self.wording.only_left.iter().map(JsonOnly::from).collect(),
            only_right: self.wording.only_right.iter().map(JsonOnly::from).collect(),
            naming: self
                .namings
                .iter()
                .map(|counts| self.naming(counts))
                .collect(),
            words: self.wording.words,
        }
    }

    fn naming<'p>(&'p self, counts: &'p NamingCounts) -> JsonNaming<'p> {
        let naming = &self.corpus.namings[counts.naming];
        JsonNaming {
            id: &naming.id,
            title: &naming.title,
            terms: counts
                .terms
                .iter()
                .map(|term| JsonName {
                    term: &term.term,
                    left: term.sides[0].len(),
                    right: term.sides[1].len(),
                })
                .collect(),
        }
    }

    /// A row for each word of each list, and for each rival name on each side.
    pub fn fields(&self) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        let Wording {
            left,
            right,
            only_left,
            only_right,
            ..
        } = &self.wording;
        let row = |list: &str, side: &str, term: &str, counts: [usize; 2]| {
            vec![
                list.to_owned(),
                side.to_owned(),
                term.to_owned(),
                counts[0].to_string(),
                counts[1].to_string(),
            ]
        };
        for (side, terms) in [("left", left), ("right", right)] {
            rows.extend(terms.iter().map(|term| {
                let mut row = row("more", side, &term.text, [term.count, term.other_count]);
                row.extend([
                    format!("{:.2}", term.z),
                    String::new(),
                    term.documents.to_string(),
                    String::new(),
                ]);
                row
            }));
        }
        for (side, terms) in [("left", only_left), ("right", only_right)] {
            rows.extend(terms.iter().map(|only| {
                let mut row = row("only", side, &only.text, [only.count, 0]);
                row.extend([
                    String::new(),
                    chance_in_digits(only.p),
                    only.documents.to_string(),
                    String::new(),
                ]);
                row
            }));
        }
        for counts in &self.namings {
            let naming = self.naming(counts);
            // A name that neither side uses tells nothing.
            let used = naming
                .terms
                .iter()
                .filter(|name| name.left + name.right > 0);
            for name in used {
                for (side, counts) in [
                    ("left", [name.left, name.right]),
                    ("right", [name.right, name.left]),
                ] {
                    let mut row = row("naming", side, name.term, counts);
                    row.extend([
                        String::new(),
                        String::new(),
                        String::new(),
                        naming.id.to_owned(),
                    ]);
                    rows.push(row);
                }
            }
        }
        rows
    }

    /// The lists one after the other, and what they show.
    pub fn text(&self) -> String {
        let [left, right] = self.names;
        let topic = self.topic.map_or_else(
            || "everything".to_owned(),
            |topic| format!("“{}”", topic.title),
        );
        let left_out = match (self.included.names, self.included.quoted) {
            (false, false) => " · names and quoted speech left out (--names, --quoted)",
            (false, true) => " · names left out (--names)",
            (true, false) => " · quoted speech left out (--quoted)",
            (true, true) => "",
        };
        let [left_words, right_words] = self.wording.words;
        let mut parts = vec![format!(
            "left: {left}\nright: {right}\n{topic}: {left_words} and {right_words} words counted{left_out}"
        )];
        let lists = [
            ("more on the left", terms(&self.wording.left)),
            ("more on the right", terms(&self.wording.right)),
            ("only on the left", only(&self.wording.only_left)),
            ("only on the right", only(&self.wording.only_right)),
        ];
        let is_empty = lists.iter().all(|(_, lines)| lines.is_empty());
        for (title, lines) in lists.into_iter().filter(|(_, lines)| !lines.is_empty()) {
            parts.push(format!("{title}\n{}", lines.join("\n")));
        }
        if is_empty {
            parts.push(
                "no word stands out: the two differ in none more than chance would make them"
                    .to_owned(),
            );
        }
        if !self.namings.is_empty() {
            let lines: Vec<String> = self
                .namings
                .iter()
                .map(|counts| self.names_line(counts))
                .collect();
            parts.push(format!(
                "what each calls it (left : right)\n{}",
                lines.join("\n")
            ));
        }
        parts.push(wording::WHAT_IT_SHOWS.to_owned());
        parts.join("\n\n")
    }

    fn names_line(&self, counts: &NamingCounts) -> String {
        let naming = self.naming(counts);
        let used = naming
            .terms
            .iter()
            .filter(|term| term.left + term.right > 0);
        let used: Vec<String> = used
            .map(|term| format!("{} {} : {}", term.term, term.left, term.right))
            .collect();
        format!("  {}: {}", naming.title, used.join(" · "))
    }
}

/// A chance for a spreadsheet: as many digits as mean something.
fn chance_in_digits(p: f64) -> String {
    if p < 0.001 {
        format!("{p:.1e}")
    } else {
        format!("{p:.4}")
    }
}

fn terms(terms: &[Term]) -> Vec<String> {
    let line = |term: &Term| {
        let Term {
            text,
            count,
            other_count,
            z,
            documents,
            ..
        } = term;
        let documents = output::counted(*documents, "document");
        format!("  {text}  {count} : {other_count}  z {z:.1}, in {documents}")
    };
    terms.iter().map(line).collect()
}

fn only(terms: &[OnlyHere]) -> Vec<String> {
    let line = |only: &OnlyHere| {
        let OnlyHere {
            text,
            count,
            p,
            documents,
            ..
        } = only;
        let documents = output::counted(*documents, "document");
        format!(
            "  {text}  {count} : 0  by chance {}, in {documents}",
            wording::chance(*p)
        )
    };
    terms.iter().map(line).collect()
}
