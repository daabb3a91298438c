"""Glossaries as tables, CSV, TSV and XLSX: rows as concepts and back."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from workbench import formats
from workbench.errors import FormatError, UsageError
from workbench.formats.table import guard, unguard
from workbench.model import Concept, Term, TermStatus
from workbench.pipeline.terms_headings import FIELDS, Row
from workbench.termbase.settings import INFLECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_STATUSES = {
    "preferred": TermStatus.PREFERRED,
    "approved": TermStatus.PREFERRED,
    "首选": TermStatus.PREFERRED,
    "admitted": TermStatus.ADMITTED,
    "allowed": TermStatus.ADMITTED,
    "允许": TermStatus.ADMITTED,
    "deprecated": TermStatus.DEPRECATED,
    "obsolete": TermStatus.DEPRECATED,
    "superseded": TermStatus.DEPRECATED,
    "弃用": TermStatus.DEPRECATED,
    "forbidden": TermStatus.FORBIDDEN,
    "do not use": TermStatus.FORBIDDEN,
    "banned": TermStatus.FORBIDDEN,
    "not allowed": TermStatus.FORBIDDEN,
    "禁用": TermStatus.FORBIDDEN,
}
_TRUE = frozenset(["true", "yes", "y", "1", "x", "是", "✓"])
_FALSE = frozenset(["", "false", "no", "n", "0", "否"])
_SPLIT = re.compile(r"(?<!\\)[|;；\n]")
_ESCAPED = re.compile(r"\\([|;；\\])")
_SPECIAL = re.compile(r"[|;；\\]")


@dataclass(slots=True)
class Table:
    """Concepts that a table gave, and what was left out of it, a line each."""

    concepts: list[Concept] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    apart: bool = False
    """Whether the entries say themselves which is which, by ids."""


def read_csv(data: bytes, *, name: str, tab: bool = False) -> list[Row]:
    """The rows of a CSV or TSV file with their line numbers; comma, semicolon or tab. Raises FormatError."""
    text, _ = formats.decode(data, name=name)
    # A title may stand above the headings: the first line with a mark tells which parts the cells.
    first = next((line for line in text.split("\n", 10)[:10] if re.search("[\t;,]", line)), "")
    marks = "\t;," if not tab else "\t"
    delimiter = max(marks, key=first.count) if first else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            rows.append((line, [unguard(cell).strip() for cell in cells]))
            line = reader.line_num + 1
    except csv.Error as error:
        raise FormatError(f"not a table: {error}", file=name, line=line) from None
    return rows


def read_xlsx(data: bytes, *, name: str, sheet: str = "") -> tuple[list[Row], tuple[str, ...]]:
    """The rows of a sheet, of the first that has any unless one is named, and the names of all sheets.

    Raises FormatError, UsageError without openpyxl.
    """
    openpyxl = _openpyxl()
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        names = tuple(one.title for one in book.worksheets)
        for one in book.worksheets:
            if sheet and one.title != sheet:
                continue
            rows = [
                (number, ["" if cell is None else str(cell).strip() for cell in cells])
                for number, cells in enumerate(one.iter_rows(values_only=True), 1)
            ]
            if sheet or any(any(cells) for _, cells in rows):
                return rows, names
    except Exception as error:  # the library raises whatever a damaged archive makes it raise
        raise FormatError(
            f"not an XLSX workbook that can be read: {error}".splitlines()[0], file=name
        ) from None
    if sheet:
        raise FormatError(f"no sheet {sheet!r} (there are: {', '.join(names)})", file=name)
    return [], names


def _openpyxl() -> Any:
    try:
        import openpyxl
    except ImportError:
        raise UsageError("XLSX needs openpyxl: pip install 'translation-workbench[xlsx]'") from None
    return openpyxl


def concepts_of(
    rows: Sequence[Row], found: Mapping[str, int], *, name: str, source_lang: str, target_lang: str
) -> Table:
    """The concepts of the rows below the heading. Rows without a term are left out and said."""
    table = Table(apart="id" in found)
    for line, cells in rows:
        if not any(cells):
            continue
        values = {label: cells[index] if index < len(cells) else "" for label, index in found.items()}
        concept = _concept(values, line, name, source_lang, target_lang)
        if isinstance(concept, str):
            table.warnings.append(f"{name}:{line}: {concept}: left out")
        else:
            table.concepts.append(concept)
    return table


def _concept(
    values: dict[str, str], line: int, name: str, source_lang: str, target_lang: str
) -> Concept | str:
    """A row as a concept, or why it is none."""
    flags = {label: _flag(values.get(label, ""), label, name, line) for label in _FLAGS}
    sources = _texts(values.get("source", ""))
    if not sources:
        return "no source term"
    word = values.get("status", "").lower()
    status = _STATUSES.get(word.removesuffix("term-admn-sts"), TermStatus.PREFERRED)
    if word and word.removesuffix("term-admn-sts") not in _STATUSES:
        raise FormatError(
            f"the status {values['status']!r} is none of {', '.join(TermStatus)}", file=name, line=line
        )
    accepted = status in (TermStatus.PREFERRED, TermStatus.ADMITTED)
    targets = _texts(values.get("target", ""))
    if flags["keep"] and not targets:
        targets = sources
    case = flags["case"] or flags["keep"]
    terms = [
        Term(text, source_lang, TermStatus.ADMITTED if index else TermStatus.PREFERRED, flags["case"])
        for index, text in enumerate(sources)
    ]
    for index, text in enumerate(targets):
        rank = (TermStatus.ADMITTED if index else TermStatus.PREFERRED) if accepted else status
        terms.append(Term(text, target_lang, rank, case and accepted))
    for label, rank in (("forbidden", TermStatus.FORBIDDEN), ("deprecated", TermStatus.DEPRECATED)):
        known = {term.text for term in terms if term.lang == target_lang}
        terms += (
            Term(text, target_lang, rank) for text in _texts(values.get(label, "")) if text not in known
        )
    if all(term.lang == source_lang for term in terms):
        return "no translation"
    inflect = values.get("inflect", "").lower()
    if inflect and inflect not in INFLECTIONS:
        raise FormatError(f"inflect is {inflect!r}, none of {', '.join(INFLECTIONS)}", file=name, line=line)
    texts = {label: " ".join(values.get(label, "").split()) for label in ("domain", "definition", "note")}
    return Concept(
        " ".join(values.get("id", "").split()) or sources[0],
        tuple(terms),
        **texts,
        line=line,
        always=flags["always"],
        first_mention=flags["first_mention"],
        inflect=inflect,
    )


_FLAGS = ("case", "keep", "always", "first_mention")


def _flag(cell: str, label: str, name: str, line: int) -> bool:
    if cell.lower() in _TRUE | _FALSE:
        return cell.lower() in _TRUE
    raise FormatError(f"{label} is {cell!r}, neither true nor false", file=name, line=line)


def _texts(cell: str) -> list[str]:
    parts = [" ".join(_ESCAPED.sub(r"\1", part).split()) for part in _SPLIT.split(cell)]
    return list(dict.fromkeys(part for part in parts if part))


def rows_of(concepts: Iterable[Concept], *, source_lang: str, target_lang: str) -> Iterator[list[str]]:
    """A heading and a row a concept; several terms in a cell are parted by " | "."""
    kept = list(concepts)
    rows = [_cells(concept, source_lang, target_lang) for concept in kept]
    used = [label for label in FIELDS if label in ("source", "target") or any(row.get(label) for row in rows)]
    yield used
    for row in rows:
        yield [row.get(label, "") for label in used]


def _cells(concept: Concept, source_lang: str, target_lang: str) -> dict[str, str]:
    names = concept.in_lang(source_lang)
    accepted = concept.in_lang(target_lang, TermStatus.PREFERRED, TermStatus.ADMITTED)
    case = any(term.case for term in names)
    keep = not case and bool(accepted) and all(term.case for term in accepted)
    row = {
        "source": _joined(names),
        "target": "" if keep else _joined(accepted),
        "forbidden": _joined(concept.in_lang(target_lang, TermStatus.FORBIDDEN)),
        "deprecated": _joined(concept.in_lang(target_lang, TermStatus.DEPRECATED)),
        "inflect": concept.inflect,
        "domain": concept.domain,
        "definition": concept.definition,
        "note": concept.note,
        "id": concept.id if names and names[0].text != concept.id else "",
    }
    flags = {"case": case, "keep": keep, "always": concept.always, "first_mention": concept.first_mention}
    return row | {label: "yes" for label, value in flags.items() if value}


def _joined(terms: Iterable[Term]) -> str:
    return " | ".join(_SPECIAL.sub(lambda match: "\\" + match[0], term.text) for term in terms)


def write_csv(rows: Iterable[Sequence[str]], *, tab: bool = False) -> bytes:
    """The rows as CSV or TSV for spreadsheets, with a byte order mark and cells that are never run."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter="\t" if tab else ",", lineterminator="\n")
    writer.writerows([guard(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", errors="surrogatepass")


def write_xlsx(rows: Iterable[Sequence[str]]) -> bytes:
    """The rows as a workbook of one sheet; every cell is text. Raises UsageError without openpyxl."""
    openpyxl = _openpyxl()
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Glossary")
    for row in rows:
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
            cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
