//! `robots.txt`, as RFC 9309 has it: which paths a host asks programs not to fetch.
//!
//! Invariant: of the rules for us (else for all) the longest that fits decides, one that allows before one that does not; without any,
//! all is allowed. Matching takes time in proportion to rule and path.

/// The name by which a host may speak of this program.
const NAME: &str = "diptych";
/// Rules read.
const MAX_RULES: usize = 5_000;

/// A host's wishes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Robots {
    rules: Vec<Rule>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    path: String,
    is_allowed: bool,
}

impl Robots {
    /// Reads a file.
    pub fn read(text: &str) -> Self {
        let (mut ours, mut all) = (Vec::new(), Vec::new());
        let (mut names_us, mut names_all, mut in_rules) = (false, false, false);
        let mut is_named = false;
        for line in text.trim_start_matches('\u{feff}').lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else {
                continue;
            };
            let value = value.trim();
            match key.trim().to_ascii_lowercase().as_str() {
                "user-agent" => {
                    if std::mem::take(&mut in_rules) {
                        (names_us, names_all) = (false, false);
                    }
                    let name = value.split(['/', ' ']).next().unwrap_or_default();
                    names_us |= name.eq_ignore_ascii_case(NAME);
                    names_all |= name == "*";
                    is_named |= names_us;
                }
                key @ ("allow" | "disallow") => {
                    in_rules = true;
                    let rule = || Rule {
                        path: value.to_owned(),
                        is_allowed: key == "allow",
                    };
                    if value.is_empty() || ours.len() + all.len() >= MAX_RULES {
                        continue;
                    }
                    if names_us {
                        ours.push(rule());
                    }
                    if names_all {
                        all.push(rule());
                    }
                }
                _ => {}
            }
        }
        Self {
            rules: if is_named { ours } else { all },
        }
    }

    /// Whether a path, with its query, may be fetched.
    pub fn allows(&self, path: &str) -> bool {
        if path == "/robots.txt" {
            return true;
        }
        self.rules
            .iter()
            .filter(|rule| fits(&rule.path, path))
            .max_by_key(|rule| (rule.path.len(), rule.is_allowed))
            .is_none_or(|rule| rule.is_allowed)
    }
}

/// Whether a rule fits the start of a path: `*` is anything, `$` at the end is the end.
fn fits(rule: &str, path: &str) -> bool {
    let (rule, is_whole) = match rule.strip_suffix('$') {
        Some(rule) => (rule, true),
        None => (rule, false),
    };
    let mut parts = rule.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = path.strip_prefix(first) else {
        return false;
    };
    let mut last = None;
    for part in parts {
        // The earliest place leaves most room for what follows.
        match rest.split_once(part) {
            Some((_, after)) if !part.is_empty() => rest = after,
            Some(_) => {}
            None => return false,
        }
        last = Some(part);
    }
    match (is_whole, last) {
        (false, _) | (true, Some("")) => true,
        (true, None) => rest.is_empty(),
        // The last part may stand again further on, at the end.
        (true, Some(part)) => {
            rest.is_empty() || path.len() >= first.len() + part.len() && rest.ends_with(part)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rule_decides() {
        let robots = Robots::read(
            "User-agent: *\nDisallow: /private\nAllow: /private/open\nDisallow: /*.pdf$\nDisallow:\n\nUser-agent: other\nDisallow: /",
        );
        for (path, allowed) in [
            ("/", true),
            ("/private", false),
            ("/private/x?y", false),
            ("/private/open/1", true),
            ("/a/b.pdf", false),
            ("/a/b.pdf?x", true),
            ("/a.pdf/b.pdf", false),
            ("/robots.txt", true),
        ] {
            assert_eq!(robots.allows(path), allowed, "{path}");
        }
    }

    #[test]
    fn what_is_said_to_us_counts_before_what_is_said_to_all() {
        let text = "# rules\nUser-Agent: Diptych/1.0\nUser-agent: else\nDisallow: /no\n\nUser-agent: *\nDisallow: /\n";
        let robots = Robots::read(text);
        assert!(robots.allows("/yes") && !robots.allows("/no"));
        assert!(!Robots::read("User-agent: *\nDisallow: /").allows("/yes"));
        assert!(Robots::read("<html>no such page</html>").allows("/yes"));
        // A group of ours without rules allows all.
        assert!(
            Robots::read("User-agent: diptych\nDisallow:\n\nUser-agent: *\nDisallow: /")
                .allows("/x")
        );
    }

    #[test]
    fn hostile_rules_take_bounded_time() {
        let rule = "/".to_owned() + &"*a".repeat(2000) + "$";
        let robots = Robots::read(&format!("User-agent: *\nDisallow: {rule}"));
        assert!(robots.allows(&("/".to_owned() + &"a".repeat(1000) + "b")));
    }
}
