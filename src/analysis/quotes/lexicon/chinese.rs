//! Chinese, in both scripts. Nothing parts its words: besides the pronouns these are strings to be looked for in a clause.

use super::{Class, FIRST, Grammar, HE, SHE, THEY};

pub(super) const GRAMMAR: Grammar = Grammar {
    capital_nouns: false,
    no_capitals: true,
    no_spaces: true,
    verb_last: false,
    drops_subject: true,
    elides: false,
    gendered_articles: false,
    reports_inside: false,
    head_first: false,
    has_possessive_s: false,
};

pub(super) const LISTS: &[(Class, &str)] = &[(HE, "他"), (SHE, "她"), (FIRST, "我"), (THEY, "们 們")];

/// Verbs that report speech; where one is the start of another the longer stands first.
pub(in super::super) const REPORTS: &[&str] = &[
    "告诉", "告訴", "表示", "指出", "认为", "認為", "强调", "強調", "介绍", "介紹", "透露", "解释", "解釋", "回答", "回应", "回應",
    "反问", "反問", "宣布", "宣佈", "承认", "承認", "否认", "否認", "抱怨", "坦言", "直言", "感叹", "感嘆", "提醒", "警告", "呼吁",
    "呼籲", "批评", "批評", "补充", "補充", "回忆", "回憶", "写着", "寫著", "写道", "寫道", "念道", "唸道", "说道", "說道", "问道",
    "問道", "喊道", "叫道", "答道", "笑道", "称", "稱", "说", "說", "问", "問", "喊", "答", "叫", "道",
];

/// Before the one spoken to: the subject ends there.
pub(in super::super) const ADDRESSES: &[&str] = &["对", "對", "向", "跟", "给", "給", "和"];

/// "According to".
pub(in super::super) const ACCORDING: &[&str] = &["根据", "根據", "据", "據"];

/// Between a subject and its verb.
pub(in super::super) const ADVERBS: &[&str] = &[
    "笑着", "笑著", "总是", "總是", "经常", "經常", "常常", "常", "接着", "接著", "随后", "隨後", "也", "又", "还", "還", "就", "则",
    "則", "都", "只", "曾", "再", "齐声", "齊聲", "低声", "低聲", "大声", "大聲", "轻声", "輕聲", "高声", "高聲", "连忙", "連忙",
    "后来", "後來", "于是", "於是", "却", "卻", "忍不住", "这样", "這樣", "一再", "公开", "公開", "当时", "當時", "会", "會",
];

/// Nouns for a person by what they do; a name follows them, or they stand for one.
pub(in super::super) const PEOPLE: &[&str] = &[
    "店主", "老板", "老闆", "经理", "經理", "主任", "队长", "隊長", "队员", "隊員", "教练", "教練", "老师", "老師", "校长", "校長",
    "市长", "市長", "县长", "縣長", "部长", "部長", "总统", "總統", "主席", "总理", "總理", "发言人", "發言人", "记者", "記者", "医生",
    "醫生", "护士", "護士", "律师", "律師", "法官", "警察", "司机", "司機", "船夫", "农民", "農民", "渔民", "漁民", "工人", "教授",
    "作家", "作者", "导演", "導演", "演员", "演員", "歌手", "学生", "學生", "居民", "村民", "邻居", "鄰居", "顾客", "顧客", "女儿",
    "女兒", "儿子", "兒子", "母亲", "母親", "父亲", "父親", "妈妈", "媽媽", "爸爸", "丈夫", "妻子", "哥哥", "姐姐", "弟弟", "妹妹",
    "爷爷", "爺爺", "奶奶", "朋友", "同事", "研究员", "研究員", "专家", "專家", "负责人", "負責人", "院长", "院長", "局长", "局長",
    "馆长", "館長", "会长", "會長", "书记", "書記", "董事长", "董事長", "先生", "女士", "小姐", "太太", "师傅", "師傅", "选手", "選手",
];

/// Where a subject ends: verbs and prepositions that follow it.
pub(in super::super) const AFTER_SUBJECT: &[&str] = &[
    "在", "是", "了", "把", "被", "从", "從", "站", "坐", "走", "看", "拿", "翻", "笑", "转", "轉", "开", "開", "想", "听", "聽", "擦",
    "点", "點", "丢", "丟", "举", "舉", "打", "抬", "低", "摇", "搖", "有", "没", "沒", "不", "要", "就", "很", "也", "都", "已", "正",
    "放", "接", "喝", "吃", "抽", "离", "離", "回", "到", "来", "來", "去", "用", "让", "讓", "教", "下", "会", "會", "能", "可", "常",
    "总", "總", "每", "又", "还", "還", "的教", "终", "終", "成", "穿", "投", "赢", "贏", "输", "輸",
];

/// Places where something is written: nobody speaks.
pub(in super::super) const PLACES: &[&str] = &["上", "里", "裡", "中", "牌", "板", "条", "條"];

/// Nouns for what has a title.
pub(in super::super) const WORKS: &[&str] = &[
    "书", "書", "小说", "小說", "诗", "詩", "电影", "電影", "歌", "专辑", "專輯", "文章", "杂志", "雜誌", "报告", "報告", "散文", "剧",
    "劇", "画", "畫", "曲", "题为", "題為", "名为", "名為",
];

/// "So-called".
pub(in super::super) const SO_CALLED: &[&str] = &["所谓", "所謂", "号称", "號稱"];
