"""English words that a translation does not leave in English: what tells a sentence from a name or a code."""

from __future__ import annotations

import re
from functools import lru_cache

_COMMON_WORDS = """
a about above after again all also am an and any are as ask at away back bad be because been before being best better
between big both but buy by call came can can't cannot click close come contact could cut day days dear did didn't do
does doesn't doing don't done down each early easy either else end enjoy enough even ever every everyone everything few
find first for from full get give go goes going gone good got great had hand happy has have haven't having he hello help
her here hi him his home hope hours how however huge i i'd i'll i'm i've if in info into is isn't it it's its just keep
know last late later least left less let let's like little long look looking lot love made make many may maybe me might
mine minute minutes more most much must my need never new next nice nine no nobody none not nothing now of off office ok
okay old on once one only open or order other our out over own part people perhaps place please press price put quite
ready really right said same save say search see select send shall she should show since sir six so some someone
something sometimes soon sorry still stop such sure take tap tell ten than thank thanks that that's the their them then
there these they thing things think this those though three through time to today together tomorrow too true try turn
two under until up upon us use used using very view visit wait want was wasn't watch way we we'll we're we've week
welcome well were what what's when where which while who whole why will wish with within without won't work world worse
worst would year years yes yesterday yet you you'll you're you've your yours account add address agree answer bring
build business buyer care case change check children city code color company continue cost country create customer date
delete delivery details difficult download edit email enter error event exit experience family feedback feel file food
free friend front game government group guide head health high hotel house image important information install issue
item large learn line list local login main man market meet message money month morning move name night note number
offer online page paid password pay payment phone point policy power problem product question quick rate read receive
red refund report request return review room sale school security service set settings ship shipping shop sign size
small start state step store story street support system team test text total track travel trip update upload user
value video warning water website woman women write wrong
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_UNIT_NAMES = (
    "mm cm km kg mg ml gb mb kb tb hz khz mhz ghz mph kph rpm psi lbs fps dpi ppm usb mah kwh iso vs etc"
)
_UNITS = frozenset(_UNIT_NAMES.split())
_NAME_PARTICLES = """
a an the of for and or in on at to by with from de la le les du des di da del el los las von van der den und et al y
"""
_IN_NAMES = frozenset(_NAME_PARTICLES.split())
_KEPT_WORDS = """
app apps bug bugs wifi email emails blog vlog ok cos cosplay vs iphone ipad ios mac bin html css json xml pdf
jpg png gif http https url ftp
"""
_KEPT = frozenset(_KEPT_WORDS.split())
_FUNCTION_LIST = """
a an the of to in on at by for with from as is are was were be been being that this these those and or it its their his
her he she they you your we our i my have has had will would can could do does did not there which who whom whose than
then so if but also just very about into
"""
FUNCTION_WORDS = frozenset(_FUNCTION_LIST.split())
"""English words that Chinese mostly does without."""
_LOWER = re.compile(r"[a-z]{3,}(?:['’][a-z]+)?\Z")


@lru_cache(maxsize=8192)
def is_common(word: str) -> bool:
    """Whether the word is of everyday English, in any capitals, so that it calls for translation."""
    return word.lower().replace("’", "'") in _COMMON


def is_lower(word: str) -> bool:
    """Whether the word is written as no name is, and is no unit of measure."""
    return _LOWER.match(word) is not None and word not in _UNITS


def is_function(word: str) -> bool:
    """Whether the word is one that English names hold in lower case: "Bank of England"."""
    return word in _IN_NAMES


def is_kept(word: str) -> bool:
    """Whether Chinese commonly keeps the word in Latin letters."""
    return word in _KEPT


def is_english(word: str) -> bool:
    """Whether a dictionary knows the word; a word of another language, or a made-up name, it does not."""
    from workbench.lexicon import STOP_WORDS, key, load

    return word in STOP_WORDS or load().key_number(key(word)) >= 0


def share_rendered(words: list[str], target: str, *, least: int) -> float:
    """The share of English words of which the dictionary finds a rendering in a simplified Chinese text.

    Words that it does not know are left out; 1.0 where fewer than `least` are left.
    """
    import numpy as np

    from workbench.lexicon import STOP_WORDS, key, load

    lexicon = load()
    numbers = [lexicon.key_number(key(word)) for word in words if word.lower() not in STOP_WORDS]
    known = [number for number in numbers if number >= 0]
    if len(known) < least:
        return 1.0
    tables = lexicon.tables
    codes = np.array([ord(char) for char in target], np.int64)
    said = {
        int(number)
        for word in tables.matches(codes)[2]
        for number in tables.keys[tables.starts[word] : tables.starts[word + 1]]
    }
    return sum(number in said for number in known) / len(known)
