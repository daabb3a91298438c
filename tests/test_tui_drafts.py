"""On the screen: a unit is drafted, its proposals go round, the rest is drafted, and the pane says by which engine."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Semaphore

import pytest
from test_tui_screen import message, on_screen, press, review, until

from tests.drafting_engine import Toy
from workbench import engines
from workbench.engines import EngineKind
from workbench.pipeline.project import open_folder
from workbench.tui.screenshot import quiet


class Gate(Toy):
    """Its batches wait, each until it is let through."""

    def __init__(self) -> None:
        super().__init__()
        self.open = Semaphore(0)
        self.calls = 0

    def propose(self, requests, *, alternatives=1, careful=False):  # type: ignore[no-untyped-def]
        self.calls += 1
        self.open.acquire(timeout=20)
        return super().propose(requests, alternatives=alternatives, careful=careful)


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


@on_screen
async def test_one_reviews_while_the_rest_is_drafted_and_the_same_key_stops_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine waits for a gate behind each batch: what is done meanwhile does not wait for it."""
    gate = Gate()
    monkeypatch.setattr(engines, "ENGINES", (EngineKind("argos", "A toy", "", lambda *_: gate),))
    (folder / "segments" / "forum.en.txt").write_text(" ".join(f"Talk {n} ends." for n in range(6)))
    async with review(folder, size=(120, 40)) as (app, pilot):
        try:
            await press(app, pilot, "alt+shift+a")
            await until(lambda: gate.calls == 1)
            await press(app, pilot, "down", "down", "enter")
            app.desk.editor.insert("我写的。")  # type: ignore[union-attr]
            gate.open.release()
            await until(lambda: gate.calls == 2)
            assert targets(folder)[:2] == ["译文：Talk 0 ends。", "译文：Talk 1 ends。"]
            await press(app, pilot, "ctrl+s")
            await until(lambda: targets(folder)[2] == "我写的。")
            assert gate.calls == 2, "it was saved while the engine was at work"
            gate.open.release()
            await until(lambda: gate.calls == 3)
            await press(app, pilot, "alt+shift+a")
        finally:
            gate.open.release(9)
        await until(lambda: message(app).startswith(("stopped: ", "5 drafts")))
        assert targets(folder)[2] == "我写的。"
        assert all(targets(folder)[:4])


@on_screen
async def test_leaving_the_editor_does_not_stop_drafting_and_escape_in_the_list_does(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate()
    monkeypatch.setattr(engines, "ENGINES", (EngineKind("argos", "A toy", "", lambda *_: gate),))
    (folder / "segments" / "forum.en.txt").write_text(" ".join(f"Talk {n} ends." for n in range(6)))
    async with review(folder, size=(80, 24)) as (app, pilot):
        try:
            await press(app, pilot, "alt+shift+a")
            await until(lambda: "Esc in the list stops" in message(app))
            await press(app, pilot, "enter", "escape")
            gate.open.release()
            await until(lambda: gate.calls == 2)
            await press(app, pilot, "escape")
        finally:
            gate.open.release(9)
        await until(lambda: message(app) == "stopped: 4 drafts by Toy en→zh, 2 left without")
        assert [bool(one) for one in targets(folder)] == [True] * 4 + [False] * 2


@on_screen
async def test_matches_are_shown_with_what_differs_and_their_words_complete(folder: Path) -> None:
    text = "The fee is 45 dollars.\n\nWe agree.\n\nThe fee is 60 dollars.\n"
    (folder / "segments" / "forum.en.txt").write_text(text, encoding="utf-8")
    async with review(folder, size=(160, 48)) as (app, pilot):
        app.desk.editor.insert("费用为45美元。")  # type: ignore[union-attr]
        await press(app, pilot, "ctrl+s")
        await until(lambda: targets(folder)[0] == "费用为45美元。")
        app.desk.session.confirm()  # type: ignore[union-attr]
        app.desk.show_all()
        await press(app, pilot, "down")
        await until(lambda: app.desk.unit is not None and app.desk.unit.position == 2)
        await quiet(app)
        panel = app.desk.panel
        assert panel is not None
        found = panel._found["matches"]
        assert found.count == "1, 97%"
        assert found.paragraphs[0].text == "费用为45美元。  change: “45美元” → “60美元”"
        assert "费用为45美元" in [one.text for one in panel.editor.phrases if one.kind == "match"]
        await press(app, pilot, "enter")
        panel.editor.insert("费")
        await until(lambda: panel.editor.offer is not None)
        assert panel.editor.offer is not None
        assert panel.editor.offer.phrase.kind == "match"
