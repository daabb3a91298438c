"""Argos packages brought onto this machine and taken off it: from a file, or from an index on the network.

Nothing is written before the archive is known to be safe, to be a package for the pair, and to hold a model that loads;
then it appears in argostranslate's folder under its final name at once.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
import urllib.error
import urllib.request
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from workbench.engines import argos_packages
from workbench.engines.argos_packages import Package, opened, package_of, packages_folder, root_of
from workbench.errors import EngineError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from zipfile import ZipFile

    Progress = Callable[[int, int | None], None]

SIZE_LIMIT = 4 << 30
INDEX_LIMIT = 16 << 20
_RATIO_LIMIT = 200
_TIMEOUT = 30.0
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Offer:
    """A package that an index offers; `sha256` and `size` where the index says them."""

    source_code: str
    target_code: str
    version: str
    links: tuple[str, ...]
    sha256: str = ""
    size: int | None = None


def install_file(
    path: Path, *, pair: tuple[str, str] | None = None, folder: Path | None = None, limit: int = SIZE_LIMIT
) -> Package:
    """Install an .argosmodel file, in place of an installed package of the same name; the package as installed.

    `pair` = the codes that it must be for; `limit` = the bytes it may unpack to. Raises EngineError; then nothing has
    changed.
    """
    place = packages_folder() if folder is None else folder
    with opened(path) as archive:
        root = root_of(archive, path)
        _refuse_bombs(archive, path, limit)
        package = package_of(_member(archive, f"{root}/metadata.json", path), path)
        if pair is not None and (package.source_code, package.target_code) != pair:
            raise EngineError(
                f"{path} is for {package.title}, not for {pair[0]}→{pair[1]}: nothing was installed"
            )
        _try_model(package)
        goal = place / root
        try:
            place.mkdir(parents=True, exist_ok=True)
            with _staging(place) as stage:
                _unpack(archive, stage, path)
                _swap(stage / root, goal, stage / ".old")
        except OSError as error:
            raise EngineError(
                f"{goal} cannot be written: {error.strerror or error}; nothing was installed"
            ) from None
    return argos_packages.read_package(goal)


def remove(name: str, *, folder: Path | None = None) -> Package:
    """Remove the installed package with that folder name, or the only one for a pair such as en_zh.

    Raises NotFoundError, and EngineError where several are for the pair or the folder may not be changed.
    """
    place = packages_folder() if folder is None else folder
    packages = argos_packages.installed(place)
    found = [one for one in packages if one.path.name == name] or [
        one for one in packages if f"{one.source_code}_{one.target_code}" == name
    ]
    if not found:
        raise NotFoundError("Argos package", name, known=tuple(one.path.name for one in packages))
    if len(found) > 1:
        names = ", ".join(one.path.name for one in found)
        raise EngineError(f"several packages are for {name}: name one of {names}")
    package = found[0]
    try:
        if package.path.is_symlink():
            package.path.unlink()
            return package
        with _staging(place) as stage:
            package.path.rename(stage / package.path.name)
    except OSError as error:
        raise EngineError(f"{package.path} cannot be removed: {error.strerror or error}") from None
    return package


def index_url(given: str | None = None) -> str:
    """The address of the index: given, else argostranslate's setting ARGOS_PACKAGE_INDEX, else Argos's own."""
    base = given or argos_packages.setting("ARGOS_PACKAGE_INDEX") or argos_packages.DEFAULT_INDEX
    return base if base.endswith(".json") else f"{base.rstrip('/')}/index.json"


def offers(url: str) -> list[Offer]:
    """The translation packages that the index at `url` offers. Raises EngineError."""
    data = b"".join(_chunks(url, limit=INDEX_LIMIT, progress=None))
    try:
        said: Any = json.loads(data)
        return [
            Offer(
                one["from_code"],
                one["to_code"],
                str(one.get("package_version", "")),
                tuple(urljoin(url, link) for link in one["links"]),
                str(one.get("sha256", "")),
                int(one["size"]) if one.get("size") is not None else None,
            )
            for one in said
            if one.get("type", "translate") == "translate"
        ]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise EngineError(f"{url} is no index of Argos packages: look at the address") from None


def install_pair(
    pair: tuple[str, str], *, index: str, progress: Progress | None = None, folder: Path | None = None
) -> Package:
    """Fetch the newest package for a pair of codes from the index at `index`, and install it. Raises EngineError."""
    choice = [one for one in offers(index) if (one.source_code, one.target_code) == pair and one.links]
    if not choice:
        raise EngineError(
            f"{index} offers no package {pair[0]}→{pair[1]}: workbench engines install FILE.argosmodel"
        )
    offer = max(choice, key=lambda one: _version(one.version))
    with tempfile.TemporaryDirectory(prefix="workbench-") as place:
        file = Path(place) / (urlsplit(offer.links[0]).path.rsplit("/", 1)[-1] or "package.argosmodel")
        for number, link in enumerate(offer.links):
            try:
                _fetch(link, file, offer, progress)
                break
            except EngineError:
                if number == len(offer.links) - 1:
                    raise
        return install_file(file, pair=pair, folder=folder)


def _fetch(link: str, file: Path, offer: Offer, progress: Progress | None) -> None:
    digest, size = hashlib.sha256(), 0
    try:
        with file.open("wb") as stream:
            for chunk in _chunks(link, limit=SIZE_LIMIT, progress=progress):
                digest.update(chunk)
                size += len(chunk)
                stream.write(chunk)
    except OSError as error:
        raise EngineError(
            f"{file} cannot be written: {error.strerror or error}; set TMPDIR to a roomier place"
        ) from None
    if offer.size is not None and size != offer.size:
        raise EngineError(f"{link} has {size} bytes where the index says {offer.size}: try again later")
    if offer.sha256 and digest.hexdigest() != offer.sha256.lower():
        raise EngineError(
            f"{link} is not the file that the index describes (its SHA-256 differs): not installed"
        )


def _chunks(url: str, *, limit: int, progress: Progress | None) -> Iterator[bytes]:
    """The bytes at `url`. Raises EngineError, for a broken connection and for more than `limit` bytes too."""
    if urlsplit(url).scheme not in ("http", "https"):
        raise EngineError(f"{url}: only http and https addresses are fetched")
    request = urllib.request.Request(url, headers={"User-Agent": "translation-workbench"})
    received = 0
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:
            said = answer.headers.get("Content-Length")
            total = int(said) if said and said.isdigit() else None
            while chunk := answer.read(_CHUNK):
                received += len(chunk)
                if received > limit:
                    raise EngineError(f"{url} has more than {limit >> 20} MB: not fetched further")
                if progress is not None:
                    progress(received, total)
                yield chunk
    except urllib.error.HTTPError as error:
        raise EngineError(f"{url} answers {error.code} {error.reason}: look at the address") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise EngineError(
            f"{url} cannot be reached ({reason}): without a network, workbench engines install FILE.argosmodel"
        ) from None
    if total is not None and received != total:
        raise EngineError(f"{url} broke off after {received} of {total} bytes: try again")


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in text.split("."))


def _refuse_bombs(archive: ZipFile, path: Path, limit: int) -> None:
    unpacked = sum(member.file_size for member in archive.infolist())
    packed = max(1, path.stat().st_size)
    if unpacked > limit or unpacked > _RATIO_LIMIT * packed:
        raise EngineError(
            f"{path} is refused: it unpacks to {unpacked >> 20} MB, more than a package may have"
        )


def _member(archive: ZipFile, name: str, path: Path) -> bytes:
    try:
        return archive.read(name)
    except Exception as error:
        raise EngineError(f"{path} is damaged ({error}); fetch it again") from None


def _try_model(package: Package) -> None:
    """Load the model and translate a word, where the libraries are there. Raises EngineError."""
    if any(find_spec(name) is None for name in ("ctranslate2", "sentencepiece")):
        return
    with opened(package.path) as archive:
        if f"{root_of(archive, package.path)}/sentencepiece.model" not in archive.namelist():
            return
    from workbench.engines.argos_decode import Decoder

    decoder = Decoder(package, threads=1)
    decoder.decode([decoder.tokenizer.encode("one")], beam=1)
    decoder.close()


@contextlib.contextmanager
def _staging(place: Path) -> Iterator[Path]:
    """A folder on the same file system as `place`, beside it where that can be; gone afterwards.

    Not within it if possible: argostranslate takes every folder in there for a package.
    """
    parent = place.resolve().parent
    if parent.stat().st_dev != place.stat().st_dev or not os.access(parent, os.W_OK):
        parent = place
    stage = Path(tempfile.mkdtemp(prefix=".installing-", dir=parent))
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _unpack(archive: ZipFile, stage: Path, path: Path) -> None:
    """Unpack names that `root_of` has found safe, never more than each says. Raises EngineError."""
    for member in archive.infolist():
        goal = stage / member.filename
        if member.is_dir():
            goal.mkdir(parents=True, exist_ok=True)
            continue
        goal.parent.mkdir(parents=True, exist_ok=True)
        left = member.file_size
        try:
            with archive.open(member) as packed, goal.open("xb") as stream:
                while chunk := packed.read(_CHUNK):
                    left -= len(chunk)
                    if left < 0:
                        raise EngineError(f"{path} is refused: {member.filename!r} is longer than it says")
                    stream.write(chunk)
        except (EngineError, OSError):
            raise
        except Exception as error:
            raise EngineError(f"{path} is damaged ({error}); fetch it again") from None


def _swap(fresh: Path, goal: Path, aside: Path) -> None:
    """Put a folder in the place of another; the old one is back where that fails."""
    replaced = goal.exists() or goal.is_symlink()
    if replaced:
        goal.rename(aside)
    try:
        fresh.rename(goal)
    except OSError:
        if replaced:
            aside.rename(goal)
        raise
