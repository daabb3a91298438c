"""The table [engines]: which engine makes drafts, and what each one is told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from workbench.config.file import unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbench.config.file import TomlFile, Types

EngineValue: TypeAlias = "str | int | float | bool"

_NUMBER = (int, float)

_HTTP: Types = {
    "url": str,
    "key_env": str,
    "batch_size": int,
    "concurrency": int,
    "attempts": int,
    "timeout_seconds": _NUMBER,
    "requests_per_minute": _NUMBER,
}

ENGINE_SETTINGS: Mapping[str, Types] = MappingProxyType(
    {
        "argos": {"model": str, "batch_size": int, "threads": int, "beam": int, "compute_type": str},
        "libretranslate": _HTTP,
        "openai": {**_HTTP, "model": str, "instructions": str, "temperature": _NUMBER},
    }
)
"""The settings of each engine: what [engines.NAME] may say."""

_PATHS = frozenset({("argos", "model")})
_MAY_BE_ZERO = frozenset({"temperature", "threads"})


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """What [engines] says: the engine that drafts where none is named, and the settings of each by name.

    Paths are absolute; what the file does not say is not there. What the values mean is looked at by the engine.
    """

    default: str = "argos"
    engines: tuple[tuple[str, tuple[tuple[str, EngineValue], ...]], ...] = ()

    def values(self, name: str) -> dict[str, EngineValue]:
        """The settings of that engine, as `EngineOptions(values=…)` takes them; none where the file has none."""
        return dict(next((values for engine, values in self.engines if engine == name), ()))


def parse(file: TomlFile) -> EngineSettings:
    """The table [engines] as a value. Raises ConfigError with the line at fault."""
    raw = file.tables.get("engines", {})
    known = ("default", *ENGINE_SETTINGS)
    engines = []
    for name, table in raw.items():
        if name not in known:
            raise file.error_within(unknown(f"engines.{name}", name, known), ("engines", name), name)
        if name == "default":
            continue
        if not isinstance(table, dict):
            raise file.error_within(f"engines.{name} must be a table", ("engines",), name)
        file.check(table, ENGINE_SETTINGS[name], "engines", name)
        engines.append((name, tuple((key, _value(file, name, key, table[key])) for key in table)))
    default = raw.get("default", "argos")
    if default not in ENGINE_SETTINGS:
        raise file.error_within(
            f"engines.default must be one of {', '.join(ENGINE_SETTINGS)}", ("engines",), "default"
        )
    return EngineSettings(default, tuple(engines))


def _value(file: TomlFile, name: str, key: str, value: EngineValue) -> EngineValue:
    def fail(reason: str) -> Exception:
        return file.error_within(f"engines.{name}.{key} {reason}", ("engines", name), key)

    if isinstance(value, str):
        if not value.strip() or "\0" in value:
            raise fail("is empty" if not value.strip() else "holds a NUL character")
        return str(file.path.parent / Path(value).expanduser()) if (name, key) in _PATHS else value
    if key in _MAY_BE_ZERO:
        if not 0 <= value < float("inf"):
            raise fail("must be a number, 0 or more")
    elif not 0 < value < float("inf"):
        raise fail("must be more than 0")
    return value
