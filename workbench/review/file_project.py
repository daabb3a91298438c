"""One bilingual file as a project: reviewed in place, with the settings and the glossary that lie beside it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import OutputError, UsageError, WorkbenchError
from workbench.pipeline.file_review import FileReview, check_states, check_writable, state_folder
from workbench.pipeline.project import find_folder
from workbench.review.project import ReviewProject

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from workbench.pipeline.importing import ImportReport
    from workbench.pipeline.sources import SourceFiles
    from workbench.review.session import ReviewSession


class FileProject(ReviewProject):
    """A file with `review`. What was decided is written back by `write_back`, and when it is closed.

    Closing never raises: `farewell` says then what was done, `refusal` why the file could not be written. The work is
    in the store in any case, and goes on from there at the next start.
    """

    def __init__(self, path: Path | str, *, author: str | None = None, role: str | None = None) -> None:
        self.path = Path(path)
        check_writable(self.path)
        if role is not None:
            check_states(self.path)
        beside = self.path.resolve().parent
        around = find_folder(beside)
        super().__init__(around or beside, author=author)
        self._refuse_document(around)
        self.folder = state_folder(self.path)
        self.settings = replace(
            self.settings,
            folder=self.folder,
            segments=self.folder / "segments",
            store=str(self.folder / "review.db"),
            role=role or self.settings.role,
        )
        self.farewell: list[str] = []
        self.refusal: WorkbenchError | None = None
        self._review: FileReview | None = None
        self._reports: list[ImportReport] | None = None

    def _refuse_document(self, around: Path | None) -> None:
        if around is not None and self.path.resolve().parent == self.settings.segments.resolve():
            raise UsageError(
                f"{self.path} is a document of the project {around}: workbench review {around} --document "
                f"{self.path.name.partition('.')[0]}"
            )

    @property
    def file(self) -> FileReview:
        """The file and its store."""
        if self._review is None:
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise OutputError(error.strerror or "cannot be made", file=str(self.folder)) from error
            settings = self.settings
            self._review = FileReview(
                self.path,
                self.folder,
                self.store,
                author=settings.author,
                source_lang=settings.source_lang,
                target_lang=settings.target_lang,
            )
            self._review.on_step = lambda step: self.on_step(step)
        return self._review

    def files(self, *, problems: object = None) -> list[SourceFiles]:
        """No other files belong to it."""
        del problems
        return []

    def import_new(self) -> list[ImportReport]:
        """Take the file into the store, or what others changed in it since the last time; once."""
        if self._reports is None:
            self._reports = self.file.begin()
            return self._reports
        return []

    @property
    def greeting(self) -> str:
        """What is to be said at the start: what others changed, what is not written yet."""
        return "; ".join(line for one in self._reports or () for line in one.warnings)

    def review(
        self, document: str | None = None, *, clock: Callable[[], datetime] | None = None
    ) -> ReviewSession:
        """A review of the file."""
        session = super().review(document, clock=clock)
        session.whole_units = (
            f"{self.path.name} is reviewed in its place: its units are not cut or joined and its sources stay"
        )
        return session

    def write_back(self) -> list[str]:
        """Put what was decided into the file; a line for each thing that was done. Raises OutputError, InputError."""
        return self.file.write_back()

    def close(self) -> None:
        """Write back and close the store."""
        if self._reports is not None and self._store is not None:
            try:
                self.farewell += self.write_back()
                self.refusal = None
            except WorkbenchError as error:
                self.refusal = error
        # The next use opens the store again.
        self._review = None
        with suppress(WorkbenchError):
            super().close()


def open_file(path: Path | str, *, author: str | None = None, role: str | None = None) -> FileProject:
    """The review of a bilingual file. Raises InputError before any work where it could not be written back.

    `role` overrides that of the settings; it is refused where the file has no place for states.
    """
    return FileProject(path, author=author, role=role)
