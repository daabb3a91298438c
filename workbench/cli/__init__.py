"""The command line: arguments in, data on stdout, talk on stderr, an exit code out."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130
_STREAM_ERRORS = (errno.ENOSPC, errno.EIO, errno.EBADF, errno.EDQUOT, errno.EFBIG)
BUG = 70


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 found what it guards against, 2 unusable, 130 interrupted.

    No error reaches the user as a traceback: a fault of ours is logged and named in one line, code 70.
    """
    import click

    from workbench.cli.app import app
    from workbench.errors import WorkbenchError

    _open_streams()
    try:
        result = app.main(args=argv, prog_name="workbench", standalone_mode=False)
        sys.stdout.flush()
    except WorkbenchError as error:
        return _fail(str(error), error.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return 2
    except click.UsageError as error:
        hint = f" ({error.ctx.command_path} --help)" if error.ctx else ""
        return _fail(_one_line(error.format_message()) + hint, 2)
    except click.ClickException as error:
        return _fail(_one_line(error.format_message()), 2)
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        _silence_stdout()
        return 0
    except OSError as error:
        if error.filename is None and error.errno in _STREAM_ERRORS:
            _silence_stdout()
            return _fail(f"<stdout>: {error.strerror}", 2)
        return _fail(_log(error), BUG)
    except Exception as error:  # a bug of ours: the user gets a line, the log gets the rest
        return _fail(_log(error), BUG)
    return result if isinstance(result, int) else 0


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _fail(message: str, code: int) -> int:
    from workbench.report.visible import visible

    try:
        print(f"workbench: {visible(message)}", file=sys.stderr)  # noqa: T201
    except (BrokenPipeError, ValueError):
        _silence_stdout()
    return code


def _open_streams() -> None:
    """Give closed streams something harmless to be, and make text on the others UTF-8."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - lives as the process
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _silence_stdout() -> None:
    """Point stdout at nothing, so that the interpreter's last flush of a closed pipe stays quiet."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _log(error: Exception) -> str:
    import tempfile
    import traceback

    from platformdirs import user_log_dir

    text = "".join(traceback.format_exception(error))
    for folder in (Path(user_log_dir("workbench")), Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / "workbench.log"
            with path.open("a", encoding="utf-8", errors="backslashreplace") as log:
                log.write(text + "\n")
        except OSError:
            continue
        return f"a fault of the workbench itself ({type(error).__name__}); the details are in {path}"
    return f"a fault of the workbench itself ({type(error).__name__}: {_one_line(str(error))})"
