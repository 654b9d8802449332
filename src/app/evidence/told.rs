//! What the parts of the evidence are called and what is said of them, on the screen and in what is handed over.
//!
//! Invariant: made of the findings alone, so that both say the same of the same.

use super::Section;
use super::lines::Title;
use crate::analysis::figures::Figure;
use crate::analysis::figures::ledger::{Cause, Doubt, Ground, Group, Verdict, cause, ground};
use crate::analysis::wording::naming::NamingCounts;
use crate::corpus::Corpus;

/// What the numbers of those who speak show and do not show.
pub const WHAT_VOICES_SHOW: &str = "Counted is direct speech in quotation marks, and what the voices of an interview say. Who speaks is told by the words around a \
     quotation and can be wrong; reported speech without marks does not count.";
/// Said under figures of which none is compared.
pub const NOTHING_IS_COMPARED: &str =
    "No two of these figures surely count the same thing: nothing is compared.";
/// Said where the sides differ in no word.
pub const NO_WORD: &str =
    "No word stands out: the sides differ in none more than chance would make them";
/// Which figures are held against each other.
pub const WHAT_IS_COMPARED: &str =
    "Compared are only figures of the same thing, said of the same place and days.";
/// What counts as a copy, and what that proves.
pub const WHAT_COPIES_SHOW: &str = "A copy has at least half of its runs of five words in common with another passage. Which was first is not told by that";

/// The title of some rival names, as the corpus gives it.
pub fn naming_title(corpus: &Corpus, namings: &[NamingCounts], at: usize) -> String {
    let naming = namings.get(at);
    let naming = naming.and_then(|counts| corpus.namings.get(counts.naming));
    naming.map_or_else(String::new, |naming| naming.title.clone())
}

/// A title, and in a few words what stands under it. Nothing for titles that the findings name.
pub fn titled(title: Title, two_sides: bool) -> (&'static str, &'static str) {
    match title {
        Title::Figures(_) | Title::Naming(_) => ("", ""),
        Title::OtherFigures => (
            "Other figures",
            "each of something else, in the order of the texts",
        ),
        Title::SpeakersOfSides => (
            "Heard on several sides",
            "quotations, and the share of all words quoted there",
        ),
        Title::Speakers => (
            "Heard on one side",
            "quotations, and the share of all words quoted there",
        ),
        Title::SharedQuotes => (
            "Quoted on several sides",
            "the same words, however each cuts them",
        ),
        Title::More => (
            "Used more here",
            if two_sides {
                "times here : times on the other side"
            } else {
                "times here : times on all other sides"
            },
        ),
        Title::Only => (
            "Used only here",
            "times, and how often chance alone would do that",
        ),
        Title::Namings => ("What each calls it", "times each name is used"),
        Title::CopiesOfSides => ("The same text on several sides", "is no second account"),
        Title::CopiesElsewhere => (
            "Texts that stand twice",
            "on one side, or also in another text of the corpus",
        ),
    }
}

/// Said of a side that has nothing in a part where another has something.
pub fn silence(section: Section) -> &'static str {
    match section {
        Section::Figures => "no figures here",
        Section::Voices => "nobody is quoted here",
        Section::Words => "no word stands out here",
        Section::Copies => "nothing here stands twice",
    }
}

/// How the sides stand to each other in a group of figures, or why they are not compared; nothing where one side alone has any.
pub fn verdicts(figures: &[Figure], group: &Group, sides: usize) -> String {
    let has = |side: usize| group.entries.iter().any(|entry| entry.column == side);
    let speaking = (0..sides).filter(|side| has(*side)).count();
    match &group.verdicts[..] {
        [] if speaking > 1 => why_not(figures, group).to_owned(),
        [] => String::new(),
        [(left, right, verdict)] if sides == 2 => {
            of_two(figures, group, (*left, *right), *verdict).to_owned()
        }
        several => of_several(several),
    }
}

fn why_not(figures: &[Figure], group: &Group) -> &'static str {
    if group.is_part {
        return "not compared: each a part of what its text tells before";
    }
    match group.entries.iter().find_map(|entry| entry.doubt) {
        Some(Doubt::Implied) => "not compared: what one counts is only implied",
        Some(Doubt::Akin) => "not compared: what is said is akin and not the same",
        None => match cause(figures, group) {
            Some(Cause::OtherVerb) => "not compared: other things are said of them",
            Some(Cause::OtherPeople) => "not compared: of other people",
            Some(Cause::OtherScope) => "not compared: of other days, places or events",
            Some(Cause::Far) => "not compared: over a hundred times apart",
            _ => "not compared: of different things, places or days",
        },
    }
}

fn of_two(
    figures: &[Figure],
    group: &Group,
    sides: (usize, usize),
    verdict: Verdict,
) -> &'static str {
    match verdict {
        Verdict::Differs if group.has_alone() => {
            "differs: those marked ≠ overlap none of the others"
        }
        Verdict::Differs => "differs: no figure of the one side overlaps any of the other",
        Verdict::Compatible if group.has_alone() => {
            "some overlap; those marked ≠ overlap none of the others"
        }
        Verdict::Compatible => match ground(figures, group, sides) {
            Ground::Numbers => "compatible: some of the two sides overlap",
            Ground::OneOpen => "compatible by a bound alone: it leaves room for the other side",
            bounds @ (Ground::BothLower | Ground::BothUpper) => verdict.told(bounds),
        },
    }
}

fn of_several(verdicts: &[(usize, usize, Verdict)]) -> String {
    let part = |wanted: Verdict| {
        let pairs = verdicts.iter().filter(|(.., verdict)| *verdict == wanted);
        match (pairs.count(), wanted) {
            (0, _) => None,
            (1, Verdict::Differs) => Some("one pair of sides differs".to_owned()),
            (1, Verdict::Compatible) => Some("one pair of sides is compatible".to_owned()),
            (pairs, Verdict::Differs) => Some(format!("{pairs} pairs of sides differ")),
            (pairs, Verdict::Compatible) => Some(format!("{pairs} pairs of sides are compatible")),
        }
    };
    let parts = [Verdict::Differs, Verdict::Compatible]
        .into_iter()
        .filter_map(part);
    parts.collect::<Vec<_>>().join(", ")
}
