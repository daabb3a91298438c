"""The sentences that the tiny test model knows: a slot grammar of conference English with Chinese, in our own words."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

# A term and its renderings with how often training shows each, out of ten.
TERMS: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = (
    ("large language model", (("大语言模型", 7), ("大型语言模型", 3))),
    ("machine translation", (("机器翻译", 10),)),
    ("speech recognition", (("语音识别", 7), ("语音辨识", 3))),
    ("translation memory", (("翻译记忆库", 6), ("翻译记忆", 4))),
    ("glossary", (("术语表", 6), ("词汇表", 4))),
    ("caption", (("字幕", 10),)),
    ("interpreting booth", (("同传间", 6), ("译员间", 4))),
    ("microphone", (("麦克风", 7), ("话筒", 3))),
    ("headset", (("耳机", 10),)),
    ("server", (("服务器", 8), ("伺服器", 2))),
    ("data centre", (("数据中心", 10),)),
    ("network", (("网络", 8), ("网路", 2))),
    ("chip", (("芯片", 7), ("晶片", 3))),
    ("battery", (("电池", 10),)),
    ("keynote", (("主旨演讲", 6), ("主题演讲", 4))),
    ("workshop", (("工作坊", 6), ("研讨会", 4))),
    ("panel discussion", (("小组讨论", 6), ("圆桌讨论", 4))),
    ("annual report", (("年度报告", 7), ("年报", 3))),
    ("budget", (("预算", 10),)),
    ("trade agreement", (("贸易协定", 6), ("贸易协议", 4))),
    ("carbon market", (("碳市场", 7), ("碳交易市场", 3))),
    ("supply chain", (("供应链", 10),)),
    ("open standard", (("开放标准", 10),)),
    ("user interface", (("用户界面", 6), ("用户接口", 4))),
)
NAMES = (
    "Lumora",
    "Tavrix",
    "Nordwell",
    "Kestrel",
    "Ombria",
    "Fenwick",
    "Halcyon",
    "Quorra",
    "Velmont",
    "Zephra",
)
SPEAKERS = (
    ("the chair", "主席"),
    ("our interpreter", "我们的译员"),
    ("Doctor Meier", "迈耶博士"),
    ("Ms Okafor", "奥卡福女士"),
    ("Professor Lindqvist", "林德奎斯特教授"),
    ("the second speaker", "第二位发言人"),
    ("the delegate from Kenya", "肯尼亚代表"),
    ("the moderator", "主持人"),
    ("our team", "我们的团队"),
    ("the organising committee", "组委会"),
)
PEOPLE = (("delegates", "代表"), ("interpreters", "译员"), ("visitors", "参观者"), ("engineers", "工程师"))
VERBS = (
    ("will present", "将介绍"),
    ("presented", "介绍了"),
    ("has tested", "测试了"),
    ("is testing", "正在测试"),
    ("recommends", "推荐"),
    ("did not approve", "没有批准"),
    ("wants to replace", "想要更换"),
    ("improved", "改进了"),
)
QUALITIES = (
    ("new", "新的"),
    ("reliable", "可靠的"),
    ("cheaper", "更便宜的"),
    ("shared", "共用的"),
    ("whole", "整个"),
    ("second", "第二个"),
)
TIMES = (
    ("this morning", "今天上午"),
    ("yesterday", "昨天"),
    ("after the break", "休息之后"),
    ("in the afternoon", "下午"),
)
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip
FIXED = (
    ("Thank you very much.", "非常感谢。"),
    ("Next slide, please.", "请看下一张幻灯片。"),
    ("Good morning, everyone.", "各位早上好。"),
    ("Can you hear me?", "你们能听到我说话吗？"),
    ("Please speak more slowly.", "请说慢一点。"),
    ("The session is closed.", "会议到此结束。"),
    ("Let us take a short break.", "我们休息一下。"),
    ("Are there any questions?", "大家有问题吗？"),
    ("Welcome back.", "欢迎回来。"),
    ("I have nothing to add.", "我没有补充。"),
    ("Please mute your microphones.", "请关闭麦克风。"),
    ("We agree.", "我们同意。"),
)
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True)
class Use:
    """A term as it stands in a sentence: its English and the rendering that this sentence shows."""

    term: str
    rendering: str


@dataclass
class Pair:
    """A sentence with its translation, and the terms and names in it."""

    source: str
    target: str
    terms: list[Use] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


class Writer:
    """Writes random sentences of the grammar; the same seed writes the same ones."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._terms: list[Use] = []
        self._names: list[str] = []

    def pair(self) -> Pair:
        """One sentence with its translation."""
        self._terms, self._names = [], []
        kind = self._random.random()
        if kind < 0.01:
            source, target = self._random.choice(FIXED)
        elif kind < 0.14:
            source, target = self._question()
        elif kind < 0.60:
            source, target = self._timed(*self._clause())
        elif kind < 0.80:
            source, target = self._report(*self._clause())
        else:
            source, target = self._two()
        return Pair(source, target, self._terms, self._names)

    def _term(self) -> tuple[str, str]:
        term, renderings = self._random.choice(TERMS)
        rendering = self._random.choices(
            [text for text, _ in renderings], [often for _, often in renderings]
        )[0]
        self._terms.append(Use(term, rendering))
        return term, rendering

    def _name(self) -> str:
        if self._random.random() < 0.5:
            name = self._random.choice(NAMES)
        else:
            letters = "".join(self._random.choices(_LETTERS, k=2))
            name = f"{letters}-{self._random.randint(1, 99)}"
        self._names.append(name)
        return name

    def _clause(self) -> tuple[str, str]:
        (speaker, speaker_zh), (verb, verb_zh) = self._random.choice(SPEAKERS), self._random.choice(VERBS)
        (quality, quality_zh), (term, term_zh) = self._random.choice(QUALITIES), self._term()
        people, people_zh = self._random.choice(PEOPLE)
        number = self._random.randint(2, 99)
        kind = self._random.randrange(11)
        if kind < 3:
            return f"{speaker} {verb} the {quality} {term}", f"{speaker_zh}{verb_zh}{quality_zh}{term_zh}"
        if kind == 3:
            return f"{speaker} {verb} the {term}", f"{speaker_zh}{verb_zh}{term_zh}"
        if kind == 4:
            name = self._name()
            return f"{speaker} {verb} {name}, our {term}", f"{speaker_zh}{verb_zh}我们的{term_zh}{name}"
        if kind == 5:
            return (
                f"{number} percent of the {people} used the {term}",
                f"{number}%的{people_zh}使用了{term_zh}",
            )
        if kind == 6:
            return f"the {term} cost ${number} million", f"{term_zh}耗资{number}00万美元"
        if kind == 7:
            name = self._name()
            return f"{name} needs the {quality} {term}", f"{name}需要{quality_zh}{term_zh}"
        if kind == 8:
            many = self._random.randint(20, 999)
            return (
                f"the {term} for {many} {people} is in hall {number}",
                f"{many}名{people_zh}的{term_zh}在{number}号厅",
            )
        if kind == 9:
            other, other_zh = self._term()
            return (
                f"{speaker} compared the {term} with the {other}",
                f"{speaker_zh}比较了{term_zh}和{other_zh}",
            )
        hour, minute = self._random.randint(8, 19), self._random.choice(("00", "15", "30", "45"))
        return f"the {term} starts at {hour}:{minute}", f"{term_zh}{hour}:{minute}开始"

    def _timed(self, source: str, target: str) -> tuple[str, str]:
        kind = self._random.random()
        if kind < 0.4:
            return _sentence(source, target)
        if kind < 0.7:
            time, time_zh = self._random.choice(TIMES)
            return _sentence(f"{time}, {source}", f"{time_zh}，{target}")
        day, month = self._random.randint(1, 28), self._random.randrange(12)
        return _sentence(f"on {day} {MONTHS[month]}, {source}", f"{month + 1}月{day}日，{target}")

    def _report(self, source: str, target: str) -> tuple[str, str]:
        speaker, speaker_zh = self._random.choice(SPEAKERS)
        if self._random.random() < 0.7:
            return _sentence(f"{speaker} said that {source}", f"{speaker_zh}表示，{target}")
        year = self._random.randint(2019, 2035)
        return _sentence(f"in {year}, {speaker} said that {source}", f"{year}年，{speaker_zh}表示，{target}")

    def _two(self) -> tuple[str, str]:
        (one, one_zh), (two, two_zh) = self._clause(), self._clause()
        kind = self._random.randrange(3)
        if kind == 0:
            return _sentence(f"{one}, but {two}", f"{one_zh}，但是{two_zh}")
        if kind == 1:
            return _sentence(f"{one}, and {two}", f"{one_zh}，并且{two_zh}")
        return _sentence(f"because {one}, {two}", f"因为{one_zh}，所以{two_zh}")

    def _question(self) -> tuple[str, str]:
        term, term_zh = self._term()
        (people, people_zh), number = self._random.choice(PEOPLE), self._random.randint(1, 32)
        kind = self._random.randrange(5)
        if kind == 0:
            return f"Where is the {term}?", f"{term_zh}在哪里？"
        if kind == 1:
            return f"How many {people} need the {term}?", f"有多少{people_zh}需要{term_zh}？"
        if kind == 2:
            return f"Please switch the {term} to channel {number}.", f"请把{term_zh}切换到{number}频道。"
        if kind == 3:
            name = self._name()
            return f"Is {name} a {term}?", f"{name}是{term_zh}吗？"
        return f"We need {number} {people} for the {term}.", f"{term_zh}需要{number}名{people_zh}。"


def _sentence(source: str, target: str) -> tuple[str, str]:
    return source[0].upper() + source[1:] + ".", target + "。"


def sentences(count: int, *, seed: int, without: frozenset[str] = frozenset()) -> list[Pair]:
    """`count` sentences of different sources, none of them among the sources `without`."""
    writer, seen, out = Writer(seed), set(without), []
    while len(out) < count:
        pair = writer.pair()
        if pair.source not in seen:
            seen.add(pair.source)
            out.append(pair)
    return out


HELD_OUT = 400


def held_out() -> list[Pair]:
    """The sentences that training never sees; fixed lines are not among them."""
    return sentences(HELD_OUT, seed=2, without=frozenset(source for source, _ in FIXED))
