//! What a page says of itself in its head: JSON-LD, Open Graph, `<meta>`, `<time>`, links.
//!
//! Invariant: a statement is taken as it stands, the surest kind first; nothing is made up.

use super::area;
use super::tree::{Data, NodeId, Page, ROOT};
use crate::corpus::Date;
use crate::import::{address, dates, people};
use serde_json::Value;
use url::Url;

/// Longest statement taken, in bytes.
const MAX_BYTES: usize = 1000;
/// JSON-LD blocks read, and bytes of one.
const MAX_JSON: usize = 40;
const MAX_JSON_BYTES: usize = 2 << 20;
/// Objects of JSON-LD looked at.
const MAX_OBJECTS: usize = 2000;
/// Authors of one article.
const MAX_AUTHORS: usize = 20;

/// What is known of the page.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub titles: Vec<String>,
    pub authors: Vec<String>,
    pub date: Option<Date>,
    /// The day of a change, for want of one of publication.
    pub changed: Option<Date>,
    pub site: Option<String>,
    pub url: Option<String>,
    pub language: Option<String>,
    pub kind: Option<&'static str>,
    /// What addresses on the page are completed by.
    pub base: Option<Url>,
}

/// Reads the facts of a page; `address` is where it was fetched.
pub(super) fn read(page: &Page, address: Option<&str>) -> Facts {
    let mut facts = Facts::default();
    for (text, _) in json_blocks(page) {
        let value = serde_json::from_str(&text).or_else(|_| {
            // Line ends inside texts, which JSON does not allow, are the usual fault.
            serde_json::from_str::<Value>(&text.replace(|c: char| c.is_control(), " "))
        });
        if let Ok(value) = value {
            facts.take_json(&value);
        }
    }
    let metas = Metas::of(page);
    facts.take_metas(&metas);
    facts.take_elements(page);
    if let Some(address) = address {
        // What a page says of its own address need not be true.
        facts.url = Some(address.to_owned());
    }
    facts.base = base(page, &facts);
    facts
}

fn json_blocks(page: &Page) -> impl Iterator<Item = (String, NodeId)> + '_ {
    page.below(ROOT)
        .filter(|id| {
            page.name(*id) == "script"
                && page.attribute(*id, "type").is_some_and(|kind| {
                    kind.split(';')
                        .next()
                        .unwrap_or_default()
                        .trim()
                        .eq_ignore_ascii_case("application/ld+json")
                })
        })
        .take(MAX_JSON)
        .filter_map(|id| {
            let text: String = page
                .children(id)
                .filter_map(|child| match &page.nodes[child].data {
                    Data::Text(text) => Some(&**text),
                    Data::Element(..) | Data::Other => None,
                })
                .collect();
            (text.len() <= MAX_JSON_BYTES).then_some((text, id))
        })
}

/// Kinds of article in the vocabulary of schema.org, and what we call them.
const TYPES: &[(&str, Option<&str>)] = &[
    ("LiveBlogPosting", Some("live blog")),
    ("OpinionNewsArticle", Some("opinion")),
    ("AnalysisNewsArticle", Some("analysis")),
    ("ReviewNewsArticle", Some("review")),
    ("ReportageNewsArticle", Some("report")),
    ("BackgroundNewsArticle", None),
    ("AskPublicNewsArticle", None),
    ("NewsArticle", None),
    ("BlogPosting", None),
    ("Article", None),
    ("TechArticle", None),
    ("ScholarlyArticle", None),
    ("Report", Some("report")),
    ("DiscussionForumPosting", None),
    ("SocialMediaPosting", None),
];

/// Keys of `<meta>` for authors and for the day of publication, the surest first.
const AUTHORS: [&str; 8] = [
    "author",
    "article:author",
    "parsely-author",
    "dc.creator",
    "citation_author",
    "sailthru.author",
    "dcterms.creator",
    "byl",
];
const DATES: [&str; 16] = [
    "article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.created",
    "dcterms.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "date",
    "article:published",
    "og:published_time",
];

impl Facts {
    fn take_json(&mut self, value: &Value) {
        let mut objects = Vec::new();
        collect(value, &mut objects);
        let type_of = |object: &Value| {
            let types = texts(object.get("@type"));
            TYPES
                .iter()
                .find(|(known, _)| types.iter().any(|name| name == known))
        };
        let Some((object, (_, kind))) = objects
            .iter()
            .find_map(|object| Some((*object, type_of(object)?)))
        else {
            return;
        };
        self.titles.extend(first(object, &["headline", "name"]));
        if self.authors.is_empty() {
            let stated = object.get("author").or_else(|| object.get("creator"));
            self.authors = stated
                .map(|stated| names_of(stated, &objects))
                .unwrap_or_default();
        }
        self.date = self
            .date
            .or_else(|| date(&first(object, &["datePublished", "dateCreated"])?));
        self.changed = self
            .changed
            .or_else(|| date(&first(object, &["dateModified"])?));
        let publisher = object
            .get("publisher")
            .map(|publisher| names_of(publisher, &objects));
        let publisher = publisher.and_then(|names| names.into_iter().next());
        self.site = self.site.take().or(publisher);
        let page = object.get("mainEntityOfPage");
        let id = page
            .and_then(|page| first(page, &["@id", "url"]))
            .or_else(|| page.and_then(one));
        let url = first(object, &["url"]).or(id).filter(|url| is_full(url));
        self.url = self.url.take().or(url);
        self.language = self
            .language
            .take()
            .or_else(|| language(&first(object, &["inLanguage"])?));
        self.kind = self.kind.or(*kind);
    }

    fn take_metas(&mut self, metas: &Metas) {
        self.titles.extend(metas.first(&[
            "og:title",
            "twitter:title",
            "dc.title",
            "citation_title",
            "parsely-title",
        ]));
        if self.authors.is_empty() {
            self.authors = AUTHORS
                .iter()
                .map(|key| authors(metas.all(key)))
                .find(|found| !found.is_empty())
                .unwrap_or_default();
        }
        self.date = self
            .date
            .or_else(|| DATES.iter().find_map(|key| date(&metas.first(&[key])?)));
        let changed = || {
            date(&metas.first(&[
                "article:modified_time",
                "datemodified",
                "last-modified",
                "og:updated_time",
            ])?)
        };
        self.changed = self.changed.or_else(changed);
        let site = || {
            metas.first(&[
                "og:site_name",
                "application-name",
                "publisher",
                "dc.publisher",
                "citation_journal_title",
            ])
        };
        self.site = self.site.take().or_else(site);
        let url = || {
            metas
                .first(&["og:url", "parsely-link", "twitter:url"])
                .filter(|url| is_full(url))
        };
        self.url = self.url.take().or_else(url);
        let language_of =
            || language(&metas.first(&["og:locale", "content-language", "dc.language"])?);
        self.language = self.language.take().or_else(language_of);
    }

    /// Elements that say what they are: `<link rel=canonical>`, `<time>`, `rel=author`, `lang`.
    fn take_elements(&mut self, page: &Page) {
        let elements = || page.below(ROOT).filter(|id| !page.name(*id).is_empty());
        let canonical = elements()
            .filter(|id| {
                page.name(*id) == "link"
                    && page
                        .attribute(*id, "rel")
                        .is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"))
            })
            .find_map(|id| page.attribute(id, "href").filter(|url| is_full(url)));
        if let Some(canonical) = canonical {
            self.url = Some(canonical.to_owned());
        }
        if let Some(html) = page.children(ROOT).find(|id| page.name(*id) == "html") {
            let stated = page.attribute(html, "lang").and_then(language);
            self.language = stated.or(self.language.take());
        }
        if self.authors.is_empty() {
            let named = elements().filter(|id| {
                page.attribute(*id, "rel")
                    .is_some_and(|rel| rel == "author")
                    || page.attribute(*id, "itemprop") == Some("author")
            });
            self.authors = authors(
                named
                    .take(MAX_AUTHORS)
                    .map(|id| page.text(id, MAX_BYTES))
                    .collect(),
            );
        }
        if self.authors.is_empty() {
            self.authors = named_by_class(page);
        }
        if self.authors.is_empty() {
            self.authors.extend(named_by_address(page));
        }
        self.date = self.date.or_else(|| published(page));
    }

    /// The words of `<title>`.
    pub fn title_element(page: &Page) -> Option<String> {
        page.below(ROOT)
            .find(|id| page.name(*id) == "title")
            .map(|id| page.text(id, MAX_BYTES))
            .filter(|title| !title.is_empty())
    }
}

/// The names in the first element whose class says that it is a byline; what it holds must read as names.
fn named_by_class(page: &Page) -> Vec<String> {
    page.below(ROOT)
        .filter(|id| page.attribute(*id, "class").is_some())
        .filter(|id| {
            let words = area::class_words(page, *id);
            let says = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
            says(&["author", "byline", "authors"]) && !says(&["comment", "bio", "box", "comments"])
        })
        .take(MAX_AUTHORS)
        .find_map(|id| {
            let text = page.text(id, MAX_BYTES);
            let is_short = text.len() <= 120;
            let names = people::byline(&text).unwrap_or_else(|| people::names(&text));
            let is_full = names
                .iter()
                .all(|name| name.split_whitespace().count() >= 2);
            (is_short && is_full && !names.is_empty()).then_some(names)
        })
        .unwrap_or_default()
}

/// The name on the first link between the headline and the first paragraph after it of some length whose address leads to a member of staff.
fn named_by_address(page: &Page) -> Option<String> {
    const STAFF: [&str; 13] = [
        "author",
        "authors",
        "staff",
        "people",
        "profile",
        "contributor",
        "contributors",
        "reporter",
        "journalist",
        "autor",
        "autoren",
        "auteur",
        "redaktion",
    ];
    /// Bytes of a paragraph that opens the article.
    const OPENING: usize = 120;
    let leads_to_staff = |id: NodeId| {
        let path = page.attribute(id, "href").unwrap_or_default();
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let mut parts = path.trim_end_matches('/').rsplit('/').skip(1);
        parts.next().is_some_and(|part| STAFF.contains(&part))
    };
    page.below(ROOT)
        .skip_while(|id| page.name(*id) != "h1")
        .take_while(|id| page.name(*id) != "p" || page.text(*id, MAX_BYTES).len() < OPENING)
        .filter(|id| page.name(*id) == "a" && leads_to_staff(*id))
        .map(|id| page.text(id, MAX_BYTES))
        .find(|name| name.contains(' ') && people::is_name(name))
}

/// The day in a `<time>` or an element marked `datePublished`; else in the first `<time>` after the headline.
fn published(page: &Page) -> Option<Date> {
    let stated = |id: NodeId| {
        let value = page
            .attribute(id, "datetime")
            .or_else(|| page.attribute(id, "content"));
        value
            .and_then(date)
            .or_else(|| dates::first(&page.text(id, 200))?.resolve(None))
    };
    let is_published = |id: &NodeId| page.attribute(*id, "itemprop") == Some("datePublished");
    let marked = page.below(ROOT).filter(is_published).find_map(stated);
    let after_headline = || {
        page.below(ROOT)
            .skip_while(|id| page.name(*id) != "h1")
            .take(400)
            .filter(|id| page.name(*id) == "time")
            .find_map(stated)
    };
    let in_article = || {
        page.below(ROOT)
            .filter(|id| page.name(*id) == "article")
            .find_map(|article| {
                page.below(article)
                    .take(100)
                    .filter(|id| page.name(*id) == "time")
                    .find_map(stated)
            })
    };
    marked.or_else(after_headline).or_else(in_article)
}

fn base(page: &Page, facts: &Facts) -> Option<Url> {
    let stated = page
        .below(ROOT)
        .find(|id| page.name(*id) == "base")
        .and_then(|id| page.attribute(id, "href"));
    let url = facts.url.as_deref().and_then(|url| Url::parse(url).ok());
    match (url, stated) {
        (Some(url), Some(stated)) => url.join(stated).ok(),
        (None, Some(stated)) => Url::parse(stated).ok(),
        (url, None) => url,
    }
    .filter(|url| matches!(url.scheme(), "http" | "https"))
}

/// The `<meta>` elements: keys in lower case, in the order of the page.
struct Metas(Vec<(String, String)>);

impl Metas {
    fn of(page: &Page) -> Self {
        let metas = page
            .below(ROOT)
            .filter(|id| page.name(*id) == "meta")
            .filter_map(|id| {
                let key = ["property", "name", "itemprop", "http-equiv"]
                    .iter()
                    .find_map(|name| page.attribute(id, name))?;
                let value = tidy(page.attribute(id, "content")?);
                (value.len() <= MAX_BYTES && key.len() <= 100 && !value.is_empty())
                    .then(|| (key.to_lowercase(), value))
            });
        Self(metas.take(500).collect())
    }

    fn all(&self, key: &str) -> Vec<String> {
        let found = self.0.iter().filter(|(known, _)| known == key);
        found.map(|(_, value)| value.clone()).collect()
    }

    /// The first value of the first key that has one.
    fn first(&self, keys: &[&str]) -> Option<String> {
        keys.iter()
            .find_map(|key| self.0.iter().find(|(known, _)| known == key))
            .map(|(_, value)| value.clone())
    }
}

/// All objects of a JSON-LD value, the outer first.
fn collect<'v>(value: &'v Value, objects: &mut Vec<&'v Value>) {
    if objects.len() >= MAX_OBJECTS {
        return;
    }
    match value {
        Value::Object(map) => {
            objects.push(value);
            for inner in map.values() {
                collect(inner, objects);
            }
        }
        Value::Array(values) => {
            for inner in values {
                collect(inner, objects);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Array(values)) => values.iter().filter_map(one).collect(),
        Some(value) => one(value).into_iter().collect(),
        None => Vec::new(),
    }
}

fn one(value: &Value) -> Option<String> {
    let text = tidy(value.as_str()?);
    (!text.is_empty() && text.len() <= MAX_BYTES).then_some(text)
}

fn first(object: &Value, keys: &[&str]) -> Option<String> {
    keys.iter()
        .find_map(|key| texts(object.get(key)).into_iter().next())
}

/// The names in a statement of people or of a publisher: texts, objects with a name, references to such objects.
fn names_of(value: &Value, objects: &[&Value]) -> Vec<String> {
    let values = match value {
        Value::Array(values) => values.as_slice(),
        one => std::slice::from_ref(one),
    };
    let name = |value: &Value| {
        one(value).or_else(|| first(value, &["name"])).or_else(|| {
            let id = value.get("@id")?;
            let named = objects
                .iter()
                .find(|object| object.get("@id") == Some(id) && object.get("name").is_some())?;
            first(named, &["name"])
        })
    };
    authors(values.iter().take(MAX_AUTHORS).filter_map(name).collect())
}

/// Names without "By", addresses and doubles.
fn authors(stated: Vec<String>) -> Vec<String> {
    let mut authors: Vec<String> = Vec::new();
    for stated in stated {
        if is_full(&stated) || stated.starts_with('@') {
            continue;
        }
        let names = people::byline(&stated).unwrap_or_else(|| people::names(&stated));
        let names = if names.is_empty() {
            vec![stated]
        } else {
            names
        };
        for name in names {
            if authors.len() < MAX_AUTHORS && !name.is_empty() && !authors.contains(&name) {
                authors.push(name);
            }
        }
    }
    authors
}

/// White space put together, and the entities that some systems write where no markup is read.
fn tidy(text: &str) -> String {
    let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.contains('&') {
        for (entity, c) in [
            ("&quot;", "\""),
            ("&#34;", "\""),
            ("&#39;", "'"),
            ("&#039;", "'"),
            ("&#x27;", "'"),
            ("&apos;", "'"),
            ("&rsquo;", "’"),
            ("&#8217;", "’"),
            ("&#8216;", "‘"),
            ("&#8220;", "“"),
            ("&#8221;", "”"),
            ("&ldquo;", "“"),
            ("&rdquo;", "”"),
            ("&#8211;", "–"),
            ("&ndash;", "–"),
            ("&mdash;", "—"),
            ("&nbsp;", " "),
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&amp;", "&"),
        ] {
            text = text.replace(entity, c);
        }
    }
    text.retain(|c| !super::inline::is_control(c));
    text
}

fn is_full(url: &str) -> bool {
    let start = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    (start.starts_with("http://") || start.starts_with("https://")) && address::is_address(url)
}

/// A day as machines write it, or as people do.
fn date(text: &str) -> Option<Date> {
    let text = text.trim();
    let iso = text.get(..10).and_then(|day| day.parse().ok());
    let compact = || {
        let digits = text
            .get(..8)
            .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
        let part = |range: std::ops::Range<usize>| digits.get(range)?.parse::<u16>().ok();
        Date::from_ymd(
            part(0..4)?,
            u8::try_from(part(4..6)?).ok()?,
            u8::try_from(part(6..8)?).ok()?,
        )
    };
    let slashed = || text.get(..10)?.replace('/', "-").parse().ok();
    iso.or_else(compact)
        .or_else(slashed)
        .or_else(|| dates::first(text.get(..80).unwrap_or(text))?.resolve(None))
}

fn language(stated: &str) -> Option<String> {
    let code = stated.split(['-', '_']).next()?.trim().to_lowercase();
    (code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::html::parse::parse;

    fn facts(html: &str) -> Facts {
        read(&parse(html).unwrap(), None)
    }

    #[test]
    fn json_ld_in_a_graph_with_references_is_read() {
        let facts = facts(
            r##"<html lang="en-GB"><script type="application/ld+json">{"@graph":[
            {"@type":"WebPage","url":"https://river.example/page"},
            {"@type":"Person","@id":"#ann","name":"Ann Example"},
            {"@type":["NewsArticle"],"headline":"The river &amp; the town","author":[{"@id":"#ann"},{"@type":"Person","name":"Bo Sample"}],
             "datePublished":"2026-01-30T23:30:00-05:00","dateModified":"2026-02-01","publisher":{"name":"River Voices"},
             "mainEntityOfPage":{"@id":"https://river.example/a"}}]}</script>"##,
        );
        assert_eq!(facts.titles, ["The river & the town"]);
        assert_eq!(facts.authors, ["Ann Example", "Bo Sample"]);
        assert_eq!(facts.date.unwrap().to_string(), "2026-01-30");
        assert_eq!(facts.site.as_deref(), Some("River Voices"));
        assert_eq!(facts.url.as_deref(), Some("https://river.example/a"));
        assert_eq!(facts.language.as_deref(), Some("en"));
    }

    #[test]
    fn metas_elements_and_times_are_read() {
        let facts = facts(
            r#"<head><meta property="og:title" content="A"><meta name="Author" content="By Ann Example and Bo Sample"><link rel="canonical" href="https://e.example/x">
            <meta property="og:site_name" content="Example Times"><meta property="article:author" content="https://social.example/ann"></head>
            <h1>A</h1><time datetime="2026-03-04T10:00Z">Wednesday</time>"#,
        );
        assert_eq!(facts.authors, ["Ann Example", "Bo Sample"]);
        assert_eq!(facts.date.unwrap().to_string(), "2026-03-04");
        assert_eq!(facts.base.unwrap().as_str(), "https://e.example/x");
        assert_eq!(facts.site.as_deref(), Some("Example Times"));
    }

    #[test]
    fn broken_or_hostile_json_is_passed_over() {
        let deep = "[".repeat(100_000);
        let text = format!(
            r#"<script type="application/ld+json">{deep}</script><script type="application/ld+json">{{"@type":"Article","headline":"Two
            lines"}}</script><meta name="date" content="20260304">"#
        );
        let facts = facts(&text);
        assert_eq!(facts.titles, ["Two lines"]);
        assert_eq!(facts.date.unwrap().to_string(), "2026-03-04");
    }
}
