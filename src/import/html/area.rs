//! Parts of a page that are not its article, by element, role and class.
//!
//! Invariant: a part is told by what the page itself calls it, in the words that content systems use; never by a site's own names.

use super::tree::{NodeId, Page};

/// A part of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Area {
    /// Not shown.
    Hidden,
    /// Menus, breadcrumbs, page numbers.
    Navigation,
    /// The head of the page.
    Head,
    /// The foot of the page.
    Foot,
    /// What stands beside the article.
    Aside,
    /// What readers wrote.
    Comments,
    /// Notices about cookies and consent.
    Cookies,
    /// Other articles.
    Related,
    /// Buttons for passing it on.
    Share,
    /// Advertising.
    Advert,
    /// Newsletters, subscriptions, paywalls.
    Letter,
    /// Forms and buttons.
    Button,
    /// About the author, below the article.
    Author,
}

impl Area {
    /// Why its text is in no passage.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Hidden => "not shown on the page",
            Self::Navigation => "navigation of the page",
            Self::Head => "the head of the page",
            Self::Foot => "the foot of the page",
            Self::Aside => "stands beside the article",
            Self::Comments => "comments of readers",
            Self::Cookies => "a cookie or login notice",
            Self::Related => "links to other articles",
            Self::Share => "a share or print button",
            Self::Advert => "advertising",
            Self::Letter => "an invitation to subscribe",
            Self::Button => "a button or a form",
            Self::Author => "about the author",
        }
    }
}

/// Words of classes and ids, each between spaces.
const WORDS: &[(Area, &str)] = &[
    (
        Area::Comments,
        " comments comment commentlist disqus replies reply respond commentary-thread kommentare commentaires comentarios ",
    ),
    (
        Area::Cookies,
        " cookie cookies consent gdpr cmp onetrust cookiebar cookiebanner login-modal ",
    ),
    (
        Area::Share,
        " share sharing sharedaddy social socials addthis sharebar toolbar print-button ",
    ),
    (
        Area::Related,
        " related recommended recommendation recommendations recirc readnext readmore morestories mostread mostpopular trending popular outbrain taboola teasers crosslinks suggested upnext ",
    ),
    (
        Area::Advert,
        " ad ads advert advertisement advertising adslot sponsored sponsor promo promotion banner-ad ",
    ),
    (
        Area::Letter,
        " newsletter subscribe subscription signup paywall regwall meter piano donate donation membership ",
    ),
    (
        Area::Navigation,
        " nav navbar navigation menu submenu breadcrumb breadcrumbs pagination pager skiplink skip toc-nav ",
    ),
    (Area::Aside, " sidebar rail widget widgets aside "),
    (Area::Foot, " footer colophon copyright imprint "),
    (Area::Author, " authorbio authorbox bio "),
];

/// Words side by side that are one in the list above.
const PAIRS: &[(&str, Area)] = &[
    ("read next", Area::Related),
    ("read more", Area::Related),
    ("read also", Area::Related),
    ("more stories", Area::Related),
    ("more on", Area::Related),
    ("most read", Area::Related),
    ("see also", Area::Related),
    ("up next", Area::Related),
    ("also like", Area::Related),
    ("author bio", Area::Author),
    ("author box", Area::Author),
    ("about author", Area::Author),
    ("author info", Area::Author),
];

/// The part that an element opens; `None` where it opens none.
pub(super) fn of(page: &Page, id: NodeId) -> Option<Area> {
    by_element(page, id).or_else(|| by_class(page, id))
}

fn by_element(page: &Page, id: NodeId) -> Option<Area> {
    if is_hidden(page, id) {
        return Some(Area::Hidden);
    }
    let role = page.attribute(id, "role").unwrap_or_default();
    match role {
        "navigation" | "menu" | "menubar" | "search" | "tablist" => return Some(Area::Navigation),
        "contentinfo" => return Some(Area::Foot),
        "banner" => return Some(Area::Head),
        "dialog" | "alertdialog" => return Some(Area::Cookies),
        "complementary" => return Some(Area::Aside),
        _ => {}
    }
    let is_in_article = || {
        page.around(id)
            .any(|around| matches!(page.name(around), "article" | "main" | "section"))
    };
    match page.name(id) {
        "nav" => Some(Area::Navigation),
        "footer" if !is_in_article() => Some(Area::Foot),
        "header" if !is_in_article() && !holds_title(page, id) => Some(Area::Head),
        "aside" => Some(Area::Aside),
        "button" | "select" | "textarea" | "input" | "option" | "datalist" | "label" | "dialog" => {
            Some(Area::Button)
        }
        "noscript" => Some(Area::Hidden),
        _ => None,
    }
}

fn holds_title(page: &Page, id: NodeId) -> bool {
    page.below(id).any(|below| page.name(below) == "h1")
}

fn is_hidden(page: &Page, id: NodeId) -> bool {
    if page
        .stated(id, "hidden")
        .is_some_and(|value| value != "until-found")
    {
        return true;
    }
    let Some(style) = page.attribute(id, "style") else {
        return false;
    };
    let style: String = style
        .chars()
        .take(1000)
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect();
    style.contains("display:none") || style.contains("visibility:hidden")
}

/// Elements by whose class nothing is told: it speaks of the page as a whole.
fn is_whole(page: &Page, id: NodeId) -> bool {
    matches!(page.name(id), "html" | "body" | "main")
        || matches!(page.attribute(id, "itemprop"), Some("articleBody"))
        || page.attribute(id, "role") == Some("main")
}

fn by_class(page: &Page, id: NodeId) -> Option<Area> {
    if is_whole(page, id) {
        return None;
    }
    let words = class_words(page, id);
    if words.iter().any(|word| word == "editsection") {
        return Some(Area::Button);
    }
    if words.is_empty() || is_inline(page.name(id)) {
        return None;
    }
    let pair = words.windows(2).find_map(|pair| {
        let pair = format!("{} {}", pair[0], pair[1]);
        PAIRS
            .iter()
            .find(|(known, _)| *known == pair)
            .map(|(_, area)| *area)
    });
    let single = || {
        WORDS.iter().find_map(|(area, known)| {
            words
                .iter()
                .any(|word| known.contains(&format!(" {word} ")))
                .then_some(*area)
        })
    };
    let area = pair.or_else(single)?;
    // "has-comments", "no-sidebar", "with-related" tell of something elsewhere.
    let tells_of_else = ["has", "no", "with", "without", "open", "enabled", "count"];
    let is_elsewhere = words
        .iter()
        .any(|word| tells_of_else.contains(&word.as_str()));
    let is_article = page.name(id) == "article" && area != Area::Comments;
    (!is_elsewhere && !is_article && !holds_title(page, id)).then_some(area)
}

fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "span" | "b" | "strong" | "i" | "em" | "time" | "h1" | "img"
    )
}

/// The words of an element's class and id, in lower case: `articleComments js-list` is `article comments js list`.
pub(super) fn class_words(page: &Page, id: NodeId) -> Vec<String> {
    let mut words = Vec::new();
    for value in [page.attribute(id, "id"), page.attribute(id, "class")]
        .into_iter()
        .flatten()
    {
        let mut word = String::new();
        let mut was_small = false;
        for c in value.chars().take(300) {
            let is_cut = !c.is_alphanumeric() || (c.is_uppercase() && was_small);
            if is_cut && !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            if c.is_alphanumeric() {
                word.extend(c.to_lowercase());
            }
            was_small = c.is_lowercase();
        }
        if !word.is_empty() {
            words.push(word);
        }
    }
    words
}
