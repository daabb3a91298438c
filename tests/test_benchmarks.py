"""The benchmarks: what the scorer counts, and that the scripts run, without peers, on a small set made here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import datasets, peers, scorer
from benchmarks.peers import run as worker
from benchmarks.tables import Table

ROOT = Path(__file__).parents[1]
EN = (
    "The harbour opened in 1931. Forty boats lie there today.\n\n"
    "Nobody expected the storm. It came at night. In the morning nine boats had gone."
)
ZH = "港口于1931年启用。如今那里停着四十艘船。\n\n谁也没料到风暴，它在夜里来了。早上九艘船不见了。"
BEADS = [[[0], [0]], [[1], [1]], [[2, 3], [2]], [[4], [3]]]


def spans(text: str, ends: str) -> list[list[int]]:
    found, start = [], 0
    for at, character in enumerate(text):
        if character in ends:
            found.append([start + len(text[start:]) - len(text[start:].lstrip()), at + 1])
            start = at + 1
    return found


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with one set of alignment and one of segmentation in each language."""
    folder = tmp_path / "align"
    folder.mkdir()
    document = {
        "id": "harbour",
        "en_raw": EN,
        "zh_raw": ZH,
        "en_sents": spans(EN, "."),
        "zh_sents": spans(ZH, "。"),
        "beads": BEADS,
    }
    for name, raw, ends, lang in (("seg_en", EN, ".", "en"), ("seg_zh", ZH, "。", "zh")):
        cut = {"id": "harbour", "lang": lang, "raw": raw, "sents": spans(raw, ends)}
        (folder / f"{name}.jsonl").write_text(json.dumps(cut) + "\n", encoding="utf-8")
    (folder / "port.jsonl").write_text(json.dumps(document) + "\n", encoding="utf-8")
    return tmp_path


def script(name: str, *options: str, peers: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "benchmarks" / name, *options],
        env={**os.environ, "WORKBENCH_PEERS": str(peers)} | {"WORKBENCH_BENCH": ""},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_bead_counts_when_gold_has_it() -> None:
    said = [([0], [0], 0.9), ([1, 2], [1], 0.5), ([3], [2], 0.8), ([4], [3], 1.0)]
    found = scorer.score_beads(BEADS, said)
    assert found["strict"] == scorer.Tally(right=2, said=4, found=2, gold=4)
    assert found["lax"] == scorer.Tally(right=4, said=4, found=4, gold=4)
    assert found["strict"].f1 == 0.5


def test_empty_sides_count_for_precision_but_not_for_recall() -> None:
    gold = [[[0], [0]], [[1], []], [[], [1]], [[2], [2]]]
    said = [[[0], [0]], [[1], []], [[2], [1, 2]]]
    found = scorer.score_beads(gold, said)
    assert found["strict"] == scorer.Tally(right=2, said=3, found=1, gold=2)
    assert found["lax"] == scorer.Tally(right=3, said=3, found=2, gold=2)
    assert found["null"] == scorer.Tally(right=1, said=1, found=1, gold=2)


def test_a_sentence_in_no_bead_has_no_partner() -> None:
    gold = [[[0], [0]], [[1], []]]
    assert scorer.score_beads(gold, [[[0], [0]]])["null"] == scorer.Tally(1, 1, 1, 1)


def test_links_are_between_gold_units_and_forgive_cuts_inside_them() -> None:
    document = {"en_raw": "abcd efgh", "zh_raw": "甲乙丙丁"} | {
        "en_sents": [[0, 4], [5, 9]],
        "zh_sents": [[0, 2], [2, 4]],
        "beads": [[[0], [0]], [[1], [1]]],
    }
    halves = [[0, 2], [2, 4], [5, 9]], [[0, 2], [2, 4]]
    assert scorer.score_links(document, *halves, [[[0], [0]], [[1], [0]], [[2], [1]]]).f1 == 1.0
    astray = scorer.score_links(document, *halves, [[[0, 1], [0, 1]], [[2], []]])
    assert astray == scorer.Tally(right=1, said=3, found=1, gold=2)


def test_ends_of_paragraphs_are_given() -> None:
    raw = "One. Two.\n\nThree."
    assert scorer.score_ends(raw, spans(raw, "."), [[0, 9], [11, 17]]) == scorer.Tally(0, 0, 0, 1)
    assert scorer.score_ends(raw, spans(raw, "."), [[0, 4], [5, 9], [11, 14]]) == scorer.Tally(1, 2, 1, 1)


def test_kinds_are_told_from_the_gold() -> None:
    def kind(beads: list[list[list[int]]], breaks: int) -> str:
        one = {"en": ["a"] * 10, "en_breaks": list(range(breaks)), "beads": beads}
        return datasets.kind_of([one])

    same = [[[at], [at]] for at in range(10)]
    assert kind(same, 3) == datasets.CLEAN
    assert kind(same, 10) == datasets.PARAGRAPHS
    assert kind([*same[:8], [[8, 9], [8]]], 3) == datasets.FAULTS
    assert kind([*same[:2], [[2, 3], [2]], [[4, 5], [3]]], 3) == datasets.FREE


def test_alignment_runs_and_names_what_is_not_here(data: Path) -> None:
    done = script("align.py", "--data", str(data), "--sets", "port", peers=data / "none")
    assert done.returncode == 0, done.stderr
    rows = [line.split() for line in done.stdout.split("\n") if line.startswith("port ")]
    assert rows[0][:6] == ["port", "workbench", "1.0000", "1.0000", "1.0000", "1.0000"]
    assert rows[1][1::2][:2] == ["1.0000", "(1.0000)"]
    for name in ("galechurch", "sentalign + USE", "hunalign", "bertalign"):
        assert f" {name} " in done.stdout
    assert "not here: galechurch not installed (--install)" in done.stdout
    assert "Reliability of a bead's score" in done.stdout
    assert done.stderr.startswith("… workbench: align")


def test_segmentation_runs_as_markdown(data: Path) -> None:
    done = script(
        "segment.py", "--data", str(data), "--sets", "seg_en,seg_zh", "--to", "markdown", peers=data
    )
    assert done.returncode == 0, done.stderr
    assert "| seg_en | workbench | 1.0000 | 1.0000 | 1.0000 |" in done.stdout
    assert "| seg_zh | workbench | 1.0000 | 1.0000 | 1.0000 |" in done.stdout
    assert "| – | pysbd | not here: pysbd not installed (--install) |" in done.stdout


@pytest.mark.parametrize("name", ["align.py", "segment.py"])
def test_bad_use_is_one_line(name: str, data: Path) -> None:
    absent = script(name, "--data", str(data / "nowhere"), "--sets", "port", peers=data)
    wrong = script(name, "--data", str(data), "--sets", "harbor", peers=data)
    peer = script(name, "--data", str(data), "--peers", "nobody", peers=data)
    for done, word in ((absent, "no set 'port'"), (wrong, "no set 'harbor'"), (peer, "no peer 'nobody'")):
        assert done.returncode == 2
        assert done.stdout == ""
        assert word in done.stderr
        assert done.stderr.count("\n") == 1
    none = script(name, peers=data)
    assert (none.returncode, none.stderr.count("\n")) == (2, 1)
    assert "--data DIR" in none.stderr


def test_a_system_that_fails_on_a_document_goes_on() -> None:
    def system(document: dict[str, str]) -> list[str]:
        return [document["text"]]

    found = worker.align(system, {"documents": [{"text": "a"}, {}, {"text": "c"}]})
    assert found["found"] == [["a"], None, ["c"]]
    assert found["failures"] == ["KeyError: 'text'"]


def test_every_peer_is_pinned_and_has_its_module() -> None:
    folder = ROOT / "benchmarks" / "peers"
    lines = (folder / "requirements.txt").read_text(encoding="utf-8").split("\n")
    pinned = {line.split("==")[0] for line in lines if "==" in line}
    for system in peers.SYSTEMS:
        assert (folder / f"{system.module}.py").is_file()
        assert pinned >= set(system.packages), system.name


def test_every_script_is_in_the_readme_of_the_benchmarks() -> None:
    page = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    for path in sorted((ROOT / "benchmarks").glob("*.py")):
        if path.name != "__init__.py":
            assert f"`{path.name}`" in page, path.name


def test_a_note_takes_the_place_of_numbers() -> None:
    table = Table("Speed", ["set", "system", "F1"])
    table.add("雨", "ours", "0.9")
    table.add("b", "theirs", note="not here: a|b")
    assert table.text() == "Speed\nset  system   F1\n雨   ours    0.9\nb    theirs  not here: a|b"
    assert table.markdown().split("\n")[2:] == [
        "| set | system | F1 |",
        "| --- | --- | --: |",
        "| 雨 | ours | 0.9 |",
        "| b | theirs | not here: a\\|b |",
    ]
