"""Alt and a letter that come fast: none is lost, and none is typed into the text."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from test_tui_screen import on_screen, press, review, write_document

if TYPE_CHECKING:
    from pathlib import Path

PARSE = """
from textual._xterm_parser import XTermParser
from workbench.tui.alt_keys import read_at_once

read_at_once()
for data in ({sent}):
    parser = XTermParser()
    print(*[f"{{key.key}}={{key.character}}" for key in (*parser.feed(data), *parser.feed(""))])
"""


def test_held_alt_keys_are_read_one_by_one() -> None:
    sent = r'"\x1bz\x1bz\x1bz", "\x1bE\x1b", "\x1bn\x1b[A", "\x1bOQ\x1bc", "\x1bf", "\x1b5", "\x1bc好"'
    done = subprocess.run(
        [sys.executable, "-c", PARSE.format(sent=sent)], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == [
        "alt+z=None alt+z=None alt+z=None",
        "alt+shift+e=None escape=\x1b",
        "alt+n=None up=None",
        "f2=None alt+c=None",
        "ctrl+right=None",
        "alt+5=None",
        "alt+c=None 好=好",
    ]


@on_screen
async def test_an_alt_key_of_no_command_types_nothing(tmp_path: Path) -> None:
    write_document(tmp_path, "talk", (("We left.", "我们走了。"),))
    async with review(tmp_path) as (app, pilot):
        await press(app, pilot, "enter", "alt+5", "alt+shift+j")
        assert app.desk.editor is not None
        assert app.desk.editor.text == "我们走了。"
