"""The guides: Markdown files of the package, in English and Chinese, which `search help TOPIC` shows."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from searchlib.cli.messages import ENGLISH, language

if TYPE_CHECKING:
    from collections.abc import Collection

FOLDER = Path(__file__).parent.parent / "guide"
_SUFFIX = ".md"
_TITLE = "# "
_NEAREST, _LIKENESS = 3, 0.6


def topics() -> dict[str, str]:
    """Return the topics in alphabetical order, each with the title of its guide in the user's language."""
    names = sorted(path.stem for path in (FOLDER / ENGLISH).glob(f"*{_SUFFIX}"))
    return {name: _title(read_guide(name)) for name in names}


def read_guide(topic: str) -> str:
    """Return the Markdown of a guide in the user's language, in English where there is no other."""
    languages = dict.fromkeys((language(), ENGLISH))
    paths = (FOLDER / language / f"{topic}{_SUFFIX}" for language in languages)
    return next(path for path in paths if path.exists()).read_text("utf-8")


def nearest(wanted: str, names: Collection[str]) -> list[str]:
    """
    Return the names, or the topics by their titles, that *wanted* was probably meant to be.

    >>> nearest("rankin", ["ranking", "recipes"])
    ['ranking']
    """
    titled = [topic for topic, title in topics().items() if wanted.lower() in title.lower()]
    return list(dict.fromkeys([*get_close_matches(wanted.lower(), names, _NEAREST, _LIKENESS), *titled]))


def _title(guide: str) -> str:
    return guide.partition("\n")[0].removeprefix(_TITLE)
