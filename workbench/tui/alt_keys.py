"""Alt and a letter, read as soon as both bytes are there, as Textual reads the keys with sequences of their own."""

from __future__ import annotations

import string
from typing import Any, NamedTuple

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS


class _Named(NamedTuple):
    value: str


def read_at_once() -> None:
    """Have Textual know ESC and a letter or digit; those that it knows already stay, and ESC O, which begins others.

    Left to its timeout, a second one that comes within 0.1 s, as a held key does, turns the first into the characters
    ^ and the letter: the command is lost, and both are typed into the text.
    """
    known: Any = ANSI_SEQUENCES_KEYS
    for letter in string.ascii_letters + string.digits:
        if letter != "O":
            name = f"alt+shift+{letter.lower()}" if letter.isupper() else f"alt+{letter}"
            # Some digits stand there as what a Mac types with Option: it sends that itself, as UTF-8.
            if not isinstance(known.get(f"\x1b{letter}"), tuple):
                known[f"\x1b{letter}"] = (_Named(name),)
