"""The colours of the review screen: contrast in numbers (WCAG 2.2), one accent, what NO_COLOR makes of them."""

from __future__ import annotations

import pytest

from workbench.errors import NotFoundError
from workbench.tui import themes

TEXTS = ("foreground", "primary", "warning", "error", "success", "dim")
GROUNDS = ("background", "panel", "bar")
LEAST = {"dark": 4.5, "light": 4.5, "contrast-dark": 7.0, "contrast-light": 7.0}


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio, WCAG 2.2: 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def colours(name: str) -> dict[str, str]:
    theme = themes.themes()[name]
    held = {key: getattr(theme, key, None) for key in (*TEXTS, *GROUNDS)}
    return {key: str(value or theme.variables.get(key)) for key, value in held.items()}


def test_contrast_is_what_the_standard_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", LEAST)
@pytest.mark.parametrize("ground", GROUNDS)
def test_every_text_can_be_read_on_every_ground(name: str, ground: str) -> None:
    held = colours(name)
    poor = {text: round(contrast(held[text], held[ground]), 2) for text in TEXTS}
    assert {text: ratio for text, ratio in poor.items() if ratio < LEAST[name]} == {}


@pytest.mark.parametrize("name", LEAST)
def test_rules_between_parts_are_seen(name: str) -> None:
    theme = themes.themes()[name]
    assert contrast(str(theme.variables["rule"]), str(theme.background)) >= (3 if LEAST[name] == 7 else 1.4)


@pytest.mark.parametrize("name", LEAST)
def test_there_is_one_accent(name: str) -> None:
    theme = themes.themes()[name]
    assert theme.primary == theme.secondary == theme.accent


@pytest.mark.parametrize(
    ("wanted", "environ", "name"),
    [
        (None, {}, "dark"),
        (None, {"COLORFGBG": "0;15"}, "light"),
        ("high-contrast", {}, "contrast-dark"),
        ("contrast-light", {}, "contrast-light"),
        ("contrast-light", {"NO_COLOR": ""}, "ansi-light"),
        ("contrast-dark", {"NO_COLOR": "1"}, "ansi-dark"),
        ("ansi", {}, "ansi-dark"),
    ],
)
def test_a_theme_is_chosen_by_its_name_and_the_terminal(
    wanted: str | None, environ: dict[str, str], name: str
) -> None:
    assert themes.choose(wanted, environ) == name


def test_a_theme_that_there_is_not_is_refused() -> None:
    with pytest.raises(NotFoundError, match="theme"):
        themes.choose("pink", {})
