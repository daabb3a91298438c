"""From an English text to a TMX: init, draft by a real model, review by a script, export."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workbench import draft, formats
from workbench.cli import main
from workbench.engines import EngineOptions, find

MODEL = Path(__file__).parent / "models" / "translate-en_zh-tiny.argosmodel"
TEXT = """Thank you very much. The interpreting booth starts at 9:30.

We need 12 engineers for the glossary. Where is the caption?
"""
DRAFTS = ["非常感谢。", "同传间9:30开始。", "术语表需要12名工程师。", "字幕在哪里？"]


def test_a_text_is_drafted_reviewed_and_exported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init", "."]) == 0
    settings = tmp_path / "workbench.toml"
    table = f"\n[engines.argos]\nmodel = {json.dumps(str(MODEL))}\n"
    settings.write_text(settings.read_text(encoding="utf-8") + table, encoding="utf-8")
    (tmp_path / "segments" / "forum.en.txt").write_text(TEXT, encoding="utf-8")
    capsys.readouterr()
    assert main(["draft", "--to", "json"]) == 0
    out, said = capsys.readouterr()
    assert {one["source"]: one["draft"] for one in json.loads(out)}["Where is the caption?"] == "字幕在哪里？"
    assert said.splitlines()[1:] == ["drafts by Argos en→zh 0.1", "4 drafts made"]

    script = tmp_path / "review.txt"
    script.write_text(
        "expect draft 非常感谢。\nconfirm\nexpect target 同传间9:30开始。\nanother\n"
        "expect target 译员间9:30开始。\nconfirm\nconfirm 我们需要12名工程师编写术语表。\nconfirm\n",
        encoding="utf-8",
    )
    assert main(["review", "--script", str(script)]) == 0
    assert "unit 2: proposal 2/" in capsys.readouterr().out
    assert main(["export", "-o", "out.tmx"]) == 0
    assert [one.target for one in formats.read(tmp_path / "out.tmx").units] == [
        "非常感谢。", "译员间9:30开始。", "我们需要12名工程师编写术语表。", "字幕在哪里？",
    ]  # fmt: skip


def test_the_python_function_with_a_real_model() -> None:
    engine = find("argos").open("en", "zh", EngineOptions({"model": str(MODEL)}))
    try:
        texts = ["Thank you very much.", "Where is the caption?", "{0}"]
        assert [one.text for one in draft(texts, engine=engine)] == ["非常感谢。", "字幕在哪里？", "{0}"]
    finally:
        engine.close()
