"""The encoding of a text file: UTF-8 first, then what the bytes prove, else an error that names the candidates."""

from __future__ import annotations

import codecs
import re
from functools import cache

from workbench.errors import EncodingError, FormatError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"PK\x03\x04", "a ZIP archive, as docx and xlsx are"),
    (b"%PDF-", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "gzip data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
)
# What English and Chinese texts are found in besides Unicode; GB18030 holds GBK and GB2312.
LEGACY = ("gb18030", "big5", "cp1252")
_FREQUENT = frozenset(
    "，。、：；！？“”《》（）「」的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着"
    "下自之年过過发發后後作里裡用道行所然家种種事成方多经經去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主样樣理心她本前开開"
)
_LATIN = re.compile(
    r"(?<=[A-Za-z])[ß-öø-ÿœ](?![^\x00-\x7f’”…])|(?<![^\x00-\x7f‘“])[À-ÖØ-öø-ÿŒœŠš](?=[a-z])|[‘’“”–—…]|[€£](?=\d)|[°©®™](?![a-z])"
)
_SAMPLE = 1 << 16
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_BREAK = re.compile("\r\n|\n|\r")


def decode(data: bytes, *, name: str, encoding: str = "") -> tuple[str, str]:
    """The text without BOM, and the encoding it was in, for the caller to say when it is not UTF-8.

    Raises FormatError for a binary file, EncodingError where no encoding is sure. Newlines stay as they are.
    """
    if encoding:
        return _given(data, encoding, name), encoding
    for bom, found in _BOMS:
        if data.startswith(bom):
            return _strictly(data[len(bom) :], found, name), found
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise FormatError(f"binary file: {kind}", file=name)
    if b"\x00" in data:
        return _with_nuls(data, name)
    if len(_CONTROLS.findall(data, 0, _SAMPLE)) * 10 > min(len(data), _SAMPLE):
        raise FormatError("binary file: too many control characters for a text", file=name)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        return _legacy(data, error, name)


def line_at(text: str, offset: int) -> int:
    """The line, from 1, that a character of `text` stands on: CR, LF and CRLF end lines, nothing else does."""
    return 1 + sum(1 for _ in _BREAK.finditer(text, 0, offset))


def _given(data: bytes, encoding: str, name: str) -> str:
    try:
        codecs.lookup(encoding)
    except LookupError:
        raise EncodingError(f"there is no encoding {encoding!r}", file=name) from None
    return _strictly(data, encoding, name).removeprefix("\ufeff")


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = line_at(data[: error.start].decode(encoding, "replace"), len(data))
        byte = f"byte 0x{data[error.start]:02X}"
        raise EncodingError(f"not {encoding.upper()} as it claims ({byte})", file=name, line=line) from None
    except ValueError as error:
        raise EncodingError(f"not {encoding.upper()}: {error}", file=name) from None


def _with_nuls(data: bytes, name: str) -> tuple[str, str]:
    """UTF-16 without a BOM, if zero bytes stand where it has them; else a FormatError with the line of the first."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    try:
        data.decode("utf-8")
        enough = (even + odd) * 5 >= len(data)
    except UnicodeDecodeError:
        enough = True
    if enough and len(data) % 2 == 0:
        for order in ("utf-16-be", "utf-16-le") if even > odd else ("utf-16-le", "utf-16-be"):
            try:
                text = data.decode(order)
            except UnicodeDecodeError:
                continue
            if _plausible(text):
                return text, order
    line = 1 + len(re.findall(rb"\r\n|\n|\r", data[: data.index(0)]))
    raise FormatError("binary file: a NUL byte", file=name, line=line)


def _plausible(text: str) -> bool:
    """Whether a guessed decoding looks like English or Chinese: known letters, hardly any rare block or control."""
    sample = text[:_SAMPLE]
    known = sum(
        1
        for char in sample
        if " " <= char <= "\u024f"
        or char in "\t\r\n\f"
        or "\u2010" <= char <= "\u206f"
        or "\u3000" <= char <= "\u303f"
        or "\u4e00" <= char <= "\u9fff"
        or "\uff00" <= char <= "\uffef"
    )
    return known >= 0.95 * len(sample)


def _legacy(data: bytes, error: UnicodeDecodeError, name: str) -> tuple[str, str]:
    """The text in the one legacy encoding that fits. Raises EncodingError where none or several do."""
    _refuse_broken_utf8(data, error, name)
    fitting = {}
    for encoding in LEGACY:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _plausible(text):
            fitting[encoding] = text
    if not fitting:
        line = 1 + len(re.findall(rb"\r\n|\n|\r", data[: error.start]))
        raise EncodingError(
            f"not UTF-8 (byte 0x{data[error.start]:02X}), nor {', '.join(LEGACY)}", file=name, line=line
        )
    chosen = _choose(fitting)
    if chosen is None:
        raise EncodingError(f"not UTF-8, and it could be {' or '.join(fitting)}: save it as UTF-8", file=name)
    return fitting[chosen], chosen


def _choose(fitting: dict[str, str]) -> str | None:
    """The encoding whose text is made of common characters, if it is so by far more than the others'."""
    ranked = [(_merit(text[:_SAMPLE], encoding), encoding) for encoding, text in fitting.items()]
    (best, chosen), (second, _), *_ = sorted([*ranked, (0.0, ""), (0.0, "")], reverse=True)
    if best >= 0.8 and best - second >= 0.25:
        return chosen
    return None


def _merit(text: str, encoding: str) -> float:
    """How common the characters beyond ASCII are: 0 for rare ones only, 1 for common ones, 2 for the very commonest.

    In cp1252 any bytes are characters; in its texts they are few: accented letters in words, quotation marks, dashes.
    """
    if encoding == "cp1252":
        usual = len(_LATIN.findall(text))
        foreign = sum(1 for char in text if char > "\x7f")
        return 2 * usual / foreign if foreign * 3 < len(text) else 0.0
    beyond = [char for char in text if char > "\x7f"]
    if not beyond:
        return 0.0
    return sum((char in _FREQUENT) + (char in _FREQUENT or _is_common(char)) for char in beyond) / len(beyond)


@cache
def _is_common(char: str) -> bool:
    """Whether the character is of level 1 of GB 2312 or of Big5, or punctuation of GB 2312."""
    gb, big5 = char.encode("gb2312", "replace"), char.encode("big5", "replace")
    return b"\xb0" <= gb < b"\xd8" or b"\xa4" <= big5 < b"\xc7" or b"\xa1" <= gb < b"\xa4"


def _refuse_broken_utf8(data: bytes, error: UnicodeDecodeError, name: str) -> None:
    """Raise EncodingError for UTF-8 with damage, which any single-byte encoding would turn into rubbish unseen."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    good = sum(1 for char in text if char > "\x7f") - broken
    if good > 3 * broken:
        line = 1 + len(re.findall(rb"\r\n|\n|\r", data[: error.start]))
        raise EncodingError(
            f"damaged UTF-8: byte 0x{data[error.start]:02X} fits in no character", file=name, line=line
        )
