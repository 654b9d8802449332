//! Lines that belong to the page, not to the article: buttons, invitations, labels of advertising, links to other articles.
//!
//! Invariant: only a whole block is ever taken for one, and each has its reason. What could also be a word of the article
//! ("Discussion", "Share") counts only at the edges of the text, beside other such lines, or when it comes back.

use super::lines::first_bytes;
use std::collections::HashMap;
use std::sync::OnceLock;

/// How sure it is that a block is none of the article's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Wherever it stands.
    Sure(&'static str),
    /// Only at the edges, beside other such lines, or when it comes back.
    Maybe(&'static str),
}

/// Longest block looked at, in bytes.
const MAX_BYTES: usize = 300;
/// Longest block that can be doubtful, in bytes.
pub(super) const MAX_DOUBTFUL: usize = 60;
/// Longest block compared as a whole; of a longer one only the start is looked at.
const MAX_WHOLE: usize = 100;

const SHARE: &str = "a share or print button";
const ADVERT: &str = "a label of advertising";
const BUTTON: &str = "a button of a post";
const COMMENTS: &str = "remains of the comment section";
const LETTER: &str = "an invitation to subscribe";
const LOGIN: &str = "a cookie or login notice";
const LINK: &str = "a link to another article";
const PLAYER: &str = "a label of a player or a reading time";
const NAVIGATION: &str = "navigation of the page";
const END: &str = "a mark of the end";

/// Whole blocks, folded (see [`fold`]), separated by `|`.
const SURE: &[(&str, &str)] = &[
    (
        SHARE,
        "share this article|share this story|share this post|share this page|share article|share full article|share on facebook|\
         share on twitter|share on x|share on linkedin|share on whatsapp|share on telegram|share on reddit|share via email|\
         share by email|email this article|print this article|print this page|copy link|copy url|link copied|copied|tweet this|\
         gift this article|save article|save for later|bookmark this article|artikel teilen|auf facebook teilen|artikel drucken|\
         partager cet article|partager sur facebook|compartir este artículo|compartir en facebook|condividi questo articolo|\
         condividi su facebook|اشتراک گذاری|اشتراک‌گذاری|به اشتراک بگذارید|شارك المقال|شارك هذا المقال|поделиться|deel dit artikel",
    ),
    (
        ADVERT,
        "advertisement|advertising|sponsored content|sponsored|anzeige|werbung|publicité|publicidad|pubblicità|реклама|تبلیغات|إعلان|\
         story continues below advertisement|story continues below|article continues below|article continues below advertisement|\
         article continues after advertisement|continue reading below|scroll to continue|skip advertisement|advertisement - scroll to continue|\
         nach der anzeige weiterlesen|la suite après cette publicité|advertentie|report this ad|remove ads",
    ),
    (
        COMMENTS,
        "no comments yet|no comments|no comments yet. be the first to comment|be the first to comment|leave a comment|post a comment|\
         add a comment|write a comment|view comments|show comments|hide comments|view all comments|load more comments|comments are closed|\
         comments are disabled|join the conversation|join the discussion|log in to comment|sign in to comment|log in to leave a comment|\
         leave a reply|cancel reply|your email address will not be published|noch keine kommentare|kommentar schreiben|kommentare anzeigen|\
         laisser un commentaire|aucun commentaire|deja un comentario|sin comentarios|lascia un commento|nessun commento|оставить комментарий|\
         نظر بدهید|ارسال نظر|هنوز نظری ثبت نشده است|اترك تعليقا|لا توجد تعليقات|geef een reactie",
    ),
    (
        LOGIN,
        "log in|login|sign in|log out|create account|create an account|already a subscriber? log in|already a member? log in|accept all cookies|\
         accept cookies|accept all|manage cookies|cookie settings|privacy settings|anmelden|einloggen|registrieren|cookies akzeptieren|\
         alle akzeptieren|se connecter|accepter les cookies|tout accepter|iniciar sesión|aceptar cookies|accetta i cookie|accedi",
    ),
    (
        LINK,
        "read more|continue reading|show more|load more|keep reading|see more|read full story|read the full story|weiterlesen|mehr lesen|\
         lire la suite|en savoir plus|leer más|seguir leyendo|continua a leggere|leggi tutto|читать далее|ادامه مطلب|بیشتر بخوانید|\
         اقرأ المزيد|lees verder|more stories|more from this author",
    ),
    (
        LETTER,
        "subscribe now|subscribe today|subscribe to our newsletter|subscribe for free|sign up for our newsletter|sign up now|\
         get the newsletter|join our newsletter|become a member|become a subscriber|newsletter abonnieren|jetzt abonnieren|\
         s'abonner|abonnez-vous|suscríbete|suscríbase|iscriviti alla newsletter|abonneer je|donate now|support us",
    ),
    (
        PLAYER,
        "listen to this article|listen to this story|listen to article|play audio|play video|watch video|watch live|pause|audio player|\
         artikel anhören|diesen artikel anhören|écouter cet article|écouter l'article|escuchar este artículo|escuchar artículo|\
         ascolta l'articolo|your browser does not support the audio element|your browser does not support html5 video|\
         toggle caption|hide caption|open image in gallery|view image in fullscreen|enlarge this image|enlarge image|expand image",
    ),
    (
        NAVIGATION,
        "skip to content|skip to main content|jump to navigation|back to top|back to home|nach oben|zum inhalt springen|\
         aller au contenu|ir al contenido|toggle navigation|open menu|close menu|main menu",
    ),
];

/// Words that may be the article's own.
const MAYBE: &[(&str, &str)] = &[
    (
        SHARE,
        "share|print|email|e-mail|save|tweet|facebook|twitter|whatsapp|linkedin|telegram|reddit|x|instagram|youtube|tiktok|pinterest|bluesky|threads|\
         pin|like|likes|follow|follow us|bookmark|teilen|drucken|merken|partager|imprimer|compartir|imprimir|condividi|stampa|شارك|paylaş|gift|copy",
    ),
    (
        COMMENTS,
        "discussion|comments|comment|kommentare|kommentar|commentaires|comentarios|commenti|комментарии|نظرات|دیدگاه‌ها|تعليقات|diskussion|reacties",
    ),
    (
        BUTTON,
        "reply|quote|report|edited|edit|upvote|downvote|votes|antworten|zitieren|melden|responder|citer|répondre|rispondi|پاسخ|رد",
    ),
    (
        LETTER,
        "subscribe|newsletter|abonnieren|donate|support|membership",
    ),
    (LOGIN, "register|sign up|my account|account"),
    (
        LINK,
        "related|related articles|related stories|related posts|related content|recommended|recommended for you|most read|most popular|trending|\
         more on this story|you may also like|you might also like|editor's picks|latest|latest news|more news|mehr zum thema|auch interessant|\
         à lire aussi|sur le même sujet|también te puede interesar|leggi anche|مطالب مرتبط|مواضيع ذات صلة|read next|up next|what to read next",
    ),
    (
        NAVIGATION,
        "menu|search|home|close|next|previous|top|contents|suche|startseite|recherche|accueil|buscar|inicio|cerca|next article|previous article|\
         next post|previous post|older posts|newer posts|tags|topics|categories|category|filed under|details|about us|contact|contact us|\
         privacy policy|terms of use|terms of service|cookie policy|impressum|datenschutz",
    ),
    (END, "end|ends|ende|fin|fine|30|the end"),
];

/// Starts of blocks, folded.
const PREFIXES: &[(&str, &str)] = &[
    (
        LINK,
        "read more:|read also:|also read:|see also:|related:|related article:|related story:|more on this:|more from |lesen sie auch:|lesen sie mehr:|\
         mehr dazu:|mehr zum thema:|lire aussi|à lire aussi|lea también|leer también|te puede interesar:|leggi anche:|читайте также|\
         بیشتر بخوانید:|اقرأ أيضا:|اقرأ أيضًا:|lees ook:|don't miss:|read next:|recommended:|watch:|listen:|in pictures:",
    ),
    (
        LETTER,
        "sign up for |sign up to |sign up here |subscribe to |subscribe for |get our free |get the latest |newsletter: |join our newsletter|\
         abonnieren sie |melden sie sich für |inscrivez-vous à |abonnez-vous |suscríbete a |iscriviti a |follow us on |follow our |\
         download our app|get our app|support our journalism|support independent journalism|folgen sie uns ",
    ),
    (
        LOGIN,
        "we use cookies|this site uses cookies|this website uses cookies|by continuing to use this site|wir verwenden cookies|diese website verwendet cookies|nous utilisons des cookies|utilizamos cookies|usiamo i cookie|please log in|please enable javascript|you need to enable javascript|you must be logged in|log in to |sign in to ",
    ),
    (
        PLAYER,
        "listen to this article|listen to this story|reading time:|estimated reading time|lesezeit:|temps de lecture|tiempo de lectura|tempo di lettura|زمان مطالعه|this audio is |audio by ",
    ),
    (
        SHARE,
        "share this:|share:|click to share|click to email|click to print|teilen:",
    ),
    (
        COMMENTS,
        "be the first to comment|your email address will not be published",
    ),
];

/// What a block of the page's own is, if it is one.
pub(super) fn verdict(text: &str, folded: &mut String) -> Option<Verdict> {
    if text.len() > MAX_BYTES {
        return None;
    }
    if is_article_link(text) {
        return Some(Verdict::Sure(LINK));
    }
    if text.len() <= MAX_WHOLE {
        let counted = fold(text, folded);
        if let Some(verdict) = tables().whole.get(folded.as_str()) {
            return Some(match *verdict {
                // "12 comments", "Like (3)": a word with a count is no heading.
                Verdict::Maybe(reason)
                    if counted
                        && folded.len() > 2
                        && matches!(reason, COMMENTS | SHARE | BUTTON) =>
                {
                    Verdict::Sure(reason)
                }
                other => other,
            });
        }
        if is_reading_time(folded) {
            return Some(Verdict::Sure(PLAYER));
        }
    } else {
        fold(first_bytes(text, MAX_WHOLE), folded);
    }
    let prefixes = tables().prefixes.get(&folded.chars().next()?)?;
    prefixes
        .iter()
        .find(|(phrase, _)| folded.starts_with(phrase))
        // A sentence of the article may open with such words; an invitation has no end or is short.
        .filter(|(_, reason)| text.len() <= 160 || *reason == LOGIN)
        .map(|(_, reason)| Verdict::Sure(reason))
}

/// The phrases, ready to be looked up.
struct Tables {
    whole: HashMap<&'static str, Verdict>,
    /// By first letter: phrase and reason.
    prefixes: HashMap<char, Vec<(&'static str, &'static str)>>,
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let phrases = |table: &'static [(&'static str, &'static str)]| {
            table.iter().flat_map(|(reason, phrases)| {
                phrases.split('|').map(move |phrase| (phrase, *reason))
            })
        };
        let maybe = phrases(MAYBE).map(|(phrase, reason)| (phrase, Verdict::Maybe(reason)));
        let sure = phrases(SURE).map(|(phrase, reason)| (phrase, Verdict::Sure(reason)));
        let mut prefixes: HashMap<char, Vec<_>> = HashMap::new();
        for (phrase, reason) in phrases(PREFIXES) {
            let first = phrase.chars().next().unwrap_or_default();
            prefixes.entry(first).or_default().push((phrase, reason));
        }
        Tables {
            whole: maybe.chain(sure).collect(),
            prefixes,
        }
    })
}

/// Whether a doubtful word comes back with each post or picture, so that its coming back gives it away.
pub(super) fn recurs(reason: &str) -> bool {
    matches!(reason, SHARE | BUTTON | LOGIN | LETTER)
}

/// Whether a block is a heading over links to other articles.
pub(super) fn heads_links(text: &str, folded: &mut String) -> bool {
    matches!(verdict(text, folded), Some(Verdict::Maybe(LINK)))
}

/// Lower case, white space and quotation marks made plain, marks at the ends and counts dropped. True where there was a count.
fn fold(text: &str, folded: &mut String) -> bool {
    folded.clear();
    let text =
        text.trim_matches(|c: char| !c.is_alphanumeric() && c != ')' && c != '(' && c != ':');
    let counted_start = text.trim_start_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, ',' | '.' | ' ' | '(' | ')')
    });
    let counted = counted_start
        .trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | ' ' | '(' | ')'));
    let core = if counted.is_empty() { text } else { counted };
    let core = core.trim_start_matches(|c: char| !c.is_alphanumeric());
    let mut gap = false;
    for c in core.chars() {
        if c.is_ascii_alphanumeric() && !gap {
            folded.push(c.to_ascii_lowercase());
            continue;
        }
        if c.is_whitespace() {
            gap = !folded.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            folded.push(' ');
        }
        match c {
            '’' | '‘' => folded.push('\''),
            _ => folded.extend(c.to_lowercase()),
        }
    }
    while folded.ends_with(|c: char| !c.is_alphanumeric() && c != ':') {
        folded.pop();
    }
    !counted.is_empty() && counted.len() < text.len() && text.contains(|c: char| c.is_ascii_digit())
}

/// "5 min read", "4 minutes de lecture": counts are folded away at the start, so that only the rest is looked at.
fn is_reading_time(folded: &str) -> bool {
    let Some(rest) = folded.strip_prefix("min") else {
        return false;
    };
    let rest = rest.trim_start_matches(|c: char| c.is_alphabetic() || c == '.');
    let rest = rest.trim_matches([' ', '-']);
    matches!(
        rest,
        "read"
            | "reading time"
            | "lesezeit"
            | "de lecture"
            | "de lectura"
            | "di lettura"
            | "leestijd"
            | "listen"
    ) || (rest.is_empty() && folded.starts_with("minutes read"))
}

/// `[Name: Title]` on a line of its own: how some sites copy a link to another article. A remark of an editor (`[Applause]`)
/// has no colon.
fn is_article_link(text: &str) -> bool {
    let Some(inner) = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
    else {
        return false;
    };
    !inner.contains(['[', ']'])
        && inner.split_once(": ").is_some_and(|(before, after)| {
            let first_is_large = before.chars().next().is_some_and(|c| !c.is_lowercase());
            before.split_whitespace().count() <= 5
                && first_is_large
                && after.split_whitespace().count() >= 2
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Option<Verdict> {
        verdict(text, &mut String::new())
    }

    #[test]
    fn buttons_and_invitations_are_known() {
        for text in [
            "Advertisement",
            "ADVERTISEMENT",
            "Share this article",
            "No comments yet. Be the first to comment!",
            "5 min read",
            "4-minute read",
            "Lesezeit: 4 Minuten",
            "Read more: The dam that nobody checked",
            "[Ann Example: What the river took]",
            "12 Comments",
            "Comments (12)",
            "Sign up for our weekly newsletter",
            "We use cookies to improve your visit.",
            "Anzeige",
            "لا توجد تعليقات",
        ] {
            assert!(
                matches!(check(text), Some(Verdict::Sure(_))),
                "{text}: {:?}",
                check(text)
            );
        }
        assert!(matches!(check("Discussion"), Some(Verdict::Maybe(_))));
        assert!(matches!(check("Share"), Some(Verdict::Maybe(_))));
    }

    #[test]
    fn the_articles_own_lines_are_left_alone() {
        for text in [
            "Share prices fell on Monday.",
            "The advertisement was false.",
            "[Applause]",
            "[The minister left the room: nobody followed.] He returned.",
            "Minutes later the dam broke.",
            "Read more books, said the minister.",
            "2026",
            "…",
        ] {
            assert_eq!(check(text), None, "{text}");
        }
    }
}
