"""Marks that come in pairs, brackets and quotes: which of them in a text have no partner."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lone:
    """A mark without its partner."""

    mark: str
    position: int
    opening: bool


def lone_marks(text: str, pairs: dict[str, str]) -> list[Lone]:
    """The marks of `pairs` (opening → closing) that stand without a partner, in order.

    An opening mark that an outer pair closes over is lone; two kinds that cross are each whole.
    """
    closing: dict[str, list[str]] = {}
    for opener, closer in pairs.items():
        closing.setdefault(closer, []).append(opener)
    stack: list[Lone] = []
    lone: list[Lone] = []
    for position, char in enumerate(text):
        if char in pairs:
            stack.append(Lone(char, position, opening=True))
        elif char in closing:
            for index in range(len(stack) - 1, -1, -1):
                if stack[index].mark in closing[char]:
                    del stack[index]
                    break
            else:
                lone.append(Lone(char, position, opening=False))
    return sorted(lone + stack, key=lambda item: item.position)
