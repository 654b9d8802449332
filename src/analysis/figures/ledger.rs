//! Figures side by side: grouped by what they count, and compared where they count the same.
//!
//! Invariant: every figure with a column stands in exactly one group; a verdict is given only for figures of the same thing, with the
//! same predicate, kind and unit, whose scopes do not visibly differ.

mod beside;
mod families;
mod standing;
mod why;

pub use standing::{Cause, Doubt, Ground, Standing, cause, ground};
pub use why::{Reason, why};

use super::{Figure, FigureKind};
use families::Families;
use standing::{overlaps, standing};
use std::collections::{BTreeMap, BTreeSet};

/// From how many times the least bound the greatest is drawn on a logarithmic scale.
const LOG_FROM: f64 = 100.0;

/// Most scopes elsewhere that a thing counted is looked for in.
const SCOPES: usize = 64;
/// Most entries of a group that are compared with each other; beyond them figures are listed only.
const COMPARED: usize = 400;

/// All figures, grouped.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ledger {
    /// Those with most columns first, then those with most figures; those that say what they count before the others, and
    /// numbers up to two last.
    pub groups: Vec<Group>,
}

/// Figures that count the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// What they count, as most of them put it.
    pub title: String,
    /// What is said of it, where all say the same.
    pub predicate: Option<String>,
    /// Their unit.
    pub unit: Option<String>,
    /// Their kind.
    pub kind: FigureKind,
    /// Another time, place or event than the one their documents tell of, in the words of the first of them.
    pub scope: Option<String>,
    /// Whether they are parts of figures told before them, which are not compared.
    pub is_part: bool,
    /// The figures, by column, then in the order of the text.
    pub entries: Vec<Entry>,
    /// Of columns, the lower first, that can be compared.
    pub verdicts: Vec<(usize, usize, Verdict)>,
    /// On which their bounds are drawn.
    pub scale: Scale,
}

/// A figure in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Index into the figures that were given.
    pub figure: usize,
    /// Its column.
    pub column: usize,
    /// Why it only may belong to the group; none where it does.
    pub doubt: Option<Doubt>,
    /// How it stands to the figures of other columns that it is compared with: whether it overlaps any of them.
    pub stands: Option<Verdict>,
}

impl Group {
    /// Whether a figure overlaps none of the other columns while others of the group do, or are not compared.
    pub fn is_alone(&self, entry: &Entry) -> bool {
        let differs = |entry: &Entry| entry.stands == Some(Verdict::Differs);
        differs(entry) && !self.entries.iter().all(differs)
    }

    /// Whether any of its figures is.
    pub fn has_alone(&self) -> bool {
        self.entries.iter().any(|entry| self.is_alone(entry))
    }
}

/// How the figures of two columns stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// No bounds of the one overlap any of the other.
    Differs,
    /// Some do.
    Compatible,
}

impl Verdict {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Differs => "differs",
            Self::Compatible => "compatible",
        }
    }
}

/// Where a value is drawn between the least and the greatest bound.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// Evenly.
    Linear {
        /// The least bound.
        from: f64,
        /// The greatest.
        to: f64,
    },
    /// By orders of magnitude.
    Log {
        /// The least bound above nothing.
        from: f64,
        /// The greatest.
        to: f64,
    },
}

impl Scale {
    fn over(values: impl Iterator<Item = f64> + Clone) -> Self {
        let to = values.clone().fold(f64::NEG_INFINITY, f64::max);
        let from = values.clone().fold(f64::INFINITY, f64::min);
        if !(from.is_finite() && to.is_finite()) {
            return Self::Linear { from: 0.0, to: 1.0 };
        }
        let least = values
            .filter(|value| *value > 0.0)
            .fold(f64::INFINITY, f64::min);
        if from >= 0.0 && least.is_finite() && to > least * LOG_FROM {
            Self::Log { from: least, to }
        } else {
            Self::Linear {
                from: from.min(0.0),
                to,
            }
        }
    }

    /// From 0 at the least to 1 at the greatest; what lies beyond them stands at the edge.
    pub fn place(self, value: f64) -> f64 {
        let (from, to, value) = match self {
            Self::Linear { from, to } => (from, to, value),
            Self::Log { from, to } => (from.ln(), to.ln(), value.max(from).ln()),
        };
        if to > from && value.is_finite() {
            ((value - from) / (to - from)).clamp(0.0, 1.0)
        } else if value > to {
            1.0
        } else {
            0.0
        }
    }
}

/// What makes figures a group.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    kind: FigureKind,
    unit: Option<String>,
    family: Option<&'static str>,
    head: Option<String>,
    is_part: bool,
    /// Which of the scopes elsewhere, by its first figure.
    elsewhere: Option<usize>,
}

/// Lays figures side by side; those without a column are left out. `column_of` gives that of a figure by its index.
pub fn ledger(
    figures: &[Figure],
    column_of: impl Fn(usize) -> Option<usize>,
    columns: usize,
) -> Ledger {
    let families = &*families::ALL;
    let mut groups: BTreeMap<Key, Vec<Entry>> = BTreeMap::new();
    let mut firsts: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for (index, figure) in figures.iter().enumerate() {
        let Some(column) = column_of(index).filter(|column| *column < columns) else {
            continue;
        };
        let family = families.of(figure);
        let mut key = Key {
            kind: figure.kind,
            unit: figure.unit.clone(),
            family,
            head: families::head(figure)
                .filter(|_| family.is_none())
                .map(str::to_owned),
            is_part: figure.is_part,
            elsewhere: None,
        };
        key.elsewhere = elsewhere(figures, index, firsts.entry(key.clone()).or_default());
        groups.entry(key).or_default().push(Entry {
            figure: index,
            column,
            doubt: None,
            stands: None,
        });
    }
    let mut groups: Vec<Group> = groups
        .into_iter()
        .map(|(key, entries)| group(families, figures, &key, entries))
        .collect();
    beside::lay_beside(families, figures, &mut groups);
    sort(&mut groups, figures);
    Ledger { groups }
}

/// Those with most columns first, as [`Ledger`] promises.
fn sort(groups: &mut [Group], figures: &[Figure]) {
    let breadth = |group: &Group| {
        group
            .entries
            .iter()
            .map(|entry| entry.column)
            .collect::<BTreeSet<_>>()
            .len()
    };
    // "One of them", "two sides": hardly ever what a reader looks for.
    let is_small = |group: &Group| {
        let small = |figure: &Figure| {
            figure.kind == FigureKind::Count && figure.high.is_some_and(|high| high <= 2.0)
        };
        group
            .entries
            .iter()
            .all(|entry| small(&figures[entry.figure]))
    };
    let first = |group: &Group| group.entries.iter().map(|entry| entry.figure).min();
    groups.sort_by_cached_key(|group| {
        let named = !group.title.is_empty();
        (
            std::cmp::Reverse((named, !is_small(group), breadth(group), group.entries.len())),
            first(group),
        )
    });
}

/// The scope of a figure that is of elsewhere, by the first figure that has it; `firsts` are those known.
fn elsewhere(figures: &[Figure], index: usize, firsts: &mut Vec<usize>) -> Option<usize> {
    let scope = figures[index].scope.as_ref()?;
    if !scope.is_elsewhere {
        return None;
    }
    let known = firsts.iter().take(SCOPES).find(|first| {
        let first = figures[**first].scope.as_ref();
        first.is_some_and(|first| first.is_one_with(scope))
    });
    Some(known.copied().unwrap_or_else(|| {
        firsts.push(index);
        index
    }))
}

fn group(families: &Families, figures: &[Figure], key: &Key, mut entries: Vec<Entry>) -> Group {
    entries.sort_by_key(|entry| (entry.column, entry.figure));
    let verdicts = judge(families, figures, &mut entries);
    let of = |entry: &Entry| &figures[entry.figure];
    let scale = scale(figures, &entries);
    let mut titles: BTreeMap<String, usize> = BTreeMap::new();
    for entry in &entries {
        if let Some(counts) = &of(entry).counts {
            *titles.entry(counts.text.to_lowercase()).or_default() += 1;
        }
    }
    let common = titles
        .iter()
        .max_by_key(|(title, count)| (**count, std::cmp::Reverse((title.len(), (*title).clone()))))
        .map_or(String::new(), |(title, _)| title.clone());
    let mut said = entries.iter().map(|entry| predicate(of(entry)));
    let first = said.next().flatten();
    let predicate = match key.family {
        Some(family) => Some(family.to_owned()),
        None => first.filter(|first| said.all(|other| other.as_ref() == Some(first))),
    };
    Group {
        title: if key.family.is_some() {
            people(families, figures, &entries, common)
        } else {
            common
        },
        predicate,
        unit: key.unit.clone(),
        kind: key.kind,
        is_part: key.is_part,
        scope: key
            .elsewhere
            .and_then(|first| figures[first].scope.as_ref())
            .map(|scope| scope.text.clone()),
        verdicts,
        entries,
        scale,
    }
}

/// The scale of the bounds of some figures.
fn scale(figures: &[Figure], entries: &[Entry]) -> Scale {
    let bounds = entries.iter().flat_map(|entry| {
        let figure = &figures[entry.figure];
        [figure.low, figure.high]
    });
    Scale::over(bounds.flatten())
}

/// What a family counts: people, where any of its figures does or says no more; else what most of them say.
fn people(families: &Families, figures: &[Figure], entries: &[Entry], common: String) -> String {
    let anybody = entries
        .iter()
        .any(|entry| families.class(&figures[entry.figure]).is_none());
    if anybody { "people".to_owned() } else { common }
}

fn predicate(figure: &Figure) -> Option<String> {
    figure
        .predicate
        .as_ref()
        .map(|phrase| phrase.text.to_lowercase())
}

/// How the columns stand to each other, the lower first; how each entry stands to the other columns is noted with it.
fn judge(
    families: &Families,
    figures: &[Figure],
    entries: &mut [Entry],
) -> Vec<(usize, usize, Verdict)> {
    let mut found: BTreeMap<(usize, usize), Verdict> = BTreeMap::new();
    // Entries, each with a column that they may agree with: "3,919 protesters" and "5,000 people" are no agreement, but nothing to
    // call a difference beside it.
    let mut unsure: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut differing: Vec<(Entry, Entry)> = Vec::new();
    let mut agreeing: BTreeSet<usize> = BTreeSet::new();
    for (first, second) in pairs(entries) {
        let (a, b) = (&figures[first.figure], &figures[second.figure]);
        match standing(families, (a, first.doubt), (b, second.doubt)) {
            Standing::Compared(Verdict::Compatible) => {
                found.insert(columns_of(first, second), Verdict::Compatible);
                agreeing.extend([first.figure, second.figure]);
            }
            Standing::Compared(Verdict::Differs) => differing.push((*first, *second)),
            Standing::Apart(Cause::OtherVerb | Cause::OtherPeople) if overlaps(a, b) => {
                unsure.extend([(first.figure, second.column), (second.figure, first.column)]);
            }
            Standing::Apart(_) | Standing::Beside(_) => {}
        }
    }
    let mut alone: BTreeSet<usize> = BTreeSet::new();
    for (first, second) in differing {
        let is_sure = |one: &Entry, other: &Entry| !unsure.contains(&(one.figure, other.column));
        if is_sure(&first, &second) && is_sure(&second, &first) {
            found
                .entry(columns_of(&first, &second))
                .or_insert(Verdict::Differs);
            alone.extend([first.figure, second.figure]);
        }
    }
    for entry in entries {
        entry.stands = if agreeing.contains(&entry.figure) {
            Some(Verdict::Compatible)
        } else {
            alone.contains(&entry.figure).then_some(Verdict::Differs)
        };
    }
    found
        .into_iter()
        .map(|((a, b), verdict)| (a, b, verdict))
        .collect()
}

/// The columns of two entries, the lower first.
fn columns_of(first: &Entry, second: &Entry) -> (usize, usize) {
    (
        first.column.min(second.column),
        first.column.max(second.column),
    )
}

/// The entries of different columns, two by two, as far as they are compared.
fn pairs(entries: &[Entry]) -> impl Iterator<Item = (&Entry, &Entry)> {
    let compared = entries
        .get(..entries.len().min(COMPARED))
        .unwrap_or_default();
    compared.iter().enumerate().flat_map(move |(at, first)| {
        let others = compared.iter().skip(at + 1);
        let others = others.filter(|second| second.column != first.column);
        others.map(move |second| (first, second))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::watch::Watch;
    use crate::corpus::{Document, Kind, Meta, PassageDraft, PassageId};

    fn ledger_of(texts: &[&str]) -> (Vec<Figure>, Ledger) {
        let mut documents = Vec::new();
        for (number, text) in texts.iter().enumerate() {
            let mut document = Document::new(format!("d{number}").as_str().into(), Meta::default());
            document.push(PassageDraft {
                text: (*text).to_owned(),
                ..PassageDraft::default()
            });
            documents.push(document);
        }
        let ids: Vec<PassageId> = (0..texts.len())
            .map(|document| PassageId {
                document,
                passage: 0,
            })
            .collect();
        let figures = super::super::find(&documents, "en", &ids, Watch::NOBODY).unwrap();
        let column = |at: usize| Some(figures[at].passage.document);
        let ledger = ledger(&figures, column, texts.len());
        (figures, ledger)
    }

    #[test]
    fn different_words_for_the_dead_are_one_group_and_are_compared() {
        let (figures, ledger) = ledger_of(&[
            "At least 120 people were killed by the flood.",
            "The flood left 90 dead.",
            "Officials counted 150 deaths. They sent 12 boats.",
        ]);
        let group = &ledger.groups[0];
        assert_eq!(group.predicate.as_deref(), Some("killed"));
        assert_eq!(group.entries.len(), 3, "{figures:#?}");
        assert_eq!(
            group.verdicts,
            [
                (0, 1, Verdict::Differs),
                (0, 2, Verdict::Compatible),
                (1, 2, Verdict::Differs)
            ]
        );
    }

    #[test]
    fn nothing_is_said_to_differ_where_it_may_agree_or_be_of_something_else() {
        // A family's dead are not the country's; and "at least 3,900 protesters" does not contradict 5,000 people.
        let (_, ledger) = ledger_of(&[
            "In the country 5,000 people were killed.",
            "At least 3,900 protesters were killed. Of her friends two were killed, and nine neighbours were killed.",
        ]);
        let group = &ledger.groups[0];
        assert_eq!(group.predicate.as_deref(), Some("killed"));
        assert!(group.entries.len() >= 3);
        assert_eq!(group.verdicts, []);
        // Of the same class in reach of each other they differ as before.
        let (_, ledger) = ledger_of(&[
            "Some 5,000 people were killed.",
            "Fully 200 people were killed.",
        ]);
        assert_eq!(ledger.groups[0].verdicts, [(0, 1, Verdict::Differs)]);
    }

    #[test]
    fn a_figure_that_overlaps_none_says_so_beside_one_that_does() {
        let stands = |texts: &[&str]| -> (Vec<_>, Vec<_>) {
            let (figures, ledger) = ledger_of(texts);
            let group = &ledger.groups[0];
            let entries = group.entries.iter();
            let entries = entries.map(|entry| (figures[entry.figure].low.unwrap(), entry.stands));
            (entries.collect(), group.verdicts.clone())
        };
        let (compatible, differs) = (Some(Verdict::Compatible), Some(Verdict::Differs));
        assert_eq!(
            stands(&[
                "The crew examined 64 hangers. The crew replaced 17 hangers.",
                "They examined 64 hangers. They replaced 11 hangers.",
            ]),
            (
                vec![
                    (64.0, compatible),
                    (17.0, differs),
                    (64.0, compatible),
                    (11.0, differs)
                ],
                vec![(0, 1, Verdict::Compatible)]
            )
        );
        // The same number, of which something else is said, does not hide that the others differ.
        assert_eq!(
            stands(&[
                "The crew examined 64 hangers. The crew replaced 17 hangers.",
                "Of the 64 hangers, they replaced 11 hangers.",
            ]),
            (
                vec![(64.0, None), (17.0, differs), (64.0, None), (11.0, differs)],
                vec![(0, 1, Verdict::Differs)]
            )
        );
    }

    #[test]
    fn what_is_not_the_same_thing_is_listed_and_not_compared() {
        let (_, ledger) = ledger_of(&[
            "The storm killed 12 soldiers in Arden. Police sent 40 boats.",
            "The storm killed 90 farmers in Arden. The army lost 7 boats.",
        ]);
        assert!(
            ledger.groups.iter().all(|group| group.verdicts.is_empty()),
            "{ledger:#?}"
        );
        let columns = |title: &str| {
            ledger
                .groups
                .iter()
                .find(|group| group.title == title)
                .unwrap()
                .entries
                .len()
        };
        assert_eq!(columns("boats"), 2);
    }

    #[test]
    fn ones_and_twos_come_after_what_is_counted() {
        let (_, ledger) = ledger_of(&[
            "One witness and two nurses saw 40 boats.",
            "One witness left.",
        ]);
        let titles: Vec<&str> = ledger.groups.iter().map(|group| &*group.title).collect();
        assert_eq!(titles[0], "boats", "{titles:?}");
    }

    #[test]
    fn the_same_sum_of_the_same_thing_is_one_whatever_is_done_with_it() {
        let verdicts = |texts: &[&str]| {
            let (_, ledger) = ledger_of(texts);
            ledger.groups[0].verdicts.clone()
        };
        let compatible = [(0, 1, Verdict::Compatible)];
        assert_eq!(
            verdicts(&[
                "The minister set up a fund of 4.5 million euros.",
                "A fund of 4.5 million euros was established.",
            ]),
            compatible
        );
        assert_eq!(
            verdicts(&["They planted 40 trees.", "They felled 40 trees."]),
            []
        );
        // "persons" are people, and the ship had them whoever counts.
        assert_eq!(
            verdicts(&[
                "The ship had 187 people on board.",
                "The ship had 240 persons on board."
            ]),
            [(0, 1, Verdict::Differs)]
        );
    }

    #[test]
    fn another_place_is_not_compared() {
        let (_, ledger) = ledger_of(&[
            "In Arden 12 people were killed.",
            "In Brill 90 people were killed.",
        ]);
        assert_eq!(ledger.groups[0].entries.len(), 2);
        assert!(ledger.groups[0].verdicts.is_empty());
    }

    #[test]
    fn the_scale_is_logarithmic_over_decades() {
        let log = Scale::over([10.0, 10_000.0].into_iter());
        assert_eq!(
            log,
            Scale::Log {
                from: 10.0,
                to: 10_000.0
            }
        );
        assert!((log.place(100.0) - 1.0 / 3.0).abs() < 1e-9);
        assert!((log.place(0.0)).abs() < 1e-9);
        let linear = Scale::over([10.0, 40.0].into_iter());
        assert!((linear.place(20.0) - 0.5).abs() < 1e-9);
        assert!((linear.place(f64::INFINITY) - 1.0).abs() < 1e-9);
    }

    fn ledger_of_documents(texts: [(&str, &[&str]); 2]) -> Vec<(Option<String>, Vec<f64>, usize)> {
        let mut documents = Vec::new();
        let mut ids = Vec::new();
        for (document, (title, passages)) in texts.into_iter().enumerate() {
            let meta = Meta {
                title: title.to_owned(),
                date: crate::corpus::Date::from_ymd(2024, 5, 12),
                ..Meta::default()
            };
            let mut text = Document::new(format!("d{document}").as_str().into(), meta);
            for (passage, line) in passages.iter().enumerate() {
                let heading = line.strip_prefix("# ");
                text.push(PassageDraft {
                    text: heading.unwrap_or(line).to_owned(),
                    kind: heading.map_or(Kind::Paragraph, |_| Kind::Heading(2)),
                    ..PassageDraft::default()
                });
                ids.push(PassageId { document, passage });
            }
            documents.push(text);
        }
        let figures = super::super::find(&documents, "en", &ids, Watch::NOBODY).unwrap();
        let ledger = ledger(&figures, |at| Some(figures[at].passage.document), 2);
        let group = |group: &Group| {
            let values = group.entries.iter();
            (
                group.scope.clone(),
                values
                    .filter_map(|entry| figures[entry.figure].low)
                    .collect(),
                group.verdicts.len(),
            )
        };
        ledger.groups.iter().map(group).collect()
    }

    #[test]
    fn other_years_places_and_events_are_groups_of_their_own() {
        let groups = ledger_of_documents([
            (
                "Flood in Orrin",
                &[
                    "At least 120 people were killed in the Orrin valley on Tuesday.",
                    "In 1987 a flood killed 900 people. It killed 40 more in the hills. Rescuers said on Friday that 12 more had died.",
                    "# The earthquake of 1960",
                    "The quake killed 700 people. Today 140 are known to have died.",
                ],
            ),
            (
                "The Orrin flood",
                &[
                    "The flood killed 150 people.",
                    "A year earlier a fire in Port Essel killed 61 people. During the Brill–Arden war 5,000 people were killed, and in the flood of 1987 some 850 were killed.",
                ],
            ),
        ]);
        let scoped = |text: &str| Some(text.to_owned());
        assert_eq!(
            groups,
            [
                (None, vec![120.0, 12.0, 140.0, 150.0], 1),
                (scoped("In 1987"), vec![900.0, 40.0, 850.0], 1),
                (scoped("1960"), vec![700.0], 0),
                (scoped("A year earlier; in Port Essel"), vec![61.0], 0),
                (scoped("During the Brill–Arden war"), vec![5000.0], 0),
            ]
        );
    }

    #[test]
    fn the_place_and_day_of_the_text_itself_are_not_elsewhere() {
        let groups = ledger_of_documents([
            (
                "Flood in Orrin",
                &[
                    "In the Orrin valley 120 people were killed on 7 May.",
                    "In Orrin 90 people were killed, the mayor said in April 2024.",
                ],
            ),
            (
                "Orrin",
                &[
                    "In 2024 150 people were killed.",
                    "From Arden 30 boats came.",
                ],
            ),
        ]);
        assert!(
            groups.iter().all(|(scope, ..)| scope.is_none()),
            "{groups:?}"
        );
    }

    #[test]
    fn a_kind_of_people_that_is_only_carried_over_may_be_anybody() {
        let (figures, ledger) = ledger_of(&[
            "More than 25,000 people were arrested.",
            "Some 35,000 protesters were possibly killed, over 25,000 arrested.",
        ]);
        let arrested = ledger
            .groups
            .iter()
            .find(|group| group.predicate.as_deref() == Some("arrested"))
            .unwrap();
        assert_eq!(
            arrested.verdicts,
            [(0, 1, Verdict::Compatible)],
            "{figures:#?}"
        );
    }
}
