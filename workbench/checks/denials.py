"""How English and Chinese deny: the words that do, those that only look so, and those that say it another way."""

from __future__ import annotations

import re
from functools import lru_cache

AUXILIARY = "(?:ca|do|does|did|is|are|was|were|wo|have|has|had|would|should|could)"
DENIALS = re.compile(
    r"\b(?:not|cannot|never|nobody|nothing|none|neither|nor|nowhere|without|no"
    r"|(?:ca|do|does|did|is|are|was|were|wo|would|should|could|have|has|had|must|need|ai|might|sha)n['’]?t)\b",
    re.IGNORECASE,
)
DENIED = re.compile(
    "[不没沒无無未非否别勿莫毋甭]|难以|很难|难于|困难|拒|禁|免|擅自|私自|暂缓|缺[乏少席失]|失[去败灵效]|丧失|停[止产运用]"
    "|防止|阻止|制止|杜绝|绝[非无]|作罢|太[多大小少高低贵晚早远慢快长短重难]|零(?![0-9一二三四五六七八九十])|错过|哪[里有能会]|岂|何[必须曾尝]|怎么?[能会可敢]|谁[能会知]|休想|落空|白白"
    "|谢绝|仅[限有]|只[有能限好得]|才[能会是]|除外|例外|自负|省得|[关管].{1,3}什么|以外|之外|排除|忘[了记]|吗|打成平|平局|沉默|要不是|要是没|若[无非]"
)
# Words that hold such a character and deny nothing.
HARMLESS_WORDS = re.compile(
    "(?<!再[简容轻])不过(?!敏|期|关|分|量|度|去|来|时|瘾|滤)|不仅|不但|不同(?!意)|不断|不久|不少(?!于)|不管(?!用)|不论|不禁|不只|不单|不光|差不多|不妨|不得不|不错|对不起|不好意思"
    "|无论|无疑|无非|无比|非常|非洲|除非|特别|分别|区别|级别|性别|别人|别的|别墅|告别|个别|类别|识别|未来|未免|莫名|否则|是否|能否|可否|毫不犹豫|迫不及待|不一会|要不(?!是)|从而|无线"
    "|不锈钢|前所未有|毋庸置疑|难免|不愧|不由|未成年|未婚[夫妻]|无人[机驾]|不动产|免疫|非政府|非[营盈]利"
)  # fmt: skip
# Denials that deny nothing, or that Chinese says without one.
_HARMLESS = (
    "not (?:only|just|to mention|until|least|unlike|uncommon)|whether or not|or not\\b|if not\\b|often than not"
    f"|(?:not )?a few|why not|why {AUXILIARY}n['’]?t|nor\\b.{{0,3}}$|no\\.? ?\\d|\\bno:|\\bno\\.(?=:|\\s*[a-z])"
    "|(?:can|couldn)['’]?t (?:agree|be (?:more|any|[a-z]+er))|(?:can|could) ?n[o'’]t (?:agree|be (?:more|any|[a-z]+er))"
    "|\\bno (?:(?:longer|less|more|fewer|later|earlier|greater|higher) than|sooner)|not later than|,? no\\?"
    "|(?:^|[\"“‘'] ?)no\\b(?=[,.!?;:…—-]|\\W*$)|nothing (?:but|less|more|like)|none other|never mind"
    f"|notwithstanding|none ?the ?less|no-\\w|without (?:a )?doubt|in no small|last but not least|not surprisingly"
    "|no choice but|at least not|(?:can ?not|can['’]?t|could not|couldn['’]?t) but\\b"
    f"|{AUXILIARY}n['’]?t (?:it|he|she|they|we|you|i|there|that)\\b|no time (?:in|to)\\b"
    "|(?:can|could)(?:n['’]t| ?not) have [a-z]+ [^,.;]{0,24}(?:worse|better|more)"
)
# The same, unless the target says the very thing that is denied: the Chinese word and what it stands for.
_ECHOES = (
    (r"(?:couldn['’]?t|can['’]?t|cannot|could not) help", "忍住|能忍|控制住|按捺"),
    (r"(?:couldn['’]?t|can['’]?t|cannot|could not) wait", "能等|及待"),
    (r"(?:do|does|did)(?:n['’]?t| not) hesitate", "犹豫|客气"),
    (r"(?:do|does|did)(?:n['’]?t| not) worry|no worries", "担心|忧虑"),
    (r"(?:do|does|did)(?:n['’]?t| not) forget", "忘"),
    (r"(?:not|n['’]t) (?:bother|mind)", "介意|在意|在乎|打扰|麻烦"),
    (r"(?:can['’]?t|cannot) miss", "错过|漏|误"),
    (r"(?:not|n['’]t)\b[^,.;]{0,40}\b(?:more than|over|exceed)", "超过|多于|以上"),
    (r"no doubt", "怀疑|疑问|质疑|疑"),
    (r"no wonder", "奇怪"),
    (r"no matter", "管|论"),
    (r"no problem", "问题"),
    (r"(?:make|makes|made) no difference", "区别|差别|影响"),
)
_PLAIN = re.compile(_HARMLESS, re.IGNORECASE)
_ECHOED = tuple((re.compile(asked, re.IGNORECASE), re.compile(said)) for asked, said in _ECHOES)
# "Not good" is 差: the opposite says it too. Adjectives, verbs and phrases with what answers their denial.
_OPPOSITES = (
    ("good|great|nice|well|fine", "差|坏|糟|难[吃看听喝受]|劣|欠佳|病"),
    ("bad|wrong", "好|行|对|正确"),
    ("hot|warm", "凉|冷"),
    ("cold", "热|暖"),
    ("tall|high", "矮|低"),
    ("low|short", "高|偏|长"),
    ("far", "近"),
    ("near|close", "远"),
    ("safe", "危险|风险"),
    ("long", "快|短|马上"),
    ("easy|simple", "难|复杂"),
    ("difficult|hard", "容易|简单|轻松"),
    ("small|little", "大"),
    ("big|large|great", "小"),
    ("expensive", "便宜|实惠"),
    ("cheap", "贵"),
    ("true|real", "假|谎|虚"),
    ("alone", "陪|一起|还有"),
    ("old", "年轻|新"),
    ("young|new", "老|旧"),
    ("sure|certain|clear", "疑|犹豫|拿不准|模糊"),
    ("happy|pleased|glad", "难过|生气|失望|悲"),
    ("at home|here|there|in the", "外出|出门|缺|离开"),
    ("clean", "脏"),
    ("open", "关"),
    ("closed|shut", "开"),
    ("the same|alike", "异|差别"),
    ("different", "同|一样|一致"),
    ("alive", "死|去世|逝世"),
    ("dead", "活|健在"),
    ("full", "空"),
    ("empty", "满|有"),
    ("work|working|run", "坏|故障|失灵|停"),
    ("right|correct", "错"),
    ("agree", "反对|异议"),
    ("remember", "忘"),
    ("win|won", "输|败|平"),
    ("lose|lost", "赢|保"),
    ("succeed", "败"),
    ("stay", "离|走"),
    ("leave|go", "留|待"),
    ("sleep", "醒|失眠|熬夜"),
    ("speak|say|talk|answer", "沉默|缄"),
    ("move", "静|站住|原地"),
    ("pay|paid", "欠|拖|免"),
    ("allow|let|permit", "禁|拒|挡"),
    ("trust|believe", "疑"),
    ("expect|expected|foresee", "出乎|意外|意料之|突然"),
    ("what", "出乎|意外"),
    ("enough", "太|缺|少"),
    ("affect", "照常|依旧"),
    ("change", "依旧|仍|照旧|一样"),
    ("like|love", "讨厌|反感"),
)
_BEFORE = r"(?:\b(?:not|never)|n['’]t\b)(?: \w+){0,2}? "
# Verbs and adverbs that deny by themselves, with what renders them besides the denials of Chinese.
_IMPLIED = (
    (
        r"(?:hardly|barely|scarcely) (?!any longer)\w+",
        "几乎|勉强|刚|才|仅|只|险些|差点|少|微|将将|堪堪|艰难|难",
    ),
    (r"(?:rarely|seldom)", "少|罕|难|偶|稀|鲜|稀"),
    (r"fail(?:s|ed|ing)? to", "失|落|漏|难|忘|疏|缺|欠|败|错|误|违"),
    (r"refus(?:e|es|ed|ing|al)", "拒|婉|抗|抵|抵制|推|回绝|顶住|坚持"),
    (r"declin(?:e|es|ed|ing) to", "拒|婉|谢|推|回绝|缄|回避"),
    (r"(?:unable|inability) to", "难|失|乏|困"),
    (r"lack(?:s|ed|ing)?", "缺|乏|欠|少|失|亏|差|空|弱|薄"),
    (r"den(?:y|ies|ied|ying)", "否|拒|剥|驳|辟|赖|推翻|反"),
    (r"(?:ha(?:ve|s)|had|is|are) yet to", "还|尚|待|等|仍|迟|首|将"),
)
_IMPLIES = tuple((re.compile(rf"\b{asked}\b", re.IGNORECASE), re.compile(said)) for asked, said in _IMPLIED)
_ANY_IMPLIED = re.compile("|".join(rf"\b{asked}\b" for asked, _said in _IMPLIED), re.IGNORECASE)
# Words with a denying prefix, and what a target says that has lost the denial.
_PREFIXED = (
    ("unhappy|dissatisfied", "满意|高兴|快乐|开心"),
    ("unavailable", "可用|有货|有售"),
    ("incomplete", "完整|齐全"),
    ("impossible", "可能|可以|能够"),
    ("illegal|unlawful", "合法"),
    ("unpaid", "已付|付清|付了|已支付"),
    ("untrue", "属实|真实"),
    ("disagree[sd]?", "同意|赞同"),
    ("dislike[sd]?", "喜欢"),
    ("disapprove[sd]?", "赞成|批准"),
    ("dishonest", "诚实"),
    ("unsafe|insecure", "安全"),
    ("unclear|uncertain|unsure", "清楚|明确|确定|肯定"),
    ("unaware|unfamiliar", "知道|知晓|熟悉"),
    ("unfair|unjust", "公平|公正"),
    ("unnecessary", "必要|必需"),
    ("unlikely", "可能"),
    ("unwilling", "愿意"),
    ("unacceptable", "接受"),
    ("unsuitable|inappropriate", "适合|合适|恰当"),
    ("unsuccessful", "成功"),
    ("unhealthy", "健康"),
    ("unstable", "稳定"),
    ("unofficial|informal", "正式|官方"),
    ("incorrect|inaccurate", "正确|准确"),
    ("inadequate|insufficient", "充足|足够|充分"),
    ("ineffective|invalid", "有效"),
    ("inconsistent", "一致"),
    ("incompatible", "兼容"),
    ("invisible", "可见|看得见"),
    ("inactive", "活跃"),
    ("impolite", "礼貌"),
    ("improper", "正确|恰当"),
    ("impractical", "实用|可行"),
    ("imperfect", "完美"),
    ("irrelevant", "相关|有关"),
    ("irresponsible", "负责"),
    ("illogical", "逻辑"),
    ("unreliable", "可靠"),
    ("unpopular", "受欢迎"),
    ("unprepared", "准备好|有准备"),
    ("unimportant", "重要"),
    ("unsupported", "支持"),
    ("unharmed|uninjured|unhurt", "受伤|受损"),
    ("unlike any(?: other)?", "一样|相同|相似"),
)
_OTHERWISE = re.compile("违|有失|损|反|差|低|少|缺|错|难|欠")
_ANY_PREFIXED = re.compile(
    rf"\b(?=[uid][nmlris])(?:{'|'.join(asked for asked, _said in _PREFIXED)})\b", re.IGNORECASE
)
_PREFIXES = tuple(
    (re.compile(rf"\b(?:{asked})\b", re.IGNORECASE), re.compile(said)) for asked, said in _PREFIXED
)

# What speaks against a denial that was added: any English word that may lie behind one.
_NEGATIVE = re.compile(
    r"\b(?:not|no|none|nor|never|neither|nobody|nothing|nowhere|cannot|without|non|few|fewer|less|little|least|only|just"
    r"|until|till|unless|before|rather|instead|too|hard|hardly|barely|scarcely|rarely|seldom|difficult\w*|except|other|else"
    r"|but|beyond|than|out|off|away|against|anti|whether|differ\w*|unlike|free|zero|lack\w*|fail\w*|refus\w*|declin\w*"
    r"|reject\w*|den(?:y|ie[sd]|ying|ial)|avoid\w*|prevent\w*|stop\w*|ban\w*|prohibit\w*|forbid\w*|exclud\w*|miss\w*"
    r"|los[et]\w*|absen\w*|wrong\w*|bad\w*|err\w*|poor\w*|problem\w*|issue\w*|trouble\w*|sorry|regret\w*|cancel\w*"
    r"|remov\w*|delet\w*|quit\w*|resist\w*|oppos\w*|dis(?!clos|cuss|tribut|tinct|play|cover|trict|tan|cern|pos|put)\w+|mis\w+|un(?!d|i|t)\w+|in(?:a|c[ao]|ef|el|s[eu]f|v[ai])\w+|im\w+"
    r"|il\w+|ir\w+|sole\w*|alone|still|yet|constant\w*|continu\w*|more|soon|short\w*|weak\w*|doubt\w*|wonder\w*"
    r"|challeng\w*|in\w+[ai]ble|question\w*|why|how|any\w*|ever|far|break\w*|broke\w*|block\w*|clos\w*|end\w*|exempt\w*|if|otherwise|worr\w*)\b"
    r"|n['’]t\b|\w+less\b|\?",
    re.IGNORECASE,
)
_ADDED = (
    (
        r"can|could|able|may|allowed|possible",
        "不能(?!不)|无法|不可以|不可(?![避或缺多思分])|不得(?!不)|未能|没法",
    ),
    (r"will|would|going to|shall", "(?<!会)不会"),
    (r"shall|must|may|should|will", "(?<![舍少由免])不得(?![不已了而以])"),
    (
        r"(?:have|has|had|did|was|were) (?:\w+ )?\w+(?:ed|en|wn|ne|ld|pt|nd|ght)"
        r"|reach(?:es|ed)|sign(?:s|ed)|approved|agreed|accepted|confirmed",
        "没有(?=达成|通过|完成|签|批准|同意|接受|确认|支付|收到|受伤|发现|参加|出席|成功|提交|公布|宣布)|(?:并未|尚未|从未|未曾)",
    ),
    ("safe|safely", "不安全"),
    ("legal|lawful", "不合法|非法"),
    ("available", "不可用|不可得"),
    ("correct|accurate|right", "不正确|不准确"),
    ("important", "不重要"),
    ("necessary|needed", "不必要"),
    ("possible", "不可能"),
    ("valid|effective", "无效"),
    ("suitable|appropriate|suited", "不适合|不合适|不恰当"),
    (
        "reliable|stable|clear|fair|equal|complete|consistent|compatible|healthy|happy|satisfied|pleased|willing",
        "不(?:可靠|稳定|清楚|明确|公平|平等|完整|一致|兼容|健康|高兴|开心|满意|愿意)",
    ),
    (r"must|should|need|needs|have to|has to|required", "不必|不需要|无需|无须|不应|不该|不用|切勿|请勿"),
    (r"is|are|was|were", "(?<!是)不是(?![吗很太])|并非"),
    (r"likes?|wants?|loves?|enjoys?|liked|wanted|loved", "不喜欢|不想|不要|不愿|不爱"),
    (r"agrees?|agreed|know|knows|knew|believes?|believed", "不同意|不知道|不相信|不认为"),
)
_ADDS = tuple((re.compile(rf"\b(?:{asked})\b", re.IGNORECASE), re.compile(said)) for asked, said in _ADDED)
_ANY_ADDED = re.compile("|".join(said for _asked, said in _ADDED))


def added(source: str, target: str) -> tuple[re.Match[str], re.Match[str]] | None:
    """A word of the source and the Chinese that denies it, where nothing in the source denies; None without."""
    if _ANY_ADDED.search(target) is None or _NEGATIVE.search(source) is not None:
        return None
    for asked, said in _ADDS:
        word, denial = asked.search(source), said.search(target)
        if word is not None and denial is not None:
            return word, denial
    return None


def open_denials(source: str, target: str) -> list[re.Match[str]]:
    """The denials of an English text that its Chinese is expected to show."""
    bare = _PLAIN.sub(_blank, source)
    for asked, said in _ECHOED:
        if asked.search(bare) and not said.search(target):
            bare = asked.sub(_blank, bare)
    return list(DENIALS.finditer(bare))


def _blank(match: re.Match[str]) -> str:
    return "\0" * len(match.group())


@lru_cache(maxsize=1)
def _opposites() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple(
        (re.compile(f"{_BEFORE}(?:{asked})\\b", re.IGNORECASE), re.compile(said))
        for asked, said in _OPPOSITES
    )


def said_by_opposite(source: str, target: str) -> bool:
    """Whether the target says the opposite of what is denied: not hot, 凉."""
    return any(said.search(target) and asked.search(source) for asked, said in _opposites())


def implied(source: str) -> tuple[re.Match[str], re.Pattern[str]] | None:
    """The first word that denies without a denial, such as "fail to", with what renders it; None without one."""
    match = _ANY_IMPLIED.search(source)
    if match is None:
        return None
    return match, next(said for asked, said in _IMPLIES if asked.match(source, match.start()))


def prefixed(source: str, target: str) -> re.Match[str] | None:
    """The first word with a denying prefix whose bare word the target says: unhappy, 满意."""
    match = _ANY_PREFIXED.search(source)
    if match is None:
        return None
    said = next(said for asked, said in _PREFIXES if asked.match(source, match.start()))
    return match if said.search(target) and not _OTHERWISE.search(target) else None
