"""Where the index is: `-i DIR`, else `$SEARCH_INDEX`, else the nearest `.search` here or above."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from searchlib.cli.messages import told
from searchlib.cli.problems import Problem

if TYPE_CHECKING:
    from searchlib import Index

FOLDER = ".search"
VARIABLE = "SEARCH_INDEX"


def named_index(option: str | None) -> Path | None:
    """Return the place that the option or the environment names; an empty one names none."""
    place = option or os.environ.get(VARIABLE)
    return Path(place) if place else None


def nearest_index(start: Path) -> Path | None:
    """Return the `.search` of *start* or of the closest folder above, like git its repository."""
    return next((home / FOLDER for home in (start, *start.parents) if (home / FOLDER).is_dir()), None)


def find_index(option: str | None) -> Path | None:
    """Return the index to read, which need not exist when it is named; None when none is near."""
    return named_index(option) or nearest_index(Path.cwd())


def open_index(option: str | None) -> Index:
    """Open the index for reading."""
    place = find_index(option)
    if place is None:
        raise Problem(
            told(
                "no index here or in a folder above; make one with: search index PATH... "
                "(or name one with -i DIR or ${})",
                VARIABLE,
            )
        )
    if not place.exists():
        raise Problem(told("no index at {}; make one with: search index -i {} PATH...", place, place))
    import searchlib  # noqa: PLC0415 (the engine is loaded when there is something to read)

    return searchlib.open(place, read_only=True)


def openable(source: str, index: Path) -> str:
    """Return an article's source as a path that opens from here: sources are named from beside the index."""
    place = Path(os.path.realpath(index)).parent / source
    return os.path.relpath(place) if source and not Path(source).is_absolute() and place.exists() else source


def displayed(place: Path) -> str:
    """Return a path as a person would type it: relative when it lies below the current folder."""
    try:
        return str(place.relative_to(Path.cwd()))
    except ValueError:
        return str(place)
