//! What holds of every comparison, and what is found in small texts.

use super::*;
use crate::analysis::watch::Progress;
use crate::corpus::{DocumentId, Meta, PassageDraft};
use crate::text::stem::Stemmer;
use crate::text::{dictionary, segment};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

#[test]
fn a_pair_has_one_verdict_at_most_whichever_side_comes_first() {
    let [one, other, third] = [0, 1, 2].map(|passage| PassageId {
        document: passage,
        passage,
    });
    let decide = |left, right, verdict| Decision {
        left,
        right,
        verdict,
    };
    let mut decisions = Decisions::default();
    decisions.apply(decide(one, other, Some(Verdict::Accepted)));
    decisions.apply(decide(one, third, Some(Verdict::Paired)));
    decisions.apply(decide(other, one, Some(Verdict::Rejected)));
    assert_eq!(decisions.verdict(one, other), Some(Verdict::Rejected));
    assert_eq!(decisions.accepted, []);
    assert_eq!(decisions.rejected, [(other, one)]);
    assert_eq!(decisions.paired, [(one, third)]);
    decisions.apply(decide(one, other, None));
    assert_eq!(decisions.verdict(other, one), None);
    assert_eq!(decisions.rejected, []);
    assert_eq!(decisions.verdict(third, one), Some(Verdict::Paired));
}

fn document(language: &str, passages: &[&str]) -> Document {
    let meta = Meta {
        language: language.to_owned(),
        ..Meta::default()
    };
    let mut document = Document::new(DocumentId::from(language), meta);
    for text in passages {
        document.push(PassageDraft {
            text: (*text).to_owned(),
            ..PassageDraft::default()
        });
    }
    document
}

fn sides(documents: &[Document; 2]) -> [Vec<PassageId>; 2] {
    [0, 1].map(|document| {
        let passages = 0..documents[document].len();
        passages
            .map(|passage| PassageId { document, passage })
            .collect()
    })
}

fn compared(documents: &[Document; 2], decisions: &Decisions) -> Comparison {
    let [left, right] = sides(documents);
    compare(documents, "en", &left, &right, decisions, Watch::NOBODY).unwrap()
}

/// `1=2` for each link, by places from 0.
fn drawn(found: &Comparison) -> String {
    let link = |link: &Link| format!("{}={}", link.left.passage, link.right.passage);
    found.links.iter().map(link).collect::<Vec<_>>().join(" ")
}

/// Every reason stands where it says, on both sides, and is the same there, or what a dictionary explains alike.
fn assert_reasons_stand(documents: &[Document; 2], found: &Comparison) {
    for link in &found.links {
        let text = |id: PassageId| documents[id.document].passage(id.passage).unwrap().text();
        let (left, right) = (text(link.left), text(link.right));
        let languages = documents
            .each_ref()
            .map(|document| document.meta.language.as_str());
        for reason in &link.reasons {
            assert!(
                !reason.left.is_empty() && !reason.right.is_empty(),
                "{reason:?}"
            );
            assert_eq!(reason.left[0].of(left), reason.text);
            let forms = |spans: &[ByteSpan], text: &str, language: &str| -> BTreeSet<String> {
                let forms = spans
                    .iter()
                    .map(|span| form(span.of(text), language, reason.kind));
                forms.collect()
            };
            let forms = [
                forms(&reason.left, left, languages[0]),
                forms(&reason.right, right, languages[1]),
            ];
            assert_eq!(
                forms.each_ref().map(BTreeSet::len),
                [1, 1],
                "{reason:?} {forms:?}"
            );
            if reason.kind == ReasonKind::Akin {
                let [one, other] = forms.each_ref().map(|form| {
                    let explanation = dictionary::explanation("en", form.first().unwrap());
                    explanation.map(|(stem, _)| stem).collect::<BTreeSet<_>>()
                });
                assert!(!one.is_disjoint(&other), "{reason:?}");
            } else {
                assert_eq!(forms[0], forms[1], "{reason:?}");
            }
        }
        let weights = link.reasons.iter().map(|reason| reason.weight);
        assert!(weights.clone().sum::<f32>() <= 1.0001);
        assert!(weights.clone().all(|weight| weight > 0.0) && weights.rev().is_sorted());
        assert!((0.0..=1.0).contains(&link.score), "{}", link.score);
    }
}

/// What makes two places of a reason the same.
fn form(text: &str, language: &str, kind: ReasonKind) -> String {
    if kind == ReasonKind::Figure {
        let words: Vec<_> = segment::words(text).collect();
        let number = numbers::number_at(text, &words, language).unwrap();
        assert_eq!(number.words, words.len(), "{text}");
        return number.key;
    }
    Stemmer::new(language).stem(text)
}

const FLOOD: [&str; 5] = [
    "The river Orla rose four metres in one night, and the dam above Tarn gave way before dawn on Sunday.",
    "Officials speak of 212 dead. Rescue teams searched the lower streets by boat until the light failed.",
    "Shops stayed closed for a week. The market moved to the school yard, where traders shared two generators and sold onions.",
    "An engineer, Pavel Dusek, had warned of cracks in the concrete since spring; the ministry denies it.",
    "Concerts were cancelled in the capital, and the opera gave its takings to a relief fund.",
];

const VILLAGE: [&str; 5] = [
    "We had no power. Somebody brought generators to the school yard, and there was a market of sorts, with onions.",
    "Nobody sang. I cannot remember any other sound than pumps.",
    "When the dam broke the Orla was in our kitchen before we had found our shoes.",
    "Two hundred and twelve, they say now. I know the names of nineteen, and I saw the boats that searched for them.",
    "Dusek told them about the cracks; he told everybody who stood still for long enough.",
];

fn flood() -> [Document; 2] {
    [document("en", &FLOOD), document("en", &VILLAGE)]
}

#[test]
fn what_two_texts_tell_alike_is_linked_whatever_its_order() {
    let documents = flood();
    let found = compared(&documents, &Decisions::default());
    assert_reasons_stand(&documents, &found);
    for link in ["1=3", "2=0", "3=4"] {
        assert!(drawn(&found).contains(link), "{}", drawn(&found));
    }
    assert!(!drawn(&found).contains("4="), "{}", drawn(&found));
    let reasons = |left: usize| {
        let of = |link: &&Link| link.left.passage == left;
        let link = found.links.iter().find(of).unwrap();
        link.reasons
            .iter()
            .map(|reason| (reason.kind, reason.text.as_str()))
            .collect::<Vec<_>>()
    };
    assert!(
        reasons(1).contains(&(ReasonKind::Figure, "212")),
        "{:?}",
        reasons(1)
    );
    assert!(
        reasons(3).contains(&(ReasonKind::Name, "Dusek")),
        "{:?}",
        reasons(3)
    );
}

#[test]
fn a_passage_without_a_link_still_has_a_nearest_one() {
    let documents = flood();
    let found = compared(&documents, &Decisions::default());
    let id = |document, passage| PassageId { document, passage };
    let nearest = found.nearest(Side::Left, id(0, 0));
    assert_eq!(nearest[0].partner, id(1, 2), "{nearest:?}");
    assert!(nearest.len() <= 3 && nearest.is_sorted_by(|one, other| one.score >= other.score));
    assert_eq!(found.opposite(Side::Right, id(1, 2)), Some(id(0, 0)));
    assert_eq!(found.opposite(Side::Right, id(1, 4)), Some(id(0, 3)));
    assert_eq!(found.opposite(Side::Left, id(1, 4)), None);
}

#[test]
fn the_readers_word_overrides_and_is_heard_by_the_neighbours() {
    let documents = flood();
    let id = |document, passage| PassageId { document, passage };
    let before = compared(&documents, &Decisions::default());
    let decisions = Decisions {
        accepted: vec![(id(0, 1), id(1, 3))],
        // Given the other way round.
        rejected: vec![(id(1, 0), id(0, 2))],
        paired: vec![(id(0, 4), id(1, 1)), (id(7, 0), id(1, 1))],
    };
    let after = compared(&documents, &decisions);
    assert_reasons_stand(&documents, &after);
    let origin = |left, right| {
        let of = |link: &&Link| link.left == id(0, left) && link.right == id(1, right);
        after.links.iter().find(of).map(|link| link.origin)
    };
    assert_eq!(origin(1, 3), Some(Origin::Accepted));
    assert_eq!(origin(2, 0), None);
    assert_eq!(origin(4, 1), Some(Origin::Paired));
    assert_ne!(after.opposite(Side::Left, id(0, 2)), Some(id(1, 0)));
    let score = |found: &Comparison, left, right| {
        let near = found.nearest(Side::Left, id(0, left)).iter();
        near.filter(|near| near.partner == id(1, right))
            .map(|near| near.score)
            .sum::<f32>()
    };
    let told = Decisions {
        paired: vec![(id(0, 0), id(1, 1)), (id(0, 2), id(1, 3))],
        ..Decisions::default()
    };
    let informed = compared(&documents, &told);
    assert!(
        score(&informed, 1, 2) >= score(&before, 1, 2),
        "between two pairs made by hand a third is likelier"
    );
}

#[test]
fn scripts_without_spaces_and_languages_without_a_stemmer_are_compared() {
    let chinese = [
        document(
            "zh",
            &[
                "星期日凌晨，奥拉河水位上涨四米，大坝决堤。",
                "市场搬到了学校操场，商贩共用两台发电机。",
                "首都的音乐会全部取消。",
            ],
        ),
        document(
            "zh",
            &[
                "没有人唱歌。",
                "有人把发电机搬到学校操场，那里有一个小市场。",
                "大坝决堤时，河水已经进了厨房。",
            ],
        ),
    ];
    let found = compared(&chinese, &Decisions::default());
    assert_reasons_stand(&chinese, &found);
    assert!(drawn(&found).contains("1=1"), "{}", drawn(&found));
    let persian = [
        document(
            "fa",
            &[
                "رودخانه اورلا در یک شب چهار متر بالا آمد و سد شکست.",
                "بازار به حیاط مدرسه رفت و فروشندگان دو ژنراتور داشتند.",
                "کنسرت‌ها در پایتخت لغو شد.",
            ],
        ),
        document(
            "fa",
            &[
                "کسی آواز نخواند.",
                "ژنراتورها را به حیاط مدرسه آوردند و بازاری بود.",
                "سد که شکست رودخانه در آشپزخانه بود.",
            ],
        ),
    ];
    let found = compared(&persian, &Decisions::default());
    assert_reasons_stand(&persian, &found);
    assert!(drawn(&found).contains("1=1"), "{}", drawn(&found));
}

#[test]
fn across_languages_only_names_and_figures_pair_passages() {
    let documents = [
        document("en", &FLOOD),
        document(
            "de",
            &[
                "Es wurde nicht gesungen, die Nacht war still.",
                "Pavel Dusek hatte seit dem Frühling vor Rissen gewarnt, sagt er. Das Ministerium bestreitet es.",
                "Nach Angaben der Behörden gibt es 212 Tote.",
                "Der Boss will die Mine in Hand behalten, so alt sie war.",
            ],
        ),
    ];
    let found = compared(&documents, &Decisions::default());
    assert_reasons_stand(&documents, &found);
    assert!(drawn(&found).contains("3=1"), "{}", drawn(&found));
    let reasons = found.links.iter().flat_map(|link| &link.reasons);
    for reason in reasons {
        assert!(
            matches!(reason.kind, ReasonKind::Name | ReasonKind::Figure),
            "{reason:?}"
        );
    }
    let id = |document, passage| PassageId { document, passage };
    assert_eq!(found.opposite(Side::Left, id(0, 1)), Some(id(1, 2)));
}

#[test]
fn nothing_is_found_where_there_is_nothing() {
    for (left, right) in [
        (&[][..], &[][..]),
        (&["One passage here."][..], &[]),
        (&["…", "—"], &["!"]),
        (&["Rain fell."], &["Bread rose."]),
    ] {
        let documents = [document("en", left), document("en", right)];
        let found = compared(&documents, &Decisions::default());
        assert_eq!(drawn(&found), "");
        assert_eq!(
            (found.left.len(), found.right.len()),
            (left.len(), right.len())
        );
    }
}

#[test]
fn headings_take_no_part() {
    let mut documents = flood();
    documents[0].push(PassageDraft {
        kind: crate::corpus::Kind::Heading(2),
        text: VILLAGE[1].to_owned(),
        ..PassageDraft::default()
    });
    let found = compared(&documents, &Decisions::default());
    assert_eq!(found.left.len(), FLOOD.len());
}

#[test]
fn work_that_is_told_to_stop_gives_nothing_at_any_point() {
    let texts: Vec<String> = (0..60)
        .map(|at| format!("{} number {at}", FLOOD[at % 5]))
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let documents = [document("en", &texts), document("en", &texts)];
    let [left, right] = sides(&documents);
    let told = AtomicUsize::new(0);
    let run = |stop_at: usize| {
        let stop = AtomicBool::new(stop_at == 0);
        told.store(0, Ordering::Relaxed);
        let report = |progress: Progress| {
            assert!(progress.done < progress.total);
            if told.fetch_add(1, Ordering::Relaxed) + 1 >= stop_at {
                stop.store(true, Ordering::Relaxed);
            }
        };
        let watch = Watch::new(&stop, &report);
        compare(
            &documents,
            "en",
            &left,
            &right,
            &Decisions::default(),
            watch,
        )
        .is_some()
    };
    assert!(run(usize::MAX));
    let all = told.load(Ordering::Relaxed);
    assert!(all > 100, "progress is told {all} times");
    for stop_at in [0, 1, all / 3, all / 2, all - 5] {
        assert!(!run(stop_at), "{stop_at} of {all}");
    }
}

fn word() -> impl Strategy<Value = String> {
    let plain = proptest::sample::select(vec![
        "dam",
        "Orla",
        "river",
        "rivers",
        "twelve",
        "12,000",
        "12",
        "thousand",
        "alarm",
        "siren",
        "the",
        "of",
        "Mr.",
        "U.S.",
        "said",
        "1.5",
        "million",
        "“flood”",
        "flooded",
        "大坝决堤",
        "сирена",
        "رودخانه",
        "é’s",
        "-",
        "…",
        "hundred",
        "and",
        "five",
        "Pavel",
        "don't",
        "3rd",
        "\u{200D}",
    ]);
    prop_oneof![8 => plain.prop_map(str::to_owned), 1 => ".{0,8}"]
}

fn text() -> impl Strategy<Value = String> {
    let sentence =
        proptest::collection::vec(word(), 0..9).prop_map(|words| format!("{}. ", words.join(" ")));
    proptest::collection::vec(sentence, 0..4)
        .prop_map(|sentences| sentences.concat().trim().to_owned())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn every_reason_stands_in_both_passages_of_any_texts(
        left in proptest::collection::vec(text(), 0..7),
        right in proptest::collection::vec(text(), 0..7),
        pairs in proptest::collection::vec((0usize..7, 0usize..7, 0usize..3), 0..6),
    ) {
        let of = |texts: &[String]| document("en", &texts.iter().map(String::as_str).collect::<Vec<_>>());
        let documents = [of(&left), of(&right)];
        let mut decisions = Decisions::default();
        for (left, right, verdict) in pairs {
            decisions.apply(Decision {
                left: PassageId { document: 0, passage: left },
                right: PassageId { document: 1, passage: right },
                verdict: Some(Verdict::ALL[verdict]),
            });
        }
        // A floor of nothing, so that there are links to look at.
        let [left, right] = sides(&documents);
        let rules = Rules { floor: 0.0, ..Rules::default() };
        let found = compare_by(&rules, &documents, "en", [&left, &right], &decisions, Watch::NOBODY).unwrap();
        assert_reasons_stand(&documents, &found);
        for link in &found.links {
            prop_assert!(left.contains(&link.left) && right.contains(&link.right));
            prop_assert!(decisions.verdict(link.left, link.right) != Some(Verdict::Rejected));
            prop_assert!(link.origin != Origin::Found || !link.reasons.is_empty());
        }
        for verdict in [Verdict::Accepted, Verdict::Paired] {
            for pair in decisions.pairs(verdict) {
                let is_there = left.contains(&pair.0) && right.contains(&pair.1);
                prop_assert_eq!(found.links.iter().any(|link| (link.left, link.right) == *pair), is_there);
            }
        }
        let again = compare_by(&rules, &documents, "en", [&left, &right], &decisions, Watch::NOBODY).unwrap();
        prop_assert_eq!(found, again);
    }
}
