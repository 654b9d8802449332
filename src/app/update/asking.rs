//! Searching the whole corpus: asking as the reader types, and opening what was found.

use crate::analysis::wording::Place;
use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::message::{Finding, Stage, Ticket};
use crate::app::pane::Pane;
use crate::app::perspective::Perspective;
use crate::app::pointed::Pointed;
use crate::app::results::{Answer, Hit, Indexing};
use crate::app::{App, Overlay};
use crate::corpus::PassageId;
use crate::text::ByteSpan;
use std::time::Duration;

/// Indexing that takes less is not worth a word.
const SLOW: Duration = Duration::from_millis(500);

impl App {
    /// `S`: the search, as it was left.
    pub(super) fn open_results(&mut self) {
        let mut results = self.last_results.take().unwrap_or_default();
        results.browsing = false;
        results.marked = None;
        results.is_left = !results.input.value().is_empty();
        self.overlay = Some(Overlay::Results(results));
    }

    /// `Esc`: from the list to the line, from the line to the texts. What was found is kept for the next time.
    pub(super) fn close_results(&mut self) {
        if let Some(Overlay::Results(mut results)) = self.overlay.take() {
            if results.browsing {
                results.browsing = false;
                results.marked = None;
                self.overlay = Some(Overlay::Results(results));
            } else {
                self.last_results = Some(results);
            }
        }
    }

    /// What was typed since it was last asked.
    pub(super) fn ask_for_results(&mut self) -> Vec<Effect> {
        let Some(Overlay::Results(results)) = &mut self.overlay else {
            return Vec::new();
        };
        let Some(text) = results.unasked() else {
            return Vec::new();
        };
        let old = results.ticket().map(Effect::Cancel);
        if text.is_empty() {
            results.take(Answer::None);
            return old.into_iter().collect();
        }
        self.next_ticket += 1;
        let ticket = Ticket(self.next_ticket);
        results.await_answer(ticket);
        old.into_iter()
            .chain([Effect::Search { ticket, text }])
            .collect()
    }

    /// A report of a search or of indexing; false where it is neither.
    pub(super) fn results_report(&mut self, ticket: Ticket, stage: &mut Stage) -> bool {
        if self.indexing.ticket == Some(ticket) {
            self.indexing_report(stage);
            return true;
        }
        let results = match &mut self.overlay {
            Some(Overlay::Results(results)) => Some(results),
            Some(Overlay::Picker(_) | Overlay::Information(_) | Overlay::Editor(_)) | None => {
                self.last_results.as_mut()
            }
        };
        let Some(results) = results.filter(|results| results.ticket() == Some(ticket)) else {
            return false;
        };
        match stage {
            Stage::Started | Stage::Progress(..) => return true,
            Stage::Finished(Finding::Found(found)) => {
                results.take(Answer::Found(std::mem::take(found)));
            }
            Stage::Failed(why) => results.take(Answer::Wrong(std::mem::take(why))),
            Stage::Finished(_) | Stage::Cancelled => results.take(Answer::None),
        }
        self.stale = true;
        true
    }

    fn indexing_report(&mut self, stage: &Stage) {
        let was = self.indexing.progress;
        match stage {
            Stage::Progress(progress, running_for) if *running_for >= SLOW => {
                self.indexing.progress = Some(*progress);
            }
            Stage::Started | Stage::Progress(..) => return,
            Stage::Finished(_) | Stage::Failed(_) | Stage::Cancelled => {
                self.indexing = Indexing::default();
                // Who does not search has no use for it; what is small can be searched without.
                let is_news = was.is_some() || matches!(self.overlay, Some(Overlay::Results(_)));
                // What was asked meanwhile was asked of less.
                if let Some(Overlay::Results(results)) = &mut self.overlay {
                    results.ask_again();
                }
                if let (Stage::Failed(why), true) = (stage, is_news) {
                    self.notice = Some(format!("The index is not up to date: {why}"));
                }
            }
        }
        self.stale |= was != self.indexing.progress || self.notice.is_some();
    }

    /// `Enter`: the selected passage in the focused pane.
    pub(super) fn open_result(&mut self) {
        let Some(Overlay::Results(results)) = self.overlay.take() else {
            return;
        };
        let Some(hit) = results.chosen().cloned() else {
            self.notice = Some("Nothing chosen: nothing is found".to_owned());
            self.overlay = Some(Overlay::Results(results));
            return;
        };
        let what = results.input.value().to_owned();
        self.last_results = Some(results);
        self.remember();
        self.leave_views();
        let focus = self.focus;
        self.show_hit(focus, &hit);
        self.point_at_hit(focus, &hit, &what);
        self.mark_topics();
        self.recount_search();
    }

    /// `Space`: marks the selected passage; a second one is opened beside it.
    pub(super) fn mark_or_open_results(&mut self) {
        let Some(Overlay::Results(results)) = &mut self.overlay else {
            let search = self.keymap.hint(Action::SearchAll);
            self.notice = Some(format!(
                "This is for what a search has found · {search} searches"
            ));
            return;
        };
        let Some(right) = results.chosen().cloned() else {
            return;
        };
        let left = results.marked.take();
        let left = left.and_then(|slot| results.hits().find(|hit| hit.slot == slot).cloned());
        let Some(left) = left else {
            results.marked = Some(right.slot);
            return;
        };
        if left.slot == right.slot {
            return;
        }
        let what = results.input.value().to_owned();
        if let Some(Overlay::Results(results)) = self.overlay.take() {
            self.last_results = Some(results);
        }
        self.remember();
        self.leave_views();
        let other = self.other_pane();
        let (first, second) = (self.focus.min(other), self.focus.max(other));
        self.show_hit(first, &left);
        self.show_hit(second, &right);
        self.focus = first;
        self.point_at_hit(first, &left, &what);
        self.mark_topics();
        self.recount_search();
    }

    /// From whatever lies over the documents to the documents.
    pub(super) fn leave_views(&mut self) {
        self.coverage = None;
        self.evidence = None;
        self.facing = None;
    }

    /// Shows a passage in a pane, in its document unless what the pane shows has it.
    fn show_hit(&mut self, pane: usize, hit: &Hit) {
        if !self.panes[pane].contents.contains(hit.slot) {
            let topic = self.panes[pane].topic;
            let document = Perspective::Document(hit.slot.document());
            self.panes[pane] = Pane::new(&self.corpus, document, topic);
        }
        // Panes wrap at their real size before they are jumped in.
        self.plan_screen();
        let byte = hit.start + hit.marks.first().map_or(0, |mark| mark.start);
        self.panes[pane].jump(&self.corpus, hit.slot, byte);
    }

    /// Marks what was found, where it still stands there.
    fn point_at_hit(&mut self, pane: usize, hit: &Hit, what: &str) {
        let Some(passage) = hit.slot.passage_index() else {
            return;
        };
        let document = hit.slot.document();
        let text = self.corpus.documents.get(document);
        let text = text.and_then(|text| Some(text.passage(passage)?.text()));
        let stands = |mark: &&ByteSpan| {
            let span = shifted(**mark, hit.start);
            text.and_then(|text| text.get(span.range())) == Some(mark.of(&hit.text))
        };
        let places: Vec<(usize, Place)> = hit
            .marks
            .iter()
            .filter(stands)
            .map(|mark| {
                let passage = PassageId { document, passage };
                let span = shifted(*mark, hit.start);
                (pane, Place { passage, span })
            })
            .collect();
        if !places.is_empty() {
            let what = format!("“{}”", what.trim());
            self.pointed = Some(Pointed {
                what,
                places,
                at: 0,
            });
        }
    }
}

fn shifted(span: ByteSpan, by: u32) -> ByteSpan {
    ByteSpan {
        start: span.start + by,
        end: span.end + by,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::action::Context;
    use crate::app::message::{Message, Report};
    use crate::app::perspective::Slot;
    use crate::app::results::{Found, Group};
    use crate::app::tests_support;
    use crate::app::tests_support::{app, opened_on, press};

    fn hit(document: usize, passage: usize, text: &str, mark: &str) -> Hit {
        let at = text.find(mark).unwrap();
        Hit {
            slot: Slot::passage(document, passage),
            title: "T".into(),
            date: None,
            voice: None,
            text: text.into(),
            start: 0,
            marks: vec![ByteSpan::new(at, at + mark.len())],
            cut_after: false,
        }
    }

    /// Two passages of one source and one of another.
    fn found() -> Found {
        let group = |title: &str, hits: Vec<Hit>| Group {
            title: title.into(),
            total: hits.len() + 5,
            hits,
        };
        let gazette = "An engineer had warned of cracks in the dam since spring; the ministry says that no letter reached it.";
        Found {
            groups: vec![
                group(
                    "The Gazette",
                    vec![
                        hit(0, 5, gazette, "dam"),
                        hit(
                            0,
                            6,
                            "The ministry will publish its report on the dam in autumn.",
                            "dam",
                        ),
                    ],
                ),
                group("The Herald", vec![hit(1, 5, "Ben: dam", "dam")]),
            ],
            total: 13,
            advice: Vec::new(),
        }
    }

    fn answer(app: &mut App, effects: &[Effect], stage: Stage) {
        let asked = effects.iter().rev().find_map(|effect| match effect {
            Effect::Search { ticket, .. } => Some(*ticket),
            _ => None,
        });
        let report = Report {
            ticket: asked.expect("a question was asked"),
            stage,
        };
        app.update(Message::Report(report));
        app.prepare();
    }

    fn asked(effects: &[Effect]) -> Vec<&str> {
        let texts = effects.iter().filter_map(|effect| match effect {
            Effect::Search { text, .. } => Some(text.as_str()),
            _ => None,
        });
        texts.collect()
    }

    fn searched(keys: &str) -> App {
        let mut app = app(120, 40);
        let effects = press(&mut app, "S d a m");
        answer(&mut app, &effects, Stage::Finished(Finding::Found(found())));
        press(&mut app, keys);
        app
    }

    #[test]
    fn each_letter_asks_and_calls_the_question_before_off() {
        let mut app = app(120, 40);
        assert!(asked(&press(&mut app, "S")).is_empty());
        let effects = press(&mut app, "d a Space m");
        assert_eq!(
            asked(&effects),
            ["d", "da", "da m"],
            "a space alone asks nothing new"
        );
        let cancels = effects
            .iter()
            .filter(|effect| matches!(effect, Effect::Cancel(_)));
        assert_eq!(cancels.count(), 2);
    }

    #[test]
    fn a_late_answer_to_an_earlier_question_is_dropped() {
        let mut app = app(120, 40);
        let first = press(&mut app, "S d");
        press(&mut app, "a");
        answer(&mut app, &first, Stage::Finished(Finding::Found(found())));
        assert!(app.results().unwrap().found().is_none());
    }

    #[test]
    fn enter_opens_the_passage_in_the_focused_pane_and_back_returns() {
        let mut app = searched("Down Down");
        let before = app.panes[0].perspective.clone();
        assert_eq!(app.context(), Context::Results);
        press(&mut app, "Enter");
        assert!(app.overlay.is_none());
        assert_eq!(app.focused().current, Slot::passage(0, 6));
        let text = "The ministry will publish its report on the dam in autumn.";
        let marked = app
            .pointed_in(0, Slot::passage(0, 6))
            .expect("the word is marked");
        assert_eq!(marked.of(text), "dam");
        press(&mut app, "H");
        assert_eq!(app.panes[0].perspective, before);
        assert_ne!(app.focused().current, Slot::passage(0, 6));
        press(&mut app, "S");
        assert_eq!(
            app.results().unwrap().input.value(),
            "dam",
            "the search is as it was left"
        );
        assert_eq!(app.results().unwrap().hits().count(), 3);
    }

    #[test]
    fn a_passage_of_another_document_takes_the_focused_pane() {
        let app = searched("Down Down Down Enter");
        assert_eq!(app.focus, 0);
        assert_eq!(app.panes[0].perspective, Perspective::Document(1));
        assert_eq!(app.panes[0].current, Slot::passage(1, 5));
        assert!(
            app.pointed.is_none(),
            "what does not stand there is not marked"
        );
    }

    #[test]
    fn two_marked_passages_are_laid_side_by_side() {
        let mut app = searched("Down Space");
        assert_eq!(app.results().unwrap().marked, Some(Slot::passage(0, 5)));
        press(&mut app, "Space");
        assert!(
            app.results()
                .is_some_and(|results| results.marked.is_none()),
            "again: no mark"
        );
        press(&mut app, "Space Down Down Space");
        assert!(app.overlay.is_none());
        assert_eq!(app.panes[0].current, Slot::passage(0, 5));
        assert_eq!(app.panes[1].current, Slot::passage(1, 5));
        assert_eq!(app.focus, 0);
    }

    #[test]
    fn letters_go_to_the_line_again_after_the_list() {
        let mut app = searched("Down");
        let effects = press(&mut app, "s");
        assert_eq!(asked(&effects), ["dams"]);
        assert_eq!(app.context(), Context::List);
        let effects = press(&mut app, "Space x");
        assert_eq!(asked(&effects), ["dams x"]);
    }

    #[test]
    fn escape_leads_from_the_list_to_the_line_to_the_texts() {
        let mut app = searched("Down Esc");
        assert_eq!(app.context(), Context::List);
        press(&mut app, "Esc");
        assert!(app.overlay.is_none());
        assert_eq!(app.context(), Context::Reading);
    }

    #[test]
    fn a_wrong_question_is_told_why_and_an_answer_to_a_closed_search_is_kept() {
        let mut app = app(120, 40);
        let effects = press(&mut app, "S x");
        answer(&mut app, &effects, Stage::Failed("no".into()));
        assert_eq!(app.results().unwrap().answer, Answer::Wrong("no".into()));
        let effects = press(&mut app, "y");
        press(&mut app, "Esc");
        answer(&mut app, &effects, Stage::Finished(Finding::Found(found())));
        press(&mut app, "S");
        assert_eq!(app.results().unwrap().hits().count(), 3);
    }

    #[test]
    fn what_was_asked_is_asked_again_when_the_index_is_up_to_date() {
        let settings = crate::app::Settings {
            indexes: true,
            ..crate::app::Settings::default()
        };
        let opening = crate::app::Opening {
            corpus: tests_support::corpus(),
            whole: None,
            known: crate::app::Known::Nothing,
            perspectives: Vec::new(),
            notice: None,
            decisions: crate::analysis::alignment::Decisions::default(),
            settings,
        };
        let (mut app, effects) = App::new(opening, 120, 40);
        let ticket = effects.iter().find_map(|effect| match effect {
            Effect::Index(ticket) => Some(*ticket),
            _ => None,
        });
        let ticket = ticket.expect("the index is brought up to date");
        let effects = press(&mut app, "S x");
        answer(&mut app, &effects, Stage::Failed("being indexed".into()));
        let stage = Stage::Finished(Finding::Indexed);
        let effects = app.update(Message::Report(Report { ticket, stage }));
        assert_eq!(asked(&effects), ["x"]);
    }

    #[test]
    fn a_corpus_in_memory_is_not_indexed_at_the_start() {
        let (_, effects) = opened_on(tests_support::corpus(), 120, 40);
        assert!(
            !effects
                .iter()
                .any(|effect| matches!(effect, Effect::Index(_)))
        );
    }

    #[test]
    fn the_selected_passage_is_always_seen() {
        let mut found = found();
        let hits = found.groups[0].hits.clone();
        found.groups[0].hits = (0..40)
            .map(|at| Hit {
                slot: Slot::passage(0, at),
                ..hits[0].clone()
            })
            .collect();
        for (columns, rows) in [(160, 45), (80, 24), (50, 15), (20, 6)] {
            let mut app = app(columns, rows);
            let effects = press(&mut app, "S x");
            answer(
                &mut app,
                &effects,
                Stage::Finished(Finding::Found(found.clone())),
            );
            for key in ["Down"; 45].iter().chain(&["Up"; 45]) {
                press(&mut app, key);
                let area = app.overlay_area();
                let results = app.results().unwrap();
                let lines = results.lines();
                let mut y = 0;
                let mut seen = false;
                let mut nth = lines[..results.top]
                    .iter()
                    .filter(|line| matches!(line, crate::app::results::Line::Hit(..)))
                    .count();
                for line in &lines[results.top..] {
                    if let crate::app::results::Line::Hit(..) = line {
                        seen |= nth == results.selected
                            && y < usize::from(area.height.saturating_sub(3)).max(1);
                        nth += 1;
                    }
                    y += results.height(*line);
                }
                assert!(
                    seen,
                    "{columns}x{rows}: {} from {}",
                    results.selected, results.top
                );
            }
        }
    }
}
