"""Argos packages installed from files and from an index on loopback, refused when unsafe, and removed."""

from __future__ import annotations

import hashlib
import http.server
import json
import stat
import threading
import zipfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from tiny_model import MODEL, ROOT, members, package

from workbench.cli import engines as command
from workbench.engines import EngineOptions, Request, argos, installing
from workbench.errors import EngineError, NotFoundError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "argos" / "packages"))
    monkeypatch.delenv("ARGOS_PACKAGE_INDEX", raising=False)
    return tmp_path / "argos" / "packages"


def names(place: Path) -> list[str]:
    """Everything in the folder of packages and beside it, hidden or not."""
    return (
        sorted(str(path.relative_to(place.parent)) for path in place.parent.glob("*/*"))
        if place.exists()
        else []
    )


def run(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(command.command, list(words), standalone_mode=False)
    if done.exception is not None:
        raise done.exception
    return int(done.return_value or 0), done.stdout, done.stderr


def test_install_list_draft_remove(folder: Path) -> None:
    assert run("install", str(MODEL)) == (0, "", f"installed en→zh 0.1 ({folder / ROOT})\n")
    assert names(folder) == [f"packages/{ROOT}"]
    _, listed, _ = run("list")
    assert "argos   " in listed
    assert f"{ROOT}  en→zh 0.1  0.7 MB" in listed
    found = json.loads(run("list", "--to", "json")[1])
    assert [(one["name"], one["from"], one["to"]) for one in found["packages"]] == [(ROOT, "en", "zh")]
    engine = argos.Argos("en", "zh", EngineOptions())
    assert engine.propose([Request("We agree.")])[0][0].text == "我们同意。"
    assert run("remove", "en_zh") == (0, "", f"removed en→zh 0.1 ({folder / ROOT})\n")
    assert names(folder) == []
    assert run("list")[2] == (
        f"no Argos package in {folder}: workbench engines install FILE.argosmodel, or install en zh\n"
    )


def test_installing_again_replaces(folder: Path, tmp_path: Path) -> None:
    installing.install_file(MODEL)
    (folder / ROOT / "stray").write_text("old")
    newer = installing.install_file(package(tmp_path / "p.argosmodel", package_version="0.2"))
    assert newer.title == "en→zh 0.2"
    assert names(folder) == [f"packages/{ROOT}"]
    assert not (folder / ROOT / "stray").exists()


def test_remove_is_exact(folder: Path, tmp_path: Path) -> None:
    installing.install_file(MODEL)
    (folder / "mine").mkdir()
    (folder / "mine" / "notes").write_text("keep")
    for name in ("mine", "..", ".", "en_de", f"{ROOT}/model", "translate"):
        with pytest.raises(NotFoundError):
            installing.remove(name)
    other = tmp_path / "elsewhere"
    (folder / ROOT).rename(other)
    (folder / "linked").symlink_to(other)
    installing.remove("linked")
    assert (other / "metadata.json").exists()
    assert names(folder) == ["packages/mine"]


def test_two_packages_for_a_pair_must_be_named(folder: Path) -> None:
    installing.install_file(MODEL)
    (folder / "second").mkdir()
    for name, data in members().items():
        goal = folder / "second" / name.removeprefix(f"{ROOT}/")
        goal.parent.mkdir(exist_ok=True)
        goal.write_bytes(data)
    with pytest.raises(EngineError, match=f"several packages are for en_zh: name one of second, {ROOT}"):
        installing.remove("en_zh")
    assert installing.remove("second").path.name == "second"
    assert names(folder) == [f"packages/{ROOT}"]


def linked() -> tuple[zipfile.ZipInfo, bytes]:
    link = zipfile.ZipInfo(f"{ROOT}/link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    return link, b"/etc/passwd"


UNSAFE = {
    "../evil": "would be written outside its folder",
    f"{ROOT}/../../evil": "would be written outside its folder",
    "/evil": "would be written outside its folder",
    f"{ROOT}\\..\\evil": "would be written outside its folder",
    "C:/evil": "would be written outside its folder",
    "other/file": "it does not hold one folder at its top",
}


@pytest.mark.parametrize("name", UNSAFE)
def test_an_archive_that_escapes_is_refused(folder: Path, tmp_path: Path, name: str) -> None:
    path = package(tmp_path / "p.argosmodel", {name: b"x"})
    with pytest.raises(EngineError, match=UNSAFE[name]):
        installing.install_file(path)
    assert names(folder) == []
    assert not list(tmp_path.rglob("evil"))


def test_links_are_refused(folder: Path, tmp_path: Path) -> None:
    path = package(tmp_path / "p.argosmodel")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(*linked())
    with pytest.raises(EngineError, match="is a link or a device"):
        installing.install_file(path)
    assert names(folder) == []


def test_bombs_are_refused(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "p.argosmodel"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members().items():
            archive.writestr(name, data)
        archive.writestr(f"{ROOT}/zeros", bytes(200 << 20))
    with pytest.raises(EngineError, match="it unpacks to 200 MB, more than a package may have"):
        installing.install_file(path)
    with pytest.raises(EngineError, match="it unpacks to 0 MB, more than a package may have"):
        installing.install_file(MODEL, limit=1000)
    assert names(folder) == []


def test_a_model_that_does_not_load_is_refused_before_anything_is_written(
    folder: Path, tmp_path: Path
) -> None:
    path = package(
        tmp_path / "p.argosmodel", {f"{ROOT}/model/model.bin": members()[f"{ROOT}/model/model.bin"][:900]}
    )
    with pytest.raises(EngineError, match="its model cannot be loaded"):
        installing.install_file(path)
    path.write_bytes(MODEL.read_bytes()[:300_000])
    with pytest.raises(EngineError, match="not a zip archive, or a damaged one; fetch it again"):
        installing.install_file(path)
    broken = bytearray(MODEL.read_bytes())
    broken[40_000] ^= 255
    path.write_bytes(broken)
    with pytest.raises(EngineError, match=r"damaged|cannot be loaded"):
        installing.install_file(path)
    assert not folder.exists()


def test_a_folder_that_may_not_be_written_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "file" / "packages"))
    with pytest.raises(EngineError, match="cannot be written: Not a directory; nothing was installed"):
        installing.install_file(MODEL)


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder, and the address where a real server gives it out."""
    place = tmp_path / "site"
    place.mkdir()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(place))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield place, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def offer(version: str, *links: str, **more: str | int) -> dict[str, object]:
    return {"from_code": "en", "to_code": "zh", "package_version": version, "links": list(links), **more}


def publish(place: Path, *offers: dict[str, object]) -> None:
    (place / "index.json").write_text(json.dumps([{"type": "sbd", "from_codes": ["en"]}, *offers]))


def test_the_newest_package_of_an_index_is_installed(folder: Path, site: tuple[Path, str]) -> None:
    place, url = site
    data = package(place / "new.argosmodel", package_version="1.10").read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    publish(
        place,
        offer("1.9", f"{url}/old.argosmodel"),
        offer("1.10", f"{url}/gone.argosmodel", "new.argosmodel", sha256=digest, size=len(data)),
        offer("1.2", f"{url}/old.argosmodel"),
    )
    assert run("install", "en", "zh", "--index", url) == (0, "", f"installed en→zh 1.10 ({folder / ROOT})\n")
    assert names(folder) == [f"packages/{ROOT}"]


def test_progress_is_told(folder: Path, site: tuple[Path, str]) -> None:
    place, url = site
    size = package(place / "p.argosmodel").stat().st_size
    publish(place, offer("1", "p.argosmodel"))
    told: list[tuple[int, int | None]] = []
    installing.install_pair(("en", "zh"), index=f"{url}/index.json", progress=lambda *both: told.append(both))
    assert told[-1] == (size, size)
    assert [received for received, _ in told] == sorted(received for received, _ in told)


def test_what_an_index_gives_is_not_trusted(folder: Path, site: tuple[Path, str], tmp_path: Path) -> None:
    place, url = site
    package(place / "p.argosmodel")
    package(place / "de.argosmodel", to_code="de")
    package(place / "evil.argosmodel", {"../evil": b"x"})
    cases = {
        "the index says 5": offer("1", "p.argosmodel", size=5),
        "is not the file that the index describes": offer("1", "p.argosmodel", sha256="00" * 32),
        "is for en→de 0.1, not for en→zh: nothing was installed": offer("1", "de.argosmodel"),
        "would be written outside": offer("1", "evil.argosmodel"),
        "answers 404 File not found: look at the address": offer("1", "none.argosmodel"),
        "only http and https addresses are fetched": offer("1", f"file://{MODEL}"),
    }
    for said, one in cases.items():
        publish(place, one)
        with pytest.raises(EngineError, match=said):
            run("install", "en", "zh", "--index", url)
    publish(place, offer("1"))
    with pytest.raises(
        EngineError, match=r"offers no package en→zh: workbench engines install FILE.argosmodel"
    ):
        run("install", "en", "zh", "--index", url)
    (place / "index.json").write_text("<html>")
    with pytest.raises(EngineError, match="is no index of Argos packages: look at the address"):
        run("install", "en", "zh", "--index", url)
    assert names(folder) == []
    assert not list(tmp_path.rglob("evil"))


def test_no_network_says_what_to_do(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", "http://127.0.0.1:1/")
    with pytest.raises(EngineError) as caught:
        run("install", "en", "zh")
    assert str(caught.value).startswith("http://127.0.0.1:1/index.json cannot be reached (")
    assert str(caught.value).endswith("): without a network, workbench engines install FILE.argosmodel")


def test_a_connection_that_breaks_off_is_found(
    folder: Path, site: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    place, url = site
    package(place / "p.argosmodel")
    publish(place, offer("1", "p.argosmodel"))
    send = Quiet.copyfile

    def cut(self: Quiet, source: object, outputfile: object) -> None:
        if self.path.endswith(".argosmodel"):
            self.wfile.write(b"x" * 100_000)
        else:
            send(self, source, outputfile)  # type: ignore[arg-type]

    monkeypatch.setattr(Quiet, "copyfile", cut)
    with pytest.raises(EngineError, match=r"broke off after 100000 of \d+ bytes: try again"):
        run("install", "en", "zh", "--index", url)
    assert names(folder) == []


@pytest.mark.parametrize(
    "words", [("en", "zh", "de"), ("a.argosmodel", "b.argosmodel"), ("x.argosmodel", "--index", "http://h")]
)
def test_wrong_words(folder: Path, words: tuple[str, ...]) -> None:
    with pytest.raises(UsageError):
        run("install", *words)
