"""Where `-o` would destroy an input, or give a file another format's name, nothing is written."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from workbench.cli import main

READ = "is read here: write to another file"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("o.en.txt").write_text("A boat.\nTwo boats.\n", encoding="utf-8")
    Path("o.zh.txt").write_text("一条船。\n两条船。\n", encoding="utf-8")
    Path("o.jsonl").write_text('{"id":"a","source":"It is good.","target":"它很好."}\n', encoding="utf-8")
    Path("o.srx").write_bytes(b"")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("align o.en.txt o.zh.txt -o o.en.txt", f"o.en.txt {READ}"),
        ("align o.en.txt o.zh.txt -o ./o.zh.txt", f"./o.zh.txt {READ}"),
        ("segment o.en.txt -o o.en.txt", f"o.en.txt {READ}"),
        ("srx o.srx -o o.srx", f"o.srx {READ}"),
        ("convert o.jsonl o.jsonl", f"o.jsonl {READ}"),
        ("fix o.jsonl -o o.jsonl", f"o.jsonl {READ}"),
        ("align o.en.txt o.zh.txt -o n.docx", "n.docx is named as docx, which is not written here"),
        ("align o.en.txt o.zh.txt -o n.xlsx", "n.xlsx is named as xlsx, which is not written here"),
        ("align o.en.txt o.zh.txt -o n.dat", "n.dat is named as binary data, which is not written here"),
        (
            "align o.en.txt o.zh.txt --to tmx -o n.csv",
            "n.csv is named as csv, but tmx would be written: --to csv, or another name",
        ),
        ("segment o.en.txt -o n.jsonl", "n.jsonl is named as jsonl, but text would be written"),
        ("align o.en.txt o.zh.txt --one-per-line --wrapped", "nothing that --wrapped could join"),
        ("segment o.jsonl", "name the language: --lang en, or a file called NAME.en.txt"),
    ],
)
def test_nothing_is_written(line: str, said: str, capfd: pytest.CaptureFixture[str]) -> None:
    before = {path.name: path.read_bytes() for path in Path().iterdir()}
    assert main(line.split()) == 2
    message = capfd.readouterr().err
    assert said in message
    assert len(message.splitlines()) == 1
    assert {path.name: path.read_bytes() for path in Path().iterdir()} == before


@pytest.mark.parametrize("out", ["n", "n.txt", "n.beads", "n.tsv", "n.tmx"])
def test_other_names_are_written(out: str) -> None:
    assert main(["align", "o.en.txt", "o.zh.txt", "-o", out]) == 0
    assert Path(out).stat().st_size


def test_segment_takes_the_language_from_the_name(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["segment", "o.zh.txt"]) == 0
    assert capfd.readouterr().out == "一条船。\n两条船。\n"


def test_srx_from_stdin(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["srx", "-o", "ours.srx"]) == 0
    capfd.readouterr()
    stdin = io.TextIOWrapper(io.BytesIO(Path("ours.srx").read_bytes()))
    monkeypatch.setattr("sys.stdin", stdin)
    assert main(["srx", "-"]) == 0
    assert "<srx" in capfd.readouterr().out
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"nonsense")))
    assert main(["srx", "-"]) == 2
    assert capfd.readouterr().err.startswith("workbench: stdin:1: ")
