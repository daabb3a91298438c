"""Segmentation rules of a project: what they change, where they are written, and that review survives new ones."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import workbench
from workbench import config
from workbench.cli import main
from workbench.errors import ConfigError
from workbench.model import Draft, State, TranslationUnit
from workbench.pipeline.importing import reconcile
from workbench.pipeline.project import Project
from workbench.pipeline.segmenting import load_rules, project_rules
from workbench.segmenter.rules import LanguageRules, SegmentationRules, abbreviation
from workbench.segmenter.srx import LanguageMap, LanguageRule, Rule, SrxDocument


def cut(text: str, lang: str = "en", **own: LanguageRules) -> list[str]:
    languages = tuple((key.replace("every", "*"), value) for key, value in own.items())
    return [one.text for one in workbench.segment(text, lang=lang, rules=SegmentationRules(languages))]


@pytest.mark.parametrize(
    ("word", "text", "expected"),
    [
        ("approx", "It took approx. Five hours. Done.", ["It took approx. Five hours.", "Done."]),
        ("approx.", "Approx. Five hours. APPROX. Six.", ["Approx. Five hours.", "APPROX. Six."]),
        ("Sig", "Ask Sig. Rossi. The sig. He lost.", ["Ask Sig. Rossi.", "The sig.", "He lost."]),
        ("a.b.", "Use a.b. When it rains. Go.", ["Use a.b. When it rains.", "Go."]),
        ("z. B.", "Read z. B. Kafka. Go.", ["Read z. B. Kafka.", "Go."]),
        ("Yahoo!", "Try Yahoo! Mail. Hurrah! Go.", ["Try Yahoo! Mail.", "Hurrah!", "Go."]),
        ("cap", "The recap. Now go.", ["The recap.", "Now go."]),
        ("C++", "Learn C++. Now go. It is C++ Really.", ["Learn C++.", "Now go.", "It is C++ Really."]),
    ],
)
def test_an_abbreviation_never_ends_a_sentence(word: str, text: str, expected: list[str]) -> None:
    assert cut(text, en=LanguageRules((word,))) == expected


def test_an_abbreviation_is_found_in_chinese_text_too() -> None:
    text = "会议由Sig. Rossi主持。然后散会。"
    assert cut(text, "zh", zh=LanguageRules(("Sig",))) == ["会议由Sig. Rossi主持。", "然后散会。"]


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ((), ["One; two.", "Three. (a) four."]),
        ((Rule(";", r"\s"),), ["One;", "two.", "Three. (a) four."]),
        ((Rule(r"\.", r"\s+\(\w\)"),), ["One; two.", "Three.", "(a) four."]),
        ((Rule(r"two\.", r"\s", False),), ["One; two. Three. (a) four."]),
        ((Rule(r"two\.\s", "", False),), ["One; two. Three. (a) four."]),
        ((Rule("", "Three", False),), ["One; two. Three. (a) four."]),
        ((Rule(r"two\.", r"\s", False), Rule(r"\.", r"\s+T")), ["One; two. Three. (a) four."]),
        ((Rule(r"\.", r"\s+T"), Rule(r"two\.", r"\s", False)), ["One; two.", "Three. (a) four."]),
    ],
)
def test_rules_go_before_the_built_in_ones(rules: tuple[Rule, ...], expected: list[str]) -> None:
    assert cut("One; two. Three. (a) four.", en=LanguageRules((), rules)) == expected


def test_rules_hold_for_their_language_by_its_first_subtag_or_for_all() -> None:
    rules = LanguageRules((), (Rule("[;；]"),))
    assert cut("甲；乙。", "zh-TW", zh=rules) == ["甲；", "乙。"]
    assert cut("甲；乙。", "zh", en=rules) == ["甲；乙。"]
    assert cut("甲；乙。", "zh", every=rules) == ["甲；", "乙。"]
    keep = LanguageRules((), (Rule(";", "", False),))
    assert cut("A; b.", en=keep, every=rules) == ["A; b."]


def test_a_boundary_that_a_rule_makes_is_sure() -> None:
    rules = SegmentationRules((("en", LanguageRules((), (Rule(";"),))),))
    found = workbench.segment("One; two. Three.", lang="en", rules=rules)
    assert [(one.text, one.boundary_score) for one in found] == [
        ("One;", 1.0),
        ("two.", 0.98),
        ("Three.", 1.0),
    ]


@given(st.text("aA .!?;。；”“\n", max_size=60), st.sampled_from(("en", "zh")))
def test_segments_hold_all_of_the_text_whatever_the_rules(text: str, lang: str) -> None:
    rules = SegmentationRules(
        (("*", LanguageRules(("a",), (Rule("A", "", False), Rule("[;；]"), Rule(r"\s")))),)
    )
    found = workbench.segment(text, lang=lang, rules=rules)
    assert [text[one.span.start : one.span.end] for one in found] == [one.text for one in found]
    assert "".join("".join(one.text.split()) for one in found) == "".join(text.split())


@given(st.text(max_size=12))
def test_any_word_can_be_an_abbreviation(word: str) -> None:
    from workbench.segmenter.rules import check

    check(abbreviation(word))


def test_rules_that_say_nothing_of_a_language_leave_its_fingerprint_empty() -> None:
    rules = SegmentationRules((("en", LanguageRules(("approx",))),))
    other = SegmentationRules((("en", LanguageRules(("approx", "ver"))),))
    assert rules.fingerprint("zh") == ""
    assert len({rules.fingerprint("en"), other.fingerprint("en"), ""}) == 3
    assert rules.fingerprint("en-GB") == rules.fingerprint("en")
    document = SrxDocument((LanguageRule("R", (Rule(";"),)),), (LanguageMap("en.*", "R"),))
    assert SegmentationRules(srx=document).fingerprint("zh") == ""
    assert SegmentationRules(srx=document).fingerprint("en")


def test_the_aligner_never_cuts_where_a_rule_forbids_it() -> None:
    source = "She waited... Nobody came. He left."
    target = "她等着……没有人来。他走了。"
    keep = SegmentationRules(
        (
            ("en", LanguageRules((), (Rule(r"\.\.\.", r"\s", False),))),
            ("zh", LanguageRules((), (Rule("…", "", False),))),
        )
    )
    free = workbench.align(source, target)
    assert [one.text for one in free.source] == ["She waited...", "Nobody came.", "He left."]
    held = workbench.align(source, target, rules=keep)
    assert [one.text for one in held.source] == ["She waited... Nobody came.", "He left."]
    assert [one.text for one in held.target] == ["她等着……没有人来。", "他走了。"]


TOML = """\
source_lang = "en"

[segmentation.en]
abbreviations = ["approx"]
breaks = [{ before = ';', after = '\\s' }]
no_breaks = [
  { before = 'Yahoo!', after = '\\s' },
  { before = "No\\\\." },
]

[segmentation.zh]
breaks = [{ before = '；' }]

[segmentation."*"]
abbreviations = ["Sig."]
"""


def project(folder: Path, text: str = TOML) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "workbench.toml").write_text(text, encoding="utf-8")
    (folder / "segments").mkdir(exist_ok=True)
    return folder


def test_settings_become_rules(tmp_path: Path) -> None:
    folder = project(tmp_path / "p")
    rules = project_rules(config.load(folder))
    assert rules == SegmentationRules(
        (
            (
                "en",
                LanguageRules(
                    ("approx",), (Rule("Yahoo!", r"\s", False), Rule(r"No\.", "", False), Rule(";", r"\s"))
                ),
            ),
            ("zh", LanguageRules((), (Rule("；"),))),
            ("*", LanguageRules(("Sig.",))),
        )
    )
    assert rules == load_rules(folder / "workbench.toml")
    assert rules is not None
    assert [rule.line for rule in rules.languages[0][1].rules] == [7, 8, 5]
    assert project_rules(config.load(project(tmp_path / "q", 'author = "li"\n'))) is None


NO_LANGUAGE = "is not srx, a language such as en or zh, or '*' for all"
NO_RULE = "segmentation.en.breaks: write { before = '…', after = '…' }, each a regular expression"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("segmentation = 3\n", 1, "segmentation must be a table"),
        ("[segmentation]\nsrx = 'no.srx'\n", 2, "there is no SRX file 'no.srx'"),
        ("[segmentation]\nsrx = 1\n", 2, "segmentation.srx must be the name of a file"),
        ("[segmentation]\nEnglish = {}\n", 2, f"segmentation: 'English' {NO_LANGUAGE}"),
        ("[segmentation]\n\n[segmentation.en-GB]\n", 3, f"segmentation: 'en-GB' {NO_LANGUAGE}"),
        ("[segmentation.en]\n\nbreak = []\n", 3, "unknown setting 'segmentation.en.break', did you mean 'breaks'?"),
        ("[segmentation.en]\nabbreviations = 'Dr'\n", 2, "segmentation.en.abbreviations must be a list"),
        ("[segmentation.en]\nabbreviations = ['.']\n", 2, "segmentation.en.abbreviations: '.' is no abbreviation"),
        ("[segmentation.en]\nbreaks = [';']\n", 2, NO_RULE),
        ("[segmentation.en]\nbreaks = [{}]\n", 2, NO_RULE),
        ("[segmentation.en]\nbreaks = [{ behind = 'x' }]\n", 2, NO_RULE),
    ],
)  # fmt: skip
def test_settings_of_another_shape_are_refused(tmp_path: Path, text: str, line: int, reason: str) -> None:
    with pytest.raises(ConfigError) as caught:
        config.load(project(tmp_path, text))
    assert str(caught.value) == f"{tmp_path.resolve() / 'workbench.toml'}:{line}: {reason}"


def test_a_bad_expression_is_named_with_its_line(tmp_path: Path) -> None:
    text = "[segmentation.zh]\nbreaks = [{ before = '；' }]\n\n[segmentation.en]\nno_breaks = [\n"
    text += "  { before = 'a' },\n  { before = '(b', after = 'c' },\n]\n"
    with pytest.raises(ConfigError) as caught:
        load_rules(project(tmp_path, text) / "workbench.toml")
    assert str(caught.value) == f"{tmp_path / 'workbench.toml'}:7: before '(b': missing )"


def run(capfd: pytest.CaptureFixture[str], *args: str) -> tuple[int, list[str], str]:
    code = main(list(args))
    out, err = capfd.readouterr()
    return code, out.splitlines(), err


def test_the_commands_take_a_file_or_a_project(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = project(tmp_path / "p")
    source, target = folder / "segments" / "a.en.txt", folder / "segments" / "a.zh.txt"
    source.write_text("Yahoo! Mail took approx. Five hours; See Sig. Rossi.", encoding="utf-8")
    target.write_text("雅虎邮箱用了大约五个小时；去见罗西先生。", encoding="utf-8")
    with_rules = ["Yahoo! Mail took approx. Five hours;", "See Sig. Rossi."]
    plain = run(capfd, "segment", str(source), "--lang", "en")
    assert plain[1] != with_rules
    given = run(capfd, "segment", str(source), "--lang", "en", "--rules", str(folder / "workbench.toml"))
    assert given == (0, with_rules, "")
    assert run(capfd, "segment", str(source), "--lang", "en", "--project", str(folder)) == (0, with_rules, "")
    code, beads, _ = run(capfd, "align", str(source), str(target), "--project", str(folder))
    assert (code, [bead.rsplit(":", 1)[0] for bead in beads]) == (0, ["[0]:[0]", "[1]:[1]"])
    both = run(capfd, "segment", str(source), "--lang", "en", "--project", str(folder), "--rules", "x.srx")
    assert both[::2] == (
        2,
        "workbench: --rules and --project each name the rules of segmentation: give one of them\n",
    )
    ready = run(capfd, "align", str(source), str(target), "--one-per-line", "--project", str(folder))
    assert ready[0] == 2
    assert "segmented already" in ready[2]


SRX = b"""<srx version="2.0" xmlns="http://www.lisa.org/srx20"><header segmentsubflows="yes" cascade="no"/><body>
<languagerules><languagerule languagerulename="All"><rule><beforebreak>;</beforebreak></rule></languagerule>
</languagerules>
<maprules><languagemap languagepattern="en.*" languagerulename="All"/></maprules></body></srx>"""


def test_an_srx_file_stands_in_place_of_the_built_in_rules(tmp_path: Path) -> None:
    folder = project(
        tmp_path / "p", "[segmentation]\nsrx = 'house.srx'\n".replace("'house.srx'", "'sub/house.srx'")
    )
    (folder / "sub").mkdir()
    (folder / "sub" / "house.srx").write_bytes(SRX)
    (folder / "segments" / "a.en.txt").write_text("One. Two; three. Four.", encoding="utf-8")
    with Project(folder, author="li") as opened:
        opened.import_all()
        assert [unit.source for unit in opened.units()] == ["One. Two;", "three. Four."]


ENGLISH = "It is late.\n\nWe saw No. Six there. She waved.\n\nHe left; we stayed."
CHINESE = "很晚了。\n\n我们在那里看见了六号。她挥了手。\n\n他走了；我们留下了。"


def decide(folder: Path, number: int, text: str) -> None:
    with workbench.open_project(folder, author="li") as opened:
        review = opened.review("a")
        review.goto(number)
        review.confirm(text)


def units(folder: Path) -> list[tuple[str, str, str, State]]:
    with Project(folder, author="li") as opened:
        return [(unit.id, unit.source, unit.target, unit.state) for unit in opened.units("a")]


def test_new_rules_keep_the_review_of_all_that_they_leave_alone(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = project(tmp_path / "p", 'source_lang = "en"\n')
    (folder / "segments" / "a.en.txt").write_text(ENGLISH, encoding="utf-8")
    (folder / "segments" / "a.zh.txt").write_text(CHINESE, encoding="utf-8")
    assert run(capfd, "import", "--project", str(folder))[0] == 0
    decide(folder, 1, "时候不早了。")
    decide(folder, 3, "她挥了挥手。")
    before = units(folder)
    sources = ["It is late.", "We saw No. Six there.", "She waved.", "He left; we stayed."]
    assert [source for _, source, _, _ in before] == sources

    (folder / "workbench.toml").write_text(TOML, encoding="utf-8")
    assert "a: its files or segmentation rules changed" in run(capfd, "stats", str(folder))[2]
    done = run(capfd, "import", "--project", str(folder))
    assert done[2] == "a: 3 units kept (2 with review work), 2 new, 1 set aside\n"
    after = units(folder)
    assert after[:3] == before[:3]
    assert [unit[1:] for unit in after[3:]] == [
        ("He left;", "他走了；", State.INITIAL),
        ("we stayed.", "我们留下了。", State.INITIAL),
    ]
    assert run(capfd, "import", "--project", str(folder))[2] == "a: nothing new, 5 units\n"

    (folder / "workbench.toml").write_text('source_lang = "en"\n', encoding="utf-8")
    assert run(capfd, "import", "--project", str(folder))[0] == 0
    assert units(folder) == before


def test_a_reviewed_unit_that_a_rule_cuts_stays_whole_with_its_review(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = project(tmp_path / "p", 'source_lang = "en"\n')
    (folder / "segments" / "a.en.txt").write_text(ENGLISH, encoding="utf-8")
    (folder / "segments" / "a.zh.txt").write_text(CHINESE, encoding="utf-8")
    assert run(capfd, "import", "--project", str(folder))[0] == 0
    decide(folder, 4, "他走了，我们没走。")
    before = units(folder)
    (folder / "workbench.toml").write_text(TOML, encoding="utf-8")
    assert run(capfd, "import", "--project", str(folder))[2] == "a: nothing new, 4 units\n"
    assert units(folder) == before


def test_rules_for_one_side_leave_bilingual_files_alone(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = project(tmp_path / "p", 'source_lang = "en"\n')
    (folder / "segments" / "a.tsv").write_text("source\ttarget\nOne; two.\t一；二。\n", encoding="utf-8")
    assert run(capfd, "import", "--project", str(folder))[0] == 0
    (folder / "workbench.toml").write_text(TOML, encoding="utf-8")
    assert run(capfd, "import", "--project", str(folder))[2] == "a: nothing new, 1 unit\n"


def stored(source: str, draft: str, *, id: str, origin: str = "1-1", notes: str = "") -> TranslationUnit:
    return TranslationUnit(
        id=id,
        position=0,
        source=source,
        target=draft,
        drafts=(Draft(id="", text=draft),),
        origin=origin,
        notes=notes,
    )


FRESH = [stored("One;", "一；", id=""), stored("two.", "二。", id="")]


@pytest.mark.parametrize(
    ("unit", "judged", "expected"),
    [
        (stored("One; two.", "一；二。", id="a:1"), None, ["a:1"]),
        (stored("One; two.", "一；二。", id="a:1"), (), ["", ""]),
        (stored("One; two.", "一；二。", id="a:1"), ("a:1",), ["a:1"]),
        (stored("One; two.", "一；二。", id="a:1", origin="hand"), (), ["a:1"]),
        (stored("One; two.", "一；二。", id="a:1", notes="ask"), (), ["a:1"]),
    ],
)
def test_only_units_that_nobody_touched_are_cut_by_new_rules(
    unit: TranslationUnit, judged: tuple[str, ...] | None, expected: list[str]
) -> None:
    units, report = reconcile([unit], FRESH, judged=judged)
    assert [one.id for one in units] == expected
    assert (report.kept, report.removed) == ((1, 0) if expected == ["a:1"] else (0, 1))


def test_what_the_page_shows_can_be_loaded(tmp_path: Path) -> None:
    page = (Path(__file__).parents[1] / "docs" / "segmentation.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```toml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 2
    (tmp_path / "house.srx").write_bytes(SRX)
    for number, block in enumerate(blocks):
        path = tmp_path / f"{number}.toml"
        path.write_text(block, encoding="utf-8")
        rules = load_rules(path)
        assert rules.fingerprint("en")
    rules = load_rules(tmp_path / "0.toml")
    found = workbench.segment("Of ver. 2 Acme Co. Sells; z. B. Two. Go.", lang="en", rules=rules)
    assert [one.text for one in found] == ["Of ver. 2 Acme Co. Sells;", "z. B. Two.", "Go."]


def test_the_settings_that_init_writes_show_rules_that_work(tmp_path: Path) -> None:
    from workbench.pipeline.starting import SETTINGS

    text = SETTINGS[SETTINGS.index("# [segmentation]") :].replace("\n# ", "\n").removeprefix("# ")
    (tmp_path / "house.srx").write_bytes(SRX)
    (tmp_path / "x.toml").write_text(text, encoding="utf-8")
    rules = load_rules(tmp_path / "x.toml")
    assert rules.languages == (("en", LanguageRules(("approx",), (Rule("Yahoo!", r"\s", False),))),)
    assert rules.srx is not None


def test_a_no_break_rule_speaks_of_both_ends_of_the_white_space() -> None:
    document = SrxDocument((LanguageRule("R", (Rule(r"\.\s+", ""),)),), (LanguageMap(".*", "R"),))
    rules = SegmentationRules((("en", LanguageRules(("approx",))),), document)
    found = workbench.segment("It took approx.  Five hours.  Go.", lang="en", rules=rules)
    assert [one.text for one in found] == ["It took approx.  Five hours.", "Go."]


def test_the_aligner_leaves_the_segments_of_an_srx_file_alone() -> None:
    chinese = SrxDocument((LanguageRule("Z", (Rule("。"),)),), (LanguageMap("zh.*", "Z"),))
    source = "It is late. She waited... Nobody came. He left the house."
    target = "很晚了。她等着……没有人来。他离开了房子。"
    free = workbench.align(source, target, rules=SegmentationRules())
    assert "她等着……" in [one.text for one in free.target]
    held = workbench.align(source, target, rules=SegmentationRules(srx=chinese))
    assert [one.text for one in held.target] == ["很晚了。", "她等着……没有人来。", "他离开了房子。"]
