"""Project settings: what workbench.toml may say, its defaults, and errors that name the line."""

from __future__ import annotations

import difflib
import getpass
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from workbench import langs
from workbench.errors import ConfigError, UsageError

FILE_NAME = "workbench.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one project; paths are absolute.

    `checks` is a selection such as "+spacing,-width" on top of the default checks; it is validated where checks are
    known, as `theme` is where themes are.
    """

    folder: Path
    source_lang: str = "en"
    target_lang: str = "zh-CN"
    segments: Path = Path("segments")
    glossary: Path = Path("glossary.yaml")
    store: str = ".workbench/review.db"
    author: str = ""
    role: str = "reviewer"
    wrapped: bool = False
    checks: str = ""
    theme: str = ""

    ROLES: ClassVar[tuple[str, ...]] = ("reviewer", "translator")


_TYPES: dict[str, type] = {
    "source_lang": str,
    "target_lang": str,
    "segments": str,
    "glossary": str,
    "store": str,
    "author": str,
    "role": str,
    "wrapped": bool,
    "checks": str,
    "theme": str,
}

_TYPE_WORDS = {str: "text in quotes", bool: "true or false"}


def load(folder: Path, *, author: str | None = None) -> Settings:
    """The settings of the project in `folder`, defaults where it has no workbench.toml.

    `author` overrides the file's; without either the login name is taken. Raises ConfigError with the line at fault.
    """
    folder = folder.resolve()
    path = folder / FILE_NAME
    raw: dict[str, Any] = {}
    text = ""
    if path.is_file():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise ConfigError("not UTF-8 text", file=str(path)) from error
        except OSError as error:
            raise ConfigError(error.strerror or "cannot be read", file=str(path)) from error
        try:
            raw = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"\(at line (\d+), column \d+\)|\(at end of document\)", str(error))
            line = int(found[1]) if found and found[1] else text.count("\n") + 1
            reason = re.sub(r"\s*\(at [^)]*\)\s*$", "", str(error))
            raise ConfigError(f"not valid TOML: {reason}", file=str(path), line=line) from error
    _check_shape(raw, text, path)
    name = author or raw.get("author") or _login_name()
    return Settings(
        folder=folder,
        source_lang=raw.get("source_lang", "en"),
        target_lang=raw.get("target_lang", "zh-CN"),
        segments=folder / raw.get("segments", "segments"),
        glossary=folder / raw.get("glossary", "glossary.yaml"),
        store=_store_location(folder, raw.get("store", ".workbench/review.db")),
        author=name,
        role=raw.get("role", "reviewer"),
        wrapped=raw.get("wrapped", False),
        checks=raw.get("checks", ""),
        theme=raw.get("theme", ""),
    )


def _check_shape(raw: dict[str, Any], text: str, path: Path) -> None:
    def fail(key: str, reason: str) -> ConfigError:
        return ConfigError(reason, file=str(path), line=_line_of(text, key))

    for key, value in raw.items():
        wanted = _TYPES.get(key)
        if wanted is None:
            near = difflib.get_close_matches(key, _TYPES, 1)
            hint = f", did you mean {near[0]!r}?" if near else f" (there are: {', '.join(_TYPES)})"
            raise fail(key, f"unknown setting {key!r}{hint}")
        if not isinstance(value, wanted):
            raise fail(key, f"{key} must be {_TYPE_WORDS[wanted]}")
    for key in ("segments", "glossary", "store"):
        if "\0" in raw.get(key, ""):
            raise fail(key, f"{key} holds a NUL character")
    if "glossary" in raw and not (path.parent / raw["glossary"]).is_file():
        raise fail("glossary", f"there is no glossary {raw['glossary']!r}")
    for key in ("source_lang", "target_lang"):
        if key in raw:
            try:
                langs.normalize(raw[key])
            except UsageError as error:
                raise fail(key, str(error)) from error
    pair = (langs.primary(raw.get("source_lang", "en")), langs.primary(raw.get("target_lang", "zh")))
    if pair[0] == pair[1]:
        raise fail(
            "target_lang" if "target_lang" in raw else "source_lang", f"both languages are {pair[0]!r}"
        )
    if raw.get("role", "reviewer") not in Settings.ROLES:
        raise fail("role", f"role must be one of {', '.join(Settings.ROLES)}")


def _line_of(text: str, key: str) -> int | None:
    pattern = re.compile(rf'^\s*(?:\[\s*)?"?{re.escape(key)}"?\s*[=\].]')
    for number, line in enumerate(text.splitlines(), 1):
        if pattern.match(line):
            return number
    return None


def _store_location(folder: Path, value: str) -> str:
    return value if "://" in value else str(folder / value)


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
