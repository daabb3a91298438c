"""What is searched for: plain text or a regular expression, blind to case, width and, where wanted, Chinese script."""

from __future__ import annotations

import time
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import regex  # type: ignore[import-untyped, unused-ignore]

from workbench.errors import CommandError

if TYPE_CHECKING:
    from collections.abc import Iterator

FIELDS = ("source", "target", "note", "id", "draft")
"""Where can be searched; `note` stands for the column of notes."""
FLAGS = {"c": "case counts", "w": "width counts", "t": "simplified = traditional", "b": "whole words"}
TIMEOUT_SECONDS = 0.5
"""An expression may look so long at one text, or at some thousands of them at once."""
_SLOW_SECONDS = 0.02
_SLOW_TEXTS = 10
"""An expression that takes `_SLOW_SECONDS` of a processor for one text may do so for so many."""
LONGEST = 1000
_AROUND = 16
"""So many characters on both sides tell where Chinese words begin."""
_DEFAULT_FIELDS = ("source", "target", "note")
_QUOTES = {'"': '"', "“": "”", "「": "」"}
_SPECIAL = frozenset(".^$*+?{}()|")
# What may take a line end in, or means something else where texts stand one to a line.
_NOT_BY_LINES = regex.compile(r"\[\^|\\[sDWPpRXAZzGnrvfxuUNhHVO]|\(\?(?![:=!]|<[=!A-Za-z_]|P[<=])|\n")
_PIECES = regex.compile(
    r"""(?P<kept>\\(?:[pPN]\{[^}]*\}|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[gkL]<[^>]*>|[A-Za-z0-9])
        |\(\?(?:P?<[A-Za-z_]\w*>|P[=>]\w+|&\w+|[A-Za-z0-9]*-?[A-Za-z]*[:)]|<?[=!]|[>|])|\{[0-9,]*\})
    |\[(?P<class>\^?\]?(?:\\.|\[:[^\]]*:\]|[^\]\\])*)\]
    |\\(?P<escaped>.)|(?P<char>.)""",
    regex.VERBOSE | regex.DOTALL,
)
_CLASS_PIECES = regex.compile(
    r"(?P<kept>\\[A-Za-z0-9](?:\{[^}]*\}|[0-9A-Fa-f]{2,8})?|\[:[^\]]*:\])|(?P<low>[!-~])-(?P<high>[!-~])|\\(?P<escaped>.)|(?P<char>.)",
    regex.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for. `words` = the text, or the expression where `is_regex`; `fields` = where, of FIELDS.

    Case and width never count unless `case` or `width` says so; with `traditional` simplified and traditional
    characters are the same. `whole` = nothing inside a word is found: a Latin word or number with letters or digits
    beside it, Chinese where the dictionary reads another word there (会议 in 大会议程).
    """

    words: str
    is_regex: bool = False
    fields: tuple[str, ...] = _DEFAULT_FIELDS
    case: bool = False
    width: bool = False
    traditional: bool = False
    whole: bool = False

    def __str__(self) -> str:
        """The query as `parse_query` takes it."""
        where = "" if self.fields == _DEFAULT_FIELDS else f"{','.join(self.fields)}:"
        return where + self.bare

    @property
    def bare(self) -> str:
        """The query without where it looks: a word, "several words" or /an expression/ and its flags."""
        flags = "".join(letter for letter, on in zip(FLAGS, self._flags, strict=True) if on)
        if self.is_regex:
            return f"/{self.words}/{flags}"
        plain = not flags and self.words and not regex.search(r'[\s"“「/:]', self.words)
        return self.words if plain else f'"{self.words}"{flags}'

    @property
    def in_words(self) -> str:
        """The query for people: “亿”, /\\d+/."""
        flags = [said for said, on in zip(FLAGS.values(), self._flags, strict=True) if on]
        shown = f"/{self.words}/" if self.is_regex else f"“{self.words}”"
        return f"{shown} ({', '.join(flags)})" if flags else shown

    @property
    def _flags(self) -> tuple[bool, ...]:
        """The flags in the order of FLAGS."""
        return self.case, self.width, self.traditional, self.whole

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the store in which it looks."""
        named = {"note": "notes", "draft": "drafts"}
        return tuple(named.get(field, field) for field in self.fields)

    @property
    def pattern(self) -> Any:
        """The compiled expression."""
        return _compiled(self)

    @property
    def stays_in_lines(self) -> bool:
        """Whether it finds the same where texts stand one to a line."""
        if not self.is_regex:
            return "\n" not in self.words
        return _NOT_BY_LINES.search(self.words) is None and self.pattern.search("") is None

    def holds(self, *columns: Any) -> bool:
        """Whether it is in one of the columns, given as `RowTest` has them."""
        return any(self.found(text) for text in _texts(columns))

    def found(self, text: str) -> bool:
        """Whether it is in the text; nothing at all is found only in a text that is empty."""
        return any(end > start or not text for start, end in self.places(text))

    def spans(self, text: str, *, timeout: float = TIMEOUT_SECONDS) -> list[tuple[int, int]]:
        """Where it stands in the text, empty places left out."""
        found = (match.span() for match in self.matches(text, timeout=timeout))
        return [(start, end) for start, end in found if end > start]

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Every place where it matches. Raises CommandError where that takes too long."""
        for match in self.matches(text):
            yield match.span()

    def matches(self, text: str, *, timeout: float = TIMEOUT_SECONDS) -> Iterator[Any]:
        """As `places`, the matches themselves."""
        limit = {"timeout": timeout} if self.is_regex else {}
        try:
            for match in self.pattern.finditer(text, concurrent=True, **limit):
                if not self.whole or is_whole(text, *match.span()):
                    yield match
        except TimeoutError:
            raise CommandError(too_long(self)) from None


@dataclass(frozen=True, slots=True)
class LinePattern:
    """The pattern of a query for texts joined to lines, with the query's time limit."""

    query: Query

    def search(self, text: str, position: int = 0) -> Any:
        """The next match, None where there is none. Raises CommandError where that takes too long."""
        limit = {"timeout": TIMEOUT_SECONDS} if self.query.is_regex else {}
        try:
            while True:
                match = self.query.pattern.search(text, position, concurrent=True, **limit)
                if match is None or not self.query.whole or is_whole(text, *match.span()):
                    return match
                position = max(match.end(), match.start() + 1)
        except TimeoutError:
            raise CommandError(too_long(self.query)) from None


class Patience:
    """Whether a query is in a unit, until too many units took it too long: then CommandError."""

    def __init__(self, query: Query) -> None:
        self._query = query
        self._slow = 0

    def holds(self, *columns: Any) -> bool:
        """As `Query.holds`."""
        began = time.thread_time()
        found = self._query.holds(*columns)
        if time.thread_time() - began > _SLOW_SECONDS:
            self._slow += 1
            if self._slow > _SLOW_TEXTS:
                raise CommandError(too_long(self._query))
        return found


def too_long(query: Query) -> str:
    """What is said of an expression that takes too long."""
    return f"{query.in_words} takes too long: an expression with fewer repetitions inside repetitions will do"


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether a place of a text is not inside a word, nor across the edge of one."""
    if start == end:
        return True
    before, first, last, after = text[start - 1 : start], text[start], text[end - 1], text[end : end + 1]
    for one, other in ((before, first), (last, after)):
        if one.isalnum() and other.isalnum() and not (is_chinese_script(one) or is_chinese_script(other)):
            return False
    if not any(map(is_chinese_script, text[start:end])):
        return True
    from workbench.termbase.boundaries import dictionary
    from workbench.termbase.scripts import simplified

    low, high = max(0, start - _AROUND), min(len(text), end + _AROUND)
    around = simplified(text[low:high])
    if len(around) != high - low:
        around = text[low:high]
    return not dictionary().other(around, start - low, end - low, tuple)


def is_chinese_script(character: str) -> bool:
    """Whether a character is a Chinese one; "" is none."""
    return "\u3400" <= character <= "\u9fff" or character >= "\U00020000"


def parse_query(words: str) -> Query:
    """The query that words stand for: text, "text", /expression/, with flags behind the last two.

    `source:`, `target:`, `note:`, `id:`, `draft:` in front say where, several with commas between. Raises CommandError.
    """
    fields, rest = _fields(words.strip())
    if len(rest) > LONGEST:
        raise CommandError(f"that is too long to search for: {len(rest):,} characters, at most {LONGEST:,}")
    body, flags, is_regex = _body(rest)
    if not body.strip() and not (is_regex and body):
        raise CommandError("search for what?")
    query = Query(body, is_regex, fields, *(letter in flags for letter in FLAGS))
    _ = query.pattern
    return query


def _fields(words: str) -> tuple[tuple[str, ...], str]:
    names, colon, rest = words.partition(":")
    given = tuple(dict.fromkeys(name.removesuffix("s") for name in names.split(",")))
    if names == "text" and rest.strip():
        return _DEFAULT_FIELDS, rest.strip()
    if not colon or not rest or rest[0].isspace() or any(name not in FIELDS for name in given):
        return _DEFAULT_FIELDS, words
    return given, rest


def is_unclosed(words: str) -> bool:
    """Whether a quote or the stroke of an expression is opened at the start and not closed at the end."""
    body, _, is_regex = _body(_fields(words.strip())[1])
    return not is_regex and body[:1] in ("/", *_QUOTES) and body == _fields(words.strip())[1]


def _body(words: str) -> tuple[str, str, bool]:
    """The text or expression, its flags, and which it is."""
    for opening, closing, is_regex in (
        ("/", "/", True),
        *((one, end, False) for one, end in _QUOTES.items()),
    ):
        end = words.rfind(closing)
        if words.startswith(opening) and end > 0:
            flags = words[end + 1 :]
            if set(flags) <= set(FLAGS):
                return words[1:end], flags, is_regex
            if is_regex and flags.isalpha() and len(flags) <= len(FLAGS):
                said = ", ".join(f"{letter} = {meaning}" for letter, meaning in FLAGS.items())
                raise CommandError(f"behind the last / stand {said}; not {flags!r}")
    return words, "", False


def _texts(columns: tuple[Any, ...]) -> Iterator[str]:
    for column in columns:
        if isinstance(column, str):
            yield column
        else:
            yield from (one if isinstance(one, str) else one[1] for one in column)


@lru_cache(maxsize=64)
def _compiled(query: Query) -> Any:
    flags = regex.V0 | regex.MULTILINE
    if not query.is_regex:
        return regex.compile("".join(_any_of(char, query, with_case=True) for char in query.words), flags)
    flags |= 0 if query.case else regex.IGNORECASE
    try:
        plain = regex.compile(query.words, flags)
    except (regex.error, ValueError, OverflowError, RecursionError, MemoryError) as error:
        raise CommandError(f"not an expression: {' '.join(str(error).split())}") from None
    if (query.width and not query.traditional) or regex.search(r"\(\?[a-zA-Z]*x", query.words):
        return plain
    try:
        return regex.compile(_widened(query), flags)
    except (regex.error, ValueError, OverflowError, RecursionError, MemoryError):
        return plain


def _widened(query: Query) -> str:
    """The expression with every character that has other forms replaced by a class of all of them."""
    out: list[str] = []
    for match in _PIECES.finditer(query.words):
        if match["kept"] is not None:
            out.append(match["kept"])
        elif match["class"] is not None:
            out.append(f"[{_widened_class(match['class'], query)}]")
        elif match["escaped"] is not None:
            out.append(_any_of(match["escaped"], query))
        elif match["char"] in _SPECIAL:
            out.append(match["char"])
        else:
            out.append(_any_of(match["char"], query))
    return "".join(out)


def _widened_class(inside: str, query: Query) -> str:
    out = []
    for match in _CLASS_PIECES.finditer(inside):
        out.append(match[0])
        if match["low"] is not None and not query.width:
            out.append(f"{chr(ord(match['low']) + 0xFEE0)}-{chr(ord(match['high']) + 0xFEE0)}")
        char = match["escaped"] or match["char"]
        if char is not None and match.start() + (char == "^") > 0:
            out += [regex.escape(one) for one in _forms(char, query) if one != char]
    return "".join(out)


def _any_of(char: str, query: Query, *, with_case: bool = False) -> str:
    forms = _forms(char, query)
    if with_case and not query.case:
        cased = [other for one in forms for other in (one.lower(), one.upper()) if len(other) == 1]
        forms = tuple(dict.fromkeys((*forms, *cased)))
    if len(forms) == 1:
        return str(regex.escape(char))
    return f"[{''.join(map(regex.escape, forms))}]"


def _forms(char: str, query: Query) -> tuple[str, ...]:
    """The character and what counts as the same."""
    forms = [char]
    if query.traditional:
        forms += script_forms().get(char, ())
    if not query.width:
        forms += [other for one in forms for other in width_forms().get(one, ())]
    return tuple(dict.fromkeys(forms))


@lru_cache(maxsize=1)
def width_forms() -> dict[str, tuple[str, ...]]:
    """Full-width and half-width forms of the same character, by each of them."""
    found: dict[str, tuple[str, ...]] = {
        "\u3000": (" ",),
        " ": ("\u3000", "\u00a0"),
        "\u00a0": (" ", "\u3000"),
    }
    for code in (*range(0xFF01, 0xFF66), *range(0xFFE0, 0xFFE7)):
        wide = chr(code)
        kind, _space, plain = unicodedata.decomposition(wide).partition(" ")
        if kind in ("<wide>", "<narrow>"):
            other = chr(int(plain, 16))
            found[wide], found[other] = (other,), (wide,)
    return found


@lru_cache(maxsize=1)
def script_forms() -> dict[str, tuple[str, ...]]:
    """Simplified and traditional forms of the same character, by each of them."""
    from opencc import OpenCC

    every = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    families: dict[str, set[str]] = {}
    for profile in ("t2s", "s2t"):
        converted = OpenCC(profile).convert("\n".join(every)).split("\n")
        for old, new in zip(every, converted, strict=True):
            if old != new:
                simple = new if profile == "t2s" else old
                families.setdefault(simple, {simple}).update((old, new))
    found: dict[str, set[str]] = {}
    for family in families.values():
        for one in family:
            found.setdefault(one, set()).update(family - {one})
    return {one: tuple(sorted(others)) for one, others in found.items()}
