"""Reading what is compared: files or stdin as systems and references, with the names and labels of their lines."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.cli.output import read_input, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workbench.pipeline.sides import Side


@dataclass(frozen=True, slots=True)
class Inputs:
    """Systems and sets of references; `ids`, `labels` and `lang` are what the files say of their lines."""

    systems: tuple[Side, ...]
    references: tuple[Side, ...]
    ids: Sequence[str]
    labels: Mapping[str, Any]
    lang: str


def read_systems(hypotheses: Sequence[str], references: Sequence[str]) -> Inputs:
    """The files as sides, each system called by its file's name. Raises InputError, UsageError."""
    from workbench.errors import UsageError
    from workbench.pipeline.sides import same_lines

    if not hypotheses:
        raise UsageError("name at least one hypothesis file")
    if [*hypotheses, *references].count("-") > 1:
        raise UsageError("only one file can come from stdin")
    systems = tuple(side(path, name) for path, name in zip(hypotheses, _names(hypotheses), strict=True))
    others = tuple(side(path, path) for path in references)
    same_lines([*systems, *others])
    return Inputs(
        systems,
        others,
        next((one.ids for one in (*others, *systems) if one.ids), ()),
        {key: one.labels[key] for one in (*systems, *others) for key in one.labels},
        next((one.lang for one in (*others, *systems) if one.lang), "zh"),
    )


def side(path: str, name: str) -> Side:
    """A file, or stdin for "-", as lines to score; an odd encoding is said on stderr. Raises InputError."""
    from workbench.pipeline.sides import read_side

    def tell(line: str) -> None:
        say([line])

    if path == "-":
        data, _ = read_input(path)
        return read_side("stdin", data=data, name="stdin" if name == "-" else name, say=tell)
    return read_side(path, name=name, say=tell)


def read_docs(path: str, count: int) -> dict[str, Any]:
    """The document, and perhaps domain, of each of `count` lines. Raises InputError, UsageError."""
    from workbench.errors import UsageError
    from workbench.pipeline.sides import read_labels

    labels = read_labels(path)
    lines = len(labels["document"])
    if lines != count:
        raise UsageError(f"{path} has {lines} lines, the systems have {count}")
    return dict(labels)


def _names(paths: Sequence[str]) -> list[str]:
    """What to call each system: its file's name, or the whole path where two have the same name."""
    names = [Path(path).name for path in paths]
    found = [name if names.count(name) == 1 else path for name, path in zip(names, paths, strict=True)]
    return [name if found.count(name) == 1 else f"{name} ({at})" for at, name in enumerate(found, 1)]
