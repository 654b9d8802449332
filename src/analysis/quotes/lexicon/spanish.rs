//! Spanish.

use super::{
    A, ACCORDING, ADVERB, AND, ANSWERS, ASKS, AUXILIARY, BE, CALLED, Class, DETERMINER, Endings,
    FIRST, Grammar, HE, IT, MAN, MAY_REPORT, MISSIS, MISTER, NUMBER, OBJECT, OF, OLD, PARTICLE,
    PERSON, PLURAL, POSSESSIVE, PREPOSITION, RELATIVE, REPORTS, SHE, SO_CALLED, SPEECH,
    SUBORDINATE, THE, THEY, TIME, TITLE, VAGUE, VERB, WOMAN, WORK, WRITING,
};

pub(super) const GRAMMAR: Grammar = Grammar {
    capital_nouns: false,
    no_capitals: false,
    no_spaces: false,
    verb_last: false,
    drops_subject: true,
    elides: false,
    gendered_articles: true,
    reports_inside: true,
    head_first: true,
    has_possessive_s: false,
    endings: Endings {
        woman_names: &["a", "men", "sabel", "quel", "riz", "ción", "lores", "cedes"],
        man_names: &["o", "ón", "án", "ín", "és", "el", "or", "er"],
        woman_nouns: &[
            "ora", "era", "ada", "triz", "aria", "ica", "ista", "ante", "ente",
        ],
        man_nouns: &[
            "or", "ero", "trado", "ogado", "usado", "ico", "ista", "ante", "ente",
        ],
    },
};

pub(super) const LISTS: &[(Class, &str)] = &[
    (OLD, "viejo vieja joven anciano anciana pequeño pequeña"),
    (ASKS, "pregunta preguntan preguntó preguntaron preguntaba"),
    (
        ANSWERS,
        "responde respondió respondieron respondía contesta contestó contestaron replica replicó",
    ),
    (
        REPORTS,
        "enumera enumeró enumeraba habló hablaba aludió digo razona razonó razonaba rezongó musitó balbuceó gruñó farfulló dice dicen dijo dijeron decía decían dicho diciendo afirma afirman afirmó afirmaron afirmaba afirmado declara declaran \
         declaró declararon declarado explica explican explicó explicaron explicaba explicado cuenta cuentan contó contaron \
         contaba contado señala señalan señaló señalaron señalado asegura aseguran aseguró aseguraron aseguraba asegurado añade \
         añaden añadió añadieron añadía agrega agregan agregó agregaron indica indicó indicaron apunta apuntan apuntó apuntaron \
         comenta comentan comentó comentaron comentaba responde responden respondió respondieron respondía contesta contestan \
         contestó contestaron pregunta preguntan preguntó preguntaron preguntaba replica replicó repitió repite repetía grita \
         gritan gritó gritaron gritaba gritaban gritando susurra susurró murmura murmuró suspira suspiró exclama exclamó insiste \
         insisten insistió insistieron reconoce reconocen reconoció reconocieron admite admiten admitió admitieron confiesa \
         confesó confesaba confirma confirmó confirmaron advierte advirtió advirtieron avisa avisó promete prometió recuerda \
         recuerdan recordó recordaron recordaba lamenta lamentó lamentaron critica criticó criticaron denuncia denunció \
         denunciaron subraya subrayó destaca destacó destacaron precisa precisó sostiene sostuvo sostienen opina opinó opinan \
         cree creía piensa pensó pensaba considera consideró escribe escribió escribía escribieron relata relató narra narró \
         bromea bromeó ironiza ironizó ríe rió sonríe sonrió zanja zanjó concluye concluyó resume resumió matiza matizó anuncia \
         anunció anunciaron pide pidió pidieron exige exigió exigieron ordena ordenó aconseja aconsejó sugiere sugirió propone \
         propuso jura juró niega negó protesta protestó queja quejó celebra celebró confía confió detalla detalló manifiesta \
         manifestó manifestaron expresa expresó expresaron revela reveló llama llamó llamaba llaman califica calificó tacha tachó \
         describe describió define definió corean coreaban corearon coreando canta cantaban cantaron cantando corrige corrigió \
         interviene intervino tercia terció atribuye atribuyó achaca achacó acusa acusó acusaron corrobora corroboró admitía reclama reclamó clama clamó apostilla \
         apostilló puntualiza puntualizó reflexiona reflexionó murmuraba sentencia sentenció rechaza rechazó defiende defendió arguye \
         argumenta argumentó",
    ),
    (
        MAY_REPORT,
        "lee leía leían leyó reza rezaba pone ponía grito proclama proclamaba",
    ),
    (BE, "fue fueron es son era eran sido ser"),
    (
        AUXILIARY,
        "ha han había habían he hubo no se me te le les lo la los las nos ya también siempre solo sólo está estaba va iba suele \
         solía",
    ),
    (
        VERB,
        "es son era eran fue está están estaba ha han había tiene tienen tenía quiere quieren puede pueden hace hacen va van viene \
         pide guarda prepara dirige heredó caminaron faltará paró llegará nació incluye sigue queda quedan ríe tocan toca lleva llevan vende venden trabaja vive viven entra sale abre cierra mira levanta apaga toma da dan \
         sabe saben conoce debe deben suele habla hablan espera esperan parece parecen",
    ),
    (HE, "él"),
    (SHE, "ella"),
    (THEY, "ellos ellas"),
    (FIRST, "yo nosotros nosotras"),
    (IT, "esto eso ello"),
    (VAGUE, "alguien nadie uno cualquiera"),
    (OBJECT, "mí ti sí conmigo"),
    (THE, "el la los las"),
    (A, "un una"),
    (
        POSSESSIVE,
        "mi mis tu tus su sus nuestro nuestra nuestros nuestras",
    ),
    (
        DETERMINER,
        "este esta estos estas ese esa esos esas aquel aquella unos unas algún alguna algunos algunas varios varias cada todo \
         todos todas ningún ninguna muchos muchas otro otra",
    ),
    (
        PREPOSITION,
        "de del a al en con por para sin sobre entre hasta desde hacia contra según bajo ante tras durante mediante",
    ),
    (OF, "de del"),
    (AND, "y e o u pero sino ni"),
    (
        SUBORDINATE,
        "que cuando si como porque aunque mientras donde pues",
    ),
    (RELATIVE, "quien quienes cual cuyo cuya"),
    (
        ADVERB,
        "dentro fuera arriba abajo cerca lejos detrás delante encima debajo luego después entonces también ya ayer hoy mañana aquí allí ahí siempre nunca más menos muy bien mal además todavía aún \
         sin embargo solo quizá tal vez no sí antes ahora",
    ),
    (
        TIME,
        "lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio agosto septiembre \
         octubre noviembre diciembre ayer hoy mañana tarde noche día semana mes año",
    ),
    (
        NUMBER,
        "dos tres cuatro cinco seis siete ocho nueve diez once doce quince veinte treinta cuarenta cincuenta sesenta cien ciento \
         doscientos trescientos quinientos mil cientos miles docena docenas decenas decena",
    ),
    (MISTER, "señor sr don padre hermano"),
    (MISSIS, "señora sra señorita srta doña madre hermana"),
    (
        TITLE,
        "dr dra doctor doctora profesor profesora presidente presidenta ministro ministra alcalde alcaldesa capitán coronel \
         general juez jueza director directora entrenador entrenadora concejal concejala senador senadora diputado diputada \
         fiscal",
    ),
    (
        MAN,
        "viejo anciano joven padre abuelo novio caballero papá hombre hombres chico muchacho niño señor padre hijo hermano marido tío abuelo sobrino alcalde anciano",
    ),
    (
        WOMAN,
        "joven vieja anciana novia dama mamá mujer mujeres chica muchacha niña señora madre hija hermana esposa tía abuela sobrina alcaldesa anciana",
    ),
    (
        PERSON,
        "notario boticario boticaria cartero sacerdote cura párroco monja librero librera relojero relojera panadero panadera carnicero camarero camarera taxista guardia sargento letrado letrada detenido acusado acusada portavoz presidente presidenta director directora ministro ministra vecino vecina vecinos médico médica abogado abogada \
         juez jueza fiscal testigo profesor profesora maestro maestra alumno alumna estudiante cliente clienta amigo amiga \
         compañero compañera jefe jefa dueño dueña propietario propietaria trabajador trabajadora obrero agricultor agricultora \
         pescador pescadera enfermero enfermera periodista autor autora escritor escritora actor actriz cantante jugador jugadora \
         entrenador entrenadora árbitro capitán soldado policía bombero concejal concejala responsable investigador \
         investigadora técnico técnica farero farera patrón percusionista músico experto experta manifestantes",
    ),
    (
        PLURAL,
        "hombres mujeres niños niñas vecinos padres manifestantes trabajadores estudiantes alumnos gente",
    ),
    (
        WRITING,
        "carta cartas nota diario mensaje correo comunicado informe cuaderno tarjeta postal discurso libro",
    ),
    (
        WORK,
        "novela libro poema obra película canción disco álbum ensayo artículo informe revista cuadro serie programa documental \
         ópera cuento relato pieza exposición comedia poemario título",
    ),
    (
        CALLED,
        "titula titulado titulada llamado llamada denominado denominada bautizado bautizada",
    ),
    (
        SO_CALLED,
        "llamado llamada llamados llamadas supuesto supuesta supuestos supuestas presunto presunta palabra término expresión",
    ),
    (
        SPEECH,
        "juicio opinión entender parecer respuesta comentario palabras pregunta lema grito conclusión",
    ),
    (ACCORDING, "según"),
    (PARTICLE, "de del la las los y"),
];
