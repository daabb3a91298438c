"""Values in text: what an English or a Chinese text says in numbers, read exactly, compared and written."""

from __future__ import annotations

from workbench.numerals.comparison import Difference, compare
from workbench.numerals.conversion import Conversion, conversions
from workbench.numerals.reading import find_values
from workbench.numerals.rendering import render_number, render_value
from workbench.numerals.values import Kind, Value, Weight

__all__ = [
    "Conversion",
    "Difference",
    "Kind",
    "Value",
    "Weight",
    "compare",
    "conversions",
    "find_values",
    "render_number",
    "render_value",
]
