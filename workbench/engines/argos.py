"""The engine argos: drafts from an installed Argos package, decoded here in batches, without argostranslate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from workbench.engines import argos_packages
from workbench.engines.base import EngineKind, EngineOptions, Proposal, Request
from workbench.errors import EngineError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.engines.argos_decode import Decoder
    from workbench.engines.argos_packages import Package

_COMPUTE_TYPES = ("auto", "default", "int8", "int8_float32", "int16", "float32", "bfloat16", "float16")
_BATCH = 32
_TRIES = 3
_WORTH_CUTTING = 32
"""A source of so many pieces is cut where its translation breaks off; a shorter one has made a loop."""


class Argos:
    """Drafts by the model of one Argos package; nothing leaves the machine.

    Settings: `model` (a package folder or .argosmodel file instead of the installed one), `threads` (0 = up to 4),
    `batch_size` (segments decoded together, 32), `beam` (4, as argostranslate), `compute_type` (auto, int8, float32 …).
    """

    name = "argos"
    is_local = True

    def __init__(self, source_lang: str, target_lang: str, options: EngineOptions) -> None:
        """Find the package and load its model. Raises EngineError, and UsageError for a setting that cannot be."""
        from workbench.engines.argos_decode import Decoder

        self.target_lang = target_lang
        self.batch_size = _number(options, "batch_size", _BATCH, least=1)
        self._beam = _number(options, "beam", 4, least=1)
        compute_type = str(options.values.get("compute_type", "auto"))
        if compute_type not in _COMPUTE_TYPES:
            raise UsageError(f"compute_type is one of {', '.join(_COMPUTE_TYPES)}, not {compute_type!r}")
        given = options.values.get("model")
        self.package: Package = (
            argos_packages.open_package(Path(str(given)).expanduser(), source_lang, target_lang)
            if given
            else argos_packages.find(source_lang, target_lang)
        )
        self.decoder: Decoder = Decoder(
            self.package, threads=_number(options, "threads", 0, least=0), compute_type=compute_type
        )

    @property
    def label(self) -> str:
        """`Argos en→zh 1.9`."""
        return f"Argos {self.package.title}"

    def propose(
        self, requests: Sequence[Request], *, alternatives: int = 1, careful: bool = False
    ) -> list[tuple[Proposal, ...]]:
        """Proposals for each request, as `Engine.propose`: the same text as argostranslate's for one sentence.

        A segment that is longer than the model can take, or whose translation would be cut off, goes in pieces.
        """
        from workbench.engines.argos_decode import TooLongError, short_of_memory

        for _ in range(_TRIES):
            try:
                return self._proposed(requests, alternatives=alternatives, careful=careful)
            except TooLongError:
                # Now the decoder knows how long a segment may be.
                continue
            except MemoryError:
                raise short_of_memory(self.package) from None
        raise EngineError(f"{self.package.title} takes only segments that are shorter than this one")

    def _proposed(
        self, requests: Sequence[Request], *, alternatives: int, careful: bool
    ) -> list[tuple[Proposal, ...]]:
        from workbench.engines.argos_long import joined, pieces_of

        cut = [pieces_of(request, self._fits) for request in requests]
        found = iter(
            self._decoded([one for some in cut for one in some], alternatives=alternatives, careful=careful)
        )
        out = []
        for some in cut:
            answers = [next(found) for _ in some]
            out.append(joined(some, answers, self.target_lang) if len(some) > 1 else answers[0])
        return out

    def _fits(self, text: str) -> bool:
        # A piece is a character at least, but for the mark of a space before it.
        most = self.decoder.most_in
        return 2 * len(text) < most or len(self.decoder.tokenizer.encode(text)) <= most

    def _decoded(
        self, requests: Sequence[Request], *, alternatives: int, careful: bool
    ) -> list[tuple[Proposal, ...]]:
        """Proposals for requests that fit; those whose translation was cut off come from their halves."""
        decoder = self.decoder
        sources = [decoder.tokenizer.encode(request.text) for request in requests]
        full = [number for number, source in enumerate(sources) if source]
        results = decoder.decode(
            [sources[number] for number in full],
            alternatives=alternatives,
            beam=self._beam,
            batch=self.batch_size,
            careful=careful,
        )
        out: list[tuple[Proposal, ...]] = [(Proposal(""),)] * len(requests)
        cut_off = []
        for number, found in zip(full, results, strict=True):
            if len(found[0].pieces) >= decoder.most_out and len(sources[number]) >= _WORTH_CUTTING:
                cut_off.append(number)
            texts: dict[str, Proposal] = {}
            for one in found:
                text = decoder.text(one.pieces)
                texts.setdefault(text, Proposal(text, one.score))
            out[number] = tuple(texts.values())
        out = self._with_terms(requests, out)
        for number, answers in zip(
            cut_off, self._halved([requests[at] for at in cut_off], alternatives, careful), strict=True
        ):
            out[number] = answers
        return out

    def _halved(
        self, requests: Sequence[Request], alternatives: int, careful: bool
    ) -> list[tuple[Proposal, ...]]:
        from workbench.engines.argos_long import halves, joined

        cut = [halves(request) for request in requests]
        found = iter(
            self._decoded([one for two in cut for one in two], alternatives=alternatives, careful=careful)
            if cut
            else ()
        )
        return [joined(two, [next(found) for _ in two], self.target_lang) for two in cut]

    def _with_terms(
        self, requests: Sequence[Request], found: list[tuple[Proposal, ...]]
    ) -> list[tuple[Proposal, ...]]:
        """The proposals, the first with the terms that it lacked: from another hypothesis, else forced into it."""
        from workbench.engines import argos_terms

        lacking = [
            number
            for number, request in enumerate(requests)
            if len(argos_terms.kept(found[number][0].text, request.terms)) < len(request.terms)
            and 2 * len(self.decoder.tokenizer.encode(found[number][0].text)) < self.decoder.most_out
        ]
        if not lacking:
            return found
        asked = [requests[number] for number in lacking]
        decoder = self.decoder
        searched = decoder.decode(
            [decoder.tokenizer.encode(request.text) for request in asked],
            alternatives=argos_terms.ALTERNATIVES,
            batch=self.batch_size,
        )
        drafts = argos_terms.forced(
            decoder,
            asked,
            [
                argos_terms.best_of(
                    [
                        argos_terms.Draft(found[number][0].text, found[number][0].score or 0.0),
                        *(argos_terms.Draft(decoder.text(one.pieces), one.score) for one in some),
                    ],
                    requests[number].terms,
                )
                for number, some in zip(lacking, searched, strict=True)
            ],
        )
        for number, draft in zip(lacking, drafts, strict=True):
            first, *others = found[number]
            if draft.text != first.text:
                rest = [one for one in others if one.text != draft.text]
                found[number] = (Proposal(draft.text, draft.score), *rest[: max(0, len(others))])
        return found

    def close(self) -> None:
        """Unload the model."""
        self.decoder.close()


def _number(options: EngineOptions, name: str, default: int, *, least: int) -> int:
    value = options.values.get(name, default)
    try:
        number = int(value)
    except (TypeError, ValueError):
        number = least - 1
    if isinstance(value, float) or number < least:
        raise UsageError(f"{name} of the engine argos is a whole number from {least} on, not {value!r}")
    return number


KIND = EngineKind("argos", "Argos Translate packages, on this machine", "argos-light", Argos)
