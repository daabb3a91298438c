"""The inline elements of a TMX segment: shown as text, and put back around it where it still holds them."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from workbench.errors import FormatError
from workbench.xmlsafe import clean, line_of, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

# TMX 1.4b: an element's required attributes, and those it may have besides.
_REQUIRED = {
    "bpt": {"i"},
    "ept": {"i"},
    "it": {"pos"},
    "ph": set[str](),
    "ut": set[str](),
    "hi": set[str](),
    "sub": set[str](),
}
_OPTIONAL = {
    "bpt": {"x", "type"},
    "ept": set[str](),
    "it": {"x", "type"},
    "ph": {"x", "assoc", "type"},
    "ut": {"x"},
    "hi": {"x", "type"},
    "sub": {"datatype", "type"},
}
# What cannot stand for itself in an element or attribute.
_MARKED = re.compile('[&<>"]|[^ -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]')
_CODES = frozenset(("bpt", "ept", "it", "ph", "ut"))


def local(element: Element) -> str:
    """The element's name without namespace, "" for comments and processing instructions."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    return tag.rpartition("}")[2] if tag[:1] == "{" else tag


def flatten(segment: Element, *, name: str) -> tuple[str, str]:
    """The segment as text, and its XML where it has inline elements ("" where it has none).

    A code is shown as what it stands for in the original document (`<b>`); an empty one as its number in braces.
    Raises FormatError for an entity, which is never resolved.
    """
    if not len(segment):
        return segment.text or "", ""
    text = "".join(shown for shown, _ in _pieces(segment, name))
    return text, _inner(segment) if any(local(child) for child in segment) else ""


def restore(text: str, xml: str) -> str:
    """The content of a <seg> for `text`: with the inline elements of `xml` where the text still has them all.

    A text that was not changed gives `xml` again. Text and XML that have parted, or XML that is not TMX, give text.
    """
    plain = as_xml(text)
    if not xml:
        return plain
    try:
        segment = parse(f"<seg>{xml}</seg>".encode("utf-8", "replace"), name="").getroot()
        pieces = list(_pieces(segment, ""))
    except FormatError:
        return plain
    if not _valid(segment):
        return plain
    if "".join(shown for shown, _ in pieces) == text:
        return _inner(segment)
    places: list[tuple[int, str, str]] = []
    taken: dict[str, int] = {}
    for shown, code in pieces:
        if code:
            at = text.find(shown, taken.get(shown, 0))
            if at < 0:
                return plain
            taken[shown] = at + len(shown)
            places.append((at, shown, code))
    made, at = [], 0
    for start, shown, code in sorted(places):
        if start < at:
            return plain
        made += [as_xml(text[at:start]), code]
        at = start + len(shown)
    return "".join([*made, as_xml(text[at:])])


def _pieces(element: Element, name: str) -> Iterator[tuple[str, str]]:
    """The text of a segment in order, each code with its XML, other text with ""."""
    yield element.text or "", ""
    for number, child in enumerate(element, 1):
        tag = local(child)
        if tag in _CODES:
            refuse_entities(child, name)
            shown = all_text(child) or f"{{{child.get('x') or child.get('i') or number}}}"
            yield shown, _outer(child)
        elif tag:
            yield from _pieces(child, name)
        else:
            refuse_entity(child, name)
        yield child.tail or "", ""


def all_text(element: Element) -> str:
    """The text of an element and all within it, comments left out."""
    return "".join(str(text) for text in element.itertext())


def refuse_entities(element: Element, name: str) -> None:
    """Raise FormatError where an entity reference stands inside the element."""
    for child in element.iter():
        refuse_entity(child, name)


def refuse_entity(node: Element, name: str) -> None:
    """Raise FormatError where the node is an entity reference."""
    from lxml import etree

    if node.tag is etree.Entity:
        parent = node.getparent()
        raise FormatError(
            f"the entity {node.text} is not defined: write its character",
            file=name,
            line=None if parent is None else line_of(parent),
        )


def _valid(segment: Element) -> bool:
    """Whether the inline elements and their attributes are those of TMX 1.4b."""
    for element in segment.iterdescendants():
        tag = local(element)
        names = {str(attribute) for attribute in element.attrib}
        if tag not in _REQUIRED or not _REQUIRED[tag] <= names <= _REQUIRED[tag] | _OPTIONAL[tag]:
            return False
        if tag == "it" and element.get("pos") not in ("begin", "end"):
            return False
        parent = element.getparent()
        inside_code = parent is not None and local(parent) in _CODES
        if inside_code != (tag == "sub"):
            return False
    return True


def _inner(segment: Element) -> str:
    """The XML between the tags of a segment, without namespaces, comments and processing instructions."""
    made = [as_xml(segment.text or "")]
    for child in segment:
        made += [_outer(child) if local(child) else "", as_xml(child.tail or "")]
    return "".join(made)


def _outer(element: Element) -> str:
    attributes = "".join(
        f' {str(key).rpartition("}")[2]}="{quote(str(value))}"' for key, value in element.attrib.items()
    )
    tag = local(element)
    inner = _inner(element)
    return f"<{tag}{attributes}>{inner}</{tag}>" if inner else f"<{tag}{attributes}/>"


def as_xml(text: str) -> str:
    """The text as it can stand in an element, carriage returns kept."""
    return escape(clean(text), quote=False).replace("\r", "&#13;") if _MARKED.search(text) else text


def quote(value: str) -> str:
    """The text as it can stand between the double quotation marks of an attribute, white space kept."""
    if not _MARKED.search(value):
        return value
    escaped = escape(clean(value), quote=False).replace('"', "&quot;")
    return escaped.replace("\t", "&#9;").replace("\n", "&#10;").replace("\r", "&#13;")
