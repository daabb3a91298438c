"""Keys of English words for matching meanings: what a family of words shares, far coarser than a stem."""

from __future__ import annotations

from functools import lru_cache

from workbench.tokens import stem

_DERIVED = (
    "ization",
    "ational",
    "fulness",
    "ousness",
    "ement",
    "ation",
    "ition",
    "iness",
    "ment",
    "ness",
    "ance",
    "ence",
    "able",
    "ible",
    "ship",
    "ist",
    "ism",
    "ion",
    "ive",
    "ous",
    "ful",
    "iti",
    "ant",
    "ent",
    "iz",
    "is",
    "er",
    "or",
    "al",
    "ic",
    "i",
)

# Words that translate into nothing certain.
_STOP = """
a an the of to in on at by for with from into onto upon about as than that this these those
there here it its itself he him his himself she her hers herself they them their theirs
themselves we us our ours ourselves you your yours yourself i me my mine myself who whom whose
which what when where why how and or but if then so nor not no be am is are was were been being
have has had having do does did done doing will would shall should can could may might must
ought also too very just only even such own same other another each every any some all both
either neither one's sb sth etc eg ie lit fig oneself somebody something someone s t d ll ve re
m don didn doesn isn aren wasn weren won wouldn couldn shouldn hasn haven hadn up out off over
down again further more most much many while because through during before after between against
under until since per via let he's she's it's i'm i've i'll you're we're they're that's there's
don't didn't doesn't isn't can't won't
"""
STOP_WORDS = frozenset(_STOP.split())


@lru_cache(maxsize=1 << 17)
def key(word: str) -> str:
    """What the words of one English family share, as evidence only: "announce", "announcement" → "announc"."""
    low = stem(word)
    if "our" in low[2:]:
        low = low[:2] + low[2:].replace("our", "or")
    for _ in range(2):
        if len(low) < 6 or not low.endswith(_DERIVED):
            break
        for ending in _DERIVED:
            if low.endswith(ending) and len(low) - len(ending) >= 4:
                low = low[: -len(ending)]
                break
    return low
