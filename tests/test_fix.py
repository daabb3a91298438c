"""`workbench fix`: safe, the same however often, shown first, one undo step a document, nothing else touched."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workbench.checks import CHECKS, CheckContext, select
from workbench.checks.fixing import FORM, fixed
from workbench.checks.texts import view
from workbench.cli.fix import command
from workbench.model import State, TranslationUnit
from workbench.report.differences import difference
from workbench.review.project import open_project
from workbench.termbase import loads

CONTEXT = CheckContext(loads("WeChat: {zh: 微信, forbidden: 威信}\n"))
SAFE = tuple(check for check in CHECKS if check.id in FORM)


def unit(target: str, source: str = "It is so.", state: State = State.INITIAL) -> TranslationUnit:
    return TranslationUnit("u", 0, source, target, state)


@pytest.mark.parametrize(
    ("source", "target", "after"),
    [
        ("It is good.", "它很好", "它很好。"),
        ("Good, very good.", "好,非常 好.", "好，非常好。"),
        ("Take ３ days (or 5).", "用３０天(或５天)。", "用30天（或5天）。"),
        ('She said "yes".', '她说"是"。', "她说“是”。"),
        (
            "See https://example.com/a,b now.",
            "现在,请看https://example.com/a,b",
            "现在，请看https://example.com/a,b。",
        ),
        ("Press {0}, then %s.", "按{0}吧,再按%s", "按{0}吧，再按%s。"),
        ("Run `a, b`.", "运行,好`a,b`", "运行，好`a,b`。"),
        ("Mail a.b@example.com (me).", "发给(我)a.b@example.com", "发给（我）a.b@example.com。"),
        ("WeChat is good.", "威信很好", "威信很好。"),
    ],
)
def test_what_safe_fixes_make_of_a_text(source: str, target: str, after: str) -> None:
    assert fixed(unit(target, source), CONTEXT, checks=SAFE).target == after


def test_named_checks_change_what_is_said() -> None:
    assert fixed(unit("威信,好", "WeChat, good"), CONTEXT, checks=select("terminology")).target == "微信,好"
    changed = fixed(unit("它花了5.2亿元。", "It cost 5.2 billion yuan."), CONTEXT, checks=select("number"))
    assert changed.target == "它花了52亿元。"
    assert [issue.check for issue in changed.made] == ["number"]


def test_only_the_check_of_addresses_mends_one() -> None:
    one = unit("看https://example.com/twp。", "See https://example.com/two.")
    assert fixed(one, CONTEXT, checks=select("-url")).target == one.target
    assert fixed(one, CONTEXT, checks=select("url")).target == "看https://example.com/two。"


def test_a_waived_finding_keeps_what_it_is_about() -> None:
    one = unit("好,非常 好。")
    (comma, _gap) = fixed(one, CONTEXT, checks=SAFE).made
    assert comma.check == "punctuation"
    assert fixed(one, CONTEXT, checks=SAFE, waived={comma.fingerprint}).target == "好,非常好。"


def test_one_at_a_time() -> None:
    asked: list[str] = []

    def choose(now: TranslationUnit, issue: object) -> bool:
        asked.append(now.target)
        return len(asked) != 1

    assert fixed(unit("好,非常 好"), CONTEXT, checks=SAFE, choose=choose).target == "好,非常好。"
    assert asked == ["好,非常 好", "好,非常 好", "好,非常好"]


_PIECES = (
    *"好天的吧頁们，。（）“”「」…３Ａ5a,.;:?!()'\" ",
    *("--", "AI", "3.5", "1,000", "10:30", "  ", "\u3000", "\u200b", "\t"),
    *(
        "{0}",
        "%s",
        "%(n)s",
        "<b>",
        "</b>",
        "&amp;",
        "`a,b`",
        "https://example.com/a,b?c=(1)",
        "a.b@example.com",
    ),
    *("www.example.org", "/usr/local/bin", "#PRS_ORG#", "${x}"),
)
_TEXTS = st.one_of(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join), st.text(max_size=40))


@settings(max_examples=150, deadline=None)
@given(_TEXTS, _TEXTS, st.sampled_from(["", "taiwan", "mainland", "ui"]))
@example("See {0}.", "看{ 0}", "")
@example("a", "好www.example.org.", "")
@example("a", "“好「好”好」", "taiwan")
def test_fixes_are_idempotent_and_never_touch_a_code(source: str, target: str, profile: str) -> None:
    context = replace(CONTEXT, profile=profile)
    for checks in (SAFE, tuple(check for check in CHECKS if check.id != "url")):
        once = fixed(unit(target, source), context, checks=checks).target
        assert fixed(unit(once, source), context, checks=checks).target == once
        assert [part.text for part in view(once).parts] == [part.text for part in view(target).parts]


# Files


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(command, list(arguments), input=stdin, catch_exceptions=False)


LINES = (
    '{"mine": [1, 2], "source": "It is good.", "target": "它很好"}\n'
    "\n"
    '{"source":"He went.",  "target":"他走了。"}\r\n'
    '{"id": "x", "source": "A, b.", "target": "甲,乙。", "state": "reviewed"}\n'
)


def test_of_a_jsonl_file_only_the_lines_that_change_are_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(LINES.encode())
    done = run(str(path))
    assert done.stdout == "1  punctuation\n- 它很好\n+ 它很好。\n"
    assert done.stderr == (
        "1 fix in 1 of 3 units made: 1 punctuation\n"
        "1 confirmed unit was left as it is (--state translated, --state all)\n"
    )
    assert path.read_bytes() == LINES.replace('"它很好"', '"它很好。"').encode()
    assert run(str(path)).stdout == ""


def test_confirmed_units_are_touched_where_it_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(LINES.encode())
    run(str(path), "--state", "all")
    last = json.loads(path.read_text(encoding="utf-8").splitlines()[-1])
    assert (last["target"], last["state"]) == ("甲，乙。", "initial")


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(LINES.encode())
    done = run(str(path), "--dry-run", "--check", "punctuation")
    assert "+ 它很好。" in done.stdout
    assert "would be made" in done.stderr
    assert path.read_bytes() == LINES.encode()


def test_a_file_can_go_elsewhere_and_into_another_format(tmp_path: Path) -> None:
    path, out = tmp_path / "a.jsonl", tmp_path / "b.csv"
    path.write_bytes(LINES.encode())
    run(str(path), "-o", str(out))
    assert "它很好。" in out.read_text(encoding="utf-8")
    assert path.read_bytes() == LINES.encode()
    assert json.loads(run(str(path), "-o", "-").stdout.splitlines()[0])["target"] == "它很好。"


def test_stdin_goes_to_stdout() -> None:
    done = run("-", stdin='{"source": "It is good.", "target": "它很好"}\n')
    assert json.loads(done.stdout)["target"] == "它很好。"


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.tmx"])
def test_every_format_is_fixed_in_place(tmp_path: Path, name: str) -> None:
    from workbench import formats
    from workbench.model import Content, Document

    path = tmp_path / name
    units = tuple(
        TranslationUnit(str(n), n, "It is <b>good</b>.", f"它{n}<b>很好</b>的,好。") for n in range(3)
    )
    formats.write(Content(Document("a", name[2:]), units=units), path)
    run(str(path), "--unit", "1")
    read = formats.read(path)
    assert [one.target for one in read.units] == [
        "它0<b>很好</b>的,好。",
        "它1<b>很好</b>的，好。",
        "它2<b>很好</b>的,好。",
    ]
    assert [one.id for one in read.units] == ["0", "1", "2"]


def test_ids_stay_what_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    # The first has its line for an id, the second none.
    path.write_text("id,source,target\n2,He ran.,他跑了\n,It is.,是\n", encoding="utf-8")
    assert "2  punctuation" in (done := run(str(path))).stdout
    assert "3  punctuation" in done.stdout
    rows = [line.split(",")[0] for line in path.read_text(encoding="utf-8").splitlines()]
    assert rows == ["id", "2", ""]


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        (
            "a.csv",
            '\ufeffid;comment;Source;Target\r\n1;=1+1;"It is; good.";"它,很 好;""是""。"\r\n2;x;No.;\'=不。\r\n',
            '\ufeffid;comment;Source;Target\r\n1;=1+1;"It is; good.";"它，很好；“是”。"\r\n2;x;No.;\'=不。\r\n',
        ),
        (
            "a.tsv",
            "Source\tReviewer\tTarget\nGood, fine.\t=me\t好,行。\nSo.\t\t好,行。\n",
            "Source\tReviewer\tTarget\nGood, fine.\t=me\t好，行。\nSo.\t\t好，行。\n",
        ),
        (
            "a.tmx",
            '<tmx version="1.4"><!-- kept --><header srclang="en" creationtool="other"><prop type="x">y</prop></header>'
            '<body><tu changeid="joe"><tuv xml:lang="en"><seg>A &amp; b, c.</seg></tuv><tuv xml:lang="de"><seg>A, b'
            '</seg></tuv><tuv xml:lang="zh-CN"><seg>甲&amp;乙,丙。</seg></tuv></tu></body></tmx>',
            '<tmx version="1.4"><!-- kept --><header srclang="en" creationtool="other"><prop type="x">y</prop></header>'
            '<body><tu changeid="joe"><tuv xml:lang="en"><seg>A &amp; b, c.</seg></tuv><tuv xml:lang="de"><seg>A, b'
            '</seg></tuv><tuv xml:lang="zh-CN"><seg>甲&amp;乙，丙。</seg></tuv></tu></body></tmx>',
        ),
    ],
)
def test_nothing_but_the_fix_changes_in_a_file(tmp_path: Path, name: str, before: str, after: str) -> None:
    path = tmp_path / name
    path.write_bytes(before.encode())
    run(str(path), "--target-lang", "zh-CN")
    assert path.read_bytes().decode() == after


def test_a_file_keeps_its_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes('source,target\nA and b.,"甲,乙。"\n'.encode("gb18030"))
    run(str(path))
    assert path.read_bytes() == 'source,target\nA and b.,"甲，乙。"\n'.encode("gb18030")


def test_what_cannot_be_put_in_place_is_refused_and_left(tmp_path: Path) -> None:
    unit = (
        '<tu><tuv xml:lang="en"><seg>A and b.</seg></tuv><tuv xml:lang="zh-CN"><seg>甲,乙。</seg></tuv></tu>'
    )
    path = tmp_path / "a.tmx"
    path.write_text(
        '<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" '
        'adminlang="en" srclang="en" datatype="plaintext"/>\n'
        f"<body><!-- {unit} -->{unit}</body></tmx>",
        encoding="utf-8",
    )
    before = path.read_bytes()
    done = CliRunner().invoke(command, [str(path)])
    assert "is not fixed in place" in str(done.exception)
    assert path.read_bytes() == before
    run(str(path), "-o", str(tmp_path / "b.tsv"))
    assert "甲，乙。" in (tmp_path / "b.tsv").read_text(encoding="utf-8")


def test_a_unit_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "u1", "source": "A, b.", "target": "甲,乙"}\n', encoding="utf-8")
    done = CliRunner().invoke(command, [str(path), "--unit", "zz"])
    assert "has no unit zz" in str(done.exception)


def test_each_fix_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"source": "A, b.", "target": "甲,乙 丙,丁"}\n', encoding="utf-8")
    done = run(str(path), "--ask", stdin="what?\nn\ny\nq\n")
    assert json.loads(path.read_text(encoding="utf-8"))["target"] == "甲,乙丙,丁"
    assert done.stderr.count("make this fix?") == 4
    run(str(path), "--ask", stdin="a\ns\n")
    assert json.loads(path.read_text(encoding="utf-8"))["target"] == "甲，乙丙，丁"


def test_a_difference_in_colour_marks_what_differs() -> None:
    assert difference("u1", "好,好", "好，好", ["width", "width"]) == "u1  width ×2\n- 好,好\n+ 好，好\n"
    coloured = difference("u\x1b1", "好,好", "好，好", ["width"], colour=True)
    assert coloured == (
        "\x1b[2mu␛1  width\x1b[0m\n"
        "\x1b[31m- 好\x1b[97;41m,\x1b[0m\x1b[31m好\x1b[0m\n"
        "\x1b[32m+ 好\x1b[97;42m，\x1b[0m\x1b[32m好\x1b[0m\n"
    )


# Projects


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "p"
    (folder / "segments").mkdir(parents=True)
    (folder / "workbench.toml").write_text('author = "wei"\n', encoding="utf-8")
    for name in ("a", "b"):
        rows = [
            {"id": f"{name}1", "source": "It is good.", "target": "它很好"},
            {"id": f"{name}2", "source": "A, b.", "target": "甲,乙。"},
            {"id": f"{name}3", "source": "It rains.", "target": "下雨了", "state": "reviewed"},
        ]
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / "segments" / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return folder


def targets(folder: Path) -> dict[str, str]:
    with open_project(folder) as opened:
        return {one.id: one.target for one in opened.units()}


def test_a_document_of_a_project_is_one_undo_step(project: Path) -> None:
    before = run(str(project), "--dry-run")
    assert not (project / ".workbench").exists()
    done = run(str(project))
    assert done.stdout == before.stdout
    assert done.stdout.startswith(
        "a1  punctuation\n- 它很好\n+ 它很好。\na2  punctuation\n- 甲,乙。\n+ 甲，乙。\nb1"
    )
    assert "4 fixes in 4 of 6 units made" in done.stderr
    assert "2 confirmed units were left as they are" in done.stderr
    fixed_targets = {
        "a1": "它很好。",
        "a2": "甲，乙。",
        "a3": "下雨了",
        "b1": "它很好。",
        "b2": "甲，乙。",
        "b3": "下雨了",
    }
    assert targets(project) == fixed_targets
    with open_project(project) as opened:
        session = opened.review("a")
        assert [entry.text for entry in opened.store.post_edits("a1", document_id="a")] == ["它很好。"]
        assert session.undo().startswith("fix punctuation undone")
    assert targets(project) == fixed_targets | {"a1": "它很好", "a2": "甲,乙。"}


def test_a_waiver_of_the_project_holds(project: Path) -> None:
    with open_project(project) as opened:
        opened.review("a").waive(1, "a heading")
    run(str(project), "--document", "a")
    assert targets(project)["a1"] == "它很好"
    assert targets(project)["a2"] == "甲，乙。"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("-", "--ask"), "--ask reads the answers from stdin"),
        (("a.jsonl", "--document", "x"), "--document goes with a project"),
        ((".", "-o", "x"), "-o goes with a file"),
        (("a.jsonl", "--check", "widht"), "no check named 'widht'"),
        (("no.jsonl",), "no.jsonl: no such file"),
    ],
)
def test_what_cannot_be_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], reason: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.jsonl").write_bytes(LINES.encode())
    with pytest.raises(Exception, match=reason):
        run(*arguments)


def test_choose_type() -> None:
    # `fixed` takes any function of a unit and a finding.
    always: Callable[..., bool] = lambda *_any: True  # noqa: E731
    assert fixed(unit("好,好。"), CONTEXT, checks=SAFE, choose=always).target == "好，好。"
