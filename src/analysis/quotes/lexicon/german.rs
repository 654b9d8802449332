//! German.

use super::{
    A, ACCORDING, ADVERB, AND, ANSWERS, ASKS, AUXILIARY, BE, CALLED, Class, DETERMINER, Endings,
    FIRST, Grammar, HE, IT, MAN, MAY_REPORT, MISSIS, MISTER, NUMBER, OBJECT, OF, OLD, PARTICLE,
    PERSON, PLURAL, POSSESSIVE, PREPOSITION, RELATIVE, REPORTS, SHE, SO_CALLED, SPEECH,
    SUBORDINATE, THE, THEY, TIME, TITLE, VAGUE, VERB, WOMAN, WORK, WRITING,
};

pub(super) const GRAMMAR: Grammar = Grammar {
    capital_nouns: true,
    no_capitals: false,
    no_spaces: false,
    verb_last: false,
    drops_subject: false,
    elides: false,
    gendered_articles: true,
    reports_inside: false,
    head_first: true,
    has_possessive_s: false,
    endings: Endings {
        woman_names: &[
            "a", "ie", "ine", "ke", "rte", "ate", "ute", "lde", "ette", "run", "trud", "gard",
        ],
        man_names: &[
            "o", "er", "us", "ich", "ert", "ard", "an", "ian", "ens", "as", "ob", "ad", "ang",
            "olf", "ten",
        ],
        woman_nouns: &["in", "frau"],
        man_nouns: &["er", "or", "ist", "ent", "ant", "mann", "eur"],
    },
};

pub(super) const LISTS: &[(Class, &str)] = &[
    (OLD, "alte alten junge jungen kleine kleinen ältere jüngere"),
    (ASKS, "fragt fragte fragten gefragt"),
    (
        ANSWERS,
        "antwortet antwortete antworteten geantwortet entgegnet entgegnete entgegneten erwidert erwiderte erwiderten",
    ),
    (
        REPORTS,
        "sagt sagte sagten sagen gesagt meint meinte meinten gemeint erklärt erklärte erklärten erklären betont betonte betonten \
         fragt fragte fragten gefragt antwortet antwortete antworteten geantwortet entgegnet entgegnete erwidert erwiderte \
         erwiderten berichtet berichtete berichteten erzählt erzählte erzählten schreibt schrieb schrieben geschrieben teilt \
         teilte teilten mitgeteilt ruft rief riefen gerufen flüstert flüsterte murmelt murmelte brummt brummte knurrt knurrte \
         schreit schrie schrien brüllt brüllte krächzt krächzte ergänzt ergänzte ergänzten fügt fügte hinzugefügt bemerkt \
         bemerkte bestätigt bestätigte bestätigten beteuert beteuerte behauptet behauptete behaupteten klagt klagte beklagt \
         beklagte kritisiert kritisierte kritisierten lobt lobte warnt warnte warnten mahnt mahnte fordert forderte forderten \
         verlangt verlangte verspricht versprach versicherte versichert vermutet vermutete verkündet verkündete verkündeten \
         kündigt kündigte gesteht gestand räumt räumte gibt gab gaben widerspricht widersprach wiederholt wiederholte witzelt \
         witzelte scherzt scherzte spottet spottete seufzt seufzte stöhnt stöhnte stammelt stammelte jammert jammerte bittet \
         bat befiehlt befahl empfiehlt empfahl rät riet findet fand fanden glaubt glaubte denkt dachte weiß wusste erinnert \
         erinnerte sinniert sinnierte resümiert resümierte urteilt urteilte formuliert formulierte nennt nannte nannten genannt \
         bezeichnet bezeichnete bezeichneten beschreibt beschrieb beschrieben spricht sprach sprachen lacht lachte lächelt \
         lächelte grinst grinste nickt nickte schimpft schimpfte flucht fluchte lautet lautete zitiert zitierte äußert äußerte \
         kommentiert kommentierte stellt stellte unterstreicht unterstrich weist wies zeigt zeigte attestiert attestierte bescheinigt bescheinigte verteidigt verteidigte schlägt schlug schlugen wirft warf vorgeworfen \
         bemängelt bemängelte moniert monierte hofft hoffte befürchtet befürchtete fürchtet fürchtete schildert schilderte \
         hält hielt freut freute ärgert ärgerte wundert wunderte höhnt höhnte raunt raunte kichert kicherte jubelt jubelte \
         skandiert skandierte skandierten singt sang sangen droht drohte schwärmt schwärmte betet betete argumentiert \
         argumentierte plädiert plädierte",
    ),
    (
        MAY_REPORT,
        "stand standen steht stehen las lesen liest prangte prangt hing",
    ),
    (BE, "wurde wurden wird werden worden"),
    (
        AUXILIARY,
        "hat haben hatte hatten habe ist sind war waren wird werden wurde wurden soll sollen sollte will wollen wollte kann \
         können konnte muss müssen musste darf mag nicht auch dann",
    ),
    (
        VERB,
        "hat hatte ist war wird wurde will wollte kann konnte muss musste kam kommt ging geht stand steht saß sitzt lag liegt \
         nahm nimmt gab gibt legte legt stellte stellt öffnete öffnet schloss blieb bleibt wirft warf hielt hält sah sieht zog \
         zieht trat tritt lief läuft winkt winkte schüttelt schüttelte zuckt zuckte hebt hob macht machte",
    ),
    (HE, "er"),
    (SHE, "sie"),
    (THEY, "beide alle"),
    (FIRST, "ich wir"),
    (IT, "es das dies"),
    (VAGUE, "jemand niemand man keiner einer jeder"),
    (OBJECT, "ihn ihm ihnen mich mir uns sich dich dir euch"),
    (THE, "der die das den dem des"),
    (A, "ein eine einer eines einem einen"),
    (
        POSSESSIVE,
        "mein meine meiner meines meinem meinen sein seine seiner seines seinem seinen ihr ihre ihrer ihres ihrem ihren unser \
         unsere unserer unseren dein deine dessen deren",
    ),
    (
        DETERMINER,
        "dieser diese dieses diesem diesen jener jene jeder jede jedes viele einige mehrere manche alle beide kein keine rund \
         etwa ungefähr knapp",
    ),
    (
        PREPOSITION,
        "statt anstatt samt außer seitens von vom aus in im an am auf bei beim für gegen mit nach ohne seit über um unter vor vorm während wegen zu zum zur \
         zwischen durch bis trotz neben hinter laut gegenüber ins ans aufs",
    ),
    (OF, "von vom aus der des für"),
    (AND, "und oder aber doch sondern denn"),
    (
        SUBORDINATE,
        "dass weil wenn als ob nachdem bevor während obwohl damit wie wo",
    ),
    (RELATIVE, "welcher welche welches wer"),
    (
        ADVERB,
        "darauf darin davor dahinter oben unten drinnen draußen drüben links rechts dann auch noch immer nur schon wieder heute gestern morgen hier dort da jetzt nun eigentlich später zuvor zunächst \
         schließlich leise laut plötzlich nie oft einmal zweimal trotzdem dabei dazu außerdem mit zu hinzu ein an jedoch nicht",
    ),
    (
        TIME,
        "montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz april mai juni juli august september \
         oktober november dezember heute gestern morgen abend nacht jahr woche monat tag tagen sonntags",
    ),
    (
        NUMBER,
        "millionen milliarden million milliarde prozent euro dollar franken zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig \
         neunzig hundert tausend dutzende hunderte tausende rund etwa",
    ),
    (MISTER, "herr herrn"),
    (MISSIS, "frau"),
    (
        TITLE,
        "dr prof professor professorin bürgermeister bürgermeisterin oberbürgermeister oberbürgermeisterin minister ministerin \
         präsident präsidentin kanzler kanzlerin trainer trainerin kapitän bademeister kämmerer kämmerin sprecher sprecherin \
         vorsitzender vorsitzende vorsitzenden pfarrer pfarrerin direktor direktorin leiter leiterin chef chefin anwalt anwältin \
         richter richterin staatsanwalt staatsanwältin kommissar lehrer lehrerin doktor tante onkel schwester bruder vater mutter \
         nachbar nachbarin stadtrat stadträtin meister autor autorin",
    ),
    (
        MAN,
        "mann junge vater sohn bruder onkel großvater opa herr neffe enkel ehemann sprecher lehrer bäcker",
    ),
    (
        WOMAN,
        "frau mädchen mutter tochter schwester tante großmutter oma nichte enkelin ehefrau sprecherin lehrerin dame",
    ),
    (
        PERSON,
        "alte alter alten fremde fremder notar wärter wärterin beamte beamter kollege kollegin freund freundin partner partnerin chef pilot pilotin köchin koch bäckerin imker imkerin bibliothekar bibliothekarin schäfer schäferin mechaniker mechanikerin hebamme pfleger pflegerin krankenschwester kellner kellnerin inspektor inspektorin kommissarin stimme kind nachbar nachbarin besucher besucherin schüler schülerin kunde kundin zeuge zeugin arzt ärztin anwalt \
         anwältin minister ministerin bürgermeister bürgermeisterin trainer trainerin lehrling student studentin leute schüler \
         anwohner eltern fans gäste arbeiter förster försterin schaffner schaffnerin händler händlerin verkäufer verkäuferin bewohner bewohnerin gast reporter reporterin polizist polizistin bauer bäuerin wirt wirtin fahrer fahrerin pfarrer chef chefin \
         direktor direktorin leiter leiterin autor autorin vorsitzende vorsitzender forscher forscherin experte expertin",
    ),
    (
        PLURAL,
        "männer frauen kinder leute eltern besucher schüler anwohner fans gäste arbeiter studenten nachbarn",
    ),
    (
        WRITING,
        "brief briefe tagebuch notiz zettel karte postkarte mail e-mail nachricht erklärung mitteilung bericht buch rede",
    ),
    (
        WORK,
        "roman buch gedicht gedichtband band film lied stück theaterstück album artikel aufsatz essay bericht zeitschrift zeitung \
         gemälde bild oper serie sendung erzählung geschichte ausstellung krimi erzählband bildband hörspiel komödie titel",
    ),
    (CALLED, "heißt hieß heißen hießen namens titel betitelt"),
    (
        SO_CALLED,
        "sogenannte sogenannten sogenannter sogenanntes sogenanntem angebliche angeblichen angebliches wort begriff",
    ),
    (
        SPEECH,
        "meinung ansicht worten auffassung antwort kommentar worte frage urteil motto",
    ),
    (ACCORDING, "laut zufolge gemäß"),
    (PARTICLE, "von van zu der den de"),
];
