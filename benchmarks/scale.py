"""Alignment at scale: CPU seconds, peak memory and link F1 against the known truth, for long and for unkind documents.

    python benchmarks/scale.py                                 made-up text, 1,000 to 100,000 sentences a side
    python benchmarks/scale.py --data DIR                      sentences of DIR/align/*.jsonl, made distinct
    python benchmarks/scale.py --cases intact,lost-end --counts 10000

Each case runs in a process of its own, so that its peak memory is its own. "sentences" counts both sides; "sent/s" is
per CPU second of the second run of a process for counts up to 10,000 and of the first for longer ones. A link is a pair
of sentences in one bead; what has no partner counts as a link with nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import time
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Pool = list[tuple[str, str]]
# A document: both sides, for each target sentence the source sentence it translates or -1, the two languages.
Made = tuple[list[str], list[str], list[int], str, str]

LOST = ("lost-block", "lost-small", "lost-start", "lost-end")
CASES = ("intact", *LOST, "extra-block", "moved")
UNKIND = ("alike", "cycle", "table", "no-dictionary", "one-sided", "unrelated")

WHO = (
    "farmer 农民|teacher 老师|captain 船长|nurse 护士|engineer 工程师|painter 画家|mayor 市长|baker 面包师|"
    "lawyer 律师|driver 司机|singer 歌手|judge 法官|soldier 士兵|student 学生|doctor 医生|thief 小偷"
)
DID = (
    "repaired 修理了|bought 买了|lost 丢了|painted 画了|stole 偷了|cleaned 打扫了|described 描述了|"
    "measured 测量了|sold 卖了|found 找到了|forgot 忘了|photographed 拍摄了|hid 藏起了|moved 搬走了"
)
WHAT = (
    "bridge 桥|boat 船|letter 信|clock 钟|horse 马|camera 相机|piano 钢琴|map 地图|lamp 灯|chair 椅子|"
    "bicycle 自行车|ladder 梯子|carpet 地毯|mirror 镜子|window 窗户|basket 篮子|statue 雕像|drum 鼓"
)
WHERE = (
    "harbour 港口|market 市场|museum 博物馆|station 车站|village 村庄|garden 花园|library 图书馆|"
    "factory 工厂|church 教堂|forest 森林|hospital 医院|island 岛|castle 城堡|theatre 剧院|airport 机场"
)
WHEN = (
    "Monday 星期一|winter 冬天|spring 春天|the morning 早上|the evening 晚上|August 八月|December 十二月|"
    "the night 夜里"
)


def made_up_pool(count: int, chance: random.Random) -> Pool:
    """Sentences and translations out of a few dozen words, three in ten with a number, so that most are distinct."""
    parts = [
        [tuple(pair.rsplit(" ", 1)) for pair in each.split("|")] for each in (WHO, DID, WHAT, WHERE, WHEN)
    ]
    found: Pool = []
    for _ in range(count):
        who, did, what, where, when = (chance.choice(part) for part in parts)
        english = f"In {when[0]} the {who[0]} {did[0]} the {what[0]} at the {where[0]}"
        chinese = f"{when[1]}，{who[1]}在{where[1]}{did[1]}{what[1]}"
        if chance.random() < 0.3:
            other, place = chance.choice(parts[2]), chance.choice(parts[3])
            number = chance.randrange(2, 900)
            english += f" and {number} people saw the {other[0]} near the {place[0]}"
            chinese += f"，{number}个人在{place[1]}附近看见了{other[1]}"
        found.append((english + ".", chinese + "。"))
    return found


def data_pool(folder: Path, count: int, chance: random.Random) -> Pool:
    """The pairs of the clean sets, again and again; each fifth with a name, each fifth with a number of its own."""
    pairs: Pool = []
    for name in ("wmt22", "wmt21", "ntrex"):
        for line in (folder / "align" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            each = json.loads(line)
            left = [each["en_raw"][a:b] for a, b in each["en_sents"]]
            right = [each["zh_raw"][a:b] for a, b in each["zh_sents"]]
            pairs += [(left[a[0]], right[b[0]]) for a, b in each["beads"]]
    found: Pool = []
    for _ in range(count):
        english, chinese = chance.choice(pairs)
        which = chance.random()
        if which < 0.2:
            name = "".join(chance.choices("bdfgklmnprst", k=1) + chance.choices("aeioukmnrs", k=5)).title()
            english, chinese = f"{name}: {english}", f"{name}：{chinese}"
        elif which < 0.4:
            number = chance.randrange(1000, 99_999)
            english, chinese = f"{number} {english}", f"{number} {chinese}"
        found.append((english, chinese))
    return found


def document(case: str, count: int, pool: Pool, chance: random.Random) -> Made:
    """A document of `count` source sentences and its draft as the case has it."""
    source, whole = [english for english, _ in pool], [chinese for _, chinese in pool]
    kept = list(range(count))
    third, lost = count // 3, count * 3 // 10
    if case == "lost-block":
        kept = [*range(third), *range(third + lost, count)]
    elif case == "lost-start":
        kept = list(range(lost, count))
    elif case == "lost-end":
        kept = list(range(count - lost))
    elif case == "lost-small":
        kept = []
        at = 0
        while at < count:
            run = chance.randrange(1, 15)
            kept += range(at, min(at + run, count))
            at += run + chance.randrange(1, 6)
    elif case == "moved":
        chapter = count // 10
        kept = [at for at in range(count) if not third <= at < third + chapter]
        kept[2 * third : 2 * third] = range(third, third + chapter)
    elif case != "intact" and case != "extra-block":
        return unkind(case, count, pool, chance)
    target, truth = [whole[at] for at in kept], list(kept)
    if case == "moved":  # A moved chapter cannot be part of an alignment that keeps the order.
        truth = [-1 if third <= at < third + count // 10 else at for at in kept]
    if case == "extra-block":
        source = source[:third] + source[third + lost :]
        truth = [-1 if third <= at < third + lost else at if at < third else at - lost for at in kept]
    return source, target, truth, "en", "zh"


def unkind(case: str, count: int, pool: Pool, chance: random.Random) -> Made:
    """Documents that give an aligner little to hold on to."""
    same = list(range(count))
    if case == "alike":
        return ["It was raining again."] * count, ["又下雨了。"] * count, same, "en", "zh"
    if case == "cycle":
        few = pool[:20]
        sides = [few[at % 20] for at in same]
        return [a for a, _ in sides], [b for _, b in sides], same, "en", "zh"
    if case == "table":
        rows = [f"{chance.randrange(10)} {chance.randrange(100)} {chance.randrange(10)}" for _ in same]
        return rows, [row.replace(" ", "  ") for row in rows], same, "en", "zh"
    if case == "no-dictionary":
        words = ["".join(chance.choices("abdeiklmnorstuv", k=chance.randrange(3, 10))) for _ in range(4000)]
        lengths = [chance.randrange(4, 25) for _ in same]
        left: list[str] = [
            " ".join(chance.choices(words[:2000], k=length)).capitalize() + "." for length in lengths
        ]
        right = [
            " ".join(chance.choices(words[2000:], k=length + 1)).capitalize() + "." for length in lengths
        ]
        return left, right, same, "de", "fi"
    if case == "one-sided":
        return [a for a, _ in pool], [b for _, b in pool[:10]], list(range(10)), "en", "zh"
    shuffled = [b for _, b in pool]
    chance.shuffle(shuffled)
    return [a for a, _ in pool], shuffled, [-1] * count, "en", "zh"


def measure(case: str, count: int, data: str) -> None:
    """Run one case in this process and print its line."""
    from workbench import lexicon
    from workbench.aligner import align

    chance = random.Random(1)
    pool = data_pool(Path(data), count, chance) if data else made_up_pool(count, chance)
    source, target, truth, source_lang, target_lang = document(case, count, pool, chance)
    lexicon.load()
    before = memory()
    seconds = 0.0
    for _ in range(2 if count <= 10_000 else 1):
        start = time.process_time()
        beads = align(source, target, source_lang=source_lang, target_lang=target_lang)
        seconds = time.process_time() - start
    links = {(i, j) for bead in beads for i in bead.source or (-1,) for j in bead.target or (-1,)}
    gold = {(at, j) for j, at in enumerate(truth)}
    gold |= {(i, -1) for i in set(range(len(source))) - {at for at in truth if at >= 0}}
    f1 = 2 * len(links & gold) / (len(links) + len(gold))
    sentences = len(source) + len(target)
    print(
        f"{case:14} {len(source):7} {len(target):7} {seconds:8.2f} {sentences / max(seconds, 1e-9):8.0f}"
        f" {memory():6.0f} {memory() - before:6.0f} {f1:7.4f}",
        flush=True,
    )


def memory() -> float:
    """The most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--data", default=os.environ.get("WORKBENCH_BENCH", ""), help="folder with align/*.jsonl"
    )
    parser.add_argument("--cases", default=",".join((*CASES, *UNKIND)), help="some of the cases, with commas")
    parser.add_argument("--counts", default="1000,10000,100000", help="sentences of the source, with commas")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    cases, counts = options.cases.split(","), [int(each) for each in options.counts.split(",")]
    unknown = [case for case in cases if case not in (*CASES, *UNKIND)]
    if unknown or (options.data and not (Path(options.data) / "align").is_dir()):
        reason = (
            f"no case {unknown[0]!r}"
            if unknown
            else f"no data in {options.data}: give --data DIR with DIR/align/*.jsonl"
        )
        print(f"benchmarks/scale.py: {reason}", file=sys.stderr)
        return 2
    if options.one:
        measure(cases[0], counts[0], options.data)
        return 0
    print(
        f"{'case':14} {'source':>7} {'target':>7} {'CPU s':>8} {'sent/s':>8} {'MB':>6} {'more':>6} {'link F1':>7}",
        flush=True,
    )
    for count, case in product(counts, cases):
        command = [
            sys.executable,
            __file__,
            "--one",
            "--cases",
            case,
            "--counts",
            str(count),
            "--data",
            options.data,
        ]
        done = subprocess.run(command, check=False)
        if done.returncode:
            print(f"{case:14} {count:7} failed with {done.returncode}", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
