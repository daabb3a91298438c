"""Which column of a glossary's table says what: told by --map, by headings, or by the writing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.errors import FormatError, UsageError
from workbench.langs import primary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
_HAN = re.compile("[\u3400-\u9fff]")
Row = tuple[int, list[str]]


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
