//! The tables of German.
//!
//! Invariant: as in [`super`].

use super::super::{
    ADVERB, ARTICLE, AUXILIARY, CONJUNCTION, CURRENCY, DETERMINER, FATE, FEW, HALF, MEASURE_UNIT,
    MONTH, NUMBERED, OF, PART, PEOPLE, PERCENT, PREPOSITION, PRONOUN, SAYING, SCALE, SMALL, TALLY,
    TIME_UNIT, VAGUE, VERB, WEEKDAY,
};
use super::Table;

/// German.
pub const GERMAN: &Table = &Table {
    words: &[
        (ARTICLE, "ein eine einen einem einer eines"),
        (
            DETERMINER,
            "der die das den dem des dieser diese dieses diesem diesen jeder jede jedes alle beide beiden ihr ihre ihren ihrem ihres sein seine seinen seinem seines unser unsere keine kein",
        ),
        (
            PREPOSITION,
            "in im an am auf aus bei beim mit nach seit von vom zu zum zur für gegen ohne um unter über vor hinter neben zwischen durch bis während wegen trotz als wie ab pro je",
        ),
        (OF, "von der des"),
        (
            CONJUNCTION,
            "und oder aber denn sondern weil dass obwohl wenn während wo wie ob die welche welcher",
        ),
        (
            PRONOUN,
            "er sie es wir ihr ich du man davon daran sich ihn ihnen ihm niemand jemand davon darunter",
        ),
        (
            AUXILIARY,
            "ist sind war waren sei seien wird werden wurde wurden worden hat haben hatte hatten sein gewesen kann können konnte konnten muss müssen musste mussten soll sollen sollte sollten will wollen wollte darf dürfen",
        ),
        (
            VERB,
            "stieg stiegen fiel fielen sank sanken liegt lag lagen trug trugen kamen kam stehen steht stand standen starb starben entspricht entsprach erlitten erlitt nannte nannten bezifferte bezifferten beträgt betrug kostet kostete blieb blieben verloren verlor gewann gewannen ging gingen leben lebt lebten gab gibt geben fanden fand versorgt bewässert verglichen dauert dauern flohen floh nahm nahmen erhielt erhielten zählt zählte zählten umfasst erreichte erreicht sprach brachte",
        ),
        (
            ADVERB,
            "nicht nur noch schon auch etwa rund knapp fast ungefähr mehr weniger heute gestern damals dann später früher wieder ganz sehr bereits insgesamt zuletzt stets",
        ),
        (
            MONTH,
            "januar jänner februar märz april mai juni juli august september oktober november dezember",
        ),
        (
            WEEKDAY,
            "montag dienstag mittwoch donnerstag freitag samstag sonntag",
        ),
        (PERCENT, "prozent"),
        (
            NUMBERED,
            "artikel kapitel seite saal raum nummer nr paragraf paragraph abschnitt resolution kanal gleis band teil heft folge flug linie satelliten satellit phase stufe klasse zimmer tabelle abbildung absatz autobahn bundesstraße woche",
        ),
        (
            SAYING,
            "sagte sagt sagten berichtet berichtete berichteten erklärte erklärten meldete meldeten teilte schätzt schätzte schätzten nannte nannten bezifferte bezifferten sprach sprachen gab zufolge laut behauptete warnte betonte sagen spricht sprechen zählte zählt zählten zählen meldet melden schätzen beziffert beziffern rechnet rechnen rechnete nennt nennen bestätigte bestätigt bestätigten teilten teilt erfasste registrierte registrierten",
        ),
        (
            PEOPLE,
            "menschen personen männer frauen kinder einwohner bewohner soldaten zivilisten besucher opfer",
        ),
        (
            FATE,
            "tote toten getötet getöteten verletzt verletzte verletzten gestorben starben vermisst vermisste festgenommen verhaftet verschwunden gerettet evakuiert todesopfer infiziert vertrieben obdachlos",
        ),
        (TALLY, "zahl anzahl summe opferzahl"),
        (HALF, "halb halbe halben"),
        (FEW, "einige mehrere ein_paar"),
    ],
    values: &[
        (
            SMALL,
            &[
                ("null", 0.0, 0.0),
                ("eins", 1.0, 0.0),
                ("zwei zwo", 2.0, 0.0),
                ("drei", 3.0, 0.0),
                ("vier", 4.0, 0.0),
                ("fünf", 5.0, 0.0),
                ("sechs", 6.0, 0.0),
                ("sieben", 7.0, 0.0),
                ("acht", 8.0, 0.0),
                ("neun", 9.0, 0.0),
                ("zehn", 10.0, 0.0),
                ("elf", 11.0, 0.0),
                ("zwölf", 12.0, 0.0),
                ("dreizehn", 13.0, 0.0),
                ("vierzehn", 14.0, 0.0),
                ("fünfzehn", 15.0, 0.0),
                ("sechzehn", 16.0, 0.0),
                ("siebzehn", 17.0, 0.0),
                ("achtzehn", 18.0, 0.0),
                ("neunzehn", 19.0, 0.0),
                ("zwanzig", 20.0, 0.0),
                ("dreißig dreissig", 30.0, 0.0),
                ("vierzig", 40.0, 0.0),
                ("fünfzig", 50.0, 0.0),
                ("sechzig", 60.0, 0.0),
                ("siebzig", 70.0, 0.0),
                ("achtzig", 80.0, 0.0),
                ("neunzig", 90.0, 0.0),
            ],
        ),
        (
            SCALE,
            &[
                ("hundert", 100.0, 0.0),
                ("tausend", 1e3, 0.0),
                ("million mio", 1e6, 0.0),
                ("milliarde mrd", 1e9, 0.0),
                ("billion", 1e12, 0.0),
                ("dutzend", 12.0, 0.0),
            ],
        ),
        (
            SCALE | VAGUE,
            &[
                ("millionen", 1e6, 9_999_999.0),
                ("milliarden", 1e9, 9_999_999_999.0),
                ("billionen", 1e12, 9_999_999_999_999.0),
            ],
        ),
        (
            VAGUE,
            &[
                ("dutzende dutzenden", 24.0, 99.0),
                ("hunderte hunderten", 200.0, 999.0),
                ("tausende tausenden", 2000.0, 9999.0),
                ("zehntausende zehntausenden", 20000.0, 99999.0),
                ("hunderttausende hunderttausenden", 200_000.0, 999_999.0),
            ],
        ),
        (
            PART,
            &[
                ("hälfte", 2.0, 0.0),
                ("drittel", 3.0, 0.0),
                ("viertel", 4.0, 0.0),
                ("fünftel", 5.0, 0.0),
                ("sechstel", 6.0, 0.0),
                ("siebtel", 7.0, 0.0),
                ("achtel", 8.0, 0.0),
                ("neuntel", 9.0, 0.0),
                ("zehntel", 10.0, 0.0),
            ],
        ),
    ],
    units: &[
        (
            CURRENCY,
            &[
                ("dollar", "USD", 1.0),
                ("pfund", "GBP", 1.0),
                ("cent", "EUR", 0.01),
                ("franken", "CHF", 1.0),
                ("rubel", "RUB", 1.0),
                ("kronen", "kroner", 1.0),
            ],
        ),
        (
            TIME_UNIT,
            &[
                ("sekunde sekunden", "seconds", 1.0),
                ("minute minuten", "minutes", 1.0),
                ("stunde stunden", "hours", 1.0),
                ("tag tage tagen", "days", 1.0),
                ("nacht nächte nächten", "nights", 1.0),
                ("woche wochen", "weeks", 1.0),
                ("monat monate monaten", "months", 1.0),
                ("jahr jahre jahren", "years", 1.0),
                ("jahrzehnt jahrzehnte jahrzehnten", "decades", 1.0),
            ],
        ),
        (
            MEASURE_UNIT,
            &[
                ("kilometer kilometern", "km", 1.0),
                ("meter metern", "m", 1.0),
                ("zentimeter zentimetern", "cm", 1.0),
                ("millimeter millimetern", "mm", 1.0),
                ("hektar", "hectares", 1.0),
                ("tonne tonnen", "tonnes", 1.0),
                ("kilogramm kilo", "kg", 1.0),
                ("gramm", "g", 1.0),
                ("liter litern", "litres", 1.0),
                ("grad", "degrees", 1.0),
                ("quadratkilometer quadratkilometern", "square km", 1.0),
                ("quadratmeter quadratmetern", "square m", 1.0),
                ("kubikkilometer kubikkilometern", "cubic km", 1.0),
                ("kubikmeter kubikmetern", "cubic m", 1.0),
                ("megawatt", "MW", 1.0),
                ("gigawatt", "GW", 1.0),
            ],
        ),
    ],
};
