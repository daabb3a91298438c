"""SRX files: what is read, what is written, how ICU's expressions are said in Python's, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from workbench.cli import main
from workbench.errors import ConfigError, FormatError
from workbench.segmenter import segment, srx, srx_builtin, srx_engine, srx_patterns
from workbench.segmenter.rules import SegmentationRules, check
from workbench.segmenter.srx import LanguageMap, LanguageRule, Rule, SrxDocument

HOUSE = """<?xml version="1.0" encoding="UTF-8"?>
<srx xmlns="http://www.lisa.org/srx20" xmlns:okpsrx="http://okapi.sf.net/srx-extensions" version="2.0">
  <header segmentsubflows="no" cascade="yes">
    <formathandle type="start" include="no"/>
    <formathandle type="end" include="yes"/>
    <okpsrx:options oneSegmentIncludesAll="no" trimLeadingWhitespaces="yes"/>
  </header>
  <body>
    <languagerules>
      <languagerule languagerulename="English">
        <!-- titles -->
        <rule break="no"><beforebreak>\\bMr\\.</beforebreak><afterbreak>\\s</afterbreak></rule>
      </languagerule>
      <languagerule languagerulename="Default">
        <rule><beforebreak>[.!?]+</beforebreak><afterbreak>\\s</afterbreak></rule>
        <rule break="yes"><afterbreak>&lt;br&gt;</afterbreak></rule>
      </languagerule>
    </languagerules>
    <maprules>
      <languagemap languagepattern="EN.*" languagerulename="English"/>
      <languagemap languagepattern=".*" languagerulename="Default"/>
    </maprules>
  </body>
</srx>
"""

OLD = """<?xml version="1.0"?>
<srx version="1.0">
  <header segmentsubflows="yes"><formathandle type="isolated" include="yes"/></header>
  <body>
    <languagerules>
      <languagerule languagerulename="Japanese">
        <rule break="yes"><beforebreak>[\\xff61\\x3002]</beforebreak><afterbreak></afterbreak></rule>
      </languagerule>
      <languagerule languagerulename="Rest">
        <rule break="yes"><beforebreak>\\.</beforebreak><afterbreak>\\s</afterbreak></rule>
      </languagerule>
    </languagerules>
    <maprules>
      <maprule maprulename="all">
        <languagemap languagepattern="[Jj][Aa].*" languagerulename="Japanese"/>
        <languagemap languagepattern=".*" languagerulename="Rest"/>
      </maprule>
    </maprules>
  </body>
</srx>
"""


def texts(document: SrxDocument, text: str, lang: str = "en") -> list[str]:
    return [one.text for one in segment(text, lang=lang, rules=SegmentationRules(srx=document))]


def test_a_document_is_read() -> None:
    document = srx.read(HOUSE.encode(), "house.srx")
    assert document == SrxDocument(
        language_rules=(
            LanguageRule("English", (Rule(r"\bMr\.", r"\s", False),)),
            LanguageRule("Default", (Rule("[.!?]+", r"\s", True), Rule("", "<br>", True))),
        ),
        maps=(LanguageMap("EN.*", "English"), LanguageMap(".*", "Default")),
        cascade=True,
        segment_subflows=False,
        format_handles=(("start", False), ("end", True)),
    )
    first = document.language_rules[0].rules[0]
    assert (first.file, first.line) == ("house.srx", 12)


def test_cascade_joins_the_rules_of_every_map_that_fits() -> None:
    document = srx.read(HOUSE.encode(), "house.srx")
    assert texts(document, "Mr. Low is in. Nobody saw<br>him.") == [
        "Mr. Low is in.",
        "Nobody saw",
        "<br>him.",
    ]
    assert texts(document, "Mr. Low. Da.", "de") == ["Mr.", "Low.", "Da."]
    alone = srx.read(HOUSE.replace('cascade="yes"', 'cascade="no"').encode(), "house.srx")
    assert texts(alone, "Mr. Low is in. Nobody saw.") == ["Mr. Low is in. Nobody saw."]


def test_language_codes_fit_in_any_case_and_with_underscores() -> None:
    document = SrxDocument((LanguageRule("T", (Rule("。"),)),), (LanguageMap("zh_TW", "T"),))
    assert document.rules_for("zh-TW") == document.rules_for("ZH_tw") == (Rule("。"),)
    assert document.rules_for("zh") is None


def test_a_language_without_a_map_keeps_the_built_in_rules() -> None:
    document = SrxDocument((LanguageRule("E", (Rule(";"),)),), (LanguageMap("en", "E"),))
    assert texts(document, "甲说完了。乙没说；他走了。", "zh") == ["甲说完了。", "乙没说；他走了。"]
    assert texts(document, "One. Two; three.") == ["One. Two;", "three."]


def test_srx_1_is_read_without_cascade() -> None:
    document = srx.read(OLD.encode(), "old.srx")
    assert (document.cascade, len(document.maps)) == (False, 2)
    assert texts(document, "One. Two.") == ["One.", "Two."]
    assert b'version="2.0"' in srx.write(document)


def test_the_first_rule_that_matches_decides() -> None:
    keep, cut = Rule(r"No\.", r"\s\d", False), Rule(r"\.", r"\s")
    everywhere = (LanguageMap(".*", "R"),)
    assert texts(SrxDocument((LanguageRule("R", (keep, cut)),), everywhere), "See No. 5. Go.") == [
        "See No. 5.",
        "Go.",
    ]
    assert texts(SrxDocument((LanguageRule("R", (cut, keep)),), everywhere), "See No. 5. Go.") == [
        "See No.",
        "5.",
        "Go.",
    ]


PATTERN = st.text(
    st.characters(
        blacklist_categories=("Cs",), blacklist_characters="".join(map(chr, range(32))) + "\ufffe\uffff"
    ),
    max_size=12,
)
RULE = st.builds(Rule, PATTERN, PATTERN, st.booleans())
NAMES = st.lists(st.text("ABcd (中)", min_size=1, max_size=6), min_size=1, max_size=4, unique=True)


@st.composite
def documents(draw: st.DrawFn) -> SrxDocument:
    names = draw(NAMES)
    groups = [LanguageRule(name, tuple(draw(st.lists(RULE, min_size=1, max_size=4)))) for name in names]
    maps = draw(st.lists(st.builds(LanguageMap, PATTERN, st.sampled_from(names)), max_size=4))
    handles = draw(st.lists(st.sampled_from(("start", "end", "isolated")), max_size=3, unique=True))
    return SrxDocument(
        tuple(groups),
        tuple(maps),
        draw(st.booleans()),
        draw(st.booleans()),
        tuple((handle, draw(st.booleans())) for handle in handles),
    )


@given(documents())
def test_what_is_written_is_read_again(document: SrxDocument) -> None:
    assert srx.read(srx.write(document), "again.srx") == document


def test_characters_that_xml_cannot_hold_are_written_as_escapes() -> None:
    document = SrxDocument((LanguageRule("R", (Rule("\x02\n\r", "a"),)),), (LanguageMap(".*", "R"),))
    again = srx.read(srx.write(document), "again.srx")
    assert again.language_rules[0].rules == (Rule("\\u0002\n\r", "a"),)


def xml(*, version: str = "2.0", header: str = 'cascade="no"', rules: str = "", maps: str = "") -> str:
    body = f"<languagerules>\n{rules}\n</languagerules>\n<maprules>\n{maps}\n</maprules>"
    return f'<srx version="{version}">\n<header {header}/>\n<body>\n{body}\n</body>\n</srx>'


ONE = '<languagerule languagerulename="A"><rule/></languagerule>'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "x.srx: empty: there is no XML in it"),
        ("<srx><body>", "x.srx:1: not well-formed XML:"),
        ("<tmx version='1.4'/>", "x.srx:1: not SRX: its root is <tmx>"),
        (xml(version="3.0"), "x.srx:1: version '3.0' of SRX is not known (there are: 1.0, 2.0)"),
        ('<srx version="2.0">\n<header/></srx>', "x.srx:1: no <body> in it"),
        (xml(header='cascade="maybe"'), 'x.srx:2: cascade="maybe" must be yes or no'),
        (xml(rules="<languagerule/>"), "x.srx:5: <languagerule> without languagerulename"),
        (xml(rules=ONE + "\n" + ONE), "x.srx:6: two sets of rules are called 'A'"),
        (
            xml(rules=ONE.replace("<rule/>", '<rule break="si"/>')),
            'x.srx:5: break="si" must be yes or no',
        ),
        (
            xml(rules=ONE, maps='<languagemap languagepattern="en" languagerulename="B"/>'),
            "x.srx:8: no rules are called 'B'",
        ),
        (
            xml(rules=ONE, maps='<languagemap languagerulename="A"/>'),
            "x.srx:8: <languagemap> without languagepattern",
        ),
        (
            '<!DOCTYPE srx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + xml().replace("2.0", "&b;"),
            "x.srx: declares entities in its DOCTYPE, which are never read: write the text out",
        ),
        (
            '<!DOCTYPE srx [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + xml(rules="&x;"),
            "x.srx: declares entities in its DOCTYPE, which are never read: write the text out",
        ),
    ],
)
def test_what_is_no_srx_is_refused_with_its_line(text: str, message: str) -> None:
    with pytest.raises(FormatError) as caught:
        srx.read(text.encode(), "x.srx")
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("pattern", "matches", "not_these"),
    [
        (r"a\hb", ["a b", "a\tb", "a\u3000b", "a\u180eb"], ["a\nb"]),
        (r"[\h,]+\H", [" , x"], ["  "]),
        (r"\v", ["\n", "\u2029", "\x0b"], [" "]),
        (r"a\R", ["a\r\n", "a\n", "a\u2028"], ["a"]),
        (r"\Qa.b*\E+", ["a.b*", "a.b***"], ["axb"]),
        (r"[\Q]^-\E]+", ["]^-"], ["\\"]),
        (r"a*+b", ["aab"], ["aac"]),
        (r"(?>a|ab)c", ["ac"], ["abc"]),
        (r"\x{1F600}\x41\u0042\U00000043\0101\cI", ["😀ABCA\t"], ["x"]),
        (r"\ud83d\ude00", ["😀"], ["x"]),
        (r"[\ud83d\ude00-\ud83d\ude02]", ["😁"], ["😅"]),
        (r"\p{Lu}\P{Lu}\pL\p{script=Han}\p{IsAlphabetic}", ["Aaa中b"], ["aAa中b"]),
        (r"\p{javaUpperCase}", ["A"], ["a"]),
        (r"[[:upper:]][[:^upper:]]", ["Ab"], ["AB"]),
        (r"[:alpha:]+", ["abc"], ["1"]),
        (r"[:;]+", [":;"], ["a"]),
        (r"[\p{L}&&[^a-y]]", ["z", "é"], ["b"]),
        (r"[\p{L}--[a-y]]", ["z"], ["b"]),
        (r"[\p{L}-[a-y]]", ["z"], ["b", "-"]),
        (r"[\p{L}&[a-y]]", ["b"], ["z", "&"]),
        (r'["-[ab]]', ['"', "-", "a"], ["A", "c"]),
        (r"[]a]+", ["]a"], ["[", "b"]),
        (r"[a||b~~c]+", ["a|b~c"], ["d"]),
        (r"x{e}", ["x{e}"], ["x", "y"]),
        (r"x{2,3}y{2}z{1,}", ["xxyyzz"], ["xyyz"]),
        (r"(?i)straße", ["STRASSE", "Straße"], ["strase"]),
        (r"(?iu:ab)c", ["ABc"], ["ABC"]),
        (r"(a|b)\1", ["aa", "bb"], ["ab"]),
        (r"(?<first>a|b)-\k<first>", ["a-a"], ["a-b"]),
        (r"a(?#comment)b", ["ab"], ["a"]),
        (r"ab\Z", ["ab", "ab\n"], ["abc"]),
        (r"\N{LATIN SMALL LETTER E WITH ACUTE}", ["é"], ["e"]),
        (r"\ظ\-\é", ["ظ-é"], ["x"]),
    ],
)
def test_expressions_of_icu_are_said_in_pythons(
    pattern: str, matches: list[str], not_these: list[str]
) -> None:
    compiled = srx_patterns.compiled(pattern)
    for text in matches:
        found = compiled.match(text)
        assert found is not None, text
        assert found.end() == len(text.rstrip("\n") if pattern.endswith(r"\Z") else text), text
    for text in not_these:
        assert compiled.fullmatch(text) is None, text


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("(", "missing )"),
        ("a)", "unbalanced parenthesis"),
        ("*a", "nothing to repeat"),
        ("[a", "a [ without its ]"),
        ("a\\", "a \\ with nothing after it"),
        (r"\G", r"the escape \G cannot be used here"),
        (r"\y", r"the escape \y cannot be used here"),
        (r"[\R]", r"the escape \R in a set cannot be used here"),
        (r"\p{Nonsense}", "unknown property"),
        (r"\p", r"\p without the {name} of a property"),
        (r"(?w)a", "the flag 'w' cannot be used here"),
        (r"(?(1)a|b)", "the group '(?(1' cannot be used here"),
        (r"(?P>x)", "the group '(?P>' cannot be used here"),
        (r"(?R)", "the flag 'R' cannot be used here"),
        (r"\x{110000}", r"there is no character \x{110000}"),
        (r"[z-a]", "bad character range"),
        ("(" * 3000 + ")" * 3000, "nested too deeply"),
        ("[" * 3000, "sets are nested too deeply"),
        ("a{9999999999999}", "repeat count too big"),
    ],
)
def test_expressions_that_cannot_be_used_say_why(pattern: str, reason: str) -> None:
    with pytest.raises(ConfigError) as caught:
        check([Rule(before=pattern, file="x.srx", line=7)])
    assert str(caught.value).startswith("x.srx:7: before ")
    assert str(caught.value).endswith(reason)


def test_a_back_reference_cannot_be_looked_for_backwards() -> None:
    check([Rule(r"(a)\1")])
    with pytest.raises(ConfigError, match="a back reference cannot be looked for backwards"):
        check([Rule(r"(a)\1", breaks=False)])


@given(st.text(max_size=30))
def test_any_expression_is_translated_or_refused(pattern: str) -> None:
    try:
        text = srx_patterns.translate(pattern)
        srx_patterns.compiled(pattern)
    except srx_patterns.PatternError:
        return
    regex.compile(text, regex.V1)


@given(st.text("ab.! 。”\n", max_size=40))
def test_cuts_are_in_order_and_strictly_inside(text: str) -> None:
    rules = (Rule(r"a\.", r"\s", False), Rule(r"[.!。]+”*"), Rule("", "b"), Rule(r"\s", ""))
    cuts = srx_engine.engine(rules).cuts(text)
    assert cuts == sorted(set(cuts))
    assert all(0 < at < len(text) for at in cuts)


@pytest.mark.parametrize("breaks", [True, False])
def test_a_rule_that_takes_too_long_is_named(monkeypatch: pytest.MonkeyPatch, breaks: bool) -> None:
    monkeypatch.setattr(srx_engine, "SECONDS", 0.2)
    slow = Rule(r"#(?:\w|\w\w|\s)+!", "", breaks, "house.srx", 12)
    harmless = Rule("[a!]", r"\s", True, "house.srx", 5)
    with pytest.raises(ConfigError) as caught:
        srx_engine.Engine((slow, harmless)).cuts("ab ab abab " * 8 + "! #" + "ab ab " * 16)
    assert str(caught.value).startswith("house.srx:12: the rule '#(?:")
    assert str(caught.value).endswith("takes too long on a text of 187 characters: simplify its repetitions")


def test_a_repetition_looks_back_a_hundred_times_at_most() -> None:
    engine = srx_engine.engine((Rule(r"\(x*\.", r"\s", False), Rule(r"\.", r"\s")))
    assert engine.cuts("(" + "x" * 100 + ". Y") == []
    assert engine.cuts("(" + "x" * 101 + ". Y") == [103]


def run(capfd: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    code = main(list(args))
    out, err = capfd.readouterr()
    return code, out, err


def test_the_command_writes_checks_and_lists_rules(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    house = tmp_path / "house.srx"
    house.write_text(HOUSE, encoding="utf-8")
    code, out, err = run(capfd, "srx", str(house), "--to", "tsv")
    assert (code, err) == (0, "3 rules in 2 sets, 2 language maps\n")
    assert out.splitlines()[0] == "English\tno-break\t\\bMr\\.\t\\s"
    ours = tmp_path / "ours.srx"
    assert run(capfd, "srx", "-o", str(ours))[0] == 0
    assert srx.read(ours.read_bytes(), "ours.srx") == srx_builtin.document()
    house.write_text(HOUSE.replace("[.!?]+", "[.!?+"), encoding="utf-8")
    code, out, err = run(capfd, "srx", str(house))
    assert (code, out, err) == (2, "", f"workbench: {house}:15: before '[.!?+': a [ without its ]\n")
    house.write_text(HOUSE.replace("EN.*", "*EN"), encoding="utf-8")
    code, out, err = run(capfd, "srx", str(house))
    assert (code, err) == (2, f"workbench: {house}:20: languagepattern '*EN': nothing to repeat\n")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.srx", None, "none.srx: no such file"),
        ("empty.srx", "", "empty.srx: empty: there is no XML in it"),
        ("broken.srx", "<srx", "broken.srx:1: not well-formed XML"),
        (
            "other.toml",
            "[segmentation]\nsrx = 3\n",
            "other.toml:2: segmentation.srx must be the name of a file",
        ),
        ("bad.srx", HOUSE.replace(r"\bMr\.", r"(Mr\."), r"bad.srx:12: before '(Mr\\.': missing )"),
    ],
)
def test_rules_that_cannot_be_used_are_one_line(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str, content: str | None, message: str
) -> None:
    text = tmp_path / "a.txt"
    text.write_text("One. Two.", encoding="utf-8")
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    code, out, err = run(capfd, "segment", str(text), "--lang", "en", "--rules", str(tmp_path / name))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert message in err
