"""Reading TMX 1.1 to 1.4b unit by unit, in the flat memory that large translation memories need."""

from __future__ import annotations

import io
import itertools
import re
from collections import Counter
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO

from workbench import langs
from workbench.errors import FormatError, UsageError
from workbench.formats.base import IdWatch, ReadOptions, with_document, with_documents
from workbench.formats.tmx_inline import local
from workbench.formats.tmx_unit import make, parts_of
from workbench.model import Content, Document, TranslationUnit
from workbench.xmlsafe import iterate, line_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ALL = "*all*"


def read(data: bytes, name: str, options: ReadOptions) -> Content:
    """All units of a TMX. Raises FormatError with the line at fault."""
    reader = _Reader(name, options)
    found = list(reader.units(io.BytesIO(data)))
    if not found:
        reader.refuse_emptiness()
    document, placed = with_documents(
        reader.document(), [unit for unit, _ in found], [own for _, own in found]
    )
    return Content(document, units=placed)


def stream(stream: BinaryIO, name: str, options: ReadOptions) -> tuple[Document, Iterator[TranslationUnit]]:
    """The document, its languages told from the header and the first unit, and the units one by one."""
    reader = _Reader(name, options)
    units = reader.units(stream)
    first = next(units, None)
    if first is None:
        reader.refuse_emptiness()

    def chain() -> Iterator[TranslationUnit]:
        for unit, own in itertools.chain(filter(None, [first]), units):
            yield with_document(unit, own)

    return reader.document(), chain()


class _Reader:
    """One reading of one file: its languages, its counts and what was left out."""

    def __init__(self, name: str, options: ReadOptions) -> None:
        self._name = name
        self._options = options
        self._watch = IdWatch(name, options)
        self._count = 0
        self._left_out: Counter[str] = Counter()
        self._left_out_line: int | None = None
        self._passed_over: Counter[str] = Counter()
        self.source_lang = langs.normalize(options.source_lang) if options.source_lang else ""
        self.target_lang = langs.normalize(options.target_lang) if options.target_lang else ""
        self._decided = False
        self._tags: dict[str, str] = {}

    def document(self) -> Document:
        """The document as far as it is known from what was read."""
        target_lang = self.target_lang or ("en" if langs.is_chinese(self.source_lang) else "zh")
        return Document(PurePath(self._name.removesuffix(".gz")).stem, "tmx", self.source_lang, target_lang)

    def _wrong(self, reason: str, element: Element) -> FormatError:
        return FormatError(reason, file=self._name, line=line_of(element))

    def units(self, stream: BinaryIO) -> Iterator[tuple[TranslationUnit, str]]:
        """The units with the names of their documents, in order; what is left out is warned of at the end."""
        seen: set[str] = set()
        for event, element in iterate(stream, name=self._name, tags=("tmx", "header", "body", "tu")):
            tag = local(element)
            if not seen and tag != "tmx":
                raise self._wrong(f"not a TMX file: its root element is <{tag}>", element)
            seen.add(tag)
            if event == "start" and tag == "header":
                self._header(element)
            elif event == "end" and tag == "tu":
                made = self._unit(element)
                _forget(element)
                if made is not None:
                    self._count += 1
                    yield made
        if "body" not in seen:
            raise FormatError("a TMX file without a <body>", file=self._name)
        self._warn_of_left_out()

    def _header(self, header: Element) -> None:
        tag = (header.get("srclang") or "").strip()
        if not self.source_lang and tag and tag.lower() != _ALL:
            self.source_lang = self._language(tag, "srclang", header)

    def _language(self, tag: str, attribute: str, element: Element) -> str:
        try:
            return langs.normalize(tag.strip())
        except UsageError:
            raise self._wrong(f"{attribute} is {tag!r}, which is no language tag", element) from None

    def _unit(self, tu: Element) -> tuple[TranslationUnit, str] | None:
        """The unit of a <tu>, None where it lacks the languages that are read."""
        parts = parts_of(tu, self._name)
        if not parts.variants:
            raise self._wrong("a <tu> without <tuv>: it holds no text", tu)
        tagged = [(self._variant_language(variant), variant) for variant in parts.variants]
        self._decide(tagged, tu)
        source = _best(tagged, self.source_lang)
        target = _best([pair for pair in tagged if pair is not source], self.target_lang)
        if source is None or (target is None and len(tagged) > 1):
            self._left_out.update(tag for tag, _ in tagged if source is None or tag != source[0])
            self._left_out_line = self._left_out_line or line_of(tu)
            return None
        if len(tagged) > 2:
            self._passed_over.update(pair[0] for pair in tagged if pair is not source and pair is not target)
        unit, own = make(
            parts,
            source[1],
            target[1] if target else None,
            position=self._count,
            name=self._name,
            options=self._options,
        )
        self._watch.check(unit.id, line_of(tu), document=own)
        return unit, own

    def _variant_language(self, variant: Element) -> str:
        tag = variant.get(_XML_LANG)
        if tag is None:
            tag = next((str(value) for key, value in variant.items() if str(key).lower() == "lang"), None)
        if tag is None:
            raise self._wrong("a <tuv> without xml:lang: nothing says which language it is in", variant)
        known = self._tags.get(tag)
        if known is None:
            known = self._tags[tag] = self._language(tag, "xml:lang", variant)
        return known

    def _decide(self, tagged: list[tuple[str, Element]], tu: Element) -> None:
        """Settle the languages by the first unit, where neither the header nor the caller named them."""
        if self._decided:
            return
        own = (tu.get("srclang") or "").strip()
        if not self.source_lang:
            plain = own and own.lower() != _ALL
            self.source_lang = self._language(own, "srclang", tu) if plain else tagged[0][0]
        source = _best(tagged, self.source_lang)
        if source is None:
            return
        self.source_lang = source[0]
        others = [tag for tag, _ in tagged if tag != source[0]]
        if not self.target_lang:
            if len(set(others)) > 1:
                found = ", ".join(sorted(set(others)))
                raise self._wrong(f"there are several languages besides {source[0]} ({found}): name one", tu)
            if not others:
                return
            self.target_lang = others[0]
        else:
            best = _best([pair for pair in tagged if pair is not source], self.target_lang)
            if best is None:
                return
            self.target_lang = best[0]
        self._decided = True

    def _warn_of_left_out(self) -> None:
        """Say what did not come in: units without the two languages, and further languages of other units."""
        if self._left_out and self._count:
            place = f"{self._name}:{self._left_out_line}" if self._left_out_line else self._name
            tags = _counted(self._left_out)
            self._options.warn(
                f"{place}: units without {self.source_lang} and {self.target_lang} were left out: {tags}"
            )
        if self._passed_over:
            self._options.warn(f"{self._name}: other languages were left out: {_counted(self._passed_over)}")

    def refuse_emptiness(self) -> None:
        """Raise FormatError: there is no unit, or none in the languages that are read."""
        if not self._left_out:
            raise FormatError("empty file: there is no unit in it", file=self._name)
        wanted = f"{self.source_lang} and {self.target_lang}" if self.target_lang else self.source_lang
        tags = ", ".join(sorted(self._left_out))
        raise FormatError(
            f"no unit has {wanted} (there are: {tags})", file=self._name, line=self._left_out_line
        )


def _counted(tags: Counter[str]) -> str:
    return ", ".join(f"{tag} ({count})" for tag, count in sorted(tags.items()))


def _forget(tu: Element) -> None:
    """Drop a unit that was read, and what stands before it, from the tree."""
    tu.clear()
    parent = tu.getparent()
    while parent is not None and tu.getprevious() is not None:
        del parent[0]


def _best(tagged: list[tuple[str, Element]], wanted: str) -> tuple[str, Element] | None:
    """The variant whose language is nearest to the wanted one, None where none will do."""
    if not wanted:
        return None
    ranked = [(fit(tag, wanted), -place) for place, (tag, _) in enumerate(tagged)]
    rank, place = max(ranked, default=(0, 0))
    return tagged[-place] if rank else None


@cache
def fit(tag: str, wanted: str) -> int:
    """How near a language tag is to another: 3 the same, 2 but for a region that one lacks, 1 the region, 0 not.

    Simplified and Traditional Chinese are never near.
    """
    if tag.lower() == wanted.lower():
        return 3
    if langs.primary(tag) != langs.primary(wanted) or langs.is_traditional(tag) != langs.is_traditional(
        wanted
    ):
        return 0
    first, second = _script(tag), _script(wanted)
    if first and second and first != second:
        return 0
    bare = langs.primary(tag)
    return 2 if bare in (tag.lower(), wanted.lower()) or bool(first) != bool(second) else 1


def _script(tag: str) -> str:
    return next((part.lower() for part in re.split("[-_]", tag)[1:] if len(part) == 4 and part.isalpha()), "")
