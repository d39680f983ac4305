"""
Han text to words: the only file that knows jieba.

The words are jieba's precise dictionary mode without HMM. Where rjieba (jieba
in Rust) is installed it cuts, with the same words and the same dictionary;
the tests hold the two against each other. Only characters that jieba's
dictionary mode knows reach it (一 to 鿕): letters and digits are the
analyzer's own affair, and rarer Han characters are words by themselves in
both.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import sys
import threading
import warnings
from collections.abc import Callable
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from searchlib.errors import ConfigError

Cut = Callable[[str], list[str]]
"""Cuts one run of Han characters (一 to 鿕, simplified) into words; joined they give the run."""

JIEBA_HAN = "\u4e00-\u9fd5"
"""Regex class body of the characters that jieba's dictionary mode knows."""

KANA = "\u3040-\u30ff"

_PIECES = re.compile(f"[{JIEBA_HAN}]+|[{KANA}]+|.", re.DOTALL)
_loading = threading.Lock()


def words_of_han(run: str, cut: Cut) -> list[str]:
    """Cut a run of Han and kana; kana in a row are one word, Han that jieba does not know one each."""
    if len(run) == 1:
        return [run]
    words: list[str] = []
    for piece in _PIECES.findall(run):
        words += cut(piece) if "\u4e00" <= piece[0] <= "\u9fd5" and len(piece) > 1 else [piece]
    return words


def load_cut(engine: str | None = None) -> tuple[str, Cut]:
    """
    Load the faster of the engines installed.

    Args:
        engine: `"jieba"` or `"rjieba"` to have that one; None takes the
            environment's `SEARCHLIB_CUT`, else rjieba when it is there.

    Returns:
        The engine's name and its cutting function.

    Raises:
        ConfigError: Another engine is asked for.
    """
    wanted = engine or os.environ.get("SEARCHLIB_CUT") or ("rjieba" if find_spec("rjieba") else "jieba")
    if wanted not in {"jieba", "rjieba"}:
        raise ConfigError("SEARCHLIB_CUT", wanted, "jieba or rjieba")
    with _loading:
        return wanted, _load_rjieba() if wanted == "rjieba" else _load_jieba()


@lru_cache(maxsize=1)
def _load_rjieba() -> Cut:
    import rjieba  # noqa: PLC0415 (100 ms, only when words are cut)

    def cut(run: str) -> list[str]:
        words: list[str] = rjieba.cut(run, hmm=False)
        return words

    return cut


@lru_cache(maxsize=1)
def _load_jieba() -> Cut:
    logger = logging.getLogger("jieba")
    level = logger.level  # before the import, which sets it to DEBUG
    with warnings.catch_warnings():
        # jieba 0.42.1 has invalid escapes and imports pkg_resources (fxsjy/jieba#815, #1018).
        warnings.simplefilter("ignore")
        import jieba  # noqa: PLC0415 (640 ms with its dictionary)

    tokenizer = jieba.Tokenizer()
    # Not in the shared temporary folder, where another user could plant a cache (it is marshal data).
    folder = _cache_folder()
    tokenizer.tmp_dir = str(folder) if folder else None
    logger.setLevel(logging.CRITICAL + 1)  # it announces its dictionary on stderr
    try:
        tokenizer.initialize()
    finally:
        logger.setLevel(level)

    def cut(run: str) -> list[str]:
        return list(tokenizer.cut(run, HMM=False))

    return cut


def _cache_folder() -> Path | None:
    """Return the user's own cache folder for jieba's prefix dictionary, made when it is missing."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111 (never raises)
    if not base:
        return None
    folder = Path(base) / "searchlib"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return folder


@lru_cache(maxsize=1)
def dictionary_digest() -> str:
    """Return a hash of jieba's built-in dictionary, without loading jieba."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        return "none"
    return hashlib.blake2b(Path(spec.origin).with_name("dict.txt").read_bytes(), digest_size=8).hexdigest()
