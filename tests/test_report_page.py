"""The report on a review: what it says of a project and a file, safe with any text, the same every time."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from called import run
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from workbench.model import Content, Document, Draft, Span, State, TranslationUnit
from workbench.pipeline.project import Project
from workbench.pipeline.reporting import Reviewed, review_of_content, review_of_project
from workbench.pipeline.rules import make_rules
from workbench.report.page import to_html
from workbench.report.unit_rows import chosen_units
from workbench.review.project import open_project

UNITS = (
    ("It cost 5.2 billion yuan.", "它花费了520亿元。", "它花费了52亿元。", State.REVIEWED),
    ("The hall was full.", "大厅里坐满了人。", "大厅里坐满了人。", State.REVIEWED),
    ("We meet at nine.", "我们九点见.", "我们九点见.", State.INITIAL),
)


def content(*units: tuple[str, str, str, State], name: str = "talk.jsonl") -> Content:
    made = tuple(
        TranslationUnit(
            f"u{n}", n, source, target, state, (Draft(f"d{n}", draft),) if draft is not None else ()
        )
        for n, (source, draft, target, state) in enumerate(units)
    )
    return Content(Document(name, "jsonl", "en", "zh-CN"), units=made)


def reviewed(*units: tuple[str, str, str, State], checks: str = "number,punctuation") -> Reviewed:
    return review_of_content(content(*(units or UNITS)), make_rules(checks), name="talk.jsonl")


def tree(page: str) -> html.HtmlElement:
    return html.document_fromstring(page)


def figures(page: str) -> dict[str, tuple[str, str]]:
    """The figures of the summary by their name."""
    return {
        box.findtext("dt"): (box.xpath("string(dd[1])"), box.xpath("string(dd[2])"))
        for box in tree(page).xpath("//dl[@class='facts']/div")
    }


def test_the_summary_says_what_was_done_and_what_is_left() -> None:
    page = to_html(reviewed())
    assert tree(page).xpath("string(//p[@class='lead'])") == (
        "2 of 3 units are reviewed; 1 is open. 1 of 3 drafts changed, 2 kept as they were. "
        "1 finding of the checks stands: 1 minor."
    )
    told = figures(page)
    assert told["Reviewed"] == ("67%", "2 of 3 units")
    assert told["Drafts kept"] == ("67%", "2 of 3 drafts untouched")
    assert told["Characters changed"] == ("4.3%", "edits / characters of the targets")
    assert told["Findings left"] == ("1", "1 minor")
    assert "Time spent" not in told
    assert "Quality (MQM)" not in told


def test_units_stand_side_by_side_with_what_changed() -> None:
    first, _second, third = tree(to_html(reviewed())).xpath("//table[@class='units']/tbody")
    source, draft, target = first.xpath(".//td[@class='text']/bdi")
    assert source.text_content() == "It cost 5.2 billion yuan."
    assert html.tostring(draft, encoding="unicode") == "<bdi>它花费了52<del>0</del>亿元。</bdi>"
    assert html.tostring(target, encoding="unicode") == "<bdi>它花费了52亿元。</bdi>"
    assert [cell.get("lang") for cell in first.xpath(".//td[@class='text']")] == [
        "en",
        "zh-Hans-CN",
        "zh-Hans-CN",
    ]
    assert first.xpath("string(.//td[@data-label='Edit %'])") == "11.1"
    assert (first.get("data-changed"), first.get("data-state"), first.get("data-kind")) == (
        "1",
        "reviewed",
        None,
    )
    assert third.get("data-kind") == "any punctuation"
    assert third.xpath("string(.//mark)") == "."
    assert "minor punctuation" in third.xpath("string(.//ul[@class='found']/li)")


def test_ratings_stand_with_the_unit(tmp_path: Path) -> None:
    (tmp_path / "workbench.toml").write_text("", encoding="utf-8")
    project = Project(tmp_path)
    units = [TranslationUnit("", n, "The hall.", "大厅。", drafts=(Draft("d", "大厅。"),)) for n in range(2)]
    project.store.save_document(Document("talk", "txt", "en", "zh-CN"), units)
    for author, value in (("ann", 80), ("bob", 61)):
        session = open_project(project.folder, author=author).review("talk")
        session.rate(value)
    session.edit("大堂。")
    made = review_of_project(project, checked=False)
    first, second = tree(to_html(made)).xpath("//table[@class='units']/tbody")
    assert [line.text_content() for line in first.xpath(".//ul[@class='found']/li")] == [
        "rated 80 (ann, of an earlier text)",
        "rated 61 (bob, of an earlier text)",
    ]
    assert (first.get("data-rated"), first.get("data-noted"), second.get("data-rated")) == ("70.5", "1", None)
    assert "worst rated first" in to_html(made)
    assert [number for number, _ in chosen_units(made.units, 1)] == [1]


def test_over_the_limit_the_gravest_and_the_most_changed_stay() -> None:
    made = reviewed(
        ("The hall was full.", "大厅里坐满了人。", "大厅里坐满了人。", State.REVIEWED),
        ("The hall was full.", "大厅里坐满了人。", "大厅里满是人。", State.REVIEWED),
        ("The hall was full.", "大厅里坐满了人。", "座无虚席。", State.REVIEWED),
        ("It cost 5 yuan.", "它花费了6元。", "它花费了6元。", State.REVIEWED),
    )
    assert [[number for number, _ in chosen_units(made.units, limit)] for limit in (1, 2, 3)] == [
        [4],
        [3, 4],
        [2, 3, 4],
    ]


def test_of_very_many_units_the_edit_rate_alone_is_scored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.pipeline.reporting.ALL_METRICS_UP_TO", 2)
    made = reviewed()
    assert [score.metric for score in made.scores] == ["edit"]
    assert made.warnings == (
        "of more than 2 units the edit rate alone is scored (--metric edit,ter,chrf,bleu takes all)",
    )
    whole = review_of_content(content(*UNITS), None, name="talk.jsonl", metrics=("edit", "chrf"))
    assert ([score.metric for score in whole.scores], whole.warnings) == (["edit", "chrf"], ())


def test_inserted_text_is_marked_as_such() -> None:
    page = to_html(reviewed(("Go now.", "走。", "现在走。", State.FINAL)))
    assert "<bdi><ins>现在</ins>走。</bdi>" in page


def test_plots_tell_their_values_as_text() -> None:
    page = tree(to_html(reviewed()))
    bands = page.xpath("//figure[contains(figcaption, 'How much was changed')]")[0]
    assert "unchanged2 · 67%" in "".join(bands.xpath(".//text/text()"))
    assert "6-15%1 · 33%" in "".join(bands.xpath(".//text/text()"))
    findings = page.xpath("//figure[contains(figcaption, 'Findings by kind')]")[0]
    assert "punctuation1" in "".join(findings.xpath(".//text/text()"))
    assert not page.xpath("//figure[contains(figcaption, 'Effort')]")


def test_scores_carry_their_signatures() -> None:
    page = tree(to_html(reviewed()))
    assert page.xpath("//div[@class='side']/div[1]//th/text()") == ["edit", "ter", "chrf", "bleu", "units"]
    assert page.xpath("//div[@class='side']/div[1]//td/text()")[-1] == "3"
    assert "bleu: nrefs:1|case:mixed|eff:no|tok:zh|smooth:exp" in page.text_content()


def test_a_file_without_drafts_has_no_column_for_them() -> None:
    units = [(source, None, target, state) for source, _, target, state in UNITS]
    page = tree(to_html(reviewed(*units)))  # type: ignore[arg-type]
    assert page.xpath("//table[@class='units']/thead//th/text()") == ["No", "Source", "Target", "State"]
    assert not page.xpath("//*[@id='scores']")
    assert not page.xpath("//select[@name='order']/option[contains(@value, 'edit')]")


def test_nothing_is_loaded_and_nothing_else_may_run() -> None:
    page = to_html(reviewed())
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[^']*'; script-src 'sha256-[^']*' 'sha256-[^']*'; base-uri 'none'",
        policy[1],
    )
    assert not re.search(r"\bsrc=|url\(|@import|https?://|\bstyle=|\bon\w+=", page)
    assert all(link.get("href").startswith("#") for link in tree(page).iter("a"))


def test_text_that_would_be_markup_or_steer_the_page_is_shown() -> None:
    evil = "</td><script>alert(1)</script><img src=x onerror=alert(2)>\u202e\x1b[31m&amp;\"'\u200b"
    made = content((evil, f"好{evil}", f"{evil}好", State.INITIAL), name=evil)
    page = to_html(review_of_content(made, make_rules("number"), name=evil), title=evil, date=evil)
    found = tree(page)
    assert len(found.xpath("//script")) == 2
    assert not found.xpath("//img")
    assert "⟨U+202E⟩␛[31m&amp;\"'⟨U+200B⟩" in found.xpath("string(//td[@data-label='Source'])")
    assert not re.search("[\u202e\x1b\u200b]", page)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.text(max_size=12), st.text(max_size=12), st.text(max_size=12)), max_size=3),
    st.text(max_size=6),
)
def test_any_text_makes_a_whole_page(texts: list[tuple[str, str, str]], name: str) -> None:
    units = [(source, draft, target, State.REVIEWED) for source, draft, target in texts]
    made = review_of_content(content(*units, name=name), make_rules("width"), name=name)
    page = to_html(made, title=name)
    assert page.encode("utf-8")
    assert page == to_html(made, title=name)
    assert len(tree(page).xpath("//table[@class='units']/tbody")) == len(units)


def test_over_the_limit_units_with_something_to_tell_go_first() -> None:
    quiet = [(f"Line {n}.", f"第{n}行。", f"第{n}行。", State.INITIAL) for n in range(8)]
    made = reviewed(*quiet[:5], UNITS[0], *quiet[5:], UNITS[2])
    assert [number for number, _ in chosen_units(made.units, 3)] == [1, 6, 10]
    assert [number for number, _ in chosen_units(made.units, None)] == list(range(1, 11))
    page = to_html(made, limit=3)
    assert "3 of 10 units are listed" in page
    assert page.count("<tbody data-n=") == 3
    none = to_html(made, limit=0)
    assert "10 units, not listed" in none
    assert '<table class="units"' not in none


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of three units, two of them reviewed on two days by two people."""
    (tmp_path / "segments").mkdir()
    lines = [
        {"id": f"talk:{n}", "source": source, "target": draft}
        for n, (source, draft, _, _) in enumerate(UNITS, 1)
    ]
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (tmp_path / "segments" / "talk.jsonl").write_text(text, encoding="utf-8")
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    for author, number, text, seconds in (("lin", 1, UNITS[0][2], 90.0), ("zhao", 2, UNITS[1][2], 30.0)):
        with open_project(tmp_path, author=author) as opened:
            session = opened.review("talk", clock=lambda at=now: at)
            session.goto(number)
            session.confirm(text, seconds=seconds, keystrokes=5)
            session.goto(number)
            if author == "zhao":
                session.annotate("style/awkward", "minor", "<b>stiff</b>", None, Span(0, 3))
                session.note("ask the client")
        now += timedelta(days=1)
    return tmp_path


def test_a_project_tells_of_people_and_their_time(project: Path) -> None:
    with Project(project, keep=False) as opened:
        page = to_html(review_of_project(opened))
    told = figures(page)
    assert told["Reviewed"] == ("67%", "2 of 3 units")
    assert told["Reviewers"] == ("2", "units of each: lin 1, zhao 1")
    assert told["Time spent"] == ("2 min", "on 2 units, 60 s each")
    assert told["Errors noted"] == ("1", "by people: 1 minor")
    assert "Quality (MQM)" in told
    found = tree(page)
    effort = found.xpath("//figure[contains(figcaption, 'Effort over time')]")[0]
    assert [title.text for title in effort.iter("{*}title", "title")] == [
        "2026-03-02: 1.5 minutes",
        "2026-03-03: 0.5 minutes",
    ]
    noted = found.xpath("//table[@class='units']/tbody[2]//li")
    assert [item.text_content() for item in noted] == [
        f"minor error style/awkward source “{UNITS[1][0][:3]}”: <b>stiff</b> (zhao)",
        "note: ask the client",
    ]
    (marked,) = found.xpath("//table[@class='units']/tbody[2]//td[@data-label='Source']//mark")
    assert (marked.get("class"), marked.text) == ("minor", UNITS[1][0][:3])
    assert (
        found.xpath("string(//table[@class='units']/tbody[1]//td[@class='state'])")
        == "reviewedlin · 90 stalk:1"
    )


def test_the_command_writes_a_project_a_file_and_stdout(project: Path) -> None:
    done = run("report", "-o", "out.html", folder=project)
    assert done.returncode == 0, done.stderr
    assert b"out.html: 0." in done.stderr
    assert not done.stdout
    page = (project / "out.html").read_text(encoding="utf-8")
    assert str(project) not in page
    again = run("report", "-o", "-", "--workers", "2", folder=project)
    assert again.stdout.decode() == page
    dated = run("report", "-o", "-", "--date", "2026-03-09", "--title", "März", "--no-checks", folder=project)
    assert "<h1>März</h1>" in dated.stdout.decode()
    assert "2026-03-09 · en" in dated.stdout.decode()
    assert "Findings left" not in dated.stdout.decode()
    one = run("report", "segments/talk.jsonl", "-o", "-", "--units", "none", folder=project)
    assert "<h1>Review report: talk.jsonl</h1>" in one.stdout.decode()


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("nowhere.csv",), "nowhere.csv"),
        (("--units", "some"), "write a number, all or none"),
        (("a.txt", "b.txt"), "several systems need a reference"),
        (("--source", "a.txt"), "need a reference"),
        (("--document", "nothing"), "nothing"),
        (("--metric", "comet"), "comet"),
        (("segments/talk.jsonl", "--document", "talk"), "goes with a project"),
    ],
)
def test_wrong_usage_is_one_line_and_writes_nothing(
    project: Path, words: tuple[str, ...], reason: str
) -> None:
    done = run("report", *words, folder=project)
    assert done.returncode == 2
    assert reason in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    assert not (project / "report.html").exists()
