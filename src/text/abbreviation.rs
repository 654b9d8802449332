//! Whether a full stop ends an abbreviation rather than a sentence.
//!
//! Invariant: looks at the word before the stop, the one before that, and the word after, no further. The lists
//! are of common printed abbreviations in English, German, French, Spanish, Italian, Portuguese, Dutch and
//! Russian; none of them is also a common word of these languages. The rule for acronyms (a stop ends a sentence
//! before a word that mostly opens sentences) follows Kiss and Strunk, "Unsupervised Multilingual Sentence
//! Boundary Detection" (2006), with a fixed list of openers.

/// What stands after the stop and its space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Following<'t> {
    /// Digits.
    Number,
    /// A single letter with a stop: another initial.
    Initial,
    /// A word, with its capital.
    Word(&'t str),
    /// Quotation marks, brackets, dashes.
    Punctuation,
}

/// The last word of `before` (its full stop already taken off) is an abbreviation, and the sentence goes on.
pub fn ends_with_one(before: &str, following: Following<'_>) -> bool {
    let mut words = tail(before).rsplit(|c: char| c.is_whitespace() || "([{«“„‘\"'—–".contains(c));
    let last = words.next().unwrap_or_default();
    let earlier = words.next().unwrap_or_default();
    let folded = last.to_lowercase();
    let folded = folded.as_str();
    if last.is_empty() {
        return false;
    }
    if listed(ALWAYS, folded) {
        return true;
    }
    // "Hauptstr. 12" is of one piece.
    let is_before_number = listed(BEFORE_NUMBERS, folded) || folded.ends_with("str");
    if is_before_number && following == Following::Number {
        return true;
    }
    if last.chars().all(|c| c.is_ascii_digit()) && last.len() <= 2 {
        // German writes the ordinal with a stop and the month with a capital.
        return matches!(following, Following::Word(word) if listed(GERMAN_MONTHS, word));
    }
    let may_go_on = match following {
        Following::Number | Following::Initial => true,
        Following::Word(word) => !listed(OPENERS, &word.to_lowercase()),
        Following::Punctuation => false,
    };
    if is_initial(last) {
        // "So did I." ends a sentence, "Philip I. Smith" does not.
        let is_pronoun = last == "I" && !earlier.starts_with(char::is_uppercase);
        return may_go_on && !is_pronoun && following != Following::Number;
    }
    (is_acronym(last) || listed(BEFORE_NAMES, folded)) && may_go_on
}

/// Enough of the end to hold two words: a text without spaces must not be read again for each of its stops.
fn tail(before: &str) -> &str {
    let from = super::char_boundary_at_or_before(before, before.len().saturating_sub(80));
    before.get(from..).unwrap_or_default()
}

/// One letter, small ones too: `z. B.`
fn is_initial(word: &str) -> bool {
    // A hyphen joins two: "J.-P. Sartre".
    word.rsplit('-').next().is_some_and(|last| {
        let mut chars = last.chars();
        chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
    })
}

/// Letters with stops between them: `U.S`, `a.m`, `Ph.D`.
fn is_acronym(word: &str) -> bool {
    word.contains('.')
        && word.split(['.', '-']).all(|part| {
            part.chars().all(char::is_alphabetic) && (1..=2).contains(&part.chars().count())
        })
}

fn listed(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|listed| listed == word)
}

/// What follows belongs to them whatever it is. A line a language: English, German, French, Spanish and
/// Portuguese, Italian and Dutch, Russian.
const ALWAYS: &str = "
    mr mrs ms messrs dr drs prof gen col lt sgt cpl capt cmdr maj brig adm gov sen sens rep reps rev hon pres amb supt insp
    st mt ft vs v cf viz e.g i.e
    z.b d.h u.a s.o s.u bzw vgl sog evtl ggf dipl hrsg geb gest
    mme mlle p.ex apr env
    sr sra srta sres dra ud uds ej p.ej exmo exma
    sig sigg dott avv dhr mevr mw bijv o.a
    т.е т.к т.н им ул проф акад ген гр тов напр см ср
";

/// A number belongs to them.
const BEFORE_NUMBERS: &str = "
    avg incl excl inkl exkl zzgl insg aprox mio mrd str tsd aufl lit
    no nos nº n p pp pg vol vols ch chap sec secs art arts fig figs par para ed eds op ca c approx est min max tel ext res
    nr bd abs abb tab s ss núm num pág págs стр рис гл ст п
    jan feb mar apr jun jul aug sep sept oct nov dec tue tues thu thur thurs fri
    jän okt dez janv févr avr juil déc ene abr dic giu lug ott
    янв февр апр авг сент окт нояб дек
";

/// They stand in or after names; a sentence may end with them.
const BEFORE_NAMES: &str = "inc ltd co corp bros jr llc plc dept univ assn ave blvd rd al ee";

const GERMAN_MONTHS: &str = "
    Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember
    Jahrhundert Jahrhunderts Jahrhunderte
";

/// Words that open sentences far more often than they continue one with a capital. A paragraph a language: English;
/// German; French, Spanish, Portuguese and Italian; Dutch; Russian.
const OPENERS: &str = "
    a about according after all also although among an and another any as at because before between both but by despite
    during each earlier even every few finally for from he her here his how however i if in instead it its last later like
    many meanwhile more moreover most much my neither no nobody none nor not nothing now of on once one only or other
    others our over perhaps several she since so some such than that the their then there these they this those though
    through thus to today two under unlike until we were what when where whether which while who whoever why with within
    without yes yet you your

    aber als am auch auf aus bei bis da das dem den der des die dies diese dieser doch ein eine einen einer er es für ich
    ihr ihre im ist man mit nach nicht nun nur ob oder ohne sein seine seit sie sind und unter vor war wenn wer wie wir zu
    zum zur

    au aux avec ce ces cette dans depuis des du elle elles en et il ils je l la le les mais nous on ou par pour quand si son
    sur un une vous aunque como con cuando de después el él ella ellos entre esta este esto hay las lo los no para pero por
    porque que se según sin su sus una y ya ao às com ela ele eles em mas na não nos o os uma che ci dal dopo e gli ma nel
    nella non per questa questo secondo sono

    het hij maar met naar niet ook van voor was wij ze zij zijn

    а в во все для его если за и из их к как когда мы на не но о об он она они от по после при с так там у что это этот я
";
