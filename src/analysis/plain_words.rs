//! Words that are no topic by themselves in any text: who said it, when, how many, and the most general nouns.
//!
//! Closed or nearly closed classes, by language; nothing here is about an event. Stop words proper come from
//! [`crate::text::stem`].

use foldhash::HashSet;

/// How little a word says by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plainness {
    /// It is too plain to begin or end a topic ([`is_plain`]).
    Plain,
    /// It is too general to be one alone ([`is_general`]).
    General,
    /// It says what a text is about.
    Telling,
}

/// The words of a language by how little they say, for those who ask about every word of a text.
pub struct PlainWords {
    plain: HashSet<&'static str>,
    general: HashSet<&'static str>,
}

impl PlainWords {
    /// Those of a language (ISO 639-1); none where it has no lists.
    pub fn of(language: &str) -> Self {
        let set = |list: &'static str| list.split_ascii_whitespace().collect();
        Self {
            plain: set(plain_list(language)),
            general: set(general_list(language)),
        }
    }

    /// How little a word says (in lower case, not stemmed).
    pub fn plainness(&self, word: &str) -> Plainness {
        if self.plain.contains(word) {
            Plainness::Plain
        } else if self.general.contains(word) {
            Plainness::General
        } else {
            Plainness::Telling
        }
    }
}

/// Whether a word (in lower case, not stemmed) is too plain to begin or end a topic, in a language (ISO 639-1).
pub fn is_plain(word: &str, language: &str) -> bool {
    holds(plain_list(language), word)
}

/// Whether a word is too general to be a topic alone, though it may be part of one ("state", "state television").
pub fn is_general(word: &str, language: &str) -> bool {
    holds(general_list(language), word)
}

fn plain_list(language: &str) -> &'static str {
    match language {
        "en" => ENGLISH,
        "de" => GERMAN,
        "fr" => FRENCH,
        "es" => SPANISH,
        _ => "",
    }
}

fn general_list(language: &str) -> &'static str {
    match language {
        "en" => ENGLISH_ALONE,
        "de" => GERMAN_ALONE,
        "fr" => FRENCH_ALONE,
        _ => "",
    }
}

fn holds(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|listed| listed == word)
}

/// Words after which a noun is expected, for telling nouns from verbs in a language without capitalised nouns.
pub fn precedes_noun(word: &str, language: &str) -> bool {
    let list = match language {
        "en" => {
            "the a an this that these those his her its their our my your no of in on for with by from at under over \
             against between into about without through during after before some any every each such more most"
        }
        "fr" => {
            "le la les l un une des du de ce cette ces son sa ses leur leurs notre votre en dans sur sous par pour sans"
        }
        "es" => {
            "el la los las un una unos unas del al de este esta estos estas su sus en con por para sin sobre entre"
        }
        _ => "",
    };
    holds(list, word)
}

/// Words after which a verb is expected: its subject, or what helps it.
pub fn precedes_verb(word: &str, language: &str) -> bool {
    let list = match language {
        "en" => {
            "to i you he she it we they who will would can could must should shall may might cannot not never do does did \
             don't doesn't didn't won't can't couldn't wouldn't let"
        }
        "fr" => {
            "je tu il elle on nous vous ils elles qui ne pour peut peuvent doit doivent va vont"
        }
        "es" => "yo tú él ella nosotros ustedes ellos ellas que no puede pueden debe deben va van",
        _ => "",
    };
    holds(list, word)
}

/// Words that begin a noun's group, and so follow a verb and not a noun.
pub fn opens_noun_group(word: &str, language: &str) -> bool {
    let list = match language {
        "en" => "the a an this these those his her its their our my your them him us me",
        "fr" => "le la les un une ce cette ces son sa ses leur leurs notre votre",
        "es" => "el los las un una unos unas este esta estos estas su sus",
        _ => "",
    };
    holds(list, word)
}

/// Words in small letters that join the parts of a name ("Ministry of the Interior"); "and" joins names as well.
pub fn joins_names(word: &str, language: &str) -> bool {
    let list = match language {
        "en" => "of for the",
        "fr" => "de du des la le les d",
        "es" => "de del la las los el",
        "it" => "di del della dei delle",
        "pt" => "de do da dos das",
        "nl" => "van de der den",
        _ => "",
    };
    holds(list, word)
}

/// Words that follow the noun of a sentence and hardly anything else.
pub fn follows_noun(word: &str, language: &str) -> bool {
    let list = match language {
        "en" => "is was are were has had have will would",
        "fr" => "est était sont étaient a avait ont avaient",
        "es" => "es era son eran fue fueron ha había han",
        _ => "",
    };
    holds(list, word)
}

/// Whether [`precedes_noun`] knows the language.
pub fn can_tell_nouns(language: &str) -> bool {
    matches!(language, "en" | "fr" | "es")
}

const ENGLISH: &str = "\
    say says said saying tell tells told telling speak speaks spoke spoken talk talks talked ask asks asked asking answer \
    answers answered reply replied reported reporting reportedly announced announces claims claimed stated states noted \
    notes add added adds according quoted commented write writes wrote written describe described describes call calls \
    called calling named argue argued argues warn warned warns believe believes believed think thinks thought know knows \
    known mention mentioned explain explained confirm confirmed deny denied insist insisted spokesman spokeswoman \
    spokesperson article photo image video caption editor author \
    january february march april may june july august september october november december jan feb mar apr jun jul aug \
    sept sep oct nov dec monday tuesday wednesday thursday friday saturday sunday \
    day days week weeks weekend month months year years decade decades century hour hours minute minutes second seconds \
    today yesterday tomorrow morning afternoon evening night noon midnight moment date early late later earlier ago past \
    recent recently last next former current currently \
    one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty ninety \
    hundred hundreds thousand thousands million millions billion billions dozen dozens half third quarter percent per \
    first several many few least most more less \
    make makes made making take takes took taken taking get gets got give gives gave given go goes went gone going come \
    comes came coming see sees saw seen look looks looked find finds found use uses used using wants wanted need needs \
    needed keep keeps kept let put set shows showed shown become becomes became begin began begun seem seems seemed leave \
    leaves left bring brings brought hold holds held happen happened happens remain remains remained try tried turn \
    turned run running move moved lived stand stood follow followed following include included including continue \
    continued continues expect expected led helped met like likely put read \
    would could must might shall cannot unless until upon within without across along among amid toward towards throughout \
    despite beyond beside besides behind behalf whether though although unlike via versus therefore however thus hence otherwise \
    perhaps maybe rather quite simply really truly clearly certainly especially particularly directly finally fully merely \
    instead indeed moreover furthermore nevertheless nonetheless meanwhile forward ahead apart aside elsewhere everywhere \
    anywhere somewhere nowhere tonight nowadays soon else enough much whose whom every each either neither \
    even still also yet already never always often ever far near away back around together again almost nearly able \
    metre metres meter meters kilometre kilometres kilometer kilometers mile miles tonne tonnes ton tons litre litres kilo kilos \
    dollar dollars euro euros pound pounds cent cents mr mrs ms dr sir www http https com org html click share copyright";

const ENGLISH_ALONE: &str = "\
    report reports announcement claim state statement statements note comment comments quote interview source sources \
    story news press name question questions time times period start end beginning number numbers amount total single \
    people person persons man men woman women someone anyone everyone nobody thing things way ways part parts place \
    places case cases point points fact facts kind kinds sort lot lots example side sides hand hands level group groups \
    member members result results reason reasons problem problems issue issues situation course order line lines area \
    areas world country countries city cities town towns home house life work works worked want show lead help meet live \
    present future daily weekly annual new old good bad big small large great little long short high low own other \
    another same different full whole public local major main important possible clear open close real true right wrong \
    certain sure scale role process form forms term terms support act action actions power front north south east west northern southern eastern western reading use \
    means manner matter matters aspect aspects factor factors condition conditions basis base effort efforts attempt attempts \
    step steps chance chances idea ideas view views opinion opinions belief doubt doubts hope hopes sense feeling feelings \
    mind mood interest interests purpose goal goals aim aims plan plans choice choices decision decisions change changes \
    effect effects impact role roles response reaction reactions cause causes consequence consequences relation relations \
    connection context background history nature character quality type types style range degree extent length size \
    rate value amount amounts series set list figure figures detail details element elements piece pieces bit half rest \
    majority minority average maximum minimum total whole top bottom middle front back inside outside left right edge corner \
    street streets road roads ground area region regions district districts place site sites spot scene room floor door building \
    friend friends family families father mother brother sister son daughter child children boy girl neighbour neighbor \
    neighbours neighbors head face eyes eye voice voices heart body arm arms foot feet lives death age birth \
    name names word words letter language text book page pages picture pictures images piece title \
    office officer officers official officials authority expert experts leader leaders leadership chief director manager \
    colleague colleagues supporter supporters opponent opponents critic critics population society community public \
    senior junior young older elder younger dear fellow former previous next later early similar various numerous entire \
    general common special particular specific special basic simple normal ordinary usual natural human personal private \
    social political economic legal official national international regional foreign domestic global internal external \
    military civil diplomatic financial strong weak hard easy heavy light deep wide broad narrow fast slow quick sudden \
    serious severe critical central key top final total complete absolute direct indirect obvious evident apparent \
    ready able willing likely unlikely possible impossible necessary essential free safe secure dangerous difficult \
    happy sad angry afraid dead alive better best worse worst bigger biggest larger largest higher highest lower lowest \
    greater greatest longer longest nearby available present absent modern ancient original actual effective success \
    failure loss gain rise fall growth increase decrease decline shift move moves movement step track trip visit meeting \
    talk favor favour others other mean capable incapable legitimate similarly proclaimed \
    subject subjects nation nations policy policies program programs programme programmes measure measures structure structures \
    responsibility responsibilities opportunity opportunities resource resources organization organizations organisation \
    organisations struggle struggles ability abilities strength spirit progress challenge challenges commitment \
    commitments difference differences citizen citizens section sections version versions process processes approach approaches \
    activity activities development developments improvement improvements achievement achievements importance presence \
    talks discussion debate argument arguments message messages call calls speech answer warning need needs lack";

const GERMAN: &str = "\
    sagen sagt sagte gesagt sprechen spricht sprach gesprochen erklären erklärt erklärte berichten berichtet berichtete \
    teilte mitgeteilt mitteilung angaben angabe laut zufolge sprecher sprecherin artikel foto bild video autor betonen \
    betonte fragen fragt fragte antworten antwortete meinen meinte nennen nannte genannt behaupten behauptete warnen \
    warnte ankündigen kündigte forderte fordert schreiben schrieb \
    januar februar märz april mai juni juli august september oktober november dezember montag dienstag mittwoch \
    donnerstag freitag samstag sonntag tag tage tagen woche wochen wochenende monat monate monaten jahr jahre jahren \
    jahrzehnt jahrhundert stunde stunden minute minuten uhr heute gestern morgen abend nacht vormittag nachmittag mittag \
    moment zeitpunkt eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig vierzig fünfzig \
    sekunde sekunden meter metern kilometer kilometern tonne tonnen liter euro \
    hundert hunderte tausend tausende million millionen milliarde milliarden dutzend hälfte drittel viertel prozent \
    machen macht gemacht geben gibt gab gegeben gehen geht ging kommen kommt kam sehen sieht sah gesehen stehen steht \
    stand liegen liegt lag bleiben bleibt blieb lassen ließ nehmen nimmt nahm finden fand gefunden bringen brachte halten \
    hielt gehalten zeigen zeigte rund etwa knapp ersten erste erster zweite zweiten letzten nächsten vergangenen weitere \
    weiteren weiter";

const GERMAN_ALONE: &str = "\
    bericht interview quelle quellen meldung frage fragen zeit zeiten anfang ende beginn zukunft vergangenheit zahl zahlen \
    anzahl mensch menschen person personen mann männer frau frauen leute ding dinge teil teile art weise fall fälle punkt \
    grund gründe problem probleme seite seiten hand stelle ort orte bereich gruppe gruppen mitglied mitglieder ergebnis \
    mittel mitteln umstand umstände bedingung bedingungen möglichkeit möglichkeiten versuch versuche schritt schritte \
    idee meinung ansicht gefühl sinn ziel ziele zweck plan pläne wahl entscheidung änderung wirkung folge folgen ursache \
    reaktion rolle beziehung hintergrund geschichte art arten form formen reihe menge größe höhe länge wert stück rest \
    mehrheit minderheit straße straßen weg wege boden gegend gebiet region raum haus häuser gebäude freund freunde \
    familie familien vater mutter bruder schwester sohn tochter kind kinder junge mädchen nachbar nachbarn kopf gesicht \
    auge augen stimme stimmen herz körper arm fuß tod alter name namen wort worte wörter brief sprache text buch titel \
    leiter chef leitung experte experten anhänger gegner kritiker bevölkerung gesellschaft gemeinschaft öffentlichkeit \
    bedarf mangel erfolg verlust anstieg rückgang wachstum besuch treffen gespräch gespräche diskussion debatte \
    beispiel land länder stadt städte welt haus leben lage situation rahmen \
    neu neue neuen neuer neues alt alte groß große großen klein kleine gut gute eigene eigenen";

const FRENCH: &str = "\
    dire dit dits disait déclaré déclare déclarer affirmé affirme expliqué explique annoncé annonce rapporté selon indiqué \
    précisé ajouté ajoute porte-parole communiqué entretien article source sources photo image vidéo auteur \
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi \
    vendredi samedi dimanche jour jours semaine semaines mois an ans année années heure heures minute minutes \
    aujourd'hui hier demain matin soir nuit temps moment fois fin début deux trois quatre cinq six sept huit neuf dix \
    cent cents mille million millions milliard milliards moitié nombre personne personnes gens homme hommes femme femmes \
    chose choses partie part lieu cas point fait exemple côté groupe membre membres pays ville monde vie situation \
    faire fait font aller va vont venir voir mettre mis prendre pris donner rester nouveau nouvelle nouveaux grand \
    grande petit petite premier première dernier dernière";

const FRENCH_ALONE: &str = "\
    moyen moyens manière façon condition conditions raison raisons cause causes effet effets but buts idée idées avis \
    opinion sens choix décision changement réaction rôle relation contexte histoire nature type types forme formes série \
    ensemble reste majorité minorité rue rues route chemin sol région zone endroit place maison maisons bâtiment ami amis \
    famille familles père mère frère sœur fils fille enfant enfants voisin voisins tête visage yeux voix cœur corps mort \
    âge nom noms mot mots lettre langue texte livre titre chef direction expert experts partisan partisans opposant \
    population société communauté public besoin manque succès échec perte hausse baisse visite réunion discussion débat \
    question questions problème problèmes résultat résultats jeune jeunes vieux ancien anciens général national \
    international politique social économique important possible réponse état";

const SPANISH: &str = "\
    decir dijo dice dicho dijeron declaró afirmó explicó anunció informó según señaló agregó añadió portavoz comunicado \
    entrevista artículo fuente fuentes foto imagen vídeo video autor enero febrero marzo abril mayo junio julio agosto \
    septiembre octubre noviembre diciembre lunes martes miércoles jueves viernes sábado domingo día días semana semanas \
    mes meses año años hora horas minuto minutos hoy ayer mañana tarde noche tiempo momento vez veces fin dos tres cuatro \
    cinco seis siete ocho nueve diez cien ciento mil millón millones mitad número persona personas gente hombre hombres \
    mujer mujeres cosa cosas parte lugar caso punto hecho ejemplo lado grupo miembro miembros país países ciudad mundo \
    vida situación hacer hizo hecho ir va venir ver poner tomar dar quedar nuevo nueva nuevos grande pequeño primer \
    primera último última";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reporting_verbs_and_months_are_plain_and_events_are_not() {
        assert!(is_plain("said", "en") && is_plain("november", "en") && is_plain("sagte", "de"));
        assert!(is_general("state", "en") && !is_plain("state", "en"));
        assert!(
            !is_plain("flood", "en") && !is_plain("hochwasser", "de") && !is_plain("said", "fa")
        );
    }
}
