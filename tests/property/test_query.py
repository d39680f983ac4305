"""Any string is a query or an error with a place."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import chinese_text, queries

from searchlib import QuerySyntaxError, quote
from searchlib.analysis import Analyzer, clean_text
from searchlib.query.leaves import has_units
from searchlib.query.nodes import NOTHING, Phrase
from searchlib.query.parser import parse

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


@given(chinese_text())
def test_quoted_text_is_one_phrase_of_the_same_meaning(text: str) -> None:
    """`quote` gives one phrase that folds to what the text folds to."""
    tree = parse(quote(text), ANALYZER, match="all", exact=True)
    clean = clean_text(text)
    assert tree == (Phrase(clean, None, exact=True, quoted=True) if has_units(clean) else NOTHING)
