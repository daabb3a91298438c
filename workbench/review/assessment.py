"""What is known of a unit with a certain text as its target: issues, terms, scores and differences."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, TypeAlias

import workbench
from workbench import diff
from workbench.store.records import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from workbench.checks import Check, CheckContext
    from workbench.diff import Edit
    from workbench.model import Issue, Score, Severity, Span, TranslationUnit
    from workbench.review.around import Around
    from workbench.store import Store
    from workbench.store.records import Filter
    from workbench.termbase import Termbase, TermMatch

    Look: TypeAlias = Callable[[TranslationUnit], list[Issue]]


@dataclass(frozen=True, slots=True)
class Assessment:
    """A unit judged with `text` as its target.

    `issues` leaves the waived ones out; they are in `waived`. `edits` turn the draft into the text. `scores` hold
    the draft against the text; there are none where the unit has no draft.
    """

    unit_id: str
    text: str
    issues: tuple[Issue, ...]
    waived: tuple[Issue, ...]
    terms: tuple[TermMatch, ...]
    target_terms: tuple[TermMatch, ...]
    scores: tuple[Score, ...]
    edits: tuple[Edit, ...]


class Assessor:
    """Judges units by fixed checks and a fixed termbase; pure, so any thread may call it."""

    def __init__(
        self,
        checks: Sequence[Check] | None,
        termbase: Termbase,
        *,
        source_lang: str,
        target_lang: str,
        profile: str = "",
        severities: tuple[tuple[str, Severity], ...] = (),
    ) -> None:
        self._checks = checks
        self._termbase = termbase
        self._languages = (source_lang, target_lang)
        self._profile = profile
        self._severities = severities

    @cached_property
    def _context(self) -> CheckContext:
        # The checks are imported for the first unit that is judged: the first rows of a review do not wait for them.
        from workbench.checks import CheckContext

        return CheckContext(self._termbase, *self._languages, self._profile, self._severities)

    def around(self, store: Store, document_id: str, kept: Filter) -> Around | None:
        """What the checks that need the units around know of a document's; None where there is no such check."""
        from workbench.review.around import Around

        asking = self._asking()
        return Around(store, document_id, asking, self._context, kept) if asking else None

    def renew(self, around: Around) -> bool:
        """Have the units around judged by this one's termbase; False where other checks ask for them now."""
        if self._asking() != around.checks:
            return False
        around.renew(self._context)
        return True

    def _asking(self) -> tuple[Check, ...]:
        """The checks that ask for the units around."""
        from workbench import checks as checking
        from workbench.checks import term_use

        chosen = checking.select(None) if self._checks is None else self._checks
        asking = (check for check in chosen if check.summary is not None)
        return tuple(
            check for check in asking if check != term_use.CHECK or term_use.is_wanted(self._termbase)
        )

    def with_termbase(self, termbase: Termbase) -> Assessor:
        """The same checks with another termbase."""
        return Assessor(
            self._checks,
            termbase,
            source_lang=self._languages[0],
            target_lang=self._languages[1],
            profile=self._profile,
            severities=self._severities,
        )

    @property
    def termbase(self) -> Termbase:
        """The termbase that it judges by."""
        return self._termbase

    def fingerprint(self) -> str:
        """A name for these checks, this termbase and this version: findings under another name are out of date."""
        chosen = ["default"] if self._checks is None else [check.id for check in self._checks]
        style = [self._profile, *(f"{check}={severity}" for check, severity in self._severities)]
        parts = [workbench.__version__, *self._languages, *style, *chosen, self._termbase.digest]
        return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()

    def issues(
        self, unit: TranslationUnit, text: str, *, waived: Collection[str] = (), look: Look | None = None
    ) -> tuple[tuple[Issue, ...], tuple[Issue, ...]]:
        """The findings on the unit with that target: those that stand, and those whose fingerprint is waived.

        `look` gives the findings of the checks that need the units around.
        """
        from workbench import checks as checking

        judged = unit if text == unit.target else replace(unit, target=text)
        found = checking.run(judged, self._context, checks=self._checks)
        if look is not None and (more := look(judged)):
            found = checking.in_order([*found, *more])
        standing = tuple(issue for issue in found if issue.fingerprint not in waived)
        return standing, tuple(issue for issue in found if issue.fingerprint in waived)

    def repairs(
        self, unit: TranslationUnit, *, waived: Collection[str] = ()
    ) -> Iterator[tuple[str, str, int]]:
        """For each check with sure fixes in the unit: its id, the target with all of them made, how many these are."""
        from workbench.checks import CHECKS
        from workbench.checks.fixing import fixed

        standing, _waived = self.issues(unit, unit.target, waived=waived)
        wanted = {issue.check for issue in standing if issue.fix is not None}
        for check in CHECKS:
            if check.id in wanted:
                better = fixed(unit, self._context, checks=(check,), waived=waived)
                if better.target != unit.target:
                    yield check.id, better.target, len(better.made)

    def tidied(
        self, unit: TranslationUnit, text: str, span: Span | None = None, *, waived: Collection[str] = ()
    ) -> tuple[str, int]:
        """The text with every fix of form made (widths, quotes, spaces …), in a span of it only or in all; how many."""
        from workbench import checks as checking
        from workbench.checks.fixing import FORM, fixed

        chosen = checking.select(None) if self._checks is None else self._checks
        wanted = tuple(check for check in chosen if check.id in FORM)
        judged = unit if text == unit.target else replace(unit, target=text)
        if span is None:
            done = fixed(judged, self._context, checks=wanted, waived=waived)
            return done.target, len(done.made)
        end = span.end

        def inside(_now: TranslationUnit, issue: Issue) -> bool:
            nonlocal end
            fix = issue.fix
            if fix is None or fix.span.start < span.start or fix.span.end > end:
                return False
            end += len(fix.text) - len(fix.span)
            return True

        done = fixed(judged, self._context, checks=wanted, waived=waived, choose=inside)
        return done.target, len(done.made)

    def finding(
        self,
        unit: TranslationUnit,
        *,
        version: int,
        waived: Collection[str] = (),
        look: Look | None = None,
    ) -> Finding:
        """How many issues the unit has, as the store keeps it for a version of the unit."""
        standing, _waived = self.issues(unit, unit.target, waived=waived, look=look)
        kinds = tuple(dict.fromkeys(f"{issue.check}:{issue.severity}" for issue in standing))
        return Finding(unit.id, version, len(standing), worst(standing), kinds)

    def assess(
        self,
        unit: TranslationUnit,
        text: str,
        *,
        waived: Collection[str] = (),
        look: Look | None = None,
        deadline_seconds: float | None = None,
    ) -> Assessment:
        """Everything about the unit with that target; a score that is not ready by the deadline is left out."""
        context = self._context
        standing, waived_issues = self.issues(unit, text, waived=waived, look=look)
        scores: list[Score] = []
        edits: list[Edit] = []
        if unit.drafts:
            from workbench import metrics

            scores = metrics.unit_scores(
                unit.draft, text, lang=context.target_lang, deadline_seconds=deadline_seconds
            )
            edits = diff.edits(unit.draft, text)
        return Assessment(
            unit_id=unit.id,
            text=text,
            issues=standing,
            waived=waived_issues,
            terms=tuple(context.termbase.find(unit.source, context.source_lang)),
            target_terms=tuple(context.termbase.find(text, context.target_lang)),
            scores=tuple(scores),
            edits=tuple(edits),
        )


def worst(issues: Sequence[Issue]) -> Severity | None:
    """The gravest severity among the issues, None where there are none."""
    return max((issue.severity for issue in issues), key=lambda severity: severity.rank, default=None)
