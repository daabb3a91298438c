"""The bridge to sacrebleu: its formulas and its signatures, imported and never typed again."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from workbench.errors import UsageError
from workbench.langs import is_chinese, primary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.metrics.base import Statistics

_UNSPACED = ("ja", "th", "lo", "km", "my")


def bleu_tokenizer(lang: str) -> str:
    """sacrebleu's tokenizer for a target language: zh, 13a, or char where words are not spaced."""
    if is_chinese(lang):
        return "zh"
    return "char" if primary(lang) in _UNSPACED else "13a"


@cache
def bleu(tokenizer: str, *, effective_order: bool = False, references: int = 1) -> Any:
    """sacrebleu's BLEU of that tokenizer; `effective_order` for the scores of single segments.

    Raises UsageError where the tokenizer needs what is not installed.
    """
    from sacrebleu.metrics.bleu import BLEU

    try:
        # It also counts the references, for the signature.
        return BLEU(tokenize=tokenizer, effective_order=effective_order, references=[[""]] * references)
    except (ImportError, RuntimeError, OSError) as error:
        reason = " ".join(str(error).split())
        raise UsageError(f"sacrebleu's tokenizer {tokenizer} cannot be used: {reason}") from error


@cache
def chrf(word_order: int, *, references: int = 1) -> Any:
    """sacrebleu's chrF (0) or chrF++ (2) with its defaults."""
    from sacrebleu.metrics.chrf import CHRF

    return CHRF(word_order=word_order, references=[[""]] * references)


def asian(lang: str) -> bool:
    """Whether TER is to cut the language's characters apart."""
    return is_chinese(lang) or primary(lang) == "ja"


@cache
def ter(lang: str, *, references: int = 1) -> Any:
    """sacrebleu's TER: normalized with Asian support for Chinese and Japanese, else with its defaults."""
    from sacrebleu.metrics.ter import TER

    return TER(normalized=asian(lang), asian_support=asian(lang), references=[[""]] * references)


def value(metric: Any, totals: Sequence[float]) -> float:
    """The score that sacrebleu computes of its own kind of statistics."""
    return float(metric._compute_score_from_stats(list(totals)).score)


@cache
def signature(metric: Any) -> str:
    """The signature as sacrebleu prints it."""
    return str(metric.get_signature())


def statistics(metric: Any, hypotheses: Sequence[str], references: Sequence[Sequence[str]]) -> Statistics:
    """Every segment's statistics as sacrebleu itself counts them."""
    import numpy as np

    rows = metric._extract_corpus_statistics(list(hypotheses), [list(each) for each in references])
    return np.array(rows, dtype=np.int64)
