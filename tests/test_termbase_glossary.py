"""glossary.yaml: what it may say, which line every error names, and adding to it without touching the rest."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from powerless import powerless

from workbench.errors import GlossaryError, OutputError
from workbench.model import Concept, Term, TermStatus
from workbench.termbase import add_concept, dumps, load, loads
from workbench.termbase.glossary import short_lines

FULL = """\
# The terms of the conference.
Tech for Good: 科技向善          # the vision

WeChat: [微信, WeChat]
TASI:
  en: [TASI, Tencent AI Simultaneous Interpreting]
  zh: 腾讯同传
  forbidden: [腾讯同声传译, TASI系统]
  deprecated: 同传机
  case: true
  domain: products
  definition: live interpreting by machine
  note: "keep: the acronym"
5G: 5G
yes: 是
1984: 一九八四
"""


def test_short_and_long_form() -> None:
    tech, wechat, tasi, five, yes, year = loads(FULL).concepts
    assert tech == Concept("Tech for Good", (Term("Tech for Good", "en"), Term("科技向善", "zh")))
    assert [(term.text, term.status.value) for term in wechat.in_lang("zh")] == [
        ("微信", "preferred"),
        ("WeChat", "admitted"),
    ]
    assert [(term.text, term.lang, term.status.value, term.case) for term in tasi.terms] == [
        ("TASI", "en", "preferred", True),
        ("Tencent AI Simultaneous Interpreting", "en", "admitted", True),
        ("腾讯同传", "zh", "preferred", True),
        ("腾讯同声传译", "zh", "forbidden", False),
        ("TASI系统", "zh", "forbidden", False),
        ("同传机", "zh", "deprecated", False),
    ]
    assert (tasi.domain, tasi.definition) == ("products", "live interpreting by machine")
    assert tasi.note == "keep: the acronym"
    assert [concept.line for concept in (tech, wechat, tasi, five)] == [2, 4, 5, 14]
    # YAML's words for truth and numbers are terms like any other.
    assert [concept.id for concept in (five, yes, year)] == ["5G", "yes", "1984"]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n"])
def test_an_empty_glossary_is_a_glossary(text: str) -> None:
    assert loads(text).concepts == ()


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("a: 甲\na: 乙\n", "g.yaml:2: 'a' is there twice (first in line 1)"),
        ("a:\n  zh: 甲\n  zh: 乙\n", "g.yaml:3: the key 'zh' is there twice in 'a'"),
        (
            "a:\n  zh: 甲\n  forbiden: 乙\n",
            "g.yaml:3: unknown key 'forbiden' in 'a': did you mean 'forbidden'?",
        ),
        (
            "a:\n  zh: 甲\n  xyzzy: 乙\n",
            "g.yaml:3: unknown key 'xyzzy' in 'a' (there are: en, zh, forbidden, deprecated, case, keep, "
            "always, first_mention, inflect, domain, definition, note)",
        ),
        ("a:\n", "g.yaml:1: the translation of 'a' is empty"),
        ("a: ''\n", "g.yaml:1: the translation of 'a' is empty"),
        ("a: []\n", "g.yaml:1: the translation of 'a' is an empty list"),
        ("a: [甲, '']\n", "g.yaml:1: the translation of 'a' is empty"),
        ("'': 甲\n", "g.yaml:1: a term is empty"),
        ("a: [甲, [乙]]\n", "g.yaml:1: the translation of 'a' must be a text"),
        ("a:\n  note: x\n", "g.yaml:1: 'a' has no translation: give 'zh'"),
        ("a:\n  zh: 甲\n  case: maybe\n", "g.yaml:3: 'case' of 'a' must be true or false, not 'maybe'"),
        ("a:\n  zh: {b: 甲}\n", "g.yaml:2: 'zh' of 'a' must be a text"),
        ("a:\n  zh: 甲\n  forbidden: 甲\n", "g.yaml:1: 'a' has '甲' twice (forbidden, preferred)"),
        ("- a\n- b\n", "g.yaml:1: a glossary is a list of lines `term: translation`"),
        ("just text\n", "g.yaml:1: a glossary is a list of lines `term: translation`"),
        ("a: 甲\nb 乙\nc: 丙\n", "g.yaml:3: a line without ': ' between term and translation"),
        ("a: 甲\n\tb: 乙\n", "g.yaml:2: a tab cannot indent: use spaces"),
        ("a: b: c\n", "g.yaml:1: a second ': ' in one line: put the text that holds it in quotes"),
        ("a: 甲\n---\nb: 乙\n", "g.yaml:2: a glossary is one YAML document: take out the line '---'"),
        ("a: 甲\nb: \x00乙\n", "g.yaml:2: the character U+0000 cannot stand in a glossary"),
        ("a: 甲\nb: \x1b乙\n", "g.yaml:2: the character U+001B cannot stand in a glossary"),
    ],
)
def test_errors_name_the_line(text: str, error: str) -> None:
    with pytest.raises(GlossaryError) as caught:
        loads(text, name="g.yaml")
    assert str(caught.value) == error


@pytest.mark.parametrize(
    "text", ["a: [甲\n", "a: '甲\n", "a: *b\n", "{a: 甲", "%bad\na: 甲", "? - x\n: y", "[" * 1000]
)
def test_broken_yaml_is_one_clear_error(text: str) -> None:
    with pytest.raises(GlossaryError) as caught:
        loads(text, name="g.yaml")
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("g.yaml:")


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab: -[]{}'\"\n#,甲\t&*!|>%@`?"), max_size=40))
def test_any_text_is_a_glossary_or_a_glossary_error(text: str) -> None:
    with contextlib.suppress(GlossaryError):
        loads(text)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match=r"none\.yaml: No such file"):
        load(tmp_path / "none.yaml")
    with pytest.raises(GlossaryError, match="Is a directory"):
        load(tmp_path)
    (tmp_path / "g.yaml").write_bytes("a: 甲\n".encode() + b"b: \xff\n")
    with pytest.raises(GlossaryError, match=r"g\.yaml:2: not UTF-8"):
        load(tmp_path / "g.yaml")


def test_a_byte_order_mark_and_crlf_are_no_part_of_a_term(tmp_path: Path) -> None:
    (tmp_path / "g.yaml").write_bytes(b"\xef\xbb\xbf" + "a: 甲\r\nb: 乙\r\n".encode())
    assert [(c.id, c.terms[1].text) for c in load(tmp_path / "g.yaml").concepts] == [("a", "甲"), ("b", "乙")]


NEW = Concept("Mr. Translator", (Term("Mr. Translator", "en"), Term("翻译君", "zh")))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", "Mr. Translator: 翻译君\n"),
        ("# top\na: 甲  # side\n\n# end\n", "# top\na: 甲  # side\n\n# end\nMr. Translator: 翻译君\n"),
        ("a: 甲", "a: 甲\nMr. Translator: 翻译君\n"),
        ("a: 甲\r\n", "a: 甲\r\nMr. Translator: 翻译君\r\n"),
        ("b: 乙\na:\n    zh:   '甲'\n", "b: 乙\na:\n    zh:   '甲'\nMr. Translator: 翻译君\n"),
        ("{a: 甲}\n", "{a: 甲, Mr. Translator: 翻译君}\n"),
    ],
)
def test_adding_keeps_every_line(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "glossary.yaml"
    path.write_bytes(old.encode())
    add_concept(path, NEW)
    assert path.read_bytes().decode() == new
    assert load(path).concepts[-1] == NEW
    assert [entry.name for entry in tmp_path.iterdir()] == ["glossary.yaml"]


def test_adding_makes_a_missing_file(tmp_path: Path) -> None:
    add_concept(tmp_path / "new.yaml", NEW)
    assert (tmp_path / "new.yaml").read_text(encoding="utf-8") == "Mr. Translator: 翻译君\n"


def test_adding_what_is_there_says_where(tmp_path: Path) -> None:
    path = tmp_path / "g.yaml"
    path.write_text("# x\nMr. Translator: 翻译\n", encoding="utf-8")
    with pytest.raises(GlossaryError, match=r"g\.yaml:2: 'Mr\. Translator' is in the glossary already"):
        add_concept(path, NEW)
    assert path.read_text(encoding="utf-8") == "# x\nMr. Translator: 翻译\n"


def test_adding_to_a_broken_glossary_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "g.yaml"
    path.write_text("a: [\n", encoding="utf-8")
    with pytest.raises(GlossaryError):
        add_concept(path, NEW)
    assert path.read_text(encoding="utf-8") == "a: [\n"


@powerless
def test_a_read_only_folder_is_one_clear_error(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(0o500)
    with pytest.raises(OutputError, match="Permission denied"):
        add_concept(folder / "g.yaml", NEW)


def test_adding_follows_a_link_and_keeps_the_mode(tmp_path: Path) -> None:
    real = tmp_path / "real.yaml"
    real.write_text("a: 甲\n", encoding="utf-8")
    real.chmod(0o640)
    link = tmp_path / "glossary.yaml"
    link.symlink_to(real)
    add_concept(link, NEW)
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert "翻译君" in real.read_text(encoding="utf-8")


TEXT = st.text(
    alphabet=st.characters(
        exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\ufeff\ufffe\uffff"
    ),
    min_size=1,
    max_size=12,
).filter(lambda text: text.strip() == text and text.isprintable())


@settings(max_examples=100, deadline=None)
@given(TEXT, st.lists(TEXT, min_size=1, max_size=3, unique=True), st.booleans(), st.one_of(st.just(""), TEXT))
def test_what_is_written_reads_the_same(head: str, texts: list[str], case: bool, note: str) -> None:
    statuses = [TermStatus.PREFERRED, TermStatus.ADMITTED, TermStatus.ADMITTED]
    terms = (
        Term(head, "en", case=case),
        *(Term(text, "zh", status, case) for text, status in zip(texts, statuses, strict=False)),
    )
    concept = Concept(head, terms, note=note)
    assert loads(dumps([concept])).concepts == (concept,)


def test_reading_a_glossary_loads_no_screen_and_no_database() -> None:
    code = "import sys, workbench.termbase as t; t.loads('a: 甲').find('a', 'en'); print(*sys.modules)"
    modules = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"textual", "rich", "sqlalchemy", "numpy"} & set(modules)


LINES = st.lists(
    st.text(alphabet=st.sampled_from("ab 甲:#-'.&+\"[]/null\r"), max_size=8)
    | st.sampled_from(["a: 甲", "b: 乙 # x", "# c"]),
    max_size=5,
).map("\n".join)


@settings(max_examples=200, deadline=None)
@given(LINES)
def test_the_short_way_reads_what_the_yaml_parser_reads(text: str) -> None:
    def read(extra: str) -> object:
        try:
            concepts = loads(text + extra).concepts
        except GlossaryError as error:
            return error.reason
        return [concept for concept in concepts if concept.id != "zz"]

    # An entry of the long form sends all the lines through the YAML parser.
    if short_lines(text)[1] is None:
        assert read("") == read("\nzz: {zh: 尾}\n")


def test_a_big_glossary_of_short_lines_reads_fast() -> None:
    text = "".join(f"term {chr(97 + index % 26)}{index}: 术语{index}\n" for index in range(20_000))
    assert short_lines(text)[1] is None
    assert len(loads(text).concepts) == 20_000


def test_settings_and_flags_are_read_and_written() -> None:
    text = (
        "$settings:\n  fold_scripts: true\n  first_mention: true\n"
        "B4H:\n  keep: true\nWeixin:\n  en: [Weixin, WX]\n  forbidden: 威信\n  keep: true\n  always: true\n"
        "b:\n  zh: 乙\n  first_mention: true\n"
    )
    termbase = loads(text)
    assert (termbase.settings.boundaries, termbase.settings.fold_scripts) == (True, True)
    b4h, weixin, second = termbase.concepts
    assert [(term.text, term.lang, term.case) for term in b4h.terms] == [
        ("B4H", "en", False),
        ("B4H", "zh", True),
    ]
    assert [term.text for term in weixin.in_lang("zh")] == ["Weixin", "WX", "威信"]
    assert (weixin.always, second.first_mention, b4h.always) == (True, True, False)
    assert dumps(termbase.concepts, settings=termbase.settings) == text


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("$settings: 1\n", "g.yaml:1: $settings holds keys such as 'boundaries'"),
        (
            "\n$settings: {boundary: true}\n",
            "g.yaml:2: unknown setting 'boundary': did you mean 'boundaries'?",
        ),
        (
            "$settings:\n  boundaries: maybe\n",
            "g.yaml:2: 'boundaries' of '$settings' must be true or false, not 'maybe'",
        ),
        (
            "a: {keep: true, zh: 甲}\n",
            "g.yaml:1: 'a' is kept as it is and has a translation: one or the other",
        ),
    ],
)
def test_errors_of_settings_and_flags(text: str, error: str) -> None:
    with pytest.raises(GlossaryError) as caught:
        loads(text, name="g.yaml")
    assert str(caught.value) == error


PARTS = st.lists(
    st.sampled_from(
        [
            "a: 甲",
            "b: 乙 # x",
            "# c",
            "d: [丁,",
            "e: 戊]",
            "f: 'x",
            "g: 己'",
            "h:",
            "  zh: 庚",
            "i: {zh: 辛,",
            "k: |",
            "  - 壬",
            "- 癸",
            "---",
        ]
    ),
    max_size=6,
).map("\n".join)


@settings(max_examples=200, deadline=None)
@given(PARTS)
def test_short_lines_among_others_are_read_as_the_yaml_parser_reads_them(text: str) -> None:
    def read(text: str) -> object:
        try:
            return [(concept, concept.line) for concept in loads(text).concepts if concept.id != "zz"]
        except GlossaryError as error:
            return error.reason

    # A tab in a comment sends every line through the YAML parser.
    assert read(text) == read(text + "\n#\t\n")


def test_a_big_glossary_with_a_long_entry_reads_fast() -> None:
    text = "".join(f"term {chr(97 + index % 26)}{index}: 术语{index}\n" for index in range(20_000))
    start = time.process_time()
    assert len(loads(text + "x: {zh: 乙, note: n}\n")) == 20_001
    assert time.process_time() - start < 3
