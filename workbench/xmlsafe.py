"""Hardened XML: no DTD is loaded, no entity resolved, nothing fetched, and what XML cannot hold is dropped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from workbench.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from lxml import etree

    Tree: TypeAlias = etree._ElementTree
    Element: TypeAlias = etree._Element

# XML 1.0, production [2] Char: everything else cannot stand in a document, not even as a character reference.
_INVALID = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PLACE = re.compile(r",? ?\(?line \d+(?:, column \d+)?\)?$")
_BAD_CHARACTER = re.compile(r"(?:Char value|Char) (0x[0-9A-Fa-f]+|\d+)")
_AMPLIFIED = re.compile(r"amplification|entity reference loop|Entity .* (?:expands|loop)", re.IGNORECASE)


def clean(text: str) -> str:
    """`text` without the characters that XML 1.0 cannot hold (controls, surrogates, U+FFFE and U+FFFF)."""
    return _INVALID.sub("", text)


def parse(data: bytes, *, name: str) -> Tree:
    """The tree of a document. Raises FormatError with the line for what is not well-formed or not safe."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, dtd_validation=False, no_network=True, huge_tree=False
    )
    try:
        tree = etree.ElementTree(etree.fromstring(data, parser))
    except etree.XMLSyntaxError as error:
        raise _refusal(error, parser.error_log, name) from None
    except ValueError as error:
        raise FormatError(f"not XML that can be read: {error}", file=name) from None
    _refuse_entities(tree, name)
    return tree


def iterate(stream: BinaryIO, *, name: str, tags: tuple[str, ...]) -> Iterator[tuple[str, Element]]:
    """The starts and ends of the elements named (in any namespace), one by one, so that a file of any length needs
    little memory; the caller clears elements. The root is always among them.

    Raises FormatError with the line, like `parse`, when the reading gets there.
    """
    from lxml import etree

    begun = False
    reader: Any = etree.iterparse(
        cast(Any, _Marked(stream)),
        events=("start", "end"),
        tag=[f"{{*}}{tag}" for tag in tags],
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )
    try:
        for event, element in reader:
            if not begun:
                begun = True
                tree = element.getroottree()
                _refuse_entities(tree, name)
                if tree.getroot() is not element:
                    yield "start", tree.getroot()
            yield event, element
        if not begun:
            yield "start", reader.root
    except etree.XMLSyntaxError as error:
        raise _refusal(error, reader.error_log, name) from None
    for entry in reader.error_log:
        if entry.type_name == "WAR_UNDECLARED_ENTITY":
            raise FormatError(f"{_sentence(entry.message)}: write its character", file=name, line=entry.line)


class _Marked:
    """A stream with the byte order mark that UTF-16 without an XML declaration lacks."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._head: bytes | None = None

    def read(self, size: int = -1) -> bytes:
        """The next bytes: at first a few, perhaps a mark."""
        if self._head is not None:
            return self._stream.read(size)
        self._head = self._stream.read(4)
        if self._head.startswith(b"<\x00") and not self._head.startswith(b"<\x00?\x00"):
            return b"\xff\xfe" + self._head
        if self._head.startswith(b"\x00<") and not self._head.startswith(b"\x00<\x00?"):
            return b"\xfe\xff" + self._head
        return self._head


def line_of(element: Element) -> int | None:
    """The line an element starts on, None where the parser does not know."""
    return cast("int | None", element.sourceline)


def _refuse_entities(tree: Tree, name: str) -> None:
    internal: Any = tree.docinfo.internalDTD
    if internal is not None and any(True for _ in internal.iterentities()):
        raise FormatError(
            "declares entities in its DOCTYPE, which are never read: write the text out", file=name
        )


def _refusal(error: etree.XMLSyntaxError, log: Any, name: str) -> FormatError:
    """The parser's first complaint as a plain sentence with its line."""
    first = next(iter(log.filter_from_errors()), None)
    line = first.line if first is not None else error.lineno
    reason = _sentence(first.message if first is not None else error.msg or "it cannot be parsed")
    if "nested" not in reason and "declares" not in reason:
        reason = reason if reason.startswith("empty") else f"not well-formed XML: {reason}"
    return FormatError(reason, file=name, line=None if reason.startswith("empty") else line or None)


def _sentence(message: str) -> str:
    text = _PLACE.sub("", " ".join(message.split()))
    character = _BAD_CHARACTER.search(text)
    if character:
        return f"the character U+{int(character[1], 0):04X}, which XML cannot hold"
    if "Excessive depth" in text:
        return "elements are nested more than 256 deep"
    if _AMPLIFIED.search(text):
        return "declares entities that grow when they are read"
    if "Document is empty" in text or "no element found" in text:
        return "empty: there is no XML in it"
    return text[:1].lower() + text[1:]
