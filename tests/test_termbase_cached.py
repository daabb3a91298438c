"""The cached glossary is the glossary: same concepts, renewed when the file changes, never needed."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench import termbase
from workbench.errors import GlossaryError
from workbench.termbase import cached

TEXT = """\
Tech for Good: 科技向善
transcript:
  zh: [文字记录, 文字稿]
  forbidden: 成绩单
  note: not that of a school
AI:
  zh: 人工智能
  case: true
"""


def test_the_second_reading_needs_no_yaml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, cache = tmp_path / "glossary.yaml", tmp_path / "glossary.json"
    path.write_text(TEXT, encoding="utf-8")
    first = termbase.load_cached(path, cache)
    assert first.concepts == termbase.load(path).concepts
    monkeypatch.setattr(cached, "load", None)
    again = termbase.load_cached(path, cache)
    assert again.concepts == first.concepts
    assert again.digest == first.digest
    assert [concept.line for concept in again.concepts] == [1, 2, 6]
    assert [match.term.text for match in again.find("AI is in the transcripts.", "en")] == [
        "AI",
        "transcript",
    ]


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path, cache = tmp_path / "glossary.yaml", tmp_path / "glossary.json"
    path.write_text(TEXT, encoding="utf-8")
    termbase.load_cached(path, cache)
    path.write_text(TEXT + "hall: 大厅\n", encoding="utf-8")
    assert len(termbase.load_cached(path, cache).concepts) == 4
    assert termbase.load_cached(path, cache, target_lang="zh-TW").concepts[0].terms[1].lang == "zh-TW"
    path.write_text(TEXT + "hall: [\n", encoding="utf-8")
    with pytest.raises(GlossaryError, match=r"glossary\.yaml:"):
        termbase.load_cached(path, cache)


@pytest.mark.parametrize("damage", [b"", b"not json", b'["x"]', b"[1, [[2]]]", b'{"a": 1}', b"\xff\xfe"])
def test_a_damaged_cache_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    path, cache = tmp_path / "glossary.yaml", tmp_path / "glossary.json"
    path.write_text(TEXT, encoding="utf-8")
    cache.write_bytes(damage)
    assert len(termbase.load_cached(path, cache).concepts) == 3
    assert cache.read_bytes() != damage


def test_without_a_place_for_the_cache_the_glossary_is_read(tmp_path: Path) -> None:
    path = tmp_path / "glossary.yaml"
    path.write_text(TEXT, encoding="utf-8")
    assert len(termbase.load_cached(path, tmp_path / "none" / "glossary.json").concepts) == 3
    assert sorted(one.name for one in tmp_path.iterdir()) == ["glossary.yaml"]


def test_settings_and_flags_are_cached(tmp_path: Path) -> None:
    path, cache = tmp_path / "glossary.yaml", tmp_path / "glossary.json"
    path.write_text("$settings: {fold_scripts: true}\na: {keep: true, always: true}\n", encoding="utf-8")
    first, again = termbase.load_cached(path, cache), termbase.load_cached(path, cache)
    assert again.concepts == first.concepts
    assert again.settings == first.settings
    assert again.settings.fold_scripts
