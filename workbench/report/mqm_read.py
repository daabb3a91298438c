"""Reading the table of MQM Viewer back: judgements, a line an error, by document and segment."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass
from typing import Any

from workbench.errors import FormatError, NotFoundError
from workbench.metrics import mqm
from workbench.model import Severity, Span
from workbench.report.mqm import NAMES

NEEDED = ("doc", "docSegId", "rater", "source", "target", "category", "severity")
"""The columns without which no judgement can be read, in any order."""

_MARK = re.compile(r"</?v>")
_KNOWN = {name.lower(): category for category, name in NAMES.items()} | {
    "style/unnatural or awkward": "style/awkward",
    "fluency/inconsistency": "style/inconsistent",
    "terminology/inappropriate for context": "terminology/wrong-term",
}
_DIMENSIONS = {name.lower(): category for category, name in NAMES.items() if "/" not in category}


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """A line of the table: what `rater` said of the text `target` of segment `number`, counted from 1, of `document`.

    `category` is one of the workbench's, "no-error" where none was found; `rating` that of ESA where the line has one.
    """

    line: int
    document: str
    number: int
    rater: str
    source: str
    target: str
    category: str
    severity: Severity
    span: Span | None = None
    comment: str = ""
    rating: int | None = None
    source_span: Span | None = None


def is_table(head: str) -> bool:
    """Whether a file's first line is the heading of such a table."""
    return set(NEEDED) <= set(head.removeprefix("\ufeff").rstrip("\r\n").split("\t"))


def from_tsv(text: str, *, name: str) -> list[JudgedLine]:
    """The lines of the table. Raises FormatError with the line at fault."""
    lines = text.removeprefix("\ufeff").split("\n")
    heads = lines[0].rstrip("\r").split("\t")
    if not set(NEEDED) <= set(heads):
        missing = ", ".join(one for one in NEEDED if one not in heads)
        raise FormatError(f"not a table of MQM Viewer: no column {missing}", file=name, line=1)
    found = []
    for at, line in enumerate(lines[1:], 2):
        cells = next(csv.reader([line.rstrip("\r")], delimiter="\t", quoting=csv.QUOTE_NONE), [])
        if not line.strip():
            continue
        if len(cells) != len(heads):
            raise FormatError(f"{len(cells)} columns, {len(heads)} in the heading", file=name, line=at)
        found.append(_line(dict(zip(heads, cells, strict=True)), name, at))
    return found


def _line(row: dict[str, str], name: str, at: int) -> JudgedLine:
    number = row["docSegId"].strip()
    if not (number.isascii() and number.isdigit() and 0 < int(number) < 10**9):
        raise FormatError(f"docSegId is a number from 1, not {number!r}", file=name, line=at)
    if not row["rater"].strip():
        raise FormatError("no rater", file=name, line=at)
    source, source_span = _unmarked(row["source"], "source", name, at)
    target, span = _unmarked(row["target"], "target", name, at)
    category = category_of(row["category"])
    about = _metadata(row.get("metadata", ""), name, at)
    note = about.get("note", "")
    return JudgedLine(
        line=at,
        document=_document(row["doc"]),
        number=int(number),
        rater=row["rater"].strip(),
        source=source,
        target=target,
        category=category,
        severity=Severity.NEUTRAL if category == mqm.NO_ERROR else _severity(row["severity"], name, at),
        span=None if category == mqm.NO_ERROR else span,
        comment=note if isinstance(note, str) else "",
        rating=_rating(about, name, at),
        source_span=None if category == mqm.NO_ERROR else source_span,
    )


def category_of(name: str) -> str:
    """The workbench's category for one of MQM Viewer; what it does not know is of the dimension "other"."""
    plain = name.strip().lower()
    if plain in _KNOWN:
        return _KNOWN[plain]
    first, _, rest = plain.partition("/")
    dimension = _DIMENSIONS.get(first.strip(), first.strip())
    subtype = re.sub(r"[^\w]+", "-", rest).strip("-")
    try:
        return mqm.find_category(f"{dimension}/{subtype}" if subtype else dimension)
    except NotFoundError:
        return "other/" + (re.sub(r"[^\w]+", "-", plain).strip("-") or "unnamed")


def _document(name: str) -> str:
    """The name of a document without the languages that stand behind it: talk:en-zh-CN is talk."""
    document, colon, langs = name.strip().rpartition(":")
    return document if colon and re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)+", langs) else name.strip()


def _severity(text: str, name: str, at: int) -> Severity:
    plain = text.strip().lower()
    if plain not in set(Severity):
        known = ", ".join(one.capitalize() for one in Severity)
        raise FormatError(f"no severity {text.strip()!r}; there are {known} and no-error", file=name, line=at)
    return Severity(plain)


def _unmarked(text: str, side: str, name: str, at: int) -> tuple[str, Span | None]:
    """The text without <v> and </v>, and from where to where they stand; of several the first to the last."""
    plain = _MARK.sub("", text)
    marks = list(_MARK.finditer(text))
    if not marks:
        return plain, None
    if [one.group() for one in marks] != ["<v>", "</v>"] * (len(marks) // 2):
        raise FormatError(f"<v> and </v> do not go in pairs in the {side}", file=name, line=at)
    start = marks[0].start()
    end = len(_MARK.sub("", text[: marks[-1].start()]))
    return plain, Span(start, end) if start < end else None


def _metadata(text: str, name: str, at: int) -> dict[str, Any]:
    if not text.strip():
        return {}
    try:
        value = json.loads(text)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise FormatError("metadata is no JSON object", file=name, line=at)
    return value


def _rating(about: dict[str, Any], name: str, at: int) -> int | None:
    for key in ("segment", "metrics"):
        inner = about.get(key)
        if not isinstance(inner, dict):
            return None
        about = inner
    value = about.get("ESA")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 100:
        raise FormatError(f"a rating (ESA) is a number from 0 to 100, not {value!r}", file=name, line=at)
    return round(value)
