"""Writes en.onnx, a sentence splitter of 4 kB for argostranslate, which would fetch one otherwise (needs onnx).

It breaks after . ! ? before a space or the end, in the shape of a MiniSBD model: units and features in, logits out.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

UNITS = ["<PAD>", "<UNK>", " ", ".", "!", "?"]


def write(path: Path) -> None:
    table = np.zeros((len(UNITS), 2), dtype=np.float32)
    table[[3, 4, 5], 0] = 1.0
    table[[0, 2], 1] = 1.0
    constants = {
        "table": table,
        "end_column": np.array([0], dtype=np.int64),
        "space_column": np.array([1], dtype=np.int64),
        "one": np.array([1], dtype=np.int64),
        "far": np.array([2**31], dtype=np.int64),
        "axis": np.array([1], dtype=np.int64),
        "pads": np.array([0, 0, 0, 0, 1, 0], dtype=np.int64),
        "fill": np.array(1.0, dtype=np.float32),
        "half": np.array([0.5], dtype=np.float32),
    }
    nodes = [
        helper.make_node("Gather", ["table", "units"], ["seen"], axis=0),
        helper.make_node("Gather", ["seen", "end_column"], ["is_end"], axis=2),
        helper.make_node("Gather", ["seen", "space_column"], ["is_space"], axis=2),
        helper.make_node("Slice", ["is_space", "one", "far", "axis"], ["after"]),
        helper.make_node("Pad", ["after", "pads", "fill"], ["before_space"]),
        helper.make_node("Mul", ["is_end", "before_space"], ["breaks"]),
        helper.make_node("Sub", ["breaks", "breaks"], ["none"]),
        helper.make_node("Add", ["none", "half"], ["inside"]),
        helper.make_node("Concat", ["inside", "none", "breaks", "none", "none"], ["logits"], axis=2),
    ]
    graph = helper.make_graph(
        nodes,
        "splitter",
        [
            helper.make_tensor_value_info("units", TensorProto.INT64, ["batch", "length"]),
            helper.make_tensor_value_info("features", TensorProto.FLOAT, ["batch", "length", "width"]),
        ],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", "length", 5])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    config = {
        "skip_newline": False,
        "max_seqlen": 1000,
        "batch_size": 1,
        "feat_funcs": ["space_before", "capitalized", "numeric", "end_of_para", "start_of_para"],
    }
    vocab = {
        "lang": "en",
        "idx": 0,
        "cutoff": 0,
        "lower": False,
        "_id2unit": UNITS,
        "_unit2id": {unit: number for number, unit in enumerate(UNITS)},
    }
    for key, value in (("lang_code", '"en"'), ("config", json.dumps(config)), ("vocab", json.dumps(vocab))):
        entry = model.metadata_props.add()
        entry.key, entry.value = key, value
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString(deterministic=True))


if __name__ == "__main__":
    write(Path(__file__).parent / "en.onnx")
