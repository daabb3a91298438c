"""Effort as a value: seconds, keystrokes and sizes of what was worked on, and how much of the drafts was changed."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from workbench.langs import is_chinese

BANDS: tuple[tuple[str, float], ...] = (
    ("0", 0.0),
    ("1-5", 5.0),
    ("6-15", 15.0),
    ("16-25", 25.0),
    ("26-50", 50.0),
)
LAST_BAND = ">50"
_LABELS = (*(label for label, _ in BANDS), LAST_BAND)
_TOPS = tuple(top for _, top in BANDS)


@dataclass(frozen=True, slots=True)
class Effort:
    """The effort on some units.

    `worked` units were decided on at least once; `timed` of them with seconds on record, to which `source_size` and
    `target_size` belong, counted as `source_counted` and `target_counted` say. `bands` counts the
    `drafted` units, which are done and had a draft, by their character edit rate.
    """

    worked: int
    timed: int
    seconds: float
    keystrokes: int
    source_size: int
    target_size: int
    source_counted: str
    target_counted: str
    drafted: int
    bands: tuple[tuple[str, int], ...]

    @property
    def seconds_per_unit(self) -> float | None:
        """Seconds a timed unit took."""
        return self.seconds / self.timed if self.timed else None

    @property
    def source_per_hour(self) -> float | None:
        """Source words (or characters) an hour."""
        return 3600 * self.source_size / self.seconds if self.seconds else None

    @property
    def target_per_hour(self) -> float | None:
        """Target characters (or words) an hour."""
        return 3600 * self.target_size / self.seconds if self.seconds else None

    @property
    def untouched(self) -> int:
        """Drafts accepted untouched."""
        return dict(self.bands)[BANDS[0][0]]

    @property
    def untouched_share(self) -> float | None:
        """The share of drafts accepted untouched, in percent."""
        return 100 * self.untouched / self.drafted if self.drafted else None


def counted(lang: str) -> str:
    """What a text of that language is counted in: characters where it has no spaces between words, else words."""
    return "characters" if is_chinese(lang) else "words"


def size(text: str, lang: str) -> int:
    """Its words, parted by white space, or for Chinese its characters, white space left out."""
    parts = text.split()
    return sum(map(len, parts)) if _is_chinese(lang) else len(parts)


def band(rate: float) -> str:
    """The band of change a percentage falls into; a started percent counts as whole."""
    return _LABELS[bisect_left(_TOPS, rate)]


_is_chinese = cache(is_chinese)
