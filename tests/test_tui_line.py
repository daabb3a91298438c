"""Text is stepped over by graphemes and words wherever one types, in prompts as in the editor; URLs and codes whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from test_tui_editing import editor_of, folder
from test_tui_screen import on_screen, press, review
from test_tui_terminal import opened
from textual import events

from workbench.tui.line import Line
from workbench.tui.modals import Prompt
from workbench.tui.paint import graphemes
from workbench.tui.words import word_before, word_behind

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["folder"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("中a，“é", "中2 a1 ，2 “1 é1"),
        ("e\u0301\u0301x", "e\u0301\u03011 x1"),
        ("👩\u200d💻👨\u200d👩\u200d👧", "👩\u200d💻2 👨\u200d👩\u200d👧2"),
        ("👍🏽❤\ufe0f\u200d🔥", "👍🏽2 ❤\ufe0f\u200d🔥2"),
        ("🇨🇳🇺🇸🇫", "🇨🇳2 🇺🇸2 🇫1"),
        ("1\ufe0f\u20e3#\ufe0f\u20e3", "1\ufe0f\u20e32 #\ufe0f\u20e32"),
        ("⚠\ufe0f⚠", "⚠\ufe0f2 ⚠1"),
        # An ideograph with its variant, Hangul in jamo (L V T), a halfwidth voiced kana.
        ("葛\U000e0100城", "葛\U000e01002 城2"),
        ("\u1100\u1161\u11a8\uac00\u11a8\u1100\u1100\u1161", "\u1100\u1161\u11a82 \uac00\u11a82 \u1100\u1100\u11614"),
        ("カ\uff9eが\u3099", "カ\uff9e3 が\u30992"),
        ("a\u200d中", "a\u200d1 中0"),
        ("क्षि", "क्षि2"),
    ],
)  # fmt: skip
def test_graphemes_are_those_of_unicode(text: str, shown: str) -> None:
    found = graphemes(text)
    assert " ".join(f"{text[start:end]}{cells}" for start, end, cells in found) == shown
    assert sum(cells for *_, cells in found) == cell_len(text)


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        # From behind and before a URL over all of it, from inside to its parts; | is where the cursor stands.
        ("见 https://a.cn/x?y=1| 吧", "见 |https://a.cn/x?y=1 吧", "见 https://a.cn/x?y=1 |吧"),
        ("见 |https://a.cn/x?y=1 吧", "|见 https://a.cn/x?y=1 吧", "见 https://a.cn/x?y=1 |吧"),
        ("见 https://a.cn|/x?y=1 吧", "见 https://|a.cn/x?y=1 吧", "见 https://a.cn/x|?y=1 吧"),
        ("www.who.int/zh。|", "www.who.int/zh|。", "www.who.int/zh。|"),
        ("您好{{name}}|您", "您好|{{name}}您", "您好{{name}}您|"),
        ("#NAME#|，%(n)s", "|#NAME#，%(n)s", "#NAME#，|%(n)s"),
    ],
)
def test_word_motions_pass_urls_and_codes_whole(text: str, left: str, right: str) -> None:
    column = text.index("|")
    plain = text.replace("|", "")

    def shown(at: int) -> str:
        return f"{plain[:at]}|{plain[at:]}"

    assert shown(word_before(plain, column)) == left
    assert shown(word_behind(plain, column)) == right


@on_screen
async def test_a_url_is_deleted_whole_and_no_placeholder_in_half(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "enter", "ctrl+home", "text:见 https://a.cn/x?y=1{{id}}", "ctrl+w")
        editor = editor_of(app)
        assert editor.value.startswith("见 https://a.cn/x?y=1这")
        await press(app, pilot, "ctrl+w")
        assert editor.value.startswith("见 这")
        await press(app, pilot, "text:www.who.int/zh", "ctrl+left")
        assert editor.caret == 2
        await press(app, pilot, "ctrl+delete")
        assert editor.value.startswith("见 这")


@on_screen
async def test_a_prompt_edits_by_graphemes_and_words(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "alt+m")
        assert isinstance(app.screen, Prompt)
        line = app.screen.query_one(Line)
        keys = [f"text:{one}" for one in "好👩\u200d💻🇨🇳e\u0301"]
        await press(app, pilot, *keys, "left", "left", "left")
        assert (line.text, line.cursor_position) == ("好👩\u200d💻🇨🇳e\u0301", 1)
        assert line.cursor_screen_offset.x - line.content_region.x == 2
        await press(app, pilot, "right", "shift+right")
        assert line.selected_text == "🇨🇳"
        await press(app, pilot, "left", "backspace", "end", "backspace")
        assert line.text == "好🇨🇳"
        await press(app, pilot, "home", "delete", "delete", "text:研究人工智能进展", "ctrl+w", "ctrl+left")
        assert (line.text, line.cursor_position) == ("研究人工智能", 2)
        app.post_message(events.Paste("<\u202e> <b>"))
        await press(app, pilot, "left", "enter")
        assert app.desk.session is not None
        assert app.desk.session.unit.notes[0].endswith("研究<\u202e> <b>人工智能")


def test_emoji_are_whole_on_a_real_terminal_while_a_prompt_is_open(folder: Path) -> None:
    with opened(folder) as terminal:
        terminal.send("\x1bm")
        terminal.wait_for("Enter go on")
        terminal.send("\x1b[200~好👩\u200d💻\u202ex\x1b[201~\x1b[D\x1b[D\x1b[D")
        terminal.wait_for(lambda _: terminal.screen.cursor.x == 3)
        # No colour begins inside the joined emoji, and nothing that turns the line round reaches the terminal.
        assert "👩\u200d💻".encode() in terminal.raw
        assert "\u202e".encode() not in terminal.raw
        terminal.send("\x11")
        assert terminal.exit_code() == 0


@on_screen
async def test_an_enter_that_came_as_a_line_feed_ends_the_line(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "ctrl+g", "text:2", "ctrl+j")
        assert app.desk.session is not None
        assert (app.screen is app.desk, app.desk.session.position) == (True, 1)
