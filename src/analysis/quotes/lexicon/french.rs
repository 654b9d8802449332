//! French.

use super::{
    A, ACCORDING, ADVERB, AND, ANSWERS, ASKS, AUXILIARY, BE, CALLED, Class, DEEMS, DETERMINER,
    Endings, FIRST, Grammar, HE, IT, MAN, MAY_REPORT, MISSIS, MISTER, NUMBER, OBJECT, OF, OLD,
    PARTICLE, PERSON, PLURAL, POSSESSIVE, PREPOSITION, RELATIVE, REPORTS, SHE, SO_CALLED, SPEECH,
    SUBORDINATE, THE, THEY, TIME, TITLE, VAGUE, VERB, WOMAN, WORK, WRITING,
};

pub(super) const GRAMMAR: Grammar = Grammar {
    capital_nouns: false,
    no_capitals: false,
    no_spaces: false,
    verb_last: false,
    drops_subject: false,
    elides: true,
    gendered_articles: true,
    reports_inside: true,
    head_first: true,
    has_possessive_s: false,
    endings: Endings {
        woman_names: &[
            "a", "ie", "ine", "ette", "elle", "anne", "enne", "ence", "ane", "èle", "ise", "ée",
            "ilde",
        ],
        man_names: &[
            "o", "oine", "ien", "el", "ard", "aud", "ert", "ic", "ul", "uc", "ain", "is", "in",
            "an", "es", "en", "erre", "ippe", "aume", "ôme", "tienne",
        ],
        woman_nouns: &[
            "euse", "ière", "ère", "trice", "ienne", "ante", "dente", "ate", "esse", "ette",
            "onne", "iste", "aire", "logue",
        ],
        man_nouns: &[
            "eur", "ier", "er", "ien", "ant", "dent", "gent", "cat", "ard",
        ],
    },
};

pub(super) const LISTS: &[(Class, &str)] = &[
    (OLD, "vieil vieille vieux jeune petit petite"),
    (
        ASKS,
        "demande demandait demanda demandé interroge interrogea interrogé",
    ),
    (
        ANSWERS,
        "répond répondent répondait répondit répondu réplique répliquait répliqua répliqué rétorque rétorquait rétorqua rétorqué",
    ),
    (
        REPORTS,
        "parlé parle parlait parla valoir raisonne raisonna relativise relativisait tempère tempérait raillé  dit dis disent disait disaient dirent disant déclare déclarent déclarait déclara déclaré déclarant affirme affirment \
         affirmait affirma affirmé affirmant explique expliquent expliquait expliqua expliqué expliquant raconte racontent \
         racontait raconta raconté ajoute ajoutent ajoutait ajouta ajouté ajoutant annonce annonçait annonça annoncé assure \
         assurent assurait assura assuré confie confient confiait confia confié confirme confirmait confirma confirmé précise \
         précisent précisait précisa précisé souligne soulignent soulignait souligna souligné indique indiquent indiquait indiqua \
         indiqué estime estiment estimait estima estimé répond répondent répondait répondit répondu réplique répliquait répliqua \
         répliqué rétorque rétorquait rétorqua rétorqué demande demandent demandait demanda demandé crie crient criait cria crié \
         criant hurle hurlait hurla hurlé murmure murmurait murmura murmuré chuchote chuchotait chuchota chuchoté soupire \
         soupirait soupira soupiré note notent notait nota noté remarque remarquait remarqua remarqué observe observait observa \
         observé constate constatait constata constaté reconnaît reconnaissait reconnut reconnu admet admettait admit admis avoue \
         avouait avoua avoué promet promettait promit promis prévient prévenait prévint prévenu avertit avertissait averti \
         répète répétait répéta répété rappelle rappelait rappela rappelé écrit écrivent écrivait écrivit écrivant lance lançait \
         lança lancé lâche lâchait lâcha lâché glisse glissait glissa glissé plaisante plaisantait plaisanta plaisanté ironise \
         ironisait ironisa ironisé sourit souriait rit riait rigole rigolait amuse amusait amusa amusé souvient souvenait \
         souvint inquiète inquiétait inquiéta inquiété indigne indignait indigna indigné exclame exclamait exclama exclamé \
         exclaffe étonne étonnait étonna étonné interroge interrogeait interrogea interrogé réjouit réjouissait félicite \
         félicitait félicita félicité défend défendait défendit défendu plaide plaidait plaida plaidé conclut concluait conclu \
         résume résumait résuma résumé insiste insistait insista insisté martèle martelait martela martelé prétend prétendait \
         prétendit soutient soutenait soutint jure jurait jura juré ordonne ordonna ordonné conseille conseillait conseilla \
         conseillé suggère suggérait suggéra suggéré propose proposait proposa proposé commente commentait commenta commenté \
         poursuit poursuivait poursuivit poursuivi reprend reprenait reprit continue continuait continua enchaîne enchaînait \
         enchaîna juge jugeait jugea jugé dénonce dénonçait dénonça dénoncé critique critiquait critiqua critiqué regrette \
         regrettait regretta regretté déplore déplorait déplora déploré espère espérait espéra pense pensait pensa pensé croit \
         croyait scande scandent scandaient scandé scandant chante chantent chantaient chantait témoigne témoignait témoigna \
         témoigné tranche tranchait trancha tranché évoque évoquait évoqua évoqué décrit décrivait qualifie qualifiait qualifia \
         qualifié surnomme râle râlait peste pestait gronde grondait gronda bougonne bougonnait bougonna grogne grognait grogna \
         marmonne marmonna balbutie balbutia objecte objectait objecta objecté nuance nuançait nuança renchérit renchérissait corrige corrigeait corrigea corrigé accuse accusait accusa accusé coupe coupait coupa tonne tonnait \
         tonna approuve approuvait approuva acquiesce acquiesça proteste protestait protesta protesté gémit gémissait hasarde hasarda \
         rugit rugissait supplie suppliait supplia bafouille bredouille articule siffle siffla grince raille railla conteste contestait contesta \
         contesté décrète décréta certifie certifia détaille détaillait détailla revendique revendiquait salue saluait salua salué",
    ),
    (
        MAY_REPORT,
        "lisait lit lire proclame proclamait nomme nommait trouve trouvait porte portait",
    ),
    (
        DEEMS,
        "appelle appelait appelé appela juge jugeait jugé trouve trouvait trouvé considère considérait considéré qualifie qualifié baptise \
         baptisé",
    ),
    (BE, "est sont était étaient fut furent été être"),
    (
        AUXILIARY,
        "ai as a avons avez ont avais avait avions aviez avaient aura auront eus eut suis es est sommes sont étais était étaient serait \
         aurait fut ne n pas plus lui leur se s l le la les m nous vous y en jamais toujours \
         bien déjà également t",
    ),
    (
        VERB,
        "a ont avait avaient est sont était étaient va vont veut veulent peut peuvent fait font prend met vient viennent cherche \
         hausse jouera sera seront pleurait pleure reste restait rit sourit leva secoua poussa posa ouvrit ferma entra sortit regarda hocha haussa tourna prit mit fit vint alla \
         eut fut parle parlent refuse refusent demande demandent attend attendent travaille travaillent vit vivent tient tiennent porte portent \
         donne donnent passe passent trouve trouvent regarde regardent arrive arrivent emprunte vend vendent ouvre ouvrent ferme ferment dirige \
         dirigent compte comptent prépare préparent joue jouent gagne perd lit écoute marche court épluche répète finance sillonne défile \
         défilent habite habitent possède possèdent aime aiment déteste connaît connaissent sait savent doit doivent",
    ),
    (HE, "il"),
    (SHE, "elle"),
    (THEY, "ils elles"),
    (FIRST, "je j nous"),
    (IT, "ce c cela ça"),
    (VAGUE, "on personne quelqu quelqu’un"),
    (OBJECT, "lui eux moi toi soi"),
    (THE, "le la les l"),
    (A, "un une"),
    (
        POSSESSIVE,
        "mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs",
    ),
    (
        DETERMINER,
        "ce cet cette ces des du plusieurs quelques certains certaines chaque tous toutes aucun aucune nul",
    ),
    (
        PREPOSITION,
        "parmi outre hormis envers via excepté de du des d à au aux en dans sur sous par pour avec sans chez vers contre entre depuis pendant avant après devant \
         derrière selon malgré dès jusque lors",
    ),
    (OF, "de du des d"),
    (AND, "et ou mais ni car or donc"),
    (
        SUBORDINATE,
        "que qu quand lorsque lorsqu si comme parce puisque tandis alors",
    ),
    (RELATIVE, "qui dont où lequel laquelle"),
    (
        ADVERB,
        "dedans dehors dessus dessous là-bas autour puis puis ensuite alors aussi encore toujours souvent enfin déjà hier demain ici là bien mal très trop plus moins jamais \
         aujourd hui seulement également pourtant cependant même non oui",
    ),
    (
        TIME,
        "lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet août septembre octobre \
         novembre décembre hier demain matin soir midi nuit jour semaine mois an année",
    ),
    (
        NUMBER,
        "deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente quarante cinquante soixante cent cents \
         mille dizaine douzaine quinzaine vingtaine trentaine cinquantaine centaine centaines dizaines milliers",
    ),
    (MISTER, "m monsieur mm maître père frère"),
    (MISSIS, "mme mmes mlle madame mademoiselle mère sœur"),
    (
        TITLE,
        "dr docteur pr professeur professeure président présidente ministre maire capitaine colonel général commandant juge \
         directeur directrice entraîneur entraîneuse me sénateur sénatrice député députée préfet préfète",
    ),
    (
        MAN,
        "vieux vieillard gamin bonhomme type beau-père beau-frère papa papy homme hommes garçon père fils frère mari oncle grand-père neveu monsieur instituteur facteur boulanger",
    ),
    (
        WOMAN,
        "vieille gamine fillette bonne belle-mère belle-sœur maman mamie femme femmes fille mère sœur épouse tante grand-mère nièce dame institutrice factrice boulangère",
    ),
    (
        PERSON,
        "évêque archevêque pape abbé pasteur rabbin imam curé chef cheffe élu élue candidat candidate conseiller conseillère adjoint adjointe greffier procureur procureure prévenu prévenue accusé accusée plaignant victime invité invitée hôte guide peintre poète musicien musicienne compositeur philosophe sociologue économiste biologiste géologue horloger luthier coiffeur coiffeuse couturière tailleur forgeron matelot marin cheminot chauffeur conducteur conductrice pilote champion championne gardien notaire secrétaire commissaire bibliothécaire libraire éleveur éleveuse fermier fermière inspecteur inspectrice gardien gardienne gendarme militaire infirmier facteur caissière cuisinier cuisinière berger bergère curé prêtre moine porte-parole maire président présidente directeur directrice ministre voisin voisine médecin avocat avocate juge témoin \
         professeur enfant élève étudiant étudiante client cliente ami amie collègue patron patronne propriétaire habitant \
         habitante riverain riverains commerçant commerçants agriculteur agricultrice pêcheur ouvrier ouvrière infirmier \
         infirmière journaliste auteur autrice écrivain acteur actrice chanteur chanteuse joueur joueuse entraîneur arbitre \
         capitaine soldat policier gendarme pompier passant passante spectateurs manifestants syndicaliste responsable chercheur \
         chercheuse historien historienne marchand marchande vendeur vendeuse délégué déléguée préfet préfète pianiste éclusier éclusière vieillard vieillarde",
    ),
    (
        PLURAL,
        "hommes femmes enfants parents habitants riverains commerçants spectateurs manifestants voisins élèves gens",
    ),
    (
        WRITING,
        "lettre lettres carte journal billet note mot message courriel communiqué carnet rapport discours livre mémoire",
    ),
    (
        WORK,
        "roman livre poème pièce film chanson album essai article rapport revue magazine tableau série émission documentaire \
         opéra recueil nouvelle bande exposition conte récit polar spectacle titre disque",
    ),
    (
        CALLED,
        "intitulé intitulée titré titrée appelé appelée nommé nommée",
    ),
    (
        SO_CALLED,
        "prétendu prétendue prétendus prétendues soi-disant mot mots terme expression",
    ),
    (
        SPEECH,
        "avis yeux sens opinion réponse commentaire mots question devise conclusion",
    ),
    (ACCORDING, "selon"),
    (PARTICLE, "de du des d le la van von ben el al"),
];
