"""From one <tu> of a TMX, with its source and target variant chosen, to a translation unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from workbench.errors import FormatError
from workbench.formats.base import ReadOptions, dump_value, load_drafts, load_value, note_seen, state_of
from workbench.formats.tmx_inline import flatten, local, refuse_entities
from workbench.model import Draft, TranslationUnit
from workbench.xmlsafe import line_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element as Element

# The props that the workbench writes; all others are extras.
OWN_PROPS = frozenset(
    ("x-document", "x-state", "x-draft", "x-mt-engine", "x-match", "x-drafts", "x-origin", "x-bead-score")
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
_TU_SPENT = frozenset(("tuid", "changedate", "changeid"))
_NOTHING: frozenset[str] = frozenset()
_DATE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)T(\d\d):?(\d\d):?(\d\d)(?:\.\d+)?Z?\Z")


@dataclass(slots=True)
class Parts:
    """The children of a <tu> or <tuv>, sorted in one walk."""

    element: Element
    notes: list[str] = field(default_factory=list)
    props: dict[str, list[str]] = field(default_factory=dict)
    variants: list[Element] = field(default_factory=list)
    segments: list[Element] = field(default_factory=list)


def parts_of(element: Element, name: str) -> Parts:
    """The parts of an element. Raises FormatError for an entity in a note or prop."""
    parts = Parts(element)
    for child in element:
        tag = local(child)
        if tag == "prop":
            parts.props.setdefault(child.get("type") or "x-untyped", []).append(_text(child, name))
        elif tag == "tuv":
            parts.variants.append(child)
        elif tag == "seg":
            parts.segments.append(child)
        elif tag == "note":
            parts.notes.append(_text(child, name))
    return parts


def _text(element: Element, name: str) -> str:
    if not len(element):
        return element.text or ""
    refuse_entities(element, name)
    return "".join(str(text) for text in element.itertext())


def make(
    tu: Parts, source: Element, target: Element | None, *, position: int, name: str, options: ReadOptions
) -> tuple[TranslationUnit, str]:
    """The unit, and the name of its document. Raises FormatError with the line at fault."""
    line = line_of(tu.element)
    own = {key: values[0] for key, values in tu.props.items() if key in OWN_PROPS}
    unit_id = tu.element.get("tuid") or (str(line or "") if options.line_ids else "")
    extra = [*_extras(tu.props), *_attributes("tu", tu.element, _TU_SPENT)]
    notes = tu.notes
    texts = {"source": "", "target": ""}
    changed_at, changed_by, spent = None, "", _NOTHING
    if target is not None:
        changed_at, changed_by, spent = _change(target, tu.element)
    for side, variant in (("source", source), ("target", target)):
        if variant is not None:
            parts = parts_of(variant, name)
            if len(parts.segments) != 1:
                reason = f"a <tuv> with {len(parts.segments)} <seg>: it has exactly one"
                raise FormatError(reason, file=name, line=line_of(variant))
            texts[side], xml = flatten(parts.segments[0], name=name)
            extra += _attributes(side, variant, spent if side == "target" else _NOTHING)
            extra += _extras(parts.props, prefix=f"tmx:{side}:")
            if xml:
                extra.append((f"tmx:{side}-seg", dump_value(xml)))
            notes = [*notes, *parts.notes]
    spoken_of = {"state": "x-state" in own, "notes": bool(notes)}
    note_seen(options, (key for key, said in spoken_of.items() if said))
    unit = TranslationUnit(
        unit_id,
        position,
        texts["source"],
        texts["target"],
        state_of(own.get("x-state", ""), name=name, line=line),
        _drafts(own, unit_id, name, options),
        _share(own, name, line),
        origin=own.get("x-origin", ""),
        notes=tuple(notes),
        changed_at=changed_at,
        changed_by=changed_by,
        extra=tuple(extra),
    )
    return unit, own.get("x-document", "")


def _change(target: Element, tu: Element) -> tuple[datetime | None, str, frozenset[str]]:
    """When and by whom the target was changed, and the attributes of the target that this says in full."""
    changed_at = _date(target.get("changedate") or tu.get("changedate") or "")
    changed_by = target.get("changeid") or tu.get("changeid") or ""
    spent = {"changeid"} | ({"changedate"} if changed_at else set())
    if (target.get("creationdate"), target.get("creationid")) == (
        target.get("changedate"),
        target.get("changeid"),
    ):
        spent |= {"creationdate", "creationid"} if changed_at or not target.get("changedate") else set()
    return changed_at, changed_by, frozenset(spent)


def _attributes(side: str, element: Element, spent: Iterable[str]) -> Iterator[tuple[str, str]]:
    for key, value in element.items():
        if str(key) not in spent and str(key) in TU_ATTRIBUTES:
            yield f"tmx:{side}@{key!s}", dump_value(str(value))


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


def _drafts(own: dict[str, str], unit_id: str, name: str, options: ReadOptions) -> tuple[Draft, ...]:
    if "x-draft" not in own:
        return ()
    match = None
    try:
        match = float(own["x-match"]) if "x-match" in own else None
    except ValueError:
        options.warn(f"{name}: the match {own['x-match']!r} is no number and was left out")
    first = Draft(f"{unit_id}/0", own["x-draft"], own.get("x-mt-engine", ""), match)
    try:
        return (first, *load_drafts(own.get("x-drafts", ""), unit_id))
    except ValueError:
        options.warn(f"{name}: the further drafts {own['x-drafts'][:40]!r} cannot be read and were left out")
        return (first,)


def _share(own: dict[str, str], name: str, line: int | None) -> float:
    text = own.get("x-bead-score", "1")
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise FormatError(f"x-bead-score is {text!r}, no number from 0 to 1", file=name, line=line)
    return value


def _date(text: str) -> datetime | None:
    """The UTC time of a TMX date, with or without punctuation; None where it is none."""
    found = _DATE.match(text.strip())
    if not found:
        return None
    try:
        year, month, day, hour, minute, second = map(int, found.groups())
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
