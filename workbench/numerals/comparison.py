"""Source and target compared by value: what is wrong, missing, added, or said in another unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from workbench.langs import is_chinese, is_traditional
from workbench.numerals.changes import mixed_up
from workbench.numerals.claims import contradictions
from workbench.numerals.han import is_traditional_text
from workbench.numerals.likeness import akin, is_slip, likeness, topic
from workbench.numerals.matching import Atom, atoms, compounds, matches, unit_conflict
from workbench.numerals.opposites import opposites
from workbench.numerals.reading import find_values
from workbench.numerals.repair import repair
from workbench.numerals.units import chinese_name, dimension, same_unit
from workbench.numerals.values import Kind, Value, Weight
from workbench.numerals.wording import (
    DANGLING,
    DIGITS,
    HEADLESS,
    LOST_MONTH,
    MAGNITUDES,
    names_unit,
    says_one,
    sign_is_kept,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the two sides do not say the same: `problem` is wrong, magnitude, percent, unit, change, bound,
    direction, end, time, era, order, missing or added.

    `topic` is number, date or unit. `fix` is the text that should stand in place of the target value, "" where
    that is not sure.
    """

    problem: str
    topic: str
    source: Value | None
    target: Value | None
    fix: str = ""


@dataclass(slots=True)
class _Side:
    """The values of one text, which of their atoms the other side answers, and the other text."""

    text: str
    values: list[Value]
    atoms: list[Atom] = field(default_factory=list)
    sums: list[tuple[int, Atom]] = field(default_factory=list)
    open: dict[int, list[Atom]] = field(default_factory=dict)
    excused: set[int] = field(default_factory=set)
    traditional: bool = False


@lru_cache(maxsize=128)
def compare(source: str, target: str, source_lang: str, target_lang: str) -> tuple[Difference, ...]:
    """The differences between the values of a source and its target, in the order of the source.

    Repairs are written in Chinese numerals, so there are none for a target in another language.
    """
    sides = _Side(source, find_values(source, source_lang)), _Side(target, find_values(target, target_lang))
    into_chinese = not is_chinese(source_lang) and is_chinese(target_lang)
    if not sides[0].values and not sides[1].values:
        return tuple(_contradictions(*sides)) if into_chinese else ()
    sides[1].traditional = is_traditional(target_lang) or is_traditional_text(target)
    for side in sides:
        side.atoms = [atom for index, value in enumerate(side.values) for atom in atoms(value, index)]
        side.sums = compounds(side.values)
    _answer(sides[0], sides[1])
    _answer(sides[1], sides[0])
    _count(*sides)
    _part_ways(*sides)
    found = _differences(*sides)
    if into_chinese:
        found += _mixed_up(*sides)
        said = [(one.source.span.start, one.source.span.end) for one in found if one.source is not None]
        for other in _contradictions(*sides):
            at = other.source.span if other.source is not None else None
            if at is None or all(end <= at.start or at.end <= start for start, end in said):
                found.append(other)
    return tuple(found if is_chinese(target_lang) else [replace(one, fix="") for one in found])


def _mixed_up(source: _Side, target: _Side) -> list[Difference]:
    pairs = mixed_up(source.text, target.text, source.values, target.values)
    return [
        Difference("change", "number", source.values[one], target.values[two])
        for one, two in pairs
        if one not in source.open and two not in target.open
    ]


def _contradictions(source: _Side, target: _Side) -> Iterator[Difference]:
    for problem, one, two in contradictions(source.text, target.text, source.values, target.values):
        if one not in source.open and two not in target.open:
            sort = "date" if problem == "end" else "number"
            yield Difference(problem, sort, source.values[one], target.values[two])
    for problem, value, other in opposites(source.text, target.text, source.values, target.values):
        if all(value is not source.values[index] for index in source.open):
            sort = "date" if problem in ("time", "era") else "number"
            yield Difference(problem, sort, value, other)


def _answer(side: _Side, other: _Side) -> None:
    """Fill `side.open`: by value, the atoms that nothing on the other side answers."""
    raw: set[str] | None = None
    for atom in side.atoms:
        value = side.values[atom.index]
        if _is_answered(atom, side, other) or _in_sum(atom, side, other) or _verbatim(value, other.text):
            continue
        if atom.number in MAGNITUDES and not value.unit and MAGNITUDES[atom.number].search(other.text):
            continue
        if atom.number == 1 and not value.unit and says_one(value, other.text):
            side.excused.add(atom.index)
        if atom.number == 1 and value.unit and names_unit(value.unit, other.text):
            side.excused.add(atom.index)
        if value.kind is Kind.CODE or (
            value.kind is Kind.QUANTITY and not value.unit and atom.number < 10**4
        ):
            if raw is None:
                raw = {shown.replace(",", "") for shown in DIGITS.findall(other.text)}
            if str(abs(atom.number)) in raw and not _lost_percent(atom, other):
                continue
        side.open.setdefault(atom.index, []).append(atom)


def _is_answered(atom: Atom, side: _Side, other: _Side) -> bool:
    """Whether a value of the other side states the atom.

    A measure is answered in another unit only where the other side has none in its own: 645 miles (1,040 km)
    is not answered by 647英里（1040公里）. A score or range in digits is not answered by a word said in passing.
    """
    value = atom.value
    own_unit = bool(value.unit) and any(
        same_unit(value.unit, candidate.value.unit) for candidate in other.atoms
    )
    own_unit = own_unit or _unit_alone(value, other)
    strict = len(value.numbers) > 1 and value.weight is Weight.FIRM
    plain = not atom.part and not value.unit and value.kind in (Kind.QUANTITY, Kind.ORDINAL)
    for candidate in other.atoms:
        if plain and candidate.part in ("month", "day") and _dates(side, candidate):
            continue
        if strict and candidate.value.weight is Weight.SLIGHT and atom.number == 1:
            continue
        if {value.unit, candidate.value.unit} == _DAY_AND_NIGHT and any(
            rival.value.unit == value.unit for rival in other.atoms
        ):
            continue
        converted = (
            own_unit and bool(candidate.value.unit) and not same_unit(value.unit, candidate.value.unit)
        )
        if not sign_is_kept(atom.number, candidate.number, side.text, other.text):
            continue
        if not converted and matches(atom, candidate) and not _lost_century(value, candidate.value, other):
            return True
    return False


def _dates(side: _Side, part: Atom) -> bool:
    """Whether a date of the side names the month or day, which then answers no plain number."""
    return any(atom.part == part.part and atom.number == part.number for atom in side.atoms)


def _unit_alone(value: Value, other: _Side) -> bool:
    """Whether the other text names the unit in Chinese without a number: 2600英亩（ 公顷）."""
    if value.weight is not Weight.FIRM or dimension(value.unit) in ("", "time", "money"):
        return False
    name = chinese_name(value.unit)
    return len(name) > 1 and name in other.text and not name.isascii()


_DAY_AND_NIGHT = {"day", "night"}


def _lost_century(value: Value, candidate: Value, other: _Side) -> bool:
    """Whether the candidate is the decade of a century that has lost its number: 世纪90年代."""
    if value.kind is not Kind.DECADE or candidate.kind is not Kind.DECADE or candidate.numbers[0] >= 100:
        return False
    return HEADLESS.search(other.text[: candidate.span.start]) is not None


def _part_ways(source: _Side, target: _Side) -> None:
    """Open pairs of numbers, 3-1 and 3-2, that share one number where neither is said in full."""
    pairs = [
        [value for value in side.values if len(value.numbers) == 2 and value.kind is not Kind.CODE]
        for side in (source, target)
    ]
    if not pairs[0] or not pairs[1]:
        return
    for index, value in enumerate(source.values):
        if value not in pairs[0] or any(_shared(value, other) == 2 for other in pairs[1]):
            continue
        for place, other in enumerate(target.values):
            if (
                other in pairs[1]
                and _shared(value, other) == 1
                and all(_shared(o, other) < 2 for o in pairs[0])
            ):
                source.open.setdefault(index, atoms(value, index))
                target.open.setdefault(place, atoms(other, place))


def _shared(one: Value, two: Value) -> int:
    """How many numbers of two pairs answer each other, in their order or turned round."""
    ones, twos = atoms(one, 0), atoms(two, 0)
    if len(ones) != 2 or len(twos) != 2:
        return 2
    straight = matches(ones[0], twos[0]) + matches(ones[1], twos[1])
    return max(straight, matches(ones[0], twos[1]) + matches(ones[1], twos[0]))


def _count(source: _Side, target: _Side) -> None:
    """Open the last of several equal source values where the target says them less often."""
    counts: dict[tuple[object, ...], list[Atom]] = {}
    firm = [atom.number for atom in source.atoms if atom.value.weight is Weight.FIRM]
    if len(set(firm)) == len(firm):
        return
    lost = DANGLING.search(target.text) is not None
    for atom in source.atoms:
        value = atom.value
        least = 0 if lost else 10 if len(value.numbers) > 1 else 1
        if value.weight is Weight.FIRM and atom.number > least:
            sort = Kind.QUANTITY if lost and value.kind is Kind.ORDINAL else value.kind
            counts.setdefault((atom.number, atom.part, value.unit, sort), []).append(atom)
    for equal in counts.values():
        if len(equal) < 2 or any(atom.index in source.open for atom in equal):
            continue
        said = sum(any(matches(atom, other) for atom in equal) for other in target.atoms)
        if 0 < said < len(equal):
            source.open[equal[-1].index] = [equal[-1]]


def _in_sum(atom: Atom, side: _Side, other: _Side) -> bool:
    """Whether the atom is answered by two values together, or together with its neighbour answers one."""
    if not atom.value.unit:
        return False
    if any(matches(atom, total) for _, total in other.sums):
        return True
    return any(
        matches(total, candidate)
        for index, total in side.sums
        if atom.index in (index, index + 1)
        for candidate in (*other.atoms, *(total for _, total in other.sums))
    )


def _lost_percent(atom: Atom, other: _Side) -> bool:
    return any(value.kind is Kind.PERCENT and atom.number / 100 in value.numbers for value in other.values)


def _verbatim(value: Value, text: str) -> bool:
    """Whether the value's own words stand in the other text: a title or code left as it was."""
    shown = value.text
    if shown.startswith(".") and shown in text:
        return True
    return (
        len(shown) > 3
        and not shown.isdigit()
        and not shown.isalpha()
        and shown in text
        and value.weight < Weight.FIRM
    ) or (len(shown) > 5 and any(char.isalpha() and char.isascii() for char in shown) and shown in text)


def _differences(source: _Side, target: _Side) -> list[Difference]:
    found: list[tuple[int, Difference]] = []
    free = dict(target.open)
    waiting: list[int] = []
    for index in sorted(source.open, key=lambda index: -source.values[index].weight):
        value = source.values[index]
        lost = _percent_lost(value, target)
        if lost is not None:
            found.append(
                (
                    index,
                    Difference(
                        "percent",
                        "number",
                        value,
                        target.values[lost],
                        _with_percent(value, target.values[lost]),
                    ),
                )
            )
            free.pop(lost, None)
        else:
            waiting.append(index)
    ranked = sorted(
        (
            (-score, index, other)
            for index in waiting
            for other in free
            if (score := _like(source, index, target, other)) > 0
        ),
    )
    sole = _sole(source, target, waiting, free) if not ranked else None
    if sole is not None:
        ranked = [(0, *sole)]
    paired: set[int] = set()
    for _, index, other in ranked:
        if index in paired or other not in free:
            continue
        paired.add(index)
        del free[other]
        found.append((index, _pair(source.values[index], target.values[other], target)))
    for index in waiting:
        if index not in paired and index not in source.excused and _is_missed(source, index, target):
            value = source.values[index]
            found.append((index, Difference("missing", topic(value), value, None)))
    found.sort(key=lambda item: item[0])
    result = [difference for _, difference in found]
    for other in sorted(free):
        value = target.values[other]
        if other not in target.excused and _is_added(value):
            result.append(Difference("added", topic(value), None, value))
    return result


def _sole(
    source: _Side, target: _Side, waiting: list[int], free: dict[int, list[Atom]]
) -> tuple[int, int] | None:
    """The only number of each side, where both are small ones in words: five men and 三名男子, a dozen and 十个."""
    if len(waiting) != 1 or len(free) != 1:
        return None
    index, other = waiting[0], next(iter(free))
    one, two = source.values[index], target.values[other]
    plain = one.kind is Kind.QUANTITY and two.kind is Kind.QUANTITY and not one.unit and not two.unit
    if not plain or min(one.weight, two.weight) < Weight.PLAIN or one.numbers[0] < 3:
        return None
    return index, other


def _like(source: _Side, index: int, target: _Side, other: int) -> int:
    return likeness(source.values[index], target.values[other], source=source.text, target=target.text)


def _percent_lost(value: Value, target: _Side) -> int | None:
    """The target value that says the source's percentage without its sign."""
    if value.kind is not Kind.PERCENT:
        return None
    for index, other in enumerate(target.values):
        plain = other.kind in (Kind.QUANTITY, Kind.ORDINAL) and not other.unit and other.text[-1:].isdigit()
        if plain and any(number * 100 in other.numbers for number in value.numbers):
            return index
    return None


def _with_percent(value: Value, other: Value) -> str:
    return f"{other.text}%" if "%" in value.text or "per" in value.text.lower() else ""


def _pair(source: Value, target: Value, side: _Side) -> Difference:
    fix = repair(source, target, side.text[target.span.end :], traditional=side.traditional)
    if unit_conflict(source, target):
        return Difference("unit", "unit", source, target, fix)
    slip = is_slip(source, target)
    problem = "magnitude" if slip else "wrong"
    dated = "date" in (topic(source), topic(target)) and (
        topic(source) == topic(target) or akin(source, target) or akin(target, source)
    )
    return Difference(problem, "date" if dated else "number", source, target, fix)


def _is_missed(side: _Side, index: int, other: _Side) -> bool:
    """Whether a source value that nothing answers is surely missing, not just said in another way."""
    value = side.values[index]
    if value.kind is Kind.CODE:
        if value.code.isdigit():
            return value.weight is Weight.FIRM
        letters = re.match(r"[A-Za-z]{2,}", value.text)
        return letters is not None and bool(re.search(rf"{letters.group()}(?![A-Za-z0-9])", other.text))
    if value.kind is Kind.DATE and value.weight < Weight.FIRM:
        return bool(LOST_MONTH.search(other.text))
    if value.weight is Weight.PLAIN and value.kind in (Kind.QUANTITY, Kind.ORDINAL):
        return bool(DANGLING.search(other.text)) or _is_counted(value)
    return value.weight is Weight.FIRM and value.kind is not Kind.VAGUE


def _is_counted(value: Value) -> bool:
    """Whether a small number in words counts something: not a or two, nor a round one, nor a name (Seven)."""
    named = value.span.start > 0 and value.text[0].isupper()
    return value.numbers[0] >= 3 and not value.approximate and not named and value.numbers[0] < 100


def _is_added(value: Value) -> bool:
    """Whether a target value that nothing in the source answers is surely wrong."""
    return value.weight is Weight.FIRM and any(char.isdigit() and char.isascii() for char in value.text)
