"""All settings of one project: workbench.toml read, its values checked, defaults filled in."""

from __future__ import annotations

import getpass
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from workbench import langs
from workbench.config import checks, engines, keys, mqm, screen, segmentation
from workbench.config.checks import CheckSettings
from workbench.config.engines import EngineSettings
from workbench.config.file import FILE_NAME, TomlFile
from workbench.config.keys import KeySettings
from workbench.config.mqm import MqmSettings
from workbench.config.screen import ScreenSettings
from workbench.config.segmentation import SegmentationSettings
from workbench.errors import UsageError

if TYPE_CHECKING:
    from workbench.config.file import Types

_TYPES: Types = {
    "source_lang": str,
    "target_lang": str,
    "segments": str,
    "glossary": str,
    "store": str,
    "author": str,
    "role": str,
    "wrapped": bool,
    "one_per_line": bool,
    "checks": (str, dict),
    "theme": str,
    "real_cursor": bool,
    "completion": bool,
    "ambiguous_width": int,
    "emoji_width": int,
    "segmentation": dict,
    "idle_seconds": (int, float),
    "mqm": dict,
    "engines": dict,
    "keymap": str,
    "keys": dict,
    "screen": dict,
}


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one project; paths are absolute. `theme` is validated where themes are known."""

    folder: Path
    source_lang: str = "en"
    target_lang: str = "zh-CN"
    segments: Path = Path("segments")
    glossary: Path = Path("glossary.yaml")
    store: str = ".workbench/review.db"
    author: str = ""
    role: str = "reviewer"
    wrapped: bool = False
    one_per_line: bool = False
    checks: CheckSettings = field(default_factory=CheckSettings)
    theme: str = ""
    real_cursor: bool = True
    completion: bool = True
    ambiguous_width: int = 1
    emoji_width: int = 2
    segmentation: SegmentationSettings = field(default_factory=SegmentationSettings)
    idle_seconds: float = 300.0
    mqm: MqmSettings = field(default_factory=MqmSettings)
    engines: EngineSettings = field(default_factory=EngineSettings)
    keys: KeySettings = field(default_factory=KeySettings)
    screen: ScreenSettings = field(default_factory=ScreenSettings)

    ROLES: ClassVar[tuple[str, ...]] = ("reviewer", "translator")


def load(folder: Path, *, author: str | None = None) -> Settings:
    """The settings of the project in `folder`, defaults where it has no workbench.toml.

    `author` overrides the file's; without either the login name is taken. Raises ConfigError with the line at fault.
    """
    folder = folder.resolve()
    path = folder / FILE_NAME
    file = TomlFile.read(path) if path.is_file() else TomlFile(path, "", {})
    raw = file.tables
    file.check(raw, _TYPES)
    tables = (checks.parse(file), segmentation.parse(file), mqm.parse(file), engines.parse(file))
    _check_values(file)
    return Settings(
        folder=folder,
        source_lang=raw.get("source_lang", "en"),
        target_lang=raw.get("target_lang", "zh-CN"),
        segments=folder / raw.get("segments", "segments"),
        glossary=folder / raw.get("glossary", "glossary.yaml"),
        store=_store_location(folder, raw.get("store", ".workbench/review.db")),
        author=author or raw.get("author") or _login_name(),
        role=raw.get("role", "reviewer"),
        wrapped=raw.get("wrapped", False),
        one_per_line=raw.get("one_per_line", False),
        checks=tables[0],
        theme=raw.get("theme", ""),
        real_cursor=raw.get("real_cursor", True),
        completion=raw.get("completion", True),
        ambiguous_width=raw.get("ambiguous_width", 1),
        emoji_width=raw.get("emoji_width", 2),
        segmentation=tables[1],
        idle_seconds=float(raw.get("idle_seconds", 300.0)),
        mqm=tables[2],
        engines=tables[3],
        keys=keys.parse(file),
        screen=screen.parse(file),
    )


def _check_values(file: TomlFile) -> None:
    """Raises ConfigError where a setting outside the tables has a value that it cannot have."""
    raw = file.tables
    if not raw.get("idle_seconds", 1) > 0:
        raise file.error("idle_seconds must be more than 0", "idle_seconds")
    for key in ("segments", "glossary", "store"):
        if "\0" in raw.get(key, ""):
            raise file.error(f"{key} holds a NUL character", key)
    if "glossary" in raw and not (file.path.parent / raw["glossary"]).is_file():
        raise file.error(f"there is no glossary {raw['glossary']!r}", "glossary")
    for key in ("source_lang", "target_lang"):
        if key in raw:
            try:
                langs.normalize(raw[key])
            except UsageError as error:
                raise file.error(str(error), key) from error
    pair = (langs.primary(raw.get("source_lang", "en")), langs.primary(raw.get("target_lang", "zh")))
    if pair[0] == pair[1]:
        key = "target_lang" if "target_lang" in raw else "source_lang"
        raise file.error(f"both languages are {pair[0]!r}", key)
    for key in ("ambiguous_width", "emoji_width"):
        if raw.get(key, 1) not in (1, 2):
            raise file.error(f"{key} must be 1 or 2", key)
    if raw.get("role", "reviewer") not in Settings.ROLES:
        raise file.error(f"role must be one of {', '.join(Settings.ROLES)}", "role")


def _store_location(folder: Path, value: str) -> str:
    return value if "://" in value else str(folder / value)


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
