"""`workbench terms` from the outside: output, exit codes, and that bad input is one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workbench.cli import main


@pytest.fixture
def glossary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "segments").mkdir()
    path = tmp_path / "glossary.yaml"
    path.write_text("# mine\nlift: 电梯  # in houses\nface lift: 整容\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return path


def terms(capfd: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["terms", *words])
    out, err = capfd.readouterr()
    return code, out, err


def test_check(glossary: Path, capfd: pytest.CaptureFixture[str]) -> None:
    line = f"{glossary}:3: minor: 'face lift' holds 'lift' (line 2), but none of 整容 holds 电梯\n"
    assert terms(capfd, "check") == (0, line, "1 problem\n")
    assert terms(capfd, "check", "--fail-on", "minor")[0] == 1
    assert terms(capfd, "check", "--fail-on", "major")[0] == 0
    code, out, _ = terms(capfd, "check", str(glossary), "--to", "jsonl")
    assert code == 0
    assert json.loads(out)["line"] == 3
    assert terms(capfd, "check", "no.yaml")[0] == 2
    assert terms(capfd, "check", str(glossary.parent / "segments")) == (0, line, "1 problem\n")


def test_find(glossary: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, err = terms(capfd, "find", "Lifts and a face lift")
    assert code == 0
    assert out == (
        "0-5\tLifts\t电梯\tline 2\n12-21\tface lift\t整容\tline 3\n"
        "17-21\tlift\t电梯\tline 2\t(inside face lift: not counted)\n"
    )
    assert err == "3 found in 2 concepts (en)\n"
    (glossary.parent / "t.txt").write_text("没有\n坐电梯\n", encoding="utf-8")
    assert terms(capfd, "find", "t.txt")[1] == "2:1-3\t电梯\tlift\tline 2\n"
    record = json.loads(terms(capfd, "find", "t.txt", "--to", "jsonl")[1])
    assert (record["line"], record["concept"], record["renderings"][0]["text"]) == (2, "lift", "lift")


def test_add(glossary: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert terms(capfd, "add", "stairs", "楼梯", "--domain", "houses")[0] == 0
    assert terms(capfd, "add", "lift", "升降机")[0] == 0
    assert terms(capfd, "add", "lift", "电梯", "--status", "forbidden")[0] == 1
    assert glossary.read_text(encoding="utf-8") == (
        "# mine\nlift: [电梯, 升降机]  # in houses\nface lift: 整容\nstairs:\n  zh: 楼梯\n  domain: houses\n"
    )
    assert terms(capfd, "add", "", "楼梯") == (2, "", "workbench: the term is empty\n")


def test_import_and_export(glossary: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = glossary.read_text(encoding="utf-8")
    Path("new.csv").write_text("English,中文,Remarks\nlift,电梯,n\nramp,坡道,\ndoor,,\n", encoding="utf-8")
    code, out, err = terms(capfd, "import", "new.csv", "--dry-run")
    assert (code, glossary.read_text(encoding="utf-8")) == (0, before)
    assert out == "ramp: 坡道\nlift:\n  zh: 电梯\n  note: n\n"
    assert err.splitlines()[0] == "warning: new.csv:4: no translation: left out"
    assert terms(capfd, "import", "new.csv", "--map", "note=Remarks")[0] == 0
    assert glossary.read_text(encoding="utf-8") == (
        "# mine\nlift:  # in houses\n  zh: 电梯\n  note: n\nface lift: 整容\nramp: 坡道\n"
    )
    assert terms(capfd, "export", "out.tbx") == (0, "", "3 concepts\n")
    assert terms(capfd, "import", "out.tbx")[2].endswith("0 added, 0 completed, 3 there already\n")
    assert terms(capfd, "export", "-", "--to", "csv")[1].startswith("\ufeffsource,target,note\nlift,电梯,n\n")


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["import", "none.csv"], "workbench: none.csv: no such file\n"),
        (
            ["import", "bad.csv"],
            "workbench: bad.csv:1: no headings that are known, but 'foo', 'bar': "
            "say which with --map source=1,target=2\n",
        ),
        (["import", "bad.csv", "--map", "x"], "workbench: --map takes FIELD=COLUMN, not 'x'\n"),
        (["import", "bad.doc"], "workbench: bad.doc: no format has this extension (there are: tbx, "),
        (["import", "bad.csv", "--from", "x"], "workbench: no format of terms named 'x' (there are: tbx, "),
        (["export", "out.doc"], "workbench: out.doc: no format has this extension (there are: tbx, "),
        (["find", "lift", "--glossary", "none.yaml"], "workbench: none.yaml: No such file or directory\n"),
        (["check", "bad.csv"], "workbench: bad.csv: not a glossary: its name ends in .yaml\n"),
        (["extract", "bad.doc"], "workbench: bad.doc: "),
    ],
)
def test_bad_use_is_one_line(
    glossary: Path, capfd: pytest.CaptureFixture[str], words: list[str], error: str
) -> None:
    Path("bad.csv").write_text("foo,bar\n1,2\n", encoding="utf-8")
    code, out, err = terms(capfd, *words)
    assert (code, out) == (2, "")
    assert err.startswith(error)
    assert err.count("\n") == 1


def test_extract(glossary: Path, capfd: pytest.CaptureFixture[str]) -> None:
    rows = [
        ("The gearbox broke.", "齿轮箱坏了。"),
        ("A gearbox lasts long.", "齿轮箱很耐用。"),
        ("The lift is old.", "电梯旧了。"),
    ]
    lines = (json.dumps({"source": a, "target": b}, ensure_ascii=False) for a, b in rows)
    Path("u.jsonl").write_text("\n".join(lines), encoding="utf-8")
    code, out, err = terms(capfd, "extract", "u.jsonl", "--to", "yaml")
    assert (code, err) == (0, "1 candidates from 3 units\n")
    assert out == "gearbox: 齿轮箱  # 2 times in 2 units; together in 2, Dice 1.00\n"


HELD = """WeChat: 微信  # the product
GPU: {keep: true}
bank (river): {en: bank, zh: 河岸, domain: rivers}
bank (money): {en: bank, zh: 银行, domain: money}
"""


@pytest.mark.parametrize(
    ("given", "code", "told", "line"),
    [
        (
            ["WeChat", "微讯", "--status", "preferred"],
            0,
            "WeChat: 微讯 is preferred now, 微信 admitted\n",
            "WeChat: [微讯, 微信]  # the product\n",
        ),
        (["WeChat", "微讯"], 0, "1 completed", "WeChat: [微信, 微讯]  # the product\n"),
        (
            ["GPU", "显卡"],
            1,
            "conflict: GPU is kept as it is in the glossary, 显卡 in what came: left as it is\n",
            "GPU: {keep: true}\n",
        ),
        (
            ["WeChat", "--status", "keep"],
            1,
            "conflict: WeChat is 微信 in the glossary, kept as it is in what came: left as it is\n",
            "WeChat: 微信  # the product\n",
        ),
        (
            ["bank", "银号"],
            2,
            "workbench: 'bank' is a term of 2 entries, 'bank (river)' (line 3, domain rivers), 'bank (money)' "
            "(line 4, domain money): say which with --domain\n",
            HELD,
        ),
        (
            ["bank", "银号", "--domain", "money"],
            0,
            "1 completed",
            "bank (money): {en: bank, zh: [银行, 银号], domain: money}\n",
        ),
        (
            ["$settings", "x"],
            2,
            "workbench: no term can be called '$settings': the glossary's settings stand there\n",
            HELD,
        ),
    ],
)
def test_add_says_what_it_does_to_an_entry(
    glossary: Path, capfd: pytest.CaptureFixture[str], given: list[str], code: int, told: str, line: str
) -> None:
    file = glossary.parent / "held.yaml"
    file.write_text(HELD, encoding="utf-8")
    answer, _, talk = terms(capfd, "add", *given, "--glossary", "held.yaml")
    assert (answer, told in talk) == (code, True), talk
    assert line in file.read_text(encoding="utf-8")


def test_check_of_a_glossary_that_cannot_be_used_exits_2(
    glossary: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (glossary.parent / "odd.yaml").write_text("cat: 猫\ndog: {zh: 狗, colour: red}\n", encoding="utf-8")
    code, out, talk = terms(capfd, "check", "odd.yaml")
    assert (code, out.startswith("odd.yaml:2: critical: unknown key 'colour'")) == (2, True)
    assert "odd.yaml: nothing of it is used until what is critical is mended" in talk
