"""Writing XLIFF 2.1 that is valid against its schemas, a unit at a time."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING

from workbench.formats.base import document_of, load_value, require_units
from workbench.formats.tmx_inline import as_xml, quote
from workbench.formats.tmx_writer import tag_of
from workbench.formats.xliff_inline import NEW, OLD, parsed, restored, serialised, text_xml, translated
from workbench.formats.xliff_unit import CATEGORY, NOTE_ATTRIBUTES, UNIT_ATTRIBUTES
from workbench.xmlsafe import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbench.formats.xliff_inline import Code
    from workbench.model import Content, Draft, TranslationUnit

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0" \
xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0" version="2.1" srcLang="{source}" trgLang="{target}">
"""
# What can be an id: name characters of XML, a part of them.
_NMTOKEN = re.compile(r"[A-Za-z0-9._:\u4e00-\u9fff-]+")
_ID = re.compile(r'\sid="([^"]*)"')
_DATA_REF = re.compile(r'\sdataRef(?:Start|End)?="([^"]*)"')
_USER_DEFINED = re.compile(r"[^\s:]+:[^\s:]+")


def write(content: Content) -> Iterator[bytes]:
    """A <unit> for every unit: as many come out as went in; a <file> for each document."""
    require_units(content, "xliff")
    source, target = tag_of(content.document.source_lang), tag_of(content.document.target_lang)
    yield _HEAD.format(source=quote(source), target=quote(target)).encode()
    number, current, ids = 0, None, Ids()
    for unit in content.units:
        document = document_of(unit, content.document)
        if document != current:
            if number:
                yield b"</file>\n"
            number, current, ids = number + 1, document, Ids()
            yield f'<file id="f{number}" original="{quote(document)}" xml:space="preserve">\n'.encode(
                "utf-8", "replace"
            )
        yield _unit(cleaned(unit), ids).encode("utf-8", "replace")
    if not number:
        yield b'<file id="f1">\n<group id="g1"/>\n'
    yield b"</file>\n</xliff>\n"


def cleaned(unit: TranslationUnit) -> TranslationUnit:
    """The unit with what goes into attributes and metadata as XML can hold it."""
    drafts = tuple(replace(one, id=clean(one.id), engine=clean(one.engine)) for one in unit.drafts)
    if (clean(unit.id), clean(unit.origin), clean(unit.changed_by), drafts) == (
        *(unit.id, unit.origin, unit.changed_by),
        unit.drafts,
    ):
        return unit
    return replace(
        unit,
        id=clean(unit.id),
        origin=clean(unit.origin),
        changed_by=clean(unit.changed_by),
        drafts=drafts,
    )


class Ids:
    """The ids of the unit elements of one <file>: a unit's own where it can be one and is not taken."""

    def __init__(self, *, plain: bool = False) -> None:
        self._taken: set[str] = set()
        self._numbers = count(1)
        self._plain = plain

    def take(self, unit_id: str) -> str:
        """An id that no other element has."""
        wanted = unit_id
        if not wanted or wanted in self._taken or not (self._plain or _NMTOKEN.fullmatch(wanted)):
            wanted = next(made for made in map("u{}".format, self._numbers) if made not in self._taken)
        self._taken.add(wanted)
        return wanted


@dataclass(slots=True)
class Kept:
    """The extras of a unit, sorted into what XLIFF has a place for and the workbench's metadata."""

    source: str = ""
    target: str = ""
    seg_dialect: str = NEW
    data: dict[str, str] = field(default_factory=dict)
    state: list[str] = field(default_factory=list)
    notes: list[dict[str, str]] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    metadata: list[list[str]] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    values: dict[str, object] = field(default_factory=dict)


def kept(unit: TranslationUnit, dialect: str) -> Kept:
    """What the extras of a unit say for a file of that dialect."""
    found = Kept(seg_dialect=dialect)
    other = OLD if dialect == NEW else NEW
    keys = {key for key, _ in unit.extra}
    if not {f"{dialect}:source-seg", f"{dialect}:target-seg"} & keys:
        found.seg_dialect = other
    for key, text in unit.extra:
        if key == "document":
            continue
        value = load_value(text)
        prefix, _, name = key.partition(":")
        if not (prefix in (dialect, found.seg_dialect) and _place(found, prefix == dialect, name, value)):
            if isinstance(value, str) and key and key == clean(key):
                found.texts[key] = value
            else:
                found.values[key] = value
    return found


def _place(found: Kept, own: bool, name: str, value: object) -> bool:
    """Put the value of an extra that an XLIFF reader made where it belongs; False where it is none."""
    if name in ("source-seg", "target-seg") and isinstance(value, str):
        setattr(found, name.removesuffix("-seg"), value)
        return True
    if name == "data" and _is_texts(value):
        found.data = value  # type: ignore[assignment]
        return True
    if not own:
        return False
    if name == "state" and isinstance(value, list) and all(isinstance(one, str) for one in value):
        found.state = value
    elif name == "attributes" and _is_texts(value):
        found.attributes = value  # type: ignore[assignment]
    elif name == "notes" and isinstance(value, list) and all(_is_texts(one) for one in value):
        found.notes = value
    elif (
        name == "metadata"
        and isinstance(value, list)
        and all(
            isinstance(one, list) and len(one) == 3 and all(isinstance(part, str) for part in one)
            for one in value
        )
    ):
        found.metadata = value
    else:
        return False
    return True


def _is_texts(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(one, str) for pair in value.items() for one in pair)


def own_metas(unit: TranslationUnit, element_id: str) -> Iterator[tuple[str, str]]:
    """What the workbench knows of a unit and XLIFF has no place for, by name."""
    if unit.id != element_id:
        yield "id", unit.id
    if unit.origin:
        yield "origin", unit.origin
    if unit.bead_score != 1.0:
        yield "bead_score", repr(unit.bead_score)
    for name, segments in (
        ("source_segments", unit.source_segments),
        ("draft_segments", unit.draft_segments),
    ):
        if segments:
            yield name, as_json(segments)
    if unit.version:
        yield "version", str(unit.version)
    if unit.changed_at:
        yield "changed_at", unit.changed_at.isoformat()
    if unit.changed_by:
        yield "changed_by", unit.changed_by


def draft_metas(draft: Draft, unit: TranslationUnit, at: int) -> Iterator[tuple[str, str]]:
    """What XLIFF has no place for in a match."""
    if draft.id and draft.id != f"{unit.id}/{at}":
        yield "id", draft.id
    if draft.match is not None and not 0 <= draft.match <= 100:
        yield "match", repr(draft.match)
    if draft.repaired_from is not None:
        yield "repaired_from", draft.repaired_from


def as_json(value: object) -> str:
    """A value as JSON text, with escapes only where XML could not hold it."""
    text = json.dumps(value, ensure_ascii=False)
    return text if text == clean(text) and "\r" not in text else json.dumps(value)


def decimal(value: float) -> str:
    """A number without an exponent, which gives the same number again."""
    return format(Decimal(repr(value)), "f")


def sides(unit: TranslationUnit, told: Kept, dialect: str) -> list[list[str | Code]]:
    """Source and target with their codes, in that dialect."""
    source = parsed(told.source, told.seg_dialect, told.data)
    target = parsed(told.target, told.seg_dialect, told.data)
    both = [restored(unit.source, source), restored(unit.target, target, source)]
    if told.seg_dialect == dialect:
        return both
    return translated(both, _code if dialect == NEW else _old_code)


def _code(first: str, last: str | None, number: int) -> tuple[str, str]:
    if last is None:
        return f'<ph id="c{number}" disp="{quote(first)}"/>', ""
    return f'<pc id="c{number}" dispStart="{quote(first)}" dispEnd="{quote(last)}">', "</pc>"


def _old_code(first: str, last: str | None, number: int) -> tuple[str, str]:
    if last is None:
        return f'<ph id="{number}">{as_xml(first)}</ph>', ""
    return f'<bpt id="{number}">{as_xml(first)}</bpt>', f'<ept id="{number}">{as_xml(last)}</ept>'


def attributes(told: Mapping[str, str], allowed: frozenset[str]) -> str:
    """Attributes as XML, those that are allowed."""
    return "".join(f' {key}="{quote(value)}"' for key, value in told.items() if key in allowed)


def _unit(unit: TranslationUnit, ids: Ids) -> str:
    told = kept(unit, NEW)
    element_id = ids.take(unit.id)
    source, target = (serialised(side, NEW) for side in sides(unit, told, NEW))
    spent = set(_ID.findall(source + target))
    segment_id = next(made for made in map("s{}".format, count(1)) if made not in spent)
    if not _USER_DEFINED.fullmatch(told.attributes.get("type", "a:b")):
        told.attributes.pop("type")
    lines = [f'<unit id="{quote(element_id)}"{attributes(told.attributes, UNIT_ATTRIBUTES)}>\n']
    if unit.drafts:
        matches = "".join(_match(draft, at, unit, segment_id) for at, draft in enumerate(unit.drafts))
        lines.append(f"<mtc:matches>\n{matches}</mtc:matches>\n")
    lines.append(_metadata(unit, told, element_id))
    if unit.notes:
        own = told.notes if len(told.notes) == len(unit.notes) else [{}] * len(unit.notes)
        notes = "".join(
            f"<note{attributes(one, NOTE_ATTRIBUTES)}>{as_xml(note)}</note>\n"
            for one, note in zip(own, unit.notes, strict=True)
        )
        lines.append(f"<notes>\n{notes}</notes>\n")
    refs = set(_DATA_REF.findall(source + target))
    data = "".join(
        f'<data id="{quote(key)}">{text_xml(text, NEW)}</data>'
        for key, text in told.data.items()
        if key in refs
    )
    if data:
        lines.append(f"<originalData>{data}</originalData>\n")
    sub = ""
    if len(told.state) == 2 and told.state[0] == unit.state and _USER_DEFINED.fullmatch(told.state[1]):
        sub = f' subState="{quote(told.state[1])}"'
    lines.append(f'<segment id="{segment_id}" state="{unit.state}"{sub}>\n<source>{source}</source>\n')
    if target or unit.state != "initial":
        lines.append(f"<target>{target}</target>\n")
    lines.append("</segment>\n</unit>\n")
    return "".join(lines)


def _match(draft: Draft, at: int, unit: TranslationUnit, segment_id: str) -> str:
    similar = draft.match is not None and 0 <= draft.match <= 100
    kind = ' type="mt"' if draft.match is None else ' type="tm"'
    similarity = f' similarity="{decimal(draft.match)}"' if similar and draft.match is not None else ""
    origin = f' origin="{quote(draft.engine)}"' if draft.engine else ""
    metas = _group(CATEGORY, draft_metas(draft, unit, at))
    held = f"<mda:metadata>{metas}</mda:metadata>" if metas else ""
    return (
        f'<mtc:match id="m{at + 1}" ref="#{segment_id}"{kind}{origin}{similarity}>{held}'
        f"<source>{text_xml(unit.source, NEW)}</source><target>{text_xml(draft.text, NEW)}</target></mtc:match>\n"
    )


def _metadata(unit: TranslationUnit, told: Kept, element_id: str) -> str:
    groups = [_group(CATEGORY, own_metas(unit, element_id)), _group(f"{CATEGORY}-extra", told.texts.items())]
    values = ((key, as_json(value)) for key, value in told.values.items())
    groups.append(_group(f"{CATEGORY}-json", values))
    for category in dict.fromkeys(one[0] for one in told.metadata):
        groups.append(
            _group(category, ((kind, text) for own, kind, text in told.metadata if own == category))
        )
    made = "".join(groups)
    return f"<mda:metadata>\n{made}</mda:metadata>\n" if made else ""


def _group(category: str, metas: object) -> str:
    pairs: list[tuple[str, str]] = list(metas)  # type: ignore[call-overload]
    made = "".join(f'<mda:meta type="{quote(kind)}">{as_xml(text)}</mda:meta>\n' for kind, text in pairs)
    named = f' category="{quote(category)}"' if category else ""
    return f"<mda:metaGroup{named}>\n{made}</mda:metaGroup>\n" if made else ""
