//! Korean nouns without the particles that are written onto them, for which Snowball has no rules.
//!
//! Invariant: two syllables stay at least, and a particle that has one form after a vowel and another after a consonant is taken off only
//! after what it follows: most nouns that merely end like one (마을, 전문가) are left whole.

/// What a particle follows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    Consonant,
    Vowel,
    /// A vowel, or the consonant ㄹ.
    VowelOrL,
    Any,
}

/// The particles, longer before shorter.
const PARTICLES: [(&str, After); 39] = [
    ("에서부터", After::Any),
    ("으로부터", After::Consonant),
    ("으로서", After::Consonant),
    ("으로써", After::Consonant),
    ("에서는", After::Any),
    ("에서도", After::Any),
    ("에게서", After::Any),
    ("으로는", After::Consonant),
    ("이라고", After::Consonant),
    ("로부터", After::VowelOrL),
    ("에서", After::Any),
    ("에게", After::Any),
    ("에는", After::Any),
    ("에도", After::Any),
    ("까지", After::Any),
    ("부터", After::Any),
    ("처럼", After::Any),
    ("보다", After::Any),
    ("마다", After::Any),
    ("조차", After::Any),
    ("밖에", After::Any),
    ("께서", After::Any),
    ("한테", After::Any),
    ("으로", After::Consonant),
    ("로서", After::VowelOrL),
    ("로써", After::VowelOrL),
    ("라고", After::Vowel),
    ("이나", After::Consonant),
    ("이", After::Consonant),
    ("은", After::Consonant),
    ("을", After::Consonant),
    ("과", After::Consonant),
    ("가", After::Vowel),
    ("는", After::Vowel),
    ("를", After::Vowel),
    ("와", After::Vowel),
    ("로", After::VowelOrL),
    ("에", After::Any),
    ("의", After::Any),
];

/// Particles that may stand on a noun of any end, and are parts of nouns as often: taken off longer words only.
const LESS_SURE: [&str; 2] = ["도", "만"];

/// A word without its particle and the ending of the plural.
pub fn without_particle(word: &str) -> &str {
    if !word.chars().all(is_syllable) {
        return word;
    }
    let noun = bare(word);
    noun.strip_suffix('들')
        .filter(|rest| syllables(rest) >= 2)
        .unwrap_or(noun)
}

fn bare(word: &str) -> &str {
    let found = PARTICLES.iter().find_map(|(particle, after)| {
        let rest = word.strip_suffix(particle)?;
        (syllables(rest) >= 2 && follows(rest, *after)).then_some(rest)
    });
    let unsure = || {
        let mut rests = LESS_SURE
            .iter()
            .filter_map(|particle| word.strip_suffix(particle));
        rests.find(|rest| syllables(rest) >= 3)
    };
    found.or_else(unsure).unwrap_or(word)
}

fn syllables(word: &str) -> usize {
    word.chars().count()
}

fn is_syllable(c: char) -> bool {
    ('\u{AC00}'..='\u{D7A3}').contains(&c)
}

/// Whether what stands before a particle ends as it wants. Syllables are numbered by their parts, the last consonant by 28, none of
/// which is 0 (The Unicode Standard, 3.12).
fn follows(noun: &str, after: After) -> bool {
    const L: u32 = 8;
    let last = noun
        .chars()
        .next_back()
        .map_or(0, |c| (c as u32).wrapping_sub(0xAC00) % 28);
    match after {
        After::Any => true,
        After::Consonant => last != 0,
        After::Vowel => last == 0,
        After::VowelOrL => last == 0 || last == L,
    }
}

#[cfg(test)]
mod tests {
    use super::without_particle;

    #[test]
    fn particles_are_taken_off_and_nouns_that_end_like_one_stay() {
        for (word, noun) in [
            ("다리가", "다리"),
            ("대통령은", "대통령"),
            ("정부의", "정부"),
            ("사람들이", "사람"),
            ("서울로", "서울"),
            ("도시에서는", "도시"),
            ("시위대와", "시위대"),
        ] {
            assert_eq!(without_particle(word), noun);
        }
        for whole in [
            "다리",
            "마을",
            "전문가",
            "결과",
            "국가",
            "나이",
            "bridge",
            "2019년이x",
            "",
        ] {
            assert_eq!(without_particle(whole), whole);
        }
    }
}
