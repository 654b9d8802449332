//! One passage while its quotations are given to speakers, and what its sentences tell.
//!
//! Invariant: looks at one passage only.

#[allow(clippy::wildcard_imports, reason = "a part of the file above")]
use super::*;

/// A passage as far as it is understood.
pub(super) struct Page<'p> {
    pub(super) ranges: &'p [std::ops::Range<usize>],
    pub(super) subjects: &'p [Option<Subject>],
    pub(super) whos: &'p [Option<Spoken>],
    /// Token and index of each outermost quotation.
    pub(super) holes: &'p [(usize, usize)],
    pub(super) found: &'p [Option<Attribution>],
    pub(super) kinds: &'p [Kind],
    /// Tokens that are colons.
    pub(super) colons: &'p [usize],
}

/// Tokens of the longest lead that names nobody.
const SHORT: usize = 7;

impl Page<'_> {
    /// Whose a quotation is by what stands beside it: the sentence between it and the quotation before, that quotation,
    /// the sentence after, the quotation after.
    pub(super) fn told_by_neighbours(
        &self,
        order: usize,
        spoken: &[Option<Spoken>],
    ) -> Option<Spoken> {
        let (hole, _) = self.holes[order];
        let sentence = self.sentence_of(hole)?;
        let before = order.checked_sub(1).map(|before| self.holes[before]);
        // "Then, softer: “…”": nobody else is named on the way.
        let goes_on = self.leads_on(hole, sentence);
        if self.ranges[sentence].start != hole && !goes_on {
            // In the middle of a sentence: only as another piece of what was quoted before in it.
            let (other, quotation) = before?;
            let is_same = self.sentence_of(other) == Some(sentence);
            return spoken[quotation]
                .clone()
                .filter(|_| is_same && self.found[quotation].is_some());
        }
        for between in (0..sentence).rev() {
            let has_quotation = self
                .holes
                .iter()
                .any(|(other, _)| self.ranges[between].contains(other));
            if has_quotation {
                break;
            }
            match &self.subjects[between] {
                Some(Subject::Name(_) | Subject::Pronoun(..)) => return self.whos[between].clone(),
                Some(Subject::Nobody) => return None,
                Some(Subject::Described(_)) if self.is_somebody(between) => {
                    return self.whos[between].clone();
                }
                Some(
                    Subject::Described(_) | Subject::First(_) | Subject::It(_) | Subject::Dropped,
                )
                | None => {}
            }
        }
        if let Some((_, quotation)) = before
            && self.kinds[quotation] == Kind::Direct
        {
            return spoken[quotation].clone();
        }
        let after = sentence + 1;
        let is_plain_after = self.ranges[sentence].len() == 1;
        if is_plain_after
            && let Some(Some(subject)) = self.subjects.get(after)
            && (matches!(subject, Subject::Name(_) | Subject::Pronoun(..))
                || self.is_somebody(after))
            && !self
                .holes
                .iter()
                .any(|(other, _)| *other == self.ranges[after].start)
        {
            return self.whos[after].clone();
        }
        let (next, quotation) = self.holes.get(order + 1)?;
        let is_next = *next == hole + 1;
        spoken[*quotation].clone().filter(|_| is_next)
    }

    /// A few words without a subject, and a colon, stand before a quotation.
    fn leads_on(&self, hole: usize, sentence: usize) -> bool {
        let start = self.ranges[sentence].start;
        let is_alone = !self
            .holes
            .iter()
            .any(|(other, _)| (start..hole).contains(other));
        is_alone
            && hole > start
            && hole - start <= SHORT
            && self.subjects[sentence].is_none()
            && self.colons.contains(&(hole - 1))
    }

    pub(super) fn is_somebody(&self, sentence: usize) -> bool {
        self.whos[sentence]
            .as_ref()
            .is_some_and(|spoken| match &spoken.who {
                Who::Person(_) => true,
                Who::Text {
                    is_person,
                    may_be_person,
                    ..
                } => *is_person || *may_be_person,
            })
    }

    pub(super) fn sentence_of(&self, token: usize) -> Option<usize> {
        let at = self.ranges.partition_point(|range| range.end <= token);
        (at < self.ranges.len()).then_some(at)
    }
}

impl Reading<'_> {
    /// The subject of a sentence.
    pub(super) fn subject_of(
        &self,
        stream: &Stream<'_>,
        start: usize,
        end: usize,
    ) -> Option<Subject> {
        if self.lexicon.grammar.no_spaces {
            return chinese::subject_at(stream, start, end);
        }
        stream
            .subject_at(start, end)
            .map(|subject| stream.who_wrote(subject))
            .filter(|subject| stream.can_speak(subject))
    }

    /// The kind of a quotation at a token of a stream.
    pub(super) fn kind_of(
        &self,
        at: usize,
        number: usize,
        hole: usize,
        quotation: usize,
        found: Option<&Attribution>,
    ) -> Kind {
        let passage = &self.passages[at];
        let quoted = &passage.quoted[quotation];
        if (passage.continues && quotation == 0) || quoted.is_open {
            return Kind::Direct;
        }
        let own = self.stream(at, quotation + 1);
        let inside = quoted.inside.of(passage.text);
        kind(&self.stream(at, number), hole, &own, inside, found)
    }

    pub(super) fn attribution(
        &self,
        at: usize,
        number: usize,
        hole: usize,
        quotation: usize,
        inside: &str,
    ) -> Option<Attribution> {
        let stream = self.stream(at, number);
        if self.lexicon.grammar.no_spaces {
            return chinese::attribution(&stream, hole);
        }
        let own = self.stream(at, quotation + 1);
        attribution(&stream, hole, inside, Some(&own))
    }
}

/// The sentence before the one of a token.
pub(super) fn page_before(ranges: &[std::ops::Range<usize>], token: usize) -> Option<usize> {
    ranges
        .partition_point(|range| range.end <= token)
        .checked_sub(1)
}

/// The sentence of a token, where its subject is a name or a description that stands before the token.
pub(super) fn subjects_before(
    ranges: &[std::ops::Range<usize>],
    subjects: &[Option<Subject>],
    token: usize,
) -> Option<usize> {
    let sentence = ranges.partition_point(|range| range.end <= token);
    let is_before = match subjects.get(sentence)?.as_ref()? {
        Subject::Name(run) => run.last < token,
        Subject::Described(phrase) => phrase.last < token,
        _ => false,
    };
    is_before.then_some(sentence)
}

/// Whether a sentence speaks of a letter or the like.
pub(super) fn holds_writing(stream: &Stream<'_>, sentence: &std::ops::Range<usize>) -> bool {
    sentence.clone().any(|at| stream.is(at, WRITING))
}

/// Where a subject stands.
pub(super) fn place_of(stream: &Stream<'_>, subject: &Subject) -> Option<ByteSpan> {
    match subject {
        Subject::Name(run) => Some(run.span(stream.tokens)),
        Subject::Pronoun(at, _) | Subject::First(at) | Subject::It(at) => {
            Some(stream.span_of(*at, *at))
        }
        Subject::Described(phrase) => Some(stream.span_of(phrase.first, phrase.last)),
        Subject::Dropped | Subject::Nobody => None,
    }
}

/// Whether somebody of one gender may be meant by a word of another.
pub(in crate::analysis::quotes) fn fits(known: Gender, wanted: Gender) -> bool {
    known == wanted || known == Gender::Unknown || wanted == Gender::Unknown
}
