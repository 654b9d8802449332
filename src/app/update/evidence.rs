//! The evidence view: opening and leaving it, moving in it, going to what it lists, and asking for what it shows.

use crate::analysis::evidence::{Evidence, Options};
use crate::app::App;
use crate::app::action::{Action, Group};
use crate::app::copied::Search;
use crate::app::effect::Effect;
use crate::app::evidence::lines::{Entry, places};
use crate::app::evidence::requests::Asked;
use crate::app::evidence::{Look, Section, View};
use crate::app::message::{Finding, Mouse, Stage, Ticket};
use crate::app::pane::Pane;
use crate::app::perspective::Slot;
use crate::corpus::PassageId;
use std::sync::Arc;

/// Lines that the wheel scrolls.
const WHEEL: isize = 3;

impl App {
    /// Carries out an action that means something of its own in the evidence view; `None` where it means what it always does.
    pub(super) fn run_in_evidence(&mut self, action: Action) -> Option<Vec<Effect>> {
        let view = self.evidence.as_mut()?;
        let page = isize::try_from(view.plan.body.height.max(1)).unwrap_or(1);
        match action {
            Action::RowDown => view.step(1),
            Action::RowUp => view.step(-1),
            Action::EntryLeft => view.step_side(false),
            Action::EntryRight => view.step_side(true),
            Action::PageDown => view.step(page),
            Action::PageUp => view.step(-page),
            Action::HalfPageDown => view.step((page / 2).max(1)),
            Action::HalfPageUp => view.step(-(page / 2).max(1)),
            Action::PassageDown => view.step_group(true),
            Action::PassageUp => view.step_group(false),
            Action::Start => view.step(isize::MIN),
            Action::End => view.step(isize::MAX),
            Action::SectionNext => self.turn_section(true),
            Action::SectionPrevious => self.turn_section(false),
            Action::Open => self.open_entry(),
            Action::Figures => view.look.section = Section::Figures,
            Action::Why if view.look.section == Section::Figures => view.why = !view.why,
            Action::Why => {
                let key = self.keymap.hint(Action::Figures);
                self.notice = Some(format!("That is said of figures · {key} shows them"));
            }
            Action::CountNames => self.options.names = !self.options.names,
            Action::CountQuoted => self.options.quoted = !self.options.quoted,
            Action::Cancel | Action::Evidence => return Some(self.leave_evidence()),
            Action::Back => self.evidence = None,
            Action::Facing => {
                self.evidence = None;
                if self.facing.is_none() {
                    self.toggle_facing();
                }
            }
            Action::Coverage
            | Action::OnlyTopics
            | Action::Everything
            | Action::TopicList
            | Action::Perspective
            | Action::Swap
            | Action::AddPane
            | Action::ClosePane
            | Action::CountCopies
            | Action::MarkWords
            | Action::Export
            | Action::Forward => return None,
            other if other.topic_key().is_some() => return None,
            other if other.spec().group == Group::Program => return None,
            _ => {
                let key = self.keymap.hint(Action::Cancel);
                self.notice = Some(format!("That is for the texts · {key} returns to them"));
            }
        }
        Some(Vec::new())
    }

    /// `e`: the evidence, where it was left.
    pub(super) fn open_evidence(&mut self) {
        self.requests.allow_again();
        if matches!(self.copied.search, Search::Failed) {
            self.copied.search = Search::NotYet;
        }
        if self.evidence.is_none() {
            let look = std::mem::take(&mut self.last_look);
            self.evidence = Some(View::new(look));
        }
    }

    /// `f`: the evidence at its figures.
    pub(super) fn open_figures(&mut self) {
        self.open_evidence();
        if let Some(view) = &mut self.evidence {
            view.look.section = Section::Figures;
        }
    }

    /// Leaves the view; what is still being looked for is stopped.
    fn leave_evidence(&mut self) -> Vec<Effect> {
        if let Some(view) = self.evidence.take() {
            self.last_look = view.look;
        }
        if self.marks_words {
            return Vec::new();
        }
        let stopped = self.requests.stop();
        stopped.into_iter().map(Effect::Cancel).collect()
    }

    fn turn_section(&mut self, forward: bool) {
        let Some(view) = &mut self.evidence else {
            return;
        };
        let sections = view.sections();
        let at = sections
            .iter()
            .position(|section| *section == view.look.section);
        let (at, all) = (at.unwrap_or(0), sections.len());
        let to = if forward { at + 1 } else { at + all - 1 };
        view.look.section = sections[to % all];
    }

    /// Goes to what the entry under the cursor names.
    fn open_entry(&mut self) {
        let entry = self.evidence.as_ref().and_then(View::entry);
        let found = self
            .evidence
            .as_ref()
            .and_then(|view| view.evidence.clone());
        let (Some(entry), Some(evidence)) = (entry, found) else {
            self.notice = Some("There is nothing to open here".to_owned());
            return;
        };
        let what = self.what(&evidence, entry);
        self.point_at(what, places(&evidence, entry));
    }

    /// Where the evidence view is, to come back to.
    pub(super) fn evidence_stop(&self) -> Option<Look> {
        self.evidence.as_ref().map(|view| view.look.clone())
    }

    /// Comes back to the evidence view, or to what is under it.
    pub(super) fn return_to_evidence(&mut self, stop: Option<Look>) {
        self.evidence = stop.map(View::new);
    }

    /// A click on a tab shows its part, one on an entry selects it, and again opens it.
    pub(super) fn mouse_in_evidence(&mut self, column: u16, row: u16, kind: Mouse) {
        let Some(view) = &mut self.evidence else {
            return;
        };
        match kind {
            Mouse::Drag => {}
            Mouse::WheelDown => view.scroll(WHEEL),
            Mouse::WheelUp => view.scroll(-WHEEL),
            Mouse::Press => {
                if let Some(section) = view.plan.tab_at(column, row) {
                    view.look.section = section;
                    return;
                }
                let before = view.cursor;
                if view.point_at(column, row) && view.cursor == before {
                    self.open_entry();
                }
            }
        }
    }

    /// What the evidence of the panes is asked for; `None` until it is known which passages are on the topic.
    pub fn evidence_asked(&self) -> Option<Asked> {
        let topic = self.topic();
        if topic.is_some() && (self.tagging.is_none() || self.finding_topics.is_some()) {
            return None;
        }
        let perspectives = self.panes.iter().map(|pane| pane.perspective.clone());
        Some(Asked {
            perspectives: perspectives.collect(),
            topic,
            options: Options {
                included: self.options,
                all_copies: self.copied.count_all,
            },
        })
    }

    /// What was found about the panes, if it is known.
    pub fn evidence_found(&self) -> Option<&Arc<Evidence>> {
        self.requests.get(&self.evidence_asked()?)
    }

    /// Asks for the evidence where something needs it that is neither known nor on its way; stops what nobody needs any more.
    pub(in crate::app) fn ask_for_evidence(&mut self) -> Vec<Effect> {
        let is_needed = self.evidence.is_some() || self.marks_words;
        let asked = self.evidence_asked().filter(|_| is_needed);
        let dropped = self.requests.drop_all_but(asked.as_ref());
        let mut effects: Vec<Effect> = dropped.into_iter().map(Effect::Cancel).collect();
        let Some(asked) = asked.filter(|asked| !self.requests.is_settled(asked)) else {
            return effects;
        };
        let copies = match &self.copied.search {
            Search::Done(copies) => Arc::clone(copies),
            Search::Failed => Arc::default(),
            Search::NotYet | Search::Running(..) => return effects,
        };
        let sides = self
            .panes
            .iter()
            .map(|pane| self.passages_on_topic(pane, asked.topic));
        let sides = sides.collect();
        let (ticket, options) = (self.ticket(), asked.options);
        self.requests.start(ticket, asked);
        effects.push(Effect::Gather {
            ticket,
            sides,
            options,
            copies,
        });
        effects
    }

    /// The passages of a pane that are on a topic; without one all of them.
    fn passages_on_topic(&self, pane: &Pane, topic: Option<usize>) -> Vec<PassageId> {
        match topic {
            Some(topic) => self
                .slots_on(pane, topic)
                .into_iter()
                .filter_map(Slot::passage_id)
                .collect(),
            None => pane.contents.passages(),
        }
    }

    /// News of a job that looks for copies or evidence; false where it is neither.
    pub(super) fn evidence_report(&mut self, ticket: Ticket, stage: &mut Stage) -> bool {
        if matches!(self.copied.search, Search::Running(running, _) if running == ticket) {
            self.copies_report(ticket, std::mem::replace(stage, Stage::Started));
            return true;
        }
        let runs = self.requests.running().map(|running| running.ticket);
        if runs != Some(ticket) {
            return false;
        }
        self.stale |= match std::mem::replace(stage, Stage::Started) {
            Stage::Started => false,
            Stage::Progress(progress, _) => self.requests.progress(ticket, progress),
            Stage::Finished(Finding::Evidence(evidence)) => self.requests.finish(ticket, evidence),
            Stage::Failed(why) => self.requests.fail(ticket, why),
            Stage::Finished(
                Finding::Topics(..)
                | Finding::Comparison(_)
                | Finding::Copies(_)
                | Finding::Found(_)
                | Finding::Indexed,
            )
            | Stage::Cancelled => self.requests.fail(ticket, "stopped".to_owned()),
        };
        true
    }

    fn copies_report(&mut self, ticket: Ticket, stage: Stage) {
        self.copied.search = match stage {
            Stage::Started => return,
            Stage::Progress(progress, _) => {
                self.stale |= self.evidence.is_some();
                self.copied.search = Search::Running(ticket, Some(progress));
                return;
            }
            Stage::Finished(Finding::Copies(copies)) => Search::Done(copies),
            Stage::Finished(
                Finding::Topics(..)
                | Finding::Comparison(_)
                | Finding::Evidence(_)
                | Finding::Found(_)
                | Finding::Indexed,
            )
            | Stage::Failed(_)
            | Stage::Cancelled => Search::Failed,
        };
        self.recount_coverage();
        let is_shared = |slot| !self.same_text(slot).is_empty();
        let is_seen = self
            .panes
            .iter()
            .any(|pane| pane.visible.iter().any(|row| is_shared(row.slot)));
        self.stale |= is_seen || self.coverage.is_some() || self.facing.is_some();
    }

    /// `Y`: whether a text that stands several times counts once or every time.
    pub(super) fn toggle_copies(&mut self) {
        self.copied.count_all = !self.copied.count_all;
        self.recount_coverage();
        self.notice = Some(match (self.copied.count_all, self.copied.known()) {
            (true, _) => "Every copy counts".to_owned(),
            (false, Some(copies)) if copies.is_empty() => {
                "A text counts once · no passage here stands twice".to_owned()
            }
            (false, _) => "A text that stands several times counts once".to_owned(),
        });
    }

    /// `W`: marks the words of each side in the panes.
    pub(super) fn toggle_word_marks(&mut self) {
        if self.panes.len() < 2 {
            self.notice = Some(format!(
                "The words of one side differ from nothing · {key} adds another pane",
                key = self.keymap.hint(Action::AddPane)
            ));
            return;
        }
        self.marks_words = !self.marks_words;
        self.requests.allow_again();
        let key = self.keymap.hint(Action::MarkWords);
        self.notice = Some(if self.marks_words {
            format!(
                "Words that this side uses more than the other are marked · {key} takes the marks away"
            )
        } else {
            "Words are no longer marked".to_owned()
        });
    }

    /// What an entry names, in a few words.
    pub(in crate::app) fn what(&self, evidence: &Evidence, entry: Entry) -> String {
        let words = |side: usize| evidence.words.get(side);
        match entry {
            Entry::Figure { figure, .. } => {
                let figure = evidence.figures.all.get(figure);
                figure.map_or_else(String::new, |figure| {
                    figure.span.of(self.passage_text(figure.passage)).to_owned()
                })
            }
            Entry::More { side, term } => {
                let term = words(side).and_then(|words| words.more.get(term));
                term.map_or_else(String::new, |term| format!("“{}”", term.text))
            }
            Entry::Only { side, term } => {
                let only = words(side).and_then(|words| words.only.get(term));
                only.map_or_else(String::new, |only| format!("“{}”", only.text))
            }
            Entry::Name { naming, term, .. } => {
                let counts = evidence.namings.get(naming);
                let term = counts.and_then(|counts| counts.terms.get(term));
                term.map_or_else(String::new, |term| format!("“{}”", term.term))
            }
            Entry::Speaker { row, .. } => {
                let row = evidence.speech.voices.rows.get(row);
                row.map_or_else(String::new, |row| row.name.clone())
            }
            Entry::Unnamed { .. } => "Quoted without a speaker".to_owned(),
            Entry::Shared { .. } => "The same quotation".to_owned(),
            Entry::Copy { .. } => "The same text".to_owned(),
        }
    }

    /// Plans the evidence view and brings its cursor into sight.
    pub(in crate::app) fn prepare_evidence(&mut self) {
        let Some(mut view) = self.evidence.take() else {
            return;
        };
        let asked = self.evidence_asked();
        let found = asked.as_ref().and_then(|asked| self.requests.get(asked));
        view.prepare(self.screen.size, self.panes.len(), asked.as_ref(), found);
        self.find_wanted_entry(&mut view);
        self.evidence = Some(view);
    }
}

#[cfg(test)]
mod tests;
