"""The segments of a <unit> or <trans-unit> of an XLIFF, with their states and the matches that are theirs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.errors import FormatError
from workbench.formats.tmx_inline import local
from workbench.model import State
from workbench.xmlsafe import line_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.etree import _Element as Element

OLD_STATES = {
    "new": State.INITIAL,
    "needs-translation": State.INITIAL,
    "needs-adaptation": State.INITIAL,
    "needs-l10n": State.INITIAL,
    "needs-review-translation": State.INITIAL,
    "needs-review-adaptation": State.INITIAL,
    "needs-review-l10n": State.INITIAL,
    "translated": State.TRANSLATED,
    "signed-off": State.REVIEWED,
    "final": State.FINAL,
}
# sdl:seg/@conf and mq:status: what Trados and memoQ say of a segment beside XLIFF's own states.
_TOOL_STATES = {
    "draft": State.INITIAL,
    "translated": State.TRANSLATED,
    "rejectedtranslation": State.INITIAL,
    "approvedtranslation": State.REVIEWED,
    "rejectedsignoff": State.INITIAL,
    "approvedsignoff": State.FINAL,
    "manuallyconfirmed": State.TRANSLATED,
    "confirmed": State.TRANSLATED,
    "reviewer1confirmed": State.REVIEWED,
    "proofread": State.REVIEWED,
}


@dataclass(slots=True)
class Segment:
    """A segment before it is a unit."""

    place: int | str
    id: str
    source: Element
    target: Element | None
    state: State
    told: list[str]
    drafts: list[Element]


def old_segments(element: Element, children: Mapping[str, Sequence[Element]], name: str) -> list[Segment]:
    """The segments of a <trans-unit>: those of its <seg-source>, or itself as one."""
    source, target = _sides(element, children, name)
    unit_id = element.get("id") or ""
    proposals = [
        one for one in children.get("alt-trans", ()) if one.get("alttranstype", "proposal") == "proposal"
    ]
    told = [target.get("state") or "" if target is not None else "", *_qualifier(target)]
    parts = [mark for one in children.get("seg-source", ()) for mark in _marks(one)]
    goals = {mark.get("mid"): mark for mark in _marks(target)} if target is not None else {}
    if not parts or (target is not None and not goals and "".join(map(str, target.itertext())).strip()):
        state, told = _old_state(element, target, told, name)
        return [Segment("", unit_id, source, target, state, told, proposals)]
    confirmed = {one.get("id"): one.get("conf") for one in element.iter("{*}seg") if local(one) == "seg"}
    segments = []
    for at, mark in enumerate(parts):
        mid = mark.get("mid") or ""
        goal = goals.get(mid)
        state, said = _old_state(element, target, told, name, tool=confirmed.get(mid) or "")
        if goal is None or not (len(goal) or goal.text):
            said = [said[0]]
        mine = [one for one in proposals if one.get("mid") == mid or (not at and not one.get("mid"))]
        own_id = unit_id if len(parts) == 1 else f"{unit_id}/{mid or at + 1}"
        segments.append(Segment(mid, own_id, mark, goal, state, said, mine))
    return segments


def _qualifier(target: Element | None) -> list[str]:
    qualifier = target.get("state-qualifier") if target is not None else None
    return [qualifier] if qualifier else []


def _marks(element: Element) -> list[Element]:
    """The segments within a <seg-source> or <target>, wherever they stand."""
    return [one for one in element.iter("{*}mrk") if one.get("mtype") == "seg" and one.get("mid")]


def _old_state(
    element: Element, target: Element | None, told: Sequence[str], name: str, *, tool: str = ""
) -> tuple[State, list[str]]:
    """The state of a segment, and what said so where it is not what the workbench would write for it."""
    word = told[0]
    approved = element.get("approved") == "yes"
    if not tool:
        tool = next((str(value) for key, value in element.items() if str(key).endswith("}status")), "")
    known = _TOOL_STATES.get(tool.lower())
    if known is not None:
        return known, [tool]
    if word and word not in OLD_STATES and not word.startswith("x-"):
        line = line_of(element if target is None else target)
        raise FormatError(f"the state {word!r} is none of XLIFF 1.2's", file=name, line=line)
    state = OLD_STATES.get(word, State.INITIAL)
    if approved and word in ("", "translated"):
        state = State.REVIEWED
    has_text = target is not None and bool(len(target) or target.text)
    if not word or (word == old_state(state, has_text) and not told[1:]):
        return state, [word or ("yes" if approved else "")]
    return state, [word, word, *told[1:]]


def old_state(state: State, has_text: bool) -> str:
    """The state of XLIFF 1.2 that is written for a unit's."""
    return {
        State.INITIAL: "needs-review-translation" if has_text else "needs-translation",
        State.TRANSLATED: "translated",
        State.REVIEWED: "signed-off",
        State.FINAL: "final",
    }[state]


def new_segments(element: Element, children: Mapping[str, Sequence[Element]], name: str) -> list[Segment]:
    """The segments of a <unit>, each with the matches that refer to it."""
    unit_id = element.get("id") or ""
    parts = children.get("segment", [])
    if not parts:
        raise FormatError("a <unit> without <segment>", file=name, line=line_of(element))
    waiting = [
        one
        for holder in children.get("matches", ())
        for one in holder
        if local(one) == "match" and one.get("reference") != "yes"
    ]
    segments = []
    for at, part in enumerate(parts):
        inner: dict[str, list[Element]] = {}
        for child in part:
            inner.setdefault(local(child), []).append(child)
        source, target = _sides(part, inner, name)
        own_id = part.get("id") or str(at + 1)
        inside = {one.get("id") for one in part.iter() if local(one)} - {None} if waiting else set()
        mine = [one for one in waiting if _reference(one) in inside]
        waiting = [one for one in waiting if one not in mine]
        word = part.get("state") or ""
        try:
            state = State(word or "initial")
        except ValueError:
            known = ", ".join(State)
            raise FormatError(
                f"the state {word!r} is none of {known}", file=name, line=line_of(part)
            ) from None
        told = [word, *([part.get("subState") or ""] if part.get("subState") else [])]
        segments.append(
            Segment(
                at, unit_id if len(parts) == 1 else f"{unit_id}/{own_id}", source, target, state, told, mine
            )
        )
    segments[0].drafts += waiting
    return segments


def _reference(match: Element) -> str:
    """The id that a match's `ref` ends in: "#s1" and "#/f=f1/u=u1/s1" both name s1."""
    return re.split(r"[#/=]", match.get("ref") or "")[-1]


def _sides(
    element: Element, children: Mapping[str, Sequence[Element]], name: str
) -> tuple[Element, Element | None]:
    sources, targets = children.get("source", ()), children.get("target", ())
    if len(sources) != 1 or len(targets) > 1:
        wrong = "source" if len(sources) != 1 else "target"
        count = len(sources) if wrong == "source" else len(targets)
        raise FormatError(
            f"a <{local(element)}> with {count} <{wrong}>: it has {'exactly' if wrong == 'source' else 'at most'} one",
            file=name,
            line=line_of(element),
        )
    return sources[0], targets[0] if targets else None
