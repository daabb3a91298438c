"""What looks like a term in English text: runs of words without stop words, by C-value, names by their capitals."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbench.checks.texts import view
from workbench.lexicon import STOP_WORDS
from workbench.pipeline.terms_words import EVERYDAY_WORDS, GENERAL_WORDS
from workbench.termbase.inflection import is_past
from workbench.termbase.verbs import verbs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST = 5
_TOKEN = re.compile(r"[A-Za-zÀ-ɏ][\w’'.&+-]*[\w+]|[A-Za-z]|\d[\w.,%-]*|\S")
_WORD = re.compile(r"[A-Za-zÀ-ɏ][\w’'.&+-]*\Z")
_JOINING = frozenset(["of", "for", "and", "the", "de", "&", "in", "on"])
_POSSESSIVE = re.compile(r"['’]s?\Z")
_BEFORE_NOUN_WORDS = (
    "the a an this that these those its their his her our your my each every some any no of in for with by from on at "
    "as between into about and or against under over"
)
_BEFORE_NOUN = frozenset(_BEFORE_NOUN_WORDS.split())
_NAMED, _PLAIN, _EVERYDAY = 1.2, 0.6, 0.25
# A word that the dictionary has as a verb has to stand where nouns do this often.
_NOUN = 0.6
_ABBREVIATION = re.compile(r"[a-z](?:\.[a-z])+\.?")
_CALENDAR_WORDS = (
    "monday tuesday wednesday thursday friday saturday sunday january february april june july august september "
    "october november december"
)
_CALENDAR = frozenset(_CALENDAR_WORDS.split())
_SENTENCE_START = frozenset('.!?:"“”‘(—;•-')


@dataclass(slots=True)
class Candidate:
    """A run of words that may be a term: how it is mostly written, and in which units it stands."""

    text: str
    words: tuple[str, ...]
    count: int
    units: list[int] = field(default_factory=list)
    named: bool = False
    """Whether it is written with capitals inside sentences."""
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    low: str
    first: bool
    """Whether it begins a sentence: its capital says nothing."""


def candidates(texts: Sequence[str], *, least: int = 2) -> list[Candidate]:
    """The candidates of English texts that stand there at least so often, the best first.

    A run is scored by its C-value (Frantzi and others, 2000) with the logarithm of its count: how often it stands
    outside longer candidates, and its length. A single plain word counts less, and the less often it stands where a
    noun does; a word that is only part of names does not count.
    """
    counts: Counter[tuple[str, ...]] = Counter()
    shapes: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    units: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    capitals: Counter[tuple[str, ...]] = Counter()
    inner: Counter[tuple[str, ...]] = Counter()
    nouns: Counter[str] = Counter()
    modifiers: Counter[str] = Counter()
    for index, text in enumerate(texts):
        tokens = _tokens(view(text).masked)
        for start, run in _runs(tokens):
            if len(run) == 1:
                if _in_longer_name(tokens, start):
                    continue
                nouns[_base(run[0].low)] += _is_noun(tokens, start)
                modifiers[_base(run[0].low)] += _is_modifier(tokens, start)
            key = tuple(_base(token.low) if at == len(run) - 1 else token.low for at, token in enumerate(run))
            counts[key] += 1
            shapes[key][" ".join(token.text for token in run)] += 1
            if not run[0].first or len(run) > 1:
                inner[key] += 1
                content = [token for token in run if token.low not in _JOINING]
                capitals[key] += all(token.text[0].isupper() for token in content)
            if not units[key] or units[key][-1] != index:
                units[key].append(index)
    kept = {key: count for key, count in counts.items() if count >= least + ("and" in key)}
    scores = _c_values(kept)
    found = []
    for key, score in scores.items():
        named = capitals[key] * 2 > inner[key] and inner[key] > 0
        if len(key) == 1:
            score *= 1 - modifiers[key[0]] / counts[key]
        if len(key) == 1 and key[0] in _CALENDAR:
            continue
        if len(key) == 1 and not named:
            if is_past(key[0]) or (nouns[key[0]] < _NOUN * counts[key] and key[0] in verbs().words):
                continue
            if key[0] in GENERAL_WORDS or len(key[0]) < 3:
                continue
            score *= _PLAIN * (nouns[key[0]] / counts[key]) ** 2
            score *= _EVERYDAY if EVERYDAY_WORDS & {*shapes[key], key[0]} else 1.0
        shape = _written(shapes[key], named=named)
        found.append(
            Candidate(shape, key, counts[key], units[key], named, score * (_NAMED if named else 1.0))
        )
    return sorted(found, key=lambda one: (-one.score, one.text))


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    first = True
    for match in _TOKEN.finditer(text):
        word = _POSSESSIVE.sub("", match.group()) if len(match.group()) > 2 else match.group()
        if not re.fullmatch(r"(?:[A-Z]\.)+", word):
            word = word.rstrip(".") or match.group()
        tokens.append(_Token(word, word.lower(), first))
        if word != match.group() and match.group().endswith(("'s", "’s", "'", "’")):
            tokens.append(_Token("'", "'", False))
        first = match.group()[-1:] in _SENTENCE_START or (first and not word[:1].isalnum())
    return tokens


def _in_longer_name(tokens: list[_Token], at: int) -> bool:
    """Whether a capitalised word stands beside another: New in New York, Life in Joy of Life."""
    if not tokens[at].text[0].isupper():
        return False
    for step in (-1, 1):
        place = at + step
        if 0 <= place < len(tokens) and tokens[place].low in _JOINING - {"and", "in", "on"}:
            place += step
        if 0 <= place < len(tokens):
            beside = tokens[place]
            if beside.text[0].isupper() and beside.low not in STOP_WORDS and beside.text[0].isalpha():
                return True
    return False


def _is_noun(tokens: list[_Token], at: int) -> bool:
    """Whether a word stands where nouns do: behind an article or preposition, before no other word."""
    if _is_modifier(tokens, at):
        return False
    before = tokens[at - 1].low if at else "."
    return before in _BEFORE_NOUN


def _is_modifier(tokens: list[_Token], at: int) -> bool:
    """Whether a word stands before another that says something: Olympic sports."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None or not _WORD.match(following.text) or following.low in STOP_WORDS:
        return False
    return following.low not in GENERAL_WORDS or following.text[0].isupper()


def _runs(tokens: list[_Token]) -> Iterator[tuple[int, list[_Token]]]:
    """Every run of words that neither begins nor ends with a word that makes no term."""
    for start, token in enumerate(tokens):
        if not _can_edge(token):
            continue
        for stop in range(start + 1, min(start + LONGEST, len(tokens)) + 1):
            last = tokens[stop - 1]
            if not (_WORD.match(last.text) or last.text[0].isdigit()):
                break
            inside = last.low in STOP_WORDS and not (
                last.low in _JOINING and token.text[0].isupper() and not token.first
            )
            if inside:
                break
            if _can_edge(last) and _reads(tokens[start:stop]):
                yield start, tokens[start:stop]


def _can_edge(token: _Token) -> bool:
    """Whether a candidate may begin or end with the word; a general word only as part of a name."""
    if _ABBREVIATION.fullmatch(token.text):
        return False
    if not _WORD.match(token.text) or token.low in STOP_WORDS or token.low in _JOINING:
        return (
            token.text.isupper()
            and len(token.text) > 1
            and token.low not in _JOINING
            and token.text.isalpha()
        )
    return token.low not in GENERAL_WORDS or (token.text[0].isupper() and not token.first)


def _reads(run: list[_Token]) -> bool:
    """Whether a run of several words could be one thing: no mix of joined words that are no name, no lone adverb."""
    joined = [token for token in run if token.low in _JOINING]
    if len(run) > 1 and run[-1].text == run[-1].low and is_past(run[-1].low):
        return False
    if joined and not all(token.text[0].isupper() for token in run if token.low not in _JOINING):
        return False
    return not any(
        token.low.endswith("ly") and len(token.low) > 5
        for token in (run[0], run[-1])
        if token.low == token.text
    )


def _base(word: str) -> str:
    """The word without the s of its plural."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _c_values(counts: dict[tuple[str, ...], int]) -> dict[tuple[str, ...], float]:
    """The C-value of each run of words; those that stand only inside one longer run are left out."""
    longer: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for key, count in counts.items():
        for length in range(1, len(key)):
            for start in range(len(key) - length + 1):
                part = key[start : start + length]
                part = (*part[:-1], _base(part[-1]))
                if part in counts:
                    longer[part].append(count)
    scores = {}
    for key, count in counts.items():
        around = longer[key]
        left = count - sum(around) / len(around) if around else float(count)
        if around and count - max(around) < 2:
            continue
        score = math.log2(len(key) + 1) * math.log2(1 + left)
        if score > 0:
            scores[key] = score
    return scores


def _written(shapes: Counter[str], *, named: bool) -> str:
    """How a candidate is mostly written; in lower case unless it is a name."""
    low = Counter[str]()
    for shape, count in shapes.items():
        low[shape if named or not shape[1:].islower() or " " in shape else shape.lower()] += count
    best = max(low.items(), key=lambda item: (item[1], item[0].islower() != named, item[0]))[0]
    if named or any(word[1:] != word[1:].lower() for word in best.split()):
        return best
    return best[0].lower() + best[1:]
