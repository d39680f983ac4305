"""
Han text to words: the only file that knows jieba.

The words are jieba's precise dictionary mode without HMM. Where rjieba (jieba
in Rust) is installed it cuts, with the same words and the same dictionary.
Short texts, such as queries, are cut by `dictionary` with neither of them
loaded; the tests hold all three against each other. Only characters that
jieba's dictionary mode knows reach them (一 to 鿕): letters and digits are the
analyzer's own affair, and rarer Han characters are words by themselves in
all three.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from searchlib.analysis.dictionary import Dictionary, digest_of, open_dictionary
from searchlib.errors import ConfigError
from searchlib.forks import new_rlock
from searchlib.lazy import lazy_pattern
from searchlib.system import user_cache_folder

Cut = Callable[[str], list[str]]
"""Cuts one run of Han characters (一 to 鿕, simplified) into words; joined they give the run."""

JIEBA_HAN = "\u4e00-\u9fd5"
"""Regex class body of the characters that jieba's dictionary mode knows."""

KANA = "\u3040-\u30ff"

_PIECES = lazy_pattern(f"[{JIEBA_HAN}]+|[{KANA}]+|.", re.DOTALL)
_loading = new_rlock()


def words_of_han(run: str, cut: Cut) -> list[str]:
    """Cut a run of Han and kana; kana in a row are one word, Han that jieba does not know one each."""
    if len(run) == 1:
        return [run]
    words: list[str] = []
    for piece in _PIECES.findall(run):
        words += cut(piece) if "\u4e00" <= piece[0] <= "\u9fd5" and len(piece) > 1 else [piece]
    return words


def engine_name(engine: str | None = None) -> str:
    """
    Return which engine cuts long texts, without loading it.

    Args:
        engine: `"jieba"` or `"rjieba"` to have that one; None takes the
            environment's `SEARCHLIB_CUT`, else rjieba when it is there.

    Raises:
        ConfigError: Another engine is asked for.
    """
    wanted = engine or engine_asked_for() or ("rjieba" if find_spec("rjieba") else "jieba")
    if wanted not in {"jieba", "rjieba"}:
        raise ConfigError("SEARCHLIB_CUT", wanted, "jieba or rjieba")
    return wanted


def engine_asked_for() -> str | None:
    """Return the engine that the environment asks for, None when it leaves the choice to us."""
    return os.environ.get("SEARCHLIB_CUT") or None


def load_cut(engine: str | None = None) -> Cut:
    """Load the engine that `engine_name` names and return its cutting function."""
    wanted = engine_name(engine)
    with _loading:
        return _load_rjieba() if wanted == "rjieba" else _load_jieba()


@lru_cache(maxsize=1)
def _load_rjieba() -> Cut:
    import rjieba  # noqa: PLC0415 (60 to 110 ms, only when much is cut)

    def cut(run: str) -> list[str]:
        words: list[str] = rjieba.cut(run, hmm=False)
        return words

    return cut


@lru_cache(maxsize=1)
def _load_jieba() -> Cut:
    import logging  # noqa: PLC0415 (only jieba needs them)
    import warnings  # noqa: PLC0415

    logger = logging.getLogger("jieba")
    level = logger.level  # before the import, which sets it to DEBUG
    with warnings.catch_warnings():
        # jieba 0.42.1 has invalid escapes and imports pkg_resources (fxsjy/jieba#815, #1018).
        warnings.simplefilter("ignore")
        import jieba  # noqa: PLC0415 (640 ms with its dictionary)

    tokenizer = jieba.Tokenizer()
    folder = cache_folder()
    if (
        folder is None
    ):  # jieba would keep its cache in the shared temporary folder: marshal data, for all to plant
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
        tokenizer.initialized = True
    else:
        tokenizer.tmp_dir = str(folder)
        # jieba takes any file of this name, whatever dictionary it was made of.
        tokenizer.cache_file = f"jieba-{dictionary_digest()}.cache"
    logger.setLevel(logging.CRITICAL + 1)  # it announces its dictionary on stderr
    try:
        tokenizer.initialize()
    finally:
        logger.setLevel(level)

    def cut(run: str) -> list[str]:
        return list(tokenizer.cut(run, HMM=False))

    return cut


def cache_folder() -> Path | None:
    """Return the user's own cache folder, made when it is missing; None when there is none to write to."""
    base = user_cache_folder()
    if base is None:
        return None
    folder = base / "searchlib"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return folder


def _dictionary_path() -> Path | None:
    spec = find_spec("jieba")
    return None if spec is None or spec.origin is None else Path(spec.origin).with_name("dict.txt")


@lru_cache(maxsize=1)
def load_dictionary() -> Dictionary | None:
    """Open jieba's dictionary as our own file, made at the first call; None when it cannot be kept."""
    source = _dictionary_path()
    with _loading:
        return None if source is None else open_dictionary(source, cache_folder())


@lru_cache(maxsize=1)
def dictionary_digest() -> str:
    """Return a hash of jieba's built-in dictionary, without loading jieba."""
    dictionary = load_dictionary()
    if dictionary is not None:
        return dictionary.digest
    source = _dictionary_path()
    return "none" if source is None else digest_of(source.read_bytes())


def dictionary_words() -> set[str]:
    """Return the words of jieba's built-in dictionary, without loading jieba."""
    return set(dictionary_counts())


def dictionary_counts() -> dict[str, int]:
    """Return the words of jieba's built-in dictionary, each with how often it was counted there."""
    source = _dictionary_path()
    lines = source.read_text("utf-8").splitlines() if source else []
    rows = (line.split(" ") for line in lines)
    return {row[0]: int(row[1]) for row in rows if len(row) > 1}
