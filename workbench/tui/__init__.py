"""The review screen: `run` shows it; Textual is imported when it is called."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from workbench.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping, Sequence

    from workbench.review.session import ReviewSession
    from workbench.store.records import DocumentRecord
    from workbench.tui.app import ReviewApp

NO_KITTY_KEYS = ("iTerm.app", "iTerm2", "WezTerm", "vscode")
"""Terminals, by TERM_PROGRAM or LC_TERMINAL, in which the kitty keyboard protocol spoils Chinese input."""
END_SECONDS = 3.0
"""Work behind the screen has so long to come to its end; then the process ends without it: all is stored."""


class ProjectLike(Protocol):
    """What the screen needs of a project: its documents, and a review of each."""

    def documents(self) -> Sequence[DocumentRecord]:
        """The documents in their order."""

    def review(self, document: str | None = None) -> ReviewSession:
        """A review of one document; without a name of the one to go on with."""

    def close(self) -> None:
        """Let go of the store."""


def run(
    open_project: Callable[[], ProjectLike], *, theme: str | None = None, title: str = "", tour: bool = False
) -> int:
    """Show the review screen until it is left; return the exit code: 0, or 130 after Ctrl+C.

    `open_project` is called on a thread behind the first frame. A WorkbenchError that it raises is shown as one
    line after the screen has gone, and gives the exit code. `theme` is one of `themes.NAMES`; `title` stands in
    the header until a document is open; `tour` = show the tour once to who opens the sample. Raises UsageError where
    there is no terminal; what else is raised is a bug, and the text typed last was saved.
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError("the review screen needs a terminal; `--script FILE` reviews without one")
    prepare(os.environ)
    # Importing makes many objects that stay: looking for garbage among them costs a tenth of the start. The app
    # begins to collect when it is ready.
    gc.disable()
    from workbench.tui import key_reader
    from workbench.tui.app import ReviewApp

    key_reader.install()
    app = ReviewApp(open_project, theme=theme, title=title, tour=tour)
    try:
        app.run()
    finally:
        with suppress(OSError):
            sys.stderr.write(key_reader.ALT_AS_BEFORE + ("\x1b[0 q" if app.is_cursor_shown else ""))
            sys.stderr.flush()
    code = _said_at_the_end(app)
    from workbench.tui.background import wait_for_threads

    if not wait_for_threads(END_SECONDS):
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError):
                stream.flush()
        os._exit(code)
    return code


def _said_at_the_end(app: ReviewApp) -> int:
    """Say what is to be said once the screen has gone; the exit code. Raises the bug that ended the screen."""
    if app.farewell:
        from workbench.report.visible import visible

        with suppress(OSError):
            sys.stderr.write(f"{visible(app.farewell)}\n")
    if app.failure is not None:
        raise app.failure
    if app.refusal is not None:
        from workbench.report.visible import visible

        sys.stderr.write(f"{visible(str(app.refusal))}\n")
        return app.refusal.exit_code
    return app.return_code or 0


def prepare(environ: MutableMapping[str, str]) -> None:
    """Set what Textual reads from the environment when it is imported.

    iTerm2 speaks only a part of the kitty keyboard protocol, and the commits of a Chinese input method are lost
    with it, also over ssh, which hands LC_TERMINAL on; WezTerm loses commits of one character, VS Code doubles
    some. Inside tmux the protocol is off anyway. TEXTUAL_DISABLE_KITTY_KEY=0 asks for it all the same.
    """
    names = {environ.get("TERM_PROGRAM", ""), environ.get("LC_TERMINAL", "")}
    if not names.isdisjoint(NO_KITTY_KEYS) and "TMUX" not in environ:
        environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
