"""The pane of matches: what was reviewed before, how its source differs, and what must be changed in its target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.memory.changes import changes
from workbench.numerals import compare
from workbench.tui.completion import text_phrases
from workbench.tui.pane import Pane, PaneView
from workbench.tui.sheet import Paragraph
from workbench.tui.unit_view import differences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.memory import Match
    from workbench.model import TranslationUnit
    from workbench.review.session import ReviewSession

COMPLETED_FROM = 70.0
"""The words of matches below this percentage are not offered while one types."""


def look_up(session: ReviewSession, unit: TranslationUnit) -> PaneView:
    """Find what the pane shows of a unit; to be called behind the screen."""
    matches = session.matches_of(unit)
    equal = session.count_repetitions(unit)
    document = session.document
    paragraphs = match_paragraphs(
        unit.source, matches, source_lang=document.source_lang, target_lang=document.target_lang
    )
    if equal:
        said = f"{equal:,} open {'unit has' if equal == 1 else 'units have'} the same source"
        paragraphs = (*paragraphs, Paragraph(said, lead="= ", lead_style="accent", style="accent"))
    count = f"{len(matches)}, {matches[0].percent:.0f}%" if matches else "none"
    near = (match for match in matches if match.percent >= COMPLETED_FROM)
    phrases = (phrase for match in near for phrase in text_phrases(match.target, "match"))
    return PaneView(unit.id, paragraphs, count, phrases=tuple(dict.fromkeys(phrases)))


def match_paragraphs(
    source: str, matches: Sequence[Match], *, source_lang: str, target_lang: str
) -> tuple[Paragraph, ...]:
    """For each match its target, its source as [-what it has-]{+what this source has+}, and where it is from."""
    if not matches:
        return (Paragraph("no reviewed unit resembles this one", style="dim"),)
    paragraphs: list[Paragraph] = []
    for number, match in enumerate(matches, 1):
        lead = f"{number} {match.percent:.0f}% "
        paragraphs.append(_target(source, match, lead, number, source_lang, target_lang))
        indent = " " * len(lead)
        if match.source != source:
            changed = differences(match.source, source, changes(match.source, source))
            paragraphs.append(Paragraph(changed.text, changed.spans, lead=indent))
        day = f", {match.at:%Y-%m-%d}" if match.at is not None else ""
        by = f" by {match.author}" if match.author else ""
        paragraphs.append(Paragraph(f"{match.document}{by}{day}", style="dim", lead=indent))
    return tuple(paragraphs)


def _target(
    source: str, match: Match, lead: str, number: int, source_lang: str, target_lang: str
) -> Paragraph:
    """The match's target; the values that the source does not state are marked, with what should stand there."""
    text, spans, hints = match.target, [], []
    if match.source != source:
        for one in compare(source, match.target, source_lang, target_lang):
            if one.target is None:
                continue
            span = one.target.span
            spans.append((span.start, span.end, "bad"))
            wanted = one.fix or (one.source.text if one.source is not None else "")
            if wanted:
                hints.append(f"“{span.of(match.target)}” → “{wanted}”")
    if hints:
        hint = f"  change: {', '.join(hints)}"
        spans.append((len(text), len(text) + len(hint), "accent"))
        text += hint
    style = "good strong" if match.percent >= 100 else "accent strong"
    return Paragraph(text, tuple(spans), lead=lead, lead_style=style, key=f"match {number}")


PANE = Pane(
    "matches",
    "m",
    "Units reviewed before that resemble this one: the target, what the source has there [-and-]{+here+}, and where it "
    "is from. A value to be changed is marked. A click on a match puts it in.",
    ("match", "propagate"),
    look_up,
)
