"""Which checks run on a document, in which house style and at which severities: the settings, made of known values."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from workbench import checks as family
from workbench import config
from workbench.checks.profile import PROFILES, REGIONS, profile_words
from workbench.errors import ConfigError, NotFoundError
from workbench.model import Severity

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.termbase import Termbase


@dataclass(frozen=True, slots=True)
class Rules:
    """The checks to run, the profile in words, and the severities in place of the checks' own."""

    checks: tuple[family.Check, ...]
    profile: str = ""
    severities: tuple[tuple[str, Severity], ...] = ()

    def context(
        self, termbase: Termbase | None, *, source_lang: str, target_lang: str
    ) -> family.CheckContext:
        """What the checks are told, the termbase of the project and the languages of the document added."""
        from workbench.termbase import Termbase

        return family.CheckContext(
            termbase if termbase is not None else Termbase(()),
            source_lang,
            target_lang,
            self.profile,
            self.severities,
        )


def make_rules(checks: str | None = None, profile: str = "") -> Rules:
    """The rules of a selection and a profile given in words. Raises NotFoundError for what does not exist."""
    family.read_profile(profile)
    return Rules(family.select(checks), profile)


def rules_of(
    settings: config.Settings, document: str, *, checks: str | None = None, profile: str = ""
) -> Rules:
    """The rules of a document of a project; `checks` and the words of `profile` go before the project's own.

    Raises ConfigError with the line at fault, NotFoundError for what is wrong in `checks` or `profile`.
    """
    given = settings.checks
    layers = [given, *(one for pattern, one in given.documents if fnmatchcase(document, pattern))]
    select, words = "", ""
    severity: dict[str, Severity] = {}
    for layer in layers:
        _validate(layer, settings.folder)
        if layer.select.strip():
            select = f"{select},{layer.select}" if layer.select.lstrip()[0] in "+-" else layer.select
        words = _overlaid(_overlaid(words, layer.profile), layer.style)
        severity |= {check: Severity(name) for check, name in layer.severity}
    family.read_profile(profile)
    return Rules(
        family.select(checks or select.strip(",")), _overlaid(words, profile), tuple(severity.items())
    )


def validate(settings: config.Settings) -> None:
    """Raise ConfigError for ids, profiles and severities of the settings that do not exist."""
    for layer in (settings.checks, *(one for _pattern, one in settings.checks.documents)):
        _validate(layer, settings.folder)


def _overlaid(words: str, above: str) -> str:
    """The words of a profile with those of another that goes before it: a region for a region, a style for a style."""
    chosen = {word in REGIONS: word for word in (*profile_words(words), *profile_words(above))}
    return " ".join(chosen.values())


def _validate(layer: config.CheckSettings, folder: Path) -> None:
    def fail(key: str, error: NotFoundError | str) -> ConfigError:
        return config.setting_error(folder, str(error), key, "checks")

    try:
        family.select(layer.select)
    except NotFoundError as error:
        raise fail("select", error) from None
    for key, word, known in (
        ("profile", layer.profile, tuple(REGIONS)),
        ("style", layer.style, tuple(one for one in PROFILES if one not in REGIONS)),
    ):
        if word and word not in known:
            raise fail(key, f"{key} must be one of {', '.join(known)}")
    for check, name in layer.severity:
        if check not in {one.id for one in family.CHECKS}:
            raise fail(check, NotFoundError("check", check, known=tuple(one.id for one in family.CHECKS)))
        if name not in tuple(Severity):
            raise fail(check, f"the severity of {check} must be one of {', '.join(Severity)}")
