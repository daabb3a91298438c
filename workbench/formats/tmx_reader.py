"""Reading TMX 1.1 to 1.4b unit by unit, in the flat memory that large translation memories need."""

from __future__ import annotations

import io
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO

from workbench import langs
from workbench.errors import FormatError, UsageError
from workbench.formats.base import IdWatch, ReadOptions, dump_value, load_value, state_of, with_documents
from workbench.formats.tmx_inline import all_text, flatten, local, refuse_entities
from workbench.model import Content, Document, Draft, State, TranslationUnit
from workbench.xmlsafe import iterate, line_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ALL = "*all*"
_DATE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)T(\d\d):?(\d\d):?(\d\d)(?:\.\d+)?Z?\Z")
# The props that the workbench writes; all others are extras.
OWN_PROPS = (
    "x-document",
    "x-state",
    "x-draft",
    "x-mt-engine",
    "x-match",
    "x-origin",
    "x-bead-score",
)


def read(data: bytes, name: str, options: ReadOptions) -> Content:
    """All units of a TMX. Raises FormatError with the line at fault."""
    reader = _Reader(name, options)
    found: list[TranslationUnit] = []
    names: list[str] = []
    for unit in reader.units(io.BytesIO(data)):
        own = unit.extra[0][1] if unit.extra and unit.extra[0][0] == "document" else '""'
        names.append(str(load_value(own)))
        found.append(_without_document(unit))
    if not found:
        reader.refuse_emptiness()
    document, placed = with_documents(reader.document(), found, names)
    return Content(document, units=placed)


def _without_document(unit: TranslationUnit) -> TranslationUnit:
    from dataclasses import replace

    if unit.extra and unit.extra[0][0] == "document":
        return replace(unit, extra=unit.extra[1:])
    return unit


def stream(stream: BinaryIO, name: str, options: ReadOptions) -> tuple[Document, Iterator[TranslationUnit]]:
    """The document, its languages told from the header and the first unit, and the units one by one."""
    reader = _Reader(name, options)
    units = reader.units(stream)
    first = next(units, None)
    if first is None:
        reader.refuse_emptiness()

    def chain() -> Iterator[TranslationUnit]:
        if first is not None:
            yield first
        yield from units

    return reader.document(), chain()


class _Reader:
    """One reading of one file: its languages, its counts and what was left out."""

    def __init__(self, name: str, options: ReadOptions) -> None:
        self._name = name
        self._options = options
        self._watch = IdWatch(name, options)
        self._count = 0
        self._left_out: Counter[str] = Counter()
        self._left_out_line: int | None = None
        self._passed_over: Counter[str] = Counter()
        self.source_lang = langs.normalize(options.source_lang) if options.source_lang else ""
        self.target_lang = langs.normalize(options.target_lang) if options.target_lang else ""
        self._decided = False

    def document(self) -> Document:
        """The document as far as it is known from what was read."""
        target_lang = self.target_lang or ("en" if langs.is_chinese(self.source_lang) else "zh")
        return Document(PurePath(self._name.removesuffix(".gz")).stem, "tmx", self.source_lang, target_lang)

    def _wrong(self, reason: str, element: Element) -> FormatError:
        return FormatError(reason, file=self._name, line=line_of(element))

    def units(self, stream: BinaryIO) -> Iterator[TranslationUnit]:
        """The units in the file's order; what is left out is warned of at the end."""
        seen: set[str] = set()
        for event, element in iterate(stream, name=self._name, tags=("tmx", "header", "body", "tu")):
            tag = local(element)
            if not seen and tag != "tmx":
                raise self._wrong(f"not a TMX file: its root element is <{tag}>", element)
            seen.add(tag)
            if event == "start" and tag == "header":
                self._header(element)
            elif event == "end" and tag == "tu":
                unit = self._unit(element)
                _forget(element)
                if unit is not None:
                    self._count += 1
                    yield unit
        if "body" not in seen:
            raise FormatError("a TMX file without a <body>", file=self._name)
        self._warn_of_left_out()

    def _header(self, header: Element) -> None:
        tag = (header.get("srclang") or "").strip()
        if not self.source_lang and tag and tag.lower() != _ALL:
            self.source_lang = self._language(tag, "srclang", header)

    def _language(self, tag: str, attribute: str, element: Element) -> str:
        try:
            return langs.normalize(tag.strip())
        except UsageError:
            raise self._wrong(f"{attribute} is {tag!r}, which is no language tag", element) from None

    def _unit(self, tu: Element) -> TranslationUnit | None:
        """The unit of a <tu>, None where it lacks the languages that are read."""
        variants = [child for child in tu if local(child) == "tuv"]
        if not variants:
            raise self._wrong("a <tu> without <tuv>: it holds no text", tu)
        tagged = [(self._variant_language(variant), variant) for variant in variants]
        self._decide(tagged, tu)
        source = _best(tagged, self.source_lang)
        target = _best([pair for pair in tagged if pair is not source], self.target_lang)
        if source is None or (target is None and len(tagged) > 1):
            self._left_out.update(tag for tag, _ in tagged if source is None or tag != source[0])
            self._left_out_line = self._left_out_line or line_of(tu)
            return None
        self._passed_over.update(
            tag for tag, variant in tagged if variant not in (source[1], target and target[1])
        )
        return self._make(tu, source[1], target[1] if target else None)

    def _variant_language(self, variant: Element) -> str:
        for key, value in variant.attrib.items():
            if key == _XML_LANG or str(key).lower() in ("lang", "xml:lang"):
                return self._language(str(value), "xml:lang", variant)
        raise self._wrong("a <tuv> without xml:lang: nothing says which language it is in", variant)

    def _decide(self, tagged: list[tuple[str, Element]], tu: Element) -> None:
        """Settle the languages by the first unit, where neither the header nor the caller named them."""
        if self._decided:
            return
        own = (tu.get("srclang") or "").strip()
        if not self.source_lang:
            plain = own and own.lower() != _ALL
            self.source_lang = self._language(own, "srclang", tu) if plain else tagged[0][0]
        source = _best(tagged, self.source_lang)
        if source is None:
            return
        self.source_lang = source[0] if not self._options.source_lang else self.source_lang
        others = [tag for tag, _ in tagged if tag != source[0]]
        if not self.target_lang:
            if len(set(others)) > 1:
                found = ", ".join(sorted(set(others)))
                raise self._wrong(f"there are several languages besides {source[0]} ({found}): name one", tu)
            if not others:
                return
            self.target_lang = others[0]
        else:
            best = _best([pair for pair in tagged if pair is not source], self.target_lang)
            if best is None:
                return
            self.target_lang = best[0]
        self._decided = True

    def _make(self, tu: Element, source: Element, target: Element | None) -> TranslationUnit:
        props = self._props(tu)
        own = {key: values[0] for key, values in props.items() if key in OWN_PROPS}
        line = line_of(tu)
        unit_id = tu.get("tuid") or (str(line or "") if self._options.line_ids else "")
        self._watch.check(unit_id, line, document=own.get("x-document", ""))
        extra: list[tuple[str, str]] = []
        if own.get("x-document"):
            extra.append(("document", dump_value(own["x-document"])))
        extra += _extras(props)
        source_text, source_xml = self._segment(source)
        target_text, target_xml = self._segment(target) if target is not None else ("", "")
        changed_at, changed_by = None, ""
        extra += self._attributes("tu", tu, {"tuid", "changedate", "changeid"})
        extra += self._attributes("source", source, set())
        if target is not None:
            changed_at = _date(target.get("changedate") or tu.get("changedate") or "")
            changed_by = target.get("changeid") or tu.get("changeid") or ""
            spent = {"changeid"} | ({"changedate"} if changed_at else set())
            made = (_date(target.get("creationdate") or ""), target.get("creationid") or "")
            if made == (changed_at, changed_by):
                spent |= {"creationdate", "creationid"}
            extra += self._attributes("target", target, spent)
        for side, xml, variant in (("source", source_xml, source), ("target", target_xml, target)):
            if variant is not None:
                extra += _extras(self._props(variant), prefix=f"tmx:{side}:")
            if xml:
                extra.append((f"tmx:{side}-seg", dump_value(xml)))
        notes = [text for part in (tu, source, target) if part is not None for text in self._notes(part)]
        return TranslationUnit(
            unit_id,
            self._count,
            source_text,
            target_text,
            self._state(own, line),
            self._drafts(own, unit_id),
            self._share(own, line),
            origin=own.get("x-origin", ""),
            notes=tuple(notes),
            changed_at=changed_at,
            changed_by=changed_by,
            extra=tuple(extra),
        )

    def _segment(self, variant: Element) -> tuple[str, str]:
        segments = [child for child in variant if local(child) == "seg"]
        if len(segments) != 1:
            raise self._wrong(f"a <tuv> with {len(segments)} <seg>: it has exactly one", variant)
        return flatten(segments[0], name=self._name)

    def _props(self, element: Element) -> dict[str, list[str]]:
        props: dict[str, list[str]] = {}
        for child in element:
            if local(child) == "prop":
                refuse_entities(child, self._name)
                props.setdefault(child.get("type") or "x-untyped", []).append(all_text(child))
        return props

    def _notes(self, element: Element) -> Iterator[str]:
        for child in element:
            if local(child) == "note":
                refuse_entities(child, self._name)
                yield all_text(child)

    def _attributes(self, side: str, element: Element, spent: set[str]) -> Iterator[tuple[str, str]]:
        for key, value in element.attrib.items():
            if str(key) in TU_ATTRIBUTES and str(key) not in spent:
                yield f"tmx:{side}@{key!s}", dump_value(str(value))

    def _state(self, own: dict[str, str], line: int | None) -> State:
        return state_of(own.get("x-state", ""), name=self._name, line=line)

    def _drafts(self, own: dict[str, str], unit_id: str) -> tuple[Draft, ...]:
        if "x-draft" not in own:
            return ()
        match = None
        try:
            match = float(own["x-match"]) if "x-match" in own else None
        except ValueError:
            self._options.warn(f"{self._name}: the match {own['x-match']!r} is no number and was left out")
        return (Draft(f"{unit_id}/0", own["x-draft"], own.get("x-mt-engine", ""), match),)

    def _share(self, own: dict[str, str], line: int | None) -> float:
        text = own.get("x-bead-score", "1")
        try:
            value = float(text)
        except ValueError:
            value = -1.0
        if not 0 <= value <= 1:
            raise FormatError(f"x-bead-score is {text!r}, no number from 0 to 1", file=self._name, line=line)
        return value

    def _warn_of_left_out(self) -> None:
        """Say what did not come in: units without the two languages, and further languages of other units."""
        if self._left_out and self._count:
            place = f"{self._name}:{self._left_out_line}" if self._left_out_line else self._name
            tags = _counted(self._left_out)
            self._options.warn(
                f"{place}: units without {self.source_lang} and {self.target_lang} were left out: {tags}"
            )
        if self._passed_over:
            self._options.warn(f"{self._name}: other languages were left out: {_counted(self._passed_over)}")

    def refuse_emptiness(self) -> None:
        """Raise FormatError: there is no unit, or none in the languages that are read."""
        if not self._left_out:
            raise FormatError("empty file: there is no unit in it", file=self._name)
        wanted = f"{self.source_lang} and {self.target_lang}" if self.target_lang else self.source_lang
        tags = ", ".join(sorted(self._left_out))
        raise FormatError(
            f"no unit has {wanted} (there are: {tags})", file=self._name, line=self._left_out_line
        )


TU_ATTRIBUTES = frozenset(
    (
        "tuid",
        "o-encoding",
        "datatype",
        "usagecount",
        "lastusagedate",
        "creationtool",
        "creationtoolversion",
        "creationdate",
        "creationid",
        "changedate",
        "segtype",
        "changeid",
        "o-tmf",
        "srclang",
    )
)


def _extras(props: dict[str, list[str]], *, prefix: str = "") -> Iterator[tuple[str, str]]:
    """The props that are not the workbench's own: a text, a list of texts where the type repeats, JSON where marked."""
    for key, values in props.items():
        if not prefix and key in OWN_PROPS:
            continue
        if key.startswith("x-json:") and len(values) == 1:
            try:
                yield prefix + key.removeprefix("x-json:"), dump_value(load_value(values[0]))
            except ValueError:
                yield prefix + key, dump_value(values[0])
        else:
            yield prefix + key, dump_value(values[0] if len(values) == 1 else values)


def _counted(tags: Counter[str]) -> str:
    return ", ".join(f"{tag} ({count})" for tag, count in sorted(tags.items()))


def _forget(tu: Element) -> None:
    """Drop a unit that was read, and what stands before it, from the tree."""
    tu.clear()
    parent = tu.getparent()
    while parent is not None and tu.getprevious() is not None:
        del parent[0]


def _best(tagged: list[tuple[str, Element]], wanted: str) -> tuple[str, Element] | None:
    """The variant whose language is nearest to the wanted one, None where none will do."""
    if not wanted:
        return None
    ranked = [(fit(tag, wanted), -place) for place, (tag, _) in enumerate(tagged)]
    rank, place = max(ranked, default=(0, 0))
    return tagged[-place] if rank else None


def fit(tag: str, wanted: str) -> int:
    """How near a language tag is to another: 3 the same, 2 but for a region that one lacks, 1 the region, 0 not.

    Simplified and Traditional Chinese are never near.
    """
    if tag.lower() == wanted.lower():
        return 3
    if langs.primary(tag) != langs.primary(wanted) or langs.is_traditional(tag) != langs.is_traditional(
        wanted
    ):
        return 0
    first, second = _script(tag), _script(wanted)
    if first and second and first != second:
        return 0
    bare = langs.primary(tag)
    return 2 if bare in (tag.lower(), wanted.lower()) or bool(first) != bool(second) else 1


def _script(tag: str) -> str:
    return next((part.lower() for part in re.split("[-_]", tag)[1:] if len(part) == 4 and part.isalpha()), "")


def _date(text: str) -> datetime | None:
    """The UTC time of a TMX date, with or without punctuation; None where it is none."""
    found = _DATE.match(text.strip())
    if not found:
        return None
    try:
        year, month, day, hour, minute, second = (int(part) for part in found.groups())
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
