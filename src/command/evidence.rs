//! `diptych evidence P Q`: what two sides say, laid open: figures, quotations and who speaks, words, and the texts that stand
//! more than once.
//!
//! Invariant: the parts are printed as `figures`, `quotes` and `wording` print them, with the side of each; places are given as
//! `document`, `number` of the passage, and `start` and `end` in bytes of the passage's text.

mod fields;
mod handed;

use super::output::{self, Form};
use super::sides::{self, OnTopic, Side, Sides, sides};
use super::{csv, figures, quotes, wording};
use crate::analysis::evidence::{
    self, Counted, Evidence, Options, Readings, RepeatedText, SideWords,
};
use crate::analysis::figures::ledger::why;
use crate::analysis::watch::Watch;
use crate::analysis::wording::{Included, Wording};
use crate::app::evidence::Section;
use crate::app::evidence::lines::{Line, lines};
use crate::corpus::{Corpus, PassageId};
use crate::text::safe;
use anyhow::{Result, anyhow};
use serde::Serialize;
use std::path::Path;

/// What a side is called where the table has a column for it.
const SIDES: [&str; 2] = ["left", "right"];

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
    /// Each part in the lines of the reader's evidence view.
    lines: Vec<(Section, Vec<Line>)>,
}

/// Prints what two sides say.
pub fn run(corpus_path: Option<&Path>, asked: &Asked<'_>, form: Form) -> Result<()> {
    let Sides { corpus, pair, .. } = sides(corpus_path, asked.left, asked.right)?;
    let topic = sides::on_topic(&corpus, asked.topic)?;
    let [left, right] = &pair;
    let page = Page::new(&corpus, [left, right], topic.as_ref(), asked.counting)?;
    match form {
        Form::Json => output::json(&page.json()),
        Form::Csv => csv::print(&fields::HEAD, page.fields()),
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
        let part = |section| (section, lines(&found, section, false));
        let lines = Section::ALL.into_iter().map(part).collect();
        Self {
            lines,
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
