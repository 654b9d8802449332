//! What the reader, or whoever gave a folder to the reader, keeps in files: settings, `corpus.toml`, notes, decisions, sessions. And queries.

use super::promises;
use diptych::analysis;
use diptych::analysis::alignment::Decisions;
use diptych::app::message::Message;
use diptych::app::session::Session;
use diptych::app::{App, Known, Opening, Settings, config as settings};
use diptych::corpus::{Corpus, Topic, manifest as format};
use diptych::library::index::Index;
use diptych::library::{decisions, notes as keeping, query as queries};
use keybinds::{Key, KeyInput, KeySeq, Mods};
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

/// A small corpus with a little of everything.
const TEXT: &str = "The ministry said on 8 January that 12 people had died. “We counted more than 40,” said Mira Halden, a doctor.

Power was cut in five towns for 30 hours.

سلام دنیا، می\u{200c}روم خانه.

The harbour stayed open, and the ferries ran as on any day.
\u{c}
At least 36 people died on 8 January, a doctor counted in two hospitals of the town.

The lights went out in five towns; in the harbour they stayed on.

中文字符没有空格所以必须在任何地方换行。
";

static CORPUS: LazyLock<Arc<Corpus>> = LazyLock::new(|| {
    Arc::new(Corpus {
        language: "en".to_owned(),
        documents: promises::documents(TEXT),
        ..Corpus::default()
    })
});

/// A `corpus.toml`: read, added to, and used.
pub fn manifest(bytes: &[u8]) {
    let text = &*String::from_utf8_lossy(bytes);
    let (corpus, problems) = format::read(format::FILE, text);
    for problem in &problems {
        assert!(!problem.problem.is_empty());
    }
    if toml::from_str::<toml::Table>(text).is_ok() {
        let longer =
            format::add_topics(&format::add_sources(text, &corpus.sources), &corpus.topics);
        let mut left = longer.as_bytes();
        for byte in text.as_bytes() {
            let at = left
                .iter()
                .position(|one| one == byte)
                .expect("nothing that was there is lost");
            left = &left[at + 1..];
        }
    }
    let file = (
        "a/b.md",
        "---\ntitle: T\n---\n\nOne blackout.\n\n<!-- topic: x -->\nAnother.\n",
    );
    let assembly = Corpus::assemble(
        Some(text),
        [file, ("c.md", "# C\n\nStarlink and 12 dead.\n")],
    );
    let corpus = assembly.corpus;
    if let Ok((topics, _)) = analysis::topics_of(&corpus) {
        let opening = opening(Corpus { topics, ..corpus });
        promises::show(&mut App::new(opening, 90, 20).0);
    }
}

fn opening(corpus: Corpus) -> Opening {
    Opening {
        corpus,
        whole: None,
        known: Known::Nothing,
        perspectives: Vec::new(),
        notice: None,
        decisions: Decisions::default(),
        settings: Settings::default(),
    }
}

/// A query: read, written again where it can be, and asked.
pub fn query(bytes: &[u8]) {
    static INDEX: LazyLock<Index> =
        LazyLock::new(|| Index::of(&CORPUS).expect("a small corpus is indexed"));
    let text = &*String::from_utf8_lossy(bytes);
    match queries::parse(text) {
        Ok(query) => {
            for filter in query.filters() {
                let _ = query.without(filter);
            }
            let found = INDEX.search(&query.clone().unfinished(), 5);
            if let Ok(found) = found {
                assert!(found.total <= 64);
            }
            let _ = INDEX.search(&query, 5);
        }
        Err(error) => assert!(error.column >= 1 && error.column <= text.chars().count() + 1),
    }
}

/// A folder for one process, in memory where there is such a place.
fn folder() -> PathBuf {
    static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
        let memory = PathBuf::from("/dev/shm");
        let base = if memory.is_dir() {
            memory
        } else {
            std::env::temp_dir()
        };
        let folder = base.join(format!("diptych-fuzz-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder can be made");
        folder
    });
    FOLDER.clone()
}

/// The lines of a notes file or a decisions file beside a corpus: read, anchored again, compacted.
pub fn notes(bytes: &[u8]) {
    let folder = folder();
    let documents = &CORPUS.documents;
    for name in [keeping::FILE, decisions::FILE] {
        let place = folder.join(name);
        std::fs::write(&place, bytes).expect("the folder can be written to");
        if name == keeping::FILE {
            let (notes, _) = keeping::Store::beside(&folder)
                .load(documents)
                .expect("a file is read");
            for place in notes.iter().flat_map(|note| &note.places) {
                let document = &documents[place.passage.document];
                assert!(document.passage(place.passage.passage).is_some());
            }
        } else {
            decisions::Store::beside(&folder)
                .load(documents)
                .expect("a file is read");
        }
        let now = std::fs::read(&place).expect("it is there still");
        assert!(now.len() <= bytes.len(), "reading adds nothing");
        std::fs::remove_file(&place).expect("it is ours");
    }
}

/// A session: read, taken up, drawn.
pub fn session(bytes: &[u8]) {
    let text = &*String::from_utf8_lossy(bytes);
    let Ok(session) = Session::read(text) else {
        return;
    };
    let corpus = Corpus::clone(&CORPUS);
    let (mut app, _) = App::new(opening(corpus), 100, 30);
    session.is_within(&app.corpus);
    app.resume(&session);
    promises::show(&mut app);
    let again = Session::read(&app.session().write());
    assert!(again.is_ok(), "what is written is read");
}

/// A configuration, and, after a line `===`, keys that are typed into the reader which has it: sequences, a line each; `>` pastes one.
pub fn config(bytes: &[u8]) {
    let text = &*String::from_utf8_lossy(bytes);
    let (file, script) = text.split_once("\n===\n").unwrap_or((text, ""));
    let (config, mistakes) = settings::parse(file);
    let lines = file.lines().count() + 1;
    for mistake in &mistakes {
        assert!(
            mistake.line >= 1 && mistake.line <= lines,
            "{mistake} of {lines}"
        );
    }
    if script.is_empty() {
        return;
    }
    let corpus = Corpus {
        topics: vec![Topic {
            id: "x".into(),
            title: "Towns".to_owned(),
            cues: vec!["towns".to_owned()],
            ..Topic::default()
        }],
        ..Corpus::clone(&CORPUS)
    };
    let (mut app, _) = App::new(opening(corpus), 100, 30);
    app.keymap = config.keymap;
    for line in script.lines().take(40) {
        if let Some(pasted) = line.strip_prefix('>') {
            app.update(Message::Paste(pasted.to_owned()));
        } else if let Ok(keys) = line.parse::<KeySeq>() {
            for key in keys.as_slice() {
                app.update(Message::Key(*key));
            }
        } else {
            for key in line.chars().take(40) {
                app.update(Message::Key(KeyInput::new(Key::Char(key), Mods::NONE)));
            }
        }
        promises::show(&mut app);
    }
}
