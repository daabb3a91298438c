"""What holds for every text: readers never fail, spans read alone the same, what is written is read back."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from workbench.numerals import Kind, Value, compare, find_values, render_value
from workbench.numerals.english_words import spell
from workbench.numerals.han import write
from workbench.numerals.rendering import chinese_short, english_short

CHINESE_PIECES = (
    "零〇一二三四五六七八九十百千万亿两廿卅几数多余来半第零下负约超过成折倍番分之点时分秒年月"
    "日号个名位元块美元欧元公里英里分钟小时天周岁度%％‰.,，。:：-–—~至到比·×x01"
    "23456789０１２３５８$€£¥￥ 上下午早晚凌晨增加增长了翻是的世纪代季军亚冠首双"
    "俩对统唯方億萬"
)
ENGLISH_PIECES = (
    "and a",
    "out of",
    "per cent",
    "below zero",
    *[
        "one",
        "two",
        "three",
        "twelve",
        "twenty",
        "ninety",
        "hundred",
        "thousand",
        "million",
        "billion",
        "dozen",
        "half",
        "quarter",
        "third",
        "thirds",
        "first",
        "second",
        "fifth",
        "twenty-first",
        "and",
        "a",
        "an",
        "of",
        "to",
        "in",
        "by",
        "times",
        "twice",
        "doubled",
        "fivefold",
        "dozens",
        "hundreds",
        "thousands",
        "few",
        "several",
        "couple",
        "percent",
        "%",
        "‰",
        "minutes",
        "hours",
        "hour",
        "years",
        "-year-old",
        "km",
        "km/h",
        "miles",
        "degrees",
        "°C",
        "minus",
        "$",
        "US$",
        "€",
        "£",
        "m",
        "bn",
        "k",
        "st",
        "nd",
        "th",
        "s",
        "'s",
        "0",
        "1",
        "2",
        "5",
        "9",
        "12",
        "19",
        "30",
        "2019",
        "1990",
        "100",
        "1,000",
        "3.5",
        ".",
        ",",
        "-",
        "–",
        "/",
        ":",
        "x",
        "p.m.",
        "am",
        "May",
        "March",
        "Dec.",
        "December",
        "18",
        "century",
        "decade",
        "COVID-19",
        "5G",
        "II",
        "½",
        "(",
        ")",
        "+",
        "o'clock",
        "noon",
        "No.",
        "points",
        "more",
    ],
)

chinese_text = st.one_of(st.text(CHINESE_PIECES, max_size=24), st.text(max_size=30))
english_text = st.one_of(
    st.lists(
        st.tuples(st.sampled_from(ENGLISH_PIECES), st.sampled_from((" ", " ", "", "-"))), max_size=12
    ).map(lambda parts: "".join(word + gap for word, gap in parts)),
    st.text(max_size=40),
)


def statement(value: Value) -> tuple[object, ...]:
    """What a value says, without where it stands."""
    return (
        value.kind,
        value.numbers,
        value.unit,
        value.others,
        value.year,
        value.month,
        value.day,
        value.code,
        value.growth,
    )


def check_spans(text: str, lang: str) -> None:
    end = 0
    for value in find_values(text, lang):
        assert value.span.start >= end, "values overlap"
        assert len(value.span) > 0
        end = value.span.end
        assert value.span.of(text) == value.text
        assert render_value(value)
        if lang == "zh" and value.text.isascii() and value.text.isalpha():
            continue  # whether a Chinese text says "first" in English is told by the words beside it
        alone = find_values(value.text, lang)
        assert [statement(value)] == [statement(other) for other in alone], value


@settings(max_examples=200, deadline=None)
@given(chinese_text)
@example("亿" * 500)
@example("9" * 5000)
@example("一" * 5000)
@example("百分之" * 50)
@example("２０１９年１２月１８日下午３点半")
@example("AA FIRST")
def test_chinese_spans_read_alone_to_the_same_value(text: str) -> None:
    check_spans(text, "zh")


@settings(max_examples=200, deadline=None)
@given(english_text)
@example("hundreds of " * 200)
@example("1" * 5000)
@example("one hundred and " * 100)
def test_english_spans_read_alone_to_the_same_value(text: str) -> None:
    check_spans(text, "en")


@settings(max_examples=120, deadline=None)
@given(english_text, chinese_text)
def test_comparison_never_fails(source: str, target: str) -> None:
    for difference in compare(source, target, "en", "zh"):
        assert difference.source is not None or difference.target is not None
    compare(target, source, "zh", "en")


@settings(max_examples=120, deadline=None)
@given(chinese_text)
def test_chinese_says_the_same_as_itself(text: str) -> None:
    assert compare(text, text, "zh", "zh") == ()


@settings(max_examples=120, deadline=None)
@given(english_text)
def test_english_says_the_same_as_itself(text: str) -> None:
    assert compare(text, text, "en", "en") == ()


def only(text: str, lang: str) -> Value:
    values = find_values(text, lang)
    assert len(values) == 1, (text, values)
    assert values[0].text == text
    return values[0]


whole = st.integers(1, 10**15).flatmap(lambda top: st.integers(2, max(2, top)))
rounded = st.tuples(st.integers(1, 99999), st.integers(0, 11)).map(lambda pair: pair[0] * 10 ** pair[1])
FULL_WIDTH = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")


@settings(max_examples=150, deadline=None)
@given(whole)
def test_english_renderings_read_back(number: int) -> None:
    for text in (
        str(number),
        f"{number:,}",
        spell(number),
        spell(number, with_and=True),
        spell(number).title(),
    ):
        assert only(text, "en").numbers == (number,), text


@settings(max_examples=150, deadline=None)
@given(whole)
def test_chinese_renderings_read_back(number: int) -> None:
    texts = [str(number), f"{number:,}", str(number).translate(FULL_WIDTH)]
    if number > 10:
        texts += [write(number), write(number, liang=True), write(number, financial=True)]
    for text in texts:
        assert only(text, "zh").numbers == (number,), text


@settings(max_examples=150, deadline=None)
@given(rounded)
def test_short_renderings_say_the_same_in_both_languages(number: int) -> None:
    english, chinese = english_short(Fraction(number)), chinese_short(Fraction(number))
    assert only(english, "en").numbers == (number,), english
    assert only(chinese, "zh").numbers == (number,), chinese
    assert compare(f"It has {english} items.", f"它有{chinese}个项目。", "en", "zh") == ()


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 99999), st.integers(1, 3))
def test_percentages_read_back(units: int, places: int) -> None:
    text = f"{units / 10**places:.{places}f}%"
    number = Fraction(text[:-1]) / 100
    for shown, lang in (
        (text, "en"),
        (text[:-1] + " per cent", "en"),
        (text, "zh"),
        (text.translate(FULL_WIDTH), "zh"),
    ):
        value = only(shown, lang)
        assert (value.kind, value.numbers) == (Kind.PERCENT, (number,))


@settings(max_examples=120, deadline=None)
@given(rounded.filter(lambda number: number > 1), st.integers(1, 6))
def test_a_slip_by_a_power_of_ten_is_found(number: int, power: int) -> None:
    right, wrong = chinese_short(Fraction(number)), chinese_short(Fraction(number * 10**power))
    source = f"It holds {english_short(Fraction(number))} items."
    assert compare(source, f"其中有{right}件物品。", "en", "zh") == ()
    found = compare(source, f"其中有{wrong}件物品。", "en", "zh")
    assert found, wrong
    assert found[0].problem == "magnitude"


@settings(max_examples=120, deadline=None)
@given(st.dates())
def test_dates_read_back(day: object) -> None:
    from datetime import date

    assert isinstance(day, date)
    if day.year < 1000 or day.year >= 3000:
        return
    english = f"{day.day} {day:%B} {day.year}"
    for text, lang in (
        (english, "en"),
        (f"{day:%B} {day.day}, {day.year}", "en"),
        (f"{day.year}年{day.month}月{day.day}日", "zh"),
        (f"{day.year} 年 {day.month} 月 {day.day} 日", "zh"),
        (day.isoformat(), "zh"),
    ):
        value = only(text, lang)
        assert (value.year, value.month, value.day) == (day.year, day.month, day.day), text


@settings(max_examples=60, deadline=None)
@given(st.times())
def test_times_of_day_read_back(moment: object) -> None:
    from datetime import time

    assert isinstance(moment, time)
    minutes = moment.hour * 60 + moment.minute
    half = "a.m." if moment.hour < 12 else "p.m."
    hour = moment.hour % 12 or 12
    english = f"{hour}:{moment.minute:02d} {half}"
    assert only(english, "en").numbers == (minutes,)
    chinese = f"{moment.hour}:{moment.minute:02d}"
    assert compare(f"At {english} it began.", f"{chinese}开始。", "en", "zh") == ()
