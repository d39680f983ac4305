"""
Tables as files, each with its origin, licence and date in its first lines; NOTICE has them together.

A table is read when it is first needed.
"""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent


def read_table(name: str) -> list[str]:
    """Return the lines of a table that are no remarks."""
    lines = (_FOLDER / name).read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]
