"""Untrusted text made fit for a terminal: what would steer it, or could not be seen, is shown as a symbol."""

from __future__ import annotations

import re

# C0 and C1 controls, soft hyphen, bidi and invisible formatting, line separators, lone surrogates, tags. ZWJ, ZWNJ
# and variation selectors stay: they belong to graphemes.
UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def symbol(character: str) -> str:
    """What stands for an unsafe character on screen: ␛ for ESC, ␊ for a newline, ⟨U+202E⟩ for the others."""
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    return f"⟨U+{code:04X}⟩"


def visible(text: str) -> str:
    """The text with every unsafe character as its symbol; equal to the text where there is none."""
    return UNSAFE.sub(lambda match: symbol(match.group()), text)
