"""Decoding with the model of an Argos package: its tokenizer, CTranslate2, and text as argostranslate makes it."""

from __future__ import annotations

import importlib.util
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from workbench.engines import argos_packages
from workbench.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.engines.argos_packages import Package

BEAM = 4
LENGTH_PENALTY = 0.2
# Against loops and lost endings: no piece trigram twice, full normalisation by length, attention to all of the source.
_CAREFUL: dict[str, Any] = {
    "no_repeat_ngram_size": 3,
    "repetition_penalty": 1.1,
    "length_penalty": 1.0,
    "coverage_penalty": 0.2,
    "max_decoding_length": 512,
}
_MODEL_FILES = 64
_MOST_IN, _MOST_OUT = 1000, 256
"""CTranslate2 cuts off a source of more than 1,024 pieces, and a translation at 256, and says nothing of it."""
_POSITIONS = re.compile(r"position encodings are defined for positions >= (\d+)")
_SPARE = 4


class TooLongError(Exception):
    """The model has not as many positions as a source or translation has pieces; now the decoder knows how many."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """One hypothesis: its pieces, and its log probability a piece (the end counted as one)."""

    pieces: tuple[str, ...]
    score: float


class Tokenizer(Protocol):
    """Text to pieces and back."""

    def encode(self, text: str) -> list[str]: ...
    def decode(self, pieces: Sequence[str]) -> str: ...


class SentencePieces:
    """The tokenizer of most packages."""

    def __init__(self, model: bytes, name: str) -> None:
        import sentencepiece

        try:
            self.processor = sentencepiece.SentencePieceProcessor(model_proto=model)
        except RuntimeError:
            raise EngineError(
                f"{name}: its sentencepiece.model is broken; install the package again"
            ) from None

    def encode(self, text: str) -> list[str]:
        return list(self.processor.encode(text, out_type=str))

    def decode(self, pieces: Sequence[str]) -> str:
        """As argostranslate: every ▁ and _ becomes a space."""
        text: str = self.processor.decode_pieces(list(pieces))
        return text.replace("▁", " ").replace("_", " ")


class BytePairs:
    """The tokenizer of packages with bpe.model, as argostranslate has it (only with the extra argos)."""

    def __init__(self, package: Package) -> None:
        try:
            from argostranslate.tokenizer import BPETokenizer
        except ImportError:
            raise EngineError(
                f"{package.path} has BPE pieces, which need argostranslate: "
                "pip install 'translation-workbench[argos]'"
            ) from None
        if package.path.is_file():
            raise EngineError(
                f"{package.path} has BPE pieces, which are not read from a file: "
                f"workbench engines install {package.path}"
            )
        self._tokenizer = BPETokenizer(package.path / "bpe.model", package.source_code, package.target_code)

    def encode(self, text: str) -> list[str]:
        return list(self._tokenizer.encode(text))

    def decode(self, pieces: Sequence[str]) -> str:
        return str(self._tokenizer.decode(list(pieces)))


class Decoder:
    """A package's model, loaded; one at a time may decode."""

    def __init__(
        self, package: Package, *, threads: int = 0, compute_type: str = "auto", device: str = "cpu"
    ) -> None:
        """Load the model. `threads` 0 = as many as CTranslate2 likes (up to 4). Raises EngineError."""
        missing = [
            name for name in ("ctranslate2", "sentencepiece") if importlib.util.find_spec(name) is None
        ]
        if missing:
            raise EngineError(
                f"the engine argos needs {' and '.join(missing)}: pip install 'translation-workbench[argos-light]'"
            )
        import ctranslate2

        self.package = package
        self.most_in, self.most_out = _MOST_IN, _MOST_OUT
        """How many pieces a source may have, and how many a translation has at most; less once a model says so."""
        files, pieces = _read(package)
        self.tokenizer: Tokenizer = (
            BytePairs(package) if pieces is None else SentencePieces(pieces, str(package.path))
        )
        try:
            self._translator = ctranslate2.Translator(
                str(package.path / "model") if files is None else "model",
                device=device,
                intra_threads=threads,
                compute_type=compute_type,
                **({} if files is None else {"files": files}),
            )
        except MemoryError:
            raise short_of_memory(package) from None
        except (RuntimeError, ValueError) as error:
            raise EngineError(
                f"{package.path}: its model cannot be loaded ({_line(error)}); install the package again"
            ) from None

    def decode(
        self,
        sources: Sequence[Sequence[str]],
        *,
        prefixes: Sequence[Sequence[str]] | None = None,
        alternatives: int = 1,
        beam: int = BEAM,
        batch: int = 32,
        careful: bool = False,
    ) -> list[list[Decoded]]:
        """Hypotheses of each source, the best first, decoded in batches of `batch` sorted by length.

        `prefixes` are pieces that each hypothesis begins with (the package's own target prefix is put before them).
        Raises EngineError, and TooLongError where the model has too few positions.
        """
        own = [self.package.target_prefix] if self.package.target_prefix else []
        given = prefixes or [[]] * len(sources)
        starts = [[*own, *prefix] for prefix in given]
        settings: dict[str, Any] = {"length_penalty": LENGTH_PENALTY, **(_CAREFUL if careful else {})}
        if self.most_out < _MOST_OUT:
            settings["max_decoding_length"] = self.most_out
        settings |= {
            "max_batch_size": batch,
            "beam_size": max(alternatives, beam),
            "num_hypotheses": alternatives,
            "return_scores": True,
        }
        results = self._translate([list(source) for source in sources], starts, settings)
        found = [[tuple(pieces) for pieces in result.hypotheses] for result in results]
        scores = (
            self._scores(sources, found)
            if careful
            else [
                [
                    score * len(pieces) ** LENGTH_PENALTY / (len(pieces) + 1)
                    for pieces, score in zip(some, result.scores, strict=True)
                ]
                for some, result in zip(found, results, strict=True)
            ]
        )
        return [
            [Decoded(*both) for both in zip(*pair, strict=True)] for pair in zip(found, scores, strict=True)
        ]

    def _translate(
        self, rows: Sequence[list[str]], starts: Sequence[list[str]], settings: dict[str, Any]
    ) -> list[Any]:
        """CTranslate2's results, unknown pieces replaced by the source's. Raises EngineError and TooLongError."""
        prefixed = any(starts)
        try:
            results: list[Any] = self._translator.translate_batch(
                rows, target_prefix=starts if prefixed else None, **settings
            )
            # Attention, which unknown pieces are replaced by, costs a third more: only where there is one.
            unknown = [
                at for at, one in enumerate(results) if any("<unk>" in pieces for pieces in one.hypotheses)
            ]
            again = self._translator.translate_batch(
                [rows[at] for at in unknown],
                target_prefix=[starts[at] for at in unknown] if prefixed else None,
                replace_unknowns=True,
                **settings,
            )
        except (RuntimeError, ValueError) as error:
            raise self._failed(error) from None
        for at, result in zip(unknown, again, strict=True):
            results[at] = result
        return results

    def _failed(self, error: Exception) -> Exception:
        """What to raise for an error of CTranslate2; it tells how many positions a model has only by failing."""
        said = _POSITIONS.search(str(error))
        if said is not None and (most := int(said[1]) - _SPARE) < min(self.most_in, _MOST_IN):
            self.most_in, self.most_out = most, min(most, _MOST_OUT)
            return TooLongError()
        return EngineError(f"{self.package.title} could not translate: {_line(error)}")

    def _scores(
        self, sources: Sequence[Sequence[str]], found: Sequence[Sequence[tuple[str, ...]]]
    ) -> list[list[float]]:
        """The scores of what was decoded under penalties, which distort the search's own."""
        rows = [(source, one) for source, some in zip(sources, found, strict=True) for one in some]
        scored = iter(self.score([one for one, _ in rows], [two for _, two in rows]))
        return [[next(scored) for _ in some] for some in found]

    def score(self, sources: Sequence[Sequence[str]], targets: Sequence[Sequence[str]]) -> list[float]:
        """The log probability a piece of each target, its end counted as one."""
        try:
            scored = self._translator.score_batch(
                [list(one) for one in sources], [list(one) for one in targets], max_batch_size=32
            )
        except (RuntimeError, ValueError) as error:
            raise self._failed(error) from None
        return [sum(one.log_probs) / max(len(one.log_probs), 1) for one in scored]

    def attention(
        self, sources: Sequence[Sequence[str]], targets: Sequence[Sequence[str]]
    ) -> list[list[list[float]]]:
        """For each target piece its attention to each source piece, the target given."""
        try:
            results = self._translator.translate_batch(
                [list(one) for one in sources],
                target_prefix=[list(one) for one in targets],
                max_batch_size=32,
                beam_size=1,
                max_decoding_length=max(map(len, targets), default=0) + 1,
                return_attention=True,
            )
        except (RuntimeError, ValueError) as error:
            raise self._failed(error) from None
        return [result.attention[0][: len(target)] for result, target in zip(results, targets, strict=True)]

    def text(self, pieces: Sequence[str]) -> str:
        """The text of pieces, as argostranslate makes it: without the target prefix and one leading space."""
        value = self.tokenizer.decode(pieces)
        return value.removeprefix(self.package.target_prefix).removeprefix(" ")

    def close(self) -> None:
        """Give the model's memory back."""
        self._translator.unload_model()


def _read(package: Package) -> tuple[dict[str, io.BytesIO] | None, bytes | None]:
    """The model's files, where the package is an archive, and the bytes of sentencepiece.model, where it has one."""
    if package.path.is_dir():
        file = package.path / "sentencepiece.model"
        if not (package.path / "model" / "model.bin").is_file():
            raise EngineError(f"{package.path} has no model/model.bin; install the package again")
        try:
            return None, file.read_bytes() if file.exists() else None
        except OSError as error:
            raise EngineError(f"{file}: {error.strerror}") from None
    files: dict[str, io.BytesIO] = {}
    with argos_packages.opened(package.path) as archive:
        root = argos_packages.root_of(archive, package.path)
        names = set(archive.namelist())
        try:
            for name in sorted(names)[:_MODEL_FILES]:
                if name.startswith(f"{root}/model/") and not name.endswith("/"):
                    files[Path(name).name] = io.BytesIO(archive.read(name))
            pieces = f"{root}/sentencepiece.model"
            return files, archive.read(pieces) if pieces in names else None
        except MemoryError:
            raise short_of_memory(package) from None
        except Exception as error:
            raise EngineError(f"{package.path} is damaged ({_line(error)}); fetch it again") from None


def short_of_memory(package: Package) -> EngineError:
    """What to say where the model or its work does not fit."""
    need = max(1, 2 * package.size >> 20)
    return EngineError(
        f"memory is short for {package.title}: about {need} MB are needed; free some, or take a smaller batch_size"
    )


def _line(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
