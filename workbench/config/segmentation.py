"""The table [segmentation]: where sentences end, in the words of the project."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from workbench.config.file import TomlFile, unknown

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.errors import ConfigError

_KNOWN = ("abbreviations", "breaks", "no_breaks")


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


def load_segmentation(path: Path) -> SegmentationSettings:
    """The [segmentation] table of a TOML file; what else it says is passed over. Raises ConfigError with the line."""
    return parse(TomlFile.read(path))


def parse(file: TomlFile) -> SegmentationSettings:
    """The table [segmentation] as a value. Raises ConfigError with the line at fault."""
    raw = file.tables.get("segmentation", {})
    if not isinstance(raw, dict):
        raise file.error("segmentation must be a table", "segmentation")
    document = raw.get("srx")
    if document is not None and (not isinstance(document, str) or not document or "\0" in document):
        raise file.error("segmentation.srx must be the name of a file", "srx")
    if document and not (file.path.parent / document).is_file():
        raise file.error(f"there is no SRX file {document!r}", "srx")
    return SegmentationSettings(
        srx=file.path.parent / document if document else None,
        languages=tuple(_language_rules(file, key, raw[key]) for key in raw if key != "srx"),
    )


def _language_rules(file: TomlFile, lang: str, table: Any) -> LanguageSegmentation:
    def fail(reason: str, *keys: str) -> ConfigError:
        return file.error_within(reason, ("segmentation", lang), *keys)

    if lang != "*" and not re.fullmatch("[a-z]{2,3}", lang):
        raise fail(f"segmentation: {lang!r} is not srx, a language such as en or zh, or '*' for all")
    name = f"segmentation.{lang}"
    if not isinstance(table, dict):
        raise fail(f"{name} must be a table")
    for key, value in table.items():
        if key not in _KNOWN:
            raise fail(unknown(f"{name}.{key}", key, _KNOWN), key)
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
            line = file.line_within(("segmentation", lang), key, max(one.values(), key=len))
            found.append(RuleSetting(one.get("before", ""), one.get("after", ""), str(file.path), line))
        return tuple(found)

    return LanguageSegmentation(lang, tuple(words), rules("breaks"), rules("no_breaks"))
