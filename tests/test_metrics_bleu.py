"""BLEU and chrF: the statistics of every segment equal sacrebleu's own, on any text."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workbench import metrics
from workbench.metrics import bleu, chrf, ngrams, sacre, tokenizers

SIGNS = ".,-0123 \t\n'\"&;<>()[]{}!?:/*+=%$#@~`^_|"
CHINESE = "我们的是了，。！？、《》“”‘’—…·　中國〇々㈠㍿"
STRANGE = "é\u0301İß😀👍🏽\u200d𠀀\u2028\x85\x1c\u00a0\u3000\ufeff\ud800٣５ａ"
PIECES = [
    "&amp;",
    "&quot;",
    "<skipped>",
    "-\n",
    "'s ",
    "3.5",
    "1,000",
    "U.S.",
    "..",
    ".,.",
    "5-6",
    " -5",
    "。.",
]

texts = st.one_of(
    st.text(alphabet=SIGNS + "ab", max_size=30),
    st.text(alphabet=CHINESE + SIGNS[:12], max_size=40),
    st.text(alphabet=CHINESE[:4], max_size=60),
    st.text(alphabet=CHINESE + STRANGE + SIGNS, max_size=30),
    st.lists(st.sampled_from([*PIECES, "中", "a", " ", "0"]), max_size=8).map("".join),
    st.text(max_size=20),
)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """References, and hypotheses that are each another text or an edited reference."""
    references = draw(st.lists(texts, min_size=1, max_size=5))
    hypotheses = []
    for reference in references:
        start = draw(st.integers(0, len(reference)))
        middle = draw(texts)
        hypotheses.append(
            draw(st.sampled_from([middle, reference[:start] + middle[:2] + reference[start + 1 :]]))
        )
    return hypotheses, references


@settings(max_examples=80, deadline=None)
@given(pairs())
@example(
    (["3.", ".5", "a.5", "1..5", "x..5", "5-.", "-5", ""], ["3 .", ". 5", "a . 5", "", "x", "-", "0", "."])
)
def test_bleu_counts_as_sacrebleu(pair: tuple[list[str], list[str]]) -> None:
    hypotheses, references = pair
    for lang, tokenizer in (("zh", "zh"), ("en", "13a"), ("ja", "char")):
        theirs = sacre.statistics(sacre.bleu(tokenizer), hypotheses, [references])
        assert bleu.METRIC.statistics(hypotheses, [references], lang).tolist() == theirs.tolist()


@settings(max_examples=80, deadline=None)
@given(pairs())
def test_chrf_counts_as_sacrebleu(pair: tuple[list[str], list[str]]) -> None:
    for metric, word_order in ((chrf.METRIC, 0), (chrf.PLUS_PLUS, 2)):
        assert (
            metric.statistics(pair[0], [pair[1]], "zh").tolist()
            == sacre.statistics(sacre.chrf(word_order), pair[0], [pair[1]]).tolist()
        )


@settings(max_examples=30, deadline=None)
@given(pairs())
def test_scores_as_sacrebleu(pair: tuple[list[str], list[str]]) -> None:
    from sacrebleu.metrics import BLEU, CHRF

    hypotheses, references = pair
    found = [
        score.value for score in metrics.score(hypotheses, references, metrics=("bleu", "chrf", "chrf++"))
    ]
    corpus = [
        metric.corpus_score(hypotheses, [references]).score
        for metric in (BLEU(tokenize="zh"), CHRF(), CHRF(word_order=2))
    ]
    assert found == pytest.approx(corpus, abs=1e-9)
    (one,) = metrics.unit_scores(hypotheses[0], references[0], metrics=("bleu",))
    alone = BLEU(tokenize="zh", effective_order=True).sentence_score(hypotheses[0], [references[0]]).score
    assert one.value == pytest.approx(alone, abs=1e-9)


def test_dashes_and_curly_quotes_are_tokens_of_their_own_and_extension_b_is_not() -> None:
    assert tokenizers.tokenize(["他说“好”—嗯…"], "zh")[1].tolist() == [8]
    assert tokenizers.tokenize(["𠀀𠀁"], "zh")[1].tolist() == [1]


def test_white_space_is_below_the_table_made_for_it() -> None:
    assert not [code for code in range(0x3001, 0x110000) if chr(code).isspace()]


@pytest.mark.parametrize("size", [10_000, 200])
def test_long_and_repeated_text(size: int) -> None:
    chance = random.Random(size)
    wide = "".join(chr(chance.randrange(0x4E00, 0x9000)) for _ in range(size))
    hypotheses = [wide, "哈" * size, "ab " * (size // 3), wide]
    references = [
        wide[: size // 2] + "断" + wide[size // 2 :],
        "哈" * (size - 7),
        "ab, " * (size // 4),
        wide[::-1],
    ]
    for ours, theirs in ((bleu.METRIC, sacre.bleu("zh")), (chrf.PLUS_PLUS, sacre.chrf(2))):
        expected = sacre.statistics(theirs, hypotheses, [references])
        assert ours.statistics(hypotheses, [references], "zh").tolist() == expected.tolist()


def test_blocks_and_their_halves_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(5)
    texts = ["".join(chance.choice(CHINESE) for _ in range(chance.randrange(30))) for _ in range(200)]
    whole = chrf.METRIC.statistics(texts[:100], [texts[100:]], "zh").tolist()
    wide = "".join(map(chr, range(0x4E00, 0x4E00 + 300)))
    with_wide = chrf.METRIC.statistics([*texts[:100], wide], [[*texts[100:], wide]], "zh").tolist()
    assert with_wide[:100] == whole
    assert with_wide[100][:3] == [300, 300, 300]
    monkeypatch.setattr(ngrams, "BLOCK", 64)
    assert chrf.METRIC.statistics(texts[:100], [texts[100:]], "zh").tolist() == whole


@settings(max_examples=60, deadline=None)
@given(pairs())
@example(
    (["", "哈" * 1900, "👍🏽 ok", "a", "(x) y!", "(hi)"], ["", "哈" * 1800, "👍🏾 OK…", "", "x (y)!", "hi)"])
)
def test_one_pair_alone_counts_as_many_do(pair: tuple[list[str], list[str]]) -> None:
    for metric, lang in (
        (bleu.METRIC, "zh"),
        (bleu.METRIC, "en"),
        (chrf.METRIC, "zh"),
        (chrf.PLUS_PLUS, "zh"),
    ):
        together = [tuple(line) for line in metric.statistics(pair[0], [pair[1]], lang).tolist()]
        assert [metric.of_pair(*both, lang) for both in zip(*pair, strict=True)] == together
        assert metric.alone is not None
        assert metric.alone("甲" * 4000, "甲", lang) is None


@settings(max_examples=25, deadline=None)
@given(pairs(), st.lists(texts, min_size=5, max_size=5))
def test_systems_together_count_as_one_by_one(pair: tuple[list[str], list[str]], others: list[str]) -> None:
    first, references = pair
    systems = [first, others[: len(first)], references]
    for sets in ([references], [references, first[::-1]]):
        for metric in metrics.METRICS[:4]:
            found = metric.of_systems(systems, sets, "zh")
            assert [table.tolist() for table in found] == [
                metric.statistics(each, sets, "zh").tolist() for each in systems
            ]


@settings(max_examples=80, deadline=None)
@given(pairs(), st.booleans(), st.integers(1, 3))
def test_formulas_and_signatures_are_those_of_sacrebleu(
    pair: tuple[list[str], list[str]], sentence: bool, references: int
) -> None:
    for lang in ("zh", "en", "ja"):
        setting = metrics.Setting(lang, references, sentence)
        tokenizer = sacre.bleu_tokenizer(lang)
        theirs = {
            "bleu": sacre.bleu(tokenizer, effective_order=sentence, references=references),
            "chrf": sacre.chrf(0, references=references),
            "chrf++": sacre.chrf(2, references=references),
            "ter": sacre.ter(lang, references=references),
        }
        for name, own in theirs.items():
            metric = metrics.find(name)
            table = metric.statistics(pair[0], [pair[1]], lang)
            for row in (*table.tolist(), table.sum(axis=0).tolist()):
                given_rows = [row[0], row[1] / references] if name == "ter" else list(row)
                assert metric.value(row, setting) == own._compute_score_from_stats(given_rows).score
            assert metric.signature(setting) == str(own.get_signature())


def test_sacrebleu_is_read_and_not_imported_for_chinese() -> None:
    code = (
        "import sys; from workbench import metrics\n"
        "names = ('bleu', 'chrf', 'chrf++', 'ter')\n"
        "found = metrics.score(['猫坐着。', 'a, b'], ['猫坐在垫上。', 'a b'], metrics=names)\n"
        "assert 'sacrebleu' not in sys.modules, 'imported'\n"
        "print([round(one.value, 4) for one in found], found[0].signature)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    version = sacre.constant("version", "__version__")
    assert done.stdout.strip().endswith(f"nrefs:1|case:mixed|eff:no|tok:zh|smooth:exp|version:{version}")
    assert sacre._literal("version", "__version__") == __import__("sacrebleu").__version__
    ranges = __import__("sacrebleu.tokenizers.tokenizer_zh", fromlist=["x"])._UCODE_RANGES
    assert sacre._literal("tokenizers.tokenizer_zh", "_UCODE_RANGES") == ranges
    assert sacre._literal("version", "no_such_name") is None
