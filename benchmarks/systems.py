"""Running systems, each in a process of its own, and the environment that the peers live in."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.peers import ABSENT, SYSTEMS, System

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ROOT / "benchmarks" / "peers" / "requirements.txt"
# One thread for all, so that CPU time compares work and not waiting.
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")
_LISTED = (
    "import json,importlib.metadata as m;"
    "print(json.dumps({d.metadata['Name'].lower().replace('_','-'): d.version for d in m.distributions()}))"
)


@dataclass(frozen=True, slots=True)
class Absent:
    """A system that could not be run, and why."""

    name: str
    reason: str


class Environment:
    """The virtual environment of the peers: a folder of the cache, or the one that WORKBENCH_PEERS names."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or self.usual()
        self.python = self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        self.packages: dict[str, str] = {}
        if self.python.exists():
            done = subprocess.run([self.python, "-c", _LISTED], capture_output=True, text=True, check=False)
            self.packages = json.loads(done.stdout or "{}")

    @staticmethod
    def usual() -> Path:
        import platformdirs

        given = os.environ.get("WORKBENCH_PEERS")
        return Path(given) if given else Path(platformdirs.user_cache_dir("workbench")) / "peers"

    def install(self) -> Environment:
        """Make the environment and install every pin; one that cannot be had is said and the others still come."""
        if not self.python.exists():
            say(f"making {self.folder}")
            subprocess.run([sys.executable, "-m", "venv", self.folder], check=True)
        pins = [line for line in REQUIREMENTS.read_text(encoding="utf-8").split("\n") if "==" in line]
        wanted = [pin for pin in pins if self.packages.get(pin.split("==")[0]) != pin.split("==")[1]]
        if wanted and self.pip("-r", str(REQUIREMENTS)):
            for pin in wanted:
                if reason := self.pip(pin):
                    say(f"{pin} could not be installed: {reason}")
        return Environment(self.folder)

    def pip(self, *what: str) -> str:
        """Install without looking for more than what is named; the reason where it failed."""
        command = [
            self.python,
            "-m",
            "pip",
            "install",
            "-q",
            "--disable-pip-version-check",
            "--no-deps",
            *what,
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return last_line(done.stderr) if done.returncode else ""

    def lacks(self, system: System) -> str:
        """Why a peer cannot be run here; nothing when it can."""
        missing = [name for name in system.packages if name not in self.packages]
        if missing:
            return f"{', '.join(missing)} not installed (--install)"
        return ""


def run(
    system: System,
    task: str,
    sets: Sequence[dict[str, Any]],
    environment: Environment,
    *,
    langs: Sequence[str] = (),
) -> dict[str, Any] | Absent:
    """The answer of benchmarks/peers/run.py for one system."""
    if reason := environment.lacks(system):
        return Absent(system.name, reason)
    python = environment.python if system.packages else Path(sys.executable)
    variables = {**os.environ, **dict.fromkeys(_THREADS, "1"), "PYTHONPATH": str(ROOT)}
    job = {
        "module": system.module,
        "option": system.option,
        "task": task,
        "sets": sets,
        "langs": langs,
    }
    say(f"{system.name}: {task}, {len(sets)} sets")
    with tempfile.TemporaryDirectory() as scratch:
        files = Path(scratch) / "job.json", Path(scratch) / "result.json"
        files[0].write_text(json.dumps(job), encoding="utf-8")
        command = [python, "-m", "benchmarks.peers.run", *files]
        done = subprocess.run(
            command, cwd=ROOT, env=variables, stderr=subprocess.PIPE, text=True, check=False
        )
        if done.returncode or not files[1].exists():
            return Absent(system.name, last_line(done.stderr) or f"ended with {done.returncode}")
        answer: dict[str, Any] = json.loads(files[1].read_text(encoding="utf-8"))
    answer["versions"] |= {name: environment.packages[name] for name in system.packages}
    return answer


def choose(task: str, peers: str) -> tuple[list[System], list[Absent]]:
    """The systems that `peers` asks for (all, none, fast or names), ours first, and those that it leaves out."""
    those = [system for system in SYSTEMS if system.task == task]
    asked = names(peers)
    words = {"all", "none", "fast", "ours"}
    for name in asked:
        if name not in words and not any(named(system, name) for system in those if system.packages):
            known = ", ".join(sorted({system.module for system in those if system.packages}))
            raise ValueError(f"no peer {name!r}; there are {known}, and all, fast, none")

    def wanted(system: System) -> bool:
        if not system.packages or "all" in asked:
            return True
        return ("fast" in asked and not system.slow) or any(named(system, name) for name in asked)

    left: list[Absent] = []
    if "all" in asked or "fast" in asked:
        left = [Absent(one.name, "slow; run with --peers all") for one in those if not wanted(one)]
        left += [Absent(name, reason) for name, reason in ABSENT.items() if task == "align"]
    return [one for one in those if wanted(one)], left


def names(text: str) -> list[str]:
    """The names in a list with commas."""
    return [name.strip() for name in text.split(",") if name.strip()]


def named(system: System, name: str) -> bool:
    return name in (system.name, system.module, *system.packages[:1])


def machine(versions: Iterable[tuple[str, str]]) -> list[str]:
    """Lines that say where, when and with what the figures were made."""
    load = " ".join(f"{value:.1f}" for value in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"
    when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return [
        f"{when}; {processor()}, {os.cpu_count()} CPUs, load {load}; Python {platform.python_version()}",
        ", ".join(f"{name} {version}" for name, version in dict(versions).items()),
    ]


def processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
        return text.partition("model name")[2].partition("\n")[0].strip("\t: ") or "unknown CPU"
    except OSError:
        return platform.processor() or "unknown CPU"


def commit() -> str:
    """The commit of the checkout, with a plus where files differ from it; nothing outside a checkout."""
    ask = ["git", "-C", str(ROOT)]
    try:
        head = subprocess.run(
            [*ask, "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True
        )
        changed = subprocess.run(
            [*ask, "status", "--porcelain", "workbench"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return head.stdout.strip() + ("+" if changed.stdout.strip() else "")


def last_line(text: str) -> str:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return lines[-1] if lines else ""


def say(text: str) -> None:
    """A line of talk, where somebody can see it."""
    print(f"… {text}", file=sys.stderr, flush=True)
