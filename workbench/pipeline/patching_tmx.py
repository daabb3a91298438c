"""New targets and states put into the text of a TMX: everything else in it stays as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from workbench import formats, langs
from workbench.model import Content

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from workbench.model import Document, TranslationUnit

Piece = tuple[tuple[int, int], str]
"""A place in a text, and what is to stand there."""

_TU = re.compile(r"<tu[\s>].*?</tu>", re.DOTALL)
_TUV = re.compile(r"<tuv(?:\s[^>]*)?>.*?</tuv>", re.DOTALL)
_LANG = re.compile(r"""<tuv\s[^>]*?\b(?:xml:)?lang\s*=\s*["']([^"']*)""", re.IGNORECASE)
_SEG = re.compile(r"<seg(?:\s[^>]*?)?/>|(?P<open><seg(?:\s[^>]*)?>)(?P<inner>.*?)</seg>", re.DOTALL)
_STATE = re.compile(r"""(<prop\s[^>]*?type\s*=\s*["']x-state["'][^>]*>)(.*?)</prop>""", re.DOTALL)


def pieces(
    text: str, content: Content, changed: Mapping[int, TranslationUnit], lines: Sequence[int | None]
) -> list[Piece] | None:
    """What is to stand where, so that the units at those places of the content are as in `changed`.

    None where a unit is not found in the text. What comes out must be read again and compared.
    """
    written = dict(zip(changed, _written(content.document, changed.values()), strict=True))
    found: list[Piece] = []
    for index, match in enumerate(_places(text, lines)):
        if index not in changed:
            continue
        if match is None:
            return None
        old, new = content.units[index], changed[index]
        if new.target != old.target:
            made = _target(text, match, content.document, written[index])
            if made is None:
                return None
            found.append(made)
        if new.state != old.state:
            found.append(_state(text, match, str(new.state)))
    return found


def _written(document: Document, units: Sequence[TranslationUnit] | object) -> Iterator[str]:
    """The unit elements as they are written into a new file."""
    whole = formats.write_bytes(Content(document, units=tuple(units)), format="tmx")  # type: ignore[arg-type]
    return (match[0] for match in _TU.finditer(whole.decode("utf-8")))


def _places(text: str, lines: Sequence[int | None]) -> Iterator[re.Match[str] | None]:
    """The unit element that begins on each of the lines."""
    ends = [match.start() for match in re.finditer("\n", text)]
    held: dict[int, list[re.Match[str]]] = {}
    line = 0
    for match in _TU.finditer(text):
        while line < len(ends) and ends[line] < match.start():
            line += 1
        held.setdefault(line + 1, []).append(match)
    waiting = {number: iter(matches) for number, matches in held.items()}
    for number in lines:
        yield next(waiting.get(number or 0, iter(())), None)


def _target(text: str, unit: re.Match[str], document: Document, written: str) -> Piece | None:
    """Where the target of a unit stands and what it is now; a variant of its own where there was none."""
    new = _of_language(list(_TUV.finditer(written)), document.target_lang, may_be_other=False)
    inner = ""
    if new is not None and (seg := _SEG.search(new[0])) is not None:
        inner = seg["inner"] or ""
    variants = list(_TUV.finditer(text, unit.start(), unit.end()))
    old = _of_language(variants, document.target_lang, may_be_other=len(variants) > 1)
    if old is None:
        if new is None or not variants:
            return None
        end = variants[-1].end()
        before = text.rfind(">", 0, variants[-1].start()) + 1
        return (end, end), text[before : variants[-1].start()] + new[0]
    seg = _SEG.search(text, old.start(), old.end())
    if seg is None:
        return None
    opening = seg["open"] or f"{seg[0][:-2].rstrip()}>"
    return seg.span(), f"{opening}{inner}</seg>"


def _of_language(
    variants: Sequence[re.Match[str]], wanted: str, *, may_be_other: bool
) -> re.Match[str] | None:
    """The variant in a language: with its region, else in any; else the last one, where that `may_be_other`."""
    tagged = [(one, said[1] if (said := _LANG.match(one[0])) else "") for one in variants]
    for one, tag in tagged:
        if tag.replace("_", "-").lower() == wanted.lower():
            return one
    for one, tag in tagged:
        if tag and langs.primary(tag.replace("_", "-")) == langs.primary(wanted):
            return one
    return variants[-1] if may_be_other else None


def _state(text: str, unit: re.Match[str], state: str) -> Piece:
    """Where the state of a unit stands, or would stand, and what it is now."""
    first = text.find("<tuv", unit.start())
    held = _STATE.search(text, unit.start(), first)
    if held is not None:
        return held.span(2), escape(state)
    space = text[text.rfind(">", 0, first) + 1 : first]
    return (first, first), f'<prop type="x-state">{escape(state)}</prop>{space}'
