"""
The picture of the README: a real answer on a terminal, drawn as SVG.

`python tests/support/picture.py` runs the command on a terminal of 80 columns,
beside a fresh index of `corpus/`, and writes `searchlib/guide/answer.svg`.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pyte

ROOT = Path(__file__).parent.parent.parent
PICTURE = ROOT / "searchlib" / "guide" / "answer.svg"
TYPED = "search 党建引领 -n 3"
COLUMNS, ROWS = 80, 40
CELL, LINE, MARGIN, TOP = 8.4, 20, 16, 44
WIDE_SIZE = 16
"""Of Chinese characters, which fill two cells."""
INK, PAPER, BAR, RED = "#d6deeb", "#10141c", "#1b2230", "#ff6b6b"
FONTS = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Sarasa Mono SC', 'Noto Sans Mono CJK SC', monospace"
MILLISECONDS = re.compile(r"[\d.]+ ms")


def screen() -> list[list[Any]]:
    """Return the cells of the lines that the command writes on a terminal."""
    import pty  # noqa: PLC0415 (not on Windows)

    environment = os.environ | {
        "TERM": "xterm-256color",
        "COLUMNS": str(COLUMNS),
        "LINES": str(ROWS),
        "LC_ALL": "C.UTF-8",
        "PYTHONUTF8": "1",
    }
    for name in ("NO_COLOR", "FORCE_COLOR", "SEARCH_INDEX"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "searchlib"]
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "corpus", Path(folder) / "corpus")
        subprocess.run(
            [*command, "index", "corpus/"], cwd=folder, env=environment, check=True, capture_output=True
        )
        reader, writer = pty.openpty()
        words = TYPED.split()[1:]
        with subprocess.Popen([*command, *words], cwd=folder, env=environment, stdout=writer):
            os.close(writer)
            written = b"".join(_pieces(reader))
        os.close(reader)
    terminal = pyte.Screen(COLUMNS, ROWS)
    pyte.ByteStream(terminal).feed(written)
    lines = [[terminal.buffer[row][column] for column in range(COLUMNS)] for row in range(ROWS)]
    while lines and not any(cell.data.strip() for cell in lines[-1]):
        lines.pop()
    return lines


def _pieces(reader: int) -> Iterator[bytes]:
    while True:
        try:
            piece = os.read(reader, 65536)
        except OSError:  # how Linux says that the other end is closed
            return
        if not piece:
            return
        yield piece


def draw(lines: list[list[Any]]) -> str:
    """Return the lines below a prompt as SVG; the time, which differs at each run, is 5 ms."""
    height = TOP + LINE * (len(lines) + 2) + MARGIN // 2
    width = round(CELL * COLUMNS + 2 * MARGIN)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
        f"<title>{escape(TYPED)}</title>",
        f'<rect width="{width}" height="{height}" rx="8" fill="{PAPER}"/>',
        f'<path d="M0 8a8 8 0 0 1 8-8h{width - 16}a8 8 0 0 1 8 8v20H0z" fill="{BAR}"/>',
        *(
            f'<circle cx="{18 + 18 * place}" cy="14" r="5" fill="{color}"/>'
            for place, color in enumerate(("#ff5f57", "#febc2e", "#28c840"))
        ),
        f'<g font-family="{FONTS}" font-size="14" fill="{INK}">',
        *_text(MARGIN, TOP + 8, "$ ", 2, 'fill="#7fdbca"'),
        *_typed(),
    ]
    for row, line in enumerate(lines, start=1):
        parts += _line(line, TOP + 8 + LINE * row)
    return "\n".join([*parts, "</g>", "</svg>"]) + "\n"


def _typed() -> Iterator[str]:
    x = MARGIN + 2 * CELL
    for wide, run in groupby(TYPED, key=lambda char: char > "\u2e7f"):
        text = "".join(run)
        cells = len(text) * (1 + wide)
        yield from _text(x, TOP + 8, text, cells, "")
        x += cells * CELL


def _line(line: list[Any], y: int) -> Iterator[str]:
    """Yield a text for each stretch of one style and one width of characters, at its place."""

    def look(place: int) -> tuple[str, bool, bool]:
        cell = line[place]
        wide = place + 1 < len(line) and not line[place + 1].data and bool(cell.data)
        return cell.fg, cell.bold, wide if cell.data else look(place - 1)[2]

    for (color, bold, _), run in groupby(range(len(line)), key=look):
        places = list(run)
        text = "".join(line[place].data for place in places)
        if text.strip():
            style = f'fill="{RED}" ' if color == "red" else ""
            style += 'font-weight="bold"' if bold else ""
            before = len(text) - len(text.lstrip(" "))
            cells = len(places) - before - (len(text) - len(text.rstrip(" ")))
            shown = MILLISECONDS.sub("5.0 ms", text.strip(" "))
            cells += len(shown) - len(text.strip(" "))
            yield from _text(MARGIN + (places[0] + before) * CELL, y, shown, cells, style.strip())


def _text(x: float, y: int, text: str, cells: int, style: str) -> Iterator[str]:
    size = f'font-size="{WIDE_SIZE}"' if cells > len(text) else ""
    said = " ".join(filter(None, ('xml:space="preserve"', size, style)))
    yield f'<text x="{x:.1f}" y="{y}" textLength="{cells * CELL:.1f}" {said}>{escape(text)}</text>'


def main() -> None:
    """Write the picture."""
    argparse.ArgumentParser(description="Draw the picture of README.md.").parse_args()
    PICTURE.write_text(draw(screen()), "utf-8")


if __name__ == "__main__":
    main()
