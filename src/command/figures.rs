//! `diptych figures`: how many, of what, who says so; and by what they count, source by source.
//!
//! Invariant: places are given as `document`, `number` of the passage, and `start` and `end` in bytes of the passage's text.

use super::output::Form;
use super::part::Part;
use super::{csv, output, sides};
use crate::analysis::coverage::{Speaker, publisher_of};
use crate::analysis::figures::ledger::{Doubt, Entry, Group, Ledger, Verdict, ground, ledger};
use crate::analysis::figures::{self, Figure};
use crate::analysis::watch::Watch;
use crate::corpus::{Corpus, PassageId};
use crate::text::{safe, width};
use anyhow::Result;
use serde::Serialize;

/// What was asked for.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The topic; none for everything.
    pub topic: Option<&'a str>,
    /// The perspective; none for the corpus.
    pub within: Option<&'a str>,
    /// Side by side.
    pub ledger: bool,
    /// A text as often as it stands in a source, not once.
    pub copies: bool,
    /// How it is printed.
    pub form: Form,
}

/// A figure.
#[derive(Serialize)]
pub struct Row<'a> {
    pub(super) document: &'a str,
    pub(super) number: usize,
    pub(super) text: &'a str,
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
    pub(super) unit: Option<&'a str>,
    pub(super) counts: Option<&'a str>,
    hedge: Option<&'a str>,
    pub(super) attributed_to: Option<&'a str>,
    quoted: bool,
    pub(super) start: u32,
    pub(super) end: u32,
    kind: &'a str,
    pub(super) predicate: Option<&'a str>,
    pub(super) scope: Option<&'a str>,
    attributed_as: Option<&'a str>,
    attribution_note: Option<&'a str>,
    scope_from: Option<&'a str>,
    elsewhere: bool,
}

/// Figures of the same thing.
#[derive(Serialize)]
pub struct GroupRow<'a> {
    counts: &'a str,
    predicate: Option<&'a str>,
    unit: Option<&'a str>,
    kind: &'a str,
    scope: Option<&'a str>,
    part: bool,
    figures: Vec<EntryRow<'a>>,
    verdicts: Vec<VerdictRow<'a>>,
}

#[derive(Serialize)]
struct EntryRow<'a> {
    source: &'a str,
    beside: Option<&'a str>,
    /// How it stands to the figures of other sources that it is compared with.
    stands: Option<&'a str>,
    #[serde(flatten)]
    row: Row<'a>,
}

#[derive(Serialize)]
struct VerdictRow<'a> {
    left: &'a str,
    right: &'a str,
    verdict: &'a str,
}

/// The columns of the table of figures.
const HEAD: [&str; 19] = [
    "document",
    "number",
    "text",
    "low",
    "high",
    "unit",
    "counts",
    "hedge",
    "attributed_to",
    "quoted",
    "start",
    "end",
    "kind",
    "predicate",
    "scope",
    "attributed_as",
    "attribution_note",
    "scope_from",
    "elsewhere",
];

/// A figure as it is told.
pub(super) struct Told {
    /// Its words, with the sign of one that overlaps none of the others.
    pub(super) text: String,
    /// Who says so, what is counted, when and where, what is noted of it.
    pub(super) facts: Vec<String>,
}

/// The figures that were asked for.
pub struct Page<'a> {
    /// What they are of.
    pub corpus: &'a Corpus,
    /// In the order they are listed.
    pub figures: Vec<Figure>,
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The figures in columns.
    pub ledger: Ledger,
}

/// Prints the figures of a corpus.
pub fn run(corpus: &Corpus, asked: &Asked<'_>) -> Result<()> {
    let part = Part::new(corpus, asked.within, asked.topic)?;
    let is_wanted = |id: PassageId| part.holds(id);
    let page = Page::new(corpus, is_wanted, asked.copies);
    if asked.form == Form::Text && page.figures.is_empty() {
        output::tell(&format!("no figures found{}", part.told()));
        return Ok(());
    }
    match (asked.ledger, asked.form) {
        (false, Form::Json) => output::json(&page.rows()),
        (false, Form::Csv) => csv::print(&HEAD, page.rows().iter().map(fields)),
        (false, Form::Text) => output::text(&page.text()),
        (true, Form::Json) => output::json(&page.group_rows()),
        (true, Form::Csv) => page.print_ledger_csv(),
        (true, Form::Text) => output::text(&page.ledger_text()),
    }
}

impl<'a> Page<'a> {
    fn new(corpus: &'a Corpus, is_wanted: impl Fn(PassageId) -> bool, copies: bool) -> Self {
        let mut ids = Vec::new();
        // Texts that do not say who published them need not share a publisher: each is a column of its own.
        let mut speakers: Vec<Speaker> = Vec::new();
        for (document, text) in corpus.documents.iter().enumerate() {
            for passage in text.passages().filter(|passage| passage.kind().is_prose()) {
                let id = PassageId {
                    document,
                    passage: passage.index(),
                };
                if is_wanted(id) {
                    ids.push(id);
                }
            }
        }
        if !copies {
            ids = sides::once_a_source(corpus, ids);
        }
        let figures = figures::find(&corpus.documents, &corpus.language, &ids, Watch::NOBODY)
            .unwrap_or_default();
        let speaker = |figure: &Figure| {
            let document = figure.passage.document;
            publisher_of(document, corpus.documents[document].source())
        };
        for figure in &figures {
            let speaker = speaker(figure);
            if !speakers.contains(&speaker) {
                speakers.push(speaker);
            }
        }
        let column = |at: usize| {
            let speaker = speaker(figures.get(at)?);
            speakers.iter().position(|known| *known == speaker)
        };
        let name = |speaker: &Speaker| match speaker {
            Speaker::Source(source) => source.to_string(),
            Speaker::Document(at) => corpus.documents[*at].id.to_string(),
            Speaker::Voice(voice) => voice.clone(),
        };
        Self {
            corpus,
            ledger: ledger(&figures, column, speakers.len()),
            columns: speakers.iter().map(name).collect(),
            figures,
        }
    }

    /// The figures, each a row.
    pub fn rows(&self) -> Vec<Row<'_>> {
        self.figures.iter().map(|figure| self.row(figure)).collect()
    }

    fn row<'f>(&'f self, figure: &'f Figure) -> Row<'f> {
        let document = &self.corpus.documents[figure.passage.document];
        let passage = document.passage(figure.passage.passage);
        let phrase = |phrase: &'f Option<figures::Phrase>| {
            phrase.as_ref().map(|phrase| phrase.text.as_str())
        };
        Row {
            document: document.id.as_str(),
            number: figure.passage.passage + 1,
            text: passage.map_or("", |passage| figure.span.of(passage.text())),
            low: figure.low,
            high: figure.high,
            unit: figure.unit.as_deref(),
            counts: phrase(&figure.counts),
            hedge: figure.hedge.as_deref(),
            attributed_to: phrase(&figure.attributed_to),
            attributed_as: figure.attributed_as.as_deref(),
            attribution_note: figure.attribution_note,
            quoted: figure.quoted,
            start: figure.span.start,
            end: figure.span.end,
            kind: figure.kind.name(),
            predicate: phrase(&figure.predicate),
            scope: figure.scope.as_ref().map(|scope| scope.text.as_str()),
            scope_from: figure.scope.as_ref().map(|scope| scope.origin.name()),
            elsewhere: figure
                .scope
                .as_ref()
                .is_some_and(|scope| scope.is_elsewhere),
        }
    }

    /// A figure as it is told, with its group in the ledger and its place there.
    pub(super) fn told(&self, figure: &Figure, known: Option<(&Group, &Entry)>) -> Told {
        let row = self.row(figure);
        let is_alone = known.is_some_and(|(group, entry)| group.is_alone(entry));
        let mut facts = vec![who(&row)];
        let said = [row.counts, row.predicate].into_iter().flatten();
        let said: Vec<&str> = said.collect();
        facts.extend((!said.is_empty()).then(|| safe::line(&said.join(", ")).into_owned()));
        facts.extend(row.scope.map(|scope| scope_told(&row, scope)));
        facts.extend(known.and_then(|(group, entry)| note(figure, group, entry)));
        Told {
            text: format!("{}{}", if is_alone { "≠ " } else { "" }, words_of(&row)),
            facts,
        }
    }

    fn text(&self) -> String {
        let rows = self.rows();
        let table = rows.iter().map(|row| {
            vec![
                format!("{}#{}", row.document, row.number),
                row.text.to_owned(),
                row.counts.unwrap_or_default().to_owned(),
                row.predicate.unwrap_or_default().to_owned(),
                match (row.attributed_to, row.attribution_note) {
                    (Some(who), Some(note)) => format!("“{who}” ({note})"),
                    (who, _) => who.unwrap_or_default().to_owned(),
                },
                row.scope.unwrap_or_default().to_owned(),
                if row.quoted { "quoted" } else { "" }.to_owned(),
            ]
        });
        output::table(
            &[
                "passage",
                "figure",
                "counts",
                "said of it",
                "according to",
                "when and where",
                "",
            ],
            table,
        )
    }

    /// The figures by what they count.
    pub fn group_rows(&self) -> Vec<GroupRow<'_>> {
        let source = |column: usize| self.columns.get(column).map_or("", String::as_str);
        let row = |group| self.group_row(group, &source);
        self.ledger.groups.iter().map(row).collect()
    }

    fn group_row<'f>(
        &'f self,
        group: &'f Group,
        source: &dyn Fn(usize) -> &'f str,
    ) -> GroupRow<'f> {
        GroupRow {
            counts: &group.title,
            predicate: group.predicate.as_deref(),
            unit: group.unit.as_deref(),
            kind: group.kind.name(),
            scope: group.scope.as_deref(),
            part: group.is_part,
            figures: group
                .entries
                .iter()
                .map(|entry| EntryRow {
                    source: source(entry.column),
                    beside: entry.doubt.map(Doubt::name),
                    stands: entry.stands.map(Verdict::name),
                    row: self.row(&self.figures[entry.figure]),
                })
                .collect(),
            verdicts: group
                .verdicts
                .iter()
                .map(|(left, right, verdict)| VerdictRow {
                    left: source(*left),
                    right: source(*right),
                    verdict: verdict.name(),
                })
                .collect(),
        }
    }

    fn print_ledger_csv(&self) -> Result<()> {
        let head: Vec<&str> = ["group", "source"].into_iter().chain(HEAD).collect();
        let rows = self.ledger.groups.iter().flat_map(|group| {
            group.entries.iter().map(|entry| {
                let mut row = vec![title(group), self.columns[entry.column].clone()];
                row.extend(fields(&self.row(&self.figures[entry.figure])));
                row
            })
        });
        csv::print(&head, rows)
    }

    /// Each group under its title: the sources, under each its figures with who says so, and how they stand to each other.
    pub fn ledger_text(&self) -> String {
        let group_text = |group: &Group| {
            let mut lines = vec![title(group)];
            for (column, source) in self.columns.iter().enumerate() {
                let entries = group.entries.iter().filter(|entry| entry.column == column);
                let mut told = entries
                    .flat_map(|entry| {
                        let figure = &self.figures[entry.figure];
                        let note = note(figure, group, entry);
                        entry_lines(&self.row(figure), note.as_deref())
                    })
                    .peekable();
                if told.peek().is_some() {
                    lines.push(format!("  {source}"));
                    lines.extend(told);
                }
            }
            for (left, right, verdict) in &group.verdicts {
                let ground = ground(&self.figures, group, (*left, *right));
                lines.push(format!(
                    "  {} / {}: {}",
                    self.columns[*left],
                    self.columns[*right],
                    verdict.told(ground)
                ));
            }
            lines.join("\n")
        };
        let texts: Vec<String> = self.ledger.groups.iter().map(group_text).collect();
        texts.join("\n\n")
    }
}

/// Cells of a line of the ledger; what is longer goes on in the next, so that nothing is cut.
const LINE_CELLS: usize = 80;

/// Said of a figure beside others of its group that do.
const OVERLAPS_NONE: &str = "overlaps none of the others";

/// What is noted of a figure in its group: that it only may belong there, or overlaps none of the others.
fn note(figure: &Figure, group: &Group, entry: &Entry) -> Option<String> {
    let doubt = entry.doubt.map(|doubt| doubt.told(figure));
    doubt.or_else(|| group.is_alone(entry).then(|| OVERLAPS_NONE.to_owned()))
}

/// A figure as it stands in its passage, in marks where it is quoted.
fn words_of(row: &Row<'_>) -> String {
    let text = safe::line(row.text);
    if row.quoted {
        format!("“{text}”")
    } else {
        text.into_owned()
    }
}

/// A figure in the ledger: what it says, who says so, of when and where, what is noted of it, and its passage.
fn entry_lines(row: &Row<'_>, note: Option<&str>) -> Vec<String> {
    let mut parts = vec![format!("{} — {}", words_of(row), who(row))];
    parts.extend(row.scope.map(|scope| scope_told(row, scope)));
    parts.extend(note.map(|note| safe::line(note).into_owned()));
    parts.push(format!("[{}#{}]", row.document, row.number));
    let mut lines: Vec<String> = Vec::new();
    let mut line = "   ".to_owned();
    for (at, part) in parts.iter().enumerate() {
        let words = part.split(' ').enumerate();
        for (word, piece) in words {
            let joint = if word == 0 && at > 0 { " · " } else { " " };
            if width::line(&line) + joint.len() + width::line(piece) > LINE_CELLS
                && !line.trim().is_empty()
            {
                lines.push(std::mem::replace(&mut line, "       ".to_owned()));
                line.push(' ');
            } else {
                line.push_str(joint);
            }
            line.push_str(piece);
        }
    }
    lines.push(line);
    lines
}

/// When and where, with where that is said if not in the sentence.
fn scope_told(row: &Row<'_>, scope: &str) -> String {
    let scope = safe::line(scope);
    match row.scope_from {
        Some("before") => format!("{scope} (said before)"),
        Some("heading") => format!("{scope} (heading)"),
        Some(_) | None => scope.into_owned(),
    }
}

/// Who says a figure; a pronoun that could not be told stands as in the text, with the reason.
fn who(row: &Row<'_>) -> String {
    let Some(who) = row.attributed_to else {
        return "who says so is not stated".to_owned();
    };
    let who = safe::line(who);
    match (row.attributed_as, row.attribution_note) {
        (Some(_), Some(note)) => format!("according to “{who}” ({note})"),
        (Some(pronoun), None) if *pronoun != *who => {
            format!("according to {who} (“{}”)", safe::line(pronoun))
        }
        (Some(_) | None, _) => format!("according to {who}"),
    }
}

/// What a group counts, on one line.
pub fn title(group: &Group) -> String {
    let counts = if group.title.is_empty() {
        "(what is counted is not said)"
    } else {
        &group.title
    };
    let scope = group
        .scope
        .as_ref()
        .map(|scope| format!("elsewhere: {scope}"));
    let parts = [
        Some(counts),
        group.predicate.as_deref(),
        group.unit.as_deref(),
        group.is_part.then_some("parts of what is told before"),
        scope.as_deref(),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn fields(row: &Row<'_>) -> Vec<String> {
    let words = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let bound = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
    vec![
        row.document.to_owned(),
        row.number.to_string(),
        row.text.to_owned(),
        bound(row.low),
        bound(row.high),
        words(row.unit),
        words(row.counts),
        words(row.hedge),
        words(row.attributed_to),
        row.quoted.to_string(),
        row.start.to_string(),
        row.end.to_string(),
        row.kind.to_owned(),
        words(row.predicate),
        words(row.scope),
        words(row.attributed_as),
        words(row.attribution_note),
        words(row.scope_from),
        row.elsewhere.to_string(),
    ]
}
