"""House style: the region whose rules of writing count, and whether texts are prose or those of a user interface."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from workbench.errors import NotFoundError
from workbench.langs import is_traditional

Quotes: TypeAlias = tuple[tuple[str, str], tuple[str, str]]

REGIONS: dict[str, Quotes] = {
    "mainland": (("“", "”"), ("‘", "’")),
    "taiwan": (("「", "」"), ("『", "』")),
    "hong-kong": (("「", "」"), ("『", "』")),
}
"""The regions, with their quotation marks: outer, then inner (GB/T 15834-2011; 重訂標點符號手冊 2008)."""
STYLES: tuple[str, ...] = ("prose", "ui")
PROFILES: tuple[str, ...] = (*REGIONS, *STYLES)
"""The words that a profile is made of."""

_SIMPLIFIED = frozenset({"hans", "cn", "sg"})
_SUBTAGS = {"tw": "taiwan", "hk": "hong-kong", "mo": "hong-kong"}


@dataclass(frozen=True, slots=True)
class Profile:
    """House style, read: a region of REGIONS and a style of STYLES; `named` = the profile says the region itself."""

    region: str
    style: str
    traditional: bool
    named: bool = False

    @property
    def quotes(self) -> Quotes:
        """The pairs of quotation marks, outer and inner."""
        return REGIONS[self.region]


@lru_cache(maxsize=64)
def read_profile(profile: str, target_lang: str = "zh") -> Profile:
    """The house style that words such as "taiwan" or "hong-kong,ui" ask for; what they leave open, the language says.

    A region sets the script where the language leaves it open (zh): zh-TW and zh-Hant are traditional, zh-CN and
    zh-Hans simplified under every profile. Raises NotFoundError for a word that is none, or two regions or styles.
    """
    region = style = ""
    for word in profile_words(profile):
        if word in REGIONS and not region:
            region = word
        elif word in STYLES and not style:
            style = word
        else:
            raise NotFoundError("profile", word, known=PROFILES)
    parts = re.split("[-_]", target_lang.lower())
    named = bool(region)
    traditional = is_traditional(target_lang)
    if not region:
        spoken = next((_SUBTAGS[part] for part in parts if part in _SUBTAGS), "")
        region = spoken or ("taiwan" if traditional else "mainland")
    elif not traditional and not _SIMPLIFIED.intersection(parts):
        traditional = region != "mainland"
    return Profile(region, style or "prose", traditional, named)


def profile_words(profile: str) -> list[str]:
    """The words of a profile, in lower case."""
    return re.findall(r"[^\s,]+", profile.lower())
