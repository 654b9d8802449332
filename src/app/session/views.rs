//! The coverage and the evidence in a session: which part of it was seen, in which order, and what the cursor was on.
//!
//! Invariant: what the cursor was on is named by ids and words, never by its place among what was found; it is looked for when that is
//! known again, and where it is gone the view is as if opened anew.

use super::Shows;
use crate::analysis::coverage::{By, Coverage, Speaker};
use crate::app::App;
use crate::app::coverage::{ColumnOrder, Look, Matrix, Shown, Spot, TopicOrder};
use crate::app::evidence::{Look as EvidenceLook, Section, View};
use crate::corpus::{Corpus, Topic};
use serde::{Deserialize, Serialize};

/// The views, as they were seen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct SavedViews {
    coverage: Option<SavedCoverage>,
    evidence: Option<SavedEvidence>,
    /// Whether every copy counts.
    copies: bool,
    /// Whether names count among words.
    names: bool,
    /// Whether quoted words do.
    quoted: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct SavedCoverage {
    by: String,
    topics: String,
    columns: String,
    /// `all`, `one`, or whose topics alone are shown.
    shown: SavedShown,
    transposed: bool,
    topic: Option<String>,
    column: Option<Shows>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum SavedShown {
    All,
    One,
    Only(Shows),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct SavedEvidence {
    section: String,
    /// What the entry under the cursor names, and the side.
    entry: Option<(String, usize)>,
    /// The line of the cursor.
    line: usize,
}

/// The entry that the cursor is to go to, once it is found again.
#[derive(Clone, Debug)]
pub(in crate::app) struct WantedEntry {
    what: String,
    side: usize,
    line: usize,
}

/// What the cursor of the matrix is to go to, once it is counted.
#[derive(Clone, Debug)]
pub(in crate::app) struct WantedCell {
    topic: Option<String>,
    column: Option<Shows>,
    only: Option<Shows>,
}

const BYS: [(By, &str); 3] = [
    (By::Sources, "sources"),
    (By::Documents, "documents"),
    (By::Voices, "voices"),
];
const TOPIC_ORDERS: [(TopicOrder, &str); 3] = [
    (TopicOrder::Given, "given"),
    (TopicOrder::Total, "total"),
    (TopicOrder::Unevenness, "unevenness"),
];
const COLUMN_ORDERS: [(ColumnOrder, &str); 2] =
    [(ColumnOrder::Total, "total"), (ColumnOrder::Name, "name")];

/// The name of a value in a table.
fn name_in<T: PartialEq>(table: &[(T, &str)], value: &T) -> String {
    let found = table.iter().find(|(known, _)| known == value);
    found.map_or_else(String::new, |(_, name)| (*name).to_owned())
}

/// The value of a name, or the first.
fn named_in<T: Copy + Default>(table: &[(T, &str)], name: &str) -> T {
    let found = table.iter().find(|(_, known)| *known == name);
    found.map_or_else(T::default, |(value, _)| *value)
}

fn saved_speaker(corpus: &Corpus, speaker: &Speaker) -> Option<Shows> {
    Some(match speaker {
        Speaker::Source(id) => Shows::Source(id.to_string()),
        Speaker::Document(at) => Shows::Document(corpus.documents.get(*at)?.id.to_string()),
        Speaker::Voice(name) => Shows::Voice(name.clone()),
    })
}

impl WantedCell {
    /// Puts the cursor and the filter where they were, as far as that is there.
    pub(in crate::app) fn find(
        &self,
        corpus: &Corpus,
        topics: &[Topic],
        counts: &Coverage,
        look: &mut Look,
    ) {
        let column = |of: &Shows| {
            let mut columns = counts.columns.iter();
            columns.position(|column| saved_speaker(corpus, &column.speaker).as_ref() == Some(of))
        };
        let is_it = |topic: &Topic| Some(topic.id.as_str()) == self.topic.as_deref();
        if let Some(topic) = topics.iter().position(is_it) {
            look.spot.topic = topic;
        }
        if let Some(column) = self.column.as_ref().and_then(column) {
            look.spot.column = column;
        }
        if let Some(column) = self.only.as_ref().and_then(column) {
            look.shown = Shown::Only(column);
        }
    }
}

impl App {
    /// The views that are open, to be opened again.
    pub(super) fn saved_views(&self) -> SavedViews {
        SavedViews {
            coverage: self
                .coverage
                .as_ref()
                .map(|matrix| self.saved_coverage(matrix)),
            evidence: self.evidence.as_ref().map(|view| self.saved_evidence(view)),
            copies: self.copied.count_all,
            names: self.options.names,
            quoted: self.options.quoted,
        }
    }

    fn saved_coverage(&self, matrix: &Matrix) -> SavedCoverage {
        let look = &matrix.look;
        let speaker = |column: usize| {
            let column = matrix.counts.as_ref()?.columns.get(column)?;
            saved_speaker(&self.corpus, &column.speaker)
        };
        let topic = self.topics.get(look.spot.topic);
        SavedCoverage {
            by: name_in(&BYS, &look.by),
            topics: name_in(&TOPIC_ORDERS, &look.topics),
            columns: name_in(&COLUMN_ORDERS, &look.columns),
            shown: match look.shown {
                Shown::All => SavedShown::All,
                Shown::OnlyOne => SavedShown::One,
                Shown::Only(column) => speaker(column).map_or(SavedShown::All, SavedShown::Only),
            },
            transposed: look.transposed,
            topic: topic.map(|topic| topic.id.to_string()),
            column: speaker(look.spot.column),
        }
    }

    fn saved_evidence(&self, view: &View) -> SavedEvidence {
        let entry = view.entry().zip(view.evidence.as_ref());
        SavedEvidence {
            section: view.look.section.title().to_owned(),
            entry: entry.map(|(entry, found)| (self.what(found, entry), entry.side())),
            line: view.cursor.0,
        }
    }

    /// Opens the views that were open.
    pub(super) fn resume_views(&mut self, saved: &SavedViews) {
        self.copied.count_all = saved.copies;
        self.options.names = saved.names;
        self.options.quoted = saved.quoted;
        if let Some(saved) = &saved.evidence {
            let sections = Section::ALL.into_iter();
            let section = sections
                .into_iter()
                .find(|section| section.title() == saved.section);
            let mut look = EvidenceLook::default();
            look.section = section.unwrap_or_default();
            self.evidence = Some(View::new(look));
            let entry = saved.entry.clone();
            self.wanted_entry = entry.map(|(what, side)| WantedEntry {
                what,
                side,
                line: saved.line,
            });
        }
        if let Some(saved) = &saved.coverage {
            let mut matrix = Matrix::new(Look {
                by: named_in(&BYS, &saved.by),
                topics: named_in(&TOPIC_ORDERS, &saved.topics),
                columns: named_in(&COLUMN_ORDERS, &saved.columns),
                shown: match saved.shown {
                    SavedShown::One => Shown::OnlyOne,
                    SavedShown::All | SavedShown::Only(_) => Shown::All,
                },
                transposed: saved.transposed,
                spot: Spot::default(),
            });
            matrix.wanted = Some(WantedCell {
                topic: saved.topic.clone(),
                column: saved.column.clone(),
                only: match &saved.shown {
                    SavedShown::Only(column) => Some(column.clone()),
                    SavedShown::All | SavedShown::One => None,
                },
            });
            self.coverage = Some(matrix);
        }
    }

    /// Once the evidence is found again: the cursor goes to the entry that it was on, of several the nearest to its line.
    pub(in crate::app) fn find_wanted_entry(&mut self, view: &mut View) {
        let Some(found) = view.evidence.clone() else {
            return;
        };
        let Some(wanted) = self.wanted_entry.take() else {
            return;
        };
        let entries = (0..view.lines.len())
            .filter_map(|line| Some((line, view.entry_at(line, wanted.side)?)));
        let is_it = |(_, entry): &(usize, _)| self.what(&found, *entry) == wanted.what;
        let nearest = entries
            .filter(is_it)
            .min_by_key(|(line, _)| line.abs_diff(wanted.line));
        if let Some((line, _)) = nearest {
            view.go_to(line, wanted.side);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::app::App;
    use crate::app::coverage::{ColumnOrder, Shown, TopicOrder};
    use crate::app::evidence::View;
    use crate::app::session::Session;
    use crate::app::tests_support::{corpus, opened_on, press, settle};

    fn opened() -> (App, Vec<crate::app::effect::Effect>) {
        opened_on(corpus(), 120, 40)
    }

    fn settled() -> App {
        let (mut app, effects) = opened();
        settle(&mut app, effects);
        app
    }

    /// The reader as the next start finds it, with all that is asked for answered.
    fn resumed(app: &App) -> App {
        let session = Session::read(&app.session().write()).unwrap();
        assert_eq!(session, app.session());
        let (mut again, mut effects) = opened();
        assert!(again.resume(&session));
        effects.extend(again.ask());
        settle(&mut again, effects);
        again
    }

    #[test]
    fn the_coverage_comes_back_with_its_order_and_its_cell() {
        let mut app = settled();
        press(&mut app, "C s S x j l");
        let look = app.coverage.as_ref().unwrap().look;
        assert_eq!(look.topics, TopicOrder::Total);
        assert_eq!(look.columns, ColumnOrder::Name);
        let again = resumed(&app);
        assert_eq!(again.coverage.as_ref().unwrap().look, look);
        press(&mut app, "x T");
        let look = app.coverage.as_ref().unwrap().look;
        let again = resumed(&app);
        let resumed = again.coverage.as_ref().unwrap();
        assert_eq!(resumed.look, look);
        if let Shown::Only(column) = look.shown {
            assert_eq!(
                resumed.names[column],
                app.coverage.as_ref().unwrap().names[column]
            );
        }
    }

    #[test]
    fn the_evidence_comes_back_at_its_part_and_its_entry() {
        let mut app = settled();
        let effects = press(&mut app, "4 e");
        settle(&mut app, effects);
        let mut moved = 0;
        for keys in ["j j l j", "Tab j l"] {
            press(&mut app, keys);
            let view = app.evidence.as_ref().unwrap();
            let entry = view.entry().expect("there is something to be on");
            moved += usize::from(view.cursor != View::default().cursor);
            let again = resumed(&app);
            let found = again.evidence.as_ref().unwrap();
            assert_eq!(found.look.section, view.look.section);
            assert_eq!((found.entry(), found.cursor), (Some(entry), view.cursor));
        }
        assert!(moved > 0, "the cursor stood at the start");
    }

    #[test]
    fn a_session_of_before_there_were_views_is_read() {
        let mut value: serde_json::Value =
            serde_json::from_str(&settled().session().write()).unwrap();
        value.as_object_mut().unwrap().remove("views");
        assert!(Session::read(&value.to_string()).is_ok());
    }
}
