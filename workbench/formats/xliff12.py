"""XLIFF 1.2, which most translation tools speak; it shares its extensions and its reader with `xliff`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.formats import xliff12_writer, xliff_patch, xliff_reader
from workbench.formats.base import Format, WriteOptions
from workbench.formats.xliff import KEEPS, is_old, root_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbench.model import Content


def detect(head: bytes) -> bool:
    """Whether an <xliff> element of version 1.x begins near the start."""
    return is_old(root_of(head))


def write(content: Content, _options: WriteOptions) -> Iterator[bytes]:
    """XLIFF 1.2; content that was read from an XLIFF 1.x goes back into that very file."""
    skeleton = content.document.skeleton
    if skeleton and is_old(root_of(skeleton)):
        patched = xliff_patch.patch(skeleton, content)
        if patched is not None:
            yield patched
            return
    yield from xliff12_writer.write(content)


FORMAT = Format(
    name="xliff12",
    title="XLIFF 1.2, for older translation tools",
    extensions=(),
    read=xliff_reader.read,
    write=write,
    detect=detect,
    keeps=KEEPS,
    stream=xliff_reader.stream,
)
