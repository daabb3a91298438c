"""Project settings: what workbench.toml may say, its defaults, and errors that name the line."""

from __future__ import annotations

import difflib
import getpass
import json
import math
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from workbench import langs
from workbench.errors import ConfigError, UsageError

FILE_NAME = "workbench.toml"


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """What the project says of its checks: `select` such as "+spacing,-width", house style, severities by check id.

    `documents` are the settings of documents whose names match a glob, in the order of the file; they come on top.
    Ids, profiles and severities are validated where checks are known.
    """

    select: str = ""
    profile: str = ""
    style: str = ""
    severity: tuple[tuple[str, str], ...] = ()
    documents: tuple[tuple[str, CheckSettings], ...] = ()


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """A place by two regular expressions, as [segmentation] gives it, and where it stands in the file."""

    before: str
    after: str
    file: str = field(default="", compare=False)
    line: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class LanguageSegmentation:
    """What [segmentation.LANG] says; `lang` is a primary subtag, or "*" for all languages."""

    lang: str
    abbreviations: tuple[str, ...] = ()
    breaks: tuple[RuleSetting, ...] = ()
    no_breaks: tuple[RuleSetting, ...] = ()


@dataclass(frozen=True, slots=True)
class SegmentationSettings:
    """What [segmentation] says; the expressions are looked at where rules are known."""

    srx: Path | None = None
    languages: tuple[LanguageSegmentation, ...] = ()


@dataclass(frozen=True, slots=True)
class MqmSettings:
    """What [mqm] says; `severity` and `category` are weights, `points` penalties by category and severity.

    `per` is characters, words or "" for what the target language calls for. Names are validated where they are known.
    """

    preset: str = "core"
    per: str = ""
    reference: int = 1000
    threshold: float | None = None
    severity: tuple[tuple[str, float], ...] = ()
    category: tuple[tuple[str, float], ...] = ()
    points: tuple[tuple[str, str, float], ...] = ()


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
    checks: CheckSettings = CheckSettings()
    theme: str = ""
    segmentation: SegmentationSettings = SegmentationSettings()
    idle_seconds: float = 300.0
    mqm: MqmSettings = MqmSettings()

    ROLES: ClassVar[tuple[str, ...]] = ("reviewer", "translator")


_TYPES: dict[str, type | tuple[type, ...]] = {
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
    "segmentation": dict,
    "idle_seconds": (int, float),
    "mqm": dict,
}

_MQM: dict[str, type | tuple[type, ...]] = {
    "preset": str,
    "per": str,
    "reference": int,
    "threshold": (int, float),
    "severity": dict,
    "category": dict,
}

_CHECKS: dict[str, type | tuple[type, ...]] = {
    "select": str,
    "profile": str,
    "style": str,
    "severity": dict,
    "documents": dict,
}

_TYPE_WORDS: dict[type | tuple[type, ...], str] = {
    str: "text in quotes",
    bool: "true or false",
    dict: "a table",
    (str, dict): "text in quotes or a table",
    int: "a whole number",
    (int, float): "a number",
}


def load(folder: Path, *, author: str | None = None) -> Settings:
    """The settings of the project in `folder`, defaults where it has no workbench.toml.

    `author` overrides the file's; without either the login name is taken. Raises ConfigError with the line at fault.
    """
    folder = folder.resolve()
    path = folder / FILE_NAME
    raw, text = _read(path) if path.is_file() else ({}, "")
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
        one_per_line=raw.get("one_per_line", False),
        checks=_checks(raw.get("checks", "")),
        theme=raw.get("theme", ""),
        segmentation=_segmentation(raw.get("segmentation", {}), text, path),
        idle_seconds=float(raw.get("idle_seconds", 300.0)),
        mqm=_mqm(raw.get("mqm", {})),
    )


def _read(path: Path) -> tuple[dict[str, Any], str]:
    """A TOML file as tables and as text. Raises ConfigError with the line at fault."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError("not UTF-8 text", file=str(path)) from error
    except OSError as error:
        raise ConfigError(error.strerror or "cannot be read", file=str(path)) from error
    try:
        return tomllib.loads(text), text
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column \d+\)|\(at end of document\)", str(error))
        line = int(found[1]) if found and found[1] else text.count("\n") + 1
        reason = re.sub(r"\s*\(at [^)]*\)\s*$", "", str(error))
        raise ConfigError(f"not valid TOML: {reason}", file=str(path), line=line) from error


def load_segmentation(path: Path) -> SegmentationSettings:
    """The [segmentation] table of a TOML file; what else it says is passed over. Raises ConfigError with the line."""
    raw, text = _read(path)
    table = raw.get("segmentation", {})
    if not isinstance(table, dict):
        raise ConfigError("segmentation must be a table", file=str(path), line=_line_of(text, "segmentation"))
    return _segmentation(table, text, path)


def _segmentation(raw: dict[str, Any], text: str, path: Path) -> SegmentationSettings:
    """The table [segmentation] as a value. Raises ConfigError with the line at fault."""
    document = raw.get("srx")
    if document is not None and (not isinstance(document, str) or not document or "\0" in document):
        raise ConfigError(
            "segmentation.srx must be the name of a file", file=str(path), line=_line_of(text, "srx")
        )
    if document and not (path.parent / document).is_file():
        raise ConfigError(f"there is no SRX file {document!r}", file=str(path), line=_line_of(text, "srx"))
    return SegmentationSettings(
        srx=path.parent / document if document else None,
        languages=tuple(_language_rules(key, raw[key], text, path) for key in raw if key != "srx"),
    )


def _language_rules(lang: str, table: Any, text: str, path: Path) -> LanguageSegmentation:
    def fail(reason: str, *keys: str) -> ConfigError:
        return ConfigError(reason, file=str(path), line=_line_within(text, lang, *keys))

    if lang != "*" and not re.fullmatch("[a-z]{2,3}", lang):
        raise fail(f"segmentation: {lang!r} is not srx, a language such as en or zh, or '*' for all")
    name = f"segmentation.{lang}"
    if not isinstance(table, dict):
        raise fail(f"{name} must be a table")
    known = ("abbreviations", "breaks", "no_breaks")
    for key, value in table.items():
        if key not in known:
            near = difflib.get_close_matches(key, known, 1)
            hint = f", did you mean {near[0]!r}?" if near else f" (there are: {', '.join(known)})"
            raise fail(f"unknown setting {f'{name}.{key}'!r}{hint}", key)
        if not isinstance(value, list):
            raise fail(f"{name}.{key} must be a list", key)
    words = table.get("abbreviations", [])
    for word in words:
        if not isinstance(word, str) or not re.search(r"[^\s.]", word):
            raise fail(f"{name}.abbreviations: {word!r} is no abbreviation", "abbreviations", str(word))

    def rules(key: str) -> tuple[RuleSetting, ...]:
        found = []
        for one in table.get(key, []):
            good = isinstance(one, dict) and one.keys() <= {"before", "after"} and any(one.values())
            if not good or not all(isinstance(value, str) for value in one.values()):
                raise fail(
                    f"{name}.{key}: write {{ before = '…', after = '…' }}, each a regular expression", key
                )
            line = _line_within(text, lang, key, max(one.values(), key=len))
            found.append(RuleSetting(one.get("before", ""), one.get("after", ""), str(path), line))
        return tuple(found)

    return LanguageSegmentation(lang, tuple(words), rules("breaks"), rules("no_breaks"))


def _line_within(text: str, lang: str, *path: str) -> int | None:
    """The line of a key of [segmentation.LANG], or of a text that stands behind it; of the last that can be told."""
    lines = text.splitlines()
    begin = re.compile(rf"""^\s*\[+\s*segmentation\s*\.\s*["']?{re.escape(lang)}["']?\s*[\].]""")
    at = next((number for number, line in enumerate(lines) if begin.match(line)), None)
    if at is None:
        return _line_of(text, "segmentation")
    for depth, step in enumerate(path):
        wanted = re.compile(rf"^\s*(?:\[.*\.)?\s*{re.escape(step)}\s*[=\]]") if not depth else None
        spelled = (step, json.dumps(step, ensure_ascii=False)[1:-1])
        for number in range(at, len(lines)):
            if wanted.match(lines[number]) if wanted else any(one in lines[number] for one in spelled):
                at = number
                break
        else:
            break
    return at + 1


def _checks(raw: str | dict[str, Any]) -> CheckSettings:
    """The settings of the checks: a selection alone, or a table whose shape was checked."""
    if isinstance(raw, str):
        return CheckSettings(select=raw)
    return CheckSettings(
        select=raw.get("select", ""),
        profile=raw.get("profile", ""),
        style=raw.get("style", ""),
        severity=tuple(raw.get("severity", {}).items()),
        documents=tuple((name, _checks(one)) for name, one in raw.get("documents", {}).items()),
    )


def _mqm(raw: dict[str, Any]) -> MqmSettings:
    """The table [mqm], whose shape was checked."""
    categories = raw.get("category", {})
    return MqmSettings(
        preset=raw.get("preset", "core"),
        per=raw.get("per", ""),
        reference=raw.get("reference", 1000),
        threshold=raw.get("threshold"),
        severity=tuple((name, float(value)) for name, value in raw.get("severity", {}).items()),
        category=tuple((name, float(one)) for name, one in categories.items() if not isinstance(one, dict)),
        points=tuple(
            (name, severity, float(value))
            for name, one in categories.items()
            if isinstance(one, dict)
            for severity, value in one.items()
        ),
    )


def setting_error(folder: Path, reason: str, *keys: str) -> ConfigError:
    """An error of the project's workbench.toml that names the line of the first of the keys that is there."""
    path = folder / FILE_NAME
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        text = ""
    return ConfigError(reason, file=str(path), line=_line_of(text, *keys))


def _check_shape(raw: dict[str, Any], text: str, path: Path) -> None:
    def fail(key: str, reason: str) -> ConfigError:
        return ConfigError(reason, file=str(path), line=_line_of(text, key))

    def check_table(raw: dict[str, Any], types: dict[str, type | tuple[type, ...]], within: str = "") -> None:
        for key, value in raw.items():
            wanted = types.get(key)
            if wanted is None:
                near = difflib.get_close_matches(key, types, 1)
                hint = f", did you mean {near[0]!r}?" if near else f" (there are: {', '.join(types)})"
                raise fail(key, f"unknown setting {(within + key)!r}{hint}")
            if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
                raise fail(key, f"{within}{key} must be {_TYPE_WORDS[wanted]}")

    check_table(raw, _TYPES)
    if isinstance(raw.get("checks"), dict):
        check_table(raw["checks"], _CHECKS, "checks.")
        own = {key: value for key, value in _CHECKS.items() if key != "documents"}
        tables = [raw["checks"]]
        for name, table in raw["checks"].get("documents", {}).items():
            if not isinstance(table, dict):
                raise fail(name, f"checks.documents.{name} must be a table")
            check_table(table, own, f"checks.documents.{name}.")
            tables.append(table)
        for table in tables:
            for check, severity in table.get("severity", {}).items():
                if not isinstance(severity, str):
                    raise fail(check, f"the severity of {check} must be text in quotes")
    table = raw.get("mqm", {})
    check_table(table, _MQM, "mqm.")
    for key, least in (
        ("idle_seconds", raw.get("idle_seconds", 1)),
        ("reference", table.get("reference", 1)),
    ):
        if not least > 0:
            raise fail(key, f"{key} must be more than 0")
    weights = dict(table.get("severity", {}))
    for name, value in table.get("category", {}).items():
        finer = value.items() if isinstance(value, dict) else ()
        weights |= {f"{name}.{one}": each for one, each in finer} or {name: value}
    for name, value in weights.items():
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < math.inf:
            raise fail(name.rpartition(".")[2], f"mqm: the weight of {name} must be a number, 0 or more")
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


def _line_of(text: str, *keys: str) -> int | None:
    """The line that sets the first of the keys that one does; else the one of the table of that name."""
    for key in keys:
        name = f'"?{re.escape(key)}"?'
        for pattern in (
            rf"\s*{name}\s*[=.]",
            rf"\s*\[+(?:[^\]=]*\.)?\s*{name}\s*[\].]",
            rf".*[{{,]\s*{name}\s*=",
        ):
            for number, line in enumerate(text.splitlines(), 1):
                if re.match(pattern, line):
                    return number
    return None


def _store_location(folder: Path, value: str) -> str:
    return value if "://" in value else str(folder / value)


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
