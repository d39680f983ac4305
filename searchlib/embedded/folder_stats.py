"""The figures of an index in a folder, as `Index.stats` returns them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from searchlib.analysis import Analyzer
from searchlib.dates import date_of
from searchlib.embedded.store import folder
from searchlib.embedded.store.snapshot import Snapshot
from searchlib.engine.contract import FileEntry
from searchlib.message import unpack
from searchlib.model import OWN
from searchlib.native import kernel_status


def stats(
    path: Path, snapshot: Snapshot, files: Mapping[str, FileEntry], analyzer: Analyzer
) -> dict[str, Any]:
    """Return the figures of a commit, of its folder and of the files that `sync` knows, ready for JSON."""
    meta = folder.read_meta(path) or {}
    skipped = {key: reason for key, entry in files.items() if (reason := _why_skipped(entry))}
    docs = snapshot.docs
    dates = snapshot.dates[docs]
    dated = dates[dates > 0]
    return {
        "path": str(path),
        "articles": len(docs),
        "undated": int(len(docs) - len(dated)),
        "first_date": date_of(dated.min()) if len(dated) else None,
        "last_date": date_of(dated.max()) if len(dated) else None,
        "files": sum(state["articles"] > 0 or key not in skipped for key, state in files.items()),
        "skipped": skipped,
        "size_bytes": folder.size_bytes(path),
        "kinds": snapshot.values("kind", docs).counts,
        "format": meta.get("format"),
        "fields": {name.removeprefix(OWN): weight for name, weight in snapshot.own_fields.items()},
        "fingerprint": meta.get("fingerprint", {}),
        "fingerprint_matches": meta.get("fingerprint", {}) == analyzer.fingerprint,
        "versions": meta.get("versions", {}),
        "engine": f"{kernel_status()}; words by {analyzer.engine}",
        "cutter": analyzer.engine,
    }


def _why_skipped(entry: FileEntry) -> str:
    """Return why a file, or some of its records, could not be read; empty for one that was read."""
    reason = entry.get("skipped") or entry.get("partly") or ""
    try:
        said = unpack(entry.get("said", reason))
    except (ValueError, TypeError, RecursionError):  # not written by this version
        return reason
    return said if said == reason else reason
