"""The readers, one row a rendering: what is read, where, and what is no number at all."""

from __future__ import annotations

from fractions import Fraction

import pytest

from workbench.numerals import Kind, Value, compare, find_values, render_value

F = Fraction


def shown(text: str, lang: str) -> list[str]:
    return [f"{value.text} = {render_value(value)}" for value in find_values(text, lang)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            "5.2 billion RMB from 227 million users",
            ["5.2 billion RMB = 5,200,000,000 CNY", "227 million = 227,000,000"],
        ),
        (
            "$450m, US$1.5bn, €20 billion",
            [
                "$450m = 450,000,000 dollar",
                "US$1.5bn = 1,500,000,000 USD",
                "€20 billion = 20,000,000,000 EUR",
            ],
        ),
        ("two hundred and five thousand", ["two hundred and five thousand = 205,000"]),
        (
            "half a million or a quarter of a million",
            ["half a million = 500,000", "a quarter of a million = 250,000"],
        ),
        ("one and a half million", ["one and a half million = 1,500,000"]),
        ("two dozen, half a dozen", ["two dozen = 24", "half a dozen = 6"]),
        ("1,234,567.89", ["1,234,567.89 = 1,234,567.89"]),
        ("₹5 crore and 2 lakh", ["₹5 crore = 50,000,000 INR", "2 lakh = 200,000"]),
        (
            "two-thirds, three quarters, one in five, 2½",
            ["two-thirds = 2/3", "three quarters = 0.75", "one in five = 0.2", "2½ = 2.5"],
        ),
        (
            "98.6%, 5 per cent, 3‰, 25 basis points",
            ["98.6% = 98.6%", "5 per cent = 5%", "3‰ = 0.3%", "25 basis points = 0.25%"],
        ),
        (
            "5 to 10 million, 10-15 minutes, 3-2",
            ["5 to 10 million = 5,000,000–10,000,000", "10-15 minutes = 10–15 minute", "3-2 = 3–2"],
        ),
        (
            "minus 5 degrees, -10°C, 10 degrees below zero",
            ["minus 5 degrees = -5 degree", "-10°C = -10 celsius", "10 degrees below zero = -10 degree"],
        ),
        (
            "second, 14th, twenty-first, the 19th century",
            ["second = no. 2", "14th = no. 14", "twenty-first = no. 21", "19th century = century 19"],
        ),
        ("doubled, threefold, five times", ["doubled = × 2", "threefold = × 3", "five times = × 5"]),
        (
            "dozens, hundreds of thousands, a few hundred",
            ["dozens = some 10s", "hundreds of thousands = some 100,000s", "a few hundred = some 100s"],
        ),
        (
            "3:30 p.m., 5.30pm, 15:30, half past three, noon",
            [
                "3:30 p.m. = 15:30",
                "5.30pm = 17:30",
                "15:30 = 15:30",
                "half past three = 03:30",
                "noon = 12:00",
            ],
        ),
        (
            "18 December 2019, Dec. 18, May 2019, 2019-12-24",
            [
                "18 December 2019 = 2019-12-18",
                "Dec. 18 = 12-18",
                "May 2019 = 2019-05",
                "2019-12-24 = 2019-12-24",
            ],
        ),
        ("the 1880s, the '90s", ["1880s = the 1880s", "'90s = the 90s"]),
        ("1986-88", ["1986-88 = 1,986–1,988"]),
        (
            "an hour and a half, half an hour, two and a half years",
            ["an hour and a half = 1.5 hour", "half an hour = 0.5 hour", "two and a half years = 2.5 year"],
        ),
        (
            "100 miles per hour, 60-year-old, 15 more minutes",
            ["100 miles per hour = 100 mph", "60-year = 60 year", "15 more minutes = 15 minute"],
        ),
        ("5G, COVID-19, F-16, 2.4.1", ["5G = 5G", "COVID-19 = COVID19", "F-16 = F16", "2.4.1 = 241"]),
        ("someone, everyone, often tends to weigh heights", []),
        ("open 24/7, split 50-50", []),
    ],
)
def test_english(text: str, values: list[str]) -> None:
    assert shown(text, "en") == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            "52亿元人民币，五十二亿，伍拾贰億，５２亿",
            [
                "52亿元人民币 = 5,200,000,000 CNY",
                "五十二亿 = 5,200,000,000",
                "伍拾贰億 = 5,200,000,000",
                "５２亿 = 5,200,000,000",
            ],
        ),
        (
            "22700万，2.27亿，1亿2千万，3万亿",
            [
                "22700万 = 227,000,000",
                "2.27亿 = 227,000,000",
                "1亿2千万 = 120,000,000",
                "3万亿 = 3,000,000,000,000",
            ],
        ),
        (
            "一百五，一百零五，两千二，三万五",
            ["一百五 = 150", "一百零五 = 105", "两千二 = 2,200", "三万五 = 35,000"],
        ),
        ("二〇一九年，廿五个，三点一四", ["二〇一九年 = 2019", "廿五 = 25", "三点一四 = 3.14"]),
        (
            "四分之三，百分之二十五，三成五，千分之三，八折",
            ["四分之三 = 0.75", "百分之二十五 = 25%", "三成五 = 35%", "千分之三 = 0.3%", "八折 = 80%"],
        ),
        (
            "三到五年，10-15 分钟，三四百人，1.2亿至1.5亿",
            [
                "三到五年 = 3–5 year",
                "10-15 分钟 = 10–15 minute",
                "三四百 = 300–400",
                "1.2亿至1.5亿 = 120,000,000–150,000,000",
            ],
        ),
        ("零下10度，-5℃，负3", ["零下10度 = -10 degree", "-5℃ = -5 celsius", "负3 = -3"]),
        (
            "第二名，亚军，第三季度，十九世纪，“十四五”规划",
            ["第二 = no. 2", "亚军 = no. 2", "第三 = no. 3", "十九世纪 = century 19", "十四五 = no. 14"],
        ),
        (
            "翻了一番，翻了两番，增加了两倍，是去年的三倍",
            ["翻了一番 = × 2", "翻了两番 = × 4", "增加了两倍 = × 3", "三倍 = × 3"],
        ),
        (
            "数十人，几十万，成千上万，上百，十几个，200多",
            [
                "数十 = some 10s",
                "几十万 = some 100,000s",
                "成千上万 = some 1,000s",
                "上百 = some 100s",
                "十几 = 10",
                "200多 = 200",
            ],
        ),
        (
            "下午3点半，下午三时三十分，晚上8点，三点一刻",
            ["下午3点半 = 15:30", "下午三时三十分 = 15:30", "晚上8点 = 20:00", "三点一刻 = 03:15"],
        ),
        (
            "2019年12月18日，十二月十八日，26日",
            ["2019年12月18日 = 2019-12-18", "十二月十八日 = 12-18", "26日 = day 26"],
        ),
        (
            "20世纪80年代，1980年代，八十年代",
            ["20世纪80年代 = the 1980s", "1980年代 = the 1980s", "八十年代 = the 80s"],
        ),
        (
            "一个半小时，两年半，半年，3个工作日",
            ["一个半小时 = 1.5 hour", "两年半 = 2.5 year", "半年 = 0.5 year", "3个工作日 = 3 day"],
        ),
        (
            "时速100公里，每小时60英里，9块9",
            ["时速100公里 = 100 km/h", "每小时60英里 = 60 mph", "9块9 = 9.9 CNY"],
        ),
        ("三比二，16×9，1 300辆", ["三比二 = 3–2", "16×9 = 16–9", "1 300 = 1,300"]),
        ("一方面，四面八方，十分好，以防万一，三峡，统一，唯一，一些，千万不要", []),
        ("周一到周五，星期三", ["周一 = Monday", "周五 = Friday", "星期三 = Wednesday"]),
        ("大陆，收拾，数据，几乎，半导体，环顾四周", []),
    ],
)
def test_chinese(text: str, values: list[str]) -> None:
    assert shown(text, "zh") == values


def test_spans_are_code_points_of_the_text_given() -> None:
    (value,) = find_values("𠀀捐款５２亿元。", "zh-CN")
    assert (value.span.start, value.span.end, value.text) == (3, 7, "５２亿元")


def test_values_are_exact() -> None:
    (value,) = find_values("0.1 per cent", "en")
    assert value.number == F(1, 1000)
    assert all(isinstance(number, Fraction) for number in value.numbers)


def test_a_value_is_equal_by_content() -> None:
    one, two = find_values("52亿", "zh")[0], find_values("52亿", "zh")[0]
    assert isinstance(one, Value)
    assert one == two
    assert hash(one) == hash(two)
    assert one.kind is Kind.QUANTITY


@pytest.mark.parametrize(
    ("source", "target", "problems"),
    [
        ("It has 52 rooms.", "它有52个房间。", []),
        ("It has 52 rooms.", "它有520个房间。", ["magnitude"]),
        ("It has 52 rooms.", "它有25个房间。", ["wrong"]),
        ("It has 52 rooms.", "它有房间。", ["missing"]),
        ("It has rooms.", "它有52个房间。", ["added"]),
        ("It took 52 minutes.", "花了52小时。", ["unit"]),
        ("52% agreed.", "有52同意。", ["percent"]),
        ("60 days after purchase and 60 days after renewal.", "购买后60天内以及续订后。", ["missing"]),
        ("Two of us went.", "我们俩去了。", []),
        ("Eleven people, about four of them old.", "十一人，其中约 名老人。", ["missing"]),
    ],
)
def test_comparison_names_the_problem(source: str, target: str, problems: list[str]) -> None:
    assert [difference.problem for difference in compare(source, target, "en", "zh")] == problems
