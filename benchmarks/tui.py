"""What a key costs in the review screen: milliseconds until it is painted, CPU milliseconds and bytes a key.

    python benchmarks/tui.py [--units 100000] [--keys 60] [--columns 120] [--lines 40]

The screen runs on a real pseudo-terminal over a store of so many units; no key is sent before the output of the one
before has come to rest. CPU milliseconds of the process are what to compare by: wall times on a shared machine
are mostly other people's work. Of a key after which the cursor rests, the work behind the screen (matches, checks,
terms, scores of the unit) is part of what it costs; of a key held down only the painting. Targets: move ≤ 5,
scroll ≤ 10, page ≤ 15, typing Chinese ≤ 15 CPU ms a key; confirm and next ≤ 50 ms until the unit is visible; filter
and search ≤ 300 ms to the first rows.
"""

from __future__ import annotations

import argparse
import os
import platform
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from dataclasses import dataclass, field
from fcntl import ioctl
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.large_project import make_project

ROOT = Path(__file__).resolve().parent.parent
REVIEW = """
import sys
from workbench import tui
def opening():
    from workbench.review.project import open_project
    return open_project(sys.argv[1])
sys.exit(tui.run(opening))
"""
PEER = """
from textual.app import App
from textual.widgets import DataTable
class Peer(App):
    def compose(self):
        yield DataTable(cursor_type="row")
    def on_mount(self):
        table = self.query_one(DataTable)
        table.add_columns("number", "source", "target")
        table.add_rows(
            (str(n), f"Speaker {n} of the session said that", f"第{n}位发言人说") for n in range(5000)
        )
Peer().run()
"""
RESTS_SECONDS = 0.04
UP, DOWN, PAGE_DOWN, END, HOME, ESCAPE = b"\x1b[A", b"\x1b[B", b"\x1b[6~", b"\x1b[F", b"\x1b[H", b"\x1b"
F2, F3, F4 = b"\x1bOQ", b"\x1bOR", b"\x1bOS"


@dataclass
class Cost:
    """What the keys of one kind cost: wall ms of each, CPU ms and bytes of all."""

    wall: list[float] = field(default_factory=list)
    cpu: float = 0.0
    sent: int = 0

    def line(self, name: str) -> str:
        """One line of the table."""
        count = len(self.wall)
        ordered = sorted(self.wall)
        p99 = ordered[min(count - 1, int(count * 0.99))]
        return (
            f"{name:<16} p50 {statistics.median(ordered):7.1f} ms   p99 {p99:7.1f} ms   "
            f"CPU {self.cpu / count:6.1f} ms/key   {self.sent // count:6d} bytes/key   n {count}"
        )


class Screen:
    """The review screen on a pseudo-terminal."""

    def __init__(self, folder: Path, *, columns: int, lines: int, program: str = REVIEW) -> None:
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            environ = {
                **os.environ,
                "TERM": "xterm-256color",
                "COLORTERM": "truecolor",
                "PYTHONPATH": str(ROOT),
            }
            environ.pop("NO_COLOR", None)
            os.execve(sys.executable, [sys.executable, "-c", program, str(folder)], environ)
        ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def read(self, *, first: float, rest: float = RESTS_SECONDS) -> tuple[bytes, float]:
        """All that comes until nothing came for `rest` seconds, and when the first byte of it came."""
        seen, began, wait = b"", 0.0, first
        while select.select([self.terminal], [], [], wait)[0]:
            data = os.read(self.terminal, 1 << 16)
            began = began or time.perf_counter()
            seen, wait = seen + data, rest
        return seen, began

    def wait_for(self, mark: bytes, *, seconds: float = 120.0) -> float:
        """Milliseconds until the mark was sent."""
        start, seen = time.perf_counter(), b""
        while mark not in seen:
            if time.perf_counter() - start > seconds:
                raise SystemExit(f"tui: {mark!r} never came: {seen[-300:]!r}")
            if select.select([self.terminal], [], [], 0.5)[0]:
                seen += os.read(self.terminal, 1 << 16)
        return (time.perf_counter() - start) * 1000

    def settle(self, *, seconds: float = 20.0) -> None:
        """Wait until the work behind the screen has come to rest; checking 100,000 units takes longer than we wait."""
        busy, end = self.cpu(), time.perf_counter() + seconds
        while time.perf_counter() < end:
            until = time.perf_counter() + 1.0
            while (left := until - time.perf_counter()) > 0:
                self.read(first=left)
            now = self.cpu()
            if now - busy < 60:
                return
            busy = now

    def cpu(self) -> float:
        """CPU milliseconds that the process has used."""
        return time.clock_gettime((~self.pid << 3) | 2) * 1000  # as clock_getcpuclockid(3) has it

    def memory(self) -> float:
        """MiB of memory that the process holds."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    def parts(self) -> str:
        """Where the memory is: MiB of the heap and anonymous pages, and of files, largest first."""
        sizes: dict[str, int] = {}
        name = ""
        for line in Path(f"/proc/{self.pid}/smaps").read_text(encoding="utf-8").splitlines():
            fields = line.split()
            if not fields[0].endswith(":"):
                name = Path(fields[5]).name if len(fields) > 5 else "anonymous"
            elif fields[0] == "Rss:":
                sizes[name] = sizes.get(name, 0) + int(fields[1])
        largest = sorted(sizes.items(), key=lambda one: -one[1])[:6]
        return ", ".join(f"{name} {size / 1024:.0f}" for name, size in largest)

    def press(self, keys: list[bytes]) -> Cost:
        """Press keys one by one."""
        cost = Cost()
        before = self.cpu()
        for key in keys:
            start = time.perf_counter()
            os.write(self.terminal, key)
            seen, began = self.read(first=2.0)
            cost.wall.append(((began or time.perf_counter()) - start) * 1000)
            cost.sent += len(seen)
        cost.cpu = self.cpu() - before
        return cost

    def answer(self, keys: bytes, mark: bytes) -> tuple[float, float]:
        """Wall and CPU milliseconds from some keys until a mark was painted."""
        before = self.cpu()
        os.write(self.terminal, keys)
        wall = self.wait_for(mark)
        cpu = self.cpu() - before
        self.settle()
        return wall, cpu

    def hold(self, key: bytes, count: int) -> Cost:
        """Hold a key down: it comes every 33 ms, whatever is on screen."""
        return self.hold_all([key] * count)

    def hold_both(self, key: bytes, other: bytes, count: int) -> Cost:
        """Two keys by turns as if they were held down: the cursor moves, the list stays."""
        return self.hold_all([key, other] * (count // 2))

    def hold_all(self, keys: list[bytes]) -> Cost:
        """Keys that come every 33 ms."""
        cost = Cost()
        before = self.cpu()
        for key in keys:
            start = time.perf_counter()
            os.write(self.terminal, key)
            while (left := start + 0.033 - time.perf_counter()) > 0:
                if select.select([self.terminal], [], [], left)[0]:
                    data = os.read(self.terminal, 1 << 16)
                    cost.sent += len(data)
            cost.wall.append((time.perf_counter() - start) * 1000)
        cost.cpu = self.cpu() - before
        self.read(first=1.0)
        return cost

    def close(self) -> None:
        """End the process."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)


def peer(folder: Path, keys: int, *, columns: int, lines: int) -> tuple[float, float]:
    """CPU ms a key of Textual's own table of 5,000 rows, with the same keys held down: a row, a page."""
    screen = Screen(folder, columns=columns, lines=lines, program=PEER)
    try:
        screen.wait_for("第0位".encode())
        screen.settle()
        screen.press([DOWN] * lines)
        rows, pages = screen.hold(DOWN, keys * 2), screen.hold(PAGE_DOWN, keys)
    finally:
        screen.close()
    return rows.cpu / len(rows.wall), pages.cpu / len(pages.wall)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--units", type=int, default=100_000)
    parser.add_argument("--keys", type=int, default=60)
    parser.add_argument("--columns", type=int, default=120)
    parser.add_argument("--lines", type=int, default=40)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        make_project(folder, given.units)
        screen = Screen(folder, columns=given.columns, lines=given.lines)
        try:
            start = screen.wait_for("第0位".encode())
            screen.settle()
            load = os.getloadavg()[0]
            print(f"machine  {platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()}")
            print(f"load     {load:.1f} (1 min); {given.units} units, {given.columns}x{given.lines}")
            print(f"rows after {start:.0f} ms, {screen.memory():.0f} MiB")
            shown = (given.lines - 2) // 2
            print(screen.press([DOWN] * (shown // 2)).line("move"))
            print(screen.hold_both(DOWN, UP, given.keys).line("hold, no scroll"))
            screen.press([DOWN] * shown)
            print(screen.press([DOWN] * given.keys).line("move and scroll"))
            print(screen.press([PAGE_DOWN] * given.keys).line("page"))
            print(screen.press([END, HOME] * 5).line("end and start"))
            rows, pages = screen.hold(DOWN, given.keys * 2), screen.hold(PAGE_DOWN, given.keys)
            print(rows.line("hold down"))
            print(pages.line("hold page"))
            row, page = peer(folder, given.keys, columns=given.columns, lines=given.lines)
            down, paged = rows.cpu / len(rows.wall) / row, pages.cpu / len(pages.wall) / page
            print(f"Textual's DataTable of 5,000 rows: hold down {row:.1f} ms/key (ours x{down:.2f})")
            print(f"                                   hold page {page:.1f} ms/key (ours x{paged:.2f})")
            screen.press([b"\r"])
            print(
                screen.press([character.encode() for character in "会议开始了" * (given.keys // 5)]).line(
                    "type"
                )
            )
            print(screen.press([F2] * (given.keys // 3)).line("confirm and next"))
            screen.settle()
            screen.press([ESCAPE])
            wanted = given.units * 3 // 4
            for name, keys, mark in (
                ("search", F3 + f"第{wanted}位\r".encode(), f"Speaker {wanted} of".encode()),
                ("filter open", F4 + b"open\r", b"only"),
            ):
                wall, cpu = screen.answer(keys, mark)
                print(f"{name:<16}     {wall:7.1f} ms until it is painted   CPU {cpu:6.1f} ms")
            print(f"at the end {screen.memory():.0f} MiB; {screen.parts()}")
        finally:
            screen.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
