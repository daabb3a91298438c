"""Measuring systems: every metric's statistics of every line, chunk by chunk, here or in other processes.

Statistics are integers that add up, so a chunk can be measured anywhere, and one that is finished never again.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections import deque
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from workbench import metrics as family
from workbench.errors import UsageError
from workbench.langs import is_chinese
from workbench.metrics import sacre
from workbench.metrics.base import Setting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from workbench.metrics.base import Statistics
    from workbench.model import Score
    from workbench.pipeline.sides import Side

CHUNK = 2048
"""Lines that are measured together: enough to be fast, few enough to keep memory flat and workers busy."""

_VERSION = 1
_HAN = re.compile("[\u3400-\u9fff]")


class Chunk(NamedTuple):
    """Lines of every system and of every set of references, with what to measure in them."""

    systems: tuple[tuple[str, ...], ...]
    references: tuple[tuple[str, ...], ...]
    metrics: tuple[str, ...]
    lang: str


@dataclass(frozen=True, slots=True)
class Measured:
    """The statistics of all systems: `totals` by system and metric, `tables` (a row a line) where they were kept.

    `lengths` = the characters of each line by system, and of the first reference under "".
    """

    systems: tuple[str, ...]
    metrics: tuple[str, ...]
    setting: Setting
    count: int
    totals: Mapping[tuple[str, str], list[int]]
    tables: Mapping[tuple[str, str], Statistics] = field(default_factory=dict)
    lengths: Mapping[str, NDArray[np.int64]] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def scores(self, system: str) -> list[Score]:
        """The corpus scores of a system, in the order of the metrics."""
        return [
            family.find(name).from_totals(self.totals[system, name], self.count, self.setting)
            for name in self.metrics
        ]

    def segment_values(self, system: str) -> dict[str, NDArray[np.float64]]:
        """The score of every line alone by metric; BLEU with effective order."""
        import numpy as np

        alone = Setting(self.setting.lang, self.setting.references, sentence=True)
        return {
            name: family.find(name).values(self.tables[system, name].astype(np.float64), alone)
            for name in self.metrics
        }

    def group_scores(self, system: str, chosen: NDArray[np.bool_]) -> list[Score]:
        """The corpus scores of some of a system's lines."""
        count = int(chosen.sum())
        return [
            family.find(name).from_totals(
                self.tables[system, name][chosen].sum(axis=0).tolist(), count, self.setting
            )
            for name in self.metrics
        ]


def measure(
    systems: Sequence[Side],
    references: Sequence[Side],
    metrics: Sequence[str],
    *,
    lang: str = "zh",
    keep: bool = False,
    workers: int | str = 1,
    chunks_folder: Path | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> Measured:
    """Measure all systems against the same references.

    `keep` holds every line's statistics, for scores of segments and groups and for significance; without it memory
    does not grow with the number of lines. `workers` = processes, or "dask://HOST:PORT" of a running scheduler.
    Finished chunks are kept in `chunks_folder` and taken from there. Raises UsageError where sides differ in length.
    """
    names = tuple(side.name for side in systems)
    chosen = tuple(family.find(name).name for name in metrics)
    watch = _Watch(systems, references, lang, keep=keep)
    totals: dict[tuple[str, str], list[int]] = {}
    kept: dict[tuple[str, str], list[Statistics]] = {}
    work = _chunks(systems, references, chosen, lang, watch)
    for tables in _measured(work, workers, chunks_folder):
        progress(watch.count)
        for key, table in zip(((name, metric) for name in names for metric in chosen), tables, strict=True):
            sums = table.sum(axis=0).tolist()
            totals[key] = [a + b for a, b in zip(totals[key], sums, strict=True)] if key in totals else sums
            if keep:
                kept.setdefault(key, []).append(table)
    if not totals:
        raise UsageError("nothing to score: there are no segments")
    return Measured(
        names,
        chosen,
        Setting(lang, len(references)),
        watch.count,
        totals,
        {key: _joined(tables) for key, tables in kept.items()},
        watch.lengths() if keep else {},
        tuple(watch.warnings()),
    )


def measure_chunk(chunk: Chunk) -> list[Statistics]:
    """The statistics of a chunk: for every system in turn those of every metric."""
    by_metric = [
        family.find(name).of_systems(chunk.systems, chunk.references, chunk.lang) for name in chunk.metrics
    ]
    return [tables[at] for at in range(len(chunk.systems)) for tables in by_metric]


def _joined(tables: list[Statistics]) -> Statistics:
    import numpy as np

    return np.concatenate(tables) if len(tables) > 1 else tables[0]


def _chunks(
    systems: Sequence[Side],
    references: Sequence[Side],
    metrics: tuple[str, ...],
    lang: str,
    watch: _Watch,
) -> Iterator[Chunk]:
    sides = [iter(side) for side in (*systems, *references)]
    while True:
        parts = [tuple(islice(side, CHUNK)) for side in sides]
        if any(len(part) != len(parts[0]) for part in parts):
            watch.refuse([len(part) + sum(1 for _ in side) for part, side in zip(parts, sides, strict=True)])
        if not parts[0]:
            return
        watch.look(parts)
        yield Chunk(tuple(parts[: len(systems)]), tuple(parts[len(systems) :]), metrics, lang)


def _measured(work: Iterator[Chunk], workers: int | str, folder: Path | None) -> Iterator[list[Statistics]]:
    """The statistics of the chunks in their order, by one process or many, those finished before from their files."""
    if workers == 1:
        yield from (_remembered(chunk, folder, measure_chunk) for chunk in work)
        return
    with _pool(workers) as pool:
        waiting: deque[tuple[Path | None, Any]] = deque()
        for chunk in work:
            place = _place(chunk, folder)
            found = None if place is None else _stored(place)
            waiting.append((place, found if found is not None else pool.submit(measure_chunk, chunk)))
            if len(waiting) > 2 * pool.size:
                yield _finished(*waiting.popleft())
        while waiting:
            yield _finished(*waiting.popleft())


def _finished(place: Path | None, found: list[Statistics] | Future[list[Statistics]]) -> list[Statistics]:
    if isinstance(found, list):
        return found
    tables = found.result()
    if place is not None:
        _store(place, tables)
    return tables


def _remembered(
    chunk: Chunk, folder: Path | None, measuring: Callable[[Chunk], list[Statistics]]
) -> list[Statistics]:
    place = _place(chunk, folder)
    found = None if place is None else _stored(place)
    if found is None:
        found = measuring(chunk)
        if place is not None:
            _store(place, found)
    return found


def _place(chunk: Chunk, folder: Path | None) -> Path | None:
    """The file of a chunk's statistics, named by all that they depend on."""
    if folder is None:
        return None
    version = sacre.constant("version", "__version__")
    digest = hashlib.sha256(f"{_VERSION} {version} {chunk.metrics} {chunk.lang}".encode())
    for side in (*chunk.systems, ("",), *chunk.references):
        for line in side:
            digest.update(line.encode("utf-8", "surrogatepass") + b"\n")
        digest.update(b"\0")
    return folder / f"{digest.hexdigest()[:40]}.npz"


def _stored(place: Path) -> list[Statistics] | None:
    import zipfile

    import numpy as np

    try:
        with np.load(place, allow_pickle=False) as tables:
            return [tables[name] for name in tables.files]
    except (OSError, ValueError, EOFError, zipfile.BadZipFile):
        return None


def _store(place: Path, tables: list[Statistics]) -> None:
    import numpy as np

    from workbench.formats.files import save

    place.parent.mkdir(parents=True, exist_ok=True)
    data = io.BytesIO()
    np.savez(data, *tables)
    save(place, [data.getvalue()])


def _pool(workers: int | str) -> Any:
    from workbench.pipeline import pools

    return pools.dask_pool(workers) if isinstance(workers, str) else pools.process_pool(workers)


class _Watch:
    """What is odd about the lines as they go by: different lengths, empty lines, systems that did not translate."""

    def __init__(self, systems: Sequence[Side], references: Sequence[Side], lang: str, *, keep: bool) -> None:
        self._sides = (*systems, *references)
        self._systems = len(systems)
        self._chinese = is_chinese(lang)
        self.count = 0
        self._empty = [0] * len(self._sides)
        self._first_empty = [0] * len(self._sides)
        self._foreign = [0] * len(self._sides)
        self._keep = keep
        self._lengths: list[list[NDArray[np.int64]]] = []

    def look(self, parts: Sequence[Sequence[str]]) -> None:
        import numpy as np

        for at, part in enumerate(parts):
            empty = [number for number, line in enumerate(part, self.count + 1) if not line.strip()]
            if empty:
                self._first_empty[at] = self._first_empty[at] or empty[0]
                self._empty[at] += len(empty)
            self._foreign[at] += sum(1 for line in part if not _has_han(line))
        if self._keep:
            counted = parts[: self._systems + 1]
            self._lengths.append([np.array([len(line) for line in part], dtype=np.int64) for part in counted])
        self.count += len(parts[0])

    def lengths(self) -> dict[str, NDArray[np.int64]]:
        """The characters of each line, by system and of the first reference under ""."""
        import numpy as np

        names = [*(side.name for side in self._sides[: self._systems]), ""]
        return {
            name: np.concatenate(parts)
            for name, parts in zip(names, zip(*self._lengths, strict=True), strict=True)
        }

    def refuse(self, more: Sequence[int]) -> None:
        """Raise UsageError that names the sides and their counts."""
        counts = [self.count + count for count in more]
        for side, count in zip(self._sides[: self._systems], counts, strict=False):
            for other, theirs in zip(self._sides[self._systems :], counts[self._systems :], strict=True):
                if count != theirs:
                    raise UsageError(
                        f"{side.path or side.name} has {count} segments, {other.path or other.name} has {theirs}"
                    )

    def warnings(self) -> Iterator[str]:
        """What a user should know before believing the scores, with figures."""
        for at, side in enumerate(self._sides):
            label = side.path or side.name
            if self._empty[at]:
                yield f"{label}: {self._empty[at]} of {self.count} lines are empty (the first: {self._first_empty[at]})"
            foreign = self._foreign[at] - self._empty[at]
            if self._chinese and foreign * 2 > self.count:
                yield f"{label}: {foreign} of {self.count} lines hold no Chinese: is it untranslated, or --lang not zh?"
            if not self._chinese and self.count and self._foreign[at] * 2 < self.count:
                yield (
                    f"{label}: {self.count - self._foreign[at]} of {self.count} lines hold Chinese: with --lang zh "
                    "TER and BLEU cut it into characters; without it a whole sentence is one token"
                )


def _has_han(text: str) -> bool:
    return _HAN.search(text) is not None
