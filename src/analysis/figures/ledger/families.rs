//! What is done to people, and verbs that come to the same, in the words of several languages.
//!
//! Invariant: the words are about language, never about an event.

use super::super::{Figure, FigureKind};
use super::standing::is_carried;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What is done to people, in the words of several languages: different words for one thing. They are about language, not about an event.
const FAMILIES: &[(&str, &str)] = &[
    (
        "killed",
        "killed kill kills killing killings dead die dies died dying death deaths toll fatality fatalities slain murdered perished drowned massacred bodies body \
         corpses getötet getöteten tote toten todesopfer gestorben starben starb tués tué tuées mort morts mortes décès décédés muertos muertas muerto murieron fallecidos fallecidas",
    ),
    (
        "injured",
        "injured injure injuring injuries injury wounded wounding wounds hurt verletzt verletzte verletzten blessés blessé blessées heridos heridas herido",
    ),
    (
        "arrested",
        "arrested arresting arrest arrests detained detaining detentions detainees imprisoned jailed festgenommen verhaftet arrêtés arrêtées arrestations detenidos detenidas arrestados",
    ),
    (
        "executed",
        "executed executing executions execution hanged hingerichtet exécutés ejecutados",
    ),
    (
        "missing",
        "missing unaccounted vermisst vermisste disparus disparues desaparecidos desaparecidas",
    ),
    (
        "displaced",
        "displaced displacing homeless fled uprooted evacuated vertrieben obdachlos evakuiert déplacés déplacées évacués évacuées desplazados desplazadas evacuados",
    ),
    (
        "infected",
        "infected infections cases infiziert infizierte infizierten fälle infectés infectées cas infectados casos",
    ),
    ("rescued", "rescued saved gerettet sauvés rescatados"),
];

/// People of no particular kind: what is elided, and the words that say no more.
const ANYBODY: &str = "people persons person lives individuals victims menschen personen opfer personnes victimes personas víctimas many some others";

/// Of these, the plain words for people, whose stems differ.
const PERSONS: &str = "people persons person individuals menschen personen personnes personas";

/// Verbs that may be said of the same people or things by different texts. They make a pair likely, never certain.
const AKIN: &[&str] = &[
    "stranded stuck marooned stay stayed staying remain remained wait waited waiting sleep slept sleeping spent",
    "came attended gathered marched joined rallied protested demonstrated filled assembled flocked",
    "struck walked downed stopped",
    "sacked dismissed fired redundant axed",
    "voted cast",
    "fled left evacuated",
    "cancelled canceled scrapped grounded",
    "destroyed ruined wrecked razed",
    "closed shut",
    "signed backed supported endorsed",
    "gestrandet festgesessen übernachtet warteten übernachteten",
    "demonstrierten protestierten versammelten kamen",
    "bloqués coincés attendu dormi",
    "manifesté défilé rassemblés",
    "varados atrapados esperaron durmieron",
    "marcharon manifestaron protestaron",
];

/// Verbs that tell nothing of what they are said of.
const PLAIN: &str = "had has have was were is are been made took taken got gave given went gone did put set found left lost kept held won paid";

/// Whether two verbs may be said of the same thing.
pub fn are_akin(one: &str, other: &str) -> bool {
    let plain = || PLAIN.split_whitespace().any(|word| word == one);
    let has = |words: &str, wanted: &str| words.split_whitespace().any(|word| word == wanted);
    if root(one) == root(other) {
        return !plain();
    }
    AKIN.iter()
        .any(|words| has(words, one) && has(words, other))
}

/// "dismissed", "dismiss": an English verb without its endings; other words as they stand.
fn root(verb: &str) -> &str {
    let bare = ["ing", "ed", "es", "s"]
        .iter()
        .find_map(|ending| verb.strip_suffix(ending))
        .filter(|bare| bare.len() > 3 && !verb.ends_with("ss"));
    bare.unwrap_or(verb).trim_end_matches('e')
}

/// What a figure counts, by the stem of its noun, all plain words for people as one.
pub fn head(figure: &Figure) -> Option<&str> {
    let words = figure.counts.as_ref().map(|phrase| phrase.text.as_str());
    let noun = words.and_then(|words| words.split_whitespace().next());
    let is_person = noun.is_some_and(|noun| {
        let noun = noun.to_lowercase();
        PERSONS.split_whitespace().any(|person| person == noun)
    });
    if is_person {
        Some("people")
    } else {
        figure.head.as_deref()
    }
}

/// Whether two figures count what the same noun names.
pub fn are_of_one_head(a: &Figure, b: &Figure) -> bool {
    head(a).is_some() && head(a) == head(b)
}

/// Words and their family.
pub struct Families {
    of: BTreeMap<&'static str, &'static str>,
    anybody: BTreeSet<&'static str>,
}

/// All of them, made once: the reader asks how figures stand with each frame.
pub static ALL: LazyLock<Families> = LazyLock::new(Families::new);

impl Families {
    fn new() -> Self {
        let mut of = BTreeMap::new();
        for (family, words) in FAMILIES {
            of.extend(words.split_whitespace().map(|word| (word, *family)));
        }
        Self {
            of,
            anybody: ANYBODY.split_whitespace().collect(),
        }
    }

    /// What is done to those whom a figure counts.
    pub fn of(&self, figure: &Figure) -> Option<&'static str> {
        if figure.kind != FigureKind::Count {
            return None;
        }
        let family = |text: &str| -> Option<&'static str> {
            let words = text
                .split(|c: char| !c.is_alphabetic())
                .filter(|word| !word.is_empty());
            let mut words = words;
            words.find_map(|word| self.of.get(word.to_lowercase().as_str()).copied())
        };
        let counts = figure.counts.as_ref().map(|phrase| phrase.text.as_str());
        let predicate = figure.predicate.as_ref().map(|phrase| phrase.text.as_str());
        let tolls = counts.and_then(family);
        // "cases" of a court are no infections unless nothing else is said of them.
        match (predicate.and_then(family), tolls) {
            (Some(family), _) => Some(family),
            (None, family) => family,
        }
    }

    /// Whether two figures are of the same kind of people: a kind that is only carried over from another figure may be anybody.
    pub fn are_of_one_class(&self, a: &Figure, b: &Figure) -> bool {
        match (self.class(a), self.class(b)) {
            (None, None) => true,
            (Some(one), Some(other)) => one == other,
            (Some(_), None) => is_carried(a),
            (None, Some(_)) => is_carried(b),
        }
    }

    /// The kind of people or thing counted, nothing for people of no particular kind.
    pub fn class<'f>(&self, figure: &'f Figure) -> Option<&'f str> {
        let phrase = figure.counts.as_ref()?;
        let head = phrase.text.split_whitespace().last()?.to_lowercase();
        let nobody = phrase
            .text
            .split_whitespace()
            .any(|word| self.anybody.contains(word.to_lowercase().as_str()));
        let plain =
            nobody || self.anybody.contains(head.as_str()) || self.of.contains_key(head.as_str());
        if plain { None } else { figure.head.as_deref() }
    }
}
