"""SRX, the exchange format of segmentation rules: documents as values, read from XML and written as XML.

Source: SRX 2.0 Specification, OSCAR recommendation of 7 April 2008; SRX 1.0 of 20 April 2004 is read as well.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from workbench import xmlsafe
from workbench.errors import FormatError
from workbench.segmenter import srx_patterns

if TYPE_CHECKING:
    from collections.abc import Iterator

    import regex  # type: ignore[import-untyped, unused-ignore]

    from workbench.xmlsafe import Element

NAMESPACE = "http://www.lisa.org/srx20"
_YES_NO = {"yes": True, "no": False}
_HANDLES = ("start", "end", "isolated")


@dataclass(frozen=True, slots=True)
class Rule:
    """A place by the texts before and after it, in ICU regular expressions, and whether a sentence ends there.

    An empty expression matches anything. `file` and `line` say where the rule was written; they make no difference.
    """

    before: str = ""
    after: str = ""
    breaks: bool = True
    file: str = field(default="", compare=False, repr=False)
    line: int | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class LanguageRule:
    """The rules of a language under a name; the first that matches a place decides."""

    name: str
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class LanguageMap:
    """Which language codes, by a regular expression that must match the whole code, use the rules of that name."""

    pattern: str
    name: str
    file: str = field(default="", compare=False, repr=False)
    line: int | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class SrxDocument:
    """An SRX document. With `cascade`, the rules of every map that fits a language follow one another; without, those
    of the first alone. `format_handles` say on which side of a break inline codes go, by type; they and
    `segment_subflows` are kept for other tools.
    """

    language_rules: tuple[LanguageRule, ...] = ()
    maps: tuple[LanguageMap, ...] = ()
    cascade: bool = True
    segment_subflows: bool = True
    format_handles: tuple[tuple[str, bool], ...] = (("start", False), ("end", True), ("isolated", True))

    def rules_for(self, lang: str) -> tuple[Rule, ...] | None:
        """The rules for a language in the order they are tried; None where no map fits it.

        Codes are compared without regard to case, and zh-CN is also tried as zh_CN, since tools differ. Raises
        FormatError for a map that is no regular expression.
        """
        return _rules_for(self, lang)


@lru_cache(maxsize=64)
def _rules_for(document: SrxDocument, lang: str) -> tuple[Rule, ...] | None:
    named = {one.name: one.rules for one in document.language_rules}
    found: list[Rule] = []
    fits = False
    for one in document.maps:
        if _fits(one, lang):
            fits = True
            found += named.get(one.name, ())
            if not document.cascade:
                break
    return tuple(found) if fits else None


def _fits(one: LanguageMap, lang: str) -> bool:
    pattern = _codes(one)
    return any(pattern.fullmatch(code, timeout=1.0) for code in {lang, lang.replace("-", "_")})


def _codes(one: LanguageMap) -> regex.Pattern[str]:
    try:
        return srx_patterns.compiled(f"(?i){one.pattern}")
    except srx_patterns.PatternError as error:
        raise FormatError(f"languagepattern {one.pattern!r}: {error}", file=one.file, line=one.line) from None


def check_maps(document: SrxDocument) -> None:
    """Raise FormatError with the line for the first language map that is no regular expression."""
    for one in document.maps:
        _codes(one)


def read(data: bytes, name: str) -> SrxDocument:
    """The document in an SRX file, version 2.0 or 1.0; what other tools add to the header is passed over.

    The regular expressions are looked at when a language is asked for, or all by `rules.check`. Raises FormatError
    with the line for what is not well-formed, no SRX, or refers to rules that are not there.
    """
    root = xmlsafe.parse(data, name=name).getroot()
    reader = _Reader(name)
    if reader.tag(root) != "srx":
        raise reader.fail(root, f"not SRX: its root is <{reader.tag(root)}>")
    version = root.get("version", "")
    if not version.startswith(("1.", "2.")):
        raise reader.fail(root, f"version {version!r} of SRX is not known (there are: 1.0, 2.0)")
    header = reader.child(root, "header")
    body = reader.child(root, "body")
    if body is None:
        raise reader.fail(root, "no <body> in it")
    return SrxDocument(
        language_rules=tuple(reader.language_rules(body)),
        maps=tuple(reader.maps(body)),
        cascade=header is not None and reader.yes(header, "cascade", default=False),
        segment_subflows=header is None or reader.yes(header, "segmentsubflows", default=True),
        format_handles=tuple(reader.handles(header)) if header is not None else (),
    )


class _Reader:
    """The parts of a document as values, with the place of each fault."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.names: set[str] = set()

    def fail(self, element: Element, reason: str) -> FormatError:
        return FormatError(reason, file=self.name, line=xmlsafe.line_of(element))

    @staticmethod
    def tag(element: Element) -> str:
        """The element's name without its namespace; "" for comments."""
        tag: Any = element.tag
        return tag.rpartition("}")[2] if isinstance(tag, str) else ""

    def children(self, element: Element, tag: str) -> Iterator[Element]:
        """The elements of that name in SRX's namespace, or in none as SRX 1.0 has it."""
        for child in element:
            if self.tag(child) == tag:
                yield child

    def child(self, element: Element, tag: str) -> Element | None:
        return next(self.children(element, tag), None)

    def yes(self, element: Element, attribute: str, *, default: bool) -> bool:
        value = element.get(attribute)
        if value is None:
            return default
        if value not in _YES_NO:
            raise self.fail(element, f'{attribute}="{value}" must be yes or no')
        return _YES_NO[value]

    def attribute(self, element: Element, attribute: str) -> str:
        value = element.get(attribute)
        if value is None:
            raise self.fail(element, f"<{self.tag(element)}> without {attribute}")
        return value

    def handles(self, header: Element) -> Iterator[tuple[str, bool]]:
        for handle in self.children(header, "formathandle"):
            kind = self.attribute(handle, "type")
            if kind not in _HANDLES:
                raise self.fail(handle, f'type="{kind}" must be one of {", ".join(_HANDLES)}')
            yield kind, self.yes(handle, "include", default=False)

    def language_rules(self, body: Element) -> Iterator[LanguageRule]:
        for group in self.children(body, "languagerules"):
            for element in self.children(group, "languagerule"):
                name = self.attribute(element, "languagerulename")
                if name in self.names:
                    raise self.fail(element, f"two sets of rules are called {name!r}")
                self.names.add(name)
                yield LanguageRule(name, tuple(map(self.rule, self.children(element, "rule"))))

    def rule(self, element: Element) -> Rule:
        before, after = (self.child(element, tag) for tag in ("beforebreak", "afterbreak"))
        return Rule(
            before="".join(map(str, before.itertext())) if before is not None else "",
            after="".join(map(str, after.itertext())) if after is not None else "",
            breaks=self.yes(element, "break", default=True),
            file=self.name,
            line=xmlsafe.line_of(before if before is not None else element),
        )

    def maps(self, body: Element) -> Iterator[LanguageMap]:
        for group in self.children(body, "maprules"):
            for element in group.iter("{*}languagemap"):
                name = self.attribute(element, "languagerulename")
                if name not in self.names:
                    raise self.fail(element, f"no rules are called {name!r}")
                pattern = self.attribute(element, "languagepattern")
                yield LanguageMap(pattern, name, file=self.name, line=xmlsafe.line_of(element))


def write(document: SrxDocument) -> bytes:
    """The document as an SRX 2.0 file in UTF-8. `read` gives it back, but for characters that XML cannot hold, which
    are written as escapes of the expression they stand in. Rules without any rule in them are left out, with their
    maps, as the schema wants it.
    """
    from lxml import etree

    def add(parent: Element, tag: str, **attributes: str) -> Element:
        return etree.SubElement(
            parent, f"{{{NAMESPACE}}}{tag}", {key: _escaped(value) for key, value in attributes.items()}
        )

    root = etree.Element(f"{{{NAMESPACE}}}srx", {"version": "2.0"}, nsmap=cast(Any, {None: NAMESPACE}))
    header = add(
        root, "header", segmentsubflows=_word(document.segment_subflows), cascade=_word(document.cascade)
    )
    for kind, include in document.format_handles:
        add(header, "formathandle", type=kind, include=_word(include))
    body = add(root, "body")
    groups = add(body, "languagerules")
    for group in document.language_rules:
        if group.rules:
            element = add(groups, "languagerule", languagerulename=group.name)
            for rule in group.rules:
                one = add(element, "rule", **{"break": _word(rule.breaks)})
                add(one, "beforebreak").text = _escaped(rule.before)
                add(one, "afterbreak").text = _escaped(rule.after)
    filled = {group.name for group in document.language_rules if group.rules}
    maps = add(body, "maprules")
    for fit in document.maps:
        if fit.name in filled:
            add(maps, "languagemap", languagepattern=fit.pattern, languagerulename=fit.name)
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _word(value: bool) -> str:
    return "yes" if value else "no"


def _escaped(pattern: str) -> str:
    """The expression with every character that XML cannot hold as an escape that says the same."""
    if xmlsafe.clean(pattern) == pattern:
        return pattern
    return "".join(char if xmlsafe.clean(char) else f"\\u{ord(char):04x}" for char in pattern)
