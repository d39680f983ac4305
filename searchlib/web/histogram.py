"""Articles over time: the bars of a histogram, and the lines of several queries as SVG."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from searchlib import Trends
from searchlib.web.asked import Asked

MOST_BARS = 60
"""From more months on the bars are years: a page stays below 15 kB, and each bar can be hit."""
MOST_YEARS_IN_DETAIL = 5
_STEPS = 40
"""Heights of bars, as classes of the style sheet."""
_YEAR = len("2024")


@dataclass(frozen=True)
class Bar:
    """A year or month, how many articles it has, its height, and whether it is in the range chosen."""

    value: str
    count: int
    height: int
    is_in: bool


@dataclass(frozen=True)
class Chart:
    """Bars of one unit, without gaps, and what its form keeps."""

    unit: str
    bars: tuple[Bar, ...]
    kept: list[tuple[str, str]]

    @property
    def most(self) -> str:
        """The number of articles of the highest bar."""
        return f"{max(bar.count for bar in self.bars):,}"

    @property
    def first(self) -> str:
        """The first period."""
        return self.bars[0].value

    @property
    def last(self) -> str:
        """The last period."""
        return self.bars[-1].value


def charts(months: Mapping[str, int], asked: Asked) -> Iterator[Chart]:
    """Yield the histogram of all that matches, and under one by years the months of a short range."""
    counts = {month: count for month, count in months.items() if len(month) == len("2024-08")}
    if len(counts) < 2 and not asked.since:  # noqa: PLR2004 (one bar says nothing)
        return
    every = list(_months(counts))
    if not every:
        return
    if len(every) <= MOST_BARS:
        yield _chart("month", {month: counts.get(month, 0) for month in every}, asked)
        return
    years = Counter[str]()
    for month, count in counts.items():
        years[month[:_YEAR]] += count
    first, last = int(every[0][:_YEAR]), int(every[-1][:_YEAR])
    if last - first < 4 * MOST_BARS:
        yield _chart("year", {f"{year:04}": years[f"{year:04}"] for year in range(first, last + 1)}, asked)
    chosen = {month: counts.get(month, 0) for month in every if _is_in(month[:_YEAR], asked)}
    if (asked.since or asked.until) and 1 < len(chosen) <= 12 * MOST_YEARS_IN_DETAIL:
        yield _chart("month", chosen, asked)


def _months(counts: Mapping[str, int]) -> Iterator[str]:
    if counts:
        first, last = (int(m[:_YEAR]) * 12 + int(m[_YEAR + 1 :]) - 1 for m in (min(counts), max(counts)))
        for number in range(first, last + 1):
            yield f"{number // 12:04}-{number % 12 + 1:02}"


def _is_in(period: str, asked: Asked) -> bool:
    """Return whether a period has a day of the range chosen; there is one."""
    size = len(period)
    begins = not asked.since or asked.since[:size] <= period[: len(asked.since)]
    ends = not asked.until or period[: len(asked.until)] <= asked.until[:size]
    return bool(asked.since or asked.until) and begins and ends


def _chart(unit: str, counts: Mapping[str, int], asked: Asked) -> Chart:
    most = max(counts.values(), default=0) or 1
    bars = (
        Bar(period, count, math.ceil(count * _STEPS / most), _is_in(period, asked))
        for period, count in counts.items()
    )
    return Chart(unit, tuple(bars), asked.without_dates())


_WIDTH, _HEIGHT = 900, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 96, 12, 20, 30
_LABELS = 6


def lines(trends: Trends, *, as_share: bool, title: str) -> Markup:
    """Return the lines of several queries as SVG, for people who see it; the table has the figures."""
    series: list[Sequence[float]] = [
        [1000 * share for share in trends.share(query)] if as_share else trends.counts[query]
        for query in trends.counts
    ]
    most = _round_up(max((value for one in series for value in one), default=0) or 1)
    wide = (_WIDTH - _LEFT - _RIGHT) / max(1, len(trends.periods) - 1)
    high = _HEIGHT - _TOP - _BOTTOM

    def place(number: int, value: float) -> str:
        return f"{_LEFT + number * wide:.1f},{_TOP + high * (1 - value / most):.1f}"

    parts = [
        Markup('<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">').format(
            _WIDTH, _HEIGHT, title
        )
    ]
    for step in range(5):
        y = _TOP + high * (1 - step / 4)
        parts.append(Markup('<path d="M{} {:.1f}H{}"/>').format(_LEFT, y, _WIDTH - _RIGHT))
        label = f"{most * step / 40:g}%" if as_share else f"{most * step / 4:g}"
        parts.append(
            Markup('<text x="{}" y="{:.1f}" text-anchor="end">{}</text>').format(_LEFT - 6, y + 4, label)
        )
    shown = sorted({round(n * (len(trends.periods) - 1) / _LABELS) for n in range(_LABELS + 1)})
    shown = [n for n, after in pairwise([*shown, len(trends.periods) + _LABELS]) if after > n]
    for number in shown:
        anchor = "start" if number == 0 else "end" if number == len(trends.periods) - 1 else "middle"
        x = _LEFT + number * wide
        label = trends.periods[number]
        text = Markup('<text x="{:.1f}" y="{}" text-anchor="{}">{}</text>')
        parts.append(text.format(x, _HEIGHT - 8, anchor, label))
    for number, one in enumerate(series):
        points = " ".join(place(n, value) for n, value in enumerate(one))
        parts.append(Markup('<polyline class="l{}" points="{}"/>').format(number, points))
    return Markup().join([*parts, Markup("</svg>")])


def _round_up(value: float) -> float:
    """Return the next greater number of one or two digits: an axis ends there."""
    size: float = 10.0 ** math.floor(math.log10(value))
    return next(
        step * size for step in (1.0, 1.2, 1.6, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0) if step * size >= value * 0.999
    )
