"""Values said in another unit: right conversions, as notes, with what the conversion comes to exactly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.numerals.matching import atoms, matches
from workbench.numerals.reading import find_values
from workbench.numerals.units import convert, same_unit

if TYPE_CHECKING:
    from fractions import Fraction

    from workbench.numerals.values import Value


@dataclass(frozen=True, slots=True)
class Conversion:
    """A source value, the target value that says it in another unit, and the exact number in that unit."""

    source: Value
    target: Value
    exact: Fraction


def conversions(source: str, target: str, source_lang: str, target_lang: str) -> tuple[Conversion, ...]:
    """The measures that the target says in a unit of its own, rightly: 10 miles as 16公里 (16.09344).

    How far a conversion may be off stands in docs/numerals.md; one that is further off is a `Difference`.
    """
    others = find_values(target, target_lang)
    found = []
    for value in find_values(source, source_lang):
        if (
            not value.unit
            or len(value.numbers) != 1
            or any(same_unit(value.unit, two.unit) for two in others)
        ):
            continue
        for other in others:
            if not other.unit or len(other.numbers) != 1:
                continue
            exact = convert(value.numbers[0], unit=value.unit, to=other.unit)
            if exact is not None and matches(atoms(value, 0)[0], atoms(other, 0)[0]):
                found.append(Conversion(value, other, exact))
                break
    return tuple(found)
