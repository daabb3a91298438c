"""Writing XLIFF 1.2 that is valid against its strict schema, a unit at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.formats.base import document_of, require_units
from workbench.formats.tmx_inline import as_xml, quote
from workbench.formats.tmx_writer import tag_of
from workbench.formats.xliff_inline import OLD, serialised
from workbench.formats.xliff_segments import OLD_STATES, old_state
from workbench.formats.xliff_unit import CONTEXT, OLD_NOTE_ATTRIBUTES, OLD_UNIT_ATTRIBUTES
from workbench.formats.xliff_writer import (
    Ids,
    Kept,
    as_json,
    attributes,
    cleaned,
    decimal,
    draft_metas,
    kept,
    own_metas,
    sides,
)
from workbench.model import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workbench.model import Content, Draft, TranslationUnit

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">
"""


def write(content: Content) -> Iterator[bytes]:
    """A <trans-unit> for every unit: as many come out as went in; a <file> for each document."""
    require_units(content, "xliff12")
    source, target = tag_of(content.document.source_lang), tag_of(content.document.target_lang)
    yield _HEAD.encode()
    current, ids = None, Ids(plain=True)
    for unit in content.units:
        document = document_of(unit, content.document)
        if document != current:
            if current is not None:
                yield b"</body>\n</file>\n"
            current, ids = document, Ids(plain=True)
            yield _file(document, source, target)
        yield _unit(cleaned(unit), ids).encode("utf-8", "replace")
    if current is None:
        yield _file(content.document.name, source, target)
    yield b"</body>\n</file>\n</xliff>\n"


def _file(document: str, source: str, target: str) -> bytes:
    return (
        f'<file original="{quote(document)}" source-language="{quote(source)}" target-language="{quote(target)}"'
        ' datatype="plaintext" xml:space="preserve">\n<body>\n'
    ).encode("utf-8", "replace")


def _unit(unit: TranslationUnit, ids: Ids) -> str:
    told = kept(unit, OLD)
    element_id = ids.take(unit.id)
    source, target = (serialised(side, OLD) for side in sides(unit, told, OLD))
    approved = "yes" if unit.state in (State.REVIEWED, State.FINAL) else "no"
    lines = [
        f'<trans-unit id="{quote(element_id)}" approved="{approved}"'
        f"{attributes(told.attributes, OLD_UNIT_ATTRIBUTES)}>\n<source>{source}</source>\n"
    ]
    if target or unit.state is not State.INITIAL or told.state:
        lines.append(f"<target{_state(unit, told, bool(target))}>{target}</target>\n")
    metas = list(own_metas(unit, element_id))
    further = told.texts | told.values
    if further:
        metas.append(("extra", as_json(further)))
    lines.append(_contexts(metas))
    for purpose, kind, text in told.metadata:
        named = f' purpose="{quote(purpose)}"' if purpose else ""
        lines.append(
            f'<context-group{named}><context context-type="{quote(kind)}">{as_xml(text)}</context></context-group>\n'
        )
    own = told.notes if len(told.notes) == len(unit.notes) else [{}] * len(unit.notes)
    for one, note in zip(own, unit.notes, strict=True):
        lines.append(f"<note{attributes(one, OLD_NOTE_ATTRIBUTES)}>{as_xml(note)}</note>\n")
    lines += [_match(draft, unit, at) for at, draft in enumerate(unit.drafts)]
    lines.append("</trans-unit>\n")
    return "".join(lines)


def _state(unit: TranslationUnit, told: Kept, has_text: bool) -> str:
    """The state, as the file had it where the unit's is still the same."""
    word, qualifier = old_state(unit.state, has_text), ""
    if len(told.state) > 1 and told.state[0] == unit.state:
        was = told.state[1]
        if OLD_STATES.get(was) == unit.state or (was.startswith("x-") and unit.state is State.INITIAL):
            word = was
        if len(told.state) > 2:
            qualifier = f' state-qualifier="{quote(told.state[2])}"'
    return f' state="{quote(word)}"{qualifier}'


def _contexts(metas: Iterable[tuple[str, str]]) -> str:
    made = "".join(
        f'<context context-type="{CONTEXT}{kind}">{as_xml(text)}</context>\n' for kind, text in metas
    )
    return f'<context-group purpose="information">\n{made}</context-group>\n' if made else ""


def _match(draft: Draft, unit: TranslationUnit, at: int) -> str:
    similar = draft.match is not None and 0 <= draft.match <= 100
    quality = f' match-quality="{decimal(draft.match)}"' if similar and draft.match is not None else ""
    origin = f' origin="{quote(draft.engine)}"' if draft.engine else ""
    return (
        f"<alt-trans{quality}{origin}>\n<target>{as_xml(draft.text)}</target>\n"
        f"{_contexts(draft_metas(draft, unit, at))}</alt-trans>\n"
    )
