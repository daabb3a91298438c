"""Several references to a segment, and significance tests: the numbers of sacrebleu."""

from __future__ import annotations

import random

import numpy as np
import pytest
import sacrebleu
from hypothesis import given, settings
from hypothesis import strategies as st
from sacrebleu.metrics import BLEU, CHRF, TER
from sacrebleu.significance import PairedTest

from workbench import metrics
from workbench.errors import NotFoundError, UsageError
from workbench.metrics import base, sacre, significance

CHINESE = "的一是在不了有和人这中大为上个国我以要他，。！“”52 AbB…—"
texts = st.text(st.sampled_from(CHINESE), max_size=12)
several = st.integers(1, 3).flatmap(
    lambda count: st.lists(st.tuples(texts, *[texts] * count), min_size=1, max_size=4)
)


@settings(max_examples=80, deadline=None)
@given(several)
def test_statistics_against_several_references_are_those_of_sacrebleu(lines: list[tuple[str, ...]]) -> None:
    hypotheses, *references = [list(side) for side in zip(*lines, strict=True)]
    for name, theirs in (("bleu", sacre.bleu("zh")), ("chrf", sacre.chrf(0)), ("chrf++", sacre.chrf(2))):
        ours = metrics.find(name).statistics(hypotheses, references, "zh")
        assert ours.tolist() == sacre.statistics(theirs, hypotheses, references).tolist()
    ours = metrics.find("ter").statistics(hypotheses, references, "zh")
    expected = sacre.ter("zh")._extract_corpus_statistics(hypotheses, references)
    assert [[edits, tokens / len(references)] for edits, tokens in ours.tolist()] == expected


def test_scores_and_signatures_with_two_references() -> None:
    hypotheses = ["猫坐在垫子上。", "他昨天来了三次。"]
    references = [["那只猫坐在垫子上。", "他昨天来过3次。"], ["垫子上坐着一只猫。", "昨天他来了三次。"]]
    found = metrics.score(hypotheses, references, metrics=("bleu", "chrf", "chrf++", "ter"))
    theirs = (
        BLEU(tokenize="zh"),
        CHRF(),
        CHRF(word_order=2),
        TER(normalized=True, asian_support=True),
    )
    for score, metric in zip(found, theirs, strict=True):
        assert score.value == pytest.approx(metric.corpus_score(hypotheses, references).score, abs=1e-9)
        assert score.signature == str(metric.get_signature())
        assert score.signature.startswith("nrefs:2|")
    (edit,) = metrics.score(["甲乙丙丁"], [["甲乙"], ["甲乙丙丁戊"]], metrics=["edit"])
    assert (edit.value, edit.signature.split("|")[1]) == (20.0, "nrefs:2")


def test_references_given_segment_by_segment_are_refused() -> None:
    with pytest.raises(UsageError, match="one list for each set of references, not one for each segment"):
        metrics.score(["一", "二", "三"], [["一", "壹"], ["二", "贰"], ["三", "叁"]])
    with pytest.raises(UsageError, match="2 hypotheses but 2, 1 references"):
        metrics.score(["一", "二"], [["一", "二"], ["壹"]])
    with pytest.raises(UsageError, match="not one text"):
        metrics.score(["一"], "一")
    with pytest.raises(UsageError, match="mix"):
        metrics.score(["一"], [["一"], "二"])
    with pytest.raises(UsageError, match="no references"):
        list(base.chunks(["一"], []))


def test_bleu_with_another_tokenizer_of_sacrebleu() -> None:
    hypotheses, references = ["GPT-4 在2024年很强。"], ["GPT-4在 2024 年非常强。"]
    for name, tokenizer in (
        ("bleu:char", "char"),
        ("bleu:13a", "13a"),
        ("bleu:intl", "intl"),
        ("bleu:none", "none"),
    ):
        (score,) = metrics.score(hypotheses, references, metrics=[name])
        theirs = BLEU(tokenize=tokenizer)
        assert score.metric == name
        assert score.value == pytest.approx(theirs.corpus_score(hypotheses, [references]).score, abs=1e-9)
        assert score.signature == str(theirs.get_signature())
    with pytest.raises(NotFoundError, match="tokenizer"):
        metrics.find("bleu:jieba")


# The formulas for many sums at once


@settings(max_examples=80, deadline=None)
@given(several, st.booleans())
def test_values_of_many_totals_are_those_of_one(lines: list[tuple[str, ...]], sentence: bool) -> None:
    hypotheses, *references = [list(side) for side in zip(*lines, strict=True)]
    setting = metrics.Setting("zh", len(references), sentence)
    for metric in metrics.METRICS:
        table = metric.statistics(hypotheses, references, "zh")
        rows = [*table.tolist(), table.sum(axis=0).tolist(), [0] * table.shape[1]]
        found = metric.values(np.array(rows, dtype=np.float64), setting)
        assert found == pytest.approx([metric.value(row, setting) for row in rows], abs=1e-9)


# Significance


def corpus(seed: int, size: int = 60) -> tuple[dict[str, list[str]], list[str]]:
    """References and three systems: a good one, one a little worse, a bad one."""
    chance = random.Random(seed)
    references = ["".join(chance.choice(CHINESE[:24]) for _ in range(20)) for _ in range(size)]

    def spoil(rate: float) -> list[str]:
        return [
            "".join(chance.choice(CHINESE) if chance.random() < rate else sign for sign in line)
            for line in references
        ]

    return {"good": spoil(0.2), "fair": spoil(0.23), "bad": spoil(0.5)}, references


def tables(systems: dict[str, list[str]], references: list[str], name: str) -> dict[str, base.Statistics]:
    metric = metrics.find(name)
    return {system: metric.statistics(lines, [references], "zh") for system, lines in systems.items()}


THEIRS = {
    "bleu": lambda: BLEU(tokenize="zh"),
    "chrf": CHRF,
    "ter": lambda: TER(normalized=True, asian_support=True),
}


@pytest.mark.parametrize("name", ["bleu", "chrf", "ter"])
@pytest.mark.parametrize(
    ("test", "kind", "samples"), [("bootstrap", "bs", 300), ("randomisation", "ar", 300)]
)
def test_p_values_means_and_intervals_are_those_of_sacrebleu(
    name: str, test: significance.Test, kind: str, samples: int
) -> None:
    systems, references = corpus(1)
    ranking = significance.compare(
        tables(systems, references, name), metrics.find(name), metrics.Setting(), test=test, samples=samples
    )
    ours = {frozenset((one.first, one.second)): one.p_value for one in ranking.comparisons}
    for baseline in ("good", "bad"):
        order = [baseline, *(system for system in systems if system != baseline)]
        paired = PairedTest(
            [(system, systems[system]) for system in order],
            {name: THEIRS[name]()},
            [references],
            kind,
            samples,
        )
        _, found = paired()
        (label,) = [key for key in found if key != "System"]
        for system, result in zip(order[1:], found[label][1:], strict=True):
            assert ours[frozenset((baseline, system))] == pytest.approx(result.p_value, abs=1e-12)
        if kind == "bs":
            for system, result in zip(order, found[label], strict=True):
                (estimate,) = [one for one in ranking.estimates if one.system == system]
                assert estimate.score == pytest.approx(result.score, abs=1e-9)
                assert estimate.mean == pytest.approx(result.mean, abs=1e-5)
                assert estimate.half_width == pytest.approx(result.ci, abs=1e-5)


def test_draws_do_not_depend_on_how_many_are_held_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = np.concatenate(list(significance.weights(37, 50)))
    expected = np.random.default_rng(12345).choice(37, size=(50, 37), replace=True)
    assert [np.bincount(row, minlength=37).tolist() for row in expected] == whole.tolist()
    assert np.concatenate(list(significance.weights(37, 50))).tolist() == whole.tolist()
    monkeypatch.setattr(significance, "_KEPT", 0)
    monkeypatch.setattr(significance, "_CELLS", 100)
    assert np.concatenate(list(significance.weights(37, 50))).tolist() == whole.tolist()
    tosses = list(significance._tosses(np.random.default_rng(7), 37, 100))
    assert len(tosses) == 50
    expected = np.random.default_rng(7).integers(2, size=(100, 37), dtype=bool)
    assert np.concatenate(tosses).astype(bool).tolist() == expected.tolist()


def test_clusters_part_only_where_everything_differs() -> None:
    systems, references = corpus(2)
    for name in ("bleu", "ter"):
        ranking = significance.compare(
            tables(systems, references, name), metrics.find(name), metrics.Setting()
        )
        assert [one.system for one in ranking.estimates] == ["good", "fair", "bad"]
        assert ranking.clusters[-1] == ("bad",)
        for one in ranking.comparisons:
            assert one.low <= one.difference <= one.high
            assert (one.difference > 0) == (name == "bleu")


def test_a_system_against_itself_is_no_difference() -> None:
    systems, references = corpus(3, 20)
    same = {"one": systems["good"], "again": systems["good"]}
    for test in ("bootstrap", "randomisation"):
        ranking = significance.compare(
            tables(same, references, "bleu"), metrics.find("bleu"), metrics.Setting(), test=test, samples=200
        )
        (comparison,) = ranking.comparisons
        assert (comparison.difference, comparison.low, comparison.high) == (0.0, 0.0, 0.0)
        assert ranking.clusters == (("one", "again"),)


def test_another_seed_draws_otherwise() -> None:
    systems, references = corpus(4)
    metric, setting = metrics.find("chrf"), metrics.Setting()
    found = [
        significance.compare(tables(systems, references, "chrf"), metric, setting, seed=seed)
        .estimates[0]
        .mean
        for seed in (1, 1, 2)
    ]
    assert found[0] == found[1] != found[2]
    assert sacrebleu.__version__.startswith("2.")
