"""The engine argos over a real package: its drafts, where it finds packages, and what it says when it cannot."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from tiny_model import MODEL, ROOT, members, package, tiny_engine

from workbench.engines import EngineOptions, Request, TermRequest, argos, argos_long, argos_packages
from workbench.errors import EngineError, UsageError
from workbench.model import Span


@pytest.fixture(scope="module")
def engine() -> argos.Argos:
    return tiny_engine()


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "packages"))
    with zipfile.ZipFile(MODEL) as archive:
        archive.extractall(tmp_path / "packages")
    return tmp_path / "packages"


SENTENCES = {
    "Thank you very much.": "非常感谢。",
    "The interpreting booth starts at 9:30.": "同传间9:30开始。",
    "We need 12 engineers for the glossary.": "术语表需要12名工程师。",
    "Where is the caption?": "字幕在哪里？",
}


def test_it_really_translates(engine: argos.Argos) -> None:
    found = engine.propose([Request(text) for text in SENTENCES])
    assert {text: one[0].text for text, one in zip(SENTENCES, found, strict=True)} == SENTENCES
    assert (engine.name, engine.label, engine.is_local, engine.batch_size) == (
        "argos",
        "Argos en→zh 0.1",
        True,
        32,
    )


def test_one_at_a_time_and_together_give_the_same_text_in_order(engine: argos.Argos) -> None:
    texts = [*SENTENCES, "", "On 14 March, our team presented the new network.", "  "]
    together = engine.propose([Request(text) for text in texts])
    assert together == [engine.propose([Request(text)])[0] for text in texts]
    assert [one[0].text for one in together[4::2]] == ["", ""]


def test_other_proposals_differ_and_come_best_first(engine: argos.Argos) -> None:
    found = engine.propose([Request("The interpreting booth starts at 9:30.")], alternatives=4)[0]
    assert [one.text for one in found[:2]] == ["同传间9:30开始。", "译员间9:30开始。"]
    assert len({one.text for one in found}) == len(found)
    scores = [one.score for one in found]
    assert all(score is not None and score < 0 for score in scores)
    assert max(scores) == scores[0]  # type: ignore[type-var]


def test_careful_decoding_does_not_loop(engine: argos.Argos) -> None:
    requests = [Request("The network, the network, the network, the network, the network, the network.")]
    careful = engine.propose(requests, careful=True)[0][0]
    assert all(careful.text.count(piece) < 3 for piece in ("网络", "网路"))
    same = engine.propose([Request("Where is the caption?")], careful=True)[0][0]
    plain = engine.propose([Request("Where is the caption?")])[0][0]
    assert same.text == plain.text == "字幕在哪里？"
    assert same.score == pytest.approx(plain.score, abs=0.01)


def test_the_package_of_argostranslates_folder_is_found(installed: Path) -> None:
    (installed / "no package").mkdir()
    found = argos_packages.installed()
    assert [(one.path.name, one.title) for one in found] == [(ROOT, "en→zh 0.1")]
    opened = argos.Argos("en", "zh-CN", EngineOptions())
    assert opened.propose([Request("We agree.")])[0][0].text == "我们同意。"
    opened.close()


def test_folders_are_those_of_argostranslate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = {"XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    assert argos_packages.packages_folder(home) == tmp_path / "data" / "argos-translate" / "packages"
    settings = tmp_path / "config" / "argos-translate" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"ARGOS_PACKAGES_DIR": str(tmp_path / "elsewhere")}))
    assert argos_packages.packages_folder(home) == tmp_path / "elsewhere"
    assert argos_packages.packages_folder(home | {"ARGOS_PACKAGES_DIR": "/here"}) == Path("/here")
    settings.write_text("[damaged")
    assert argos_packages.packages_folder(home) == tmp_path / "data" / "argos-translate" / "packages"
    monkeypatch.setattr(Path, "home", lambda: Path("/home/ann"))
    assert argos_packages.packages_folder({}) == Path("/home/ann/.local/share/argos-translate/packages")


@pytest.mark.parametrize(
    ("tag", "code"),
    [("en", "en"), ("zh-CN", "zh"), ("zh-Hant", "zt"), ("zh-TW", "zt"), ("pt-BR", "pb"), ("pt", "pt")],
)
def test_languages_by_argos_codes(tag: str, code: str) -> None:
    assert argos_packages.argos_code(tag) == code


def test_no_package_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path))
    with pytest.raises(EngineError) as caught:
        argos.Argos("en", "zh", EngineOptions())
    assert str(caught.value) == (
        "no Argos package en→zh is installed: workbench engines install FILE.argosmodel, "
        "or workbench engines install en zh where there is a network"
    )


def test_other_packages_are_named(installed: Path) -> None:
    with pytest.raises(EngineError, match=r"no Argos package en→zt is installed \(there are: en→zh 0\.1\): "):
        argos.Argos("en", "zh-TW", EngineOptions())


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib.util

    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(EngineError) as caught:
        tiny_engine()
    assert str(caught.value) == (
        "the engine argos needs ctranslate2 and sentencepiece: pip install 'translation-workbench[argos-light]'"
    )


BIN, PIECES, ABOUT = f"{ROOT}/model/model.bin", f"{ROOT}/sentencepiece.model", f"{ROOT}/metadata.json"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({BIN: members()[BIN][:5000]}, "its model cannot be loaded"),
        ({BIN: b""}, "its model cannot be loaded"),
        ({BIN: None}, "is no Argos package: it has no model/model.bin"),
        ({PIECES: b"nonsense"}, "its sentencepiece.model is broken; install the package again"),
        ({PIECES: None}, "it has neither sentencepiece.model nor bpe.model"),
        ({ABOUT: b"{}"}, "its metadata.json names no languages"),
        ({ABOUT: b"\xff"}, "its metadata.json names no languages"),
        ({ABOUT: None}, "it has no metadata.json"),
        ({PIECES: None, f"{ROOT}/bpe.model": b"x"}, "BPE pieces"),
    ],
)
def test_a_broken_package_is_one_line(tmp_path: Path, changes: dict[str, bytes | None], said: str) -> None:
    path = package(tmp_path / "p.argosmodel", changes)
    with pytest.raises(EngineError) as caught:
        argos.Argos("en", "zh", EngineOptions({"model": str(path)}))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_file_that_is_no_archive_and_one_for_another_pair(tmp_path: Path) -> None:
    path = tmp_path / "p.argosmodel"
    path.write_bytes(b"PK no")
    with pytest.raises(
        EngineError, match="is no Argos package: not a zip archive, or a damaged one; fetch it again"
    ):
        argos.Argos("en", "zh", EngineOptions({"model": str(path)}))
    with pytest.raises(EngineError, match=r"no such file; name an \.argosmodel file or an unpacked package"):
        argos.Argos("en", "zh", EngineOptions({"model": str(tmp_path / "none")}))
    with pytest.raises(EngineError, match=r"is for en→zh 0\.1, not for en→de: name another package"):
        argos.Argos("en", "de", EngineOptions({"model": str(MODEL)}))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"threads": -1}, "threads of the engine argos is a whole number from 0 on, not -1"),
        ({"batch_size": 0}, "batch_size of the engine argos is a whole number from 1 on, not 0"),
        ({"beam": "x"}, "beam of the engine argos is a whole number from 1 on, not 'x'"),
        ({"compute_type": "int3"}, "compute_type is one of auto, default, int8"),
    ],
)
def test_settings_that_cannot_be(values: dict[str, str | int], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        tiny_engine(**values)


def test_the_target_prefix_of_a_package_is_put_first_and_taken_off(tmp_path: Path) -> None:
    path = package(tmp_path / "p.argosmodel", target_prefix="芯片")
    found = argos.Argos("en", "zh", EngineOptions({"model": str(path)}))
    assert found.package.target_prefix == "芯片"
    pieces = found.decoder.decode([found.decoder.tokenizer.encode("We agree.")])[0][0].pieces
    assert pieces[0] == "芯片"
    assert not found.propose([Request("We agree.")])[0][0].text.startswith("芯片")


def test_short_memory_is_one_line(tmp_path: Path) -> None:
    program = (
        "import resource, sys, ctranslate2, sentencepiece\n"
        "from workbench.engines import argos, EngineOptions, Request\n"
        "from workbench.errors import EngineError\n"
        f"e = argos.Argos('en', 'zh', EngineOptions({{'model': {str(MODEL)!r}, 'threads': 1}}))\n"
        "used = int(open('/proc/self/statm').read().split()[0]) * resource.getpagesize()\n"
        "resource.setrlimit(resource.RLIMIT_AS, (used + (8 << 20), -1))\n"
        "try:\n"
        "    e.propose([Request('The network and ' * 120)] * 4000)\n"
        "except EngineError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=os.environ, timeout=120
    )
    assert done.stdout.startswith("memory is short for en→zh 0.1: about 1 MB are needed; "), done.stderr[
        -500:
    ]


def test_nothing_heavy_is_imported_before_an_engine_is_opened() -> None:
    program = (
        "import sys, workbench.engines; print([m for m in sys.modules if m.split('.')[0] in "
        "('ctranslate2', 'sentencepiece', 'argostranslate', 'torch')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


CLAUSES = ["The moderator said that the network cost $22 million", "the glossary starts at 16:15", "we agree"]


def test_a_segment_longer_than_the_models_positions_goes_in_pieces_and_no_batch_fails() -> None:
    engine = tiny_engine()
    long = ", ".join(CLAUSES * 6) + "."
    assert len(engine.decoder.tokenizer.encode(long)) > 128
    first, second, third = engine.propose([Request("We agree."), Request(long), Request("x" * 900)])
    assert first[0].text == "我们同意。"
    assert second[0].text.count("，") >= 1
    assert second[0].text.endswith("。")
    assert second[0].text.count("。") == 1, "the sentence goes on where it was cut"
    assert third[0].text
    assert (engine.decoder.most_in, engine.decoder.most_out) == (124, 124)
    assert engine.propose([Request(long)]) == [second], "the second time too"


def test_other_proposals_and_terms_of_a_long_segment() -> None:
    engine = tiny_engine()
    long = ". ".join(["Where is the caption", *["The interpreting booth starts at 9:30"] * 9]) + "."
    at = long.rindex("interpreting booth")
    wish = TermRequest(Span(at, at + len("interpreting booth")), ("译员间",))
    (found,) = engine.propose([Request(long, (wish,))], alternatives=2)
    assert len(found) == 2
    assert "译员间" in found[0].text
    (careful,) = engine.propose([Request(long)], careful=True)
    assert careful[0].text.startswith("字幕")


def test_a_translation_that_would_be_cut_off_is_made_of_halves() -> None:
    engine = tiny_engine()
    text = "We need 12 engineers for the glossary; the interpreting booth starts at 9:30."
    engine.decoder.most_out = 10
    (found,) = engine.propose([Request(text)])
    assert found[0].text == "术语表需要12名工程师，同传间9:30开始。"


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("One two. Three four, five six seven.", ["One two. ", "Three four, five six seven."]),
        ("One two, three four five six.", ["One two, ", "three four five six."]),
        ("One two three four", ["One two ", "three four"]),
        ("一二三四。五六七八。", ["一二三四。", "五六七八。"]),
        ("abcdefgh", ["abcd", "efgh"]),
    ],
)
def test_where_a_segment_is_cut(text: str, pieces: list[str]) -> None:
    assert [one.text for one in argos_long.halves(Request(text))] == pieces


def test_a_segment_is_not_cut_within_a_term() -> None:
    request = Request("aaa the data centre bbb", (TermRequest(Span(8, 19), ("数据中心",)),))
    assert [(one.text, one.terms) for one in argos_long.halves(request)] == [
        ("aaa the ", ()),
        ("data centre bbb", (TermRequest(Span(0, 11), ("数据中心",)),)),
    ]
