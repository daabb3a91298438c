"""Segmentation rules from files: a project's settings, any workbench.toml, or an SRX file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from workbench import config
from workbench.segmenter import srx
from workbench.segmenter.rules import LanguageRules, SegmentationRules, check

if TYPE_CHECKING:
    from workbench.config import SegmentationSettings

TOML = ".toml"


def load_rules(path: Path | str) -> SegmentationRules:
    """The segmentation rules in a file: the [segmentation] table of one that is named *.toml, else SRX.

    Raises ConfigError with the line at fault, FormatError for SRX, InputError for a file that cannot be read.
    """
    from workbench.formats.files import load

    path = Path(path)
    if path.suffix.lower() == TOML:
        load(path)
        return rules_of(config.load_segmentation(path))
    return SegmentationRules(srx=srx.read(load(path), str(path)))


def project_rules(settings: config.Settings) -> SegmentationRules | None:
    """The segmentation rules of a project, None where it has none of its own. Raises as `load_rules` does."""
    given = settings.segmentation
    return rules_of(given) if given != config.SegmentationSettings() else None


@lru_cache(maxsize=8)
def _srx(data: bytes, name: str) -> srx.SrxDocument:
    return srx.read(data, name)


def rules_of(given: SegmentationSettings) -> SegmentationRules:
    """The rules that settings speak of, each compiled once to see that it can be. Raises as `load_rules` does."""
    from workbench.formats.files import load

    languages = []
    for one in given.languages:
        rules = (
            *(_rule(setting, breaks=False) for setting in one.no_breaks),
            *(_rule(setting, breaks=True) for setting in one.breaks),
        )
        check(rules)
        languages.append((one.lang, LanguageRules(one.abbreviations, rules)))
    document = _srx(load(given.srx), str(given.srx)) if given.srx is not None else None
    return SegmentationRules(tuple(languages), document)


def _rule(setting: config.RuleSetting, *, breaks: bool) -> srx.Rule:
    return srx.Rule(setting.before, setting.after, breaks, setting.file, setting.line)
