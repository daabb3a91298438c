"""What the panes say of one unit: an assessment turned into paragraphs, off the screen's thread."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.langs import is_chinese
from workbench.model import DOUBTFUL, Origin, TermStatus
from workbench.report.visible import visible
from workbench.review.annotating import place_in
from workbench.review.commenting_threads import place_of, threads_of
from workbench.review.drafting import said_of
from workbench.tui.completion import Phrase, source_phrases, term_phrases, text_phrases
from workbench.tui.grid import WORST_MARKS
from workbench.tui.header import LABELS, score_text
from workbench.tui.sheet import Paragraph

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from workbench.diff import Edit
    from workbench.model import Annotation, Issue, Score, Span, TranslationUnit
    from workbench.review.commenting_threads import Thread
    from workbench.review.session import Assessment
    from workbench.termbase import TermMatch

_NUMBER = re.compile(r"\d[\d,.]*\d%?|\d%?")
_NAME = re.compile(
    r"(?<![.!?:“\"(] )(?<!^)(?<!^[“\"(])\b[A-Z][\w’'-]+(?:[ -][A-Z][\w’'-]+)*"  # within a sentence
    r"|\b[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)+"  # of several words, also at its start
    r"|\b\w*[a-z]\w*[A-Z]\w*|\b[A-Z]{2,}[\w-]*"  # WeChat, TASI
)
_BY_HAND: dict[str, str] = {
    Origin.HAND: "put together by hand",
    Origin.SHIFTED: "shifted by hand",
    Origin.DROPPED: "dropped: no translation, on purpose",
    Origin.ADDED: "added: no source, on purpose",
}
COMMENT_MARKS = {"": ("# ", "accent"), "open": ("? ", "warn"), "resolved": ("✓ ", "good")}
_ACCEPTED = (TermStatus.PREFERRED, TermStatus.ADMITTED)


@dataclass(frozen=True, slots=True)
class UnitView:
    """The panes of a unit with one text as its target; `counts` stands beside the sections' names."""

    unit_id: str
    text: str
    source: tuple[Paragraph, ...]
    sections: dict[str, tuple[Paragraph, ...]]
    counts: dict[str, str]
    marks: tuple[Span, ...] = ()
    fixes: tuple[int, ...] = ()
    places: tuple[Span | None, ...] = ()
    """Where each issue stands in the target."""
    issue_count: int = 0
    first: str = ""
    """The section to show before all others, where one is."""
    phrases: tuple[Phrase, ...] = ()
    """What the editor may offer while one types."""


def view_of(
    unit: TranslationUnit,
    assessment: Assessment,
    *,
    message: Callable[[Issue], str],
    target_lang: str,
    annotations: Sequence[Annotation] = (),
) -> UnitView:
    """The panes for an assessment of the unit; `annotations` are the errors that people noted in it."""
    issues = tuple(assessment.issues)
    terms = _terms(assessment, target_lang)
    missing = sum(1 for paragraph in terms if paragraph.lead.startswith(("✗", "!")))
    changed = any(edit.op != "equal" for edit in assessment.edits)
    return UnitView(
        unit_id=assessment.unit_id,
        text=assessment.text,
        source=source_paragraphs(unit, assessment),
        sections={
            "issues": (*_issues(assessment, message), *_noted_in(unit, assessment.text, annotations)),
            "terms": terms or (Paragraph("no term of the glossary in the source", style="dim"),),
            "draft": _draft(unit, assessment.text, assessment.edits),
            "scores": score_paragraphs(assessment.scores, stale=False),
        },
        counts={
            "issues": (str(len(issues)) if issues else "none")
            + (f", {len(annotations)} noted" if annotations else ""),
            "terms": f"{len(terms)}{f', {missing} to see' if missing else ''}" if terms else "none",
            "draft": ("changed" if changed else "as is") + _made_by(unit),
            "scores": "",
        },
        marks=(
            *(issue.target_span for issue in issues if issue.target_span is not None),
            *places_noted(unit, assessment.text, annotations),
        ),
        fixes=tuple(number for number, issue in enumerate(issues, 1) if issue.fix is not None),
        places=tuple(issue.target_span for issue in issues),
        issue_count=len(issues),
        phrases=phrases_of(unit, assessment, target_lang),
    )


def phrases_of(unit: TranslationUnit, assessment: Assessment, target_lang: str) -> tuple[Phrase, ...]:
    """What may be typed in full with one key: terms, names of the source, words of the drafts."""
    if not is_chinese(target_lang):
        return (*term_phrases(assessment.terms, target_lang), *source_phrases(unit.source))
    drafts = dict.fromkeys((*(draft.text for draft in unit.drafts), unit.target))
    return (
        *term_phrases(assessment.terms, target_lang),
        *source_phrases(unit.source),
        *(phrase for text in drafts for phrase in text_phrases(text, "draft")),
    )


def alignment_words(unit: TranslationUnit) -> str:
    """How the unit's sides came together, "" where that is plain: "  2-1, 36% sure", "  put together by hand"."""
    if unit.origin in _BY_HAND:
        return f"  {_BY_HAND[unit.origin]}"
    if not unit.origin or (unit.origin == "1-1" and unit.bead_score >= DOUBTFUL):
        return ""
    if not unit.bead_score:
        return f"  {visible(unit.origin)}, left over"
    return f"  {visible(unit.origin)}, {100 * unit.bead_score:.0f}% sure"


def source_paragraphs(unit: TranslationUnit, assessment: Assessment | None = None) -> tuple[Paragraph, ...]:
    """The source with its numbers and names, and once it is assessed its terms and faults, marked."""
    spans = [(match.start(), match.end(), "strong") for match in _NAME.finditer(unit.source)]
    spans += [(match.start(), match.end(), "number") for match in _NUMBER.finditer(unit.source)]
    if assessment is not None:
        spans += [(match.span.start, match.span.end, "term") for match in assessment.terms]
        for issue in assessment.issues:
            if issue.source_span is not None:
                spans.append((issue.source_span.start, issue.source_span.end, "warn"))
    threads = threads_of(unit)
    places = (place_of(one, unit.source, unit.target) for one in threads if one.side == "source")
    spans += [(place.start, place.end, "term") for place in places if place is not None]
    notes = (Paragraph(*_note(one)) for one in threads)
    return (Paragraph(unit.source, spans=tuple(spans)), *notes)


def score_paragraphs(scores: Sequence[Score], *, stale: bool) -> tuple[Paragraph, ...]:
    """Every score in one line, then each one's signature."""
    if not scores:
        return (Paragraph("no draft to compare with", style="dim"),)
    values = "   ".join(score_text(score, stale=stale) for score in scores)
    signatures = (
        Paragraph(
            score.signature,
            style="dim",
            lead=f"  {LABELS.get(score.metric, score.metric):<5}",
            lead_style="dim",
        )
        for score in scores
    )
    return (Paragraph(values), *signatures)


def _issues(assessment: Assessment, message: Callable[[Issue], str]) -> tuple[Paragraph, ...]:
    paragraphs: list[Paragraph] = []
    for number, issue in enumerate(assessment.issues, 1):
        mark, style = WORST_MARKS[issue.severity.value]
        text = message(issue)
        spans: tuple[tuple[int, int, str], ...] = ()
        if issue.fix is not None:
            old = issue.fix.span.of(assessment.text)
            hint = f"  fix: “{old}” → “{issue.fix.text}”" if old else f"  fix: add “{issue.fix.text}”"
            spans = ((len(text), len(text) + len(hint), "accent"),)
            text += hint
        paragraphs.append(
            Paragraph(text, spans=spans, lead=f"{number} {mark} ", lead_style=style, key=f"issue {number}")
        )
    waived = tuple(
        Paragraph(f"waived: {message(issue)}", style="dim", lead="- ", lead_style="dim")
        for issue in assessment.waived
    )
    if not paragraphs:
        return (Paragraph("nothing found", style="dim"), *waived)
    return (*paragraphs, *waived)


def _note(thread: Thread) -> tuple[str, tuple[tuple[int, int, str], ...], str, str, str]:
    """A thread in a line, as a paragraph takes it: who said what last; its mark tells open, resolved and plain."""
    mark, style = COMMENT_MARKS[thread.status]
    about = f"“{thread.quote}” " if thread.quote else ""
    about = f"rejected: {about}" if thread.is_rejection else about
    last = thread.messages[-1]
    text = f"{about}{last.text}" + (f" ({last.author})" if last.author else "")
    return text, (), "dim" if thread.status == "resolved" else "accent", mark, style


def places_noted(unit: TranslationUnit, text: str, annotations: Sequence[Annotation]) -> tuple[Span, ...]:
    """Where in a text as the target noted errors stand, and the words that open comments are about."""
    found = [place_in(one, text) for one in annotations]
    found += [
        place_of(one, unit.source, text) for one in threads_of(unit) if one.side == "target" and one.is_open
    ]
    return tuple(span for span in found if span is not None)


def _noted_in(unit: TranslationUnit, text: str, annotations: Sequence[Annotation]) -> list[Paragraph]:
    """The errors that people noted, with the words in which they stand."""
    found = []
    for one in annotations:
        span = place_in(one, text)
        words = f" “{span.of(text)}”" if span is not None else ""
        if span is None and one.span is not None and one.target:
            words = f" “{one.span.of(one.target)}” (gone)"
        if one.source_span is not None and one.source_span.end <= len(unit.source):
            words += f" source “{one.source_span.of(unit.source)}”"
        comment = f": {one.comment}" if one.comment else ""
        said = f"noted: {one.category}, {one.severity}{words}{comment} ({one.author})"
        found.append(Paragraph(said, lead="* ", lead_style="accent"))
    return found


def _terms(assessment: Assessment, target_lang: str) -> tuple[Paragraph, ...]:
    """One paragraph a concept of the source, then the terms of the target that are not wanted."""
    paragraphs: list[Paragraph] = []
    found: dict[str, list[TermMatch]] = {}
    for match in assessment.target_terms:
        found.setdefault(match.concept.id, []).append(match)
    seen: set[str] = set()
    for match in assessment.terms:
        concept = match.concept
        if concept.id in seen:
            continue
        seen.add(concept.id)
        accepted = [term.text for term in concept.in_lang(target_lang, *_ACCEPTED)]
        used = [hit.term.text for hit in found.get(concept.id, ()) if hit.term.status in _ACCEPTED]
        text = (
            f"{match.term.text} → {' / '.join(accepted)}"
            if accepted
            else f"{match.term.text}: do not translate"
        )
        mark, style, tail = ("✓ ", "good", "") if used else ("✗ ", "bad", "   not found")
        if concept.note or match.term.note:
            tail += f"   ({concept.note or match.term.note})"
        head = len(match.term.text)
        spans = ((0, head, "term"), (len(text), len(text) + len(tail), "dim"))
        key = f"put {(accepted or [match.term.text])[0]}"
        paragraphs.append(Paragraph(text + tail, spans=spans, lead=mark, lead_style=style, key=key))
    for hits in found.values():
        for hit in hits:
            if hit.term.status not in _ACCEPTED:
                better = " / ".join(term.text for term in hit.concept.in_lang(target_lang, *_ACCEPTED))
                text = f"{hit.term.text} is {hit.term.status.value}" + (f": use {better}" if better else "")
                paragraphs.append(Paragraph(text, lead="! ", lead_style="bad"))
    return tuple(paragraphs)


def _draft(unit: TranslationUnit, text: str, edits: Sequence[Edit]) -> tuple[Paragraph, ...]:
    """The draft and the text as one: [-taken out-]{+put in+}."""
    draft = unit.draft
    if not unit.drafts:
        return (Paragraph("there was no draft", style="dim"),)
    said = _made_by(unit)
    by = (Paragraph(f"by {said_of(unit.drafts[0])}", style="dim"),) if said else ()
    if draft == text:
        return (Paragraph(draft, style="dim"), *by)
    return (differences(draft, text, edits), *by)


def _made_by(unit: TranslationUnit) -> str:
    """The engine of the draft behind a comma, with the percentage of a match; "" for a draft that a file brought."""
    if not unit.drafts or not unit.drafts[0].is_made:
        return ""
    return f", {said_of(unit.drafts[0]).partition(',')[0]}"


def beside_theirs(view: UnitView, stored: str, author: str, edits: Sequence[Edit]) -> UnitView:
    """The view with the stored text in place of the draft, and what was typed against it.

    The stored text is somebody else's, or older than what was typed before the screen ended.
    """
    by = f", by {author}" if author else ""
    said = Paragraph(f"stored{by}; [-stored-] {{+what you typed+}}:", style="accent")
    sections = {**view.sections, "draft": (said, differences(stored, view.text, edits))}
    return replace(
        view, sections=sections, counts={**view.counts, "draft": "against what is stored"}, first="draft"
    )


def differences(draft: str, text: str, edits: Sequence[Edit]) -> Paragraph:
    """Two texts as one: [-taken out-]{+put in+}."""
    parts: list[str] = []
    spans: list[tuple[int, int, str]] = []
    position = 0

    def put(part: str, style: str) -> None:
        nonlocal position
        parts.append(part)
        spans.append((position, position + len(part), style))
        position += len(part)

    for edit in edits:
        if edit.op == "equal":
            put(edit.new_span.of(text), "")
            continue
        if len(edit.old_span):
            put(f"[-{edit.old_span.of(draft)}-]", "delete")
        if len(edit.new_span):
            put(f"{{+{edit.new_span.of(text)}+}}", "insert")
    return Paragraph("".join(parts), spans=tuple(span for span in spans if span[2]))
