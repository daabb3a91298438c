"""What a terminal sends: keys fast and slow, and control sequences, none of which is ever typed into the text."""

from __future__ import annotations

import itertools
import os
import random
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from test_tui_editing import folder
from test_tui_screen import on_screen, press, review, units, write_document
from test_tui_terminal import opened, typing_in_unit_1
from textual import events

from workbench.tui.key_reader import KeyReader

if TYPE_CHECKING:
    from pathlib import Path

    from textual.message import Message

__all__ = ["folder"]


def read(*pieces: str) -> list[Message]:
    reader = KeyReader()
    told = [one for piece in pieces for one in reader.feed(piece)]
    return [*told, *reader.feed("")]


def words(*pieces: str) -> str:
    """The keys that are told, with what they type; other events by their names."""
    return " ".join(
        f"{one.key}={one.character}" if isinstance(one, events.Key) else type(one).__name__
        for one in read(*pieces)
    )


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ("\x1bz\x1bz\x1bz", "alt+z=None alt+z=None alt+z=None"),
        ("\x1bE\x1b", "alt+shift+e=None escape=\x1b"),
        ("\x1bn\x1b[A", "alt+n=None up=None"),
        ("\x1bOQ\x1bc", "f2=None alt+c=None"),
        ("\x1bf", "ctrl+right=None"),
        ("\x1b5\x1b-", "alt+5=None alt+minus=None"),
        ("\x1bc好", "alt+c=None 好=好"),
        ("\x1b\x1b[A", "escape=\x1b up=None"),
        # ESC O is Alt+Shift+O where no character of its own follows.
        ("\x1bO\x1b[A", "alt+shift+o=None up=None"),
        ("\x1bO\x1bOQ好", "alt+shift+o=None f2=None 好=好"),
        ("\x1bO5P\x1bO2S", "ctrl+f1=None shift+f4=None"),
        # Alt+Shift+P begins a string only where one ends.
        ("\x1bP\x1bP", "alt+shift+p=None alt+shift+p=None"),
        ("\x1bPab", "alt+shift+p=None a=a b=b"),
        ("\x1bPab\x1b\\c", "c=c"),
        ("\x1b[1;2R\x1b[13;2~", "shift+f3=None shift+f3=None"),
        ("\x1b[[A\x1b[7$a", "f1=None shift+home=None a=a"),
        ("\x1b[3;3~", "alt+delete=None"),
    ],
)
def test_keys_that_come_fast_are_read_one_by_one(sent: str, told: str) -> None:
    assert words(sent) == told
    assert words(*sent) == told


@pytest.mark.parametrize(
    "sent",
    [
        "\x1b[>1;2c",
        "\x1b[?62;22c",
        "\x1b[12;13R",
        "\x1b[8;24;80t",
        "\x1b[97A",
        "\x1b[97~",
        "\x1b[99999999u",
        "\x1b[55296u",
        "\x1b[97;1:3u",
        "\x1b[200;5;9999999~",
        "\x1b[M abq"[:-1],
        "\x1bO~",
        "\x1bP>|tmux 3.3a\x1b\\",
        "\x1bP1+r436f=323536\x1b\\",
        "\x1b]11;rgb:1c1c/1c1c/1c1c\x07",
        "\x1b]52;c;5L2g5aW9\x1b\\",
        "\x1b_Gi=31;OK\x1b\\",
        "\x1b^private\x1b\\",
        "\x1bXstring\x1b\\",
        "\x9b31m",
        "\x9d0;标题\x9c",
    ],
)
def test_what_is_no_key_types_nothing(sent: str) -> None:
    assert words(f"a{sent}b") == "a=a b=b"
    assert words("a", *sent, "b") == "a=a b=b"


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ("\x1b[97;;97u\x1b[97;2;65u", "a=a A=A"),
        ("\x1b[97u\x1b[65292;u\x1b[20320;65u\x1b[65292;3u", "a=a fullwidth_comma=， 你=你 alt+fullwidth_comma=None"),
        # What an input method commits, longer than Textual reads.
        ("\x1b[0;;20320:22909:19990:30028:20877:35265u", "你=你 好=好 世=世 界=界 再=再 见=见"),
        ("\x1b[97;5u\x1b[27;5;97~\x1b[97;5;97u", "ctrl+a=None ctrl+a=None ctrl+a=None"),
        ("\x1b[13;5u\x1b[32;2;32u", "ctrl+enter=None shift+space= "),
        ("\x1b[1;3B\x1b[5;3~", "alt+down=None alt+pageup=None"),
        ("\x1b[I\x1b[<0;5;3M\x1b[O", "AppFocus MouseDown AppBlur"),
        ("\x1b[48;24;80;480;800t\x1b[48;0;0;0;0t", "Resize"),
        ("\x1b[?2026;2$y", "TerminalSupportsSynchronizedOutput"),
    ],
)  # fmt: skip
def test_keyboard_protocols_and_reports(sent: str, told: str) -> None:
    assert words(sent) == told


def test_all_of_a_paste_is_text() -> None:
    (paste,) = read("\x1b[200~红\x1b[31mred\x1b]0;t\x07\r\n", "\x1b[20", "0~\x00中\x1b[201", "~")
    assert isinstance(paste, events.Paste)
    assert paste.text == "红\x1b[31mred\x1b]0;t\x07\r\n\x1b[200~中"


_PARAMETERS = st.text("0123456789:;<=>?", max_size=12)
_BETWEEN = st.text(" !\"#$%&'()*+,-./", max_size=2)
_ANY = st.text(
    st.characters(min_codepoint=0x20, exclude_characters="\x7f", exclude_categories=["Cs", "Cc"]), max_size=40
)
_FINALS = st.sampled_from([chr(code) for code in range(0x40, 0x7F)])
CONTROL = st.one_of(
    # Kitty's u tells of typed text, ESC [ M is followed by three characters, ESC [ 2 0 0 ~ by a paste.
    st.tuples(st.just("\x1b["), _PARAMETERS, _BETWEEN, _FINALS).map("".join).filter(
        lambda one: one[-1] != "u" and one not in ("\x1b[M", "\x1b[[", "\x1b[200~") and not one.startswith("\x1b[27;")
    ),
    # The digits and marks of the keypad are keys that type.
    st.sampled_from([f"\x1bO{chr(code)}" for code in range(0x40, 0x7F) if chr(code) not in "jklmnopqrstuvwxyXM"]),
    st.tuples(st.sampled_from(["\x1bP", "\x1b]", "\x1b_", "\x1b^", "\x1bX"]), _ANY, st.just("\x1b\\")).map("".join),
    st.tuples(st.just("\x1b]"), _ANY, st.just("\x07")).map("".join),
)  # fmt: skip


@given(st.lists(st.tuples(CONTROL, st.text("ab 中，é", max_size=3)), max_size=6), st.randoms())
@example([("\x1b[7$", "a")], random.Random(0))
def test_no_control_sequence_is_ever_typed(sent: list[tuple[str, str]], chance: random.Random) -> None:
    stream = "".join(control + text for control, text in sent)
    cuts = sorted({0, len(stream), *(chance.randrange(len(stream) + 1) for _ in range(5))})
    told = read(*(stream[start:end] for start, end in itertools.pairwise(cuts)))
    typed = [one.character for one in told if isinstance(one, events.Key) and one.is_printable]
    assert "".join(map(str, typed)) == "".join(text for _, text in sent)


def test_the_text_stays_as_it_is_whatever_the_terminal_sends(folder: Path) -> None:
    sent = (
        b"\x1b[>0;95;0c", b"\x1b[?997;1n", b"\x1bP>|XTerm(379)\x1b\\", b"\x1b]11;rgb:0/0/0\x1b\\", b"\x1b[12;40R",
        b"\x1b[97A", b"\x1b[99999999u", b"\x1b[1;1:3A", b"\xff\xfe\xb0", b"\x1b[31;5;7x", b"\x1bO~", b"\x1b[?2026;0$y",
    )  # fmt: skip
    with opened(folder) as terminal:
        typing_in_unit_1(terminal)
        for one in sent:
            for byte in range(len(one)):
                terminal.send(one[byte : byte + 1])
        terminal.send("好")
        terminal.wait_for("typed, not saved yet")
        begun = time.monotonic()
        terminal.send("\x1b")
        terminal.wait_for("Enter type")
        assert time.monotonic() - begun < 5
        terminal.send("\x1bOQ")
        terminal.wait_for("1/3")
        terminal.send("\x11")
        assert terminal.exit_code() == 0
    assert units(folder)[0][0] == "这项目花了5.2亿美元。好"


@on_screen
async def test_an_alt_key_of_no_command_types_nothing(tmp_path: Path) -> None:
    write_document(tmp_path, "talk", (("We left.", "我们走了。"),))
    async with review(tmp_path) as (app, pilot):
        await press(app, pilot, "enter", "alt+5", "alt+shift+j")
        assert app.desk.editor is not None
        assert app.desk.editor.text == "我们走了。"


def test_xterm_alone_is_asked_to_send_escape_for_alt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XTERM_VERSION", raising=False)
    code = "from workbench.tui import key_reader as k; print(ascii(k.ALT_IS_ESCAPE), ascii(k.ALT_AS_BEFORE))"
    found = [
        subprocess.run(
            [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
        ).stdout
        for env in ({**os.environ}, {**os.environ, "XTERM_VERSION": "XTerm(379)"})
    ]
    assert found == ["'' ''\n", "'\\x1b[?1036;1039s\\x1b[?1036;1039h' '\\x1b[?1036;1039r'\n"]


def test_the_drivers_read_with_it() -> None:
    code = (
        "from workbench.tui import key_reader; key_reader.install()\n"
        "from textual.drivers import linux_driver\n"
        "decoder = linux_driver.getincrementaldecoder('utf-8')()\n"
        "print(linux_driver.XTermParser.__name__, decoder.decode(b'a\\xff\\xe4b'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "KeyReader ab\n"
