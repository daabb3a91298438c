"""What the checks find and what they cost: recall by kind of fault, noise by check, values, repairs, speed.

    python benchmarks/checks.py --data DIR [--checks +id,-id] [--glossary N] [--project N] [--workers 1,2]
                                [--install | --pofilter PATH] [--show CHECK] [--json FILE]

DIR holds qa/untouched.jsonl (human references), qa/planted.jsonl (the same with one planted fault each) and
qa/values.jsonl (right and wrong renderings), a unit a line: {"id", "source", "target", "fault"}; the id of a planted
unit is that of its untouched twin, "-" and the kind of fault. A fault counts as found when one of its checks finds more
in the planted unit than in its twin. Machine drafts are the matter of fix.py.

--project checks that many units, the untouched ones over and over, in as many processes as --workers names in turn: CPU
seconds of this process and its children, and seconds on the clock, which mean little where the load is high. The peer
is pofilter of translate-toolkit (GPL), a program run on the same units and never imported: --install puts it into
an environment of its own in the cache (WORKBENCH_PEERS names another), --pofilter names one that is there.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import replace
from importlib.metadata import version
from itertools import cycle
from pathlib import Path
from typing import Any

from workbench.checks import Check, CheckContext, DocumentSummaries, message, run, select
from workbench.model import Concept, Term, TranslationUnit
from workbench.pipeline.check import find_issues
from workbench.termbase import Termbase

# Which checks are to find which kind of planted fault.
FOUND_BY = {
    "number_digit": "number date unit",
    "number_magnitude": "number",
    "number_dropped": "number date",
    "percent_dropped": "number unit",
    "date_month": "date number",
    "currency": "unit number",
    "unit": "unit number",
    "value": "number date unit",
    "negation_dropped": "negation",
    "term": "terminology",
    "end_dropped": "punctuation",
    "end_ascii": "punctuation width",
    "comma_ascii": "punctuation width",
    "fullwidth_digits": "width punctuation number characters",
    "quote_lost": "quotes brackets",
    "bracket_lost": "brackets quotes",
    "space_double": "whitespace spacing",
    "space_in_han": "whitespace spacing",
    "space_edge": "whitespace spacing",
    "repetition": "repetition",
    "doubled": "repetition",
    "truncated": "length",
    "untranslated": "untranslated",
    "residue": "residue untranslated",
    "traditional": "script",
    "zero_width": "characters",
    "mojibake": "characters",
    "url_changed": "url",
    "placeholder_lost": "placeholder tag",
}
PEER_PIN = "translate-toolkit==3.20.4"
# The peer's tests that answer to each of these checks.
PEER = {
    "numbers": "number date unit",
    "endpunc": "punctuation",
    "puncspacing": "punctuation whitespace",
    "doublequoting": "quotes",
    "singlequoting": "quotes",
    "brackets": "brackets",
    "doublespacing": "whitespace",
    "startwhitespace": "whitespace",
    "endwhitespace": "whitespace",
    "doublewords": "repetition",
    "unchanged": "untranslated",
    "untranslated": "untranslated",
    "blank": "untranslated",
    "short": "length",
    "long": "length",
    "validchars": "characters",
    "urls": "url",
    "emails": "url",
    "variables": "placeholder",
    "printf": "placeholder",
    "pythonbraceformat": "placeholder",
    "xmltags": "tag",
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=os.environ.get("WORKBENCH_BENCH"))
    parser.add_argument(
        "--checks", help="as in workbench check: +id,-id or id,id (default: those on by default)"
    )
    parser.add_argument(
        "--glossary", type=int, default=100_000, help="concepts of the matching benchmark; 0 = none"
    )
    parser.add_argument("--project", type=int, default=10_000, help="units of the speed benchmark; 0 = none")
    parser.add_argument("--workers", default="1,2", help="numbers of processes to try, such as 1,2,4")
    parser.add_argument("--pofilter", type=Path, help="the pofilter of translate-toolkit, as a peer")
    parser.add_argument("--install", action="store_true", help="install the peer into the cache first")
    parser.add_argument("--show", help="print what this check finds in untouched references")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    options = parser.parse_args()
    folder = Path(options.data) / "qa" if options.data else Path()
    if not (folder / "untouched.jsonl").is_file():
        sys.exit(
            "no data: give --data DIR (or WORKBENCH_BENCH) with qa/untouched.jsonl, planted.jsonl, values.jsonl"
        )
    units = {name: read(folder / f"{name}.jsonl") for name in ("untouched", "planted", "values")}
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, load {load}, Python {platform.python_version()}, "
        f"ahocorasick-rs {version('ahocorasick-rs')}, opencc {version('opencc')}"
    )
    checks = select(options.checks)
    found, times = find_all(units, checks, show=options.show)
    figures = score(units, found, PLAIN)
    figures["unit_ms"] = {
        "median": percentile(times, 50),
        "p99": percentile(times, 99),
        "max": max(times) * 1000,
    }
    report("workbench", figures)
    print(
        "CPU ms a unit, all checks: median {median:.2f}, p99 {p99:.2f}, worst {max:.1f}".format(
            **figures["unit_ms"]
        )
    )
    if options.project:
        counts = [int(word) for word in options.workers.split(",")]
        figures["project"] = project_speed(units["untouched"], options.project, options.checks, counts)
    if options.glossary:
        figures["glossary"] = matching(options.glossary, [row["source"] for row in units["untouched"]])
    program = options.pofilter or peer_program(install=options.install)
    if program.is_file():
        peer = pofilter(program, units)
        figures["pofilter"] = score(units, peer, PEER)
        report("pofilter", figures["pofilter"])
    else:
        print("pofilter: not here (--install)")
    if options.json:
        options.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


PLAIN = {check.id: check.id for check in select("all")}


def read(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def find_all(
    units: dict[str, list[dict[str, Any]]], checks: tuple[Check, ...], *, show: str | None
) -> tuple[dict[str, Counter[str]], list[float]]:
    """How often each check finds something in each unit, and the CPU seconds of each unit."""
    context = CheckContext()
    # What is loaded once (the dictionary, the script tables) is not the cost of a unit.
    run(TranslationUnit("warm", 0, "saving 1 day", "我正在saving一天"), context, checks=checks)
    found: dict[str, Counter[str]] = {}
    times = []
    for name, rows in units.items():
        listed = [
            TranslationUnit(row["id"], number, row["source"], row["target"])
            for number, row in enumerate(rows)
        ]
        around = context
        if name == "untouched":
            # One document, so that checks that need the units around have their noise counted too.
            summaries = DocumentSummaries(checks)
            summaries.put_all(listed)
            around = replace(context, summaries=summaries)
        for row, unit in zip(rows, listed, strict=True):
            start = time.process_time()
            issues = run(unit, around, checks=checks)
            times.append(time.process_time() - start)
            found[row["id"]] = Counter(issue.check for issue in issues)
            for issue in issues:
                if name == "untouched" and issue.check == show:
                    print(f"{row['id']}  {message(issue)}\n   {row['source']}\n   {row['target']}")
    return found, times


def percentile(times: list[float], share: int) -> float:
    """Milliseconds."""
    return sorted(times)[min(len(times) - 1, len(times) * share // 100)] * 1000


def score(
    units: dict[str, list[dict[str, Any]]], found: dict[str, Counter[str]], names: dict[str, str]
) -> dict[str, Any]:
    """Recall by kind, their mean, findings per 100 untouched units, and the values; `names`: check → our ids."""
    hits: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for row in units["planted"]:
        kind = row["fault"]
        wanted = set(FOUND_BY.get(kind, kind).split())
        answering = [name for name, ids in names.items() if wanted & set(ids.split())]
        twin = found.get(row["id"].rsplit("-", 1)[0], Counter())
        total[kind] += 1
        hits[kind] += any(found[row["id"]][name] > twin[name] for name in answering)
    noise = sum((found[row["id"]] for row in units["untouched"]), Counter[str]())
    values: defaultdict[bool, list[bool]] = defaultdict(list)
    of_value = [name for name, ids in names.items() if set(ids.split()) & {"number", "date", "unit"}]
    for row in units["values"]:
        values[row["fault"] is None].append(any(found[row["id"]][name] for name in of_value))
    recall = {kind: hits[kind] / total[kind] for kind in total}
    recall["value"] = sum(values[False]) / len(values[False])
    count = len(units["untouched"])
    return {
        "recall": recall,
        "macro_recall": sum(recall.values()) / len(recall),
        "noise": {check: 100 * number / count for check, number in noise.most_common()},
        "noise_per_100": 100 * sum(noise.values()) / count,
        "values_right_silent": 1 - sum(values[True]) / len(values[True]),
        "values_wrong_found": recall["value"],
    }


def report(name: str, figures: dict[str, Any]) -> None:
    macro, noise = figures["macro_recall"], figures["noise_per_100"]
    print(f"\n{name}: macro recall {macro:.3f}, {noise:.2f} findings per 100 untouched")
    for kind, recall in sorted(figures["recall"].items(), key=lambda item: item[1]):
        print(f"  {kind:18} {recall:.3f}")
    print("  noise per 100: " + ", ".join(f"{check} {rate:.2f}" for check, rate in figures["noise"].items()))
    right, wrong = figures["values_right_silent"], figures["values_wrong_found"]
    print(f"  right values silent {right:.3f}, wrong ones found {wrong:.3f}\n")


def project_speed(
    rows: list[dict[str, Any]], size: int, checks: str | None, counts: list[int]
) -> dict[str, dict[str, float]]:
    """CPU and clock seconds of a project of `size` units, with each number of processes."""
    units = [
        TranslationUnit(str(number), number, row["source"], row["target"])
        for number, row in zip(range(size), cycle(rows), strict=False)
    ]
    figures: dict[str, dict[str, float]] = {}
    for workers in counts:
        before, clock = cpu_seconds(), time.perf_counter()
        found = sum(len(issues) for _unit, issues in find_issues(units, checks=checks, workers=workers))
        seconds, clock = cpu_seconds() - before, time.perf_counter() - clock
        load = os.getloadavg()[0]
        figures[str(workers)] = {"cpu": seconds, "clock": clock, "load": load, "findings": found}
        print(
            f"{size:,} units, {workers} process{'es' if workers > 1 else ''}: {seconds:.1f} CPU s "
            f"({100_000 * seconds / size:.0f} for 100,000), {clock:.1f} s on the clock, load {load:.1f}, "
            f"{found:,} findings"
        )
    return figures


def cpu_seconds() -> float:
    """CPU seconds of this process and of its children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def peer_folder() -> Path:
    from platformdirs import user_cache_path

    given = os.environ.get("WORKBENCH_PEERS")
    return (Path(given) if given else user_cache_path("workbench") / "peers") / "pofilter"


def peer_program(*, install: bool) -> Path:
    """Where pofilter is or would be, in an environment of its own, made first where `install` says so."""
    folder = peer_folder()
    program = folder / "bin" / "pofilter"
    if install and not program.is_file():
        print(f"installing {PEER_PIN} into {folder}", flush=True)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        done = subprocess.run(
            [folder / "bin" / "python", "-m", "pip", "install", "--quiet", PEER_PIN],
            check=False,
            capture_output=True,
        )
        if done.returncode:
            print(done.stderr.decode(errors="replace").strip().splitlines()[-1])
    return program


def matching(size: int, texts: list[str]) -> dict[str, float]:
    """A glossary of `size` made-up concepts over the words of the data: seconds to build, MB of text a second."""
    words = sorted({word for text in texts for word in re.findall(r"[A-Za-z]{3,}", text)})
    concepts = []
    draw = random.Random(7)
    for index in range(size):
        first, second, third = draw.choices(words, k=3)
        english = f"{first} {second}" if index % 3 else f"{first} {second} {third}"
        concepts.append(
            Concept(str(index), (Term(english, "en"), Term(chr(0x4E00 + index % 20000) * 2, "zh")))
        )
    termbase = Termbase(concepts)
    start = time.process_time()
    termbase.find("warm", "en")
    build = time.process_time() - start
    text = "\n".join(texts)
    text *= max(1, 5_000_000 // len(text.encode()))
    lines = text.split("\n")
    start = time.process_time()
    hits = sum(len(termbase.find(line, "en")) for line in lines)
    seconds = time.process_time() - start
    rate = len(text.encode()) / 1e6 / seconds
    print(
        f"glossary of {size:,} concepts: built in {build:.2f} s, {rate:.1f} MB of text a second, {hits:,} matches"
    )
    return {"build_seconds": build, "mb_per_second": rate}


def pofilter(program: Path, units: dict[str, list[dict[str, Any]]]) -> dict[str, Counter[str]]:
    """What the peer finds in the same units, by the names of its tests."""
    rows = [row for part in units.values() for row in part]
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "units.po", Path(folder) / "findings.po"
        entries = [
            f"#: {row['id']}\nmsgctxt {json.dumps(row['id'])}\nmsgid {po(row['source'])}\nmsgstr {po(row['target'])}\n"
            for row in rows
        ]
        header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: zh_CN\\n"\n'
        source.write_text("\n".join([header, *entries]), encoding="utf-8")
        subprocess.run(
            [program, "--language=zh_CN", "--progress=none", source, target], check=True, capture_output=True
        )
        print(f"pofilter on {len(rows)} units")
        text = target.read_text(encoding="utf-8") if target.exists() else ""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in text.split("\n\n"):
        name = re.search(r'^msgctxt "(.*)"', entry, re.MULTILINE)
        if name:
            found[name[1]].update(re.findall(r"^# \(pofilter\) (\w+):", entry, re.MULTILINE))
    return found


def po(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


if __name__ == "__main__":
    main()
