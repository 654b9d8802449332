//! `diptych evidence P Q`: what two sides say, laid open: figures, quotations and who speaks, words, and the texts that stand
//! more than once.
//!
//! Invariant: the parts are printed as `figures`, `quotes` and `wording` print them, with the side of each; places are given as
//! `document`, `number` of the passage, and `start` and `end` in bytes of the passage's text.

use super::output::{self, Form};
use super::sides::{self, OnTopic, Side, Sides, sides};
use super::{csv, figures, quotes, wording};
use crate::analysis::evidence::{
    self, Counted, Evidence, Options, Readings, RepeatedText, SideWords,
};
use crate::analysis::figures::ledger::why;
use crate::analysis::watch::Watch;
use crate::analysis::wording::{Included, Wording};
use crate::corpus::{Corpus, PassageId};
use crate::export::{Report, Table};
use crate::text::safe;
use anyhow::{Result, anyhow};
use serde::Serialize;
use std::path::Path;

/// What a side is called where the table has a column for it.
const SIDES: [&str; 2] = ["left", "right"];

/// The columns of the table: what is found, then where, then what is known of it. What a part does not have is empty.
const HEAD: [&str; 20] = [
    "part",
    "side",
    "text",
    "document",
    "number",
    "start",
    "end",
    "group",
    "low",
    "high",
    "unit",
    "counts",
    "attributed_to",
    "speaker",
    "count",
    "other_count",
    "z",
    "p",
    "documents",
    "copy_of",
];

/// What was asked for.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The left perspective or file, or a folder alone.
    pub left: &'a str,
    /// The right one; none beside a folder.
    pub right: Option<&'a str>,
    /// The topic; none for everything.
    pub topic: Option<&'a str>,
    /// Of each figure, how it stands to those of the other side.
    pub why: bool,
    /// What counts.
    pub counting: Options,
}

/// Something that stands on a side.
#[derive(Serialize)]
pub struct OnSide<'a, R> {
    side: &'a str,
    #[serde(flatten)]
    row: R,
}

#[derive(Serialize)]
pub(super) struct Json<'a> {
    topic: Option<&'a str>,
    left: &'a str,
    right: &'a str,
    counted: Vec<JsonCounted<'a>>,
    figures: Vec<OnSide<'a, figures::Row<'a>>>,
    ledger: Vec<figures::GroupRow<'a>>,
    quotes: Vec<OnSide<'a, quotes::QuoteRow<'a>>>,
    speakers: Vec<quotes::VoiceRow<'a>>,
    shared: Vec<quotes::SharedRow<'a>>,
    wording: wording::Json<'a>,
    copies: Vec<JsonCopy>,
}

#[derive(Serialize)]
struct JsonCounted<'a> {
    side: &'a str,
    passages: usize,
    copies: usize,
}

#[derive(Serialize)]
struct JsonCopy {
    left: Vec<String>,
    right: Vec<String>,
    elsewhere: Vec<String>,
}

/// All there is to print.
pub struct Page<'a> {
    corpus: &'a Corpus,
    names: [&'a str; 2],
    topic: Option<&'a OnTopic>,
    counted: Vec<Counted>,
    figures: figures::Page<'a>,
    figure_sides: Vec<usize>,
    quotes: quotes::Page<'a>,
    quote_sides: Vec<usize>,
    wording: wording::Page<'a>,
    copies: Vec<RepeatedText>,
}

/// Prints what two sides say.
pub fn run(corpus_path: Option<&Path>, asked: &Asked<'_>, form: Form) -> Result<()> {
    let Sides { corpus, pair, .. } = sides(corpus_path, asked.left, asked.right)?;
    let topic = sides::on_topic(&corpus, asked.topic)?;
    let [left, right] = &pair;
    let page = Page::new(&corpus, [left, right], topic.as_ref(), asked.counting)?;
    match form {
        Form::Json => output::json(&page.json()),
        Form::Csv => csv::print(&HEAD, page.fields()),
        Form::Text if asked.why => {
            output::text(&page.text())?;
            output::text("")?;
            output::text(&page.why_text())
        }
        Form::Text => output::text(&page.text()),
    }
}

impl<'a> Page<'a> {
    /// What two sides say on a topic, or on everything.
    pub fn new(
        corpus: &'a Corpus,
        pair: [&'a Side; 2],
        topic: Option<&'a OnTopic>,
        counting: Options,
    ) -> Result<Self> {
        let passages = pair.map(|side| sides::passages_on(side, topic));
        let asked = evidence::Asked {
            documents: &corpus.documents,
            language: &corpus.language,
            namings: &corpus.namings,
            sides: &passages,
            options: counting,
            copies: &sides::copies_in(corpus),
            readings: &Readings::default(),
        };
        let found = evidence::gather(&asked, Watch::NOBODY)
            .ok_or_else(|| anyhow!("the evidence was not gathered to its end"))?;
        let names = pair.map(|side| side.name.as_str());
        Ok(Self::of(corpus, names, topic, counting.included, found))
    }

    /// What was found about two sides.
    pub(super) fn of(
        corpus: &'a Corpus,
        names: [&'a str; 2],
        topic: Option<&'a OnTopic>,
        included: Included,
        found: Evidence,
    ) -> Self {
        let columns = || names.map(str::to_owned).to_vec();
        Self {
            corpus,
            names,
            topic,
            counted: found.counted,
            figures: figures::Page {
                corpus,
                figures: found.figures.all,
                columns: columns(),
                ledger: found.figures.ledger,
            },
            figure_sides: found.figures.sides,
            quotes: quotes::Page {
                corpus,
                quotes: found.speech.quotes,
                columns: columns(),
                voices: found.speech.voices,
                shared: found.speech.shared,
            },
            quote_sides: found.speech.sides,
            wording: wording::Page {
                corpus,
                names,
                topic,
                included,
                wording: wording_of(found.words),
                namings: found.namings,
            },
            copies: found.copies,
        }
    }

    /// The figures, left ones first.
    pub fn figures(&self) -> Vec<OnSide<'_, figures::Row<'_>>> {
        on_sides(self.figures.rows(), &self.figure_sides)
    }

    /// The quotations, left ones first.
    pub fn quotes(&self) -> Vec<OnSide<'_, quotes::QuoteRow<'_>>> {
        on_sides(self.quotes.quotes_shown(true), &self.quote_sides)
    }

    /// The words of each side.
    pub fn wording(&self) -> wording::Json<'_> {
        self.wording.json()
    }

    /// The evidence as it is handed over: a table a part, of the columns that it fills.
    pub(super) fn report(&self) -> Report {
        const PARTS: [(&str, &str); 4] = [
            ("figure", "Figures"),
            ("quote", "Quotes"),
            ("wording", "Words"),
            ("copy", "Copies"),
        ];
        let fields = self.fields();
        let table = |(part, title): (&str, &str)| {
            let rows: Vec<&Vec<String>> = fields
                .iter()
                .filter(|row| row.first().is_some_and(|of| of.starts_with(part)))
                .collect();
            // Bytes are for programs; of words the part says which list.
            let is_shown = |column: &usize| {
                let is_part = HEAD[*column] == "part" && part != "wording";
                let is_filled = rows.iter().any(|row| !row[*column].is_empty());
                !is_part && !matches!(HEAD[*column], "start" | "end") && is_filled
            };
            let shown: Vec<usize> = (0..HEAD.len()).filter(is_shown).collect();
            Table {
                title: title.to_owned(),
                head: shown
                    .iter()
                    .map(|at| match HEAD[*at] {
                        "number" => "¶".to_owned(),
                        name => name.replace('_', " "),
                    })
                    .collect(),
                rows: rows
                    .iter()
                    .map(|row| shown.iter().map(|at| row[*at].clone()).collect())
                    .collect(),
            }
        };
        let about = self
            .topic
            .map_or("Everything", |topic| topic.title.as_str());
        let counted = self.names.iter().zip(&self.counted);
        let counted: Vec<String> = counted
            .map(|(name, of)| format!("{name} {}", output::counted(of.passages, "passage")))
            .collect();
        Report {
            title: format!("{about}, the evidence: {}", self.names.join(" / ")),
            lead: vec![
                format!("Left and right: {}.", counted.join(", ")),
                "It describes these texts and proves nothing; numbers are given to whom the texts give them to."
                    .to_owned(),
            ],
            facing: None,
            tables: PARTS.into_iter().map(table).collect(),
            sources: Vec::new(),
        }
    }

    pub(super) fn json(&self) -> Json<'_> {
        let counted = SIDES.iter().zip(&self.counted);
        let name = |ids: &Vec<PassageId>| ids.iter().map(|id| self.name(*id)).collect();
        let of =
            |copy: &RepeatedText, side: usize| copy.sides.get(side).map_or_else(Vec::new, name);
        Json {
            topic: self.topic.map(|topic| topic.id.as_str()),
            left: self.names[0],
            right: self.names[1],
            counted: counted
                .map(|(side, counted)| JsonCounted {
                    side,
                    passages: counted.passages,
                    copies: counted.copies,
                })
                .collect(),
            figures: self.figures(),
            ledger: self.figures.group_rows(),
            quotes: self.quotes(),
            speakers: self.quotes.voice_rows(),
            shared: self.quotes.shared_rows(),
            wording: self.wording(),
            copies: self
                .copies
                .iter()
                .map(|copy| JsonCopy {
                    left: of(copy, 0),
                    right: of(copy, 1),
                    elsewhere: name(&copy.elsewhere),
                })
                .collect(),
        }
    }

    /// `DOC#12`.
    fn name(&self, id: PassageId) -> String {
        let document = self.corpus.documents.get(id.document);
        let document = document.map_or("", |document| document.id.as_str());
        format!("{document}#{}", id.passage + 1)
    }

    /// The parts one after the other, each under its title.
    pub(super) fn text(&self) -> String {
        let part = |title: &str, text: String, nothing: &str| {
            let text = if text.is_empty() { nothing } else { &text };
            format!("{title}\n\n{text}")
        };
        let counted = self.names.iter().zip(&self.counted);
        let counted: Vec<String> = counted
            .map(|(name, counted)| {
                let passages = output::counted(counted.passages, "passage");
                let copies = match counted.copies {
                    0 => String::new(),
                    1 => ", 1 copy left out (--copies)".to_owned(),
                    more => format!(", {more} copies left out (--copies)"),
                };
                format!("{name}: {passages}{copies}")
            })
            .collect();
        [
            counted.join("\n"),
            part("FIGURES", self.figures.ledger_text(), "no figures found"),
            part(
                "QUOTES",
                self.quotes.text(true, usize::MAX),
                "no quoted speech found",
            ),
            part("WORDING", self.wording.text(), ""),
            part(
                "COPIES",
                self.copies_text(),
                "no text stands more than once",
            ),
        ]
        .join("\n\n")
    }

    /// Each figure of either side, and under it how it stands to those of the other that come into question.
    fn why_text(&self) -> String {
        let figures = &self.figures.figures;
        let named = |at: usize| {
            let figure = &figures[at];
            let document = self.corpus.documents.get(figure.passage.document);
            let passage = document.and_then(|document| document.passage(figure.passage.passage));
            let text = passage.map_or("", |passage| figure.span.of(passage.text()));
            format!("{} [{}]", safe::line(text), self.name(figure.passage))
        };
        let told = |at: usize| {
            let reasons = why(figures, &self.figures.ledger, at);
            let mut lines = vec![named(at)];
            lines.extend(reasons.iter().map(|reason| {
                let standing = reason.standing.told(&figures[at], &figures[reason.other]);
                format!("  {}: {}", named(reason.other), safe::line(&standing))
            }));
            if reasons.is_empty() {
                lines.push(
                    "  nothing on the other side counts the same, is said to be the same, or is near in size"
                        .to_owned(),
                );
            }
            lines.join("\n")
        };
        let texts: Vec<String> = (0..figures.len()).map(told).collect();
        let texts = if texts.is_empty() {
            "no figures found".to_owned()
        } else {
            texts.join("\n\n")
        };
        format!("WHY FIGURES ARE COMPARED, OR NOT\n\n{texts}")
    }

    /// A line a text: where it stands on each side, and where else.
    fn copies_text(&self) -> String {
        let line = |copy: &RepeatedText| {
            let places = SIDES.iter().zip(&copy.sides);
            let places = places.chain(std::iter::once((&"elsewhere", &copy.elsewhere)));
            let places = places.filter(|(_, ids)| !ids.is_empty());
            let places: Vec<String> = places
                .map(|(side, ids)| {
                    let names: Vec<String> = ids.iter().map(|id| self.name(*id)).collect();
                    format!("{side} {}", names.join(", "))
                })
                .collect();
            places.join(" · ")
        };
        let lines: Vec<String> = self.copies.iter().map(line).collect();
        lines.join("\n")
    }

    /// A row for each figure, quotation, word and place of a copy.
    fn fields(&self) -> Vec<Vec<String>> {
        let mut rows = self.figure_fields();
        rows.extend(self.quotes().iter().map(|quote| {
            let row = &quote.row;
            let speaker = row.speaker.unwrap_or_default().to_owned();
            let place = [row.document, row.quote];
            let mut fields = begin(
                "quote",
                quote.side,
                place,
                [row.number as u64, row.start.into(), row.end.into()],
            );
            put(&mut fields, "speaker", speaker);
            fields
        }));
        for word in self.wording.fields() {
            let [list, side, term, rest @ ..] = word.as_slice() else {
                continue;
            };
            let mut fields = vec![String::new(); HEAD.len()];
            put(&mut fields, "part", format!("wording {list}"));
            put(&mut fields, "side", side.clone());
            put(&mut fields, "text", term.clone());
            let names = ["count", "other_count", "z", "p", "documents", "group"];
            for (name, value) in names.iter().zip(rest) {
                put(&mut fields, name, value.clone());
            }
            rows.push(fields);
        }
        rows.extend(self.copy_fields());
        rows
    }

    fn figure_fields(&self) -> Vec<Vec<String>> {
        let rows = self.figures();
        let mut groups = vec![String::new(); rows.len()];
        for group in &self.figures.ledger.groups {
            for entry in &group.entries {
                groups[entry.figure] = figures::title(group);
            }
        }
        let bound = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
        let fields = |(figure, group): (&OnSide<'_, figures::Row<'_>>, String)| {
            let row = &figure.row;
            let place = [row.document, row.text];
            let mut fields = begin(
                "figure",
                figure.side,
                place,
                [row.number as u64, row.start.into(), row.end.into()],
            );
            put(&mut fields, "group", group);
            put(&mut fields, "low", bound(row.low));
            put(&mut fields, "high", bound(row.high));
            for (name, value) in [
                ("unit", row.unit),
                ("counts", row.counts),
                ("attributed_to", row.attributed_to),
            ] {
                put(&mut fields, name, value.unwrap_or_default().to_owned());
            }
            fields
        };
        rows.iter().zip(groups).map(fields).collect()
    }

    /// A row for each place of a text that stands more than once, but for its first.
    fn copy_fields(&self) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        for copy in &self.copies {
            let places = SIDES.iter().zip(&copy.sides);
            let places = places.chain(std::iter::once((&"elsewhere", &copy.elsewhere)));
            let mut places = places.flat_map(|(side, ids)| ids.iter().map(move |id| (*side, *id)));
            let Some((_, first)) = places.next() else {
                continue;
            };
            rows.extend(places.map(|(side, id)| {
                let mut fields = vec![String::new(); HEAD.len()];
                let document = self.corpus.documents.get(id.document);
                let document = document.map_or("", |document| document.id.as_str());
                put(&mut fields, "part", "copy".to_owned());
                put(&mut fields, "side", side.to_owned());
                put(&mut fields, "document", document.to_owned());
                put(&mut fields, "number", (id.passage + 1).to_string());
                put(&mut fields, "copy_of", self.name(first));
                fields
            }));
        }
        rows
    }
}

/// A row of something that stands at a place: its document and words; the passage's number and the bytes.
fn begin(part: &str, side: &str, [document, text]: [&str; 2], place: [u64; 3]) -> Vec<String> {
    let mut fields = vec![String::new(); HEAD.len()];
    put(&mut fields, "part", part.to_owned());
    put(&mut fields, "side", side.to_owned());
    put(&mut fields, "text", text.to_owned());
    put(&mut fields, "document", document.to_owned());
    for (name, value) in ["number", "start", "end"].iter().zip(place) {
        put(&mut fields, name, value.to_string());
    }
    fields
}

/// Puts a value into its column.
fn put(fields: &mut [String], column: &str, value: String) {
    let at = HEAD.iter().position(|name| *name == column);
    if let Some(field) = at.and_then(|at| fields.get_mut(at)) {
        *field = value;
    }
}

fn on_sides<'a, R>(rows: Vec<R>, sides: &[usize]) -> Vec<OnSide<'a, R>> {
    let side = |at: &usize| SIDES.get(*at).copied().unwrap_or_default();
    let rows = rows.into_iter().zip(sides);
    rows.map(|(row, at)| OnSide {
        side: side(at),
        row,
    })
    .collect()
}

/// The words of two sides, as the comparison of two gives them.
fn wording_of(words: Vec<SideWords>) -> Wording {
    let mut words = words.into_iter();
    let (left, right) = (
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default(),
    );
    Wording {
        words: [left.words, right.words],
        left: left.more,
        only_left: left.only,
        right: right.more,
        only_right: right.only,
    }
}
