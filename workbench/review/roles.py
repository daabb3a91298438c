"""The roles of a person in a review: what confirming makes of a unit, and which states need no more work."""

from __future__ import annotations

from workbench.model import DOUBTFUL, State
from workbench.store.records import Filter

CONFIRMED = {"translator": State.TRANSLATED, "reviewer": State.REVIEWED}
"""What confirming makes of a unit, by the role of the person."""

_DONE = {
    "translator": (State.TRANSLATED, State.REVIEWED, State.FINAL),
    "reviewer": (State.REVIEWED, State.FINAL),
}


def everything(role: str, checks: str = "") -> Filter:
    """The filter that lets all units through, for a role; `checks` = the fingerprint of those whose findings count."""
    return Filter(done=_DONE[role], doubt_below=DOUBTFUL, checks=checks)
