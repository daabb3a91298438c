"""Text that is not in the store yet, half-typed or refused: a file beside the store, offered at the next start."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ".workbench"


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What somebody had typed into a unit, with the source that it belongs to."""

    document: str
    unit: str
    author: str
    source: str
    text: str


def write(project: Path, unsaved: Unsaved) -> Path | None:
    """Keep the text in a file, whose path it gives; None where the disk would not have it either."""
    path = _path(project, unsaved.document, unsaved.unit)
    # A lone surrogate becomes an escape that JSON reads back.
    data = json.dumps(asdict(unsaved), ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")
    try:
        path.parent.mkdir(exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(data + b"\n")
        part.replace(path)
    except OSError:
        return None
    return path


def read(project: Path, document: str, author: str) -> list[Unsaved]:
    """What the author had typed in the document and was kept."""
    found = []
    for path in sorted((project / FOLDER).glob("unsaved-*.txt")):
        try:
            unsaved = Unsaved(**json.loads(path.read_bytes()))
        except (OSError, ValueError, TypeError):
            continue
        if (unsaved.document, unsaved.author) == (document, author):
            found.append(unsaved)
    return found


def drop(project: Path, document: str, unit: str) -> None:
    """The text of the unit is stored now: its file goes."""
    try:
        _path(project, document, unit).unlink(missing_ok=True)
    except OSError:
        return


def _path(project: Path, document: str, unit: str) -> Path:
    name = re.sub(r"[^0-9A-Za-z.-]+", "-", unit)[:40].strip("-.")
    mark = hashlib.sha256(f"{document}\n{unit}".encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return project / FOLDER / f"unsaved-{name}-{mark}.txt"
