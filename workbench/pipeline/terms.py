"""The verbs on a glossary: read it, find its terms, import and export it in the formats that termbases come in."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbench import formats, langs, tokens
from workbench.errors import FormatError, InputError, UsageError
from workbench.formats.files import gunzip
from workbench.model import Concept, Term, TermStatus
from workbench.pipeline import terms_tables as tables
from workbench.pipeline.terms_headings import columns
from workbench.termbase import dumps, load, loads, tbx
from workbench.termbase.merging import Merge, merge_file
from workbench.termbase.settings import SETTINGS_KEY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from workbench.model import TranslationUnit
    from workbench.termbase import Termbase, TermMatch

IMPORTS = ("tbx", "csv", "tsv", "xlsx", "tmx", "yaml")
EXPORTS = ("tbx", "csv", "tsv", "xlsx", "yaml", "jsonl")
_EXTENSIONS = {"yml": "yaml", "tab": "tsv", "txt": "tsv", "ndjson": "jsonl", "martif": "tbx", "xml": "tbx"}
LONGEST_TERM = 5
"""How many words of a TMX unit's source still make a term, unless told otherwise."""
_SENTENCE = re.compile(r"[.!?;:。！？；：…]\s*\Z|[,，。！？；]\s?\S")
# Marks that belong to a name: U.S. Inc., Dr. No, Yahoo!; a sentence of more words has a small one.
_MARKED = re.compile(r"(?:[A-Z][\w’'&-]*[.!]?|(?:[A-Z]\.)+)(?:,? (?:[A-Z][\w’'&-]*[.!]?|(?:[A-Z]\.)+|&))*")
_CODE = re.compile(r"</?[A-Za-z][^<>]*>|\{/?\d+\}")
_HAN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class TermPlace:
    """A term found in a text, the renderings it calls for, and the concept's line in the glossary.

    `inside` is the term that holds it, or the other word that the dictionary reads there; such a one does not count.
    """

    match: TermMatch
    renderings: tuple[Term, ...]
    inside: str = ""


def find_terms(termbase: Termbase, text: str, lang: str) -> list[TermPlace]:
    """The terms of a text in order, with those inside longer ones of another concept and inside other words."""
    other = (
        termbase.target_lang
        if langs.primary(lang) != langs.primary(termbase.target_lang)
        else termbase.source_lang
    )
    counted = termbase.find(text, lang)
    taken = {(match.concept.id, match.span) for match in counted}
    places = [TermPlace(match, match.concept.in_lang(other)) for match in counted]
    for match in termbase.find(text, lang, nested=True):
        if (match.concept.id, match.span) in taken:
            continue
        outer = next((one for one in counted if one.span.overlaps(match.span)), None)
        if outer is not None and outer.concept.id != match.concept.id:
            places.append(TermPlace(match, match.concept.in_lang(other), outer.span.of(text)))
    for match, word in termbase.find_inside(text, lang):
        places.append(TermPlace(match, match.concept.in_lang(other), word))
    return sorted(
        places, key=lambda place: (place.match.span.start, bool(place.inside), -len(place.match.span))
    )


def language_of(text: str, source_lang: str, target_lang: str) -> str:
    """Which of the two languages a text is in, by its Chinese characters."""
    chinese = len(_HAN.findall(text)) * 3 > len("".join(text.split()))
    for lang in (source_lang, target_lang):
        if langs.is_chinese(lang) == chinese:
            return lang
    return source_lang


def new_concept(
    source: str,
    target: str,
    *,
    note: str = "",
    domain: str = "",
    status: str = "",
    source_lang: str = "en",
    target_lang: str = "zh",
) -> Concept:
    """A concept of a term and its rendering, as they stand in a text. Raises UsageError for texts that are no terms.

    `status` is that of the rendering; "keep" stands for a term that is not translated.
    """
    name, rendering = (" ".join(text.split()).strip(" ,.;:，。；：") for text in (source, target))
    if status == "keep":
        rendering = rendering or name
        if rendering != name:
            raise UsageError(f"a term that is kept has no translation: {name!r} is not {rendering!r}")
    if name == SETTINGS_KEY:
        raise UsageError(f"no term can be called {name!r}: the glossary's settings stand there")
    for text, what in ((name, "term"), (rendering, "rendering")):
        if not text:
            raise UsageError(f"the {what} is empty")
        if not text.isprintable():
            raise UsageError(f"the {what} {text!r} has characters that cannot be printed")
    known = ("", "keep", *TermStatus)
    if status not in known:
        raise UsageError(f"no status {status!r} (there are: {', '.join(known[1:])})")
    rank = TermStatus(status) if status not in ("", "keep") else TermStatus.PREFERRED
    terms = (Term(name, source_lang), Term(rendering, target_lang, rank, status == "keep"))
    return Concept(name, terms, domain=" ".join(domain.split()), note=" ".join(note.split()))


def format_of(path: str, given: str | None, known: Sequence[str]) -> str:
    """The format that is named, or that a file's name calls for. Raises UsageError."""
    if given:
        return given
    extension = path.lower().removesuffix(".gz").rpartition(".")[2]
    found = _EXTENSIONS.get(extension, extension)
    if found not in known:
        raise UsageError(
            f"{path}: no format has this extension (there are: {', '.join(known)}); --from names one"
        )
    return found


def read_concepts(
    data: bytes,
    *,
    name: str,
    format: str,
    mapping: Mapping[str, str] | None = None,
    source_lang: str = "en",
    target_lang: str = "zh",
    longest: int = LONGEST_TERM,
    sheet: str = "",
    regions: Sequence[str] = (),
) -> tables.Table:
    """The concepts of a file in one of IMPORTS. Raises InputError with the line at fault.

    `mapping` names a table's columns; `longest` is in words, and in three times as many Chinese characters; `sheet` is
    that of a workbook, `regions` are the tags of TBX that are read, such as zh-TW.
    """
    if sheet and format != "xlsx":
        raise UsageError(f"--sheet goes with xlsx, not with {format}")
    if regions and format != "tbx":
        raise UsageError(f"--lang goes with tbx, not with {format}")
    if mapping and format not in ("csv", "tsv", "xlsx"):
        raise UsageError(f"--map goes with tables (csv, tsv, xlsx), not with {format}")
    data = gunzip(data, name=name)
    if format == "tbx":
        return _of_tbx(data, name, source_lang, target_lang, regions)
    if format == "yaml":
        text, _ = formats.decode(data, name=name)
        return tables.Table(
            list(loads(text, name=name, source_lang=source_lang, target_lang=target_lang).concepts),
            apart=True,
        )
    if format == "tmx":
        options = formats.ReadOptions(source_lang=source_lang, target_lang=target_lang, line_ids=True)
        content = formats.read_bytes(data, name=name, format="tmx", options=options)
        return _of_units(content.units, longest, source_lang, target_lang)
    sheets: tuple[str, ...] = ()
    if format == "xlsx":
        rows, sheets = tables.read_xlsx(data, name=name, sheet=sheet)
    else:
        rows = tables.read_csv(data, name=name, tab=format == "tsv")
    try:
        found, heading = columns(
            rows, mapping or {}, name=name, source_lang=source_lang, target_lang=target_lang
        )
    except FormatError as error:
        if sheet or len(sheets) < 2:
            raise
        reason = f"{error.reason}; another sheet with --sheet ({', '.join(sheets)})"
        raise FormatError(reason, file=name, line=error.line) from None
    return tables.concepts_of(
        rows[heading:], found, name=name, source_lang=source_lang, target_lang=target_lang
    )


def _of_tbx(
    data: bytes, name: str, source_lang: str, target_lang: str, regions: Sequence[str]
) -> tables.Table:
    """The concepts of TBX, and which sections of the two languages were left out."""
    left_out: Counter[str] = Counter()
    concepts = tbx.read(
        data,
        name=name,
        source_lang=source_lang,
        target_lang=target_lang,
        regions=regions,
        left_out=left_out,
    )
    table = tables.Table(concepts, apart=True)
    for tag, count in sorted(left_out.items()):
        table.warnings.append(f"{count} language sections of {tag} left out: --lang {tag} reads them instead")
    return table


def _of_units(
    units: Iterable[TranslationUnit], longest: int, source_lang: str, target_lang: str
) -> tables.Table:
    """The short units of a translation memory that look like terms and not like sentences."""
    table = tables.Table()
    long: list[str] = []
    for unit in units:
        source, target = (" ".join(_CODE.sub("", text).split()) for text in (unit.source, unit.target))
        if not source or not target:
            continue
        if not (_is_short(source, longest) and _is_short(target, longest)):
            long.append(source)
            continue
        terms = (Term(source, source_lang), Term(target, target_lang, case=source == target))
        table.concepts.append(
            Concept(source, terms, note="; ".join(" ".join(note.split()) for note in unit.notes))
        )
    if long:
        shown = ", ".join(repr(text if len(text) <= 40 else text[:39] + "…") for text in long[:3])
        more = ", …" if len(long) > 3 else ""
        table.warnings.append(
            f"{len(long)} units are sentences, or longer than {longest} words: left out ({shown}{more})"
        )
    return table


def _is_short(text: str, longest: int) -> bool:
    if _SENTENCE.search(text) and not _MARKED.fullmatch(text):
        return False
    if _HAN.search(text):
        return len(text) <= 3 * longest
    return 0 < len(tokens.words(text, "en")) <= longest


def import_terms(
    glossary: Path,
    concepts: Sequence[Concept],
    *,
    source_lang: str = "en",
    target_lang: str = "zh",
    apart: bool = False,
    dry_run: bool = False,
) -> Merge:
    """Merge concepts into a glossary file. Raises GlossaryError, OutputError."""
    return merge_file(
        glossary, concepts, source_lang=source_lang, target_lang=target_lang, apart=apart, dry_run=dry_run
    )


def add_term(
    glossary: Path,
    source: str,
    target: str,
    *,
    note: str = "",
    domain: str = "",
    status: str = "",
    source_lang: str = "en",
    target_lang: str = "zh",
) -> Merge:
    """Put a term and its rendering into a glossary file: a new entry, or into the one that has the term already.

    With the status "preferred" the rendering becomes the preferred one of an entry that has another. The file is made
    where it is missing. Raises UsageError for what is no term, or is several entries' and no domain tells which,
    GlossaryError, OutputError.
    """
    concept = new_concept(
        source,
        target,
        note=note,
        domain=domain,
        status=status,
        source_lang=source_lang,
        target_lang=target_lang,
    )
    if glossary.exists():
        _one_home(load(glossary, source_lang=source_lang, target_lang=target_lang), concept)
    return merge_file(
        glossary,
        [concept],
        source_lang=source_lang,
        target_lang=target_lang,
        prefer=status == TermStatus.PREFERRED,
    )


def _one_home(termbase: Termbase, concept: Concept) -> None:
    """Refuse a term that several entries have and no domain tells apart. Raises UsageError."""
    name = concept.id.casefold()
    texts = {term.text for term in concept.in_lang(termbase.target_lang)}
    homes = [
        one
        for one in termbase.concepts
        if any(term.text.casefold() == name for term in one.in_lang(termbase.source_lang))
    ]
    shared = [one for one in homes if any(term.text in texts for term in one.in_lang(termbase.target_lang))]
    fitting = [one for one in homes if not concept.domain or one.domain in ("", concept.domain)]
    if len(fitting) > 1 and not shared and not any(one.domain == concept.domain != "" for one in fitting):
        entries = ", ".join(
            f"{one.id!r} (line {one.line}{', domain ' + one.domain if one.domain else ''})" for one in fitting
        )
        raise UsageError(
            f"{concept.id!r} is a term of {len(fitting)} entries, {entries}: say which with --domain"
        )


def export_terms(
    termbase: Termbase,
    format: str,
    *,
    source_lang: str = "en",
    target_lang: str = "zh",
    title: str = "Glossary",
) -> bytes:
    """The termbase in one of EXPORTS. Raises UsageError."""
    concepts = termbase.concepts
    if format == "tbx":
        return tbx.write(concepts, source_lang=source_lang, target_lang=target_lang, title=title)
    if format == "yaml":
        text = dumps(concepts, source_lang=source_lang, target_lang=target_lang, settings=termbase.settings)
        return text.encode("utf-8", errors="surrogatepass")
    if format == "jsonl":
        return "".join(json.dumps(_record(one), ensure_ascii=False) + "\n" for one in concepts).encode()
    rows = tables.rows_of(concepts, source_lang=source_lang, target_lang=target_lang)
    return tables.write_xlsx(rows) if format == "xlsx" else tables.write_csv(rows, tab=format == "tsv")


def _record(concept: Concept) -> dict[str, object]:
    terms = [
        {"text": term.text, "lang": term.lang, "status": str(term.status), "case": term.case}
        for term in concept.terms
    ]
    record: dict[str, object] = {"id": concept.id, "terms": terms}
    record |= {
        key: getattr(concept, key) for key in ("domain", "definition", "note") if getattr(concept, key)
    }
    return record | {key: True for key in ("always", "first_mention") if getattr(concept, key)}


def glossary_path(path: str | None) -> tuple[Path, str, str]:
    """The glossary file that a path stands for, and the languages: a file is itself, a folder its project's.

    Raises InputError, ConfigError, UsageError.
    """
    from workbench import config
    from workbench.pipeline.project import locate

    if path is not None and not Path(path).is_dir():
        if Path(path).suffix.lower() not in (".yaml", ".yml"):
            raise InputError("not a glossary: its name ends in .yaml", file=path)
        return Path(path), "en", "zh"
    settings = config.load(locate(Path(path) if path is not None else Path.cwd()))
    return settings.glossary, settings.source_lang, settings.target_lang
