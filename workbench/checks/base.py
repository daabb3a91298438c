"""What a check is, what it is told, and how its findings are made.

A check of scope "unit" judges each unit by itself. One of scope "document" (or "project") also asks a summary of
all units, which adds and subtracts one unit at a time: its contract is in `workbench/checks/summaries.py`.

To add a check:

1. Write `workbench/checks/ID.py`, whose first docstring line says what the check finds, with
   `find(unit, context) -> Iterator[Issue]`: pure, never raising on any text (what it raises all the same, `run`
   shows as a neutral finding), O(length of the unit). Look at
   texts through `texts.view(text)`: it knows which parts are URLs, placeholders and codes, and is computed
   once for all checks. Make findings with `CHECK.issue(unit, …)`: spans into source and target; the
   `values` that the message is made of, both readings among them; a `fix` only where a person would apply
   it unseen, and idempotent.
2. In the same file, `render(issue) -> str`: one plain sentence that shows both readings, made of the
values alone.
3. `CHECK = Check(id=…, title=…, severity=…, category=…, find=find, render=render)`; the id is one of those
in the
   design's list, the category is MQM's. A check that needs the units around has `scope="document"` and names its
   `summary` class, which `find` gets by `context.summary(ThatClass)`.
4. Put it into the literal tuple `CHECKS` in `workbench/checks/__init__.py`, at the place where users
should see it.
5. Write `tests/test_check_ID.py`: a dense table of findings and of texts that must stay silent.
6. Measure it with `python benchmarks/checks.py --data DIR` and add the row to `docs/checks.md`. With more
than
   0.3 findings per 100 untouched references, or with most of them not real, it is `default=False`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import Literal, TypeAlias, TypeVar

from workbench.checks.profile import Profile, read_profile
from workbench.checks.summaries import DocumentSummaries, Summary
from workbench.langs import is_chinese
from workbench.model import Fix, Issue, IssueValue, Severity, Span, TranslationUnit
from workbench.termbase import Termbase

S = TypeVar("S", bound=Summary)


@dataclass(frozen=True)
class CheckContext:
    """What a check may know besides the unit: the termbase, the languages, the house style, the document.

    `profile` is house style in words, such as "taiwan ui"; see `workbench.checks.profile`. `severities` are those that
    the project gives to checks in place of their own. `summaries` know the units of the document; without them the
    checks of scope "document" and "project" do not run.
    """

    termbase: Termbase = field(default_factory=Termbase)
    source_lang: str = "en"
    target_lang: str = "zh"
    profile: str = ""
    severities: tuple[tuple[str, Severity], ...] = ()
    summaries: DocumentSummaries | None = None
    document: str = ""

    @cached_property
    def chinese(self) -> bool:
        """Whether the target is Chinese: the rules of Chinese writing apply."""
        return is_chinese(self.target_lang)

    @cached_property
    def house(self) -> Profile:
        """The region and style that the profile and the target language call for."""
        return read_profile(self.profile, self.target_lang)

    @cached_property
    def traditional(self) -> bool:
        """Whether the target is to be in traditional characters."""
        return self.house.traditional

    @cached_property
    def ui(self) -> bool:
        """Whether the texts are those of a user interface, which need no end mark and take ASCII punctuation."""
        return self.house.style == "ui"

    @cached_property
    def severity_of(self) -> dict[str, Severity]:
        """The severities of the project by check id."""
        return dict(self.severities)

    def summary(self, kind: type[S]) -> S:
        """The summary of that class over the unit's document, or over the project. Raises LookupError without one."""
        if self.summaries is None:
            raise LookupError(f"no summary {kind.__name__}: the context has no document")
        return self.summaries.of(kind, document=self.document)


Scope: TypeAlias = Literal["unit", "document", "project"]
Find: TypeAlias = Callable[[TranslationUnit, CheckContext], Iterator[Issue]]
Render: TypeAlias = Callable[[Issue], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One kind of fault, how it is found and how a finding is put into words.

    `category` is the MQM category of an annotation made from a finding. `scope` is "unit", or "document"
    for a check that needs the units around, "project" for one that needs those of all documents: these name the
    class of their `summary`. A check that is not `default` runs only where it is asked for.
    """

    id: str
    title: str
    severity: Severity
    category: str
    find: Find
    render: Render
    scope: Scope = "unit"
    summary: type[Summary] | None = None
    default: bool = True

    def __post_init__(self) -> None:
        if (self.scope == "unit") != (self.summary is None):
            raise ValueError(f"check {self.id}: scope {self.scope!r} and summary {self.summary!r} do not fit")

    def issue(
        self,
        unit: TranslationUnit,
        *,
        source_span: Span | None = None,
        target_span: Span | None = None,
        fix: Fix | None = None,
        severity: Severity | None = None,
        anchor: str | None = None,
        **values: IssueValue,
    ) -> Issue:
        """A finding of this check, with its fingerprint.

        The fingerprint is made of the check, the value `kind` and the texts under the spans, or of
        `anchor` where these texts say too little (a lone comma); `run` numbers those that are the same.
        """
        if anchor is None:
            anchor = "\0".join(
                (
                    source_span.of(unit.source) if source_span is not None else "",
                    target_span.of(unit.target) if target_span is not None else "",
                )
            )
        return Issue(
            unit_id=unit.id,
            check=self.id,
            severity=severity or self.severity,
            values=tuple(values.items()),
            source_span=source_span,
            target_span=target_span,
            fingerprint=fingerprint(self.id, str(values.get("kind", "")), anchor),
            fix=fix,
        )


def fingerprint(check: str, *texts: str) -> str:
    """A name for a finding that holds while the text around it changes."""
    content = "\1".join(texts).encode("utf-8", "surrogatepass")
    return f"{check}-{blake2b(content, digest_size=6).hexdigest()}"


def text_value(issue: Issue, name: str, default: str = "") -> str:
    """The value of that name as a text, `default` where there is none."""
    for key, value in issue.values:
        if key == name:
            return " / ".join(value) if isinstance(value, tuple) else str(value)
    return default
