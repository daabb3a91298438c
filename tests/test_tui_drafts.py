"""On the screen: a unit is drafted, its proposals go round, the rest is drafted, and the pane says by which engine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_tui_screen import message, on_screen, press, review, until

from workbench.pipeline.project import open_folder
from workbench.tui.screenshot import quiet

MODEL = Path(__file__).parent / "models" / "translate-en_zh-tiny.argosmodel"
TEXT = "The interpreting booth starts at 9:30. Thank you very much. Where is the caption?\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project of one English document, with the tiny model as its engine."""
    (tmp_path / "segments").mkdir()
    (tmp_path / "segments" / "forum.en.txt").write_text(TEXT, encoding="utf-8")
    settings = f'author = "wei"\n[engines.argos]\nmodel = {json.dumps(str(MODEL))}\n'
    (tmp_path / "workbench.toml").write_text(settings, encoding="utf-8")
    return tmp_path


def targets(folder: Path) -> list[str]:
    with open_folder(folder) as project:
        return [unit.target for unit in project.units("forum")]


@on_screen
async def test_drafting_on_the_screen(folder: Path) -> None:
    async with review(folder, size=(120, 40)) as (app, pilot):
        await press(app, pilot, "alt+shift+d")
        await until(lambda: message(app) == "unit 1: draft by argos")
        assert targets(folder) == ["同传间9:30开始。", "", ""]
        await press(app, pilot, "alt+shift+n")
        await until(lambda: message(app).startswith("unit 1: proposal 2/"))
        assert targets(folder)[0] == "译员间9:30开始。"
        await press(app, pilot, "alt+z")
        await quiet(app)
        assert targets(folder)[0] == "同传间9:30开始。"
        assert app.desk.panel is not None
        assert app.desk.panel.view is not None
        assert app.desk.panel.view.counts["draft"] == "as is, argos"
        await press(app, pilot, "alt+shift+a")
        await until(lambda: message(app) == "2 drafts by Argos en→zh 0.1")
        assert targets(folder) == ["同传间9:30开始。", "非常感谢。", "字幕在哪里？"]


@on_screen
async def test_without_a_model_one_line_says_what_to_do(folder: Path) -> None:
    (folder / "workbench.toml").write_text('[engines.argos]\nmodel = "none.argosmodel"\n', encoding="utf-8")
    async with review(folder, size=(120, 40)) as (app, pilot):
        await press(app, pilot, "alt+shift+d")
        await until(lambda: "none.argosmodel" in message(app))
        assert targets(folder) == ["", "", ""]
