"""
The probe of the dictionary's cut, kept beside the dictionary's file from one process to the next.

To cut the probe's text compiles nearly every pattern of folding, a fifth of what a
plain query of a fresh process takes. It stays the same while nothing that it is made
of changes: the files of this room and of the tables, Python's own tables, the dictionary.
"""

from __future__ import annotations

import os
import sys
import unicodedata
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

_ROOM = Path(__file__).parent
_MADE_OF = (_ROOM, _ROOM.with_name("data"))
_HEX_DIGITS = 16


def kept_probe(folder: Path | None, made_of: Iterable[object], make: Callable[[], str]) -> str:
    """
    Return what *make* returned when it was last called with the same files and the same *made_of*.

    Args:
        folder: The user's own cache folder; None where there is none, and nothing is kept.
        made_of: What else it is made of, with a `repr` that tells.
        make: Returns 16 hexadecimal digits.
    """
    if folder is None:
        return make()
    key = ascii([*made_of, *_files(), sys.version, unicodedata.unidata_version])
    file = folder / f"probe-{zlib.crc32(os.fsencode(_ROOM)):08x}.txt"
    with suppress(OSError, ValueError):
        known, _, probe = file.read_text("ascii").rpartition(" ")
        if known == key and len(probe) == _HEX_DIGITS:
            return probe
    probe = make()
    beside = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        beside.write_text(f"{key} {probe}", "ascii")
        beside.replace(file)
    except OSError:  # the next process makes it again
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    return probe


def _files() -> list[tuple[str, int, int]]:
    """Return name, size and time of change of every file that folding and cutting are made of."""
    found = []
    for folder in _MADE_OF:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_file():
                    status = entry.stat()
                    found.append((entry.name, status.st_size, status.st_mtime_ns))
    return sorted(found)
