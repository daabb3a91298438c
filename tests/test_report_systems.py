"""The comparison of systems as a page: scores, intervals, clusters, groups, segments that differ most first."""

from __future__ import annotations

from pathlib import Path

import pytest
from called import run
from lxml import html

from workbench.report import plots
from workbench.report.systems_page import short_names

REFERENCE = ["大厅里坐满了人。", "会议九点开始。", "他没有回答这个问题。", "明年的预算是52亿元。"]
GOOD = ["大厅里坐满了人。", "会议九点开始。", "他没有回答问题。", "明年的预算是52亿元。"]
BAD = ["大厅很大。", "会议九点开始。", "他不回答<b>\u202e。", "明年的预算是5.2亿元。"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, lines in (
        ("ref.zh", REFERENCE),
        ("sys.good.zh", GOOD),
        ("sys.bad.zh", BAD),
        ("src.en", ["One", "Two", "Three", "Four"]),
    ):
        (tmp_path / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    (tmp_path / "docs.tsv").write_text("news\ta\nnews\ta\ntalk\tb\ntalk\tb\n", encoding="utf-8")
    return tmp_path


def page_of(folder: Path, *words: str) -> html.HtmlElement:
    systems = ("sys.bad.zh", "sys.good.zh", "--ref", "ref.zh")
    done = run("report", *systems, "-o", "-", *words, folder=folder)
    assert done.returncode == 0, done.stderr.decode()
    text = done.stdout.decode()
    assert str(folder) not in text
    assert "\u202e" not in text
    return html.document_fromstring(text)


def test_scores_clusters_and_pairs(folder: Path) -> None:
    page = page_of(folder, "--metric", "chrf,ter", "--samples", "200")
    rows = page.xpath("//h2[@id='scores']/following::table[1]//tr")
    assert [cell.text_content() for cell in rows[0]] == ["system", "chrf", "ter", "units"]
    assert [row[0].text_content() for row in rows[1:]] == ["sys.bad.zh", "sys.good.zh"]
    assert "chrf: nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no" in page.text_content()
    best = page.xpath("//dl[@class='facts']/div[1]")[0]
    assert best.xpath("string(dt)") == "Best by chrf"
    assert best.xpath("string(dd[1])") == "sys.good.zh"
    plot = page.xpath("//figure[contains(figcaption, 'chrf')]")[0]
    assert [text for text in plot.xpath(".//text/text()") if "good" in text or "bad" in text] in (
        ["1. good", "2. bad"],
        ["1. good", "1. bad"],
    )
    assert "200 resamples" in plot.text_content()
    pair = page.xpath("//h3[contains(., 'chrf: differences')]/following::table[1]//tbody/tr")
    assert [cell.text_content() for cell in pair[0]][:2] == ["sys.good.zh", "sys.bad.zh"]


def test_groups_stand_by_domain_document_and_length(folder: Path) -> None:
    page = page_of(folder, "--docs", "docs.tsv", "--metric", "bleu")
    cells = [
        cell.text_content() for cell in page.xpath("//h2[@id='by-domain']/following::table[1]//tbody//td")
    ]
    assert cells[0:2] == ["news", "sys.bad.zh"]
    assert cells[4:6] == ["", "sys.good.zh"]
    assert page.xpath("//h2[@id='by-document']")
    assert page.xpath("//h2[@id='by-length']")


def test_segments_with_the_largest_difference_come_first(folder: Path) -> None:
    page = page_of(folder, "--source", "src.en", "--docs", "docs.tsv")
    groups = page.xpath("//table[contains(@class, 'units')]/tbody")
    assert [group.xpath("string(.//td[1])") for group in groups][-1] == "2"
    assert groups[-1].get("data-differs") is None
    first = next(group for group in groups if group.get("data-n") == "3")
    heads = [head.xpath("string(bdi)") or head.text for head in first.xpath(".//th")]
    assert heads == ["Source", "Reference", "bad", "good"]
    assert (first.get("data-domain"), first.get("data-best"), first.get("data-worst")) == ("1", "1", "0")
    text = first.xpath(".//tr[3]/td[@class='text']/bdi")[0]
    assert text.text_content() == "他不回答<b>⟨U+202E⟩。"
    assert [mark.text for mark in text.iter("ins")] == ["不", "<b>⟨U+202E⟩"]
    assert first.xpath(".//tr[1]/td/bdi/@lang") == ["en"]


def test_one_system_has_its_worst_segments_first(folder: Path) -> None:
    done = run("report", "sys.bad.zh", "--ref", "ref.zh", "-o", "-", "--units", "2", folder=folder)
    page = html.document_fromstring(done.stdout.decode())
    assert "2 of 4 segments are listed" in page.text_content()
    assert "differences of pairs" not in page.text_content()
    assert [group.get("data-n") for group in page.xpath("//tbody[@data-n]")] == ["3", "1"]


def test_wrong_input_is_one_line(folder: Path) -> None:
    (folder / "short.zh").write_text("一\n", encoding="utf-8")
    for words, reason in (
        (("short.zh", "--ref", "ref.zh"), "short.zh has 1 segments, ref.zh has 4"),
        (("--ref", "ref.zh"), "name at least one hypothesis"),
        (("sys.bad.zh", "--ref", "ref.zh", "--no-checks"), "without --ref"),
        (("sys.bad.zh", "--ref", "ref.zh", "--docs", "short.zh"), "short.zh has 1 lines"),
    ):
        done = run("report", *words, folder=folder)
        assert done.returncode == 2
        assert reason in done.stderr.decode()
        assert not (folder / "report.html").exists()


def test_short_names_drop_what_all_share() -> None:
    assert short_names(["wmt.en-zh.A.zh", "wmt.en-zh.B-big.zh"]) == {
        "wmt.en-zh.A.zh": "A",
        "wmt.en-zh.B-big.zh": "B-big",
    }
    assert short_names(["good.zh", "good2.zh"]) == {"good.zh": "good", "good2.zh": "good2"}
    assert short_names(["a", "a.b"]) == {"a": "a", "a.b": "a.b"}
    assert short_names(["only.zh"]) == {"only.zh": "only.zh"}


def test_plots_hold_odd_values_and_names() -> None:
    evil = "<script>\u202e名字很长很长很长很长很长很长"
    for plot in (
        plots.bars("t", [(evil, 0.0, "0"), ("b", -1.0, "-1")]),
        plots.stacked("t", ["a", "b", "c", "d"], [(evil, [0, 0, 0, 0]), ("b", [1, 2, 0, 4])]),
        plots.lines("t", [(evil, 0.0)], unit="units"),
        plots.lines("t", [(f"d{n}", float(n % 7)) for n in range(60)], unit="units"),
        plots.lines("t", [], unit="units"),
        plots.intervals("t", [(evil, 5.0, 5.0, 5.0, 1)]),
        plots.intervals("t", [("a", -1.0, -2.0, 1e9, 1), ("b", 3.0, 2.0, 4.0, 2)]),
    ):
        root = html.fragment_fromstring(plot)
        assert root.tag == "svg"
        assert not root.xpath(".//script")
        assert "\u202e" not in plot
        assert "nan" not in plot
        assert 'width="-' not in plot
