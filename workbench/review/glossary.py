"""The project's glossary as a review uses it: terms are added to its file, and a change of the file is seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.errors import CommandError, OutputError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.pipeline.project import Project
    from workbench.termbase import Termbase


@dataclass(frozen=True, slots=True)
class Added:
    """A term that was added: the file's bytes before (None = there was no file) and after it."""

    source: str
    before: bytes | None
    after: bytes | None


class Glossary:
    """The glossary file of a project; usable from any thread, one at a time."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._stamp = self._stamp_now()
        self.added: Added | None = None
        """What `add` did last."""

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
        before = self._bytes()
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
        self.added = Added(source, before, self._bytes())
        (concept,) = merge.added or merge.updated
        done = "is in the glossary" if merge.added else "in the glossary has more now"
        return "; ".join([f"{concept.id} {done}", *merge.conflicts])

    def put_back(self, added: Added, *, again: bool = False) -> bool:
        """Take a term out of the file, or put it in `again`; False where the file was changed otherwise since.

        Raises OutputError.
        """
        now, wanted = (added.before, added.after) if again else (added.after, added.before)
        if self._bytes() != now:
            return False
        if wanted is not None:
            from workbench.formats.files import save

            save(self.path, [wanted])
            return True
        try:
            self.path.unlink()
        except OSError as error:
            raise OutputError(error.strerror or "cannot be taken away", file=str(self.path)) from error
        return True

    def _bytes(self) -> bytes | None:
        try:
            return self.path.read_bytes()
        except OSError:
            return None

    def _stamp_now(self) -> tuple[int, int, int] | None:
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino
