"""A bilingual file under review without a project: taken into a store of its own, merged, written back in its place."""

from __future__ import annotations

import difflib
import hashlib
import json
import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from workbench import formats
from workbench.errors import InputError, OutputError, UsageError
from workbench.formats.files import load, save
from workbench.model import Content, Document, PostEdit, State
from workbench.pipeline.importing import ImportReport
from workbench.pipeline.patching import UnpatchedError, with_units
from workbench.pipeline.sources import bilingual_name, with_draft
from workbench.store.records import Change, utc_now

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from workbench.model import TranslationUnit
    from workbench.store import Store

_XLIFF = ("xliff", "xliff12")
_ATTEMPTS = 3


def state_folder(path: Path) -> Path:
    """Where the review of a file is kept between two starts: in the user's folder for states, by the file's path."""
    from platformdirs import user_state_path

    mark = hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:16]
    return user_state_path("workbench") / "files" / mark


def check_writable(path: Path) -> None:
    """Raises InputError for a file that could not be written back: nobody is to work in vain."""
    if bilingual_name(path) is None and path.is_file():
        raise InputError("not a bilingual file (TMX, CSV, TSV, JSONL, XLIFF)", file=str(path))
    load(path)
    goal = path.resolve()
    if not os.access(goal, os.W_OK):
        raise InputError("is write-protected: a review could not be written back into it", file=str(path))
    if not os.access(goal.parent, os.W_OK):
        reason = f"{goal.parent} is write-protected: a review could not be written back"
        raise InputError(reason, file=str(path))


def check_states(path: Path) -> None:
    """Raises InputError for a table without states: what a translator did would look like what nobody did."""
    seen: set[str] = set()
    content = formats.read_bytes(load(path), name=str(path), options=formats.ReadOptions(seen=seen))
    if not _has_states(content, seen):
        reason = 'has no column "state", so it cannot tell translated units from reviewed ones: no --role'
        raise InputError(reason, file=str(path))


def _has_states(content: Content, seen: Collection[str]) -> bool:
    """Whether a file can say which of its units were reviewed; `seen` are the columns that it has."""
    return content.document.format not in ("csv", "tsv") or "state" in seen


@dataclass(frozen=True, slots=True)
class _Reading:
    """A file as read: its bytes, units in their order, the line of each, and whether it has states."""

    data: bytes
    content: Content
    lines: tuple[int | None, ...]
    has_states: bool

    @property
    def units(self) -> Sequence[TranslationUnit]:
        return self.content.units


class FileReview:
    """The review of one file: `begin` takes the file into the store, `write_back` puts what was decided into the file.

    Beside the store stands `base`, the bytes of the file as it was last read or written. What differs from it in
    the file was changed by others, what differs from it in the store was decided here; both are kept. The store's
    units are those of `base`, one by one and in order.
    """

    def __init__(
        self, path: Path, folder: Path, store: Store, *, author: str, source_lang: str, target_lang: str
    ) -> None:
        self.path = path
        self.name = bilingual_name(path) or path.name
        self.is_taken_from = False
        """Whether the last merge took something from the file into the store."""
        self._goal = path.resolve()
        self._folder = folder
        self._store = store
        self._author = author
        self._langs = (source_lang, target_lang)
        self.on_step: Callable[[str], None] = lambda _step: None
        """Told of each long step as it begins; what it raises ends the work there, with the file as it was."""

    def begin(self) -> list[ImportReport]:
        """Take the file into the store, or what was changed in it since; what is there to say.

        Raises InputError for a file that cannot be used.
        """
        self.on_step(f"reading {self.path.name}")
        reading = self._read(load(self._goal))
        if self._base_path.exists() and any(one.name == self.name for one in self._store.documents()):
            said = self._merged(reading)
            waiting = len(self._changes(self._read(self._base_path.read_bytes())))
            if waiting:
                said.append(f"{_units(waiting)} reviewed earlier {_are(waiting)} not in the file yet")
            if not said:
                return []
            return [ImportReport(self.path.name, kept=len(reading.units), warnings=tuple(said))]
        warnings: list[str] = []
        reading = self._read(reading.data, warnings)
        if problem := self._unpatchable(reading):
            if reading.content.document.format in _XLIFF:
                raise InputError(f"cannot be changed in its place: {problem}", file=str(self.path))
            warnings.append(f"{self.path}: {problem}: it will be written anew, the old file is kept")
        document = reading.content.document
        self.on_step(f"storing {_units(len(reading.units))} of {self.path.name}")
        self._store.save_document(
            Document(self.name, document.format, document.source_lang, document.target_lang),
            [with_draft(unit) for unit in _own_ids(reading.units)],
            source_digest=_digest(reading.data),
        )
        self._keep_base(reading.data)
        return [ImportReport(self.name, added=len(reading.units), warnings=tuple(warnings), new=True)]

    def write_back(self) -> list[str]:
        """Put what was decided into the file; a line for each thing that was done, none where nothing was to be.

        Targets and states only, in the file's own text; where that cannot be done the file is written anew. The file as
        it was found is kept beside it. What others changed in it meanwhile is taken into the store first. Raises
        OutputError and InputError, with everything kept in the store.
        """
        said: list[str] = []
        for _ in range(_ATTEMPTS):
            self.on_step(f"reading {self.path.name}")
            reading = self._read(load(self._goal))
            said += self._merged(reading)
            changes = self._changes(reading)
            if not changes:
                return said
            self.on_step(f"putting {_units(len(changes))} into {self.path.name}")
            data, anew = self._made(reading, changes)
            self.on_step(f"writing {self.path.name}")
            backup = self._keep_original(reading.data)
            if load(self._goal) != reading.data:
                continue
            self._note(written=_digest(data))
            save(self._goal, [data])
            self._keep_base(load(self._goal))
            kept = f", the file as it was is {backup.name}" if backup is not None else ""
            how = " (written anew)" if anew else ""
            return [*said, f"{_units(len(changes))} written to {self.path.name}{how}{kept}"]
        raise OutputError("is being changed by somebody else: nothing was written", file=str(self.path))

    # Within

    @property
    def _base_path(self) -> Path:
        return self._folder / "base"

    def _read(self, data: bytes, warnings: list[str] | None = None) -> _Reading:
        lines: list[int | None] = []
        seen: set[str] = set()
        source_lang, target_lang = self._langs
        options = formats.ReadOptions(
            source_lang=source_lang, target_lang=target_lang, lines=lines, seen=seen
        )
        if warnings is not None:
            options = replace(options, warn=warnings.append)
        content = formats.read_bytes(data, name=str(self.path), options=options)
        if not content.units:
            raise InputError("there is no unit in it to review", file=str(self.path))
        return _Reading(data, content, tuple(lines), _has_states(content, seen))

    def _unpatchable(self, reading: _Reading) -> str:
        """Why the file's targets cannot be changed in its text, "" where they can."""
        trial = [replace(unit, target=f"{unit.target}。") for unit in reading.units]
        try:
            with_units(reading.data, reading.content, trial, reading.lines, name=str(self.path))
        except UnpatchedError as error:
            return str(error)
        return ""

    def _changes(self, reading: _Reading) -> dict[int, TranslationUnit]:
        """The units of a file, by their places, with the targets and states of the store where these are others.

        The states of a file that has no place for them are kept in the store alone.
        """
        stored = self._store.units(self.name)
        found = {}
        for index, (here, held) in enumerate(zip(reading.units, stored, strict=True)):
            if here.target != held.target or (reading.has_states and here.state != held.state):
                found[index] = replace(here, target=held.target, state=held.state)
        return found

    def _made(self, reading: _Reading, changes: dict[int, TranslationUnit]) -> tuple[bytes, bool]:
        """The bytes of the file with the changes, and whether they had to be written anew."""
        units = tuple(changes.get(index, unit) for index, unit in enumerate(reading.units))
        content, name = reading.content, str(self.path)
        try:
            return with_units(reading.data, content, units, reading.lines, name=name), False
        except UnpatchedError as error:
            if content.document.format in _XLIFF:
                said = f"cannot be changed in its place: {error}; your work is kept"
                raise OutputError(said, file=name) from None
        try:
            whole = replace(content, units=units)
            return formats.write_bytes(whole, format=content.document.format), True
        except UsageError as error:
            raise OutputError(f"{error}; your work is kept", file=name) from None

    def _merged(self, reading: _Reading) -> list[str]:
        """Take into the store what others changed in the file since it was last read or written."""
        self.is_taken_from = False
        if self._base_path.read_bytes() == reading.data:
            return []
        base, stored = self._read(self._base_path.read_bytes()).units, self._store.units(self.name)
        pairs = _pairs(base, reading.units)
        taken, gone = len(pairs), len(base) - len(pairs)
        new = len(reading.units) - taken
        if new or gone:
            held = {there: stored[here] for here, there in pairs.items()}
            fresh = _own_ids(reading.units, taken={unit.id for unit in stored})
            document = self._store.document(self.name)
            self._store.save_document(
                Document(self.name, document.format, document.source_lang, document.target_lang),
                [held.get(index, with_draft(unit)) for index, unit in enumerate(fresh)],
                source_digest=_digest(reading.data),
            )
        changes, conflicts = [], []
        for here, there in pairs.items():
            change = self._taken(base[here], reading.units[there], stored[here])
            if change is not None:
                changes.append(change)
                if change.post_edit is None and change.unit.notes != stored[here].notes:
                    conflicts.append(there + 1)
        if changes:
            self._store.decide(self.name, self._author, f"taken from {self.path.name}", changes)
        self._keep_base(reading.data)
        self.is_taken_from = bool(new or gone or changes)
        return self._said_of_merge(len(changes) - len(conflicts), new, gone, conflicts)

    def _taken(self, base: TranslationUnit, there: TranslationUnit, held: TranslationUnit) -> Change | None:
        """What becomes of a unit of which the file says something else than before; None where that is nothing."""
        now, then, ours = ((one.target, one.state) for one in (there, base, held))
        if now in (then, ours):
            return None
        if ours == then:
            edit = PostEdit(held.id, there.target, self._author, utc_now()) if now[0] != then[0] else None
            return Change(replace(held, target=there.target, state=there.state), post_edit=edit)
        if now[0] in (then[0], ours[0]):
            return None
        note = f"{self.path.name} says meanwhile: {there.target}"
        return Change(replace(held, state=State.INITIAL, notes=(*held.notes, note)))

    def _said_of_merge(self, taken: int, new: int, gone: int, conflicts: Sequence[int]) -> list[str]:
        counted = ((taken, "taken from it"), (new, "new"), (gone, "set aside"))
        parts = [f"{_units(count)} {what}" for count, what in counted if count]
        if conflicts:
            named = ", ".join(map(str, conflicts[:5])) + (" …" if len(conflicts) > 5 else "")
            of = "unit" if len(conflicts) == 1 else "units"
            parts.append(f"{of} {named} changed here too: yours stays and is open again, theirs is a note")
        return [f"{self.path.name} was changed by somebody else: {'; '.join(parts)}"] if parts else []

    def _keep_original(self, data: bytes) -> Path | None:
        """Keep the file as it was found beside it, unless it is as it was last written here; the file that holds it."""
        if self._about().get("written") == _digest(data):
            return None
        for number in range(1, 1000):
            goal = self._goal.with_name(f"{self._goal.name}.bak{number if number > 1 else ''}")
            if not goal.exists():
                # Not through `save`: what is called .gz is packed already.
                part = goal.with_name(f".{goal.name[:40]}.part")
                try:
                    part.write_bytes(data)
                    part.chmod(self._goal.stat().st_mode & 0o777)
                    part.replace(goal)
                except OSError as error:
                    part.unlink(missing_ok=True)
                    reason = f"the file as it was cannot be kept: {error.strerror}; nothing was written"
                    raise OutputError(reason, file=str(goal)) from error
                return goal
            if goal.read_bytes() == data:
                return goal
        raise OutputError("there are a thousand backups of it; nothing was written", file=str(self.path))

    def _keep_base(self, data: bytes) -> None:
        part = self._base_path.with_name(".base.part")
        part.write_bytes(data)
        part.replace(self._base_path)
        self._note(path=str(self._goal))

    def _about(self) -> dict[str, Any]:
        try:
            found = json.loads((self._folder / "about.json").read_bytes())
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _note(self, **values: str) -> None:
        text = json.dumps({**self._about(), **values}, ensure_ascii=False, indent=1)
        part = self._folder / ".about.json.part"
        part.write_bytes(text.encode("utf-8", "backslashreplace"))
        part.replace(self._folder / "about.json")


def _own_ids(units: Sequence[TranslationUnit], taken: set[str] | None = None) -> list[TranslationUnit]:
    """The units with ids that occur once; the store names the others."""
    seen = set(taken or ())
    result = []
    for unit in units:
        result.append(replace(unit, id="") if unit.id in seen else unit)
        seen.add(unit.id)
    return result


def _pairs(base: Sequence[TranslationUnit], now: Sequence[TranslationUnit]) -> dict[int, int]:
    """Which unit of one reading is which of another, by their ids and sources, in order."""
    then, there = ([(unit.id, unit.source) for unit in units] for units in (base, now))
    if then == there:
        return {index: index for index in range(len(base))}
    matcher = difflib.SequenceMatcher(None, then, there, autojunk=False)
    return {
        block.a + step: block.b + step
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _units(count: int) -> str:
    return f"{count:,} unit{'' if count == 1 else 's'}"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
