//! Names among German nouns, which have capitals as well: what belongs to the name, and what only stands beside it.
//!
//! Invariant: only shortens a run that was found, never by its last word but for an object behind it.

#[allow(clippy::wildcard_imports, reason = "a part of the file above")]
use super::*;

/// In German the nouns beside a name have capitals as well: what somebody does before it ("Bademeister Uwe Althoff"), an
/// object after it ("verkauft Ada Feld Landkarten").
pub(super) fn among_nouns(text: &str, tokens: &[Token], run: &mut Run, known: Option<&KnownNames>) {
    // "im Schaufenster von Ada Feld": a noun with its article, then the name.
    let has_article = run
        .first
        .checked_sub(1)
        .is_some_and(|before| tokens[before].is(OPENS | PREPOSITION) && tokens[before].is_word());
    let von = run.bare + 1;
    if has_article && run.titles == 0 && von < run.last && tokens[von].span.of(text) == "von" {
        run.bare = von + 1;
        run.first = run.bare;
    }
    // "die Grünen-Abgeordnete Ada Feld", "der entlassene Trainer Ada Feld": a noun with its article, and what it is called.
    let is_adjective = |at: usize| {
        let token = &tokens[at];
        token.is_word() && !token.is_capital && token.class == 0
    };
    let opener = run.first.checked_sub(1).and_then(|before| {
        let article = if is_adjective(before) {
            before.checked_sub(1)?
        } else {
            before
        };
        (tokens[article].is(OPENS) && tokens[article].is_word()).then_some(article)
    });
    let noun = run.bare + usize::from(tokens[run.bare + usize::from(run.len() > 1)].is_joined);
    // "Die Feld Projekt GmbH"
    let is_firm = tokens[run.last]
        .span
        .of(text)
        .chars()
        .filter(|c| c.is_uppercase())
        .count()
        > 1;
    if is_firm {
        return;
    }
    if opener.is_some() && run.titles == 0 && run.last >= noun + 2 {
        run.bare = noun + 1;
    }
    while run.len() > 1
        && run.titles == 0
        && (is_role(&tokens[run.bare], run.len(), text)
            || is_genitive(text, &tokens[run.bare], run.len(), known))
    {
        run.bare += 1;
    }
    let after_verb = run.first.checked_sub(1).is_some_and(|before| {
        let token = &tokens[before];
        token.is_word()
            && !token.is_capital
            && !token.is(OPENS | PREPOSITION | AND | REPORTS | ADVERB)
    });
    if run.len() > 2 && after_verb && opener.is_none() && run.bare == run.first {
        run.last = run.bare + 1;
    }
}

/// "Millionen Euro", "der CSU-Abgeordnete": no name.
pub(super) fn is_noun_run(tokens: &[Token], run: &Run) -> bool {
    let has_article = run
        .first
        .checked_sub(1)
        .is_some_and(|before| tokens[before].is(THE | A) && tokens[before].is_word());
    let is_compound = tokens[run.bare + 1..=run.last]
        .iter()
        .all(|token| token.is_joined);
    tokens[run.bare].is(NUMBER) || (has_article && is_compound && run.len() > 1)
}

/// "Brandauers Stellvertreter Jens Opitz": a known name in the genitive.
fn is_genitive(text: &str, token: &Token, words: usize, known: Option<&KnownNames>) -> bool {
    words > 2
        && token
            .span
            .of(text)
            .strip_suffix('s')
            .is_some_and(|owner| known.is_some_and(|known| known.holds(owner)))
}

/// A German noun for what a person does: listed, or by its ending where two more words follow.
fn is_role(token: &Token, words: usize, text: &str) -> bool {
    const ENDINGS: [&str; 25] = [
        "er", "in", "or", "ist", "ent", "ant", "mann", "frau", "eur", "chef", "rat", "ende",
        "wirt", "wart", "arzt", "anwalt", "koch", "oge", "ekt", "dat", "eut", "lege", "ete",
        "ling", "kraft",
    ];
    token.is(PEOPLE | TITLES)
        || (words > 2
            && token.span.len() > 5
            && ENDINGS
                .iter()
                .any(|ending| token.span.of(text).ends_with(ending)))
}
