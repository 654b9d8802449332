//! Keys to actions, by context.
//!
//! Invariant: asks no clock; a started sequence waits until it is finished or broken by another key.

use super::action::{ACTIONS, Action, ActionSpec, Context};
use keybinds::{KeyInput, KeySeq, Match};

/// The bindings in force.
#[derive(Clone, Debug)]
pub struct Keymap {
    bindings: Vec<(Context, KeySeq, Action)>,
}

/// What a key came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// An action.
    Run(Action),
    /// The start of a sequence.
    Pending,
    /// Nothing.
    Unbound,
}

impl Default for Keymap {
    fn default() -> Self {
        Self::with(&[])
    }
}

/// Reads a key sequence of the table.
fn parse(keys: &str) -> KeySeq {
    keys.parse().expect("a test parses every key of the table")
}

impl Keymap {
    /// The default bindings, but for actions that are given others. Those take their keys from whatever else has them in their
    /// context.
    pub fn with(own: &[(&ActionSpec, Vec<KeySeq>)]) -> Self {
        let mut bindings = Vec::new();
        for spec in ACTIONS {
            let given = own.iter().find(|(of, _)| of.action == spec.action);
            let of_context = own.iter().filter(|(of, _)| of.context == spec.context);
            let taken: Vec<&KeySeq> = of_context.flat_map(|(_, keys)| keys).collect();
            let keys = if let Some((_, keys)) = given {
                keys.clone()
            } else {
                let keys = spec.keys.iter().map(|keys| parse(keys));
                let is_free = |keys: &KeySeq| !taken.iter().any(|taken| Self::collide(taken, keys));
                keys.filter(is_free).collect()
            };
            bindings.extend(
                keys.into_iter()
                    .map(|keys| (spec.context, keys, spec.action)),
            );
        }
        Self { bindings }
    }

    /// Whether only one of two sequences can be typed: they are the same, or one is how the other begins.
    pub fn collide(one: &KeySeq, other: &KeySeq) -> bool {
        let (one, other) = (one.as_slice(), other.as_slice());
        one.starts_with(other) || other.starts_with(one)
    }

    /// Looks up the keys typed so far in `context`, and where they mean nothing there, in the one around it.
    pub fn lookup(&self, context: Context, typed: &[KeyInput]) -> Outcome {
        match (self.lookup_in(context, typed), context) {
            (Outcome::Unbound, Context::Matrix | Context::Evidence | Context::Selecting) => {
                self.lookup_in(Context::Reading, typed)
            }
            (Outcome::Unbound, Context::Results) => self.lookup_in(Context::List, typed),
            (
                outcome,
                Context::Matrix
                | Context::Evidence
                | Context::Selecting
                | Context::Writing
                | Context::Reading
                | Context::List
                | Context::Results,
            ) => outcome,
        }
    }

    fn lookup_in(&self, context: Context, typed: &[KeyInput]) -> Outcome {
        let mut outcome = Outcome::Unbound;
        for (_, keys, action) in self.bindings.iter().filter(|(at, ..)| *at == context) {
            match keys.match_to(typed) {
                Match::Matched => return Outcome::Run(*action),
                Match::Prefix => outcome = Outcome::Pending,
                Match::Unmatch => {}
            }
        }
        outcome
    }

    /// The keys of an action as shown to readers, first the one to name in a hint.
    pub fn keys(&self, action: Action) -> Vec<String> {
        self.bindings
            .iter()
            .filter(|(.., bound)| *bound == action)
            .map(|(_, keys, _)| show(keys))
            .collect()
    }

    /// The key to name in a hint; for an action without one its name in the command palette.
    pub fn hint(&self, action: Action) -> String {
        let key = self.keys(action).into_iter().next();
        key.unwrap_or_else(|| format!(":{}", action.spec().name))
    }
}

/// A sequence as readers write it: `gg`, `N`, `Ctrl-f`.
fn show(keys: &KeySeq) -> String {
    keys.as_slice().iter().copied().map(show_key).collect()
}

fn show_key(key: KeyInput) -> String {
    match key.to_string() {
        plus if plus == "Plus" => "+".to_owned(),
        // `Ctrl+f` reads as two keys to press one after the other when it stands in running text.
        chord if chord.len() > 1 => chord.replace('+', "-"),
        single => single,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn outcome(context: Context, keys: &str) -> Outcome {
        let typed: KeySeq = keys.parse().unwrap();
        Keymap::default().lookup(context, typed.as_slice())
    }

    #[test]
    fn each_action_has_exactly_one_entry_with_a_key() {
        let mut seen = HashSet::new();
        let mut names = HashSet::new();
        for spec in ACTIONS {
            assert!(
                seen.insert(spec.action),
                "{:?} has two entries",
                spec.action
            );
            assert!(names.insert(spec.name), "{} names two actions", spec.name);
            assert!(!spec.keys.is_empty(), "{} has no key", spec.name);
            assert_eq!(spec.action.spec().name, spec.name);
        }
        // The enum is counted by its last variant, so that a new one without an entry is noticed.
        assert_eq!(seen.len(), Action::ListClose as usize + 1);
    }

    #[test]
    fn no_two_actions_share_a_key_in_one_context() {
        let mut seen = HashSet::new();
        for spec in ACTIONS {
            for keys in spec.keys {
                assert!(
                    seen.insert((spec.context, parse(keys))),
                    "{keys} is bound twice"
                );
            }
        }
    }

    #[test]
    fn no_key_is_the_start_of_anothers_sequence() {
        for spec in ACTIONS {
            for keys in spec.keys {
                let sequence = parse(keys);
                for length in 1..sequence.as_slice().len() {
                    let start = &sequence.as_slice()[..length];
                    assert_eq!(
                        Keymap::default().lookup(spec.context, start),
                        Outcome::Pending,
                        "{keys}"
                    );
                }
            }
        }
    }

    #[test]
    fn keys_are_shown_as_readers_write_them() {
        let keymap = Keymap::default();
        assert_eq!(keymap.keys(Action::Start), ["gg", "Home"]);
        assert_eq!(keymap.keys(Action::Previous), ["N"]);
        assert_eq!(
            keymap.keys(Action::PageDown),
            ["Space", "PageDown", "Ctrl-f"]
        );
    }

    #[test]
    fn sequences_wait_for_their_end() {
        assert_eq!(outcome(Context::Reading, "g"), Outcome::Pending);
        assert_eq!(
            outcome(Context::Reading, "g g"),
            Outcome::Run(Action::Start)
        );
        assert_eq!(outcome(Context::Reading, "g x"), Outcome::Unbound);
    }
}
