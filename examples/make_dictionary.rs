//! Makes `src/text/dictionary/en.txt` from `WordNet` 3.0: for each word the stems that explain it best.
//!
//!     cargo run --release --example make_dictionary -- /usr/share/wordnet > src/text/dictionary/en.txt
//!
//! A word is explained by the synonyms of its first senses (counted twice), the words of their definitions, and the
//! names of what they are kinds of or derived from. An explaining stem weighs its count (three at most) times its rarity among all
//! definitions; the rarest and the most frequent explain nothing. Kept are words that have several senses, were
//! met in the texts that its authors counted, or have synonyms or derivations; not the names of single things, nor those of most
//! animals, plants and substances.

#![allow(clippy::print_stdout, clippy::unwrap_used)] // A tool for whoever changes the dictionary: it writes one file, or stops.

use diptych::text::segment;
use diptych::text::stem::Stemmer;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

/// Senses of a word that are looked at, most frequent first.
const SENSES: usize = 3;
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

fn main() {
    let folder = std::env::args()
        .nth(1)
        .expect("the folder of WordNet's files is named");
    let folder = Path::new(&folder);
    let read = |name: String| {
        std::fs::read_to_string(folder.join(&name))
            .unwrap_or_else(|error| panic!("{name}: {error}"))
    };
    let stemmer = Stemmer::new("en");
    let mut senses: HashMap<String, Sense> = HashMap::new();
    for class in CLASSES {
        for line in read(format!("data.{class}"))
            .lines()
            .filter(|line| !line.starts_with(' '))
        {
            let (id, sense) = read_sense(&stemmer, class, line);
            senses.insert(id, sense);
        }
    }
    let mut definitions: HashMap<&str, usize> = HashMap::new();
    for sense in senses.values() {
        for stem in sense.definition.iter().collect::<BTreeSet<_>>() {
            *definitions.entry(stem).or_default() += 1;
        }
    }
    let counted: BTreeSet<String> = read("cntlist.rev".to_owned())
        .lines()
        .filter_map(|line| Some(line.split_once('%')?.0.to_owned()))
        .collect();
    let mut explained: BTreeMap<String, BTreeMap<&str, u32>> = BTreeMap::new();
    for class in CLASSES {
        for line in read(format!("index.{class}"))
            .lines()
            .filter(|line| !line.starts_with(' '))
        {
            let fields: Vec<&str> = line.split_ascii_whitespace().collect();
            let pointers: usize = fields[3].parse().unwrap();
            let ids: Vec<String> = fields[6 + pointers..]
                .iter()
                .map(|id| format!("{class} {id}"))
                .collect();
            if is_kept(fields[0], &ids, &senses, &counted) {
                let counts = explained.entry(stemmer.stem(fields[0])).or_default();
                ids.iter()
                    .take(SENSES)
                    .for_each(|id| explain(&senses, &senses[id], counts));
            }
        }
    }
    for class in CLASSES {
        for line in read(format!("{class}.exc")).lines() {
            add_irregular(&stemmer, line, &mut explained);
        }
    }
    println!(
        "# Words and the stems that explain them, with weights from 1 to 9; made by examples/make_dictionary.rs"
    );
    println!(
        "# from WordNet 3.0, (c) 2006 Princeton University; its license is in LICENSE-WORDNET beside this file."
    );
    let all = senses.len();
    for (word, counts) in &explained {
        let line = line_of(counts, &definitions, all);
        if !line.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            println!("{word}{line}");
        }
    }
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

fn is_kept(
    word: &str,
    ids: &[String],
    senses: &HashMap<String, Sense>,
    counted: &BTreeSet<String>,
) -> bool {
    let first = &senses[&ids[0]];
    let has = |kind: &str| first.relations.iter().any(|(relation, _)| relation == kind);
    let is_word = word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_common = counted.contains(word) || ids.len() > 1;
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
fn add_irregular(
    stemmer: &Stemmer,
    line: &str,
    explained: &mut BTreeMap<String, BTreeMap<&str, u32>>,
) {
    let Some((form, word)) = line.split_once(' ') else {
        return;
    };
    let word = stemmer.stem(word.split(' ').next().unwrap_or_default());
    let form = stemmer.stem(form);
    if form != word
        && let Some(counts) = explained.get(&word).cloned()
    {
        let known = explained.entry(form).or_default();
        for (stem, count) in counts {
            *known.entry(stem).or_default() += count;
        }
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
