"""Rows of the store as values of the model, and back."""

from __future__ import annotations

import json
from datetime import datetime
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any

from workbench.model import (
    Annotation,
    Draft,
    PostEdit,
    Rating,
    Severity,
    Span,
    State,
    TranslationUnit,
    Waiver,
)
from workbench.store.schema import UNIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Row

    AnyRow = Row[*tuple[Any, ...]]

Values = dict[str, Any]

REVIEWED_COLUMNS = (
    "state", "bead_score", "source", "target", "notes", "drafts", "source_segments", "draft_segments", "origin",
)  # fmt: skip
"""The columns of a unit that a decision may change by giving the unit a new value."""


UNIT_COLUMNS = (
    UNIT.c.id, UNIT.c.source, UNIT.c.target, UNIT.c.state, UNIT.c.drafts, UNIT.c.bead_score, UNIT.c.source_segments,
    UNIT.c.draft_segments, UNIT.c.origin, UNIT.c.notes, UNIT.c.version, UNIT.c.changed_at, UNIT.c.changed_by,
    UNIT.c.extra,
)  # fmt: skip
"""What a unit is read from, in the order in which `unit_of` takes it."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
# Without the search for white space around the value, which takes longer than reading it.
_read = json.JSONDecoder().raw_decode
STATES = {str(state): state for state in State}


def packed(value: object) -> str:
    """A value as compact JSON text; whatever is empty is an empty list."""
    return _ENCODER.encode(value) if value else "[]"


def packed_texts(texts: Sequence[str]) -> str:
    """As `packed`, for texts only, which is what most columns hold."""
    return f"[{','.join(map(encode_basestring, texts))}]"


def _packed_draft(draft: Draft) -> str:
    match = "null" if draft.match is None else json.dumps(draft.match)
    before = "null" if draft.repaired_from is None else encode_basestring(draft.repaired_from)
    texts = ",".join(map(encode_basestring, (draft.id, draft.text, draft.engine)))
    return f"[{texts},{match},{before}]"


def storable(text: str) -> str:
    """`text` with what no database holds (halves of surrogate pairs, from broken escapes) made U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def unit_values(unit: TranslationUnit) -> Values:
    """What a decision may change of a unit, as columns."""
    return {
        "state": str(unit.state),
        "bead_score": unit.bead_score,
        "source": storable(unit.source),
        "target": storable(unit.target),
        "notes": storable(packed_texts(unit.notes)),
        "drafts": storable(f"[{','.join(map(_packed_draft, unit.drafts))}]"),
        "source_segments": storable(packed_texts(unit.source_segments)),
        "draft_segments": storable(packed_texts(unit.draft_segments)),
        "origin": storable(unit.origin),
    }


def alignment_values(unit: TranslationUnit) -> Values:
    """What a new import may change of a unit that is stored, as columns."""
    return {
        "bead_score": unit.bead_score,
        "source_segments": storable(packed_texts(unit.source_segments)),
        "draft_segments": storable(packed_texts(unit.draft_segments)),
        "origin": storable(unit.origin),
    }


def fixed_values(unit: TranslationUnit) -> Values:
    """What a unit keeps from its import, as columns."""
    return {"extra": storable(packed(unit.extra))}


def unit_of(columns: Sequence[Any], position: int) -> TranslationUnit:
    """The unit of a row that begins with `UNIT_COLUMNS`."""
    (
        unit_id, source, target, state, drafts, bead_score, source_segments, draft_segments, origin, notes, version,
        changed_at, changed_by, extra, *_rest,
    ) = columns  # fmt: skip
    return TranslationUnit(
        id=unit_id,
        position=position,
        source=source,
        target=target,
        state=STATES[state],
        drafts=() if drafts == "[]" else tuple(Draft(*values) for values in _read(drafts)[0]),
        bead_score=bead_score,
        source_segments=texts(source_segments),
        draft_segments=texts(draft_segments),
        origin=origin,
        notes=texts(notes),
        version=version,
        changed_at=None if changed_at is None else datetime.fromisoformat(changed_at),
        changed_by=changed_by,
        extra=() if extra == "[]" else tuple((name, text) for name, text in json.loads(extra)),
    )


def draft_values(packed_drafts: str) -> list[list[Any]]:
    """The drafts of a unit as lists: id, text, engine, match, repaired from."""
    return [] if packed_drafts == "[]" else _read(packed_drafts)[0]


def texts(packed_texts: str) -> tuple[str, ...]:
    """The texts of a column that holds a list of them."""
    return () if packed_texts == "[]" else tuple(_read(packed_texts)[0])


def post_edit_of(row: AnyRow) -> PostEdit:
    """The post-edit of a row joined with its unit's id as `unit_id`."""
    saved_at = datetime.fromisoformat(row.saved_at)
    return PostEdit(row.unit_id, row.text, row.author, saved_at, row.seconds, row.keystrokes)


def waiver_values(waivers: Iterable[Waiver]) -> list[Values]:
    """Waivers of one unit as columns, in a fixed order."""
    return sorted(
        (
            {
                "fingerprint": storable(waiver.fingerprint),
                "author": waiver.author,
                "reason": storable(waiver.reason),
                "at": waiver.at.isoformat(),
            }
            for waiver in waivers
        ),
        key=lambda values: values["fingerprint"],
    )


def waiver_of(unit_id: str, values: Any) -> Waiver:
    """A waiver from its columns."""
    at = datetime.fromisoformat(values["at"])
    return Waiver(unit_id, values["fingerprint"], values["author"], values["reason"], at)


def annotation_values(annotations: Iterable[Annotation]) -> list[Values]:
    """Annotations of one unit as columns, in their order."""
    return [
        {
            "category": annotation.category,
            "severity": str(annotation.severity),
            "author": annotation.author,
            "span_start": None if annotation.span is None else annotation.span.start,
            "span_end": None if annotation.span is None else annotation.span.end,
            "comment": storable(annotation.comment),
            "target": storable(annotation.target),
            "source_start": None if annotation.source_span is None else annotation.source_span.start,
            "source_end": None if annotation.source_span is None else annotation.source_span.end,
        }
        for annotation in annotations
    ]


def annotation_of(unit_id: str, values: Any) -> Annotation:
    """An annotation from its columns."""
    return Annotation(
        unit_id,
        values["category"],
        Severity(values["severity"]),
        values["author"],
        _span_of(values["span_start"], values["span_end"]),
        values["comment"],
        values["target"],
        _span_of(values["source_start"], values["source_end"]),
    )


def _span_of(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else Span(start, end)


def rating_values(ratings: Iterable[Rating]) -> list[Values]:
    """Ratings of one unit as columns, in a fixed order."""
    return sorted(
        (
            {
                "value": rating.value,
                "author": rating.author,
                "target": storable(rating.target),
                "at": rating.at.isoformat(),
            }
            for rating in ratings
        ),
        key=lambda values: str(values["author"]),
    )


def rating_of(unit_id: str, values: Any) -> Rating:
    """A rating from its columns."""
    at = datetime.fromisoformat(values["at"])
    return Rating(unit_id, values["value"], values["author"], values["target"], at)
