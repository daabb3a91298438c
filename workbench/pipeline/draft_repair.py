"""Repair of machine drafts: what the checks mend for sure, and the faults for which a text is decoded again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.checks import length, repetition
from workbench.checks.fixing import FORM, fixed
from workbench.checks.words import FUNCTION_WORDS
from workbench.model import TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.checks import Check, CheckContext

FAULTS: tuple[str, ...] = ("empty", "loop", "unknown", "short", "long")
"""What a draft is decoded again for: no text, a phrase over and over, a piece that the model has no character for,
an ending lost, and far more than the source says."""

# A bracketed phrase said again: (掌声) (掌声).
_BRACKETED = re.compile(r"([(（\[【][^()（）\[\]【】\n]{1,20}[)）\]】])(?:[\s，。、,.]*\1)+")
# Words said three times or more, where the target is written with spaces.
_WORDS = re.compile(r"\b(\w[\w'’]*(?: \w[\w'’]*){0,7})(?:[,;.]? \1\b){2,}", re.IGNORECASE)
# A sentence that stops in its middle.
_CUT = re.compile("[，、,；;：:][\\s”’\"']*\\Z")
_UNKNOWN = re.compile("⁇|\ufffd|<unk>|▁")
_CLAUSE = re.compile(
    r"[,;:—–]\s|\b(?:and|but|or|which|who|that|when|while|because|if|as|so)\b", re.IGNORECASE
)
_WORD = re.compile(r"[A-Za-z]+")
_LEAST_CONTENT = 4


@dataclass(frozen=True, slots=True)
class Mended:
    """A text after its safe fixes, and the checks whose fixes were made."""

    text: str
    checks: tuple[str, ...] = ()


def safe_checks(checks: Sequence[Check]) -> tuple[Check, ...]:
    """Those of a document's checks whose fixes change how a text is written and never what it says."""
    return tuple(check for check in checks if check.id in FORM)


def mend(source: str, text: str, context: CheckContext, checks: Sequence[Check]) -> Mended:
    """The text with every fix of these checks made; codes, URLs and placeholders stay as they are."""
    result = fixed(TranslationUnit("", 0, source, text), context, checks=checks)
    made = {issue.check for issue in result.made}
    return Mended(result.target, tuple(check.id for check in checks if check.id in made))


def faults(source: str, text: str, context: CheckContext) -> tuple[str, ...]:
    """What is wrong with a draft so that it is worth decoding again, in the order of `FAULTS`."""
    if not text.strip():
        return ("empty",) if source.strip() else ()
    unit = TranslationUnit("", 0, source, text)
    found = set()
    if _loops(unit, context):
        found.add("loop")
    if _UNKNOWN.search(text) and not _UNKNOWN.search(source):
        found.add("unknown")
    if _CUT.search(text) and not _CUT.search(source):
        found.add("short")
    for issue in length.find(unit, context):
        kind = str(issue.value("kind"))
        if kind == "long" or _says_much(source):
            found.add(kind)
    return tuple(name for name in FAULTS if name in found)


def _loops(unit: TranslationUnit, context: CheckContext) -> bool:
    if any(issue.value("kind") == "loop" for issue in repetition.find(unit, context)):
        return True
    bracketed = _BRACKETED.search(unit.target)
    if bracketed is not None and not _BRACKETED.search(unit.source):
        return True
    said = _WORDS.search(unit.target)
    return said is not None and not _WORDS.search(unit.source)


def _says_much(source: str) -> bool:
    """Whether an ending can be lost at all: several clauses, and words enough that carry meaning."""
    content = [word for word in _WORD.findall(source) if word.lower() not in FUNCTION_WORDS]
    return len(content) >= _LEAST_CONTENT and _CLAUSE.search(source) is not None


def better(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether a text with the `second` faults is better than one with the `first`: fewer, and none that is worse."""
    return len(second) < len(first) and (not second or FAULTS.index(second[0]) >= FAULTS.index(first[0]))
