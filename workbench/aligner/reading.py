"""One side of a document as numbered tokens: words, names, values and marks, each with a class."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from workbench.aligner.edges import quoted
from workbench.aligner.roles import CHINESE, chinese_role, english_role
from workbench.aligner.values import chinese_value, english_value
from workbench.langs import is_chinese, is_traditional
from workbench.lexicon import STOP_WORDS, key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from workbench.lexicon import Lexicon

# Classes of tokens; the chances that a translation covers them are in `weights`.
WORD, NAME, VALUE, MARK, LATIN, HAN1, HAN2, HAN3, OPEN, ROLE = range(10)

_VALUE = r"\d[\d,]*(?:\.\d+)?(?:\s?(?:thousand|million|billion|trillion|bn|m|k)\b)?"
_MARK = r"[?!:;%()\"“”‘…$€£—]|--"
# Explicit ranges are twice as fast as Unicode classes.
_ASCII = re.compile(rf"[A-Za-z]+(?:'[A-Za-z]+)?|{_VALUE}|{_MARK}")
_LETTERS = re.compile(rf"[^\W\d_]+(?:['’][^\W\d_]+)?|{_VALUE}|{_MARK}")
_CHINESE = re.compile(
    r"(?P<value>\d[\d,，]*(?:\.\d+)?\s?[十百千万亿]*|[〇零一二两三四五六七八九十百千万亿]{2,})"
    r"|(?P<word>[A-Za-zÀ-ɏ]+(?:['’][a-z]+)?)|(?P<mark>[?!:;%()\"“”‘…？！：；％（）《「『—]|[$€£])"
)
_MARKS = str.maketrans("？！：；％（）《「『‘—", '?!:;%()""""—')
_OPENERS = str.maketrans("“”‘", '"""')
_SEPARATOR = "\n"
# Names of the tokens for a quotation's begin and end, unlike any text.
_EDGES = ("“ begins", "” ends")
# The longest pinyin syllable, and the most syllables of a name.
_SYLLABLE = 6
_SYLLABLES = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """A side's tokens: pairs (owner, token) that want a partner, and all pairs that can be one.

    `numbers` names the tokens that are matched by their writing; tokens below `len(lexical)` are words of the
    dictionary, `lexical[token]` being the word's number there (None for a language without dictionary words).
    """

    count: int
    total: int
    size: NDArray[np.float64]
    numbers: dict[str, int]
    classes: NDArray[np.int64]
    lexical: NDArray[np.int64] | None
    owners: NDArray[np.int64]
    tokens: NDArray[np.int64]
    all_owners: NDArray[np.int64]
    all_tokens: NDArray[np.int64]
    names: dict[str, str]
    edges: NDArray[np.bool_]


def read(
    texts: Sequence[str], *, lang: str, lexicon: Lexicon, names: Mapping[str, str] | None = None
) -> Reading:
    """The tokens of one side's segments; on a Chinese side also the characters that sound like `names`."""
    if is_chinese(lang):
        return _read_chinese(texts, lang, lexicon, names or {})
    return _read_alphabetic(texts, lexicon)


def _read_alphabetic(texts: Sequence[str], lexicon: Lexicon) -> Reading:
    known = lexicon.key_numbers
    numbers: dict[str, int] = {}
    classes: list[int] = []
    seen: dict[str, int] = {}
    names: dict[str, str] = {}
    owners: list[int] = []
    tokens: list[int] = []

    def number(name: str, kind: int) -> int:
        at = numbers.setdefault(name, len(numbers))
        if at == len(classes):
            classes.append(kind)
        return at

    def read_token(piece: str) -> int:
        """The number of a token met for the first time; -1 for a word too common to tell anything."""
        if piece[0].isalpha():
            low = piece.lower().replace("’", "'")
            role = english_role(low)
            if role:
                return number(role, ROLE)
            if low in STOP_WORDS:
                return -1
            stem = key(low)
            if piece[0].isupper() and stem not in names and (stem not in known or len(low) > _SYLLABLE):
                names[stem] = low.removesuffix("'s").replace("ü", "u")
            return number(stem, WORD if stem in known else NAME if piece[0].isupper() else LATIN)
        if piece[0].isdigit():
            return number(english_value(piece), VALUE)
        return number(piece.translate(_OPENERS).replace("--", "—"), MARK)

    edges = quoted(texts)
    for name, where in zip(_EDGES, edges, strict=True):
        for owner in np.flatnonzero(where).tolist():
            owners.append(owner)
            tokens.append(number(name, MARK))
    for owner, text in enumerate(texts):
        for piece in (_ASCII if text.isascii() else _LETTERS).findall(text):
            at = seen.get(piece)
            if at is None:
                at = seen[piece] = read_token(piece)
            if at >= 0:
                owners.append(owner)
                tokens.append(at)
        if text and text[-1] not in ".?!…\"'”’):;,":
            owners.append(owner)
            tokens.append(number("", OPEN))
    size = np.array([len(text) - text.count(" ") for text in texts], np.float64)
    own, tok = np.array(owners, np.int64), np.array(tokens, np.int64)
    return Reading(
        len(texts),
        len(numbers),
        size,
        numbers,
        np.array(classes, np.int64),
        None,
        own,
        tok,
        own,
        tok,
        names,
        edges,
    )


@lru_cache(maxsize=4)
def _folder(profile: str) -> object:
    import opencc

    return opencc.OpenCC(profile)


def fold(text: str, lang: str) -> str:
    """The text in simplified characters, for evidence only; Taiwan's words for things become the mainland's."""
    if is_traditional(lang) or _looks_traditional(text):
        profile = "tw2sp" if "tw" in lang.lower().replace("_", "-").split("-") else "t2s"
        return str(_folder(profile).convert(text))  # type: ignore[attr-defined]
    return text


_TRADITIONAL_ONLY = re.compile(
    "[們這國來說時會個學對發為過後還經現點開話問間長電見與種應從實無關將當樣處動進]"
)


def _looks_traditional(text: str) -> bool:
    """Whether common characters that only Traditional Chinese has make up more than a trace of the text."""
    head = text[:20000]
    return len(_TRADITIONAL_ONLY.findall(head)) * 100 > len(head)


def _read_chinese(texts: Sequence[str], lang: str, lexicon: Lexicon, names: Mapping[str, str]) -> Reading:
    joined = fold(_SEPARATOR.join(text.replace(_SEPARATOR, " ") for text in texts), lang)
    codes = np.frombuffer(joined.encode("utf-32-le", "replace"), np.uint32).astype(np.int64)
    parts = codes == ord(_SEPARATOR)
    owner_at = np.cumsum(parts) - parts
    starts, lengths, words = lexicon.tables.matches(codes)
    present = np.zeros(len(lexicon.tables.words), bool)
    present[words] = True
    lexical = np.flatnonzero(present)
    local = np.cumsum(present) - 1
    ids = local[words]
    chosen = _longest(starts, lengths, len(codes))
    classes = np.clip(_word_lengths(lexical, words, lengths), 1, 3) + (HAN1 - 1)
    numbers: dict[str, int] = {}
    more_classes: list[int] = []
    owners: list[int] = []
    tokens: list[int] = []
    base = len(lexical)

    def number(name: str, kind: int) -> int:
        at = numbers.setdefault(name, base + len(numbers))
        if at - base == len(more_classes):
            more_classes.append(kind)
        return at

    for match in _CHINESE.finditer(joined):
        kind = match.lastgroup
        piece = match.group()
        if kind == "word":
            low = piece.lower()
            if low in STOP_WORDS:
                continue
            at = number(key(low), LATIN)
        elif kind == "value":
            at = number(chinese_value(piece), VALUE)
        else:
            at = number(piece.translate(_MARKS).translate(_OPENERS), MARK)
        owners.append(int(owner_at[match.start()]))
        tokens.append(at)
    for match in CHINESE.finditer(joined):
        owners.append(int(owner_at[match.start()]))
        tokens.append(number(chinese_role(match.group()), ROLE))
    edges = quoted(texts)
    for name, where in zip(_EDGES, edges, strict=True):
        for owner in np.flatnonzero(where).tolist():
            owners.append(owner)
            tokens.append(number(name, MARK))
    for name, places in _sounding(names, codes, lexicon):
        at = number(name, NAME)
        for owner in sorted(set(owner_at[places].tolist())):
            owners.append(owner)
            tokens.append(at)
    for owner, text in enumerate(texts):
        if text and text[-1] not in "。？！….?!\"'”’」』）)：；，:;,":
            owners.append(owner)
            tokens.append(number("", OPEN))
    own, tok = np.array(owners, np.int64), np.array(tokens, np.int64)
    count = len(texts)
    return Reading(
        count=count,
        total=base + len(numbers),
        size=_chinese_sizes(codes, owner_at, count),
        numbers=numbers,
        classes=np.concatenate([classes, np.array(more_classes, np.int64)]),
        lexical=lexical,
        owners=np.concatenate([owner_at[starts[chosen]], own]),
        tokens=np.concatenate([ids[chosen], tok]),
        all_owners=np.concatenate([owner_at[starts], own]),
        all_tokens=np.concatenate([ids, tok]),
        names={},
        edges=edges,
    )


def _sounding(
    names: Mapping[str, str], codes: NDArray[np.int64], lexicon: Lexicon
) -> Iterator[tuple[str, NDArray[np.int64]]]:
    """For each name that the text seems to hold in characters, the places where they start."""
    order = np.argsort(codes, kind="stable")
    ordered = codes[order]
    padded = np.concatenate([codes, np.zeros(_SYLLABLES, np.int64)])
    for name, written in names.items():
        found: list[NDArray[np.int64]] = []
        for syllables in lexicon.spellings(written):
            chars = [lexicon.sounding(each) for each in syllables]
            first = np.searchsorted(ordered, chars[0])
            last = np.searchsorted(ordered, chars[0], side="right")
            places = np.concatenate([order[a:b] for a, b in zip(first.tolist(), last.tolist(), strict=True)])
            for ahead, each in enumerate(chars[1:], 1):
                places = places[np.isin(padded[places + ahead], each)]
            found.append(places)
        if found and any(map(len, found)):
            yield name, np.concatenate(found)


def _longest(starts: NDArray[np.int64], lengths: NDArray[np.int64], total: int) -> NDArray[np.int64]:
    """Which matches are words when each place takes the longest word that no earlier longer word overlaps."""
    longest = np.zeros(total + 1, np.int64)
    np.maximum.at(longest, starts, lengths)
    jumps = longest.tolist()
    taken = np.zeros(total + 1, bool)
    at = 0
    places: list[int] = []
    while at < total:
        step = jumps[at]
        if step:
            places.append(at)
            at += step
        else:
            at += 1
    taken[places] = True
    return np.flatnonzero(taken[starts] & (lengths == longest[starts]))


def _word_lengths(
    lexical: NDArray[np.int64], words: NDArray[np.int64], lengths: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The length of each distinct word."""
    found = np.zeros(len(lexical), np.int64)
    found[np.searchsorted(lexical, words)] = lengths
    return found


def _chinese_sizes(codes: NDArray[np.int64], owner_at: NDArray[np.int64], count: int) -> NDArray[np.float64]:
    """Sizes comparable with letters of an alphabet: about three for a Han character, one for others."""
    wide = (
        (codes >= 0x2E80)
        & ~((codes >= 0xFF00) & (codes <= 0xFFEF))
        & ~((codes >= 0x3000) & (codes <= 0x303F))
    )
    blank = (codes == 32) | (codes == ord(_SEPARATOR)) | (codes == 0x3000)
    weights = np.where(wide, 3.0, np.where(blank, 0.0, 1.0))
    found = np.bincount(owner_at, weights=weights, minlength=count)[:count]
    return found.astype(np.float64)
