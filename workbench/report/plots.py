"""Plots as inline SVG without any library: bars, stacked bars, lines over time, dots with intervals.

Colours come from classes of the page's style, so that dark mode and paper have theirs; every value stands beside its
mark as text, and shades run from light to dark, so that nothing is told by colour alone.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from workbench.report.html import safe
from workbench.report.tables import width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STYLE = """
svg.plot { display:block; width:100%; max-width:32rem; height:auto; font-size:13px; }
svg.plot text { fill:var(--ink); } svg.plot .axis { fill:var(--soft); font-size:12px; }
svg.plot .grid { stroke:var(--line); stroke-width:1; } svg.plot .bar { fill:var(--bar); }
svg.plot .whisker { stroke:var(--bar); stroke-width:2.5; fill:none; } svg.plot .dot { fill:var(--ink); }
svg.plot .path { stroke:var(--bar); stroke-width:2.5; fill:none; stroke-linejoin:round; }
svg.plot .area { fill:var(--bar); opacity:.15; } svg.plot .band { fill:var(--line); opacity:.45; }
svg.plot .s0 { fill:var(--s0); } svg.plot .s1 { fill:var(--s1); } svg.plot .s2 { fill:var(--s2); }
svg.plot .s3 { fill:var(--s3); } svg.plot rect.part { stroke:var(--paper); stroke-width:1; }
:root { --bar:#0072b2; --s0:#dfe5ec; --s1:#93c5e8; --s2:#2f86c2; --s3:#0b3f6b; }
@media (prefers-color-scheme: dark) { :root { --bar:#56b4e9; --s0:#3a4252; --s1:#3f78a3; --s2:#7fc1ec; --s3:#d6eefd; } }
@media print { :root { --bar:#0072b2; --s0:#dfe5ec; --s1:#93c5e8; --s2:#2f86c2; --s3:#0b3f6b; } }
"""

_WIDTH = 400
_LABEL = 146
_VALUE = 66
_ROW = 26
_CELL = 7.2
"""About how wide a terminal cell of text is at 13 pixels."""


def bars(title: str, rows: Sequence[tuple[str, float, str]]) -> str:
    """Horizontal bars from zero: (label, value, value as text) each."""
    top = max((value for _, value, _ in rows), default=0.0) or 1.0
    room = _WIDTH - _LABEL - _VALUE
    parts = []
    for at, (label, value, text) in enumerate(rows):
        size = max(0.0, value) / top * room
        parts.append(_label(label, at))
        parts.append(_rect("bar", _LABEL, at * _ROW + 5, size, _ROW - 10, f"{label}: {text}"))
        parts.append(_text(_LABEL + size + 6, at * _ROW + 18, text))
    return _svg(title, len(rows) * _ROW + 2, parts)


def stacked(title: str, keys: Sequence[str], rows: Sequence[tuple[str, Sequence[int]]]) -> str:
    """Bars of four parts, a shade a key from light to dark, the sum beside each; a legend below of those there are."""
    top = max((sum(values) for _, values in rows), default=0) or 1
    room = _WIDTH - _LABEL - _VALUE
    parts = []
    for at, (label, values) in enumerate(rows):
        parts.append(_label(label, at))
        place = float(_LABEL)
        for shade, (key, value) in enumerate(zip(keys, values, strict=True)):
            size = value / top * room
            if value:
                name = f"{label}: {value} {key}"
                parts.append(_rect(f"part s{shade}", place, at * _ROW + 5, size, _ROW - 10, name))
            place += size
        parts.append(_text(place + 6, at * _ROW + 18, f"{sum(values):,}"))
    height, place = len(rows) * _ROW, 0.0
    for shade, key in enumerate(keys):
        total = sum(values[shade] for _, values in rows)
        if not total:
            continue
        words = f"{key} {total:,}"
        size = 17 + width(words) * _CELL
        if place + size > _WIDTH:
            place, height = 0.0, height + 22
        parts.append(_rect(f"part s{shade}", place, height + 8, 12, 12))
        parts.append(_text(place + 17, height + 19, words, "axis"))
        place += size + 12
    return _svg(title, height + 28, parts)


def lines(title: str, points: Sequence[tuple[str, float]], *, unit: str) -> str:
    """Values over time, evenly spaced in their order, from zero; the first, last and highest are written out."""
    left, right, low, height = 46.0, _WIDTH - 12.0, 130.0, 168
    ticks = _ticks(0.0, max((value for _, value in points), default=0.0))
    top = ticks[-1] or 1.0
    step = (right - left) / max(len(points) - 1, 1)
    start = left if len(points) > 1 else (left + right) / 2

    def y(value: float) -> float:
        return low - value / top * (low - 20)

    parts = [_text(0, 11, unit, "axis")]
    for tick in ticks:
        parts.append(f'<line class="grid" x1="{left}" x2="{right}" y1="{y(tick):.1f}" y2="{y(tick):.1f}"/>')
        parts.append(_text(left - 6, y(tick) + 4, f"{tick:g}", "axis", "end"))
    places = [(start + at * step, y(value)) for at, (_, value) in enumerate(points)]
    if len(places) > 1:
        path = " ".join(f"{x:.1f},{place:.1f}" for x, place in places)
        parts.append(f'<polygon class="area" points="{left:.1f},{low} {path} {right:.1f},{low}"/>')
        parts.append(f'<polyline class="path" points="{path}"/>')
    for (label, value), (x, place) in zip(points, places, strict=True):
        name = safe(f"{label}: {value:.1f} {unit}")
        parts.append(
            f'<circle class="bar" cx="{x:.1f}" cy="{place:.1f}" r="3.5"><title>{name}</title></circle>'
        )
    every = max(1, math.ceil(len(points) * 82 / (right - left)))
    for at, (label, _) in enumerate(points):
        if at % every == 0:
            anchor = (
                "start" if at == 0 and len(points) > 1 else "end" if at == len(points) - 1 > 0 else "middle"
            )
            parts.append(_text(places[at][0], low + 20, label, "axis", anchor))
    return _svg(title, height - 10, parts)


def intervals(title: str, rows: Sequence[tuple[str, float, float, float, int]]) -> str:
    """A dot and its interval a system: (label, value, low, high, rank cluster); clusters lie on bands of their own."""
    ticks = _ticks(min(row[2] for row in rows), max(row[3] for row in rows)) if rows else [0.0, 1.0]
    bottom, top = ticks[0], ticks[-1]
    room = _WIDTH - _LABEL - _VALUE

    def x(value: float) -> float:
        return _LABEL + (value - bottom) / ((top - bottom) or 1.0) * room

    height = len(rows) * _ROW
    parts = []
    for at, row in enumerate(rows):
        if row[4] % 2:
            parts.append(_rect("band", 0, at * _ROW, _WIDTH, _ROW))
    for tick in ticks:
        parts.append(f'<line class="grid" x1="{x(tick):.1f}" x2="{x(tick):.1f}" y1="0" y2="{height}"/>')
        parts.append(_text(x(tick), height + 16, f"{tick:g}", "axis", "middle"))
    for at, (label, value, low, high, cluster) in enumerate(rows):
        middle = at * _ROW + _ROW / 2
        parts.append(_label(f"{cluster}. {label}", at))
        parts.append(
            f'<path class="whisker" d="M{x(low):.1f} {middle}H{x(high):.1f}M{x(low):.1f} {middle - 5}v10'
            f'M{x(high):.1f} {middle - 5}v10"><title>{safe(label)}: {low:.2f} to {high:.2f}</title></path>'
        )
        parts.append(f'<circle class="dot" cx="{x(value):.1f}" cy="{middle}" r="4"/>')
        parts.append(_text(_WIDTH - 4, middle + 4.5, f"{value:.2f}", "", "end"))
    return _svg(title, height + 24, parts)


def _ticks(low: float, high: float) -> list[float]:
    """Three to seven round numbers that hold both ends."""
    if not (math.isfinite(low) and math.isfinite(high)) or high <= low:
        high = low + 1.0
    raw = (high - low) / 4
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= raw * 0.999)
    first = math.floor(low / step + 1e-9)
    last = math.ceil(high / step - 1e-9)
    return [round(number * step, 10) for number in range(first, last + 1)]


def _svg(title: str, height: float, parts: Sequence[str]) -> str:
    inside = "".join(parts)
    return (
        f'<svg class="plot" viewBox="0 0 {_WIDTH} {height:g}" role="img" aria-label="{safe(title)}">'
        f"{inside}</svg>\n"
    )


def _rect(name: str, x: float, y: float, wide: float, high: float, title: str = "") -> str:
    hover = f"<title>{safe(title)}</title>" if title else ""
    return (
        f'<rect class="{name}" x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}">{hover}</rect>'
    )


def _text(x: float, y: float, text: str, name: str = "", anchor: str = "start") -> str:
    kind = f' class="{name}"' if name else ""
    where = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text{kind}{where} x="{x:.1f}" y="{y:.1f}">{safe(text)}</text>'


def _label(text: str, at: int) -> str:
    """A row's name before its mark, cut to its room; the whole of it shows under the pointer."""
    short = "".join(_fitting(text, int((_LABEL - 10) / _CELL)))
    hover = f"<title>{safe(text)}</title>" if short != text else ""
    return f'<text text-anchor="end" x="{_LABEL - 8}" y="{at * _ROW + 18}">{safe(short)}{hover}</text>'


def _fitting(text: str, cells: int) -> Iterator[str]:
    if width(text) <= cells:
        yield text
        return
    room = cells - 1
    for character in text:
        room -= width(character)
        if room < 0:
            break
        yield character
    yield "…"
