"""The colours: dark, light, both in high contrast, and two palettes of the terminal; one accent in each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.theme import BUILTIN_THEMES, Theme

from workbench.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Mapping

DARK = Theme(
    name="dark",
    primary="#7fb2d9",
    secondary="#7fb2d9",
    accent="#7fb2d9",
    warning="#d9a75f",
    error="#ec9087",
    success="#8dbb86",
    foreground="#d6dae0",
    background="#16181c",
    surface="#16181c",
    panel="#313a45",
    dark=True,
    variables={"dim": "#a0a8b3", "rule": "#3a434e", "bar": "#242a31"},
)
LIGHT = Theme(
    name="light",
    primary="#1b5e9b",
    secondary="#1b5e9b",
    accent="#1b5e9b",
    warning="#7a4f00",
    error="#b3261e",
    success="#2a6b3c",
    foreground="#22272e",
    background="#fbfaf8",
    surface="#fbfaf8",
    panel="#d6e1ec",
    dark=False,
    variables={"dim": "#565e68", "rule": "#c9ccd0", "bar": "#ebeae5"},
)
CONTRAST_DARK = Theme(
    name="contrast-dark",
    primary="#7fd4ff",
    secondary="#7fd4ff",
    accent="#7fd4ff",
    warning="#ffd24a",
    error="#ffb5af",
    success="#8cf08c",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1f3550",
    dark=True,
    variables={"dim": "#d0d0d0", "rule": "#a0a0a0", "bar": "#262626"},
)
CONTRAST_LIGHT = Theme(
    name="contrast-light",
    primary="#003c8c",
    secondary="#003c8c",
    accent="#003c8c",
    warning="#5e3500",
    error="#7e0000",
    success="#00470f",
    foreground="#000000",
    background="#ffffff",
    surface="#ffffff",
    panel="#d2e4fa",
    dark=False,
    variables={"dim": "#383838", "rule": "#606060", "bar": "#f0f0f0"},
)
NAMES = ("auto", "dark", "light", "contrast-dark", "contrast-light", "ansi-dark", "ansi-light")
_ALIASES = {"ansi": "ansi-dark", "high-contrast": "contrast-dark", "high-contrast-light": "contrast-light"}


def themes() -> dict[str, Theme]:
    """Every theme by name."""
    return {
        "dark": DARK,
        "light": LIGHT,
        "contrast-dark": CONTRAST_DARK,
        "contrast-light": CONTRAST_LIGHT,
        "ansi-dark": _of_the_terminal("ansi-dark"),
        "ansi-light": _of_the_terminal("ansi-light"),
    }


def _of_the_terminal(name: str) -> Theme:
    """Textual's palette of the terminal's own colours, with the names that our styles use."""
    theme = BUILTIN_THEMES[name]
    return replace(
        theme,
        variables={**theme.variables, "dim": "ansi_default", "rule": "ansi_default", "bar": "ansi_default"},
    )


def choose(wanted: str | None, environ: Mapping[str, str]) -> str:
    """The name of the theme to use: that wanted, or one that fits what the environment tells of the terminal.

    NO_COLOR calls for a palette of the terminal's own. Raises NotFoundError for an unknown name.
    """
    name = _ALIASES.get(wanted or "auto", wanted or "auto")
    if name not in NAMES:
        raise NotFoundError("theme", name, known=NAMES)
    background = environ.get("COLORFGBG", "").rpartition(";")[2]
    is_light = background in ("7", "15")
    if "NO_COLOR" in environ and not name.startswith("ansi"):
        return "ansi-light" if name.endswith("light") or (name == "auto" and is_light) else "ansi-dark"
    if name == "auto":
        return "light" if is_light else "dark"
    return name
