"""Language tags (BCP 47) and the data that differs by language."""

from __future__ import annotations

import re

from workbench.errors import UsageError

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*\Z")


def normalize(tag: str) -> str:
    """The tag in canonical case: `zh_cn` → `zh-CN`, `ZH-hans` → `zh-Hans`. Raises UsageError where it is no tag."""
    if not _TAG.match(tag):
        raise UsageError(f"not a language tag: {tag!r}")
    first, *rest = re.split(r"[-_]", tag)
    parts = [first.lower()]
    for part in rest:
        if len(part) == 4 and part.isalpha():
            parts.append(part.title())
        elif len(part) == 2 and part.isalpha():
            parts.append(part.upper())
        else:
            parts.append(part.lower())
    return "-".join(parts)


def primary(tag: str) -> str:
    """The primary subtag: `zh-CN` → `zh`."""
    return re.split(r"[-_]", tag, maxsplit=1)[0].lower()


def is_chinese(tag: str) -> bool:
    """Whether the language is written in Chinese characters without spaces."""
    return primary(tag) in ("zh", "cmn", "yue", "lzh")


def is_traditional(tag: str) -> bool:
    """Whether the tag calls for Traditional Chinese characters, by script or by region."""
    parts = [part.lower() for part in re.split(r"[-_]", tag)]
    if "hant" in parts:
        return True
    return is_chinese(tag) and "hans" not in parts and any(region in parts for region in ("tw", "hk", "mo"))
