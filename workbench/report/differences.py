"""What fixes change, as text: two lines a unit, old and new, with what differs coloured where the terminal can."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from workbench import diff
from workbench.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

_PLAIN = "\x1b[0m"
_OLD, _NEW, _DIM = "\x1b[31m", "\x1b[32m", "\x1b[2m"
_OLD_MARK, _NEW_MARK = "\x1b[97;41m", "\x1b[97;42m"


def difference(where: str, old: str, new: str, checks: Iterable[str], *, colour: bool = False) -> str:
    """A heading and the old and the new text, a line each; what would steer a terminal is shown as a symbol.

    In colour the characters that differ stand on a ground of their own: nothing is told by colour alone.
    """
    reasons = ", ".join(name if count == 1 else f"{name} ×{count}" for name, count in Counter(checks).items())
    head = visible(f"{where}  {reasons}".strip())
    if not colour:
        return f"{head}\n- {visible(old)}\n+ {visible(new)}\n"
    before, after = [f"{_OLD}- "], [f"{_NEW}+ "]
    for step in diff.edits(old, new):
        gone, come = visible(step.old_span.of(old)), visible(step.new_span.of(new))
        same = step.op == "equal"
        before.append(gone if same or not gone else f"{_OLD_MARK}{gone}{_PLAIN}{_OLD}")
        after.append(come if same or not come else f"{_NEW_MARK}{come}{_PLAIN}{_NEW}")
    return f"{_DIM}{head}{_PLAIN}\n{''.join(before)}{_PLAIN}\n{''.join(after)}{_PLAIN}\n"
