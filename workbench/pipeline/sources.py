"""The documents of a project's folder as files: which belong together, what they are called, what they hold."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench import langs
from workbench.errors import FormatError, InputError, UsageError
from workbench.model import Document, Draft, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from workbench.formats import ReadOptions
    from workbench.model import TranslationUnit
    from workbench.segmenter.rules import SegmentationRules

# The extensions of the bilingual formats, as `formats` has them; a project opens without importing those.
BILINGUAL = (
    *(".tmx", ".csv", ".tsv", ".tab", ".jsonl", ".ndjson"),
    *(".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff"),
)
_SIDE = re.compile(
    r"(?P<name>.+)\.(?P<lang>[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*)\.(?:txt|srt|vtt|ass)\Z", re.IGNORECASE
)
SUBTITLES = (".srt", ".vtt", ".ass")

# Characters of the other script at least that tell; units without a counterpart that are named.
_TELLING = 4
_NAMED = 5

_RATIO_LIMIT = 8.0
"""A side this many times longer than the other, once the usual lengths of the languages are allowed for."""


@dataclass(frozen=True, slots=True)
class SourceFiles:
    """One document as files: a source with or without a draft, or one bilingual file (`source` alone, `draft` None)."""

    name: str
    source: Path
    draft: Path | None
    source_lang: str
    target_lang: str

    @property
    def bilingual(self) -> bool:
        """Whether one file holds both sides."""
        return bilingual_name(self.source) is not None

    def in_languages(self, source_lang: str, target_lang: str) -> bool:
        """Whether the document is in these languages; a bilingual file says its own, so it always is."""
        return self.bilingual or (self.source_lang, self.target_lang) == (source_lang, target_lang)

    def digests(self, rules: SegmentationRules | None = None) -> tuple[str, str]:
        """SHA-256 of the source and of the draft file, "" where there is none.

        After it and a "+" stands the fingerprint of the segmentation rules, where the text's language has any.
        """
        if rules is None or self.bilingual:
            return _digest(self.source), _digest(self.draft) if self.draft else ""
        mark, draft_mark = (rules.fingerprint(lang) for lang in (self.source_lang, self.target_lang))
        return _digest(self.source, mark), _digest(self.draft, draft_mark) if self.draft else ""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document read from its files: units without review work, and what the user should be told."""

    document: Document
    units: tuple[TranslationUnit, ...]
    warnings: tuple[str, ...] = ()


def bilingual_name(path: Path) -> str | None:
    """The document that a bilingual file is called: `talk.csv.gz` → "talk"; None for other files."""
    name = path.name[:-3] if path.name.lower().endswith(".gz") else path.name
    ends = [end for end in BILINGUAL if name.lower().endswith(end)]
    return name[: -len(ends[0])] or None if ends else None


def split_name(path: Path) -> tuple[str, str] | None:
    """`talk.zh-CN.txt` → ("talk", "zh-CN"); None for a name that does not say its language."""
    match = _SIDE.match(path.name)
    return (match["name"], langs.normalize(match["lang"])) if match else None


def is_subtitles(path: Path | str) -> bool:
    """Whether a file's name calls for subtitles, whose cues are segments."""
    return str(path).lower().endswith(SUBTITLES)


def pair_up(
    paths: Iterable[Path], *, source_lang: str, target_lang: str, problems: list[InputError] | None = None
) -> list[SourceFiles]:
    """The documents that these files make, by name. Files that are no document (README.md) are passed over.

    A side is in the language that its file's name says with script or region (talk.zh-TW.txt), else in the project's.

    Raises InputError for a draft without a source, a text in neither language, or two files that claim the same
    name and side; with a list for `problems`, they go there and the other documents are found all the same.
    """

    def refuse(reason: str, path: Path) -> None:
        problem = InputError(reason, file=str(path))
        if problems is None:
            raise problem
        problems.append(problem)

    sides: dict[tuple[str, str], tuple[Path, str]] = {}
    found: dict[str, SourceFiles] = {}
    for path in sorted(paths):
        whole = bilingual_name(path)
        named = split_name(path)
        if whole is not None:
            if whole in found:
                refuse(f"two documents are called {whole!r}", path)
            else:
                found[whole] = SourceFiles(whole, path, None, source_lang, target_lang)
        elif named is not None:
            name, lang = named
            side = _side_of(lang, source_lang, target_lang)
            if side is None:
                refuse(f"a text in {lang!r}, in a project from {source_lang} to {target_lang}", path)
            elif (name, side) in sides:
                refuse(f"{sides[name, side][0].name} is the same side of {name!r}", path)
            else:
                wide = source_lang if side == "source" else target_lang
                sides[name, side] = path, lang if lang != langs.primary(lang) else wide
    for (name, side), (path, lang) in sides.items():
        if side == "target":
            if (name, "source") not in sides:
                refuse(f"a draft without its source ({name}.{source_lang}.txt)", path)
        elif name in found:
            refuse(f"two documents are called {name!r}", path)
        else:
            draft, draft_lang = sides.get((name, "target"), (None, target_lang))
            found[name] = SourceFiles(name, path, draft, lang, draft_lang)
    return sorted(found.values(), key=lambda files: files.name)


def _side_of(lang: str, source_lang: str, target_lang: str) -> str | None:
    if langs.primary(lang) == langs.primary(source_lang):
        return "source"
    if langs.primary(lang) == langs.primary(target_lang):
        return "target"
    return None


def load(
    files: SourceFiles,
    *,
    wrapped: bool = False,
    one_per_line: bool = False,
    rules: SegmentationRules | None = None,
) -> Loaded:
    """Read a document from its files: a pair is segmented and aligned, a bilingual file is taken as it stands.

    The cues of subtitles are segments, and so are the lines of texts with `one_per_line`.

    Raises InputError and its leaves when a file cannot be used.
    """
    from workbench import formats
    from workbench.pipeline.align import align, split_lines, units, warnings_of

    if files.bilingual:
        warnings: list[str] = []
        content = formats.read(
            files.source, options=read_options(files.source_lang, files.target_lang, warnings)
        )
        document = Document(
            name=files.name,
            format=content.document.format,
            source_lang=content.document.source_lang or files.source_lang,
            target_lang=content.document.target_lang or files.target_lang,
        )
        return Loaded(document, tuple(with_draft(unit) for unit in content.units), tuple(warnings))
    source, ready, warnings = _read_side(files.source, one_per_line)
    draft, ready_draft, more = _read_side(files.draft, one_per_line) if files.draft else ("", ([], []), [])
    warnings += more
    warnings += length_warnings(files, source, draft)
    warnings += script_warnings(files, source, draft)
    source_lang, target_lang = files.source_lang, files.target_lang
    if ready is None and (ready_draft is None or files.draft is None):
        alignment = align(
            source, draft, wrapped=wrapped, rules=rules, source_lang=source_lang, target_lang=target_lang
        )
    else:
        left, right = (one or split_lines(text) for one, text in ((ready, source), (ready_draft, draft)))
        alignment = align(
            left[0],
            right[0],
            source_breaks=left[1],
            target_breaks=right[1],
            source_lang=source_lang,
            target_lang=target_lang,
        )
    made = units(alignment, source_lang=files.source_lang, target_lang=files.target_lang)
    if files.draft is None:
        made = [_without_draft(unit) for unit in made]
    document = Document(
        name=files.name, format="text", source_lang=files.source_lang, target_lang=files.target_lang
    )
    if files.draft:
        warnings += [
            f"{files.draft}: {line}" for line in warnings_of(alignment, files.source_lang, files.target_lang)
        ]
        warnings += [f"{files.draft}: {line}" for line in doubts(made)]
    return Loaded(document, tuple(made), tuple(warnings))


def read_options(
    source_lang: str, target_lang: str, warnings: list[str], *, seen: set[str] | None = None
) -> ReadOptions:
    """How a project reads a bilingual file: for its pair of languages, each id once, warnings into the list."""
    from workbench.formats import ReadOptions

    return ReadOptions(
        source_lang=source_lang, target_lang=target_lang, unique_ids=True, warn=warnings.append, seen=seen
    )


def with_draft(unit: TranslationUnit) -> TranslationUnit:
    """The unit with its target as the draft, where nobody has worked on it and no draft is named."""
    if unit.drafts or unit.state is not State.INITIAL or not unit.target:
        return unit
    return replace(unit, drafts=(Draft(id="", text=unit.target, engine="draft"),))


def _without_draft(unit: TranslationUnit) -> TranslationUnit:
    return replace(unit, drafts=(), bead_score=1.0, origin="")


def _read_side(path: Path, one_per_line: bool) -> tuple[str, tuple[list[str], list[int]] | None, list[str]]:
    """A file's text, its ready segments with the breaks between paragraphs or None for running text, and warnings."""
    if is_subtitles(path):
        from workbench.formats.subtitles import read_cues

        cues = [cue.text for cue in read_cues(load_bytes(path), str(path))]
        return "\n".join(cues), (cues, []), []
    text, warnings = read_text(path)
    from workbench.pipeline.align import split_lines

    return text, split_lines(text) if one_per_line else None, warnings


def read_text(path: Path) -> tuple[str, list[str]]:
    """A text file's text, and a warning where it was not UTF-8. Raises InputError, also for one with no text in it."""
    from workbench import formats

    data = load_bytes(path)
    text, encoding = formats.decode(data, name=str(path))
    if not text.strip():
        raise FormatError("empty file: there is no text in it", file=str(path))
    if encoding.lower().replace("_", "-") in ("utf-8", "utf-8-sig", "ascii"):
        return text, []
    return text, [f"{path}: read as {encoding}"]


def length_warnings(files: SourceFiles, source: str, draft: str) -> list[str]:
    """A warning, with figures, where one side is far longer than a translation of the other would be."""
    if not draft or not files.draft:
        return []
    expected = 1.0
    if langs.is_chinese(files.target_lang) and not langs.is_chinese(files.source_lang):
        expected = 0.33
    elif langs.is_chinese(files.source_lang) and not langs.is_chinese(files.target_lang):
        expected = 3.0
    ratio = len(draft) / max(1, len(source)) / expected
    if 1 / _RATIO_LIMIT < ratio < _RATIO_LIMIT:
        return []
    longer, times = ("longer", ratio) if ratio > 1 else ("shorter", 1 / ratio)
    return [
        f"{files.draft}: {len(draft)} characters against {len(source)} of {files.source.name}: about "
        f"{times:.0f} times {longer} than a translation would be"
    ]


def script_warnings(files: SourceFiles, source: str, draft: str) -> list[str]:
    """A warning for each Chinese side that is plainly in the other script than its language says."""
    found = []
    for path, lang, text in (
        (files.source, files.source_lang, source),
        (files.draft, files.target_lang, draft),
    ):
        if path is None or not langs.is_chinese(lang):
            continue
        traditional = langs.is_traditional(lang)
        own, other = _of_script(text[:20_000], traditional=traditional)
        if other >= _TELLING and other > 4 * own:
            name = "Simplified" if traditional else "Traditional"
            tag = "zh-CN" if traditional else "zh-TW"
            found.append(
                f"{path}: the text is in {name} characters, but its language is {lang}: name the file"
                f" NAME.{tag}{path.suffix}, or set the language in workbench.toml"
            )
    return found


def _of_script(text: str, *, traditional: bool) -> tuple[int, int]:
    """How many characters of the text only the one script writes, and how many only the other."""
    from opencc import OpenCC

    simple, full = OpenCC("t2s").convert(text), OpenCC("s2t").convert(text)
    to_simple = sum(a != b for a, b in zip(text, simple, strict=False))
    to_full = sum(a != b for a, b in zip(text, full, strict=False))
    return (to_simple, to_full) if traditional else (to_full, to_simple)


def doubts(made: Sequence[TranslationUnit]) -> list[str]:
    """A line for the units of an aligned document that are doubtful, and one for those that have one side only."""
    from workbench.aligner import DOUBTFUL

    lines = []
    doubtful = sum(1 for unit in made if unit.bead_score < DOUBTFUL)
    if doubtful:
        lines.append(f"{doubtful} of {len(made)} units doubtful")
    alone = [number for number, unit in enumerate(made, 1) if not unit.source or not unit.target]
    if alone:
        left = sum(len(unit.source_segments) for unit in made if not unit.target)
        right = sum(len(unit.draft_segments) for unit in made if not unit.source)
        named = ", ".join(map(str, alone[:_NAMED])) + (" …" if len(alone) > _NAMED else "")
        counted = " and ".join(
            f"{count} {side} sentence{'s have' if count > 1 else ' has'} no {other}"
            for count, side, other in ((left, "source", "translation"), (right, "target", "source"))
            if count
        )
        lines.append(f"{counted}: unit{'s' if len(alone) > 1 else ''} {named}")
    return lines


def load_bytes(path: Path) -> bytes:
    """A file's bytes. Raises InputError for a missing file, a directory or one that cannot be read."""
    from workbench.formats.files import load

    return load(path)


def rules_differ(digests: tuple[str, str], others: tuple[str, str]) -> bool:
    """Whether two pairs of digests are of texts under different segmentation rules."""
    return [one.partition("+")[2] for one in digests] != [one.partition("+")[2] for one in others]


def _digest(path: Path, mark: str = "") -> str:
    digest = hashlib.sha256(load_bytes(path)).hexdigest()
    return f"{digest}+{mark[:32]}" if mark else digest


def check_languages(source_lang: str, target_lang: str) -> None:
    """Raise UsageError where both sides are of one language."""
    if langs.primary(source_lang) == langs.primary(target_lang):
        raise UsageError(f"source and target are both {langs.primary(source_lang)!r}")


def number_units(name: str, units: Iterable[TranslationUnit]) -> list[TranslationUnit]:
    """The units with ids "NAME:1", "NAME:2" … where they have none, as a store would give them."""
    return [unit if unit.id else replace(unit, id=f"{name}:{number}") for number, unit in enumerate(units, 1)]
