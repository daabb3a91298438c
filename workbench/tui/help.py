"""What F1 shows, made from the table of commands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rich.cells import cell_len

from workbench.tui.grid import STATE_MARKS, WORST_MARKS
from workbench.tui.keys import LIST_KEYS, key_words, split_keys
from workbench.tui.sheet import Paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.review.commands import Command
    from workbench.review.fixing import KindRepair
    from workbench.tui.pane import Pane

_KEY_CELLS = 32
_REPAIRS_SHOWN = 300
_INTRODUCTION = (
    "The list on top moves; Enter goes into the target below, Esc comes back. F2 confirms and goes to the next unit "
    "that needs work. What you type is saved when you leave the unit, and when you quit. Keys behind a | are for "
    "the list only."
)
_MARKS = (
    (STATE_MARKS["initial"][0], "not reviewed yet"),
    (STATE_MARKS["translated"][0], "translated, not reviewed"),
    (STATE_MARKS["reviewed"][0], "reviewed"),
    (STATE_MARKS["final"][0], "final"),
    ("?", "the two sides may not belong together; how sure that is stands above the source"),
    ("-", "marked as dropped: the source has no translation, on purpose"),
    ("+", "marked as added: the target has no source, on purpose"),
    (f"{WORST_MARKS['critical'][0]}2", "two issues, the worst critical"),
    (f"{WORST_MARKS['major'][0]}2", "two issues, the worst major"),
    (f"{WORST_MARKS['minor'][0]}2", "two issues, the worst minor"),
    (".", "not checked yet"),
    ("#", "has notes"),
    ("*", "has errors that a person noted"),
    ("[-old-]", "taken out of the draft"),
    ("{+new+}", "put in"),
    ("~", "being computed anew"),
    ("␛ ⟨U+202E⟩", "a character that a terminal must not get; in the editor it takes one cell, some as ⍰"),
)
EDITOR_KEYS = (
    ("Ctrl+Left  Ctrl+Right", "by words"),
    ("Ctrl+W  Alt+Delete", "delete a word"),
    ("Shift+arrows", "select"),
    ("Ctrl+Home  Ctrl+End", "to the start and the end of the text"),
    ("Ctrl+C", "copy; with nothing selected it saves what was typed and leaves, as after an interrupt"),
    ("Ctrl+X  Ctrl+V", "cut, paste; pasted lines become one where the unit is one line"),
    ("Ctrl+Z  Ctrl+Y", "undo and redo what was typed"),
)


PLACES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "list": (
        "The list of units",
        "Every unit of the document, or of those that a filter lets through. Letters and arrows only move here.",
        (
            "type",
            "next",
            "previous",
            "next_open",
            "next_issue",
            "goto",
            "search",
            "filter",
            "lines",
            "documents",
        ),
    ),
    "source": (
        "The source",
        "Shift and the arrows select, w and b by words, Ctrl+A all; so does the mouse, which leaves the keys where "
        "they are. Enter goes to the target. What is selected goes into a new term, a comment, a look-up.",
        ("term", "concordance", "lookup", "clip", "comments", "list"),
    ),
    "editor": (
        "The target",
        "What you type is judged as you type, and saved when the unit is left. Enter is for input methods; codes and "
        "placeholders are whole.",
        (
            "confirm",
            "list",
            "complete",
            "value",
            "tidy",
            "codes",
            "fix",
            "restore_draft",
            "copy_source",
            "edit",
        ),
    ),
    "repair": (
        "The bar that repairs the alignment",
        "A letter moves sentences, splits and joins units; Up and Down go; Esc ends.",
        ("split", "merge", "target_to_next", "target_to_previous", "realign", "undo"),
    ),
    "layout": (
        "The bar of the layout",
        "A letter shows or hides a part of the screen, a digit takes a layout, Up and Down size the part that Tab "
        "chooses, Left and Right the columns; Esc ends.",
        ("layouts", "keep_layout", "other_column", "tabs"),
    ),
}
"""What has the keys: its title, what is said of it, and its commands."""


def help_paragraphs(
    known: Sequence[Command], *, place: str = "", pane: Pane | None = None
) -> list[Paragraph]:
    """What has the keys and the current pane with their keys, then all commands by group, then what the marks mean."""
    result: list[Paragraph] = []
    if place in PLACES:
        result += [*_about(*PLACES[place], known), Paragraph("")]
    if pane is not None:
        result += [
            *_about(f"The pane {pane.title}", pane.about, ("pane", *pane.commands), known),
            Paragraph(""),
        ]
    if result:
        result.append(Paragraph("All keys", style="accent strong"))
    result.append(Paragraph(_INTRODUCTION))
    more: dict[str, list[str]] = {}
    for key, name in LIST_KEYS.items():
        more.setdefault(name, []).append(key_words(key))
    groups = dict.fromkeys(command.group for command in known)
    for group in groups:
        result += [Paragraph(""), Paragraph(group, style="accent strong")]
        for command in known:
            if command.group == group:
                names = [key_words(key) for key in split_keys(command.keys)]
                names += ["|", *more[command.name]] if command.name in more else []
                result.append(_line("  ".join(names), f"{command.title}: {command.help}"))
    result += [Paragraph(""), Paragraph("While typing", style="accent strong")]
    result += [_line(names, what) for names, what in EDITOR_KEYS]
    result += [Paragraph(""), Paragraph("Marks", style="accent strong")]
    return [*result, *(_line(mark, what) for mark, what in _MARKS)]


def _about(title: str, about: str, names: Sequence[str], known: Sequence[Command]) -> list[Paragraph]:
    """One part of the screen, with the keys of its commands."""
    held = {command.name: command for command in known}
    result = [Paragraph(title, style="accent strong"), Paragraph(about)]
    for name in names:
        command = held.get(name)
        if command is not None:
            result.append(_line("  ".join(map(key_words, split_keys(command.keys))), command.help))
    return result


def repair_paragraphs(repairs: Sequence[KindRepair]) -> list[Paragraph]:
    """What repairs change, unit by unit, as differences; of many the first ones."""
    from workbench import diff
    from workbench.tui.unit_view import differences

    result: list[Paragraph] = []
    for one in repairs[:_REPAIRS_SHOWN]:
        old = one.unit.target
        shown = differences(old, one.target, diff.edits(old, one.target))
        number = f"{one.unit.position + 1}"
        result.append(replace(shown, lead=f"{number:>5}  ", lead_style="dim"))
    if len(repairs) > _REPAIRS_SHOWN:
        more = f"… and {len(repairs) - _REPAIRS_SHOWN:,} more units"
        result.append(Paragraph(more, style="dim"))
    return result


def _line(keys: str, what: str) -> Paragraph:
    return Paragraph(what, lead=f"  {keys}{' ' * max(2, _KEY_CELLS - cell_len(keys))}", lead_style="key")
