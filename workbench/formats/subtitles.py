"""Subtitles (SubRip, WebVTT, ASS): the cues of a file as segments. They are read, and not written back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from workbench.errors import FormatError
from workbench.formats.encoding import decode

if TYPE_CHECKING:
    from pathlib import Path

EXTENSIONS = (".srt", ".vtt", ".ass")

_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<\d+:[\d:.]+>|\{\\[^{}]*\}")
_TIME = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})")
_SPACE = re.compile(r"\s+")
_BREAK = re.compile(r"\\[Nn]|\r\n|\r|\n")
_CHINESE = re.compile(r"[\u2e80-\u30ff\u3400-\u9fff\uff00-\uffef]")


class Cue(NamedTuple):
    """A cue: its text as one line without tags, when it is shown in milliseconds, and the line of its times."""

    text: str
    start: int
    end: int
    line: int


def is_subtitles(path: Path | str) -> bool:
    """Whether a file's name calls for subtitles."""
    return str(path).lower().endswith(EXTENSIONS)


def read_cues(data: bytes, name: str) -> list[Cue]:
    """The cues of a file in its order, without those that hold no text. Raises FormatError with the line at fault.

    A cue's lines are joined, between Chinese characters without a space; tags such as <i> and {\\an8} are dropped.
    """
    text, _ = decode(data, name=name)
    lines = re.split(r"\r\n|\r|\n", text.lstrip("\ufeff"))
    ass = name.lower().endswith(".ass")
    cues = [cue for cue in (_ass(lines, name) if ass else _timed(lines, name)) if cue.text]
    if not cues:
        raise FormatError("no cue with text in it", file=name)
    return cues


def _timed(lines: list[str], name: str) -> list[Cue]:
    """The cues of SubRip or WebVTT: a line with two times, then text up to a blank line or the next number."""
    cues: list[Cue] = []
    at, count = 0, len(lines)
    while at < count:
        line = lines[at].strip()
        if line.split(" ")[0] in ("NOTE", "STYLE", "REGION") or (not at and line.startswith("WEBVTT")):
            while at < count and lines[at].strip():
                at += 1
            continue
        if "-->" not in line:
            if line and not _leads(lines, at):
                raise FormatError(
                    f"a time such as 00:00:01,000 --> 00:00:02,000 is missing: {line[:40]!r}",
                    file=name,
                    line=at + 1,
                )
            at += 1
            continue
        first, _, last = line.partition("-->")
        start, end = (_milliseconds(part, name, at + 1) for part in (first, last))
        if end < start:
            raise FormatError("the cue ends before it begins", file=name, line=at + 1)
        begin = at = at + 1
        while at < count and lines[at].strip() and "-->" not in lines[at]:
            at += 1
        cues.append(Cue(_plain("\n".join(lines[begin:at])), start, end, begin))
    return cues


def _leads(lines: list[str], at: int) -> bool:
    """Whether a line is the number or the name of the cue whose times follow."""
    return at + 1 < len(lines) and "-->" in lines[at + 1]


def _ass(lines: list[str], name: str) -> list[Cue]:
    """The cues of ASS: its Dialogue lines, as pysubs2 takes them apart."""
    import pysubs2

    for number, line in enumerate(lines, 1):
        if line.startswith("Dialogue:") and line.count(",") < 9:
            raise FormatError("a Dialogue with fewer than ten fields", file=name, line=number)
    places = [number for number, line in enumerate(lines, 1) if line.startswith("Dialogue:")]
    try:
        found = pysubs2.SSAFile.from_string("\n".join(lines), format_="ass")
    except (pysubs2.Pysubs2Error, ValueError) as error:
        raise FormatError(f"not valid ASS: {error}", file=name) from error
    events = [event for event in found if event.type == "Dialogue"]
    if len(events) != len(places):
        raise FormatError("not valid ASS: a Dialogue could not be read", file=name)
    return [
        Cue("" if event.is_drawing else _plain(event.text), event.start, event.end, line)
        for event, line in zip(events, places, strict=True)
    ]


def _milliseconds(text: str, name: str, line: int) -> int:
    match = _TIME.match(text.strip())
    if match is None:
        raise FormatError(f"not a time such as 00:00:01,000: {text.strip()[:30]!r}", file=name, line=line)
    hours, minutes, seconds, part = match.groups()
    return (int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)) * 1000 + int(part.ljust(3, "0"))


def _plain(text: str) -> str:
    """A cue's text as one line without tags."""
    import html

    parts = [_SPACE.sub(" ", part).strip() for part in _BREAK.split(html.unescape(_TAG.sub("", text)))]
    joined = ""
    for part in filter(None, parts):
        apart = joined and not (_CHINESE.match(joined[-1]) and _CHINESE.match(part))
        joined += f" {part}" if apart else part
    return joined
