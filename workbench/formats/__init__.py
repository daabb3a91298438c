"""The file formats: one literal tuple, and reading and writing by name, extension or content."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import FormatError, NotFoundError, UsageError
from workbench.formats import csv, jsonl, text, tmx, tsv, xliff, xliff12
from workbench.formats.base import Format, ReadOptions, WriteOptions
from workbench.formats.encoding import decode
from workbench.formats.files import gunzip, load, save, zipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbench.model import Content, Document, TranslationUnit

__all__ = [
    "FORMATS",
    "Format",
    "ReadOptions",
    "WriteOptions",
    "by_extension",
    "decode",
    "find",
    "read",
    "read_bytes",
    "stream",
    "write",
    "write_bytes",
]

FORMATS: tuple[Format, ...] = (
    tmx.FORMAT,
    csv.FORMAT,
    tsv.FORMAT,
    jsonl.FORMAT,
    xliff.FORMAT,
    xliff12.FORMAT,
    text.FORMAT,
)

_READ = ReadOptions()
_WRITE = WriteOptions()


def find(name: str) -> Format:
    """The format of that name. Raises NotFoundError."""
    for one in FORMATS:
        if one.name == name.lower():
            return one
    raise NotFoundError("format", name, known=tuple(one.name for one in FORMATS))


def by_extension(name: str) -> Format | None:
    """The format that a file's name calls for, None where it calls for none that is known; `.gz` is looked through."""
    lower = name.lower().removesuffix(".gz")
    return next((one for one in FORMATS if lower.endswith(one.extensions)), None)


def read(path: str | Path, *, format: str | None = None, options: ReadOptions = _READ) -> Content:
    """The content of a file. Raises InputError and its leaves for a file that cannot be used."""
    return read_bytes(load(Path(path)), name=str(path), format=format, options=options)


def read_bytes(data: bytes, *, name: str, format: str | None = None, options: ReadOptions = _READ) -> Content:
    """The content of bytes; `name` is how errors call them and names the document.

    The format is the named one, else that of the name's extension, else told from the bytes.
    """
    data = gunzip(data, name=name)
    chosen = find(format) if format else by_extension(name) or _detect(data, name)
    return chosen.read(data, name, options)


def stream(
    path: str | Path, *, format: str | None = None, options: ReadOptions = _READ
) -> tuple[Document, Iterator[TranslationUnit]]:
    """The document and its units one by one: of a TMX of any length, only one unit is in memory at a time.

    Errors of the file come while the units are taken. A unit carries its document's name as an extra.
    """
    path = Path(path)
    chosen = find(format) if format else by_extension(str(path))
    if chosen is None or chosen.stream is None:
        content = read(path, format=format, options=options)
        return content.document, iter(content.units)
    return chosen.stream(zipped(path), str(path), options)


def write(
    content: Content, path: str | Path, *, format: str | None = None, options: WriteOptions = _WRITE
) -> None:
    """Write a file whole or not at all. Raises OutputError, and UsageError for what the format cannot hold."""
    path = Path(path)
    chosen = find(format) if format else by_extension(str(path))
    if chosen is None:
        known = ", ".join(extension for one in FORMATS for extension in one.extensions)
        raise UsageError(f"{path}: no format has this extension (there are: {known})")
    save(path, chosen.write(content, options))


def write_bytes(content: Content, *, format: str, options: WriteOptions = _WRITE) -> bytes:
    """The bytes that `write` would put into a file of that format."""
    return b"".join(find(format).write(content, options))


def _detect(data: bytes, name: str) -> Format:
    for one in FORMATS:
        if one.detect(data):
            return one
    raise FormatError("in no format that is known", file=name)
