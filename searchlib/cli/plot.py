"""Counts by month as a picture: an SVG of our own making."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

from searchlib.cli.cells import cut
from searchlib.cli.terminal import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

WIDTH, HEIGHT = 960, 400
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 24, 88, 48
_TICKS = 5
_TITLE_CELLS = 72
_LABEL_WIDTH = 52
"""Pixels that the name of a month or a year takes with the space beside it."""

_FONTS = (
    "'Noto Sans CJK SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', 'WenQuanYi Zen Hei', "
    "'WenQuanYi Micro Hei', SimHei, 'DejaVu Sans', 'Liberation Sans', 'Noto Sans', Arial, sans-serif"
)
"""The first of these that the viewer has and that has the character."""

_LEAST_YEARS = 5
_WIDEST_BAR = 48


def bar_chart(months: Mapping[str, int], title: str, subtitle: str) -> str:
    """
    Draw a bar for each month as an SVG, months without any as gaps.

    Args:
        months: `2024-08` and its count, every month from the first to the last.
    """
    step = _step(max(months.values()))
    top = max(step, math.ceil(max(months.values()) / step) * step)
    wide, high = WIDTH - _LEFT - _RIGHT, HEIGHT - _TOP - _BOTTOM
    each = wide / len(months)
    bar = min(each * 0.8, _WIDEST_BAR)
    shapes = [
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        _text(
            _LEFT,
            38,
            cut(plain(title), _TITLE_CELLS),
            'font-size="22" font-weight="bold" fill="#222"',
        ),
        _text(_LEFT, 62, plain(subtitle), 'font-size="14" fill="#666"'),
    ]
    for count in range(0, top + 1, step):
        y = _TOP + high - high * count / top
        shapes.append(f'<path d="M{_LEFT} {y:.1f}H{WIDTH - _RIGHT}" stroke="{"#ddd" if count else "#888"}"/>')
        shapes.append(_text(_LEFT - 8, y + 4, f"{count:,}", 'font-size="12" fill="#666" text-anchor="end"'))
    for number, (month, count) in enumerate(months.items()):
        size = high * count / top
        if count:
            shapes.append(
                f'<rect x="{_LEFT + (number + 0.5) * each - bar / 2:.2f}" y="{_TOP + high - size:.2f}" '
                f'width="{bar:.2f}" height="{size:.2f}" fill="#3465a4">'
                f"<title>{month}: {count:,}</title></rect>"
            )
    for number, label in _labels(list(months), wide):
        x = _LEFT + (number + 0.5) * each
        shapes.append(f'<path d="M{x:.1f} {_TOP + high}v5" stroke="#888"/>')
        shapes.append(
            _text(x, HEIGHT - _BOTTOM + 22, label, 'font-size="12" fill="#444" text-anchor="middle"')
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="{_FONTS}">\n{chr(10).join(shapes)}\n</svg>\n'
    )


def _text(x: float, y: float, text: str, style: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(text)}</text>'


def _step(most: int) -> int:
    """
    Return a round distance of the lines behind the bars, so that there are at most five.

    >>> [_step(most) for most in (1, 5, 9, 120, 4000)]
    [1, 1, 2, 50, 1000]
    """
    power: int = 10 ** max(0, math.floor(math.log10(max(most, 1) / _TICKS)))
    return next(size for n in (1, 2, 5, 10) if (size := n * power) * _TICKS >= most)


def _labels(months: list[str], wide: float) -> Iterator[tuple[int, str]]:
    """Yield which months have a label: all, or the Januaries, or as many of them as there is room for."""
    room = max(1, int(wide // _LABEL_WIDTH))
    if len(months) <= room:
        yield from enumerate(months)
        return
    years = [(number, month[:4]) for number, month in enumerate(months) if month.endswith("-01")]
    if len(years) < _LEAST_YEARS:
        each = -(-len(months) // room)
        yield from ((number, month) for number, month in enumerate(months) if number % each == 0)
        return
    yield from years[:: -(-len(years) // room)]
