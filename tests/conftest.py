"""What all tests share: skipping what the machine cannot run, and failing on skips where nothing may be skipped."""

from __future__ import annotations

import gc
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# Programs that tests start run this checkout, wherever they are started and whatever copy is installed.
os.environ["PYTHONPATH"] = str(Path(__file__).parents[1])

# How long an example takes to draw or to run says how busy the machine is.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")

_NEEDS = {"tmux": ("tmux",), "postgres": ("initdb", "pg_ctl"), "chromium": ("chromium",)}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for mark, programs in _NEEDS.items():
            missing = [name for name in programs if shutil.which(name) is None]
            if item.get_closest_marker(mark) and missing:
                item.add_marker(pytest.mark.skip(reason=f"needs {', '.join(missing)}"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Let a process that has run its tests take those of another, so that all end together."""
    from xdist.scheduler import WorkStealingScheduling

    return WorkStealingScheduling(config, log) if config.getoption("dist") == "load" else None


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass over what stays to the end: the libraries, the modules, the tests."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if skipped and os.environ.get("WORKBENCH_NO_SKIPS"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep logs and settings of the person who runs the tests out of them; the lexicon's cache is shared by a run."""
    # A screen freezes what its start has made, which in one process would keep the screens of all tests.
    monkeypatch.setattr(gc, "freeze", lambda: None)
    base = tmp_path_factory.getbasetemp().parent / "home"
    base.mkdir(exist_ok=True)
    monkeypatch.setenv("XDG_CACHE_HOME", str(base / "cache"))
    monkeypatch.setenv("XDG_STATE_HOME", str(base / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(base / "config"))
    # COLUMNS and LINES, which some test runners set, would overrule the size of a terminal that a test makes.
    for name in ("NO_COLOR", "WORKBENCH_BENCH", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
