"""The value types: what a stretch of text says in numbers, exactly."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from fractions import Fraction

from workbench.model import Span


class Kind(StrEnum):
    """What sort of statement a value is."""

    QUANTITY = "quantity"
    PERCENT = "percent"
    FRACTION = "fraction"
    ORDINAL = "ordinal"
    MULTIPLE = "multiple"
    VAGUE = "vague"
    DATE = "date"
    TIME = "time"
    WEEKDAY = "weekday"
    DECADE = "decade"
    CENTURY = "century"
    CODE = "code"


class Weight(IntEnum):
    """How much a reader would miss the value in a translation.

    SLIGHT: said in passing (one, once, both) and often left out; PLAIN: a small number in words; FIRM: digits,
    large numbers, dates and everything else that a translation has to keep.
    """

    SLIGHT = 1
    PLAIN = 2
    FIRM = 3


@dataclass(frozen=True, slots=True)
class Value:
    """One value read in a text; `text` is what stands at `span`.

    `numbers` holds one number, or the ends of a range, or the sides of a score or size. Percents are fractions of
    one, times are minutes since midnight, weekdays 1 (Monday) to 7, decades are their first year (or 0..90 where
    the century is not said), a vague quantity is its power of ten (数十万 = 100,000). `others` are further readings
    of an ambiguous numeral. `year`, `month` and `day` are those a date names, 0 for those it does not. `code` is
    a code's text without hyphens and spaces, in capitals. `growth` marks a multiple that was said as what was
    added.
    """

    span: Span
    text: str
    kind: Kind
    numbers: tuple[Fraction, ...] = ()
    unit: str = ""
    weight: Weight = Weight.FIRM
    approximate: bool = False
    others: tuple[Fraction, ...] = ()
    year: int = 0
    month: int = 0
    day: int = 0
    code: str = ""
    growth: bool = False

    @property
    def number(self) -> Fraction | None:
        """The first number, None where there is none."""
        return self.numbers[0] if self.numbers else None


def value_at(
    text: str,
    start: int,
    end: int,
    kind: Kind,
    numbers: tuple[Fraction | int, ...],
    *,
    weight: Weight = Weight.FIRM,
    unit: str = "",
    others: tuple[Fraction | int, ...] = (),
    approximate: bool = False,
    code: str = "",
    growth: bool = False,
) -> Value:
    """The value that `text` states from `start` to `end`."""
    return Value(
        Span(start, end),
        text[start:end],
        kind,
        tuple(Fraction(number) for number in numbers),
        unit=unit,
        weight=weight,
        approximate=approximate,
        others=tuple(Fraction(number) for number in others),
        code=code,
        growth=growth,
    )


def code_of(text: str) -> str:
    """A code as it is compared: in capitals, without hyphens, dots and spaces."""
    return text.translate(_CODE_MARKS).upper()


_CODE_MARKS = dict.fromkeys(map(ord, "./-−‑–_ \t\n\u00a0"))
