"""Question words and function words: light in the score, whole in phrases, in both scripts."""

from __future__ import annotations

import pytest
from conftest import MakeIndex

from searchlib import Article
from searchlib.analysis import Analyzer, clean_text, simplify
from searchlib.analysis.stopwords import FUNCTION_FACTOR, FUNCTION_WORDS, QUESTION_FACTOR, QUESTION_WORDS
from searchlib.query.nodes import Terms
from searchlib.scoring.query_terms import weigh_terms


def weights(query: str, analyzer: Analyzer) -> dict[tuple[str, str], float]:
    """Return what each term of a text keeps."""
    terms = weigh_terms(Terms(clean_text(query), exact=False), analyzer)
    return {(term.unit, term.text): part for term, part in terms.items()}


@pytest.mark.parametrize("query", ["银行的行长是谁", "銀行的行長是誰？"])
def test_what_a_question_keeps(analyzer: Analyzer, query: str) -> None:
    """A pair is as light as the lighter of its words, in either script."""
    assert weights(query, analyzer) == {
        ("word", "银行"): 1.0,
        ("word", "的"): FUNCTION_FACTOR,
        ("word", "行长"): 1.0,
        ("word", "是"): FUNCTION_FACTOR,
        ("word", "谁"): QUESTION_FACTOR,
        ("pair", "银行"): 1.0,
        ("pair", "行的"): FUNCTION_FACTOR,
        ("pair", "的行"): FUNCTION_FACTOR,
        ("pair", "行长"): 1.0,
        ("pair", "长是"): FUNCTION_FACTOR,
        ("pair", "是谁"): QUESTION_FACTOR,
    }


@pytest.mark.parametrize("query", ["什么", "是谁", "的", "什麼"])
def test_where_all_is_light_nothing_is(analyzer: Analyzer, query: str) -> None:
    """A query of light words alone weighs as any other."""
    assert set(weights(query, analyzer).values()) == {1.0}


def test_marks_and_letters_keep_their_places(analyzer: Analyzer) -> None:
    """Connectors, numbers and borders between the words do not shift what is light."""
    found = weights("5G的Wi-Fi、19.5%，谁？", analyzer)
    light = {text for (_, text), part in found.items() if part < 1}
    assert light == {"的", "g的", "的wi", "谁"}


def test_the_lists_are_apart_and_simplified() -> None:
    """No word is in both; each is written as words are folded."""
    assert not QUESTION_WORDS & FUNCTION_WORDS
    assert all(simplify(word) == word for word in QUESTION_WORDS | FUNCTION_WORDS)


def test_a_light_word_does_not_decide(make_index: MakeIndex) -> None:
    """What the question is about comes before what only asks alike."""
    index = make_index(
        Article(id="asks", body="什么是什么，为什么呢。"),
        Article(id="about", body="查干湖在松原，冬天很冷。"),
        *(Article(id=f"lake{n}", body="查干湖和松原都很大") for n in range(3)),
        *(Article(id=f"other{n}", body="天气很好。") for n in range(3)),
    )
    found = [hit.id for hit in index.search("查干湖是什么", match="any")]
    assert found.index("asks") > found.index("about")
    assert [hit.id for hit in index.search('"为什么呢"')] == ["asks"]
