"""Exporting: the units of one or all documents of a project as one bilingual content."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.errors import UsageError
from workbench.model import Content, Document, State
from workbench.pipeline.corrections import EXPORTED_KEY, fingerprint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.pipeline.project import Project
    from workbench.store import DocumentRecord

DONE = (State.REVIEWED, State.FINAL)


def export(project: Project, *, document: str | None = None, done_only: bool = True) -> Content:
    """The project's units, reviewed and final ones only unless `done_only` is false, in the order of the documents.

    Each unit carries in `extra` what it is like now, so that corrections can come back, and its document's name where
    there is more than one. The languages are those of the documents. Raises NotFoundError, and UsageError for
    documents of several languages.
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
    source_lang, target_lang = _languages(project, records)
    return Content(
        document=Document(name=name, format="", source_lang=source_lang, target_lang=target_lang),
        units=tuple(units),
    )


def pairs_only(content: Content) -> tuple[Content, int]:
    """The content without units of which one side is empty, and how many these are: no memory can use them."""
    pairs = tuple(unit for unit in content.units if unit.source.strip() and unit.target.strip())
    return replace(content, units=pairs), len(content.units) - len(pairs)


def _languages(project: Project, records: Sequence[DocumentRecord]) -> tuple[str, str]:
    """The languages that all documents have, the project's where there is no document."""
    pairs = {(one.source_lang, one.target_lang): one.name for one in records}
    if len(pairs) > 1:
        (first, name), (second, other) = list(pairs.items())[:2]
        raise UsageError(
            f"{name} is from {first[0]} to {first[1]}, {other} from {second[0]} to {second[1]}:"
            " export one document at a time (--document NAME)"
        )
    return next(iter(pairs), (project.settings.source_lang, project.settings.target_lang))
