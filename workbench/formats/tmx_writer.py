"""Writing TMX 1.4b that is valid against its DTD, a unit at a time."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from workbench import __version__, langs
from workbench.formats.base import WriteOptions, document_of, dump_drafts, load_value, require_units
from workbench.formats.tmx_inline import as_xml, quote, restore
from workbench.formats.tmx_unit import OWN_PROPS, TU_ATTRIBUTES
from workbench.xmlsafe import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbench.model import Content, TranslationUnit

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
<header creationtool="workbench" creationtoolversion="{version}" segtype="sentence" o-tmf="workbench" \
adminlang="en" srclang="{source}" datatype="plaintext"{dated}/>
<body>
"""
_SEGTYPES = ("block", "paragraph", "sentence", "phrase")
_SIDES = ("source", "target")


def write(content: Content, options: WriteOptions) -> Iterator[bytes]:
    """A <tu> for every unit: as many come out as went in. What XML cannot hold is dropped from texts."""
    require_units(content, "tmx")
    source, target = tag_of(content.document.source_lang), tag_of(content.document.target_lang)
    dated = f' creationdate="{date_of(options.written_at)}"' if options.written_at else ""
    yield _HEAD.format(version=quote(__version__), source=quote(source), dated=dated).encode()
    for unit in content.units:
        yield _unit(_cleaned(unit), source, target, document_of(unit, content.document)).encode(
            "utf-8", "replace"
        )
    yield b"</body>\n</tmx>\n"


def tag_of(lang: str) -> str:
    """The language tag that is written: as it is, but for bare `zh`, which tools want as `zh-CN`."""
    tag = langs.normalize(lang)
    return "zh-CN" if tag == "zh" else tag


def date_of(moment: datetime) -> str:
    """A time as TMX has it, in UTC; one without a zone is taken for UTC."""
    aware = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return aware.strftime("%Y%m%dT%H%M%SZ")


def _cleaned(unit: TranslationUnit) -> TranslationUnit:
    """The unit with texts as XML can hold them."""
    draft = unit.drafts
    texts = [unit.id, unit.source, unit.target, unit.origin, unit.changed_by]
    texts += [text for one in draft for text in (one.text, one.engine)]
    if all(clean(text) == text for text in texts):
        return unit
    return replace(
        unit,
        id=clean(unit.id),
        source=clean(unit.source),
        target=clean(unit.target),
        drafts=tuple(replace(one, text=clean(one.text), engine=clean(one.engine)) for one in draft),
        origin=clean(unit.origin),
        changed_by=clean(unit.changed_by),
    )


def _unit(unit: TranslationUnit, source: str, target: str, document: str) -> str:
    kept = _Kept(unit)
    attributes = {"tuid": unit.id} if unit.id else {}
    lines = [f"<tu{_attributes(attributes | kept.attributes['tu'])}>\n"]
    lines += [f"<note>{as_xml(note)}</note>\n" for note in unit.notes]
    lines += [_prop(kind, text) for kind, text in [*_own_props(unit, document), *kept.props["tu"]]]
    lines.append(
        _variant(
            source, {} | kept.attributes["source"], kept.props["source"], unit.source, kept.xml["source"]
        )
    )
    changed = {}
    if unit.changed_at:
        changed["changedate"] = date_of(unit.changed_at)
    if unit.changed_by:
        changed["changeid"] = unit.changed_by
    if unit.target or changed or kept.attributes["target"] or kept.props["target"]:
        made = {key.replace("change", "creation"): value for key, value in changed.items()}
        told = kept.attributes["target"]
        if "creationdate" in told or "creationid" in told:
            made = {}
        lines.append(
            _variant(target, made | changed | told, kept.props["target"], unit.target, kept.xml["target"])
        )
    lines.append("</tu>\n")
    return "".join(lines)


def _own_props(unit: TranslationUnit, document: str) -> Iterator[tuple[str, str]]:
    """The props that carry what the workbench knows; the reader's OWN_PROPS."""
    if document:
        yield "x-document", document
    yield "x-state", str(unit.state)
    if unit.drafts:
        draft = unit.drafts[0]
        yield "x-draft", draft.text
        if draft.engine:
            yield "x-mt-engine", draft.engine
        if draft.match is not None:
            yield "x-match", repr(draft.match)
        if len(unit.drafts) > 1:
            yield "x-drafts", dump_drafts(unit.drafts[1:])
    if unit.origin:
        yield "x-origin", unit.origin
    if unit.bead_score != 1.0:
        yield "x-bead-score", repr(unit.bead_score)


class _Kept:
    """The extras of a unit, sorted into where they stand in TMX."""

    def __init__(self, unit: TranslationUnit) -> None:
        self.attributes: dict[str, dict[str, str]] = {"tu": {}, "source": {}, "target": {}}
        self.props: dict[str, list[tuple[str, str]]] = {"tu": [], "source": [], "target": []}
        self.xml = {"source": "", "target": ""}
        for key, value in unit.extra:
            if key != "document" and not self._placed(key, load_value(value)):
                self.props["tu"] += _props(key, value)

    def _placed(self, key: str, value: object) -> bool:
        """Whether the extra came from elsewhere than a prop of the <tu>, and went back there."""
        if not key.startswith("tmx:"):
            return False
        for side in _SIDES:
            if key == f"tmx:{side}-seg" and isinstance(value, str):
                self.xml[side] = value
                return True
            if key.startswith(f"tmx:{side}:"):
                self.props[side] += _props(key.removeprefix(f"tmx:{side}:"), json.dumps(value))
                return True
        place, _, name = key.removeprefix("tmx:").partition("@")
        allowed = (
            TU_ATTRIBUTES - {"tuid"} if place == "tu" else TU_ATTRIBUTES - {"tuid", "segtype", "srclang"}
        )
        if name == "segtype" and value not in _SEGTYPES:
            return place in self.attributes
        if place in self.attributes and name in allowed and isinstance(value, str):
            self.attributes[place][name] = value
            return True
        return False


def _props(key: str, value: str) -> Iterator[tuple[str, str]]:
    """An extra as props: a text as it is, several texts as several, anything else marked as JSON."""
    loaded = load_value(value)
    texts: Any = [loaded] if isinstance(loaded, str) else loaded
    plain = (
        bool(key) and key not in OWN_PROPS and not key.startswith(("x-json:", "tmx:")) and key == clean(key)
    )
    listed = isinstance(texts, list) and all(isinstance(text, str) for text in texts)
    if plain and listed and (isinstance(loaded, str) or len(texts) > 1):
        yield from ((key, text) for text in texts)
        return
    yield f"x-json:{key}", json.dumps(loaded, ensure_ascii=False)


def _variant(lang: str, attributes: dict[str, str], props: list[tuple[str, str]], text: str, xml: str) -> str:
    made = "".join(_prop(kind, value) for kind, value in props)
    return f'<tuv xml:lang="{quote(lang)}"{_attributes(attributes)}>{made}<seg>{restore(text, xml)}</seg></tuv>\n'


def _attributes(attributes: dict[str, str]) -> str:
    return "".join(f' {key}="{quote(value)}"' for key, value in attributes.items())


def _prop(kind: str, text: str) -> str:
    return f'<prop type="{quote(kind)}">{as_xml(text)}</prop>\n'
