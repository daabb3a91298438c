"""Characters: what no Chinese text should hold: invisible, control, broken, private or look-alike characters."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from workbench.checks.base import Check, CheckContext, text_value
from workbench.checks.texts import surroundings
from workbench.model import Fix, Issue, Severity, Span, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

# UTF-8 read as Windows-1252: a lead byte's letter with what only continuation bytes become.
_TAIL = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
BROKEN = re.compile(
    "\ufffd+|(?:锟斤拷|烫烫烫|屯屯屯)+|锟斤|斤拷"
    f"|â€[{_TAIL}]?|Ã[\u0080-\u00bf]|Â[\u0080-\u00bf]|ï¼[{_TAIL}]?|ï»¿?"
    f"|(?<![A-Za-z])[ãäåæçèé][{_TAIL}][{_TAIL}]?"
)
"""What is left of text that was read in the wrong encoding."""
_SUSPECTS = re.compile(
    "(?P<invisible>[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]+)"
    "|(?P<control>[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]+)"
    f"|(?P<broken>{BROKEN.pattern})"
    "|(?P<private>[\ue000-\uf8ff\U000f0000-\U0010fffd]+)"
    "|(?P<compatible>[\u2e80-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f]+)"
    "|(?P<lookalike>(?:[A-Za-z]+[\u0400-\u04ff]|[\u0400-\u04ff]+[A-Za-z])[A-Za-z\u0400-\u04ff]*|\u037e)"
)
_EMOJI_JOINER = re.compile("[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]\u200d\\Z")
_TITLES = {
    "invisible": "an invisible character",
    "control": "a control character",
    "broken": "a broken character",
    "private": "a private-use character",
    "compatible": "a compatibility form",
    "lookalike": "a look-alike letter",
}


def find(unit: TranslationUnit, _context: CheckContext) -> Iterator[Issue]:
    """Suspect characters that the source does not have too."""
    if unit.target.isascii() and unit.target.isprintable():
        return
    for match in _SUSPECTS.finditer(unit.target):
        kind, shown = match.lastgroup or "", match.group()
        if shown in unit.source or (kind == "invisible" and _EMOJI_JOINER.search(unit.target[: match.end()])):
            continue
        span = Span(*match.span())
        better = _better(kind, shown)
        if better == shown:
            continue
        yield CHECK.issue(
            unit,
            target_span=span,
            fix=None if better is None else Fix(span, better),
            severity=Severity.MAJOR if kind == "broken" else None,
            anchor=shown if kind not in ("invisible", "control") else surroundings(unit.target, span),
            kind=kind,
            codes=tuple(f"U+{ord(char):04X}" for char in shown[:4]),
            shown=shown if kind in ("broken", "compatible", "lookalike") else "",
            better=better or "",
        )


def _better(kind: str, shown: str) -> str | None:
    """What should stand there, None where only a person can tell."""
    if kind in ("invisible", "control"):
        return ""
    if kind == "compatible":
        return "".join(unicodedata.normalize("NFKC", char) for char in shown)
    if kind == "lookalike":
        return ";" if shown == "\u037e" else None
    return None


def render(issue: Issue) -> str:
    """The finding in words."""
    shown, better = text_value(issue, "shown"), text_value(issue, "better")
    names = text_value(issue, "codes")
    title = _TITLES.get(text_value(issue, "kind"), "a suspect character")
    said = f"{title} ({shown} {names})" if shown else f"{title} ({names})"
    return f"{said}: {better}" if better else said


CHECK = Check(
    id="characters",
    title="A character that no text should hold",
    severity=Severity.MINOR,
    category="design/character-encoding",
    find=find,
    render=render,
)
