//! The matrix of who speaks of what: opening and leaving it, moving in it, and what it shows.

use crate::analysis::coverage::{By, Speaker, publisher_of};
use crate::app::App;
use crate::app::action::{Action, Group};
use crate::app::coverage::names::noun;
use crate::app::coverage::plan::tabs;
use crate::app::coverage::{ColumnOrder, Look, Matrix, Shown, Spot, TopicOrder};
use crate::app::effect::Effect;
use crate::app::message::Mouse;
use crate::app::pane::Pane;
use crate::app::perspective::Perspective;

/// Lines that the wheel scrolls.
const WHEEL: isize = 3;

impl App {
    /// Carries out an action that means something of its own in the matrix; `None` where it means what it always does.
    pub(super) fn run_in_coverage(&mut self, action: Action) -> Option<Vec<Effect>> {
        let matrix = self.coverage.as_mut()?;
        let page = matrix.plan.lines.max(1).cast_signed();
        let wide = matrix.plan.cells.max(1).cast_signed();
        match action {
            Action::RowDown => matrix.step(1, 0),
            Action::RowUp => matrix.step(-1, 0),
            Action::CellLeft => matrix.step(0, -1),
            Action::CellRight => matrix.step(0, 1),
            Action::CellsLeft => matrix.step(0, -wide),
            Action::CellsRight => matrix.step(0, wide),
            Action::PageDown => matrix.step(page, 0),
            Action::PageUp => matrix.step(-page, 0),
            Action::HalfPageDown => matrix.step((page / 2).max(1), 0),
            Action::HalfPageUp => matrix.step(-(page / 2).max(1), 0),
            Action::Start => matrix.step(isize::MIN, isize::MIN),
            Action::End => matrix.step(isize::MAX, isize::MAX),
            Action::CellOpen | Action::Open => self.open_cell(),
            Action::CellMark => self.mark_or_open_cells(),
            Action::OnlyHere => self.open_only_here(),
            Action::CellFilter | Action::Filter => self.next_shown(),
            Action::OnlyTopics => self.show_only_column(),
            Action::SortTopics => self.sort_topics(),
            Action::SortColumns => self.sort_columns(),
            Action::ColumnsNext => self.show_columns(true),
            Action::ColumnsPrevious => self.show_columns(false),
            Action::Transpose => {
                matrix.look.transposed = !matrix.look.transposed;
                matrix.first = (0, 0);
            }
            Action::Cancel if matrix.marked.is_some() => matrix.marked = None,
            Action::Cancel | Action::Coverage | Action::Back => self.coverage = None,
            Action::Facing => {
                self.coverage = None;
                if self.facing.is_none() {
                    self.toggle_facing();
                }
            }
            Action::TopicList | Action::Forward | Action::CountCopies | Action::Export => {
                return None;
            }
            Action::Evidence | Action::Figures => {
                self.coverage = None;
                if action == Action::Figures {
                    self.open_figures();
                } else if self.evidence.is_none() {
                    self.open_evidence();
                }
            }
            other if other.topic_key().is_some() => return None,
            other if other.spec().group == Group::Program => return None,
            _ => {
                let key = self.keymap.hint(Action::Cancel);
                self.notice = Some(format!("That is for the texts · {key} returns to them"));
            }
        }
        Some(Vec::new())
    }

    /// `C`: the matrix of topics by sources.
    pub(super) fn open_coverage(&mut self) {
        self.open_matrix();
    }

    /// `T`: the topics that nobody but the source of the focused pane speaks of.
    pub(super) fn open_only_topics(&mut self) {
        self.open_matrix();
        self.show_only_column();
    }

    fn open_matrix(&mut self) {
        // A voice alone is compared with the other voices.
        let by = match self.focused().perspective {
            Perspective::Voice(_) => By::Voices,
            Perspective::Document(_) | Perspective::Source(_) => By::Sources,
        };
        let topic = self.topic().unwrap_or(0);
        self.coverage = Some(Matrix::new(Look {
            by,
            spot: Spot { topic, column: 0 },
            ..Look::default()
        }));
        self.count_coverage();
    }

    /// Counts what the matrix shows as soon as it is known; the cursor goes to the column of the focused pane.
    pub(in crate::app) fn count_coverage(&mut self) {
        let Some(mut matrix) = self.coverage.take() else {
            return;
        };
        // Of a large corpus the rest would read every text.
        if self.reads_on_demand() {
            matrix.look.by = By::Sources;
        }
        let known = self
            .tagging
            .as_ref()
            .filter(|_| self.finding_topics.is_none());
        if let (None, Some(tagging)) = (&matrix.counts, known) {
            let speaker = self.speaker_in(self.focused(), matrix.look.by);
            let copies = self.copied.left_out().map(AsRef::as_ref);
            matrix.count(
                &self.corpus,
                &self.topics,
                tagging,
                copies,
                speaker.as_ref(),
            );
        }
        self.coverage = Some(matrix);
    }

    /// Who speaks at the current passage of a pane.
    pub(super) fn speaker_in(&self, pane: &Pane, by: By) -> Option<Speaker> {
        let at = pane.current.document();
        let document = self.corpus.documents.get(at)?;
        match (by, &pane.perspective) {
            (By::Sources, _) => Some(publisher_of(at, document.source())),
            (By::Documents, _) => Some(Speaker::Document(at)),
            (By::Voices, Perspective::Voice(voice)) => Some(Speaker::Voice(voice.clone())),
            (By::Voices, Perspective::Document(_) | Perspective::Source(_)) => {
                let passage = document.passage(pane.current.passage_index()?)?;
                Some(Speaker::Voice(passage.voice()?.to_owned()))
            }
        }
    }

    /// Plans the matrix and brings its cursor into sight.
    pub(in crate::app) fn prepare_coverage(&mut self) {
        self.count_coverage();
        if let Some(matrix) = &mut self.coverage {
            let copies = self.copied.left_out().map(AsRef::as_ref);
            let tagging = self.tagging.as_ref();
            matrix.prepare(self.screen.size, &self.corpus, tagging, copies);
        }
    }

    /// What the matrix shows, to come back to.
    pub(super) fn coverage_stop(&self) -> Option<Look> {
        self.coverage.as_ref().map(|matrix| matrix.look)
    }

    /// Comes back to the matrix, or to what is under it.
    pub(super) fn return_to_coverage(&mut self, stop: Option<Look>) {
        self.coverage = stop.map(Matrix::new);
        self.recount_coverage();
    }

    /// Counts anew: it was not counted yet, or what counts has changed.
    pub(super) fn recount_coverage(&mut self) {
        let known = self
            .tagging
            .as_ref()
            .filter(|_| self.finding_topics.is_none());
        if let (Some(matrix), Some(tagging)) = (&mut self.coverage, known) {
            let copies = self.copied.left_out().map(AsRef::as_ref);
            matrix.count(&self.corpus, &self.topics, tagging, copies, None);
        }
    }

    /// Puts the cursor on a topic; says so where the filter hides it.
    pub(super) fn point_at_topic(&mut self, topic: usize) {
        let Some(matrix) = &mut self.coverage else {
            return;
        };
        if matrix.topics.contains(&topic) {
            matrix.look.spot.topic = topic;
        } else if matrix.counts.is_some() {
            let title = self.topics.get(topic).map_or("", |topic| &topic.title);
            let key = self.keymap.hint(Action::CellFilter);
            self.notice = Some(format!(
                "“{title}” is not shown now · {key} shows other topics"
            ));
        }
    }

    fn rearrange(&mut self, change: impl FnOnce(&mut Look)) {
        if let Some(matrix) = &mut self.coverage {
            change(&mut matrix.look);
            matrix.arrange();
        }
    }

    fn next_shown(&mut self) {
        let shown = self.coverage.as_ref().map(|matrix| matrix.look.shown);
        self.show_topics(match shown {
            Some(Shown::All) => Shown::OnlyOne,
            Some(Shown::OnlyOne | Shown::Only(_)) | None => Shown::All,
        });
    }

    /// The topics that only the column of the cursor speaks of; again: all.
    fn show_only_column(&mut self) {
        let counted = self
            .coverage
            .as_ref()
            .filter(|matrix| matrix.counts.is_some());
        let Some(Look { shown, spot, .. }) = counted.map(|matrix| matrix.look) else {
            return;
        };
        let only = Shown::Only(spot.column);
        self.show_topics(if shown == only { Shown::All } else { only });
    }

    /// Shows some topics, or all and says so where there are none of these.
    fn show_topics(&mut self, shown: Shown) {
        self.rearrange(|look| look.shown = shown);
        let are_found = self.topics_are_found();
        let Some(matrix) = &mut self.coverage else {
            return;
        };
        let Some(counts) = &matrix.counts else { return };
        if shown == Shown::All {
            return;
        }
        if matrix.look.shown != shown {
            if are_found && counts.by != By::Voices {
                let told = "Found topics are those that two sources share";
                let advice = "name one in corpus.toml to see who alone speaks of it";
                self.notice = Some(format!("{told}; {advice}"));
                return;
            }
            let who = match shown {
                Shown::Only(column) => matrix.names.get(column).map(|name| name.full.clone()),
                Shown::OnlyOne | Shown::All => None,
            };
            let who = who.unwrap_or_else(|| format!("one {}", noun(counts.by)));
            let key = self.keymap.hint(Action::OnlyHere);
            self.notice = Some(format!(
                "No topic that only {who} speaks of · {key} shows what only it says on a topic"
            ));
            return;
        }
        let spread = counts.topics.get(matrix.look.spot.topic);
        if let Some(only) = spread.and_then(|topic| topic.only) {
            matrix.look.spot.column = only;
        }
    }

    fn sort_topics(&mut self) {
        self.rearrange(|look| {
            look.topics = match look.topics {
                TopicOrder::Given => TopicOrder::Total,
                TopicOrder::Total => TopicOrder::Unevenness,
                TopicOrder::Unevenness => TopicOrder::Given,
            };
        });
    }

    fn sort_columns(&mut self) {
        self.rearrange(|look| {
            look.columns = match look.columns {
                ColumnOrder::Total => ColumnOrder::Name,
                ColumnOrder::Name => ColumnOrder::Total,
            };
        });
    }

    /// Sources, documents or voices as columns.
    fn show_columns(&mut self, forward: bool) {
        let by = match (self.coverage.as_ref().map(|matrix| matrix.look.by), forward) {
            (None, _) => return,
            (Some(By::Sources), true) | (Some(By::Voices), false) => By::Documents,
            (Some(By::Documents), true) | (Some(By::Sources), false) => By::Voices,
            (Some(By::Voices), true) | (Some(By::Documents), false) => By::Sources,
        };
        self.show_columns_by(by);
    }

    pub(super) fn show_columns_by(&mut self, by: By) {
        if by != By::Sources && self.reads_on_demand() {
            self.notice = Some("Too many texts here to count by documents or voices".to_owned());
            return;
        }
        let Some(matrix) = &self.coverage else { return };
        let shown = match matrix.look.shown {
            Shown::All => Shown::All,
            // A column that was named is there no more.
            Shown::OnlyOne | Shown::Only(_) => Shown::OnlyOne,
        };
        let mut look = Look {
            by,
            shown: Shown::All,
            ..matrix.look
        };
        look.spot.column = 0;
        self.coverage = Some(Matrix::new(look));
        self.count_coverage();
        self.show_topics(shown);
    }

    /// A click selects a cell, or opens the one that is selected; on a name at the top it shows those columns.
    pub(super) fn mouse_in_coverage(&mut self, column: u16, row: u16, kind: Mouse) {
        let Some(matrix) = &mut self.coverage else {
            return;
        };
        match kind {
            Mouse::Drag => {}
            Mouse::WheelDown => matrix.scroll(WHEEL),
            Mouse::WheelUp => matrix.scroll(-WHEEL),
            Mouse::Press => {
                if matrix.plan.heading.contains((column, row).into()) {
                    let tab = tabs().into_iter().find(|(.., at)| at.contains(&column));
                    if let Some((by, ..)) = tab {
                        self.show_columns_by(by);
                    }
                } else if let Some(spot) = matrix.spot_under(column, row) {
                    let again = spot == matrix.look.spot && matrix.plan.cell_at(column).is_some();
                    matrix.look.spot = spot;
                    if again && matrix.plan.line_at(row).is_some() {
                        self.open_cell();
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
