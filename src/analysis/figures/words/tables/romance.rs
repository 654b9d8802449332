//! The tables of French and Spanish.
//!
//! Invariant: as in [`super`].

use super::super::{
    ADJECTIVE, ADVERB, ARTICLE, AUXILIARY, CONJUNCTION, CURRENCY, DETERMINER, FATE, FEW, HALF,
    MEASURE_UNIT, MONTH, NUMBERED, OF, PART, PEOPLE, PERCENT, PREPOSITION, PRONOUN, SAYING, SCALE,
    SMALL, TALLY, TIME_UNIT, VAGUE, VERB, WEEKDAY,
};
use super::Table;

/// French.
pub const FRENCH: &Table = &Table {
    words: &[
        (ARTICLE, "un une"),
        (
            DETERMINER,
            "le la les l ce cet cette ces son sa ses leur leurs notre nos votre vos mon ma mes chaque aucun aucune",
        ),
        (OF | PREPOSITION, "de des du d"),
        (
            PREPOSITION,
            "à au aux en dans sur sous par pour avec sans entre vers chez depuis pendant avant après contre selon dont jusqu'à jusqu'",
        ),
        (
            CONJUNCTION,
            "et ou mais donc car ni que qu qui où quand lorsque si comme dont",
        ),
        (
            PRONOUN,
            "il elle ils elles on nous vous je tu se s y en lui eux personne",
        ),
        (
            AUXILIARY,
            "est sont était étaient a ont ai avons avez avait avaient sera seront serait seraient été être avoir fut furent peut peuvent doit doivent aurait auraient",
        ),
        (
            VERB,
            "fait font atteint passe passent reste restent coûte vivent vit dure compte comptent touche perd perdent",
        ),
        (
            ADVERB,
            "ne n pas plus moins environ près presque encore déjà aussi très seulement toujours hier aujourd'hui demain ainsi alors",
        ),
        (
            MONTH,
            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        ),
        (
            WEEKDAY,
            "lundi mardi mercredi jeudi vendredi samedi dimanche",
        ),
        (PERCENT, "pourcent"),
        (
            NUMBERED,
            "article chapitre page section salle numéro n° résolution chaîne annexe vol autoroute paragraphe tome volume phase ligne figure tableau route",
        ),
        (
            SAYING,
            "dit déclaré annoncé affirmé indiqué estime estimé estiment précisé rapporté ajouté assuré expliqué selon dénombre recense recensé évoque évoquent évalue évaluent évaluait chiffre chiffrent chiffrait compte comptait comptent dénombrait recensait parle parlent parlait estimait estimaient avance avancent confirmé confirme signalé signale reconnu évalué",
        ),
        (
            PEOPLE,
            "personnes hommes femmes enfants habitants civils soldats victimes gens manifestants",
        ),
        (
            FATE,
            "tués tué mort morts décès décédés décédées blessés blessé blessées arrêtés arrêtées arrestations disparus disparues déplacés déplacées infectés évacués évacuées tuées mortes",
        ),
        (TALLY, "bilan nombre chiffre total"),
        (
            ADJECTIVE,
            "petit petite petits petites grand grande grands grandes gros grosse grosses jeune jeunes vieux vieille vieilles nouveau nouveaux nouvelle nouvelles bon bons bonne bonnes beau beaux belle belles mauvais mauvaise mauvaises autre autres premier premiers première premières dernier derniers dernière dernières prochain prochains seul seuls seule seules simple simples haut hauts long longs longue longues principal principaux principales différents différentes divers diverses",
        ),
        (HALF, "demi demie"),
        (FEW, "quelques plusieurs"),
    ],
    values: &[
        (
            SMALL,
            &[
                ("zéro", 0.0, 0.0),
                ("deux", 2.0, 0.0),
                ("trois", 3.0, 0.0),
                ("quatre", 4.0, 0.0),
                ("cinq", 5.0, 0.0),
                ("six", 6.0, 0.0),
                ("sept", 7.0, 0.0),
                ("huit", 8.0, 0.0),
                ("neuf", 9.0, 0.0),
                ("dix", 10.0, 0.0),
                ("onze", 11.0, 0.0),
                ("douze", 12.0, 0.0),
                ("treize", 13.0, 0.0),
                ("quatorze", 14.0, 0.0),
                ("quinze", 15.0, 0.0),
                ("seize", 16.0, 0.0),
                ("vingt vingts", 20.0, 0.0),
                ("trente", 30.0, 0.0),
                ("quarante", 40.0, 0.0),
                ("cinquante", 50.0, 0.0),
                ("soixante", 60.0, 0.0),
                ("septante", 70.0, 0.0),
                ("huitante octante", 80.0, 0.0),
                ("nonante", 90.0, 0.0),
            ],
        ),
        (
            SCALE,
            &[
                ("cent cents", 100.0, 0.0),
                ("mille", 1e3, 0.0),
                ("million", 1e6, 0.0),
                ("milliard", 1e9, 0.0),
                ("dizaine", 10.0, 0.0),
                ("douzaine", 12.0, 0.0),
                ("quinzaine", 15.0, 0.0),
                ("vingtaine", 20.0, 0.0),
                ("trentaine", 30.0, 0.0),
                ("quarantaine", 40.0, 0.0),
                ("cinquantaine", 50.0, 0.0),
                ("soixantaine", 60.0, 0.0),
                ("centaine", 100.0, 0.0),
                ("millier", 1e3, 0.0),
            ],
        ),
        (
            SCALE | VAGUE,
            &[
                ("millions", 1e6, 9_999_999.0),
                ("milliards", 1e9, 9_999_999_999.0),
            ],
        ),
        (
            VAGUE,
            &[
                ("dizaines", 20.0, 99.0),
                ("douzaines", 24.0, 99.0),
                ("centaines", 200.0, 999.0),
                ("milliers", 2000.0, 9999.0),
            ],
        ),
        (
            PART,
            &[
                ("moitié", 2.0, 0.0),
                ("tiers", 3.0, 0.0),
                ("quart quarts", 4.0, 0.0),
                ("cinquième cinquièmes", 5.0, 0.0),
                ("dixième dixièmes", 10.0, 0.0),
            ],
        ),
    ],
    units: &[
        (
            CURRENCY,
            &[
                ("dollar dollars", "USD", 1.0),
                ("livre livres", "GBP", 1.0),
                ("centime centimes", "EUR", 0.01),
                ("franc francs", "francs", 1.0),
                ("rouble roubles", "RUB", 1.0),
            ],
        ),
        (
            TIME_UNIT,
            &[
                ("seconde secondes", "seconds", 1.0),
                ("minute minutes", "minutes", 1.0),
                ("heure heures", "hours", 1.0),
                ("jour jours", "days", 1.0),
                ("nuit nuits", "nights", 1.0),
                ("semaine semaines", "weeks", 1.0),
                ("mois", "months", 1.0),
                ("an ans année années", "years", 1.0),
                ("décennie décennies", "decades", 1.0),
            ],
        ),
        (
            MEASURE_UNIT,
            &[
                ("kilomètre kilomètres", "km", 1.0),
                ("mètre mètres", "m", 1.0),
                ("centimètre centimètres", "cm", 1.0),
                ("hectare hectares", "hectares", 1.0),
                ("tonne tonnes", "tonnes", 1.0),
                ("kilo kilos kilogramme kilogrammes", "kg", 1.0),
                ("litre litres", "litres", 1.0),
                ("degré degrés", "degrees", 1.0),
                ("mégawatt mégawatts", "MW", 1.0),
            ],
        ),
    ],
};

/// Spanish.
pub const SPANISH: &Table = &Table {
    words: &[
        (ARTICLE, "un una"),
        (
            DETERMINER,
            "el la los las este esta estos estas ese esa esos esas su sus nuestro nuestra cada ningún ninguna lo",
        ),
        (OF | PREPOSITION, "de del"),
        (
            PREPOSITION,
            "a al en con sin por para sobre entre hacia desde hasta durante contra según tras ante bajo",
        ),
        (
            CONJUNCTION,
            "y e o u pero sino porque que cuando donde si como aunque quien quienes cuyo",
        ),
        (
            PRONOUN,
            "él ella ellos ellas se nos le les yo tú nadie alguien",
        ),
        (
            AUXILIARY,
            "es son era eran fue fueron ha han había habían será serán sería está están estaba estaban sido ser puede pueden debe deben hay hubo",
        ),
        (
            VERB,
            "murieron murió subió bajó cayó cayeron costó cuesta vive viven alcanzó llegó llegaron perdió perdieron ganó dejó dejaron sufrieron quedaron suma supera",
        ),
        (
            ADVERB,
            "no más menos unos unas casi cerca alrededor aproximadamente ya también muy sólo solo hoy ayer mañana todavía aún",
        ),
        (
            MONTH,
            "enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre",
        ),
        (
            WEEKDAY,
            "lunes martes miércoles jueves viernes sábado domingo",
        ),
        (PERCENT, "porciento"),
        (
            NUMBERED,
            "artículo capítulo página sección sala número núm resolución canal anexo vuelo ruta párrafo tomo volumen fase línea tabla",
        ),
        (
            SAYING,
            "dijo dijeron afirmó afirmaron anunció anunciaron informó informaron señaló aseguró declaró estima estimó según cifró indicó añadió dice dicen informa informan calcula calculan calculó asegura aseguran confirmó registró contabilizó contabiliza reconoció denunció habla hablan habló hablaron sitúa situó estiman estimaron cifra cifran",
        ),
        (
            PEOPLE,
            "personas hombres mujeres niños habitantes civiles soldados víctimas manifestantes vecinos",
        ),
        (
            FATE,
            "muertos muertas muerto fallecidos fallecidas heridos heridas herido detenidos detenidas desaparecidos desaparecidas desplazados arrestados infectados evacuados murieron",
        ),
        (TALLY, "balance cifra total número"),
        (
            ADJECTIVE,
            "grande grandes gran pequeño pequeños pequeña pequeñas nuevo nuevos nueva nuevas joven jóvenes viejo viejos vieja viejas buen buenos buena buenas mal malos malas otro otros otra otras primer primeros primera primeras último últimos última últimas próximos próximas único únicos simple simples antiguo antiguos antigua antiguas principales distintos distintas diversos diversas presunto presuntos presunta presuntas",
        ),
        (HALF, "medio media"),
        (FEW, "varios varias algunos algunas"),
    ],
    values: &[
        (
            SMALL,
            &[
                ("cero", 0.0, 0.0),
                ("dos", 2.0, 0.0),
                ("tres", 3.0, 0.0),
                ("cuatro", 4.0, 0.0),
                ("cinco", 5.0, 0.0),
                ("seis", 6.0, 0.0),
                ("siete", 7.0, 0.0),
                ("ocho", 8.0, 0.0),
                ("nueve", 9.0, 0.0),
                ("diez", 10.0, 0.0),
                ("once", 11.0, 0.0),
                ("doce", 12.0, 0.0),
                ("trece", 13.0, 0.0),
                ("catorce", 14.0, 0.0),
                ("quince", 15.0, 0.0),
                ("dieciséis", 16.0, 0.0),
                ("diecisiete", 17.0, 0.0),
                ("dieciocho", 18.0, 0.0),
                ("diecinueve", 19.0, 0.0),
                ("veinte", 20.0, 0.0),
                ("veintiuno veintiún veintiuna", 21.0, 0.0),
                ("veintidós", 22.0, 0.0),
                ("veintitrés", 23.0, 0.0),
                ("veinticuatro", 24.0, 0.0),
                ("veinticinco", 25.0, 0.0),
                ("veintiséis", 26.0, 0.0),
                ("veintisiete", 27.0, 0.0),
                ("veintiocho", 28.0, 0.0),
                ("veintinueve", 29.0, 0.0),
                ("treinta", 30.0, 0.0),
                ("cuarenta", 40.0, 0.0),
                ("cincuenta", 50.0, 0.0),
                ("sesenta", 60.0, 0.0),
                ("setenta", 70.0, 0.0),
                ("ochenta", 80.0, 0.0),
                ("noventa", 90.0, 0.0),
            ],
        ),
        (
            SMALL | SCALE,
            &[
                ("doscientos doscientas", 200.0, 0.0),
                ("trescientos trescientas", 300.0, 0.0),
                ("cuatrocientos cuatrocientas", 400.0, 0.0),
                ("quinientos quinientas", 500.0, 0.0),
                ("seiscientos seiscientas", 600.0, 0.0),
                ("setecientos setecientas", 700.0, 0.0),
                ("ochocientos ochocientas", 800.0, 0.0),
                ("novecientos novecientas", 900.0, 0.0),
            ],
        ),
        (
            SCALE,
            &[
                ("cien ciento", 100.0, 0.0),
                ("mil", 1e3, 0.0),
                ("millón", 1e6, 0.0),
                ("decena", 10.0, 0.0),
                ("docena", 12.0, 0.0),
                ("veintena", 20.0, 0.0),
                ("centenar", 100.0, 0.0),
                ("millar", 1e3, 0.0),
            ],
        ),
        (SCALE | VAGUE, &[("millones", 1e6, 9_999_999.0)]),
        (
            VAGUE,
            &[
                ("decenas", 20.0, 99.0),
                ("docenas", 24.0, 99.0),
                ("centenares cientos", 200.0, 999.0),
                ("miles millares", 2000.0, 9999.0),
            ],
        ),
        (
            PART,
            &[
                ("mitad", 2.0, 0.0),
                ("tercio tercios", 3.0, 0.0),
                ("cuarto cuartos", 4.0, 0.0),
                ("quinto quintos", 5.0, 0.0),
            ],
        ),
    ],
    units: &[
        (
            CURRENCY,
            &[
                ("dólar dólares", "USD", 1.0),
                ("libra libras", "GBP", 1.0),
                ("peso pesos", "pesos", 1.0),
                ("céntimo céntimos", "EUR", 0.01),
            ],
        ),
        (
            TIME_UNIT,
            &[
                ("segundo segundos", "seconds", 1.0),
                ("minuto minutos", "minutes", 1.0),
                ("hora horas", "hours", 1.0),
                ("día días", "days", 1.0),
                ("noche noches", "nights", 1.0),
                ("semana semanas", "weeks", 1.0),
                ("mes meses", "months", 1.0),
                ("año años", "years", 1.0),
                ("década décadas", "decades", 1.0),
            ],
        ),
        (
            MEASURE_UNIT,
            &[
                ("kilómetro kilómetros", "km", 1.0),
                ("metro metros", "m", 1.0),
                ("hectárea hectáreas", "hectares", 1.0),
                ("tonelada toneladas", "tonnes", 1.0),
                ("kilo kilos kilogramos", "kg", 1.0),
                ("litro litros", "litres", 1.0),
                ("grado grados", "degrees", 1.0),
            ],
        ),
    ],
};
