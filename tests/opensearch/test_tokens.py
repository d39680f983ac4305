"""The tokens that a cluster is given: a phrase is where its tokens are in a row, and nowhere else."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import chinese_text

from searchlib.analysis import clean_text, fold, grams_of, rows_of_units, simplify
from searchlib.opensearch.mapping import pairs_of
from searchlib.opensearch.stream import (
    BORDERS,
    HAS_SCRIPT,
    HAS_SPACES,
    MOST_CHARS,
    line_tokens,
    text_tokens,
    tokens_of,
    without_fillers,
)
from searchlib.query.nodes import Phrase
from searchlib.textmatch.phrases import contains


def has(text: str, phrase: str) -> bool:
    """Return whether the tokens of a phrase without marks are in a row in those of a text."""
    wanted = without_fillers(list(line_tokens(phrase)))
    tokens, _ = text_tokens(text)
    return any(tokens[place : place + len(wanted)] == wanted for place in range(len(tokens)))


@given(chinese_text(), st.randoms(use_true_random=False))
def test_a_phrase_is_where_its_tokens_are(text: str, draw: random.Random) -> None:
    """What a phrase's matcher says of a text by its characters, its tokens say."""
    folded = simplify(fold(text))
    start = draw.randrange(len(folded) + 1)
    wanted = folded[start : start + draw.randint(1, 8)].partition("\n")[0].strip()
    if wanted and not any(map(unicodedata.combining, wanted)):  # an accent of no letter is in no token
        assert has(text, wanted) == contains(Phrase(wanted, quoted=True), text)


@given(chinese_text())
def test_positions_count_characters(text: str) -> None:
    """As many tokens as characters that are no space, and two borders around them."""
    tokens, found = text_tokens(text)
    folded = fold(text)
    assert len(tokens) == len(folded.replace(" ", "")) + 2
    assert (HAS_SPACES in found) == (" " in folded)
    assert (HAS_SCRIPT in found) == (simplify(folded) != folded)
    assert all(len(token) < 256 and not token.isspace() and token for token in tokens)


@given(chinese_text())
def test_pairs_are_those_of_the_rows_of_units(text: str) -> None:
    """In their order, and the cluster's analyzer makes as many terms of them."""
    rows = list(rows_of_units(simplify(fold(text))))
    pairs = pairs_of(clean_text(text))
    assert pairs == [gram for row in rows for gram in grams_of(row)[len(row) :]]
    assert [token.replace("\u00a0", " ") for token in tokens_of(pairs).split(" ") if token] == pairs


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("党建、引领", "¶"),
        ("党建。引领", "¶¶"),
        ("党建，。引领", "¶¶"),
        ("党建\n引领", "¶¶¶"),
        ("党建。\n，引领", "¶¶¶"),
        ("党建！——引领", "¶¶"),
        ("1.2024年；2.5月1日", "¶ ¶¶ ¶"),
    ],
)
def test_a_row_of_marks_is_its_strongest(text: str, marks: str) -> None:
    """A mark, the end of a sentence, the end of a paragraph."""
    tokens, _ = text_tokens(text)
    assert [token for token in tokens[1:-1] if token in BORDERS] == marks.split()


def test_long_words_are_cut_where_the_cluster_would_cut_them() -> None:
    """A thousand letters are several tokens, and are no thousand and one."""
    text = "a" * 1000
    assert max(map(len, line_tokens(text))) == MOST_CHARS + 1
    assert has(f"甲{text}乙", text)
    assert not has(f"甲{text}a乙", text)
    assert not has(f"甲a{text}乙", text)
