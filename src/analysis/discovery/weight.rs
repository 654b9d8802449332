//! What a phrase is worth as a topic: whether it is a noun, whether it is in clusters or spread over everything, how much it
//! says by its length, as a name, or as a heading.
//!
//! Invariant: goes by the phrase and by how much was read alone. The figures were set on the pairs of texts that
//! `docs/quality.md` ("Discovery") tells of; within a third of them the result hardly moves.

use crate::analysis::phrases::{Phrase, Phrases};

/// A single word in more passages than this share is the event itself, not a topic in it.
const WORD_EVERYWHERE: f32 = 0.1;

/// Phrases say more and may be in more passages.
const PHRASE_EVERYWHERE: f32 = 0.15;

/// Both by how much more where little was read, and up to how many passages that is any of it: a subject of three short texts is a good
/// part of them. On the ten pairs of `docs/quality.md` 43 subjects are found with it, 41 without.
const WORD_MORE: f32 = 0.1;
const PHRASE_MORE: f32 = 0.25;
const LITTLE: f32 = 400.0;

/// In up to so many passages nothing is everywhere: in short texts shares say little.
const FEW_PASSAGES: usize = 6;

/// What is in clusters by more than this fills a part of the text, and may fill more of it; up to twice as much.
const CLUSTERED: f32 = 0.3;

/// How much more a name says than a common noun.
const NAME: f32 = 1.25;

/// How much more a phrase says that its author made a heading.
const HEADING: f32 = 1.3;

/// How clustered a common noun by itself must be, see [`Reading::burst`].
const NOUN_BURST: f32 = 0.1;

/// In fewer passages nothing can be told from how a noun is spread.
const TELLING_PASSAGES: usize = 60;

/// Words that are looked at together, because a topic goes on for some: a few paragraphs.
const WINDOW_WORDS: usize = 150;

/// How clustered phrases are on average, and how many occurrences of one weigh as much as knowing that.
const COMMON_BURST: f32 = 0.4;
const TELLING_OCCURRENCES: f32 = 6.0;

/// How sure it must be that a word is a noun: adjectives reach about .35 ("a national ..."), nouns .5 and more.
const NOUN_SHARE: f32 = 0.4;

/// What was read, as far as the spread of a phrase is told by it.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    passages: usize,
    /// Passages of about [`WINDOW_WORDS`] together.
    window: u32,
}

impl Reading {
    /// What phrases were found in.
    pub fn of(found: &Phrases) -> Self {
        let window = (WINDOW_WORDS * found.passages_read).div_ceil(found.words_read.max(1));
        Self {
            passages: found.passages_read,
            window: u32::try_from(window).unwrap_or(u32::MAX).max(1),
        }
    }

    /// Whether a phrase can be a topic at all: a noun that is there by more than chance, and not everywhere.
    pub fn may_be_topic(&self, phrase: &Phrase) -> bool {
        // A part of a name says less than the name.
        let is_part = phrase.in_name * 2 > phrase.count;
        self.is_noun(phrase) && !is_part && !self.is_everywhere(phrase) && self.has_evidence(phrase)
    }

    /// How much a phrase says. A common noun that chance might have spread so says least; how clustered it is counts most.
    pub fn worth(&self, phrase: &Phrase) -> f32 {
        let length = (1.0 + phrase.words() as f32).log2();
        let kind = if phrase.is_name() { NAME } else { 1.0 };
        let heading = if phrase.in_heading { HEADING } else { 1.0 };
        let floor = if phrase.is_name() { 0.0 } else { f32::MIN };
        let spread = 0.1 + 1.2 * self.settled_burst(phrase).max(floor);
        length * kind * heading * spread.clamp(0.15, 1.6)
    }

    fn is_everywhere(&self, phrase: &Phrase) -> bool {
        let share = phrase.passages.len() as f32 / self.passages.max(1) as f32;
        let (everywhere, more) = if phrase.words() == 1 {
            (WORD_EVERYWHERE, WORD_MORE)
        } else {
            (PHRASE_EVERYWHERE, PHRASE_MORE)
        };
        let everywhere = everywhere + more * (1.0 - self.passages as f32 / LITTLE).max(0.0);
        // A name may be spread: who acts in all of it is not what all of it is about.
        let least = if phrase.is_name() { 1.0 } else { 0.5 };
        let clustered = (1.0 + 2.0 * (self.burst(phrase) - CLUSTERED)).clamp(least, 2.0);
        phrase.passages.len() > FEW_PASSAGES && share > everywhere * clustered
    }

    /// Whether a phrase is more likely a noun than a verb or an adjective.
    fn is_noun(&self, phrase: &Phrase) -> bool {
        let count = phrase.count as f32;
        let as_verb = phrase.as_verb as f32;
        let stands_as_noun = phrase.as_noun >= NOUN_SHARE * count;
        if phrase.words() > 1 {
            return stands_as_noun && as_verb * 4.0 <= count;
        }
        if stands_as_noun {
            let once = phrase.as_verb < 2 && phrase.surely_noun > 1;
            return once || as_verb * 7.0 <= count || phrase.as_noun >= 0.6 * count;
        }
        // "Tax" mostly stands before another noun. But no verb stands so seldom after its subject, and no adjective alone.
        as_verb * 6.0 <= count
            && phrase.surely_noun as f32 * 20.0 >= count
            && self.settled_burst(phrase) >= 0.3
    }

    /// Whether there is enough of a phrase to make a topic. A common noun by itself may be there by chance: it must come
    /// back, and in texts long enough to tell, in one document at least, and in clusters.
    fn has_evidence(&self, phrase: &Phrase) -> bool {
        if phrase.words() > 1 || phrase.is_name() {
            return true;
        }
        if self.passages < TELLING_PASSAGES {
            return phrase.count > 2;
        }
        phrase.passages.len() > phrase.documents.len().max(2) && self.burst(phrase) >= NOUN_BURST
    }

    /// How clustered a phrase is: residual inverse document frequency (Church & Gale 1995), which is 0 for what chance
    /// spreads and 1 where it stands in half as many places; of single passages or of windows, the larger.
    fn burst(&self, phrase: &Phrase) -> f32 {
        let residual = |places: usize, of: usize| {
            let (places, of) = (places as f32, of.max(1) as f32);
            let by_chance = of * (1.0 - (-(phrase.count as f32) / of).exp());
            (by_chance / places.max(1.0)).log2()
        };
        let mut windows: Vec<u32> = phrase
            .passages
            .iter()
            .map(|passage| passage / self.window)
            .collect();
        windows.dedup();
        let of_passages = residual(phrase.passages.len(), self.passages);
        let some = self.passages.div_ceil(self.window as usize);
        of_passages.max(residual(windows.len(), some))
    }

    /// How clustered a phrase is, as far as so few occurrences in so short a text can tell.
    fn settled_burst(&self, phrase: &Phrase) -> f32 {
        let told = (self.passages as f32 / TELLING_PASSAGES as f32).min(1.0);
        let count = phrase.count as f32 * told;
        let expected = COMMON_BURST * TELLING_OCCURRENCES;
        (self.burst(phrase) * count + expected) / (count + TELLING_OCCURRENCES)
    }
}
