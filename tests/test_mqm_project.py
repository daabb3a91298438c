"""Quality of a project: judgements, scores by group, agreement, thresholds, settings, and the table for MQM Viewer."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from workbench.cli import export, stats
from workbench.errors import ConfigError
from workbench.metrics.mqm import CATEGORIES, PRESETS
from workbench.model import Document, Draft, Severity, Span, TranslationUnit
from workbench.pipeline.project import Project
from workbench.pipeline.quality import weights_of
from workbench.pipeline.stats import Overview, overview
from workbench.report.mqm import COLUMNS, category_name
from workbench.review.session import ReviewSession
from workbench.termbase import Termbase

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
PAIRS = [
    ("The hall was full.", "大厅座无虚席。"),  # 7 characters
    ("Nobody left early.", "没人提早离开."),  # 7
    ("The end.", "完了。"),  # 3
    ("Not looked at.", "没看过。"),
]


def make(folder: Path, settings: str = "") -> Project:
    (folder / "workbench.toml").write_text(settings, encoding="utf-8")
    project = Project(folder)
    units = [
        TranslationUnit("", 0, source, target, drafts=(Draft("d", target, "argos"),))
        for source, target in PAIRS
    ]
    project.store.save_document(Document("talk", "txt"), units)
    return project


def review(project: Project, author: str) -> ReviewSession:
    return ReviewSession(project.store, "talk", author, checks=(), termbase=Termbase(), clock=lambda: NOON)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Ann and Bob judge the first two units; Ann confirms the third without a word; nobody the fourth."""
    project = make(tmp_path)
    ann = review(project, "ann")
    ann.annotate("wrong-term", "major", "hall\tof fame", Span(0, 2))
    ann.rate(60)
    ann.next()
    ann.annotate("punctuation", "minor", "", Span(6, 7))
    ann.rate(90)
    ann.next()
    ann.confirm()
    bob = review(project, "bob")
    bob.goto(1)
    bob.annotate("accuracy", "minor", "", Span(1, 3))
    bob.rate(80)
    bob.next()
    bob.annotate("no-error", "neutral")
    bob.rate(100)
    return project


def test_the_scores_are_those_of_what_was_judged(project: Project) -> None:
    (group,) = overview(project).groups
    assert group.quality is not None
    mqm, esa = group.quality.mqm, group.quality.esa
    assert mqm is not None
    # (5 + 1) / 2 + (1 + 0) / 2 + 0 penalty points on 7 + 7 + 3 characters in three units.
    assert (mqm.apt, mqm.ewc, mqm.segments, mqm.counted) == (3.5, 17, 3, "characters")
    assert mqm.oqs == pytest.approx(100 * (1 - 3.5 / 17))
    assert esa is not None
    assert (esa.segments, esa.ratings) == (2, 4)
    assert esa.mean == pytest.approx((70 + 95) / 2)


def test_the_scores_of_each_reviewer(project: Project) -> None:
    found = {
        one.name: one.quality for one in overview(project, by="reviewer").groups if one.quality is not None
    }
    apt = {name: one.mqm.apt for name, one in found.items() if one.mqm is not None}
    segments = {name: one.mqm.segments for name, one in found.items() if one.mqm is not None}
    assert apt == {"ann": 6.0, "bob": 1.0, "total": 3.5}
    assert segments == {"ann": 3, "bob": 2, "total": 3}


def agreement(found: Overview) -> tuple[object, ...]:
    assert found.agreement is not None
    (pair,) = found.agreement.pairs
    return pair.first, pair.second, pair.units, pair.presence, pair.severity, pair.spans, pair.ratings


def test_reviewers_are_compared_on_texts_that_both_judged(project: Project) -> None:
    first, second, units, presence, severity, spans, ratings = agreement(overview(project))
    # Ann: error, error; Bob: error, none. po = 1/2, pe = 1/2.
    assert (first, second, units, presence) == ("ann", "bob", 2, pytest.approx(0.0))
    # major, minor against minor, none: po = 0, pe = 1/4.
    assert severity == pytest.approx(-1 / 3)
    # Ann marks 0..2 and 6..7, Bob 1..3: one code point of both, five marks.
    assert spans == pytest.approx(2 * 1 / 5)
    assert ratings == pytest.approx(1 - (2 * (400 + 100) / 4) / (sum_of_squares([60, 80, 90, 100]) / 12))


def sum_of_squares(values: list[int]) -> int:
    return sum((a - b) ** 2 for a in values for b in values)


def test_a_text_that_was_changed_meanwhile_is_another_one(project: Project) -> None:
    ann = review(project, "ann")
    ann.goto(1)
    ann.edit("礼堂座无虚席。")
    bob = review(project, "bob")
    bob.goto(1)
    bob.rate(100)
    found = overview(project).agreement
    assert found is not None
    assert [pair.units for pair in found.pairs] == [2]
    assert [pair.rated for pair in found.pairs] == [1]


def test_whoever_confirms_a_text_without_a_word_finds_no_error_in_it(project: Project) -> None:
    bob = review(project, "bob")
    bob.goto(3)
    bob.annotate("style", "minor")
    found = overview(project).agreement
    assert found is not None
    assert [(pair.first, pair.second, pair.units) for pair in found.pairs] == [("ann", "bob", 3)]


def test_nothing_noted_is_no_quality(tmp_path: Path) -> None:
    project = make(tmp_path)
    review(project, "ann").confirm()
    found = overview(project)
    assert found.groups[-1].quality is None
    assert found.agreement is None


def test_undo_takes_a_judgement_back(project: Project) -> None:
    before = overview(project)
    bob = review(project, "bob")
    bob.goto(4)
    bob.annotate("accuracy", "critical")
    assert overview(project) != before
    bob.undo()
    assert overview(project) == before


SETTINGS = """
[mqm]
preset = "google"
per = "words"
reference = 100
threshold = 99.5
severity = { major = 10 }
category = { terminology = 2, "linguistic/punctuation" = { minor = 0.5 } }
"""


def test_the_settings_count(tmp_path: Path) -> None:
    project = make(tmp_path, SETTINGS)
    weights = weights_of(project.settings)
    assert weights.name == "google+own"
    assert weights.penalty("terminology/wrong-term", Severity.MAJOR) == 20.0
    assert weights.penalty("linguistic/punctuation", Severity.MINOR) == 0.5
    review(project, "ann").annotate("terminology", "minor")
    found = overview(project)
    assert found.whole is not None
    assert found.whole.quality is not None
    mqm = found.whole.quality.mqm
    assert mqm is not None
    assert (mqm.apt, mqm.ewc, mqm.counted, mqm.npt) == (2.0, 4, "words", 50.0)
    assert found.threshold == 99.5


@pytest.mark.parametrize(
    ("settings", "line", "reason"),
    [
        ('[mqm]\npreset = "iso"\n', 2, "mqm: no preset 'iso'; there are core, google"),
        ('[mqm]\nper = "lines"\n', 2, "mqm: per is characters or words, not 'lines'"),
        ("[mqm]\nseverity = { huge = 3 }\n", 2, "mqm: no severity 'huge'; there are neutral, minor"),
        ("[mqm.category]\nmood = 3\n", 2, "mqm: no category named 'mood'"),
        ("[mqm.category]\nstyle = { huge = 3 }\n", 2, "mqm: no severity 'huge'"),
    ],
)
def test_settings_that_name_what_there_is_not(tmp_path: Path, settings: str, line: int, reason: str) -> None:
    project = make(tmp_path, settings)
    review(project, "ann").annotate("style", "minor")
    with pytest.raises(ConfigError) as caught:
        overview(project)
    assert str(caught.value).startswith(f"{tmp_path / 'workbench.toml'}:{line}: {reason}")


def run(project: Project, *options: str) -> tuple[int, str, str]:
    project.close()
    done = CliRunner().invoke(stats.command, [str(project.folder), *options], standalone_mode=False)
    return (
        done.return_value if done.exception is None else 2,
        done.stdout,
        done.stderr or str(done.exception or ""),
    )


@pytest.mark.parametrize(
    ("limits", "code", "said"),
    [
        (("oqs=79",), 0, ""),
        (("oqs=80",), 1, "oqs 79.41 is below 80\n"),
        (("esa=82.5", "oqs=79"), 0, ""),
        (("esa=83,oqs=80",), 1, "esa 82.50 is below 83\noqs 79.41 is below 80\n"),
        (("oqs",), 2, "--min oqs: workbench.toml sets no [mqm] threshold; write --min oqs=98"),
        (("bleu=30",), 2, "--min takes oqs, oqs=NUMBER and esa=NUMBER, not 'bleu=30'"),
        (("oqs=good",), 2, "--min oqs=good: 'good' is no number"),
    ],
)
def test_a_limit_sets_the_exit_code(project: Project, limits: tuple[str, ...], code: int, said: str) -> None:
    options = [word for limit in limits for word in ("--min", limit)]
    found, _out, err = run(project, *options)
    assert (found, err) == (code, said)


def test_the_threshold_of_the_settings_and_a_critical_error(tmp_path: Path) -> None:
    project = make(tmp_path, "[mqm]\nthreshold = -1000\n")
    review(project, "ann").annotate("style", "critical")
    code, out, err = run(project, "--min", "oqs")
    assert (code, err) == (1, "oqs: a critical error was found, one is enough to fail\n")
    assert "FAIL" in out


def test_text_and_json_of_the_command(project: Project) -> None:
    text = run(project)[1]
    rows = [line.split() for line in text.splitlines()]
    assert ["talk", "3", "17", "0", "2", "1", "0", "3.5", "205.88", "79.41", "1.167"] in rows
    assert "mqm: weights:core|per:characters|rwc:1000" in text
    assert ["ann,", "bob", "2", "0.000", "-0.333", "0.400", "2", "0.571"] in rows
    record = json.loads(run(project, "--to", "json")[1])[-1]
    assert record["mqm"]["apt"] == 3.5
    assert record["esa"]["mean"] == 82.5
    assert record["agreement"]["pairs"][0]["reviewers"] == ["ann", "bob"]


def test_the_table_for_mqm_viewer(project: Project) -> None:
    project.close()
    done = CliRunner().invoke(export.command, [str(project.folder), "--to", "mqm"], standalone_mode=False)
    rows = list(csv.DictReader(io.StringIO(done.stdout), delimiter="\t", quoting=csv.QUOTE_NONE))
    assert tuple(rows[0]) == COLUMNS
    short = [
        (row["docSegId"], row["rater"], row["target"], row["category"], row["severity"], row["metadata"])
        for row in rows
    ]
    assert short == [
        (
            "1", "ann", "<v>大厅</v>座无虚席。", "Terminology/Inappropriate for context", "Major",
            '{"segment": {"metrics": {"ESA": 60}}, "note": "hall\\tof fame", "marked_text": "大厅"}',
        ),
        (
            "1", "bob", "大<v>厅座</v>无虚席。", "Accuracy", "Minor",
            '{"segment": {"metrics": {"ESA": 80}}, "marked_text": "厅座"}',
        ),
        (
            "2", "ann", "没人提早离开<v>.</v>", "Fluency/Punctuation", "Minor",
            '{"segment": {"metrics": {"ESA": 90}}, "marked_text": "."}',
        ),
        ("2", "bob", "没人提早离开.", "no-error", "no-error", '{"segment": {"metrics": {"ESA": 100}}}'),
        ("3", "ann", "完了。", "no-error", "no-error", "{}"),
    ]  # fmt: skip
    assert {(row["system"], row["doc"], row["source"]) for row in rows[:2]} == {
        ("argos", "talk:en-zh-CN", "The hall was full.")
    }
    assert [row["globalSegId"] for row in rows] == ["1", "1", "2", "2", "3"]


def test_the_table_holds_the_text_that_was_judged(project: Project) -> None:
    ann = review(project, "ann")
    ann.goto(1)
    ann.edit("礼堂\t坐满了。")
    ann.annotate("addition", "minor", "", Span(2, 4))
    project.close()
    done = CliRunner().invoke(export.command, [str(project.folder), "--to", "mqm"], standalone_mode=False)
    cells = [line.split("\t") for line in done.stdout.splitlines()[1:]]
    assert all(len(row) == len(COLUMNS) for row in cells)
    assert ("argos", "<v>大厅</v>座无虚席。") in [(row[0], row[6]) for row in cells]
    assert ("post-edited", "礼堂<v> 坐</v>满了。") in [(row[0], row[6]) for row in cells]


def test_every_category_has_a_name_there() -> None:
    names = [
        category_name(one)
        for top, subs in CATEGORIES.items()
        for one in (top, *(f"{top}/{sub}" for sub in subs))
    ]
    assert len(set(names)) == len(names)
    assert category_name("accuracy/omission") == "Accuracy/Omission"
    assert category_name("locale/date-format") == "Locale convention/Date format"


def test_the_python_of_the_docs_gives_what_it_says() -> None:
    page = (Path(__file__).parents[1] / "docs" / "quality.md").read_text(encoding="utf-8")
    code = page.split("```python\n")[1].split("```")[0]
    names: dict[str, object] = {}
    shown = 0
    for line in code.splitlines():
        statement, _, said = (part.strip() for part in line.partition("#"))
        if said.endswith("…"):
            assert str(eval(statement, names)).startswith(said.rstrip("…")), line
            shown += 1
        else:
            exec(statement, names)
    assert shown == 3


def test_the_presets_are_those_of_the_docs() -> None:
    page = (Path(__file__).parents[1] / "docs" / "quality.md").read_text(encoding="utf-8")
    for name in (*PRESETS, *CATEGORIES, *(sub for subs in CATEGORIES.values() for sub in subs)):
        assert f"`{name}`" in page, name
