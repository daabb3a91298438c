"""Drafting speed: ours in batches beside argostranslate.translate, over one package, and in a model of real size.

    python benchmarks/draft.py [--runs 5] [--package FILE.argosmodel --source FILE] [--defaults] [--real-size]

The package is the tests' tiny model and the sentences are its held-out ones, unless another package and a text file
(one sentence a line) are given. Where argostranslate is not installed, its row says so. One thread each, or with
`--defaults` as many as each takes by itself; CPU and wall seconds of the process, the best of all runs, taken in turn;
model loading is in none. Target: 6 times argostranslate's at a batch of 32. `--real-size` builds a model of the shape
of Argos's own packages (6 + 6 layers, width 512, 32,000 pieces, 8 bits) with random weights, which decodes 30 pieces
whatever it is given: the words are nonsense, the cost is not.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import random
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "models")]

from benchmarks.tables import Table  # noqa: E402
from workbench.engines import EngineOptions, Request, argos, argos_packages, installing  # noqa: E402
from workbench.errors import WorkbenchError  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

TINY = ROOT / "tests" / "models" / "translate-en_zh-tiny.argosmodel"
WIDTH, HEADS, LAYERS, INNER, PIECES, LENGTH = 512, 8, 6, 2048, 32_000, 30


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """CPU and wall seconds."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall


def best(jobs: dict[str, Callable[[], object]], runs: int) -> dict[str, tuple[float, float]]:
    """The fewest CPU and wall seconds of each job, the jobs taken in turn `runs` times."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in jobs}
    for _ in range(runs):
        for name, work in jobs.items():
            found[name].append(timed(work))
    return {
        name: (min(cpu for cpu, _ in times), min(wall for _, wall in times)) for name, times in found.items()
    }


def compare(package: Path, texts: list[str], runs: int, *, threads: int) -> Table:
    """Ours at batches of 1, 8, 32 and all beside argostranslate, one sentence a call."""
    sizes = {"1": 1, "8": 8, "32": 32, "all": len(texts)}
    installed = installing.install_file(package)
    pair = (installed.source_code, installed.target_code)
    engines = {
        name: argos.Argos(*pair, EngineOptions({"threads": threads, "batch_size": size}))
        for name, size in sizes.items()
    }
    requests = [Request(text) for text in texts]
    made: dict[str, list[str]] = {}

    def ours(name: str) -> Callable[[], object]:
        def work() -> None:
            engine, size = engines[name], sizes[name]
            order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
            out = [""] * len(texts)
            for start in range(0, len(order), size):
                some = order[start : start + size]
                for at, found in zip(some, engine.propose([requests[at] for at in some]), strict=True):
                    out[at] = found[0].text
            made[f"ours, batch {name}"] = out

        return work

    jobs: dict[str, Callable[[], object]] = {f"ours, batch {name}": ours(name) for name in sizes}
    theirs = "argostranslate.translate"
    if importlib.util.find_spec("argostranslate") is not None:
        from argostranslate import translate

        def one_by_one() -> None:
            made[theirs] = [translate.translate(text, *pair) for text in texts]

        one_by_one()
        jobs = {theirs: one_by_one, **jobs}
    seconds = best(jobs, runs)
    base = seconds.get(theirs)
    table = Table(
        f"{len(texts)} sentences, {installed.title}, {'one thread' if threads else 'threads as each takes them'}",
        ["system", "a CPU second", "ratio", "a second", "ratio", "same text"],
        words=1,
    )
    if base is None:
        table.add(theirs, note="not here: pip install 'translation-workbench[argos]'")
    for name, (cpu, wall) in seconds.items():
        same = sum(one == other for one, other in zip(made[name], made.get(theirs, []), strict=False))
        table.add(
            name,
            f"{len(texts) / cpu:.0f}",
            f"{base[0] / cpu:.1f}" if base else "",
            f"{len(texts) / wall:.0f}",
            f"{base[1] / wall:.1f}" if base else "",
            f"{same}/{len(texts)}" if base else "",
        )
    return table


def random_model(folder: Path) -> Path:
    """A package of the shape of Argos's own, its weights random."""
    import numpy as np
    import sentencepiece
    from ctranslate2.specs import TransformerSpec

    chance = np.random.default_rng(3)
    spec = TransformerSpec.from_config((LAYERS, LAYERS), HEADS, pre_norm=True)

    def fill(into: object, rows: int, columns: int) -> None:
        into.weight = chance.normal(0, 0.05, (rows, columns)).astype(np.float32)  # type: ignore[attr-defined]

    def linear(into: object, rows: int, columns: int) -> None:
        fill(into, rows, columns)
        into.bias = np.zeros(rows, dtype=np.float32)  # type: ignore[attr-defined]

    def norm(into: object) -> None:
        into.gamma, into.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)  # type: ignore[attr-defined]

    def inner(into: object) -> None:
        norm(into.layer_norm)  # type: ignore[attr-defined]
        linear(into.linear_0, INNER, WIDTH)  # type: ignore[attr-defined]
        linear(into.linear_1, WIDTH, INNER)  # type: ignore[attr-defined]

    def attention(into: object, *rows: int) -> None:
        norm(into.layer_norm)  # type: ignore[attr-defined]
        for layer, size in zip(into.linear, rows, strict=True):  # type: ignore[attr-defined]
            linear(layer, size, WIDTH)

    fill(spec.encoder.embeddings[0], PIECES, WIDTH)
    spec.decoder.embeddings.weight = spec.decoder.projection.weight = spec.encoder.embeddings[0].weight
    norm(spec.encoder.layer_norm)
    norm(spec.decoder.layer_norm)
    for layer in spec.encoder.layer:
        attention(layer.self_attention, 3 * WIDTH, WIDTH)
        inner(layer.ffn)
    for layer in spec.decoder.layer:
        attention(layer.self_attention, 3 * WIDTH, WIDTH)
        attention(layer.attention, WIDTH, 2 * WIDTH, WIDTH)
        inner(layer.ffn)
    from itertools import product

    pieces = sentencepiece.SentencePieceProcessor(model_proto=_tiny_pieces())
    known = [pieces.id_to_piece(number) for number in range(pieces.get_piece_size())]
    made = (
        "▁" + "".join(letters)
        for letters in product("bcdfgklmnprstvz", "aeiou", "bdgklmnprst", "aeiou", "lnrst")
    )
    vocabulary = [*known, *(piece for piece in made if piece not in set(known))][:PIECES]
    vocabulary += [f"▁{number}x" for number in range(PIECES - len(vocabulary))]
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.config.decoder_start_token = "<s>"
    spec.validate()
    spec.optimize(quantization="int8")
    (folder / "model").mkdir(parents=True)
    spec.save(str(folder / "model"))
    (folder / "sentencepiece.model").write_bytes(_tiny_pieces())
    (folder / "metadata.json").write_text(
        json.dumps({"from_code": "en", "to_code": "zh", "package_version": "random"})
    )
    return folder


def _tiny_pieces() -> bytes:
    with zipfile.ZipFile(TINY) as archive:
        return archive.read("translate-en_zh-tiny/sentencepiece.model")


def real_size(texts: list[str], runs: int, place: Path) -> Table:
    """The cost of batches in a model of real size; every sentence is LENGTH pieces in, LENGTH pieces out."""
    from workbench.engines.argos_decode import Decoder

    package = argos_packages.read_package(random_model(place / "random"))
    decoder = Decoder(package, threads=1)
    chance = random.Random(1)
    known = decoder.tokenizer.encode(" ".join(texts[:50]))
    sources = [chance.choices(known, k=LENGTH) for _ in range(32)]

    def decode(size: int) -> Callable[[], object]:
        def work() -> None:
            for start in range(0, len(sources), size):
                decoder._translator.translate_batch(
                    sources[start : start + size],
                    beam_size=4,
                    length_penalty=0.2,
                    min_decoding_length=LENGTH,
                    max_decoding_length=LENGTH,
                )

        return work

    seconds = best({str(size): decode(size) for size in (1, 8, 16, 32)}, runs)
    table = Table(
        f"a model of real size (random weights, {package.size / 1e6:.0f} MB), {LENGTH} pieces each, beam 4, one thread",
        ["batch", "sentences a CPU second", "ratio to one by one"],
        words=1,
    )
    for name, (cpu, _) in seconds.items():
        table.add(name, f"{len(sources) / cpu:.1f}", f"{seconds['1'][0] / cpu:.1f}")
    return table


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--package", type=Path, default=TINY)
    parser.add_argument(
        "--source", type=Path, help="sentences, one a line; default: the tiny model's held-out ones"
    )
    parser.add_argument("--defaults", action="store_true", help="threads as each takes them, not one")
    parser.add_argument(
        "--real-size", action="store_true", help="also the model of real size (1 GB of memory)"
    )
    parser.add_argument("--to", choices=("text", "markdown"), default="text")
    options = parser.parse_args()
    try:
        import grammar

        texts = [pair.source for pair in grammar.held_out()]
        if options.source:
            texts = [line for line in options.source.read_text("utf-8").splitlines() if line.strip()]
        with tempfile.TemporaryDirectory() as place:
            os.environ |= {"ARGOS_PACKAGES_DIR": f"{place}/packages", "XDG_DATA_HOME": place}
            if not options.defaults:
                os.environ |= {"ARGOS_INTRA_THREADS": "1", "ARGOS_INTER_THREADS": "1"}
            threads = 0 if options.defaults else 1
            print(compare(options.package, texts, options.runs, threads=threads).render(options.to))
            if options.real_size:
                print()
                print(real_size(texts, options.runs, Path(place)).render(options.to))
    except (WorkbenchError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
