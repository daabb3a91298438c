"""Which differences between systems are more than chance: paired bootstrap and approximate randomisation, all pairs.

Bootstrap after Koehn, "Statistical Significance Tests for Machine Translation Evaluation" (EMNLP 2004); randomisation
after Riezler and Maxwell, "On Some Pitfalls in Automatic Evaluation and Significance Testing for MT" (2005). With the
same seed the resamples, and so the p values, are those of sacrebleu's paired tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from workbench.metrics.base import Metric, Setting, Statistics

    Floats = NDArray[np.float64]

Test: TypeAlias = Literal["bootstrap", "randomisation"]

SEED = 12345
SAMPLES: dict[Test, int] = {"bootstrap": 1000, "randomisation": 10_000}
LEVEL = 0.05
_CELLS = 4_000_000
"""Weights that are held at once, so that memory does not grow with samples times segments."""
_KEPT = 16_000_000
"""Weights, of two bytes each, that are kept from one metric to the next."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A system's score under bootstrap resampling: its mean, and half the width of the middle 95%."""

    system: str
    score: float
    mean: float
    half_width: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two systems: the difference first - second, the middle 95% of it under bootstrap, and the p value (two-sided)."""

    first: str
    second: str
    difference: float
    low: float
    high: float
    p_value: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """All systems by one metric, the best first; `clusters` part them where every difference across is significant."""

    metric: str
    test: Test
    samples: int
    seed: int
    level: float
    estimates: tuple[Estimate, ...]
    comparisons: tuple[Comparison, ...]
    clusters: tuple[tuple[str, ...], ...]


def compare(
    statistics: Mapping[str, Statistics],
    metric: Metric,
    setting: Setting,
    *,
    test: Test = "bootstrap",
    samples: int | None = None,
    seed: int = SEED,
    level: float = LEVEL,
) -> Ranking:
    """Compare every system with every other on one metric.

    `statistics` holds for each system the metric's statistics, a line a segment; all have the same number of lines.
    `samples` defaults to 1,000 resamples, or 10,000 trials of randomisation; intervals always come from the bootstrap.
    The differences count in the direction of the scores: positive = the first has the higher score.
    """
    count = samples or SAMPLES[test]
    resamples = count if test == "bootstrap" else SAMPLES["bootstrap"]
    tables = {name: table.astype(np.float64) for name, table in statistics.items()}
    whole = {
        name: float(metric.values(table.sum(axis=0, keepdims=True), setting)[0])
        for name, table in tables.items()
    }
    drawn = _bootstrap(tables, metric, setting, resamples, seed)
    shuffled = _randomise(tables, metric, setting, count, seed) if test == "randomisation" else {}
    best_first = sorted(whole, key=lambda name: -whole[name] if metric.better == "higher" else whole[name])
    estimates = tuple(_estimate(name, whole[name], drawn[name]) for name in best_first)
    comparisons = []
    for first, second in combinations(best_first, 2):
        difference = whole[first] - whole[second]
        apart = drawn[first] - drawn[second]
        if test == "bootstrap":
            sizes = np.abs(apart)
            p_value = _p_value(sizes - sizes.mean(), abs(difference))
        else:
            p_value = _p_value(shuffled[frozenset((first, second))], abs(difference))
        if not difference and not apart.any():
            p_value = 1.0  # the formula gives the least p there is, as nothing is greater than nothing
        low, high = _middle(apart)
        comparisons.append(Comparison(first, second, difference, low, high, p_value))
    return Ranking(
        metric=metric.name,
        test=test,
        samples=count,
        seed=seed,
        level=level,
        estimates=estimates,
        comparisons=tuple(comparisons),
        clusters=_clusters(best_first, comparisons, level),
    )


def rank(
    tables: Mapping[tuple[str, str], Statistics],
    systems: Sequence[str],
    metric_name: str,
    setting: Setting,
    *,
    test: Test = "bootstrap",
    samples: int | None = None,
    seed: int = SEED,
    level: float = LEVEL,
) -> Ranking:
    """`compare` for a metric by its name, with statistics by system and metric. Raises NotFoundError."""
    from workbench import metrics

    own = {name: tables[name, metric_name] for name in systems}
    metric = metrics.find(metric_name)
    return compare(own, metric, setting, test=test, samples=samples, seed=seed, level=level)


def weights(segments: int, samples: int, seed: int = SEED) -> Iterator[Floats]:
    """How often each resample draws each segment, some rows of `samples` x `segments` at a time.

    The draws are those of `numpy.random.default_rng(seed).choice(segments, (samples, segments))`, as sacrebleu makes
    them, taken row by row from the same stream. Few enough are kept for the next metric.
    """
    if segments < 1 << 16 and samples * segments <= _KEPT:
        parts: Iterable[NDArray[np.integer]] = _kept(segments, samples, seed)
    else:
        parts = _draws(segments, samples, seed)
    for part in parts:
        yield part.astype(np.float64)


@lru_cache(maxsize=1)
def _kept(segments: int, samples: int, seed: int) -> list[NDArray[np.uint16]]:
    return [part.astype(np.uint16) for part in _draws(segments, samples, seed)]


def _draws(segments: int, samples: int, seed: int) -> Iterator[NDArray[np.int64]]:
    source = np.random.default_rng(seed)
    rows = max(1, min(samples, _CELLS // max(segments, 1)))
    for first in range(0, samples, rows):
        some = min(rows, samples - first)
        drawn = source.choice(segments, size=(some, segments), replace=True)
        drawn += np.arange(some)[:, None] * segments
        yield np.bincount(drawn.ravel(), minlength=some * segments).reshape(some, segments)


def _bootstrap(
    tables: Mapping[str, Floats], metric: Metric, setting: Setting, samples: int, seed: int
) -> dict[str, Floats]:
    """The scores of every system's resamples, all systems with the same draws."""
    segments = len(next(iter(tables.values())))
    joined, widths = _joined(tables)
    sums = np.concatenate([part @ joined for part in weights(segments, samples, seed)])
    return {
        name: metric.values(each, setting)
        for name, each in zip(tables, np.split(sums, widths, axis=1), strict=True)
    }


def _randomise(
    tables: Mapping[str, Floats], metric: Metric, setting: Setting, trials: int, seed: int
) -> dict[frozenset[str], Floats]:
    """For each pair of systems the sizes of the differences after their segments were exchanged by coin tosses."""
    segments = len(next(iter(tables.values())))
    source = np.random.default_rng(seed)
    joined, widths = _joined(tables)
    whole = np.split(joined.sum(axis=0), widths)
    kept = np.concatenate([part @ joined for part in _tosses(source, segments, trials)])
    parts = np.split(kept, widths, axis=1)
    found = {}
    for (one, first), (other, second) in combinations(enumerate(tables), 2):
        a = metric.values(parts[one] + whole[other] - parts[other], setting)
        b = metric.values(parts[other] + whole[one] - parts[one], setting)
        found[frozenset((first, second))] = np.abs(a - b)
    return found


def _tosses(source: np.random.Generator, segments: int, trials: int) -> Iterator[Floats]:
    """A coin toss for each trial and segment, some rows at a time, as one call for all of them would give them."""
    # The generator tosses 32 coins at once and drops what a call leaves over.
    drawn = max(32, _CELLS // max(segments, 1) // 32 * 32)
    rows = max(1, _CELLS // max(segments, 1))
    for first in range(0, trials, drawn):
        tosses = source.integers(2, size=(min(drawn, trials - first), segments), dtype=bool)
        for start in range(0, len(tosses), rows):
            yield tosses[start : start + rows].astype(np.float64)


def _joined(tables: Mapping[str, Floats]) -> tuple[Floats, NDArray[np.int64]]:
    """The statistics of all systems side by side, and where each but the first begins."""
    joined = np.concatenate(list(tables.values()), axis=1)
    return joined, np.cumsum([table.shape[1] for table in tables.values()])[:-1]


def _p_value(sizes: Floats, difference: float) -> float:
    """The share of trials with a greater difference, one trial added so that it is never 0 (Noreen 1989)."""
    return (int((sizes > difference).sum()) + 1) / (len(sizes) + 1)


def _middle(values: Floats) -> tuple[float, float]:
    """The ends of the middle 95%."""
    ordered = np.sort(values)
    outside = len(ordered) // 40
    return float(ordered[outside]), float(ordered[len(ordered) - outside - 1])


def _estimate(name: str, score: float, drawn: Floats) -> Estimate:
    low, high = _middle(drawn)
    return Estimate(name, score, float(drawn.mean()), (high - low) / 2)


def _clusters(
    best_first: Sequence[str], comparisons: Sequence[Comparison], level: float
) -> tuple[tuple[str, ...], ...]:
    """The systems parted wherever each before is significantly better than each behind."""
    unclear = [(one.first, one.second) for one in comparisons if one.p_value >= level or not one.difference]
    rank = {name: at for at, name in enumerate(best_first)}
    clusters: list[list[str]] = []
    for at, name in enumerate(best_first):
        if at and any(rank[first] < at <= rank[second] for first, second in unclear):
            clusters[-1].append(name)
        else:
            clusters.append([name])
    return tuple(tuple(cluster) for cluster in clusters)
