"""Reading XLIFF 1.x and 2.x unit by unit, in the flat memory that large files need."""

from __future__ import annotations

import io
import itertools
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO

from workbench import langs
from workbench.errors import FormatError, UsageError
from workbench.formats.base import IdWatch, ReadOptions, with_document, with_documents
from workbench.formats.tmx_inline import local
from workbench.formats.tmx_reader import fit
from workbench.formats.xliff_inline import NEW, OLD
from workbench.formats.xliff_unit import find_units
from workbench.model import Content, Document, TranslationUnit
from workbench.xmlsafe import iterate, line_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_OLD_VERSIONS = ("1.0", "1.1", "1.2")
_NEW_VERSIONS = ("2.0", "2.1", "2.2")


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit, the name of its document, and where its segment stands: which unit element of the file, which part."""

    unit: TranslationUnit
    document: str
    element: int
    segment: int | str


def read(data: bytes, name: str, options: ReadOptions) -> Content:
    """All units of an XLIFF, the file itself as the skeleton. Raises FormatError with the line at fault."""
    reader = Reader(name, options)
    found = list(reader.units(io.BytesIO(data)))
    if not found:
        reader.refuse_emptiness()
    document, units = with_documents(
        reader.document(), [one.unit for one in found], [one.document for one in found]
    )
    return Content(replace(document, skeleton=data), units=units)


def stream(stream: BinaryIO, name: str, options: ReadOptions) -> tuple[Document, Iterator[TranslationUnit]]:
    """The document as the first unit tells it, and the units one by one."""
    reader = Reader(name, options)
    units = reader.units(stream)
    first = next(units, None)
    if first is None:
        reader.refuse_emptiness()

    def chain() -> Iterator[TranslationUnit]:
        for one in itertools.chain(filter(None, [first]), units):
            yield with_document(one.unit, one.document)

    return reader.document(), chain()


class Reader:
    """One reading of one file: its version, its languages and what was left out."""

    def __init__(self, name: str, options: ReadOptions) -> None:
        self._name = name
        self._options = options
        self._watch = IdWatch(name, options)
        self._wished = tuple(
            langs.normalize(lang) if lang else "" for lang in (options.source_lang, options.target_lang)
        )
        self._languages: tuple[str, str] | None = None
        self._current = ("", "")
        self._left_out = 0
        self._count = 0
        self.dialect = NEW

    def document(self) -> Document:
        """The document as far as it is known from what was read."""
        source_lang, target_lang = self._languages or ("", "")
        target_lang = target_lang or self._wished[1] or ("en" if langs.is_chinese(source_lang) else "zh")
        stem = PurePath(self._name.removesuffix(".gz")).stem
        return Document(stem, self.dialect, source_lang, target_lang)

    def units(self, stream: BinaryIO) -> Iterator[Placed]:
        """The units in order, with where each stands. Raises FormatError with the line at fault."""
        root, document, place, files = None, "", -1, 0
        tags = ("xliff", "file", "group", "unit", "trans-unit", "bin-unit", "skeleton", "header")
        for event, element in iterate(stream, name=self._name, tags=tags):
            tag = local(element)
            if root is None:
                root = element
                self._begin(root, tag)
            if event == "start":
                if tag == "file":
                    files += 1
                    self._languages_of(element, root)
                    document = element.get("original") or ""
            elif tag == ("trans-unit" if self.dialect == OLD else "unit"):
                place += 1
                yield from self._found(element, document, place)
                _forget(element)
            elif tag in ("group", "bin-unit", "skeleton", "header", "file"):
                _forget(element)
        if not files:
            raise FormatError("an XLIFF file without a <file>", file=self._name)
        if self._left_out:
            units = "1 unit" if self._left_out == 1 else f"{self._left_out} units"
            self._options.warn(f'{self._name}: {units} with translate="no" left out')

    def _found(self, element: Element, document: str, place: int) -> Iterator[Placed]:
        if not _to_translate(element):
            self._left_out += 1
            return
        self._check_languages(element)
        for one in find_units(
            element, self.dialect, position=self._count, name=self._name, options=self._options
        ):
            self._count += 1
            self._watch.check(one.unit.id, line_of(element), document=document)
            yield Placed(one.unit, document, place, one.segment)

    def _wrong(self, reason: str, element: Element) -> FormatError:
        return FormatError(reason, file=self._name, line=line_of(element))

    def _begin(self, root: Element, tag: str) -> None:
        """Tell the version. Raises FormatError for another root, or a version that is not known."""
        if tag != "xliff":
            raise self._wrong(f"not an XLIFF file: its root element is <{tag}>", root)
        version = (root.get("version") or "").strip()
        if version not in (*_OLD_VERSIONS, *_NEW_VERSIONS):
            said = f"its version is {version!r}" if version else "it has no version"
            raise self._wrong(f"not an XLIFF file that can be read: {said} (1.0 to 1.2, 2.0 to 2.2)", root)
        self.dialect = OLD if version in _OLD_VERSIONS else NEW

    def _languages_of(self, file: Element, root: Element) -> None:
        """Settle the languages of a <file>. Raises FormatError where they are missing or not those of the others."""
        old = self.dialect == OLD
        holder = file if old else root
        keys = ("source-language", "target-language") if old else ("srcLang", "trgLang")
        found = []
        for key, wished in zip(keys, self._wished, strict=True):
            told = (holder.get(key) or "").strip()
            tag = self._language(told, key, holder) if told else wished
            if told and wished and not fit(tag, wished):
                raise self._wrong(f"{key} is {tag}, not {wished}", holder)
            found.append(tag)
        if not found[0]:
            raise self._wrong(f"no {keys[0]}: nothing says which language the sources are in", holder)
        self._current = (found[0], found[1])
        if self._languages is None:
            self._languages = self._current
        else:
            first, others = self._languages, self._current
            both = first[1] and others[1]
            if not fit(first[0], others[0]) or (both and not fit(first[1], others[1])):
                raise self._wrong(
                    f"a <file> from {others[0]} to {others[1] or '?'}, after one from {first[0]} to {first[1] or '?'}:"
                    " one pair of languages at a time",
                    file,
                )
            self._languages = (first[0], first[1] or others[1])

    def _language(self, tag: str, attribute: str, element: Element) -> str:
        try:
            return langs.normalize(tag)
        except UsageError:
            raise self._wrong(f"{attribute} is {tag!r}, which is no language tag", element) from None

    def _check_languages(self, element: Element) -> None:
        """Compare a unit's own languages with the file's, and fill in the target's where only it says it."""
        assert self._languages is not None
        holders = [element] if self.dialect == OLD else [one for one in element if local(one) == "segment"]
        for side in ("source", "target"):
            for part in (one for holder in holders for one in holder if local(one) == side):
                told = part.get(_XML_LANG)
                if told:
                    self._one_language(side, self._language(told.strip(), "xml:lang", part), part)
                elif side == "target" and self.dialect == NEW and not self._current[1]:
                    raise self._wrong(
                        "a <target>, but <xliff> has no trgLang to say which language it is in", part
                    )

    def _one_language(self, side: str, tag: str, part: Element) -> None:
        assert self._languages is not None
        wanted = self._current[0] if side == "source" else self._current[1] or self._languages[1]
        if not wanted:
            self._languages = (self._languages[0], tag)
        elif not fit(tag, wanted):
            raise self._wrong(f"a <{side}> in {tag}, in a file whose {side}s are in {wanted}", part)

    def refuse_emptiness(self) -> None:
        """Raise FormatError: there is no unit."""
        if self._left_out:
            raise FormatError('no unit in it is to be translated (all have translate="no")', file=self._name)
        raise FormatError("empty file: there is no unit in it", file=self._name)


def _to_translate(element: Element) -> bool:
    """Whether the nearest word on it, the element's own or that of what it stands in, is not translate="no"."""
    node: Element | None = element
    while node is not None:
        told = node.get("translate")
        if told:
            return told != "no"
        node = node.getparent()
    return True


def _forget(element: Element) -> None:
    """Drop an element that was read, and what stands before it, from the tree."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
