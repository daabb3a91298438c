"""House style: regions and styles, and what the settings of a project say for each document."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench import config
from workbench.checks import CheckContext, message, read_profile, run
from workbench.errors import ConfigError, NotFoundError
from workbench.model import Severity, TranslationUnit
from workbench.pipeline.rules import make_rules, rules_of, validate


@pytest.mark.parametrize(
    ("profile", "lang", "region", "style", "traditional", "quotes"),
    [
        ("", "zh", "mainland", "prose", False, "“”"),
        ("", "zh-TW", "taiwan", "prose", True, "「」"),
        ("", "zh-Hant", "taiwan", "prose", True, "「」"),
        ("", "zh-HK", "hong-kong", "prose", True, "「」"),
        ("", "zh-Hant-MO", "hong-kong", "prose", True, "「」"),
        ("taiwan", "zh", "taiwan", "prose", True, "「」"),
        ("UI, taiwan", "zh", "taiwan", "ui", True, "「」"),
        ("mainland", "zh-Hant", "mainland", "prose", True, "“”"),
        ("mainland", "zh-TW", "mainland", "prose", True, "“”"),
        ("taiwan", "zh-CN", "taiwan", "prose", False, "「」"),
        ("hong-kong", "zh-Hans", "hong-kong", "prose", False, "「」"),
        ("ui", "de", "mainland", "ui", False, "“”"),
    ],
)
def test_a_profile_says_region_script_and_quotes(
    profile: str, lang: str, region: str, style: str, traditional: bool, quotes: str
) -> None:
    house = read_profile(profile, lang)
    assert (house.region, house.style, house.traditional) == (region, style, traditional)
    assert "".join(house.quotes[0]) == quotes


@pytest.mark.parametrize("profile", ["beijing", "taiwan mainland", "ui prose"])
def test_a_profile_that_does_not_exist(profile: str) -> None:
    with pytest.raises(NotFoundError, match="no profile named"):
        read_profile(profile)


# What each profile says of the same unit: the marks, the script, the end of the text.
CASES = [
    ('He said "good".', '他说"好"。', "mainland", ["straight quotation marks around Chinese: “好”"]),
    ('He said "good".', '他說"好"。', "taiwan", ["straight quotation marks around Chinese: 「好」"]),
    ('He said "good".', '他說"好"。', "hong-kong", ["straight quotation marks around Chinese: 「好」"]),
    ('He said "good".', '他说"好"', "ui", []),
    (
        "He said “yes, ‘yes’ it is”.",
        "他說“是，‘對’的”。",
        "taiwan",
        ["quotation marks that are not those of taiwan: “是，‘對’的” → 「是，『對』的」"],
    ),
    (
        "He said “yes, ‘yes’ it is”.",
        "他说“是，「对」的”。",
        "mainland",
        ["quotation marks that are not those of mainland: 「对」 → ‘对’"],
    ),
    ("He said “yes”.", "他说「是」。", "", []),
    ("He said “yes”.", "他说“yes”。", "hong-kong prose", ["simplified 说 (他说“yes…): 説"]),
    ("It's John’s “OK”.", "這是John’s「好」。", "taiwan", []),
    ("This page.", "这一頁。", "mainland", ["traditional 頁 (这一頁。): 页"]),
    ("This page.", "這一页。", "taiwan", ["simplified 页 (這一页。): 頁"]),
    ("This page.", "這一頁。", "taiwan", []),
    ("Save the file.", "保存文件", "", ["the source ends with a full stop, the target with no mark: 。?"]),
    ("Save the file.", "保存文件", "ui", []),
    ("Save the file", "保存文件。", "ui", ["the source ends with no mark, the target with 。"]),
    ("Save the file", "保存文件。", "", []),
    ("Save the file. Then go", "保存文件。然后离开。", "ui", []),
    ("Save, then go.", "保存,然后离开", "ui", []),
    ("Save (all)", "保存(全部)", "ui", []),
    ("Save (all)", "保存(全部)", "prose", ["half-width brackets in Chinese text: （全部）"]),
]


@pytest.mark.parametrize(("source", "target", "profile", "messages"), CASES)
def test_what_a_profile_finds(source: str, target: str, profile: str, messages: list[str]) -> None:
    context = CheckContext(profile=profile)
    assert [message(issue) for issue in run(TranslationUnit("1", 0, source, target), context)] == messages


def test_a_project_gives_severities_of_its_own() -> None:
    unit = TranslationUnit("1", 0, "He went.", "他 走了。")
    (plain,) = run(unit, CheckContext())
    (graver,) = run(unit, CheckContext(severities=(("whitespace", Severity.CRITICAL),)))
    assert (plain.severity, graver.severity) == (Severity.MINOR, Severity.CRITICAL)
    assert graver.fingerprint == plain.fingerprint


def settings(folder: Path, text: str) -> config.Settings:
    (folder / "workbench.toml").write_text(text, encoding="utf-8")
    return config.load(folder)


TABLE = """
[checks]
select = "number,width,quotes"
profile = "taiwan"
severity = { width = "major" }

[checks.documents."ui-*"]
select = "-quotes,+spacing"
style = "ui"
severity = { number = "critical" }

[checks.documents."*-beijing"]
profile = "mainland"
"""


@pytest.mark.parametrize(
    ("document", "ids", "profile", "severities"),
    [
        ("talk", "number width quotes", "taiwan", {"width": "major"}),
        ("ui-help", "number width spacing", "taiwan ui", {"width": "major", "number": "critical"}),
        ("ui-beijing", "number width spacing", "mainland ui", {"width": "major", "number": "critical"}),
        ("a-beijing", "number width quotes", "mainland", {"width": "major"}),
    ],
)
def test_settings_of_each_document(
    tmp_path: Path, document: str, ids: str, profile: str, severities: dict[str, str]
) -> None:
    rules = rules_of(settings(tmp_path, TABLE), document)
    assert " ".join(check.id for check in rules.checks) == ids
    assert rules.profile == profile
    assert dict(rules.severities) == severities


def test_the_command_line_goes_before_the_settings(tmp_path: Path) -> None:
    rules = rules_of(settings(tmp_path, TABLE), "ui-help", checks="date", profile="hong-kong")
    assert [check.id for check in rules.checks] == ["date"]
    assert rules.profile == "hong-kong ui"
    assert make_rules("date", "ui").profile == "ui"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('[checks]\nselect = "+widht"\n', 2, "no check named 'widht'"),
        ('checks = "widht"\n', 1, "no check named 'widht'"),
        ('[checks]\nprofile = "ui"\n', 2, "profile must be one of mainland, taiwan, hong-kong"),
        ('[checks]\nstyle = "web"\n', 2, "style must be one of prose, ui"),
        ('[checks.severity]\nwidht = "minor"\n', 2, "no check named 'widht'"),
        ('[checks.severity]\nwidth = "bad"\n', 2, "the severity of width must be one of neutral, minor"),
        ('[checks]\nseverity = { number = "minor", width = "bad" }\n', 2, "the severity of width"),
        ('[checks.documents.a]\nstyle = "web"\n', 2, "style must be one of prose, ui"),
    ],
)
def test_settings_that_do_not_exist_are_named_with_their_line(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    with pytest.raises(ConfigError, match=reason) as caught:
        validate(settings(tmp_path, text))
    assert caught.value.line == line
    with pytest.raises(ConfigError):
        rules_of(settings(tmp_path, text), "a")
