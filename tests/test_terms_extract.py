"""Extraction: what is taken for a term, what is not, and which rendering goes with it."""

from __future__ import annotations

import json

import pytest

from workbench.model import TranslationUnit
from workbench.pipeline.terms_candidates import candidates
from workbench.pipeline.terms_extract import RENDERERS, extract_terms
from workbench.termbase import loads

PAIRS = [
    ("The wind turbine was built on the hill in 2019.", "这台风力发电机于2019年建在山上。"),
    ("Every wind turbine needs a gearbox.", "每台风力发电机都需要一个齿轮箱。"),
    ("A gearbox of this kind lasts ten years.", "这种齿轮箱可以用十年。"),
    ("Engineers from Norford Energy checked the gearbox.", "诺福德能源的工程师检查了齿轮箱。"),
    ("Norford Energy owns the wind turbine.", "诺福德能源拥有这台风力发电机。"),
    ("It was a very good day for all of us.", "对我们大家来说，这是很好的一天。"),
    ("It was a very good year for all of them.", "对他们大家来说，这是很好的一年。"),
    ("The old blades were sold to Norford Energy.", "旧叶片卖给了诺福德能源。"),
]
UNITS = [TranslationUnit(str(index), index, *pair) for index, pair in enumerate(PAIRS)]


def test_terms_with_their_renderings() -> None:
    found = {one.term: one for one in extract_terms(UNITS)}
    assert {term: one.rendering for term, one in found.items()} == {
        "Norford Energy": "诺福德能源",
        "wind turbine": "风力发电机",
        "gearbox": "齿轮箱",
    }
    turbine = found["wind turbine"]
    assert (turbine.count, turbine.units, turbine.together, turbine.rendering_units) == (3, 3, 3, 3)
    assert turbine.dice == 1.0
    assert turbine.log_likelihood > 5


def test_known_terms_and_rare_ones_are_left_out() -> None:
    known = loads("wind turbine: 风力发电机\nNorford Energy: 诺福德能源\n")
    assert [one.term for one in extract_terms(UNITS, termbase=known)] == ["gearbox"]
    assert extract_terms(UNITS, least=4) == []
    assert len(extract_terms(UNITS, top=1)) == 1
    assert extract_terms([]) == []


def test_a_part_of_a_longer_candidate_is_none() -> None:
    words = [one.text for one in candidates([source for source, _ in PAIRS])]
    assert "wind" not in words
    assert "Energy" not in words
    assert "good" not in words


@pytest.mark.parametrize("shape", list(RENDERERS))
def test_every_output_names_term_rendering_and_evidence(shape: str) -> None:
    text = RENDERERS[shape](extract_terms(UNITS))
    assert "wind turbine" in text
    assert "风力发电机" in text
    assert "3" in text
    if shape == "yaml":
        assert {concept.id for concept in loads(text).concepts} == {
            "Norford Energy",
            "wind turbine",
            "gearbox",
        }
    if shape == "jsonl":
        assert {json.loads(line)["rendering_units"] for line in text.splitlines()} == {3}


def test_addresses_abbreviations_and_verbs_are_no_candidates() -> None:
    texts = [
        "The turbine fell at 9 a.m. on Mondays; click https://orchard.example.com/turbine to see.",
        "A turbine failed at 9 a.m. on Mondays; click https://orchard.example.com/turbine and see.",
        "When the turbine fell and failed, people click it on Mondays, mailing mill@example.com.",
    ]
    assert [one.text for one in candidates(texts)] == ["turbine"]
