"""Exporting: the units of one or all documents of a project as one bilingual content."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.model import Content, Document, State
from workbench.pipeline.corrections import EXPORTED_KEY, fingerprint

if TYPE_CHECKING:
    from workbench.pipeline.project import Project

DONE = (State.REVIEWED, State.FINAL)


def export(project: Project, *, document: str | None = None, done_only: bool = True) -> Content:
    """The project's units, reviewed and final ones only unless `done_only` is false, in the order of the documents.

    Each unit carries in `extra` what it is like now, so that corrections can come back, and its document's name where
    there is more than one. Raises NotFoundError.
    """
    records = [project.document(document)] if document else project.documents()
    units = []
    for record in records:
        for unit in project.store.units(record.id):
            if done_only and unit.state not in DONE:
                continue
            extra = [(key, value) for key, value in unit.extra if key != EXPORTED_KEY]
            extra.append((EXPORTED_KEY, f'"{fingerprint(unit)}"'))
            if len(records) > 1:
                extra.append(("document", json.dumps(record.name, ensure_ascii=False)))
            units.append(replace(unit, extra=tuple(extra)))
    name = records[0].name if len(records) == 1 else project.folder.name
    settings = project.settings
    return Content(
        document=Document(
            name=name, format="", source_lang=settings.source_lang, target_lang=settings.target_lang
        ),
        units=tuple(units),
    )
