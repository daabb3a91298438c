"""Corrections that come back: a bilingual file exported before, applied to the store by unit id."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import blake2b
from typing import TYPE_CHECKING

from workbench.model import Origin, PostEdit, State
from workbench.pipeline.importing import ImportReport

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from workbench.model import Content, TranslationUnit
    from workbench.store import Store

EXPORTED_KEY = "exported_as"
"""The extra under which an export notes what each unit was like, to tell later what was changed, and where."""

_DONE = (State.REVIEWED, State.FINAL)


def fingerprint(unit: TranslationUnit) -> str:
    """A short text that differs when target, state or notes do."""
    content = json.dumps([unit.target, str(unit.state), list(unit.notes)])
    return blake2b(content.encode(), digest_size=6).hexdigest()


def apply_corrections(
    store: Store,
    content: Content,
    *,
    author: str,
    name: str,
    fields: Collection[str] = ("state", "notes"),
    overwrite: bool = False,
) -> ImportReport:
    """Apply targets, and those of state and notes in `fields`, by unit id: one undo step a document.

    A row is left alone where it is as it was exported. It is a conflict where it was changed and so was the unit in
    review since then, to something else, unless `overwrite`; where nobody knows its id; and where it would confirm
    a unit without a target. Files without the note of an export can only conflict in the last two ways.
    """
    from workbench.store import Change, utc_now

    now = utc_now()
    homes = _homes(store)
    changes: dict[str, list[Change]] = {}
    conflicts: list[str] = []
    warnings: list[str] = []
    kept = 0
    for given in content.units:
        document = homes.get(given.id)
        if document is None:
            conflicts.append(f"{given.id or 'a unit without an id'}: not in the project, not applied")
            continue
        held = store.unit(given.id, document_id=document)
        wanted = replace(held, target=given.target)
        if "state" in fields:
            wanted = replace(wanted, state=given.state)
        if "notes" in fields:
            wanted = replace(wanted, notes=given.notes)
        if given.source != held.source:
            warnings.append(f"{given.id}: the source differs from the project's; sources are not corrected")
        then = dict(given.extra).get(EXPORTED_KEY, "").strip('"')
        untouched = then in (fingerprint(given), fingerprint(wanted))
        if untouched or fingerprint(wanted) == fingerprint(held):
            kept += 1
        elif wanted.state in _DONE and not _may_be_done(wanted):
            conflicts.append(f"{given.id}: {wanted.state} without a target, not applied")
        elif then and then != fingerprint(held) and not overwrite:
            conflicts.append(f"{given.id}: changed in review since it was exported, left as it is")
        else:
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
        warnings=tuple(warnings),
        correction=True,
    )


def _may_be_done(unit: TranslationUnit) -> bool:
    """Whether the unit has a target, no source that wants one, or a mark that it has none on purpose."""
    return bool(unit.target.strip()) or not unit.source.strip() or unit.origin == Origin.DROPPED


def is_correction(store: Store, units: Iterable[TranslationUnit]) -> bool:
    """Whether a file was exported from a project, or knows one of this project's units by its id."""
    homes = _homes(store)
    return any(unit.id in homes or EXPORTED_KEY in dict(unit.extra) for unit in units)


def _homes(store: Store) -> dict[str, str]:
    """The document of each unit id; an id that several documents have belongs to none."""
    homes: dict[str, str] = {}
    twice: set[str] = set()
    for record in store.documents():
        for unit_id in store.unit_ids(record.id):
            if homes.setdefault(unit_id, record.id) != record.id:
                twice.add(unit_id)
    return {unit_id: document for unit_id, document in homes.items() if unit_id not in twice}
