"""Filters in words: how "open check:number by:Li text:RMB" is read, and what is said of it on the screen."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from workbench.errors import CommandError
from workbench.model import Severity, State
from workbench.review.sampling import edit_rate, parse_pick
from workbench.review.searching_patterns import FIELDS, LinePattern, Patience, Query, parse_query
from workbench.store.records import FILTERS, Filter, RowTest, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MARKS = (
    "annotated",
    "rated",
    "waived",
    "commented",
    "repeated",
    "edited",
    "untouched",
    "final",
    "translated",
    "initial",
)
"""Words that stand alone like those of FILTERS, each for one term."""
VALUED = (
    "state", "check", "severity", "by", "changed", "edit", "length", "sure", "match", "engine", "unit",
    "text", "source", "target", "note", "id", "draft", "sample",
)  # fmt: skip
"""Words that take something behind a colon."""
LONGEST = 2000
_TOKEN = re.compile(
    r"""(-?[A-Za-z_,]+:)?
        (/(?:\\.|[^/\\])*/[a-z]*(?=\s|$) | "[^"]*"[a-z]* | “[^”]*”[a-z]* | 「[^」]*」[a-z]* | \S+)""",
    re.VERBOSE,
)
_RANGE = re.compile(
    r"(?:([<>]=?)\s*)?([0-9]{1,12}(?:\.[0-9]{1,6})?)?(?:\.\.([0-9]{1,12}(?:\.[0-9]{1,6})?)?)?%?"
)
_FAR = 1e15
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_AGO = re.compile(r"([0-9]{1,5})\s*(d|h)")


def parse_filter(words: str, base: Filter, *, now: datetime, ranks: Sequence[int]) -> Filter:
    """The filter that the words stand for; `base` says what is open, doubtful and checked.

    `ranks` are those of the document's units in order, for `unit:10..20`. Raises CommandError, which names the word.
    """
    if len(words) > LONGEST:
        raise CommandError(f"that filter is too long: {len(words):,} characters, at most {LONGEST:,}")
    head, text = _with_text_behind(words)
    kinds: list[str] = []
    terms: list[Term] = []
    pick = None
    tokens = [(match[1] or "", match[2]) for match in _TOKEN.finditer(head)]
    while tokens:
        name, value = tokens.pop(0)
        if not name:
            _take_word(value, kinds, terms)
            continue
        is_negated, name = name.startswith("-"), name.strip("-:").lower()
        if name == "sample" and not is_negated:
            picked = [value]
            while tokens and not tokens[0][0] and len(picked) < 4 and _goes_on(picked, tokens[0][1]):
                picked.append(tokens.pop(0)[1])
            pick = parse_pick(_unquoted(" ".join(picked)).split())
            continue
        terms.append(_term(name, value, is_negated, now=now, ranks=ranks))
    if text:
        terms.append(query_term(parse_query(text)))
    found = tuple(dict.fromkeys(kind for kind in kinds if kind != "all"))
    return replace(base, kinds=found, text="", terms=_joined_findings(terms), pick=pick)


def in_words(wish: Filter) -> str:
    """The filter for people: "open · critical issues · by Li · changed today · source has “RMB”"."""
    said = [_KIND_WORDS.get(kind, kind) for kind in wish.kinds]
    checks = next((term for term in wish.terms if term.name == "check" and not term.is_negated), None)
    grades = next((term for term in wish.terms if term.name == "severity" and not term.is_negated), None)
    for term in wish.terms:
        if checks is not None and grades is not None and term in (checks, grades):
            if term is checks:
                said.append(f"{_or(grades.words)} issues of {_or(checks.words)}")
            continue
        said.append(("not " if term.is_negated else "") + _said(term))
    if wish.text:
        said.append(f"has “{wish.text}”")
    if wish.pick is not None:
        said.append(f"sample: {wish.pick.words}")
    return " · ".join(said) or "all units"


def query_of(wish: Filter) -> Query | None:
    """What is searched for in the first text that the filter asks for, so that hits can be marked."""
    for term in wish.terms:
        if term.name in ("text", *FIELDS) and not term.is_negated:
            return parse_query(f"{term.name}:{term.words}")
    return None


# Words


_KIND_WORDS = {
    "reviewed": "done",
    "issues": "with issues",
    "doubt": "doubtful alignment",
    "notes": "with notes",
}
_MARK_WORDS = {
    "annotated": "errors noted",
    "commented": "commented",
    "edited": "changed from the draft",
    "untouched": "as the draft",
}


def _said(term: Term) -> str:
    words = _unquoted(term.words)
    match term.name:
        case "is":
            return _MARK_WORDS.get(words, words)
        case "state":
            return _or(words)
        case "check":
            return f"issues of {_or(words)}"
        case "severity":
            return f"with {_or(words)} issues"
        case "by":
            return f"by {words}"
        case "changed":
            return f"changed {words}"
        case "edit":
            return f"edited {words}%"
        case "length":
            return f"source of {words} characters"
        case "sure":
            return f"alignment {words}% sure"
        case "match":
            return f"match {words}%"
        case "engine":
            return f"draft by {words}"
        case "unit":
            return f"unit {words}"
        case "text":
            return f"has {parse_query(f'text:{term.words}').in_words}"
        case _:
            return f"{term.name} has {parse_query(f'{term.name}:{term.words}').in_words}"


def _or(words: str) -> str:
    return " or ".join(words.split(","))


# Reading


def _with_text_behind(words: str) -> tuple[str, str]:
    """What stands before "text: ", and the text behind it, which is taken as it is to the end."""
    found = re.search(r"(?:^|(?<=\s))text:\s+(?=\S)", words)
    return (words, "") if found is None else (words[: found.start()], words[found.end() :].strip())


def _goes_on(picked: Sequence[str], word: str) -> bool:
    return len(picked) == 1 or (len(picked) == 2 and word == "seed") or picked[-1] == "seed"


def _take_word(value: str, kinds: list[str], terms: list[Term]) -> None:
    word = value.lower()
    is_negated, bare = word.startswith("-"), word.removeprefix("-")
    if bare in FILTERS and not is_negated:
        kinds.append(bare)
    elif bare in MARKS:
        terms.append(_mark(bare, is_negated))
    elif is_negated and bare in _NEGATED_KINDS:
        terms.append(Term("is", bare, is_negated=True, where=_NEGATED_KINDS[bare]))
    else:
        known = ", ".join((*FILTERS, *MARKS, *(f"{name}:" for name in VALUED)))
        raise CommandError(
            f"no filter {value!r}; there are {known}; a text of several words stands in quotes"
        )


_NEGATED_KINDS: dict[str, tuple[Any, ...]] = {
    "open": ("open",),
    "reviewed": ("state", "reviewed", "final"),
    "notes": ("noted",),
    "issues": ("finding", (), ()),
}


def _mark(word: str, is_negated: bool) -> Term:
    if word in ("edited", "untouched"):
        is_edited = word == "edited"
        test = RowTest(("target", "drafts"), lambda target, drafts: _is_edited(target, drafts) is is_edited)
        return Term("is", word, is_negated, test=test)
    if word in ("final", "translated", "initial"):
        return Term("is", word, is_negated, where=("state", word))
    return Term("is", word, is_negated, where=("noted" if word == "commented" else word,))


def _is_edited(target: str, drafts: Sequence[Sequence[Any]]) -> bool:
    return bool(drafts) and drafts[0][1] != target


def _term(name: str, value: str, is_negated: bool, *, now: datetime, ranks: Sequence[int]) -> Term:
    if name == "text" or all(part.removesuffix("s") in FIELDS for part in name.split(",")):
        return query_term(parse_query(f"{name}:{value}"), is_negated=is_negated)
    bare = _unquoted(value)
    if not bare:
        raise CommandError(f"{name}: needs something behind the colon")
    reader = _READERS.get(name)
    if reader is not None:
        where = reader(bare)
        return Term(name, value, is_negated, where=where)
    if name == "is":
        kinds: list[str] = []
        terms: list[Term] = []
        _take_word(f"-{bare}" if is_negated else bare, kinds, terms)
        return terms[0] if terms else Term("is", bare, where=_NEGATED_KINDS.get(bare, ()))
    if name == "changed":
        return Term(name, value, is_negated, where=("changed", *_period(bare, now)))
    if name == "unit":
        low, high = _range(name, bare)
        first, last = max(1, int(low)), min(len(ranks), int(min(high, _FAR)))
        if first > last:
            raise CommandError(f"there is no unit {bare}: the document has {len(ranks)}")
        return Term(name, value, is_negated, where=("rank", ranks[first - 1], ranks[last - 1]))
    if name in _MEASURED:
        columns, measure = _MEASURED[name]
        low, high = _range(name, bare)
        return Term(name, value, is_negated, test=_between(columns, measure, low, high))
    if name == "engine":
        wanted = bare.casefold()
        test = RowTest(("drafts",), lambda drafts: any(wanted in one[2].casefold() for one in drafts))
        return Term(name, value, is_negated, test=test)
    raise CommandError(f"no filter {name + ':'!r}; there are {', '.join(f'{one}:' for one in VALUED)}")


def _between(
    columns: tuple[str, ...], measure: Callable[..., float | None], low: float, high: float
) -> RowTest:
    def holds(*values: Any) -> bool:
        found = measure(*values)
        return found is not None and low <= found <= high

    return RowTest(columns, holds)


def _best_match(drafts: Sequence[Sequence[Any]]) -> float | None:
    return max((float(one[3]) for one in drafts if one[3] is not None), default=None)


_MEASURED: dict[str, tuple[tuple[str, ...], Callable[..., float | None]]] = {
    "edit": (("target", "drafts"), lambda target, drafts: edit_rate(target, drafts) if drafts else None),
    "length": (("source",), len),
    "match": (("drafts",), _best_match),
}


def query_term(query: Query, *, is_negated: bool = False) -> Term:
    """What a filter asks where it wants units that hold what is searched for."""
    name = "text" if query.fields == parse_query("x").fields else ",".join(query.fields)
    pattern = LinePattern(query) if query.stays_in_lines and "drafts" not in query.columns else None
    return Term(name, query.bare, is_negated, test=RowTest(query.columns, Patience(query).holds, pattern))


def _one_of(name: str, known: Sequence[str], words: str) -> tuple[str, ...]:
    given = tuple(dict.fromkeys(word.strip().lower() for word in words.split(",")))
    for word in given:
        if word not in known:
            raise CommandError(f"no {name} {word!r}; there are {', '.join(known)}")
    return given


def _states(words: str) -> tuple[Any, ...]:
    if words.lower() == "open":
        return ("open",)
    if words.lower() == "done":
        return ("state", State.REVIEWED, State.FINAL)
    return ("state", *_one_of("state", (*(str(state) for state in State), "open", "done"), words))


def _checks(words: str) -> tuple[Any, ...]:
    from workbench.checks import CHECKS

    return ("finding", _one_of("check", tuple(check.id for check in CHECKS), words), ())


def _severities(words: str) -> tuple[Any, ...]:
    return ("finding", (), _one_of("severity", tuple(str(one) for one in Severity), words))


def _sure(words: str) -> tuple[Any, ...]:
    low, high = _range("sure", words)
    return ("sure", low / 100, high / 100)


_READERS: dict[str, Callable[[str], tuple[Any, ...]]] = {
    "state": _states,
    "check": _checks,
    "severity": _severities,
    "by": lambda words: ("by", words),
    "sure": _sure,
}


def _joined_findings(terms: Sequence[Term]) -> tuple[Term, ...]:
    """The terms, a check and a severity as one question: both are then of the same issue."""
    checks = [term for term in terms if term.name == "check" and not term.is_negated]
    grades = [term for term in terms if term.name == "severity" and not term.is_negated]
    if len(checks) != 1 or len(grades) != 1:
        return tuple(terms)
    both = ("finding", checks[0].where[1], grades[0].where[2])
    return tuple(replace(term, where=both) if term in (checks[0], grades[0]) else term for term in terms)


def _range(name: str, words: str) -> tuple[float, float]:
    """The least and the greatest number that ">30", "<=5", "10..20", "10.." or "7" let through."""
    match = _RANGE.fullmatch(words)
    if match is None or not (match[2] or match[3]) or (match[1] and (not match[2] or ".." in words)):
        raise CommandError(f"{name}: takes a number or a range, such as >30, <5 or 10..20, not {words!r}")
    low = float(match[2] or 0)
    if match[1]:
        step = 0.0 if match[1].endswith("=") else 1e-9
        return (low + step, _FAR) if match[1].startswith(">") else (-_FAR, low - step)
    high = (float(match[3]) if match[3] else _FAR) if ".." in words else low
    if high < low:
        raise CommandError(f"{name}: a range goes from the lower to the higher number, not {words!r}")
    return low, high


def _period(words: str, now: datetime) -> tuple[str, str]:
    """Since when and before when, in UTC, for today, yesterday, 7d, 2h, a day, or two days with .. between."""
    here = now.astimezone()
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    word = words.lower()
    if word == "ever":
        return "", ""
    if word == "today":
        return _utc(midnight), ""
    if word == "yesterday":
        return _utc(midnight - timedelta(days=1)), _utc(midnight)
    if ago := _AGO.fullmatch(word):
        return _utc(now - timedelta(**{"days" if ago[2] == "d" else "hours": int(ago[1])})), ""
    first, dots, last = word.partition("..")
    since, until = (
        _day(one, words, midnight) if one else None for one in (first, last or ("" if dots else first))
    )
    if since is None and until is None:
        raise CommandError(_no_period(words))
    return _utc(since) if since else "", _utc(until + timedelta(days=1)) if until else ""


def _day(word: str, words: str, midnight: datetime) -> datetime:
    try:
        if not _DAY.fullmatch(word):
            raise ValueError(word)
        return datetime.fromisoformat(word).replace(tzinfo=midnight.tzinfo)
    except ValueError:
        raise CommandError(_no_period(words)) from None


def _no_period(words: str) -> str:
    return (
        f"changed: takes today, yesterday, 7d, 2h, ever, 2026-11-03 or 2026-11-01..2026-11-07, not {words!r}"
    )


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _unquoted(words: str) -> str:
    return words[1:-1] if len(words) > 1 and words[0] + words[-1] in ('""', "“”", "「」") else words
