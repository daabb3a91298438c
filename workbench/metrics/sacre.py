"""The bridge to sacrebleu: its version, tables and tokenizers, and its own metrics where we do not count ourselves.

Importing sacrebleu takes as long as scoring ten thousand lines with BLEU here, for it loads its downloader and lxml.
So what can be read from its source is read there, and it is imported only for the tokenizers that have no other home.
"""

from __future__ import annotations

import sys
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


def asian(lang: str) -> bool:
    """Whether TER is to cut the language's characters apart."""
    return is_chinese(lang) or primary(lang) == "ja"


@cache
def constant(module: str, name: str) -> Any:
    """A literal of one of sacrebleu's modules, as `("version", "__version__")`, from its source where it can be."""
    if f"sacrebleu.{module}" not in sys.modules:
        found = _literal(module, name)
        if found is not None:
            return found
    from importlib import import_module

    return getattr(import_module(f"sacrebleu.{module}"), name)


def _literal(module: str, name: str) -> Any:
    """The value assigned to the name in the module's source, None where there is no source or no literal."""
    import ast
    from importlib.util import find_spec
    from pathlib import Path

    spec = find_spec("sacrebleu")
    for folder in (spec.submodule_search_locations if spec else None) or ():
        file = Path(folder, *module.split(".")).with_suffix(".py")
        try:
            tree = ast.parse(file.read_text(encoding="utf-8"))
            for node in tree.body:
                if isinstance(node, ast.Assign) and name in {ast.unparse(each) for each in node.targets}:
                    return ast.literal_eval(node.value)
        except (OSError, ValueError, SyntaxError):
            continue
    return None


def signature(references: int, **settings: object) -> str:
    """A signature as sacrebleu prints it: the number of references, the settings in its order, its version."""
    shown = {
        "nrefs": references,
        **{
            key: ("no", "yes")[value] if isinstance(value, bool) else value for key, value in settings.items()
        },
        "version": constant("version", "__version__"),
    }
    return "|".join(f"{key}:{value}" for key, value in shown.items())


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


@cache
def ter(lang: str, *, references: int = 1) -> Any:
    """sacrebleu's TER: normalized with Asian support for Chinese and Japanese, else with its defaults."""
    from sacrebleu.metrics.ter import TER

    return TER(normalized=asian(lang), asian_support=asian(lang), references=[[""]] * references)


def statistics(metric: Any, hypotheses: Sequence[str], references: Sequence[Sequence[str]]) -> Statistics:
    """Every segment's statistics as sacrebleu itself counts them."""
    import numpy as np

    rows = metric._extract_corpus_statistics(list(hypotheses), [list(each) for each in references])
    return np.array(rows, dtype=np.int64)
