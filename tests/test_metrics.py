"""The family of metrics: registry, signatures, defined scores on empty sides, wrong use, and what an import costs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from workbench import __version__, metrics
from workbench.errors import NotFoundError, UsageError
from workbench.metrics import base

DRAFT = ["腾讯同传首次用于戛纳。", "报告有52亿元。", "我们 love 科技向善", "Used at over 100 events."]
FINAL = [
    "戛纳首次使用腾讯同传。",
    "报告显示捐款为52亿元。",
    "我们喜爱科技向善。",
    "It was used at over 100 events.",
]


def test_every_metric_is_registered_once_and_in_the_docs() -> None:
    names = [metric.name for metric in metrics.METRICS]
    assert names == ["bleu", "chrf", "chrf++", "ter", "hter", "edit", "ped", "cer"]
    docs = (Path(__file__).parent.parent / "docs" / "scoring.md").read_text(encoding="utf-8")
    for metric in metrics.METRICS:
        assert f"`{metric.name}`" in docs
        assert metrics.find(metric.name.upper()) is metric


@pytest.mark.parametrize("metric", metrics.METRICS, ids=lambda metric: metric.name)
@pytest.mark.parametrize("lang", ["zh", "zh-Hant-TW", "en", "ja"])
def test_contract(metric: metrics.Metric, lang: str) -> None:
    table = metric.statistics(DRAFT, [FINAL], lang)
    whole = metrics.score(DRAFT, FINAL, metrics=[metric.name], lang=lang)[0]
    assert table.dtype == "int64"
    assert len(table) == len(DRAFT)
    assert metric.value(table.sum(axis=0).tolist(), metrics.Setting(lang)) == whole.value
    assert whole.unit_count == 4
    assert whole.signature == metric.signature(metrics.Setting(lang))
    assert "version:" in whole.signature
    perfect = metrics.score(FINAL, FINAL, metrics=[metric.name], lang=lang)[0].value
    assert perfect == pytest.approx(100 if metric.better == "higher" else 0)


@pytest.mark.parametrize("metric", metrics.METRICS, ids=lambda metric: metric.name)
def test_chunks_do_not_change_a_score(metric: metrics.Metric) -> None:
    whole = metrics.score(DRAFT, FINAL, metrics=[metric.name])[0]
    some = [metric.statistics(h, r, "zh") for h, r in base.chunks(DRAFT, [FINAL], size=3)]
    assert [len(table) for table in some] == [3, 1]
    sums = sum(table.sum(axis=0) for table in some)
    assert metric.value(sums.tolist(), metrics.Setting()) == whole.value


def test_signatures() -> None:
    found = {
        score.metric: score.signature
        for score in metrics.score(DRAFT, FINAL, metrics=[metric.name for metric in metrics.METRICS])
    }
    import sacrebleu

    end = f"version:{sacrebleu.__version__}"
    assert found == {
        "bleu": f"nrefs:1|case:mixed|eff:no|tok:zh|smooth:exp|{end}",
        "chrf": f"nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|{end}",
        "chrf++": f"nrefs:1|case:mixed|eff:yes|nc:6|nw:2|space:no|{end}",
        "ter": f"nrefs:1|case:lc|tok:tercom|norm:yes|punct:yes|asian:yes|{end}",
        "hter": f"nrefs:1|case:lc|tok:tercom|norm:yes|punct:yes|asian:yes|{end}",
        "edit": f"edit|unit:codepoint|norm:ref|version:{__version__}",
        "ped": f"ped|unit:codepoint|norm:max|version:{__version__}",
        "cer": f"cer|unit:codepoint|norm:ref|strip:ends|version:{__version__}",
    }
    (english,) = metrics.score(["a b"], ["a c"], metrics=["bleu"], lang="en-GB")
    assert "|tok:13a|" in english.signature
    (one,) = metrics.unit_scores("甲乙", "甲丙", metrics=["bleu"])
    assert "|eff:yes|" in one.signature


@pytest.mark.parametrize(
    ("draft", "target", "expected"),
    [
        ("", "", {"edit": 0, "ter": 0, "chrf": 0, "bleu": 0, "ped": 0, "cer": 0}),
        ("", "甲", {"edit": 100, "ter": 100, "chrf": 0, "bleu": 0, "ped": 100, "cer": 100}),
        ("甲乙", "", {"edit": 100, "ter": 100, "chrf": 0, "bleu": 0, "ped": 100, "cer": 100}),
        (" ", "\n", {"edit": 100, "ter": 0, "chrf": 0, "bleu": 0, "ped": 100, "cer": 0}),
        ("\ud800", "\x00", {"edit": 100, "ter": 100, "chrf": 0, "bleu": 0, "ped": 100, "cer": 100}),
    ],
)
def test_an_empty_side_has_defined_scores(draft: str, target: str, expected: dict[str, float]) -> None:
    scores = metrics.unit_scores(draft, target, metrics=list(expected))
    assert {score.metric: score.value for score in scores} == expected


def test_wrong_use() -> None:
    with pytest.raises(UsageError, match="2 hypotheses but 3 references"):
        metrics.score(["a", "b"], ["a", "b", "c"])
    with pytest.raises(UsageError, match="5000 hypotheses but 1 references"):
        metrics.score(["a"] * 5000, ["a"])
    with pytest.raises(UsageError, match="nothing to score"):
        metrics.score([], [])
    with pytest.raises(NotFoundError, match=r"no metric named 'comet' \(there are: bleu, "):
        metrics.score(["a"], ["b"], metrics=["comet"])


def test_segment_scores_are_those_of_each_pair_alone() -> None:
    names = [metric.name for metric in metrics.METRICS]
    lines = metrics.segment_scores(DRAFT, FINAL, metrics=names)
    assert lines == [
        metrics.unit_scores(draft, final, metrics=names) for draft, final in zip(DRAFT, FINAL, strict=True)
    ]
    (line,) = metrics.segment_scores(iter(["甲"]), iter(["乙"]), metrics=["edit"])
    assert [score.value for score in line] == [100]


def test_importing_costs_nothing_heavy() -> None:
    code = (
        "import sys, workbench.metrics, workbench.diff\n"
        "print(sorted({'numpy', 'sacrebleu', 'rapidfuzz', 'regex'} & set(sys.modules)))"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"
