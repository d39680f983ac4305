"""Files that the tests of `sync` read."""

from __future__ import annotations

import json
from pathlib import Path


def write(folder: Path, name: str, *bodies: str) -> Path:
    """Write records with ids of the file's name."""
    path = folder / f"{name}.jsonl"
    lines = [json.dumps({"id": f"{name}{n}", "body": body}) for n, body in enumerate(bodies, 1)]
    path.write_text("\n".join(lines), "utf-8")
    return path
