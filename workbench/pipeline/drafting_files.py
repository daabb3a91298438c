"""Files to be drafted outside a project: a text or subtitles in segments, or a bilingual file, read and written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbench import formats, langs, segmenter
from workbench.model import Block, Content, Document, TranslationUnit
from workbench.pipeline import sources

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.segmenter.rules import SegmentationRules


@dataclass(frozen=True, slots=True)
class FileToDraft:
    """A file's units, and for a text its paragraphs with how many units each holds."""

    content: Content
    blocks: tuple[tuple[Block, int], ...] = ()
    warnings: tuple[str, ...] = ()

    def with_units(self, units: Sequence[TranslationUnit]) -> Content:
        """The content with other units in the place of its own; a text's paragraphs are those of the targets."""
        if not self.blocks:
            return replace(self.content, units=tuple(units))
        paragraphs, at = [], 0
        apart = "" if langs.is_chinese(self.content.document.target_lang) else " "
        for block, count in self.blocks:
            texts = [unit.target or unit.source for unit in units[at : at + count]]
            paragraphs.append(replace(block, text=apart.join(texts)))
            at += count
        return replace(self.content, blocks=tuple(paragraphs), units=tuple(units))


def lang_of(path: str) -> str | None:
    """The language that a file's name says, None where it says none."""
    named = sources.split_name(Path(path))
    return named[1] if named else None


def read(
    data: bytes,
    name: str,
    *,
    source_lang: str,
    target_lang: str,
    rules: SegmentationRules | None = None,
    wrapped: bool = False,
) -> FileToDraft:
    """A file's bytes as units. Stdin and files without an extension are text. Raises InputError."""
    warnings: list[str] = []
    if sources.is_subtitles(name):
        from workbench.formats.subtitles import read_cues

        cues = [cue.text for cue in read_cues(data, name)]
        document = Document(Path(name).stem, "text", source_lang, target_lang)
        return FileToDraft(Content(document, units=_units(cues)))
    options = formats.ReadOptions(
        source_lang=source_lang, target_lang=target_lang, wrapped=wrapped, line_ids=True, warn=warnings.append
    )
    known = formats.by_extension(name)
    content = formats.read_bytes(data, name=name, format=known.name if known else "text", options=options)
    if not content.blocks:
        return FileToDraft(content, warnings=tuple(warnings))
    texts: list[str] = []
    counted: list[tuple[Block, int]] = []
    for block in content.blocks:
        found = segmenter.segment(block.text, lang=source_lang, wrapped=wrapped, rules=rules)
        texts += [one.text for one in found]
        counted.append((block, len(found)))
    return FileToDraft(replace(content, units=_units(texts)), tuple(counted), tuple(warnings))


def _units(texts: Sequence[str]) -> tuple[TranslationUnit, ...]:
    return tuple(
        TranslationUnit(str(number), number - 1, text, "", source_segments=(text,))
        for number, text in enumerate(texts, 1)
    )


def written(content: Content, shape: str) -> bytes:
    """The content in a format: a text's paragraphs in "text", its units in any other."""
    if shape != "text":
        content = replace(content, blocks=())
    return formats.write_bytes(content, format=shape)
