"""The command line called in this process: nothing is started or loaded again; the bytes and the codes are the same."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
from pathlib import Path
from unittest import mock

from workbench.cli import main


def run(
    *arguments: str, folder: Path, stdin: str | bytes = b"", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """What `workbench` with these arguments, started in `folder`, prints and returns.

    It is as it is told for `python -m workbench` by tests/test_cli_basics.py, whose `run` starts a process.
    """
    streams = {
        "stdin": io.TextIOWrapper(io.BytesIO(stdin.encode() if isinstance(stdin, str) else stdin)),
        "stdout": io.TextIOWrapper(io.BytesIO()),
        "stderr": io.TextIOWrapper(io.BytesIO()),
    }
    with contextlib.ExitStack() as stack:
        for name, stream in streams.items():
            stack.enter_context(mock.patch(f"sys.{name}", stream))
        stack.enter_context(mock.patch.dict(os.environ, env or {}))
        stack.enter_context(contextlib.chdir(folder))
        code = main(arguments)
    texts = {}
    for name in ("stdout", "stderr"):
        streams[name].flush()
        texts[name] = streams[name].buffer.getvalue()
    return subprocess.CompletedProcess(["workbench", *arguments], code, texts["stdout"], texts["stderr"])
