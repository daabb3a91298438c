"""The page of all keys is what the tables of commands say."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from workbench.cli import keys
from workbench.tui.keys_page import page

PAGE = Path(__file__).parent.parent / "docs" / "keys.md"


def test_the_page_in_the_documentation_is_that_of_the_program() -> None:
    done = CliRunner().invoke(keys.command, ["--to", "page"])
    assert done.exit_code == 0
    assert done.output == PAGE.read_text(encoding="utf-8"), "run: workbench keys --to page > docs/keys.md"


def test_keys_of_ones_own_stand_in_the_page() -> None:
    text = page({"confirm": "ctrl+j"})
    assert "| `confirm` | Ctrl+J | save, mark as done and go to the next open unit |" in text
    assert "| `show_running` | Alt+Shift+V r | show or hide the running text |" in text
    assert "| `next` | Down, j |" in text
