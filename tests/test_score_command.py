"""`workbench score` with several systems and references, groups, significance, earlier runs and workers."""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
from pathlib import Path

import pytest
import sacrebleu
from called import run

from workbench.pipeline import measuring
from workbench.pipeline.sides import Side, read_side
from workbench.pipeline.starting import init

REFERENCE = ["大厅里坐满了人。", "会议九点开始。", "他没有回答这个问题。", "明年的预算是52亿元。"]
GOOD = ["大厅里坐满了人。", "会议九点开始。", "他没有回答问题。", "明年预算是52亿元。"]
BAD = ["大厅很大。", "九点会议。", "他不回答。", "预算52亿。"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, lines in (
        ("ref", REFERENCE),
        ("good", GOOD),
        ("bad", BAD),
        ("ref2", [*GOOD[:2], *REFERENCE[2:]]),
    ):
        (tmp_path / f"{name}.zh").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    (tmp_path / "docs.tsv").write_text("news\ta\nnews\ta\ntalk\tb\ntalk\tb\n", encoding="utf-8")
    return tmp_path


def records(done: object) -> list[dict[str, object]]:
    assert done.returncode == 0, done.stderr.decode()  # type: ignore[attr-defined]
    found = json.loads(done.stdout)  # type: ignore[attr-defined]
    assert isinstance(found, list)
    return found


def bleu(hypotheses: list[str], *references: list[str]) -> float:
    return float(sacrebleu.BLEU(tokenize="zh").corpus_score(hypotheses, list(references)).score)


def test_several_systems_and_references(folder: Path) -> None:
    found = records(
        run("score", "good.zh", "bad.zh", "--ref", "ref.zh", "--ref", "ref2.zh", "--metric", "bleu", "--to", "json",
            folder=folder)
    )  # fmt: skip
    assert [(one["system"], one["n"]) for one in found] == [("good.zh", 4), ("bad.zh", 4)]
    second = [*GOOD[:2], *REFERENCE[2:]]
    assert found[0]["score"] == pytest.approx(bleu(GOOD, REFERENCE, second), abs=1e-9)
    assert str(found[0]["signature"]).startswith("nrefs:2|")


@pytest.mark.parametrize("kind", ["gz", "tmx", "csv", "tsv", "jsonl", "jsonl.gz"])
def test_every_kind_of_file_gives_the_same_score(folder: Path, kind: str) -> None:
    lines = [
        json.dumps({"id": f"u{at}", "source": f"Line {at}.", "target": text}, ensure_ascii=False)
        for at, text in enumerate(GOOD)
    ]
    (folder / "good.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    if kind == "gz":
        (folder / "made.gz").write_bytes(gzip.compress((folder / "good.zh").read_bytes()))
    elif kind == "jsonl.gz":
        (folder / "made.jsonl.gz").write_bytes(gzip.compress((folder / "good.jsonl").read_bytes()))
    else:
        assert run("convert", "good.jsonl", f"made.{kind}", folder=folder).returncode == 0
    done = run("score", f"made.{kind}", "--ref", "ref.zh", "--metric", "bleu", "--to", "json", folder=folder)
    assert records(done)[0]["score"] == pytest.approx(bleu(GOOD, REFERENCE), abs=1e-9)


def test_units_in_another_order_are_refused(folder: Path) -> None:
    for name, ids in (("a", "12"), ("b", "21")):
        text = "".join(f'{{"id": "{each}", "source": "x", "target": "一"}}\n' for each in ids)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    done = run("score", "a.jsonl", "--ref", "b.jsonl", folder=folder)
    assert done.returncode == 2
    assert b"unit 1 is '1' in one, '2' in the other" in done.stderr


def test_groups_of_documents_domains_lengths_and_editing(folder: Path) -> None:
    base = ("score", "good.zh", "bad.zh", "--ref", "ref.zh", "--metric", "bleu")
    done = run(*base, "--docs", "docs.tsv", "--by", "domain", "--to", "json", folder=folder)
    groups = [one for one in records(done) if "group" in one]
    assert [(one["by"], one["group"], one["system"], one["n"]) for one in groups] == [
        ("domain", "news", "good.zh", 2),
        ("domain", "news", "bad.zh", 2),
        ("domain", "talk", "good.zh", 2),
        ("domain", "talk", "bad.zh", 2),
    ]
    assert groups[2]["score"] == pytest.approx(bleu(GOOD[2:], REFERENCE[2:]), abs=1e-9)
    text = run(*base, "--by", "length", folder=folder).stdout.decode()
    assert "length  system" in text
    assert "1-10    good.zh" in text
    text = run("score", "good.zh", "--ref", "ref.zh", "--by", "edit", folder=folder).stdout.decode()
    assert [line.split()[0] for line in text.split("\n\n")[-1].splitlines()] == ["edit", "0", "6-15", "16-25"]
    done = run(*base, "--by", "document", folder=folder)
    assert (done.returncode, b"--docs FILE does" in done.stderr) == (2, True)
    (folder / "short.tsv").write_text("a\nb\n", encoding="utf-8")
    done = run(*base, "--docs", "short.tsv", "--by", "document", folder=folder)
    assert b"short.tsv has 2 lines, the systems have 4" in done.stderr


def test_significance_of_all_pairs(folder: Path) -> None:
    chance = random.Random(3)
    words = "的一是在不了有和人这中大为上个国"
    reference = ["".join(chance.choice(words) for _ in range(15)) for _ in range(60)]

    def spoiled(rate: float) -> list[str]:
        return [
            "".join(chance.choice(words) if chance.random() < rate else c for c in line) for line in reference
        ]

    for name, lines in (("r", reference), ("x", spoiled(0.1)), ("y", spoiled(0.12)), ("z", spoiled(0.6))):
        (folder / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    base = ("score", "z", "x", "y", "--ref", "r", "--metric", "bleu,ter", "--significance", "bootstrap")
    found = {
        (one["system"], one["metric"]): one for one in records(run(*base, "--to", "json", folder=folder))
    }
    assert found["z", "bleu"]["cluster"] == found["z", "ter"]["cluster"]
    assert found["z", "bleu"]["cluster"] > found["x", "bleu"]["cluster"]
    against = found["z", "bleu"]["against"]
    assert set(against) == {"x", "y"}  # type: ignore[call-overload]
    assert against["x"]["high"] < 0  # type: ignore[index]
    text = run(*base, "--samples", "200", "--seed", "7", folder=folder).stdout.decode()
    assert "bleu: paired bootstrap, 200 resamples, seed 7, clusters at p < 0.05" in text
    assert "ter: paired bootstrap" in text
    latex = run(*base, "--to", "latex", folder=folder).stdout.decode()
    assert r"\textbf{" in latex
    rows = list(csv.DictReader(io.StringIO(run(*base, "--to", "csv", folder=folder).stdout.decode())))
    assert {row["system"]: row["cluster"] for row in rows if row["metric"] == "bleu" and row["score"]}[
        "z"
    ] != "1"
    pairs = [(row["system"], row["against"]) for row in rows if row["metric"] == "ter" and row["against"]]
    assert {frozenset(pair) for pair in pairs} == {frozenset("xy"), frozenset("xz"), frozenset("yz")}
    (last,) = (
        row for row in rows if row["metric"] == "bleu" and {row["system"], row["against"]} == {"x", "z"}
    )
    numbers = [float(last[key]) for key in ("low", "difference", "high")]
    assert numbers == sorted(numbers)
    assert (float(last["p"]) < 0.01, last["score"], last["n"]) == (True, "", "")


def test_latex_has_the_groups_too(folder: Path) -> None:
    base = ("score", "good.zh", "--ref", "ref.zh", "--metric", "edit", "--to", "latex")
    done = run(*base, "--by", "domain", "--docs", "docs.tsv", folder=folder)
    first, second = done.stdout.decode().split("\n\n")
    assert first.splitlines()[1:] == [
        r"\begin{tabular}{lr}", r"\toprule", r"System & edit \\", r"\midrule", r"good.zh & 8.33 \\",
        r"\bottomrule", r"\end{tabular}",
    ]  # fmt: skip
    assert second.splitlines() == [
        r"\begin{tabular}{llrr}", r"\toprule", r"Domain & System & edit & n \\", r"\midrule",
        r"news & good.zh & 0.00 & 2 \\", r"talk & good.zh & 14.29 & 2 \\", r"\bottomrule", r"\end{tabular}",
    ]  # fmt: skip


@pytest.mark.parametrize("test", ["bootstrap", "randomisation"])
def test_a_system_does_not_differ_from_itself(folder: Path, test: str) -> None:
    found = records(
        run("score", "good.zh", "good.zh", "--ref", "ref.zh", "--metric", "chrf", "--significance", test, "--samples",
            "100", "--to", "json", folder=folder)
    )  # fmt: skip
    (against,) = found[0]["against"].values()  # type: ignore[attr-defined]
    assert against == {"difference": 0.0, "low": 0.0, "high": 0.0, "p": 1.0}


def test_an_earlier_run_guards_against_losses(folder: Path) -> None:
    # A line alone says little: twenty copies of the four lines make the difference sure.
    for name in ("ref", "good", "bad"):
        path = folder / f"{name}.zh"
        path.write_text(path.read_text(encoding="utf-8") * 20, encoding="utf-8")
    base = ("--ref", "ref.zh", "--metric", "bleu,chrf")
    for more in ((), ("--statistics",)):
        assert (
            run("score", "good.zh", *base, "--to", "json", "-o", "old.json", *more, folder=folder).returncode
            == 0
        )
        same = run("score", "good.zh", *base, "--compare", "old.json", folder=folder)
        assert (same.returncode, same.stderr) == (0, b"")
        worse = run("score", "bad.zh", *base, "--compare", "old.json", folder=folder)
        assert worse.returncode == 1
        assert b"bad.zh: bleu " in worse.stderr
        assert b"significantly worse" in worse.stderr
        assert (b"p 0.0010" in worse.stderr) == bool(more)
    other = run("score", "bad.zh", "--ref", "ref.zh", "--metric", "bleu", "--lang", "en", "--compare", "old.json",
                folder=folder)  # fmt: skip
    assert other.returncode == 2
    assert b"old.json was scored otherwise" in other.stderr
    (folder / "broken.json").write_text('[{"system": 1}]', encoding="utf-8")
    broken = run("score", "bad.zh", *base, "--compare", "broken.json", folder=folder)
    assert broken.stderr.decode() == (
        "workbench: broken.json: not the JSON of workbench score --to json: a list of scores\n"
    )
    assert broken.returncode == 2


def test_one_file_with_every_segment_of_every_system(folder: Path) -> None:
    done = run("score", "good.zh", "bad.zh", "--ref", "ref.zh", "--metric", "bleu,ter,edit", "--docs", "docs.tsv",
               "--segments", "each.csv", folder=folder)  # fmt: skip
    assert done.returncode == 0
    rows = list(csv.DictReader(io.StringIO((folder / "each.csv").read_text(encoding="utf-8"))))
    assert list(rows[0]) == [
        "system", "segment", "domain", "document", "hypothesis_length", "reference_length", "bleu", "ter", "edit",
    ]  # fmt: skip
    assert [(row["system"], row["segment"]) for row in rows[3:5]] == [("good.zh", "4"), ("bad.zh", "1")]
    assert (rows[3]["hypothesis_length"], rows[3]["reference_length"]) == ("10", "11")
    alone = sacrebleu.BLEU(tokenize="zh", effective_order=True).sentence_score(GOOD[3], [REFERENCE[3]]).score
    assert float(rows[3]["bleu"]) == pytest.approx(alone, abs=1e-9)
    assert float(rows[3]["edit"]) == pytest.approx(100 / 11)


def test_oddities_of_the_input_are_said(folder: Path) -> None:
    (folder / "odd.zh").write_text("The hall.\n\nHe did.\nBudget.\n", encoding="utf-8")
    done = run("score", "odd.zh", "--ref", "ref.zh", "--metric", "chrf", folder=folder)
    assert done.returncode == 0
    assert done.stderr.decode().splitlines() == [
        "warning: odd.zh: 1 of 4 lines are empty (the first: 2)",
        "warning: odd.zh: 3 of 4 lines hold no Chinese: is it untranslated, or --lang not zh?",
    ]
    done = run("score", "good.zh", "--ref", "ref.zh", "--lang", "en", "--metric", "ter", folder=folder)
    assert b"good.zh: 4 of 4 lines hold Chinese: with --lang zh TER and BLEU" in done.stderr
    (folder / "source.en").write_text("The hall.\nAt nine.\nHe did.\nBudget.\n", encoding="utf-8")
    done = run(
        "score", "odd.zh", "--ref", "ref.zh", "--metric", "chrf", "--source", "source.en", folder=folder
    )
    assert b"warning: odd.zh: 3 of 4 lines are the source's, untranslated" in done.stderr


def test_workers_and_kept_chunks_change_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = ("score", "good.zh", "bad.zh", "--ref", "ref.zh", "--to", "json")
    plain = run(*base, folder=folder)
    assert run(*base, "--workers", "2", folder=folder).stdout == plain.stdout
    assert run(*base, "--chunks", "kept", folder=folder).stdout == plain.stdout
    assert len(list((folder / "kept").iterdir())) == 1
    monkeypatch.setattr(measuring, "CHUNK", 3)
    sides = [read_side(str(folder / name)) for name in ("good.zh", "ref.zh")]
    calls = []
    original = measuring.measure_chunk
    monkeypatch.setattr(measuring, "measure_chunk", lambda chunk: calls.append(1) or original(chunk))
    first = measuring.measure(sides[:1], sides[1:], ["bleu"], chunks_folder=folder / "more", keep=True)
    assert len(calls) == 2
    (stale,) = sorted((folder / "more").iterdir())[:1]
    stale.write_bytes(b"half a file")
    again = measuring.measure(sides[:1], sides[1:], ["bleu"], chunks_folder=folder / "more", keep=True)
    assert len(calls) == 3
    assert first.totals == again.totals
    assert run(*base, "--workers", "many", folder=folder).returncode == 2


def test_large_files_are_read_line_by_line_as_small_ones_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = ["一行\u2028文字", "", "另一行\r", "三" * 700_000, "末行"]
    path = tmp_path / "a.txt"
    for ending in ("\n", ""):
        path.write_bytes(("\ufeff" + "\n".join(lines) + ending).encode())
        small = list(read_side(str(path)))
        monkeypatch.setattr("workbench.pipeline.sides.LARGE", 10)
        side = read_side(str(path))
        assert side.texts is None
        assert list(side) == list(side) == small == [line.removesuffix("\r") for line in lines]
        monkeypatch.undo()


def test_a_broken_large_file_is_named_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("一\n二\n".encode() + b"\xff\xfe\n")
    monkeypatch.setattr("workbench.pipeline.sides.LARGE", 3)
    with pytest.raises(Exception, match=r"a\.txt:3: not UTF-8"):
        list(read_side(str(path)))


def test_the_scores_of_a_project_by_reviewer_state_and_date(tmp_path: Path) -> None:
    init(tmp_path / "p", sample=True)
    script = "goto 1\nconfirm\ngoto 2\nedit 完全不同的文字。\nconfirm\n"
    done = run("review", "p", "--script", "-", "--author", "lin", folder=tmp_path, stdin=script)
    assert done.returncode == 0, done.stderr.decode()
    for by, group in (("reviewer", "lin"), ("state", "reviewed"), ("document", "cannes-lions-2019")):
        found = records(run("score", "p", "--by", by, "--to", "json", folder=tmp_path))
        groups = [one for one in found if "group" in one]
        assert {one["group"] for one in groups} == {group}
        assert {one["n"] for one in groups} == {2}
    text = run("score", "p", "--by", "edit", "--metric", "edit", folder=tmp_path).stdout.decode()
    assert "edit" in text


def test_sides_are_read_again_and_again() -> None:
    side = Side("a", texts=["一", "二"])
    assert (list(side), list(side)) == (["一", "二"], ["一", "二"])


def test_the_earlier_run_may_be_the_file_that_the_new_one_replaces(folder: Path) -> None:
    base = ("--ref", "ref.zh", "--metric", "chrf", "--to", "json", "--statistics", "--level", ".5")
    assert run("score", "good.zh", *base, "-o", "main.json", folder=folder).returncode == 0
    done = run("score", "bad.zh", *base, "--compare", "main.json", "-o", "main.json", folder=folder)
    assert (done.returncode, b"significantly worse" in done.stderr) == (1, True)
    assert json.loads((folder / "main.json").read_text(encoding="utf-8"))[0]["system"] == "bad.zh"
    before = (folder / "main.json").read_bytes()
    other = (
        "--ref",
        "ref.zh",
        "--metric",
        "bleu",
        "--to",
        "json",
        "--compare",
        "main.json",
        "-o",
        "main.json",
    )
    refused = run("score", "good.zh", *other, folder=folder)
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert (folder / "main.json").read_bytes() == before


def test_what_the_earlier_run_does_not_have_is_said(folder: Path) -> None:
    base = ("--ref", "ref.zh", "--to", "json")
    assert run("score", "good.zh", *base, "--metric", "chrf", "-o", "old.json", folder=folder).returncode == 0
    done = run(
        "score", "good.zh", "bad.zh", *base, "--metric", "chrf,bleu", "--compare", "old.json", folder=folder
    )
    assert done.returncode == 0
    assert done.stderr.decode().splitlines() == [
        "warning: old.json has no bleu of good.zh: not compared",
        "warning: old.json has no bad.zh: not compared",
    ]


def test_documents_and_domains_of_a_bilingual_file(folder: Path) -> None:
    units = [
        {"id": "1", "source": "a", "draft": "甲", "target": "甲", "document": "演讲", "domain": "talk"},
        {"id": "2", "source": "b", "draft": "乙", "target": "丙", "document": "新闻", "domain": "news"},
    ]
    lines = "".join(json.dumps(unit) + "\n" for unit in units)
    (folder / "post.jsonl").write_text(lines, encoding="utf-8")
    for by, groups in (
        ("domain", [("talk", 0.0), ("news", 100.0)]),
        ("document", [("演讲", 0.0), ("新闻", 100.0)]),
    ):
        found = records(
            run("score", "post.jsonl", "--by", by, "--metric", "edit", "--to", "json", folder=folder)
        )
        assert [(one["group"], one["score"]) for one in found if "group" in one] == groups
    (folder / "kinds").write_text("x\ny\n", encoding="utf-8")
    done = run("score", "post.jsonl", "--by", "document", "--docs", "kinds", "--metric", "edit", "--to", "json",
               folder=folder)  # fmt: skip
    assert [one["group"] for one in records(done) if "group" in one] == ["x", "y"]
