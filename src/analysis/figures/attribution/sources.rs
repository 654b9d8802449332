//! Words of English beside whoever answers for a number that are told apart nowhere else.
//!
//! Invariant: closed classes, of no subject and no outlet.

use super::super::counted::Reading;

/// Verbs of what a list says.
pub fn lists(verb: &str) -> bool {
    matches!(
        verb,
        "contains"
            | "contained"
            | "has"
            | "had"
            | "holds"
            | "lists"
            | "listed"
            | "names"
            | "named"
            | "gives"
            | "gave"
    )
}

/// Writings that count.
pub fn is_a_count(noun: &str) -> bool {
    matches!(
        noun,
        "census"
            | "database"
            | "inventory"
            | "ledger"
            | "list"
            | "log"
            | "register"
            | "registry"
            | "roll"
            | "survey"
            | "tally"
    )
}

/// Participles with an agent who answers for a number.
pub fn is_counted_by(participle: &str) -> bool {
    matches!(
        participle,
        "announced"
            | "cited"
            | "claimed"
            | "compiled"
            | "confirmed"
            | "counted"
            | "documented"
            | "estimated"
            | "given"
            | "published"
            | "recorded"
            | "registered"
            | "released"
            | "reported"
            | "stated"
            | "tallied"
            | "tracked"
            | "verified"
    )
}

/// Whether a word describes an estimate or a report that stands after it, which is then no verb: "the latest estimates".
pub fn describes(reading: Reading, at: usize) -> bool {
    let token = &reading.tokens[at];
    let compared = at.checked_sub(1).is_some_and(|before| {
        matches!(
            reading.tokens[before].lower.as_str(),
            "most" | "more" | "least" | "less"
        )
    });
    let described = matches!(
        token.lower.as_str(),
        "latest"
            | "recent"
            | "official"
            | "unofficial"
            | "early"
            | "earlier"
            | "initial"
            | "first"
            | "new"
            | "current"
            | "preliminary"
            | "independent"
            | "conservative"
            | "reliable"
            | "cautious"
            | "higher"
            | "highest"
            | "lower"
            | "lowest"
            | "other"
            | "previous"
            | "provisional"
            | "unconfirmed"
            | "credible"
    );
    !token.is_capital() && (described || compared)
}
