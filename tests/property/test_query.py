"""Any string is a query or an error with a place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import chinese_text, queries

from searchlib import QuerySyntaxError, quote
from searchlib.analysis import Analyzer, clean_text
from searchlib.query.leaves import has_units, leaf_of
from searchlib.query.nodes import NOTHING, And, Phrase
from searchlib.query.parser import parse, read_query
from searchlib.query.unparse import unparse

ANALYZER = Analyzer()


@pytest.mark.parametrize("match", ["all", "auto"])
@given(query=queries())
def test_any_string_parses_or_points_at_a_column(match: str, query: str) -> None:
    """What does not parse is an error whose column lies in the query, or just behind it."""
    found = None
    try:
        parse(query, ANALYZER, match=match, exact=False)
    except QuerySyntaxError as error:
        found = error
    if found is not None:
        assert 1 <= found.column <= len(query) + 1
        assert found.query == query
        assert f"at column {found.column} of the query" in str(found)


@given(queries())
def test_plain_text_never_fails(query: str) -> None:
    """With `any` there is no syntax."""
    parse(query, ANALYZER, match="any", exact=False)


@given(query=queries() | chinese_text())
def test_read_leniently_no_string_is_a_syntax_error(query: str) -> None:
    """A query that is being typed is mended, says how, and means what its tree printed means."""
    found = read_query(query, ANALYZER, match="auto", exact=False, lenient=True)
    again = read_query(unparse(found.tree), ANALYZER, match="auto", exact=False)
    assert again.repaired == ()
    if found.repaired:
        with pytest.raises(QuerySyntaxError) as caught:
            read_query(query, ANALYZER, match="auto", exact=False)
        assert any(caught.value.problem in repair for repair in found.repaired)
    else:
        assert found == read_query(query, ANALYZER, match="auto", exact=False)


@given(
    st.lists(
        st.text(st.sampled_from("党建引领农业abAB59.%&"), min_size=1, max_size=6), min_size=1, max_size=6
    )
)
def test_plain_words_are_their_leaves(words: list[str]) -> None:
    """Words without a sign of the language: all of them are wanted, in their order."""
    leaves = [leaf for word in words if (leaf := leaf_of(word, ANALYZER, exact=False)) is not None]
    tree = parse(" ".join(words), ANALYZER, match="all", exact=False)
    assert tree == (And(leaves) if len(leaves) > 1 else leaves[0] if leaves else NOTHING)


@given(chinese_text())
def test_quoted_text_is_one_phrase_of_the_same_meaning(text: str) -> None:
    """`quote` gives one phrase that folds to what the text folds to."""
    tree = parse(quote(text), ANALYZER, match="all", exact=True)
    clean = clean_text(text)
    assert tree == (Phrase(clean, None, exact=True, quoted=True) if has_units(clean) else NOTHING)
