//! How well quotations and their speakers are found in texts labelled by hand: `tests/labelled/quotes`, explained in
//! `docs/quality.md`.
//!
//!     cargo test --test quotes_quality -- --nocapture
//!     cargo test --test quotes_quality failures -- --ignored --nocapture
//!     QUOTES=DIR cargo test --test quotes_quality another_folder -- --ignored --nocapture

#![allow(clippy::print_stdout, clippy::unwrap_used)] // Its tables are for reading.

use diptych::analysis::quotes::{self, Kind, Quote};
use diptych::analysis::watch::Watch;
use diptych::corpus::{Document, DocumentId, Meta, PassageDraft, markdown};
use std::path::{Path, PathBuf};

/// A quotation as it was labelled.
struct Label {
    text: String,
    /// Who may be given as its speaker; `-` is nobody.
    speakers: Vec<String>,
    kind: Kind,
    is_spoiled: bool,
    is_inferred: bool,
    part: bool,
}

struct LabelledText {
    title: String,
    document: Document,
    /// By passage.
    labels: Vec<Vec<Label>>,
}

struct LabelledFile {
    name: String,
    texts: Vec<LabelledText>,
}

/// The labelled files of a folder, by name; none where it is missing.
fn files(folder: &Path) -> Vec<LabelledFile> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        println!("{} is missing: skipped", folder.display());
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    paths.iter().map(|path| file(path)).collect()
}

fn file(path: &Path) -> LabelledFile {
    let text = std::fs::read_to_string(path).unwrap();
    let mut language = "en";
    let mut texts: Vec<(String, Vec<String>, Vec<Vec<Label>>)> = Vec::new();
    for line in text.lines() {
        if let Some(head) = line.strip_prefix("# ") {
            language = code(head.split(" | ").nth(1).unwrap());
        } else if let Some(title) = line.strip_prefix("== ") {
            texts.push((title.to_owned(), Vec::new(), Vec::new()));
        } else if let Some(passage) = line.strip_prefix("= ") {
            let (_, passages, labels) = texts.last_mut().unwrap();
            passages.push(passage.to_owned());
            labels.push(Vec::new());
        } else if !line.trim().is_empty() {
            let (_, _, labels) = texts.last_mut().unwrap();
            labels.last_mut().unwrap().push(label(line));
        }
    }
    let texts = texts
        .into_iter()
        .map(|(title, passages, labels)| LabelledText {
            document: document(language, &passages),
            title,
            labels,
        })
        .collect();
    LabelledFile {
        name: path.file_stem().unwrap().to_string_lossy().into_owned(),
        texts,
    }
}

fn document(language: &str, passages: &[String]) -> Document {
    let body = passages.join("\n\n");
    let file = format!("---\nlanguage: {language}\n---\n\n{body}\n");
    let (document, problems) = markdown::read(DocumentId::from("labelled"), "labelled.md", &file);
    assert!(
        document.len() == passages.len(),
        "each line is a passage: {problems:?}"
    );
    document
}

fn code(language: &str) -> &str {
    match language.trim() {
        "English" => "en",
        "German" => "de",
        "French" => "fr",
        "Spanish" => "es",
        "Persian" => "fa",
        "Chinese" => "zh",
        "Italian" => "it",
        "Swedish" => "sv",
        "Russian" => "ru",
        other => other,
    }
}

fn label(line: &str) -> Label {
    let mut fields = line.trim().split(" | ");
    let text = fields.next().unwrap();
    let text = text
        .strip_prefix('“')
        .and_then(|text| text.strip_suffix('”'));
    let mut label = Label {
        text: text
            .unwrap_or_else(|| panic!("no quotation: {line}"))
            .to_owned(),
        speakers: Vec::new(),
        kind: Kind::Direct,
        is_spoiled: false,
        is_inferred: false,
        part: false,
    };
    for field in fields {
        let (key, value) = field.split_once('=').unwrap();
        match key {
            "speaker" => {
                label.speakers = value
                    .split(" / ")
                    .map(|name| name.trim().to_owned())
                    .collect();
            }
            "kind" => {
                label.kind = match value {
                    "direct" => Kind::Direct,
                    "scare" => Kind::Scare,
                    "title" => Kind::Title,
                    other => panic!("kind {other}"),
                }
            }
            "spoiled" => label.is_spoiled = true,
            "inferred" => label.is_inferred = true,
            "part" => label.part = true,
            "cue" | "inside" | "short" | "nested" => {}
            other => panic!("unknown flag {other}: {line}"),
        }
    }
    label
}

/// A name as far as it counts: small letters, without an article or a title before it.
fn plain(name: &str) -> String {
    const LEADING: &str = "the a an le la les l un une el los las una unos der die das ein eine einem einer mr mrs ms miss dr prof \
        professor captain sheriff judge mayor coach sir frau herr mme m. m mlle señor señora don doña خانم آقای دکتر dr. mr. mrs. ms.";
    let folded = name
        .to_lowercase()
        .replace('\u{2019}', "'")
        .replace("l'", "l ");
    let mut words: Vec<&str> = folded.split_whitespace().collect();
    while words.len() > 1
        && LEADING
            .split_whitespace()
            .any(|leading| leading == words[0])
    {
        words.remove(0);
    }
    words.join(" ")
}

/// What came of the labels of some texts.
#[derive(Clone, Copy, Default)]
struct Tally {
    /// Speech labelled, found, and found that is none.
    direct: usize,
    right: usize,
    wrong: usize,
    /// Scare quotes and titles labelled, and given their kind.
    other: usize,
    other_right: usize,
    /// Speech whose speaker the text names or describes, and those that were found.
    named: usize,
    named_right: usize,
    /// … whose speaker was given wrongly, rather than not at all.
    named_wrong: usize,
    /// Speech of nobody the text names, and of those what was given to somebody.
    unnamed: usize,
    unnamed_wrong: usize,
    /// Speech whose speaker only the turns of the dialogue tell, and of those what was given to somebody else.
    inferred: usize,
    inferred_wrong: usize,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.direct += other.direct;
        self.right += other.right;
        self.wrong += other.wrong;
        self.other += other.other;
        self.other_right += other.other_right;
        self.named += other.named;
        self.named_right += other.named_right;
        self.named_wrong += other.named_wrong;
        self.unnamed += other.unnamed;
        self.unnamed_wrong += other.unnamed_wrong;
        self.inferred += other.inferred;
        self.inferred_wrong += other.inferred_wrong;
    }

    fn precision(&self) -> f64 {
        share(self.right, self.right + self.wrong)
    }

    fn recall(&self) -> f64 {
        share(self.right, self.direct)
    }

    fn f1(&self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE)
    }

    fn accuracy(&self) -> f64 {
        share(self.named_right, self.named)
    }

    fn row(&self, name: &str) {
        println!(
            "| {name} | {} | {} | {} | {} | {:.2} | {:.2} | {:.3} | {} of {} | {} of {} | {:.2} | {} | {} of {} | {} of {} |",
            self.direct,
            self.right,
            self.wrong,
            self.direct - self.right,
            self.precision(),
            self.recall(),
            self.f1(),
            self.other_right,
            self.other,
            self.named_right,
            self.named,
            self.accuracy(),
            self.named_wrong,
            self.unnamed_wrong,
            self.unnamed,
            self.inferred_wrong,
            self.inferred,
        );
    }
}

fn share(part: usize, of: usize) -> f64 {
    if of == 0 {
        1.0
    } else {
        part as f64 / of as f64
    }
}

const HEAD: &str = "| texts | speech | right | wrong | missed | precision | recall | F1 | kind of others right | speaker right | accuracy | \
    wrong name | named, though nobody is | inferred, wrong name |";

/// Scores one text; `tell` hears of each failure.
fn score(text: &LabelledText, mut tell: impl FnMut(String)) -> Tally {
    let documents = std::slice::from_ref(&text.document);
    let found = quotes::find(documents, "en", [0], Watch::NOBODY).unwrap();
    let mut tally = Tally::default();
    for (number, labels) in text.labels.iter().enumerate() {
        if labels.iter().any(|label| label.is_spoiled) {
            continue;
        }
        let mut here: Vec<&Quote> = found
            .iter()
            .filter(|quote| quote.passage.passage == number)
            .collect();
        for label in labels {
            let place = here
                .iter()
                .position(|quote| quote.text(&text.document) == label.text);
            let quote = place.map(|place| here.remove(place));
            if label.kind != Kind::Direct {
                tally.other += 1;
                match quote {
                    Some(quote) if quote.kind == label.kind => tally.other_right += 1,
                    Some(quote) => {
                        tally.wrong += usize::from(quote.kind == Kind::Direct);
                        tell(format!(
                            "{} is {}, not {}: “{}”",
                            text.title,
                            label.kind.name(),
                            quote.kind.name(),
                            label.text
                        ));
                    }
                    None => tell(format!(
                        "{} missed {}: “{}”",
                        text.title,
                        label.kind.name(),
                        label.text
                    )),
                }
                continue;
            }
            tally.direct += 1;
            match quote {
                Some(quote) if quote.kind == Kind::Direct => tally.right += 1,
                Some(quote) => tell(format!(
                    "{} is direct, not {}: “{}”",
                    text.title,
                    quote.kind.name(),
                    label.text
                )),
                None => tell(format!("{} missed: “{}”", text.title, label.text)),
            }
            score_speaker(text, label, quote, &mut tally, &mut tell);
        }
        for quote in here {
            tally.wrong += usize::from(quote.kind == Kind::Direct);
            tell(format!(
                "{} made up {}: “{}”",
                text.title,
                quote.kind.name(),
                quote.text(&text.document)
            ));
        }
    }
    tally
}

fn score_speaker(
    text: &LabelledText,
    label: &Label,
    quote: Option<&Quote>,
    tally: &mut Tally,
    tell: &mut impl FnMut(String),
) {
    let speaker = quote.and_then(|quote| quote.speaker.as_ref());
    let name = speaker.map(|speaker| speaker.name.as_str());
    let is_among = name.is_some_and(|name| {
        label
            .speakers
            .iter()
            .any(|other| plain(other) == plain(name))
    });
    let mut told = |what: &str| {
        let given = name.unwrap_or("-");
        let how = speaker.map_or(String::new(), |speaker| format!(" ({:?})", speaker.how));
        tell(format!(
            "{} {what} {given}{how}, not {}: “{}”",
            text.title,
            label.speakers.join(" / "),
            label.text
        ));
    };
    let may_be_nobody = label.speakers.iter().any(|name| name == "-");
    if label.is_inferred {
        tally.inferred += 1;
        if name.is_some() && !is_among {
            tally.inferred_wrong += 1;
            told("inferred speaker");
        }
    } else if may_be_nobody {
        tally.unnamed += 1;
        if name.is_some() && !is_among {
            tally.unnamed_wrong += 1;
            told("nobody's speaker");
        }
    } else {
        tally.named += 1;
        if is_among {
            tally.named_right += 1;
        } else {
            tally.named_wrong += usize::from(name.is_some());
            told("speaker");
        }
    }
    let _ = label.part;
}

fn labelled(half: &str) -> Vec<LabelledFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/labelled/quotes");
    files(&folder.join(half))
}

/// Prints a table and gives the sum.
fn table(name: &str, files: &[LabelledFile]) -> Tally {
    println!("\n{HEAD}\n|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    let mut sum = Tally::default();
    for file in files {
        let mut tally = Tally::default();
        for text in &file.texts {
            tally.add(score(text, |_| {}));
        }
        tally.row(&file.name);
        sum.add(tally);
    }
    sum.row(name);
    sum
}

#[test]
fn quotations_and_speakers_of_labelled_texts_are_found() {
    // All of them have been read by now: see `docs/quality.md` for what each was at first sight.
    for (half, least_f1, least_accuracy) in [
        ("tuning", 0.98, 0.95),
        ("held-back", 0.98, 0.9),
        ("second", 0.98, 0.95),
        ("further", 0.98, 0.95),
        ("third", 0.98, 0.9),
        ("fourth", 0.98, 0.9),
        ("fifth", 0.98, 0.85),
        ("sixth", 0.98, 0.9),
        ("seventh", 0.98, 0.9),
        ("eighth", 0.98, 0.85),
        ("other-hand", 0.98, 0.88),
        // Scored only: its failures were not read.
        ("other-hand-later", 0.98, 0.84),
    ] {
        let files = labelled(half);
        if files.is_empty() {
            continue;
        }
        let sum = table(half, &files);
        assert!(sum.f1() >= least_f1, "{half}: F1 {:.3}", sum.f1());
        assert!(
            sum.accuracy() >= least_accuracy,
            "{half}: accuracy {:.3}",
            sum.accuracy()
        );
    }
}

#[test]
#[ignore = "prints every failure"]
fn failures() {
    for half in [
        "tuning",
        "held-back",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "other-hand",
    ] {
        print_failures(&labelled(half));
    }
}

#[test]
#[ignore = "needs QUOTES=DIR"]
fn another_folder() {
    let folder = std::env::var("QUOTES").expect("QUOTES=DIR, a folder of labelled files");
    let files = files(Path::new(&folder));
    table(&folder, &files);
    print_failures(&files);
}

fn print_failures(files: &[LabelledFile]) {
    for file in files {
        println!("\n{}", file.name);
        for text in &file.texts {
            score(text, |failure| println!("  {failure}"));
        }
    }
}

#[test]
fn a_letter_speaks_and_not_whom_it_went_to() {
    for (text, who) in [
        (
            "A note from the harbour master to the union leader, Ruth Okafor, says that “the cranes were never inspected last year”.",
            "A note from the harbour master",
        ),
        (
            "The head of the harbour, Ruth Okafor, says that “the cranes were never inspected last year”.",
            "Ruth Okafor",
        ),
        (
            "In a letter to the council, Ruth Okafor says that “the cranes were never inspected last year”.",
            "Ruth Okafor",
        ),
    ] {
        let mut document = Document::new("a".into(), Meta::default());
        document.push(PassageDraft {
            text: text.to_owned(),
            ..PassageDraft::default()
        });
        let found = quotes::find(&[document], "en", [0], Watch::NOBODY).unwrap();
        let speaker = found[0].speaker.as_ref().unwrap();
        assert_eq!(speaker.name, who, "{text}");
    }
}
