"""A process that has imported the workbench already, and forks for every program that a terminal begins.

What is begun so is the same program on the same terminal, without two seconds of imports. The imports themselves are
tested where a new interpreter begins: `Terminal(..., fresh=True)`, tmux, test_cli_basics.py. Run as a program, this
file is that process: it takes requests on its stdin.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import importlib
import json
import os
import pkgutil
import select
import signal
import socket
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path

PACKAGES = ("cli", "tui", "review", "store", "checks", "segmenter", "aligner", "termbase", "lexicon")
"""The parts of the workbench that a review needs."""
LARGEST = 1 << 18


class Forked:
    """A running program; what a terminal needs of subprocess.Popen."""

    def __init__(self, command: list[str], pid: int, status: int) -> None:
        self.args, self.pid, self._status = command, pid, status
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """The exit code, negative after a signal, or None while it runs."""
        return self._read(0.0)

    def wait(self, timeout: float | None = None) -> int:
        """The exit code once it has ended. Raises subprocess.TimeoutExpired after so many seconds."""
        code = self._read(timeout)
        if code is None:
            raise subprocess.TimeoutExpired(self.args, timeout or 0.0)
        return code

    def kill(self) -> None:
        """End it, unless it has ended."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def _read(self, seconds: float | None) -> int | None:
        if self.returncode is None and select.select([self._status], [], [], seconds)[0]:
            self.returncode = int(os.read(self._status, 16))
            os.close(self._status)
        return self.returncode


class Forker:
    """The process that forks, as the one that asks it sees it. It ends with the one that asks."""

    def __init__(self, env: dict[str, str]) -> None:
        self._control, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, LARGEST)
        with other:
            self._process = subprocess.Popen(
                [sys.executable, __file__], stdin=other, env=env, start_new_session=True
            )

    def begin(self, command: list[str], *, slave: int, folder: Path, env: dict[str, str]) -> Forked:
        """Begin `python -m workbench ...` or `python -c CODE` in a session of its own on the terminal."""
        status, end = os.pipe()
        request = json.dumps([command[1:], str(folder), env]).encode()
        socket.send_fds(self._control, [request], [slave, end])
        os.close(end)
        return Forked(command, int(self._control.recv(16)), status)


def serve(control: socket.socket) -> Callable[[], object]:
    """Fork for every request, and tell how what was begun has ended. Returns in the forked processes alone."""
    woken, wake = os.pipe()
    for end in (woken, wake):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    statuses: dict[int, int] = {}
    while True:
        ready, _, _ = select.select([control, woken], [], [])
        if woken in ready:
            os.read(woken, 4096)
            _tell(statuses)
            continue
        request, descriptors, _, _ = socket.recv_fds(control, LARGEST, 2)
        if not request:
            raise SystemExit
        slave, status = descriptors
        pid = os.fork()
        if pid == 0:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            control.close()
            for descriptor in (woken, wake, status, *statuses.values()):
                os.close(descriptor)
            return _program(*json.loads(request), slave)
        os.close(slave)
        statuses[pid] = status
        control.send(str(pid).encode())


def _tell(statuses: dict[int, int]) -> None:
    for pid in list(statuses):
        ended, how = os.waitpid(pid, os.WNOHANG)
        if ended:
            status = statuses.pop(pid)
            with contextlib.suppress(BrokenPipeError):
                os.write(status, str(os.waitstatus_to_exitcode(how)).encode())
            os.close(status)


def _program(words: list[str], folder: str, env: dict[str, str], slave: int) -> Callable[[], object]:
    """The program of a request, with the session, the streams, the folder and the environment it is to have."""
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for number in (0, 1, 2):
        os.dup2(slave, number)
    os.close(slave)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(env)
    for name, number, mode in (("stdin", 0, "r"), ("stdout", 1, "w"), ("stderr", 2, "w")):
        stream = open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115 - lives as the process
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    kind, first, *rest = words
    sys.path[0] = "" if kind == "-c" else folder
    sys.argv = [kind if kind == "-c" else first, *rest]
    if kind == "-c":
        return lambda: exec(compile(first, "<string>", "exec"), {"__name__": "__main__"})
    from workbench.cli import main

    return main


def _import() -> None:
    for name in PACKAGES:
        package = importlib.import_module(f"workbench.{name}")
        for module in pkgutil.iter_modules(getattr(package, "__path__", []), f"{package.__name__}."):
            importlib.import_module(module.name)
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    _import()
    with socket.socket(fileno=os.dup(0)) as asked:
        program = serve(asked)
    raise SystemExit(program())
