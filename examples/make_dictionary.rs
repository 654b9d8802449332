//! Makes `src/text/dictionary/en.txt` from `WordNet` 3.0: for each word the stems that explain it best.
//!
//!     cargo run --release --example make_dictionary -- /usr/share/wordnet > src/text/dictionary/en.txt
//!
//! A word is explained by its most frequent senses: their synonyms (counted twice), the words of their definitions, and the
//! names of what they are kinds of or derived from. An explaining stem weighs its count (three at most) times its rarity among all
//! definitions; the rarest and the most frequent explain nothing. Kept are words that have several senses, were
//! met in the texts that its authors counted, or have synonyms or derivations; not the names of single things, nor those of most
//! animals, plants and substances.

#![allow(clippy::print_stdout, clippy::unwrap_used)] // A tool for whoever changes the dictionary: it writes one file, or stops.

use diptych::text::segment;
use diptych::text::stem::Stemmer;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

/// Senses that explain a stem, whatever words and classes they are of.
const SENSES: usize = 4;
/// Of one word in one class so many are looked at.
const SENSES_OF_CLASS: usize = 3;
/// Stems that explain one word.
const EXPLAINING: usize = 10;
/// In how many definitions an explaining stem stands at least.
const LEAST_DEFINITIONS: usize = 20;
/// It stands in one of so many at most.
const MOST_DEFINITIONS: usize = 50;
/// How often a stem counts for one word at most.
const MOST_COUNT: u32 = 3;
/// The highest weight that is written.
const HIGHEST: f64 = 9.0;

const CLASSES: [&str; 4] = ["noun", "verb", "adj", "adv"];
/// The files of animals, the body, plants, and substances.
const MANY_NAMES: [&str; 4] = ["05", "08", "20", "27"];

struct Sense {
    file: String,
    words: Vec<String>,
    /// Kind of relation, and the sense it leads to.
    relations: Vec<(String, String)>,
    definition: Vec<String>,
}

/// A sense that a stem is used in, and how often compared with others.
#[derive(Clone)]
struct Use {
    id: String,
    weight: f64,
}

/// How often each word was met in each class and sense (numbered from 1).
type Counts = HashMap<String, HashMap<(&'static str, usize), f64>>;

fn main() {
    let folder = std::env::args()
        .nth(1)
        .expect("the folder of WordNet's files is named");
    let read = |name: &str| {
        let path = Path::new(&folder).join(name);
        std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{name}: {error}"))
    };
    let stemmer = Stemmer::new("en");
    let mut senses: HashMap<String, Sense> = HashMap::new();
    for class in CLASSES {
        let file = read(&format!("data.{class}"));
        senses.extend(entries(&file).map(|line| read_sense(&stemmer, class, line)));
    }
    let mut definitions: HashMap<&str, usize> = HashMap::new();
    for sense in senses.values() {
        for stem in sense.definition.iter().collect::<BTreeSet<_>>() {
            *definitions.entry(stem).or_default() += 1;
        }
    }
    let counts = read_counts(&read("cntlist.rev"));
    let mut found: BTreeMap<String, Vec<Use>> = BTreeMap::new();
    for class in CLASSES {
        for line in entries(&read(&format!("index.{class}"))) {
            add_uses(&stemmer, class, line, &senses, &counts, &mut found);
        }
    }
    for class in CLASSES {
        for line in read(&format!("{class}.exc")).lines() {
            add_irregular(&stemmer, line, &mut found);
        }
    }
    println!(
        "# Words and the stems that explain them, with weights from 1 to 9; made by examples/make_dictionary.rs"
    );
    println!(
        "# from WordNet 3.0, (c) 2006 Princeton University; its license is in LICENSE-WORDNET beside this file."
    );
    for (word, uses) in &mut found {
        uses.sort_by(|one, other| {
            other
                .weight
                .total_cmp(&one.weight)
                .then(one.id.cmp(&other.id))
        });
        uses.dedup_by(|one, other| one.id == other.id);
        let mut counts = BTreeMap::new();
        for sense in uses.iter().take(SENSES) {
            explain(&senses, &senses[&sense.id], &mut counts);
        }
        let line = line_of(&counts, &definitions, senses.len());
        if !line.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            println!("{word}{line}");
        }
    }
}

/// The lines of one of its files that are not its license.
fn entries(file: &str) -> impl Iterator<Item = &str> {
    file.lines().filter(|line| !line.starts_with(' '))
}

/// The uses of the word of a line of an index.
fn add_uses(
    stemmer: &Stemmer,
    class: &'static str,
    line: &str,
    senses: &HashMap<String, Sense>,
    counts: &Counts,
    found: &mut BTreeMap<String, Vec<Use>>,
) {
    let fields: Vec<&str> = line.split_ascii_whitespace().collect();
    let pointers: usize = fields[3].parse().unwrap();
    let ids = fields[6 + pointers..]
        .iter()
        .map(|id| format!("{class} {id}"));
    let ids: Vec<String> = ids.collect();
    let counts = counts.get(fields[0]);
    if is_kept(fields[0], &ids, senses, counts.is_some()) {
        let uses = ids
            .into_iter()
            .take(SENSES_OF_CLASS)
            .enumerate()
            .map(|(rank, id)| {
                let count = counts.and_then(|counts| counts.get(&(class, rank + 1)));
                let weight = (count.copied().unwrap_or(0.0) + 0.5) / (1 + rank) as f64;
                Use { id, weight }
            });
        found
            .entry(stemmer.stem(fields[0]))
            .or_default()
            .extend(uses);
    }
}

fn read_counts(list: &str) -> Counts {
    let mut counts = Counts::new();
    for line in list.lines() {
        let fields: Vec<&str> = line.split(' ').collect();
        let (word, key) = fields[0].split_once('%').unwrap();
        let class = match key.as_bytes()[0] {
            b'1' => "noun",
            b'2' => "verb",
            b'4' => "adv",
            _ => "adj",
        };
        let of_word = counts.entry(word.to_owned()).or_default();
        let of_sense = of_word
            .entry((class, fields[1].parse().unwrap()))
            .or_default();
        *of_sense += fields[2].parse::<f64>().unwrap();
    }
    counts
}

fn read_sense(stemmer: &Stemmer, class: &str, line: &str) -> (String, Sense) {
    let (head, gloss) = line.split_once('|').unwrap();
    let fields: Vec<&str> = head.split_ascii_whitespace().collect();
    let count = usize::from_str_radix(fields[3], 16).unwrap();
    let words = (0..count).flat_map(|at| {
        let word = fields[4 + 2 * at].split('(').next().unwrap().to_lowercase();
        word.split('_')
            .map(|part| stemmer.stem(part))
            .collect::<Vec<_>>()
    });
    let words = words.collect();
    let relations: usize = fields[4 + 2 * count].parse().unwrap();
    let relations = fields[4 + 2 * count + 1..].chunks_exact(4).take(relations);
    let relations = relations.map(|chunk| {
        let class = match chunk[2] {
            "n" => "noun",
            "v" => "verb",
            "r" => "adv",
            _ => "adj",
        };
        (chunk[0].to_owned(), format!("{class} {}", chunk[1]))
    });
    let definition = gloss
        .split(';')
        .take_while(|part| !part.trim_start().starts_with('"'))
        .collect::<String>();
    let definition = segment::words(&definition)
        .map(|(_, word)| word)
        .filter(|word| {
            word.len() > 2
                && word.bytes().all(|byte| byte.is_ascii_alphabetic())
                && !stemmer.is_stop_word(word)
        })
        .map(|word| stemmer.stem(word));
    let sense = Sense {
        file: fields[1].to_owned(),
        relations: relations.collect(),
        definition: definition.collect(),
        words,
    };
    (format!("{class} {}", fields[0]), sense)
}

fn is_kept(word: &str, ids: &[String], senses: &HashMap<String, Sense>, is_counted: bool) -> bool {
    let first = &senses[&ids[0]];
    let has = |kind: &str| first.relations.iter().any(|(relation, _)| relation == kind);
    let is_word = word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_common = is_counted || ids.len() > 1;
    let is_related =
        !MANY_NAMES.contains(&first.file.as_str()) && (has("+") || first.words.len() > 1);
    is_word && !has("@i") && (is_common || is_related)
}

fn explain<'s>(
    senses: &'s HashMap<String, Sense>,
    sense: &'s Sense,
    counts: &mut BTreeMap<&'s str, u32>,
) {
    let mut add = |stem: &'s String, count| *counts.entry(stem.as_str()).or_default() += count;
    sense.words.iter().for_each(|stem| add(stem, 2));
    sense.definition.iter().for_each(|stem| add(stem, 1));
    for (relation, other) in &sense.relations {
        if matches!(relation.as_str(), "@" | "+" | "%p" | "#p" | "&") {
            senses[other].words.iter().for_each(|stem| add(stem, 1));
        }
    }
}

/// An irregular form ("children child") is explained as its word is.
fn add_irregular(stemmer: &Stemmer, line: &str, found: &mut BTreeMap<String, Vec<Use>>) {
    let Some((form, word)) = line.split_once(' ') else {
        return;
    };
    let word = stemmer.stem(word.split(' ').next().unwrap_or_default());
    let form = stemmer.stem(form);
    if form != word
        && let Some(uses) = found.get(&word).cloned()
    {
        found.entry(form).or_default().extend(uses);
    }
}

fn line_of(counts: &BTreeMap<&str, u32>, definitions: &HashMap<&str, usize>, all: usize) -> String {
    let explaining = counts.iter().filter_map(|(stem, count)| {
        let with = *definitions.get(stem)?;
        let tells = (LEAST_DEFINITIONS..all / MOST_DEFINITIONS).contains(&with);
        let rarity = (all as f64 / (1 + with) as f64).ln();
        tells.then(|| (*stem, f64::from(*count.min(&MOST_COUNT)) * rarity))
    });
    let mut explaining: Vec<(&str, f64)> = explaining.collect();
    explaining.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(other.0)));
    explaining.truncate(EXPLAINING);
    let highest = explaining.first().map_or(1.0, |(_, weight)| *weight);
    let part = |(stem, weight): &(&str, f64)| {
        format!(" {stem}{}", (weight / highest * HIGHEST).round().max(1.0))
    };
    explaining.iter().map(part).collect()
}
