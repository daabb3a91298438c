"""The workbench as a Python library: the command line's verbs on values; nothing heavy is imported until used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

__all__ = [
    "WorkbenchError",
    "__version__",
    "align",
    "check",
    "draft",
    "open_project",
    "read",
    "score",
    "segment",
    "write",
]

_HOMES = {
    "WorkbenchError": "workbench.errors",
    "segment": "workbench.pipeline.align",
    "align": "workbench.pipeline.align",
    "check": "workbench.pipeline.check",
    "score": "workbench.pipeline.score",
    "draft": "workbench.pipeline.drafting",
    "read": "workbench.formats",
    "write": "workbench.formats",
    "open_project": "workbench.review.project",
}

if TYPE_CHECKING:
    from workbench.errors import WorkbenchError
    from workbench.formats import read, write
    from workbench.pipeline.align import align, segment
    from workbench.pipeline.check import check
    from workbench.pipeline.drafting import draft
    from workbench.pipeline.score import score
    from workbench.review.project import open_project


def __getattr__(name: str) -> Any:
    """Import a verb when it is first asked for, so that `import workbench` costs nothing."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'workbench' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
