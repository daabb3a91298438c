"""Where data goes: stdout as bytes, or a file that is whole or not there at all."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbench.model import Content

# What the extensions of files call for, ours and other formats of the trade.
_EXTENSIONS = {
    ".tmx": "tmx",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".txt": "text",
    ".srx": "srx",
    ".json": "json",
    ".html": "html",
    ".xlf": "xliff",
    ".xliff": "xliff",
    ".sdlxliff": "xliff",
    ".mqxliff": "xliff",
    ".mxliff": "xliff",
    ".xlsx": "xlsx",
    ".xls": "xls",
    ".docx": "docx",
    ".pdf": "pdf",
    ".po": "po",
    ".tbx": "tbx",
    ".xml": "xml",
    ".srt": "srt",
    ".vtt": "vtt",
    ".ass": "ass",
    ".dat": "binary data",
    ".gz": "gzip",
}
_LINES = ("beads", "text")


def emit(data: str | bytes, out: str | None = None) -> None:
    """Write to the file `out`, or to stdout where it is None or "-". Raises OutputError."""
    raw = data.encode("utf-8", errors="surrogatepass") if isinstance(data, str) else data
    if out is not None and out != "-":
        from workbench.formats.files import save

        save(Path(out), [raw])
        return
    if sys.stdout.isatty():
        from workbench.report.visible import visible

        text = raw.decode("utf-8", errors="replace")
        raw = "".join(
            visible(line.rstrip("\r\n")).replace("\u2409", "\t") + "\n" for line in text.splitlines()
        ).encode("utf-8", errors="replace")
    sys.stdout.flush()
    sys.stdout.buffer.write(raw)
    sys.stdout.buffer.flush()


def emit_pieces(pieces: Iterable[str], out: str) -> None:
    """Write text piece by piece to the file `out`, or to stdout where it is "-". Raises OutputError."""
    if out == "-":
        emit("".join(pieces))
        return
    from workbench.formats.files import save

    save(Path(out), (piece.encode("utf-8", errors="surrogatepass") for piece in pieces))


def emit_lines(lines: Iterable[str], out: str | None = None) -> None:
    """Write lines, each ended by a newline, as `emit` does."""
    emit("".join(f"{line}\n" for line in lines), out)


def say(lines: Iterable[str]) -> None:
    """Talk to the user on stderr, a line each."""
    from workbench.report.visible import visible

    for line in lines:
        print(visible(line), file=sys.stderr)  # noqa: T201


def read_input(path: str) -> tuple[bytes, str]:
    """The bytes of a file or, for "-", of stdin, and the name to call it by in errors. Raises InputError."""
    if path == "-":
        if sys.stdin.isatty():
            raise UsageError("'-' reads stdin, which is the keyboard here: pipe a file in")
        return sys.stdin.buffer.read(), "stdin"
    from workbench.formats.files import load

    return load(Path(path)), path


def read_bilingual(
    path: str,
    *,
    format: str | None = None,
    source_lang: str | None = None,
    target_lang: str | None = None,
    lines: list[int | None] | None = None,
    line_ids: bool = True,
) -> Content:
    """The units of a bilingual file, or of stdin (JSON lines unless a format is named).

    The languages are for files that do not say theirs. Units without an id are named by their line, unless `line_ids`
    is False; into `lines` goes the line of each. Warnings go to stderr. Raises InputError, and UsageError for a file of
    one language.
    """
    from workbench import formats, langs

    data, name = read_input(path)
    options = formats.ReadOptions(
        source_lang=langs.normalize(source_lang) if source_lang else "",
        target_lang=langs.normalize(target_lang) if target_lang else "",
        line_ids=line_ids,
        lines=lines,
        warn=lambda line: say([f"warning: {line}"]),
    )
    shape = format or ("jsonl" if path == "-" else None)
    content = formats.read_bytes(data, name=name, format=shape, options=options)
    if content.blocks and not content.units:
        raise UsageError(f"{name} has one language only: workbench align makes a bilingual file of two texts")
    return content


def read_text(path: str, *, allow_empty: bool = False) -> str:
    """A text file or stdin as text; an encoding other than UTF-8 is said on stderr. Raises InputError."""
    from workbench.formats import decode

    data, name = read_input(path)
    if not data and allow_empty:
        return ""
    text, encoding = decode(data, name=name)
    if encoding.lower().replace("_", "-") not in ("utf-8", "utf-8-sig", "ascii"):
        say([f"{name}: read as {encoding}"])
    if not text.strip() and not allow_empty:
        raise InputError("empty file: there is no text in it", file=name)
    return text


def check_out(
    out: str | None, inputs: Iterable[str | None], *, shape: str, shapes: Iterable[str] = ()
) -> None:
    """Raise UsageError where writing `shape` to `out` would destroy an input or contradict the file's name.

    A name contradicts where its extension is that of another format; `shapes` are those that the command offers.
    """
    if out is None or out == "-":
        return
    goal = Path(out)
    for one in inputs:
        if one and one != "-" and Path(one).exists() and goal.exists() and goal.samefile(one):
            raise UsageError(f"{out} is read here: write to another file")
    lower = out.lower().removesuffix(".gz")
    called = next((name for end, name in _EXTENSIONS.items() if lower.endswith(end)), None)
    if called is None or called == shape.removesuffix("12") or (called == "text" and shape in _LINES):
        return
    offered = tuple(shapes)
    if called in offered:
        raise UsageError(
            f"{out} is named as {called}, but {shape} would be written: --to {called}, or another name"
        )
    known = f" (there are: {', '.join(offered)})" if offered else ""
    raise UsageError(f"{out} is named as {called}, which is not written here{known}")


def format_by_name(path: str) -> str:
    """The name of the format that a file's name calls for. Raises UsageError for a name that calls for none."""
    from workbench import formats

    found = formats.by_extension(path)
    if found is None:
        known = ", ".join(extension for one in formats.FORMATS for extension in one.extensions)
        raise UsageError(f"{path}: no format has this extension (there are: {known}); --to names one")
    return found.name
