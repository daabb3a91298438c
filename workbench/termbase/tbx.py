"""TBX, the exchange format of termbases: versions 3 (ISO 30042:2019, styles DCA and DCT) and 2 in, TBX-Basic 3 out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench import xmlsafe
from workbench.errors import FormatError
from workbench.langs import is_chinese, is_traditional, primary
from workbench.model import Concept, Term, TermStatus
from workbench.termbase.settings import INFLECTIONS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# TBX has no word for "forbidden" beside "deprecated": what it calls deprecated should never be used, what was
# superseded is old.
_STATUS = {
    TermStatus.PREFERRED: "preferredTerm-admn-sts",
    TermStatus.ADMITTED: "admittedTerm-admn-sts",
    TermStatus.DEPRECATED: "supersededTerm-admn-sts",
    TermStatus.FORBIDDEN: "deprecatedTerm-admn-sts",
}
_READ_STATUS = {
    "preferredterm": TermStatus.PREFERRED,
    "preferred": TermStatus.PREFERRED,
    "admittedterm": TermStatus.ADMITTED,
    "admitted": TermStatus.ADMITTED,
    "legalterm": TermStatus.ADMITTED,
    "regulatedterm": TermStatus.ADMITTED,
    "standardizedterm": TermStatus.ADMITTED,
    "supersededterm": TermStatus.DEPRECATED,
    "superseded": TermStatus.DEPRECATED,
    "obsolete": TermStatus.DEPRECATED,
    "deprecatedterm": TermStatus.FORBIDDEN,
    "deprecated": TermStatus.FORBIDDEN,
    "notrecommended": TermStatus.FORBIDDEN,
    "forbidden": TermStatus.FORBIDDEN,
}
_ENTRIES = ("conceptEntry", "termEntry")
_SECTIONS = ("langSec", "langSet")
_TERM_GROUPS = ("termSec", "tig", "ntig", "termGrp")
# What TBX-Basic has no place for goes into notes that begin so.
_OWN = "workbench:"
_FLAGS = ("always", "first_mention")


def read(
    data: bytes,
    *,
    name: str,
    source_lang: str = "en",
    target_lang: str = "zh",
    regions: Collection[str] = (),
    left_out: Counter[str] | None = None,
) -> list[Concept]:
    """The concepts of a TBX file that have terms in both languages.

    Of the sections of a language those count that have no region or that of the language; a language without a region
    takes the tags in `regions`, or else all of a source and the simplified ones of Chinese. `left_out` counts the
    tags of the sections left out. Raises FormatError with the line for what is no TBX.
    """
    wanted = _Wanted(source_lang, target_lang, regions, Counter() if left_out is None else left_out)
    root = xmlsafe.parse(data, name=name).getroot()
    if _tag(root) not in ("tbx", "martif", "TBX"):
        raise FormatError(f"not TBX: it begins with <{_tag(root)}>", file=name, line=xmlsafe.line_of(root))
    return [
        concept
        for entry in root.iter()
        if _tag(entry) in _ENTRIES
        for concept in _concepts(entry, name, wanted)
    ]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which language sections are read."""

    source_lang: str
    target_lang: str
    regions: Collection[str]
    left_out: Counter[str]

    def lang_of(self, tag: str) -> str | None:
        """The language that a section's tag stands for, None for a section that is left out."""
        lang = next(
            (one for one in (self.source_lang, self.target_lang) if primary(one) == primary(tag)), None
        )
        if lang is None:
            return None
        asked = {one.lower() for one in self.regions if primary(one) == primary(lang)}
        if asked:
            fits = tag.lower() in asked
        elif is_chinese(lang):
            fits = tag.lower() == primary(tag) or _variety(tag) == _variety(lang)
        else:
            fits = "-" not in tag or "-" not in lang or tag.lower() == lang.lower()
        if not fits:
            self.left_out[tag] += 1
        return lang if fits else None


def _variety(tag: str) -> str:
    """The written Chinese of a tag: simplified, or that of Taiwan, Hong Kong or Macau."""
    if not is_traditional(tag):
        return ""
    region = tag.rpartition("-")[2].upper()
    return "HK" if region in ("HK", "MO") else "TW"


def _concepts(entry: Any, name: str, wanted: _Wanted) -> Iterator[Concept]:
    source_lang, target_lang = wanted.source_lang, wanted.target_lang
    terms: dict[str, list[Term]] = {source_lang: [], target_lang: []}
    notes: list[str] = []
    own: dict[str, str] = {}
    for section in entry:
        if _tag(section) in _SECTIONS:
            tag = section.get(_XML_LANG) or section.get("lang")
            if not tag:
                raise FormatError(
                    "a language section without xml:lang", file=name, line=xmlsafe.line_of(section)
                )
            lang = wanted.lang_of(tag.replace("_", "-"))
            if lang is not None:
                terms[lang] += _terms(section, lang, notes, own)
    notes[:0] = _notes(entry, own)
    if not all(terms.values()):
        return
    case = own.get("case") == "true"
    keep = own.get("keep") == "true"
    names = [Term(one.text, one.lang, one.status, case) for one in _ranked(terms[source_lang])]
    renderings = [
        Term(one.text, one.lang, one.status, (case or keep) and one.status in _ranks)
        for one in _ranked(terms[target_lang])
    ]
    yield Concept(
        own.get("id", names[0].text),
        (*names, *renderings),
        _data(entry, "subjectField"),
        _data(entry, "definition"),
        "; ".join(dict.fromkeys(notes)),
        xmlsafe.line_of(entry) or 0,
        always=own.get("always") == "true",
        first_mention=own.get("first_mention") == "true",
        inflect=own["inflect"] if own.get("inflect") in INFLECTIONS else "",
    )


_ranks = (TermStatus.PREFERRED, TermStatus.ADMITTED)


def _ranked(terms: list[Term]) -> list[Term]:
    """The terms as a glossary has them: one preferred and first, the accepted ones before the others."""
    order = {
        TermStatus.PREFERRED: 0,
        TermStatus.ADMITTED: 1,
        TermStatus.FORBIDDEN: 2,
        TermStatus.DEPRECATED: 3,
    }
    seen: dict[str, Term] = {}
    for term in sorted(terms, key=lambda one: order[one.status]):
        seen.setdefault(term.text, term)
    found: list[Term] = []
    for term in seen.values():
        status = term.status
        if status in _ranks:
            status = TermStatus.ADMITTED if found else TermStatus.PREFERRED
        found.append(Term(term.text, term.lang, status))
    return found


def _terms(section: Any, lang: str, notes: list[str], own: dict[str, str]) -> Iterator[Term]:
    """The terms of a language section; its own notes go to `notes`."""
    notes += _notes(section, own)
    for group in section.iter():
        if _tag(group) not in _TERM_GROUPS or any(_tag(part) in _TERM_GROUPS for part in group):
            continue
        for one in group.iter():
            if _tag(one) == "term":
                text = " ".join("".join(one.itertext()).split())
                if text:
                    status = _READ_STATUS.get(
                        (_data(group, "administrativeStatus") or _data(group, "normativeAuthorization"))
                        .lower()
                        .removesuffix("-admn-sts"),
                        TermStatus.ADMITTED,
                    )
                    yield Term(text, lang, status)
        notes += _notes(group, own)


def _notes(element: Any, own: dict[str, str]) -> list[str]:
    """The notes that stand directly in an element; our own go to `own`."""
    found = []
    for child in element:
        if _tag(child) == "note" and (text := " ".join("".join(child.itertext()).split())):
            key, equals, value = text.removeprefix(_OWN).partition("=")
            if text.startswith(_OWN) and equals:
                own[key] = value
            else:
                found.append(text)
    return found


def _data(element: Any, category: str) -> str:
    """The first value of a data category in an element: by its type (DCA) or by its tag (DCT)."""
    for one in element.iter():
        if one.get("type") == category or _tag(one) == category:
            return " ".join("".join(one.itertext()).split())
    return ""


def _tag(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def write(
    concepts: Iterable[Concept], *, source_lang: str = "en", target_lang: str = "zh", title: str = "Glossary"
) -> bytes:
    """The concepts as TBX-Basic, version 3, style DCA; flags that it does not know are notes.

    Characters that XML cannot hold are left out.
    """
    from lxml import etree

    root: Any = etree.Element(f"{{{NAMESPACE}}}tbx", nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    root.set("type", "TBX-Basic")
    root.set("style", "dca")
    root.set(_XML_LANG, source_lang)
    header = _sub(root, "tbxHeader")
    description = _sub(header, "fileDesc")
    _sub(_sub(description, "titleStmt"), "title", title)
    _sub(_sub(description, "sourceDesc"), "p", "Exported by translation-workbench")
    body = None
    text = _sub(root, "text")
    for number, concept in enumerate(concepts, 1):
        if body is None:
            body = _sub(text, "body")
        _write_concept(body, concept, number, (source_lang, target_lang))
    etree.indent(root, space=" ")
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return written + b"\n"


def _write_concept(body: Any, concept: Concept, number: int, langs: tuple[str, str]) -> None:
    """One conceptEntry: data first, then a langSec a language."""
    entry = _sub(body, "conceptEntry", id=f"c{number}")
    names = concept.in_lang(langs[0])
    renderings = concept.in_lang(langs[1])
    for category, value in (("subjectField", concept.domain), ("definition", concept.definition)):
        if value:
            _sub(entry, "descrip", value, type=category)
    keep = any(one.case and one.text in {name.text for name in names} for one in renderings)
    own = {"id": concept.id} if not names or names[0].text != concept.id else {}
    own |= {"case": "true"} if any(one.case for one in (names if keep else concept.terms)) else {}
    own |= {"keep": "true"} if keep and not any(one.case for one in names) else {}
    own |= {flag: "true" for flag in _FLAGS if getattr(concept, flag)}
    own |= {"inflect": concept.inflect} if concept.inflect else {}
    for note in ([concept.note] if concept.note else []) + [
        f"{_OWN}{key}={value}" for key, value in own.items()
    ]:
        _sub(entry, "note", note)
    for lang, terms in zip(langs, (names, renderings), strict=True):
        if not terms:
            continue
        section = _sub(entry, "langSec")
        section.set(_XML_LANG, lang)
        for term in terms:
            group = _sub(section, "termSec")
            _sub(group, "term", term.text)
            _sub(group, "termNote", _STATUS[term.status], type="administrativeStatus")
            if term.note:
                _sub(group, "note", term.note)


def _sub(parent: Any, tag: str, text: str = "", **attributes: str) -> Any:
    from lxml import etree

    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", attributes)
    if text:
        element.text = xmlsafe.clean(text)
    return element
