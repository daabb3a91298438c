"""What commands share that work on a project: finding it, importing what is new, saying what happened."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from workbench.cli.output import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbench.pipeline.project import Project


@contextmanager
def opened(path: str = ".", *, author: str | None = None, keep: bool = True) -> Iterator[Project]:
    """The project at or above `path`, with every new document of its segments folder imported.

    `keep=False` leaves the folder as it is: a project without a store yet is read into memory.
    """
    from workbench.pipeline.project import open_folder, reports_to_lines

    with open_folder(path, author=author, keep=keep) as project:
        say(line for line in reports_to_lines(project.import_new()) if keep or line.startswith("warning"))
        for name in project.changed_files():
            say([f"{name}: its files changed since they were imported (workbench import reads them again)"])
        yield project
