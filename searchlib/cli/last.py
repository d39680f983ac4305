"""The last answer seen on a terminal, for `search show @3`."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBERED = re.compile(r"@([1-9][0-9]{0,8})", re.ASCII)


def _file() -> Path:
    """Return the file in the state folder of the user (XDG Base Directory Specification)."""
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(state) / "searchlib" / "last.json"


def remember(index: Path, ids: Sequence[str], offset: int) -> None:
    """Keep the ids of a page; where that cannot be written, `@3` is not known, and the search goes on."""
    content = {"index": str(index.resolve()), "offset": offset, "ids": list(ids)}
    try:
        file = _file()
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.write_text(json.dumps(content), "utf-8")
    except (OSError, RuntimeError):  # RuntimeError: there is no home
        return


def last_ids() -> dict[str, str]:
    """Return the hits of the last answer by what `show` may call them: `@3`."""
    try:
        content = json.loads(_file().read_text("utf-8"))
        return {f"@{n}": str(one) for n, one in enumerate(content["ids"], start=int(content["offset"]) + 1)}
    except (OSError, RuntimeError, ValueError, KeyError, TypeError):
        return {}


def recall(index: Path, wanted: str) -> str | None:
    """Return the id of a hit of the last answer of this index, as it was numbered; None for another text."""
    match = _NUMBERED.fullmatch(wanted)
    if match is None:
        return None
    try:
        content = json.loads(_file().read_text("utf-8"))
        if content["index"] != str(index.resolve()):
            return None
        place = int(match[1]) - 1 - int(content["offset"])
        return str(content["ids"][place]) if 0 <= place < len(content["ids"]) else None
    except (OSError, RuntimeError, ValueError, KeyError, TypeError):
        return None
