"""What a check is, what it is told, and how its findings are made.

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
   design's list, the category is MQM's.
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
from typing import TypeAlias

from workbench.langs import is_chinese, is_traditional
from workbench.model import Fix, Issue, IssueValue, Severity, Span, TranslationUnit
from workbench.termbase import Termbase


@dataclass(frozen=True)
class CheckContext:
    """What a check may know besides the unit: the termbase, the languages, and the house style."""

    termbase: Termbase = field(default_factory=Termbase)
    source_lang: str = "en"
    target_lang: str = "zh"
    profile: str = ""
    """"" = what the target language calls for; see `PROFILES`."""

    @cached_property
    def chinese(self) -> bool:
        """Whether the target is Chinese: the rules of Chinese writing apply."""
        return is_chinese(self.target_lang)

    @cached_property
    def traditional(self) -> bool:
        """Whether the target is to be in traditional characters."""
        return is_traditional(self.target_lang)


PROFILES: tuple[str, ...] = ("", "prose", "ui")
"""House styles: "ui" lets messages end without a mark and take ASCII punctuation, as user-interface texts
do."""

Find: TypeAlias = Callable[[TranslationUnit, CheckContext], Iterator[Issue]]
Render: TypeAlias = Callable[[Issue], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One kind of fault, how it is found and how a finding is put into words.

    `category` is the MQM category of an annotation made from a finding. `scope` is "unit", or "document"
    for a check that needs the units around. A check that is not `default` runs only where it is asked for.
    """

    id: str
    title: str
    severity: Severity
    category: str
    find: Find
    render: Render
    scope: str = "unit"
    default: bool = True

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
