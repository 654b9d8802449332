//! What is searched for, as it is written: words, phrases, prefixes, `AND OR NOT`, parentheses, fields.
//!
//! | written | found |
//! |---|---|
//! | `shut down`, `shut AND down` | passages with both words, in any form that the language gives them |
//! | `shut OR down`, `NOT down`, `-down` | either; without it |
//! | `"shut down"` | the words next to each other |
//! | `shut*` | words that start so |
//! | `(a OR b) c` | as in arithmetic; `AND` binds closer than `OR` |
//! | `source:` `topic:` `voice:` | of a source, on a topic, spoken by somebody |
//! | `since:` `until:` | published not before or not after a year, month or day |
//! | `title:` | in documents with this in their title |
//!
//! Invariant: whatever is written, reading it takes time and depth within [`MAX_BYTES`] and [`MAX_DEPTH`], and a mistake is told
//! with its place and what to do.

use crate::corpus::{Date, DocumentId, spelling};

/// The longest query, in bytes.
pub const MAX_BYTES: usize = 4096;
/// Parentheses inside parentheses, at most.
pub const MAX_DEPTH: usize = 24;
/// Words, phrases and fields in a query, at most.
pub const MAX_PARTS: usize = 128;

/// A query.
#[derive(Clone, Debug, PartialEq)]
pub enum Query {
    /// In the passage's text.
    Text(Literal),
    /// In the title of its document.
    Title(Literal),
    /// One of these.
    Filter(Filter),
    /// Not this.
    Not(Box<Query>),
    /// All of these.
    All(Vec<Query>),
    /// One of these at least.
    Any(Vec<Query>),
}

/// Words as they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Literal {
    /// A word, in any form.
    Word(String),
    /// Words that start so.
    Prefix(String),
    /// Words next to each other.
    Phrase(String),
}

/// What a passage is, whatever its words are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter {
    /// Of a source, by its id or title or a part of them.
    Source(String),
    /// On a topic, by its id, title or key, or a part of them.
    Topic(String),
    /// Spoken by a voice, by a part of its name.
    Voice(String),
    /// In a document, by its id; not written in a query.
    Document(DocumentId),
    /// Published then or later.
    Since(Date),
    /// Published then or earlier.
    Until(Date),
}

impl Filter {
    /// As it is written.
    pub fn written(&self) -> String {
        let (name, value) = match self {
            Self::Source(value) => ("source", value.clone()),
            Self::Topic(value) => ("topic", value.clone()),
            Self::Voice(value) => ("voice", value.clone()),
            Self::Document(id) => ("in", id.to_string()),
            Self::Since(date) => ("since", date.to_string()),
            Self::Until(date) => ("until", date.to_string()),
        };
        if value.contains(char::is_whitespace) {
            format!("{name}:\"{value}\"")
        } else {
            format!("{name}:{value}")
        }
    }
}

/// Why a query makes no sense.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{why} (at character {} of the query)", self.column)]
pub struct QueryError {
    /// Where, in characters, from 1.
    pub column: usize,
    /// Why, and what to do.
    pub why: String,
}

const FIELDS: [&str; 6] = ["source", "topic", "voice", "since", "until", "title"];

/// Reads a query.
pub fn parse(text: &str) -> Result<Query, QueryError> {
    if text.len() > MAX_BYTES {
        return Err(QueryError {
            column: 1,
            why: format!(
                "the query is {} bytes long, and {MAX_BYTES} are read; search for less",
                text.len()
            ),
        });
    }
    let tokens = tokens(text)?;
    if tokens.is_empty() {
        return Err(QueryError {
            column: 1,
            why: "there is nothing to search for; write a word, \"a phrase\", or source:NAME"
                .to_owned(),
        });
    }
    let parts = tokens.iter().filter(|token| token.is_part()).count();
    if parts > MAX_PARTS {
        return Err(QueryError {
            column: 1,
            why: format!("the query has {parts} parts, and {MAX_PARTS} are read; search for less"),
        });
    }
    let mut parser = Parser {
        tokens: &tokens,
        at: 0,
        end: text.chars().count() + 1,
    };
    let query = parser.any(0)?;
    match parser.peek() {
        None => Ok(query),
        // Only a parenthesis ends a query before its end.
        Some(token) => Err(QueryError {
            column: token.column,
            why: "this parenthesis closes none; leave it out, or put it in quotes to search for it"
                .to_owned(),
        }),
    }
}

/// A piece of the query, and where it starts, in characters from 1.
#[derive(Debug)]
struct Token {
    column: usize,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Open,
    Close,
    And,
    Or,
    Not,
    Literal(Literal),
    /// A field's name, its value, and whether that is a phrase.
    Field(&'static str, Literal),
}

impl Token {
    fn is_part(&self) -> bool {
        matches!(self.kind, Kind::Literal(_) | Kind::Field(..))
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '＂')
}

/// Cuts a query into its pieces.
fn tokens(text: &str) -> Result<Vec<Token>, QueryError> {
    let chars: Vec<char> = text.chars().collect();
    let (mut tokens, mut at) = (Vec::new(), 0);
    while let Some(&c) = chars.get(at) {
        let column = at + 1;
        let kind = match c {
            _ if c.is_whitespace() || c.is_control() => {
                at += 1;
                continue;
            }
            '(' | '（' => Kind::Open,
            ')' | '）' => Kind::Close,
            _ if is_quote(c) => {
                let (phrase, next) = quoted(&chars, at)?;
                at = next;
                tokens.push(Token {
                    column,
                    kind: Kind::Literal(searchable(Literal::Phrase(phrase), column)?),
                });
                continue;
            }
            '-' | '−' if chars.get(at + 1).is_some_and(|next| starts_operand(*next)) => Kind::Not,
            _ => {
                let (kind, next) = word(&chars, at)?;
                at = next;
                tokens.push(Token { column, kind });
                continue;
            }
        };
        at += 1;
        tokens.push(Token { column, kind });
    }
    Ok(tokens)
}

fn starts_operand(c: char) -> bool {
    c.is_alphanumeric() || is_quote(c) || c == '('
}

/// The phrase whose opening quotation mark stands at `at`, and what comes after it.
fn quoted(chars: &[char], at: usize) -> Result<(String, usize), QueryError> {
    let rest = chars.get(at + 1..).unwrap_or_default();
    let Some(length) = rest.iter().position(|c| is_quote(*c)) else {
        return Err(QueryError {
            column: at + 1,
            why: "this quotation mark is not closed; add another at the end of the phrase"
                .to_owned(),
        });
    };
    Ok((rest.iter().take(length).collect(), at + length + 2))
}

/// A word, an operator, or a field with its value, and what comes after it.
fn word(chars: &[char], at: usize) -> Result<(Kind, usize), QueryError> {
    let ends = |c: char| c.is_whitespace() || is_quote(c) || matches!(c, '(' | ')' | '（' | '）');
    let rest = chars.get(at..).unwrap_or_default();
    let length = rest.iter().position(|c| ends(*c)).unwrap_or(rest.len());
    let text: String = rest.iter().take(length).collect();
    let end = at + length;
    let operator = match text.as_str() {
        "AND" => Some(Kind::And),
        "OR" => Some(Kind::Or),
        "NOT" => Some(Kind::Not),
        _ => None,
    };
    if let Some(kind) = operator {
        return Ok((kind, end));
    }
    if let Some((name, value)) = text.split_once(':')
        && !name.is_empty()
        && name.chars().all(char::is_alphabetic)
    {
        let field = field_named(name, at + 1)?;
        if !value.is_empty() {
            return Ok((Kind::Field(field, literal(value, at + 1)?), end));
        }
        // The value is in quotes, or there is none.
        if chars.get(end).copied().is_some_and(is_quote) {
            let (phrase, next) = quoted(chars, end)?;
            return Ok((Kind::Field(field, Literal::Phrase(phrase)), next));
        }
        return Err(QueryError {
            column: end + 1,
            why: format!("after `{field}:` comes what it is to be, without a space between"),
        });
    }
    Ok((Kind::Literal(literal(&text, at + 1)?), end))
}

fn field_named(name: &str, column: usize) -> Result<&'static str, QueryError> {
    let lower = name.to_lowercase();
    if let Some(field) = FIELDS.iter().find(|field| **field == lower) {
        return Ok(field);
    }
    let fields = FIELDS.map(|field| format!("{field}:")).join(" ");
    let quotes = "in quotes a colon is searched for";
    let why = match spelling::closest(&lower, &FIELDS) {
        Some(meant) => format!(
            "there is no field `{name}:`; did you mean `{meant}:`? There are {fields}; {quotes}"
        ),
        None => format!("there is no field `{name}:`; there are {fields}; {quotes}"),
    };
    Err(QueryError { column, why })
}

fn literal(text: &str, column: usize) -> Result<Literal, QueryError> {
    let literal = match text.strip_suffix('*') {
        Some(start) if !start.ends_with('*') => Literal::Prefix(start.to_owned()),
        _ => Literal::Word(text.to_owned()),
    };
    searchable(literal, column)
}

/// Words with something in them that is indexed.
fn searchable(literal: Literal, column: usize) -> Result<Literal, QueryError> {
    let (Literal::Word(text) | Literal::Prefix(text) | Literal::Phrase(text)) = &literal;
    if text.contains(char::is_alphanumeric) {
        return Ok(literal);
    }
    let why = match literal {
        Literal::Prefix(_) => "before `*` stands how a word starts, as in protest*".to_owned(),
        Literal::Word(text) | Literal::Phrase(text) => {
            format!("“{text}” has no letter or digit in it; only words are searched for")
        }
    };
    Err(QueryError { column, why })
}

/// Whether it says what a passage or its document is, not which words it has.
fn narrows(query: &Query) -> bool {
    match query {
        Query::Filter(_) | Query::Title(_) => true,
        Query::Not(inner) => narrows(inner),
        Query::Text(_) | Query::All(_) | Query::Any(_) => false,
    }
}

struct Parser<'t> {
    tokens: &'t [Token],
    at: usize,
    /// The column after the last character.
    end: usize,
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<&'t Token> {
        self.tokens.get(self.at)
    }

    fn any(&mut self, depth: usize) -> Result<Query, QueryError> {
        let mut branches = vec![self.all(depth)?];
        while matches!(self.peek().map(|token| &token.kind), Some(Kind::Or)) {
            self.at += 1;
            branches.push(self.all(depth)?);
        }
        let mut filters = Vec::new();
        let mut narrowed = branches
            .iter_mut()
            .filter(|parts| parts.iter().any(narrows));
        // `siren OR gates source:post`: who filters means all that is asked for, not the last word. Where several alternatives
        // have filters, each keeps its own.
        if let (Some(parts), None) = (narrowed.next(), narrowed.next())
            && !parts.iter().all(narrows)
        {
            (filters, *parts) = std::mem::take(parts).into_iter().partition(narrows);
        }
        let branches = branches.into_iter();
        let branches = branches.map(|parts| one_or(parts, Query::All)).collect();
        let mut all = vec![one_or(branches, Query::Any)];
        all.append(&mut filters);
        Ok(one_or(all, Query::All))
    }

    /// What stands beside each other between two `OR`.
    fn all(&mut self, depth: usize) -> Result<Vec<Query>, QueryError> {
        let mut parts = vec![self.one(depth)?];
        loop {
            match self.peek().map(|token| &token.kind) {
                None | Some(Kind::Or | Kind::Close) => return Ok(parts),
                Some(Kind::And) => self.at += 1,
                Some(Kind::Open | Kind::Not | Kind::Literal(_) | Kind::Field(..)) => {}
            }
            parts.push(self.one(depth)?);
        }
    }

    fn one(&mut self, depth: usize) -> Result<Query, QueryError> {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        let Some(token) = self.peek() else {
            return Err(QueryError {
                column: self.end,
                why: format!("{} what to search for is missing", after(before)),
            });
        };
        if depth > MAX_DEPTH {
            return Err(QueryError {
                column: token.column,
                why: format!("parentheses stand more than {MAX_DEPTH} deep; ask more simply"),
            });
        }
        self.at += 1;
        match &token.kind {
            Kind::Literal(literal) => Ok(Query::Text(literal.clone())),
            Kind::Field(name, value) => field(name, value, token.column),
            Kind::Not => Ok(Query::Not(Box::new(self.one(depth + 1)?))),
            Kind::Open => {
                let inside = self.any(depth + 1)?;
                if !matches!(self.peek().map(|token| &token.kind), Some(Kind::Close)) {
                    return Err(QueryError {
                        column: token.column,
                        why: "this parenthesis is not closed; add `)` where it ends".to_owned(),
                    });
                }
                self.at += 1;
                Ok(inside)
            }
            Kind::And | Kind::Or | Kind::Close => Err(QueryError {
                column: token.column,
                why: format!(
                    "{} what to search for is missing; in small letters or in quotes, `and`, `or` and `not` are words",
                    after(before)
                ),
            }),
        }
    }
}

/// Where something is missing: after what.
fn after(before: Option<&Token>) -> &'static str {
    match before.map(|token| &token.kind) {
        None => "at the start",
        Some(Kind::And) => "after `AND`",
        Some(Kind::Or) => "after `OR`",
        Some(Kind::Not) => "after `NOT`",
        Some(Kind::Open) => "after `(`",
        Some(Kind::Close | Kind::Literal(_) | Kind::Field(..)) => "here",
    }
}

fn one_or(mut parts: Vec<Query>, several: impl FnOnce(Vec<Query>) -> Query) -> Query {
    match parts.len() {
        1 => parts.remove(0),
        _ => several(parts),
    }
}

/// A field with its value.
fn field(name: &str, value: &Literal, column: usize) -> Result<Query, QueryError> {
    let (Literal::Word(text) | Literal::Prefix(text) | Literal::Phrase(text)) = value;
    let date = || {
        text.parse::<Date>().map_err(|why| QueryError {
            column,
            why: format!("{why} after `{name}:`"),
        })
    };
    Ok(match name {
        "title" => Query::Title(searchable(value.clone(), column)?),
        "topic" => Query::Filter(Filter::Topic(text.clone())),
        "voice" => Query::Filter(Filter::Voice(text.clone())),
        "since" => Query::Filter(Filter::Since(date()?)),
        "until" => Query::Filter(Filter::Until(date()?)),
        _ => Query::Filter(Filter::Source(text.clone())),
    })
}

impl Query {
    /// This and those filters.
    #[must_use]
    pub fn and(self, filters: impl IntoIterator<Item = Filter>) -> Self {
        let mut parts = vec![self];
        parts.extend(filters.into_iter().map(Self::Filter));
        one_or(parts, Self::All)
    }

    /// With a last word that may not be typed to its end.
    #[must_use]
    pub fn unfinished(self) -> Self {
        match self {
            Self::Text(Literal::Word(word)) if word.ends_with(char::is_alphanumeric) => {
                Self::Any(vec![
                    Self::Text(Literal::Word(word.clone())),
                    Self::Text(Literal::Prefix(word)),
                ])
            }
            Self::All(mut parts) => {
                if let Some(last) = parts.pop() {
                    parts.push(last.unfinished());
                }
                Self::All(parts)
            }
            other => other,
        }
    }

    /// The words that a passage has to have for it to be found, as they are written; for marking them.
    pub fn literals(&self) -> Vec<&Literal> {
        let mut found = Vec::new();
        self.gather_literals(&mut found);
        found
    }

    fn gather_literals<'q>(&'q self, found: &mut Vec<&'q Literal>) {
        match self {
            Self::Text(literal) => found.push(literal),
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.gather_literals(found);
                }
            }
            Self::Title(_) | Self::Filter(_) | Self::Not(_) => {}
        }
    }

    /// The filters at its top, which could be dropped to find more.
    pub fn filters(&self) -> Vec<&Filter> {
        match self {
            Self::Filter(filter) => vec![filter],
            Self::All(parts) => parts.iter().flat_map(Self::filters).collect(),
            Self::Text(_) | Self::Title(_) | Self::Not(_) | Self::Any(_) => Vec::new(),
        }
    }

    /// The query without one of those filters; nothing where that was all of it.
    pub fn without(&self, filter: &Filter) -> Option<Self> {
        match self {
            Self::Filter(own) if own == filter => None,
            Self::All(parts) => {
                let left: Vec<Self> = parts
                    .iter()
                    .filter_map(|part| part.without(filter))
                    .collect();
                (!left.is_empty()).then(|| one_or(left, Self::All))
            }
            other => Some(other.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A query in a short form: `+` all, `|` any, `!` not, `~` prefix, quotes, `=` a field.
    fn shown(query: &Query) -> String {
        let literal = |literal: &Literal| match literal {
            Literal::Word(text) => text.clone(),
            Literal::Prefix(text) => format!("~{text}"),
            Literal::Phrase(text) => format!("\"{text}\""),
        };
        let list = |parts: &[Query], sign: &str| {
            let parts: Vec<String> = parts.iter().map(shown).collect();
            format!("({})", parts.join(sign))
        };
        match query {
            Query::Text(text) => literal(text),
            Query::Title(text) => format!("title={}", literal(text)),
            Query::Filter(filter) => filter.written().replace(':', "="),
            Query::Not(inner) => format!("!{}", shown(inner)),
            Query::All(parts) => list(parts, "+"),
            Query::Any(parts) => list(parts, "|"),
        }
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(shown(&parse(text).unwrap()), expected);
    }

    #[track_caller]
    fn wrong(text: &str, column: usize, says: &str) {
        let error = parse(text).unwrap_err();
        assert!(error.why.contains(says), "{text}: {error}");
        assert_eq!(error.column, column, "{text}: {error}");
    }

    #[test]
    fn words_are_joined_by_and_which_binds_closer_than_or() {
        check("a b", "(a+b)");
        check("a AND b", "(a+b)");
        check("a b OR c", "((a+b)|c)");
        check("a (b OR c)", "(a+(b|c))");
    }

    #[test]
    fn a_filter_beside_alternatives_is_of_all_of_them() {
        check("a OR b source:x", "((a|b)+source=x)");
        check("source:x a OR b", "((a|b)+source=x)");
        check("a OR b NOT source:x", "((a|b)+!source=x)");
        check("(a OR b) source:x", "((a|b)+source=x)");
        // Parentheses say otherwise, and so do filters on both sides, or one that is an alternative itself.
        check("a OR (b source:x)", "(a|(b+source=x))");
        check("a source:x OR b source:y", "((a+source=x)|(b+source=y))");
        check("a OR source:x", "(a|source=x)");
    }

    #[test]
    fn parentheses_and_nothing_else_join_otherwise() {
        check("a NOT b", "(a+!b)");
        check("a -b -\"c d\"", "(a+!b+!\"c d\")");
        check("anti-war and or not", "(anti-war+and+or+not)");
    }

    #[test]
    fn phrases_prefixes_and_fields_are_told_apart() {
        check("\"a b\" wor*", "(\"a b\"+~wor)");
        check("“a b” «c d» „e f“x", "(\"a b\"+\"c d\"+\"e f\"+x)");
        check("source:bbc title:shut*", "(source=bbc+title=~shut)");
        check("topic:\"Internet shutdown\"", "topic=\"Internet shutdown\"");
        check("Since:2026-01 until:2026", "(since=2026-01+until=2026)");
        check("12:30", "12:30");
        check("抗议 (示威)", "(抗议+示威)");
    }

    #[test]
    fn a_mistake_is_told_with_its_place() {
        wrong("", 1, "nothing to search for");
        wrong("  ", 1, "nothing to search for");
        wrong("a \"b", 3, "not closed");
        wrong("(a", 1, "not closed");
        wrong("a)", 2, "closes none");
        wrong("a OR", 5, "after `OR`");
        wrong("AND a", 1, "at the start");
        wrong("a OR AND b", 6, "after `OR`");
        wrong("()", 2, "after `(`");
        wrong("*", 1, "how a word starts");
        wrong("!!!", 1, "no letter or digit");
        wrong("sorce:x", 1, "did you mean `source:`?");
        wrong("https://a.b", 1, "there are source:");
        wrong("source: x", 8, "without a space");
        wrong("é since:yesterday", 3, "is not a date");
        wrong("since:2026-02-30", 1, "is not a date");
    }

    #[test]
    fn hostile_queries_end_soon() {
        for text in [
            "(".repeat(1 << 20),
            "(".repeat(MAX_BYTES),
            "NOT ".repeat(MAX_BYTES / 4),
            "-(".repeat(MAX_BYTES / 2),
            "a ".repeat(MAX_BYTES / 2),
            "\u{0}".repeat(MAX_BYTES),
            format!("{}a{}", "(".repeat(1000), ")".repeat(1000)),
        ] {
            assert!(parse(&text).is_err());
        }
    }

    proptest::proptest! {
        #[test]
        fn no_query_panics(text in "[ ()\"*:a-cé中“”\u{0}-]{0,40}|(AND|OR|NOT|source:|since:2026| ){0,12}") {
            let _ = parse(&text);
        }
    }

    #[test]
    fn filters_can_be_taken_out() {
        let query = parse("a source:x until:2026").unwrap();
        let filters = query.filters();
        assert_eq!(filters.len(), 2);
        assert_eq!(shown(&query.without(filters[0]).unwrap()), "(a+until=2026)");
        assert_eq!(
            parse("source:x")
                .unwrap()
                .without(&Filter::Source("x".into())),
            None
        );
    }
}
