"""Laws of folding and of tokens, on text of every kind."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from strategies import chinese_text, han_text

from searchlib.analysis import Analyzer, clean_text, clean_with_map, fold, fold_with_map, simplify
from searchlib.analysis.grams import MAX_TERM_CHARS

JIEBA = Analyzer("jieba")
RJIEBA = Analyzer("rjieba")
QUERIES = Analyzer()
"""Cuts by the dictionary's file, as queries are cut."""

RARE = st.integers(0x4E00, 0x9FFF) | st.integers(0x3400, 0x4DBF) | st.integers(0x20000, 0x2A6DF)


@given(chinese_text())
@example("")
@example("ｶﾞ １２，３\u0301")
@example("a\u0301\u0301\u0301\u0301\u0301\u0323")
def test_folding_is_the_same_with_and_without_the_map(text: str) -> None:
    """`fold` and `fold_with_map` write the same text, and the map has an entry for each character."""
    mapped = fold_with_map(text)
    assert mapped.text == fold(text)
    assert len(mapped.starts) == len(mapped.ends) == len(mapped.text)
    assert clean_with_map(text).text == clean_text(text)


@given(chinese_text())
def test_the_map_never_goes_back_and_stays_inside(text: str) -> None:
    """The ranges of the map ascend and lie in the text."""
    mapped = fold_with_map(text)
    assert list(mapped.starts) == sorted(mapped.starts)
    assert list(mapped.ends) == sorted(mapped.ends)
    assert all(0 <= a < b <= len(text) for a, b in zip(mapped.starts, mapped.ends, strict=True))


@given(chinese_text())
def test_simplifying_keeps_the_length(text: str) -> None:
    """The script is folded one to one, so offsets stay."""
    assert len(simplify(text)) == len(text)


@given(chinese_text())
def test_words_are_the_tokens_texts(text: str) -> None:
    """The words of the index are the tokens of the query, without their places."""
    assert RJIEBA.words(clean_text(text)) == [token.text for token in RJIEBA.tokenize(text)]


@given(chinese_text())
def test_a_token_covers_what_it_says(text: str) -> None:
    """The text under a token folds, script included, to the token; one sign may hold more (℃ holds °c)."""
    for token in RJIEBA.tokenize(text):
        covered = simplify(clean_text(text[token.start : token.end]))[:MAX_TERM_CHARS]
        edges = {fold_with_map(text).starts.count(place) for place in (token.start, token.end - 1)}
        assert token.text == covered if edges <= {0, 1} else token.text in covered, token


@given(chinese_text())
def test_offsets_and_positions_never_go_back(text: str) -> None:
    """A later token never starts before an earlier one, nor has a smaller position."""
    tokens = RJIEBA.tokenize(text)
    starts = [token.start for token in tokens]
    positions = [token.position for token in tokens]
    assert starts == sorted(starts)
    assert positions == sorted(positions)
    assert all(0 <= t.start < t.end <= len(text) and t.position_length >= 1 for t in tokens)


@given(chinese_text())
@example("研究生命的起源结合成分子时")
@example("℃")
def test_all_engines_cut_alike(text: str) -> None:
    """jieba, rjieba and the dictionary's file give the same tokens."""
    QUERIES._left = 1000  # none of them stands in for another
    assert "cut" not in vars(QUERIES)
    assert JIEBA.tokenize(text) == RJIEBA.tokenize(text) == QUERIES.tokenize(text)


@given(han_text(60) | st.text(RARE.map(chr), min_size=1, max_size=60))
@example("鿕鿖一㐀𠀀")
def test_all_engines_cut_han_alike(text: str) -> None:
    """On Han alone as well, rare characters too, and the words joined give the run back."""
    QUERIES._left = 1000
    assert JIEBA.han_words(text) == RJIEBA.han_words(text) == QUERIES.han_words(text)
    assert "".join(RJIEBA.han_words(text)) == text
