"""Where English sentences end inside a paragraph: marks, abbreviations, initials, dialogue, careless writing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.segmenter.characters import PICTURES, extends
from workbench.segmenter.words import (
    NEVER_LAST,
    OF_TIME,
    OFTEN_LAST,
    SPEECH_VERBS,
    STARTERS,
    STATES,
    UNITS,
    WITH_NUMBER,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

# How sure a boundary of each kind is.
SURE, LIKELY, DOUBTFUL = 0.98, 0.85, 0.6

# An end mark with what closes around it and note numbers, white space, and the first letters of what follows. It
# begins with a set of characters and no alternative, which `re` searches several times faster.
_CANDIDATE = re.compile(
    r"[.!?…](?<![.!?…].)(?<![.!?…][ \u00a0].)(?P<more>(?:[ \u00a0]?[.!?…])*+)"
    r"(?P<close>[\"'”’)\]}»*_]*(?:[ \u00a0\u2009\u200a\u202f][”’\"](?=[\s”’]|\Z))*)"
    r"(?P<note>(?:\s?\[(?:\d[\d,–\- ]*|…|\.{3})\]|(?<=[a-z][a-z][.!?])\d{1,2}|(?<=[.!?][”’])\d{1,2})*)"
    r"(?P<space>\s+)(?P<open>[\"'“‘’(\[{«*¿¡]*)(?P<next>\w?)"
)
_WIDE = re.compile(r"[。！？][。！？…]*[”’」』）\"']*")
_RULE = re.compile(r"[-=_*~#+](?<![-=_*~#+].)[-=_*~#+]{2,}+(?=\s|\Z)")
_STAMP = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4} \d{1,2}:\d{2}(?::\d{2})?(?: [AP]M)?(?=\s|\Z)")
# Beyond letters, quotation marks, dashes and the ellipsis.
_FAR = re.compile("[\u2022-\u2025\u2027-\U0010ffff]")
_BULLET = re.compile(r"\s(?=[•●▪◦‣]\s)")
_SMILE = re.compile(r"[:;=][-']?[()DP](?=\s+[A-Z])")
_PICTURES = re.compile(rf"[.!?…][\"'”’)]*\s*{PICTURES}(?=\s+[A-Z\"“])")
_GREETING = re.compile(r",\s+(?=[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,3}\Z)")
_WORD_BEFORE = re.compile(r"[^\s\"“‘(\[/—–\u3000-\u9fff\uff00-\uffef]*\Z")
_NOTES_ONLY = re.compile(r"(?:\[(?:\d[\d,–\- ]*|…|\.{3})\]\s*)+\Z")
_NOTE_NUMBER = re.compile(r"\d{1,2}(?=\s+(?P<next>[A-Z][a-z]+)\b)")
_ADDRESS = re.compile(
    r"http(?<!\Shttp)s?://\S++(?=\s+(?:https?://|[A-Z][a-z]*\s[a-z]))|@[^\s@]{1,99}\.\w+>(?=\s+[A-Z])"
)
_ROMAN = re.compile(r"[IVX]{2,}\Z")
_TOWN = re.compile(
    r"(?:\b(?:in|of|at|from|near|to|and|for|outside)\s(?:[A-Z][\w.'’-]+\s)*[A-Z][\w.'’-]+|\b[A-Z]{3,}(?:\s[A-Z]+)*), \Z"
)
_NAMED_SO = re.compile(r"[a-z](?:\d|[A-Z][a-z])")  # "v2", "iPhone"
_COUNTED = re.compile(r"(?:\d|\bper|/|\bhundred|\bthousand|\bmillion|\ba|\bsq\.?|\bcu\.?)\s*\Z")
_LETTERED = re.compile(r"(?:[a-z]|[ivx]+)\)\s+[A-Z]")
_INITIALS = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]\Z")
_NEXT_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_CRIES = frozenset(("oh", "ah", "alas", "o", "ha", "aha", "hush", "yahoo"))
# One quotation after another: somebody else speaks.
_NEXT_SPEAKER = re.compile(r"[\"”'’]\s+(?=[\"“'‘][A-Z])")
# A speaker cut short, and what is told next.
_CUT_SHORT = re.compile(r"—(?P<close>[”\"’']*)\s+(?=(?P<next>[A-Z][a-z]*)\b)")
# "Johnson faces": a name and a word in lower case; and a place that opens its sentence, "In Washington, D.C.".
_CLAUSE = re.compile(r"[A-Z][\w’'-]+\s(?!of\b|and\b|for\b)[a-z]+\b")
_PLACE_FIRST = re.compile(
    r"(?:\A|[.!?…”\"]\s*)[“\"]?(?:In|From|At|Near|Outside|Around|To|Of|For|Across)\s[\w ,]*D\.C\Z"
)
_LAST_WORD = re.compile(r"([^\W_]+(?:['’][^\W_]+)?)\s*\Z")
_THOUGHT = re.compile(r"(?:he|she|they|we|it)\s(?:[a-z]+ly\s)?(?P<verb>[a-z]+)\b|(?P<first>[a-z]+)\s")
_TAG = re.compile(
    r"(?!(?:He|She|They|We|It|You)\s)"
    r"(?:(?:[A-Z][\w’'.-]*|the|a|an|his|her|my|one|another|both|old|young|little)\s+){1,3}(?:[a-z]+ly\s+)?(?P<verb>[a-z]+)\b"
)
_FAREWELL = re.compile(
    r"\b(?:[Rr]egards|[Ss]incerely|[Tt]hanks|[Tt]hank you|[Cc]heers|[Ww]ishes|[Yy]ours|[Rr]espectfully|[Ll]ove)\Z"
)
_ABBREVIATIONS = NEVER_LAST | OFTEN_LAST | WITH_NUMBER
_BARE = ("",) * 6
_WINDOW = 40


def boundaries(paragraph: str) -> list[tuple[int, float]]:
    """Each boundary strictly inside the paragraph in order, with how sure it is in 0..1."""
    found: list[tuple[int, float]] = []
    for match in _CANDIDATE.finditer(paragraph):
        start, end = match.span()
        mark = paragraph[start]
        # Most often a mark, what closes, a space, what opens and a capital letter; all else is looked at closely.
        if paragraph[end - 1].isupper() and mark != "…":
            more, close, note, _, opening, _ = match.groups() if end - start > 3 else _BARE
            if more or note:
                pass
            elif close or mark != ".":
                score = LIKELY if close and not opening and mark != "." else SURE
                found.append((start + 1 + len(close), score))
                continue
            else:
                word = paragraph[paragraph.rfind(" ", 0, start) + 1 : start]
                if word.islower() and word.isalpha() and word not in _ABBREVIATIONS:
                    found.append((start + 1, SURE))
                    continue
        score = _after_mark(paragraph, match)
        if score:
            noted = paragraph[end - 1].isdigit() and _end_of_note(paragraph, match)
            found.append((noted or match.start("space"), score))
    rarer = _rarer(paragraph)
    return sorted(dict([*rarer, *found]).items()) if rarer else found


def _end_of_note(paragraph: str, match: re.Match[str]) -> int:
    """Where a note number after a mark ends, "was cold. 4 Even so …"; 0 where the number begins the next sentence.

    In a longer text, one whose line breaks were lost, such a number is likelier that of a chapter.
    """
    note = _NOTE_NUMBER.match(paragraph, match.start("next")) if len(paragraph) < 4000 else None
    return note.end() if note is not None and not match["open"] and note["next"] in STARTERS else 0


def _rarer(paragraph: str) -> list[tuple[int, float]]:
    """Boundaries that need no full stop: ruled lines and time stamps, bullets, farewells, Chinese marks."""
    found: list[tuple[int, float]] = []
    if "---" in paragraph or "***" in paragraph or "===" in paragraph or "___" in paragraph:
        found += _set_apart(paragraph, _RULE)
    if "/" in paragraph and ":" in paragraph:
        found += _set_apart(paragraph, _STAMP)
    if not paragraph.isascii():
        found += _beyond_ascii(paragraph)
    if ' "' in paragraph or " “" in paragraph or " ‘" in paragraph or " '" in paragraph:
        for match in _NEXT_SPEAKER.finditer(paragraph):
            before = paragraph[match.start() - 1 : match.start()]
            double = paragraph[match.start()] in '"”'
            if before in ("—", "–") or (double and (before.isalnum() or before in (",", "-"))):
                found.append((match.start() + 1, LIKELY))
    if " :" in paragraph or " ;" in paragraph or " =" in paragraph:
        for match in _SMILE.finditer(paragraph):
            if paragraph[match.start() - 1 : match.start()] == " ":
                found.append((match.end(), DOUBTFUL))
    if "http" in paragraph or "@" in paragraph:
        found += [(match.end(), DOUBTFUL) for match in _ADDRESS.finditer(paragraph)]
    comma = paragraph.rfind(",", max(0, len(paragraph) - 2 * _WINDOW))
    last = _GREETING.match(paragraph, comma) if comma > 0 else None
    if last is not None and _FAREWELL.search(paragraph, max(0, comma - _WINDOW), comma):
        found.append((comma + 1, LIKELY))
    return found


def _set_apart(paragraph: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, float]]:
    """The boundaries before and after ruled lines or time stamps that stand between spaces."""
    for match in pattern.finditer(paragraph):
        start = match.start()
        if start and not paragraph[start - 1].isspace():
            continue
        if start and not paragraph.endswith((" on ", " at ", " by "), 0, start):
            yield start, LIKELY
        if match.end() < len(paragraph):
            yield match.end(), LIKELY


def _beyond_ascii(paragraph: str) -> Iterator[tuple[int, float]]:
    """Boundaries at Chinese marks, bullets, pictures, and dashes that cut a speaker short."""
    if _FAR.search(paragraph):
        for match in _WIDE.finditer(paragraph):
            if match.end() < len(paragraph) and not extends(paragraph[match.end()]):
                yield match.end(), SURE
        for match in _BULLET.finditer(paragraph):
            yield match.end(), DOUBTFUL
        for match in _PICTURES.finditer(paragraph):
            yield match.end(), LIKELY
    if "—" in paragraph:
        for match in _CUT_SHORT.finditer(paragraph):
            parenthesis = paragraph[match.start() - 1 : match.start()] == " " and match["next"] == "I"
            if (
                match["next"] in STARTERS
                and not parenthesis
                and not (match["close"] and _speaks(paragraph, match.end()))
            ):
                yield match.end("close"), DOUBTFUL


def ends_sentence(text: str, at: int) -> bool:
    """Whether the mark at `at`, which white space follows, ends a sentence."""
    match = _CANDIDATE.match(text, at)
    return match is not None and bool(_after_mark(text, match))


def _after_mark(text: str, match: re.Match[str]) -> float:
    """How sure a sentence ends at a mark that white space follows; 0 where it does not."""
    mark = text[match.start() : match.end("more")].replace(" ", "")
    close, opening, following = match["close"], match["open"], match["next"]
    lower = following.islower() and not _NAMED_SO.match(text, match.start("next"))
    if not following and not opening:
        return _before_symbol(text, match)
    if opening[:1] == "[" and _NOTES_ONLY.match(text, match.start("open")):
        return 0.0
    quoted = any(char in "\"'”’»" for char in close)
    if lower and (quoted or opening):
        return LIKELY if opening == "(" and _LETTERED.match(text, match.start("next")) else 0.0
    if "?" in mark or "!" in mark:
        if lower:
            return 0.0 if close or _asks_on(text, match) else DOUBTFUL
        return LIKELY if quoted and not opening else SURE
    if len(mark) > 1 or mark == "…":
        return 0.0 if lower or _trails(text, match) else LIKELY
    if close:
        return 0.0 if lower else SURE
    return _after_stop(text, match)


def _asks_on(text: str, match: re.Match[str]) -> bool:
    """Whether what follows "?" or "!" in lower case is the same cry again or says who thinks: "Why? he wondered"."""
    before = text[max(0, match.start() - _WINDOW) : match.start()].rsplit(" ", 1)[-1].strip("\"“'‘").lower()
    after = _NEXT_WORD.match(text, match.start("next"))
    if before in _CRIES or (after is not None and after.group() == before):
        return True
    thought = _THOUGHT.match(text, match.start("next"))
    return thought is not None and (thought["verb"] or thought["first"]) in SPEECH_VERBS


def _trails(text: str, match: re.Match[str]) -> bool:
    """Whether a sentence goes on past an ellipsis: the same word is said again."""
    if match["close"] or match["open"]:
        return False
    after = _NEXT_WORD.match(text, match.start("next"))
    before = _LAST_WORD.search(text, max(0, match.start() - _WINDOW), match.start())
    return after is not None and before is not None and after.group().lower() == before.group(1).lower()


def _before_symbol(text: str, match: re.Match[str]) -> float:
    """A mark that neither a letter nor an opening bracket or quote follows: dashes go on, bullets and rules do not."""
    after = text[match.end() : match.end() + 3]
    if after.startswith(("-", "–", "—")):
        word = _WORD_BEFORE.search(text, max(0, match.start() - _WINDOW), match.start())
        if word is not None and _in_state(text, word.start(), word.group()):
            return 0.0  # "AUGUSTA, Ga. -- Officials said"
        return LIKELY if re.match(r"[-–—]+\s?[A-Z]", text[match.end() : match.end() + 5]) else 0.0
    if not match["more"] and after[:1] in "$€£#@<>~•":
        return LIKELY
    return 0.0


def _after_stop(text: str, match: re.Match[str]) -> float:
    """A single full stop after a word: abbreviations, initials, numbers, and sentences begun in lower case."""
    at = match.start()
    found = _WORD_BEFORE.search(text, max(0, at - _WINDOW), at)
    word = found.group() if found else ""
    following = match["next"]
    bare = word.rstrip("'’\"”").lower()
    if following.islower() and not _NAMED_SO.match(text, match.start("next")):
        return _carelessly(word, bare, text, match.start("next"))
    if bare in UNITS and not _COUNTED.search(text, max(0, at - len(word) - 8), at - len(word)):
        return SURE
    if _in_state(text, at - len(word), word):
        return _if_starter(text, match)
    if bare == "st" or bare in OFTEN_LAST:
        return _after_last(bare, text, match)
    if bare in NEVER_LAST and not match["note"] and not (len(word) == 1 and word.isupper()):
        return 0.0
    if bare in _ABBREVIATIONS and match["note"][:1].isdigit():
        return 0.0  # "Fig.3"
    if bare in WITH_NUMBER and following.isdigit():
        return 0.0
    if len(word) == 1 and word.isupper():
        return _after_initial(text, at, match)
    if _INITIALS.match(word):
        return _if_starter(text, match)
    if (word.isdigit() and len(word) <= 2) or _ROMAN.match(word):
        before = text[max(0, at - _WINDOW) : at - len(word)].rstrip()
        label = before.rsplit(" ", 1)[-1].rstrip(".").lower() in WITH_NUMBER  # "No. 12."
        return (
            0.0 if not before or (before[-1] in ".!?:;。！？：；" and not label) else SURE
        )  # "1. First item"
    return SURE


def _in_state(text: str, start: int, word: str) -> bool:
    """Whether the word is the abbreviation of a state after a town: "Augusta, Ga"."""
    return (
        word in STATES
        and text.endswith(", ", 0, start)
        and _TOWN.search(text, max(0, start - _WINDOW), start) is not None
    )


def _carelessly(word: str, bare: str, text: str, start: int) -> float:
    """Whether a sentence begins in lower case after a plain word, as in messages."""
    if text.startswith(("http", "www."), start):
        return LIKELY
    plain = len(bare) > 1 and bare.isalpha() and bare not in _ABBREVIATIONS
    return DOUBTFUL if plain and not (word[:1].isupper() and len(word) < 4) else 0.0


def _after_initial(text: str, at: int, match: re.Match[str]) -> float:
    """A capital letter and a stop: an initial in a name unless what follows begins sentences."""
    following = _NEXT_WORD.match(text, match.start("next"))
    starter = following is not None and following.group() in STARTERS
    before = text[max(0, at - 1 - _WINDOW) : at - 1].rstrip()
    if not before:
        return 0.0  # "A. First item"
    last = re.split(r"[\s(\"“]", before)[-1] if before else ""
    name = not last or last[0].isupper() or last.endswith(".")
    if text[at - 1] == "I" and not name:
        return LIKELY
    if starter:
        return 0.0 if name and following is not None and following.group() in ("A", "I") else LIKELY
    return 0.0 if name or match["next"].isupper() else DOUBTFUL


def _if_starter(text: str, match: re.Match[str]) -> float:
    """After an abbreviation that may end a sentence: only before a word that begins sentences."""
    following = _NEXT_WORD.match(text, match.start("next"))
    if following is None:
        return LIKELY if match["open"][:1] in ('"', "“") else 0.0
    return LIKELY if following.group() in STARTERS else 0.0


def _after_last(bare: str, text: str, match: re.Match[str]) -> float:
    """After an abbreviation that often ends a sentence: some do before any capital letter."""
    if bare == "etc":
        return LIKELY
    following = _NEXT_WORD.match(text, match.start("next"))
    if bare in ("a.m", "p.m") and following is not None:
        return 0.0 if following.group() in OF_TIME else LIKELY
    if bare == "d.c" and not match["open"] and _CLAUSE.match(text, match.start("next")):
        return 0.0 if _PLACE_FIRST.search(text, max(0, match.start() - _WINDOW), match.start()) else DOUBTFUL
    return _if_starter(text, match)


def _speaks(text: str, start: int) -> bool:
    """Whether what follows a quotation says who spoke: "Tom cried"."""
    match = _TAG.match(text, start, start + 60)
    return match is not None and match["verb"] in SPEECH_VERBS
