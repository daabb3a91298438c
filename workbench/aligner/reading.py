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
_SEPARATOR = "\n"
_CHINESE = re.compile(
    rf"{_SEPARATOR}|{CHINESE.pattern}"
    r"|\d[\d,，]*(?:\.\d+)?[^\S\n]?[十百千万亿]*|[〇零一二两三四五六七八九十百千万亿]{2,}"
    r"|[A-Za-zÀ-ɏ]+(?:['’][a-z]+)?|[?!:;%()\"“”‘…？！：；％（）《「『—]|[$€£]"
)
_NUMERAL = re.compile(r"[\d〇零一二两三四五六七八九十百千万亿]")
_MARKS = str.maketrans("？！：；％（）《「『‘—", '?!:;%()""""—')
_OPENERS = str.maketrans("“”‘", '"""')
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


class _Tokens(dict[str, int]):
    """The tokens of one side by how a piece of text writes them; -1 for what tells nothing."""

    def __init__(self, base: int) -> None:
        self.base = base
        self.numbers: dict[str, int] = {}
        self.classes: list[int] = []

    def number(self, name: str, kind: int) -> int:
        """The number of a token, a new one where it is met for the first time."""
        at = self.numbers.get(name)
        if at is None:
            at = self.numbers[name] = self.base + len(self.classes)
            self.classes.append(kind)
        return at

    def edges(
        self, texts: Sequence[str], edges: NDArray[np.bool_], closed: str
    ) -> tuple[list[int], list[int]]:
        """Owners and tokens of how segments begin and end: with a quotation, without a mark of `closed`."""
        owners: list[int] = []
        tokens: list[int] = []
        for name, where in zip(_EDGES, edges, strict=True):
            found = np.flatnonzero(where).tolist()
            if found:
                owners += found
                tokens += [self.number(name, MARK)] * len(found)
        left = [owner for owner, text in enumerate(texts) if text and text[-1] not in closed]
        if left:
            owners += left
            tokens += [self.number("", OPEN)] * len(left)
        return owners, tokens


class _Alphabetic(_Tokens):
    """Tokens of a text in letters, and the names in it with how they may sound."""

    def __init__(self, known: Mapping[str, int]) -> None:
        super().__init__(0)
        self.known = known
        self.names: dict[str, str] = {}

    def __missing__(self, piece: str) -> int:
        name, kind, low = _alphabetic_token(piece)
        if kind in (NAME, LATIN):
            familiar = name in self.known
            if kind == NAME and (not familiar or len(low) > _SYLLABLE) and name not in self.names:
                self.names[name] = low.removesuffix("'s").replace("ü", "u")
            if familiar:
                kind = WORD
        self[piece] = at = self.number(name, kind) if kind >= 0 else -1
        return at


class _Chinese(_Tokens):
    """Tokens of a Chinese text that are no words of the dictionary."""

    def __missing__(self, piece: str) -> int:
        name, kind = _chinese_token(piece)
        self[piece] = at = self.number(name, kind) if kind >= 0 else kind
        return at


@lru_cache(maxsize=1 << 16)
def _alphabetic_token(piece: str) -> tuple[str, int, str]:
    """The name and class of a token, a word not being looked up yet, and the word in small letters.

    The class is -1 for a word too common to tell anything, NAME for any other that begins with a capital.
    """
    if piece[0].isalpha():
        low = piece.lower().replace("’", "'")
        role = english_role(low)
        if role:
            return role, ROLE, low
        if low in STOP_WORDS:
            return "", -1, low
        return key(low), NAME if piece[0].isupper() else LATIN, low
    if piece[0].isdigit():
        return english_value(piece), VALUE, ""
    return piece.translate(_OPENERS).replace("--", "—"), MARK, ""


@lru_cache(maxsize=1 << 15)
def _chinese_token(piece: str) -> tuple[str, int]:
    """The name and class of a token; of a separator the class is -2, of a word that tells nothing -1."""
    first = piece[0]
    if first == _SEPARATOR:
        return "", -2
    if CHINESE.match(piece):
        return chinese_role(piece), ROLE
    if "À" <= first <= "ɏ" or (first.isascii() and first.isalpha()):
        low = piece.lower()
        return ("", -1) if low in STOP_WORDS else (key(low), LATIN)
    if _NUMERAL.match(first):
        return chinese_value(piece), VALUE
    return piece.translate(_MARKS).translate(_OPENERS), MARK


def _read_alphabetic(texts: Sequence[str], lexicon: Lexicon) -> Reading:
    found = _Alphabetic(lexicon.key_numbers)
    edges = quoted(texts)
    owners, tokens = found.edges(texts, edges, ".?!…\"'”’):;,")
    read: list[int] = []
    counts: list[int] = []
    for text in texts:
        pieces = (_ASCII if text.isascii() else _LETTERS).findall(text)
        read.extend(map(found.__getitem__, pieces))
        counts.append(len(pieces))
    own = np.concatenate([np.array(owners, np.int64), np.repeat(np.arange(len(texts)), counts)])
    tok = np.array(tokens + read, np.int64)
    own, tok = own[tok >= 0], tok[tok >= 0]
    return Reading(
        count=len(texts),
        total=len(found.numbers),
        size=np.array([len(text) - text.count(" ") for text in texts], np.float64),
        numbers=found.numbers,
        classes=np.array(found.classes, np.int64),
        lexical=None,
        owners=own,
        tokens=tok,
        all_owners=own,
        all_tokens=tok,
        names=found.names,
        edges=edges,
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
    joined = fold(_SEPARATOR.join([text.replace(_SEPARATOR, " ") for text in texts]), lang)
    codes = np.frombuffer(joined.encode("utf-32-le", "replace"), np.uint32).astype(np.int64)
    parts = codes == ord(_SEPARATOR)
    owner_at = np.cumsum(parts) - parts
    starts, lengths, words = lexicon.tables.matches(codes)
    present = np.zeros(len(lexicon.tables.words), bool)
    present[words] = True
    lexical = np.flatnonzero(present)
    local = np.empty(len(present), np.int64)
    local[lexical] = np.arange(len(lexical))
    ids = local[words]
    chosen = _longest(starts, lengths, len(codes))
    word_lengths = np.zeros(len(lexical), np.int64)
    word_lengths[ids] = lengths
    classes = np.clip(word_lengths, 1, 3) + (HAN1 - 1)
    found = _Chinese(len(lexical))
    pieces = _CHINESE.findall(joined)
    read = np.fromiter(map(found.__getitem__, pieces), np.int64, len(pieces))
    owner_of = np.cumsum(read == -2)
    told = read >= 0
    edges = quoted(texts)
    owners, tokens = found.edges(texts, edges, "。！？….?!\"'”’」』）)：；，:;,")
    for name, places in _sounding(names, codes, lexicon):
        at = found.number(name, NAME)
        for owner in sorted(set(owner_at[places].tolist())):
            owners.append(owner)
            tokens.append(at)
    own = np.concatenate([owner_of[told], np.array(owners, np.int64)])
    tok = np.concatenate([read[told], np.array(tokens, np.int64)])
    count = len(texts)
    word_owners = owner_at[starts]
    return Reading(
        count=count,
        total=len(lexical) + len(found.numbers),
        size=_chinese_sizes(codes, owner_at, count),
        numbers=found.numbers,
        classes=np.concatenate([classes, np.array(found.classes, np.int64)]),
        lexical=lexical,
        owners=np.concatenate([word_owners[chosen], own]),
        tokens=np.concatenate([ids[chosen], tok]),
        all_owners=np.concatenate([word_owners, own]),
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
    jumps = np.maximum(longest, 1).tolist()
    places: list[int] = []
    at = 0
    while at < total:
        places.append(at)
        at += jumps[at]
    taken = np.zeros(total + 1, bool)
    taken[places] = True
    return np.flatnonzero(taken[starts] & (lengths == longest[starts]))


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
