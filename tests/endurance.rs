//! The reader under keys, resizes, pastes and mouse events without end: no panic, nothing that commands a terminal in any cell, and memory
//! that stays where it was.
//!
//! `DIPTYCH_EVENTS` says how many (a few thousand otherwise), `DIPTYCH_EVENTS_CORPUS` on which folder (the built-in corpus otherwise),
//! `DIPTYCH_EVENTS_SEED` where chance begins. `scripts/endurance.sh` runs the million.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking, and says what it measured"
)]

use diptych::analysis::tagging::{KnownPlaces, Tagging, tag};
use diptych::analysis::watch::Watch;
use diptych::analysis::{alignment, copies, evidence};
use diptych::app::action::ACTIONS;
use diptych::app::effect::Effect;
use diptych::app::keymap::Keymap;
use diptych::app::message::{Finding, Message, Mouse, Report, Stage};
use diptych::app::picker::Purpose;
use diptych::app::{App, Known, Opening, Overlay, Settings};
use diptych::command::open;
use diptych::corpus::unread::{Shelf, Summary};
use diptych::corpus::{Corpus, Document, Meta, PassageDraft, SourceId};
use diptych::runtime::seeking::Seeking;
use diptych::view;
use diptych::view::theme::{Background, Depth, Theme};
use keybinds::{Key, KeyInput, KeySeq, Mods};
use ratatui::buffer::Buffer;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

/// Chance that begins anywhere and is the same each time (xorshift64*).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        let at = self.below(all.len() as u64);
        &all[usize::try_from(at).unwrap()]
    }

    fn up_to(&mut self, most: u64) -> u16 {
        u16::try_from(self.below(most + 1)).unwrap()
    }
}

/// Texts that are typed and pasted.
const WORDS: [&str; 10] = [
    "power",
    "the dead",
    "source:one",
    "\"a b\" OR",
    "سلام",
    "中文",
    "\u{1b}[31m\u{202e}",
    "#tag",
    "e\u{301}👩‍👩‍👧‍👦",
    "-x* (",
];

/// Something that happens, as a person, a cat, or a window manager would have it.
fn event(chance: &mut Chance, keys: &[KeySeq]) -> Vec<Message> {
    let key = |key, mods| Message::Key(KeyInput::new(key, mods));
    let (column, row) = (chance.up_to(510), chance.up_to(210));
    match chance.below(100) {
        // A key of some action in some context, whole.
        0..50 => chance
            .of(keys)
            .as_slice()
            .iter()
            .map(|key| Message::Key(*key))
            .collect(),
        50..60 => {
            let character = char::from(u8::try_from(chance.below(95) + 32).unwrap());
            vec![key(Key::Char(character), Mods::NONE)]
        }
        60..68 => {
            let plain = [
                Key::Enter,
                Key::Esc,
                Key::Tab,
                Key::Backspace,
                Key::Up,
                Key::Down,
                Key::Left,
                Key::Right,
                Key::Delete,
            ];
            vec![key(*chance.of(&plain), Mods::NONE)]
        }
        68..72 => {
            let word = chance.of(&WORDS);
            word.chars()
                .map(|character| key(Key::Char(character), Mods::NONE))
                .collect()
        }
        72..75 => {
            let times = usize::from(chance.up_to(400));
            vec![Message::Paste(chance.of(&WORDS).repeat(times))]
        }
        75..80 => {
            // Sizes that people have, mostly, and any from 1x1 to 500x200.
            let any = chance.below(4) == 0;
            let (columns, rows) = if any {
                (chance.up_to(499) + 1, chance.up_to(199) + 1)
            } else {
                *chance.of(&[(80, 24), (100, 30), (160, 45), (50, 15), (220, 60)])
            };
            vec![Message::Resize { columns, rows }]
        }
        80..98 => {
            let kind = *chance.of(&[Mouse::Press, Mouse::Drag, Mouse::WheelDown, Mouse::WheelUp]);
            vec![Message::Mouse { column, row, kind }]
        }
        98 => vec![Message::Done("something is done".to_owned())],
        _ => vec![Message::NotKept("no room".to_owned())],
    }
}

/// What the reader asked of the world and has not been given yet.
struct World {
    seeking: Seeking,
    /// What was read for evidence, and of which corpus.
    readings: (Weak<Corpus>, evidence::Readings),
    waiting: Vec<Effect>,
    counts: BTreeMap<&'static str, u64>,
}

impl World {
    fn new(seeking: Option<Seeking>) -> Self {
        Self {
            seeking: seeking.unwrap_or_else(|| Seeking::new(None)),
            readings: (Weak::new(), evidence::Readings::default()),
            waiting: Vec::new(),
            counts: BTreeMap::new(),
        }
    }

    fn count(&mut self, what: &'static str) {
        *self.counts.entry(what).or_default() += 1;
    }

    /// Takes what is asked for; what needs no job is done at once.
    fn take(&mut self, app: &mut App, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Cancel(ticket) => {
                    self.count("cancelled");
                    self.waiting
                        .retain(|waiting| ticket_of(waiting) != Some(ticket));
                    app.update(Message::Report(Report {
                        ticket,
                        stage: Stage::Cancelled,
                    }));
                }
                Effect::Copy { text, .. } => {
                    self.count("copied");
                    assert!(text.len() < 64 << 20);
                    app.update(Message::Done("copied".to_owned()));
                }
                Effect::Note(_) => self.count("notes"),
                Effect::Decide(_) => self.count("decisions"),
                Effect::Quit => self.count("asked to quit"),
                Effect::Suspend | Effect::Mouse(_) | Effect::Write(_) | Effect::Edit(_) => {
                    self.count("others");
                }
                job => self.waiting.push(job),
            }
        }
    }

    /// Does one of the jobs that wait.
    fn work(&mut self, app: &mut App, chance: &mut Chance) -> &'static str {
        if self.waiting.is_empty() {
            return "nothing";
        }
        let at = usize::try_from(chance.below(self.waiting.len() as u64)).unwrap();
        let job = self.waiting.swap_remove(at);
        let Some(ticket) = ticket_of(&job) else {
            return "nothing";
        };
        let name = match &job {
            Effect::Compare { .. } => "comparing",
            Effect::Gather { .. } => "laying open",
            Effect::Search { .. } => "searching",
            Effect::FindCopies(_) => "looking for copies",
            _ => "another",
        };
        if chance.below(8) == 0 {
            let stage = Stage::Failed("as chance wants".to_owned());
            let more = app.update(Message::Report(Report { ticket, stage }));
            self.take(app, more);
            return name;
        }
        let started = app.update(Message::Report(Report {
            ticket,
            stage: Stage::Started,
        }));
        self.take(app, started);
        self.count("jobs");
        let stage = self.outcome(app, job);
        let more = app.update(Message::Report(Report { ticket, stage }));
        self.take(app, more);
        name
    }

    fn outcome(&mut self, app: &App, job: Effect) -> Stage {
        let documents = &app.corpus.documents;
        let watch = Watch::NOBODY;
        match job {
            Effect::FindCopies(_) => Stage::Finished(Finding::Copies(Arc::new(
                copies::find(documents, watch).unwrap(),
            ))),
            Effect::Compare {
                left,
                right,
                decisions,
                ..
            } => {
                let found = alignment::compare(
                    documents,
                    &app.corpus.language,
                    &left,
                    &right,
                    &decisions,
                    watch,
                );
                Stage::Finished(Finding::Comparison(found.unwrap()))
            }
            Effect::Gather {
                sides,
                options,
                copies,
                ..
            } => {
                // A hundredth of what the program takes, so that a million events end: it is a job, which no key waits for.
                if evidence::bytes(documents, &sides) > evidence::MOST_BYTES / 100 {
                    return Stage::Failed("too much text".to_owned());
                }
                if !std::ptr::eq(self.readings.0.as_ptr(), Arc::as_ptr(&app.corpus)) {
                    self.readings = (Arc::downgrade(&app.corpus), evidence::Readings::default());
                }
                let asked = evidence::Asked {
                    documents,
                    language: &app.corpus.language,
                    namings: &app.corpus.namings,
                    sides: &sides,
                    options,
                    copies: &copies,
                    readings: &self.readings.1,
                };
                Stage::Finished(Finding::Evidence(Arc::new(
                    evidence::gather(&asked, watch).unwrap(),
                )))
            }
            Effect::Search { text, .. } => self.seeking.search(&app.corpus, &text),
            Effect::FindTopics(_) => match diptych::analysis::topics_of(&app.corpus) {
                Ok((topics, tagging)) => Stage::Finished(Finding::Topics(topics, tagging)),
                Err(too_large) => Stage::Failed(too_large.to_string()),
            },
            Effect::Index(_) => Stage::Finished(Finding::Indexed),
            other => panic!("no job: {other:?}"),
        }
    }
}

fn ticket_of(effect: &Effect) -> Option<diptych::app::message::Ticket> {
    match effect {
        Effect::FindCopies(ticket)
        | Effect::FindTopics(ticket)
        | Effect::Index(ticket)
        | Effect::Compare { ticket, .. }
        | Effect::Gather { ticket, .. }
        | Effect::Search { ticket, .. } => Some(*ticket),
        _ => None,
    }
}

/// What lies over the texts, in a word.
fn place_of(app: &App) -> &'static str {
    match &app.overlay {
        Some(Overlay::Picker(picker)) => match picker.purpose {
            Purpose::Perspectives => "the list of what a pane can show",
            Purpose::Topics => "the list of topics",
            _ => "another list",
        },
        Some(Overlay::Results(_)) => "the search of all texts",
        Some(Overlay::Editor(_)) => "a note",
        Some(Overlay::Information(_)) => "the information",
        None if app.facing.is_some() => "the facing view",
        None if app.coverage.is_some() => "the matrix",
        None if app.evidence.is_some() => "the evidence",
        None => "the texts",
    }
}

/// Where the time went: in all, and in the one that took longest.
#[derive(Default)]
struct Spent {
    events: Takings,
    jobs: Takings,
    frames: Takings,
}

#[derive(Default)]
struct Takings {
    total: Duration,
    count: u32,
    longest: Duration,
    what: String,
}

impl Takings {
    fn add(&mut self, took: Duration, what: impl FnOnce() -> String) {
        self.total += took;
        self.count += 1;
        if took > self.longest {
            self.longest = took;
            self.what = what();
        }
    }
}

impl std::fmt::Display for Spent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let all = [
            ("events", &self.events),
            ("jobs", &self.jobs),
            ("frames", &self.frames),
        ];
        for (name, taken) in all {
            writeln!(
                f,
                "{:>8} {name} took {:.1?}, the longest {:.1?}: {}",
                taken.count, taken.total, taken.longest, taken.what
            )?;
        }
        Ok(())
    }
}

/// Memory in use, in MB; nothing where the system does not say.
fn resident() -> Option<u64> {
    let statm = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = statm.split(' ').nth(1)?.parse().ok()?;
    Some((pages * 4) >> 10)
}

fn number(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).map_or(otherwise, |given| given.parse().unwrap())
}

fn assert_no_controls(buffer: &Buffer, after: u64) {
    for cell in buffer.content() {
        let symbol = cell.symbol();
        assert!(
            !symbol.contains(char::is_control),
            "{symbol:?} after {after} events"
        );
    }
}

/// The reader on a corpus folder, or the built-in one.
fn reader_on(folder: Option<PathBuf>) -> (App, World) {
    let paths: Vec<PathBuf> = folder.iter().cloned().collect();
    let seeking = Seeking::new(folder);
    if !paths.is_empty() {
        // As it is for a reader who has had it open before: a large corpus opens by its index.
        let outcome = seeking.update(Watch::NOBODY);
        println!(
            "the index: {}, {} MB",
            outcome.name(),
            resident().unwrap_or_default()
        );
    }
    let (opening, _) =
        open::opening(&paths, None, Settings::default(), &Keymap::default()).unwrap();
    let whole = opening.whole;
    let (mut app, effects) = App::new(opening, 160, 45);
    let mut world = World::new(Some(seeking));
    world.take(&mut app, effects);
    if let Some(whole) = whole {
        let effects = app.complete((whole.0)());
        world.take(&mut app, effects);
    }
    (app, world)
}

/// Lets that many events happen. Memory in use along the way, in MB.
fn endure(mut app: App, mut world: World, events: u64, seed: u64) -> Vec<u64> {
    let keys: Vec<KeySeq> = ACTIONS
        .iter()
        .flat_map(|spec| spec.keys)
        .map(|keys| keys.parse().unwrap())
        .collect();
    let mut chance = Chance(seed.max(1));
    let theme = Theme::new(Depth::True, Background::Unknown);
    let mut buffer = Buffer::empty(app.screen.size);
    let (mut drawn, mut longest) = (0_u64, Duration::ZERO);
    let mut spent = Spent::default();
    let mut readings = Vec::new();
    let began = Instant::now();
    for at in 1..=events {
        for message in event(&mut chance, &keys) {
            let start = Instant::now();
            let before = place_of(&app);
            let told = match &message {
                Message::Paste(text) => format!("a paste of {} bytes", text.len()),
                other => format!("{other:?}"),
            };
            let effects = app.update(message);
            world.take(&mut app, effects);
            let what = || format!("{} in {before}", told.chars().take(80).collect::<String>());
            spent.events.add(start.elapsed(), what);
        }
        if chance.below(12) == 0 {
            let start = Instant::now();
            let job = world.work(&mut app, &mut chance);
            spent.jobs.add(start.elapsed(), || job.to_owned());
        }
        // As the loop does: several events, then a frame.
        if chance.below(3) == 0 {
            let start = Instant::now();
            app.prepare();
            buffer.resize(app.screen.size);
            buffer.reset();
            view::draw(&app, &theme, &mut buffer);
            longest = longest.max(start.elapsed());
            spent
                .frames
                .add(start.elapsed(), || place_of(&app).to_owned());
            drawn += 1;
            assert_no_controls(&buffer, at);
        }
        if at % (events / 20).max(1) == 0 {
            let resident = resident();
            println!(
                "{at:>9} events  {:>7.1} s  {} MB",
                began.elapsed().as_secs_f64(),
                resident.unwrap_or_default()
            );
            readings.extend(resident);
        }
    }
    println!(
        "{drawn} frames, the longest {longest:?}; {:?}; {} jobs wait",
        world.counts,
        world.waiting.len()
    );
    println!("{spent}");
    readings
}

#[test]
fn any_number_of_keys_resizes_and_mouse_events_ends_in_no_panic_and_no_more_memory() {
    let events = number(
        "DIPTYCH_EVENTS",
        if cfg!(debug_assertions) {
            3_000
        } else {
            20_000
        },
    );
    let seed = number("DIPTYCH_EVENTS_SEED", 20_260_109);
    let folder = std::env::var_os("DIPTYCH_EVENTS_CORPUS").map(PathBuf::from);
    println!(
        "{events} events, seed {seed}, on {}",
        folder
            .as_ref()
            .map_or("the built-in corpus".into(), |folder| folder
                .display()
                .to_string())
    );
    let (app, world) = reader_on(folder);
    let readings = endure(app, world, events, seed);
    // What is read and kept once is there after a fifth; a few notes are written on the way.
    let (Some(early), Some(most)) = (readings.get(readings.len() / 5), readings.iter().max())
    else {
        return;
    };
    assert!(
        *most <= early + early / 4 + 48,
        "{early} MB became {most} MB"
    );
}

/// The documents of the built-in corpus, read on demand from files that somebody edits all the time: each reading finds another text.
struct Fickle {
    documents: Vec<Document>,
    readings: AtomicUsize,
    lent: AtomicUsize,
}

impl Shelf for Fickle {
    fn meta(&self, place: usize) -> Meta {
        self.documents[place].stated().clone()
    }

    fn source(&self, number: u32) -> &SourceId {
        self.documents[number as usize].source()
    }

    fn title(&self, place: usize) -> &str {
        self.documents[place].title()
    }

    fn voices(&self, place: usize) -> Vec<(&str, usize)> {
        self.documents[place].voice_counts()
    }

    fn read(&self, place: usize) -> Document {
        let of = &self.documents[place];
        let mut chance = Chance(self.readings.fetch_add(1, Ordering::Relaxed) as u64 + 1);
        let mut read = Document::new(of.id.clone(), of.stated().clone());
        let kept = chance.below(4);
        for passage in of.passages() {
            if chance.below(4) > kept {
                continue;
            }
            let mut characters: Vec<char> = passage.text().chars().collect();
            let to = usize::try_from(chance.below(characters.len() as u64 + 1)).unwrap();
            characters.rotate_left(to);
            characters.truncate(characters.len() - to / 2);
            read.push(PassageDraft {
                kind: passage.kind(),
                voice: passage.voice().map(str::to_owned),
                text: characters
                    .into_iter()
                    .map(|c| if c == 'a' { 'ä' } else { c })
                    .collect(),
                ..PassageDraft::default()
            });
        }
        // As if it were large, so that what is not shown is given back at once.
        self.lent.fetch_add(64 << 20, Ordering::Relaxed);
        read
    }

    fn lent(&self) -> &AtomicUsize {
        &self.lent
    }
}

#[test]
fn texts_that_are_edited_between_two_readings_end_in_no_panic() {
    let (opening, _) = open::opening(&[], None, Settings::default(), &Keymap::default()).unwrap();
    let whole = opening.whole.map(|whole| (whole.0)().0);
    let read = whole.unwrap_or(opening.corpus);
    let topics = read.topics.clone();
    let tagging = tag(&read.documents, &topics, &read.language, true);
    let mut places = KnownPlaces::default();
    for at in 0..read.documents.len() {
        let mut numbers = Vec::new();
        for topic in 0..topics.len() {
            let on = tagging.places(at, topic);
            numbers.extend([topic, on.len()].map(|number| u32::try_from(number).unwrap()));
            numbers.extend(on.into_iter().map(|place| u32::try_from(place).unwrap()));
        }
        places.extend(&[numbers.len()], &numbers);
    }
    let shelf = Arc::new(Fickle {
        documents: read.documents.clone(),
        readings: AtomicUsize::new(0),
        lent: AtomicUsize::new(0),
    });
    let of_documents: Arc<dyn Shelf> = Arc::clone(&shelf) as Arc<dyn Shelf>;
    let documents = read.documents.iter().zip(0_u32..).map(|(document, at)| {
        let summary = Summary {
            passages: u32::try_from(document.len()).unwrap(),
            prose: u32::try_from(document.prose_count()).unwrap(),
            bytes: document.bytes() as u64,
            source: at,
        };
        let id = document.id.clone();
        Document::unread(id, Arc::clone(&of_documents), at as usize, summary)
    });
    let documents = documents.collect();
    let language = read.language.clone();
    let of_shelf = Arc::clone(&shelf);
    let tags = move |at: usize| tag(&[of_shelf.read(at)], &topics, &language, true);
    let opening = Opening {
        corpus: Corpus { documents, ..read },
        whole: None,
        known: Known::All(Tagging::on_demand(places, Arc::new(tags))),
        ..opening
    };
    let (mut app, effects) = App::new(opening, 160, 45);
    let mut world = World::new(None);
    world.take(&mut app, effects);
    let events = number("DIPTYCH_FICKLE_EVENTS", 2_000);
    endure(app, world, events, number("DIPTYCH_EVENTS_SEED", 7));
    let readings = shelf.readings.load(Ordering::Relaxed);
    println!("{readings} readings of {} texts", shelf.documents.len());
    assert!(readings > 10 * shelf.documents.len());
}
