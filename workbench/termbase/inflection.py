"""English inflection of terms: the forms in which a running text may show a glossary's term."""

from __future__ import annotations

import re
from functools import lru_cache

# What a form is made of: a root that all of them begin with, and the endings that may follow it.
Forms = tuple[str, frozenset[str]]

_PLAIN = frozenset([""])
_NAME = frozenset(["", "s"])

# Forms that no rule makes. Each line: the headword, then its other forms.
_IRREGULAR_TABLE = """
child children | person people persons | man men | woman women | foot feet | tooth teeth | goose geese
mouse mice | ox oxen | life lives | wife wives | knife knives | leaf leaves | shelf shelves | half halves
self selves | wolf wolves | thief thieves | calf calves | loaf loaves | datum data | medium media
bacterium bacteria | curriculum curricula | memorandum memoranda | phenomenon phenomena
criterion criteria | index indices indexes | matrix matrices matrixes | vertex vertices
appendix appendices | analysis analyses | basis bases | crisis crises | thesis theses
hypothesis hypotheses | diagnosis diagnoses | axis axes | synthesis syntheses | parenthesis parentheses
nucleus nuclei | stimulus stimuli | fungus fungi | alumnus alumni | cactus cacti | radius radii
antenna antennae antennas | formula formulae formulas | be is are was were been being
have has had having | do does did done doing | go goes went gone going | say says said saying
become becomes became becoming | begin begins began begun beginning | break breaks broke broken breaking
bring brings brought bringing | build builds built building | buy buys bought buying
catch catches caught catching | choose chooses chose chosen choosing | come comes came coming
cut cuts cutting | deal deals dealt dealing | draw draws drew drawn drawing
drive drives drove driven driving | eat eats ate eaten eating | fall falls fell fallen falling
feed feeds fed feeding | feel feels felt feeling | fight fights fought fighting | find finds found finding
fly flies flew flown flying | forget forgets forgot forgotten forgetting | get gets got gotten getting
give gives gave given giving | grow grows grew grown growing | hear hears heard hearing
hide hides hid hidden hiding | hit hits hitting | hold holds held holding | keep keeps kept keeping
know knows knew known knowing | lay lays laid laying | lead leads led leading | leave leaves left leaving
lend lends lent lending | let lets letting | lie lies lay lain lying | lose loses lost losing
make makes made making | mean means meant meaning | meet meets met meeting | pay pays paid paying
put puts putting | quit quits quitting | read reads reading | ride rides rode ridden riding
ring rings rang rung ringing | rise rises rose risen rising | run runs ran running
see sees saw seen seeing | seek seeks sought seeking | sell sells sold selling | send sends sent sending
set sets setting | shake shakes shook shaken shaking | shine shines shone shining
shoot shoots shot shooting | show shows showed shown showing | shut shuts shutting
sing sings sang sung singing | sit sits sat sitting | sleep sleeps slept sleeping
speak speaks spoke spoken speaking | spend spends spent spending | spin spins spun spinning
spread spreads spreading | stand stands stood standing | steal steals stole stolen stealing
stick sticks stuck sticking | strike strikes struck striking | swear swears swore sworn swearing
swim swims swam swum swimming | take takes took taken taking | teach teaches taught teaching
tear tears tore torn tearing | tell tells told telling | think thinks thought thinking
throw throws threw thrown throwing | understand understands understood understanding
wake wakes woke woken waking | wear wears wore worn wearing | win wins won winning
write writes wrote written writing | die dies died dying | tie ties tied tying
panic panics panicked panicking
"""
_IRREGULAR: dict[str, tuple[str, ...]] = {
    words[0]: tuple(words[1:])
    for words in (
        entry.split() for line in _IRREGULAR_TABLE.strip().splitlines() for entry in line.split("|")
    )
}
_VERBS = {word: forms for word, forms in _IRREGULAR.items() if any(one.endswith("ing") for one in forms)}
_PASTS = {
    form
    for word, forms in _VERBS.items()
    for form in forms[1:]
    if form != word and form not in ("found", "ground", "saw", "left", "felt")
}
_INVARIANT_WORDS = (
    "news series species means physics mathematics sheep fish aircraft its this always thus plus"
)
_INVARIANT = frozenset(_INVARIANT_WORDS.split())
_PARTICLES = frozenset(
    ["up", "out", "in", "on", "off", "over", "down", "back", "away", "through", "around", "along", "apart"]
)
_DOUBLING = re.compile(r"(?:^|[^aeiou])[aeiouy]([bdgklmnprt])\Z")


@lru_cache(maxsize=4096)
def _endings(*endings: str) -> frozenset[str]:
    return frozenset(endings)


def _regular(word: str) -> list[Forms]:
    """The regular forms of a lower-case word of three letters or more."""
    last, before = word[-1], word[-2]
    if last == "y" and before not in "aeiou":
        return [(word[:-1], _endings("y", "ies", "ied", "ying"))]
    if last == "e":
        return [(word[:-1], _endings("e", "es", "ed", "eing" if before == "e" else "ing"))]
    if word.endswith(("ing", "ed", "ness", "ity")) or word in _INVARIANT:
        return [(word, _NAME if last != "s" else _PLAIN)]
    if word.endswith("ies") and len(word) > 4:
        return [(word[:-3], _endings("ies", "y", "ie"))]
    if word.endswith(("sses", "xes", "ches", "shes", "zes")):
        return [(word[:-2], _endings("es", "", "e"))]
    if word.endswith("ics"):
        return [(word, _PLAIN)]
    if last == "s" and before not in "sui" and len(word) > 3:
        return [(word[:-1], _NAME)]
    if last in "sxz" or word.endswith(("ch", "sh")):
        return [(word, _endings("", "es", "ed", "ing"))]
    if last == "o":
        return [(word, _endings("", "s", "es", "ed", "ing"))]
    doubled = _DOUBLING.search(word)
    if doubled:
        again = doubled[1]
        return [(word, _endings("", "s", "ed", "ing", again + "ed", again + "ing"))]
    return [(word, _endings("", "s", "ed", "ing"))]


@lru_cache(maxsize=1 << 16)
def word_forms(word: str) -> tuple[Forms, ...]:
    """Every form of one lower-case English word, as roots with their endings; the word itself is among
    them."""
    if not (word.isascii() and word.isalpha()):
        return ((word, _PLAIN),)
    if word in _IRREGULAR:
        return tuple((form, _PLAIN) for form in dict.fromkeys((word, *_IRREGULAR[word])))
    if len(word) < 3:
        return ((word, _NAME),)
    return tuple(_regular(word))


def term_forms(term: str, *, fixed: bool = False) -> list[Forms]:
    """Every form of a folded term: its last word inflects, or the verb of a phrasal verb, or the head
    before "of".

    A `fixed` term (an acronym, a name in its own capitals) takes a plural s and no more. Possessives need no
    form of their own: the apostrophe ends the word.
    """
    last = term.rpartition(" ")[2]
    if not last[-1:].isalpha() or not last[-1:].isascii():
        return [(term, _PLAIN)]
    if fixed:
        return [(term, _NAME if last[-1:] not in "sS" else _PLAIN)]
    joint = 0 if last.isalnum() else max(last.rfind(mark) for mark in ".'’/&+_") + 1
    lead = term[: len(term) - len(last) + joint]
    forms = [(lead + root, endings) for root, endings in word_forms(last[joint:])]
    words = term.split(" ")
    if len(words) == 2 and last in _PARTICLES:
        return _spelled_out(words[0], " " + last)
    if len(words) >= 3 and words[1] == "of":
        forms += _spelled_out(words[0], " " + " ".join(words[1:]))
    return list(dict.fromkeys(forms)) if len(forms) > 1 else forms


def is_past(word: str) -> bool:
    """Whether a word in lower case is written as a verb's past or participle: failed, fell, taken."""
    return (word in _PASTS and not word.endswith("ing")) or (
        len(word) > 4 and word.endswith("ed") and not word.endswith("eed")
    )


def is_verbal(form: str, term: str) -> bool:
    """Whether a form of a folded term is one that only verbs have: -ed, -ing, took, the verb of a phrasal verb."""
    if form == term:
        return False
    one, other = form.split(" "), term.split(" ")
    if len(other) >= 3 and other[1] == "of" and one[1:] == other[1:]:
        word, base = one[0], other[0]
    elif len(other) == 2 and other[1] in _PARTICLES:
        return False
    else:
        word, base = one[-1], other[-1]
    if base in _VERBS:
        return word not in (base, _VERBS[base][0])
    return word.endswith(("ed", "ing")) and base not in _IRREGULAR


def _spelled_out(word: str, rest: str) -> list[Forms]:
    """The forms of a term whose first word inflects, each written out."""
    return [
        (root + ending + rest, _PLAIN) for root, endings in word_forms(word) for ending in sorted(endings)
    ]
