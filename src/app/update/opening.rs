//! Opening in the facing view: on the topic that the texts say most about together, as soon as that is known.
//!
//! Invariant: it is decided once; a reader who has pressed a key by then is not moved.

use crate::analysis::alignment::Comparison;
use crate::app::App;
use crate::app::comparisons::Pair;
use crate::app::facing::layout::slot;
use crate::corpus::PassageId;
use std::cmp::Reverse;

impl App {
    /// Whether the first screen still waits for topics or comparisons.
    pub fn is_opening(&self) -> bool {
        self.awaits_best_topic
    }

    /// Once topics and comparisons are known, turns to the best topic: that with most pairs, of equals that on which the quieter
    /// side says most, then the first found.
    pub(in crate::app) fn open_best_topic(&mut self) {
        if !self.awaits_best_topic {
            return;
        }
        if self.touched || self.facing.is_none() {
            self.awaits_best_topic = false;
            return;
        }
        let pairs: Vec<(usize, usize)> = self.facing_pairs();
        let is_made = |pair: &Pair| {
            self.comparisons.get(&pair.0, &pair.1).is_some()
                || self.comparisons.refusal(pair).is_some()
        };
        let all_made = pairs
            .iter()
            .filter_map(|(left, right)| self.pair_of(*left, *right))
            .all(|pair| is_made(&pair));
        if self.finding_topics.is_some() || !all_made {
            return;
        }
        self.awaits_best_topic = false;
        self.stale = true;
        let comparisons = pairs
            .iter()
            .filter_map(|(left, right)| self.comparison(*left, *right));
        let links: Vec<(PassageId, PassageId)> = comparisons.flat_map(ends).collect();
        if links.is_empty() {
            self.facing = None;
            if self.tagging.is_some() && !self.topics.is_empty() {
                self.open_first_topic();
            }
            self.also_say(
                "Nothing was found to belong together in these texts: here they are side by side",
            );
            return;
        }
        match self.best_topic(&links) {
            Some(topic) => {
                let all: Vec<usize> = (0..self.panes.len()).collect();
                self.show_topic(topic, &all);
            }
            None => self.also_say("No topic that both speak of was found: here is everything"),
        }
        self.reveal_first_pair();
    }

    /// The topic with most of these pairs among those that two panes at least speak of.
    fn best_topic(&self, links: &[(PassageId, PassageId)]) -> Option<usize> {
        let is_on = |id: PassageId, topic| self.tag_of(slot(id), Some(topic)).is_some();
        let rank = |topic: usize| {
            let mut said: Vec<usize> = self
                .panes
                .iter()
                .map(|pane| self.slots_on(pane, topic).len())
                .collect();
            said.sort_unstable_by_key(|passages| Reverse(*passages));
            let quieter = said.get(1).copied().filter(|passages| *passages > 0)?;
            let paired = links
                .iter()
                .filter(|(left, right)| is_on(*left, topic) || is_on(*right, topic));
            Some((paired.count(), quieter, Reverse(topic)))
        };
        let best = (0..self.topics.len()).filter_map(rank).max();
        best.map(|(.., Reverse(topic))| topic)
    }

    fn also_say(&mut self, more: &str) {
        self.notice = Some(match self.notice.take() {
            None => more.to_owned(),
            Some(before) => format!("{more} · {before}"),
        });
    }
}

fn ends(comparison: &Comparison) -> impl Iterator<Item = (PassageId, PassageId)> + '_ {
    comparison.links.iter().map(|link| (link.left, link.right))
}

#[cfg(test)]
mod tests {
    use crate::analysis::alignment::Decisions;
    use crate::analysis::tagging::tag;
    use crate::app::effect::Effect;
    use crate::app::message::{Finding, Message, Report, Stage};
    use crate::app::perspective::Perspective;
    use crate::app::tests_support::{compared, corpus, press};
    use crate::app::{App, Known, Opening, Settings};
    use crate::corpus::{Corpus, Meta, PassageDraft};

    /// Two files laid side by side: nothing is known of them yet.
    fn opened(corpus: Corpus) -> (App, Vec<Effect>) {
        let opening = Opening {
            perspectives: (0..corpus.documents.len())
                .map(Perspective::Document)
                .collect(),
            corpus,
            whole: None,
            known: Known::Nothing,
            notice: None,
            decisions: Decisions::default(),
            settings: Settings {
                opens_facing: true,
                ..Settings::default()
            },
        };
        App::new(opening, 120, 40)
    }

    fn found(app: &App, effect: &Effect, corpus: &Corpus) -> Message {
        let Effect::FindTopics(ticket) = effect else {
            return compared(app, effect);
        };
        let tagging = tag(&corpus.documents, &corpus.topics, &corpus.language, true);
        let finding = Finding::Topics(corpus.topics.clone(), tagging);
        Message::Report(Report {
            ticket: *ticket,
            stage: Stage::Finished(finding),
        })
    }

    fn report_all(app: &mut App, effects: &[Effect], corpus: &Corpus) {
        for effect in effects {
            let report = found(app, effect, corpus);
            app.update(report);
            app.prepare();
        }
    }

    #[test]
    fn files_open_in_the_facing_view_on_the_topic_with_most_pairs() {
        let corpus = corpus();
        let (mut app, effects) = opened(corpus.clone());
        assert!(app.is_opening() && app.facing.is_some());
        assert!(matches!(
            effects[..],
            [Effect::FindTopics(_), Effect::Compare { .. }]
        ));
        report_all(&mut app, &effects, &corpus);
        assert!(!app.is_opening());
        let facing = app.facing.as_ref().unwrap();
        let topic = app.topic().unwrap();
        let pairs = |app: &App| app.facing.as_ref().unwrap().counts.paired;
        assert!(pairs(&app) > 0 && facing.rows[facing.current].is_paired());
        let best = pairs(&app);
        for key in ["1", "2", "3"] {
            press(&mut app, key);
            assert!(
                pairs(&app) <= best,
                "topic {topic} has fewer pairs than {key}"
            );
        }
    }

    #[test]
    fn the_order_in_which_things_become_known_makes_no_difference() {
        let corpus = corpus();
        let (mut one, effects) = opened(corpus.clone());
        report_all(&mut one, &effects, &corpus);
        let (mut other, mut effects) = opened(corpus.clone());
        effects.reverse();
        report_all(&mut other, &effects, &corpus);
        assert_eq!(one.topic(), other.topic());
        assert!(!other.is_opening() && other.topic().is_some());
    }

    #[test]
    fn a_reader_who_has_begun_is_not_moved() {
        let corpus = corpus();
        let (mut app, effects) = opened(corpus.clone());
        press(&mut app, "j");
        report_all(&mut app, &effects, &corpus);
        assert!(app.facing.is_some() && app.topic().is_none() && !app.is_opening());
        press(&mut app, "2");
        assert_eq!(app.topic(), Some(1));
    }

    #[test]
    fn texts_with_nothing_in_common_open_as_documents_and_say_so() {
        let mut corpus = corpus();
        corpus.topics.clear();
        let meta = Meta {
            language: "en".into(),
            ..Meta::default()
        };
        let mut other = crate::corpus::Document::new("other".into(), meta);
        other.push(PassageDraft {
            text: "Zinc prices fell.".into(),
            ..PassageDraft::default()
        });
        corpus.documents[1] = other;
        let (mut app, effects) = opened(corpus.clone());
        report_all(&mut app, &effects, &corpus);
        assert!(app.facing.is_none());
        assert!(
            app.notice.as_ref().unwrap().contains("Nothing was found"),
            "{:?}",
            app.notice
        );
    }
}
