"""Characters that belong to the one before them, so that no boundary falls inside what a reader sees as one."""

from __future__ import annotations

import unicodedata

# What a picture may be followed by without an end: more pictures, selectors, joiners, skin tones, tags of flags.
PICTURE = "\u2600-\u27bf\U0001f000-\U0001faff"
PICTURES = rf"[{PICTURE}][\ufe0e\ufe0f\u200d\u20e3\U000e0020-\U000e007f{PICTURE}]*"


def extends(char: str) -> bool:
    """Whether `char` continues a grapheme cluster (UAX 29: Extend, SpacingMark, joiners)."""
    return (
        unicodedata.category(char)[0] == "M"
        or char in "\u200c\u200d\u0e33\u0eb3"
        or "\U0001f3fb" <= char <= "\U0001f3ff"
        or "\U000e0020" <= char <= "\U000e007f"
    )
