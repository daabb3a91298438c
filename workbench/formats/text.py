"""Plain text, one language a file: a block for each paragraph, and back."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import TYPE_CHECKING

from workbench.errors import FormatError
from workbench.formats.base import Format, ReadOptions, WriteOptions
from workbench.formats.encoding import decode, line_at
from workbench.model import Block, Content, Document
from workbench.segmenter import paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIDES = ("source", "target")


def read(data: bytes, name: str, options: ReadOptions) -> Content:
    """The paragraphs as blocks, the white space around them as skeleton, so that writing gives the text again."""
    text, encoding = decode(data, name=name, encoding=options.encoding)
    if encoding != "utf-8":
        options.warn(f"{name}: read as {encoding}")
    spans = paragraphs(text, wrapped=options.wrapped)
    if not spans:
        raise FormatError("empty file: there is no text in it", file=name)
    blocks: list[Block] = []
    gaps: list[str] = []
    at, line = 0, 1
    for span in spans:
        gaps.append(text[at : span.start])
        line += line_at(text[at : span.start], len(text)) - 1
        blocks.append(Block(span.of(text), location=f"line {line}"))
        line += line_at(span.of(text), len(text)) - 1
        at = span.end
    gaps.append(text[at:])
    document = Document(
        PurePath(name).stem,
        FORMAT.name,
        options.source_lang or "en",
        options.target_lang or "zh",
        json.dumps(gaps, ensure_ascii=False).encode("utf-8", "surrogatepass"),
    )
    return Content(document, blocks=tuple(blocks))


def write(content: Content, options: WriteOptions) -> Iterator[bytes]:
    """The blocks with the white space they were read with, or the units' targets (or sources), a paragraph each."""
    if options.side not in _SIDES:
        raise ValueError(f"side is one of {_SIDES}, not {options.side!r}")
    if content.blocks:
        pieces = [block.text for block in content.blocks]
    else:
        pieces = [unit.source if options.side == "source" else unit.target for unit in content.units]
        pieces = [piece for piece in pieces if piece.strip()]
    gaps = _gaps(content.document.skeleton, len(pieces)) if content.blocks else None
    if gaps is None:
        gaps = ["", *["\n\n"] * (len(pieces) - 1), "\n"] if pieces else []
    for gap, piece in zip(gaps, [*pieces, ""], strict=False):
        yield (gap + piece).replace("\x00", "").encode("utf-8", "replace")


def _gaps(skeleton: bytes, count: int) -> list[str] | None:
    """The white space before, between and after `count` blocks, None where the skeleton is not of them."""
    try:
        gaps = json.loads(skeleton or b"null")
    except ValueError:
        return None
    if isinstance(gaps, list) and len(gaps) == count + 1 and all(isinstance(gap, str) for gap in gaps):
        return gaps
    return None


def detect(_head: bytes) -> bool:
    """Whatever is in no other format is taken for text; `read` refuses what is none."""
    return True


FORMAT = Format(
    name="text",
    title="Plain text, one language",
    extensions=(".txt",),
    read=read,
    write=write,
    detect=detect,
    bilingual=False,
)
