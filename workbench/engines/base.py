"""What an engine is: it turns segments of one language into proposals in another, and says clearly why it cannot.

To add an engine:
1. Write `workbench/engines/NAME.py` with a class that has what `Engine` asks for; its `__init__` imports the heavy
   library, and raises EngineError with one line that says what to do next where the library or a model is missing.
2. Give the module a `KIND = EngineKind(...)` and enter it in `ENGINES` of `workbench/engines/__init__.py`; the order
   there is the order users see.
3. Write `tests/test_engines_NAME.py` and a paragraph of `docs/drafts.md`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from workbench.model import Span


@dataclass(frozen=True, slots=True)
class TermRequest:
    """A term at `span` of the source and the renderings allowed for it, the preferred one first.

    What must stay as it is has its own text as the only rendering.
    """

    span: Span
    renderings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """One segment to translate, and the terms in it that the translation must render so."""

    text: str
    terms: tuple[TermRequest, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A translation; `score` is the model's log probability a token, None where the engine gives none."""

    text: str
    score: float | None = None


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """What the project and the command line say of an engine; `values` are its own settings by name."""

    values: Mapping[str, str | int | float | bool] = field(default_factory=dict)


class Engine(Protocol):
    """A translator of one pair of languages, ready to work.

    `name` is kept with every draft; `label` is for people, with the model or address that does the work. `batch_size`
    is how many requests are best given at once; fewer are fine. `is_local` = no text leaves the machine.
    """

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def batch_size(self) -> int: ...
    @property
    def is_local(self) -> bool: ...

    def propose(
        self, requests: Sequence[Request], *, alternatives: int = 1, careful: bool = False
    ) -> list[tuple[Proposal, ...]]:
        """For each request, in order, one to `alternatives` proposals, the best first.

        `careful` = decode with settings that avoid loops and lost endings, at a cost. Terms are a wish: the caller
        looks whether they are there. Raises EngineError.
        """

    def close(self) -> None:
        """Give back memory and connections; nothing can be proposed afterwards."""


@dataclass(frozen=True, slots=True)
class EngineKind:
    """An engine by name; `open` takes the languages and options. `extra` is the extra of the package that it needs."""

    name: str
    title: str
    extra: str
    open: Callable[[str, str, EngineOptions], Engine]
