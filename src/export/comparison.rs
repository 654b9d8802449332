//! A comparison as a report: the rows of the facing view.
//!
//! Invariant: every row that it is given is there, in its place, and every passage is in full where its place is.

use super::{Anchors, Cell, Facing, Report, Row, Table, csv, passage, sources};
use crate::analysis::alignment::{Link, Origin, Reason, ReasonKind};
use crate::corpus::note::{Note, Relation};
use crate::corpus::{Corpus, PassageId};
use crate::text::ByteSpan;
use std::collections::HashSet;

/// Reasons that are named.
const NAMED_REASONS: usize = 8;
/// What stands opposite a passage without a partner.
const NOTHING: &str = "nothing found here";

/// One side of a row that is to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The row is not about this side.
    Empty,
    /// Nothing was found opposite.
    Nothing,
    /// This passage stands here.
    Here(PassageId),
    /// This passage stands in another row.
    Elsewhere(PassageId),
}

impl Place {
    /// The passage.
    pub fn id(self) -> Option<PassageId> {
        match self {
            Self::Empty | Self::Nothing => None,
            Self::Here(id) | Self::Elsewhere(id) => Some(id),
        }
    }
}

/// A row that is to be shown.
#[derive(Clone, Debug)]
pub struct Given<'a> {
    /// From left to right.
    pub places: Vec<Place>,
    /// The links that make it a row.
    pub links: Vec<&'a Link>,
}

/// What the comparison is of.
#[derive(Clone, Debug)]
pub struct Subject<'a> {
    /// The texts.
    pub corpus: &'a Corpus,
    /// The title of the topic; none for everything.
    pub topic: Option<&'a str>,
    /// What each side is called.
    pub sides: Vec<String>,
    /// The reader's notes, of which those on the rows come along.
    pub notes: &'a [Note],
}

/// The report on some rows.
pub fn report(subject: &Subject<'_>, given: &[Given<'_>]) -> Report {
    let Subject {
        corpus,
        topic,
        sides,
        notes,
    } = subject;
    let anchors = Anchors::new(corpus);
    let given = &once(given);
    let rows: Vec<Row> = given
        .iter()
        .map(|row| self::row(corpus, &anchors, sides, row))
        .collect();
    let ids: Vec<PassageId> = given
        .iter()
        .flat_map(|row| &row.places)
        .filter_map(|place| place.id())
        .collect();
    let about = topic.unwrap_or("Everything");
    Report {
        title: format!("{about}: {}", sides.join(" / ")),
        lead: vec![
            counts(sides, given),
            "Passages stand together for the words, names and figures that they share, or because a reader said so. “Nothing found \
             here” means that nothing was found opposite, not that anything was left out."
                .to_owned(),
        ],
        facing: Some(Facing {
            sides: sides.clone(),
            rows,
        }),
        tables: noted(corpus, notes, &ids).into_iter().collect(),
        sources: sources(corpus, ids),
        ..Report::default()
    }
}

/// The notes on some passages; nothing where there are none.
fn noted(corpus: &Corpus, notes: &[Note], ids: &[PassageId]) -> Option<Table> {
    let shown: HashSet<&PassageId> = ids.iter().collect();
    let is_shown = |note: &&Note| note.places.iter().any(|on| shown.contains(&on.passage));
    let row = |note: &Note| {
        let (mut places, mut words) = (Vec::new(), Vec::new());
        for on in &note.places {
            let Some(document) = corpus.documents.get(on.passage.document) else {
                continue;
            };
            places.push(format!("{}#{}", document.id, on.passage.passage + 1));
            let text = document.passage(on.passage.passage).map(|of| of.text());
            words.extend(on.span.zip(text).map(|(span, text)| span.of(text)));
        }
        vec![
            note.text.clone(),
            note.relation.map_or("", Relation::about).to_owned(),
            places.join(", "),
            words.join(" / "),
        ]
    };
    let rows: Vec<Vec<String>> = notes.iter().filter(is_shown).map(row).collect();
    (!rows.is_empty()).then(|| Table {
        title: "Notes".to_owned(),
        head: ["note", "relation", "place", "words"]
            .map(str::to_owned)
            .into(),
        rows,
    })
}

/// The rows with each passage in full once: a name that is jumped to must not stand twice.
fn once<'a>(given: &[Given<'a>]) -> Vec<Given<'a>> {
    let mut shown: HashSet<PassageId> = HashSet::new();
    let mut once = given.to_vec();
    for place in once.iter_mut().flat_map(|row| &mut row.places) {
        if let Place::Here(id) = *place
            && !shown.insert(id)
        {
            *place = Place::Elsewhere(id);
        }
    }
    once
}

fn row(corpus: &Corpus, anchors: &Anchors, sides: &[String], given: &Given<'_>) -> Row {
    let here: Vec<usize> = (0..given.places.len())
        .filter(|at| matches!(given.places[*at], Place::Here(_)))
        .collect();
    let kind = match (&given.links[..], &here[..]) {
        ([], [only]) => format!("only {}", name_of(sides, *only)),
        ([], _) => String::new(),
        (_, [_]) => "pair, crossing the order".to_owned(),
        (_, _) => "pair".to_owned(),
    };
    let cell = |place: &Place| {
        let marks = |id: PassageId| -> Vec<ByteSpan> {
            let spans = given.links.iter().flat_map(|link| {
                let of = move |reason: &Reason| {
                    if link.left == id {
                        reason.left.clone()
                    } else if link.right == id {
                        reason.right.clone()
                    } else {
                        Vec::new()
                    }
                };
                link.reasons.iter().flat_map(of)
            });
            spans.collect()
        };
        match *place {
            Place::Empty => Cell::Empty,
            Place::Nothing => Cell::Nothing,
            Place::Here(id) => {
                passage(corpus, anchors, id, &marks(id)).map_or(Cell::Empty, Cell::Passage)
            }
            Place::Elsewhere(id) => {
                passage(corpus, anchors, id, &[]).map_or(Cell::Empty, Cell::Elsewhere)
            }
        }
    };
    let found = |link: &&&Link| link.origin != Origin::Paired;
    Row {
        kind,
        why: given
            .links
            .iter()
            .map(|link| why(corpus, link))
            .collect::<Vec<_>>()
            .join("; "),
        score: given.links.iter().find(found).map(|link| link.score),
        cells: given.places.iter().map(cell).collect(),
    }
}

fn name_of(sides: &[String], at: usize) -> &str {
    match (sides.len(), at) {
        (2, 0) => "left",
        (2, _) => "right",
        _ => sides.get(at).map_or("", String::as_str),
    }
}

/// How many rows there are of each kind, in a sentence.
fn counts(sides: &[String], given: &[Given<'_>]) -> String {
    let mut links: Vec<(PassageId, PassageId)> = given
        .iter()
        .flat_map(|row| &row.links)
        .map(|link| (link.left, link.right))
        .collect();
    links.sort_unstable();
    links.dedup();
    let only = |at: usize| {
        let alone = |row: &&Given<'_>| {
            row.links.is_empty() && matches!(row.places.get(at), Some(Place::Here(_)))
        };
        given.iter().filter(alone).count()
    };
    let only: Vec<String> = (0..sides.len())
        .map(|at| format!("{} in {}", only(at), sides[at]))
        .collect();
    let plural = if links.len() == 1 { "" } else { "s" };
    format!(
        "{} pair{plural} of passages; with nothing found opposite: {}.",
        links.len(),
        only.join(", ")
    )
}

/// Who says that two passages belong together, how surely, and by what.
fn why(corpus: &Corpus, link: &Link) -> String {
    let right = |reason: &Reason| {
        let document = corpus.documents.get(link.right.document)?;
        let text = document.passage(link.right.passage)?.text();
        Some(reason.right.first()?.of(text).to_owned())
    };
    let named =
        link.reasons
            .iter()
            .take(NAMED_REASONS)
            .map(|reason| match (reason.kind, right(reason)) {
                (ReasonKind::Akin, Some(other)) => format!("{}/{other}", reason.text),
                (
                    ReasonKind::Word | ReasonKind::Name | ReasonKind::Figure | ReasonKind::Akin,
                    _,
                ) => reason.text.clone(),
            });
    let named: Vec<String> = named.collect();
    let more = match link.reasons.len().saturating_sub(NAMED_REASONS) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let shared = if named.is_empty() {
        String::new()
    } else {
        format!(", both have: {}{more}", named.join(", "))
    };
    match link.origin {
        Origin::Found => format!("found, score {:.2}{shared}", link.score),
        Origin::Accepted => format!("accepted by a reader, score {:.2}{shared}", link.score),
        Origin::Paired => format!("paired by a reader{shared}"),
    }
}

/// The rows for a spreadsheet.
pub(super) fn table(facing: &Facing) -> String {
    let count = facing.sides.len();
    let side = |at: usize| match count {
        2 => ["left", "right"][at].to_owned(),
        _ => format!("side {}", at + 1),
    };
    let mut head = vec!["row".to_owned(), "kind".to_owned(), "score".to_owned()];
    for at in 0..count {
        let name = side(at);
        head.extend([
            name.clone(),
            format!("{name} place"),
            format!("{name} voice"),
            format!("{name} text"),
        ]);
    }
    head.push("why".to_owned());
    let row = |(at, row): (usize, &Row)| {
        let mut fields = vec![
            (at + 1).to_string(),
            row.kind.clone(),
            row.score
                .map_or_else(String::new, |score| format!("{score:.3}")),
        ];
        for (side, cell) in row.cells.iter().enumerate() {
            let name = facing.sides.get(side).cloned().unwrap_or_default();
            fields.push(name);
            fields.extend(match cell {
                Cell::Empty => [String::new(), String::new(), String::new()],
                Cell::Nothing => [String::new(), String::new(), NOTHING.to_owned()],
                Cell::Passage(of) | Cell::Elsewhere(of) => [
                    of.place.clone(),
                    of.voice.clone().unwrap_or_default(),
                    of.text.clone(),
                ],
            });
        }
        fields.push(row.why.clone());
        fields
    };
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    csv::table(&head, facing.rows.iter().enumerate().map(row))
}
