//! Opening: what the reader or a command works on, from the arguments.

use super::files::{add_files, empty_corpus, file_name};
use super::{arguments, output, problems, select};
use crate::analysis::alignment::Decisions;
use crate::analysis::tagging;
use crate::app::action::Action;
use crate::app::config::{self, Config};
use crate::app::effect::Kept;
use crate::app::keymap::Keymap;
use crate::app::notebook::Notebook;
use crate::app::perspective::Perspective;
use crate::app::session::Session;
use crate::app::{Known, MOST_PANES, Opening, Settings, Whole};
use crate::corpus::{Corpus, Document, DocumentId, builtin};
use crate::library::decisions::{self, Store};
use crate::library::places::Home;
use crate::library::{config_file, folder, notes, on_demand, session};
use anyhow::{Result, bail};
use std::path::{Path, PathBuf};

/// What was asked for is not how the program is used.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct WrongUsage(pub(super) String);

impl From<String> for WrongUsage {
    fn from(why: String) -> Self {
        Self(why)
    }
}

/// In up to this much text the first topic is looked for before the first frame; in more, in the background.
const TAGGED_AT_ONCE_BYTES: usize = 1 << 20;

/// Files from this size on are opened as they are, without cleaning.
pub(super) const LARGE_BYTES: usize = 4 << 20;

/// The corpus a command works on; what is wrong with it goes to standard error.
pub fn corpus(path: Option<&Path>) -> Result<Corpus> {
    let corpus = read(path)?;
    if let Some(folder) = path {
        problems::tell(&corpus.problems, folder);
    }
    Ok(corpus)
}

/// A corpus, with nothing said of it.
fn read(path: Option<&Path>) -> Result<Corpus> {
    match path {
        None => Ok(builtin::corpus()),
        Some(path) => Ok(folder::open(path)?),
    }
}

/// What the reader opens for the paths on the command line, and where its decisions are kept.
pub fn opening(
    paths: &[PathBuf],
    corpus_path: Option<&Path>,
    settings: Settings,
    keymap: &Keymap,
) -> Result<(Opening, Stores)> {
    let opening = |corpus| Opening {
        corpus,
        whole: None,
        known: Known::Nothing,
        perspectives: Vec::new(),
        notice: None,
        decisions: Decisions::default(),
        settings,
    };
    let (mut opening, stores) = match paths {
        [] if corpus_path.is_none() => {
            let opening = Opening {
                whole: Some(Whole(whole_builtin)),
                ..opening(builtin::opening())
            };
            (opening, Stores::of_builtin())
        }
        [] => of_folder(corpus_path, opening)?,
        [folder] if folder.is_dir() => of_folder(Some(folder), opening)?,
        files => {
            if let Some((file, command)) =
                files.iter().find_map(|file| Some((file, misspelt(file)?)))
            {
                let file = file.display();
                bail!(WrongUsage(format!(
                    "there is no {file}; did you mean `diptych {command}`?"
                )));
            }
            match of_names(files, corpus_path, opening)? {
                Some(found) => found,
                None => of_files(files, opening(empty_corpus()), keymap)?,
            }
        }
    };
    if opening.corpus.documents.is_empty() {
        bail!(no_documents(&opening.corpus));
    }
    let is_of_files = !opening.perspectives.is_empty();
    if opening.perspectives.is_empty() {
        opening.perspectives = first_pair(&opening.corpus);
    }
    let bytes: usize = opening.corpus.documents.iter().map(Document::bytes).sum();
    opening.settings.opens_facing &= is_of_files && bytes < LARGE_BYTES;
    opening.settings.indexes = folder_of(paths, corpus_path).is_some();
    if let (Some(first), true) = (opening.corpus.topics.first(), bytes <= TAGGED_AT_ONCE_BYTES) {
        let (documents, language) = (&opening.corpus.documents, &opening.corpus.language);
        let first = std::slice::from_ref(first);
        opening.known = Known::First(tagging::tag(documents, first, language, true));
    }
    if let Some(told) = problems::in_a_line(&opening.corpus.problems, None) {
        also_say(&mut opening.notice, told);
    }
    let reads_on_demand = opening
        .corpus
        .documents
        .first()
        .is_some_and(Document::is_read_on_demand);
    if reads_on_demand && stores.decisions.place().is_some_and(Path::exists) {
        // To find the passages again every text would have to be read.
        let told = "what was decided about pairs is kept, but not shown in a corpus this large";
        also_say(&mut opening.notice, told.to_owned());
    } else if opening.whole.is_none() {
        let (known, told) = decisions_about(&opening.corpus, &stores.decisions);
        opening.decisions = known;
        if let Some(told) = told {
            also_say(&mut opening.notice, told);
        }
    }
    Ok((opening, stores))
}

/// What the tour goes through: the built-in corpus, on two texts that say the same about its first topic more than once.
pub fn for_tour(settings: Settings) -> (Opening, Stores) {
    const TEXTS: [&str; 2] = [
        "crimethinc/a-war-against-its-own-society",
        "not-stated/what-next-after-irans-massacre",
    ];
    let (corpus, decisions, notice) = whole_builtin();
    let place = |id: &&str| {
        let mut documents = corpus.documents.iter();
        documents.position(|document| document.id.as_str() == *id)
    };
    let perspectives = TEXTS.iter().filter_map(place).map(Perspective::Document);
    let (documents, language) = (&corpus.documents, &corpus.language);
    let opening = Opening {
        perspectives: perspectives.collect(),
        known: Known::All(tagging::tag(documents, &corpus.topics, language, true)),
        whole: None,
        notice,
        decisions,
        settings: Settings {
            opens_facing: false,
            indexes: false,
            ..settings
        },
        corpus,
    };
    (opening, Stores::of_builtin())
}

/// Where the reader was in what is opened.
pub struct Resuming {
    /// Where it is kept.
    pub store: session::Store,
    /// The session, where there is one and it is wanted.
    pub session: Option<Session>,
    /// What is to be told of it.
    pub told: Option<String>,
}

impl Resuming {
    /// Nothing to come back to, and nothing kept.
    pub fn nothing() -> Self {
        Self {
            store: session::Store::none(),
            session: None,
            told: None,
        }
    }
}

/// The session of what is opened. Where it shows more of the built-in corpus than the first screen needs, `opening` gets the whole.
pub fn resuming(arguments: &arguments::Arguments, opening: &mut Opening) -> Resuming {
    // Who names texts wants these, not those of the last time, which stay for the next.
    let are_named = are_names(&arguments.paths);
    let paths = arguments.paths.iter().filter(|_| !are_named);
    let paths: Vec<PathBuf> = paths.chain(&arguments.global.corpus).cloned().collect();
    let store = if are_named && arguments.session.is_none() {
        session::Store::none()
    } else {
        session::Store::of(&paths, arguments.session.as_deref())
    };
    let mut told = None;
    let read = if arguments.fresh {
        Ok(None)
    } else {
        store.load()
    };
    let read = read.map_err(|error| error.to_string());
    let session = match read.and_then(|text| text.as_deref().map(Session::read).transpose()) {
        Ok(session) => session,
        Err(why) => {
            let aside = store.set_aside();
            let aside = aside.map_or_else(String::new, |name| format!("; it is now {name}"));
            told = Some(format!("The last session cannot be read ({why}){aside}"));
            None
        }
    };
    let is_part = session
        .as_ref()
        .is_some_and(|session| !session.is_within(&opening.corpus));
    if let (true, Some(Whole(read))) = (is_part, opening.whole) {
        let (corpus, decisions, told) = read();
        opening.corpus = corpus;
        opening.decisions = decisions;
        opening.whole = None;
        if let Some(told) = told {
            also_say(&mut opening.notice, told);
        }
    }
    Resuming {
        store,
        session,
        told,
    }
}

/// What the reader set, and what is to be said of mistakes in it.
pub fn configuration() -> (Config, Option<String>) {
    let (place, text) = match config_file::read() {
        Ok(Some(found)) => found,
        Ok(None) => return (Config::default(), None),
        Err(error) => return (Config::default(), Some(error.to_string())),
    };
    let (config, mistakes) = config::parse(&text);
    let told = mistakes.first().map(|first| {
        let all = output::counted(mistakes.len(), "mistake");
        let file = file_name(&place);
        format!("{all} in {file} (diptych config --check), the first on {first}")
    });
    (config, told)
}

/// A corpus folder: a large one by its index, where it has one.
fn of_folder(
    folder: Option<&Path>,
    opening: impl FnOnce(Corpus) -> Opening,
) -> Result<(Opening, Stores)> {
    let opening = match folder.and_then(on_demand::open) {
        None => opening(read(folder)?),
        Some(known) => Opening {
            known: Known::All(known.tagging),
            notice: known.is_behind.then(|| {
                "corpus.toml has changed: topics and sources are shown as they were indexed; open it again when the index is up to date"
                    .to_owned()
            }),
            ..opening(known.corpus)
        },
    };
    Ok((opening, Stores::of(folder)))
}

/// Files laid side by side.
fn of_files(files: &[PathBuf], opening: Opening, keymap: &Keymap) -> Result<(Opening, Stores)> {
    let (corpus, notice) = files_as_corpus(files, keymap)?;
    let perspectives = side_by_side(&corpus, files).into_iter();
    let opening = Opening {
        perspectives: perspectives.map(Perspective::Document).collect(),
        notice,
        corpus,
        ..opening
    };
    Ok((opening, Stores::of_files()))
}

/// Documents, sources and voices of a corpus by their names, where no file has one of these names.
fn of_names(
    names: &[PathBuf],
    corpus_path: Option<&Path>,
    opening: impl FnOnce(Corpus) -> Opening,
) -> Result<Option<(Opening, Stores)>> {
    if !are_names(names) {
        return Ok(None);
    }
    if names.len() > MOST_PANES {
        bail!(
            "{} texts are too many to lay side by side: name up to {MOST_PANES}",
            names.len()
        );
    }
    let (mut opening, stores) = of_folder(corpus_path, opening)?;
    // A name with an ending is mostly that of a file: a slip in it is told as one.
    let is_of_corpus = |name: &str| name.starts_with("source:") || name.starts_with("voice:");
    for name in names {
        let shown = name.to_string_lossy();
        match select::perspective(&opening.corpus, &shown) {
            Ok(found) => opening.perspectives.push(found),
            Err(_) if name.extension().is_some() && !is_of_corpus(&shown) => return Ok(None),
            Err(error) => bail!("there is no file or folder “{shown}”, and {error}"),
        }
    }
    Ok(Some((opening, stores)))
}

/// Whether paths on the command line are no files but names in a corpus: nothing can be opened of which some are one and some the other.
pub fn are_names(paths: &[PathBuf]) -> bool {
    !paths.is_empty() && paths.iter().all(|path| path.symlink_metadata().is_err())
}

/// The folder of the corpus that the reader opens, where it has one.
pub fn folder_of(paths: &[PathBuf], corpus_path: Option<&Path>) -> Option<PathBuf> {
    match paths {
        [folder] if folder.is_dir() => Some(folder.clone()),
        names if names.is_empty() || are_names(names) => corpus_path.map(Path::to_owned),
        _ => None,
    }
}

/// What the documents that the reader opens are in.
pub fn home_of(paths: &[PathBuf], corpus_path: Option<&Path>) -> Home {
    match (folder_of(paths, corpus_path), paths) {
        (Some(folder), _) => Home::Folder(folder),
        (None, files) if !files.is_empty() && !are_names(files) => Home::Files(files.to_vec()),
        (None, _) => Home::BuiltIn,
    }
}

/// All of the built-in corpus, with what was decided about it.
fn whole_builtin() -> (Corpus, Decisions, Option<String>) {
    let corpus = builtin::corpus();
    let (known, told) = decisions_about(&corpus, &Store::of_builtin());
    (corpus, known, told)
}

/// Where what the reader does is kept.
#[derive(Clone)]
pub struct Stores {
    decisions: Store,
    notes: notes::Store,
}

impl Stores {
    fn of_builtin() -> Self {
        Self {
            decisions: Store::of_builtin(),
            notes: notes::Store::of_builtin(),
        }
    }

    fn of_files() -> Self {
        Self {
            decisions: Store::of_files(),
            notes: notes::Store::of_files(),
        }
    }

    fn of(corpus_path: Option<&Path>) -> Self {
        Self {
            decisions: store_of(corpus_path),
            notes: notes_of(corpus_path),
        }
    }

    /// The notes on a corpus, and what is to be told of them. The texts can be read whatever became of them.
    pub fn notebook(&self, corpus: &Corpus) -> (Notebook, Option<String>) {
        let (notes, told) = match self.notes.load(&corpus.documents) {
            Ok((notes, told)) => (notes, told),
            Err(error) => (Vec::new(), Some(format!("No notes: {error}"))),
        };
        (Notebook::new(notes, note_seed()), told)
    }

    /// The lines of all notes, as they are kept.
    pub fn lines(&self) -> Result<Vec<serde_json::Value>> {
        Ok(notes::annotations(&self.notes)?)
    }

    /// Writes something down; says why where that cannot be.
    pub fn keep(&self, corpus: &Corpus, kept: Kept) -> Result<(), String> {
        match kept {
            Kept::Decision(decision) => {
                let done = self.decisions.keep(&corpus.documents, decision);
                done.map_err(|error| output::causes(&error.into()))
            }
            Kept::Note(change) => {
                let done = self.notes.keep(&corpus.documents, &change, &now());
                done.map_err(|error| output::causes(&error.into()))
            }
        }
    }
}

/// What was decided about a corpus, and what is to be told of it.
fn decisions_about(corpus: &Corpus, store: &Store) -> (Decisions, Option<String>) {
    match store.load(&corpus.documents) {
        Ok((known, lost)) => (known, decisions::in_a_sentence(&lost)),
        // The texts can be read all the same.
        Err(error) => (Decisions::default(), Some(format!("No decisions: {error}"))),
    }
}

/// Where decisions about the corpus of a command are kept.
pub fn store_of(corpus_path: Option<&Path>) -> Store {
    corpus_path.map_or_else(Store::of_builtin, Store::beside)
}

/// Where notes on the corpus of a command are kept.
pub fn notes_of(corpus_path: Option<&Path>) -> notes::Store {
    corpus_path.map_or_else(notes::Store::of_builtin, notes::Store::beside)
}

/// The time, as RFC 3339 has it, to the second.
pub fn now() -> String {
    let now = jiff::Timestamp::now();
    let whole = jiff::Timestamp::from_second(now.as_second()).unwrap_or(now);
    whole.to_string()
}

/// What no other run of the program has, to make addresses of.
pub fn note_seed() -> String {
    let now = jiff::Timestamp::now().as_nanosecond();
    // The address of a value differs from run to run, where the system places programs at random.
    let here = std::ptr::from_ref(&now).addr();
    format!("{now} {} {here}", std::process::id())
}

/// Says something beside what is said already.
pub fn also_say(notice: &mut Option<String>, more: String) {
    *notice = Some(match notice.take() {
        None => more,
        Some(before) => format!("{before} · {more}"),
    });
}

/// The documents that a corpus says it is to be opened with.
fn first_pair(corpus: &Corpus) -> Vec<Perspective> {
    let place = |id: &DocumentId| {
        corpus
            .documents
            .iter()
            .position(|document| document.id == *id)
    };
    let places = corpus.opening.iter().filter_map(place);
    places.take(MOST_PANES).map(Perspective::Document).collect()
}

/// The command that was meant, where a path is not there but is close to a command's name.
fn misspelt(path: &Path) -> Option<String> {
    let missing = path.symlink_metadata().is_err();
    missing.then(|| arguments::misspelt_command(path.to_str()?))?
}

/// Why there is nothing to read in a corpus.
pub(super) fn no_documents(corpus: &Corpus) -> String {
    let Some(problem) = corpus.problems.first() else {
        return "no documents to read: put texts into the corpus with `diptych import FILES --into FOLDER`"
            .to_owned();
    };
    let more = match corpus.problems.len() - 1 {
        0 => String::new(),
        more => format!(
            " (and {} more: diptych check)",
            output::counted(more, "problem")
        ),
    };
    format!(
        "no documents to read in this folder; {}: {}{more}",
        problem.file, problem.problem
    )
}

/// The documents that are shown of files: the first of each; of one file, as many as there is room for.
fn side_by_side(corpus: &Corpus, files: &[PathBuf]) -> Vec<usize> {
    if files.len() < 2 {
        return (0..corpus.documents.len().min(MOST_PANES)).collect();
    }
    let first = |file: &PathBuf| {
        let file = file.display().to_string();
        let first = format!("{file}/1");
        let is_of_it = |document: &Document| [&file, &first].contains(&&document.id.to_string());
        corpus.documents.iter().position(is_of_it)
    };
    files.iter().filter_map(first).collect()
}

/// Files laid side by side: a corpus that lives in memory.
fn files_as_corpus(files: &[PathBuf], keymap: &Keymap) -> Result<(Corpus, Option<String>)> {
    if files.len() > MOST_PANES {
        bail!(
            "{} files are too many to lay side by side: give up to {MOST_PANES}, or import them into a corpus",
            files.len()
        );
    }
    let mut corpus = empty_corpus();
    add_files(&mut corpus, files)?;
    let notice = told_left_out(&corpus, keymap);
    Ok((corpus, notice))
}

/// How many lines were left out of which files. They are listed in the pane of their text, so it is named.
fn told_left_out(corpus: &Corpus, keymap: &Keymap) -> Option<String> {
    let with_some = corpus.documents.iter();
    let with_some: Vec<(&str, usize)> = with_some
        .map(|document| (document.id.as_str(), document.meta.left_out.len()))
        .filter(|(_, lines)| *lines > 0)
        .collect();
    let lines = match with_some.iter().map(|(_, lines)| lines).sum() {
        0 => return None,
        1 => "1 line that is not part of the article was".to_owned(),
        lines => format!("{lines} lines that are not part of the articles were"),
    };
    let key = keymap.hint(Action::Information);
    Some(match with_some[..] {
        [(id, _)] => format!("{lines} left out of {id} · {key} lists them in its pane"),
        _ => format!("{lines} left out · {key} lists those of the pane you are in"),
    })
}
