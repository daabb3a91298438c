"""New targets and states put into an XLIFF's own text, so that everything else in it stays as it is, byte for byte."""

from __future__ import annotations

import codecs
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from workbench.errors import FormatError
from workbench.formats.base import ReadOptions, load_value
from workbench.formats.tmx_inline import quote
from workbench.formats.xliff_inline import NEW, OLD, pieces, plain_text, restored, serialised
from workbench.formats.xliff_reader import Reader
from workbench.formats.xliff_segments import old_state
from workbench.model import State
from workbench.xmlsafe import parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbench.formats.xliff_inline import Code
    from workbench.formats.xliff_reader import Placed
    from workbench.model import Content, TranslationUnit

_START_TAG = re.compile(rb"""<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")
_ENCODING = re.compile(rb"""\A\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']+)""")
_PREFIX = re.compile(r"[\s</]([A-Za-z_][\w.-]*):[A-Za-z_]")
_SDL = {
    State.INITIAL: "Draft",
    State.TRANSLATED: "Translated",
    State.REVIEWED: "ApprovedTranslation",
    State.FINAL: "ApprovedSignOff",
}
_MQ = {
    State.INITIAL: "PartiallyEdited",
    State.TRANSLATED: "ManuallyConfirmed",
    State.REVIEWED: "Proofread",
    State.FINAL: "Proofread",
}


@dataclass(slots=True)
class _Place:
    """Where an element stands: its start tag, its content, its end; the content is empty in `<a/>`."""

    start: int
    inner: int
    inner_end: int = 0
    end: int = 0
    empty: bool = False


@dataclass(slots=True)
class _Part:
    """What holds a segment: a <segment> of XLIFF 2, or a <trans-unit>."""

    tag: _Place
    source: _Place | None = None
    target: _Place | None = None


@dataclass(slots=True)
class _Unit:
    """What is known of a unit element; marks are the segments of XLIFF 1.2 by their mid."""

    parts: list[_Part] = field(default_factory=list)
    seg_source: _Place | None = None
    source_marks: dict[str, _Place] = field(default_factory=dict)
    target_marks: dict[str, _Place] = field(default_factory=dict)
    confirmed: dict[str, _Place] = field(default_factory=dict)


def patch(data: bytes, content: Content) -> bytes | None:
    """The file with the targets and states of `content`, which was read from it.

    What comes out is read again and compared. None where it cannot be done: other units, ids, sources or notes than
    the file has, an encoding other than UTF-8 and UTF-16, a segment without a place in the target.
    """
    coded = _decoded(data)
    if coded is None:
        return None
    text, mark, encoding = coded
    placed, dialect = _read(data, content)
    if placed is None or not _same(placed, content, targets=False):
        return None
    changed = [
        (one, unit)
        for one, unit in zip(placed, content.units, strict=True)
        if (one.unit.target, one.unit.state) != (unit.target, unit.state)
    ]
    if not changed:
        return data
    edits = _Edits(text, _scan(text, dialect), dialect)
    for one, unit in changed:
        if not edits.make(one, unit):
            return None
    made = edits.done()
    raw = mark + (made if encoding == "utf-8" else made.decode("utf-8").encode(encoding))
    again, _ = _read(raw, content)
    return raw if again is not None and _same(again, content, targets=True) else None


def _decoded(data: bytes) -> tuple[bytes, bytes, str] | None:
    """The text in UTF-8, the byte order mark, and the encoding; None for any other encoding."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            try:
                return data[2:].decode(encoding).encode("utf-8"), mark, encoding
            except UnicodeDecodeError:
                return None
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    text = data[len(mark) :]
    said = _ENCODING.match(text)
    if said and said[1].lower().replace(b"_", b"-") not in (b"utf-8", b"utf8", b"us-ascii", b"ascii"):
        return None
    return (text, mark, "utf-8") if b"\x00" not in text else None


def _read(data: bytes, content: Content) -> tuple[list[Placed] | None, str]:
    document = content.document
    options = ReadOptions(source_lang=document.source_lang, target_lang=document.target_lang)
    reader = Reader(document.name, options)
    try:
        return list(reader.units(io.BytesIO(data))), reader.dialect
    except FormatError:
        return None, reader.dialect


def _same(placed: list[Placed], content: Content, *, targets: bool) -> bool:
    """Whether the units are those of the content, in what is not patched, or with `targets` in what is."""
    if len(placed) != len(content.units):
        return False
    for one, unit in zip(placed, content.units, strict=True):
        found = one.unit
        if targets:
            if (found.source, found.target, found.state) != (unit.source, unit.target, unit.state):
                return False
        elif (found.source, found.notes) != (unit.source, unit.notes) or (found.id and found.id != unit.id):
            return False
    return True


def _scan(text: bytes, dialect: str) -> list[_Unit]:
    """Every unit element with where its parts stand, in bytes."""
    scanner = _Scanner(text, dialect)
    parser = expat.ParserCreate("utf-8")
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartElementHandler = lambda name, told: scanner.begin(parser.CurrentByteIndex, name, told)
    parser.EndElementHandler = lambda _name: scanner.finish(parser.CurrentByteIndex)
    parser.Parse(text, True)
    return scanner.units


class _Scanner:
    """Follows the elements of a file and notes those that hold segments."""

    def __init__(self, text: bytes, dialect: str) -> None:
        self._text = text
        self._old = dialect == OLD
        self._stack: list[tuple[str, _Place]] = []
        self.units: list[_Unit] = []

    def begin(self, at: int, name: str, told: Mapping[str, str]) -> None:
        """An element begins."""
        tag = name.rpartition(":")[2]
        match = _START_TAG.match(self._text, at)
        assert match is not None
        place = _Place(at, match.end(), empty=match.group().endswith(b"/>"))
        holder = self._stack[-1][0] if self._stack else ""
        if tag == ("trans-unit" if self._old else "unit"):
            self.units.append(_Unit([_Part(place)] if self._old else []))
        elif self.units and holder == "unit" and tag == "segment" and not self._old:
            self.units[-1].parts.append(_Part(place))
        elif (
            self.units
            and holder == ("trans-unit" if self._old else "segment")
            and tag in ("source", "target")
        ):
            setattr(self.units[-1].parts[-1], tag, place)
        elif self.units and self._old:
            self._old_parts(tag, holder, place, told)
        self._stack.append((tag, place))

    def _old_parts(self, tag: str, holder: str, place: _Place, told: Mapping[str, str]) -> None:
        unit = self.units[-1]
        if tag == "seg-source" and holder == "trans-unit":
            unit.seg_source = place
        elif tag == "mrk" and told.get("mtype") == "seg" and told.get("mid"):
            around = [name for name, _ in self._stack]
            if "alt-trans" not in around:
                marks = unit.source_marks if "seg-source" in around else unit.target_marks
                marks.setdefault(told["mid"], place)
        elif tag == "seg" and holder == "seg-defs" and "id" in told:
            unit.confirmed[told["id"]] = place

    def finish(self, at: int) -> None:
        """An element ends."""
        _, place = self._stack.pop()
        if place.empty:
            place.inner_end = place.end = place.inner
        else:
            place.inner_end = at
            place.end = self._text.index(b">", at) + 1


class _Edits:
    """What is to be put where in a file."""

    def __init__(self, text: bytes, units: list[_Unit], dialect: str) -> None:
        self._text = text
        self._units = units
        self._dialect = dialect
        self._pieces: dict[tuple[int, int], bytes] = {}
        self._rebuilt: dict[int, dict[str, bytes]] = {}

    def make(self, one: Placed, unit: TranslationUnit) -> bool:
        """Note what a unit changes; False where there is no place for it."""
        held = self._units[one.element]
        part = held.parts[one.segment if isinstance(one.segment, int) else 0]
        if one.unit.state != unit.state and not self._state(one, held, part, unit):
            return False
        if one.unit.target == unit.target:
            return True
        source = held.source_marks.get(str(one.segment)) if self._dialect == OLD else None
        target = held.target_marks.get(str(one.segment)) if source else part.target
        data = _data_of(one.unit)
        before = self._raw(target, data)
        if before is None or plain_text(before) != one.unit.target:
            return False
        beside = self._raw(source or part.source, data) or []
        new = serialised(restored(unit.target, before, beside), self._dialect).encode()
        if target is not None:
            self._fill(target, new)
        elif source is not None:
            self._rebuilt.setdefault(one.element, {})[str(one.segment)] = new
        else:
            self._insert(held, part, new, unit.state)
        return True

    def _raw(self, place: _Place | None, data: Mapping[str, str]) -> list[str | Code] | None:
        """The pieces of an element with the prefixes of the file; None for what cannot stand alone."""
        if place is None:
            return []
        inner = self._text[place.inner : place.inner_end].decode("utf-8")
        declared = "".join(
            f' xmlns:{prefix}="urn:{prefix}"'
            for prefix in sorted(set(_PREFIX.findall(inner)) - {"xml", "xmlns"})
        )
        try:
            root = parse(f"<segment{declared}>{inner}</segment>".encode(), name="").getroot()
        except FormatError:
            return None
        return pieces(root, self._dialect, data=data, raw=True)

    def _fill(self, place: _Place, new: bytes) -> None:
        if not place.empty:
            self._pieces[place.inner, place.inner_end] = new
            return
        tag = self._tag(place)
        name = re.match(rb"<([^\s/>]+)", tag)
        assert name is not None
        self._put(place, tag[:-2].rstrip() + b">" + new + b"</" + name[1] + b">")

    def _insert(self, held: _Unit, part: _Part, new: bytes, state: State) -> None:
        """A target where there was none: after the source, or after what it was segmented into."""
        after = held.seg_source or part.source
        assert after is not None
        name = re.match(rb"<((?:[^\s/>:]+:)?)", self._tag(after))
        prefix = name[1] if name else b""
        told = (
            f' state="{old_state(state, True)}"'.encode()
            if self._dialect == OLD and state is not State.INITIAL
            else b""
        )
        made = b"<" + prefix + b"target" + told + b">" + new + b"</" + prefix + b"target>"
        self._pieces[after.end, after.end] = made

    def _tag(self, place: _Place) -> bytes:
        """The start tag as it is by now."""
        return self._pieces.get((place.start, place.inner), self._text[place.start : place.inner])

    def _put(self, place: _Place, tag: bytes) -> None:
        self._pieces[place.start, place.inner] = tag

    def _attribute(self, place: _Place, name: str, value: str | None) -> None:
        self._put(place, _with_attribute(self._tag(place), name, value))

    def _state(self, one: Placed, held: _Unit, part: _Part, unit: TranslationUnit) -> bool:
        """Note the new state where the file says the old one."""
        state = unit.state
        if self._dialect == NEW:
            self._attribute(part.tag, "state", str(state))
            self._attribute(part.tag, "subState", None)
            return True
        confirmed = held.confirmed.get(str(one.segment))
        if confirmed is not None and b" conf=" in self._tag(confirmed):
            self._attribute(confirmed, "conf", _SDL[state])
            return True
        told = re.search(rb"\s([\w.-]+:status)\s*=", self._tag(part.tag))
        if told:
            self._attribute(part.tag, told[1].decode(), _MQ[state])
            return True
        done = state in (State.REVIEWED, State.FINAL)
        if done or b"approved" in self._tag(part.tag):
            self._attribute(part.tag, "approved", "yes" if done else "no")
        if part.target is not None:
            self._attribute(part.target, "state", old_state(state, bool(unit.target)))
            self._attribute(part.target, "state-qualifier", None)
        return True

    def done(self) -> bytes:
        """The text with everything in its place."""
        for element, new in self._rebuilt.items():
            self._build(self._units[element], new)
        made, last = [], 0
        for (start, end), piece in sorted(self._pieces.items()):
            made += [self._text[last:start], piece]
            last = end
        return b"".join([*made, self._text[last:]])

    def _build(self, held: _Unit, new: Mapping[str, bytes]) -> None:
        """A target made as the segmented source is, with the new segments in it and the others empty."""
        outer, part = held.seg_source, held.parts[0]
        if outer is None or held.target_marks:
            return  # the second reading finds the segment missing
        made, last = [], outer.inner
        for mid, mark in sorted(held.source_marks.items(), key=lambda pair: pair[1].start):
            made += [self._text[last : mark.inner], new.get(mid, b"")]
            last = mark.inner_end
        inner = b"".join([*made, self._text[last : outer.inner_end]])
        if part.target is not None:
            self._fill(part.target, inner)
        else:
            self._insert(held, part, inner, State.INITIAL)


def _data_of(unit: TranslationUnit) -> dict[str, str]:
    value = load_value(dict(unit.extra).get(f"{NEW}:data", "{}"))
    return {str(key): str(one) for key, one in value.items()} if isinstance(value, dict) else {}


def _with_attribute(tag: bytes, name: str, value: str | None) -> bytes:
    """A start tag with an attribute set, or without it."""
    own = re.compile(rb"""\s+%s\s*=\s*("[^"]*"|'[^']*')""" % re.escape(name.encode()))
    if value is None:
        return own.sub(b"", tag)
    made = f' {name}="{quote(value)}"'.encode()
    if own.search(tag):
        return own.sub(lambda _: made, tag)
    end = -2 if tag.endswith(b"/>") else -1
    return tag[:end].rstrip() + made + tag[end:]
