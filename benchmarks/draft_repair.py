"""What the repair of drafts finds in machine translations, and how often it is alarmed at human ones.

    python benchmarks/draft_repair.py --data DIR [--show NAME] [--json FILE]

DIR holds drafts/ as for fix.py. Loops, endings lost (short), texts far too long (long), pieces without a character
(unknown) and empty texts are counted in each file; the human translation (*.zh) tells the false alarms. Mended counts
the texts that the safe fixes change, half-width those with a half-width mark behind a Chinese character before and
after, and planted the faults found where a machine draft was spoiled: its last part said three times more (loop), or
cut off at half (short). --show prints what is found in one file.
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

from workbench.checks import CHECKS, CheckContext
from workbench.pipeline.draft_repair import FAULTS, faults, mend, safe_checks

HALF_WIDTH = re.compile("[\u4e00-\u9fff”’）] ?[,;:?!.()](?= ?[\u4e00-\u9fff“（]|$)")
SAFE = safe_checks(tuple(check for check in CHECKS if check.default))
COLUMNS = ("units", *FAULTS, "half-width", "after", "mended", "planted loops", "planted short", "ms a unit")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=os.environ.get("WORKBENCH_BENCH"))
    parser.add_argument("--show", help="print what is found in this file")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    options = parser.parse_args()
    folder = Path(options.data) / "drafts" if options.data else Path()
    sources = sorted(folder.glob("*.en")) if options.data else []
    if not sources:
        sys.exit("no data: give --data DIR (or WORKBENCH_BENCH) with drafts/*.en, *.zh and *.NAME.zh")
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {load}, Python {platform.python_version()}")
    results: dict[str, dict[str, Any]] = {}
    for source in sources:
        english = source.read_text(encoding="utf-8").splitlines()
        for path in sorted(folder.glob(f"{source.stem}*.zh")):
            lines = path.read_text(encoding="utf-8").splitlines()
            results[path.name] = measured(english, lines, show=options.show == path.name)
    print(f"{'':28}" + " ".join(f"{column:>13}" for column in COLUMNS))
    for name, row in results.items():
        print(f"{name:28}" + " ".join(f"{row[column]:>13}" for column in COLUMNS))
    if options.json:
        options.json.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")


def measured(english: list[str], lines: list[str], *, show: bool) -> dict[str, Any]:
    """The counts of one file."""
    context = CheckContext()
    counts: Counter[str] = Counter()
    began = time.process_time()
    for source, text in zip(english, lines, strict=True):
        mended = mend(source, text, context, SAFE)
        found = faults(source, text, context)
        counts.update(found)
        counts["mended"] += bool(mended.checks)
        counts["half-width"] += bool(HALF_WIDTH.search(text))
        counts["after"] += bool(HALF_WIDTH.search(mended.text))
        if show and found:
            print(f"{', '.join(found)}\n  {source}\n  {mended.text}")
    seconds = time.process_time() - began
    for source, text in zip(english, lines, strict=True):
        counts["planted loops"] += "loop" in faults(source, looped(text), context)
        counts["planted short"] += "short" in faults(source, text[: len(text) // 2], context)
    row: dict[str, Any] = {column: counts[column] for column in COLUMNS}
    return row | {"units": len(lines), "ms a unit": f"{1000 * seconds / len(lines):.2f}"}


def looped(text: str) -> str:
    """The text with its last four characters, end mark aside, said three times more."""
    core = text.rstrip("。！？.!? ”")
    return core + core[-4:] * 3 + text[len(core) :]


if __name__ == "__main__":
    main()
