"""How long the review screen takes to its first frame and to its rows, against an empty Textual app.

    python benchmarks/startup.py [--runs 15] [--units 1000,100000,1000000] [--project DIR]

Every run is a new process on a real pseudo-terminal of 80x24 cells, the kinds in turn. The projects (by default new
ones in a temporary folder) are opened once before, so that what is measured is the daily start. CPU milliseconds of
the process are what to compare by; wall times on a shared machine are mostly other people's work. Targets: first
frame ≤ 1.3 times, rows ≤ 2 times the empty app's.
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
EMPTY = """
from textual.app import App
from textual.widget import Widget
class Words(Widget):
    def render(self):
        return "first frame"
class Empty(App):
    def compose(self):
        yield Words()
Empty().run()
"""
REVIEW = """
import sys
from workbench import tui
def opening():
    from workbench.review.project import open_project
    return open_project(sys.argv[1])
sys.exit(tui.run(opening))
"""


def spawn(arguments: list[str]) -> tuple[int, int]:
    """A process of Python on a new pseudo-terminal: (pid, file descriptor of the terminal)."""
    pid, terminal = pty.fork()
    if pid == 0:
        environ = {**os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(ROOT), "COLORTERM": "truecolor"}
        environ.pop("NO_COLOR", None)
        os.execve(sys.executable, [sys.executable, *arguments], environ)
    ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    return pid, terminal


@dataclass
class Start:
    """CPU and wall milliseconds until a mark, and MiB held then, one a run."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    def line(self, name: str, base: Start, *, limit: float) -> str:
        """One line of the table."""
        cpu, wall = statistics.median(self.cpu), statistics.median(self.wall)
        least = min(self.cpu) / min(base.cpu)
        return (
            f"{name:<18} CPU {cpu:6.0f} ms x {self.ratio(base):.2f} (lowest {min(self.cpu):.0f} x {least:.2f})   "
            f"wall {wall:6.0f} ms x {wall / statistics.median(base.wall):.2f}   "
            f"{statistics.median(self.memory):4.0f} MiB{f'   target x {limit}' if limit else ''}"
        )

    def ratio(self, base: Start) -> float:
        """Median CPU against the empty app's."""
        return statistics.median(self.cpu) / statistics.median(base.cpu)


def measure(arguments: list[str], marks: list[tuple[bytes, Start]], *, seconds: float = 120.0) -> None:
    """Start a process and note when each mark in turn was on the terminal."""
    start = time.perf_counter()
    pid, terminal = spawn(arguments)
    clock, seen = (~pid << 3) | 2, b""  # the CPU clock of another process, as in clock_getcpuclockid(3)
    try:
        for mark, noted in marks:
            while mark not in seen:
                if time.perf_counter() - start > seconds:
                    raise SystemExit(f"startup: never saw {mark!r}: {seen[-500:]!r}")
                if select.select([terminal], [], [], 0.5)[0]:
                    seen += os.read(terminal, 65536)
            noted.cpu.append(time.clock_gettime(clock) * 1000)
            noted.wall.append((time.perf_counter() - start) * 1000)
            status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
            noted.memory.append(int(status.partition("VmRSS:")[2].split()[0]) / 1024)
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)


def main() -> int:
    """Measure, print, and tell by the exit code whether the targets are met."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--units", default="1000,100000,1000000")
    parser.add_argument("--project", type=Path, help="measure this one instead of new ones")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        projects: dict[str, Path] = {}
        if given.project:
            projects["project"] = given.project
        else:
            for count in map(int, given.units.split(",")):
                projects[f"{count:,}"] = Path(scratch) / str(count)
                make_project(projects[f"{count:,}"], count)
        mark = "▸".encode() if given.project else "发言".encode()
        empty = Start()
        starts = {name: (Start(), Start()) for name in projects}
        for run in range(given.runs + 1):
            measure(["-c", EMPTY], [(b"first frame", empty if run else Start())])
            for name, project in projects.items():
                frame, rows = starts[name] if run else (Start(), Start())
                measure(["-c", REVIEW, str(project)], [("opening…".encode(), frame), (mark, rows)])
    print(f"machine  {platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()}")
    print(f"load     {os.getloadavg()[0]:.1f} (1 min), n = {given.runs}, medians")
    print(empty.line("empty app", empty, limit=0))
    ok = True
    for name, (frame, rows) in starts.items():
        print(frame.line(f"{name} frame", empty, limit=1.3))
        print(rows.line(f"{name} rows", empty, limit=2))
        ok = ok and frame.ratio(empty) <= 1.3 and rows.ratio(empty) <= 2
    return 0 if ok else 1


if __name__ == "__main__":
    raise SystemExit(main())
