"""Judgements as the table that MQM Viewer (and its successor Marot) reads: tab-separated, a line an error.

Columns and marks as in the READMEs of google-research/mqm_viewer and google-research/marot. Categories that they know
have their names there, so that the viewer's own weights apply.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from workbench.metrics import mqm
from workbench.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workbench.metrics.judgement import Judgement
    from workbench.model import Annotation, Span

COLUMNS = (
    "system", "doc", "docSegId", "globalSegId", "rater", "source", "target", "category", "severity", "metadata",
)  # fmt: skip

NAMES = {
    "accuracy/untranslated": "Accuracy/Untranslated text",
    "linguistic": "Fluency",
    "linguistic/grammar": "Fluency/Grammar",
    "linguistic/punctuation": "Fluency/Punctuation",
    "linguistic/spelling": "Fluency/Spelling",
    "linguistic/character-encoding": "Fluency/Character encoding",
    "style/register": "Fluency/Register",
    "style/inconsistent": "Fluency/Inconsistency",
    "style/awkward": "Style/Awkward",
    "terminology/wrong-term": "Terminology/Inappropriate for context",
    "terminology/inconsistent-use": "Terminology/Inconsistent",
    "locale": "Locale convention",
    "audience": "Audience appropriateness",
    "design": "Design and markup",
    mqm.NON_TRANSLATION: "Non-translation!",
    "other/source-error": "Source error",
}
"""What MQM Viewer calls those of our categories that have another name there."""
POST_EDITED = "post-edited"
"""The system of a text that is no engine's draft any more."""
UNNAMED = "draft"


def to_tsv(found: Iterable[Judgement], *, source_lang: str, target_lang: str) -> Iterator[str]:
    """The table, line by line; a judgement without errors is a line "no-error"."""
    yield "\t".join(COLUMNS) + "\n"
    numbers: dict[tuple[str, str], int] = {}
    for one in found:
        number = numbers.setdefault((one.document, one.unit.id), len(numbers) + 1)
        left = [
            _cell(_system(one)),
            _cell(f"{one.document}:{source_lang}-{target_lang}"),
            str(one.unit.position + 1),
            str(number),
            _cell(one.author),
        ]
        rated: dict[str, object] = {} if one.rating is None else {"segment": {"metrics": {"ESA": one.rating}}}
        if not one.errors:
            texts = [_cell(one.unit.source), _cell(one.text)]
            yield "\t".join([*left, *texts, mqm.NO_ERROR, mqm.NO_ERROR, _json(rated)]) + "\n"
        for place, error in enumerate(one.errors):
            about: dict[str, object] = dict(rated) if place == 0 else {}
            if error.comment:
                about["note"] = error.comment
            marked = error.span.of(one.text) if error.span is not None else ""
            if not marked and error.source_span is not None:
                marked = error.source_span.of(one.unit.source)
            if marked:
                about["marked_text"] = marked
            texts = [_marked(one.unit.source, error.source_span), _marked(one.text, error.span)]
            yield "\t".join([*left, *texts, *_names(error), _json(about)]) + "\n"


def category_name(category: str) -> str:
    """What MQM Viewer calls a category: "accuracy/omission" is "Accuracy/Omission"."""
    if category in NAMES:
        return NAMES[category]
    dimension, stroke, subtype = category.partition("/")
    first = NAMES.get(dimension, dimension.capitalize())
    return f"{first}/{subtype.replace('-', ' ').capitalize()}" if stroke else first


def _names(error: Annotation) -> tuple[str, str]:
    # The viewer gives 25 points to non-translation only where it is major.
    severity = Severity.MAJOR if error.category == mqm.NON_TRANSLATION else error.severity
    return _cell(category_name(error.category)), severity.capitalize()


def _system(one: Judgement) -> str:
    draft = next((draft for draft in one.unit.drafts if draft.text == one.text), None)
    if draft is None:
        return POST_EDITED if one.unit.drafts else UNNAMED
    return draft.engine or UNNAMED


def _marked(text: str, span: Span | None) -> str:
    if span is None or span.end > len(text):
        return _cell(text)
    return f"{_cell(text[: span.start])}<v>{_cell(span.of(text))}</v>{_cell(text[span.end :])}"


def _cell(text: str) -> str:
    """Text as a cell: no tabs and line ends, and no marks of its own."""
    plain = text.replace("<v>", "‹v›").replace("</v>", "‹/v›")
    return "".join(
        " " if character in "\t\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029" else character for character in plain
    )


def _json(value: dict[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False)
