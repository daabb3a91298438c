"""Files on disk: read with plain errors, unpacked within bounds, written whole or not at all."""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import secrets
import stat
import zlib
from typing import TYPE_CHECKING, BinaryIO, cast

from workbench.errors import FormatError, InputError, OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

UNPACKED_LIMIT = 1 << 30
_GZIP = b"\x1f\x8b"


def load(path: Path) -> bytes:
    """The bytes of a file. Raises InputError for one that is missing, a directory, or not to be read."""
    with _plain_errors(path):
        return path.read_bytes()


@contextlib.contextmanager
def _plain_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise InputError("no such file", file=str(path)) from None
    except IsADirectoryError:
        raise InputError("is a directory, not a file", file=str(path)) from None
    except PermissionError:
        raise InputError("may not be read (permission denied)", file=str(path)) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(f"cannot be read: {reason}", file=str(path)) from None


def gunzip(data: bytes, *, name: str) -> bytes:
    """The bytes unpacked, if they were packed by gzip. Raises FormatError for damage and for bombs."""
    if not data.startswith(_GZIP):
        return data
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
        return Unpacking(cast(BinaryIO, packed), name).read()


def zipped(path: Path) -> BinaryIO:
    """A file opened for reading, unpacked on the way where it is gzipped. Raises InputError."""
    with _plain_errors(path):
        stream = path.open("rb")
        packed = stream.read(2) == _GZIP
        stream.seek(0)
    if not packed:
        return stream
    return cast(BinaryIO, Unpacking(cast(BinaryIO, gzip.GzipFile(fileobj=stream)), str(path)))


class Unpacking:
    """A gzip stream that stops at UNPACKED_LIMIT, with plain errors."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream = stream
        self._name = name
        self._left = UNPACKED_LIMIT

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes, all when negative. Raises FormatError."""
        try:
            data = self._stream.read(self._left + 1 if size < 0 else size)
        except (OSError, EOFError, zlib.error) as error:
            raise FormatError(f"damaged gzip data: {error}", file=self._name) from None
        self._left -= len(data)
        if self._left < 0:
            raise FormatError(f"unpacks to more than {UNPACKED_LIMIT >> 20} MB", file=self._name)
        return data

    def close(self) -> None:
        """Close the file below."""
        self._stream.close()


def save(path: Path, pieces: Iterable[bytes]) -> None:
    """Put the pieces into a file, packed where it is called .gz: a temporary name, then renamed. Raises OutputError.

    A file that was there keeps its permissions and, when it cannot be replaced, its content. A device or pipe is
    written to directly; a link is followed.
    """
    try:
        goal = path.resolve() if path.is_symlink() else path
        if goal.is_dir():
            raise OutputError("is a directory, not a file", file=str(path))
        if goal.exists() and not goal.is_file():
            with goal.open("wb") as device:
                _fill(device, pieces, path.suffix.lower() == ".gz")
            return
        _replace(goal, pieces, packed=path.suffix.lower() == ".gz")
    except FileNotFoundError:
        raise OutputError(f"there is no folder {path.parent}", file=str(path)) from None
    except NotADirectoryError:
        raise OutputError(f"{path.parent} is no folder", file=str(path)) from None
    except PermissionError:
        raise OutputError(f"cannot be written: no permission in {path.parent}", file=str(path)) from None
    except OSError as error:
        raise OutputError(f"cannot be written: {error.strerror or error}", file=str(path)) from None


def _replace(goal: Path, pieces: Iterable[bytes], *, packed: bool) -> None:
    """Write beside the goal and rename; nothing is left behind when that fails."""
    if goal.exists() and not os.access(goal, os.W_OK):
        raise OutputError("is write-protected", file=str(goal))
    part = goal.with_name(f".{goal.name[:40]}.{secrets.token_hex(6)}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(handle, "wb") as stream:
            _fill(stream, pieces, packed)
            stream.flush()
            with contextlib.suppress(FileNotFoundError):
                os.fchmod(stream.fileno(), stat.S_IMODE(goal.stat().st_mode))
            os.fsync(stream.fileno())
        part.replace(goal)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def _fill(stream: BinaryIO, pieces: Iterable[bytes], packed: bool) -> None:
    if not packed:
        stream.writelines(pieces)
        return
    with gzip.GzipFile(filename="", fileobj=stream, mode="wb", mtime=0) as packing:
        for piece in pieces:
            packing.write(piece)
