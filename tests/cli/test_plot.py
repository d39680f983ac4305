"""The picture of a trend: what is drawn where."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from subprocess import CompletedProcess
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from searchlib.cli.plot import HEIGHT, WIDTH, bar_chart

if TYPE_CHECKING:
    from collections.abc import Callable

    Search = Callable[..., CompletedProcess[str]]


def elements(svg: str, name: str) -> list[ET.Element]:
    """Return the elements of a name, in their order."""
    return list(ET.fromstring(svg).iter(f"{SVG}{name}"))  # noqa: S314 (our own)


SVG = "{http://www.w3.org/2000/svg}"


def bars(svg: str) -> dict[str, tuple[float, float, float, float]]:
    """Return left, top, width and height of each bar by what it says of itself."""
    found = {}
    for shape in elements(svg, "rect"):
        title = shape.find(f"{SVG}title")
        if title is not None:
            left, top, width, height = (float(shape.attrib[key]) for key in ("x", "y", "width", "height"))
            found[title.text or ""] = (left, top, width, height)
    return found


def texts(svg: str) -> list[str]:
    """Return what is written in the picture."""
    return [text.text or "" for text in elements(svg, "text")]


def test_bars_are_as_high_as_their_counts_and_gaps_are_gaps() -> None:
    """Three months, the middle one without an article: two bars on one line, one twice as high."""
    drawn = bars(bar_chart({"2024-01": 4, "2024-02": 0, "2024-03": 2}, "冬捕", ""))
    first, last = drawn["2024-01: 4"], drawn["2024-03: 2"]
    assert len(drawn) == 2
    assert first[3] == pytest.approx(2 * last[3])
    assert first[1] + first[3] == pytest.approx(last[1] + last[3])
    assert last[0] - first[0] > 2 * first[2]


@pytest.mark.parametrize("years", [1, 3, 60])
def test_everything_lies_inside_and_labels_do_not_meet(years: int) -> None:
    """However many months there are; the highest count is below the highest line's."""
    months = {f"{1950 + n // 12}-{n % 12 + 1:02}": n for n in range(12 * years)}
    svg = bar_chart(months, "标题" * 100, "")
    for left, top, width, height in bars(svg).values():
        assert 0 < left < left + width < WIDTH
        assert 60 < top < top + height < HEIGHT
    labels = [shape for shape in elements(svg, "text") if shape.text in months]
    labels = labels or [shape for shape in elements(svg, "text") if (shape.text or "")[:2] == "19"]
    places = [float(shape.attrib["x"]) for shape in labels]
    assert len(places) >= 5
    assert min(b - a for a, b in pairwise(places)) >= 52


def test_a_title_is_text_and_nothing_else() -> None:
    """Marks of XML are escaped, control characters taken out."""
    svg = bar_chart({"2024-01": 1}, 'a<b> & \x1b"党建"', "1 & 2")
    assert texts(svg)[:2] == ['a<b> & "党建"', "1 & 2"]


def test_a_picture_is_written(search: Search, archive: Path, tmp_path: Path) -> None:
    """Beside the table, and said on stderr; another ending is refused, nothing found draws nothing."""
    done = search("trend", "党建引领", "--plot", tmp_path / "a.svg", cwd=archive)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "2023-12  1")
    assert done.stderr == f"search: drawn into {tmp_path / 'a.svg'}\n"
    svg = (tmp_path / "a.svg").read_text("utf-8")
    assert texts(svg)[:2] == ["党建引领", "2 articles by month, 2023-12 to 2024-08"]
    assert set(bars(svg)) == {"2023-12: 1", "2024-08: 1"}
    done = search("trend", "党建", "--plot", "a.gif", cwd=archive)
    assert (done.returncode, "does not end in .svg" in done.stderr) == (2, True)
    assert search("trend", "火星", "--plot", tmp_path / "b.svg", cwd=archive).returncode == 1
    assert not (tmp_path / "b.svg").exists()
    done = search("trend", "党建", "--plot", tmp_path / "no" / "a.svg", cwd=archive)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
