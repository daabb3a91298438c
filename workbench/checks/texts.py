"""One reading of a text that all checks share: which parts are URLs, placeholders, tags and codes, and
what is left."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from workbench.model import Span

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3005\u3006\u3007\U00020000-\U000323af"
"""Chinese characters, for use inside a character class."""
HAN_CHAR = re.compile(f"[{HAN}]")
HOLE = "\ufffc"
"""What stands in `View.masked` for each character of a part that no check may touch."""

_DOMAIN = r"(?:com|org|net|edu|gov|info|io|co|cn|uk|de|fr|jp|eu|us|tv|me|app|dev|ai)"
_URL_CHAR = f'[^\\s<>"“”‘’「」『』（）()，。；：！？、《》【】{{}}{HAN}]'
_PATH_CHARS = r"[\w./?=&%~#+:@-]*"
_PARTS = re.compile(
    r"(?P<url>(?:https?|ftp|file)://" + _URL_CHAR + r"+(?:\([\w%.~/-]*\)[\w%.~/-]*)*"
    r"|(?<![\w@.])www\.[A-Za-z0-9-]+\.[A-Za-z0-9]"
    + _PATH_CHARS
    + r"|(?<![\w.+-])[A-Za-z0-9][A-Za-z0-9._+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|(?<![\w@./-])(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+"
    + _DOMAIN
    + r"(?![A-Za-z0-9-]|\.[A-Za-z])(?:/"
    + _PATH_CHARS
    + r")?)"
    # An opening tag with attributes, or a closing one.
    r"|(?P<tag></?[A-Za-z][A-Za-z0-9:_.-]*"
    r"(?:\s+[A-Za-z_:][\w:.-]*(?:\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'|[^\s\"'<>=]+))?)*\s*/?>)"
    r"|(?P<entity>&(?:[A-Za-z][A-Za-z0-9]{1,9}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)"
    # #NAME#, {{name}}, ${name}, $(name), {0}, {name:>8}, %(name)s, %s, %1$d, %NAME%
    r"|(?P<placeholder>#[A-Z][A-Z0-9_]*#(?!\w)"
    r"|\{\{[^{}\n]{1,80}\}\}|\$\{[^{}\n]{1,80}\}|\$\([A-Za-z_]\w*\)"
    r"|\{[A-Za-z0-9_.]*(?:\[\w*\])?(?:![rsa])?(?::[^{}\s]{0,20})?\}"
    r"|%\([A-Za-z_]\w*\)[-#0+]*\d*(?:\.\d+)?[sdiufFeEgGxXoc]"
    r"|(?<![\w%.])%(?:\d+\$)?[-+0#]*\d*(?:\.\d+)?(?:hh|h|ll|l|z)?[sdiufFeEgGxXoc@](?![A-Za-z])"
    r"|(?<![\w%.])%[A-Z][A-Z0-9_]+%)"
    # @name, @name@server, #topic; then :-) and its kin at the end of a phrase
    r"|(?P<handle>(?<![\w@#&/])(?:@[A-Za-z]\w*(?:@[\w.-]*\w)?|#[A-Za-z]\w*))"
    r"|(?P<smiley>(?<!\w)[:;=]['-]?[)(DPp](?=[\s，。！？]|\Z))"
    r"|(?P<code>`[^`\n]{1,200}`)"
    r"|(?P<path>(?<![\w/])(?:~|\.{1,2})?/(?:[\w.-]+/)+[\w.-]*|\b[A-Za-z]:\\[\w\\. -]*\w)",
    re.ASCII,
)
_TRIGGERS = re.compile(r"[#{$%<&`/\\@]|\.[A-Za-z]|[:;=]['-]?[)(DPp]")
_URL_TAIL = ".,;:!?'*_"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text that is not language: a url, tag, entity, placeholder, handle, smiley, code or path."""

    kind: str
    text: str
    span: Span


class View:
    """A text with what every check wants to know of it, each thing computed once."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The parts that are not language, in order."""
        if not _TRIGGERS.search(self.text):
            return ()
        found = []
        for match in _PARTS.finditer(self.text):
            kind = match.lastgroup or ""
            shown = match.group()
            if kind == "url":
                shown = shown.rstrip(_URL_TAIL)
            found.append(Part(kind, shown, Span(match.start(), match.start() + len(shown))))
        return tuple(found)

    @cached_property
    def masked(self) -> str:
        """The text, as long as it is, with holes in place of the parts that are not language."""
        if not self.parts:
            return self.text
        pieces, last = [], 0
        for part in self.parts:
            pieces += [self.text[last : part.span.start], HOLE * len(part.span)]
            last = part.span.end
        return "".join(pieces) + self.text[last:]

    @cached_property
    def han_count(self) -> int:
        """How many Chinese characters the text has."""
        return len(HAN_CHAR.findall(self.text))

    @cached_property
    def has_han(self) -> bool:
        """Whether there is a Chinese character in the text."""
        return HAN_CHAR.search(self.text) is not None

    def of_kind(self, *kinds: str) -> list[Part]:
        """The parts of these kinds."""
        return [part for part in self.parts if part.kind in kinds]


@lru_cache(maxsize=512)
def view(text: str) -> View:
    """The shared reading of a text."""
    return View(text)


def excerpt(text: str, span: Span, *, width: int = 8) -> str:
    """The span with a little of what stands around it, for messages."""
    before = ("…" if span.start > width else "") + text[max(0, span.start - width) : span.start]
    after = text[span.end : span.end + width] + ("…" if span.end + width < len(text) else "")
    return before + span.of(text) + after


def surroundings(text: str, span: Span) -> str:
    """The span with the two characters on either side: the anchor of a finding whose own text says too little.

    It is the same at the edge of the text and inside, so that what is added beyond does not change it.
    """
    return f"…{text[max(0, span.start - 2) : span.end + 2]}…"
