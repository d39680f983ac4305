"""jieba's words, our units, and the characters that finding rests on."""

from __future__ import annotations

import logging
import subprocess
import sys

import pytest

from searchlib import ConfigError
from searchlib.analysis import Analyzer, grams_of, rows_of_units
from searchlib.analysis.grams import MAX_TERM_CHARS, joined
from searchlib.analysis.words import dictionary_digest, load_cut, words_of_han


def texts(analyzer: Analyzer, text: str) -> list[str]:
    """Return the words of a text."""
    return [token.text for token in analyzer.tokenize(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("中国农业发展银行", ["中国", "农业发展银行"]),
        ("黨建引領", ["党建", "引领"]),
        ("党 建", ["党建"]),
        ("Wi-Fi", ["wi-fi", "wi", "fi"]),
        ("89.09%", ["89.09%", "89.09"]),
        ("1,234.5", ["1,234.5"]),
        ("2024-2028年", ["2024-2028", "2024", "2028", "年"]),
        ("C919", ["c919", "c", "919"]),
        ("カタカナ", ["カタカナ"]),
        ("𠮷", ["𠮷"]),
        ("，。", []),
        ("", []),
    ],
)
def test_words(analyzer: Analyzer, text: str, words: list[str]) -> None:
    """A compound comes whole, then in its parts."""
    assert texts(analyzer, text) == words


def test_a_very_long_word_is_cut(analyzer: Analyzer) -> None:
    """Its term has the first characters only; it covers the whole."""
    token = analyzer.tokenize("a" * 1000)[0]
    assert (token.text, token.start, token.end) == ("a" * MAX_TERM_CHARS, 0, 1000)


def test_han_words_keep_the_script(analyzer: Analyzer) -> None:
    """The cut is of the simplified run, the words are written as they stand."""
    assert analyzer.han_words("黨建引領") == ["黨建", "引領"]


def test_both_engines_have_one_fingerprint() -> None:
    """Whoever cuts, the index is the same."""
    first, second = Analyzer("jieba"), Analyzer("rjieba")
    assert (first.engine, second.engine) == ("jieba", "rjieba")
    assert first.fingerprint == second.fingerprint
    assert first.fingerprint["dictionary"] == dictionary_digest()


def test_an_unknown_engine() -> None:
    """A slip in the environment is no reason to take another engine in silence."""
    with pytest.raises(ConfigError) as caught:
        load_cut("jiebba")
    assert str(caught.value) == "SEARCHLIB_CUT='jiebba' is not allowed: jieba or rjieba"


def test_loading_leaves_the_loggers_alone() -> None:
    """jieba's log level is what it was, and nothing is printed."""
    before = logging.getLogger("jieba").level
    load_cut("jieba")
    assert logging.getLogger("jieba").level == before
    code = "from searchlib.analysis import Analyzer; Analyzer('jieba').tokenize('党建引领')"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")


def test_pieces_of_other_writing_are_words_by_themselves() -> None:
    """Only what jieba's dictionary knows reaches it."""
    seen: list[str] = []

    def cut(run: str) -> list[str]:
        seen.append(run)
        return [run]

    assert words_of_han("党建𠮷㐀カタ湖", cut) == ["党建", "𠮷", "㐀", "カタ", "湖"]
    assert seen == ["党建"]


def test_rows_and_pairs() -> None:
    """Pairs do not cross a border; two words of letters keep their space."""
    rows = list(rows_of_units("东u谷\n5 g wi fi"))
    assert rows == [["东", "u", "谷"], ["5", "g", "wi", "fi"]]
    assert grams_of(rows[1]) == ["5", "g", "wi", "fi", "5g", "g wi", "wi fi"]
    assert joined("1", "2") == "1 2"
