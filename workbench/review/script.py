"""Review scripts: the commands of a review, one a line, carried out without a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.errors import CommandError, NotFoundError, ScriptError, StaleUnitError
from workbench.review import commands

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from workbench.review.session import ReviewSession

EXPECTED: dict[str, Callable[[ReviewSession], str]] = {
    "source": lambda session: session.unit.source,
    "target": lambda session: session.unit.target,
    "draft": lambda session: session.unit.draft,
    "state": lambda session: str(session.unit.state),
    "unit": lambda session: str(session.number),
    "count": lambda session: str(session.count),
    "issues": lambda session: str(len(session.issues())),
    "filter": lambda session: str(session.filter),
    "origin": lambda session: session.unit.origin,
    "matches": lambda session: " ".join(f"{one.percent:.0f}" for one in session.matches()),
    "ratings": lambda session: " ".join(f"{one.author}:{one.value}" for one in session.ratings()),
}
"""What `expect NAME VALUE` can look at."""


def run_script(session: ReviewSession, lines: Iterable[str], *, name: str = "<script>") -> Iterator[str]:
    """Carry out commands one by one, giving the line that each answers before the next one is begun.

    A line is a command's name and its argument; empty lines and those that begin with # are passed over. `expect target
    TEXT` stops the script unless it holds; `print target` answers the value. Raises ScriptError with the line's
    number; what was decided before it stays. The place is remembered at the end, however it comes.
    """
    try:
        for number, line in enumerate(lines, 1):
            words = line.strip().removeprefix("\ufeff")
            if not words or words.startswith("#"):
                continue
            try:
                yield _carry_out(session, words)
            except (CommandError, NotFoundError, StaleUnitError) as error:
                raise ScriptError(str(error), file=name, line=number) from error
    finally:
        session.save_place()


def _carry_out(session: ReviewSession, line: str) -> str:
    name, argument = (*line.split(None, 1), "")[:2]
    if name in ("expect", "print"):
        return _look(session, name, argument)
    command, argument = commands.read_line(line)
    if command.group == "Issues":
        session.look_around()
    return commands.run(session, command, argument)


def _look(session: ReviewSession, name: str, argument: str) -> str:
    subject, expected = (*argument.split(None, 1), "", "")[:2]
    look = EXPECTED.get(subject)
    if look is None:
        raise NotFoundError("value", subject, known=tuple(EXPECTED))
    if subject == "issues":
        session.look_around()
    found = look(session)
    if name == "print":
        return found
    if found != expected.strip():
        raise CommandError(f"expected {subject} {expected.strip()!r}, found {found!r}")
    return f"{subject} is as expected"
