"""Hardened XML: no DTD is loaded, no entity resolved, nothing fetched, and what XML cannot hold is dropped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO

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
_DEPTH = re.compile(r"Excessive depth")
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
        raise _refusal(error, name) from None
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
    try:
        reader = etree.iterparse(
            stream,
            events=("start", "end"),
            tag=[f"{{*}}{tag}" for tag in tags],
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
        )
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
        raise _refusal(error, name) from None


def line_of(element: Element) -> int | None:
    """The line an element starts on, None where the parser has lost count."""
    line = element.sourceline
    return None if line is None or line == 65535 else line


def _refuse_entities(tree: Tree, name: str) -> None:
    internal = tree.docinfo.internalDTD
    if internal is not None and any(True for _ in internal.iterentities()):
        raise FormatError(
            "declares entities in its DOCTYPE, which are never read: write the text out", file=name
        )


def _refusal(error: etree.XMLSyntaxError, name: str) -> FormatError:
    line = error.lineno or None
    reason = _PLACE.sub("", error.msg or "it cannot be parsed")
    if _DEPTH.search(reason):
        reason = "elements are nested more than 256 deep"
    elif _AMPLIFIED.search(reason):
        reason = "declares entities that grow when they are read"
    elif "Document is empty" in reason or "no element found" in reason:
        reason, line = "empty: there is no XML in it", None
    else:
        reason = f"not well-formed XML: {reason}"
    return FormatError(reason, file=name, line=line)
