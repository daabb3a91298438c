"""What commands share that work on a project: finding it, importing what is new, saying what happened."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from workbench.cli.output import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbench.pipeline.project import Project
    from workbench.segmenter.rules import SegmentationRules


def segmentation_rules(file: str | None, folder: str | None) -> SegmentationRules | None:
    """The segmentation rules in a file (SRX, or workbench.toml), or of the project in a folder, else None.

    Raises UsageError where both are asked for, InputError where they cannot be used.
    """
    from workbench.errors import UsageError

    if file is not None and folder is not None:
        raise UsageError("--rules and --project each name the rules of segmentation: give one of them")
    if file is not None:
        from workbench.pipeline.segmenting import load_rules

        return load_rules(file)
    if folder is not None:
        from workbench.pipeline.project import open_folder

        with open_folder(folder, keep=False) as project:
            return project.segmentation_rules
    return None


@contextmanager
def opened(path: str = ".", *, author: str | None = None, keep: bool = True) -> Iterator[Project]:
    """The project at or above `path`, with every new document of its segments folder imported.

    `keep=False` leaves the folder as it is: a project without a store yet is read into memory.
    """
    from workbench.pipeline.project import open_folder, reports_to_lines

    with open_folder(path, author=author, keep=keep) as project:
        say(line for line in reports_to_lines(project.import_new()) if keep or line.startswith("warning"))
        for name in project.changed_files():
            changed = "its files or segmentation rules changed since it was imported"
            say([f"{name}: {changed} (workbench import reads it again)"])
        yield project
