"""Argos packages on this machine: where argostranslate keeps them, and what each says of itself.

The folders are those of argostranslate.settings, read here without it, so that both extras find the same packages.
"""

from __future__ import annotations

import json
import os
import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench import langs
from workbench.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_INDEX = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/"
_HOW_TO_GET = "workbench engines install FILE.argosmodel, or {pair} where there is a network"


@dataclass(frozen=True, slots=True)
class Package:
    """A package for one pair of languages: a folder, or an .argosmodel file that is read without being unpacked.

    The codes are Argos's own (zt = Traditional Chinese). `target_prefix` is a token that its model wants first.
    """

    path: Path
    source_code: str
    target_code: str
    version: str = ""
    target_prefix: str = ""

    @property
    def title(self) -> str:
        """What to call it: `en→zh 1.9`."""
        return f"{self.source_code}→{self.target_code}" + (f" {self.version}" if self.version else "")

    @property
    def size(self) -> int:
        """Its bytes on disk."""
        if self.path.is_file():
            return self.path.stat().st_size
        return sum(one.stat().st_size for one in self.path.rglob("*") if one.is_file())


def argos_code(tag: str) -> str:
    """The code by which Argos calls a language: zh-Hant → zt, pt-BR → pb, otherwise the primary subtag."""
    if langs.is_traditional(tag):
        return "zt"
    return "pb" if langs.normalize(tag) == "pt-BR" else langs.primary(tag)


def setting(name: str, environment: Mapping[str, str] | None = None) -> str | None:
    """A setting of argostranslate: from the environment, else from its settings.json, else None."""
    env = os.environ if environment is None else environment
    if name in env:
        return env[name]
    home = Path(env["SNAP_USER_DATA"]) if env.get("SNAP") and env.get("SNAP_USER_DATA") else Path.home()
    file = Path(env.get("XDG_CONFIG_HOME") or home / ".config") / "argos-translate" / "settings.json"
    try:
        found = json.loads(file.read_text("utf-8")).get(name)
    except (OSError, ValueError, AttributeError):
        return None
    return None if found is None else str(found)


def packages_folder(environment: Mapping[str, str] | None = None) -> Path:
    """The folder that argostranslate installs packages into; it need not exist."""
    env = os.environ if environment is None else environment
    given = setting("ARGOS_PACKAGES_DIR", env)
    if given:
        return Path(given)
    home = Path(env["SNAP_USER_DATA"]) if env.get("SNAP") and env.get("SNAP_USER_DATA") else Path.home()
    return Path(env.get("XDG_DATA_HOME") or home / ".local" / "share") / "argos-translate" / "packages"


def installed(folder: Path | None = None) -> list[Package]:
    """The translation packages of a folder (argostranslate's by default) by name; what is none is passed over."""
    place = packages_folder() if folder is None else folder
    try:
        candidates = sorted(
            path for path in place.iterdir() if path.is_dir() and not path.name.startswith(".")
        )
    except OSError:
        return []
    found = []
    for path in candidates:
        try:
            found.append(read_package(path))
        except EngineError:
            continue
    return found


def find(source_lang: str, target_lang: str, folder: Path | None = None) -> Package:
    """The installed package for a pair, the first by name as argostranslate takes it. Raises EngineError."""
    source, target = argos_code(source_lang), argos_code(target_lang)
    packages = installed(folder)
    for package in packages:
        if (package.source_code, package.target_code) == (source, target):
            return package
    hint = _HOW_TO_GET.format(pair=f"workbench engines install {source} {target}")
    others = ", ".join(package.title for package in packages)
    raise EngineError(
        f"no Argos package {source}→{target} is installed{f' (there are: {others})' if others else ''}: {hint}"
    )


def open_package(path: Path, source_lang: str, target_lang: str) -> Package:
    """The package in a folder or an .argosmodel file, which must be for the pair. Raises EngineError."""
    package = read_package(path)
    wanted = (argos_code(source_lang), argos_code(target_lang))
    if (package.source_code, package.target_code) != wanted:
        raise EngineError(
            f"{path} is for {package.title}, not for {wanted[0]}→{wanted[1]}: name another package"
        )
    return package


def read_package(path: Path) -> Package:
    """What a package folder or .argosmodel file says of itself. Raises EngineError where it is no package."""
    if path.is_dir():
        try:
            data = (path / "metadata.json").read_bytes()
        except OSError:
            raise EngineError(f"{path} is no Argos package: it has no metadata.json") from None
    else:
        with opened(path) as archive:
            data = archive.read(f"{root_of(archive, path)}/metadata.json")
    return package_of(data, path)


def package_of(metadata: bytes, path: Path) -> Package:
    """The package that a metadata.json describes. Raises EngineError."""
    try:
        said: Any = json.loads(metadata)
        kind, codes = said.get("type", "translate"), (said["from_code"], said["to_code"])
    except (ValueError, KeyError, AttributeError):
        raise EngineError(f"{path} is no Argos package: its metadata.json names no languages") from None
    if kind != "translate" or not all(isinstance(code, str) and code.isalnum() for code in codes):
        raise EngineError(f"{path} is no Argos package that translates from one language into another")
    return Package(
        path, codes[0], codes[1], str(said.get("package_version", "")), str(said.get("target_prefix", ""))
    )


def opened(path: Path) -> zipfile.ZipFile:
    """An .argosmodel file as an archive. Raises EngineError where it is missing or none."""
    try:
        return zipfile.ZipFile(path)
    except FileNotFoundError:
        raise EngineError(f"{path}: no such file; name an .argosmodel file or an unpacked package") from None
    except (OSError, zipfile.BadZipFile, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a zip archive, or a damaged one"
        raise EngineError(f"{path} is no Argos package: {reason}; fetch it again") from None


def root_of(archive: zipfile.ZipFile, path: Path) -> str:
    """The one folder in an archive that holds the package; every name in it is safe. Raises EngineError.

    Refused: names that are absolute or climb out, links, more than one folder at the top, no metadata or model.
    """
    roots, names = set(), set()
    for member in archive.infolist():
        name = member.filename
        parts = name.split("/")
        mode = member.external_attr >> 16
        if name.startswith("/") or "\\" in name or ":" in parts[0] or ".." in parts or "\0" in name:
            raise EngineError(f"{path} is refused: {name!r} in it would be written outside its folder")
        if stat.S_ISLNK(mode) or (mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR)):
            raise EngineError(f"{path} is refused: {name!r} in it is a link or a device")
        roots.add(parts[0])
        names.add(name.rstrip("/"))
    if len(roots) != 1:
        raise EngineError(f"{path} is no Argos package: it does not hold one folder at its top")
    root = roots.pop()
    needed = ("metadata.json", "model/model.bin")
    missing = [name for name in needed if f"{root}/{name}" not in names]
    if not root or root.startswith(".") or missing:
        raise EngineError(f"{path} is no Argos package: it has no {missing[0] if missing else 'folder'}")
    if not any(f"{root}/{name}" in names for name in ("sentencepiece.model", "bpe.model")):
        raise EngineError(f"{path} is no Argos package: it has neither sentencepiece.model nor bpe.model")
    return root
