"""Segmentation rules of a project: abbreviations, places to break or not to break, or a whole SRX document."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from workbench import langs
from workbench.errors import ConfigError
from workbench.segmenter import srx_patterns
from workbench.segmenter.srx import Rule, SrxDocument

if TYPE_CHECKING:
    from collections.abc import Iterable

EVERY = "*"
"""The language of rules that hold for all."""

# No letter or digit stands before, but for Chinese and the like, which is written without spaces.
_WORD_STARTS = r"(?<![A-Za-z0-9\u00c0-\u024f\u0370-\u052f])"


@dataclass(frozen=True, slots=True)
class LanguageRules:
    """What a project adds for one language.

    `abbreviations` never end a sentence, with or without their last dot; one in small letters stands for every case.
    Of `rules` the first that matches a place decides. Both come before the built-in rules: a no-break rule takes a
    boundary away, a break rule makes one.
    """

    abbreviations: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class SegmentationRules:
    """The additions by primary language subtag ("en", "zh", "*" for all), and SRX instead of the built-in rules.

    A language that no map of the SRX document fits keeps the built-in rules.
    """

    languages: tuple[tuple[str, LanguageRules], ...] = ()
    srx: SrxDocument | None = None

    def additions(self, lang: str) -> tuple[Rule, ...]:
        """The project's own rules for a language in the order they are tried: its own, then those for all."""
        return _additions(self, langs.primary(lang))

    def document(self, lang: str) -> tuple[Rule, ...] | None:
        """The SRX document's rules for a language; None where the built-in ones hold. Raises FormatError."""
        return self.srx.rules_for(lang) if self.srx is not None else None

    def fingerprint(self, *languages: str) -> str:
        """What changes when a rule for one of the languages does; "" where there is none."""
        said = [(self.additions(lang), self.document(lang)) for lang in languages]
        if not any(own or document is not None for own, document in said):
            return ""
        return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()


@lru_cache(maxsize=64)
def _additions(rules: SegmentationRules, primary: str) -> tuple[Rule, ...]:
    found: list[Rule] = []
    for wanted in (primary, EVERY):
        for lang, own in rules.languages:
            if lang == wanted:
                found += [rule for word in own.abbreviations for rule in abbreviation(word)]
                found += own.rules
    return tuple(found)


def abbreviation(word: str) -> tuple[Rule, ...]:
    """The no-break rules for the places behind an abbreviation and at spaces in it ("z. B.").

    One without a capital is found in any case.
    """
    parts = [_literal(part) for part in word.split()]
    if not parts:
        return ()
    if word.rstrip()[-1].isalnum():
        parts[-1] += r"\."
    flag = "(?i)" if word == word.lower() and word != word.upper() else ""
    starts = flag + (_WORD_STARTS if word.lstrip()[0].isalnum() else "")
    inner = [
        Rule(starts + r"\s+".join(parts[:at]), flag + r"\s+" + r"\s+".join(parts[at:]), breaks=False)
        for at in range(1, len(parts))
    ]
    return (*inner, Rule(starts + r"\s+".join(parts), breaks=False))


def _literal(text: str) -> str:
    return "".join("\\" + char if char.isascii() and not char.isalnum() else char for char in text)


def check(rules: Iterable[Rule]) -> None:
    """Raise ConfigError with file and line for the first rule that is no regular expression or cannot be used."""
    for rule in rules:
        compile_rule(rule)


def compile_rule(rule: Rule) -> None:
    """Compile both expressions of a rule. Raises ConfigError with file and line."""
    for word, text in (("before", rule.before), ("after", rule.after)):
        try:
            srx_patterns.compiled(text)
        except srx_patterns.PatternError as error:
            raise ConfigError(f"{word} {text!r}: {error}", file=rule.file, line=rule.line) from None
    if not rule.breaks:
        try:
            srx_patterns.compiled_place(rule.before, rule.after)
        except srx_patterns.PatternError as error:
            raise ConfigError(f"{rule.before!r}: {error}", file=rule.file, line=rule.line) from None
