//! Decisions of a row with several pairs, and taking them back.

use crate::analysis::alignment::{Decision, Decisions, Verdict};
use crate::app::effect::Effect;
use crate::app::perspective::Perspective;
use crate::app::tests_support::{compared, corpus, document, opened_with, press};
use crate::app::{App, Pane};
use crate::corpus::{Corpus, PassageId};

/// The same thing said by a third source, in other words.
const COURIER: [&str; 2] = [
    "The dam broke at dawn; a wall of water came down the valley.",
    "Nineteen people are dead, says the mayor.",
];

fn three() -> Corpus {
    let mut corpus = corpus();
    corpus
        .documents
        .push(document("dawn", "courier", "The wall of water", &COURIER));
    corpus
}

/// Answers every comparison that is asked for.
fn compare_all(app: &mut App, effects: Vec<Effect>) {
    for effect in effects {
        if matches!(effect, Effect::Compare { .. }) {
            let report = compared(app, &effect);
            let more = app.update(report);
            compare_all(app, more);
        }
    }
    app.prepare();
}

fn decisions(effects: &[Effect]) -> Vec<Decision> {
    let told = effects.iter().filter_map(|effect| match effect {
        Effect::Decide(decision) => Some(*decision),
        _ => None,
    });
    told.collect()
}

#[test]
fn one_key_takes_back_all_that_one_key_decided() {
    // The first passage of the middle pane has a partner on both sides.
    let id = |document, passage| PassageId { document, passage };
    let mut known = Decisions::default();
    for (left, right) in [(id(0, 1), id(1, 0)), (id(1, 0), id(2, 0))] {
        known.apply(Decision {
            left,
            right,
            verdict: Some(Verdict::Paired),
        });
    }
    let (mut app, effects) = opened_with(three(), known, 160, 40);
    app.panes
        .push(Pane::new(&app.corpus, Perspective::Document(2), None));
    compare_all(&mut app, effects);
    app.focus = 1;
    for keys in ["* v", "g g"] {
        let effects = press(&mut app, keys);
        compare_all(&mut app, effects);
    }
    let effects = press(&mut app, "-");
    let said = decisions(&effects);
    compare_all(&mut app, effects);
    assert_eq!(said.len(), 2, "{:?}", app.notice);
    let rejected = Some(Verdict::Rejected);
    assert!(said.iter().all(|said| said.verdict == rejected));
    assert_eq!(app.decisions.rejected_beside(id(2, 0)), Some(id(1, 0)));
    let notice = app.notice.clone().unwrap();
    assert!(
        notice.contains("The Gazette ¶2 and The Herald ¶1"),
        "{notice}"
    );
    assert!(notice.contains("The Herald ¶1 and courier ¶1"), "{notice}");
    let effects = press(&mut app, "U");
    let back = decisions(&effects);
    assert_eq!(back.len(), 2);
    for said in back {
        assert_eq!(said.verdict, Some(Verdict::Paired));
        let now = app.decisions.verdict(said.left, said.right);
        assert_eq!(now, Some(Verdict::Paired));
    }
    assert!(app.notice.clone().unwrap().matches(" and ").count() == 2);
}
