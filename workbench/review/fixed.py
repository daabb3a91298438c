"""Which units stand fixed: people have judged them, so that repairs of a whole stretch leave them as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.model import Origin, State

if TYPE_CHECKING:
    from workbench.model import TranslationUnit
    from workbench.store import Store

_BY_HAND = frozenset((Origin.HAND, Origin.DROPPED, Origin.ADDED))


class Fixed:
    """Says whether a unit of a document is fixed.

    It is where it was confirmed, edited, annotated, rated, noted or waived, split, merged, moved to or from, or marked
    as dropped or added. A target that only came along when its column was shifted is not.
    """

    def __init__(self, store: Store, document_id: str) -> None:
        self._judged, self._edited = store.judged_ids(document_id)

    def __call__(self, unit: TranslationUnit) -> bool:
        """Whether the unit is fixed."""
        if unit.state is not State.INITIAL or unit.notes or unit.origin in _BY_HAND:
            return True
        edited = unit.target != unit.draft if unit.drafts else unit.id in self._edited
        return edited or unit.id in self._judged
