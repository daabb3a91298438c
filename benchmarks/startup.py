"""How long the review screen takes to its first frame and to its rows, against an empty Textual app.

    python benchmarks/startup.py [--runs 7] [--project DIR]

Every run is a new process on a real pseudo-terminal of 80x24 cells, the two kinds in turn. The project (by default a
new one of 40 units in a temporary folder) is opened once before, so that what is measured is the daily start. Targets:
first frame ≤ 1.3 times, rows ≤ 2.5 times the empty app's.
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
from fcntl import ioctl
from pathlib import Path

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
SOURCES = (
    "The session begins at nine.",
    "Nobody left before the end.",
    "It took three hours.",
    "We came back.",
)
TARGETS = ("会议九点开始。", "没有人提前离开。", "花了三个小时。", "我们回来了。")


def spawn(arguments: list[str]) -> tuple[int, int]:
    """A process of Python on a new pseudo-terminal: (pid, file descriptor of the terminal)."""
    pid, terminal = pty.fork()
    if pid == 0:
        environ = {**os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(ROOT), "COLORTERM": "truecolor"}
        environ.pop("NO_COLOR", None)
        os.execve(sys.executable, [sys.executable, *arguments], environ)
    ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    return pid, terminal


def times_to(arguments: list[str], marks: list[bytes], *, seconds: float = 30.0) -> list[float]:
    """Milliseconds from the start of the process until each mark was on the terminal."""
    start = time.perf_counter()
    pid, terminal = spawn(arguments)
    seen, found = b"", dict.fromkeys(marks, 0.0)
    try:
        while not all(found.values()) and time.perf_counter() - start < seconds:
            if not select.select([terminal], [], [], 0.5)[0]:
                continue
            try:
                seen += os.read(terminal, 65536)
            except OSError:
                break
            now = (time.perf_counter() - start) * 1000
            for mark in marks:
                if not found[mark] and mark in seen:
                    found[mark] = now
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)
    if not all(found.values()):
        raise SystemExit(
            f"startup: never saw {[mark for mark, at in found.items() if not at]}: {seen[-500:]!r}"
        )
    return list(found.values())


def make_project(folder: Path) -> None:
    """A project of one document of 40 units."""
    segments = folder / "segments"
    segments.mkdir(parents=True)
    (segments / "talk.en.txt").write_text("\n\n".join(SOURCES * 10), encoding="utf-8")
    (segments / "talk.zh.txt").write_text("\n\n".join(TARGETS * 10), encoding="utf-8")


def main() -> int:
    """Measure, print, and tell by the exit code whether the targets are met."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--project", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        project = given.project or Path(scratch)
        mark = "⟨".encode()
        if given.project is None:
            make_project(project)
            mark = "会议九点开始".encode()
        review = ["-c", REVIEW, str(project)]
        marks = ["opening…".encode(), mark if given.project is None else "▸".encode()]
        times_to(review, marks)
        empty_times: list[float] = []
        frames: list[float] = []
        rows: list[float] = []
        for _ in range(given.runs):
            empty_times += times_to(["-c", EMPTY], [b"first frame"])
            frame, row = times_to(review, marks)
            frames.append(frame)
            rows.append(row)
    base = statistics.median(empty_times)
    print(f"machine  {platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()}")
    print(f"load     {os.getloadavg()[0]:.1f} (1 min), n = {given.runs}, medians in ms (lowest)")
    ok = True
    for name, values, limit in (("empty", empty_times, 0.0), ("frame", frames, 1.3), ("rows", rows, 2.5)):
        median = statistics.median(values)
        ratio = median / base
        lowest_ratio = min(values) / min(empty_times)
        print(
            f"{name:<8} {median:6.0f} ({min(values):.0f})   x {ratio:.2f} (lowest x {lowest_ratio:.2f})",
            end="",
        )
        print(f"   target x {limit}" if limit else "")
        ok = ok and (not limit or ratio <= limit)
    return 0 if ok else 1


if __name__ == "__main__":
    raise SystemExit(main())
