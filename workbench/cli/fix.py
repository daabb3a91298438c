"""`workbench fix`: the sure repairs of findings, shown first, in a file or a whole project."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli.check import loaded_glossary, project_around, read_file, rules_for
from workbench.cli.output import check_out, emit, format_by_name, read_input, say

if TYPE_CHECKING:
    from workbench.model import Content, Issue, State, TranslationUnit
    from workbench.pipeline.fix import FixedDocument

_STATES = {"initial": 1, "translated": 2, "all": 4}
_QUESTION = "make this fix? yes, no, all of this check, skip this check, quit [y/n/a/s/q] "


@dataclass(slots=True, kw_only=True)
class Options:
    """What the command line asks for."""

    checks: str | None
    units: tuple[str, ...]
    state: str
    profile: str
    glossary: Path | None
    document: str | None
    dry_run: bool
    ask: bool
    author: str | None
    source_lang: str | None
    target_lang: str | None
    out: str | None

    @property
    def states(self) -> tuple[State, ...]:
        """The states of the units that may be touched."""
        from workbench.model import State

        return tuple(State)[: _STATES[self.state]]

    def wants(self, unit: TranslationUnit) -> bool:
        """Whether the unit is one of those asked for."""
        return not self.units or unit.id in self.units


@click.command("fix")
@click.argument("path", metavar="[FILE|PROJECT]", default=".")
@click.option("--check", "checks", multiple=True, help="Fixes of these checks only (id,id), or all.")
@click.option("--unit", "units", multiple=True, help="Only the unit of this id.")
@click.option(
    "--state",
    type=click.Choice(list(_STATES)),
    default="initial",
    help="Touch units up to this state; all = confirmed ones too.",
)
@click.option("--dry-run", is_flag=True, help="Show what would change and write nothing.")
@click.option("--ask", is_flag=True, help="Ask for each fix.")
@click.option("--profile", multiple=True, help="House style, as in workbench check.")
@click.option("--glossary", type=click.Path(path_type=Path), help="Glossary to take terms from.")
@click.option("--document", help="Only this document of the project.")
@click.option("--author", help="Who fixes; default: as in workbench.toml, else the login name.")
@click.option("--source-lang", help="Language of the sources, where the file does not say it; default en.")
@click.option("--target-lang", help="Language of the targets, where the file does not say it; default zh.")
@click.option("-o", "--output", "out", help="Write the fixed file here instead of in place.")
def command(path: str, checks: tuple[str, ...], profile: tuple[str, ...], **rest: object) -> int:
    """Make the sure fixes in a bilingual FILE (in place, or to OUT), or in the PROJECT of this folder.

    What changes is shown first. Without --check, fixes that change how a text is written are made and none that change
    what it says. URLs, codes and placeholders stay as they are. In a project each document is one undo step.
    """
    from workbench.errors import UsageError

    options = Options(checks=",".join(checks) or None, profile=" ".join(profile), **rest)  # type: ignore[arg-type]
    if options.ask and path == "-":
        raise UsageError("--ask reads the answers from stdin: name the file")
    if path != "-" and Path(path).is_dir():
        if options.out:
            raise UsageError("-o goes with a file; a project keeps its fixes in its store")
        _fix_project(path, options)
    else:
        if options.document:
            raise UsageError("--document goes with a project")
        _fix_file(path, options)
    return 0


def _fix_project(path: str, options: Options) -> None:
    from workbench.cli.projects import opened
    from workbench.pipeline.fix import fix_project, store_fixes

    with opened(path, author=options.author, keep=not options.dry_run) as project:
        asking = Asking() if options.ask else None
        changed = fix_project(
            project,
            document=options.document,
            checks=options.checks,
            profile=options.profile,
            termbase=loaded_glossary(options.glossary),
            states=options.states,
            wanted=options.wants,
            choose=asking,
        )
        if asking is None:
            for one in changed:
                _show(one)
        if not options.dry_run:
            store_fixes(project, changed)
    _sum_up(changed, "would be made" if options.dry_run else "made; undo takes back a document's at once")


def _fix_file(path: str, options: Options) -> None:
    from workbench import formats
    from workbench.errors import UsageError
    from workbench.pipeline.fix import fix_content, with_targets
    from workbench.pipeline.patching import patched

    out = options.out or path
    shape = format_by_name(out) if out != "-" else "jsonl"
    check_out(options.out, [path], shape=shape)
    lines: list[int | None] = []
    around = project_around(path)
    content = read_file(path, around, options.source_lang, options.target_lang, lines=lines, line_ids=False)
    termbase = loaded_glossary(options.glossary)
    if termbase is None and around is not None:
        termbase = around.termbase
    asking = Asking() if options.ask else None
    changed = fix_content(
        _named(content, lines),
        rules_for(path, around, checks=None, profile=options.profile),
        termbase,
        checks=options.checks,
        states=options.states,
        wanted=options.wants,
        choose=asking,
    )
    unknown = set(options.units) - {
        unit.id or str(line) for unit, line in zip(content.units, lines, strict=True)
    }
    if unknown:
        raise UsageError(f"{path} has no unit {', '.join(sorted(unknown))}")
    if asking is None and (out != "-" or options.dry_run):
        _show(changed)
    if not options.dry_run and (changed.units or options.out or path == "-"):
        if shape == content.document.format.removesuffix("12") and path != "-" and out != "-":
            data, name = read_input(path)
            emit(patched(data, content, changed, lines, name=name), out)
        else:
            emit(formats.write_bytes(with_targets(content, changed), format=shape), out)
    _sum_up([changed], "would be made" if options.dry_run else "made")


def _named(content: Content, lines: list[int | None]) -> Content:
    """The content with the units that have no id called by their line."""
    from dataclasses import replace

    units = tuple(
        unit if unit.id else replace(unit, id=str(line))
        for unit, line in zip(content.units, lines, strict=True)
    )
    return replace(content, units=units)


def _show(changed: FixedDocument) -> None:
    """What changes, on stdout, before anything is written."""
    from workbench.report.differences import difference

    colour = _coloured()
    pieces = [
        difference(
            one.unit.id, one.unit.target, one.target, [issue.check for issue in one.made], colour=colour
        )
        for one in changed.units
    ]
    # In colour the text was made safe for a terminal piece by piece; `emit` would undo the colours.
    if colour:
        click.echo("".join(pieces), nl=False, color=True)
    else:
        emit("".join(pieces))


def _coloured() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


@dataclass(slots=True)
class Asking:
    """Asks for each fix on stderr and reads the answers from stdin, a line each; the end of stdin quits."""

    every: set[str] = field(default_factory=set)
    skipped: set[str] = field(default_factory=set)
    over: bool = False

    def __call__(self, unit: TranslationUnit, issue: Issue) -> bool:
        """Whether the fix is to be made."""
        from workbench import checks
        from workbench.report.differences import difference

        if self.over or issue.check in self.skipped or issue.fix is None:
            return False
        if issue.check in self.every:
            return True
        new = issue.fix.apply(unit.target)
        click.echo(
            difference(unit.id, unit.target, new, [issue.check], colour=_coloured()), nl=False, color=None
        )
        say([checks.message(issue)])
        while True:
            print(_QUESTION, end="", file=sys.stderr, flush=True)  # noqa: T201
            answer = sys.stdin.readline()
            match answer.strip().lower()[:1] if answer else "q":
                case "y":
                    return True
                case "n":
                    return False
                case "a":
                    self.every.add(issue.check)
                    return True
                case "s":
                    self.skipped.add(issue.check)
                    return False
                case "q":
                    self.over = True
                    return False
                case _:
                    continue


def _sum_up(changed: list[FixedDocument], done: str) -> None:
    """How many fixes of each check, in how many units, on stderr."""
    from collections import Counter

    from workbench.report.issues import counted

    counts = sum((one.counts for one in changed), Counter[str]())
    units, total = sum(len(one.units) for one in changed), sum(one.unit_count for one in changed)
    if counts:
        each = ", ".join(f"{count} {name}" for name, count in counts.most_common())
        number = sum(counts.values())
        say(
            [
                f"{number} {'fix' if number == 1 else 'fixes'} in {units} of {counted(total, 'unit')} {done}: {each}"
            ]
        )
    else:
        say([f"nothing to fix in {counted(total, 'unit')}"])
    passed = sum(one.passed for one in changed)
    if passed:
        were = "unit was left as it is" if passed == 1 else "units were left as they are"
        say([f"{passed} confirmed {were} (--state translated, --state all)"])
