"""The table of commands: complete, with keys that every terminal sends, and arguments read from words."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from workbench.errors import CommandError, NotFoundError
from workbench.model import Span
from workbench.review.commands import COMMANDS, Command, arguments, find, read_line
from workbench.review.session import ReviewSession

NEVER = {"ctrl+h", "ctrl+i", "ctrl+m", "ctrl+enter", "shift+enter", "alt+enter"}
"""Keys that many terminals send as another key, or not at all."""
TAKEN_BY_EDITOR = {
    *(f"ctrl+{letter}" for letter in "aewukdxcvzy"), "ctrl+q", "ctrl+p", "ctrl+left", "ctrl+right", "f1", "f6", "f7",
}  # fmt: skip
TAKEN_BY_TERMINAL = {"alt+f", "alt+b", "ctrl+j", "ctrl+space", "f10", "f11", "escape", "tab", "enter"}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_is_a_method_with_words(command: Command) -> None:
    method = getattr(ReviewSession, command.method)
    needed = [
        name
        for name, one in list(inspect.signature(method).parameters.items())[1:]
        if one.default is inspect.Parameter.empty
    ]
    assert bool(needed) <= (command.argument is not None)
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", command.name)
    assert re.fullmatch(r"[a-z][^\n.]{8,90}", command.help)
    assert command.group in ("Move", "Decide", "Drafts", "Issues", "Comments", "Alignment", "Change", "Find")


@pytest.mark.parametrize(
    "command", [one for one in COMMANDS if one.keys], ids=lambda command: command.name
)  # fmt: skip
def test_every_command_has_a_key_that_plain_terminals_send(command: Command) -> None:
    keys = command.keys.split(",")
    assert keys == [key.strip() for key in keys]
    assert command.key == keys[0]
    for key in keys:
        assert key not in TAKEN_BY_EDITOR
        assert key not in TAKEN_BY_TERMINAL
    plain = [
        key for key in keys if key not in NEVER and not re.fullmatch(r"alt\+\d|ctrl\+\d|ctrl\+shift\+.*", key)
    ]
    assert plain
    assert keys[0] in plain


def test_every_alt_key_arrives() -> None:
    """Textual takes some of what Alt and a letter send for another key."""
    from textual._ansi_sequences import ANSI_SEQUENCES_KEYS

    from workbench.tui.keys import commands, split_keys

    letters = [
        key[4:] for one in commands() for key in split_keys(one.keys) if re.fullmatch(r"alt\+[a-z]", key)
    ]
    assert len(letters) > 20
    assert [letter for letter in letters if f"\x1b{letter}" in ANSI_SEQUENCES_KEYS] == []


def test_letters_behind_the_repair_key_are_of_one_command_each() -> None:
    letters = [key[6:] for one in COMMANDS for key in one.keys.split(",") if key.startswith("alt+k ")]
    assert len(letters) == len(set(letters)) == 22
    assert all(re.fullmatch("[a-zA-Z]", letter) for letter in letters)
    assert {one.name for one in COMMANDS if one.group == "Alignment"} == {
        one.name for one in COMMANDS if "alt+k " in one.keys
    } - {"undo", "redo", "next_doubt", "previous_doubt"}


@pytest.mark.parametrize(
    ("line", "name", "argument"),
    [
        ("shift down", "shift_down", ""),
        ("target to next", "target_to_next", ""),
        ("realign", "realign", ""),
        ("realign to confirmed", "realign_to_confirmed", ""),
        ("mark dropped", "mark_dropped", ""),
        ("fix all", "fix_all", ""),
        ("fix 2", "fix", "2"),
        ("note next  open", "note", "next  open"),
        ("Next-Open", "next_open", ""),
    ],
)
def test_the_words_of_a_name_may_be_parted(line: str, name: str, argument: str) -> None:
    command, words = read_line(line)
    assert (command.name, words) == (name, argument)


def test_only_rare_commands_are_without_a_key() -> None:
    assert [one.name for one in COMMANDS if not one.keys] == ["unwaive"]


def test_no_key_and_no_name_stands_for_two_commands() -> None:
    keys = [key for one in COMMANDS for key in one.keys.split(",") if key]
    assert len(keys) == len(set(keys))
    assert len({one.name for one in COMMANDS}) == len(COMMANDS) == len({one.method for one in COMMANDS})


def test_the_footer_fits() -> None:
    assert 3 <= len([one for one in COMMANDS if one.footer]) <= 8


def test_every_public_decision_of_the_session_is_a_command() -> None:
    inherited = {
        "assess",
        "page",
        "progress",
        "issues",
        "poll",
        "close",
        "save_place",
        "history",
        "annotations",
        "ratings",
    }
    inherited |= {
        "waived_issues",
        "check_some",
        "check_all",
        "document_scores",
        "parse_filter",
        "go_to_position",
        "move_to",
        "states",
        "show_so_far",
        "forget_so_far",
        "stand_at",
        "looking",
        "stop_looking",
        "keep_typed",
        "cut_places",
        "likeliest_cut",
        "recheck_some",
        "look_around",
        "kinds",
        "likely_term",
        "read_glossary",
        "use_termbase",
        "threads",
        "versions",
        "passes",
        "parse_query",
        "hits_in",
        "hit_place",
        "counting",
        "write_replacements",
        "is_long_turn",
        "turn_ahead",
        "views",
        "replacements",
        "read_replacements",
        "apply_replacements",
        "count_repetitions",
        "end_drafting",
        "is_held",
        "issue_kinds",
        "matches",
        "matches_of",
        "stop_drafting",
        "tidied",
    }
    methods = {
        name
        for name, one in inspect.getmembers(ReviewSession, inspect.isfunction)
        if not name.startswith("_")
    }
    assert methods - inherited == {one.method for one in COMMANDS}


@pytest.mark.parametrize(
    ("name", "words", "expected"),
    [
        ("next", "", ()),
        ("confirm", "", ()),
        ("confirm", " 好的。 ", ("好的。",)),
        ("edit", " 他说： “好” ", ("他说： “好”",)),
        ("goto", "12", (12,)),
        ("fix", "", (1,)),
        ("fix", "3", (3,)),
        ("waive", "2 quite  right", (2, "quite  right")),
        ("waive", "", (1, "")),
        ("annotate", "accuracy major wrong  sum", ("accuracy", "major", "wrong  sum")),
        ("annotate", "style minor", ("style", "minor", "")),
        ("annotate", "style minor @3-7 odd", ("style", "minor", "odd", Span(3, 7))),
        ("annotate", "style minor @3-7", ("style", "minor", "", Span(3, 7))),
        ("annotate", "style minor @3 odd", ("style", "minor", "@3 odd")),
        ("rate", "85", (85,)),
        ("split", "25 9", (25, 9)),
        ("filter", "open text: 亿", ("open text: 亿",)),
        ("next-open", "", ()),
        ("NEXT_OPEN", "", ()),
    ],
)
def test_words_become_arguments(name: str, words: str, expected: tuple[object, ...]) -> None:
    assert arguments(find(name), words) == expected


@pytest.mark.parametrize(
    ("name", "words", "reason"),
    [
        ("next", "3", "next takes nothing behind it"),
        ("edit", "  ", "edit needs a text behind it"),
        ("reject", "", "reject needs a reason behind it"),
        ("goto", "", "goto needs a number"),
        ("goto", "two", "goto needs a number, not 'two'"),
        ("goto", "²", "goto needs a number, not '²'"),
        ("goto", "-1", "goto needs a number, not '-1'"),
        ("goto", "9" * 5000, "goto needs a number"),
        ("waive", "this", "waive needs a number, not 'this'"),
        ("annotate", "accuracy", "annotate needs a category and a severity"),
        ("annotate", "style minor @7-3", "a place begins before it ends, not '@7-3'"),
        ("rate", "good", "rate needs a number, not 'good'"),
        ("split", "25", "split needs two offsets"),
    ],
)
def test_words_that_do_not_fit_are_refused(name: str, words: str, reason: str) -> None:
    with pytest.raises(CommandError) as refusal:
        arguments(find(name), words)
    assert str(refusal.value).startswith(reason)


def test_an_unknown_command_is_named() -> None:
    with pytest.raises(NotFoundError, match="no command named 'fly'"):
        find("fly")


def test_the_page_of_commands_is_as_the_table_says() -> None:
    page = (Path(__file__).parents[1] / "docs" / "review.md").read_text(encoding="utf-8")
    for one in COMMANDS:
        name = f"{one.name} {one.argument.upper()}" if one.argument else one.name
        keys = ", ".join(f"`{key}`" for key in one.keys.split(",") if key)
        assert f"| `{name}` | {keys} | {one.help} |" in page, one.name
