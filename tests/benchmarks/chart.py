"""Figures to one SVG: a panel a measure, a bar an engine, logarithmic."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

from benchmarks.engines import OWN
from benchmarks.tables import figure
from benchmarks.workload import KINDS

_WIDTH, _COLUMNS = 960, 2
_MARGIN, _LABEL, _VALUE = 24, 190, 56
_ROW, _BAR, _HEAD = 18, 12, 30
_OWN_COLOUR, _PEER_COLOUR, _INK, _RULE = "#c8102e", "#9aa5b1", "#1f2933", "#e4e7eb"
_FONT = "system-ui, 'Noto Sans', sans-serif"


def render(report: dict[str, Any]) -> str:
    """Return the chart of a report as an SVG document."""
    panels = [(title, bars) for title, bars in _panels(report["engines"]).items() if bars]
    tallest = max(len(bars) for _, bars in panels)
    height_each = _HEAD + tallest * _ROW + _MARGIN
    lines = math.ceil(len(panels) / _COLUMNS)
    height = _MARGIN + _HEAD + lines * height_each
    width_each = (_WIDTH - _MARGIN) / _COLUMNS
    corpus, machine = report["corpus"], report["machine"]
    heading = (
        f"{corpus['articles']} articles, {figure(corpus['text_bytes'] / 1e6)} MB, "
        f"{machine['cores']} cores, Python {machine['python']}; logarithmic"
    )
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'font-family="{_FONT}" font-size="11" fill="{_INK}">'
    )
    parts = [
        opening,
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="{_MARGIN}" y="{_MARGIN + 4}" font-size="14">{escape(heading)}</text>',
    ]
    for place, (title, bars) in enumerate(panels):
        x = _MARGIN + place % _COLUMNS * width_each
        y = _MARGIN + _HEAD + place // _COLUMNS * height_each
        parts += _panel(title, bars, x, y, width_each - _MARGIN)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _panels(engines: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    """Return the bars of each panel by the engine's key: the labels are too long to be looked up twice."""
    index = {key: engine["index"] for key, engine in engines.items()}
    peaks = {key: each["peak_bytes"] / 1e6 for key, each in index.items() if each["peak_bytes"]}
    panels = {
        "Indexing, MB/s (more is better)": {key: each["mb_per_s"] for key, each in index.items()},
        "Index size : text": {key: each["size_per_text"] for key, each in index.items()},
        "Peak memory while indexing, MB": peaks,
        "Cold process, ms": {key: engine["cold_ms"] for key, engine in engines.items()},
    }
    for kind, name in KINDS.items():
        panels[f"{name[0].upper()}{name[1:]}, ms p50"] = {
            key: engine["query"][kind]["p50_ms"] for key, engine in engines.items() if kind in engine["query"]
        }
    return panels


def _panel(title: str, bars: dict[str, float], x: float, y: float, width: float) -> list[str]:
    """Bars begin at the power of ten below the least value."""
    parts = [f'<text x="{x:.0f}" y="{y + 14:.0f}" font-weight="600">{escape(title)}</text>']
    low = 10 ** math.floor(math.log10(min(bars.values())) - 1e-9)
    decades = max(1, math.ceil(math.log10(max(bars.values()) / low)))
    start, room = x + _LABEL, width - _LABEL - _VALUE
    top, bottom = y + _HEAD - 8, y + _HEAD + len(bars) * _ROW - 4
    for decade in range(decades + 1):
        at = start + room * decade / decades
        parts.append(
            f'<line x1="{at:.1f}" x2="{at:.1f}" y1="{top:.0f}" y2="{bottom:.0f}" stroke="{_RULE}"/>'
            f'<text x="{at:.1f}" y="{bottom + 11:.0f}" font-size="9" text-anchor="middle" fill="#7b8794">'
            f"{low * 10**decade:g}</text>"
        )
    for row, (key, value) in enumerate(bars.items()):
        middle = y + _HEAD + row * _ROW
        length = max(1.0, room * math.log10(value / low) / decades)
        colour = _OWN_COLOUR if key == OWN else _PEER_COLOUR
        weight = ' font-weight="600"' if key == OWN else ""
        parts.append(
            f'<text x="{start - 6:.0f}" y="{middle + 7:.0f}" text-anchor="end"{weight}>{escape(key)}</text>'
            f'<rect x="{start:.0f}" y="{middle - 3:.0f}" width="{length:.1f}" height="{_BAR}" '
            f'fill="{colour}"/>'
            f'<text x="{start + length + 4:.1f}" y="{middle + 7:.0f}"{weight}>{figure(value)}</text>'
        )
    return parts
