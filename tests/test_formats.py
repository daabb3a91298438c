"""What holds for every format: the registry, the docs, units kept, and files written whole or not at all."""

from __future__ import annotations

import gzip
import os
import re
import stat
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from powerless import powerless

import workbench.formats
from workbench import formats
from workbench.errors import FormatError, InputError, NotFoundError, OutputError, UsageError
from workbench.formats import FORMATS, ReadOptions
from workbench.formats.base import dump_value, load_value
from workbench.formats.files import UNPACKED_LIMIT
from workbench.model import Block, Content, Document, Draft, State, TranslationUnit
from workbench.xmlsafe import clean

DOCS = Path(__file__).parent.parent / "docs" / "formats.md"
BILINGUAL = [one for one in FORMATS if one.bilingual]
names = pytest.mark.parametrize("name", [one.name for one in BILINGUAL])

# Texts that break naive formats.
NASTY = [
    "=1+1", "+86 10", "-5", "@cmd", "\tx", "\r\nx", "'", "'=x", "''=x", "'quoted'", '"', '""', 'a"b', ",", ";", "a;=b",
    "a\tb", "\n", "a\nb", "a\rb", "a\r\nb", " x ", "\u3000全角", "\x85", "\u2028", "\u2029", "\x0b\x0c\x1c", "\x1b[31m",
    "\u202eabc\u202c", "\ufeffx", "👩‍👩‍👧‍👦", "é", "𠮷", "<b>&amp;</b>", "]]>", "<!-- -->",
    "[bold]", '["a"]', "[]", "{}", "null",
    "＝1", "－5", "＠x", "\x01", "\x7f", "\ufffe", "sep=;",
]  # fmt: skip
texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20),
    st.lists(st.sampled_from(NASTY), max_size=3).map("".join),
)
times = st.none() | st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1)).map(
    lambda at: at.replace(microsecond=0, tzinfo=UTC)
)
extras = st.dictionaries(
    texts.map(clean).filter(lambda key: key != "document"), texts.filter(bool), max_size=3
)


@st.composite
def contents(draw: st.DrawFn) -> Content:
    count = draw(st.integers(1, 4))
    units = []
    for position in range(count):
        unit_id = f"doc:{position}{draw(texts)}"
        drafts = ()
        if draw(st.booleans()):
            drafts = (Draft(f"{unit_id}/0", draw(texts), draw(texts), draw(st.none() | st.floats(0, 100))),)
        units.append(
            TranslationUnit(
                unit_id,
                position,
                draw(texts),
                draw(texts),
                draw(st.sampled_from(State)),
                drafts,
                draw(st.floats(0, 1)),
                origin=draw(texts),
                notes=tuple(draw(st.lists(texts, max_size=3))),
                changed_at=draw(times),
                changed_by=draw(texts),
                extra=tuple((key, dump_value(value)) for key, value in draw(extras).items()),
            )
        )
    return Content(Document("doc", "jsonl", "en", "zh-CN"), units=tuple(units))


def cleaned(content: Content) -> Content:
    """The content as XML can hold it."""

    def unit(one: TranslationUnit) -> TranslationUnit:
        return replace(
            one,
            id=clean(one.id),
            source=clean(one.source),
            target=clean(one.target),
            origin=clean(one.origin),
            changed_by=clean(one.changed_by),
            notes=tuple(clean(note) for note in one.notes),
            extra=tuple((key, dump_value(clean(str(load_value(value))))) for key, value in one.extra),
        )

    return replace(content, units=tuple(unit(one) for one in content.units))


@names
@settings(max_examples=35, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(content=contents())
def test_units_are_kept(name: str, content: Content) -> None:
    one = formats.find(name)
    if name in ("tmx", "xliff", "xliff12"):
        content = cleaned(content)
    read = formats.read_bytes(formats.write_bytes(content, format=name), name=f"x.{name}")
    assert len(read.units) == len(content.units)
    assert read.document.name == "doc"
    for found, wanted in zip(read.units, content.units, strict=True):
        for field in sorted(one.keeps - {"extra"}):
            assert getattr(found, field) == getattr(wanted, field), field
        assert dict(found.extra) == dict(wanted.extra)
        assert clean(found.draft) == clean(wanted.draft)


@names
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(content=contents())
def test_writing_what_was_read_gives_the_same_bytes(name: str, content: Content) -> None:
    once = formats.write_bytes(content, format=name)
    again = formats.write_bytes(formats.read_bytes(once, name=f"x.{name}"), format=name)
    assert again == once


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)
@settings(max_examples=35, deadline=None)
@given(
    data=st.binary(max_size=80)
    | st.lists(st.sampled_from(NASTY), max_size=8).map(lambda x: "".join(x).encode())
)
def test_no_bytes_bring_a_traceback(one: formats.Format, data: bytes) -> None:
    complaint = ""
    try:
        formats.read_bytes(data, name="x", format=one.name)
    except InputError as error:
        complaint = str(error)
    assert "\n" not in complaint


def test_registry_is_literal_and_unique() -> None:
    modules = Path(workbench.formats.__file__).parent.glob("*.py")
    defining = {path.stem for path in modules if re.search(r"^FORMAT = ", path.read_text(), re.MULTILINE)}
    assert defining == {one.name for one in FORMATS}
    extensions = [extension for one in FORMATS for extension in one.extensions]
    assert len(extensions) == len(set(extensions))
    assert all(extension.startswith(".") and extension == extension.lower() for extension in extensions)
    known = {field.name for field in fields(TranslationUnit)}
    assert all(one.keeps <= known for one in FORMATS)


def test_every_format_is_in_the_docs() -> None:
    docs = DOCS.read_text(encoding="utf-8")
    for one in FORMATS:
        assert re.search(rf"^## .*`{one.name}`", docs, re.MULTILINE), one.name
        assert all(f"`{extension}`" in docs for extension in one.extensions), one.name
        section = docs.split(f"`{one.name}`", 1)[1].split("\n## ", 1)[0]
        kept = re.search(r"^Kept exactly: (.*)$", section, re.MULTILINE)
        assert (set(re.findall(r"`(\w+)`", kept[1])) if kept else set()) == one.keeps, one.name


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)
def test_bytes_without_a_name_are_told_by_their_start(one: formats.Format) -> None:
    content = Content(Document("d", "x"), units=(TranslationUnit("1", 0, "One", "一"),))
    data = formats.write_bytes(content, format=one.name)
    assert formats.read_bytes(data, name="-").document.format == one.name


def test_formats_are_found_by_name_and_extension(tmp_path: Path) -> None:
    assert formats.by_extension("A.TMX.GZ") is formats.find("tmx")
    assert formats.by_extension("a.docx") is None
    with pytest.raises(
        NotFoundError,
        match=r"no format named 'doc' \(there are: tmx, csv, tsv, jsonl, xliff, xliff12, text\)",
    ):
        formats.find("doc")
    with pytest.raises(UsageError, match=r"a\.doc: no format has this extension \(there are: \.tmx"):
        formats.write(CONTENT, tmp_path / "a.doc")


CONTENT = Content(Document("d", "jsonl"), units=(TranslationUnit("d:1", 0, "One", "一", notes=("see 2",)),))


@names
def test_one_language_is_no_bilingual_file(name: str) -> None:
    content = Content(Document("letter", "text"), blocks=(Block("One."),))
    with pytest.raises(UsageError, match="letter has one language only"):
        formats.write_bytes(content, format=name)


@names
def test_units_of_several_documents_stay_apart(name: str) -> None:
    units = tuple(
        TranslationUnit(f"{own}:1", at, "One", "一", extra=(("document", f'"{own}"'),))
        for at, own in enumerate("ab")
    )
    content = Content(Document("project", name), units=units)
    read = formats.read_bytes(formats.write_bytes(content, format=name), name=f"project.{name}")
    assert read.document.name == "project"
    assert [unit.extra for unit in read.units] == [unit.extra for unit in units]


@names
def test_double_ids_are_warned_of_or_refused(name: str) -> None:
    units = (TranslationUnit("d:1", 0, "One", "一"), TranslationUnit("d:1", 1, "Two", "二"))
    data = formats.write_bytes(Content(Document("d", name), units=units), format=name)
    said: list[str] = []
    assert (
        len(formats.read_bytes(data, name="f", format=name, options=ReadOptions(warn=said.append)).units) == 2
    )
    assert len(said) == 1
    assert re.fullmatch(r"f:\d+: the id 'd:1' stands on line \d+ too", said[0])
    with pytest.raises(FormatError, match=r"^f:\d+: the id 'd:1' stands on line \d+ too$"):
        formats.read_bytes(data, name="f", format=name, options=ReadOptions(unique_ids=True))


def test_units_without_ids_may_be_called_by_their_line() -> None:
    data = b'\n{"source": "One", "target": ""}\n'
    assert formats.read_bytes(data, name="x.jsonl").units[0].id == ""
    assert formats.read_bytes(data, name="x.jsonl", options=ReadOptions(line_ids=True)).units[0].id == "2"
    table = b'source,target\r\n"One\r\nmore",A\r\nTwo,B\r\n'
    units = formats.read_bytes(table, name="x.csv", options=ReadOptions(line_ids=True)).units
    assert [unit.id for unit in units] == ["2", "4"]


# Files


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_read_and_write_files(tmp_path: Path) -> None:
    for name in ("a.jsonl", "a.tmx", "a.tmx.gz", "a.csv", "文件.tsv", "A.TMX"):
        path = tmp_path / name
        formats.write(CONTENT, path)
        assert [unit.target for unit in formats.read(path).units] == ["一"]
    assert (tmp_path / "a.tmx.gz").read_bytes()[:2] == b"\x1f\x8b"
    document, units = formats.stream(tmp_path / "a.tmx.gz")
    assert (document.source_lang, document.target_lang) == ("en", "zh-CN")
    assert [unit.id for unit in units] == ["d:1"]
    assert [unit.id for unit in formats.stream(tmp_path / "a.csv")[1]] == ["d:1"]


def test_unreadable_files_have_one_line_each(tmp_path: Path) -> None:
    for path, reason in ((tmp_path / "no.csv", "no such file"), (tmp_path, "is a directory, not a file")):
        with pytest.raises(InputError) as caught:
            formats.read(path)
        assert str(caught.value) == f"{path}: {reason}"


def test_gzip_damage_and_bombs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = gzip.compress(b'{"source": "One", "target": "1"}\n' * 100)
    assert len(formats.read_bytes(packed, name="a.jsonl.gz").units) == 100
    with pytest.raises(FormatError, match=r"^a\.jsonl: damaged gzip data: "):
        formats.read_bytes(packed[:-9], name="a.jsonl")
    with pytest.raises(FormatError, match=r"^a\.jsonl: damaged gzip data: "):
        formats.read_bytes(packed[:20] + b"xxxx" + packed[24:], name="a.jsonl")
    assert UNPACKED_LIMIT == 1 << 30
    monkeypatch.setattr("workbench.formats.files.UNPACKED_LIMIT", 1000)
    with pytest.raises(FormatError, match=r"^a\.jsonl: unpacks to more than 0 MB$"):
        formats.read_bytes(packed, name="a.jsonl")


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out.csv"
    path.write_bytes(b"as it was")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OutputError) as caught:
        formats.write(CONTENT, path)
    assert str(caught.value) == f"{path}: cannot be written: No space left on device"
    assert path.read_bytes() == b"as it was"
    assert names_in(tmp_path) == ["out.csv"]


def test_content_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        formats.write(Content(Document("d", "text"), blocks=(Block("x"),)), tmp_path / "out.tmx")
    assert names_in(tmp_path) == []


def test_impossible_goals_have_one_line_each(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "locked.csv").write_text("x")
    (tmp_path / "folder.csv").mkdir()
    for path, reason in (
        (tmp_path / "folder.csv", "is a directory, not a file"),
        (tmp_path / "none" / "a.csv", f"there is no folder {tmp_path / 'none'}"),
        (tmp_path / "file" / "a.csv", f"{tmp_path / 'file'} is no folder"),
        (tmp_path / f"{'x' * 300}.csv", "cannot be written: File name too long"),
    ):
        with pytest.raises(OutputError) as caught:
            formats.write(CONTENT, path)
        assert str(caught.value) == f"{path}: {reason}"
    assert names_in(tmp_path) == ["file", "folder.csv", "locked.csv"]


@powerless
def test_read_only_folders_and_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("x")
    path.chmod(0o444)
    with pytest.raises(OutputError, match="is write-protected"):
        formats.write(CONTENT, path)
    tmp_path.chmod(0o555)
    with pytest.raises(OutputError, match="cannot be written: no permission in"):
        formats.write(CONTENT, tmp_path / "new.csv")


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    path, link = tmp_path / "out.csv", tmp_path / "link.csv"
    path.write_text("x")
    path.chmod(0o640)
    link.symlink_to(path)
    formats.write(CONTENT, link)
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert formats.read(path).units[0].id == "d:1"
    fresh = tmp_path / "fresh.csv"
    formats.write(CONTENT, fresh)
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(fresh.stat().st_mode) == 0o666 & ~mask


def test_devices_are_written_to_directly() -> None:
    formats.write(CONTENT, "/dev/null", format="csv")
    assert Path("/dev/null").is_char_device()
