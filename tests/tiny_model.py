"""The tiny model of the tests: its file, an engine over it, packages made of it, and its held-out sentences."""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.engines import EngineOptions, argos

if TYPE_CHECKING:
    from collections.abc import Mapping

MODELS = Path(__file__).parent / "models"
MODEL = MODELS / "translate-en_zh-tiny.argosmodel"
ROOT = "translate-en_zh-tiny"

sys.path.append(str(MODELS))


def tiny_engine(**values: str | int | float | bool) -> argos.Argos:
    """The engine argos over the tiny model."""
    return argos.Argos("en", "zh", EngineOptions({"model": str(MODEL), "threads": 1, **values}))


def members() -> dict[str, bytes]:
    """The files of the tiny package by their names in the archive."""
    with zipfile.ZipFile(MODEL) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def package(path: Path, changes: Mapping[str, bytes | None] | None = None, **metadata: str) -> Path:
    """Write the tiny package with other files (None = without) and other metadata."""
    files: dict[str, bytes | None] = {**members(), **(changes or {})}
    if metadata:
        said = json.loads(files[f"{ROOT}/metadata.json"] or b"{}")
        files[f"{ROOT}/metadata.json"] = json.dumps(said | metadata).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            if data is not None:
                archive.writestr(name, data)
    return path
