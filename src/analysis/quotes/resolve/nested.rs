//! Who says what is quoted inside a quotation: whom its speaker cites.
//!
//! Invariant: whoever says "I" in it is the speaker of the outer quotation, and nobody else is.

#[allow(clippy::wildcard_imports, reason = "a part of the file above")]
use super::*;

impl Walk<'_, '_> {
    /// Quotations inside quotations: "I" is the speaker of the outer one.
    pub(super) fn nested(&mut self, at: usize) {
        let reading = self.reading;
        let passage = &reading.passages[at];
        let mut inner: Vec<(usize, usize, usize)> = Vec::new();
        for (number, tokens) in passage.streams.iter().enumerate().skip(1) {
            for (hole, token) in tokens.iter().enumerate() {
                if let TokenKind::Hole(quotation) = token.kind {
                    inner.push((quotation, number, hole));
                }
            }
        }
        inner.sort_unstable(); // Outer quotations before inner ones.
        for (quotation, number, hole) in inner {
            let inside = passage.quoted[quotation].inside.of(passage.text);
            let found = reading.attribution(at, number, hole, quotation, inside);
            let kind = reading.kind_of(at, number, hole, quotation, found.as_ref());
            let cue = found
                .as_ref()
                .and_then(|found| found.cue)
                .map(|span| At { passage: at, span });
            let outer = self.findings[at][number - 1].spoken.clone();
            let mut who = found.and_then(|found| {
                self.local_antecedent(at, number, hole, &found.subject)
                    .or_else(|| self.who(at, number, &found.subject, outer.as_ref(), None))
            });
            if let Some(who) = &mut who {
                who.cue = cue;
            }
            self.findings[at][quotation] = Finding {
                kind,
                cue,
                spoken: who,
            };
        }
    }

    /// Whom a pronoun inside a quotation means, where that quotation tells.
    pub(super) fn local_antecedent(
        &mut self,
        at: usize,
        number: usize,
        hole: usize,
        subject: &Subject,
    ) -> Option<Spoken> {
        let (pronoun, gender) = match subject {
            Subject::Pronoun(pronoun, gender) => (Some(*pronoun), *gender),
            Subject::Dropped => (None, Gender::Unknown),
            _ => return None,
        };
        let reading = self.reading;
        let stream = reading.stream(at, number);
        let subjects = |number: usize, until: usize| {
            let stream = reading.stream(at, number);
            let named =
                |subject: &Subject| matches!(subject, Subject::Name(_) | Subject::Described(_));
            sentences(stream.tokens)
                .into_iter()
                .take_while(|range| range.start < until)
                .filter_map(|range| reading.subject_of(&stream, range.start, range.end))
                .filter(named)
                .map(|subject| (number, subject))
                .collect::<Vec<_>>()
        };
        // What the same speaker has said just before counts as well.
        let sibling = number
            .checked_sub(2)
            .map(|sibling| sibling + 1)
            .filter(|sibling| {
                let quoted = &reading.passages[at].quoted;
                quoted[sibling - 1].parent == quoted[number - 1].parent
            });
        let mut before = sibling.map_or_else(Vec::new, |sibling| subjects(sibling, usize::MAX));
        before.extend(subjects(number, pronoun.unwrap_or(hole)));
        let mention = pronoun.map(|pronoun| At {
            passage: at,
            span: stream.span_of(pronoun, pronoun),
        });
        for (number, subject) in before.iter().rev() {
            let Some(found) = self.who(at, *number, subject, None, None) else {
                continue;
            };
            // "Field’s notes … they": who wrote them.
            let wrote = matches!(
                subject,
                Subject::Name(run) if reading.stream(at, *number).tokens[run.last].is_possessive
            );
            if wrote || fits(self.gender_of(&found.who), gender) {
                return Some(Spoken {
                    how: How::Resolved,
                    mention,
                    ..found
                });
            }
        }
        None
    }
}
