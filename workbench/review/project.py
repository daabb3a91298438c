"""An opened project from which reviews are begun: what the screen, scripts and the Python API hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.config import CheckSettings, SegmentationSettings
from workbench.errors import InputError
from workbench.pipeline.project import Project, locate

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from workbench.model import Content
    from workbench.pipeline.matches import ProjectMemory
    from workbench.pipeline.rules import Rules
    from workbench.review.drafting import Engines
    from workbench.review.session import ReviewSession
    from workbench.segmenter.rules import SegmentationRules
    from workbench.store.glimpse import Glimpse


class ReviewProject(Project):
    """A project folder with `review`. Use it as a context manager, or close it."""

    def __init__(self, folder: Path | str, *, author: str | None = None, keep: bool = True) -> None:
        super().__init__(folder, author=author, keep=keep)
        self._memories: dict[tuple[str, str], ProjectMemory] = {}

    _engines: Engines | None = None

    preferred_document: str | None = None
    """The document that `review()` opens where none is named."""

    def glimpse(self) -> Glimpse | None:
        """What the list of the next `review()` shows first, long before that is there; None where this is not known.

        It is the last one's list where files of another document are still to be imported.
        """
        from workbench.review.roles import everything
        from workbench.store.glimpse import glimpse

        if not self._keep:
            return None
        settings = self.settings
        return glimpse(
            settings.store, settings.author, everything(settings.role), document=self.preferred_document
        )

    def review(
        self, document: str | None = None, *, clock: Callable[[], datetime] | None = None
    ) -> ReviewSession:
        """A review of one document; without a name the preferred one, else the first that is not done, else the first.

        New documents of the segments folder are imported first. Raises NotFoundError for an unknown document,
        InputError where the project has none.
        """
        from workbench.review.glossary import Glossary
        from workbench.review.session import ReviewSession
        from workbench.store import utc_now

        self.import_new()
        record = self.document(document or self.preferred_document or self._next_document())
        rules = self._rules(record.name)
        session = ReviewSession(
            self.store,
            record.id,
            self.settings.author,
            checks=rules.checks if rules else None,
            termbase=self.termbase,
            clock=clock or utc_now,
            role=self.settings.role,
            profile=rules.profile if rules else "",
            severities=rules.severities if rules else (),
            idle_seconds=self.settings.idle_seconds,
            glossary=Glossary(self),
            segmentation=self._segmentation(),
        )
        session.memory = self.memory(record.source_lang, record.target_lang)
        session.engines = self.engines
        return session

    @property
    def engines(self) -> Engines:
        """The engines that draft in reviews of this project: opened when first needed, closed with it."""
        if self._engines is None:
            from workbench.review.drafting import Engines

            self._engines = Engines(self)
        return self._engines

    def close(self) -> None:
        """Close the store and the engines, if they were opened."""
        if self._engines is not None:
            self._engines.close()
            self._engines = None
        super().close()

    def memory(self, source_lang: str, target_lang: str) -> ProjectMemory:
        """The reviewed units of the project in a pair of languages; read when it is first asked for a match."""
        from workbench.pipeline.matches import project_memory

        key = (source_lang, target_lang)
        if key not in self._memories:
            self._memories[key] = project_memory(self, *key)
        return self._memories[key]

    def _rules(self, document: str) -> Rules | None:
        """What the settings say of the checks on a document, None for the default ones: these are imported later."""
        if self.settings.checks == CheckSettings():
            return None
        from workbench.pipeline.rules import rules_of

        return rules_of(self.settings, document)

    def _segmentation(self) -> SegmentationRules | None:
        """The project's own segmentation rules; the segmenter is imported only where there are any."""
        return None if self.settings.segmentation == SegmentationSettings() else self.segmentation_rules

    def _next_document(self) -> str:
        records = self.documents()
        if not records:
            raise InputError("there is no document in it to review", file=str(self.settings.segments))
        return next((one.name for one in records if one.done_count < one.unit_count), records[0].name)

    def export(
        self,
        out: Path | str,
        *,
        format: str | None = None,
        document: str | None = None,
        done_only: bool = True,
    ) -> Content:
        """Write reviewed units (all with `done_only=False`) to the file `out` and return what was written.

        The format is that of the file's name unless given. Raises OutputError, NotFoundError.
        """
        from workbench import formats
        from workbench.pipeline.export import export

        content = export(self, document=document, done_only=done_only)
        formats.write(content, Path(out), format=format)
        return content


def open_project(
    path: Path | str = ".", *, author: str | None = None, role: str | None = None, keep: bool = True
) -> ReviewProject:
    """The project at or above `path`. With `keep=False` nothing is written where it has no store yet.

    `author` and `role` override those of its settings.

    Raises InputError for a path that is no folder, ConfigError where there is no project or its settings are wrong.
    """
    project = ReviewProject(locate(path), author=author, keep=keep)
    if role is not None:
        project.settings = replace(project.settings, role=role)
    return project
