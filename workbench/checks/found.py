"""What a run of the checks found in one document, as the renderers, the baseline and the exit code read it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from workbench.model import Issue, TranslationUnit, Waiver


class Place(NamedTuple):
    """Where a unit's target stands in a file: the line, and the column if the file holds it as it is, both from 1."""

    line: int
    column: int | None


@dataclass(frozen=True, slots=True)
class DocumentFindings:
    """The units of a document or file, each with the findings that stand.

    `path` is the file as the user named it, of a project as seen from the current folder; `lines` the line of it on
    which each unit begins, () or None where that is not known. Where the targets stand in a file of their own,
    `target_path` names it and `places` says where each unit's target stands there, by unit id. `waived` counts
    the findings that are waived, `unused` are waivers
    whose finding is gone.
    """

    name: str
    units: tuple[tuple[TranslationUnit, tuple[Issue, ...]], ...]
    path: str = ""
    lines: tuple[int | None, ...] = ()
    source_lang: str = "en"
    target_lang: str = "zh"
    waived: int = 0
    unused: tuple[Waiver, ...] = ()
    target_path: str = ""
    places: Mapping[str, Place] = field(default_factory=dict)

    def __iter__(self) -> Iterator[tuple[TranslationUnit, int | None, Issue]]:
        """Every finding with its unit and line, in order."""
        for index, (unit, issues) in enumerate(self.units):
            for issue in issues:
                yield unit, self.line(index), issue

    def line(self, index: int) -> int | None:
        """The line of the unit at an index."""
        return self.lines[index] if index < len(self.lines) else None

    @property
    def issues(self) -> list[Issue]:
        """Every finding."""
        return [issue for _unit, issues in self.units for issue in issues]

    def only(self, keep: Callable[[TranslationUnit, int | None, Issue], bool]) -> DocumentFindings:
        """The same units with some of the findings."""
        units = tuple(
            (unit, tuple(issue for issue in issues if keep(unit, self.line(index), issue)))
            for index, (unit, issues) in enumerate(self.units)
        )
        return replace(self, units=units)


def source_digest(unit: TranslationUnit) -> str:
    """A name for the unit that holds wherever it moves: made of its source."""
    return blake2b(unit.source.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
