"""Agreement between reviewers: Cohen's kappa, Krippendorff's alpha, and how far marked spans are the same.

Cohen, "A Coefficient of Agreement for Nominal Scales" (1960); Krippendorff, "Computing Krippendorff's
Alpha-Reliability" (2011). The F1 of spans counts code points, as the shared tasks on quality estimation do (Blain et
al., WMT 2023).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from workbench.model import Span


def kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> float | None:
    """Cohen's kappa of two reviewers' labels of the same units; None where there are none.

    (po - pe) / (1 - pe), po being the share of units with the same label and pe that expected by chance. Where both
    gave every unit one and the same label pe is 1 and the quotient 0/0: it is defined as 1, since they agree
    everywhere. Raises ValueError where the labels differ in number.
    """
    if len(first) != len(second):
        raise ValueError(f"{len(first)} labels and {len(second)}: each unit needs one of both")
    count = len(first)
    if not count:
        return None
    same = sum(1 for one, other in zip(first, second, strict=True) if one == other)
    theirs = Counter(second)
    # In integers, so that complete agreement by chance is seen exactly.
    by_chance = sum(number * theirs[label] for label, number in Counter(first).items())
    if by_chance == count * count:
        return 1.0
    return (same * count - by_chance) / (count * count - by_chance)


def alpha(units: Iterable[Sequence[float]]) -> float | None:
    """Krippendorff's alpha for ratings on an interval scale, for each unit those that its reviewers gave.

    1 - Do / De, with squared differences. Units with fewer than two ratings do not count; None where none is left.
    Where all ratings are the same De is 0: alpha is then defined as 1.
    """
    rated = [values for values in units if len(values) > 1]
    if not rated:
        return None
    everything = [value for values in rated for value in values]
    count = len(everything)
    # The squared differences of all ordered pairs of n values are 2 (n Σx² - (Σx)²), from the mean to stay exact.
    middle = sum(everything) / count

    def spread(values: Sequence[float]) -> float:
        centred = [value - middle for value in values]
        return 2 * (len(centred) * sum(one * one for one in centred) - sum(centred) ** 2)

    expected = spread(everything) / (count - 1)
    if min(everything) == max(everything):
        return 1.0
    observed = sum(spread(values) / (len(values) - 1) for values in rated)
    return 1 - observed / expected


def span_f1(units: Iterable[tuple[Iterable[Span], Iterable[Span]]]) -> float | None:
    """How far the code points that two reviewers marked are the same, over all units: 2 |A ∩ B| / (|A| + |B|).

    None where neither marked anything. It is the same whoever is called the first.
    """
    both = marked = 0
    for first, second in units:
        one, other = _points(first), _points(second)
        both += len(one & other)
        marked += len(one) + len(other)
    return 2 * both / marked if marked else None


def _points(spans: Iterable[Span]) -> set[int]:
    return {at for span in spans for at in range(span.start, span.end)}
