"""Script: traditional characters in a simplified text, or simplified ones in a traditional text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from workbench.checks.base import Check, CheckContext, text_value
from workbench.checks.texts import excerpt, view
from workbench.model import Fix, Issue, Severity, Span, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

# Characters that both standards use in some word, so that one of them alone proves nothing.
_BOTH = frozenset("乾著於瞭藉夥馀麽徵鍾祇堃昇陞喆淼犇甦甯剋麴")


@lru_cache(maxsize=2)
def _foreign(*, traditional: bool) -> tuple[re.Pattern[str], dict[str, str]]:
    """What marks the other script, with each character in the script asked for."""
    from opencc import OpenCC

    every = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    joined = "\n".join(every)
    there = OpenCC("s2t" if traditional else "t2s").convert(joined).split("\n")
    back = set(OpenCC("t2s" if traditional else "s2t").convert(joined).split("\n"))
    reached = {new for old, new in zip(every, there, strict=True) if old != new}
    mapping = {
        old: new
        for old, new in zip(every, there, strict=True)
        if old != new and old in back and old not in reached and old not in _BOTH
    }
    return re.compile(f"[{''.join(mapping)}]+"), mapping


def find(unit: TranslationUnit, context: CheckContext) -> Iterator[Issue]:
    """Each run of characters of the other script that the source does not quote."""
    if not context.chinese or not view(unit.target).has_han:
        return
    pattern, mapping = _foreign(traditional=context.traditional)
    for match in pattern.finditer(unit.target):
        if match.group() in unit.source:
            continue
        span = Span(*match.span())
        better = "".join(mapping[char] for char in match.group())
        yield CHECK.issue(
            unit,
            target_span=span,
            fix=Fix(span, better),
            kind="simplified" if context.traditional else "traditional",
            shown=match.group(),
            better=better,
            around=excerpt(unit.target, span, width=4),
        )


def render(issue: Issue) -> str:
    """The finding in words."""
    kind, shown, better, around = (text_value(issue, name) for name in ("kind", "shown", "better", "around"))
    return f"{kind} {shown} ({around}): {better}"


CHECK = Check(
    id="script",
    title="Characters of the other Chinese script",
    severity=Severity.MINOR,
    category="locale-conventions/script",
    find=find,
    render=render,
)
