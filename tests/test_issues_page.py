"""The findings page: whole, safe with any text, and saying everything that the findings say."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.checks import CheckContext, DocumentFindings, run
from workbench.model import TranslationUnit
from workbench.report.issues_page import to_html


def found(*units: tuple[str, str], name: str = "talk", path: str = "talk.csv") -> DocumentFindings:
    """The findings on (source, target) pairs."""
    made = [TranslationUnit(f"u{n}", n, *texts) for n, texts in enumerate(units)]
    pairs = tuple((unit, tuple(run(unit, CheckContext()))) for unit in made)
    return DocumentFindings(name, pairs, path, tuple(range(2, 2 + len(made))), waived=3)


WORDS = """
html head meta title style body main h1 h2 p i table thead tbody tfoot tr th td div code section article bdi mark ul li
b span del ins input select option label script
"""
KNOWN = frozenset(WORDS.split())


class Reading(HTMLParser):
    """The tags, attributes and text of a page; fails on a tag that is closed by another."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _value in attrs}
        if tag not in ("meta", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "script" not in self.open and "style" not in self.open:
            self.text += data


def test_a_finding_is_told_with_its_unit_its_place_and_its_fix() -> None:
    page = to_html([found(("It cost 5.2 billion yuan.", "它花了5.2亿元。"), ("Fine.", "好。"))])
    read = Reading(page)
    assert read.open == []
    for words in (
        "2 units, 1 of them with findings; 1 findings; 3 more were waived",
        "u0 · talk.csv:2",
        "It cost 5.2 billion yuan.",
        "wrong by a power of ten",
        "right would be 52亿",
    ):
        assert words in read.text
    assert "u1" not in read.text
    assert re.search(r'<mark class="critical">5\.2 billion', page)
    assert "<del>.</del>" in page


def test_empty_spans_and_changed_spaces_can_be_seen() -> None:
    page = to_html([found(("It is good.", "它 很好"))])
    assert '<mark class="point minor">‸</mark>' in page
    assert "<del>␣</del>" in page
    assert "<ins>。</ins>" in page


def test_nothing_is_loaded_and_nothing_else_may_run() -> None:
    page = to_html([found(("Go.", "走"))])
    assert "default-src 'none'" in page
    assert not re.search(r"(?:src|href)=|url\(|@import|https?://", page)
    assert page.count("<script>") == 1


def test_text_that_would_be_markup_or_steer_the_page_is_shown() -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>\u202e\x1b[31m&amp;\"'\u200b"
    page = to_html([found((evil, f"好 好{evil}"), name=evil, path=evil)])
    read = Reading(page)
    assert read.tags.count("script") == 1
    assert "img" not in read.tags
    assert not {"onerror", "src"} & read.attributes
    assert "⟨U+202E⟩␛[31m&amp;\"'⟨U+200B⟩" in read.text
    assert not re.search("[\u202e\x1b\u200b]", page)


def test_a_page_without_findings_says_so() -> None:
    read = Reading(to_html([found(("Fine.", "好。"))]))
    assert "No findings." in read.text
    assert "input" not in read.tags
    assert Reading(to_html([])).open == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=8))
def test_any_text_makes_a_whole_page(source: str, target: str, name: str) -> None:
    page = to_html([found((source, target + "  <b>\ud800"), name=name, path=name)])
    read = Reading(page)
    assert read.open == []
    assert page.encode("utf-8")
    assert " ".join(set(read.tags) - KNOWN) == ""
