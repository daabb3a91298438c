"""glossary.yaml: reading it, with the line of every error."""

from __future__ import annotations

import difflib
import io
import re
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from workbench.errors import GlossaryError
from workbench.langs import primary
from workbench.model import Concept, Term, TermStatus
from workbench.termbase.matching import Termbase
from workbench.termbase.settings import INFLECTIONS, SETTINGS_KEY, GlossarySettings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FLAG_KEYS = ("case", "keep", "always", "first_mention")
_FLAGS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
TEXTS = ("domain", "definition", "note")
STATUSES = {"forbidden": TermStatus.FORBIDDEN, "deprecated": TermStatus.DEPRECATED}
_BAD_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# `term: translation`, both plain scalars that no rule of YAML reads in another way; and lines that say nothing.
_SIMPLE_LINE = re.compile(
    r"(?P<head>[A-Za-z](?:[\w '’./&+-]*[\w+])?): +(?P<rendering>[^\W\d_](?:[\w 《》“”·./&+-]*[\w》”+])?)(?: +#.*)?\r?\Z"
)
_NO_ENTRY = re.compile(r" *(?:#.*)?\r?\Z")


def load(path: Path, *, source_lang: str = "en", target_lang: str = "zh") -> Termbase:
    """The termbase of a glossary file. Raises GlossaryError with the line at fault."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise GlossaryError(error.strerror or "cannot be read", file=str(path)) from None
    return loads(decode(data, str(path)), name=str(path), source_lang=source_lang, target_lang=target_lang)


def loads(
    text: str, *, name: str = "glossary.yaml", source_lang: str = "en", target_lang: str = "zh"
) -> Termbase:
    """The termbase of a glossary's text; `name` is what errors call the file. Raises GlossaryError."""
    reader = GlossaryReader(name, source_lang, target_lang)
    concepts = tuple(reader.concepts(text))
    return Termbase(concepts, source_lang=source_lang, target_lang=target_lang, settings=reader.settings)


class GlossaryReader:
    """Reads one glossary text; knows its name and languages."""

    def __init__(self, name: str, source_lang: str, target_lang: str) -> None:
        self.name = name
        self.source_lang, self.target_lang = source_lang, target_lang
        self.languages = {primary(source_lang): source_lang, primary(target_lang): target_lang}
        self.languages |= {source_lang: source_lang, target_lang: target_lang}
        self.keys = (*dict.fromkeys(self.languages), *STATUSES, *FLAG_KEYS, "inflect", *TEXTS)
        self.settings = GlossarySettings()
        self.problems: list[GlossaryError] | None = None
        """Where faults of single entries are collected, None where the first one ends the reading."""

    def error(self, reason: str, line: int | None) -> GlossaryError:
        return GlossaryError(reason, file=self.name, line=line)

    def concepts(self, text: str) -> Iterator[Concept]:
        """Every concept, in the file's order."""
        self._refuse_controls(text)
        simple, others = short_lines(text)
        if others is None:
            if self.problems is None:
                yield from self._simple(simple)
                return
            others = ""
        seen: dict[str, int] = {}
        try:
            pairs = self.pairs(others)
            whole = _overlap(pairs, [line for _, _, line in simple])
        except GlossaryError:
            whole = True
        if whole:
            simple, pairs = [], self.pairs(text)
        entries = [(line, head, rendering) for head, rendering, line in simple]
        entries += [(_line(key), self._text(key, "a term"), value) for key, value in pairs]
        entries.sort(key=lambda entry: entry[0])
        for line, head, value in entries:
            try:
                concept = self._entry(head, value, line, seen)
            except GlossaryError as error:
                if self.problems is None:
                    raise
                self.problems.append(error)
            else:
                if concept is not None:
                    yield concept

    def _entry(self, head: str, value: Any, line: int, seen: dict[str, int]) -> Concept | None:
        """The concept of an entry, None for the settings."""
        if head in seen:
            raise self.error(f"{head!r} is there twice (first in line {seen[head]})", line)
        seen[head] = line
        if isinstance(value, str):
            return self._short(head, value, line)
        if head == SETTINGS_KEY:
            self.settings = self._settings(value)
            return None
        if _is_empty(value):
            raise self.error(f"the translation of {head!r} is empty", line)
        return self._concept(head, value, line)

    def pairs(self, text: str) -> list[tuple[Any, Any]]:
        """The keys and values of the whole text as YAML nodes. Raises GlossaryError."""
        root = self._composed(text)
        if root is None or _is_empty(root):
            return []
        if not _is(root, "mapping"):
            raise self.error("a glossary is a list of lines `term: translation`", _line(root))
        return list(root.value)

    def _settings(self, node: Any) -> GlossarySettings:
        """What the glossary says of itself. Raises GlossaryError."""
        known = [field.name for field in fields(GlossarySettings)]
        if not _is(node, "mapping"):
            raise self.error(f"{SETTINGS_KEY} holds keys such as {known[0]!r}", _line(node))
        given: dict[str, bool] = {}
        for key, value in node.value:
            label = self._text(key, "a key")
            if label not in known:
                raise self.error(f"unknown setting {label!r}{_hint(label, known)}", _line(key))
            if label in given:
                raise self.error(f"the setting {label!r} is there twice", _line(key))
            given[label] = self._flag(value, label, SETTINGS_KEY)
        return GlossarySettings(**given)

    def _short(self, head: str, rendering: str, line: int) -> Concept:
        return Concept(head, (Term(head, self.source_lang), Term(rendering, self.target_lang)), line=line)

    def _simple(self, lines: list[tuple[str, str, int]]) -> Iterator[Concept]:
        """The concepts of a glossary that has only lines of the short form."""
        seen: dict[str, int] = {}
        for head, rendering, line in lines:
            if head in seen:
                raise self.error(f"{head!r} is there twice (first in line {seen[head]})", line)
            seen[head] = line
            yield self._short(head, rendering, line)

    def _refuse_controls(self, text: str) -> None:
        bad = _BAD_CHARACTER.search(text)
        if bad:
            line = text.count("\n", 0, bad.start()) + 1
            raise self.error(f"the character U+{ord(bad.group()):04X} cannot stand in a glossary", line)

    def _composed(self, text: str) -> Any:
        """The YAML node of the whole text, None where it holds nothing."""
        from ruamel.yaml import YAML
        from ruamel.yaml.error import MarkedYAMLError, YAMLError

        try:
            return YAML(typ="safe", pure=True).compose(io.StringIO(text))
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = None if mark is None else mark.line + 1
            raise self.error(
                _plain_problem(error.problem or error.context or "", text, place), place
            ) from None
        except RecursionError:
            raise self.error("lists are nested too deep", None) from None
        except (YAMLError, ValueError) as error:
            raise self.error(f"not YAML: {str(error).splitlines()[0]}", None) from None

    def _concept(self, head: str, value: Any, line: int) -> Concept:
        if _is(value, "mapping"):
            return self._long(head, value, line)
        renderings = self._texts(value, f"the translation of {head!r}")
        if not renderings:
            raise self.error(f"{head!r} has no translation", line)
        terms = (Term(head, self.source_lang), *_ranked(renderings, self.target_lang, case=False))
        return Concept(head, terms, line=line)

    def _long(self, head: str, value: Any, line: int) -> Concept:
        """A concept in its long form."""
        found: dict[str, Any] = {}
        for key, field in value.value:
            label = self._text(key, "a key")
            if label not in self.keys:
                raise self.error(f"unknown key {label!r} in {head!r}{_hint(label, self.keys)}", _line(key))
            if label in found:
                raise self.error(f"the key {label!r} is there twice in {head!r}", _line(key))
            if _is_empty(field):
                raise self.error(f"{label!r} of {head!r} is empty", _line(key))
            found[label] = field
        flags = {label: self._flag(found[label], label, head) for label in FLAG_KEYS if label in found}
        terms = self._terms(head, found, case=flags.get("case", False))
        targets = [term for term in terms if term.lang == self.target_lang]
        if flags.get("keep"):
            if any(term.status in (TermStatus.PREFERRED, TermStatus.ADMITTED) for term in targets):
                raise self.error(f"{head!r} is kept as it is and has a translation: one or the other", line)
            kept = [term.text for term in terms if term.lang == self.source_lang]
            terms[len(kept) : len(kept)] = _ranked(kept, self.target_lang, case=True)
        elif not targets:
            raise self.error(f"{head!r} has no translation: give {primary(self.target_lang)!r}", line)
        self._distinct(head, [term for term in terms if term.lang == self.target_lang], line)
        texts = {
            label: self._text(found[label], f"{label!r} of {head!r}") for label in TEXTS if label in found
        }
        inflect = self._text(found["inflect"], f"'inflect' of {head!r}") if "inflect" in found else ""
        if inflect and inflect not in INFLECTIONS:
            raise self.error(
                f"'inflect' of {head!r} must be {', '.join(INFLECTIONS)}, not {inflect!r}",
                _line(found["inflect"]),
            )
        return Concept(
            head,
            tuple(terms),
            texts.get("domain", ""),
            texts.get("definition", ""),
            texts.get("note", ""),
            line,
            always=flags.get("always", False),
            first_mention=flags.get("first_mention", False),
            inflect=inflect,
        )

    def _terms(self, head: str, found: dict[str, Any], *, case: bool) -> list[Term]:
        """The terms that a concept's fields give, those of the source first."""
        terms: list[Term] = []
        for label, lang in self.languages.items():
            if label in found:
                terms += _ranked(self._texts(found[label], f"{label!r} of {head!r}"), lang, case=case)
        if not any(term.lang == self.source_lang for term in terms):
            terms.insert(0, Term(head, self.source_lang, case=case))
        terms.sort(key=lambda term: term.lang != self.source_lang)
        for label, status in STATUSES.items():
            if label in found:
                for text in self._texts(found[label], f"{label!r} of {head!r}"):
                    terms.append(Term(text, self.target_lang, status))
        return terms

    def _distinct(self, head: str, terms: list[Term], line: int) -> None:
        """Refuse a rendering that is given twice, such as both accepted and forbidden."""
        seen: dict[str, TermStatus] = {}
        for term in terms:
            if term.text in seen:
                both = sorted({seen[term.text].value, term.status.value})
                raise self.error(f"{head!r} has {term.text!r} twice ({', '.join(both)})", line)
            seen[term.text] = term.status

    def _texts(self, node: Any, what: str) -> list[str]:
        """A term or a list of terms."""
        if _is(node, "sequence"):
            if not node.value:
                raise self.error(f"{what} is an empty list", _line(node))
            return [self._text(item, what) for item in node.value]
        return [self._text(node, what)]

    def _text(self, node: Any, what: str) -> str:
        if not _is(node, "scalar"):
            raise self.error(f"{what} must be a text", _line(node))
        text: str = node.value.strip()
        if not text or (node.style is None and text in ("~", "null")):
            raise self.error(f"{what} is empty", _line(node))
        if "\n" in text and what.startswith(("a term", "the translation")):
            raise self.error(f"{what} must stand on one line", _line(node))
        return text

    def _flag(self, node: Any, label: str, head: str) -> bool:
        text = self._text(node, f"{label!r} of {head!r}").lower()
        if text not in _FLAGS:
            raise self.error(f"{label!r} of {head!r} must be true or false, not {text!r}", _line(node))
        return _FLAGS[text]


def short_lines(text: str) -> tuple[list[tuple[str, str, int]], str | None]:
    """Term, rendering and line of each entry of the short form, and the text without them, each of its lines in its
    place; None where all are of that form.

    A big glossary is mostly that, and a regular expression reads it a hundred times as fast as a YAML parser.
    """
    if "\t" in text or not text.replace("\r\n", "\n").replace("\n", "").isprintable():
        return [], text
    entries = []
    lines = text.split("\n")
    others = False
    held: str | None = None
    for number, line in enumerate(lines, 1):
        match = _SIMPLE_LINE.match(line)
        if match is not None and not {match["head"], match["rendering"]} & {"null"}:
            entries.append((match["head"], match["rendering"], number))
            lines[number - 1] = ""
            held = line
        elif not _NO_ENTRY.match(line):
            others = True
            if line.startswith(("---", "...", "%", "{", "[")):
                return [], text
            if held is not None and line.startswith(" "):
                # The entry goes on in this line.
                lines[entries.pop()[2] - 1] = held
            held = None
    return entries, "\n".join(lines) if others else None


def _overlap(pairs: list[tuple[Any, Any]], lines: list[int]) -> bool:
    """Whether one of the lines is no entry of its own: it lies within what YAML read as one, or that is indented."""
    from bisect import bisect_left

    for key, value in pairs:
        if key.start_mark.column:
            return True
        first, last = _line(key), last_line(value)
        at = bisect_left(lines, first)
        if at < len(lines) and lines[at] <= last:
            return True
    return False


def last_line(node: Any) -> int:
    """The line in which a node's text ends."""
    if _is(node, "scalar") or node.flow_style or not node.value:
        end = node.end_mark
        return int(end.line) + (1 if end.column else 0)
    last = node.value[-1]
    return last_line(last[1] if isinstance(last, tuple) else last)


def _ranked(texts: list[str], lang: str, *, case: bool) -> list[Term]:
    """The first of the texts preferred, the others admitted."""
    return [
        Term(text, lang, TermStatus.ADMITTED if index else TermStatus.PREFERRED, case)
        for index, text in enumerate(texts)
    ]


def _is(node: Any, kind: str) -> bool:
    return bool(node.id == kind)


def _is_empty(node: Any) -> bool:
    """Whether nothing stands there: YAML then puts the node where the next thing begins, maybe lines below."""
    return _is(node, "scalar") and node.style is None and not node.value


def _line(node: Any) -> int:
    return int(node.start_mark.line) + 1


def _hint(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word.lower(), list(known), n=1, cutoff=0.6)
    return f": did you mean {close[0]!r}?" if close else f" (there are: {', '.join(known)})"


def _plain_problem(problem: str, text: str, line: int | None) -> str:
    """What is wrong with the YAML, in words for people who do not write it every day."""
    lines = text.splitlines()
    shown = lines[line - 1] if line and line <= len(lines) else ""
    if "\t" in shown[: len(shown) - len(shown.lstrip())] or "'\\t'" in problem:
        return "a tab cannot indent: use spaces"
    if "mapping values are not allowed" in problem:
        return "a second ': ' in one line: put the text that holds it in quotes"
    if "could not find expected ':'" in problem:
        return "a line without ': ' between term and translation"
    if "expected a single document" in problem or "but found another document" in problem:
        return "a glossary is one YAML document: take out the line '---'"
    return f"not YAML: {problem}" if problem else "not YAML"


def decode(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise GlossaryError("not UTF-8: save the glossary as UTF-8", file=name, line=line) from None
