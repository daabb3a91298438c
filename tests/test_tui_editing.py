"""Editing Chinese: words, whole codes, bursts of characters, completion, the right value, mending of form."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from test_tui_screen import message, on_screen, press, review, write_document

from workbench.model import Span
from workbench.termbase.glossary import loads
from workbench.tui import completion, prepare
from workbench.tui.atoms import atoms, stops
from workbench.tui.completion import Phrase, offers, source_phrases, text_phrases
from workbench.tui.editing_values import right_here
from workbench.tui.editor import Editor
from workbench.tui.words import word_starts

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.tui.app import ReviewApp

PAIRS = (
    ("Tech for Good costs 5.2 billion dollars.", "这项目花了5.2亿美元。"),
    ("Hello {name}, press <b>OK</b> &amp; wait.", "您好{name}，请按<b>好</b>&amp;等。"),
    ("He said: “Wait”.", '他说:"等一下",然后走了。'),
)
GLOSSARY = "Tech for Good: 科技向善\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_document(tmp_path, "talk", PAIRS)
    (tmp_path / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    return tmp_path


def editor_of(app: ReviewApp) -> Editor:
    assert app.desk.editor is not None
    return app.desk.editor


# Words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("在人工智能和机器学习方面取得了进展", "在|人工智能|和|机器|学习|方面|取得|了|进展"),
        ("研究生命的起源", "研究|生命|的|起源"),
        ("共有五十二亿元人民币", "共有|五十二亿|元|人民币"),
        ("结婚的和尚未结婚的", "结婚|的|和|尚未|结婚|的"),
        ("中國人民銀行發佈報告", "中國人民銀行|發佈|報告"),
        ("请点击 Settings 3.5版，don't 停", "请|点击 |Settings |3.5|版|，|don't |停"),
        ("按<b>好</b> {name}吧！？", "按|<b>|好|</b> |{name}|吧|！？"),
        ("👨‍👩‍👧家🇨🇳🇫🇷1️⃣", "👨‍👩‍👧|家|🇨🇳🇫🇷|1️⃣"),
        ("", ""),
    ],
)
def test_words_begin_where_the_dictionary_says(text: str, words: str) -> None:
    starts = [*word_starts(text), len(text)]
    assert "|".join(text[a:b] for a, b in itertools.pairwise(starts)) == words


def test_codes_are_whole_unless_opened() -> None:
    text = "按<b>好</b>{x}%s&amp;e\u0301"
    assert [text[a:b] for a, b in atoms(text)] == ["<b>", "</b>", "{x}", "%s", "&amp;"]
    assert stops(text) == (0, 1, 4, 5, 9, 12, 14, 19, 21)
    assert len(stops(text, codes_open=True)) == len(text)


@on_screen
async def test_backspace_takes_a_code_whole_and_the_cursor_passes_over_it(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "down", "enter", "home")
        editor = editor_of(app)
        await press(app, pilot, "right", "right", "right")
        assert editor.caret == 2 + len("{name}")
        await press(app, pilot, "text:啊", "left", "backspace")
        assert editor.value == "您好啊，请按<b>好</b>&amp;等。"
        await press(app, pilot, "right", "right", "right", "right", "delete")
        assert editor.value == "您好啊，请按好</b>&amp;等。"
        # Opened, a code is text like any other.
        await press(app, pilot, "right", "ctrl+backslash", "delete")
        assert editor.value == "您好啊，请按好/b>&amp;等。"
        await press(app, pilot, "ctrl+z", "ctrl+backslash", "right")
        assert editor.caret == len("您好啊，请按好</b>")


@on_screen
async def test_words_are_passed_and_deleted(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "enter", "end", "text:人工智能进展", "ctrl+left")
        editor = editor_of(app)
        assert editor.value[editor.caret :] == "进展"
        await press(app, pilot, "alt+b")
        assert editor.value[editor.caret :] == "人工智能进展"
        await press(app, pilot, "alt+f", "ctrl+w")
        assert editor.value.endswith("。进展")
        await press(app, pilot, "ctrl+delete")
        assert editor.value.endswith("美元。")


@on_screen
async def test_a_burst_is_one_edit_and_keeps_the_order(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "enter")
        editor = editor_of(app)
        before, edits = editor.value, []
        real = editor.edit
        editor.edit = lambda edit: (edits.append(edit.text), real(edit))[1]  # type: ignore[method-assign]
        burst = "会议开始了" * 60
        for number, character in enumerate(burst):
            editor.type_in(character, 100 + number / 10_000)
        assert editor.value == before + burst
        assert "".join(edits) == burst
        assert len(edits) < 30
        assert editor.keystrokes == len(burst)
        # Keys of a person are put in one by one.
        edits.clear()
        for number in range(3):
            editor.type_in("好", 200 + number / 10)
        assert edits == ["好", "好", "好"]


# Completion


def test_what_is_offered_begins_as_the_text_ends() -> None:
    phrases = (
        Phrase("人工智能", "term"),
        *source_phrases("The OpenAI team met Li Wei's DeepMind."),
        *text_phrases("会议九点开始，各位代表讨论。", "draft"),
    )

    def found(before: str, after: str = "") -> list[str]:
        return [offer.rest for offer in offers(phrases, before, after)]

    assert found("我们用人") == ["工智能"]
    assert found("我们用人工") == ["智能"]
    assert found("我们用人", "工智能好") == []
    assert found("今天会") == ["议", "议九点开始"]
    assert found("今天会议") == ["九点开始"]
    assert found("用ope") == ["nAI"]
    assert found("用o") == []
    assert found("hope") == []
    assert found("天") == []
    assert completion.KINDS[0] == "term"


@on_screen
async def test_tab_puts_in_what_is_offered_and_nothing_else_does(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "enter", "text:科")
        editor = editor_of(app)
        assert editor.offer_words == "科技向善"
        assert editor.value.endswith("。科")
        assert "科技向善" in editor.render_line(0).text
        await press(app, pilot, "left")
        assert editor.offer is None
        await press(app, pilot, "right", "tab")
        assert editor.offer_words == "科技向善"
        await press(app, pilot, "tab")
        assert editor.value.endswith("。科技向善")
        assert app.focused is editor
        await press(app, pilot, "ctrl+z")
        assert editor.value.endswith("。科")


@on_screen
async def test_tab_offers_the_terms_that_are_missing(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "enter", "tab")
        editor = editor_of(app)
        assert editor.offer_words == "科技向善"
        await press(app, pilot, "escape", "enter", "home", "tab")
        # No room behind the caret: the title says it.
        assert "Tab: 科技向善" in str(editor.border_title)
        await press(app, pilot, "tab")
        assert editor.value == "科技向善这项目花了5.2亿美元。"
        await press(app, pilot, "end", "tab")
        assert message(app).startswith("nothing to complete here")


@on_screen
async def test_completion_can_be_switched_off(folder: Path) -> None:
    (folder / "workbench.toml").write_text("completion = false\n", encoding="utf-8")
    async with review(folder) as (app, pilot):
        await press(app, pilot, "enter", "text:科")
        assert editor_of(app).offer is None
        await press(app, pilot, "tab", "tab")
        assert editor_of(app).value.endswith("。科技向善")


# The right value


@pytest.mark.parametrize(
    ("source", "target", "caret", "span", "text"),
    [
        ("It cost 5.2 billion dollars.", "它花了5.2亿美元。", 5, (3, 9), "52亿美元"),
        ("We share one aim: Tech for Good.", "我们有目标：科技为善。", 8, (6, 10), "科技向善"),
        ("We like Tech for Good.", "我们喜欢Tech for Good。", 8, (4, 17), "科技向善"),
        ("It grew by 35%.", "它长了。", 3, (3, 3), "35%"),
        ("It began on June 3, 2024.", "它开始了。", 0, (0, 0), "2024年6月3日"),
        ("They walked three kilometres.", "他们走了。", 4, (4, 4), "三公里"),
        ("In the 1990s it was so.", "当时如此。", 0, (0, 0), "20世纪90年代"),
        ("It took 1.5 million people.", "它需要很多。", 3, (3, 3), "150万"),
    ],
)
def test_the_right_value_is_that_of_the_source(
    source: str, target: str, caret: int, span: tuple[int, int], text: str
) -> None:
    termbase = loads("Tech for Good:\n  zh: 科技向善\n  forbidden: 科技为善\n")
    found = right_here(source, target, caret, termbase, source_lang="en", target_lang="zh-CN")
    assert (found[0].span, found[0].text) == (Span(*span), text)


def test_where_all_is_right_nothing_is_offered() -> None:
    termbase = loads("Tech for Good: 科技向善\n")
    target = "科技向善花了52亿美元。"
    source = "Tech for Good cost 5.2 billion dollars."
    assert right_here(source, target, 6, termbase, source_lang="en", target_lang="zh-CN") == ()


@on_screen
async def test_one_key_puts_the_right_number_and_the_right_term(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "enter", "home", *["right"] * 7, "ctrl+o")
        editor = editor_of(app)
        assert editor.value == "这项目花了52亿美元。"
        assert message(app) == "52亿美元 for “5.2 billion dollars”"
        await press(app, pilot, "home", "ctrl+o")
        assert editor.value == "科技向善这项目花了52亿美元。"
        await press(app, pilot, "end", "ctrl+o")
        assert message(app).startswith("no number and no term")
        await press(app, pilot, "ctrl+z", "ctrl+z")
        assert editor.value == PAIRS[0][1]


@on_screen
async def test_one_key_mends_the_form_of_the_selection_or_the_text(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "down", "down", "enter", "home", *["shift+right"] * 3, "f12")
        editor = editor_of(app)
        assert editor.value == '他说："等一下",然后走了。'
        await press(app, pilot, "right", "f12")
        assert editor.value == "他说：“等一下”，然后走了。"
        await press(app, pilot, "f12")
        assert message(app) == "the form of the text is as it should be"
        await press(app, pilot, "ctrl+z")
        assert editor.value == '他说："等一下",然后走了。'


# The terminal


@pytest.mark.parametrize(
    ("environ", "disabled"),
    [
        ({"TERM_PROGRAM": "iTerm.app"}, "1"),
        ({"LC_TERMINAL": "iTerm2", "TERM": "xterm-256color"}, "1"),
        ({"TERM_PROGRAM": "WezTerm"}, "1"),
        ({"TERM_PROGRAM": "vscode"}, "1"),
        ({"TERM_PROGRAM": "iTerm.app", "TMUX": "/tmp/tmux"}, None),
        ({"TERM_PROGRAM": "ghostty"}, None),
        ({"TERM_PROGRAM": "iTerm.app", "TEXTUAL_DISABLE_KITTY_KEY": "0"}, "0"),
    ],
)
def test_the_keyboard_protocol_that_spoils_chinese_is_not_asked_for(
    environ: dict[str, str], disabled: str | None
) -> None:
    prepare(environ)
    assert environ.get("TEXTUAL_DISABLE_KITTY_KEY") == disabled
