"""jieba's words, our units, and the characters that finding rests on."""

from __future__ import annotations

import logging
import os
import subprocess
import sys

import pytest
from conftest import MakeIndex

import searchlib
from searchlib import ConfigError
from searchlib.analysis import Analyzer, grams_of, rows_of_units
from searchlib.analysis.grams import MAX_TERM_CHARS, join_pair
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


def test_queries_and_articles_have_one_fingerprint() -> None:
    """What the dictionary's file cuts, and what the engine cuts once it is loaded."""
    analyzer = Analyzer()
    before = analyzer.fingerprint
    assert "cut" not in vars(analyzer), "a query has loaded the engine"
    analyzer.load()
    assert "cut" in vars(analyzer)
    assert analyzer.fingerprint == before == Analyzer("jieba").fingerprint


def test_the_probe_tells_of_what_cuts(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine with other words than the dictionary's file has another fingerprint."""
    monkeypatch.setattr("searchlib.analysis.analyzer.load_cut", lambda _: list)
    analyzer = Analyzer()
    before = analyzer.probe
    analyzer.load()
    assert analyzer.probe != before


def test_much_text_loads_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """From some thousand characters on the engine is faster, loading it included."""
    monkeypatch.setattr("searchlib.analysis.analyzer._SHORT_CHARS", 10)
    analyzer = Analyzer()
    assert analyzer.han_words("党建引领") == ["党建", "引领"]
    assert "cut" not in vars(analyzer)
    analyzer.tokenize("党建引领" * 3)
    assert analyzer.han_words("党建引领") == ["党建", "引领"]
    assert "cut" in vars(analyzer)


def test_each_question_may_cut_as_much(monkeypatch: pytest.MonkeyPatch, make_index: MakeIndex) -> None:
    """Many short queries, as a server has, never load the engine at some moment."""
    monkeypatch.setattr("searchlib.analysis.analyzer._SHORT_CHARS", 40)
    index = make_index({"id": "1", "body": "党建引领基层治理。"})
    with searchlib.open(index.path, read_only=True) as asked:
        analyzer = asked._backend.analyzer
        for _ in range(20):
            assert asked.search("党建引领 -网格员", match="all").total == 1
        assert "cut" not in vars(analyzer)
        asked.search("党建引领基层治理" * 9, match="any").load()
        asked.search("党建引领基层治理" * 9, match="any").load()
    assert analyzer.words("党建引领" * 20)
    assert "cut" in vars(analyzer)


@pytest.mark.parametrize("engine", ["jieba", "rjieba"])
def test_an_engine_asked_for_is_the_one_that_cuts(engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By argument or environment: no file stands in for it."""
    for analyzer in (Analyzer(engine), None):
        if analyzer is None:
            monkeypatch.setenv("SEARCHLIB_CUT", engine)
        asking = analyzer or Analyzer()
        asking.han_words("党建引领")
        assert vars(asking)["cut"] is load_cut(engine)


def test_without_a_cache_folder_the_engine_cuts() -> None:
    """A home that cannot be written to costs time, not words; no file goes into a shared folder."""
    code = (
        "import sys, tempfile\n"
        "from searchlib.analysis import Analyzer\n"
        "tempfile.gettempdir = tempfile.mkstemp = None\n"
        "print(Analyzer().han_words('党建引领'), Analyzer('jieba').han_words('党建引领'))"
    )
    environment = os.environ | {"XDG_CACHE_HOME": os.devnull, "LOCALAPPDATA": os.devnull}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False, text=True, env=environment
    )
    assert (done.stdout, done.stderr) == ("['党建', '引领'] ['党建', '引领']\n", "")


def test_an_unknown_engine() -> None:
    """A slip in the environment is no reason to take another engine in silence."""
    with pytest.raises(ConfigError) as caught:
        Analyzer("jiebba").tokenize("党建")
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
    assert join_pair("1", "2") == "1 2"
