"""The docs name everything there is: commands, options, settings, formats, checks, metrics, keys, pages."""

from __future__ import annotations

import dataclasses
import re
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from workbench import checks, config, formats, metrics
from workbench.cli import keys
from workbench.cli.app import COMMANDS

ROOT = Path(__file__).parents[1]


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [name for name, _ in COMMANDS])
def test_every_command_and_option_is_in_the_reference(name: str) -> None:
    text = page("cli.md")
    found = re.search(rf"^## workbench {name}\b.*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, name
    module = import_module(f"workbench.cli.{'import_' if name == 'import' else name}")
    for parameter in module.command.params:
        if isinstance(parameter, click.Option):
            assert any(option in found[0] for option in parameter.opts), (name, parameter.opts)


def test_every_setting_is_in_the_file_that_init_writes() -> None:
    from workbench.pipeline.starting import SETTINGS

    for key in [field.name for field in dataclasses.fields(config.Settings)]:
        if key not in ("folder", "segments", "glossary", "store"):
            assert re.search(rf"^(# )?\[?{key}\b", SETTINGS, re.MULTILINE), key


def test_every_format_check_and_metric_has_its_words() -> None:
    for one in formats.FORMATS:
        assert f"`{one.name}`" in page("formats.md") or one.title in page("formats.md"), one.name
    for check in checks.CHECKS:
        assert f"`{check.id}`" in page("checks.md"), check.id
    for metric in metrics.METRICS:
        assert f"`{metric.name}`" in page("scoring.md"), metric.name


def test_the_table_of_review_commands_is_that_of_the_program() -> None:
    done = CliRunner().invoke(keys.command, ["--to", "markdown"])
    assert done.exit_code == 0
    assert done.output in page("review.md"), (
        "put the output of `workbench keys --to markdown` into docs/review.md"
    )


def test_every_page_is_linked_and_no_link_is_broken() -> None:
    pages = sorted((ROOT / "docs").glob("*.md"))
    linked: set[str] = set()
    for path in [ROOT / "README.md", *pages]:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            if "://" in target:
                continue
            goal = (path.parent / target).resolve()
            assert goal.exists(), f"{path.name} links to {target}"
            linked.add(goal.name)
    assert {path.name for path in pages} <= linked | {"index.md"}
