"""A real terminal for tests: a program on a pty, its screen kept by pyte, waits with a condition and a deadline."""

from __future__ import annotations

import contextlib
import fcntl
import functools
import os
import pty
import select
import struct
import subprocess
import termios
import time
from typing import TYPE_CHECKING, Self

import pyte
from forked import Forked, Forker

if TYPE_CHECKING:
    import signal
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path


OWN = {
    "TERM": "xterm-256color",
    "COLORTERM": "truecolor",
    "LANG": "C.UTF-8",
    "TEXTUAL_ANIMATIONS": "none",
}
READ_ON_IMPORT = ("TEXTUAL", "ESCDELAY", "PYTHON", "LD_")
"""Beginnings of variables that only a new interpreter reads."""


@functools.cache
def _forker() -> Forker:
    return Forker({**os.environ, **OWN})


class Terminal:
    """A program on a pty of `columns` x `lines`. `raw` keeps every byte that it sent.

    It is begun by fork, from a process that has imported the workbench, unless it is to be `fresh`.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        folder: Path,
        columns: int = 80,
        lines: int = 24,
        env: Mapping[str, str] | None = None,
        fresh: bool = False,
    ) -> None:
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        own = {**os.environ, **OWN, **(env or {})}
        self.process: subprocess.Popen[bytes] | Forked
        if fresh or any(name.startswith(READ_ON_IMPORT) for name in env or {}):
            self.process = subprocess.Popen(
                command,
                cwd=folder,
                stdin=slave,
                stdout=slave,
                stderr=slave,
                env=own,
                start_new_session=True,
                preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
            )
        else:
            self.process = _forker().begin(list(command), slave=slave, folder=folder, env=own)
        os.close(slave)
        self._master = master

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._master)

    def pump(self, seconds: float = 0.05) -> None:
        """Take what the program sends within so many seconds."""
        end = time.monotonic() + seconds
        while True:
            left = end - time.monotonic()
            ready, _, _ = select.select([self._master], [], [], max(0.0, left))
            if not ready:
                return
            try:
                data = os.read(self._master, 65536)
            except OSError:
                return
            if not data:
                return
            self.raw += data
            self._stream.feed(data)

    def send(self, keys: str | bytes) -> None:
        """Type the keys."""
        os.write(self._master, keys.encode() if isinstance(keys, str) else keys)

    def resize(self, columns: int, lines: int) -> None:
        """Make the terminal another size."""
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.screen.resize(lines, columns)

    def text(self) -> str:
        """The screen as lines; a wide character counts once."""
        rows = []
        for y in range(self.screen.lines):
            row = self.screen.buffer[y]
            rows.append("".join(row[x].data for x in range(self.screen.columns)).rstrip())
        return "\n".join(rows)

    def wait_for(self, what: str | Callable[[str], bool], *, seconds: float = 30.0) -> str:
        """The screen once it holds the text or the condition is true. Raises AssertionError after the deadline."""
        holds = (lambda text: what in text) if isinstance(what, str) else what
        end = time.monotonic() + seconds
        while True:
            self.pump()
            text = self.text()
            if holds(text):
                return text
            if self.process.poll() is not None:
                self.pump(0.2)
                text = self.text()
                if holds(text):
                    return text
                raise AssertionError(
                    f"the program ended ({self.process.returncode}) before {what!r}:\n{text}"
                )
            if time.monotonic() > end:
                raise AssertionError(f"{what!r} did not come within {seconds} s:\n{text}")

    def exit_code(self, *, seconds: float = 20.0) -> int:
        """The exit code once the program has ended, its last output taken."""
        end = time.monotonic() + seconds
        while self.process.poll() is None:
            self.pump()
            if time.monotonic() > end:
                raise AssertionError(f"still running after {seconds} s:\n{self.text()}")
        self.pump(0.2)
        return self.process.returncode

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)
