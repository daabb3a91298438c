"""From one <unit> or <trans-unit> of an XLIFF to its translation units, one a segment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from workbench.errors import FormatError
from workbench.formats.base import ReadOptions, dump_value, load_value, note_seen
from workbench.formats.tmx_inline import local, refuse_entities
from workbench.formats.xliff_inline import OLD, Code, pieces, plain_text, serialised
from workbench.formats.xliff_segments import Segment, new_segments, old_segments
from workbench.model import Draft, TranslationUnit
from workbench.xmlsafe import line_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lxml.etree import _Element as Element


CATEGORY = "workbench"
CONTEXT = "x-workbench-"
"""What marks the workbench's own metadata: the category of a metaGroup, the beginning of a context-type."""

UNIT_ATTRIBUTES = frozenset(("name", "type", "srcDir", "trgDir"))
OLD_UNIT_ATTRIBUTES = frozenset(
    (
        *("resname", "restype", "maxwidth", "minwidth", "maxheight", "minheight", "maxbytes", "minbytes"),
        *("size-unit", "extradata", "extype", "help-id", "css-style"),
    )
)
NOTE_ATTRIBUTES = frozenset(("appliesTo", "category", "priority"))
OLD_NOTE_ATTRIBUTES = frozenset(("from", "annotates", "priority"))


@dataclass(slots=True)
class Found:
    """A unit, and which segment of its element it is: the segment's ordinal, or the `mid` of its <mrk>, "" = whole."""

    unit: TranslationUnit
    segment: int | str


def find_units(
    element: Element, dialect: str, *, position: int, name: str, options: ReadOptions
) -> list[Found]:
    """The units of an element. Raises FormatError with the line at fault."""
    children: dict[str, list[Element]] = {}
    for child in element:
        tag = local(child)
        if tag:
            children.setdefault(tag, []).append(child)
    data: dict[str, str] = {}
    if dialect == OLD:
        segments = old_segments(element, children, name)
        metas, kept = _contexts(children.get("context-group", ()))
        notes = children.get("note", [])
    else:
        for holder in children.get("originalData", ()):
            data |= {
                one.get("id") or "": plain_text(pieces(one, dialect, name=name))
                for one in holder
                if local(one)
            }
        segments = new_segments(element, children, name)
        metas, kept = _metadata(children.get("metadata", ()))
        notes = [note for holder in children.get("notes", ()) for note in holder if local(note) == "note"]
    texts = tuple(_text(note, name) for note in notes)
    shared = _attributes(element, dialect)
    if kept:
        shared.append((f"{dialect}:metadata", dump_value(kept)))
    spoken = {"state": any(segment.told[0] for segment in segments), "notes": bool(notes)}
    note_seen(options, (key for key, said in spoken.items() if said))
    own = _note_extra(notes, dialect)
    found = []
    for at, segment in enumerate(segments):
        unit = _unit(
            element,
            segment,
            dialect,
            name=name,
            options=options,
            data=data,
            metas=metas if len(segments) == 1 else {},
        )
        extra = [*unit.extra, *shared, *(own if not at else ())]
        own_notes = texts if not at else ()
        if (unit.position, unit.notes, len(unit.extra)) != (position + at, own_notes, len(extra)):
            unit = replace(unit, position=position + at, notes=own_notes, extra=tuple(extra))
        found.append(Found(unit, segment.place))
    return found


def _text(element: Element, name: str) -> str:
    refuse_entities(element, name)
    return "".join(str(text) for text in element.itertext())


def _unit(
    element: Element,
    segment: Segment,
    dialect: str,
    *,
    name: str,
    options: ReadOptions,
    data: Mapping[str, str],
    metas: Mapping[str, str],
) -> TranslationUnit:
    line = line_of(element)
    extra: list[tuple[str, str]] = []
    sides = []
    used: set[str] = set()
    for side, node in (("source", segment.source), ("target", segment.target)):
        found: list[str | Code] = [] if node is None else pieces(node, dialect, name=name, data=data)
        sides.append(plain_text(found))
        if any(isinstance(piece, Code) for piece in found):
            xml = serialised(found, dialect)
            extra.append((f"{dialect}:{side}-seg", dump_value(xml)))
            used |= {key for key in data if f'"{key}"' in xml}
    if used:
        extra.append((f"{dialect}:data", dump_value({key: data[key] for key in sorted(used)})))
    if segment.told[1:]:
        extra.append((f"{dialect}:state", dump_value([str(segment.state), *segment.told[1:]])))
    unit_id = segment.id or (str(line or "") if options.line_ids else "")
    unit_id = metas.get("id", unit_id)
    for key, value in metas.items():
        if key.startswith("extra:"):
            extra.append((key.removeprefix("extra:"), dump_value(value)))
        elif key.startswith("json:"):
            extra.append((key.removeprefix("json:"), dump_value(load_value(value))))
    return TranslationUnit(
        unit_id,
        0,
        sides[0],
        sides[1],
        segment.state,
        tuple(_drafts(segment.drafts, unit_id, dialect, name)),
        _share(metas.get("bead_score", "1"), name, line),
        _strings(metas.get("source_segments", "")),
        _strings(metas.get("draft_segments", "")),
        metas.get("origin", ""),
        version=int(metas["version"]) if metas.get("version", "").isdecimal() else 0,
        changed_at=_moment(metas.get("changed_at", "")),
        changed_by=metas.get("changed_by", ""),
        extra=tuple(extra),
    )


def _strings(text: str) -> tuple[str, ...]:
    value = load_value(text) if text else None
    return tuple(value) if isinstance(value, list) and all(isinstance(one, str) for one in value) else ()


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def _share(text: str, name: str, line: int | None) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise FormatError(f"bead_score is {text!r}, no number from 0 to 1", file=name, line=line)
    return value


# Drafts


def _drafts(found: Sequence[Element], unit_id: str, dialect: str, name: str) -> list[Draft]:
    """The matches as drafts: the origin as the engine; a machine's match has no percentage."""
    drafts = []
    for at, match in enumerate(found):
        parts: dict[str, list[Element]] = {}
        for child in match:
            parts.setdefault(local(child), []).append(child)
        if not parts.get("target"):
            continue
        data: dict[str, str] = {}
        for holder in parts.get("originalData", ()):
            data |= {
                one.get("id") or "": plain_text(pieces(one, dialect, name=name))
                for one in holder
                if local(one)
            }
        metas, _ = (
            _contexts(parts.get("context-group", ()))
            if dialect == OLD
            else _metadata(parts.get("metadata", ()))
        )
        text = plain_text(pieces(parts["target"][0], dialect, name=name, data=data))
        if dialect == OLD:
            engine, quality = match.get("origin") or match.get("tool-id") or "", match.get("match-quality")
        else:
            engine = match.get("origin") or ""
            quality = match.get("similarity")
            if quality is None and match.get("type") != "mt":
                quality = match.get("matchQuality")
        percentage = metas.get("match", quality)
        drafts.append(
            Draft(
                metas.get("id", f"{unit_id}/{at}"),
                text,
                engine,
                _percent(percentage),
                metas.get("repaired_from"),
            )
        )
    return drafts


def _percent(text: str | None) -> float | None:
    try:
        value = float((text or "").strip().removesuffix("%"))
    except ValueError:
        return None
    return value if 0 <= value <= 100 else None


# What else a unit says


def _attributes(element: Element, dialect: str) -> list[tuple[str, str]]:
    kept = OLD_UNIT_ATTRIBUTES if dialect == OLD else UNIT_ATTRIBUTES
    told = {str(key): str(value) for key, value in element.items() if str(key) in kept}
    return [(f"{dialect}:attributes", dump_value(told))] if told else []


def _note_extra(notes: Iterable[Element], dialect: str) -> list[tuple[str, str]]:
    kept = OLD_NOTE_ATTRIBUTES if dialect == OLD else NOTE_ATTRIBUTES
    told = [{str(key): str(value) for key, value in note.items() if str(key) in kept} for note in notes]
    return [(f"{dialect}:notes", dump_value(told))] if any(told) else []


def _metadata(holders: Iterable[Element]) -> tuple[dict[str, str], list[list[str]]]:
    """The workbench's metadata of XLIFF 2 by name, and all else as category, type and text."""
    metas: dict[str, str] = {}
    kept: list[list[str]] = []
    prefixes = {CATEGORY: "", f"{CATEGORY}-extra": "extra:", f"{CATEGORY}-json": "json:"}
    for holder in holders:
        for meta in holder.iter("{*}meta"):
            parent = meta.getparent()
            category = (parent.get("category") if parent is not None else "") or ""
            kind, text = meta.get("type") or "", "".join(str(one) for one in meta.itertext())
            if category in prefixes:
                metas[prefixes[category] + kind] = text
            else:
                kept.append([category, kind, text])
    return metas, kept


def _contexts(groups: Iterable[Element]) -> tuple[dict[str, str], list[list[str]]]:
    """The workbench's contexts of XLIFF 1.2 by name, and all else as purpose, type and text."""
    metas: dict[str, str] = {}
    kept: list[list[str]] = []
    for group in groups:
        for context in group:
            if local(context) != "context":
                continue
            kind, text = context.get("context-type") or "", "".join(str(one) for one in context.itertext())
            if kind == f"{CONTEXT}extra":
                value = load_value(text)
                if isinstance(value, dict):
                    metas |= {f"json:{key}": dump_value(one) for key, one in value.items()}
            elif kind.startswith(CONTEXT):
                metas[kind.removeprefix(CONTEXT)] = text
            else:
                kept.append([group.get("purpose") or "", kind, text])
    return metas, kept
