"""What a glossary says of itself: how its terms are found and what is asked of all of them."""

from __future__ import annotations

from dataclasses import dataclass

SETTINGS_KEY = "$settings"
"""The key of the settings in glossary.yaml; no term is called so."""


INFLECTIONS = ("verb", "noun", "none")
"""What an entry may say of the forms of its English terms."""


@dataclass(frozen=True, slots=True)
class GlossarySettings:
    """`boundaries`: a Chinese term is not found in a different word of the dictionary. `fold_scripts`: simplified
    and traditional characters are one. `first_mention`: every concept's rendering has the original in brackets when
    it first stands in a document. `consistent`: a document keeps to one of the renderings admitted."""

    boundaries: bool = True
    fold_scripts: bool = False
    first_mention: bool = False
    consistent: bool = False
