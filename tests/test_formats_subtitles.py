"""Subtitles: their cues are segments, in `align`, `segment` and projects; a file is refused with the line at fault."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workbench.cli import main
from workbench.errors import FormatError
from workbench.formats.subtitles import read_cues
from workbench.pipeline.project import Project

SRT = """1
00:00:01,000 --> 00:00:02,500
<i>Hello there.</i>
The boat is red.

2
00:00:03,000 --> 00:00:04,000
{\\an8}How are you?
"""
SRT_ZH = """1
00:00:01,000 --> 00:00:02,500
你好。
船是红的。

2
00:00:03,000 --> 00:00:04,000
你好吗？
"""
VTT = """WEBVTT

NOTE not a cue
at all

intro
00:01.000 --> 00:02.500 line:0
<v Ann>Salt &amp; <b>pepper</b>
"""
ASS = """[Script Info]
ScriptType: v4.00+

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,left out
Dialogue: 0,0:00:01.00,0:00:02.50,Default,,0,0,0,,{\\i1}One, two\\Nand three{\\i0}
"""


@pytest.mark.parametrize(
    ("name", "text", "cues"),
    [
        (
            "a.srt",
            SRT,
            [("Hello there. The boat is red.", 1000, 2500, 2), ("How are you?", 3000, 4000, 7)],
        ),
        ("a.srt", SRT_ZH.replace("\n", "\r\n"), [("你好。船是红的。", 1000, 2500, 2), ("你好吗？", 3000, 4000, 7)]),
        ("a.zh.SRT", SRT_ZH, [("你好。船是红的。", 1000, 2500, 2), ("你好吗？", 3000, 4000, 7)]),
        ("a.vtt", VTT, [("Salt & pepper", 1000, 2500, 7)]),
        ("a.ass", ASS, [("One, two and three", 1000, 2500, 7)]),
    ],
)  # fmt: skip
def test_cues(name: str, text: str, cues: list[tuple[str, int, int, int]]) -> None:
    assert read_cues(text.encode(), name) == cues


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.srt", "1\n00:00:01 --> 00:00:02,000\nHi\n", "a.srt:2: not a time such as 00:00:01,000: '00:00:01'"),
        ("a.srt", "1\n00:00:03,000 --> 00:00:02,000\nHi\n", "a.srt:2: the cue ends before it begins"),
        ("a.srt", "Hi\nthere\n", "a.srt:1: a time such as 00:00:01,000 --> 00:00:02,000 is missing: 'Hi'"),
        ("a.vtt", "WEBVTT\n\n", "a.vtt: no cue with text in it"),
        ("a.ass", ASS + "Dialogue: 0,0:00\n", "a.ass:8: a Dialogue with fewer than ten fields"),
    ],
)  # fmt: skip
def test_what_is_no_subtitle_is_refused(name: str, text: str, message: str) -> None:
    with pytest.raises(FormatError) as caught:
        read_cues(text.encode(), name)
    assert str(caught.value) == message


def test_align_and_segment_take_cues(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("s.en.srt").write_text(SRT, encoding="utf-8")
    Path("s.zh.srt").write_text(SRT_ZH, encoding="utf-8")
    assert main(["align", "s.en.srt", "s.zh.srt"]) == 0
    assert [line.rpartition(":")[0] for line in capfd.readouterr().out.splitlines()] == ["[0]:[0]", "[1]:[1]"]
    assert main(["segment", "s.zh.srt", "--to", "jsonl"]) == 0
    first = json.loads(capfd.readouterr().out.splitlines()[0])
    assert first == {"text": "你好。船是红的。", "start_ms": 1000, "end_ms": 2500, "line": 2}
    assert main(["align", "s.en.srt", "s.zh.srt", "--wrapped"]) == 2


def test_a_project_takes_subtitles_and_ready_lines(tmp_path: Path) -> None:
    (tmp_path / "segments").mkdir()
    files = {
        "s.en.srt": SRT,
        "s.zh.srt": SRT_ZH,
        "t.en.txt": "Hello there. How are you?\n\nFine.\n",
        "t.zh.txt": "你好。你好吗？\n\n好。\n",
    }
    for name, text in files.items():
        (tmp_path / "segments" / name).write_text(text, encoding="utf-8")
    (tmp_path / "workbench.toml").write_text("one_per_line = true\n", encoding="utf-8")
    with Project(tmp_path, author="ann") as project:
        assert [report.added for report in project.import_all()] == [2, 2]
        assert [(unit.source, unit.target) for unit in project.units("s")] == [
            ("Hello there. The boat is red.", "你好。船是红的。"),
            ("How are you?", "你好吗？"),
        ]
        assert [unit.source for unit in project.units("t")] == ["Hello there. How are you?", "Fine."]
