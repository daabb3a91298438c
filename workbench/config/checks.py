"""The table [checks]: which checks run and how severe their findings are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbench.config.file import TomlFile, Types

_CHECKS: Types = {
    "select": str,
    "profile": str,
    "style": str,
    "severity": dict,
    "documents": dict,
}


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


def parse(file: TomlFile) -> CheckSettings:
    """The table [checks], or the selection that stands in its place. Raises ConfigError with the line at fault."""
    raw = file.tables.get("checks", "")
    if isinstance(raw, dict):
        file.check(raw, _CHECKS, "checks")
        own = {key: value for key, value in _CHECKS.items() if key != "documents"}
        tables = [raw]
        for name, table in raw.get("documents", {}).items():
            if not isinstance(table, dict):
                raise file.error(f"checks.documents.{name} must be a table", name)
            file.check(table, own, "checks", "documents", name)
            tables.append(table)
        for table in tables:
            for check, severity in table.get("severity", {}).items():
                if not isinstance(severity, str):
                    raise file.error(f"the severity of {check} must be text in quotes", check)
    return _value(raw)


def _value(raw: str | dict[str, Any]) -> CheckSettings:
    if isinstance(raw, str):
        return CheckSettings(select=raw)
    return CheckSettings(
        select=raw.get("select", ""),
        profile=raw.get("profile", ""),
        style=raw.get("style", ""),
        severity=tuple(raw.get("severity", {}).items()),
        documents=tuple((name, _value(one)) for name, one in raw.get("documents", {}).items()),
    )
