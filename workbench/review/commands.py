"""The commands of a review in one table: keys, footer, help, palette, scripts and documentation all come from it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from workbench.errors import CommandError, NotFoundError
from workbench.model import Span

if TYPE_CHECKING:
    from workbench.review.session import ReviewSession

Argument: TypeAlias = Literal[
    "text",
    "number",
    "filter",
    "reason",
    "issue",
    "issue and reason",
    "error",
    "offsets",
    "term",
    "kind",
    "match",
    "replacement",
    "version",
    "thread",
    "thread and text",
    "comment",
    "annotation",
    "annotation and severity",
]


@dataclass(frozen=True, slots=True)
class Command:
    """One command: `method` of the session carries it out, with what `argument` says that it needs.

    `keys` are comma-separated as Textual names them; the first is the one to show, and every plain terminal sends it.
    "alt+k d" is a letter behind the key that opens the repair of the alignment.
    `footer` = worth a place in the footer; `slow` = may take longer than a key press should.
    """

    name: str
    keys: str
    help: str
    method: str
    argument: Argument | None = None
    group: str = "Move"
    palette: bool = True
    footer: bool = False
    slow: bool = False

    @property
    def title(self) -> str:
        """The name in words: "next open"."""
        return self.name.replace("_", " ")

    @property
    def key(self) -> str:
        """The key to show, "" where there is none."""
        return self.keys.partition(",")[0]


COMMANDS: tuple[Command, ...] = (
    Command("next", "alt+down,ctrl+down", "go to the next unit", "next", palette=False),
    Command("previous", "alt+up,ctrl+up", "go to the previous unit", "previous", palette=False),
    Command("first", "alt+home", "go to the first unit", "first"),
    Command("last", "alt+end", "go to the last unit", "last"),
    Command("goto", "ctrl+g", "go to a unit by its number", "goto", "number"),
    Command("next_open", "alt+n", "go to the next unit that needs work", "next_open", footer=True),
    Command("previous_open", "alt+p", "go to the previous unit that needs work", "previous_open"),
    Command("next_issue", "f8,alt+i", "go to the next unit with issues", "next_issue", footer=True, slow=True),
    Command("previous_issue", "alt+o", "go to the previous unit with issues", "previous_issue", slow=True),
    Command("next_doubt", "alt+q,alt+k q", "go to the next unit whose alignment is doubtful", "next_doubt"),
    Command("previous_doubt", "alt+k Q", "go to the previous unit whose alignment is doubtful", "previous_doubt"),
    Command("search", "f3,ctrl+f s", "go to the next unit that holds a text or /an expression/", "search", "text",
            slow=True),
    Command("next_hit", "alt+shift+h,ctrl+f n", "go to the next unit that holds what was searched for", "next_hit",
            slow=True),
    Command("previous_hit", "alt+shift+g,shift+f3,ctrl+f p", "go to the previous unit that holds what was searched for",
            "previous_hit", slow=True),
    Command("forget_search", "ctrl+f x", "mark no hits any more", "forget_search", None, "Find"),
    Command("next_repeated", "ctrl+f e", "go to the next unit whose source is there more than once", "next_repeated",
            slow=True),
    Command("previous_repeated", "ctrl+f E", "go to the previous unit whose source is there more than once",
            "previous_repeated", slow=True),
    Command("replace", "ctrl+f r", "replace a text or /an expression/ in the targets shown, after showing the changes",
            "replace", "replacement", "Find", slow=True),
    Command("project_replace", "ctrl+f R", "replace in all documents of the project, after showing the changes",
            "project_replace", "replacement", "Find", slow=True),
    Command("concordance", "alt+shift+f,ctrl+f c", "where the selection stands in the project's units", "concordance",
            "text", "Find", slow=True),
    Command("lookup", "alt+shift+l,ctrl+f t", "look the selection up in the glossary, by a part of its terms",
            "lookup", "text", "Find"),
    Command("view", "ctrl+f v", "show the units of a saved view", "view", "text", "Find", slow=True),
    Command("save_view", "ctrl+f w", "keep the filter under a name", "save_view", "text", "Find"),
    Command("drop_view", "ctrl+f d", "forget a saved view", "drop_view", "text", "Find"),
    Command("filter", "f4,alt+l,ctrl+f f", "show only some units: open, issues, check:number, by:NAME, text:WORDS …",
            "set_filter", "filter", slow=True),
    Command("confirm", "f2,alt+c,ctrl+enter", "save, mark as done and go to the next open unit", "confirm", None,
            "Decide", footer=True),
    Command("edit", "ctrl+s", "save a new target and stay", "edit", "text", "Decide", palette=False),
    Command("unconfirm", "alt+u", "open a unit again that was done", "unconfirm", None, "Decide"),
    Command("sign_off", "alt+g", "make a reviewed unit final", "sign_off", None, "Decide"),
    Command("reject", "alt+r", "send a unit back, with a reason", "reject", "reason", "Decide"),
    Command("revert", "alt+h enter", "put back an earlier text of the unit; 0 is the draft", "revert", "version",
            "Decide"),
    Command("restore_draft", "alt+d", "put the draft back", "restore_draft", None, "Decide"),
    Command("copy_source", "alt+s", "copy the source to the target", "copy_source", None, "Decide"),
    Command("match", "alt+shift+m", "put a match in place of the target", "match", "match", "Decide"),
    Command("best_match", "alt+shift+b", "put the best match in place of the target", "best_match", None, "Decide"),
    Command("propagate", "alt+shift+c", "confirm the same text for all open units with the same source", "propagate",
            None, "Decide"),
    Command("draft", "alt+shift+d", "have the engine draft the unit", "draft_unit", None, "Drafts", slow=True),
    Command("another", "alt+shift+n", "put the next proposal for the unit in its place", "another", None, "Drafts",
            slow=True),
    Command("draft_missing", "alt+shift+a", "draft all units of the document that lack a draft", "draft_missing", None,
            "Drafts", slow=True),
    Command("fix", "f9,alt+x", "make the sure repair of an issue", "apply_fix", "issue", "Issues", footer=True),
    Command("fix_all", "alt+a", "make every sure repair in the unit", "apply_all_fixes", None, "Issues"),
    Command("waive", "alt+w", "judge an issue not to be an error", "waive", "issue and reason", "Issues"),
    Command("unwaive", "", "let a waived issue count again", "unwaive", "issue", "Issues"),
    Command("annotate", "alt+e", "note an error: category, severity, comment", "annotate", "error", "Issues"),
    Command("unannotate", "alt+e x", "take an annotation away", "unannotate", "annotation", "Issues"),
    Command("grade", "alt+e g", "give an annotation another severity", "grade", "annotation and severity", "Issues"),
    Command("rate", "ctrl+t", "say how good the unit is, from 0 to 100", "rate", "number", "Issues"),
    Command("fix_kind", "ctrl+l", "make every sure repair of one kind in the document, after showing them",
            "fix_kind", "kind", "Issues", slow=True),
    Command("term", "ctrl+n", "add a term and its rendering to the glossary", "add_term", "term", "Issues"),
    Command("note", "alt+m", "add a note to the unit", "note", "text", "Comments"),
    Command("comment", "alt+shift+k c", "begin a thread on the unit, or on the selected words", "comment", "comment",
            "Comments"),
    Command("reply", "alt+shift+k r", "answer a comment", "reply", "thread and text", "Comments"),
    Command("resolve", "alt+shift+k o", "say that a comment is settled", "resolve", "thread", "Comments"),
    Command("reopen", "alt+shift+k a", "open a resolved comment again", "reopen", "thread", "Comments"),
    Command("uncomment", "alt+shift+k x", "take a comment or a note away", "uncomment", "thread", "Comments"),
    Command("next_comment", "alt+shift+k n", "go to the next unit with comments or notes", "next_comment", None,
            "Move"),
    Command("previous_comment", "alt+shift+k p", "go to the previous unit with comments or notes",
            "previous_comment", None, "Move"),
    Command("split", "alt+t,alt+k t", "cut the unit in two, at an offset of source and target", "split", "offsets",
            "Alignment"),
    Command("merge", "alt+j,alt+k m", "join the unit with the next one", "merge", None, "Alignment"),
    Command("merge_previous", "alt+k M", "join the unit with the one before it", "merge_previous", None, "Alignment"),
    Command("target_to_next", "alt+k d", "move the last sentence of the target down to the next unit",
            "target_to_next", None, "Alignment"),
    Command("target_to_previous", "alt+k u", "move the first sentence of the target up to the previous unit",
            "target_to_previous", None, "Alignment"),
    Command("target_from_next", "alt+k f", "fetch the first sentence of the next unit's target",
            "target_from_next", None, "Alignment"),
    Command("target_from_previous", "alt+k b", "bring back the last sentence of the previous unit's target",
            "target_from_previous", None, "Alignment"),
    Command("source_to_next", "alt+k D", "move the last sentence of the source down to the next unit",
            "source_to_next", None, "Alignment"),
    Command("source_to_previous", "alt+k U", "move the first sentence of the source up to the previous unit",
            "source_to_previous", None, "Alignment"),
    Command("source_from_next", "alt+k F", "fetch the first sentence of the next unit's source",
            "source_from_next", None, "Alignment"),
    Command("source_from_previous", "alt+k B", "bring back the last sentence of the previous unit's source",
            "source_from_previous", None, "Alignment"),
    Command("shift_down", "alt+k s", "move all targets from here on down by one unit, to the next gap or fixed unit",
            "shift_down", None, "Alignment"),
    Command("shift_up", "alt+k w", "move all targets behind this unit up by one, to the next gap or fixed unit",
            "shift_up", None, "Alignment"),
    Command("mark_dropped", "alt+k x", "say that the source is left out of the translation on purpose",
            "mark_dropped", None, "Alignment"),
    Command("mark_added", "alt+k a", "say that the target is added on purpose, without a source", "mark_added", None,
            "Alignment"),
    Command("unmark", "alt+k o", "take back that a unit was marked as dropped or added", "unmark", None, "Alignment"),
    Command("realign", "alt+k r", "align all units from here on anew, around those that are fixed", "realign", None,
            "Alignment", slow=True),
    Command("realign_to_confirmed", "alt+k R", "align anew from here to the next confirmed unit only",
            "realign_to_confirmed", None, "Alignment", slow=True),
    Command("undo", "alt+z,alt+k z", "take back the last decision", "undo", None, "Change", footer=True),
    Command("redo", "alt+y,alt+k y", "do again what was undone", "redo", None, "Change"),
)  # fmt: skip


_PLACE = re.compile(r"@(source:)?([0-9]{1,9})-([0-9]{1,9})(?:\s+|$)")
_NAME_WORDS = max(command.name.count("_") for command in COMMANDS) + 1


def find(name: str) -> Command:
    """The command of that name; a hyphen will do for an underscore. Raises NotFoundError."""
    wanted = name.strip().lower().replace("-", "_")
    for command in COMMANDS:
        if command.name == wanted:
            return command
    raise NotFoundError("command", name, known=tuple(command.name for command in COMMANDS))


def read_line(line: str) -> tuple[Command, str]:
    """The command that a line of a script begins with, and what stands behind it. Raises NotFoundError.

    The words of a name may be parted by spaces: "shift down" is shift_down.
    """
    words = line.split()
    for count in range(min(_NAME_WORDS, len(words)), 1, -1):
        name = "_".join(words[:count]).lower().replace("-", "_")
        for command in COMMANDS:
            if command.name == name:
                return command, line.split(None, count)[count] if len(words) > count else ""
    name, argument = (*line.split(None, 1), "")[:2]
    return find(name), argument


def run(session: ReviewSession, command: Command, words: str = "") -> str:
    """Carry out a command with its argument as words, as a script or a prompt has them; the line it answers."""
    return str(getattr(session, command.method)(*arguments(command, words)))


def arguments(command: Command, words: str) -> tuple[Any, ...]:
    """The words as what the command's method takes. Raises CommandError where they do not fit."""
    given = words.strip()
    match command.argument:
        case None:
            if not given:
                return ()
            if command.name == "confirm":
                return (given,)
            raise CommandError(f"{command.name} takes nothing behind it")
        case "text" | "reason" | "filter" | "replacement":
            if not given:
                raise CommandError(f"{command.name} needs a {command.argument} behind it")
            return (given,)
        case "number" | "version":
            return (_number(command, given),)
        case "issue" | "match" | "thread" | "annotation":
            return (_number(command, given or "1"),)
        case "issue and reason":
            number, _space, reason = given.partition(" ")
            return (_number(command, number or "1"), reason.strip())
        case "error":
            return _error(given)
        case "comment":
            side, span, text = _placed(given)
            if not text:
                raise CommandError("comment needs a text behind it: comment @3-7 TEXT")
            return (text, span, side)
        case "thread and text":
            number, _space, text = given.partition(" ")
            return (_number(command, number), text.strip())
        case "annotation and severity":
            number, _space, severity = given.partition(" ")
            return (_number(command, number), severity.strip())
        case "kind":
            if not given:
                raise CommandError(
                    f"{command.name} needs the name of a check behind it: {command.name} width"
                )
            return (given,)
        case "term":
            return _term(given)
        case "offsets":
            parts = given.split()
            if len(parts) != 2:
                raise CommandError("split needs two offsets, in the source and in the target: split 25 9")
            return tuple(_number(command, part) for part in parts)


def _error(words: str) -> tuple[Any, ...]:
    """Read "CATEGORY SEVERITY @3-7 COMMENT", of which the last two may be missing."""
    category, severity, comment = (*words.split(None, 2), "", "", "")[:3]
    if not severity:
        raise CommandError("annotate needs a category and a severity: annotate accuracy major COMMENT")
    side, span, comment = _placed(comment)
    if span is None:
        return (category, severity, comment)
    return (category, severity, comment, *((span,) if side == "target" else (None, span)))


def _placed(words: str) -> tuple[str, Span | None, str]:
    """The side and the span that words begin with, "@3-7" or "@source:3-7", and the words behind it."""
    placed = _PLACE.match(words)
    if placed is None:
        return "target", None, words
    start, end = int(placed[2]), int(placed[3])
    if end < start:
        raise CommandError(f"a place begins before it ends, not {placed[0].strip()!r}")
    return "source" if placed[1] else "target", Span(start, end), words[placed.end() :].strip()


def _number(command: Command, word: str) -> int:
    # str.isdigit also holds for digits that int() does not read, such as ².
    if not (word.isascii() and word.isdigit() and len(word) <= 12):
        raise CommandError(
            f"{command.name} needs a number, not {word!r}" if word else f"{command.name} needs a number"
        )
    return int(word)


def _term(words: str) -> tuple[str, str, str, str]:
    """Read "SOURCE = TARGET; STATUS; NOTE", of which the last two may be missing."""
    source, equals, rest = words.partition("=")
    target, status, note = (*(part.strip() for part in rest.split(";", 2)), "", "")[:3]
    if not equals or not source.strip() or not (target or status == "keep"):
        raise CommandError("term needs both sides: term SOURCE = TARGET; STATUS; NOTE")
    return source.strip(), target, status, note
