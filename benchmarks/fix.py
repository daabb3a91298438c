"""What `workbench fix` makes of machine drafts: half-width marks before and after, and what was right and touched.

    python benchmarks/fix.py --data DIR [--show NAME] [--json FILE]

DIR holds drafts/: one *.en with a sentence a line, one human translation of it (*.zh without another word in its name)
and any number of machine drafts (*.NAME.zh), line by line. A unit has a half-width mark where one of , ; : ? ! . ( )
stands behind a Chinese character, with a space between at most, and before another or at the end. Nearer and farther
count the drafts whose edit distance to the human translation the fixes make smaller or larger. --show prints what they
change in one file.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

from workbench.checks import CHECKS, CheckContext
from workbench.checks.fixing import FORM, fixed
from workbench.checks.texts import view
from workbench.model import TranslationUnit

HALF_WIDTH = re.compile("[\u4e00-\u9fff”’）] ?[,;:?!.()](?= ?[\u4e00-\u9fff“（]|$)")
SAFE = tuple(check for check in CHECKS if check.id in FORM and check.default)
COLUMNS = (
    "units",
    "half-width before",
    "after",
    "changed",
    "nearer",
    "farther",
    "codes changed",
    "not settled",
)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=os.environ.get("WORKBENCH_BENCH"))
    parser.add_argument("--show", help="print what changes in this file")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    options = parser.parse_args()
    folder = Path(options.data) / "drafts" if options.data else Path()
    sources = sorted(folder.glob("*.en")) if options.data else []
    if not sources:
        sys.exit("no data: give --data DIR (or WORKBENCH_BENCH) with drafts/*.en, *.zh and *.NAME.zh")
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {load}, Python {platform.python_version()}")
    print(f"fixes of {', '.join(check.id for check in SAFE)}")
    print(f"{'file':28} " + "  ".join(COLUMNS))
    figures: dict[str, Any] = {}
    for source in sources:
        english = source.read_text(encoding="utf-8").splitlines()
        human = source.with_suffix(".zh").read_text(encoding="utf-8").splitlines()
        for path in sorted(folder.glob(f"{source.stem}*.zh")):
            targets = path.read_text(encoding="utf-8").splitlines()
            figures[path.name] = measure(english, human, targets, show=path.name == options.show)
            cells = figures[path.name]
            print(f"{path.name:28} " + "  ".join(f"{shown(cells[name]):>{len(name)}}" for name in COLUMNS))
            print(
                f"{'':28} by check: "
                + (", ".join(f"{name} {count}" for name, count in cells["by check"].items()) or "–")
                + f"; {cells['ms']:.2f} CPU ms a unit"
            )
    if options.json:
        options.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def shown(value: float) -> str:
    return f"{value:.1%}" if isinstance(value, float) else f"{value}"


def measure(english: list[str], human: list[str], targets: list[str], *, show: bool) -> dict[str, Any]:
    """The row of one file."""
    context = CheckContext()
    count: Counter[str] = Counter()
    by_check: Counter[str] = Counter()
    # The script tables are loaded once.
    fixed(TranslationUnit("warm", 0, "A page.", "一頁,好"), context, checks=SAFE)
    seconds = 0.0
    for number, (source, reference, target) in enumerate(zip(english, human, targets, strict=True)):
        unit = TranslationUnit(str(number + 1), number, source, target)
        start = time.process_time()
        result = fixed(unit, context, checks=SAFE)
        seconds += time.process_time() - start
        again = fixed(TranslationUnit(unit.id, number, source, result.target), context, checks=SAFE)
        old, new = (Levenshtein.distance(text, reference) for text in (target, result.target))
        parts = [[part.text for part in view(text).parts] for text in (target, result.target)]
        by_check.update(issue.check for issue in result.made)
        count["before"] += bool(HALF_WIDTH.search(target))
        count["after"] += bool(HALF_WIDTH.search(result.target))
        count["changed"] += result.target != target
        count["nearer"] += new < old
        count["farther"] += new > old
        count["codes changed"] += parts[0] != parts[1]
        count["not settled"] += again.target != result.target
        if show and result.target != target:
            print(f"{unit.id}\n- {target}\n+ {result.target}")
    size = len(targets)
    return {
        "units": size,
        "half-width before": count["before"] / size,
        "after": count["after"] / size,
        "changed": count["changed"] / size,
        **{name: count[name] for name in COLUMNS[4:]},
        "by check": dict(by_check.most_common()),
        "ms": 1000 * seconds / size,
    }


if __name__ == "__main__":
    main()
