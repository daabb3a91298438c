"""sacrebleu's tokenizers zh, 13a and tercom for many texts at once: tokens as numbers, cut at the same places.

sacrebleu rewrites a text with regular expressions that put spaces around signs. The cuts that come of them depend
only on a character's class and its neighbours', which is computed here on arrays. The zh tokenizer's classes of
Chinese characters are read from sacrebleu, whose table differs from Unicode's: the ranges meant for Extension B cover
U+2001 to U+2A6D instead, so that dashes, curly quotes and ellipses count as Chinese. tercom is meant normalized and
with Asian support.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import chain, count
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Integers = NDArray[np.int64]
    Booleans = NDArray[np.bool_]

_SPACE, _SIGN, _STOP, _DIGIT, _DASH, _BLANK = 1, 2, 4, 8, 16, 32

# Ranges of characters, first and last.
_WESTERN_SIGNS = ("{~", "[`", " &", "(+", ":@", "//")
_TERCOM_SIGNS = (
    "\u4e00\u9fff", "\u3400\u4dbf", "\u31c0\u31ef", "\u2e80\u2eff", "\u3200\u3f22", "\uf900\ufaff", "\ufe30\ufe4f",
    "\u3001\u3002", "\u3008\u3011", "\u3014\u301f", "\uff61\uff65", "\u30fb\u30fb",
    *(2 * sign for sign in "\uff0e\uff0c\uff1f\uff1a\uff1b\uff01\uff02\uff08\uff09"),
)  # fmt: skip


def tokenize(texts: Sequence[str], tokenizer: str) -> tuple[Integers, Integers]:
    """The numbers of all tokens of all texts, one text after the other, and how many each text has.

    `tokenizer` is "zh", "13a" or "tercom". Equal tokens have equal numbers, in this call only.
    """
    lines = list(map(_PREPARE[tokenizer], texts))
    joined = "".join(lines)
    offsets = np.concatenate(([0], np.cumsum(list(map(len, lines)), dtype=np.int64)))
    if not joined:
        return np.zeros(0, dtype=np.int64), np.zeros(len(lines), dtype=np.int64)
    codes, starts, ends = _found(joined, offsets, tokenizer)
    tokens = codes[starts]
    words = np.flatnonzero(ends - starts > 1)
    numbers: defaultdict[str, int] = defaultdict(count(0x110000).__next__)
    spans = zip(starts[words].tolist(), ends[words].tolist(), strict=True)
    tokens[words] = [numbers[joined[start:end]] for start, end in spans]
    return tokens, np.diff(np.searchsorted(starts, offsets))


def words(text: str, tokenizer: str) -> list[str]:
    """The tokens of one text."""
    line = _PREPARE[tokenizer](text)
    if not line:
        return []
    _, starts, ends = _found(line, np.array([0, len(line)]), tokenizer)
    return [line[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]


def numbered(lists: Sequence[Sequence[str]]) -> tuple[Integers, Integers]:
    """The tokens of all lists as numbers from 0, one list after the other, and how many each list has."""
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    tokens = np.array([numbers[token] for token in chain.from_iterable(lists)], dtype=np.int64)
    return tokens, np.fromiter(map(len, lists), dtype=np.int64, count=len(lists))


def _found(joined: str, offsets: Integers, tokenizer: str) -> tuple[Integers, Integers, Integers]:
    """The code points of texts in a row, and where each token starts and ends."""
    codes = code_points(joined)
    classes = _classes(tokenizer)[codes]
    space = (classes & _SPACE) != 0
    cuts = _cuts(classes, offsets, spaced=tokenizer != "zh")
    if tokenizer == "tercom" and "'s" in joined:
        _cut_possessives(cuts, codes, classes, offsets)
    bounds = np.flatnonzero(cuts[:-1] | space)
    ends = np.concatenate((bounds[1:], [len(codes)]))
    real = ~space[bounds]
    return codes, bounds[real], ends[real]


def code_points(text: str) -> Integers:
    """The code points of a text, lone surrogates too."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)


def _prepare_13a(text: str) -> str:
    """What 13a does before it cuts: joins lines, resolves four entities, drops "<skipped>"."""
    return _resolved(text.rstrip().replace("<skipped>", "").replace("-\n", "").replace("\n", " "))


def _prepare_tercom(text: str) -> str:
    """What Tercom does before it cuts: lower-cases, joins lines, resolves four entities."""
    return _resolved(text.rstrip().lower().replace("\n-", "").replace("\n", " "))


def _resolved(line: str) -> str:
    if "&" in line:
        for entity, sign in (("&quot;", '"'), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">")):
            line = line.replace(entity, sign)
    return line


_PREPARE: dict[str, Callable[[str], str]] = {"zh": str.strip, "13a": _prepare_13a, "tercom": _prepare_tercom}


def _cut_possessives(cuts: Booleans, codes: Integers, classes: NDArray[np.uint8], offsets: Integers) -> None:
    """Cut before 's where a blank, a Western sign or the text's end follows."""
    after = np.flatnonzero((codes[:-1] == ord("'")) & (codes[1:] == ord("s"))) + 2
    ends = np.zeros(len(codes) + 1, dtype=np.bool_)
    ends[offsets] = True
    western = np.append(codes < 0x80, False) & np.append((classes & (_SIGN | _BLANK)) != 0, False)
    cuts[after[(ends[after] | western[after]) & ~ends[after - 1]] - 2] = True


def _cuts(classes: NDArray[np.uint8], offsets: Integers, *, spaced: bool) -> Booleans:
    """Whether a token may begin at each place (one place more than characters); `spaced` texts stand between spaces."""
    size = len(classes)
    cuts = np.zeros(size + 1, dtype=np.bool_)
    cuts[offsets] = True
    first_of_text, end_of_text = cuts[:-1].copy(), cuts[1:].copy()
    sign = (classes & _SIGN) != 0
    cuts[:-1] |= sign
    cuts[1:] |= (classes & (_SIGN | _SPACE)) != 0
    digit = (classes & _DIGIT) != 0
    dashes = np.flatnonzero(classes == _DASH)
    dashes = dashes[(dashes > 0) & ~first_of_text[dashes]]
    dashes = dashes[digit[dashes - 1]]
    cuts[dashes] = cuts[dashes + 1] = True

    stops = np.flatnonzero(classes == _STOP)
    if not len(stops):
        return cuts
    begins = np.concatenate(([True], np.diff(stops) != 1)) | first_of_text[stops]
    firsts = stops[begins]
    lasts = stops[np.concatenate((np.flatnonzero(begins)[1:], [len(stops)])) - 1]
    cuts[stops[~begins]] = True
    # A run of stops is taken in pairs with what stands before it, unless that is a digit (or, in zh, nothing): then
    # the first stop is not cut off on that account, and the pairs begin with it.
    held = np.where(first_of_text[firsts], not spaced, digit[firsts - 1])
    followed = np.where(end_of_text[lasts], spaced, ~digit[np.minimum(lasts + 1, size - 1)])
    several = lasts > firsts
    odd = (lasts - firsts) % 2 == 0
    cuts[firsts[~held | several | followed]] = True
    cuts[lasts[(odd != held) | followed] + 1] = True
    return cuts


@cache
def _classes(tokenizer: str) -> NDArray[np.uint8]:
    """The class of every code point."""
    table = np.zeros(0x110000, dtype=np.uint8)
    if tokenizer == "zh":
        from workbench.metrics.sacre import constant

        for low, high in constant("tokenizers.tokenizer_zh", "_UCODE_RANGES"):
            # Characters are compared with strings, of which some are two characters long.
            table[ord(low[0]) + (len(low) > 1) : ord(high[0]) + 1] = _SIGN
    for ends in (*_WESTERN_SIGNS, *(_TERCOM_SIGNS if tokenizer == "tercom" else ())):
        table[ord(ends[0]) : ord(ends[1]) + 1] = _SIGN
    table[[ord(stop) for stop in ".,"]] = _STOP
    table[ord("0") : ord("9") + 1] = _DIGIT
    table[ord("-")] = _DASH
    table[[code for code in range(0x3001) if chr(code).isspace()]] = _SPACE
    table[ord(" ")] = _SPACE | _BLANK
    return table
