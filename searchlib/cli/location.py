"""Where the index is: `-i DIR`, else `$SEARCH_INDEX`, else the nearest `.search` here or above."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from searchlib.cli.messages import tell
from searchlib.cli.problems import Problem

if TYPE_CHECKING:
    from searchlib import Index

FOLDER = ".search"
VARIABLE = "SEARCH_INDEX"


Place = Path | str
"""A folder, or the URL of an index elsewhere."""


def named_index(option: str | None) -> Place | None:
    """Return the place that the option or the environment names; an empty one names none."""
    place = option or os.environ.get(VARIABLE)
    if place and is_url(place):
        return place
    return Path(place) if place else None


def is_url(place: str) -> bool:
    """Return whether a place is no folder of this machine."""
    return "://" in place


def home_of(index: Index) -> Path:
    """Return the folder beside which an index is, where sources are named from; for one elsewhere here."""
    if is_url(index.location):
        return Path.cwd()
    return Path(os.path.realpath(index.path)).parent


def place_of(index: Index) -> Place:
    """Return where an index is."""
    return index.location if is_url(index.location) else index.path


def key_of(place: Place) -> str:
    """Return what tells the place of an index from all others."""
    return place if isinstance(place, str) else str(place.resolve())


def nearest_index(start: Path) -> Path | None:
    """Return the `.search` of *start* or of the closest folder above, like git its repository."""
    return next((home / FOLDER for home in (start, *start.parents) if (home / FOLDER).is_dir()), None)


def find_index(option: str | None) -> Place | None:
    """Return the index to read, which need not exist when it is named; None when none is near."""
    return named_index(option) or nearest_index(Path.cwd())


def open_index(option: str | None) -> Index:
    """Open the index for reading."""
    place = find_index(option)
    if place is None:
        raise Problem(
            tell(
                "no index here or in a folder above; make one with: search index PATH... "
                "(or name one with -i DIR or ${})",
                VARIABLE,
            )
        )
    if isinstance(place, Path) and not place.exists():
        raise Problem(tell("no index at {}; make one with: search index -i {} PATH...", place, place))
    if isinstance(place, Path) and place.is_file():
        raise Problem(tell("{} is a file; an index is a folder.", place))
    import searchlib  # noqa: PLC0415 (the engine is loaded when there is something to read)

    return searchlib.open(place, read_only=True)


def openable(source: str, index: Index) -> str:
    """Return an article's source as a path that opens from here: sources are named from beside the index."""
    place = home_of(index) / source
    return os.path.relpath(place) if source and not Path(source).is_absolute() and place.exists() else source


def display_path(place: Place) -> str:
    """Return a path as a person would type it: relative when it lies below the current folder."""
    if isinstance(place, str):
        return place
    try:
        return str(place.relative_to(Path.cwd()))
    except ValueError:
        return str(place)
