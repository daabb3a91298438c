"""What a terminal sends, read as keys, pastes and reports: a control sequence is a key or nothing, and never text."""

from __future__ import annotations

import codecs
import os
import re
import select
import sys
from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import _xterm_parser, constants, events, messages
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._keyboard_protocol import FUNCTIONAL_KEYS
from textual._parser import ParseEOF, ParseTimeout, Peek1, Read1
from textual._time import get_time
from textual.keys import _character_to_key

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from textual._parser import TokenCallback
    from textual.message import Message

    Reading = Generator[Read1 | Peek1, str, str]

ESC, STRING_END, BELL = "\x1b", "\x9c", "\x07"
ESCAPE_SECONDS = constants.ESCAPE_DELAY if "ESCDELAY" in os.environ else 0.05
"""When nothing follows ESC for so long it was the key."""
SEQUENCE_SECONDS = 0.5
"""A sequence whose rest does not come for so long is given up."""
TICK_SECONDS = 0.1
LONGEST = 100_000
"""Of a longer sequence the end is looked for, but nothing kept."""
IS_XTERM = "XTERM_VERSION" in os.environ
ALT_IS_ESCAPE = "\x1b[?1036;1039s\x1b[?1036;1039h" if IS_XTERM else ""
"""Asks xterm itself to send ESC and the letter for Alt: as it comes it types ã for Alt+C."""
ALT_AS_BEFORE = "\x1b[?1036;1039r" if IS_XTERM else ""
"""Has xterm treat Alt as it did before."""

_C1 = {"\x9b": "[", "\x8f": "O", "\x90": "P", "\x98": "X", "\x9d": "]", "\x9e": "^", "\x9f": "_"}
"""Introducers of one character (ECMA-48, 5.3)."""
_STRINGS = {"P": "0123456789;<=>?!$+", "X": "", "]": "0123456789lL", "^": "", "_": "G"}
"""Introducers of strings, which are Alt keys too, and with what the answers of terminals go on."""
_PASTE, _PASTE_END = "\x1b[200~", "\x1b[201~"
_FOCUS: dict[str, type[Message]] = {"\x1b[I": events.AppFocus, "\x1b[O": events.AppBlur}
_MOUSE = re.compile(r"\x1b\[<\d{1,4};-?\d{1,6};-?\d{1,6}[Mm]")
_MODE = re.compile(r"\x1b\[\?(\d{1,5});(\d)\$y")
_RESIZE = re.compile(r"\x1b\[48;(\d{1,5})(?::\d*)?;(\d{1,5})(?::\d*)?;(\d{1,6})(?::\d*)?;(\d{1,6})(?::\d*)?t")
_FUNCTION = re.compile(r"\x1b\[(\d{0,5})(?:;(\d{0,3})(?::(\d))?)?([~ABCDEFHPQRS])")
_OTHER_KEY = re.compile(r"\x1b\[27;(\d{1,3});(\d{1,7})~")
_KITTY_KEY = re.compile(r"\x1b\[(\d{1,7})(?::[\d:]*)?(?:;(\d{0,3})(?::(\d))?(?:;([\d:]*))?)?u")
_MODIFIERS = ("shift", "alt", "ctrl", "super", "hyper", "meta")
_RELEASED = "3"
_LOCKS = 0b11000000
_PRIVATE = range(0xE000, 0xF900)


class KeyReader(_xterm_parser.XTermParser):
    """Reads by the grammar of ECMA-48: what is begun is read to its end, and what is not known is left out.

    Textual gives back the characters of a sequence that it does not know, or of which a part comes late.
    """

    _is_ended = False

    def __init__(self, debug: bool = False) -> None:
        self._back: deque[str] = deque()
        super().__init__(debug)

    def tick(self) -> Iterable[Message]:
        """What silence says. Waits for what is under way, so that a busy machine makes no Escape of half a sequence."""
        if self._timeout_time is not None and not self._back:
            left = min(TICK_SECONDS, self._timeout_time - get_time())
            if _more_comes(max(0.0, left)):
                return ()
        return super().tick()

    def parse(self, token_callback: TokenCallback[Message]) -> Generator[Read1 | Peek1, str, None]:
        """Read until the end."""
        self._tell = token_callback
        while self._back or not self._is_ended:
            character = yield from self._next()
            kind = _C1.get(character, "")
            if character == ESC:
                yield from self._escape()
            elif kind:
                yield from self._sequence(kind)
            elif character:
                self._tell_keys(character)

    def _next(self, seconds: float | None = None) -> Reading:
        """The next character, "" where none came in time or the end has come."""
        if self._back:
            return self._back.popleft()
        if self._is_ended:
            return ""
        try:
            return (yield Read1(seconds))
        except ParseTimeout:
            return ""
        except ParseEOF:
            self._is_ended = True
            return ""

    def _give_back(self, characters: str) -> None:
        self._back.extendleft(reversed(characters))

    def _escape(self) -> Generator[Read1 | Peek1, str, None]:
        """Read behind ESC."""
        character = yield from self._next(ESCAPE_SECONDS)
        if character == ESC or not character:
            self._tell(events.Key("escape", ESC))
            self._give_back(character)
        elif character in _C1.values():
            yield from self._sequence(character)
        elif isinstance(ANSI_SEQUENCES_KEYS.get(ESC + character), tuple):
            self._tell_keys(ESC + character)
        elif character < " ":
            self._tell_keys(character)
        else:
            self._tell_alt(character)

    def _sequence(self, kind: str) -> Generator[Read1 | Peek1, str, None]:
        """Read behind an introducer."""
        if kind == "[":
            yield from self._control_sequence()
        elif kind == "O":
            yield from self._single_shift()
        else:
            yield from self._string(kind)

    def _control_sequence(self) -> Generator[Read1 | Peek1, str, None]:
        """ESC [, parameters, one final character. What cannot belong to it ends it and is read by itself."""
        sequence = f"{ESC}["
        while True:
            character = yield from self._next(SEQUENCE_SECONDS)
            if not " " <= character <= "~":
                self._give_back(character)
                return
            if len(sequence) < LONGEST:
                sequence += character
            # ESC [ [ A is F1 of the Linux console; ESC [ 7 $ a key of rxvt.
            if sequence == f"{ESC}[[" or (character < "@" and sequence not in ANSI_SEQUENCES_KEYS):
                continue
            break
        if sequence == _PASTE:
            yield from self._paste()
        elif sequence == f"{ESC}[M":
            # The old report of the mouse: button and place are three characters.
            for _ in range(3):
                character = yield from self._next(ESCAPE_SECONDS)
                if character < " ":
                    self._give_back(character)
                    return
        else:
            self._tell_sequence(sequence)

    def _single_shift(self) -> Generator[Read1 | Peek1, str, None]:
        """ESC O and a character, in some terminals with the number of the modifiers before it."""
        sequence = f"{ESC}O"
        while True:
            character = yield from self._next(SEQUENCE_SECONDS)
            if not " " <= character <= "~":
                if sequence == f"{ESC}O":
                    self._tell_alt("O")
                self._give_back(character)
                return
            sequence += character
            if not (character.isdigit() or character == ";") or len(sequence) > 8:
                break
        if len(sequence) > 3:
            sequence = f"{ESC}[1;{sequence[2:-1].rpartition(';')[2]}{sequence[-1]}"
        self._tell_keys(sequence)

    def _string(self, kind: str) -> Generator[Read1 | Peek1, str, None]:
        """A string up to its end, which no key has. Without one it was an Alt key, unless it goes on as an answer."""
        text, is_answer = "", False
        seconds = ESCAPE_SECONDS if kind.isalpha() else SEQUENCE_SECONDS
        while True:
            character = yield from self._next(SEQUENCE_SECONDS if is_answer else seconds)
            if character in (STRING_END, BELL) and character:
                return
            if character == ESC:
                character = yield from self._next(SEQUENCE_SECONDS if is_answer else seconds)
                if character == "\\":
                    return
                self._give_back(ESC + character)
                break
            if not character or (character < " " and not "\x08" <= character <= "\r"):
                self._give_back(character)
                break
            is_answer = is_answer or (not text and character in _STRINGS[kind])
            if len(text) < LONGEST:
                text += character
        if not is_answer:
            self._give_back(text)
            self._tell_alt(kind)

    def _paste(self) -> Generator[Read1 | Peek1, str, None]:
        """Everything up to the end of a paste, sequences too, is text."""
        pasted: list[str] = []
        while not self._is_ended:
            pasted.append((yield from self._next()))
            if pasted[-1] == "~" and "".join(pasted[-len(_PASTE_END) :]) == _PASTE_END:
                # https://github.com/Textualize/textual/issues/1661
                text = "".join(pasted[: -len(_PASTE_END)]).replace("\x00", "")
                self._tell(events.Paste(text))
                return

    def _tell_alt(self, character: str) -> None:
        name = character if character.isalnum() else _character_to_key(character)
        self._tell(events.Key(f"alt+{f'shift+{name.lower()}' if name.isupper() else name}", None))

    def _tell_keys(self, sequence: str) -> None:
        for key in self._sequence_to_key_events(sequence):
            if key.key != "<ignore>":
                self._tell(key)

    def _tell_sequence(self, sequence: str) -> None:
        """Tell what a whole control sequence means."""
        if sequence in _FOCUS:
            self._tell(_FOCUS[sequence]())
        elif match := _RESIZE.fullmatch(sequence):
            lines, columns, height, width = map(int, match.groups())
            if lines and columns:
                resize = events.Resize.from_dimensions((columns, lines), (width, height))
                self.terminal_size, self.terminal_pixel_size = resize.size, resize.pixel_size
                self.mouse_pixels = bool(width and height)
                self._tell(resize)
        elif _MOUSE.fullmatch(sequence):
            if (mouse := self.parse_mouse_code(sequence)) is not None:
                self._tell(mouse)
        elif match := _MODE.fullmatch(sequence):
            self._tell_mode(match[1], int(match[2]))
        else:
            self._tell_keys(sequence)

    def _tell_mode(self, mode: str, setting: int) -> None:
        if mode == "2026" and setting:
            self._tell(messages.TerminalSupportsSynchronizedOutput())
        elif mode == "2048" and constants.SMOOTH_SCROLL and not _xterm_parser.IS_ITERM:
            self._tell(messages.InBandWindowResize.from_setting_parameter(setting))

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        """The keys that a sequence stands for: those of the keyboard protocols by their rules, others by the table."""
        if match := _OTHER_KEY.fullmatch(sequence):
            return self._typed_key(match[2], match[1], "")
        if match := _KITTY_KEY.fullmatch(sequence):
            return [] if match[3] == _RELEASED else self._typed_key(match[1], match[2] or "", match[4] or "")
        if match := _FUNCTION.fullmatch(sequence):
            name = FUNCTIONAL_KEYS.get(f"{match[1] or 1}{match[4]}")
            if name is not None and match[2]:
                return [] if match[3] == _RELEASED else [events.Key(_with_modifiers(name, match[2]), None)]
        if len(sequence) > 1 and sequence not in ANSI_SEQUENCES_KEYS:
            return []
        return _by_table(super()._sequence_to_key_events, sequence, alt)

    def _typed_key(self, code: str, modifiers: str, text: str) -> Iterable[events.Key]:
        """A key of the kitty keyboard protocol, or of xterm's modifyOtherKeys, with the text that it types."""
        codes = [int(code), *(int(part) for part in text.split(":") if part)]
        is_known = f"{code}u" in FUNCTIONAL_KEYS or codes[0] not in _PRIVATE
        if not is_known or any(one > sys.maxunicode or 0xD800 <= one < 0xE000 for one in codes):
            return []
        is_plain = (int(modifiers or "1") - 1) & ~_LOCKS == 0
        if not text and is_plain and f"{code}u" not in FUNCTIONAL_KEYS and chr(codes[0]).isprintable():
            # A key without its text, as kitty 0.26 tells it: Textual takes ， for a key that types nothing.
            text = code
        keys = self._parse_extended_key(f"{ESC}[{code};{modifiers};{text}u") or []
        return [
            key if key.key == "shift+space" or "+" not in key.key else events.Key(key.key, None)
            for key in keys
        ]


def _by_table(read: Any, sequence: str, alt: bool) -> Iterable[events.Key]:
    """Textual's own reading; where a sequence stands for Escape and a key, as with Alt, it is that key with Alt."""
    keys: list[events.Key] = list(read(sequence, alt))
    if len(keys) == 2 and keys[0].key == "escape":
        return [events.Key(f"alt+{keys[1].key}", None)]
    return keys


def _with_modifiers(name: str, number: str) -> str:
    bits = max(0, int(number) - 1)
    held = sorted(one for bit, one in enumerate(_MODIFIERS) if bits & (1 << bit))
    return "+".join([*held, name])


def _more_comes(seconds: float) -> bool:
    """Whether the terminal sends something within so long."""
    if sys.__stdin__ is None:
        return False
    try:
        return bool(select.select([sys.__stdin__.fileno()], [], [], seconds)[0])
    except (OSError, ValueError):
        return False


def install() -> None:
    """Have Textual's drivers read with this, and leave out bytes that are no UTF-8, at which they would stop."""
    parser: Any = _xterm_parser
    parser.XTermParser = KeyReader
    if sys.platform != "win32":
        from textual.drivers import linux_driver

        driver: Any = linux_driver
        driver.XTermParser = KeyReader
        driver.getincrementaldecoder = lambda name: partial(codecs.getincrementaldecoder(name), "ignore")
