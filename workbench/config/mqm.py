"""The table [mqm]: what errors cost."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbench.config.file import TomlFile, Types

_MQM: Types = {
    "preset": str,
    "per": str,
    "reference": int,
    "threshold": (int, float),
    "severity": dict,
    "category": dict,
}


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


def parse(file: TomlFile) -> MqmSettings:
    """The table [mqm] as a value. Raises ConfigError with the line at fault."""
    raw = file.tables.get("mqm", {})
    file.check(raw, _MQM, "mqm")
    if not raw.get("reference", 1) > 0:
        raise file.error("reference must be more than 0", "reference")
    weights = dict(raw.get("severity", {}))
    for name, value in raw.get("category", {}).items():
        finer = value.items() if isinstance(value, dict) else ()
        weights |= {f"{name}.{one}": each for one, each in finer} or {name: value}
    for name, value in weights.items():
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < math.inf:
            raise file.error(
                f"mqm: the weight of {name} must be a number, 0 or more", name.rpartition(".")[2]
            )
    return _value(raw)


def _value(raw: dict[str, Any]) -> MqmSettings:
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
