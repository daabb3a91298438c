"""Key maps: every action has a key that every terminal sends, no key is of two, what is wrong is said in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from test_tui_screen import folder, message, on_screen, review, units

from workbench.cli.keys import command
from workbench.config import load
from workbench.config.keys import KEYMAPS as NAMES
from workbench.config.keys import KeySettings
from workbench.errors import ConfigError
from workbench.tui.keymaps import KEYMAPS, TYPED, resolve
from workbench.tui.keys import OPENING_KEYS, commands, split_keys
from workbench.tui.screenshot import quiet
from workbench.tui.terminal_keys import is_safe, plain_bytes

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["folder"]

KEYLESS = {"unwaive"}
"""What the palette alone reaches."""


def test_the_maps_are_those_of_the_settings() -> None:
    assert tuple(KEYMAPS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_action_of_a_map_is_reached_by_a_key_that_every_terminal_sends(name: str) -> None:
    known = commands(resolve(KeySettings(name)).keys)
    missing = {
        one.name for one in known if not any(is_safe(key.partition(" ")[0]) for key in split_keys(one.keys))
    }
    assert missing - KEYLESS == set()


@pytest.mark.parametrize("name", NAMES)
def test_no_key_of_a_map_is_of_two_commands_or_taken_from_typing(name: str) -> None:
    found = resolve(KeySettings(name))
    assert found.problems == ()
    keys = [key for its in found.keys.values() for key in split_keys(its)]
    assert sorted(keys) == sorted(set(keys))
    typed = {key for command, its in found.keys.items() for key in split_keys(its) if key in TYPED}
    assert typed <= {"enter", "tab", "shift+tab"}
    # ESC O, ESC b and ESC f begin or are other keys.
    assert not {"alt+b", "alt+f", "alt+shift+o"} & set(keys)


@pytest.mark.parametrize("name", NAMES)
def test_the_keys_of_a_bar_stand_behind_a_key_that_opens_it(name: str) -> None:
    found = resolve(KeySettings(name)).keys
    known = commands(found)
    opened = {key.partition(" ")[0] for one in known for key in split_keys(one.keys) if " " in key}
    single = {key for one in known for key in split_keys(one.keys) if " " not in key}
    assert opened <= single
    assert all(plain_bytes(key) for key in OPENING_KEYS.values())


@pytest.mark.parametrize("name", [name for name in NAMES if name != "default"])
def test_a_map_names_commands_that_there_are_and_shows_its_own_key_first(name: str) -> None:
    keys = resolve(KeySettings(name)).keys
    assert set(KEYMAPS[name]) <= set(keys)
    for one, its in KEYMAPS[name].items():
        assert split_keys(keys[one]) == split_keys(its)
        assert is_safe(split_keys(its)[0]), one


def test_keys_of_omegat_and_trados() -> None:
    omegat, trados = (resolve(KeySettings(name)).keys for name in ("omegat", "trados"))
    assert split_keys(omegat["next"])[0] == "ctrl+n"
    assert split_keys(omegat["next_open"])[0] == "ctrl+u"
    assert split_keys(omegat["goto"])[0] == "ctrl+j"
    assert split_keys(omegat["match"])[0] == "ctrl+r"
    assert "ctrl+r" not in split_keys(omegat["repair"])
    assert split_keys(trados["copy_source"])[0] == "ctrl+insert"
    assert split_keys(trados["concordance"])[0] == "f3"
    assert "ctrl+enter" in split_keys(trados["confirm"])


@pytest.mark.parametrize(
    ("own", "problem"),
    [
        (("confrim", "f2"), "there is no command 'confrim', did you mean 'confirm'?"),
        (("xyzzy", "f2"), "there is no command 'xyzzy' (workbench keys lists them)"),
        (("redo", "c"), "redo: 'c' is needed for typing"),
        (("redo", "shift+left"), "redo: 'shift+left' is needed for typing"),
        (("redo", "ctrl+c"), "redo: 'ctrl+c' copies and interrupts"),
        (("redo", "ctr+x"), "redo: 'ctr+x' is no key"),
        (("redo", "alt+nokey"), "redo: 'alt+nokey' is no key"),
        (
            ("redo", "ctrl+h"),
            "redo: no key that every terminal sends (ctrl+h: is Backspace in a plain terminal)",
        ),
        (("redo", "f8"), "redo: 'f8' was the key of next_issue, which keeps alt+i"),
        (("redo", "f1"), "redo: 'f1' was the key of help, which has no key left"),
    ],
)
def test_what_is_wrong_is_one_line_with_its_place(own: tuple[str, str], problem: str) -> None:
    found = resolve(KeySettings("default", ((*own, 7),)))
    assert found.problems == (f"workbench.toml:7: [keys] {problem}",)
    commands(found.keys)


def test_of_two_commands_that_want_a_key_the_first_gets_it() -> None:
    found = resolve(KeySettings("default", (("undo", "ctrl+d", 3), ("redo", "ctrl+d,ctrl+e", 4))))
    assert found.problems == ("workbench.toml:4: [keys] redo: 'ctrl+d' is undo already",)
    assert (found.keys["undo"], found.keys["redo"]) == ("ctrl+d", "ctrl+e")


def test_a_key_that_is_moved_takes_its_letters_along() -> None:
    known = {
        one.name: one for one in commands(resolve(KeySettings("default", (("repair", "ctrl+d", 1),))).keys)
    }
    assert "ctrl+d x" in split_keys(known["mark_dropped"].keys)


def test_keys_stand_in_the_settings_with_their_lines(tmp_path: Path) -> None:
    (tmp_path / "workbench.toml").write_text(
        'keymap = "omegat"\n\n[keys]\nconfirm = "ctrl+d"\nundo = ["ctrl+e", "alt+z"]\n', encoding="utf-8"
    )
    assert load(tmp_path).keys == KeySettings(
        "omegat", (("confirm", "ctrl+d", 4), ("undo", "ctrl+e,alt+z", 5))
    )


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('keymap = "emacs"\n', 1, "keymap must be one of default, omegat, trados"),
        ("[keys]\n\nconfirm = 3\n", 3, "keys.confirm must be text in quotes"),
    ],
)
def test_settings_of_another_kind_are_refused(tmp_path: Path, text: str, line: int, reason: str) -> None:
    (tmp_path / "workbench.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        load(tmp_path)
    assert str(refused.value) == f"{tmp_path}/workbench.toml:{line}: {reason}"


def test_workbench_keys_shows_the_keys_of_the_project_and_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "workbench.toml").write_text('[keys]\nconfirm = "ctrl+d"\nconfrim = "f2"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(command, [])
    assert (
        next(line for line in done.stdout.splitlines() if line.startswith("confirm ")).split()[1] == "ctrl+d"
    )
    assert done.stderr == "workbench.toml:3: [keys] there is no command 'confrim', did you mean 'confirm'?\n"


@on_screen
async def test_own_keys_work_on_the_screen_and_a_wrong_one_is_said(folder: Path) -> None:
    (folder / "workbench.toml").write_text(
        'author = "wei"\nkeymap = "trados"\n[keys]\nconfirm = "ctrl+d"\nxyzzy = "f2"\n', encoding="utf-8"
    )
    async with review(folder) as (app, pilot):
        assert message(app).startswith("workbench.toml:5: [keys] there is no command 'xyzzy'")
        assert app.farewell == message(app)
        await pilot.press("ctrl+d")
        await quiet(app)
    assert [state.value for _, state in units(folder)][:2] == ["reviewed", "initial"]
