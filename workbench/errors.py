"""The errors a user can cause or meet: one root, leaves that carry the value at fault, the exit code on the class."""

from __future__ import annotations

from typing import ClassVar


class WorkbenchError(Exception):
    """Any error whose text is fit to be shown to a user as one line."""

    exit_code: ClassVar[int] = 2


class UsageError(WorkbenchError):
    """The words of a command, or a combination of options, cannot be carried out."""


class InputError(WorkbenchError):
    """A file cannot be used: `FILE:LINE: reason`, the line left out where there is none."""

    def __init__(self, reason: str, *, file: str = "", line: int | None = None) -> None:
        self.reason = reason
        self.file = file
        self.line = line
        super().__init__(reason, file, line)

    def __str__(self) -> str:
        place = self.file or "<input>"
        return f"{place}:{self.line}: {self.reason}" if self.line is not None else f"{place}: {self.reason}"


class EncodingError(InputError):
    """The bytes of a file are in no encoding that could be told for sure."""


class FormatError(InputError):
    """A file is not well-formed in the format it claims, or in none that is known."""


class ConfigError(InputError):
    """workbench.toml cannot be used."""


class GlossaryError(InputError):
    """A glossary cannot be used."""


class ScriptError(InputError):
    """A line of a review script cannot be carried out."""


class OutputError(WorkbenchError):
    """An output file cannot be written."""

    def __init__(self, reason: str, *, file: str) -> None:
        self.reason = reason
        self.file = file
        super().__init__(reason, file)

    def __str__(self) -> str:
        return f"{self.file}: {self.reason}"


class StoreError(WorkbenchError):
    """The store of review work cannot be used: locked, read-only, damaged, or from a newer version."""


class StaleUnitError(StoreError):
    """A unit was changed by somebody else since it was read; nothing was written."""

    def __init__(self, unit_id: str, *, held: int, found: int) -> None:
        self.unit_id = unit_id
        self.held = held
        self.found = found
        super().__init__(
            f"unit {unit_id} was changed elsewhere (version {held} held, {found} found): read it again"
        )


class EngineError(WorkbenchError):
    """An engine cannot make drafts: no model, a broken one, no answer. The text says what to do next."""


class NotFoundError(WorkbenchError):
    """A document, unit, check, metric or format of that name does not exist."""

    def __init__(self, kind: str, name: str, *, known: tuple[str, ...] = ()) -> None:
        self.kind = kind
        self.name = name
        self.known = known
        hint = f" (there are: {', '.join(known)})" if known else ""
        super().__init__(f"no {kind} named {name!r}{hint}")


class CommandError(WorkbenchError):
    """A review command does not apply to where the session stands; nothing was changed."""
