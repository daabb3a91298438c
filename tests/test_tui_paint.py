"""What the screen makes of text: symbols, widths, line breaks, columns, keys, questions."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.geometry import Size
from textual.scrollbar import ScrollBar

from workbench.errors import ConfigError, NotFoundError
from workbench.report.visible import visible
from workbench.review.commands import COMMANDS
from workbench.tui import keys, prepare, themes
from workbench.tui.atoms import stops
from workbench.tui.help import help_paragraphs
from workbench.tui.paint import Veil, clip, graphemes, is_unsafe, shown_map
from workbench.tui.painted import CalmScrollBar
from workbench.tui.sheet import Paragraph, _lines_of
from workbench.tui.wrap import NOT_FIRST, lines

FAMILY = "👨‍👩‍👧"
ANY_TEXT = st.text(
    st.characters() | st.sampled_from("\x1b\n\t\u202e\u200b中，。“”《》 aAé\ufe0f\u200d⚠👨🇨🇳"), max_size=60
)
SAFE_TEXT = ANY_TEXT.map(visible)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain 文字", "plain 文字"),
        ("\x1b[31mred", "␛[31mred"),
        ("two\nlines\tand\r", "two␊lines␉and␍"),
        ("\x07\x7f\x9b", "␇␡⟨U+009B⟩"),
        ("a\u202eb\u2066c", "a⟨U+202E⟩b⟨U+2066⟩c"),
        ("zero\u200bwidth \ufeff \u00ad \u2028", "zero⟨U+200B⟩width ⟨U+FEFF⟩ ⟨U+00AD⟩ ⟨U+2028⟩"),
        ("\ud800", "⟨U+D800⟩"),
        (f"{FAMILY} ⚠\ufe0f 葛\U000e0100", f"{FAMILY} ⚠\ufe0f 葛\U000e0100"),
        ("[bold]not markup[/bold]", "[bold]not markup[/bold]"),
    ],
)
def test_unsafe_characters_are_shown_as_symbols(text: str, expected: str) -> None:
    assert visible(text) == expected


@given(ANY_TEXT)
def test_nothing_unsafe_is_left_and_offsets_follow(text: str) -> None:
    painted, offsets = shown_map(text)
    assert not is_unsafe(painted)
    painted.encode("utf-8")
    if offsets is not None:
        assert len(offsets) == len(text) + 1
        for index, character in enumerate(text):
            assert painted[offsets[index] : offsets[index + 1]] == visible(character)


@given(ANY_TEXT, ANY_TEXT)
def test_a_veil_gives_back_every_character(text: str, pasted: str) -> None:
    veil = Veil()
    held = veil.put_on(text, anew=True)
    assert veil.take_off(held) == text
    assert len(veil.paint(held)) == len(text)
    assert not is_unsafe(veil.paint(held).replace("\n", ""))
    assert veil.take_off(veil.put_on(pasted)) == pasted


def test_a_veil_does_not_take_private_characters_of_the_text_for_its_own() -> None:
    veil = Veil()
    text = "\U000f0000\x1b\U000f0001"
    assert veil.take_off(veil.put_on(text, anew=True)) == text


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("这是第一 个非常长的句子，十一。", 20, ["这是第一 个非常长的", "句子，十一。"]),
        ("一二三四五，六七", 10, ["一二三四", "五，六七"]),
        ("他说：“你好，世界。”然后走了", 12, ["他说：“你", "好，世界。”", "然后走了"]),
        ("读《战争与和平》吧", 4, ["读", "《战", "争与", "和", "平》", "吧"]),
        ("请点击 Settings 按钮", 14, ["请点击 ", "Settings 按钮"]),
        ("请点击 Settings 按钮", 15, ["请点击 Settings ", "按钮"]),
        ("two words", 5, ["two ", "words"]),
        ("incomprehensible", 6, ["incomp", "rehens", "ible"]),
        ("⚠️" * 6 + "END", 8, ["⚠️" * 4, "⚠️" * 2 + "END"]),
        (FAMILY * 3, 4, [FAMILY * 2, FAMILY]),
        ("", 10, [""]),
    ],
)
def test_lines_break_where_chinese_may_break(text: str, width: int, expected: list[str]) -> None:
    assert [text[start:end] for start, end in lines(text, width)] == expected


@given(SAFE_TEXT, st.integers(2, 40))
def test_lines_hold_the_text_and_keep_the_width(text: str, width: int) -> None:
    parts = [text[start:end] for start, end in lines(text, width)]
    assert "".join(parts) == text
    for part in parts:
        # One space may hang over the edge.
        assert cell_len(part) <= width + (1 if part[-1:].isspace() else 0)
    for before, after in pairwise(parts):
        if len(graphemes(before)) > 3 and all(cells == 2 for _, _, cells in graphemes(before)):
            assert after[0] not in NOT_FIRST or all(character in NOT_FIRST for character in before[-2:])


@given(SAFE_TEXT, st.integers(0, 30))
def test_clipped_text_fits(text: str, cells: int) -> None:
    part, used = clip(text, cells)
    assert used <= cells
    assert used == cell_len(part)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ab", [0, 1, 2]),
        (f"a{FAMILY}b", [0, 1, 6, 7]),
        ("🇨🇳🇫🇷", [0, 2, 4]),
        ("1\ufe0f\u20e3x", [0, 3, 4]),
        ("葛\U000e0100城", [0, 2, 3]),
        ("e\u0301a", [0, 2, 3]),
    ],
)
def test_a_cursor_stands_before_whole_characters(text: str, expected: list[int]) -> None:
    assert list(stops(text)) == expected


def test_a_paragraph_keeps_its_spans_through_symbols() -> None:
    paragraph = Paragraph("a\x1bbc", spans=((2, 3, "bad"),), lead="1 ", lead_style="dim")
    ((pieces, key),) = _lines_of(paragraph, 20)
    assert pieces == [("1 ", "dim"), ("a␛", ""), ("b", "bad"), ("c", "")]
    assert key == ""


# Keys


NEVER = ("ctrl+h", "ctrl+i", "ctrl+m")
NEVER_ALONE = ("ctrl+enter", "shift+enter", "alt+enter", *(f"alt+{digit}" for digit in range(10)))


def test_every_key_reaches_a_plain_terminal() -> None:
    for command in keys.commands():
        own = keys.split_keys(command.keys)
        assert not set(own) & set(NEVER), command.name
        assert not own or set(own) - set(NEVER_ALONE), command.name


def test_list_keys_decide_nothing() -> None:
    groups = {command.name: command.group for command in keys.commands()}
    assert {groups[name] for name in keys.LIST_KEYS.values()} == {"Move", "Screen"}


def test_the_user_can_change_keys_and_is_told_of_clashes() -> None:
    changed = {command.name: command.keys for command in keys.commands({"confirm": "ctrl+j"})}
    assert changed["confirm"] == "ctrl+j"
    with pytest.raises(ConfigError, match="there is no command 'confrim'"):
        keys.commands({"confrim": "f2"})
    with pytest.raises(ConfigError, match="'f8' is of both next_issue and undo"):
        keys.commands({"undo": "f8"})


@pytest.mark.parametrize("typing", [True, False])
def test_the_footer_has_at_most_eight_keys(typing: bool) -> None:
    hints = keys.hints(keys.commands(), typing=typing)
    assert len(hints) <= 8
    assert {"confirm", "help", "quit"} <= {name for _, _, name in hints}
    assert ("list" in {name for _, _, name in hints}) is typing


def test_help_tells_of_every_command_and_key() -> None:
    text = "\n".join(f"{paragraph.lead} {paragraph.text}" for paragraph in help_paragraphs(keys.commands()))
    for command in (*COMMANDS, *keys.SCREEN_COMMANDS):
        assert f"{command.title}: {command.help}" in text
        for key in keys.split_keys(command.keys):
            assert keys.key_words(key) in text


# Colours and terminals


@pytest.mark.parametrize(
    ("wanted", "environ", "expected"),
    [
        (None, {}, "dark"),
        (None, {"COLORFGBG": "0;15"}, "light"),
        (None, {"COLORFGBG": "15;0"}, "dark"),
        (None, {"NO_COLOR": "1"}, "ansi-dark"),
        ("light", {"NO_COLOR": "1"}, "ansi-light"),
        ("ansi", {}, "ansi-dark"),
        ("light", {}, "light"),
    ],
)
def test_the_theme_fits_the_terminal(wanted: str | None, environ: dict[str, str], expected: str) -> None:
    assert themes.choose(wanted, environ) == expected


def test_an_unknown_theme_is_named_with_the_known_ones() -> None:
    with pytest.raises(NotFoundError, match=r"no theme named 'puce'.*dark, light"):
        themes.choose("puce", {})


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"TERM_PROGRAM": "iTerm.app"}, "1"),
        ({"TERM_PROGRAM": "iTerm.app", "TMUX": "/tmp/t"}, None),
        ({"TERM_PROGRAM": "iTerm.app", "TEXTUAL_DISABLE_KITTY_KEY": "0"}, "0"),
        ({"TERM_PROGRAM": "ghostty"}, None),
    ],
)
def test_iterm_is_spared_the_keyboard_protocol(environ: dict[str, str], expected: str | None) -> None:
    prepare(environ)
    assert environ.get("TEXTUAL_DISABLE_KITTY_KEY") == expected


@pytest.mark.parametrize(
    ("lines", "position", "expected"),
    [(8010, 250, 200), (8010, 299, 200), (8010, 99, 0), (8010, 8000, 8000), (60, 7, 7)],
)
def test_a_scroll_bar_moves_by_eighths_of_a_cell(lines: int, position: int, expected: int) -> None:
    bar = CalmScrollBar()
    bar._size = Size(1, 10)
    bar.set_reactive(ScrollBar.window_virtual_size, lines)
    bar.set_reactive(ScrollBar.window_size, 10)
    assert bar.validate_position(position) == expected
