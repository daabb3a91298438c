"""How alike two sources are, in percent: exact, of another form, with other values, or fuzzy.

| percent | when |
|---|---|
| 101 | the sources are the same, and so are those of the units before and after |
| 100 | the sources are the same, code point by code point |
| 99 | only the form differs: case, full or half width, white space |
| 97 | only values differ: numbers, placeholders, tags, addresses |
| up to 96 | fuzzy: 100 (¾ T + ¼ C), rounded down |

T is the word-based fuzzy match score of Koehn and Senellart (2010), 1 - d / max(n, m), with d the Levenshtein distance
of the two sequences of tokens (`workbench.tokens`; a Han character is one) and n, m their lengths; case, width and
values are the same for it. C is the same score on characters, where values count: it tells "reports" from "report".

P. Koehn and J. Senellart (2010). Convergence of translation memory and statistical machine translation. *Proceedings of
the Second Joint EM+/CNGL Workshop: Bringing MT to the User*, Denver, 21-31.
"""

from __future__ import annotations

import re
from math import floor
from unicodedata import normalize

from workbench import tokens

CONTEXT, EXACT, FORM, VALUES = 101.0, 100.0, 99.0, 97.0
FUZZY_AT_MOST = 96.0
TOKEN_SHARE, CHARACTER_SHARE = 0.75, 0.25

VALUE = re.compile(
    r"(?P<tag></?[A-Za-z][^<>]*>)"
    r"|(?P<placeholder>\$?\{[^{}]*\}|%\([^()\s]*\)[a-z]|%(?:\d+\$)?[sdifgxc@])"
    r"|(?P<address>(?:https?://|www\.)[^\s<>\"\u3000-\u303f\uff00-\uffef\u4e00-\u9fff]*[\w/]"
    r"|[A-Za-z0-9_.+-]+@[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+)"
    r"|(?P<number>(?<![A-Za-z])\d+(?:[.,:/]\d+)*)"
)
"""What in a text is a value: it changes from one text to the next, and the sentence around it does not."""

# Marks that stand for a value of each kind; none of them occurs in text.
_MARKS = {"tag": "\ue000", "placeholder": "\ue001", "address": "\ue002", "number": "\ue003"}


def form(text: str) -> str:
    """The text without what only its form is: case, width, and white space but for one space between words."""
    return " ".join(normalize("NFKC", text).casefold().split())


def shape(folded: str) -> str:
    """A text from `form` with every value replaced by a mark for its kind."""
    if not VALUE.search(folded):
        return folded
    return VALUE.sub(lambda match: _MARKS[match.lastgroup or "number"], folded)


def pieces(shaped: str) -> list[str]:
    """The tokens of a text from `shape`, that are compared."""
    return tokens.texts(shaped)


def fuzzy(token_score: float, character_score: float) -> float:
    """The percentage of two sources that differ in more than form and values; both scores are from 0 to 1."""
    # The least part of a percent makes up for what 32-bit scores lose.
    mixed = 100.0 * (TOKEN_SHARE * token_score + CHARACTER_SHARE * character_score)
    return min(FUZZY_AT_MOST, float(floor(mixed + 1e-4)))


def least_token_score(threshold: float) -> float:
    """The token score below which no percentage of `threshold` or more is reached; 0 where any may reach it."""
    return max(0.0, (threshold / 100.0 - CHARACTER_SHARE) / TOKEN_SHARE)


def percent(source: str, other: str) -> float:
    """How alike two sources are, from 0 to 100. Symmetric; context is not looked at."""
    if source == other:
        return EXACT
    from rapidfuzz.distance import Levenshtein

    mine, theirs = form(source), form(other)
    if mine == theirs:
        return FORM
    my_shape, their_shape = shape(mine), shape(theirs)
    if my_shape == their_shape:
        return VALUES
    token_score = Levenshtein.normalized_similarity(pieces(my_shape), pieces(their_shape))
    return fuzzy(token_score, Levenshtein.normalized_similarity(mine, theirs))
