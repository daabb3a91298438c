"""XLIFF: read in versions 1.0 to 1.2 and 2.0 to 2.2, written as 2.1."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.formats import xliff_patch, xliff_reader, xliff_writer
from workbench.formats.base import Format, WriteOptions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbench.model import Content

_ROOT = re.compile(rb"<(?:\w+:)?xliff[\s>][^>]*")
_OLD = re.compile(rb"\sversion\s*=\s*[\"']1\.")

KEEPS = frozenset(
    (
        *(
            "id",
            "source",
            "target",
            "state",
            "bead_score",
            "source_segments",
            "draft_segments",
            "origin",
            "notes",
        ),
        *("version", "changed_at", "changed_by", "extra"),
    )
)


def root_of(head: bytes) -> bytes:
    """The start tag of an <xliff> element near the start, in UTF-8 or UTF-16; empty where there is none."""
    found = _ROOT.search(head[:16384].replace(b"\x00", b""))
    return found.group() if found else b""


def is_old(root: bytes) -> bool:
    """Whether the start tag is of XLIFF 1."""
    return _OLD.search(root) is not None


def detect(head: bytes) -> bool:
    """Whether an <xliff> element of another version than 1.x begins near the start."""
    root = root_of(head)
    return bool(root) and not is_old(root)


def write(content: Content, _options: WriteOptions) -> Iterator[bytes]:
    """XLIFF 2.1; but content that was read from an XLIFF goes back into that very file, whatever its version."""
    skeleton = content.document.skeleton
    if skeleton and root_of(skeleton):
        patched = xliff_patch.patch(skeleton, content)
        if patched is not None:
            yield patched
            return
    yield from xliff_writer.write(content)


FORMAT = Format(
    name="xliff",
    title="XLIFF 2.1, for exchange with translation tools",
    extensions=(".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff"),
    read=xliff_reader.read,
    write=write,
    detect=detect,
    keeps=KEEPS,
    stream=xliff_reader.stream,
)
