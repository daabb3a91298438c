"""glossary.yaml: reading it with the line of every error, and adding to it without touching what stands
there."""

from __future__ import annotations

import difflib
import io
import json
import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import GlossaryError, OutputError
from workbench.langs import primary
from workbench.model import Concept, Term, TermStatus
from workbench.termbase.matching import Termbase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FLAGS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_TEXTS = ("domain", "definition", "note")
_STATUSES = {"forbidden": TermStatus.FORBIDDEN, "deprecated": TermStatus.DEPRECATED}
_BAD_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# `term: translation`, both plain scalars that no rule of YAML reads in another way; and lines that say nothing.
_SIMPLE_LINE = re.compile(
    r"(?P<head>[A-Za-z](?:[\w '’./&+-]*[\w+])?): +(?P<rendering>[^\W\d_](?:[\w 《》“”·./&+-]*[\w》”+])?)(?: +#.*)?\r?\Z"
)
_NO_ENTRY = re.compile(r" *(?:#.*)?\r?\Z")
_PLAIN_SCALAR = re.compile(
    r"(?!(?:true|false|yes|no|on|off|null)\Z)[^\W\d_](?:[\w '’.()·+/-]*[\w')+）])?\Z", re.IGNORECASE
)


def load(path: Path, *, source_lang: str = "en", target_lang: str = "zh") -> Termbase:
    """The termbase of a glossary file. Raises GlossaryError with the line at fault."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise GlossaryError(error.strerror or "cannot be read", file=str(path)) from None
    return loads(_decode(data, str(path)), name=str(path), source_lang=source_lang, target_lang=target_lang)


def loads(
    text: str, *, name: str = "glossary.yaml", source_lang: str = "en", target_lang: str = "zh"
) -> Termbase:
    """The termbase of a glossary's text; `name` is what errors call the file. Raises GlossaryError."""
    concepts = _Reader(name, source_lang, target_lang).concepts(text)
    return Termbase(concepts, source_lang=source_lang, target_lang=target_lang)


def dumps(concepts: Iterable[Concept], *, source_lang: str = "en", target_lang: str = "zh") -> str:
    """The glossary text of the concepts, in the shortest form that says all of each."""
    return "".join(_written(concept, source_lang, target_lang) for concept in concepts)


def add_concept(path: Path, concept: Concept, *, source_lang: str = "en", target_lang: str = "zh") -> None:
    """Add one concept at the end of the glossary; every comment and line that stands there stays as it is.

    A missing file is made. Raises GlossaryError where the concept's key is there already or the file is
    broken, OutputError where it cannot be written.
    """
    name, old, data = str(path), "", b""
    if path.exists():
        try:
            data = path.read_bytes()
        except OSError as error:
            raise GlossaryError(error.strerror or "cannot be read", file=name) from None
        old = _decode(data, name)
    before = loads(old, name=name, source_lang=source_lang, target_lang=target_lang).concepts
    for known in before:
        if known.id == concept.id:
            raise GlossaryError(f"{concept.id!r} is in the glossary already", file=name, line=known.line)
    new = _appended(old, _written(concept, source_lang, target_lang))
    try:
        after = loads(new, name=name, source_lang=source_lang, target_lang=target_lang).concepts
    except GlossaryError:
        after = ()
    if after[:-1] != before or not after:
        new = _reflowed(old, _written(concept, source_lang, target_lang))
        loads(new, name=name, source_lang=source_lang, target_lang=target_lang)
    _write(path, (b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b"") + new.encode("utf-8"))


class _Reader:
    """Reads one glossary text; knows its name and languages."""

    def __init__(self, name: str, source_lang: str, target_lang: str) -> None:
        self.name = name
        self.source_lang, self.target_lang = source_lang, target_lang
        self.languages = {primary(source_lang): source_lang, primary(target_lang): target_lang}
        self.languages |= {source_lang: source_lang, target_lang: target_lang}
        self.keys = (*dict.fromkeys(self.languages), *_STATUSES, "case", *_TEXTS)

    def error(self, reason: str, line: int | None) -> GlossaryError:
        return GlossaryError(reason, file=self.name, line=line)

    def concepts(self, text: str) -> Iterator[Concept]:
        """Every concept, in the file's order."""
        self._refuse_controls(text)
        simple = _simple_lines(text)
        if simple is not None:
            yield from self._simple(simple)
            return
        root = self._composed(text)
        if root is None or _is_empty(root):
            return
        if not _is(root, "mapping"):
            raise self.error("a glossary is a list of lines `term: translation`", _line(root))
        seen: dict[str, int] = {}
        for key, value in root.value:
            line = _line(key)
            head = self._text(key, "a term")
            if head in seen:
                raise self.error(f"{head!r} is there twice (first in line {seen[head]})", line)
            seen[head] = line
            if _is_empty(value):
                raise self.error(f"the translation of {head!r} is empty", line)
            yield self._concept(head, value, line)

    def _simple(self, lines: list[tuple[str, str, int]]) -> Iterator[Concept]:
        """The concepts of a glossary that has only lines of the short form."""
        seen: dict[str, int] = {}
        for head, rendering, line in lines:
            if head in seen:
                raise self.error(f"{head!r} is there twice (first in line {seen[head]})", line)
            seen[head] = line
            yield Concept(head, (Term(head, self.source_lang), Term(rendering, self.target_lang)), line=line)

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
        fields: dict[str, Any] = {}
        for key, field in value.value:
            label = self._text(key, "a key")
            if label not in self.keys:
                raise self.error(f"unknown key {label!r} in {head!r}{_hint(label, self.keys)}", _line(key))
            if label in fields:
                raise self.error(f"the key {label!r} is there twice in {head!r}", _line(key))
            if _is_empty(field):
                raise self.error(f"{label!r} of {head!r} is empty", _line(key))
            fields[label] = field
        case = self._flag(fields["case"], head) if "case" in fields else False
        terms: list[Term] = []
        for label, lang in self.languages.items():
            if label in fields:
                terms += _ranked(self._texts(fields[label], f"{label!r} of {head!r}"), lang, case=case)
        if not any(term.lang == self.source_lang for term in terms):
            terms.insert(0, Term(head, self.source_lang, case=case))
        terms.sort(key=lambda term: term.lang != self.source_lang)
        for label, status in _STATUSES.items():
            if label in fields:
                for text in self._texts(fields[label], f"{label!r} of {head!r}"):
                    terms.append(Term(text, self.target_lang, status))
        targets = [term for term in terms if term.lang == self.target_lang]
        if not targets:
            raise self.error(f"{head!r} has no translation: give {primary(self.target_lang)!r}", line)
        self._distinct(head, targets, line)
        texts = {
            label: self._text(fields[label], f"{label!r} of {head!r}") for label in _TEXTS if label in fields
        }
        return Concept(
            head,
            tuple(terms),
            texts.get("domain", ""),
            texts.get("definition", ""),
            texts.get("note", ""),
            line,
        )

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

    def _flag(self, node: Any, head: str) -> bool:
        text = self._text(node, f"'case' of {head!r}").lower()
        if text not in _FLAGS:
            raise self.error(f"'case' of {head!r} must be true or false, not {text!r}", _line(node))
        return _FLAGS[text]


def _simple_lines(text: str) -> list[tuple[str, str, int]] | None:
    """Term, rendering and line of each entry where all are of the short form, else None.

    A big glossary is mostly that, and a regular expression reads it a hundred times as fast as a YAML parser.
    """
    if "\t" in text or not text.replace("\r\n", "\n").replace("\n", "").isprintable():
        return None
    entries = []
    for number, line in enumerate(text.split("\n"), 1):
        match = _SIMPLE_LINE.match(line)
        if match is not None and not {match["head"], match["rendering"]} & {"null"}:
            entries.append((match["head"], match["rendering"], number))
        elif not _NO_ENTRY.match(line):
            return None
    return entries


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


def _decode(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise GlossaryError("not UTF-8: save the glossary as UTF-8", file=name, line=line) from None


def _scalar(text: str) -> str:
    """The text as a YAML scalar, in quotes where it needs them."""
    return text if _PLAIN_SCALAR.match(text) else json.dumps(text, ensure_ascii=not text.isprintable())


def _value(texts: list[str]) -> str:
    if len(texts) == 1:
        return _scalar(texts[0])
    quoted = [_scalar(text) for text in texts]
    return "[" + ", ".join(quoted) + "]"


def _written(concept: Concept, source_lang: str, target_lang: str) -> str:
    """The lines of one concept."""
    source = [term for term in concept.terms if primary(term.lang) == primary(source_lang)]
    target = [term for term in concept.terms if primary(term.lang) == primary(target_lang)]
    accepted = [term.text for term in target if term.status not in _STATUSES.values()]
    case = any(term.case for term in concept.terms)
    fields: list[tuple[str, str]] = []
    if [term.text for term in source] != [concept.id]:
        fields.append((primary(source_lang), _value([term.text for term in source])))
    if accepted:
        fields.append((primary(target_lang), _value(accepted)))
    for label, status in _STATUSES.items():
        texts = [term.text for term in target if term.status == status]
        if texts:
            fields.append((label, _value(texts)))
    if case:
        fields.append(("case", "true"))
    for label in _TEXTS:
        if getattr(concept, label):
            fields.append((label, _scalar(getattr(concept, label))))
    head = _scalar(concept.id)
    if [label for label, _ in fields] == [primary(target_lang)]:
        return f"{head}: {fields[0][1]}\n"
    return f"{head}:\n" + "".join(f"  {label}: {value}\n" for label, value in fields)


def _appended(old: str, lines: str) -> str:
    newline = "\r\n" if "\r\n" in old else "\n"
    gap = "" if not old or old.endswith("\n") else newline
    return old + gap + lines.replace("\n", newline)


def _reflowed(old: str, lines: str) -> str:
    """The glossary with the concept added through the YAML tree: for a file that lines cannot be added to."""
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 10_000
    tree = yaml.load(old)
    if tree is None:
        return lines
    tree.update(yaml.load(lines))
    out = io.StringIO()
    yaml.dump(tree, out)
    return out.getvalue()


def _write(path: Path, data: bytes) -> None:
    """Write under a temporary name in the same folder, then rename."""
    temporary: str | None = None
    try:
        target = path.resolve()
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o644
        Path(temporary).chmod(mode)
        Path(temporary).replace(target)
    except OSError as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        raise OutputError(error.strerror or "cannot be written", file=str(path)) from None
