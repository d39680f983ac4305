"""
Make the tables of `searchlib/embedded/suggest/` from the Unihan database.

    python tests/benchmarks/spelling_tables.py FOLDER

FOLDER holds the database's text files (Unihan.zip of unicode.org, or Debian's
package unicode-data, unpacked). The characters are those of the standard list of
2013 (通用规范汉字表) and of GB 2312.

Sounds: every reading that one of four dictionaries gives, without its tone.
Shapes: characters whose four-corner numbers, Cangjie codes and numbers of strokes
differ little; the nearest few of each.
"""

from __future__ import annotations

import argparse
import re
import sys
import textwrap
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from searchlib.analysis import simplify

TARGET = Path(__file__).parents[2] / "searchlib" / "data"
READINGS = ("kTGHZ2013", "kXHC1983", "kHanyuPinlu", "kMandarin")
SHAPES = ("kFourCornerCode", "kCangjie", "kTotalStrokes")
MOST_ALIKE = 10
LEAST_ALIKE = 0.72
LEAST_ALIKE_SIMPLE = 0.6
"""Of characters of up to five strokes a stroke is a large share."""

_SIMPLE_STROKES = 5
_LINE_CHARS = 100
_LETTERS = re.compile(r"[a-z]+")
_SOURCE = "Unihan database {version} (Unicode, Inc.), {properties}"
_LICENCE = "Unicode License v3"


def read(folder: Path) -> tuple[dict[str, dict[str, str]], str]:
    """Return the properties of every character, and the version of the database."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    version = ""
    for path in sorted(folder.glob("Unihan_*.txt")):
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("# Unicode version:"):
                version = line.rpartition(" ")[2]
            if line.startswith("U+"):
                code, name, value = line.split("\t")
                found[chr(int(code.replace("U+", "0x"), 0))][name] = value
    return found, version


def is_common(char: str, properties: dict[str, str]) -> bool:
    """Return whether a character is in one of the two lists, and as the index writes it."""
    return simplify(char) == char and ("kTGH" in properties or "kGB0" in properties)


def syllables(properties: dict[str, str]) -> list[str]:
    """Return the readings without tones, `ü` as `v`, the most usual first."""
    found: dict[str, None] = {}
    for name in READINGS:
        for word in re.split(r"[ ,]", properties.get(name, "")):
            reading = word.rpartition(":")[2].partition("(")[0]
            plain = unicodedata.normalize("NFD", reading.replace("ü", "v"))
            plain = unicodedata.normalize("NFC", re.sub("[\u0300\u0301\u0304\u030c]", "", plain))
            plain = plain.replace("ü", "v")
            if _LETTERS.fullmatch(plain):
                found[plain] = None
    return list(found)


def edits(first: str, second: str) -> int:
    """Return the number of letters to insert, leave out or change (Levenshtein)."""
    row = list(range(len(second) + 1))
    for place, letter in enumerate(first, start=1):
        before, row[0] = row[0], place
        for other, wanted in enumerate(second, start=1):
            before, row[other] = (
                row[other],
                min(row[other] + 1, row[other - 1] + 1, before + (letter != wanted)),
            )
    return row[-1]


def alike(known: dict[str, dict[str, str]]) -> Iterator[tuple[str, str]]:
    """
    Yield each character with those of nearly its shape, the nearest first.

    The likeness, 0 to 1, is the share of corners, Cangjie and strokes that is the same.
    """
    chars = sorted(char for char, one in known.items() if all(name in one for name in SHAPES))
    corners = np.array([list(known[char]["kFourCornerCode"][:4]) for char in chars])
    strokes = np.array([int(known[char]["kTotalStrokes"].split()[0]) for char in chars])
    codes = [known[char]["kCangjie"] for char in chars]
    for place, char in enumerate(chars):
        size = 1 - np.abs(strokes - strokes[place]) / np.maximum(strokes, strokes[place])
        outside = 0.35 * (corners == corners[place]).mean(axis=1) + 0.25 * size
        scores = []
        least = LEAST_ALIKE_SIMPLE if strokes[place] <= _SIMPLE_STROKES else LEAST_ALIKE
        for other in np.flatnonzero(outside >= least - 0.4).tolist():
            longer = max(len(codes[place]), len(codes[other]))
            score = outside[other] + 0.4 * (1 - edits(codes[place], codes[other]) / longer)
            if other != place and score >= least:
                scores.append((-score, chars[other]))
        if scores:
            yield char, "".join(other for _, other in sorted(scores)[:MOST_ALIKE])


def write(name: str, what: str, source: str, rows: Iterator[str]) -> None:
    """Write a table as a text file: remarks on its origin, then its rows, as many in a line as it holds."""
    lines = textwrap.wrap(" ".join(rows), _LINE_CHARS, break_long_words=False, break_on_hyphens=False)
    made = (
        f"Made {datetime.now(tz=UTC).date().isoformat()} by tests/benchmarks/spelling_tables.py; do not edit."
    )
    remarks = [f"# {line}" for line in (what, f"{source}; {_LICENCE}.", made)]
    (TARGET / name).write_text("\n".join([*remarks, *lines]) + "\n", "utf-8")


def main() -> int:
    """Write both tables; nothing when the folder does not hold the database."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    everything, version = read(parser.parse_args().folder)
    if not everything:
        parser.error("no Unihan_*.txt with readings and shapes in this folder")
    known = {char: one for char, one in everything.items() if is_common(char, one)}
    sounds: dict[str, list[str]] = defaultdict(list)
    for char, one in sorted(known.items()):
        for syllable in syllables(one):
            sounds[syllable].append(char)
    write(
        "readings.txt",
        "The characters of each syllable: its pinyin without tones, then all characters that are read so.",
        _SOURCE.format(version=version, properties=", ".join(READINGS)),
        (syllable + "".join(chars) for syllable, chars in sorted(sounds.items())),
    )
    write(
        "glyphs.txt",
        "Characters that are easily taken for others: each stands first, then those, the nearest first.",
        _SOURCE.format(version=version, properties=", ".join(SHAPES)),
        (char + others for char, others in alike(known)),
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
