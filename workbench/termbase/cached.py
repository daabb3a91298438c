"""A glossary that was read before, kept beside the store so that opening a project need not parse YAML again."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from dataclasses import astuple, fields
from hashlib import blake2b
from pathlib import Path
from typing import Any

from workbench.errors import GlossaryError
from workbench.model import Concept, Term, TermStatus
from workbench.termbase.glossary import load
from workbench.termbase.matching import Termbase
from workbench.termbase.settings import GlossarySettings

_SHAPE = [field.name for field in (*fields(Concept), *fields(Term), *fields(GlossarySettings))]


def load_cached(path: Path, cache: Path, *, source_lang: str = "en", target_lang: str = "zh") -> Termbase:
    """The termbase of a glossary file, as `load` gives it; from `cache` where that was made of the same bytes.

    A cache that is missing, damaged or of another version is made anew; one that cannot be written is done without.
    Raises GlossaryError with the line at fault.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise GlossaryError(error.strerror or "cannot be read", file=str(path)) from None
    key = blake2b(repr((_SHAPE, source_lang, target_lang)).encode() + data, digest_size=16).hexdigest()
    held = _read(cache, key)
    if held is None:
        termbase = load(path, source_lang=source_lang, target_lang=target_lang)
        with contextlib.suppress(OSError):
            _write(cache, key, termbase)
        return termbase
    concepts, settings = held
    return Termbase(concepts, source_lang=source_lang, target_lang=target_lang, settings=settings)


def _read(cache: Path, key: str) -> tuple[list[Concept], GlossarySettings] | None:
    try:
        found, rows, settings = json.loads(cache.read_bytes())
        return ([_concept(row) for row in rows], GlossarySettings(*settings)) if found == key else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _concept(row: list[Any]) -> Concept:
    identity, terms, *rest = row
    return Concept(identity, tuple(Term(a, b, TermStatus(c), d, e) for a, b, c, d, e in terms), *rest)


def _write(cache: Path, key: str, termbase: Termbase) -> None:
    if not cache.parent.is_dir():
        return
    handle, part = tempfile.mkstemp(prefix=f".{cache.name}.", suffix=".part", dir=cache.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogatepass") as stream:
            rows = [astuple(concept) for concept in termbase.concepts]
            json.dump((key, rows, astuple(termbase.settings)), stream, ensure_ascii=False)
        Path(part).replace(cache)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
