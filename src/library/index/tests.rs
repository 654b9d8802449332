//! An index in a folder of its own, so that no test depends on where the cache is.

use super::home::Home;
use super::searching::{Found, SearchError};
use super::updating::{Updated, update_at};
use super::{Index, IndexError};
use crate::analysis;
use crate::analysis::watch::Watch;
use crate::corpus::Corpus;
use crate::library::query;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

struct Case {
    _folder: tempfile::TempDir,
    corpus: PathBuf,
    home: Home,
}

const MANIFEST: &str = "language = \"en\"\n[[source]]\nid = \"a\"\ntitle = \"Outlet A\"\n[[source]]\nid = \"b\"\ntitle = \"The B\"\n\
    [[topic]]\nid = \"shutdown\"\ntitle = \"Internet shutdown\"\nkey = \"1\"\ncues = [\"blackout\"]\n";

impl Case {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let corpus = folder.path().join("corpus");
        let case = Self {
            home: Home::at(&folder.path().join("cache/index")),
            corpus,
            _folder: folder,
        };
        for (path, text) in files {
            case.write(path, text);
        }
        case
    }

    fn write(&self, path: &str, text: &str) {
        let place = self.corpus.join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text).unwrap();
    }

    fn update(&self) -> (Index, Updated) {
        update_at(&self.home, &self.corpus, false, Watch::NOBODY).unwrap()
    }

    /// A corpus large enough for one more document to be a small change.
    fn large() -> Self {
        let case = Self::new(&[("corpus.toml", MANIFEST)]);
        for number in 0..30 {
            let source = if number % 3 == 0 { "b" } else { "a" };
            let text = format!(
                "---\ntitle: Harbour news {number}\nsource: {source}\ndate: 2026-01-{:02}\n---\nThe crane number{number} fell.\n\nA blackout came.\n",
                number + 1
            );
            case.write(&format!("{source}/{number}.md"), &text);
        }
        case
    }
}

fn search(index: &Index, text: &str) -> Found {
    index.search(&query::parse(text).unwrap(), 100).unwrap()
}

/// `document#number`, sorted.
fn places(index: &Index, text: &str) -> Vec<String> {
    let found = search(index, text);
    let hits = found.groups.iter().flat_map(|group| &group.hits);
    let mut places: Vec<String> = hits
        .map(|hit| format!("{}#{}", hit.document, hit.number))
        .collect();
    places.sort();
    assert_eq!(places.len(), found.total);
    places
}

fn in_memory(files: &[(&str, &str)]) -> Index {
    let corpus = Corpus::assemble(Some(MANIFEST), files.iter().copied()).corpus;
    let (topics, tagging) = analysis::topics_of(&corpus).unwrap();
    Index::in_memory(&corpus, &topics, &tagging).unwrap()
}

#[test]
fn an_index_follows_what_is_added_edited_and_removed() {
    let case = Case::large();
    let (index, updated) = case.update();
    assert!(updated.rebuilt);
    assert_eq!(updated.added, 30);
    assert_eq!(places(&index, "number7"), ["a/7#1"]);
    assert_eq!(case.update().1, Updated::default(), "nothing has changed");

    case.write("a/new.md", "---\nsource: a\n---\nA lighthouse burned.\n");
    let (index, updated) = case.update();
    let expected = Updated {
        added: 1,
        ..Updated::default()
    };
    assert_eq!(updated, expected);
    assert_eq!(places(&index, "lighthouse"), ["a/new#1"]);

    case.write(
        "a/new.md",
        "---\nsource: b\n---\nThe windmill burned down.\n",
    );
    let (index, updated) = case.update();
    assert_eq!(
        (updated.added, updated.changed, updated.rebuilt),
        (0, 1, false)
    );
    assert!(places(&index, "lighthouse").is_empty());
    assert_eq!(places(&index, "windmill source:b"), ["a/new#1"]);

    fs::remove_file(case.corpus.join("a/new.md")).unwrap();
    let (index, updated) = case.update();
    assert_eq!((updated.removed, updated.rebuilt), (1, false));
    assert!(places(&index, "windmill").is_empty());
    assert_eq!(index.catalogue().entries.len(), 30);
}

#[test]
fn an_index_is_made_anew_when_topics_are_edited() {
    let case = Case::large();
    let (index, _) = case.update();
    assert_eq!(places(&index, "topic:shutdown").len(), 30);
    case.write("corpus.toml", &MANIFEST.replace("blackout", "crane"));
    let (index, updated) = case.update();
    assert!(updated.rebuilt);
    assert!(
        places(&index, "topic:shutdown NOT crane")
            .iter()
            .all(|place| place.ends_with("#2"))
    );
    assert_eq!(places(&index, "topic:1 crane").len(), 30);
}

#[test]
fn the_catalogue_counts_what_the_tagging_of_all_documents_counts() {
    let case = Case::large();
    let (index, _) = case.update();
    let corpus = crate::library::folder::open(&case.corpus).unwrap();
    let (_, tagging) = analysis::topics_of(&corpus).unwrap();
    for (at, document) in corpus.documents.iter().enumerate() {
        let entry = index
            .catalogue()
            .entries
            .iter()
            .find(|entry| entry.id == document.id)
            .unwrap();
        let places: Vec<u32> = tagging
            .places(at, 0)
            .into_iter()
            .map(|at| at as u32)
            .collect();
        let counted = if places.is_empty() {
            Vec::new()
        } else {
            vec![(0, places)]
        };
        assert_eq!(entry.topics, counted);
        assert_eq!(entry.passages as usize, document.len());
        let meta = &document.meta;
        assert_eq!((&entry.title, entry.date), (&meta.title, meta.date));
        assert_eq!(index.catalogue().source(entry.source), meta.source);
    }
}

/// The files of an index, but for the locks, by what kind they are.
fn files_by_kind(home: &Home) -> BTreeMap<String, Vec<PathBuf>> {
    let mut kinds: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    let mut folders = vec![home.folder().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let place = entry.unwrap().path();
            let name = place.file_name().unwrap().to_string_lossy().into_owned();
            if place.is_dir() {
                folders.push(place);
            } else if !name.contains("lock") {
                let kind = match name.split_once('-') {
                    Some((kind, _)) => kind.to_owned(),
                    None => name.rsplit('.').next().unwrap().to_owned(),
                };
                kinds.entry(kind).or_default().push(place);
            }
        }
    }
    kinds
}

#[test]
fn a_damaged_index_is_made_anew() {
    let case = Case::large();
    let (index, _) = case.update();
    let before = places(&index, "crane");
    drop(index);
    let kinds: Vec<String> = files_by_kind(&case.home).into_keys().collect();
    assert!(kinds.len() > 6, "{kinds:?}");
    // Cut in half, and emptied.
    for kept_half in [1, 0] {
        for kind in &kinds {
            for file in files_by_kind(&case.home).remove(kind).unwrap_or_default() {
                let bytes = fs::read(&file).unwrap();
                let kept = bytes.len() / 2 * kept_half;
                fs::write(&file, &bytes[..kept]).unwrap();
            }
            let (index, _) = case.update();
            assert_eq!(places(&index, "crane"), before, "{kind}");
        }
    }
}

#[test]
fn a_catalogue_of_another_version_means_a_new_index() {
    let case = Case::large();
    case.update();
    let file = &files_by_kind(&case.home)["catalogue"][0];
    let mut bytes = fs::read(file).unwrap();
    bytes[8] += 1;
    fs::write(file, bytes).unwrap();
    let (index, updated) = case.update();
    assert!(updated.rebuilt);
    assert_eq!(places(&index, "crane").len(), 30);
}

#[test]
fn two_read_while_one_writes() {
    let case = Case::large();
    case.update();
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let read = || {
            let mut times = 0;
            while !stop.load(Ordering::Relaxed) || times < 3 {
                let index = Index::open_at(&case.home).expect("an index is there at any time");
                let count = places(&index, "crane").len();
                assert!((30..=40).contains(&count), "{count}");
                times += 1;
            }
        };
        let readers = [scope.spawn(read), scope.spawn(read)];
        for number in 30..40 {
            case.write(&format!("a/{number}.md"), "The crane again.\n");
            case.update();
        }
        stop.store(true, Ordering::Relaxed);
        for reader in readers {
            reader.join().unwrap();
        }
    });
    assert_eq!(places(&case.update().0, "crane").len(), 40);
}

#[test]
fn a_second_writer_is_told_that_there_is_one() {
    let case = Case::large();
    case.update();
    let lock = case.home.lock(false).unwrap();
    let second = update_at(&case.home, &case.corpus, false, Watch::NOBODY);
    assert!(matches!(second, Err(IndexError::Busy)));
    assert!(Index::open_at(&case.home).is_some(), "and can read");
    drop(lock);
    case.update();
}

#[test]
fn indexing_that_is_stopped_is_gone_on_with() {
    let case = Case::large();
    let stop = AtomicBool::new(true);
    let watch = Watch::new(&stop, &|_| {});
    let stopped = update_at(&case.home, &case.corpus, false, watch);
    assert!(matches!(stopped, Err(IndexError::Stopped)));
    let (index, _) = case.update();
    assert_eq!(places(&index, "crane").len(), 30);
}

#[cfg(unix)]
#[test]
fn a_cache_that_cannot_be_written_is_an_error_that_says_so() {
    let case = Case::large();
    let blocked = case.corpus.join("corpus.toml");
    let home = Home::at(&blocked.join("index"));
    let error = update_at(&home, &case.corpus, false, Watch::NOBODY)
        .err()
        .unwrap();
    assert!(matches!(error, IndexError::Write { .. }), "{error}");
    assert!(error.to_string().contains("corpus.toml"));
}

#[cfg(unix)]
#[test]
fn nobody_else_can_look_into_an_index() {
    use std::os::unix::fs::PermissionsExt as _;
    let case = Case::large();
    case.update();
    for folder in [
        case.home.folder().to_owned(),
        case.home.folder().join("1/records"),
    ] {
        let mode = fs::metadata(folder).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0);
    }
}

#[test]
fn words_phrases_prefixes_and_operators_find_what_they_say() {
    let index = in_memory(&[
        (
            "a.md",
            "---\nsource: a\n---\nProtesters marched at dawn.\n\nThe port’s crane fell down.\n\nThey shut it down.\n",
        ),
        (
            "b.md",
            "---\nsource: b\ntitle: Harbour strike\n---\nDown they shut it, the protest.\n",
        ),
    ]);
    let check =
        |query: &str, expected: &[&str]| assert_eq!(places(&index, query), expected, "{query}");
    check("protesting", &["a#1", "b#1"]);
    check("protest -dawn", &["b#1"]);
    check("\"shut it down\"", &["a#3"]);
    check("shut down", &["a#3", "b#1"]);
    check("crane OR dawn", &["a#1", "a#2"]);
    check("down NOT (crane OR protest)", &["a#3"]);
    check("protester*", &["a#1"]);
    check("prot*", &["a#1", "b#1"]);
    check("port", &["a#2"]);
    check("strike", &["b#0"]);
    check("shut title:strikes", &["b#1"]);
    check("title:strike", &["b#0", "b#1"]);
    check("NOT down", &["a#0", "a#1", "b#0"]);
    check("source:b down", &["b#1"]);
    check("source:outlet down", &["a#2", "a#3"]);
}

#[test]
fn dates_count_as_far_as_they_are_known() {
    let dated = |date: &str| format!("---\nsource: a\ndate: {date}\n---\nA crane.\n");
    let files = [
        ("y.md", dated("2026")),
        ("m.md", dated("2026-02")),
        ("d.md", dated("2026-02-15")),
    ];
    let files = files.each_ref().map(|(path, text)| (*path, text.as_str()));
    let index = in_memory(&[&files[..], &[("n.md", "A crane.")]].concat());
    let check =
        |query: &str, expected: &[&str]| assert_eq!(places(&index, query), expected, "{query}");
    check("crane since:2026", &["d#1", "m#1", "y#1"]);
    check("crane since:2026-02-20", &["m#1", "y#1"]);
    check("crane since:2026-03", &["y#1"]);
    check("crane until:2026-02-14", &["m#1", "y#1"]);
    check("crane until:2025", &[]);
    check(
        "crane since:2026-02-15 until:2026-02-15",
        &["d#1", "m#1", "y#1"],
    );
}

#[test]
fn texts_of_many_languages_are_found_by_their_own_rules() {
    let index = in_memory(&[
        (
            "de.md",
            "---\nlanguage: de\n---\nDie Häfen blieben geschlossen.\n",
        ),
        (
            "fa.md",
            "---\nlanguage: fa\n---\nمردم در خیابان‌های تهران بودند.\n\nکتاب ایرانی\n",
        ),
        (
            "zh.md",
            "---\nlanguage: zh\n---\n警方说示威者离开了广场。\n",
        ),
        ("ko.md", "---\nlanguage: ko\n---\n시위대가 광장을 떠났다.\n"),
        ("th.md", "---\nlanguage: th\n---\nผู้ประท้วงออกจากจัตุรัส\n"),
        (
            "fr.md",
            "---\nlanguage: fr\n---\nL’armée a quitté la place.\n",
        ),
    ]);
    let check =
        |query: &str, expected: &[&str]| assert_eq!(places(&index, query), expected, "{query}");
    check("Hafen", &["de#1"]);
    check("häfen", &["de#1"]);
    check("ايراني", &["fa#2"]);
    check("\"كتاب ايراني\"", &["fa#2"]);
    check("示威者", &["zh#1"]);
    check("示者", &[]);
    check("威", &["zh#1"]);
    check("了", &["zh#1"]);
    check("示威* 广场", &["zh#1"]);
    check("시위대", &["ko#1"]);
    check("ประท้วง", &["th#1"]);
    check("armées", &["fr#1"]);
    let marked = |query: &str| {
        let found = search(&index, query);
        let snippet = &found.groups[0].hits[0].snippet;
        snippet
            .marks
            .iter()
            .map(|mark| mark.of(&snippet.text).to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(marked("hafen"), ["Häfen"]);
    assert_eq!(marked("示威者"), ["示威者"]);
    assert_eq!(marked("ايراني"), ["ایرانی"]);
    assert_eq!(marked("ประท้วง"), ["ประท้วง"]);
}

#[test]
fn voices_and_topics_are_filters() {
    let index = in_memory(&[(
        "a.md",
        "---\nsource: a\nvoices: [Ann Lee]\n---\nAn interview.\n\n**Ann Lee:** The blackout came.\n\n**Ann Lee:** A crane fell.\n\nA blackout.\n",
    )]);
    assert_eq!(places(&index, "voice:ann blackout"), ["a#2", "a#4"]);
    assert_eq!(
        places(&index, "topic:\"internet shutdown\" NOT voice:Ann"),
        Vec::<String>::new()
    );
    assert!(places(&index, "topic:shutdown").contains(&"a#2".to_owned()));
    for (query, says) in [
        ("voice:bob", "no voice “bob”; there are Ann Lee"),
        ("source:zzz", "no source “zzz”; there are a"),
        ("topic:zzz", "no topic “zzz”; there are shutdown"),
    ] {
        let error = index.search(&query::parse(query).unwrap(), 10).unwrap_err();
        assert!(matches!(error, SearchError::Filter(_)));
        assert_eq!(error.to_string(), says);
    }
}

#[test]
fn the_best_of_each_source_are_given_with_how_many_there_are() {
    let (index, _) = Case::large().update();
    let found = index.search(&query::parse("crane").unwrap(), 3).unwrap();
    assert_eq!(found.total, 30);
    let shown: Vec<(&str, usize, usize)> = found
        .groups
        .iter()
        .map(|group| (group.title.as_str(), group.total, group.hits.len()))
        .collect();
    assert_eq!(shown.len(), 2);
    assert!(
        shown.contains(&("Outlet A", 20, 3)) && shown.contains(&("The B", 10, 3)),
        "{shown:?}"
    );
    let scores: Vec<f32> = found.groups[0].hits.iter().map(|hit| hit.score).collect();
    assert!(scores.is_sorted_by(|a, b| a >= b));
}

#[test]
fn texts_that_name_no_source_are_found_each_by_itself() {
    let case = Case::new(&[("corpus.toml", MANIFEST)]);
    // However often the one says it, the other is there too.
    for (name, crane) in [("ledger", 50), ("courier", 1)] {
        let text = "The crane fell, and nobody was under it.\n\n".repeat(crane);
        case.write(
            &format!("{name}.md"),
            &format!("---\ntitle: The {name}\n---\n{text}"),
        );
    }
    case.write(
        "a/one.md",
        "---\ntitle: One\nsource: a\n---\nA crane fell.\n",
    );
    let (index, _) = case.update();
    let found = index.search(&query::parse("crane").unwrap(), 2).unwrap();
    let mut shown: Vec<(&str, usize, usize)> = found
        .groups
        .iter()
        .map(|group| (group.title.as_str(), group.total, group.hits.len()))
        .collect();
    shown.sort_unstable();
    assert_eq!(
        shown,
        [
            ("Outlet A", 1, 1),
            ("The courier", 1, 1),
            ("The ledger", 50, 2)
        ]
    );
    assert_eq!(found.total, 52);
}

#[test]
fn where_nothing_is_found_it_is_said_what_to_try() {
    let (index, _) = Case::large().update();
    let advice = |query: &str| search(&index, query).advice.join("\n");
    let said = advice("cranne");
    assert!(
        said.starts_with("nothing found in 60 passages of 30 documents"),
        "{said}"
    );
    assert!(
        said.contains("no passage has “cranne”; there are: crane"),
        "{said}"
    );
    let said = advice("crane blackout");
    assert!(
        said.contains("“crane” in 30 passages, “blackout” in 30 passages; OR"),
        "{said}"
    );
    let said = advice("crane source:a since:2027");
    assert!(said.contains("without since:2027: 20 passages"), "{said}");
    assert!(!said.contains("without source"), "{said}");
    assert!(advice("qqqqqq").contains("no passage has “qqqqqq”"));
}

#[test]
fn queries_of_any_make_end_soon() {
    let (index, _) = Case::large().update();
    let many = vec!["c*"; query::MAX_PARTS].join(" OR ");
    let long = "中".repeat(query::MAX_BYTES / 3);
    let phrase = format!("\"{}\"", "crane ".repeat(600));
    let deep = format!("{}crane{}", "(NOT ".repeat(11), ")".repeat(11));
    let began = std::time::Instant::now();
    for text in [many, long, phrase, deep] {
        search(&index, &text);
    }
    assert!(began.elapsed().as_secs() < 10);
}

#[test]
fn words_next_to_each_other_are_left_out() {
    let index = in_memory(&[
        ("a.md", "crane fell\n\ncrane that fell\n\nfell crane\n"),
        (
            "b.md",
            "crane harbour\n\nthe crane fell\n\nfell and crane\n",
        ),
    ]);
    let left = places(&index, "crane -\"crane fell\"");
    assert_eq!(left, ["a#2", "a#3", "b#1", "b#3"]);
    let anything = places(&index, "-\"crane fell\"");
    assert_eq!(anything, ["a#0", "a#2", "a#3", "b#0", "b#1", "b#3"]);
    assert_eq!(
        places(&index, "-(\"crane fell\" OR \"fell crane\")").len(),
        5
    );
    assert_eq!(places(&index, "NOT (NOT \"crane fell\")"), ["a#1", "b#2"]);
}

#[test]
fn words_that_are_their_own_stems_are_found_by_their_starts_and_proposed() {
    let index = in_memory(&[
        (
            "a.md",
            "A harbour crane fell.\n\nThe studies of cranes go on.\n",
        ),
        ("b.md", "Crane studies\n\nStudying harbours.\n"),
    ]);
    assert_eq!(places(&index, "cra*"), ["a#1", "a#2", "b#1"]);
    assert_eq!(places(&index, "cranes*"), ["a#2"]);
    assert_eq!(places(&index, "harb*"), ["a#1", "b#2"]);
    assert_eq!(places(&index, "harbours*"), ["b#2"]);
    let advice = |query: &str| search(&index, query).advice.join("\n");
    assert!(
        advice("harbuor").ends_with("harbour, harbours"),
        "{}",
        advice("harbuor")
    );
    // No word of the texts is written so: it is a stem.
    let said = advice("stuid");
    assert!(
        !said.contains("studi,") && !said.ends_with("studi"),
        "{said}"
    );
}

#[test]
fn passages_are_found_by_the_title_of_their_document() {
    let index = in_memory(&[
        (
            "a.md",
            "---\ntitle: The strike at the port\n---\nPolice came.\n\nNobody left.\n",
        ),
        (
            "b.md",
            "---\ntitle: Police\n---\nThe strike went on.\n\nPolice watched.\n",
        ),
    ]);
    assert_eq!(places(&index, "title:strike"), ["a#0", "a#1", "a#2"]);
    assert_eq!(places(&index, "title:strike police"), ["a#1"]);
    assert_eq!(places(&index, "title:stri*").len(), 3);
    assert_eq!(places(&index, "title:\"at the port\" left"), ["a#2"]);
    assert_eq!(places(&index, "police -title:police"), ["a#1"]);
    assert_eq!(places(&index, "title:police title:strike"), [""; 0]);
    assert_eq!(
        places(&index, "(title:strike OR title:police) watched"),
        ["b#2"]
    );
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    #[test]
    fn any_query_that_can_be_read_can_be_searched(text in "[ ()\"*a-cé中ก“\u{301}-]{0,24}") {
        let index = in_memory(&[("a.md", "a ab abc é 中中 ก\n")]);
        if let Ok(query) = query::parse(&text) {
            let found = index.search(&query, 5).unwrap();
            for hit in found.groups.iter().flat_map(|group| &group.hits) {
                for mark in &hit.snippet.marks {
                    proptest::prop_assert!(hit.snippet.text.get(mark.range()).is_some());
                }
            }
        }
    }
}

#[test]
fn a_text_that_states_no_language_is_read_by_the_one_it_is_in() {
    let german = "Der Hafen blieb drei Tage geschlossen, weil sich niemand einigen konnte, wer den Kran bezahlen sollte.";
    let corpus = Corpus::assemble(None, [("a.md", german)]).corpus;
    let index =
        Index::in_memory(&corpus, &[], &crate::analysis::tagging::Tagging::default()).unwrap();
    assert_eq!(places(&index, "Häfen"), ["a#1"]);
}
