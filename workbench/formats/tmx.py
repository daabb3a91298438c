"""TMX 1.4b, the exchange format of translation memories."""

from __future__ import annotations

import re

from workbench.formats import tmx_reader, tmx_writer
from workbench.formats.base import Format

_ROOT = re.compile(rb"<(?:\w+:)?tmx[\s>]")


def detect(head: bytes) -> bool:
    """Whether a <tmx> element begins near the start, in UTF-8 or UTF-16."""
    return _ROOT.search(head[:8192].replace(b"\x00", b"")) is not None


FORMAT = Format(
    name="tmx",
    title="TMX 1.4b, for translation memories",
    extensions=(".tmx",),
    read=tmx_reader.read,
    write=tmx_writer.write,
    detect=detect,
    keeps=frozenset(
        (
            "id",
            "source",
            "target",
            "state",
            "bead_score",
            "origin",
            "notes",
            "changed_at",
            "changed_by",
            "extra",
        )
    ),
    stream=tmx_reader.stream,
)
