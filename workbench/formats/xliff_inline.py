"""The inline codes of an XLIFF segment: shown as text, and put back around it where it still holds them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

from workbench.diff import edits
from workbench.errors import FormatError
from workbench.formats.tmx_inline import all_text, as_xml, local, quote, refuse_entities, refuse_entity
from workbench.xmlsafe import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from lxml.etree import _Element as Element

OLD = "xliff12"
NEW = "xliff"
_PAIRED = {OLD: frozenset(("g",)), NEW: frozenset(("pc",))}
_MARKS = frozenset(("mrk",))
_SINGLE = {
    OLD: frozenset(("x", "bx", "ex", "ph", "bpt", "ept", "it")),
    NEW: frozenset(("ph", "sc", "ec", "sm", "em")),
}
_ATTRIBUTES = frozenset(
    (
        *(
            "id",
            "rid",
            "xid",
            "ctype",
            "crc",
            "assoc",
            "pos",
            "clone",
            "equiv-text",
            "ts",
            "mtype",
            "mid",
            "comment",
        ),
        *(
            "canCopy",
            "canDelete",
            "canReorder",
            "canOverlap",
            "copyOf",
            "disp",
            "equiv",
            "dataRef",
            "subFlows",
        ),
        *("subType", "type", "dispEnd", "dispStart", "equivEnd", "equivStart", "dataRefEnd", "dataRefStart"),
        *("subFlowsEnd", "subFlowsStart", "dir", "isolated", "startRef", "translate", "ref", "value"),
    )
)
_BARRED = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Code:
    """A piece of a segment that is no text: `shown` is what stands for it, "" for a mark; `pair` joins two ends."""

    kind: str
    shown: str
    xml: str
    pair: int = 0


def pieces(
    segment: Element,
    dialect: str,
    *,
    name: str = "",
    data: Mapping[str, str] | None = None,
    raw: bool = False,
) -> list[str | Code]:
    """The texts and codes of an element in order. `data` are a unit's original data, for what codes show.

    `raw` keeps the prefixes and attributes of other namespaces, for a file that declares them. Raises FormatError
    for an entity, which is never resolved.
    """
    return list(_walk(segment, dialect, name, data or {}, raw, count(1)))


def _walk(
    element: Element, dialect: str, name: str, data: Mapping[str, str], raw: bool, numbers: Iterator[int]
) -> Iterator[str | Code]:
    yield element.text or ""
    for child in element:
        tag = local(child)
        if tag == "cp" and dialect == NEW:
            yield _character(child)
        elif tag in _PAIRED[dialect] or tag in _MARKS:
            pair = next(numbers)
            first, last = ("", "") if tag in _MARKS else _shown_pair(child, dialect, data)
            head, tail = _tags(child, raw)
            yield Code("open", first, head, pair)
            yield from _walk(child, dialect, name, data, raw, numbers)
            yield Code("close", last, tail, pair)
        elif tag in _SINGLE[dialect]:
            refuse_entities(child, name)
            shown = "" if tag in ("sm", "em") else _shown(child, tag, dialect, data)
            yield Code("single", shown, _whole(child, raw))
        elif tag:
            yield from _walk(child, dialect, name, data, raw, numbers)
        else:
            refuse_entity(child, name)
        yield child.tail or ""


def _character(child: Element) -> str:
    """The character of a <cp>, which XML itself cannot hold."""
    try:
        return chr(int(child.get("hex") or "", 16)).replace("\x00", "")
    except (ValueError, OverflowError):
        return ""


def _shown_pair(element: Element, dialect: str, data: Mapping[str, str]) -> tuple[str, str]:
    if dialect == NEW:
        first, last = (
            data.get(element.get(f"dataRef{end}") or "")
            or element.get(f"disp{end}")
            or element.get(f"equiv{end}")
            for end in ("Start", "End")
        )
        if first and last:
            return first, last
    number = _plain(element.get("id") or "1")
    prefix = "g" if dialect == OLD else "pc"
    return f"<{prefix}{number}>", f"</{prefix}{number}>"


def _shown(element: Element, tag: str, dialect: str, data: Mapping[str, str]) -> str:
    """What a code without text of its own is shown as: what it stands for in the document, else its id."""
    known = (
        (all_text(element) or element.get("equiv-text"))
        if dialect == OLD
        else data.get(element.get("dataRef") or "") or element.get("disp") or element.get("equiv")
    )
    if known:
        return known
    own = element.get("rid") or element.get("startRef") or element.get("id") or "1"
    if tag in ("bx", "sc"):
        return f"<{tag[0]}{_plain(own)}>"
    if tag in ("ex", "ec"):
        return f"</{'b' if tag == 'ex' else 's'}{_plain(own)}>"
    return "{" + _plain(own).replace("-", "_") + "}"


def _plain(identifier: str) -> str:
    return re.sub(r"[^A-Za-z0-9_.-]", "_", identifier)


def _tags(element: Element, raw: bool) -> tuple[str, str]:
    tag = f"{element.prefix}:{local(element)}" if raw and element.prefix else local(element)
    return f"<{tag}{_attributes(element, raw)}>", f"</{tag}>"


def _attributes(element: Element, raw: bool) -> str:
    made = []
    prefixes = {uri: prefix for prefix, uri in element.nsmap.items() if prefix} if raw else {}
    parent = element.getparent()
    if raw and parent is not None:
        for prefix, uri in element.nsmap.items():
            if parent.nsmap.get(prefix) != uri:
                made.append(f' xmlns{":" if prefix else ""}{prefix or ""}="{quote(uri)}"')
    for key, value in element.attrib.items():
        uri, _, plain = str(key).rpartition("}")
        if uri and raw:
            prefix = "xml" if uri.endswith("/XML/1998/namespace") else prefixes.get(uri[1:])
            if prefix:
                made.append(f' {prefix}:{plain}="{quote(str(value))}"')
        elif not uri and (raw or plain in _ATTRIBUTES):
            made.append(f' {plain}="{quote(str(value))}"')
    return "".join(made)


def _whole(element: Element, raw: bool) -> str:
    """The XML of a code: with its content where it has one (the native codes of XLIFF 1.2)."""
    head, tail = _tags(element, raw)
    inner = [as_xml(element.text or "")]
    for child in element:
        if local(child):
            inner.append(_whole(child, raw))
        inner.append(as_xml(child.tail or ""))
    content = "".join(inner)
    return f"{head}{content}{tail}" if content else f"{head[:-1]}/>"


def plain_text(found: Iterable[str | Code]) -> str:
    """The text with its codes shown."""
    return "".join(piece if isinstance(piece, str) else piece.shown for piece in found)


def text_xml(text: str, dialect: str) -> str:
    """The text as it can stand in a segment; XLIFF 2 has an element for the characters that XML cannot hold."""
    if dialect == OLD or not _BARRED.search(text):
        return as_xml(text)
    parts = []
    last = 0
    for match in _BARRED.finditer(text):
        parts.append(as_xml(text[last : match.start()]))
        code = ord(match.group())
        if code and not 0xD800 <= code <= 0xDFFF:
            parts.append(f'<cp hex="{code:04X}"/>')
        last = match.end()
    return "".join([*parts, as_xml(text[last:])])


def serialised(found: Iterable[str | Code], dialect: str) -> str:
    """The XML of texts and codes."""
    return "".join(text_xml(piece, dialect) if isinstance(piece, str) else piece.xml for piece in found)


def parsed(xml: str, dialect: str, data: Mapping[str, str] | None = None) -> list[str | Code]:
    """The pieces of a segment's XML as `serialised` gives it; none where it is no such XML."""
    if not xml:
        return []
    try:
        return pieces(
            parse(f"<segment>{xml}</segment>".encode("utf-8", "replace"), name="").getroot(),
            dialect,
            data=data,
        )
    except FormatError:
        return []


def restored(text: str, own: Sequence[str | Code], other: Sequence[str | Code] = ()) -> list[str | Code]:
    """`text` as pieces, with the codes of `own`, what the segment held before, and those of `other`, its other side.

    A text that was not changed gives `own` again. Else each code goes where the text shows it, and marks, which show
    nothing, go where the text around them went; an end without its other end is text.
    """
    if plain_text(own) == text and own:
        return list(own)
    supply: dict[str, list[Code]] = {}
    for piece in own:
        if isinstance(piece, Code) and piece.shown:
            supply.setdefault(piece.shown, []).append(piece)
    further: dict[str, list[Code]] = {}
    for piece in other:
        if isinstance(piece, Code) and piece.shown:
            further.setdefault(piece.shown, []).append(replace(piece, pair=-piece.pair))
    for shown, codes in further.items():
        held = supply.setdefault(shown, [])
        held += codes[len(held) :]
    tokens = _placed(text, supply)
    marks = [piece for piece in own if isinstance(piece, Code) and not piece.shown]
    return _paired(_marked(tokens, own, text) if marks else tokens)


def _placed(text: str, supply: dict[str, list[Code]]) -> list[str | Code]:
    """The text cut where it shows codes that are left."""
    if not supply:
        return [text]
    wanted = re.compile("|".join(re.escape(shown) for shown in sorted(supply, key=len, reverse=True)))
    tokens: list[str | Code] = []
    last = 0
    for match in wanted.finditer(text):
        left = supply[match.group()]
        if left:
            tokens += [text[last : match.start()], left.pop(0)]
            last = match.end()
    return [*tokens, text[last:]]


def _marked(tokens: Sequence[str | Code], own: Sequence[str | Code], text: str) -> list[str | Code]:
    """The tokens with the marks of `own` where what they stood beside is now."""
    steps = edits(plain_text(own), text)

    def moved(at: int) -> int:
        for step in steps:
            if at <= step.old_span.start:
                return step.new_span.start
            if at < step.old_span.end:
                inside = step.op == "equal"
                return step.new_span.start + at - step.old_span.start if inside else step.new_span.end
        return len(text)

    waiting: list[tuple[int, Code]] = []
    at = 0
    for piece in own:
        if isinstance(piece, Code) and not piece.shown:
            waiting.append((moved(at), piece))
        else:
            at += len(piece if isinstance(piece, str) else piece.shown)
    return _interleaved(tokens, waiting)


def _interleaved(tokens: Sequence[str | Code], waiting: Sequence[tuple[int, Code]]) -> list[str | Code]:
    """The tokens with each mark at its offset in the shown text, never inside a code."""
    made: list[str | Code] = []
    at = index = 0
    for token in tokens:
        shown = token if isinstance(token, str) else token.shown
        begun = 0
        while index < len(waiting) and waiting[index][0] < at + len(shown):
            cut = max(0, waiting[index][0] - at) if isinstance(token, str) else 0
            made += [shown[begun:cut], waiting[index][1]] if isinstance(token, str) else [waiting[index][1]]
            begun, index = max(begun, cut), index + 1
        made.append(shown[begun:] if isinstance(token, str) else token)
        at += len(shown)
    return [*made, *(mark for _, mark in waiting[index:])]


def _paired(tokens: Sequence[str | Code]) -> list[str | Code]:
    """The tokens with each end that is not nested with its other end turned into text."""
    good: set[int] = set()
    stack: list[int] = []
    for at, token in enumerate(tokens):
        if not isinstance(token, Code) or token.kind == "single":
            continue
        if token.kind == "open":
            stack.append(at)
            continue
        found = next(
            (i for i in range(len(stack) - 1, -1, -1) if _pair(tokens[stack[i]]) == token.pair), None
        )
        if found is not None:
            good |= {stack[found], at}
            del stack[found:]
    return [
        token.shown if isinstance(token, Code) and token.kind != "single" and at not in good else token
        for at, token in enumerate(tokens)
    ]


def _pair(token: str | Code) -> int:
    return token.pair if isinstance(token, Code) else 0


def translated(
    sides: Sequence[Sequence[str | Code]], make: Callable[[str, str | None, int], tuple[str, str]]
) -> list[list[str | Code]]:
    """The sides of a unit with codes of another dialect made anew; the same code has the same number on each side.

    `make` gives the XML of a code's two ends (of a single one: the whole and ""), from what its ends show (None where
    there is no second one) and its number.
    """
    numbers: dict[tuple[str, int], int] = {}
    made = []
    for side in sides:
        seen: dict[str, int] = {}
        ends: dict[int, str] = {}
        shown_ends = {p.pair: p.shown for p in side if isinstance(p, Code) and p.kind == "close"}
        out: list[str | Code] = []
        for piece in side:
            if isinstance(piece, str):
                out.append(piece)
                continue
            if not piece.shown and piece.kind != "close":
                continue
            if piece.kind == "close":
                if piece.pair in ends:
                    out.append(replace(piece, xml=ends[piece.pair]))
                continue
            nth = seen[piece.shown] = seen.get(piece.shown, 0) + 1
            number = numbers.setdefault((piece.shown, nth), len(numbers) + 1)
            last = shown_ends.get(piece.pair, "") if piece.kind == "open" else ""
            head, tail = make(piece.shown, last if piece.kind == "open" else None, number)
            if piece.kind == "open":
                ends[piece.pair] = tail
            out.append(replace(piece, xml=head))
        made.append(out)
    return made
