"""Changing entries of a glossary's text in place: what is not spoken of stays as it stands, comments and order too."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench.errors import GlossaryError
from workbench.langs import primary
from workbench.termbase.glossary import FLAG_KEYS, GlossaryReader, last_line, loads, short_lines
from workbench.termbase.writing import appended, field_texts, reflowed, value_of, written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workbench.model import Concept

_OTHER_BREAKS = re.compile("[\x85\u2028\u2029]")
_SHORT_LINE = re.compile(r"(?P<head>[^#]*?): +(?P<value>.*?)(?P<trail>(?: +#.*)?\r?)\Z")


@dataclass(frozen=True, slots=True)
class _Edit:
    """Put `text` in place of a stretch."""

    start: int
    end: int
    text: str


def edited(
    text: str,
    updated: Mapping[str, Concept],
    added: Sequence[Concept],
    *,
    name: str,
    source_lang: str,
    target_lang: str,
) -> str:
    """The glossary's text with some concepts (by id) as they are now, and others at its end.

    Raises GlossaryError where the text is no glossary.
    """
    old = loads(text, name=name, source_lang=source_lang, target_lang=target_lang).concepts
    wanted = [*(updated.get(concept.id, concept) for concept in old), *added]
    lines = "".join(written(concept, source_lang, target_lang) for concept in added)
    new = _Editor(text, name, source_lang, target_lang).edited(old, updated) if updated else text
    if added:
        new = appended(new, lines)
    try:
        found = loads(new, name=name, source_lang=source_lang, target_lang=target_lang).concepts
    except GlossaryError:
        found = ()
    if list(found) == wanted:
        return new
    changes = "".join(written(concept, source_lang, target_lang) for concept in updated.values())
    new = reflowed(text, changes + lines)
    loads(new, name=name, source_lang=source_lang, target_lang=target_lang)
    return new


class _Editor:
    """Finds where the entries of one text stand, and what has to change there."""

    def __init__(self, text: str, name: str, source_lang: str, target_lang: str) -> None:
        self._text = text
        self._langs = (source_lang, target_lang)
        self._newline = "\r\n" if "\r\n" in text else "\n"
        short, others = short_lines(text)
        self._short = {head: line for head, _, line in short}
        self._nodes: dict[str, Any] = {}
        reader = GlossaryReader(name, source_lang, target_lang)
        if others is not None and not _OTHER_BREAKS.search(text):
            for key, value in reader.pairs(others):
                self._nodes[key.value.strip()] = value
        self._starts = [0]
        for match in re.finditer("\n", text):
            self._starts.append(match.end())

    def edited(self, old: Sequence[Concept], updated: Mapping[str, Concept]) -> str:
        """The text with the entries changed; it may be wrong where YAML is written in an unusual way."""
        edits: list[_Edit] = []
        for concept in old:
            new = updated.get(concept.id)
            if new is not None:
                edits += self._entry(concept, new)
        pieces: list[str] = []
        last = 0
        # Of edits at one place the first given comes first: the sort is stable.
        for edit in sorted(edits, key=lambda one: (one.start, one.end)):
            pieces += [self._text[last : edit.start], edit.text]
            last = edit.end
        return "".join([*pieces, self._text[last:]])

    def _entry(self, old: Concept, new: Concept) -> list[_Edit]:
        fields = field_texts(new, *self._langs)
        if old.id in self._short:
            return self._short_entry(self._short[old.id], fields)
        node = self._nodes.get(old.id)
        if node is None:
            return []
        if node.id != "mapping":
            return self._listed_entry(node, fields, dict(field_texts(old, *self._langs)))
        before = dict(field_texts(old, *self._langs))
        edits: list[_Edit] = []
        absent: list[tuple[str, str]] = []
        found = {key.value.strip(): value for key, value in node.value}
        for label, texts in fields:
            if before.get(label) == texts:
                continue
            if label in found:
                edits.append(self._field(found[label], texts, before.get(label, [])))
            else:
                absent.append((label, _shown(label, texts)))
        if absent:
            edits.append(self._more(node, absent))
        return edits

    def _short_entry(self, line: int, fields: list[tuple[str, list[str]]]) -> list[_Edit]:
        """An entry in one line `term: translation`."""
        start = self._starts[line - 1]
        stop = self._text.find("\n", start)
        stop = len(self._text) if stop < 0 else stop
        match = _SHORT_LINE.match(self._text[start:stop])
        if match is None:
            return []
        return [_Edit(start, stop, self._in_place(match["head"], match["trail"], fields))]

    def _in_place(self, head: str, trail: str, fields: list[tuple[str, list[str]]]) -> str:
        """The text of an entry, its line's comment kept."""
        if [label for label, _ in fields] == [primary(self._langs[1])]:
            return f"{head}: {value_of(fields[0][1])}{trail}"
        lines = [f"  {label}: {_shown(label, texts)}" for label, texts in fields]
        carriage = "\r" if trail.endswith("\r") else ""
        return (
            self._newline.join([f"{head}:{trail.removesuffix(carriage) if carriage else trail}", *lines])
            + carriage
        )

    def _listed_entry(
        self, node: Any, fields: list[tuple[str, list[str]]], before: dict[str, list[str]]
    ) -> list[_Edit]:
        """An entry whose value is a text or a list."""
        label = primary(self._langs[1])
        short = [name for name, _ in fields] == [label]
        if node.id == "sequence" and not node.flow_style:
            now = dict(fields)
            lead = "" if short or node.start_mark.column else " "
            changed = now.get(label) != before[label]
            edits = [self._field(node, now[label], before[label], lead=lead)] if changed else []
            return (
                edits if short else [*edits, *self._wrapped(node, [one for one in fields if one[0] != label])]
            )
        start, end = self._place(node.start_mark), self._place(node.end_mark)
        if short:
            return [_Edit(start, end, value_of(fields[0][1]))]
        line_end = self._text.find("\n", end)
        line_end = len(self._text) if line_end < 0 else line_end
        line_start = self._starts[bisect_right(self._starts, start) - 1]
        head = self._text[line_start:start].rstrip().removesuffix(":")
        return [_Edit(line_start, line_end, self._in_place(head, self._text[end:line_end], fields))]

    def _wrapped(self, node: Any, fields: list[tuple[str, list[str]]]) -> list[_Edit]:
        """A list on lines of its own, which becomes one key among others."""
        first = self._starts[node.start_mark.line]
        indent = " " * max(1, int(node.start_mark.column))
        edits = [_Edit(first, first, f"{indent}{primary(self._langs[1])}:{self._newline}")]
        if not node.start_mark.column:
            edits += [_Edit(at, at, " ") for at in self._starts[node.start_mark.line : last_line(node)]]
        at = self._after(last_line(node))
        lines = "".join(f"{indent}{label}: {_shown(label, texts)}{self._newline}" for label, texts in fields)
        return [*edits, _Edit(at, at, self._led(at) + lines)]

    def _field(self, node: Any, texts: list[str], before: list[str], *, lead: str = "") -> _Edit:
        """A key that is there with other texts."""
        if node.id == "sequence" and not node.flow_style:
            more = [text for text in texts if text not in before]
            at = self._after(last_line(node))
            indent = lead + " " * node.start_mark.column
            lines = "".join(f"{indent}- {value_of([text])}{self._newline}" for text in more)
            return _Edit(at, at, self._led(at) + lines)
        start, end = self._place(node.start_mark), self._place(node.end_mark)
        value = value_of(texts)
        if self._text[end - 1 : end] == "\n":
            value += self._newline
        return _Edit(start, end, value)

    def _more(self, node: Any, fields: list[tuple[str, str]]) -> _Edit:
        """Keys that are not there yet."""
        if node.flow_style:
            at = self._place(node.end_mark) - 1
            return _Edit(at, at, "".join(f", {label}: {value}" for label, value in fields))
        at = self._after(last_line(node))
        indent = " " * node.value[0][0].start_mark.column
        lines = "".join(f"{indent}{label}: {value}{self._newline}" for label, value in fields)
        return _Edit(at, at, self._led(at) + lines)

    def _led(self, at: int) -> str:
        """What has to stand before a line that is put at the end of a text without a last newline."""
        return "" if at == 0 or self._text[at - 1] == "\n" else self._newline

    def _place(self, mark: Any) -> int:
        return (
            self._starts[mark.line] + int(mark.column) if mark.line < len(self._starts) else len(self._text)
        )

    def _after(self, line: int) -> int:
        """Where the line after the given one begins."""
        return self._starts[line] if line < len(self._starts) else len(self._text)


def _shown(label: str, texts: list[str]) -> str:
    return "true" if label in FLAG_KEYS else value_of(texts)
