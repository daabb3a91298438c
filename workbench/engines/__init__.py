"""The engines that make drafts; nothing heavy is imported until one is opened."""

from __future__ import annotations

from workbench.engines import argos, libretranslate, openai
from workbench.engines.base import Engine, EngineKind, EngineOptions, Proposal, Request, TermRequest
from workbench.errors import NotFoundError

__all__ = [
    "ENGINES",
    "Engine",
    "EngineKind",
    "EngineOptions",
    "Proposal",
    "Request",
    "TermRequest",
    "find",
]

ENGINES: tuple[EngineKind, ...] = (argos.KIND, libretranslate.KIND, openai.KIND)


def find(name: str) -> EngineKind:
    """The engine of that name. Raises NotFoundError."""
    for kind in ENGINES:
        if kind.name == name.lower():
            return kind
    raise NotFoundError("engine", name, known=tuple(kind.name for kind in ENGINES))
