//! How a message changes the state.
//!
//! Invariant: a message is handled whole; what it asks of the world comes back as effects.

mod asking;
mod cells;
mod citing;
mod comparing;
mod coverage;
pub(super) mod deciding;
mod evidence;
mod facing;
mod following;
mod lists;
pub(super) mod marks;
mod motion;
mod noting;
mod opening;
mod panes;
mod pointing;
mod searching;
#[cfg(test)]
mod tests;
mod topics;
mod writing;

use super::action::{Action, Context};
use super::effect::Effect;
use super::keymap::Outcome;
use super::message::{Finding, Message, Mouse, Report, Stage};
use super::pane::{Pane, Place};
use super::perspective::{Perspective, Slot};
use super::selection::Change;
use super::{App, Overlay};
use crate::analysis::alignment::Verdict;
use crate::analysis::tagging::Tagging;
use keybinds::{Key, KeyInput, Mods};
use marks::Awaited;
use std::sync::Arc;
use tui_input::{Input, InputRequest};

/// Bytes that texts of a large corpus may take besides those that are shown.
pub(super) const MOST_LENT: usize = 64 << 20;

impl App {
    /// Takes a message; [`App::prepare`] is to be called before the next drawing.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        // A report may change nothing that is seen; it says so itself.
        self.stale |= !matches!(message, Message::Report(_));
        let mut effects = self.handle(message);
        self.open_best_topic();
        self.note_places();
        self.give_back();
        effects.extend(self.ask());
        effects
    }

    /// Lets go of the texts of a large corpus that were read and are not shown, once they are many: they are read again when they are
    /// asked for.
    fn give_back(&mut self) {
        if self.corpus.lent() < self.most_lent {
            return;
        }
        let mut shown: Vec<usize> = self.panes.iter().flat_map(Pane::laid_out).collect();
        shown.sort_unstable();
        shown.dedup();
        self.corpus = Arc::new(self.corpus.given_back(&shown));
        self.tagging = self.tagging.as_ref().map(Tagging::given_back);
        self.most_lent = self.corpus.lent() + MOST_LENT;
    }

    /// Asks for what is needed and neither known nor on its way.
    pub fn ask(&mut self) -> Vec<Effect> {
        let mut effects = self.ask_for_comparisons();
        effects.extend(self.ask_for_copies());
        effects.extend(self.ask_for_evidence());
        effects.extend(self.ask_for_results());
        effects
    }

    fn handle(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Key(key) => {
                let effects = self.key(key);
                self.turn_hint();
                effects
            }
            Message::Paste(text) => {
                self.paste(&text);
                Vec::new()
            }
            Message::Mouse { column, row, kind } => self.mouse(column, row, kind),
            Message::Resize { columns, rows } => {
                self.size = (columns, rows);
                Vec::new()
            }
            Message::Report(report) => {
                self.report(report);
                Vec::new()
            }
            Message::NotKept(why) => {
                self.notice = Some(format!("This holds only until you leave: {why}"));
                Vec::new()
            }
            Message::NoteKept(change) => {
                self.notice = Some(self.told_as_kept(&change));
                Vec::new()
            }
            Message::Done(what) => {
                self.notice = Some(what);
                Vec::new()
            }
            Message::Edited(edited) => {
                self.take_edited(edited);
                Vec::new()
            }
            Message::Terminate => vec![Effect::Quit],
        }
    }

    fn key(&mut self, key: KeyInput) -> Vec<Effect> {
        if key.key() == Key::Ignored {
            return Vec::new();
        }
        self.notice = None;
        self.touched = true;
        self.awaits_level = false;
        if self.take_mark(key) {
            return Vec::new();
        }
        let context = self.context();
        self.pending.push(key);
        match self.keymap.lookup(context, &self.pending) {
            Outcome::Pending => Vec::new(),
            Outcome::Run(action) => {
                self.pending.clear();
                let effects = self.run(action);
                self.drop_selection_elsewhere();
                effects
            }
            Outcome::Unbound => {
                let broken = self.pending.len() > 1;
                self.pending.clear();
                if broken {
                    // The key may mean something by itself after a broken sequence.
                    return self.key(key);
                }
                match self.tour_key(key) {
                    Some(action) => return self.run(action),
                    None => self.type_key(key),
                }
                Vec::new()
            }
        }
    }

    /// Where keys go at the moment.
    pub fn context(&self) -> Context {
        let typing = self.search.as_ref().is_some_and(|search| search.typing);
        if self.results().is_some_and(|results| results.browsing) {
            Context::Results
        } else if matches!(self.overlay, Some(Overlay::Editor(_))) {
            Context::Writing
        } else if self.overlay.is_some() || typing {
            Context::List
        } else if self.coverage.is_some() {
            Context::Matrix
        } else if self.evidence.is_some() {
            Context::Evidence
        } else if self.selection.is_some() {
            Context::Selecting
        } else {
            Context::Reading
        }
    }

    /// Carries out an action, and notes that it was used.
    pub fn run(&mut self, action: Action) -> Vec<Effect> {
        let effects = self.carry_out(action);
        self.was_used(action);
        self.follow_tour(action);
        effects
    }

    #[allow(clippy::too_many_lines, reason = "one arm an action")]
    fn carry_out(&mut self, action: Action) -> Vec<Effect> {
        // A box over a view has the keys until it is closed.
        if self.overlay.is_none() {
            if let Some(effects) = self.run_in_coverage(action) {
                return effects;
            }
            if let Some(effects) = self.run_in_evidence(action) {
                return effects;
            }
        }
        if let Some(effects) = self.run_in_facing(action) {
            return effects;
        }
        match action {
            Action::Topic1
            | Action::Topic2
            | Action::Topic3
            | Action::Topic4
            | Action::Topic5
            | Action::Topic6
            | Action::Topic7
            | Action::Topic8
            | Action::Topic9
            | Action::Topic0 => self.topic_key(action),
            Action::TopicList => self.open_topics(),
            Action::Next => self.next(true),
            Action::Previous => self.next(false),
            Action::NextInAll => self.step_topic(true, true),
            Action::PreviousInAll => self.step_topic(false, true),
            Action::NextHere => self.step_topic(true, false),
            Action::PreviousHere => self.step_topic(false, false),
            Action::RowDown => self.scroll(1),
            Action::RowUp => self.scroll(-1),
            Action::PageDown => self.scroll_pages(2),
            Action::PageUp => self.scroll_pages(-2),
            Action::HalfPageDown => self.scroll_pages(1),
            Action::HalfPageUp => self.scroll_pages(-1),
            Action::PassageDown => self.step_passage(1),
            Action::PassageUp => self.step_passage(-1),
            Action::Start => self.show_edge(false),
            Action::End => self.show_edge(true),
            Action::FocusNext => self.focus_by(1),
            Action::FocusPrevious => self.focus_by(-1),
            Action::Perspective => self.open_perspectives(),
            Action::Swap => self.swap(),
            Action::Zoom => self.zoomed = !self.zoomed && self.panes.len() > 1,
            Action::AddPane => self.add_pane(),
            Action::ClosePane => self.close_pane(),
            Action::Link => self.toggle_link(),
            Action::Level => self.level_again(),
            Action::AloneDown => self.scroll_alone(self.focus, 1),
            Action::AloneUp => self.scroll_alone(self.focus, -1),
            Action::Coverage => self.open_coverage(),
            Action::OnlyTopics => self.open_only_topics(),
            Action::OnlyHere => self.open_only_here(),
            Action::CellLeft
            | Action::CellRight
            | Action::CellsLeft
            | Action::CellsRight
            | Action::CellOpen
            | Action::CellMark
            | Action::CellFilter
            | Action::SortTopics
            | Action::SortColumns
            | Action::ColumnsNext
            | Action::ColumnsPrevious
            | Action::Transpose => {
                self.notice = Some(format!(
                    "This is for the coverage · {key} shows who speaks of what",
                    key = self.keymap.hint(Action::Coverage)
                ));
            }
            Action::Evidence => self.open_evidence(),
            Action::Figures => self.open_figures(),
            Action::CountCopies => self.toggle_copies(),
            Action::MarkWords => self.toggle_word_marks(),
            Action::EntryLeft
            | Action::EntryRight
            | Action::SectionNext
            | Action::SectionPrevious
            | Action::CountNames
            | Action::CountQuoted => {
                self.notice = Some(format!(
                    "This is for the evidence · {key} lays it open",
                    key = self.keymap.hint(Action::Evidence)
                ));
            }
            Action::Facing => self.toggle_facing(),
            Action::Everything => self.show_everything(),
            Action::Open if self.point_on() => {}
            Action::Open | Action::Follow | Action::Filter | Action::Why => {
                self.notice = Some(format!(
                    "This is for rows · {key} shows what faces what",
                    key = self.keymap.hint(Action::Facing)
                ));
            }
            Action::Accept => return self.judge_row(Verdict::Accepted),
            Action::Reject => return self.judge_row(Verdict::Rejected),
            Action::Pair => return self.mark_or_pair(),
            Action::Undo => match self.undo_note() {
                Some(effects) => return effects,
                None => return self.undo_decision(),
            },
            Action::Cite => return self.cite(),
            Action::CiteStyle => self.next_cite_style(),
            Action::Export => self.open_formats(),
            Action::Mark => self.await_mark(Awaited::Set),
            Action::GoToMark => self.await_mark(Awaited::Go),
            Action::Jumps => self.open_jumps(),
            Action::Note => self.write_note(),
            Action::LinkNote => self.write_link_note(),
            Action::Notes => self.open_notes(),
            Action::Select => self.start_selection(),
            Action::SelectNext => self.change_selection(Change::NextSentence),
            Action::SelectPrevious => self.change_selection(Change::PreviousSentence),
            Action::SelectSentence => self.change_selection(Change::AddSentence),
            Action::SelectLonger => self.change_selection(Change::Longer),
            Action::SelectShorter => self.change_selection(Change::Shorter),
            Action::SelectLater => self.change_selection(Change::StartLater),
            Action::SelectEarlier => self.change_selection(Change::StartEarlier),
            Action::NoteSave => return self.save_note(),
            Action::NoteRelation => self.next_relation(),
            Action::NoteInEditor => return self.open_own_editor(),
            Action::NoteLeave => self.leave_editor(),
            Action::NoteEdit => self.edit_chosen_note(),
            Action::NoteRemove => return self.remove_chosen_note(),
            Action::NotePut => return self.put_chosen_note(),
            Action::NotesExport => self.write_shown_notes(),
            Action::Search => self.start_search(),
            Action::SearchAll => self.open_results(),
            Action::ResultMark => self.mark_or_open_results(),
            Action::Cancel if self.selection.take().is_some() => {}
            Action::Cancel => return self.cancel(),
            Action::Back => self.back(),
            Action::Forward => self.forward(),
            Action::Information => self.open_information(),
            Action::Palette => self.open_palette(),
            Action::Help => self.open_help(),
            Action::Mouse => return self.toggle_mouse(),
            Action::Tour => self.toggle_tour(),
            Action::TourSkip => self.skip_step(),
            Action::Suspend => return vec![Effect::Suspend],
            Action::Quit => return vec![Effect::Quit],
            Action::ListDown => self.list_select(1),
            Action::ListUp => self.list_select(-1),
            Action::ListPageDown => self.list_page(1),
            Action::ListPageUp => self.list_page(-1),
            Action::ListStart => self.list_select(isize::MIN),
            Action::ListEnd => self.list_select(isize::MAX),
            Action::ListChoose => return self.list_choose(),
            Action::ListClose => self.list_close(),
        }
        Vec::new()
    }

    fn toggle_mouse(&mut self) -> Vec<Effect> {
        self.settings.mouse = !self.settings.mouse;
        let state = if self.settings.mouse {
            "Mouse on"
        } else {
            "Mouse off: the terminal selects text again"
        };
        self.notice = Some(state.to_owned());
        vec![Effect::Mouse(self.settings.mouse)]
    }

    /// A key that is bound to nothing: in a list it is typed.
    fn type_key(&mut self, key: KeyInput) {
        if let Some(Overlay::Editor(editor)) = &mut self.overlay {
            match (key.key(), edit_request(key)) {
                (Key::Enter, _) => editor.insert("\n"),
                (Key::Up, _) => editor.step(-1),
                (Key::Down, _) => editor.step(1),
                (_, Some(request)) => editor.request(request),
                (_, None) => {}
            }
            return;
        }
        if let Some(request) = edit_request(key) {
            match &mut self.overlay {
                Some(Overlay::Picker(picker)) => picker.edit(request),
                Some(Overlay::Information(_)) => self.information_key(key),
                Some(Overlay::Results(results)) => results.edit(request),
                Some(Overlay::Editor(editor)) => editor.request(request),
                None => self.edit_search(|input: &mut Input| {
                    input.handle(request);
                }),
            }
        } else if !matches!(self.context(), Context::List | Context::Results) {
            let key = key.to_string().replace('+', "-");
            let help = self.keymap.hint(Action::Help);
            self.notice = Some(format!("{key} does nothing here · {help} shows every key"));
        }
    }

    fn paste(&mut self, text: &str) {
        match &mut self.overlay {
            Some(Overlay::Picker(picker)) => picker.insert(text),
            Some(Overlay::Information(_)) => {}
            Some(Overlay::Results(results)) => results.insert(text),
            Some(Overlay::Editor(editor)) => editor.insert(text),
            None => self.edit_search(|input| super::picker::insert(input, text)),
        }
    }

    fn mouse(&mut self, column: u16, row: u16, kind: Mouse) -> Vec<Effect> {
        self.touched = true;
        if self.overlay.is_some() {
            match kind {
                Mouse::WheelDown => self.list_select(1),
                Mouse::WheelUp => self.list_select(-1),
                Mouse::Press => return self.press_in_overlay(column, row),
                Mouse::Drag => {}
            }
            return Vec::new();
        }
        if self.coverage.is_some() {
            self.mouse_in_coverage(column, row, kind);
            return Vec::new();
        }
        if self.evidence.is_some() {
            self.mouse_in_evidence(column, row, kind);
            return Vec::new();
        }
        if self.facing.is_some() {
            match kind {
                Mouse::WheelDown => self.scroll_facing(3),
                Mouse::WheelUp => self.scroll_facing(-3),
                Mouse::Press => self.press_in_facing(column, row),
                Mouse::Drag => {}
            }
            return Vec::new();
        }
        if kind == Mouse::Drag {
            self.drag(column, row);
            return Vec::new();
        }
        // The plan is that of the last frame: a pane may have been closed since.
        let under = self.screen.pane_at(column, row);
        if let Some(pane) = under.filter(|pane| *pane < self.panes.len()) {
            match kind {
                Mouse::Drag => {}
                Mouse::WheelDown => self.scroll_pane(pane, 3),
                Mouse::WheelUp => self.scroll_pane(pane, -3),
                Mouse::Press => {
                    self.press_text(pane, column, row);
                    self.press(pane, row);
                }
            }
        }
        Vec::new()
    }

    /// A click takes the entry under it; beside the box it closes it.
    fn press_in_overlay(&mut self, column: u16, row: u16) -> Vec<Effect> {
        let area = self.overlay_area();
        if !area.contains((column, row).into()) {
            self.list_close();
            return Vec::new();
        }
        // Below the frame and the line to type in.
        let on_entry = match (&mut self.overlay, row.checked_sub(area.y + 2)) {
            (Some(Overlay::Picker(picker)), Some(row)) => picker.select_row(usize::from(row)),
            (Some(Overlay::Results(results)), Some(row)) => results.select_row(usize::from(row)),
            (
                Some(
                    Overlay::Picker(_)
                    | Overlay::Information(_)
                    | Overlay::Results(_)
                    | Overlay::Editor(_),
                )
                | None,
                _,
            ) => false,
        };
        if on_entry {
            self.list_choose()
        } else {
            Vec::new()
        }
    }

    fn report(&mut self, mut report: Report) {
        if self.evidence_report(report.ticket, &mut report.stage)
            || self.results_report(report.ticket, &mut report.stage)
        {
            return;
        }
        // A report of a job that is no longer wanted is dropped.
        if self.finding_topics != Some(report.ticket) {
            self.comparison_report(report.ticket, report.stage);
            return;
        }
        if matches!(report.stage, Stage::Started | Stage::Progress(..)) {
            return;
        }
        self.finding_topics = None;
        let before = self.marks();
        match report.stage {
            Stage::Finished(Finding::Topics(topics, tagging)) => self.take_topics(topics, tagging),
            Stage::Failed(why) => self.notice = Some(format!("No topics: {why}")),
            Stage::Started
            | Stage::Progress(..)
            | Stage::Finished(
                Finding::Comparison(_)
                | Finding::Copies(_)
                | Finding::Evidence(_)
                | Finding::Found(_)
                | Finding::Indexed,
            )
            | Stage::Cancelled => {}
        }
        self.count_coverage();
        self.stale |= self.overlay.is_some()
            || self.coverage.is_some()
            || self.evidence.is_some()
            || self.notice.is_some()
            || self.marks() != before;
    }

    /// What a job can change of what is seen in the panes: what they show, where, and what is marked in them.
    fn marks(&self) -> Vec<(Perspective, Place, Option<usize>, Vec<Slot>)> {
        let of = |pane: &Pane| {
            (
                pane.perspective.clone(),
                pane.top,
                pane.topic,
                pane.on_topic.clone(),
            )
        };
        self.panes.iter().map(of).collect()
    }
}

/// What a key does to a line of text.
fn edit_request(key: KeyInput) -> Option<InputRequest> {
    let control = key.mods().contains(Mods::CTRL);
    match key.key() {
        Key::Char('w') if control => Some(InputRequest::DeletePrevWord),
        Key::Char('u') if control => Some(InputRequest::DeleteLine),
        Key::Char('a') if control => Some(InputRequest::GoToStart),
        Key::Char('e') if control => Some(InputRequest::GoToEnd),
        Key::Char('h') if control => Some(InputRequest::DeletePrevChar),
        Key::Char(character) if !control && !key.mods().contains(Mods::ALT) => {
            Some(InputRequest::InsertChar(character))
        }
        Key::Backspace => Some(InputRequest::DeletePrevChar),
        Key::Delete => Some(InputRequest::DeleteNextChar),
        Key::Left => Some(InputRequest::GoToPrevChar),
        Key::Right => Some(InputRequest::GoToNextChar),
        Key::Home => Some(InputRequest::GoToStart),
        Key::End => Some(InputRequest::GoToEnd),
        _ => None,
    }
}
