"""Glossaries as tables, CSV, TSV and XLSX: which column says what, and rows as concepts and back."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from workbench import formats
from workbench.errors import FormatError, UsageError
from workbench.formats.table import guard, unguard
from workbench.langs import primary
from workbench.model import Concept, Term, TermStatus
from workbench.termbase.settings import INFLECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

FIELDS = (
    "source",
    "target",
    "forbidden",
    "deprecated",
    "status",
    "case",
    "keep",
    "always",
    "first_mention",
    "inflect",
    "domain",
    "definition",
    "note",
    "id",
)
_HEADERS: dict[str, str] = {
    "source": "source term, source term(s), original, 原文, 原语, 术语原文",
    "target": "target term, translation, rendering, equivalent, 译文, 译语, 译名, 术语译文, 翻译",
    "forbidden": "do not use, banned, prohibited, not allowed, 禁用, 禁用词, 禁止",
    "deprecated": "obsolete, superseded, old, 旧译, 弃用",
    "status": "term status, usage, usage status, 状态",
    "case": "case sensitive, case-sensitive, match case, 区分大小写",
    "keep": "do not translate, dnt, untranslated, 不译, 保留原文",
    "always": "in every target",
    "first_mention": "first mention",
    "inflect": "inflection",
    "domain": "subject, subject field, field, category, area, topic, 领域, 学科, 分类, 类别",
    "definition": "meaning, description, explanation, 定义, 释义",
    "note": "notes, remark, remarks, comment, comments, context, 备注, 注释, 说明",
    "id": "concept, concept id, entry, entry id",
}
_LANGUAGES = {
    "en": "en, english, 英文, 英语, 英",
    "zh": "zh, chinese, simplified chinese, traditional chinese, mandarin, 中文, 汉语, 中, 简体中文, 繁体中文",
}
_TERM_HEAD = re.compile(r"terms?|names?|text|word|术语|词条|词语|词")
_TERM_BEHIND = re.compile(
    r"(.+?) ?(?:terms?|names?|text|words?|equivalents?|translations?|术语|名称|词条|词语|词)"
)
_TERM_BEFORE = re.compile(r"(?:terms?|text|术语)[ :/-]*(?:in )?(.+)")
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
_HAN = re.compile("[\u3400-\u9fff]")
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


Row = tuple[int, list[str]]


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


def columns(
    rows: Sequence[Row], mapping: Mapping[str, str], *, name: str, source_lang: str, target_lang: str
) -> tuple[dict[str, int], int]:
    """Which column holds which field, and how many rows the heading takes.

    `mapping` gives headings, or numbers of columns from 1; what it does not say is told by the headings, or by the
    writing of two columns without headings. Raises FormatError where that cannot be told.
    """
    known = _headings(source_lang, target_lang)
    first = _heading_row(rows, known)
    if first is None:
        raise FormatError("empty: there is no row in it", file=name)
    heads = [cell.lower() for cell in rows[first][1]]
    found: dict[str, int] = {}
    named = False
    for label, heading in mapping.items():
        if label not in FIELDS:
            raise UsageError(f"--map: no field named {label!r} (there are: {', '.join(FIELDS)})")
        if heading.lower() in heads:
            found[label] = heads.index(heading.lower())
            named = True
        elif heading.isdigit() and 0 < int(heading) <= len(heads):
            found[label] = int(heading) - 1
        else:
            raise FormatError(
                f"no column {heading!r} (there are: {', '.join(rows[first][1])})",
                file=name,
                line=rows[first][0],
            )
    for index, head in enumerate(heads):
        known_as = _known_as(head, known)
        if known_as and known_as not in found and index not in found.values():
            found[known_as] = index
            named = True
    if mapping and not named:
        chinese = "source" if primary(source_lang) == "zh" else "target"
        named = _is_heading(rows, first, found, chinese=chinese)
    if not {"source", "target"} <= found.keys() and not ("source" in found and "keep" in found):
        if named or mapping or len(heads) < 2:
            missing = "source" if "source" not in found else "target"
            raise FormatError(
                f"no column for the {missing} among {_listed(rows[first][1])}: "
                "say which with --map source=…,target=… (a heading, or a number from 1)",
                file=name,
                line=rows[first][0],
            )
        found = _by_writing(rows, first, name, primary(source_lang) == "zh")
    return found, first + 1 if named else first


def _listed(heads: Sequence[str]) -> str:
    """The headings as a message shows them."""
    shown = [repr(head) for head in heads if head]
    return ", ".join(shown[:12]) + (f" and {len(shown) - 12} more" if len(shown) > 12 else "")


def _is_heading(rows: Sequence[Row], first: int, found: Mapping[str, int], *, chinese: str) -> bool:
    """Whether the first row is headings, whose column of the Chinese side alone has no Chinese."""
    if not {"source", "target"} <= found.keys():
        return True

    def written(cells: Sequence[str], label: str) -> str:
        return cells[found[label]] if found[label] < len(cells) else ""

    head, below = rows[first][1], [cells for _, cells in rows[first + 1 :] if any(cells)]
    count = sum(bool(_HAN.search(written(cells, chinese))) for cells in below)
    kept = written(head, "source") == written(head, "target")
    return not kept and not _HAN.search(written(head, chinese)) and 2 * count > len(below)


def _heading_row(rows: Sequence[Row], known: Mapping[str, str]) -> int | None:
    """The row of the headings: under a title it may be lower; else the first that holds anything."""
    for number, (_, cells) in enumerate(rows[:10]):
        labels = {_known_as(cell.lower(), known) for cell in cells}
        if "source" in labels and labels & {"target", "keep"}:
            return number
    return next((number for number, (_, cells) in enumerate(rows) if any(cells)), None)


def _known_as(head: str, known: Mapping[str, str]) -> str:
    """The field that a heading names, "" for none: "English (UK)", "Term (ZH)", "source_term", "中文术语", "zh-CN"."""
    plain = head.replace("_", " ").strip()
    outside, bracket, inside = plain.replace("（", "(").replace("）", ")").partition("(")
    ways = [head, plain, re.split("[-_]", head)[0]]
    term = _TERM_HEAD.fullmatch(outside.strip())
    if bracket and term is not None:
        ways.append(inside.rstrip(") "))
    elif bracket:
        ways.append(outside.strip())
    ways += [
        found.group(1).strip()
        for found in (_TERM_BEHIND.fullmatch(plain), _TERM_BEFORE.fullmatch(plain))
        if found
    ]
    return next((known[way] for way in ways if way in known), "")


def _headings(source_lang: str, target_lang: str) -> dict[str, str]:
    known = {head.strip(): label for label, heads in _HEADERS.items() for head in (label, *heads.split(","))}
    known["term"] = "source"
    for label, lang in (("source", source_lang), ("target", target_lang)):
        code = primary(lang)
        known |= {head.strip(): label for head in _LANGUAGES.get(code, code).split(",")} | {
            lang.lower(): label
        }
    return known


def _by_writing(rows: Sequence[Row], first: int, name: str, chinese_source: bool) -> dict[str, int]:
    """Source and target among the first two columns, by which of them is in Chinese."""
    counts = [0, 0]
    for _, cells in rows[first:]:
        for index in (0, 1):
            counts[index] += bool(len(cells) > index and _HAN.search(cells[index]))
    total = max(1, len(rows) - first)
    for chinese in (1, 0):
        if counts[chinese] * 2 > total and counts[1 - chinese] * 4 < total:
            target = chinese if not chinese_source else 1 - chinese
            found = {"source": 1 - target, "target": target}
            return found | ({"note": 2} if any(len(cells) > 2 for _, cells in rows[first:]) else {})
    raise FormatError(
        f"no headings that are known, but {_listed(rows[first][1])}: say which with --map source=1,target=2",
        file=name,
        line=rows[first][0],
    )


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
