//! Chinese names, learnt from what stands around them: no capital tells a name.
//!
//! Invariant: a name has at most [`NAME_CHARS`] characters, and each is counted over the text once.

#[allow(clippy::wildcard_imports, reason = "a part of the file above")]
use super::*;

/// Learns the names of the passages: what stands between a mark and a verb of saying, or after what somebody does.
pub(in crate::analysis::quotes) fn learn_names(
    passages: &[ReadPassage<'_>],
    lexicon: &'static Lexicon,
    known: &mut KnownNames,
) {
    let nobody = KnownNames::new();
    let mut candidates: Vec<String> = Vec::new();
    for passage in passages {
        for tokens in &passage.streams {
            let stream = Stream {
                text: passage.text,
                tokens,
                lexicon,
                known: &nobody,
                runs: None,
            };
            let mut at = 0;
            while at < tokens.len() {
                let end = chunk_end(&stream, at);
                if end > at {
                    learn_from(&stream, at, end, known, &mut candidates);
                }
                at = end.max(at + 1);
            }
        }
    }
    candidates.sort_unstable();
    candidates.dedup();
    candidates.truncate(COUNTED_NAMES);
    let count = |name: &str| {
        passages
            .iter()
            .map(|passage| passage.text.matches(name).count())
            .sum::<usize>()
    };
    // The longest beginning that stands elsewhere too.
    for candidate in candidates {
        let ends: Vec<usize> = candidate
            .char_indices()
            .map(|(at, c)| at + c.len_utf8())
            .collect();
        let names = ends
            .iter()
            .skip(1)
            .rev()
            .filter_map(|end| candidate.get(..*end));
        if let Some(name) = names
            .filter(|name| name.chars().count() <= 3)
            .find(|name| count(name) > 1)
        {
            known.add_whole(name);
        }
    }
}

/// Names in one chunk.
fn learn_from(
    stream: &Stream<'_>,
    from: usize,
    end: usize,
    known: &mut KnownNames,
    candidates: &mut Vec<String>,
) {
    let text = stream.text_of(from, end - 1);
    for role in PEOPLE {
        for (at, _) in text.match_indices(role) {
            let rest = text.get(at + role.len()..).unwrap_or_default();
            let name: String = rest.chars().take(NAME_CHARS).collect();
            let chars = name.chars().count();
            let bounded: String = rest
                .char_indices()
                .take_while(|(at, _)| !starts_other(rest.get(*at..).unwrap_or_default()))
                .map(|(_, c)| c)
                .take(NAME_CHARS)
                .collect();
            if (2..=3).contains(&bounded.chars().count()) && is_plain(&bounded) {
                known.add_whole(&bounded);
            }
            // Bounded by the end, or told by standing elsewhere as well.
            if (2..=3).contains(&chars) && rest.chars().count() == chars && is_plain(&name) {
                known.add_whole(&name);
            } else if chars >= 2 {
                candidates.push(name);
            }
        }
    }
    let Some((verb, _)) = first_verb(stream, from, end) else {
        return;
    };
    let Some(Subject::Described(phrase)) = (verb > from)
        .then(|| subject_of(stream, from, verb))
        .flatten()
    else {
        return;
    };
    let name = stream.text_of(phrase.first, phrase.last);
    let bare = PEOPLE
        .iter()
        .find_map(|role| name.strip_prefix(role))
        .unwrap_or(name);
    let chars = bare.chars().count();
    if (2..=3).contains(&chars) && is_plain(bare) && !is_anybody(bare) {
        candidates.push(bare.to_owned());
    }
}

/// A word that follows a name starts here.
fn starts_other(rest: &str) -> bool {
    [AFTER_SUBJECT, REPORTS, ADVERBS, ADDRESSES]
        .iter()
        .any(|words| words.iter().any(|word| rest.starts_with(word)))
}

/// No word of the lists is part of it.
fn is_plain(name: &str) -> bool {
    let holds = |words: &[&str]| words.iter().any(|word| name.contains(word));
    !holds(AFTER_SUBJECT)
        && !holds(PEOPLE)
        && !holds(REPORTS)
        && !name.contains(['的', '一', '我', '他', '她', '们', '們', '这', '這', '那'])
}

/// A word for anybody: "the woman".
fn is_anybody(name: &str) -> bool {
    ["人", "者", "员", "員", "们", "們", "家", "女", "男"]
        .iter()
        .any(|ending| name.ends_with(ending))
}
