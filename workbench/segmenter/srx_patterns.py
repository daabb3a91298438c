"""Regular expressions of segmentation rules: ICU's dialect, which SRX 2.0 prescribes, in that of Python's `regex`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import regex  # type: ignore[import-untyped, unused-ignore]

LONGEST = 100
"""What a repetition may take at most where a rule looks back, as in the `segment` library: time stays linear."""

_LINE_ENDS = r"\n\x0b\f\r\x85\u2028\u2029"
_BLANKS = r"\t\p{Zs}\u180e"
_OUTSIDE = {
    "R": rf"(?>\r\n|[{_LINE_ENDS}])",
    "Z": rf"(?=(?:\r\n|[{_LINE_ENDS}])?\Z)",
    "z": r"\Z",
    "A": r"\A",
    "b": r"\b",
    "B": r"\B",
    "X": r"\X",
}
_ANYWHERE = {
    "a": r"\x07",
    "e": r"\x1b",
    "f": r"\f",
    "n": r"\n",
    "r": r"\r",
    "t": r"\t",
    "d": r"\d",
    "D": r"\D",
    "s": r"\s",
    "S": r"\S",
    "w": r"\w",
    "W": r"\W",
    "h": f"[{_BLANKS}]",
    "H": f"[^{_BLANKS}]",
    "v": f"[{_LINE_ENDS}]",
    "V": f"[^{_LINE_ENDS}]",
}
_JAVA = {
    "javaLowerCase": "Ll",
    "javaUpperCase": "Lu",
    "javaLetter": "L",
    "javaDigit": "Nd",
    "javaWhitespace": "White_Space",
    "javaLetterOrDigit": "Alnum",
}
_CODE = re.compile(
    r"u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|x\{[0-9A-Fa-f]{1,6}\}|x[0-9A-Fa-f]{1,2}|0[0-7]{1,3}|c[@-_a-z]"
)
_LOW_SURROGATE = re.compile(r"\\u([dD][c-fC-F][0-9A-Fa-f]{2})")
_PROPERTY = re.compile(r"[pP](?:\{\^?[\w =&.-]+\}|[A-Za-z])")
_NAMED = re.compile(r"N\{[A-Z0-9 -]+\}")
_BACK = re.compile(r"k<(?P<name>[A-Za-z][A-Za-z0-9]*)>|(?P<number>[1-9])")
_BACK_ANYWHERE = re.compile(r"\\[1-9k]")
_POSIX = re.compile(r"\[:(?P<not>\^?)(?P<name>[\w =]+):\]")
_REPEAT = re.compile(r"\{(?P<least>\d+)(?P<more>,(?P<most>\d*))?\}")
_GROUP = re.compile(
    r"\((?:\?(?:(?P<plain>[:>=!]|<[=!])|(?P<name><[A-Za-z][A-Za-z0-9]*>)|(?P<flags>[a-zA-Z]*(?:-[a-zA-Z]+)?)(?P<end>[:)])))?"
)


class PatternError(ValueError):
    """A regular expression that is none, or that cannot be said in Python's dialect; the text says why."""


def translate(pattern: str, *, bounded: bool = False) -> str:
    r"""The pattern for `regex.compile(…, regex.V1)`; with `bounded`, repetitions without an end get LONGEST as theirs.

    Known are \h, \v, \R, \Z, \Q…\E, \x{…}, \0…, \c…, surrogate pairs, possessive and atomic groups, POSIX classes, set
    operations (&&, --, and - and & between sets), inline flags i, m and s. Raises PatternError.
    """
    return _Translation(pattern, bounded).text()


@lru_cache(maxsize=8192)
def compiled(pattern: str) -> regex.Pattern[str]:
    """A pattern in ICU's dialect, compiled. Raises PatternError."""
    return _compile(translate(pattern))


@lru_cache(maxsize=8192)
def compiled_place(before: str, after: str) -> regex.Pattern[str]:
    """What matches, without taking a character, where `before` ends and `after` starts. Raises PatternError."""
    if before and _refers_back(before):
        raise PatternError("a back reference cannot be looked for backwards, as a no-break rule does")
    behind = f"(?<={translate(before, bounded=True)})" if before else ""
    ahead = f"(?={translate(after)})" if after else ""
    return _compile(behind + ahead)


@lru_cache(maxsize=8192)
def repeats(pattern: str) -> int:
    """How many repetitions a pattern has, a high number where a group is repeated: time grows with that power."""
    done = _Translation(pattern, False)
    done.text()
    return 99 if done.repeats_group else done.repeats


def _refers_back(pattern: str) -> bool:
    done = _Translation(pattern, False)
    done.text()
    return done.refers_back


def _compile(text: str) -> regex.Pattern[str]:
    import regex

    try:
        return regex.compile(text, regex.V1)
    except RecursionError:
        raise PatternError("nested too deeply") from None
    except (regex.error, ValueError, OverflowError, MemoryError, IndexError, KeyError) as error:
        reason = re.sub(r" at position \d+.*", "", str(error), flags=re.DOTALL)
        raise PatternError(reason or "not a regular expression") from None


class _Translation:
    """One pass over a pattern; `out` grows, `at` moves."""

    def __init__(self, pattern: str, bounded: bool) -> None:
        self.pattern = pattern
        self.bounded = bounded
        self.at = 0
        self.out: list[str] = []
        self.refers_back = False
        self.repeats = 0
        self.repeats_group = False
        self.keeps_groups = _BACK_ANYWHERE.search(pattern) is not None

    def text(self) -> str:
        pattern = self.pattern
        while self.at < len(pattern):
            char = pattern[self.at]
            if char == "\\":
                self.out.append(self._escape(inside=False))
            elif char == "[":
                self.out.append(self._set(0))
            elif char == "(":
                self.out.append(self._group())
            elif char in "*+?{":
                self.out.append(self._repetition())
            else:
                self.out.append(char)
                self.at += 1
        return "".join(self.out)

    def _escape(self, *, inside: bool) -> str:
        """What stands for the escape at `at`, which is passed."""
        start = self.at + 1
        if start >= len(self.pattern):
            raise PatternError(r"a \ with nothing after it")
        letter = self.pattern[start]
        self.at = start + 1
        if letter == "Q":
            return self._quoted()
        if letter == "E":
            return ""
        code = _CODE.match(self.pattern, start)
        if code:
            self.at = code.end()
            return self._character(code.group())
        if letter in "pP":
            return self._property(start)
        if letter == "N":
            named = _NAMED.match(self.pattern, start)
            if named is None:
                raise PatternError(r"\N without the {NAME} of a character")
            self.at = named.end()
            return "\\" + named.group()
        if letter in _ANYWHERE:
            return _ANYWHERE[letter]
        if inside and letter == "b":
            return r"\x08"
        if not inside and letter in _OUTSIDE:
            return _OUTSIDE[letter]
        back = None if inside else _BACK.match(self.pattern, start)
        if back:
            self.at = back.end()
            self.refers_back = True
            return f"(?P={back['name']})" if back["name"] else f"(?:\\{back['number']})"
        if letter.isascii() and letter.isalnum():
            where = " in a set" if inside else ""
            raise PatternError(f"the escape \\{letter}{where} cannot be used here")
        return "\\" + letter if letter.isascii() else letter

    def _quoted(self) -> str:
        end = self.pattern.find(r"\E", self.at)
        text = self.pattern[self.at : end if end >= 0 else None]
        self.at = end + 2 if end >= 0 else len(self.pattern)
        return "".join(_literal(char) for char in text)

    def _character(self, code: str) -> str:
        if code[0] == "c":
            return f"\\x{ord(code[1].upper()) ^ 64:02x}"
        value = int(code[1:], 8) if code[0] == "0" else int(code[1:].strip("{}"), 16)
        low = _LOW_SURROGATE.match(self.pattern, self.at) if 0xD800 <= value < 0xDC00 else None
        if low:
            self.at = low.end()
            value = 0x10000 + ((value - 0xD800) << 10) + int(low[1], 16) - 0xDC00
        if value > 0x10FFFF:
            raise PatternError(f"there is no character \\{code}")
        return f"\\U{value:08x}"

    def _property(self, start: int) -> str:
        found = _PROPERTY.match(self.pattern, start)
        if found is None:
            raise PatternError(f"\\{self.pattern[start]} without the {{name}} of a property")
        self.at = found.end()
        name = found.group()[1:].strip("{}")
        return f"\\{found.group()[0]}{{{_JAVA.get(name, name)}}}"

    def _set(self, depth: int) -> str:
        """What stands for the set that opens at `at`."""
        posix = _POSIX.match(self.pattern, self.at)
        if posix:
            self.at = posix.end()
            return f"\\{'P' if posix['not'] else 'p'}{{{posix['name'].strip()}}}"
        if depth > 50:
            raise PatternError("sets are nested too deeply")
        self.at += 1
        parts = ["["]
        if self.pattern.startswith("^", self.at):
            self.at += 1
            parts.append("^")
        first, after_set = True, False
        while self.at < len(self.pattern):
            char = self.pattern[self.at]
            if char == "]" and not first:
                self.at += 1
                parts.append("]")
                return "".join(parts)
            was_set, after_set = after_set, False
            if char == "[":
                parts.append(self._set(depth + 1))
                after_set = True
            elif char == "\\":
                text = self._escape(inside=True)
                after_set = len(text) > 1 and (text[0] == "[" or text[1] in "pPdDsSwW")
                parts.append(text)
            elif self.pattern.startswith(("&&", "--"), self.at):
                parts.append(char * 2)
                self.at += 2
            elif char in "-&" and was_set and self.pattern.startswith("[", self.at + 1):
                parts.append(char * 2)
                self.at += 1
            else:
                parts.append("\\" + char if char in "]|~&" else char)
                self.at += 1
            first = False
        raise PatternError("a [ without its ]")

    def _group(self) -> str:
        found = _GROUP.match(self.pattern, self.at)
        assert found is not None
        opening = found.group()
        if opening == "(" and self.pattern.startswith("?#", found.end()):
            end = self.pattern.find(")", found.end())
            if end < 0:
                raise PatternError("a (?# without its )")
            self.at = end + 1
            return ""
        if opening == "(" and self.pattern.startswith(("?", "*"), found.end()):
            raise PatternError(f"the group {self.pattern[self.at : self.at + 4]!r} cannot be used here")
        self.at = found.end()
        if found["flags"] is None:
            return "(?:" if opening == "(" and not self.keeps_groups else opening
        refused = set(found["flags"]) - set("imsuUd-")
        if refused:
            raise PatternError(f"the flag {min(refused)!r} cannot be used here")
        on, _, off = found["flags"].partition("-")
        on, off = ("".join(flag for flag in each if flag in "ims") for each in (on, off))
        flags = on + ("-" + off if off else "")
        if not flags:
            return "(?:" if found["end"] == ":" else ""
        return f"(?{flags}{found['end']}"

    def _repetition(self) -> str:
        char = self.pattern[self.at]
        group = self.pattern[self.at - 1 : self.at] == ")"
        least, most, text = 0, "", char
        counted = _REPEAT.match(self.pattern, self.at) if char == "{" else None
        if counted:
            least, text = int(counted["least"]), counted.group()
            most = counted["most"] if counted["more"] else counted["least"]
            self.at = counted.end()
        else:
            self.at += 1
            if char == "{":
                return r"\{"
            least, most = int(char == "+"), "1" if char == "?" else ""
        if most not in ("0", "1"):
            self.repeats += 1
            self.repeats_group |= group
        if not most and self.bounded:
            text = f"{{{least},{max(least, LONGEST)}}}"
        if self.pattern.startswith(("?", "+"), self.at):
            text += self.pattern[self.at]
            self.at += 1
        return text


def _literal(char: str) -> str:
    return "\\" + char if char.isascii() and not char.isalnum() and char != "_" else char
