"""Untrusted text made fit for a terminal: what would steer it is shown as a symbol."""

from __future__ import annotations

import re

_STEERING = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0001\U000e0020-\U000e007f]"
)


def visible(text: str) -> str:
    """`text` with every control, bidi and invisible format character as a symbol: ESC as ␛, U+202E as ⟨U+202E⟩."""
    return _STEERING.sub(_symbol, text) if not text.isascii() or not text.isprintable() else text


def _symbol(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    return f"\u27e8U+{code:04X}\u27e9"
