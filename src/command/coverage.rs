//! `diptych coverage`: who speaks of what, as a table that fits the terminal, whole into a pipe, or as JSON.
//!
//! Invariant: every topic and every column is there, and a cell in which nothing was found is explicit.

use super::columns::Line;
use super::output::{self, Ink};
use super::topics;
use crate::analysis;
use crate::analysis::copies::{self, Copies};
use crate::analysis::coverage::{By, Column, Coverage, Speaker, coverage, words_of_cells};
use crate::analysis::tagging::Tagging;
use crate::analysis::watch::Watch;
use crate::app::coverage::names::{Name, names, noun, shade};
use crate::corpus::{Corpus, Topic};
use crate::export::{Report, Table};
use crate::text::{safe, width};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// The widest head of a column on a terminal, in cells.
const WIDEST_HEAD: usize = 22;
/// As wide as heads are where not all columns fit beside each other.
const NARROW_HEAD: usize = 7;
/// Below this many columns there is no room for a table: each topic lists who speaks of it.
const NARROWEST: u16 = 40;
/// What stands where nothing was found.
const NOTHING: &str = "·";
/// The row under the topics.
const ON_ANY: &str = "on any topic";

/// How it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As JSON.
    Json,
    /// Every column beside the other, named by its id.
    Whole,
    /// As many columns beside each other as fit.
    Fitting {
        /// Cells of the terminal.
        columns: u16,
        /// With colours.
        colours: bool,
    },
}

#[derive(Serialize)]
struct JsonTopic<'a> {
    id: &'a str,
    title: &'a str,
    key: Option<char>,
    passages: usize,
    speakers: usize,
    unevenness: f32,
    /// The one column that speaks of it.
    only: Option<Map<String, Value>>,
}

/// All there is to print.
struct Page<'a> {
    corpus: &'a Corpus,
    topics: &'a [Topic],
    coverage: &'a Coverage,
    names: Vec<Name>,
    orders: &'a Orders,
}

/// Prints the matrix; a text that stands several times in a column counts once, or every time where all copies are asked for.
pub fn run(corpus: &Corpus, by: By, all_copies: bool, form: Form) -> anyhow::Result<()> {
    let counted = Counted::new(corpus, by, all_copies)?;
    let Counted {
        topics, coverage, ..
    } = &counted;
    if form == Form::Json {
        return output::json(&counted.json(corpus));
    }
    let page = counted.page(corpus);
    if topics.is_empty() {
        output::tell(&topics::none(corpus));
        return Ok(());
    }
    if coverage.columns.is_empty() {
        output::tell(match by {
            By::Voices => "no voices: no passage of this corpus is given to a speaker",
            By::Sources | By::Documents => "no documents",
        });
        return Ok(());
    }
    match form {
        Form::Json | Form::Whole => output::text(&page.whole()),
        Form::Fitting { columns, .. } if columns < NARROWEST => output::text(&page.listed()),
        Form::Fitting { columns, colours } => {
            output::inked(&page.fitting(usize::from(columns)), colours)
        }
    }
}

/// Who speaks of what, counted.
pub(super) struct Counted {
    topics: Vec<Topic>,
    tagging: Tagging,
    coverage: Coverage,
    copies: Option<Copies>,
    orders: Orders,
}

/// Which topics and columns are handed over, in which order.
pub(super) struct Orders {
    /// The topics.
    pub(super) topics: Vec<usize>,
    /// The columns.
    pub(super) columns: Vec<usize>,
}

impl Orders {
    /// All, as they come.
    fn given(topics: usize, columns: usize) -> Self {
        Self {
            topics: (0..topics).collect(),
            columns: (0..columns).collect(),
        }
    }
}

impl Counted {
    /// Counts; a text that stands several times in a column once, or every time where all copies are asked for.
    pub(super) fn new(corpus: &Corpus, by: By, all_copies: bool) -> anyhow::Result<Self> {
        let (topics, tagging) = analysis::topics_of(corpus)?;
        let mut coverage = coverage(&corpus.documents, &tagging, topics.len(), by);
        let copies = if all_copies {
            None
        } else {
            copies::find(&corpus.documents, Watch::NOBODY)
        };
        if let Some(copies) = &copies {
            coverage.count_once(&corpus.documents, &tagging, copies);
        }
        let orders = Orders::given(topics.len(), coverage.columns.len());
        Ok(Self::of(topics, tagging, coverage, copies, orders))
    }

    /// Who speaks of what, as it was counted.
    pub(super) fn of(
        topics: Vec<Topic>,
        tagging: Tagging,
        coverage: Coverage,
        copies: Option<Copies>,
        orders: Orders,
    ) -> Self {
        Self {
            topics,
            tagging,
            coverage,
            copies,
            orders,
        }
    }

    fn page<'a>(&'a self, corpus: &'a Corpus) -> Page<'a> {
        Page {
            corpus,
            topics: &self.topics,
            names: names(corpus, &self.coverage),
            coverage: &self.coverage,
            orders: &self.orders,
        }
    }

    /// The matrix as JSON.
    pub(super) fn json(&self, corpus: &Corpus) -> Value {
        let (copies, coverage) = (self.copies.as_ref(), &self.coverage);
        let words = words_of_cells(&corpus.documents, &self.tagging, copies, coverage);
        self.page(corpus).json(&words)
    }

    /// The matrix as it is handed over.
    pub(super) fn report(&self, corpus: &Corpus) -> Report {
        let page = self.page(corpus);
        let noun = noun(self.coverage.by);
        let Orders { topics, columns } = &self.orders;
        let names = columns
            .iter()
            .map(|column| page.names[*column].full.clone());
        let row = |at: &usize| {
            let counts = columns
                .iter()
                .map(|column| self.coverage.passages(*at, *column));
            let total = self.coverage.topics[*at].passages;
            std::iter::once(self.topics[*at].title.clone())
                .chain(
                    std::iter::once(total)
                        .chain(counts)
                        .map(|count| count.to_string()),
                )
                .collect()
        };
        let only = topics.iter().filter_map(|at| {
            let only = self.coverage.topics[*at].only?;
            Some(vec![
                self.topics[*at].title.clone(),
                page.names.get(only)?.full.clone(),
            ])
        });
        let head = ["topic".to_owned(), "all".to_owned()];
        let passages = self.coverage.columns.iter();
        Report {
            title: format!("Who speaks of what: {}", corpus.title),
            lead: vec![format!(
                "Passages on each topic, for each {noun}: {} in all. 0 means that none was found, not that anything was left out.",
                passages.map(|column| column.passages).sum::<usize>()
            )],
            tables: vec![
                Table {
                    title: format!("Topics by {noun}s"),
                    head: head.into_iter().chain(names).collect(),
                    rows: topics.iter().map(row).collect(),
                },
                Table {
                    title: format!("Topics that only one {noun} speaks of"),
                    head: vec!["topic".to_owned(), noun.to_owned()],
                    rows: only.collect(),
                },
            ],
            ..Report::default()
        }
    }
}

impl Page<'_> {
    /// What names a column in JSON: its source, document or voice; the document too where the source is not one publisher.
    fn json_name(&self, column: &Column) -> Map<String, Value> {
        let mut name = Map::new();
        match &column.speaker {
            Speaker::Source(id) => {
                name.insert("source".to_owned(), json!(id));
            }
            Speaker::Document(at) => {
                let Some(document) = self.corpus.documents.get(*at) else {
                    return name;
                };
                if self.coverage.by == By::Sources {
                    name.insert("source".to_owned(), json!(document.meta.source));
                }
                name.insert("document".to_owned(), json!(document.id));
            }
            Speaker::Voice(voice) => {
                name.insert("voice".to_owned(), json!(voice));
            }
        }
        name
    }

    fn json(&self, words: &[Vec<usize>]) -> Value {
        let columns = &self.coverage.columns;
        let topic = |at: &usize| {
            let (topic, spread) = (&self.topics[*at], &self.coverage.topics[*at]);
            let only = spread.only.and_then(|column| columns.get(column));
            json!(JsonTopic {
                id: topic.id.as_str(),
                title: &topic.title,
                key: topic.key,
                passages: spread.passages,
                speakers: spread.speakers,
                unevenness: spread.unevenness,
                only: only.map(|column| self.json_name(column)),
            })
        };
        let topics: Vec<Value> = self.orders.topics.iter().map(topic).collect();
        let column = |at: &usize| {
            let (at, column) = (*at, &columns[*at]);
            let only: Vec<&str> = self
                .coverage
                .only_here(at)
                .map(|topic| self.topics[topic].id.as_str())
                .collect();
            let mut row = self.json_name(column);
            row.insert("title".to_owned(), json!(self.names[at].full));
            row.insert("passages".to_owned(), json!(column.passages));
            row.insert("on_any_topic".to_owned(), json!(column.on_any));
            row.insert("only".to_owned(), json!(only));
            Value::Object(row)
        };
        let named: Vec<Value> = self.orders.columns.iter().map(column).collect();
        let mut cells = Vec::new();
        for &at in &self.orders.topics {
            let topic = &self.topics[at];
            for &column in &self.orders.columns {
                let of = &columns[column];
                let mut cell = Map::new();
                cell.insert("topic".to_owned(), json!(topic.id));
                cell.extend(self.json_name(of));
                let passages = self.coverage.passages(at, column);
                cell.insert("passages".to_owned(), json!(passages));
                cell.insert("words".to_owned(), json!(words[at][column]));
                let shared = self.coverage.shared(at, column);
                cell.insert("shared".to_owned(), json!(shared));
                cells.push(Value::Object(cell));
            }
        }
        let mut page = Map::new();
        page.insert("topics".to_owned(), Value::Array(topics));
        page.insert(format!("{}s", noun(self.coverage.by)), Value::Array(named));
        page.insert("cells".to_owned(), Value::Array(cells));
        Value::Object(page)
    }

    /// The id of a column, as other commands take it.
    fn id(&self, column: &Column) -> String {
        match &column.speaker {
            Speaker::Source(id) => id.to_string(),
            Speaker::Document(at) => {
                let document = self.corpus.documents.get(*at);
                document.map_or_else(String::new, |document| document.id.to_string())
            }
            Speaker::Voice(name) => name.clone(),
        }
    }

    fn count(&self, topic: usize, column: usize) -> String {
        match self.coverage.passages(topic, column) {
            0 => NOTHING.to_owned(),
            count => count.to_string(),
        }
    }

    /// The topics that one column alone speaks of, with its name.
    fn only_lines(&self) -> Vec<String> {
        let noun = noun(self.coverage.by);
        let only = self.topics.iter().zip(&self.coverage.topics);
        let lines: Vec<String> = only
            .filter_map(|(topic, spread)| {
                let name = self.names.get(spread.only?)?;
                Some(format!("  {}: {}", topic.title, name.full))
            })
            .collect();
        if lines.is_empty() {
            return Vec::new();
        }
        std::iter::once(format!("topics that only one {noun} speaks of:"))
            .chain(lines)
            .collect()
    }

    fn whole(&self) -> String {
        let columns = &self.coverage.columns;
        let ids: Vec<String> = columns.iter().map(|column| self.id(column)).collect();
        let head: Vec<&str> = ["topic", "total"]
            .into_iter()
            .chain(ids.iter().map(String::as_str))
            .collect();
        let topic_row = |(at, topic): (usize, &Topic)| {
            let total = self.coverage.topics[at].passages.to_string();
            let counts = (0..columns.len()).map(|column| self.count(at, column));
            [topic.id.to_string(), total]
                .into_iter()
                .chain(counts)
                .collect()
        };
        let rows = self.topics.iter().enumerate().map(topic_row);
        let mut text = output::table(&head, rows);
        let only = self.only_lines();
        if !only.is_empty() {
            text.push_str("\n\n");
            text.push_str(&only.join("\n"));
        }
        text
    }

    /// Each topic with who speaks of it, most first, and who does not.
    fn listed(&self) -> String {
        let topic = |(at, topic): (usize, &Topic)| {
            let mut columns: Vec<usize> = (0..self.names.len()).collect();
            columns.sort_by_key(|column| std::cmp::Reverse(self.coverage.passages(at, *column)));
            let lines = columns.into_iter().map(|column| {
                format!("\n  {} {}", self.count(at, column), self.names[column].full)
            });
            format!("{}{}", topic.title, lines.collect::<String>())
        };
        let topics: Vec<String> = self.topics.iter().enumerate().map(topic).collect();
        topics.join("\n")
    }

    /// Blocks of as many columns as fit, each with the topics' titles before it.
    fn fitting(&self, columns: usize) -> Vec<Line> {
        let cells = |text: &str| width::line(&safe::line(text));
        let titles = self.topics.iter().map(|topic| cells(&topic.title));
        let widest = titles.chain([ON_ANY.len()]).max().unwrap_or(0);
        let title_cells = widest.min((columns / 3).max(8));
        let total_cells = self.total().to_string().len().max("total".len());
        let room = columns.saturating_sub(title_cells + 2 + total_cells);
        let widths = self.widths(room);
        let mut lines = Vec::new();
        let mut rest = &widths[..];
        while !rest.is_empty() {
            let mut used = 0;
            let fits = |(_, wide): &&(usize, usize)| {
                used += 2 + wide;
                used <= room
            };
            let count = rest.iter().take_while(fits).count().max(1);
            let (block, others) = rest.split_at(count);
            rest = others;
            if !lines.is_empty() {
                lines.push(Vec::new());
            }
            lines.extend(self.block(block, title_cells, total_cells));
        }
        let cut = widths
            .iter()
            .filter(|(at, wide)| cells(&self.names[*at].short) > *wide);
        let mut notes: Vec<String> = cut
            .map(|(at, wide)| {
                let head = width::truncate(&safe::line(&self.names[*at].short), *wide);
                format!("  {head} is {}", self.names[*at].full)
            })
            .collect();
        if !notes.is_empty() {
            notes.insert(0, String::new());
        }
        let only = self.only_lines();
        if !only.is_empty() {
            notes.push(String::new());
            notes.extend(only);
        }
        let cut = |note: String| vec![(Ink::Plain, width::truncate(&safe::line(&note), columns))];
        lines.extend(notes.into_iter().map(cut));
        lines
    }

    /// Every column with its cells: as wide as lets all of them stand beside each other, or else narrow.
    fn widths(&self, room: usize) -> Vec<(usize, usize)> {
        // A shade and a space stand before a count.
        let least = self.coverage.most().to_string().len() + 2;
        let heads: Vec<usize> = self
            .names
            .iter()
            .map(|name| width::line(&safe::line(&name.short)).max(least))
            .collect();
        let all =
            |widest: usize| -> usize { heads.iter().map(|head| 2 + (*head).min(widest)).sum() };
        let narrow = NARROW_HEAD.max(least);
        let widest = (narrow..=WIDEST_HEAD.max(narrow))
            .rev()
            .find(|widest| all(*widest) <= room);
        let widest = widest.unwrap_or(narrow);
        heads
            .into_iter()
            .map(|head| head.min(widest))
            .enumerate()
            .collect()
    }

    fn total(&self) -> usize {
        self.coverage
            .columns
            .iter()
            .map(|column| column.on_any)
            .sum()
    }

    /// Some columns, each with its width in cells.
    fn block(&self, block: &[(usize, usize)], title_cells: usize, total_cells: usize) -> Vec<Line> {
        let mut head = vec![
            (Ink::Quiet, title("", title_cells)),
            (Ink::Quiet, column("total", total_cells)),
        ];
        for (at, wide) in block {
            head.push((Ink::Strong, column(&self.names[*at].short, *wide)));
        }
        let mut lines = vec![head];
        for (topic, spread) in self.coverage.topics.iter().enumerate() {
            let mut line = vec![
                (Ink::Plain, title(&self.topics[topic].title, title_cells)),
                (
                    Ink::Quiet,
                    column(&spread.passages.to_string(), total_cells),
                ),
            ];
            for (at, wide) in block {
                let count = self.coverage.passages(topic, *at);
                let shown = format!(
                    "{} {}",
                    shade(count, self.coverage.most()),
                    self.count(topic, *at)
                );
                let ink = if count == 0 { Ink::Quiet } else { Ink::Plain };
                line.push((ink, column(shown.trim(), *wide)));
            }
            lines.push(line);
        }
        let mut last = vec![
            (Ink::Quiet, title(ON_ANY, title_cells)),
            (Ink::Quiet, column(&self.total().to_string(), total_cells)),
        ];
        for (at, wide) in block {
            let on_any = self.coverage.columns[*at].on_any.to_string();
            last.push((Ink::Quiet, column(&on_any, *wide)));
        }
        lines.push(last);
        lines
    }
}

/// A title cut to so many cells, and filled up to them.
fn title(text: &str, cells: usize) -> String {
    let shown = width::truncate(&safe::line(text), cells);
    let free = cells.saturating_sub(width::line(&shown));
    shown + &" ".repeat(free)
}

/// What stands flush right in a column of so many cells, after the gap before it.
fn column(text: &str, cells: usize) -> String {
    let shown = width::truncate(&safe::line(text), cells);
    let free = cells.saturating_sub(width::line(&shown));
    " ".repeat(2 + free) + &shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::builtin;

    fn check(by: By, look: impl Fn(&Page<'_>)) {
        let corpus = builtin::corpus();
        let (topics, tagging) = analysis::topics_of(&corpus).unwrap();
        let coverage = coverage(&corpus.documents, &tagging, topics.len(), by);
        look(&Page {
            corpus: &corpus,
            topics: &topics,
            names: names(&corpus, &coverage),
            coverage: &coverage,
            orders: &Orders::given(topics.len(), coverage.columns.len()),
        });
    }

    #[test]
    fn the_table_fits_the_terminal_and_has_every_cell() {
        for by in [By::Sources, By::Documents, By::Voices] {
            check(by, |page| {
                for columns in usize::from(NARROWEST)..240 {
                    let lines = page.fitting(columns);
                    let texts: Vec<String> = lines
                        .iter()
                        .map(|line| line.iter().map(|(_, text)| text.as_str()).collect())
                        .collect();
                    assert!(
                        texts.iter().all(|line| width::line(line) <= columns),
                        "{by:?} {columns}"
                    );
                    let topic = &page.topics[0].title;
                    let start: String = topic.chars().take(10).collect();
                    let rows = texts
                        .iter()
                        .filter(|line| line.starts_with(&start) && !line.contains(": "));
                    let cells = rows.map(|line| {
                        let counts = line
                            .split_whitespace()
                            .filter(|word| *word == NOTHING || word.parse::<usize>().is_ok());
                        // The total stands first.
                        counts.count() - 1
                    });
                    assert_eq!(
                        cells.sum::<usize>(),
                        page.coverage.columns.len(),
                        "{by:?} {columns}"
                    );
                }
            });
        }
    }

    #[test]
    fn without_room_for_a_table_everybody_is_listed() {
        check(By::Sources, |page| {
            let listed = page.listed();
            assert_eq!(listed.matches("CrimethInc.").count(), page.topics.len());
        });
    }
}
