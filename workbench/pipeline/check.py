"""Checking units without a screen: every finding of the chosen checks, in the order of the units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench import checks as family
from workbench.termbase import Termbase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workbench.model import Issue, TranslationUnit


def check(
    units: Iterable[TranslationUnit],
    termbase: Termbase | None = None,
    *,
    checks: str | None = None,
    source_lang: str = "en",
    target_lang: str = "zh",
) -> list[Issue]:
    """All findings on the units. `checks` selects as on the command line ("number,width" or "+spacing,-width").

    Raises NotFoundError for an unknown check id.
    """
    return [
        issue
        for _unit, found in find_issues(
            units, termbase, checks=checks, source_lang=source_lang, target_lang=target_lang
        )
        for issue in found
    ]


def find_issues(
    units: Iterable[TranslationUnit],
    termbase: Termbase | None = None,
    *,
    checks: str | None = None,
    source_lang: str = "en",
    target_lang: str = "zh",
) -> Iterator[tuple[TranslationUnit, list[Issue]]]:
    """Each unit with its findings, one at a time, so that a long file streams."""
    chosen = family.select(checks)
    context = family.CheckContext(
        termbase=termbase if termbase is not None else Termbase(()),
        source_lang=source_lang,
        target_lang=target_lang,
    )
    for unit in units:
        yield unit, family.run(unit, context, checks=chosen)
