"""Corrections that come back: a bilingual file exported before, applied to the store by unit id."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.model import PostEdit
from workbench.pipeline.importing import ImportReport

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbench.model import Content, TranslationUnit
    from workbench.store import Store

VERSION_KEY = "exported_version"
"""The extra under which an export notes the version of each unit."""


def apply_corrections(
    store: Store, content: Content, *, author: str, name: str, overwrite: bool = False
) -> ImportReport:
    """Apply targets, states and notes by unit id, one decision (and so one undo step) a document.

    A unit that was changed in review since it was exported, to something else than the file has, is a conflict and
    stays as it is, unless `overwrite`. Files without versions have no conflicts.
    """
    from workbench.store import Change, utc_now

    now = utc_now()
    changes: dict[str, list[Change]] = {}
    conflicts: list[str] = []
    kept = 0
    homes = _homes(store)
    for given in content.units:
        document = homes[given.id]
        held = store.unit(given.id, document_id=document)
        wanted = replace(held, target=given.target, state=given.state, notes=given.notes)
        if (wanted.target, wanted.state, wanted.notes) == (held.target, held.state, held.notes):
            kept += 1
            continue
        exported = _version(given)
        if exported is not None and exported != held.version and not overwrite:
            conflicts.append(f"{given.id}: changed in review since it was exported, left as it is")
            continue
        post_edit = None
        if wanted.target != held.target:
            post_edit = PostEdit(unit_id=held.id, text=wanted.target, author=author, saved_at=now)
        changes.setdefault(document, []).append(Change(unit=wanted, post_edit=post_edit))
    for document, some in changes.items():
        store.decide(document, author, f"import {name}", some)
    return ImportReport(
        document=name,
        kept=kept,
        corrected=sum(len(some) for some in changes.values()),
        conflicts=tuple(conflicts),
    )


def known_ids(store: Store, units: Iterable[TranslationUnit]) -> bool:
    """Whether every unit has an id and the store knows them all."""
    homes = _homes(store)
    listed = [unit.id for unit in units]
    return bool(listed) and all(one in homes for one in listed)


def _homes(store: Store) -> dict[str, str]:
    """The document of each unit id."""
    return {unit_id: record.id for record in store.documents() for unit_id in store.unit_ids(record.id)}


def _version(unit: TranslationUnit) -> int | None:
    text = dict(unit.extra).get(VERSION_KEY, "").strip('"')
    return int(text) if text.isascii() and text.isdecimal() else None
