"""Codes, tags, placeholders and addresses of a source on their way through an engine that knows nothing of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.checks.texts import view

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workbench.checks.texts import Part

KEPT = ("url", "tag", "entity", "placeholder", "handle", "code", "path")
"""The kinds of parts that stand in a draft as they stand in the source."""

_MARK = re.compile(r"(?P<before>\s*)[ZＺ] ?[QＱ] ?(?P<number>[0-9０-９]+)(?P<behind>\s*)", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_TAG_NAME = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][\w:.-]*)")
_SPACE = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class Guarded:
    """A source as it is given to an engine: `marked` has a mark for each of `parts`.

    `head` and `tail` are tags around the whole, which the engine does not see. `between` are the texts around the
    parts, one more than there are parts, for an engine that loses the marks.
    """

    head: str
    marked: str
    tail: str
    parts: tuple[str, ...]
    between: tuple[str, ...]

    @property
    def is_silent(self) -> bool:
        """Whether there is no word in it that could be translated."""
        return not any(_LETTER.search(text) for text in self.between)

    def restored(self, text: str) -> str | None:
        """What the engine made of `marked` with the parts in their places.

        None where a mark is lost, stands twice or, for a tag, in another order.
        """
        numbers = [int(match["number"]) for match in _MARK.finditer(text)]
        if sorted(numbers) != list(range(1, len(self.parts) + 1)):
            return None
        tags = [number for number in numbers if self.parts[number - 1].startswith("<")]
        if tags != sorted(tags):
            return None
        return self.wrapped(_MARK.sub(self._put_back, text))

    def _put_back(self, match: re.Match[str]) -> str:
        """A part with the space that the engine left around its mark; a tag has none of its own."""
        part = self.parts[int(match["number"]) - 1]
        return part if part.startswith("<") else match["before"] + part + match["behind"]

    def joined(self, texts: Sequence[str]) -> str:
        """The parts in their order with what the engine made of the texts between them."""
        pieces = [_spaced_as(self.between[0], texts[0])]
        for part, original, text in zip(self.parts, self.between[1:], texts[1:], strict=True):
            pieces += [part, _spaced_as(original, text)]
        return self.wrapped("".join(pieces))

    def wrapped(self, text: str) -> str:
        """The text with what was kept from the engine before and behind it."""
        return self.head + text.strip() + self.tail


def guarded(source: str) -> Guarded:
    """The source with its parts put aside: tags around the whole are cut off, the others marked ZQ1, ZQ2."""
    found = [part for part in view(source).parts if part.kind in KEPT]
    start, end = 0, len(source)
    while found and _encloses(found, source, start, end):
        start, end = found[0].span.end, found[-1].span.start
        found = found[1:-1]
    while found and found[0].text.endswith("/>") and found[0].span.start == _over_space(source, start):
        start = found.pop(0).span.end
    while found and found[-1].text.endswith("/>") and not source[found[-1].span.end : end].strip():
        end = found.pop().span.start
    start = _over_space(source, start)
    end = max(start, len(source[:end].rstrip()))
    between, marked, last = [], [], start
    for number, part in enumerate(found, 1):
        text = source[last : part.span.start]
        between.append(text)
        marked += [text, " " * (text[-1:].strip() != ""), f"ZQ{number}"]
        marked.append(" " * (source[part.span.end : part.span.end + 1].strip() != ""))
        last = part.span.end
    between.append(source[last:end])
    marked.append(source[last:end])
    parts = tuple(part.text for part in found)
    return Guarded(source[:start], "".join(marked), source[end:], parts, tuple(between))


def parts_of(text: str) -> list[str]:
    """The parts of a text that must be the same in source and draft, sorted."""
    return sorted(part.text for part in view(text).parts if part.kind in KEPT)


def lost_parts(source: str, draft: str) -> list[str]:
    """The parts of the source that the draft has not, each as often as it is missing."""
    return list(_missing(parts_of(source), parts_of(draft)))


def _missing(wanted: Sequence[str], found: list[str]) -> Iterator[str]:
    for part in wanted:
        if part in found:
            found.remove(part)
        else:
            yield part


def _over_space(text: str, start: int) -> int:
    match = _SPACE.match(text, start)
    return match.end() if match else start


def _encloses(found: Sequence[Part], source: str, start: int, end: int) -> bool:
    """Whether the first and the last part are a tag and its end, with nothing before and behind them."""
    first, last = found[0], found[-1]
    opening, closing = _TAG_NAME.match(first.text), _TAG_NAME.match(last.text)
    return (
        opening is not None
        and closing is not None
        and not opening["end"]
        and bool(closing["end"])
        and opening["name"] == closing["name"]
        and first.span.start == _over_space(source, start)
        and not source[last.span.end : end].strip()
    )


def _spaced_as(original: str, text: str) -> str:
    """What was made of a piece, with the space that the piece had beside the parts where letters would touch them."""
    made = text.strip()
    if not made or not original.strip():
        return original
    before = original[: len(original) - len(original.lstrip())] if made[0].isascii() else ""
    behind = original[len(original.rstrip()) :] if made[-1].isascii() else ""
    return before + made + behind
