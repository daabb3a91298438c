"""The project's glossary as a review uses it: terms are added to its file, and a change of the file is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.errors import CommandError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.pipeline.project import Project
    from workbench.termbase import Termbase


class Glossary:
    """The glossary file of a project; usable from any thread, one at a time."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._stamp = self._stamp_now()

    @property
    def path(self) -> Path:
        """The file, which need not exist."""
        return self._project.settings.glossary

    @property
    def is_changed(self) -> bool:
        """Whether the file is another than when it was read last."""
        return self._stamp_now() != self._stamp

    def read(self) -> Termbase:
        """The termbase as the file has it now. Raises GlossaryError."""
        self._stamp = self._stamp_now()
        return self._project.reload_termbase()

    def add(self, source: str, target: str, *, status: str, note: str) -> str:
        """Put a term into the file, whose comments and order stay; what came about, in a line.

        Raises CommandError for what is no term or is there already, GlossaryError, OutputError.
        """
        from workbench.pipeline.terms import add_term

        settings = self._project.settings
        try:
            merge = add_term(
                self.path,
                source,
                target,
                note=note,
                status=status,
                source_lang=settings.source_lang,
                target_lang=settings.target_lang,
            )
        except UsageError as error:
            raise CommandError(str(error)) from None
        if not merge.added and not merge.updated:
            raise CommandError(
                merge.conflicts[0] if merge.conflicts else f"{source} is in the glossary so already"
            )
        (concept,) = merge.added or merge.updated
        done = "is in the glossary" if merge.added else "in the glossary has more now"
        return "; ".join([f"{concept.id} {done}", *merge.conflicts])

    def _stamp_now(self) -> tuple[int, int, int] | None:
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino
