"""What is scored: one side of a file as lines, read from plain text, gzip, a table, JSONL or TMX, in flat memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from workbench import formats
from workbench.errors import EncodingError, InputError, UsageError
from workbench.formats.base import load_value
from workbench.formats.files import gunzip, load, zipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from workbench.formats import Format

LARGE = 32 << 20
"""Bytes from which a file of plain text is read line by line, as UTF-8 only."""


@dataclass(frozen=True, slots=True)
class Side:
    """One system's hypotheses, or one set of references: iterate it, as often as needed, for its lines.

    `ids` name the lines where the file does, else it is empty; `labels` hold what else the file says of each line.
    """

    name: str
    path: str = ""
    lang: str = ""
    ids: tuple[str, ...] = ()
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    texts: Sequence[str] | None = None

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts) if self.texts is not None else _stream(Path(self.path))


def read_side(
    path: str, *, data: bytes | None = None, name: str = "", say: Callable[[str], None] = lambda _: None
) -> Side:
    """The target texts of a bilingual file (TMX, XLIFF, CSV, TSV, JSONL), or the lines of any other, gzipped or not.

    `data` is given for stdin. In a file of lines only a newline ends a line, and a last empty one is none. `say` is
    told of an encoding that is not UTF-8. Raises InputError with the line at fault.
    """
    kind = _bilingual(path)
    name = name or path
    if kind is None and data is None and _size(path) > LARGE:
        return Side(name, path)
    raw = load(Path(path)) if data is None else data
    if kind is None:
        return Side(name, path, texts=_lines(gunzip(raw, name=path), path, say))
    options = formats.ReadOptions(line_ids=True, warn=lambda line: say(f"warning: {line}"))
    content = formats.read_bytes(raw, name=path, format=kind.name, options=options)
    if content.blocks and not content.units:
        raise UsageError(f"{path} has one language only")
    units = content.units
    ids = tuple(unit.id for unit in units)
    return Side(
        name,
        path,
        content.document.target_lang,
        ids,
        _labels([dict(unit.extra) for unit in units]),
        [unit.target for unit in units],
    )


def same_lines(sides: Sequence[Side]) -> None:
    """Raise UsageError where two sides name their lines and the names differ."""
    named = [side for side in sides if side.ids]
    for other in named[1:]:
        first = named[0]
        for number, (mine, theirs) in enumerate(zip(first.ids, other.ids, strict=False), 1):
            if mine != theirs:
                raise UsageError(
                    f"{first.path} and {other.path} hold other units or another order: "
                    f"unit {number} is {mine!r} in one, {theirs!r} in the other"
                )


def untranslated(systems: Sequence[Side], source: Side) -> Iterator[str]:
    """A warning for each system that holds lines of the source. Raises UsageError where the lengths differ."""
    lines = list(source)
    for side in systems:
        own = list(side)
        if len(own) != len(lines):
            raise UsageError(f"{side.path} has {len(own)} segments, {source.path} has {len(lines)}")
        same = sum(
            1 for one, other in zip(own, lines, strict=True) if one.strip() and one.strip() == other.strip()
        )
        if same:
            yield f"warning: {side.path}: {same} of {len(lines)} lines are the source's, untranslated"


def read_labels(path: str) -> dict[str, tuple[str, ...]]:
    """The document of each line, or domain and document with a tab between, one line a segment, as WMT has them.

    Raises InputError.
    """
    lines = _lines(load(Path(path)), path, lambda _: None)
    parts = [line.split("\t") for line in lines]
    width = len(parts[0]) if parts else 0
    if width not in (1, 2):
        raise InputError("write a document a line, or a domain, a tab and a document", file=path, line=1)
    for number, part in enumerate(parts, 1):
        if len(part) != width:
            raise InputError(f"{len(part)} columns, {width} before", file=path, line=number)
    if width == 1:
        return {"document": tuple(part[0] for part in parts)}
    return {"domain": tuple(part[0] for part in parts), "document": tuple(part[1] for part in parts)}


def _bilingual(path: str) -> Format | None:
    if path == "-":
        return None
    found = formats.by_extension(path)
    return None if found is None or found.name == "text" else found


def _labels(extras: Sequence[Mapping[str, str]]) -> dict[str, tuple[str, ...]]:
    """Documents and domains of the units of a JSONL file that names them."""
    found = {}
    for key in ("document", "domain"):
        values = tuple(str(load_value(extra[key])) if key in extra else "" for extra in extras)
        if any(values):
            found[key] = values
    return found


def _size(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0  # reading it says what is wrong


def _lines(data: bytes, path: str, say: Callable[[str], None]) -> list[str]:
    if not data:
        raise InputError("empty file: there is no text in it", file=path)
    text, encoding = formats.decode(data, name=path)
    if encoding.lower().replace("_", "-") not in ("utf-8", "utf-8-sig", "ascii"):
        say(f"{path}: read as {encoding}")
    if not text.strip():
        raise InputError("empty file: there is no text in it", file=path)
    lines = [line.removesuffix("\r") for line in text.removeprefix("\ufeff").split("\n")]
    if "\r" in text:
        for number, line in enumerate(lines, 1):
            _refuse_return(line, path, number)
    return lines[:-1] if not lines[-1] else lines


def _stream(path: Path) -> Iterator[str]:
    """The lines of a large UTF-8 file. Raises InputError."""
    stream = zipped(path)
    rest = b""
    number = 0
    try:
        while True:
            piece = stream.read(1 << 20)
            whole, newline, left = (rest + piece).rpartition(b"\n") if piece else (rest, b"", b"")
            try:
                text = whole.decode("utf-8")
            except UnicodeDecodeError as error:
                line = number + whole.count(b"\n", 0, error.start) + 1
                raise EncodingError(
                    "not UTF-8, which a file of this size must be", file=str(path), line=line
                ) from None
            if not number:
                text = text.removeprefix("\ufeff")
            if newline or (whole and not piece):
                for line_text in text.split("\n"):
                    number += 1
                    ended = line_text.removesuffix("\r")
                    if "\r" in ended:
                        _refuse_return(ended, str(path), number)
                    yield ended
            if not piece:
                return
            rest = left if newline else rest + piece
    finally:
        stream.close()


def _refuse_return(line: str, path: str, number: int) -> None:
    if "\r" in line:
        raise InputError("a lone carriage return: end each line with a newline", file=path, line=number)
