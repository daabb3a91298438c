"""glossary.yaml: writing concepts, and adding to it without touching what stands there."""

from __future__ import annotations

import io
import json
import os
import re
import tempfile
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import GlossaryError, OutputError
from workbench.langs import primary
from workbench.termbase.glossary import FLAG_KEYS, STATUSES, TEXTS, decode, loads
from workbench.termbase.settings import SETTINGS_KEY, GlossarySettings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbench.model import Concept

_PLAIN_SCALAR = re.compile(
    r"(?!(?:true|false|yes|no|on|off|null)\Z)[^\W\d_](?:[\w '’.()·+/-]*[\w')+）])?\Z", re.IGNORECASE
)


def dumps(
    concepts: Iterable[Concept],
    *,
    source_lang: str = "en",
    target_lang: str = "zh",
    settings: GlossarySettings = GlossarySettings(),  # noqa: B008 - frozen
) -> str:
    """The glossary text of the concepts, in the shortest form that says all of each."""
    usual = GlossarySettings()
    changed = [
        one.name for one in fields(settings) if getattr(settings, one.name) != getattr(usual, one.name)
    ]
    head = f"{SETTINGS_KEY}:\n" if changed else ""
    head += "".join(f"  {name}: {str(getattr(settings, name)).lower()}\n" for name in changed)
    return head + "".join(written(concept, source_lang, target_lang) for concept in concepts)


def add_concept(path: Path, concept: Concept, *, source_lang: str = "en", target_lang: str = "zh") -> None:
    """Add one concept at the end of the glossary; every comment and line that stands there stays as it is.

    A missing file is made. Raises GlossaryError where the concept's key is there already or the file is
    broken, OutputError where it cannot be written.
    """
    name, old, data = str(path), "", b""
    if path.exists():
        data = read_file(path)
        old = decode(data, name)
    before = loads(old, name=name, source_lang=source_lang, target_lang=target_lang).concepts
    for known in before:
        if known.id == concept.id:
            raise GlossaryError(f"{concept.id!r} is in the glossary already", file=name, line=known.line)
    new = appended(old, written(concept, source_lang, target_lang))
    try:
        after = loads(new, name=name, source_lang=source_lang, target_lang=target_lang).concepts
    except GlossaryError:
        after = ()
    if after[:-1] != before or not after:
        new = reflowed(old, written(concept, source_lang, target_lang))
        loads(new, name=name, source_lang=source_lang, target_lang=target_lang)
    write_file(path, (b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b"") + new.encode("utf-8"))


def scalar(text: str) -> str:
    """The text as a YAML scalar, in quotes where it needs them."""
    return text if _PLAIN_SCALAR.match(text) else json.dumps(text, ensure_ascii=not text.isprintable())


def value_of(texts: list[str]) -> str:
    if len(texts) == 1:
        return scalar(texts[0])
    quoted = [scalar(text) for text in texts]
    return "[" + ", ".join(quoted) + "]"


def field_texts(concept: Concept, source_lang: str, target_lang: str) -> list[tuple[str, list[str]]]:
    """What each key of a concept's long form says, in the order of writing."""
    source = [term for term in concept.terms if primary(term.lang) == primary(source_lang)]
    target = [term for term in concept.terms if primary(term.lang) == primary(target_lang)]
    accepted = [term for term in target if term.status not in STATUSES.values()]
    names = [term.text for term in source]
    keep = bool(accepted) and [term.text for term in accepted] == names and all(one.case for one in accepted)
    found: list[tuple[str, list[str]]] = []
    if names != [concept.id]:
        found.append((primary(source_lang), names))
    if accepted and not keep:
        found.append((primary(target_lang), [term.text for term in accepted]))
    for label, status in STATUSES.items():
        found.append((label, [term.text for term in target if term.status == status]))
    flags = {
        "case": any(term.case for term in (source if keep else concept.terms)),
        "keep": keep,
        "always": concept.always,
        "first_mention": concept.first_mention,
    }
    found += [(label, ["true"]) for label, value in flags.items() if value]
    found += [(label, [getattr(concept, label)]) for label in ("inflect", *TEXTS) if getattr(concept, label)]
    return [(label, texts) for label, texts in found if texts]


def written(concept: Concept, source_lang: str, target_lang: str) -> str:
    """The lines of one concept."""
    found = [
        (label, "true" if label in FLAG_KEYS else value_of(texts))
        for label, texts in field_texts(concept, source_lang, target_lang)
    ]
    head = scalar(concept.id)
    if [label for label, _ in found] == [primary(target_lang)]:
        return f"{head}: {found[0][1]}\n"
    return f"{head}:\n" + "".join(f"  {label}: {value}\n" for label, value in found)


def appended(old: str, lines: str) -> str:
    newline = "\r\n" if "\r\n" in old else "\n"
    gap = "" if not old or old.endswith("\n") else newline
    return old + gap + lines.replace("\n", newline)


def reflowed(old: str, lines: str) -> str:
    """The glossary with the concept added through the YAML tree: for a file that lines cannot be added to."""
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 10_000
    tree = yaml.load(old)
    if tree is None:
        return lines
    tree.update(yaml.load(lines))
    out = io.StringIO()
    yaml.dump(tree, out)
    return out.getvalue()


def read_file(path: Path) -> bytes:
    """The bytes of a glossary. Raises GlossaryError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise GlossaryError(error.strerror or "cannot be read", file=str(path)) from None


def write_file(path: Path, data: bytes) -> None:
    """Write under a temporary name in the same folder, then rename."""
    temporary: str | None = None
    try:
        target = path.resolve()
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o644
        Path(temporary).chmod(mode)
        Path(temporary).replace(target)
    except OSError as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        raise OutputError(error.strerror or "cannot be written", file=str(path)) from None
