//! How long tagging, discovery and alignment take; prints, asserts loosely, and is left out of ordinary runs:
//!
//!     cargo test --release --test analysis_speed -- --ignored --nocapture

#![allow(clippy::print_stdout)] // Its tables are for reading.

use diptych::analysis::alignment::{Decisions, compare};
use diptych::analysis::copies::{self, Copies};
use diptych::analysis::coverage::{By, coverage, words_of_cells};
use diptych::analysis::discovery::discover;
use diptych::analysis::evidence::{self, Asked, Options, Readings};
use diptych::analysis::figures::find;
use diptych::analysis::figures::ledger::ledger;
use diptych::analysis::tagging::tag;
use diptych::analysis::watch::Watch;
use diptych::corpus::{Document, DocumentId, Meta, PassageDraft, PassageId, Topic, TopicId};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// The paragraphs of the labelled set, as text to measure on.
fn paragraphs() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/labelled/passages.txt");
    let text = std::fs::read_to_string(path).expect("the labelled set is part of the repository");
    text.lines()
        .filter_map(|line| Some(line.strip_prefix('[')?.split_once("] ")?.1.to_owned()))
        .collect()
}

fn document(number: usize, paragraphs: impl Iterator<Item = String>) -> Document {
    let meta = Meta {
        language: "en".to_owned(),
        ..Meta::default()
    };
    let mut document = Document::new(DocumentId::from(format!("d{number}")), meta);
    for text in paragraphs {
        document.push(PassageDraft {
            text,
            ..PassageDraft::default()
        });
    }
    document
}

/// 13 topics with 200 cues, single words and phrases out of the text.
fn topics(paragraphs: &[String]) -> Vec<Topic> {
    let words: Vec<&str> = paragraphs
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| word.len() > 4)
        .collect();
    let cue = |n: usize| {
        let at = n * 11 % (words.len() - 1);
        if n.is_multiple_of(2) {
            words[at].to_owned()
        } else {
            format!("{} {}", words[at], words[at + 1])
        }
    };
    (0..13)
        .map(|topic| Topic {
            id: TopicId::from(format!("t{topic}")),
            cues: (0..200).filter(|n| n % 13 == topic).map(cue).collect(),
            ..Topic::default()
        })
        .collect()
}

/// The fastest of nine runs: the others measure what else the machine does.
fn time(name: &str, mut run: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..9)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    println!("{name:<60} {:>9.2?}", times[0]);
    times[0]
}

#[test]
#[ignore = "a measurement"]
fn tagging_a_small_corpus_and_a_large_one() {
    let paragraphs = paragraphs();
    let topics = topics(&paragraphs);
    let small: Vec<Document> = paragraphs
        .chunks(13)
        .enumerate()
        .map(|(n, chunk)| document(n, chunk.iter().cloned()))
        .collect();
    let words: usize = small.iter().map(Document::word_count).sum();
    let took = time(&format!("tag {words} words, 13 topics, 200 cues"), || {
        std::hint::black_box(tag(&small, &topics, "en", true));
    });
    assert!(took < Duration::from_millis(100));
    let large = [document(
        0,
        paragraphs.iter().cycle().take(100_000).cloned(),
    )];
    let took = time("tag 100 000 passages", || {
        std::hint::black_box(tag(&large, &topics, "en", true));
    });
    assert!(took < Duration::from_secs(30));
}

#[test]
#[ignore = "a measurement"]
fn discovering_topics_of_fifty_documents() {
    let paragraphs = paragraphs();
    let documents: Vec<Document> = (0..50)
        .map(|n| {
            document(
                n,
                paragraphs
                    .iter()
                    .cycle()
                    .skip(n * 7)
                    .step_by(3)
                    .take(25)
                    .cloned(),
            )
        })
        .collect();
    let words: usize = documents.iter().map(Document::word_count).sum();
    let took = time(&format!("discover in 50 documents, {words} words"), || {
        std::hint::black_box(discover(&documents, 12));
    });
    assert!(took < Duration::from_secs(10));
    let pair = &documents[..2];
    time("discover in two documents", || {
        std::hint::black_box(discover(pair, 12));
    });
    let large = [0, 1].map(|n| document(n, paragraphs.iter().cycle().take(150_000).cloned()));
    let megabytes = large[0].text().len() as f64 / 1e6;
    let name = format!("discover in two documents of {megabytes:.0} MB each");
    let took = time(&name, || {
        std::hint::black_box(discover(&large, 12));
    });
    assert!(took < Duration::from_secs(60));
}

#[test]
#[ignore = "a measurement"]
fn counting_who_speaks_of_what() {
    let paragraphs = paragraphs();
    let topics = &topics(&paragraphs)[..12];
    let documents: Vec<Document> = (0..100)
        .map(|n| {
            let mut document = document(n, std::iter::empty());
            document.meta.source = format!("s{}", n % 30).into();
            for (at, text) in paragraphs.iter().cycle().skip(n * 7).take(100).enumerate() {
                document.push(PassageDraft {
                    text: text.clone(),
                    voice: Some(format!("Voice {}", (n + at) % 40)),
                    ..PassageDraft::default()
                });
            }
            document
        })
        .collect();
    let tagging = tag(&documents, topics, "en", true);
    for by in [By::Sources, By::Documents, By::Voices] {
        time(
            &format!("coverage of 10 000 passages, 12 topics, {by:?}"),
            || {
                std::hint::black_box(coverage(&documents, &tagging, topics.len(), by));
            },
        );
    }
    let counts = coverage(&documents, &tagging, topics.len(), By::Sources);
    time("… and the words of every cell", || {
        std::hint::black_box(words_of_cells(&documents, &tagging, None, &counts));
    });
}

/// A document of about so many words, out of the labelled paragraphs and, so that there are as many different words as in real text, with
/// every third word made one that hardly stands anywhere else.
fn long_document(number: usize, words: usize, paragraphs: &[String]) -> Document {
    let mut count = 0;
    let mut seed = number as u64 + 1;
    let mut texts = Vec::new();
    for paragraph in paragraphs.iter().cycle().skip(number * 31) {
        let text: Vec<String> = paragraph
            .split(' ')
            .map(|word| {
                count += 1;
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                // Squaring makes some frequent and most rare, as in a language.
                let rank = ((seed >> 40) % 200).pow(2);
                if count % 3 == 0 {
                    format!(
                        "{}{}",
                        ["ra", "ke", "mo", "ti", "su"][rank as usize % 5],
                        rank / 5
                    )
                    .replace(|c: char| c.is_ascii_digit(), "ule")
                } else {
                    word.to_owned()
                }
            })
            .collect();
        texts.push(text.join(" "));
        if count >= words {
            break;
        }
    }
    document(number, texts.into_iter())
}

fn sides(documents: &[Document; 2]) -> [Vec<PassageId>; 2] {
    [0, 1].map(|document| {
        let passages = 0..documents[document].len();
        passages
            .map(|passage| PassageId { document, passage })
            .collect()
    })
}

#[test]
#[ignore = "a measurement"]
fn comparing_two_documents() {
    let paragraphs = paragraphs();
    for words in [5_000, 50_000, 500_000] {
        let documents = [0, 1].map(|number| long_document(number, words, &paragraphs));
        let sides = sides(&documents);
        let mut links = 0;
        let name = format!(
            "compare two documents of {words} words, {} passages each",
            sides[0].len()
        );
        time(&name, || {
            let decisions = Decisions::default();
            let found = compare(
                &documents,
                "en",
                &sides[0],
                &sides[1],
                &decisions,
                Watch::NOBODY,
            );
            links = found.map_or(0, |found| found.links.len());
        });
        println!("{links} links");
    }
}

/// All passages of some documents.
fn passages_of(documents: &[Document], which: impl Iterator<Item = usize>) -> Vec<PassageId> {
    let of = |document: usize| {
        let passages = 0..documents[document].len();
        passages.map(move |passage| PassageId { document, passage })
    };
    which.flat_map(of).collect()
}

/// What a reader waits for when the evidence is opened, with nothing read before and with everything; how often it tells how
/// far it is.
fn time_evidence(name: &str, documents: &[Document], sides: &[Vec<PassageId>]) -> usize {
    let mut copies = Copies::default();
    time(&format!("{name}: copies"), || {
        copies = copies::find(documents, Watch::NOBODY).expect("nobody stops it");
    });
    let told = AtomicUsize::new(0);
    let never = AtomicBool::new(false);
    let report = |_| {
        told.fetch_add(1, Ordering::Relaxed);
    };
    let gather = |readings: &Readings| {
        told.store(0, Ordering::Relaxed);
        let asked = Asked {
            documents,
            language: "en",
            namings: &[],
            sides,
            options: Options::default(),
            copies: &copies,
            readings,
        };
        std::hint::black_box(
            evidence::gather(&asked, Watch::new(&never, &report)).expect("nobody stops it"),
        );
    };
    time(
        &format!("{name}: evidence"),
        || gather(&Readings::default()),
    );
    let reports = told.load(Ordering::Relaxed);
    let readings = Readings::default();
    gather(&readings);
    time(&format!("{name}: evidence on another topic"), || {
        gather(&readings);
    });
    reports
}

#[test]
#[ignore = "a measurement"]
fn evidence_of_two_documents_and_of_a_thousand() {
    let paragraphs = paragraphs();
    let two = [0, 1].map(|number| long_document(number, 5_000, &paragraphs));
    let sides = [0, 1].map(|at| passages_of(&two, at..=at));
    time_evidence("two documents of 5 000 words", &two, &sides);
    let many: Vec<Document> = (0..1_000)
        .map(|number| long_document(number, 650, &paragraphs))
        .collect();
    let megabytes = many
        .iter()
        .map(|document| document.text().len())
        .sum::<usize>() as f64
        / 1e6;
    let sides = [0..500, 500..1_000].map(|half| passages_of(&many, half));
    let reports = time_evidence(
        &format!("1 000 documents, {megabytes:.1} MB"),
        &many,
        &sides,
    );
    assert!(reports >= many.len(), "a waiting reader sees how far it is");
}

/// The longest of some waits between the word to stop and the end of the work.
#[test]
#[ignore = "a measurement"]
fn stopping_a_comparison() {
    let paragraphs = paragraphs();
    for words in [50_000, 500_000] {
        let documents = [0, 1].map(|number| long_document(number, words, &paragraphs));
        let sides = sides(&documents);
        let decisions = Decisions::default();
        let mut longest = Duration::ZERO;
        for tenth in 0..10 {
            let stop = AtomicBool::new(false);
            let report = |_| ();
            let watch = Watch::new(&stop, &report);
            let began = Instant::now();
            let delay = Duration::from_millis(words as u64 * tenth / 2_000);
            let ended = std::thread::scope(|scope| {
                let work = scope.spawn(|| {
                    compare(&documents, "en", &sides[0], &sides[1], &decisions, watch).is_some()
                });
                std::thread::sleep(delay);
                stop.store(true, Ordering::Relaxed);
                let told = began.elapsed();
                let was_done = work.join().expect("it does not panic");
                if was_done {
                    Duration::ZERO
                } else {
                    began.elapsed().saturating_sub(told)
                }
            });
            longest = longest.max(ended);
        }
        println!("{words} words: ends {longest:.2?} after it was told to, at most");
    }
}

/// Paragraphs with a figure in most sentences, as reports have them; `words` of them a document.
fn reports(number: usize, words: usize) -> Document {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/labelled/figures/tuning");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the labelled set is part of the repository")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    files.sort();
    let texts: Vec<String> = files
        .iter()
        .filter_map(|path| std::fs::read_to_string(path).ok())
        .collect();
    let passages: Vec<&str> = texts
        .iter()
        .flat_map(|text| text.lines().filter_map(|line| line.strip_prefix("= ")))
        .collect();
    let mut left = words;
    let taken = passages.iter().cycle().skip(number).take_while(|passage| {
        let goes_on = left > 0;
        left = left.saturating_sub(passage.split(' ').count());
        goes_on
    });
    let taken: Vec<String> = taken.map(|passage| (*passage).to_owned()).collect();
    document(number, taken.into_iter())
}

#[test]
#[ignore = "a measurement"]
fn finding_figures() {
    for (count, words) in [(2, 5_000), (1_000, 650)] {
        let documents: Vec<Document> = (0..count).map(|number| reports(number, words)).collect();
        let bytes: usize = documents.iter().map(|document| document.text().len()).sum();
        let passages: Vec<PassageId> = documents
            .iter()
            .enumerate()
            .flat_map(|(document, text)| {
                (0..text.len()).map(move |passage| PassageId { document, passage })
            })
            .collect();
        let mut found = 0;
        let name = format!("find the figures of {count} documents, {bytes} bytes");
        time(&name, || {
            let figures = find(&documents, "en", &passages, Watch::NOBODY).unwrap_or_default();
            let column = |at: usize| Some(figures[at].passage.document % 5);
            let ledger = ledger(&figures, column, 5);
            found = figures.len();
            assert!(!ledger.groups.is_empty());
        });
        println!("{found} figures");
    }
}
