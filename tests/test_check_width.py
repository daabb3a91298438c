"""Width: full-width digits and letters, half-width Chinese marks, brackets of two widths."""

from __future__ import annotations

import pytest

from workbench.checks import CheckContext, apply, message, run, select
from workbench.model import Issue, TranslationUnit

CHECKS = select("width")


def found(source: str, target: str, *, context: CheckContext | None = None) -> list[Issue]:
    return run(TranslationUnit("u", 0, source, target), context or CheckContext(), checks=CHECKS)


def kinds(issues: list[Issue]) -> list[tuple[object, str]]:
    return [(issue.value("kind"), message(issue)) for issue in issues]


@pytest.mark.parametrize(
    ("source", "target", "mended"),
    [
        ("30 days", "３０天", "30天"),
        ("30% of it", "其中３０％", "其中30%"),
        ("Use COVID-19 data", "使用ＣＯＶＩＤ－１９数据", "使用COVID-19数据"),
        ("It costs 3.50", "价格３．５０元", "价格3.50元"),
        ("He said so.", "他说｡", "他说。"),
        ("Wrapped (like this).", "包起来（像这样)。", "包起来（像这样）。"),
        ("Wrapped (like this).", "包起来(像这样）。", "包起来（像这样）。"),
        ("The MIP (probe) here", "这里的探测器（MIP)", "这里的探测器（MIP）"),
        ("The probe (MIP) landed.", "探测器(MIP)着陆了。", "探测器（MIP）着陆了。"),
        ("Ann Lee (a friend of Bo Ek) came.", "安·李(Bo Ek的朋友)来了。", "安·李（Bo Ek的朋友）来了。"),
        (
            "Harald (Harald Blue-Tooth) came.",
            "哈拉尔(Harald Blue-Tooth) 来了。",
            "哈拉尔（Harald Blue-Tooth）来了。",
        ),
        ("Fast (30 km per hour)", "很快 (每小时30公里) 的", "很快（每小时30公里）的"),
    ],
)
def test_found_and_mended(source: str, target: str, mended: str) -> None:
    issues = found(source, target)
    assert issues
    assert apply(target, issues) == mended
    assert found(source, mended) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("The probe (MIP) landed.", "探测器 (MIP) 着陆了。"),
        ("The probe (MIP) landed.", "探测器（MIP）着陆了。"),
        ("Call f(x)", "调用 f(x)"),
        ("Call open(name)", "调用open(name)函数"),
        ("Iron(III) chloride", "氯化铁(III)是盐。"),
        ("Figure (1)", "图(1)"),
        ("See here ({name})", "见此处({name})"),
        ("Full-width Ａ stays", "全角的Ａ保留"),
        ("It won 3:2", "以3：2获胜"),
        ("See https://example.com/(a)", "参见 https://example.com/(a)"),
    ],
)
def test_silent(source: str, target: str) -> None:
    assert kinds(found(source, target)) == []


def test_says_both_readings() -> None:
    assert kinds(found("30 days", "３０天")) == [("wide", "full-width ３０ should be 30")]


def test_wide_letters_beside_a_url_are_not_run_into_it() -> None:
    assert found("", "user@example.com３０") == []


def test_brackets_right_behind_chinese_are_left_alone_in_a_user_interface() -> None:
    assert found("Tone (MIDI)", "音色(MIDI)", context=CheckContext(profile="ui")) == []
