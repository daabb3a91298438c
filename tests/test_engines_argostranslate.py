"""The engine argos beside argostranslate itself, over the same installed package: equal packages, equal texts."""

from __future__ import annotations

import importlib.util
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import tiny_model
from tiny_model import MODEL, ROOT

from workbench.engines import EngineOptions, Request, argos, argos_packages, installing

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [
    pytest.mark.argos,
    pytest.mark.skipif(importlib.util.find_spec("argostranslate") is None, reason="needs argostranslate"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The tiny package installed where argostranslate finds it; no network is to be had meanwhile."""
    base = tmp_path_factory.mktemp("argos")
    names = ("ARGOS_PACKAGES_DIR", "XDG_DATA_HOME")
    before = {name: os.environ.get(name) for name in names}
    os.environ["XDG_DATA_HOME"] = str(base)
    os.environ["ARGOS_PACKAGES_DIR"] = str(base / "argos-translate" / "packages")
    connect = socket.socket.connect

    def refused(self: socket.socket, address: object) -> None:
        raise OSError(f"no network here: {address}")

    socket.socket.connect = refused  # type: ignore[assignment, method-assign]
    installing.install_file(MODEL)
    yield base / "argos-translate" / "packages"
    socket.socket.connect = connect  # type: ignore[method-assign]
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def test_both_find_the_same_packages(folder: Path) -> None:
    from argostranslate import package, settings

    assert settings.package_data_dir == argos_packages.packages_folder() == folder
    theirs = [
        (one.package_path, one.from_code, one.to_code, one.package_version)
        for one in package.get_installed_packages()
    ]
    ours = [(one.path, one.source_code, one.target_code, one.version) for one in argos_packages.installed()]
    assert ours == theirs == [(folder / ROOT, "en", "zh", "0.1")]


def test_the_same_text_for_every_held_out_sentence(folder: Path) -> None:
    import grammar
    from argostranslate import translate

    texts = [pair.source for pair in grammar.held_out()] + [source for source, _ in grammar.FIXED]
    texts += ["", "Quantum computers are strange", "naïve Lumora № 7", "under_score and ▁ here"]
    engine = argos.Argos("en", "zh", EngineOptions())
    ours = [found[0].text for found in engine.propose([Request(text) for text in texts])]
    theirs = [translate.translate(text, "en", "zh") for text in texts]
    assert len(ours) == 416
    assert [
        (text, one, other) for text, one, other in zip(texts, ours, theirs, strict=True) if one != other
    ] == []


def test_the_same_alternatives(folder: Path) -> None:
    import grammar
    from argostranslate import translate

    engine = argos.Argos("en", "zh", EngineOptions())
    translation = translate.get_translation_from_codes("en", "zh")
    for pair in grammar.held_out()[:25]:
        theirs = list(
            dict.fromkeys(one.value for one in translation.hypotheses(pair.source, num_hypotheses=6))
        )
        ours = [one.text for one in engine.propose([Request(pair.source)], alternatives=6)[0]]
        assert ours == theirs, pair.source


def test_a_package_installed_by_argostranslate_is_ours_too(folder: Path) -> None:
    from argostranslate import package

    installing.remove("en_zh")
    assert package.get_installed_packages() == []
    package.install_from_path(MODEL)
    assert argos_packages.find("en", "zh").path == folder / ROOT
    assert tiny_model.tiny_engine().propose([Request("We agree.")])[0][0].text == "我们同意。"
