//! English.

use super::{
    A, ACCORDING, ADVERB, AND, ANSWERS, ASKS, AUXILIARY, BE, CALLED, Class, DEEMS, DETERMINER,
    Endings, FIRST, Grammar, HE, IT, MAN, MAY_REPORT, MISSIS, MISTER, NUMBER, OBJECT, OF, OLD,
    PARTICLE, PERSON, PLURAL, POSSESSIVE, PREPOSITION, QUOTED, RELATIVE, REPORTS, SHE, SMALL,
    SO_CALLED, SPEECH, SUBORDINATE, THE, THEY, TIME, TITLE, VAGUE, VERB, WOMAN, WORK, WRITING,
};

pub(super) const GRAMMAR: Grammar = Grammar {
    capital_nouns: false,
    no_capitals: false,
    no_spaces: false,
    verb_last: false,
    drops_subject: false,
    elides: false,
    gendered_articles: false,
    reports_inside: false,
    head_first: false,
    has_possessive_s: true,
    endings: Endings {
        woman_names: &[
            "a", "elle", "ette", "ine", "lyn", "lynn", "anne", "een", "orie", "erie", "alie",
            "ulie", "anie", "phie", "lice", "nice", "trice", "riet", "liet", "beth", "trude",
        ],
        man_names: &[
            "o", "ald", "ard", "ert", "old", "ick", "us", "iam", "rew", "hew", "mas", "las",
            "mund", "win", "ter", "fred", "uel", "ael", "iel", "rge", "seph", "ric", "mes", "rles",
            "os",
        ],
        woman_nouns: &["woman", "ess"],
        man_nouns: &["man"],
    },
};

pub(super) const LISTS: &[(Class, &str)] = &[
    (OLD, "old young elderly older younger little poor"),
    (ASKS, "ask asks asked asking inquired enquired wondered"),
    (
        ANSWERS,
        "answer answers answered answering reply replies replied replying respond responds responded retort retorts retorted counter counters countered",
    ),
    (
        REPORTS,
        "inform informs informed wish wishes wished say says said saying tell tells told telling ask asks asked asking add adds added adding reply replies replied \
         replying answer answers answered answering explain explains explained explaining note notes noted noting write \
         writes wrote written writing state states stated stating recall recalls recalled recalling remember remembers \
         remembered admit admits admitted admitting agree agrees agreed announce announces announced announcing argue argues \
         argued arguing assert asserts asserted assure assures assured boast boasts boasted caution cautions cautioned chant \
         chants chanted chanting claim claims claimed claiming comment comments commented complain complains complained \
         complaining concede concedes conceded conclude concludes concluded confess confesses confessed confide confides \
         confided confirm confirms confirmed contend contends contended continue continues continued counter counters \
         countered cry cries cried crying declare declares declared declaring demand demands demanded deny denies denied \
         describe describes described describing disclose disclosed emphasize emphasized emphasise emphasised exclaim \
         exclaims exclaimed grumble grumbled growl growled hint hinted insist insists insisted insisting interject \
         interjected joke jokes joked joking lament laments lamented maintain maintains maintained mention mentions \
         mentioned mumble mumbled murmur murmurs murmured mutter mutters muttered muttering object objected observe \
         observes observed offer offers offered pant panted plead pleaded pleading pledge pledges pledged predict predicts \
         predicted proclaim proclaims proclaimed promise promises promised protest protests protested quip quips quipped \
         recount recounts recounted reflect reflects reflected remark remarks remarked remarking remind reminds reminded \
         repeat repeats repeated repeating report reports reported respond responds responded retort retorts retorted \
         reveal reveals revealed roar roared roaring scoff scoffed scold scolded scream screamed screaming shout shouts \
         shouted shouting shriek shrieked shrug shrugged sigh sighs sighed snap snapped sneer sneered snort snorted sob \
         sobbed stammer stammered stress stresses stressed suggest suggests suggested suggesting swear swears swore testify \
         testifies testified tease teased tweet tweets tweeted underline underlined urge urges urged vow vows vowed wail \
         wailed warn warns warned warning whisper whispers whispered whispering wonder wonders wondered yell yells yelled \
         yelling yelp yelped think thinks thought bark barked bellow bellowed blurt blurted chide chided chime chimed \
         croak croaked drawl drawled enquire enquired inquire inquires inquired gasp gasped grunt grunted hiss hissed howl \
         howled intone intoned marvel marveled marvelled moan moaned muse muses mused opine opined rejoin rejoined summarize \
         summarized summed volunteer volunteered allege alleges alleged acknowledge acknowledges acknowledged advise advises \
         advised affirm affirmed apologize apologized apologise apologised beg begs begged begging blog blogged brag bragged \
         call calls called chuckle chuckled chuckles clarify clarified coo cooed echo echoes echoed elaborate elaborated \
         fume fumed giggle giggled grin grinned groan groaned guess guessed holler hollered interrupt interrupted laugh \
         laughs laughed preach preached proffer propose proposed quote quoted reason reasoned recite recited \
         reciting relate related reiterate reiterated reassure reassured ruled sing sings sang singing smile smiles \
         smiled splutter spluttered squeal squealed stutter stuttered text texted thunder thundered toast toasted trumpet \
         utter uttered venture ventured post posts posted writes quips grumbles enthuse enthuses enthused lambast lambasted \
         dismiss dismissed praise praised characterize characterized characterise characterised accuse accuses accused accusing blame blames blamed condemn condemns condemned \
         criticize criticizes criticized criticise criticises criticised denounce denounces denounced hail hails hailed mock mocks mocked \
         ridicule ridicules ridiculed liken likens likened compare compares compared refer refers referred allude alluded speak speaks \
         spoke spoken demand demands demanded estimate estimates estimated",
    ),
    (
        MAY_REPORT,
        "read reads reading ran runs go goes went found finds find hold holds held put puts begin begins began start starts \
         open opens opened end ends ended sign signs signed mark marks marked deem deems deemed label labels labelled \
         labeled dub dubs dubbed brand branded term terms termed name names named record records recorded order orders \
         ordered instruct instructed offer came comes print prints printed spell spells spelled spelt bear bears bore carry \
         carries carried list lists listed know knows knew feel feels felt believe believes believed show shows showed \
         contain contains contained include includes included require requires required order teach teaches taught",
    ),
    (
        DEEMS,
        "found finds find deem deems deemed judged judges considered considers label labels labelled labeled dub dubs dubbed brand \
         brands branded termed terms named rated pronounced",
    ),
    (BE, "is are was were be been being am s"),
    (
        AUXILIARY,
        "has have had having isn aren wasn weren don doesn didn won wouldn couldn shouldn hasn haven hadn do does did will would can could may might must shall should used to kept keeps keep is are was \
         were be been being am not never d ll ve",
    ),
    (
        VERB,
        "became become began begun bought broke broken brought built came come cut did done drew drove drank ate eaten fell \
         felt flew forgot forgave fought found gave given got gotten grew heard held hid hit hung kept knew known laid lay led \
         left lent let lit lost made meant met opened owed paid put quit ran rang read rode rose sat saw seen sent set shook \
         shot shut slept slid sold sought spent spun stood stole struck swam swept swung taken taught tore took threw turned \
         went won woke wore wound doubts doubted shakes looks wants needs hopes likes loves hates owns runs works lives goes \
         comes gives gets makes takes keeps stands sits leaves plays holds brings sees finds knows feels turns starts begins \
         seems remains plans expects refuses declines believes wears walks teaches leads chairs heads serves bred sprang \
         sank sang bent bit blew bound burnt caught chose clung crept dealt dug drawn fed fled flung froze ground leant leapt \
         learnt mistook overheard rebuilt sewed shone shrank slung smelt sped spelt spoke spread stuck strode swore thrust \
         understood upset wept include includes included contain contains contained show shows showed require requires required believe \
         feel feels become becomes remain seem seems mean means say lies lie lead leave play withdrew wrung has have had is are was were",
    ),
    (HE, "he"),
    (SHE, "she"),
    (THEY, "they"),
    (FIRST, "i we"),
    (IT, "it this that there"),
    (
        VAGUE,
        "somebody someone nobody anyone anybody everybody everyone none one no-one people you",
    ),
    (
        OBJECT,
        "him them me us himself herself themselves myself itself",
    ),
    (THE, "the"),
    (A, "a an one another"),
    (POSSESSIVE, "my your his her its our their whose"),
    (
        DETERMINER,
        "this that these those some any each every both all several many few most no such half",
    ),
    (
        PREPOSITION,
        "of for with from in at on by to into onto over under about after before against among around behind below beneath \
         beside between beyond despite during except inside near off out outside past since through throughout till toward \
         towards until up upon via within without as like down across along above per amid",
    ),
    (OF, "of for with from in at on near behind"),
    (AND, "and or but nor yet so"),
    (
        SUBORDINATE,
        "that when while whenever wherever whoever because if although though as since after before until unless where whether how why what than once",
    ),
    (RELATIVE, "who which whom whose"),
    (
        ADVERB,
        "then later also still again once twice now just only even always often sometimes usually never soon already ever \
         first finally suddenly quickly slowly instead however meanwhile perhaps maybe simply merely really quite rather very \
         too there here yesterday today tonight tomorrow eventually earlier afterwards afterward further down up out back away \
         over aloud softly loudly quietly drily dryly yes no well oh please alone together asked otherwise moreover besides \
         nevertheless nonetheless though thus therefore hence indeed not ago famously reportedly once angrily cheerfully \
         gently firmly flatly bluntly opposite meantime afterwards sometime",
    ),
    (
        TIME,
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september \
         october november december today yesterday tonight tomorrow noon midnight morning afternoon evening night week month \
         year spring summer autumn winter weekend day days weeks months years hours minutes hour minute decade decades century mondays tuesdays wednesdays thursdays fridays saturdays sundays",
    ),
    (
        NUMBER,
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen \
         nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million dozens \
         dozen about around roughly nearly almost",
    ),
    (MISTER, "mr sir lord king prince father brother fr"),
    (
        MISSIS,
        "mrs ms miss lady dame queen princess sister mother madam",
    ),
    (
        TITLE,
        "old young poor dear dr prof professor captain capt colonel col general gen lieutenant lt sergeant sgt major maj commander corporal admiral \
         officer detective inspector constable chief sheriff deputy judge justice president chancellor minister secretary \
         senator sen representative rep congressman congresswoman governor gov mayor councillor councilor councilman \
         councilwoman alderman ambassador chairman chairwoman chair treasurer coach reverend rev rabbi imam bishop archbishop \
         cardinal pope pastor vicar canon dean rector principal headteacher headmaster headmistress nurse doctor director \
         manager editor reporter superintendent commissioner coroner attorney prosecutor barrister solicitor magistrate clerk \
         spokesman spokeswoman spokesperson economist entomologist historian biologist analyst engineer architect farmer \
         fisherman librarian conductor curator trainer skipper pilot chef vice st saint master uncle aunt auntie grandpa \
         grandma granny cousin former acting prime supt insp hon sister supreme leader ayatollah sheikh mullah crown ceo anchor",
    ),
    (
        MAN,
        "man men boy boys gentleman father son brother husband uncle grandfather nephew grandson widower fellow lad chap king \
         spokesman chairman businessman policeman fireman fisherman postman salesman craftsman waiter actor dad grandpa \
         bridegroom monk priest headmaster congressman foreman ferryman milkman boatman",
    ),
    (
        WOMAN,
        "woman women girl girls lady mother daughter sister wife aunt grandmother niece granddaughter widow queen spokeswoman \
         chairwoman businesswoman policewoman waitress actress mum mom grandma bride nun postmistress headmistress \
         congresswoman midwife landlady housewife ballerina",
    ),
    (
        PERSON,
        "guard keeper mechanic plumber electrician blacksmith undertaker gardener grocer ferryman shepherd miller barber tailor waiter waitress receptionist secretary cashier fisherman fishmonger lawyer notary sexton verger organist drummer violinist pianist teenager youngster toddler grandparent stepfather stepmother goalkeeper striker midfielder umpire jockey steward ranger warden headteacher pathologist psychologist surgeon paramedic firefighter lifeguard broker banker accountant auctioneer trader plaintiff juror accused suspect prisoner inmate smuggler thief spokesperson official officer minister president mayor clerk teacher doctor nurse lawyer solicitor barrister judge \
         prosecutor witness defendant neighbour neighbor friend colleague cousin parent child children student pupil owner \
         manager director secretary chair chairperson leader member resident worker driver farmer engineer scientist researcher \
         professor expert analyst economist historian author writer poet reporter journalist editor reader listener critic artist \
         painter singer conductor composer musician coach trainer captain player goalkeeper referee skipper pilot sailor \
         passenger shopkeeper customer client patient vicar bishop pastor imam rabbi curator librarian architect builder \
         carpenter baker butcher cook chef guest host visitor tourist guide attendant porter guard soldier general commander \
         activist protester protestor organizer organiser volunteer councillor councilor senator governor ambassador diplomat \
         adviser advisor aide assistant caretaker custodian janitor landlord tenant lodger stranger voice shareholder treasurer \
         principal superintendent sheriff detective inspector constable widow heir partner boss employee founder entrepreneur \
         bystander passer-by onlooker survivor victim relative homeowner retiree pensioner apprentice conductor usher dentist \
         vet veterinarian biologist chemist physicist geologist astronomer botanist entomologist publisher agent crowd audience \
         commuters riders residents workers students officials neighbours neighbors fans parents villagers",
    ),
    (
        PLURAL,
        "men women boys girls children parents workers residents students officials neighbours neighbors commuters riders fans villagers \
         crowd audience people leaders experts analysts critics protesters organizers organisers friends colleagues",
    ),
    (
        WRITING,
        "letter letters note notes diary diaries ledger card postcard email e-mail mail memo memoir journal notebook logbook log \
         statement message telegram text blog post tweet article essay column report review speech book testimony affidavit \
         inscription caption entry",
    ),
    (
        WORK,
        "novel book poem poems play film movie documentary song songs album single essay article story stories report journal \
         magazine newspaper painting picture series show programme program opera symphony musical ballad hymn album track exhibition \
         chapter column pamphlet memoir autobiography biography textbook volume collection anthology paper thesis study game \
         episode sequel bestseller b-side concert piece comedy tragedy drama screenplay podcast sculpture line campaign",
    ),
    (CALLED, "called titled entitled named dubbed headlined"),
    (
        SO_CALLED,
        "so-called word words term phrase termed supposed known dubbed",
    ),
    (
        SPEECH,
        "wish view opinion line claim retort plea demand answer reply response comment comments remark remarks verdict advice explanation words question conclusion motto rule \
         message saying proverb adage slogan refrain",
    ),
    (ACCORDING, "according"),
    (
        QUOTED,
        "quoted heard reported cited known recorded said overheard believed",
    ),
    (
        PARTICLE,
        "van von de der den du da di del della la le al el bin ibn abu ben dos das do ter ten zu af",
    ),
    (
        SMALL,
        "a an the of in on at for and or but nor to by with from as into is over up per via vs the",
    ),
];
