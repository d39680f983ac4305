"""One question in a new process: open an index with a peer, ask for a word, print the ids."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.engines import load

if __name__ == "__main__":
    name, folder, word = sys.argv[1:]
    engine = load(name)
    engine.open(Path(folder))
    print(*engine.word(word))  # noqa: T201 (the answer)
